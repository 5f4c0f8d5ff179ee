"""The files beside the rulesets in JSON Schema: signals, provisions, test cases."""

from __future__ import annotations

from typing import get_args

from responsief.decision import ClausuleStatus, Uitkomst
from responsief.ir.ruleset import GEVOELIG
from responsief.schemas.shapes import (
    MONEY,
    NAME,
    POINTS,
    Schema,
    a_list,
    a_number,
    a_text,
    an_article,
    an_expression,
    an_object,
    pointing,
    ref,
)


def signals() -> Schema:
    fact = an_object(
        "Een feit.", {"label": a_text("Het feit in gewone taal."), "is": an_expression("Wanneer het zo is.")}, ["label", "is"]
    )
    rule = an_object(
        "Als al deze feiten of signalen er zijn, dan dit signaal.",
        {
            "id": ref("ident"),
            "als": {
                "description": "Feiten of andere signalen, allemaal.",
                "type": "array",
                "items": pointing("feit", ref("naam")),
                "minItems": 1,
            },
            "dan": pointing("signaal", ref("ident", "Het signaal.")),
            "label": a_text("Wat er aan de hand is: B1, zonder verwijt."),
            "grondslag": an_article("Het artikel."),
            "urgentie": an_object(
                "Hoe snel er iets moet gebeuren.",
                {
                    "werkdagen": a_number(0, 100, "0 is meteen."),
                    "uit": {"description": "Staat dit in de wet, of is het een eigen norm?", "enum": ["wet", "eigen_norm"]},
                },
                ["werkdagen", "uit"],
            ),
            "biedt": a_list("Ids van voorzieningen.", pointing("voorziening", ref("ident"))),
            "voorrang": {"description": "Geweld, kind in gevaar, crisis: gaat voor alles.", "enum": ["ja", "nee"]},
            "geverifieerd": ref("geverifieerd"),
            "bron": a_text("De vindplaats."),
        },
        ["id", "als", "dan", "label", "grondslag"],
    )
    return an_object(
        "Signalen: wat er dreigt, en wat dan helpt.",
        {
            "signalen": ref("ident", "De naam van dit bestand."),
            "formaat": ref("formaat"),
            "feiten": {
                "description": "Feiten waar de regels mee beginnen.",
                "type": "object",
                "propertyNames": {"pattern": NAME},
                "additionalProperties": fact,
            },
            "regels": a_list("De regels.", rule),
        },
        ["signalen", "formaat", "regels"],
    )


def provisions() -> Schema:
    gemeente = ref("gemeente", "De CBS-code, tussen aanhalingstekens; zonder: overal.")
    provision = an_object(
        "Een voorziening die kan helpen.",
        {
            "id": ref("ident"),
            "titel": a_text("Wat het is, in gewone taal."),
            "grondslag": an_article("Het artikel, of «–»."),
            "leefgebieden": ref("leefgebieden"),
            "wie_beslist": a_text("Wie erover beslist."),
            "eerste_stap": a_text("Wat iemand eerst doet."),
            "drempel": a_number(1, 5, "1 = loop zo binnen, 5 = zwaar."),
            "drempel_reden": a_text("Waarom die drempel."),
            "soort": {
                "description": "Van wie de hulp komt.",
                "enum": ["wettelijk", "gemeentelijk", "fonds", "informeel", "samen"],
            },
            "bereik": {"description": "Overal, of in een deel van het land.", "enum": ["landelijk", "deel"]},
            "wet": {"description": "Past het binnen de wet, of gaat het daarbuiten?", "enum": ["binnen_wet", "buiten_wet"]},
            "voorwaarden": an_expression("Wanneer dit past; zonder: altijd."),
            "na_te_gaan": a_list("Wat een mens nog aan de inwoner moet vragen.", ref("tekst")),
            "zelf_uitzoeken": a_list("Wat de gemeente zelf moet uitzoeken.", ref("tekst")),
            "regelset": pointing("regelset", ref("ident", "Als de voorziening zelf een regelset is: dan geldt dat oordeel.")),
            "geldig": an_object("Wanneer zij er is.", {"van": ref("datum"), "tot": ref("datum")}, []),
            "gevoelig": {
                "description": "Waarom anderen dit niet in een brief mogen lezen; «ja» zegt niet waarom, en telt als het strengste.",
                "enum": [*GEVOELIG, "ja", "nee"],
            },
            "termijn": an_object(
                "Wat er wanneer moet zijn gebeurd.",
                {
                    "tekst": a_text("In gewone taal: «Vraag dit aan voordat u betaalt.»"),
                    "grondslag": an_article("Het artikel."),
                    "uiterlijk": an_expression("De laatste dag, als die te berekenen is."),
                },
                ["tekst", "grondslag"],
            ),
            "overdracht": a_text("Wie wie belt, als de inwoner dat wil."),
            "gemeente": gemeente,
            "geverifieerd": ref("geverifieerd"),
            "bron": a_text("De vindplaats."),
        },
        ["id", "titel", "grondslag", "leefgebieden", "wie_beslist", "eerste_stap", "drempel", "soort", "bereik", "wet", "bron"],
    )
    bundle = an_object(
        "Voorzieningen die elkaar versterken.",
        {
            "id": ref("ident"),
            "titel": a_text("Wat het samen is, in gewone taal."),
            "met": {
                "description": "Ids van voorzieningen, ook uit een ander bestand.",
                "type": "array",
                "items": pointing("voorziening", ref("ident")),
                "minItems": 2,
                "uniqueItems": True,
            },
            "waarom": a_text("Waarom dit samen past: één zin voor de inwoner, B1."),
        },
        ["id", "titel", "met", "waarom"],
    )
    return an_object(
        "Voorzieningen: wat er verder is.",
        {
            "voorzieningen": ref("ident", "De naam van dit bestand."),
            "formaat": ref("formaat"),
            "gemeente": gemeente,
            "lijst": a_list("De voorzieningen.", provision),
            "bundels": a_list("Wat goed samen past.", bundle),
        },
        ["voorzieningen", "formaat", "lijst"],
    )


def trials() -> Schema:
    """A file of test cases; a case itself is `trial`."""
    survivors = an_object(
        "Mutanten die geen geval hoeft te vangen (zie «responsief mutate»).",
        {
            "mutanten": a_list("Hoe «responsief mutate» ze noemt.", ref("tekst")),
            "waarom": a_text("Waarom geen geval dit verschil kan of hoeft te laten zien."),
        },
        ["mutanten", "waarom"],
    )
    found = an_object(
        "Proefgevallen bij een regelset.",
        {
            "proef": pointing("regelset", ref("ident", "De naam van de regelset.")),
            "formaat": ref("formaat"),
            "basis": {
                "description": "Benoemde situaties.",
                "type": "object",
                "propertyNames": {"pattern": NAME},
                "additionalProperties": ref("situatie"),
            },
            "gevallen": {**a_list("De gevallen.", ref("proefgeval")), "minItems": 1},
            "overlevers": a_list("Wat geen geval hoeft te vangen.", survivors),
        },
        ["proef", "formaat"],
    )
    found["anyOf"] = [{"required": ["gevallen"]}, {"required": ["overlevers"]}]
    return found


def trial() -> Schema:
    """One test case."""
    statuses = {"enum": list(get_args(ClausuleStatus))}
    alternative = pointing("alternatief", {"type": "string", "pattern": r"^(hardheid:)?[a-z0-9][a-z0-9_-]*$"})
    criteria, signals = pointing("criterium", ref("ident")), pointing("signaal", ref("ident"))
    expected = an_object(
        "Wat eruit moet komen. Wat hier niet staat, wordt niet vergeleken.",
        {
            "uitkomst": {"description": "Wat er wordt beslist.", "enum": list(get_args(Uitkomst))},
            "bedrag": {
                "description": "Een bedrag, of «geen».",
                "anyOf": [{"const": "geen"}, {"type": "string", "pattern": MONEY}],
            },
            "afgewezen_op": a_list("Precies deze criteria.", criteria),
            "te_wegen": a_list("Precies deze criteria.", criteria),
            "onbekend": a_list("Precies deze gegevens in nog_nodig.", pointing("pad", ref("tekst"))),
            "wacht_tot": ref("datum"),
            "ingang": {
                "description": "De eerste dag met recht, of «geen».",
                "anyOf": [{"const": "geen"}, ref("datum")],
            },
            "aandachtspunten": a_list("Precies deze aandachtspunten van de regelset.", pointing("aandachtspunt", ref("ident"))),
            "hardheid": {
                POINTS: "clausule",
                "description": "Per clausule haar status, of per criterium.",
                "type": "object",
                "additionalProperties": {
                    "anyOf": [statuses, {POINTS: "criterium", "type": "object", "additionalProperties": statuses}]
                },
            },
            "signalen": a_list("Minstens deze.", signals),
            "signalen_niet": a_list("Geen van deze.", signals),
            "alternatieven": a_list("Minstens deze; een clausule heet «hardheid:id».", alternative),
            "alternatieven_niet": a_list("Geen van deze.", alternative),
        },
        [],
    )
    expected["minProperties"] = 1
    return an_object(
        "Een geval.",
        {
            "naam": a_text("Wat dit geval laat zien."),
            "peildatum": ref("datum"),
            "basis": pointing("basis", ref("naam", "De situatie waar dit geval op lijkt.")),
            "situatie": ref("situatie", "Alleen wat anders is dan de basis."),
            "verhaal": a_text("In een paar gewone zinnen: over wie het gaat, en wat er gebeurde."),
            "bron": a_text("Waar het geval vandaan komt."),
            "waarom": a_text("Waarom het zo hoort."),
            "verwacht": expected,
        },
        ["naam", "verwacht"],
    )
