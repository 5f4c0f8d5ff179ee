"""The small pieces of the schemas: how to write one, single values, and expressions with their groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from responsief.situation import LEEFGEBIEDEN

Schema = dict[str, Any]

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

POINTS: Final = "x-verwijst"  # our own keyword: what a value or the keys of a group name

IDENT: Final = r"^[a-z0-9][a-z0-9_-]*$"
NAME: Final = r"^[a-z][a-z0-9_]*$"
DAY: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PERIOD: Final = r"^[0-9]{1,5}\s+(jaar|jaren|maand|maanden|week|weken|dag|dagen)(\s+en\s+[0-9]{1,5}\s+[a-z]+)*$"
MONEY: Final = r"^-?\s*(€|[Ee][Uu][Rr])\s*-?([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,([0-9]{2}|-))?$"


# --- writing -----------------------------------------------------------------------------------------------------------


def words(description: str, schema: Schema) -> Schema:
    return {"description": description, **schema} if description else schema


def an_object(description: str, properties: dict[str, Schema], required: Iterable[str]) -> Schema:
    made = {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}
    return words(description, made)


def a_list(description: str, items: Schema) -> Schema:
    return {"description": description, "type": "array", "items": items}


def a_text(description: str) -> Schema:
    return {"description": description, "$ref": "#/$defs/tekst"}


def an_article(description: str = "Het artikel.") -> Schema:
    return {"description": description, "$ref": "#/$defs/artikel"}


def ref(name: str, description: str = "") -> Schema:
    return words(description, {"$ref": f"#/$defs/{name}"})


def pointing(what: str, schema: Schema) -> Schema:
    """A value that names something: a criterium, a voorziening, an artikel. For editors: `editor` adds what there is to name."""
    return {**schema, POINTS: what}


# --- single values -----------------------------------------------------------------------------------------------------


def values() -> dict[str, Schema]:
    return {
        "tekst": {"type": "string", "minLength": 1},
        "artikel": pointing("artikel", {"type": "string", "minLength": 1}),
        "gemeente": pointing(
            "gemeente",
            {
                "description": "De CBS-code van vier cijfers, tussen aanhalingstekens.",
                "type": "string",
                "pattern": "^[0-9]{4}$",
            },
        ),
        "ja_nee": {"enum": ["ja", "nee"]},
        "ident": {"type": "string", "pattern": IDENT, "description": "Kleine letters, cijfers, «_» en «-»."},
        "naam": {"type": "string", "pattern": NAME, "description": "Kleine letters, cijfers en «_», begint met een letter."},
        "datum": {"type": "string", "pattern": DAY, "description": "Jaar-maand-dag.", "examples": ["2026-03-02"]},
        "periode": {"type": "string", "pattern": PERIOD, "examples": ["12 maanden", "8 weken"]},
        "formaat": {"description": "De versie van de taal.", "anyOf": [{"const": 1}, {"const": "1"}]},
        "leefgebieden": a_list("Waar de regeling over gaat.", {"enum": list(LEEFGEBIEDEN)}),
        "geverifieerd": {"description": "Is dit nagelezen in de bron? Zonder: ja.", "enum": ["ja", "nee"]},
        "in_werking": {
            "description": "Telt pas mee vanaf een dag, of wordt gedoogd.",
            "if": {"type": "object"},
            "then": an_object(
                "", {"vanaf": ref("datum"), "gedoogd": ref("ja_nee", "Mag de gemeente er nu al naar handelen?")}, ["vanaf"]
            ),
            "else": {"enum": ["gedoogd"]},
        },
    }


def a_number(low: int, high: int, description: str = "") -> Schema:
    whole = {"type": "integer", "minimum": low, "maximum": high}
    if high > 9 or low < 0:
        return words(description, {"anyOf": [whole, {"type": "string", "pattern": r"^-?[0-9]{1,9}$"}]})
    return words(description, {"anyOf": [whole, {"enum": [str(n) for n in range(low, high + 1)]}]})


# --- expressions -------------------------------------------------------------------------------------------------------


def expressions() -> dict[str, Schema]:
    branch = {
        "type": "object",
        "properties": {
            "als": an_expression("De voorwaarde."),
            "dan": an_expression("Wat het dan is."),
            "anders": an_expression("Wat het is als niets past: altijd de laatste."),
        },
        "oneOf": [{"required": ["als", "dan"]}, {"required": ["anders"], "not": {"required": ["als"]}}],
        "additionalProperties": False,
    }
    row = an_object(
        "Een rij: een cel per kolom, en wat het dan is.",
        {
            "als": {
                "description": "Een cel is «-» (alles), een waarde, een vergelijking (>= 21), «tussen 21 en 27» of «in ['a', 'b']».",
                "anyOf": [ref("cel"), {"type": "array", "items": ref("cel"), "minItems": 1}],
            },
            "dan": an_expression("Wat het dan is."),
        },
        ["als", "dan"],
    )
    table = an_object(
        "Een beslistabel.",
        {
            "treffer": {
                "description": "uniek: hoogstens één rij past · eerste · verzamel: alle rijen.",
                "enum": ["uniek", "eerste", "verzamel"],
            },
            "kolommen": {
                "description": "Wat in elke kolom wordt vergeleken.",
                "type": "array",
                "items": ref("expressie"),
                "minItems": 1,
            },
            "rijen": {"description": "De rijen.", "type": "array", "items": row, "minItems": 1},
            "anders": an_expression("Als geen rij past; mag weg als de rijen alles dekken."),
            "samen": {"description": "Alleen bij verzamel.", "enum": ["som", "max", "min"]},
        },
        ["treffer", "kolommen", "rijen"],
    )
    table["if"] = {"properties": {"treffer": {"const": "verzamel"}}, "required": ["treffer"]}
    table["then"] = {"required": ["samen"]}
    return {
        "expressie": {
            "description": "Een expressie op één regel, of een groep: alle, een_van, geen_van, kies, tabel.",
            "type": ["string", "number", "boolean", "object"],
            "minLength": 1,
            "maxLength": 2000,
            "if": {"type": "object"},
            "then": {"properties": FORMS, "additionalProperties": False, **_one_form()},
        },
        "cel": {"type": ["string", "number", "boolean"]},
        "tak": branch,
        "tabel": table,
    }


def _one_form(*others: str) -> Schema:
    """Exactly one of the groups (or of these other keys); `tenzij` only beside alle, een_van or geen_van."""
    alone = {"not": {"required": ["tenzij"]}}
    groups: list[Schema] = [{"required": [key]} for key in ("alle", "een_van", "geen_van")]
    return {"oneOf": [*groups, *({"required": [key], **alone} for key in ("kies", "tabel", *others))]}


def an_expression(description: str) -> Schema:
    return {"description": description, "$ref": "#/$defs/expressie"}


def _several(description: str) -> Schema:
    return {"description": description, "type": "array", "items": {"$ref": "#/$defs/expressie"}, "minItems": 1}


FORMS: Final[dict[str, Schema]] = {
    "alle": _several("Elk van deze (en)."),
    "een_van": _several("Minstens één van deze (of)."),
    "geen_van": _several("Geen van deze (niet of)."),
    "tenzij": an_expression("Naast een groep: de groep, en dit niet."),
    "kies": {
        "description": "De eerste tak waarvan «als» klopt; sluit af met «anders».",
        "type": "array",
        "items": {"$ref": "#/$defs/tak"},
        "minItems": 1,
        "contains": {"required": ["anders"]},
        "maxContains": 1,
    },
    "tabel": {"$ref": "#/$defs/tabel"},
}


def a_body(properties: dict[str, Schema], required: Iterable[str], *others: str) -> Schema:
    """Keys with an expression beside them: `is`, or a group itself."""
    return {
        "type": "object",
        "properties": {**properties, "is": an_expression("De expressie."), **FORMS},
        "required": list(required),
        "additionalProperties": False,
        **_one_form("is", *others),
    }
