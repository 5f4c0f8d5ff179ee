"""Boundary: the smallest difference that would have changed a failed criterion, and who could change it.

An explanation, not advice. Household, nationality, health, age, spending savings and leaving school are never offered as
something that the client could change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from responsief.backends.explain import path_of
from responsief.decision import Boundary
from responsief.hardship.case import HardCase
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind
from responsief.values import format_day, format_money, format_number

FIXED = ("persoon.", "huishouden.", "gezondheid.", "zorg.", "vermogen.", "opleiding.", "veiligheid.")

Who = Literal["overheid", "gemeente", "inwoner", "niemand"]


def boundary(case: HardCase) -> tuple[Boundary, ...]:
    """Per failed criterion the distance to the limit; where several fail, one line that says so."""
    found = [line for criterion in case.failed for line in _lines(case, criterion)]
    if len(case.failed) > 1 and case.verdict.uitkomst == "afgewezen":
        titles = "; ".join(f"«{c.titel}»" for c in case.failed)
        found.append(
            Boundary(
                "samen",
                f"Pas als deze voorwaarden allemaal anders uitvallen, verandert de uitkomst: {titles}.",
                None,
                None,
                "overheid",
            )
        )
    return tuple(found)


def _lines(case: HardCase, criterion: Criterion) -> Iterator[Boundary]:
    who = _who(case, criterion)
    what = f" ({criterion.wat_wijzigt})" if criterion.wat_wijzigt else ""
    differences = list(_differences(case, criterion.eis))
    for value, limit, distance, unit in differences:
        mover = {
            "overheid": f"Alleen de wetgever kan dit veranderen{what}.",
            "gemeente": f"De gemeente kan dit veranderen{what}.",
            "inwoner": f"U kunt dit zelf veranderen{what}.",
            "niemand": "Niemand kan dit veranderen.",
        }[who]
        yield Boundary(criterion.id, f"{value} tegenover {limit}: het verschil is {distance}. {mover}", distance, unit, who)
    if not differences:
        yield Boundary(criterion.id, f"«{criterion.titel}» is hier niet zo; daar is geen maat voor.", None, None, who)


def _who(case: HardCase, criterion: Criterion) -> Who:
    stated = criterion.wie_wijzigt
    if stated == "inwoner" and any(path_of(leaf).startswith(FIXED) for leaf in case.verdict.program.facts(criterion.eis)):
        return "niemand"
    if stated in ("overheid", "gemeente", "inwoner", "niemand"):
        return stated  # type: ignore[return-value]  # mypy does not narrow a str by `in` to a Literal
    return "gemeente" if criterion.rust_op in ("verordening", "beleidsregel") else "overheid"


def _differences(case: HardCase, node: ir.Node) -> Iterator[tuple[str, str, str, str]]:
    """(value, limit, distance, unit) of the comparisons that failed."""
    explainer = case.explainer
    node = explainer.definition(node)
    if explainer.value(node) is not False:
        return
    match node:
        case ir.And(operands=operands) | ir.Or(operands=operands):
            for operand in operands:
                yield from _differences(case, operand)
        case ir.Compare(op="<" | "<=" | ">" | ">=" as sign, left=left, right=right):
            found = _distance(explainer.value(left), explainer.value(right), sign, left.type.kind)
            if found is not None:
                value, limit, distance, unit = found
                yield value, limit, distance, unit
        case ir.Within(value=inner, low=low, high=high):
            value = explainer.value(inner)
            for sign, side in ((">=", low), ("<=", high)):
                limit = explainer.value(side)
                if _fails(value, limit, sign):
                    found = _distance(value, limit, sign, inner.type.kind)
                    if found is not None:
                        yield found
        case _:
            return


def _fails(value: Any, limit: Any, sign: str) -> bool:
    if not (isinstance(value, int | Fraction | date) and isinstance(limit, int | Fraction | date)):
        return False
    return value < limit if sign == ">=" else value > limit  # type: ignore[operator]  # both of one kind, by the checker


def _distance(value: Any, limit: Any, sign: str, kind: Kind) -> tuple[str, str, str, str] | None:
    if isinstance(value, date) and isinstance(limit, date):
        days = abs((value - limit).days) + (sign in ("<", ">"))
        words = f"{days} dag" if days == 1 else f"{days} dagen"
        return format_day(value), format_day(limit), words, "dagen"
    if not (isinstance(value, int | Fraction) and isinstance(limit, int | Fraction)) or isinstance(value, bool):
        return None
    step = 1 if sign in ("<", ">") else 0
    gap: int | Fraction = abs(Fraction(value) - limit) + step
    if kind is Kind.GELD:
        return format_money(value), format_money(limit), format_money(gap), "euro"
    return format_number(value), format_number(limit), format_number(gap), "aantal"
