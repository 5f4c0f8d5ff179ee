"""Places as an editor counts them (lines from 0, characters in UTF-16 unless it says otherwise) and as we do; paths and URIs."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from responsief.source import Span

Units = Literal["utf-8", "utf-16", "utf-32"]
Position = tuple[int, int]


def width(text: str, units: Units) -> int:
    """How many units a text is wide."""
    if units == "utf-32" or text.isascii():
        return len(text)
    return len(text.encode("utf-8", "surrogatepass")) if units == "utf-8" else len(text) + sum(c > "\uffff" for c in text)


def characters(text: str, wide: int, units: Units) -> int:
    """How many characters of a text lie within so many units; a place in the middle of one counts as before it."""
    if units == "utf-32" or text.isascii():
        return min(max(wide, 0), len(text))
    at = 0
    for count, char in enumerate(text):
        at += width(char, units)
        if at > wide:
            return count
    return len(text)


class Lines:
    """Where the lines of a text start. Only \\n (and \\r before it) ends one."""

    def __init__(self, text: str, units: Units = "utf-16") -> None:
        self.text = text
        self.units = units
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line(self, number: int) -> str:
        """The text of a line without its end; empty past the last."""
        if not 0 <= number < len(self.starts):
            return ""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\r\n")

    def offset(self, position: Position) -> int:
        """The character at a position; the nearest there is when it lies outside the text."""
        line, wide = position
        if line < 0:
            return 0
        if line >= len(self.starts):
            return len(self.text)
        return self.starts[line] + characters(self.line(line), wide, self.units)

    def position(self, at: int) -> Position:
        """The position of a character."""
        from bisect import bisect_right

        at = min(max(at, 0), len(self.text))
        line = bisect_right(self.starts, at) - 1
        return line, width(self.text[self.starts[line] : at], self.units)

    def of_span(self, span: Span) -> tuple[Position, Position]:
        """Where a finding starts and ends."""
        line = self.line(span.line - 1)
        start = min(span.column - 1, len(line))
        end = min(start + span.width, len(line))
        row = min(span.line - 1, len(self.starts) - 1)
        return (row, width(line[:start], self.units)), (row, width(line[: max(end, start)], self.units))


def path_of(uri: str) -> Path:
    """The file of a URI, also one from Windows; what has no file gets a path that is none on disk."""
    parts = urlsplit(uri)
    if parts.scheme != "file":
        return Path(uri)
    path = unquote(parts.path)
    if parts.netloc and parts.netloc != "localhost":
        return Path(f"//{parts.netloc}{path}")
    if re.match(r"/[A-Za-z]:", path):
        path = path[1:]
    return Path(path)


def uri_of(path: Path) -> str:
    """The URI of a file; of what has none, the URI that it was made from."""
    text = path.as_posix()
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text):  # more than one letter before the colon: no drive of Windows
        return text
    if re.match(r"[A-Za-z]:", text):
        return PureWindowsPath(text).as_uri()
    return "file://" + quote(str(PurePosixPath(text)), safe="/:@!$&'()*+,;=~-._")
