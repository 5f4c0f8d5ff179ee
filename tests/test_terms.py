"""Deadlines: counted by the law, told by the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responsief.decision import Remedy
from responsief.motivation.terms import (
    add_working_days,
    easter,
    end_of_term,
    holidays,
    is_working_day,
    last_day,
    last_post_day,
    next_working_day,
)
from responsief.values import Period

BEZWAAR = Remedy("bezwaar", "6 weken", "bekendmaking", "college", "Awb 6:7")
KWIJTSCHELDING = Remedy("administratief_beroep", "10 dagen", "dagtekening", "de ontvanger", "UR Inv. 1990 art. 24")
DAYS = st.dates(date(2015, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("sent", "last"),
    [
        (date(2026, 3, 2), date(2026, 4, 13)),  # the 42nd day
        (date(2025, 9, 2), date(2025, 10, 14)),
        (date(2026, 3, 21), date(2026, 5, 4)),  # ends on Saturday 2 May
        (date(2026, 3, 16), date(2026, 4, 28)),  # ends on Koningsdag
        (date(2026, 2, 20), date(2026, 4, 7)),  # Goede Vrijdag, then Easter up to Tweede paasdag
        (date(2026, 4, 2), date(2026, 5, 15)),  # Hemelvaartsdag
        (date(2026, 4, 13), date(2026, 5, 26)),  # Tweede pinksterdag
        (date(2026, 3, 24), date(2026, 5, 6)),  # 5 May
        (date(2026, 11, 13), date(2026, 12, 28)),  # both Christmas days, then Sunday
    ],
)
def test_six_weeks_to_object_end_on_a_working_day(sent, last):
    assert last_day(BEZWAAR, sent) == last


@pytest.mark.parametrize("sent", [date(2025, 9, 2), date(2026, 4, 17), date(2026, 12, 15)])
def test_ten_days_for_kwijtschelding_are_never_made_longer(sent):
    assert last_day(KWIJTSCHELDING, sent) == sent + timedelta(days=10)


def test_a_term_that_is_no_period_gives_no_day():
    assert last_day(Remedy("bezwaar", "een tijdje", "bekendmaking", "college", "Awb 6:7"), date(2026, 3, 2)) is None


def test_posting_on_the_last_day_counts_only_under_the_awb():
    assert last_post_day(BEZWAAR, date(2026, 4, 13)) == date(2026, 4, 20)
    assert last_post_day(KWIJTSCHELDING, date(2026, 4, 13)) is None


HOLIDAYS = {
    2025: ["01-01", "04-18", "04-21", "04-26", "05-05", "05-29", "06-09", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "04-27", "05-05", "05-14", "05-25", "12-25", "12-26"],
    2027: ["01-01", "03-26", "03-29", "04-27", "05-05", "05-06", "05-17", "12-25", "12-26"],
    2028: ["01-01", "04-14", "04-17", "04-27", "05-05", "05-25", "06-05", "12-25", "12-26"],
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_holidays_are_those_of_the_algemene_termijnenwet(year):
    assert sorted(day.strftime("%m-%d") for day in holidays(year)) == HOLIDAYS[year]


def test_koningsdag_moves_to_saturday_when_it_is_a_sunday():
    assert date(2025, 4, 26) in holidays(2025)
    assert date(2025, 4, 27) not in holidays(2025)
    assert date(2013, 4, 30) in holidays(2013)


def test_a_short_statutory_term_holds_two_working_days():
    # 25, 26 and 27 December 2026 are no working days: the term runs to the second working day after them.
    assert end_of_term(date(2026, 12, 24), Period(days=3), statute=True) == date(2026, 12, 29)
    assert end_of_term(date(2026, 12, 24), Period(days=3), statute=False) == date(2026, 12, 27)


@pytest.mark.parametrize("length", [Period(days=91), Period(months=4), Period(months=12)])
def test_long_terms_are_not_made_longer(length):
    for start in (date(2026, 1, 2) + timedelta(days=n) for n in range(14)):
        assert end_of_term(start, length, statute=True) == end_of_term(start, length, statute=False)


def test_working_days_step_over_weekend_and_easter():
    assert add_working_days(date(2026, 3, 2), 3) == date(2026, 3, 5)
    assert add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert add_working_days(date(2026, 3, 7), 0) == date(2026, 3, 7)


def test_beyond_the_calendar_is_the_calendars_end():
    assert last_day(BEZWAAR, date.max) == date.max
    assert last_post_day(BEZWAAR, date.max) is None


@given(DAYS)
def test_the_last_day_to_object_is_a_working_day_and_never_early(sent):
    last = last_day(BEZWAAR, sent)
    assert last is not None
    assert is_working_day(last)
    early = sent + timedelta(days=42)
    assert early <= last <= early + timedelta(days=4)
    assert all(not is_working_day(early + timedelta(days=n)) for n in range((last - early).days))


@given(DAYS, st.integers(0, 90))
def test_a_day_later_never_ends_earlier(sent, days):
    length = Period(days=days)
    assert end_of_term(sent, length, statute=True) <= end_of_term(sent + timedelta(days=1), length, statute=True)


@given(DAYS, st.integers(0, 90))
def test_without_a_statute_nothing_is_added(sent, days):
    assert end_of_term(sent, Period(days=days), statute=False) == sent + timedelta(days=days)


@given(DAYS, st.integers(3, 90))
def test_a_statutory_term_holds_at_least_two_working_days(sent, days):
    last = end_of_term(sent, Period(days=days), statute=True)
    within = (sent + timedelta(days=n) for n in range(1, (last - sent).days + 1))
    assert sum(is_working_day(day) for day in within) >= 2


@given(DAYS, st.integers(0, 30))
def test_counting_working_days_counts_them(start, count):
    end = add_working_days(start, count)
    between = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    assert sum(is_working_day(day) for day in between) == count
    assert count == 0 or is_working_day(end)


@given(DAYS)
def test_the_next_working_day_is_the_first(day):
    found = next_working_day(day)
    assert is_working_day(found)
    assert all(not is_working_day(day + timedelta(days=n)) for n in range((found - day).days))


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_spring(year):
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)
