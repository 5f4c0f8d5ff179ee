"""A limit in a rule beside the words it was taken from: does the limit itself count, and is it the same number?

«Meer dan 12» and «ten hoogste 12» draw the line at the same place: above 12. «Minder dan 12» and «12 of meer» draw it below 12. So what a
sentence says of the limit itself can be held against the sign in the rule, whether the sentence says who gets it or who does not.
Nothing is said where a text or a rule has more than one limit, or where days are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind
from responsief.lint.subject import Subject, scalar
from responsief.source import Place, Scalar

Side = Literal["boven", "onder"]  # where the line lies: just above the limit, or just below it

_AMOUNT: Final = r"(?:€\s?)?(?P<{0}>\d+(?:[. ]\d{{3}})*(?:,(?:\d+|-))?)(?P<{0}_deel>\s?(?:%|procent|percent))?"
_ABOVE: Final = r"(?:meer|hoger|langer|ouder|groter|verder|zwaarder) (?:\w+ )?dan|te boven ga(?:at|an)|ten hoogste|hoogstens|maximaal|tot en met|boven(?= de | het | €| \d)"
_BELOW: Final = r"ten ?minste|minstens|minimaal|op zijn minst|vanaf|(?:minder|jonger|lager|korter|kleiner) (?:\w+ )?dan|onder(?= de (?:grens|norm)| €| \d)"
_UNIT: Final = r"(?:\s+(?:jaar|jaren|maanden?|weken|week|dagen|uur|uren|kilometer|km|meter|euro|punten|personen|kinderen|keer|procent|percent))?"
_PHRASE: Final = re.compile(
    rf"\b(?:(?P<boven>{_ABOVE})|(?P<onder>{_BELOW}))\b(?: (?:dan|van|de|het|een bedrag van))*\s*(?:{_AMOUNT.format('n')})?"
    rf"|{_AMOUNT.format('m')}{_UNIT} (?:of|en) (?:(?P<na_onder>meer|ouder|hoger|langer|verder)|(?P<na_boven>minder|jonger|lager|korter))\b",
    re.IGNORECASE,
)
#: in every phrase one of these: cheap to look for in the long texts of laws
_STEMS: Final = (
    "meer", "hoger", "langer", "ouder", "groter", "verder", "zwaarder", "te boven", "hoogst", "maximaal", "tot en met", "boven", "minste",
    "minstens", "minimaal", "minst", "vanaf", "minder", "jonger", "lager", "korter", "kleiner", "onder ",
)  # fmt: skip
_OPS: Final[dict[str, Side]] = {">": "boven", "<=": "boven", ">=": "onder", "<": "onder"}
_MEANT: Final[dict[str, str]] = {">": ">=", ">=": ">", "<": "<=", "<=": "<"}
_PERCENT: Final = re.compile(r"(?<![\d,.])(\d+(?:,\d+)?)\s?(?:%|procent|percent)", re.IGNORECASE)
_EURO: Final = re.compile(r"€\s?(\d+(?:[. ]\d{3})*(?:,\d\d)?)")
_KEYS: Final = {"titel": "de titel", "uitleg": "de uitleg", "tekst": "de tekst"}


class Said(NamedTuple):
    """What a text says of its one limit."""

    side: Side
    number: Fraction | None
    percent: bool
    words: str
    at: int


class Limit(NamedTuple):
    """The one limit of a rule: the side of the line, and the numbers and percentages it is made of."""

    node: ir.Compare
    side: Side
    numbers: frozenset[Fraction]
    percents: frozenset[Fraction]
    computed: bool  # made by arithmetic or a table: its outcome stands nowhere


def limits(one: Subject) -> Iterator[Diagnostic]:
    """A sign that draws the line elsewhere than the words do, or another number than the words name."""
    for criterion, mapping in one.criteria:
        limit: Limit | None = None
        for key, what in _KEYS.items():
            text = scalar(mapping, key)
            said = said_in(text.value) if text is not None else None
            if text is None or (said is None and "€" not in text.value and not _PERCENT.search(text.value)):
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
    if not node.left.type.numeric:
        return None
    mirrored = isinstance(node.left, ir.Const | ir.FigureRef) and not isinstance(node.right, ir.Const | ir.FigureRef)
    line = node.left if mirrored else node.right
    side = _OPS[node.op]
    if mirrored:
        side = "onder" if side == "boven" else "boven"
    numbers, percents, computed = _numbers(one, line)
    return Limit(node, side, numbers, percents, computed)


def _numbers(one: Subject, line: ir.Node) -> tuple[frozenset[Fraction], frozenset[Fraction], bool]:
    percents = {
        Fraction(leaf.value) * 100
        for leaf in one.whole.leaves(line)
        if isinstance(leaf, ir.Const)
        and isinstance(leaf.value, int | Fraction)
        and leaf.type.kind is Kind.GETAL
        and "%" in leaf.place.text
    }
    node = line
    while isinstance(node, ir.TermRef):
        node = next(one.whole.terms(node.ruleset, node.name))
    numbers: set[Fraction] = set()
    if isinstance(node, ir.Const) and isinstance(node.value, int | Fraction):
        numbers = {Fraction(node.value, 100 if node.type.kind is Kind.GELD else 1)}
    elif isinstance(node, ir.FigureRef):
        for figure in one.whole.figures(node.ruleset, node.name):
            scale = 100 if figure.type.kind is Kind.GELD else 10**figure.type.cijfers
            numbers.update(Fraction(v.waarde, scale) for v in figure.waarden if isinstance(v.waarde, int))
    return frozenset(numbers), frozenset(percents), not numbers


def said_in(text: str) -> Said | None:
    """What a text says of its limit; None when it names none, or more than one."""
    small = text.lower()
    if not any(stem in small for stem in _STEMS):
        return None
    found = [_said(match) for match in _PHRASE.finditer(text) if match.lastgroup]
    if not found or len({said.side for said in found}) > 1 or len({said.number for said in found}) > 1:
        return None
    return found[0]


def _said(match: re.Match[str]) -> Said:
    side: Side = "boven" if match["boven"] or match["na_boven"] else "onder"
    name = "n" if match["n"] else "m"
    number = _value(match[name]) if match[name] else None
    return Said(side, number, bool(match[name + "_deel"]), " ".join(match[0].split()), match.start())


def _value(written: str) -> Fraction:
    return Fraction(written.replace(" ", "").replace(".", "").replace(",-", "").replace(",", "."))


def sign(limit: Limit, said: Said, text: Scalar, what: str) -> Diagnostic | None:
    """The text counts the limit itself in, and the rule does not, or the other way round."""
    if said.side == limit.side:
        return None
    known = limit.percents if said.percent else limit.numbers
    if said.number is None:
        # «hoger dan de norm»: only a limit with a name, and no text about something else
        if isinstance(limit.node.right, ir.Const) or not re.match(
            r"\s*(?:de|het|een|uw|deze|die)?\s*\w*(?:grens|norm|bedrag|limiet|maximum|minimum)",
            text.value[said.at + len(said.words) :],
        ):
            return None
    elif said.number not in known:
        return None
    op = _op_place(limit.node)
    return finding("grens-teken", op.span, teken=limit.node.op, bedoeld=_MEANT[limit.node.op], wat=what, woorden=said.words)


def number(limit: Limit, said: Said | None, text: Scalar, key: str, what: str) -> Diagnostic | None:
    """The text names another percentage, amount or number than the rule."""
    percents = {_value(p) for p in _PERCENT.findall(text.value)}
    if len(percents) == 1 and limit.percents and percents.isdisjoint(limit.percents):
        return _other(limit, _percent(*percents), ", ".join(_percent(p) for p in sorted(limit.percents)), what)
    if percents or limit.percents or limit.computed or not limit.numbers:
        return None
    if limit.node.left.type.kind is Kind.GELD:
        amounts = sorted({_value(a) for a in _EURO.findall(text.value)})
        if len(amounts) == 1 and key != "tekst" and not _alike(amounts[0], limit.numbers):  # a law's own may be indexed since
            return _other(limit, _plain(amounts[0], money=True), _named(limit.numbers, money=True), what)
        return None
    if said is None or said.number is None or "€" in said.words or _alike(said.number, limit.numbers):
        return None
    if any(abs(said.number - n) == 1 for n in limit.numbers) and said.side != limit.side:
        return None  # «ouder dan 20» is «21 of ouder»
    return _other(limit, _plain(said.number), _named(limit.numbers), what)


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
