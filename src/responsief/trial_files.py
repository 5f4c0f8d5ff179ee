"""Files with test cases (`*.test.yaml`), read and checked but not run: `trials` runs them, `responsief check` stops here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from responsief.diagnostics import Diagnostic, Findings, InvalidError, choose_from, did_you_mean
from responsief.frozen import dataclass
from responsief.intake import place, plain, validate
from responsief.ir.ruleset import Ruleset
from responsief.situation import Situation
from responsief.source import Scalar, Span
from responsief.syntax.nodes import Document, Yaml, span_of
from responsief.syntax.nodes import Mapping as YamlMapping
from responsief.syntax.reading import Reader
from responsief.values import parse_money

OUTCOMES = ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht")
STATUSES = ("in_bereik", "buiten_bereik", "geblokkeerd", "onbekend")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing that a case expects: of which part, what, and where that is written.

    Under «hardheid» the part is (clause, criterion or None): one for every status. What must not be offered or fire is one for every id.
    """

    key: str
    value: Any
    span: Span
    of: tuple[str, str | None] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One case as written. `verhaal` tells in plain Dutch who it is about and what happened.

    `fout` says what is wrong with its situation; then `situatie` is None.
    """

    naam: str
    peildatum: date | None
    situatie: Situation | None
    verwacht: tuple[Wanted, ...]
    span: Span
    where: Callable[[Sequence[str | int]], Span]
    fout: tuple[Diagnostic, ...] = ()
    verhaal: str | None = None


@dataclass(frozen=True, slots=True)
class Survivors:
    """Mutants that no case has to catch, by id, and why not (`overlevers:`): for `responsief mutate`."""

    mutanten: tuple[tuple[str, Span], ...]
    waarom: str


@dataclass(frozen=True, slots=True)
class TrialFile:
    """The cases of one file; `fout` says what is wrong with the file itself, and then none of them can run."""

    regelset: str
    gevallen: tuple[Case, ...]
    span: Span
    fout: tuple[Diagnostic, ...] = ()
    overlevers: tuple[Survivors, ...] = ()

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong in it."""
        return (*self.fout, *(finding for case in self.gevallen for finding in case.fout))


#: a situation as written, and where a part of it stands -> the situation
Validate = Callable[[Any, Callable[[Sequence[str | int]], Span]], Situation]


def read_trials(document: Document, versions: Mapping[str, Sequence[Ruleset]], read: Validate = validate) -> TrialFile:
    """The cases of a file; `versions` are the rulesets that there are, `read` reads one situation after the other."""
    findings = Findings()
    reader = Reader(document.root, findings)
    ident = reader.ident("proef")
    reader.format()
    if ident and ident not in versions:
        findings.add("regelset-onbekend", reader.span("proef"), naam=ident, hulp=did_you_mean(ident, versions) or None)
    bases = {name.value: plain(node) for name, node in reader.named("basis")}
    if reader.empty("gevallen"):
        findings.add("lege-waarde", reader.key_span("gevallen"), sleutel="gevallen")
    elsewhere = [c.id for others in versions.values() for r in others for c in r.clausules_bij.get(ident, ())]
    survivors = tuple(_survivors(reader))
    must = not reader.has("overlevers")  # of shared terms there is nothing to decide, and yet something to explain
    cases = [
        _case(inner, bases, versions.get(ident), elsewhere, findings, read)
        for inner in reader.groups("gevallen", required=must)
    ]
    reader.done()
    return TrialFile(ident, tuple(cases), document.root.span, tuple(sorted(findings, key=Diagnostic.place)), survivors)


def _survivors(reader: Reader) -> Iterable[Survivors]:
    """`overlevers: [{mutanten: [id, …], waarom: …}]`."""
    seen: dict[str, int] = {}
    for inner in reader.groups("overlevers"):
        named = inner.scalars("mutanten", required=True)
        why = inner.must("waarom")
        inner.done()
        for one in named:
            if one.value in seen:
                reader.findings.add("dubbel-id", one.span(), naam=one.value, regel=seen[one.value])
            seen[one.value] = one.line
        yield Survivors(tuple((" ".join(one.value.split()), one.span()) for one in named), why)


def _case(
    reader: Reader,
    bases: dict[str, Any],
    rulesets: Sequence[Ruleset] | None,
    elsewhere: list[str],
    findings: Findings,
    read: Validate,
) -> Case:
    name = reader.must("naam")
    on = reader.day("peildatum")
    base = reader.scalar("basis")
    written = reader.get("situatie")
    story = reader.text("verhaal")
    reader.text("bron")
    reader.text("waarom")
    expected = reader.group("verwacht", required=True)
    if expected is not None and reader.empty("verwacht"):
        hint = "schrijf wat eruit moet komen: «verwacht: {uitkomst: …}»"
        findings.add("lege-waarde", reader.key_span("verwacht"), sleutel="verwacht", hulp=hint)
    reader.done()
    data: Any = {}
    if base is not None:
        if base.value not in bases:
            findings.add("basis-onbekend", base.span(), naam=base.value, hulp=did_you_mean(base.value, bases) or None)
        else:
            data = bases[base.value]
    if isinstance(written, YamlMapping):
        data = merged(data, plain(written))
    elif written is not None:
        findings.add("geen-groep", span_of(written))
    span = reader.span("naam")

    def where(path: Sequence[str | int]) -> Span:
        return place(written, path) if written is not None else base.span() if base is not None else span

    wanted = tuple(_expected(expected, rulesets, elsewhere)) if expected is not None and rulesets is not None else ()
    try:
        return Case(name, on, read(data, where), wanted, span, where, verhaal=story)
    except InvalidError as wrong:
        return Case(name, on, None, wanted, span, where, wrong.diagnostics, story)


def merged(base: Any, other: Any) -> Any:
    """The base with what the other says otherwise: groups are merged, everything else is replaced."""
    if isinstance(base, dict) and isinstance(other, dict):
        return {**base, **{key: merged(base.get(key), value) for key, value in other.items()}}
    return other


def _expected(reader: Reader, rulesets: Sequence[Ruleset], elsewhere: list[str]) -> Iterable[Wanted]:
    """What a case expects; `elsewhere` are the clauses that local regulations have for these rulesets."""
    criteria = list(dict.fromkeys(c.id for r in rulesets for c in r.criteria))
    if reader.has("uitkomst") and (outcome := reader.choice("uitkomst", OUTCOMES)):
        yield Wanted("uitkomst", outcome, reader.span("uitkomst"))
    amount = reader.scalar("bedrag")
    if amount is not None and amount.value == "geen":
        yield Wanted("bedrag", None, amount.span())
    elif amount is not None and (cents := reader.typed("bedrag", parse_money, "geen-bedrag")) is not None:
        yield Wanted("bedrag", cents, amount.span())
    for key in ("afgewezen_op", "te_wegen"):
        if reader.has(key):
            yield Wanted(key, sorted(reader.words(key, criteria, "criterium-onbekend")), reader.span(key))
    if reader.has("aandachtspunten"):
        points = list(dict.fromkeys(a.id for r in rulesets for a in r.aandacht))
        yield Wanted("aandachtspunten", sorted(reader.words("aandachtspunten", points)), reader.span("aandachtspunten"))
    for key in ("onbekend", "signalen", "alternatieven"):
        if reader.has(key):
            yield Wanted(key, reader.texts(key), reader.span(key))
    for key in ("signalen_niet", "alternatieven_niet"):
        yield from (Wanted(key, item.value, item.span()) for item in reader.scalars(key))
    if reader.has("wacht_tot") and (day := reader.day("wacht_tot")) is not None:
        yield Wanted("wacht_tot", day, reader.span("wacht_tot"))
    start = reader.scalar("ingang")
    if start is not None and start.value == "geen":
        yield Wanted("ingang", None, start.span())
    elif start is not None and (day := reader.day("ingang")) is not None:
        yield Wanted("ingang", day, start.span())
    inner = reader.group("hardheid")
    if inner is not None:
        yield from _clauses(inner, [*(c.id for r in rulesets for c in r.hardheid), *elsewhere], criteria)
    reader.done()


def _clauses(reader: Reader, clauses: list[str], criteria: list[str]) -> Iterable[Wanted]:
    """`hardheid: {clause: status}` (at the first failed criterion), or `{clause: {criterion: status}}`."""
    reader.asked += clauses
    for ident, (key, node) in reader.mapping.entries.items():
        wanted: list[tuple[str | None, Yaml]]
        if isinstance(node, Scalar):
            wanted = [(None, node)]
        elif isinstance(node, YamlMapping):
            wanted = [(criterion, status) for criterion, (_, status) in node.entries.items()]
            per_criterion = Reader(node, reader.findings)
            per_criterion.asked += criteria
            per_criterion.done()
        else:
            reader.findings.add("geen-groep", span_of(node))
            continue
        for criterion, status in wanted:
            if isinstance(status, Scalar) and status.value in STATUSES:
                yield Wanted("hardheid", status.value, key.span(), (ident, criterion))
            else:
                word = status.value if isinstance(status, Scalar) else "…"
                reader.findings.add("keuze-onbekend", span_of(status), woord=word, hulp=choose_from(word, STATUSES))
    reader.done()
