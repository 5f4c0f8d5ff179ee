"""The six stages in a row: signals, clauses, alternatives, boundary, weighing; the motivation comes after, from this Review."""

from __future__ import annotations

from responsief.decision import Review
from responsief.hardship.alternatives import alternatives
from responsief.hardship.boundary import boundary
from responsief.hardship.bundles import bundles
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import clauses, reaches, remarks
from responsief.hardship.sides import against, consequences, milder
from responsief.hardship.signals import fired, signals, urgency
from responsief.hardship.weighing import weighing


def review(case: HardCase) -> Review:
    """The hardship pass on one verdict that is not a full grant."""
    rules = fired(case)
    found = signals(case.aids, rules)
    entries = clauses(case)
    helps, unserved, stated = alternatives(case, rules, entries)
    lines, ways = boundary(case)
    return Review(
        signalen=found,
        clausules=entries,
        geen_clausule=bool(case.failed) and not any(map(reaches, entries)),
        toelichting=remarks(case, entries),
        alternatieven=helps,
        bundels=bundles(case, helps),
        grens=lines,
        manieren=ways,
        gevolgen=consequences(case, rules),
        tegen=against(case, entries, helps),
        milder=milder(case, entries),
        weging=weighing(case, entries),
        urgentie_werkdagen=urgency(found),
        zonder_antwoord=unserved,
        behoeften=stated,
    )
