"""300 random pairs of rulesets: what is proved of a change is so for 10,000 random people, and whoever is shown is decided so.

Within the stated bounds (dates from 1901 to 2099, no birthday after the reference date); who lies outside is skipped and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

import pytest
from pydantic import BaseModel

from random_expressions import Rolled
from random_pairs import RandomPair, pairs
from random_rulesets import GEGEVENS
from responsief.analysis.view import Side
from responsief.backends.symbolic_facts import FIRST, LAST
from responsief.desk import Desk
from responsief.difference.pairs import Pair
from responsief.difference.proof import LEVELS, both, difference
from responsief.difference.report import Change
from responsief.difference.written import conditions
from responsief.facts import Soort
from responsief.intake import validate
from responsief.ir.program import LinkError
from responsief.ir.verdict import Verdict
from responsief.situation import Situation
from responsief.values import Between
from strategies import REFERENCE_DAYS, situation

PEOPLE = 10_000
ROLLED = 1_500
PARTS = 3
PAIRS = 100  # in each part
NOT_PROVED = 0.05  # of the changes, at most this share
SOORTEN = {
    name: Soort(d["type"], *d.get("opties", ()), geen="geen" in d, cijfers=int(d.get("cijfers", "0")))
    for name, d in GEGEVENS.items()
}  # fmt: skip


Own = dict[tuple[str, str], Any]


@dataclass(frozen=True)
class Someone:
    """A situation with nothing in doubt left in it, its own facts as they are read, and between which days its dates lie."""

    situation: Situation
    own: Own
    first: date
    last: date
    youngest: date  # the last of the birthdays


@cache
def rolled() -> tuple[Someone, ...]:
    found = []
    for number in range(ROLLED):
        one = situation(Rolled(7_000_000 + number)).effective.model_copy(update={"feiten": {}})
        own = {(home, name): SOORTEN[name].read(raw) for home, facts in one.eigen.items() for name, raw in facts.items()}
        dates = [*_dates(one), *(("", value) for value in own.values() if type(value) is date)]
        days = [day for _, day in dates]
        born = [day for name, day in dates if name == "geboortedatum"]
        found.append(Someone(one, own, min(days, default=FIRST), max(days, default=FIRST), max(born, default=FIRST)))
    return tuple(found)


@cache
def people(on: date) -> tuple[tuple[Situation, Own], ...]:
    """Within the bounds of that day: those who were rolled, and others with the household of one, the income of another, and so on."""
    inside = [one for one in rolled() if one.first >= FIRST and one.last <= LAST and one.youngest <= on]
    groups = [name for name in Situation.model_fields if name not in ("formaat", "feiten", "eigen")]
    dice = Rolled(11)
    found = [(one.situation, one.own) for one in inside]
    while len(found) < PEOPLE:
        other = dice.pick(inside)
        mixed = {group: getattr(dice.pick(inside).situation, group) for group in groups}
        found.append((other.situation.model_copy(update=mixed), other.own))
    return tuple(found)


def _dates(part: Any, name: str = "") -> Iterator[tuple[str, date]]:
    if isinstance(part, Between):
        yield from ((name, day) for day in (part.lo, part.hi))
    elif type(part) is date:
        yield name, part
    elif isinstance(part, tuple):
        for row in part:
            yield from _dates(row, name)
    elif isinstance(part, BaseModel):
        for inner, value in part:
            yield from _dates(value, inner)


def verdicts(side: Side) -> Iterator[Verdict]:
    compiled, on = side.compiled, side.on
    assert compiled.concluder is not None
    keys = [(home, d.naam) for home, d in compiled.program.own]
    code, daily = compiled.code, compiled.daily(on)
    for person, told in people(on):
        own = tuple([told.get(key) for key in keys])
        yield compiled.concluder.conclude(code.run(person, own, daily, on, None), on)


@dataclass
class Seen:
    """What happened to people: of the outcome, the amount and each condition, whether somebody went down, and up."""

    down: Counter[str] = field(default_factory=Counter)
    up: Counter[str] = field(default_factory=Counter)

    def compare(self, name: str, one: int, other: int) -> None:
        if other < one:
            self.down[name] += 1
        elif other > one:
            self.up[name] += 1


def rank(answer: bool | None) -> int:
    return 1 if answer is None else 2 if answer else 0


def answers(verdict: Verdict) -> dict[str, int]:
    return {c.id: rank(truth) for c, truth in zip(verdict.criteria, verdict.oordelen, strict=True)}


def per_year(ruleset: Any) -> int | None:
    """How often an amount comes in a year; None of one that comes once, and can't be held against those."""
    if ruleset.bedrag is None:
        return 1
    found: int | None = {"maand": 12, "jaar": 1}.get(ruleset.per)
    return found


def times_of(sides: tuple[Side, Side]) -> tuple[int, int]:
    """What brings both amounts to a year; where that can't be, they are taken as they are."""
    one, other = (per_year(side.compiled.program.ruleset) for side in sides)
    return one or 1, other or 1


def seen(two: list[tuple[Verdict, Verdict]], times: tuple[int, int]) -> Seen:
    found = Seen()
    for was, wordt in two:
        one, other = LEVELS[was.uitkomst], LEVELS[wordt.uitkomst]
        amounts = ((was.bedrag or 0) * times[0], (wordt.bedrag or 0) * times[1]) if min(one, other) >= 2 else (0, 0)
        waits = (was.wacht_tot, wordt.wacht_tot) if was.wacht_tot is not None and wordt.wacht_tot is not None else None
        found.compare("bedrag", *amounts)
        # who gets all now and less of it, goes both ways
        if other < one or amounts[1] < amounts[0] or (waits is not None and waits[1] > waits[0]):
            found.down["uitkomst"] += 1
        if other > one or amounts[1] > amounts[0] or (waits is not None and waits[1] < waits[0]):
            found.up["uitkomst"] += 1
        if was.oordelen != wordt.oordelen or was.criteria is not wordt.criteria:
            then, now = answers(was), answers(wordt)
            for name in {**then, **now}:
                found.compare(name, then.get(name, 2), now.get(name, 2))
    return found


def replayed(change: Change, name: str, sides: tuple[Side, Side]) -> Iterator[str]:
    """What is wrong with the people who are shown: each is decided again, by the meaning itself."""
    ways = {"strenger": ["down"], "ruimer": ["up"], "anders": ["down", "up"], "gelijk": []}.get(change.richting)
    shown = []
    for example in change.voorbeelden:
        person = validate(example.getuige.situatie)
        two = []
        for side, outcome in zip(sides, (example.was, example.wordt), strict=True):
            compiled = side.compiled
            assert compiled.concluder is not None
            verdict = compiled.concluder.conclude(compiled.reference(person, side.on), side.on)
            if (verdict.uitkomst, verdict.bedrag) != (outcome.uitkomst, outcome.bedrag):
                yield f"{name}: {example.getuige.situatie} is {verdict.uitkomst}, and {outcome.uitkomst} was told"
            two.append(verdict)
        one = seen([(two[0], two[1])], times_of(sides))
        shown.append([way for way, who in (("down", one.down), ("up", one.up)) if who[name]])
    if ways is not None and (len(ways) != len(shown) or any(way not in those for way, those in zip(ways, shown, strict=True))):
        yield f"{name} is {change.richting}, and those who are shown go {shown}"


def checked(pair: RandomPair, counted: Counter[str], old_runs: dict[int, tuple[Any, list[Verdict]]]) -> Iterator[str]:
    """What of a difference is not so."""
    on = REFERENCE_DAYS[pair.seed % len(REFERENCE_DAYS)]
    versions = [next((v for v in r.versions[pair.ident] if v.holds_on(on)), None) for r in (pair.was, pair.wordt)]
    asked = Pair(pair.ident, versions[0], versions[1], on)
    try:
        two = both(asked, Desk(pair.was), Desk(pair.wordt))
    except LinkError:
        counted["niet te beslissen"] += 1
        return
    way, changes, _ = difference(two, (), conditions(asked, pair.was, pair.wordt))
    counted["paren"] += 1
    counted[f"{pair.kind}: {way}"] += 1

    key = id(two.sides[0].compiled)
    if key not in old_runs:
        old_runs.clear()  # pairs come one base after another
        old_runs[key] = (two.sides[0].compiled, list(verdicts(two.sides[0])))
    what = seen(list(zip(old_runs[key][1], verdicts(two.sides[1]), strict=True)), times_of(two.sides))
    told = {c.id if c.wat == "voorwaarde" else c.wat: c for c in changes}
    ways = {name: c.richting for name, c in told.items()}
    for name in {*told, *what.down, *what.up}:
        direction = ways.get(name, "gelijk")
        counted["uitspraken"] += 1
        counted[direction] += 1
        if direction in ("gelijk", "ruimer") and what.down[name]:
            yield f"{name} is {direction}, and {what.down[name]} people go down"
        if direction in ("gelijk", "strenger") and what.up[name]:
            yield f"{name} is {direction}, and {what.up[name]} people go up"
        if direction == "niet_bewezen":
            counted[f"reden: {told[name].bewijs.removeprefix('niet bewezen: ').split(' (')[0]}"] += 1
            if not told[name].bewijs:
                yield f"{name} is not proved, and does not say why"
    once = [per_year(side.compiled.program.ruleset) is None for side in two.sides]
    for name, change in told.items():
        if once[0] != once[1] and name in ("bedrag", "uitkomst"):
            continue  # an amount that comes once against one that comes again: that can't be ordered, and is told so
        yield from replayed(change, name, two.sides)
    if way == "gelijk" and (any(what.down.values()) or any(what.up.values())):
        counted["gelijk als geheel, anders in een voorwaarde"] += 1


@pytest.mark.heavy
@pytest.mark.parametrize("part", range(PARTS))
def test_what_is_proved_of_random_pairs_is_so_for_ten_thousand_people(part: int) -> None:
    counted: Counter[str] = Counter()
    old_runs: dict[int, tuple[Any, list[Verdict]]] = {}
    wrong: list[str] = []
    for pair in pairs(range(1000 * part, 1000 * part + 1000)):
        if counted["paren"] == PAIRS:
            break
        wrong += [f"{pair}: {one}" for one in checked(pair, counted, old_runs)]
    outside = {str(on): ROLLED - sum(one.youngest <= on for one in rolled()) for on in REFERENCE_DAYS}
    print(dict(counted), "outside the bounds, by day:", outside)
    assert not wrong, "\n".join(wrong[:20])
    assert counted["paren"] == PAIRS
    equal = sum(number for name, number in counted.items() if name.endswith(": gelijk"))
    assert 25 <= equal <= 75, counted  # neither nearly all nor hardly any
    assert min(counted[way] for way in ("strenger", "ruimer", "anders")) >= 5, counted
    assert counted["niet_bewezen"] <= NOT_PROVED * counted["uitspraken"], counted
    assert max(outside.values()) <= ROLLED / 2, outside
