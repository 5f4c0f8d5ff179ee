"""`uitgevallen.csv`: every row that can't be used, with where it stands, whose it is, what is wrong and what to do. Nothing is dropped
silently. A key stands here as it was given: a column of burgerservicenummers is refused before anything is read."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from responsief.frozen import dataclass
from responsief.wording import readable

HEADS: Final = ("bestand", "rij", "sleutel", "kolom", "wat", "doen")
FILE: Final = "uitgevallen.csv"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out

#: what a kind of mistake is called in a report
KINDS: Final[dict[str, str]] = {
    "aanhalingsteken": "een aanhalingsteken dat niet sluit", "bedrag": "een bedrag dat er geen is", "bsn": "een burgerservicenummer in een tekst",
    "buiten-grenzen": "een waarde buiten de grenzen", "codering": "tekens in een andere codering", "datum": "een datum die er geen is",
    "decimalen": "cijfers achter de komma die niet kunnen", "dubbel": "een sleutel die vaker voorkomt", "formule": "een formule of de fout van een formule",
    "geen-ouder": "een rij van een lijst zonder persoon", "gemeente": "een gemeentecode die er geen is", "geen-sleutel": "geen sleutel",
    "getal": "een getal dat er geen is", "kalender": "een datum die niet op de kalender staat", "leeg": "een lege rij",
    "lijst-te-lang": "een lijst die te lang is", "onder-nul": "een waarde onder nul", "periode": "een periode die er geen is",
    "spreekt-zich-tegen": "gegevens die elkaar tegenspreken", "te-lang": "een regel die te lang is", "te-veel-velden": "te veel velden",
    "te-weinig-velden": "te weinig velden", "teken": "een teken dat niet te lezen is", "tekst": "een tekst die te lang is",
    "tijd": "een datum met een tijd", "toekomst": "geboren na de peildatum", "veld-ontbreekt": "een veld dat ontbreekt",
    "woord": "een woord dat hier niet bekend is",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with one row."""

    bestand: str
    rij: int
    sleutel: str
    kolom: str
    soort: str
    wat: str
    doen: str


class SetAside:
    """Writes the file of rows that are set aside as they are met; `rijen` counts rows, `bestanden` those of each file, `soorten`
    mistakes of each kind."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rijen = 0
        self.soorten: Counter[str] = Counter()
        self.bestanden: Counter[str] = Counter()
        self._last: tuple[str, int] | None = None

    def __enter__(self) -> Self:
        # a spreadsheet in Dutch reads semicolons, and takes a file for UTF-8 by its first bytes
        self._stream = self.path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream, delimiter=";", lineterminator="\r\n")
        self._writer.writerow(HEADS)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._stream.close()

    def add(self, one: Mistake) -> None:
        """Write one mistake; more of them in one row count as one row."""
        place = (one.bestand, one.rij)
        self.rijen += place != self._last
        self.bestanden[one.bestand] += place != self._last
        self._last = place
        self.soorten[one.soort] += 1
        cells = (one.bestand, one.rij, readable(one.sleutel), one.kolom, one.wat, one.doen)
        self._writer.writerow([_plain(cell) for cell in cells])


def _plain(cell: Any) -> Any:
    """A cell that a spreadsheet takes for what it is."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
