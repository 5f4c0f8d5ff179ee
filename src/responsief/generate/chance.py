"""Chance in columns: a draw depends on the seed, the number of the household and the name of the draw, and on nothing else.

So a larger population begins with the smaller, it does not matter how many are drawn at once, and a draw that is added changes no
other. Whole numbers of 64 bits only (splitmix64, as `population.draw`): the same on every machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from typing import Final, Self

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
_Words = npt.NDArray[np.uint64]

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_HALF: Final = np.uint64(32)
_LOW: Final = np.uint64(0xFFFF_FFFF)


class Chance:
    """The draws of some households, or of entries in their lists: one value for each."""

    def __init__(self, base: _Words) -> None:
        self._base = base
        self._rough: _Words | None = None

    @classmethod
    def of(cls, seed: int, first: int, count: int) -> Self:
        """The households from number `first` on."""
        begin = _mixed(np.array([seed & (1 << 64) - 1], dtype=np.uint64) + _STEP)
        numbers = np.arange(first, first + count, dtype=np.uint64)
        return cls(_mixed((numbers + np.uint64(1)) * _STEP ^ begin))

    def __len__(self) -> int:
        return len(self._base)

    def entries(self, who: Numbers, number: Numbers) -> Chance:
        """The entries of lists: of the household at each position `who`, the entry with this number."""
        return Chance(_mixed(self._base[who] + (number.astype(np.uint64) + np.uint64(1)) * _STEP))

    def take(self, at: Numbers) -> Chance:
        """Those at these positions."""
        return Chance(self._base[at])

    @staticmethod
    def joined(*parts: Chance) -> Chance:
        """All of these, one after the other."""
        return Chance(np.concatenate([part._base for part in parts]))

    def words(self, name: str) -> _Words:
        """64 bits each."""
        return _mixed(self._base + _salt(name))

    def below(self, name: str, end: int | Numbers) -> Numbers:
        """A whole number from 0 up to (not including) `end`, which is at most 2**31."""
        words = self.words(name)
        top = np.asarray(end, dtype=np.uint64)
        found = words & _LOW
        found *= top
        found >>= _HALF
        words >>= _HALF
        words *= top
        words += found
        words >>= _HALF
        return words.view(np.int64)

    def between(self, name: str, low: int | Numbers, high: int | Numbers) -> Numbers:
        """A whole number from `low` up to and including `high`."""
        found: Numbers = low + self.below(name, np.asarray(high, dtype=np.int64) - low + 1)
        return found

    def chance(self, name: str, share: int | Numbers, of: int = 1000) -> Truths:
        """True in `share` of `of` draws."""
        found: Truths = self.below(name, of) < share
        return found

    def seldom(self, name: str, share: int, of: int = 100) -> Truths:
        """As `chance`, at a quarter of its price: for the many draws of which only the share matters (multiply-shift hashing of one
        mixed word; two draws hang together no more than by chance)."""
        if self._rough is None:
            self._rough = self.words("ruw")
        if share >= of:
            return np.ones(len(self), dtype=np.bool_)
        found: Truths = self._rough * (_salt(name) | np.uint64(1)) < np.uint64((share << 64) // of)
        return found

    def weighted(self, name: str, weights: Sequence[int]) -> Numbers:
        """A position among the weights, each as often as its weight says."""
        upto = np.cumsum(np.asarray(weights, dtype=np.int64))
        found: Numbers = np.searchsorted(upto, self.below(name, int(upto[-1])), side="right").astype(np.int64)
        return found


def quantile(points: Sequence[int], rank: Numbers) -> Numbers:
    """The value at a rank (0 up to 10,000) of a distribution whose values at equal distances are `points`."""
    values = np.asarray(points, dtype=np.int64)
    at, rest = np.divmod(rank * (len(points) - 1), 10_000)
    found: Numbers = values[at] + (values[at + 1] - values[at]) * rest // 10_000
    return found


@cache
def _salt(name: str) -> np.uint64:
    return np.uint64(int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little"))


def _mixed(words: _Words) -> _Words:
    """The words mixed, in place."""
    words ^= words >> np.uint64(30)
    words *= np.uint64(0xBF58476D1CE4E5B9)
    words ^= words >> np.uint64(27)
    words *= np.uint64(0x94D049BB133111EB)
    words ^= words >> np.uint64(31)
    return words
