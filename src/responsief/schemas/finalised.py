"""The act of a person who decides, and the decision that it makes, in JSON Schema."""

from __future__ import annotations

from typing import Final, get_args

from responsief.finalise import FORMAAT
from responsief.finalise.act import Act
from responsief.finalise.outcome import Besloten
from responsief.schemas.decision import DAY, HASH, an_outcome_amount, decision_definitions
from responsief.schemas.shapes import DIALECT, Schema, a_list, an_object, ref, words
from responsief.schemas.situation import define, shared_definitions

ACT_ID: Final = "urn:responsief:schema:besluit-handeling:1"
FINALISED_ID: Final = "urn:responsief:schema:besluit-afgerond:1"


def act_schema() -> Schema:
    """The JSON Schema of the file in which a person states what she decides. What it must hold to count is said by `finalise`."""
    definitions = shared_definitions()
    root = definitions.pop(define(Act, definitions))
    return {"$schema": DIALECT, "$id": ACT_ID, **root, "$defs": dict(sorted(definitions.items()))}


def finalised_schema() -> Schema:
    """The JSON Schema of `finalised_json`. Every key is always there, and there are no others."""
    definitions = shared_definitions() | decision_definitions()
    define(Act, definitions)
    definitions["uitkomst"] = _outcome()
    text = {"type": "string", "minLength": 1}
    properties: dict[str, Schema] = {
        "formaat": {"description": "De versie van dit formaat.", "const": FORMAAT},
        "besluit": ref("uitkomst", "Wat is besloten."),
        "opzij": {
            "description": "De uitkomst van de regels, als het besluit een ander is.",
            "anyOf": [ref("uitkomst"), {"type": "null"}],
        },
        "handeling": ref("handeling", "Alles wat wie beslist heeft verklaard."),
        "teksten": an_object("De teksten zoals ze uitgaan.", {"brief": text, "nota": text}, ["brief", "nota"]),
        "concept": ref("besluit", "Het concept waar dit besluit van is gemaakt."),
        "sha256": words("Het zegel over al het andere.", HASH),
    }
    root = an_object("Een besluit dat een mens nam.", properties, properties)
    head = {"$schema": DIALECT, "$id": FINALISED_ID, "title": "afgerond besluit"}
    return {**head, **root, "$defs": dict(sorted(definitions.items()))}


def _outcome() -> Schema:
    day = {"anyOf": [DAY, {"type": "null"}]}
    names = {"type": "string", "minLength": 1}
    properties: dict[str, Schema] = {
        "uitkomst": {"description": "De uitkomst in een woord.", "enum": list(get_args(Besloten))},
        "bedrag": an_outcome_amount("Het bedrag, als er een is."),
        "vanaf": words("De eerste dag.", day),
        "tot": words("De laatste dag.", day),
        "clausules": a_list("De clausules waarmee is afgeweken.", names),
        "gronden": a_list("De criteria waarop het besluit rust.", names),
        "ten_overvloede": a_list("Welke daarvan alleen ten overvloede zijn genoemd.", names),
    }
    return an_object("Een uitkomst.", properties, properties)
