"""What may be shown of counts of real people: nothing that tells of fewer than `k` households, also not by subtracting.

1. Transitions of everybody that are too small are added together («samen»), with the smallest others until there are `k` of them.
   For one way to divide people (form, age, income) more of them may be, when more of its groups can then be shown.
2. A group is shown with its transitions when each of them, and those that are «samen», is 0 or at least `k`; with its amounts when
   who has one before, who after, who in one of both only, and whose amount changes or stays are so too. All other groups together must
   be so as well; else the smallest that was shown joins them. So subtracting shown groups from everybody gives nothing new.
3. Of those other groups the number of households is shown when it is at least `k`. The numbers that are not, are two or more and
   together at least `k`; else the smallest that was shown joins them.
4. A step of the spread of amounts follows from the transition in part (who is newly refused gets less), so its number is shown only
   when each transition in it is 0 or at least `k`. Steps beside each other are taken together for that; what is left stands together.

Every other way to divide people is one partition, and partitions of the same people tell no count that none of them has (save by what can't
be: nobody guards against knowing that a child has no pension). Not showing has one wording: who reads «minder dan 10» of one group and
«niet getoond» of another knows more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from responsief.difference.report import SAMEN, Group, Impact, Step
from responsief.population.classes import GROEPEN
from responsief.population.spread import REST, SIDES, side_of, step_name
from responsief.values import round_ratio

K: Final = 10
Cell = tuple[str, str]
TOGETHER: Final[Cell] = (SAMEN, SAMEN)
ANDERE: Final = "andere redenen"


def hidden_words(k: int) -> str:
    """What stands in the place of a count that is not shown."""
    return f"minder dan {k}, of niet getoond om een kleine groep te beschermen"


def part_words(k: int) -> str:
    """What stands in the place of the transitions and amounts of a group whose number is shown."""
    return f"alleen het aantal: de uitkomsten tonen zou iets zeggen over minder dan {k} huishoudens"


def money_words(k: int) -> str:
    """What stands in the place of the amounts of a group whose transitions are shown."""
    return f"zonder bedragen: die zouden iets zeggen over minder dan {k} huishoudens"


class Tally:
    """Counts of some households: transitions, and amounts in cents per year."""

    __slots__ = ("began", "changed", "had", "has", "overgangen", "stopped", "year_becomes", "year_was")

    def __init__(self) -> None:
        self.overgangen: Counter[Cell] = Counter()
        self.year_was = self.year_becomes = 0
        self.had = self.has = self.changed = 0  # who has an amount before, who after, whose amount is another one
        self.stopped = self.began = 0  # who has one before only, who after only: of one fixed amount the sums tell both

    def add(self, was: tuple[str, int], becomes: tuple[str, int]) -> None:
        """One household: its outcome and amount per year before and after."""
        cell, changed = (was[0], becomes[0]), was[1] != becomes[1]
        had, has = was[1] != 0, becomes[1] != 0
        self.add_many(cell, 1, (was[1], becomes[1]), (had, has, changed, had and not has, has and not had))

    def add_many(self, cell: Cell, number: int, years: tuple[int, int], amounts: tuple[int, int, int, int, int]) -> None:
        """Households with the same outcomes: their amounts per year together before and after, and of how many there is one before, one
        after, another one than before, one before only, and one after only."""
        self.overgangen[cell] += number
        self.year_was += years[0]
        self.year_becomes += years[1]
        self.had += amounts[0]
        self.has += amounts[1]
        self.changed += amounts[2]
        self.stopped += amounts[3]
        self.began += amounts[4]

    @property
    def aantal(self) -> int:
        return self.overgangen.total()

    def safe(self, together: frozenset[Cell], k: int, *, amounts: bool) -> bool:
        """Is every count that showing this in full tells (with its amounts or without) 0 or at least `k`?"""
        told = [n for cell, n in self.overgangen.items() if cell not in together]
        told.append(sum(n for cell, n in self.overgangen.items() if cell in together))
        if amounts:
            other = self.changed - self.stopped - self.began
            same = self.had - self.stopped - other
            told += (self.had, self.has, self.changed, self.stopped, self.began, other, same)
        return all(n == 0 or n >= k for n in told)

    def group(self, naam: str, together: frozenset[Cell] = frozenset(), *, money: str = "") -> Group:
        """Shown in full, or without the amounts for the reason in `money`."""
        cells = {cell: n for cell, n in sorted(self.overgangen.items()) if cell not in together}
        if rest := sum(n for cell, n in self.overgangen.items() if cell in together):
            cells[TOGETHER] = rest
        years = (0, 0) if money else (self.year_was, self.year_becomes)
        was, becomes = (round_ratio(cents, 12) for cents in years)
        return Group(naam, self.aantal, cells, was, becomes, money, *years)


def added(tallies: Iterable[Tally]) -> Tally:
    """Several groups as one."""
    total = Tally()
    for one in tallies:
        total.overgangen.update(one.overgangen)
        total.year_was += one.year_was
        total.year_becomes += one.year_becomes
        total.had += one.had
        total.has += one.has
        total.changed += one.changed
        total.stopped += one.stopped
        total.began += one.began
    return total


def shielded(
    ruleset: str,
    population: str,
    everybody: Tally,
    groups: Mapping[str, Mapping[str, Tally]],
    reasons: Mapping[str, int],
    k: int,
    spread: Mapping[int, Tally] | None = None,
) -> Impact:
    """The counts as they may be shown. `spread`: how the change of the amounts is spread (`population.spread`)."""
    if 0 < everybody.aantal < k:  # everybody together is too small a group
        nobody = Group("iedereen", 0, {}, afgeschermd=hidden_words(k))
        return Impact(ruleset, population, nobody, {}, k)
    together = small_transitions(everybody.overgangen, k)
    amounts = everybody.safe(together, k, amounts=True)
    money = "" if amounts else money_words(k)
    shown = {
        dimension: tuple(_division(_in_order(dimension, told), everybody, together, k, money))
        for dimension, told in groups.items()
    }
    steps = tuple(_steps(spread or {}, together, k))
    whole = everybody.group("iedereen", together, money=money)
    return Impact(ruleset, population, whole, shown, k, shown_reasons(reasons, k), steps)


def _steps(spread: Mapping[int, Tally], together: frozenset[Cell], k: int) -> Iterator[Step]:
    """The steps in order, those beside each other as one where they are too small, and last what can't be shown in any of them."""

    def safe(tally: Tally) -> bool:
        return tally.safe(together, k, amounts=False)

    joined = {numbers: added(spread[one] for one in numbers) for numbers in _joined(spread, safe)}
    names = {step_name(numbers): numbers for numbers in joined}
    apart = _left_over({name: joined[numbers] for name, numbers in names.items()}, safe)
    for name, numbers in names.items():
        if name not in apart:
            yield Step(name, side_of(numbers[0]), joined[numbers].aantal)
    if apart:
        yield Step(REST, "samen", sum(joined[names[name]].aantal for name in apart))


def _left_over(steps: Mapping[str, Tally], safe: Callable[[Tally], bool]) -> list[str]:
    """The steps that are shown as one: those that are not safe, with the smallest other that makes them so, or as many as it takes."""
    apart = [name for name in steps if not safe(steps[name])]
    if not apart or safe(added(steps[name] for name in apart)):
        return apart
    others = sorted((name for name in steps if name not in apart), key=lambda name: steps[name].aantal)
    enough = (name for name in others if safe(added(steps[one] for one in (*apart, name))))
    one = next(enough, None)
    return _apart(steps, (), safe) if one is None else [*apart, one]


def _joined(spread: Mapping[int, Tally], safe: Callable[[Tally], bool]) -> Iterator[tuple[int, ...]]:
    """The numbers of the steps that are shown as one: on each side from the largest change inwards, as few together as can be shown."""
    for side in SIDES:
        found: list[list[int]] = []
        for number in (one for one in side if one in spread):
            if not found or safe(added(spread[one] for one in found[-1])):
                found.append([number])
            else:
                found[-1].append(number)
        while len(found) > 1 and not safe(added(spread[one] for one in found[-1])):
            last = found.pop()
            found[-1] += last
        yield from (tuple(sorted(one)) for one in (found if side[0] <= side[-1] else reversed(found)))


def small_transitions(cells: Mapping[Cell, int], k: int) -> frozenset[Cell]:
    """The transitions that are shown as one: those under `k`, with the smallest others until they are `k` together."""
    by_size = sorted((cell for cell, n in cells.items() if n), key=lambda cell: (cells[cell], cell))
    found: list[Cell] = []
    for cell in by_size:
        if cells[cell] >= k and (not found or sum(cells[one] for one in found) >= k):
            break
        found.append(cell)
    return frozenset(found)


def _division(groups: Mapping[str, Tally], everybody: Tally, least: frozenset[Cell], k: int, money: str) -> Iterable[Group]:
    """The groups of one way to divide people; `least` are the transitions that are never shown, `money` is why there are no amounts."""
    together = _best_columns(groups, everybody, least, k)
    apart = _apart(groups, (), lambda tally: tally.safe(together, k, amounts=False))
    poor = set(groups) if money else set(_apart(groups, apart, lambda tally: tally.safe(together, k, amounts=True)))
    hidden = _hidden({name: groups[name].aantal for name in apart}, k)
    if hidden and sum(groups[name].aantal for name in hidden) <= len(hidden):
        return  # named groups have somebody in them: in each of these just one
    for name, tally in groups.items():
        if name in hidden:
            yield Group(name, 0, {}, afgeschermd=hidden_words(k))
        elif name in apart:
            yield Group(name, tally.aantal, {}, afgeschermd=part_words(k))
        else:
            yield tally.group(name, together, money=money_words(k) if name in poor else "")


def _apart(groups: Mapping[str, Tally], already: Iterable[str], safe: Callable[[Tally], bool]) -> list[str]:
    """The groups that are not shown: what is not safe, and as many others (small ones first) as make them safe together."""
    apart = list(dict.fromkeys((*already, *(name for name in groups if not safe(groups[name])))))
    rest = sorted((name for name in groups if name not in apart), key=lambda name: groups[name].aantal)
    while apart and rest and not safe(added(groups[name] for name in apart)):
        apart.append(rest.pop(0))
    return apart


def _best_columns(groups: Mapping[str, Tally], everybody: Tally, least: frozenset[Cell], k: int) -> frozenset[Cell]:
    """Which transitions stand together in this division: as many more, smallest first, as let most be shown of what changes."""
    cells = everybody.overgangen
    by_size = sorted((cell for cell in cells if cell not in least), key=lambda cell: (cells[cell], cell))

    def shown(together: frozenset[Cell]) -> int:
        apart = _apart(groups, (), lambda tally: tally.safe(together, k, amounts=False))
        every = added(groups[name] for name in groups if name not in apart).overgangen
        return sum(n * (10 if cell[0] != cell[1] else 1) for cell, n in every.items() if cell not in together)

    # one transition alone under another name would hide nothing
    ways = [least, *(least | frozenset(by_size[:n]) for n in range(1 if least else 2, len(by_size)))]
    return max(ways, key=lambda way: (shown(way), -len(way)))


def _hidden(sizes: Mapping[str, int], k: int) -> set[str]:
    """Whose number is not shown: those under `k`, and of the others as few as hide them."""
    by_size = sorted(sizes, key=lambda name: sizes[name])
    found = {name for name in by_size if sizes[name] < k}
    for name in by_size:
        # as many households as groups would mean: one in each
        if not found or sum(sizes[n] for n in found) >= max(k, len(found) + 1):
            break
        found.add(name)
    return found


def _in_order(dimension: str, groups: Mapping[str, Tally]) -> dict[str, Tally]:
    order = GROEPEN.get(dimension, ())
    return {name: groups[name] for name in (*(n for n in order if n in groups), *(n for n in groups if n not in order))}


def shown_reasons(reasons: Mapping[str, int], k: int) -> dict[str, int]:
    """Why something could not be decided of households, the most frequent first; what is rarer than `k` together, or not at all."""
    shown = {text: n for text, n in sorted(reasons.items(), key=lambda one: (-one[1], one[0])) if n >= k and n > 0}
    rest = sum(reasons.values()) - sum(shown.values())
    while 0 < rest < k and shown:
        rest += shown.popitem()[1]
    return shown | ({ANDERE: rest} if rest >= max(k, 1) else {})
