"""Parts of a condition that could be left out: with and without them it comes out the same for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Final

from responsief.analysis.asking import Question
from responsief.analysis.bench import Bench, Found, Holds, Met, no, truth, yes
from responsief.analysis.view import View
from responsief.backends import symbols as sym
from responsief.backends.symbols import Bool
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir import operators as op
from responsief.ir.types import Kind


@dataclass(frozen=True, slots=True)
class _Ways:
    """What «niet», «en» and «of» are: of formulas, or of answers."""

    negate: Callable[[Any], Any]
    both: Callable[[Any], Any]
    either: Callable[[Any], Any]


FORMULAS: Final = _Ways(sym.negate, sym.both, sym.either)
VALUES: Final = _Ways(op.negate, op.both, op.either)


def parts(bench: Bench) -> Iterator[Found]:
    """Every part of a criterion, or of a term that says ja or nee, that nothing depends on."""
    roots = [c.eis for c in bench.criteria]
    roots += [t.node for t in bench.ruleset.begrippen.values() if t.node.type.kind is Kind.JA_NEE]
    for root in roots:
        if not bench.own(root) or (not isinstance(root, ir.Const) and bench.program.slot(root) is None):
            continue
        if not isinstance(root, ir.And | ir.Or | ir.Not):
            continue
        if any(bench.ever(*asked).bewijs == "bewezen" for asked in (yes(root), no(root))):
            continue  # the same for everybody: that is told of the whole
        yield from _within(bench, root, root, [])


def _within(bench: Bench, root: ir.Node, node: ir.Node, without: list[ir.Node]) -> Iterator[Found]:
    """The parts of an «en» or «of», through «niet», the last first: of two that say the same, the later can go. What can go as a
    whole is not looked into."""
    if isinstance(node, ir.Not):
        yield from _within(bench, root, node.operand, without)
    if not isinstance(node, ir.And | ir.Or):
        return
    for part in reversed(node.operands):
        left = [one for one in node.operands if not _among(one, without)]
        if len(left) > 1 and not any(
            one == part and one is not part for one in left
        ):  # word for word the same: `check` says so
            answer, span = bench.ever(*_differs(root, [*without, part])), part.place.span
            if answer.bewijs == "bewezen":
                without.append(part)
                yield bench.proved("deel-overbodig", span, wat=part.place.text)
                continue
            if answer.bewijs == "niet_bewezen":
                yield bench.not_proved(answer, span, f"of «{part.place.text}» ooit iets uitmaakt")
        yield from _within(bench, root, part, without)


def _differs(root: ir.Node, skip: list[ir.Node]) -> tuple[Question, Holds]:
    """Does a condition come out otherwise without these parts?"""

    def question(view: View) -> Bool:
        one, other = truth(view, root), _left(root, skip, partial(truth, view), FORMULAS)
        return sym.disj(_other(one.yes, other.yes), _other(one.no, other.no))

    def holds(met: Met) -> bool:
        return met.value(root) is not _left(root, skip, met.value, VALUES)

    return question, holds


def _other(one: Bool, two: Bool) -> Bool:
    return sym.disj(sym.conj(one, sym.neg(two)), sym.conj(sym.neg(one), two))


def _left(node: ir.Node, skip: list[ir.Node], of: Callable[[ir.Node], Any], ways: _Ways) -> Any:
    """What a condition says without some of its parts; `of` is what a part says that is no «niet», «en» or «of»."""
    match node:
        case ir.Not(operand=operand):
            return ways.negate(_left(operand, skip, of, ways))
        case ir.And(operands=operands):
            return ways.both([_left(o, skip, of, ways) for o in operands if not _among(o, skip)])
        case ir.Or(operands=operands):
            return ways.either([_left(o, skip, of, ways) for o in operands if not _among(o, skip)])
        case _:
            return of(node)


def _among(node: ir.Node, those: list[ir.Node]) -> bool:
    return any(node is one for one in those)
