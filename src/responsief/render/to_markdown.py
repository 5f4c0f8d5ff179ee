"""A page as Markdown (GFM) that also reads well as it is: links stand at the bottom, under their own words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from responsief.render.marks import runs
from responsief.render.page import Block, Card, Drawing, Heading, Item, Listing, Page, Paragraph, Quote, Rows, Table

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~])")
_START: Final = re.compile(r"^(\s*)(#{1,6} |[-+] |\d+[.)] |> )")


def to_markdown(page: Page) -> str:
    """The Markdown text."""
    return _Writer(page).text()


class _Writer:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.links: dict[str, str] = {}  # the words of a link, and where they lead
        self.slugs: dict[str, str] = {}  # our anchors, and those that a reader of GFM makes of the headings
        taken: dict[str, int] = {}
        for text, anchor in [(page.titel, ""), *_headings(page.blokken)]:
            made = _gfm(text)
            number = taken.get(made, -1) + 1
            taken[made] = number
            self.slugs[f"#{anchor}"] = f"#{made}" + (f"-{number}" if number else "")

    def text(self) -> str:
        page = self.page
        parts = [f"# {self.words(page.titel)}", self.words(page.onder)]
        if page.terug is not None:
            parts.append(f"Terug naar {self.link(page.terug[0], page.terug[1].replace('.html', '.md'))}.")
        for block in page.blokken:
            parts += self.block(block)
        body = "\n\n".join(part for part in parts if part)
        shown = [f"[{label}]: {target}" for label, target in self.links.items()]
        return body + ("\n\n" + "\n".join(shown) if shown else "") + "\n"

    def words(self, text: str) -> str:
        told = ""
        for run in runs(text):
            plain = _SPECIAL.sub(r"\\\1", run.tekst)
            if run.naar is not None:
                told += self.link(run.tekst, self.slugs.get(run.naar, run.naar))
            elif run.soort in ("nieuw", "sterk"):
                told += f"**{plain.strip()}**"
            elif run.soort == "oud":
                told += f"~~{plain.strip()}~~"
            else:
                told += plain
        return told

    def link(self, words: str, target: str) -> str:
        """Words that lead somewhere. The same words that lead elsewhere too get their own address behind them."""
        label = _SPECIAL.sub(r"\\\1", words)
        key = next((k for k in self.links if k.lower() == label.lower()), None)
        if key is None:
            self.links[label] = target
            return f"[{label}]"
        return f"[{label}]" if self.links[key] == target else f"[{label}]({target})"

    def block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield "#" * block.niveau + " " + self.words(block.tekst)
            case Paragraph():
                text = _START.sub(r"\1\\\2", self.words(block.tekst))
                yield f"**Let op.** {text}" if block.soort == "let_op" else text
            case Listing():
                yield "\n".join(self.items(block.punten))
            case Rows():
                yield "\n".join(self.rows(block))
            case Table():
                yield f"{self.words(block.bijschrift)}:"
                yield "\n".join(self.table(block))
            case Quote():
                start = "De tekst" if block.letterlijk else "De tekst (niet geverifieerd)"
                quoted = self.words(block.tekst)
                yield f"> {start}, {self.words(block.bron)}:\n> {f'«{quoted}»' if block.letterlijk else quoted}"
            case Drawing():
                if block.punten:
                    yield "\n".join(self.items(block.punten))
            case Card():
                yield from self.block(block.kop)
                for inner in block.blokken:
                    yield from self.block(inner)

    def items(self, items: Sequence[Item], depth: int = 0) -> Iterator[str]:
        for item in items:
            yield f"{'  ' * depth}- {self.words(item.tekst)}"
            yield from self.items(item.onder, depth + 1)

    def rows(self, rows: Rows) -> Iterator[str]:
        for label, lines in rows.rijen:
            if len(lines) == 1:
                yield f"- **{self.words(label)}:** {self.words(lines[0])}"
            else:
                yield f"- **{self.words(label)}:**"
                yield from (f"  - {self.words(line)}" for line in lines)

    def table(self, table: Table) -> Iterator[str]:
        rows = [[self.words(cell) for cell in row] for row in (table.koppen, *table.rijen)]
        widths = [min(40, max(len(row[n]) for row in rows)) for n in range(len(table.koppen))]
        for number, row in enumerate(rows):
            yield "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
            if number == 0:
                yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"


def _headings(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.tekst, block.anker
        elif isinstance(block, Card):
            yield block.kop.tekst, block.kop.anker
            yield from _headings(block.blokken)


def _gfm(text: str) -> str:
    """The anchor that GitHub makes of a heading."""
    plain = "".join(run.tekst for run in runs(text)).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
