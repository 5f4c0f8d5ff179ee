"""Weighing: every circumstance that the client raised against every clause in reach, as a suggestion with its reason.

A suggestion never counts as the weighing: a person confirms or replaces it in her own words (AVG 22). Only kinds and facts
count, never how moving the words are. Promises and each child's interest (IVRK 3) are weighed by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from responsief.decision import Clause, Weighing
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import reaches
from responsief.ir.operators import elapsed
from responsief.ir.ruleset import Clause as ClauseDef
from responsief.values import Between, format_day

NO_CLAUSE = "Geen clausule reikt tot deze gronden. De omstandigheid blijft staan: een medewerker weegt haar bij wat wel kan."
NO_GROUND = "Er is nog geen voorwaarde die in de weg staat. De omstandigheid blijft staan: zij telt als dat verandert."


def weighing(case: HardCase, entries: tuple[Clause, ...]) -> tuple[Weighing, ...]:
    """The matrix circumstance × clause in reach; without such a clause each circumstance still stands, with no clause."""
    reached = dict.fromkeys(e.id for e in entries if reaches(e))
    definitions = {c.id: c for c in case.ruleset.hardheid}
    inside = [definitions[i] for i in reached]
    return tuple(w for kind, words in _raised(case) for w in _against(case, kind, words, inside))


def _raised(case: HardCase) -> Iterator[tuple[str, str | None]]:
    situation = case.situation
    for raised in situation.omstandigheden or ():
        yield raised.soort or "overig", raised.woorden
    for promise in situation.toezeggingen or ():
        who = promise.wie or "de gemeente"
        when = f", uiterlijk {format_day(promise.uiterlijk)}" if isinstance(promise.uiterlijk, date | Between) else ""
        yield "toezegging", f"{who}: {promise.wat or 'een toezegging'}{when}"
    for number, child in enumerate(situation.huishouden.kinderen or (), 1):
        age = elapsed("jaren", child.geboortedatum, case.verdict.peildatum)
        years = (
            f"{age} jaar"
            if isinstance(age, int)
            else f"{age.lo} of {age.hi} jaar"
            if isinstance(age, Between)
            else "leeftijd onbekend"
        )
        yield "belang_van_kind", f"kind {number} ({years})"


def _against(case: HardCase, kind: str, words: str | None, inside: list[ClauseDef]) -> Iterator[Weighing]:
    if not inside:
        yield Weighing(kind, words, None, "nog_te_wegen", NO_CLAUSE if case.failed else NO_GROUND)
        return
    for clause in inside:
        why = dict(clause.wegen).get(kind)
        if why is not None and kind not in ("toezegging", "belang_van_kind"):
            purposes = " ".join(dict.fromkeys(c.doel for c in case.failed if c.id in clause.geldt_voor))
            yield Weighing(kind, words, clause.id, "weegt_mee", f"{_stop(why)} Doel van de regel: {purposes}")
        else:
            yield Weighing(kind, words, clause.id, "nog_te_wegen", _open_reason(kind, why, clause))


def _stop(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else text + "."


def _open_reason(kind: str, why: str | None, clause: ClauseDef) -> str:
    if kind == "toezegging":
        return "Een toezegging kan binden (vertrouwensbeginsel). Een medewerker gaat na wat er is gezegd en door wie."
    if kind == "belang_van_kind":
        return "Het belang van dit kind wordt apart gewogen (IVRK 3)." + (f" {why}" if why else "")
    return f"{clause.grondslag} noemt deze omstandigheid niet. Een medewerker weegt haar zelf, met een reden."
