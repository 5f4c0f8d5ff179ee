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
from responsief.analysis.near import nearest
from responsief.analysis.people import sentence, told
from responsief.analysis.view import LEAST, MORE_ROWS, RLIMIT, Subject, View, Way
from responsief.backends import symbols as sym
from responsief.backends.symbolic_facts import MOST_ROWS, Facts, Path
from responsief.backends.symbolic_situation import value_of, written
from responsief.backends.symbols import Bool, Truth
from responsief.diagnostics import InvalidError
from responsief.intake import validate
from responsief.situation import Situation
from responsief.values import Between

Question = Callable[[View], Bool]
Replay = Callable[[Situation], bool]

GEMEENTE: Final = ("persoon", "gemeente")
FIRST: Final = 4 * LEAST  # what a step may cost of looking for somebody before it is clear that there is nobody
TRIES: Final = 4  # people who turn out otherwise on the evaluator, before it is given up
COSTS: Final = "de rekenruimte was op"
WAYS: Final[tuple[Way, ...]] = ("plain", "wide", "long")
LONG: Final = f"geen tegenvoorbeeld met lijsten tot {MORE_ROWS} regels; langere lijsten zijn niet uitgesloten"
WITHIN: Final = f"voor lijsten tot {MOST_ROWS} regels"
ELSE: Final = "wie gevonden werd, bleek bij narekenen niet te voldoen"


def never(subject: Subject, question: Question, replay: Replay, *rather: Question) -> Answer:
    """Is a question answered with no for everybody? The witness is somebody for whom the answer is yes, if it can be one for whom
    one of `rather` is so too (the first that can)."""
    return _proved_or_shown(subject, question, replay, rather, frozenset())


def ever(subject: Subject, question: Question, replay: Replay, *rather: Question) -> Answer:
    """The same answer as of `never`, sooner where there is somebody: she is looked for before the wide net is thrown, unless the net
    catches nobody at little cost."""
    plain, net = subject.view("plain"), subject.view("counted")
    known = plain.check(question(plain), most=LEAST)
    if known == "unknown" and net.check(question(net), most=LEAST) == "unsat":
        return _proved(net)
    nobody: frozenset[Way] = frozenset({"plain"})
    if known != "unsat":
        why = ""
        for wish in (*rather, _anyone):
            found, why = look_for(plain, sym.conj(question(plain), wish(plain)), replay, most=FIRST)
            if found is not None:
                return Answer("weerlegd", found)
        nobody = nobody if not why else frozenset()
    if nobody and question(net) is not False:
        wide = subject.view("wide")
        found, why = look_for(wide, question(wide), replay, most=FIRST)
        if found is not None:
            return Answer("weerlegd", found)
        nobody |= {"wide"} if not why else nobody
    return _proved_or_shown(subject, question, replay, rather, nobody)


def _proved(net: View) -> Answer:
    return Answer("bewezen", None, WITHIN if net.facts.lists else "")


def _proved_or_shown(
    subject: Subject, question: Question, replay: Replay, rather: Sequence[Question], nobody: frozenset[Way]
) -> Answer:
    """First the wide net, then somebody. `nobody`: the ways of looking of which it is known that they show nobody."""
    wide = subject.view("counted")
    formula = question(wide)
    if formula is False:
        return Answer("bewezen")  # whatever the lists are
    if wide.check(formula) == "unsat":
        return _proved(wide)
    found = someone(subject, question, replay, *rather, nobody=nobody)
    if found.bewijs != "niet_bewezen":
        return found
    if wide.facts.calendar and wide.check(formula, *wide.facts.calendar) == "unsat":  # only on a date that does not exist
        return _proved(wide)
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


def look_for(view: View, formula: Bool, replay: Replay, *, near: bool = True, most: int = RLIMIT) -> tuple[Witness | None, str]:
    """A witness who is so on the evaluator too; else why there is none (nothing: there is none within these lists).

    `near`: as near to the reference person as can be; without it, the first who is found. `most`: what one step may cost.
    """
    if formula is False:
        return None, ""
    solver = view.solver
    solver.push()
    try:
        if formula is not True:
            solver.add(formula)
        for _ in range(TRIES):
            model, answer = nearest(view, most) if near else _first(view)
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
