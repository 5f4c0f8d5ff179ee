"""Counts of people that can be shown: none under `k`, and none that can be worked out from the others and the total."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from responsief.difference.report import Group, Impact
from responsief.frozen import dataclass

YES: Final = ("toegekend", "gedeeltelijk")
NO: Final = ("afgewezen",)
#: a number that can be shown; `weinig`: some, and fewer than `k`; `verborgen`: another could be worked out from it
Shown = int | Literal["weinig", "verborgen"]


@dataclass(frozen=True, slots=True)
class Line:
    """A group as it can be shown; amounts in cents per month, of everybody in it together."""

    naam: str
    aantal: Shown
    naar_ja: Shown
    naar_nee: Shown
    anders: Shown
    bedrag_was: Shown
    bedrag_wordt: Shown

    @property
    def bedrag_verschil(self) -> Shown:
        """How much more they get together."""
        if isinstance(self.bedrag_was, int) and isinstance(self.bedrag_wordt, int):
            return self.bedrag_wordt - self.bedrag_was
        return "verborgen"


def moved(group: Group) -> tuple[int, int, int]:
    """How many go from no to yes, from yes to no, and otherwise to another outcome."""
    found = [0, 0, 0]
    for (was, wordt), number in group.overgangen.items():
        if was != wordt:
            found[_way(was, wordt)] += number
    return found[0], found[1], found[2]


def _way(was: str, wordt: str) -> int:
    return 0 if was in NO and wordt in YES else 1 if was in YES and wordt in NO else 2


def everybody(impact: Impact) -> Line:
    """The whole population."""
    few = 0 < impact.allen.aantal < impact.k
    cells = [few or 0 < n < impact.k for n in moved(impact.allen)]
    return _line(impact.allen, impact.k, few, cells, any(cells))


def lines(impact: Impact, groups: Sequence[Group]) -> list[Line]:
    """The groups of one division (by household, by age)."""
    k, sizes = impact.k, [group.aantal for group in groups]
    rows = hidden(sizes, k)
    columns = [hidden(column, k, rows) for column in zip(*map(moved, groups), strict=True)]
    cells = [[column[at] for column in columns] for at in range(len(groups))]
    amounts = [any(row) for row in cells]
    if sum(amounts) == 1:  # the others and the total would tell it
        left = [at for at, out in enumerate(amounts) if not out]
        amounts = [out or at == min(left, key=sizes.__getitem__, default=-1) for at, out in enumerate(amounts)]
    return [_line(group, k, rows[at], cells[at], amounts[at]) for at, group in enumerate(groups)]


def hidden(counts: Sequence[int], k: int, already: Sequence[bool] = ()) -> list[bool]:
    """Which of these counts, whose total is known, are not shown: those under `k`, and then the smallest others until what is
    hidden is more than one count and no fewer than `k` people together. A zero is shown, unless it is hidden `already`."""
    found = [0 < n < k or (bool(already) and already[at]) for at, n in enumerate(counts)]
    rest = sorted((at for at, n in enumerate(counts) if n and not found[at]), key=lambda at: counts[at], reverse=True)
    while rest and _tells([n for n, out in zip(counts, found, strict=True) if out and n], k):
        found[rest.pop()] = True
    return found


def _tells(out: Sequence[int], k: int) -> bool:
    """Would the sum of what is hidden tell a count under `k`?"""
    return any(n < k for n in out) and (len(out) == 1 or sum(out) < k)


def transitions(impact: Impact) -> list[tuple[str, str, Shown]]:
    """Every change of outcome of the whole population, the most first. `everybody` tells how many there are each way."""
    rows: list[tuple[str, str, Shown]] = []
    for way in range(3):
        some = [(move, n) for move, n in impact.allen.overgangen.items() if n and move[0] != move[1] and _way(*move) == way]
        out = hidden([n for _, n in some], impact.k)
        rows += [(was, wordt, _shown(n, impact.k, no)) for ((was, wordt), n), no in zip(some, out, strict=True)]
    return sorted(rows, key=lambda row: (isinstance(row[2], str), -row[2] if isinstance(row[2], int) else 0, row[0], row[1]))


def _shown(count: int, k: int, hide: bool) -> Shown:
    return count if not hide else "weinig" if 0 < count < k else "verborgen"


def _line(group: Group, k: int, small: bool, cells: Sequence[bool], amounts: bool) -> Line:
    more, less, other = (_shown(n, k, no or small) for n, no in zip(moved(group), cells, strict=True))
    was: Shown = "verborgen" if small or amounts else group.bedrag_was
    now: Shown = "verborgen" if small or amounts else group.bedrag_wordt
    return Line(group.naam, _shown(group.aantal, k, small), more, less, other, was, now)


def told(count: Shown, k: int, sign: str = "") -> str:
    """«4.812», «0», «minder dan 10» or «niet getoond»."""
    if isinstance(count, str):
        return f"minder dan {k}" if count == "weinig" else "niet getoond"
    return f"{sign if count else ''}{count:,}".replace(",", ".")
