"""The engine that decides a part in columns (`backends/to_columns`), and hands to `rij` what columns can't decide exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from responsief.backends.compiled import Compiled
from responsief.backends.to_columns import (
    WHY_NOT,
    Catalogue,
    Columns,
    Extra,
    GapCode,
    GapError,
    compile_columns,
    decide_columns,
)
from responsief.desk import Desk, reason_of
from responsief.ir.program import LinkError
from responsief.scan.engines import NOT_DECIDED, PLACE, RowEngine, criteria_of
from responsief.tables.layout import KEY, PERSONS, layout

if TYPE_CHECKING:
    import polars as pl

    Tables = Mapping[str, pl.DataFrame]

_NO_PLACE: Final = ""


def _same(frame: Any) -> Any:
    return frame


class ColumnsEngine:
    """Decides in columns. `enter` makes the frames of another engine from those of Polars, `leave` the way back."""

    def __init__(
        self,
        desk: Desk,
        naam: str = "polars",
        enter: Callable[[pl.DataFrame], Any] = _same,
        leave: Callable[[Any], pl.DataFrame] = _same,
        extra: Sequence[Extra] = (),
    ) -> None:
        self.naam = naam
        self.desk = desk
        self.extra = tuple(extra)
        self.rows = RowEngine(desk, extra)
        self.enter, self.leave = enter, leave
        self._layout = layout(desk.register)
        self._columns: dict[tuple[int, Catalogue | None], Columns] = {}
        self.gaps: dict[str, GapCode] = {}  # the rulesets that columns could not decide, and why: one by one they were

    def decide(self, tables: Tables, rulesets: Sequence[str], on: date) -> Iterator[tuple[str, pl.DataFrame]]:
        """See `Engine`."""
        whole = {name: self.enter(frame) for name, frame in tables.items()}
        places = _places(tables)
        for ruleset in rulesets:
            yield ruleset, self._ruleset(tables, whole, places, ruleset, on)

    def _ruleset(self, tables: Tables, whole: Mapping[str, Any], places: Sequence[str], ruleset: str, on: date) -> pl.DataFrame:
        """One ruleset: what is decided in the same way in several places is decided in one go."""
        import polars as pl

        programs: dict[tuple[int, Catalogue | None], tuple[Compiled, list[str]]] = {}
        refused: dict[str, list[str]] = {}
        for place in places:
            try:
                compiled = self.desk.compiled_in(place or None, ruleset, on)
                compiled.figures(on)  # one without a value on that day: then nobody is decided
            except LinkError as error:
                refused.setdefault(reason_of(error), []).append(place)
            else:
                catalogue = self.desk.catalogue_beside(compiled, on, place or None) if self.extra else None
                programs.setdefault((id(compiled), catalogue), (compiled, []))[1].append(place)
        criteria = criteria_of(self.desk, ruleset, on)
        found = []
        for (_, catalogue), (compiled, here) in programs.items():
            alone = len(here) == len(places)
            mine = tables if alone else _living_in(tables, here)
            frames = whole if alone else {name: self.enter(frame) for name, frame in mine.items()}
            found.append(self._program(compiled, catalogue, mine, frames, ruleset, criteria, on))
        for why, here in refused.items():
            keys = _living_in(tables, here)[PERSONS].select(KEY)
            found.append(keys.select(KEY, *_nothing(criteria, self.extra, why)))
        whole_part = pl.concat(found) if len(found) > 1 else found[0]
        return whole_part if whole_part[KEY].is_sorted() else whole_part.sort(KEY)

    def _program(
        self,
        compiled: Compiled,
        catalogue: Catalogue | None,
        tables: Tables,
        frames: Mapping[str, Any],
        ruleset: str,
        criteria: Sequence[str],
        on: date,
    ) -> pl.DataFrame:
        """One program; the rows that columns leave are decided one by one."""
        import polars as pl

        columns = self._columns.get((id(compiled), catalogue))
        if columns is None:
            columns = compile_columns(compiled, self._layout, self.extra, catalogue)
            self._columns[id(compiled), catalogue] = columns
        try:
            told = self.leave(decide_columns(columns, frames, on))
        except GapError as gap:
            self.gaps[ruleset] = gap.code
            return next(self.rows.decide(tables, [ruleset], on))[1]
        left = pl.any_horizontal(pl.col("buiten", *([WHY_NOT] if self.extra else [])).is_not_null())
        outside = told.filter(left)[KEY]
        done = told.filter(~left).select(KEY, *_shaped(told, criteria, self.extra, lambda code: columns.grounds(code, on)))
        if not len(outside):
            return done
        mine = {name: frame.filter(pl.col(KEY).is_in(outside.implode())) for name, frame in tables.items()}
        return pl.concat([done, next(self.rows.decide(mine, [ruleset], on))[1]])


def _shaped(
    told: pl.DataFrame, criteria: Sequence[str], extra: Sequence[Extra], grounds: Callable[[int], Sequence[str]]
) -> Iterator[Any]:
    """The columns of `Engine` from those of `decide_columns`: codes of grounds become names."""
    import polars as pl

    yield pl.col("uitkomst").cast(pl.String)
    yield pl.col("bedrag").cast(pl.Int64)
    for name in ("gronden", "te_wegen"):
        codes = told[name].drop_nulls().unique().to_list()
        words = [",".join(grounds(int(code))) for code in codes]
        yield pl.col(name).cast(pl.Int64).replace_strict(codes, words, default="", return_dtype=pl.String)
    yield pl.col("wacht_tot").cast(pl.Int64).cast(pl.String).str.to_date("%Y%m%d").alias("wacht_tot")
    for ident in criteria:
        yield pl.col(f"oordeel.{ident}").cast(pl.Boolean)
    yield from (pl.col(name).cast(pl.String) for name in extra)
    yield pl.lit(None, dtype=pl.String).alias("reden")


def _nothing(criteria: Sequence[str], extra: Sequence[Extra], why: str) -> Iterator[Any]:
    import polars as pl

    yield pl.lit(NOT_DECIDED).alias("uitkomst")
    yield pl.lit(None, dtype=pl.Int64).alias("bedrag")
    yield pl.lit("").alias("gronden")
    yield pl.lit("").alias("te_wegen")
    yield pl.lit(None, dtype=pl.Date).alias("wacht_tot")
    for ident in criteria:
        yield pl.lit(None, dtype=pl.Boolean).alias(f"oordeel.{ident}")
    yield from (pl.lit(None, dtype=pl.String).alias(name) for name in extra)
    yield pl.lit(why).alias("reden")


def _places(tables: Tables) -> list[str]:
    """Where the people of a part live; «» of whom that is unknown."""
    persons = tables[PERSONS]
    if PLACE not in persons.columns:
        return [_NO_PLACE]
    return sorted(persons[PLACE].fill_null(_NO_PLACE).unique().to_list())


def _living_in(tables: Tables, places: Sequence[str]) -> dict[str, pl.DataFrame]:
    import polars as pl

    persons = tables[PERSONS]
    if PLACE not in persons.columns:
        return dict(tables)
    mine = persons.filter(pl.col(PLACE).fill_null(_NO_PLACE).is_in(list(places)))
    keys = mine[KEY].implode()
    return {name: mine if name == PERSONS else frame.filter(pl.col(KEY).is_in(keys)) for name, frame in tables.items()}


def duckdb_engine(desk: Desk, extra: Sequence[Extra] = ()) -> ColumnsEngine:
    """Columns in DuckDB. Raises ModuleNotFoundError when it is not there."""
    import duckdb

    session = duckdb.connect()
    return ColumnsEngine(desk, "duckdb", lambda frame: session.from_arrow(frame.to_arrow()), lambda found: found.pl(), extra)
