"""Terms of Z3 made the short way: whole numbers and propositions whose operators call Z3 at once.

Z3's own Python operators look up and merge the sorts of both sides with every use; of two numbers there is nothing to look up. A
register is translated three to four times as fast with these, to the same terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import z3
from z3 import z3core as core

_ADD, _MUL, _SUB = core.Z3_mk_add, core.Z3_mk_mul, core.Z3_mk_sub


class Proposition(z3.BoolRef):  # type: ignore[misc]  # Z3 has no types
    """Something that holds or not."""

    __hash__ = z3.BoolRef.__hash__

    def __eq__(self, other: Any) -> Any:
        other = _truth(self.ctx, other)
        return Proposition(core.Z3_mk_eq(self.ctx.ref(), self.ast, other.ast), self.ctx)

    def __ne__(self, other: Any) -> Any:
        return no(self == other)


class Number(z3.ArithRef):  # type: ignore[misc]  # Z3 has no types
    """A whole number."""

    __hash__ = z3.ArithRef.__hash__

    def __add__(self, other: Any) -> Any:
        return self if type(other) is int and other == 0 else _of(_ADD, self, other)

    def __radd__(self, other: Any) -> Any:
        return self if type(other) is int and other == 0 else _of(_ADD, _number(self.ctx, other), self)

    def __sub__(self, other: Any) -> Any:
        return self if type(other) is int and other == 0 else _of(_SUB, self, other)

    def __rsub__(self, other: Any) -> Any:
        return _of(_SUB, _number(self.ctx, other), self)

    def __mul__(self, other: Any) -> Any:
        if type(other) is int and other in (0, 1):
            return self if other else 0
        return _of(_MUL, self, other)

    def __rmul__(self, other: Any) -> Any:
        return self * other

    def __neg__(self) -> Any:
        return Number(core.Z3_mk_unary_minus(self.ctx.ref(), self.ast), self.ctx)

    def __mod__(self, other: Any) -> Any:
        return Number(core.Z3_mk_mod(self.ctx.ref(), self.ast, _ast(self.ctx, other)), self.ctx)

    def __truediv__(self, other: Any) -> Any:
        return Number(core.Z3_mk_div(self.ctx.ref(), self.ast, _ast(self.ctx, other)), self.ctx)

    def __rtruediv__(self, other: Any) -> Any:
        return _number(self.ctx, other) / self

    def __lt__(self, other: Any) -> Any:
        return _compared(core.Z3_mk_lt, self, other)

    def __le__(self, other: Any) -> Any:
        return _compared(core.Z3_mk_le, self, other)

    def __gt__(self, other: Any) -> Any:
        return _compared(core.Z3_mk_gt, self, other)

    def __ge__(self, other: Any) -> Any:
        return _compared(core.Z3_mk_ge, self, other)

    def __eq__(self, other: Any) -> Any:
        return _compared(core.Z3_mk_eq, self, other)

    def __ne__(self, other: Any) -> Any:
        return no(self == other)


def number(name: str, ctx: Any) -> Number:
    """A variable whole number."""
    return Number(z3.Int(name, ctx).ast, ctx)


def proposition(name: str, ctx: Any) -> Proposition:
    """A variable that holds or not."""
    return Proposition(z3.Bool(name, ctx).ast, ctx)


def every(parts: Sequence[Any]) -> Proposition:
    """All of two or more."""
    return _many(core.Z3_mk_and, parts)


def some(parts: Sequence[Any]) -> Proposition:
    """One of two or more."""
    return _many(core.Z3_mk_or, parts)


def no(part: Any) -> Proposition:
    """Not."""
    return Proposition(core.Z3_mk_not(part.ctx.ref(), part.ast), part.ctx)


def either(condition: Any, one: Any, other: Any) -> Number:
    """One of two whole numbers."""
    ctx = condition.ctx
    chosen = core.Z3_mk_ite(ctx.ref(), condition.ast, _ast(ctx, one), _ast(ctx, other))
    return Number(chosen, ctx)


def _many(make: Any, parts: Sequence[Any]) -> Proposition:
    ctx = parts[0].ctx
    return Proposition(make(ctx.ref(), len(parts), (z3.Ast * len(parts))(*[p.ast for p in parts])), ctx)


def _of(make: Any, one: Any, other: Any) -> Number:
    ctx = one.ctx
    return Number(make(ctx.ref(), 2, (z3.Ast * 2)(one.ast, _ast(ctx, other))), ctx)


def _compared(make: Any, one: Any, other: Any) -> Proposition:
    ctx = one.ctx
    return Proposition(make(ctx.ref(), one.ast, _ast(ctx, other)), ctx)


def _number(ctx: Any, value: Any) -> Any:
    """A fixed number as a term."""
    return Number(_ast(ctx, value), ctx) if isinstance(value, int) else value


def _ast(ctx: Any, value: Any) -> Any:
    """What Z3 itself knows a number by. That of a fixed one is made once in a context, and goes with it: a term kept there would hold
    its context, which then goes only when Python looks for circles, with all that Z3 made in it."""
    if not isinstance(value, int):
        return value.ast
    known = ctx.__dict__.setdefault("fixed_numbers", {})
    if value not in known:
        made = z3.IntVal(value, ctx)
        core.Z3_inc_ref(ctx.ref(), made.ast)
        known[value] = made.ast
    return known[value]


def _truth(ctx: Any, value: Any) -> Any:
    return Proposition(z3.BoolVal(value, ctx).ast, ctx) if isinstance(value, bool) else value
