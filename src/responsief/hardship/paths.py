"""The way to an alternative: by when, and who makes the first contact."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from responsief.decision import AlternatiefSoort, Alternative, Term
from responsief.hardship.case import HardCase
from responsief.ir.ruleset import Provision
from responsief.values import Between

HARD: Final = 3  # a path of this weight is not walked alone: the municipality offers to make the first contact
_CONSENT: Final = " Alleen als de inwoner dat wil."
_SAFE: Final = " Spreek eerst af wanneer bellen veilig is."


def handover(who: str, kind: AlternatiefSoort, weight: int, provision: Provision | None, *, urgent: bool) -> str | None:
    """Who calls whom, if the client wants that: where the path is hard or a signal is urgent, or where the catalogue says so."""
    text = provision.overdracht if provision is not None else None
    if text is None:
        if kind == "samen" or not (urgent or weight >= HARD):
            return None  # what people do with each other is nobody's to hand over
        if who.startswith("college"):
            text = "De contactpersoon legt binnen de gemeente het eerste contact."
        else:
            text = f"De contactpersoon legt het eerste contact met wie beslist: {who}."
    safe = _SAFE if provision is not None and provision.gevoelig == "geweld" else ""
    return f"{text}{_CONSENT}{safe}"


def term(provision: Provision | None) -> Term | None:
    """What must have happened by when, without the day."""
    found = provision.termijn if provision is not None else None
    return Term(found.tekst, found.grondslag, None) if found is not None else None


def dated(case: HardCase, one: Alternative, ident: str) -> Alternative:
    """With the last day of its term, where that can be worked out for this case."""
    node = case.aids.last_days.get(ident)
    if node is None or one.termijn is None:
        return one
    day = case.aids.compiled.program.value(node, case.aids_run)
    if isinstance(day, Between):
        day = day.lo  # of a date that is not fully known the first day is the safe one
    return replace(one, termijn=replace(one.termijn, uiterlijk=day)) if isinstance(day, date) else one
