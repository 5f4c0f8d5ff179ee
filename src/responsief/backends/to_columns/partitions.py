"""Frames of Dask: tables in partitions, each of which Polars decides by itself.

Who is in which partition hangs on the key alone, in every table alike; so a partition holds whole clients with all entries of their lists, and
nothing but its own verdicts leaves it. Lazy, as Dask is: nothing is decided before somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from responsief.tables.layout import KEY, PERSONS

Decide = Callable[[Mapping[str, Any]], Any]


def in_partitions(frame: Any) -> bool:
    """Is this a frame of Dask?"""
    import narwhals.dependencies as known  # late: an extra

    return bool(known.is_dask_dataframe(frame))


def decided(tables: Mapping[str, Any], decide: Decide) -> Any:
    """The verdicts of all partitions, as a lazy frame of Dask. `decide`: from tables of pandas to a frame of pandas."""
    if PERSONS not in tables:
        raise LookupError(PERSONS)
    dask: Any = import_module("dask.dataframe")  # an extra, of which only half has types
    names = [PERSONS, *(name for name in tables if name != PERSONS)]
    parts = tables[PERSONS].npartitions
    apart = [_by_key(tables[name], parts) for name in names]

    def of_one(*frames: Any) -> Any:
        return decide(dict(zip(names, frames, strict=True)))

    nobody = of_one(*(frame._meta for frame in apart))  # Dask's own word for what a frame looks like
    return dask.map_partitions(of_one, *apart, meta=nobody, align_dataframes=False, enforce_metadata=False)


def _by_key(frame: Any, parts: int) -> Any:
    """The same rows in so many partitions, whoever has the same key together; the key as one kind of number in every table."""
    return frame.assign(**{KEY: frame[KEY].astype("int64")}).shuffle(on=KEY, npartitions=parts)
