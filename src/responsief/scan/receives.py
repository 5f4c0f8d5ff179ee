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
from typing import TYPE_CHECKING, Any, Final

from responsief.frozen import dataclass
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


@dataclass(frozen=True, slots=True)
class Told:
    """A list that tells whether somebody receives a right: which columns of its rows are read (with their kinds), which rows count,
    which of those say yes, and which leave it open. `tot.tot` is read as `tot_tot`: a dot is more than a dot to some engines."""

    lijst: str
    kolommen: Mapping[str, str]
    telt: Any
    ja: Any
    open: Any


def told_by(words: Any, ruleset: str, per: str, on: date) -> tuple[Told, ...]:
    """The lists that can tell of this ruleset, in the order in which they count. `words`: polars, or narwhals."""
    found = [_incomes(words, ruleset, on)] if ruleset in INCOME else []
    return (*found, _grants(words, ruleset, per, on))


def _incomes(words: Any, ruleset: str, on: date) -> Told:
    """A bijstand that goes on is received; who has all incomes known, each with its kind, and none of them bijstand does not."""
    col, last = words.col, words.coalesce(words.col("tot_tot"), words.col("tot"))
    now = ~(col("van") > on).fill_null(False) & ~(last < on).fill_null(False)
    kinds = {"soort": "String", "van": "Date", "tot": "Date", "tot.tot": "Date"}
    return Told(_INCOMES, kinds, now, (col("soort") == INCOME[ruleset]).fill_null(False), col("soort").is_null())


def _grants(words: Any, ruleset: str, per: str, on: date) -> Told:
    named, since, ended = words.col("regelset"), words.col("toegekend_op"), words.col("gestopt_op")
    if per == "maand":
        holds = (since <= on).fill_null(True) & ~(ended < on).fill_null(False)
    else:
        holds = (since <= on) & (since > add_period(on, Period(months=12), -1))
    mine = (named == ruleset).fill_null(False)
    kinds = {"regelset": "String", "toegekend_op": "Date", "gestopt_op": "Date"}
    return Told(_BEFORE, kinds, named.is_null() | mine, mine & holds.fill_null(False), named.is_null() | holds.is_null())


def three(words: Any, known: Any, yes: Any, unsure: Any) -> Any:
    """What a list says of a person: true, false or null. `known`: is the list known? `yes`, `unsure`: does a row say so?"""
    nothing = words.lit(None, dtype=words.Boolean)
    return (
        words.when(~known.fill_null(False))
        .then(nothing)
        .when(yes)
        .then(words.lit(True))
        .when(unsure)
        .then(nothing)
        .otherwise(words.lit(False))
    )


def receives(tables: Tables, ruleset: str, per: str, on: date) -> pl.DataFrame:
    """`sleutel` and `ontvangt` of every person of a part. `per` is what the amount of the ruleset is per (maand, jaar, keer)."""
    import polars as pl

    persons = tables[PERSONS]
    name = f"{RECEIVES}.{ruleset}"
    sources = [pl.col(name)] if name in persons.columns else []
    for one in told_by(pl, ruleset, per, on):
        if one.lijst in persons.columns and one.lijst in tables:
            rows = _filled(tables[one.lijst], one.kolommen).filter(one.telt)
            yes, unsure = (pl.col(KEY).is_in(rows.filter(which)[KEY].unique().implode()) for which in (one.ja, one.open))
            sources.append(three(pl, pl.col(one.lijst), yes, unsure))
    found = pl.coalesce(sources) if sources else pl.lit(None, dtype=pl.Boolean)
    return persons.select(KEY, found.alias("ontvangt"))


def can_tell(tables: Mapping[str, Any], ruleset: str) -> bool:
    """Is there anything in these tables from which it could be known?"""
    names = tables[PERSONS].columns
    return f"{RECEIVES}.{ruleset}" in names or (ruleset in INCOME and _INCOMES in names) or _BEFORE in names


def _filled(rows: pl.DataFrame, wanted: Mapping[str, str]) -> pl.DataFrame:
    import polars as pl

    made = (
        (pl.col(n) if n in rows.columns else pl.lit(None, dtype=getattr(pl, kind))).alias(n.replace(".", "_"))
        for n, kind in wanted.items()
    )
    return rows.select(KEY, *made)
