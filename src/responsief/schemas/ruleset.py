"""The files of a register in JSON Schema: rulesets, signals, provisions and test cases, for completion in an editor.

A schema sees form, not meaning: names, types and what belongs together are the work of `responsief check`. Every value may
be written as text, as `syntax` reads it; where people write a bare number, a number is taken too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from responsief.ir.declare import BUILT_IN, FACT_KINDS, FIGURE_KINDS
from responsief.ir.ruleset import ATTENTION_KINDS, CLAUSE_KINDS, INDEXERING, INSTRUMENTS, MAY
from responsief.ir.types import situation_schema
from responsief.ir.verdict import UITKOMSTEN
from responsief.schemas.catalogue import provisions, signals, trial, trials
from responsief.schemas.editor import for_editors, situations
from responsief.schemas.shapes import (
    DAY,
    DIALECT,
    MONEY,
    NAME,
    POINTS,
    Schema,
    a_body,
    a_list,
    a_number,
    a_text,
    an_article,
    an_expression,
    an_object,
    expressions,
    pointing,
    ref,
    values,
    words,
)
from responsief.situation import BRONNEN, OMSTANDIGHEDEN

RULESET_ID: Final = "urn:responsief:schema:regelset:1"


def ruleset_schema(known: Mapping[str, Iterable[str]] | None = None) -> Schema:
    """The JSON Schema of the YAML files of a register: the first key tells which of the four kinds a file is. With `known`
    (`shipped_names`) it suggests what there is to name; names of one's own are as good."""
    kinds = ("regelset", "signalen", "voorzieningen", "proef")
    made: Schema = {
        "$schema": DIALECT,
        "$id": RULESET_ID,
        "title": "bestand van een register",
        "description": "Een regelset, signalen, voorzieningen of proefgevallen. Begin met «regelset: naam».",
        "type": "object",
        "allOf": [{"if": {"required": [kind]}, "then": ref(kind)} for kind in kinds],
        "anyOf": [{"required": [kind]} for kind in kinds],
        "$defs": {
            "regelset": _ruleset(),
            "signalen": signals(),
            "voorzieningen": provisions(),
            "proef": trials(),
            "proefgeval": trial(),
            **values(),
            **expressions(),
            **_declared(),
            "criterium": _criterion(),
            "clausule": _clause(),
            **situations(),
        },
    }
    return for_editors(made, known or {})


# --- what a ruleset declares -------------------------------------------------------------------------------------------


def _kind(kinds: Iterable[str], *, geen: bool = True) -> dict[str, Schema]:
    keys: dict[str, Schema] = {
        "type": {"description": "Wat voor gegeven dit is.", "enum": list(kinds)},
        "opties": {
            "description": "De woorden van een keuze.",
            "type": "array",
            "items": {
                "allOf": [ref("tekst"), {"not": {"pattern": r"^([Oo][Nn][Bb][Ee][Kk][Ee][Nn][Dd]|[Nn][Uu][Ll][Ll]|~)$"}}]
            },
            "minItems": 1,
        },
        "cijfers": a_number(0, 6, "Cijfers achter de komma van een decimaal."),
    }
    if geen:
        keys["geen"] = {"description": "Bij een datum: kan ook bekend zijn dat er geen is?", "enum": ["ja", "nee"]}
    return keys


def _of_kind(kind: str) -> Schema:
    return {"properties": {"type": {"const": kind}}, "required": ["type"]}


_EACH_KIND_ITS_KEYS: Final[list[Schema]] = [
    *(
        {"if": _of_kind(kind), "then": {"required": [key]}, "else": {"not": {"required": [key]}}}
        for kind, key in (("keuze", "opties"), ("decimaal", "cijfers"))
    ),
    {"if": _of_kind("datum"), "else": {"properties": {"geen": {"const": "nee"}}}},
]


def _declared() -> dict[str, Schema]:
    fact = an_object(
        "Een feit dat het situatiemodel niet kent.",
        {
            **_kind(FACT_KINDS),
            "label": a_text("Hoe de brief dit gegeven noemt."),
            "vraag": a_text("De vraag aan de inwoner, in gewone taal."),
            "van": {
                "description": "Waar het vandaan komt; de eerste wordt het eerst gevraagd.",
                "type": "array",
                "items": {"enum": list(BRONNEN)},
                "minItems": 1,
            },
            "eenheid": a_text("De eenheid: km, dagen, euro per maand."),
            "bewaren": ref("periode", "Zo lang mag het bewijs opnieuw gebruikt worden."),
        },
        ["type", "label", "vraag", "van"],
    )
    fact["allOf"] = _EACH_KIND_ITS_KEYS
    value = {"type": ["string", "number"], "minLength": 1}
    dated = {
        "description": "De waarde vanaf die dag, met haar eigen vindplaats als die anders is.",
        "if": {"type": "object"},
        "then": an_object(
            "",
            {
                "is": words("De waarde.", value),
                "bron": a_text("De vindplaats van deze ene waarde; zonder: die van het cijfer."),
                "geverifieerd": ref("geverifieerd", "Van deze ene waarde; zonder: zoals het cijfer."),
            },
            ["is"],
        ),
        "else": value,
    }
    figure = an_object(
        "Een cijfer met een datum. Elke waarde geldt vanaf haar datum tot de volgende.",
        {
            "type": {"description": "Zonder: geld.", "enum": list(FIGURE_KINDS)},
            "cijfers": a_number(0, 6, "Cijfers achter de komma van een decimaal."),
            "label": a_text("Hoe de brief dit cijfer noemt."),
            "grondslag": an_article("Het artikel."),
            "bron": a_text("De vindplaats van het cijfer."),
            "waarden": {
                "description": "Per begindatum de waarde.",
                "type": "object",
                "propertyNames": {"pattern": DAY},
                "additionalProperties": dated,
                "minProperties": 1,
            },
            "tot": ref("datum", "De laatste dag waarop de laatste waarde geldt."),
            "indexering": {
                "description": "Wanneer de wet het aanpast: halfjaar (1 januari en 1 juli) · jaar (1 januari) · geen.",
                "enum": list(INDEXERING),
            },
            "geverifieerd": ref("geverifieerd"),
        },
        ["bron", "waarden"],
    )
    amount = {"type": "string", "pattern": MONEY}
    money = {"additionalProperties": {"if": {"type": "object"}, "then": {"properties": {"is": amount}}, "else": amount}}
    figure["if"] = {"properties": {"type": {"const": "geld"}}}
    figure["then"] = {"properties": {"waarden": money}}
    term = a_body(
        {
            "label": a_text("Hoe de brief dit begrip noemt."),
            "grondslag": an_article("Het artikel."),
            "bron": a_text("De vindplaats."),
            "uitleg": a_text("Uitleg in gewone taal."),
            "geverifieerd": ref("geverifieerd"),
            "gebruik": pointing(
                "regelset.begrip",
                {
                    "description": "Een begrip van een andere regelset: «regelset.begrip».",
                    "type": "string",
                    "pattern": r"^[a-z0-9][a-z0-9_-]*\.[a-z][a-z0-9_]*$",
                },
            ),
        },
        [],
        "gebruik",
    )
    slot = an_object(
        "Iets dat een lokale regelset invult.",
        {
            **_kind(FACT_KINDS),
            "label": a_text("Hoe de brief dit noemt."),
            "grondslag": an_article("Het artikel dat het open laat."),
            "anders": an_expression("Wat geldt als niemand het invult."),
        },
        ["type", "label", "grondslag"],
    )
    slot["allOf"] = _EACH_KIND_ITS_KEYS
    return {
        "gegeven": fact,
        "bedrag": figure,
        "begrip": {"if": {"type": "object"}, "then": term, "else": ref("expressie")},
        "open": slot,
    }


# --- the ruleset -------------------------------------------------------------------------------------------------------


def _ruleset() -> Schema:
    def named(description: str, inner: str) -> Schema:
        return {
            "description": description,
            "type": "object",
            "propertyNames": {"pattern": NAME, "not": {"enum": sorted({*BUILT_IN, *situation_schema().fields})}},
            "additionalProperties": ref(inner),
        }

    made = an_object(
        "Een regelset.",
        {
            "regelset": ref("ident", "De naam van de regelset: kleine letters, cijfers en streepjes."),
            "formaat": ref("formaat"),
            "titel": a_text("De titel, zoals in de brief."),
            "soort": {
                "description": "Wat voor regeling dit is; «begrippen» voor een bestand met alleen gedeelde begrippen.",
                "enum": list(INSTRUMENTS),
            },
            "bron": an_object(
                "Waar de tekst vandaan komt.",
                {
                    "regeling": a_text("Het BWB- of CVDR-nummer."),
                    "versie": {"description": "De versie.", "type": ["string", "integer"]},
                    "naam": a_text("De officiële naam."),
                    "gelezen_vanaf": ref(
                        "datum", "De tekst van vóór deze dag is niet vergeleken; zonder: alles is vergeleken."
                    ),
                },
                ["regeling", "naam"],
            ),
            "geldig": an_object(
                "Wanneer de regelset geldt; «tot» telt mee.",
                {"van": ref("datum", "De eerste dag."), "tot": ref("datum", "De laatste dag; zonder geldt zij nog.")},
                ["van"],
            ),
            "bekendgemaakt": ref("datum", "De dag waarop de tekst is bekendgemaakt. Na «van»: zij werkt terug."),
            "overgang": {**a_list("Wie de oude regel nog houdt.", _transition()), "minItems": 1},
            "bevoegd": an_object(
                "Wie beslist.",
                {
                    "orgaan": a_text("college, burgemeester, gemeenteraad, …"),
                    "gemeente": ref("gemeente", "De CBS-code, tussen aanhalingstekens; zonder: overal."),
                    "gebied": an_object(
                        "Waar een waterschap of ander orgaan beslist dat geen gemeente is.",
                        {
                            "naam": a_text("Hoe het heet."),
                            "gemeenten": _places("De gemeenten die er helemaal in liggen, met hun CBS-code."),
                            "deels": _places("De gemeenten waarvan een deel erin ligt."),
                            "bron": a_text("Waar dit staat."),
                            "geverifieerd": ref("geverifieerd"),
                        },
                        ["naam", "gemeenten", "bron"],
                    ),
                },
                ["orgaan"],
            ),
            "ter_sprake": an_object(
                "Wanneer de regeling ter sprake komt bij iemand die er niet om vroeg. Zonder: altijd.",
                {"als": an_expression("Wanneer."), "uitleg": a_text("Voor wie de regeling is, in gewone taal.")},
                ["als", "uitleg"],
            ),
            "samenloop": a_list("Wat deze regeling met een ander recht doet.", _interaction()),
            "doel": a_text("Waar de regeling voor is."),
            "leefgebieden": ref("leefgebieden"),
            "beslistermijn": ref("periode", "Binnen hoeveel tijd er een besluit moet zijn."),
            "peildatum": an_expression("Hoe de peildatum volgt als niemand er een noemt; anders vandaag."),
            "ingang": an_object(
                "Van een recht dat over de tijd loopt: de eerste dag waarop het kan beginnen. Elke dag sindsdien wordt beslist.",
                {
                    "vanaf": an_expression("De eerste dag."),
                    "grondslag": an_article("Het artikel."),
                    "uitleg": a_text("De regel in gewone taal, voor de brief."),
                },
                ["vanaf", "grondslag", "uitleg"],
            ),
            "aandachtspunten": a_list("Wat iemand die het krijgt ook moet weten.", _attention()),
            "geverifieerd": ref("geverifieerd"),
            "procedure": _procedure(),
            "voorziening": pointing("voorziening", a_text("Welke voorziening van de catalogus deze regelset is.")),
            "aanvragen": an_object(
                "Als de regeling ergens anders als alternatief opkomt.",
                {"eerste_stap": a_text("Wat iemand eerst doet."), "drempel": a_number(1, 5, "1 = loop zo binnen, 5 = zwaar.")},
                ["eerste_stap"],
            ),
            "gegevens": named("Feiten die het situatiemodel niet kent.", "gegeven"),
            "bedragen": named("Cijfers met een datum.", "bedrag"),
            "begrippen": named("Eén keer uitgerekend, overal te gebruiken.", "begrip"),
            "open": named("Wat een lokale regelset invult; daarna een gewone naam.", "open"),
            "vult_in": {
                POINTS: "regelset.open",
                "description": "Wat deze regelset invult van wat een andere openlaat: «regelset.naam: expressie».",
                "type": "object",
                "propertyNames": {"pattern": r"^[a-z0-9][a-z0-9_-]*\.[a-z][a-z0-9_]*$"},
                "additionalProperties": ref("expressie"),
            },
            "criteria": {"description": "De voorwaarden.", "type": "array", "items": ref("criterium"), "minItems": 1},
            "uitkomst": an_object(
                "Waar recht op is. Zonder: ja of nee.", {"bedrag": words("Het bedrag waar recht op is.", _amount())}, ["bedrag"]
            ),
            "hardheid": {
                "description": "De clausules. Is er geen, zeg dat dan: «soort: geen».",
                "type": "array",
                "items": ref("clausule"),
                "minItems": 1,
            },
            "clausules_bij": {
                POINTS: "regelset",
                "description": "De clausules die deze regeling voor een andere regelset heeft, per regelset.",
                "type": "object",
                "propertyNames": {"pattern": r"^[a-z0-9][a-z0-9_-]*$"},
                "additionalProperties": {
                    "type": "array",
                    "items": {**ref("clausule"), "properties": {"geldt_voor": {"type": "array"}}},
                },
            },
        },
        ["regelset", "formaat", "titel", "soort", "geldig"],
    )
    fills_only = {"not": {"required": ["criteria"]}, "anyOf": [{"required": ["vult_in"]}, {"required": ["clausules_bij"]}]}
    made["if"] = {"properties": {"soort": {"const": "begrippen"}}}
    made["else"] = {
        "required": ["bron", "doel", "leefgebieden"],
        "anyOf": [fills_only, {"required": ["procedure", "criteria", "hardheid"]}],
    }
    return made


def _places(description: str) -> Schema:
    return {"description": description, "type": "array", "items": ref("gemeente")}


def _interaction() -> Schema:
    return an_object(
        "Wat deze regeling met een ander recht doet, of dat recht met deze regeling.",
        {
            "met": pointing("recht", a_text("De andere regelset, of een voorziening van de catalogus.")),
            "tekst": a_text("In gewone taal, voor het overzicht."),
            "grondslag": an_article("Het artikel."),
            "uitkomsten": {
                "description": "Bij welke uitkomst van deze regelset dit geldt; zonder: als zij niet is afgewezen.",
                "type": "array",
                "items": {"enum": list(UITKOMSTEN)},
            },
            "als": an_expression("Wat daarvoor bekend moet zijn."),
            "geverifieerd": ref("geverifieerd"),
        },
        ["met", "tekst", "grondslag"],
    )


def _amount() -> Schema:
    return a_body({"per": {"description": "Per maand, per jaar of één keer.", "enum": ["maand", "jaar", "keer"]}}, ["per"])


def _procedure() -> Schema:
    remedy = an_object(
        "Wat iemand tegen het besluit kan doen.",
        {
            "soort": {"description": "Wat iemand kan doen.", "enum": ["bezwaar", "administratief_beroep", "beroep"]},
            "termijn": ref("periode", "Binnen hoeveel tijd: «6 weken»."),
            "vanaf": {"description": "Waar de termijn vanaf loopt.", "enum": ["bekendmaking", "dagtekening"]},
            "bij": a_text("Bij wie."),
            "grondslag": an_article("Het artikel."),
        },
        ["soort", "termijn", "vanaf", "bij", "grondslag"],
    )
    return an_object(
        "Hoe het besluit tot stand komt.",
        {
            "rechtsmiddel": remedy,
            "aanvullen": an_article("Het artikel dat tijd geeft om de aanvraag aan te vullen."),
            "horen": an_article("Het artikel dat vraagt om eerst te horen."),
            "voorschot": an_object(
                "Een voorschot dat betaald moet worden zolang er niets is beslist.",
                {"termijn": ref("periode", "Binnen hoeveel tijd na de aanvraag."), "grondslag": an_article("Het artikel.")},
                ["termijn", "grondslag"],
            ),
        },
        ["rechtsmiddel"],
    )


def _attention() -> Schema:
    return an_object(
        "Een aandachtspunt bij een toekenning.",
        {
            "id": ref("ident"),
            "soort": {"description": "Waar het over gaat.", "enum": list(ATTENTION_KINDS)},
            "als": an_expression("Wanneer het speelt."),
            "tekst": a_text("Wat iemand moet weten, in gewone taal, voor de brief."),
            "grondslag": an_article("Het artikel."),
            "geverifieerd": ref("geverifieerd"),
        },
        ["id", "soort", "als", "tekst", "grondslag"],
    )


def _transition() -> Schema:
    return an_object(
        "Overgangsrecht: voor wie een eerdere versie nog geldt.",
        {
            "voor": an_expression("Wie de oude regel houdt: ja of nee."),
            "tot": ref("datum", "De laatste peildatum waarop zij nog geldt; zonder: er is geen einde."),
            "geldt": ref("datum", "De eerste dag van de versie die geldt; zonder: de versie vlak voor deze."),
            "grondslag": an_article("Het artikel met het overgangsrecht."),
            "uitleg": a_text("Voor wie de oude regel nog geldt, in gewone taal, voor de brief."),
            "criteria": {
                **a_list(
                    "Alleen deze criteria; «bedrag» erbij voor het bedrag. Zonder: alles.", pointing("criterium", ref("ident"))
                ),
                "minItems": 1,
            },
        },
        ["voor", "grondslag", "uitleg"],
    )


def _reading() -> Schema:
    return an_object(
        "Een andere lezing van dezelfde woorden.",
        {
            "lezing": a_text("Achter «als de gemeente»: «36 maanden gemiddeld leest in plaats van elke maand»."),
            "eis": an_expression("De eis in die lezing."),
            "wie": {"description": "Wie zo kan lezen.", "enum": ["overheid", "gemeente"]},
            "grondslag": an_article("Waar die lezing op rust: uitspraak, toelichting."),
        },
        ["lezing", "eis", "wie"],
    )


def _criterion() -> Schema:
    made = an_object(
        "Een voorwaarde met een titel, een grondslag, een doel en een eis.",
        {
            "id": ref("ident"),
            "titel": a_text("De voorwaarde in een zin, zoals in de brief."),
            "grondslag": an_article("Het artikel."),
            "tekst": a_text("De woorden van de wet of verordening."),
            "doel": a_text("Waar deze voorwaarde voor is."),
            "uitleg": a_text("De regel in gewone taal, voor de brief."),
            "eis": an_expression("Wat waar moet zijn."),
            "tenzij": an_expression("De eis geldt niet als dit zo is."),
            "rust_op": {"description": "Zonder: de soort van de regelset.", "enum": list(INSTRUMENTS[:-1])},
            "bevoegdheid": {"description": "Zonder: gebonden.", "enum": ["gebonden", "discretionair"]},
            "gevolg": {
                "description": "Wat een nee doet: afwijzen (gewoon) · kan_weigeren (een mens weegt eerst) · deel (er gaat iets van het bedrag af) · wacht_tot <datum>.",
                "type": "string",
                "anyOf": [{"enum": ["afwijzen", "kan_weigeren", "deel"]}, {"pattern": r"^wacht_tot\s+\S"}],
            },
            "aftrek": an_expression("Bij gevolg deel: het bedrag dat eraf gaat."),
            "wie_wijzigt": an_object(
                "Wie dit kan veranderen.",
                {
                    "wie": {"description": "Wie het kan veranderen.", "enum": ["overheid", "gemeente", "inwoner", "niemand"]},
                    "wat": a_text("Wat er dan verandert."),
                },
                ["wie"],
            ),
            "bewijs": a_text("Welk bewijs hierbij hoort."),
            "andere_lezingen": a_list("Hoe de woorden ook gelezen kunnen worden.", _reading()),
            "in_werking": ref("in_werking"),
            "geverifieerd": ref("geverifieerd"),
        },
        ["id", "titel", "grondslag", "doel"],
    )
    part = {"properties": {"gevolg": {"const": "deel"}}, "required": ["gevolg"]}
    made["if"] = part
    made["then"] = {"required": ["aftrek"]}
    made["else"] = {"required": ["eis"], "not": {"required": ["aftrek"]}}
    made["dependentRequired"] = {"tenzij": ["eis"]}
    return made


def _clause() -> Schema:
    bar = an_object(
        "Een voorwaarde met haar artikel.",
        {
            "als": an_expression("De voorwaarde."),
            "grondslag": an_article("Het artikel."),
            "reden": a_text("Waarom, in gewone taal."),
        },
        ["als", "grondslag", "reden"],
    )
    weight = an_object(
        "Een omstandigheid die hier telt.",
        {
            "soort": {"description": "Welke soort omstandigheid.", "enum": list(OMSTANDIGHEDEN)},
            "waarom": a_text("Waarom zij hier telt."),
        },
        ["soort", "waarom"],
    )
    made = an_object(
        "Een clausule die ruimte geeft, of «soort: geen».",
        {
            "id": ref("ident"),
            "soort": {"description": "Wat voor ruimte dit is.", "enum": list(CLAUSE_KINDS)},
            "titel": a_text("De titel."),
            "grondslag": an_article("Het artikel."),
            "tekst": a_text("De woorden van de clausule."),
            "maatstaf": a_text("Precies de drempelwoorden van deze clausule."),
            "geldt_voor": {
                "description": "De ids van criteria waar de clausule toe reikt, of «alle».",
                "if": {"type": "string"},
                "then": {"const": "alle"},
                "else": {"type": "array", "items": pointing("criterium", ref("ident")), "minItems": 1},
            },
            "reikwijdte": a_text("Hoe ver zij reikt, in woorden."),
            "richting": {"description": "Zonder: ten_gunste.", "enum": ["ten_gunste", "beide"]},
            "wie_beslist": a_text("Wie over afwijken beslist."),
            "niet_als": a_list("Wat de clausule tegenhoudt, elk met artikel.", bar),
            "voorwaarden": a_list("Wat er eerst moet zijn: onbekend is op te halen, geen weigering.", bar),
            "mag": a_list("Wat er mag.", {"enum": list(MAY)}),
            "wegen": a_list("Soorten omstandigheden, met waarom ze hier tellen.", weight),
            "vragen": a_list("Open vragen voor het gesprek.", ref("tekst")),
            "in_werking": ref("in_werking"),
            "geverifieerd": ref("geverifieerd"),
        },
        ["id", "soort", "grondslag", "geldt_voor"],
    )
    none = ("maatstaf", "tekst", "niet_als", "voorwaarden", "wegen", "mag")
    made["if"] = {"properties": {"soort": {"const": "geen"}}}
    made["then"] = {"properties": dict.fromkeys(none, False)}
    made["else"] = {"required": ["maatstaf", "wie_beslist"]}
    return made
