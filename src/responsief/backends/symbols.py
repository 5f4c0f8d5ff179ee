"""What the operators do to values that stand for every possible value: the twin of `ir/operators`, in formulas of Z3.

A truth is two formulas: known to hold, known not to hold; neither is unknown. A number or date is a stretch from `lo` to `hi`
(the same formula unless an incomplete date leaves it open) over a denominator, with `known` (not unknown) and `none` (GEEN). Dates
are 31-day keys: `372 * year + 31 * (month - 1) + day - 1` keeps their order, and whole years and months between two are divisions.
What is fixed stays a Python bool or int, so that a formula holds only what depends on the situation.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from math import lcm
from typing import Any, Final, Literal

from responsief.backends.terms import Proposition, every, no, some
from responsief.backends.terms import either as one_or_other
from responsief.values import Mode, Period, add_period, round_to

Bool = Any  # a Python bool or z3.BoolRef
Int = Any  # a Python int or z3.ArithRef

LAST_DAY: Final = (9999 * 12 + 11) * 31 + 30


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
    left = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            left.append(part)
    return True if not left else left[0] if len(left) == 1 else every(left)


def disj(*parts: Bool) -> Bool:
    """One of them."""
    left = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            left.append(part)
    return False if not left else left[0] if len(left) == 1 else some(left)


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


def _floor(num: Int, den: Int) -> Int:
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
        if other.later and isinstance(one.lo, int) and one.lo is one.hi and _stays((one.lo, one.lo), -other.later):
            key = _key_later(one.lo, -other.later)
            moved = replace(one, lo=key, hi=key, reach=(key, key), parts=None)
            return (other, moved) if back else (moved, other)
    return settle(left), settle(right)


def _key_later(key: int, days: int) -> int:
    """The key some days later; past the calendar's end still later (or earlier) than every date."""
    try:
        return key_of(day_of(key) + timedelta(days=days))
    except OverflowError:
        return LAST_DAY + 1 if days > 0 else 0


def settle(value: Value) -> Value:
    """The date itself, of one that lies some days after another."""
    return value.settled() if value.settled is not None else value


def _on_one_scale(left: Value, right: Value) -> tuple[Int, Int, Int, Int]:
    up, down = right.den, left.den
    if isinstance(up, int) and isinstance(down, int):
        both_of = lcm(up, down)
        up, down = both_of // left.den, both_of // right.den
    return (*_times(left, up), *_times(right, down))


def _times(value: Value, factor: Int) -> tuple[Int, Int]:
    lo = scaled(value.lo, factor)
    return lo, lo if value.lo is value.hi else scaled(value.hi, factor)


def scaled(number: Int, factor: Int) -> Int:
    """A number times a factor."""
    if isinstance(factor, int) and factor == 1:
        return number
    return number * factor


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


# --- computing ---------------------------------------------------------------------------------------------------------


def arith(op: Literal["+", "-", "*", "/"], left: Value, right: Value) -> Value:
    """Exact arithmetic; a divisor is positive."""
    known, none = conj(left.known, right.known), disj(left.none, right.none)
    told = _by_table(op, left, right)
    if told is not None and op == "/":
        return _looked_up(told, known, none)
    if op in ("+", "-"):
        den = _common(left.den, right.den)
        a, b = _times(left, den // left.den if isinstance(den, int) else right.den)
        c, d = _times(right, den // right.den if isinstance(den, int) else left.den)
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


def _common(one: Int, other: Int) -> Int:
    if isinstance(one, int) and isinstance(other, int):
        return lcm(one, other)
    return one * other


def extreme(op: Literal["min", "max"], values: Sequence[Value]) -> Value:
    """The smallest or largest of numbers or dates."""
    values = [settle(value) for value in values]
    den: Int = 1
    for value in values:
        den = _common(den, value.den)
    ends = [_times(v, _share(den, v, values)) for v in values]
    single = all(lo is hi for lo, hi in ends)
    lo = _outer(op, [lo for lo, _ in ends])
    hi = lo if single else _outer(op, [hi for _, hi in ends])
    known, none = conj(*(v.known for v in values)), disj(*(v.none for v in values))
    ranges = [v.reach for v in values if v.reach is not None]
    outer = min if op == "min" else max
    reach = (outer(r[0] for r in ranges), outer(r[1] for r in ranges)) if len(ranges) == len(values) and den == 1 else None
    return Value(values[0].kind, known, none, lo, hi, den, reach)


def _share(den: Int, value: Value, values: Sequence[Value]) -> Int:
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
            result = -_floor(-num, den)
        case "beneden":
            result = _floor(num, den)
        case _:
            up = _floor(scaled(num, 2) + den, scaled(den, 2))
            down = -_floor(scaled(-num, 2) + den, scaled(den, 2))
            result = pick(num >= 0, up, down)
    result = scaled(result, unit)
    return Value("number", known, value.none, result, result)


# --- dates -------------------------------------------------------------------------------------------------------------


def key_of(day: date) -> int:
    """A date as its 31-day key."""
    return (day.year * 12 + day.month - 1) * 31 + day.day - 1


def day_of(key: int) -> date:
    """The date of a key. Raises ValueError when there is no such date."""
    month, day = divmod(key, 31)
    return date(month // 12, month % 12 + 1, day + 1)


def month_length(year: Int, month: Int, years: Years = None) -> Int:
    """The days of a month (0–11) of a year."""
    if isinstance(year, int) and isinstance(month, int):
        return calendar.monthrange(year, month + 1)[1]
    short = disj(*(month == n for n in (3, 5, 8, 10)))
    return pick(month == 1, pick(_leap(year, years), 29, 28), pick(short, 30, 31))


def _leap(year: Int, years: Years = None) -> Bool:
    """Is it a leap year? From 1901 to 2099 every fourth year is."""
    if isinstance(year, int):
        return calendar.isleap(year) if year > 0 else False
    fourth = year % 4 == 0
    if years is not None and years[0] >= 1901 and years[1] <= 2099:
        return fourth
    return conj(fourth, disj(year % 100 != 0, year % 400 == 0))


def on_the_calendar(parts: Parts, years: Years = None) -> Bool:
    """Does a date exist?"""
    year, month, day = parts
    third = conj(day == 28, disj(month != 1, _leap(year, years)))
    last = conj(day == 30, *(month != n for n in (1, 3, 5, 8, 10)))
    return conj(
        year >= 1,
        year <= 9999,
        month >= 0,
        month <= 11,
        disj(conj(day >= 0, day <= 27), third, conj(day == 29, month != 1), last),
    )


def key_from(parts: Parts) -> Int:
    """The key of a date."""
    year, month, day = parts
    return year * 372 + month * 31 + day


def parts_of(value: Value) -> tuple[Parts, Parts]:
    """The year, month and day of both ends of a date."""
    if value.parts is not None:
        return value.parts
    lo = _parts(value.lo)
    return lo, lo if value.lo is value.hi else _parts(value.hi)


def _parts(key: Int) -> Parts:
    return _floor(key, 372), _floor(key % 372, 31), key % 31


def ordinal(key: Int, parts: Parts, years: Years = None) -> Int:
    """The day of a date counted from 1 January of the year 1."""
    if isinstance(key, int):
        return day_of(key).toordinal()
    year, month, day = parts
    before = year - 1
    total = before * 365 + _floor(before, 4) - _floor(before, 100) + _floor(before, 400)
    lengths = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    past: Int = lengths[11]
    for at in range(10, -1, -1):
        past = pick(month == at, lengths[at], past)
    return total + past + pick(conj(month >= 2, _leap(year, years)), 1, 0) + day + 1


def elapsed(unit: Literal["dagen", "maanden", "jaren"], start: Value, end: Value) -> Value:
    """Whole days, months or years from start to end; of incomplete dates the stretch."""
    start, end = settle(start), settle(end)
    known, none = conj(start.known, end.known), disj(start.none, end.none)
    single = start.lo is start.hi and end.lo is end.hi
    if unit == "dagen":
        (_, late), (early, _) = parts_of(start), parts_of(end)
        first, last = years_of(start.reach), years_of(end.reach)
        lo = ordinal(end.lo, early, last) - ordinal(start.hi, late, first)
        hi = lo if single else ordinal(end.hi, parts_of(end)[1], last) - ordinal(start.lo, parts_of(start)[0], first)
    else:
        lo = _elapsed(unit, start.hi, end.lo)
        hi = lo if single else _elapsed(unit, start.lo, end.hi)
    low, high = _at_least(unit, start.hi, end.lo), _at_least(unit, start.lo, end.hi)
    least = (low, high) if low is not None and high is not None else None
    return Value("number", known, none, lo, hi, 1, None, least)


def _elapsed(unit: str, start: Int, end: Int) -> Int:
    size = 31 if unit == "maanden" else 372
    forward = _floor(end - start, size)
    return pick(end >= start, forward, -_floor(start - end, size))


def _at_least(unit: str, start: Int, end: Int) -> Callable[[int], Bool] | None:
    """When at least a fixed number of days, months or years lies between two dates."""
    if unit == "dagen":
        if isinstance(end, int):
            return lambda number: start <= _key_later(end, -number)
        if isinstance(start, int):
            return lambda number: end >= _key_later(start, number)
        return None
    size = 31 if unit == "maanden" else 372
    return lambda number: end - start >= size * number if number > 0 else start - end < size * (1 - number)


def shift(day: Value, period: Value, sign: int, days_later: Callable[[Int, Parts, Int], tuple[Int, Parts]]) -> Value:
    """A date moved by a period. `days_later` gives the date some days later (it has to be looked for)."""
    known, none = conj(day.known, period.known), disj(day.none, period.none)
    fixed = isinstance(period.lo, int) and isinstance(period.hi, int)
    if fixed and period.lo == 0 and not isinstance(day.lo, int):
        total = day.later + sign * period.hi
        base = Value("day", known, none, day.lo, day.hi, 1, day.reach, parts=day.parts)
        if _stays(day.reach, total):
            return _replaced(base, total, days_later) if total else base
    day = settle(day)
    reach = _moved_reach(day.reach, sign * period.lo, sign * period.hi) if fixed else None
    years = years_of(day.reach, reach)

    def some_days(parts: Parts) -> tuple[Int, Parts]:
        days = scaled(period.hi, sign)
        if isinstance(days, int) and abs(days) <= MOST_DAYS:
            near = _days_later(parts, days, years)
            return key_from(near), near
        return days_later(key_from(parts), parts, days)

    def moved(key: Int, parts: Parts) -> tuple[Int, Parts]:
        if isinstance(key, int) and fixed:
            found = key_of(add_period(day_of(key), Period(period.lo, period.hi), sign))
            return found, _parts(found)
        later = _months_later(parts, scaled(period.lo, sign), years)
        if isinstance(period.hi, int) and period.hi == 0:
            return key_from(later), later
        return some_days(later)

    first, last = parts_of(day)
    lo, parts = moved(day.lo, first)
    hi, other = (lo, parts) if day.lo is day.hi else moved(day.hi, last)
    return Value("day", known, none, lo, hi, 1, reach, parts=(parts, other))


def _replaced(base: Value, days: int, days_later: Callable[[Int, Parts, Int], tuple[Int, Parts]]) -> Value:
    reach = _moved_reach(base.reach, 0, days)
    years = years_of(base.reach, reach)

    def moved(key: Int, parts: Parts) -> tuple[Int, Parts]:
        if abs(days) <= MOST_DAYS:
            near = _days_later(parts, days, years)
            return key_from(near), near
        return days_later(key, parts, days)

    def settled() -> Value:
        first, last = parts_of(base)
        lo, parts = moved(base.lo, first)
        hi, other = (lo, parts) if base.lo is base.hi else moved(base.hi, last)
        return Value("day", base.known, base.none, lo, hi, 1, reach, parts=(parts, other))

    return replace(base, later=days, settled=settled)


MOST_DAYS: Final = 84  # so many days later is worked out month by month


def years_of(*reaches: tuple[int, int] | None) -> Years:
    """The years in which these keys lie."""
    known = [reach for reach in reaches if reach is not None]
    if len(known) < len(reaches):
        return None
    return min(reach[0] for reach in known) // 372, max(reach[1] for reach in known) // 372


def _moved_reach(reach: tuple[int, int] | None, months: int, days: int) -> tuple[int, int] | None:
    """Between which keys dates lie after a move; roughly, never too narrow."""
    if reach is None:
        return None
    months, more = months + days // 31, abs(days) // 28 - abs(days) // 31 + 3
    return reach[0] + 31 * (months - more), reach[1] + 31 * (months + more)


def _stays(reach: tuple[int, int] | None, days: int) -> bool:
    """Does everything stay on the calendar, also when not the date is moved but the one that it is compared with?"""
    years = years_of(reach, _moved_reach(reach, 0, days))
    return years is not None and years[0] > 1 and years[1] < 9999


def _on_calendar(parts: Parts, years: Years) -> Parts:
    """Beyond the calendar (year 1 to 9999) it is the calendar's end."""
    if years is not None and years[0] > 1 and years[1] < 9999:
        return parts
    year, month, day = parts
    before, after = year < 1, year > 9999
    return (
        pick(before, 1, pick(after, 9999, year)),
        pick(before, 0, pick(after, 11, month)),
        pick(before, 0, pick(after, 30, day)),
    )


def _days_later(parts: Parts, days: int, years: Years) -> Parts:
    """The date some days later (or earlier), month by month."""
    year, month, day = parts
    day = day + days
    for _ in range(abs(days) // 28 + 1):
        if days >= 0:
            length = month_length(year, month, years)
            over = day >= length
            day = pick(over, day - length, day)
            year, month = pick(conj(over, month == 11), year + 1, year), pick(over, pick(month == 11, 0, month + 1), month)
        else:
            under = day < 0
            before = pick(month == 0, year - 1, year), pick(month == 0, 11, month - 1)
            day = pick(under, day + month_length(*before, years), day)
            year, month = pick(under, before[0], year), pick(under, before[1], month)
    return _on_calendar((year, month, day), years)


def _months_later(parts: Parts, months: Int, years: Years) -> Parts:
    year, month, day = parts
    if isinstance(months, int):
        if months == 0:
            return parts
        whole, rest = divmod(months, 12)
        over = month + rest >= 12
        new_year, new_month = pick(over, year + whole + 1, year + whole), pick(over, month + rest - 12, month + rest)
    else:
        count = year * 12 + month + months
        new_year, new_month = _floor(count, 12), count % 12
    length = month_length(new_year, new_month, years)
    fits, leap_day = day < length, conj(day == 28, month == 1)  # 29 February becomes 1 March, as for birthdays
    found_month = pick(disj(fits, neg(leap_day)), new_month, 2)
    found_day = pick(fits, day, pick(leap_day, 0, length - 1))
    return _on_calendar((new_year, found_month, found_day), years)


def a_day_later(day: date, days: int) -> date:
    """A date some days later, at most the calendar's end."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


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
        den = _common(den, value.den)
    found: Value | None = None
    values = [value for _, value in possible]
    for at, value in reversed(possible):
        lo, hi = _times(value, _share(den, value, values))
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


def exact(value: int | Fraction) -> Value:
    """A fixed number or amount."""
    if isinstance(value, Fraction):
        return Value("number", True, False, value.numerator, value.numerator, value.denominator)
    return Value("number", True, False, value, value, 1, (value, value))
