"""Every ruleset of a register on one day, and its catalogue: what was asked of each, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from responsief.analysis.bench import Found
from responsief.analysis.questions import ANALYSES, Analysis, Report, ask, ask_catalogue
from responsief.diagnostics import Diagnostic
from responsief.lint.allowed import allow
from responsief.register import Files, Register, is_shipped
from responsief.source import Source
from responsief.syntax.nodes import Document

CATALOGUE = "catalogus"


def prove(
    register: Register,
    files: Files,
    idents: Sequence[str],
    on: date,
    *,
    telling: Callable[[int, str], None] = lambda number, name: None,
    analyses: Sequence[Analysis] = ANALYSES,
) -> tuple[Report, ...]:
    """Ask everything of these rulesets (or of the catalogue, by its name), in this order. Of a report is left what no comment
    «# toegestaan[code]: reden» allows; `toegestaan` counts the others. `telling` is told what is looked at, and how many were."""
    asked: list[Report] = []
    for number, ident in enumerate(idents):
        telling(number, ident)
        report = ask_catalogue(register, on) if ident == CATALOGUE else ask(register, ident, on, analyses)
        if report is not None:
            asked.append(report)
    return tuple(_allowed(asked, register, files, on))


def idents_of(register: Register, files: Files, *, own: bool) -> tuple[str, ...]:
    """What there is to prove, the catalogue last: of every ruleset, or (`own`) of those that are not shipped."""

    def counts(source: Source) -> bool:
        return not (own and is_shipped(Path(source.name)))

    found = [i for i, versions in register.versions.items() if any(counts(v.source) for v in versions)]
    catalogue = any(counts(d.source) for form in ("voorzieningen", "signalen") for d in files.documents[form])
    return (*found, *([CATALOGUE] if catalogue else []))


def _allowed(reports: Iterable[Report], register: Register, files: Files, on: date) -> Iterator[Report]:
    """The reports without what was allowed in place, and with the comments that allow nothing."""
    documents = {form: tuple(files.documents[form]) for form in files.documents}
    for report in reports:
        mine = _documents(report, register, documents, on)
        found: Mapping[Diagnostic, Found] = {one.melding: one for one in report.gevonden}
        kept = allow(found, mine, complete=not report.wegens, proved=True)
        beside = [d for d in documents["regelset"] if d not in mine and any(m.span and m.span.source is d.source for m in kept)]
        kept = allow(kept, beside, complete=False, proved=True)
        left = [found.get(one) or Found(one) for one in kept]
        yield replace(report, gevonden=tuple(left), toegestaan=tuple([f for m, f in found.items() if m not in kept]))


def _documents(report: Report, register: Register, documents: Mapping[str, Collection[Document]], on: date) -> list[Document]:
    if report.regelset == CATALOGUE:
        return [d for form in ("voorzieningen", "signalen") for d in documents[form]]
    sources = {v.source for v in register.versions[report.regelset] if v.holds_on(on)}
    return [d for d in documents["regelset"] if d.source in sources]
