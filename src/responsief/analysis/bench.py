"""A ruleset on a day, and the people whom questions about it turned up.

Most questions are answered by somebody whom another question turned up already: what happens to one person on the evaluator is no
matter for a proof. Only when nobody is known, Z3 looks for somebody; and only when it finds nobody, it looks for a proof.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from responsief.analysis.answers import Answer, Witness
from responsief.analysis.asking import Question, look_for, someone
from responsief.analysis.view import MORE_ROWS, Side, Subject, View
from responsief.backends.symbolic_facts import MOST_ROWS
from responsief.backends.symbols import Bool, Truth
from responsief.diagnostics import Diagnostic, InvalidError, finding
from responsief.ir import nodes as ir
from responsief.ir.program import Program, counts_on
from responsief.ir.ruleset import Criterion, Ruleset
from responsief.ir.verdict import Verdict
from responsief.situation import Situation
from responsief.source import Span

LONG: Final = f"niemand gevonden met lijsten tot {MORE_ROWS} regels, en langere lijsten zijn niet uitgesloten"
SOMEBODY: Final = Answer("weerlegd")  # somebody who is known: she need not be shown


@dataclass(frozen=True, slots=True)
class Found:
    """What an analysis says at a place; who shows that it is so; within which bounds it is proved."""

    melding: Diagnostic
    getuige: Witness | None = None
    grenzen: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """Somebody whom the evaluator decided on."""

    program: Program
    run: tuple[Any, ...]
    verdict: Verdict | None

    def value(self, node: ir.Node) -> Any:
        """What a node of the program gave for her."""
        return self.program.value(node, self.run)


Holds = Callable[[Met], bool]


@dataclass
class Bench:
    """One side to ask questions about; `asked` counts them. `elsewhere` gives the same ruleset on other days, and with anything
    that a municipality could fill in: what happens to somebody there is not dead."""

    subject: Subject
    elsewhere: Callable[[], Iterable[Bench]] = tuple
    people: list[Met] = field(default_factory=list)
    asked: int = 0
    _long: View | None = None
    _others: tuple[Bench, ...] | None = None

    @property
    def side(self) -> Side:
        return self.subject.sides[0]

    @property
    def on(self) -> date:
        return self.side.on

    @property
    def program(self) -> Program:
        return self.side.compiled.program

    @property
    def ruleset(self) -> Ruleset:
        found = self.program.ruleset
        assert found is not None
        return found

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria in force."""
        return tuple([c for c in self.ruleset.criteria if counts_on(c, self.on)])

    def meet(self, person: Situation) -> Met | None:
        """Decide on somebody with the evaluator, and keep her; None when her own facts can't be read."""
        compiled = self.side.compiled
        try:
            run = compiled.reference(person, self.on)
        except InvalidError:
            return None
        verdict = compiled.concluder.conclude(run, self.on) if compiled.concluder is not None else None
        met = Met(self.program, run, verdict)
        self.people.append(met)
        return met

    def ever(self, question: Question, holds: Holds) -> Answer:
        """Is the answer yes for somebody (`weerlegd`), proved to be no for everybody (`bewezen`), or is neither shown?"""
        self.asked += 1
        if any(holds(met) for met in self.people):
            return SOMEBODY
        reason = ""
        for name in ("plain", "wide", "long"):
            if name == "long" and reason:
                break  # no proof and nobody within what it may cost: longer lists cost more
            view = self._view(name)
            formula = question(view)
            if formula is not False:
                found, why = look_for(view, formula, self._replay(holds), near=False)
                if found is not None:
                    return SOMEBODY
                reason = why or reason
            if name == "plain" and self.certainly_not(question):
                return SOMEBODY if self._happens_elsewhere(question, holds) else Answer("bewezen", None, self.bounds)
        return Answer("niet_bewezen", None, reason or LONG)

    def _view(self, name: str) -> View:
        """A way of looking; «long» is everything known, with longer lists."""
        if name == "long":
            if self._long is None:
                self._long = View(self.subject.sides, "plain", rows=MORE_ROWS)
            return self._long
        return self.subject.view("plain" if name == "plain" else "wide")

    def _happens_elsewhere(self, question: Question, holds: Holds) -> bool:
        if self._others is None:
            self._others = tuple(self.elsewhere())
        for other in self._others:
            try:
                if other.ever(question, holds).bewijs != "bewezen":
                    return True
            except KeyError:  # on that day something of it is not in force
                continue
        return False

    def certainly_not(self, question: Question) -> bool:
        """Is it proved that the answer is yes for nobody?"""
        wide = self.subject.view("counted")
        return wide.check(question(wide)) == "unsat"

    def shown(self, question: Question, holds: Holds) -> Answer:
        """The same with the witness to show: as near to an ordinary person as can be."""
        self.asked += 1
        if self.certainly_not(question):
            return Answer("bewezen", None, self.bounds)
        return someone(self.subject, question, self._replay(holds))

    def _replay(self, holds: Holds) -> Callable[[Situation], bool]:
        def replay(person: Situation) -> bool:
            met = self.meet(person)
            return met is not None and holds(met)

        return replay

    @property
    def bounds(self) -> str:
        """Within which bounds a proof holds; nothing where it holds for everybody."""
        return f"voor lijsten tot {MOST_ROWS} regels" if self.subject.view("counted").facts.lists else ""

    def not_proved(self, answer: Answer, span: Span, what: str) -> Found:
        """An open question: what was asked, and why it stayed open."""
        return Found(finding("niet-bewezen", span, wat=what, waarom=answer.reden))

    def proved(self, code: str, span: Span, **words: object) -> Found:
        """A finding that is a proof."""
        return Found(finding(code, span, **words), None, self.bounds)  # type: ignore[arg-type]  # words of the code

    def own(self, node: ir.Node) -> bool:
        """Does a node stand in this ruleset's own file? What it reads of another is looked at there."""
        return node.place.scalar.source is self.ruleset.source


def truth(view: View, node: ir.Node) -> Truth:
    """A condition as formulas."""
    found = view.formulas[0].look(node)
    assert isinstance(found, Truth)
    return found


def yes(node: ir.Node) -> tuple[Question, Holds]:
    """Does a condition hold?"""

    def question(view: View) -> Bool:
        return truth(view, node).yes

    return question, lambda met: met.value(node) is True


def no(node: ir.Node) -> tuple[Question, Holds]:
    """Is it known that a condition does not hold?"""

    def question(view: View) -> Bool:
        return truth(view, node).no

    return question, lambda met: met.value(node) is False
