"""The words that letter and note share: names of circumstances and sources, and how foreign text is put on paper.

Text that comes from a person or a file is data: it is cleaned, it is quoted, it is never a template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from responsief.decision import Amount
from responsief.motivation.law import write_out
from responsief.values import Between, Day, format_day, format_money

# Every kind of circumstance, by a name that fits a letter to the person and a note about the person, and blames nobody.
CIRCUMSTANCES: Final[dict[str, str]] = {
    "acute_nood": "Nood die niet kan wachten",
    "belang_van_kind": "Het belang van een kind",
    "brand_of_ramp": "Brand of een andere ramp",
    "buiten_eigen_schuld": "Iets buiten de eigen macht",
    "chronisch_ziek": "Een ziekte die niet overgaat",
    "detentie_achter_de_rug": "De tijd na detentie",
    "dreigende_dakloosheid": "De woning kan verloren gaan",
    "fout_van_overheid": "Een fout van de overheid",
    "geen_steun_ouders": "Geen steun van ouders",
    "geen_uitzicht_op_inkomen": "Weinig kans op meer inkomen",
    "geen_vaste_woonplek": "Geen vaste woonplek",
    "geweld_thuis": "Geweld of dreiging thuis",
    "kleine_overschrijding": "Een klein verschil met de grens",
    "mantelzorg": "Zorg voor een naaste",
    "onverwachte_kosten": "Onverwachte kosten",
    "opleiding_opgelegd_door_gemeente": "Een opleiding op verzoek van de gemeente",
    "overlijden_naaste": "Het overlijden van een naaste",
    "problematische_schulden": "Schulden die te groot zijn",
    "psychische_nood": "Het psychisch zwaar hebben",
    "scheiding": "Een scheiding",
    "sterfbed_naaste": "Het sterfbed van een naaste",
    "studieuitval": "Stoppen met een opleiding",
    "taal": "Moeite met de taal",
    "toezegging": "Een belofte die is gedaan",
    "verslaving_in_behandeling": "Behandeling voor een verslaving",
    "verlies_van_werk": "Verlies van werk",
    "vlucht": "De vlucht naar Nederland",
    "zwanger": "Een zwangerschap",
    "overig": "Iets anders dat meespeelt",
}

# Kinds that a housemate must not read: at a shared address they stay out of the letter.
IN_CONFIDENCE: Final = frozenset({"geweld_thuis", "verslaving_in_behandeling"})
# How the hardship pass asks whether a circumstance that counts here plays a part. Not for a letter: it names them all.
SUGGESTED: Final = "Speelt dit: "

# Stands in every letter with a review, so that in the one letter that leaves something out it gives nothing away.
MORE_TOLD: Final = "Misschien staat hier niet alles wat u ons vertelde."

# Stands in every letter that leaves help out, in the same words, so that it gives nothing away.
MORE_HELP: Final = "Er is meer hulp. Die bespreken wij graag met u zelf. Bel uw contactpersoon."

SOURCES: Final[dict[str, str]] = {
    "inwoner": "van uzelf",
    "brp": "uit de bevolkingsregistratie",
    "uwv": "van UWV",
    "duo": "van DUO",
    "svb": "van de Sociale Verzekeringsbank",
    "belastingdienst": "van de Belastingdienst",
    "ind": "van de Immigratie- en Naturalisatiedienst",
    "rdw": "van de RDW",
    "kadaster": "van het Kadaster",
    "bank": "van uw bank",
    "gemeente": "uit onze eigen gegevens",
    "adviseur": "van een adviseur",
    "oordeel": "beoordeeld door een medewerker",
}

# The same sources as the one who speaks.
SPEAKERS: Final[dict[str, str]] = {
    "brp": "de bevolkingsregistratie",
    "uwv": "UWV",
    "duo": "DUO",
    "svb": "de Sociale Verzekeringsbank",
    "belastingdienst": "de Belastingdienst",
    "ind": "de Immigratie- en Naturalisatiedienst",
    "rdw": "de RDW",
    "kadaster": "het Kadaster",
    "bank": "uw bank",
    "gemeente": "onze administratie",
    "adviseur": "een adviseur",
    "oordeel": "een medewerker",
}

AREAS: Final[dict[str, str]] = {
    "financien": "geld",
    "werk": "werk",
    "opleiding": "opleiding",
    "wonen": "wonen",
    "gezin": "gezin",
    "geestelijke_gezondheid": "geestelijke gezondheid",
    "lichamelijke_gezondheid": "lichamelijke gezondheid",
    "middelengebruik": "alcohol, drugs of andere middelen",
    "dagelijks_leven": "dagelijks leven",
    "zorg": "zorg",
    "netwerk": "mensen om iemand heen",
    "meedoen": "meedoen",
    "justitie": "justitie",
    "opgroeien": "opgroeien",
}

BODIES: Final[dict[str, str]] = {
    "het college": "het college van burgemeester en wethouders",
    "college": "het college van burgemeester en wethouders",
    "burgemeester": "de burgemeester",
    "raad": "de gemeenteraad",
}

DECIDERS: Final[dict[str, str]] = {
    "college": "de gemeente",
    "college, bij naam": "de gemeente",
    "gemeente": "de gemeente",
    "inwoner": "uzelf",
    "inwoner zelf": "uzelf",
    "zelf": "uzelf",
    "rechtbank": "de rechter",
    "kantonrechter": "de rechter",
    "college of UWV": "de gemeente of UWV",
    "SVB": "de Sociale Verzekeringsbank",
    "directeur of college": "de gemeente",
    "fonds": "het fonds",
    "huisarts": "de huisarts",
    "kredietbank": "de kredietbank",
    "ontvanger": "de ontvanger",
    "school": "de school",
    "verhuurder": "de verhuurder",
    "voedselbank": "de voedselbank",
    "waterschap": "het waterschap",
    "wijkteam": "het wijkteam",
    "zorgkantoor": "het zorgkantoor",
    "zorgverlener": "de zorgverlener",
    "zorgverzekeraar": "de zorgverzekeraar",
}

PER: Final[dict[str, str]] = {"maand": "per maand", "jaar": "per jaar", "keer": "(één keer)"}

_CONTROL: Final = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def plain(text: str) -> str:
    """One line, with no character that would change how the rest of the page reads."""
    if text.isprintable() and "  " not in text and text[:1] != " " != text[-1:]:
        return text
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_CONTROL.sub("", line).split())


def quote(text: str) -> str:
    """Somebody's own words between «»; guillemets inside are turned, so that a quotation ends only where it ends."""
    words = plain(text)
    if "«" in words or "»" in words:
        words = words.replace("«", "‹").replace("»", "›")
    return f"«{words}»"


def quoted(text: str) -> str:
    """`quote` as a sentence: a stop behind it, unless the words themselves end with one."""
    words = quote(text)
    return words if words[-2] in ".!?…" else words + "."


def fill(value: str | None, what: str) -> str:
    """The value, or a marked place for a person to fill in."""
    clean = plain(value) if value else ""
    return clean or f"[vul in: {what}]"


def sentence(text: str) -> str:
    """A capital in front and a stop behind; an empty text stays empty."""
    text = plain(text)
    if not text:
        return ""
    text = upper(text)
    return text if text.endswith((".", "!", "?", "…", ":")) else text + "."


@lru_cache(maxsize=8192)
def told(text: str) -> str:
    """A text of the ruleset for the letter: one line, references and abbreviations written out. Never for personal text."""
    return write_out(plain(text))


@lru_cache(maxsize=8192)
def told_sentence(text: str) -> str:
    """`told` as a sentence."""
    return sentence(told(text))


@lru_cache(maxsize=8192)
def named(text: str) -> str:
    """`plain` for a text of the ruleset, for the note. Never for personal text: what comes in here stays in memory."""
    return plain(text)


@lru_cache(maxsize=8192)
def stated(text: str) -> str:
    """`sentence` for a text of the ruleset."""
    return sentence(text)


@lru_cache(maxsize=8192)
def cited(text: str) -> str:
    """`quote` for a text of the ruleset."""
    return quote(text)


@lru_cache(maxsize=8192)
def told_name(text: str) -> str:
    """`told` with a capital in front: a label, a title or a question at the start of a line."""
    return upper(told(text))


def upper(text: str) -> str:
    """The first letter a capital."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The first letter small, unless the first word is a name or an abbreviation («Wmo», «UWV», «U-pas»)."""
    word = text.split(" ", 1)[0]
    if word[:3] in _KEPT or (len(word) > 1 and not word[1:].islower()):
        return text
    return text[:1].lower() + text[1:]


_KEPT: Final = frozenset({"Wmo", "Wgs", "Pw", "Bbz"})


def numbered(numbers: Sequence[int]) -> str:
    """«1», «1 en 3», «1, 2 en 3»."""
    return joined([str(number) for number in numbers])


def joined(parts: Sequence[str]) -> str:
    """A Dutch enumeration: «a», «a en b», «a, b en c»."""
    return " en ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def once(parts: Iterable[str]) -> tuple[str, ...]:
    """The parts that say something, each once, in order."""
    return tuple(dict.fromkeys(part for part in parts if part))


def money(amount: Amount) -> str:
    """«€ 200,00 per jaar», «€ 380,00 (één keer)»."""
    per = PER.get(amount.per, plain(amount.per))
    return f"{format_money(amount.centen)} {per}".rstrip()


def on_day(day: Day) -> str:
    """«op 2 maart 2026»; of an incomplete date «in maart 2026»."""
    return ("in " if isinstance(day, Between) else "op ") + format_day(day)


def day_or_place(day: date | None, what: str) -> str:
    """A date in words, or a marked place."""
    return format_day(day) if day is not None else f"[vul in: {what}]"


@lru_cache(maxsize=1024)
def decider(who: str) -> str:
    """Who decides, for the letter."""
    who = plain(who)
    return DECIDERS.get(who) or re.sub(r"\b(?:het )?college\b", "de gemeente", who)


@lru_cache(maxsize=1024)
def body(organ: str) -> str:
    """The deciding body with its article."""
    organ = plain(organ)
    return BODIES.get(organ, organ)


def circumstance(kind: str | None) -> str:
    """The name of a kind of circumstance."""
    return CIRCUMSTANCES.get(kind or "overig") or plain(kind or "").replace("_", " ")


def source(origin: str | None) -> str | None:
    """Where a fact comes from, in words; None when that isn't said."""
    return SOURCES.get(origin) or f"van {plain(origin)}" if origin else None
