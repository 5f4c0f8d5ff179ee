"""Did a case stand at a limit: on it, or as near to it as a value can be on the other side?

Where the limit itself counts as ja («<=», «>=»), the ja must be seen on the limit and the nee one unit beside it; where it counts as
nee («<», «>»), the other way round. A unit is a cent, a whole number (or the last decimal), a day. A limit of part of a cent can't be
met: then the last cent before it counts. An age stands at its limit when a day more or less changes the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from responsief.ir import nodes as ir
from responsief.ir import operators as op
from responsief.ir.operators import Truth
from responsief.values import Between

Look = Callable[[ir.Node], Any]
Define = Callable[[ir.Node], ir.Node]


def near(node: ir.Node, at: int, look: Look, define: Define) -> Truth:
    """On which side of its limit a case stands as near as can be; None when it does not.

    `look` gives the value of a node in that case, `define` what a term stands for. Of a range `at` 0 is the lower limit.
    """
    if isinstance(node, ir.Within):
        value, limit, sign = (node.value, node.low, ">=") if at == 0 else (node.value, node.high, "<=")
        other = op.compare("<=", look(value), look(node.high)) if at == 0 else op.compare(">=", look(value), look(node.low))
        return _near(sign, value, limit, look, define) if other is True else None
    assert isinstance(node, ir.Compare)
    return _near(node.op, node.left, node.right, look, define)


def _near(sign: str, left: ir.Node, right: ir.Node, look: Look, define: Define) -> Truth:
    one, other = look(left), look(right)
    verdict = op.compare(sign, one, other)
    if verdict is None:
        return None
    if (aged := _a_day_more_or_less(sign, left, right, look, define)) is not None:
        return verdict if aged else None
    gap = _distance(one, other)
    if gap is None:
        return None
    unit = Fraction(1, 10 ** max(left.type.cijfers, right.type.cijfers))
    inside = verdict is (sign in ("<=", ">="))  # the side on which the limit itself lies
    return verdict if (abs(gap) < unit if inside else 0 < abs(gap) <= unit) else None


def _distance(one: Any, other: Any) -> Fraction | None:
    if type(one) is date and type(other) is date:
        return Fraction((one - other).days)
    if isinstance(one, int | Fraction) and isinstance(other, int | Fraction):
        return Fraction(one) - Fraction(other)
    return None  # an incomplete date, or somebody who is not there


def _a_day_more_or_less(sign: str, left: ir.Node, right: ir.Node, look: Look, define: Define) -> bool | None:
    """Of an age or another stretch of time: would a day make the difference? None of what is no stretch of time."""
    node = define(left)
    if not isinstance(node, ir.Elapsed) or node.unit == "dagen":
        return None
    start, end, limit = look(node.start), look(node.end), look(right)
    if type(start) is not date or type(end) is not date or isinstance(limit, Between):
        return False
    days = [day for n in (-1, 1) if (day := _moved(end, n)) is not None]
    told = op.compare(sign, op.elapsed(node.unit, start, end), limit)
    return any(op.compare(sign, op.elapsed(node.unit, start, day), limit) is not told for day in days)


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
