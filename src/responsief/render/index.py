"""The index of a register: every ruleset with its place, and the pages of shared terms and figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from responsief.ir.ruleset import Ruleset
from responsief.render.marks import data, link, sentence
from responsief.render.names import INSTRUMENTS, in_force
from responsief.render.page import Block, Heading, Page, Paragraph, Table
from responsief.render.scope import slug
from responsief.values import format_day

TITLE = "Alle regels"


def index_of(rulesets: Sequence[Ruleset], day: date, suffix: str) -> Page:
    """The page that leads to all pages; `suffix` is «html» or «md»."""
    decided = [r for r in rulesets if r.soort != "begrippen"]
    shared = [r for r in rulesets if r.soort == "begrippen"]
    parts: list[Block] = [
        Paragraph(
            f"{len(decided)} regelingen, zoals zij gelden op {format_day(day)}. Klik op een naam om de regels te lezen.",
            "inleiding",
        )
    ]
    places: dict[str, list[Ruleset]] = {}
    for ruleset in sorted(decided, key=lambda r: (_rank(r), _place(r), r.titel)):
        places.setdefault(_place(ruleset), []).append(ruleset)
    for place, found in places.items():
        parts += [Heading(2, place, slug("plaats", place)), *_table(found, f"Regelingen: {place}", suffix)]
    if shared:
        parts.append(Heading(2, "Wat regelingen samen gebruiken", "gedeeld"))
        parts += _table(shared, "Gedeelde begrippen en cijfers", suffix)
    return Page(TITLE, f"Gemaakt met de cijfers van {format_day(day)}.", tuple(parts))


def _rank(ruleset: Ruleset) -> int:
    return 0 if not ruleset.local else 1 if ruleset.gemeente is not None else 2


def _place(ruleset: Ruleset) -> str:
    if ruleset.gebied is not None:
        return data(ruleset.gebied.naam)
    return f"Gemeente met CBS-code {ruleset.gemeente}" if ruleset.gemeente is not None else "Landelijk"


def _table(rulesets: Sequence[Ruleset], caption: str, suffix: str) -> Iterator[Table]:
    rows = []
    for r in rulesets:
        checked = "ja" if r.geverifieerd else "nee"
        purpose = sentence(data(r.doel)) if r.doel else ""
        rows.append(
            (
                link(data(r.titel), f"{r.id}.{suffix}"),
                INSTRUMENTS.get(r.soort, ""),
                in_force(r),
                str(len(r.criteria) or "geen"),
                checked,
                purpose,
            )
        )
    yield Table(("Regeling", "Soort", "Geldt", "Voorwaarden", "Geverifieerd", "Doel"), tuple(rows), caption)
