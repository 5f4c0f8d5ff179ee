"""Where people live: a table (CSV) with a key, a building and a district per row, or the district in a folder of tables (`generate`,
`scan --make-tables`). Keys stay here: nothing that is shown holds one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.patterns.cases import Place, Places
from responsief.patterns.districts import districts_in
from responsief.source import Source, Span
from responsief.wording import holds_bsn, quote, readable

COLUMNS: Final = ("sleutel", "gebouw", "wijk")
MOST: Final = 200  # rows whose fault is told
UNKNOWN: Final = ("", "-", "onbekend")


Row = tuple[int, str, str, str]  # the number of the line; the key, the building and the district («» is unknown)


def read_places(path: Path) -> tuple[Places, tuple[Diagnostic, ...]]:
    """The place of each key, and what is wrong with single rows (they are set aside; after `MOST` they are told as a number). Raises
    InvalidError when the table as a whole can't be read, or seems to hold citizen service numbers; AbsentError (`parquet_rows`) when the
    package that reads a folder of tables is absent."""
    found = _Found(path)
    if path.is_dir():
        places = _of_tables(path, found)
    else:
        theirs: dict[str, Place] = {}
        for line, key, gebouw, wijk in _rows(path, _opened(path), found.wrong):
            found.add(line, theirs, key, gebouw, wijk)
        places = Places(theirs)
    return places, found.checked()


def _of_tables(folder: Path, found: _Found) -> Places:
    """The district of each person of the tables, by both keys."""
    own, rows = districts_in(folder)
    ours: dict[int, Place] = {}
    theirs: dict[str, Place] = {}
    for number, key, district in rows:
        found.add(number, ours, key, "", district)
        if own is not None and (name := own.get(key)):
            found.add(number, theirs, name, "", district)
    return Places(None if own is None else theirs, ours)


class _Found:
    """What the rows told until now: what was wrong, and how many keys there were that look like a citizen service number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.wrong: list[Diagnostic] = []
        self.keys: dict[type, list[int]] = {}  # per kind of key: how many, and how many look like such a number
        self._known: dict[tuple[str, str], Place | None] = {}  # one object per place: a table has far more people than places

    def add(self, line: int, places: dict[Any, Place], key: int | str, gebouw: str, wijk: str) -> None:
        """Put the place of somebody in `places`, if it may stand there."""
        counts = self.keys.setdefault(type(key), [0, 0])
        counts[0] += 1
        counts[1] += holds_bsn(str(key))
        if (gebouw, wijk) not in self._known:
            self._known[gebouw, wijk] = _place(gebouw, wijk)
        place = self._known[gebouw, wijk]
        if place is None:
            self.wrong.append(_wrong(self.path, line, "bij de plek staat een burgerservicenummer", "haal het weg"))
        elif places.setdefault(key, place) != place:
            text = "deze sleutel staat er al, met een andere plek"
            self.wrong.append(_wrong(self.path, line, text, "laat per sleutel één rij staan"))

    def checked(self) -> tuple[Diagnostic, ...]:
        """What was wrong with single rows. Raises InvalidError where the keys seem to be citizen service numbers."""
        for many, numbers in self.keys.values():
            if many >= 10 and 2 * numbers >= many:  # by chance 1 number of nine digits in 11 is one
                text = "de sleutels lijken burgerservicenummers, en die horen hier niet"
                advice = "gebruik een sleutel die alleen in uw eigen bestanden iets zegt"
                raise InvalidError([_wrong(self.path, 2, text, advice)])
        if len(self.wrong) > MOST:
            rest = len(self.wrong) - MOST
            self.wrong[MOST:] = [_wrong(self.path, 1, f"en nog {rest} {'rij' if rest == 1 else 'rijen'} met een fout")]
        return tuple(self.wrong)


def _place(gebouw: str, wijk: str) -> Place | None:
    """The place of these two; None when a citizen service number stands in them."""
    known = [None if text.lower() in UNKNOWN else text for text in (wijk, gebouw)]
    return None if any(holds_bsn(text) for text in known if text) else Place(*known)


def _opened(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidError([_wrong(path, 1, "dit bestand is geen UTF-8", "bewaar het als «CSV UTF-8»")]) from None
    except OSError as failed:
        raise InvalidError([_wrong(path, 1, f"dit bestand is niet te lezen: {failed.strerror}")]) from None
    first = text.partition("\n")[0]
    return csv.reader(io.StringIO(text, newline=""), delimiter=max(";,\t", key=first.count), strict=True)


def _rows(path: Path, rows: Iterator[list[str]], wrong: list[Diagnostic]) -> Iterator[Row]:
    """Each row that says where somebody lives; what is wrong with another goes to `wrong`."""
    head: list[str] | None = None
    line = 0
    while True:
        line = rows.line_num + 1  # type: ignore[attr-defined]  # what csv.reader gives has it
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as fault:
            raise InvalidError(
                [_wrong(path, line, f"vanaf hier is dit geen tabel ({fault})", "kijk naar de aanhalingstekens")]
            ) from None
        if head is None:
            head = [name.strip().lower() for name in row]
            _must_be_columns(path, head)
            continue
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            cells = f"{len(row)} {'waarde' if len(row) == 1 else 'waarden'}"
            wrong.append(_wrong(path, line, f"deze rij heeft {cells}, en de tabel heeft {len(head)} kolommen"))
            continue
        cells_by = {name: readable(cell.strip(), 80) for name, cell in zip(head, row, strict=True)}
        if not cells_by["sleutel"]:
            wrong.append(_wrong(path, line, "deze rij heeft geen sleutel"))
            continue
        yield line, cells_by["sleutel"], cells_by.get("gebouw", ""), cells_by.get("wijk", "")
    if head is None:
        raise InvalidError([_wrong(path, 1, "deze tabel is leeg", "zet op de eerste regel: sleutel,gebouw,wijk")])


def _must_be_columns(path: Path, head: list[str]) -> None:
    wrong = []
    for name in head:
        if name not in COLUMNS:
            text = f"de kolom {quote(name)} hoort hier niet: over mensen staat hier alleen een sleutel en een plek"
            wrong.append(_wrong(path, 1, text, choose_from(name, COLUMNS)))
        elif head.count(name) > 1 and not any(name in one.tekst for one in wrong):
            wrong.append(_wrong(path, 1, f"de kolom «{name}» staat er twee keer", "laat er één staan"))
    if "sleutel" not in head:
        wrong.append(_wrong(path, 1, "de kolom «sleutel» ontbreekt", "zet op de eerste regel: sleutel,gebouw,wijk"))
    elif len(head) == 1:
        wrong.append(_wrong(path, 1, "er staat geen plek in deze tabel", "voeg de kolom «gebouw» of «wijk» toe"))
    if wrong:
        raise InvalidError(wrong)


def _wrong(path: Path, line: int, text: str, advice: str = "") -> Diagnostic:
    return Diagnostic("plaatsen", text, Span(Source(path.as_posix(), ""), line, 1), advice or None)
