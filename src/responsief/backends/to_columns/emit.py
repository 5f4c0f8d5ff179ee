"""From expressions to columns of a frame, through narwhals: level by level, so that what is read twice is worked out once.

An expression that is read more than once, or that stands too deep, gets a column of its own; the others are written out where they
are read. After each level only the columns that are still read stay, so that memory holds a few dozen columns, not hundreds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, Final

from responsief.backends.to_columns.algebra import CLIPPED, Expr
from responsief.backends.to_columns.engines import Frames
from responsief.tables.layout import KEY

DEEP: Final = 24  # expressions nested further get a column: planners of engines go down them one call at a time
FEW: Final = 6  # so many words are compared one by one faster than looked up
_CHEAP: Final = frozenset({"lit", "col"})

_DTYPES: Final = {"int": "Int64", "bool": "Boolean", "text": "String", "date": "Date"}


class Levels:
    """In which order a frame gets the columns of `targets`, when it holds those of `there` (by number of expression: its name)."""

    def __init__(self, targets: Iterable[Expr], there: Mapping[int, str], small: int) -> None:
        self.small = small
        self.there = dict(there)
        self.targets = list(targets)
        self.order = self._needed()
        self.uses = self._counted()
        self.depths: dict[int, int] = {}
        self.sizes: dict[int, int] = {}
        self.level: dict[int, int] = {}
        self.columns: list[list[Expr]] = []
        for one in self.order:
            self._place(one)

    def _needed(self) -> list[Expr]:
        found: dict[int, Expr] = {}
        stack = list(self.targets)
        while stack:
            one = stack.pop()
            if one.at in found:
                continue
            found[one.at] = one
            if one.at not in self.there:
                stack.extend(one.args)
        return [found[at] for at in sorted(found)]

    def _counted(self) -> dict[int, int]:
        uses: dict[int, int] = {}
        for one in self.order:
            if one.at not in self.there:
                for part in one.args:
                    uses[part.at] = uses.get(part.at, 0) + (2 if one.op in TWICE and part.op not in _CHEAP else 1)
        for one in self.targets:
            uses[one.at] = uses.get(one.at, 0) + 1
        return uses

    def _place(self, one: Expr) -> None:
        """Give it a level, and a column when it needs one."""
        if one.at in self.there or one.op in _CHEAP:
            self.level[one.at] = self.depths[one.at] = 0
            self.sizes[one.at] = 1
            return
        level = max((self.level[p.at] for p in one.args), default=0)
        depth = 1 + max((self.depths[p.at] for p in one.args), default=0)
        size = 1 + sum(self.sizes[p.at] for p in one.args)
        if depth > DEEP or (self.uses[one.at] > 1 and size > self.small):
            while len(self.columns) <= level:
                self.columns.append([])
            self.columns[level].append(one)
            self.level[one.at], self.depths[one.at], self.sizes[one.at] = level + 1, 0, 1
        else:
            self.level[one.at], self.depths[one.at], self.sizes[one.at] = level, depth, size


TWICE: Final = frozenset({"trunc", "ymd"})  # what is written out with its part more than once


class Writer:
    """Writes expressions as those of `nw`: narwhals, or polars, which has the same words. `names`: of what has a column, its name."""

    def __init__(self, nw: Any, names: dict[int, str], wraps: bool) -> None:
        self.nw = nw
        self.names = names
        self.wraps = wraps
        self.dtypes = {kind: getattr(nw, name) for kind, name in _DTYPES.items()}

    def write(self, one: Expr) -> Any:
        """The expression of the engine."""
        nw, name = self.nw, self.names.get(one.at)
        if name is not None:
            return nw.col(name)
        if one.op == "if":
            return self._choice(one)
        parts = [self.write(p) for p in one.args]
        match one.op:
            case "lit":
                return nw.lit(one.value, dtype=self.dtypes[one.kind])
            case "and":
                return reduce(lambda a, b: a & b, parts)
            case "or":
                return reduce(lambda a, b: a | b, parts)
            case "not":
                return ~parts[0]
            case "null":
                return parts[0].is_null()
            case "bits":
                return self._bits(one, parts)
            case "add":
                return parts[0] + parts[1]
            case "sub":
                return parts[0] - parts[1]
            case "mul":
                return parts[0] * parts[1]
            case "div":
                return parts[0] // parts[1]
            case "trunc":
                above, below = parts[0], nw.lit(0, dtype=nw.Int64) - parts[0]
                nought = nw.lit(0, dtype=nw.Int64)
                if one.args[0].lo >= 0:
                    return above // one.value
                return nw.when(parts[0] >= 0).then(above // one.value).otherwise(nought - below // one.value)
            case "max":
                return nw.max_horizontal(*parts)
            case "min":
                return nw.min_horizontal(*parts)
            case "cmp":
                return _compared(one.value, parts[0], parts[1])
            case "isin":
                if len(one.value) <= FEW and (one.args[0].op == "col" or one.args[0].at in self.names):
                    return reduce(lambda a, b: a | b, (parts[0] == value for value in one.value))
                return parts[0].is_in(one.value)
            case "join":
                nothing = nw.lit(None, dtype=nw.String)
                named = [
                    nw.when(part).then(nw.lit(name, dtype=nw.String)).otherwise(nothing)
                    for part, name in zip(parts, one.value, strict=True)
                ]
                return nw.concat_str(*named, separator=",", ignore_nulls=True)
            case "ymd":
                day = parts[0].dt
                return day.year().cast(nw.Int64) * 10000 + day.month().cast(nw.Int64) * 100 + day.day().cast(nw.Int64)
            case _:
                raise AssertionError(one.op)

    def _bits(self, one: Expr, flags: list[Any]) -> Any:
        """Numbers of sixteen bits, where those hold them all, take a quarter of the work."""
        nw = self.nw
        whole = nw.Int16 if self.wraps and one.hi < 2**15 else nw.Int64
        nought = nw.lit(0, dtype=whole)
        worth = (
            nw.when(flag).then(nw.lit(value, dtype=whole)).otherwise(nought)
            for flag, value in zip(flags, one.value, strict=True)
        )
        found = reduce(lambda a, b: a + b, worth)
        return found if whole is nw.Int64 else found.cast(nw.Int64)

    def _choice(self, one: Expr) -> Any:
        """A choice, and those in its other branch, as one chain."""
        condition, then, other = one.args
        if self.wraps and one.value == CLIPPED:
            return self.write(then)  # whoever is beyond the bounds is set apart, whatever is reckoned of her
        if condition.op == "null" and condition.args[0] is other and then.fixed:
            return self.write(other).fill_null(then.value)
        chain = self.nw.when(self.write(condition)).then(self.write(then))
        while other.op == "if" and other.at not in self.names and other.value != CLIPPED:
            condition, then, other = other.args
            chain = chain.when(self.write(condition)).then(self.write(then))
        return chain.otherwise(self.write(other))


def _compared(op: str, a: Any, b: Any) -> Any:
    match op:
        case "=":
            return a == b
        case "!=":
            return a != b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case _:
            return a >= b


def extend(frames: Frames, frame: Any, targets: Mapping[str, Expr], there: dict[int, str]) -> Any:
    """A frame with its key and the columns of `targets`, under their names; nothing else.

    `there`: which expressions the frame holds already, by number, under which name.
    """
    levels = Levels(targets.values(), there, frames.small)
    names = dict(there)
    writer = Writer(frames.words, names, frames.wraps)
    last_read = _last_reads(levels, targets.values())
    for at, columns in enumerate(levels.columns):
        fresh = {f"k{one.at}": one for one in columns}
        made = [writer.write(one).alias(name) for name, one in fresh.items()]
        held = [name for number, name in names.items() if last_read.get(number, -1) > at]
        frame = frame.select(KEY, *held, *made)
        names |= {one.at: name for name, one in fresh.items()}
    return frame.select(KEY, *(writer.write(one).alias(name) for name, one in targets.items()))


def _last_reads(levels: Levels, targets: Iterable[Expr]) -> dict[int, int]:
    """Of every column the last level that reads it; what the targets read is read after all of them."""
    own = {one.at for column in levels.columns for one in column}
    found: dict[int, int] = {}

    def mark(one: Expr, at: int) -> None:
        stack, seen = list(one.args), set()
        while stack:
            part = stack.pop()
            if part.at in seen:
                continue
            seen.add(part.at)
            if part.at in own or part.at in levels.there or part.op == "col":
                found[part.at] = max(found.get(part.at, -1), at)
            else:
                stack.extend(part.args)

    for at, column in enumerate(levels.columns):
        for one in column:
            mark(one, at)
    end = len(levels.columns)
    for one in targets:
        if one.at in own or one.at in levels.there:
            found[one.at] = end
        else:
            mark(one, end)
    return found
