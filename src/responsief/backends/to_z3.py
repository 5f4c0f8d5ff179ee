"""The same meaning as formulas: what a program gives for every situation at once. Z3 (extra `analysis`) is asked for only here.

Each slot gets symbols (`symbols`) over the facts (`symbolic_facts`). On a situation that fixes every fact they give exactly what
`evaluate` gives (tests/test_to_z3.py); so what no situation can make true, no situation does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any, assert_never

from responsief.backends import symbolic_choices as chosen
from responsief.backends import symbolic_dates as dated
from responsief.backends import symbols as sym
from responsief.backends.symbolic_facts import MOST_ROWS, Facts, Path, Rows
from responsief.backends.symbols import Bool, Group, Truth, Value
from responsief.ir import nodes as ir
from responsief.ir.operators import exact
from responsief.ir.program import Program, counts_on
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind
from responsief.values import Period

GENERIC = "*"  # the row that stands for every row, where rows are only counted


class Formulas:
    """The formulas of one program. `case`: the fields of the case under review, for signals and provisions. `since`: the day of
    which its rules are, where that is not the reference date. `lazy`: a slot gets its symbols when it is first looked at, so what
    nobody asks about brings no facts along."""

    def __init__(
        self,
        program: Program,
        facts: Facts,
        figures: Sequence[Any],
        case: Mapping[str, Any] | None = None,
        since: date | None = None,
        *,
        lazy: bool = False,
    ) -> None:
        self.program = program
        self.facts = facts
        self.case = case or {}
        self.since = since or facts.on
        self.figures = {
            (home, f.naam): self._scaled(v, f.type.cijfers) for (home, f), v in zip(program.figures, figures, strict=True)
        }
        self.definitions = {(home, d.naam): d for home, d in program.own}
        self.run: list[Any] = [None] * len(program.slots)
        if not lazy:
            for node in program.slots:
                self.look(node)

    @staticmethod
    def _scaled(value: Any, digits: int) -> Any:
        return exact(Fraction(value, 10**digits)) if digits and isinstance(value, int) else value

    def look(self, node: ir.Node) -> Any:
        """The symbols of a node of the program."""
        if isinstance(node, ir.Const):
            return self._fixed(node.value)
        place = self.program.places[id(node)]
        found = self.run[place]
        if found is None:
            found = self.run[place] = self._meaning(self.program.slots[place], None)
        return found

    def _inside(self, node: ir.Node, entry: Path | None) -> Any:
        """The same for what may read the entry of a list: what does not read the entry keeps its own symbols."""
        if entry is None or isinstance(node, ir.Const | ir.Today | ir.OwnFact | ir.FigureRef | ir.TermRef | ir.OpenRef):
            return self.look(node)
        if isinstance(node, ir.Fact) and node.origin != "regel":
            return self.look(node)
        return self._meaning(node, entry)

    def _fixed(self, value: Any) -> Any:
        match value:
            case None:
                return Value("number", False, False, 0, 0)
            case bool():
                return sym.YES if value else sym.NO
            case int() | Fraction():
                return sym.exact(value)
            case date():
                key = dated.key_of(value)
                return Value("day", True, False, key, key, 1, (key, key))
            case Period(months=months, days=days):
                return Value("period", True, False, months, days)
            case _:
                number = self.facts.word(str(value))
                return Value("word", True, False, number, number)

    def _meaning(self, node: ir.Node, entry: Path | None) -> Any:
        def look(part: ir.Node) -> Any:
            return self._inside(part, entry)

        match node:
            case ir.Const(value=value):
                return self._fixed(value)
            case ir.Today():
                return self._fixed(self.facts.on)
            case ir.Fact(origin="zaak", path=path):
                return self.case.get(path[-1], sym.UNKNOWN if node.type.kind is Kind.JA_NEE else self._fixed(None))
            case ir.Fact():
                return self.facts.fact(node, entry)
            case ir.OwnFact(ruleset=home, name=name):
                return self.facts.own(self.definitions[(home, name)], home)
            case ir.FigureRef(ruleset=home, name=name):
                return self._fixed(self.figures[(home, name)])
            case ir.TermRef(ruleset=home, name=name) | ir.OpenRef(ruleset=home, name=name):
                return look(self.program.definitions[(home, name)])
            case ir.Not(operand=operand):
                return sym.negate(look(operand))
            case ir.And(operands=operands):
                return sym.both([look(o) for o in operands])
            case ir.Or(operands=operands):
                return sym.either([look(o) for o in operands])
            case ir.Compare(op=sign, left=left, right=right):
                return chosen.compare(sign, look(left), look(right))
            case ir.Within(value=value, low=low, high=high):
                inner = look(value)
                return sym.both([chosen.compare(">=", inner, look(low)), chosen.compare("<=", inner, look(high))])
            case ir.OneOf(value=value, options=options):
                return chosen.one_of(look(value), [self._fixed(o) for o in options])
            case ir.Known(value=value, wanted=wanted):
                known = look(value).known
                return sym.truth(known if wanted else sym.neg(known))
            case ir.Absent(value=value):
                return self._absent(look(value))
            case ir.Arith(op=sign, left=left, right=right):
                return sym.arith(sign, look(left), look(right))
            case ir.Extreme(op=pick, operands=operands):
                return sym.extreme(pick, [look(o) for o in operands])
            case ir.Round(value=value, mode=mode, unit=unit):
                return sym.rounded(look(value), mode, unit)
            case ir.Elapsed(unit=period, start=start, end=end):
                return dated.elapsed(period, look(start), look(end))
            case ir.Shift(day=day, period=length, sign=direction):
                return dated.shift(look(day), look(length), direction, self.facts.days_later)
            case ir.Aggregate():
                return self._aggregate(node, entry)
            case ir.Choose(branches=branches, otherwise=otherwise):
                return chosen.choose([(look(c), look(r)) for c, r in branches], look(otherwise))
            case ir.Collect(op=together, branches=branches, otherwise=otherwise):
                return chosen.collect(together, [(look(c), look(r)) for c, r in branches], look(otherwise))
            case _:
                assert_never(node)

    def _absent(self, found: Any) -> Truth:
        if isinstance(found, Rows):
            return sym.truth(found.empty, found.known)
        if isinstance(found, Truth):  # a question is never answered with «there is none»
            return sym.truth(False, found.known)
        assert isinstance(found, Value | Group)
        return sym.truth(found.none, found.known)

    # lists

    def _aggregate(self, node: ir.Aggregate, entry: Path | None) -> Any:
        rows = self._inside(node.entries, entry)
        assert isinstance(rows, Rows)
        base = self._base(node.entries, entry)
        if self.facts.counted:
            return self._counted(node, rows, base)
        each = [(sym.pick(rows.empty, False, rows.length > n), row) for n, row in enumerate(rows.rows)]
        verdicts = [(there, self._counts(node, row)) for there, row in each]
        match node.op:
            case "bestaat":
                yes = sym.disj(*(sym.conj(there, v.yes) for there, v in verdicts))
                no = sym.conj(*(sym.implies(there, v.no) for there, v in verdicts))
                return Truth(sym.conj(rows.known, yes), sym.conj(rows.known, no))
            case "alle":
                yes = sym.conj(*(sym.implies(there, v.yes) for there, v in verdicts))
                no = sym.disj(*(sym.conj(there, v.no) for there, v in verdicts))
                return Truth(sym.conj(rows.known, yes), sym.conj(rows.known, no))
            case "aantal":
                parts = [(sym.conj(there, v.yes), sym.exact(1)) for there, v in verdicts]
            case "som":
                assert node.value is not None
                parts = [
                    (sym.conj(there, v.yes), self._inside(node.value, row))
                    for (there, v), (_, row) in zip(verdicts, each, strict=True)
                ]
            case _:
                assert_never(node.op)
        found = chosen.total(parts)
        asked = sym.conj(rows.known, *(sym.implies(there, v.known) for there, v in verdicts))
        return replace(found, known=sym.conj(asked, found.known))

    def _counts(self, node: ir.Aggregate, row: Path) -> Truth:
        found = sym.YES if node.where is None else self._inside(node.where, row)
        assert isinstance(found, Truth)
        return found

    def _base(self, entries: ir.Node, entry: Path | None) -> Path:
        assert isinstance(entries, ir.Fact)
        return (*(entry or ()), *entries.path) if entries.origin == "regel" else entries.path

    def _counted(self, node: ir.Aggregate, rows: Rows, base: Path) -> Any:
        """How many rows answer with ja, with nee, or are unknown: any numbers that make up the list. The same question about the
        same list has the same numbers, also in another program."""
        row = (*base, GENERIC)
        asked = self._counts(node, row)
        key = (base, _same(asked.yes), _same(asked.no))
        found = self.facts.totals.get(key)
        if found is None:
            yes, no, unsure = (self.facts.fresh(".".join(base)) for _ in range(3))
            if asked.yes is True:
                no, unsure = 0, 0
            elif self.facts.always(asked.known):  # «is bekend en …» is answered of every row
                unsure = 0
            self.facts.bounds += [n >= 0 for n in (yes, no, unsure) if not isinstance(n, int)]
            self.facts.bounds.append(yes + no + unsure == rows.length)
            found = self.facts.totals[key] = (yes, no, unsure, asked)
        yes, no, unsure, _ = found
        match node.op:
            case "bestaat":
                return Truth(sym.conj(rows.known, yes >= 1), sym.conj(rows.known, yes == 0, unsure == 0))
            case "alle":
                return Truth(sym.conj(rows.known, no == 0, unsure == 0), sym.conj(rows.known, no >= 1))
            case "aantal":
                return Value("number", sym.conj(rows.known, unsure == 0), False, yes, yes, 1, (0, MOST_ROWS))
            case "som":
                assert node.value is not None
                return self._summed(self._inside(node.value, row), key, rows, yes, unsure)
            case _:
                assert_never(node.op)

    def _summed(self, value: Value, key: Any, rows: Rows, yes: Any, unsure: Any) -> Value:
        key = (*key, _same(value.known), _same(value.none), _same(value.lo), value.den)
        found = self.facts.totals.get(key)
        if found is None:
            total, known, none = self.facts.fresh("som"), self.facts.fresh_bool("som"), self.facts.fresh_bool("som geen")
            self.facts.bounds += [total >= 0] if value.kind == "number" else []
            self.facts.bounds.append(sym.implies(yes == 0, sym.conj(total == 0, known, sym.neg(none))))
            if value.none is False:
                none = False
            found = self.facts.totals[key] = (total, known, none, value)
        total, known, none, _ = found
        return Value("number", sym.conj(rows.known, unsure == 0, known), none, total, total, value.den)


def _same(formula: Any) -> Any:
    """What tells whether two formulas are the same one."""
    return formula if isinstance(formula, bool | int) else ("z3", formula.get_id())


# --- the outcome -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Conclusion:
    """What a program decides, as formulas: exactly one of the five outcomes holds."""

    wacht: Bool
    afgewezen: Bool
    onbepaald: Bool
    gedeeltelijk: Bool
    toegekend: Bool
    criteria: tuple[tuple[Criterion, Truth], ...]
    geweigerd: Mapping[str, Bool]  # is it one of the grounds?
    bedrag_bekend: Bool
    bedrag: Any  # cents, where it is known and granted; nought of a ruleset that grants no amount
    tot: Any = 0  # the day until which the decision waits, as a key, where it waits

    def outcomes(self) -> dict[str, Bool]:
        """The outcomes by name."""
        return {
            "toegekend": self.toegekend, "gedeeltelijk": self.gedeeltelijk, "afgewezen": self.afgewezen,
            "onbepaald": self.onbepaald, "wacht": self.wacht,
        }  # fmt: skip


def conclude(formulas: Formulas) -> Conclusion:
    """The outcome, in the order of `ir/verdict`: waiting, refusing on every ground, unknown, what a part takes off."""
    ruleset, on = formulas.program.ruleset, formulas.since
    assert ruleset is not None
    criteria: list[tuple[Criterion, Truth]] = []
    refused: dict[str, Bool] = {}
    took: dict[str, Bool] = {}
    waits: list[Bool] = []
    open_wait: Bool = False
    unknown: Bool = False
    open_part: Bool = False
    deducted: Any = 0
    last: Any = 0
    for criterion in ruleset.criteria:
        if not counts_on(criterion, on):
            continue
        truth = formulas.look(criterion.eis)
        assert isinstance(truth, Truth)
        criteria.append((criterion, truth))
        match criterion.gevolg:
            case "afwijzen":
                refused[criterion.id] = truth.no
                unknown = sym.disj(unknown, sym.neg(truth.known))
            case "kan_weigeren":
                unknown = sym.disj(unknown, sym.neg(truth.yes))
            case "wacht_tot":
                assert criterion.wacht_tot is not None
                until = sym.settle(formulas.look(criterion.wacht_tot))
                last = sym.pick(sym.conj(truth.no, until.lo > last), until.lo, last)
                told = sym.conj(until.known, sym.neg(until.none), until.single)  # what lies some days later is as open as that
                waits.append(truth.no)
                open_wait = sym.disj(open_wait, sym.neg(truth.known), sym.conj(truth.no, sym.neg(told)))
            case "deel":
                assert criterion.aftrek is not None
                found = formulas.look(criterion.aftrek)
                counted, cents = owed(found)
                none = sym.conj(found.known, found.none)
                taken = sym.pick(none, 0, cents)
                open_part = sym.disj(open_part, sym.neg(truth.known), sym.conj(truth.no, sym.neg(none), sym.neg(counted)))
                took[criterion.id] = sym.conj(truth.no, counted, sym.neg(none), cents > 0)
                deducted = deducted + sym.pick(took[criterion.id], taken, 0)
    full_known: Bool = True
    full: Any = 0
    if ruleset.bedrag is not None:
        full_known, full = owed(formulas.look(ruleset.bedrag))
    some_taken = sym.disj(*took.values())
    nothing_left = sym.conj(some_taken, full_known, full <= deducted) if ruleset.bedrag is not None else False
    waiting = sym.disj(*waits)
    first = sym.disj(open_wait, waiting)
    refuses = sym.disj(*refused.values(), nothing_left)
    undecided = sym.disj(unknown, open_part, sym.neg(full_known))
    granted = sym.conj(sym.neg(first), sym.neg(refuses), sym.neg(undecided))
    rejects = sym.conj(sym.neg(first), refuses)
    grounds = {
        c.id: sym.conj(rejects, sym.disj(refused.get(c.id, False), sym.conj(nothing_left, took.get(c.id, False))))
        for c, _ in criteria
    }
    return Conclusion(
        wacht=sym.conj(sym.neg(open_wait), waiting),
        afgewezen=rejects,
        onbepaald=sym.disj(open_wait, sym.conj(sym.neg(first), sym.neg(refuses), undecided)),
        gedeeltelijk=sym.conj(granted, some_taken),
        toegekend=sym.conj(granted, sym.neg(some_taken)),
        criteria=tuple(criteria),
        geweigerd=grounds,
        bedrag_bekend=sym.conj(granted, ruleset.bedrag is not None),
        bedrag=full - deducted if ruleset.bedrag is not None else 0,
        tot=last,
    )


def owed(value: Value) -> tuple[Bool, Any]:
    """Is it an amount that can be granted or taken off (known, whole, not below nought), and which."""
    whole, cents = True, value.lo
    if not (isinstance(value.den, int) and value.den == 1):
        whole, cents = value.lo % value.den == 0, value.lo / value.den
    return sym.conj(value.known, sym.neg(value.none), value.single, whole, cents >= 0), cents
