"""A text and a place in it, also inside a YAML scalar."""

from __future__ import annotations

import re
from dataclasses import field
from functools import cached_property
from typing import NamedTuple

from responsief.frozen import dataclass


@dataclass(frozen=True)
class Source:
    """A text under the name that its writer knows it by (usually a path)."""

    name: str
    text: str = field(repr=False)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines without their ends. Only \\n ends one: what an editor shows as one line is one line here."""
        return tuple(line.removesuffix("\r") for line in self.text.split("\n"))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Of each line the index in the text where it starts."""
        return (0, *(found.end() for found in re.finditer("\n", self.text)))

    def index(self, line: int, column: int) -> int:
        """The index in the text of a line and column (both counted from 1)."""
        return self.starts[line - 1] + column - 1

    def line(self, number: int) -> str:
        """The text of a line (counted from 1), without its end; empty past the last line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line: line and column count from 1, `width` in characters (at least 1)."""

    source: Source = field(repr=False)
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


class Scalar(NamedTuple):
    """A YAML scalar: its value as text, and where each of its characters stands in the file.

    A tuple, because a register holds fifty thousand of them, and a frozen dataclass takes three times as long to make.
    """

    value: str
    source: Source
    start: int  # index of the raw scalar (quotes included) in the source
    end: int
    line: int
    column: int
    before: str = ""  # what stands before `value` in the same raw scalar

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scalar) and self.value == other.value

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return f"Scalar(value={self.value!r})"

    def tail(self, at: int) -> Scalar:
        """The rest of the value from `at` on, however the scalar is written: its places stay those in the file."""
        before = self.before + self.value[:at]
        return Scalar(self.value[at:], self.source, self.start, self.end, self.line, self.column, before)

    def span(self, at: int = 0, width: int | None = None) -> Span:
        """The place of value[at:at+width]; the whole scalar when `width` is left out."""
        if width is None:
            width = max(1, len(self.value) - at)
        raw = self.source.text[self.start : self.end]
        offset = _raw_offset(raw, self.before + self.value, len(self.before) + at)
        before = self.source.text[self.start : self.start + offset]
        breaks = before.count("\n")
        if not breaks:
            line, column = self.line, self.column + offset
        else:
            line, column = self.line + breaks, offset - before.rfind("\n")
        here = self.start + offset
        end = self.source.text.find("\n", here)
        left = (end if end >= 0 else len(self.source.text)) - here
        return Span(self.source, line, column, max(1, min(width, left)))


def _raw_offset(raw: str, value: str, at: int) -> int:
    """Where value[at] stands in the raw scalar. A run of white space stands for a run of white space (a folded line is one)."""
    style = raw[:1]
    if not value:
        return 0
    if style not in ("'", '"', "|", ">") and raw.startswith(value):
        return at
    if style in ("'", '"') and raw == style + value + style and "\\" not in value:
        return at + 1
    here = raw.find("\n") + 1 if style in ("|", ">") else int(style in ("'", '"'))
    if style in ("|", ">"):
        here = _past_space(raw, here) if value[:1].strip() else here
    read = 0
    while read < at and here < len(raw):
        if style == '"' and raw[here] == "\\":
            here, taken = _past_escape(raw, here)
            read += taken
        elif value[read].isspace():
            run = _past_space(value, read)
            if run > at:  # in the middle of a run: its start is near enough, unless nothing was folded
                return here + (at - read if raw[here : here + run - read] == value[read:run] else 0)
            read, here = run, _past_space(raw, here)
        else:
            here += 2 if style == "'" and raw[here] == "'" else 1
            read += 1
    return min(here, max(0, len(raw) - 1))


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


_ESCAPED = {"x": 2, "u": 4, "U": 8}  # hexadecimal digits after the letter


def _past_escape(raw: str, at: int) -> tuple[int, int]:
    """The place after an escape in double quotes, and how many characters it gives: an escaped line end gives none."""
    letter = raw[at + 1 : at + 2]
    if letter in ("\n", "\r"):
        return _past_space(raw, at + 1), 0
    return at + 2 + _ESCAPED.get(letter, 0), 1


class Place(NamedTuple):
    """A stretch of a scalar: cheap to carry on every node, turned into a `Span` only when somebody must be told."""

    scalar: Scalar
    at: int
    width: int

    def __repr__(self) -> str:
        return f"Place(at={self.at}, width={self.width})"

    @property
    def span(self) -> Span:
        return self.scalar.span(self.at, self.width)

    @property
    def text(self) -> str:
        """What was written there, with runs of white space made one."""
        return " ".join(self.scalar.value[self.at : self.at + self.width].split())

    def to(self, other: Place) -> Place:
        """The stretch from the start of this place to the end of another in the same scalar."""
        return Place(self.scalar, self.at, max(1, other.at + other.width - self.at))
