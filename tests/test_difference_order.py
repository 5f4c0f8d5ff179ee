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

from random_expressions import AMOUNTS, DAYS, NUMBERS, Dice, Rolled
from random_pairs import IDENTS, Tree, _decides, _get, load, pairs
from random_rulesets import GEGEVENS, Rulesets, Written, emit
from random_versions import pair as transitional
from responsief.analysis.asking import WITHIN
from responsief.analysis.view import Budget, Side, Subject, side
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.difference import order as module
from responsief.difference.order import Move, Order
from responsief.difference.outcomes import LEVELS
from responsief.difference.proof import PROVED, TOGETHER, Both, difference, is_worse
from responsief.facts import Soort
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least
from responsief.ir.program import LinkError
from responsief.ir.verdict import Verdict
from responsief.register import Register
from responsief.situation import Situation
from responsief.values import GEEN, Between
from small import register, ruleset
from strategies import REFERENCE_DAYS, Situations, value

PEOPLE = 240
OF_KLEIN = {
    "geld": Soort("geld"), "lid": Soort("ja_nee"), "dag": Soort("datum", geen=True), "soort": Soort("keuze", "goud", "zilver"),
}  # fmt: skip
TODAY = date(2026, 3, 2)
Sides = tuple[Side, Side]


@cache
def people() -> tuple[Situation, ...]:
    """From all known to nothing known, with incomplete dates and facts in doubt."""
    return tuple(somebody(Rolled(9_000_000 + number)) for number in range(PEOPLE))


def somebody(dice: Dice) -> Situation:
    share = dice.pick((100, 95, 85, 60, 30, 0))
    raw = Situations(dice, share).raw()
    raw["eigen"]["klein"] = {name: value(kind, dice) for name, kind in OF_KLEIN.items() if dice.chance(share)}
    return Situation.model_validate(raw)


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
    "limits": (
        around_limits,
        range(120),
        ("voorwaarde up", "voorwaarde down", "bedrag up", "bedrag down", "uitkomst up", "uitkomst down"),
    ),
    "only numbers": (only_numbers, range(4000, 4020), ("voorwaarde down", "bedrag up")),
    "any edit": (edited, range(5000, 5010), ("voorwaarde down", "uitkomst up", "uitkomst same")),
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


MUTATIONS: dict[str, tuple[Any, Any]] = {
    "flip": (module, lambda move: move),
    "_between": (module, lambda was, wordt: "up"),
    "_only_same": (module, lambda move: move),
    "_positive": (Order, lambda self, old, new: True),
    "_agree_as_before": (Order, lambda self, one, other: True),
    "_picked": (Order, lambda self, old, new: module.join(self._each(old, new))),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_rule_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, broken = MUTATIONS[name]
    monkeypatch.setattr(where, name, broken)
    for _, sides in (pair for make in (around_limits, edited) for pair in make(range(5000, 5060))):
        if next(untrue(sides, Counter()), None) is not None:
            return
    pytest.fail(f"nobody notices that {name} is broken")


def test_no_number_gets_below_what_is_proved_of_it() -> None:
    counted: Counter[str] = Counter()
    for name, (one, _) in (*around_limits(range(200, 260)), *only_numbers(range(4020, 4030))):
        program = one.compiled.program
        known = [(node, low) for node in program.slots if node.type.numeric and (low := at_least(node)) is not None]
        counted.update(type(node).__name__ + getattr(node, "op", "") for node, _ in known)
        for person in people():
            run = one.verdict(person).run
            for node, low in known:
                value = program.value(node, run)
                found = value.lo if isinstance(value, Between) else value
                assert not isinstance(found, int | Fraction) or found >= low, (name, node.place.text, person)
    for kind in ("Round", "Arith/", "Arith*", "Extrememax", "Choose"):
        assert counted[kind] > 0, counted


# --- one rule at a time ------------------------------------------------------------------------------------------------

FACTS = """\
gegevens:
  geld: {type: geld, label: geld, vraag: Geld?, van: [inwoner]}
  lid: {type: ja_nee, label: lid, vraag: Lid?, van: [inwoner]}
  dag: {type: datum, geen: ja, label: dag, vraag: Welke dag?, van: [inwoner]}
  soort: {type: keuze, opties: [goud, zilver, brons], label: soort, vraag: Welke?, van: [inwoner]}
"""
CHOICE = "begrippen: {{norm: {{label: norm, kies: [{{als: lid, dan: {}}}, {{anders: {}}}]}}}}\n"

#: a condition with places for values, those of the old version, those of the new, and how its answer moved
CONDITIONS: dict[str, tuple[str, tuple[str, ...], tuple[str, ...], Move]] = {
    "nothing moved": ("geld <= € {}", ("100",), ("100",), "same"),
    "the same written otherwise": ("geld <= {}", ("€ 100",), ("€ 100,00",), "same"),
    "a higher limit": ("geld <= € {}", ("100",), ("101",), "up"),
    "a lower limit": ("geld < € {}", ("100",), ("99",), "down"),
    "a higher floor": ("geld >= € {}", ("100",), ("101",), "down"),
    "a limit on the other side": ("€ {} >= geld", ("100",), ("101",), "up"),
    "another equal": ("geld = € {}", ("100",), ("101",), "open"),
    "from under to up to": ("geld {} € 100", ("<",), ("<=",), "up"),
    "from at least to over": ("geld {} € 100", (">=",), (">",), "down"),
    "from under to over": ("geld {} € 100", ("<",), (">",), "open"),
    "up to, and a lower limit": ("geld {} € {}", ("<", "100"), ("<=", "90"), "open"),
    "not": ("niet (geld <= € {})", ("100",), ("101",), "down"),
    "both higher": ("geld <= € {} en leeftijd <= {}", ("100", "20"), ("101", "21"), "up"),
    "one higher, one lower": ("geld <= € {} of leeftijd <= {}", ("100", "20"), ("101", "19"), "open"),
    "one condition more": ("{}", ("lid en geld > € 1",), ("lid en geld > € 1 en leeftijd > 3",), "open"),
    "a wider range": ("geld tussen € {} en € {}", ("10", "100"), ("9", "101"), "up"),
    "a range that moved": ("geld tussen € {} en € {}", ("10", "100"), ("11", "101"), "open"),
    "a word more": ("soort in [{}]", ("'goud'",), ("'zilver', 'goud'",), "up"),
    "another word": ("soort in [{}]", ("'goud'",), ("'zilver'",), "open"),
    "is it known": ("(geld + € {}) is bekend", ("1",), ("2",), "same"),
    "is it known, of an answer": ("(geld <= € {}) is onbekend", ("100",), ("101",), "open"),
    "plus": ("geld + € {} <= € 100", ("1",), ("2",), "down"),
    "minus": ("geld - € {} <= € 100", ("1",), ("2",), "up"),
    "taken off something higher": ("€ {} - geld <= € 100", ("1",), ("2",), "down"),
    "a larger share of what is never below nought": ("{} % van wonen.huur <= € 100", ("10",), ("11",), "open"),
    "a larger share of a limit": ("geld <= {} % van € 100", ("10",), ("11",), "up"),
    "a larger share of a count": ("{} * aantal(huishouden.kinderen) <= 4", ("2",), ("3",), "down"),
    "a larger share of what can be below nought": ("{} % van geld <= € 100", ("10",), ("11",), "open"),
    "a larger share of a difference": ("{} * (aantal(huishouden.kinderen) - 1) <= 4", ("2",), ("3",), "open"),
    "below nought times a count": ("{} * aantal(huishouden.kinderen) >= -4", ("-2",), ("-3",), "down"),
    "the other factor moved, below nought": ("-2 * ({} + aantal(huishouden.kinderen)) <= 4", ("1",), ("2",), "open"),
    "divided by more": ("aantal(huishouden.kinderen) / {} <= 2", ("2",), ("3",), "up"),
    "divided by more, what can be below nought": ("geld / {} <= € 2", ("2",), ("3",), "open"),
    "more divided": ("(geld + € {}) / 3 <= € 2", ("2",), ("3",), "down"),
    "the most of": ("max(geld, € {}) <= € 500", ("20",), ("30",), "down"),
    "the least of": ("geld <= min(wonen.huur, € {})", ("20",), ("30",), "up"),
    "the most of an age that may be rough": ("max(leeftijd, {}) * 2 <= 50", ("20",), ("30",), "open"),
    "the last of a date that may be incomplete": ("max(dag, {}) < 2026-01-01", ("2020-01-01",), ("2021-01-01",), "open"),
    "the last of two fixed days": ("dag < max(2020-02-01, {})", ("2020-01-01",), ("2021-01-01",), "up"),
    "rounded": ("geld <= afronden({} * € 3, euro)", ("0,3",), ("0,4",), "up"),
    "rounded otherwise": ("geld <= afronden(0,3 * € 3, {}euro)", ("naar boven op ",), ("naar beneden op ",), "open"),
    "a later day": ("dag < {}", ("2020-01-01",), ("2020-01-02",), "up"),
    "the age on another day": ("leeftijd op {} >= 18", ("2020-01-01",), ("2021-01-01",), "open"),
    "longer after a day": ("dag + {} jaar < 2026-01-01", ("1",), ("2",), "open"),
    "somebody in a list": ("bestaat(inkomsten waar bedrag <= € {})", ("1",), ("2",), "up"),
    "everybody in a list": ("alle(inkomsten waar bedrag >= € {})", ("1",), ("2",), "down"),
    "how many in a list": ("aantal(inkomsten waar bedrag >= € {}) <= 1", ("1",), ("2",), "open"),
    "another list": ("aantal({}) <= 1", ("inkomsten",), ("schulden",), "open"),
}  # fmt: skip


def two(*texts: str, on: date = TODAY) -> Sides:
    """Two versions, and everybody whom they can be refuted by has not."""
    first, second = (side(register(text), "klein", on, None) for text in texts)
    assert next(untrue((first, second), Counter()), None) is None
    return first, second


@pytest.mark.parametrize("name", CONDITIONS)
def test_how_a_condition_moved(name: str) -> None:
    condition, old, new, move = CONDITIONS[name]
    text = f'eis: "{condition}"'
    sides = two(*(ruleset(FACTS, text.format(*values)) for values in (old, new)))
    assert Order(*sides).criteria() == {"c0": move}


#: the norm for who is a member and for others, in both versions; a condition that reads it, and how that moved
CHOICES: dict[str, tuple[tuple[str, str], tuple[str, str], str, Move]] = {
    "both higher": (("€ 1", "€ 2"), ("€ 2", "€ 3"), "geld <= norm", "up"),
    "one higher": (("€ 1", "€ 2"), ("€ 1", "€ 3"), "geld <= norm", "up"),
    "one higher, one lower": (("€ 1", "€ 4"), ("€ 2", "€ 3"), "geld <= norm", "open"),
    "they agreed and agree": (("€ 1", "€ 1"), ("€ 2", "€ 2"), "geld <= norm", "up"),
    "they agreed, and agree no longer": (("€ 1", "€ 1"), ("€ 1", "€ 2"), "geld <= norm", "open"),
    "they agree, and did not": (("€ 1", "€ 2"), ("€ 2", "€ 2"), "geld <= norm", "open"),
    "one may be anything": (("€ 1", "geld"), ("€ 2", "geld"), "geld <= norm", "open"),
    "is it known which": (("€ 1", "€ 1"), ("€ 1", "€ 2"), "norm is bekend", "open"),
    "of ja and nee": (("geld > € 2", "geld > € 3"), ("geld > € 1", "geld > € 3"), "norm", "up"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHOICES)
def test_how_a_choice_moved(name: str) -> None:
    old, new, condition, move = CHOICES[name]
    sides = two(*(ruleset(FACTS + CHOICE.format(*values), f"eis: '{condition}'") for values in (old, new)))
    assert Order(*sides).criteria() == {"c0": move}


def test_a_choice_that_is_as_known_as_it_was_moved() -> None:
    """Somebody else proves that, where it is not to be seen."""
    sides = two(
        *(ruleset(FACTS + CHOICE.format(*values), "eis: 'geld <= norm'") for values in (("€ 1", "€ 2"), ("€ 2", "€ 2")))
    )
    asked = []
    order = Order(*sides, lambda old, new: asked.append((type(old), type(new))) is None)
    assert order.criteria() == {"c0": "up"}
    assert asked == [(ir.Choose, ir.Choose)]


def test_what_is_proved_of_a_list_says_for_how_long_a_list() -> None:
    """That a value is as known as it was is asked of Z3, which counts rows."""
    never_unknown = "huishouden.kinderen is bekend en (huishouden.kinderen is onbekend of lid is bekend)"
    norm = f"begrippen: {{norm: {{label: norm, kies: [{{als: '{never_unknown}', dan: € 1}}, {{als: lid, dan: € %s}}, {{anders: € 3}}]}}}}\n"
    sides = two(*(ruleset(FACTS + norm % amount, "eis: geld <= norm") for amount in (0, 1)))
    assert Order(*sides).criteria() == {"c0": "open"}
    desks = [Desk(side.register) for side in sides]
    _, changes, _ = difference(Both(Subject(sides, Budget(TOGETHER)), *desks), (), ())
    assert {c.id: (c.richting, c.bewijs) for c in changes}["c0"] == ("ruimer", f"{PROVED['ruimer']} ({WITHIN})")


def granting(amount: str, more: str = "") -> str:
    return f"{FACTS}{more}uitkomst: {{bedrag: {{per: maand, is: '{amount}'}}}}\n"


#: two versions, and how the amount and the outcome moved
OUTCOMES: dict[str, tuple[str, str, Move, Move]] = {
    "a higher limit": (ruleset(FACTS, "eis: geld <= € 100"), ruleset(FACTS, "eis: geld <= € 200"), "same", "up"),
    "a condition less": (ruleset(FACTS, "eis: lid", "eis: geld > € 1"), ruleset(FACTS, "eis: lid"), "same", "up"),
    "a condition more": (ruleset(FACTS, "eis: lid"), ruleset(FACTS, "eis: lid", "eis: geld > € 1"), "same", "down"),
    "one more and one higher": (
        ruleset(FACTS, "eis: geld <= € 1"), ruleset(FACTS, "eis: geld <= € 2", "eis: lid"), "same", "open",
    ),
    "a condition that may refuse": (
        ruleset(FACTS, "eis: lid, gevolg: kan_weigeren"), ruleset(FACTS, "eis: lid"), "same", "open",
    ),
    "not in force yet": (
        ruleset(FACTS, "eis: ja", "eis: lid, in_werking: {vanaf: 2027-01-01}"), ruleset(FACTS, "eis: ja", "eis: lid"), "same", "down",
    ),
    "a higher amount": (ruleset(granting("€ 100")), ruleset(granting("€ 101")), "up", "up"),
    "an amount that may be below nought": (ruleset(granting("geld")), ruleset(granting("geld + € 1")), "open", "open"),
    "more of an amount that may be below nought": (
        ruleset(granting("geld + € 1")), ruleset(granting("geld + € 2")), "up", "up",
    ),
    "more of it, with something taken off": (
        ruleset(granting("geld + € 1"), "eis: lid, gevolg: deel, aftrek: € 3"),
        ruleset(granting("geld + € 2"), "eis: lid, gevolg: deel, aftrek: € 3"), "open", "open",
    ),
    "more taken off": (
        ruleset(granting("€ 10"), "eis: lid, gevolg: deel, aftrek: € 3"),
        ruleset(granting("€ 10"), "eis: lid, gevolg: deel, aftrek: € 4"), "down", "down",
    ),
    "what is taken off may go below nought": (
        ruleset(granting("€ 10"), "eis: lid, gevolg: deel, aftrek: geld - € 1"),
        ruleset(granting("€ 10"), "eis: lid, gevolg: deel, aftrek: geld - € 2"), "open", "open",
    ),
    "less taken off a higher amount": (
        ruleset(granting("€ 10"), "eis: lid, gevolg: deel, aftrek: € 3"),
        ruleset(granting("€ 11"), "eis: lid, gevolg: deel, aftrek: € 0"), "up", "up",
    ),
    "taken off for others": (
        ruleset(granting("€ 10"), "eis: geld <= € 1, gevolg: deel, aftrek: € 3"),
        ruleset(granting("€ 10"), "eis: geld <= € 2, gevolg: deel, aftrek: € 3"), "open", "open",
    ),
    "nothing is taken off any more": (
        ruleset(granting("€ 10"), "eis: ja", "eis: lid, gevolg: deel, aftrek: € 3"), ruleset(granting("€ 10"), "eis: ja"), "open", "open",
    ),
    "a wait that ends for more": (
        ruleset(FACTS, "eis: geld <= € 1, gevolg: wacht_tot 2026-06-01"),
        ruleset(FACTS, "eis: geld <= € 2, gevolg: wacht_tot 2026-06-01"), "same", "open",
    ),
    "a longer wait": (
        ruleset(FACTS, "eis: lid, gevolg: wacht_tot 2026-06-01"),
        ruleset(FACTS, "eis: lid, gevolg: wacht_tot 2026-07-01"), "same", "open",
    ),
    "as long a wait, and a higher limit": (
        ruleset(FACTS, "eis: lid, gevolg: wacht_tot 2026-06-01", "eis: geld <= € 1"),
        ruleset(FACTS, "eis: lid, gevolg: wacht_tot 2026-06-01", "eis: geld <= € 2"), "same", "up",
    ),
    "an amount that comes": (ruleset(FACTS), ruleset(granting("€ 10")), "open", "open"),
    "an own fact of another kind": (
        ruleset(FACTS, "eis: soort = 'goud'"), ruleset(FACTS.replace("brons", "ijzer"), "eis: soort = 'goud'"), "same", "open",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OUTCOMES)
def test_how_the_amount_and_the_outcome_moved(name: str) -> None:
    old, new, amount, outcome = OUTCOMES[name]
    order = Order(*two(old, new))
    assert (order.amount(), order.outcome()) == (amount, outcome)


def test_a_fact_of_which_shared_terms_made_a_broken_number_may_give_a_part_of_a_cent() -> None:
    head = "regelset: gedeeld\nformaat: 1\ntitel: Gedeeld\nsoort: begrippen\ngeldig: {{van: {}}}\n"
    fact = "gegevens: {{deel: {{type: {}, label: deel, vraag: Welk deel?, van: [inwoner]}}}}\n"
    since = (("1990-01-01, tot: 2025-12-31", "getal"), ("2026-01-01", 'decimaal, cijfers: "4"'))
    shared = [head.format(day) + fact.format(kind) for day, kind in since]
    registers = [register(*shared, ruleset(granting(f"max(deel, 0) * € {amount}"))) for amount in (100, 101)]
    person = Situation.model_validate({"eigen": {"gedeeld": {"deel": "0,0033"}}})
    sides = [side(one, "klein", TODAY, None) for one in registers]
    assert [one.verdict(person).uitkomst for one in sides] == ["toegekend", "onbepaald"]
    assert Order(sides[0], sides[1]).outcome() == "open"
    before = [side(one, "klein", date(2025, 12, 31), None) for one in registers]
    assert Order(before[0], before[1]).outcome() == "up"


def test_figures_are_those_of_the_day_and_today_is_the_day_that_is_asked_about() -> None:
    figures = "bedragen: {grens: {type: geld, bron: b, waarden: {1990-01-01: € 10, 2026-01-01: € 20}}}\n"
    one = register(
        ruleset(FACTS + figures, "eis: geld <= grens", "eis: leeftijd >= 18", "eis: lid, in_werking: {vanaf: 2026-01-01}")
    )
    first, second = (side(one, "klein", day, None) for day in (date(2025, 12, 31), TODAY))
    assert Order(first, second).criteria() == {"c0": "up", "c1": "open"}
    order = Order(replace(first, today=TODAY), second)
    assert order.criteria() == {"c0": "up", "c1": "same"}
    assert order.outcome() == "open"  # c2 comes into force
