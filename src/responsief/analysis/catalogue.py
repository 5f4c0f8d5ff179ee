"""Provisions that are never offered, and signals that never come up. Each condition is a small program of its own.

What a condition reads of the case under review (`zaak`) is tried in every case that it can tell apart: each ruleset that it names
and another one, each outcome, with and without facts missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import product
from typing import Any, Final

from responsief.analysis.asking import Question
from responsief.analysis.bench import Bench, Found, Holds, Met, truth
from responsief.analysis.view import Side, Subject, View
from responsief.backends import symbols as sym
from responsief.backends.compiled import Compiled
from responsief.backends.symbols import Bool
from responsief.ir import nodes as ir
from responsief.ir.program import LinkError
from responsief.ir.ruleset import SignalDef
from responsief.register import Register
from responsief.source import Span

CASES: Final = ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht")  # «toegekend»: signals are told then too
OTHER: Final = "een andere regelset"


def catalogue(register: Register, on: date) -> Iterator[tuple[Bench | None, Found | None]]:
    """Every condition of the catalogue that never holds, with the bench it was asked on; (None, None) for one that reads
    something that is not there on this day."""
    shelf = _Shelf(register, on)
    for provision in register.catalogue.provisions.values():
        if provision.tot is not None and provision.tot < on:
            continue
        if provision.voorwaarden is not None and not isinstance(provision.voorwaarden, ir.Const):
            what, span = f"voorziening «{provision.id}»", provision.voorwaarden.place.span
            yield _never(shelf, [provision.voorwaarden], max(on, provision.van or on), provision.gemeente, span, what)
    dead: set[str] = set()
    for fact in register.catalogue.facts.values():
        if not isinstance(fact.node, ir.Const):
            bench, found = _never(shelf, [fact.node], on, None, fact.node.place.span, f"het feit «{fact.naam}»")
            dead |= {fact.naam} if found is not None else set()
            yield bench, found
    for signal in register.catalogue.signals.values():
        facts = _facts_of(register, signal)
        if len(facts) > 1 and not dead.intersection(signal.als):
            yield _never(shelf, facts, on, None, signal.span, f"signaal «{signal.id}»")


def _facts_of(register: Register, signal: SignalDef) -> list[ir.Node]:
    """The facts that a signal rule asks itself; what other signals conclude is looked at there."""
    known = register.catalogue.facts
    return [known[name].node for name in signal.als if name in known]


def _never(
    shelf: _Shelf, nodes: Sequence[ir.Node], on: date, place: str | None, span: Span, what: str
) -> tuple[Bench | None, Found | None]:
    """Do these conditions hold together for somebody?"""
    open_one: Found | None = None
    last: Bench | None = None
    for case in _cases(nodes):
        asked = [in_case(node, case) for node in nodes]
        bench = shelf.bench(asked, on, place)
        if bench is None:
            return None, None
        last, answer = bench, bench.ever(*_together(asked))
        if answer.bewijs == "weerlegd":
            return bench, None
        if answer.bewijs == "niet_bewezen":
            open_one = bench.not_proved(answer, span, f"of {what} ooit van toepassing is")
    assert last is not None
    return last, open_one or last.proved("nooit-van-toepassing", span, wat=what)


class _Shelf:
    """The benches of a catalogue: one of everything that reads no case and is not of one municipality, and small ones."""

    def __init__(self, register: Register, on: date) -> None:
        self.register = register
        self.on = on
        self.homes = sorted({r.gemeente for versions in register.versions.values() for r in versions if r.gemeente is not None})
        known = register.catalogue
        nodes = [p.voorwaarden for p in known.provisions.values() if p.voorwaarden is not None and p.gemeente is None]
        nodes += [f.node for f in known.facts.values()]
        plain = [
            n for n in nodes if not isinstance(n, ir.Const) and not reads_case(n) and self._linked([n], on, None) is not None
        ]
        compiled = self._linked(plain, on, None)
        assert compiled is not None
        self.shared = Bench(Subject((Side(register, compiled, on, None),)))

    def bench(self, nodes: Sequence[ir.Node], on: date, place: str | None) -> Bench | None:
        """A bench that knows these conditions; None when in no place everything that they read is there."""
        if on == self.on and place is None and all(self.shared.program.slot(node) is not None for node in nodes):
            return self.shared
        for home in [place] if place is not None else [None, *self.homes]:
            compiled = self._linked(nodes, on, home)
            if compiled is not None:
                return Bench(Subject((Side(self.register, compiled, on, home),)))
        return None

    def _linked(self, nodes: Sequence[ir.Node], on: date, place: str | None) -> Compiled | None:
        try:
            compiled = Compiled(self.register.link(nodes, None, on, place))
            compiled.figures(on)
        except LinkError:
            return None
        return compiled


def _together(nodes: Sequence[ir.Node]) -> tuple[Question, Holds]:
    def question(view: View) -> Bool:
        return sym.conj(*(truth(view, node).yes for node in nodes))

    def holds(met: Met) -> bool:
        return all(met.value(node) is True for node in nodes)

    return question, holds


# --- in a case ---------------------------------------------------------------------------------------------------------


def reads_case(node: ir.Node) -> bool:
    """Does a condition read the case under review?"""
    return any(isinstance(part, ir.Fact) and part.origin == "zaak" for part in ir.walk(node))


def _cases(nodes: Iterable[ir.Node]) -> Iterator[Mapping[str, Any]]:
    """Every case under review that these conditions can tell apart."""
    read: set[str] = set()
    named: set[str] = set()
    for node in nodes:
        for part in ir.walk(node):
            if isinstance(part, ir.Fact) and part.origin == "zaak":
                read.add(part.path[-1])
            elif isinstance(part, ir.Const) and isinstance(part.value, str):
                named.add(part.value)
            elif isinstance(part, ir.OneOf):
                named |= {option for option in part.options if isinstance(option, str)}
    rulesets = [*sorted(named), OTHER] if "regelset" in read else [OTHER]
    outcomes = CASES if "uitkomst" in read else CASES[2:3]
    missing = (True, False) if "ontbreekt" in read else (False,)
    for regelset, uitkomst, ontbreekt in product(rulesets, outcomes, missing):
        yield {"regelset": regelset, "uitkomst": uitkomst, "ontbreekt": ontbreekt}


def in_case(node: Any, case: Mapping[str, Any]) -> Any:
    """A condition with what it reads of the case filled in. A part that reads nothing of it stays the same node."""
    if isinstance(node, ir.Fact):
        return ir.Const(case[node.path[-1]], node.type, node.place) if node.origin == "zaak" else node
    if isinstance(node, tuple):
        changed = tuple([in_case(part, case) for part in node])
        return changed if any(one is not other for one, other in zip(changed, node, strict=True)) else node
    if not isinstance(node, ir.Node) or isinstance(node, ir.Const):
        return node
    new = {f.name: in_case(getattr(node, f.name), case) for f in fields(node) if f.init and f.name not in ("place", "type")}
    differs = {name: value for name, value in new.items() if value is not getattr(node, name)}
    return replace(node, **differs) if differs else node
