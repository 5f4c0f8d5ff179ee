"""The rows of one file as values, and those values as the columns of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from responsief.ir.types import Kind
from responsief.scan.cells import BadCell, Read, reader
from responsief.scan.mapping import Sheet, Wanted
from responsief.scan.raw import RawFile
from responsief.scan.targets import Target
from responsief.tables.layout import Layout
from responsief.values import GEEN, Between, Period

if TYPE_CHECKING:
    import polars as pl

REMEMBERED: Final = 50_000  # different texts of one column
_DTYPES: Final = {Kind.GELD: "Int64", Kind.GETAL: "Int64", Kind.JA_NEE: "Boolean", Kind.DATUM: "Date", Kind.PERIODE: "Int64"}


class FactColumns:
    """Values of one file's columns, gathered row by row and made into a frame: a date takes three columns."""

    def __init__(self, targets: Sequence[Target], layout: Layout, table: str) -> None:
        self.targets = list(targets)
        self.names = {column.name for column in layout.tables[table].columns}
        self.values: list[list[Any]] = [[] for _ in self.targets]

    def series(self) -> Iterator[pl.Series]:
        """The columns as they are stored."""
        import polars as pl

        for target, values in zip(self.targets, self.values, strict=True):
            name, dtype = target.kolom, getattr(pl, _DTYPES.get(target.type.kind, "String"))
            if target.type.kind is Kind.DATUM:
                yield pl.Series(
                    name, [v.lo if isinstance(v, Between) else None if v is GEEN else v for v in values], dtype=dtype
                )
                yield pl.Series(f"{name}.tot", [v.hi if isinstance(v, Between) else None for v in values], dtype=dtype)
            elif target.type.kind is Kind.PERIODE:
                yield pl.Series(name, [v.months if isinstance(v, Period) else None for v in values], dtype=dtype)
                yield pl.Series(f"{name}.dagen", [v.days if isinstance(v, Period) else None for v in values], dtype=dtype)
            else:
                yield pl.Series(name, [None if v is GEEN else v for v in values], dtype=dtype)
            if f"{name}.geen" in self.names:
                yield pl.Series(f"{name}.geen", [v is GEEN for v in values], dtype=pl.Boolean)

    def clear(self) -> None:
        for values in self.values:
            values.clear()


class RowReader:
    """What reads the cells of a row of one file: where the key stands, and of each column that is wanted its reader."""

    def __init__(self, file: RawFile, sheet: Sheet, layout: Layout, table: str, on: date) -> None:
        place = {name: at for at, name in enumerate(file.koppen)}
        self.key = place[sheet.sleutel] if sheet.sleutel is not None else None
        self.columns: list[tuple[int, str, Any]] = [
            (place[w.naam], w.naam, _remembering(self._reader(w, layout, on))) for w in sheet.kolommen
        ]

    @staticmethod
    def _reader(one: Wanted, layout: Layout, on: date) -> Any:
        plain = reader(one.doel, one.stijl, one.woorden, on)
        names = {column.name for column in layout.tables[one.doel.tabel].columns}
        if one.doel.type.kind is Kind.DATUM and f"{one.doel.kolom}.geen" not in names:

            def read(value: Any) -> Any:
                found = plain(value)
                if found is GEEN:
                    raise BadCell("datum", "«geen» kan hier niet", "schrijf een datum, of laat de cel leeg")
                return found

            return read
        return plain

    def row(self, cells: Sequence[Any]) -> tuple[list[Any], list[tuple[str, BadCell]]]:
        """The values of a row, and what is wrong with which columns."""
        values, bad = [], []
        for at, name, read in self.columns:
            try:
                values.append(read(cells[at]))
            except BadCell as wrong:
                values.append(None)
                bad.append((name, wrong))
        return values, bad


def _remembering(read: Read) -> Read:
    """The same reader, that reads a text which it met before no second time: most columns say the same few things over and over."""
    kept: dict[str, Any] = {}

    def found(value: Any) -> Any:
        if type(value) is not str:
            return read(value)
        if value in kept:
            return kept[value]
        made = read(value)
        if len(kept) < REMEMBERED:
            kept[value] = made
        return made

    return found


def key_text(cell: Any) -> str:
    """Somebody's key as text: a number of a spreadsheet is the same key as its digits."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
