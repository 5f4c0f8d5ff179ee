"""The types of the language, and the types of everything that a situation holds."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from functools import cache
from typing import Any, Final

from responsief.facts import Soort
from responsief.frozen import dataclass
from responsief.ir.situation_fields import SITUATION_FIELDS
from responsief.vocabulary import BRONNEN


class Kind(StrEnum):
    """The kinds of value; the member's text is what a policy writer calls it."""

    GELD = "geld"
    GETAL = "getal"
    JA_NEE = "ja_nee"
    DATUM = "datum"
    PERIODE = "periode"
    KEUZE = "keuze"
    TEKST = "tekst"
    LIJST = "lijst"
    GROEP = "groep"


@dataclass(frozen=True, slots=True)
class Type:
    """A static type. `whole`: a number or amount without a fraction; `geen`: known absence is possible; `spread`: a number
    that an incomplete date may leave open (an age); `cijfers`: stored decimals of a `decimaal` fact."""

    kind: Kind
    options: tuple[str, ...] = ()
    whole: bool = True
    geen: bool = False
    spread: bool = False
    cijfers: int = 0
    record: Record | None = field(default=None, compare=False, repr=False)

    @property
    def numeric(self) -> bool:
        return self.kind in (Kind.GELD, Kind.GETAL)

    @property
    def plain(self) -> bool:
        """A value of this type is itself or unknown, nothing in between: back ends may compare it directly."""
        return not (self.geen or self.spread or self.kind is Kind.DATUM)

    def __str__(self) -> str:
        return NAMES[self.kind]


NAMES: Final = {
    Kind.GELD: "geld",
    Kind.GETAL: "een getal",
    Kind.JA_NEE: "ja of nee",
    Kind.DATUM: "een datum",
    Kind.PERIODE: "een periode",
    Kind.KEUZE: "een keuze",
    Kind.TEKST: "tekst",
    Kind.LIJST: "een lijst",
    Kind.GROEP: "een groep velden",
}

GELD: Final = Type(Kind.GELD)
GETAL: Final = Type(Kind.GETAL)
JA_NEE: Final = Type(Kind.JA_NEE)
DATUM: Final = Type(Kind.DATUM)
PERIODE: Final = Type(Kind.PERIODE)
TEKST: Final = Type(Kind.TEKST)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its type, and how to speak of it and ask for it."""

    name: str
    type: Type
    label: str
    vraag: str
    van: tuple[str, ...]
    eenheid: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A group of fields, under the Dutch words for one such group («een kind»)."""

    name: str
    fields: dict[str, Field]


def type_of_soort(soort: Soort) -> Type:
    """The static type of a kind of fact."""
    match soort.naam:
        case "geld":
            return GELD
        case "getal":
            return GETAL
        case "decimaal":
            return Type(Kind.GETAL, whole=soort.cijfers == 0, cijfers=soort.cijfers)
        case "ja_nee":
            return JA_NEE
        case "datum":
            return Type(Kind.DATUM, geen=soort.geen)
        case "periode":
            return PERIODE
        case "keuze":
            return Type(Kind.KEUZE, options=soort.opties)
        case "tekst":
            return TEKST


@cache
def situation_schema() -> Record:
    """The situation as the language sees it: what `situation_fields` holds of the models, computed once."""
    return Record("de situatie", _fields(SITUATION_FIELDS))


def _fields(written: tuple[Any, ...]) -> dict[str, Field]:
    return {name: Field(name, _type(*kind), label, vraag, van, eenheid) for name, kind, label, vraag, van, eenheid in written}


def _type(kind: str, more: dict[str, Any], title: str | None = None, inner: tuple[Any, ...] = ()) -> Type:
    return Type(Kind(kind), record=Record(title, _fields(inner)) if title is not None else None, **more)


CASE: Final = Record(
    "de zaak",
    {
        "regelset": Field("regelset", TEKST, "de regelset waar het over gaat", "", ("gemeente",)),
        "uitkomst": Field(
            "uitkomst",
            Type(Kind.KEUZE, options=("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht")),
            "de uitkomst",
            "",
            ("gemeente",),
        ),
        "ontbreekt": Field("ontbreekt", JA_NEE, "een beslissend gegeven is onbekend", "", ("gemeente",)),
    },
)

SOURCES: Final = frozenset(BRONNEN)
