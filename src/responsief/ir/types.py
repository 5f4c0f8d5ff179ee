"""The types of the language, and the types of everything that a situation holds."""

from __future__ import annotations

from dataclasses import field
from dataclasses import replace as _replace
from enum import StrEnum
from functools import cache
from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from responsief.facts import Soort
from responsief.frozen import dataclass
from responsief.situation import BRONNEN, Situation, model_of
from responsief.values import Geen


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
    """The situation as the language sees it; computed once from the models themselves."""
    return _record(Situation, "de situatie", geen=False)


def _record(model: type[BaseModel], name: str, *, geen: bool) -> Record:
    fields = {}
    for key, info in model.model_fields.items():
        if key in ("formaat", "feiten", "eigen"):
            continue
        found = _type(info, geen)
        if found is not None:
            extra: Any = info.json_schema_extra or {}
            fields[key] = Field(
                key,
                found,
                info.title or key,
                info.description or "",
                tuple(extra.get("van", ("inwoner",))),
                extra.get("eenheid"),
            )
    return Record(name, fields)


def _type(info: FieldInfo, geen: bool) -> Type | None:
    for note in info.metadata:
        if isinstance(note, Soort):
            plain = type_of_soort(note)
            return _replace(plain, geen=plain.geen or (geen and plain.kind is not Kind.JA_NEE))
    inner = model_of(info.annotation)
    arguments = _arguments(info.annotation)
    if any(getattr(a, "__origin__", None) is tuple for a in arguments):
        if inner is not None:
            return Type(Kind.LIJST, record=_record(inner, info.title or "", geen=False))
        words = next((m for a in arguments for m in _soorten(a)), None)
        return Type(Kind.LIJST, record=Record(info.title or "", {})) if words is not None else None
    if inner is None:
        return None
    absent = Geen in arguments
    return Type(
        Kind.GROEP, geen=geen or absent, record=_record(inner, info.title or inner.__name__.lower(), geen=geen or absent)
    )


def _arguments(annotation: Any) -> tuple[Any, ...]:
    found = getattr(annotation, "__args__", ())
    if getattr(annotation, "__origin__", None) is tuple:
        return (annotation, *found)
    return found + tuple(b for a in found for b in _arguments(a) if getattr(b, "__origin__", None) is tuple)


def _soorten(annotation: Any) -> list[Soort]:
    notes = [n for n in getattr(annotation, "__metadata__", ()) if isinstance(n, Soort)]
    return notes + [n for a in getattr(annotation, "__args__", ()) for n in _soorten(a)]


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
