"""What an expression means: typed nodes in one closed union. They neither evaluate nor print themselves.

A node's place is not part of its identity: the same question asked twice is the same node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import field, replace
from datetime import date
from fractions import Fraction
from typing import Literal, assert_never

from responsief.frozen import dataclass
from responsief.ir.types import DATUM, JA_NEE, Type
from responsief.source import Place
from responsief.values import Mode, Period

Op = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Const:
    """A fixed value: cents, a number or exact fraction, a date, a period, a word, ja or nee."""

    value: int | Fraction | date | Period | str | bool
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the situation, of the case under review (`zaak`), or of the entry of a list (`regel`)."""

    path: tuple[str, ...]
    type: Type
    origin: Literal["situatie", "zaak", "regel"]
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A fact that a ruleset declares itself."""

    ruleset: str
    name: str
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A dated figure, as it is on the reference date; `least` is the smallest that it ever is."""

    ruleset: str
    name: str
    type: Type
    place: Place = field(compare=False, repr=False)
    least: Fraction | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term of this or another ruleset; `least` is a proven lower bound, `digits` how long its exact value can get."""

    ruleset: str
    name: str
    type: Type
    place: Place = field(compare=False, repr=False)
    least: Fraction | None = field(default=None, compare=False, repr=False)
    digits: int = field(default=20, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OpenRef:
    """What a national ruleset leaves open, filled in by the local one."""

    ruleset: str
    name: str
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Today:
    """The reference date (peildatum)."""

    place: Place = field(compare=False, repr=False)
    type: Type = field(default=DATUM, init=False)


@dataclass(frozen=True, slots=True)
class Not:
    operand: Node
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class And:
    operands: tuple[Node, ...]
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class Or:
    operands: tuple[Node, ...]
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class Compare:
    op: Op
    left: Node
    right: Node
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class Within:
    """low <= value <= high."""

    value: Node
    low: Node
    high: Node
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    value: Node
    options: tuple[int | str, ...]
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class Known:
    """Is the value known (or, with `wanted` False, unknown)? Never itself unknown."""

    value: Node
    wanted: bool
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class Absent:
    """Is it known that there is none?"""

    value: Node
    place: Place = field(compare=False, repr=False)
    type: Type = field(default=JA_NEE, init=False)


@dataclass(frozen=True, slots=True)
class Arith:
    op: Literal["+", "-", "*", "/"]
    left: Node
    right: Node
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Extreme:
    op: Literal["min", "max"]
    operands: tuple[Node, ...]
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Round:
    """To a multiple of `unit` (cents for money)."""

    value: Node
    mode: Mode
    unit: int
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """Whole days, months or years from `start` to `end`; an age is the years from a birthday."""

    unit: Literal["dagen", "maanden", "jaren"]
    start: Node
    end: Node
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Shift:
    """A date plus (sign 1) or minus (sign -1) a period."""

    day: Node
    period: Node
    sign: Literal[1, -1]
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Over the entries of a list: `aantal`, `som` (of `value`), `bestaat`, `alle`; `where` reads the entry."""

    op: Literal["aantal", "som", "bestaat", "alle"]
    entries: Node
    value: Node | None
    where: Node | None
    type: Type
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choose:
    """The first branch whose condition holds, else `otherwise`; unknown unless every branch still possible agrees.

    A table whose rows cover everything has no «anders»: then `otherwise` is its last row, and `last` the condition that was written
    there. Nothing is decided by it, it is only for telling the table as it stands. `single`: at most one branch can hold.
    """

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node
    type: Type
    place: Place = field(compare=False, repr=False)
    last: Node | None = field(default=None, compare=False, repr=False)
    single: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Collect:
    """All rows that hold, taken together: `som`, `max` or `min`; `otherwise` when none holds."""

    op: Literal["som", "max", "min"]
    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node
    type: Type
    place: Place = field(compare=False, repr=False)


Leaf = Const | Fact | OwnFact | FigureRef | TermRef | OpenRef | Today
Node = (
    Leaf | Not | And | Or | Compare | Within | OneOf | Known | Absent | Arith | Extreme | Round | Elapsed | Shift | Aggregate
    | Choose | Collect
)  # fmt: skip


def children(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node, in reading order; of an aggregate only the list, for the rest reads the list's entries."""
    match node:
        case Not(operand=one) | Aggregate(entries=one):
            return (one,)
        case And(operands=many) | Or(operands=many) | Extreme(operands=many):
            return many
        case Compare(left=left, right=right) | Arith(left=left, right=right):
            return (left, right)
        case Within(value=value, low=low, high=high):
            return (value, low, high)
        case OneOf(value=value) | Known(value=value) | Absent(value=value) | Round(value=value):
            return (value,)
        case Elapsed(start=start, end=end):
            return (start, end)
        case Shift(day=day, period=period):
            return (day, period)
        case Choose(branches=branches, otherwise=otherwise) | Collect(branches=branches, otherwise=otherwise):
            return (*(n for branch in branches for n in branch), otherwise)
        case _:
            return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, parts before wholes, the entry's side of aggregates too."""
    if isinstance(node, Aggregate):
        yield from walk(node.entries)
        for side in (node.value, node.where):
            if side is not None:
                yield from walk(side)
    else:
        for child in children(node):
            yield from walk(child)
    yield node


def with_leaves(node: Node, change: Callable[[Leaf], Leaf]) -> Node:
    """The same node on other leaves; what holds none that changed is kept as it is."""

    def go(part: Node) -> Node:
        return with_leaves(part, change)

    def each(parts: tuple[Node, ...]) -> tuple[Node, ...]:
        changed = tuple(map(go, parts))
        return changed if any(a is not b for a, b in zip(parts, changed, strict=True)) else parts

    def branches(pairs: tuple[tuple[Node, Node], ...]) -> tuple[tuple[Node, Node], ...]:
        changed = tuple([(go(condition), go(result)) for condition, result in pairs])
        same = all(a is c and b is d for (a, b), (c, d) in zip(pairs, changed, strict=True))
        return pairs if same else changed

    fresh: dict[str, object]
    match node:
        case Const() | Fact() | OwnFact() | FigureRef() | TermRef() | OpenRef() | Today():
            return change(node)
        case Not(operand=operand):
            fresh = {"operand": go(operand)}
        case And(operands=operands) | Or(operands=operands) | Extreme(operands=operands):
            fresh = {"operands": each(operands)}
        case Compare(left=left, right=right) | Arith(left=left, right=right):
            fresh = {"left": go(left), "right": go(right)}
        case Within(value=value, low=low, high=high):
            fresh = {"value": go(value), "low": go(low), "high": go(high)}
        case OneOf(value=value) | Known(value=value) | Absent(value=value) | Round(value=value):
            fresh = {"value": go(value)}
        case Elapsed(start=start, end=end):
            fresh = {"start": go(start), "end": go(end)}
        case Shift(day=day, period=period):
            fresh = {"day": go(day), "period": go(period)}
        case Aggregate(entries=entries, value=one, where=where):
            sides = (go(side) if side is not None else None for side in (one, where))
            fresh = {"entries": go(entries), **dict(zip(("value", "where"), sides, strict=True))}
        case Choose(branches=pairs, otherwise=otherwise, last=last):
            fresh = {"branches": branches(pairs), "otherwise": go(otherwise), "last": go(last) if last is not None else None}
        case Collect(branches=pairs, otherwise=otherwise):
            fresh = {"branches": branches(pairs), "otherwise": go(otherwise)}
        case _:
            assert_never(node)
    if all(getattr(node, name) is part for name, part in fresh.items()):
        return node
    return replace(node, **fresh)  # type: ignore[arg-type]  # the names are those of this node's own parts
