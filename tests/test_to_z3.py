"""Formulas mean what `evaluate` means: on a situation that fixes every fact, every slot has the same value."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
import z3
from pydantic import BaseModel

from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief.backends import symbols as sym
from responsief.backends.compiled import Compiled
from responsief.backends.symbolic_facts import Facts, Rows
from responsief.backends.symbols import Group, Truth
from responsief.backends.to_z3 import Formulas, conclude
from responsief.diagnostics import InvalidError
from responsief.ir import nodes as ir
from responsief.situation import Situation
from responsief.values import GEEN, Between, Period
from strategies import REFERENCE_DAYS, situation


def pins(facts: Facts, case: Situation, own: dict[tuple[str, str], Any]) -> list[Any]:
    """What makes every fact what it is in a situation."""
    found: list[Any] = []

    def at(path: tuple[str, ...]) -> Any:
        if path[0] == "eigen":
            return own[path[1:3]]
        here: Any = case
        for step in path:
            if here is None or here is GEEN:
                return here
            here = (here[int(step)] if int(step) < len(here) else None) if step.isdigit() else getattr(here, step)
        return here

    for path, group in facts.groups.items():
        value = at(path)
        found += [group.known == (value is not None), group.none == (value is GEEN)]
    for path, rows in facts.lists.items():
        value = at(path)
        if isinstance(value, tuple):
            found += [rows.known, rows.length == len(value)]
        else:
            found += [z3.Not(rows.known), rows.length == 0]
    for variable in facts.variables.values():
        found += fixed(facts, variable, at(variable.path))
    return found


def fixed(facts: Facts, variable: Any, value: Any) -> list[Any]:
    symbols = variable.symbols
    if isinstance(symbols, Truth):
        if value is None or value is GEEN:
            return [z3.Not(symbols.yes), z3.Not(symbols.no)]
        return [symbols.yes if value else symbols.no]
    if symbols.known is True:
        return []
    if value is None or (value is GEEN and symbols.none is False):
        return [z3.Not(symbols.known)]
    if value is GEEN:
        return [symbols.known, symbols.none]
    found = [symbols.known, sym.neg(symbols.none)]
    match value:
        case Period(months=months, days=days):
            found += [symbols.lo == months, symbols.hi == days]
        case date() | Between():
            lo, hi = (value.lo, value.hi) if isinstance(value, Between) else (value, value)
            found += [symbols.lo == sym.key_of(lo), symbols.hi == sym.key_of(hi)]
        case str():
            found.append(symbols.lo == facts.word(value))
        case _:
            found.append(symbols.lo == value)
    return [one for one in found if one is not True]


def value(symbols: Any, model: Any, facts: Facts, node: ir.Node) -> Any:
    """The value that symbols have in an answer."""

    def holds(formula: Any) -> bool:
        return formula if isinstance(formula, bool) else z3.is_true(model.eval(formula, model_completion=True))

    def number(formula: Any) -> int:
        return formula if isinstance(formula, int) else model.eval(formula, model_completion=True).as_long()

    if isinstance(symbols, Truth):
        return True if holds(symbols.yes) else False if holds(symbols.no) else None
    if isinstance(symbols, Rows):
        return "rijen" if holds(symbols.known) else None
    if not holds(symbols.known):
        return None
    if isinstance(symbols, Group):
        return GEEN if holds(symbols.none) else "groep"
    if holds(symbols.none):
        return GEEN
    symbols = sym.settle(symbols)
    match symbols.kind:
        case "period":
            return Period(number(symbols.lo), number(symbols.hi))
        case "word":
            at = number(symbols.lo)
            return next((word for word, code in facts._words.items() if code == at), at)
        case "day":
            lo, hi = sym.day_of(number(symbols.lo)), sym.day_of(number(symbols.hi))
        case _:
            lo, hi = (Fraction(number(n), number(symbols.den)) for n in (symbols.lo, symbols.hi))
    return lo if lo == hi else Between(lo, hi)


def plainly(found: Any) -> Any:
    if isinstance(found, tuple):
        return "rijen"
    if isinstance(found, Between) and isinstance(found.lo, int):
        return Between(Fraction(found.lo), Fraction(found.hi))
    if isinstance(found, int | Fraction) and not isinstance(found, bool):
        return Fraction(found)
    return found if isinstance(found, bool | date | Between | Period | str | None) or found is GEEN else "groep"


def differences(compiled: Compiled, case: Situation, on: date, counted: Counter[str]) -> list[str]:
    program = compiled.program
    effective = case.effective
    longest = max((len(v) for v in lists(effective)), default=0)
    facts = Facts(on, None, entries=max(longest, 1))
    formulas = Formulas(program, facts, compiled.figures(on))
    own = dict(zip([(home, d.naam) for home, d in program.own], compiled.own(effective), strict=True))
    solver = z3.SimpleSolver(ctx=facts.ctx)
    solver.set("rlimit", 20_000_000)
    conclusion = conclude(formulas)
    domain = facts.domain()
    for one in pins(facts, effective, own):
        solver.add(one)
    if solver.check() != z3.sat:
        counted[f"pins {solver.check()}"] += 1
        return []
    for one in domain:
        solver.add(one)
    answer = solver.check()
    if answer != z3.sat:
        counted[str(answer)] += 1  # outside the bounds: a date in 1850, a future birthday
        return []
    model = solver.model()
    run = compiled.reference(case, on)
    wrong = []
    for node, symbols, meant in zip(program.slots, formulas.run, run, strict=True):
        found, wanted = value(symbols, model, facts, node), plainly(meant)
        counted[node.type.kind] += 1
        if found != wanted:
            wrong.append(f"{node}: {found} where evaluate says {wanted}")
            break
    verdict = compiled.decide(case, on)
    holding = [
        name
        for name, f in conclusion.outcomes().items()
        if f is True or (f is not False and z3.is_true(model.eval(f, model_completion=True)))
    ]
    if holding != [verdict.uitkomst]:
        wrong.append(f"{holding} where the verdict is {verdict.uitkomst}")
    refused = [
        i
        for i, f in conclusion.geweigerd.items()
        if f is True or (f is not False and z3.is_true(model.eval(f, model_completion=True)))
    ]
    if tuple(refused) != verdict.afgewezen_op:
        wrong.append(f"{refused} where the verdict is on {verdict.afgewezen_op}")
    return wrong


def lists(part: Any) -> Any:
    for _, inner in part:
        if isinstance(inner, tuple):
            yield inner
            for row in inner:
                if isinstance(row, BaseModel):
                    yield from lists(row)
        elif isinstance(inner, BaseModel):
            yield from lists(inner)


@pytest.mark.heavy
def test_formulas_equal_the_meaning_on_random_rulesets_and_situations() -> None:
    counted: Counter[str] = Counter()
    wrong: list[str] = []
    for seed in range(60):
        try:
            every = Rulesets(Rolled(seed)).written().compiled(REFERENCE_DAYS[seed % len(REFERENCE_DAYS)])
        except InvalidError:
            continue
        for number in range(4):
            case = situation(Rolled(1000 * seed + number))
            for one in every:
                if one.program.ruleset is None or not one.program.ruleset.criteria:
                    continue
                counted["gevallen"] += 1
                wrong += [
                    f"zaad {seed}.{number}: {w}"
                    for w in differences(one, case, REFERENCE_DAYS[seed % len(REFERENCE_DAYS)], counted)
                ]
    print(counted)
    assert not wrong, "\n".join(wrong[:20])
