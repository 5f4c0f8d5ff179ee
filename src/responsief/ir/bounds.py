"""How small can a number get? Enough to prove that a divisor is positive."""

from __future__ import annotations

from fractions import Fraction

from responsief.ir import nodes as ir

PLAIN = 20


def at_least(node: ir.Node) -> Fraction | None:
    """A proven lower bound of a numeric node; None when nothing is known."""
    match node:
        case ir.Const(value=bool()):
            return None
        case ir.Const(value=int() | Fraction() as value):
            return Fraction(value)
        case ir.FigureRef(least=least) | ir.TermRef(least=least):
            return least
        case ir.Aggregate(op="aantal"):
            return Fraction(0)
        case ir.Extreme(op="max", operands=operands):
            known = [low for low in map(at_least, operands) if low is not None]
            return max(known) if known else None
        case ir.Extreme(op="min", operands=operands):
            lows = [at_least(o) for o in operands]
            return min(low for low in lows if low is not None) if None not in lows else None
        case ir.Arith(op="+", left=left, right=right):
            a, b = at_least(left), at_least(right)
            return None if a is None or b is None else a + b
        case ir.Arith(op="*", left=left, right=right):
            a, b = at_least(left), at_least(right)
            return None if a is None or b is None or a < 0 or b < 0 else a * b
        case ir.Arith(op="/", left=left):  # a divisor is positive
            low = at_least(left)
            return Fraction(0) if low is not None and low >= 0 else None
        case ir.Round(value=value):
            low = at_least(value)
            return low if node.mode == "boven" or low is None else Fraction(0) if low >= 0 else None
        case ir.Choose(branches=branches, otherwise=otherwise):
            lows = [at_least(r) for _, r in branches] + [at_least(otherwise)]
            return min(low for low in lows if low is not None) if None not in lows else None
        case _:
            return None


def digits(node: ir.Node) -> int:
    """How many digits, of numerator and denominator together, an exact number can take at most (roughly, never too few)."""
    match node:
        case ir.Const(value=int() | Fraction() as value):
            exact = Fraction(value)
            return len(str(abs(exact.numerator))) + len(str(exact.denominator))
        case ir.TermRef(digits=known):
            return known
        case ir.Arith(op="+" | "-", left=left, right=right) if left.type.whole and right.type.whole:
            return max(digits(left), digits(right)) + 1
        case ir.Arith(left=left, right=right):
            return digits(left) + digits(right) + 1
        case ir.Extreme(operands=operands):
            return max(map(digits, operands))
        case ir.Choose(branches=branches, otherwise=otherwise) | ir.Collect(branches=branches, otherwise=otherwise):
            return (
                sum(digits(r) for _, r in branches) + digits(otherwise)
                if isinstance(node, ir.Collect)
                else max(digits(n) for n in (*(r for _, r in branches), otherwise))
            )
        case ir.Round(value=value):
            return digits(value)
        case _:
            return PLAIN  # a fact, a figure, a count or a sum: money to a thousand billion euro, five hundred entries
