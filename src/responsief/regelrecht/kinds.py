"""What kind of value every name is. Constants often don't say whether they are money: their use does.

`settle` goes over all trees until nothing changes; a kind is never taken back. What stays open becomes a number, with a note.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import assert_never

from responsief.regelrecht.law import MONEY, Choice, Constant, Operation, Reference, Soort, Strange, Tree
from responsief.regelrecht.names import Names, Symbol
from responsief.regelrecht.reading import day_of

ROUNDS = 12


class Kinds:
    """The kinds of a law's values."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.changed = False
        self.known: dict[tuple[int, int, Soort | None], Soort | None] = {}  # of this round: trees are looked at often

    def settle(self) -> None:
        """Infer the kind of every symbol."""
        self.rounds()
        for symbol in self.names.every():
            if symbol.soort is None and symbol.loose:
                symbol.soort = "getal"
        self.rounds()
        for symbol in self.names.every():
            if symbol.soort is None:
                symbol.soort, symbol.guessed = _by_itself(symbol), True
        self.known.clear()

    def rounds(self) -> None:
        for _ in range(ROUNDS):
            self.changed = False
            self.known.clear()
            self.round()
            if not self.changed:
                break

    def round(self) -> None:
        for number, section in enumerate(self.names.law.sections):
            for action in section.actions:
                symbol = self.names.terms.get((number, action.output))
                if symbol is not None and symbol.action is action:
                    self.give(symbol, self.kind(action.tree, number, symbol.soort))
            for requirement in section.requirements:
                self.kind(requirement.tree, number, "ja_nee")
            for slot in section.open_terms:
                if slot.default is not None:
                    self.kind(slot.default, number, slot.soort)

    def give(self, symbol: Symbol, soort: Soort | None) -> None:
        if symbol.soort is None and soort is not None:
            symbol.soort = soort
            self.changed = True

    def kind(self, tree: Tree, number: int, wanted: Soort | None = None) -> Soort | None:
        """The kind of a tree; None while nothing is known. `wanted` is what its place asks for."""
        key = (id(tree), number, wanted)
        if key not in self.known:
            self.known[key] = self.look(tree, number, wanted)
        return self.known[key]

    def look(self, tree: Tree, number: int, wanted: Soort | None) -> Soort | None:
        match tree:
            case Constant():
                return _of_constant(tree, wanted)
            case Reference():
                symbol = self.names.find(number, tree)
                if isinstance(symbol, Strange):
                    return None
                if symbol.definition is None or not symbol.definition.many:
                    self.give(symbol, _fitting(symbol, wanted))
                return symbol.soort
            case Choice(cases=cases, otherwise=otherwise):
                for when, _ in cases:
                    self.kind(when, number, "ja_nee")
                branches = [then for _, then in cases] + ([otherwise] if otherwise is not None else [])
                return self.same(branches, number, wanted)
            case Strange():
                return None
            case Operation():
                return self.operation(tree, number, wanted)
            case _:
                assert_never(tree)

    def same(self, trees: list[Tree], number: int, wanted: Soort | None) -> Soort | None:
        """Trees that must be of one kind."""
        known = wanted
        for tree in trees:
            if known is None or known == "datum":
                known = self.kind(tree, number, known) or known
        for tree in trees:
            self.kind(tree, number, known)
        return known

    def operation(self, tree: Operation, number: int, wanted: Soort | None) -> Soort | None:
        operands = list(tree.operands)
        match tree.op:
            case "+" | "-" | "min" | "max" | "eerste" | "afronden":
                return self.same(operands, number, wanted)
            case "*":
                return self.product(operands, number, wanted)
            case "/":
                return self.quotient(operands, number, wanted)
            case "=" | "!=" | "<" | "<=" | ">" | ">=":
                self.same(operands, number, None)
            case "in":
                first = self.names.find(number, operands[1]) if isinstance(operands[1], Reference) else None
                many = isinstance(first, Symbol) and first.definition is not None and first.definition.many
                self.same(operands[:1] if many else operands, number, None)
            case "en" | "of" | "niet":
                for one in operands:
                    self.kind(one, number, "ja_nee")
            case "tussen":
                for one in operands:
                    self.kind(one, number, "datum")
                return "getal"
            case "later":
                self.kind(operands[0], number, "datum")
                self.kind(operands[1], number, "getal")
                return "datum"
            case _:  # is_leeg, is_ingevuld
                self.kind(operands[0], number)
        return "ja_nee"

    def product(self, operands: list[Tree], number: int, wanted: Soort | None) -> Soort | None:
        """Money times numbers is money; numbers make a number."""
        found = [self.kind(one, number) for one in operands]
        money = next((k for k in found if k in MONEY), None)
        open_ones = [one for one, k in zip(operands, found, strict=True) if k is None]
        if money is None and wanted in MONEY and len([o for o in open_ones if isinstance(o, Reference)]) == 1:
            money = wanted
            chosen = next(o for o in open_ones if isinstance(o, Reference))
            self.kind(chosen, number, money)
            open_ones.remove(chosen)
        if money is not None or wanted == "getal" or not any(isinstance(o, Reference) for o in open_ones):
            for one in open_ones:
                self.kind(one, number, "getal")
            return money or "getal"
        return None

    def quotient(self, operands: list[Tree], number: int, wanted: Soort | None) -> Soort | None:
        """Money by a number is money, money by money a number."""
        first = self.kind(operands[0], number, wanted if wanted in MONEY else None)
        rest = [self.kind(one, number) for one in operands[1:]]
        if first in MONEY:
            if any(k in MONEY for k in rest):
                return "getal"
            if wanted == "getal":
                for one in operands[1:]:
                    self.kind(one, number, first)
                return "getal"
            if wanted in MONEY or all(k == "getal" or isinstance(o, Constant) for k, o in zip(rest, operands[1:], strict=True)):
                for one in operands[1:]:
                    self.kind(one, number, "getal")
                return first
            return first
        if any(k in MONEY for k in rest):
            return self.kind(operands[0], number, next(k for k in rest if k in MONEY)) and "getal"
        return "getal" if first == "getal" else None


def _of_constant(constant: Constant, wanted: Soort | None) -> Soort | None:
    value = constant.value
    if isinstance(value, bool):
        return "ja_nee"
    if isinstance(value, date):
        return "datum"
    if isinstance(value, str):
        return "datum" if wanted == "datum" and day_of(value) else "tekst"
    if isinstance(value, Fraction):
        return "euro" if wanted == "euro" else "getal"
    if isinstance(value, int):
        return wanted if wanted in ("geld", "euro", "getal") else None
    return None


def _fitting(symbol: Symbol, wanted: Soort | None) -> Soort | None:
    """A constant takes the kind of its place only if its value can be of that kind."""
    if symbol.definition is None:
        return wanted
    return _of_constant(symbol.definition.values[0], wanted) if symbol.definition.values else None


def _by_itself(symbol: Symbol) -> Soort:
    """What a symbol is when nothing else says so."""
    if symbol.definition is not None and symbol.definition.values:
        return _of_constant(symbol.definition.values[0], None) or "getal"
    return "tekst" if symbol.what == "gegeven" else "getal"
