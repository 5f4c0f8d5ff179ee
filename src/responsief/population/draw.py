"""Chance in whole numbers: the same draws for the same seed, on every machine and in every version of Python.

`random.Random` promises that only for some of its methods; a few lines of integers promise it for all (splitmix64, Steele et al. 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_WORD = (1 << 64) - 1


class Draw:
    """A stream of draws. Whatever has its own `parts` (a seed, the number of a household) has its own stream."""

    def __init__(self, *parts: int) -> None:
        self._state = 0
        for part in parts:
            self._state = (self.word() ^ (part & _WORD)) & _WORD

    def word(self) -> int:
        """64 bits."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        return mixed ^ (mixed >> 31)

    def below(self, end: int) -> int:
        """A whole number from 0 up to (not including) `end`."""
        return (self.word() * end) >> 64

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` up to and including `high`."""
        return low + self.below(high - low + 1)

    def chance(self, share: int, of: int = 1000) -> bool:
        """True in `share` of `of` draws."""
        return self.below(of) < share

    def weighted(self, options: Sequence[tuple[T, int]]) -> T:
        """One of the options, each as often as its weight says."""
        at = self.below(sum(weight for _, weight in options))
        for option, weight in options:
            at -= weight
            if at < 0:
                return option
        raise AssertionError("no weights")

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.below(len(options))]

    @staticmethod
    def quantile(points: Sequence[int], rank: int) -> int:
        """The value at a rank (0 up to 10,000) of a distribution whose values at equal distances are `points`."""
        steps = len(points) - 1
        at, rest = divmod(rank * steps, 10_000)
        return points[at] + (points[at + 1] - points[at]) * rest // 10_000
