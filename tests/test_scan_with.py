"""What a scan says beside an outcome (`--with`): every engine says what one case says, and the report counts it without telling of a few."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.backends.to_columns import EXTRAS
from responsief.cli import group
from responsief.desk import open_desk
from responsief.population.households import households
from responsief.situation import replace
from responsief.tables.to_frames import to_frames, write_tables

pl = pytest.importorskip("polars", reason="needs the extra «population»")

from responsief.scan.counting import _extra, add_up, extra_part, shown  # noqa: E402  # needs Polars
from responsief.scan.engines import NOT_DECIDED, RowEngine  # noqa: E402
from responsief.scan.in_columns import ColumnsEngine, duckdb_engine  # noqa: E402
from test_columns import rolled  # noqa: E402

ON = date(2026, 3, 2)
RULESETS = ("iit-rotterdam", "participatiewet", "schuldhulp")


@pytest.fixture(scope="module")
def desk():
    return open_desk()


@pytest.fixture(scope="module")
def people():
    """People here, elsewhere, in a place without rules of its own, and of whom it is not known where they live."""
    places = ("0599", "0363", "9999", "0014", None)
    odd = [replace(rolled(seed), "persoon.gemeente", places[seed % 5]) for seed in range(100)]
    return [*households(ON, seed=5, count=50, gemeente="0599"), *households(ON, seed=8, count=10), *odd]


@pytest.fixture(scope="module")
def tables(desk, people):
    return to_frames(people, desk.register)


def test_an_engine_in_columns_says_beside_an_outcome_what_one_by_one_says(desk, tables):
    wanted = dict(RowEngine(desk, EXTRAS).decide(tables, RULESETS, ON))
    engine = ColumnsEngine(desk, extra=EXTRAS)
    for ruleset, frame in engine.decide(tables, RULESETS, ON):
        assert frame.equals(wanted[ruleset]), ruleset
        assert frame.columns[-len(EXTRAS) - 1 :] == [*EXTRAS, "reden"]
    assert not engine.gaps
    assert {ruleset for ruleset, frame in wanted.items() if NOT_DECIDED in frame["uitkomst"]} <= {"iit-rotterdam"}
    for name in EXTRAS:
        found = pl.concat([frame[name] for frame in wanted.values()])
        assert 0 < found.null_count() < len(found)
        assert any(found.drop_nulls() != "")


def test_duckdb_says_the_same_to_a_scan(desk, tables):
    pytest.importorskip("duckdb", reason="needs the extra «duckdb»")
    extra = ("nodig", "clausules")  # what comes of the catalogue takes long to plan: test_columns_beside
    wanted = dict(RowEngine(desk, extra).decide(tables, ("schuldhulp",), ON))
    for ruleset, frame in duckdb_engine(desk, extra).decide(tables, ("schuldhulp",), ON):
        assert frame.equals(wanted[ruleset])


def test_without_it_a_scan_has_no_column_more(desk, tables):
    one = next(ColumnsEngine(desk).decide(tables, ("schuldhulp",), ON))[1]
    assert not {*EXTRAS} & {*one.columns}


# --- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch, desk, people):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("responsief.cli.scan.open_desk", lambda registers: desk)
    write_tables(people, desk.register, Path("mensen"), made_by="toets", part=100)

    def invoke(*args, code=0):
        line = ("mensen", "--out", "uit", "--on", "2026-03-02", "--ruleset", "schuldhulp", *args)
        result = CliRunner().invoke(group, ["scan", *line], catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result.output

    return invoke


def test_the_help_names_every_word_and_no_other():
    told = " ".join(CliRunner().invoke(group, ["scan", "--help"]).output.split())
    assert f"Beside each outcome: {', '.join(EXTRAS)}." in told


def test_what_was_asked_stands_in_the_rows_and_is_counted_in_the_report(run):
    run("--with", "signalen, nodig", "--part-size", "50")
    parts = [pl.read_parquet(path) for path in sorted(Path("uit", "besluiten", "schuldhulp").glob("*.parquet"))]
    assert len(parts) > 2
    rows = pl.concat(parts)
    assert {*EXTRAS} & {*rows.columns} == {"nodig", "signalen"}
    text = Path("uit", "verslag.md").read_text(encoding="utf-8").replace("\\_", "_")
    needed = [one for told in rows["nodig"].drop_nulls() for one in told.split(",")]
    most = max(set(needed), key=needed.count)
    assert needed.count(most) >= 10
    assert f"- {most}: " in text
    assert "signalen het vaakst af" in text
    assert "clausules" not in text
    for line in text.splitlines():
        ident, _, number = line.removeprefix("- ").partition(": ten minste ")
        if number and ident in needed:
            assert int(number) % 10 == 0
            assert int(number) <= needed.count(ident)


@pytest.mark.parametrize(
    ("word", "told"), [("signaal", "bedoelde u «signalen»?"), ("nodig,alternatief", "bedoelde u «alternatieven»?"), ("x", "kies uit: nodig")]
)  # fmt: skip
def test_a_wrong_word_is_told_with_what_was_meant(run, word, told):
    output = run("--with", word, code=2)
    assert f"«--with {word.split(',')[-1]}» kan niet" in output
    assert told in output
    assert not Path("uit").exists()


def test_a_scan_that_asked_something_else_is_another_scan(run):
    run("--with", "nodig")
    assert "--with was «nodig» en is er nu niet" in run(code=2)


# --- counting ----------------------------------------------------------------------------------------------------------


def test_counts_are_told_in_steps_of_ten_and_not_where_they_would_tell_of_a_few():
    told = _extra({"signalen": {"": 100, "a": 57, "b": 55, "c": 9, "d": 95, "e": 10, "f": 100}}, 10)
    assert told == {"signalen": (("f", None), ("d", 90), ("a", 50), ("b", 50), ("e", 10))}


def test_why_something_could_not_be_said_is_counted_in_steps_of_ten_and_not_of_a_few(desk, tmp_path):
    (ruleset,) = (one for one in desk.register.versions["schuldhulp"] if one.holds_on(ON))
    part = {"rijen": [["alleen", "27-66", "onbepaald", 90, 0, 0]], "redenen": {}, "open": {}, "kan_weten": False}
    for name, reasons in (("1.json", {"te veel": 20, "te oud": 4}), ("2.json", {"te veel": 9}), ("3.json", {})):
        told = {**part, "extra": {"nodig": {"": 80, "a": 50}}, "niet_te_zeggen": reasons}
        (tmp_path / name).write_text(json.dumps({"schuldhulp": told}))
    counted = shown(ruleset, add_up(tmp_path.glob("*.json"))["schuldhulp"], "proef")
    assert counted.niet_te_zeggen == {"andere redenen": 30}  # four stand among others
    (tmp_path / "3.json").write_text(json.dumps({"schuldhulp": {**part, "niet_te_zeggen": {"te oud": 12}}}))
    counted = shown(ruleset, add_up(tmp_path.glob("*.json"))["schuldhulp"], "proef")
    assert counted.niet_te_zeggen == {"te veel": 20, "te oud": 10}
    few = {"te veel": 4, "te oud": 5}
    (tmp_path / "1.json").write_text(json.dumps({"schuldhulp": {**part, "niet_te_zeggen": few}}))
    assert shown(ruleset, add_up([tmp_path / "1.json"])["schuldhulp"], "proef").niet_te_zeggen == {}


def test_counts_of_parts_are_added_up(tmp_path):
    frame = pl.DataFrame({"signalen": ["a,b", "b", "", None]})
    part = {"rijen": [], "redenen": {}, "open": {}, "kan_weten": False, "extra": extra_part(frame, ("signalen",))}
    assert part["extra"] == {"signalen": {"": 3, "a": 1, "b": 2}}
    for name in ("1.json", "2.json"):
        (tmp_path / name).write_text(json.dumps({"x": part}))
    assert add_up(tmp_path.glob("*.json"))["x"]["extra"] == {"signalen": {"": 6, "a": 2, "b": 4}}
