"""Deadlines: until when somebody can object, and what a working day is.

A term that a statute sets runs on when it ends on a Saturday, a Sunday or a holiday (Algemene termijnenwet 1). A term
from a ministerial rule or a local one may not: there the early date is shown, never the late one, because whoever
acts before the early date is in time either way.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from responsief.decision import Remedy
from responsief.motivation.law import rests_on_statute
from responsief.values import Period, add_period, parse_period

DAY: Final = timedelta(days=1)
POST: Final = timedelta(days=7)  # Awb 6:9 lid 2: posted in time, and received within a week after the term


def easter(year: int) -> date:
    """Easter Sunday of a year in the Gregorian calendar (the computus of Meeus, Jones and Butcher)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, off = divmod(century, 4)
    moon = (19 * golden + century - leaps - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * off + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays(year: int) -> frozenset[date]:
    """The holidays of Algemene termijnenwet 3 lid 1, with Goede Vrijdag (lid 2). Days that a royal decree adds (lid 3) aren't in it."""
    sunday = easter(year)
    king = date(year, 4, 27) if year >= 2014 else date(year, 4, 30)
    if king.weekday() == 6:
        king -= DAY
    return frozenset(
        {
            date(year, 1, 1),
            sunday - 2 * DAY,  # Goede Vrijdag
            sunday + DAY,  # Tweede paasdag
            king,
            date(year, 5, 5),
            sunday + 39 * DAY,  # Hemelvaartsdag
            sunday + 50 * DAY,  # Tweede pinksterdag
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def is_working_day(day: date) -> bool:
    """Not a Saturday, a Sunday or a holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def next_working_day(day: date) -> date:
    """The day itself when it is a working day, else the first one after it."""
    while not is_working_day(day):
        day += DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The last day on which something due within `count` working days is in time; 0 is the day itself."""
    for _ in range(count):
        day = next_working_day(day + DAY)
    return day


def end_of_term(sent: date, length: Period, *, statute: bool) -> date:
    """The last day of a term that starts on the day after `sent` (Awb 6:8), made longer where a statute sets the term.

    Beyond the calendar the result is the calendar's end.
    """
    try:
        start = sent + DAY
        last = add_period(start, length) - DAY
        return _extended(start, last, length) if statute else last
    except OverflowError:
        return date.max


def _extended(start: date, last: date, length: Period) -> date:
    # Algemene termijnenwet 4: not for terms of more than 90 days, twelve weeks or three months, or in years.
    if length.months > 3 or length.days > 90:
        return last
    last = next_working_day(last)
    # Algemene termijnenwet 2: a term of at least three days holds at least two working days.
    if length.days >= 3:
        while sum(is_working_day(start + n * DAY) for n in range(min((last - start).days + 1, 14))) < 2:
            last = next_working_day(last + DAY)
    return last


def last_day(remedy: Remedy, sent: date) -> date | None:
    """The last day on which a remedy is in time when the decision goes out on `sent`; None when its term is no period."""
    return _last_day(remedy.termijn, remedy.grondslag, sent)


@lru_cache(maxsize=1024)
def _last_day(term: str, article: str, sent: date) -> date | None:
    try:
        length = parse_period(term)
    except ValueError:
        return None
    return end_of_term(sent, length, statute=rests_on_statute(article))


def last_post_day(remedy: Remedy, last: date) -> date | None:
    """The day on which a letter that was posted in time must have come in (Awb 6:9 lid 2).

    None where that article doesn't rule the remedy, as with kwijtschelding: then only what came in counts on being in time.
    """
    if not remedy.grondslag.startswith(("Awb", "Algemene wet bestuursrecht")):
        return None
    try:
        return last + POST
    except OverflowError:
        return None
