"""Do Polars, DuckDB and PySpark decide a population the same? Every shipped ruleset that decides, on each of them, and a hash of every answer.

    python tests/benchmarks/sameness.py --count 1000000 --unknown 10       (needs the extras `population`, `duckdb`, `spark`, and Java)

Per place with rules of its own a population is drawn (the same seed), each engine reads its Parquet files and writes its verdicts as
Parquet, and what was written is hashed by key and column, whatever files it came in. Exit code 1: some ruleset was decided otherwise.
Seconds are of the processor and of the clock, of deciding and writing together; peak memory is of the engine's process so far.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

ON = date(2026, 3, 2)
ELSEWHERE = "0599"  # where national rules are decided as they are for who lives there
ENGINES = ("polars", "duckdb", "spark")
ROWS = 1 << 16  # hashed at once: engines write batches of their own sizes


@dataclass(frozen=True)
class Asked:
    """A ruleset, the place as of which it is decided, the municipality of the population (None: the whole country), and the day."""

    ruleset: str
    place: str
    municipality: str | None
    on: date


@dataclass(frozen=True)
class Answer:
    """What an engine made of a ruleset: the hash of it, seconds of the processor and the clock, and MB at the highest so far."""

    ruleset: str
    engine: str
    sha256: str
    cpu: float
    wall: float
    peak_mb: int


def shipped() -> tuple[Asked, ...]:
    """Every shipped ruleset that decides; a local one in its own municipality, one of an area in a municipality of it, one that a
    municipality must fill in where one did; and one that is not in force on the usual day on the first day of its newest version."""
    from responsief.register import Register

    register, found = Register.open(), []
    filled_in = sorted({one.gemeente for versions in register.versions.values() for one in versions if one.gemeente})
    for ident, versions in sorted(register.versions.items()):
        deciding = [one for one in versions if one.decides]
        now = next((one for one in deciding if one.holds_on(ON)), deciding[-1] if deciding else None)
        if now is not None:
            on = ON if now.holds_on(ON) else now.van
            local = now.gemeente or (min(now.gebied.gemeenten) if now.gebied is not None else None)
            places = [local] if local else [ELSEWHERE, *filled_in]
            found.append(Asked(ident, next(one for one in places if _links(register, ident, on, one)), local, on))
    return tuple(found)


def _links(register: Any, ident: str, on: date, place: str) -> bool:
    from responsief.ir.program import LinkError

    try:
        register.compiled(ident, on, place).figures(on)
    except LinkError:
        return False
    return True


# --- a hash of what was decided ------------------------------------------------------------------------------------------


def hash_of(files: Path) -> str:
    """A hash of a file or folder of Parquet with a row per key: of names, kinds and values, in the order of names and keys.

    In which files, batches and encodings an engine wrote them makes no difference; an unknown value is no value."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    table = ds.dataset(files, format="parquet").to_table()
    names = sorted(table.column_names)
    table = table.select(names).sort_by("sleutel")
    keys = table["sleutel"]
    if keys.null_count or pc.count_distinct(keys).as_py() != len(keys):
        raise ValueError(f"{files}: a key is missing or stands there twice")
    found = hashlib.sha256(f"{len(table)}".encode())
    for name in names:
        column = _plain(table[name])
        found.update(f"\0{name}\0{column.type}\0".encode())
        if pa.types.is_string(column.type):
            words = pa.array(sorted(pc.unique(column).drop_null().to_pylist()), pa.string())
            found.update("\0".join(words.to_pylist()).encode())
            column = pc.index_in(column, value_set=words)
        for start in range(0, len(column), ROWS):
            some = column.slice(start, ROWS)
            found.update(pc.is_null(some).cast(pa.uint8()).to_numpy().tobytes())
            found.update(pc.fill_null(some.cast(pa.int64()), 0).to_numpy().tobytes())
    return found.hexdigest()


def _plain(column: Any) -> Any:
    """Whole numbers, truths and words, however wide an engine makes them."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_boolean(kind):
        return column
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_null(kind):
        return column.cast(pa.int64())
    return column.cast(pa.string())


# --- the engines -----------------------------------------------------------------------------------------------------------

#: decides one program on the tables of a folder and writes the verdicts
Decide = Callable[[Any, Path, Path, date], None]


def table_places(folder: Path) -> dict[str, str]:
    """Per table what reads all of its files."""
    return {
        one.name.removesuffix(".parquet"): str(one if one.is_file() else one / "*.parquet")
        for one in sorted(folder.iterdir())
        if one.is_dir() or one.suffix == ".parquet"
    }


def in_polars() -> Decide:
    import polars as pl

    from responsief.backends.to_columns import decide_columns

    def decide(columns: Any, folder: Path, out: Path, on: date) -> None:
        tables = {name: pl.scan_parquet(place) for name, place in table_places(folder).items()}
        decide_columns(columns, tables, on).sink_parquet(out)

    return decide


def in_duckdb() -> Decide:
    import duckdb

    from responsief.backends.to_columns import decide_columns

    session = duckdb.connect()

    def decide(columns: Any, folder: Path, out: Path, on: date) -> None:
        tables = {name: session.read_parquet(place) for name, place in table_places(folder).items()}
        decide_columns(columns, tables, on).write_parquet(str(out))

    return decide


def in_spark(session: Any = None) -> Decide:
    from responsief.backends.to_columns import decide_columns

    session = session or spark_session()

    def decide(columns: Any, folder: Path, out: Path, on: date) -> None:
        tables = {name: session.read.parquet(place) for name, place in table_places(folder).items()}
        decide_columns(columns, tables, on).write.parquet(str(out))

    return decide


def spark_session() -> Any:
    """Spark on the cores of this machine."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.driver.memory", "4g")
    for name, value in (("spark.sql.shuffle.partitions", "4"), ("spark.ui.showConsoleProgress", "false")):
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")  # what is too large to be compiled is told at length, and then done uncompiled
    return session


MAKE: Mapping[str, Callable[[], Decide]] = {"polars": in_polars, "duckdb": in_duckdb, "spark": in_spark}


def answers(
    engine: str, decide: Decide, asked: Sequence[Asked], folders: Mapping[str | None, Path], at: Path
) -> Iterator[Answer]:
    """Each ruleset on one engine; what was written goes once it is hashed."""
    from responsief.backends.to_columns import compile_columns
    from responsief.register import Register

    register = Register.open()
    for one in asked:
        columns = compile_columns(register.compiled(one.ruleset, one.on, one.place), register)
        out = at / f"{engine}-{one.ruleset}.parquet"
        cpu, wall = cpu_seconds(), time.perf_counter()
        decide(columns, folders[one.municipality], out, one.on)
        took = cpu_seconds() - cpu, time.perf_counter() - wall
        yield Answer(one.ruleset, engine, hash_of(out), round(took[0], 1), round(took[1], 1), peak_mb())
        shutil.rmtree(out) if out.is_dir() else out.unlink()


# --- what it cost ----------------------------------------------------------------------------------------------------------


def family() -> list[Path]:
    """Where Linux tells of this process and of those that it started (of Spark: Java)."""
    found, todo = [], [Path("/proc/self")]
    while todo:
        one = todo.pop()
        found.append(one)
        for task in one.glob("task/*/children"):
            todo += [Path("/proc", pid) for pid in task.read_text().split()]
    return found


def cpu_seconds() -> float:
    """Of the processor, of this process and of those it started, also that ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    total = ended.ru_utime + ended.ru_stime
    for one in family():
        fields = (one / "stat").read_text().rpartition(")")[2].split()
        total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return total


def peak_mb() -> int:
    """The most memory that each of them held, together."""
    lines = [line for one in family() for line in (one / "status").read_text().splitlines() if line.startswith("VmHWM:")]
    return sum(int(line.split()[1]) for line in lines) // 1024


# --- the run ---------------------------------------------------------------------------------------------------------------


def populations(asked: Sequence[Asked], at: Path, count: int, unknown: int, seed: int) -> dict[str | None, Path]:
    """A folder of tables per municipality that is asked about."""
    from responsief.generate.population import Order, generate
    from responsief.register import Register

    found: dict[str | None, Path] = {}
    for municipality in dict.fromkeys(one.municipality for one in asked):
        found[municipality] = at / f"bevolking-{municipality or 'land'}"
        generate(Order(count, seed, ON, municipality, unknown), Register.open(), found[municipality])
    return found


def table(found: Sequence[Answer], asked: Sequence[Asked]) -> tuple[str, bool]:
    """Ruleset by engine, and whether all is the same."""
    lines, same = ["| ruleset | engine | hash | CPU, s | wall, s | peak, MB | |", "|---|---|---|---:|---:|---:|---|"], True
    for one in asked:
        mine = [answer for answer in found if answer.ruleset == one.ruleset]
        alike = len({answer.sha256 for answer in mine}) == 1
        same = same and alike
        for a in mine:
            said = "SAME" if alike else "DIFFERENT"
            lines.append(f"| {a.ruleset} | {a.engine} | {a.sha256[:16]} | {a.cpu:.1f} | {a.wall:.1f} | {a.peak_mb} | {said} |")
    return "\n".join(lines), same


def main(given: Sequence[str] | None = None) -> int:
    """Draw, decide, hash, compare; each engine in a process of its own, one after another."""
    asks = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asks.add_argument("--count", type=int, default=20_000, help="persons per population")
    asks.add_argument("--unknown", type=int, default=10, help="how many of every hundred facts are unknown")
    asks.add_argument("--seed", type=int, default=7)
    asks.add_argument("--rulesets", nargs="*", help="default: every shipped ruleset that decides")
    asks.add_argument("--engines", nargs="*", choices=ENGINES, default=list(ENGINES))
    asks.add_argument("--only", help=argparse.SUPPRESS)  # the engine of a process that this one started
    asks.add_argument("--at", type=Path, help="where to work (default: a temporary folder)")
    told = asks.parse_args(given)
    asked = tuple(one for one in shipped() if not told.rulesets or one.ruleset in told.rulesets)
    if unknown := set(told.rulesets or ()) - {one.ruleset for one in asked}:
        asks.error(f"no such ruleset: {', '.join(sorted(unknown))}")
    if told.only:
        folders = {one.municipality: told.at / f"bevolking-{one.municipality or 'land'}" for one in asked}
        for answer in answers(told.only, MAKE[told.only](), asked, folders, told.at):
            print(json.dumps(asdict(answer)), flush=True)
        return 0
    with tempfile.TemporaryDirectory(dir=told.at) as folder:
        at = Path(folder)
        populations(asked, at, told.count, told.unknown, told.seed)
        found = []
        for engine in told.engines:
            command = [
                sys.executable,
                __file__,
                "--only",
                engine,
                "--at",
                str(at),
                "--rulesets",
                *(one.ruleset for one in asked),
            ]
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
                assert process.stdout is not None
                for line in process.stdout:
                    found.append(Answer(**json.loads(line)))
                    print(f"{found[-1]}", file=sys.stderr, flush=True)
            if process.returncode:
                return process.returncode
    text, same = table(found, asked)
    print(f"{told.count:,} persons, {told.unknown} % unknown, seed {told.seed}, {ON}, {len(asked)} rulesets\n\n{text}\n")
    print("SAME" if same else "DIFFERENT")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
