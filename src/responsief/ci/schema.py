"""A difference in JSON Schema: what `ci.json.to_json` gives (`responsief diff --format json`)."""

from __future__ import annotations

from typing import Any, Final, get_args

from responsief.analysis.answers import Bewijs
from responsief.difference.report import Kant, Richting, Wat
from responsief.messages import Severity
from responsief.schemas.decision import DAY, TEXT, an_exact_object
from responsief.schemas.shapes import DIALECT, Schema, a_list

DIFFERENCE_ID: Final = "urn:responsief:schema:verschil:1"
_ANY_TEXT: Final[Schema] = {"type": "string"}
_WHOLE: Final[Schema] = {"type": "integer", "minimum": 0}
_PLACE: Final[Schema] = {"type": "integer", "minimum": 1}
_YES: Final[Schema] = {"type": "boolean"}
_COUNT: Final[Schema] = {
    "description": "Een aantal, of waarom het er niet staat.",
    "anyOf": [_WHOLE, an_exact_object("Of meer.", ten_minste=_WHOLE), {"const": "verborgen"}],
}
_MONEY: Final[Schema] = {"anyOf": [{"type": "integer"}, {"const": "verborgen"}]}


def difference_schema() -> Schema:
    """The JSON Schema of a difference. Every key is always there, and there are no others."""
    root = an_exact_object(
        "Wat een regelwijziging doet: per regelset wat er verandert, voor wie, en wat daarvan is bewezen.",
        formaat={"description": "De versie van dit formaat.", "const": 1},
        was=_any("Waarmee is vergeleken."),
        wordt=_any("Wat is vergeleken."),
        eerst=a_list(
            "Wat het eerst gelezen moet worden.", an_exact_object("", ernst={"enum": ["stop", "let_op", "goed"]}, tekst=TEXT)
        ),
        regelsets=a_list("De regelsets waarin iets veranderde.", _ruleset()),
        gevolgen=a_list("De gevolgen voor een bevolking.", _impact()),
        andere=a_list("Wijzigingen van voorzieningen en signalen.", {"$ref": "#/$defs/wijziging"}),
        gelijk=a_list("De regelsets waarin niets veranderde.", _ANY_TEXT),
        bevindingen=a_list("Wat moet worden geweten, op de plaats ervan.", _finding()),
        telling=an_exact_object("Hoeveel bevindingen.", **dict.fromkeys(get_args(Severity), _WHOLE)),
    )
    definitions = {"wijziging": _change(), "getuige": _witness(), "uitkomst": _outcome()}
    return {"$schema": DIALECT, "$id": DIFFERENCE_ID, "title": "verschil", **root, "$defs": definitions}


def _any(description: str) -> Schema:
    return {"description": description, **_ANY_TEXT}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _ruleset() -> Schema:
    way = an_exact_object(
        "Heeft wie nu wordt afgewezen iets dat helpt, en een motivering?",
        bewijs={"enum": list(get_args(Bewijs))},
        getuige=_or_null(_ref("getuige")),
        reden=_any("Waarom niet bewezen, of waarbinnen het bewijs geldt."),
    )
    return an_exact_object(
        "",
        id=_any("De regelset."),
        titel=_any("Hoe zij heet."),
        bestand=_any("Waar zij staat."),
        was_versie={"description": "Leeg: zij was er niet.", **_or_null(_ANY_TEXT)},
        is_versie={"description": "Leeg: zij is er niet meer.", **_or_null(_ANY_TEXT)},
        peildatum={"description": "De dag waarop is vergeleken.", **DAY},
        richting=_direction(),
        wijzigingen=a_list("Wat er veranderde.", _ref("wijziging")),
        uitweg=_or_null(way),
    )


def _direction() -> Schema:
    return {"description": "Voor de aanvrager: wie krijgt meer, wie minder?", "enum": list(get_args(Richting))}


def _change() -> Schema:
    place = an_exact_object("", bestand=_ANY_TEXT, regel=_PLACE, kolom=_PLACE, breedte=_PLACE)
    example = an_exact_object(
        "",
        getuige=_ref("getuige"),
        was=_ref("uitkomst"),
        wordt=_ref("uitkomst"),
        zin=_any("Dit voorbeeld op één regel."),
        uitweg=a_list("Wat wel helpt bij een nieuw nee.", _ANY_TEXT),
    )
    return an_exact_object(
        "",
        wat={"description": "Waarover de wijziging gaat.", "enum": list(get_args(Wat))},
        id=_any("Wat er veranderde."),
        titel=_any("Hoe het heet."),
        was=_any("Leeg: het was er niet."),
        wordt=_any("Leeg: het is er niet meer."),
        plaats=_or_null(place),
        richting=_direction(),
        voorbeelden=a_list("Voor wie het verschil maakt, door beide versies beslist.", example),
        bewijs=_any("Wat is bewezen, of waarom niet."),
        alleen_onbekend={"description": "Alleen zolang er van iemand iets niet bekend is.", **_YES},
        grondslag=_any("Het artikel."),
    )


def _witness() -> Schema:
    fact = an_exact_object("", pad=_ANY_TEXT, label=_ANY_TEXT, waarde=_ANY_TEXT)
    situation: dict[str, Any] = {"description": "De situatie, zoals `responsief decide` haar leest.", "type": "object"}
    return an_exact_object(
        "Iemand die zo dicht mogelijk bij de referentiepersoon ligt.",
        zin=_any("Wie zij is, op één regel."),
        peildatum=DAY,
        verschil=a_list("Waarin zij anders is dan de referentiepersoon.", fact),
        situatie=situation,
    )


def _outcome() -> Schema:
    return an_exact_object(
        "Wat een versie haar geeft.",
        uitkomst=_any("De uitkomst."),
        afgewezen_op=a_list("De voorwaarden waaraan zij niet voldoet.", _ANY_TEXT),
        bedrag={"description": "In eurocenten.", "anyOf": [{"type": "integer"}, {"type": "null"}]},
        wacht_tot={"description": "De eerste dag waarop mag worden beslist.", "anyOf": [DAY, {"type": "null"}]},
    )


def _impact() -> Schema:
    line = an_exact_object(
        "",
        naam=_any("Welke groep."),
        aantal=_COUNT,
        naar_ja=_COUNT,
        naar_nee=_COUNT,
        anders=_COUNT,
        bedrag_was={"description": "Van allen samen per maand, in eurocenten.", **_MONEY},
        bedrag_wordt={"description": "Van allen samen per maand, in eurocenten.", **_MONEY},
        jaar_was={"description": "Van allen samen per jaar, in eurocenten.", **_MONEY},
        jaar_wordt={"description": "Van allen samen per jaar, in eurocenten.", **_MONEY},
    )
    transition = an_exact_object("", was=_ANY_TEXT, wordt=_ANY_TEXT, aantal=_WHOLE)
    return an_exact_object(
        "",
        regelset=_any("De regelset."),
        bevolking=_any("Welke bevolking."),
        peildatum={"description": "Van welke vergelijking van deze regelset dit is.", **_or_null(DAY)},
        k={"description": "Een kleiner aantal staat er niet.", **_WHOLE},
        allen=line,
        overgangen=a_list(
            "Elke verandering van uitkomst; «samen» is wat te klein is om apart te tonen.",
            transition,
        ),
        uitkomsten=a_list("Elke uitkomst was en wordt, ook wie niets merkt; «samen» als bij overgangen.", transition),
        verdeling=_or_null(_spread()),
        opmerkingen=a_list("Wat u van deze telling moet weten.", _ANY_TEXT),
        groepen=a_list("Per indeling.", an_exact_object("", naar=_any("Waarnaar is ingedeeld."), regels=a_list("", line))),
    )


def _spread() -> Schema:
    step = an_exact_object("", naam=_any("Hoeveel verschil."), kant={"enum": list(get_args(Kant))}, aantal=_WHOLE)
    return an_exact_object(
        "Wie erop vooruit en achteruit gaat, naar het bedrag per jaar. Leeg bij voorbeeldhuishoudens.",
        vooruit=_COUNT,
        achteruit=_COUNT,
        nieuw_toegekend=_COUNT,
        nieuw_afgewezen=_COUNT,
        nieuw_onbepaald=_COUNT,
        stappen=a_list("Van wie het meest verliest tot wie het meest krijgt; «samen» is te klein om apart te tonen.", step),
    )


def _finding() -> Schema:
    return an_exact_object(
        "",
        code=_any("De code van de melding."),
        ernst={"enum": list(get_args(Severity))},
        tekst=_any("Wat er is."),
        hulp={"description": "Wat te doen.", **_or_null(_ANY_TEXT)},
        bestand=_or_null(_ANY_TEXT),
        regel=_or_null(_PLACE),
        kolom=_or_null(_PLACE),
        breedte=_or_null(_PLACE),
        herstelbaar=_YES,
    )
