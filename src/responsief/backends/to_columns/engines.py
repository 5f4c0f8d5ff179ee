"""The engines: whose frames come in, who decides them, and how the same kind of frame goes out.

Polars is spoken to itself: it has the words of narwhals, and a plan is made ten times as fast. PyArrow tables and pandas frames are
read by Polars where they stand (pandas has no column of whole numbers that can be unknown unless it is asked for). PySpark is spoken to
in SQL, with the same words (`spark`). Of Dask every partition is decided by Polars (`partitions`). DuckDB and whatever else narwhals knows
decide their own frames, lazily.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from responsief.backends.to_columns import spark
from responsief.frozen import dataclass
from responsief.tables.layout import KEY, PERSONS

LARGE: Final = 500_000  # so many clients Polars decides faster in pieces, also where all is in memory; fewer at once


@dataclass(frozen=True, slots=True)
class Frames:
    """Tables ready to be decided. `words`: the module with col, lit and when for these frames. `small`: how large an expression may be
    written out again rather than kept in a column. `wraps`: reckoning beyond 64 bits is no error, and narrower numbers are faster.
    `in_order`: the clients came in the order of their keys."""

    words: Any
    tables: Mapping[str, Any]
    columns: Mapping[str, tuple[str, ...]]
    small: int = 12  # a query engine plans every level of columns anew
    wraps: bool = False
    in_order: bool = False


def enter(tables: Mapping[str, Any]) -> Frames:
    """The tables as frames that a plan can be run on. Raises LookupError when there is no table of clients."""
    import narwhals as nw  # late: an extra

    if PERSONS not in tables:
        raise LookupError(PERSONS)
    frames = {name: nw.from_native(table) for name, table in tables.items()}
    clients = frames[PERSONS].implementation
    columns = {name: tuple(frame.collect_schema().names()) for name, frame in frames.items()}
    if clients.is_polars() or clients.is_pyarrow() or clients.is_pandas():
        import polars as pl

        found = {name: _to_polars(table) for name, table in tables.items()}
        lazy = {name: table.lazy() for name, table in found.items()}
        return Frames(pl, lazy, columns, 2, wraps=True, in_order=_in_order(found[PERSONS]))
    if clients.is_pyspark() or clients.is_pyspark_connect():
        return Frames(spark, {name: spark.Frame(table) for name, table in tables.items()}, columns)
    return Frames(nw, {name: frame.lazy() for name, frame in frames.items()}, columns)


def _in_order(clients: Any) -> bool:
    """Do the keys of a frame of Polars rise? Sorting costs more than most rulesets do; of a lazy frame nobody knows."""
    import polars as pl

    return isinstance(clients, pl.DataFrame) and clients[KEY].null_count() == 0 and clients[KEY].is_sorted()


def _to_polars(table: Any) -> Any:
    """A Polars, PyArrow or pandas frame as one of Polars."""
    import narwhals as nw
    import polars as pl

    kind = nw.from_native(table).implementation
    if kind.is_polars():
        return table
    if kind.is_pandas():
        import pyarrow as pa  # it reads a column of which nothing is known as that, and not as words

        table = pa.Table.from_pandas(table, preserve_index=False)
    found = pl.from_arrow(table)
    assert isinstance(found, pl.DataFrame)
    return found


def leave(found: Any, clients: Any, *, in_order: bool) -> Any:
    """What was decided, in the order of the keys, as a frame of the kind that the clients came in. `found` is lazy."""
    import narwhals as nw

    came = nw.from_native(clients)
    kind = came.implementation
    if not (kind.is_polars() or kind.is_pyarrow() or kind.is_pandas()):
        return found.to_native()
    if not in_order:  # nor does a join keep any; one that does waits for one core
        found = found.sort(KEY)
    if isinstance(came, nw.LazyFrame):
        return found
    made = found.collect(engine="streaming" if len(came) > LARGE else "in-memory")
    if kind.is_pyarrow():
        return made.to_arrow()
    return made.to_pandas(use_pyarrow_extension_array=True) if kind.is_pandas() else made
