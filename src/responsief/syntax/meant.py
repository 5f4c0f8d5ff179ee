"""What was meant by a word or sign that this language does not know: other languages, ordinary Dutch, a word processor's signs."""

from __future__ import annotations

from typing import Final

from responsief.values import MONTHS, PERIOD_UNITS

#: signs of other languages -> what to write
FOREIGN: Final = {
    "==": "schrijf «=»",
    "<>": "schrijf «!=»",
    "≠": "schrijf «!=»",
    "≤": "schrijf «<=»",
    "≥": "schrijf «>=»",
    "=>": "schrijf «>=»",
    "=<": "schrijf «<=»",
    "&&": "schrijf «en»",
    "||": "schrijf «of»",
    "!": "schrijf «niet»",
}

#: words of other languages that no name may be: they would read as something else
RESERVED: Final = frozenset({"and", "or", "not", "true", "false", "null", "if", "between"})

#: words of other languages, and Dutch ones for a value -> our word
ENGLISH: Final = {
    "and": "en",
    "or": "of",
    "not": "niet",
    "true": "ja",
    "yes": "ja",
    "false": "nee",
    "no": "nee",
    "onwaar": "nee",
    "between": "tussen",
    "where": "waar",
    "count": "aantal",
    "sum": "som",
    "exists": "bestaat",
    "all": "alle",
    "any": "bestaat",
    "round": "afronden",
    "today": "peildatum",
    "vandaag": "peildatum",
    "age": "leeftijd",
}

#: ordinary words for what is a sign here
_SPOKEN: Final = {
    **dict.fromkeys(("groter", "hoger", "meer", "ouder", "later", "boven"), "schrijf «>», of «>=» als de grens zelf meetelt"),
    **dict.fromkeys(
        ("kleiner", "lager", "minder", "jonger", "eerder", "onder"), "schrijf «<», of «<=» als de grens zelf meetelt"
    ),
    **dict.fromkeys(("hoogstens", "maximaal", "uiterlijk"), "schrijf «<=»"),
    **dict.fromkeys(("minstens", "minimaal", "vanaf"), "schrijf «>=»"),
    **dict.fromkeys(("t", "tm", "tot"), "schrijf «tussen … en …»; beide grenzen tellen mee"),
    "ten": "schrijf «<=» voor ten hoogste, «>=» voor ten minste",
    "gelijk": "schrijf «=»",
    "plus": "schrijf «+»",
    "keer": "schrijf «*»",
    "maal": "schrijf «*»",
    "gedeeld": "schrijf «/»",
    "procent": "schrijf «%»",
    "leeg": "schrijf «is onbekend» of «is geen»",
    "null": "schrijf «is onbekend»",
    "none": "schrijf «is geen»",
    "ingevuld": "schrijf «is bekend»",
    "niet": "zet «niet» vóór het geheel: «niet …»",
    **dict.fromkeys(
        ("als", "dan", "anders", "indien", "wanneer", "if", "then", "else"), "schrijf «als … dan … anders» als groep: «kies:»"
    ),
    **dict.fromkeys(("met", "die", "waarvan", "waarbij", "where"), "schrijf «waar»"),
}

#: signs that a word processor or another language puts -> what to type
_SIGNS: Final = {
    **dict.fromkeys("‘’‚‛“”„‟´`", "typ een recht aanhalingsteken: «'»"),
    **dict.fromkeys("–—−‐‑‒", "typ een gewoon minteken: «-»"),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "hier staat een onzichtbaar teken: haal het weg"),
    **dict.fromkeys("{}", "gebruik ronde haakjes: «( )»"),
    **dict.fromkeys("×·•", "schrijf «*»"),
    **dict.fromkeys("÷:", "schrijf «/»"),
    "€": "schrijf het bedrag achter het euroteken: «€ 1.250,50»",
    "&": "schrijf «en»",
    "|": "schrijf «of»",
    "?": "schrijf een keuze als groep: «kies:»",
    ";": "haal het weg",
    "#": "een opmerking staat buiten de aanhalingstekens",
    "^": "schrijf de vermenigvuldiging uit met «*»",
    "\\": "haal het weg",
    "$": "bedragen zijn in euro's: «€ 1.250,50»",
}  # fmt: skip

_UNITS: Final = {
    **dict.fromkeys(("mnd", "mnds", "mnden", "mndn", "month", "months"), "maanden"),
    **dict.fromkeys(("wk", "wkn", "week", "weeks"), "weken"),
    **dict.fromkeys(("jr", "year", "years", "jaartal"), "jaar"),
    **dict.fromkeys(("dg", "dgn", "d", "day", "days", "etmalen"), "dagen"),
}


def sign(char: str) -> str:
    """Advice on a character that can't stand in an expression."""
    return _SIGNS.get(char, "")


def lower(word: str, known: frozenset[str]) -> str:
    """Advice on a keyword in capitals: «EN», «Niet»."""
    small = word.lower()
    return f"schrijf «{small}», met kleine letters" if small != word and small in known else ""


def word(text: str) -> str:
    """Advice on a word that stands where none of this language's words can stand."""
    small = text.lower()
    if small in ENGLISH and small != ENGLISH[small]:
        return f"schrijf «{ENGLISH[small]}»"
    return _SPOKEN.get(small, "")


def after_number(number: str, text: str, following: str) -> str:
    """Advice on a word right behind a number: euro, maart, mnd, kinderen."""
    small = text.lower().rstrip(".")
    if small in ("euro", "euros", "eur", "cent", "ct"):
        return f"schrijf het euroteken ervoor: «€ {number}»"
    months = {**{m: i for i, m in enumerate(MONTHS, 1)}, **{m[:3]: i for i, m in enumerate(MONTHS, 1)}}
    if small in months and number.isdigit() and 1 <= int(number[:4]) <= 31:
        year = following if following.isdigit() and len(following) == 4 else "2026"
        return f"schrijf een datum als jaar-maand-dag: «{year}-{months[small]:02d}-{int(number):02d}»"
    if small in _UNITS or small in PERIOD_UNITS:
        return f"schrijf «{number} {_UNITS.get(small, small)}»"
    return word(text)


def after_name(name: str, text: str) -> str:
    """Advice on a name right behind a name: a name with a space in it, or a forgotten «en»."""
    return f"zet «en» of «of» ertussen; hoort het bij de naam ervoor, schrijf dan «{name}_{text}»"


def per_cent(name: str) -> str:
    """Advice on «%» right behind a name: only a number can have it."""
    return f"«%» staat alleen achter een getal; met een naam schrijft u een deling door honderd: «… * {name} / 100»"
