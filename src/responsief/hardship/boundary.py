"""Boundary: the smallest difference that would have changed a failed criterion, and who could change it; and, where several
fail together, every smallest set of changes that gives a better outcome, found by trying.

An explanation, not advice. Household, nationality, health, age, spending savings and leaving school are never offered as
something that the client could change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import chain
from typing import Any, Final

from responsief.backends.unknown import field_of, own_fact, path_of
from responsief.decision import Boundary, Uitkomst, Way, Who
from responsief.frozen import dataclass
from responsief.hardship.case import HardCase
from responsief.hardship.ways import (
    HARDEST,
    NEGATED,
    Ways,
    instead,
    outcome_without,
    protected,
    ways,
    what_moves,
    who_moves,
)
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind
from responsief.values import format_day, format_money, format_number

MOVERS: Final[dict[Who, str]] = {
    "overheid": "Alleen de wetgever kan dit veranderen{}.",
    "gemeente": "De gemeente kan dit veranderen{}.",
    "inwoner": "U kunt dit zelf veranderen{}.",
    "niemand": "Niemand kan dit veranderen.",
}
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
    fixed: bool = False  # what is compared is protected: nothing for the client to change


def boundary(case: HardCase) -> tuple[tuple[Boundary, ...], tuple[Way, ...]]:
    """Per failed criterion the distance to the limit; where several must change together, one line that says so, and the ways."""
    found = [line for criterion in case.failed for line in _lines(case, criterion)]
    if len(case.failed) > 1:
        together = ways(case)
        if len(case.refused) > 1 or (together.manieren and all(len(way.veranderingen) > 1 for way in together.manieren)):
            return (*found, _together(case, together)), together.manieren
    return tuple(found), ()


def _lines(case: HardCase, criterion: Criterion) -> Iterator[Boundary]:
    who = who_moves(case, criterion)
    gaps = _gaps(case, criterion.eis, wanted=True)
    for gap in gaps:
        mover = instead(criterion) if gap.fixed and who == "inwoner" else who
        needed = f" Nodig is: {gap.beyond} {gap.limit}." if gap.beyond else ""
        text = f"{gap.value} tegenover {gap.limit}: het verschil is {gap.words}.{needed} {_mover(criterion, mover)}"
        yield Boundary(criterion.id, text, gap.distance, gap.unit, mover)
    yield from _readings(case, criterion)
    if not gaps:
        text = f"«{criterion.titel}» is hier niet zo; daar is geen maat voor. {_mover(criterion, who)}"
        yield Boundary(criterion.id, text, None, None, who)
    elif who == "inwoner" and all(gap.fixed for gap in gaps):
        text = f"«{criterion.titel}» kan ook op een andere manier zo zijn. {_mover(criterion, who)}"
        yield Boundary(criterion.id, text, None, None, who)


def _readings(case: HardCase, criterion: Criterion) -> Iterator[Boundary]:
    """The other readings of a criterion, where the ruleset names them, in which it does not stand in the way."""
    for reading in criterion.lezingen:
        if case.explainer.value(reading.eis) is True:
            outcome = outcome_without(case, criterion.id)
            then = f" De uitkomst is dan: {OUTCOMES[outcome]}." if outcome != case.verdict.uitkomst else ""
            rests_on = f" Die lezing rust op: {reading.grondslag}." if reading.grondslag else ""
            who = "de gemeente" if reading.wie == "gemeente" else "de wetgever"
            text = f"Als {who} {reading.lezing}, dan staat «{criterion.titel}» niet meer in de weg.{then}{rests_on}"
            yield Boundary(criterion.id, text, None, None, "gemeente" if reading.wie == "gemeente" else "overheid")


def _mover(criterion: Criterion, who: Who) -> str:
    """Who can change a criterion, and what of it where the ruleset says so of this person or body."""
    return MOVERS[who].format(what_moves(criterion, who))


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
            found = _distance(case, left, explainer.value(left), right, sign if wanted else NEGATED[sign])
            time = any(isinstance(explainer.definition(side), ir.Elapsed) for side in (left, right))  # it passes by itself
            return _marked(found, time or protected(case, left, right))
        case ir.Within(value=inner, low=low, high=high):
            value = explainer.value(inner)
            edges = ((low, ">="), (high, "<=")) if wanted else ((low, "<"), (high, ">"))
            ends = [_distance(case, inner, value, edge, sign) for edge, sign in edges if _fails(case, value, edge, sign)]
            return _marked(_nearest([end for end in ends if end]), protected(case, inner, low, high))
        case _:
            return ()


def _marked(gaps: tuple[Gap, ...], fixed: bool) -> tuple[Gap, ...]:
    """Gaps that are no client's to close: of what is protected, and of every number of years, however it was worked out."""
    return tuple(replace(gap, fixed=True) if fixed or gap.unit == "jaar" else gap for gap in gaps)


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


# --- several together --------------------------------------------------------------------------------------------------

OUTCOMES: Final[dict[Uitkomst, str]] = {
    "toegekend": "toegekend", "gedeeltelijk": "gedeeltelijk toegekend", "afgewezen": "afgewezen",
    "onbepaald": "nog niet te beslissen", "wacht": "wachten",
}  # fmt: skip
MOST_TOLD: Final = 3  # ways that are told in words
CAN: Final[dict[Who, str]] = {
    "overheid": "Alleen de wetgever kan",
    "gemeente": "De gemeente kan",
    "inwoner": "U kunt zelf",
    "niemand": "Niemand kan",
}


def _together(case: HardCase, found: Ways) -> Boundary:
    """Where several must change: which, who can change each, and what comes out then."""
    rules = [way for way in found.manieren if all(change.gegeven is None for change in way.veranderingen)]
    titles = {criterion.id: f"«{criterion.titel}»" for criterion in case.failed}
    sets = [[titles[change.criterium] for change in way.veranderingen] for way in rules]
    if len(sets) > 1:
        options = "; of: ".join(" en ".join(one) for one in sets[:MOST_TOLD])
        text = f"De uitkomst verandert pas als deze voorwaarden samen anders uitvallen: {options}."
        named = {change.criterium for way in rules[:MOST_TOLD] for change in way.veranderingen}
    else:
        named = {change.criterium for way in rules for change in way.veranderingen} or {
            c.id for c in case.refused or case.failed
        }
        every = "; ".join(title for ident, title in titles.items() if ident in named)
        text = f"Pas als deze voorwaarden allemaal anders uitvallen, verandert de uitkomst: {every}."
    if rules:
        text += f" Dan is de uitkomst: {OUTCOMES[rules[0].uitkomst]}."
    movers: dict[Who, list[str]] = {}
    for criterion in case.failed:
        if criterion.id in named:
            movers.setdefault(who_moves(case, criterion), []).append(titles[criterion.id])
    text += "".join(f" {CAN[who]} {' en '.join(which)} veranderen." for who, which in movers.items())
    fewest = min((len(way.veranderingen) for way in rules), default=len(case.failed) + 1)
    facts = [way for way in found.manieren if way not in rules and len(way.veranderingen) < fewest]
    for way in facts[:MOST_TOLD]:
        parts = [c.tekst if c.gegeven else f"{titles[c.criterium]} anders" for c in way.veranderingen]
        text += f" Het kan ook zo: {', en '.join(parts)}. Dan is de uitkomst: {OUTCOMES[way.uitkomst]}."
    if found.meer or len(facts) > MOST_TOLD or len(sets) > MOST_TOLD:
        text += " Er zijn meer manieren dan hier staan."
    return Boundary("samen", text, None, None, next(w for w in HARDEST if w in movers))
