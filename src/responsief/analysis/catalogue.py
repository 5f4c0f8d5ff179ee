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
    homes = sorted({r.gemeente for versions in register.versions.values() for r in versions if r.gemeente is not None})
    for provision in register.catalogue.provisions.values():
        if provision.tot is not None and provision.tot < on:
            continue
        day = max(on, provision.van or on)
        places = [provision.gemeente] if provision.gemeente is not None else [None, *homes]
        if provision.voorwaarden is not None and not isinstance(provision.voorwaarden, ir.Const):
            what = f"voorziening «{provision.id}»"
            yield from _never(register, [provision.voorwaarden], day, places, provision.voorwaarden.place.span, what)
    dead: set[str] = set()
    for fact in register.catalogue.facts.values():
        if isinstance(fact.node, ir.Const):
            continue
        for bench, found in _never(register, [fact.node], on, [None, *homes], fact.node.place.span, f"het feit «{fact.naam}»"):
            dead |= {fact.naam} if found is not None else set()
            yield bench, found
    for signal in register.catalogue.signals.values():
        facts = _facts_of(register, signal)
        if len(facts) > 1 and not dead.intersection(signal.als):
            yield from _never(register, facts, on, [None, *homes], signal.span, f"signaal «{signal.id}»")


def _facts_of(register: Register, signal: SignalDef) -> list[ir.Node]:
    """The facts that a signal rule asks itself; what other signals conclude is looked at there."""
    known = register.catalogue.facts
    return [known[name].node for name in signal.als if name in known]


def _never(
    register: Register, nodes: Sequence[ir.Node], on: date, places: Sequence[str | None], span: Span, what: str
) -> Iterator[tuple[Bench | None, Found | None]]:
    """Do these conditions hold together for somebody?"""
    open_one: Found | None = None
    last: Bench | None = None
    for case in _cases(nodes):
        asked = [in_case(node, case) for node in nodes]
        bench = _bench(register, asked, on, places)
        if bench is None:
            yield None, None
            return
        last, answer = bench, bench.ever(*_together(asked))
        if answer.bewijs == "weerlegd":
            yield bench, None
            return
        if answer.bewijs == "niet_bewezen":
            open_one = bench.not_proved(answer, span, f"of {what} ooit van toepassing is")
    assert last is not None
    yield last, open_one or last.proved("nooit-van-toepassing", span, wat=what)


def _bench(register: Register, nodes: Sequence[ir.Node], on: date, places: Iterable[str | None]) -> Bench | None:
    """A bench of a few conditions, in the first place where everything that they read is there."""
    for place in places:
        try:
            compiled = Compiled(register.link(nodes, None, on, place))
            compiled.figures(on)
        except LinkError:
            continue
        return Bench(Subject((Side(register, compiled, on, place),)))
    return None


def _together(nodes: Sequence[ir.Node]) -> tuple[Question, Holds]:
    def question(view: View) -> Bool:
        return sym.conj(*(truth(view, node).yes for node in nodes))

    def holds(met: Met) -> bool:
        return all(met.value(node) is True for node in nodes)

    return question, holds


# --- in a case ---------------------------------------------------------------------------------------------------------


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
