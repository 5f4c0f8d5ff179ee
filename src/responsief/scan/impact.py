"""What a change of regulation does to a population of tables: both versions decided in columns, part by part, and counted.

It stands in this room because only here tables are read in parts and an engine decides them; what is counted and what of it may be
shown is that of `population.impact`, to which every count is equal (`tests/test_impact.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from responsief.backends.to_columns import IN_WORDS
from responsief.desk import Desk, reason_of
from responsief.frozen import dataclass
from responsief.ir.program import LinkError
from responsief.population.impact import MAX_AGE, NIET_BESLIST, PER_YEAR, Counted, outcome
from responsief.population.shield import Tally
from responsief.population.spread import BETTER, LADDER, LIMITS, SAME, WORSE
from responsief.scan.engines import people
from responsief.scan.groups import AGE, FORM, district, groups_of
from responsief.scan.in_columns import ColumnsEngine
from responsief.scan.parts import Part, must_be_whole, plan_parts, read_part
from responsief.situation import Situation
from responsief.tables.folder import CONTENTS, read_contents
from responsief.tables.layout import DISTRICT, KEY, PERSONS, layout

if TYPE_CHECKING:
    import polars as pl

    Frames = Mapping[str, pl.DataFrame]

SIZE: Final = 50_000  # persons in memory at once: two versions and their criteria beside the tables
MOST_DISTRICTS: Final = 200  # that are told one by one: a longer table nobody reads
_BORN: Final = "persoon.geboortedatum"
_WAS, _BECOMES, _STEP, _WHY = "was", "wordt", "stap", "reden"
_YEAR_WAS, _YEAR_BECOMES = "jaar_was", "jaar_wordt"


@dataclass(frozen=True, slots=True)
class TablesOf:
    """A population of tables that was found whole: its name, its folder, its parts, and what it says of itself (Dutch sentences)."""

    naam: str
    folder: Path
    delen: tuple[Part, ...]
    opmerkingen: tuple[str, ...]


def open_tables(folder: Path, size: int = SIZE) -> TablesOf:
    """A folder of tables to be counted, `size` persons at a time. Raises InvalidError when a table is missing or is none."""
    must_be_whole(folder)
    own = read_contents(folder).get("kunstmatig") if (folder / CONTENTS).is_file() else None
    said = (own,) if isinstance(own, str) else ()
    return TablesOf(folder.name or str(folder), folder, plan_parts(folder, size), said)


def count_tables(
    old: Desk,
    new: Desk,
    asked: Sequence[tuple[str, date]],
    tables: TablesOf,
    told: Callable[[int, int], None] = lambda at, of: None,
) -> tuple[Counted, ...]:
    """Decide everybody by both versions, and count.

    Args:
        old: The register as it was.
        new: The register as it becomes.
        asked: The ids of rulesets, each with its reference date.
        tables: The population; one part of it is in memory at a time, once for all rulesets.
        told: Hears how many parts are done, and of how many.
    """
    sides = (_Side(old), _Side(new))
    counts = [_Count() for _ in asked]
    for number, part in enumerate(tables.delen):
        told(number, len(tables.delen))
        frames = read_part(tables.folder, part)
        places = district(frames[PERSONS])
        for (ruleset, on), into in zip(asked, counts, strict=True):
            groups = groups_of(frames, on)
            groups = groups if places is None else groups.join(places, on=KEY, maintain_order="left")
            was, becomes = (side.decide(frames, ruleset, on) for side in sides)
            into.add(was, becomes, groups)
    told(len(tables.delen), len(tables.delen))
    return tuple(
        into.found(ruleset, tables.naam, (*tables.opmerkingen, *_singly(ruleset, sides)))
        for (ruleset, _), into in zip(asked, counts, strict=True)
    )


def _singly(ruleset: str, sides: Sequence[_Side]) -> Iterator[str]:
    """That a ruleset could not be decided in columns, and why."""
    for side, when in zip(sides, ("oude", "nieuwe"), strict=True):
        gap = side.columns.gaps.get(ruleset)
        if gap is not None:
            yield f"De {when} versie van «{ruleset}» {IN_WORDS[gap]}. Daarom is daarmee iedereen een voor een beslist; dat duurt langer."


class _Side:
    """One version of the register, and the engine that decides with it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.layout = layout(desk.register)
        self.columns = ColumnsEngine(desk)

    def decide(self, tables: Frames, ruleset: str, on: date) -> pl.DataFrame:
        """`sleutel`, `uitkomst`, `jaar` (the amount in cents per year, 0 without one) and `reden`, a row per person."""
        import polars as pl

        odd = tables[PERSONS].filter(_odd(tables[PERSONS], on))[KEY]
        if not len(odd):
            return self._together(tables, ruleset, on)
        if len(odd) == len(tables[PERSONS]):
            return self._one_by_one(tables, ruleset, on)
        mine = pl.col(KEY).is_in(odd.implode())
        others = {name: frame.filter(~mine) for name, frame in tables.items()}
        singly = self._one_by_one({name: frame.filter(mine) for name, frame in tables.items()}, ruleset, on)
        return pl.concat([self._together(others, ruleset, on), singly])

    def _together(self, tables: Frames, ruleset: str, on: date) -> pl.DataFrame:
        import polars as pl

        try:
            times = PER_YEAR[self.desk.register.version(ruleset, on).per]
        except LinkError as error:
            nobody = pl.lit(NIET_BESLIST).alias("uitkomst"), pl.lit(0, dtype=pl.Int64).alias("jaar")
            return tables[PERSONS].select(KEY, *nobody, pl.lit(self._why_not(ruleset, on, error)).alias(_WHY))
        _, found = next(iter(self.columns.decide(tables, [ruleset], on)))
        return found.select(KEY, "uitkomst", (pl.col("bedrag").fill_null(0) * times).alias("jaar"), pl.col(_WHY))

    def _why_not(self, ruleset: str, on: date, error: LinkError) -> str:
        """Why nobody can be decided, in the words in which one case is told."""
        try:
            self.desk.compiled_in(None, ruleset, on)
        except LinkError as first:
            error = first
        return reason_of(error)

    def _one_by_one(self, tables: Frames, ruleset: str, on: date) -> pl.DataFrame:
        """Whoever has an age that can't be: as such a single case is refused or decided."""
        import polars as pl

        rows: list[tuple[int, str, int, str | None]] = []
        for key, situation in people(tables, self.layout):
            if not isinstance(situation, Situation):
                rows.append((key, NIET_BESLIST, 0, situation))
                continue
            reasons: Counter[str] = Counter()
            rows.append((key, *outcome(self.desk, ruleset, situation, on, reasons), next(iter(reasons), None)))
        names = {KEY: pl.Int64, "uitkomst": pl.String, "jaar": pl.Int64, _WHY: pl.String}
        return pl.DataFrame(rows, schema=names, orient="row")


def _odd(persons: pl.DataFrame, on: date) -> pl.Expr:
    """Born after the day, or so long ago that nobody is that old (`population.impact` decides these the long way too)."""
    import polars as pl

    if _BORN not in persons.columns:
        return pl.lit(value=False)
    last = pl.coalesce(f"{_BORN}.tot", _BORN) if f"{_BORN}.tot" in persons.columns else pl.col(_BORN)
    return ((last > on) | (on.year - last.dt.year() > MAX_AGE)).fill_null(value=False)


class _Count:
    """The counts of one ruleset, part after part."""

    def __init__(self) -> None:
        self.everybody = Tally()
        self.groups: dict[str, dict[str, Tally]] = {FORM: {}, AGE: {}}
        self.spread: dict[int, Tally] = {}
        self.reasons: Counter[str] = Counter()

    def add(self, was: pl.DataFrame, becomes: pl.DataFrame, groups: pl.DataFrame) -> None:
        """Count one part: what was decided by both versions, and to which groups everybody in it belongs."""
        import polars as pl

        for side in (was, becomes):
            told = side[_WHY].drop_nulls().value_counts()
            self.reasons.update(dict(told.iter_rows()))
        before = was.select(KEY, pl.col("uitkomst").alias(_WAS), pl.col("jaar").alias(_YEAR_WAS))
        after = becomes.select(KEY, pl.col("uitkomst").alias(_BECOMES), pl.col("jaar").alias(_YEAR_BECOMES))
        both = before.join(after, on=KEY).join(groups, on=KEY).with_columns(_step().alias(_STEP))
        for _, *row in _counts(both, None):
            _into(self.everybody, row)
        for name in groups.columns[1:]:
            for value, *row in _counts(both, name):
                _into(self.groups.setdefault(name, {}).setdefault(value, Tally()), row)
        for step, *row in _counts(both, _STEP):
            _into(self.spread.setdefault(step, Tally()), row)

    def found(self, ruleset: str, population: str, remarks: tuple[str, ...]) -> Counted:
        """Everything that was counted; by district where there are few enough to read."""
        groups, districts = self.groups, len(self.groups.get(DISTRICT, ()))
        if districts > MOST_DISTRICTS:
            groups = {name: tallies for name, tallies in groups.items() if name != DISTRICT}
            told = f"{districts:,}".replace(",", ".")
            remarks = (
                *remarks,
                f"Niet per wijk: er zijn {told} wijken, en meer dan {MOST_DISTRICTS} regels leest niemand. Neem één gemeente, of grotere wijken.",
            )
        return Counted(ruleset, population, self.everybody, groups, dict(self.reasons), self.spread, remarks)


def _counts(both: pl.DataFrame, name: str | None) -> Iterator[tuple[Any, ...]]:
    """Of each value of a column (None: of everybody) and each transition: how many, the amounts, and how many of them have one."""
    import polars as pl

    was, becomes = pl.col(_YEAR_WAS), pl.col(_YEAR_BECOMES)
    by = pl.lit(value=True).alias("allen") if name is None else pl.col(name)
    numbers = (pl.len(), was.sum(), becomes.sum())
    had, has = was != 0, becomes != 0
    kinds = {"had": had, "heeft": has, "anders": was != becomes, "stopt": had & ~has, "begint": has & ~had}
    having = [kind.sum().alias(f"aantal_{word}") for word, kind in kinds.items()]
    yield from both.group_by(by, _WAS, _BECOMES).agg(*numbers, *having).sort(by.meta.output_name(), _WAS, _BECOMES).iter_rows()


def _into(tally: Tally, row: Sequence[Any]) -> None:
    was, becomes, number, year_was, year_becomes, had, has, changed, stopped, began = row
    tally.add_many((was, becomes), number, (year_was, year_becomes), (had, has, changed, stopped, began))


def _step() -> pl.Expr:
    """`population.spread.step_of`, in columns."""
    import polars as pl

    change = pl.col(_YEAR_BECOMES) - pl.col(_YEAR_WAS)
    size = pl.sum_horizontal((change.abs() >= 100 * euro).cast(pl.Int64) for euro in LIMITS) + 1
    before, after = (pl.col(name).replace_strict(LADDER, return_dtype=pl.Int64) for name in (_WAS, _BECOMES))
    same = pl.when(before == after).then(SAME).when(after < before).then(WORSE).otherwise(BETTER)
    return pl.when(change > 0).then(size).when(change < 0).then(-size).otherwise(same).cast(pl.Int64)
