"""What columns reckon in fewer steps comes to the same as `responsief.values`: moved days against a fixed day, and a half rounded away from nought."""

from datetime import date, timedelta

import pytest

from responsief.backends.to_columns.algebra import Space
from responsief.backends.to_columns.calendar import Calendar, number
from responsief.backends.to_columns.emit import extend
from responsief.backends.to_columns.engines import Frames
from responsief.backends.to_columns.operators import Operand, Operators
from responsief.values import Period, add_period, round_ratio_to

pl = pytest.importorskip("polars", reason="needs the extra «population»")

DAYS = [date(year, 1, 1) + timedelta(days=n) for year in (1959, 1960, 2004) for n in range(366)] + [
    date.min,
    date.max,
    date(9999, 1, 31),
    None,
]
PERIODS = (Period(12 * 67, 0), Period(12 * 21, 0), Period(1, 0), Period(13, 5), Period(0, 40), Period(11_999, 0))
LIMITS = (date(2026, 3, 1), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29), date(1960, 3, 1), date.min, date.max)
SIGNS = ("<", "<=", ">", ">=", "=", "!=")


def told(frame, **targets):
    """The columns of these expressions over a frame whose columns are those of the expression `col(«x»)`."""
    frames = Frames(pl, {}, {}, 2, True)
    return extend(
        frames, frame.lazy(), {name: one for name, (one, _) in targets.items()}, dict(next(iter(targets.values()))[1])
    ).collect()


def holds(sign, a, b):
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "=": a == b, "!=": a != b}[sign]


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("direction", [1, -1])
def test_a_moved_day_against_a_fixed_day_is_the_day_itself_against_another(period, direction):
    space = Space()
    calendar = Calendar(space)
    column = space.column("date", "t", "personen", "dag")
    there = {column.at: "dag"}
    moved = calendar.moved(space.ymd(column), space.lit(period.months), space.lit(period.days), direction)
    asked = {(sign, limit): space.compare(sign, moved, space.lit(number(limit))) for sign in SIGNS for limit in LIMITS}
    frame = pl.DataFrame({"sleutel": range(len(DAYS)), "dag": DAYS}, schema={"sleutel": pl.Int64, "dag": pl.Date})
    found = told(frame, **{f"{sign}{limit}": (one, there) for (sign, limit), one in asked.items()})
    for (sign, limit), _ in asked.items():
        wanted = [None if day is None else holds(sign, add_period(day, period, direction), limit) for day in DAYS]
        assert found[f"{sign}{limit}"].to_list() == wanted, (sign, limit)


@pytest.mark.parametrize("den", [1, 2, 3, 7, 12, 100, 1200])
@pytest.mark.parametrize("unit", [1, 5, 100])
def test_a_half_is_rounded_away_from_nought_also_below_it(den, unit):
    space = Space()
    operators = Operators(space)
    numbers = [*range(-2500, 2500), None]
    column = space.column("int", "t", "personen", "getal", lo=-2500, hi=2500)
    rounded = operators.rounded(Operand((column,), space.lit(den)), "half", unit)
    frame = pl.DataFrame({"sleutel": range(len(numbers)), "getal": numbers})
    found = told(frame, uit=(rounded.value, {column.at: "getal"}))["uit"].to_list()
    assert found == [None if one is None else round_ratio_to(one, den, unit, "half") for one in numbers]


def test_of_the_largest_what_is_unknown_stays_unknown():
    space = Space()
    column = space.column("int", "t", "personen", "getal", lo=-9, hi=9)
    there = {column.at: "getal"}
    frame = pl.DataFrame({"sleutel": [1, 2, 3], "getal": [-4, 4, None]})
    found = told(
        frame,
        meest=(space.largest((column, space.lit(0))), there),
        minst=(space.largest((column, space.lit(0)), smallest=True), there),
    )
    assert found["meest"].to_list() == [0, 4, None]
    assert found["minst"].to_list() == [-4, 0, None]


@pytest.mark.parametrize("outer", ["then", "other"])
@pytest.mark.parametrize("inner", ["then", "other"])
def test_unknown_for_two_reasons_is_unknown_for_either(outer, inner):
    space = Space()
    first, second = (space.column("bool", "t", "personen", name) for name in ("een", "twee"))
    amount = space.column("int", "t", "personen", "getal", lo=0, hi=9)
    nothing = space.null("int")

    def chosen(where, condition, value):
        return space.choose(condition, nothing, value) if where == "then" else space.choose(condition, value, nothing)

    both = chosen(outer, first, chosen(inner, second, amount))
    rows = [(a, b) for a in (True, False, None) for b in (True, False, None)]
    frame = pl.DataFrame({"sleutel": range(9), "een": [a for a, _ in rows], "twee": [b for _, b in rows], "getal": [7] * 9})
    there = {first.at: "een", second.at: "twee", amount.at: "getal"}
    found = told(frame, uit=(both, there), leeg=(space.is_null(both), there))

    def kept(where, condition):
        return condition is not True if where == "then" else condition is True

    wanted = [7 if kept(outer, a) and kept(inner, b) else None for a, b in rows]
    assert found["uit"].to_list() == wanted
    assert found["leeg"].to_list() == [one is None for one in wanted]


def test_bits_beyond_sixteen_are_counted_too():
    space = Space()
    flags = [space.column("bool", "t", "personen", f"v{n}", maybe=False) for n in range(20)]
    there = {flag.at: f"v{n}" for n, flag in enumerate(flags)}
    frame = pl.DataFrame({"sleutel": [1, 2], **{f"v{n}": [True, n == 19] for n in range(20)}})
    assert told(frame, alle=(space.bits(flags), there))["alle"].to_list() == [2**20 - 1, 2**19]
    assert told(frame, vijf=(space.bits(flags[:5]), there))["vijf"].to_list() == [31, 0]
