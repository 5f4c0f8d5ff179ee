"""Drawings as SVG in the page itself: a figure over time, and the road from application to outcome. No script, no file."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from markupsafe import escape

from responsief.backends.explain import figure_in_words
from responsief.ir.ruleset import Figure
from responsief.ir.types import Kind
from responsief.values import format_day

WIDTH, HEIGHT = 420, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 10, 84, 34, 34
_LINE: Final = 18  # height of a line of text in the flow
_WIDE: Final = 340


def plot(figure: Figure, ident: str, day: date) -> str | None:
    """A step plot of a figure in money or numbers, dates along, values up; None where there is nothing to draw."""
    if figure.type.kind not in (Kind.GELD, Kind.GETAL) or len(figure.waarden) < 2:
        return None
    first, last = figure.waarden[0].van, max(figure.waarden[-1].van, min(day, figure.tot or day))
    end = figure.tot if figure.tot and figure.tot > last else last + timedelta(days=max(60, (last - first).days // 8))
    values = [Fraction(v.waarde) for v in figure.waarden]
    low, high = min(values), max(values)
    room = (high - low) or abs(high) or Fraction(1)
    days = max(1, (end - first).days)

    def x(on: date) -> float:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (on - first).days / days, 1)

    def y(value: Fraction) -> float:
        return round(float(_TOP + (HEIGHT - _TOP - _BOTTOM) * (high - value) / room), 1)

    path, marks = f"M{x(first)} {y(values[0])}", []
    for number, (value, height) in enumerate(zip(figure.waarden, values, strict=True)):
        until = figure.waarden[number + 1].van if number + 1 < len(values) else end
        if number:
            path += f"V{y(height)}"
        path += f"H{x(until)}"
        marks.append((x(value.van), y(height), figure_in_words(figure, value.waarde) or "", value.van))
    shown = _apart(marks)
    told = "; ".join(f"vanaf {format_day(v.van)}: {figure_in_words(figure, v.waarde)}" for v in figure.waarden)
    parts = [
        f'<svg class="grafiek" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="{ident}-t {ident}-d" xmlns="http://www.w3.org/2000/svg">',
        f'<title id="{ident}-t">{escape(figure.label)} in de tijd</title><desc id="{ident}-d">{escape(told)}</desc>',
        f'<line class="as" x1="{_LEFT}" y1="{HEIGHT - _BOTTOM + 8}" x2="{WIDTH - _RIGHT}" y2="{HEIGHT - _BOTTOM + 8}"/>',
        f'<path class="lijn" d="{path}"/>',
    ]
    for at, up, words, on in marks:
        parts.append(f'<circle class="punt" cx="{at}" cy="{up}" r="4"/>')
        if (at, on) in shown:
            parts.append(f'<text x="{at}" y="{up - 9:g}">{escape(words)}</text>')
            parts.append(f'<text class="datum" x="{at}" y="{HEIGHT - 8}">{on.day}-{on.month}-{on.year}</text>')
    if first <= day <= end:
        parts.append(f'<line class="nu" x1="{x(day)}" y1="{_TOP - 18}" x2="{x(day)}" y2="{HEIGHT - _BOTTOM + 8}"/>')
    return "".join((*parts, "</svg>"))


def _apart(marks: Sequence[tuple[float, float, str, date]]) -> set[tuple[float, date]]:
    """The points whose labels don't run into each other; the newest goes first."""
    shown: list[tuple[float, date]] = []
    for at, _, _, on in reversed(marks):
        if all(abs(at - other) >= 84 for other, _ in shown):
            shown.append((at, on))
    return set(shown)


# --- the road from application to outcome --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A box on the road: its heading, the lines in it, and what branches off."""

    kop: str
    regels: tuple[str, ...] = ()
    zijwegen: tuple[str, ...] = ()
    verder: bool = True  # does the road go on from here to the next box?


def flow(steps: Sequence[Step], ident: str, title: str) -> str:
    """The boxes under each other, with an arrow between them and the side roads set in."""
    parts: list[str] = []
    at = 4.0
    for number, step in enumerate(steps):
        lines = [(line, "kop") for line in textwrap.wrap(step.kop, 34)]
        lines += [(line, "") for text in step.regels for line in textwrap.wrap(text, 40)]
        at = _box(parts, 4, at, _WIDE - 8, lines, "stap")
        foot = at
        for branch in step.zijwegen:
            start = at + 10
            at = _box(parts, 44, start, _WIDE - 48, [(line, "") for line in textwrap.wrap(branch, 36)], "zijweg")
            middle = (start + at) / 2
            parts.append(f'<path class="pijl" d="M22 {foot:g}V{middle:g}H40" marker-end="url(#{ident}-p)"/>')
        if number + 1 < len(steps):
            start = at if not step.zijwegen else at + 4
            if not step.verder:
                pass  # the road ends here
            elif step.zijwegen:  # the main road goes on along the left
                parts.append(f'<path class="pijl" d="M12 {foot:g}V{at + 24:g}" marker-end="url(#{ident}-p)"/>')
            else:
                parts.append(f'<path class="pijl" d="M{_WIDE / 2:g} {start:g}V{at + 24:g}" marker-end="url(#{ident}-p)"/>')
            at += 28
    told = "; ".join(". ".join((s.kop, *s.regels, *s.zijwegen)) for s in steps)
    head = (
        f'<svg class="stroom" viewBox="0 0 {_WIDE} {at + 4:g}" role="img" aria-labelledby="{ident}-t {ident}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(told)}</desc>'
        f'<defs><marker id="{ident}-p" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path class="punt" d="M0 0L8 4L0 8z"/></marker></defs>'
    )
    return "".join((head, *parts, "</svg>"))


def _box(parts: list[str], x: float, y: float, width: float, lines: Sequence[tuple[str, str]], kind: str) -> float:
    height = _LINE * len(lines) + 14
    parts.append(f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="6"/>')
    for number, (line, style) in enumerate(lines):
        bold = ' class="kop"' if style else ""
        parts.append(f'<text{bold} x="{x + 10:g}" y="{y + 18 + number * _LINE:g}">{escape(line)}</text>')
    return y + height
