"""A right that runs over time: every day from the first possible one decided, days with the same outcome taken together.

The facts are those that are known now; the day, ages, figures and the version of the rules are those of each day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from responsief.backends.compiled import Compiled
from responsief.decision import Amount, Stretch, Uitkomst
from responsief.ir.program import LinkError, counts_on
from responsief.situation import Situation

MOST_DAYS: Final = 1100  # three years: who asks for more than that asks for something else
DAY: Final = timedelta(days=1)

Outcome = tuple[Uitkomst, int | None, str, tuple[str, ...]]  # with cents and per what


def stretches(situation: Situation, first: date, last: date, rules_on: Callable[[date], Compiled]) -> tuple[Stretch, ...]:
    """What came out on each day from `first` to `last`, both counted; none when `first` is later.

    `rules_on` gives the rules of a day. A day that can't be decided (LinkError: no version or figure then) is `onbepaald`.
    """
    found: list[tuple[date, date, Outcome]] = []
    day = max(first, last - (MOST_DAYS - 1) * DAY)
    if first < day:  # longer ago than anybody asks for: said, and not decided
        found.append((first, day - DAY, ("onbepaald", None, "", ())))
    courses: dict[int, _Course] = {}
    while day <= last:
        outcome = _on(situation, day, rules_on, courses)
        if found and found[-1][2] == outcome:
            found[-1] = (found[-1][0], day, outcome)
        else:
            found.append((day, day, outcome))
        day += DAY
    return tuple(
        Stretch(van, tot, what, Amount(cents, per) if cents is not None else None, grounds)
        for van, tot, (what, cents, per, grounds) in found
    )


class _Course:
    """One version of the rules, followed from day to day: a day on which all that counts is as it was has the same outcome."""

    def __init__(self, compiled: Compiled, situation: Situation) -> None:
        assert compiled.concluder is not None
        self.compiled = compiled  # kept, so that its identity stays its own
        self.concluder = compiled.concluder.of_right
        self.values = compiled.along(situation)
        self.dated = [c for c in self.concluder.criteria if c.vanaf is not None]
        self.seen: tuple[Any, ...] | None = None
        self.outcome: Outcome = "onbepaald", None, "", ()

    def on(self, day: date) -> Outcome:
        run = self.values(day)
        seen = (*[run[at] for at in self.concluder.slots], *[counts_on(c, day) for c in self.dated])
        if seen != self.seen:
            verdict = self.concluder.conclude_all(tuple(run), day)
            self.seen = seen
            self.outcome = verdict.uitkomst, verdict.bedrag, self.concluder.ruleset.per, verdict.afgewezen_op
        return self.outcome


def _on(situation: Situation, day: date, rules_on: Callable[[date], Compiled], courses: dict[int, _Course]) -> Outcome:
    try:
        compiled = rules_on(day)
        course = courses.get(id(compiled))
        if course is None:
            course = courses[id(compiled)] = _Course(compiled, situation)
        return course.on(day)
    except LinkError:
        return "onbepaald", None, "", ()
