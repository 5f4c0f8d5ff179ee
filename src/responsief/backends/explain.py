"""From a verdict to what people read: every criterion with its trace, the facts behind it, and what is still needed.

The compact run says what came out; only here is it put in words. Entries of lists are read again with `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property, partial
from typing import Any, NamedTuple

from responsief.backends.compiled import Compiled
from responsief.backends.unknown import Unknown, field_of, label_of, origin_of, own_fact, path_of
from responsief.decision import Criterion, Fact, Finding, Kept, Needed, Oordeel, Trace
from responsief.ir import nodes as ir
from responsief.ir.program import plain
from responsief.ir.ruleset import Criterion as CriterionDef
from responsief.ir.ruleset import Figure
from responsief.ir.types import Kind, Type
from responsief.ir.verdict import Verdict
from responsief.situation import FeitBron, Situation, choice_words
from responsief.values import GEEN, Between, Period, format_day, format_money, format_number

OWN_WORK = frozenset({"gemeente", "adviseur", "oordeel"})  # what no client can know, and no register either
NO_ORIGIN = FeitBron()
MOST_ENTRIES = 6  # of a list that are told one by one
UNITS = {"dagen": "dag", "weken": "week", "maanden": "maand", "jaren": "jaar", "uren": "uur", "meter": "meter"}


def word(verdict: bool | None) -> Oordeel:
    """ja, nee or onbekend."""
    return "onbekend" if verdict is None else "ja" if verdict else "nee"


def in_words(value: Any, kind: Type) -> str | None:
    """A value as people write it; None when it is unknown."""
    match value:
        case None:
            return None
        case bool():
            return "ja" if value else "nee"
        case int() if kind.kind is Kind.GELD:
            return format_money(value)
        case int():
            return f"{value:,}".replace(",", ".")
        case str():
            return choice_words(value) if kind.kind is Kind.KEUZE else value
        case date():
            return format_day(value)
        case tuple():
            return entries_in_words(value, kind) if value else "geen"
        case Fraction():
            return format_money(value) if kind.kind is Kind.GELD else format_number(value)
        case Between(lo=date() as lo, hi=date() as hi):
            return format_day(value) if lo.year == hi.year else f"tussen {format_day(lo)} en {format_day(hi)}"
        case Between(lo=lo, hi=hi):
            first, last = in_words(lo, kind), in_words(hi, kind)
            return f"{first} of {last}" if hi - lo == 1 else f"{first} tot en met {last}"
        case Period():
            return str(value)
        case _:
            return "geen" if value is GEEN else "opgegeven"


def entries_in_words(entries: tuple[Any, ...], kind: Type) -> str:
    """A list of amounts entry by entry («loon € 1.446,20 per maand; toeslagen € 120,00 per maand»); of another how many."""
    record = kind.record
    money = [] if record is None else [name for name, field in record.fields.items() if field.type.kind is Kind.GELD]
    if not money or len(entries) > MOST_ENTRIES or None in entries:
        return f"{len(entries)} opgegeven"
    return "; ".join(_entry(entry, money[0]) for entry in entries)


def _entry(entry: Any, amount: str) -> str:
    what, value, per = getattr(entry, "soort", None), getattr(entry, amount), getattr(entry, "per", None)
    name = choice_words(what) if isinstance(what, str) else "soort onbekend"
    sum_of = format_money(value) if isinstance(value, int) else "bedrag onbekend"
    return f"{name} {sum_of} per {choice_words(per)}" if isinstance(per, str) else f"{name} {sum_of}"


def figure_in_words(figure: Figure, value: Any) -> str | None:
    """A value of a figure as people write it: what has decimals is kept as a whole number."""
    if figure.type.cijfers and isinstance(value, int):
        value = Fraction(value, 10**figure.type.cijfers)
    return in_words(value, figure.type)


def with_unit(words: str | None, unit: str | None) -> str | None:
    """«35» in days is «35 dagen», «1» in months «1 maand»; an amount of money says its unit itself."""
    if words is None or unit not in UNITS or not words[-1:].isdigit():
        return words
    return f"{words} {UNITS[unit] if words == '1' else 'jaar' if unit == 'jaren' else unit}"


class Leaf(NamedTuple):
    """A fact that a node reads: its path, its label, its slot in a run."""

    path: str
    label: str
    slot: int
    type: Type
    unit: str | None
    source: str


class Explainer:
    """Explains one verdict on one situation."""

    def __init__(self, compiled: Compiled, verdict: Verdict, situation: Situation) -> None:
        self.compiled = compiled
        self.verdict = verdict
        self.situation = situation
        self.unknowns = Unknown(compiled, verdict.run, situation, verdict.peildatum)
        self.run = verdict.run
        self.places = compiled.program.places
        self._facts: dict[str, Fact] = {}
        self._findings: dict[int, Finding] = {}  # by the identity of a node: the program keeps the node
        self._open: dict[str, ir.Node] | None = None

    def value(self, node: ir.Node) -> Any:
        return node.value if isinstance(node, ir.Const) else plain(self.run[self.places[id(node)]])

    def definition(self, node: ir.Node) -> ir.Node:
        """What a term stands for, through every term on the way."""
        while isinstance(node, ir.TermRef | ir.OpenRef):
            node = self.compiled.program.definitions[(node.ruleset, node.name)]
        return node

    # criteria

    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in force with its verdict, trace and facts, in the order of the ruleset."""
        return tuple(self.criterion(c, v) for c, v in zip(self.verdict.criteria, self.verdict.oordelen, strict=True))

    def criterion(self, criterion: CriterionDef, verdict: bool | None) -> Criterion:
        deduction = self.value(criterion.aftrek) if criterion.aftrek is not None else None
        ruleset = self.compiled.program.ruleset
        return Criterion(
            id=criterion.id,
            titel=criterion.titel,
            grondslag=criterion.grondslag,
            oordeel=word(verdict),
            gevolg=criterion.gevolg,
            doel=criterion.doel,
            uitleg=criterion.uitleg,
            wettekst=criterion.tekst,
            rust_op=criterion.rust_op,
            bevoegdheid=criterion.bevoegdheid,
            wie_wijzigt=criterion.wie_wijzigt,
            wat_wijzigt=criterion.wat_wijzigt,
            geverifieerd=criterion.geverifieerd and (ruleset is None or ruleset.geverifieerd),
            maak_spoor=partial(self.trace, criterion.eis),
            maak_bevinding=partial(self.finding, criterion.eis),
            aftrek=deduction if isinstance(deduction, int) else None,
            kan_advies=self.advised or self.asks_adviser(criterion),
        )

    @cached_property
    def advised(self) -> bool:
        """Did an adviser state any fact of this situation?"""
        return any(origin.bron == "adviseur" for origin in self.situation.feiten.values())

    def asks_adviser(self, criterion: CriterionDef) -> bool:
        """Is an adviser the usual source of a fact that this criterion reads? The same for every case, so kept."""
        kept = self.compiled.labels
        key = ("advies", id(criterion.eis))  # of an id two versions can count at once
        found: bool | None = kept.get(key)
        if found is None:
            found = kept[key] = any(leaf.source == "adviseur" for leaf in self.leaves(criterion.eis))
        return found

    def kept(self) -> Iterator[Kept]:
        """Of each earlier version that still counts for some: does it for this person, and of which criteria."""
        ruleset = self.compiled.program.ruleset
        if ruleset is None or ruleset.lopend is None:
            return
        settled: set[str] = set()  # what an entry before this one decides
        for one in ruleset.lopend.eerder:
            rule, old, held = one.overgang, one.regelset, self.value(one.overgang.voor)
            shown = tuple([c.id for c in self.verdict.criteria if rule.covers(c.id) and c.id not in settled])
            amount = rule.bedrag and old.bedrag is not None and "" not in settled
            if held is True:
                settled.update((*shown, "") if amount else shown)
            yield Kept(
                oordeel=word(held),
                grondslag=rule.grondslag,
                uitleg=rule.uitleg,
                tot=rule.tot,
                criteria=shown if held is not False else (),
                bedrag=amount and held is not False,
                versie=old.versie,
                gold_tot=old.tot or ruleset.van - timedelta(days=1),
                naam=old.naam,
                regeling=old.regeling,
                tekst_van=old.tekst_van,
                feiten=self.finding(rule.voor).feiten,
            )

    def finding(self, node: ir.Node) -> Finding:
        """The facts behind a node, and the comparison that decided it."""
        found = self._findings.get(id(node))
        if found is None:
            compared = self.deciding(node)
            first, every = self.facts(compared), self.facts(node)  # those behind the comparison come first
            known = {fact.gegeven for fact in first}
            facts = (*first, *[fact for fact in every if fact.gegeven not in known])
            found = self._findings[id(node)] = Finding(facts, *self.told(compared))
        return found

    def deciding(self, node: ir.Node) -> ir.Node:
        """The comparison or fact that decided: of a no the part that failed, of a yes one that held."""
        node = self.definition(node)
        match node:
            case ir.Not(operand=operand):
                return self.deciding(operand)
            case ir.Or(operands=operands) if self.value(node) is False and node.place.text != "tenzij":
                return self.deciding(operands[0]) if len(operands) == 1 else node  # all of them failed: none decided
            case ir.And(operands=operands) | ir.Or(operands=operands):
                verdict = self.value(node)
                same = [o for o in operands if self.value(o) is verdict] or list(operands)
                return self.deciding(same[0])
            case _:
                return node

    def told(self, node: ir.Node) -> tuple[str | None, str | None, str | None]:
        """Value, limit and how they stand to each other, of a comparison; of a fact its value."""
        verdict = self.value(node)
        match node:
            case ir.Compare(op=sign, left=left, right=right):
                unit = self.unit(left) or self.unit(right)
                sides = [self.value(left), self.value(right)]
                value, limit = (with_unit(in_words(v, side.type), unit) for v, side in zip(sides, (left, right), strict=True))
                if any(v is GEEN for v in sides):
                    return value, None, None  # there is nothing to compare: no sign would be true
                return value, limit, SIGNS[sign if verdict is not False else OPPOSITE[sign]]
            case ir.Within(value=inner, low=low, high=high):
                unit = self.unit(inner)
                span = (
                    f"{in_words(self.value(low), low.type)} tot en met {with_unit(in_words(self.value(high), high.type), unit)}"
                )
                found = self.value(inner)
                if found is GEEN:
                    return in_words(found, inner.type), None, None
                return with_unit(in_words(found, inner.type), unit), span, "in" if verdict is not False else "buiten"
            case ir.OneOf(value=inner, options=options):
                words = " of ".join(str(in_words(o, inner.type)) for o in options)
                return in_words(self.value(inner), inner.type), words, "is" if verdict is not False else "is niet"
            case ir.Fact() | ir.OwnFact():
                return with_unit(in_words(verdict, node.type), self.unit(node)), None, None
            case _:
                return None, None, None

    def unit(self, node: ir.Node) -> str | None:
        """In what a number is counted: of a fact as it was declared, of a span of time as the rule says."""
        match self.definition(node):
            case ir.Elapsed(unit=unit):
                return unit
            case ir.OwnFact() as own:
                return own_fact(self.compiled, own).eenheid
            case ir.Fact(origin="situatie") as fact:
                field = field_of(path_of(fact))
                return field.eenheid if field is not None else None
            case _:
                return None

    # traces

    def trace(self, node: ir.Node, told: set[tuple[str, str]] | None = None) -> Trace:
        """How an expression came out, with its parts. A term is written out once; after that (`told`) only its value."""
        told = set() if told is None else told
        value = self.value(node)
        shown, limit = in_words(value, node.type), None
        if isinstance(node, ir.Compare | ir.Within | ir.OneOf):
            shown, limit, _ = self.told(node)
        source, since = self.source(node)
        return Trace(
            tekst=self.text(node),
            oordeel=word(value) if node.type.kind is Kind.JA_NEE else None,
            waarde=shown,
            grens=limit,
            bron=source,
            datum=since,
            delen=tuple(self.parts(node, told)),
        )

    def text(self, node: ir.Node) -> str:
        match node:
            case ir.Fact(origin="situatie", path=path):
                return label_of(path)
            case ir.OwnFact():
                return own_fact(self.compiled, node).label
            case ir.And() | ir.Or() | ir.Not() | ir.Choose() | ir.Collect():
                return _GROUP_WORDS.get((node.place.text, type(node))) or node.place.text
            case _:
                return node.place.text

    def parts(self, node: ir.Node, told: set[tuple[str, str]]) -> Iterator[Trace]:
        match node:
            case ir.TermRef(ruleset=home, name=name) | ir.OpenRef(ruleset=home, name=name):
                definition = self.compiled.program.definitions[(home, name)]
                if (home, name) not in told and not isinstance(definition, ir.Const):
                    told.add((home, name))
                    yield self.trace(definition, told)
            case ir.Aggregate():
                yield from self.entries(node)
            case ir.Choose(branches=branches, otherwise=otherwise):
                yield from self.chosen(branches, otherwise, told)
            case _:
                for child in ir.children(node):
                    if not isinstance(child, ir.Const | ir.Today):
                        yield self.trace(child, told)

    def chosen(
        self, branches: Sequence[tuple[ir.Node, ir.Node]], otherwise: ir.Node, told: set[tuple[str, str]]
    ) -> Iterator[Trace]:
        """Of a choice the branches that were still possible: their condition, and what they give."""
        for condition, result in branches:
            held = self.value(condition)
            if held is False:
                continue
            if not isinstance(condition, ir.Const):
                yield self.trace(condition, told)
            yield self.trace(result, told)
            if held is True:
                return
        yield self.trace(otherwise, told)

    def entries(self, node: ir.Aggregate) -> Iterator[Trace]:
        """One line for each entry of a list: does it count?"""
        entries = self.value(node.entries)
        if entries is None:
            yield self.trace(node.entries)
            return
        name = node.entries.path[-1] if isinstance(node.entries, ir.Fact) else "regel"
        inside = self.unknowns.inside
        for at, entry in enumerate(entries, 1):
            verdict = inside(node.where, entry) if node.where is not None else True
            shown = inside(node.value, entry) if node.value is not None else None
            kind = node.value.type if node.value is not None else node.type
            about = node.where.place.text if node.where is not None else "telt mee"
            yield Trace(f"{name.replace('_', ' ')} {at}: {about}", word(verdict), in_words(shown, kind), None, None, None)

    # facts

    def facts(self, node: ir.Node) -> tuple[Fact, ...]:
        """The facts behind a node, with their origin."""
        known = self._facts
        return tuple([known.get(leaf.path) or self.fact(leaf) for leaf in self.leaves(node)])

    def fact(self, leaf: Leaf) -> Fact:
        value = plain(self.run[leaf.slot])
        if not self.situation.feiten and (value is None or value is True or value is False):
            # the same fact in many cases: kept with the program
            key = (leaf.path, value)
            found = self.compiled.labels.get(key)
            if found is None:
                found = self.compiled.labels[key] = Fact(
                    leaf.path, leaf.label, with_unit(in_words(value, leaf.type), leaf.unit), leaf.source, None, False
                )
        else:
            origin = origin_of(self.situation, leaf.path) or NO_ORIGIN
            found = Fact(
                leaf.path,
                leaf.label,
                with_unit(in_words(value, leaf.type), leaf.unit),
                origin.bron or leaf.source,
                _full(origin.datum),
                bool(origin.betwist or origin.in_onderzoek),
                _full(origin.herbruikbaar_tot),
            )
        self._facts[leaf.path] = found
        return found

    def leaves(self, node: ir.Node) -> tuple[Leaf, ...]:
        """The facts that a node reads; the same for every case, so kept with the program."""
        kept = self.compiled.labels
        found: tuple[Leaf, ...] | None = kept.get(id(node))
        if found is None:
            found = kept[id(node)] = tuple(
                Leaf(path_of(leaf), self.text(leaf), self.places[id(leaf)], leaf.type, self.unit(leaf), self.usual_source(leaf))
                for leaf in self.compiled.program.facts(node)
            )
        return found

    def usual_source(self, node: ir.Node) -> str:
        """Who said a fact of which nobody wrote down who did: the client, unless only the municipality, an adviser or a judgement can tell."""
        field = own_fact(self.compiled, node) if isinstance(node, ir.OwnFact) else field_of(path_of(node))
        others = field is not None and bool(field.van) and OWN_WORK.issuperset(field.van)
        return field.van[0] if field is not None and others else "inwoner"

    def origin(self, node: ir.Node) -> FeitBron | None:
        if isinstance(node, ir.OwnFact) or (isinstance(node, ir.Fact) and node.origin == "situatie"):
            return origin_of(self.situation, path_of(node)) or NO_ORIGIN
        return None

    def source(self, node: ir.Node) -> tuple[str | None, str | None]:
        """Where a value comes from, and of which day it is: of a fact its source, of a figure its article and first day."""
        if isinstance(node, ir.FigureRef):
            figure = self.figure(node)
            value = figure.newest(self.verdict.peildatum)
            return figure.grondslag or (value.bron if value else None), value.van.isoformat() if value else None
        origin = self.origin(node)
        return (origin.bron or self.usual_source(node), _iso(origin.datum)) if origin else (None, None)

    def figure(self, node: ir.FigureRef) -> Figure:
        return next(f for home, f in self.compiled.program.figures if (home, f.naam) == (node.ruleset, node.name))

    # what is unknown

    def unknown(self) -> tuple[str, ...]:
        """The paths of the unknown facts behind everything that is unknown."""
        return tuple(self.open_facts)

    @property
    def open_facts(self) -> dict[str, ir.Node]:
        """The unknown facts behind every criterion that is unknown, and behind an amount or date that is; in reading order."""
        if self._open is None:
            found: dict[str, ir.Node] = {}
            for root in self.unknown_roots():
                for path, leaf in self.unknowns.facts(root):
                    found.setdefault(path, leaf)
            self._open = found
        return self._open

    def unknown_roots(self) -> Iterator[ir.Node]:
        for criterion, verdict in zip(self.verdict.criteria, self.verdict.oordelen, strict=True):
            if verdict is None:
                yield criterion.eis
            elif verdict is False:
                for extra in (criterion.aftrek, criterion.wacht_tot):
                    if extra is not None and (self.value(extra) is None or isinstance(self.value(extra), Between)):
                        yield extra
        ruleset = self.compiled.program.ruleset
        if ruleset is not None and ruleset.bedrag is not None and self.verdict.uitkomst == "onbepaald":
            yield ruleset.bedrag

    def needed(self) -> tuple[Needed, ...]:
        """The unknown facts that the outcome still depends on, in reading order, and who must supply each."""
        if self.verdict.uitkomst != "onbepaald":
            return ()
        relevant = self.unknowns.relevant(self.open_facts)
        return tuple(self.unknowns.need(path, leaf) for path, leaf in self.open_facts.items() if path in relevant)


SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}

_GROUP_WORDS: dict[tuple[str, type[ir.Node]], str] = {
    ("alle", ir.And): "al deze voorwaarden",
    ("een_van", ir.Or): "minstens een hiervan",
    ("geen_van", ir.Not): "geen van deze",
    ("geen_van", ir.Or): "minstens een hiervan",
    ("tenzij", ir.Or): "de eis, of de uitzondering",
    ("tenzij", ir.And): "de eis, en de uitzondering geldt niet",
    ("tenzij", ir.Not): "de uitzondering geldt niet",
    ("kies", ir.Choose): "de eerste die past",
    ("tabel", ir.Choose): "de tabel",
    ("tabel", ir.Collect): "de tabel",
    ("voor", ir.Choose): "de oude of de nieuwe regel",
}


def _full(day: Any) -> date | None:
    return day if isinstance(day, date) else None


def _iso(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, date) else None
