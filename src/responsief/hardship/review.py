"""The six stages in a row: signals, clauses, alternatives, boundary, weighing; the motivation comes after, from this Review."""

from __future__ import annotations

from responsief.decision import Review
from responsief.hardship.alternatives import alternatives
from responsief.hardship.boundary import boundary
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import clauses, remarks
from responsief.hardship.signals import signals, urgency
from responsief.hardship.weighing import weighing


def review(case: HardCase) -> Review:
    """The hardship pass on one verdict that is not a full grant."""
    found = signals(case)
    entries = clauses(case)
    helps, unserved = alternatives(case, found, entries)
    return Review(
        signalen=found,
        clausules=entries,
        geen_clausule=bool(case.failed) and not any(e.status in ("in_bereik", "onbekend") for e in entries),
        toelichting=remarks(case, entries),
        alternatieven=helps,
        grens=boundary(case),
        weging=weighing(case, entries),
        urgentie_werkdagen=urgency(found),
        zonder_antwoord=unserved,
    )
