"""A ruleset's names, before its expressions have types: what it asks, its dated figures, its terms, what it leaves open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from responsief.diagnostics import Findings, choose_from
from responsief.facts import GEMEENTECODE, Soort, gemeente_hint
from responsief.ir.ruleset import INDEXERING, Figure, FigureValue, Indexering, OwnFactDef, Term
from responsief.ir.types import SOURCES, situation_schema, type_of_soort
from responsief.source import Place, Scalar
from responsief.syntax.groups import read_body, read_expression
from responsief.syntax.meant import RESERVED
from responsief.syntax.nodes import Document, Expression, Mapping, span_of
from responsief.syntax.reading import Reader, meant_key, plain_name, read_soort
from responsief.syntax.tokens import KEYWORDS, SOFT
from responsief.values import parse_day
from responsief.wording import is_machine_word

FACT_KINDS = ("geld", "getal", "decimaal", "ja_nee", "datum", "periode", "keuze", "tekst")
#: what a name would never be read as: the language has these words for itself
BUILT_IN = (KEYWORDS - SOFT) | RESERVED | {"leeftijd", "peildatum", "zaak"}
MAX_VALUE = 100  # characters of a figure
FIGURE_KINDS = ("geld", "getal", "decimaal", "datum", "periode")


@dataclass(slots=True)
class TermDraft:
    """A term as written: an expression, or `uses` another ruleset's term."""

    name: Scalar
    expression: Expression | None
    uses: Scalar | None
    label: str
    grondslag: str | None
    geverifieerd: bool
    place: Place


@dataclass(slots=True)
class OpenDraft:
    name: Scalar
    soort: Soort
    label: str
    grondslag: str
    otherwise: Expression | None


@dataclass(slots=True)
class RulesetDraft:
    """A ruleset that has been read as far as its names. `typed` belongs to the checker that gives terms types."""

    document: Document
    reader: Reader
    findings: Findings
    id: str
    soort: str
    van: date
    tot: date | None
    gegevens: dict[str, OwnFactDef] = field(default_factory=dict)
    bedragen: dict[str, Figure] = field(default_factory=dict)
    terms: dict[str, TermDraft] = field(default_factory=dict)
    open: dict[str, OpenDraft] = field(default_factory=dict)
    typed: dict[str, Term | None] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)  # names whose declaration has a mistake: using them is not another
    last: date | None = None  # the last day on which it counts for anybody: after `tot` for who keeps it (`overgang`)

    def overlaps(self, van: date, tot: date | None) -> bool:
        return (tot is None or self.van <= tot) and (self.tot is None or van <= self.tot)


def declare(document: Document) -> RulesetDraft:
    """Read the names of a ruleset; the findings stay with the draft."""
    findings = Findings()
    reader = Reader(document.root, findings)
    ident = reader.ident("regelset")
    reader.format()
    instruments = ("wet", "amvb", "ministeriele_regeling", "verordening", "beleidsregel", "begrippen")
    soort = reader.choice("soort", instruments, "verordening", required=True)
    valid = reader.group("geldig", required=True, zoals="van: 2026-01-01")
    van, tot = date.min, None
    if valid is not None:
        van = valid.day("van", required=True) or date.min
        tot = valid.day("tot")
        if tot is not None and tot < van:
            findings.add("datums-omgekeerd", valid.span("tot"))
        valid.done()
    draft = RulesetDraft(document, reader, findings, ident, soort, van, tot)
    taken: dict[str, tuple[str, int]] = {}
    _own_facts(draft, taken)
    _figures(draft, taken)
    _terms(draft, taken)
    _open(draft, taken)
    draft.broken = _broken(draft)
    draft.last = tot
    return draft


def kept_versions(document: Document) -> list[tuple[date | None, date | None]]:
    """Of each entry of `overgang` the first day of the version that is kept, and the last on which it still counts; None where
    it says none. What is wrong with these days is said where the entry is read."""
    entries = getattr(document.root.get("overgang"), "items", ())
    return [(_day(one, "geldt"), _day(one, "tot")) for one in entries if isinstance(one, Mapping)]


def _day(mapping: Mapping, key: str) -> date | None:
    try:
        return parse_day(getattr(mapping.get(key), "value", ""))
    except ValueError:
        return None


SHARED = "begrippen"  # the kind of file whose names can be used everywhere
SECTIONS = ("gegevens", "bedragen", "begrippen", "open")


def _broken(draft: RulesetDraft) -> set[str]:
    """The names that somebody meant to declare, under whatever key that was to be a section."""
    declared = {*draft.gegevens, *draft.bedragen, *draft.terms, *draft.open}
    named = {key: names for key in draft.reader.mapping.entries if (names := draft.reader.written(key))}
    written = {plain_name(name, "_") for key, names in named.items() if meant_key(key, SECTIONS) for name in names}
    return written - declared


def _claim(draft: RulesetDraft, taken: dict[str, tuple[str, int]], name: Scalar, what: str) -> bool:
    if name.value in BUILT_IN or name.value in situation_schema().fields:
        hint = f"dit woord betekent hier al iets: kies een andere naam, zoals «eigen_{name.value}»"
        draft.findings.add("ongeldige-naam", name.span(), naam=name.value, hulp=hint)
        return False
    if name.value in taken:
        other, line = taken[name.value]
        draft.findings.add("dubbele-naam", name.span(), naam=name.value, wat=other, regel=line)
        return False
    taken[name.value] = (what, name.line)
    return True


def sources(reader: Reader) -> tuple[str, ...]:
    """`van`: where a fact comes from, asked there in this order."""
    found = []
    for item in reader.scalars("van", required=True):
        if item.value in SOURCES:
            found.append(item.value)
        else:
            reader.findings.add("keuze-onbekend", item.span(), woord=item.value, hulp=choose_from(item.value, sorted(SOURCES)))
    return tuple(found) or ("inwoner",)


def _own_facts(draft: RulesetDraft, taken: dict[str, tuple[str, int]]) -> None:
    for name, node in draft.reader.named("gegevens"):
        if not isinstance(node, Mapping):
            kind = node.value if isinstance(node, Scalar) and node.value in FACT_KINDS else "…"
            hint = f"schrijf «{name.value}: {{type: {kind}, label: …, vraag: …, van: [inwoner]}}»"
            draft.findings.add("geen-groep", span_of(node), hulp=hint)
            continue
        reader = Reader(node, draft.findings)
        soort = read_soort(reader, FACT_KINDS)
        definition = OwnFactDef(
            name.value,
            soort or Soort("tekst"),
            type_of_soort(soort or Soort("tekst")),
            reader.must("label"),
            reader.must("vraag"),
            sources(reader),
            reader.text("eenheid"),
            reader.period("bewaren"),
        )
        reader.done()
        if _claim(draft, taken, name, "een gegeven") and soort is not None:
            draft.gegevens[name.value] = definition


def _figures(draft: RulesetDraft, taken: dict[str, tuple[str, int]]) -> None:
    for name, node in draft.reader.named("bedragen"):
        if not isinstance(node, Mapping):
            value = f'"{node.value[:40]}"' if isinstance(node, Scalar) and node.value else "…"
            hint = f"schrijf «{name.value}: {{bron: …, waarden: {{2026-01-01: {value}}}}}»"
            draft.findings.add("geen-groep", span_of(node), hulp=hint)
            continue
        reader = Reader(node, draft.findings)
        written = reader.choice("type", FIGURE_KINDS) if reader.has("type") else "geld"
        kind: Any = written or "geld"
        soort = Soort(kind, cijfers=(reader.number("cijfers", 0, 6) or 0) if kind == "decimaal" else 0)
        source = reader.text("bron")
        verified = reader.yes("geverifieerd", default=True)
        values = _dated(reader, soort, source or "", verified=verified) if written else []
        if not reader.has("waarden"):
            reader.lacks("waarden", "bedrag-zonder-waarde", name.span(), naam=name.value)
        if not reader.has("bron"):
            reader.lacks("bron", "bedrag-zonder-bron", name.span(), naam=name.value)
        figure = Figure(
            name.value,
            type_of_soort(soort),
            tuple(sorted(values, key=lambda value: value.van)),
            reader.day("tot"),
            reader.text("grondslag"),
            reader.text("label") or name.value.replace("_", " "),
            _indexed(reader),
            name.span(),
        )
        reader.done()
        if _claim(draft, taken, name, "een bedrag") and values:
            draft.bedragen[name.value] = figure


def _indexed(reader: Reader) -> Indexering | None:
    """`indexering`: on which days the law adjusts a figure."""
    word: Any = reader.choice("indexering", INDEXERING)
    return word or None


def _dated(reader: Reader, soort: Soort, source: str, *, verified: bool) -> list[FigureValue]:
    """The values of a figure: alone, or as a group that says of this one value where it was read and whether it was."""
    values: list[FigureValue] = []
    if reader.empty("waarden"):
        hint = "schrijf «waarden: {2026-01-01: …}»"
        reader.findings.add("lege-waarde", reader.key_span("waarden"), sleutel="waarden", hulp=hint)
        return values
    inner = reader.group("waarden", zoals="2026-01-01: …")
    if inner is None:
        return values
    for key, (scalar, node) in inner.mapping.entries.items():
        own = Reader(node, reader.findings) if isinstance(node, Mapping) else None
        if own is not None:
            written = own.scalar("is", required=True)
            own_source, own_verified = own.text("bron"), own.yes("geverifieerd", default=verified)
            own.done()
        elif isinstance(node, Scalar):
            written, own_source, own_verified = node, None, verified
        else:
            written = None
            reader.findings.add("geen-tekst", span_of(node))
        if written is None:
            continue
        try:
            day = parse_day(key)
        except ValueError as wrong:
            reader.findings.add("geen-datum", scalar.span(), waarom=str(wrong))
            continue
        try:
            value = soort.read(written.value[:MAX_VALUE])
        except ValueError as wrong:
            reader.findings.add("geen-bedrag", written.span(), waarom=_reason(wrong))
            continue
        if value is None:
            reader.findings.add("cijfer-onbekend", written.span() if written.value.strip() else scalar.span())
            continue
        values.append(FigureValue(day, value, own_source or source, own_verified))
    return values


def _reason(wrong: ValueError) -> str:
    context: Any = getattr(wrong, "context", None) or {}
    return str(context.get("tekst", wrong))


def _terms(draft: RulesetDraft, taken: dict[str, tuple[str, int]]) -> None:
    findings = draft.findings
    for name, node in draft.reader.named("begrippen"):
        label, grondslag, verified = name.value.replace("_", " "), None, True
        place = Place(name, 0, len(name.value))
        uses: Scalar | None = None
        expression: Expression | None = None
        if isinstance(node, Mapping):
            reader = Reader(node, findings)
            label = reader.text("label") or label
            grondslag = reader.text("grondslag")
            verified = reader.yes("geverifieerd", default=True)
            reader.text("bron")
            reader.text("uitleg")
            if reader.has("gebruik"):
                uses = reader.scalar("gebruik")
            else:
                expression = read_body(reader)
            reader.done()
        else:
            expression = read_expression(node, findings)
        if _claim(draft, taken, name, "een begrip"):
            draft.terms[name.value] = TermDraft(name, expression, uses, label, grondslag, verified, place)


def _open(draft: RulesetDraft, taken: dict[str, tuple[str, int]]) -> None:
    for name, node in draft.reader.named("open"):
        if not isinstance(node, Mapping):
            hint = f"schrijf «{name.value}: {{type: …, label: …, grondslag: …}}»"
            draft.findings.add("geen-groep", span_of(node), hulp=hint)
            continue
        reader = Reader(node, draft.findings)
        soort = read_soort(reader, FACT_KINDS)
        label, grondslag = reader.must("label"), reader.must("grondslag")
        inner = reader.get("anders")
        otherwise = read_expression(inner, draft.findings) if inner is not None else None
        reader.done()
        if _claim(draft, taken, name, "iets dat open is") and soort is not None:
            draft.open[name.value] = OpenDraft(name, soort, label, grondslag, otherwise)


def gemeente_of(reader: Reader) -> str | None:
    """The code of a municipality under `gemeente`; None (with a finding when it is no code) where there is none."""
    found = reader.scalar("gemeente")
    if found is None:
        return None
    if GEMEENTECODE.fullmatch(found.value) is None:
        reader.findings.add("geen-gemeente", found.span(), tekst=found.value, raad=gemeente_hint(found.value))
        return None
    return found.value


def places_of(reader: Reader, key: str, *, required: bool = False) -> list[str]:
    """The codes of municipalities in a list; a finding at each that is none."""
    found = []
    for item in reader.scalars(key, required=required):
        if GEMEENTECODE.fullmatch(item.value) is None:
            reader.findings.add("geen-gemeente", item.span(), tekst=item.value, raad=gemeente_hint(item.value))
        else:
            found.append(item.value)
    return found


def decider_of(reader: Reader, *, required: bool) -> str | None:
    """Who decides, under `wie_beslist`: a person or a body, never a machine (AVG 22)."""
    found = reader.scalar("wie_beslist", required=required)
    if found is not None and is_machine_word(found.value):
        reader.findings.add("systeem-beslist", found.span(), naam=found.value)
    return " ".join(found.value.split()) if found is not None else None
