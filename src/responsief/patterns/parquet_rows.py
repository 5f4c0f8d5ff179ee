"""Rows of a Parquet file, some thousands at a time: the one place of this room that asks for the package that reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

BATCH: Final = 20_000  # rows
Batch = tuple[int, Mapping[str, Sequence[Any]]]  # the number of the first row, and the columns


class AbsentError(Exception):
    """Reading Parquet needs a package that is not there."""


def parquet_rows(path: Path, wanted: Callable[[Sequence[str]], Sequence[str]]) -> Iterator[Batch]:
    """The rows of these columns; `wanted` chooses from those that there are (none: nothing is read). Raises AbsentError, or OSError when
    the file can't be read (further)."""
    try:
        import pyarrow as arrow  # late: only a table of this kind needs it
        from pyarrow import parquet
    except ModuleNotFoundError as absent:
        if absent.name != "pyarrow":
            raise
        raise AbsentError from None
    try:
        with parquet.ParquetFile(path) as table:
            names, number = list(wanted(table.schema_arrow.names)), 1
            for batch in table.iter_batches(BATCH, columns=names) if names else ():
                yield number, {name: batch.column(name).to_pylist() for name in batch.schema.names}
                number += batch.num_rows
    except arrow.ArrowException as failed:
        raise OSError(str(failed)) from failed
