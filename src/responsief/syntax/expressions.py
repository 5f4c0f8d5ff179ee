"""The text of an expression -> nodes. Recursive descent, by hand: nobody loses an evening to a parser error.

From loose to tight: of · en · niet · comparison, is, in, tussen · + - · * / · minus · % van · a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Final, Literal, NoReturn, cast

from responsief.diagnostics import Findings, did_you_mean
from responsief.source import Place, Scalar
from responsief.syntax import meant
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
from responsief.syntax.tokens import COMPARISONS, HARD, KEYWORDS, Stop, Token, Tokens
from responsief.values import PERIOD_UNITS, Mode, Period, parse_day, parse_money, period_of

MAX_DECIMALS: Final = 12  # digits after the comma of a number
MAX_DEPTH: Final = 40
MAX_CHAIN: Final = 50  # pluses or minuses in a row
MAX_NUMBER: Final = 10**12
FUNCTIONS: Final = ("aantal", "som", "bestaat", "alle", "min", "max", "afronden")


def parse_expression(scalar: Scalar, findings: Findings) -> Expression | None:
    """The expression in a scalar; a finding and None when it can't be read."""
    try:
        return _Parser(scalar, findings).whole()
    except Stop:
        return None


def parse_cell(scalar: Scalar, findings: Findings) -> tuple[bool, Expression | None]:
    """A table cell: (True, None) for «-», (True, test on the column) else; (False, None) when it can't be read."""
    if scalar.value.strip() in ("-", "–"):
        return True, None
    try:
        return True, _Parser(scalar, findings, "schrijf «-» voor een cel die niet uitmaakt").cell()
    except Stop:
        return False, None


class _Parser(Tokens):
    """The grammar: one method for each level of binding."""

    def whole(self) -> Expression:
        expression = self.either()
        self.finished()
        return expression

    def finished(self) -> None:
        token, before = self.now, self.before
        if token.kind == "einde":
            return
        if token.text in meant.FOREIGN:
            self.fail("een-is-geen-vergelijking", self.place(token), gevonden=token.text, hulp=meant.FOREIGN[token.text])
        self.fail("rest", self.place(token), gevonden=token.text, hulp=self.meant_rest(token, before) or None)

    def meant_rest(self, token: Token, before: Token) -> str:
        """What somebody meant by what stands behind a whole expression."""
        if token.text == "," and self.ahead.text == "-" and before.kind == "getal":
            return f"schrijf het euroteken ervoor: «€ {before.text},-»"
        if token.text in (",", ")", "]"):
            return f"haal «{token.text}» weg"
        if before.kind == "geld" and token.kind == "getal":
            return f"schrijf een bedrag zonder spaties: «{before.text}{token.text}»"
        if token.text == "%" and before.kind == "woord":
            return meant.per_cent(before.text)
        if token.text == "(":
            return "haal het weg; een opmerking begint met «#»"
        if token.kind != "woord":
            return ""
        if token.text == "waar":
            return "zet het in bestaat(…), aantal(…) of alle(…): «bestaat(lijst waar …)»"
        if near := meant.lower(token.text, KEYWORDS):
            return near
        if before.text == "leeftijd":
            return f"schrijf «leeftijd van {self.path_here()}»"
        hulp = meant.word(token.text)
        if before.kind == "getal":
            if token.at == before.at + len(before.text):
                return "een naam begint met een letter"
            hulp = meant.after_number(before.text, token.text, self.ahead.text)
        if hulp or self.ahead.text in (".", "(", "is", "in", "tussen", *COMPARISONS):
            return hulp  # without advice it is a new comparison: only «en» or «of» is missing
        if before.kind in ("getal", "geld"):
            what = "getal" if before.kind == "getal" else "bedrag"
            return f"een {what} staat op zichzelf: haal «{token.text}» weg"
        return did_you_mean(token.text, ["tussen", "waar", "in", "is"]) or (
            meant.after_name(before.text, token.text) if before.kind == "woord" and before.text not in KEYWORDS else ""
        )

    def cell(self) -> Expression:
        subject = Name(
            (COLUMN,), Place(self.scalar, 0, len(self.scalar.value)), (Place(self.scalar, 0, len(self.scalar.value)),)
        )
        first = self.now
        number = r"((?:€ ?)?\d[\d.,]*)"
        if found := re.fullmatch(rf"{number}\s*(?:-|–|tot|t/m|tot en met)\s*{number}", self.scalar.value.strip()):
            whole = Place(self.scalar, 0, len(self.scalar.value))
            hulp = f"schrijf «tussen {found[1]} en {found[2]}»; beide grenzen tellen mee"
            self.fail("verwacht", whole, wat="één waarde of een vergelijking", gevonden=found[0], hulp=hulp)
        if first.text == "*" and self.ahead.kind == "einde":
            self.surprised("een waarde of een vergelijking", "schrijf «-» voor een cel die niet uitmaakt")
        if first.text in COMPARISONS and first.kind == "teken":
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
        start = self.now
        first = parse()
        if self.now.text != word:
            return first
        operands = [first]
        while self.now.text == word:
            op = self.take()
            operands.append(parse())
        if word == "of":
            for operand in operands:
                if isinstance(operand, Binary) and operand.op == "en" and not operand.bracketed:
                    self.fail("haakjes-nodig", operand.op_place)
        return Binary(word, tuple(operands), self.since(start), self.place(op))

    def negated(self) -> Expression:
        start = self.now
        if self.accept("niet"):
            return Unary("niet", self.deeper(start, self.negated), self.since(start))
        return self.compared()

    def deeper(self, start: Token, parse: Callable[[], Expression]) -> Expression:
        """One level further in; all nesting goes through here."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self.fail("expressie-te-diep", self.place(start))
        inner = parse()
        self.depth -= 1
        return inner

    def compared(self) -> Expression:
        start = self.now
        left = self.sum()
        if self.now.kind == "teken" and self.now.text in COMPARISONS:
            op = self.take()
            right = self.sum()
            node = Binary(op.text, (left, right), self.since(start), self.place(op))
            if self.now.kind == "teken" and self.now.text in COMPARISONS:
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

    def within(self, value: Expression, start: Token) -> Expression:
        self.expect("tussen")
        low = self.sum()
        self.expect("en", "«en» met de bovengrens")
        high = self.sum()
        return Within(value, low, high, self.since(start))

    def one_of(self, value: Expression, start: Token) -> Expression:
        self.expect("in")
        self.expect("[", "«[» met de mogelijkheden")
        options = self.parts()
        self.expect("]", "«,» of «]»")
        return OneOf(value, tuple(options), self.since(start))

    def parts(self) -> list[Expression]:
        """Values with commas between them; where those have no space behind them, «1,2» may be one number or two."""
        found = [self.sum()]
        tight = False
        numbers: list[Token] = []
        first = self.before
        while comma := self.accept(","):
            tight = tight or self.now.at == comma.at + 1
            found.append(self.sum())
            numbers.append(self.before)
        wrong = [n for n in (first, *numbers) if n.kind == "getal" and "," in n.text]
        if tight and wrong:
            hulp = f"zet een spatie achter de komma tussen twee getallen: «{wrong[0].text.replace(',', ', ')}»"
            self.fail("geen-getal", self.place(wrong[0]), tekst=wrong[0].text, hulp=hulp)
        return found

    def sum(self) -> Expression:
        return self.row(("+", "-"), self.product)

    def product(self) -> Expression:
        return self.row(("*", "/"), self.signed)

    def row(self, ops: tuple[str, str], parse: Callable[[], Expression]) -> Expression:
        start = self.now
        left = parse()
        count = 0
        while self.now.text in ops:
            op = self.take()
            count += 1
            if count > MAX_CHAIN:
                self.fail("expressie-te-diep", self.place(op))
            left = Binary(op.text, (left, parse()), self.since(start), self.place(op))
        return left

    def signed(self) -> Expression:
        start = self.now
        if self.accept("-"):
            return Unary("-", self.deeper(start, self.signed), self.since(start))
        return self.deeper(start, self.value)

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
        plain = token.text.isdecimal()
        marks = "" if plain else re.sub(r"\d", "", token.text)
        if len(marks) > 1 or (marks == "." and re.fullmatch(r"\d{1,3}\.\d{3}", token.text)):
            bare = token.text.replace(".", "")
            hulp = f"schrijf een getal zonder punt: «{bare}»; een bedrag begint met het euroteken: «€ {token.text}»"
            if "," in marks[:-1]:
                hulp = "zet een spatie achter de komma tussen twee getallen"
            self.fail("geen-getal", self.place(token), tekst=token.text, hulp=hulp)
        if len(token.text.partition(",")[2]) > MAX_DECIMALS:
            hulp = f"hoogstens {MAX_DECIMALS} cijfers achter de komma"
            self.fail("geen-getal", self.place(token), tekst=token.text[:20] + "…", hulp=hulp)
        value = Fraction(int(token.text)) if plain else Fraction(token.text.replace(",", "."))
        if value > MAX_NUMBER:
            self.fail("geen-getal", self.place(token), tekst=token.text, hulp="dit getal is te groot")
        if self.accept("%"):
            percent = Literal_("procent", value / 100, self.since(token))
            if of := self.accept("van"):
                return Binary("% van", (percent, self.signed()), self.since(token), self.place(of))
            if self.now.kind in ("woord", "geld") and self.now.text not in KEYWORDS:
                self.surprised("«van»", f"schrijf «{token.text} % van {self.now.text}»")
            return percent
        if self.now.kind == "woord" and self.now.text in PERIOD_UNITS:
            return Literal_("periode", self.period(token), self.since(token))
        return Literal_("getal", int(value) if value.denominator == 1 else value, self.place(token))

    def period(self, number: Token) -> Period:
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
            if token.text not in HARD:
                self.unknown_function(token)
        if token.text in ("dagen", "maanden", "jaren") and following == "tussen":
            return self.elapsed()
        if token.text in ("ja", "nee"):
            self.take()
            return Literal_("ja_nee", token.text == "ja", self.place(token))
        if token.text == "leeftijd" and following != ".":
            return self.age()
        if token.text not in KEYWORDS and self.ahead.text != ".":
            hulp = meant.lower(token.text, HARD)
            nameless = self.ahead.kind == "woord" and self.ahead.text not in KEYWORDS  # no name stands before a name
            if token.text.lower() in meant.RESERVED or nameless:
                hulp = hulp or meant.word(token.text)
            if hulp:
                self.fail("onbekende-naam", self.place(token), naam=token.text, hulp=hulp)
        if token.text in HARD:
            self.surprised("een waarde of een naam")
        return self.name()

    def path_here(self, ahead: int = 0) -> str:
        """The name with dots that stands here, as text."""
        found = ""
        for token in self.tokens[self.index + ahead :]:
            if token.kind not in ("woord", "datum") and token.text != ".":
                break
            found += token.text
        return found or "…"

    def unknown_function(self, token: Token) -> NoReturn:
        hulp = meant.word(token.text) or did_you_mean(token.text, FUNCTIONS) or f"functies: {', '.join(FUNCTIONS)}"
        if token.text == "leeftijd":
            inside = self.path_here(2)
            hulp = f"schrijf «leeftijd {'op' if inside == 'peildatum' or inside[:1].isdigit() else 'van'} {inside}»"
        elif token.text in ("dagen", "maanden", "jaren"):
            hulp = f"schrijf «{token.text} tussen … en …»"
        elif token.text in ("een_van", "geen_van", "kies", "tabel"):
            hulp = f"schrijf «{token.text}:» als groep, met elk deel op een eigen regel"
        self.fail("onbekende-naam", self.place(token), naam=token.text + "(…)", hulp=hulp)

    def name(self) -> Name:
        start = self.now
        if start.kind != "woord":
            self.surprised("een naam")
        tokens = [self.take()]
        while self.accept("."):
            if self.now.kind != "woord":
                self.surprised("een veld na de punt")
            tokens.append(self.take())
        if len(tokens) == 1:
            place = self.place(start)
            return Name((start.text,), place, (place,))
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
        if where is None and (start.text == "alle" or self.now.kind == "woord"):
            self.surprised("«waar» met een voorwaarde", "schrijf «waar»" if self.now.kind == "woord" else "")
        self.expect(")", "«waar» of «)»" if where is None else "«)»")
        return OverList(cast('Literal["aantal", "som", "bestaat", "alle"]', start.text), path, where, self.since(start))

    def extreme(self) -> Extreme:
        start = self.take()
        self.expect("(")
        operands = self.parts()
        if len(operands) == 1 and self.sees(")"):
            hulp = f"«{start.text}» kiest uit twee of meer waarden; zet een spatie achter de komma ertussen"
            self.surprised("nog een waarde", hulp)
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
            self.surprised("cent, euro, geheel of een bedrag", "schrijf bijvoorbeeld «naar boven op euro»")
        if unit in ("hele", "heel", "een", "de", "op"):
            self.surprised("«)»", f"schrijf «op {self.now.text}»" if self.now.kind == "woord" else "")
        self.expect(")", "«)»")
        return Rounded(value, mode, unit, self.since(start), self.place(unit_token))
