"""A small algebra over columns: whole numbers, ja/nee and words, where null is unknown. Every back end of frames can do it.

An expression is made by a `Space`, which gives the same expression the same object, works out what is fixed, and knows of every whole
number between which bounds it lies. Numbers never leave -LIMIT..LIMIT (see `Space.clip`), so that an engine that divides with
doubles is exact too. Null spreads through arithmetic and comparison; `both` and `either` are Kleene; a choice takes its second part
unless the condition holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal

from responsief.frozen import dataclass

LIMIT: Final = 2**53 - 1  # below this a double holds every whole number
CLIPPED: Final = "clipped"  # of a choice: whoever it makes unknown is set apart
WIDE: Final = 5  # an and or or of so many parts stays one: where it is read again it need not be worked out again
_ROOT: Final = 2**26  # two numbers up to this can be multiplied
_ROOM: Final = 2**20  # so much must one of them keep, before both are held to the root

Kind = Literal["int", "bool", "text", "date"]
Op = Literal["<", "<=", ">", ">=", "=", "!="]
TURNED: Final[dict[Op, Op]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}
_OPPOSITE: Final[dict[Op, Op]] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}


class Expr:
    """One expression; `maybe`: it can be null; `lo`, `hi`: bounds of a whole number; `at`: its number, parts before wholes."""

    __slots__ = ("args", "at", "hi", "kind", "lo", "maybe", "op", "value")

    def __init__(self, at: int, op: str, args: tuple[Expr, ...], value: Any, kind: Kind, maybe: bool, lo: int, hi: int) -> None:
        self.at, self.op, self.args, self.value, self.kind, self.maybe, self.lo, self.hi = (
            at, op, args, value, kind, maybe, lo, hi,
        )  # fmt: skip

    @property
    def fixed(self) -> bool:
        """Is it the same for everybody, and known?"""
        return self.op == "lit" and self.value is not None

    @property
    def unknown(self) -> bool:
        """Is it unknown of everybody?"""
        return self.op == "lit" and self.value is None

    def __repr__(self) -> str:
        return self._told(4)

    def _told(self, depth: int) -> str:
        """Its upper parts: written out whole, what is shared would stand there again and again."""
        if self.op == "lit":
            return repr(self.value)
        if self.op == "col":
            return f"«{'/'.join(map(str, self.value))}»"
        inner = ", ".join(a._told(depth - 1) for a in self.args) if depth else "…"
        return f"{self.op}({inner})" if self.value is None else f"{self.op}[{self.value}]({inner})"


class OverflowGapError(ArithmeticError):
    """A number that can't be kept within the limit."""


@dataclass(frozen=True, slots=True)
class Rising:
    """A number that never falls where `of` rises, and is unknown only where that is. `first(n)`: the smallest `of` for which it is at
    least n."""

    of: Expr
    first: Callable[[int], int]


class Space:
    """Makes expressions, each once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Expr] = {}
        self.checks: list[Expr] = []  # true where a number left its bounds, null where it is unknown
        self.rising: dict[int, Rising] = {}  # by number of expression
        self.true = self.lit(True)
        self.false = self.lit(False)

    def _make(
        self,
        op: str,
        args: tuple[Expr, ...],
        kind: Kind,
        maybe: bool,
        *,
        value: Any = None,
        lo: int = -LIMIT,
        hi: int = LIMIT,
    ) -> Expr:
        key = (op, tuple([a.at for a in args]), type(value), value, kind)
        found = self._made.get(key)
        if found is None:
            if kind == "int" and (lo < -LIMIT or hi > LIMIT):
                raise OverflowGapError(op)
            found = self._made[key] = Expr(len(self._made), op, args, value, kind, maybe, lo, hi)
        return found

    # leaves

    def lit(self, value: int | bool | str | date) -> Expr:
        """A fixed value."""
        match value:
            case bool():
                return self._make("lit", (), "bool", False, value=value)
            case int():
                return self._make("lit", (), "int", False, value=value, lo=value, hi=value)
            case str():
                return self._make("lit", (), "text", False, value=value)
            case _:
                return self._make("lit", (), "date", False, value=value)

    def null(self, kind: Kind) -> Expr:
        """Unknown of everybody."""
        return self._make("lit", (), kind, True, lo=0, hi=0)

    def column(self, kind: Kind, *name: object, maybe: bool = True, lo: int = -LIMIT, hi: int = LIMIT) -> Expr:
        """What comes from a frame: `name` says which frame and which column."""
        return self._make("col", (), kind, maybe, value=name, lo=lo, hi=hi)

    def raw(self, part: Expr) -> Expr:
        """A column of whole numbers of which nothing is known yet: it is clipped before anything is reckoned with it."""
        if part.op == "col":
            part.lo, part.hi = -(2**63), 2**63 - 1
        return part

    # ja and nee

    def both(self, parts: Iterable[Expr]) -> Expr:
        """Kleene and."""
        return self._kleene("and", parts, self.true, self.false)

    def either(self, parts: Iterable[Expr]) -> Expr:
        """Kleene or."""
        return self._kleene("or", parts, self.false, self.true)

    def _kleene(self, op: str, parts: Iterable[Expr], neutral: Expr, decisive: Expr) -> Expr:
        found: dict[int, Expr] = {}
        for part in parts:
            for one in part.args if part.op == op and len(part.args) < WIDE else (part,):
                if one is decisive:
                    return decisive
                if one is not neutral:
                    found.setdefault(one.at, one)
        if not found:
            return neutral
        other = "or" if op == "and" else "and"  # x and (x or y) is x
        kept = tuple([p for p in found.values() if p.op != other or not any(a.at in found for a in p.args)])
        if len(kept) == 1:
            return kept[0]
        return self._make(op, kept, "bool", any(k.maybe for k in kept))

    def negate(self, part: Expr) -> Expr:
        """Kleene not."""
        if part.op == "lit":
            return part if part.value is None else self.lit(not part.value)
        if part.op == "not":
            return part.args[0]
        if part.op == "cmp":
            return self._make("cmp", part.args, "bool", part.maybe, value=_OPPOSITE[part.value])
        return self._make("not", (part,), "bool", part.maybe)

    def is_null(self, part: Expr) -> Expr:
        """Is it unknown? Never null itself."""
        if not part.maybe:
            return self.false
        if part.unknown:
            return self.true
        match part.op:
            case "not" | "ymd" | "isin" | "trunc":
                return self.is_null(part.args[0])
            case "add" | "sub" | "mul" | "div" | "cmp" if any(not a.maybe for a in part.args):
                return self.is_null(next(a for a in part.args if a.maybe))
            case "if" if part.args[1].unknown and not part.args[2].maybe:
                return self.sure(part.args[0])
            case "if" if part.args[2].unknown and not part.args[1].maybe:
                return self.negate(self.sure(part.args[0]))
            case _:
                return self._make("null", (part,), "bool", False)

    def known(self, part: Expr) -> Expr:
        """Is it known? Never null itself."""
        return self.negate(self.is_null(part))

    def sure(self, part: Expr) -> Expr:
        """Does it hold? False where that is unknown."""
        return self.choose(part, self.true, self.false) if part.maybe else part

    # a choice

    def choose(self, condition: Expr, then: Expr, other: Expr) -> Expr:
        """`then` where the condition holds, `other` where it does not or is unknown."""
        if condition.op == "lit":
            return then if condition.value is True else other
        if then is other:
            return then
        if condition.op == "if" and condition.args[1] is self.true and condition.args[2] is self.false:
            condition = condition.args[0]  # what is unknown does not hold either
        if not condition.maybe:
            if then is self.true and other is self.false:
                return condition
            if then is self.false and other is self.true:
                return self.negate(condition)
            if condition.op == "not":
                return self.choose(condition.args[0], other, then)
            if then.kind == "bool":
                if then is self.true and not other.maybe:
                    return self.either((condition, other))
                if other is self.false and not then.maybe:
                    return self.both((condition, then))
                if then is self.false and not other.maybe:
                    return self.both((self.negate(condition), other))
                if other is self.true and not then.maybe:
                    return self.either((self.negate(condition), then))
        if then.unknown and other.op == "if" and other.args[1].unknown:  # unknown for two reasons is unknown for one
            return self._half_known(self.either((condition, other.args[0])), then, other.args[2], other)
        if other.unknown and then.op == "if" and then.args[2].unknown and then.value != CLIPPED:
            return self._half_known(self.both((condition, then.args[0])), then.args[1], other, then)
        if other.unknown and then.op == "if" and then.args[1].unknown and not then.args[0].maybe:
            return self._half_known(self.both((condition, self.negate(then.args[0]))), then.args[2], other, then)
        ends = [e for e in (then, other) if not e.unknown]
        lo, hi = min(e.lo for e in ends), max(e.hi for e in ends)
        return self._make("if", (condition, then, other), then.kind, then.maybe or other.maybe, lo=lo, hi=hi)

    def _half_known(self, condition: Expr, then: Expr, other: Expr, whole: Expr) -> Expr:
        """A choice that is `whole` wherever it is known: within the bounds of that, which may be narrower than those of its parts."""
        return self._make("if", (condition, then, other), whole.kind, True, lo=whole.lo, hi=whole.hi)

    # whole numbers

    def clip(self, part: Expr, lo: int, hi: int) -> Expr:
        """The number, where it lies within bounds; elsewhere null, and the row is set apart (`checks`)."""
        if part.unknown or (part.lo >= lo and part.hi <= hi):
            return part
        within_lo, within_hi = max(lo, part.lo), min(hi, part.hi)
        ends = (
            self._make("cmp", (part, self.lit(end)), "bool", part.maybe, value=op)
            for op, end in ((">=", lo), ("<=", hi))
            if (part.lo < lo if op == ">=" else part.hi > hi)
        )  # not `compare`: what a number was worked out from may have left the limit too
        within = self.both(ends)
        self.checks.append(self.negate(within))
        return self._make("if", (within, part, self.null("int")), "int", True, value=CLIPPED, lo=within_lo, hi=within_hi)

    def add(self, a: Expr, b: Expr) -> Expr:
        """a + b."""
        if a.unknown or b.unknown:
            return self.null("int")
        if a.fixed and b.fixed:
            return self.lit(a.value + b.value)
        if a.fixed:
            a, b = b, a
        if b.fixed and b.value == 0:
            return a
        if b.fixed and a.op == "add" and a.args[1].fixed:
            return self.add(a.args[0], self.lit(a.args[1].value + b.value))
        a, b = self._narrowed(a, b)
        return self._make("add", (a, b), "int", a.maybe or b.maybe, lo=a.lo + b.lo, hi=a.hi + b.hi)

    def subtract(self, a: Expr, b: Expr) -> Expr:
        """a - b."""
        if a.unknown or b.unknown:
            return self.null("int")
        if b.fixed:
            return self.add(a, self.lit(-b.value))
        if a is b and not a.maybe:
            return self.lit(0)
        a, b = self._narrowed(a, b)
        return self._make("sub", (a, b), "int", a.maybe or b.maybe, lo=a.lo - b.hi, hi=a.hi - b.lo)

    def _narrowed(self, a: Expr, b: Expr) -> tuple[Expr, Expr]:
        """Two numbers that can be added without leaving the limit."""
        if max(abs(a.lo), abs(a.hi)) + max(abs(b.lo), abs(b.hi)) <= LIMIT:
            return a, b
        if a.fixed or b.fixed:
            k = abs((a if a.fixed else b).value)
            if k > LIMIT // 2:
                raise OverflowGapError("add")
            rest = LIMIT - k
            return (a, self.clip(b, -rest, rest)) if a.fixed else (self.clip(a, -rest, rest), b)
        half = LIMIT // 2
        return self.clip(a, -half, half), self.clip(b, -half, half)

    def multiply(self, a: Expr, b: Expr) -> Expr:
        """a * b."""
        if a.unknown or b.unknown:
            return self.null("int")
        if a.fixed and b.fixed:
            return self.lit(a.value * b.value)
        if a.fixed:
            a, b = b, a
        if b.fixed and b.value == 1:
            return a
        if b.fixed and b.value == 0 and not a.maybe:
            return self.lit(0)
        if b.fixed and a.op == "mul" and a.args[1].fixed and abs(a.args[1].value * b.value) <= LIMIT:
            return self.multiply(a.args[0], self.lit(a.args[1].value * b.value))
        most_a, most_b = max(abs(a.lo), abs(a.hi)), max(abs(b.lo), abs(b.hi))
        if most_a * most_b > LIMIT:
            room_a, room_b = LIMIT // most_b, LIMIT // most_a  # what one may be, whatever the other is
            if b.fixed or (room_a >= max(_ROOM, a.lo, -a.hi) and most_a >= most_b):
                a = self.clip(a, -room_a, room_a)
            elif room_b >= max(_ROOM, b.lo, -b.hi):
                b = self.clip(b, -room_b, room_b)
            elif room_a >= max(a.lo, -a.hi):
                a = self.clip(a, -room_a, room_a)
            else:
                a, b = self.clip(a, -_ROOT, _ROOT), self.clip(b, -_ROOT, _ROOT)
        ends = (a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi)
        return self._make("mul", (a, b), "int", a.maybe or b.maybe, lo=min(ends), hi=max(ends))

    def divide(self, a: Expr, b: Expr) -> Expr:
        """a / b, down to a whole number; b > 0. Engines differ below nought, so what is divided is brought above it first."""
        if a.unknown or b.unknown:
            return self.null("int")
        if b.lo < 1:
            b = self.clip(b, 1, LIMIT)  # the checker has proved it; the bounds of its parts may not show it
        if a.fixed and b.fixed:
            return self.lit(a.value // b.value)
        if b.fixed and b.value == 1:
            return a
        if a.lo >= 0:
            if b.fixed and a.op == "div" and a.args[1].fixed:
                return self.divide(a.args[0], self.lit(a.args[1].value * b.value))
            return self._make("div", (a, b), "int", a.maybe or b.maybe, lo=a.lo // b.hi, hi=a.hi // b.lo)
        if b.fixed:
            whole = -(a.lo // b.value)
            if a.hi + whole * b.value <= LIMIT:
                return self.add(self.divide(self.add(a, self.lit(whole * b.value)), b), self.lit(-whole))
        above = self.divide(self.raised(a), b)
        below = self.divide(self.raised(self.add(self.subtract(b, self.lit(1)), self.minus(a))), b)
        return self.choose(self.compare(">=", a, self.lit(0)), above, self.minus(below))

    def raised(self, a: Expr) -> Expr:
        """A number that matters only where it is not below nought, as such a number."""
        if a.lo >= 0:
            return a
        if a.fixed:
            return self.lit(max(a.value, 0))
        return (
            self._make("max", (a, self.lit(0)), "int", a.maybe, lo=0, hi=max(a.hi, 0))
            if not a.maybe
            else self._make("if", (self.compare("<", a, self.lit(0)), self.lit(0), a), "int", True, lo=0, hi=max(a.hi, 0))
        )

    def minus(self, a: Expr) -> Expr:
        """-a."""
        return self.multiply(a, self.lit(-1))

    def truncated(self, a: Expr, by: int) -> Expr:
        """a / by, towards nought (whole years between two days, whichever comes first); by > 0."""
        if a.unknown:
            return self.null("int")
        if a.fixed:
            return self.lit(a.value // by if a.value >= 0 else -(-a.value // by))
        lo = a.lo // by if a.lo >= 0 else -(-a.lo // by)
        hi = a.hi // by if a.hi >= 0 else -(-a.hi // by)
        return self._make("trunc", (a,), "int", a.maybe, value=by, lo=lo, hi=hi)

    def rest(self, a: Expr, by: int) -> Expr:
        """What is left of a number that is not below nought after dividing."""
        if a.fixed:
            return self.lit(a.value % by)
        left = self.subtract(a, self.multiply(self.divide(a, self.lit(by)), self.lit(by)))
        return self._within(left, 0, by - 1)

    def _within(self, a: Expr, lo: int, hi: int) -> Expr:
        """The same number, of which we know more."""
        if a.fixed or a.unknown:
            return a
        a.lo, a.hi = max(a.lo, lo), min(a.hi, hi)
        return a

    def largest(self, parts: Sequence[Expr], *, smallest: bool = False) -> Expr:
        """The largest (or smallest) number; null where one of them is."""
        if any(p.unknown for p in parts):
            return self.null("int")
        fixed = [p.value for p in parts if p.fixed]
        pick = min if smallest else max
        kept = list({p.at: p for p in parts if not p.fixed}.values())
        if fixed:
            kept.append(self.lit(pick(fixed)))
        if len(kept) == 1:
            return kept[0]
        lo, hi = pick(p.lo for p in kept), pick(p.hi for p in kept)
        if len(kept) == 2 and kept[1].fixed:  # what is unknown takes the other branch, and stays so
            beyond = self.compare(">" if smallest else "<", kept[0], kept[1])
            if beyond.op != "lit":
                return self._make("if", (beyond, kept[1], kept[0]), "int", kept[0].maybe, lo=lo, hi=hi)
        maybe = [self.is_null(p) for p in kept if p.maybe]
        found = self._make("min" if smallest else "max", tuple(kept), "int", all(p.maybe for p in kept), lo=lo, hi=hi)
        if not maybe:
            return found
        return self._make("if", (self.either(maybe), self.null("int"), found), "int", True, lo=lo, hi=hi)

    def bits(self, flags: Sequence[Expr]) -> Expr:
        """1 for the first that holds, 2 for the second, 4 for the third, together; what is unknown does not hold."""
        held = [(flag, 1 << at) for at, flag in enumerate(flags) if flag is not self.false]
        if not held:
            return self.lit(0)
        worth = tuple([value for _, value in held])
        return self._make("bits", tuple([flag for flag, _ in held]), "int", False, value=worth, lo=0, hi=sum(worth))

    def as_number(self, part: Expr, *, true: int = 1, null: int = 0, false: int = 0) -> Expr:
        """A number for ja, one for unknown, one for nee."""
        out = self.choose(part, self.lit(true), self.lit(false))
        return self.choose(self.is_null(part), self.lit(null), out) if part.maybe and null != false else out

    # comparing

    def compare(self, op: Op, a: Expr, b: Expr) -> Expr:
        """= != < <= > >= of two known values."""
        if a.unknown or b.unknown:
            return self.null("bool")
        if a.fixed and b.fixed:
            return self.lit(_compared(op, a.value, b.value))
        if a.fixed:
            a, b, op = b, a, TURNED[op]
        if a.kind == "int":
            decided = _by_bounds(op, a, b)
            if decided is not None and not (a.maybe or b.maybe):
                return self.lit(decided)
            if b.fixed and decided is None:
                try:
                    simpler = self._simpler(op, a, b.value)
                except OverflowGapError:  # the other fixed number would be too large: compared as it stands
                    simpler = None
                if simpler is not None:
                    return simpler
            if a.op == "ymd" and b.op == "ymd":
                a, b = a.args[0], b.args[0]
        elif a.kind == "bool" and b.fixed and op in ("=", "!="):
            return a if b.value is (op == "=") else self.negate(a)
        if a is b and not a.maybe:
            return self.lit(op in ("=", "<=", ">="))
        return self._make("cmp", (a, b), "bool", a.maybe or b.maybe, value=op)

    def _simpler(self, op: Op, a: Expr, limit: int) -> Expr | None:
        """A number that was worked out against a fixed one, as what it was worked out from against another fixed one."""
        rising = self.rising.get(a.at)
        if rising is not None:
            return self._from(op, rising.of, limit, rising.first)
        match a.op:
            case "add" if a.args[1].fixed:
                return self.compare(op, a.args[0], self.lit(limit - a.args[1].value))
            case "sub" if a.args[0].fixed:
                return self.compare(TURNED[op], a.args[1], self.lit(a.args[0].value - limit))
            case "mul" if a.args[1].fixed and a.args[1].value != 0:
                return self._through_factor(op, a.args[0], a.args[1].value, limit)
            case "div" if a.args[1].fixed:
                by = a.args[1].value
                return self._from(op, a.args[0], limit, lambda n: n * by)
            case "trunc":
                by = a.value
                return self._from(op, a.args[0], limit, lambda n: n * by if n >= 1 else (n - 1) * by + 1)
            case "ymd":
                return self._against_day(op, a.args[0], limit)
            case _:
                return None

    def _through_factor(self, op: Op, a: Expr, factor: int, limit: int) -> Expr | None:
        if factor < 0:
            return self._through_factor(TURNED[op], a, -factor, -limit)
        if op in ("=", "!="):
            return self.compare(op, a, self.lit(limit // factor)) if limit % factor == 0 else None
        rounded = -(-limit // factor) if op in (">=", "<") else limit // factor
        return self.compare(op, a, self.lit(rounded))

    def _from(self, op: Op, a: Expr, limit: int, first: Any) -> Expr | None:
        """`first(n)`: the smallest value of `a` for which the worked-out number is at least n."""
        match op:
            case ">=":
                return self.compare(">=", a, self.lit(first(limit)))
            case ">":
                return self.compare(">=", a, self.lit(first(limit + 1)))
            case "<":
                return self.compare("<", a, self.lit(first(limit)))
            case "<=":
                return self.compare("<", a, self.lit(first(limit + 1)))
            case "=":
                ends = (self._from(">=", a, limit, first), self._from("<=", a, limit, first))
                return self.both(e for e in ends if e is not None)
            case _:
                return None

    def _against_day(self, op: Op, day: Expr, limit: int) -> Expr | None:
        """A day as a number against a fixed number: the day itself against a fixed day, which every engine compares at once."""
        if op in ("=", "!="):
            found = _day_at_most(limit)
            if found is None or found.year * 10000 + found.month * 100 + found.day != limit:
                return None
            return self._make("cmp", (day, self.lit(found)), "bool", day.maybe, value=op)
        last = _day_at_most(limit if op in ("<=", ">") else limit - 1)  # < n is <= n - 1; >= n is > n - 1
        if last is None:
            return None
        sign: Op = "<=" if op in ("<=", "<") else ">"
        return self._make("cmp", (day, self.lit(last)), "bool", day.maybe, value=sign)

    def one_of(self, a: Expr, options: Sequence[int | str]) -> Expr:
        """Is the value one of these?"""
        if a.unknown:
            return self.null("bool")
        if a.fixed:
            return self.lit(a.value in options)
        if len(options) == 1:
            return self.compare("=", a, self.lit(options[0]))
        return self._make("isin", (a,), "bool", a.maybe, value=tuple(options))

    # names

    def joined(self, named: Iterable[tuple[str, Expr]]) -> Expr:
        """The names of what holds, with commas between them; never null. A condition is never null either."""
        held = [(name, flag) for name, flag in named if flag is not self.false]
        if not held:
            return self.lit("")
        return self._make("join", tuple([flag for _, flag in held]), "text", False, value=tuple([name for name, _ in held]))

    # days

    def ymd(self, day: Expr) -> Expr:
        """A day as the number yyyymmdd."""
        if day.unknown:
            return self.null("int")
        return self._make("ymd", (day,), "int", day.maybe, lo=1_01_01, hi=9999_12_31)


def _compared(op: Op, a: Any, b: Any) -> bool:
    match op:
        case "=":
            return bool(a == b)
        case "!=":
            return bool(a != b)
        case "<":
            return bool(a < b)
        case "<=":
            return bool(a <= b)
        case ">":
            return bool(a > b)
        case ">=":
            return bool(a >= b)


def _by_bounds(op: Op, a: Expr, b: Expr) -> bool | None:
    """What a comparison comes to for every value within the bounds, if that is one thing."""
    match op:
        case "<":
            return True if a.hi < b.lo else False if a.lo >= b.hi else None
        case "<=":
            return True if a.hi <= b.lo else False if a.lo > b.hi else None
        case ">" | ">=":
            return _by_bounds(TURNED[op], b, a)
        case "=":
            return False if a.hi < b.lo or b.hi < a.lo else None
        case "!=":
            return True if a.hi < b.lo or b.hi < a.lo else None


def _day_at_most(number: int) -> date | None:
    """The last day whose number yyyymmdd is at most this; None before the calendar begins."""
    year, month, day = number // 10000, number // 100 % 100, number % 100
    if year < 1:
        return None
    if year > 9999:
        return date.max
    if month > 12:
        return date(year, 12, 31)
    if month < 1:
        return date(year, 1, 1) - timedelta(days=1) if year > 1 else None
    if day < 1:
        first = date(year, month, 1)
        return first - timedelta(days=1) if first > date.min else None
    while True:
        try:
            return date(year, month, min(day, 31))
        except ValueError:
            day = min(day, 31) - 1
