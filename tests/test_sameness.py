"""Every shipped ruleset that decides, on Polars, DuckDB and Spark: one hash. (On a million people: tests/benchmarks/sameness.py.)"""

import sys

import pytest

from scans import ROOT

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import sameness  # the folder is on the path only from here on

pl = pytest.importorskip("polars", reason="needs the extra «population»")


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return sameness.populations(sameness.shipped(), tmp_path_factory.mktemp("bevolking"), 2000, 10, 7)


def hashes(engine, decide, folders, at):
    return {one.ruleset: one.sha256 for one in sameness.answers(engine, decide, sameness.shipped(), folders, at)}


@pytest.fixture(scope="module")
def wanted(folders, tmp_path_factory):
    return hashes("polars", sameness.in_polars(), folders, tmp_path_factory.mktemp("polars"))


def test_every_ruleset_in_force_is_asked_and_answered_otherwise(wanted):
    assert len(wanted) >= 10
    assert len(set(wanted.values())) == len(wanted)


@pytest.mark.heavy
def test_duckdb_gives_the_hashes_of_polars(folders, wanted, tmp_path):
    pytest.importorskip("duckdb", reason="needs the extra «duckdb»")
    assert hashes("duckdb", sameness.in_duckdb(), folders, tmp_path) == wanted


@pytest.mark.heavy
def test_spark_gives_the_hashes_of_polars(spark, folders, wanted, tmp_path):
    assert hashes("spark", sameness.in_spark(spark), folders, tmp_path) == wanted


ROWS = {
    "sleutel": [3, 1, 2],
    "uitkomst": ["toegekend", None, "afgewezen"],
    "bedrag": [5, None, 0],
    "oordeel.a": [True, None, False],
}


def hashed(at, frame):
    file = at / "een.parquet"
    frame.write_parquet(file)
    return sameness.hash_of(file)


@pytest.mark.parametrize(
    ("column", "value"), [("sleutel", 4), ("uitkomst", "wacht"), ("uitkomst", None), ("bedrag", 6), ("bedrag", None), ("oordeel.a", False), ("oordeel.a", None)]
)  # fmt: skip
def test_one_changed_cell_changes_the_hash(tmp_path, column, value):
    changed = {**ROWS, column: [value, *ROWS[column][1:]]}
    assert hashed(tmp_path, pl.DataFrame(changed)) != hashed(tmp_path, pl.DataFrame(ROWS))


def test_nothing_is_not_nought_and_a_name_or_a_kind_counts(tmp_path):
    frame = pl.DataFrame(ROWS)
    first = hashed(tmp_path, frame)
    filled = hashed(tmp_path, frame.with_columns(pl.col("bedrag").fill_null(0)))
    renamed = hashed(tmp_path, frame.rename({"bedrag": "bedrag_vol"}))
    widened = hashed(tmp_path, frame.with_columns(pl.col("bedrag").cast(pl.Float64)))
    assert len({first, filled, renamed, widened}) == 4


def test_order_files_and_widths_of_an_engine_make_no_difference(tmp_path):
    frame = pl.DataFrame(ROWS)
    at = tmp_path / "delen"
    at.mkdir()
    other = frame.select(reversed(frame.columns)).with_columns(pl.col("bedrag").cast(pl.Int32)).sort("sleutel", descending=True)
    other[:1].write_parquet(at / "part-1.parquet")
    other[1:].write_parquet(at / "part-0.parquet")
    assert sameness.hash_of(at) == hashed(tmp_path, frame)


def test_a_key_that_stands_there_twice_is_no_answer(tmp_path):
    with pytest.raises(ValueError, match="twice"):
        hashed(tmp_path, pl.DataFrame({**ROWS, "sleutel": [1, 1, 2]}))
