"""The stable JSON of decisions in JSON Schema: every key, every word that can stand there."""

from __future__ import annotations

from typing import Final, get_args

from responsief.decision import (
    FORMAAT,
    AlternatiefSoort,
    BlokkadeSoort,
    ClausuleStatus,
    Leverancier,
    Oordeel,
    Reden,
    TermijnSoort,
    Uitkomst,
    Voorstel,
    Who,
)
from responsief.ir.ruleset import ATTENTION_KINDS, CLAUSE_KINDS
from responsief.schemas.shapes import DIALECT, Schema, a_list, ref
from responsief.situation import LEEFGEBIEDEN

DECISION_ID: Final = "urn:responsief:schema:besluit:1"

TEXT: Final[Schema] = {"type": "string", "minLength": 1}
MAYBE_TEXT: Final[Schema] = {"type": ["string", "null"]}
DAY: Final[Schema] = {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
HASH: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
LINKS: Final[Schema] = {"$ref": "#/$defs/links"}


def decision_schema() -> Schema:
    """The JSON Schema of what `decision_json.to_json` gives. Every key is always there, and there are no others."""
    root = an_exact_object(
        "Wat de toets over één situatie oplevert: concepten, een medewerker beslist.",
        besluiten=a_list("Per regelset één conceptbesluit.", ref("besluit")),
        niet_beslist=a_list(
            "Regelsets die niet konden worden beslist, en waarom.",
            an_exact_object(
                "", regelset=a_text_of("De naam van de regelset."), reden=a_text_of("Waarom er niets beslist kon worden.")
            ),
        ),
        niet_ter_sprake=a_list("Regelsets waar niemand om vroeg en die niet over deze inwoner gaan.", not_raised()),
        formaat={"description": "De versie van dit formaat.", "const": FORMAAT},
    )
    return {"$schema": DIALECT, "$id": DECISION_ID, "title": "besluiten", **root, "$defs": decision_definitions()}


def not_raised() -> Schema:
    """A ruleset that did not come up."""
    return an_exact_object(
        "",
        regelset=a_text_of("De naam van de regelset."),
        titel=a_text_of("Hoe de regeling heet."),
        reden=a_text_of("Voor wie de regeling is."),
        oordeel={"description": "Of bekend is dat zij niet over deze inwoner gaat.", "enum": ["nee", "onbekend"]},
    )


def decision_definitions() -> dict[str, Schema]:
    """The parts of a decision, by name."""
    return {
        "besluit": _decision(),
        "spoor": an_exact_object(
            "Hoe een uitdrukking uitkwam, en haar delen.",
            tekst=a_text_of("De uitdrukking zoals die geschreven is."),
            oordeel={"description": "Alleen bij een voorwaarde.", "enum": [*get_args(Oordeel), None]},
            waarde=_maybe("De waarde die is gelezen."),
            grens=_maybe("De grens waarmee is vergeleken."),
            bron=_maybe("Waar de waarde vandaan komt; van een cijfer het artikel."),
            datum=_maybe("De datum van die bron; van een cijfer de dag waarop deze waarde begon."),
            delen=a_list("De delen van de uitdrukking.", ref("spoor")),
        ),
        "hardheid": _review(),
        "links": a_list(
            "Woorden van de grondslag met hun adres op overheid.nl, van links naar rechts. Wat niet zeker is, heeft er geen.",
            an_exact_object(
                "",
                tekst=a_text_of("De woorden, zoals zij in de grondslag staan."),
                link={"description": "Het adres.", "type": "string", "format": "uri", "pattern": "^https://"},
            ),
        ),
        "verantwoording": an_exact_object(
            "Wat er met wat is beslist. De hash van de situatie is een persoonsgegeven.",
            regelset=a_text_of("De naam van de regelset."),
            versie=a_text_of("De versie van de regelset."),
            sha256={"description": "De hash van de regelset.", **HASH},
            motor=a_text_of("De versie van de software."),
            keten={"description": "Welke voorwaartse redeneerder de signalen afleidde.", "enum": ["durable-rules", "eigen"]},
            peildatum={"description": "De dag waarop is getoetst.", **DAY},
            situatie_sha256={"description": "De hash van de situatie.", **HASH},
            gelezen=a_list(
                "Elke regelset en catalogus die is gelezen.",
                an_exact_object("", naam=a_text_of("De naam."), versie=a_text_of("De versie."), sha256=HASH),
            ),
            feiten=a_list(
                "Elk gegeven dat is gelezen, en waarvoor (AVG 5).",
                an_exact_object(
                    "", gegeven=a_text_of("Het pad van het gegeven."), waarvoor=a_text_of("De criteria die het lezen.")
                ),
            ),
        ),
    }


def _decision() -> Schema:
    made = an_exact_object(
        "Eén conceptbesluit.",
        regelset=a_text_of("De naam van de regelset."),
        versie=a_text_of("De versie van de regelset."),
        peildatum={"description": "De dag waarop is getoetst.", **DAY},
        uitkomst={"description": "De uitkomst van de toets.", "enum": list(get_args(Uitkomst))},
        bedrag=an_outcome_amount("Het bedrag, als de regeling er een noemt en er recht op is."),
        wacht_tot=_maybe_day("De eerste dag waarop mag worden beslist."),
        criteria=a_list(
            "Elk criterium met zijn oordeel, ook als een ander al de uitkomst bepaalt.",
            an_exact_object(
                "",
                id=a_text_of("Het id van het criterium."),
                titel=a_text_of("De titel."),
                grondslag=a_text_of("Het artikel."),
                links=LINKS,
                oordeel={"enum": list(get_args(Oordeel))},
                spoor=ref("spoor"),
            ),
        ),
        afgewezen_op=_texts("Alle criteria waarop is afgewezen."),
        te_wegen=_texts("Criteria waarop geweigerd kan worden: een mens weegt eerst."),
        onbekend=_texts("Criteria waarvan het oordeel onbekend is."),
        nog_nodig=a_list(
            "Gegevens waar de uitkomst nog op wacht.",
            an_exact_object(
                "",
                gegeven=a_text_of("Het pad van het gegeven."),
                reden={"enum": list(get_args(Reden))},
                vraag={"description": "De vraag in gewone taal.", "type": "string"},
                van={"description": "Wie het levert.", "enum": list(get_args(Leverancier))},
            ),
        ),
        hardheid={
            "description": "De hardheidstoets: bij elke uitkomst die geen volledige toekenning is.",
            "anyOf": [ref("hardheid"), {"type": "null"}],
        },
        motivering=an_exact_object(
            "De teksten.", brief=a_text_of("De brief aan de inwoner (B1)."), nota=a_text_of("De notitie voor het dossier.")
        ),
        beslisrijp=an_exact_object(
            "Of een medewerker kan beslissen.",
            ja={"type": "boolean"},
            nog=_texts("Wat nog in de weg staat."),
        ),
        ingang={
            "description": "Van een recht dat over de tijd loopt: vanaf wanneer, en wat er elke dag sindsdien uitkwam.",
            "anyOf": [_start(), {"type": "null"}],
        },
        aandacht=a_list(
            "Wat iemand die iets krijgt ook moet weten.",
            an_exact_object(
                "",
                id=a_text_of("Het id."),
                soort={"enum": list(ATTENTION_KINDS)},
                tekst=a_text_of("In gewone taal."),
                grondslag=a_text_of("Het artikel."),
                links=LINKS,
                past={"enum": ["ja", "na_te_gaan"]},
            ),
        ),
        overgang=a_list(
            "Overgangsrecht: eerdere versies die voor sommigen nog gelden, en of dat hier zo is.",
            an_exact_object(
                "",
                oordeel={"enum": ["ja", "nee", "onbekend"]},
                grondslag=a_text_of("Het artikel."),
                links=LINKS,
                uitleg=a_text_of("Voor wie, in gewone taal."),
                tot={"anyOf": [DAY, {"type": "null"}], "description": "De laatste peildatum; null: geen einde."},
                versie=DAY | {"description": "De eerste dag van de eerdere versie."},
                gold_tot=DAY | {"description": "De laatste dag waarop zij voor iedereen gold."},
                criteria=a_list("De criteria die zij beslist, of misschien beslist.", a_text_of("")),
                bedrag={"type": "boolean", "description": "Gaat het ook om het bedrag?"},
                feiten=a_list("De gegevens waar dat van afhangt.", a_text_of("")),
            ),
        ),
        bekendgemaakt={
            "anyOf": [DAY, {"type": "null"}],
            "description": "De dag waarop de tekst is bekendgemaakt; ligt de peildatum daarvoor, dan werkt zij terug.",
        },
        lees_eerst=a_list(
            "Woorden van de inwoner die een mens vóór al het andere leest.",
            an_exact_object(
                "", waar=a_text_of("Het pad in de situatie."), woorden=_maybe("De woorden."), waarom=a_text_of("Waarom eerst.")
            ),
        ),
        feiten=a_list(
            "Elk gegeven dat een voorwaarde las: wat er staat, wat de inwoner zegt, waarvoor het is gelezen en op welke grondslag.",
            an_exact_object(
                "",
                gegeven=a_text_of("Het pad in de situatie."),
                label=a_text_of("In gewone taal."),
                waarde=_maybe("De waarde; null als zij niet bekend is."),
                bron=_maybe("Waar zij vandaan komt."),
                datum=_maybe_day("De datum van het gegeven."),
                betwist={"type": "boolean"},
                eigen_opgave=_maybe("Wat de inwoner zelf zegt, als dat anders is."),
                herbruikbaar_tot=_maybe_day("Tot en met wanneer het opnieuw gebruikt mag worden."),
                waarvoor=_texts("De voorwaarden die het lazen."),
                doelen=_texts("Waar die voorwaarden voor zijn."),
                grondslagen=_texts("De artikelen daarvan."),
            ),
        ),
        blokkades=a_list(
            "Wat nog in de weg staat, elk met zijn soort: dezelfde zinnen als bij «beslisrijp».",
            an_exact_object("", soort={"enum": list(get_args(BlokkadeSoort))}, tekst=a_text_of("De zin.")),
        ),
        termijnen=a_list(
            "Elke datum waar de zaak aan hangt, de eerste eerst.",
            an_exact_object(
                "",
                soort={"enum": list(get_args(TermijnSoort))},
                uiterlijk=_maybe_day("De laatste dag; null als de tijd stilstaat of nog niet loopt."),
                grondslag=a_text_of("Het artikel."),
                links=LINKS,
                tekst=a_text_of("Wat er dan moet zijn gebeurd."),
            ),
        ),
        verantwoording=ref("verantwoording"),
    )
    made["if"] = _outcome("toegekend")
    made["then"] = {"properties": {"hardheid": {"type": "null"}}}
    made["else"] = {"properties": {"hardheid": {"type": "object"}}}
    made["allOf"] = [
        {
            "if": _outcome("wacht"),
            "then": {"properties": {"wacht_tot": DAY}},
            "else": {"properties": {"wacht_tot": {"type": "null"}}},
        },
        {
            "if": _outcome("afgewezen"),
            "then": {"properties": {"afgewezen_op": {"minItems": 1}}},
            "else": {"properties": {"afgewezen_op": {"maxItems": 0}}},
        },
        {"if": _outcome("toegekend", "gedeeltelijk"), "else": {"properties": {"bedrag": {"type": "null"}}}},
    ]
    return made


def an_outcome_amount(description: str) -> Schema:
    """An amount in cents and per what, or none."""
    amount = an_exact_object("", centen={"type": "integer"}, per={"enum": ["maand", "jaar", "keer"]})
    return {"description": description, "anyOf": [amount, {"type": "null"}]}


def _start() -> Schema:
    return an_exact_object(
        "",
        eerste_dag=_maybe_day("De eerste dag waarop het kan beginnen; null als die niet bekend is."),
        vanaf=_maybe_day("De eerste dag waarop er recht is."),
        grondslag=a_text_of("Het artikel."),
        links=LINKS,
        uitleg=a_text_of("De regel in gewone taal."),
        verloop=a_list(
            "Dagen met dezelfde uitkomst; beide dagen tellen mee.",
            an_exact_object(
                "",
                van={"description": "De eerste dag.", **DAY},
                tot={"description": "De laatste dag.", **DAY},
                uitkomst={"enum": list(get_args(Uitkomst))},
                bedrag=an_outcome_amount("Het bedrag op die dagen."),
                afgewezen_op=_texts("De criteria waarop die dagen afvallen."),
            ),
        ),
    )


def _maybe_day(description: str) -> Schema:
    return {"description": description, "anyOf": [DAY, {"type": "null"}]}


def _outcome(*words: str) -> Schema:
    return {"properties": {"uitkomst": {"enum": list(words)}}}


def _review() -> Schema:
    return an_exact_object(
        "De hardheidstoets: een voorstel voor wie beslist. Zij kent niets toe en weigert niets.",
        signalen=a_list(
            "Signalen, met waarom.",
            an_exact_object("", id=a_text_of("Het id."), waarom=a_text_of("Welke regel, door welke feiten.")),
        ),
        clausules=a_list(
            "Elke clausule bij elk criterium dat in de weg staat.",
            an_exact_object(
                "",
                id=a_text_of("Het id van de clausule."),
                soort={"enum": list(CLAUSE_KINDS)},
                grondslag=a_text_of("Het artikel."),
                links=LINKS,
                criterium=_maybe("Het criterium; null als de clausule er geen raakt."),
                status={"enum": list(get_args(ClausuleStatus))},
                reden=a_text_of("Waarom wel of niet."),
                maatstaf=_maybe("De drempelwoorden van de clausule."),
                wie_beslist=a_text_of("Wie erover beslist."),
                open_vragen=_texts("Vragen voor het gesprek."),
                eerst_nodig=_texts("Wat er eerst moet zijn: op te halen, geen weigering."),
                mag=_texts("Wat zij hoogstens kan veranderen: toekennen, bedrag, periode, ingangsdatum, lening."),
                richting=a_text_of("ten_gunste, of beide."),
                reikwijdte=_maybe("Hoe ver zij reikt, in woorden."),
                draagt_alleen={"description": "Of zij alleen een toekenning kan dragen.", "type": "boolean"},
            ),
        ),
        geen_clausule={"description": "Geen enkele clausule reikt tot wat in de weg staat.", "type": "boolean"},
        alternatieven=a_list(
            "Wat wél helpt, het meest passende eerst.",
            an_exact_object(
                "",
                id=a_text_of("Het id."),
                titel=a_text_of("De titel."),
                soort={"enum": list(get_args(AlternatiefSoort))},
                leefgebieden={"type": "array", "items": {"enum": list(LEEFGEBIEDEN)}},
                grondslag={"description": "Het artikel, of «–».", "type": "string"},
                links=LINKS,
                wie_beslist=a_text_of("Wie erover beslist."),
                eerste_stap=a_text_of("Wat de inwoner of de gemeente eerst doet."),
                drempel={"description": "Van 1 (loop zo binnen) tot 5 (zwaar).", "type": "integer", "minimum": 1, "maximum": 5},
                past={"enum": ["ja", "na_te_gaan"]},
                waarom=a_text_of("Waarom dit past."),
                termijn=_or_null(
                    "Wat er wanneer moet zijn gebeurd.",
                    tekst=a_text_of("In gewone taal."),
                    grondslag=a_text_of("Het artikel."),
                    uiterlijk={"description": "De laatste dag, als die te berekenen is.", "anyOf": [DAY, {"type": "null"}]},
                ),
                overdracht=_maybe("Wie het eerste contact legt, als de inwoner dat wil."),
                eerder_geprobeerd=_or_null(
                    "Dat de inwoner dit eerder had of vroeg: nooit een reden om het te verbergen.",
                    op={"description": "Wanneer.", "anyOf": [DAY, {"type": "null"}]},
                    tekst=a_text_of("Wat er toen was."),
                    woorden=_maybe("Waarom het stopte, in de woorden van de inwoner."),
                    hielp={"description": "Of het hielp, volgens de inwoner.", "type": ["boolean", "null"]},
                    vraag=a_text_of("Wat daarover te vragen is."),
                ),
            ),
        ),
        bundels=a_list(
            "Alternatieven van hierboven die elkaar versterken.",
            an_exact_object(
                "",
                id=a_text_of("Het id van de bundel."),
                titel=a_text_of("Wat het samen is."),
                alternatieven={"description": "De ids van de alternatieven.", "type": "array", "items": TEXT},
                waarom=a_text_of("Waarom dit samen past."),
            ),
        ),
        grens=a_list(
            "Het kleinste verschil dat een criterium had doen omslaan.",
            an_exact_object(
                "",
                criterium=a_text_of("Het id van het criterium."),
                tekst=a_text_of("Het verschil in woorden."),
                verschil=_maybe("«€ 1,00», «3 maanden»; null als geen getal het zegt."),
                eenheid=_maybe("Per maand, per keer."),
                wie={"description": "Wie dit kan veranderen.", "enum": list(get_args(Who))},
            ),
        ),
        manieren=a_list(
            "Elke kleinste verzameling veranderingen die meer geeft, als er meer tegelijk anders moet zijn.",
            an_exact_object(
                "",
                veranderingen=a_list(
                    "",
                    an_exact_object(
                        "",
                        criterium=a_text_of("Het id van het criterium."),
                        tekst=a_text_of("Wat er anders zou zijn."),
                        wie={"description": "Wie dit kan veranderen.", "enum": list(get_args(Who))},
                        gegeven=_maybe("Het pad van het gegeven dat anders zou zijn; null als het om de voorwaarde gaat."),
                        waarde=_maybe("De andere waarde, zoals in een situatie."),
                    ),
                ),
                uitkomst={"enum": list(get_args(Uitkomst))},
                bedrag={"description": "In centen.", "type": ["integer", "null"]},
                wie={"description": "Wie van hen het minst kan veranderen.", "enum": list(get_args(Who))},
            ),
        ),
        gevolgen=a_list(
            "Wat de strikte regel raakt: van wie, in welk leefgebied, en waaruit dat blijkt.",
            an_exact_object(
                "",
                voor={"enum": ["aanvrager", "kinderen", "anderen"]},
                leefgebied={"enum": list(LEEFGEBIEDEN)},
                tekst=a_text_of("Wat er speelt."),
                uit={"enum": ["regeling", "behoefte", "omstandigheid", "signaal", "huishouden"]},
            ),
        ),
        tegen=a_list(
            "Wat tegen afwijken pleit.",
            an_exact_object(
                "", criterium=_maybe("Het criterium."), tekst=a_text_of("Wat."), grondslag=_maybe("Het artikel."), links=LINKS
            ),
        ),
        milder=a_list(
            "Wat een clausule die reikt minder dan alles kan geven.",
            an_exact_object(
                "",
                clausule=a_text_of("Het id van de clausule."),
                wat={"enum": ["bedrag", "periode", "ingangsdatum", "lening"]},
                tekst=a_text_of("In woorden."),
            ),
        ),
        weging=a_list(
            "Elke omstandigheid tegenover elke clausule die reikt: een voorstel, nooit de weging zelf.",
            an_exact_object(
                "",
                omstandigheid=a_text_of("De soort omstandigheid."),
                clausule=_maybe("Het id van de clausule."),
                voorstel={"enum": list(get_args(Voorstel))},
                reden=a_text_of("Waarom."),
            ),
        ),
        urgentie_werkdagen={"description": "Binnen hoeveel werkdagen; 0 is meteen.", "type": ["integer", "null"], "minimum": 0},
        zonder_antwoord={
            "description": "Genoemde behoeften waar alleen een gesprek voor is: een gat in het beleid.",
            "type": "array",
            "items": {"enum": list(LEEFGEBIEDEN)},
        },
        binnen_regels={
            "description": "Voor hoeveel van de genoemde behoeften er binnen bestaande regels iets is; null als er geen is genoemd.",
            "anyOf": [
                an_exact_object("", geholpen={"type": "integer", "minimum": 0}, van={"type": "integer", "minimum": 1}),
                {"type": "null"},
            ],
        },
    )


def an_exact_object(description: str, **properties: Schema) -> Schema:
    """An object with exactly these keys."""
    words = {"description": description} if description else {}
    return {**words, "type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _or_null(description: str, **properties: Schema) -> Schema:
    return {"description": description, "anyOf": [an_exact_object("", **properties), {"type": "null"}]}


def _texts(description: str) -> Schema:
    return a_list(description, TEXT)


def a_text_of(description: str) -> Schema:
    """A text that is never empty."""
    return {"description": description, **TEXT}


def _maybe(description: str) -> Schema:
    return {"description": description, **MAYBE_TEXT}
