"""A workbook that somebody changed -> the tables and figures on it, each text with its sheet and cell."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.documents.extras import need
from responsief.values import format_number
from responsief.workbook.sheets import FIGURES, Row, Sheet
from responsief.workbook.to_xlsx import FIGURE_HEAD, HEAD_ROWS

MAX_BYTES: Final = 16 << 20
MAX_CELLS: Final = 200_000


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A table as it stands on a sheet; `lines` says on which row of the sheet each of its rows stands."""

    title: str
    sheet: Sheet
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReadFigure:
    """A figure as it stands on row `line`: its source and end, and a text (perhaps empty) per day."""

    line: int
    name: str
    source: str
    until: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Read:
    """What a workbook holds. `days`: the columns of the sheet with figures."""

    sheets: tuple[ReadSheet, ...]
    figures: tuple[ReadFigure, ...]
    days: tuple[str, ...]


def cell_name(title: str, row: int, column: int) -> str:
    """«blad «Hoogte», cel C4»."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"blad «{title}», cel {letters}{row}"


def wrong(where: str, what: str, advice: str) -> Diagnostic:
    """A finding on a place in a workbook."""
    return Diagnostic("werkblad", what, hulp=advice, pad=where)


def from_xlsx(content: bytes, name: str) -> Read:
    """What stands on the sheets. Raises InvalidError with every finding (sheet and cell), MissingExtraError without openpyxl."""
    openpyxl = need("openpyxl", "Excel", "openpyxl", "excel")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=False)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, EOFError, SyntaxError):
        # whatever is wrong with its inside: it is no workbook
        raise InvalidError([wrong(name, "dit is geen Excel-bestand", "sla het in Excel op als .xlsx")]) from None
    reader = _Reader()
    for sheet in book.worksheets:
        if (sheet.max_row or 0) * (sheet.max_column or 0) > MAX_CELLS:
            reader.findings.append(wrong(f"blad «{sheet.title}»", "dit blad is te groot", "haal lege rijen en kolommen weg"))
        elif sheet.title == FIGURES:
            reader.figures(sheet)
        elif str(sheet.cell(1, 1).value or "").strip().lower() == "tabel":
            reader.table(sheet)
    if not (reader.sheets or reader.found_figures or reader.findings):
        reader.findings.append(
            wrong(name, "hier staat geen tabel en geen blad «Bedragen» in", "begin met «responsief tables export»")
        )
    if reader.findings:
        raise InvalidError(reader.findings)
    return Read(tuple(reader.sheets), tuple(reader.found_figures), tuple(reader.days))


@dataclass(slots=True)
class _Reader:
    findings: list[Diagnostic] = field(default_factory=list)
    sheets: list[ReadSheet] = field(default_factory=list)
    found_figures: list[ReadFigure] = field(default_factory=list)
    days: list[str] = field(default_factory=list)

    def text(self, sheet: Any, row: int, column: int) -> str:
        cell = sheet.cell(row, column)
        value = cell.value
        if value is None:
            return ""
        if cell.data_type == "f":
            self.add(sheet, row, column, "hier staat een formule", "typ er een aanhalingsteken (') voor, dan is het tekst")
            return ""
        if isinstance(value, bool):
            return "ja" if value else "nee"
        if isinstance(value, datetime | date):
            return f"{value:%Y-%m-%d}"
        if isinstance(value, int | float):
            return format_number(Fraction(str(value)))
        return str(value).strip()

    def add(self, sheet: Any, row: int, column: int, what: str, advice: str) -> None:
        self.findings.append(wrong(cell_name(sheet.title, row, column), what, advice))

    def table(self, sheet: Any) -> None:
        """A sheet with a table: its head, and rows as far as there is anything in them."""
        head = [self.text(sheet, HEAD_ROWS, column) for column in range(2, (sheet.max_column or 1) + 1)]
        if "dan" not in head:
            self.add(sheet, HEAD_ROWS, len(head) + 1, "de kolom «dan» is weg", "zet «dan» boven de laatste kolom")
            return
        while head[-1] != "dan":  # what stands to the right of it is somebody's own
            head.pop()
        columns, at = head[:-1], len(head) + 1
        if "" in columns:
            self.add(sheet, HEAD_ROWS, columns.index("") + 2, "boven deze kolom staat niets", "haal de lege kolom weg")
            return
        rows: list[Row] = []
        lines: list[int] = []
        numbers: list[int | None] = []
        for line in range(HEAD_ROWS + 1, (sheet.max_row or 0) + 1):
            texts = [self.text(sheet, line, column) for column in range(2, at + 1)]
            if not any(texts):
                continue
            for column, text in enumerate(texts, 2):
                if not text and not any(f.pad == cell_name(sheet.title, line, column) for f in self.findings):
                    advice = "schrijf «-» voor een cel die niet uitmaakt" if column < at else "schrijf wat deze rij geeft"
                    self.add(sheet, line, column, "deze cel is leeg", advice)
            number = self.text(sheet, line, 1)
            given = int(number) if number.isdecimal() else 0
            known = given if given > 0 and given not in numbers else None  # a copied row is a new one
            rows.append(Row(tuple(texts[:-1]), texts[-1]))
            lines.append(line)
            numbers.append(known)
        if not rows:
            self.add(sheet, HEAD_ROWS + 1, 2, "deze tabel heeft geen rijen meer", "laat er minstens één staan")
        made = Sheet(
            self.text(sheet, 1, 2), self.text(sheet, 2, 2), self.text(sheet, 3, 2), self.text(sheet, 4, 2),
            tuple(columns), (), tuple(rows), tuple(numbers),
        )  # fmt: skip
        self.sheets.append(ReadSheet(sheet.title, made, tuple(lines)))

    def figures(self, sheet: Any) -> None:
        for column, expected in enumerate(FIGURE_HEAD, 1):
            if self.text(sheet, 1, column) != expected:
                self.add(sheet, 1, column, f"hier stond «{expected}»", "laat de eerste vier kolommen op hun plaats")
                return
        first = len(FIGURE_HEAD) + 1
        days = [self.text(sheet, 1, column) for column in range(first, (sheet.max_column or first) + 1)]
        while days and not days[-1]:
            days.pop()
        for column, day in enumerate(days, first):
            try:
                date.fromisoformat(day)
            except ValueError:
                self.add(sheet, 1, column, f"«{day}» is geen datum", "schrijf jaar-maand-dag: 2027-01-01")
            if days.index(day) != column - first and day:
                self.add(sheet, 1, column, f"«{day}» staat hier twee keer", "haal er een weg")
        for line in range(2, (sheet.max_row or 1) + 1):
            texts = [self.text(sheet, line, column) for column in range(1, first + len(days))]
            if any(texts):
                values = dict(zip(days, texts[4:], strict=True))
                self.found_figures.append(ReadFigure(line, texts[0], texts[2], texts[3], values))
        self.days = days
