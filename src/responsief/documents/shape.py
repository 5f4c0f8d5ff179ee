"""A page as plain data (dicts, lists, texts): what every template reads, ours and a municipality's own. Keys are Dutch."""

from __future__ import annotations

from typing import Any, assert_never

from responsief.documents.blocks import Block, Details, Heading, Inset, Item, Line, Listing, Page, Paragraph, Points


def to_data(page: Page) -> dict[str, Any]:
    """`soort`, `titel`, `onderwerp`, `concept`, `afzender` (lines), `gegevens` (rows) and `blokken`; see docs/documenten.md."""
    return {
        "soort": page.soort,
        "titel": page.titel,
        "onderwerp": page.onderwerp,
        "concept": page.concept,
        "afzender": _lines(page.afzender),
        "gegevens": _rows(page.gegevens) if page.gegevens else [],
        "blokken": [_block(block) for block in page.blokken],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"soort": "kop", "los": block.los, "tekst": block.tekst}
        case Paragraph():
            return {"soort": "alinea", "los": block.los, "regels": _lines(block.regels)}
        case Details():
            return {"soort": "gegevens", "los": block.los, "rijen": _rows(block)}
        case Inset():
            return {"soort": "inspringing", "los": block.los, "regels": _lines(block.regels)}
        case Listing():
            items = [_item(item) for item in block.punten]
            return {"soort": "lijst", "los": block.los, "genummerd": block.genummerd, "punten": items}
        case _:
            assert_never(block)


def _item(item: Item) -> dict[str, Any]:
    content: list[dict[str, Any]] = []
    for part in item.inhoud:
        if isinstance(part, Points):
            content.append({"soort": "vragen", "regels": _lines(part.regels)})
        elif content and content[-1]["soort"] == "regels":
            content[-1]["regels"].append(_line(part))
        else:
            content.append({"soort": "regels", "regels": [_line(part)]})
    return {"nummer": None if item.nummer is None else int(item.nummer), "los": item.los, "inhoud": content}


def _rows(details: Details) -> list[dict[str, Any]]:
    return [{"label": label, "regel": _line(line)} for label, line in details.rijen]


def _lines(lines: tuple[Line, ...]) -> list[list[dict[str, str]]]:
    return [_line(line) for line in lines]


def _line(line: Line) -> list[dict[str, str]]:
    return [{"soort": run.soort, "tekst": run.tekst} for run in line]
