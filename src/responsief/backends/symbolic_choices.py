"""What may be equal, larger or chosen, of values that stand for every possible value: the twin of those operators, in formulas of Z3."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import lcm
from typing import Any, Final, Literal

from responsief.backends.symbolic_dates import key_later, parts_of, stays
from responsief.backends.symbols import (
    Bool,
    Int,
    Parts,
    Truth,
    Value,
    arith,
    common,
    conj,
    disj,
    either,
    extreme,
    implies,
    neg,
    on_scale,
    pick,
    same,
    settle,
    share_of,
    truth,
)  # fmt: skip

# --- comparing ---------------------------------------------------------------------------------------------------------


def compare(op: str, left: Any, right: Any) -> Truth:
    """= != < <= > >= between two values of one kind."""
    if isinstance(left, Truth):
        equal = disj(conj(left.yes, right.yes), conj(left.no, right.no))
        return truth(equal if op == "=" else neg(equal), conj(left.known, right.known))
    known, absent = conj(left.known, right.known), disj(left.none, right.none)
    if left.kind in ("word", "period"):
        equal = conj(same(left.lo, right.lo), True if left.kind == "word" else same(left.hi, right.hi))
        yes, no = (equal, neg(equal)) if op == "=" else (neg(equal), equal)
    else:
        left, right = _moved_together(left, right)
        if left.least is None and right.least is not None:
            op, left, right = _TURNED[op], right, left
        if left.least is not None and _whole_number(right) is not None:
            yes, no = _against_number(op, left, right.lo)
        else:
            a, b, c, d = _on_one_scale(left, right)
            yes, no = _stretches(op, a, b, c, d)
    sure = known is True and left.single is True and right.single is True
    return Truth(conj(known, neg(absent), yes), conj(known, disj(absent, no)), sure)


_TURNED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


def _whole_number(value: Value) -> int | None:
    fixed = isinstance(value.lo, int) and value.lo is value.hi and isinstance(value.den, int) and value.den == 1
    return value.lo if fixed else None


def _against_number(op: str, value: Value, number: int) -> tuple[Bool, Bool]:
    """A number that may be left open against a fixed one."""
    assert value.least is not None
    low, high = value.least
    match op:
        case ">=":
            return low(number), neg(high(number))
        case ">":
            return low(number + 1), neg(high(number + 1))
        case "<":
            return neg(high(number)), low(number)
        case "<=":
            return neg(high(number + 1)), low(number + 1)
        case "=":
            return conj(low(number), neg(high(number + 1))), disj(low(number + 1), neg(high(number)))
        case _:
            yes, no = _against_number("=", value, number)
            return no, yes


def _moved_together(left: Value, right: Value) -> tuple[Value, Value]:
    """Two dates of which one lies some days later: a fixed one moves instead, where it stays on the calendar."""
    if left.later == right.later:
        return left, right
    for one, other, back in ((left, right, False), (right, left, True)):
        if other.later and isinstance(one.lo, int) and one.lo is one.hi and stays((one.lo, one.lo), -other.later):
            key = key_later(one.lo, -other.later)
            moved = replace(one, lo=key, hi=key, reach=(key, key), parts=None)
            return (other, moved) if back else (moved, other)
    return settle(left), settle(right)


def _on_one_scale(left: Value, right: Value) -> tuple[Int, Int, Int, Int]:
    up, down = right.den, left.den
    if isinstance(up, int) and isinstance(down, int):
        both_of = lcm(up, down)
        up, down = both_of // left.den, both_of // right.den
    return (*on_scale(left, up), *on_scale(right, down))


def _stretches(op: str, a: Int, b: Int, c: Int, d: Int) -> tuple[Bool, Bool]:
    match op:
        case "<":
            return b < c, a >= d
        case "<=":
            return b <= c, a > d
        case ">":
            return d < a, c >= b
        case ">=":
            return d <= a, c > b
        case "=":
            if a is b and c is d:
                return same(a, c), neg(same(a, c))
            return conj(same(a, b), same(b, c), same(c, d)), disj(b < c, d < a)
        case _:
            yes, no = _stretches("=", a, b, c, d)
            return no, yes


def one_of(value: Value, options: Sequence[Value]) -> Truth:
    """Is it one of these constants? Of a number left open: decided when all completions agree."""
    value = settle(value)
    every = either([compare("=", value, option) for option in options])
    if value.single is True or value.kind != "number" or not isinstance(value.den, int) or value.den != 1:
        return every
    numbers = {o.lo for o in options if o.den == 1}
    inside = [conj(n >= value.lo, n <= value.hi) for n in sorted(numbers)]
    count = sum(pick(one, 1, 0) for one in inside)
    width = value.hi - value.lo + 1
    open_yes, open_no = count == width, conj(*(neg(one) for one in inside))
    plain = conj(value.known, neg(value.none))
    yes = pick(value.single, every.yes, conj(plain, open_yes))
    no = pick(value.single, every.no, disj(conj(value.known, value.none), conj(plain, open_no)))
    return Truth(yes, no)


# --- choosing ----------------------------------------------------------------------------------------------------------


def choose(branches: Sequence[tuple[Truth, Any]], otherwise: Any) -> Any:
    """The value of the first branch that holds; unknown unless all branches still possible agree on a known value."""
    branches = [(c, settle(v) if isinstance(v, Value) else v) for c, v in branches]
    otherwise = settle(otherwise) if isinstance(otherwise, Value) else otherwise
    possible: list[tuple[Bool, Any]] = []
    none_held: Bool = True
    sure = True
    for condition, value in branches:
        possible.append((conj(none_held, neg(condition.no)), value))
        none_held = conj(none_held, neg(condition.yes))
        sure = sure and condition.sure
    possible.append((none_held, otherwise))
    possible = [(at, value) for at, value in possible if at is not False]
    if len(possible) == 1:
        return possible[0][1]
    if isinstance(otherwise, Truth):
        yes = conj(*(implies(at, v.yes) for at, v in possible))
        no = conj(*(implies(at, v.no) for at, v in possible))
        return Truth(yes, no, sure and all(v.sure for _, v in possible))
    first = _merged(possible)
    if sure:
        return first
    several = _two_of([at for at, _ in possible])
    agreed = conj(*(implies(at, conj(v.known, v.single, _equal(v, first))) for at, v in possible))
    return replace(first, known=conj(first.known, disj(neg(several), agreed)))


def _merged(possible: Sequence[tuple[Bool, Value]]) -> Value:
    """The first that is possible."""
    den: Int = 1
    for _, value in possible:
        den = common(den, value.den)
    found: Value | None = None
    values = [value for _, value in possible]
    for at, value in reversed(possible):
        lo, hi = on_scale(value, share_of(den, value, values))
        if found is None:
            found = Value(
                value.kind, value.known, value.none, lo, hi, den, value.reach if den == 1 else None, parts=value.parts
            )
            continue
        known, none = pick(at, value.known, found.known), pick(at, value.none, found.none)
        low = pick(at, lo, found.lo)
        high = low if lo is hi and found.lo is found.hi else pick(at, hi, found.hi)
        reach = (
            (min(value.reach[0], found.reach[0]), max(value.reach[1], found.reach[1]))
            if value.reach is not None and found.reach is not None
            else None
        )
        parts = _merged_parts(at, parts_of(value), parts_of(found)) if value.kind == "day" else None
        found = Value(value.kind, known, none, low, high, den, reach, parts=parts)
    assert found is not None
    return found


def _merged_parts(at: Bool, one: tuple[Parts, Parts], other: tuple[Parts, Parts]) -> tuple[Parts, Parts]:
    def merged(a: Parts, b: Parts) -> Parts:
        return pick(at, a[0], b[0]), pick(at, a[1], b[1]), pick(at, a[2], b[2])

    lo = merged(one[0], other[0])
    return lo, lo if one[0] is one[1] and other[0] is other[1] else merged(one[1], other[1])


def _equal(one: Value, other: Value) -> Bool:
    a, _, c, _ = _on_one_scale(one, other)
    alike = same(a, c) if one.kind != "period" else conj(same(one.lo, other.lo), same(one.hi, other.hi))
    return disj(conj(one.none, other.none), conj(neg(one.none), neg(other.none), alike))


def _two_of(parts: Sequence[Bool]) -> Bool:
    """Do at least two hold?"""
    some: Bool = False
    two: Bool = False
    for part in parts:
        two = disj(two, conj(some, part))
        some = disj(some, part)
    return two


def collect(op: Literal["som", "max", "min"], branches: Sequence[tuple[Truth, Value]], otherwise: Value) -> Value:
    """All rows that hold, together; unknown when one condition or value that counts is; `otherwise` when none holds."""
    some = disj(*(c.yes for c, _ in branches))
    asked = conj(*(c.known for c, _ in branches))
    held = total([(c.yes, v) for c, v in branches]) if op == "som" else outermost(op, [(c.yes, v) for c, v in branches])
    found = _merged([(some, held), (True, settle(otherwise))])
    return replace(found, known=conj(asked, found.known))


def total(parts: Iterable[tuple[Bool, Value]]) -> Value:
    """The sum of the values that count."""
    found = Value("number", True, False, 0, 0, 1, (0, 0))
    for counts, value in parts:
        lo = pick(counts, value.lo, 0)
        one = Value(
            "number", disj(neg(counts), value.known), conj(counts, value.none), lo,
            lo if value.lo is value.hi else pick(counts, value.hi, 0), value.den,
            (min(0, value.reach[0]), max(0, value.reach[1])) if value.reach is not None else None,
        )  # fmt: skip
        found = arith("+", found, one)
    return found


def outermost(op: Literal["min", "max"], parts: Sequence[tuple[Bool, Value]]) -> Value:
    """The smallest or largest of the values that count; what it is when none counts, says nothing."""
    parts = [(counts, settle(value)) for counts, value in parts]
    found: Value | None = None
    some: Bool = False
    for counts, value in reversed(parts):
        if found is None:
            found, some = value, counts
            continue
        together = extreme(op, [value, found])
        found, some = _merged([(neg(some), value), (neg(counts), found), (True, together)]), disj(some, counts)
    assert found is not None
    return found
