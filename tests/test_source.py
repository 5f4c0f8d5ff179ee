"""Where something stands: a place in a scalar is the place in the file, however the scalar is written."""

from dataclasses import dataclass, field

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from responsief.diagnostics import Findings
from responsief.source import Place, Scalar, Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Mapping

PREFIX = "# één € en 😀 ervoor\ngroep:\n  eerste: «x»\n  "
INDENT = " " * 6
WAYS = ("plain", "single", "double", "folded", "literal")

words = st.text("abcxyz019=<>€é", min_size=1, max_size=6).filter(lambda w: w[0] in "abcxyz")
breaks = st.sampled_from([" ", " ", "\n"])


@dataclass
class Pen:
    """Writes a scalar and remembers where each word of it came to stand."""

    text: str = ""
    line: int = 1
    column: int = 1
    places: list[tuple[int, int]] = field(default_factory=list)

    def put(self, text: str) -> None:
        for character in text:
            self.text += character
            self.line, self.column = (self.line + 1, 1) if character == "\n" else (self.line, self.column + 1)

    def word(self, text: str) -> None:
        self.places.append((self.line, self.column))
        self.put(text)


def write(way: str, parts: list[str], seams: list[str], escape: str = "") -> Pen:
    """`parts` with `seams` between them (a space, spaces, or an end of line) as a value under a key."""
    pen = Pen()
    pen.put(PREFIX + "tweede: ")
    pen.put({"plain": "", "single": "'", "double": '"', "folded": ">-\n" + INDENT, "literal": "|\n" + INDENT}[way])
    for number, part in enumerate(parts):
        if number:
            seam = seams[number - 1]
            pen.put("\n" + INDENT if seam == "\n" else seam)
        for character in escape:
            part = part.replace(character, {"'": "''", '"': '\\"', "\\": "\\\\", "€": "\\u20ac"}[character])
        pen.word(part)
    pen.put({"plain": "", "single": "'", "double": '"', "folded": "", "literal": ""}[way] + "\n  derde: y\n")
    return pen


def scalar_of(text: str) -> Scalar:
    found = Findings()
    document = read_yaml(Source("x.yaml", text), found)
    assert document is not None, list(found)
    group = document.root.get("groep")
    assert isinstance(group, Mapping)
    value = group.get("tweede")
    assert isinstance(value, Scalar)
    return value


def check(pen: Pen, parts: list[str]) -> None:
    scalar = scalar_of(pen.text)
    at = 0
    for part, place in zip(parts, pen.places, strict=True):
        at = scalar.value.index(part, at)
        span = scalar.span(at, len(part))
        assert (span.line, span.column) == place
        assert Place(scalar, at, len(part)).text == " ".join(part.split())
        at += len(part)


@given(st.sampled_from(WAYS), st.lists(words, min_size=1, max_size=6), st.data())
def test_every_word_is_found_where_it_stands(way: str, parts: list[str], data: st.DataObject) -> None:
    seams = [data.draw(breaks) for _ in parts[1:]]
    pen = write(way, parts, seams)
    check(pen, parts)
    scalar = scalar_of(pen.text)
    for part, (line, column) in zip(parts, pen.places, strict=True):
        span = scalar.span(scalar.value.index(part), len(part))
        if (span.line, span.column) == (line, column):
            assert scalar.source.line(line)[column - 1 :][: span.width] == part


@given(st.sampled_from(WAYS), st.lists(words, min_size=1, max_size=6), st.data())
def test_lines_may_end_the_way_of_windows(way: str, parts: list[str], data: st.DataObject) -> None:
    pen = write(way, parts, [data.draw(breaks) for _ in parts[1:]])
    pen.text = pen.text.replace("\n", "\r\n")
    check(pen, parts)


@given(
    st.sampled_from(WAYS),
    st.lists(words, min_size=2, max_size=6),
    st.lists(st.sampled_from([" ", "  ", "   ", "\n"]), min_size=5, max_size=5),
)
@example("plain", ["a", "b", "c"], ["  ", "\n"])
def test_words_further_apart_are_found_too(way: str, parts: list[str], seams: list[str]) -> None:
    check(write(way, parts, seams), parts)


@given(st.lists(st.text("ab'", min_size=1, max_size=5), min_size=1, max_size=4))
@example(["it's", "b"])
def test_words_after_a_doubled_quote_are_found(parts: list[str]) -> None:
    check(write("single", parts, [" "] * len(parts), "'"), parts)


@given(st.lists(st.text('ab"\\€', min_size=1, max_size=5), min_size=1, max_size=4), st.booleans())
@example(["€5", "b"], True)
def test_words_after_an_escape_are_found(parts: list[str], euro: bool) -> None:
    check(write("double", parts, [" "] * len(parts), '\\"' + "€" * euro), parts)


def test_a_line_of_its_own_in_a_block_may_be_indented_further() -> None:
    text = PREFIX + "tweede: |\n      een_van\n        twee\n\n\n      drie\n"
    scalar = scalar_of(text)
    for word, place in (("twee", (5 + 1, 9)), ("drie", (5 + 4, 7))):
        span = scalar.span(scalar.value.index(word), len(word))
        assert (span.line, span.column) == place


@pytest.mark.parametrize(("number", "line"), [(0, ""), (1, "een"), (2, "twee"), (3, ""), (9, "")])
def test_a_line_past_the_end_is_empty(number: int, line: str) -> None:
    assert Source("x", "een\ntwee\n").line(number) == line


def test_a_place_reaches_to_the_end_of_its_line_at_most() -> None:
    scalar = scalar_of(PREFIX + "tweede: een\n      twee\n")
    assert scalar.span().width == 3
    assert str(scalar.span(4)) == "x.yaml:5:7"
    assert Place(scalar, 0, 3).to(Place(scalar, 4, 4)).text == "een twee"


def test_only_a_line_feed_ends_a_line() -> None:
    text = "een\u2028nog\x0bsteeds\x85een\r\ntwee\r\n"
    source = Source("x", text)
    assert source.lines == ("een\u2028nog\x0bsteeds\x85een", "twee", "")
    assert [source.line(n) for n in (0, 1, 2, 3, 4)] == ["", source.lines[0], "twee", "", ""]


def test_the_text_is_split_once() -> None:
    source = Source("x", "a\nb")
    assert source.lines is source.lines


@pytest.mark.parametrize("way", WAYS)
def test_the_tail_of_a_value_has_its_places_in_the_file(way: str) -> None:
    parts = ["wacht_tot", "peildatumm", "€", "weken"]
    pen = write(way, parts, [" ", "\n", " "])
    scalar = scalar_of(pen.text)
    rest = scalar.tail(len("wacht_tot "))
    at = 0
    for part, (line, column) in zip(parts[1:], pen.places[1:], strict=True):
        at = rest.value.index(part, at)
        span = rest.span(at, len(part))
        assert (span.line, span.column, span.width) == (line, column, len(part))


@given(st.text("ab\n\r é😀", max_size=30))
def test_an_index_is_where_a_line_and_column_point(text):
    source = Source("x.yaml", text)
    for index in range(len(text) + 1):
        before = text[:index]
        assert source.index(before.count("\n") + 1, index - (before.rfind("\n") + 1) + 1) == index
