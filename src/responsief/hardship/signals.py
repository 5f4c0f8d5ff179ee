"""Signals: facts of the case chained by the register's rules. The order of firing makes no difference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from responsief.decision import Signal
from responsief.hardship.case import HardCase
from responsief.ir.ruleset import SignalDef
from responsief.register import Aids, Register

NO_TERM = 999  # comes after every term


def fired(case: HardCase) -> dict[str, tuple[SignalDef, ...]]:
    """Every signal with all rules that lead to it: of the rules the most urgent first, then by id."""
    return fired_on(case.register, case.aids, case.aids_run)


def fired_on(register: Register, aids: Aids, run: Sequence[Any]) -> dict[str, tuple[SignalDef, ...]]:
    """The same of any run of the catalogue, also one that is about no decision."""
    definitions = register.catalogue.signals
    together: dict[str, list[SignalDef]] = {}
    for one in register.chainer().run(aids.holding(run)):
        together.setdefault(one.signal, []).append(definitions[one.rule])
    return {name: tuple(sorted(rules, key=lambda r: (term(r), r.id))) for name, rules in together.items()}


def term(rule: SignalDef) -> int:
    """Within how many working days a rule asks for something; last when it names no term."""
    return NO_TERM if rule.urgentie_werkdagen is None else rule.urgentie_werkdagen


def signals(aids: Aids, found: dict[str, tuple[SignalDef, ...]]) -> tuple[Signal, ...]:
    """What fired, for people: first what goes before everything, then by urgency."""
    kept: dict[Any, Signal] = aids.written  # the same few rules come back in every case
    shown = []
    for name, rules in found.items():
        key = (name, *[r.id for r in rules])
        shown.append(kept.get(key) or kept.setdefault(key, _signal(name, rules)))
    return tuple(
        sorted(shown, key=lambda s: (not s.voorrang, NO_TERM if s.urgentie_werkdagen is None else s.urgentie_werkdagen, s.id))
    )


def pressing(register: Register, aids: Aids, run: Sequence[Any]) -> tuple[Signal, ...]:
    """The signals that can't wait, whatever was decided: what goes before everything, and what has a term."""
    found = signals(aids, fired_on(register, aids, run))
    return tuple([s for s in found if s.voorrang or s.urgentie_werkdagen is not None])


def _signal(name: str, rules: tuple[SignalDef, ...]) -> Signal:
    first = rules[0]
    in_order = sorted(rules, key=lambda r: r.id)
    return Signal(
        id=name,
        label=first.label,
        waarom=tuple([trace(r) for r in in_order]),
        grondslag=first.grondslag,
        urgentie_werkdagen=first.urgentie_werkdagen,
        urgentie_uit=first.urgentie_uit,
        biedt=tuple(dict.fromkeys(b for r in in_order for b in r.biedt)),
        voorrang=any(r.voorrang for r in rules),
        geverifieerd=all(r.geverifieerd for r in rules),
    )


def trace(rule: SignalDef) -> str:
    """Which rule fired, and because of what."""
    return f"{rule.id}: {' + '.join(rule.als)}"


def urgency(found: tuple[Signal, ...]) -> int | None:
    """The shortest term of all signals, in working days; 0 is at once."""
    return min((s.urgentie_werkdagen for s in found if s.urgentie_werkdagen is not None), default=None)
