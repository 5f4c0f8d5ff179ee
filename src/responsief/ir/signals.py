"""The signal rules as plain data, and what a chainer promises.

Two back ends run them: `backends.to_durable` (durable-rules) and `backends.chain` (our own). They give the same answer,
and neither knows the other; what they share stands here.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from responsief.frozen import dataclass

NAME = re.compile(r"[a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class SignalRule:
    """When all of `als` hold (facts of the case, or signals of other rules), `dan` holds."""

    id: str
    als: tuple[str, ...]
    dan: str


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule whose `als` all held: what it gave, and because of what."""

    rule: str
    signal: str
    because: tuple[str, ...]


class Chainer(Protocol):
    """Rules that have been compiled once and run on many cases, from any thread."""

    @property
    def name(self) -> str:
        """Which engine ran, for the receipt: "durable-rules" or "eigen"."""

    def run(self, facts: frozenset[str]) -> tuple[Fired, ...]:
        """Every rule whose `als` all hold, sorted by rule id; the order of firing never shows."""


def check_rules(rules: Sequence[SignalRule]) -> None:
    """Raise ValueError, with everything that is wrong, when these rules can't be chained."""
    wrong: list[str] = []
    ids: set[str] = set()
    for rule in rules:
        if rule.id in ids:
            wrong.append(f"rule id {rule.id!r} is used twice")
        ids.add(rule.id)
        if not rule.als:
            wrong.append(f"rule {rule.id!r} has an empty «als»")
        wrong += [f"rule {rule.id!r}: {_unfit(name)}" for name in (*rule.als, rule.dan) if not NAME.fullmatch(name)]
    if wrong:
        raise ValueError("; ".join(wrong))


def check_facts(facts: Iterable[str]) -> None:
    """Raise ValueError on a fact that no rule could ever read: a misspelt fact must not pass for an absent one."""
    wrong = [fact for fact in facts if not NAME.fullmatch(fact)]
    if wrong:
        raise ValueError("; ".join(_unfit(fact) for fact in sorted(wrong)))


def _unfit(name: str) -> str:
    return f"{name!r} is not a fact name: write a-z, 0-9 and _"
