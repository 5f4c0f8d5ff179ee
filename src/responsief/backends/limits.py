"""Every fact that a linked program reads, with the limits that it is held against: where people stand for whom a rule turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.unknown import path_of
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.program import Program
from responsief.ir.types import Kind, Type
from responsief.situation import Situation
from responsief.values import Period, add_period


@dataclass(frozen=True, slots=True)
class FactRead:
    """A fact to vary: where it stands, its type, the values at which something turns, and of a list what is read of an entry."""

    path: tuple[str, ...]
    type: Type
    near: tuple[Any, ...]
    fields: tuple[FactRead, ...] = ()


def facts_read(program: Program, on: date) -> list[FactRead]:
    """Every fact that a program reads, with the limits that it is held against."""
    near: dict[str, dict[Any, None]] = {}
    fields: dict[str, dict[tuple[str, ...], Type]] = {}
    daily = day_values(program, on)
    for node in program.kept:
        for part in ir.walk(node):
            for leaf, limits in _limits(part, daily):
                for fact in (n for n in ir.walk(leaf) if isinstance(n, ir.Fact | ir.OwnFact)):
                    near.setdefault(_place(fact), {}).update(dict.fromkeys(_around(limits, leaf, on)))
            if isinstance(part, ir.Aggregate):
                fields.setdefault(path_of(part.entries), {}).update(_read_of_entry(part))
    found = []
    for leaf in program.every_fact():
        path = path_of(leaf)
        inner = tuple(
            FactRead(steps, kind, tuple(near.get(f"regel.{'.'.join(steps)}", {})))
            for steps, kind in fields.get(path, {}).items()
            if kind.kind not in (Kind.LIJST, Kind.GROEP)
        )
        if leaf.type.kind is not Kind.GROEP:
            found.append(FactRead(tuple(path.split(".")), leaf.type, tuple(near.get(path, {})), inner))
    return sorted(found, key=lambda fact: fact.path)


def _read_of_entry(node: ir.Aggregate) -> dict[tuple[str, ...], Type]:
    """The fields that are read of each entry of a list."""
    parts = (part for side in (node.where, node.value) if side is not None for part in ir.walk(side))
    return {part.path: part.type for part in parts if isinstance(part, ir.Fact) and part.origin == "regel"}


def _place(node: ir.Node) -> str:
    return f"regel.{'.'.join(node.path)}" if isinstance(node, ir.Fact) and node.origin == "regel" else path_of(node)


def day_values(program: Program, on: date) -> Callable[[ir.Node], Any]:
    """The value of every node that reads no fact: norms, limits, dates counted from that day."""
    run = Compiled(program, figures_known=False).run(Situation(), on)

    def value(node: ir.Node) -> Any:
        if isinstance(node, ir.Const):
            return node.value
        return program.value(node, run) if program.slot(node) is not None else None

    return value


def _limits(node: ir.Node, value: Callable[[ir.Node], Any]) -> Iterator[tuple[ir.Node, list[Any]]]:
    """What a comparison holds against which known limits."""
    match node:
        case ir.Compare(left=left, right=right):
            yield from ((one, [value(other)]) for one, other in ((left, right), (right, left)) if value(other) is not None)
        case ir.Within(value=inner, low=low, high=high):
            yield inner, [v for v in (value(low), value(high)) if v is not None]
        case ir.OneOf(value=inner, options=options):
            yield inner, list(options)
        case _:
            return


def _around(limits: Iterable[Any], compared: ir.Node, on: date) -> Iterator[Any]:
    """Each limit, and the values one unit beside it. Of an age the birthdays on which it is reached."""
    for limit in limits:
        if isinstance(compared, ir.Elapsed) and isinstance(limit, int) and compared.unit != "dagen":
            length = Period(months=limit * (12 if compared.unit == "jaren" else 1))
            try:
                limit = add_period(on, length, -1)
            except (ValueError, OverflowError):
                continue
        if isinstance(limit, date):
            yield from (limit + timedelta(days=n) for n in (-1, 0, 1) if date.min < limit < date.max)
        elif isinstance(limit, bool | str):
            yield limit
        elif isinstance(limit, int | Fraction):
            whole = int(limit // 1)
            yield from (limit, whole - 1, whole, whole + 1)
