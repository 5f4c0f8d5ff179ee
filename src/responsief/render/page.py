"""The shape of a page: blocks of marked text, the same for HTML and Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from responsief.render.marks import bare


@dataclass(frozen=True, slots=True)
class Item:
    """A line, and the lines under it. `als` is the line as it stands behind «als»; None of a line that stands by itself."""

    tekst: str
    onder: tuple[Item, ...] = ()
    als: str | None = None

    def words(self) -> str:
        """Everything in it, as one plain text: what two versions are compared by."""
        return " ".join((bare(self.tekst), *(one.words() for one in self.onder)))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `anker` is where other pages and tools can lead to."""

    niveau: Literal[2, 3, 4]
    tekst: str
    anker: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some sentences. A «let_op» stands out, a «klein» is beside the point."""

    tekst: str
    soort: Literal["gewoon", "inleiding", "let_op", "klein"] = "gewoon"


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines with lines under them."""

    punten: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """Labels with what they say; more than one line becomes a list."""

    rijen: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row is its heading too."""

    koppen: tuple[str, ...]
    rijen: tuple[tuple[str, ...], ...]
    bijschrift: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a regulation. `letterlijk`: somebody compared them with the source."""

    tekst: str
    bron: str
    letterlijk: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG that needs nothing from elsewhere, and the lines that say the same without it."""

    svg: str
    punten: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Blocks that belong together under one heading. `dicht`: folded, to be opened by who wants to read it; on paper its title alone."""

    kop: Heading
    blokken: tuple[Block, ...]
    soort: Literal["criterium", "begrip", "cijfer", "clausule", "wijziging", "feiten"]
    dicht: bool = False


Block = Heading | Paragraph | Listing | Rows | Table | Quote | Drawing | Card


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its title, what stands under it, and where it leads back to (an index, when there is one)."""

    titel: str
    onder: str
    blokken: tuple[Block, ...]
    terug: tuple[str, str] | None = None

    def contents(self) -> Iterator[Heading]:
        """The parts of the page, for the list on top."""
        return (block for block in self.blokken if isinstance(block, Heading) and block.niveau == 2)
