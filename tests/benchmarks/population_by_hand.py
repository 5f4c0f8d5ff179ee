"""The rules of bevolking.yaml as somebody who knows Polars well writes them for these tables: a lazy scan, one aggregation per list, one join
per list, and unknown (null) carried by Kleene's `&` and `|` of Polars itself. It decides what the ruleset decides, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import reduce

import polars as pl
from population_figures import (
    GRANT_ALONE,
    GRANT_CHILD,
    GRANT_FAMILY,
    HOUSE_FREE,
    LIMIT_ALONE,
    LIMIT_FAMILY,
    NORM_ALONE,
    NORM_MARRIED,
    REFUSING,
    WEIGHED,
)

KEY = "sleutel"
#: what is gathered from lists, in cents, numbers or ja/nee
SUMS = (
    "eigen_maand",
    "eigen_4_weken",
    "eigen_jaar",
    "partner_maand",
    "partner_jaar",
    "bezit",
    "woning",
    "schuld",
    "hypotheek",
    "kostendelers",
)
TRUTHS = ("kind_thuis", "achterstand")

Tables = Mapping[str, pl.LazyFrame]


def decided(tables: Tables, on: date, more: int = 0) -> pl.LazyFrame:
    """The verdict of everybody on a day, in the order of the keys. `more`: cents on top of the norm of who lives alone."""
    return verdict(with_lists(tables, on), on, more).sort(KEY)


def decided_flat(tables: Tables, on: date, more: int = 0) -> pl.LazyFrame:
    """The same where what is gathered from lists already stands with the persons."""
    own = [pl.col(f"eigen.meettoeslag-plat.{name}").alias(name) for name in (*SUMS, *TRUTHS)]
    return verdict(tables["personen"].with_columns(own), on, more).sort(KEY)


# --- the lists ---------------------------------------------------------------------------------------------------------------


def with_lists(tables: Tables, on: date) -> pl.LazyFrame:
    """Everybody, with what is gathered from the lists; null where that is unknown."""
    persons = tables["personen"]
    partner = pl.col("huishouden.partner")
    own, theirs = income(tables["inkomsten"], on), income(tables["huishouden.partner.inkomsten"], on)
    found = (
        persons.join(own.select(KEY, eigen_maand="maand", eigen_4_weken="4_weken", eigen_jaar="jaar"), on=KEY, how="left")
        .join(theirs.select(KEY, partner_maand="maand", partner_jaar="jaar"), on=KEY, how="left")
        .join(assets(tables["vermogen.bezittingen"]), on=KEY, how="left")
        .join(debts(tables["schulden"]), on=KEY, how="left")
        .join(housemates(tables["huishouden.medebewoners"], on), on=KEY, how="left")
        .join(children(tables["huishouden.kinderen"], on), on=KEY, how="left")
    )
    known = {
        **dict.fromkeys(("eigen_maand", "eigen_4_weken", "eigen_jaar"), pl.col("inkomsten")),
        **dict.fromkeys(("bezit", "woning"), pl.col("vermogen.bezittingen")),
        **dict.fromkeys(("schuld", "hypotheek", "achterstand"), pl.col("schulden")),
        "kostendelers": pl.col("huishouden.medebewoners"),
        "kind_thuis": pl.col("huishouden.kinderen"),
    }
    listed = [when_known(name, flag) for name, flag in known.items()]
    of_partner = [
        pl.when(~partner).then(0).otherwise(when_known(name, partner & pl.col("huishouden.partner.inkomsten"))).alias(name)
        for name in ("partner_maand", "partner_jaar")
    ]
    return found.with_columns(*listed, *of_partner)


UNKNOWN = -1  # a sum or count of which an entry is unknown; what is gathered is never below nought


def when_known(name: str, flag: pl.Expr) -> pl.Expr:
    """What was gathered of a list that is known: nought (or nee) of whoever has no entries, null where an entry is unknown."""
    if name in TRUTHS:  # 2: an entry holds, 1: of an entry it is unknown
        graded = pl.col(name).fill_null(0)
        return pl.when(flag & (graded != 1)).then(graded == 2).alias(name)
    total = pl.col(name).fill_null(0)
    return pl.when(flag & (total != UNKNOWN)).then(total).alias(name)


def summed(value: pl.Expr, counts: pl.Expr) -> pl.Expr:
    """The sum of the entries that count; unknown when that is so of an entry that counts, or whether it counts."""
    counted = pl.when(counts.fill_null(True)).then(pl.when(counts).then(value).fill_null(HUGE)).otherwise(0)
    total = counted.sum()
    return pl.when(total < HUGE).then(total).otherwise(UNKNOWN)


HUGE = 1 << 50


def graded(holds: pl.Expr) -> pl.Expr:
    """2 where an entry holds, else 1 where that is unknown of one, else 0."""
    return pl.when(holds).then(2).when(holds.is_null()).then(1).otherwise(0).max()


def income(entries: pl.LazyFrame, on: date) -> pl.LazyFrame:
    """Income per month, per four weeks and per year."""
    later = (pl.col("van") > on).fill_null(False)
    counts = ~pl.col("soort").is_in(["kinderbijslag", "toeslagen"]) & ~later
    read = entries.select(KEY, "bedrag", "per", counts=counts)
    period, amount = pl.col("per"), pl.col("bedrag")
    return read.group_by(KEY).agg(
        [summed(amount, (period == name) & pl.col("counts")).alias(name) for name in ("maand", "4_weken", "jaar")]
    )


def assets(entries: pl.LazyFrame) -> pl.LazyFrame:
    """What counts of assets, and the house."""
    kind, worth = pl.col("soort"), pl.col("waarde")
    return entries.group_by(KEY).agg(
        summed(worth, (kind != "eigen_woning") & ~pl.col("onmisbaar").fill_null(False)).alias("bezit"),
        summed(worth, kind == "eigen_woning").alias("woning"),
    )


def debts(entries: pl.LazyFrame) -> pl.LazyFrame:
    """Debts that must be paid off, the mortgage, and whether there are arrears of two months."""
    kind, owed = pl.col("soort"), pl.col("bedrag")
    late = kind.is_in(["huur", "energie", "zorgpremie"]) & (pl.col("achterstand_maanden") >= 2)
    return entries.group_by(KEY).agg(
        summed(owed, pl.col("aflossing_verplicht") & (kind != "hypotheek")).alias("schuld"),
        summed(owed, kind == "hypotheek").alias("hypotheek"),
        graded(late).alias("achterstand"),
    )


def years_before(on: date, years: int) -> date:
    """Who was born by this day is so many years old."""
    return date(on.year - years, on.month, on.day)  # no benchmark is run as of 29 February


def housemates(entries: pl.LazyFrame, on: date) -> pl.LazyFrame:
    """How many share the costs."""
    grown = pl.col("geboortedatum") <= years_before(on, 27)
    shares = grown & ~pl.col("studeert") & ~pl.col("commerciele_huurder")
    return entries.group_by(KEY).agg(summed(pl.lit(1, pl.Int64), shares).alias("kostendelers"))


def children(entries: pl.LazyFrame, on: date) -> pl.LazyFrame:
    """Is there a child at home?"""
    young = pl.col("geboortedatum") > years_before(on, 18)
    return entries.group_by(KEY).agg(graded(pl.col("thuiswonend") & young).alias("kind_thuis"))


# --- the rules ---------------------------------------------------------------------------------------------------------------


def halves_up(above: pl.Expr, below: int | pl.Expr) -> pl.Expr:
    """above / below to a whole number, of what is not below nought."""
    return (above * 2 + below) // (below * 2)


def verdict(people: pl.LazyFrame, on: date, more: int) -> pl.LazyFrame:
    """The verdict per criterion, the grounds, the outcome and the amount."""
    c = pl.col
    kind, sharers = c("huishouden.soort"), c("kostendelers")
    of_partner = halves_up(c("partner_maand") * 12 + c("partner_jaar"), 12)
    people = people.with_columns(
        own=halves_up(c("eigen_maand") * 12 + c("eigen_4_weken") * 13 + c("eigen_jaar"), 12),
        partner=pl.when(kind != "gehuwd").then(0).when((kind == "gehuwd") | (of_partner == 0)).then(of_partner),
        norm=pl.when(sharers >= 1)
        .then(halves_up(NORM_MARRIED * (70 + 30 * sharers), 100 * (sharers + 1)))
        .when((sharers < 1) & (kind == "gehuwd"))
        .then(NORM_MARRIED)
        .when((sharers < 1) & (kind != "gehuwd"))
        .then(NORM_ALONE + more),
    ).with_columns(income=c("own") + c("partner"))
    born = c("persoon.geboortedatum")
    just_finished = c("opleiding.afgerond_op").is_between(years_before(on, 1), on)
    house = pl.max_horizontal(c("woning") - c("hypotheek") - HOUSE_FREE, 0)
    wealth = c("bezit") - c("schuld") + pl.when(c("woning").is_not_null() & c("hypotheek").is_not_null()).then(house)
    limit = pl.when(kind == "alleenstaande").then(LIMIT_ALONE).when(kind != "alleenstaande").then(LIMIT_FAMILY)
    criteria = {
        "verblijf": c("persoon.verblijf.soort").is_in(["nederlander", "eu", "vreemdeling_11_2"]),
        "leeftijd": (born <= years_before(on, 21)) & (born > years_before(on, 67)),
        "inkomen_laag": c("income") <= halves_up(c("norm") * 120, 100),
        "vermogen_laag": wealth <= limit,
        "geen_studie": ~c("opleiding.volgt") | c("opleiding.soort").is_in(["mbo_bbl", "overig"]),
        "niet_net_klaar": pl.when(c("opleiding.afgerond_op.geen")).then(True).otherwise(~just_finished),
        "woont_hier": c("wonen.woonplaats_hier") | (c("wonen.woonsituatie") == "dakloos"),
        "vrij": ~c("persoon.detentie") & (c("persoon.buitenland.dagen_dit_jaar") <= 28),
        "huur": (c("wonen.soort") == "koop") | (c("wonen.huur") <= 93_293) | c("achterstand"),
        "zelfstandig": ~c("werk.zelfstandige") | (c("income") < c("norm")),
    }
    short = pl.max_horizontal(c("norm") - c("income"), 0)
    with_child = pl.when(c("norm").is_not_null() & c("income").is_not_null()).then(GRANT_CHILD + halves_up(short * 10, 100))
    amount = (
        pl.when(c("kind_thuis"))
        .then(with_child)
        .when(~c("kind_thuis") & (kind == "alleenstaande"))
        .then(GRANT_ALONE)
        .when(~c("kind_thuis") & (kind != "alleenstaande"))
        .then(GRANT_FAMILY)
    )
    people = people.select(KEY, amount.alias("bedrag_vol"), *(rule.alias(f"oordeel.{name}") for name, rule in criteria.items()))
    return concluded(people)


def concluded(people: pl.LazyFrame) -> pl.LazyFrame:
    """From verdicts to the outcome."""
    refusing = [pl.col(f"oordeel.{name}") for name in REFUSING]
    weighed = pl.col(f"oordeel.{WEIGHED}")
    grounds = reduce(
        lambda a, b: a + b,
        (pl.when(~rule).then(1 << at).otherwise(0).cast(pl.Int64) for at, rule in enumerate(refusing)),
    )
    people = people.with_columns(gronden=grounds)
    certain = reduce(lambda a, b: a & b, [*refusing, weighed]).fill_null(False) & pl.col("bedrag_vol").is_not_null()
    outcome = (
        pl.when(pl.col("gronden") > 0)
        .then(pl.lit("afgewezen"))
        .when(certain)
        .then(pl.lit("toegekend"))
        .otherwise(pl.lit("onbepaald"))
    )
    return people.select(
        KEY,
        outcome.alias("uitkomst"),
        pl.when((pl.col("gronden") == 0) & certain).then(pl.col("bedrag_vol")).alias("bedrag"),
        "bedrag_vol",
        "gronden",
        pl.when(~weighed).then(1 << len(refusing)).otherwise(0).cast(pl.Int64).alias("te_wegen"),
        pl.lit(None, pl.Int64).alias("wacht_tot"),
        *(f"oordeel.{name}" for name in (*REFUSING, WEIGHED)),
        pl.lit(None, pl.String).alias("buiten"),
    )
