"""The situation in JSON Schema, built from the fields of the model itself: what it takes, and how to ask for it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, PlainValidator
from pydantic.fields import FieldInfo

from responsief.facts import MAX_LIST, MAX_TEXT, Soort
from responsief.finalise.act import MAX_PAGE
from responsief.parts import OfGeen, Rij, Velden
from responsief.schemas.names import ACT_GROUPS, GROUPS
from responsief.schemas.shapes import DIALECT, Schema, ref
from responsief.situation import FORMAAT, NO_FACTS, FeitBron, Situation, model_of

SITUATION_ID: Final = "urn:responsief:schema:situatie:1"

SHARED: Final = {  # kinds of fact that many fields have
    "geld": Soort("geld"),
    "getal": Soort("getal"),
    "ja_nee": Soort("ja_nee"),
    "datum": Soort("datum"),
    "datum_of_geen": Soort("datum", geen=True),
    "tekst": Soort("tekst"),
}


def situation_schema() -> Schema:
    """The JSON Schema of a situation. It takes everything that `Situation` takes, and knows no other fields.

    What JSON Schema cannot say is left to the reader: dates that don't exist, contradictions, paths that lead nowhere, a BSN in
    a text.
    """
    definitions = shared_definitions() | {"los": _loose()}
    define(FeitBron, definitions)
    whole = define(Situation, definitions)
    root = definitions.pop(whole)
    return {"$schema": DIALECT, "$id": SITUATION_ID, **root, "$defs": dict(sorted(definitions.items()))}


def shared_definitions() -> dict[str, Schema]:
    """The kinds of fact that many fields have, and unknown."""
    unknown = Soort("keuze").json_schema()
    return {name: soort.json_schema() for name, soort in SHARED.items()} | {"onbekend": {"title": "onbekend", **unknown}}


def _loose() -> Schema:
    """A value whose kind only a ruleset knows."""
    cents = {
        "type": "object",
        "properties": {"centen": {"type": "integer"}},
        "required": ["centen"],
        "additionalProperties": False,
    }
    plain = {"type": ["string", "number", "boolean", "null"], "maxLength": MAX_TEXT}
    return {"title": "waarde", "description": "De regelset zegt wat hier hoort.", "anyOf": [plain, cents]}


def define(model: type[BaseModel], definitions: dict[str, Schema]) -> str:
    """Define a model; its name among the definitions."""
    title, text = (GROUPS | ACT_GROUPS)[model.__name__]
    name = title.replace(" ", "_")
    if name in definitions:
        return name
    made: Schema = {"title": title, "description": text, "type": "object", "additionalProperties": False}
    definitions[name] = made
    made["properties"] = {key: _field(key, info, definitions) for key, info in model.model_fields.items()}
    if model.__name__ == "Behoefte":
        made["required"] = ["leefgebied"]
        unknown = {"leefgebied": ref("onbekend")}
        made["not"] = {"properties": unknown, "required": ["leefgebied"]}
    if model.__name__ == "Omstandigheid":
        made["anyOf"] = [{"required": ["soort"]}, {"required": ["woorden"]}]
    return name


def _field(key: str, info: FieldInfo, definitions: dict[str, Schema]) -> Schema:
    extra: Any = info.json_schema_extra or {}
    words: Schema = {}
    if info.title:
        words["title"] = info.title
    if info.description:
        words["description"] = info.description
    if "van" in extra:
        words |= {"label": info.title, **({"vraag": info.description} if info.description else {}), **extra}
    return {**words, **_shape(key, info, definitions)}


def _shape(key: str, info: FieldInfo, definitions: dict[str, Schema]) -> Schema:
    if key == "formaat":
        loose = {"type": "string", "pattern": rf"^\s*{FORMAAT}\s*$"}
        return {
            "title": "formaat",
            "description": "De versie van dit formaat.",
            "anyOf": [{"const": FORMAAT}, loose, ref("onbekend")],
        }
    if key == "ernst":
        loose = {"type": "string", "pattern": r"^\s*0{0,8}[1-5]\s*$"}
        return _or_unknown({"type": "integer", "minimum": 1, "maximum": 5}, loose)
    if key == "feiten":
        text = "Waar een feit vandaan komt: het pad van het feit, met zijn bron. Zonder vermelding: gezegd door de inwoner."
        entry = _or_unknown(ref(define(FeitBron, definitions)))
        return {"description": text, **_or_unknown(_named(_path(), entry))}
    if key == "eigen":
        text = "Gegevens die een regelset zelf vraagt: de naam van de regelset, de naam van het gegeven, de waarde."
        return {"description": text, **_or_unknown(_named(_name(), _or_unknown(_named(_name(), ref("los")))))}
    if key == "eigen_opgave":
        return {"description": "Wat de inwoner zelf zegt, als een register iets anders zegt."}
    for note in info.metadata:
        if isinstance(note, Soort):
            return _kind(note)
    if any(isinstance(note, PlainValidator) for note in info.metadata):  # a page of text (finalise)
        return {"type": ["string", "null"], "maxLength": MAX_PAGE}
    inner = model_of(info.annotation)
    if any(isinstance(note, Rij) for note in info.metadata):
        return _list(info, inner, definitions)
    assert inner is not None
    group = ref(define(inner, definitions))
    if any(isinstance(note, OfGeen) for note in info.metadata):
        return _or_unknown(group, {"enum": ["geen"]}, {"type": "string", "pattern": r"^\s*[Gg][Ee][Ee][Nn]\s*$"})
    assert any(isinstance(note, Velden) for note in info.metadata), key
    return _or_unknown(group)


def _kind(soort: Soort) -> Schema:
    made = soort.json_schema()
    for name, shared in SHARED.items():
        if made == shared.json_schema():
            return ref(name)
    return made


def _list(info: FieldInfo, inner: type[BaseModel] | None, definitions: dict[str, Schema]) -> Schema:
    if inner is not None:
        group = ref(define(inner, definitions))
        items = group if getattr(inner, "sleutels", None) else _or_unknown(group)
    else:
        row = next(a for a in getattr(info.annotation, "__args__", ()) if getattr(a, "__origin__", None) is tuple)
        soort = next(n for a in row.__args__ for n in getattr(a, "__metadata__", ()) if isinstance(n, Soort))
        items = _kind(soort)
    array = {"type": "array", "items": items, "maxItems": MAX_LIST}
    return _or_unknown(array, {"enum": ["geen"]}, {"type": "string", "pattern": r"^\s*[Gg][Ee][Ee][Nn]\s*$"})


def _or_unknown(*shapes: Schema) -> Schema:
    return {"anyOf": [*shapes, ref("onbekend")]}


def _named(name: Schema, value: Schema) -> Schema:
    return {"type": "object", "propertyNames": name, "additionalProperties": value, "maxProperties": MAX_LIST}


def _name() -> Schema:
    return {"minLength": 1, "maxLength": 100}


def _path() -> Schema:
    """A path starts with a field of the situation."""
    first = "|".join(name for name in Situation.model_fields if name not in NO_FACTS)
    return {"maxLength": 200, "pattern": rf"^(eigen\.[^.]+\.[^.]+|({first})(\.[a-z0-9_]+)*)$"}
