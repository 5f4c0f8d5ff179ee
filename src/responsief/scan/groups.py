"""To which group each person of a part belongs, in columns: as `population.classes` says it of one situation, and held against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from responsief.population.classes import LEEFTIJDEN, ONBEKEND, VORMEN
from responsief.tables.layout import DISTRICT, KEY, PARTNER, PERSONS

if TYPE_CHECKING:
    import polars as pl

FORM: Final = "huishouden"
AGE: Final = "leeftijd"
_KINDEREN: Final = "huishouden.kinderen"
#: what is read of a person: in which column it stands, and under which name `group_columns` reads it
READ: Final = {
    "huishouden.soort": "soort",
    PARTNER: "partner",
    _KINDEREN: "kinderen_bekend",
    "persoon.geboortedatum": "geboren",
    "persoon.geboortedatum.tot": "geboren_tot",
}


def groups_of(tables: Mapping[str, pl.DataFrame], on: date) -> pl.DataFrame:
    """`sleutel`, `huishouden` (the form) and `leeftijd` (the class of age) of every person."""
    import polars as pl

    persons = tables[PERSONS]
    some = tables[_KINDEREN][KEY].implode() if _KINDEREN in tables else pl.Series(KEY, [], dtype=pl.Int64).implode()
    kinds = (pl.String, pl.Boolean, pl.Boolean, pl.Date, pl.Date)
    known = persons.select(
        KEY,
        *(
            (pl.col(name) if name in persons.columns else pl.lit(None, dtype=kind)).alias(short)
            for (name, short), kind in zip(READ.items(), kinds, strict=True)
        ),
        pl.col(KEY).is_in(some).alias("kinderen"),
    )
    return known.select(KEY, *group_columns(pl, on))


def district(persons: pl.DataFrame) -> pl.DataFrame | None:
    """`sleutel` and `wijk` of every person, where the table has that column."""
    import polars as pl

    if DISTRICT not in persons.columns:
        return None
    name = pl.col(DISTRICT).cast(pl.String).str.strip_chars()
    told = pl.when(name.is_null() | (name == "")).then(pl.lit(ONBEKEND)).otherwise(name)
    return persons.select(KEY, told.alias(DISTRICT))


def group_columns(words: Any, on: date) -> tuple[Any, Any]:
    """Form and class of age, of a frame with the names of `READ` and `kinderen` (is there any?). `words`: polars, or narwhals."""
    return _form(words).alias(FORM), _age(words, on).alias(AGE)


def _form(words: Any) -> Any:
    soort, partner, children = words.col("soort"), words.col("partner"), words.col("kinderen")
    listed = words.col("kinderen_bekend").fill_null(False)
    pair = (soort == "gehuwd").fill_null(False) | (soort.is_null() & partner.fill_null(False))
    alone = (~partner).fill_null(False) & listed
    lit = words.lit
    return (
        words.when(pair & ~listed)
        .then(lit(ONBEKEND))
        .when(pair & children)
        .then(lit(VORMEN[3]))
        .when(pair)
        .then(lit(VORMEN[2]))
        .when(soort == "alleenstaande_ouder")
        .then(lit(VORMEN[1]))
        .when(soort == "alleenstaande")
        .then(lit(VORMEN[0]))
        .when(alone & children)
        .then(lit(VORMEN[1]))
        .when(alone)
        .then(lit(VORMEN[0]))
        .otherwise(lit(ONBEKEND))
    )


def _age(words: Any, on: date) -> Any:
    born, last = words.col("geboren"), words.coalesce(words.col("geboren_tot"), words.col("geboren"))
    first_class, last_class = _class(words, born, on), _class(words, last, on)
    sure = ~born.is_null() & (last <= on) & (first_class == last_class)
    return words.when(sure).then(first_class).otherwise(words.lit(ONBEKEND))


def _class(words: Any, born: Any, on: date) -> Any:
    before = (born.dt.month() > on.month) | ((born.dt.month() == on.month) & (born.dt.day() > on.day))
    age = words.lit(on.year) - born.dt.year() - before.cast(words.Int32)
    found = words.lit(LEEFTIJDEN[-1][1])
    for limit, name in reversed(LEEFTIJDEN):
        found = words.when(age < limit).then(words.lit(name)).otherwise(found)
    return found
