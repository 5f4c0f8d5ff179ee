"""The wording of every reason for which an act is refused, in one table."""

from __future__ import annotations

import re
from typing import Final

from responsief.diagnostics import Diagnostic
from responsief.motivation.words import body
from responsief.wording import folded

# Every wording: the code, what is wrong, what to do.
TEXTS: Final[dict[str, tuple[str, str]]] = {
    "behandelen-moet": ("deze regeling kent geen «niet behandelen» (Awb 4:5)", "beslis met wat er is, of stel vast dat het recht niet vast te stellen is"),
    "behandelen-gegeven": ("«{wat}» hoeft de inwoner niet te leveren", "vraag alleen wat de inwoner zelf heeft; de rest zoekt u zelf uit (Awb 3:2)"),
    "behandelen-niets-gevraagd": ("er ontbreekt geen gegeven dat de inwoner zelf moet leveren", "zoek zelf uit wat ontbreekt (Awb 3:2), of beslis"),
    "behandelen-onvolledig": ("voor «buiten behandeling» ontbreekt {wat}", "schrijf onder «buiten_behandeling» wat u vroeg, wanneer, tot wanneer en hoe het ging"),
    "behandelen-aangevuld": ("de aanvraag is aangevuld", "vul de gegevens in bij de situatie en toets opnieuw"),
    "behandelen-termijn-kort": ("de inwoner kreeg maar {dagen} om aan te vullen", "schrijf onder «korte_termijn_omdat» waarom dat voor deze persoon genoeg was, of geef een nieuwe termijn"),
    "behandelen-termijn-te-kort": ("de inwoner kreeg maar {dagen} om aan te vullen: dat is geen echte kans (Awb 4:5)", "geef een nieuwe termijn, liefst van een week of meer"),
    "behandelen-termijn-loopt": ("de inwoner kan tot en met {dag} aanvullen", "wacht die dag af"),
    "behandelen-te-laat": ("niet behandelen kon tot en met {dag}: vier weken na de termijn (Awb 4:5 lid 4)", "beslis nu over de aanvraag zelf"),
    "behandelen-uitstel": ("de inwoner vroeg om meer tijd, en er staat niet wat daarop is besloten", "schrijf onder «uitstel» wat u antwoordde en waarom"),
    "herhaald-onvolledig": ("voor een herhaalde aanvraag ontbreekt {wat}", "vul het in onder «herhaalde_aanvraag»"),
    "herhaald-geen-afwijzing": ("het eerdere besluit was geen hele of gedeeltelijke afwijzing", "beslis over deze aanvraag zelf (Awb 4:6 geldt alleen na een afwijzing)"),
    "herhaald-ander-verzoek": ("dit is niet dezelfde aanvraag als toen", "beslis over deze aanvraag zelf"),
    "herhaald-iets-nieuws": ("er is iets nieuws", "beslis over de hele aanvraag; naar de afwijzing verwijzen kan niet (Awb 4:6)"),
    "herhaald-onredelijk": ("bij de afwijzing blijven is volgens u evident onredelijk", "beslis over de hele aanvraag"),
    "herhaald-nu-recht": ("volgens de regels is er nu wel recht: «{wat}»", "beslis over de hele aanvraag"),
    "doorzenden-andere-dag": ("bij de situatie staat dat de aanvraag op een andere dag binnenkwam: {dag}", "haal «ontvangen_op» weg, of verbeter de dag bij de situatie en toets opnieuw"),
    "doorzenden-onvolledig": ("om door te zenden ontbreekt {wat}", "vul het in onder «doorzenden»"),
    "doorzenden-zelf-bevoegd": ("volgens de regelset is «{wat}» zelf bevoegd", "beslis zelf, of schrijf onder «besluit.reden» waarom een ander bevoegd is"),
    "doorzenden-aan-zichzelf": ("u stuurt de aanvraag door aan uzelf: «{wat}»", "noem het bestuursorgaan dat wel bevoegd is"),
    "doorzenden-niet-tegelijk": ("de inwoner hoort het op een andere dag dan de dag van doorzenden", "deel het tegelijk mee (Awb 2:3)"),
    "vaststellen-onvolledig": ("voor «niet vast te stellen» ontbreekt {wat}", "vul het in onder «niet_vast_te_stellen»"),
    "vaststellen-zelf-doen": ("«{wat}» moet de gemeente zelf regelen", "zoek het uit, vraag het advies of geef het oordeel; dit mag de inwoner niet treffen (Awb 3:2)"),
    "vaststellen-niets-mist": ("er ontbreekt geen gegeven: het recht is vast te stellen", "volg de regels, of wijk af"),
    "keuze-zonder-uitkomst": ("bij «{naam}» hoort dit niet: {wat}", "haal het weg"),
    "onderdeel-vreemd": ("«{naam}» is ingevuld, maar u besluit iets anders", "haal het onderdeel weg, of kies «{naam}» bij «besluit.keuze»"),
    "advies-ontbreekt": ("{wat}", "vraag het advies of zoek het uit, en noteer onder «adviezen» van wie, wanneer, wat het zegt en of u het volgt"),
    "advies-onvolledig": ("van dit advies ontbreekt {wat}", "vul «van», «op», «inhoud» en «gevolgd» in"),
    "advies-verzwegen": ("in de feiten staat een advies, maar u noemt het niet", "noteer het onder «adviezen», en of u het volgt"),
    "advies-zonder-reden": ("u wijkt af van het advies van {wie}, zonder reden", "schrijf onder «reden» in eigen woorden waarom"),
    "adviezen-open": ("er staat niet of er advies is gevraagd", "schrijf de adviezen op, of «adviezen: geen»"),
    "afwijking-onvolledig": ("van de afwijking ontbreekt {wat}", "schrijf wat u geeft, hoeveel, vanaf wanneer en tot wanneer («tot: geen» als er geen einde is)"),
    "afwijking-zonder-grond": ("u wijkt af, maar volgens u weegt bij die clausule geen enkele omstandigheid mee", "kijk de wegingen na, of volg de regels"),
    "afwijking-zonder-reden": ("u wijkt af van het voorstel, zonder reden", "schrijf onder «reden» in eigen woorden waarom, met de feiten van deze persoon"),
    "afwijking-zonder-verschil": ("u wijkt af, maar het besluit is hetzelfde als volgens de regels", "kies «volgt_regels», of schrijf wat er anders wordt"),
    "afwijzing-met-bedrag": ("bij een afwijzing staat een bedrag", "haal het bedrag weg, of kies een andere uitkomst"),
    "besluit-zonder-reden": ("er staat niet waarom u zo besluit", "schrijf onder «reden» de slotsom in eigen woorden"),
    "beslist-niemand": ("«{naam}» is geen mens met een naam", "schrijf de naam van de medewerker die beslist"),
    "beslist-systeem": ("«{naam}» kan niet beslissen: een mens beslist (AVG 22)", "schrijf de naam van de medewerker die beslist"),
    "blokkade-open": ("dit stond nog open en is niet beantwoord: «{wat}»", "neem deze zin over onder «blokkades», met uw antwoord"),
    "blokkade-vreemd": ("«{wat}» staat niet open bij dit concept", "haal het weg, of maak het bestand opnieuw met --start"),
    "brief-spreekt-tegen": ("u besluit «{uitkomst}», maar de brief zegt: {wat}", "laat het onderwerp en het besluit in de brief bij uw besluit passen"),
    "brief-te-vroeg": ("de brief is van {dag}, maar u besluit pas op {besluit}", "geef de brief een datum op of na uw besluit («verzonden_op» bij de afzender)"),
    "clausule-alleen-gunstig": ("«{naam}» mag alleen in het voordeel van de inwoner werken", "kies een andere clausule, of volg de regels"),
    "clausule-draagt-niet": ("met deze clausules blijft staan: {wat}", "noem ook een clausule die daar reikt, of geef niet alles toe"),
    "clausule-mag-niet": ("«{naam}» mag dit niet veranderen: {wat}", "blijf binnen wat de clausule mag"),
    "clausule-reikt-niet": ("«{naam}» kan hier niet dragen: {wat}", "kies een clausule die wel reikt, of volg de regels"),
    "datum-andersom": ("{dag} ligt niet vóór {wat}", "kijk de datums na"),
    "datum-onvolledig": ("hier ontbreekt een hele datum", "schrijf bijvoorbeeld «2026-03-02»"),
    "datum-volgorde": ("{dag} ligt {hoe} het besluit van {besluit}", "kijk de datums na"),
    "functie-ontbreekt": ("de functie van wie beslist ontbreekt", "schrijf de functie erbij"),
    "gegeven-ontbreekt": ("zonder dit gegeven is er geen besluit: {wat}", "vul het gegeven in bij de situatie en toets opnieuw; een antwoord hier telt niet"),
    "geen-uitkomst": ("de regels geven nog geen uitkomst om te volgen", "vul aan wat ontbreekt en toets opnieuw"),
    "geschil-anders": ("u gelooft de inwoner over «{wat}», maar het concept rekent met het register", "verbeter het gegeven in de situatie en toets opnieuw"),
    "geschil-onbeslist": ("het concept rekent bij «{wat}» met geen van beide: het gegeven is betwist", "zet na het horen bij de situatie wat klopt, en haal «eigen_opgave» en «betwist» weg. Toets dan opnieuw"),
    "geschil-open": ("over «{wat}» zegt de inwoner iets anders dan het register, en er staat niet {mist}", "schrijf onder «geschillen» wie u gelooft, waarom, en wat de inwoner daarop zei (Awb 3:2, 3:46)"),
    "geschil-vreemd": ("over «{wat}» zegt niemand iets anders", "haal het weg, of maak het bestand opnieuw met --start"),
    "grond-dubbel": ("«{wat}» staat twee keer onder «gronden»", "houd er één over"),
    "grond-draagt-niet": ("geen enkele grond draagt de afwijzing", "laat minstens één grond zelfstandig dragend zijn, of wijs niet af"),
    "grond-geen-keuze": ("bij «{wat}» is er niets te kiezen: de regels laten hier geen weigering aan u over", "haal «weigert» weg: het hoort alleen bij een grond die nog te wegen is"),
    "grond-open": ("u heeft nog niet gekozen of «{wat}» tot weigeren leidt", "zet dit criterium onder «gronden», met «weigert» en een reden"),
    "grond-vreemd": ("op «{wat}» wordt niet afgewezen", "haal het weg: alleen een grond van de afwijzing kan haar dragen"),
    "grond-tegenspraak": ("uw keuze bij de gronden past niet bij de uitkomst «{wat}»", "wie weigert op een grond, wijst af; wie nergens weigert, wijst niet af"),
    "horen-open": ("{wat}", "hoor de inwoner, of schrijf onder «horen» waarom dat niet hoeft (Awb 4:7, 4:8, 4:11, 4:12)"),
    "keuze-ontbreekt": ("er staat niet wat u besluit", "kies bij «besluit.keuze» een van de woorden die erachter staan"),
    "keuze-past-niet": ("«eigen_oordeel» past hier niet: geen enkele grond laat nog een keuze", "kies volgt_regels, of wijkt_af met een clausule"),
    "mandaat-ander-orgaan": ("u beslist namens «{naam}», maar bevoegd is «{wat}»", "laat iemand met het juiste mandaat beslissen"),
    "mandaat-niet-afwijken": ("het mandaat dekt geen afwijking van de regel", "leg dit voor aan iemand met mandaat om af te wijken"),
    "mandaat-ontbreekt": ("er staat niet uit welke bevoegdheid u beslist", "schrijf «namens» en «bevoegdheid» op: het mandaatbesluit en het artikel"),
    "naam-ontbreekt": ("er staat niet wie beslist", "schrijf de naam van de medewerker die beslist"),
    "nog-wachten": ("vóór {dag} mag volgens de regels niet worden beslist", "wacht, of begin eerder met een clausule («wijkt_af»)"),
    "oordeel-andere-periode": ("u schrijft «per {per}», maar dit bedrag is per {wat}", "schrijf het bedrag zoals de regels het geven"),
    "oordeel-onvolledig": ("van wat u geeft ontbreekt {wat}", "schrijf hoeveel, vanaf wanneer en tot wanneer («tot: geen» als er geen einde is)"),
    "oordeel-te-veel": ("{bedrag} is meer dan de regels geven: {wat}", "geef niet meer dan dat, of kies «wijkt_af» met een clausule die dat mag"),
    "plek-open": ("deze plek is nog leeg: {wat}", "vul haar in onder «plekken», of geef een eigen tekst"),
    "plek-veranderd": ("op deze plek staat in het concept iets anders: {wat}", "maak het bestand opnieuw met --start"),
    "plek-vreemd": ("de plek «{wat}» is er niet", "haal haar weg, of maak het bestand opnieuw met --start"),
    "standpunt-ontbreekt": ("er staat niet wat de inwoner van dit besluit vindt", "vraag het, of schrijf «niet_bereikt» met wat u probeerde"),
    "tegenspraak-onvolledig": ("er staat niet wie iets anders vond, of wat", "vul «wie» en «wat» in"),
    "tegenspraak-open": ("er staat niet of een collega of adviseur er anders over denkt", "schrijf het op, of «tegenspraak: geen»"),
    "tekst-ongeverifieerd": ("niemand heeft «{wat}» met de bron vergeleken", "vergelijk met de bron, en noteer het onder «gecontroleerd» met «bron» en «op»"),
    "toezegging-onvolledig": ("bij de toezegging «{naam}» ontbreekt {wat}", "open: wie en uiterlijk; vervalt: een reden"),
    "toezegging-open": ("aan de inwoner is beloofd: «{naam}», en er staat niet hoe het daarmee gaat", "neem deze woorden over onder «toezeggingen», met een stand"),
    "toezeggingen-open": ("er staat niet of er iets is toegezegd", "schrijf de toezeggingen op, of «toezeggingen: geen»"),
    "tot-voor-vanaf": ("het eindigt op {tot}, maar het begint pas op {vanaf}", "kijk «vanaf» en «tot» na; schrijf «tot: geen» als er geen einde is"),
    "uitkomst-ontbreekt": ("er staat niet wat de uitkomst wordt", "vul «besluit.uitkomst» in"),
    "uitkomst-past-niet": ("u volgt de regels, maar schrijft iets anders dan zij geven: {wat}", "haal het weg, of kies «wijkt_af»"),
    "weging-open": ("nog niet gewogen: {wat}", "geef een oordeel en een reden; een voorstel is nog geen weging"),
    "weging-overgenomen": ("de reden bij {wat} is die van het voorstel", "schrijf in eigen woorden waarom, ook als u het voorstel volgt"),
    "weging-vreemd": ("deze weging hoort niet bij dit concept: {wat}", "haal haar weg, of maak het bestand opnieuw met --start"),
    "weging-zonder-reden": ("er staat geen reden bij {wat}", "schrijf in eigen woorden waarom, met de feiten van deze persoon"),
}  # fmt: skip


def refused(code: str, pad: str, **words: object) -> Diagnostic:
    """The reason with this code, about this field of the act."""
    text, advice = TEXTS[code]
    return Diagnostic(code, text.format(**words), hulp=advice, pad=pad)


def said(words: str | None) -> bool:
    """Is this a reason or answer in words, and not «x», «-» or «ok»?"""
    return len(re.findall(r"[^\W\d_]{2,}", words or "")) >= 2


def same_body(one: str, other: str) -> bool:
    """Is this one body? «college» is «het college van burgemeester en wethouders»."""
    return folded(body(one.lower())) == folded(body(other.lower()))
