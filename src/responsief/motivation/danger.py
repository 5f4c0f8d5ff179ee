"""Words of a client that may tell of danger, violence or what nobody else may read. They decide nothing: only who reads what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.situation import Situation


class _Telling:
    """A pattern, and letters without which it isn't there: looking for those is thirty times as fast."""

    def __init__(self, needles: tuple[str, ...], pattern: str) -> None:
        self.needles = needles
        self.pattern = re.compile(pattern)

    def search(self, words: str) -> bool:
        """Does it stand in these words, in capitals or not?"""
        low = words.lower()
        return any(needle in low for needle in self.needles) and self.pattern.search(low) is not None


# Who may be meant by «bang voor mijn …»; a house or an illness is something else.
_SOMEBODY: Final = r"(?:man|vrouw|ex|vriend|vriendin|partner|vader|moeder|broer|zus|zoon|dochter|schoonfamilie|familie)"
# Words that make a letter discreet must be about somebody: an eviction that threatens, or a wonderful neighbour, is not.
VIOLENCE: Final = _Telling(
    (
        "sla", "sloe", "schop", "bijt", "stomp", "mishandel", "dreig", "verkracht", "aangerand", "misbruik", "geweld", "bang", "durf",
        "stalk", "wurg", "uitgehuwelijk", "gedwongen", "vermoord",
    ),
    r"(?:sla(?:at|an)|sloe?g(?:en)?|schop(?:t|te|ten)?|bijt|stompt?) (?:mij|me|ons|de kinderen|mijn)|geslagen|geschopt|mishandel|bedreig"
    rf"|(?:hij|zij|ze|{_SOMEBODY}) (?:heeft |had )?(?:ge)?dreig|dreig(?:t|de|den|en) (?:mij|me|ons|hij|zij|ze)\b|dreigement|vermoord|verkracht|aangerand|misbruik|geweld(?!ig)|doodsbang"
    rf"|bang (?:voor (?:hem|haar|mijn {_SOMEBODY}|m'n {_SOMEBODY})|dat (?:hij|zij|ze) (?:mij|me|ons|terug))"
    r"|durf (?:ik )?niet (?:meer )?(?:thuis|naar huis)|stalk|wurg(?:t|en|de)|gewurgd|uitgehuwelijk"
    r"|gedwongen (?:te trouwen|huwelijk|seks|prostitutie|abortus)",
)  # fmt: skip
# One too many of these costs somebody a minute of reading; one too few can cost a life.
DISTRESS: Final = _Telling(
    (
        "zelfmoord", "zelfdoding", "cid", "eind", "niet meer", "dood", "levensmoe", "uitweg", "zelf", "snij", "trein", "overdosis", "pillen",
        "wanhop", "radeloos", "paniek", "honger", "te eten", "geen eten", "op straat",
    ),
    r"zelfmoord|zelfdoding|su[iï]cid|einde? (?:maken )?aan (?:mijn|m'n|het) leven|er een einde? aan|niet meer (?:leven|verder|zijn\b|zitten)"
    r"|niet meer aan\b|liever dood|dood (?:was|wil|wilde|wou|gaan|zijn)|(?:wil|wilde|wou) (?:\w+ ){0,2}dood|levensmoe"
    r"|hoeft? (?:voor mij )?niet meer|kan (?:ik )?(?:het )?niet meer|geen uitweg|(?:mij|me)zelf (?:iets|wat) aan|zelfbeschadig|snij(?:d|dt|den) (?:mij|me)"
    r"|voor de trein|overdosis|pillen (?:geslikt|innemen)|wanhop|radeloos|paniek|honger|niets? te eten|geen eten|op straat",
)  # fmt: skip
SHAME: Final = _Telling(
    (
        "versla", "afkick", "kliniek", "opvang", "blijf", "alcohol", "drank", "drugs", "coca", "gok", "gevangenis", "detentie", "prostitu",
        "sekswerk", "hiv", "abortus",
    ),
    r"verslav|verslaafd|afkick|kliniek|(?<!kinder)(?<!school)(?<!schoolse )opvang\b|blijf[ -]van[ -]mijn[ -]lijf|alcohol|\bdrank\b|drugs"
    r"|coca[iï]ne|gok(?:ken|schuld|verslav)|gevangenis|detentie|prostitu|sekswerk|\bhiv\b|abortus",
)  # fmt: skip


def own_words(situation: Situation) -> tuple[tuple[str, str], ...]:
    """Everything that somebody said in her own words, with its path; white space made plain. Gathered once per situation."""
    kept = situation.own_values
    found: tuple[tuple[str, str], ...] | None = kept.get("own_words")
    if found is None:
        found = kept["own_words"] = tuple([(path, " ".join(words.split())) for path, words in _said(situation) if words])
    return found


def _said(situation: Situation) -> Iterator[tuple[str, str | None]]:
    yield "gewenst_effect", situation.gewenst_effect
    yield "aanvraag.gevraagd.soort", situation.aanvraag.gevraagd.soort
    for n, circumstance in enumerate(situation.omstandigheden or ()):
        yield f"omstandigheden.{n}", circumstance.woorden
    for n, need in enumerate(situation.behoeften or ()):
        yield f"behoeften.{n}", need.woorden
    for n, goal in enumerate(situation.plan.doelen or ()):
        yield f"plan.doelen.{n}", goal.woorden
    for n, strength in enumerate(situation.krachten or ()):
        yield f"krachten.{n}", strength.woorden
    for n, person in enumerate(situation.netwerk or ()):
        yield f"netwerk.{n}", person.kan
    for n, had in enumerate(situation.eerder.voorzieningen or ()):
        yield f"eerder.voorzieningen.{n}", had.woorden
    for n, promise in enumerate(situation.toezeggingen or ()):
        yield f"toezeggingen.{n}", promise.wat


def telling(situation: Situation, *patterns: _Telling) -> tuple[tuple[str, str], ...]:
    """Her words in which one of these shows, each with its path. All words at once are looked at first: mostly nothing shows."""
    said = own_words(situation)
    kept = situation.own_values
    everything: str | None = kept.get("said")
    if everything is None:
        everything = kept["said"] = "\n".join([words for _, words in said]).lower()
    found = [pattern for pattern in patterns if any(needle in everything for needle in pattern.needles)]
    return tuple([one for one in said if any(pattern.search(one[1]) for pattern in found)]) if found else ()


def in_danger(situation: Situation) -> bool:
    """Do the facts or her words tell of violence, or of danger to herself or somebody else? Found out once per situation."""
    kept = situation.own_values
    found: bool | None = kept.get("in_danger")
    if found is None:
        found = kept["in_danger"] = _in_danger(situation)
    return found


def _in_danger(situation: Situation) -> bool:
    safety = situation.veiligheid
    return bool(
        safety.geweld_thuis
        or safety.kind_onveilig
        or safety.gevaar_zelf_of_ander
        or any(one.soort == "geweld_thuis" for one in situation.omstandigheden or ())
        or telling(situation, VIOLENCE)
    )


def in_confidence(situation: Situation) -> bool:
    """Do her words tell of what nobody who shares her address may read?"""
    kept = situation.own_values
    found: bool | None = kept.get("in_confidence")
    if found is None:
        found = kept["in_confidence"] = bool(telling(situation, DISTRESS, SHAME))
    return found
