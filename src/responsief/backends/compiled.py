"""A linked program ready to run: compiled, with its figures per day and its own facts read from a situation."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic_core import PydanticCustomError

from responsief.backends.evaluate import Case, evaluate
from responsief.backends.to_python import compile_program
from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.ir.program import Program, plain
from responsief.ir.verdict import Concluder, Verdict
from responsief.situation import Situation

MAX_DAYS = 400  # days for which figures are kept: more than a year of reference dates in one process


class Compiled:
    """One program, compiled once. Nothing in it changes but caches, so threads may share it."""

    def __init__(self, program: Program, *, figures_known: bool = True) -> None:
        self.program = program
        self.figures_known = figures_known
        self.code = compile_program(program, figures_known=figures_known)
        self.concluder = Concluder(program) if program.ruleset is not None else None
        self._figures: dict[date, tuple[Any, ...]] = {}
        self._daily: dict[date, tuple[Any, ...]] = {}
        self.labels: dict[Any, Any] = {}  # what explanations say of a node, by its identity: the program keeps the node
        self._own = [(home, d.naam, d.soort) for home, d in program.own]

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
        if not self._own:
            return ()
        found = situation.own_values.get(self)
        if found is None:
            found = situation.own_values[self] = self._read_own(situation)
        return found

    def _read_own(self, situation: Situation) -> tuple[Any, ...]:
        values: list[Any] = []
        wrong: list[Diagnostic] = []
        stated = situation.eigen
        for home, name, soort in self._own:
            raw = stated[home].get(name) if home in stated else None
            try:
                values.append(None if raw is None else soort.read(raw))
            except PydanticCustomError as error:
                context: dict[str, Any] = dict(error.context or {})
                wrong.append(Diagnostic("situatie", str(context.get("tekst", error)), pad=f"eigen.{home}.{name}"))
                values.append(None)
        if wrong:
            raise InvalidError(wrong)
        return tuple(values)

    def run(self, situation: Situation, today: date, case: Case | None = None) -> tuple[Any, ...]:
        """One value per slot, on the fast path. Facts in doubt are unknown."""
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
    """What is wrong with the rulesets and names under `eigen`; `known` holds the own facts of each ruleset."""
    wrong = []
    for home, facts in situation.eigen.items():
        if home not in known:
            wrong.append(
                Diagnostic(
                    "situatie",
                    f"regelset «{home}» staat niet in dit register",
                    hulp=choose_from(home, known),
                    pad=f"eigen.{home}",
                )
            )
            continue
        for name in facts:
            if name not in known[home]:
                hint = choose_from(name, known[home])
                wrong.append(
                    Diagnostic("situatie", f"«{name}» is geen gegeven van {home}", hulp=hint, pad=f"eigen.{home}.{name}")
                )
    return wrong
