"""What a program asks, in columns: `backends/evaluate.py` question by question, on the operators of columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Final, assert_never

from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import evaluate
from responsief.backends.to_columns.algebra import LIMIT, Expr, Space
from responsief.backends.to_columns.gaps import MAX_ENTRIES, GapError
from responsief.backends.to_columns.operators import Operand, Operators
from responsief.backends.to_columns.sources import PARTNER, Tables
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir import types
from responsief.ir.program import Program
from responsief.tables.layout import PERSONS

Read = Callable[[ir.Node], Operand]
OUTSIDE_ENTRIES: Final = (ir.Fact, ir.OwnFact, ir.FigureRef, ir.TermRef, ir.OpenRef, ir.Today)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A column of a list's entries (`of`: an expression over one entry) taken together per client: its sum or its largest."""

    table: str
    how: str  # som, max
    of: Expr
    column: Expr  # as the table of clients gets it; null of who has no entries


NO_CASE: Final[Mapping[str, Operand]] = {}


class Meaning:
    """One program on one day, on tables with these columns. `case`: of each field of the case under review what it is; `beside`: the
    program that is decided in the same go, with whose columns this one's stand together, and whose own are asked for one by one
    (`prepare`)."""

    def __init__(
        self,
        compiled: Compiled,
        today: date,
        schema: Mapping[str, frozenset[str]],
        scales: Mapping[tuple[str, str], int],
        *,
        beside: Meaning | None = None,
        case: Mapping[str, Operand] = NO_CASE,
    ) -> None:
        self.program: Program = compiled.program
        self.today = today
        self.case = case
        self._alone = beside is None
        self.stated = scales
        self.scales = {(home, d.naam): d.type.cijfers for home, d in self.program.own} | dict(scales)
        self.space: Space = Space() if beside is None else beside.space
        self.checks: list[Expr] = []  # true where a number left its bounds, null where it is unknown
        self.space.checks = self.checks
        self.operators: Operators = Operators(self.space) if beside is None else beside.operators
        self.tables = Tables(self.space, self.operators, schema)
        self.gathered: dict[int, Gathered] = {} if beside is None else beside.gathered  # by the number of its column
        # a client's expression that entries read, by its number; and its column there
        self.ups: dict[int, tuple[Expr, Expr]] = {} if beside is None else beside.ups
        self.sizes: dict[str, Expr] = {}
        self.entry_checks: dict[str, list[Expr]] = {}  # per list, of an entry; counted along with its entries
        self.outer_checks: list[Expr] = []  # of lists that are asked about within the entries of another
        self._slots: dict[int, Operand] = self._fixed(compiled)
        if beside is None:
            self._make(range(len(self.program.slots)))

    def _make(self, places: Iterable[int]) -> None:
        """These slots, parts before wholes."""
        for at in places:
            if at not in self._slots:
                self._slots[at] = self.make(self.program.slots[at], self.read, None)

    def prepare(self, slots: Iterable[int]) -> None:
        """Make some slots, with everything that they read."""
        places, found, stack = self.program.places, set[int](), list(slots)
        while stack:
            at = stack.pop()
            if at not in found and at not in self._slots:
                found.add(at)
                stack += [places[id(part)] for part in read_outside(self.program, self.program.slots[at])]
        self._make(sorted(found))

    def at(self, slot: int) -> Operand:
        """The operand of a slot that was made."""
        return self._slots[slot]

    def read(self, node: ir.Node) -> Operand:
        """The operand of a node outside the entries of a list."""
        if isinstance(node, ir.Const):
            return self.tables.literal(node.value, node.type)
        return self._slots[self.program.places[id(node)]]

    def _fixed(self, compiled: Compiled) -> dict[int, Operand]:
        """The slots that read no fact, as `evaluate` has them on this day."""
        from responsief.situation import Situation  # late: a plan can be looked at without the models

        places, found = self.program.places, {}
        nobody = Situation()
        run = evaluate(compiled.program, nobody, compiled.own(nobody), compiled.figures(self.today), self.today)
        values = Compiled.values(run)  # of a catalogue too: it has no case
        for at, node in enumerate(self.program.slots):
            if isinstance(node, ir.Fact | ir.OwnFact | ir.Aggregate):
                continue
            parts = () if isinstance(node, ir.TermRef | ir.OpenRef) else ir.children(node)
            if all(isinstance(part, ir.Const) or places[id(part)] in found for part in parts):
                found[at] = self.tables.literal(values[at], node.type)
        return found

    def make(self, node: ir.Node, read: Read, table: str | None) -> Operand:
        """One node; `table`: the list whose entry it reads, if any."""
        o = self.operators
        match node:
            case ir.Const(value=value):
                return self.tables.literal(value, node.type)
            case ir.Fact():
                return self.fact(node, table)
            case ir.OwnFact(ruleset=home, name=name):
                return self.tables.value(PERSONS, f"eigen.{home}.{name}", node.type, scale=self.scales[(home, name)])
            case ir.TermRef(ruleset=home, name=name) | ir.OpenRef(ruleset=home, name=name):
                return read(self.program.definitions[(home, name)])
            case ir.Today() | ir.FigureRef():
                return self.read(node)
            case ir.Not(operand=operand):
                return o.plain(self.space.negate(read(operand).value))
            case ir.And(operands=operands):
                return o.plain(self.space.both([read(n).value for n in operands]))
            case ir.Or(operands=operands):
                return o.plain(self.space.either([read(n).value for n in operands]))
            case ir.Compare(op=sign, left=left, right=right):
                return o.compare(sign, read(left), read(right))
            case ir.Within(value=value, low=low, high=high):
                return o.within(read(value), read(low), read(high))
            case ir.OneOf(value=value, options=options):
                return o.one_of(read(value), options)
            case ir.Known(value=value, wanted=wanted):
                known = o.known(read(value))
                return o.plain(known if wanted else self.space.negate(known))
            case ir.Absent(value=value):
                return o.is_absent(read(value))
            case ir.Arith(op=sign, left=left, right=right):
                return o.arith(sign, read(left), read(right))
            case ir.Extreme(op=pick, operands=operands):
                return o.extreme(pick, [read(n) for n in operands])
            case ir.Round(value=value, mode=mode, unit=unit):
                return o.rounded(read(value), mode, unit)
            case ir.Elapsed(unit=period, start=start, end=end):
                return o.elapsed(period, read(start), read(end))
            case ir.Shift(day=day, period=length, sign=direction):
                return o.shift(read(day), read(length), direction)
            case ir.Aggregate():
                return self.aggregate(node, read)
            case ir.Choose(branches=branches, otherwise=otherwise):
                return o.choose([(read(c), read(r)) for c, r in branches], read(otherwise))
            case ir.Collect(op=together, branches=branches, otherwise=otherwise):
                return o.collect(together, [(read(c), read(r)) for c, r in branches], read(otherwise))
            case _:
                assert_never(node)

    # facts

    def fact(self, node: ir.Fact, table: str | None) -> Operand:
        """A fact's value. Of a partner who is not there: every question is no, every list empty, everything else GEEN."""
        if node.origin == "zaak":
            found_there = self.case.get(node.path[-1])
            if found_there is None:
                raise GapError("zaak")
            return found_there
        if node.origin == "regel":
            assert table is not None
            if node.type.kind is types.Kind.LIJST:
                raise GapError("lijst-in-lijst")
            return self.tables.value(table, ".".join(node.path), node.type, scale=node.type.cijfers)
        name, s = ".".join(node.path), self.space
        if node.type.kind is types.Kind.LIJST:
            found = self.entries(name)
        elif node.type.kind is types.Kind.GROEP:
            found = self.operators.plain(s.true)
        else:
            found = self.tables.value(PERSONS, name, node.type, scale=node.type.cijfers)
        return self.of_partner(found, node) if node.path[:2] == PARTNER else found

    def partner(self) -> Expr:
        """Is there a partner? Null where that is not known."""
        return self.tables.column(PERSONS, ".".join(PARTNER), "bool")

    def of_partner(self, found: Operand, node: ir.Fact) -> Operand:
        """A fact of a partner, who may be unknown or not there."""
        s = self.space
        there = self.partner()
        absent = s.sure(s.negate(there))
        match node.type.kind:
            case types.Kind.JA_NEE:
                value = s.choose(there, found.value, s.choose(absent, s.false, s.null("bool")))
                return self.operators.plain(value)
            case types.Kind.LIJST:
                assert found.empty is not None
                known = s.choose(there, found.value, s.choose(absent, s.true, s.null("bool")))
                return Operand((known,), found.den, None, s.either((absent, found.empty)))
            case _:
                parts = tuple([s.choose(there, part, s.null(part.kind)) for part in found.parts])
                geen = absent if found.geen is None else s.either((absent, s.both((s.sure(there), found.geen))))
                return Operand(parts, found.den, geen)

    def entries(self, name: str) -> Operand:
        """A list: is it known (ja, or null), and is it empty?"""
        s = self.space
        known = s.choose(self.tables.column(PERSONS, name, "bool"), s.true, s.null("bool"))
        if known.unknown:
            return Operand((known,), self.operators.one, None, s.false)
        if name not in self.tables.schema:
            raise LookupError(name)
        return Operand((known,), self.operators.one, None, s.compare("=", self.size(name), s.lit(0)))

    def size(self, name: str) -> Expr:
        """How many entries a list has."""
        found = self.sizes.get(name)
        if found is None:
            s = self.space
            found = self.sizes[name] = s.clip(self.total(name, s.lit(1), "som", entries=2**31), 0, MAX_ENTRIES)
        return found

    def _counted_as_too_many(self, name: str, check: Expr) -> None:
        """Let an entry for which this holds count as more entries than a list may have: then it sets the client apart."""
        s, one = self.space, self.space.lit(1)
        if check is not s.false:
            (column,) = (g.column for g in self.gathered.values() if g.table == name and g.how == "som" and g.of is one)
            counted = s.choose(check, s.lit(MAX_ENTRIES + 1), one)
            self.gathered[column.at] = Gathered(name, "som", counted, column)

    # lists

    def total(self, table: str, of: Expr, how: str, entries: int = MAX_ENTRIES) -> Expr:
        """The sum (or the largest) of an expression over the entries of each client; nought of who has none."""
        s = self.space
        if of.op == "lit" and of.value == 0:
            return of
        times = entries if how == "som" else 1
        column = s.column("int", "g", table, how, of.at, lo=min(of.lo, 0) * times, hi=max(of.hi, 0) * times)
        self.gathered.setdefault(column.at, Gathered(table, how, of, column))
        return s.choose(s.is_null(column), s.lit(0), column)

    def aggregate(self, node: ir.Aggregate, read: Read) -> Operand:
        """Over a list: an unknown list, filter or summed value makes a sum or count unknown; bestaat and alle are Kleene."""
        s = self.space
        assert isinstance(node.entries, ir.Fact)
        if node.entries.origin == "regel":
            raise GapError("lijst-in-lijst")
        entries = self.read(node.entries)
        name = ".".join(node.entries.path)
        if name not in self.tables.schema:  # of a list without a table nothing is known, or there is nobody to have it
            return self._of_no_table(node, entries)
        self.size(name)
        memo: dict[int, Operand] = {}

        def inside(part: ir.Node) -> Operand:
            return self.inside(part, name, memo)

        outer, s.checks = s.checks, []
        condition = inside(node.where).value if node.where is not None else s.true
        value = inside(node.value) if node.op == "som" and node.value is not None else None
        summed = self._summed(name, condition, value) if value is not None else None
        checks, s.checks = s.checks, outer
        self.entry_checks.setdefault(name, []).extend(checks)
        known = entries.value
        if summed is not None:
            return self._if_known(known, summed)
        match node.op:
            case "aantal":
                one = s.as_number(condition)
                count = self.size(name) if condition is s.true else self._unless(name, s.is_null(condition), one)
                return self._if_known(known, self.operators.plain(count))
            case "bestaat":
                most = self.total(name, s.as_number(condition, true=2, null=1), "max")
                found = self._graded(most, s.true, s.false)
            case "alle":
                most = self.total(name, s.as_number(condition, true=0, null=1, false=2), "max")
                found = self._graded(most, s.false, s.true)
            case _:
                raise AssertionError(node.op)
        return self._if_known(known, self.operators.plain(found))

    def _of_no_table(self, node: ir.Aggregate, entries: Operand) -> Operand:
        s = self.space
        match node.op:
            case "bestaat":
                nothing = self.operators.plain(s.false)
            case "alle":
                nothing = self.operators.plain(s.true)
            case _:
                nothing = self.operators.plain(s.lit(0))
        return self._if_known(entries.value, nothing)

    def _graded(self, most: Expr, decided: Expr, otherwise: Expr) -> Expr:
        """2: one entry decides; 1: one is unknown; 0: neither."""
        s = self.space
        if most.hi <= 0:
            return otherwise
        rest = s.choose(s.compare("=", most, s.lit(1)), s.null("bool"), otherwise)
        return s.choose(s.compare("=", most, s.lit(2)), decided, rest)

    def _summed(self, name: str, condition: Expr, value: Operand) -> Operand:
        """The sum of a field over the entries that count; its denominator is that of its stored decimals."""
        s = self.space
        most = 2**53 // (2 * MAX_ENTRIES)
        counted = s.choose(condition, s.clip(value.value, -most, most), s.lit(0))
        holds = s.sure(condition)
        unknown = s.either((s.is_null(condition), s.both((holds, s.negate(self.operators.known(value))))))
        total = self._unless(name, unknown, counted)
        if value.geen is None:
            return Operand((total,), value.den)
        absent = s.compare(">", self.total(name, s.as_number(s.both((holds, value.geen))), "max"), s.lit(0))
        return Operand((s.choose(absent, s.null("int"), total),), value.den, s.both((absent, s.known(total))))

    def _unless(self, name: str, unknown: Expr, counted: Expr) -> Expr:
        """The sum of a number over the entries; unknown where something is of one of them.

        What is unknown is summed along, as a number that all others together can't reach: one column less to gather.
        """
        s = self.space
        if unknown is s.false:
            return self.total(name, counted, "som")
        most = max(abs(counted.lo), abs(counted.hi)) * MAX_ENTRIES
        mark = 1 << (most.bit_length() + 1)
        if mark * MAX_ENTRIES > LIMIT:
            some = s.compare(">", self.total(name, s.as_number(unknown), "max"), s.lit(0))
            return s.choose(some, s.null("int"), self.total(name, counted, "som"))
        total = self.total(name, s.choose(unknown, s.lit(mark), counted), "som")
        known = s.choose(s.compare(">", total, s.lit(most)), s.null("int"), total)
        if known.op == "if":
            known.lo, known.hi = -most, most
        return known

    def _if_known(self, known: Expr, found: Operand) -> Operand:
        return self._if(self.space.known(known), found)

    def _if(self, condition: Expr, found: Operand) -> Operand:
        s = self.space
        geen = s.both((condition, found.geen)) if found.geen is not None else None
        return Operand(tuple([s.choose(condition, p, s.null(p.kind)) for p in found.parts]), found.den, geen)

    def inside(self, node: ir.Node, table: str, memo: dict[int, Operand]) -> Operand:
        """A node that reads an entry: what does not read the entry keeps its own value."""
        if isinstance(node, ir.Const):
            return self.tables.literal(node.value, node.type)
        outside = isinstance(node, ir.Today | ir.OwnFact | ir.FigureRef | ir.TermRef | ir.OpenRef)
        if outside or (isinstance(node, ir.Fact) and node.origin != "regel"):
            return self._up(self.read(node))
        if isinstance(
            node, ir.Aggregate
        ):  # a list of the client, asked about within an entry of another: the same for every entry
            outer, self.space.checks = self.space.checks, []
            found = self.aggregate(node, lambda part: self.inside(part, table, memo))
            checks, self.space.checks = self.space.checks, outer
            self.outer_checks.extend(checks)
            return self._up(found)
        found_before = memo.get(id(node))
        if found_before is None:
            found_before = memo[id(node)] = self.make(node, lambda part: self.inside(part, table, memo), table)
        return found_before

    def _up(self, operand: Operand) -> Operand:
        """A client's operand as the entries of the client's list read it."""
        geen = self.lifted(operand.geen) if operand.geen is not None else None
        empty = self.lifted(operand.empty) if operand.empty is not None else None
        return Operand(tuple(map(self.lifted, operand.parts)), self.lifted(operand.den), geen, empty)

    def lifted(self, part: Expr) -> Expr:
        """A client's expression as the entries of her lists read it."""
        if part.op == "lit":
            return part
        column = self.space.column(part.kind, "u", part.at, maybe=part.maybe, lo=part.lo, hi=part.hi)
        self.ups[part.at] = (part, column)
        return column

    # what sets a row apart

    def outside(self) -> dict[str, Expr]:
        """Of each reason why a row can't be decided in columns: whether it holds."""
        s = self.space
        dates = list(self.tables.incomplete.get(PERSONS, {}).values())
        for table, found in self.tables.incomplete.items():
            if table != PERSONS:
                dates.append(s.compare(">", self.total(table, s.as_number(s.either(found.values())), "max"), s.lit(0)))
        entries: list[Expr] = []
        for table, checks in self.entry_checks.items():
            check = s.sure(s.either(checks))
            if self._alone:
                self._counted_as_too_many(table, check)
            else:  # what is asked beside a verdict never sets that verdict apart
                entries.append(s.compare(">", self.total(table, s.as_number(check), "max"), s.lit(0)))
        bounds = s.sure(s.either([*self.checks, *self.outer_checks, *entries]))
        return {"onvolledige-datum": s.either(dates), "buiten-grenzen": bounds}


def read_outside(program: Program, node: ir.Node) -> Iterator[ir.Node]:
    """What a slot's node reads that has a slot itself: its parts, and of a list also what its entries read outside the entry."""
    if isinstance(node, ir.TermRef | ir.OpenRef):
        yield from (one for one in (program.definitions[(node.ruleset, node.name)],) if not isinstance(one, ir.Const))
        return
    yield from (part for part in ir.children(node) if not isinstance(part, ir.Const))
    if isinstance(node, ir.Aggregate):
        for side in (node.value, node.where):
            for inner in ir.walk(side) if side is not None else ():
                if isinstance(inner, OUTSIDE_ENTRIES) and not (isinstance(inner, ir.Fact) and inner.origin == "regel"):
                    yield inner


def leaves(*expressions: Expr) -> Iterable[Expr]:
    """The columns that expressions are made of, each once."""
    seen: dict[int, Expr] = {}
    stack = list(expressions)
    while stack:
        one = stack.pop()
        if one.at not in seen:
            seen[one.at] = one
            stack.extend(one.args)
    return [one for one in seen.values() if one.op == "col"]
