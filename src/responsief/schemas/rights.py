"""The overview of one person's rights in JSON Schema: what `rights.rights_json` gives."""

from __future__ import annotations

from typing import Final, get_args

from responsief.decision import FORMAAT, Leverancier
from responsief.ir.verdict import UITKOMSTEN
from responsief.schemas.decision import DAY, MAYBE_TEXT, TEXT, a_text_of, an_exact_object, not_raised
from responsief.schemas.shapes import DIALECT, Schema, a_list

RIGHTS_ID: Final = "urn:responsief:schema:overzicht:1"
NUMBER: Final[Schema] = {"type": "integer", "minimum": 0}
MAYBE_NUMBER: Final[Schema] = {"anyOf": [NUMBER, {"type": "null"}]}
YES: Final[Schema] = {"type": "boolean"}


def rights_schema() -> Schema:
    """The JSON Schema of the overview. Every key is always there, and there are no others."""
    root = an_exact_object(
        "Waar iemand misschien recht op heeft: concepten, een medewerker beslist.",
        peildatum={"description": "De dag waarvoor is gekeken; een regelset kan een eigen peildatum hebben.", **DAY},
        gemeente={"description": "De CBS-code, als die bekend is.", **MAYBE_TEXT},
        spoed=a_list(
            "Signalen die niet kunnen wachten.",
            an_exact_object("", id=TEXT, label=TEXT, grondslag=TEXT, urgentie_werkdagen=MAYBE_NUMBER, voorrang=YES),
        ),
        rechten=a_list("Per regelset de uitkomst: eerst waar recht op is, een nee het laatst.", _right()),
        ook=a_list("Voorzieningen van de catalogus waarvan de voorwaarden kloppen.", _also()),
        misschien=a_list(
            "Voorzieningen waarvan nog niet elke voorwaarde bekend is, met wat er eerst bekend moet zijn.",
            an_exact_object("", id=TEXT, titel=TEXT, grondslag=TEXT, vragen=a_list("Als vraag.", TEXT)),
        ),
        samenloop=a_list("Wat het ene recht met het andere doet.", _together()),
        niet_beslist=a_list(
            "Regelsets die niet konden worden beslist.",
            an_exact_object("", regelset=a_text_of("De naam."), reden=a_text_of("Waarom niet.")),
        ),
        niet_ter_sprake=a_list("Regelsets die niet over deze inwoner gaan, of misschien niet.", not_raised()),
        formaat={"description": "De versie van dit formaat.", "const": FORMAAT},
    )
    return {"$schema": DIALECT, "$id": RIGHTS_ID, "title": "overzicht", **root}


def _right() -> Schema:
    amount = an_exact_object("", centen=NUMBER, per={"enum": ["maand", "jaar", "keer"]})
    return an_exact_object(
        "",
        regelset=a_text_of("De naam van de regelset."),
        titel=a_text_of("Hoe de regeling heet."),
        uitkomst={"enum": list(UITKOMSTEN)},
        peildatum=DAY,
        bedrag={"description": "In eurocenten.", "anyOf": [amount, {"type": "null"}]},
        wacht_tot={"description": "De eerste dag waarop mag worden beslist.", "anyOf": [DAY, {"type": "null"}]},
        wie_beslist=a_text_of("Wie beslist."),
        eerste_stap={"description": "Wat iemand eerst doet.", **MAYBE_TEXT},
        drempel={"description": "1 = loop zo binnen, 5 = zwaar.", "type": "integer", "minimum": 1, "maximum": 5},
        gronden=a_list(
            "De voorwaarden die in de weg staan, allemaal.",
            an_exact_object("", id=TEXT, titel=TEXT, grondslag=TEXT, waarde=MAYBE_TEXT, grens=MAYBE_TEXT),
        ),
        nog_nodig=a_list(
            "Wat nog nodig is, en van wie.",
            an_exact_object("", gegeven=TEXT, reden=TEXT, vraag=TEXT, van={"enum": list(get_args(Leverancier))}),
        ),
        clausules=a_list(
            "De clausules die kunnen reiken.",
            an_exact_object(
                "", id=TEXT, grondslag=TEXT, criterium=TEXT, status={"enum": ["in_bereik", "onbekend"]}, wie_beslist=TEXT
            ),
        ),
        alternatieven=a_list(
            "Wat er bij een nee wel helpt, het beste eerst.",
            an_exact_object("", id=TEXT, titel=TEXT, grondslag=TEXT, wie_beslist=TEXT, eerste_stap=TEXT, past=TEXT),
        ),
    )


def _also() -> Schema:
    return an_exact_object(
        "",
        id=TEXT, titel=TEXT, grondslag=TEXT, wie_beslist=TEXT, eerste_stap=TEXT, drempel=NUMBER, geverifieerd=YES,
        na_te_gaan=a_list("Wat een mens nog nagaat.", TEXT),
    )  # fmt: skip


def _together() -> Schema:
    return an_exact_object(
        "", regelset=TEXT, titel=TEXT, met=TEXT, met_titel=TEXT, tekst=TEXT, grondslag=TEXT, geverifieerd=YES
    )
