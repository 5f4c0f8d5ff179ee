"""Names and types: a written expression becomes a typed node, or diagnostics at their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import field, replace
from fractions import Fraction
from typing import Literal, cast

from responsief.diagnostics import Findings, choose_from, did_you_mean, nearest, nearest_own
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least, digits
from responsief.ir.tables import check_table
from responsief.ir.types import DATUM, GELD, GETAL, JA_NEE, PERIODE, TEKST, Kind, Record, Type, situation_schema
from responsief.source import Place
from responsief.syntax import nodes as syntax
from responsief.syntax.meant import word as word_meant
from responsief.values import Period

#: resolves a name of the ruleset (own fact, figure, term, open slot, shared term) to its node; None when there is none
Resolve = Callable[[str, Place], ir.Node | None]


MAX_NAMES = 22  # names that advice can list
MAX_LISTS = 2  # lists in lists
MAX_DIGITS = 1000  # digits that an exact number may grow to between two roundings


class Untyped(Exception):
    """A finding was reported; this expression has no type."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean here: those of the ruleset, the situation, `zaak` where that may be read, and a list's entry."""

    resolve: Resolve
    known: Callable[[], Iterable[str]]
    case: Record | None = None
    entry: Record | None = None
    column: ir.Node | None = None
    rulesets: Mapping[str, Collection[str]] = field(default_factory=dict)  # the terms and figures of every ruleset
    own: Callable[[], Iterable[str]] = tuple  # of the names that are known, those that stand in this file
    labels: Callable[[], Mapping[str, str]] = dict  # what the names that are known are called in a letter
    depth: int = 0  # how many lists this stands in: every list in a list multiplies the work

    def inside(self, entry: Record) -> Scope:
        return replace(self, entry=entry, depth=self.depth + 1)

    def of_column(self, column: ir.Node) -> Scope:
        return replace(self, column=column)


def type_expression(
    expression: syntax.Expression, scope: Scope, findings: Findings, wanted: Type | None = None
) -> ir.Node | None:
    """The typed node; None (with findings) when the expression makes no sense. `wanted` is the type that must come out."""
    typer = _Typer(scope, findings)
    try:
        node = typer.node(expression)
        if wanted is not None:
            node = typer.must_be(node, wanted)
    except Untyped:
        return None
    return node


class _Typer:
    def __init__(self, scope: Scope, findings: Findings) -> None:
        self.scope = scope
        self.findings = findings

    def wrong(self, code: str, place: Place, *, hulp: str | None = None, **words: object) -> Untyped:
        if not self.findings.full:
            self.findings.add(code, place.span, hulp=hulp, **words)
        return Untyped()

    def all(self, expressions: Iterable[syntax.Expression]) -> list[ir.Node]:
        """Type every part before stopping, so that all findings come at once."""
        typed: list[ir.Node] = []
        stopped = False
        for expression in expressions:
            try:
                typed.append(self.node(expression))
            except Untyped:
                stopped = True
        if stopped:
            raise Untyped
        return typed

    def must_be(self, node: ir.Node, wanted: Type) -> ir.Node:
        if wanted.kind is Kind.KEUZE and isinstance(node, ir.Const) and node.type.kind is Kind.TEKST:
            return self.as_choice(node, ir.Const(node.value, wanted, node.place))
        found = node.type
        if found.kind is Kind.GETAL and wanted.kind is Kind.GELD:
            raise self.bare(node, "hier hoort")
        if found.kind is not wanted.kind:
            raise self.wrong("verkeerd-type", node.place, verwacht=wanted, gevonden=found, hulp=_instead(node, wanted))
        strange = [word for word in found.options if word not in wanted.options]
        if wanted.options and strange:
            words = " of ".join(f"«{word}»" for word in wanted.options)
            raise self.wrong("keuze-onbekend", node.place, woord=strange[0], hulp=f"hier kan alleen {words}")
        return node

    def bare(self, node: ir.Node, where: str) -> Untyped:
        """A number where money stands beside it."""
        hint: str | None = None
        if node.place.text.endswith("%"):
            hint = f"schrijf waarvan: «{node.place.text} van …»"
        elif not isinstance(node, ir.Const):
            hint = f"«{node.place.text}» is een getal, geen bedrag"
        return self.wrong("eenheid-ontbreekt", node.place, waar=where, getal=node.place.text, hulp=hint)

    def truth(self, expression: syntax.Expression) -> ir.Node:
        return self.must_be(self.node(expression), JA_NEE)

    def truths(self, expressions: Iterable[syntax.Expression]) -> tuple[ir.Node, ...]:
        typed, stopped = [], False
        for expression in expressions:
            try:
                typed.append(self.truth(expression))
            except Untyped:
                stopped = True
        if stopped:
            raise Untyped
        return tuple(typed)

    def node(self, expression: syntax.Expression) -> ir.Node:
        match expression:
            case syntax.Literal_():
                return self.literal(expression)
            case syntax.Name():
                return self.scalar(self.name(expression), expression)
            case syntax.Unary(op="niet", operand=operand, place=place):
                return ir.Not(self.truth(operand), place)
            case syntax.Unary(operand=operand, place=place):
                inner = self.node(operand)
                if not inner.type.numeric:
                    raise self.wrong("verkeerd-type", inner.place, verwacht="een getal of geld", gevonden=inner.type)
                if isinstance(inner, ir.Const) and isinstance(inner.value, int | Fraction):
                    return ir.Const(-inner.value, inner.type, place)
                return ir.Arith("-", ir.Const(0, Type(inner.type.kind), place), inner, inner.type, place)
            case syntax.Binary(op="en", operands=operands, place=place):
                return ir.And(self.truths(operands), place)
            case syntax.Binary(op="of", operands=operands, place=place):
                return ir.Or(self.truths(operands), place)
            case syntax.Binary(op="+" | "-" | "*" | "/" | "% van"):
                return self.arith(expression)
            case syntax.Binary():
                return self.compare(expression)
            case syntax.Within(value=value, low=low, high=high, place=place):
                a, b, c = self.all((value, low, high))
                b, c = self.as_choice(b, a), self.as_choice(c, a)
                self.comparable(a, b, "<=", b.place)
                self.comparable(a, c, "<=", c.place)
                self.in_order(b, c)
                return ir.Within(a, b, c, place)
            case syntax.OneOf(value=value, options=options, place=place):
                return self.one_of(value, options, place)
            case syntax.Is():
                return self.is_known(expression)
            case syntax.Rounded():
                return self.rounded(expression)
            case syntax.Extreme(op=op, operands=operands, place=place):
                return self.extreme(op, self.all(operands), place)
            case syntax.Age():
                return self.age(expression)
            case syntax.Elapsed(unit=unit, start=start, end=end, place=place):
                first, last = self.all((start, end))
                self.must_be(first, DATUM)
                self.must_be(last, DATUM)
                return ir.Elapsed(unit, first, last, _elapsed_type(first, last), place)
            case syntax.OverList():
                return self.over_list(expression)
            case syntax.Group():
                return self.group(expression)
            case syntax.Choose():
                return self.choose(expression)
            case syntax.Table():
                return self.table(expression)

    # values and names

    def literal(self, literal: syntax.Literal_) -> ir.Node:
        value = literal.value
        match literal.kind:
            case "geld":
                return ir.Const(value, GELD, literal.place)
            case "getal":
                return ir.Const(value, Type(Kind.GETAL, whole=isinstance(value, int)), literal.place)
            case "procent":
                exact = cast("Fraction", value)
                whole = exact.denominator == 1
                return ir.Const(exact.numerator if whole else exact, Type(Kind.GETAL, whole=whole), literal.place)
            case "datum":
                return ir.Const(value, DATUM, literal.place)
            case "periode":
                return ir.Const(value, PERIODE, literal.place)
            case "tekst":
                return ir.Const(value, TEKST, literal.place)
            case "ja_nee":
                return ir.Const(value, JA_NEE, literal.place)

    def scalar(self, node: ir.Node, written: syntax.Name) -> ir.Node:
        name = ".".join(written.steps)
        if node.type.kind is Kind.GROEP:
            fields = ", ".join((node.type.record or Record("", {})).fields)
            raise self.wrong("groep-als-waarde", written.place, naam=name, velden=fields)
        if node.type.kind is Kind.LIJST:
            raise self.wrong("lijst-als-waarde", written.place, naam=name)
        return node

    def name(self, written: syntax.Name) -> ir.Node:
        """The node that a name stands for: an entry's field first, then the ruleset's names, then the situation."""
        scope, first = self.scope, written.steps[0]
        if first == syntax.COLUMN and scope.column is not None:
            return scope.column
        if scope.entry is not None and first in scope.entry.fields:
            return self.path(scope.entry, written, "regel", 0)
        if first == "peildatum":
            self.no_further(written, 0, "een datum")
            return ir.Today(written.place)
        if first == "zaak":
            if scope.case is None:
                raise self.wrong("gegeven-alleen-hier", written.place, naam="zaak")
            if len(written.steps) == 1:
                raise self.wrong("groep-als-waarde", written.place, naam=first, velden=", ".join(scope.case.fields))
            return self.path(scope.case, written, "zaak", 1)
        own = scope.resolve(first, written.place)
        if own is not None:
            self.no_further(written, 0, str(own.type))
            return own
        schema = situation_schema()
        if first in schema.fields:
            return self.path(schema, written, "situatie", 0)
        if self.findings.full:
            raise Untyped
        raise self.wrong("onbekende-naam", written.places[0], naam=first, hulp=self.meant(written))

    def meant(self, written: syntax.Name) -> str | None:
        """What an unknown name probably was to be."""
        scope, first = self.scope, written.steps[0]
        if first in ("bekend", "onbekend", "geen"):
            return f"schrijf «… is {first}»"
        if scope.entry is not None and len(written.steps) > 1 and written.steps[1] in scope.entry.fields:
            return f"schrijf «{'.'.join(written.steps[1:])}»: «waar» gaat over één regel van de lijst"
        if first in scope.rulesets and len(written.steps) > 1:
            if scope.resolve(written.steps[1], written.place) is not None:
                return f"schrijf «{written.steps[1]}»"
            names = scope.rulesets[first]
            if written.steps[1] not in names:
                raise self.wrong(
                    "begrip-onbekend",
                    written.places[1],
                    regelset=first,
                    naam=written.steps[1],
                    hulp=choose_term(written.steps[1], names),
                )
            return f"haal het op onder «begrippen»: «{written.steps[1]}: {{gebruik: {'.'.join(written.steps)}}}»"
        known = [
            *scope.known(),
            *situation_schema().fields,
            "peildatum",
            "leeftijd",
            *(scope.entry.fields if scope.entry else ()),
        ]
        own = nearest_own(first, scope.own(), known)
        if 0 < len(own) <= 3:
            return f"bedoelde u {' of '.join(f'«{name}»' for name in own)}?"
        meant = did_you_mean(first, known) or self.labelled(first) or self.elsewhere(written.steps) or word_meant(first)
        if not meant and scope.entry is not None:
            return f"velden van één regel van deze lijst: {', '.join(scope.entry.fields)}"
        return meant or None

    def labelled(self, name: str) -> str:
        """The names whose label has these words: «sociale_norm» for «bijstandsnorm», when its label is «de bijstandsnorm»."""
        words = set(name.lower().split("_")) - {""}
        if max(map(len, words), default=0) < 4:  # «de» stands in every label
            return ""
        found = [
            f"«{one}» ({label})"
            for one, label in self.scope.labels().items()
            if words <= set(re.findall(r"\w+", label.lower()))
        ]
        return f"bedoelde u {' of '.join(found)}?" if 0 < len(found) <= 3 else ""

    def elsewhere(self, steps: tuple[str, ...]) -> str:
        """Where in the situation a field with this name stands: «opleiding.volgt» for «volgt»."""
        found: list[str] = []

        def look(record: Record, before: str, depth: int) -> None:
            for name, one in record.fields.items():
                if name == steps[0]:
                    found.append(before + ".".join(steps))
                if one.type.record is not None and one.type.kind is Kind.GROEP and depth < 3:
                    look(one.type.record, f"{before}{name}.", depth + 1)

        look(situation_schema(), "", 0)
        words = " of ".join(f"«{path}»" for path in found[:3])
        return f"bedoelde u {words}?" if found else ""

    def no_further(self, written: syntax.Name, at: int, kind: str) -> None:
        if len(written.steps) > at + 1:
            raise self.wrong("pad-te-ver", written.places[at + 1], naam=written.steps[at], soort=kind)

    def path(self, record: Record, written: syntax.Name, origin: Literal["situatie", "zaak", "regel"], start: int) -> ir.Node:
        here = record
        geen = False
        for at in range(start, len(written.steps)):
            step, last = written.steps[at], at == len(written.steps) - 1
            if step not in here.fields:
                before = ".".join(written.steps[:at])
                waarvan = f"«{before}»" if at > start else here.name
                hint = choose_from(step, here.fields)
                if step == "leeftijd" and "geboortedatum" in here.fields:
                    hint = f"schrijf «leeftijd van {before}»"
                raise self.wrong("onbekend-veld", written.places[at], naam=step, waarvan=waarvan, hulp=hint)
            found = here.fields[step].type
            geen = geen or found.geen
            if last:
                steps = written.steps[start:]
                return ir.Fact(steps, found, origin, written.place)
            if found.kind is Kind.LIJST:
                name = ".".join(written.steps[: at + 1])
                raise self.wrong("veld-van-lijst", written.places[at + 1], naam=name, veld=written.steps[at + 1])
            if found.record is None:
                self.no_further(written, at, str(found))
            here = found.record or Record("", {})
        raise AssertionError

    # operators

    def as_choice(self, node: ir.Node, other: ir.Node) -> ir.Node:
        """A word in quotes beside a choice takes the choice's type, if it is one of its words."""
        if not (isinstance(node, ir.Const) and node.type.kind is Kind.TEKST and other.type.kind is Kind.KEUZE):
            return node
        if node.value not in other.type.options:
            raise self.wrong(
                "keuze-bestaat-niet",
                node.place,
                woord=node.value,
                waarvan=f"«{other.place.text}»",
                hulp=choose_from(str(node.value), other.type.options),
            )
        return ir.Const(node.value, Type(Kind.KEUZE, options=other.type.options), node.place)

    def comparable(self, left: ir.Node, right: ir.Node, op: str, place: Place) -> None:
        a, b = left.type, right.type
        for one, other, side in ((left, right, "rechts staat"), (right, left, "links staat")):
            if one.type.kind is Kind.GETAL and other.type.kind is Kind.GELD:
                raise self.bare(one, side)
        if a.kind is not b.kind and {a.kind, b.kind} != {Kind.KEUZE, Kind.TEKST}:
            place = next((n.place for n in (right, left) if isinstance(n, ir.Const)), place)
            raise self.wrong("types-verschillen", place, links=a, rechts=b, hulp=_alike(left, right) or _alike(right, left))
        if a.kind is b.kind is Kind.KEUZE and not set(a.options) & set(b.options):
            words = f"«{left.place.text}» en «{right.place.text}» hebben geen woord gemeen"
            raise self.wrong("types-verschillen", place, links="deze keuze", rechts="die keuze", hulp=words)
        if op not in ("=", "!=") and a.kind in (Kind.KEUZE, Kind.TEKST, Kind.JA_NEE, Kind.PERIODE):
            raise self.wrong("rekenen-kan-niet", place, op=op, links=a, rechts=b, hulp="gebruik «=» of «!=»")

    def compare(self, written: syntax.Binary) -> ir.Node:
        self.no_bare_words(written.operands[0], (written.operands[1],), written.op)
        self.no_bare_words(written.operands[1], (written.operands[0],), written.op)
        left, right = self.all(written.operands)
        left, right = self.as_choice(left, right), self.as_choice(right, left)
        self.comparable(left, right, written.op, written.op_place)
        return ir.Compare(cast("ir.Op", written.op), left, right, written.place)

    def no_bare_words(self, subject: syntax.Expression, others: Iterable[syntax.Expression], op: str) -> None:
        """A word without quotes beside a choice, or «= onbekend»: said as such, not as a name that does not exist."""
        for other in others:
            if not isinstance(other, syntax.Name) or len(other.steps) > 1 or self.stands_for_something(other):
                continue
            word = other.steps[0]
            if word in ("bekend", "onbekend", "geen", "leeg", "ingevuld"):
                what = {"leeg": "onbekend", "ingevuld": "bekend"}.get(word, word)
                hint = f"schrijf «{'niet ' if op == '!=' else ''}{subject.place.text} is {what}»"
                raise self.wrong("geen-vergelijking", other.place, woord=word, op=op, hulp=hint)
            try:
                found = _Typer(self.scope, Findings()).node(subject)
            except Untyped:
                continue
            near = nearest(word, found.type.options) if found.type.kind is Kind.KEUZE else ""
            if near:
                hint = f"zet een woord tussen aanhalingstekens: «'{near}'»"
                scalar = other.place.scalar
                if scalar.value == word and scalar.source.text[scalar.start] in "'\"":
                    hint = f"gebruik beide soorten aanhalingstekens, want YAML haalt er één paar af: «\"'{near}'\"»"
                raise self.wrong("onbekende-naam", other.place, naam=word, hulp=hint)

    def stands_for_something(self, name: syntax.Name) -> bool:
        scope, first = self.scope, name.steps[0]
        if first in (syntax.COLUMN, "peildatum", "zaak") or first in situation_schema().fields:
            return True
        if scope.entry is not None and first in scope.entry.fields:
            return True
        return scope.resolve(first, name.place) is not None

    def one_of(self, value: syntax.Expression, options: Iterable[syntax.Expression], place: Place) -> ir.Node:
        options = tuple(options)
        self.no_bare_words(value, options, "in")
        subject, *rest = self.all((value, *options))
        constants: list[int | str] = []
        for option in rest:
            option = self.as_choice(option, subject)
            text = option.place.text
            if isinstance(option, ir.Const) and isinstance(option.value, Fraction) and "," in text:
                hint = f"zet een spatie achter de komma tussen twee getallen: «{text.replace(',', ', ')}»"
                raise self.wrong("geen-getal", option.place, tekst=text, hulp=hint)
            if not isinstance(option, ir.Const) or not isinstance(option.value, int | str):
                wanted = "een vast getal, bedrag of woord"
                raise self.wrong("verkeerd-type", option.place, verwacht=wanted, gevonden=f"«{text}»")
            self.comparable(subject, option, "=", option.place)
            constants.append(option.value)
        return ir.OneOf(subject, tuple(constants), place)

    def is_known(self, written: syntax.Is) -> ir.Node:
        inner = self.name(written.value) if isinstance(written.value, syntax.Name) else self.node(written.value)
        if inner.type.kind is Kind.GROEP and not inner.type.geen:
            fields = ", ".join((inner.type.record or Record("", {})).fields)
            raise self.wrong("groep-als-waarde", written.place, naam=inner.place.text, velden=fields)
        if written.what == "geen":
            if not inner.type.geen and inner.type.kind is not Kind.LIJST:
                raise self.wrong("geen-niet-mogelijk", written.place, naam=inner.place.text)
            return ir.Absent(inner, written.place)
        return ir.Known(inner, written.what == "bekend", written.place)

    def dashed_name(self, written: syntax.Binary) -> None:
        """«inkomen-per-maand» is a name with dashes rather than a subtraction of names that do not exist."""
        text = written.place.text
        if not re.fullmatch(r"[^\W\d]\w*(-[^\W\d]\w*)+", text):
            return
        parts = [syntax.Name((part,), written.place, (written.place,)) for part in text.split("-")]
        if all(self.stands_for_something(part) for part in parts):
            return
        name = text.replace("-", "_")
        self.stands_for_something(syntax.Name((name,), written.place, (written.place,)))  # a broken one was reported already
        raise self.wrong("onbekende-naam", written.place, naam=text, hulp=f"in een naam staat «_», geen streepje: «{name}»")

    def in_order(self, low: ir.Node, high: ir.Node) -> None:
        """Fixed limits the wrong way round: nothing lies between those."""
        if not (isinstance(low, ir.Const) and isinstance(high, ir.Const) and low.type.kind is high.type.kind):
            return
        if (low.type.numeric or low.type.kind is Kind.DATUM) and cast("int", low.value) > cast("int", high.value):
            hulp = f"draai ze om: «tussen {high.place.text} en {low.place.text}»"
            wat = f"een bovengrens die niet onder {low.place.text} ligt"
            raise self.wrong("verwacht", high.place, wat=wat, gevonden=high.place.text, hulp=hulp)

    def arith(self, written: syntax.Binary) -> ir.Node:
        if written.op == "-":
            self.dashed_name(written)
        left, right = self.all(written.operands)
        op, place = written.op, written.place
        a, b = left.type, right.type
        if op in ("+", "-") and a.kind is Kind.DATUM and b.kind is Kind.PERIODE:
            return ir.Shift(left, right, 1 if op == "+" else -1, Type(Kind.DATUM, geen=a.geen or b.geen), place)
        if op == "-" and a.kind is b.kind is Kind.DATUM:
            raise self.wrong("rekenen-kan-niet", written.op_place, op="-", links=a, rechts=b, hulp=_elapsed_advice(left, right))
        if op in ("+", "-") and a.kind is b.kind is Kind.PERIODE and isinstance(left, ir.Const) and isinstance(right, ir.Const):
            one, two = cast("Period", left.value), cast("Period", right.value)
            sign = 1 if op == "+" else -1
            return ir.Const(Period(one.months + sign * two.months, one.days + sign * two.days), PERIODE, place)
        if not (a.numeric and b.numeric):
            self.unit_hint(left, right, written)
            raise self.wrong("rekenen-kan-niet", written.op_place, op=op, links=a, rechts=b, hulp="")
        kind = self.result_kind(op, left, right, written)
        geen, spread = a.geen or b.geen, a.spread or b.spread
        if not (op in ("+", "-") and a.whole and b.whole) and digits(left) + digits(right) > MAX_DIGITS:
            hulp = f"de uitkomst kan meer dan {MAX_DIGITS} cijfers krijgen: rond tussendoor af"
            raise self.wrong("rekenen-kan-niet", written.op_place, op=op, links=a, rechts=b, hulp=hulp)
        if op == "/":
            low = at_least(right)
            if low is None or low <= 0:
                raise self.wrong("deler-nul", right.place)
            return ir.Arith("/", left, right, Type(kind, whole=False, geen=geen, spread=spread), place)
        whole = a.whole and b.whole
        if op == "% van":
            return ir.Arith("*", left, right, Type(kind, whole=whole, geen=geen, spread=spread), place)
        return ir.Arith(
            cast('Literal["+", "-", "*"]', op), left, right, Type(kind, whole=whole, geen=geen, spread=spread), place
        )

    def unit_hint(self, left: ir.Node, right: ir.Node, written: syntax.Binary) -> None:
        if left.type.kind is Kind.DATUM and right.type.kind is Kind.GETAL:
            raise self.wrong(
                "rekenen-kan-niet",
                right.place,
                op=written.op,
                links=left.type,
                rechts=right.type,
                hulp=f"schrijf een periode: «{right.place.text} maanden» of «{right.place.text} dagen»",
            )

    def result_kind(self, op: str, left: ir.Node, right: ir.Node, written: syntax.Binary) -> Kind:
        a, b = left.type.kind, right.type.kind
        if op in ("+", "-"):
            if a is not b:
                raise self.bare(left, "rechts staat") if a is Kind.GETAL else self.bare(right, "links staat")
            return a
        if op in ("*", "% van"):
            if a is b is Kind.GELD:
                raise self.wrong(
                    "rekenen-kan-niet",
                    written.op_place,
                    op=op,
                    links=left.type,
                    rechts=right.type,
                    hulp="geld keer geld bestaat niet",
                )
            return Kind.GELD if Kind.GELD in (a, b) else Kind.GETAL
        if b is Kind.GELD:
            if a is Kind.GELD:
                return Kind.GETAL
            raise self.wrong(
                "rekenen-kan-niet",
                written.op_place,
                op=op,
                links=left.type,
                rechts=right.type,
                hulp="deel geld door een getal, of geld door geld",
            )
        return a

    def extreme(self, op: Literal["min", "max"], operands: list[ir.Node], place: Place) -> ir.Node:
        first = operands[0]
        if first.type.kind not in (Kind.GELD, Kind.GETAL, Kind.DATUM):
            raise self.wrong("verkeerd-type", first.place, verwacht="geld, een getal of een datum", gevonden=first.type)
        for operand in operands[1:]:
            self.comparable(first, operand, "<=", operand.place)
        types = [o.type for o in operands]
        merged = Type(
            first.type.kind,
            whole=all(t.whole for t in types),
            geen=any(t.geen for t in types),
            spread=any(t.spread for t in types),
        )
        return ir.Extreme(op, tuple(operands), merged, place)

    def rounded(self, written: syntax.Rounded) -> ir.Node:
        inner = self.node(written.value)
        if not inner.type.numeric:
            raise self.wrong("verkeerd-type", inner.place, verwacht="geld of een getal", gevonden=inner.type)
        money = inner.type.kind is Kind.GELD
        units = {"cent": 1, "euro": 100} if money else {"geheel": 1}
        if isinstance(written.unit, int):
            unit = written.unit if money and written.unit > 0 else 0
        else:
            unit = units.get(written.unit, 0)
        if not unit:
            hulp = None if money else "rond een getal af op «geheel»"
            raise self.wrong("afronden-eenheid", written.unit_place, eenheid=written.unit_place.text, hulp=hulp)
        out = Type(inner.type.kind, geen=inner.type.geen)
        return ir.Round(inner, written.mode, unit, out, written.place)

    def age(self, written: syntax.Age) -> ir.Node:
        place = written.place
        on = self.must_be(self.node(written.on), DATUM) if written.on is not None else ir.Today(place)
        if written.of is not None:
            person = written.of
            born = self.name(syntax.Name((*person.steps, "geboortedatum"), person.place, (*person.places, person.places[-1])))
        elif self.scope.entry is not None and "geboortedatum" in self.scope.entry.fields:
            born = ir.Fact(("geboortedatum",), self.scope.entry.fields["geboortedatum"].type, "regel", place)
        else:
            found = situation_schema().fields["persoon"].type.record
            assert found is not None
            born = ir.Fact(("persoon", "geboortedatum"), found.fields["geboortedatum"].type, "situatie", place)
        return ir.Elapsed("jaren", born, on, _elapsed_type(born, on), place)

    # lists

    def over_list(self, written: syntax.OverList) -> ir.Node:
        op, path = written.op, written.path
        if self.scope.depth >= MAX_LISTS:
            hulp = "een lijst in een lijst kan; dieper niet. Geef het binnenste een naam onder «begrippen»"
            raise self.wrong("expressie-te-diep", written.place, hulp=hulp)
        field: str | None = None
        if op == "som":
            if len(path.steps) < 2:
                name = ".".join(path.steps)
                raise self.wrong(
                    "verwacht", path.place, wat="een veld van de lijst", gevonden=name, hulp=f"schrijf «som({name}.veld)»"
                )
            field = path.steps[-1]
            path = syntax.Name(path.steps[:-1], path.place, path.places[:-1])
        entries = self.name(path)
        name = ".".join(path.steps)
        if entries.type.kind is not Kind.LIJST:
            hint = f"schrijf «niet {name} is geen»" if op == "bestaat" and entries.type.geen else None
            raise self.wrong("geen-lijst-pad", path.place, naam=name, functie=op, hulp=hint)
        record = entries.type.record
        assert record is not None
        inner = _Typer(self.scope.inside(record), self.findings)
        where = None if written.where is None else inner.must_be(inner.node(written.where), JA_NEE)
        value: ir.Node | None = None
        out = JA_NEE if op in ("bestaat", "alle") else GETAL
        if field is not None:
            if field not in record.fields:
                raise self.wrong(
                    "onbekend-veld",
                    written.path.places[-1],
                    naam=field,
                    waarvan=f"«{name}»",
                    hulp=choose_from(field, record.fields),
                )
            found = record.fields[field].type
            value = ir.Fact((field,), found, "regel", written.path.places[-1])
            if not found.numeric:
                raise self.wrong("verkeerd-type", written.path.places[-1], verwacht="geld of een getal", gevonden=found)
            out = Type(found.kind, whole=found.whole)
        return ir.Aggregate(op, entries, value, where, out, written.place)

    # groups, choices, tables

    def group(self, written: syntax.Group) -> ir.Node:
        operands = self.truths(written.operands)
        inner: ir.Node = ir.And(operands, written.place) if written.op == "alle" else ir.Or(operands, written.place)
        if written.op == "geen_van":
            inner = ir.Not(inner, written.place)
        if written.unless is None:
            return inner
        place = written.unless_place or written.unless.place
        return ir.And((inner, ir.Not(self.truth(written.unless), place)), place)

    def same_type(self, results: list[ir.Node]) -> tuple[list[ir.Node], Type]:
        first = results[0]
        kinds = {r.type.kind for r in results}
        for other in results:
            if other.type.kind is Kind.GETAL and Kind.GELD in kinds:
                raise self.bare(other, "de andere keuzes geven")
            if other.type.kind is not first.type.kind:
                raise self.wrong("takken-verschillen", other.place, gevonden=other.type, verwacht=first.type)
        types = [r.type for r in results]
        merged = Type(
            first.type.kind,
            options=tuple(dict.fromkeys(o for t in types for o in t.options)),
            whole=all(t.whole for t in types),
            geen=any(t.geen for t in types),
            spread=any(t.spread for t in types),
        )
        return results, merged

    def choose(self, written: syntax.Choose) -> ir.Node:
        assert written.otherwise is not None
        conditions = self.truths(c for c, _ in written.branches)
        results = self.all((*(r for _, r in written.branches), written.otherwise))
        typed, out = self.same_type(results)
        return ir.Choose(tuple(zip(conditions, typed[:-1], strict=True)), typed[-1], out, written.place)

    def cell(self, test: syntax.Expression, place: Place, column: ir.Node) -> ir.Node:
        """A cell's test on its column; what is wrong is said at the cell."""
        found = Findings()
        try:
            return _Typer(self.scope.of_column(column), found).truth(test)
        finally:
            here = place.span
            for one in found:
                inside = one.span is not None and one.span.line == here.line and one.span.column >= here.column
                self.findings.items.append(one if inside else replace(one, span=here))

    def table(self, written: syntax.Table) -> ir.Node:
        columns = self.all(written.columns)
        conditions: list[ir.Node] = []
        tests: list[tuple[ir.Node | None, ...]] = []
        for row in written.rows:
            row_tests: list[ir.Node | None] = []
            for cell, column in zip(row.cells, columns, strict=True):
                row_tests.append(None if cell.test is None else self.cell(cell.test, cell.place, column))
            tests.append(tuple(row_tests))
            held = tuple(t for t in row_tests if t is not None)
            place = row.result.place
            conditions.append(held[0] if len(held) == 1 else ir.And(held, place) if held else ir.Const(True, JA_NEE, place))
        results = self.all((*(r.result for r in written.rows), *((written.otherwise,) if written.otherwise else ())))
        typed, out = self.same_type(results)
        rows = [r.cells[0].place for r in written.rows]
        complete = check_table(written.hit, columns, tests, rows, written.otherwise is not None, written.place, self.findings)
        if not complete:
            raise Untyped
        branches = tuple(zip(conditions, typed[: len(conditions)], strict=True))
        otherwise = typed[-1]
        last = None
        if written.otherwise is None and written.hit != "verzamel":
            last = conditions[-1]
            branches = branches[:-1]  # the rows cover everything: past the others only the last is left
        if written.hit == "verzamel":
            assert written.collect is not None
            if not out.numeric:
                raise self.wrong("verkeerd-type", typed[0].place, verwacht="geld of een getal", gevonden=out)
            return ir.Collect(written.collect, branches, otherwise, out, written.place)
        return ir.Choose(branches, otherwise, out, written.place, last, single=written.hit == "uniek")


def choose_term(word: str, names: Collection[str]) -> str | None:
    """What to write for a name that a ruleset does not have: what it does have."""
    names = list(dict.fromkeys(names))
    listed = ", ".join(names[:MAX_NAMES]) + (", …" if len(names) > MAX_NAMES else "")
    return did_you_mean(word, names) or (f"kies uit: {listed}" if names else None)


def _instead(node: ir.Node, wanted: Type) -> str | None:
    """What to write where a truth is wanted and something else stands."""
    text, kind = node.place.text, node.type.kind
    if wanted.kind is not Kind.JA_NEE:
        return None
    if kind is Kind.TEKST and isinstance(node, ir.Const):
        return "herhaal de vergelijking («x = 'a' of x = 'b'»), of schrijf «x in ['a', 'b']»"
    if kind is Kind.KEUZE:
        return f"vergelijk het: «{text} = '{node.type.options[0]}'»" if node.type.options else None
    return "vergelijk het met iets, bijvoorbeeld met «>=» of «=»"


def _alike(one: ir.Node, other: ir.Node) -> str | None:
    """How `other` becomes something that compares with `one`."""
    text = other.place.text
    if one.type.kind is Kind.GETAL and other.type.kind is Kind.PERIODE and isinstance(other, ir.Const):
        return f"schrijf alleen het getal: «{text.split()[0]}»"
    if one.type.kind in (Kind.GETAL, Kind.GELD, Kind.DATUM) and other.type.kind is Kind.TEKST and isinstance(other, ir.Const):
        return "haal de aanhalingstekens weg" if str(other.value)[:1] in "0123456789€" else f"«{one.place.text}» is {one.type}"
    if one.type.kind is Kind.JA_NEE and other.type.kind is Kind.TEKST:
        return f"schrijf «{one.place.text}» of «niet {one.place.text}»" if isinstance(one, ir.Fact | ir.OwnFact) else None
    if one.type.kind is Kind.DATUM and other.type.kind is Kind.PERIODE:
        return f"schrijf een datum: «peildatum - {text}»"
    if one.type.kind is Kind.DATUM and other.type.kind is Kind.GETAL:
        return "schrijf een datum als jaar-maand-dag, zoals «2026-03-02»"
    if one.type.kind is Kind.KEUZE and other.type.kind is Kind.JA_NEE and one.type.options:
        return f"kies uit: {', '.join(one.type.options)}" if len(one.type.options) <= 20 else None
    return None


def _elapsed_advice(left: ir.Node, right: ir.Node) -> str:
    return f"schrijf «dagen tussen {right.place.text} en {left.place.text}», of maanden of jaren"


def _elapsed_type(start: ir.Node, end: ir.Node) -> Type:
    return Type(Kind.GETAL, geen=start.type.geen or end.type.geen, spread=True)
