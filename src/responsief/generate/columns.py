"""Drawn values into the columns of a table, some of them unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from responsief.generate.chance import Chance, Numbers, Truths

if TYPE_CHECKING:
    from collections.abc import Callable

    Made = Callable[[pl.Expr], pl.Expr]

EPOCH: Final = date(1970, 1, 1)


class Columns:
    """The columns of one table for some rows. `unknown`: of every hundred values of a fact, how many are unknown.

    In every method `known` says of which rows the fact is told at all; no `known` is all of them.
    """

    def __init__(self, chance: Chance, table: str, unknown: int) -> None:
        self.chance = chance
        self.table = table
        self.unknown = unknown
        self._raw: dict[str, Any] = {}
        self._made: list[pl.Expr] = []

    def key(self, name: str, values: Numbers) -> None:
        """A key: never unknown."""
        self._raw[name] = values
        self._made.append(pl.col(name).cast(pl.Int64 if name == "sleutel" else pl.Int32))

    def kept(self, name: str, known: Truths | None = None) -> Truths | None:
        """Of which rows this fact is known, also after some were made unknown; None: all."""
        if not self.unknown:
            return known
        kept = ~self.chance.seldom(f"onbekend {self.table} {name}", self.unknown)
        return kept if known is None else kept & known

    def number(self, name: str, values: Numbers | int, known: Truths | None = None) -> None:
        """Cents, or another whole number."""
        self._add(name, values, lambda raw: raw.cast(pl.Int64), self.kept(name, known))

    def truth(self, name: str, values: Truths | bool, known: Truths | None = None, *, sure: bool = False) -> None:
        """Ja of nee. `sure`: it is known exactly where `known` says."""
        self._add(name, values, lambda raw: raw.cast(pl.Boolean), known if sure else self.kept(name, known))

    def word(self, name: str, options: Sequence[str], at: Numbers | int, known: Truths | None = None) -> None:
        """The option at each position; all of them differ."""
        self.sure(name, options, at, self.kept(name, known))

    def sure(self, name: str, options: Sequence[str], at: Numbers | int, known: Truths | None = None) -> None:
        """The same, known exactly where `known` says."""
        if isinstance(at, int):
            self._add(name, options[at], lambda raw: raw.cast(pl.String), known)
        else:
            words = pl.lit(pl.Series(options, dtype=pl.String))
            self._add(name, at.astype(np.uint32), words.gather, known)

    def day(self, name: str, days: Numbers, known: Truths | None = None) -> None:
        """A date, as days since 1970."""
        self._add(name, days.astype(np.int32), lambda raw: raw.cast(pl.Date), self.kept(name, known))

    def day_or_none(self, name: str, days: Numbers | None, there: Truths | bool, known: Truths | None = None) -> None:
        """A date where `there`, and elsewhere the knowledge that there is none; no `days`: nobody has one."""
        kept = self.kept(name, known)
        if days is None:
            self._made.append(pl.lit(None, dtype=pl.Date).alias(name))
            self._add(f"{name}.geen", True, lambda raw: raw.cast(pl.Boolean), kept)
            return
        there = np.broadcast_to(there, len(self.chance))
        self._add(name, days.astype(np.int32), lambda raw: raw.cast(pl.Date), there if kept is None else there & kept)
        self._add(f"{name}.geen", ~there, lambda raw: raw.cast(pl.Boolean), kept)

    def _add(self, name: str, values: Any, made: Made, told: Truths | None) -> None:
        if isinstance(values, np.ndarray):
            self._raw[name] = values
        value = made(pl.col(name) if isinstance(values, np.ndarray) else pl.lit(values))
        if told is not None:
            self._raw[f"?{name}"] = told
            value = pl.when(pl.col(f"?{name}")).then(value)
        self._made.append(value.alias(name))

    def frame(self) -> pl.DataFrame:
        """The table."""
        rows = pl.DataFrame({name: pl.Series(name, values) for name, values in self._raw.items()})
        return rows.select(self._made)


def numbered(who: Numbers) -> Numbers:
    """Of entries in the order of their households: which entry of its household each is, from 0."""
    if not len(who):
        return who
    begins = np.flatnonzero(np.concatenate(([True], who[1:] != who[:-1])))
    sizes = np.diff(np.concatenate((begins, [len(who)])))
    found: Numbers = np.arange(len(who)) - np.repeat(begins, sizes)
    return found
