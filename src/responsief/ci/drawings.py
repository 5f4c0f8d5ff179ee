"""Bars as SVG in the page itself: from yes to no and back, and amounts before and after. Numbers stand beside every bar, and a
hatching tells two kinds apart where there is no colour."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from markupsafe import escape

from responsief.ci.counts import AtLeast, Shown, told
from responsief.ci.places import shortened
from responsief.values import format_money

WIDTH: Final = 420
_MIDDLE, _LONGEST, _ROW, _BAR, _TOP = 210, 120, 50, 18, 30
_AMOUNT: Final = 250  # the longest bar of an amount, with room for its number


def moves(rows: Sequence[tuple[str, Shown, Shown]], ident: str, title: str) -> str:
    """A row per (name, from no to yes, from yes to no): to the right who gains, to the left who loses."""
    top = max((n for _, more, less in rows for n in (more, less) if isinstance(n, int)), default=0) or 1
    height = _TOP + _ROW * len(rows) + 6
    parts = [
        f'<text x="{_MIDDLE - 8}" y="16" text-anchor="end">◀ van ja naar nee</text>',
        f'<text x="{_MIDDLE + 8}" y="16">van nee naar ja ▶</text>',
    ]
    said = []
    for number, (name, more, less) in enumerate(rows):
        y = _TOP + _ROW * number
        parts.append(f'<text class="datum" x="4" y="{y + 12}">{escape(shortened(name, 52))}</text>')
        wide, narrow = (_LONGEST * n / top if isinstance(n, int) else 0.0 for n in (more, less))
        bar = f'y="{y + 18}" height="{_BAR}"'
        if narrow:
            parts.append(f'<rect class="rand" x="{_MIDDLE - narrow:.1f}" width="{narrow:.1f}" {bar} fill="url(#{ident}-a)"/>')
        if wide:
            parts.append(f'<rect class="staaf" x="{_MIDDLE}" width="{wide:.1f}" {bar}/>')
        parts.append(f'<line class="as" x1="{_MIDDLE}" y1="{y + 15}" x2="{_MIDDLE}" y2="{y + 39}"/>')
        parts.append(f'<text x="{_MIDDLE - narrow - 6:.1f}" y="{y + 32}" text-anchor="end">{escape(told(less, "−"))}</text>')
        parts.append(f'<text x="{_MIDDLE + wide + 6:.1f}" y="{y + 32}">{escape(told(more, "+"))}</text>')
        said.append(f"{name}: van nee naar ja {told(more)}, van ja naar nee {told(less)}")
    return _drawn(parts, height, ident, title, "; ".join(said))


def amounts(rows: Sequence[tuple[str, int, int]], ident: str, title: str) -> str:
    """Two bars per (name, before, after), in cents: hatched as it was, full as it becomes."""
    top = max((n for _, was, now in rows for n in (was, now)), default=0) or 1
    parts, said = [], []
    for number, (name, was, now) in enumerate(rows):
        y = 4 + 64 * number
        parts.append(f'<text class="datum" x="4" y="{y + 12}">{escape(shortened(name, 52))}</text>')
        for n, (word, amount) in enumerate((("was", was), ("wordt", now))):
            long, up = max(1.0, _AMOUNT * max(0, amount) / top), y + 18 + 21 * n
            fill = f'class="rand" fill="url(#{ident}-a)"' if n == 0 else 'class="staaf"'
            parts.append(f'<rect {fill} x="4" y="{up}" width="{long:.1f}" height="{_BAR}"/>')
            parts.append(f'<text x="{long + 10:.1f}" y="{up + 14}">{word} {escape(format_money(amount))}</text>')
        said.append(f"{name}: was {format_money(was)}, wordt {format_money(now)}")
    return _drawn(parts, 4 + 64 * len(rows), ident, title, "; ".join(said))


def bars(rows: Sequence[tuple[str, Shown]], ident: str, title: str, hatched: Collection[str] = ()) -> str:
    """A bar per (name, how many), hatched for some names; what is not shown has no bar, and says so."""
    top = max((n for _, number in rows if (n := _length(number))), default=0) or 1
    parts, said = [], []
    for number, (name, count) in enumerate(rows):
        y, long = 4 + 43 * number, _AMOUNT * _length(count) / top
        parts.append(f'<text class="datum" x="4" y="{y + 12}">{escape(shortened(name, 52))}</text>')
        if long:
            fill = f'class="rand" fill="url(#{ident}-a)"' if name in hatched else 'class="staaf"'
            parts.append(f'<rect {fill} x="4" y="{y + 18}" width="{max(1.0, long):.1f}" height="{_BAR}"/>')
        parts.append(f'<text x="{long + 10:.1f}" y="{y + 32}">{escape(told(count))}</text>')
        said.append(f"{name}: {told(count)}")
    return _drawn(parts, 4 + 43 * len(rows), ident, title, "; ".join(said))


def _length(count: Shown) -> int:
    return count if isinstance(count, int) else count.aantal if isinstance(count, AtLeast) else 0


def _drawn(parts: Sequence[str], height: float, ident: str, title: str, said: str) -> str:
    head = (
        f'<svg class="grafiek" viewBox="0 0 {WIDTH} {height:g}" role="img" aria-labelledby="{ident}-t {ident}-d" xmlns="http://www.w3.org/2000/svg">'
        f'<title id="{ident}-t">{escape(title)}</title><desc id="{ident}-d">{escape(said)}</desc>'
        f'<defs><pattern id="{ident}-a" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path class="arcering" d="M-1 1L1 -1M0 6L6 0M5 7L7 5"/></pattern></defs>'
    )
    return "".join((head, *parts, "</svg>"))
