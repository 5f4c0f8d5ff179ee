"""A linked program ready to run, with its figures per day and its own facts read from a situation.

The first runs are those of the meaning itself; a program that comes back often is compiled. Both give the same values.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from responsief.backends.evaluate import Case, evaluate
from responsief.backends.to_python import Code, Course, compile_course, compile_program
from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.ir.program import Program, plain
from responsief.ir.verdict import Concluder, Verdict
from responsief.values import GEEN

if TYPE_CHECKING:
    from responsief.situation import Situation

FIRST_RUNS = 24  # so many runs of `evaluate` take as long as compiling: one command on one situation never compiles
MAX_DAYS = 400  # days for which figures are kept: more than a year of reference dates in one process


class Compiled:
    """One program, compiled once it is used often. Nothing in it changes but caches, so threads may share it."""

    def __init__(self, program: Program, *, figures_known: bool = True) -> None:
        self.program = program
        self.figures_known = figures_known
        self._runs = 0
        self.concluder = Concluder(program) if program.ruleset is not None else None
        self._figures: dict[date, tuple[Any, ...]] = {}
        self._daily: dict[date, tuple[Any, ...]] = {}
        self.labels: dict[Any, Any] = {}  # what explanations say of a node, by its identity: the program keeps the node
        self._own = [(home, d.naam, d.soort) for home, d in program.own]
        self._homes = frozenset([home for home, _ in program.own])
        self._nothing_told = (None,) * len(self._own)

    @cached_property
    def code(self) -> Code:
        """The program as Python code."""
        return compile_program(self.program, figures_known=self.figures_known)

    @cached_property
    def course(self) -> Course:
        """Of the slots that the outcome of the right itself is read from: those that change with the day, as Python code."""
        assert self.concluder is not None
        return compile_course(self.program, self.concluder.of_right.slots, figures_known=self.figures_known)

    def figures(self, today: date) -> tuple[Any, ...]:
        """The dated figures on a day. Raises LinkError naming one that has no value then."""
        found = self._figures.get(today)
        if found is None:
            if len(self._figures) >= MAX_DAYS:
                self._figures.clear()
            found = self._figures[today] = self.program.figures_on(today, missing_is_unknown=not self.figures_known)
        return found

    def daily(self, today: date) -> tuple[Any, ...]:
        """What the compiled code knows of a day: norms, limits, dates counted from it. Raises LinkError as `figures` does."""
        found = self._daily.get(today)
        if found is None:
            if len(self._daily) >= MAX_DAYS:
                self._daily.clear()
            found = self._daily[today] = self.code.day(self.figures(today), today)
        return found

    def own(self, situation: Situation) -> tuple[Any, ...]:
        """The program's own facts as the situation has them. Raises InvalidError with the path of each wrong one."""
        if self._homes.isdisjoint(situation.eigen):
            return self._nothing_told
        found = situation.own_values.get(self)
        if found is None:
            found = situation.own_values[self] = self._read_own(situation)
        return found

    def _read_own(self, situation: Situation) -> tuple[Any, ...]:
        from pydantic_core import PydanticCustomError  # late: who opens a register decides nothing yet

        values: list[Any] = []
        wrong: list[Diagnostic] = []
        stated = situation.eigen
        for home, name, soort in self._own:
            raw = stated[home].get(name) if home in stated else None
            try:
                values.append(None if raw is None else soort.read(raw))
            except PydanticCustomError as error:
                said: dict[str, Any] = dict(error.context or {})
                hint = said.get("hulp") or None
                code, text = str(said.get("code", "situatie")), str(said.get("fout", error))
                wrong.append(Diagnostic(code, text, hulp=hint, pad=f"eigen.{home}.{name}"))
                values.append(None)
        if wrong:
            raise InvalidError(wrong)
        return tuple(values)

    def along(self, situation: Situation) -> Callable[[date], Sequence[Any]]:
        """One value per slot that the right itself is read from, for one day after another; the others may be of another day.

        The first days are run whole; once the program is compiled, only what the day changes is. Raises LinkError as `figures` does.
        """
        effective = situation.effective
        own = self.own(effective)
        known: tuple[Any, ...] | None = None

        def values(today: date) -> Sequence[Any]:
            nonlocal known
            if self._runs < FIRST_RUNS:
                return self.run_with(effective, own, today)
            if known is None:
                known = self.run_with(effective, own, today)
                return known
            run = list(known)
            for at, value in zip(
                self.course.slots, self.course.run(effective, own, self.daily(today), today, known), strict=True
            ):
                run[at] = value
            return run

        return values

    def run(self, situation: Situation, today: date, case: Case | None = None) -> tuple[Any, ...]:
        """One value per slot. Facts in doubt are unknown."""
        effective = situation.effective
        return self.run_with(effective, self.own(effective), today, case)

    def run_with(self, situation: Situation, own: tuple[Any, ...], today: date, case: Case | None = None) -> tuple[Any, ...]:
        """One value per slot, for a situation and own facts that are taken as they are."""
        if self._runs < FIRST_RUNS:
            self._runs += 1
            return evaluate(self.program, situation, own, self.figures(today), today, case)
        return self.code.run(situation, own, self.daily(today), today, case)

    def fast(self, situation: Situation, today: date, case: Case | None = None) -> tuple[Any, ...]:
        """The same values from compiled code."""
        effective = situation.effective
        return self.code.run(effective, self.own(effective), self.daily(today), today, case)

    def decide(self, situation: Situation, today: date) -> Verdict:
        """The verdict with its compact trace."""
        assert self.concluder is not None
        return self.concluder.conclude(self.run(situation, today), today)

    def reference(self, situation: Situation, today: date, case: Case | None = None) -> tuple[Any, ...]:
        """The same values from `evaluate`, the meaning itself."""
        effective = situation.effective
        return evaluate(self.program, effective, self.own(effective), self.figures(today), today, case)

    @staticmethod
    def values(run: tuple[Any, ...]) -> tuple[Any, ...]:
        """A run with exact numbers in place of pairs, to compare runs."""
        return tuple(plain(v) for v in run)


def check_own(situation: Situation, known: dict[str, set[str]]) -> list[Diagnostic]:
    """What is wrong with the own facts that a situation names, in `eigen` and as a path in `feiten`; and which entry isn't there.

    `known` holds the own facts of each ruleset.
    """
    wrong = []
    for home, facts in situation.eigen.items():
        found = [_unknown_own(home, None, known, f"eigen.{home}")]
        if found == [None]:
            found = [_unknown_own(home, name, known, f"eigen.{home}.{name}") for name in facts]
        wrong += found
    for path in situation.feiten:
        steps = path.split(".")
        if steps[0] == "eigen":
            wrong.append(_unknown_own(steps[1], steps[2], known, f"feiten.{path}"))
        elif any(step.isdigit() for step in steps):
            wrong.append(_no_such_entry(situation, path, steps))
    return [one for one in wrong if one is not None]


def _unknown_own(home: str, name: str | None, known: dict[str, set[str]], pad: str) -> Diagnostic | None:
    if home not in known:
        text = f"regelset «{home}» staat niet in dit register"
        return Diagnostic("situatie", text, hulp=choose_from(home, known), pad=pad)
    if name is not None and name not in known[home]:
        text = f"«{name}» is geen gegeven van {home}"
        return Diagnostic("situatie", text, hulp=choose_from(name, known[home]), pad=pad)
    return None


def _no_such_entry(situation: Situation, path: str, steps: Sequence[str]) -> Diagnostic | None:
    """A path into a list that is shorter. What is not known further on is no mistake."""
    here: Any = situation
    for at, step in enumerate(steps):
        if isinstance(here, tuple) and step.isdigit():
            if int(step) >= len(here):
                base = ".".join(steps[:at])
                text = f"«{base}» heeft {len(here)} regels; de eerste heeft nummer 0"
                return Diagnostic("situatie", text, hulp="kijk het nummer na", pad=f"feiten.{path}")
            here = here[int(step)]
        else:
            here = getattr(here, step, None)
        if here is None or here is GEEN:
            return None
    return None
