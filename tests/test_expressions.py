"""The expression parser: what binds to what, what it says and where, and that no text gets it out of its stride."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from random_expressions import ATOM, COMPARED, EN, GREEDY, NIET, OF, PRODUCT, SIGNED, SUM, Dice, Drawn, Expressions, Ref, Rolled
from responsief.diagnostics import Diagnostic, Findings
from responsief.messages import TEXTS
from responsief.source import Place, Scalar, Source
from responsief.syntax import nodes
from responsief.syntax.expressions import parse_cell, parse_expression
from responsief.syntax.nodes import Expression
from responsief.syntax.tokens import MAX_LENGTH
from responsief.values import Period
from small import findings, term
from strategies import seeds
from test_source import scalar_of, write

NOWHERE = Place(Scalar("", Source("x", ""), 0, 0, 1, 1), 0, 1)


def bare(text: str) -> Scalar:
    """A text as if it were a whole file."""
    return Scalar(text, Source("x", text), 0, len(text), 1, 1)


def parse(text: str) -> Expression:
    found = Findings()
    expression = parse_expression(bare(text), found)
    assert not found, list(found)
    assert expression is not None
    return expression


# --- what binds to what ------------------------------------------------------------------------------------------------


def name(*steps: str) -> nodes.Name:
    return nodes.Name(steps, NOWHERE, ())


ATOMS: tuple[tuple[str, Expression], ...] = (
    ("a", name("a")),
    ("b.c", name("b", "c")),
    ("van", name("van")),
    ("7", nodes.Literal_("getal", 7, NOWHERE)),
    ("2,5", nodes.Literal_("getal", Fraction(5, 2), NOWHERE)),
    ("105 %", nodes.Literal_("procent", Fraction(21, 20), NOWHERE)),
    ("€ 1.250,50", nodes.Literal_("geld", 125050, NOWHERE)),
    ("2026-03-01", nodes.Literal_("datum", date(2026, 3, 1), NOWHERE)),
    ("(1 jaar en 3 maanden)", nodes.Literal_("periode", Period(15), NOWHERE)),
    ("(8 weken)", nodes.Literal_("periode", Period(0, 56), NOWHERE)),
    ("'d e'", nodes.Literal_("tekst", "d e", NOWHERE)),
    ('"it\'s"', nodes.Literal_("tekst", "it's", NOWHERE)),
    ("ja", nodes.Literal_("ja_nee", True, NOWHERE)),
    ("leeftijd", nodes.Age(None, None, NOWHERE)),
    ("leeftijd van b.c", nodes.Age(name("b", "c"), None, NOWHERE)),
)


class Tree:
    """A tree and its text with no brackets but those that it needs, and a few that it does not."""

    def __init__(self, dice: Dice) -> None:
        self.dice = dice

    def part(self, level: int, depth: int) -> tuple[str, Expression]:
        """A random part, in brackets when it holds together more loosely than `level`."""
        text, node, own = self.any(depth)
        return (f"({text})", node) if own < level or self.dice.chance(5) else (text, node)

    def any(self, depth: int) -> tuple[str, Expression, int]:
        forms = [
            "of",
            "en",
            "niet",
            "=",
            "tussen",
            "in",
            "is",
            "+",
            "*",
            "-",
            "%",
            "min",
            "afronden",
            "leeftijd",
            "dagen",
            "lijst",
        ]
        if depth <= 0 or self.dice.chance(20):
            return (*self.dice.pick(ATOMS), ATOM)
        down, n = depth - 1, NOWHERE
        match self.dice.pick(forms):
            case "of" | "en" as word:
                texts, parts = zip(*[self.part(NIET, down) for _ in range(2 + self.dice.below(2))], strict=True)
                return f" {word} ".join(texts), nodes.Binary(word, parts, n, n), EN if word == "en" else OF
            case "niet":
                text, node = self.part(NIET, down)
                return f"niet {text}", nodes.Unary("niet", node, n), NIET
            case "=":
                sign = self.dice.pick(("=", "!=", "<", "<=", ">", ">="))
                (left, a), (right, b) = self.part(GREEDY, down), self.part(GREEDY, down)
                return f"{left} {sign} {right}", nodes.Binary(sign, (a, b), n, n), COMPARED
            case "tussen":
                (value, a), (low, b), (high, c) = (self.part(GREEDY, down) for _ in range(3))
                return f"{value} tussen {low} en {high}", nodes.Within(a, b, c, n), COMPARED
            case "in":
                value, a = self.part(GREEDY, down)
                texts, parts = zip(*[self.part(GREEDY, down) for _ in range(1 + self.dice.below(3))], strict=True)
                return f"{value} in [{' , '.join(texts)}]", nodes.OneOf(a, parts, n), COMPARED
            case "is":
                value, a = self.part(GREEDY, down)
                what: Any = self.dice.pick(("bekend", "onbekend", "geen"))
                if self.dice.chance(30):
                    return f"{value} is niet {what}", nodes.Unary("niet", nodes.Is(a, what, n), n), COMPARED
                return f"{value} is {what}", nodes.Is(a, what, n), COMPARED
            case "+" | "*" as form:
                sign = self.dice.pick(("+", "-") if form == "+" else ("*", "/"))
                level = SUM if form == "+" else PRODUCT
                (left, a), (right, b) = self.part(level, down), self.part(level + 1, down)
                return f"{left} {sign} {right}", nodes.Binary(sign, (a, b), n, n), level
            case "-":
                text, node = self.part(SIGNED, down)
                return f"-{text}", nodes.Unary("-", node, n), SIGNED
            case "%":
                text, node = self.part(SIGNED, down)
                percent = nodes.Literal_("procent", Fraction(1, 2), n)
                return f"50 % van {text}", nodes.Binary("% van", (percent, node), n, n), SIGNED
            case "min":
                texts, parts = zip(*[self.part(GREEDY, down) for _ in range(2 + self.dice.below(2))], strict=True)
                op: Any = self.dice.pick(("min", "max"))
                return f"{op}({' , '.join(texts)})", nodes.Extreme(op, parts, n), ATOM
            case "afronden":
                text, node = self.part(GREEDY, down)
                how, mode, unit = self.dice.pick(
                    (
                        ("cent", "half", "cent"),
                        ("naar boven op € 50", "boven", 5000),
                        ("naar beneden geheel", "beneden", "geheel"),
                    )
                )
                return f"afronden({text}, {how})", nodes.Rounded(node, mode, unit, n, n), ATOM  # type: ignore[arg-type]
            case "leeftijd":
                text, node = self.part(GREEDY, down)
                return f"leeftijd van a op {text}", nodes.Age(name("a"), node, n), GREEDY
            case "dagen":
                unit: Any = self.dice.pick(("dagen", "maanden", "jaren"))
                (first, a), (last, b) = self.part(GREEDY, down), self.part(GREEDY, down)
                return f"{unit} tussen {first} en {last}", nodes.Elapsed(unit, a, b, n), GREEDY
            case _:
                op = self.dice.pick(("aantal", "som", "bestaat", "alle"))
                text, node = self.part(OF, down)
                return f"{op}(b.c waar {text})", nodes.OverList(op, name("b", "c"), node, n), ATOM


@st.composite
def trees(draw: st.DrawFn) -> tuple[str, Expression]:
    text, node, _ = Tree(Drawn(draw)).any(1 + draw(st.integers(0, 2)))
    return text, node


@given(trees())
def test_every_operator_binds_as_tightly_as_the_docs_say(drawn: tuple[str, Expression]) -> None:
    text, node = drawn
    if len(text) <= MAX_LENGTH:
        assert parse(text) == node


@given(trees(), st.data())
def test_white_space_makes_no_difference(drawn: tuple[str, Expression], data: st.DataObject) -> None:
    text, node = drawn
    wide = (
        "".join(data.draw(st.sampled_from([" ", "  ", "\n", " \n  "])) if c == " " else c for c in text)
        if "'" not in text
        else text
    )
    if len(wide) <= MAX_LENGTH:
        assert parse(wide) == node


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a en b = c", "a en (b = c)"),
        ("niet a = b", "niet (a = b)"),
        ("niet a en b", "(niet a) en b"),
        ("a tussen b en c en d", "(a tussen b en c) en d"),
        ("a - b - c", "(a - b) - c"),
        ("a / b * c", "(a / b) * c"),
        ("5 % van a + b", "(5 % van a) + b"),
        ("5 % van a * b", "(5 % van a) * b"),
        ("-a * b", "(-a) * b"),
        ("-5 % van a", "-(5 % van a)"),
        ("leeftijd op a + 1 jaar >= 18", "(leeftijd op (a + (1 jaar))) >= 18"),
        ("dagen tussen a en b + 1 dag > 3", "(dagen tussen a en (b + (1 dag))) > 3"),
        ("a = peildatum + 1 jaar en b", "(a = (peildatum + (1 jaar))) en b"),
        ("a = peildatum + 1 jaar en 2 maanden en b", "(a = (peildatum + (1 jaar en 2 maanden))) en b"),
        ("dag + 18 jaar tussen a en b", "(dag + (18 jaar)) tussen a en b"),
        ("dag + 28 dagen tussen a en b", "(dag + (28 dagen)) tussen a en b"),
    ],
)
def test_without_brackets_it_means_the_same_as_with(text: str, same: str) -> None:
    assert parse(text) == parse(same)


# --- what it says, and where -------------------------------------------------------------------------------------------

MISTAKES = [
    # the expression, the code, what is underlined, the advice (or a part of it)
    ("xyz ; abc", "teken-onbekend", ";", ""),
    ("xyz = 'abc def", "tekst-niet-gesloten", "'", "sluit af"),
    ("xyz > en abc", "verwacht", "en", ""),
    ("xyz > and abc", "onbekende-naam", "and", "schrijf «en»"),
    ("xyz and abc", "rest", "and", "schrijf «en»"),
    ("xyz tusen 1 en 2", "rest", "tusen", "bedoelde u «tussen»?"),
    ("xyz 3 abc", "rest", "3", "voeg «en» of «of» toe"),
    ("xyz = abc en", "verwacht-einde", "n", ""),
    ("xyz = (abc", "haakje-niet-gesloten", "(", "voeg «)» toe"),
    ("xyz = (abc abc)", "verwacht", "abc", ""),
    ("xyz en abc of xyz", "haakjes-nodig", "en", "(a en b) of c"),
    ("xyz < abc < xyz", "vergelijking-keten", "<", "tussen"),
    ("xyz == abc", "een-is-geen-vergelijking", "==", "schrijf «=»"),
    ("xyz ≥ 3", "een-is-geen-vergelijking", "≥", "schrijf «>=»"),
    ("xyz % van abc", "rest", "%", "«… * xyz / 100»"),
    ("afronden(xyz % van abc, cent)", "verwacht", "%", "«… * xyz / 100»"),
    ("xyz && abc", "een-is-geen-vergelijking", "&&", "schrijf «en»"),
    ("telling(xyz) > 3", "onbekende-naam", "telling", "functies:"),
    ("aantl(xyz) > 3", "onbekende-naam", "aantl", "bedoelde u «aantal»?"),
    ("xyz > 1.250", "geen-getal", "1.250", "zonder punt"),
    ("xyz > € 12.50", "geen-bedrag", "€ 12.50", ""),
    ("xyz > 2026-02-30", "datum-bestaat-niet", "2026-02-30", ""),
    ("xyz > 1-3-2026", "datum-bestaat-niet", "1-3-2026", ""),
    ("xyz + 2,5 maanden > abc", "geen-periode", "2,5", ""),
    ("xyz is abc", "verwacht", "abc", ""),
    ("xyz in abc", "verwacht", "abc", ""),
    ("xyz in [abc xyz]", "verwacht", "xyz", ""),
    ("xyz tussen abc of xyz", "verwacht", "of", ""),
    ("afronden(xyz)", "verwacht", ")", "afronden(…, cent)"),
    ("afronden(xyz, naar onder cent)", "verwacht", "onder", ""),
    ("afronden(xyz, 5)", "verwacht", "5", ""),
    ("alle(xyz)", "verwacht", ")", ""),
    ("aantal(xyz abc)", "verwacht", "abc", ""),
    ("xyz. = abc", "verwacht", "=", ""),
    ("dagen tussen xyz tot abc", "verwacht", "tot", ""),
]


def found_in(scalar: Scalar) -> Diagnostic:
    found = Findings()
    assert parse_expression(scalar, found) is None
    (one,) = found
    return one


def underlined(one: Diagnostic) -> str:
    assert one.span is not None
    return one.span.source.line(one.span.line)[one.span.column - 1 :][: one.span.width]


@pytest.mark.parametrize("way", ["plain", "single", "double", "folded", "literal", "wrapped"])
@pytest.mark.parametrize(("text", "code", "place", "advice"), MISTAKES)
def test_a_mistake_is_underlined_wherever_it_stands(text: str, code: str, place: str, advice: str, way: str) -> None:
    parts = text.split(" ")
    seams = ["\n" if way in ("folded", "literal", "wrapped") else " ", *[" "] * len(parts)]
    pen = write("plain" if way == "wrapped" else way, parts, seams, {"single": "'", "double": '"'}.get(way, ""))
    one = found_in(scalar_of(pen.text))
    assert (one.code, underlined(one)) == (code, place)
    assert advice in (one.hulp or "")


def test_every_message_of_the_parser_is_tested() -> None:
    codes = {code for _, code, _, _ in MISTAKES} | {"lege-expressie", "expressie-te-lang", "expressie-te-diep"}
    start, end = list(TEXTS).index("teken-onbekend"), list(TEXTS).index("een-is-geen-vergelijking")
    assert set(list(TEXTS)[start : end + 1]) <= codes


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_nothing_is_no_expression(text: str) -> None:
    assert found_in(bare(text)).code == "lege-expressie"


def test_an_expression_has_a_longest_length() -> None:
    text = " en ".join(["ja"] * 400)
    assert len(text[:MAX_LENGTH]) == MAX_LENGTH
    assert found_in(bare(text)).code == "expressie-te-lang"


DEEP = {
    "brackets": "(" * 41 + "a" + ")" * 41,
    "not": "niet " * 41 + "a",
    "minus": "-" * 41 + "a",
    "lists": "bestaat(x waar " * 41 + "a" + ")" * 41,
    "min": "min(" * 380 + "1" + ")" * 380,
    "round": "afronden(" * 120 + "1" + ", geheel)" * 100,
    "age": "leeftijd op " * 160 + "a",
    "time": "dagen tussen " * 120 + "a" + " en a" * 80,
    "percent": "5 % van " * 245 + "a",
    "sum": "+".join(["1"] * 990),
    "product": "*".join(["1"] * 990),
}


@pytest.mark.parametrize("shape", DEEP)
def test_what_is_too_deep_is_refused_and_does_no_harm(shape: str) -> None:
    text = DEEP[shape]
    assert len(text) <= MAX_LENGTH
    assert findings(term(text)) != [] or shape in ("sum", "product", "percent")


@pytest.mark.parametrize("text", ["min(1,2)", "max(1,50)", "min(a)"])
def test_the_smallest_of_one_thing_is_a_mistake(text: str) -> None:
    found = Findings()
    parse_expression(bare(text), found)
    assert found


# --- cells of a table --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "same"),
    [
        ("3", "x = 3"),
        (">= 3", "x >= 3"),
        ("tussen 1 en 3", "x tussen 1 en 3"),
        ("in ['a', 'b']", "x in ['a', 'b']"),
        ("!= ja", "x != ja"),
    ],
)
def test_a_cell_is_a_test_on_its_column(cell: str, same: str) -> None:
    found = Findings()
    readable, test = parse_cell(bare(cell), found)
    assert readable
    assert test == with_column(parse(same))


def with_column(node: Any) -> Any:
    column = name(nodes.COLUMN)
    match node:
        case nodes.Binary(op=op, operands=(_, limit)):
            return nodes.Binary(op, (column, limit), NOWHERE, NOWHERE)
        case _:
            return replace(node, value=column)


@pytest.mark.parametrize("text", ["-", " - ", "–"])
def test_a_dash_fits_everything(text: str) -> None:
    assert parse_cell(bare(text), Findings()) == (True, None)


@pytest.mark.parametrize(
    ("text", "code"), [("> ", "verwacht-einde"), ("3 4", "rest"), ("== 3", "een-is-geen-vergelijking"), ("", "lege-expressie")]
)
def test_a_cell_that_cannot_be_read_says_why(text: str, code: str) -> None:
    found = Findings()
    assert parse_cell(bare(text), found) == (False, None)
    assert [f.code for f in found] == [code]


# --- any text at all ---------------------------------------------------------------------------------------------------

TOKENS = [
    "a",
    "b.c",
    "leeftijd",
    "van",
    "op",
    "aantal(",
    "bestaat(",
    "alle(",
    "som(",
    "waar",
    "min(",
    "max(",
    "afronden(",
    "naar",
    "boven",
    "cent",
    ")",
    "(",
    "[",
    "]",
    ",",
    "en",
    "of",
    "niet",
    "=",
    "!=",
    "<",
    "<=",
    ">",
    ">=",
    "tussen",
    "in",
    "is",
    "bekend",
    "onbekend",
    "geen",
    "+",
    "-",
    "*",
    "/",
    "%",
    "5",
    "2,5",
    "1.000",
    "€",
    "5",
    "EUR",
    "2026-03-01",
    "1-1-2026",
    "2",
    "maanden",
    "dagen",
    "jaar",
    "'x'",
    '"',
    "'",
    ".",
    "ja",
    "nee",
    "==",
    "&&",
    "≥",
    ";",
    "²",
    "٣",
    "and",
]


def survives(text: str) -> None:
    for read in (lambda s, f: parse_expression(s, f) is not None, lambda s, f: parse_cell(s, f)[0]):
        found = Findings()
        assert read(bare(text), found) is not bool(found)
        for one in found:
            assert one.span is not None
            assert 1 <= one.span.line <= max(1, len(text.splitlines()))
            assert 1 <= one.span.column <= len(one.span.source.line(one.span.line)) + 1
            assert one.code in TEXTS
            assert "{" not in TEXTS[one.code][0].format_map(
                dict.fromkeys(("teken", "wat", "gevonden", "naam", "waarom", "tekst", "hulp"), "")
            )


characters = st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"))  # on one line


@given(st.text(characters, max_size=200))
@example("€")
@example("5\u00a0% van a")
def test_any_text_is_read_or_refused(text: str) -> None:
    survives(text)


@given(st.lists(st.sampled_from(TOKENS), max_size=60), st.sampled_from(["", " "]))
def test_any_row_of_words_is_read_or_refused(words: list[str], seam: str) -> None:
    survives(seam.join(words))


NAMES = [
    Ref("bedrag", "geld"),
    Ref("getal", "getal"),
    Ref("vraag", "ja_nee"),
    Ref("dag", "datum"),
    Ref("duur", "periode"),
    Ref("woord", "tekst"),
]
BODY = """\
gegevens:
  bedrag: {type: geld, label: b, vraag: B?, van: [inwoner]}
  getal: {type: getal, label: b, vraag: B?, van: [inwoner]}
  vraag: {type: ja_nee, label: b, vraag: B?, van: [inwoner]}
  dag: {type: datum, label: b, vraag: B?, van: [inwoner]}
  duur: {type: periode, label: b, vraag: B?, van: [inwoner]}
  woord: {type: tekst, label: b, vraag: B?, van: [inwoner]}
"""


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid expression with a few characters or words lost, doubled, swapped or made up."""
    text = Expressions(Rolled(draw(seeds)), NAMES).truth(draw(st.integers(1, 3))).text
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        size = draw(st.integers(0, 12))
        new = draw(st.sampled_from(["", " ", text[at : at + size] * 2, *TOKENS]) | st.text(characters, max_size=2))
        text = text[:at] + new + text[at + size * draw(st.booleans()) :]
    return text[:MAX_LENGTH]


@given(mutated())
def test_a_broken_expression_is_read_or_refused(text: str) -> None:
    survives(text)


@given(mutated())
def test_a_broken_expression_gets_findings_from_the_checker_never_a_traceback(text: str) -> None:
    line = " ".join(text.split()) or "ja"
    for one in findings(term(line, BODY)):
        assert one.code in TEXTS
        assert one.span is not None


@given(seeds)
def test_a_valid_expression_has_nothing_wrong_with_it(seed: int) -> None:
    text = Expressions(Rolled(seed), NAMES).truth(2).text
    assume(len(text) <= MAX_LENGTH)
    assert findings(term(text, BODY)) == []
