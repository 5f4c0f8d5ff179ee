"""Boundary: the smallest difference that would have changed a failed criterion, and who could change it.

An explanation, not advice. Household, nationality, health, age, spending savings and leaving school are never offered as
something that the client could change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Any, Final, Literal

from responsief.backends.unknown import field_of, own_fact, path_of
from responsief.decision import Boundary
from responsief.frozen import dataclass
from responsief.hardship.case import HardCase
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind
from responsief.values import format_day, format_money, format_number

FIXED = ("persoon.", "huishouden.", "gezondheid.", "zorg.", "vermogen.", "opleiding.", "veiligheid.")

Who = Literal["overheid", "gemeente", "inwoner", "niemand"]
HARDEST: Final[tuple[Who, ...]] = ("niemand", "overheid", "gemeente", "inwoner")  # together it takes the hardest of them
MOVERS: Final[dict[Who, str]] = {
    "overheid": "Alleen de wetgever kan dit veranderen{}.",
    "gemeente": "De gemeente kan dit veranderen{}.",
    "inwoner": "U kunt dit zelf veranderen{}.",
    "niemand": "Niemand kan dit veranderen.",
}
NEGATED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
# What a value must be where the limit itself won't do.
NUMBERS: Final = {"<": "lager dan", ">": "hoger dan", "!=": "iets anders dan"}
DAYS: Final = {"<": "vóór", ">": "na", "!=": "een andere dag dan"}
UNITS: Final = {"dagen": "dag", "maanden": "maand", "weken": "week", "uren": "uur", "euro": "euro"}  # more than one, and one


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a value is from its limit: both sides and the distance in words, and what it must be where equal won't do."""

    value: str
    limit: str
    size: Fraction
    distance: str  # «€ 1,00», «28 dagen»
    words: str  # «€ 1,00 per maand», «28 dagen»
    unit: str
    beyond: str | None  # «lager dan», «na»; None when the limit itself would do


def boundary(case: HardCase) -> tuple[Boundary, ...]:
    """Per failed criterion the distance to the limit; where several fail, one line that says so."""
    found = [line for criterion in case.failed for line in _lines(case, criterion)]
    if len(case.refused) > 1:
        titles = "; ".join(f"«{c.titel}»" for c in case.refused)
        movers = {_who(case, c) for c in case.refused}
        hardest = next(w for w in HARDEST if w in movers)
        text = f"Pas als deze voorwaarden allemaal anders uitvallen, verandert de uitkomst: {titles}."
        found.append(Boundary("samen", text, None, None, hardest))
    return tuple(found)


def _lines(case: HardCase, criterion: Criterion) -> Iterator[Boundary]:
    who = _who(case, criterion)
    what = f" ({criterion.wat_wijzigt})" if criterion.wat_wijzigt else ""
    mover = MOVERS[who].format(what)
    gaps = _gaps(case, criterion.eis, wanted=True)
    for gap in gaps:
        needed = f" Nodig is: {gap.beyond} {gap.limit}." if gap.beyond else ""
        text = f"{gap.value} tegenover {gap.limit}: het verschil is {gap.words}.{needed} {mover}"
        yield Boundary(criterion.id, text, gap.distance, gap.unit, who)
    if not gaps:
        yield Boundary(criterion.id, f"«{criterion.titel}» is hier niet zo; daar is geen maat voor.", None, None, who)


def _who(case: HardCase, criterion: Criterion) -> Who:
    """Who could change it: as the ruleset says, but what is protected is never laid on the client."""
    stated = criterion.wie_wijzigt
    if stated in ("overheid", "gemeente", "niemand"):
        return stated  # type: ignore[return-value]  # mypy does not narrow a str by `in` to a Literal
    if stated == "inwoner" and not any(path_of(f).startswith(FIXED) for f in case.verdict.program.facts(criterion.eis)):
        return "inwoner"
    return "gemeente" if criterion.rust_op in ("verordening", "beleidsregel") else "overheid"


def _gaps(case: HardCase, node: ir.Node, *, wanted: bool) -> tuple[Gap, ...]:
    """The distances that keep a node from being `wanted`: of things that must all change every one, of a choice the nearest."""
    explainer = case.explainer
    node = explainer.definition(node)
    if explainer.value(node) is not (not wanted):
        return ()
    match node:
        case ir.Not(operand=operand):
            return _gaps(case, operand, wanted=not wanted)
        case ir.And(operands=operands) | ir.Or(operands=operands):
            parts = [found for o in operands if (found := _gaps(case, o, wanted=wanted))]
            return tuple(chain(*parts)) if isinstance(node, ir.And) is wanted else _nearest(parts)
        case ir.Compare(op=sign, left=left, right=right):
            return _distance(case, left, explainer.value(left), right, sign if wanted else NEGATED[sign])
        case ir.Within(value=inner, low=low, high=high):
            value = explainer.value(inner)
            edges = ((low, ">="), (high, "<=")) if wanted else ((low, "<"), (high, ">"))
            ends = [_distance(case, inner, value, edge, sign) for edge, sign in edges if _fails(case, value, edge, sign)]
            return _nearest([end for end in ends if end])
        case _:
            return ()


def _nearest(parts: list[tuple[Gap, ...]]) -> tuple[Gap, ...]:
    """Of alternatives in one unit the smallest; where they can't be compared every one of them."""
    if parts and len({gap.unit for gaps in parts for gap in gaps}) == 1:
        return min(parts, key=lambda gaps: max(gap.size for gap in gaps))
    return tuple(chain(*parts))


def _fails(case: HardCase, value: Any, edge: ir.Node, sign: str) -> bool:
    limit = case.explainer.value(edge)
    kinds = int | Fraction | date
    if not (isinstance(value, kinds) and isinstance(limit, kinds)):
        return False
    match sign:
        case ">=":
            return value < limit  # type: ignore[operator]  # both of one kind, by the checker
        case "<=":
            return value > limit  # type: ignore[operator]
        case _:
            return True


def _distance(case: HardCase, node: ir.Node, value: Any, edge: ir.Node, sign: str) -> tuple[Gap, ...]:
    """How far `value` is from the limit that it should stand to as `sign` says."""
    limit = case.explainer.value(edge)
    if isinstance(value, date) and isinstance(limit, date):
        days = abs((value - limit).days)
        words = _counted(str(days), "dagen")
        return (Gap(format_day(value), format_day(limit), Fraction(days), words, words, "dagen", DAYS.get(sign)),)
    kinds = int | Fraction
    if not (isinstance(value, kinds) and isinstance(limit, kinds)) or isinstance(value, bool) or isinstance(limit, bool):
        return ()
    gap = abs(Fraction(value) - limit)
    unit = _unit(case, node) or _unit(case, edge)
    beyond = NUMBERS.get(sign)
    if node.type.kind is Kind.GELD:
        per = (unit or "").partition(" per ")[2]
        words = format_money(gap) + (f" per {per}" if per else "")
        return (Gap(format_money(value), format_money(limit), gap, format_money(gap), words, unit or "euro", beyond),)
    told = [_counted(format_number(number), unit) if unit else format_number(number) for number in (value, limit, gap)]
    return (Gap(told[0], told[1], gap, told[2], told[2], unit or "aantal", beyond),)


def _unit(case: HardCase, node: ir.Node) -> str | None:
    """What a value is counted in: years of an age, or what its field or own fact says."""
    node = case.explainer.definition(node)
    match node:
        case ir.Elapsed(unit=unit):
            return "jaar" if unit == "jaren" else unit
        case ir.Extreme(operands=(first, *_)):
            return _unit(case, first)
        case ir.OwnFact():
            return own_fact(case.explainer.compiled, node).eenheid
        case ir.Fact():
            field = field_of(path_of(node))
            return field.eenheid if field is not None else None
        case _:
            return None


def _counted(number: str, unit: str) -> str:
    """«1 dag», «28 dagen», «3 jaar», «2 meter»."""
    return f"{number} {UNITS.get(unit, unit) if number == '1' else unit}"
