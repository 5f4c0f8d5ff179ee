"""Situations into tables. What is in doubt is unknown there, as it is to a verdict (`Situation.effective`).

Polars is needed (the extra `population`); it is loaded when a frame is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticCustomError

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.ir.types import Kind
from responsief.situation import Situation
from responsief.tables.folder import About, TableWriter
from responsief.tables.layout import PERSONS, Column, Layout, Rules, Table, layout
from responsief.values import GEEN, Between, Period

if TYPE_CHECKING:
    import polars as pl

PART: Final = 50_000  # clients that are in memory at once
FIRST: Final = 1  # the key of the first client


def to_frames(
    situations: Iterable[Situation], rules: Rules | Layout | None = None, *, first: int = FIRST
) -> dict[str, pl.DataFrame]:
    """The tables of these situations, every table and column of the layout among them; their keys count from `first`.

    Raises InvalidError with the path of an own fact that is not what its ruleset asks.
    """
    import polars as pl  # late: an extra

    known = layout(rules)
    rows = _Rows(known)
    for at, situation in enumerate(situations):
        rows.add(first + at, situation.effective)
    return {
        name: pl.DataFrame(
            [pl.Series(c.name, rows.cells[name][at], dtype=getattr(pl, c.storage)) for at, c in enumerate(table.columns)]
        )
        for name, table in known.tables.items()
    }


def write_tables(
    situations: Iterable[Situation],
    rules: Rules | Layout | None,
    folder: Path,
    *,
    made_by: str,
    on: date | None = None,
    part: int = PART,
) -> int:
    """Write the tables of these situations to a new folder, part by part; how many clients there were.

    The folder is there as a whole or not at all. Raises FileExistsError when it is there and not empty, OSError when it can't be
    written, and InvalidError as `to_frames` does.
    """
    known, each, number = layout(rules), iter(situations), 0
    with TableWriter(folder, About(made_by, on)) as writer:
        while some := list(islice(each, part)):
            writer.write(to_frames(some, known, first=FIRST + number))
            number += len(some)
        if not number:
            writer.write(to_frames((), known))
    return number


class _Rows:
    """The cells of every table, column by column."""

    def __init__(self, known: Layout) -> None:
        self.layout = known
        self.cells: dict[str, list[list[Any]]] = {name: [[] for _ in table.columns] for name, table in known.tables.items()}
        self.lists = [table for table in known.tables.values() if len(table.keys) == 2]
        self.deeper: dict[str, list[Table]] = {
            table.name: [t for t in known.tables.values() if t.path[:-1] == table.path and len(t.keys) > len(table.keys)]
            for table in self.lists
        }

    def add(self, key: int, situation: Situation) -> None:
        own = self._own(situation)
        cells = self.cells[PERSONS]
        cells[0].append(key)
        holders: dict[tuple[str, ...], Any] = {(): situation}
        for column, into in zip(self.layout.persons.facts, cells[1:], strict=True):
            path = column.path
            value = own.get(path) if path[0] == "eigen" else _field(_holder(holders, path[:-1]), path[-1])
            into.append(_cell(column, value))
        for table in self.lists:
            self._entries(table, _field(_holder(holders, table.path[:-1]), table.path[-1]), (key,))

    def _entries(self, table: Table, entries: Any, keys: tuple[int, ...]) -> None:
        for number, entry in enumerate(entries or ()):
            cells = self.cells[table.name]
            for key, into in zip((*keys, number), cells, strict=False):
                into.append(key)
            for column, into in zip(table.facts, cells[len(table.keys) :], strict=True):
                into.append(entry if table.words else _cell(column, _field(entry, column.path[0])))
            for inner in self.deeper.get(table.name, ()):
                self._entries(inner, _field(entry, inner.path[-1]), (*keys, number))

    def _own(self, situation: Situation) -> dict[tuple[str, ...], Any]:
        found: dict[tuple[str, ...], Any] = {}
        wrong = []
        for home, facts in situation.eigen.items():
            for name, raw in facts.items():
                soort = self.layout.own.get((home, name))
                if soort is None or raw is None:
                    continue
                try:
                    found["eigen", home, name] = soort.read(raw)
                except PydanticCustomError as error:
                    said: dict[str, Any] = dict(error.context or {})
                    code, text = str(said.get("code", "situatie")), str(said.get("fout", error))
                    wrong.append(Diagnostic(code, text, hulp=said.get("hulp") or None, pad=f"eigen.{home}.{name}"))
        if wrong:
            raise InvalidError(wrong)
        return found


def _holder(holders: dict[tuple[str, ...], Any], path: tuple[str, ...]) -> Any:
    """The group at a path; None where a partner on the way is unknown or not there."""
    if path not in holders:
        holders[path] = _field(_holder(holders, path[:-1]), path[-1])
    return holders[path]


def _field(holder: Any, name: str) -> Any:
    return None if holder is None or holder is GEEN else holder.__dict__[name]


def _cell(column: Column, value: Any) -> Any:
    match column.role:
        case "lijst":
            return None if value is None else True
        case "partner":
            return None if value is None else value is not GEEN
        case "geen":
            return None if value is None else value is GEEN
        case "tot":
            return value.hi if isinstance(value, Between) else None
        case "dagen":
            return value.days if isinstance(value, Period) else None
    if value is None or value is GEEN:
        return None
    if column.type.kind is Kind.DATUM and isinstance(value, Between):
        return value.lo
    return value.months if isinstance(value, Period) else value
