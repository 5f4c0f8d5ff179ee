"""What the operators do to columns: `ir/operators.py`, with null for unknown and a column of its own for GEEN.

An operand is a value in one or two columns (a period takes two), over a denominator that is not null. Where the value is GEEN it is
null and `geen` holds; unknown wins over GEEN.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd, lcm
from typing import Literal

from responsief.backends.to_columns.algebra import LIMIT, Expr, Op, Space
from responsief.backends.to_columns.calendar import Calendar
from responsief.frozen import dataclass
from responsief.values import Mode


@dataclass(frozen=True, slots=True)
class Operand:
    """A value: its columns (null: unknown, or GEEN), what a number is divided by, and whether it is known that there is none.

    Of a list or a partner there is one column, which only says whether it is known; `empty` says of a list whether it is.
    """

    parts: tuple[Expr, ...]
    den: Expr
    geen: Expr | None = None
    empty: Expr | None = None

    @property
    def value(self) -> Expr:
        """The value, or of a number the numerator."""
        return self.parts[0]


class Operators:
    """The operators of the language in a space."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.calendar = Calendar(space)
        self.one = space.lit(1)

    def plain(self, *parts: Expr, geen: Expr | None = None) -> Operand:
        """A value that is no fraction."""
        return Operand(parts, self.one, None if geen is self.space.false else geen)

    # unknown and GEEN

    def known(self, a: Operand) -> Expr:
        """Is it known, GEEN among what can be known?"""
        s = self.space
        known = s.known(a.value)
        return known if a.geen is None else s.either((known, a.geen))

    def absent(self, operands: Sequence[Operand]) -> Expr | None:
        """Is one of these GEEN and none unknown? None when that can't be."""
        s = self.space
        flags = [o.geen for o in operands if o.geen is not None]
        return s.both((s.either(flags), *map(self.known, operands))) if flags else None

    def never_absent(self, found: Expr, operands: Sequence[Operand]) -> Operand:
        """A comparison: nee where one of the values is GEEN."""
        absent = self.absent(operands)
        return self.plain(found if absent is None else self.space.choose(absent, self.space.false, found))

    # comparing

    def compare(self, op: Op, a: Operand, b: Operand) -> Operand:
        """= != < <= > >=."""
        return self.never_absent(self._compared(op, a, b), (a, b))

    def _compared(self, op: Op, a: Operand, b: Operand) -> Expr:
        s = self.space
        if len(a.parts) == 2:  # periods, which are only the same or not
            same = s.both(s.compare("=", x, y) for x, y in zip(a.parts, b.parts, strict=True))
            return same if op == "=" else s.negate(same)
        left, right = self._crosswise(a, b)
        return s.compare(op, left, right)

    def _crosswise(self, a: Operand, b: Operand) -> tuple[Expr, Expr]:
        """Two numbers over the same denominator, which is left out."""
        if a.den is b.den:
            return a.value, b.value
        times_a, times_b, _ = self._together(a.den, b.den)
        return self.space.multiply(a.value, times_a), self.space.multiply(b.value, times_b)

    def _together(self, a: Expr, b: Expr) -> tuple[Expr, Expr, Expr]:
        """What brings each of two denominators to a common one, and that one."""
        s = self.space
        if a is b:
            return self.one, self.one, a
        if a.fixed and b.fixed:
            common = lcm(a.value, b.value)
            return s.lit(common // a.value), s.lit(common // b.value), s.lit(common)
        return b, a, s.multiply(a, b)

    def within(self, value: Operand, low: Operand, high: Operand) -> Operand:
        """low <= value <= high."""
        ends = (self.compare(">=", value, low), self.compare("<=", value, high))
        return self.plain(self.space.both(e.value for e in ends))

    def one_of(self, value: Operand, options: Sequence[int | str]) -> Operand:
        """Is the value one of these constants?"""
        s = self.space
        if value.den is self.one:
            return self.never_absent(s.one_of(value.value, options), (value,))
        found = s.either(s.compare("=", value.value, s.multiply(value.den, s.lit(int(o)))) for o in options)
        return self.never_absent(found, (value,))

    def is_absent(self, value: Operand) -> Operand:
        """Is it known that there is none?"""
        s = self.space
        found = s.false
        if value.geen is not None:
            found = value.geen
        if value.empty is not None:
            found = s.either((found, value.empty))
        return self.plain(s.choose(self.known(value), found, s.null("bool")))

    # reckoning

    def arith(self, op: Literal["+", "-", "*", "/"], a: Operand, b: Operand) -> Operand:
        """Exact arithmetic; a divisor is positive."""
        s, geen = self.space, self.absent((a, b))
        match op:
            case "*":
                return self._reduced(s.multiply(a.value, b.value), s.multiply(a.den, b.den), geen)
            case "/":
                num, den = s.multiply(a.value, b.den), s.multiply(a.den, b.value)
                if den.unknown or num.unknown:
                    return Operand((s.null("int"),), self.one, geen)
                if den.lo < 1:
                    den = s.clip(den, 1, den.hi)
                if den.maybe:
                    nothing = s.is_null(den)
                    num, den = s.choose(nothing, s.null("int"), num), s.choose(nothing, self.one, den)
                    den = self._positive(den)
                return self._reduced(num, den, geen)
            case _:
                times_a, times_b, den = self._together(a.den, b.den)
                left, right = s.multiply(a.value, times_a), s.multiply(b.value, times_b)
                return self._reduced(s.add(left, right) if op == "+" else s.subtract(left, right), den, geen)

    def _positive(self, den: Expr) -> Expr:
        """A denominator that null was taken out of; it was proven positive."""
        if den.maybe and den.op == "if":
            den.maybe = False
        return den

    def _reduced(self, num: Expr, den: Expr, geen: Expr | None) -> Operand:
        """A fraction without a factor that both sides hold for everybody."""
        s = self.space
        if den.fixed and den.value != 1:
            if num.unknown:
                den = self.one
            elif num.fixed or (num.op == "mul" and num.args[1].fixed):
                factor = num.value if num.fixed else num.args[1].value
                common = gcd(factor, den.value)
                if common > 1:
                    rest = s.lit(factor // common)
                    num = rest if num.fixed else s.multiply(num.args[0], rest)
                    den = s.lit(den.value // common)
        return Operand((num,), den, None if geen is s.false else geen)

    def extreme(self, op: Literal["min", "max"], operands: Sequence[Operand]) -> Operand:
        """The smallest or largest of numbers or dates."""
        s, geen = self.space, self.absent(operands)
        scaled, den = self._alike(operands)
        return Operand((s.largest([o.value for o in scaled], smallest=op == "min"),), den, geen)

    def _alike(self, operands: Sequence[Operand]) -> tuple[list[Operand], Expr]:
        """The same values over one denominator."""
        den = self.one
        for one in operands:
            _, _, den = self._together(den, one.den) if one.den is not den else (den, den, den)
        found = []
        for one in operands:
            if one.den is den:
                found.append(one)
                continue
            if den.fixed:
                factor = self.space.lit(den.value // one.den.value)
            else:
                factor = self.space.divide(den, one.den)
            found.append(Operand((self.space.multiply(one.value, factor),), den, one.geen))
        return found, den

    def rounded(self, a: Operand, mode: Mode, unit: int) -> Operand:
        """Rounded to a multiple of `unit`, as `values.round_ratio_to`."""
        s = self.space
        if unit == 1 and a.den is self.one:
            return a
        den, num = s.multiply(a.den, s.lit(unit)), a.value
        match mode:
            case "boven":
                found = s.minus(s.divide(s.minus(num), den))
            case "beneden":
                found = s.divide(num, den)
            case "half":
                found = self._half(num, den)
        return Operand((s.multiply(found, s.lit(unit)),), self.one, a.geen)

    def _half(self, num: Expr, den: Expr) -> Expr:
        """num / den to a whole number, a half away from nought."""
        s, two = self.space, self.space.lit(2)

        def up(part: Expr) -> Expr:
            if den.fixed and den.value % 2 == 0:
                return s.divide(s.add(part, s.lit(den.value // 2)), den)
            return s.divide(s.add(s.multiply(part, two), den), s.multiply(den, two))

        if num.unknown:
            return num
        if num.lo >= 0:
            return up(num)
        if den.fixed and 2 * (num.hi - num.lo) + 8 * den.value <= LIMIT:  # below nought a half is not enough to go up
            early = s.as_number(s.compare("<", num, s.lit(0)))
            if den.value % 2 == 0:
                return s.divide(s.add(s.subtract(num, early), s.lit(den.value // 2)), den)
            twice = s.add(s.subtract(s.multiply(num, two), early), den)
            return s.divide(twice, s.multiply(den, two))
        below = s.minus(up(s.raised(s.minus(num))))
        if num.hi <= 0:
            return below
        return s.choose(s.compare(">=", num, s.lit(0)), up(s.raised(num)), below)

    # days

    def elapsed(self, unit: Literal["dagen", "maanden", "jaren"], start: Operand, end: Operand) -> Operand:
        """Whole days, months or years between two days."""
        count = {"dagen": self.calendar.days, "maanden": self.calendar.months, "jaren": self.calendar.years}[unit]
        if start.value.unknown or end.value.unknown:
            return self.plain(self.space.null("int"), geen=self.absent((start, end)))
        return self.plain(count(start.value, end.value), geen=self.absent((start, end)))

    def shift(self, day: Operand, period: Operand, sign: int) -> Operand:
        """A day moved by a period."""
        geen = self.absent((day, period))
        if day.value.unknown or period.value.unknown:
            return self.plain(self.space.null("int"), geen=geen)
        months, days = period.parts
        return self.plain(self.calendar.moved(day.value, months, days, sign), geen=geen)

    # choosing

    def choose(self, branches: Sequence[tuple[Operand, Operand]], otherwise: Operand) -> Operand:
        """The first branch that holds; unknown unless every branch still possible agrees.

        The last branch that is still possible is the first that holds (`found`). What a branch before it whose condition is unknown
        would give must be the same.
        """
        s = self.space
        results = [r for _, r in branches] + [otherwise]
        results = self._one_scale(results)
        conditions = [c.value for c, _ in branches]
        found = self._first(conditions, results)
        agreed: Expr = s.true
        for condition, result in reversed(list(zip(conditions, results, strict=False))):
            if condition.maybe:
                differs = s.both((s.is_null(condition), s.negate(self._same(result, found))))
                agreed = s.choose(condition, s.true, s.choose(differs, s.false, agreed))
            else:
                agreed = s.choose(condition, s.true, agreed)
        if agreed is s.true:
            return found
        parts = tuple([s.choose(agreed, p, s.null(p.kind)) for p in found.parts])
        geen = s.both((agreed, found.geen)) if found.geen is not None else None
        return Operand(parts, found.den, geen)

    def _one_scale(self, results: Sequence[Operand]) -> list[Operand]:
        if all(r.den.fixed for r in results):
            return self._alike(results)[0]
        return list(results)

    def _first(self, conditions: Sequence[Expr], results: Sequence[Operand]) -> Operand:
        """Of the first condition that holds the result; of none the last one."""
        s = self.space
        parts, den, geen = results[-1].parts, results[-1].den, results[-1].geen or s.false
        for condition, result in reversed(list(zip(conditions, results, strict=False))):
            parts = tuple([s.choose(condition, a, b) for a, b in zip(result.parts, parts, strict=True)])
            den = s.choose(condition, result.den, den)
            geen = s.choose(condition, result.geen or s.false, geen)
        return Operand(parts, den, None if geen is s.false else geen)

    def _same(self, a: Operand, b: Operand) -> Expr:
        """Are both known, and the same?"""
        s = self.space
        same = s.sure(self._compared("=", a, b)) if a.parts[0].kind != "bool" else s.sure(self._equal(a.value, b.value))
        if a.geen is not None and b.geen is not None:
            return s.either((same, s.both((a.geen, b.geen))))
        return same

    def _equal(self, a: Expr, b: Expr) -> Expr:
        return self.space.compare("=", a, b)

    def collect(
        self, op: Literal["som", "max", "min"], branches: Sequence[tuple[Operand, Operand]], otherwise: Operand
    ) -> Operand:
        """All branches that hold, together; `otherwise` when none does."""
        s = self.space
        conditions = [c.value for c, _ in branches]
        results = self._one_scale([*(r for _, r in branches), otherwise])
        held, otherwise = results[:-1], results[-1]
        total: Operand | None = None
        some: Expr = s.false
        for condition, result in zip(conditions, held, strict=True):
            if op == "som":
                nothing = Operand(tuple([s.lit(0) for _ in result.parts]), result.den)
                counted = self._first([condition], [result, nothing])
                total = counted if total is None else self.arith("+", total, counted)
            elif total is None:
                total = result
            else:
                another = s.both((s.sure(condition), some))
                total = self._first([another, condition], [self.extreme(op, (total, result)), result, total])
            some = s.either((some, s.sure(condition)))
        if total is None:
            return otherwise
        unknown = s.either(s.is_null(c) for c in conditions)
        result = self._first([some], self._one_scale([total, otherwise]))
        value = s.choose(unknown, s.null(result.value.kind), result.value)
        geen = s.both((s.negate(unknown), result.geen)) if result.geen is not None else None
        return Operand((value,), result.den, geen)
