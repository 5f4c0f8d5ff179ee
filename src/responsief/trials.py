"""Test cases of policy writers (`*.test.yaml`): each is decided whole, and compared with what was expected."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from responsief.decision import Decision, Draft
from responsief.desk import Desk
from responsief.diagnostics import Diagnostic, Findings, InvalidError, did_you_mean
from responsief.frozen import dataclass
from responsief.hardship.offers import FALLBACK
from responsief.source import Span
from responsief.syntax.nodes import Document
from responsief.trial_files import STATUSES, Case, TrialFile, Wanted, read_trials
from responsief.trial_reasons import Reason, Why
from responsief.values import format_money

OWN = re.compile(r"(netwerk|kracht)-\d+")  # alternatives out of the situation itself: of no catalogue


@dataclass(frozen=True, slots=True)
class Difference:
    """What came out otherwise than expected: of which part, and both sides in words."""

    wat: str
    verwacht: str
    gekregen: str
    span: Span
    redenen: tuple[Reason, ...] = ()
    nieuw: str | tuple[str, ...] | None = None  # what `verwacht` says once this is accepted; None where it has no word for it


@dataclass(frozen=True, slots=True)
class Trial:
    """One case that ran. `fout` says why it could not run; otherwise `verschillen` is empty when all is as expected."""

    regelset: str
    naam: str
    span: Span
    verschillen: tuple[Difference, ...] = ()
    fout: tuple[Diagnostic, ...] = ()
    verhaal: str | None = None

    @property
    def ok(self) -> bool:
        return not self.verschillen and not self.fout


def run_trials(documents: Sequence[Document], desk: Desk) -> tuple[Trial, ...]:
    """Run every case of these files, in order. A file with a mistake gives one trial that could not run."""
    return tuple(trial for d in documents for trial in run_file(read_trials(d, desk.register.versions), desk))


def run_file(file: TrialFile, desk: Desk, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[Trial]:
    """Run the cases of one file, one by one; `wanted` chooses by name («regelset: naam»)."""
    if file.fout:
        yield Trial(file.regelset, "dit bestand", file.span, fout=file.findings)
        return
    for case in file.gevallen:
        if wanted(f"{file.regelset}: {case.naam}"):
            yield run_case(file.regelset, case, desk)


def run_case(ident: str, case: Case, desk: Desk) -> Trial:
    """Decide one case with everything around it, and compare."""
    trial = Trial(ident, case.naam, case.span, verhaal=case.verhaal)
    if case.situatie is None:
        return replace(trial, fout=case.fout)
    if unknown := _unknown(case, desk):
        return replace(trial, fout=unknown)
    try:
        decision = desk.decide(case.situatie, ident, case.peildatum, today=case.peildatum)
    except InvalidError as wrong:
        placed = [d if d.span or not d.pad else replace(d, span=case.where(d.pad.split("."))) for d in wrong.diagnostics]
        return replace(trial, fout=tuple(placed))
    except LookupError as wrong:
        return replace(trial, fout=(Diagnostic("proef-mislukt", str(wrong.args[0]), case.span),))
    found = [(w, d) for w in case.verwacht if (d := _difference(decision, w)) is not None]
    if not found:
        return trial
    why = Why(desk, desk.judge(decision.draft.situatie, ident, decision.draft.peildatum), decision)
    return replace(trial, verschillen=tuple(replace(d, redenen=why.reasons(w)) for w, d in found))


def _unknown(case: Case, desk: Desk) -> tuple[Diagnostic, ...]:
    """What must not come up and does not exist: that would never fail, so a misspelt word is a mistake."""
    findings, register = Findings(), desk.register
    every = [one for versions in register.versions.values() for one in versions]
    clauses = [
        f"hardheid:{c.id}" for one in every for c in (*one.hardheid, *(c for some in one.clausules_bij.values() for c in some))
    ]
    offers = [*register.catalogue.provisions, *register.versions, *clauses, FALLBACK, "deel"]
    known = {
        "alternatieven_niet": ("voorziening-onbekend", offers),
        "signalen_niet": ("feit-onbekend", [one.dan for one in register.catalogue.signals.values()]),
    }
    for wanted in case.verwacht:
        code, words = known.get(wanted.key, ("", ()))
        if code and wanted.value not in words and not OWN.fullmatch(wanted.value):
            findings.add(code, wanted.span, naam=wanted.value, hulp=did_you_mean(wanted.value, words) or "haal het weg")
    return tuple(findings)


def _difference(decision: Decision, wanted: Wanted) -> Difference | None:
    """How one expectation and what came out differ; None when they don't."""
    draft, review, label = decision.draft, decision.draft.hardheid, wanted.key
    expected: Any = wanted.value
    got: Any = None
    match wanted.key:
        case "uitkomst":
            got = draft.uitkomst
        case "bedrag":
            got = draft.bedrag.centen if draft.bedrag is not None else None
            expected, got = _money(expected), _money(got)
        case "afgewezen_op":
            got = sorted(draft.afgewezen_op)
        case "te_wegen":
            got = sorted(draft.te_wegen)
        case "onbekend":
            expected, got = sorted(expected), sorted(n.gegeven for n in draft.nog_nodig)
        case "wacht_tot":
            got = draft.wacht_tot
        case "ingang":
            got = draft.ingang.vanaf if draft.ingang is not None else None
        case "aandachtspunten":
            got = sorted(one.id for one in draft.aandacht)
        case "signalen" | "alternatieven":  # at least these
            got = _found(draft, label)
            missing = [word for word in expected if word not in got]
            left = tuple(word for word in expected if word in got)
            return Difference(label, ", ".join(missing), _words(got), wanted.span, nieuw=left) if missing else None
        case "signalen_niet" | "alternatieven_niet":
            got = _found(draft, label)
            return Difference(label, f"geen {expected}", _words(got), wanted.span, nieuw=()) if expected in got else None
        case "hardheid":
            assert wanted.of is not None
            ident, criterion = wanted.of
            label += f" {ident}" + (f" bij {criterion}" if criterion else "")
            clauses = review.clausules if review is not None else ()
            got = next((c.status for c in clauses if c.id == ident and criterion in (None, c.criterium)), "niet genoemd")
        case _:
            raise AssertionError(wanted.key)
    if expected == got:
        return None
    return Difference(label, _words(expected), _words(got), wanted.span, nieuw=_accepted(wanted.key, got))


def _accepted(key: str, got: Any) -> str | tuple[str, ...] | None:
    """How a test file says what came out; None where it has no word for it."""
    if isinstance(got, list):
        return tuple(got)
    if got is None:
        return "geen" if key == "ingang" else None
    if key == "hardheid" and got not in STATUSES:
        return None
    return got.isoformat() if isinstance(got, date) else str(got)


def _found(draft: Draft, label: str) -> list[str]:
    """The signals or alternatives that came up. A full grant has no review: what can't wait stands in it all the same."""
    review = draft.hardheid
    if label.startswith("signalen"):
        return [one.id for one in (review.signalen if review is not None else draft.haast)]
    return [one.id for one in review.alternatieven] if review is not None else []


def _money(cents: int | None) -> str:
    return "geen" if cents is None else format_money(cents)


def _words(value: Any) -> str:
    if value is None or value == []:
        return "niets"
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
