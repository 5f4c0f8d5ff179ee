"""Random pairs of registers: one small change, the same meaning written otherwise, or two rulesets that have only their facts in common.

Everything is changed as it is written, and the checker has to accept it: what it refuses is no pair.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

from random_expressions import Dice, Rolled
from random_rulesets import Rulesets, Written, emit
from responsief.diagnostics import InvalidError
from responsief.register import Register

Tree = dict[str, Any]
IDENTS = ("landelijk", "lokaal")
EXPRESSIONS = frozenset({"is", "eis", "tenzij", "als", "dan", "anders", "aftrek", "alle", "een_van", "geen_van"})


@dataclass(frozen=True)
class RandomPair:
    """Two registers. `kind`: «verandering», «hetzelfde» (meant to be) or «twee regelsets»; `what` says what was done."""

    seed: int
    kind: str
    what: str
    ident: str
    was: Register
    wordt: Register

    def __str__(self) -> str:
        return f"zaad {self.seed} ({self.kind}: {self.what}, {self.ident})"


def pairs(seeds: range, per_base: int = 10) -> Iterator[RandomPair]:
    """For each seed that gives a register, `per_base` pairs with it as the old side."""
    for seed in seeds:
        depth = 3 if seed % 6 == 0 else 2
        base = Rulesets(Rolled(seed), depth=depth).written()
        try:
            old = base.checked()
        except InvalidError:
            continue
        ident = IDENTS[seed % 2]
        for number in range(per_base):
            dice = Rolled(1_000_003 * seed + number)
            found = _pair(base, old, dice, depth, seed, ident)
            if found is not None:
                yield found


def _pair(base: Written, old: Register, dice: Dice, depth: int, seed: int, ident: str) -> RandomPair | None:
    kind = dice.pick(("verandering", "verandering", "hetzelfde", "hetzelfde", "twee regelsets"))
    for _ in range(12):  # what is made at random is often refused
        if kind == "twee regelsets":
            written, what = Rulesets(Rolled(dice.below(10**9)), depth=depth).written(), "een andere regelset"
        else:
            trees = [load(text) for text in base.texts]
            own = [tree for tree in trees if tree["regelset"] == ident]
            change = dice.pick(CHANGES if kind == "verandering" else REWRITES)
            if not sum(bool(change(tree, dice)) for tree in own):  # every one of them is tried
                continue
            what = change.__name__
            written = Written(tuple(emit(tree, dice) for tree in trees))
        try:
            return RandomPair(seed, kind, what, ident, old, written.checked())
        except InvalidError:
            continue
    return None


def load(text: str) -> Tree:
    """A text as its structure: every value as it is written."""
    found: Tree = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # plain texts, lists and maps only
    return found


# --- one small change --------------------------------------------------------------------------------------------------


def _spots(tree: Any, at: tuple[Any, ...] = (), inside: bool = False) -> Iterator[tuple[Any, ...]]:
    """Where an expression stands."""
    if isinstance(tree, str):
        if inside:
            yield at
        return
    for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        yield from _spots(value, (*at, key), key in EXPRESSIONS if isinstance(key, str) else inside)


def _get(tree: Any, at: tuple[Any, ...]) -> Any:
    for step in at:
        tree = tree[step]
    return tree


def _decides(tree: Tree) -> list[tuple[Any, ...]]:
    return [at for at in _spots(tree) if at[0] in ("criteria", "begrippen", "uitkomst")]


def _replaced(tree: Tree, dice: Dice, pattern: str, change: Callable[[re.Match[str]], str]) -> bool:
    """One place of an expression that fits, changed."""
    found = [(at, m) for at in _decides(tree) for m in re.finditer(pattern, _get(tree, at))]
    if not found:
        return False
    at, match = dice.pick(found)
    text = _get(tree, at)
    _get(tree, at[:-1])[at[-1]] = text[: match.start()] + change(match) + text[match.end() :]
    return True


def another_sign(tree: Tree, dice: Dice) -> bool:
    other = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "!=", "!=": "="}
    return _replaced(tree, dice, r"(?<= )(<=|>=|!=|<|>|=)(?= )", lambda m: other[m[0]])


def another_amount(tree: Tree, dice: Dice) -> bool:
    return _replaced(tree, dice, r"€ \d+(?![\d.,])", lambda m: f"€ {int(m[0][2:]) + dice.pick((1, 10))}")


def another_number(tree: Tree, dice: Dice) -> bool:
    return _replaced(tree, dice, r"(?<=[<>=] )\d+(?![\d,.%-]| %)", lambda m: str(int(m[0]) + 1))


def another_day(tree: Tree, dice: Dice) -> bool:
    return _replaced(tree, dice, r"\d{4}-\d\d-\d\d", lambda m: str(date.fromisoformat(m[0]) + timedelta(days=1)))


def another_joint(tree: Tree, dice: Dice) -> bool:
    return _replaced(tree, dice, r" (en|of) ", lambda m: " of " if m[1] == "en" else " en ")


def a_figure(tree: Tree, dice: Dice) -> bool:
    money = [f for f in tree.get("bedragen", {}).values() if f["type"] == "geld"]
    if not money:
        return False
    values = dice.pick(money)["waarden"]
    values[dice.pick(sorted(values))] = dice.pick(("€ 2", "€ 101", "€ 1.250,51"))
    return True


def a_criterion_less(tree: Tree, dice: Dice) -> bool:
    criteria = tree["criteria"]
    if len(criteria) < 2:
        return False
    gone = criteria.pop(dice.below(len(criteria)))
    _forget(tree, gone["id"])
    return True


def a_criterion_more(tree: Tree, dice: Dice) -> bool:
    more = dice.pick(("leeftijd >= 18", "wonen.woonplaats_hier", "niet persoon.detentie", "wonen.huur <= € 700"))
    tree["criteria"].append({"id": "nieuw", "titel": "Nieuw", "grondslag": "art. 8", "doel": "Omdat het zo is.", "eis": more})
    _cover(tree, "nieuw")
    return True


def an_exception(tree: Tree, dice: Dice) -> bool:
    one = dice.pick(tree["criteria"])
    if "eis" not in one:
        return False
    if "tenzij" in one:
        del one["tenzij"]
    else:
        one["tenzij"] = dice.pick(("leeftijd >= 67", "wonen.woonsituatie = 'dakloos'", "persoon.detentie is onbekend"))
    return True


def another_effect(tree: Tree, dice: Dice) -> bool:
    one = dice.pick(tree["criteria"])
    if one.get("gevolg", "afwijzen") not in ("afwijzen", "kan_weigeren"):
        return False
    one["gevolg"] = "kan_weigeren" if one.get("gevolg", "afwijzen") == "afwijzen" else "afwijzen"
    return True


def a_cent(tree: Tree, dice: Dice) -> bool:
    inside = tree.get("uitkomst", {}).get("bedrag", {})
    if "is" not in inside or not isinstance(inside["is"], str):
        return False
    inside["is"] = f"({inside['is']}) + € 0,01"
    return True


CHANGES: tuple[Callable[[Tree, Dice], bool], ...] = (
    another_sign, another_sign, another_amount, another_number, another_day, another_joint, a_figure, a_criterion_less,
    a_criterion_more, an_exception, another_effect, a_cent,
)  # fmt: skip


def _forget(tree: Tree, name: str) -> None:
    for clause in tree["hardheid"]:
        if isinstance(clause["geldt_voor"], list):
            left = [i for i in clause["geldt_voor"] if i != name]
            clause["geldt_voor"] = left or [tree["criteria"][0]["id"]]


def _cover(tree: Tree, name: str) -> None:
    for clause in tree["hardheid"]:
        if isinstance(clause["geldt_voor"], list):
            clause["geldt_voor"].append(name)


# --- the same, written otherwise ---------------------------------------------------------------------------------------


def other_layout(tree: Tree, dice: Dice) -> bool:
    return True


def other_order(tree: Tree, dice: Dice) -> bool:
    criteria = tree["criteria"]
    if len(criteria) < 2:
        return False
    criteria.append(criteria.pop(dice.below(len(criteria) - 1)))
    return True


def _requirement(tree: Tree, dice: Dice) -> Tree | None:
    able = [one for one in tree["criteria"] if "eis" in one]
    return dice.pick(able) if able else None


def said_twice(tree: Tree, dice: Dice) -> bool:
    one = _requirement(tree, dice)
    if one is None:
        return False
    one["eis"] = {dice.pick(("alle", "een_van")): [one["eis"], one["eis"]]}
    return True


def denied_twice(tree: Tree, dice: Dice) -> bool:
    one = _requirement(tree, dice)
    if one is None:
        return False
    one["eis"] = {"geen_van": [{"geen_van": [one["eis"]]}]}
    return True


def the_exception_inside(tree: Tree, dice: Dice) -> bool:
    able = [one for one in tree["criteria"] if "eis" in one and "tenzij" in one]
    if not able:
        return False
    one = dice.pick(able)
    one["eis"] = {"een_van": [one.pop("tenzij"), one["eis"]]}
    return True


def a_term_of_it(tree: Tree, dice: Dice) -> bool:
    one = _requirement(tree, dice)
    if one is None:
        return False
    tree.setdefault("begrippen", {})["een_nieuwe_naam"] = {"is": one["eis"], "label": "zo heet het nu"}
    one["eis"] = "een_nieuwe_naam"
    return True


def two_of_one(tree: Tree, dice: Dice) -> bool:
    """A condition of two parts becomes two conditions, or two become one: the whole stays what it is."""
    able = [
        one
        for one in tree["criteria"]
        if one.get("gevolg", "afwijzen") == "afwijzen" and "eis" in one and "tenzij" not in one and "in_werking" not in one
    ]
    if not able:
        return False
    one = dice.pick(able)
    other = {**one, "id": "deel_twee"}
    eis = one["eis"]
    if isinstance(eis, dict) and list(eis) == ["alle"] and len(eis["alle"]) > 1:
        one["eis"], other["eis"] = {"alle": eis["alle"][:1]}, {"alle": eis["alle"][1:]}
        tree["criteria"].append(other)
        _cover(tree, "deel_twee")
        return True
    rest = [two for two in able if two is not one]
    if not rest:
        return False
    two = dice.pick(rest)
    one["eis"] = {"alle": [eis, two["eis"]]}
    tree["criteria"].remove(two)
    _forget(tree, two["id"])
    return True


def the_amount_in_two_ways(tree: Tree, dice: Dice) -> bool:
    inside = tree.get("uitkomst", {}).get("bedrag", {})
    if "is" not in inside or not isinstance(inside["is"], str):
        return False
    amount = inside.pop("is")
    inside["kies"] = [{"als": "leeftijd >= 18", "dan": amount}, {"anders": f"{amount} + € 0" if " " not in amount else amount}]
    return True


def the_choice_turned(tree: Tree, dice: Dice) -> bool:
    found = [at[:-2] for at in _decides(tree) if at[-1] == "als" and len(_get(tree, at[:-2])) == 2]
    found = [at for at in found if at and at[-1] == "kies"]
    if not found:
        return False
    branches = _get(tree, dice.pick(found))
    first, last = branches
    if "anders" not in last or "dan" not in first:
        return False
    first["als"], first["dan"], last["anders"] = {"geen_van": [first["als"]]}, last["anders"], first["dan"]
    return True


REWRITES: tuple[Callable[[Tree, Dice], bool], ...] = (
    other_layout, other_order, said_twice, denied_twice, the_exception_inside, a_term_of_it, two_of_one, two_of_one,
    the_amount_in_two_ways, the_choice_turned, the_choice_turned,
)  # fmt: skip
