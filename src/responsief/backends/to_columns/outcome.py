"""From the criteria of a ruleset to its outcome, in columns: `ir/verdict.py: Concluder.conclude_all`."""

from __future__ import annotations

from responsief.backends.to_columns.algebra import Expr
from responsief.backends.to_columns.calendar import FIRST
from responsief.backends.to_columns.gaps import MAX_CRITERIA, GapError
from responsief.backends.to_columns.meaning import Meaning
from responsief.backends.to_columns.operators import Operand
from responsief.ir.program import counts_on
from responsief.ir.ruleset import Criterion


def criteria_in_force(meaning: Meaning) -> tuple[Criterion, ...]:
    """The criteria that count on the day, in order; the bits of a code of grounds follow it."""
    ruleset = meaning.program.ruleset
    assert ruleset is not None
    return tuple([c for c in ruleset.criteria if counts_on(c, meaning.today)])


def conclude(meaning: Meaning) -> dict[str, Expr]:
    """The columns of a verdict, by name."""
    s, ruleset = meaning.space, meaning.program.ruleset
    assert ruleset is not None
    criteria = criteria_in_force(meaning)
    if len(criteria) > MAX_CRITERIA:
        raise GapError("te-veel-criteria")
    verdicts = [meaning.read(c.eis).value for c in criteria]
    refused: list[Expr] = [s.false] * len(criteria)
    to_weigh: list[Expr] = [s.false] * len(criteria)
    took: list[Expr] = [s.false] * len(criteria)
    waits: list[tuple[Expr, Expr]] = []
    open_wait, unknown, open_part = [], [], []
    deducted = s.lit(0)
    for at, (criterion, verdict) in enumerate(zip(criteria, verdicts, strict=True)):
        no = s.sure(s.negate(verdict))
        match criterion.gevolg:
            case "afwijzen":
                refused[at] = s.negate(verdict)
                unknown.append(s.is_null(verdict))
            case "kan_weigeren":
                to_weigh[at] = s.negate(verdict)
                unknown.append(s.negate(s.sure(verdict)))
            case "wacht_tot":
                assert criterion.wacht_tot is not None
                until = meaning.read(criterion.wacht_tot).value
                waits.append((no, until))
                open_wait.append(s.is_null(verdict))
                open_wait.append(s.both((no, s.is_null(until))))
            case "deel":
                assert criterion.aftrek is not None
                part = meaning.read(criterion.aftrek)
                amount = owed(meaning, part)
                if part.geen is not None:  # there is nothing of a partner who is not there
                    amount = s.choose(part.geen, s.lit(0), amount)
                taken = s.choose(verdict, s.lit(0), s.choose(no, amount, s.null("int")))
                open_part.append(s.is_null(taken))
                took[at] = s.sure(s.compare(">", taken, s.lit(0)))
                deducted = s.add(deducted, s.choose(s.is_null(taken), s.lit(0), taken))
    full = owed(meaning, meaning.read(ruleset.bedrag)) if ruleset.bedrag is not None else None
    nothing_left = s.false
    if full is not None:
        nothing_left = s.both((s.either(took), s.sure(s.compare("<=", full, deducted))))
        unknown.append(s.is_null(full))
    onbepaald = s.either(open_wait)
    wacht = s.both((s.negate(onbepaald), s.either([no for no, _ in waits])))
    first = s.either((onbepaald, wacht))
    grounds = s.bits([s.either((r, s.both((nothing_left, t)))) for r, t in zip(refused, took, strict=True)])
    afgewezen = s.both((s.negate(first), s.compare(">", grounds, s.lit(0))))  # where nothing is left, something was taken
    onbepaald = s.either((onbepaald, s.both((s.negate(first), s.negate(afgewezen), s.either((*unknown, *open_part))))))
    partly = s.compare(">", deducted, s.lit(0))
    outcome = s.choose(
        onbepaald,
        s.lit("onbepaald"),
        s.choose(
            wacht,
            s.lit("wacht"),
            s.choose(afgewezen, s.lit("afgewezen"), s.choose(partly, s.lit("gedeeltelijk"), s.lit("toegekend"))),
        ),
    )
    granted = s.negate(s.either((onbepaald, wacht, afgewezen)))
    columns = {"uitkomst": outcome}
    if full is not None:
        columns["bedrag"] = s.choose(granted, s.subtract(full, deducted), s.null("int"))
        columns["bedrag_vol"] = full
    else:
        columns["bedrag"] = columns["bedrag_vol"] = s.null("int")
    columns["gronden"] = s.choose(first, s.lit(0), grounds)
    columns["te_wegen"] = s.choose(wacht, s.lit(0), s.bits(to_weigh))
    last: Expr = s.null("int")
    for no, until in waits:
        one = s.choose(no, until, s.lit(FIRST))
        last = one if last.unknown else s.largest((last, one))
    columns["wacht_tot"] = s.choose(wacht, last, s.null("int"))
    columns |= {f"oordeel.{c.id}": v for c, v in zip(criteria, verdicts, strict=True)}
    apart = meaning.outside()
    reason: Expr = s.null("text")
    for code, holds in apart.items():
        reason = s.choose(holds, s.lit(code), reason)
    columns["buiten"] = reason
    decided = s.negate(s.either(apart.values()))
    for name in ("uitkomst", "bedrag", "gronden"):  # never an outcome that was worked out from half a fact
        columns[name] = s.choose(decided, columns[name], s.null(columns[name].kind))
    return columns


def owed(meaning: Meaning, amount: Operand) -> Expr:
    """An amount in whole cents that is not below nought; anything else is unknown."""
    s = meaning.space
    cents = amount.value
    if not (amount.den.fixed and amount.den.value == 1):
        whole = s.divide(cents, amount.den)
        cents = s.choose(s.compare("=", s.multiply(whole, amount.den), cents), whole, s.null("int"))
    if cents.unknown or cents.lo >= 0:
        return cents
    found = s.choose(s.compare(">=", cents, s.lit(0)), cents, s.null("int"))
    if found.op == "if":
        found.lo = max(found.lo, 0)
    return found
