"""From a verdict to what people read: every criterion with its trace, the facts behind it, and what is still needed.

The compact run says what came out; only here is it put in words. Entries of lists are read again with `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple

from responsief.backends.compiled import Compiled
from responsief.backends.unknown import Unknown, label_of, origin_of, own_fact, path_of
from responsief.decision import Criterion, Fact, Finding, Needed, Oordeel, Trace
from responsief.ir import nodes as ir
from responsief.ir.program import plain
from responsief.ir.ruleset import Criterion as CriterionDef
from responsief.ir.types import Kind, Type
from responsief.ir.verdict import Verdict
from responsief.situation import FeitBron, Situation
from responsief.values import GEEN, Between, Period, format_day, format_money, format_number

NO_ORIGIN = FeitBron()


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
            return value.replace("_", " ")
        case date():
            return format_day(value)
        case tuple():
            return "geen" if not value else f"{len(value)} opgegeven"
        case Fraction():
            return format_money(value) if kind.kind is Kind.GELD else format_number(value)
        case Between(lo=date() as lo, hi=date() as hi):
            return format_day(value) if lo.year == hi.year else f"tussen {format_day(lo)} en {format_day(hi)}"
        case Between(lo=lo, hi=hi):
            return f"{lo} of {hi}" if hi - lo == 1 else f"{lo} tot en met {hi}"
        case Period():
            return str(value)
        case _:
            return "geen" if value is GEEN else "opgegeven"


class Leaf(NamedTuple):
    """A fact that a node reads: its path, its label, its slot in a run."""

    path: str
    label: str
    slot: int
    type: Type


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
        )

    def finding(self, node: ir.Node) -> Finding:
        """The facts behind a node, and the comparison that decided it."""
        found = self._findings.get(id(node))
        if found is None:
            value, limit, sign = self.decisive(node)
            found = self._findings[id(node)] = Finding(self.facts(node), value, limit, sign)
        return found

    def decisive(self, node: ir.Node) -> tuple[str | None, str | None, str | None]:
        """Value, limit and how they stand, of the comparison that decided: of a no the part that failed, of a yes one that held."""
        node = self.definition(node)
        verdict = self.value(node)
        match node:
            case ir.Not(operand=operand):
                return self.decisive(operand)
            case ir.And(operands=operands) | ir.Or(operands=operands):
                same = [o for o in operands if self.value(o) is verdict] or list(operands)
                return self.decisive(same[0])
            case ir.Compare(op=sign, left=left, right=right):
                shown = sign if verdict is not False else OPPOSITE[sign]
                return in_words(self.value(left), left.type), in_words(self.value(right), right.type), SIGNS[shown]
            case ir.Within(value=inner, low=low, high=high):
                span = f"{in_words(self.value(low), low.type)} tot en met {in_words(self.value(high), high.type)}"
                return in_words(self.value(inner), inner.type), span, "in" if verdict is not False else "buiten"
            case ir.OneOf(value=inner, options=options):
                words = " of ".join(str(in_words(o, inner.type)) for o in options)
                return in_words(self.value(inner), inner.type), words, "is" if verdict is not False else "is niet"
            case ir.Fact() | ir.OwnFact():
                return in_words(verdict, node.type), None, None
            case _:
                return None, None, None

    # traces

    def trace(self, node: ir.Node, told: set[tuple[str, str]] | None = None) -> Trace:
        """How an expression came out, with its parts. A term is written out once; after that (`told`) only its value."""
        told = set() if told is None else told
        value = self.value(node)
        shown, limit = in_words(value, node.type), None
        if isinstance(node, ir.Compare | ir.Within | ir.OneOf):
            shown, limit, _ = self.decisive(node)
        origin = self.origin(node)
        return Trace(
            tekst=self.text(node),
            oordeel=word(value) if node.type.kind is Kind.JA_NEE else None,
            waarde=shown,
            grens=limit,
            bron=(origin.bron or "inwoner") if origin else None,
            datum=_iso(origin.datum) if origin else None,
            delen=tuple(self.parts(node, told)),
        )

    def text(self, node: ir.Node) -> str:
        match node:
            case ir.Fact(origin="situatie", path=path):
                return label_of(path)
            case ir.OwnFact():
                return own_fact(self.compiled, node).label
            case ir.And() | ir.Or() | ir.Choose() | ir.Collect() if node.place.text in _GROUP_WORDS:
                return _GROUP_WORDS[node.place.text]
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
                    leaf.path, leaf.label, in_words(value, leaf.type), "inwoner", None, False
                )
        else:
            origin = origin_of(self.situation, leaf.path) or NO_ORIGIN
            found = Fact(
                leaf.path,
                leaf.label,
                in_words(value, leaf.type),
                origin.bron or "inwoner",
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
                Leaf(path_of(leaf), self.text(leaf), self.places[id(leaf)], leaf.type)
                for leaf in self.compiled.program.facts(node)
            )
        return found

    def origin(self, node: ir.Node) -> FeitBron | None:
        if isinstance(node, ir.OwnFact) or (isinstance(node, ir.Fact) and node.origin == "situatie"):
            return origin_of(self.situation, path_of(node)) or NO_ORIGIN
        return None

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

_GROUP_WORDS = {
    "alle": "al deze voorwaarden",
    "een_van": "minstens een hiervan",
    "geen_van": "geen van deze",
    "tenzij": "de eis, of de uitzondering",
    "kies": "de eerste die past",
    "tabel": "de tabel",
}


def _full(day: Any) -> date | None:
    return day if isinstance(day, date) else None


def _iso(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, date) else None
