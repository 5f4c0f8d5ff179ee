"""One question, one answer: proved for everybody, refuted by somebody, or not proved and why.

First the wide net (`counted`): what catches nobody there catches nobody. Then for somebody: first of whom everything is known, then
of whom it is not. Whoever is found is brought as near to the reference person as can be, written as a situation, read back as any
situation is, and decided by the evaluator: only then it counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

import z3

from responsief.analysis.answers import Answer, Witness
from responsief.analysis.people import sentence, told, usual
from responsief.analysis.view import MORE_ROWS, RLIMIT, Subject, View, Way
from responsief.backends import symbolic_dates as dated
from responsief.backends import symbols as sym
from responsief.backends.symbolic_facts import MOST_ROWS, Facts, Path, Variable, value_of, written
from responsief.backends.symbols import Bool, Truth
from responsief.diagnostics import InvalidError
from responsief.intake import validate
from responsief.ir.types import Kind
from responsief.situation import Situation
from responsief.values import GEEN, Between

Question = Callable[[View], Bool]
Replay = Callable[[Situation], bool]

GEMEENTE: Final = ("persoon", "gemeente")
LESS: Final = 250_000  # what one question may cost that only brings somebody nearer (less than a tenth of a second)
TRIES: Final = 4  # people who turn out otherwise on the evaluator, before it is given up
COSTS: Final = "de rekenruimte was op"
INCOME: Final = ("inkomsten",)
WAYS: Final[tuple[Way, ...]] = ("plain", "wide", "long")
LONG: Final = f"geen tegenvoorbeeld met lijsten tot {MORE_ROWS} regels; langere lijsten zijn niet uitgesloten"
WITHIN: Final = f"voor lijsten tot {MOST_ROWS} regels"
ELSE: Final = "wie gevonden werd, bleek bij narekenen niet te voldoen"


def never(subject: Subject, question: Question, replay: Replay, *rather: Question) -> Answer:
    """Is a question answered with no for everybody? The witness is somebody for whom the answer is yes, if it can be one for whom
    one of `rather` is so too (the first that can)."""
    return _proved_or_shown(subject, question, replay, rather, frozenset())


def ever(subject: Subject, question: Question, replay: Replay, *rather: Question, likely: bool = False) -> Answer:
    """The same answer as of `never`, sooner where there is somebody: she is looked for before the wide net is thrown. `likely`: also
    somebody of whom not all is known is, for one was found before."""
    plain = subject.view("plain")
    known = plain.check(question(plain))
    if known == "sat":
        for wish in (*rather, _anyone):
            found, _ = look_for(plain, sym.conj(question(plain), wish(plain)), replay)
            if found is not None:
                return Answer("weerlegd", found)
    nobody: frozenset[Way] = frozenset({"plain"}) if known == "unsat" else frozenset()
    if nobody and likely:
        wide = subject.view("wide")
        found, why = look_for(wide, question(wide), replay)
        if found is not None:
            return Answer("weerlegd", found)
        nobody |= {"wide"} if not why else nobody
    return _proved_or_shown(subject, question, replay, rather, nobody)


def _proved_or_shown(
    subject: Subject, question: Question, replay: Replay, rather: Sequence[Question], nobody: frozenset[Way]
) -> Answer:
    """First the wide net, then somebody. `nobody`: the ways of looking of which it is known that they show nobody."""
    wide = subject.view("counted")
    formula = question(wide)
    if formula is False:
        return Answer("bewezen")  # whatever the lists are
    proved = Answer("bewezen", None, WITHIN if wide.facts.lists else "")
    if wide.check(formula) == "unsat":
        return proved
    found = someone(subject, question, replay, *rather, nobody=nobody)
    if found.bewijs != "niet_bewezen":
        return found
    if wide.facts.calendar and wide.check(formula, *wide.facts.calendar) == "unsat":  # only on a date that does not exist
        return proved
    return Answer("niet_bewezen", None, COSTS) if found.reden is LONG and not wide.facts.lists else found


def _anyone(_: View) -> Bool:
    return True


def someone(
    subject: Subject, question: Question, replay: Replay, *rather: Question, nobody: frozenset[Way] = frozenset()
) -> Answer:
    """Somebody for whom the answer is yes; without one, why it is not proved that there is none. `nobody`: the ways of looking of
    which it is known that they show nobody."""
    reason = LONG
    for wish in rather if "plain" not in nobody else ():
        plain = subject.view("plain")
        found, _ = look_for(plain, sym.conj(question(plain), wish(plain)), replay)
        if found is not None:
            return Answer("weerlegd", found)
    for way in [way for way in WAYS if way not in nobody]:
        if way == "long" and reason is not LONG:
            break  # what cost too much costs more with longer lists
        view = subject.view(way)
        formula = question(view)
        found, why = look_for(view, formula, replay)
        if found is not None:
            return Answer("weerlegd", found)
        reason = why or reason
    return Answer("niet_bewezen", None, reason)


def look_for(view: View, formula: Bool, replay: Replay, *, near: bool = True) -> tuple[Witness | None, str]:
    """A witness who is so on the evaluator too; else why there is none (nothing: there is none within these lists).

    `near`: as near to the reference person as can be; without it, the first who is found.
    """
    if formula is False:
        return None, ""
    solver = view.solver
    solver.push()
    try:
        if formula is not True:
            solver.add(formula)
        for _ in range(TRIES):
            model, answer = nearest(view) if near else _first(view)
            if model is None:
                return None, "" if answer == "unsat" else COSTS
            witness = witness_of(view.facts, model, view.sides[0].day)
            try:
                situation = validate(witness.situatie)
            except InvalidError:
                situation = None
            if situation is not None and _so(replay, situation):
                return witness, ""
            solver.add(_somebody_else(view.facts, model))
        return None, ELSE
    finally:
        view.budget.note(view.way, solver)
        solver.pop()


def _so(replay: Replay, person: Situation) -> bool:
    """Is it so on the evaluator? Whom a side can't decide shows nothing."""
    try:
        return replay(person)
    except (InvalidError, LookupError):
        return False


def _first(view: View) -> tuple[Any, str]:
    """Any model of what the solver holds."""
    solver = view.solver
    solver.set("rlimit", view.budget.left(RLIMIT))
    answer = str(solver.check())
    return (solver.model() if answer == "sat" else None), answer


def _somebody_else(facts: Facts, model: Any) -> Any:
    """Not this very person again."""
    same = []
    for variable in facts.variables.values():
        symbols = variable.symbols
        parts = [symbols.yes, symbols.no] if isinstance(symbols, Truth) else [symbols.known, symbols.lo]
        same += [part == model.eval(part, model_completion=True) for part in parts if not isinstance(part, bool | int)]
    same += [
        rows.length == model.eval(rows.length, model_completion=True)
        for rows in facts.lists.values()
        if not isinstance(rows.length, int)
    ]
    return z3.Not(z3.And(*same)) if same else z3.BoolVal(False, facts.ctx)


# --- as near to the reference person as can be -------------------------------------------------------------------------


def nearest(view: View) -> tuple[Any, str]:
    """A model of what the solver holds in which as many facts as can be are as usual, and amounts as near to it as can be; without
    one «unsat», or «unknown» when it cost too much.

    It begins with everything as usual: with most facts given Z3 is done soon, with none it may look for long.
    """
    facts, solver = view.facts, view.solver
    solver.set("rlimit", view.budget.left(RLIMIT))
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
    model = solver.model()
    solver.set("rlimit", LESS)  # what brings somebody nearer may cost less than whether there is anybody
    for n in [n for n in range(len(wishes)) if n not in kept]:  # what was let go for another that went later
        if z3.is_true(model.eval(wishes[n][1], model_completion=True)):
            kept.append(n)
        elif solver.check(*[marks[k] for k in (*kept, n)]) == z3.sat:
            model = solver.model()
            kept.append(n)
    held = [marks[n] for n in kept]
    dropped = {wishes[n][0]: None for n in range(len(wishes)) if n not in kept}
    for path in dropped:
        variable = facts.variables.get(path)
        if variable is not None and not isinstance(variable.symbols, Truth) and variable.symbols.kind in ("number", "day"):
            model, limit = _nearer(solver, held, variable, model, view.sides[0].day)
            held = [*held, *limit]
    return model, "sat"


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


def _nearer(solver: Any, held: Sequence[Any], variable: Variable, model: Any, on: date) -> tuple[Any, list[Any]]:
    """The same person with one amount or date as near to what is usual as can be, and what fixes it there."""
    value = usual(variable, on)
    symbols = variable.symbols
    known = model.eval(symbols.known, model_completion=True) if not isinstance(symbols.known, bool) else symbols.known
    if value is None or value is GEEN or z3.is_false(known):
        return model, []
    aim = dated.key_of(value) if isinstance(value, date) else value
    here = model.eval(symbols.lo, model_completion=True).as_long()
    near, far = aim, here
    beyond = 1 if here > aim else -1
    middle = here - beyond  # most often there is nobody nearer at all
    while (far - near) * beyond > 1:  # somebody can be found nearer than where it was given up before
        between = (
            [symbols.known, symbols.lo >= aim, symbols.lo <= middle]
            if here > aim
            else [symbols.known, symbols.lo <= aim, symbols.lo >= middle]
        )
        solver.push()
        solver.add(*(one for one in between if one is not True))
        answer = solver.check(*held)
        if answer == z3.sat:
            model = solver.model()
            far = model.eval(symbols.lo, model_completion=True).as_long()
        solver.pop()
        if answer != z3.sat:
            near = middle
        middle = (near + far) // 2
    mark = z3.Bool(f"grens {'.'.join(variable.path)}", solver.ctx)
    solver.add(z3.Implies(mark, symbols.lo == far))
    return model, [mark]


# --- a person ----------------------------------------------------------------------------------------------------------


def witness_of(facts: Facts, model: Any, on: date) -> Witness:
    """The person of a model."""

    def holds(formula: Bool) -> bool:
        return formula if isinstance(formula, bool) else z3.is_true(model.eval(formula, model_completion=True))

    def number(formula: Any) -> int:
        return formula if isinstance(formula, int) else model.eval(formula, model_completion=True).as_long()

    data = written(facts, model)
    found: dict[Path, Any] = {}
    for path, variable in facts.variables.items():
        if path != GEMEENTE and _stands(data, path):
            found[path] = value_of(facts, variable, holds, number)
    found = {path: value for path, value in found.items() if value is not None or isinstance(value, Between)}
    differs = tuple(told(facts, found))
    unknown = [p for p, v in facts.variables.items() if p not in found and holds(v.given) and not any(s.isdigit() for s in p)]
    return Witness(data, differs, sentence(facts, found, differs, [p for p in unknown if p != GEMEENTE]), on)


def _stands(data: Any, path: Path) -> bool:
    """Is there a place for a fact in what was written?"""
    for step in path[:3] if path[0] == "eigen" else path:
        if isinstance(data, list):
            if int(step) >= len(data):
                return False
            data = data[int(step)]
        elif isinstance(data, dict) and step in data:
            data = data[step]
        else:
            return False
    return True
