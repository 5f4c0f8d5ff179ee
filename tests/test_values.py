"""Money, rounding, periods and dates against the standard library and against what a patient clerk would count."""

import calendar
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from responsief.values import (
    MAX_CENTS,
    Between,
    Period,
    add_period,
    format_day,
    format_money,
    format_number,
    full_months,
    full_years,
    parse_day,
    parse_money,
    parse_partial_day,
    parse_period,
    round_half_up,
    round_ratio_to,
    round_to,
    write_day,
)

cents = st.integers(-MAX_CENTS, MAX_CENTS)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))
human_days = st.dates(date(1890, 1, 1), date(2110, 12, 31)) | st.sampled_from(
    [date(y, m, d) for y in (1996, 1999, 2000, 2024, 2025) for m, d in ((2, 28), (3, 1), (1, 31), (12, 31))]
    + [date(y, 2, 29) for y in (1904, 1996, 2000, 2024)]
)
periods = st.builds(Period, st.integers(0, 1500), st.integers(0, 4000))


# money


@given(cents)
def test_money_reads_back_as_it_was_written(amount: int) -> None:
    assert parse_money(format_money(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("€ 1.250,50", 125050), ("€1250,50", 125050), ("EUR 480,-", 48000), ("eur 480", 48000), ("-€ 3", -300), ("€ -3,05", -305),
        ("- € 0,01", -1), ("€\u00a01.000.000", 100000000), ("€\u202f5", 500), ("  € 7,00 ", 700), ("-€ -3", 300),
    ],
)  # fmt: skip
def test_money_is_read_in_every_dutch_way_of_writing_it(text: str, amount: int) -> None:
    assert parse_money(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        "1250",
        "12,50",
        "€",
        "€ 12.50",
        "€ 1.25,00",
        "€ 1,5",
        "€ 1,250",
        "€ 12.5000",
        "$ 5",
        "€ 1 250",
        "",
        "€ 1.000.000.000.001",
    ],
)
def test_what_is_no_money_says_so_in_dutch(text: str) -> None:
    with pytest.raises(ValueError, match="«") as wrong:
        parse_money(text)
    assert "€" in str(wrong.value)


@given(st.integers(0, 10**9), st.integers(1, 999))
def test_a_part_of_a_cent_is_shown_and_never_rounded_to_whole_cents_in_silence(num: int, den: int) -> None:
    amount = Fraction(num, den)
    shown = format_money(amount).removeprefix("€ ").replace(".", "").replace(",", ".")
    assert abs(Fraction(shown) * 100 - amount) <= Fraction(1, 10**4)
    assert len(shown.partition(".")[2]) >= 2


@given(st.fractions(-(10**6), 10**6, max_denominator=1000), st.integers(0, 6))
def test_a_number_is_shown_to_its_last_decimal(value: Fraction, decimals: int) -> None:
    shown = Decimal(format_number(value, decimals).replace(".", "").replace(",", "."))
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    assert shown == exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


# rounding


@given(st.decimals(-(10**12), 10**12, places=4))
def test_half_up_is_half_away_from_zero(value: Decimal) -> None:
    assert round_half_up(Fraction(value)) == value.quantize(Decimal(1), ROUND_HALF_UP)


@given(st.decimals(-(10**9), 10**9, places=3), st.sampled_from([1, 5, 50, 100, 5000, 7]))
def test_rounding_to_a_unit_agrees_with_decimal(value: Decimal, unit: int) -> None:
    parts = Fraction(value) / unit
    exact = Decimal(parts.numerator) / Decimal(parts.denominator)
    assert round_to(Fraction(value), unit, "half") == exact.quantize(Decimal(1), ROUND_HALF_UP) * unit
    assert round_to(Fraction(value), unit, "boven") == exact.quantize(Decimal(1), ROUND_CEILING) * unit
    assert round_to(Fraction(value), unit, "beneden") == exact.quantize(Decimal(1), ROUND_FLOOR) * unit


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**6), st.integers(1, 5000))
def test_a_ratio_rounds_as_the_number_that_it_is(num: int, den: int, unit: int) -> None:
    for mode in ("half", "boven", "beneden"):
        assert round_ratio_to(num, den, unit, mode) == round_to(Fraction(num, den), unit, mode)
    low, high = round_ratio_to(num, den, unit, "beneden"), round_ratio_to(num, den, unit, "boven")
    assert low * den <= num <= high * den
    assert high - low in (0, unit)
    assert round_ratio_to(num, den, unit, "half") in (low, high)


@given(st.integers(-(10**6), 10**6), st.sampled_from([1, 2, 50, 100]))
def test_rounding_twice_changes_nothing(value: int, unit: int) -> None:
    for mode in ("half", "boven", "beneden"):
        once = round_to(Fraction(value, 3), unit, mode)
        assert round_to(once, unit, mode) == once


# periods


@given(periods)
def test_a_period_reads_back_as_it_was_written(period: Period) -> None:
    assert parse_period(str(period)) == period


@given(st.text(max_size=40))
@example("1 jaar en")
@example("en 1 jaar")
@example("1001 jaar")
def test_any_text_is_a_period_or_says_why_not(text: str) -> None:
    assert "«" in why_not(parse_period, text)


def why_not(read: Callable[[str], object], text: str) -> str:
    """What a reader says against a text; «» when it can be read."""
    try:
        read(text)
    except ValueError as wrong:
        return str(wrong)
    return "«»"


def moved(day: date, months: int) -> date:
    """A day some months on, the way the docs say it: the month's last day when it is too short, 1 March for 29 February."""
    first = date(day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1, 1)
    last = calendar.monthrange(first.year, first.month)[1]
    if (day.month, day.day) == (2, 29) and last == 28:
        return date(first.year, 3, 1)
    return first.replace(day=min(day.day, last))


@given(human_days, periods, st.sampled_from([1, -1]))
@example(date(2024, 2, 29), Period(12), 1)
@example(date(2024, 2, 29), Period(12), -1)
@example(date(2024, 1, 31), Period(1), 1)
@example(date(2025, 3, 31), Period(1), -1)
def test_a_period_moves_months_first_then_days(day: date, period: Period, sign: int) -> None:
    assert add_period(day, period, sign) == moved(day, sign * period.months) + timedelta(days=sign * period.days)


@given(days, days, periods, st.sampled_from([1, -1]))
def test_a_later_day_never_moves_before_an_earlier_one(one: date, other: date, period: Period, sign: int) -> None:
    first, last = sorted((one, other))
    assert add_period(first, period, sign) <= add_period(last, period, sign)


@given(days, st.integers(0, 120000), st.integers(0, 400000), st.sampled_from([1, -1]))
def test_past_the_calendar_a_date_stays_at_its_end(day: date, months: int, extra: int, sign: int) -> None:
    end = add_period(day, Period(months, extra), sign)
    assert end >= day if sign > 0 else end <= day


def test_taking_days_off_ends_at_the_start_of_the_calendar() -> None:
    assert add_period(date(1, 1, 10), Period(0, -28)) == date.min


# ages and months


@given(human_days, human_days, st.integers(0, 110))
def test_somebody_is_an_age_from_the_birthday_on(born: date, on: date, age: int) -> None:
    if born <= on:
        assert (full_years(born, on) >= age) is (on >= add_period(born, Period(12 * age)))


@pytest.mark.parametrize(("on", "age"), [("2026-02-28", 17), ("2026-03-01", 18), ("2028-02-28", 19), ("2028-02-29", 20)])
def test_who_was_born_on_29_february_has_a_birthday_on_1_march_in_other_years(on: str, age: int) -> None:
    assert full_years(date(2008, 2, 29), date.fromisoformat(on)) == age


@given(human_days, human_days)
@example(date(2024, 2, 29), date(2025, 2, 28))
@example(date(2024, 1, 31), date(2024, 2, 29))
def test_months_are_counted_one_by_one(one: date, other: date) -> None:
    start, end = sorted((one, other))
    count, year, month = 0, start.year, start.month
    while True:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if (year, month, start.day) > (end.year, end.month, end.day):
            break
        count += 1
    assert full_months(start, end) == count
    assert full_months(end, start) == -count


@given(human_days, human_days, human_days)
def test_the_later_the_end_the_more_months_and_years(start: date, one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert full_months(start, first) <= full_months(start, last)
    assert full_months(first, start) >= full_months(last, start)
    assert full_years(start, first) <= full_years(start, last)


# dates as text


@given(days)
def test_a_date_reads_back_as_it_was_written(day: date) -> None:
    assert parse_day(day.isoformat()) == parse_partial_day(write_day(day)) == day
    assert format_day(day).startswith(f"{day.day} ")


@given(st.integers(1, 9999), st.integers(0, 12))
def test_an_incomplete_date_reads_back_as_it_was_written(year: int, month: int) -> None:
    text = f"{year:04d}-{month:02d}" if month else f"{year:04d}"
    value = parse_partial_day(text)
    assert isinstance(value, Between)
    assert write_day(value) == text
    assert value.lo.day == 1
    assert value.hi.day == calendar.monthrange(year, month or 12)[1]


@given(st.text(max_size=30) | st.from_regex(r"\A[0-9]{1,4}-[0-9]{1,2}(-[0-9]{1,4})?\Z"))
@example("0000-01-01")
@example("2026-02-30")
@example("1-3-2026")
@example("32-13-2026")
def test_any_text_is_a_date_or_says_why_not(text: str) -> None:
    assert "«" in why_not(parse_day, text)
    assert "«" in why_not(parse_partial_day, text)


@given(st.text(max_size=40) | st.from_regex(r"\A-?(€|EUR) ?-?[0-9.,-]{1,20}\Z"))
def test_any_text_is_money_or_says_why_not(text: str) -> None:
    assert "«" in why_not(parse_money, text)


def test_a_number_that_goes_on_for_pages_is_refused_in_dutch() -> None:
    with pytest.raises(ValueError, match="groter dan"):
        parse_money("€ " + "9" * 5000)
