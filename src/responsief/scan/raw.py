"""Rows as they stand in a CSV, Excel or Parquet file: cells with the number of their row, or what is wrong with the row as a whole.

One broken row never takes another with it: an opening quote that is not closed makes its own line a bad row, and reading goes on
at the next.
"""

from __future__ import annotations

import codecs
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.frozen import dataclass
from responsief.source import Source, Span

CSV: Final = (".csv", ".tsv", ".txt")
EXCEL: Final = (".xlsx", ".xlsm")
PARQUET: Final = (".parquet",)
FILES: Final = (*CSV, *EXCEL, *PARQUET)
DELIMITERS: Final = (";", ",", "\t", "|")
MAX_LINE: Final = 1 << 20  # bytes of one line: longer is no row that anybody meant
MOST_LINES: Final = 50  # lines that one cell between quotes may hold
PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Raw:
    """A row: its number in the file (of a CSV the line, of a sheet the row), its cells, or what is wrong with it."""

    nummer: int
    cellen: list[Any]
    soort: str = ""
    wat: str = ""
    doen: str = ""


class RawFile:
    """A file of rows under headings. Raises InvalidError (Dutch) when nothing can be read of it at all.

    `koppen` are the headings, `codering` and `scheiding` how a CSV is written: as was said, or as its own bytes tell.
    """

    def __init__(self, path: Path, codering: str | None = None, scheiding: str | None = None, blad: str | None = None) -> None:
        self.path = path
        self.blad = blad
        self.codering, self.scheiding = codering, scheiding
        ending = path.suffix.lower()
        if not path.is_file():
            raise refused(
                path, "dit bestand is er niet" if not path.exists() else "dit is een map, geen bestand", "kijk het pad na"
            )
        if ending in CSV:
            self.codering = codering or guess_encoding(path)
            head = self._first_line()
            self.scheiding = scheiding or ("\t" if ending == ".tsv" else guess_delimiter(head))
            cells = split_line(head, self.scheiding)
            if cells is None:
                raise refused(
                    path, "in de eerste regel staat een aanhalingsteken dat niet sluit", "herstel de regel met koppen"
                )
            self.koppen = tuple(cell.strip() for cell in cells)
            self._rows = self._csv
        elif ending in EXCEL:
            self.koppen = self._excel_heads()
            self._rows = self._excel
        elif ending in PARQUET:
            self.koppen = tuple(_parquet(path).schema_arrow.names)
            self._rows = self._parquet
        else:
            told = "oude Excel (.xls)" if ending == ".xls" else f"een bestand «{ending or path.name}»"
            raise refused(path, f"{told} is hier niet te lezen", "bewaar het als CSV, Excel (.xlsx) of Parquet")
        self._check_heads()

    def __iter__(self) -> Iterator[Raw]:
        return self._rows()

    def _check_heads(self) -> None:
        if not any(self.koppen):
            raise refused(self.path, "de eerste regel heeft geen koppen", "zet in de eerste regel de namen van de kolommen")
        double = [name for name, n in Counter(k for k in self.koppen if k).items() if n > 1]
        if double:
            raise refused(
                self.path,
                f"de kop «{double[0]}» staat er {Counter(self.koppen)[double[0]]} keer",
                "geef elke kolom een eigen naam",
            )

    # --- CSV

    def _first_line(self) -> str:
        with self.path.open("rb") as stream:
            line = _lines_of(stream).__next__() if self.path.stat().st_size else b""
        try:
            return line.removeprefix(codecs.BOM_UTF8).decode(self.codering or "utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            told = f"de regel met koppen is geen {self.codering}"
            raise refused(
                self.path, told, "zet bij «bestand» in de kolommen de goede «codering», of bewaar het als UTF-8"
            ) from None

    def _csv(self) -> Iterator[Raw]:
        width, sign, encoding = len(self.koppen), self.scheiding or ";", self.codering or "utf-8"
        with self.path.open("rb") as stream:
            lines = enumerate(_lines_of(stream), 1)
            next(lines)
            ahead: deque[tuple[int, bytes]] = deque()
            while True:
                if ahead:
                    number, line = ahead.popleft()
                elif (following := next(lines, None)) is not None:
                    number, line = following
                else:
                    return
                if len(line) > MAX_LINE:
                    yield Raw(
                        number, [], "te-lang", "deze regel is langer dan 1 MiB", "kijk of er een einde van een regel ontbreekt"
                    )
                    continue
                try:
                    text = line.decode(encoding).rstrip("\r\n")
                except UnicodeDecodeError as wrong:
                    told = f"teken {wrong.start + 1} is geen {encoding}"
                    yield Raw(
                        number,
                        [],
                        "codering",
                        told,
                        "bewaar het bestand opnieuw als UTF-8, of zet de goede «codering» in de kolommen",
                    )
                    continue
                cells: list[str] | None = text.split(sign) if '"' not in text else split_line(text, sign)
                if cells is None:
                    cells = self._over_lines(text, lines, ahead, width, sign, encoding)
                if cells is None:
                    yield Raw(
                        number,
                        [],
                        "aanhalingsteken",
                        "hier staat een aanhalingsteken dat niet sluit",
                        "sluit het, of haal het weg",
                    )
                    continue
                yield _checked(number, cells, width)

    def _over_lines(
        self,
        text: str,
        lines: Iterator[tuple[int, bytes]],
        ahead: deque[tuple[int, bytes]],
        width: int,
        sign: str,
        encoding: str,
    ) -> list[str] | None:
        """The row that begins here when a cell between quotes goes on over lines; None when it is no row of the right width.

        A line that by itself is a whole row ends the search: then a quote was left open before it.
        """
        for taken in range(1, MOST_LINES):
            while len(ahead) < taken:
                following = next(lines, None)
                if following is None:
                    return None
                ahead.append(following)
            try:
                more = ahead[taken - 1][1].decode(encoding).rstrip("\r\n")
            except UnicodeDecodeError:
                return None
            alone = split_line(more, sign)
            if width > 1 and alone is not None and len(alone) == width:
                return None
            text += "\n" + more
            cells = split_line(text, sign)
            if cells is not None:
                if len(cells) != width:
                    return None
                for _ in range(taken):
                    ahead.popleft()
                return cells
        return None

    # --- Excel and Parquet

    def _sheet(self) -> tuple[Any, Any]:
        try:
            from openpyxl import load_workbook  # late: an extra
        except ModuleNotFoundError:
            raise refused(self.path, "om Excel te lezen is openpyxl nodig", "pip install 'responsief[excel]'") from None
        try:
            book = load_workbook(self.path, read_only=True)
        except Exception as wrong:
            raise refused(
                self.path, "deze werkmap is niet te lezen", "open haar in Excel en bewaar haar opnieuw als .xlsx"
            ) from wrong
        if self.blad is None:
            return book, book.worksheets[0]
        if self.blad not in book.sheetnames:
            raise refused(self.path, f"het blad «{self.blad}» is er niet", choose_from(self.blad, book.sheetnames))
        return book, book[self.blad]

    def _excel_heads(self) -> tuple[str, ...]:
        book, sheet = self._sheet()
        first = next(sheet.iter_rows(values_only=True), ())
        book.close()
        heads = [str(cell).strip() if cell is not None else "" for cell in first]
        while heads and not heads[-1]:
            heads.pop()
        return tuple(heads)

    def _excel(self) -> Iterator[Raw]:
        book, sheet = self._sheet()
        width = len(self.koppen)
        try:
            for number, row in enumerate(sheet.iter_rows(min_row=2), 2):
                cells = [cell.value for cell in row]
                while len(cells) > width and cells[-1] is None:
                    cells.pop()
                cells += [None] * (width - len(cells))
                yield _checked(number, cells, width)
        finally:
            book.close()

    def _parquet(self) -> Iterator[Raw]:
        number = 0
        for batch in _parquet(self.path).iter_batches(10_000):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield _checked(number, list(row), len(self.koppen))


def _parquet(path: Path) -> Any:
    import pyarrow as arrow  # late: an extra
    import pyarrow.parquet as parquet

    try:
        return parquet.ParquetFile(path)
    except arrow.ArrowInvalid:
        raise refused(path, "dit is geen Parquet, of het is niet af", "maak het bestand opnieuw") from None


def _checked(number: int, cells: list[Any], width: int) -> Raw:
    if not any(cell is not None and cell != "" and not (type(cell) is str and cell.isspace()) for cell in cells):
        return Raw(number, [], "leeg", "deze rij is leeg", "haal haar weg")
    if len(cells) != width:
        many = len(cells) > width
        told = f"deze rij heeft {len(cells)} velden, de koppen zijn er {width}"
        return Raw(number, cells, "te-veel-velden" if many else "te-weinig-velden", told, "zet tekst met een scheidingsteken tussen aanhalingstekens" if many else "vul de lege velden aan")  # fmt: skip
    return Raw(number, cells)


def _lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file; of one that is too long no more than its beginning is kept."""
    while line := stream.readline(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(PIECE)
        yield line


def split_line(text: str, sign: str) -> list[str] | None:
    """The cells of a line of CSV; None when a quote is left open or something stands behind a closing one."""
    if '"' not in text:
        return text.split(sign)
    cells, at, end = [], 0, len(text)
    while True:
        if text.startswith('"', at):
            cell, at = "", at + 1
            while True:
                shut = text.find('"', at)
                if shut < 0:
                    return None
                cell, at = cell + text[at:shut], shut + 1
                if not text.startswith('"', at):
                    break
                cell, at = cell + '"', at + 1  # a doubled quote is a quote
            if at < end and not text.startswith(sign, at):
                return None
        else:
            shut = text.find(sign, at)
            shut = end if shut < 0 else shut
            cell, at = text[at:shut], shut
        cells.append(cell)
        if at >= end:
            return cells
        at += len(sign)


def guess_delimiter(head: str) -> str:
    """What stands between the headings."""
    bare = "".join(part for n, part in enumerate(head.split('"')) if n % 2 == 0)
    return max(DELIMITERS, key=bare.count)


def guess_encoding(path: Path) -> str:
    """UTF-8, or Windows-1252 of a file that is no UTF-8 anywhere: one bad row does not make a UTF-8 file another kind."""
    good = bad = 0
    with path.open("rb") as stream:
        for line in _lines_of(stream):
            if line.isascii():
                continue
            try:
                line.decode("utf-8")
                good += 1
            except UnicodeDecodeError:
                bad += 1
    return "windows-1252" if bad > good else "utf-8"


def refused(path: Path, text: str, hulp: str) -> InvalidError:
    """A file that can't be used at all."""
    return InvalidError([Diagnostic("bevolking", text, Span(Source(path.as_posix(), ""), 1, 1), hulp or None)])


def heads_of(files: Iterable[RawFile]) -> dict[str, tuple[str, ...]]:
    """The headings of each file, by its name."""
    return {one.path.name: one.koppen for one in files}
