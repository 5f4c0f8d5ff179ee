"""Conditions that can't be meant: always so, never so, twice the same, or about something that does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Final

from responsief.diagnostics import Diagnostic, choose_from, finding
from responsief.ir import nodes as ir
from responsief.lint.subject import LEAVES, Subject, Whole
from responsief.lint.unused import roots
from responsief.source import Place

_LEAST: Final = frozenset({">", ">="})
_MOST: Final = frozenset({"<", "<="})


def constant(one: Subject) -> Iterator[Diagnostic]:
    """A criterion that reads no fact: it comes out the same for everybody."""
    for criterion, _ in one.criteria:
        if criterion.gedoogd:
            continue
        if not any(isinstance(leaf, ir.Fact | ir.OwnFact | ir.OpenRef | ir.Today) for leaf in one.whole.leaves(criterion.eis)):
            yield finding("eis-constant", criterion.eis.place.span, naam=criterion.id)


def same(one: Subject) -> Iterator[Diagnostic]:
    """Two criteria with the same condition and effect."""
    seen: dict[Any, str] = {}
    for criterion, _ in one.criteria:
        if criterion.gedoogd or isinstance(criterion.eis, ir.Const):
            continue
        first = seen.setdefault((criterion.eis, criterion.gevolg, criterion.vanaf), criterion.id)
        if first != criterion.id:
            yield finding("zelfde-eis", criterion.span, naam=criterion.id, ander=first)


def conditions(one: Subject) -> Iterator[Diagnostic]:
    """Inside the expressions of a ruleset."""
    for root in roots(one.ruleset):
        yield from inside(root, one.whole)


def inside(root: ir.Node, whole: Whole) -> Iterator[Diagnostic]:
    """Everything in one expression that can't be meant."""
    for node in whole.parts(root):
        if type(node) in LEAVES:
            continue
        match node:
            case ir.Compare(left=left, right=right) if left == right and not isinstance(left, ir.Const):
                yield finding("met-zichzelf", node.place.span, wat=left.place.text)
            case ir.Compare(op="=" | "!=", left=ir.Fact() as fact, right=ir.Const(value=str() as word) as const):
                yield from _names_a_rule(fact, word, const.place, whole)
            case ir.OneOf(value=ir.Fact() as fact, options=options):
                for option in options:
                    if isinstance(option, str):
                        yield from _names_a_rule(fact, option, node.place, whole)
            case ir.And(operands=parts):
                yield from _repeated(parts, "en")
                yield from _bounds(parts, node.place, union=False)
            case ir.Or(operands=parts):
                yield from _repeated(parts, "of")
                yield from _bounds(parts, node.place, union=True)
            case ir.Choose(branches=branches, otherwise=otherwise):
                yield from _branches(branches, otherwise, node.place)
            case _:
                pass


def _repeated(parts: tuple[ir.Node, ...], word: str) -> Iterator[Diagnostic]:
    for at, part in enumerate(parts):
        if part in parts[:at]:
            yield finding("zelfde-twee-keer", part.place.span, wat=part.place.text, woord=word)


def _bounds(parts: tuple[ir.Node, ...], place: Place, *, union: bool) -> Iterator[Diagnostic]:
    """`x < 18 en x > 21` is never so, `x >= 18 of x < 21` always: limits on one value that leave nothing, or everything."""
    lows: dict[ir.Node, tuple[Any, bool]] = {}
    highs: dict[ir.Node, tuple[Any, bool]] = {}
    fixed = [part for part in parts if isinstance(part, ir.Compare) and isinstance(part.right, ir.Const)]
    for part in fixed if len(fixed) > 1 else ():
        assert isinstance(part.right, ir.Const)
        value = part.right.value
        if isinstance(value, bool) or not isinstance(value, int | Fraction | date) or isinstance(part.left, ir.Const):
            continue
        if part.op in _LEAST and part.left not in lows:
            lows[part.left] = (value, part.op == ">=")
        elif part.op in _MOST and part.left not in highs:
            highs[part.left] = (value, part.op == "<=")
    for left, (low, low_in) in lows.items():
        if left not in highs:
            continue
        high, high_in = highs[left]
        empty = low > high or (low == high and not (low_in and high_in))
        full = low < high or (low == high and (low_in or high_in))
        if not union and empty:
            yield finding("nooit-waar", place.span, wat=left.place.text)
        elif union and full:
            yield finding("altijd-waar", place.span, wat=left.place.text)


def _branches(branches: tuple[tuple[ir.Node, ir.Node], ...], otherwise: ir.Node, place: Place) -> Iterator[Diagnostic]:
    seen: list[ir.Node] = []
    for when, _ in branches:
        if when in seen:
            yield finding("tak-nooit", when.place.span)
        seen.append(when)
    if branches and all(then == otherwise for _, then in branches):
        yield finding("takken-gelijk", otherwise.place.span)


def _names_a_rule(fact: ir.Fact, word: str, place: Place, whole: Whole) -> Iterator[Diagnostic]:
    """A word that must be the id of a ruleset or provision: `eerder … regelset`, `zaak.regelset`."""
    if fact.path[-1] != "regelset" or len(whole.checker.by_id) < 1:
        return
    known = [*whole.checker.by_id, *whole.catalogue.provisions]
    if word not in known:
        near = choose_from(word, known, 8)
        yield finding("regelset-bestaat-niet", place.span, naam=word, hulp=near or None)
