"""A ruleset linked to everything that it reads: one order of evaluation, one slot per question. Every back end starts here.

A slot is a node outside the entries of a list; a term shares the slot of its definition. A run yields one value per slot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from responsief.ir import nodes as ir
from responsief.ir.operators import exact
from responsief.ir.ruleset import Figure, OwnFactDef, Ruleset


class LinkError(Exception):
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
    index: Mapping[ir.Node, int] = field(repr=False)
    definitions: Mapping[tuple[str, str], ir.Node] = field(repr=False)
    own: tuple[tuple[str, OwnFactDef], ...] = ()
    figures: tuple[tuple[str, Figure], ...] = ()
    _places: dict[int, int] = field(default_factory=dict, repr=False, compare=False)  # id of a node -> its slot
    _kept: list[ir.Node] = field(default_factory=list, repr=False, compare=False)  # so that an id is never reused
    _facts: dict[int, tuple[ir.Fact | ir.OwnFact, ...]] = field(default_factory=dict, repr=False, compare=False)

    def slot(self, node: ir.Node) -> int:
        """The slot of a node. After the first time the identity of the node finds it: comparing whole trees is slow."""
        found = self._places.get(id(node))
        if found is None:
            found = self.index[node]
            self._places[id(node)] = found
            self._kept.append(node)
        return found

    def value(self, node: ir.Node, run: Sequence[Any]) -> Any:
        """The value of a node in a run, exact numbers as int or Fraction."""
        if isinstance(node, ir.Const):
            return node.value
        return plain(run[self.slot(node)])

    def figures_on(self, day: date, *, missing_is_unknown: bool = False) -> tuple[Any, ...]:
        """All dated figures on a day, in the order of `figures`. Raises LinkError naming the first that has no value."""
        values = []
        for home, figure in self.figures:
            value = figure.on(day)
            if value is None and not missing_is_unknown:
                raise LinkError("cijfer-ontbreekt", naam=figure.naam, regelset=home, datum=day)
            values.append(value)
        return tuple(values)

    def facts(self, node: ir.Node) -> tuple[ir.Fact | ir.OwnFact, ...]:
        """Every fact that a node reads, through its terms, in reading order."""
        known = self._facts.get(id(node))
        if known is not None:
            return known
        found: dict[ir.Fact | ir.OwnFact, None] = {}
        seen: set[ir.Node] = set()

        def read(inner: ir.Node) -> None:
            for part in ir.walk(inner):
                if part in seen:
                    continue
                seen.add(part)
                if isinstance(part, ir.TermRef | ir.OpenRef):
                    read(self.definitions[(part.ruleset, part.name)])
                elif isinstance(part, ir.OwnFact) or (isinstance(part, ir.Fact) and part.origin == "situatie"):
                    found.setdefault(part)

        read(node)
        self._kept.append(node)
        return self._facts.setdefault(id(node), tuple(found))


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
    def __init__(self, lookup: Lookup, fill: Fill) -> None:
        self.lookup = lookup
        self.fill = fill
        self.parts: dict[str, Ruleset] = {}
        self.slots: list[ir.Node] = []
        self.index: dict[ir.Node, int] = {}
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
            self.index,
            self.definitions,
            tuple((home, d) for (home, _), d in self.own.items()),
            tuple((home, f) for (home, _), f in self.figures.items()),
        )

    def part(self, ident: str) -> Ruleset:
        if ident not in self.parts:
            self.parts[ident] = self.lookup(ident)
        return self.parts[ident]

    def visit(self, node: ir.Node) -> None:
        if isinstance(node, ir.Const) or node in self.index:
            return None
        match node:
            case ir.TermRef(ruleset=home, name=name):
                return self.alias(node, (home, name), self.part(home).begrippen[name].node)
            case ir.OpenRef(ruleset=home, name=name):
                filled = self.fill(home, name)
                definition = self.part(home).open[name].anders
                if filled is not None:
                    self.parts.setdefault(filled[0].id, filled[0])
                    definition = filled[1]
                if definition is None:
                    raise LinkError("invulling-ontbreekt", naam=name, regelset=home)
                return self.alias(node, (home, name), definition)
            case ir.OwnFact(ruleset=home, name=name):
                self.own[(home, name)] = self.part(home).gegevens[name]
            case ir.FigureRef(ruleset=home, name=name):
                self.figures[(home, name)] = self.part(home).bedragen[name]
            case ir.Aggregate(entries=entries, value=value, where=where):
                self.visit(entries)
                for side in (value, where):
                    for inner in ir.walk(side) if side is not None else ():
                        if isinstance(inner, ir.Fact) and inner.origin == "regel":
                            continue
                        if isinstance(inner, ir.Fact | ir.OwnFact | ir.FigureRef | ir.TermRef | ir.OpenRef | ir.Today):
                            self.visit(inner)
            case _:
                for child in ir.children(node):
                    self.visit(child)
        self.index[node] = len(self.slots)
        self.slots.append(node)
        return None

    def alias(self, node: ir.TermRef | ir.OpenRef, key: tuple[str, str], definition: ir.Node) -> None:
        self.definitions[key] = definition
        self.visit(definition)
        if isinstance(definition, ir.Const):
            self.index[node] = len(self.slots)
            self.slots.append(node)
        else:
            self.index[node] = self.index[definition]


def ruleset_roots(ruleset: Ruleset) -> tuple[ir.Node, ...]:
    """Everything that a decision of this ruleset evaluates: criteria, waiting dates, deductions, amount, bars of clauses."""
    roots: list[ir.Node] = []
    for criterion in ruleset.criteria:
        roots.append(criterion.eis)
        roots.extend(n for n in (criterion.wacht_tot, criterion.aftrek) if n is not None)
    if ruleset.bedrag is not None:
        roots.append(ruleset.bedrag)
    for clause in ruleset.hardheid:
        roots.extend(bar.als for bar in (*clause.niet_als, *clause.voorwaarden))
    return tuple(roots)
