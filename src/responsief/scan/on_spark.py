"""Deciding tables where they stand, in Spark: what comes out has the columns of `Engine`, and no row comes to Python.

Two things differ from the other engines. What columns can't decide exactly is not decided one by one: it is `niet_beslist`, with the
reason; and what they can't say beside an outcome (`extra`) is null, also with the reason, and the outcome stands. And a ruleset is
written in as many files as Spark makes of it, in no order. To Python come only counts, and in which municipalities people live.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from responsief.backends.compiled import Compiled
from responsief.backends.to_columns import (
    BESIDE,
    OUTSIDE,
    WHY_NOT,
    Catalogue,
    Extra,
    GapError,
    compile_columns,
    decide_columns,
)
from responsief.backends.to_columns.spark import quoted
from responsief.desk import Desk, reason_of
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.frozen import dataclass
from responsief.ir.program import LinkError, counts_on
from responsief.ir.ruleset import Ruleset
from responsief.population.impact import PER_YEAR
from responsief.scan.engines import NOT_DECIDED, PLACE, criteria_of
from responsief.scan.groups import AGE, FORM, READ, group_columns
from responsief.scan.modes import ABOUT, PERHAPS, UNUSED, Mode, unused_cell
from responsief.scan.receives import can_tell, three, told_by
from responsief.scan.targets import RECEIVES
from responsief.source import Source, Span
from responsief.tables.folder import CONTENTS, OWN, OWN_KEYS, table_files
from responsief.tables.layout import KEY, PERSONS, Layout

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

    Tables = Mapping[str, DataFrame]

#: the modes that are work of columns; the others look at each refused person by herself
MODES: Final[tuple[Mode, ...]] = ("recht", "niet-gebruik")
NOT_IN_COLUMNS: Final = "deze regeling is in kolommen niet te beslissen"
NOT_BESIDE: Final = "wat u naast de uitkomst vroeg, is bij deze regeling in kolommen niet te zeggen"
_NO_PLACE: Final = ""
_KINDS: Final = {"String": "STRING", "Date": "DATE"}


# --- what comes in


def read_folder(session: SparkSession, folder: Path, layout: Layout) -> dict[str, DataFrame]:
    """The tables of a folder on a disk that every machine of the cluster sees."""
    found = {name: table_files(folder, name) for name in layout.tables}
    return {name: session.read.parquet(*(f"file://{one.resolve()}" for one in files)) for name, files in found.items() if files}


def read_address(session: SparkSession, root: str) -> dict[str, DataFrame]:
    """The tables of a folder anywhere that Spark can read (`s3a://…`, `hdfs://…`, `abfss://…`), as its `tabellen.json` names them."""
    root = root.rstrip("/")
    row = session.read.text(f"{root}/{CONTENTS}", wholetext=True).first()
    assert row is not None
    told = json.loads(row[0])
    tail = ".parquet" if len(told["delen"]) == 1 else ""
    return {name: session.read.parquet(f"{root}/{name}{tail}") for name in told["tabellen"]}


def own_keys(session: SparkSession, folder: Path) -> DataFrame | None:
    """Of tables made of somebody's own files: our key and theirs."""
    file = folder / OWN_KEYS
    return session.read.parquet(f"file://{file.resolve()}").select(KEY, OWN) if file.is_file() else None


def with_own_keys(rows: DataFrame, own: DataFrame | None) -> DataFrame:
    """Rows per person, with somebody's own keys in front where there are."""
    if own is None:
        return rows
    return rows.join(own, on=KEY, how="left").select(OWN, *(quoted(name) for name in rows.columns))


def checked_keys(tables: Tables) -> int:
    """How many persons there are. Raises InvalidError when a key is missing or stands there twice, or when there is nobody."""
    from pyspark.sql import functions as f

    persons = tables[PERSONS]
    if KEY not in persons.columns:
        raise _wrong(f"in {PERSONS} staat geen kolom «{KEY}»", "geef elke persoon een heel getal als sleutel", tables=True)
    row = persons.agg(f.count(f.lit(1)), f.count(KEY), f.countDistinct(KEY)).first()
    assert row is not None
    everybody, known, different = row
    if everybody != known or known != different:
        what = "ontbreekt een sleutel" if everybody != known else "staat een sleutel twee keer"
        raise _wrong(f"in {PERSONS} {what}", "geef elke persoon één eigen sleutel", tables=True)
    if not everybody:
        raise _wrong("er is niemand om te scannen", "er zijn geen personen in gevonden")
    return int(everybody)


def _wrong(text: str, hulp: str, *, tables: bool = False) -> InvalidError:
    """`tables`: that is a mistake in the tables, with a place; otherwise there is only nobody in them."""
    place = Span(Source(PERSONS, ""), 1, 1) if tables else None
    return InvalidError([Diagnostic("bevolking", text, place, hulp)])


def with_place(tables: Tables, place: str | None) -> dict[str, DataFrame]:
    """The tables with a place for whoever has none, as `engines.with_place`."""
    from pyspark.sql import functions as f

    persons = tables[PERSONS]
    if place is None:
        return dict(tables)
    filled = f.coalesce(f.col(quoted(PLACE)), f.lit(place)) if PLACE in persons.columns else f.lit(place)
    return {**tables, PERSONS: persons.withColumn(PLACE, filled)}


def places_of(tables: Tables) -> tuple[str, ...]:
    """In which municipalities people live; «» stands for: of somebody that is not known."""
    from pyspark.sql import functions as f

    persons = tables[PERSONS]
    if PLACE not in persons.columns:
        return (_NO_PLACE,)
    rows = persons.select(f.coalesce(f.col(quoted(PLACE)), f.lit(_NO_PLACE))).distinct().collect()
    return tuple(sorted(row[0] for row in rows))


# --- deciding


class SparkEngine:
    """Decides rulesets on the tables of one population; `extra`: what is said beside an outcome."""

    naam = "spark"

    def __init__(self, desk: Desk, layout: Layout, tables: Tables, on: date, extra: Sequence[Extra] = ()) -> None:
        self.desk, self.layout, self.tables, self.on = desk, layout, tables, on
        self.extra = tuple(extra)
        self.places = places_of(tables)

    def decide(self, ruleset: str) -> DataFrame:
        """The rows of `Engine` of one ruleset: a row per person, nothing worked out yet. Who was decided has a `reden` where something of
        `extra` could not be said."""
        programs: dict[tuple[int, Catalogue | None], tuple[Compiled, list[str]]] = {}
        refused: dict[str, list[str]] = {}
        for place in self.places:
            try:
                compiled = self.desk.compiled_in(place or None, ruleset, self.on)
                compiled.figures(self.on)  # one without a value on that day: then nobody is decided
            except LinkError as error:
                refused.setdefault(reason_of(error), []).append(place)
            else:
                # what comes of it differs per place, and so does the plan then
                wanted = {"signalen", "alternatieven"}.intersection(self.extra)
                catalogue = self.desk.catalogue_beside(compiled, self.on, place or None) if wanted else None
                programs.setdefault((id(compiled), catalogue), (compiled, []))[1].append(place)
        criteria = criteria_of(self.desk, ruleset, self.on)
        found = [
            self._program(compiled, catalogue, self._living_in(here), criteria)
            for (_, catalogue), (compiled, here) in programs.items()
        ]
        found += [self._nobody(self._living_in(here), criteria, why) for why, here in refused.items()]
        return reduce(lambda one, other: one.unionByName(other), found)

    def _living_in(self, places: Sequence[str]) -> DataFrame:
        from pyspark.sql import functions as f

        persons = self.tables[PERSONS]
        if len(places) == len(self.places):
            return persons
        return persons.filter(f.coalesce(f.col(quoted(PLACE)), f.lit(_NO_PLACE)).isin(list(places)))

    def _program(
        self, compiled: Compiled, catalogue: Catalogue | None, persons: DataFrame, criteria: Sequence[str]
    ) -> DataFrame:
        told = self._told(compiled, catalogue, persons)
        if told is None:
            return self._nobody(persons, criteria, NOT_IN_COLUMNS)
        ruleset = compiled.program.ruleset
        assert ruleset is not None
        names = [one.id for one in ruleset.criteria if counts_on(one, self.on)]
        return told.select(*_shaped(told.columns, names, criteria, self.extra))

    def _told(self, compiled: Compiled, catalogue: Catalogue | None, persons: DataFrame) -> DataFrame | None:
        """What columns say; only the verdicts where they can't say what is asked beside those, None where no verdict either."""
        for extra in dict.fromkeys((self.extra, ())):
            columns = compile_columns(compiled, self.layout, extra, catalogue)
            try:
                return decide_columns(columns, {**self.tables, PERSONS: persons}, self.on)  # type: ignore[no-any-return]  # a frame of the kind that was given
            except GapError:
                continue
        return None

    def _nobody(self, persons: DataFrame, criteria: Sequence[str], why: str) -> DataFrame:
        from pyspark.sql import functions as f

        nothing = {
            "uitkomst": f.lit(NOT_DECIDED),
            "bedrag": f.lit(None).cast("bigint"),
            "gronden": f.lit(""),
            "te_wegen": f.lit(""),
        }
        nothing["wacht_tot"] = f.lit(None).cast("date")
        nothing |= {f"oordeel.{ident}": f.lit(None).cast("boolean") for ident in criteria}
        nothing |= {name: f.lit(None).cast("string") for name in self.extra}
        nothing["reden"] = f.lit(why)
        return persons.select(KEY, *(value.alias(name) for name, value in nothing.items()))


def _shaped(told: Sequence[str], names: Sequence[str], criteria: Sequence[str], extra: Sequence[Extra]) -> Iterator[Column]:
    """The columns of `Engine` from those of `decide_columns` (`told`). `names`: of the criteria behind the bits of a code."""
    from pyspark.sql import functions as f

    outside = f.col("buiten").isNotNull()

    def kept(value: Column) -> Column:
        return f.when(~outside, value)

    yield f.col(KEY)
    yield f.when(outside, f.lit(NOT_DECIDED)).otherwise(f.col("uitkomst")).alias("uitkomst")
    yield kept(f.col("bedrag")).alias("bedrag")
    for code in ("gronden", "te_wegen"):
        words = [f.when(f.col(code).bitwiseAND(f.lit(1 << at)) != 0, f.lit(name)) for at, name in enumerate(names)]
        yield f.when(outside, f.lit("")).otherwise(f.concat_ws(",", *words)).alias(code)
    yield kept(f.to_date(f.col("wacht_tot").cast("string"), "yyyyMMdd")).alias("wacht_tot")
    for ident in criteria:
        yield kept(f.col(quoted(f"oordeel.{ident}"))).alias(f"oordeel.{ident}")
    for name in extra:
        yield (f.col(name) if name in told else f.lit(None)).cast("string").alias(name)
    yield f.coalesce(_in_words("buiten"), _why_silent(told, extra)).alias("reden")


def _why_silent(told: Sequence[str], extra: Sequence[Extra]) -> Column:
    """Why what was asked beside an outcome could not be said of somebody whom it is about."""
    from pyspark.sql import functions as f

    if not extra:
        return f.lit(None).cast("string")
    if WHY_NOT in told:
        return _in_words(WHY_NOT)
    about = f.col("uitkomst") == "onbepaald" if extra == ("nodig",) else f.col("uitkomst") != "toegekend"
    return f.when(about, f.lit(NOT_BESIDE))


def _in_words(column: str) -> Column:
    from pyspark.sql import functions as f

    found = f.lit(None).cast("string")
    for key, text in (*OUTSIDE.items(), *BESIDE.items()):
        found = f.when(f.col(column) == key, f.lit(text)).otherwise(found)
    return found


# --- counting


@dataclass(frozen=True, slots=True)
class Looked:
    """What a mode makes of one ruleset: `told` is what the report adds up (as `counting.add_up` reads it), `rows` are for the file per
    person."""

    told: dict[str, Any]
    rows: DataFrame | None


def look(mode: Mode, tables: Tables, ruleset: Ruleset, decided: DataFrame, on: date, extra: Sequence[Extra] = ()) -> Looked:
    """What a mode makes of what was decided (and written): counts come here, rows stay where they are. `extra`: what was asked beside
    the outcome."""
    from pyspark.sql import functions as f

    table = decided.join(_groups(tables, on), on=KEY, how="left")
    if mode == "niet-gebruik":
        import narwhals as nw

        told = nw.from_native(table.join(_received(tables, ruleset, on), on=KEY, how="left"))
        table = told.with_columns(unused_cell(nw).alias("cel")).to_native()
    else:
        table = table.withColumn("cel", f.col("uitkomst"))
    about = ABOUT.get(mode, ("toegekend", "gedeeltelijk"))
    amount = f.when(f.col("cel").isin(list(about)), f.coalesce(f.col("bedrag"), f.lit(0))).otherwise(f.lit(0))
    yearly = (amount * PER_YEAR.get(ruleset.per, 1)).cast("bigint")
    counted = table.groupBy(FORM, AGE, "cel").agg(
        f.count(f.lit(1)), f.count(f.when(yearly > 0, f.lit(1))), f.coalesce(f.sum(yearly), f.lit(0))
    )
    rows = None
    if mode == "niet-gebruik":
        rows = table.filter(f.col("cel") == UNUSED).select(
            KEY,
            f.lit(ruleset.id).alias("regelset"),
            f.lit(", ".join(ruleset.leefgebieden)).alias("leefgebieden"),
            "uitkomst",
            "bedrag",
            f.lit(ruleset.per).alias("per"),
            f.lit(ruleset.eerste_stap or "").alias("eerste_stap"),
            FORM,
            AGE,
        )
    undecided, silent = _reasons(decided)
    return Looked(
        {
            "rijen": sorted([list(row) for row in counted.collect()]),
            "redenen": undecided,
            "open": _open(table.filter(f.col("cel") == (PERHAPS if mode == "niet-gebruik" else "onbepaald"))),
            "kan_weten": can_tell(tables, ruleset.id),
            "extra": _extra(decided, extra),
            "niet_te_zeggen": silent,
        },
        rows,
    )


def _reasons(decided: DataFrame) -> tuple[dict[str, int], dict[str, int]]:
    """Why people could not be decided, with how many; and why what was asked beside an outcome could not be said of others."""
    from pyspark.sql import functions as f

    no_outcome = (f.col("uitkomst") == NOT_DECIDED).alias("niet")
    counted = decided.filter(f.col("reden").isNotNull()).groupBy(no_outcome, "reden").count()
    found: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for none, reason, number in sorted(tuple(row) for row in counted.collect()):
        found[0 if none else 1][reason] = number
    return found


def _extra(decided: DataFrame, extra: Sequence[Extra]) -> dict[str, dict[str, int]]:
    """`counting.extra_part`, in Spark."""
    from pyspark.sql import functions as f

    found: dict[str, dict[str, int]] = {name: {"": 0} for name in extra}
    if not extra:
        return found
    told = decided.unpivot([], list(extra), "wat", "codes").filter(f.col("codes").isNotNull())
    ids = f.array_distinct(f.concat(f.array(f.lit("")), f.split("codes", ",")))  # «» stands for the person
    counted = told.select("wat", f.explode(ids).alias("code")).groupBy("wat", "code").count()
    for name, ident, number in sorted(tuple(row) for row in counted.collect()):
        found[name][ident] = number
    return found


def _open(some: DataFrame) -> dict[str, int]:
    """Of each criterion, of how many of these people it is unknown."""
    from pyspark.sql import functions as f

    names = [name for name in some.columns if name.startswith("oordeel.")]
    row = some.agg(*(f.count(f.when(f.col(quoted(name)).isNull(), f.lit(1))) for name in names)).first()
    assert row is not None
    return dict(zip((name.removeprefix("oordeel.") for name in names), row, strict=True))


def _groups(tables: Tables, on: date) -> DataFrame:
    """`groups.groups_of`, in Spark."""
    import narwhals as nw
    from pyspark.sql import functions as f

    persons, children = tables[PERSONS], tables.get("huishouden.kinderen")
    kinds = ("string", "boolean", "boolean", "date", "date")
    known = persons.select(
        KEY,
        *(
            (f.col(quoted(name)) if name in persons.columns else f.lit(None).cast(kind)).alias(short)
            for (name, short), kind in zip(READ.items(), kinds, strict=True)
        ),
    )
    if children is not None:
        known = known.join(children.select(KEY).distinct().withColumn("kinderen", f.lit(True)), on=KEY, how="left")
        known = known.withColumn("kinderen", f.coalesce(f.col("kinderen"), f.lit(False)))
    else:
        known = known.withColumn("kinderen", f.lit(False))
    return nw.from_native(known).select(KEY, *group_columns(nw, on)).to_native()


def _received(tables: Tables, ruleset: Ruleset, on: date) -> DataFrame:
    """`receives.receives`, in Spark."""
    import narwhals as nw
    from pyspark.sql import functions as f

    persons = tables[PERSONS]
    own = f"{RECEIVES}.{ruleset.id}"
    told = [
        one
        for one in told_by(nw, ruleset.id, ruleset.per, on)
        if one.lijst in persons.columns and one.lijst in tables
    ]  # fmt: skip
    known = [f.col(quoted(one.lijst)).alias(f"bekend{at}") for at, one in enumerate(told)]
    frame = persons.select(
        KEY, *known, (f.col(quoted(own)) if own in persons.columns else f.lit(None).cast("boolean")).alias("eigen")
    )
    for at, one in enumerate(told):
        have = tables[one.lijst]
        made = [
            (f.col(quoted(name)) if name in have.columns else f.lit(None).cast(_KINDS[kind])).alias(name.replace(".", "_"))
            for name, kind in one.kolommen.items()
        ]
        rows = nw.from_native(have.select(KEY, *made)).filter(one.telt).select(KEY, one.ja.alias("ja"), one.open.alias("open"))
        said = rows.to_native().groupBy(KEY).agg(f.max("ja").alias(f"ja{at}"), f.max("open").alias(f"open{at}"))
        frame = frame.join(said, on=KEY, how="left")
    col = nw.col
    sources = [
        three(nw, col(f"bekend{at}"), col(f"ja{at}").fill_null(False), col(f"open{at}").fill_null(False))
        for at in range(len(told))
    ]
    return nw.from_native(frame).select(KEY, nw.coalesce(col("eigen"), *sources).alias("ontvangt")).to_native()
