"""How benchmarks are taken: sides alternate within one run, medians are compared, ratios are reported."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

WARM = 30


@dataclass(frozen=True)
class Row:
    """One benchmark: the median per call in microseconds of each side, and how many times faster the first must be."""

    work: str
    medians: Mapping[str, float]
    targets: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


def alternate(sides: Mapping[str, Callable[[int], object]], count: int, rounds: int = 15) -> dict[str, float]:
    """The median time of one call per side, in microseconds: each round runs every side over the same `count` inputs.

    Before the first round every side runs so often that what is compiled on frequent use has been.
    """
    for side in sides.values():
        for n in range(max(count, WARM)):
            for _ in range(1 + WARM // count):
                side(n % count)
    times: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            start = time.perf_counter()
            for n in range(count):
                side(n)
            times[name].append((time.perf_counter() - start) / count * 1e6)
    return {name: statistics.median(values) for name, values in times.items()}
