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


# Sent, the last day, and what it stepped over. Computed apart from this code: Easter by Gauss, and looked up in a calendar.
SIX_WEEKS = """
2024-02-16 2024-04-02 past vr 29-3, za 30-3, zo 31-3, ma 1-4
2024-02-19 2024-04-02 past ma 1-4
2024-03-16 2024-04-29 past za 27-4, zo 28-4
2024-03-24 2024-05-06 past zo 5-5
2024-03-28 2024-05-10 past do 9-5
2024-04-08 2024-05-21 past ma 20-5
2024-11-13 2024-12-27 past wo 25-12, do 26-12
2024-11-14 2024-12-27 past do 26-12
2024-11-20 2025-01-02 past wo 1-1
2025-03-07 2025-04-22 past vr 18-4, za 19-4, zo 20-4, ma 21-4
2025-03-10 2025-04-22 past ma 21-4
2025-03-15 2025-04-28 past za 26-4, zo 27-4
2025-03-24 2025-05-06 past ma 5-5
2025-04-17 2025-05-30 past do 29-5
2025-04-28 2025-06-10 past ma 9-6
2025-11-13 2025-12-29 past do 25-12, vr 26-12, za 27-12, zo 28-12
2025-11-14 2025-12-29 past vr 26-12, za 27-12, zo 28-12
2025-11-20 2026-01-02 past do 1-1
2026-02-20 2026-04-07 past vr 3-4, za 4-4, zo 5-4, ma 6-4
2026-02-23 2026-04-07 past ma 6-4
2026-03-16 2026-04-28 past ma 27-4
2026-03-24 2026-05-06 past di 5-5
2026-04-02 2026-05-15 past do 14-5
2026-04-13 2026-05-26 past ma 25-5
2026-11-13 2026-12-28 past vr 25-12, za 26-12, zo 27-12
2026-11-14 2026-12-28 past za 26-12, zo 27-12
2026-11-20 2027-01-04 past vr 1-1, za 2-1, zo 3-1
2027-02-12 2027-03-30 past vr 26-3, za 27-3, zo 28-3, ma 29-3
2027-02-15 2027-03-30 past ma 29-3
2027-03-16 2027-04-28 past di 27-4
2027-03-24 2027-05-07 past wo 5-5, do 6-5
2027-03-25 2027-05-07 past do 6-5
2027-04-05 2027-05-18 past ma 17-5
2027-11-13 2027-12-27 past za 25-12, zo 26-12
2027-11-14 2027-12-27 past zo 26-12
2027-11-20 2028-01-03 past za 1-1, zo 2-1
2028-03-03 2028-04-18 past vr 14-4, za 15-4, zo 16-4, ma 17-4
2028-03-06 2028-04-18 past ma 17-4
2028-03-16 2028-04-28 past do 27-4
2028-03-24 2028-05-08 past vr 5-5, za 6-5, zo 7-5
2028-04-13 2028-05-26 past do 25-5
2028-04-24 2028-06-06 past ma 5-6
2028-11-13 2028-12-27 past ma 25-12, di 26-12
2028-11-14 2028-12-27 past di 26-12
2028-11-20 2029-01-02 past ma 1-1
2029-02-16 2029-04-03 past vr 30-3, za 31-3, zo 1-4, ma 2-4
2029-02-19 2029-04-03 past ma 2-4
2029-03-16 2029-04-30 past vr 27-4, za 28-4, zo 29-4
2029-03-24 2029-05-07 past za 5-5, zo 6-5
2029-03-29 2029-05-11 past do 10-5
2029-04-09 2029-05-22 past ma 21-5
2029-11-13 2029-12-27 past di 25-12, wo 26-12
2029-11-14 2029-12-27 past wo 26-12
2029-11-20 2030-01-02 past di 1-1
2030-03-08 2030-04-23 past vr 19-4, za 20-4, zo 21-4, ma 22-4
2030-03-11 2030-04-23 past ma 22-4
2030-03-16 2030-04-29 past za 27-4, zo 28-4
2030-03-24 2030-05-06 past zo 5-5
2030-04-18 2030-05-31 past do 30-5
2030-04-29 2030-06-11 past ma 10-6
2030-11-13 2030-12-27 past wo 25-12, do 26-12
2030-11-14 2030-12-27 past do 26-12
2030-11-20 2031-01-02 past wo 1-1
2024-01-17 2024-02-28 wo
2024-01-18 2024-02-29 do
2024-02-29 2024-04-11 do
2024-02-28 2024-04-10 wo
2028-01-18 2028-02-29 di
2028-02-29 2028-04-11 di
2027-02-28 2027-04-12 past zo 11-4
2028-02-28 2028-04-10 ma
2023-12-31 2024-02-12 past zo 11-2
2026-12-31 2027-02-11 do
2028-01-16 2028-02-28 past zo 27-2
2028-01-15 2028-02-28 past za 26-2, zo 27-2
2024-01-19 2024-03-01 vr
"""
SENT = [tuple(line.split(maxsplit=2)) for line in SIX_WEEKS.strip().splitlines()]


@pytest.mark.parametrize(("sent", "last", "why"), SENT, ids=[row[0] for row in SENT])
def test_the_last_day_around_easter_kings_day_christmas_and_leap_days(sent, last, why):
    assert last_day(BEZWAAR, date.fromisoformat(sent)) == date.fromisoformat(last), why


def test_there_are_enough_sending_dates_of_each_kind():
    assert len({sent for sent, _, _ in SENT}) >= 60
    for words in ("ma 1-4", "27-4", "26-4", "5-5", "do 29-5", "25-12", "26-12", "1-1"):
        assert any(words in why for _, _, why in SENT), words
    for day in ("2024-02-29", "2028-02-29"):
        assert any(day == sent for sent, _, _ in SENT)
        assert any(day == last for _, last, _ in SENT)


@pytest.mark.parametrize(("sent", "last", "why"), SENT, ids=[row[0] for row in SENT])
def test_ten_days_are_ten_days_on_the_same_sending_dates(sent, last, why):
    """Where it is uncertain that the Algemene termijnenwet makes a term longer, the early date is told."""
    start = date.fromisoformat(sent)
    assert last_day(KWIJTSCHELDING, start) == start + timedelta(days=10)


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
