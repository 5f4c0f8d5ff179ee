"""The kinds of fact that a situation holds, and how each is read and written: once, for every field.

A `Soort` sits in a field's annotation. It reads what a file or a vendor sends («ja», «€ 480», 2026-03-02) into the value
that rules compute with, writes it back, describes itself in JSON Schema, and says in Dutch what is wrong otherwise.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Final, Literal

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from responsief.values import (
    GEEN,
    MAX_CENTS,
    Between,
    Day,
    Geen,
    Period,
    format_money,
    parse_money,
    parse_partial_day,
    parse_period,
    write_day,
)

SoortNaam = Literal["geld", "getal", "decimaal", "ja_nee", "datum", "periode", "keuze", "tekst"]

UNKNOWN_WORDS: Final = frozenset({"onbekend", "null", "~", ""})
MAX_TEXT: Final = 4000  # characters of the client's own words
MAX_LIST: Final = 500
MAX_NUMBER: Final = 10**9


def refuse(code: str, text: str) -> PydanticCustomError:
    """An error that pydantic carries to the field's path; the braces keep pydantic's own formatting out of the text."""
    return PydanticCustomError("responsief", "{tekst}", {"code": code, "tekst": text})


def suggest(word: str, known: Any) -> str:
    """« Bedoelde u «…»?» when one known word lies near, else an empty text."""
    near = difflib.get_close_matches(word, list(known), 1, 0.6)
    return f" Bedoelde u «{near[0]}»?" if near else ""


class Soort:
    """What kind of fact a field holds. `opties` are the words of a `keuze`; `geen` says that absence can be known."""

    def __init__(self, naam: SoortNaam, *opties: str, geen: bool = False, cijfers: int = 0) -> None:
        self.naam: SoortNaam = naam
        self.opties = opties
        self.geen = geen
        self.cijfers = cijfers

    def __repr__(self) -> str:
        return f"Soort({self.naam!r})"

    def read(self, value: Any) -> Any:
        """The typed value; None when unknown. Raises PydanticCustomError with a Dutch text."""
        if value is None or (isinstance(value, str) and value.strip().lower() in UNKNOWN_WORDS):
            return None
        if self.geen and (value is GEEN or value == "geen"):
            return GEEN
        return _READERS[self.naam](self, value)

    def write(self, value: Any) -> Any:
        """The text or JSON scalar that `read` takes back."""
        return write_value(self.naam, value, self.cijfers)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.json_schema()

    def json_schema(self) -> dict[str, Any]:
        """This kind of fact in JSON Schema 2020-12; unknown («onbekend», null) always fits."""
        words = ["onbekend", *(["geen"] if self.geen else [])]
        own: list[dict[str, Any]]
        match self.naam:
            case "geld":
                own = [
                    {
                        "type": "string",
                        "pattern": r"^-?\s?(€|EUR)\s?-?\d{1,3}(\.?\d{3})*(,(\d\d|-))?$",
                        "examples": ["€ 1.402,50"],
                    },
                    {
                        "type": "object",
                        "properties": {"centen": {"type": "integer"}},
                        "required": ["centen"],
                        "additionalProperties": False,
                    },
                ]
            case "getal":
                own = [{"type": "integer"}, {"type": "string", "pattern": r"^-?\d{1,9}$"}]
            case "decimaal":
                own = [{"type": "number"}, {"type": "string", "pattern": r"^-?\d{1,9}([.,]\d+)?$"}]
            case "ja_nee":
                own = [{"type": "boolean"}, {"enum": ["ja", "nee"]}]
            case "datum":
                own = [
                    {
                        "type": "string",
                        "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$",
                        "examples": ["1986-04-12", "1986-04", "1986"],
                    }
                ]
            case "periode":
                own = [{"type": "string", "examples": ["12 maanden"]}]
            case "keuze":
                return {"enum": [*self.opties, *[w for w in words if w not in self.opties], None]}
            case "tekst":
                return {"anyOf": [{"type": "string", "maxLength": MAX_TEXT}, {"type": "null"}]}
        return {"anyOf": [*own, {"enum": words}, {"type": "null"}]}


def write_value(naam: str, value: Any, cijfers: int = 0) -> Any:
    """A fact's value as it stands in a file: money and dates as text, ja_nee as a JSON boolean."""
    if value is None:
        return None
    if value is GEEN:
        return "geen"
    match naam:
        case "geld":
            return format_money(value)
        case "datum":
            return write_day(value)
        case "periode":
            return str(value)
        case "decimaal":
            whole, rest = divmod(abs(value), 10**cijfers)
            return ("-" if value < 0 else "") + (f"{whole}.{rest:0{cijfers}d}" if cijfers else str(whole))
        case _:
            return value


def _read_money(_: Soort, value: Any) -> int:
    if isinstance(value, str):
        if value.strip() == "geen":
            return 0
        try:
            return parse_money(value)
        except ValueError as wrong:
            raise refuse("eenheid-ontbreekt", str(wrong)) from None
    if isinstance(value, Decimal):
        cents = value * 100
        if value.is_finite() and cents == int(cents) and abs(cents) <= MAX_CENTS:
            return int(cents)
    if (
        isinstance(value, dict)
        and list(value) == ["centen"]
        and type(value["centen"]) is int
        and abs(value["centen"]) <= MAX_CENTS
    ):
        return int(value["centen"])
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        raise refuse("eenheid-ontbreekt", f"«{value}» is een getal zonder eenheid; schrijf een bedrag, zoals «€ 1.402,50»")
    raise refuse("geen-bedrag", "hier hoort een bedrag, zoals «€ 1.402,50»")


def _read_number(_: Soort, value: Any) -> int:
    if isinstance(value, str) and value.strip().lstrip("-").isascii() and value.strip().lstrip("-").isdigit():
        value = int(value) if len(value.strip()) <= 10 else MAX_NUMBER + 1
    if type(value) is int:
        if abs(value) > MAX_NUMBER:
            raise refuse("getal-te-groot", "dit getal is te groot; hoogstens een miljard")
        return value
    raise refuse("geen-getal", f"{quote(value)} is geen heel getal")


def _read_decimal(soort: Soort, value: Any) -> int:
    text = value.strip().replace(",", ".") if isinstance(value, str) else str(value)
    try:
        number = Decimal(text) if not isinstance(value, bool) else Decimal("NaN")
    except ArithmeticError:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > MAX_NUMBER:
        raise refuse("geen-getal", f"{quote(value)} is geen getal")
    scaled = number * 10**soort.cijfers
    if scaled != int(scaled):
        raise refuse("te-veel-decimalen", f"{quote(value)} heeft meer dan {soort.cijfers} cijfers achter de komma")
    return int(scaled)


def _read_yes_no(_: Soort, value: Any) -> bool:
    if value is True or value is False:
        return value
    if isinstance(value, str):
        word = value.strip().lower()
        if word in ("ja", "true"):
            return True
        if word in ("nee", "false"):
            return False
    raise refuse("geen-ja-nee", f"{quote(value)} is niet «ja», «nee» of «onbekend»")


def _read_day(_: Soort, value: Any) -> Day:
    if isinstance(value, datetime):
        raise refuse("geen-datum", "hier hoort een datum zonder tijd, zoals «2026-03-02»")
    if isinstance(value, date | Between):
        return value
    if isinstance(value, str | int) and not isinstance(value, bool):
        try:
            return parse_partial_day(str(value))
        except ValueError as wrong:
            raise refuse("geen-datum", str(wrong)) from None
    raise refuse("geen-datum", f"{quote(value)} is geen datum; schrijf jaar-maand-dag, zoals «2026-03-02»")


def _read_period(_: Soort, value: Any) -> Period:
    if isinstance(value, Period):
        return value
    try:
        return parse_period(str(value))
    except ValueError as wrong:
        raise refuse("geen-periode", str(wrong)) from None


def _read_choice(soort: Soort, value: Any) -> str:
    if isinstance(value, str):
        word = value.strip()
        if word in soort.opties:
            return word
        near = suggest(word, soort.opties)
        raise refuse("keuze-onbekend", f"«{word}» kan hier niet.{near} Kies uit: {', '.join(soort.opties)}")
    raise refuse("keuze-onbekend", f"hier hoort een van deze woorden: {', '.join(soort.opties)}")


def _read_text(_: Soort, value: Any) -> str:
    if not isinstance(value, str):
        raise refuse("geen-tekst", "hier hoort tekst")
    if len(value) > MAX_TEXT:
        raise refuse("tekst-te-lang", f"deze tekst heeft {len(value)} tekens; hoogstens {MAX_TEXT}")
    if holds_bsn(value):
        raise refuse(
            "bsn", "hier staat iets dat op een burgerservicenummer lijkt; dat hoort niet in een situatie. Haal het weg"
        )
    return value.strip()


_READERS: Final[dict[str, Callable[[Soort, Any], Any]]] = {
    "geld": _read_money,
    "getal": _read_number,
    "decimaal": _read_decimal,
    "ja_nee": _read_yes_no,
    "datum": _read_day,
    "periode": _read_period,
    "keuze": _read_choice,
    "tekst": _read_text,
}


def quote(value: Any) -> str:
    """A value as its writer would recognise it, for an error text; never a Python type name."""
    if isinstance(value, str):
        return f"«{value if len(value) <= 60 else value[:57] + '…'}»"
    if isinstance(value, bool):
        return "«ja»" if value else "«nee»"
    if isinstance(value, int | float | Decimal):
        return f"«{value}»"
    if isinstance(value, dict):
        return "een groep velden"
    if isinstance(value, list | tuple):
        return "een lijst"
    return "dit"


def holds_bsn(text: str) -> bool:
    """Does the text hold nine digits in a row (dots and spaces between them allowed) that pass the eleven test of a BSN?"""
    digits = [int(c) for c in text if c.isascii() and c.isdigit()]
    if len(digits) < 9:
        return False
    for run in re.findall(r"(?<![\d])(?:\d[ .]?){8}\d(?![\d])", text):
        nine = [int(c) for c in run if c.isdigit()]
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if any(nine) and sum(d * w for d, w in zip(nine, weights, strict=True)) % 11 == 0:
            return True
    return False


Geld = Annotated[int | None, Soort("geld")]
Getal = Annotated[int | None, Soort("getal")]
JaNee = Annotated[bool | None, Soort("ja_nee")]
Dag = Annotated[Day | None, Soort("datum")]
DagOfGeen = Annotated[Day | Geen | None, Soort("datum", geen=True)]
Tekst = Annotated[str | None, Soort("tekst")]
