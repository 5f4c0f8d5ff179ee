"""What is measured against one another decides the same: the ruleset of the benchmark, and its rules written by hand. (Times: tests/benchmarks/population.py.)"""

import importlib
import sys

import pytest

from scans import ROOT

sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

pl = pytest.importorskip("polars", reason="needs the extra «population»")
population = importlib.import_module("population")  # the folder is on the path only from here on
sides = importlib.import_module("population_sides")
decided = importlib.import_module("population_by_hand").decided


@pytest.fixture(scope="module")
def at(tmp_path_factory):
    return tmp_path_factory.mktemp("bevolking")


@pytest.fixture(scope="module")
def people(at):
    return population.population(at, 3000, 10, 7)


def jobs(folder, at, ruleset):
    found = [sides.Job(side, ruleset, str(folder), str(at / f"{ruleset}-{side}")) for side in ("polars", "hand")]
    for job in found:
        (out := at / f"{ruleset}-{job.side}").mkdir(exist_ok=True)
        sides.in_files(job, out)
    return found


@pytest.mark.parametrize("ruleset", [sides.LISTS, sides.FLAT])
def test_by_hand_decides_everybody_as_the_ruleset_does(people, at, ruleset):
    both = jobs(people if ruleset == sides.LISTS else population.flattened(people), at, ruleset)
    population.compare(both)
    found = pl.read_parquet(at / f"{ruleset}-polars" / "0.parquet")
    assert set(found["uitkomst"]) == {"toegekend", "afgewezen", "onbepaald"}
    assert all(
        set(found[name]) == {True, False, None} for name in found.columns if name.startswith("oordeel.") and "woont" not in name
    )


def test_a_different_answer_is_told_before_any_time(people, at):
    both = jobs(people, at, sides.LISTS)
    tables = {name: pl.scan_parquet(place) for name, place in sides.table_places(people).items()}
    decided(tables, sides.ON, more=5000).sink_parquet(at / f"{sides.LISTS}-hand" / "0.parquet")
    with pytest.raises(population.DifferentError, match=r"«(oordeel\.inkomen_laag|uitkomst|bedrag)»"):
        population.compare(both)


def test_then_the_command_ends_with_one_and_tells_no_time(monkeypatch, capsys):
    def different(*_):
        raise population.DifferentError("hand decides «bedrag» of 3 otherwise")

    monkeypatch.setattr(population, "measured", different)
    assert population.main(["--count", "100", "--rules", "1"]) == 1
    assert capsys.readouterr().out == "DIFFERENT: hand decides «bedrag» of 3 otherwise\n"
