"""What every stage of the pass looks at: one verdict, its situation, and what the register offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from responsief.backends.explain import Explainer
from responsief.ir.ruleset import Criterion, Ruleset
from responsief.ir.verdict import Verdict
from responsief.register import Aids, Register
from responsief.situation import Situation


@dataclass(frozen=True, slots=True)
class HardCase:
    """One verdict under review. `others` are the verdicts of the other rulesets in force on the same situation."""

    register: Register
    aids: Aids
    aids_run: tuple[Any, ...]
    ruleset: Ruleset
    verdict: Verdict
    situation: Situation
    explainer: Explainer
    others: Callable[[], Mapping[str, Verdict]]

    @property
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
