"""Outcomes in words and on the ladder: nee, then what is not known yet, then ja. The same words in findings and in every report."""

from __future__ import annotations

from typing import Final

from responsief.analysis.answers import Outcome
from responsief.values import format_day, format_money

LEVELS: Final = {"afgewezen": 0, "wacht": 1, "onbepaald": 1, "gedeeltelijk": 2, "toegekend": 3}
NAMES: Final = {
    "toegekend": "toegekend",
    "gedeeltelijk": "gedeeltelijk toegekend",
    "afgewezen": "afgewezen",
    "onbepaald": "nog niet te beslissen",
    "wacht": "moet wachten",
}
#: what is no «was …», «wordt …», «blijft …» in a sentence
VERBS: Final = {
    "onbepaald": ("was nog niet te beslissen", "is nog niet te beslissen", "is nog steeds niet te beslissen"),
    "wacht": ("moest wachten", "moet wachten", "moet nog steeds wachten"),
}
GRANTED: Final = ("toegekend", "gedeeltelijk")


def level(one: Outcome) -> tuple[int, int]:
    """How much somebody gets: the outcome, and of two equal ones the amount in cents."""
    return LEVELS.get(one.uitkomst, 1), one.bedrag or 0


def name_of(outcome: str) -> str:
    """An outcome in words: «gedeeltelijk toegekend»."""
    return NAMES.get(outcome, outcome.replace("_", " "))


def before(one: Outcome) -> str:
    """«was toegekend (€ 120,00)», «moest wachten tot 1 juli 2026»"""
    return _said(one, 0)


def after(one: Outcome) -> str:
    """«wordt afgewezen», «is nog niet te beslissen»"""
    return _said(one, 1)


def still(one: Outcome) -> str:
    """«blijft afgewezen», «is nog steeds niet te beslissen»"""
    return _said(one, 2)


def _said(one: Outcome, time: int) -> str:
    name = name_of(one.uitkomst)
    words = VERBS.get(one.uitkomst, (f"was {name}", f"wordt {name}", f"blijft {name}"))[time]
    until = f" tot {format_day(one.wacht_tot)}" if one.wacht_tot else ""
    return words + until + (f" ({format_money(one.bedrag)})" if one.bedrag is not None and one.uitkomst in GRANTED else "")
