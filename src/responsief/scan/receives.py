"""Does somebody have a right already? True, false, or null: unknown is not a no, so of whom it is unknown nothing is said to be left unused.

It is known from three places, the first that says something counts:

1. a column `ontvangt.<regelset>` (a mapping makes one of a column of somebody's own file);
2. of bijstand: the kinds of income, of whom the incomes are known;
3. `eerder.voorzieningen`: a grant of this ruleset that goes on (a right per month) or of the last twelve months (a right per year or in
   one go); of whom that list is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from responsief.scan.targets import RECEIVES
from responsief.tables.layout import KEY, PERSONS
from responsief.values import Period, add_period

if TYPE_CHECKING:
    import polars as pl

    Tables = Mapping[str, pl.DataFrame]

#: which kind of income a ruleset gives, where a kind of income is given by one ruleset only
INCOME: Final = {"participatiewet": "bijstand"}
_INCOMES: Final = "inkomsten"
_BEFORE: Final = "eerder.voorzieningen"


def receives(tables: Tables, ruleset: str, per: str, on: date) -> pl.DataFrame:
    """`sleutel` and `ontvangt` of every person of a part. `per` is what the amount of the ruleset is per (maand, jaar, keer)."""
    import polars as pl

    persons = tables[PERSONS]
    sources = [_column(persons, ruleset), _income(tables, ruleset, on), _grants(tables, ruleset, per, on)]
    told = [one for one in sources if one is not None]
    found = pl.coalesce(told) if told else pl.lit(None, dtype=pl.Boolean)
    return persons.select(KEY, found.alias("ontvangt"))


def can_tell(tables: Tables, ruleset: str) -> bool:
    """Is there anything in these tables from which it could be known?"""
    names = tables[PERSONS].columns
    return f"{RECEIVES}.{ruleset}" in names or (ruleset in INCOME and _INCOMES in names) or _BEFORE in names


def _column(persons: pl.DataFrame, ruleset: str) -> pl.Expr | None:
    import polars as pl

    name = f"{RECEIVES}.{ruleset}"
    return pl.col(name) if name in persons.columns else None


def _income(tables: Tables, ruleset: str, on: date) -> pl.Expr | None:
    """A bijstand that goes on is received; who has all incomes known, each with its kind, and none of them bijstand does not."""
    import polars as pl

    if ruleset not in INCOME or _INCOMES not in tables[PERSONS].columns or _INCOMES not in tables:
        return None
    rows = _filled(tables[_INCOMES], {"soort": pl.String, "van": pl.Date, "tot": pl.Date, "tot.tot": pl.Date})
    now = ~(pl.col("van") > on).fill_null(False) & ~(pl.coalesce("tot.tot", "tot") < on).fill_null(False)
    current = rows.filter(now)
    yes = current.filter(pl.col("soort") == INCOME[ruleset])[KEY].unique().implode()
    open_kind = current.filter(pl.col("soort").is_null())[KEY].unique().implode()
    return _three(yes, open_kind, _INCOMES)


def _grants(tables: Tables, ruleset: str, per: str, on: date) -> pl.Expr | None:
    import polars as pl

    if _BEFORE not in tables[PERSONS].columns or _BEFORE not in tables:
        return None
    wanted = {"regelset": pl.String, "toegekend_op": pl.Date, "gestopt_op": pl.Date}
    rows = _filled(tables[_BEFORE], wanted).filter(pl.col("regelset").is_null() | (pl.col("regelset") == ruleset))
    mine = rows.filter(pl.col("regelset") == ruleset)
    since = pl.col("toegekend_op")
    if per == "maand":
        holds = (since <= on).fill_null(True) & ~(pl.col("gestopt_op") < on).fill_null(False)
    else:
        holds = (since <= on) & (since > add_period(on, Period(months=12), -1))
    yes = mine.filter(holds.fill_null(False))[KEY].unique().implode()
    unsure = rows.filter(pl.col("regelset").is_null() | holds.is_null())[KEY].unique().implode()
    return _three(yes, unsure, _BEFORE)


def _three(yes: pl.Series, unsure: pl.Series, known: str) -> pl.Expr:
    import polars as pl

    return (
        pl.when(pl.col(known).fill_null(False).not_())
        .then(pl.lit(None, dtype=pl.Boolean))
        .when(pl.col(KEY).is_in(yes))
        .then(pl.lit(True))
        .when(pl.col(KEY).is_in(unsure))
        .then(pl.lit(None, dtype=pl.Boolean))
        .otherwise(pl.lit(False))
    )


def _filled(rows: pl.DataFrame, wanted: Mapping[str, type[pl.DataType]]) -> pl.DataFrame:
    import polars as pl

    return rows.select(KEY, *(pl.col(n) if n in rows.columns else pl.lit(None, dtype=t).alias(n) for n, t in wanted.items()))
