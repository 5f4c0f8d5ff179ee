"""From the values of a run to an outcome: all grounds, never only the first.

Order: waiting comes first (while the law forbids deciding, nothing is decided), then refusal on every ground, then what is
unknown, then what a part takes off. Unknown is never a no.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from responsief.ir.operators import Truth
from responsief.ir.program import Program
from responsief.ir.ruleset import Criterion
from responsief.values import Between

Uitkomst = Literal["toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one ruleset for one situation. `run` is the compact trace: one value per slot of `program`."""

    program: Program
    run: tuple[Any, ...]
    peildatum: date
    uitkomst: Uitkomst
    oordelen: tuple[Truth, ...]  # in the order of the criteria in force
    criteria: tuple[Criterion, ...]
    afgewezen_op: tuple[str, ...]
    te_wegen: tuple[str, ...]
    bedrag: int | None  # cents
    bedrag_vol: int | None  # before deductions
    wacht_tot: date | None


class Concluder:
    """Reads the outcome off a run of one program; made once, so that a verdict costs no searching."""

    def __init__(self, program: Program) -> None:
        ruleset = program.ruleset
        assert ruleset is not None
        self.program = program
        self.rows = [(c, self.slot(c.eis), self.slot(c.wacht_tot), self.slot(c.aftrek)) for c in ruleset.criteria]
        self.plain = all(c.gevolg == "afwijzen" and c.vanaf is None and not c.gedoogd for c in ruleset.criteria)
        self.criteria = ruleset.criteria
        self.positions = tuple(self.slot(c.eis) for c in ruleset.criteria)
        self.amount = self.slot(ruleset.bedrag)
        self.fixed: int | None = getattr(ruleset.bedrag, "value", None)  # an amount that is the same for everyone
        self.has_amount = ruleset.bedrag is not None

    def slot(self, node: Any) -> int | None:
        return self.program.slot(node) if node is not None else None

    def value(self, node: Any, slot: int | None, run: tuple[Any, ...]) -> Any:
        return run[slot] if slot is not None else node.value

    def conclude(self, run: tuple[Any, ...], today: date) -> Verdict:
        """The verdict on a run."""
        if self.plain and None not in self.positions:
            verdicts = tuple([run[p] for p in self.positions])  # type: ignore[index]  # None is not among them
            refused: tuple[str, ...] = ()
            outcome: Uitkomst
            if False in verdicts:
                refused = tuple([c.id for c, v in zip(self.criteria, verdicts, strict=True) if v is False])
            amount: int | None = run[self.amount] if self.amount is not None else self.fixed
            if refused:
                outcome = "afgewezen"
            elif None in verdicts or (self.has_amount and amount is None):
                outcome = "onbepaald"
            else:
                outcome = "toegekend"
            shown = amount if outcome == "toegekend" else None
            return Verdict(self.program, run, today, outcome, verdicts, self.criteria, refused, (), shown, amount, None)
        return self.conclude_all(run, today)

    def conclude_all(self, run: tuple[Any, ...], today: date) -> Verdict:
        """The same with every effect that a criterion can have."""
        criteria, verdicts = [], []
        refused, to_weigh, took = [], [], []
        waits: list[date | None] = []
        open_wait = unknown = False
        deducted: int | None = 0
        for criterion, position, until, deduction in self.rows:
            if criterion.gedoogd or (criterion.vanaf is not None and today < criterion.vanaf):
                continue
            verdict: Truth = self.value(criterion.eis, position, run)
            criteria.append(criterion)
            verdicts.append(verdict)
            match criterion.gevolg:
                case "afwijzen":
                    if verdict is False:
                        refused.append(criterion.id)
                    unknown = unknown or verdict is None
                case "kan_weigeren":
                    if verdict is False:
                        to_weigh.append(criterion.id)
                    unknown = unknown or verdict is not True
                case "wacht_tot":
                    if verdict is False:
                        waits.append(first_day(self.value(criterion.wacht_tot, until, run)))
                    open_wait = open_wait or verdict is None
                case "deel":
                    taken = 0 if verdict is True else None
                    if verdict is False:
                        taken = self.value(criterion.aftrek, deduction, run)
                        took.append(criterion.id)
                    deducted = None if deducted is None or taken is None else deducted + max(0, taken)
        full: int | None = (
            self.value(self.program.ruleset.bedrag, self.amount, run) if self.has_amount and self.program.ruleset else None
        )
        left = None if full is None or deducted is None else full - deducted
        outcome: Uitkomst
        until_day = None
        if waits and None not in waits:
            outcome, until_day = "wacht", max(d for d in waits if d is not None)
        elif waits or open_wait:
            outcome = "onbepaald"
        elif refused:
            outcome = "afgewezen"
        elif took and left is not None and left <= 0:
            outcome, refused = "afgewezen", took
        elif unknown or deducted is None or (self.has_amount and full is None):
            outcome = "onbepaald"
        else:
            outcome = "gedeeltelijk" if deducted else "toegekend"
        return Verdict(
            self.program,
            run,
            today,
            outcome,
            tuple(verdicts),
            tuple(criteria),
            tuple(refused) if outcome == "afgewezen" else (),
            tuple(to_weigh) if outcome != "wacht" else (),
            left if outcome in ("toegekend", "gedeeltelijk") else None,
            full,
            until_day,
        )


def first_day(value: Any) -> date | None:
    """The day until which waiting lasts; of an incomplete date none."""
    return value if isinstance(value, date) and not isinstance(value, Between) else None
