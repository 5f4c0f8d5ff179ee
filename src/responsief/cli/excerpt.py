"""A line of a file with a mark under the place: it fits the terminal, and the mark stands right under wide signs too."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator

import click

from responsief.source import Span

LEAST = 24  # columns that a message needs beside or under its mark to be read


def excerpt(span: Span, message: str, colour: str, width: int) -> Iterator[str]:
    """The line of `span` behind its number, and under it a mark and the message, in lines of at most `width` columns.

    Of a line that is too long the part around the mark is shown, with «…» where it was cut.
    """
    number = f"{span.line:>4}"
    gutter = f"{' ' * len(number)} │ "
    room = max(LEAST, width - len(gutter))
    line, start, marked = around(span.source.line(span.line), span.column - 1, span.width, room)
    yield f"{number} │ {line}"
    mark = " " * start + click.style("─" * marked, fg=colour)
    if start + marked + 1 + len(message) <= room:
        yield f"{gutter}{mark} {message}"
        return
    yield gutter + mark
    indent = min(start, max(0, room - 2 * LEAST))
    yield from (f"{gutter}{' ' * indent}{part}" for part in textwrap.wrap(message, room - indent))


def around(line: str, at: int, width: int, room: int) -> tuple[str, int, int]:
    """The part of a line around line[at:at+width] that fits in `room` columns, the column where the mark starts, and how many
    columns it takes."""
    signs = [(c if c.isprintable() else " ") for c in line]  # a tab or what a terminal acts upon is shown as one space
    at = min(at, len(signs))
    first, last = 0, len(signs)
    if columns(signs) > room:
        end = min(last, at + max(1, width))
        while first < at and columns(signs[first:end]) > room - 2:  # the whole mark in sight, if that can be
            first += 1
        last = end
        while last < len(signs) and columns(signs[first : last + 1]) <= room - 2:
            last += 1
        while last > at + 1 and columns(signs[first:last]) > room - 2:  # the mark itself is too long
            last -= 1
    before, after = "…" if first else "", "…" if last < len(signs) else ""
    start = len(before) + columns(signs[first:at])
    marked = columns(signs[at : min(last, at + width)]) or 1
    return before + "".join(signs[first:last]) + after, start, marked


def columns(signs: list[str]) -> int:
    """How many columns of a terminal these characters take."""
    return sum(_columns(sign) for sign in signs)


def _columns(sign: str) -> int:
    if sign.isascii():
        return 1
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
