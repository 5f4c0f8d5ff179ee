"""What can't be decided in columns, and why; and within which bounds the rest is exact. A test holds this list against what happens."""

from __future__ import annotations

from typing import Final, Literal

from responsief.ir.types import Kind

GapCode = Literal["lijst-in-lijst", "zaak", "te-veel-criteria", "getal-te-groot"]

GAPS: Final[dict[GapCode, str]] = {
    "lijst-in-lijst": "a question about a list that stands in an entry of another list: its rows would have to be joined twice",
    "zaak": "a question about the case under review: a table holds people, not cases",
    "te-veel-criteria": "more criteria than there are bits in the code of the grounds",
    "getal-te-groot": "a fixed number beyond 2**53, where engines that divide with doubles are no longer exact",
}

#: the same for who reads a report: «de regelset …»
IN_WORDS: Final[dict[GapCode, str]] = {
    "lijst-in-lijst": "vraagt naar een lijst die in een regel van een andere lijst staat",
    "zaak": "vraagt naar de zaak die wordt getoetst, en een tabel heeft mensen en geen zaken",
    "te-veel-criteria": "heeft meer voorwaarden dan in kolommen past",
    "getal-te-groot": "rekent met een getal dat te groot is voor kolommen",
}

MAX_CRITERIA: Final = 52
MAX_ENTRIES: Final = 500  # what a situation may hold in a list

BOUNDS: Final[dict[Kind, int]] = {
    Kind.GELD: 10**9,  # cents: ten million euro
    Kind.GETAL: 10**6,  # times 10 to the power of its stored decimals
}
MAX_MONTHS: Final = 12 * 1000  # of a period, as `values.parse_period` allows
MAX_DAYS: Final = 366 * 1000

Outside = Literal["onvolledige-datum", "buiten-grenzen"]

OUTSIDE: Final[dict[Outside, str]] = {
    "onvolledige-datum": "een datum is niet volledig bekend",
    "buiten-grenzen": "een bedrag, getal of lijst is groter dan in kolommen past",
}

Beside = Literal["antwoorden-proberen"]
TO_TRY: Final = "antwoorden-proberen"

#: why columns can't say of a row what was asked beside its outcome; what stands in `OUTSIDE` can be a reason too
BESIDE: Final[dict[Beside, str]] = {
    TO_TRY: "welke gegevens nog nodig zijn, blijkt hier alleen door alle antwoorden te proberen",
}


class GapError(NotImplementedError):
    """A program holds what columns can't do; `code` is a key of `GAPS`."""

    def __init__(self, code: GapCode) -> None:
        super().__init__(GAPS[code])
        self.code = code
