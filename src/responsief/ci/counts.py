"""Counts of people as an `Impact` holds them, each way: from no to yes, from yes to no, and otherwise.

What may be shown is decided in one place, when an `Impact` is made (`population.shield`): here nothing more is hidden, and what is
hidden there is never told as 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

from responsief.difference.report import SAMEN, Group, Impact
from responsief.frozen import dataclass
from responsief.values import round_ratio

YES: Final = ("toegekend", "gedeeltelijk")
NO: Final = ("afgewezen", "niet_beslist")  # not decided: there is no such ruleset for them
ORDER: Final = (*YES, "onbepaald", "wacht", *NO)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many, and perhaps some of those whose transitions stand together."""

    aantal: int


#: a number, the least that it is, or `verborgen`: it would tell something of a small group
Shown = int | AtLeast | Literal["verborgen"]


@dataclass(frozen=True, slots=True)
class Line:
    """A group as it can be shown; amounts in cents of everybody in it together, per month and (`jaar_…`) per year."""

    naam: str
    aantal: Shown
    naar_ja: Shown
    naar_nee: Shown
    anders: Shown
    bedrag_was: int | Literal["verborgen"]
    bedrag_wordt: int | Literal["verborgen"]
    jaar_was: int | Literal["verborgen"] = 0
    jaar_wordt: int | Literal["verborgen"] = 0

    @property
    def bedrag_verschil(self) -> int | Literal["verborgen"]:
        """How much more they get together, per month: rounded once, where it is known per year."""
        year = self.jaar_verschil
        if isinstance(year, int) and (self.jaar_was or self.jaar_wordt):
            return round_ratio(year, 12)
        return _difference(self.bedrag_was, self.bedrag_wordt)

    @property
    def jaar_verschil(self) -> int | Literal["verborgen"]:
        """How much more they get together, per year: what the change costs."""
        return _difference(self.jaar_was, self.jaar_wordt)


def _difference(was: int | Literal["verborgen"], becomes: int | Literal["verborgen"]) -> int | Literal["verborgen"]:
    return becomes - was if isinstance(was, int) and isinstance(becomes, int) else "verborgen"


@dataclass(frozen=True, slots=True)
class Newly:
    """Who has an outcome that she had not: granted (also in part), refused (or no ruleset any more), not to be decided yet."""

    toegekend: Shown
    afgewezen: Shown
    onbepaald: Shown


def newly(group: Group) -> Newly:
    """How many of a group have such an outcome now, and had another."""
    if group.afgeschermd and not group.overgangen:
        return Newly("verborgen", "verborgen", "verborgen")
    kinds = (YES, NO, ("onbepaald",))
    found = [
        sum(n for (was, wordt), n in group.overgangen.items() if wordt in kind and was not in kind and was != SAMEN)
        for kind in kinds
    ]
    return Newly(*(_perhaps_more(n) if group.overgangen.get((SAMEN, SAMEN)) else n for n in found))


def sides(impact: Impact) -> tuple[Shown, Shown]:
    """How many get more and how many get less, by amount and else by outcome: of an impact with a spread."""
    found = [sum(step.aantal for step in impact.verdeling if step.kant == kant) for kant in ("meer", "minder")]
    together = any(step.kant == "samen" for step in impact.verdeling)
    more, less = (_perhaps_more(n) if together else n for n in found)
    return more, less


def matrix(impact: Impact) -> tuple[tuple[str, ...], list[tuple[str, list[int | None]]]]:
    """The outcomes after, and a row per outcome before with how many of those have each after: None where that is not told apart."""
    cells = {cell: n for cell, n in impact.allen.overgangen.items() if cell[0] != SAMEN}
    hidden = None if impact.allen.overgangen.get((SAMEN, SAMEN)) else 0
    rows, columns = ([one for one in ORDER if any(cell[at] == one for cell in cells)] for at in (0, 1))
    return tuple(columns), [(was, [cells.get((was, wordt), hidden) for wordt in columns]) for was in rows]


def everybody(impact: Impact) -> Line:
    """The whole population."""
    return _line(impact.allen)


def nobody(impact: Impact) -> bool:
    """Was there nobody to count?"""
    return not impact.allen.aantal and not impact.allen.afgeschermd


def lines(groups: Iterable[Group]) -> list[Line]:
    """The groups of one division (by household, by age)."""
    return [_line(group) for group in groups]


def moved(group: Group) -> tuple[Shown, Shown, Shown]:
    """How many go from no to yes, from yes to no, and otherwise to another outcome."""
    if group.afgeschermd and not group.overgangen:
        return "verborgen", "verborgen", "verborgen"
    found = [0, 0, 0]
    for (was, wordt), number in group.overgangen.items():
        if was != wordt:
            found[_way(was, wordt)] += number
    more, less, other = (_perhaps_more(n) if group.overgangen.get((SAMEN, SAMEN)) else n for n in found)
    return more, less, other


def _perhaps_more(number: int) -> Shown:
    """A count of which some may stand among the transitions that are told together."""
    return AtLeast(number) if number else "verborgen"


def _way(was: str, wordt: str) -> int:
    return 0 if was in NO and wordt in YES else 1 if was in YES and wordt in NO else 2


def transitions(impact: Impact) -> list[tuple[str, str, int]]:
    """Every change of outcome of the whole population, the most first; last those that are told together (`SAMEN`), among whom are
    also people with the same outcome as before."""
    cells = impact.allen.overgangen
    rows = [(was, wordt, n) for (was, wordt), n in cells.items() if n and was != wordt]
    together = cells.get((SAMEN, SAMEN), 0)
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1])) + ([(SAMEN, SAMEN, together)] if together else [])


def shielded(impact: Impact) -> bool:
    """Is anything of it not shown?"""
    groups = [impact.allen, *(one for division in impact.groepen.values() for one in division)]
    return any(one.afgeschermd or one.overgangen.get((SAMEN, SAMEN)) for one in groups)


def amounts(rows: Iterable[Line]) -> bool:
    """Is there an amount to show?"""
    return any(isinstance(cents, int) and cents for row in rows for cents in (row.bedrag_was, row.bedrag_wordt))


def _line(group: Group) -> Line:
    nothing = bool(group.afgeschermd) and not group.aantal
    more, less, other = moved(group)
    return Line(
        group.naam,
        "verborgen" if nothing else group.aantal,
        more,
        less,
        other,
        "verborgen" if group.afgeschermd else group.bedrag_was,
        "verborgen" if group.afgeschermd else group.bedrag_wordt,
        "verborgen" if group.afgeschermd else group.jaar_was,
        "verborgen" if group.afgeschermd else group.jaar_wordt,
    )


def told(count: Shown, sign: str = "") -> str:
    """«4.812», «0», «ten minste 4.812» or «niet getoond»."""
    if isinstance(count, AtLeast):
        return f"ten minste {told(count.aantal, sign)}"
    if isinstance(count, str):
        return "niet getoond"
    return f"{sign if count else ''}{count:,}".replace(",", ".")


def why_not_shown(k: int) -> str:
    """What «niet getoond» and «ten minste» mean, in a sentence."""
    return (
        f"«Niet getoond» is minder dan {k}, of een aantal waaruit iemand dat zou kunnen terugrekenen. "
        "Bij «ten minste» zijn kleine aantallen niet meegeteld."
    )
