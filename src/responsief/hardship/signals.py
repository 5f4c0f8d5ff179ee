"""Signals: facts of the case chained by the register's rules. The order of firing makes no difference."""

from __future__ import annotations

from responsief.decision import Signal
from responsief.hardship.case import HardCase
from responsief.ir.ruleset import SignalDef


def signals(case: HardCase) -> tuple[Signal, ...]:
    """Every signal that fires, each with all rules that lead to it: first what goes before everything, then by urgency."""
    definitions = case.register.catalogue.signals
    fired = case.register.chainer().run(case.aids.holding(case.aids_run))
    together: dict[str, list[SignalDef]] = {}
    for one in fired:
        together.setdefault(one.signal, []).append(definitions[one.rule])
    found = [_signal(name, rules) for name, rules in together.items()]
    return tuple(
        sorted(found, key=lambda s: (not s.voorrang, 999 if s.urgentie_werkdagen is None else s.urgentie_werkdagen, s.id))
    )


def _signal(name: str, rules: list[SignalDef]) -> Signal:
    urgent = min(
        (r for r in rules if r.urgentie_werkdagen is not None), key=lambda r: (r.urgentie_werkdagen, r.id), default=None
    )
    first = rules[0]
    return Signal(
        id=name,
        label=first.label,
        waarom=tuple(f"{r.id}: {' + '.join(r.als)}" for r in rules),
        grondslag=(urgent or first).grondslag,
        urgentie_werkdagen=urgent.urgentie_werkdagen if urgent else None,
        urgentie_uit=urgent.urgentie_uit if urgent else None,
        biedt=tuple(dict.fromkeys(b for r in rules for b in r.biedt)),
        voorrang=any(r.voorrang for r in rules),
        geverifieerd=all(r.geverifieerd for r in rules),
    )


def urgency(found: tuple[Signal, ...]) -> int | None:
    """The shortest term of all signals, in working days; 0 is at once."""
    return min((s.urgentie_werkdagen for s in found if s.urgentie_werkdagen is not None), default=None)
