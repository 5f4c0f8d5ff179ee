"""The same meaning, compiled to one Python function: the fast path of the library.

Every slot becomes a local variable. An exact fraction is kept as a pair of whole numbers (`n…` over `d…`), so that nothing is
divided before a rule rounds. What an incomplete date or a partner who is not there makes rare goes through `ir.operators`.
What depends only on the day (a norm, a limit, «vandaag - 27 jaar») is a function of its own, run once for each day.
The code is made from our own tree only; no text of a ruleset reaches it except as a quoted constant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import Any, Final, NamedTuple, assert_never

from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir import operators as op
from responsief.ir.program import Program
from responsief.ir.types import Kind
from responsief.values import GEEN, full_years, round_ratio_to


class Code(NamedTuple):
    """A compiled program: `day` (figures, today) gives what depends on the day alone, `run` (situation, own, that, today, case)
    one value per slot; exact fractions as (numerator, denominator)."""

    day: Callable[..., tuple[Any, ...]]
    run: Callable[..., tuple[Any, ...]]


class Course(NamedTuple):
    """What of a program changes with the day, for one person: `slots` says which values `run` (situation, own, what `Code.day`
    gave, today, a run of any day) gives; all other slots keep the values of that run."""

    slots: tuple[int, ...]
    run: Callable[..., tuple[Any, ...]]


MANY: Final = 40  # branches past which a choice is a call: Python nests brackets to 200
_PYTHON_OPS: Final = {"=": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Entry(NamedTuple):
    """An entry of a list while code for it is written: its variable, and the fields that were read into one already."""

    name: str
    read: dict[tuple[str, ...], Operand]


@dataclass(frozen=True, slots=True)
class Operand:
    """Code that reads a value: `code` (of a pair the numerator), whether it can be None, and a pair's denominator."""

    code: str
    maybe: bool
    den: str | None = None


def compile_program(program: Program, *, figures_known: bool = True) -> Code:
    """The code of a program.

    With `figures_known` False a figure may be None (a catalogue goes on without it; a ruleset never does).
    """
    writer = _Writer(program, figures_known=figures_known)
    space = _made(program, writer, writer.source())
    return Code(space["day"], space["run"])


def compile_course(program: Program, wanted: Iterable[int], *, figures_known: bool = True) -> Course:
    """The code that follows the wanted slots from day to day, and works out nothing that the day doesn't change."""
    writer = _Writer(program, figures_known=figures_known)
    writer.source()
    slots, source = writer.course(wanted)
    return Course(slots, _made(program, writer, source)["course"])


def _made(program: Program, writer: _Writer, source: str) -> dict[str, Any]:
    space: dict[str, Any] = {"GEEN": GEEN, "date": date, **_HELPERS, **writer.constants}
    exec(compile(source, f"<{program.ruleset.id if program.ruleset else 'catalogus'}>", "exec"), space)
    return space


def _age(born: Any, on: Any) -> Any:
    if born.__class__ is date and on.__class__ is date:
        return full_years(born, on) if on >= born else -full_years(on, born)
    return op.elapsed("jaren", born, on)


def _round_pair(num: int, den: int, mode: Any, unit: int) -> int:
    return round_ratio_to(num, den, unit, mode)


_HELPERS: Final[dict[str, Any]] = {
    "_age": _age,
    "_agree": op.agree,
    "_arith": op.arith,
    "_both": op.both,
    "_choose": op.choose,
    "_collect": op.collect,
    "_compare": op.compare,
    "_either": op.either,
    "_elapsed": op.elapsed,
    "_extreme": op.extreme,
    "_one_of": op.one_of,
    "_round": op.rounded,
    "_round_pair": _round_pair,
    "_shift": op.shift,
    "_within": op.within,
    "_ratio": lambda n, d: op.exact(Fraction(n, d)),
}


class _Writer:
    def __init__(self, program: Program, *, figures_known: bool) -> None:
        self.program = program
        self.figures_known = figures_known
        self.lines: list[str] = []
        self.constants: dict[str, Any] = {}
        self.indent = 1
        self.counter = 0
        self.unpacked = "pass"  # the line that takes what depends on the day alone
        self.slots: dict[int, Operand] = {}
        self.groups: dict[tuple[str, ...], str] = {}
        self.lists: dict[str, str] = {}
        self.words: dict[tuple[str, tuple[str, ...]], str] = {}  # of a list and a field: the variable with what stands in it
        self.own = {(home, d.naam): i for i, (home, d) in enumerate(program.own)}
        self.figures = {(home, f.naam): i for i, (home, f) in enumerate(program.figures)}
        # the decimals of the version that is linked: another version may be written with more
        self.digits = {(home, d.naam): d.type.cijfers for home, d in program.own}
        self.digits |= {(home, f.naam): f.type.cijfers for home, f in program.figures}

    def source(self) -> str:
        slots = self.program.slots
        daily = self.daily()
        self.lines.append("def day(fig, today):")
        for at in daily:
            self.slots[at] = self.slot(slots[at], at)
        names = dict.fromkeys(name for at in daily for name in (f"v{at}", self.slots[at].den) if name and not name.isdigit())
        known = f"({', '.join(names)}{',' if len(names) == 1 else ''})"
        self.line(f"return {known}")
        self.unpacked = f"{known} = daily" if names else "pass"
        self.lines.append("def run(s, own, daily, today, case=None):")
        self.line("s = s.__dict__")
        self.line(self.unpacked)
        for at, node in enumerate(slots):
            if at not in self.slots:
                self.slots[at] = self.slot(node, at)
        values = ", ".join(self.stored(self.slots[i]) for i in range(len(slots)))
        self.line(f"return ({values}{',' if len(slots) == 1 else ''})")
        return "\n".join(self.lines)

    def course(self, wanted: Iterable[int]) -> tuple[tuple[int, ...], str]:
        """The wanted slots that the day changes, and the function that gives them; to be called once the source is made."""
        slots, daily = self.program.slots, set(self.daily())
        needed, moving = self.behind(wanted), self.moving()
        self.lines, self.groups, self.lists, self.words = [], {}, {}, {}
        self.lines.append("def course(s, own, daily, today, known):")
        self.line("s = s.__dict__")
        self.line(self.unpacked)
        for at in sorted(needed - moving - daily):
            operand = self.slots[at]
            if operand.den is None:
                self.line(f"v{at} = known[{at}]")
            elif operand.den.isdigit():
                self.line(f"v{at} = None if known[{at}] is None else known[{at}][0]")
            else:
                self.line(f"v{at}, {operand.den} = (None, 1) if known[{at}] is None else known[{at}]")
        for at in sorted(needed & moving - daily):
            self.slots[at] = self.slot(slots[at], at)
        asked = tuple(sorted({*wanted} & moving))
        values = "".join(f"{self.stored(self.slots[at])}, " for at in asked)
        self.line(f"return ({values})")
        return asked, "\n".join(self.lines)

    def behind(self, wanted: Iterable[int]) -> set[int]:
        """The slots that these read, themselves among them."""
        found, places = {*wanted}, self.program.places
        stack = [self.program.slots[at] for at in found]
        while stack:
            for part in self.parts(stack.pop()):
                at = places.get(id(part))
                if at is None:
                    stack.append(part)
                elif at not in found:
                    found.add(at)
                    stack.append(self.program.slots[at])
        return found

    def parts(self, node: ir.Node) -> Iterable[ir.Node]:
        """What a node reads: its children, of a list also what is asked of its entries, and of a name what it stands for."""
        if isinstance(node, ir.TermRef | ir.OpenRef):
            return (self.program.definitions[(node.ruleset, node.name)],)
        if isinstance(node, ir.Aggregate):
            return [part for part in (node.entries, node.value, node.where) if part is not None]
        return ir.children(node)

    def moving(self) -> set[int]:
        """The slots that read the day or a dated figure, by whatever way."""
        known: dict[int, bool] = {}  # by identity: what stands in a list may have a slot that comes later

        def moves(node: ir.Node) -> bool:
            found = known.get(id(node))
            if found is None:
                found = isinstance(node, ir.Today | ir.FigureRef) or any(map(moves, self.parts(node)))
                known[id(node)] = found
            return found

        return {at for at, node in enumerate(self.program.slots) if moves(node)}

    def daily(self) -> list[int]:
        """The slots that read no fact: the same for everybody on a day."""
        found: dict[int, None] = {}
        places = self.program.places
        for at, node in enumerate(self.program.slots):
            if isinstance(node, ir.Fact | ir.OwnFact | ir.Aggregate):
                continue
            named = isinstance(node, ir.TermRef | ir.OpenRef)
            parts = () if named else ir.children(node)  # only a term with a fixed value has a slot of its own
            if all(isinstance(part, ir.Const) or places[id(part)] in found for part in parts):
                found[at] = None
        return list(found)

    # small tools

    def line(self, code: str) -> None:
        self.lines.append("    " * self.indent + code)

    def name(self, letter: str = "t") -> str:
        self.counter += 1
        return f"{letter}_{self.counter}"  # never the name of a slot (v1, d1)

    def constant(self, value: Any) -> str:
        if value is None or isinstance(value, bool | int | str):
            return repr(value)
        name = self.name("k")
        self.constants[name] = value
        return name

    def stored(self, operand: Operand) -> str:
        if operand.den is None:
            return operand.code
        pair = f"({operand.code}, {operand.den})"
        return f"None if {operand.code} is None else {pair}" if operand.maybe else pair

    def true_value(self, operand: Operand) -> str:
        """The operand as the operators know it: a pair becomes an exact number."""
        if operand.den is None:
            return operand.code
        made = f"_ratio({operand.code}, {operand.den})"
        return f"(None if {operand.code} is None else {made})" if operand.maybe else made

    def unknown(self, *operands: Operand) -> str:
        return " or ".join(f"{o.code} is None" for o in operands if o.maybe)

    def guarded(self, code: str, *operands: Operand) -> str:
        test = self.unknown(*operands)
        return f"None if {test} else {code}" if test else code

    # nodes

    def slot(self, node: ir.Node, at: int) -> Operand:
        made = self.make(node, self.read, None)
        name = f"v{at}"
        self.line(f"{name} = {made.code}")
        if made.den is None:
            return Operand(name, made.maybe)
        if made.den.isdigit():
            return Operand(name, made.maybe, made.den)
        self.line(f"d{at} = {made.den}")
        return Operand(name, made.maybe, f"d{at}")

    def read(self, node: ir.Node) -> Operand:
        if isinstance(node, ir.Const):
            return self.literal(node)
        return self.slots[self.program.places[id(node)]]

    def literal(self, node: ir.Const) -> Operand:
        value = node.value
        if isinstance(value, Fraction):
            return Operand(repr(value.numerator), False, repr(value.denominator))
        return Operand(self.constant(value), False)

    def make(self, node: ir.Node, read: Callable[[ir.Node], Operand], entry: str | None) -> Operand:
        """Code for one node; statements that it needs are written before."""
        match node:
            case ir.Const():
                return self.literal(node)
            case ir.Today():
                return Operand("today", False)
            case ir.Fact():
                return self.fact(node, entry)
            case ir.OwnFact(ruleset=home, name=name):
                return Operand(f"own[{self.own[(home, name)]}]", True, self.scale(node))
            case ir.FigureRef(ruleset=home, name=name):
                return Operand(f"fig[{self.figures[(home, name)]}]", not self.figures_known, self.scale(node))
            case ir.TermRef(ruleset=home, name=name) | ir.OpenRef(ruleset=home, name=name):
                return read(self.program.definitions[(home, name)])
            case ir.Not(operand=operand):
                inner = read(operand)
                return Operand(self.guarded(f"not {inner.code}", inner), inner.maybe)
            case ir.And(operands=operands):
                return self.kleene([read(o) for o in operands], "False", "True")
            case ir.Or(operands=operands):
                return self.kleene([read(o) for o in operands], "True", "False")
            case ir.Compare(op=sign, left=left, right=right):
                return self.compare(sign, read(left), read(right), left, right)
            case ir.Within(value=value, low=low, high=high):
                parts = [read(n) for n in (value, low, high)]
                if all(n.type.plain for n in (value, low, high)) and all(p.den is None for p in parts):
                    a, b, c = parts
                    if not (b.maybe or c.maybe):
                        return Operand(self.guarded(f"{b.code} <= {a.code} <= {c.code}", a), a.maybe)
                return Operand(f"_within({', '.join(self.true_value(p) for p in parts)})", True)
            case ir.OneOf(value=value, options=options):
                inner = read(value)
                if value.type.plain and inner.den is None:
                    return Operand(self.guarded(f"{inner.code} in {options!r}", inner), inner.maybe)
                return Operand(f"_one_of({self.true_value(inner)}, {options!r})", True)
            case ir.Known(value=ir.Const(), wanted=wanted):
                return Operand(repr(wanted), False)
            case ir.Known(value=value, wanted=wanted):
                return Operand(f"{read(value).code} is {'not ' if wanted else ''}None", False)
            case ir.Absent(value=value):
                code = read(value).code
                return Operand(f"None if {code} is None else {code} is GEEN or {code} == ()", True)
            case ir.Arith():
                return self.arith(node, read(node.left), read(node.right))
            case ir.Extreme(op=pick, operands=operands):
                parts = [read(o) for o in operands]
                if node.type.plain and all(p.den is None for p in parts):
                    code = f"{pick}({', '.join(p.code for p in parts)})" if len(parts) > 1 else parts[0].code
                    return Operand(self.guarded(code, *parts), any(p.maybe for p in parts))
                return self.unpack(f"_extreme({pick!r}, ({', '.join(self.true_value(p) for p in parts)},))", node)
            case ir.Round():
                return self.round(node, read(node.value))
            case ir.Elapsed(unit=unit, start=start, end=end):
                a, b = read(start), read(end)
                if unit == "jaren":
                    return Operand(f"_age({a.code}, {b.code})", True)
                return Operand(f"_elapsed({unit!r}, {a.code}, {b.code})", True)
            case ir.Shift(day=day, period=period, sign=sign):
                return Operand(f"_shift({read(day).code}, {read(period).code}, {sign})", True)
            case ir.Aggregate():
                return self.aggregate(node, read)
            case ir.Choose():
                return self.choose(node, read)
            case ir.Collect(op=together, branches=branches, otherwise=otherwise):
                pairs = ", ".join(f"({read(c).code}, {self.true_value(read(r))})" for c, r in branches)
                code = f"_collect({together!r}, ({pairs},), {self.true_value(read(otherwise))})"
                return self.unpack(code, node)
            case _:
                assert_never(node)

    def scale(self, node: ir.OwnFact | ir.FigureRef) -> str | None:
        digits = self.digits[(node.ruleset, node.name)]
        return repr(10**digits) if digits else None

    def unpack(self, code: str, node: ir.Node) -> Operand:
        """A value made by the operators; a fraction becomes a pair again."""
        if node.type.whole or not node.type.plain:
            return Operand(code, True)
        name = self.name()
        self.line(f"{name} = {code}")
        return self.pair_of(name)

    def pair_of(self, name: str) -> Operand:
        num, den = self.name("n"), self.name("d")
        self.line(f"{num}, {den} = (None, 1) if {name} is None else ({name}.numerator, {name}.denominator)")
        return Operand(num, True, den)

    def kleene(self, parts: list[Operand], decisive: str, otherwise: str) -> Operand:
        if len(parts) == 1:
            return parts[0]
        test = " or ".join(f"{p.code} is {decisive}" for p in parts)
        unknown = self.unknown(*parts)
        rest = f"None if {unknown} else {otherwise}" if unknown else otherwise
        return Operand(f"{decisive} if {test} else {rest}", bool(unknown))

    # facts

    def fact(self, node: ir.Fact, entry: str | None) -> Operand:
        """Fields are read from the dictionaries of the models: a pydantic model looks every attribute up the slow way."""
        if node.origin == "regel":
            return Operand(f"None if {entry} is None else {self.steps(entry or '', node.path, node)}", True)
        if node.origin == "zaak":
            return Operand(f"(case and case.{node.path[0]})", True)  # without a case every question about it is unknown
        if "partner" in node.path[:-1]:
            return Operand(self.steps("s", node.path, node), True)
        return Operand(f"{self.group(node.path[:-1])}[{node.path[-1]!r}]", True)

    def group(self, path: tuple[str, ...]) -> str:
        """The variable with the fields of a group of the situation."""
        if not path:
            return "s"
        name = self.groups.get(path)
        if name is None:
            holder = self.group(path[:-1])
            name = self.groups[path] = self.name("g")
            self.line(f"{name} = {holder}[{path[-1]!r}].__dict__")
        return name

    def steps(self, base: str, path: tuple[str, ...], node: ir.Fact) -> str:
        """A field, from the dictionary `base`; only a partner can be unknown or absent on the way."""
        if "partner" not in path[:-1]:
            return f"{base}[{path[0]!r}]" + "".join(f".{p}" for p in path[1:])
        cut = path.index("partner") + 1
        absent = {Kind.JA_NEE: "False", Kind.LIJST: "()"}.get(node.type.kind, "GEEN")
        name = self.groups.get(path[:cut]) if base == "s" else None
        if name is None:
            name = self.name("p")
            self.line(f"{name} = {base}[{path[0]!r}]" + "".join(f".{p}" for p in path[1:cut]))
            if base == "s":
                self.groups[path[:cut]] = name
        rest = "".join(f".{p}" for p in path[cut:])
        return f"None if {name} is None else {absent} if {name} is GEEN else {name}{rest}"

    # operators

    def compare(self, sign: str, a: Operand, b: Operand, left: ir.Node, right: ir.Node) -> Operand:
        python = _PYTHON_OPS[sign]
        if left.type.plain and right.type.plain:
            one, two = a.code, b.code
            if a.den is not None or b.den is not None:
                one, two = self.times(one, b.den), self.times(two, a.den)
            return Operand(self.guarded(f"{one} {python} {two}", a, b), a.maybe or b.maybe)
        slow = f"_compare({sign!r}, {self.true_value(a)}, {self.true_value(b)})"
        if left.type.kind is Kind.DATUM and right.type.kind is Kind.DATUM:
            test = " and ".join(f"{o.code}.__class__ is date" for o in (a, b) if o.code != "today")
            return Operand(f"{a.code} {python} {b.code} if {test or 'True'} else {slow}", True)
        if left.type.spread and not right.type.spread and right.type.plain and b.den is None and not b.maybe:
            return Operand(f"{a.code} {python} {b.code} if {a.code}.__class__ is int else {slow}", True)
        return Operand(slow, True)

    @staticmethod
    def times(code: str, factor: str | None) -> str:
        return code if factor is None or factor == "1" else f"({code}) * {factor}"

    def arith(self, node: ir.Arith, a: Operand, b: Operand) -> Operand:
        maybe = a.maybe or b.maybe
        if not node.type.plain:
            return Operand(f"_arith({node.op!r}, {self.true_value(a)}, {self.true_value(b)})", True)
        if a.den is None and b.den is None and node.op != "/":
            return Operand(self.guarded(f"{a.code} {node.op} {b.code}", a, b), maybe)
        ad, bd = a.den or "1", b.den or "1"
        match node.op:
            case "*":
                num, den = f"{a.code} * {b.code}", self.product(ad, bd)
            case "/":
                num, den = self.times(a.code, bd), f"{self.times(b.code, ad)}"
                if b.maybe:
                    den = f"1 if {b.code} is None else {den}"
            case _:
                num, den = f"{self.times(a.code, bd)} {node.op} {self.times(b.code, ad)}", self.product(ad, bd)
        return Operand(self.guarded(num, a, b), maybe, den)

    @staticmethod
    def product(one: str, two: str) -> str:
        if one.isdigit() and two.isdigit():
            return repr(int(one) * int(two))
        return two if one == "1" else one if two == "1" else f"{one} * {two}"

    def round(self, node: ir.Round, inner: Operand) -> Operand:
        if not node.type.plain or not node.value.type.plain:
            return Operand(f"_round({self.true_value(inner)}, {node.mode!r}, {node.unit})", True)
        if inner.den is None and node.unit == 1:
            return inner
        code = f"_round_pair({inner.code}, {inner.den or '1'}, {node.mode!r}, {node.unit})"
        return Operand(self.guarded(code, inner), inner.maybe)

    def choose(self, node: ir.Choose, read: Callable[[ir.Node], Operand]) -> Operand:
        conditions = [read(c) for c, _ in node.branches]
        results = [read(r) for _, r in node.branches] + [read(node.otherwise)]
        if not conditions:
            return results[0]
        if len(conditions) > MANY and all(r.den is None for r in results):
            pairs = ", ".join(f"({c.code}, {r.code})" for c, r in zip(conditions, results, strict=False))
            return Operand(f"_choose(({pairs},), {results[-1].code})", True)
        if any(r.den is not None for r in results):
            pairs = ", ".join(f"({c.code}, {self.true_value(r)})" for c, r in zip(conditions, results, strict=False))
            return self.unpack(f"_choose(({pairs},), {self.true_value(results[-1])})", node)
        code = results[-1].code
        open_ended = any(c.maybe for c in conditions)
        for condition, result in reversed(list(zip(conditions, results, strict=False))):
            code = f"{result.code} if {condition.code} else ({code})"
        if not open_ended:
            return Operand(code, any(r.maybe for r in results))
        pairs = ", ".join(f"({c.code}, {r.code})" for c, r in zip(conditions, results, strict=False))
        slow = f"_choose(({pairs},), {results[-1].code})"
        # a condition that is unknown before one holds leaves more than one branch possible
        chain = results[-1].code
        for condition, result in reversed(list(zip(conditions, results, strict=False))):
            if condition.maybe:
                chain = f"{result.code} if {condition.code} else {slow} if {condition.code} is None else ({chain})"
            else:
                chain = f"{result.code} if {condition.code} else ({chain})"
        return Operand(chain, True)

    # lists

    def aggregate(self, node: ir.Aggregate, read: Callable[[ir.Node], Operand]) -> Operand:
        entries = read(node.entries)
        asked = one_of_these(node)
        if asked is not None:
            return self.any_of(entries, *asked)
        if any(reads_entry(side) for side in (node.where, node.value) if side is not None):
            entries = self.fields(entries)
        result, item = self.name("a"), self.name("e")
        self.line(f"if {entries.code} is None: {result} = None")
        self.line("else:")
        self.indent += 1
        start = {"aantal": "0", "som": "0", "bestaat": "False", "alle": "True"}[node.op]
        self.line(f"{result} = {start}")
        self.line(f"for {item} in {entries.code}:")
        self.indent += 1
        entry = Entry(item, {})
        self.count(node, self.filter(node, entry, result), result, entry)
        self.indent -= 2
        if node.value is not None and node.value.type.cijfers:
            return Operand(result, True, repr(10**node.value.type.cijfers))
        return Operand(result, True)

    def fields(self, entries: Operand) -> Operand:
        """The entries of a list as the dictionaries of their fields; None stays an entry of which nothing is known."""
        name = self.lists.get(entries.code)
        if name is None:
            name = self.name("l")
            if self.indent == 1:  # what is written inside a loop is not there after it
                self.lists[entries.code] = name
            made = f"[None if e is None else e.__dict__ for e in {entries.code}]"
            self.line(f"{name} = None if {entries.code} is None else {made}")
        return Operand(name, True)

    def any_of(self, entries: Operand, field: ir.Fact, options: tuple[Any, ...], known: bool) -> Operand:
        """Does an entry have one of these words in a field? The words of a list are gathered once, for every such question."""
        words = self.words.get((entries.code, field.path))
        if words is None:
            fields = self.fields(entries).code
            words = self.name("w")
            if self.indent == 1:
                self.words[(entries.code, field.path)] = words
            value = f"None if e is None else {self.steps('e', field.path, field)}"
            self.line(f"{words} = None if {fields} is None else {{{value} for e in {fields}}}")
        found = f"not {words}.isdisjoint({options!r})"
        if not known:  # of an entry whose word is unknown it is not known whether it is one of these
            found = f"True if {found} else None if None in {words} else False"
        return Operand(f"None if {words} is None else {found}", True)

    def filter(self, node: ir.Aggregate, entry: Entry, result: str) -> Operand:
        """Does an entry count? Of conditions that must all hold, the first that does not ends the matter."""
        if node.where is None:
            return Operand("True", False)
        if not isinstance(node.where, ir.And):
            return self.inside(node.where, entry)
        failed = f"{result} = False; break" if node.op == "alle" else "continue"
        parts = []
        for operand in node.where.operands:
            part = self.inside(operand, entry)
            self.line(f"if {part.code} is False: {failed}")
            parts.append(part)
        unknown = self.unknown(*parts)
        return Operand(f"(None if {unknown} else True)", True) if unknown else Operand("True", False)

    def count(self, node: ir.Aggregate, test: Operand, result: str, entry: Entry) -> None:
        match node.op:
            case "bestaat":
                self.line(f"if {test.code}: {result} = True; break")
                if test.maybe:
                    self.line(f"elif {test.code} is None: {result} = None")
            case "alle":
                self.line(f"if {test.code} is False: {result} = False; break")
                if test.maybe:
                    self.line(f"elif {test.code} is None: {result} = None")
            case "aantal" | "som":
                self.line(f"if {test.code}:")
                self.indent += 1
                if node.op == "aantal":
                    self.line(f"{result} += 1")
                else:
                    assert node.value is not None
                    value = self.inside(node.value, entry)
                    self.line(f"if {value.code} is None: {result} = None; break")
                    self.line(f"{result} += {value.code}")
                self.indent -= 1
                if test.maybe:
                    self.line(f"elif {test.code} is None: {result} = None; break")
            case _:
                assert_never(node.op)

    def inside(self, node: ir.Node, entry: Entry) -> Operand:
        """Code for a node that reads an entry, in a variable of its own; what does not read the entry keeps its slot."""
        if isinstance(node, ir.Const):
            return self.literal(node)
        if isinstance(node, ir.Today | ir.OwnFact | ir.FigureRef | ir.TermRef | ir.OpenRef):
            return self.slots[self.program.places[id(node)]]
        if isinstance(node, ir.Fact) and node.origin != "regel":
            return self.slots[self.program.places[id(node)]]
        if isinstance(node, ir.Fact) and node.path in entry.read:
            return entry.read[node.path]
        made = self.make(node, lambda part: self.inside(part, entry), entry.name)
        name = self.name("t")
        self.line(f"{name} = {made.code}")
        den = made.den
        if den is not None and not den.isdigit():
            den = self.name("d")
            self.line(f"{den} = {made.den}")
        found = Operand(name, made.maybe, den)
        if isinstance(node, ir.Fact):
            entry.read[node.path] = found
        return found


def reads_entry(node: ir.Node) -> bool:
    """Does a node read a field of the entry that it stands in? What it says of another list's entries is not that."""
    return (isinstance(node, ir.Fact) and node.origin == "regel") or any(map(reads_entry, ir.children(node)))


def one_of_these(node: ir.Aggregate) -> tuple[ir.Fact, tuple[Any, ...], bool] | None:
    """Whether a question about a list is only: has an entry one of these words in this field? And must the word be known?"""
    where, known = node.where, False
    if node.op != "bestaat":
        return None
    if isinstance(where, ir.And) and len(where.operands) == 2:
        first, where = where.operands
        known = True
    match where:
        case ir.OneOf(value=ir.Fact(origin="regel") as field, options=words):
            options: tuple[Any, ...] = words
        case ir.Compare(op="=", left=ir.Fact(origin="regel") as field, right=ir.Const(value=word)):
            options = (word,)
        case _:
            return None
    if field.type.kind is not Kind.KEUZE or not field.type.plain or "partner" in field.path:
        return None
    if known and not (isinstance(first, ir.Known) and first.wanted and first.value == field):
        return None
    return field, options, known
