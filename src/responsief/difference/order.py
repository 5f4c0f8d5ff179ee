"""What follows from how two versions are written: where only numbers moved, everything that is built of them moved along one way.

A higher limit lets nobody in less, whatever the situation is: that needs no search. Each pair of questions is «same», or «up»
(for every situation at least what it was), or «down»; what can't be told from how it is written is left open, and asked of Z3.

Of numbers and dates «up» says besides that what was unknown, absent or incomplete still is, and nothing else. Of ja and nee it is
the ladder nee, unknown, ja.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from itertools import combinations
from typing import Any, Final, Literal

from responsief.analysis.view import Side
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least
from responsief.ir.operators import exact
from responsief.ir.program import Program, counts_on
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind

Move = Literal["same", "up", "down", "open"]

_FLIPPED: Final[dict[Move, Move]] = {"same": "same", "up": "down", "down": "up", "open": "open"}
_LOOSER: Final = {("<", "<="), (">", ">=")}


def flip(move: Move) -> Move:
    """The move of something that goes down where this goes up."""
    return _FLIPPED[move]


def join(moves: Iterable[Move]) -> Move:
    """The move of something that goes up where one of these does."""
    found = {*moves} - {"same"}
    return "same" if not found else found.pop() if len(found) == 1 else "open"


class Order:
    """How the questions of one linked version lie to those of another, over the same facts. `as_known`: is the value of a choice
    known in the one version exactly where it is in the other? Asked where how it is written does not tell (a proof, or False)."""

    def __init__(self, old: Side, new: Side, as_known: Callable[[ir.Node, ir.Node], bool] = lambda old, new: False) -> None:
        self.sides = (_Written(old), _Written(new))
        self.as_known = as_known
        self._known: dict[tuple[int, int], tuple[ir.Node, ir.Node, Move]] = {}  # by identity: nodes that are kept here keep theirs

    def of(self, old: ir.Node, new: ir.Node) -> Move:
        """How a question of the old version moved to one of the new."""
        key = (id(old), id(new))
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = (old, new, self._of(self.sides[0].meant(old), self.sides[1].meant(new)))
        return found[2]

    def _of(self, old: ir.Node, new: ir.Node) -> Move:
        was, wordt = self.sides[0].fixed(old), self.sides[1].fixed(new)
        if was is not None and wordt is not None:
            return _between(was, wordt)
        if type(old) is not type(new) or _kind(old) != _kind(new):
            return "open"
        return self._alike(old, new)

    def _alike(self, old: Any, new: Any) -> Move:
        """Of two nodes of one class."""
        each = self._each
        match new:
            case ir.Fact():
                return "same" if old == new else "open"
            case ir.OwnFact():
                return "same" if self._own(old, new) else "open"
            case ir.Today():
                return "same" if self.sides[0].side.day == self.sides[1].side.day else "open"
            case ir.Not():
                return flip(self.of(old.operand, new.operand))
            case ir.And() | ir.Or():
                return join(each(old.operands, new.operands))
            case ir.Compare():
                return self._compared(old, new)
            case ir.Within():
                value = _only_same(self.of(old.value, new.value))
                return join((value, flip(self.of(old.low, new.low)), self.of(old.high, new.high)))
            case ir.OneOf():
                return join((_only_same(self.of(old.value, new.value)), _options(old.options, new.options)))
            case ir.Known():
                return self._presence(old.value, new.value) if old.wanted == new.wanted else "open"
            case ir.Absent():
                return self._presence(old.value, new.value)
            case ir.Arith():
                return self._computed(old, new) if old.op == new.op else "open"
            case ir.Extreme():
                return join(each(old.operands, new.operands)) if old.op == new.op else "open"
            case ir.Round():
                return self.of(old.value, new.value) if (old.mode, old.unit) == (new.mode, new.unit) else "open"
            case ir.Elapsed():
                return _only_same(join(each((old.start, old.end), (new.start, new.end)))) if old.unit == new.unit else "open"
            case ir.Shift():
                return _only_same(join(each((old.day, old.period), (new.day, new.period)))) if old.sign == new.sign else "open"
            case ir.Aggregate():
                return self._listed(old, new) if old.op == new.op else "open"
            case ir.Choose():
                return self._chosen(old, new)
            case ir.Collect():
                return self._collected(old, new) if old.op == new.op else "open"
            case _:
                return "open"

    def _each(self, old: tuple[ir.Node, ...], new: tuple[ir.Node, ...]) -> list[Move]:
        return [self.of(a, b) for a, b in zip(old, new, strict=True)] if len(old) == len(new) else ["open"]

    def _own(self, old: ir.OwnFact, new: ir.OwnFact) -> bool:
        if old != new:
            return False
        kinds = [side.own[(new.ruleset, new.name)] for side in self.sides]
        return len({(k.naam, k.opties, k.geen, k.cijfers, k.minst) for k in kinds}) == 1

    def _presence(self, old: ir.Node, new: ir.Node) -> Move:
        """Is it known, or absent? A number that moved is as known as it was; a ja or nee that moved may be known now."""
        move = self.of(old, new)
        return "same" if move == "same" or (move != "open" and _kind(new) is not Kind.JA_NEE) else "open"

    def _compared(self, old: ir.Compare, new: ir.Compare) -> Move:
        left, right = self.of(old.left, new.left), self.of(old.right, new.right)
        if new.op in ("=", "!="):
            return _only_same(join((left, right))) if old.op == new.op else "open"
        up = join((flip(left), right)) if new.op in ("<", "<=") else join((left, flip(right)))
        if old.op == new.op:
            return up
        changed: Move = "up" if (old.op, new.op) in _LOOSER else "down" if (new.op, old.op) in _LOOSER else "open"
        return join((changed, up))

    def _computed(self, old: ir.Arith, new: ir.Arith) -> Move:
        left, right = self.of(old.left, new.left), self.of(old.right, new.right)
        match new.op:
            case "+":
                return join((left, right))
            case "-":
                return join((left, flip(right)))
            case "/":  # a divisor is positive
                return join((left, flip(right) if right == "same" or self._positive(old.left, new.left) else "open"))
            case "*":
                one = right if right == "same" or self._positive(old.left, new.left) else "open"
                other = left if left == "same" or self._positive(old.right, new.right) else "open"
                return join((one, other))

    def _positive(self, old: ir.Node, new: ir.Node) -> bool:
        """Is a number not below nought, in both versions?"""
        return all(side.not_below_nought(node) for side, node in zip(self.sides, (old, new), strict=True))

    def _listed(self, old: ir.Aggregate, new: ir.Aggregate) -> Move:
        if self.of(old.entries, new.entries) != "same":
            return "open"
        which = self._inside(old.where, new.where)
        if new.op == "bestaat" or new.op == "alle":
            return which
        return join((_only_same(which), self._inside(old.value, new.value)))

    def _inside(self, old: ir.Node | None, new: ir.Node | None) -> Move:
        if old is None or new is None:
            return "same" if old is new else "open"
        return self.of(old, new)

    def _chosen(self, old: ir.Choose, new: ir.Choose) -> Move:
        """While it is not known which branch holds, the value is known only where those that may hold agree: two that agreed and
        no longer do make something unknown."""
        if len(old.branches) != len(new.branches):
            return "open"
        pairs = [(a[0], b[0]) for a, b in zip(old.branches, new.branches, strict=True)]
        if any(self.of(a, b) != "same" for a, b in pairs):
            return "open"
        before, after = (*(r for _, r in old.branches), old.otherwise), (*(r for _, r in new.branches), new.otherwise)
        moves = self._each(before, after)
        move = join(moves)
        if _kind(new) is Kind.JA_NEE or move in ("same", "open"):
            return move
        branches = list(zip(moves, before, after, strict=True))
        alike = all(self._agree_as_before(one, other) for one, other in combinations(branches, 2))
        return move if alike or self.as_known(old, new) else "open"

    def _agree_as_before(self, one: tuple[Move, ir.Node, ir.Node], other: tuple[Move, ir.Node, ir.Node]) -> bool:
        """Do two branches give the same value in the new version exactly where they did in the old?"""
        if one[0] == other[0] == "same":
            return True
        first, second = self._values(*one[1:]), self._values(*other[1:])
        if first is None or second is None:
            return False
        return all((a == c) == (b == d) for a, b in first for c, d in second)

    def _values(self, old: ir.Node, new: ir.Node) -> set[tuple[Any, Any]] | None:
        """Every value that a question can have in the old version, and what it is in the new one then; None where that may be any."""
        old, new = self.sides[0].meant(old), self.sides[1].meant(new)
        was, wordt = self.sides[0].fixed(old), self.sides[1].fixed(new)
        if was is not None and wordt is not None:
            return {(was, wordt)}
        if not (isinstance(old, ir.Choose) and isinstance(new, ir.Choose)) or self.of(old, new) == "open":
            return None
        parts = zip((*(r for _, r in old.branches), old.otherwise), (*(r for _, r in new.branches), new.otherwise), strict=True)
        found: set[tuple[Any, Any]] = set()
        for a, b in parts:
            values = self._values(a, b)
            if values is None:
                return None
            found |= values
        return found

    def _collected(self, old: ir.Collect, new: ir.Collect) -> Move:
        if len(old.branches) != len(new.branches):
            return "open"
        pairs = list(zip(old.branches, new.branches, strict=True))
        asked = join(self.of(a[0], b[0]) for a, b in pairs)
        return join((_only_same(asked), *(self.of(a[1], b[1]) for a, b in pairs), self.of(old.otherwise, new.otherwise)))

    # what is decided

    def criteria(self) -> dict[str, Move]:
        """Of each criterion that both versions ask: how its answer moved."""
        then, now = ({c.id: c for c in side.asked()} for side in self.sides)
        return {name: self.of(then[name].eis, now[name].eis) for name in now if name in then}

    def amount(self) -> Move:
        """How the amount moved that somebody gets whom both versions grant something."""
        then, now = (side.asked() for side in self.sides)
        parts = self._deductions(then, now)
        return join((self._full(), flip(parts))) if parts != "open" else "open"

    def outcome(self) -> Move:
        """How the outcome moved, with the amount and the wait: «up» where nobody is worse off."""
        if any(side.ruleset.lopend is not None for side in self.sides):
            return "open"
        then, now = ({c.id: c for c in side.asked()} for side in self.sides)
        both = [(then[name], now[name]) for name in now if name in then]
        gone = [c for name, c in then.items() if name not in now]
        added = [c for name, c in now.items() if name not in then]
        if any(a.gevolg != b.gevolg for a, b in both) or any(c.gevolg not in ("afwijzen", "kan_weigeren") for c in (*gone, *added)):
            return "open"
        moves: list[Move] = ["up" for _ in gone] + ["down" for _ in added]  # type: ignore[assignment]  # both are moves
        for a, b in both:
            move = self.of(a.eis, b.eis)
            # who waits no longer may be refused, and what is no longer surely taken off may be unknown
            moves.append(move if b.gevolg in ("afwijzen", "kan_weigeren") else _only_same(move))
            if b.gevolg == "wacht_tot":
                moves.append(_only_same(self._inside(a.wacht_tot, b.wacht_tot)))
        moves.append(self.amount())
        return join(moves)

    def _full(self) -> Move:
        """The amount before deductions. One below nought counts as unknown, and a part of a cent too."""
        before, after = (side.ruleset.bedrag for side in self.sides)
        move = self._inside(before, after)
        if move == "same" or before is None or after is None:
            return move
        if not (before.type.whole and after.type.whole):
            return "open"
        parts = any(c.gevolg == "deel" for side in self.sides for c in side.asked())
        return move if not parts or self._positive(before, after) else "open"

    def _deductions(self, then: tuple[Criterion, ...], now: tuple[Criterion, ...]) -> Move:
        """What is taken off: of the same criteria, for the same people."""
        before, after = ([c for c in each if c.gevolg == "deel"] for each in (then, now))
        if [c.id for c in before] != [c.id for c in after]:
            return "open"
        moves: list[Move] = []
        for a, b in zip(before, after, strict=True):
            assert a.aftrek is not None
            assert b.aftrek is not None
            moves.append(_only_same(self.of(a.eis, b.eis)))
            move = self.of(a.aftrek, b.aftrek)
            sure = move == "same" or (a.aftrek.type.whole and b.aftrek.type.whole and self._positive(a.aftrek, b.aftrek))
            moves.append(move if sure else "open")
        return join(moves)


class _Written:
    """One version: what its names mean and what its figures are."""

    def __init__(self, side: Side) -> None:
        self.side = side
        self.program: Program = side.compiled.program
        values = side.compiled.figures(side.on)
        self.figures = {(home, f.naam): _scaled(v, f.type.cijfers) for (home, f), v in zip(self.program.figures, values, strict=True)}
        self.own = {(home, definition.naam): definition.soort for home, definition in self.program.own}

    @property
    def ruleset(self) -> Any:
        assert self.program.ruleset is not None
        return self.program.ruleset

    def asked(self) -> tuple[Criterion, ...]:
        """The criteria in force."""
        return tuple([c for c in self.ruleset.criteria if counts_on(c, self.side.on)])

    def meant(self, node: ir.Node) -> ir.Node:
        """What a name stands for."""
        while isinstance(node, ir.TermRef | ir.OpenRef):
            node = self.program.definitions[(node.ruleset, node.name)]
        return node

    def fixed(self, node: ir.Node) -> Any:
        """The value of what is the same for everybody; None of anything else."""
        if isinstance(node, ir.Const):
            return node.value
        return self.figures.get((node.ruleset, node.name)) if isinstance(node, ir.FigureRef) else None

    def not_below_nought(self, node: ir.Node) -> bool:
        value = self.fixed(self.meant(node))
        if isinstance(value, int | Fraction) and not isinstance(value, bool):
            return value >= 0
        low = at_least(node)
        return low is not None and low >= 0


def _kind(node: Any) -> Kind:
    return node.type.kind


def _only_same(move: Move) -> Move:
    """What says nothing where it moved."""
    return "same" if move == "same" else "open"


def _scaled(value: Any, digits: int) -> Any:
    return exact(Fraction(value, 10**digits)) if digits and isinstance(value, int) else value


def _between(was: Any, wordt: Any) -> Move:
    """From one fixed value to another."""
    if type(was) is type(wordt) and was == wordt:
        return "same"
    numbers = all(isinstance(v, int | Fraction) and not isinstance(v, bool) for v in (was, wordt))
    if numbers and was == wordt:
        return "same"
    if numbers or {type(was), type(wordt)} in ({date}, {bool}):
        return "up" if wordt > was else "down"
    return "open"


def _options(old: tuple[int | str, ...], new: tuple[int | str, ...]) -> Move:
    before, after = {*old}, {*new}
    return "same" if before == after else "up" if before < after else "down" if after < before else "open"
