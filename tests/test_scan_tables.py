"""`responsief scan --make-tables`: somebody's own files as tables, once, for every comparison after it."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.cli import group
from responsief.register import shipped
from scans import HEADS, MAP, row

pl = pytest.importorskip("polars", reason="needs the extra «population»")

ON = ("--on", "2026-03-02")
DISTRICTS = ("Noord", "Zuid", "")


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    people = [f"{row(number)};{DISTRICTS[number % 3]}" for number in range(120)]
    people[5] = people[5].replace("K00005;", ";")  # a row without a key
    Path("mensen.csv").write_text(f"{HEADS};wijknaam\n" + "\n".join(people) + "\n", encoding="utf-8")
    Path("kolommen.yaml").write_text(MAP.replace("  pas:", "  wijknaam: wijk\n  pas:"), encoding="utf-8")

    def invoke(*args):
        result = CliRunner().invoke(group, [*map(str, args)], catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return invoke


def made(run, *more):
    return run("scan", "mensen.csv", "--map", "kolommen.yaml", "--make-tables", "tabellen", *ON, *more)


def test_a_change_is_counted_per_district_in_somebodys_own_file(run):
    result = made(run)
    assert result.exit_code == 0, result.output
    assert result.output == (
        "tabellen geschreven: 119 personen. Bewaar dit zoals een dossier.\n1 rij is apart gezet: tabellen/uitgevallen.csv zegt waarom.\n"
    )
    assert "vul de sleutel in" in Path("tabellen/uitgevallen.csv").read_text(encoding="utf-8")
    for side in ("oud", "nieuw"):
        Path(side).mkdir()
        shutil.copy(shipped() / "gemeenten" / "voorbeeld" / "stadspas.yaml", side)
    rules = Path("nieuw/stadspas.yaml")
    text = rules.read_text(encoding="utf-8")
    assert "eis: inkomen_per_maand <= inkomensgrens" in text
    rules.write_text(
        text.replace("eis: inkomen_per_maand <= inkomensgrens", "eis: inkomen_per_maand * 2 <= inkomensgrens"), encoding="utf-8"
    )
    done = run("diff", "oud", "nieuw", "--population", "tabellen", *ON, "--fail-on", "niets", "--format", "json")
    assert done.exit_code == 0, done.output
    (impact,) = json.loads(done.output)["gevolgen"]
    assert impact["allen"]["aantal"] == 119
    districts = next(one for one in impact["groepen"] if one["naar"] == "wijk")
    assert [one["naam"] for one in districts["regels"]] == ["Noord", "Zuid", "onbekend"]


def test_the_tables_are_scanned_as_the_file_is(run):
    made(run)
    for people, more in (("tabellen", ()), ("mensen.csv", ("--map", "kolommen.yaml"))):
        out = Path(people).stem
        result = run("scan", people, *more, "--out", f"uit-{out}", *ON, "--ruleset", "stadspas-voorbeeld")
        assert result.exit_code == 0, result.output
    one, other = (
        pl.read_parquet(f"uit-{name}/besluiten/stadspas-voorbeeld/*.parquet").sort("sleutel").select("uitkomst", "gronden")
        for name in ("tabellen", "mensen")
    )
    assert one.equals(other)


def test_a_folder_that_is_there_stays_as_it_is(run):
    Path("tabellen").mkdir()
    Path("tabellen/iets.txt").write_text("van mij", encoding="utf-8")
    result = made(run)
    assert result.exit_code == 2
    assert "deze map is er al" in result.output
    assert [one.name for one in Path("tabellen").iterdir()] == ["iets.txt"]


def test_when_reading_stops_halfway_nothing_stays(run, monkeypatch):
    from responsief.scan import bring_in

    def stopped(self, told):
        raise KeyboardInterrupt

    monkeypatch.setattr(bring_in._BringIn, "lists", lambda self: stopped(self, None))
    result = made(run)
    assert result.exit_code == 1
    assert "er is niets geschreven" in result.output
    assert sorted(one.name for one in Path().iterdir()) == ["kolommen.yaml", "mensen.csv"]


def test_a_place_that_is_not_there_is_told_in_dutch(run):
    result = run("scan", "mensen.csv", "--map", "kolommen.yaml", "--make-tables", "weg/tabellen", *ON)
    assert result.exit_code == 2
    assert "hier is niet te schrijven: die plek bestaat niet" in result.output


def test_of_nobody_no_tables_are_made(run):
    file = Path("mensen.csv")
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text(f"{head}\n", encoding="utf-8")
    result = made(run)
    assert result.exit_code == 1
    assert "er zijn geen tabellen gemaakt: er staat niemand in" in result.output
    broken = [row[row.index(";") :] for row in rows]  # without a key
    file.write_text("\n".join([head, *broken]), encoding="utf-8")
    result = made(run)
    assert result.exit_code == 1
    assert f"van de {len(rows)} rijen is er geen bruikbaar" in result.output
    assert sorted(one.name for one in Path().iterdir()) == ["kolommen.yaml", "mensen.csv", "tabellen-uitgevallen.csv"]
    assert len(Path("tabellen-uitgevallen.csv").read_text(encoding="utf-8").splitlines()) == 1 + len(rows)
    Path("tabellen-uitgevallen.csv").write_text("van mij", encoding="utf-8")
    assert "«tabellen-uitgevallen-2.csv» zegt waarom" in made(run).output
    assert Path("tabellen-uitgevallen.csv").read_text(encoding="utf-8") == "van mij"


def test_tables_are_not_made_of_tables(run):
    made(run)
    result = run("scan", "tabellen", "--make-tables", "nog-eens", *ON)
    assert result.exit_code == 2
    assert "dit is al een map met tabellen" in result.output


@pytest.mark.parametrize("other", [("--out", "uit"), ("--make-map", "kolommen2.yaml")])
def test_what_does_something_else_too_is_refused(run, other):
    result = made(run, *other)
    assert result.exit_code == 2
    assert f"«--make-tables» en «{other[0]}» gaan niet samen" in result.output
    assert sorted(one.name for one in Path().iterdir()) == ["kolommen.yaml", "mensen.csv"]


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("wijknaam: wijk", "wijknaam: wijkk", "bedoelde u «wijk»?"),
        ("wijknaam: wijk", "wijknam: wijk", "bedoelde u «wijknaam»?"),
        ("sleutel: klantnr", "sleutel: klant", "klantnr"),
    ],
)
def test_a_misspelt_mapping_is_told_with_its_place(run, was, becomes, said):
    text = Path("kolommen.yaml").read_text(encoding="utf-8")
    assert was in text
    Path("kolommen.yaml").write_text(text.replace(was, becomes), encoding="utf-8")
    result = made(run)
    assert result.exit_code == 2
    assert "kolommen.yaml:" in result.output
    assert said in result.output
    assert not Path("tabellen").exists()


def test_a_first_mapping_knows_a_district_by_its_heading(run):
    result = run("scan", "mensen.csv", "--make-map", "eerste.yaml")
    assert result.exit_code == 0, result.output
    assert "wijknaam: wijk  # gok" in Path("eerste.yaml").read_text(encoding="utf-8")
