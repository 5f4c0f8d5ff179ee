"""Other values for a fact of a case: flipped, unknown, one of its words, from another case, or just where a condition turns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from responsief.backends.unknown import path_of
from responsief.facts import write_value
from responsief.ir import nodes as ir
from responsief.ir.operators import Truth
from responsief.ir.types import Kind, Type
from responsief.testing.written import UNKNOWN, Steps, Written, get, put
from responsief.values import parse_day

MOST: Final = 12  # values of other cases that are tried for one fact
LARGEST: Final = {Kind.GELD: 50_000_000, Kind.GETAL: 1_000}  # € 500.000; a number of people, days, metres or hours
YEARS_BACK: Final = 110


class Elsewhere:
    """What other cases say: of each fact, group and list the different values, the most frequent first."""

    def __init__(self, cases: Iterable[Written]) -> None:
        found: dict[Steps, dict[str, list[Any]]] = defaultdict(dict)
        for case in cases:
            for path, value in _everything(case.situatie):
                found[path].setdefault(repr(value), [value, 0])[1] += 1
        self._found = {
            path: [value for value, _ in sorted(each.values(), key=lambda one: -one[1])[:MOST]] for path, each in found.items()
        }

    def of(self, path: Steps) -> list[Any]:
        return self._found.get(path, [])


def _everything(data: Any, path: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    if path:
        yield path, data
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _everything(value, (*path, key))


Ask = Callable[[Any], Truth]  # how the condition at hand comes out for a case with this data


def changes(leaf: ir.Node, condition: ir.Node, data: Any, day: date, elsewhere: Elsewhere, ask: Ask) -> Iterator[Any]:
    """The same case with another value of one fact that a condition reads: what is likeliest to turn it first."""
    path = tuple(path_of(leaf).split("."))
    if leaf.type.kind is Kind.LIJST:
        yield from _lists(path, leaf.type, condition, data, day, elsewhere, ask)
        return
    yield from (put(data, path, value) for value in _values(path, leaf.type, data, day, elsewhere, ask))
    for length in range(len(path) - 1, 0, -1):  # the group that it stands in, as another case has it
        if path[0] != "eigen":
            yield from (put(data, path[:length], value) for value in elsewhere.of(path[:length]) if isinstance(value, dict))


def _values(path: Steps, kind: Type, data: Any, day: date, elsewhere: Elsewhere, ask: Ask) -> Iterator[Any]:
    """Other values at a path."""
    match kind.kind:
        case Kind.JA_NEE:
            yield from ("ja", "nee")
        case Kind.KEUZE:
            yield from kind.options
        case Kind.GELD | Kind.GETAL | Kind.DATUM:
            yield from turning_points(path, kind, data, day, elsewhere, ask)
        case _:
            pass
    yield UNKNOWN
    if kind.geen:
        yield "geen"
    yield from elsewhere.of(path)


def turning_points(path: Steps, kind: Type, data: Any, day: date, elsewhere: Elsewhere, ask: Ask) -> Iterator[Any]:
    """The two values between which a condition turns, found by halving; and one unit further on either side."""
    low, high = _range(kind, day)
    given = [_number(kind, value) for value in (get(data, path), *elsewhere.of(path))]
    steps = () if kind.kind is Kind.DATUM else (10**n for n in range(9))  # the largest may be more than a fact can be
    probes = sorted(
        {low, high, *(n for n in steps if low < n < high), *(n for n in given if n is not None and low <= n <= high)}
    )
    answers = [ask(put(data, path, _written(kind, n))) for n in probes]
    found: dict[int, None] = {}
    for (one, before), (other, after) in pairwise(zip(probes, answers, strict=True)):
        if before is None or after is None or before is after:
            continue
        while other - one > 1:
            middle = (one + other) // 2
            if ask(put(data, path, _written(kind, middle))) is before:
                one = middle
            else:
                other = middle
        found.update(dict.fromkeys((one, other)))
    yield from (_written(kind, n) for n in found)
    if not found:
        yield from (_written(kind, n) for n in probes)


def _range(kind: Type, day: date) -> tuple[int, int]:
    if kind.kind is Kind.DATUM:
        return (day - timedelta(days=365 * YEARS_BACK)).toordinal(), (day + timedelta(days=1_500)).toordinal()
    return 0, LARGEST[kind.kind] * (10**kind.cijfers if kind.kind is Kind.GETAL else 1)


def _written(kind: Type, number: int) -> str:
    if kind.kind is Kind.DATUM:
        return date.fromordinal(number).isoformat()
    if kind.kind is Kind.GELD:
        return str(write_value("geld", number))
    return str(write_value("decimaal", number, kind.cijfers))


def _number(kind: Type, value: Any) -> int | None:
    """A day that was written, as a number; of other kinds the probes at both ends are enough."""
    if kind.kind is not Kind.DATUM or not isinstance(value, str):
        return None
    try:
        return parse_day(value).toordinal()
    except ValueError:
        return None


# --- lists -------------------------------------------------------------------------------------------------------------


def _lists(path: Steps, kind: Type, condition: ir.Node, data: Any, day: date, elsewhere: Elsewhere, ask: Ask) -> Iterator[Any]:
    """The list as another case has it, unknown or empty; one entry more, less, or with another value in it."""
    now = get(data, path)
    entries = now if isinstance(now, list) else []
    yield from (put(data, path, value) for value in (UNKNOWN, "geen"))
    yield from (put(data, path, value) for value in elsewhere.of(path))
    for at in range(len(entries)):
        yield put(data, path, entries[:at] + entries[at + 1 :] or "geen")
    others = [one for value in elsewhere.of(path) if isinstance(value, list) for one in value]
    yield from (put(data, path, [*entries, one]) for one in others[:MOST] if one not in entries)
    asked = dict.fromkeys(n for n in ir.walk(condition) if isinstance(n, ir.Fact) and n.origin == "regel")
    for at in range(len(entries)):
        for field in asked:
            inner = (*path, str(at), *field.path)
            yield from (put(data, inner, value) for value in _values(inner, field.type, data, day, elsewhere, ask))
