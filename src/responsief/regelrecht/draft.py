"""A ruleset on its way to YAML: what stands in each section, and the places in the source that it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from responsief.regelrecht.law import Law, Soort
from responsief.regelrecht.names import Symbol, free
from responsief.regelrecht.notes import Notes
from responsief.source import Span


@dataclass(frozen=True, slots=True)
class Together:
    """`alle`, `een_van` or `geen_van`."""

    op: Literal["alle", "een_van", "geen_van"]
    items: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class First:
    """`kies`: the first case that holds."""

    cases: tuple[tuple[Body, Body], ...]
    otherwise: Body


#: an expression on one line, or a group
Body = str | Together | First


@dataclass(slots=True)
class Term:
    """A `begrip`. `helper`: only there because an expression would grow too long, or holds a `kies`."""

    name: str
    label: str
    grondslag: str
    body: Body
    soort: Soort
    span: Span
    helper: bool = False


@dataclass(slots=True)
class Hole:
    """A part that could not be translated: a fact that a person fills in, so that nothing is decided on a guess."""

    name: str
    soort: Soort
    what: str
    span: Span


@dataclass(slots=True)
class Condition:
    """A criterion in the making."""

    id: str
    titel: str
    grondslag: str
    body: Body
    span: Span


@dataclass(slots=True)
class Outcome:
    name: str
    body: Body
    per: str
    known: bool  # does the source say per what?
    span: Span


@dataclass(slots=True)
class Slot:
    symbol: Symbol
    default: Body | None
    span: Span


@dataclass(slots=True)
class Draft:
    """The whole ruleset."""

    law: Law
    notes: Notes
    facts: list[Symbol] = field(default_factory=list)
    outputs: list[Symbol] = field(default_factory=list)  # those that became terms
    figures: list[Symbol] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    holes: dict[str, Hole] = field(default_factory=dict)
    terms: list[Term] = field(default_factory=list)
    criteria: list[Condition] = field(default_factory=list)
    outcome: Outcome | None = None
    hole_names: dict[tuple[int, int, Soort, str], str] = field(default_factory=dict)
    taken: dict[str, int] = field(default_factory=dict)

    def hole(self, soort: Soort, what: str, span: Span) -> str:
        """The name of the fact for a part that could not be translated; one for a place and kind."""
        key = (span.line, span.column, soort, what)
        name = self.hole_names.get(key)
        if name is None:
            name = self.hole_names[key] = free(f"niet_vertaald_regel_{span.line}", self.taken)
        self.holes.setdefault(name, Hole(name, soort, what, span))
        return name

    def bodies(self) -> Iterator[Body]:
        """Every expression."""
        yield from (t.body for t in self.terms)
        yield from (c.body for c in self.criteria)
        yield from (s.default for s in self.slots if s.default is not None)
        if self.outcome is not None:
            yield self.outcome.body


def lines_of(body: Body) -> Iterator[str]:
    """Every expression on a line in a body."""
    match body:
        case str():
            yield body
        case Together(items=items):
            for item in items:
                yield from lines_of(item)
        case First(cases=cases, otherwise=otherwise):
            for when, then in cases:
                yield from lines_of(when)
                yield from lines_of(then)
            yield from lines_of(otherwise)


def each_line(body: Body, change: Callable[[str], str]) -> Body:
    """A body whose results are changed; the conditions of a `kies` stay."""
    match body:
        case str():
            return change(body)
        case First(cases=cases, otherwise=otherwise):
            changed = tuple((when, each_line(then, change)) for when, then in cases)
            return First(changed, each_line(otherwise, change))
        case Together():
            return body
