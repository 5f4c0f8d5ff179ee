"""Tables back into situations: what a verdict may use of each client, no more and no less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from responsief.ir.types import Kind
from responsief.situation import Situation, without
from responsief.tables.layout import KEY, PARTNER, PERSONS, Column, Layout, Rules, Table, layout
from responsief.values import GEEN, Between, Period
from responsief.vocabulary import LEEFGEBIEDEN

if TYPE_CHECKING:
    import polars as pl

    Frames = Mapping[str, pl.DataFrame]

#: an entry may have lost the word that it needs (it was in doubt): what it is read with, to be taken out again
_NEEDED: Final = {"behoeften": ("leefgebied", LEEFGEBIEDEN[0]), "omstandigheden": ("soort", "overig")}


def situation_of(frames: Frames, key: int, rules: Rules | Layout | None = None) -> Situation:
    """The situation of the client with this `sleutel`. Raises KeyError when there is none, and pydantic's ValidationError (which
    `intake.diagnostics` tells in Dutch) for a row that is no situation."""
    import polars as pl  # late: an extra

    mine = {name: frame.filter(pl.col(KEY) == key) for name, frame in frames.items()}
    for _, found in situations_of(mine, rules):
        return found
    raise KeyError(key)


def situations_of(frames: Frames, rules: Rules | Layout | None = None) -> Iterator[tuple[int, Situation]]:
    """Each client's `sleutel` and situation, in the order of `personen`. Raises ValidationError as `situation_of` does."""
    known = layout(rules)
    entries = {t.name: _by_client(frames.get(t.name), t) for t in known.tables.values() if t.name != PERSONS}
    facts = _there(known.persons, frames[PERSONS])
    for row in frames[PERSONS].iter_rows(named=True):
        data = _written(known, facts, row, entries)
        lent = [path for name in _NEEDED for path in _lend(name, data.get(name) or ())]
        yield row[KEY], without(Situation.model_validate(data), lent)


def _lend(name: str, entries: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Give the entries that lack it the word that they need; the paths of what was given."""
    needed, anything = _NEEDED[name]
    for at, entry in enumerate(entries):
        if needed not in entry and not (name == "omstandigheden" and entry.get("woorden")):
            entry[needed] = anything
            yield f"{name}.{at}.{needed}"


Rows = dict[tuple[int, ...], list[dict[str, Any]]]  # of a table: the rows of an entry's list, by the keys above it


def _by_client(frame: pl.DataFrame | None, table: Table) -> Rows:
    found: Rows = {}
    if frame is not None:
        for row in frame.sort(table.keys).iter_rows(named=True):
            found.setdefault(tuple(row[key] for key in table.keys[:-1]), []).append(row)
    return found


def _there(table: Table, frame: pl.DataFrame) -> list[Column]:
    names = set(frame.columns)
    told = [column for column in table.facts if column.role in ("feit", "lijst", "partner")]
    return [column for column in told if column.name in names or f"{column.name}.geen" in names]


def _written(known: Layout, facts: list[Column], row: dict[str, Any], entries: dict[str, Rows]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    partner = row.get(PARTNER)
    for column in facts:
        path = column.path
        if path[:2] == ("huishouden", "partner"):
            if column.role == "partner":
                data.setdefault("huishouden", {})["partner"] = {} if partner else None if partner is None else GEEN
            if not partner or column.role == "partner":
                continue
        if column.role == "lijst":
            value = _list(known, known.tables[column.name], entries, (row[KEY],)) if row[column.name] else None
        else:
            value = _value(column, row)
        if value is not None:
            into = data
            for step in path[:-1]:
                into = into.setdefault(step, {})
            into[path[-1]] = value
    return data


def _list(known: Layout, table: Table, entries: dict[str, Rows], keys: tuple[int, ...]) -> list[Any]:
    found = []
    for row in entries[table.name].get(keys, ()):
        if table.words:
            found.append(row.get("waarde"))
            continue
        entry: dict[str, Any] = {}
        for column in table.facts:
            if column.role == "lijst" and row.get(column.name):
                inner = known.tables[f"{table.name}.{column.name}"]
                entry[column.name] = _list(known, inner, entries, (*keys, row[table.keys[-1]]))
            elif column.role == "feit" and (value := _value(column, row)) is not None:
                entry[column.name] = value
        found.append(entry)
    return found


def _value(column: Column, row: dict[str, Any]) -> Any:
    """A fact as a situation reads it; None when unknown."""
    value = row.get(column.name)
    if row.get(f"{column.name}.geen"):
        return GEEN
    if value is None:
        return None
    match column.type.kind:
        case Kind.GELD:
            return {"centen": value}
        case Kind.DATUM:
            last = row.get(f"{column.name}.tot")
            return value if last is None or last == value else Between(value, last)
        case Kind.PERIODE:
            return Period(value, row.get(f"{column.name}.dagen") or 0)
        case Kind.GETAL if column.type.cijfers:
            whole, rest = divmod(abs(value), 10**column.type.cijfers)
            return f"{'-' if value < 0 else ''}{whole}.{rest:0{column.type.cijfers}d}"
        case _:
            return value
