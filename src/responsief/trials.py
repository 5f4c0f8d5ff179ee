"""Test cases of policy writers (`*.test.yaml`): each is decided whole, and compared with what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from responsief.decision import Decision
from responsief.desk import Desk
from responsief.diagnostics import Diagnostic, Findings, InvalidError, choose_from, did_you_mean
from responsief.intake import place, plain, validate
from responsief.ir.ruleset import Ruleset
from responsief.source import Scalar, Span
from responsief.syntax.nodes import Document, Mapping, Yaml, span_of
from responsief.syntax.reading import Reader
from responsief.values import format_money, parse_money

OUTCOMES = ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht")
STATUSES = ("in_bereik", "buiten_bereik", "geblokkeerd", "onbekend")


@dataclass(frozen=True, slots=True)
class Difference:
    """What came out otherwise than expected: of which part, and both sides in words."""

    wat: str
    verwacht: str
    gekregen: str
    span: Span


@dataclass(frozen=True, slots=True)
class Trial:
    """One case that ran. `fout` says why it could not run; otherwise `verschillen` is empty when all is as expected."""

    regelset: str
    naam: str
    span: Span
    verschillen: tuple[Difference, ...] = ()
    fout: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.verschillen and not self.fout


@dataclass(frozen=True, slots=True)
class _Case:
    naam: str
    peildatum: date | None
    data: Any
    expected: Reader
    span: Span
    own: Any  # the YAML of the situation, for places


def run_trials(documents: Sequence[Document], desk: Desk) -> tuple[Trial, ...]:
    """Run every case of these files, in order. A file with a mistake gives one trial that could not run."""
    return tuple(trial for document in documents for trial in _run_file(document, desk))


def _run_file(document: Document, desk: Desk) -> list[Trial]:
    findings = Findings()
    reader = Reader(document.root, findings)
    ident = reader.ident("proef")
    reader.format()
    if ident and ident not in desk.register.versions:
        hint = did_you_mean(ident, desk.register.versions)
        findings.add("regelset-onbekend", reader.span("proef"), naam=ident, hulp=hint)
    bases = {name.value: node for name, node in reader.named("basis")}
    cases = [_case(inner, bases, findings) for inner in reader.groups("gevallen", required=True)]
    reader.done()
    trials = [_run(ident, case, desk) for case in cases if case is not None] if not findings else []
    if findings:
        return [Trial(ident, "dit bestand", document.root.span, fout=tuple(sorted(findings, key=Diagnostic.place)))]
    return trials


def _case(reader: Reader, bases: dict[str, Any], findings: Findings) -> _Case | None:
    name = reader.must("naam")
    on = reader.day("peildatum")
    base = reader.scalar("basis")
    situation = reader.get("situatie")
    reader.text("bron")
    reader.text("waarom")
    expected = reader.group("verwacht", required=True)
    reader.done()
    data: Any = {}
    if base is not None:
        if base.value not in bases:
            findings.add("basis-onbekend", base.span(), naam=base.value, hulp=did_you_mean(base.value, bases))
        else:
            data = plain(bases[base.value])
    if isinstance(situation, Mapping):
        data = merged(data, plain(situation))
    elif situation is not None:
        findings.add("geen-groep", span_of(situation))
    if expected is None:
        return None
    return _Case(name, on, data, expected, reader.span("naam"), situation)


def merged(base: Any, other: Any) -> Any:
    """The base with what the other says otherwise: groups are merged, everything else is replaced."""
    if isinstance(base, dict) and isinstance(other, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in other.items()}}
    return other


def _run(ident: str, case: _Case, desk: Desk) -> Trial:
    def where(path: Sequence[str | int]) -> Span:
        return place(case.own, path) if case.own is not None else case.span

    try:
        situation = validate(case.data, where)
        decision = desk.decide(situation, ident, case.peildatum, today=case.peildatum)
    except InvalidError as wrong:
        return Trial(ident, case.naam, case.span, fout=wrong.diagnostics)
    except LookupError as wrong:
        return Trial(ident, case.naam, case.span, fout=(Diagnostic("proef-mislukt", str(wrong.args[0]), case.span),))
    return Trial(ident, case.naam, case.span, tuple(_compare(decision, case.expected, desk.register.versions[ident])))


def _compare(decision: Decision, expected: Reader, versions: Sequence[Ruleset]) -> list[Difference]:
    draft, found = decision.draft, []

    def same(key: str, wanted: Any, got: Any) -> None:
        if wanted != got:
            found.append(Difference(key, _words(wanted), _words(got), expected.span(key)))

    if expected.has("uitkomst"):
        same("uitkomst", expected.choice("uitkomst", OUTCOMES), draft.uitkomst)
    amount = expected.scalar("bedrag")
    if amount is not None:
        wanted = None if amount.value == "geen" else expected.typed("bedrag", parse_money, "geen-bedrag")
        got = draft.bedrag.centen if draft.bedrag is not None else None
        if wanted != got:
            found.append(
                Difference(
                    "bedrag",
                    "geen" if wanted is None else format_money(wanted),
                    "geen" if got is None else format_money(got),
                    expected.span("bedrag"),
                )
            )
    for key, items in (("afgewezen_op", draft.afgewezen_op), ("te_wegen", draft.te_wegen)):
        if expected.has(key):
            same(key, sorted(expected.texts(key)), sorted(items))
    if expected.has("onbekend"):
        same("onbekend", sorted(expected.texts("onbekend")), sorted(n.gegeven for n in draft.nog_nodig))
    if expected.has("wacht_tot"):
        same("wacht_tot", expected.day("wacht_tot"), draft.wacht_tot)
    review = draft.hardheid
    if expected.has("signalen"):
        _at_least(found, expected, "signalen", [s.id for s in review.signalen] if review else [])
    if expected.has("alternatieven"):
        _at_least(found, expected, "alternatieven", [a.id for a in review.alternatieven] if review else [])
    _clauses(found, decision, expected, versions)
    expected.done()
    return found


def _at_least(found: list[Difference], expected: Reader, key: str, got: list[str]) -> None:
    missing = [word for word in expected.texts(key) if word not in got]
    if missing:
        found.append(Difference(key, ", ".join(missing), _words(got), expected.span(key)))


def _clauses(found: list[Difference], decision: Decision, expected: Reader, versions: Sequence[Ruleset]) -> None:
    """`hardheid: {clause: status}` (at the first failed criterion), or `{clause: {criterion: status}}`."""
    inner = expected.group("hardheid")
    if inner is None:
        return
    review = decision.draft.hardheid
    entries: dict[tuple[str, str | None], str] = {}
    for one in review.clausules if review else ():
        entries[(one.id, one.criterium)] = one.status
        entries.setdefault((one.id, None), one.status)
    inner.asked += [c.id for r in versions for c in r.hardheid]
    criteria = [c.id for r in versions for c in r.criteria]
    for ident, (key, node) in inner.mapping.entries.items():
        wanted: list[tuple[str | None, Yaml]]
        if isinstance(node, Scalar):
            wanted = [(None, node)]
        elif isinstance(node, Mapping):
            wanted = [(criterion, status) for criterion, (_, status) in node.entries.items()]
            per_criterion = Reader(node, expected.findings)
            per_criterion.asked += criteria
            per_criterion.done()
        else:
            expected.findings.add("geen-groep", span_of(node))
            continue
        for criterion, status in wanted:
            if not isinstance(status, Scalar) or status.value not in STATUSES:
                word = status.value if isinstance(status, Scalar) else "…"
                expected.findings.add("keuze-onbekend", span_of(status), woord=word, hulp=choose_from(word, STATUSES))
                continue
            got = entries.get((ident, criterion))
            if got != status.value:
                label = f"hardheid {ident}" + (f" bij {criterion}" if criterion else "")
                found.append(Difference(label, status.value, got or "niet genoemd", key.span()))
    inner.done()


def _words(value: Any) -> str:
    if value is None or value == []:
        return "niets"
    if isinstance(value, date):
        return value.isoformat()
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
