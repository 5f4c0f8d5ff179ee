"""Who decides a part: an engine gives, of each ruleset, a frame with a row per person in the order of the keys.

Columns: `sleutel`, `uitkomst` (an outcome, or `niet_beslist`), `bedrag` (cents), `gronden` (the criteria of a refusal, with commas),
`te_wegen` (idem, of what may be refused), `wacht_tot`, `oordeel.<criterium>` (true, false or null), what was asked beside the outcome (`extra`:
`nodig`, `clausules`, `signalen`, `alternatieven`; ids with commas, null of whom it is not about) and `reden` (why somebody could not be
decided, or in Spark why something of `extra` could not be said of whom was; null where that was no problem).

`rij` is the reference: every row as a situation through `Desk.verdict`. Other engines give the same and are held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol

from pydantic import ValidationError

from responsief.backends.to_columns import Extra
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.intake import diagnostics
from responsief.ir.program import counts_on
from responsief.situation import Situation
from responsief.tables.from_frames import situation_of, situations_of
from responsief.tables.layout import KEY, PERSONS, Layout, layout

if TYPE_CHECKING:
    import polars as pl

    Tables = Mapping[str, pl.DataFrame]

NOT_DECIDED: Final = "niet_beslist"
PLACE: Final = "persoon.gemeente"

Plain = tuple[
    str, int | None, str, str, date | None, str | None
]  # outcome, amount, grounds, to weigh, waits until, why not decided


def _undecided(why: str) -> Plain:
    return NOT_DECIDED, None, "", "", None, why


class Engine(Protocol):
    """What decides the tables of one part."""

    naam: str

    def decide(self, tables: Tables, rulesets: Sequence[str], on: date) -> Iterator[tuple[str, pl.DataFrame]]:
        """Of each ruleset, in their order, the frame with a row per person."""


class RowEngine:
    """The reference: one person at a time, exactly as a single case is decided."""

    naam = "rij"

    def __init__(self, desk: Desk, extra: Sequence[Extra] = ()) -> None:
        self.desk = desk
        self.extra = tuple(extra)
        self.layout = layout(desk.register)

    def decide(self, tables: Tables, rulesets: Sequence[str], on: date) -> Iterator[tuple[str, pl.DataFrame]]:
        """See `Engine`."""
        found = [_Rows(criteria_of(self.desk, ruleset, on), self.extra) for ruleset in rulesets]
        for key, situation in people(tables, self.layout):
            for ruleset, rows in zip(rulesets, found, strict=True):
                rows.add(key, *self._one(situation, ruleset, on))
        for ruleset, rows in zip(rulesets, found, strict=True):
            yield ruleset, rows.frame()

    def _one(
        self, situation: Situation | str, ruleset: str, on: date
    ) -> tuple[Plain, dict[str, bool | None], dict[Extra, str | None]]:
        if isinstance(situation, str):
            return _undecided(situation), {}, {}
        try:
            verdict = self.desk.verdict(situation, ruleset, on)
            beside = self.desk.beside(situation, ruleset, on, self.extra) if self.extra else {}
        except InvalidError as wrong:
            return _undecided(wrong.diagnostics[0].tekst), {}, {}
        except LookupError as wrong:
            return _undecided(str(wrong)), {}, {}
        held = {c.id: v for c, v in zip(verdict.criteria, verdict.oordelen, strict=True)}
        grounds, to_weigh = ",".join(verdict.afgewezen_op), ",".join(verdict.te_wegen)
        return (verdict.uitkomst, verdict.bedrag, grounds, to_weigh, verdict.wacht_tot, None), held, beside


class _Rows:
    """The columns of one ruleset, filled row by row."""

    def __init__(self, criteria: Sequence[str], extra: Sequence[Extra]) -> None:
        self.keys: list[int] = []
        self.plain: tuple[list[Any], ...] = ([], [], [], [], [], [])
        self.held: dict[str, list[bool | None]] = {one: [] for one in criteria}
        self.beside: dict[Extra, list[str | None]] = {one: [] for one in extra}

    def add(self, key: int, plain: Plain, held: Mapping[str, bool | None], beside: Mapping[Extra, str | None]) -> None:
        self.keys.append(key)
        for into, value in zip(self.plain, plain, strict=True):
            into.append(value)
        for ident, into in self.held.items():
            into.append(held.get(ident))
        for name, told in self.beside.items():
            told.append(beside.get(name))

    def frame(self) -> pl.DataFrame:
        import polars as pl

        outcome, amount, grounds, to_weigh, until, why = self.plain
        return pl.DataFrame(
            [
                pl.Series(KEY, self.keys, dtype=pl.Int64),
                pl.Series("uitkomst", outcome, dtype=pl.String),
                pl.Series("bedrag", amount, dtype=pl.Int64),
                pl.Series("gronden", grounds, dtype=pl.String),
                pl.Series("te_wegen", to_weigh, dtype=pl.String),
                pl.Series("wacht_tot", until, dtype=pl.Date),
                *(pl.Series(f"oordeel.{ident}", values, dtype=pl.Boolean) for ident, values in self.held.items()),
                *(pl.Series(name, values, dtype=pl.String) for name, values in self.beside.items()),
                pl.Series("reden", why, dtype=pl.String),
            ]
        )


def criteria_of(desk: Desk, ruleset: str, on: date) -> tuple[str, ...]:
    """The criteria of a ruleset that count on a day: every engine has a column for each of them. Raises LinkError."""
    version = desk.register.version(ruleset, on)
    return tuple(dict.fromkeys(c.id for c in version.criteria if counts_on(c, on)))


def people(tables: Tables, known: Layout) -> Iterator[tuple[int, Situation | str]]:
    """Each person's key and situation; of a row that is no situation why not, in Dutch."""
    rest = tables[PERSONS]
    while len(rest):
        done = 0
        try:
            for key, situation in situations_of({**tables, PERSONS: rest}, known):
                done += 1
                yield key, situation
        except ValidationError:
            key = rest[KEY][done]
            yield key, _why(tables, key, known)
            done += 1
        rest = rest.slice(done)


def _why(tables: Tables, key: int, known: Layout) -> str:
    try:
        situation_of(tables, key, known)
    except ValidationError as wrong:
        found = diagnostics(wrong)
        return "; ".join(f"{one.pad or 'situatie'}: {one.tekst}" for one in found[:3])
    return "deze rij is niet te lezen"


def with_place(tables: Tables, place: str | None) -> dict[str, pl.DataFrame]:
    """The tables with a place for whoever has none: said by who asks for the scan, never a default."""
    import polars as pl

    persons = tables[PERSONS]
    if place is None:
        return dict(tables)
    filled = pl.col(PLACE).fill_null(place) if PLACE in persons.columns else pl.lit(place, dtype=pl.String).alias(PLACE)
    return {**tables, PERSONS: persons.with_columns(filled)}
