"""A population of tables in parts of consecutive keys, so that only one part is in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.frozen import dataclass
from responsief.source import Source, Span
from responsief.tables.folder import CONTENTS, read_contents, read_tables, table_files
from responsief.tables.layout import KEY, PERSONS, layout

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


def must_be_whole(folder: Path) -> None:
    """Raises InvalidError when a table is missing or can't be read: a list of which the table is gone would count as empty.

    Starts no thread, so that whoever calls it can still copy its process (`difference.spread`).
    """
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    persons = table_files(folder, PERSONS)
    if not persons:
        advice = "noem de map die «responsief generate» schreef, of een map met «personen.parquet»"
        raise _wrong(folder, f"in deze map ontbreekt de tabel «{PERSONS}»", advice)
    there = {path.stem if path.is_file() else path.name for path in folder.iterdir()}
    missing = {name for name in _named(folder) if name not in there or not table_files(folder, name)}
    try:
        lists = {name for path in persons for name in _lists_told(parquet.ParquetFile(path))}
        missing |= {name for name in lists if not table_files(folder, name)}
        for name in sorted(there - missing):
            for path in table_files(folder, name):
                parquet.ParquetFile(path)
    except (OSError, arrow.ArrowException) as failed:
        told = "een tabel in deze map is niet te lezen als Parquet"
        raise _wrong(folder, told, "maak de map opnieuw: een bestand is beschadigd of half geschreven") from failed
    if missing:
        names = ", ".join(f"«{name}»" for name in sorted(missing))
        word = "ontbreekt de tabel" if len(missing) == 1 else "ontbreken de tabellen"
        advice = f"zet {sorted(missing)[0]}.parquet erbij, of maak de map opnieuw: zonder die tabel lijkt die lijst leeg"
        raise _wrong(folder, f"in deze map {word} {names}", advice)


def _named(folder: Path) -> tuple[str, ...]:
    """The tables that the contents name, where there are contents."""
    if not (folder / CONTENTS).is_file():
        return ()
    try:
        return tuple(read_contents(folder)["tabellen"])
    except (ValueError, KeyError, TypeError) as failed:
        told = f"«{CONTENTS}» is geen inhoudsopgave die deze versie leest"
        raise _wrong(folder, told, "maak de map opnieuw met «responsief generate»") from failed


def _lists_told(persons: Any) -> Iterator[str]:
    """The lists that somebody is known to have, also an empty one, in a file of persons."""
    lists = {table.name for table in layout().tables.values() if len(table.keys) == 2}
    for name in sorted(lists.intersection(persons.schema_arrow.names)):
        if True in persons.read(columns=[name], use_threads=False).column(0).unique().to_pylist():
            yield name


def _wrong(folder: Path, text: str, hulp: str) -> InvalidError:
    return InvalidError([Diagnostic("bevolking", text, _place(folder), hulp)])


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
        for batch in file.iter_batches(_BATCH, columns=[KEY], use_threads=False):
            yield batch.column(0).to_pylist()


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
