"""To which group each person of a part belongs, in columns: as `population.classes` says it of one situation, and held against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from responsief.population.classes import LEEFTIJDEN, ONBEKEND, VORMEN
from responsief.tables.layout import KEY, PARTNER, PERSONS

if TYPE_CHECKING:
    import polars as pl

FORM: Final = "huishouden"
AGE: Final = "leeftijd"
DISTRICT: Final = "wijk"  # a column of `personen` that is no fact of a situation: no rule reads it
_KINDEREN: Final = "huishouden.kinderen"
_SOORT: Final = "huishouden.soort"
_BORN: Final = "persoon.geboortedatum"


def groups_of(tables: Mapping[str, pl.DataFrame], on: date) -> pl.DataFrame:
    """`sleutel`, `huishouden` (the form) and `leeftijd` (the class of age) of every person."""
    import polars as pl

    persons = tables[PERSONS]
    some = tables[_KINDEREN][KEY].implode() if _KINDEREN in tables else pl.Series(KEY, [], dtype=pl.Int64).implode()
    wanted = {_SOORT: pl.String, PARTNER: pl.Boolean, _KINDEREN: pl.Boolean, _BORN: pl.Date, f"{_BORN}.tot": pl.Date}
    known = persons.select(
        KEY,
        *(pl.col(n) if n in persons.columns else pl.lit(None, dtype=t).alias(n) for n, t in wanted.items()),
        pl.col(KEY).is_in(some).alias("kinderen"),
    )
    return known.select(KEY, _form().alias(FORM), _age(on).alias(AGE))


def district(persons: pl.DataFrame) -> pl.DataFrame | None:
    """`sleutel` and `wijk` of every person, where the table has that column."""
    import polars as pl

    if DISTRICT not in persons.columns:
        return None
    name = pl.col(DISTRICT).cast(pl.String).str.strip_chars()
    told = pl.when(name.is_null() | (name == "")).then(pl.lit(ONBEKEND)).otherwise(name)
    return persons.select(KEY, told.alias(DISTRICT))


def _form() -> pl.Expr:
    import polars as pl

    soort, partner, listed, children = pl.col(_SOORT), pl.col(PARTNER), pl.col(_KINDEREN).fill_null(False), pl.col("kinderen")
    pair = (soort == "gehuwd").fill_null(False) | (soort.is_null() & partner.fill_null(False))
    alone = (partner == False).fill_null(False) & listed  # noqa: E712  # a column, not a truth
    return (
        pl.when(pair)
        .then(pl.when(~listed).then(pl.lit(ONBEKEND)).when(children).then(pl.lit(VORMEN[3])).otherwise(pl.lit(VORMEN[2])))
        .when(soort == "alleenstaande_ouder")
        .then(pl.lit(VORMEN[1]))
        .when(soort == "alleenstaande")
        .then(pl.lit(VORMEN[0]))
        .when(alone)
        .then(pl.when(children).then(pl.lit(VORMEN[1])).otherwise(pl.lit(VORMEN[0])))
        .otherwise(pl.lit(ONBEKEND))
    )


def _age(on: date) -> pl.Expr:
    import polars as pl

    born, last = pl.col(_BORN), pl.col(f"{_BORN}.tot").fill_null(pl.col(_BORN))
    first_class, last_class = _class(born, on), _class(last, on)
    sure = born.is_not_null() & (last <= on) & (first_class == last_class)
    return pl.when(sure).then(first_class).otherwise(pl.lit(ONBEKEND))


def _class(born: pl.Expr, on: date) -> pl.Expr:
    import polars as pl

    before = (born.dt.month() > on.month) | ((born.dt.month() == on.month) & (born.dt.day() > on.day))
    age = pl.lit(on.year) - born.dt.year() - before.cast(pl.Int32)
    found = pl.lit(LEEFTIJDEN[-1][1])
    for limit, name in reversed(LEEFTIJDEN):
        found = pl.when(age < limit).then(pl.lit(name)).otherwise(found)
    return found
