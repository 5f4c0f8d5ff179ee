"""A report on patterns as text for a terminal. `click.echo` strips colour in a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

import click

from responsief.ci import patterns_told as told
from responsief.ci.places import one_line
from responsief.patterns.report import Report

MARGIN: Final = 13  # the heads in the margin stand as those of a decision do


def to_terminal(report: Report, width: int = 110) -> str:
    """The report in lines of at most `width` columns (a longer word stays whole), without a line end behind it."""
    width = max(40, width)
    blocks = ["\n".join([click.style(told.title(report), bold=True), *_wrapped(told.NOT_THEM, width)])]
    for number, one in enumerate(report.signalen, 1):
        head = [
            click.style(line, fg="yellow", bold=True)
            for line in _wrapped(f"{number} {one_line(told.heading(one.doel))}", width)
        ]
        beside = (line for point in told.points(one) for line in _block(point.kop, point.regels, width))
        blocks.append("\n".join([*head, *beside]))
    if report.andere:
        blocks.append("\n".join(_block("Verder", [told.line(one) for one in report.andere], width)))
    rates = [*told.rates(report.verhoudingen)]
    clauses = [*told.rates(report.clausules)]
    blocks.append("\n".join([*_block("Gemeten", rates, width), *_block("Afwijkingen", clauses, width)]))
    blocks.append("\n".join([*_block("Grenzen", [told.limits(report)], width), "", click.style(told.tally(report), bold=True)]))
    return "\n\n".join(blocks)


def _block(head: str, lines: Sequence[str], width: int) -> Iterator[str]:
    """Lines beside a head in the margin, folded to the terminal."""
    for number, line in enumerate(lines):
        first, *rest = _wrapped(one_line(line), width - MARGIN - 2)
        yield click.style(head.ljust(MARGIN) if number == 0 else " " * MARGIN, bold=True) + first
        yield from (" " * (MARGIN + 2) + more for more in rest)


def _wrapped(text: str, width: int) -> list[str]:
    whole = text.replace("€ ", "€\N{NO-BREAK SPACE}")
    lines = textwrap.wrap(whole, max(20, width), break_long_words=False, break_on_hyphens=False)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] or [""]
