"""What every stage of the pass looks at: one verdict, its situation, and what the register offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.explain import Explainer
from responsief.frozen import dataclass
from responsief.ir.ruleset import Criterion, Ruleset
from responsief.ir.verdict import Verdict
from responsief.register import Aids, Register
from responsief.situation import Situation


@dataclass(frozen=True)
class HardCase:
    """One verdict under review. `others` are the other rulesets in force, decided on the same situation."""

    register: Register = field(repr=False)
    aids: Aids = field(repr=False)
    aids_run: tuple[Any, ...] = field(repr=False)
    ruleset: Ruleset = field(repr=False)
    verdict: Verdict = field(repr=False)
    situation: Situation
    explainer: Explainer = field(repr=False)
    others: Mapping[str, tuple[Compiled, Verdict]] = field(repr=False)

    @cached_property
    def failed(self) -> tuple[Criterion, ...]:
        """The criteria in the way: refused on, to weigh, taking something off, or waiting."""
        verdict = self.verdict
        waits = verdict.uitkomst == "wacht"
        ids = {*verdict.afgewezen_op, *verdict.te_wegen}
        found = []
        for criterion, truth in zip(verdict.criteria, verdict.oordelen, strict=True):
            if criterion.id in ids or (
                truth is False and (criterion.gevolg == "deel" or (waits and criterion.gevolg == "wacht_tot"))
            ):
                found.append(criterion)
        return tuple(found)

    @property
    def refused(self) -> tuple[Criterion, ...]:
        """The criteria that carry the refusal: each of them alone is enough for it."""
        return tuple([c for c in self.failed if c.id in self.verdict.afgewezen_op])

    @cached_property
    def taken(self) -> frozenset[str]:
        """The provisions that are themselves a ruleset with an outcome: that verdict speaks for them, also the refusal."""
        others = [compiled.program.ruleset for compiled, v in self.others.values() if v.uitkomst != "onbepaald"]
        rulesets = [self.ruleset, *(r for r in others if r is not None)]
        named = {r.voorziening for r in rulesets if r.voorziening is not None}
        return frozenset(named.union(*(self.aids.by_ruleset.get(r.id, ()) for r in rulesets)))
