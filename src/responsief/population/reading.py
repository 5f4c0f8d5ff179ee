"""A population file of somebody's own, row by row: every row is a situation, or is set aside with its number and the reason.

- JSON Lines (`.jsonl`, `.ndjson`): a situation on each line. Empty lines are no rows.
- A JSON list (`.json`): `[{…}, {…}]`, read in pieces.
- A folder of situation files (`.yaml`, `.yml`, `.json`), by name; other files in it are left alone.
- One situation file is a population of one.

Only one row is in memory at a time. A row has 1 MiB at most, as a situation file does. In a JSON list nothing can be read after a
bracket or quotation mark that is not closed: what comes then counts as one bad row, and that is said.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

from responsief.backends.compiled import check_own
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.frozen import dataclass
from responsief.intake import parse_situation, read_situation
from responsief.register import Register
from responsief.situation import Situation
from responsief.source import Source, Span
from responsief.syntax.from_yaml import MAX_BYTES

LINES: Final = (".jsonl", ".ndjson")
FILES: Final = (".json", ".yaml", ".yml")
PIECE: Final = 1 << 16  # bytes that are read at once
KEPT: Final = 1_000  # bad rows of which the reasons are kept; beyond that they are counted
PER_ROW: Final = 5  # reasons that are told of one row

_CONVERT: Final = "zet het om naar JSON Lines: een bestand «.jsonl» met op elke regel één situatie als JSON"
_OTHER: Final = {  # what is refused by its name, in words
    **dict.fromkeys((".csv", ".tsv", ".txt"), "een tabel"),
    **dict.fromkeys((".xlsx", ".xls", ".ods"), "een werkmap"),
    **dict.fromkeys((".parquet", ".feather", ".arrow", ".sav", ".dta"), "een gegevensbestand in kolommen"),
    **dict.fromkeys((".gz", ".zip", ".bz2", ".xz", ".zst", ".7z"), "een ingepakt bestand"),
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that is no situation: its number (from 1; of a folder the number of the file), its file, and what is wrong with it."""

    nummer: int
    bestand: str
    redenen: tuple[Diagnostic, ...]

    def __str__(self) -> str:
        told = "; ".join(_words(one) for one in self.redenen[:PER_ROW])
        more = len(self.redenen) - PER_ROW
        rest = f"; en nog {more} {'reden' if more == 1 else 'redenen'}" if more > 0 else ""
        return f"{self.bestand}, rij {self.nummer}: {told}{rest}"


class Population:
    """The situations of a file or folder. Each time it is gone through it is read again, and `slecht` tells of that time.

    Raises InvalidError when it is made of something that can't be read at all (Dutch, with what to convert to).
    """

    def __init__(self, path: Path | str, *registers: Register) -> None:
        """`registers` say which own facts (`eigen`) rulesets have: a fact that none knows makes a bad row. Without any, they are
        not checked."""
        self.path = Path(path)
        self.naam = self.path.name or str(self.path)
        self._own = _own_names(registers)
        self.slecht: list[BadRow] = []  # the first `KEPT`
        self.goed = self.aantal_slecht = 0
        self._rows = _reader(self.path)

    def __iter__(self) -> Iterator[Situation]:
        self.slecht = []
        self.goed = self.aantal_slecht = 0
        for row in self._rows(self.path):
            found = self._checked(row)
            if isinstance(found, Situation):
                self.goed += 1
                yield found
            else:
                self.aantal_slecht += 1
                if len(self.slecht) < KEPT:
                    self.slecht.append(found)

    def _checked(self, row: Row) -> Situation | BadRow:
        try:
            situation = row.situation()
            wrong = check_own(situation, self._own) if self._own is not None else []
        except InvalidError as invalid:
            wrong = list(invalid.diagnostics)
        return BadRow(row.nummer, row.bestand, tuple(wrong)) if wrong else situation

    def verslag(self) -> tuple[str, ...]:
        """What was read and what was not, in Dutch, a line each. A reason quotes the value that is wrong."""
        every = self.goed + self.aantal_slecht
        if not every:
            return (f"{self.naam} bevat geen enkele situatie.",)
        first = f"{self.naam}: {_rijen(every)} gelezen"
        if not self.aantal_slecht:
            return (f"{first}.",)
        told = [f"{first}, waarvan {self.aantal_slecht} niet te gebruiken:", *(f"  {one}" for one in self.slecht)]
        if (more := self.aantal_slecht - len(self.slecht)) > 0:
            told.append(f"  en nog {_rijen(more)}.")
        return tuple(told)


def _rijen(number: int) -> str:
    return f"{number} {'rij' if number == 1 else 'rijen'}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its text, or its file, or what is wrong with it before anything in it is read."""

    nummer: int
    bestand: str
    tekst: str | None = None
    file: Path | None = None
    fout: Diagnostic | None = None

    def situation(self) -> Situation:
        """Raises InvalidError with every finding."""
        if self.fout is not None:
            raise InvalidError([self.fout])
        if self.file is not None:
            return read_situation(self.file)
        text = (self.tekst or "").strip(" \t\r\n")
        if text[:1] != "{":
            raise InvalidError([_wrong("dit is geen situatie", "een situatie in JSON begint met «{»")])
        return parse_situation(text, "rij")


def _wrong(text: str, advice: str = "", span: Span | None = None) -> Diagnostic:
    return Diagnostic("situatie", text, span, advice or None)


def _words(one: Diagnostic) -> str:
    where = f"«{one.pad}»: " if one.pad else ""
    if not where and one.span is not None and (one.span.line, one.span.column) != (1, 1):
        line = f"regel {one.span.line}, " if one.span.line > 1 else ""
        where = f"{line}teken {one.span.column}: "
    return f"{where}{one.tekst}" + (f" ({one.hulp})" if one.hulp else "")


def _own_names(registers: tuple[Register, ...]) -> dict[str, set[str]] | None:
    if not registers:
        return None
    found: dict[str, set[str]] = {}
    for register in registers:
        for ident, versions in register.versions.items():
            found.setdefault(ident, set()).update(name for version in versions for name in version.gegevens)
    return found


# --- which kind of file ------------------------------------------------------------------------------------------------


def _reader(path: Path) -> Any:
    """What reads the rows of a file. Raises InvalidError when nothing does."""
    if path.is_dir():
        return _folder
    ending = path.suffix.lower()
    if ending in _OTHER:
        raise _refused(path, f"dit is {_OTHER[ending]}", _CONVERT)
    try:
        with path.open("rb") as stream:
            begin = stream.read(PIECE)
    except OSError as wrong:
        why = "het bestaat niet" if isinstance(wrong, FileNotFoundError) else "u mag het niet lezen of het is geen bestand"
        raise _refused(path, f"deze bevolking is niet te lezen: {why}", "kijk het pad na") from None
    if ending in LINES:
        return _lines
    if b"\0" in begin and not begin.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _refused(path, "dit is geen tekst", _CONVERT)
    if ending in (".yaml", ".yml"):
        return _one
    first = begin.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if first == b"[":
        return _list
    if first == b"{":
        return _lines if _many(begin) else _one
    if ending == ".json":
        return _one  # says what is wrong with it
    raise _refused(path, "deze bevolking is hier niet te lezen", _CONVERT)


def _many(begin: bytes) -> bool:
    """Is the first line a JSON object by itself, with another after it?"""
    line, _, rest = begin.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    return line.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"


def _refused(path: Path, text: str, advice: str) -> InvalidError:
    return InvalidError([_wrong(text, advice, Span(Source(str(path), ""), 1, 1))])


# --- the rows ----------------------------------------------------------------------------------------------------------


def _folder(path: Path) -> Iterator[Row]:
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in FILES and not one.name.startswith("."))
    for number, one in enumerate(files, 1):
        yield Row(number, one.name, file=one)


def _one(path: Path) -> Iterator[Row]:
    yield Row(1, path.name, file=path)


def _lines(path: Path) -> Iterator[Row]:
    """The lines of JSON Lines, by their number in the file."""
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(MAX_BYTES + 1):
            number += 1
            if len(line) > MAX_BYTES:
                _skip_line(stream, line)
                yield Row(number, path.name, fout=_too_large())
                continue
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield _decoded(number, path.name, line)


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(PIECE)


def _too_large() -> Diagnostic:
    return _wrong("deze rij is groter dan 1 MiB", "zo groot is geen situatie: kijk of er een einde van een regel ontbreekt")


def _decoded(number: int, name: str, raw: bytes) -> Row:
    try:
        return Row(number, name, tekst=raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Row(number, name, fout=_wrong("deze rij is geen UTF-8", "bewaar het bestand als UTF-8"))


_OUTSIDE: Final = re.compile(rb'["{}\[\],]')
_INSIDE: Final = re.compile(rb'["\\]')


def _list(path: Path) -> Iterator[Row]:
    """The entries of a JSON list, found by counting brackets: an entry itself is read as any row."""
    with path.open("rb") as stream:
        for number, raw in enumerate(_entries(stream), 1):
            if raw is None:
                yield Row(number, path.name, fout=_too_large())
            elif isinstance(raw, _Broken):
                yield Row(
                    number,
                    path.name,
                    fout=_wrong(raw.text, "zet haakjes, komma's en aanhalingstekens goed: wat hierna komt, is niet gelezen"),
                )
            else:
                yield _decoded(number, path.name, raw)


@dataclass(frozen=True, slots=True)
class _Broken:
    text: str


def _entries(stream: BinaryIO) -> Iterator[bytes | _Broken | None]:
    """The bytes of each entry; None of one that is too large; `_Broken` where the list itself stops making sense."""
    piece = stream.read(PIECE).removeprefix(codecs.BOM_UTF8).lstrip()[1:] or stream.read(PIECE)  # after the `[`
    entry, size, depth, quoted, escaped, told = bytearray(), 0, 0, False, False, 0
    while piece:
        begin = at = 0
        while at < len(piece):
            if escaped:
                at, escaped = at + 1, False
                continue
            found = (_INSIDE if quoted else _OUTSIDE).search(piece, at)
            if found is None:
                break
            sign, at = found.group(), found.end()
            if sign == b"\\":
                escaped = True
            elif sign == b'"':
                quoted = not quoted
            elif sign in b"{[":
                depth += 1
            elif sign == b"," and depth:
                continue
            elif sign in b"}]" and depth:
                depth -= 1
            else:  # a comma between entries, or the end of the list
                size += found.start() - begin
                entry += piece[begin : found.start()] if size <= MAX_BYTES else b""
                if sign == b"," or told or entry.strip():
                    yield None if size > MAX_BYTES else bytes(entry)
                    told += 1
                entry, size, begin = bytearray(), 0, at
                if sign == b"}":
                    yield _Broken("hier sluit een haakje dat niet openging")
                    return
                if sign == b"]":
                    if (piece[at:] + stream.read(PIECE)).strip():
                        yield _Broken("na het einde van de lijst staat nog iets")
                    return
        size += len(piece) - begin
        entry += piece[begin:] if size <= MAX_BYTES else b""
        piece = stream.read(PIECE)
    yield _Broken("de lijst eindigt hier, terwijl er nog iets open staat")
