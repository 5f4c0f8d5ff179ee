"""What is told from how two versions are written is so: for random people, of every question that both ask in the same way.

A claim about a number or date says as much of what is unknown, absent or incomplete; one about ja or nee is a step on the ladder.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
import z3

from random_expressions import AMOUNTS, DAYS, NUMBERS, Dice, Rolled
from random_pairs import IDENTS, Tree, _decides, _get, load, pairs
from random_rulesets import GEGEVENS, Rulesets, Written, emit
from random_versions import pair as transitional
from responsief.analysis.asking import _nearer
from responsief.analysis.view import Side, side
from responsief.backends.symbolic_facts import Variable
from responsief.backends.symbols import Value
from responsief.diagnostics import InvalidError
from responsief.difference import order as module
from responsief.difference.order import Move, Order
from responsief.difference.outcomes import LEVELS
from responsief.difference.proof import is_worse
from responsief.ir import nodes as ir
from responsief.ir.program import LinkError
from responsief.ir.types import GELD
from responsief.ir.verdict import Verdict
from responsief.register import Register
from responsief.situation import Situation
from responsief.values import GEEN, Between
from small import register, ruleset
from strategies import REFERENCE_DAYS, situation

PEOPLE = 240
TODAY = date(2026, 3, 2)
Sides = tuple[Side, Side]


@cache
def people() -> tuple[Situation, ...]:
    """From all known to nothing known, with incomplete dates and facts in doubt."""
    return tuple(situation(Rolled(9_000_000 + number)) for number in range(PEOPLE))


# --- is a claim so? ----------------------------------------------------------------------------------------------------


def wrong_way(move: Move, one: Any, other: Any) -> bool:
    """Did what can be put in order go a way that was not claimed?"""
    return (move in ("same", "up") and other < one) or (move in ("same", "down") and other > one)


def rank(answer: bool | None) -> int:
    return 1 if answer is None else 2 if answer else 0


def refutes(move: Move, one: Any, other: Any) -> bool:
    """Does the value of a question in both versions show that it did not move so?"""
    if any(isinstance(v, bool) for v in (one, other)):
        return wrong_way(move, rank(one), rank(other))
    if one is None or other is None or one is GEEN or other is GEEN:
        return one is not other
    if isinstance(one, Between) or isinstance(other, Between):
        if not (isinstance(one, Between) and isinstance(other, Between)):
            return True
        return wrong_way(move, one.lo, other.lo) or wrong_way(move, one.hi, other.hi)
    if isinstance(one, int | Fraction | date):
        return wrong_way(move, one, other)
    return bool(one != other)


def questions(sides: Sides) -> Iterator[tuple[ir.Node, ir.Node]]:
    """The parts of both versions that stand in the same place, as far as they have one value for somebody."""
    programs = [one.compiled.program for one in sides]
    roots = [programs[0].roots, programs[1].roots]
    shared = programs[0].definitions.keys() & programs[1].definitions.keys()
    found = [*zip(*roots, strict=False), *((programs[0].definitions[key], programs[1].definitions[key]) for key in shared)]
    for old, new in found:
        for pair in zip(outside_lists(old), outside_lists(new), strict=False):
            if all(isinstance(n, ir.Const) or p.slot(n) is not None for p, n in zip(programs, pair, strict=True)):
                yield pair


def outside_lists(node: ir.Node) -> Iterator[ir.Node]:
    yield node
    for part in ir.children(node):
        yield from outside_lists(part)


def comparable(sides: Sides) -> bool:
    """Are the amounts of both for as long a time?"""
    then, now = (one.compiled.program.ruleset for one in sides)
    assert then is not None
    assert now is not None
    return then.bedrag is None or now.bedrag is None or then.per == now.per


def untrue(sides: Sides, counted: Counter[str]) -> Iterator[str]:
    """Every claim about two versions that somebody refutes."""
    order = Order(*sides)
    programs = [one.compiled.program for one in sides]
    inside = {id(pair[0]): (*pair, order.of(*pair)) for pair in questions(sides)}
    parts = [claim for claim in inside.values() if claim[2] != "open"]
    criteria = {name: move for name, move in order.criteria().items() if move != "open"}
    amount, outcome = (order.amount(), order.outcome()) if comparable(sides) else ("open", "open")
    counted.update(f"deel {move}" for *_, move in inside.values())
    counted["paren"] += 1
    counted.update(f"voorwaarde {move}" for move in order.criteria().values())
    counted.update((f"bedrag {amount}", f"uitkomst {outcome}"))
    for number, person in enumerate(people()):
        was, wordt = (one.verdict(person) for one in sides)
        for old, new, move in parts:
            values = programs[0].value(old, was.run), programs[1].value(new, wordt.run)
            if refutes(move, *values):
                yield f"{old.place.text!r} is {move}, and person {number} has {values}"
        answers = [{c.id: a for c, a in zip(v.criteria, v.oordelen, strict=True)} for v in (was, wordt)]
        for name, move in criteria.items():
            one, other = (rank(a.get(name, True)) for a in answers)
            if wrong_way(move, one, other):
                yield f"{name} is {move}, and person {number} goes from {one} to {other}"
        if not amounts_move_so(amount, was, wordt):
            yield f"the amount is {amount}, and person {number} goes from {was.bedrag} to {wordt.bedrag}"
        if (outcome in ("same", "up") and is_worse(was, wordt)) or (outcome in ("same", "down") and is_worse(wordt, was)):
            yield f"the outcome is {outcome}, and person {number} goes from {told(was)} to {told(wordt)}"


def amounts_move_so(move: Move, was: Verdict, wordt: Verdict) -> bool:
    if min(LEVELS[was.uitkomst], LEVELS[wordt.uitkomst]) < 2:
        return True
    return not wrong_way(move, was.bedrag or 0, wordt.bedrag or 0)


def told(verdict: Verdict) -> tuple[Any, ...]:
    return verdict.uitkomst, verdict.bedrag, verdict.wacht_tot


# --- random pairs ------------------------------------------------------------------------------------------------------

POOLS = {
    "geld": ("€ 0", *AMOUNTS),
    "getal": NUMBERS,
    "decimaal": ("0,25", "2,5", "17,5", "100"),
    "datum": tuple(sorted(set(DAYS))),
}
WRITTEN = {
    "geld": "|".join(rf"{re.escape(amount)}(?![\d.,])" for amount in POOLS["geld"]),
    "getal": r"(?<=[<>=] )\d+(?![\d,.%-]| %| [a-z])",
    "datum": r"\d{4}-\d\d-\d\d",
}


def moved(tree: Tree, dice: Dice) -> None:
    """Figures and fixed values somewhere higher or lower: nearly always all of them one way."""
    way, mixed = dice.pick((1, -1)), dice.chance(25)

    def along(kind: str, value: str) -> str:
        pool = POOLS[kind]
        if value not in pool or dice.chance(30):
            return value
        step = dice.pick((1, -1)) if mixed else way
        return pool[min(len(pool) - 1, max(0, pool.index(value) + step * (1 + dice.below(2))))]

    for figure in tree.get("bedragen", {}).values():
        if figure["type"] in POOLS:
            figure["waarden"] = {day: along(figure["type"], value) for day, value in figure["waarden"].items()}
    for at in _decides(tree):
        for kind, pattern in WRITTEN.items():
            text = _get(tree, at)
            _get(tree, at[:-1])[at[-1]] = re.sub(pattern, lambda m, kind=kind: along(kind, m[0]), text)


def decided(old: Register, new: Register, ident: str, on: date) -> Sides | None:
    try:
        return side(old, ident, on, None), side(new, ident, on, None)
    except LinkError:
        return None


def only_numbers(seeds: range) -> Iterator[tuple[str, Sides]]:
    """A register, and the same with other numbers in it."""
    for seed in seeds:
        base, dice = Rulesets(Rolled(seed), depth=3 if seed % 3 == 0 else 2).written(), Rolled(77_000_000 + seed)
        yield from numbers_of(base, dice, IDENTS[seed % 2], f"seed {seed}", REFERENCE_DAYS[seed % len(REFERENCE_DAYS)])


def numbers_of(base: Written, dice: Dice, ident: str, name: str, on: date) -> Iterator[tuple[str, Sides]]:
    try:
        old = base.checked()
    except InvalidError:
        return
    for number in range(3):
        trees = [load(text) for text in base.texts]
        for tree in trees:
            moved(tree, dice)
        try:
            new = Written(tuple(emit(tree, dice) for tree in trees)).checked()
        except InvalidError:
            continue
        if (sides := decided(old, new, ident, on)) is not None:
            yield f"{name}.{number}", sides


def with_transitions(seeds: range) -> Iterator[tuple[str, Sides]]:
    """The same of a register in which an earlier version still counts for some."""
    for seed in seeds:
        dice = Rolled(55_000_000 + seed)
        both = transitional(dice, "persoon.detentie", part=seed % 2 == 0).both
        yield from numbers_of(both, dice, "lokaal", f"overgang {seed}", TODAY)


def edited(seeds: range) -> Iterator[tuple[str, Sides]]:
    """Pairs with any edit."""
    for pair in pairs(seeds, per_base=4):
        sides = decided(pair.was, pair.wordt, pair.ident, REFERENCE_DAYS[pair.seed % len(REFERENCE_DAYS)])
        if sides is not None:
            yield str(pair), sides


def on_two_days(seeds: range) -> Iterator[tuple[str, Sides]]:
    """One register with the rules of one day and of a later one, for who asks on the later day."""
    for seed in seeds:
        try:
            one = Rulesets(Rolled(seed), depth=2).written().checked()
            first, second = (side(one, IDENTS[seed % 2], day, None) for day in (date(2025, 12, 31), TODAY))
        except (InvalidError, LinkError):
            continue
        yield f"twee dagen, seed {seed}", (replace(first, today=TODAY), second)


class Limits:
    """Writes a small ruleset around limits, twice: now and then a fixed value stands higher or lower in the second."""

    FACTS = ("g_geld", "g_getal", "g_afstand", "g_vraag", "g_oordeel", "g_dag", "g_einde")

    def __init__(self, dice: Dice) -> None:
        self.dice = dice
        self.values: list[tuple[str, str]] = []
        self.names: tuple[str, ...] = ()  # of terms

    def fixed(self, kind: str) -> str:
        """A place for a value: which one stands there in each version."""
        pool = POOLS[kind]
        at = self.dice.below(len(pool) - 1)
        one, other = (pool[at], pool[at + 1]) if self.dice.chance(25) else (pool[at], pool[at])
        self.values.append((other, one) if self.dice.chance(50) else (one, other))
        return f"§{len(self.values) - 1}§"

    def money(self, depth: int) -> str:
        if depth == 0:
            return self.dice.pick((self.fixed("geld"), "g_geld", "l_bedrag", "som(inkomsten.bedrag)", *self.names))
        one, other = self.money(depth - 1), self.money(depth - 1)
        return self.dice.pick(
            (
                one, f"({one} + {other})", f"({one} - {other})", f"max({one}, {other})", f"min({one}, {other})",
                f"afronden({self.fixed('decimaal')} * ({one}), {self.dice.pick(('cent', 'naar boven op euro', 'naar beneden op € 50'))})",
                f"(({self.number(depth - 1)}) * {self.fixed('geld')})", f"afronden(({one}) / {self.dice.pick(('2', '3'))}, euro)",
            )
        )  # fmt: skip

    def number(self, depth: int) -> str:
        if depth == 0:
            return self.dice.pick((self.fixed("getal"), "g_getal", "leeftijd", "aantal(huishouden.kinderen)"))
        one, other = self.number(depth - 1), self.number(depth - 1)
        return self.dice.pick((one, f"max({one}, {other})", f"({one} + {other})", f"({one} - {other})", f"(({one}) * {other})"))

    def day(self) -> str:
        day = self.dice.pick((self.fixed("datum"), "g_dag", "g_einde"))
        return self.dice.pick((day, f"max({day}, {self.fixed('datum')})", f"{day} + 1 jaar"))

    def truth(self, depth: int) -> str:
        sign = self.dice.pick(("<", "<=", ">", ">="))
        one = self.dice.pick(
            (
                f"{self.money(1)} {sign} {self.money(1)}", f"{self.money(2)} {sign} {self.fixed('geld')}",
                f"{self.number(2)} {sign} {self.fixed('getal')}", f"leeftijd {sign} {self.fixed('getal')}", "g_vraag",
                f"{self.day()} {sign} {self.day()}", f"bestaat(inkomsten waar bedrag {sign} {self.fixed('geld')})",
                f"alle(inkomsten waar bedrag {sign} {self.fixed('geld')} of {self.money(0)} > € 1)",
                f"aantal(huishouden.kinderen waar leeftijd {sign} 18) {sign} {self.fixed('getal')}",
                f"g_geld tussen {self.fixed('geld')} en max(€ 25.000, {self.fixed('geld')})", f"({self.money(2)}) is bekend",
            )
        )  # fmt: skip
        if depth == 0:
            return one
        return self.dice.pick((one, f"niet ({one})", f"({one}) {self.dice.pick(('en', 'of'))} ({self.truth(depth - 1)})"))

    def choice(self) -> Any:
        conditions = (self.truth(0), "g_vraag", "leeftijd < 21", "g_oordeel")
        of = [self.dice.pick((self.fixed("geld"), self.fixed("geld"), self.money(1))) for _ in range(3)]
        first, second = (self.dice.pick(conditions) for _ in range(2))
        if self.dice.chance(60):
            return {"kies": [{"als": first, "dan": of[0]}, {"als": second, "dan": of[1]}, {"anders": of[2]}]}
        rows = [{"als": ["ja", "-"], "dan": of[0]}, {"als": ["-", "ja"], "dan": of[1]}]
        together = {"treffer": "verzamel", "samen": self.dice.pick(("som", "max", "min")), "anders": of[2]}
        return {"tabel": {**together, "kolommen": ["g_vraag", "g_oordeel"], "rijen": rows}}

    def criterion(self, number: int) -> Tree:
        effect = self.dice.pick(("afwijzen", "afwijzen", "kan_weigeren", "deel", "wacht_tot g_dag"))
        more = {"aftrek": self.money(self.dice.below(2))} if effect == "deel" else {}
        head = {"id": f"c{number}", "titel": "Een voorwaarde", "grondslag": "art. 1", "doel": "Omdat het zo is."}
        return {**head, "eis": self.truth(1), "gevolg": effect, **more}

    def written(self) -> tuple[str, str]:
        writer = Rulesets(self.dice)
        norm = self.choice()
        self.names = ("norm", "norm")
        amount = self.dice.pick((self.money(0), self.money(1), self.money(2)))
        tree = {
            **writer.head("lokaal", "verordening"),
            "bron": {"regeling": "CVDR1", "versie": "1", "naam": "De regeling"},
            "doel": "Iedereen doet mee.",
            "leefgebieden": ["financien"],
            "procedure": {"rechtsmiddel": {
                "soort": "bezwaar", "termijn": "6 weken", "vanaf": "bekendmaking", "bij": "het college", "grondslag": "Awb 6:7",
            }},
            "gegevens": {
                name: {**GEGEVENS[name], "label": name, "vraag": f"Wat is {name}?", "van": ["inwoner"]} for name in self.FACTS
            },
            "bedragen": {"l_bedrag": {"type": "geld", "bron": "Stcrt. 2026", "waarden": {"1990-01-01": self.fixed("geld")}}},
            "begrippen": {"norm": {**norm, "label": "de norm"}},
            "criteria": [self.criterion(number) for number in range(1 + self.dice.below(3))],
            "hardheid": [{"id": "geen", "soort": "geen", "grondslag": "art. 9", "geldt_voor": "alle"}],
            "uitkomst": {"bedrag": {"per": "maand", "is": amount}},
        }  # fmt: skip
        whole = emit(tree, self.dice)
        old, new = (re.sub(r"§(\d+)§", lambda m, at=at: self.values[int(m[1])][at], whole) for at in (0, 1))
        return old, new


def around_limits(seeds: range) -> Iterator[tuple[str, Sides]]:
    """Small rulesets around limits, of which some moved."""
    for seed in seeds:
        try:
            old, new = (Written((text,)).checked() for text in Limits(Rolled(seed)).written())
        except InvalidError:
            continue
        if (sides := decided(old, new, "lokaal", REFERENCE_DAYS[seed % len(REFERENCE_DAYS)])) is not None:
            yield f"limits, seed {seed}", sides


Pairs = Callable[[range], Iterator[tuple[str, Sides]]]
KINDS: dict[str, tuple[Pairs, range, tuple[str, ...]]] = {
    "limits": (around_limits, range(120), ("voorwaarde up", "voorwaarde down", "bedrag up", "bedrag down", "uitkomst up", "uitkomst down")),
    "only numbers": (only_numbers, range(4000, 4020), ("voorwaarde up", "voorwaarde down", "bedrag up")),
    "any edit": (edited, range(5000, 5010), ("voorwaarde up", "voorwaarde down", "uitkomst up", "uitkomst same")),
    "transitional law": (with_transitions, range(16), ("voorwaarde down", "bedrag up")),
    "two days": (on_two_days, range(6000, 6040), ("voorwaarde down", "uitkomst same")),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_told_from_the_words_is_so_for_random_people(kind: str) -> None:
    make, seeds, seen = KINDS[kind]
    counted: Counter[str] = Counter()
    wrong = [f"{name}: {one}" for name, sides in make(seeds) for one in untrue(sides, counted)]
    print(dict(counted))
    assert not wrong, "\n".join(wrong[:20])
    for claim in ("voorwaarde same", "deel up", "deel down", "deel open", *seen):
        assert counted[claim] > 0, counted


MUTATIONS: dict[str, Any] = {
    "flip": lambda move: move,
    "_between": lambda was, wordt: "up",
    "_only_same": lambda move: move,
    "_options": lambda old, new: "same",
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, name, MUTATIONS[name])
    for _, sides in (pair for make in (around_limits, edited) for pair in make(range(5000, 5060))):
        if next(untrue(sides, Counter()), None) is not None:
            return
    pytest.fail(f"nobody notices that {name} is broken")
