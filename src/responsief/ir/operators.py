"""What the operators do to values, three-valued: the one table that every back end of values keeps to.

A value is: a bool, int, Fraction, str, date or Period; `None` (unknown); `GEEN` (known absence); or a `Between`, when an
incomplete date leaves it open. Unknown wins over GEEN; a comparison with GEEN is False; a comparison with a `Between` is
decided when everything in it agrees.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from responsief.values import GEEN, Between, Period, add_period, full_months, full_years, round_to

Value = Any
Truth = bool | None


def both(verdicts: Iterable[Truth]) -> Truth:
    """Strong Kleene and."""
    result: Truth = True
    for verdict in verdicts:
        if verdict is False:
            return False
        if verdict is None:
            result = None
    return result


def either(verdicts: Iterable[Truth]) -> Truth:
    """Strong Kleene or."""
    result: Truth = False
    for verdict in verdicts:
        if verdict is True:
            return True
        if verdict is None:
            result = None
    return result


def negate(verdict: Truth) -> Truth:
    """Strong Kleene not."""
    return None if verdict is None else not verdict


def compare(op: str, left: Value, right: Value) -> Truth:
    """= != < <= > >= between two values of one kind."""
    if left is None or right is None:
        return None
    if left is GEEN or right is GEEN:
        return False
    if isinstance(left, Between) or isinstance(right, Between):
        return _compare_ranges(op, *_ends(left), *_ends(right))
    match op:
        case "=":
            return bool(left == right)
        case "!=":
            return bool(left != right)
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)
    raise ValueError(op)


def _ends(value: Value) -> tuple[Value, Value]:
    return (value.lo, value.hi) if isinstance(value, Between) else (value, value)


def _compare_ranges(op: str, a: Value, b: Value, c: Value, d: Value) -> Truth:
    """[a, b] against [c, d]: decided when all pairs agree."""
    match op:
        case "<":
            return True if b < c else False if a >= d else None
        case "<=":
            return True if b <= c else False if a > d else None
        case ">":
            return _compare_ranges("<", c, d, a, b)
        case ">=":
            return _compare_ranges("<=", c, d, a, b)
        case "=":
            return True if a == b == c == d else False if b < c or d < a else None
        case _:
            return negate(_compare_ranges("=", a, b, c, d))


def within(value: Value, low: Value, high: Value) -> Truth:
    """low <= value <= high."""
    return both((compare(">=", value, low), compare("<=", value, high)))


def one_of(value: Value, options: Sequence[Value]) -> Truth:
    """Is the value one of these constants? Of a number left open: decided when all completions agree."""
    if isinstance(value, Between) and isinstance(value.lo, int):
        inside = sum(n in options for n in range(value.lo, value.hi + 1))
        return True if inside == value.hi - value.lo + 1 else None if inside else False
    return either(compare("=", value, option) for option in options)


def arith(op: Literal["+", "-", "*", "/"], left: Value, right: Value) -> Value:
    """Exact arithmetic on numbers; the checker has proved that a divisor is positive."""
    if left is None or right is None:
        return None
    if left is GEEN or right is GEEN:
        return GEEN
    if isinstance(left, Between) or isinstance(right, Between):
        (a, b), (c, d) = _ends(left), _ends(right)
        if op == "+":
            return _between(a + c, b + d)
        if op == "-":
            return _between(a - d, b - c)
        return None
    match op:
        case "+":
            return exact(left + right)
        case "-":
            return exact(left - right)
        case "*":
            return exact(left * right)
        case "/":
            return exact(Fraction(left) / right)


def exact(value: Value) -> Value:
    """A Fraction that is whole as an int; everything else as it is."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def _between(lo: Value, hi: Value) -> Value:
    return exact(lo) if lo == hi else Between(exact(lo), exact(hi))


def extreme(op: Literal["min", "max"], values: Sequence[Value]) -> Value:
    """The smallest or largest of numbers or dates."""
    if any(v is None for v in values):
        return None
    if any(v is GEEN for v in values):
        return GEEN
    pick = min if op == "min" else max
    if any(isinstance(v, Between) for v in values):
        ends = [_ends(v) for v in values]
        return _between(pick(lo for lo, _ in ends), pick(hi for _, hi in ends))
    return pick(values)


def rounded(value: Value, mode: Literal["half", "boven", "beneden"], unit: int) -> Value:
    """Rounded to a multiple of `unit`."""
    if value is None or value is GEEN or isinstance(value, Between):
        return value if not isinstance(value, Between) else None
    return round_to(value, unit, mode)


def elapsed(unit: Literal["dagen", "maanden", "jaren"], start: Value, end: Value) -> Value:
    """Whole days, months or years from start to end; of incomplete dates the range."""
    if start is None or end is None:
        return None
    if start is GEEN or end is GEEN:
        return GEEN
    if isinstance(start, Between) or isinstance(end, Between):
        (a, b), (c, d) = _ends(start), _ends(end)
        return _between(_elapsed(unit, b, c), _elapsed(unit, a, d))
    return _elapsed(unit, start, end)


def _elapsed(unit: str, start: date, end: date) -> int:
    if unit == "dagen":
        return (end - start).days
    if unit == "maanden":
        return full_months(start, end)
    return full_years(start, end) if end >= start else -full_years(end, start)


def shift(day: Value, period: Value, sign: int) -> Value:
    """A date moved by a period."""
    if day is None or period is None:
        return None
    if day is GEEN or period is GEEN:
        return GEEN
    assert isinstance(period, Period)
    if isinstance(day, Between):
        return _between(add_period(day.lo, period, sign), add_period(day.hi, period, sign))
    return add_period(day, period, sign)


def choose(branches: Iterable[tuple[Truth, Value]], otherwise: Value) -> Value:
    """The value of the first branch that holds; unknown unless all branches still possible agree on a known value."""
    possible = []
    for condition, value in branches:
        if condition is False:
            continue
        possible.append(value)
        if condition is True:
            break
    else:
        possible.append(otherwise)
    return agree(possible)


def agree(values: Sequence[Value]) -> Value:
    """The one value that all of these are; unknown when one is, or when they differ."""
    first = values[0]
    if len(values) == 1:
        return first
    if any(v is None or isinstance(v, Between) or v != first or (v is True) != (first is True) for v in values):
        return None
    return first


def collect(op: Literal["som", "max", "min"], branches: Iterable[tuple[Truth, Value]], otherwise: Value) -> Value:
    """All rows that hold, together; unknown when one condition or value that counts is; `otherwise` when none holds."""
    held = []
    for condition, value in branches:
        if condition is None:
            return None
        if condition:
            held.append(value)
    if not held:
        return otherwise
    if op == "som":
        total: Value = 0
        for value in held:
            total = arith("+", total, value)
        return total
    return extreme(op, held)


def step(holder: Value, name: str) -> Value:
    """A field of a group; unknown and GEEN pass through."""
    if holder is None or holder is GEEN:
        return holder
    return getattr(holder, name)
