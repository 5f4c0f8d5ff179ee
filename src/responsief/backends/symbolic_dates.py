"""Dates that stand for every possible date, and what is computed with them, in formulas of Z3.

Dates are 31-day keys: `372 * year + 31 * (month - 1) + day - 1` keeps their order, and whole years and months between two are
divisions. What is fixed stays a Python int.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final, Literal

from responsief.backends.symbols import Bool, Int, Parts, Value, Years, conj, disj, floor, neg, pick, scaled, settle
from responsief.values import Period, add_period

LAST_DAY: Final = (9999 * 12 + 11) * 31 + 30


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
    return floor(key, 372), floor(key % 372, 31), key % 31


def ordinal(key: Int, parts: Parts, years: Years = None) -> Int:
    """The day of a date counted from 1 January of the year 1."""
    if isinstance(key, int):
        return day_of(key).toordinal()
    year, month, day = parts
    before = year - 1
    total = before * 365 + floor(before, 4) - floor(before, 100) + floor(before, 400)
    lengths = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
    past: Int = lengths[11]
    for at in range(10, -1, -1):
        past = pick(month == at, lengths[at], past)
    return total + past + pick(conj(month >= 2, _leap(year, years)), 1, 0) + day + 1


def key_later(key: int, days: int) -> int:
    """The key some days later; past the calendar's end still later (or earlier) than every date."""
    try:
        return key_of(day_of(key) + timedelta(days=days))
    except OverflowError:
        return LAST_DAY + 1 if days > 0 else 0


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
    forward = floor(end - start, size)
    return pick(end >= start, forward, -floor(start - end, size))


def _at_least(unit: str, start: Int, end: Int) -> Callable[[int], Bool] | None:
    """When at least a fixed number of days, months or years lies between two dates."""
    if unit == "dagen":
        if isinstance(end, int):
            return lambda number: start <= key_later(end, -number)
        if isinstance(start, int):
            return lambda number: end >= key_later(start, number)
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
        if stays(day.reach, total):
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


def stays(reach: tuple[int, int] | None, days: int) -> bool:
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
        new_year, new_month = floor(count, 12), count % 12
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
