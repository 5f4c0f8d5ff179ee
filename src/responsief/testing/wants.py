"""What a case must be like to show something: which conditions must hold, fail or be unknown, and how far a case is from that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from responsief.backends.nearness import near
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.operators import Truth, negate
from responsief.ir.program import Program
from responsief.ir.ruleset import Ruleset
from responsief.ir.types import Kind
from responsief.ir.verdict import Verdict
from responsief.testing.coverage import linked
from responsief.testing.points import Point

WAYS: dict[str, Truth] = {"ja": True, "nee": False, "onbekend": None}


@dataclass(frozen=True, slots=True)
class Want:
    """A condition that must come out so; `near` asks that it does so at its limit (`at` 0 or 1 of a range)."""

    node: ir.Node
    value: Truth
    near: bool = False
    at: int = 0


def wants_of(ruleset: Ruleset, point: Point, way: str) -> Iterator[tuple[Want, ...]]:
    """What a case must be like to show a point in one way: each answer is one road to it."""
    node = point.node
    match point.soort:
        case "oordeel" | "voorwaarde" if node is not None:
            yield (Want(node, WAYS[way]),)
        case "op_zichzelf" if node is not None:
            for value in (True, False) if way == "samen" else (WAYS[way],):
                for criterion in ruleset.criteria:
                    if point.criterium in (None, criterion.id):
                        yield from ((*road, Want(node, value)) for road in _roads(criterion.eis, node, ruleset))
        case "rij" if isinstance(node, ir.Choose | ir.Collect):
            before = node.branches[: point.at] if isinstance(node, ir.Choose) or point.at == len(node.branches) else ()
            wants = [Want(condition, False) for condition, _ in before]
            yield (*wants, *[Want(c, True) for c, _ in node.branches[point.at : point.at + 1]])
        case "grens" if node is not None:
            yield (Want(node, WAYS[way], near=True, at=point.at),)
        case "clausule" | "alternatief":
            yield from _of_clause(ruleset, str(point.criterium), "in_bereik" if point.soort == "alternatief" else way)
        case "aandachtspunt" if node is not None:
            yield (*[Want(c.eis, True) for c in ruleset.criteria], Want(node, True))
        case _:
            return


def _of_clause(ruleset: Ruleset, ident: str, way: str) -> Iterator[tuple[Want, ...]]:
    every = (*ruleset.hardheid, *(c for some in ruleset.clausules_bij.values() for c in some))
    clause = next((c for c in every if c.id == ident), None)
    if clause is None:
        return
    for criterion in ruleset.criteria:
        if (criterion.id in clause.geldt_voor) is (way == "buiten_bereik"):
            continue
        failing = Want(criterion.eis, False)
        if way == "geblokkeerd":
            yield from ((failing, Want(bar.als, True)) for bar in clause.niet_als)
        elif way == "in_bereik":
            yield (failing, *[Want(bar.als, False) for bar in clause.niet_als])
        else:
            yield (failing,)


Road = tuple[Want, ...]


def _roads(node: ir.Node, wanted: ir.Node, ruleset: Ruleset) -> Iterator[Road]:
    """What must be so for a condition somewhere in `node` to decide it: each answer is one way to get there."""
    if node == wanted:
        yield ()
        return
    match node:
        case ir.And(operands=operands) | ir.Or(operands=operands):
            for at, part in enumerate(operands):
                rest = [o for n, o in enumerate(operands) if n != at and not _guarded(wanted, o)]
                beside = tuple([Want(other, isinstance(node, ir.And)) for other in rest])
                yield from ((*beside, *road) for road in _roads(part, wanted, ruleset))
        case ir.Not(operand=operand):
            yield from _roads(operand, wanted, ruleset)
        case ir.Choose():
            yield from _through(node, wanted, ruleset)
        case ir.TermRef(ruleset=home, name=name) if home == ruleset.id and name in ruleset.begrippen:
            yield from _roads(ruleset.begrippen[name].node, wanted, ruleset)
        case _:
            return


def _guarded(wanted: ir.Node, other: ir.Node) -> bool:
    """Does «x is bekend» stand beside something that reads that very x? Where x is unknown, so is that."""
    return isinstance(wanted, ir.Known) and any(part == wanted.value for part in ir.walk(other))


def _through(node: ir.Choose, wanted: ir.Node, ruleset: Ruleset) -> Iterator[Road]:
    """Through a choice: a result decides where its branch is taken; a condition where its branch and the rest differ."""
    every = (*node.branches, (None, node.otherwise))
    before: Road = ()
    for at, (condition, result) in enumerate(every):
        here = before if condition is None else (*before, Want(condition, True))
        yield from ((*here, *road) for road in _roads(result, wanted, ruleset))
        if condition is None:
            return
        for road in _roads(condition, wanted, ruleset):
            for value, other in ((True, False), (False, True), (None, True), (None, False)):
                between: Road = ()
                for later, then in every[at + 1 :]:
                    taken = between if later is None else (*between, Want(later, True))
                    yield (*before, *road, Want(result, value), *taken, Want(then, other))
                    between = between if later is None else (*between, Want(later, False))
        before = (*before, Want(condition, False))


class Distance:
    """How far one run is from what is wanted: 0 when all is so. Counts conditions; what is unknown is a little farther."""

    def __init__(self, verdict: Verdict) -> None:
        self.program: Program = verdict.program
        self.run = verdict.run

    def value(self, node: ir.Node) -> Any:
        return self.program.value(node, self.run)

    def define(self, node: ir.Node) -> ir.Node:
        """What a term stands for, in whichever file."""
        while isinstance(node, ir.TermRef | ir.OpenRef):
            node = self.program.definitions[(node.ruleset, node.name)]
        return node

    def total(self, wants: Sequence[Want]) -> float:
        return sum(map(self.of, wants))

    def of(self, want: Want) -> float:
        if isinstance(want.node, ir.Const):
            return 0 if want.node.value is want.value else 100
        if not linked(self.program, want.node):
            return 100
        if want.near:
            return 0 if self.is_near(want) else 0.5 + self.to(want.node, want.value)
        return self.to(want.node, want.value)

    def is_near(self, want: Want) -> bool:
        return near(want.node, want.at, self.value, self.define) is want.value

    def to(self, node: ir.Node, value: Truth) -> float:
        """How many conditions must turn for a node to come out so."""
        now = self.value(node)
        if now is value:
            return 0
        node = self.define(node)
        match node:
            case ir.Not(operand=operand):
                return self.to(operand, negate(value))
            case ir.And(operands=operands):
                return self._group(operands, value, now, all_must=True)
            case ir.Or(operands=operands):
                return self._group(operands, value, now, all_must=False)
            case _:
                unknown = sum(self.value(fact) is None for fact in self.program.facts(node)) if now is None else 0
                return 1 + unknown / 100

    def _group(self, operands: tuple[ir.Node, ...], value: Truth, now: Truth, *, all_must: bool) -> float:
        if value is all_must:
            return sum(self.to(o, value) for o in operands)
        if value is not None:
            return min(self.to(o, value) for o in operands)
        if now is all_must:
            return min(self.to(o, None) for o in operands)
        return sum(self.to(o, None) for o in operands if self.value(o) is now)

    def unmet(self, want: Want) -> Iterator[ir.Node]:
        """The conditions to change for a want that is not met, from the first to the last written."""
        if isinstance(want.node, ir.Const) or not linked(self.program, want.node):
            return
        if want.near:
            if not self.is_near(want):
                yield want.node
            return
        yield from self._unmet(want.node, want.value)

    def _unmet(self, node: ir.Node, value: Truth) -> Iterator[ir.Node]:
        if self.value(node) is value:
            return
        node = self.define(node)
        match node:
            case ir.Not(operand=operand):
                yield from self._unmet(operand, negate(value))
            case ir.And(operands=operands) | ir.Or(operands=operands):
                for operand in operands:
                    yield from self._unmet(operand, value)
            case ir.Const():
                return
            case _ if node.type.kind is Kind.JA_NEE:
                yield node
            case _:
                return
