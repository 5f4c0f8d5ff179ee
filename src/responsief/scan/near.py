"""Refused on one criterion, and nearly not: how far somebody stands from the limit that decided."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from responsief.backends.explain import Explainer
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.types import Kind
from responsief.values import parse_money


@dataclass(frozen=True, slots=True)
class Margin:
    """How near is near: a part of the limit in per cent, or an amount in cents."""

    procent: Fraction | None = None
    centen: int | None = None

    def __str__(self) -> str:
        if self.procent is not None:
            return f"{float(self.procent):g} %".replace(".", ",")
        whole, rest = divmod(self.centen or 0, 100)
        return f"€ {whole:,}".replace(",", ".") + (f",{rest:02d}" if rest else "")

    def holds(self, gap: Fraction, limit: Fraction, kind: Kind) -> bool:
        """Does a gap lie within it? An amount of euros says nothing of what is no money."""
        if self.procent is not None:
            return abs(gap) * 100 <= abs(limit) * self.procent
        return kind is Kind.GELD and abs(gap) <= (self.centen or 0)


@dataclass(frozen=True, slots=True)
class Gap:
    """What was compared with which limit: cents of money, else a number. Without a part of a cent: that is rounded away."""

    soort: Kind
    waarde: Fraction
    grens: Fraction


def read_margin(text: str) -> Margin:
    """«5%», «5 %», «€ 50». Raises ValueError in Dutch."""
    bare = text.strip()
    if (found := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*%", bare)) is not None:
        return Margin(procent=Fraction(found[1].replace(",", ".")))
    try:
        return Margin(centen=parse_money(bare))
    except ValueError:
        raise ValueError(f"«{bare}» is geen marge") from None


def near(explainer: Explainer, node: ir.Node, margin: Margin) -> Gap | None:
    """The largest gap that had to be closed, when every comparison that failed lies within the margin; else None."""
    node = explainer.definition(node)
    match node:
        case ir.And(operands=operands):
            failed = [near(explainer, one, margin) for one in operands if _value(explainer, one) is False]
            return _widest(failed)
        case ir.Or(operands=operands):  # one of them is enough
            found = [gap for one in operands if (gap := near(explainer, one, margin)) is not None]
            return min(found, key=_share, default=None)
        case ir.Not(operand=operand):
            return near(explainer, operand, margin) if isinstance(explainer.definition(operand), ir.Compare) else None
        case ir.Compare(left=left, right=right):
            return _gap(explainer, left, right, margin)
        case ir.Within(value=value, low=low, high=high):
            gaps = [_gap(explainer, value, limit, margin) for limit in (low, high)]
            return min((gap for gap in gaps if gap is not None), key=_share, default=None)
        case _:
            return None


def _gap(explainer: Explainer, left: ir.Node, right: ir.Node, margin: Margin) -> Gap | None:
    one, other = _value(explainer, left), _value(explainer, right)
    if not _is_number(one) or not _is_number(other) or not left.type.numeric:
        return None
    found = Gap(left.type.kind, Fraction(one), Fraction(other))
    return found if margin.holds(found.waarde - found.grens, found.grens, found.soort) else None


def _widest(gaps: list[Gap | None]) -> Gap | None:
    sure = [gap for gap in gaps if gap is not None]
    return max(sure, key=_share) if sure and len(sure) == len(gaps) else None


def _share(gap: Gap) -> Fraction:
    return abs(gap.waarde - gap.grens) / abs(gap.grens) if gap.grens else Fraction(10**9)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def _value(explainer: Explainer, node: ir.Node) -> Any:
    """The value of a node in this case; None of one that the run does not hold."""
    if isinstance(node, ir.Const):
        return node.value
    return explainer.value(node) if id(node) in explainer.places else None
