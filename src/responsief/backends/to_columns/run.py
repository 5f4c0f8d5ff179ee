"""Deciding tables: which columns of which table are read, lists taken together per client, and the verdict of every client."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.to_columns.algebra import Expr, OverflowGapError
from responsief.backends.to_columns.beside import Catalogue, Extra, beside
from responsief.backends.to_columns.emit import extend
from responsief.backends.to_columns.engines import Frames
from responsief.backends.to_columns.gaps import GapError
from responsief.backends.to_columns.meaning import Gathered, Meaning, leaves
from responsief.backends.to_columns.outcome import conclude, criteria_in_force
from responsief.tables.layout import KEY, PERSONS

Schema = Mapping[str, frozenset[str]]


class Plan:
    """A program on one day, for tables with these columns: what is worked out in which frame, in which order."""

    def __init__(
        self,
        compiled: Compiled,
        today: date,
        schema: Schema,
        scales: Mapping[tuple[str, str], int],
        extra: Sequence[Extra] = (),
        catalogue: Catalogue | None = None,
    ) -> None:
        try:
            self.meaning = Meaning(compiled, today, schema, scales)
            self.columns = conclude(self.meaning)
            if extra:
                self.columns |= beside(self.meaning, self.columns, extra, catalogue)
        except OverflowGapError as error:
            raise GapError("getal-te-groot") from error
        self.criteria = tuple([c.id for c in criteria_in_force(self.meaning)])

    @cached_property
    def stages(self) -> list[list[Gathered]]:
        """What is gathered from lists, in the order in which it can be: some entries read what was gathered from others."""
        wanted: dict[int, Gathered] = {}
        pending = [one for one in leaves(*self.columns.values()) if one.at in self.meaning.gathered]
        stage_of: dict[int, int] = {}

        def stage(column: Expr) -> int:
            found = stage_of.get(column.at)
            if found is None:
                gathered = wanted[column.at] = self.meaning.gathered[column.at]
                read = [one for one in self.read_by(gathered) if one.at in self.meaning.gathered]
                found = stage_of[column.at] = 1 + max(map(stage, read), default=-1)
            return found

        for one in pending:
            stage(one)
        stages: list[list[Gathered]] = [[] for _ in range(1 + max(stage_of.values(), default=-1))]
        for at, number in sorted(stage_of.items()):
            stages[number].append(wanted[at])
        return stages

    def read_by(self, gathered: Gathered) -> list[Expr]:
        """The columns of clients that the entries of a list read."""
        return list(leaves(*(self.up(one) for one in leaves(gathered.of) if one.value[0] == "u")))

    def up(self, column: Expr) -> Expr:
        """The client's expression behind a column that entries read."""
        return self.meaning.ups[column.value[1]][0]

    def run(self, frames: Frames) -> Any:
        """The verdicts, as a lazy frame of the same engine."""
        gathered = [one for stage in self.stages for one in stage]
        ups = {leaf.at: leaf for one in gathered for leaf in leaves(one.of) if leaf.value[0] == "u"}
        read = leaves(*self.columns.values(), *(self.up(leaf) for leaf in ups.values()))
        own = [leaf for leaf in read if leaf.value[0] == "t"]
        persons, there = _source(frames, PERSONS, own)
        for stage in self.stages:
            for table in dict.fromkeys(one.table for one in stage):
                wanted = [one for one in stage if one.table == table]
                totals = self._totals(frames, wanted, persons, there)
                persons = persons.join(totals, on=KEY, how="left")
                there |= {one.column.at: f"g{one.column.at}" for one in wanted}
        return extend(frames, persons, self.columns, there)

    def _totals(self, frames: Frames, wanted: list[Gathered], persons: Any, there: dict[int, str]) -> Any:
        """What is gathered from the entries of one list: a row per client who has any."""
        found = leaves(*(one.of for one in wanted))
        frame, held = _source(frames, wanted[0].table, [leaf for leaf in found if leaf.value[0] == "t"])
        ups = [leaf for leaf in found if leaf.value[0] == "u"]
        if ups:
            above = extend(frames, persons, {f"u{leaf.at}": self.up(leaf) for leaf in ups}, there)
            frame = frame.join(above, on=KEY, how="left")
            held |= {leaf.at: f"u{leaf.at}" for leaf in ups}
        made = extend(frames, frame, {f"g{one.column.at}": one.of for one in wanted}, held)
        col, whole = frames.words.col, frames.words.Int64
        together = [  # DuckDB adds up whole numbers to twice as wide ones, which it writes to Parquet as doubles
            col(name).sum().cast(whole) if one.how == "som" else col(name).max()
            for one in wanted
            for name in (f"g{one.column.at}",)
        ]
        return made.group_by(KEY).agg(*together)


def _source(frames: Frames, table: str, columns: list[Expr]) -> tuple[Any, dict[int, str]]:
    """A table with only what is read, under short names."""
    nw, frame = frames.words, frames.tables[table]
    schema = frame.collect_schema()
    wanted = {"int": nw.Int64, "date": nw.Date, "bool": nw.Boolean, "text": nw.String}
    names, made = {}, [nw.col(KEY)]
    for one in columns:
        source = one.value[2]
        names[one.at] = f"c{one.at}"
        column = nw.col(source)
        dtype = wanted.get(one.kind)
        if dtype is not None and schema[source] != dtype:
            column = column.cast(dtype)
        made.append(column.alias(names[one.at]))
    return frame.select(*made), names
