"""A line of a file with a mark under the place: it fits the terminal, and the mark stands right under wide signs too."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator
from itertools import accumulate

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
    at = min(at, len(line))
    line += " " * (at == len(line))  # past the end there is room for a mark
    end = min(len(line), at + max(1, width))
    left, right = max(0, at - room), min(len(line), end + room)  # further away nothing can be in sight
    signs = [(c if c.isprintable() else " ") for c in line[left:right]]  # a tab or what a terminal acts upon is one space here
    upto = [0, *accumulate(map(_columns, signs))]  # the columns before each sign
    at, end, first, last = at - left, end - left, 0, len(signs)
    if left or right < len(line) or upto[-1] > room:
        while first < at and upto[last] - upto[first] > room - 1 and upto[end] - upto[first] > room * 3 // 5:
            first += 1
        while last > at + 1 and upto[last] - upto[first] + (left + first > 0) + (right < len(line) or last < len(signs)) > room:
            last -= 1
    before, after = "…" if left or first else "", "…" if right < len(line) or last < len(signs) else ""
    marked = upto[min(end, last)] - upto[at]
    return (before + "".join(signs[first:last])).rstrip() + after, len(before) + upto[at] - upto[first], max(1, marked)


def _columns(sign: str) -> int:
    if sign.isascii():
        return 1
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1
