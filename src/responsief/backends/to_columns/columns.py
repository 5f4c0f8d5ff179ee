"""The two doors: a program as columns, and tables decided with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.to_columns import partitions
from responsief.backends.to_columns.beside import Catalogue, Extra
from responsief.backends.to_columns.engines import enter, leave
from responsief.backends.to_columns.gaps import GapCode, GapError
from responsief.backends.to_columns.run import Plan, Schema
from responsief.frozen import dataclass
from responsief.ir.program import counts_on
from responsief.tables.layout import PERSONS, Layout, Rules, layout


@cache
def _every_fact() -> Schema:
    """The columns of tables that hold every fact of a situation."""
    return {table.name: frozenset(column.name for column in table.columns) for table in layout().tables.values()}


@dataclass(frozen=True)
class Columns:
    """A program that can decide tables. `scales`: with how many decimals the tables hold own facts, where a layout says so; `extra`: what
    is said beside the verdict, with the `catalogue` of the register that it comes from."""

    compiled: Compiled
    scales: Mapping[tuple[str, str], int]
    extra: tuple[Extra, ...]
    catalogue: Catalogue | None
    _plans: dict[Any, Plan]

    def gap(self, today: date) -> GapCode | None:
        """Why this program can't be decided in columns on that day: a key of `GAPS`. None when it can."""
        try:
            self.plan(today, _every_fact())
        except GapError as gap:
            return gap.code
        return None

    def grounds(self, code: int, today: date) -> tuple[str, ...]:
        """The ids of the criteria behind a code of `gronden` or `te_wegen`."""
        ruleset = self.compiled.program.ruleset
        assert ruleset is not None
        return tuple([c.id for at, c in enumerate(c for c in ruleset.criteria if counts_on(c, today)) if code >> at & 1])

    def plan(self, today: date, schema: Schema) -> Plan:
        """The plan of a day for tables with these columns; GapError names what columns can't do."""
        key = (today, frozenset((name, columns) for name, columns in schema.items()))
        found = self._plans.get(key)
        if found is None:
            self._plans.clear()
            found = self._plans[key] = Plan(self.compiled, today, schema, self.scales, self.extra, self.catalogue)
        return found


def compile_columns(
    compiled: Compiled,
    rules: Rules | Layout | None = None,
    extra: Sequence[Extra] = (),
    catalogue: Catalogue | None = None,
) -> Columns:
    """A ruleset's program, ready to decide tables.

    `rules`: the register (or layout) that the tables were made for. It says with how many decimals they hold rulesets' own facts;
    without it they hold as many as the program's own version asks. `extra`: which columns there are beside the verdict (`EXTRAS`); signals
    and alternatives need the `catalogue` of that day and place (`hardship.beside.catalogue_of`), and it must be one of that day.
    """
    if catalogue is None and {*extra} & {"signalen", "alternatieven"}:
        raise ValueError("signals and alternatives come from a catalogue")
    own = layout(rules).own if rules is not None else {}
    return Columns(compiled, {fact: soort.cijfers for fact, soort in own.items()}, tuple(extra), catalogue, {})


def decide_columns(columns: Columns, tables: Mapping[str, Any], today: date) -> Any:
    """Decide every client of these tables on a day: a frame of the same kind as `personen`, one row per client.

    `sleutel` · `uitkomst` · `bedrag` and `bedrag_vol` (cents) · `gronden` and `te_wegen` (a bit for each criterion in force, in order) ·
    `wacht_tot` (yyyymmdd) · `oordeel.<id>` per criterion (ja where only another version asks it of somebody) · `buiten`: why a row
    can't be decided in columns, a key of `OUTSIDE` (null: it was; otherwise it has no outcome, and its criteria say nothing).

    Of what is asked beside it (`compile_columns`) there is a column of that name: ids with commas between them, in alphabetical order.
    `nodig` (of whom nothing can be decided yet): the facts that it still hangs on, of an entry of a list without its number. Of everybody who
    is not granted everything: `clausules` in reach, `signalen` that fire, and `alternatieven`: provisions whose conditions are known to hold,
    as the gate counts them. `buiten_extra`: why one of these can't be said of a row, a key of `OUTSIDE` or `BESIDE`; then it is null.

    Raises GapError when columns can't do this program, LookupError naming a table that is not there, LinkError naming a figure
    without a value on the day.
    """
    if partitions.in_partitions(tables.get(PERSONS)):
        return partitions.decided(tables, lambda part: decide_columns(columns, part, today))
    frames = enter(tables)
    schema = {name: frozenset(names) for name, names in frames.columns.items()}
    plan = columns.plan(today, schema)
    return leave(plan.run(frames), tables[PERSONS], in_order=frames.in_order and not plan.stages)
