"""Which unknown facts stand behind what is unknown, in columns: `backends/unknown.py: Unknown.facts`, for everybody at once.

Of every question it is worked out for whom it is asked at all and unknown (its guard), from the wholes down to the facts. A fact of an
entry of a list goes by its path without the number of the entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import floor, log2
from typing import Final

from responsief.backends.to_columns.algebra import Expr
from responsief.backends.to_columns.meaning import OUTSIDE_ENTRIES, Meaning
from responsief.backends.to_columns.operators import Operand
from responsief.backends.to_columns.outcome import criteria_in_force
from responsief.backends.to_columns.sources import PARTNER
from responsief.backends.unknown import MAX_TRIES, answers_of, path_of
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion

_FINE: Final = 16  # in such parts of a doubling it is kept how many combinations of answers there are

Add = Callable[[ir.Node, Expr], None]
Read = Callable[[ir.Node], Operand]


@dataclass(frozen=True, slots=True)
class Open:
    """One fact: for whom it is among the open ones, of at least and at most how many entries of a list, and how many answers it can have
    if these are few."""

    path: str
    flag: Expr
    least: Expr
    most: Expr
    answers: int | None


def asked(meaning: Meaning, criterion: Criterion) -> Iterator[tuple[Expr, Criterion]]:
    """Which criterion a person is asked, where an earlier version may decide (`Concluder.asked`): each with for whom it is hers."""
    s, ruleset = meaning.space, meaning.program.ruleset
    assert ruleset is not None
    if ruleset.lopend is None:
        yield s.true, criterion
        return
    left = s.true
    for one in ruleset.lopend.eerder:
        if not one.overgang.covers(criterion.id):
            continue
        held = meaning.read(one.overgang.voor).value
        old = one.criteria.get(criterion.id)
        if old is not None:
            yield s.both((left, s.sure(held))), old
        yield s.both((left, s.is_null(held))), criterion
        left = s.both((left, s.sure(s.negate(held))))
    own = ruleset.lopend.criteria.get(criterion.id)
    if own is not None:
        yield left, own


def unknown_roots(meaning: Meaning) -> Iterator[tuple[ir.Node, Expr]]:
    """What can be unknown behind an outcome, and of whom it then keeps that from being known (`Explainer.unknown_roots`)."""
    s, ruleset = meaning.space, meaning.program.ruleset
    assert ruleset is not None
    for criterion in criteria_in_force(meaning):
        verdict = meaning.read(criterion.eis).value
        for hers, which in asked(meaning, criterion):
            yield which.eis, s.both((hers, s.is_null(verdict)))
            for extra in (which.aftrek, which.wacht_tot):
                if extra is not None:
                    yield extra, s.both((hers, s.sure(s.negate(verdict))))
    if ruleset.bedrag is not None:
        yield ruleset.bedrag, s.true


def lacking(meaning: Meaning) -> Expr:
    """Is some fact open, of whose outcome nothing can be said yet? What is unknown is so because of a fact."""
    s = meaning.space
    return s.either([s.both((hers, unknown(meaning, meaning.read(root)))) for root, hers in unknown_roots(meaning)])


def unknown(meaning: Meaning, operand: Operand) -> Expr:
    """Is a value unknown? Never null."""
    return meaning.space.negate(meaning.operators.known(operand))


class OpenFacts:
    """The open facts of the program that decides, each once. They are those of people whose outcome is «onbepaald»."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning = meaning
        self.space = meaning.space
        self._guards: dict[int, Expr] = {}  # by slot
        self._facts: dict[str, tuple[Expr, ir.Node, bool]] = {}  # by path; whether it is the fact itself
        # the same in the entries of a list: of whom, and of which of her entries
        self._entries: dict[tuple[str, str], tuple[ir.Node, list[tuple[Expr, Expr]]]] = {}
        for node, guard in unknown_roots(meaning):
            self._add(node, guard)
        for at in range(len(meaning.program.slots) - 1, -1, -1):
            if at in self._guards:
                self._slot(at, self._guards[at])

    def found(self) -> list[Open]:
        """Every fact that can be open, by path."""
        s = self.space
        found = []
        for path, (flag, leaf, itself) in self._facts.items():
            one = s.as_number(flag)
            found.append(Open(path, flag, one, one, answers_of(leaf.type) if itself else None))
        for (table, path), (leaf, asked_of) in self._entries.items():
            times = [
                s.choose(guard, self.meaning.total(table, s.as_number(entry), "som"), s.lit(0)) for guard, entry in asked_of
            ]
            most = times[0]
            for other in times[1:]:
                most = s.add(most, other)
            found.append(
                Open(path, s.compare(">", most, s.lit(0)), s.largest(times), most, answers_of(leaf.type))
            )  # two questions may be about one entry
        return sorted(found, key=lambda one: one.path)

    def to_be_tried(self, found: list[Open]) -> Expr:
        """For whom only trying the answers shows which of the open facts still matter (`Unknown.relevant`); and perhaps a few more."""
        s, number, weight = self.space, self.space.lit(0), self.space.lit(0)
        many = s.either([one.flag for one in found if one.answers is None])
        for one in found:
            if one.answers is not None:
                number = s.add(number, one.most)
                weight = s.add(weight, s.multiply(one.least, s.lit(floor(_FINE * log2(one.answers)))))
        few = s.compare("<=", weight, s.lit(floor(_FINE * log2(MAX_TRIES))))
        return s.both((s.negate(many), few, s.compare(">=", number, s.lit(2))))

    # from wholes to parts

    def _add(self, node: ir.Node, guard: Expr) -> None:
        """A node is asked of these people."""
        at = self.meaning.program.slot(node)
        if at is not None and guard is not self.space.false:
            self._guards[at] = self.space.either((self._guards.get(at, self.space.false), guard))

    def _slot(self, at: int, guard: Expr) -> None:
        """A question, of whom it is asked: what it hangs on of whom it is unknown."""
        node = self.meaning.program.slots[at]
        guard = self.space.both((guard, unknown(self.meaning, self.meaning.at(at))))
        if guard is self.space.false:
            return
        if isinstance(node, ir.Fact | ir.OwnFact):
            self._fact(node, guard)
        elif isinstance(node, ir.Aggregate):
            self._aggregate(node, guard)
        else:
            self._parts(node, guard, self.meaning.read, self._add)

    def _parts(self, node: ir.Node, guard: Expr, read: Read, add: Add) -> None:
        if not isinstance(node, ir.Choose | ir.Collect):
            if not isinstance(node, ir.TermRef | ir.OpenRef):  # one with a slot of its own stands for a fixed value
                for part in ir.children(node):
                    add(part, guard)
            return
        s, left, some = self.space, guard, self.space.false
        for condition, result in node.branches:
            held = read(condition).value
            possible = s.both((left, s.negate(s.sure(s.negate(held)))))
            add(condition, possible)
            add(result, possible)
            if isinstance(node, ir.Choose):
                left = s.both((left, s.negate(s.sure(held))))
            else:
                some = s.either((some, s.sure(held)))
        add(node.otherwise, s.both((left, s.negate(some))))

    def _fact(self, leaf: ir.Fact | ir.OwnFact, guard: Expr) -> None:
        """A fact that is unknown; of a partner of whom it is not known whether there is one, the partner."""
        if isinstance(leaf, ir.Fact) and leaf.path[:2] == PARTNER and len(leaf.path) > len(PARTNER):
            unsure = self.space.is_null(self.meaning.partner())
            self._note(".".join(PARTNER), self.space.both((guard, unsure)), leaf, itself=False)
            guard = self.space.both((guard, self.space.negate(unsure)))
        self._note(path_of(leaf), guard, leaf, itself=True)

    def _note(self, path: str, guard: Expr, leaf: ir.Node, *, itself: bool) -> None:
        if guard is not self.space.false:
            before = self._facts.get(path)
            whole = guard if before is None else self.space.either((before[0], guard))
            self._facts[path] = (whole, leaf, itself and (before is None or before[2]))

    # the entries of a list

    def _aggregate(self, node: ir.Aggregate, guard: Expr) -> None:
        """A question about a list, of whom it is unknown: each entry that may count, and what of it is unknown. What is asked of the entries
        holds no guard: that is put to it when they are taken together, so that no entry waits for what other lists say."""
        s, meaning = self.space, self.meaning
        self._add(node.entries, guard)
        assert isinstance(node.entries, ir.Fact)
        table = ".".join(node.entries.path)
        if table not in meaning.tables.schema:
            return
        guard = s.both((guard, meaning.operators.known(meaning.read(node.entries))))
        memo: dict[int, Operand] = {}

        def read(part: ir.Node) -> Operand:
            return meaning.inside(part, table, memo)

        def some(entry: Expr) -> Expr:
            """Is it asked of one of her entries?"""
            return s.both((guard, s.compare(">", meaning.total(table, s.as_number(entry), "max"), s.lit(0))))

        def add(part: ir.Node, entry: Expr) -> None:
            """A node is asked of these entries."""
            if isinstance(part, ir.Const) or entry is s.false:
                return
            if isinstance(part, OUTSIDE_ENTRIES) and not (isinstance(part, ir.Fact) and part.origin == "regel"):
                self._add(part, some(entry))
                return
            entry = s.both((entry, unknown(meaning, read(part))))
            if entry is s.false:
                return
            if isinstance(part, ir.Fact):
                key = (table, f"{table}.{'.'.join(part.path)}")
                self._entries.setdefault(key, (part, []))[1].append((guard, entry))
            elif isinstance(part, ir.Aggregate):  # a list of the client, asked about within an entry of another
                self._aggregate(part, some(entry))
            else:
                self._parts(part, entry, read, add)

        entry = s.true
        if node.where is not None:
            add(node.where, entry)
            entry = s.negate(s.sure(s.negate(read(node.where).value)))
        if node.value is not None:
            add(node.value, entry)
