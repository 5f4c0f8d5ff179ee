"""The rules of one day as formulas over the same facts, in the ways that questions are asked.

Four ways to look. `counted`: lists of any kind of rows, of which only is counted how they answer: more than there are, so what
never happens there never happens. `plain`: somebody of whom everything is known, with short lists: a witness that is easy to read.
`wide`: the same with unknown facts and incomplete dates. `long`: as `plain`, with longer lists.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

import z3
from pydantic_core import PydanticCustomError

from responsief.backends import symbols as sym
from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import evaluate
from responsief.backends.symbolic_facts import Facts
from responsief.backends.symbols import Bool
from responsief.backends.to_z3 import Conclusion, Formulas, conclude
from responsief.diagnostics import InvalidError
from responsief.ir.program import LinkError, counts_on, ruleset_roots
from responsief.ir.ruleset import Ruleset
from responsief.ir.verdict import Verdict
from responsief.register import Aids, Register
from responsief.situation import Situation

Way = Literal["counted", "plain", "wide", "long"]
ROWS: Final = 2  # rows of a list, where rows are looked at one by one
MORE_ROWS: Final = 5  # the same, for who is not found with fewer
RLIMIT: Final = (
    60_000_000  # what one question may cost; Z3 counts the same everywhere, so an answer does not depend on the machine
)


LEAST: Final = 1_000_000  # what a question may always cost (about a third of a second), however much was asked before


@dataclass(frozen=True)
class Budget:
    """What all questions about a subject may cost together (None: each as much as it may). Z3 counts, so every machine has the same."""

    total: int | None = None
    _spent: dict[Way, int] = field(default_factory=dict, repr=False, compare=False)

    def left(self, most: int) -> int:
        """What the next question may cost: `most`, or what is left of the whole."""
        return most if self.total is None else max(LEAST, min(most, self.total - sum(self._spent.values())))

    def note(self, way: Way, solver: Any) -> None:
        """What the questions in one way of looking cost until now."""
        if self.total is not None:
            told = solver.statistics()
            if "rlimit count" in told.keys():  # noqa: SIM118  # it is no mapping
                self._spent[way] = told.get_key_value("rlimit count")


@dataclass(frozen=True)
class Side:
    """A ruleset linked on a day, in a register. `today`: the reference date, where the rules and figures are of another day (`on`)."""

    register: Register
    compiled: Compiled
    on: date
    place: str | None
    today: date | None = None

    @property
    def day(self) -> date:
        """The reference date."""
        return self.today or self.on

    def verdict(self, person: Situation) -> Verdict:
        """What is decided for somebody, on the evaluator or its compiled form. Own facts that this version does not know are left out."""
        try:
            return self._verdict(person)
        except InvalidError:
            return self._verdict(readable(person, self.compiled))

    def _verdict(self, person: Situation) -> Verdict:
        if self.day == self.on:
            return self.compiled.decide(person, self.on)
        compiled, known = self.compiled, person.effective
        assert compiled.concluder is not None
        run = evaluate(compiled.program, known, compiled.own(known), compiled.figures(self.on), self.day)
        return compiled.concluder.conclude(run, self.on)

    @cached_property
    def aids(self) -> Aids:
        """The catalogue of that day and place."""
        return self.register.aids(self.on, self.place)


def readable(person: Situation, compiled: Compiled) -> Situation:
    """A person without the own facts that a program can't read: another version has other words to choose from, or another kind."""
    told = {home: dict(facts) for home, facts in person.eigen.items()}
    for home, definition in compiled.program.own:
        raw = told.get(home, {}).get(definition.naam)
        try:
            if raw is not None:
                definition.soort.read(raw)
        except PydanticCustomError:
            del told[home][definition.naam]
    return person.model_copy(update={"eigen": {home: facts for home, facts in told.items() if facts}})


class View:
    """One way of looking at one or more sides: their formulas over the same facts, and a solver that knows what can't be."""

    def __init__(self, sides: Sequence[Side], way: Way, *, rows: int = ROWS, budget: Budget | None = None) -> None:
        self.sides = sides
        self.way = way
        self.budget = budget or Budget()
        self.facts = Facts(
            sides[0].day, sides[0].place, entries=rows, counted=way == "counted", vague=way in ("counted", "wide")
        )
        self.formulas = tuple(
            [Formulas(s.compiled.program, self.facts, s.compiled.figures(s.on), since=s.on, lazy=True) for s in sides]
        )
        self.conclusions: tuple[Conclusion | None, ...] = tuple(
            [conclude(f) if s.compiled.concluder is not None else None for f, s in zip(self.formulas, sides, strict=True)]
        )
        self._aids: dict[tuple[int, str], Formulas] = {}
        self._solver: Any = None
        self._told = 0

    def conclusion(self, at: int = 0) -> Conclusion:
        """What a side decides."""
        found = self.conclusions[at]
        assert found is not None
        return found

    def offered(self, at: int, outcome: str) -> Formulas:
        """The conditions of the catalogue, for a case in which a side decided this."""
        key = (at, outcome)
        if key not in self._aids:
            side = self.sides[at]
            ruleset = side.compiled.program.ruleset
            assert ruleset is not None

            def word(text: str) -> Any:
                number = self.facts.word(text)
                return sym.Value("word", True, False, number, number)

            case: Mapping[str, Any] = {"regelset": word(ruleset.id), "uitkomst": word(outcome), "ontbreekt": sym.NO}
            compiled = side.aids.compiled
            self._aids[key] = Formulas(compiled.program, self.facts, compiled.figures(side.on), case, lazy=True)
        return self._aids[key]

    @property
    def solver(self) -> Any:
        """A solver that holds everything that is so for every situation."""
        if self._solver is None:
            self._solver = z3.SimpleSolver(ctx=self.facts.ctx)
            self._solver.set("random_seed", 0)
        domain = self.facts.domain()
        known = [one for one in domain if not isinstance(one, bool)]
        if len(known) != self._told:  # more facts came in with another question
            self._solver.reset()
            self._solver.add(*known)
            if self.way in ("plain", "long"):
                self._solver.add(*everything_known(self.facts))
            self._told = len(known)
        return self._solver

    def check(self, *formulas: Bool, most: int = RLIMIT) -> str:
        """«sat», «unsat» or «unknown» (it would cost more than `most`)."""
        if any(f is False for f in formulas):
            return "unsat"
        solver = self.solver
        solver.set("rlimit", self.budget.left(most))
        solver.push()
        try:
            solver.add(*(f for f in formulas if f is not True))
            return str(solver.check())
        finally:
            self.budget.note(self.way, solver)
            solver.pop()


def everything_known(facts: Facts) -> list[Any]:
    """Every fact that can be known is."""
    found = []
    for variable in facts.variables.values():
        known = variable.symbols.known
        if known is not True:
            found.append(sym.implies(variable.given, known))
    found += [group.known for group in facts.groups.values()]
    found += [rows.known for rows in facts.lists.values()]
    return [one for one in found if not isinstance(one, bool)]


@dataclass(frozen=True)
class Subject:
    """What questions are about: one or more sides, and what they may cost. Each way of looking is made once."""

    sides: tuple[Side, ...]
    budget: Budget = field(default_factory=Budget)
    _views: dict[Way, View] = field(default_factory=dict, repr=False, compare=False)

    def view(self, way: Way) -> View:
        """The sides, looked at in a way."""
        if way not in self._views:
            self._views[way] = View(self.sides, way, rows=MORE_ROWS if way == "long" else ROWS, budget=self.budget)
        return self._views[way]


def subject(register: Register, ident: str, on: date, place: str | None) -> Subject:
    """One ruleset on a day. Raises LinkError when something that it reads is missing then."""
    return Subject((side(register, ident, on, place),))


def side(register: Register, ident: str, on: date, place: str | None) -> Side:
    """A ruleset linked on a day and in a place. Raises LinkError when something that it reads is missing then."""
    compiled = register.compiled(ident, on, place)
    compiled.figures(on)
    return Side(register, compiled, on, place)


def side_of(register: Register, ruleset: Ruleset, on: date, place: str | None) -> Side:
    """A version of a ruleset linked on a day, also one on which it does not hold (any more, or yet). Raises LinkError."""
    if ruleset.holds_on(on):
        return side(register, ruleset.id, on, place)
    compiled = Compiled(register.link(ruleset_roots(ruleset, on), ruleset, on, place))
    compiled.figures(on)
    return Side(register, compiled, on, place)


def places(register: Register, ident: str, on: date) -> Iterator[str | None]:
    """Where a ruleset can be looked at: its own municipality, one of its area; else anywhere, then where its gaps are filled in."""
    for ruleset in register.versions.get(ident, ()):
        if not ruleset.holds_on(on):
            continue
        if ruleset.gemeente is not None:
            yield ruleset.gemeente
        elif ruleset.gebied is not None:
            yield min(ruleset.gebied.gemeenten, default=None)
        else:
            yield None
            yield from sorted(
                {r.gemeente for versions in register.versions.values() for r in versions if r.gemeente is not None}
            )


def subjects(register: Register, on: date) -> Iterator[tuple[str, Subject | LinkError]]:
    """Every ruleset that decides something on a day, in the first place where it can be decided; else why it can't be."""
    for ident in register.ids():
        version = next((r for r in register.versions[ident] if r.holds_on(on)), None)
        if version is None or not any(counts_on(criterion, on) for criterion in version.criteria):
            continue
        wrong: LinkError | None = None
        for place in places(register, ident, on):
            try:
                yield ident, subject(register, ident, on, place)
                break
            except LinkError as error:
                wrong = wrong or error
        else:
            assert wrong is not None
            yield ident, wrong
