"""Days as whole numbers, in columns: yyyymmdd to compare and count years and months with, a day number to count days with.

Every formula is that of `responsief.values`, in whole numbers that are never below nought, so that all engines agree.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from responsief.backends.to_columns.algebra import Expr, Rising, Space
from responsief.values import Period

FIRST: Final = 1_01_01
LAST: Final = 9999_12_31
_NUMBER_OF_FIRST: Final = 1721426  # of 1 January of year 1, in the days of astronomers (Julian day numbers)
_NUMBER_OF_LAST: Final = 5373484


def number(day: date) -> int:
    """A day as yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def _first_moved(period: Period, sign: int) -> Callable[[int], int]:
    """Of a number yyyymmdd the first day that, moved by a period, is at least that; after the calendar when there is none. A later day
    is never moved to an earlier one."""
    from responsief.values import add_period

    def first(limit: int) -> int:
        low, high = date.min.toordinal(), date.max.toordinal() + 1
        while low < high:
            middle = (low + high) // 2
            if number(add_period(date.fromordinal(middle), period, sign)) >= limit:
                high = middle
            else:
                low = middle + 1
        return number(date.fromordinal(low)) if low <= date.max.toordinal() else LAST + 1

    return first


class Calendar:
    """Dates in a space."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self._ordinals: dict[int, Expr] = {}  # of a day as yyyymmdd, by its number: its day number, where that is known

    def parts(self, day: Expr) -> tuple[Expr, Expr, Expr]:
        """Year, month and day of yyyymmdd."""
        s = self.space
        if day.fixed:
            return s.lit(day.value // 10000), s.lit(day.value // 100 % 100), s.lit(day.value % 100)
        year = s.divide(day, s.lit(10000))
        in_year = s.rest(day, 10000)
        return year, s.divide(in_year, s.lit(100)), s.rest(day, 100)

    def joined(self, year: Expr, month: Expr, day: Expr) -> Expr:
        """yyyymmdd of its parts."""
        s = self.space
        return s.add(s.add(s.multiply(year, s.lit(10000)), s.multiply(month, s.lit(100))), day)

    def years(self, start: Expr, end: Expr) -> Expr:
        """Whole years from one day to another, below nought when the second is earlier."""
        return self.space.truncated(self.space.subtract(end, start), 10000)

    def months(self, start: Expr, end: Expr) -> Expr:
        """Whole months from one day to another, below nought when the second is earlier."""
        return self.space.truncated(self.space.subtract(self._in_months(end), self._in_months(start)), 100)

    def _in_months(self, day: Expr) -> Expr:
        """Months times a hundred plus the day: yyyymmdd with twelve months in a year instead of a hundred."""
        s = self.space
        return s.subtract(day, s.multiply(s.divide(day, s.lit(10000)), s.lit(10000 - 1200)))

    def days(self, start: Expr, end: Expr) -> Expr:
        """Days from one day to another."""
        return self.space.subtract(self.ordinal(end), self.ordinal(start))

    def ordinal(self, day: Expr) -> Expr:
        """The day number of yyyymmdd."""
        s = self.space
        if day.fixed:
            when = date(day.value // 10000, day.value // 100 % 100, day.value % 100)
            return s.lit(when.toordinal() + _NUMBER_OF_FIRST - 1)
        found = self._ordinals.get(day.at)
        if found is None:
            year, month, in_month = self.parts(day)
            early = s.as_number(s.compare("<=", month, s.lit(2)))  # a year that begins in March ends with the day that leaps
            years = s.subtract(s.add(year, s.lit(4800)), early)
            months = s.add(s.subtract(month, s.lit(3)), s.multiply(early, s.lit(12)))
            before = s.divide(s.add(s.multiply(months, s.lit(153)), s.lit(2)), s.lit(5))
            total = s.add(s.add(in_month, before), s.multiply(years, s.lit(365)))
            leaps = s.add(s.subtract(s.divide(years, s.lit(4)), s.divide(years, s.lit(100))), s.divide(years, s.lit(400)))
            found = self._ordinals[day.at] = s.add(s.add(total, leaps), s.lit(-32045))
        return found

    def of_ordinal(self, ordinal: Expr) -> Expr:
        """yyyymmdd of a day number; beyond the calendar its end."""
        s = self.space
        ordinal = s.largest((ordinal, s.lit(_NUMBER_OF_FIRST)))
        ordinal = s.largest((ordinal, s.lit(_NUMBER_OF_LAST)), smallest=True)
        if ordinal.fixed:
            return s.lit(number(date.fromordinal(ordinal.value - _NUMBER_OF_FIRST + 1)))
        a = s.add(ordinal, s.lit(32044))
        era = s.divide(s.add(s.multiply(a, s.lit(4)), s.lit(3)), s.lit(146097))
        c = s.raised(s.subtract(a, s.divide(s.multiply(era, s.lit(146097)), s.lit(4))))
        year = s.divide(s.add(s.multiply(c, s.lit(4)), s.lit(3)), s.lit(1461))
        e = s.raised(s.subtract(c, s.divide(s.multiply(year, s.lit(1461)), s.lit(4))))
        month = s.divide(s.add(s.multiply(e, s.lit(5)), s.lit(2)), s.lit(153))
        day = s.add(s.subtract(e, s.divide(s.add(s.multiply(month, s.lit(153)), s.lit(2)), s.lit(5))), s.lit(1))
        late = s.divide(month, s.lit(10))
        found = self.joined(
            s.add(s.add(s.add(s.multiply(era, s.lit(100)), year), s.lit(-4800)), late),
            s.subtract(s.add(month, s.lit(3)), s.multiply(late, s.lit(12))),
            day,
        )
        found.lo, found.hi = FIRST, LAST
        self._ordinals[found.at] = ordinal
        return found

    def leaps(self, year: Expr) -> Expr:
        """Has this year a 29 February?"""
        s = self.space
        nought = s.lit(0)
        fourth, hundredth, both = (s.compare("=", s.rest(year, n), nought) for n in (4, 100, 400))
        return s.either((s.both((fourth, s.negate(hundredth))), both))

    def moved(self, day: Expr, months: Expr, days: Expr, sign: int) -> Expr:
        """A day plus or minus a period: months first, then days (as `values.add_period`)."""
        s = self.space
        if day.fixed and months.fixed and days.fixed:
            from responsief.values import add_period

            when = date(day.value // 10000, day.value // 100 % 100, day.value % 100)
            return s.lit(number(add_period(when, Period(months.value, days.value), sign)))
        step = months if sign == 1 else s.minus(months)
        beyond: Expr = s.false
        found = day
        if not (step.fixed and step.value == 0):
            found, beyond = self._by_months(day, step)
        length = days if sign == 1 else s.minus(days)
        if not (length.fixed and length.value == 0):
            later = self.of_ordinal(s.add(self.ordinal(found), length))
            still = s.both((s.negate(beyond), s.compare("!=", length, s.lit(0))))
            found = s.choose(s.sure(still), later, found)
            # a null period makes a null day, also where the months already led beyond the calendar
            found = s.choose(s.is_null(length), s.null("int"), found)
        if months.fixed and days.fixed and found is not day:
            s.rising[found.at] = Rising(day, _first_moved(Period(months.value, days.value), sign))
        return found

    def _by_months(self, day: Expr, step: Expr) -> tuple[Expr, Expr]:
        """A day some months on; and whether that lies beyond the calendar, in which case it is the calendar's end."""
        s = self.space
        year, month, in_month = self.parts(day)
        shift = 12 * 20000  # more than any period takes off, so that nothing is divided below nought
        step = s.clip(step, -shift, shift)
        counted = s.add(s.add(s.multiply(year, s.lit(12)), month), s.add(step, s.lit(shift - 1)))
        raw = s.divide(counted, s.lit(12))
        new_month = s.add(s.rest(counted, 12), s.lit(1))
        new_year = s.add(raw, s.lit(-(shift // 12)))
        early, late = s.compare("<", new_year, s.lit(1)), s.compare(">", new_year, s.lit(9999))
        # days that the month lacks: only 29, 30 and 31
        february = s.compare("=", new_month, s.lit(2))
        leaps = self.leaps(raw)  # 20000 years on, the same years leap
        odd = s.rest(s.add(new_month, s.divide(new_month, s.lit(8))), 2)
        length = s.choose(february, s.choose(leaps, s.lit(29), s.lit(28)), s.add(odd, s.lit(30)))
        short = s.compare(">", in_month, length)
        leap_day = s.both((s.compare("=", month, s.lit(2)), s.compare("=", in_month, s.lit(29))))
        base = s.add(s.multiply(new_year, s.lit(10000)), s.multiply(new_month, s.lit(100)))
        normal = s.add(base, s.largest((in_month, length), smallest=True))
        after = s.add(s.multiply(new_year, s.lit(10000)), s.lit(301))
        found = s.choose(s.both((short, leap_day)), after, normal)
        found = s.choose(early, s.lit(FIRST), s.choose(late, s.lit(LAST), found))
        if found.op == "if":
            found.lo, found.hi = FIRST, LAST
        return found, s.sure(s.either((early, late)))
