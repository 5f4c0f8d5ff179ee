"""How far amounts change: the steps of a spread, from who loses most to who gains most.

Steps are of the amount per year in cents. Where that stays the same, the outcome says whether somebody gets more or less: nee, then what
is not known yet, then ja (`difference.outcomes`).
"""

from __future__ import annotations

from typing import Final

from responsief.difference.outcomes import LEVELS
from responsief.difference.report import Kant

#: euros per year; a step runs from one limit to just under the next, the last has no end
LIMITS: Final = (0, 25, 100, 250, 500, 1_000, 2_500, 5_000)
STEPS: Final = len(LIMITS)
SAME: Final = 0
WORSE, BETTER = -1, 1  # the same amount, another outcome
#: who can't be decided has no such ruleset: a nee
LADDER: Final = {"niet_beslist": 0, **LEVELS}
#: the numbers of steps on each part of the spread in the order of the page; amounts begin with the largest change
SIDES: Final = (
    tuple(range(-STEPS - 1, WORSE)),
    (WORSE,),
    (SAME,),
    (BETTER,),
    tuple(range(STEPS + 1, BETTER, -1)),
)
REST: Final = "kleine aantallen samen, ook zonder verschil"


def step_of(was: tuple[str, int], becomes: tuple[str, int]) -> int:
    """The step of a household by its outcome and amount in cents per year, before and after: below nought it gets less."""
    change = becomes[1] - was[1]
    if change:
        step = 1 + max(at for at, euro in enumerate(LIMITS, 1) if abs(change) >= 100 * euro)
        return step if change > 0 else -step
    before, after = LADDER[was[0]], LADDER[becomes[0]]
    return SAME if before == after else WORSE if after < before else BETTER


def side_of(step: int) -> Kant:
    """Do these households get less or more?"""
    return "gelijk" if step == SAME else "minder" if step < 0 else "meer"


def step_name(steps: tuple[int, ...]) -> str:
    """What one step is called, or some beside each other: «€ 25 tot € 250 per jaar minder»."""
    if steps[0] in (WORSE, SAME, BETTER):
        return {
            WORSE: "hetzelfde bedrag, minder recht",
            SAME: "geen verschil",
            BETTER: "hetzelfde bedrag, meer recht",
        }[steps[0]]
    sizes = [abs(one) - 2 for one in steps]
    low, high = LIMITS[min(sizes)], LIMITS[max(sizes) + 1] if max(sizes) + 1 < STEPS else None
    way = "meer" if steps[0] > 0 else "minder"
    if high is None:
        return f"{way} geld" if not low else f"{_euro(low)} per jaar of nog {way}"
    return f"tot {_euro(high)} per jaar {way}" if not low else f"{_euro(low)} tot {_euro(high)} per jaar {way}"


def _euro(amount: int) -> str:
    return f"€ {amount:,}".replace(",", ".")
