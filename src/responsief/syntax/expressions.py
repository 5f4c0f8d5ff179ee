"""The text of an expression -> nodes. Recursive descent, by hand: nobody loses an evening to a parser error.

From loose to tight: of · en · niet · comparison, is, in, tussen · + - · * / · minus · % van · a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, NoReturn, cast

from responsief.diagnostics import Findings, did_you_mean
from responsief.source import Place, Scalar
from responsief.syntax.nodes import (
    COLUMN,
    Age,
    Binary,
    Elapsed,
    Expression,
    Extreme,
    Is,
    Literal_,
    Name,
    OneOf,
    OverList,
    Rounded,
    Unary,
    Within,
)
from responsief.values import PERIOD_UNITS, Mode, Period, parse_day, parse_money, period_of

MAX_LENGTH: Final = 2000
MAX_DEPTH: Final = 40

KEYWORDS: Final = frozenset(
    [
        "en",
        "of",
        "niet",
        "tussen",
        "in",
        "is",
        "bekend",
        "onbekend",
        "geen",
        "van",
        "op",
        "ja",
        "nee",
        "waar",
        "min",
        "max",
        "afronden",
        "naar",
        "boven",
        "beneden",
        "leeftijd",
        "aantal",
        "som",
        "bestaat",
        "alle",
        "dagen",
        "maanden",
        "jaren",
    ]
)
#: words that may still be the name of a field or term, because they only mean something in their own place
SOFT: Final = frozenset(
    [
        "van",
        "op",
        "geen",
        "boven",
        "beneden",
        "naar",
        "bekend",
        "onbekend",
        "dagen",
        "maanden",
        "jaren",
        "min",
        "max",
        "aantal",
        "som",
        "alle",
        "leeftijd",
    ]
)

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
      | (?P<geld>(?:€|EUR\b)\s*-?\d[\d.]*(?:,(?:\d+|-))?)
      | (?P<datum>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?!\d))
      | (?P<getal>\d+(?:[.,]\d+)?)
      | (?P<woord>[^\W\d]\w*)
      | (?P<tekst>'[^']*'|"[^"]*")
      | (?P<teken><=|>=|!=|<>|==|&&|\|\||=>|=<|[-+*/%()\[\],.=<>≤≥≠!])
    """,
    re.VERBOSE,
)

_FOREIGN: Final = {
    "==": "schrijf «=»",
    "<>": "schrijf «!=»",
    "≠": "schrijf «!=»",
    "≤": "schrijf «<=»",
    "≥": "schrijf «>=»",
    "=>": "schrijf «>=»",
    "=<": "schrijf «<=»",
    "&&": "schrijf «en»",
    "||": "schrijf «of»",
    "!": "schrijf «niet»",
}
_ENGLISH: Final = {
    "and": "en",
    "or": "of",
    "not": "niet",
    "true": "ja",
    "false": "nee",
    "null": "onbekend",
    "if": "kies",
    "between": "tussen",
}
_COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


class _Stop(Exception):
    """A finding was reported; this expression can't be read any further."""


def parse_expression(scalar: Scalar, findings: Findings) -> Expression | None:
    """The expression in a scalar; a finding and None when it can't be read."""
    try:
        return _Parser(scalar, findings).whole()
    except _Stop:
        return None


def parse_cell(scalar: Scalar, findings: Findings) -> tuple[bool, Expression | None]:
    """A table cell: (True, None) for «-», (True, test on the column) else; (False, None) when it can't be read."""
    if scalar.value.strip() in ("-", "–"):
        return True, None
    try:
        return True, _Parser(scalar, findings).cell()
    except _Stop:
        return False, None


class _Parser:
    def __init__(self, scalar: Scalar, findings: Findings) -> None:
        self.scalar = scalar
        self.findings = findings
        self.depth = 0
        if not scalar.value.strip():
            self.fail("lege-expressie", Place(scalar, 0, 1))
        if len(scalar.value) > MAX_LENGTH:
            self.fail("expressie-te-lang", Place(scalar, 0, 1))
        self.tokens = self.tokenize()
        self.index = 0

    # tokens

    def tokenize(self) -> list[_Token]:
        text, at, tokens = self.scalar.value, 0, []
        while at < len(text):
            found = _TOKEN.match(text, at)
            if found is None:
                if text[at] in "'\"":
                    self.fail("tekst-niet-gesloten", Place(self.scalar, at, 1))
                self.fail("teken-onbekend", Place(self.scalar, at, 1), teken=text[at])
            kind = found.lastgroup or ""
            if kind != "space":
                tokens.append(_Token(kind, found.group(), at))
            at = found.end()
        tokens.append(_Token("einde", "", len(text.rstrip())))
        return tokens

    @property
    def now(self) -> _Token:
        return self.tokens[self.index]

    @property
    def ahead(self) -> _Token:
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def take(self) -> _Token:
        token = self.now
        self.index += token.kind != "einde"
        return token

    def sees(self, *texts: str) -> bool:
        return self.now.kind in ("woord", "teken") and self.now.text in texts

    def accept(self, *texts: str) -> _Token | None:
        return self.take() if self.sees(*texts) else None

    def expect(self, text: str, what: str | None = None) -> _Token:
        if self.sees(text):
            return self.take()
        return self.surprised(what or f"«{text}»")

    def place(self, token: _Token) -> Place:
        return Place(self.scalar, token.at, max(1, len(token.text)))

    def since(self, start: _Token) -> Place:
        last = self.tokens[max(0, self.index - 1)]
        return Place(self.scalar, start.at, max(1, last.at + len(last.text) - start.at))

    def fail(self, code: str, place: Place, *, hulp: str | None = None, **words: object) -> NoReturn:
        self.findings.add(code, place.span, hulp=hulp, **words)
        raise _Stop

    def surprised(self, what: str) -> NoReturn:
        token = self.now
        if token.kind == "einde":
            at = max(0, token.at - 1)
            self.fail("verwacht-einde", Place(self.scalar, at, 1), wat=what)
        if token.text in _FOREIGN:
            self.fail("een-is-geen-vergelijking", self.place(token), gevonden=token.text, hulp=_FOREIGN[token.text])
        hulp = f"schrijf «{_ENGLISH[token.text.lower()]}»" if token.text.lower() in _ENGLISH else None
        self.fail("verwacht", self.place(token), wat=what, gevonden=token.text, hulp=hulp)

    # grammar

    def whole(self) -> Expression:
        expression = self.either()
        self.finished()
        return expression

    def finished(self) -> None:
        token = self.now
        if token.kind == "einde":
            return
        if token.text in _FOREIGN:
            self.fail("een-is-geen-vergelijking", self.place(token), gevonden=token.text, hulp=_FOREIGN[token.text])
        hulp = None
        if token.kind == "woord":
            if token.text.lower() in _ENGLISH:
                hulp = f"schrijf «{_ENGLISH[token.text.lower()]}»"
            elif near := did_you_mean(token.text, ["en", "of", "tussen", "waar", "in", "is"]):
                hulp = near
        self.fail("rest", self.place(token), gevonden=token.text, hulp=hulp)

    def cell(self) -> Expression:
        subject = Name(
            (COLUMN,), Place(self.scalar, 0, len(self.scalar.value)), (Place(self.scalar, 0, len(self.scalar.value)),)
        )
        first = self.now
        if first.text in _COMPARISONS and first.kind == "teken":
            op = self.take()
            expression: Expression = Binary(op.text, (subject, self.sum()), self.since(first), self.place(op))
        elif self.sees("tussen"):
            expression = self.within(subject, first)
        elif self.sees("in"):
            expression = self.one_of(subject, first)
        else:
            expression = Binary("=", (subject, self.sum()), self.since(first), self.place(first))
        self.finished()
        return expression

    def either(self) -> Expression:
        return self.chain("of", self.both)

    def both(self) -> Expression:
        return self.chain("en", self.negated)

    def chain(self, word: str, parse: Callable[[], Expression]) -> Expression:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail("expressie-te-diep", self.place(self.now))
        start = self.now
        first = parse()
        operands, op = [first], None
        while self.sees(word):
            op = self.take()
            operands.append(parse())
        self.depth -= 1
        if op is None:
            return first
        if word == "of":
            for operand in operands:
                if isinstance(operand, Binary) and operand.op == "en" and not operand.bracketed:
                    self.fail("haakjes-nodig", operand.op_place)
        return Binary(word, tuple(operands), self.since(start), self.place(op))

    def negated(self) -> Expression:
        start = self.now
        if self.accept("niet"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                self.fail("expressie-te-diep", self.place(start))
            operand = self.negated()
            self.depth -= 1
            return Unary("niet", operand, self.since(start))
        return self.compared()

    def compared(self) -> Expression:
        start = self.now
        left = self.sum()
        if self.now.kind == "teken" and self.now.text in _COMPARISONS:
            op = self.take()
            right = self.sum()
            node = Binary(op.text, (left, right), self.since(start), self.place(op))
            if self.now.kind == "teken" and self.now.text in _COMPARISONS:
                self.fail("vergelijking-keten", self.place(self.now))
            return node
        if self.sees("tussen"):
            return self.within(left, start)
        if self.sees("in"):
            return self.one_of(left, start)
        if self.accept("is"):
            negative = self.accept("niet")
            what = self.accept("bekend", "onbekend", "geen")
            if what is None:
                self.surprised("«bekend», «onbekend» of «geen»")
            test = Is(left, cast('Literal["bekend", "onbekend", "geen"]', what.text), self.since(start))
            return Unary("niet", test, self.since(start)) if negative else test
        return left

    def within(self, value: Expression, start: _Token) -> Expression:
        self.expect("tussen")
        low = self.sum()
        self.expect("en", "«en» met de bovengrens")
        high = self.sum()
        return Within(value, low, high, self.since(start))

    def one_of(self, value: Expression, start: _Token) -> Expression:
        self.expect("in")
        self.expect("[", "«[» met de mogelijkheden")
        options = [self.sum()]
        while self.accept(","):
            options.append(self.sum())
        self.expect("]", "«,» of «]»")
        return OneOf(value, tuple(options), self.since(start))

    def sum(self) -> Expression:
        start = self.now
        left = self.product()
        while self.sees("+", "-"):
            op = self.take()
            left = Binary(op.text, (left, self.product()), self.since(start), self.place(op))
        return left

    def product(self) -> Expression:
        start = self.now
        left = self.signed()
        while self.sees("*", "/"):
            op = self.take()
            left = Binary(op.text, (left, self.signed()), self.since(start), self.place(op))
        return left

    def signed(self) -> Expression:
        start = self.now
        if self.accept("-"):
            self.depth += 1
            if self.depth > MAX_DEPTH:
                self.fail("expressie-te-diep", self.place(start))
            operand = self.signed()
            self.depth -= 1
            return Unary("-", operand, self.since(start))
        return self.value()

    def value(self) -> Expression:
        token = self.now
        match token.kind:
            case "geld":
                self.take()
                try:
                    return Literal_("geld", parse_money(token.text), self.place(token))
                except ValueError as wrong:
                    self.fail("geen-bedrag", self.place(token), waarom=str(wrong))
            case "datum":
                self.take()
                try:
                    return Literal_("datum", parse_day(token.text), self.place(token))
                except ValueError as wrong:
                    self.fail("datum-bestaat-niet", self.place(token), waarom=str(wrong))
            case "getal":
                return self.number()
            case "tekst":
                self.take()
                return Literal_("tekst", token.text[1:-1], self.place(token))
            case "woord":
                return self.word()
        if self.accept("("):
            inner = self.either()
            if not self.sees(")"):
                if self.now.kind == "einde":
                    self.fail("haakje-niet-gesloten", self.place(token))
                self.surprised("«)»")
            self.take()
            if isinstance(inner, Binary):
                return Binary(inner.op, inner.operands, self.since(token), inner.op_place, bracketed=True)
            return inner
        self.surprised("een waarde of een naam")

    def number(self) -> Expression:
        token = self.take()
        value = Fraction(token.text.replace(",", "."))
        if "." in token.text and re.fullmatch(r"\d{1,3}\.\d{3}", token.text):
            self.fail(
                "geen-getal",
                self.place(token),
                tekst=token.text,
                hulp="schrijf duizendtallen zonder punt, en decimalen met een komma",
            )
        if self.accept("%"):
            percent = Literal_("procent", value / 100, self.since(token))
            if of := self.accept("van"):
                return Binary("% van", (percent, self.signed()), self.since(token), self.place(of))
            return percent
        if self.now.kind == "woord" and self.now.text in PERIOD_UNITS and self.ahead.text != "tussen":
            return Literal_("periode", self.period(token), self.since(token))
        return Literal_("getal", int(value) if value.denominator == 1 else value, self.place(token))

    def period(self, number: _Token) -> Period:
        if not number.text.isdigit() or len(number.text) > 5:
            self.fail("geen-periode", self.place(number), waarom=f"«{number.text}» kan geen aantal van een periode zijn")
        total = period_of(int(number.text), self.take().text)
        if self.sees("en") and self.ahead.kind == "getal":
            after = self.tokens[min(self.index + 2, len(self.tokens) - 1)]
            if after.kind == "woord" and after.text in PERIOD_UNITS:
                self.take()
                more = self.period(self.take())
                return Period(total.months + more.months, total.days + more.days)
        return total

    def word(self) -> Expression:
        token = self.now
        following = self.ahead.text if self.ahead.kind in ("teken", "woord") else ""
        if following == "(":
            match token.text:
                case "aantal" | "som" | "bestaat" | "alle":
                    return self.over_list()
                case "min" | "max":
                    return self.extreme()
                case "afronden":
                    return self.rounded()
            functions = ["aantal", "som", "bestaat", "alle", "min", "max", "afronden"]
            self.fail(
                "onbekende-naam",
                self.place(token),
                naam=token.text + "(…)",
                hulp=did_you_mean(token.text, functions) or f"functies: {', '.join(functions)}",
            )
        if token.text in ("dagen", "maanden", "jaren") and following == "tussen":
            return self.elapsed()
        if token.text in ("ja", "nee"):
            self.take()
            return Literal_("ja_nee", token.text == "ja", self.place(token))
        if token.text == "leeftijd" and following != ".":
            return self.age()
        if token.text.lower() in _ENGLISH and token.text not in KEYWORDS:
            self.fail("onbekende-naam", self.place(token), naam=token.text, hulp=f"schrijf «{_ENGLISH[token.text.lower()]}»")
        if token.text in KEYWORDS - SOFT:
            self.surprised("een waarde of een naam")
        return self.name()

    def name(self) -> Name:
        start = self.now
        if start.kind != "woord":
            self.surprised("een naam")
        tokens = [self.take()]
        while self.accept("."):
            if self.now.kind != "woord":
                self.surprised("een veld na de punt")
            tokens.append(self.take())
        return Name(tuple(t.text for t in tokens), self.since(start), tuple(self.place(t) for t in tokens))

    def age(self) -> Age:
        start = self.take()
        of = self.name() if self.accept("van") else None
        on = self.sum() if self.accept("op") else None
        return Age(of, on, self.since(start))

    def elapsed(self) -> Elapsed:
        start = self.take()
        self.expect("tussen")
        first = self.sum()
        self.expect("en", "«en» met de tweede datum")
        return Elapsed(cast('Literal["dagen", "maanden", "jaren"]', start.text), first, self.sum(), self.since(start))

    def over_list(self) -> OverList:
        start = self.take()
        self.expect("(")
        path = self.name()
        where = self.either() if self.accept("waar") else None
        if start.text == "alle" and where is None:
            self.surprised("«waar» met een voorwaarde")
        self.expect(")", "«waar» of «)»" if where is None else "«)»")
        return OverList(cast('Literal["aantal", "som", "bestaat", "alle"]', start.text), path, where, self.since(start))

    def extreme(self) -> Extreme:
        start = self.take()
        self.expect("(")
        operands = [self.sum()]
        while self.accept(","):
            operands.append(self.sum())
        self.expect(")", "«,» of «)»")
        return Extreme(cast('Literal["min", "max"]', start.text), tuple(operands), self.since(start))

    def rounded(self) -> Rounded:
        start = self.take()
        self.expect("(")
        value = self.sum()
        if not self.accept(","):
            if self.sees(")"):
                self.fail(
                    "verwacht",
                    self.place(self.now),
                    wat="«,» en waarop wordt afgerond",
                    gevonden=")",
                    hulp="schrijf bijvoorbeeld «afronden(…, cent)»",
                )
            self.surprised("«,» en waarop wordt afgerond")
        mode: Mode = "half"
        if self.accept("naar"):
            word = self.accept("boven", "beneden")
            if word is None:
                self.surprised("«boven» of «beneden»")
            mode = "boven" if word.text == "boven" else "beneden"
        self.accept("op")
        unit_token = self.now
        unit: str | int
        if unit_token.kind == "geld":
            literal = self.value()
            unit = cast("int", cast("Literal_", literal).value)
        elif unit_token.kind == "woord":
            unit = self.take().text
        else:
            self.surprised("cent, euro, geheel of een bedrag")
        self.expect(")", "«)»")
        return Rounded(value, mode, unit, self.since(start), self.place(unit_token))
