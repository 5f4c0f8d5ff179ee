"""From the values of a run to an outcome: all grounds, never only the first.

Order: waiting comes first (while the law forbids deciding, nothing is decided; while that is not known, or until when, nothing
is either), then refusal on every ground, a part that leaves nothing among them, then what is unknown, then what a part takes
off. Unknown is never a no.
"""

from __future__ import annotations

from copy import copy
from datetime import date
from functools import cached_property
from typing import Any, Literal

from responsief.frozen import dataclass
from responsief.ir.operators import Truth
from responsief.ir.program import Program, counts_on
from responsief.ir.ruleset import Criterion, Ongoing
from responsief.values import GEEN, Between

Uitkomst = Literal["toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht"]
UITKOMSTEN: tuple[Uitkomst, ...] = ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht")


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
        self.ruleset = ruleset
        self.rows = [(c, self.slot(c.eis), self.slot(c.wacht_tot), self.slot(c.aftrek)) for c in ruleset.criteria]
        self.plain = all(c.gevolg == "afwijzen" and c.vanaf is None and not c.gedoogd for c in ruleset.criteria)
        self.plain = self.plain and ruleset.lopend is None
        self.criteria = ruleset.criteria
        self.positions = tuple(self.slot(c.eis) for c in ruleset.criteria)
        self.amount = self.slot(ruleset.bedrag)
        self.fixed: int | None = getattr(ruleset.bedrag, "value", None)  # an amount that is the same for everyone
        self.has_amount = ruleset.bedrag is not None

    @cached_property
    def of_right(self) -> Concluder:
        """The same for the right itself: what only makes the decision wait says nothing of it."""
        other = copy(self)
        other.__dict__.pop("slots", None)
        other.rows = [row for row in self.rows if row[0].gevolg != "wacht_tot"]
        return other

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """Every slot that the outcome is read from, each once."""
        ongoing = self.ruleset.lopend.eerder if self.ruleset.lopend is not None else ()
        found = [self.amount, *(self.slot(one.overgang.voor) for one in ongoing)]
        found += [slot for _, *slots in self.rows for slot in slots]
        return tuple(dict.fromkeys(slot for slot in found if slot is not None))

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
            amount = owed(whole(run[self.amount]) if self.amount is not None else self.fixed)
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
        deducted, open_part = 0, False
        for criterion, position, until_slot, deduction in self.rows:
            if not counts_on(criterion, today):
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
                        waits.append(first_day(self.value(criterion.wacht_tot, until_slot, run)))
                    open_wait = open_wait or verdict is None
                case "deel":
                    taken = 0 if verdict is True else None
                    if verdict is False:
                        found = self.value(criterion.aftrek, deduction, run)
                        taken = 0 if found is GEEN else owed(whole(found))  # there is nothing of a partner who is not there
                    if taken is None:
                        open_part = True
                    elif taken > 0:
                        deducted += taken
                        took.append(criterion.id)
        if self.ruleset.lopend is not None:
            criteria, verdicts = self.asked(self.ruleset.lopend, criteria, verdicts, run)
        full = owed(whole(self.value(self.ruleset.bedrag, self.amount, run))) if self.has_amount else None
        nothing_left = bool(took) and full is not None and full <= deducted
        outcome: Uitkomst
        until = None
        if open_wait or None in waits:
            outcome = "onbepaald"
        elif waits:
            outcome, until = "wacht", max(day for day in waits if day is not None)
        elif refused or nothing_left:
            outcome = "afgewezen"
            grounds = {*refused, *took} if nothing_left else {*refused}
            refused = [c.id for c in criteria if c.id in grounds]
        elif unknown or open_part or (self.has_amount and full is None):
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
            full - deducted if full is not None and outcome in ("toegekend", "gedeeltelijk") else None,
            full,
            until,
        )

    def asked(
        self, ongoing: Ongoing, criteria: list[Criterion], verdicts: list[Truth], run: tuple[Any, ...]
    ) -> tuple[list[Criterion], list[Truth]]:
        """Of criteria that an earlier version decides for some: the one that this person is asked, with its own words. One that is
        not asked of her falls out (it was «ja»); while it is not known which is hers, it stays both."""
        found: list[tuple[Criterion, Truth]] = []
        for criterion, verdict in zip(criteria, verdicts, strict=True):
            which: Criterion | None = criterion
            for one in ongoing.eerder:
                who = one.overgang.voor
                if not one.overgang.covers(criterion.id):
                    continue
                held: Truth = self.value(who, self.slot(who), run)
                if held is not False:
                    which = one.criteria.get(criterion.id) if held else criterion
                    break
            else:
                which = ongoing.criteria.get(criterion.id)
            if which is not None:
                found.append((which, verdict))
        return [c for c, _ in found], [v for _, v in found]


def whole(value: Any) -> int | None:
    """An amount in cents; of one that is unknown, or of somebody who is not there, none."""
    return value if isinstance(value, int) else None


def owed(amount: int | None) -> int | None:
    """An amount that can be granted or taken off; below nought the rules say nothing that makes sense, so it is unknown."""
    return None if amount is None or amount < 0 else amount


def first_day(value: Any) -> date | None:
    """The day until which waiting lasts; of an incomplete date none."""
    return value if isinstance(value, date) and not isinstance(value, Between) else None
