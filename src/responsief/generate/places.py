"""Where each household lives: its municipality, and a district that is made up."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from responsief.frozen import dataclass
from responsief.generate.chance import Chance, Numbers
from responsief.population.municipalities import GEMEENTEN, districts

BY_INCOME: Final = 200  # of every thousand households: who lives in the district of their rung of the ladder of incomes


@dataclass(frozen=True, slots=True)
class Places:
    """A value per household: `at` is a position in `codes` (of municipalities), `district` one in `districts`."""

    codes: tuple[str, ...]
    at: Numbers
    districts: tuple[str, ...]
    district: Numbers


def places(chance: Chance, gemeente: str | None, rank: Numbers) -> Places:
    """Where the households of these draws live: in this municipality, or over the whole country. `rank`: where each stands by income,
    from 0 to 9,999. Nobody's district changes anything else that is drawn."""
    if gemeente is None:
        codes = tuple(code for code, _ in GEMEENTEN.kansen)
        at = chance.weighted("gemeente", [weight for _, weight in GEMEENTEN.kansen])
    else:
        codes, at = (gemeente,), np.zeros(len(chance), dtype=np.int64)
    names, upto, begins = _districts(codes)
    before = begins[at]
    total = begins[at + 1] - before
    by_income = chance.chance("wijk naar inkomen", BY_INCOME)
    drawn = before + np.where(by_income, rank * total // 10_000, chance.below("wijk", total))
    return Places(codes, at, names, np.searchsorted(upto, drawn, side="right").astype(np.int64))


@cache
def _districts(codes: tuple[str, ...]) -> tuple[tuple[str, ...], Numbers, Numbers]:
    """The districts of all these, one after the other, up to which weight each goes, and with which weight each municipality begins."""
    every = [districts(code) for code in codes]
    upto = np.cumsum([weight for one in every for _, weight in one], dtype=np.int64)
    ends = np.cumsum([sum(weight for _, weight in one) for one in every], dtype=np.int64)
    return tuple(name for one in every for name, _ in one), upto, np.concatenate(([0], ends))
