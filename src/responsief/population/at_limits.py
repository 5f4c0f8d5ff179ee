"""People on both sides of the limits of a ruleset: somebody who gets it, changed as little as turns one comparison.

A search over one fact at a time, in a fixed order and with a fixed number of tries: the same people every time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise, product
from typing import Any, Final

from responsief.backends.nearness import near
from responsief.backends.unknown import path_of
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir import operators as op
from responsief.ir.operators import Truth
from responsief.ir.types import Kind, Type
from responsief.population.asked import FIXED, Asked, Side, at
from responsief.situation import Situation

TRIES: Final = 6_000  # runs that are spent on the limits of one ruleset
PER_LIMIT: Final = 240  # and on one limit, from one person
OTHERWISE: Final = 400  # and on one limit, from somebody of whom another word is chosen
PAIRS: Final = 400  # pairs of answers that are tried to get somebody a grant
ORDERED: Final = frozenset({"<", "<=", ">", ">="})
MEASURED: Final = frozenset({Kind.GELD, Kind.GETAL, Kind.DATUM})
LARGEST: Final = {Kind.GELD: 50_000_000, Kind.GETAL: 1_000}


@dataclass(frozen=True, slots=True)
class Limit:
    """A comparison of something measured: a whole one, or the lower (0) or upper (1) end of a range."""

    side: Side
    node: ir.Compare | ir.Within
    end: int

    def holds(self, situation: Situation) -> Truth:
        """How it comes out for somebody."""
        look = self._look(situation)
        if isinstance(self.node, ir.Compare):
            return op.compare(self.node.op, look(self.node.left), look(self.node.right))
        sign, limit = ((">=", self.node.low), ("<=", self.node.high))[self.end]
        return op.compare(sign, look(self.node.value), look(limit))

    def near(self, situation: Situation) -> bool:
        """Does somebody stand right at it: on it, or a cent, number or day beside it?"""
        return near(self.node, self.end, self._look(situation), self._define) is not None

    def held_against(self, situation: Situation) -> tuple[Any, ...]:
        """The values that are compared, for somebody."""
        look = self._look(situation)
        return tuple(look(part) for part in ir.children(self.node))

    def _look(self, situation: Situation) -> Callable[[ir.Node], Any]:
        run = self.side.compiled.fast(situation, self.side.on)
        return lambda node: self.side.compiled.program.value(node, run)

    def _define(self, node: ir.Node) -> ir.Node:
        while isinstance(node, ir.TermRef | ir.OpenRef):
            node = self.side.compiled.program.definitions[(node.ruleset, node.name)]
        return node


def limits_of(side: Side) -> Iterator[Limit]:
    """Every limit that a program holds something of the situation against, each question once."""
    program = side.compiled.program
    seen: set[tuple[int, int]] = set()
    for node in program.kept:
        if not isinstance(node, ir.Compare | ir.Within) or not program.facts(node):
            continue
        measured = (node.left if isinstance(node, ir.Compare) else node.value).type.kind in MEASURED
        if not measured or (isinstance(node, ir.Compare) and node.op not in ORDERED):
            continue
        for end in (0,) if isinstance(node, ir.Compare) else (0, 1):
            key = (program.places[id(node)], end)
            if key not in seen:
                seen.add(key)
                yield Limit(side, node, end)


# --- somebody who gets it ----------------------------------------------------------------------------------------------


def granted(asked: Asked, start: Situation) -> Situation:
    """The same person with everything known, and changed until a ruleset grants it (or as near to that as was found)."""
    here = start
    for path in asked.missing(start):
        here = asked.told(here, path, next(asked.choices(path, here)))
    best = asked.penalty(here)
    while best:
        found = min(_changed(asked, here, best), key=lambda one: one[0], default=None)
        if found is None:
            found = next(_changed_twice(asked, here, best), None)
        if found is None:
            return here
        best, here = found
    return here


def _in_the_way(asked: Asked, situation: Situation) -> list[str]:
    """The facts behind the criteria that don't hold."""
    found: dict[str, None] = {}
    for side in asked.sides:
        verdict = side.verdict(situation)
        program = side.compiled.program
        for criterion, truth in zip(verdict.criteria, verdict.oordelen, strict=True):
            if truth is not True:
                found.update(dict.fromkeys(path_of(leaf) for leaf in program.facts(criterion.eis)))
        ruleset = program.ruleset
        if not found and ruleset is not None and ruleset.bedrag is not None:
            found.update(dict.fromkeys(path_of(leaf) for leaf in program.facts(ruleset.bedrag)))
    return [path for path in found if path in asked.facts and path not in FIXED and asked.applies(situation, path)]


def _changed(asked: Asked, situation: Situation, best: int) -> Iterator[tuple[int, Situation]]:
    for path in _in_the_way(asked, situation):
        for value in asked.choices(path, situation):
            other = asked.told(situation, path, value)
            if (penalty := asked.penalty(other)) < best:
                yield penalty, other


def _changed_twice(asked: Asked, situation: Situation, best: int) -> Iterator[tuple[int, Situation]]:
    paths = _in_the_way(asked, situation)
    tries = 0
    for number, one in enumerate(paths):
        for other in paths[number + 1 :]:
            for first, second in product(asked.choices(one, situation), asked.choices(other, situation)):
                tries += 1
                if tries > PAIRS:
                    return
                changed = asked.told(asked.told(situation, one, first), other, second)
                if (penalty := asked.penalty(changed)) < best:
                    yield penalty, changed


# --- on both sides of a limit ------------------------------------------------------------------------------------------


def at_limits(asked: Asked, people: Sequence[Situation]) -> Iterator[tuple[Limit, Situation, Situation]]:
    """For each limit somebody on either side of it, made of the first of these people of whom it can be.

    Right at the limit where that was found, else on either side of where something else turns it.
    """
    left = TRIES
    open_limits = list(_each_once(asked, people[:2]))
    beside: dict[int, tuple[Situation, Situation]] = {}
    for person in people:
        still: list[Limit] = []
        for limit in open_limits:
            found, tries = (None, 0) if left <= 0 else _both_sides(asked, limit, person)
            left -= tries
            if found is not None and limit.near(found[0]) and limit.near(found[1]):
                yield limit, *found
                continue
            still.append(limit)
            if found is not None:
                beside.setdefault(id(limit), found)
        open_limits = still
    for limit in open_limits:
        chosen = _chosen_otherwise(asked, limit, people[:1]) if left > 0 else None
        found = chosen or beside.get(id(limit))
        if found is not None:
            yield limit, *found


def _each_once(asked: Asked, people: Sequence[Situation]) -> Iterator[Limit]:
    """The limits of all sides; one that is the same on two sides (for these people too) once."""
    seen = set()
    for side in reversed(asked.sides):
        for limit in limits_of(side):
            key = (limit.node, limit.end, tuple(limit.held_against(one) for one in people))
            if key not in seen:
                seen.add(key)
                yield limit


def _chosen_otherwise(asked: Asked, limit: Limit, people: Sequence[Situation]) -> tuple[Situation, Situation] | None:
    """The same for somebody of whom another word is chosen first: a limit may be one of a certain kind of costs only."""
    left = OTHERWISE
    for person in people:
        for leaf in limit.side.compiled.program.facts(limit.node):
            path = path_of(leaf)
            if path in FIXED or leaf.type.kind not in (Kind.KEUZE, Kind.JA_NEE) or path not in asked.facts:
                continue
            for value in asked.choices(path, person):
                found, tries = _both_sides(asked, limit, asked.told(person, path, value))
                left -= tries
                if found is not None and limit.near(found[0]) and limit.near(found[1]):
                    return found
                if left <= 0:
                    return None
    return None


def _both_sides(asked: Asked, limit: Limit, person: Situation) -> tuple[tuple[Situation, Situation] | None, int]:
    """Somebody on either side, right at the limit if one fact can bring her there; and how many runs it took."""
    tries = 0
    beside: tuple[Situation, Situation] | None = None  # on either side, but not right at it: something else turned
    for leaf in limit.side.compiled.program.facts(limit.node):
        path = path_of(leaf)
        if path not in asked.facts or not asked.applies(person, path):
            continue
        for place, kind in _places(asked, path, person):
            near_values = asked.facts[path].near if place == path else ()
            for found in _turning(asked, limit, person, place, kind, near_values):
                if isinstance(found, int):
                    tries += found
                elif limit.near(found[0]) and limit.near(found[1]):
                    return found, tries
                else:
                    beside = beside or found
            if tries > PER_LIMIT:
                return beside, tries
    return beside, tries


def _turning(
    asked: Asked, limit: Limit, person: Situation, place: str, kind: Type, near_values: Sequence[Any]
) -> Iterator[tuple[Situation, Situation] | int]:
    """Each two neighbouring values of one fact between which a comparison turns, and the number of runs that were spent."""

    def changed(number: int) -> Situation:
        return asked.told(person, place, date.fromordinal(number) if kind.kind is Kind.DATUM else number)

    probes = sorted(set(_probes(asked, place, kind, near_values, person)))
    answers = [limit.holds(changed(n)) for n in probes]
    yield len(probes)
    for (low, before), (high, after) in pairwise(zip(probes, answers, strict=True)):
        if before is None or after is None or before is after:
            continue
        tries = 0
        while high - low > 1:
            middle = (low + high) // 2
            tries += 1
            if limit.holds(changed(middle)) is before:
                low = middle
            else:
                high = middle
        yield tries
        yield changed(low), changed(high)


def _places(asked: Asked, path: str, person: Situation) -> Iterator[tuple[str, Type]]:
    """Where a number stands that can be moved: the fact itself, or the measured fields of the entries of a list."""
    fact = asked.facts[path]
    if fact.type.kind in MEASURED:
        yield path, fact.type
    elif fact.type.kind is Kind.LIJST:
        entries = at(person, path) if not path.startswith("eigen.") else None
        for number, _ in enumerate(entries if isinstance(entries, tuple) else ()):
            for field in fact.fields:
                if field.type.kind in MEASURED:
                    yield f"{path}.{number}.{'.'.join(field.path)}", field.type


def _probes(asked: Asked, place: str, kind: Type, near: Sequence[Any], person: Situation) -> Iterator[int]:
    """Numbers from low to high between which a comparison may turn: wide steps, and what the rules themselves name."""
    if kind.kind is Kind.DATUM:
        on = asked.on
        born = place.endswith("geboortedatum")
        yield from ((on - timedelta(days=n)).toordinal() for n in (0, 1, 30, 400, 2_000, 6_000, 9_000, 20_000, 36_000))
        yield from ((on + timedelta(days=n)).toordinal() for n in (() if born else (1, 100, 700)))
        yield from (day.toordinal() for day in near if isinstance(day, date) and (not born or day <= on))
        return
    scale = 10**kind.cijfers
    now = asked.value(person, place) if place in asked.facts else at(person, place)
    yield from (0, LARGEST[kind.kind] * scale)
    yield from (10**n for n in range(1, 8) if 10**n < LARGEST[kind.kind] * scale)
    if isinstance(now, int):
        yield now
    yield from (
        int(n * scale) for n in near if not isinstance(n, str | bool | date) and 0 <= n * scale <= LARGEST[kind.kind] * scale
    )
