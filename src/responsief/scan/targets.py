"""Where a column of somebody's own file goes: a fact of the client, a field of an entry in a list, or what somebody receives now."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from responsief.diagnostics import did_you_mean
from responsief.frozen import dataclass
from responsief.ir.types import JA_NEE, TEKST, Kind, Type
from responsief.tables.layout import DISTRICT, PERSONS, Column, Layout

RECEIVES: Final = (
    "ontvangt"  # «ontvangt.<regelset>»: does somebody have this right already? No fact of a situation, only of a scan
)
_ENTRY: Final = re.compile(r"(?P<list>[a-z_.]+)\.(?P<nr>[1-9][0-9]?)\.(?P<field>[a-z_]+)")


@dataclass(frozen=True, slots=True)
class Target:
    """A place in the tables. `nr` is which entry of a list a column of a wide file tells of, from 1; 0 of everything else."""

    tabel: str
    kolom: str
    type: Type
    minst: int | None = None
    nr: int = 0

    @property
    def pad(self) -> str:
        """How a mapping names it."""
        if self.tabel == PERSONS:
            return self.kolom
        return f"{self.tabel}.{self.nr}.{self.kolom}" if self.nr else f"{self.tabel}.{self.kolom}"


class UnknownPathError(ValueError):
    """A path that leads nowhere: what is wrong, and what to do."""

    def __init__(self, text: str, hulp: str) -> None:
        super().__init__(text)
        self.hulp = hulp


def person_target(path: str, layout: Layout, rulesets: Iterable[str]) -> Target:
    """Where a column of the file of persons goes. Raises UnknownPathError."""
    head, _, rest = path.partition(".")
    if head == RECEIVES:
        known = tuple(rulesets)
        if rest not in known:
            raise UnknownPathError(
                f"«{rest}» is geen regelset", did_you_mean(rest, known) or "noem de regelset, zoals «ontvangt.iit-rotterdam»"
            )
        return Target(PERSONS, path, JA_NEE)
    if path == DISTRICT:
        return Target(PERSONS, path, TEKST)
    for column in layout.persons.facts:
        if column.name == path and column.role in ("feit", "partner"):
            return Target(PERSONS, path, JA_NEE if column.role == "partner" else column.type, _least(column, layout))
    if (found := _ENTRY.fullmatch(path)) is not None and found["list"] in layout.tables:
        one = list_target(found["list"], found["field"], layout)
        return Target(one.tabel, one.kolom, one.type, one.minst, int(found["nr"]))
    for name in sorted(layout.tables, key=len, reverse=True):
        if path == name or path.startswith(f"{name}."):
            field = path.removeprefix(name).lstrip(".") or _fields(layout, name)[0]
            raise UnknownPathError(
                f"«{path}» hoort bij een lijst",
                f"zeg welke regel van de lijst dit is: «{name}.1.{field}», of geef de lijst een eigen bestand",
            )
    raise UnknownPathError(f"«{path}» is geen gegeven", _near(path, layout))


def list_target(name: str, field: str, layout: Layout) -> Target:
    """Where a column of the file of a list goes; `field` may carry the name of the list. Raises UnknownPathError."""
    short = field.removeprefix(f"{name}.")
    for column in layout.tables[name].facts:
        if column.name == short and column.role == "feit":
            return Target(name, short, column.type, _least(column, layout))
    fields = _fields(layout, name)
    raise UnknownPathError(
        f"«{field}» is geen veld van «{name}»", did_you_mean(short, fields) or f"kies uit: {', '.join(fields)}"
    )


def list_names(layout: Layout) -> tuple[str, ...]:
    """Every list that can have a file of its own: those of the client, no lists in lists."""
    return tuple(name for name, table in layout.tables.items() if name != PERSONS and table.keys == ("sleutel", "nr"))


def paths(layout: Layout) -> tuple[str, ...]:
    """Every path that a column of the file of persons can have, of a list its first entry."""
    facts = [c.name for c in layout.persons.facts if c.role in ("feit", "partner")]
    return (DISTRICT, *facts, *(f"{name}.1.{field}" for name in list_names(layout) for field in _fields(layout, name)))


def _fields(layout: Layout, name: str) -> list[str]:
    return [c.name for c in layout.tables[name].facts if c.role == "feit"]


def _near(path: str, layout: Layout) -> str:
    every = paths(layout)
    if near := did_you_mean(path, every):
        return near
    last = path.rpartition(".")[2]
    ends = [one for one in every if one.rpartition(".")[2] == last]
    return f"bedoelde u «{ends[0]}»?" if len(ends) == 1 else "welke er zijn, staat in docs/gegevens.md"


def _least(column: Column, layout: Layout) -> int | None:
    """The least that an amount or number can be: nought for what every situation has."""
    if column.path[:1] == ("eigen",):
        return layout.own[(column.path[1], column.path[2])].minst
    return 0 if column.type.kind in (Kind.GELD, Kind.GETAL) else None
