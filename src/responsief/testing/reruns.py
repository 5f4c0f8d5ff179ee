"""A case run again with a few nodes changed: only what stands above them is worked out again.

The meaning is that of `backends.evaluate`; what does not read a changed node keeps the value of the first run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import date
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import Sources, meaning
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.program import Program, plain
from responsief.ir.ruleset import Ruleset
from responsief.ir.verdict import Concluder, Verdict
from responsief.situation import Situation

READERS = "wie leest wat"  # under which the readers of every node are kept with a program


@dataclass(frozen=True)
class FirstRun:
    """One situation run on one program as it is."""

    compiled: Compiled
    situation: Situation
    day: date
    run: tuple[Any, ...] = field(repr=False)
    sources: Sources = field(repr=False)

    @property
    def program(self) -> Program:
        return self.compiled.program

    def value(self, node: ir.Node) -> Any:
        return self.program.value(node, self.run)


def first_run(compiled: Compiled, situation: Situation, day: date) -> FirstRun:
    """Run a situation; raises LinkError when a figure has no value that day, InvalidError when an own fact is wrong."""
    effective = situation.effective
    own, figures = compiled.own(effective), compiled.figures(day)
    run = compiled.reference(situation, day)
    return FirstRun(compiled, situation, day, run, Sources(compiled.program, effective, own, figures, day, None))


def readers(compiled: Compiled) -> Mapping[int, tuple[ir.Node, ...]]:
    """By the identity of a node: the nodes that read it directly, names included."""
    found: dict[int, tuple[ir.Node, ...]] | None = compiled.labels.get(READERS)
    if found is None:
        lists: dict[int, list[ir.Node]] = {}
        program = compiled.program
        for node in program.kept:
            parts: list[ir.Node] = list(ir.children(node))
            if isinstance(node, ir.TermRef | ir.OpenRef):
                parts.append(program.definitions[(node.ruleset, node.name)])
            elif isinstance(node, ir.Aggregate):
                parts += [inner for side in (node.value, node.where) if side is not None for inner in ir.walk(side)]
            for part in parts:
                lists.setdefault(id(part), []).append(node)
        found = compiled.labels[READERS] = {key: tuple(nodes) for key, nodes in lists.items()}
    return found


def above(compiled: Compiled, changed: Mapping[int, ir.Node]) -> frozenset[int]:
    """The identities of everything that reads a changed node, directly or not, and of the changed nodes themselves."""
    reading, found, to_do = readers(compiled), set(changed), list(changed)
    while to_do:
        for node in reading.get(to_do.pop(), ()):
            if id(node) not in found:
                found.add(id(node))
                to_do.append(id(node))
    return frozenset(found)


class Rerun:
    """The values of a first run with other nodes in the place of some (`swaps`: identity -> what stands there)."""

    def __init__(self, first: FirstRun, swaps: Mapping[int, ir.Node], dirty: frozenset[int]) -> None:
        self.first = first
        self.swaps = swaps
        self.dirty = dirty
        self.known: dict[int, Any] = {}
        self.places = first.program.places

    def look(self, node: ir.Node) -> Any:
        """The value of a node, as it is now."""
        key = id(node)
        if key in self.known:
            return self.known[key]
        if key in self.swaps:
            return self.swap(key)
        if isinstance(node, ir.Const):
            return node.value
        if key in self.dirty or key not in self.places:
            found = meaning(node, self.look, self.first.sources, None)
            self.known[key] = found
            return found
        return self.first.value(node)

    def same(self) -> bool:
        """Do the swapped nodes give what those before them gave? Then nothing else changed either."""
        run = self.first.run
        return all(key in self.places and self.swap(key) == plain(run[self.places[key]]) for key in self.swaps)

    def swap(self, key: int) -> Any:
        """The value of what stands in the place of a node."""
        if key not in self.known:
            new = self.swaps[key]
            inside = self.inside
            self.known[key] = (
                new.value
                if isinstance(new, ir.Const)
                else meaning(new, lambda node: inside(node, key), self.first.sources, None)
            )
        return self.known[key]

    def inside(self, node: ir.Node, swapped: int) -> Any:
        """What stands in a new node: the node that it takes the place of has its first value there."""
        return self.first.value(node) if id(node) == swapped else self.look(node)


class Conclusion:
    """Reads a verdict off values by node, of one program."""

    def __init__(self, program: Program, ruleset: Ruleset) -> None:
        self.roots = program.roots
        places = {id(root): at for at, root in enumerate(self.roots)}
        self.concluder = Concluder(replace(program, ruleset=ruleset, places=places))

    def verdict(self, values: tuple[Any, ...], day: date) -> Verdict:
        return self.concluder.conclude(values, day)
