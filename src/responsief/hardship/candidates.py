"""A candidate for an alternative: where it stands among the others, before it is written out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from responsief.decision import Alternative, Tried
from responsief.hardship.offers import TRIED, Offer

TURN: Final = 3  # so many of one need, then of the next: the first five serve more than the first need
MOST_QUESTIONS: Final = 3  # asked about one alternative whose conditions are unknown

# what goes before every order; what the rule itself gives; a crisis; the needs; what lies outside the law
URGENT, PART, ACUTE, ORDINARY, OUTSIDE = range(5)


class Candidate(NamedTuple):
    """An alternative before it is written out: where it stands, and how to make it. `need` is the number of its need."""

    group: int
    need: int
    step: int
    tail: tuple[int, ...]  # order within a step
    id: str
    make: Callable[[], Alternative]


def rank(one: Candidate) -> tuple[object, ...]:
    """What candidates are sorted by: the group, the need, the step, the order within it, the id."""
    return one[:5]


def in_turns(ranked: list[Candidate], needs: int) -> list[Candidate]:
    """The needs take turns, in their order: the best TURN of each, then the next."""
    if needs < 2:
        return ranked
    seen: dict[tuple[int, int], int] = {}
    turns = []
    for at, one in enumerate(ranked):
        place = seen[one[:2]] = seen.get(one[:2], -1) + 1
        turn = 0
        if one.group in (ACUTE, ORDINARY):
            turn = place // TURN if one.need < needs else len(ranked)  # what serves no need comes after those that do
        turns.append((one.group, turn, at))
    return [ranked[at] for _, _, at in sorted(turns)]


def after_the_others(one: Candidate, before: Tried | None) -> Candidate:
    """What the client says did not help comes after the rest of its need; safety before everything keeps its place."""
    return one._replace(step=TRIED) if before is not None and before.hielp is False and one.group != URGENT else one


def ready(areas: tuple[str, ...], step: int, group: int = ORDINARY, **fields: Any) -> Candidate:
    """A candidate of which there are few: made at once, for the first need that it is about."""
    need = next((n for n, area in enumerate(areas) if area in fields["leefgebieden"]), None)
    one = Alternative(behoefte=None if need is None else areas[need], **fields)
    number = len(areas) if need is None else need
    return Candidate(group, number, step, (*Offer.LAST, 0, 0, one.drempel), one.id, lambda: one)
