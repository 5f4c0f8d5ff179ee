"""Somebody as near to the reference person as can be: she who reads of a witness sees at once what it is about.

It begins with everything as usual, and lets go what Z3 blames: with most facts given Z3 is done soon, with none it may look for long.
What was let go is tried again with everything else as it is, and amounts come as near as they can: that needs no Z3. Of what is
left Z3 is asked whether it can be usual together with other changes, until that costs too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import z3

from responsief.analysis.people import usual
from responsief.analysis.view import RLIMIT, View
from responsief.backends import symbolic_dates as dated
from responsief.backends import symbols as sym
from responsief.backends.symbolic_facts import Facts, Path, Variable
from responsief.backends.symbols import Bool, Truth
from responsief.ir.types import Kind
from responsief.values import GEEN

LESS: Final = 250_000  # what one question may cost that only brings somebody nearer (less than a tenth of a second)
TRIES: Final = 3  # how many of these may cost too much before it is given up
INCOME: Final = ("inkomsten",)


def nearest(view: View, most: int = RLIMIT) -> tuple[Any, str]:
    """A model of what the solver holds in which as many facts as can be are as usual, and amounts as near to it as can be; without
    one «unsat», or «unknown» when it cost too much.

    It begins with everything as usual: with most facts given Z3 is done soon, with none it may look for long.
    """
    facts, solver = view.facts, view.solver
    solver.set("rlimit", view.budget.left(most))
    wishes = [wish for wish in _wishes(facts, view.sides[0].day) if not isinstance(wish[1], bool)]
    marks = [z3.Bool(f"wens {n}", facts.ctx) for n in range(len(wishes))]
    for mark, (_, formula) in zip(marks, wishes, strict=True):
        solver.add(z3.Implies(mark, formula))
    numbers = {mark.get_id(): n for n, mark in enumerate(marks)}
    amounts = _amounts(facts)
    kept = list(range(len(wishes)))
    while (answer := solver.check(*[marks[n] for n in kept])) == z3.unsat and kept:
        blamed = [numbers[one.get_id()] for one in solver.unsat_core()]
        if not blamed:
            break  # not with anything less usual either
        out = max(blamed)  # of amounts also what matters less: which of them has to differ is found below
        kept = [n for n in kept if n != out and (n < out or wishes[n][0] not in amounts)]
    if answer == z3.unknown and kept:
        kept = []
        answer = solver.check()
    if answer != z3.sat:
        return None, str(answer)
    person = _Person(view, solver.model(), marks, kept)
    on = view.sides[0].day
    _as_usual(person, wishes, on)
    solver.set("rlimit", LESS)  # what brings somebody nearer may cost less than whether there is anybody
    unsure = 0
    for n in [n for n in range(len(wishes)) if n not in person.kept]:  # where other things may change too
        if unsure == TRIES or n in person.kept:
            continue
        found = solver.check(*[marks[k] for k in (*person.kept, n)])
        unsure += found == z3.unknown
        if found == z3.sat:
            person = _Person(view, solver.model(), marks, [*person.kept, n])
            _as_usual(person, wishes, on)
    for path in dict.fromkeys(wishes[n][0] for n in range(len(wishes)) if n not in person.kept):
        variable = facts.variables.get(path)
        if variable is not None and not isinstance(variable.symbols, Truth) and variable.symbols.kind in ("number", "day"):
            _nearer(person, variable, on)
    return person.model, "sat"


def _as_usual(person: _Person, wishes: Sequence[tuple[Path, Bool]], on: date) -> None:
    """The same person, with as many facts as usual as can be one by one."""
    before = -1
    while before < len(person.kept):  # what becomes usual later may make room for what could not be so before
        before = len(person.kept)
        for n in [n for n in range(len(wishes)) if n not in person.kept]:
            path, formula = wishes[n]
            if person.fulfils(formula) or person.becomes(*_as_wished(person.facts, path, on), formula):
                person.keeps(n)


def _as_wished(facts: Facts, path: Path, on: date) -> tuple[Path, Any]:
    """Which fact a wish is about, and what it is then."""
    if path in facts.variables:
        value = usual(facts.variables[path], on)
        return path, facts.word(value) if isinstance(value, str) else value
    if path in facts.groups:
        return path, GEEN
    return (path, 0) if path in facts.lists else (path[:-1], 1)


class _Person:
    """Somebody of whom one thing after another is made as usual. `kept`: which wishes (`marks`) she fulfils.

    Whether she can be otherwise is worked out and not looked for: everything else stays as it is.
    """

    def __init__(self, view: View, model: Any, marks: Sequence[Any], kept: Sequence[int]) -> None:
        self.facts = view.facts
        self.model = model
        self._all = z3.And(*view.solver.assertions())
        self._marks = marks
        self.kept = list(kept)
        for n in kept:
            model.update_value(marks[n], z3.BoolVal(True, self.facts.ctx))

    def keeps(self, n: int) -> None:
        """From here on this wish stays fulfilled."""
        self.kept.append(n)
        self.model.update_value(self._marks[n], z3.BoolVal(True, self.facts.ctx))

    def fulfils(self, formula: Bool) -> bool:
        return formula if isinstance(formula, bool) else z3.is_true(self.model.eval(formula, model_completion=True))

    def number(self, formula: Any) -> int:
        return formula if isinstance(formula, int) else int(self.model.eval(formula, model_completion=True).as_long())

    def becomes(self, path: Path, value: Any, wish: Bool = True) -> bool:
        """Can a fact be this, with everything else as it is? Then it is so from here on."""
        made = [(symbol, _constant(of, symbol.ctx)) for symbol, of in self.facts.settings(path, value)]
        before = [(symbol, self.model.eval(symbol, model_completion=True)) for symbol, _ in made]
        for symbol, of in made:
            self.model.update_value(symbol, of)
        if self.fulfils(wish) and self.fulfils(self._all):
            return True
        for symbol, of in before:
            self.model.update_value(symbol, of)
        return False


def _constant(value: bool | int, ctx: Any) -> Any:
    return z3.BoolVal(value, ctx) if isinstance(value, bool) else z3.IntVal(value, ctx)


def _wishes(facts: Facts, on: date) -> list[tuple[Path, Bool]]:
    """What would be usual, what matters most first: short lists and no partner, then each fact. Amounts come last, and whether there
    is an income at all: that somebody has more money is easier to see than that she is somebody else."""
    wishes: list[tuple[Path, Bool]] = []
    wishes += [(path, sym.conj(group.known, group.none)) for path, group in facts.groups.items()]
    empty = [(path, sym.conj(rows.known, rows.length == 0)) for path, rows in facts.lists.items()]
    wishes += [wish for wish in empty if wish[0] != INCOME]
    wishes += [((*path, "1"), rows.length <= 1) for path, rows in facts.lists.items()]
    found = {path: _usually(facts, variable, on) for path, variable in facts.variables.items()}
    usually = sorted([(path, formula) for path, formula in found.items() if formula is not None], key=lambda wish: len(wish[0]))
    paths = _amounts(facts)
    amounts = [wish for wish in usually if wish[0] in paths]
    wishes += [wish for wish in usually if wish[0] not in paths]
    wishes += [wish for wish in amounts if wish[0][:1] != INCOME]
    wishes += [wish for wish in empty if wish[0] == INCOME]
    return wishes + [wish for wish in amounts if wish[0][:1] == INCOME]


def _amounts(facts: Facts) -> set[Path]:
    return {path for path, variable in facts.variables.items() if variable.type.kind in (Kind.GELD, Kind.GETAL)}


def _usually(facts: Facts, variable: Variable, on: date) -> Bool | None:
    """A fact is as it is for the reference person; None where nothing is more usual than anything else."""
    symbols, value = variable.symbols, usual(variable, on)
    if value is None:
        return None
    if isinstance(symbols, Truth):
        return symbols.yes if value else symbols.no
    if value is GEEN:
        return sym.conj(symbols.known, symbols.none)
    number = facts.word(value) if isinstance(value, str) else dated.key_of(value) if isinstance(value, date) else value
    return sym.conj(symbols.known, sym.neg(symbols.none), symbols.lo == number, sym.same(symbols.lo, symbols.hi))


def _nearer(person: _Person, variable: Variable, on: date) -> None:
    """The same person with one amount or date as near to what is usual as can be."""
    value, symbols = usual(variable, on), variable.symbols
    if (
        value is None
        or value is GEEN
        or not person.fulfils(symbols.known)
        or not person.fulfils(sym.same(symbols.lo, symbols.hi))
    ):
        return
    days = isinstance(value, date)
    aim, here = (
        (value.toordinal(), dated.day_of(person.number(symbols.lo)).toordinal()) if days else (value, person.number(symbols.lo))
    )
    near, far = aim, here
    beyond = 1 if far > aim else -1
    middle = far - beyond  # most often there is nobody nearer at all
    while (far - near) * beyond > 1:
        if person.becomes(variable.path, date.fromordinal(middle) if days else middle):
            far = middle
        else:
            near = middle
        middle = (near + far) // 2
