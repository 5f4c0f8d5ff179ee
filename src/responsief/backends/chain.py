"""Our own forward chainer: it runs wherever Python runs.

Each rule counts the antecedents that it still misses, and each fact knows the rules that read it. A fact that comes to
hold lowers the count of its readers; a rule at zero fires, and its signal is the next fact. A fact is taken up once, so
every rule fires at most once and a cycle of signals ends by itself.
"""

from collections.abc import Sequence
from typing import Final

from responsief.ir.signals import Chainer, Fired, SignalRule, check_facts, check_rules


class _Chain:
    name: Final = "eigen"

    def __init__(self, rules: Sequence[SignalRule]) -> None:
        ordered = sorted(rules, key=lambda rule: rule.id)
        self._fired = tuple(Fired(rule.id, rule.dan, rule.als) for rule in ordered)
        self._missing = [len(set(rule.als)) for rule in ordered]
        readers: dict[str, list[int]] = {}
        for index, rule in enumerate(ordered):
            for fact in set(rule.als):
                readers.setdefault(fact, []).append(index)
        self._readers = readers

    def run(self, facts: frozenset[str]) -> tuple[Fired, ...]:
        readers, missing = self._readers, self._missing.copy()
        held = readers.keys() & facts
        check_facts(facts - held)
        agenda, fired = list(held), []
        while agenda:
            for index in readers[agenda.pop()]:
                missing[index] -= 1
                if missing[index] == 0:
                    fired.append(index)
                    signal = self._fired[index].signal
                    if signal in readers and signal not in held:
                        held.add(signal)
                        agenda.append(signal)
        fired.sort()
        return tuple([self._fired[index] for index in fired])


def compile_chain(rules: Sequence[SignalRule]) -> Chainer:
    """A chainer for these rules; ValueError when they can't be chained."""
    check_rules(rules)
    return _Chain(rules)
