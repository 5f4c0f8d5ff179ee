"""Tools to test rules with: coverage, proposals for cases, a pytest plugin, and situations for Hypothesis.

Names load when they are first used: pytest imports this package at every start, for people without any rules too.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from responsief.testing.coverage import Coverage as Coverage
    from responsief.testing.coverage import coverage_of as coverage_of
    from responsief.testing.strategies import situations as situations

_HOMES = {"Coverage": "coverage", "coverage_of": "coverage", "situations": "strategies"}

__all__ = sorted(_HOMES)  # noqa: PLE0605  # the table is the one list of public names


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"responsief.testing.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'responsief.testing' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__doc__", "__name__"]
