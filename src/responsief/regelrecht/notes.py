"""What a person has to know about a translation: what could not be translated, what to look at, what to fill in.

All wording stands in `TEXTS`: which of the three it is, what is the matter, and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from responsief.source import Span

Kind = Literal["niet vertaald", "na te gaan", "in te vullen"]
KINDS: Final[tuple[Kind, ...]] = ("niet vertaald", "na te gaan", "in te vullen")
MAX_NOTES: Final = 1000


@dataclass(frozen=True, slots=True)
class Note:
    """One remark, at its place in the source."""

    kind: Kind
    code: str
    tekst: str
    hulp: str
    span: Span = field(repr=False)

    def __str__(self) -> str:
        return f"{self.span}: {self.kind}[{self.code}] {self.tekst} ({self.hulp})"


@dataclass(slots=True)
class Notes:
    """Collects remarks; the same remark at the same place comes once."""

    items: dict[tuple[str, str, int, int], Note] = field(default_factory=dict)

    def add(self, code: str, span: Span, **words: object) -> None:
        kind, text, advice = TEXTS[code]
        short = {name: _short(str(word)) for name, word in words.items()}
        note = Note(kind, code, text.format(**short), advice.format(**short), span)
        key = (code, note.tekst, span.line, span.column)
        if key not in self.items and len(self.items) >= MAX_NOTES:
            kind, text, advice = TEXTS["te-veel"]
            key, note = ("te-veel", "", 0, 0), Note(kind, "te-veel", text, advice, span)
        self.items.setdefault(key, note)

    def grouped(self) -> Iterator[tuple[Kind, list[tuple[str, list[Note]]]]]:
        """By kind, and within a kind by what a person has to do."""
        for kind in KINDS:
            groups: dict[str, list[Note]] = {}
            for note in self:
                if note.kind == kind:
                    groups.setdefault(note.hulp, []).append(note)
            if groups:
                yield kind, list(groups.items())

    def __iter__(self) -> Iterator[Note]:
        """By what it is, and then by place."""
        order = {kind: number for number, kind in enumerate(KINDS)}
        return iter(sorted(self.items.values(), key=lambda n: (order[n.kind], n.span.line, n.span.column, n.code)))


def _short(word: str) -> str:
    word = " ".join(word.split())
    return word if len(word) <= 200 else word[:199] + "…"


_HOLE: Final = "het staat als gegeven «niet_vertaald_…» in de regelset: schrijf de regel uit, of laat een mens het invullen"

TEXTS: Final[dict[str, tuple[Kind, str, str]]] = {
    # operations and values
    "bewerking": ("niet vertaald", "«{wat}» kent onze taal niet", _HOLE),
    "lijst": ("niet vertaald", "«{wat}» gaat over een lijst of een groep velden", "staat die lijst in de situatie, gebruik dan «aantal», «som» of «bestaat»; " + _HOLE),
    "vorm": ("niet vertaald", "hier staat iets dat in dit schema niet hoort: {wat}", "kijk wat de bron hier bedoelt; " + _HOLE),
    "keten": ("niet vertaald", "«{wat}» rust op te veel uitkomsten achter elkaar", _HOLE),
    "naam": ("niet vertaald", "«${wat}» wordt gelezen, maar in dit bestand nergens gegeven", _HOLE),
    "peildatum": ("niet vertaald", "«${wat}» is een andere dag dan de peildatum", _HOLE),
    "soorten": ("niet vertaald", "«{wat}» brengt soorten waarden samen die bij ons niet samengaan ({soorten})", _HOLE),
    "deler": ("niet vertaald", "hier wordt gedeeld door iets dat nul kan zijn", _HOLE),
    "maanden": ("niet vertaald", "«{wat}» in maanden telt in de bron maandnamen, geen hele maanden", _HOLE),
    "afronden-anders": ("niet vertaald", "«{wat}» met «precision: {cijfers}» kan hier niet", _HOLE),
    "geen-waarde": ("niet vertaald", "als geen van de gevallen past, geeft de bron geen waarde", "zeg onder «anders» wat dan geldt; " + _HOLE),
    "null": ("niet vertaald", "de bron geeft hier «null»: geen waarde", _HOLE),
    "tekst-uitkomst": ("niet vertaald", "«{naam}» geeft tekst: dat is hier geen uitkomst of begrip", "zet het in een tekst, of maak er een keuze van"),
    "kringetje": ("niet vertaald", "«{naam}» verwijst alleen naar zichzelf", "zeg waar de waarde vandaan komt"),
    "controle": ("niet vertaald", "«{naam}»: onze controle zegt: {waarom}", _HOLE),
    "controle-rest": ("niet vertaald", "onze controle vindt in het concept nog iets: {waarom}", "verbeter het in het concept"),
    "dubbele-actie": ("niet vertaald", "«{naam}» wordt op meer plaatsen uitgerekend; alleen de eerste is overgenomen", "voeg samen wat bij elkaar hoort"),
    "actie-voorwaarde": ("niet vertaald", "«{naam}» geldt alleen onder een voorwaarde die hier apart staat («condition»)", "schrijf «kies» met die voorwaarde; " + _HOLE),
    "sleutel": ("niet vertaald", "«{wat}» is niet overgenomen", "{hulp}"),
    "bron-zegt": ("niet vertaald", "de bron zegt zelf dat dit er niet in zit: {wat}", "schrijf het zelf, of laat een mens het invullen"),
    "andere-regeling": ("niet vertaald", "«{naam}» komt in de bron uit een andere regeling: {waar}", "nu is het een gegeven; staat die regeling ook in het register, haal het dan op met «gebruik»"),
    "vult-in": ("niet vertaald", "dit vult «{naam}» van «{wet}» in", "staat die wet in het register, voeg dan toe: «vult_in: {{{wet}.{naam}: …}}»"),
    "te-veel": ("niet vertaald", f"er is meer te melden dan de eerste {MAX_NOTES} punten, die hier staan", "deel de bron op, en vertaal elk deel"),
    "lijst-gegeven": ("niet vertaald", "«{naam}» is een lijst of een groep velden", "onze eigen gegevens zijn losse waarden: gebruik de lijsten van de situatie"),
    # assumptions
    "versie": ("na te gaan", "{wat}", "gelezen naar de vorm: kijk of alles klopt"),
    "eenheid": ("na te gaan", "«{naam}» is een bedrag zonder eenheid; gelezen als eurocenten", "klopt dat niet, verbeter het bedrag"),
    "soort-onbekend": ("na te gaan", "nergens staat wat voor waarde «{naam}» is; gelezen als {soort}", "klopt dat niet, verbeter het type"),
    "getal-als-geld": ("na te gaan", "de bron noemt «{naam}» een getal, maar rekent ermee als met een bedrag; gelezen als geld in eurocenten", "klopt dat niet, verbeter het type"),
    "decimalen": ("na te gaan", "«{naam}» is een getal, de bron zegt niet met hoeveel decimalen; gelezen als {hoe}", "klopt dat niet, kies «decimaal» met «cijfers»"),
    "afronden": ("na te gaan", "«{naam}» kan een deel van een cent opleveren; de wet zegt hier niet hoe dat wordt afgerond", "hier staat: op hele centen, half omhoog; verbeter het als de wet anders zegt"),
    "grens-uitvoer": ("na te gaan", "«{naam}» heeft in de bron een ondergrens of bovengrens; die is niet overgenomen", "schrijf «max(…, € 0)» als de wet dat zegt"),
    "leeg": ("na te gaan", "de bron vraagt of iets is ingevuld; hier staat «is bekend» of «is onbekend»", "onbekend is bij ons iets anders dan «er is niets»: kijk wat is bedoeld"),
    "nul-zonder-anders": ("na te gaan", "als geen van de gevallen past, geeft de bron stil 0", "hier staat dat uitgeschreven onder «anders»: kijk of de wet dat zegt"),
    "maanden-einde": ("na te gaan", "hele maanden: aan het einde van een korte maand telt de bron anders", "van 31 januari tot 28 februari is in de bron een maand, hier nog niet"),
    "eigen-leeftijd": ("na te gaan", "«{naam}» heet hier «{nieuw}»: het woord betekent in onze taal al iets", "is hetzelfde bedoeld, gebruik dan ons eigen woord en haal het gegeven weg"),
    "geldig-van": ("na te gaan", "de bron noemt geen dag van inwerkingtreding; hier staat de dag van publicatie", "verbeter «geldig»"),
    "peildag": ("na te gaan", "«{naam}» is in de bron de waarde op een andere dag ({dag})", "zeg in de vraag welke dag telt"),
    "recht": ("na te gaan", "«{naam}» is gelezen als het recht: daarvan komen de criteria", "klopt dat niet, verbeter de criteria"),
    "uitkomst": ("na te gaan", "«{naam}» is gelezen als het bedrag van de uitkomst", "klopt dat niet, verbeter «uitkomst»"),
    "ongebruikt": ("na te gaan", "«{naam}» is overgenomen als begrip; geen criterium en geen uitkomst leest het", "gebruik het, of haal het weg"),
    "niet-gelezen": ("na te gaan", "«{naam}» is niet overgenomen: niets in de regelset leest het", "voeg het toe als u het nodig heeft"),
    "tekst-vergelijken": ("na te gaan", "«{naam}» is tekst en wordt vergeleken met vaste woorden", "maak er een keuze van als alle woorden bekend zijn"),
    "soort-regeling": ("na te gaan", "«{wat}» kennen wij niet als soort regeling; hier staat «{nieuw}»", "verbeter «soort»"),
    # placeholders
    "recht-open": ("in te vullen", "de criteria: {waarom}", "schrijf de voorwaarden; tot dan is de uitkomst onbepaald"),
    "bedrag-open": ("in te vullen", "het bedrag van de uitkomst: er zijn er meer ({namen})", "schrijf welk bedrag de uitkomst is"),
    "per": ("in te vullen", "«per» van de uitkomst: de bron zegt niet of het per maand, jaar of keer is", "hier staat «maand»: verbeter het"),
    "gemeente": ("in te vullen", "de gemeentecode: de bron noemt alleen «{naam}»", "hier staat «0000»; daarmee geldt de regelset nergens"),
    "tekst": ("in te vullen", "{wat}", "zoek op «NOG IN TE VULLEN»; alles blijft «geverifieerd: nee» tot een mens het heeft nagelezen"),
}  # fmt: skip
