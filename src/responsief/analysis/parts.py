"""Parts of a condition that could be left out: with and without them it comes out the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from responsief.analysis.asking import Question
from responsief.analysis.bench import Bench, Found, Holds, Met, no, truth, yes
from responsief.analysis.view import View
from responsief.backends import symbols as sym
from responsief.backends.symbols import Bool, Truth
from responsief.ir import nodes as ir
from responsief.ir import operators as op
from responsief.ir.types import Kind


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
        one, other = truth(view, root), _formula(view, root, skip)
        return sym.disj(_other(one.yes, other.yes), _other(one.no, other.no))

    def holds(met: Met) -> bool:
        return met.value(root) is not _value(met, root, skip)

    return question, holds


def _other(one: Bool, two: Bool) -> Bool:
    return sym.disj(sym.conj(one, sym.neg(two)), sym.conj(sym.neg(one), two))


def _formula(view: View, node: ir.Node, skip: list[ir.Node]) -> Truth:
    match node:
        case ir.Not(operand=operand):
            return sym.negate(_formula(view, operand, skip))
        case ir.And(operands=operands):
            return sym.both([_formula(view, o, skip) for o in operands if not _among(o, skip)])
        case ir.Or(operands=operands):
            return sym.either([_formula(view, o, skip) for o in operands if not _among(o, skip)])
        case _:
            return truth(view, node)


def _value(met: Met, node: ir.Node, skip: list[ir.Node]) -> bool | None:
    match node:
        case ir.Not(operand=operand):
            return op.negate(_value(met, operand, skip))
        case ir.And(operands=operands):
            return op.both([_value(met, o, skip) for o in operands if not _among(o, skip)])
        case ir.Or(operands=operands):
            return op.either([_value(met, o, skip) for o in operands if not _among(o, skip)])
        case _:
            found: bool | None = met.value(node)
            return found


def _among(node: ir.Node, those: list[ir.Node]) -> bool:
    return any(node is one for one in those)
