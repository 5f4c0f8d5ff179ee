"""What is kept of a decision: ids and counts, no key, no name, no words of anybody."""

from __future__ import annotations

import dataclasses
from collections import Counter
from typing import Final, Literal, NamedTuple

K: Final = 5  # fewer people than this are no pattern, and are never told of

Soort = Literal["gebouw", "wijk"]


class Place(NamedTuple):
    """Where somebody lives, as far as that was given."""

    wijk: str | None = None
    gebouw: str | None = None


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
    plek: Place = Place()


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
