"""The operators, three-valued: against truth tables, exact arithmetic, and every completion of what is still open."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from responsief.ir import operators as op
from responsief.values import GEEN, Between, Period, add_period

TRUTHS = (False, None, True)
SIGNS = ("=", "!=", "<", "<=", ">", ">=")
PYTHON = {
    "=": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}

small = st.integers(-3, 6)
ranges = st.tuples(small, small).map(lambda ends: Between(min(ends), max(ends)))
open_numbers = small | ranges
short_days = st.dates(date(2023, 12, 20), date(2024, 3, 20))
open_days = short_days | st.tuples(short_days, st.integers(1, 40)).map(lambda d: Between(d[0], d[0] + timedelta(days=d[1])))
exact = st.integers(-(10**9), 10**9) | st.fractions(-(10**6), 10**6, max_denominator=10**4)


def completions(value: Any) -> Iterator[Any]:
    """Every value that an open one can still turn out to be."""
    if not isinstance(value, Between):
        yield value
    elif isinstance(value.lo, date):
        for number in range((value.hi - value.lo).days + 1):
            yield value.lo + timedelta(days=number)
    else:
        yield from range(value.lo, value.hi + 1)


def agreed(answers: Sequence[Any]) -> Any:
    """The one answer that all completions give, else unknown."""
    return answers[0] if all(a == answers[0] for a in answers) else None


# Kleene


@pytest.mark.parametrize("verdicts", list(product(TRUTHS, repeat=3)))
def test_and_or_not_are_strong_kleene(verdicts: tuple[bool | None, ...]) -> None:
    order = {False: 0, None: 1, True: 2}
    assert op.both(verdicts) is min(verdicts, key=order.__getitem__)
    assert op.either(verdicts) is max(verdicts, key=order.__getitem__)
    assert op.negate(op.both(verdicts)) is op.either([op.negate(v) for v in verdicts])


def test_of_nothing_and_is_yes_and_or_is_no() -> None:
    assert op.both(()) is True
    assert op.either(()) is False


def test_unknown_wins_over_geen_and_geen_compares_with_nothing() -> None:
    for sign in SIGNS:
        assert op.compare(sign, None, GEEN) is None
        assert op.compare(sign, GEEN, None) is None
        assert op.compare(sign, GEEN, 3) is op.compare(sign, 3, GEEN) is op.compare(sign, GEEN, GEEN) is False
    assert op.within(GEEN, 1, 2) is False
    assert op.one_of(GEEN, (1, 2)) is False
    assert op.one_of(None, (1, 2)) is None


def test_arithmetic_carries_unknown_first_and_then_geen() -> None:
    for sign in ("+", "-", "*", "/"):
        assert op.arith(sign, None, GEEN) is None
        assert op.arith(sign, GEEN, 1) is GEEN
    assert op.extreme("min", (1, GEEN, None)) is None
    assert op.extreme("max", (1, GEEN)) is GEEN
    assert op.elapsed("jaren", GEEN, date(2026, 1, 1)) is GEEN
    assert op.shift(date(2026, 1, 1), None, 1) is op.shift(GEEN, None, 1) is None
    assert op.rounded(GEEN, "half", 1) is GEEN
    assert op.step(None, "x") is None
    assert op.step(GEEN, "x") is GEEN


# open values against all their completions


@given(st.sampled_from(SIGNS), open_numbers, open_numbers)
def test_a_comparison_is_decided_exactly_when_all_completions_agree(sign: str, left: Any, right: Any) -> None:
    answers = [PYTHON[sign](a, b) for a, b in product(completions(left), completions(right))]
    assert op.compare(sign, left, right) is agreed(answers)


@given(st.sampled_from(SIGNS), open_days, open_days)
def test_incomplete_dates_compare_as_all_their_days_do(sign: str, left: Any, right: Any) -> None:
    answers = [PYTHON[sign](a, b) for a, b in product(completions(left), completions(right))]
    assert op.compare(sign, left, right) is agreed(answers)


@given(open_numbers, small, small)
def test_between_fixed_limits_is_decided_exactly_when_all_completions_agree(value: Any, low: int, high: int) -> None:
    answers = [low <= v <= high for v in completions(value)]
    found = op.within(value, low, high)
    assert found is agreed(answers) or (found is None and low > high)


@given(open_numbers, open_numbers, open_numbers)
def test_between_never_decides_what_a_completion_denies(value: Any, low: Any, high: Any) -> None:
    answers = [a <= v <= b for v, a, b in product(completions(value), completions(low), completions(high))]
    assert op.within(value, low, high) in (None, agreed(answers))


@given(open_numbers, st.lists(small, min_size=1, max_size=5))
def test_one_of_never_decides_what_a_completion_denies(value: Any, options: list[int]) -> None:
    answers = [v in options for v in completions(value)]
    assert op.one_of(value, options) in (None, agreed(answers))


@given(open_numbers, st.lists(small, min_size=1, max_size=8))
@example(Between(1, 2), [1, 2])
def test_one_of_is_decided_when_all_completions_agree(value: Any, options: list[int]) -> None:
    assert op.one_of(value, options) is agreed([v in options for v in completions(value)])


@given(st.sampled_from(["+", "-"]), open_numbers, open_numbers)
def test_sums_of_open_numbers_span_exactly_their_completions(sign: Literal["+", "-"], left: Any, right: Any) -> None:
    answers = [a + b if sign == "+" else a - b for a, b in product(completions(left), completions(right))]
    assert set(completions(op.arith(sign, left, right))) == set(answers)


@given(st.sampled_from(["*", "/"]), ranges, small.filter(lambda n: n > 0))
def test_an_open_number_times_something_is_unknown(sign: Literal["*", "/"], left: Any, right: int) -> None:
    assert op.arith(sign, left, right) is None


@given(st.sampled_from(["min", "max"]), st.lists(open_numbers, min_size=1, max_size=3))
def test_the_smallest_and_largest_span_exactly_their_completions(pick: Literal["min", "max"], values: list[Any]) -> None:
    answers = {(min if pick == "min" else max)(case) for case in product(*map(completions, values))}
    assert set(completions(op.extreme(pick, values))) == answers


@given(st.sampled_from(["dagen", "maanden", "jaren"]), open_days, open_days)
def test_time_between_incomplete_dates_spans_exactly_its_completions(unit: Any, start: Any, end: Any) -> None:
    answers = {op.elapsed(unit, a, b) for a, b in product(completions(start), completions(end))}
    found = op.elapsed(unit, start, end)
    ends = (found.lo, found.hi) if isinstance(found, Between) else (found, found)
    assert ends == (min(answers), max(answers))


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.integers(0, 400),
    st.integers(0, 800),
    st.integers(0, 40),
    st.sampled_from([1, -1]),
)
def test_an_incomplete_date_plus_a_period_spans_its_completions(
    day: date, width: int, months: int, extra: int, sign: int
) -> None:
    value = Between(day, day + timedelta(days=width)) if width else day
    answers = [add_period(d, Period(months, extra), sign) for d in completions(value)]
    found = op.shift(value, Period(months, extra), sign)
    ends = (found.lo, found.hi) if isinstance(found, Between) else (found, found)
    assert ends == (min(answers), max(answers))


# exact numbers


@given(exact, exact)
def test_arithmetic_is_exact(left: Any, right: Any) -> None:
    assert op.arith("+", left, right) == Fraction(left) + Fraction(right)
    assert op.arith("-", left, right) == Fraction(left) - Fraction(right)
    assert op.arith("*", left, right) == Fraction(left) * Fraction(right)
    if right > 0:
        assert op.arith("/", left, right) == Fraction(left) / Fraction(right)


@given(st.sampled_from(["+", "-", "*"]), exact.map(op.exact), exact.map(op.exact))
@example("-", Fraction(5, 4), Fraction(1, 4))
def test_a_whole_outcome_is_a_whole_number(sign: Any, left: Any, right: Any) -> None:
    found = op.arith(sign, left, right)
    assert isinstance(found, int) is (Fraction(found).denominator == 1)


@given(st.lists(exact, min_size=1), st.sampled_from(["som", "max", "min"]))
def test_what_is_collected_is_exact(values: list[Any], together: Any) -> None:
    expected = sum(map(Fraction, values)) if together == "som" else (max if together == "max" else min)(values)
    assert op.collect(together, [(True, v) for v in values], 0) == expected


# choosing

branches = st.lists(st.tuples(st.sampled_from(TRUTHS), st.none() | small), max_size=4)


def chosen(rows: Sequence[tuple[bool, Any]], otherwise: Any) -> Any:
    return next((value for condition, value in rows if condition), otherwise)


@given(branches, st.none() | small)
def test_a_choice_is_known_exactly_when_every_branch_still_possible_agrees(rows: list[Any], otherwise: int | None) -> None:
    cases = product(*[[c] if c is not None else [True, False] for c, _ in rows])
    answers = [chosen(list(zip(case, [v for _, v in rows], strict=True)), otherwise) for case in cases]
    assert op.choose(rows, otherwise) == (None if None in answers else agreed(answers))


@given(branches, st.none() | small, st.sampled_from(["som", "max", "min"]))
def test_collecting_never_says_what_a_completion_denies(rows: list[Any], otherwise: int | None, together: Any) -> None:
    found = op.collect(together, rows, otherwise)
    if any(condition is None for condition, _ in rows):
        assert found is None
        return
    held = [value for condition, value in rows if condition]
    if None in held:
        assert found is None
    else:
        assert found == (
            otherwise if not held else sum(held) if together == "som" else max(held) if together == "max" else min(held)
        )


@pytest.mark.parametrize("together", ["som", "max", "min"])
@pytest.mark.parametrize("value", [GEEN, Between(3, 4)])
def test_collecting_takes_every_value_that_a_row_can_have(together: Any, value: Any) -> None:
    found = op.collect(together, [(True, value), (True, 1)], 0)
    assert found is None or found is GEEN or isinstance(found, Between | int)


def test_yes_is_not_one() -> None:
    assert op.agree([True, 1]) is None
    assert op.agree([GEEN, GEEN]) is GEEN
    assert op.agree([Between(1, 2), Between(1, 2)]) is None
    assert op.agree([Between(1, 2)]) == Between(1, 2)
