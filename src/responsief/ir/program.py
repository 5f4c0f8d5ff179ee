"""A ruleset linked to everything that it reads: one order of evaluation, one slot per question. Every back end starts here.

A slot is a node outside the entries of a list; a term shares the slot of its definition. A run yields one value per slot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Any, TypeGuard

from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.operators import exact
from responsief.ir.ruleset import Criterion, Figure, OwnFactDef, Ruleset


class LinkError(LookupError):
    """What a ruleset reads is not there on this date or in this municipality; `code` and `words` say what."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words


@dataclass(frozen=True)
class Program:
    """The questions of a ruleset (or catalogue) in order, and where each name leads."""

    ruleset: Ruleset | None
    parts: tuple[Ruleset, ...]  # every ruleset read, in the order of reading
    roots: tuple[ir.Node, ...]
    slots: tuple[ir.Node, ...]
    places: Mapping[int, int] = field(repr=False)  # the identity of a node -> its slot; `slots` and `kept` keep the nodes
    kept: tuple[ir.Node, ...] = field(repr=False)
    definitions: Mapping[tuple[str, str], ir.Node] = field(repr=False)
    own: tuple[tuple[str, OwnFactDef], ...] = ()
    figures: tuple[tuple[str, Figure], ...] = ()
    _facts: dict[int, tuple[ir.Fact | ir.OwnFact, ...]] = field(default_factory=dict, repr=False, compare=False)

    def slot(self, node: ir.Node) -> int | None:
        """The slot of a node of this program; None of a fixed value."""
        return self.places.get(id(node))

    def value(self, node: ir.Node, run: Sequence[Any]) -> Any:
        """The value of a node in a run, exact numbers as int or Fraction."""
        if isinstance(node, ir.Const):
            return node.value
        return plain(run[self.places[id(node)]])

    def figures_on(self, day: date, *, missing_is_unknown: bool = False) -> tuple[Any, ...]:
        """All dated figures on a day, in the order of `figures`. Raises LinkError naming the first that has no value."""
        values = []
        for home, figure in self.figures:
            value = figure.on(day)
            if value is None and not missing_is_unknown:
                told = f" ({figure.label})" if figure.label != figure.naam.replace("_", " ") else ""
                raise LinkError("cijfer-ontbreekt", naam=figure.naam, label=told, regelset=home, datum=day)
            values.append(value)
        return tuple(values)

    def facts(self, node: ir.Node) -> tuple[ir.Fact | ir.OwnFact, ...]:
        """Every fact that a node reads, through its terms, in reading order."""
        known = self._facts.get(id(node))
        if known is not None:
            return known
        found: dict[int, ir.Fact | ir.OwnFact] = {}  # by slot: comparing trees would take longer than all the rest
        for part in ir.walk(node):
            if isinstance(part, ir.TermRef | ir.OpenRef):
                for leaf in self.facts(self.definitions[(part.ruleset, part.name)]):
                    found.setdefault(self.places[id(leaf)], leaf)
            elif is_fact(part):
                found.setdefault(self.places[id(part)], part)
        return self._facts.setdefault(id(node), tuple(found.values()))

    def every_fact(self) -> tuple[ir.Fact | ir.OwnFact, ...]:
        """Every fact that the program reads at all, in the order of evaluation."""
        return tuple([slot for slot in self.slots if is_fact(slot)])


def is_fact(node: ir.Node) -> TypeGuard[ir.Fact | ir.OwnFact]:
    """Is this something that stands in a situation: a field of it, or a ruleset's own fact?"""
    return isinstance(node, ir.OwnFact) or (isinstance(node, ir.Fact) and node.origin == "situatie")


def plain(value: Any) -> Any:
    """A slot's value as the operators know it: a compiled run leaves exact fractions as (numerator, denominator)."""
    if type(value) is tuple and len(value) == 2 and type(value[0]) is int and type(value[1]) is int:
        return exact(Fraction(value[0], value[1]))
    return value


Lookup = Callable[[str], Ruleset]
Fill = Callable[[str, str], tuple[Ruleset, ir.Node] | None]


def link(roots: Sequence[ir.Node], ruleset: Ruleset | None, lookup: Lookup, fill: Fill) -> Program:
    """Order everything that the roots read. `lookup` gives a ruleset's version, `fill` a local filler (LinkError when none)."""
    return _Linker(lookup, fill).link(roots, ruleset)


class _Linker:
    """Gives every question its slot. Two nodes that ask the same (same shape, same parts) share one."""

    def __init__(self, lookup: Lookup, fill: Fill) -> None:
        self.lookup = lookup
        self.fill = fill
        self.parts: dict[str, Ruleset] = {}
        self.slots: list[ir.Node] = []
        self.places: dict[int, int] = {}
        self.kept: list[ir.Node] = []
        self.shapes: dict[tuple[Any, ...], int] = {}
        self.definitions: dict[tuple[str, str], ir.Node] = {}
        self.own: dict[tuple[str, str], OwnFactDef] = {}
        self.figures: dict[tuple[str, str], Figure] = {}

    def link(self, roots: Sequence[ir.Node], ruleset: Ruleset | None) -> Program:
        if ruleset is not None:
            self.parts[ruleset.id] = ruleset
        for root in roots:
            self.visit(root)
        return Program(
            ruleset,
            tuple(self.parts.values()),
            tuple(roots),
            tuple(self.slots),
            self.places,
            tuple(self.kept),
            self.definitions,
            tuple((home, d) for (home, _), d in self.own.items()),
            tuple((home, f) for (home, _), f in self.figures.items()),
        )

    def part(self, ident: str) -> Ruleset:
        if ident not in self.parts:
            self.parts[ident] = self.lookup(ident)
        return self.parts[ident]

    def visit(self, node: ir.Node) -> int | None:
        """The slot of a node, after those of its parts; None of a fixed value."""
        if isinstance(node, ir.Const):
            return None
        known = self.places.get(id(node))
        if known is not None:
            return known
        match node:
            case ir.TermRef(ruleset=home, name=name):
                term = self.part(home).begrippen.get(name)
                if term is None:  # another version has it
                    raise LinkError("begrip-onbekend", naam=name, regelset=home)
                slot = self.alias(node, (home, name), term.node)
            case ir.OpenRef(ruleset=home, name=name):
                filled = self.fill(home.partition("@")[0], name)  # what is filled in goes for every version
                left_open = self.part(home).open[name]
                definition = left_open.anders
                if filled is not None:
                    self.parts.setdefault(filled[0].id, filled[0])
                    definition = filled[1]
                if definition is None:
                    raise LinkError("invulling-ontbreekt", naam=name, regelset=home, label=left_open.label)
                slot = self.alias(node, (home, name), definition)
            case _:
                if isinstance(node, ir.OwnFact):
                    self.own[(node.ruleset, node.name)] = self.part(node.ruleset).gegevens[node.name]
                elif isinstance(node, ir.FigureRef):
                    figure = self.part(node.ruleset).bedragen.get(node.name)
                    if figure is None:  # another version has it
                        raise LinkError("begrip-onbekend", naam=node.name, regelset=node.ruleset)
                    self.figures[(node.ruleset, node.name)] = figure
                elif isinstance(node, ir.Aggregate):
                    self.entry_side(node)
                slot = self.give(node, shape(node, [self.visit(child) for child in ir.children(node)]))
        self.places[id(node)] = slot
        self.kept.append(node)
        return slot

    def entry_side(self, node: ir.Aggregate) -> None:
        """What an entry's filter and value read outside the entry has its own slot."""
        for side in (node.value, node.where):
            for inner in ir.walk(side) if side is not None else ():
                if isinstance(inner, ir.Fact) and inner.origin == "regel":
                    continue
                if isinstance(inner, ir.Fact | ir.OwnFact | ir.FigureRef | ir.TermRef | ir.OpenRef | ir.Today):
                    self.visit(inner)

    def give(self, node: ir.Node, key: tuple[Any, ...]) -> int:
        found = self.shapes.get(key)
        if found is None:
            found = self.shapes[key] = len(self.slots)
            self.slots.append(node)
        return found

    def alias(self, node: ir.TermRef | ir.OpenRef, key: tuple[str, str], definition: ir.Node) -> int:
        self.definitions[key] = definition
        slot = self.visit(definition)
        return slot if slot is not None else self.give(node, (type(node), key))


def shape(node: ir.Node, parts: Sequence[int | None]) -> tuple[Any, ...]:
    """What makes two nodes the same question: their kind, what stands in them, and the slots (or values) of their parts."""
    fixed = tuple(
        (child.type.kind, type(child.value), child.value) if isinstance(child, ir.Const) else slot
        for child, slot in zip(ir.children(node), parts, strict=True)
    )
    match node:
        case ir.Compare(op=op) | ir.Arith(op=op) | ir.Extreme(op=op) | ir.Collect(op=op):
            return (type(node), op, fixed)
        case ir.OneOf(options=options):
            return (type(node), options, fixed)
        case ir.Known(wanted=wanted):
            return (type(node), wanted, fixed)
        case ir.Round(mode=mode, unit=unit):
            return (type(node), mode, unit, fixed)
        case ir.Elapsed(unit=unit):
            return (type(node), unit, fixed)
        case ir.Shift(sign=sign):
            return (type(node), sign, fixed)
        case ir.Aggregate(op=op, value=value, where=where):
            return (type(node), op, value, where, fixed)
        case ir.Not() | ir.And() | ir.Or() | ir.Within() | ir.Absent() | ir.Choose():
            return (type(node), fixed)
        case _:
            return (type(node), node)


def counts_on(criterion: Criterion, day: date) -> bool:
    """Is a criterion in force? What is only tolerated is not, nor what starts later."""
    return criterion.vanaf <= day if criterion.vanaf is not None else not criterion.gedoogd


def ruleset_roots(ruleset: Ruleset, on: date) -> tuple[ir.Node, ...]:
    """Everything that a decision evaluates on a day: criteria with their other readings, waiting dates, deductions,
    amount, bars of clauses, the first day of a right, points of attention, what it means for other rights."""
    roots: list[ir.Node] = []
    criteria = list(ruleset.criteria)
    if ruleset.lopend is not None:  # who is known to keep the old rule, or not to, is told of that rule alone
        roots.extend(one.overgang.voor for one in ruleset.lopend.eerder)
        criteria.extend(ruleset.lopend.criteria.values())
        criteria.extend(c for one in ruleset.lopend.eerder for c in one.criteria.values())
    for criterion in criteria:
        if counts_on(criterion, on):
            roots.append(criterion.eis)
            roots.extend(n for n in (criterion.wacht_tot, criterion.aftrek) if n is not None)
            roots.extend(reading.eis for reading in criterion.lezingen)
    if ruleset.bedrag is not None:
        roots.append(ruleset.bedrag)
    for clause in ruleset.hardheid:
        if clause.vanaf is None or clause.vanaf <= on:
            roots.extend(bar.als for bar in (*clause.niet_als, *clause.voorwaarden))
    if ruleset.ingang is not None:
        roots.append(ruleset.ingang.vanaf)
    roots.extend(one.als for one in ruleset.aandacht)
    roots.extend(one.als for one in ruleset.samenloop if one.als is not None)
    return tuple(roots)
