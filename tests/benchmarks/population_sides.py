"""Who decides in population.py: each side in a process of its own, so that peak memory is its own. What a side does is timed here.

Started by population.py: `python population_sides.py JOB`, with the job as JSON; it answers with one line of JSON.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import population_by_hand as by_hand  # the folder of this file is on the path only from here on
from sameness import cpu_seconds, peak_mb, spark_session, table_places

HERE = Path(__file__).parent
ON = date(2026, 3, 2)
INNER = 5  # frame to frame: so often in one process, of which the median counts
LISTS, FLAT = "meettoeslag", "meettoeslag-plat"


@dataclass(frozen=True)
class Job:
    """What one process does. `ruleset`: LISTS or FLAT; `copies`: so many rulesets one after another; `memory`: from frame to frame."""

    side: str
    ruleset: str
    folder: str
    out: str
    copies: int = 1
    memory: bool = False


@dataclass(frozen=True)
class Took:
    """Seconds by the clock and of the processor, of which so many by the clock for making the plan, and MB at the highest."""

    wall: float
    cpu: float
    plan: float
    peak_mb: int


# --- the rules -----------------------------------------------------------------------------------------------------------------


def text_of(ruleset: str, more: int = 0) -> str:
    """The ruleset as YAML. FLAT asks what LISTS gathers from lists; `more`: euro on top of the norm of who lives alone."""
    text = (HERE / "bevolking.yaml").read_text(encoding="utf-8").replace("€ 1.401,50", f"€ 1.{401 + more},50")
    if ruleset == LISTS:
        return text
    gathered = (*by_hand.SUMS, *by_hand.TRUTHS)
    kinds = dict.fromkeys(by_hand.TRUTHS, "ja_nee") | {"kostendelers": "getal"}
    asked = [f"  {n}: {{type: {kinds.get(n, 'geld')}, label: {n}, vraag: Wat is {n}?, van: [inwoner]}}\n" for n in gathered]
    without = re.sub(rf"^  ({'|'.join(gathered)}): .*\n", "", text, flags=re.MULTILINE)
    named = without.replace(f"regelset: {LISTS}\n", f"regelset: {FLAT}\n")
    return named.replace("bedragen:\n", "gegevens:\n" + "".join(asked) + "bedragen:\n", 1)


def columns_of(ruleset: str, more: int, at: Path) -> Any:
    """The ruleset, compiled to columns."""
    from responsief.backends.to_columns import compile_columns
    from responsief.register import Register

    file = at / f"{ruleset}-{more}.yaml"
    file.write_text(text_of(ruleset, more), encoding="utf-8")
    register = Register.open(file)
    return compile_columns(register.compiled(ruleset, ON, None), register)


# --- from Parquet to Parquet ---------------------------------------------------------------------------------------------------

#: tables of an engine from where they stand, and the verdicts written to a place
Engine = tuple[Callable[[str], Any], Callable[[Any, Path], object]]


def engine(side: str) -> Engine:
    match side:
        case "duckdb":
            import duckdb

            session = duckdb.connect()
            return session.read_parquet, lambda found, out: found.write_parquet(str(out))
        case "spark":
            spark = spark_session()
            return spark.read.parquet, lambda found, out: found.write.parquet(str(out))
        case _:
            import polars as pl

            return pl.scan_parquet, lambda found, out: found.sink_parquet(out)


def deciders(job: Job, at: Path) -> list[Callable[[Mapping[str, Any]], Any]]:
    """What makes verdicts of tables, per ruleset. Rulesets are compiled before the clock starts; their plans are made while it runs."""
    if job.side == "hand":
        rules = by_hand.decided if job.ruleset == LISTS else by_hand.decided_flat
        return [lambda tables, more=100 * n: rules(tables, ON, more) for n in range(job.copies)]
    import narwhals  # noqa: F401  imported before the clock starts, as Polars is for the side by hand

    import responsief.situation  # noqa: F401  idem
    from responsief.backends.to_columns import decide_columns

    compiled = [columns_of(job.ruleset, n, at) for n in range(job.copies)]
    return [lambda tables, one=one: decide_columns(one, tables, ON) for one in compiled]


def in_files(job: Job, at: Path) -> Took:
    """Every ruleset from Parquet to Parquet."""
    read, write = engine(job.side)
    decide = deciders(job, at)
    cpu, wall, planned = cpu_seconds(), time.perf_counter(), 0.0
    for n, one in enumerate(decide):
        start = time.perf_counter()
        found = one({name: read(place) for name, place in table_places(Path(job.folder)).items()})
        planned += time.perf_counter() - start
        write(found, Path(job.out) / f"{n}.parquet")
    return Took(time.perf_counter() - wall, cpu_seconds() - cpu, planned, peak_mb())


# --- from frame to frame -------------------------------------------------------------------------------------------------------


def in_memory(job: Job, at: Path) -> Took:
    """Verdicts as frames of Polars, from frames in memory; the plan was made before."""
    import polars as pl

    tables = {name: pl.read_parquet(place) for name, place in table_places(Path(job.folder)).items()}
    (decide,) = deciders(job, at)
    lazy = {name: table.lazy() for name, table in tables.items()}
    if (
        job.side == "hand"
    ):  # who writes by hand knows that her people stand in order, and need not be sorted; ours looks, each time
        lazy["personen"] = tables["personen"].with_columns(pl.col(by_hand.KEY).set_sorted()).lazy()
    took = []
    for _ in range(INNER):
        cpu, wall = cpu_seconds(), time.perf_counter()
        found = decide(lazy).collect() if job.side == "hand" else decide(tables)
        took.append((time.perf_counter() - wall, cpu_seconds() - cpu))
    found.write_parquet(Path(job.out) / "0.parquet")
    wall, cpu = sorted(took)[INNER // 2]
    return Took(wall, cpu, 0.0, peak_mb())


def main(given: str) -> None:
    job = Job(**json.loads(given))
    out = Path(job.out)
    out.mkdir(parents=True)
    took = in_memory(job, out) if job.memory else in_files(job, out)
    print(json.dumps(asdict(took)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
