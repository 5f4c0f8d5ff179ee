"""Every table and column of a population: one row per client in `personen`, one table per list.

A fact has a column with its path as its name. Null is unknown, and so is a column that is not there; nothing has a default. Beside
a fact can stand what one value can not say: `.tot` the last possible day of an incomplete date, `.geen` that it is known that there
is none, `.dagen` the days of a period (the column itself holds its months). A list has a Boolean column (true: it is known, and its
table holds all its rows) and a partner one (true: there is one, false: there is none).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, Protocol

from responsief.facts import Soort
from responsief.frozen import dataclass
from responsief.ir.ruleset import Ruleset
from responsief.ir.types import GETAL, JA_NEE, Field, Kind, Record, Type, situation_schema, type_of_soort

VERSION: Final = 1
PERSONS: Final = "personen"
KEY: Final = "sleutel"
PARTNER: Final = "huishouden.partner"
DISTRICT: Final = "wijk"  # a column of `personen` to count by: no fact of a situation, so no rule reads it

Role = Literal["sleutel", "nr", "feit", "tot", "geen", "dagen", "lijst", "partner"]
Storage = Literal["Int64", "Int32", "Boolean", "Date", "String"]

_STORED: Final[dict[Kind, Storage]] = {
    Kind.GELD: "Int64",  # euro cents
    Kind.GETAL: "Int64",  # times 10 to the power of `cijfers`
    Kind.JA_NEE: "Boolean",
    Kind.DATUM: "Date",
    Kind.PERIODE: "Int64",  # months
    Kind.KEUZE: "String",
    Kind.TEKST: "String",
    Kind.LIJST: "Boolean",
    Kind.GROEP: "Boolean",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in its table, what it says of a fact (`role`), that fact's type and path (from the client, or in a table of
    a list from the entry; («eigen», ruleset, name) of a ruleset's own fact; () of a key), and how it is stored."""

    name: str
    role: Role
    type: Type
    path: tuple[str, ...]
    storage: Storage


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name (the path of its list), its keys (`sleutel`; of a list also `nr`, of a list in a list also `nr2`) and all of
    its columns, keys first. `path` leads to the list; `words`: its entries are plain words, in the column `waarde`."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]
    path: tuple[str, ...] = ()
    words: bool = False

    @property
    def facts(self) -> tuple[Column, ...]:
        """The columns that are no key."""
        return self.columns[len(self.keys) :]


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables by name (`personen` first) and how rulesets' own facts are read, by ruleset and name."""

    tables: dict[str, Table]
    own: dict[tuple[str, str], Soort]

    @property
    def persons(self) -> Table:
        """The table with a row per client."""
        return self.tables[PERSONS]


class Rules(Protocol):
    """What a register is to a layout."""

    @property
    def versions(self) -> Mapping[str, Sequence[Ruleset]]:
        """The versions of each ruleset, by id, oldest first."""


def layout(rules: Rules | Layout | None = None) -> Layout:
    """Every table and column of a population; `rules` (a register) says which own facts its rulesets ask. A layout stays itself."""
    if isinstance(rules, Layout):
        return rules
    own = dict(_own_facts(rules.versions)) if rules is not None else {}
    columns: list[Column] = [Column(KEY, "sleutel", GETAL, (), "Int64")]
    tables: list[Table] = []
    _walk(situation_schema(), (), columns, tables)
    for (home, name), soort in own.items():
        columns += _of_fact(f"eigen.{home}.{name}", ("eigen", home, name), type_of_soort(soort), soort.geen)
    persons = Table(PERSONS, (KEY,), tuple(columns))
    return Layout({table.name: table for table in (persons, *tables)}, own)


def _own_facts(versions: Mapping[str, Sequence[Ruleset]]) -> Iterator[tuple[tuple[str, str], Soort]]:
    """The own facts of every version. Versions may differ: a column takes the words and decimals of all, or is of the newest kind."""
    for home in sorted(versions):
        found: dict[str, list[Soort]] = {}
        for ruleset in versions[home]:
            for name, definition in ruleset.gegevens.items():
                found.setdefault(name, []).append(definition.soort)
        for name in sorted(found):
            newest = found[name][-1]
            alike = [soort for soort in found[name] if soort.naam == newest.naam]
            if len({(s.opties, s.geen, s.cijfers, s.minst) for s in alike}) == 1:
                yield (home, name), newest
                continue
            words = dict.fromkeys(word for soort in alike for word in soort.opties)
            least = None if any(s.minst is None for s in alike) else min(s.minst or 0 for s in alike)
            geen, digits = any(s.geen for s in alike), max(s.cijfers for s in alike)
            yield (home, name), Soort(newest.naam, *words, geen=geen, cijfers=digits, minst=least)


def _walk(record: Record, path: tuple[str, ...], columns: list[Column], tables: list[Table]) -> None:
    for field in record.fields.values():
        here = (*path, field.name)
        match field.type.kind:
            case Kind.GROEP:
                if ".".join(here) == PARTNER:
                    columns.append(Column(PARTNER, "partner", JA_NEE, here, "Boolean"))
                assert field.type.record is not None
                _walk(field.type.record, here, columns, tables)
            case Kind.LIJST:
                columns.append(Column(".".join(here), "lijst", field.type, here, "Boolean"))
                tables += _of_list(field, here, (KEY,))
            case _:
                columns += _of_fact(".".join(here), here, field.type, _can_be_absent(here, field))


def _can_be_absent(path: tuple[str, ...], field: Field) -> bool:
    """Can it be known of somebody that there is none? A partner's facts are typed as absent where there is no partner; what a
    partner who is there can lack is what everybody can lack."""
    if path[:2] == ("huishouden", "partner"):
        record = situation_schema().fields["persoon"].type.record
        for step in path[2:-1]:
            assert record is not None
            record = record.fields[step].type.record
        assert record is not None
        field = record.fields[path[-1]]
    return field.type.geen


def _of_list(field: Field, path: tuple[str, ...], above: tuple[str, ...]) -> Iterator[Table]:
    number = "nr" if len(above) == 1 else f"nr{len(above)}"
    keys = (*above, number)
    columns = [Column(KEY, "sleutel", GETAL, (), "Int64"), *(Column(k, "nr", GETAL, (), "Int32") for k in keys[1:])]
    record = field.type.record
    assert record is not None
    deeper: list[Table] = []
    for one in record.fields.values():
        if one.type.kind is Kind.LIJST:
            columns.append(Column(one.name, "lijst", one.type, (one.name,), "Boolean"))
            deeper += _of_list(one, (*path, one.name), keys)
        else:
            columns += _of_fact(one.name, (one.name,), one.type, one.type.geen)
    words = not record.fields
    if words:
        columns.append(Column("waarde", "feit", Type(Kind.TEKST), (), "String"))
    yield Table(".".join(path), keys, tuple(columns), path, words)
    yield from deeper


def _of_fact(name: str, path: tuple[str, ...], kind: Type, geen: bool) -> Iterator[Column]:
    yield Column(name, "feit", kind, path, _STORED[kind.kind])
    if kind.kind is Kind.DATUM:
        yield Column(f"{name}.tot", "tot", kind, path, "Date")
    if kind.kind is Kind.PERIODE:
        yield Column(f"{name}.dagen", "dagen", kind, path, "Int64")
    if geen:
        yield Column(f"{name}.geen", "geen", kind, path, "Boolean")
