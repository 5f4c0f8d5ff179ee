"""In which district people live, of a folder of tables: `wijk` of `personen`, under the key by which a scan of these tables names them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.patterns.scanned import BATCH, OWN, AbsentError
from responsief.source import Source, Span
from responsief.tables.folder import OWN_KEYS
from responsief.tables.layout import DISTRICT, KEY, PERSONS
from responsief.wording import readable

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

Row = tuple[int, str, str, str]  # the number of the row; of somebody the key, the building and the district («» is unknown)
MAKE: Final = "noem de map die «responsief generate» of «responsief scan --make-tables» schreef"


def districts_in(folder: Path) -> Iterator[Row]:
    """Each person of the tables; no building is known of anybody. Raises InvalidError when the folder holds no such tables, AbsentError
    when the package that reads them is absent."""
    one = folder / f"{PERSONS}.parquet"
    files = [one] if one.is_file() else sorted((folder / PERSONS).glob("*.parquet"))
    if not files:
        raise _wrong(folder, f"in deze map ontbreekt de tabel «{PERSONS}»", f"{MAKE}, of een CSV met sleutel,gebouw,wijk")
    own = folder / OWN_KEYS
    theirs = dict(_read([own], (KEY, OWN))) if own.is_file() else None
    for number, (key, district) in enumerate(_read(files, (KEY, DISTRICT)), 1):
        name = key if theirs is None else theirs.get(key)
        if name is not None:
            yield number, str(name), "", "" if district is None else readable(str(district).strip(), 80)


def _read(files: list[Path], columns: tuple[str, str]) -> Iterator[tuple[Any, Any]]:
    """These two columns of each row."""
    try:
        import pyarrow as arrow  # late: only tables need it
        from pyarrow import parquet
    except ModuleNotFoundError as absent:
        if absent.name != "pyarrow":
            raise
        raise AbsentError from None
    try:
        for path in files:
            with parquet.ParquetFile(path) as table:
                _must_have(path, table, columns)
                for batch in table.iter_batches(BATCH, columns=list(columns)):
                    yield from zip(*(batch.column(name).to_pylist() for name in columns), strict=True)
    except (OSError, arrow.ArrowException) as failed:
        raise _wrong(path, "deze tabel is niet te lezen als Parquet", "maak haar opnieuw") from failed


def _must_have(path: Path, table: ParquetFile, columns: tuple[str, str]) -> None:
    for name in columns:
        if name not in table.schema_arrow.names:
            advice = "zet bij elke persoon een wijk, of noem een CSV met sleutel,gebouw,wijk" if name == DISTRICT else MAKE
            raise _wrong(path, f"in deze tabel ontbreekt de kolom «{name}»", advice)


def _wrong(path: Path, text: str, advice: str) -> InvalidError:
    return InvalidError([Diagnostic("plaatsen", text, Span(Source(path.as_posix(), ""), 1, 1), advice)])
