"""A text and a place in it, also inside a YAML scalar."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """A text under the name that its writer knows it by (usually a path)."""

    name: str
    text: str = field(repr=False)

    def line(self, number: int) -> str:
        """The text of a line (counted from 1), without its end; empty past the last line."""
        lines = self.text.splitlines()
        return lines[number - 1] if 0 < number <= len(lines) else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line: line and column count from 1, `width` in characters (at least 1)."""

    source: Source = field(repr=False)
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A YAML scalar: its value as text, and where each of its characters stands in the file."""

    value: str
    source: Source = field(repr=False, compare=False)
    start: int = field(compare=False)  # index of the raw scalar (quotes included) in the source
    end: int = field(compare=False)
    line: int = field(compare=False)
    column: int = field(compare=False)

    def span(self, at: int = 0, width: int | None = None) -> Span:
        """The place of value[at:at+width]; the whole scalar when `width` is left out."""
        if width is None:
            width = max(1, len(self.value) - at)
        raw = self.source.text[self.start : self.end]
        offset = _raw_offset(raw, self.value, at)
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
    """Where value[at] stands in the raw scalar: walks both, letting a run of white space stand for a folded line."""
    if raw.startswith(value):  # plain, and on one line
        return at
    if raw[1:].startswith(value) and raw[:1] in "'\"":
        return at + 1
    here = 0
    if raw[:1] in "'\"":
        here = 1
    elif raw[:1] in "|>":
        here = raw.find("\n") + 1
    for wanted in value[:at]:
        if wanted.isspace():
            while here < len(raw) and not raw[here].isspace():
                here += 1
            while here < len(raw) and raw[here].isspace():
                here += 1
            continue
        while here < len(raw) and raw[here] != wanted:
            here += 1
        here += 1
    while here < len(raw) and raw[here].isspace() and at < len(value) and not value[at].isspace():
        here += 1
    return min(here, max(0, len(raw) - 1))


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a scalar: cheap to carry on every node, turned into a `Span` only when somebody must be told."""

    scalar: Scalar = field(repr=False)
    at: int
    width: int

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
