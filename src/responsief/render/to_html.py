"""A page as one HTML file that needs nothing from elsewhere: no script, no font, no picture of another site."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from responsief.documents.templating import fill, shipped_file
from responsief.render.marks import Run, runs
from responsief.render.page import Block, Card, Drawing, Heading, Item, Listing, Page, Paragraph, Quote, Rows, Table


def to_html(page: Page) -> str:
    """The HTML text. Only our own style sheet and our own drawings go in unescaped."""
    return fill(
        "regels.html.j2",
        {
            "titel": page.titel,
            "onder": page.onder,
            "terug": page.terug,
            "inhoud": [(h.tekst, h.anker) for h in page.contents()],
            "blokken": [_block(block) for block in page.blokken],
            "css": Markup(shipped_file("regels.css")),  # our own file
        },
    )


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading():
            return {"soort": "kop", "niveau": block.niveau, "runs": [*_runs(block.tekst)], "anker": block.anker}
        case Paragraph():
            return {"soort": "alinea", "klasse": block.soort, "runs": [*_runs(block.tekst)]}
        case Listing():
            return {"soort": "lijst", "punten": [_item(item) for item in block.punten]}
        case Rows():
            return {
                "soort": "rijen",
                "rijen": [([*_runs(label)], [[*_runs(line)] for line in lines]) for label, lines in block.rijen],
            }
        case Table():
            rows = [[[*_runs(cell)] for cell in row] for row in block.rijen]
            return {
                "soort": "tabel",
                "koppen": [[*_runs(k)] for k in block.koppen],
                "rijen": rows,
                "bijschrift": block.bijschrift,
            }
        case Quote():
            return {
                "soort": "citaat",
                "runs": [*_runs(block.tekst)],
                "bron": [*_runs(block.bron)],
                "letterlijk": block.letterlijk,
            }
        case Drawing():
            return {"soort": "tekening", "svg": Markup(block.svg)}  # drawn by `drawings`, which escapes every text
        case Card():
            inside = [_block(b) for b in block.blokken]
            return {
                "soort": "kaart",
                "klasse": block.soort,
                "dicht": block.dicht,
                "kop": _block(block.kop),
                "anker": block.kop.anker,
                "blokken": inside,
            }


def _runs(text: str) -> Iterator[Run]:
    """The words, with amounts and percentages that stay on one line."""
    return (
        run._replace(tekst=run.tekst.replace("€ ", "€\N{NO-BREAK SPACE}").replace(" %", "\N{NO-BREAK SPACE}%"))
        for run in runs(text)
    )


def _item(item: Item) -> dict[str, object]:
    return {"runs": [*_runs(item.tekst)], "onder": [_item(one) for one in item.onder]}
