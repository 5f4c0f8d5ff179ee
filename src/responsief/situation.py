"""The client's situation: facts that rules may ask about, and what makes it a situation — wishes, needs, strengths, people.

Every fact may be unknown: absent, `null` and `onbekend` all read as `None`. `geen` is known absence (`GEEN`, or an empty
list). Money is integer euro cents. Never in here: BSN, ethnicity, religion, nationality beyond residence status, opinions.
The Dutch names are the vocabulary of rulesets, letters, JSON and Python alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from responsief.facts import Dag, DagOfGeen, Geld, Gemeente, Getal, JaNee, Soort, Tekst, is_unknown
from responsief.parts import Deel, Groep, Lijst, Los, OfGeen, Rij, Woorden, group_of, named
from responsief.values import GEEN, Geen
from responsief.vocabulary import BRONNEN as BRONNEN
from responsief.vocabulary import LEEFGEBIEDEN as LEEFGEBIEDEN  # these are asked for here too
from responsief.vocabulary import OMSTANDIGHEDEN as OMSTANDIGHEDEN
from responsief.vocabulary import Bron
from responsief.vocabulary import choice_words as choice_words
from responsief.wording import quote, readable, refuse, suggest

FORMAAT: Final = 1


def feit(label: str, vraag: str = "", *van: Bron, eenheid: str | None = None) -> Any:
    """A fact's field: its label, the question in plain Dutch, where it usually comes from (asked there first), its unit."""
    return Field(
        default=None,
        title=label,
        description=vraag or None,
        json_schema_extra={"van": list(van or ("inwoner",)), **({"eenheid": eenheid} if eenheid else {})},
    )


Leefgebied = Annotated[str | None, Soort("keuze", *LEEFGEBIEDEN)]


# --- what is so ----------------------------------------------------------------------------------------------------


class Verblijf(Deel):
    soort: Annotated[
        str | None, Soort("keuze", "nederlander", "eu", "vreemdeling_11_2", "vreemdeling_11_3", "procedure", "zonder")
    ] = feit("verblijfsstatus", "Bent u Nederlander, of wat is uw verblijfsstatus?", "brp", "ind")
    hangt_af_van_partner: JaNee = feit("verblijf hangt af van de partner", "Hangt uw verblijfsrecht af van uw partner?", "ind")


class Buitenland(Deel):
    dagen_dit_jaar: Getal = feit(
        "dagen in het buitenland dit jaar", "Hoeveel dagen was u dit jaar in het buitenland?", eenheid="dagen"
    )
    langste_periode_dagen: Getal = feit(
        "langste periode in het buitenland",
        "Hoeveel dagen achter elkaar was u het langst in het buitenland?",
        eenheid="dagen",
    )


class Inkomen(Deel):
    soort: Annotated[
        str | None,
        Soort(
            "keuze", "loon", "winst", "ww", "ziektewet", "wia", "wajong", "bijstand", "aow", "pensioen", "anw", "alimentatie",
            "studiefinanciering", "kinderbijslag", "toeslagen", "vrijwilligersvergoeding", "verhuur", "overig",
        ),
    ] = feit("soort inkomen", "Wat voor inkomen is dit?", "uwv")  # fmt: skip
    bedrag: Geld = feit("bedrag netto", "Hoeveel is dit netto?", "uwv", eenheid="euro")
    per: Annotated[str | None, Soort("keuze", "maand", "4_weken", "week", "jaar")] = feit(
        "per", "Per maand, per vier weken, per week of per jaar?", "uwv"
    )
    vakantietoeslag: Annotated[str | None, Soort("keuze", "inbegrepen", "exclusief", "geen")] = feit(
        "vakantietoeslag", "Zit het vakantiegeld in dit bedrag?", "uwv"
    )
    van: Dag = feit("vanaf", "Vanaf welke datum krijgt u dit?", "uwv")
    tot: DagOfGeen = feit("tot en met", "Tot welke datum krijgt u dit?", "uwv")


Inkomsten = Lijst[Inkomen]


class Persoon(Deel):
    geboortedatum: Dag = feit("geboortedatum", "Wat is uw geboortedatum?", "brp")
    verblijf: Groep[Verblijf] = Verblijf()
    gemeente: Gemeente = feit("gemeente (CBS-code)", "In welke gemeente woont u?", "brp")
    detentie: JaNee = feit("in detentie", "Zit u vast?", "gemeente")
    detentie_eindigt_op: DagOfGeen = feit("einde detentie", "Wanneer komt u vrij?", "gemeente")
    in_inrichting: JaNee = feit("verblijft in een inrichting", "Woont u in een instelling, zoals een kliniek?", "inwoner")
    buitenland: Groep[Buitenland] = Buitenland()
    medisch_urenbeperkt: JaNee = feit("medisch urenbeperkt", "Heeft UWV gezegd dat u minder uren kunt werken?", "uwv")
    doelgroep_loonkostensubsidie: JaNee = feit(
        "hoort bij de doelgroep loonkostensubsidie", "Staat u in het doelgroepregister?", "uwv"
    )
    praktijkonderwijs_of_vso_tot: DagOfGeen = feit(
        "laatst ingeschreven bij praktijkonderwijs of vso", "Tot wanneer volgde u praktijkonderwijs of vso?", "duo"
    )


class Partner(Persoon):
    inkomsten: Inkomsten = feit("inkomsten van de partner", "Wat verdient uw partner netto?", "uwv")


PartnerOfGeen = Annotated[Partner | Geen | None, OfGeen()]


class Kind(Deel):
    geboortedatum: Dag = feit("geboortedatum van het kind", "Wat is de geboortedatum van uw kind?", "brp")
    thuiswonend: JaNee = feit("kind woont thuis", "Woont uw kind bij u?", "brp")
    ten_laste: JaNee = feit("kind komt ten laste", "Krijgt u kinderbijslag voor dit kind, of zorgt u voor dit kind?", "svb")
    mist_activiteiten: JaNee = feit(
        "kind doet door geld niet mee", "Kan uw kind door geldgebrek niet meedoen met sport, muziek of school?"
    )


class Medebewoner(Deel):
    geboortedatum: Dag = feit("geboortedatum van de medebewoner", "Wat is de geboortedatum van uw medebewoner?", "brp")
    relatie: Annotated[str | None, Soort("keuze", "kind", "ouder", "broer_zus", "familie", "geen_familie")] = feit(
        "relatie met de medebewoner", "Wat is deze medebewoner van u?"
    )
    commerciele_huurder: JaNee = feit(
        "huurt tegen een marktprijs met een contract",
        "Heeft deze medebewoner een huurcontract met een gewone prijs, met u of met dezelfde verhuurder?",
    )
    studeert: JaNee = feit(
        "volgt een opleiding die niet meetelt (art. 19a)",
        "Volgt deze medebewoner een opleiding of leerbaan waarvoor studiefinanciering kan bestaan?",
        "duo",
    )


class Huishouden(Deel):
    # Under 18 somebody is in `kinderen`, from 18 in `medebewoners`. Which of the two depends on the reference date, which the
    # model does not know: so it is not checked here, and rules ask for the age of who stands in either list.
    soort: Annotated[str | None, Soort("keuze", "alleenstaande", "alleenstaande_ouder", "gehuwd")] = feit(
        "leefvorm", "Woont u alleen, met kinderen, of met een partner?", "brp"
    )
    partner: PartnerOfGeen = feit("partner", "Heeft u een partner?", "brp")
    kinderen: Lijst[Kind] = feit("kinderen onder de 18", "Welke kinderen onder de 18 heeft u?", "brp")
    medebewoners: Lijst[Medebewoner] = feit("medebewoners vanaf 18 jaar", "Wie wonen er nog meer bij u?", "brp")
    partner_overleden_op: DagOfGeen = feit("datum overlijden partner", "Is uw partner overleden, en wanneer?", "brp")
    inkomen_gedaald: JaNee = feit("inkomen is gedaald", "Is het inkomen bij u thuis lager dan drie maanden geleden?")

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Huishouden:
        if self.soort in ("alleenstaande", "alleenstaande_ouder") and isinstance(self.partner, Partner):
            text = f"de leefvorm is «{self.soort}», maar er staat ook een partner"
            raise refuse(
                "spreekt-zich-tegen", text, "schrijf «soort: gehuwd» (ook bij samenwonen), of «partner: geen»", "soort"
            )
        if self.soort == "gehuwd" and self.partner is GEEN:
            text = "de leefvorm is «gehuwd», maar bij partner staat «geen»"
            raise refuse(
                "spreekt-zich-tegen", text, "vul de partner in, of kies «alleenstaande» of «alleenstaande_ouder»", "soort"
            )
        if self.soort == "alleenstaande_ouder" and self.kinderen == ():
            text = "de leefvorm is «alleenstaande_ouder», maar er zijn geen kinderen"
            raise refuse("spreekt-zich-tegen", text, "vul de kinderen in, of kies «alleenstaande»", "soort")
        return self


class Bezitting(Deel):
    soort: Annotated[
        str | None,
        Soort(
            "keuze",
            "bankrekening",
            "contant",
            "auto",
            "eigen_woning",
            "beleggingen",
            "levensverzekering",
            "inboedel",
            "overig",
        ),
    ] = feit("soort bezit", "Wat voor bezit is dit?")
    waarde: Geld = feit("waarde", "Hoeveel is dit waard?", "bank", eenheid="euro")
    onmisbaar: JaNee = feit("nodig voor werk, ziekte of gezin", "Heeft u dit echt nodig, bijvoorbeeld door ziekte of werk?")
    algemeen_gebruikelijk: JaNee = feit(
        "naar aard en waarde algemeen gebruikelijk", "Is dit iets wat bijna iedereen heeft, van een gewone waarde?", "oordeel"
    )
    bestemd_voor: Annotated[
        str | None, Soort("keuze", "bijzondere_bijstand", "smartengeld", "spaargeld_tijdens_bijstand", "vrij")
    ] = feit("waarvoor dit geld bestemd is", "Is dit geld ergens voor bestemd?")


class Vermogen(Deel):
    bezittingen: Lijst[Bezitting] = feit("bezittingen", "Wat bezit u: geld op de bank, een auto, een huis?", "bank", "rdw")


class Schuld(Deel):
    soort: Annotated[
        str | None,
        Soort(
            "keuze", "huur", "hypotheek", "energie", "water", "zorgpremie", "belasting", "toeslagen", "gemeente", "studie",
            "krediet", "familie", "boete", "overig",
        ),
    ] = feit("soort schuld", "Wat voor schuld is dit?")  # fmt: skip
    bedrag: Geld = feit("bedrag van de schuld", "Hoe hoog is deze schuld?", eenheid="euro")
    achterstand_maanden: Getal = feit("maanden achterstand", "Hoeveel maanden loopt u achter?", eenheid="maanden")
    aflossing_verplicht: JaNee = feit("moet worden afgelost", "Moet u deze schuld echt terugbetalen?")
    incasso: JaNee = feit("er loopt incasso", "Is er een incassobureau of deurwaarder bezig?")
    gemeld_als_signaal: JaNee = feit("gemeld aan de gemeente", "Heeft de schuldeiser de achterstand gemeld?", "gemeente")


class Beslag(Deel):
    loopt: JaNee = feit("er loopt beslag op inkomen", "Is er beslag gelegd op uw inkomen?")
    onder_beslagvrije_voet: JaNee = feit("te weinig over door beslag", "Houdt u door het beslag te weinig over?")


class Wonen(Deel):
    soort: Annotated[str | None, Soort("keuze", "huur", "koop", "inwonend", "opvang", "geen")] = feit(
        "soort woning", "Huurt u, heeft u een koopwoning, of woont u in?"
    )
    huur: Geld = feit("huur per maand", "Hoeveel huur betaalt u per maand?", eenheid="euro per maand")
    woonsituatie: Annotated[str | None, Soort("keuze", "zelfstandig", "kamer", "bij_anderen", "opvang", "dakloos")] = feit(
        "woonsituatie", "Heeft u een eigen woning, een kamer, of slaapt u bij anderen of buiten?"
    )
    woonplaats_hier: JaNee = feit("heeft hier woonplaats", "Woont of verblijft u in deze gemeente?", "brp")
    briefadres: JaNee = feit("heeft een briefadres", "Heeft u een briefadres?", "brp")
    ontruiming_op: DagOfGeen = feit("datum ontruiming", "Wanneer moet u uit uw woning?")
    contract_eindigt_op: DagOfGeen = feit("einde huurcontract", "Wanneer stopt uw huurcontract?")
    vervolgwoning: JaNee = feit("heeft een volgende woning", "Heeft u daarna een andere woning?")
    afsluiting_op: DagOfGeen = feit(
        "datum afsluiting gas, licht of water", "Wordt uw gas, licht of water afgesloten, en wanneer?"
    )
    ernstig_gebrek: JaNee = feit("ernstig gebrek aan de woning", "Is er schimmel, kou of lekkage in uw woning?")


class Werk(Deel):
    soort: Annotated[str | None, Soort("keuze", "loondienst", "zelfstandige", "geen")] = feit(
        "werk", "Wat voor werk heeft u?", "uwv"
    )
    zelfstandige: JaNee = feit("is zelfstandige", "Heeft u een eigen bedrijf?")
    omzet_weggevallen: JaNee = feit("omzet is weggevallen", "Verdient uw bedrijf te weinig om van te leven?")


class Opleiding(Deel):
    volgt: JaNee = feit("volgt een opleiding", "Volgt u een opleiding?", "duo")
    soort: Annotated[str | None, Soort("keuze", "geen", "voortgezet", "mbo_bol", "mbo_bbl", "hbo", "wo", "overig")] = feit(
        "soort opleiding", "Welke opleiding volgt u?", "duo"
    )
    kan_volgen: JaNee = feit(
        "kan onderwijs volgen dat het Rijk betaalt", "Kunt u een opleiding volgen die het Rijk betaalt?", "oordeel"
    )
    recht_op_studiefinanciering: JaNee = feit("kan studiefinanciering krijgen", "Kunt u studiefinanciering krijgen?", "duo")
    afgerond_op: DagOfGeen = feit("datum van afronden", "Wanneer heeft u uw laatste opleiding afgerond?", "duo")
    gestopt_op: DagOfGeen = feit("datum van stoppen", "Wanneer bent u met uw opleiding gestopt?", "duo")
    startkwalificatie: JaNee = feit("heeft een startkwalificatie", "Heeft u een diploma havo, vwo of mbo 2 of hoger?", "duo")
    opgelegd_door_gemeente: JaNee = feit(
        "opleiding is door de gemeente opgelegd", "Volgt u deze opleiding omdat de gemeente dat vroeg?", "gemeente"
    )


class Beperking(Deel):
    soort: Annotated[
        str | None, Soort("keuze", "lopen", "zien", "horen", "bewegen", "denken_en_leren", "psychisch", "overig")
    ] = feit("soort beperking", "Waar heeft u moeite mee?")
    sinds: Dag = feit("sinds", "Sinds wanneer?")
    langdurig: JaNee = feit("langdurig", "Duurt dit langer dan een half jaar?", "adviseur")
    loopafstand_m: Getal = feit(
        "loopafstand met hulpmiddel",
        "Hoeveel meter kunt u achter elkaar lopen, met uw hulpmiddel?",
        "adviseur",
        eenheid="meter",
    )


class Gezondheid(Deel):
    beperkingen: Lijst[Beperking] = feit("beperkingen", "Welke beperkingen heeft u?")
    chronisch_ziek: JaNee = feit("chronisch ziek", "Heeft u een ziekte die niet overgaat?")
    zwanger: JaNee = feit("zwanger", "Bent u zwanger? U hoeft dit niet te zeggen.")
    mijdt_zorg_om_geld: JaNee = feit(
        "gaat door geld niet naar de dokter", "Gaat u door de kosten niet naar dokter of apotheek?"
    )
    zorgverzekering_opgezegd: JaNee = feit("zorgverzekering wordt opgezegd", "Wordt uw zorgverzekering opgezegd?")


class Zorg(Deel):
    geeft_mantelzorg: JaNee = feit("geeft mantelzorg", "Zorgt u voor een familielid of vriend?")
    ontvangt_mantelzorg: JaNee = feit("krijgt mantelzorg", "Zorgt een familielid of vriend voor u?")
    mantelzorger_overbelast: JaNee = feit("mantelzorger is overbelast", "Is de zorg te zwaar voor u of uw mantelzorger?")
    mantelzorg_elders: JaNee = feit(
        "woont tijdelijk elders om mantelzorg te geven", "Woont u tijdelijk ergens anders om voor iemand te zorgen?"
    )
    dagelijkse_zorg: JaNee = feit("heeft elke dag zorg nodig", "Heeft u elke dag hulp of zorg nodig?")
    toezicht_24_uur: JaNee = feit(
        "heeft dag en nacht toezicht nodig", "Moet er dag en nacht iemand in de buurt zijn?", "adviseur"
    )
    indicatie_wlz: JaNee = feit("heeft een Wlz-indicatie", "Heeft u een indicatie voor langdurige zorg?", "adviseur")
    indicatie_tot: DagOfGeen = feit("einde van de indicatie", "Tot wanneer loopt uw huidige hulp?", "gemeente")
    herbeoordeling_op: DagOfGeen = feit("datum herbeoordeling", "Is er al een gesprek gepland over nieuwe hulp?", "gemeente")


class Veiligheid(Deel):
    geweld_thuis: JaNee = feit("geweld of dreiging thuis", "Is er thuis geweld of dreiging? U hoeft dit niet te zeggen.")
    kind_onveilig: JaNee = feit("een kind is niet veilig", "Is er een kind dat niet veilig is?")
    veilige_slaapplek: JaNee = feit("kan vannacht veilig slapen", "Kunt u vannacht veilig slapen?")
    gevaar_zelf_of_ander: JaNee = feit("gevaar voor uzelf of een ander", "Bent u bang dat u uzelf of een ander iets aandoet?")


class Communicatie(Deel):
    taal_beperkt: JaNee = feit("heeft moeite met Nederlands", "Vindt u het moeilijk om Nederlands te lezen of te spreken?")
    digid: JaNee = feit("kan met DigiD aanvragen", "Kunt u zelf met DigiD iets aanvragen?")


class EerdereVoorziening(Deel):
    sleutels = frozenset({"regelset"})
    regelset: Annotated[str | None, Soort("tekst")] = feit("regeling", "Welke regeling kreeg u?", "gemeente")
    toegekend_op: Dag = feit("toegekend op", "Wanneer is die toegekend?", "gemeente")
    gestopt_op: DagOfGeen = feit("gestopt op", "Is die gestopt, en wanneer?", "gemeente")
    hielp: JaNee = feit("hielp volgens de inwoner", "Hielp dat?")
    woorden: Tekst = feit("waarom het stopte, in eigen woorden", "Waarom stopte het?")


class EerdereAfwijzing(Deel):
    regelset: Annotated[str | None, Soort("tekst")] = feit("regeling", "Welke regeling is afgewezen?", "gemeente")
    criterium: Annotated[str | None, Soort("tekst")] = feit("afgewezen op", "Op welke voorwaarde?", "gemeente")
    op: Dag = feit("afgewezen op datum", "Wanneer is dat afgewezen?", "gemeente")
    laatste_dag: Dag = feit(
        "laatste dag voor bezwaar of beroep", "Tot welke dag kan bezwaar of beroep tegen dat besluit?", "gemeente"
    )
    reden_te_laat: JaNee = feit("noemt een reden voor te laat", "Was er een reden dat bezwaar of beroep niet op tijd lukte?")


class Eerder(Deel):
    voorzieningen: Lijst[EerdereVoorziening] = feit("eerder toegekend", "Welke hulp of toeslag kreeg u al?", "gemeente")
    afwijzingen: Lijst[EerdereAfwijzing] = feit("eerder afgewezen", "Wat is eerder afgewezen?", "gemeente")
    schuldhulp: Annotated[str | None, Soort("keuze", "geen", "aangevraagd", "loopt", "afgerond", "afgebroken")] = feit(
        "schuldhulp", "Heeft u hulp bij schulden, of gehad?", "gemeente"
    )


class Gevraagd(Deel):
    soort: Tekst = feit("wat wordt gevraagd", "Wat vraagt u aan?")
    kosten: Geld = feit("kosten", "Hoeveel kost het?", eenheid="euro")
    betaald_op: DagOfGeen = feit("al betaald op", "Heeft u het al betaald, en wanneer?")


class Aanvraag(Deel):
    gemeld_op: Dag = feit("datum melding", "Wanneer heeft u zich gemeld?", "gemeente")
    ontvangen_op: Dag = feit("datum aanvraag", "Wanneer is de aanvraag binnengekomen?", "gemeente")
    voor: Annotated[str | None, Soort("keuze", "zelf", "kind", "partner", "vertegenwoordigde")] = feit(
        "voor wie", "Voor wie vraagt u dit aan?"
    )
    beslissen_uiterlijk: Dag = feit("laatste dag om te beslissen", "Tot welke dag kan de gemeente beslissen?", "gemeente")
    bewijs_al_gegeven: JaNee = feit("gevraagd bewijs is al gegeven", "Gaf u dit bewijs al eerder aan de gemeente?")
    gevraagd: Groep[Gevraagd] = Gevraagd()


# --- what it means to the client ---------------------------------------------------------------------------------------


class Behoefte(Deel):
    sleutels = frozenset({"leefgebied"})
    leefgebied: Leefgebied = feit("leefgebied", "Waar gaat dit over?")
    ernst: Getal = feit("ernst van 1 (licht) tot 5 (acuut)", "Hoe erg is het, van 1 tot 5?")
    woorden: Tekst = feit("in eigen woorden", "Hoe zegt u het zelf?")
    gedeeld: JaNee = feit("anderen hebben dit ook", "Hebben mensen om u heen dit ook, zoals uw buren?")

    @model_validator(mode="after")
    def _severity_in_range(self) -> Behoefte:
        if self.leefgebied is None:
            raise refuse("veld-ontbreekt", "deze behoefte heeft geen leefgebied", f"kies uit: {', '.join(LEEFGEBIEDEN)}")
        if self.ernst is not None and not 1 <= self.ernst <= 5:
            raise refuse("ernst", f"ernst {self.ernst} bestaat niet", "kies 1 (licht) tot en met 5 (acuut)", "ernst")
        return self


class Kracht(Deel):
    leefgebied: Leefgebied = feit("leefgebied", "Waar gaat dit over?")
    woorden: Tekst = feit("in eigen woorden", "Waar bent u goed in, of wat gaat goed?")


class Contact(Deel):
    wie: Tekst = feit("wie", "Wie is dit?")
    leefgebied: Leefgebied = feit("leefgebied", "Waarmee kan deze persoon helpen?")
    kan: Tekst = feit("wat deze persoon kan doen", "Wat kan deze persoon doen?")


class Omstandigheid(Deel):
    soort: Annotated[str | None, Soort("keuze", *OMSTANDIGHEDEN)] = feit("soort omstandigheid", "Waar gaat dit over?")
    woorden: Tekst = feit("in eigen woorden", "Wat wilt u dat wij weten?")
    bewijs: Woorden = feit("bewijs", "Welke papieren horen hierbij?")

    @model_validator(mode="after")
    def _says_something(self) -> Omstandigheid:
        if self.soort is None and not self.woorden:
            text = "deze omstandigheid heeft geen «soort» en geen «woorden»"
            raise refuse("veld-ontbreekt", text, "vul er één in; past geen soort, schrijf dan «soort: overig»")
        return self


class Doel(Deel):
    leefgebied: Leefgebied = feit("leefgebied", "Waar gaat dit over?")
    woorden: Tekst = feit("in eigen woorden", "Wat wilt u bereiken?")


class Plan(Deel):
    auteur: Annotated[str | None, Soort("keuze", "inwoner", "netwerk", "professional")] = feit(
        "wie het plan schreef", "Wie schreef het plan?"
    )
    doelen: Lijst[Doel] = feit("doelen", "Wat staat er in het plan?")


class Toezegging(Deel):
    wie: Tekst = feit("wie iets beloofde", "Wie beloofde u iets?")
    wat: Tekst = feit("wat is beloofd", "Wat is beloofd?")
    uiterlijk: DagOfGeen = feit("uiterlijk op", "Wanneer zou het gebeuren?")
    gedaan: JaNee = feit("nagekomen", "Is dat gebeurd?", "gemeente")


class FeitBron(Deel):
    """Where a fact comes from, and how firm it is. `eigen_opgave`: what the client says when a register says otherwise."""

    bron: Annotated[str | None, Soort("keuze", *BRONNEN)] = feit("bron")
    datum: Dag = feit("datum van het gegeven")
    betwist: JaNee = feit("betwist door de inwoner")
    in_onderzoek: JaNee = feit("in onderzoek bij de bron")
    herbruikbaar_tot: Dag = feit("herbruikbaar tot en met")
    eigen_opgave: Annotated[Any, Los()] = Field(default=None, title="wat de inwoner zelf opgeeft")


class Paden:
    """`feiten`: paths into the situation, each checked, with where the fact comes from."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return named(
            core_schema.no_info_plain_validator_function(_read_path), group_of(FeitBron, handler.generate_schema(FeitBron))
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "object", "additionalProperties": {"type": "object"}}


def _read_path(value: Any) -> str:
    wrong = unknown_step(value) if isinstance(value, str) and len(value) <= 200 else "dit is geen pad."
    if wrong is None:
        return str(value)
    text, _, hint = wrong.partition(". ")
    if "." not in str(value):
        raise refuse("onbekend-pad", f"{quote(value)} is geen gegeven van de situatie", hint[:1].lower() + hint[1:])
    if wrong.startswith("schrijf "):
        raise refuse("onbekend-pad", f"{quote(value)} wijst geen gegeven aan", wrong)
    raise refuse("onbekend-pad", f"{quote(value)} wijst geen gegeven aan: {text.rstrip('.')}", hint[:1].lower() + hint[1:])


class Formaat:
    """The version of these names. There is one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        plain = core_schema.no_info_plain_validator_function(self.read)
        fast = core_schema.union_schema(
            [core_schema.int_schema(strict=True, ge=FORMAAT, le=FORMAAT), plain], mode="left_to_right"
        )
        return core_schema.lax_or_strict_schema(plain, fast, serialization=core_schema.simple_ser_schema("int"))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "integer", "const": FORMAAT}

    @staticmethod
    def read(value: Any) -> int:
        if value is None or is_unknown(value) or (isinstance(value, str) and value.strip() == str(FORMAAT)):
            return FORMAAT
        if type(value) is not int or value != FORMAAT:
            raise refuse("formaat", f"formaat {quote(value)} kent deze versie niet", f"schrijf «formaat: {FORMAAT}»")
        return value


COMPUTED: Final = ("beyond_doubt", "own_values")  # what a situation keeps of what was worked out from it


class Situation(Deel):
    """One client's situation. Validate with `Situation.model_validate_json`, or read a file with `responsief.read_situation`."""

    formaat: Annotated[int, Formaat()] = FORMAAT
    gewenst_effect: Tekst = feit("gewenst effect", "Wat wilt u bereiken? Zeg het in uw eigen woorden.")
    hulpvraag: Annotated[tuple[Leefgebied, ...] | None, Rij()] = feit(
        "volgorde van wat belangrijk is", "Wat is voor u het belangrijkst, en wat daarna?"
    )
    persoon: Groep[Persoon] = Persoon()
    huishouden: Groep[Huishouden] = Huishouden()
    inkomsten: Inkomsten = feit("inkomsten", "Wat verdient of krijgt u netto?", "uwv")
    vermogen: Groep[Vermogen] = Vermogen()
    schulden: Lijst[Schuld] = feit("schulden", "Welke schulden heeft u?")
    beslag: Groep[Beslag] = Beslag()
    wonen: Groep[Wonen] = Wonen()
    werk: Groep[Werk] = Werk()
    opleiding: Groep[Opleiding] = Opleiding()
    gezondheid: Groep[Gezondheid] = Gezondheid()
    zorg: Groep[Zorg] = Zorg()
    veiligheid: Groep[Veiligheid] = Veiligheid()
    communicatie: Groep[Communicatie] = Communicatie()
    eerder: Groep[Eerder] = Eerder()
    aanvraag: Groep[Aanvraag] = Aanvraag()

    behoeften: Lijst[Behoefte] = feit("behoeften", "Wat heeft u nodig?")
    krachten: Lijst[Kracht] = feit("krachten", "Wat gaat goed?")
    netwerk: Lijst[Contact] = feit("netwerk", "Wie kunnen u helpen?")
    omstandigheden: Lijst[Omstandigheid] = feit("omstandigheden", "Wat moeten wij over uw situatie weten?")
    plan: Groep[Plan] = Plan()
    toezeggingen: Lijst[Toezegging] = feit("toezeggingen", "Wat is u beloofd?")

    feiten: Annotated[dict[str, FeitBron], Paden()] = Field(default_factory=dict, title="waar een feit vandaan komt")
    eigen: Annotated[dict[str, dict[str, Any]], Los(2)] = Field(
        default_factory=dict, title="gegevens die een regelset zelf vraagt"
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, without what was computed from the original."""
        copied = super().model_copy(update=update, deep=deep)
        for cached in COMPUTED:
            copied.__dict__.pop(cached, None)
        return copied

    def __getstate__(self) -> dict[Any, Any]:
        """What a copy in another process needs: not what was computed here, which holds compiled code."""
        state = super().__getstate__()
        return state | {"__dict__": {k: v for k, v in state["__dict__"].items() if k not in COMPUTED}}

    @cached_property
    def own_values(self) -> dict[Any, Any]:
        """What was worked out from this situation (typed values of `eigen`, verdicts, what its words tell), kept by whoever did."""
        return {}

    @property
    def effective(self) -> Situation:
        """This situation as a verdict may use it: what is disputed or under investigation is unknown."""
        return self.beyond_doubt or self

    @cached_property
    def beyond_doubt(self) -> Situation | None:
        """The same without what is in doubt; None when nothing is. (A situation that held itself could not be compared.)"""
        doubted = [path for path, origin in self.feiten.items() if origin.betwist or origin.in_onderzoek]
        return without(self, doubted) if doubted else None


# --- paths -------------------------------------------------------------------------------------------------------------


def without(situation: Situation, paths: list[str]) -> Situation:
    """The same situation with the facts at these paths («inkomsten», «schulden.0.bedrag», «schulden.bedrag») unknown."""
    for path in paths:
        situation = replace(situation, path, None)
    return situation


def replace(situation: Situation, path: str, value: Any) -> Situation:
    """The same situation with the typed `value` at `path`; a path through something unknown changes nothing."""
    changed = _replace(situation, path.split("."), value)
    return changed if isinstance(changed, Situation) else situation


def _replace(node: Any, steps: list[str], value: Any) -> Any:
    head, rest = steps[0], steps[1:]
    if isinstance(node, tuple):
        if not _is_index(head):  # «inkomsten.bedrag»: of every entry
            return tuple(_replace(one, steps, value) for one in node)
        if int(head) >= len(node):
            return node
        at = int(head)
        return (*node[:at], _replace(node[at], rest, value) if rest else value, *node[at + 1 :])
    if isinstance(node, dict):
        return {**node, head: _replace(node.get(head), rest, value) if rest else value} if rest == [] or head in node else node
    if isinstance(node, BaseModel) and head in type(node).model_fields:
        inner = _replace(getattr(node, head), rest, value) if rest else value
        empty = type(node).model_fields[head].default
        return node.model_copy(update={head: empty if inner is None and isinstance(empty, Deel) else inner})
    return node


def _is_index(step: str) -> bool:
    return step.isascii() and step.isdigit()


@lru_cache(maxsize=4096)
def unknown_step(path: str) -> str | None:
    """What is wrong with a path into the situation, in Dutch; None when it points at a fact.

    A path into `eigen` names a ruleset's own fact, which only that ruleset knows: it is taken as it is.
    """
    steps = path.split(".")
    if steps[0] == "eigen":
        return None if len(steps) == 3 and all(steps) else "schrijf «eigen.regelset.gegeven»"
    model: type[BaseModel] | None = Situation
    many = False
    for at, step in enumerate(steps):
        if many and _is_index(step):
            many = False
            continue
        if model is None:
            return f"na «{readable(steps[at - 1])}» komt niets meer"
        fields = [name for name in model.model_fields if model is not Situation or name not in NO_FACTS]
        if step not in fields:
            return f"{quote(step)} bestaat hier niet.{suggest(step, fields)}"
        annotation = model.model_fields[step].annotation
        many = "tuple" in str(annotation)
        model = model_of(annotation)
    return None


NO_FACTS: Final = ("formaat", "feiten", "eigen")  # what a situation holds about facts, not facts themselves


def model_of(annotation: Any) -> type[BaseModel] | None:
    """The model inside a field's annotation (`Partner | Geen | None`, `tuple[Kind, ...] | None`); None for a plain fact."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for inner in getattr(annotation, "__args__", ()):
        found = model_of(inner)
        if found is not None:
            return found
    return None
