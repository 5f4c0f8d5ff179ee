"""What a situation is made of besides single facts: groups of fields, lists, a partner who may not be there, loose values.

As in `facts`, each has a plain road that explains every mistake, and a fast one that pydantic takes in strict mode.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Final, Self, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationError
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from responsief.facts import MAX_LIST, Soort, Tekst, is_cents, is_none, is_unknown, quick_text, read_cents
from responsief.values import GEEN, Between, Geen, Period, write_day
from responsief.wording import holds_bsn, quote, refuse


def _two_roads(plain: CoreSchema, fast: CoreSchema) -> CoreSchema:
    """The plain road in lax mode; in strict mode first what pydantic-core reads by itself."""
    return core_schema.lax_or_strict_schema(plain, core_schema.union_schema([fast, plain], mode="left_to_right"))


class Deel(BaseModel):
    """A part of a situation: frozen, and nothing in it that the vocabulary does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)
    sleutels: ClassVar[frozenset[str]] = frozenset()  # fields without which an entry of a list means nothing

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **options: Any) -> Self:
        """Read JSON. The fast road first: it takes what the plain one takes, but its errors say little, so those are made anew."""
        if not options:
            try:
                return cls.__pydantic_validator__.validate_json(json_data, strict=True)  # type: ignore[no-any-return]
            except ValidationError:
                pass
        return super().model_validate_json(json_data, **options)


class Velden:
    """A group of fields: `null` and «onbekend» leave all of them unknown."""

    def __get_pydantic_core_schema__(self, source: type[Deel], handler: GetCoreSchemaHandler) -> CoreSchema:
        return group_of(source, handler.generate_schema(source))


def group_of(of: type[Deel], model: CoreSchema) -> CoreSchema:
    """The plain and the fast road to a group of fields."""

    def read(value: Any) -> Any:
        if isinstance(value, Mapping | of):
            return value
        if value is None or (is_unknown(value) and not of.sleutels):
            return {}
        names = ", ".join(list(of.model_fields)[:4])
        if isinstance(value, list | tuple):
            hint = f"haal het streepje of de rechte haken weg; de velden zijn {names}, …"
            raise refuse("geen-groep", "hier hoort een groep velden, geen lijst", hint)
        text = f"hier horen velden te staan ({names}, …), niet {quote(value)}"
        raise refuse("geen-groep", text, "schrijf «veld: waarde», ingesprongen")

    return _two_roads(core_schema.no_info_before_validator_function(read, model), model)


class Rij:
    """A list: `null` and «onbekend» are unknown, «geen» is the empty list. What is given is complete."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        row = next(a for a in get_args(source) if get_origin(a) is tuple)
        kind = get_args(row)[0]
        item = handler.generate_schema(kind)
        if isinstance(kind, type) and issubclass(kind, Deel):
            item = group_of(kind, item)

        def rows(most: int | None) -> CoreSchema:
            return core_schema.nullable_schema(core_schema.tuple_schema([item], variadic_item_index=0, max_length=most))

        return _two_roads(core_schema.no_info_before_validator_function(_read_list, rows(None)), rows(MAX_LIST))


def _read_list(value: Any) -> Any:
    if value is None or is_unknown(value):
        return None
    if is_none(value):
        return ()
    if isinstance(value, list | tuple):
        if len(value) > MAX_LIST:
            raise refuse("lijst-te-lang", f"deze lijst heeft {len(value)} regels; hoogstens {MAX_LIST}")
        return tuple(value)
    if isinstance(value, Mapping):
        raise refuse(
            "geen-lijst", "hier hoort een lijst, geen groep velden", "begin elke regel met een streepje («[…]» in JSON)"
        )
    raise refuse("geen-lijst", "hier hoort een lijst", "begin elke regel met een streepje, of schrijf «geen»")


class OfGeen:
    """A group that may be known not to be there (`GEEN`), or unknown (`None`)."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kind = next(a for a in get_args(source) if isinstance(a, type) and issubclass(a, Deel))
        model = handler.generate_schema(kind)
        plain = core_schema.no_info_wrap_validator_function(_read_or_none, group_of(kind, model))
        geen = core_schema.enum_schema(Geen, list(Geen))
        return core_schema.lax_or_strict_schema(
            plain,
            core_schema.nullable_schema(core_schema.union_schema([geen, model, plain], mode="left_to_right")),
            serialization=core_schema.wrap_serializer_function_ser_schema(
                _write_or_none, schema=core_schema.any_schema(), when_used="unless-none"
            ),
        )


def _read_or_none(value: Any, handler: Callable[[Any], Any]) -> Any:
    if is_none(value):
        return GEEN
    return None if value is None or is_unknown(value) else handler(value)


def _write_or_none(value: Any, handler: Callable[[Any], Any]) -> Any:
    return "geen" if value is GEEN else handler(value)


class Los:
    """Values of which only a ruleset knows the kind. With `levels` 2: rulesets, their facts, and the value of each."""

    def __init__(self, levels: int = 0) -> None:
        self.levels = levels

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        write = core_schema.plain_serializer_function_ser_schema(write_loose, when_used="unless-none")
        depth = 1 if self.levels else 8
        plain = core_schema.no_info_plain_validator_function(lambda value: read_loose(value, depth))
        found: CoreSchema = core_schema.lax_or_strict_schema(
            plain,
            core_schema.no_info_plain_validator_function(quick_text(lambda value: read_loose(value, depth))),
            serialization=write,
        )
        for _ in range(self.levels):
            found = named(core_schema.no_info_plain_validator_function(read_name), found)
        return found

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "object", "additionalProperties": {"type": "object"}} if self.levels else {}


def named(name: CoreSchema, value: CoreSchema) -> CoreSchema:
    """A mapping of names; unknown is empty."""
    group = core_schema.dict_schema(name, value, max_length=MAX_LIST)
    return _two_roads(core_schema.no_info_before_validator_function(_read_names, core_schema.dict_schema(name, value)), group)


def _read_names(value: Any) -> Any:
    if value is None or is_unknown(value):
        return {}
    if not isinstance(value, Mapping):
        raise refuse("geen-groep", f"hier horen namen met een waarde te staan, niet {quote(value)}", "schrijf «naam: waarde»")
    if len(value) > MAX_LIST:
        raise refuse("lijst-te-lang", f"hier staan {len(value)} namen; hoogstens {MAX_LIST}")
    return value


# --- loose values ----------------------------------------------------------------------------------------------------

_TEXT: Final = Soort("tekst")


def read_loose(value: Any, depth: int = 8) -> Any:
    """A value whose kind only a ruleset knows, as it came: a scalar, {centen: …}, or lists and groups of them up to a depth."""
    match value:
        case str():
            return _TEXT.read(value)
        case None | bool() | Geen() | Period() | Between():
            return value
        case int() if abs(value) < 10**18:
            return value
        case float() if math.isfinite(value):
            return value
        case Decimal() if value.is_finite():
            return value
        case date() if not isinstance(value, datetime):
            return value
        case Mapping() if is_cents(value):
            return {"centen": read_cents(value)}
        case list() | tuple() if depth > 1 and len(value) <= MAX_LIST:
            return [read_loose(one, depth - 1) for one in value]
        case Mapping() if depth > 1 and len(value) <= MAX_LIST:
            return {read_name(key): read_loose(one, depth - 1) for key, one in value.items()}
    raise refuse("geen-waarde", f"{quote(value)} kan hier niet", "schrijf één waarde, zoals «ja», «€ 480» of «2026-03-02»")


def write_loose(value: Any) -> Any:
    """A loose value as it stands in a file."""
    match value:
        case Geen():
            return "geen"
        case date() | Between():
            return write_day(value)
        case Period() | Decimal():
            return str(value)
        case list():
            return [write_loose(one) for one in value]
        case dict():
            return {key: write_loose(one) for key, one in value.items()}
    return value


def read_name(value: Any) -> str:
    """The name of a ruleset or of a fact that it declares. Raises PydanticCustomError for what can be no such name."""
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise refuse("ongeldige-naam", f"{quote(value)} kan geen naam zijn", "gebruik kleine letters, cijfers, «_» en «-»")
    return _name(value)


@lru_cache(maxsize=4096)  # the same few names come back in every situation
def _name(value: str) -> str:
    if not value.isprintable():
        raise refuse("ongeldige-naam", f"{quote(value)} kan geen naam zijn", "gebruik kleine letters, cijfers, «_» en «-»")
    if names_bsn(value) or holds_bsn(value):
        raise refuse("bsn", "een burgerservicenummer hoort niet in een situatie", BSN_HELP)
    return value


BSN_HELP: Final = "haal het weg; gebruik een kenmerk in uw eigen systeem"


def names_bsn(name: str) -> bool:
    """Is this the name of a field for a BSN?"""
    flat = name.lower()
    return bool(re.search(r"(?<![a-z])bsn(?![a-z])|bsn_?num|burgerservice|sofinummer|social_security", flat))


# --- the annotations -------------------------------------------------------------------------------------------------

D = TypeVar("D", bound=Deel)
Groep = Annotated[D, Velden()]
Lijst = Annotated[tuple[D, ...] | None, Rij()]
Woorden = Annotated[tuple[Tekst, ...] | None, Rij()]
