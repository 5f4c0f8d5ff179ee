"""A scan in Spark: the same rows and the same report as in Polars, and nobody's row comes to Python."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.cli import group
from responsief.desk import open_desk
from responsief.generate.population import Order, generate
from scans import ROOT

pl = pytest.importorskip("polars", reason="needs the extra «population»")
sql = pytest.importorskip("pyspark.sql", reason="needs the extra «spark»")

ON = date(2026, 3, 2)
RULESETS = ("schuldhulp", "stadspas-voorbeeld", "studietoeslag")
pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def desk():
    return open_desk()


@pytest.fixture(scope="module")
def folder(desk, tmp_path_factory):
    """300 people over the whole country, in three parts; of two a date is not known to the day, of one there is no municipality."""
    at = tmp_path_factory.mktemp("spark") / "mensen"
    generate(Order(300, 7, ON, unknown=10), desk.register, at, part=100)
    place = at / "personen" / "00001.parquet"
    frame = pl.read_parquet(place)
    number = pl.int_range(pl.len())
    born, last, lives = "persoon.geboortedatum", "persoon.geboortedatum.tot", "persoon.gemeente"
    known = pl.lit(date(1990, 1, 1)), pl.lit(date(1990, 12, 31))
    frame = frame.with_columns(
        pl.when(number < 2).then(known[0]).otherwise(pl.col(born)).alias(born),
        pl.when(number < 2).then(known[1]).otherwise(pl.lit(None, dtype=pl.Date)).alias(last),
        pl.when(number == 5).then(pl.lit(None)).otherwise(pl.col(lives)).alias(lives),
    )
    for name in ("00000", "00002"):
        other = at / "personen" / f"{name}.parquet"
        pl.read_parquet(other).with_columns(pl.lit(None, dtype=pl.Date).alias(last)).write_parquet(other)
    frame.write_parquet(place)
    return at


@pytest.fixture
def scan(folder, desk, tmp_path, monkeypatch):
    monkeypatch.setattr("responsief.cli.scan.open_desk", lambda registers: desk)

    def run(engine, *more, people=folder, rulesets=RULESETS, code=0):
        asked = [word for one in rulesets for word in ("--ruleset", one)]
        out = tmp_path / f"uit-{engine}"
        result = CliRunner().invoke(
            group,
            ["scan", str(people), "--out", str(out), "--on", str(ON), "--engine", engine, *asked, *more],
            catch_exceptions=False,
        )
        assert result.exit_code == code, result.output
        return out, result.output

    return run


def rows(out, ruleset):
    return pl.concat([pl.read_parquet(one) for one in sorted((out / "besluiten" / ruleset).glob("*.parquet"))]).sort("sleutel")


def test_spark_writes_the_rows_that_polars_writes_and_nobody_comes_to_python(spark, scan, monkeypatch):
    seen = []
    frame = type(spark.range(1))
    collect = frame.collect
    monkeypatch.setattr(frame, "collect", lambda self: seen.append(collect(self)) or seen[-1])
    for name in ("toPandas", "toArrow", "toLocalIterator", "mapInPandas", "mapInArrow"):
        monkeypatch.setattr(frame, name, None)
    out, told = scan("spark", "--mode", "niet-gebruik")
    assert all("sleutel" not in row.asDict() for found in seen for row in found)
    other, _ = scan("polars", "--mode", "niet-gebruik")
    assert "300 personen, 3 regelingen: klaar." in told
    assert "Niet iedereen is in kolommen te beslissen" in told
    left = 0
    for ruleset in RULESETS:
        mine, wanted = rows(out, ruleset), rows(other, ruleset)
        assert mine.schema == wanted.schema
        apart = mine["reden"] == "een datum is niet volledig bekend"
        left += apart.fill_null(False).sum()
        assert set(mine.filter(apart)["uitkomst"]) <= {"niet_beslist"}
        assert mine.filter(~apart.fill_null(False)).equals(wanted.filter(~apart.fill_null(False)))
    assert left > 0
    unused, wanted = (
        pl.read_parquet(one).sort("regelset", "sleutel")
        for one in (out / "niet-gebruik.parquet" / "*.parquet", other / "niet-gebruik.parquet")
    )
    keys = set(mine.filter(mine["reden"] == "een datum is niet volledig bekend")["sleutel"])
    assert len(unused)
    assert unused.equals(wanted.filter(~pl.col("sleutel").is_in(keys)))


def test_where_all_is_decided_in_columns_the_report_is_that_of_polars(spark, scan, desk, tmp_path):
    people = tmp_path / "rotterdam"
    generate(Order(300, 9, ON, "0599", 10), desk.register, people)
    for mode in ("recht", "niet-gebruik"):
        found = [
            scan(engine, "--mode", mode, "--restart", people=people, rulesets=("schuldhulp", "studietoeslag"))
            for engine in ("spark", "polars")
        ]
        for name in ("verslag.md", "verslag.html"):
            assert (found[0][0] / name).read_bytes() == (found[1][0] / name).read_bytes()
        assert "Niet iedereen" not in found[0][1]


def test_a_scan_that_stopped_goes_on_with_the_rulesets_that_were_not_done(spark, scan, monkeypatch):
    from responsief.scan import spark_folder

    look, asked = spark_folder.look, []

    def stop_at_the_second(mode, tables, ruleset, *more):
        asked.append(ruleset.id)
        if len(asked) == 2:
            raise KeyboardInterrupt
        return look(mode, tables, ruleset, *more)

    monkeypatch.setattr(spark_folder, "look", stop_at_the_second)
    out, told = scan("spark", code=1)
    assert "Onderbroken: 1 deel is klaar" in told
    assert list(json.loads((out / "voortgang.json").read_text(encoding="utf-8"))["delen"]) == ["schuldhulp"]
    out, told = scan("spark")
    assert asked == ["schuldhulp", "stadspas-voorbeeld", "stadspas-voorbeeld", "studietoeslag"]
    assert "1 van de 3 delen waren al klaar." in told


@pytest.mark.parametrize("key", [None, 7])
def test_a_key_that_is_missing_or_double_is_refused(spark, scan, tmp_path, key):
    people = tmp_path / "mensen"
    people.mkdir()
    pl.DataFrame({"sleutel": pl.Series([7, key], dtype=pl.Int64)}).write_parquet(people / "personen.parquet")
    _, told = scan("spark", people=people, rulesets=("schuldhulp",), code=1)
    assert ("ontbreekt een sleutel" if key is None else "staat een sleutel twee keer") in told


@pytest.mark.parametrize(
    ("more", "why"),
    [
        (("--mode", "bijna"), "«--mode bijna» kijkt naar elke afgewezen persoon apart"),
        (("--mode", "zonder-hulp"), "«--engine polars»"),
        (("--format", "csv"), "schrijft alleen Parquet"),
    ],
)
def test_what_spark_can_not_do_is_told_before_anything_begins(scan, more, why):
    out, told = scan("spark", *more, code=2)
    assert why in told
    assert not out.exists()


def test_a_file_of_your_own_is_not_read_in_spark(scan, tmp_path):
    file = tmp_path / "mensen.csv"
    file.write_text("klantnr\n1\n", encoding="utf-8")
    assert "leest alleen een map met tabellen" in scan("spark", people=file, code=2)[1]


def test_without_spark_or_java_the_command_says_what_to_install(scan, monkeypatch):
    monkeypatch.setattr("responsief.cli.scan.shutil.which", lambda name: None)
    for name in ("JAVA_HOME", "SPARK_REMOTE"):
        monkeypatch.delenv(name, raising=False)
    assert "Java nodig" in scan("spark", code=2)[1]
    find = __import__("importlib.util").util.find_spec
    monkeypatch.setattr("responsief.cli.common.find_spec", lambda name: None if name == "pyspark" else find(name))
    assert "pip install 'responsief[spark]'" in scan("spark", code=2)[1]


def test_the_example_job_decides_a_folder(spark, folder, tmp_path, scan):
    job = ROOT / "examples" / "cluster" / "job.py"
    out = tmp_path / "uit"
    asked = [str(folder), str(out), "--on", str(ON), "--ruleset", "studietoeslag"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYSPARK_SUBMIT_ARGS": "--master local[1] pyspark-shell"}
    done = subprocess.run([sys.executable, str(job), *asked], capture_output=True, text=True, env=env, check=False, timeout=250)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == "studietoeslag: 300 persons decided"
    other, _ = scan("spark", rulesets=("studietoeslag",))
    mine = pl.concat([pl.read_parquet(one) for one in Path(out, "studietoeslag").glob("*.parquet")]).sort("sleutel")
    assert mine.equals(rows(other, "studietoeslag"))
