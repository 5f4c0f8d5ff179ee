"""A scan in Spark: the same rows and the same report as in Polars, and nobody's row comes to Python."""

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.backends.to_columns import BESIDE, EXTRAS, OUTSIDE
from responsief.cli import group
from responsief.desk import open_desk
from responsief.generate.population import Order, generate
from responsief.tables.layout import layout
from scans import ROOT
from small import ruleset as small_ruleset
from stories import desk_of, provision, provisions

pl = pytest.importorskip("polars", reason="needs the extra «population»")
sql = pytest.importorskip("pyspark.sql", reason="needs the extra «spark»")

from responsief.scan.counting import extra_part  # noqa: E402  # needs Polars
from responsief.scan.on_spark import NOT_BESIDE, SparkEngine  # noqa: E402  # idem

ON = date(2026, 3, 2)
RULESETS = ("schuldhulp", "stadspas-voorbeeld", "studietoeslag")
BORN, LIVES = "persoon.geboortedatum", "persoon.gemeente"
pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def desk():
    return open_desk()


@pytest.fixture(scope="module")
def folder(desk, tmp_path_factory):
    """300 people over the whole country with keys of somebody's own, in three parts; of two a date is not known to the day, of one there is
    no municipality."""
    at = tmp_path_factory.mktemp("spark") / "mensen"
    generate(Order(300, 7, ON, unknown=10), desk.register, at, part=100)
    keys = range(1, 301)
    own = pl.DataFrame({"sleutel": keys, "eigen_sleutel": [f"{key + 1}" for key in keys], "rij": keys})
    own.write_parquet(at / "eigen_sleutels.parquet")
    for name, some in (("00000", 0), ("00001", 2), ("00002", 0)):
        part = at / "personen" / f"{name}.parquet"
        frame = born_some_day(pl.read_parquet(part), some)
        homeless = (pl.int_range(pl.len()) == 5) & (name == "00001")
        frame.with_columns(pl.when(~homeless).then(pl.col(LIVES)).alias(LIVES)).write_parquet(part)
    return at


def born_some_day(frame, some):
    """The persons, of whom only the year of birth is known of the first ones."""
    first = pl.int_range(pl.len()) < some
    return frame.with_columns(
        pl.when(first).then(pl.lit(date(1990, 1, 1))).otherwise(pl.col(BORN)).alias(BORN),
        pl.when(first).then(pl.lit(date(1990, 12, 31))).alias(f"{BORN}.tot"),
    )


@pytest.fixture(scope="module")
def rotterdam(desk, tmp_path_factory):
    """300 people in one municipality, with a date that is not known to the day of nobody."""
    at = tmp_path_factory.mktemp("spark") / "rotterdam"
    generate(Order(300, 9, ON, "0599", 10), desk.register, at)
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


@pytest.fixture
def collected(spark, monkeypatch):
    """What comes to Python, in the only way that is left."""
    seen = []
    frame = type(spark.range(1))
    collect = frame.collect
    monkeypatch.setattr(frame, "collect", lambda self: seen.append(collect(self)) or seen[-1])
    for name in ("toPandas", "toArrow", "toLocalIterator", "mapInPandas", "mapInArrow"):
        monkeypatch.setattr(frame, name, None)
    return seen


def test_spark_writes_the_rows_that_polars_writes_and_nobody_comes_to_python(scan, collected):
    out, told = scan("spark", "--mode", "niet-gebruik")
    assert collected
    assert all("sleutel" not in row.asDict() for found in collected for row in found)
    other, _ = scan("polars", "--mode", "niet-gebruik")
    assert "300 personen, 3 regelingen: klaar." in told
    assert "Niet iedereen is in kolommen te beslissen" in told
    left = 0
    for ruleset in RULESETS:
        mine, wanted = rows(out, ruleset), rows(other, ruleset)
        assert mine.columns[0] == "eigen_sleutel"
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


@pytest.mark.parametrize(
    ("asked", "rulesets"),
    [
        (("--with", "clausules,signalen,alternatieven"), ("schuldhulp",)),
        (("--mode", "niet-gebruik"), ("schuldhulp", "studietoeslag")),
    ],
)
def test_where_all_is_decided_in_columns_the_report_is_that_of_polars(spark, scan, rotterdam, asked, rulesets):
    found = [scan(engine, *asked, people=rotterdam, rulesets=rulesets) for engine in ("spark", "polars")]
    for name in ("verslag.md", "verslag.html"):
        assert (found[0][0] / name).read_bytes() == (found[1][0] / name).read_bytes()
    text = (found[0][0] / "verslag.md").read_text(encoding="utf-8")
    assert ("gaan deze signalen het vaakst af" in text) == ("--with" in asked)
    assert "Niet " not in found[0][1]


def test_what_is_said_beside_an_outcome_is_that_of_polars_or_empty_with_the_reason(
    scan, rotterdam, tmp_path, collected, monkeypatch
):
    from responsief.scan import spark_folder

    asked = ("schuldhulp", "stadspas-voorbeeld")  # of which the second is of elsewhere
    people, counted = tmp_path / "mensen", {}
    shutil.copytree(rotterdam, people)
    born_some_day(pl.read_parquet(people / "personen.parquet"), 12).write_parquet(people / "personen.parquet")
    look = spark_folder.look

    def noted(mode, tables, ruleset, *more):
        found = look(mode, tables, ruleset, *more)
        counted[ruleset.id] = found.told
        return found

    monkeypatch.setattr(spark_folder, "look", noted)
    out, told = scan("spark", "--with", ",".join(EXTRAS), people=people, rulesets=asked)
    assert all("sleutel" not in row.asDict() for found in collected for row in found)
    assert "Niet van iedereen is in kolommen te zeggen wat u met «--with» vroeg" in told
    other, _ = scan("polars", "--with", ",".join(EXTRAS), people=people, rulesets=asked)
    reasons, missing = set(), set()
    for ruleset in asked:
        mine, wanted = rows(out, ruleset), rows(other, ruleset)
        assert mine.schema == wanted.schema
        assert counted[ruleset]["extra"] == extra_part(mine, EXTRAS)
        left = mine["reden"].is_not_null() & wanted["reden"].is_null()
        assert mine.filter(~left).equals(wanted.filter(~left))
        silent = left & (mine["uitkomst"] != "niet_beslist")
        assert sum(counted[ruleset]["niet_te_zeggen"].values()) == silent.sum()
        for one, full in zip(mine.filter(silent).to_dicts(), wanted.filter(silent).to_dicts(), strict=True):
            gone = {name for name in EXTRAS if one[name] is None and full[name] is not None}
            assert gone
            assert {name: one[name] for name in full if name not in {*gone, "reden"}} == {
                name: told for name, told in full.items() if name not in {*gone, "reden"}
            }
            reasons.add(one["reden"])
            missing |= gone
    assert reasons == {OUTSIDE["onvolledige-datum"], BESIDE["antwoorden-proberen"]}
    assert {"nodig", "signalen", "alternatieven"} <= missing
    text = (out / "verslag.md").read_text(encoding="utf-8")
    assert "Van deze mensen is niet alles hiervan te zeggen" in text
    assert "- andere redenen: ten minste 10" in text  # one of them is of a few
    assert "niet alles hiervan te zeggen" not in (other / "verslag.md").read_text(encoding="utf-8")


def test_where_columns_cannot_say_what_was_asked_beside_it_there_are_still_the_outcomes(spark, tmp_path):
    large = provision("groot", "financien", "aantal(inkomsten) > 99999999 * 99999999 * 99999999")
    desk = desk_of(tmp_path, small_ruleset("", "eis: som(inkomsten.bedrag) < € 1.000"), provisions(large))
    kinds = "sleutel bigint, inkomsten boolean"
    people = spark.createDataFrame([(1, True), (2, True), (3, None)], kinds)
    income = spark.createDataFrame([(1, 1, 90_000), (2, 1, 200_000)], "sleutel bigint, nr bigint, bedrag bigint")
    tables = {"personen": people, "inkomsten": income}
    known = layout(desk.register)
    found = SparkEngine(desk, known, tables, ON, ("nodig", "alternatieven")).decide("klein").collect()
    assert [(row["uitkomst"], row["nodig"], row["alternatieven"], row["reden"]) for row in sorted(found)] == [
        ("toegekend", None, None, None),
        ("afgewezen", None, None, NOT_BESIDE),
        ("onbepaald", None, None, NOT_BESIDE),
    ]
    (row,) = SparkEngine(desk, known, tables, ON, ("nodig",)).decide("klein").filter("sleutel = 3").collect()
    assert (row["nodig"], row["reden"]) == ("inkomsten", None)


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


def test_when_nobody_could_be_decided_it_ends_with_1(spark, scan, rotterdam):
    _, told = scan("spark", people=rotterdam, rulesets=("iit-amsterdam",), code=1)
    assert "Op 2 maart 2026 is niemand te beslissen" in told
    assert "deze regeling is van een andere gemeente" in told


@pytest.mark.parametrize("key", [None, 7])
def test_a_key_that_is_missing_or_double_is_refused(spark, scan, tmp_path, key):
    people = tmp_path / "mensen"
    people.mkdir()
    pl.DataFrame({"sleutel": pl.Series([7, key], dtype=pl.Int64)}).write_parquet(people / "personen.parquet")
    out, told = scan("spark", people=people, rulesets=("schuldhulp",), code=2)
    assert not out.exists()
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
    asked = [str(folder), str(out), "--on", str(ON), "--ruleset", "studietoeslag", "--with", "clausules"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYSPARK_SUBMIT_ARGS": "--master local[1] pyspark-shell"}
    done = subprocess.run([sys.executable, str(job), *asked], capture_output=True, text=True, env=env, check=False, timeout=250)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.splitlines()[-1] == "studietoeslag: 300 persons decided"
    other, _ = scan("spark", "--with", "clausules", rulesets=("studietoeslag",))
    mine = pl.concat([pl.read_parquet(one) for one in Path(out, "studietoeslag").glob("*.parquet")]).sort("sleutel")
    assert "clausules" in mine.columns
    assert mine.equals(rows(other, "studietoeslag").drop("eigen_sleutel"))
