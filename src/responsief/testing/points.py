"""What the cases of a ruleset should show: every condition both ways and unknown, every row, every limit from both sides.

A condition belongs to the file in which it is written. What another ruleset says («gebruik», «open») is one condition here; what lies
behind it is for the cases of that ruleset. Shared terms, and what only fills in another ruleset, decide nothing: they are shown by
the cases of whoever reads them.

That a condition decides by itself is asked of each condition in a criterion, a term of this file counting as one; and once of each
condition in such a term, in whichever criterion reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Clause, Ruleset
from responsief.ir.types import Kind
from responsief.register import Register
from responsief.source import Span
from responsief.testing.independence import Every, First, Formula, Some, Turn

Soort = Literal["oordeel", "voorwaarde", "op_zichzelf", "rij", "grens", "clausule", "alternatief", "aandachtspunt"]
SOORTEN: tuple[Soort, ...] = (
    "oordeel", "voorwaarde", "op_zichzelf", "rij", "grens", "clausule", "alternatief", "aandachtspunt",
)  # fmt: skip
ORDERED = frozenset({"<", "<=", ">", ">="})
MEASURED = frozenset({Kind.GELD, Kind.GETAL, Kind.DATUM})


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to be seen in the cases: of which kind, where it is written, in the writer's words, and in which ways (`wil`).

    `criterium` is the id of the criterion (or clause, or point of attention) that it belongs to, if any; `node` is what is looked
    at, `at` which of several: the number of a row, of an end of a range.
    """

    soort: Soort
    tekst: str
    span: Span
    wil: tuple[str, ...]
    criterium: str | None = None
    node: ir.Node | None = None
    at: int = 0
    solo: tuple[tuple[int, int], ...] = ()  # of a condition that decides: in which formulas, and its number there


@dataclass(frozen=True, slots=True)
class Decider:
    """A criterion as a formula over its conditions: through the terms of its file, or each of those as one condition."""

    id: str
    node: ir.Node
    formula: Formula
    conditions: tuple[ir.Node, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Everything that the cases of one version of a ruleset should show."""

    ruleset: Ruleset
    deciders: tuple[Decider, ...]
    points: tuple[Point, ...]


def points_of(ruleset: Ruleset, register: Register) -> Points:
    """What the cases of this ruleset should show."""
    return _Finder(ruleset, register).found()


class _Finder:
    def __init__(self, ruleset: Ruleset, register: Register) -> None:
        self.ruleset = ruleset
        self.register = register
        self.points: list[Point] = []
        self.seen: set[int] = set()  # by the identity of a node
        self.asked: set[ir.Node] = set()  # the same question is one condition
        self.where: str | None = None

    def found(self) -> Points:
        for criterion in self.ruleset.criteria:
            ways = ways_of(criterion.eis, self.register)
            place = criterion.span
            self.points.append(Point("oordeel", criterion.titel, place, ways, criterion.id, criterion.eis))
        for where, root in _roots(self.ruleset):
            self.where = where
            self.visit(root)
        deciders = self.deciders()
        for clause in (*self.ruleset.hardheid, *(c for some in self.ruleset.clausules_bij.values() for c in some)):
            self.points.extend(_of_clause(clause, self.ruleset))
        for one in self.ruleset.aandacht:
            self.points.append(Point("aandachtspunt", one.tekst, one.als.place.span, ("gezien",), one.id, one.als))
        return Points(self.ruleset, tuple(deciders), tuple(self.points))

    def deciders(self) -> list[Decider]:
        """Two formulas of each criterion, with a point for each condition that is asked to decide by itself."""
        made: list[Decider] = []
        behind_terms: dict[ir.Node, list[tuple[int, int]]] = {}
        for criterion in self.ruleset.criteria:
            outline = decider_of(self.ruleset, criterion.id, criterion.eis, through_terms=False)
            made.append(outline)
            for at, node in enumerate(outline.conditions):
                self.alone(node, criterion.id, [(len(made) - 1, at)])
            whole = decider_of(self.ruleset, criterion.id, criterion.eis, through_terms=True)
            made.append(whole)
            for at, node in enumerate(whole.conditions):
                if node not in outline.conditions:
                    behind_terms.setdefault(node, []).append((len(made) - 1, at))
        for node, solo in behind_terms.items():
            self.alone(node, None, solo)
        return made

    def alone(self, node: ir.Node, criterion: str | None, solo: list[tuple[int, int]]) -> None:
        if reads(node, self.register):
            place = node.place
            self.points.append(
                Point("op_zichzelf", _written(node), place.span, ("ja", "nee"), criterion, node, solo=tuple(solo))
            )

    def visit(self, node: ir.Node) -> None:
        """Every condition, branch and limit in a node, through the terms of this file."""
        if id(node) in self.seen or isinstance(node, ir.Const):
            return
        self.seen.add(id(node))
        inner = own_definition(self.ruleset, node)
        match node:
            case ir.And() | ir.Or() | ir.Not():
                self.visit_all(ir.children(node))
            case _ if inner is not None:
                self.visit(inner)
            case ir.Choose(branches=branches, otherwise=otherwise) | ir.Collect(branches=branches, otherwise=otherwise):
                table = node.place.text == "tabel"
                for at, (condition, _) in enumerate(branches):
                    text = _row(at, condition) if table else condition.place.text
                    self.points.append(Point("rij", text, condition.place.span, ("gezien",), self.where, node, at))
                last = node.last if isinstance(node, ir.Choose) else None
                text = f"anders: {otherwise.place.text}" if last is None else _row(len(branches), last)
                place = otherwise.place if last is None else last.place
                self.points.append(Point("rij", text, place.span, ("gezien",), self.where, node, len(branches)))
                self.visit_all(ir.children(node))
            case _:
                if node.type.kind is Kind.JA_NEE:
                    self.condition(node)
                self.visit_all(c for c in _outside_entries(node) if c.type.kind is not Kind.JA_NEE)

    def visit_all(self, nodes: Iterator[ir.Node] | tuple[ir.Node, ...]) -> None:
        for node in nodes:
            self.visit(node)

    def condition(self, node: ir.Node) -> None:
        if node in self.asked:
            return
        self.asked.add(node)
        text = _written(node)
        self.points.append(Point("voorwaarde", text, node.place.span, ways_of(node, self.register), self.where, node))
        if not reads(node, self.register):
            return
        if isinstance(node, ir.Compare) and node.op in ORDERED and measured(node.left):
            self.points.append(Point("grens", text, node.place.span, ("ja", "nee"), self.where, node))
        elif isinstance(node, ir.Within) and measured(node.value):
            self.points.extend(
                Point("grens", f"{text} ({end})", node.place.span, ("ja", "nee"), self.where, node, at)
                for at, end in enumerate(("ondergrens", "bovengrens"))
            )


def _row(at: int, condition: ir.Node) -> str:
    """A row of a table by its number and its cells: «rij 2 van de tabel (huishouden.soort: 'gehuwd', leeftijd: >= 21)»."""
    tests = condition.operands if isinstance(condition, ir.And) else (condition,)
    told = ", ".join(_written(test) for test in tests if not isinstance(test, ir.Const))
    return f"rij {at + 1} van de tabel" + (f" ({told})" if told else "")


def _written(node: ir.Node) -> str:
    """A condition as it is written; a cell of a table with the column that it is about («leeftijd: >= 21»)."""
    text = node.place.text
    match node:
        case ir.Compare(left=column) | ir.Within(value=column) | ir.OneOf(value=column):
            cell = column.place.scalar is not node.place.scalar
            return f"{column.place.text}: {text}" if cell else text
        case _:
            return text


def _roots(ruleset: Ruleset) -> Iterator[tuple[str | None, ir.Node]]:
    """Everything that is asked in a file, with the criterion (or clause, or point of attention) that asks it."""
    for c in ruleset.criteria:
        roots = (c.eis, *(r.eis for r in c.lezingen), c.wacht_tot, c.aftrek)
        yield from ((c.id, root) for root in roots if root is not None)
    if ruleset.bedrag is not None:
        yield "bedrag", ruleset.bedrag
    for clause in (*ruleset.hardheid, *(c for some in ruleset.clausules_bij.values() for c in some)):
        yield from ((clause.id, bar.als) for bar in (*clause.niet_als, *clause.voorwaarden))
    if ruleset.ingang is not None:
        yield "ingang", ruleset.ingang.vanaf
    yield from (("overgang", one.voor) for one in ruleset.overgang)
    yield from ((one.id, one.als) for one in ruleset.aandacht)
    yield from ((f"samenloop {one.met}", one.als) for one in ruleset.samenloop if one.als is not None)
    yield from ((f"{home}.{name}", node) for (home, name), node in ruleset.vult_in.items())
    if not ruleset.decides:
        yield from ((term.naam, term.node) for term in ruleset.begrippen.values())


def _of_clause(clause: Clause, ruleset: Ruleset) -> Iterator[Point]:
    """Where a clause must be seen. One of kind «geen» says that there is none: it never reaches."""
    reaches = clause.soort != "geen"
    outside = not reaches or any(c.id not in clause.geldt_voor for c in ruleset.criteria)
    ways = [("in_bereik", reaches), ("buiten_bereik", outside), ("geblokkeerd", bool(clause.niet_als))]
    yield Point("clausule", clause.titel, clause.span, tuple(way for way, can in ways if can), clause.id)
    if reaches and clause.soort != "groepsniveau":
        yield Point("alternatief", f"hardheid:{clause.id}", clause.span, ("gezien",), clause.id)


# --- a criterion as a formula ------------------------------------------------------------------------------------------


def decider_of(ruleset: Ruleset, ident: str, node: ir.Node, *, through_terms: bool) -> Decider:
    """A question as a formula over its conditions; a term of its own file is looked through, or one condition."""
    conditions: dict[ir.Node, int] = {}

    def formula(part: ir.Node) -> Formula:
        inner = own_definition(ruleset, part) if through_terms or part is node else None
        match part:
            case ir.Const(value=value):
                return value is True
            case ir.Not(operand=operand):
                return Turn(formula(operand))
            case ir.And(operands=operands):
                return Every(tuple([formula(o) for o in operands]))
            case ir.Or(operands=operands):
                return Some(tuple([formula(o) for o in operands]))
            case ir.Choose(branches=branches, otherwise=otherwise):
                return First(tuple([(formula(c), formula(r)) for c, r in branches]), formula(otherwise))
            case _ if inner is not None:
                return formula(inner)
            case _:
                return conditions.setdefault(part, len(conditions))

    made = formula(node)
    return Decider(ident, node, made, tuple(conditions))


def own_definition(ruleset: Ruleset, node: ir.Node) -> ir.Node | None:
    """What a term of this very file stands for; None of everything else."""
    if isinstance(node, ir.TermRef) and node.ruleset == ruleset.id and node.name in ruleset.begrippen:
        return ruleset.begrippen[node.name].node
    return None


# --- what can be seen at all -------------------------------------------------------------------------------------------


def ways_of(node: ir.Node, register: Register) -> tuple[str, ...]:
    """In which ways a condition can come out: what reads no fact, and «is bekend», is never unknown."""
    if not reads(node, register):
        fixed = [inner.value for inner in behind(node, register) if isinstance(inner, ir.Const)]
        return tuple(way for way, value in (("ja", True), ("nee", False)) if not fixed or value in fixed)
    if isinstance(node, ir.Known):
        return ("ja", "nee")
    return ("ja", "nee", "onbekend")


def reads(node: ir.Node, register: Register) -> bool:
    """Does it read a fact of the client (through any term), or only the day and figures?"""
    kept: dict[int, bool] = {}

    def look(part: ir.Node) -> bool:
        if id(part) not in kept:
            kept[id(part)] = False
            kept[id(part)] = any(_fact(inner) or any(map(look, behind(inner, register))) for inner in ir.walk(part))
        return kept[id(part)]

    return look(node)


def _fact(node: ir.Node) -> bool:
    return isinstance(node, ir.Fact | ir.OwnFact)


def behind(node: ir.Node, register: Register) -> Iterator[ir.Node]:
    """What a term can stand for, in any version or municipality."""
    if isinstance(node, ir.TermRef):
        for version in register.versions.get(node.ruleset, ()):
            if node.name in version.begrippen:
                yield version.begrippen[node.name].node
    elif isinstance(node, ir.OpenRef):
        for versions in register.versions.values():
            for version in versions:
                if (node.ruleset, node.name) in version.vult_in:
                    yield version.vult_in[(node.ruleset, node.name)]
                if version.id == node.ruleset and node.name in version.open:
                    default = version.open[node.name].anders
                    if default is not None:
                        yield default


def measured(node: ir.Node) -> bool:
    """Is this an amount, number or date, of which a next one exists?"""
    return node.type.kind in MEASURED


def _outside_entries(node: ir.Node) -> tuple[ir.Node, ...]:
    """The parts of a node; of a list only the list itself, not what is asked of each entry."""
    return (node.entries,) if isinstance(node, ir.Aggregate) else ir.children(node)
