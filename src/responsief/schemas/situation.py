"""The situation in JSON Schema, built from the fields of the model itself: what it takes, and how to ask for it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from responsief.facts import MAX_LIST, MAX_TEXT, Soort
from responsief.parts import OfGeen, Rij, Velden
from responsief.schemas.shapes import DIALECT, Schema, ref
from responsief.situation import FORMAAT, NO_FACTS, FeitBron, Situation, model_of

SITUATION_ID: Final = "urn:responsief:schema:situatie:1"

# How to speak of a group of fields, and of one entry of a list.
GROUPS: Final = {
    "Situation": ("situatie", "De situatie van één inwoner. Wat ontbreekt, null is of «onbekend» heet, is onbekend."),
    "Persoon": ("persoon", "De inwoner zelf."),
    "Partner": ("partner", "De partner, met eigen inkomsten."),
    "Verblijf": ("verblijf", "Verblijfsstatus. Nationaliteit staat hier niet in."),
    "Buitenland": ("buitenland", "Verblijf in het buitenland."),
    "Inkomen": ("inkomen", "Eén inkomen, netto."),
    "Huishouden": ("huishouden", "Met wie de inwoner woont. Onder de 18 bij kinderen, vanaf 18 bij medebewoners."),
    "Kind": ("kind", "Een kind onder de 18."),
    "Medebewoner": ("medebewoner", "Iemand vanaf 18 jaar die er ook woont."),
    "Vermogen": ("vermogen", "Wat de inwoner bezit."),
    "Bezitting": ("bezitting", "Eén ding of rekening."),
    "Schuld": ("schuld", "Eén schuld."),
    "Beslag": ("beslag", "Beslag op het inkomen."),
    "Wonen": ("wonen", "De woning, en of die blijft."),
    "Werk": ("werk", "Het werk."),
    "Opleiding": ("opleiding", "De opleiding: nu, of laatst gevolgd."),
    "Beperking": ("beperking", "Eén beperking."),
    "Gezondheid": ("gezondheid", "De gezondheid, voor zover een regeling ernaar vraagt."),
    "Zorg": ("zorg", "Zorg die de inwoner geeft, krijgt of nodig heeft."),
    "Veiligheid": ("veiligheid", "Veiligheid. Niemand hoeft dit te zeggen."),
    "Communicatie": ("communicatie", "Taal en digitaal. Dit kan alleen hulp toevoegen."),
    "EerdereVoorziening": ("eerdere voorziening", "Wat eerder is toegekend."),
    "EerdereAfwijzing": ("eerdere afwijzing", "Wat eerder is afgewezen."),
    "Eerder": ("eerder", "Wat er al was."),
    "Gevraagd": ("gevraagd", "Waar de aanvraag over gaat."),
    "Aanvraag": ("aanvraag", "De melding en de aanvraag."),
    "Behoefte": ("behoefte", "Eén behoefte. Noem altijd een leefgebied."),
    "Kracht": ("kracht", "Iets dat goed gaat."),
    "Contact": ("contact", "Iemand die kan helpen."),
    "Omstandigheid": ("omstandigheid", "Iets dat de inwoner aanvoert: elke wordt gewogen. Past geen soort, kies dan «overig»."),
    "Doel": ("doel", "Eén doel uit het plan."),
    "Plan": ("plan", "Het eigen plan van de inwoner."),
    "Toezegging": ("toezegging", "Iets dat een medewerker beloofde."),
    "FeitBron": ("herkomst", "Waar een feit vandaan komt en hoe vast het staat."),
}  # fmt: skip

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
    definitions: dict[str, Schema] = {name: soort.json_schema() for name, soort in SHARED.items()}
    unknown = Soort("keuze").json_schema()
    definitions["onbekend"] = {"title": "onbekend", **unknown}
    definitions["los"] = _loose()
    _group(FeitBron, definitions)
    whole = _group(Situation, definitions)
    root = definitions.pop(whole)
    return {"$schema": DIALECT, "$id": SITUATION_ID, **root, "$defs": dict(sorted(definitions.items()))}


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


def _group(model: type[BaseModel], definitions: dict[str, Schema]) -> str:
    """Define a model; its name among the definitions."""
    title, text = GROUPS[model.__name__]
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
        entry = _or_unknown(ref(_group(FeitBron, definitions)))
        return {"description": text, **_or_unknown(_named(_path(), entry))}
    if key == "eigen":
        text = "Gegevens die een regelset zelf vraagt: de naam van de regelset, de naam van het gegeven, de waarde."
        return {"description": text, **_or_unknown(_named(_name(), _or_unknown(_named(_name(), ref("los")))))}
    if key == "eigen_opgave":
        return {"description": "Wat de inwoner zelf zegt, als een register iets anders zegt."}
    for note in info.metadata:
        if isinstance(note, Soort):
            return _kind(note)
    inner = model_of(info.annotation)
    if any(isinstance(note, Rij) for note in info.metadata):
        return _list(info, inner, definitions)
    assert inner is not None
    group = ref(_group(inner, definitions))
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
        group = ref(_group(inner, definitions))
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
