"""How fast is a whole population decided? Ours on Polars, DuckDB and PySpark, the same rules written by hand in Polars, and OpenFisca-Core.

    python tests/benchmarks/population.py --count 1000000 --openfisca /pad/naar/python
                        (needs the extras `population`, `duckdb`, `spark`, and Java; and an environment with openfisca-core)

Answers are compared row by row before a time is told; exit code 1: some side decided otherwise. The sides take turns, each time in a process of
its own; medians are told, seconds by the clock and of the processor. What is timed: from Parquet tables to a Parquet file with the outcome, the
amount, the grounds and the verdict per criterion of everybody (plans are made while the clock runs; imports and reading the ruleset come before
it). For OpenFisca, frames in memory: it makes its arrays of them (words as numbers, whose entry it is), builds the simulation, sets and reckons;
reckoning alone has a line of its own. Peak memory is of the process, with what it imported.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from population_sides import FLAT, LISTS, ON, Job, Took  # the folder of this file is on the path only from here on

HERE = Path(__file__).parent
NAMES: Mapping[str, str] = {
    "polars": "responsief, Polars",
    "hand": "by hand, Polars",
    "duckdb": "responsief, DuckDB",
    "spark": "responsief, PySpark `local[2]`",
    "openfisca": "OpenFisca-Core, from the same frames",
    "reckoning": "OpenFisca-Core, from its own arrays, simulation built",
}
FAST = ("polars", "hand")  # those that are measured more than once
INSTALL = "not measured: `python -m venv VENV && VENV/bin/pip install openfisca-core`, then `--openfisca VENV/bin/python`"
TARGETS: Mapping[str, float] = {"hand": 0.9, "openfisca": 3.0}
BY_CLOCK = (
    "openfisca",
)  # it uses one core, whatever there is; the rest uses the same ones, and is held against seconds of the processor


class DifferentError(Exception):
    """Two sides decided otherwise."""


@dataclass(frozen=True)
class Line:
    """One line of a table: the medians of a side."""

    work: str
    side: str
    persons: int
    took: Took


# --- running the sides ---------------------------------------------------------------------------------------------------------


def run(job: Job) -> Took:
    """One process."""
    shutil.rmtree(job.out, ignore_errors=True)
    command = [sys.executable, str(HERE / "population_sides.py"), json.dumps(asdict(job))]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Took(**json.loads(done.stdout.splitlines()[-1]))


def median(found: Sequence[Took]) -> Took:
    """Of each figure the median; of memory the highest."""
    middle = [statistics.median(getattr(one, name) for one in found) for name in ("wall", "cpu", "plan")]
    return Took(*middle, max(one.peak_mb for one in found))


def measured(jobs: Sequence[Job], rounds: int, work: str, persons: int) -> list[Line]:
    """The sides in turn, so often; what they decided is compared after the first round, and nothing is told when it differs."""
    took: dict[str, list[Took]] = {job.side: [] for job in jobs}
    for turn in range(rounds):
        for job in (*jobs[turn % len(jobs) :], *jobs[: turn % len(jobs)]):  # each of them first for once
            if turn == 0 or job.side in FAST:
                took[job.side].append(run(job))
                print(f"{work}: {job.side} {took[job.side][-1]}", file=sys.stderr, flush=True)
        if turn == 0:
            compare(jobs)
    return [Line(work, side, persons, median(found)) for side, found in took.items()]


def compare(jobs: Sequence[Job]) -> None:
    """Every value of every row of every side is that of the first."""
    import polars as pl

    for n in range(jobs[0].copies):
        first, *others = (pl.read_parquet(place_of(Path(job.out) / f"{n}.parquet")).sort("sleutel") for job in jobs)
        for job, other in zip(jobs[1:], others, strict=True):
            for name in first.columns:
                differs = first[name].ne_missing(other[name].cast(first.schema[name]))
                if len(first) != len(other) or differs.any():
                    key = first.filter(differs)["sleutel"][0]
                    raise DifferentError(f"{job.side} decides «{name}» of {differs.sum()} otherwise, the first is {key}")


def place_of(file: Path) -> str:
    """A file, or all files of a folder that Spark wrote."""
    return str(file if file.is_file() else file / "*.parquet")


# --- OpenFisca -------------------------------------------------------------------------------------------------------------------


def against_openfisca(
    python: str, persons: Path, at: Path, ruleset: str, jobs: Sequence[Job], rounds: int, work: str
) -> list[Line]:
    """The same people, by turns, and the verdicts compared. OpenFisca from the frames that ours begins with (its arrays made of them, the
    simulation built, set and reckoned), and from its own arrays in a simulation that is there already."""
    given, out = at / f"{ruleset}.in.npz", at / f"{ruleset}.out.npz"
    entries = ruleset == LISTS
    tables = read(persons)
    made = [arrays(tables, entries=entries) for _ in range(rounds)]
    prepared = median([took for _, took in made])
    count = save(made[0][0], given)
    lines, reckoned, whole = measured(jobs, rounds, work, count), [], []
    for _ in range(rounds):
        command = [python, str(HERE / "population_openfisca.py"), str(given), str(out), ON.isoformat()]
        # OpenFisca's own environment: nothing of ours is to be imported there
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=clean)
        told = json.loads(done.stdout.splitlines()[-1])
        wall, cpu, built, built_cpu = (statistics.median(told[name]) for name in ("walls", "cpus", "build_walls", "build_cpus"))
        reckoned.append(Took(wall, cpu, 0.0, told["peak_mb"]))
        before = prepared.wall + built
        whole.append(Took(before + wall, prepared.cpu + built_cpu + cpu, before, told["peak_mb"]))
        print(f"{work}: openfisca {whole[-1]}, of which reckoning {reckoned[-1]}", file=sys.stderr, flush=True)
    same_as_openfisca(Path(jobs[0].out) / "0.parquet", out)
    return [*lines, Line(work, "openfisca", count, median(whole)), Line(work, "reckoning", count, median(reckoned))]


def read(folder: Path) -> dict[str, Any]:
    """The tables of a population in memory."""
    import polars as pl
    from sameness import table_places

    return {name: pl.read_parquet(place) for name, place in table_places(folder).items()}


def save(found: Mapping[str, Any], out: Path) -> int:
    """Arrays in a file; of how many people they are."""
    import numpy as np

    np.savez(out, **found)
    return len(found["geboren"])


def arrays(tables: Mapping[str, Any], *, entries: bool) -> tuple[dict[str, Any], Took]:
    """The arrays that OpenFisca reads, without anything unknown, and what it took to make them: words as numbers, and of every entry whose
    it is. `entries`: lists as their entries, not their sums."""
    import polars as pl
    from population_by_hand import SUMS, TRUTHS

    persons, c = tables["personen"], pl.col
    wall, cpu = time.perf_counter(), time.process_time()
    flat = persons.select(
        *([] if entries else [c(f"eigen.{FLAT}.{name}").alias(name) for name in (*SUMS, *TRUTHS)]),
        geboren="persoon.geboortedatum",
        afgerond_op=c("opleiding.afgerond_op").fill_null(pl.date(1900, 1, 1)),
        volgt_opleiding="opleiding.volgt",
        mag_opleiding=c("opleiding.soort").is_in(["mbo_bbl", "overig"]).fill_null(False),
        woonplaats_hier="wonen.woonplaats_hier",
        dakloos=c("wonen.woonsituatie") == "dakloos",
        detentie="persoon.detentie",
        dagen_buitenland="persoon.buitenland.dagen_dit_jaar",
        koop=c("wonen.soort") == "koop",
        huurprijs=c("wonen.huur").fill_null(0),
        zelfstandige="werk.zelfstandige",
        huishouden_soort=c("huishouden.soort").replace_strict(["alleenstaande", "alleenstaande_ouder", "gehuwd"], [0, 1, 2]),
        verblijf_soort=c("persoon.verblijf.soort").replace_strict(
            ["nederlander", "eu", "vreemdeling_11_2", "vreemdeling_11_3", "procedure", "zonder"], range(6)
        ),
    )
    assert not sum(flat.null_count().row(0)), "something is unknown, and OpenFisca knows no unknown"
    found: dict[str, Any] = {name: flat[name].to_numpy() for name in flat.columns}
    if entries:
        listed = entries_of(tables)
        found |= {f"regel__{name}": listed[name].to_numpy() for name in listed.columns}
    return found, Took(time.perf_counter() - wall, time.process_time() - cpu, 0.0, 0)


def entries_of(tables: Mapping[str, Any]) -> Any:
    """The entries of all lists under one another, in the words of population_openfisca.py; what a list does not have is nought."""
    import polars as pl

    kinds = ["overig", "kinderbijslag", "toeslagen", "eigen_woning", "hypotheek", "huur", "energie", "zorgpremie"]
    lists = (
        "inkomsten",
        "huishouden.partner.inkomsten",
        "vermogen.bezittingen",
        "schulden",
        "huishouden.medebewoners",
        "huishouden.kinderen",
    )
    truths = ("onmisbaar", "aflossing_verplicht", "studeert", "commerciele_huurder", "thuiswonend")
    read = [tables[name].rename({"waarde": "bedrag"}, strict=False).with_columns(lijst=at) for at, name in enumerate(lists)]
    found = pl.concat(read, how="diagonal").join(
        tables["personen"].select("sleutel").with_row_index("eigenaar"), on="sleutel", maintain_order="left"
    )
    c, long_ago = pl.col, pl.date(1900, 1, 1)
    return found.select(
        c("eigenaar").cast(pl.Int64),
        c("lijst").cast(pl.Int64),
        c("bedrag").fill_null(0),
        c("per").replace_strict(["maand", "4_weken", "jaar"], [0, 1, 2], default=3).fill_null(3),
        c("soort").replace_strict(kinds, range(len(kinds)), default=0).fill_null(0),
        c("van").fill_null(long_ago),
        c("geboortedatum").fill_null(long_ago).alias("geboren"),
        c("achterstand_maanden").fill_null(0),
        *(c(name).fill_null(False) for name in truths),
    )


def same_as_openfisca(ours: Path, theirs: Path) -> None:
    """Every verdict, the grounds, the outcome and the amounts."""
    import numpy as np
    import polars as pl

    mine, found = pl.read_parquet(ours), dict(np.load(theirs))
    for name, array in found.items():
        column = mine[name.replace("oordeel_", "oordeel.")]
        if name == "uitkomst":
            column = column.replace_strict(["afgewezen", "onbepaald", "toegekend"], [0, 1, 2])
        other = pl.Series(name, array).cast(column.dtype)
        column = column.fill_null(0) if name == "bedrag" else column
        differs = column.ne_missing(other)
        if differs.any():
            raise DifferentError(
                f"OpenFisca decides «{name}» of {differs.sum()} otherwise, the first is row {differs.arg_true()[0]}"
            )


# --- the people ------------------------------------------------------------------------------------------------------------------


def population(at: Path, count: int, unknown: int, seed: int) -> Path:
    """A folder of tables, as `responsief generate` draws them."""
    from responsief.generate.population import Order, generate
    from responsief.register import Register

    folder = at / f"bevolking-{count}-{unknown}"
    if not folder.exists():
        generate(Order(count, seed, ON, None, unknown), Register.open(), folder)
    return folder


def flattened(folder: Path) -> Path:
    """The same people in one table, which also holds what is gathered from their lists."""
    import polars as pl
    from population_by_hand import KEY, SUMS, TRUTHS, with_lists
    from sameness import table_places

    out = folder.with_name(f"{folder.name}-plat")
    if not out.exists():
        out.mkdir()
        tables = {name: pl.scan_parquet(place) for name, place in table_places(folder).items()}
        names = tables["personen"].collect_schema().names()
        gathered = [pl.col(name).alias(f"eigen.{FLAT}.{name}") for name in (*SUMS, *TRUTHS)]
        with_lists(tables, ON).select(*names, *gathered).sort(KEY).sink_parquet(out / "personen.parquet")
    return out


# --- the tables ------------------------------------------------------------------------------------------------------------------


def table(lines: Sequence[Line], against: bool = True) -> str:
    """Side by side; `ours against it`: how often faster our Polars is, by the clock and in processor time. What must be so is held against
    processor time where both use every core: on a machine that does other work too, the clock says who was in whose way."""
    head = "| work | side | persons/s | wall, s | CPU, s | of which plan, s | peak, MB |"
    rule = "|---|---|---:|---:|---:|---:|---:|"
    if against:
        head, rule = head + " ours against it: wall | CPU | must be |", rule + "---:|---:|---|"
    found = [head, rule]
    for one in lines:
        took, ours = one.took, next(o.took for o in lines if o.work == one.work and o.side == "polars")
        row = f"| {one.work} | {NAMES[one.side]} | {one.persons / took.wall:,.0f} | {took.wall:.2f} | {took.cpu:.2f} | {took.plan:.2f} | {took.peak_mb:,} |"
        if against:
            target = TARGETS.get(one.side)
            wall, cpu = took.wall / ours.wall, took.cpu / ours.cpu
            reached = wall if one.side in BY_CLOCK else cpu
            said = "" if target is None else f"≥ {target:g}× {'✓' if reached >= target else '✗ NOT REACHED'}"
            row += f" {wall:.2f}× | {cpu:.2f}× | {said} |"
        found.append(row)
    return "\n".join(found)


def growth(small: Sequence[Line], large: Sequence[Line], what: str) -> str:
    """What ten times as much costs."""
    found = [f"| {what} | side | wall | CPU | peak |", "|---|---|---:|---:|---:|"]
    for before, after in zip(small, large, strict=True):
        a, b = before.took, after.took
        found.append(
            f"| {after.work} | {NAMES[after.side]} | {b.wall / a.wall:.1f}× | {b.cpu / a.cpu:.1f}× | {b.peak_mb / a.peak_mb:.1f}× |"
        )
    return "\n".join(found)


def load() -> str:
    return ", ".join(f"{one:.1f}" for one in os.getloadavg())


def main(given: Sequence[str] | None = None) -> int:
    """Draw, decide, compare, tell."""
    asks = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asks.add_argument("--count", type=int, default=1_000_000, help="persons; growth is measured from a tenth of them")
    asks.add_argument("--rules", type=int, default=10, help="rulesets decided one after another, against one (1: not measured)")
    asks.add_argument("--unknown", type=int, default=10, help="how many of every hundred facts are unknown")
    asks.add_argument("--seed", type=int, default=7)
    asks.add_argument("--rounds", type=int, default=5)
    asks.add_argument("--sides", nargs="*", choices=("hand", "duckdb", "spark"), default=["hand", "duckdb", "spark"])
    asks.add_argument(
        "--openfisca", metavar="PYTHON", help="an interpreter that has openfisca-core (default: this one, if it has)"
    )
    asks.add_argument("--at", type=Path, help="where to work (default: a temporary folder)")
    told = asks.parse_args(given)
    if told.openfisca is None and importlib.util.find_spec("openfisca_core"):
        told.openfisca = sys.executable
    with tempfile.TemporaryDirectory(dir=told.at) as folder:
        try:
            text = measure(told, Path(folder))
        except DifferentError as different:
            print(f"DIFFERENT: {different}")
            return 1
    print(text)
    return 0


def measure(told: argparse.Namespace, at: Path) -> str:
    began, sides = load(), ["polars", *told.sides]
    people = population(at, told.count, told.unknown, told.seed)

    def jobs(ruleset: str, folder: Path, names: Sequence[str], **more: Any) -> list[Job]:
        return [Job(side, ruleset, str(folder), str(at / f"uit-{side}"), **more) for side in names]

    lists = measured(jobs(LISTS, people, sides), told.rounds, "lists", told.count)
    flat = measured(jobs(FLAT, flattened(people), sides), told.rounds, "flat", told.count)
    known = population(at, told.count, 0, told.seed)
    memory, missing = [], ""
    for ruleset, source, work in ((FLAT, flattened(known), "flat, in memory"), (LISTS, known, "lists, in memory")):
        pair = jobs(ruleset, source, [s for s in FAST if s in sides], memory=True)
        if told.openfisca:
            memory += against_openfisca(told.openfisca, source, at, ruleset, pair, told.rounds, work)
        else:
            memory += measured(pair, told.rounds, work, told.count)
            missing = f"\n\n{NAMES['openfisca']}: {INSTALL}"
    few = population(at, told.count // 10, told.unknown, told.seed)
    grown = measured(jobs(LISTS, few, sides), told.rounds, "lists", told.count // 10)
    parts = [
        f"{told.count:,} persons, {told.unknown} % unknown, seed {told.seed}, {ON}, {os.cpu_count()} cores, load {began} before and {load()} after",
        "answers compared row by row: SAME",
        f"From Parquet to Parquet:\n\n{table([*lists, *flat])}",
        f"From frame to frame, nothing unknown:\n\n{table(memory)}{missing}",
        growth(grown, lists, f"{told.count // 10:,} → {told.count:,} persons"),
    ]
    if told.rules > 1:
        names = [side for side in sides if side != "spark"]
        many = measured(jobs(LISTS, few, names, copies=told.rules), told.rounds, "lists", told.count // 10)
        once = [line for line in grown if line.side in names]
        parts.append(growth(once, many, f"1 → {told.rules} rulesets, {told.count // 10:,} persons"))
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
