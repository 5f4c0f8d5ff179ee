"""Whole tables at once: a program as columns, on whatever frames its user has (narwhals), with the same verdicts as one case.

`compile_columns` makes a plan that knows no engine; `decide_columns` runs it on tables (`responsief.tables` says how they look): a
row per client, with null for what is unknown. Rows that columns can't decide exactly say so in `buiten`.
"""

from __future__ import annotations

from responsief.backends.to_columns.beside import EXTRAS, WHY_NOT, Catalogue, Extra
from responsief.backends.to_columns.columns import Columns, compile_columns, decide_columns
from responsief.backends.to_columns.gaps import BESIDE, BOUNDS, GAPS, IN_WORDS, OUTSIDE, GapCode, GapError

__all__ = [
    "BESIDE", "BOUNDS", "EXTRAS", "GAPS", "IN_WORDS", "OUTSIDE", "WHY_NOT", "Catalogue", "Columns", "Extra", "GapCode", "GapError",
    "compile_columns", "decide_columns",
]  # fmt: skip
