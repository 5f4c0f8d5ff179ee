"""Does a decision table cover every case, and no case twice?

A cell compares its column with fixed values. Between two neighbouring fixed values nothing changes, so one value for each of
them and one between each pair stands for all. Which rows hold is found once for each value of a column, as the bits of a number;
what every combination leaves is then one «and» of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise, product
from math import floor
from typing import Any, Final, Literal

from responsief.diagnostics import Findings
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least
from responsief.ir.operators import both, compare, negate, one_of, within
from responsief.ir.types import Kind, Type
from responsief.source import Place
from responsief.values import GEEN, format_day, format_money, format_number

MAX_CASES: Final = 20_000
MAX_TESTS: Final = 1_000_000  # cells times values of their column: about a second

Test = ir.Node | None


def check_table(
    hit: Literal["uniek", "eerste", "verzamel"],
    columns: Sequence[ir.Node],
    tests: Sequence[Sequence[Test]],
    rows: Sequence[Place],
    has_otherwise: bool,
    place: Place,
    findings: Findings,
) -> bool:
    """True when the table is total (and, for «uniek», unambiguous); findings and False else."""
    if hit != "uniek" and has_otherwise:
        return True
    samples = _samples(columns, tests)
    if samples is None or isinstance(samples, Uncounted):
        why = samples or Uncounted("deze tabel is te groot om na te rekenen", place)
        if hit == "uniek":
            findings.add("tabel-niet-te-tellen", why.place.span, waarom=why.what)
        else:
            hint = "voeg «anders: …» toe: of de rijen alles dekken, is hier niet na te rekenen"
            findings.add("anders-ontbreekt", place.span, hulp=hint)
        return False
    held_by = [[_rows_that_hold([row[at] for row in tests], value) for value in values] for at, values in enumerate(samples)]
    every_row = (1 << len(tests)) - 1
    for choice in product(*(range(len(values)) for values in samples)):
        held = every_row
        for at, number in enumerate(choice):
            held &= held_by[at][number]
        gap, overlap = not held and not has_otherwise, held & (held - 1) and hit == "uniek"
        if not gap and not overlap:
            continue
        values = [samples[at][number] for at, number in enumerate(choice)]
        words = " en ".join(f"{c.place.text} = {_word(v, c.type.kind)}" for c, v in zip(columns, values, strict=True))
        if gap:
            findings.add("tabel-gat", place.span, geval=words)
        else:
            one, other = [i for i in range(len(tests)) if held >> i & 1][:2]
            findings.add("tabel-overlap", rows[other].span, een=one + 1, ander=other + 1, geval=words)
        return False
    return True


def _rows_that_hold(tests: Sequence[Test], value: Any) -> int:
    """The rows whose test on one column holds for a value, as bits."""
    return sum(1 << row for row, test in enumerate(tests) if test is None or _holds(test, value))


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Why the cases of a table can't be tried one by one, and what stands in the way."""

    what: str
    place: Place


def _samples(columns: Sequence[ir.Node], tests: Sequence[Sequence[Test]]) -> list[list[Any]] | Uncounted | None:
    """For every column the values that stand for all; None when they are too many together."""
    samples, total, work = [], 1, 0
    for at, column in enumerate(columns):
        constants: set[Any] = set()
        for row in tests:
            test = row[at]
            if test is None:
                continue
            found = _constants(test)
            if found is None:
                return Uncounted("deze cel heeft geen vaste waarde, en is dus niet na te rekenen", test.place)
            constants |= found
        least = at_least(column)
        values = _representatives(column.type, constants, never_negative=least is not None and least >= 0)
        if values is not None and column.type.geen:
            values = [*values, GEEN]
        if values is None:
            return Uncounted(f"een kolom met {column.type} is niet na te rekenen", column.place)
        samples.append(values)
        total *= len(values)
        work += len(values) * len(tests)
    return samples if total <= MAX_CASES and work <= MAX_TESTS else None


def _constants(test: ir.Node) -> set[Any] | None:
    match test:
        case ir.Compare(right=ir.Const(value=value)):
            return {value}
        case ir.Within(low=ir.Const(value=low), high=ir.Const(value=high)):
            return {low, high}
        case ir.OneOf(options=options):
            return set(options)
        case _:
            return None


def _representatives(of: Type, constants: set[Any], *, never_negative: bool) -> list[Any] | None:
    match of.kind:
        case Kind.JA_NEE:
            return [True, False]
        case Kind.KEUZE:
            return list(of.options)
        case Kind.GELD | Kind.GETAL:
            if never_negative:  # a count is never -1: nobody has to write a row for it
                constants = {*constants, 0}
            points = sorted(constants) or [0]
            pairs = pairwise(points)
            between = (
                [floor(a) + 1 for a, b in pairs if floor(a) + 1 < b] if of.whole else [Fraction(a + b) / 2 for a, b in pairs]
            )
            found = {points[0] - 1, *points, *between, points[-1] + 1}
            return sorted(
                (v for v in found if v >= 0 or not never_negative), key=lambda v: (v < 0, v)
            )  # a gap is told by what can be
        case Kind.DATUM:
            days: list[date] = sorted(constants) or [date(2000, 1, 1)]
            first, last = date.min.toordinal(), date.max.toordinal()
            near = {d.toordinal() + n for d in days for n in (-1, 0, 1)}
            return [date.fromordinal(n) for n in sorted(near) if first <= n <= last]
        case _:
            return None


def _holds(test: ir.Node, value: Any) -> bool:
    match test:
        case ir.Compare(op=op, right=ir.Const(value=limit)):
            verdict = compare(op, value, limit)
        case ir.Within(low=ir.Const(value=low), high=ir.Const(value=high)):
            verdict = within(value, low, high)
        case ir.OneOf(options=options):
            verdict = one_of(value, options)
        case _:
            verdict = negate(both(()))
    return verdict is True


def _word(value: Any, kind: Kind) -> str:
    if value is GEEN:
        return "geen"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, int | Fraction):
        return format_money(value) if kind is Kind.GELD else format_number(value)
    return f"«{value}»"
