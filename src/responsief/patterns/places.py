"""Where people live: a table (CSV) with a key, a building and a district per row, or the district in a folder of tables (`generate`,
`scan --make-tables`). Keys stay here: nothing that is shown holds one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.patterns.cases import Place
from responsief.patterns.districts import Row, districts_in
from responsief.source import Source, Span
from responsief.wording import holds_bsn, quote, readable

COLUMNS: Final = ("sleutel", "gebouw", "wijk")
MOST: Final = 200  # rows whose fault is told
UNKNOWN: Final = ("", "-", "onbekend")


def read_places(path: Path) -> tuple[dict[str, Place], tuple[Diagnostic, ...]]:
    """The place of each key, and what is wrong with single rows (they are set aside; after `MOST` they are told as a number). Raises
    InvalidError when the table as a whole can't be read, or seems to hold citizen service numbers; AbsentError (`scanned`) when the
    package that reads a folder of tables is absent."""
    wrong: list[Diagnostic] = []
    rows = districts_in(path) if path.is_dir() else _rows(path, _opened(path), wrong)
    found: dict[str, Place] = {}
    known: dict[tuple[str, str], Place | None] = {}  # one object per place: a table has far more people than places
    numbers = 0
    for line, key, gebouw, wijk in rows:
        numbers += holds_bsn(key)
        if (gebouw, wijk) not in known:
            known[gebouw, wijk] = _place(gebouw, wijk)
        place = known[gebouw, wijk]
        if place is None:
            wrong.append(_wrong(path, line, "bij de plek staat een burgerservicenummer", "haal het weg"))
        elif found.setdefault(key, place) != place:
            wrong.append(_wrong(path, line, "deze sleutel staat er al, met een andere plek", "laat per sleutel één rij staan"))
    if len(found) >= 10 and 2 * numbers >= len(found):  # by chance 1 number of nine digits in 11 is one
        text = "de sleutels lijken burgerservicenummers, en die horen hier niet"
        raise InvalidError([_wrong(path, 2, text, "gebruik een sleutel die alleen in uw eigen bestanden iets zegt")])
    if len(wrong) > MOST:
        rest = len(wrong) - MOST
        wrong[MOST:] = [_wrong(path, 1, f"en nog {rest} {'rij' if rest == 1 else 'rijen'} met een fout")]
    return found, tuple(wrong)


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
