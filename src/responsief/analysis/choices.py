"""Rows of a table and branches of a choice that are never used.

That no case falls between the rows of a table, and none in two rows of a «uniek» one, is proved when the ruleset is read
(`ir/tables`), or the checker refuses it. What boxes can't say is whether a row is ever reached: earlier rows may cover it, and its
condition may hold for nobody. What stands behind «anders» is not looked at: the language asks for it. Nor is a row for what does not
occur, in a table without «anders»: there the checker asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from responsief.analysis.asking import Question
from responsief.analysis.bench import Bench, Found, Holds, Met, truth, yes
from responsief.analysis.view import View
from responsief.backends import symbols as sym
from responsief.backends.symbols import Bool
from responsief.ir import nodes as ir


def choices(bench: Bench) -> Iterator[Found]:
    """Every row and branch that stands in the ruleset's own file and is never used."""
    for node in bench.program.slots:
        if isinstance(node, ir.Choose) and bench.own(node):
            yield from _branches(bench, node)
        elif isinstance(node, ir.Collect) and bench.own(node):
            for at, (condition, _) in enumerate(node.branches):
                answer = bench.ever(*yes(condition))
                if answer.bewijs == "bewezen":
                    yield bench.proved("keuze-kan-niet", condition.place.span, wat=_ordinal(node, at))
                elif answer.bewijs == "niet_bewezen":
                    yield bench.not_proved(answer, condition.place.span, f"of {_ordinal(node, at)} ooit geldt")


def _branches(bench: Bench, node: ir.Choose) -> Iterator[Found]:
    conditions = [condition for condition, _ in node.branches]
    dead: list[int] = []
    for at, condition in enumerate(conditions):
        if condition in conditions[:at]:
            dead.append(at)
            continue  # word for word the same: `check` says so
        before = [c for n, c in enumerate(conditions[:at]) if n not in dead]
        answer = bench.ever(*_used(condition, before))
        span, what = condition.place.span, _ordinal(node, at)
        if answer.bewijs == "niet_bewezen":
            yield bench.not_proved(answer, span, f"of {what} ooit aan de beurt komt")
        if answer.bewijs != "bewezen":
            continue
        dead.append(at)
        if bench.certainly_not(yes(condition)[0]):
            if node.last is not None:
                continue  # a table without «anders» must have a row for every combination, also for what does not occur
            yield bench.proved("keuze-kan-niet", span, wat=what)
        elif _covered(bench, condition, before):
            alone = [c for c in before if _covered(bench, condition, [c])]
            who = _ordinal(node, conditions.index(alone[0])) if alone else "wat erboven staat"
            yield bench.proved("keuze-afgedekt", span, wat=what, wie=who)
        else:
            yield bench.proved("keuze-te-laat", span, wat=what)
    if node.last is not None:
        before = [c for n, c in enumerate(conditions) if n not in dead]
        answer = bench.ever(*_used(None, before))
        span, what = node.last.place.span, _ordinal(node, len(conditions))
        if answer.bewijs == "bewezen":
            yield bench.proved("keuze-afgedekt", span, wat=what, wie="wat erboven staat")
        elif answer.bewijs == "niet_bewezen":
            yield bench.not_proved(answer, span, f"of {what} ooit aan de beurt komt")


def _used(condition: ir.Node | None, before: list[ir.Node]) -> tuple[Question, Holds]:
    """Is a branch the one that counts: does it hold, and none above it? Without a condition it is what is left."""

    def question(view: View) -> Bool:
        held = True if condition is None else truth(view, condition).yes
        return sym.conj(held, *(truth(view, c).no for c in before))

    def holds(met: Met) -> bool:
        return (condition is None or met.value(condition) is True) and all(met.value(c) is False for c in before)

    return question, holds


def _covered(bench: Bench, condition: ir.Node, before: list[ir.Node]) -> bool:
    """Does one above it hold too, for everybody, or at least for everybody of whom everything is known? Only for the words."""
    if bench.certainly_not(_not_before(condition, before)):
        return True
    known = bench.subject.view("plain")
    ever, left = truth(known, condition).yes, _not_before(condition, before)(known)
    return known.check(ever) == "sat" and known.check(left) == "unsat"


def _not_before(condition: ir.Node, before: list[ir.Node]) -> Question:
    """Does it hold while none of those above it does?"""
    return lambda view: sym.conj(truth(view, condition).yes, *(sym.neg(truth(view, c).yes) for c in before))


def _ordinal(node: ir.Choose | ir.Collect, at: int) -> str:
    """«rij 2» of a table, «keuze 2» of a choice."""
    table = isinstance(node, ir.Collect) or node.single or node.last is not None or node.place.text == "tabel"
    return f"{'rij' if table else 'keuze'} {at + 1}"
