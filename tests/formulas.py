"""Formulas against the meaning: what they give once every fact is fixed, worked out by Z3 itself, for many situations in a row.

The formulas of a program are made once. A situation is a model: every variable gets its value, what is not known gets anything
within its bounds (it may not matter), and what is defined rather than given (a date some days later) gets the one value that fits.
Then one formula says whether everything comes out as `evaluate` says, and another whether the situation may exist at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from random import Random
from typing import Any

import z3
from pydantic import BaseModel

from responsief.backends import symbolic_dates as dated
from responsief.backends import symbols as sym
from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import Case, Sources, aggregate, counts, evaluate
from responsief.backends.symbolic_facts import (
    LAST,
    MOST_MONTHS,
    MOST_PERIOD_DAYS,
    MOST_ROWS,
    Facts,
    Path,
    Rows,
    Variable,
    first_day,
)  # fmt: skip
from responsief.backends.symbols import Group, Truth, Value
from responsief.backends.to_z3 import GENERIC, Conclusion, Formulas, conclude
from responsief.ir import nodes as ir
from responsief.ir.types import Kind
from responsief.ir.verdict import Verdict
from responsief.situation import Situation
from responsief.values import GEEN, Between, Period


class TracedFacts(Facts):
    """Facts that tell which variables they define: the dates some days later."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.moves: list[tuple[Any, Any]] = []

    def days_later(self, key: Any, parts: Any, days: Any) -> Any:
        before = len(self.bounds)
        later, found = super().days_later(key, parts, days)
        if len(self.bounds) > before:
            self.moves.append((found, self.bounds[-1].arg(1)))
        return later, found


class Traced(Formulas):
    """Formulas that tell which variables they define: how many rows answer in which way."""

    def __init__(self, *args: Any) -> None:
        self.asked: list[tuple[ir.Aggregate, Path, Any]] = []
        self.told: set[Any] = set()
        super().__init__(*args)

    def _counted(self, node: ir.Aggregate, rows: Rows, base: Path) -> Any:
        found = super()._counted(node, rows, base)  # questions inside this one have been told by now
        self.asked += [(node, base, total) for key, total in self.facts.totals.items() if key not in self.told]
        self.told |= self.facts.totals.keys()
        return found


class Sworn:
    """The formulas of one program on one day, to be held against situations. `case`: the case under review."""

    def __init__(
        self, compiled: Compiled, on: date, *, entries: int = 3, counted: bool = False, case: Case | None = None
    ) -> None:
        self.compiled, self.on, self.case = compiled, on, case
        self._numbers: dict[Any, Any] = {}
        self._variables: dict[tuple[Path, str], Any] = {}
        self._declared: dict[int, Any] = {}
        self.facts = facts = TracedFacts(on, None, entries=entries, counted=counted)
        self.formulas = Traced(compiled.program, facts, compiled.figures(on), self._under_review(case))
        ruleset = compiled.program.ruleset
        self.conclusion = conclude(self.formulas) if ruleset is not None and ruleset.criteria else None
        self.values = [sym.settle(one) if isinstance(one, Value) else one for one in self.formulas.run]  # defines dates too
        self.outcome = self._outcome(self.conclusion) if self.conclusion is not None else {}
        self.domain = [one for one in facts.domain() if one is not True]
        self.allowed = z3.And(*self.domain) if self.domain else z3.BoolVal(True, facts.ctx)

    @cached_property
    def slots(self) -> list[tuple[Any, Any]]:
        """For each slot whether it has the expected value, and how that is told."""
        return [expected(self.facts, f"slot {number}", one) for number, one in enumerate(self.values)]

    @cached_property
    def decides(self) -> Any:
        """Is the outcome as expected? One formula: what its parts share is worked out once."""
        return z3.And(*self.outcome.values(), z3.BoolVal(True, self.facts.ctx))

    @cached_property
    def agrees(self) -> Any:
        """Does everything come out as expected?"""
        return z3.And(*(formula for formula, _ in self.slots), *self.outcome.values(), z3.BoolVal(True, self.facts.ctx))

    def _under_review(self, case: Case | None) -> dict[str, Any]:
        if case is None:
            return {}
        words = {"regelset": case.regelset, "uitkomst": case.uitkomst}
        found: dict[str, Any] = {
            name: Value("word", True, False, self.facts.word(word), self.facts.word(word))
            for name, word in words.items()
            if word is not None
        }
        return found | ({} if case.ontbreekt is None else {"ontbreekt": sym.truth(case.ontbreekt)})

    def _outcome(self, found: Conclusion) -> dict[str, Any]:
        """For each part of the outcome whether it is as was meant."""
        parts = {**found.outcomes(), **{f"op {c}": f for c, f in found.geweigerd.items()}, "bedrag bekend": found.bedrag_bekend}
        for criterion, one in found.criteria:
            parts |= {f"ja {criterion.id}": one.yes, f"nee {criterion.id}": one.no}
        same = {name: self.truth(("?",), name) == formula for name, formula in parts.items()}
        amount = self.number(("?",), "bedrag") == found.bedrag
        return same | {"bedrag": z3.Implies(self.truth(("?",), "bedrag bekend"), amount)}

    # one situation

    def model(self, situation: Situation, own: dict[tuple[str, str], Any], dice: Random) -> Any:
        """A model in which every fact is what it is in a situation (one without doubt in it)."""
        model = z3.Model(self.facts.ctx)
        for variable, value in self._pins(situation, own, dice):
            self.put(model, variable, value)
        if self.facts.counted:
            self._count(model, situation, own)
        for found, wanted in self.facts.moves:
            day = date.fromordinal(model.eval(wanted, model_completion=True).as_long())
            for variable, value in zip(found, (day.year, day.month - 1, day.day - 1), strict=True):
                self.put(model, variable, value)
        return model

    def put(self, model: Any, variable: Any, value: Any) -> None:
        """Give a variable its value in a model."""
        known = self._numbers.get((type(value), value))
        if known is None:
            make = z3.BoolVal if isinstance(value, bool) else z3.IntVal
            known = self._numbers[(type(value), value)] = make(value, self.facts.ctx)
        declared = self._declared.get(id(variable))
        if declared is None:
            declared = self._declared[id(variable)] = (variable.decl(), variable)  # kept, so that its id stays its own
        z3.Z3_add_const_interp(self.facts.ctx.ref(), model.model, declared[0].ast, known.ast)

    def truth(self, path: Path, what: str = "") -> Any:
        """A variable of a fact that holds or not."""
        found = self._variables.get((path, what))
        if found is None:
            found = self._variables[(path, what)] = self.facts._bool(path, what)
        return found

    def number(self, path: Path, what: str = "#") -> Any:
        """A variable of a fact that is a number."""
        found = self._variables.get((path, what))
        if found is None:
            found = self._variables[(path, what)] = self.facts._int(path, what.removeprefix("#"))
        return found

    def _pins(self, situation: Situation, own: dict[tuple[str, str], Any], dice: Random) -> Iterator[tuple[Any, Any]]:
        facts = self.facts
        for path in facts.groups:
            value = at(path, situation, own)
            yield self.truth(path, "bekend"), value is not None
            yield self.truth(path, "geen"), value is GEEN if value is not None else dice.random() < 0.5
        for path in facts.lists:
            value = at(path, situation, own)
            known = isinstance(value, tuple)
            yield self.truth(path, "bekend"), known
            yield self.number(path, "regels"), len(value) if known else dice.choice((0, 1)) if not facts.counted else 0
        for variable in facts.variables.values():
            yield from self._pin(variable, at(variable.path, situation, own), dice)

    def _pin(self, variable: Variable, value: Any, dice: Random) -> Iterator[tuple[Any, Any]]:
        facts, path, kind = self.facts, variable.path, variable.type.kind
        known, plain = value is not None, value if value is not None and value is not GEEN else None
        if kind is Kind.JA_NEE:
            yield self.truth(path), plain if plain is not None else dice.random() < 0.5
            yield self.truth(path, "bekend"), plain is not None
            return
        none = variable.symbols.none
        yield self.truth(path, "bekend"), known and (value is not GEEN or none is not False)
        if not isinstance(none, bool):
            yield self.truth(path, "geen"), value is GEEN if known else dice.random() < 0.5
        match kind:
            case Kind.DATUM:
                last = self.on if path[-1] == "geboortedatum" else LAST
                lo, hi = (plain.lo, plain.hi) if isinstance(plain, Between) else (plain, plain)
                lo = (
                    lo
                    if lo is not None
                    else dice.choice(
                        [d for d in (date(1960, 2, 29), date(2024, 2, 1), first_day(path, self.on), last) if d <= last]
                    )
                )
                yield self.number(path), lo.year
                yield self.number(path, "maandnummer"), lo.month - 1
                yield self.number(path, "dag"), lo.day - 1
                if facts.vague:
                    anything = dice.choice(((False, False), (True, False), (False, True)))
                    told = (lo != hi and lo.month == hi.month, lo != hi and lo.month != hi.month) if plain else anything
                    yield from zip((self.truth(path, "maand"), self.truth(path, "jaar")), told, strict=True)
            case Kind.PERIODE:
                yield self.number(path), plain.months if plain else dice.choice((0, 7, MOST_MONTHS))
                yield self.number(path, "dagen"), plain.days if plain else dice.choice((0, 3, MOST_PERIOD_DAYS))
            case Kind.KEUZE:
                yield self.number(path), facts.word(plain if plain is not None else dice.choice(variable.type.options))
            case Kind.TEKST:
                yield self.number(path), facts.word(plain if plain is not None else "iets anders")
            case _:
                yield self.number(path), plain if plain is not None else dice.choice((1, 2, 5))

    def _count(self, model: Any, situation: Situation, own: dict[tuple[str, str], Any]) -> None:
        """How many rows answer in which way, and what they are together, as the meaning counts them."""
        program = self.compiled.program
        run = self.run(situation, own)
        sources = Sources(program, situation, self._own_in_order(own), self.compiled.figures(self.on), self.on, self.case)

        def look(node: ir.Node) -> Any:
            return node.value if isinstance(node, ir.Const) else run[program.places[id(node)]]

        for node, base, total in self.formulas.asked:
            rows = at(base, situation, own) or () if GENERIC not in base else ()
            rows = rows if isinstance(rows, tuple) else ()
            match total:
                case yes, no, unsure, Truth():
                    verdicts = [counts(node, row, look, sources) for row in rows]
                    numbers = verdicts.count(True), verdicts.count(False), verdicts.count(None)
                    for variable, number in zip((yes, no, unsure), numbers, strict=True):
                        if isinstance(variable, int):
                            assert variable == number
                        else:
                            self.put(model, variable, number)
                case summed, known, none, Value(den=den):
                    held = tuple(row for row in rows if counts_surely(node, row, look, sources))
                    found = aggregate(node, lambda part: held if part is node.entries else look(part), sources)  # noqa: B023  # called at once
                    self.put(model, summed, int(found * den) if found not in (None, GEEN) else 0)
                    self.put(model, known, found is not None)
                    if none is not False:
                        self.put(model, none, found is GEEN)

    def run(self, situation: Situation, own: dict[tuple[str, str], Any]) -> tuple[Any, ...]:
        """What `evaluate` gives."""
        return evaluate(
            self.compiled.program, situation, self._own_in_order(own), self.compiled.figures(self.on), self.on, self.case
        )

    def _own_in_order(self, own: dict[tuple[str, str], Any]) -> tuple[Any, ...]:
        return tuple(own[(home, d.naam)] for home, d in self.compiled.program.own)

    def own(self, situation: Situation) -> dict[tuple[str, str], Any]:
        """A program's own facts in a situation."""
        names = [(home, d.naam) for home, d in self.compiled.program.own]
        return dict(zip(names, self.compiled.own(situation), strict=True))

    def expect(self, model: Any, run: Sequence[Any], verdict: Verdict | None) -> None:
        """What every slot and the outcome should come to."""
        for (_, wanted), value in zip(self.slots, run, strict=True):
            for variable, number in wanted(value):
                self.put(model, variable, number)
        if verdict is not None:
            self.expect_outcome(model, verdict)

    def expect_outcome(self, model: Any, verdict: Verdict) -> None:
        """What the outcome, its grounds and its amount should come to."""
        assert self.conclusion is not None
        meant = {name: name == verdict.uitkomst for name in self.conclusion.outcomes()}
        meant |= {f"op {c.id}": c.id in verdict.afgewezen_op for c in verdict.criteria}
        for criterion, truth in zip(verdict.criteria, verdict.oordelen, strict=True):
            meant |= {f"ja {criterion.id}": truth is True, f"nee {criterion.id}": truth is False}
        meant["bedrag bekend"] = verdict.bedrag is not None
        for name, found in meant.items():
            self.put(model, self.truth(("?",), name), found)
        self.put(model, self.number(("?",), "bedrag"), verdict.bedrag if verdict.bedrag is not None else 0)

    def differences(self, model: Any, run: Sequence[Any], verdict: Verdict | None) -> list[str]:
        """Where formulas and meaning part; empty when everything comes out alike."""
        self.expect(model, run, verdict)
        if holds(model, self.agrees):
            return []
        found = [
            f"{str(node)[:300]}: {value!r} volgens evaluate"
            for node, (formula, _), value in zip(self.compiled.program.slots, self.slots, run, strict=True)
            if not holds(model, formula)
        ]
        return found[:1] or self.other_outcome(model)

    def other_outcome(self, model: Any) -> list[str]:
        """In what the outcome differs."""
        if holds(model, self.decides):
            return []
        return [name for name, formula in self.outcome.items() if not holds(model, formula)]

    def forbidden(self, model: Any) -> list[Any]:
        """What makes a situation impossible, if anything does."""
        return [] if holds(model, self.allowed) else [one for one in self.domain if not holds(model, one)]

    def outside(self, situation: Situation, own: dict[tuple[str, str], Any]) -> list[str]:
        """Why a situation lies outside the stated bounds: seen from the situation alone."""
        facts = self.facts
        found = [
            f"{path}: te lang"
            for path in facts.lists
            if len(at(path, situation, own) or ()) > (MOST_ROWS if facts.counted else facts.entries)
        ]
        for path, variable in facts.variables.items():
            value = at(path, situation, own)
            if variable.type.kind is Kind.DATUM and value not in (None, GEEN):
                first = value.lo if isinstance(value, Between) else value
                last = self.on if path[-1] == "geboortedatum" else LAST
                found += [f"{path}: {value}"] if not first_day(path, self.on) <= first <= last else []
            if isinstance(value, Period) and (value.months > MOST_MONTHS or value.days > MOST_PERIOD_DAYS):
                found.append(f"{path}: {value}")
        return found


def counts_surely(node: ir.Aggregate, row: Any, look: Any, sources: Sources) -> bool:
    return counts(node, row, look, sources) is True


def holds(model: Any, formula: Any) -> bool:
    return formula if isinstance(formula, bool) else z3.is_true(model.eval(formula, model_completion=True))


def at(path: Path, situation: Situation, own: dict[tuple[str, str], Any]) -> Any:
    """The value at a path of a situation; None also of what stands in a row that is not there."""
    if path[0] == "eigen":
        return own[path[1], path[2]]
    here: Any = situation
    for step in path:
        if here is None or here is GEEN or step == GENERIC:
            return None
        here = (here[int(step)] if int(step) < len(here) else None) if step.isdigit() else getattr(here, step)
    return here


def expected(facts: Facts, name: str, symbols: Any) -> tuple[Any, Any]:
    """A formula that says that symbols have an expected value, and the variables that tell which."""
    yes, no, lo, hi, below, above = (
        *(z3.Bool(f"?{name} {what}", facts.ctx) for what in ("ja", "nee")),
        *(z3.Int(f"?{name} {what}", facts.ctx) for what in ("van", "tot", "op", "op tot")),
    )
    if isinstance(symbols, Truth):
        return z3.And(yes == symbols.yes, no == symbols.no), lambda value: [(yes, value is True), (no, value is False)]
    if isinstance(symbols, Rows):
        same = z3.And(yes == symbols.known, z3.Implies(yes, lo == symbols.length))
        return same, lambda value: [(yes, value is not None), (lo, len(value) if value is not None else 0)]
    if isinstance(symbols, Group):
        same = z3.And(yes == symbols.known, z3.Implies(yes, no == symbols.none))
        return same, lambda value: [(yes, value is not None), (no, value is GEEN)]
    plain = z3.And(symbols.lo * below == lo * symbols.den, symbols.hi * above == hi * symbols.den)
    same = z3.And(yes == symbols.known, z3.Implies(yes, no == symbols.none), z3.Implies(z3.And(yes, z3.Not(no)), plain))

    def wanted(value: Any) -> list[tuple[Any, Any]]:
        told = [(yes, value is not None), (no, value is GEEN)]
        (a, b), (c, d) = ends(facts, value)
        return [*told, (lo, a), (below, b), (hi, c), (above, d)]

    return same, wanted


def ends(facts: Facts, value: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """Both ends of a value as fractions of whole numbers."""
    match value:
        case Between(lo=lo, hi=hi):
            return ends(facts, lo)[0], ends(facts, hi)[0]
        case Period(months=months, days=days):
            return (months, 1), (days, 1)
        case date():
            return ((dated.key_of(value), 1),) * 2
        case str():
            return ((facts.word(value), 1),) * 2
        case int() | Fraction():
            return ((Fraction(value).numerator, Fraction(value).denominator),) * 2
        case _:
            return ((0, 1),) * 2


def longest(situation: Situation) -> int:
    """How many rows the longest list has."""
    return max((len(rows) for rows in lists(situation)), default=0)


def lists(part: BaseModel) -> Iterator[Sequence[Any]]:
    inside: Iterable[Any] = (inner for _, inner in part)
    for inner in inside:
        if isinstance(inner, tuple):
            yield inner
            yield from (found for row in inner if isinstance(row, BaseModel) for found in lists(row))
        elif isinstance(inner, BaseModel):
            yield from lists(inner)
