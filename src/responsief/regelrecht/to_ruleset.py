"""A law -> the draft of a ruleset: which outputs are the right and the amount, what becomes a criterion, what a term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.regelrecht.draft import Body, Condition, Draft, Outcome, Slot, lines_of
from responsief.regelrecht.kinds import Kinds
from responsief.regelrecht.law import MONEY, Choice, Constant, Law, Operation, Reference, Section, Soort, Strange, Tree
from responsief.regelrecht.names import Names, Symbol, free
from responsief.regelrecht.notes import Notes
from responsief.regelrecht.to_expressions import Expressions
from responsief.regelrecht.written import Gap, Written, in_cents

#: what an output that is the right itself is called
_RIGHT: Final = re.compile(
    r"(^|_)(recht|rechthebbende|gerechtigd|gerechtigde|aanspraak|in_aanmerking|voldoet|toegekend|eligible)(_|$)"
)
_NAMES: Final = re.compile(r"'[^']*'|\"[^\"]*\"|([a-z][a-z0-9_]*)")
NONE_READ: Final = "de bron zegt niet in één uitkomst wie het krijgt"


def to_ruleset(law: Law, notes: Notes) -> Draft:
    """Everything of a law that our language can say, and a note for what it can't."""
    names = Names(law, notes)
    kinds = Kinds(names)
    kinds.settle()
    return _Builder(law, notes, names, kinds).draft


class _Builder:
    def __init__(self, law: Law, notes: Notes, names: Names, kinds: Kinds) -> None:
        self.law, self.notes, self.names, self.kinds = law, notes, names, kinds
        self.draft = Draft(law, notes)
        self.ids: dict[str, int] = {}
        self.numbers = {id(section): number for number, section in enumerate(law.sections)}
        self.expressions = Expressions(names, kinds, self.draft)
        self.trees = {symbol: symbol.action.tree for symbol in names.every() if symbol.action is not None}
        right = self.right()
        amount = self.amount()
        for slot in dict.fromkeys(names.slots.values()):
            self.slot(slot)
        for number, section in enumerate(law.sections):
            for requirement in section.requirements:
                self.criterion(requirement.tree, number, requirement.grondslag)
        if right is not None:
            self.of_right(right)
        for symbol, tree in self.trees.items():
            only_says_so = isinstance(tree, Constant) and tree.value is True and self.draft.criteria
            if not only_says_so and (symbol is not right or self.read_by_others(right)):
                self.expressions.write_term(symbol)
        if amount is not None:
            self.outcome(amount)
        if not self.draft.criteria:
            self.no_criteria()

    # which outputs

    def right(self) -> Symbol | None:
        """The output that says who has the right: the only one, or the only one that is called so."""
        found = self.ends("ja_nee")
        found = [s for s in found if not isinstance(self.trees[s], Constant)]
        named = [s for s in found if _RIGHT.search(s.name)]
        chosen = named if len(named) == 1 else found if len(found) == 1 else []
        if chosen:
            action = chosen[0].action
            assert action is not None
            self.notes.add("recht", action.span, naam=chosen[0].name)
            return chosen[0]
        return None

    def amount(self) -> Symbol | None:
        """The output that is the amount: the only one, or the only one that matters most to a citizen."""
        found = self.ends(*MONEY)
        primary = [s for s in found if s.field is not None and s.field.primary]
        chosen = primary if len(primary) == 1 else found if len(found) == 1 else []
        if chosen:
            return chosen[0]
        if found:
            first = found[0].action
            assert first is not None
            self.notes.add("bedrag-open", first.span, namen=", ".join(s.name for s in found))
        return None

    def ends(self, *soorten: Soort) -> list[Symbol]:
        """Declared outputs of these kinds that no other such output reads; those of a decision, where any article makes one."""
        found = [s for s in self.trees if s.what == "begrip" and s.soort in soorten and s.field is not None]
        deciding = [s for s in found if s.section is not None and s.section.decides]
        if any(section.decides for section in self.law.sections):
            found = deciding
        read = {other for s in found for other in self.reads(self.trees[s], s.section) if other is not s}
        return [s for s in found if s not in read]

    def reads(self, tree: Tree, section: Section | None) -> set[Symbol]:
        """The terms that a tree rests on, through other terms too."""
        seen: set[Symbol] = set()
        waiting = [(tree, self.number(section))]
        while waiting:
            one, number = waiting.pop()
            for reference in references(one):
                symbol = self.names.find(number, reference)
                if isinstance(symbol, Symbol) and symbol.action is not None and symbol not in seen:
                    seen.add(symbol)
                    waiting.append((symbol.action.tree, self.number(symbol.section)))
        return seen

    def number(self, section: Section | None) -> int:
        return self.numbers.get(id(section), 0)

    def read_by_others(self, right: Symbol | None) -> bool:
        if right is None:
            return False
        return any(right in self.reads(tree, symbol.section) for symbol, tree in self.trees.items() if symbol is not right)

    # sections of the ruleset

    def slot(self, symbol: Symbol) -> None:
        term = symbol.open
        assert term is not None
        if symbol.soort in ("lijst", None):
            self.notes.add("lijst-gegeven", term.span, naam=symbol.name)
            return
        default: Body | None = None
        if term.default is not None:
            number = self.number(symbol.section)
            self.expressions.home.append((symbol.name, term.grondslag))
            found = self.written(term.default, number, symbol.soort)
            self.expressions.home.pop()
            default = self.exact(found, symbol.name, term.default).body if found is not None else None
        self.draft.slots.append(Slot(symbol, default, term.span))

    def of_right(self, right: Symbol) -> None:
        """The criteria of an output: its parts, where all of them must hold."""
        action = right.action
        assert action is not None
        number = self.number(right.section)
        tree = action.tree
        parts = _conjuncts(tree)
        for part in parts:
            self.criterion(part, number, action.grondslag, right if len(parts) == 1 else None)

    def criterion(self, tree: Tree, number: int, grondslag: str, right: Symbol | None = None) -> None:
        if isinstance(tree, Constant) and tree.value is True:
            return
        about = self.subject(tree, number)
        label = right.label if right is not None else about.label if about is not None else "een voorwaarde"
        base = (
            right.name
            if right is not None
            else about.name
            if about is not None
            else f"voorwaarde_{len(self.draft.criteria) + 1}"
        )
        ident = free(base, self.ids)
        self.expressions.home.append((ident, grondslag))
        found = self.written(tree, number, "ja_nee")
        self.expressions.home.pop()
        if found is not None:
            self.draft.criteria.append(Condition(ident, label, grondslag, found.body, tree.span))

    def subject(self, tree: Tree, number: int) -> Symbol | None:
        """The first fact or term that a condition is about."""
        first = tree.cases[0][1] if isinstance(tree, Choice) else tree  # of a choice: what is asked, not of whom
        for reference in (*references(first), *references(tree)):
            symbol = self.names.find(number, reference)
            if isinstance(symbol, Symbol) and symbol.what in ("gegeven", "begrip", "open"):
                return symbol
        return None

    def written(self, tree: Tree, number: int, soort: Soort) -> Written | None:
        try:
            return self.expressions.part(tree, number, soort)
        except Gap as gap:
            return self.expressions.hole(gap, soort)

    def exact(self, found: Written, name: str, tree: Tree) -> Written:
        """Whole cents, where an amount is stored."""
        if found.whole or found.soort not in MONEY:
            return found
        self.notes.add("afronden", tree.span, naam=name)
        line = found if isinstance(found.body, str) else self.expressions.named(found, tree.span)
        return in_cents(line)

    def outcome(self, symbol: Symbol) -> None:
        action = symbol.action
        assert action is not None
        self.notes.add("uitkomst", action.span, naam=symbol.name)
        found = self.expressions.done.get(symbol)
        if found is None:
            return
        body = self.exact(Written(symbol.name, found.soort, whole=found.whole), symbol.name, action.tree).body
        per = symbol.field.per if symbol.field is not None else ""
        if not per:
            self.notes.add("per", action.span)
        self.draft.outcome = Outcome(symbol.name, body, per or "maand", bool(per), action.span)

    def no_criteria(self) -> None:
        """A ruleset has a criterion; this one is unknown until somebody writes it."""
        self.notes.add("recht-open", self.law.span, waarom=NONE_READ)
        name = self.draft.hole("ja_nee", "wie dit krijgt", self.law.span)
        self.draft.criteria.append(Condition("nog-in-te-vullen", "wie dit krijgt", "", name, self.law.span))


def references(tree: Tree) -> Iterator[Reference]:
    """Every reference in a tree, in reading order."""
    match tree:
        case Reference():
            yield tree
        case Operation(operands=operands):
            for one in operands:
                yield from references(one)
        case Choice(cases=cases, otherwise=otherwise):
            for when, then in cases:
                yield from references(when)
                yield from references(then)
            if otherwise is not None:
                yield from references(otherwise)
        case Constant() | Strange():
            return


def _conjuncts(tree: Tree) -> list[Tree]:
    """The parts that must all hold."""
    if isinstance(tree, Operation) and tree.op == "en":
        return [part for one in tree.operands for part in _conjuncts(one)]
    if isinstance(tree, Choice) and len(tree.cases) == 1 and isinstance(tree.otherwise, Constant):
        when, then = tree.cases[0]
        if isinstance(then, Constant) and then.value is True and tree.otherwise.value is False:
            return _conjuncts(when)
    return [tree]


def read_names(draft: Draft) -> set[str]:
    """Every name that an expression of the draft reads, and the terms that those rest on."""
    return {name for body in draft.bodies() for line in lines_of(body) for name in _NAMES.findall(line) if name}


def prune(draft: Draft) -> None:
    """Take out what only helped something that is no longer there."""
    while True:
        read = read_names(draft)
        terms = [t for t in draft.terms if not t.helper or t.name in read]
        if len(terms) == len(draft.terms):
            break
        draft.terms = terms
    draft.facts = [s for s in draft.facts if s.name in read]
    draft.figures = [s for s in draft.figures if s.name in read]
    draft.holes = {name: hole for name, hole in draft.holes.items() if name in read}
