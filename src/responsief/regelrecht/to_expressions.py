"""Trees of the source -> expressions of our language. What has no counterpart becomes a hole: a fact, with a note."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NoReturn

from responsief.regelrecht.draft import Draft, First, Term, Together, each_line
from responsief.regelrecht.kinds import Kinds
from responsief.regelrecht.law import MONEY, Choice, Constant, Operation, Reference, Soort, Strange, Tree
from responsief.regelrecht.names import Names, Symbol
from responsief.regelrecht.written import (
    AND,
    ATOM,
    COMPARED,
    EURO,
    NOT,
    OR,
    PLUS,
    TIMES,
    Gap,
    Written,
    called,
    constant_text,
    decimals,
    fits_figure,
    harmless,
    in_cents,
    in_euros,
    negated,
    rounding_unit,
    written_constant,
)
from responsief.source import Span

DEEP: Final = 20  # outputs that rest on each other: the language takes 40 terms, and some need a helper
LONG: Final = 110  # characters of a line that still reads well
AT_ONCE: Final = 30  # words in one «in [ … ]»
_PERIODS: Final = {"dagen": "dagen", "weken": "weken", "maanden": "maanden", "jaren": "jaar"}


class Expressions:
    """Writes the trees of one law into its draft."""

    def __init__(self, names: Names, kinds: Kinds, draft: Draft) -> None:
        self.names, self.kinds, self.draft = names, kinds, draft
        self.numbers = {id(section): number for number, section in enumerate(names.law.sections)}
        self.done: dict[Symbol, Written | None] = {}
        self.depths: dict[Symbol, int] = {}  # how many outputs rest on each other below a term
        self.below = [0]  # the deepest so far, of the term being written
        self.home: list[tuple[str, str]] = [("deel", "")]  # the term being written, and its grondslag

    # parts

    def part(self, tree: Tree, number: int, wanted: Soort | None = None) -> Written:
        """A part of the wanted kind; a hole where it can't be translated and its kind is known."""
        try:
            found = self.write(tree, number, wanted)
            if wanted is not None and found.soort != wanted:
                self.differ(tree, found.soort, wanted)
        except Gap as gap:
            soort = wanted or self.kinds.kind(tree, number)
            if soort is None or soort == "lijst":
                raise
            return self.hole(gap, soort)
        return found

    def differ(self, tree: Tree, *soorten: Soort) -> NoReturn:
        raise Gap("soorten", tree.span, wat=called(tree), soorten=" en ".join(dict.fromkeys(soorten)))

    def hole(self, gap: Gap, soort: Soort) -> Written:
        self.draft.notes.add(gap.code, gap.span, **gap.words)
        name = self.draft.hole(soort, gap.words.get("wat", gap.words.get("naam", gap.code)), gap.span)
        return Written(name, soort, whole=True)

    def line(self, tree: Tree, number: int, wanted: Soort | None = None) -> Written:
        """A part as one line: a group or a long line gets a name of its own."""
        found = self.part(tree, number, wanted)
        if isinstance(found.body, str) and len(found.body) <= LONG:
            return found
        return self.named(found, tree.span)

    def named(self, found: Written, span: Span) -> Written:
        """A part under a name of its own; the same part of the same rule has one name."""
        base, grondslag = self.home[-1]
        label = f"deel van {base.replace('_', ' ')}"
        body, soort = found.body, found.soort
        exact = found.soort in MONEY and not found.whole
        if exact:  # a term of money is in whole cents: a number of euros need not be
            body, soort, label = each_line(body, in_euros), "getal", f"{label}, in euro en niet afgerond"
        same = (t for t in self.draft.terms if t.helper and (t.body, t.soort, t.label) == (body, soort, label))
        term = next(same, None)
        if term is None:
            term = Term(self.names.allot(f"{base}_deel"), label, grondslag, body, soort, span, helper=True)
            self.draft.terms.append(term)
        if exact:
            return Written(f"{term.name} * {EURO}", found.soort, TIMES, whole=False)
        return Written(term.name, found.soort, whole=found.whole)

    # trees

    def write(self, tree: Tree, number: int, wanted: Soort | None) -> Written:
        match tree:
            case Constant():
                return written_constant(tree, wanted)
            case Reference():
                return self.reference(tree, number)
            case Choice():
                return self.choice(tree, number, wanted)
            case Strange(code=code, what=what, span=span):
                raise Gap(code, span, wat=what, naam=what, waar=what)
            case Operation(op="+" | "-"):
                return self.sum(tree, number, wanted)
            case Operation(op="*"):
                return self.product(tree, number, wanted)
            case Operation(op="/"):
                return self.quotient(tree, number, wanted)
            case Operation(op="min" | "max"):
                return self.extreme(tree, number, wanted)
            case Operation(op="afronden"):
                return self.rounded(tree, number, wanted)
            case Operation(op="en" | "of"):
                return self.both(tree, number)
            case Operation(op="niet"):
                return negated(self.part(tree.operands[0], number, "ja_nee"))
            case Operation(op="in"):
                return self.within(tree, number)
            case Operation(op="is_leeg" | "is_ingevuld"):
                return self.known(tree, number)
            case Operation(op="eerste"):
                return self.first_known(tree, number, wanted)
            case Operation(op="tussen"):
                return self.elapsed(tree, number)
            case Operation(op="later"):
                return self.later(tree, number)
            case Operation():
                return self.compared(tree, number)

    def reference(self, tree: Reference, number: int) -> Written:
        symbol = self.names.find(number, tree)
        if isinstance(symbol, Strange):
            raise Gap(symbol.code, symbol.span, wat=symbol.what, naam=symbol.what)
        if symbol.soort == "lijst":
            raise Gap("lijst", tree.span, wat=f"${tree.name}")
        soort: Soort = symbol.soort or "getal"
        if symbol.what == "bedrag" and symbol.definition is not None:
            return self.figure(symbol, symbol.definition.values, soort, tree)
        if symbol.what == "begrip":
            return self.term(symbol, soort, tree)
        if symbol.what == "gegeven" and symbol not in self.draft.facts:
            self.draft.facts.append(symbol)
        return Written(symbol.name, soort, whole=symbol.what != "gegeven" or soort != "getal" or decimals(symbol) == 0)

    def figure(self, symbol: Symbol, values: Sequence[Constant], soort: Soort, tree: Reference) -> Written:
        assert symbol.definition is not None
        if symbol.definition.many or len(values) != 1:
            raise Gap("lijst", tree.span, wat=f"${tree.name}")
        value = values[0].value
        if isinstance(value, bool | str | date) or value is None or not fits_figure(value, soort):
            return written_constant(Constant(value, tree.span), soort)
        if symbol not in self.draft.figures:
            self.draft.figures.append(symbol)
        return Written(symbol.name, soort, whole=isinstance(value, int) or soort == "euro")

    def term(self, symbol: Symbol, soort: Soort, tree: Reference) -> Written:
        assert symbol.action is not None
        value = symbol.action.tree
        if isinstance(value, Constant) and isinstance(value.value, str):
            return written_constant(Constant(value.value, tree.span), soort)
        found = self.write_term(symbol)
        if self.depths.get(symbol, 0) >= DEEP:
            raise Gap("keten", tree.span, wat=symbol.name)
        self.below[-1] = max(self.below[-1], self.depths.get(symbol, 0))
        if found is None and soort == "tekst":
            raise Gap("bewerking", tree.span, wat=f"${tree.name} (tekst)")
        return Written(symbol.name, soort, whole=found is not None and found.whole)

    def write_term(self, symbol: Symbol) -> Written | None:
        """Write the term of an output, once; None when it gives no value that a term can have (or is being written)."""
        if symbol in self.done:
            return self.done[symbol]
        action, notes = symbol.action, self.draft.notes
        assert action is not None
        if len(self.home) > DEEP:
            raise Gap("keten", action.span, wat=symbol.name)
        self.done[symbol] = None
        if symbol.soort in ("tekst", "lijst", None):
            notes.add("tekst-uitkomst" if symbol.soort == "tekst" else "lijst-gegeven", action.span, naam=symbol.name)
            return None
        number = self.numbers[id(symbol.section)]
        self.home.append((symbol.name, action.grondslag))
        self.below.append(0)
        found = self.bounded(symbol, self.part(action.tree, number, symbol.soort), action.span)
        if found.soort in MONEY and not found.whole:
            found = self.to_cents(symbol, found, action.span)
        self.home.pop()
        self.depths[symbol] = self.below.pop() + 1
        self.done[symbol] = found
        self.draft.outputs.append(symbol)
        self.draft.terms.append(Term(symbol.name, symbol.label, action.grondslag, found.body, found.soort, action.span))
        return found

    def bounded(self, symbol: Symbol, found: Written, span: Span) -> Written:
        """What the source does to an output: v0.1 cuts it off at its bounds and rounds money to cents."""
        declared = symbol.field
        if declared is None or declared.role != "uitvoer":
            return found
        bounds = [("max", declared.least), ("min", declared.most)]
        if self.names.law.generation != "dienst":
            if found.soort in (*MONEY, "getal") and any(b is not None for _, b in bounds):
                self.draft.notes.add("grens-uitvoer", declared.span, naam=symbol.name)
            return found
        if found.soort in MONEY and not found.whole and (declared.decimals is not None or declared.unit):
            found = self.to_cents(symbol, found, span)
        for op, bound in bounds:
            fixed = constant_text(bound, found.soort) if bound is not None else None
            if fixed is not None and found.soort in (*MONEY, "getal") and not harmless(found, op, bound):
                found = found if isinstance(found.body, str) else self.named(found, span)
                found = Written(f"{op}({found.body}, {fixed})", found.soort, whole=found.whole)
        return found

    def to_cents(self, symbol: Symbol, found: Written, span: Span) -> Written:
        self.draft.notes.add("afronden", span, naam=symbol.name)
        return in_cents(found if isinstance(found.body, str) else self.named(found, span))

    def choice(self, tree: Choice, number: int, wanted: Soort | None) -> Written:
        soort = wanted or self.kinds.kind(tree, number) or "getal"
        sole = tree.cases[0] if len(tree.cases) == 1 else None
        if sole is not None and isinstance(sole[1], Constant) and isinstance(tree.otherwise, Constant):
            if (sole[1].value, tree.otherwise.value) == (True, False):
                return self.part(sole[0], number, "ja_nee")
            if (sole[1].value, tree.otherwise.value) == (False, True):
                return negated(self.part(sole[0], number, "ja_nee"))
        cases = [(self.part(w, number, "ja_nee"), self.part(t, number, soort)) for w, t in tree.cases]
        last = self.otherwise(tree, number, soort)
        whole = last.whole and all(then.whole for _, then in cases)
        return Written(First(tuple((w.body, t.body) for w, t in cases), last.body), soort, whole=whole)

    def otherwise(self, tree: Choice, number: int, soort: Soort) -> Written:
        if tree.otherwise is not None:
            return self.part(tree.otherwise, number, soort)
        if self.names.law.generation == "dienst" and soort in (*MONEY, "getal", "ja_nee"):
            self.draft.notes.add("nul-zonder-anders", tree.span)
            return written_constant(Constant(False if soort == "ja_nee" else 0, tree.span), soort)
        return self.hole(Gap("geen-waarde", tree.span, wat="geen waarde"), soort)

    # numbers and money

    def sum(self, tree: Operation, number: int, wanted: Soort | None) -> Written:
        soort = wanted or self.kinds.kind(tree, number) or "getal"
        if soort not in (*MONEY, "getal"):
            self.differ(tree, soort)
        parts = [self.line(one, number, soort) for one in tree.operands]
        if len(parts) == 1:
            return parts[0]
        level = PLUS if tree.op == "+" else TIMES
        text = f" {tree.op} ".join([parts[0].inside(PLUS), *(p.inside(level) for p in parts[1:])])
        return Written(text, soort, PLUS, all(p.whole for p in parts))

    def product(self, tree: Operation, number: int, wanted: Soort | None) -> Written:
        parts = [self.line(one, number, self.kinds.kind(one, number) or "getal") for one in tree.operands]
        money = [p.soort for p in parts if p.soort in MONEY]
        if len(money) > 1 or any(p.soort not in (*MONEY, "getal") for p in parts):
            self.differ(tree, *(p.soort for p in parts))
        text = " * ".join(p.inside(TIMES) for p in parts)
        level = parts[0].level if len(parts) == 1 else TIMES
        return Written(text, money[0] if money else "getal", level, all(p.whole for p in parts))

    def quotient(self, tree: Operation, number: int, wanted: Soort | None) -> Written:
        first, *rest = tree.operands
        soort = wanted or self.kinds.kind(tree, number) or "getal"
        top = self.line(first, number, self.kinds.kind(first, number, soort if soort in MONEY else None) or "getal")
        parts = [top]
        for one in rest:
            below: Soort = "getal" if top.soort not in MONEY or soort in MONEY else top.soort
            part = self.line(one, number, self.kinds.kind(one, number) or below)
            if part.soort in MONEY and (part.soort != top.soort or len(rest) > 1):
                self.differ(tree, top.soort, part.soort)
            if not self.positive(one, number):
                raise Gap("deler", one.span, wat=tree.source)
            parts.append(part)
        if any(p.soort not in (*MONEY, "getal") for p in parts):
            self.differ(tree, *(p.soort for p in parts))
        text = " / ".join([parts[0].inside(TIMES), *(p.inside(ATOM) for p in parts[1:])])
        made: Soort = "getal" if len(parts) > 1 and parts[-1].soort in MONEY else top.soort
        return Written(text, made, TIMES if len(parts) > 1 else top.level, whole=len(parts) == 1 and top.whole)

    def positive(self, tree: Tree, number: int) -> bool:
        """Is a divisor a constant above zero?"""
        if isinstance(tree, Reference):
            symbol = self.names.find(number, tree)
            if isinstance(symbol, Strange) or symbol.definition is None or symbol.definition.many:
                return False
            tree = symbol.definition.values[0]
        value = tree.value if isinstance(tree, Constant) else None
        return isinstance(value, int | Fraction) and not isinstance(value, bool) and value > 0

    def extreme(self, tree: Operation, number: int, wanted: Soort | None) -> Written:
        soort = wanted or self.kinds.kind(tree, number) or "getal"
        if soort not in (*MONEY, "getal", "datum"):
            self.differ(tree, soort)
        parts = [self.line(one, number, soort) for one in tree.operands]
        if len(parts) == 1:
            return parts[0]
        text = f"{tree.op}({', '.join(str(p.body) for p in parts)})"
        return Written(text, soort, whole=all(p.whole for p in parts))

    def rounded(self, tree: Operation, number: int, wanted: Soort | None) -> Written:
        soort = wanted or self.kinds.kind(tree, number) or "getal"
        part = self.line(tree.operands[0], number, soort)
        unit = rounding_unit(soort, tree.precision)
        if unit is None:
            raise Gap("afronden-anders", tree.span, wat=tree.source, cijfers=str(tree.precision))
        mode = f"{tree.unit}op " if tree.unit else "op " if unit.startswith("€") else ""
        return Written(f"afronden({part.body}, {mode}{unit})", soort)

    # truth

    def both(self, tree: Operation, number: int) -> Written:
        parts = [self.part(one, number, "ja_nee") for one in tree.operands]
        if len(parts) == 1:
            return parts[0]
        level = AND if tree.op == "en" else OR
        lines = [p.inside(NOT) for p in parts if isinstance(p.body, str)]
        text = f" {tree.op} ".join(lines)
        if len(lines) == len(parts) and len(text) <= LONG:
            return Written(text, "ja_nee", level)
        return Written(Together("alle" if tree.op == "en" else "een_van", tuple(p.body for p in parts)), "ja_nee")

    def compared(self, tree: Operation, number: int) -> Written:
        left, right = tree.operands
        for one, other in ((left, right), (right, left)):
            if isinstance(other, Constant) and isinstance(other.value, bool) and tree.op in ("=", "!="):
                part = self.part(one, number, "ja_nee")
                return part if other.value is (tree.op == "=") else negated(part)
        kinds = [self.kinds.kind(one, number) for one in (left, right)]
        soort = kinds[0] or kinds[1] or "getal"
        if soort == "tekst" and "datum" in kinds:
            soort = "datum"
        if soort in ("tekst", "ja_nee") and tree.op not in ("=", "!="):
            self.differ(tree, soort)
        a, b = self.line(left, number, soort), self.line(right, number, soort)
        self.about_text(left, number, soort)
        return Written(f"{a.inside(PLUS)} {tree.op} {b.inside(PLUS)}", "ja_nee", COMPARED)

    def about_text(self, tree: Tree, number: int, soort: Soort) -> None:
        symbol = self.names.find(number, tree) if soort == "tekst" and isinstance(tree, Reference) else None
        if isinstance(symbol, Symbol) and symbol.field is not None and not symbol.field.options:
            self.draft.notes.add("tekst-vergelijken", symbol.field.span, naam=symbol.name)

    def within(self, tree: Operation, number: int) -> Written:
        subject, *options = tree.operands
        only = options[0]
        if len(options) == 1 and isinstance(only, Reference):
            symbol = self.names.find(number, only)
            if isinstance(symbol, Symbol) and symbol.definition is not None and symbol.definition.many:
                options = [Constant(v.value, only.span) for v in symbol.definition.values]
            elif isinstance(symbol, Symbol) and symbol.soort == "lijst":
                raise Gap("lijst", only.span, wat=f"${only.name}")
        known = [k for one in (subject, *options) if (k := self.kinds.kind(one, number)) is not None]
        soort: Soort = known[0] if known else "getal"
        part = self.line(subject, number, soort)
        self.about_text(subject, number, soort)
        lines = [self.line(o, number, soort) for o in options]
        fixed = all(isinstance(o, Constant) and isinstance(o.value, int | str) for o in options) and soort != "datum"
        if fixed and soort != "ja_nee":
            words = [str(one.body) for one in lines]
            chunks = [words[at : at + AT_ONCE] for at in range(0, len(words), AT_ONCE)]
            tests = [f"{part.inside(PLUS)} in [{', '.join(chunk)}]" for chunk in chunks]
        else:
            tests = [f"{part.inside(PLUS)} = {one.inside(PLUS)}" for one in lines]
        if len(tests) == 1:
            return Written(tests[0], "ja_nee", COMPARED)
        return Written(Together("een_van", tuple(tests)), "ja_nee")

    def known(self, tree: Operation, number: int) -> Written:
        part = self.line(tree.operands[0], number)
        self.draft.notes.add("leeg", tree.span)
        part = part if part.level == ATOM else self.named(part, tree.span)
        return Written(f"{part.body} is {'onbekend' if tree.op == 'is_leeg' else 'bekend'}", "ja_nee", COMPARED)

    def first_known(self, tree: Operation, number: int, wanted: Soort | None) -> Written:
        soort = wanted or self.kinds.kind(tree, number) or "getal"
        self.draft.notes.add("leeg", tree.span)
        *others, last = [self.line(one, number, soort) for one in tree.operands]
        if not others:
            return last
        cases = tuple((f"{one.inside(ATOM)} is bekend", one.body) for one in others)
        return Written(First(cases, last.body), soort, whole=last.whole and all(o.whole for o in others))

    # dates

    def elapsed(self, tree: Operation, number: int) -> Written:
        start, end = (self.line(one, number, "datum").inside(ATOM) for one in tree.operands)
        if tree.unit == "maanden":
            self.draft.notes.add("maanden-einde", tree.span)
        return Written(f"({tree.unit} tussen {start} en {end})", "getal")

    def later(self, tree: Operation, number: int) -> Written:
        start, amount = self.line(tree.operands[0], number, "datum"), tree.operands[1]
        if isinstance(amount, Reference):
            symbol = self.names.find(number, amount)
            if isinstance(symbol, Symbol) and symbol.definition is not None and not symbol.definition.many:
                amount = symbol.definition.values[0]
            elif isinstance(symbol, Symbol) and symbol.action is not None and isinstance(symbol.action.tree, Constant):
                amount = symbol.action.tree
        count = amount.value if isinstance(amount, Constant) else None
        if not isinstance(count, int) or isinstance(count, bool):
            raise Gap("bewerking", tree.span, wat=f"{tree.source} met een berekend aantal {tree.unit}")
        sign = "-" if count < 0 else "+"
        return Written(f"{start.inside(PLUS)} {sign} {abs(count)} {_PERIODS[tree.unit]}", "datum", PLUS)
