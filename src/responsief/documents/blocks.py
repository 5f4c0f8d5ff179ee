"""From the text of a letter or note to blocks: headings, paragraphs, lists, the address, the places that a person fills in.

The plain text stays the one source of words. `read_blocks` finds the shape that its layout shows (underlined headings, `- `,
`1. `, indented lines, `label: …`), and `to_text` gives the same text back, so that no format can lose or add a word.
Reading never fails: what has no shape that is known is a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from responsief.frozen import dataclass

Kind = Literal["brief", "nota"]

_NOT_IN_XML: Final = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLACE: Final = re.compile(r"(\[(?:nog in te vullen|vul in)[^\[\]]*\])")
_LABEL: Final = re.compile(r"([A-ZÀ-Þ][^:.?!;«»()\[\]]{1,38}:) (?=\S)")
_POINT: Final = re.compile(r"(-|[0-9]{1,3}\.) (?=\S)")
_INDENT: Final = re.compile(r" {2,3}(?=\S)")


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a line: ordinary, the label it opens with, or a place that a person still fills in."""

    tekst: str
    soort: Literal["gewoon", "label", "plek"] = "gewoon"


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part."""

    tekst: str
    los: bool  # a blank line stands before it; so in every block


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together."""

    regels: tuple[Line, ...]
    los: bool


@dataclass(frozen=True, slots=True)
class Details:
    """Lines that each open with a label, such as «Datum: …»: a table of two columns. A row is a label and what follows it."""

    rijen: tuple[tuple[str, Line], ...]
    los: bool


@dataclass(frozen=True, slots=True)
class Inset:
    """Lines that stand in from the margin: an address, or what belongs to the line above."""

    regels: tuple[Line, ...]
    inspringing: int
    los: bool


@dataclass(frozen=True, slots=True)
class Points:
    """The questions below an item."""

    regels: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list: its number (none behind a dash), its lines and its questions, in order."""

    nummer: str | None
    inhoud: tuple[Line | Points, ...]
    los: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A list, of dashes or of numbers."""

    punten: tuple[Item, ...]
    los: bool

    @property
    def genummerd(self) -> bool:
        """Is it a numbered list?"""
        return self.punten[0].nummer is not None


Block = Heading | Paragraph | Details | Inset | Listing


@dataclass(frozen=True, slots=True)
class Page:
    """A letter or note: what stands on top of it (each may be absent), and its blocks."""

    soort: Kind
    titel: str | None  # «NOTA VOOR HET DOSSIER»
    concept: str | None  # «CONCEPT – …»
    afzender: tuple[Line, ...]
    gegevens: Details | None  # to whom, date, reference, subject
    blokken: tuple[Block, ...]

    @property
    def onderwerp(self) -> str:
        """What it is about: the name of a file or window."""
        rows = self.gegevens.rijen if self.gegevens else ()
        found = next(("".join(run.tekst for run in line) for label, line in rows if label == "Onderwerp:"), None)
        return found or self.titel or ("Brief" if self.soort == "brief" else "Nota")


# --- reading -----------------------------------------------------------------------------------------------------------


def read_blocks(text: str, soort: Kind) -> Page:
    """The shape of a letter or note. A character that no document can hold becomes «\N{REPLACEMENT CHARACTER}»."""
    parts = _parts(clean(text))
    title: str | None = None
    concept: str | None = None
    sender: tuple[Line, ...] = ()
    details: Details | None = None
    if parts and not _shaped(parts[0]):
        top = parts[0]
        title = top[0] if len(top[0]) > 3 and top[0].isupper() else None
        rest = top[1:] if title else top
        concept = rest[0] if len(rest) == 1 and rest[0].startswith("CONCEPT") else None
        if (title or concept) and len(top) == bool(title) + bool(concept):
            parts = parts[1:]
        else:
            title = concept = None
    if soort == "brief" and len(parts) > 1 and not _shaped(parts[0]) and _rows(parts[1]):
        sender = tuple(_line(text) for text in parts[0])
        parts = parts[1:]
    if parts and (rows := _rows(parts[0])):
        details = Details(rows, True)
        parts = parts[1:]
    return Page(soort, title, concept, sender, details, tuple(_joined(_blocks(parts))))


def clean(text: str) -> str:
    """A text with only characters that XML, HTML and PDF can hold, without blanks at line ends and double blank lines."""
    text = _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", "    ")
    lines = [line.rstrip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def _parts(text: str) -> list[list[str]]:
    """The lines between the blank lines."""
    return [part.split("\n") for part in text.strip("\n").split("\n\n") if part]


def _shaped(lines: list[str]) -> bool:
    return any(_POINT.match(line) or line.startswith(" ") for line in lines) or _underlined(lines)


def _underlined(lines: list[str]) -> bool:
    return len(lines) == 2 and len(lines[0]) == len(lines[1]) >= 3 and not lines[1].strip("-") and not lines[0].startswith(" ")


def _blocks(parts: list[list[str]]) -> Iterator[Block]:
    for lines in parts:
        if _underlined(lines):
            yield Heading(lines[0], True)
            continue
        at = 0
        while at < len(lines):
            block, at = _block(lines, at)
            yield block


def _block(lines: list[str], at: int) -> tuple[Block, int]:
    """The block that begins on a line, and where the next one begins."""
    loose, end = at == 0, at + 1
    if _POINT.match(lines[at]):
        dash = lines[at].startswith("- ")
        items: list[Item] = []
        while at < len(lines) and (point := _POINT.match(lines[at])) and (point[1] == "-") is dash:
            end = at + 1
            while end < len(lines) and lines[end].startswith("  " if dash else "   "):
                end += 1
            items.append(_item(lines[at:end], point, loose and not items))
            at = end
        return Listing(tuple(items), loose), at
    if indent := _INDENT.match(lines[at]):
        while end < len(lines) and lines[end].startswith(indent[0]) and lines[end][len(indent[0])] != " ":
            end += 1
        return Inset(tuple(_line(line[len(indent[0]) :]) for line in lines[at:end]), len(indent[0]), loose), end
    while end < len(lines) and not _POINT.match(lines[end]) and not _INDENT.match(lines[end]):
        end += 1
    if loose and end == len(lines) and (rows := _rows(lines)):
        return Details(rows, True), end
    return Paragraph(tuple(_line(line) for line in lines[at:end]), loose), end


def _item(lines: list[str], point: re.Match[str], loose: bool) -> Item:
    number = None if point[1] == "-" else point[1][:-1]
    width = 2 if number is None else 3
    content: list[Line | Points] = [_runs(lines[0][point.end() :])]
    asked: list[Line] = []
    for line in lines[1:]:
        words = line[width:]
        if words.startswith("* ") and words[2:].strip():
            asked.append(_runs(words[2:]))
            continue
        if asked:
            content.append(Points(tuple(asked)))
            asked = []
        content.append(_line(words))
    if asked:
        content.append(Points(tuple(asked)))
    return Item(number, tuple(content), loose)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """A numbered list with blank lines between its items is one list, as long as it counts on."""
    held: Block | None = None
    for block in blocks:
        if (
            isinstance(held, Listing)
            and isinstance(block, Listing)
            and block.los
            and held.genummerd
            and block.genummerd
            and int(block.punten[0].nummer or 0) == int(held.punten[-1].nummer or 0) + 1
        ):
            held = Listing(held.punten + block.punten, held.los)
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _rows(lines: list[str]) -> tuple[tuple[str, Line], ...]:
    """The rows of two or more lines that all open with a label; otherwise none."""
    found = [_LABEL.match(line) for line in lines]
    if len(lines) < 2 or not all(found) or any(line.startswith(" ") for line in lines):
        return ()
    return tuple((one[1], _runs(line[one.end() :])) for one, line in zip(found, lines, strict=True) if one)


def _line(text: str) -> Line:
    label = _LABEL.match(text)
    return (Run(label[1], "label"), *_runs(text[label.end(1) :])) if label else _runs(text)


def _runs(text: str) -> Line:
    parts = _PLACE.split(text)
    return tuple(Run(part, "plek" if number % 2 else "gewoon") for number, part in enumerate(parts) if part) or (Run(""),)


# --- and back ------------------------------------------------------------------------------------------------------------


def to_text(page: Page) -> str:
    """The plain text of a page: what was read, word for word."""
    top = [line for line in (page.titel, page.concept) if line]
    parts = ["\n".join(top)] if top else []
    if page.afzender:
        parts.append("\n".join(words(line) for line in page.afzender))
    if page.gegevens:
        parts.append(_written(page.gegevens))
    for block in page.blokken:
        if block.los or not parts:
            parts.append(_written(block))
        else:
            parts[-1] += "\n" + _written(block)
    return "\n\n".join(parts) + "\n"


def words(line: Line) -> str:
    """The words of a line."""
    return "".join(run.tekst for run in line)


def _written(block: Block) -> str:
    match block:
        case Heading():
            return f"{block.tekst}\n{'-' * len(block.tekst)}"
        case Paragraph():
            return "\n".join(words(line) for line in block.regels)
        case Details():
            return "\n".join(f"{label} {words(line)}" for label, line in block.rijen)
        case Inset():
            return "\n".join(" " * block.inspringing + words(line) for line in block.regels)
        case Listing():
            first, *others = block.punten
            return _item_text(first) + "".join(("\n\n" if item.los else "\n") + _item_text(item) for item in others)


def _item_text(item: Item) -> str:
    sign, indent = ("-", "  ") if item.nummer is None else (f"{item.nummer}.", "   ")
    lines: list[str] = []
    for part in item.inhoud:
        if isinstance(part, Points):
            lines += [f"* {words(line)}" for line in part.regels]
        else:
            lines.append(words(part))
    return f"{sign} " + f"\n{indent}".join(lines)
