"""A limit in a rule beside the words it was taken from: does the limit itself count, and is it the same number?

«Meer dan 12» and «ten hoogste 12» draw the line at the same place: above 12. «Minder dan 12» and «12 of meer» draw it below 12. So what a
sentence says of the limit itself can be held against the sign in the rule, whether the sentence says who gets it or who does not.
Of two days that are compared the sign is that of the time between them. Nothing is said where a text or a rule has more than one limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, NamedTuple

from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion, Figure
from responsief.ir.types import Kind
from responsief.lint.said import EURO, PERCENT, Length, Said, Side, length, said_in, value
from responsief.lint.subject import Subject, scalar
from responsief.source import Place, Scalar
from responsief.values import Period

_OPS: Final[dict[str, Side]] = {">": "boven", "<=": "boven", ">=": "onder", "<": "onder"}
_MEANT: Final[dict[str, str]] = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}
_KEYS: Final = {"titel": "de titel", "uitleg": "de uitleg", "tekst": "de tekst"}


class Limit(NamedTuple):
    """The one limit of a rule: the side of the line, and the numbers, lengths of time and percentages it is made of."""

    node: ir.Compare
    side: Side
    numbers: frozenset[Fraction]
    lengths: frozenset[Length]
    percents: frozenset[Fraction]
    step: int  # whole years are twelve months apart; 0 where two days are compared
    written: str  # the period between two days, as it stands in the rule
    computed: bool  # made by arithmetic or a table: its outcome stands nowhere


def limits(one: Subject) -> Iterator[Diagnostic]:
    """A sign that draws the line elsewhere than the words do, or another number than the words name."""
    for criterion, mapping in one.criteria:
        limit: Limit | None = None
        for key, what in _KEYS.items():
            text = scalar(mapping, key)
            said = said_in(text.value) if text is not None else None
            if text is None or (said is None and "€" not in text.value and not PERCENT.search(text.value)):
                continue
            limit = limit or limit_of(one, criterion)
            if limit is None:
                break
            found = sign(limit, said, text, what) if said is not None else None
            if found is None and criterion.gevolg != "deel":  # of a slope the words name the steepness too
                found = number(limit, said, text, key, what)
            if found is not None:
                yield found
                break  # the other texts would say the same once more


def limit_of(one: Subject, criterion: Criterion) -> Limit | None:
    """The one comparison of a criterion that is about more and less; None when there are others, or none."""
    found = [
        n for n in one.whole.parts(criterion.eis) if isinstance(n, ir.Within) or (isinstance(n, ir.Compare) and n.op in _OPS)
    ]
    if len(found) != 1 or not isinstance(found[0], ir.Compare):
        return None
    node = found[0]
    if node.left.type.kind is Kind.DATUM:
        return _between_days(one, node)
    if not node.left.type.numeric:
        return None
    mirrored = isinstance(node.left, ir.Const | ir.FigureRef) and not isinstance(node.right, ir.Const | ir.FigureRef)
    asked, line = (node.right, node.left) if mirrored else (node.left, node.right)
    side = _turned(_OPS[node.op]) if mirrored else _OPS[node.op]
    numbers = frozenset(_numbers(one, line))
    asked = _definition(one, asked)
    unit = asked.unit if isinstance(asked, ir.Elapsed) else None
    lengths = frozenset(length(n, unit) for n in numbers) if unit else frozenset()
    step = 12 if unit == "jaren" else 1
    return Limit(node, side, numbers, lengths, frozenset(_percents(one, line)), step, "", computed=not numbers)


def _between_days(one: Subject, node: ir.Compare) -> Limit | None:
    """The limit of two days: «sinds <= peildatum - 12 maanden» asks for at least 12 months between them."""
    shifts = [side for side in (node.left, node.right) if isinstance(side, ir.Shift)]
    if len(shifts) != 1:
        return None
    (shift,) = shifts
    lengths = frozenset(_lengths(one, shift.period))
    turned = (shift is node.right) == (shift.sign == -1)  # the more days between them, the smaller the left side
    side = _turned(_OPS[node.op]) if turned else _OPS[node.op]
    written = shift.period.place.text if isinstance(shift.period, ir.Const) else ""
    return Limit(node, side, frozenset(), lengths, frozenset(), 0, written, computed=False) if lengths else None


def _turned(side: Side) -> Side:
    return "onder" if side == "boven" else "boven"


def _definition(one: Subject, node: ir.Node) -> ir.Node:
    while isinstance(node, ir.TermRef):
        node = next(one.whole.terms(node.ruleset, node.name))
    return node


def _lengths(one: Subject, period: ir.Node) -> Iterator[Length]:
    period = _definition(one, period)
    values: list[object] = []
    if isinstance(period, ir.Const):
        values = [period.value]
    elif isinstance(period, ir.FigureRef):
        values = [v.waarde for figure in one.whole.figures(period.ruleset, period.name) for v in figure.waarden]
    for found in values:
        if isinstance(found, Period) and not (found.months and found.days):
            yield Length(Fraction(found.months), "maanden") if found.months else Length(Fraction(found.days), "dagen")


def _numbers(one: Subject, line: ir.Node) -> Iterator[Fraction]:
    """What the other side of the comparison is, where it is a number or a figure: of a figure every value it ever has."""
    node = _definition(one, line)
    if isinstance(node, ir.Const) and isinstance(node.value, int | Fraction):
        yield Fraction(node.value, 100 if node.type.kind is Kind.GELD else 1)
    elif isinstance(node, ir.FigureRef):
        for figure in one.whole.figures(node.ruleset, node.name):
            yield from (_scaled(figure, v.waarde) for v in figure.waarden if isinstance(v.waarde, int))


def _percents(one: Subject, line: ir.Node) -> Iterator[Fraction]:
    """Every percentage that a limit is made of: «105 %», and a figure in «norm * procent / 100»."""
    for leaf in one.whole.leaves(line):
        if (
            isinstance(leaf, ir.Const)
            and isinstance(leaf.value, int | Fraction)
            and leaf.type.kind is Kind.GETAL
            and "%" in leaf.place.text
        ):
            yield Fraction(leaf.value) * 100
    for part in _parts(one, line, set()):
        if isinstance(part, ir.Arith) and part.op == "/" and isinstance(part.right, ir.Const) and part.right.value == 100:
            for leaf in one.whole.leaves(part.left):
                if isinstance(leaf, ir.FigureRef) and leaf.type.kind is Kind.GETAL:
                    for figure in one.whole.figures(leaf.ruleset, leaf.name):
                        yield from _held(one, figure)


def _parts(one: Subject, node: ir.Node, seen: set[tuple[str, str]]) -> Iterator[ir.Node]:
    """An expression and everything in it, through all of its terms."""
    for part in one.whole.parts(node):
        yield part
        if isinstance(part, ir.TermRef) and (part.ruleset, part.name) not in seen:
            seen.add((part.ruleset, part.name))
            for term in one.whole.terms(part.ruleset, part.name):
                yield from _parts(one, term, seen)


def _held(one: Subject, figure: Figure) -> Iterator[Fraction]:
    """The values that a figure has on some day of this version of the ruleset."""
    first, last = one.ruleset.van, one.ruleset.tot
    for value_, next_ in zip(figure.waarden, (*figure.waarden[1:], None), strict=True):
        over = next_ is not None and next_.van <= first
        if isinstance(value_.waarde, int) and not over and (last is None or value_.van <= last):
            yield _scaled(figure, value_.waarde)


def _scaled(figure: Figure, stored: int) -> Fraction:
    return Fraction(stored, 100 if figure.type.kind is Kind.GELD else 10**figure.type.cijfers)


def sign(limit: Limit, said: Said, text: Scalar, what: str) -> Diagnostic | None:
    """The text counts the limit itself in, and the rule does not, or the other way round."""
    if said.side == limit.side:
        return None
    if said.number is None:
        # «hoger dan de norm»: only a limit with a name, and no text about something else
        if (
            not limit.step
            or isinstance(limit.node.right, ir.Const)
            or not re.match(
                r"\s*(?:de|het|een|uw|deze|die)?\s*\w*(?:grens|norm|bedrag|limiet|maximum|minimum)",
                text.value[said.at + len(said.words) :],
            )
        ):
            return None
    elif not _same(limit, said):
        return None
    op = _op_place(limit.node)
    return finding("grens-teken", op.span, teken=limit.node.op, bedoeld=_MEANT[limit.node.op], wat=what, woorden=said.words)


def _same(limit: Limit, said: Said) -> bool:
    """Is the number in the text the number of the rule?"""
    if said.length is not None and limit.lengths:
        return said.length in limit.lengths
    return said.number in (limit.percents if said.percent else limit.numbers)


def number(limit: Limit, said: Said | None, text: Scalar, key: str, what: str) -> Diagnostic | None:
    """The text names another percentage, amount, number or length of time than the rule."""
    percents = {value(p) for p in PERCENT.findall(text.value)}
    if len(percents) == 1 and limit.percents and percents.isdisjoint(limit.percents):
        return _other(limit, _percent(*percents), " of ".join(_percent(p) for p in sorted(limit.percents)), what)
    if percents or limit.percents or limit.computed:
        return None
    if limit.node.left.type.kind is Kind.GELD:
        amounts = sorted({value(a) for a in EURO.findall(text.value)})
        if len(amounts) == 1 and key != "tekst" and not _alike(amounts[0], limit.numbers):  # a law's own may be indexed since
            return _other(limit, _plain(amounts[0], money=True), _named(limit.numbers, money=True), what)
        return None
    if said is None or said.number is None or "€" in said.words:
        return None
    if said.length is not None and limit.lengths:
        return _other_length(limit, said, said.length, what)
    if not limit.step or said.in_word or _alike(said.number, limit.numbers):
        return None  # «drie» counts anything: only a length of time is surely about this
    if any(abs(said.number - n) == 1 for n in limit.numbers) and said.side != limit.side:
        return None  # «ouder dan 20» is «21 of ouder»
    return _other(limit, _plain(said.number), _named(limit.numbers), what)


def _other_length(limit: Limit, said: Said, long: Length, what: str) -> Diagnostic | None:
    """Another length of time. Months are not held against days: a month has no fixed number of them."""
    lengths = sorted(one for one in limit.lengths if one.unit == long.unit)
    if not lengths or long in lengths:
        return None
    if said.side != limit.side and any(abs(one.number - long.number) == limit.step for one in lengths):
        return None  # «ouder dan 20 jaar» is «21 jaar of ouder»
    return _other(limit, said.amount, limit.written or " of ".join(map(str, lengths[-2:])), what)


_UNITS: Final = (
    1,
    12,
    7,
    52,
    1000,
)  # three years are 36 months, two weeks 14 days, a kilometre 1,000 metres, a month's money a twelfth


def _alike(said: Fraction, numbers: frozenset[Fraction]) -> bool:
    """Is it one of these numbers, if need be in another unit?"""
    return any(said * unit in numbers or said / unit in numbers for unit in _UNITS)


def _other(limit: Limit, said: str, ruled: str, what: str) -> Diagnostic:
    return finding("grens-getal", limit.node.place.span, wat=what, gezegd=said, geregeld=ruled)


def _percent(value: Fraction) -> str:
    return f"{_plain(value)} procent"


def _named(numbers: frozenset[Fraction], *, money: bool = False) -> str:
    return " of ".join(_plain(n, money=money) for n in sorted(numbers)[-2:])


def _plain(value: Fraction, *, money: bool = False) -> str:
    number = f"{float(value):,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    number = number.removesuffix(",00") if not money or value.denominator == 1 else number
    number = number.rstrip("0") if "," in number and not money else number
    return f"€ {number}" if money else number


def _op_place(node: ir.Compare) -> Place:
    """Where the sign stands between its two sides; the whole comparison where they were written apart."""
    left, right = node.left.place, node.right.place
    if left.scalar is right.scalar:
        start, end = left.at + left.width, right.at
        at = left.scalar.value.find(node.op, start, end)
        if at >= 0:
            return Place(left.scalar, at, len(node.op))
    return node.place
