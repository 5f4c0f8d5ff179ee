"""What is kept of a decision: ids and counts, no key, no name, no words of anybody."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, Literal, NamedTuple

K: Final = 5  # fewer people than this are no pattern, and are never told of

Soort = Literal["gebouw", "wijk"]


class Place(NamedTuple):
    """Where somebody lives, as far as that was given."""

    wijk: str | None = None
    gebouw: str | None = None


NOWHERE: Final = Place()


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """Where people live. `ours`: by the key of the tables that were scanned; None of a list that somebody made. `theirs`: by
    somebody's own key; None of tables that hold none."""

    theirs: Mapping[str, Place] | None = None
    ours: Mapping[int, Place] | None = None

    def of_rows(self, own: bool) -> Callable[[Any], Place]:
        """Finds the place by a key in a table of a scan: `own` says that it is somebody's own key, and not that of the tables."""
        if self.ours is not None and not own:
            return partial(_at, self.ours)
        return partial(_named, self.theirs or {})

    def of_decision(self, key: str) -> Place:
        """The place by the key of a decision that was kept by itself: somebody's own key, where tables hold those."""
        if self.ours is None or self.theirs is not None:
            return (self.theirs or {}).get(key, NOWHERE)
        number = key.isascii() and key.isdecimal() and (key == "0" or not key.startswith("0"))
        return self.ours.get(int(key), NOWHERE) if number and len(key) < 20 else NOWHERE


def _at(places: Mapping[int, Place], key: Any) -> Place:
    return places.get(key, NOWHERE) if isinstance(key, int) else NOWHERE


def _named(places: Mapping[str, Place], key: Any) -> Place:
    return NOWHERE if key is None else places.get(str(key), NOWHERE)


class Case(NamedTuple):
    """One decision about one person. Two people with the same decision are the same case, counted twice."""

    regelset: str
    versie: str
    uitkomst: str
    gronden: tuple[str, ...] = ()  # the criteria that it was refused on
    bereik: tuple[tuple[str, str], ...] | None = None  # (criterion, clause) of each clause in reach; None: that was not kept
    keuze: str | None = None  # what the person chose who decided; None: a draft, which nobody decided on
    gebruikt: tuple[str, ...] = ()  # the clauses with which that person departed from the rules
    behoeften: tuple[int, int] | None = None  # needs that something inside the rules serves, of how many
    plek: Place = NOWHERE


Named = tuple[str, str, str]  # ruleset, criterion, and what stands beside it


@dataclasses.dataclass(slots=True)
class Tally:
    """Cases with how many people each is about. `ook` counts of those refused on a criterion who were refused by which other
    ruleset too (None: that was not kept); `hulp` what was named to them as help: whether it fits («ja»), or must be looked into."""

    cases: Counter[Case] = dataclasses.field(default_factory=Counter)
    ook: Counter[Named] | None = dataclasses.field(default_factory=Counter)
    hulp: Counter[tuple[Named, str]] = dataclasses.field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """What another source told, about other people."""
        self.cases.update(other.cases)
        self.hulp.update(other.hulp)
        if self.ook is not None and other.ook is not None:
            self.ook.update(other.ook)
        elif other.cases:
            self.ook = None
