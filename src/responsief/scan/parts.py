"""A population of tables in parts of consecutive keys, so that only one part is in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.frozen import dataclass
from responsief.source import Source, Span
from responsief.tables.folder import read_tables
from responsief.tables.layout import KEY, PERSONS

if TYPE_CHECKING:
    import polars as pl

SIZE: Final = 200_000  # persons in a part
_BATCH: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """Persons with keys from `eerste` to `laatste`: how many, and which part it is, from 1."""

    nummer: int
    eerste: int
    laatste: int
    aantal: int


def plan_parts(folder: Path, size: int) -> tuple[Part, ...]:
    """The parts of a folder of tables. Raises InvalidError when its keys are missing, double or not in order."""
    found: list[Part] = []
    first = last = -1
    count = 0
    before: int | None = None
    for keys in _keys(folder):
        for key in keys:
            if key is None or (before is not None and key <= before):
                what = "ontbreekt" if key is None else f"{key} komt na {before}"
                text = f"in {PERSONS} staan de sleutels niet oplopend, elk één keer: {what}"
                raise InvalidError(
                    [Diagnostic("bevolking", text, _place(folder), f"sorteer elke tabel op «{KEY}», en maak sleutels uniek")]
                )
            before = key
            first = key if not count else first
            last, count = key, count + 1
            if count == size:
                found.append(Part(len(found) + 1, first, last, count))
                count = 0
    if count:
        found.append(Part(len(found) + 1, first, last, count))
    return tuple(found)


def _keys(folder: Path) -> Iterator[list[int | None]]:
    import pyarrow.parquet as parquet

    for path in table_files(folder, PERSONS):
        file = parquet.ParquetFile(path)
        if KEY not in file.schema_arrow.names:
            raise InvalidError(
                [
                    Diagnostic(
                        "bevolking",
                        f"in {path.name} staat geen kolom «{KEY}»",
                        _place(folder),
                        "geef elke persoon een heel getal als sleutel",
                    )
                ]
            )
        for batch in file.iter_batches(_BATCH, columns=[KEY]):
            yield batch.column(0).to_pylist()


def table_files(folder: Path, name: str) -> tuple[Path, ...]:
    """The files of one table, in order."""
    one = folder / f"{name}.parquet"
    return (one,) if one.is_file() else tuple(sorted((folder / name).glob("*.parquet")))


def read_part(folder: Path, part: Part) -> dict[str, pl.DataFrame]:
    """The tables of one part; the filter on the key skips what lies outside it."""
    import polars as pl

    mine = pl.col(KEY).is_between(part.eerste, part.laatste)
    return {
        name: frame.filter(mine).collect()
        for name, frame in read_tables(folder).items()
        if KEY in frame.collect_schema().names()
    }


def all_files(folder: Path) -> tuple[Path, ...]:
    """Every file of a folder of tables, in order: what its fingerprint is made of."""
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in (".parquet", ".json")))


def _place(folder: Path) -> Span:
    return Span(Source(folder.as_posix(), ""), 1, 1)
