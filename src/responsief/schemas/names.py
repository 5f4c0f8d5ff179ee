"""How the schemas speak of a group of fields, and of one entry of a list: of the situation, and of an act."""

from __future__ import annotations

from typing import Final

# How to speak of a group of fields, and of one entry of a list.
GROUPS: Final = {
    "Situation": ("situatie", "De situatie van één inwoner. Wat ontbreekt, null is of «onbekend» heet, is onbekend."),
    "Persoon": ("persoon", "De inwoner zelf."),
    "Partner": ("partner", "De partner, met eigen inkomsten."),
    "Verblijf": ("verblijf", "Verblijfsstatus. Nationaliteit staat hier niet in."),
    "Buitenland": ("buitenland", "Verblijf in het buitenland."),
    "Inkomen": ("inkomen", "Eén inkomen, netto."),
    "Huishouden": ("huishouden", "Met wie de inwoner woont. Onder de 18 bij kinderen, vanaf 18 bij medebewoners."),
    "Kind": ("kind", "Een kind onder de 18."),
    "Medebewoner": ("medebewoner", "Iemand vanaf 18 jaar die er ook woont."),
    "Vermogen": ("vermogen", "Wat de inwoner bezit."),
    "Bezitting": ("bezitting", "Eén ding of rekening."),
    "Schuld": ("schuld", "Eén schuld."),
    "Beslag": ("beslag", "Beslag op het inkomen."),
    "Wonen": ("wonen", "De woning, en of die blijft."),
    "Werk": ("werk", "Het werk."),
    "Opleiding": ("opleiding", "De opleiding: nu, of laatst gevolgd."),
    "Beperking": ("beperking", "Eén beperking."),
    "Gezondheid": ("gezondheid", "De gezondheid, voor zover een regeling ernaar vraagt."),
    "Zorg": ("zorg", "Zorg die de inwoner geeft, krijgt of nodig heeft."),
    "Veiligheid": ("veiligheid", "Veiligheid. Niemand hoeft dit te zeggen."),
    "Communicatie": ("communicatie", "Taal en digitaal. Dit kan alleen hulp toevoegen."),
    "EerdereVoorziening": ("eerdere voorziening", "Wat eerder is toegekend."),
    "EerdereAfwijzing": ("eerdere afwijzing", "Wat eerder is afgewezen."),
    "Eerder": ("eerder", "Wat er al was."),
    "Gevraagd": ("gevraagd", "Waar de aanvraag over gaat."),
    "Aanvraag": ("aanvraag", "De melding en de aanvraag."),
    "Behoefte": ("behoefte", "Eén behoefte. Noem altijd een leefgebied."),
    "Kracht": ("kracht", "Iets dat goed gaat."),
    "Contact": ("contact", "Iemand die kan helpen."),
    "Omstandigheid": ("omstandigheid", "Iets dat de inwoner aanvoert: elke wordt gewogen. Past geen soort, kies dan «overig»."),
    "Doel": ("doel", "Eén doel uit het plan."),
    "Plan": ("plan", "Het eigen plan van de inwoner."),
    "Toezegging": ("toezegging", "Iets dat een medewerker beloofde."),
    "FeitBron": ("herkomst", "Waar een feit vandaan komt en hoe vast het staat."),
}  # fmt: skip

# The same of the act of a person who decides.
ACT_GROUPS: Final = {
    "Act": ("handeling", "Wat één mens verklaart bij het besluiten. Wat ontbreekt of null is, is niet beantwoord; «geen» is een antwoord."),
    "Beslisser": ("beslisser", "Wie beslist: een mens, nooit een systeem."),
    "Mandaat": ("mandaat", "Namens wie, en uit welke bevoegdheid."),
    "Keuze": ("keuze", "Wat wordt besloten."),
    "BuitenBehandeling": ("buiten behandeling", "De aanvraag niet behandelen (Awb 4:5)."),
    "HerhaaldeAanvraag": ("herhaalde aanvraag", "Bij een eerdere afwijzing blijven (Awb 4:6)."),
    "Doorzenden": ("doorzenden", "Doorzenden naar wie bevoegd is (Awb 2:3)."),
    "Opgevraagd": ("opgevraagd", "Een gegeven dat bleef ontbreken."),
    "NietVastTeStellen": ("niet vast te stellen", "Het recht is niet vast te stellen."),
    "Grond": ("grond", "Een grond: uw keuze bij een kan-bepaling, en of zij de afwijzing draagt."),
    "Geschil": ("geschil", "Een gegeven waarover de inwoner iets anders zegt dan een register."),
    "Weging": ("weging", "Eén omstandigheid bij één clausule, gewogen in eigen woorden."),
    "Horen": ("horen", "Of de inwoner is gehoord, en wat eruit kwam."),
    "Advies": ("advies", "Eén advies, en of het is gevolgd."),
    "Tegenspraak": ("tegenspraak", "Wie er anders over denkt."),
    "Standpunt": ("standpunt", "Wat de inwoner van het besluit vindt."),
    "Belofte": ("belofte", "Eén toezegging, met stand, naam en dag."),
    "Controle": ("controle", "Een tekst die met de bron is vergeleken."),
    "Antwoord": ("antwoord", "Een antwoord op wat nog openstond."),
    "Plek": ("plek", "Wat er op een open plek komt."),
}  # fmt: skip
