"""Columns decide every row as one case is decided: shipped and random rulesets × households and random situations, engine by engine."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Written
from random_versions import pair
from responsief.backends.compiled import FIRST_RUNS, Compiled
from responsief.backends.to_columns import BOUNDS, GAPS, OUTSIDE, Columns, compile_columns, decide_columns, engines
from responsief.backends.to_columns.algebra import LIMIT, Space
from responsief.backends.to_columns.calendar import Calendar, number
from responsief.backends.to_columns.emit import extend
from responsief.backends.to_columns.engines import enter
from responsief.diagnostics import InvalidError
from responsief.ir.program import LinkError
from responsief.ir.ruleset import Ruleset
from responsief.ir.types import Kind
from responsief.population.households import households
from responsief.register import Register
from responsief.situation import Situation
from responsief.tables.to_frames import to_frames
from responsief.values import Period, add_period, full_months, full_years
from small import ANNA, TODAY, register, ruleset, term
from strategies import Situations, reference_days, registers, seeds

pl = pytest.importorskip("polars", reason="needs the extra «population»")

SCALAR_COLUMNS = ("uitkomst", "bedrag", "bedrag_vol", "gronden", "te_wegen", "wacht_tot", "buiten")
OUTCOMES = ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht")


# --- people ------------------------------------------------------------------------------------------------------------


@cache
def shipped() -> Register:
    return Register.open()


def completed(raw: Any) -> Any:
    """The same, with every incomplete date filled in: what is incomplete is set apart, and would leave little to compare."""
    match raw:
        case dict():
            return {key: completed(value) for key, value in raw.items()}
        case list():
            return [completed(value) for value in raw]
        case str() if re.fullmatch(r"[12]\d{3}(-\d\d)?", raw):
            return f"{raw}-01" if len(raw) == 7 else f"{raw}-06-30"
        case _:
            return raw


@cache
def rolled(seed: int) -> Situation:
    """A random situation; of every four one keeps its incomplete dates."""
    dice = Rolled(seed)
    raw = Situations(dice, dice.pick((100, 100, 95, 85, 60, 30, 0))).raw()
    return Situation.model_validate(raw if seed % 4 == 0 else completed(raw))


@cache
def everybody(gemeente: str) -> tuple[Situation, ...]:
    """Households with people on the edges of rules, and random situations."""
    return (*households(TODAY, count=60, gemeente=gemeente), *map(rolled, range(160)))


# --- the same, row by row ----------------------------------------------------------------------------------------------


def told(one: Compiled, situation: Situation, today: date, columns: Columns, row: Mapping[str, Any]) -> str:
    """The outcome, after making sure that a row says everything that the verdict does."""
    verdict = one.decide(situation, today)
    until = verdict.wacht_tot
    found = {name.removeprefix("oordeel."): held for name, held in row.items() if name.startswith("oordeel.")}
    asked = dict(zip((c.id for c in verdict.criteria), verdict.oordelen, strict=True))
    assert {name: found.pop(name) for name in asked} == asked
    assert all(held is True for held in found.values())  # what only another version asks is «ja»
    assert {
        "uitkomst": verdict.uitkomst,
        "bedrag": verdict.bedrag,
        "bedrag_vol": verdict.bedrag_vol,
        "gronden": verdict.afgewezen_op,
        "te_wegen": verdict.te_wegen,
        "wacht_tot": number(until) if until is not None else None,
    } == {
        **{name: row[name] for name in ("uitkomst", "bedrag", "bedrag_vol", "wacht_tot")},
        "gronden": columns.grounds(row["gronden"], today),
        "te_wegen": columns.grounds(row["te_wegen"], today),
    }
    return verdict.uitkomst


def same(one: Compiled, rules: Register, people: Sequence[Situation], today: date, frames: Mapping[str, Any]) -> Counter[str]:
    """How often each outcome and each reason to be set apart was met, after comparing every row."""
    columns = compile_columns(one, rules)
    gap = columns.gap(today)
    if gap is not None:
        return Counter({gap: 1})
    rows = decide_columns(columns, frames, today).to_dicts()
    assert [row["sleutel"] for row in rows] == list(range(1, len(people) + 1))
    counted: Counter[str] = Counter()
    for situation, row in zip(people, rows, strict=True):
        if row["buiten"] is None:
            counted[told(one, situation, today, columns, row)] += 1
        else:
            assert row["uitkomst"] is row["bedrag"] is row["gronden"] is None
            counted[row["buiten"]] += 1
    return counted


def rulesets(today: date) -> Iterable[tuple[Ruleset, str]]:
    """Every shipped ruleset in force, with a municipality where it is."""
    found: dict[str, tuple[Ruleset, str]] = {}
    for gemeente in ("0599", "9999", "0363"):
        for one in shipped().in_force(today, gemeente):
            found.setdefault(one.id, (one, gemeente))
    return found.values()


def test_every_shipped_ruleset_decides_a_table_as_it_decides_each_case() -> None:
    counted: Counter[str] = Counter()
    frames = {gemeente: to_frames(everybody(gemeente), shipped()) for gemeente in ("0599", "9999", "0363")}
    for today in (TODAY, date(2024, 2, 29)):
        for one, gemeente in rulesets(today):
            found = same(shipped().compiled(one.id, today, gemeente), shipped(), everybody(gemeente), today, frames[gemeente])
            assert not found.keys() & GAPS.keys(), one.id
            counted += found
    for expected in ("toegekend", "afgewezen", "onbepaald", "wacht", "onvolledige-datum"):
        assert counted[expected] >= 10, counted
    assert counted["buiten-grenzen"] == 0


@pytest.mark.heavy
def test_random_rulesets_decide_tables_as_they_decide_each_case() -> None:
    counted: Counter[str] = Counter()

    @settings(max_examples=60, report_multiple_bugs=False)
    @given(registers(), seeds, reference_days)
    def agree(written: Written, seed: int, today: date) -> None:
        people = [rolled((seed + at * 37) % 600) for at in range(40)]
        try:
            rules = written.checked()
        except InvalidError:
            return
        frames = to_frames(people, rules)
        for ident in ("landelijk", "lokaal"):
            try:
                one = rules.compiled(ident, today, None)
                one.figures(today)
            except LinkError:
                continue
            counted.update(same(one, rules, people, today, frames))

    agree()
    assert sum(counted[outcome] for outcome in OUTCOMES) >= 2000, counted
    assert all(counted[outcome] for outcome in OUTCOMES), counted
    assert counted["buiten-grenzen"] <= 20, counted
    assert counted.keys() <= {*OUTCOMES, *OUTSIDE, *GAPS}


# --- engine by engine --------------------------------------------------------------------------------------------------


def decided(native: Mapping[str, Any], one: Compiled, today: date) -> Any:
    return decide_columns(compile_columns(one, shipped()), native, today)


def assert_same_on(native: Mapping[str, Any], back: Any, idents: Iterable[str]) -> None:
    frames = to_frames(everybody("0599"), shipped())
    for ident in idents:
        one = shipped().compiled(ident, TODAY, "0599")
        found = back(decided(native, one, TODAY))
        expected = decided(frames, one, TODAY)
        assert sorted(found.columns) == sorted(expected.columns)
        for column in expected.columns:
            assert found.sort("sleutel")[column].to_list() == expected[column].to_list(), column


@pytest.mark.heavy
def test_duckdb_says_the_same() -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs the extra «duckdb»")
    connection = duckdb.connect()
    native = {}
    for at, (name, frame) in enumerate(to_frames(everybody("0599"), shipped()).items()):
        connection.register(f"t{at}", frame.to_arrow())
        native[name] = connection.sql(f"select * from t{at}")
    assert_same_on(native, lambda found: found.pl(), ("iit-rotterdam", "schuldhulp"))


def test_lazy_frames_pyarrow_and_pandas_come_and_go() -> None:
    frames = to_frames(everybody("0599"), shipped())
    idents = ("iit-rotterdam", "wmo-maatwerkvoorziening")
    assert_same_on({n: f.lazy() for n, f in frames.items()}, lambda found: found.collect(engine="streaming"), idents)
    assert_same_on({n: f.to_arrow() for n, f in frames.items()}, pl.from_arrow, idents)
    pytest.importorskip("pandas", reason="needs the extra «test», which brings pandas")
    assert_same_on({n: f.to_pandas() for n, f in frames.items()}, pl.from_pandas, idents)


@pytest.mark.parametrize("eis", ["wonen.huur > € 100 of beslag.loopt", "aantal(inkomsten) > 3 of beslag.loopt"])
@pytest.mark.parametrize("keys", [[5, 9, 12], [9, 5, 12], [12, 9, 5]])
@pytest.mark.parametrize("kind", ["polars", "lazy", "pyarrow", "pandas"])
@pytest.mark.parametrize("large", [1, 500_000])
def test_verdicts_come_in_the_order_of_the_keys_however_the_clients_stood(
    eis: str, keys: list[int], kind: str, large: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LARGE", large)  # from so many on they are decided in pieces
    if kind == "pandas":
        pytest.importorskip("pandas", reason="needs the extra «test», which brings pandas")
    persons = pl.DataFrame({"sleutel": keys, "beslag.loopt": [key == 9 for key in keys], "inkomsten": True})
    incomes = pl.DataFrame({"sleutel": [12, 5], "bedrag": [100, 200]})
    to: Any = {
        "polars": lambda f: f,
        "lazy": lambda f: f.lazy(),
        "pyarrow": lambda f: f.to_arrow(),
        "pandas": lambda f: f.to_pandas(),
    }
    back: Any = {"polars": lambda f: f, "lazy": lambda f: f.collect(), "pyarrow": pl.from_arrow, "pandas": pl.from_pandas}
    one = compile_columns(register(ruleset("", f"eis: {eis}")).compiled("klein", TODAY, None))
    found = back[kind](decide_columns(one, {"personen": to[kind](persons), "inkomsten": to[kind](incomes)}, TODAY))
    assert found["sleutel"].to_list() == [5, 9, 12]
    assert found["uitkomst"].to_list()[1] == "toegekend"
    assert found["uitkomst"].to_list().count("toegekend") == 1


@pytest.mark.filterwarnings("ignore:The inplace keyword")  # Dask says it of itself, with pandas 3.1
@pytest.mark.parametrize("backend", ["pyarrow", None])
def test_dask_says_the_same_however_its_tables_are_cut(tmp_path: Any, backend: str | None) -> None:
    frames = pytest.importorskip("dask.dataframe", reason="needs the extra «dask»")
    native = {}
    for at, (name, frame) in enumerate(to_frames(everybody("0599"), shipped()).items()):
        frame.write_parquet(tmp_path / f"{name}.parquet")
        read = frames.read_parquet(tmp_path / f"{name}.parquet", **({"dtype_backend": backend} if backend else {}))
        native[name] = read.repartition(npartitions=3 - at % 2)

    def back(found: Any) -> Any:
        return pl.from_pandas(found.compute(scheduler="synchronous").reset_index(drop=True))

    assert_same_on(native, back, ("iit-rotterdam", "schuldhulp"))


@pytest.mark.heavy
def test_spark_says_the_same(spark: Any, tmp_path: Any) -> None:
    native = {}
    for name, frame in to_frames(everybody("0599"), shipped()).items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
        native[name] = spark.read.parquet(str(tmp_path / f"{name}.parquet"))
    assert_same_on(native, lambda found: pl.from_arrow(found.toArrow()), ("schuldhulp", "studietoeslag"))


# --- what columns can't do ---------------------------------------------------------------------------------------------


MANY = ruleset("", *("eis: ja" for _ in range(53)))
EXAMPLES = {
    "lijst-in-lijst": term("bestaat(omstandigheden waar aantal(bewijs) > 0)"),
    "te-veel-criteria": MANY,
    "getal-te-groot": term("aantal(inkomsten) > 99999999 * 99999999 * 99999999"),
}


def test_every_gap_is_listed_and_still_there() -> None:
    found = {compile_columns(register(text).compiled("klein", TODAY, None)).gap(TODAY) for text in EXAMPLES.values()}
    assert found | {_gap_of_the_catalogue()} == set(GAPS)


def _gap_of_the_catalogue() -> str | None:
    compiled = shipped().aids(TODAY, "0599").compiled
    for _ in range(FIRST_RUNS):  # whether it was used before is all the same
        compiled.run(Situation(), TODAY)
    return compile_columns(compiled).gap(TODAY)


def test_a_list_is_asked_about_within_another() -> None:
    text = ruleset("", "eis: 'som(inkomsten.bedrag waar bestaat(schulden waar bedrag > € 5)) > € 1.000'")
    owing = ANNA | {"schulden": [{"soort": "overig", "bedrag": "€ 6"}]}
    unknown = ANNA | {"schulden": [{"soort": "overig"}]}
    people = [Situation.model_validate(raw) for raw in (ANNA, owing, unknown)]
    rules = register(text)
    counted = same(rules.compiled("klein", TODAY, None), rules, people, TODAY, to_frames(people, rules))
    assert counted == {"afgewezen": 1, "toegekend": 1, "onbepaald": 1}


# --- nothing wraps, nothing is guessed ---------------------------------------------------------------------------------


def test_a_number_beyond_its_bounds_sets_its_row_apart_and_no_other() -> None:
    rules = register(ruleset("", "eis: wonen.huur > € 100 en beslag.loopt = nee"))
    one = rules.compiled("klein", TODAY, None)
    amounts = [BOUNDS[Kind.GELD], BOUNDS[Kind.GELD] + 1, -BOUNDS[Kind.GELD] - 1, 2**63 - 1, -(2**63), None, 20_000]
    keys = list(range(1, len(amounts) + 1))
    persons = pl.DataFrame({"sleutel": keys, "wonen.huur": amounts, "beslag.loopt": [False] * len(keys)})
    rows = decide_columns(compile_columns(one), {"personen": persons}, TODAY).to_dicts()
    far = "buiten-grenzen"
    assert [row["buiten"] for row in rows] == [None, far, far, far, far, None, None]
    assert [row["uitkomst"] for row in rows] == ["toegekend", None, None, None, None, "onbepaald", "toegekend"]


def test_what_is_reckoned_past_the_limit_sets_its_row_apart() -> None:
    rules = register(ruleset("", "eis: wonen.huur * (aantal(inkomsten) + 99999999) * 9999 > € 1"))
    columns = compile_columns(rules.compiled("klein", TODAY, None))
    amounts = [1, 9_000, 10_000, 1_000_000_000, -9_000, -1_000_000_000, None]
    keys = list(range(1, len(amounts) + 1))
    persons = pl.DataFrame({"sleutel": keys, "wonen.huur": amounts, "inkomsten": [True] * len(keys)})
    tables = {"personen": persons, "inkomsten": pl.DataFrame(schema={"sleutel": pl.Int64, "nr": pl.Int32, "bedrag": pl.Int64})}
    rows = decide_columns(columns, tables, TODAY).to_dicts()
    for amount, row in zip(amounts, rows, strict=True):
        past = amount is not None and abs(amount) * 99_999_999 * 9_999 > LIMIT
        assert (row["buiten"] == "buiten-grenzen") is past, row
        if not past:
            assert row["uitkomst"] == ("onbepaald" if amount is None else "toegekend" if amount > 0 else "afgewezen")


def test_a_list_of_more_entries_than_a_situation_may_hold_sets_its_client_apart() -> None:
    rules = register(ruleset("", "eis: aantal(inkomsten) > 3"))
    tables = {
        "personen": pl.DataFrame({"sleutel": [1, 2, 3], "inkomsten": [True, True, None]}),
        "inkomsten": pl.DataFrame({"sleutel": [1] * 500 + [2] * 501, "nr": [*range(500), *range(501)]}),
    }
    rows = decide_columns(compile_columns(rules.compiled("klein", TODAY, None)), tables, TODAY).to_dicts()
    assert [(row["buiten"], row["uitkomst"]) for row in rows] == [
        (None, "toegekend"), ("buiten-grenzen", None), (None, "onbepaald"),
    ]  # fmt: skip


def test_an_entry_beyond_its_bounds_sets_its_client_apart_and_no_other() -> None:
    rules = register(ruleset("", "eis: som(inkomsten.bedrag) > € 100 of bestaat(inkomsten waar bedrag < € 0)"))
    far = 2**63 - 1
    entries = [(1, 20_000), (2, 20_000), (2, far), (3, far), (3, far), (4, None), (5, BOUNDS[Kind.GELD]), (6, -far)]
    tables = {
        "personen": pl.DataFrame({"sleutel": range(1, 7), "inkomsten": [True] * 6}),
        "inkomsten": pl.DataFrame(entries, schema={"sleutel": pl.Int64, "bedrag": pl.Int64}, orient="row"),
    }
    rows = decide_columns(compile_columns(rules.compiled("klein", TODAY, None)), tables, TODAY).to_dicts()
    assert [(row["buiten"], row["uitkomst"]) for row in rows] == [
        (None, "toegekend"), ("buiten-grenzen", None), ("buiten-grenzen", None), (None, "onbepaald"), (None, "toegekend"), ("buiten-grenzen", None),
    ]  # fmt: skip


def test_a_column_that_is_not_there_is_unknown_of_everybody() -> None:
    rules = register(ruleset("", "eis: wonen.huur > € 100 of beslag.loopt"))
    persons = pl.DataFrame({"sleutel": [5, 9], "beslag.loopt": [True, None]})
    rows = decide_columns(compile_columns(rules.compiled("klein", TODAY, None)), {"personen": persons}, TODAY).to_dicts()
    assert [(row["sleutel"], row["uitkomst"]) for row in rows] == [(5, "toegekend"), (9, "onbepaald")]


def test_a_list_of_which_the_table_lacks_is_refused() -> None:
    rules = register(ruleset("", "eis: aantal(inkomsten) > 3"))
    persons = pl.DataFrame({"sleutel": [1], "inkomsten": [True]})
    with pytest.raises(LookupError, match="inkomsten"):
        decide_columns(compile_columns(rules.compiled("klein", TODAY, None)), {"personen": persons}, TODAY)


# --- days --------------------------------------------------------------------------------------------------------------

days = st.dates(date(1, 1, 1), date(9999, 12, 31)) | st.dates(date(1895, 12, 27), date(1904, 3, 2)) | st.sampled_from(
    [date(y, m, d) for y in (1900, 2000, 2023, 2024) for m, d in ((1, 31), (2, 28), (3, 1), (3, 31), (12, 31))] + [date(2024, 2, 29)]
)  # fmt: skip
lengths = st.builds(Period, st.integers(0, 40) | st.integers(0, 12_000), st.integers(0, 70) | st.integers(0, 366_000))


@settings(max_examples=30)
@given(st.lists(st.tuples(days, days, lengths), min_size=1, max_size=60), st.sampled_from((1, -1)))
def test_days_in_columns_are_those_of_the_calendar(rows: list[tuple[date, date, Period]], sign: int) -> None:
    space = Space()
    calendar = Calendar(space)
    a, b = (space.ymd(space.column("date", "t", "personen", name)) for name in "ab")
    months, dagen = (space.column("int", "t", "personen", n, lo=0, hi=most) for n, most in (("m", 12_000), ("d", 366_000)))
    nought = space.lit(0)
    asked = {
        "jaren": calendar.years(a, b),
        "maanden": calendar.months(a, b),
        "dagen": calendar.days(a, b),
        "later": calendar.moved(a, months, dagen, sign),
        "jaar": calendar.moved(a, space.lit(12), nought, sign),
        "weken": calendar.moved(a, nought, dagen, sign),
    }
    frame = pl.DataFrame(
        {
            "sleutel": list(range(len(rows))),
            "a": [a for a, _, _ in rows],
            "b": [b for _, b, _ in rows],
            "m": [p.months for *_, p in rows],
            "d": [p.days for *_, p in rows],
        }
    )
    frames = enter({"personen": frame})
    leaf = {one.at: one.value[2] for one in (a.args[0], b.args[0], months, dagen)}
    found = extend(frames, frames.tables["personen"], asked, leaf).collect().to_dicts()
    for (start, end, length), row in zip(rows, found, strict=True):
        assert row["jaren"] == (full_years(start, end) if end >= start else -full_years(end, start))
        assert row["maanden"] == full_months(start, end)
        assert row["dagen"] == (end - start) // timedelta(days=1)
        assert row["later"] == number(add_period(start, length, sign))
        assert row["jaar"] == number(add_period(start, Period(12), sign))
        assert row["weken"] == number(add_period(start, Period(0, length.days), sign))
    assert not space.checks


# --- transitional law --------------------------------------------------------------------------------------------------


@settings(max_examples=8, report_multiple_bugs=False)
@given(seeds, st.sampled_from(("aanvraag.ontvangen_op < 2000-01-01", "ja")), st.booleans())
def test_who_keeps_an_older_version_keeps_it_in_a_table_too(seed: int, voor: str, part: bool) -> None:
    try:
        rules = pair(Rolled(seed), voor, part=part).both.checked()
        one = rules.compiled("lokaal", TODAY, None)
        one.figures(TODAY)
    except (InvalidError, LinkError):
        return
    people = [rolled((seed + at * 37) % 600) for at in range(30)]
    same(one, rules, people, TODAY, to_frames(people, rules))
