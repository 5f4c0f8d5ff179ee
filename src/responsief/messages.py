"""The wording of every finding on a file of a register: per code what is wrong (`{…}` filled in) and what to do about it.

`responsief explain CODE` tells more of each (`explanations/`).
"""

from __future__ import annotations

from typing import Final, Literal

#: «fout»: the file means nothing like this. «waarschuwing»: it means something, but probably not this. «tip»: nothing is wrong;
#: this makes it better, or must be looked at one day. Only a tip leaves the exit code of `responsief check` alone.
Severity = Literal["fout", "waarschuwing", "tip"]

#: what is not a «fout»
SEVERITIES: Final[dict[str, Severity]] = {
    "ongebruikt": "waarschuwing",
}

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # the file
    "bestand-onleesbaar": ("dit bestand is niet te lezen: {waarom}", "controleer de naam en de rechten"),
    "bestand-te-groot": ("dit bestand is groter dan 1 MiB", "splits het"),
    "geen-utf8": ("dit bestand is geen tekst in UTF-8", "sla het op als UTF-8"),
    "leeg-bestand": ("dit bestand is leeg", "begin met «regelset: naam-van-de-regeling»"),
    "yaml": ("{waarom}", "kijk naar het inspringen en de aanhalingstekens"),
    "yaml-tab": ("hier staat een tab", "gebruik spaties"),
    "yaml-teken": ("hier staat een onzichtbaar teken dat niet in tekst hoort ({teken})", "haal het weg"),
    "yaml-komma": ("de komma breekt deze waarde in tweeën", "zet de hele waarde tussen dubbele aanhalingstekens: «\"{waarde}\"»"),
    "yaml-dubbele-punt": ("hier ontbreekt een dubbele punt met een spatie erachter", ""),
    "yaml-anker": ("ankers en verwijzingen («&», «*») kunnen hier niet", "schrijf de tekst uit; een begrip doet hetzelfde"),
    "yaml-tag": ("tags («!…») kunnen hier niet", "haal de tag weg: de taal weet zelf wat een bedrag of datum is"),
    "yaml-diep": ("dit is meer dan 40 niveaus diep", "gebruik een begrip voor een deel"),
    "yaml-meer-documenten": ("hier begint een tweede document («---»)", "zet het in een eigen bestand"),
    "dubbele-sleutel": ("«{sleutel}» staat hier voor de tweede keer", "de eerste staat op regel {regel}: laat er één staan"),
    "systeem-beslist": ("«{naam}» is geen mens en geen orgaan", "noem wie bevoegd is, zoals «college»: een systeem beslist niet"),
    "te-veel-fouten": ("na deze 200 fouten is niet verder gekeken", "verbeter deze eerst"),
    "soort-bestand": ("dit is geen regelset, signalen, voorzieningen of proef", "begin met «regelset: …»"),
    "opmaak": ("dit bestand kunnen wij niet veilig opmaken: {waarom}", "dit is een fout in responsief, niet in uw bestand; er is niets gewijzigd. Meld dit met het bestand erbij"),
    # the shape
    "onbekende-sleutel": ("«{sleutel}» kan hier niet", ""),
    "sleutel-ontbreekt": ("{sleutels} {ontbreekt}", "voeg toe: {regels}"),
    "groep-ontbreekt": ("hier hoort een groep", "kies uit: alle, een_van, geen_van, kies, tabel"),
    "geen-groep": ("hier horen sleutels met waarden te staan", "schrijf «sleutel: waarde», ingesprongen"),
    "geen-lijst": ("hier hoort een lijst", "begin elke regel met een streepje"),
    "geen-tekst": ("hier hoort één waarde, geen groep of lijst", "schrijf één waarde"),
    "lege-waarde": ("hier staat niets", "vul «{sleutel}» in of haal de regel weg"),
    "keuze-onbekend": ("«{woord}» kan hier niet", ""),
    "ongeldige-naam": ("«{naam}» kan geen naam zijn", "gebruik kleine letters, cijfers en «_», en begin met een letter"),
    "ongeldig-id": ("«{naam}» kan geen id zijn", "gebruik kleine letters, cijfers, «_» en «-»"),
    "formaat-onbekend": ("formaat «{formaat}» kent deze versie niet", "schrijf «formaat: 1»"),
    "geen-ja-nee": ("hier hoort «ja» of «nee»", ""),
    "geen-datum": ("{waarom}", ""),
    "geen-periode": ("{waarom}", ""),
    "geen-bedrag": ("{waarom}", ""),
    "geen-gemeente": ("«{tekst}» is geen gemeentecode", "{raad}"),
    "geen-getal": ("«{tekst}» is geen getal", "schrijf een heel getal, zoals «3»"),
    "getal-buiten-bereik": ("«{tekst}» valt buiten {van} tot en met {tot}", ""),
    "datums-omgekeerd": ("«tot» ligt vóór «van»", "draai de datums om"),
    "dubbel-id": ("«{naam}» bestaat al", "kies een ander id; de eerste staat op regel {regel}"),
    "dubbele-naam": ("de naam «{naam}» is op regel {regel} al in gebruik voor {wat}", "kies een andere naam"),
    # the expression
    "teken-onbekend": ("«{teken}» hoort niet in een expressie", "haal het weg"),
    "tekst-niet-gesloten": ("deze tekst heeft geen sluitend aanhalingsteken", "sluit af met «'»"),
    "lege-expressie": ("hier staat geen expressie", "schrijf bijvoorbeeld «leeftijd >= 21»"),
    "verwacht": ("hier hoort {wat}, niet «{gevonden}»", ""),
    "verwacht-einde": ("de expressie stopt hier, maar er hoort nog {wat}", "maak haar af"),
    "rest": ("na deze expressie staat nog «{gevonden}»", "voeg «en» of «of» toe, of haal het weg"),
    "haakjes-nodig": ("«en» en «of» staan door elkaar", "zet haakjes: «(a en b) of c»"),
    "haakje-niet-gesloten": ("dit haakje wordt niet gesloten", "voeg «)» toe"),
    "vergelijking-keten": ("een vergelijking kan niet aan een vergelijking", "schrijf «a < b en b < c», of «b tussen a en c»"),
    "expressie-te-lang": ("deze expressie is langer dan 2000 tekens", "geef delen een naam onder «begrippen»"),
    "expressie-te-diep": ("deze expressie is te diep genest", "geef delen een naam onder «begrippen»"),
    "een-is-geen-vergelijking": ("«{gevonden}» is geen vergelijking in deze taal", "{hulp}"),
    # names and types
    "onbekende-naam": ("«{naam}» bestaat niet", "kijk of de naam goed is geschreven, of voeg hem toe onder «gegevens», «bedragen» of «begrippen»"),
    "geen-vergelijking": ("met «{woord}» kan niet worden vergeleken", "schrijf «… is {woord}»"),
    "onbekend-veld": ("«{naam}» is geen veld van {waarvan}", ""),
    "pad-te-ver": ("na «{naam}» komt niets meer", "«{naam}» is {soort}: haal de punt en wat erachter staat weg"),
    "groep-als-waarde": ("«{naam}» is een groep velden, geen waarde", "kies een veld: {velden}"),
    "lijst-als-waarde": ("«{naam}» is een lijst, geen waarde", "schrijf bijvoorbeeld «aantal({naam})» of «bestaat({naam} waar …)»"),
    "geen-lijst-pad": ("«{naam}» is geen lijst", "«{functie}» werkt op een lijst, zoals «huishouden.kinderen»"),
    "veld-van-lijst": ("«{naam}» is een lijst; «{veld}» hoort bij één regel ervan", "gebruik «som({naam}.{veld})» of «bestaat({naam} waar {veld} …)»"),
    "verkeerd-type": ("hier hoort {verwacht}, niet {gevonden}", ""),
    "eenheid-ontbreekt": ("dit is een getal, {waar} geld", "schrijf een bedrag: «€ {getal}», of de naam van een bedrag"),
    "types-verschillen": ("{links} is niet te vergelijken met {rechts}", "vergelijk geld met geld, een datum met een datum, een woord met een woord"),
    "rekenen-kan-niet": ("«{op}» kan niet met {links} en {rechts}", ""),
    "keuze-bestaat-niet": ("«{woord}» is geen keuze van {waarvan}", ""),
    "datum-bestaat-niet": ("{waarom}", ""),
    "deler-nul": ("deze deler kan nul zijn", "zorg dat hij aantoonbaar groter dan nul is: een bedrag, «aantal(…) + 1» of «max(…, 1)»"),
    "afronden-ontbreekt": ("hier kan een deel van een cent ontstaan", "schrijf hoe er wordt afgerond: «afronden(…, cent)»"),
    "afronden-eenheid": ("op «{eenheid}» kan niet worden afgerond", "kies cent, euro, een bedrag zoals «op € 50», of geheel"),
    "kring": ("«{naam}» gebruikt zichzelf: {kring}", "haal een van de stappen uit de kring"),
    "keten-te-lang": ("«{naam}» steunt op te veel begrippen achter elkaar", "reken in minder stappen"),
    "geen-niet-mogelijk": ("«{naam}» kan nooit «geen» zijn", "gebruik «is bekend» of «is onbekend»"),
    # kies and tabel
    "anders-ontbreekt": ("«anders» ontbreekt", "sluit af met «- anders: …»"),
    "anders-niet-laatste": ("na «anders» komt niets meer", "zet «anders» als laatste"),
    "kolommen-aantal": ("deze rij heeft {cellen}, er {kolommen}", "schrijf «\"-\"» voor een cel die niet uitmaakt"),
    "tabel-gat": ("geen rij past bij {geval}", "voeg een rij toe, of «anders: …»"),
    "tabel-overlap": ("rij {een} en rij {ander} passen allebei bij {geval}", "maak ze verschillend, of kies «treffer: eerste»"),
    "tabel-niet-te-tellen": ("{waarom}", "kies «treffer: eerste» met «anders: …»"),
    "takken-verschillen": ("dit geeft {gevonden}, de eerste keuze geeft {verwacht}", "laat alle keuzes hetzelfde geven"),
    "samen-ontbreekt": ("bij «treffer: verzamel» hoort «samen: som», «max» of «min»", ""),
    # figures
    "cijfer-onbekend": ("een cijfer is nooit onbekend", "vul de waarde in, of haal deze datum weg"),
    "bedrag-zonder-waarde": ("«{naam}» heeft geen enkele waarde", "schrijf «waarden: {{2026-01-01: …}}»"),
    "bedrag-zonder-bron": ("«{naam}» heeft geen bron", "noem de vindplaats: «bron: Stcrt. …»"),
    "cijfer-ontbreekt": ("«{naam}»{label} heeft geen waarde op {datum}", "vul in regelset {regelset} de «waarden» aan, met datum en bron"),
    # the ruleset as a whole
    "geen-criteria": ("deze regelset heeft geen criteria", "voeg er minstens één toe"),
    "clausule-ontbreekt": ("«hardheid» is leeg", "noem de clausules, of zeg dat er geen is: «soort: geen»"),
    "criterium-onbekend": ("«{naam}» is geen criterium van deze regelset", ""),
    "awb-484-geen-beleidsregel": ("Awb 4:84 reikt alleen tot beleidsregels; «{naam}» rust op {rust_op}", "kies een andere soort clausule, of zet «rust_op: beleidsregel» als dat zo is"),
    "clausule-zonder-maatstaf": ("«{naam}» noemt geen maatstaf", "neem de drempelwoorden precies over uit de clausule"),
    "geen-met-tekst": ("«soort: geen» zegt dat er geen clausule is; daar past niet bij: {sleutels}", "haal dat weg, of kies een andere soort"),
    "aftrek-ontbreekt": ("«gevolg: deel» zonder «aftrek»", "schrijf welk bedrag eraf gaat: «aftrek: …»"),
    "aftrek-zonder-deel": ("«aftrek» hoort bij «gevolg: deel»", "voeg «gevolg: deel» toe, of haal «aftrek» weg"),
    "deel-zonder-bedrag": ("«gevolg: deel» haalt iets van een bedrag af, maar «uitkomst» noemt geen bedrag", "voeg «uitkomst: {{bedrag: …}}» toe"),
    "eis-ontbreekt": ("«{naam}» heeft geen eis", "schrijf «eis: …»"),
    "omstandigheid-onbekend": ("«{woord}» is geen soort omstandigheid", ""),
    "twee-versies": ("{een} en {ander} gelden allebei op {datum}", "geef de oude versie een «tot»"),
    "regelset-onbekend": ("regelset «{naam}» staat niet in dit register", "zet haar in een map van dit register"),
    "begrip-onbekend": ("regelset «{regelset}» heeft geen begrip «{naam}»", ""),
    "versie-ontbreekt": ("van «{naam}» geldt geen versie op {datum}", "voeg een versie toe die dan geldt"),
    "invulling-ontbreekt": ("voor deze gemeente is niet ingevuld: {label}", "vul het in een eigen regelset in, met «vult_in: {{{regelset}.{naam}: …}}»"),
    "invulling-dubbel": ("«{naam}» is twee keer ingevuld: door {een} en {ander}", "laat één regelset het invullen"),
    "open-onbekend": ("regelset «{regelset}» laat «{naam}» niet open", ""),
    "gegeven-alleen-hier": ("«{naam}» kan alleen in signalen en voorzieningen worden gelezen", ""),
    "kring-regelsets": ("deze regelsets gebruiken elkaar in een kring: {kring}", "haal een van de stappen weg"),
    "ongebruikt": ("niets leest {wat} «{naam}»", "haal het weg, of gebruik het"),
    # catalogues
    "samenloop-onbekend": ("«{naam}» is geen regelset en staat niet in de voorzieningen", ""),
    "voorziening-onbekend": ("«{naam}» staat niet in de voorzieningen", "voeg haar toe in een bestand «voorzieningen: …»"),
    "feit-onbekend": ("«{naam}» is geen feit en geen signaal", "voeg het toe onder «feiten»"),
    "feit-ongebruikt": ("geen regel gebruikt het feit «{naam}»", "haal het weg, of gebruik het"),
    "bundel-te-klein": ("een bundel heeft minstens twee voorzieningen", "schrijf «met: [id, id]»"),
    "bundel-dubbel": ("«{naam}» staat twee keer in deze bundel", "haal er één weg"),
    "bundel-overlap": ("alles uit bundel «{naam}» staat ook in bundel «{ander}»", "laat er één staan"),
    "bundel-buiten-wet": ("«{naam}» ligt buiten de wet en komt in geen bundel", "haal haar weg uit «met»"),
    "signaal-leeg": ("deze regel noemt geen feiten", "schrijf «als: [feit, …]»"),
    # test cases
    "proef-mislukt": ("{tekst}", ""),
    "basis-onbekend": ("«{naam}» is geen basis", ""),
    # the situation
    "situatie": ("{tekst}", ""),
}  # fmt: skip
