"""Which counts of people may be told: none of 1 up to `k`, also not by subtracting one from another. Nobody (0) may be told."""

from __future__ import annotations

from responsief.frozen import dataclass


@dataclass(frozen=True, slots=True)
class AtLeast:
    """So many or more."""

    aantal: int


@dataclass(frozen=True, slots=True)
class AtMost:
    """So many or fewer, and somebody."""

    aantal: int


Count = int | AtLeast | AtMost


def safe(number: int, k: int) -> bool:
    """Is a count 0 or at least `k`?"""
    return number == 0 or number >= k


def part(number: int, whole: int, k: int, hidden: int = 0) -> Count:
    """How many of a group, when the group itself is told. Where it is not told exactly, `hidden` says of how many (fewer than `k`)
    nothing may be known: they are left out of every count."""
    if number < k:
        return AtMost(k - 1) if number else 0
    if hidden:
        return AtLeast(max(k, number - hidden))
    return number if safe(whole - number, k) else AtLeast(max(k, whole - k + 1))
