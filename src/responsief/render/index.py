"""The index of a register: every ruleset with its place, and the pages of shared terms and figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from responsief.ir.ruleset import Ruleset
from responsief.render.marks import data, link, sentence, strong, upper
from responsief.render.names import INSTRUMENTS, count, in_force
from responsief.render.page import Block, Heading, Item, Listing, Page, Paragraph
from responsief.render.scope import slug
from responsief.values import format_day

TITLE = "Alle regels"


def index_of(rulesets: Sequence[Ruleset], day: date, suffix: str) -> Page:
    """The page that leads to all pages; `suffix` is «html» or «md»."""
    decided = [r for r in rulesets if r.soort != "begrippen"]
    shared = [r for r in rulesets if r.soort == "begrippen"]
    one = len(decided) == 1
    many = f"{upper(count(len(decided)))} {'regeling, zoals zij geldt' if one else 'regelingen, zoals zij gelden'}"
    parts: list[Block] = [
        Paragraph(
            f"{many} op {format_day(day)}. Klik op een naam om de regels te lezen.",
            "inleiding",
        )
    ]
    places: dict[str, list[Ruleset]] = {}
    for ruleset in sorted(decided, key=lambda r: (_rank(r), _place(r), r.titel)):
        places.setdefault(_place(ruleset), []).append(ruleset)
    for place, found in places.items():
        parts += [Heading(2, place, slug("plaats", place)), _listing(found, suffix)]
    if shared:
        parts.append(Heading(2, "Wat regelingen samen gebruiken", "gedeeld"))
        parts.append(_listing(shared, suffix))
    return Page(TITLE, f"Gemaakt met de cijfers van {format_day(day)}.", tuple(parts))


def _rank(ruleset: Ruleset) -> int:
    return 0 if not ruleset.local else 1 if ruleset.gemeente is not None else 2


def _place(ruleset: Ruleset) -> str:
    if ruleset.gebied is not None:
        return data(ruleset.gebied.naam)
    return f"Gemeente met CBS-code {ruleset.gemeente}" if ruleset.gemeente is not None else "Landelijk"


def _listing(rulesets: Sequence[Ruleset], suffix: str) -> Listing:
    lines = []
    for r in rulesets:
        count = len(r.criteria)
        told = [
            INSTRUMENTS.get(r.soort, ""),
            in_force(r),
            f"{count} voorwaarden" if count > 1 else "1 voorwaarde" if count else "",
        ]
        about = ", ".join(part for part in told if part) + ("." if r.geverifieerd else f". {strong('Niet geverifieerd')}.")
        purpose = (Item(sentence(data(r.doel))),) if r.doel else ()
        lines.append(Item(link(data(r.titel), f"{r.id}.{suffix}"), (*purpose, Item(upper(about)))))
    return Listing(tuple(lines))
