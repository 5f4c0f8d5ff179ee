"""The built-in households for one ruleset: everything known that it asks, and people on both sides of each of its limits.

They show what a change does and to whom. They count nothing: a quarter is changed so that the ruleset can concern them, and who
stands at a limit is there on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from pydantic import BaseModel

from responsief.desk import Desk
from responsief.frozen import dataclass
from responsief.ir.types import Kind
from responsief.population.asked import FIXED, Asked, asked_of, place_of
from responsief.population.at_limits import at_limits, granted
from responsief.population.draw import Draw
from responsief.population.edges import EDGES
from responsief.population.households import COUNT, SEED, households
from responsief.situation import NO_FACTS, Situation, without

FORMS: Final = ("alleenstaande", "alleenstaande_ouder", "gehuwd")
OTHERS: Final = 9  # drawn people from whom limits are searched that the first three do not reach
CONCERNED: Final = 250  # of every thousand drawn households: changed as those who get it
OTHERWISE: Final = 300  # of every thousand: one or two answers otherwise
UITLEG: Final = (
    "Deze huishoudens zijn gekozen om te laten zien wat een wijziging doet, niet om Nederland te tellen. "
    "De verdeling van leefvorm, leeftijd, kinderen, inkomen en bezit volgt open cijfers (vooral van het CBS). "
    "Een kwart is zo aangepast dat de regeling over hen kan gaan, en aan weerszijden van elke grens staat iemand."
)


@dataclass(frozen=True, slots=True)
class Examples:
    """Example households for one ruleset: who they are together (`naam`), and how they were chosen (`UITLEG`)."""

    naam: str
    situaties: tuple[Situation, ...]
    getrokken: int
    met_de_hand: int
    aan_een_grens: int


def examples(
    ruleset: str,
    sides: Sequence[tuple[Desk, date]],
    *,
    seed: int = SEED,
    count: int = COUNT,
    unknown: int = 0,
    drawn: Sequence[Situation] | None = None,
) -> Examples:
    """Households that show what the versions of a ruleset do: each side is a desk and a reference date, the newest last.

    Args:
        ruleset: The id of the ruleset. Where it can be decided on no side, the households come as they are drawn.
        seed: Another seed gives other households; the same seed the same on every machine.
        count: How many are drawn. The people made by hand and those at a limit come on top.
        unknown: Of every thousand facts so many are unknown.
        drawn: What `households(on, seed=…, count=…)` gave before, to draw once for many rulesets; ages are as of its day.
    """
    place = place_of(ruleset, sides)
    people = list(drawn if drawn is not None else households(sides[-1][1], seed=seed, count=count))
    if place is not None:
        people = [one.model_copy(update={"persoon": one.persoon.model_copy(update={"gemeente": place})}) for one in people]
    asked = asked_of(ruleset, sides, place)
    at_limit: list[Situation] = []
    if asked is not None:
        given = {start.huishouden.soort: _Given(asked, start, granted(asked, start)) for start in _of_each_form(people)}
        starts = [
            *(one.got for one in given.values()),
            *(granted(asked, one) for one in _youngest(people)),
            *(_told(asked, given, one, {}) for one in _spread(people, OTHERS)),
        ]
        found = list(at_limits(asked, starts))
        at_limit = list(_distinct(one for _, low, high in found for one in (low, high)))
        turns = _turns(asked, at_limit)
        people = [_filled(asked, given, turns, one, Draw(seed, number, 3)) for number, one in enumerate(people)]
    edges = min(len(EDGES), len(people))
    every = [_forgotten(one, Draw(seed, number, 4), unknown) for number, one in enumerate((*people, *at_limit))]
    told = f"{len(people) - edges} voorbeeldhuishoudens (zaad {seed}) en {edges} met de hand gemaakte mensen"
    if at_limit:
        told += f", en {len(at_limit)} mensen aan weerszijden van een grens"
    return Examples(told, tuple(every), len(people) - edges, edges, len(at_limit))


class _Given:
    """Somebody who gets it: which answers were given for what was not known, and what else was changed."""

    def __init__(self, asked: Asked, start: Situation, got: Situation) -> None:
        self.got = got
        missing = asked.missing(start)
        self.answers = {path: asked.value(got, path) for path in missing}
        self.changed = {
            path: asked.value(got, path)
            for path in asked.facts
            if path not in FIXED and path not in self.answers and asked.value(got, path) != asked.value(start, path)
        }


def _of_each_form(people: Sequence[Situation]) -> list[Situation]:
    """The first household of each form that rents; of a form that was not drawn none."""
    found: dict[Any, Situation] = {}
    for one in people:
        if one.wonen.soort == "huur":
            found.setdefault(one.huishouden.soort, one)
    return [found[form] for form in FORMS if form in found]


def _youngest(people: Sequence[Situation]) -> Sequence[Situation]:
    """The youngest who lives alone: many rules are otherwise for the young."""
    alone = [one for one in people if one.huishouden.soort == "alleenstaande" and isinstance(one.persoon.geboortedatum, date)]
    return sorted(alone, key=lambda one: str(one.persoon.geboortedatum))[-1:]


def _spread(people: Sequence[Situation], most: int) -> Sequence[Situation]:
    return people[:: max(1, len(people) // most)][:most] if people else ()


def _distinct(people: Iterable[Situation]) -> Iterator[Situation]:
    seen: set[str] = set()
    for one in people:
        key = one.model_dump_json()
        if key not in seen:
            seen.add(key)
            yield one


def _turns(asked: Asked, at_limit: Sequence[Situation]) -> dict[str, list[int]]:
    """Of each own amount, number or date the values at which something turned, days as numbers."""
    found: dict[str, dict[int, None]] = {}
    for path, fact in asked.facts.items():
        if path.startswith("eigen.") and fact.type.kind in (Kind.GELD, Kind.GETAL, Kind.DATUM):
            for one in at_limit:
                value = asked.value(one, path)
                if isinstance(value, date):
                    found.setdefault(path, {})[value.toordinal()] = None
                elif isinstance(value, int):
                    found.setdefault(path, {})[value] = None
    return {path: sorted(values) for path, values in found.items()}


def _filled(
    asked: Asked, given: Mapping[Any, _Given], turns: Mapping[str, Sequence[int]], person: Situation, draw: Draw
) -> Situation:
    """A drawn household with everything answered that the ruleset asks: mostly as somebody who gets it would."""
    changes: dict[str, Any] = {}
    like = given.get(person.huishouden.soort) or next(iter(given.values()), None)
    if like is not None and draw.chance(CONCERNED):
        changes.update(like.changed)
    for path, values in turns.items():
        if draw.chance(500):
            changes[path] = _around(asked, path, draw.one(values), draw)
    told = _told(asked, given, person, changes)
    if draw.chance(OTHERWISE):
        open_paths = [p for p in asked.facts if p.startswith("eigen.") and asked.applies(person, p)]
        for _ in range(draw.between(1, 2) if open_paths else 0):
            path = draw.one(open_paths)
            told = asked.told(told, path, draw.one(list(asked.choices(path, told))))
    return told


def _around(asked: Asked, path: str, turn: int, draw: Draw) -> Any:
    """A value in the neighbourhood of one at which something turns."""
    if asked.facts[path].type.kind is Kind.DATUM:
        day = date.fromordinal(turn)
        return min(day + timedelta(days=draw.between(-200, 200)), asked.on) if day <= asked.on else day
    return turn * draw.between(60, 140) // 100


def _told(asked: Asked, given: Mapping[Any, _Given], person: Situation, changes: Mapping[str, Any]) -> Situation:
    """A household with these changes, and an answer to everything that is still open."""
    like = given.get(person.huishouden.soort) or next(iter(given.values()), None)
    answers: dict[str, Any] = {}
    for path in asked.missing(person):
        known = like.answers.get(path) if like is not None else None
        answers[path] = known if known is not None else next(asked.choices(path, person))
    for path, value in {**answers, **changes}.items():
        if value is not None and asked.applies(person, path):
            person = asked.told(person, path, value)
    return person


def _forgotten(situation: Situation, draw: Draw, unknown: int) -> Situation:
    """The same household with so many of every thousand facts unknown; where somebody lives is kept."""
    if unknown == 0:
        return situation
    paths = [path for path in known_facts(situation) if path != "persoon.gemeente"]
    lost = [path for path in paths if draw.chance(unknown)]
    kept = {
        home: {n: v for n, v in facts.items() if f"eigen.{home}.{n}" not in lost} for home, facts in situation.eigen.items()
    }
    return without(situation, [p for p in lost if not p.startswith("eigen.")]).model_copy(update={"eigen": kept})


def known_facts(situation: Situation) -> Iterator[str]:
    """The path of every fact that is known, a list as one."""

    def look(node: BaseModel, before: str) -> Iterator[str]:
        for name in type(node).model_fields:
            value = getattr(node, name)
            if isinstance(value, BaseModel):
                yield from look(value, f"{before}{name}.")
            elif value is not None and not (node is situation and name in NO_FACTS):
                yield f"{before}{name}"

    yield from look(situation, "")
    yield from (
        f"eigen.{home}.{name}" for home, facts in situation.eigen.items() for name, value in facts.items() if value is not None
    )
