"""What the operators do to values that stand for every possible value: the twin of `ir/operators`, in formulas of Z3.

A truth is two formulas: known to hold, known not to hold; neither is unknown. A number or date is a stretch from `lo` to `hi`
(the same formula unless an incomplete date leaves it open) over a denominator, with `known` (not unknown) and `none` (GEEN). Dates
are 31-day keys: `372 * year + 31 * (month - 1) + day - 1` keeps their order, and whole years and months between two are divisions.
What is fixed stays a Python bool or int, so that a formula holds only what depends on the situation. Dates are worked out in
`symbolic_dates`; comparing and choosing stand in `symbolic_choices`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final, Literal

from responsief.backends.terms import Proposition, every, no, some
from responsief.backends.terms import either as one_or_other
from responsief.values import Mode, round_to

Bool = Any  # a Python bool or z3.BoolRef
Int = Any  # a Python int or z3.ArithRef


@dataclass(frozen=True, slots=True)
class Truth:
    """Ja, nee or unknown; `sure`: never unknown."""

    yes: Bool
    no: Bool
    sure: bool = False

    @property
    def known(self) -> Bool:
        return True if self.sure else disj(self.yes, self.no)


#: the year, the month (0–11) and the day (0–30) of a date
Parts = tuple[Int, Int, Int]
#: between which years dates lie; None when nothing is known
Years = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Table:
    """For each value of a count, from `first` on, the number that something is then."""

    count: Int
    first: int
    numbers: tuple[Fraction, ...]

    def map(self, change: Callable[[Fraction], Fraction]) -> Table:
        """The same with every number changed."""
        return Table(self.count, self.first, tuple([change(n) for n in self.numbers]))


@dataclass(frozen=True, slots=True)
class Value:
    """A number, an amount in cents, a date, a period (months in `lo`, days in `hi`) or a word (its number).

    What else is known makes formulas that Z3 finds easy: `reach`, between which whole numbers (keys) it lies; `least`, when it is at least
    a fixed number (of the lowest and of the highest end), so that a comparison needs no division; `parts` of a date (of both ends);
    `later`, so many days after the date that stands in `lo` (compared with a fixed date, that one moves instead), with `settled`;
    `table`, a count with few values and for each of them the one fixed number that this is (a share of a household is no division
    by a variable then).
    """

    kind: Literal["number", "day", "word", "period"]
    known: Bool
    none: Bool
    lo: Int
    hi: Int
    den: Int = 1
    reach: tuple[int, int] | None = None
    least: tuple[Callable[[int], Bool], Callable[[int], Bool]] | None = None
    parts: tuple[Parts, Parts] | None = None
    later: int = 0
    settled: Callable[[], Value] | None = None
    table: Table | None = None

    @property
    def single(self) -> Bool:
        """Is it one value, not a stretch?"""
        return True if self.lo is self.hi or self.kind in ("word", "period") else same(self.lo, self.hi)


@dataclass(frozen=True, slots=True)
class Group:
    """A group of facts that may be unknown or known not to be there (a partner)."""

    known: Bool
    none: Bool


YES: Final = Truth(True, False, True)
NO: Final = Truth(False, True, True)
UNKNOWN: Final = Truth(False, False)


# --- formulas that stay as small as they can ---------------------------------------------------------------------------


def conj(*parts: Bool) -> Bool:
    """All of them."""
    return _joined(parts, False, every)


def disj(*parts: Bool) -> Bool:
    """One of them."""
    return _joined(parts, True, some)


def _joined(parts: Sequence[Bool], settles: bool, join: Callable[[Sequence[Any]], Bool]) -> Bool:
    left = []
    for part in parts:
        if part is settles:
            return settles
        if not isinstance(part, bool):
            left.append(part)
    return (not settles) if not left else left[0] if len(left) == 1 else join(left)


def neg(part: Bool) -> Bool:
    """Not."""
    return (not part) if isinstance(part, bool) else no(part)


def implies(one: Bool, other: Bool) -> Bool:
    """If the one, then the other."""
    return disj(neg(one), other)


def pick(condition: Bool, one: Any, other: Any) -> Any:
    """One of two formulas of a kind."""
    if isinstance(condition, bool):
        return one if condition else other
    if one is other or (isinstance(one, int) and isinstance(other, int) and type(one) is type(other) and one == other):
        return one
    if isinstance(one, bool) or isinstance(other, bool) or isinstance(one, Proposition):
        return conj(implies(condition, one), disj(condition, other))
    return one_or_other(condition, one, other)


def same(one: Int, other: Int) -> Bool:
    """Are two whole numbers equal?"""
    return True if one is other else one == other


def floor(num: Int, den: Int) -> Int:
    """Divided downwards; the divisor is positive."""
    if isinstance(num, int) and isinstance(den, int):
        return num // den
    return num if isinstance(den, int) and den == 1 else num / den  # Z3 divides whole numbers downwards for a positive divisor


def _rest(num: Int, den: int) -> Int:
    return num % den


# --- ja and nee --------------------------------------------------------------------------------------------------------


def both(parts: Sequence[Truth]) -> Truth:
    """Strong Kleene and."""
    return Truth(conj(*(p.yes for p in parts)), disj(*(p.no for p in parts)), all(p.sure for p in parts))


def either(parts: Sequence[Truth]) -> Truth:
    """Strong Kleene or."""
    return Truth(disj(*(p.yes for p in parts)), conj(*(p.no for p in parts)), all(p.sure for p in parts))


def negate(part: Truth) -> Truth:
    """Strong Kleene not."""
    return Truth(part.no, part.yes, part.sure)


def truth(value: Bool, known: Bool = True) -> Truth:
    """A truth that is `value` where it is known."""
    return Truth(conj(known, value), conj(known, neg(value)), known is True)


def settle(value: Value) -> Value:
    """The date itself, of one that lies some days after another."""
    return value.settled() if value.settled is not None else value


def scaled(number: Int, factor: Int) -> Int:
    """A number times a factor."""
    if isinstance(factor, int) and factor == 1:
        return number
    return number * factor


def on_scale(value: Value, factor: Int) -> tuple[Int, Int]:
    lo = scaled(value.lo, factor)
    return lo, lo if value.lo is value.hi else scaled(value.hi, factor)


# --- computing ---------------------------------------------------------------------------------------------------------


def arith(op: Literal["+", "-", "*", "/"], left: Value, right: Value) -> Value:
    """Exact arithmetic; a divisor is positive."""
    known, none = conj(left.known, right.known), disj(left.none, right.none)
    told = _by_table(op, left, right)
    if told is not None and op == "/":
        return _looked_up(told, known, none)
    if op in ("+", "-"):
        den = common(left.den, right.den)
        a, b = on_scale(left, den // left.den if isinstance(den, int) else right.den)
        c, d = on_scale(right, den // right.den if isinstance(den, int) else left.den)
        if op == "+":
            lo, hi = a + c, b + d
        else:
            lo, hi = a - d, b - c
        reach = _reach_of(op, left, right) if isinstance(den, int) and den == 1 else None
        return Value("number", known, none, lo, lo if a is b and c is d else hi, den, reach, table=told)
    # a stretch has no product; of two numbers that are not left open it is one number
    known = conj(known, disj(none, conj(left.single, right.single)))
    if told is not None:
        return _looked_up(told, known, none)
    if op == "*":
        if left.table is not None or right.table is not None:
            return _times_table(left, right, known, none)
        product = left.lo * right.lo
        return Value("number", known, none, product, product, scaled(left.den, right.den))
    if right.reach is not None and 0 < right.reach[1] - right.reach[0] <= MOST_SHARES:
        return _shared_out(left, right, known, none)
    quotient = scaled(left.lo, right.den)
    return Value("number", known, none, quotient, quotient, scaled(left.den, right.lo))


MOST_SHARES: Final = 40


def _table(value: Value) -> Table | None:
    """A number as a table: its own, or that of a count with few values."""
    if value.table is not None or value.reach is None or value.lo is not value.hi:
        return value.table
    first, last = value.reach
    if isinstance(value.lo, int) or last - first > MOST_SHARES or value.den != 1:
        return None
    return Table(value.lo, first, tuple([Fraction(n) for n in range(first, last + 1)]))


def _by_table(op: str, left: Value, right: Value) -> Table | None:
    """Computed for each value of a count, where both sides are fixed then."""
    if not (left.lo is left.hi and right.lo is right.hi):
        return None
    one, other = _fixed_number(left), _fixed_number(right)
    if one is not None and other is not None:
        return None
    first, second = _table(left), _table(right)
    if other is not None and first is not None:
        return first.map(lambda n: _computed(op, n, other))
    if one is not None and second is not None:
        return second.map(lambda n: _computed(op, one, n))
    if first is None or second is None or (first.count is not second.count and not first.count.eq(second.count)):
        return None
    pairs = zip(first.numbers, second.numbers, strict=False)
    return (
        Table(first.count, first.first, tuple([_computed(op, n, m) for n, m in pairs])) if first.first == second.first else None
    )


def _fixed_number(value: Value) -> Fraction | None:
    fixed = isinstance(value.lo, int) and isinstance(value.den, int)
    return Fraction(value.lo, value.den) if fixed else None


def _computed(op: str, one: Fraction, other: Fraction) -> Fraction:
    match op:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case _:
            return one / other if other > 0 else Fraction(0)  # the checker has proved that it never is


def _looked_up(table: Table, known: Bool, none: Bool) -> Value:
    """The number that stands in a table."""
    den = lcm(*(n.denominator for n in table.numbers))
    numbers = [int(n * den) for n in table.numbers]
    found: Int = numbers[-1]
    for at in range(len(numbers) - 2, -1, -1):
        found = pick(table.count == table.first + at, numbers[at], found)
    reach = (min(numbers), max(numbers)) if den == 1 else None
    return Value("number", known, none, found, found, den, reach, table=table)


def _times_table(left: Value, right: Value, known: Bool, none: Bool) -> Value:
    """A number times one of few fixed numbers."""
    by, value = (left, right) if left.table is not None else (right, left)
    table = by.table
    assert table is not None
    den = lcm(*(n.denominator for n in table.numbers))
    found: Int = scaled(value.lo, int(table.numbers[-1] * den))
    for at in range(len(table.numbers) - 2, -1, -1):
        found = pick(table.count == table.first + at, scaled(value.lo, int(table.numbers[at] * den)), found)
    return Value("number", known, none, found, found, scaled(value.den, den))


def _shared_out(left: Value, right: Value, known: Bool, none: Bool) -> Value:
    """Divided by one of few whole numbers: each of them apart, so that nothing is divided by a variable."""
    assert right.reach is not None
    assert isinstance(left.den, int)
    shares = range(max(1, right.reach[0]), right.reach[1] + 1)
    whole = lcm(*shares)
    found: Int = scaled(left.lo, whole // shares[-1])
    for share in reversed(shares[:-1]):
        found = pick(right.lo == share, scaled(left.lo, whole // share), found)
    return Value("number", known, none, found, found, left.den * whole)


def _reach_of(op: str, left: Value, right: Value) -> tuple[int, int] | None:
    one, other = left.reach, right.reach
    if one is None or other is None:
        return None
    return (one[0] + other[0], one[1] + other[1]) if op == "+" else (one[0] - other[1], one[1] - other[0])


def common(one: Int, other: Int) -> Int:
    if isinstance(one, int) and isinstance(other, int):
        return lcm(one, other)
    return one * other


def extreme(op: Literal["min", "max"], values: Sequence[Value]) -> Value:
    """The smallest or largest of numbers or dates."""
    values = [settle(value) for value in values]
    den: Int = 1
    for value in values:
        den = common(den, value.den)
    ends = [on_scale(v, share_of(den, v, values)) for v in values]
    single = all(lo is hi for lo, hi in ends)
    lo = _outer(op, [lo for lo, _ in ends])
    hi = lo if single else _outer(op, [hi for _, hi in ends])
    known, none = conj(*(v.known for v in values)), disj(*(v.none for v in values))
    ranges = [v.reach for v in values if v.reach is not None]
    outer = min if op == "min" else max
    reach = (outer(r[0] for r in ranges), outer(r[1] for r in ranges)) if len(ranges) == len(values) and den == 1 else None
    return Value(values[0].kind, known, none, lo, hi, den, reach)


def share_of(den: Int, value: Value, values: Sequence[Value]) -> Int:
    if isinstance(den, int):
        return den // value.den
    share: Int = 1
    for other in values:
        if other is not value:
            share = scaled(share, other.den)
    return share


def _outer(op: str, numbers: Sequence[Int]) -> Int:
    found = numbers[0]
    for number in numbers[1:]:
        if isinstance(found, int) and isinstance(number, int):
            found = min(found, number) if op == "min" else max(found, number)
        else:
            found = pick(found <= number if op == "min" else found >= number, found, number)
    return found


def rounded(value: Value, mode: Mode, unit: int) -> Value:
    """Rounded to a multiple of `unit`; a number left open is unknown then."""
    known = conj(value.known, disj(value.none, value.single))
    if value.table is not None:
        return _looked_up(value.table.map(lambda n: Fraction(round_to(n, unit, mode))), known, value.none)
    num, den = value.lo, scaled(value.den, unit)
    match mode:
        case "boven":
            result = -floor(-num, den)
        case "beneden":
            result = floor(num, den)
        case _:
            up = floor(scaled(num, 2) + den, scaled(den, 2))
            down = -floor(scaled(-num, 2) + den, scaled(den, 2))
            result = pick(num >= 0, up, down)
    result = scaled(result, unit)
    return Value("number", known, value.none, result, result)


def exact(value: int | Fraction) -> Value:
    """A fixed number or amount."""
    if isinstance(value, Fraction):
        return Value("number", True, False, value.numerator, value.numerator, value.denominator)
    return Value("number", True, False, value, value, 1, (value, value))
