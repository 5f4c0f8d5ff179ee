"""Decided cases built by hand: what the words are tested on. Each is one story, told to the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from responsief.decision import (
    Against,
    Alternative,
    Amount,
    Boundary,
    Bundle,
    Clause,
    Consequence,
    Criterion,
    Draft,
    Fact,
    Finding,
    Milder,
    Needed,
    Regulation,
    Remedy,
    Review,
    Sender,
    Signal,
    Term,
    Trace,
    Tried,
    Weighing,
)
from responsief.situation import Situation

BEZWAAR = Remedy("bezwaar", "6 weken", "bekendmaking", "college", "Awb 6:7")
BEROEP = Remedy("administratief_beroep", "10 dagen", "dagtekening", "de ontvanger van de gemeente", "UR Inv. 1990 art. 24")

SENDER = Sender(
    organisatie="Gemeente Rotterdam, Werk en Inkomen",
    adres="Postbus 1024\n3000 BA Rotterdam",
    contactpersoon="mevrouw J. Bakker",
    telefoon="14 010",
    bereikbaar="op werkdagen van 9 tot 17 uur",
    kenmerk="2025-0412",
    naam_client="mevrouw Yilmaz",
    verzonden_op=date(2025, 9, 2),
    gedeeld_adres=False,
    hulp_bij_brief="de wijkhub in uw buurt",
)


SENDER_2026 = replace(SENDER, verzonden_op=date(2026, 3, 3), kenmerk="2026-0188", naam_client="de heer Van Dam")


def lazy_trace(*args, **kwargs):
    """A trace as a Criterion keeps it: written out when it is read."""
    return lambda: trace(*args, **kwargs)


def trace(tekst: str, oordeel: str | None = "nee", waarde: str | None = None, grens: str | None = None, *delen: Trace) -> Trace:
    return Trace(tekst, oordeel, waarde, grens, None, None, delen)  # type: ignore[arg-type]


def criterion(ident: str, titel: str, grondslag: str, oordeel: str = "ja", **other: object) -> Criterion:
    values: dict[str, object] = {
        "gevolg": "afwijzen",
        "doel": "De hulp komt terecht bij wie haar nodig heeft.",
        "uitleg": None,
        "wettekst": None,
        "rust_op": "wet",
        "bevoegdheid": "gebonden",
        "wie_wijzigt": None,
        "wat_wijzigt": None,
        "geverifieerd": True,
        "maak_spoor": lazy_trace(ident, oordeel),
    }
    found = Finding(*(other.pop(name, without) for name, without in (("feiten", ()), ("waarde", None), ("grens", None))))  # type: ignore[arg-type]
    return Criterion(ident, titel, grondslag, oordeel, maak_bevinding=lambda: found, **(values | other))  # type: ignore[arg-type]


def clause(ident: str, titel: str, grondslag: str, criterium: str | None, status: str, reden: str, **other: object) -> Clause:
    values: dict[str, object] = {
        "soort": "verordening_clausule",
        "tekst": None,
        "maatstaf": None,
        "richting": "ten_gunste",
        "wie_beslist": "college",
        "mag": ("toekennen",),
        "open_vragen": (),
        "geverifieerd": True,
    }
    return Clause(
        id=ident, titel=titel, grondslag=grondslag, criterium=criterium, status=status, reden=reden, **(values | other)
    )  # type: ignore[arg-type]


def alternative(ident: str, titel: str, grondslag: str, eerste_stap: str, **other: object) -> Alternative:
    values: dict[str, object] = {
        "soort": "voorziening",
        "leefgebieden": ("financien",),
        "behoefte": "financien",
        "wie_beslist": "college",
        "drempel": 2,
        "past": "ja",
        "waarom": f"behoefte {other.get('behoefte', 'financien')}",
        "vragen": (),
        "voorwaardelijk": True,
        "gevoelig": None,
        "geverifieerd": True,
    }
    return Alternative(id=ident, titel=titel, grondslag=grondslag, eerste_stap=eerste_stap, **(values | other))  # type: ignore[arg-type]


def regulation(regelset: str, titel: str, naam: str, **other: object) -> Regulation:
    values: dict[str, object] = {
        "versie": "2026-01-01",
        "soort": "wet",
        "regeling": "BWBR0015703",
        "doel": "Iedereen in Nederland kan in zijn bestaan voorzien.",
        "leefgebieden": ("financien",),
        "orgaan": "college",
        "gemeente": "0599",
        "rechtsmiddel": BEZWAAR,
        "aanvullen": "Awb 4:5",
        "horen": "Awb 4:7",
        "beslistermijn": "8 weken",
        "geverifieerd": True,
        "tekst_van": "2026-01-01",
    }
    return Regulation(regelset=regelset, titel=titel, naam=naam, **(values | other))  # type: ignore[arg-type]


EVENREDIG = "nadelige gevolgen die onevenredig zijn in verhouding tot de doelen van het besluit"
DRINGEND = "zeer dringende redenen"


def inkomenstoeslag() -> Draft:
    """A euro a month too much, and a clause that reaches only other grounds."""
    laag = criterion(
        "laag_inkomen",
        "Uw inkomen was drie jaar lang laag",
        "art. 3 lid 1",
        "nee",
        doel="De toeslag is voor wie echt niets opzij kon zetten.",
        uitleg="Uw inkomen mag niet hoger zijn dan 105 procent van de bijstandsnorm.",
        rust_op="verordening",
        bevoegdheid="discretionair",
        wie_wijzigt="gemeente",
        wat_wijzigt="de grens van 105 procent, of een marge erboven",
        geverifieerd=False,
        maak_spoor=lazy_trace(
            "inkomen_referteperiode <= grens_lang_laag",
            "nee",
            "€ 1.438,51",
            "€ 1.437,51",
            trace("grens_lang_laag", None, "€ 1.437,51"),
        ),
        feiten=(
            Fact(
                "eigen.iit-rotterdam.inkomen_referteperiode",
                "gemiddeld inkomen per maand over de afgelopen 36 maanden",
                "€ 1.438,51",
                "uwv",
                date(2025, 8, 28),
                False,
                date(2026, 8, 28),
            ),
        ),
        waarde="€ 1.438,51",
        grens="€ 1.437,51",
    )
    situatie = Situation.model_validate(
        {
            "gewenst_effect": "Ik wil weer kunnen wassen en eten koel bewaren, zonder schulden te maken.",
            "persoon": {"geboortedatum": "1986-04-12"},
            "huishouden": {"soort": "alleenstaande_ouder", "kinderen": [{"geboortedatum": "2019-02-03", "thuiswonend": "ja"}]},
            "behoeften": [{"leefgebied": "financien", "ernst": 4, "woorden": "Ik kan geen nieuwe wasmachine betalen"}],
            "netwerk": [{"wie": "buurvrouw", "leefgebied": "dagelijks_leven", "kan": "wast soms voor ons mee"}],
            "omstandigheden": [
                {
                    "soort": "onverwachte_kosten",
                    "woorden": "Mijn wasmachine en mijn koelkast gingen in dezelfde week stuk.",
                    "bewijs": ["rekening van de monteur"],
                },
                {"soort": "chronisch_ziek", "woorden": "Door mijn reuma kan ik niet met de hand wassen."},
            ],
            "toezeggingen": [
                {"wie": "het wijkteam", "wat": "belt over een noodfonds", "uiterlijk": "2025-08-29", "gedaan": "nee"}
            ],
            "aanvraag": {"ontvangen_op": "2025-08-18"},
        }
    )
    return Draft(
        regeling=regulation(
            "iit-rotterdam",
            "Individuele inkomenstoeslag Rotterdam",
            "Verordening individuele inkomenstoeslag Rotterdam 2025",
            soort="verordening",
            regeling="CVDR741634",
            versie="2025-07-01",
            tekst_van="1",
            doel="Wie lang van een laag inkomen leeft, kan iets opzij zetten voor grotere uitgaven.",
            geverifieerd=False,
        ),
        situatie=situatie,
        peildatum=date(2025, 9, 1),
        uitkomst="afgewezen",
        bedrag=None,
        bedrag_vol=Amount(20000, "jaar"),
        wacht_tot=None,
        criteria=(
            criterion("leeftijd", "U bent 21 jaar of ouder en u heeft nog niet de AOW-leeftijd", "Pw 36 lid 1"),
            laag,
            criterion(
                "geen_studie", "U volgt geen opleiding", "art. 5 lid 1 onder a", rust_op="verordening", geverifieerd=False
            ),
            criterion("vermogen", "Uw geld en spullen zijn niet te veel waard", "Pw 34", "onbekend"),
        ),
        afgewezen_op=("laag_inkomen",),
        te_wegen=(),
        onbekend=("vermogen.bezittingen",),
        nog_nodig=(),
        hardheid=Review(
            signalen=(
                Signal(
                    "dreigende_schulden",
                    "u kunt in de schulden komen",
                    ("dreigende_schulden_1: geen_vrij_geld + onverwachte_kosten",),
                    "Wgs 3 lid 1 onder b",
                    None,
                    None,
                    ("schuldhulpverlening",),
                    False,
                    True,
                ),
            ),
            clausules=(
                clause(
                    "art-5-lid-2",
                    "Afwijken in bijzondere omstandigheden",
                    "art. 5 lid 2",
                    "laag_inkomen",
                    "buiten_bereik",
                    "Zij is er alleen voor de redenen van art. 5 lid 1, en niet voor het inkomen.",
                    tekst="Het college kan in bijzondere individuele omstandigheden afwijken van het eerste lid.",
                    maatstaf="bijzondere individuele omstandigheden",
                    geverifieerd=False,
                ),
                clause(
                    "evenredigheid",
                    "Een gevolg dat niet past bij het doel",
                    "Awb 3:4 lid 2",
                    "laag_inkomen",
                    "in_bereik",
                    "De grens staat in een verordening: exceptieve toetsing.",
                    soort="evenredigheid_3_4_2",
                    maatstaf=EVENREDIG,
                    richting="beide",
                    open_vragen=("Hoe komt het dat uw inkomen een euro hoger was?",),
                ),
            ),
            geen_clausule=False,
            toelichting=("Een afwijking van een verordening vraagt een exceptieve toetsing: niet elke medewerker mag dat.",),
            alternatieven=(
                alternative(
                    "bijzondere_bijstand",
                    "Geld voor bijzondere en nodige kosten",
                    "Participatiewet 35",
                    "Vraag aan voordat u betaalt, met een offerte of rekening.",
                    soort="andere_regeling",
                    waarom="behoefte financien; gevraagd: wasmachine",
                    drempel=3,
                    termijn=Term("Stuur de offerte binnen vier weken.", "Participatiewet 35", date(2025, 9, 30)),
                    overdracht="De contactpersoon legt binnen de gemeente het eerste contact. Alleen als de inwoner dat wil.",
                    eerder_geprobeerd=Tried(
                        date(2024, 2, 1),
                        "gekregen op 1 februari 2024, het hielp niet",
                        "Het geld kwam pas na drie maanden",
                        False,
                        "Waarom hielp het toen niet, en wat kan nu anders?",
                    ),
                ),
                alternative(
                    "noodfonds",
                    "Noodhulp van een fonds",
                    "geen",
                    "Vraag uw contactpersoon om de aanvraag te doen.",
                    wie_beslist="fonds",
                    past="na_te_gaan",
                    vragen=("Kreeg u dit jaar al hulp van een fonds?",),
                    zelf_uitzoeken=("Bestaat dit in deze gemeente?",),
                    geverifieerd=False,
                ),
                alternative(
                    "kwijtschelding",
                    "Minder of geen gemeentelijke belasting",
                    "Gemeentewet 255",
                    "Vraag aan met het formulier bij uw aanslag.",
                    wie_beslist="waterschap",
                ),
                alternative(
                    "buurt",
                    "Samen wassen en klussen in de buurt",
                    "geen",
                    "Loop binnen bij het Huis van de Wijk.",
                    soort="samen",
                    wie_beslist="zelf",
                    drempel=1,
                ),
                alternative(
                    "eigen_plan",
                    "Uw eigen plan met de buurvrouw",
                    "geen",
                    "Bespreek wat u zelf wilt.",
                    soort="eigen_kracht",
                    wie_beslist="zelf",
                ),
                alternative("marge", "Een marge boven de grens", "geen", "Vraag het de wethouder.", soort="buiten_wet"),
                alternative(
                    "verslaving",
                    "Hulp bij verslaving",
                    "Wmo 2.3.5",
                    "Bel de huisarts.",
                    leefgebieden=("middelengebruik",),
                    gevoelig="verslaving",
                ),
            ),
            gevolgen=(
                Consequence(
                    "aanvrager", "financien", "€ 200,00 per jaar minder dan wanneer de aanvraag was goedgekeurd", "regeling"
                ),
                Consequence("aanvrager", "financien", "onverwachte kosten", "omstandigheid"),
                Consequence("aanvrager", "financien", "u kunt in de schulden komen", "signaal"),
                Consequence("kinderen", "gezin", "1 kind thuis", "huishouden"),
                Consequence("anderen", "netwerk", "iemand die van de zorg van betrokkene afhangt", "huishouden"),
            ),
            tegen=(
                Against(
                    "laag_inkomen",
                    "het doel van «Uw inkomen was drie jaar lang laag»: de toeslag is voor wie echt niets opzij kon zetten.",
                    "art. 3 lid 1",
                ),
                Against(None, "er is ook andere hulp die past: Geld voor bijzondere en nodige kosten", "Participatiewet 35"),
            ),
            milder=(
                Milder("evenredigheid", "bedrag", "een deel van het bedrag, of een ander bedrag"),
                Milder("evenredigheid", "lening", "als lening, met afspraken over terugbetalen die passen"),
            ),
            bundels=(
                Bundle(
                    "klussen_en_kosten",
                    "Geld voor de kosten, en hulp tot het er is",
                    ("bijzondere_bijstand", "buurt"),
                    "Tot het geld er is, kunt u in de buurt wassen.",
                ),
            ),
            grens=(
                Boundary(
                    "laag_inkomen",
                    "Met een gemiddeld inkomen van € 1.437,51 per maand was de toeslag toegekend.",
                    "€ 1,00",
                    "per maand",
                    "gemeente",
                ),
            ),
            weging=(
                Weighing(
                    "onverwachte_kosten",
                    "Mijn wasmachine en mijn koelkast gingen in dezelfde week stuk.",
                    "evenredigheid",
                    "weegt_mee",
                    "Grote uitgaven ineens zijn precies waar de toeslag voor is.",
                ),
                Weighing(
                    "chronisch_ziek",
                    "Door mijn reuma kan ik niet met de hand wassen.",
                    "evenredigheid",
                    "nog_te_wegen",
                    "De clausule noemt deze soort niet; een mens weegt.",
                ),
                Weighing("belang_van_kind", None, "evenredigheid", "nog_te_wegen", "Er woont een kind van 6 in huis."),
            ),
            urgentie_werkdagen=None,
            zonder_antwoord=(),
        ),
    )


def bijstand_artikel_16() -> Draft:
    """Five weeks abroad at a dying mother, and the rent not paid: article 16 reaches."""
    woorden = "Mijn moeder lag op sterven in Marokko. Ik kon haar niet alleen laten."
    buitenland = criterion(
        "niet_te_lang_weg",
        "U was dit jaar niet langer dan vier weken in het buitenland",
        "Pw 13 lid 1 e",
        "nee",
        doel="De bijstand is voor wie in Nederland woont en hier beschikbaar is.",
        uitleg="Wie langer dan vier weken per jaar in het buitenland is, krijgt over de dagen daarna geen bijstand.",
        wettekst="Geen recht op bijstand heeft degene die per kalenderjaar langer dan vier weken verblijf houdt buiten Nederland.",
        wie_wijzigt="overheid",
        wat_wijzigt="de termijn van vier weken",
        maak_spoor=lazy_trace("persoon.buitenland.dagen_dit_jaar <= 28", "nee", "35 dagen", "28 dagen"),
        feiten=(
            Fact(
                "persoon.buitenland.dagen_dit_jaar",
                "dagen in het buitenland dit jaar",
                "35 dagen",
                "inwoner",
                date(2026, 2, 20),
                False,
            ),
        ),
        waarde="35 dagen",
        grens="28 dagen",
    )
    return Draft(
        regeling=regulation("participatiewet", "Algemene bijstand", "Participatiewet"),
        situatie=Situation.model_validate(
            {
                "gewenst_effect": "Ik wil mijn huur betalen en met mijn dochters in ons huis blijven.",
                "huishouden": {
                    "soort": "alleenstaande_ouder",
                    "kinderen": [
                        {"geboortedatum": "2014-05-01", "thuiswonend": "ja"},
                        {"geboortedatum": "2018-11-20", "thuiswonend": "ja"},
                    ],
                },
                "wonen": {"ontruiming_op": "2026-03-13"},
                "behoeften": [{"leefgebied": "wonen", "ernst": 5}, {"leefgebied": "financien", "ernst": 4}],
                "omstandigheden": [
                    {"soort": "sterfbed_naaste", "woorden": woorden, "bewijs": ["verklaring van het ziekenhuis"]},
                    {"soort": "dreigende_dakloosheid", "woorden": "Op 13 maart moeten wij ons huis uit."},
                ],
                "aanvraag": {"gemeld_op": "2026-02-20", "ontvangen_op": "2026-02-23"},
            }
        ),
        peildatum=date(2026, 3, 2),
        uitkomst="afgewezen",
        bedrag=None,
        bedrag_vol=Amount(140150, "maand"),
        wacht_tot=None,
        criteria=(
            criterion("rechthebbende", "U bent Nederlander of mag hier wonen", "Pw 11"),
            buitenland,
            criterion("inkomen", "Uw inkomen is lager dan de norm", "Pw 19 lid 1 onder a"),
        ),
        afgewezen_op=("niet_te_lang_weg",),
        te_wegen=(),
        onbekend=(),
        nog_nodig=(),
        hardheid=Review(
            signalen=(
                Signal(
                    "dreigende_dakloosheid",
                    "u kunt uw woning kwijtraken",
                    ("dreigende_dakloosheid_1: aanzegging_ontruiming + huurachterstand",),
                    "Wgs 4 lid 2",
                    3,
                    "wet",
                    ("schuldhulpverlening", "moratorium_287b"),
                    False,
                    True,
                ),
                Signal(
                    "kind_betrokken",
                    "er wonen kinderen in huis",
                    ("kind_1: dreigende_dakloosheid + kind_in_huishouden",),
                    "IVRK 3 en 27",
                    3,
                    "eigen_norm",
                    (),
                    False,
                    False,
                ),
            ),
            clausules=(
                clause(
                    "pw-16",
                    "Bijstand om een dringende reden",
                    "Pw 16 lid 1",
                    "niet_te_lang_weg",
                    "in_bereik",
                    "Artikel 13 staat in dezelfde paragraaf.",
                    soort="wettelijke_uitzondering",
                    tekst="Aan een persoon die geen recht op bijstand heeft, kan het college, gelet op alle omstandigheden, in afwijking van deze paragraaf, bijstand verlenen indien zeer dringende redenen daartoe noodzaken.",
                    maatstaf=DRINGEND,
                    mag=("toekennen", "bedrag", "periode"),
                    open_vragen=("Kan de verhuurder nog even wachten?", "Heeft u zorg of medicijnen nodig die u nu mist?"),
                ),
            ),
            geen_clausule=False,
            toelichting=(),
            alternatieven=(
                alternative(
                    "schuldhulpverlening",
                    "Hulp bij schulden, met haast",
                    "Wgs 4 lid 2",
                    "Bel de schuldhulp van de gemeente en zeg dat u uit huis moet.",
                    leefgebieden=("financien", "wonen"),
                    behoefte="wonen",
                    waarom="signaal dreigende_dakloosheid",
                ),
                alternative(
                    "moratorium_287b",
                    "De rechter zet de ontruiming even stil",
                    "Fw 287b",
                    "Vraag de schuldhulp om dit verzoek te doen.",
                    wie_beslist="rechtbank",
                    drempel=4,
                    past="na_te_gaan",
                    vragen=("Is er al een vonnis van de rechter?",),
                ),
            ),
            grens=(
                Boundary(
                    "niet_te_lang_weg",
                    "Bij 28 dagen of minder was dit geen reden voor een nee.",
                    "7 dagen",
                    "per jaar",
                    "overheid",
                ),
            ),
            weging=(
                Weighing(
                    "sterfbed_naaste", woorden, "pw-16", "nog_te_wegen", "De clausule noemt deze soort niet; een mens weegt."
                ),
                Weighing(
                    "dreigende_dakloosheid",
                    "Op 13 maart moeten wij ons huis uit.",
                    "pw-16",
                    "weegt_mee",
                    "Zonder woning komen u en uw kinderen in acute nood.",
                ),
                *[
                    Weighing(
                        "belang_van_kind", f"kind {n} ({age} jaar)", "pw-16", "nog_te_wegen", "Het kind verliest zijn huis."
                    )
                    for n, age in ((1, 11), (2, 7))
                ],
            ),
            urgentie_werkdagen=3,
            zonder_antwoord=(),
        ),
    )


def zonder_verblijf() -> Draft:
    """No residence permit: article 16 is barred, and that is said; care and shelter do exist."""
    return Draft(
        regeling=regulation("participatiewet", "Algemene bijstand", "Participatiewet"),
        situatie=Situation.model_validate(
            {
                "gewenst_effect": "Ik wil een plek om te slapen en mijn medicijnen.",
                "persoon": {"verblijf": {"soort": "zonder"}},
                "omstandigheden": [
                    {"soort": "chronisch_ziek", "woorden": "Ik heb suikerziekte en mijn insuline is bijna op."},
                    {"soort": "overlijden_naaste", "woorden": "Mijn broer is in januari overleden. Ik woonde bij hem."},
                ],
                "aanvraag": {"ontvangen_op": "2026-02-27"},
            }
        ),
        peildatum=date(2026, 3, 2),
        uitkomst="afgewezen",
        bedrag=None,
        bedrag_vol=None,
        wacht_tot=None,
        criteria=(
            criterion(
                "rechthebbende",
                "U bent Nederlander, of uw verblijf geeft recht op bijstand",
                "Pw 11 lid 1, 11 lid 2 en 11 lid 3",
                "nee",
                doel="Wie recht heeft op bijstand, hangt samen met het recht om hier te wonen.",
                uitleg="Zonder geldige verblijfsvergunning kan iemand geen bijstand krijgen.",
                wie_wijzigt="overheid",
                wat_wijzigt="de kring van rechthebbenden",
                maak_spoor=lazy_trace("persoon.verblijf.soort in ['nederlander', 'eu', 'vreemdeling_11_2']", "nee", "zonder"),
                feiten=(
                    Fact("persoon.verblijf.soort", "verblijfsstatus", "geen geldig verblijf", "ind", date(2026, 2, 25), True),
                ),
                waarde="geen geldig verblijf",
            ),
        ),
        afgewezen_op=("rechthebbende",),
        te_wegen=(),
        onbekend=(),
        nog_nodig=(),
        hardheid=Review(
            signalen=(),
            clausules=(
                clause(
                    "pw-16",
                    "Bijstand om een dringende reden",
                    "Pw 16 lid 1",
                    "rechthebbende",
                    "geblokkeerd",
                    "Pw 16 lid 2 sluit dit uit voor wie hier geen verblijfsrecht heeft.",
                    soort="wettelijke_uitzondering",
                    maatstaf=DRINGEND,
                ),
            ),
            geen_clausule=True,
            toelichting=("De beletsel-grond rust op de wet zelf.",),
            alternatieven=(
                alternative(
                    "zorg_onverzekerd",
                    "Medische zorg zonder verzekering",
                    "Zvw 122a",
                    "Ga naar een huisarts of apotheek en zeg dat u geen verzekering heeft.",
                    leefgebieden=("lichamelijke_gezondheid",),
                    behoefte="lichamelijke_gezondheid",
                    wie_beslist="zorgverlener",
                    drempel=1,
                ),
                alternative(
                    "nachtopvang",
                    "Een bed voor de nacht",
                    "geen",
                    "Bel het meldpunt opvang van de gemeente.",
                    leefgebieden=("wonen",),
                    behoefte="wonen",
                    past="na_te_gaan",
                    vragen=("Waar slaapt u vannacht?",),
                    geverifieerd=False,
                ),
            ),
            grens=(
                Boundary("rechthebbende", "Met een verblijfsvergunning viel u wel onder deze wet.", None, None, "overheid"),
            ),
            weging=(
                Weighing(
                    "chronisch_ziek",
                    "Ik heb suikerziekte en mijn insuline is bijna op.",
                    None,
                    "nog_te_wegen",
                    "Geen clausule in bereik.",
                ),
                Weighing(
                    "overlijden_naaste",
                    "Mijn broer is in januari overleden. Ik woonde bij hem.",
                    None,
                    "nog_te_wegen",
                    "Geen clausule in bereik.",
                ),
            ),
            urgentie_werkdagen=0,
            zonder_antwoord=(),
        ),
    )


def inkomen_onbekend() -> Draft:
    """The income isn't known: a question, not a refusal."""
    return Draft(
        regeling=regulation("participatiewet", "Algemene bijstand", "Participatiewet"),
        situatie=Situation.model_validate(
            {
                "gewenst_effect": "Ik wil mijn vaste lasten kunnen betalen.",
                "inkomsten": [
                    {"soort": "loon", "bedrag": "€ 1.610", "per": "maand", "tot": "geen"},
                    {"soort": "toeslagen", "per": "maand"},
                ],
                "omstandigheden": [{"soort": "verlies_van_werk", "woorden": "Mijn contract is niet verlengd."}],
                "aanvraag": {"ontvangen_op": "2026-02-27"},
                "feiten": {
                    "inkomsten.0.bedrag": {"bron": "uwv", "datum": "2025-12-31", "betwist": "ja", "eigen_opgave": "€ 720"},
                    "persoon.geboortedatum": {"bron": "brp", "eigen_opgave": "1990-01-02"},
                },
            }
        ),
        peildatum=date(2026, 3, 2),
        uitkomst="onbepaald",
        bedrag=None,
        bedrag_vol=None,
        wacht_tot=None,
        criteria=(
            criterion("rechthebbende", "U bent Nederlander of mag hier wonen", "Pw 11"),
            criterion(
                "inkomen",
                "Uw inkomen is lager dan de norm",
                "Pw 19 lid 1 onder a",
                "onbekend",
                maak_spoor=lazy_trace("inkomen_per_maand < norm", "onbekend", None, "€ 1.401,50"),
            ),
            criterion("vermogen", "Uw geld en spullen zijn niet te veel waard", "Pw 34", "onbekend"),
        ),
        afgewezen_op=(),
        te_wegen=(),
        onbekend=("inkomsten", "vermogen.bezittingen"),
        nog_nodig=(
            Needed(
                "inkomsten.0.bedrag",
                "bedrag netto (1)",
                "betwist",
                "Hoeveel is dit netto?",
                "gemeente",
            ),
            Needed(
                "inkomsten.1.bedrag",
                "bedrag netto",
                "ontbreekt",
                "Hoeveel kreeg u in februari op uw rekening van de toeslagen?",
                "aanvrager",
            ),
            Needed("inkomsten.0.tot", "einde van uw loon", "betwist", "Tot welke datum kreeg u loon?", "aanvrager"),
            Needed("vermogen.bezittingen", "de waarde van uw auto", "ontbreekt", "Wat is uw auto waard?", "gemeente"),
            Needed("eigen.x.uitzicht", "of u snel weer werk kunt vinden", "oordeel", "", "oordeel"),
        ),
        hardheid=Review(
            signalen=(),
            clausules=(),
            geen_clausule=False,
            toelichting=(),
            alternatieven=(
                alternative(
                    "voorschot_bijstand",
                    "Alvast geld terwijl de aanvraag nog loopt",
                    "Participatiewet 52",
                    "Vraag uw contactpersoon om een voorschot.",
                    drempel=1,
                ),
            ),
            grens=(),
            weging=(
                Weighing(
                    "verlies_van_werk",
                    "Mijn contract is niet verlengd.",
                    None,
                    "nog_te_wegen",
                    "Er is nog geen afgewezen voorwaarde.",
                ),
            ),
            urgentie_werkdagen=None,
            zonder_antwoord=(),
        ),
    )


def wachten() -> Draft:
    """24 years old, reported on 2 March: the law asks four weeks, and lets the college start earlier."""
    return Draft(
        regeling=regulation("participatiewet", "Algemene bijstand", "Participatiewet"),
        situatie=Situation.model_validate(
            {
                "gewenst_effect": "Ik wil een baan, en tot die tijd mijn kamer houden.",
                "persoon": {"geboortedatum": "2001-07-09"},
                "omstandigheden": [
                    {"soort": "geen_steun_ouders", "woorden": "Met mijn ouders heb ik geen contact meer."},
                ],
                "aanvraag": {"gemeld_op": "2026-03-02"},
            }
        ),
        peildatum=date(2026, 3, 2),
        uitkomst="wacht",
        bedrag=None,
        bedrag_vol=Amount(140150, "maand"),
        wacht_tot=date(2026, 3, 30),
        criteria=(
            criterion(
                "vier_weken",
                "Er zijn vier weken voorbij sinds uw melding",
                "Pw 41 lid 4",
                "nee",
                gevolg="wacht_tot",
                doel="In die weken kunt u zoeken naar werk of een opleiding.",
                uitleg="Wie jonger is dan 27, kan pas vier weken na de melding bijstand aanvragen.",
                maak_spoor=lazy_trace("peildatum >= aanvraag.gemeld_op + 28 dagen", "nee", "2 maart 2026", "30 maart 2026"),
                feiten=(
                    Fact("aanvraag.gemeld_op", "datum van uw melding", "2 maart 2026", "gemeente", date(2026, 3, 2), False),
                ),
                waarde="2 maart 2026",
                grens="30 maart 2026",
            ),
            criterion("inkomen", "Uw inkomen is lager dan de norm", "Pw 19 lid 1 onder a"),
        ),
        afgewezen_op=(),
        te_wegen=(),
        onbekend=(),
        nog_nodig=(),
        hardheid=Review(
            signalen=(),
            clausules=(
                clause(
                    "pw-41-11",
                    "Eerder beginnen dan na vier weken",
                    "Pw 41 lid 11",
                    "vier_weken",
                    "in_bereik",
                    "De uitzondering hoort bij deze wachttijd.",
                    soort="wettelijke_uitzondering",
                    maatstaf="de omstandigheden van de belanghebbende of het gezin geven daartoe aanleiding",
                    mag=("ingangsdatum",),
                    open_vragen=("Waar leeft u de komende vier weken van?",),
                ),
            ),
            geen_clausule=False,
            toelichting=(),
            alternatieven=(
                alternative(
                    "jongerenloket",
                    "Samen zoeken naar werk of een opleiding",
                    "Participatiewet 7",
                    "Loop binnen bij het Jongerenloket.",
                    leefgebieden=("werk", "opleiding"),
                    behoefte="werk",
                    drempel=1,
                ),
                alternative(
                    "huurtoeslag",
                    "Elke maand geld voor uw huur",
                    "Wht 7",
                    "Maak een proefberekening op toeslagen.nl.",
                    wie_beslist="Dienst Toeslagen",
                    past="na_te_gaan",
                    vragen=("Heeft uw kamer een eigen voordeur?",),
                ),
            ),
            grens=(Boundary("vier_weken", "Op 30 maart 2026 is de wachttijd voorbij.", "28 dagen", None, "overheid"),),
            weging=(
                Weighing(
                    "geen_steun_ouders",
                    "Met mijn ouders heb ik geen contact meer.",
                    "pw-41-11",
                    "weegt_mee",
                    "Zonder steun van ouders is er in de wachttijd niemand om op terug te vallen.",
                ),
            ),
            urgentie_werkdagen=None,
            zonder_antwoord=(),
        ),
    )


def toegekend() -> Draft:
    """A full grant needs no review."""
    base = inkomenstoeslag()
    criteria = (
        base.criteria[0],
        criterion(
            "laag_inkomen",
            "Uw inkomen was drie jaar lang laag",
            "art. 3 lid 1",
            feiten=(
                Fact(
                    "eigen.iit-rotterdam.inkomen_referteperiode",
                    "gemiddeld inkomen per maand over de afgelopen 36 maanden",
                    "€ 1.437,51",
                    "uwv",
                    date(2025, 8, 28),
                    False,
                ),
            ),
            waarde="€ 1.437,51",
            grens="€ 1.437,51",
            geverifieerd=False,
        ),
        base.criteria[2],
    )
    return Draft(
        regeling=base.regeling,
        situatie=base.situatie,
        peildatum=base.peildatum,
        uitkomst="toegekend",
        bedrag=Amount(20000, "jaar"),
        bedrag_vol=Amount(20000, "jaar"),
        wacht_tot=None,
        criteria=criteria,
        afgewezen_op=(),
        te_wegen=(),
        onbekend=(),
        nog_nodig=(),
        hardheid=None,
    )


def toegekend_met_haast() -> Draft:
    """The allowance is granted in full, and on Friday the family must leave the house: the letter can't say «do nothing»."""
    base = toegekend()
    artikel_16 = bijstand_artikel_16()
    assert artikel_16.hardheid is not None
    wens = {"gewenst_effect": "Wij willen in ons huis blijven.", "hulpvraag": ("wonen", "financien")}
    return replace(
        base,
        situatie=artikel_16.situatie.model_copy(update=wens),
        peildatum=date(2026, 3, 2),
        haast=artikel_16.hardheid.signalen[:1],
    )


def kwijtschelding_deel() -> Draft:
    """A slope, not a cliff; and another remedy than the usual one: ten days, with the tax collector."""
    return Draft(
        regeling=regulation(
            "kwijtschelding",
            "Kwijtschelding van gemeentelijke belasting",
            "Uitvoeringsregeling Invorderingswet 1990",
            soort="ministeriele_regeling",
            regeling="BWBR0004766",
            doel="Wie de belasting echt niet kan betalen, hoeft dat niet of maar voor een deel.",
            orgaan="de gemeenteambtenaar die belast is met de invordering",
            rechtsmiddel=BEROEP,
            aanvullen=None,
            horen=None,
        ),
        situatie=Situation.model_validate({"aanvraag": {"ontvangen_op": "2026-02-16"}}),
        peildatum=date(2026, 2, 16),
        uitkomst="gedeeltelijk",
        bedrag=Amount(37040, "keer"),
        bedrag_vol=Amount(38000, "keer"),
        wacht_tot=None,
        criteria=(
            criterion(
                "betalingscapaciteit",
                "U kunt de belasting niet zelf betalen",
                "UR Inv. 1990 art. 11",
                "nee",
                gevolg="deel",
                doel="Wie een deel kan betalen, betaalt dat deel.",
                uitleg="Van wat u per jaar overhoudt, telt 80 procent mee.",
                rust_op="ministeriele_regeling",
                maak_spoor=lazy_trace("betalingscapaciteit = € 0", "nee", "€ 12,00", "€ 0,00"),
                feiten=(Fact("inkomsten", "inkomen per maand", "€ 1.402,50", "uwv", date(2026, 2, 1), False),),
                waarde="€ 12,00",
                grens="€ 0,00",
                aftrek=960,
            ),
        ),
        afgewezen_op=(),
        te_wegen=(),
        onbekend=(),
        nog_nodig=(),
        hardheid=Review(
            signalen=(),
            clausules=(
                clause(
                    "ur-15-1-h",
                    "Uitgaven die nodig zijn",
                    "UR Inv. 1990 15 lid 1 h",
                    "betalingscapaciteit",
                    "onbekend",
                    "Het is niet bekend of u extra nodige kosten heeft.",
                    soort="open_norm",
                    maatstaf="uitgaven die de ontvanger noodzakelijk acht",
                    wie_beslist="de ontvanger",
                    open_vragen=("Heeft u kosten voor ziekte of zorg die u zelf betaalt?",),
                ),
            ),
            geen_clausule=False,
            toelichting=(),
            alternatieven=(
                alternative(
                    "betalingsregeling",
                    "Betalen in delen",
                    "Invorderingswet 25",
                    "Vraag om een regeling in tien maanden.",
                    wie_beslist="de ontvanger",
                    drempel=1,
                ),
            ),
            grens=(
                Boundary(
                    "betalingscapaciteit",
                    "Met € 1,00 per maand minder was er niets van af gegaan.",
                    "€ 1,00",
                    "per maand",
                    "overheid",
                ),
            ),
            weging=(),
            urgentie_werkdagen=None,
            zonder_antwoord=(),
        ),
    )


def geweld_thuis() -> Draft:
    """Violence at home: what a housemate must not read stays out of the letter."""
    base = bijstand_artikel_16()
    assert base.hardheid is not None
    woorden = "Mijn man slaat mij. Ik durf niet meer naar huis."
    review = base.hardheid
    return Draft(
        regeling=base.regeling,
        situatie=Situation.model_validate(
            {
                "gewenst_effect": "Ik wil met mijn dochters weg bij mijn man.",
                "veiligheid": {"geweld_thuis": "ja"},
                "omstandigheden": [
                    {"soort": "geweld_thuis", "woorden": woorden},
                    {"soort": "verlies_van_werk", "woorden": "Door hem ben ik mijn baan kwijt."},
                ],
                "aanvraag": {"ontvangen_op": "2026-02-23"},
            }
        ),
        peildatum=base.peildatum,
        uitkomst="afgewezen",
        bedrag=None,
        bedrag_vol=base.bedrag_vol,
        wacht_tot=None,
        criteria=base.criteria,
        afgewezen_op=base.afgewezen_op,
        te_wegen=(),
        onbekend=(),
        nog_nodig=(),
        hardheid=Review(
            signalen=(),
            clausules=review.clausules,
            geen_clausule=False,
            toelichting=(),
            alternatieven=(
                alternative("veilige_plek", "Een veilige plek", "Wmo 2.3.3", "Bel Veilig Thuis.", gevoelig="geweld"),
                review.alternatieven[0],
            ),
            grens=review.grens,
            weging=(
                Weighing("geweld_thuis", woorden, "pw-16", "weegt_mee", "Zonder geld kan zij niet weg."),
                Weighing("verlies_van_werk", "Door hem ben ik mijn baan kwijt.", "pw-16", "nog_te_wegen", "Een mens weegt."),
            ),
            urgentie_werkdagen=0,
            zonder_antwoord=(),
        ),
    )


def twee_gronden() -> Draft:
    """A study on request of the city, and a euro too much: the clause reaches one ground, and one alone can't carry a grant."""
    base = inkomenstoeslag()
    assert base.hardheid is not None
    woorden = "De gemeente vroeg mij zelf om deze opleiding te doen."
    studie = criterion(
        "geen_studie",
        "U volgt geen opleiding",
        "art. 5 lid 1 onder a",
        "nee",
        doel="Wie studeert, krijgt later vaak een hoger inkomen.",
        uitleg="Wie een opleiding volgt, krijgt geen toeslag.",
        rust_op="verordening",
        bevoegdheid="discretionair",
        geverifieerd=False,
        maak_spoor=lazy_trace("niet opleiding.volgt", "nee", "ja"),
        feiten=(Fact("opleiding.volgt", "volgt een opleiding", "ja", "duo", date(2025, 8, 20), False),),
        waarde="ja",
    )
    art_5 = base.hardheid.clausules[0]
    return Draft(
        regeling=base.regeling,
        situatie=Situation.model_validate(
            {
                "gewenst_effect": "Ik wil mijn opleiding afmaken.",
                "omstandigheden": [
                    {"soort": "opleiding_opgelegd_door_gemeente", "woorden": woorden},
                    {"soort": "kleine_overschrijding"},
                ],
                "aanvraag": {"ontvangen_op": "2025-08-18"},
            }
        ),
        peildatum=base.peildatum,
        uitkomst="afgewezen",
        bedrag=None,
        bedrag_vol=base.bedrag_vol,
        wacht_tot=None,
        criteria=(base.criteria[0], base.criteria[1], studie),
        afgewezen_op=("laag_inkomen", "geen_studie"),
        te_wegen=(),
        onbekend=(),
        nog_nodig=(),
        hardheid=Review(
            signalen=(),
            clausules=(
                art_5,
                clause(
                    art_5.id,
                    art_5.titel,
                    art_5.grondslag,
                    "geen_studie",
                    "in_bereik",
                    "Dit is een reden van artikel 5 lid 1.",
                    tekst=art_5.tekst,
                    maatstaf=art_5.maatstaf,
                    geverifieerd=False,
                ),
            ),
            geen_clausule=False,
            toelichting=("De clausule bij één grond kan een toekenning niet dragen zolang de andere grond blijft staan.",),
            alternatieven=(base.hardheid.alternatieven[0],),
            grens=base.hardheid.grens,
            weging=(
                Weighing(
                    "opleiding_opgelegd_door_gemeente",
                    woorden,
                    "art-5-lid-2",
                    "weegt_mee",
                    "Een opleiding die de gemeente vroeg, mag niemand geld kosten.",
                ),
                Weighing(
                    "kleine_overschrijding",
                    None,
                    "art-5-lid-2",
                    "weegt_niet_mee",
                    "Deze clausule gaat over de opleiding, en niet over het inkomen.",
                ),
            ),
            urgentie_werkdagen=None,
            zonder_antwoord=(),
        ),
    )


def schuldhulp_wegen() -> Draft:
    """A second request for debt help: the law says «kan», so nobody is refused before a person has weighed it."""
    woorden = "Mijn vorige traject stopte toen ik in het ziekenhuis lag."
    return Draft(
        regeling=regulation(
            "schuldhulp",
            "Schuldhulpverlening",
            "Wet gemeentelijke schuldhulpverlening",
            doel="Wie er met zijn schulden niet uitkomt, krijgt hulp.",
            horen=None,
        ),
        situatie=Situation.model_validate(
            {
                "omstandigheden": [{"soort": "overig", "woorden": woorden}],
                "plan": {"auteur": "inwoner", "doelen": [{"leefgebied": "financien", "woorden": "Weer rondkomen"}]},
            }
        ),
        peildatum=date(2026, 3, 2),
        uitkomst="onbepaald",
        bedrag=None,
        bedrag_vol=None,
        wacht_tot=None,
        criteria=(
            criterion("inwoner", "U woont in deze gemeente", "Wgs 1"),
            criterion(
                "niet_eerder",
                "U kreeg niet eerder schuldhulp",
                "Wgs 3 lid 2",
                "nee",
                gevolg="kan_weigeren",
                doel="Hulp werkt het best als iemand haar kan afmaken.",
                uitleg="Bij een tweede aanvraag kijkt de gemeente wat er anders is.",
                bevoegdheid="discretionair",
                feiten=(Fact("eerder.schuldhulp", "schuldhulp", "afgebroken", "gemeente", date(2024, 5, 1), False),),
                waarde="afgebroken",
            ),
        ),
        afgewezen_op=(),
        te_wegen=("niet_eerder",),
        onbekend=(),
        nog_nodig=(),
        hardheid=Review(
            signalen=(),
            clausules=(
                clause(
                    "wgs-3-2",
                    "De gemeente hoeft niet te weigeren",
                    "Wgs 3 lid 2",
                    "niet_eerder",
                    "in_bereik",
                    "Het artikel zegt «kan».",
                    soort="open_norm",
                    maatstaf="kan in ieder geval weigeren",
                ),
            ),
            geen_clausule=False,
            toelichting=(),
            alternatieven=(
                alternative(
                    "raadslieden", "Gratis hulp bij brieven en geld", "geen", "Loop binnen bij sociaal raadslieden.", drempel=1
                ),
            ),
            grens=(),
            weging=(Weighing("overig", woorden, "wgs-3-2", "nog_te_wegen", "Deze soort is niet benoemd; een mens weegt."),),
            urgentie_werkdagen=None,
            zonder_antwoord=("financien",),
        ),
    )


CASES = {
    "afgewezen_inkomenstoeslag": (inkomenstoeslag, SENDER),
    "afgewezen_artikel_16": (
        bijstand_artikel_16,
        Sender(
            organisatie="Gemeente Rotterdam, Werk en Inkomen",
            adres="Postbus 1024\n3000 BA Rotterdam",
            contactpersoon="de heer M. de Wit",
            telefoon="14 010",
            bereikbaar="op werkdagen van 9 tot 17 uur",
            kenmerk="2026-0077",
            naam_client="mevrouw El Idrissi",
            verzonden_op=date(2026, 3, 2),
        ),
    ),
    "afgewezen_geblokkeerd": (zonder_verblijf, None),
    "onbepaald_inkomen": (inkomen_onbekend, SENDER_2026),
    "wacht_vier_weken": (wachten, SENDER_2026),
    "toegekend_inkomenstoeslag": (toegekend, SENDER),
    "toegekend_met_haast": (toegekend_met_haast, SENDER_2026),
    "gedeeltelijk_kwijtschelding": (kwijtschelding_deel, SENDER_2026),
    "afgewezen_in_vertrouwen": (geweld_thuis, None),
    "afgewezen_twee_gronden": (twee_gronden, SENDER),
    "onbepaald_schuldhulp": (schuldhulp_wegen, SENDER_2026),
}
