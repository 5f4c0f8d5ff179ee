"""Can somebody who reads at B1 level follow this? Sentence length, hard words, vague dates, two noes, abbreviations, passive voice.

A remark is advice with a suggestion; nothing is rewritten. What stands between «» is somebody's own words and is left alone.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal

from responsief.frozen import dataclass

LONGEST: Final = 20  # words: more is refused in a letter
LONG: Final = 15  # words: more is a remark
LABEL: Final = 5  # words: «Waarom die regel er is:» at the start of a line is a label, and no part of the sentence

Kind = Literal["lang", "te_lang", "moeilijk", "vaag", "afkorting", "lijdend", "dubbel"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that makes a text harder to read: the sentence, the words in it, and what would be easier."""

    soort: Kind
    zin: str
    tekst: str
    hulp: str


# Own list: a hard word, as a pattern, and an easier one.
HARD_WORDS: Final[dict[str, str]] = {
    r"aangezien": "omdat",
    r"aanwenden|aangewend": "gebruiken",
    r"alsmede": "en",
    r"ambtshalve": "uit onszelf",
    r"belanghebbenden?": "u",
    r"bescheiden": "papieren",
    r"beschikking(?:en)?": "besluit",
    r"conform": "volgens",
    r"derhalve": "daarom",
    r"desalniettemin|desondanks": "toch",
    r"dien(?:t|en) te|dien(?:t|en) (?:\w+ ){1,3}te": "moeten",
    r"doch": "maar",
    r"draagkracht": "wat u zelf kunt betalen",
    r"eigen kracht": "wat u zelf kunt",
    r"evenals": "net als",
    r"gedurende": "in",
    r"indien": "als",
    r"ingevolge": "volgens",
    r"inlichten|ingelicht": "laten weten",
    r"inzake": "over",
    r"kostendelers?": "iemand die de woonkosten met u deelt",
    r"maatwerkvoorziening(?:en)?": "hulp op maat",
    r"middels": "met",
    r"mits": "als",
    r"nader(?:e)?": "verder",
    r"nihil": "0 euro",
    r"omtrent": "over",
    r"op basis van": "volgens",
    r"op grond van": "volgens",
    r"peildatum": "de datum waarop wij kijken",
    r"rechtsmiddel(?:en)?": "wat u kunt doen als u het niet eens bent",
    r"referteperiode": "de periode waarover wij kijken",
    r"sanctie(?:s)?": "straf",
    r"te allen tijde": "altijd",
    r"ten behoeve van": "voor",
    r"teneinde": "om",
    r"terzake|ter zake": "hierover",
    r"tevens": "ook",
    r"uitgezonderd": "behalve",
    r"verhalen": "terugvragen",
    r"vermogen": "geld en spullen van waarde",
    r"verrekenen|verrekend|verrekening": "aftrekken van",
    r"verschuldigd(?:e)?": "u moet betalen",
    r"verstrek(?:t|ken)|verstrekte": "geven",
    r"vigerende?": "nu geldend",
    r"voornemens": "van plan",
    r"voorliggende voorziening(?:en)?": "een andere regeling die u eerst gebruikt",
    r"voorts": "ook",
    r"wederom": "opnieuw",
    r"zienswijze": "uw mening",
    r"zulks": "dit",
}  # fmt: skip

_QUOTED: Final = re.compile(r"«[^«»]*»")
_MARKED: Final = re.compile(r"\[[^\[\]]*\]")
_BULLET: Final = re.compile(r"^\s*(?:[-*•–]|\d{1,3}[.)]|[a-z][.)])\s+")
_LABEL: Final = re.compile(r"^[^.!?:;«»]{1,40}:(?=\s)")
_RULE: Final = re.compile(r"^[\s\-=_–]*$")
# Behind these a stop ends no sentence.
_SHORT: Final = re.compile(
    r"(?:^|[\s(])(?:(?-i:[A-Z])|art|bijv|bv|ca|dhr|dr|drs|e\.?v|excl|fam|ing|incl|inv|ir|jo|max|mevr|min|mr|nr|o\.?a|p|par|prof|pt|red|st|stb|stcrt|tel|vgl|mw|zgn"
    r"|(?:[a-z]\.)+[a-z])\.$",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?…]+(?=[\"'”’)\]]?\s+[\"'“‘(\[]?[A-Z0-9«ÀÁÂÄÇÈÉÊËÌÍÎÏÒÓÔÖÙÚÛÜ€])")
_ABBREVIATION: Final = re.compile(
    r"(?<![\w.])(?:(?:[a-z]\.){2,}(?:[a-z]\b)?|(?:art|bijv|bv|excl|incl|jo|max|min|mnd|nr|resp|vgl)\.|t/m|p/m|Pw|Awb|Wgs|Awir|UR)(?!\w)"
)


@cache
def _hard() -> re.Pattern[str]:
    """All hard words; compiled when a text may hold one."""
    return re.compile("|".join(rf"(?P<w{n}>\b(?:{hard})\b)" for n, hard in enumerate(HARD_WORDS)), re.IGNORECASE)


_EASIER: Final = tuple(HARD_WORDS.values())
# How hard words start («op» and «te» are no sign of any: those are looked for as a phrase), and what is short for something.
_LEADS: Final = frozenset(
    lead[:7] for hard in HARD_WORDS for lead in re.findall(r"(?:^|\|)([a-z]{4,})(?! )", re.sub(r"\(\?:[^()]*\)", "", hard))
)
_PHRASES: Final = (
    "dient ",
    "dienen ",
    "op basis",
    "op grond",
    "te allen",
    "ten behoeve",
    "ter zake",
    "eigen kracht",
    "voorliggende voorz",
)
_SHORT_FOR: Final = frozenset(
    {"art", "bijv", "bv", "excl", "incl", "jo", "max", "min", "mnd", "nr", "resp", "vgl", "pw", "awb", "wgs", "awir", "ur"}
)
_WORDS: Final = re.compile(r"\w+")
_INNER_SIGN: Final = re.compile(r"[a-z][./][a-z]", re.IGNORECASE)
# A reader wants a day or a number of days. «Binnenkort een kind», said of somebody's life, is no promise of ours.
_VAGUE: Final = re.compile(
    r"\b(?:zo (?:spoedig|snel) mogelijk|te zijner tijd|binnen (?:afzienbare|redelijke) (?:tijd|termijn)|binnen enkele (?:dagen|weken)"
    r"|over enige tijd|spoedig|(?:hoort|krijgt|bellen|sturen|laten|ontvangt)\b[^.,;:]{0,40}\b(?:binnenkort|op (?:korte|afzienbare) termijn)|binnenkort (?:hoort|krijgt|bellen|sturen|laten|ontvangt))\b",
    re.IGNORECASE,
)
# Two noes in one part of a sentence. «als», «dat» or a comma starts another part; there a second no is plain.
_PART_ENDS: Final = r"als|omdat|dat|die|en|of|maar|want|waar|wie|wat|om|ook|tenzij|dan|voor|zolang|terwijl|tot"
_DOUBLE: Final = re.compile(
    rf"\b(?:niet|geen|nooit|niemand|niets)\b(?:(?!\b(?:{_PART_ENDS})\b)[^.,;:?!()])*?\b(?:niet|geen|nooit|niemand|niets|onmogelijk|onnodig|onbekend|onterecht|onjuist|onredelijk|onvoldoende|onwaarschijnlijk|ontkennen|uitgesloten|verboden)\b"
    r"|\btenzij\b[^.,;:?!()]*\b(?:niet|geen|nooit)\b",
    re.IGNORECASE,
)
_PARTICIPLE: Final = r"(?:(?:\w{2,6})?ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|er)\w{3,}(?:d|t|en))"
_NO_PARTICIPLE: Final = r"(?!(?:geen|gemeente|geld|gezin|geluk|gebeuren|gevolg|gesprek|gewoon|genoeg|beter|beleid|bedrag|besluit|bent|veel|verder|ergens|onder|eren)\b)"
_PASSIVE: Final = re.compile(
    rf"\b(?:word(?:t|en)|werd(?:en)?)\b[^.,;:]*?\b{_NO_PARTICIPLE}{_PARTICIPLE}\b"
    rf"|\b{_NO_PARTICIPLE}{_PARTICIPLE}\s+(?:word(?:t|en)|werd(?:en)?)\b"
    rf"|\b(?:is|zijn|was|waren)\b[^.,;:]*?\bdoor\b[^.,;:]*?\b{_NO_PARTICIPLE}{_PARTICIPLE}\b",
    re.IGNORECASE,
)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a plain text. A line's end ends a sentence; an amount, a date, «art. 3» or an initial doesn't.

    A quotation counts as one word; when its own words end a sentence, so does the quotation.
    """
    found: list[str] = []
    for line in text.splitlines():
        if _RULE.match(line):
            continue
        bare = _BULLET.sub("", _QUOTED.sub(_kept_stop, line)).strip()
        found.extend(_split(bare))
    return tuple(found)


def _kept_stop(found: re.Match[str]) -> str:
    inner = found[0][1:-1].rstrip()
    return "«»" + (inner[-1] if inner[-1:] in tuple(".!?…") else "")


def _split(line: str) -> list[str]:
    parts, start = [], 0
    label = _LABEL.match(line)
    if label and len(label[0].split()) <= LABEL:
        parts.append(label[0])
        line = line[label.end() :].lstrip()
    for end in _END.finditer(line):
        upto = line[start : end.end()]
        if _SHORT.search(upto) and line[end.start()] == ".":
            continue
        parts.append(upto.strip())
        start = end.end()
    parts.append(line[start:].strip())
    return [part for part in parts if part]


def word_count(sentence: str) -> int:
    """The words of a sentence; a quotation, a marked place and an amount («€ 1.401,50») are one word each."""
    sentence = _MARKED.sub("plaats", _QUOTED.sub("citaat", sentence).replace("«»", "citaat"))
    return sum(1 for word in sentence.split() if any(char.isalnum() for char in word))


def check(text: str) -> tuple[Remark, ...]:
    """Every remark on a text, in reading order."""
    return tuple(remark for sentence in sentences(text) for remark in check_sentence(sentence))


def hard_to_read(text: str) -> tuple[Remark, ...]:
    """Of the remarks on a text only what is plainly too much: a sentence that is too long, hard words, abbreviations.

    For whoever reads thousands of texts: a look at the words first takes a fiftieth of the time.
    """
    small = text.lower()
    words = _WORDS.findall(small)
    suspect = (
        not _LEADS.isdisjoint([word[:7] for word in words])
        or not _LEADS.isdisjoint([word[:5] for word in words])
        or not _SHORT_FOR.isdisjoint(words)
        or any(phrase in small for phrase in _PHRASES)
        or (("." in text[:-1] or "/" in text) and _INNER_SIGN.search(text) is not None)
    )
    if not suspect and len(words) <= LONGEST:
        return ()
    found = (
        remark for one in sentences(text) for remark in (*_length(one), *(_hard_words(_bare(one), one) if suspect else ()))
    )
    return tuple(remark for remark in found if remark.soort != "lang")


def _bare(sentence: str) -> str:
    """A sentence without quotations and marked places."""
    return _MARKED.sub(" ", _QUOTED.sub(" ", sentence))


def _length(sentence: str) -> list[Remark]:
    count = word_count(sentence)
    if count > LONGEST:
        return [Remark("te_lang", sentence, f"{count} woorden", f"maak er twee zinnen van; hoogstens {LONGEST} woorden")]
    return [Remark("lang", sentence, f"{count} woorden", f"liever niet meer dan {LONG} woorden")] if count > LONG else []


def _hard_words(bare: str, sentence: str) -> list[Remark]:
    remarks: list[Remark] = []
    for hard in _hard().finditer(bare):
        remarks.append(Remark("moeilijk", sentence, hard[0], f"schrijf «{_EASIER[int((hard.lastgroup or 'w0')[1:])]}»"))
    for short in _ABBREVIATION.finditer(bare):
        remarks.append(Remark("afkorting", sentence, short[0], "schrijf het helemaal uit"))
    return remarks


def check_sentence(sentence: str) -> list[Remark]:
    """The remarks on one sentence."""
    bare = _bare(sentence)
    remarks = [*_length(sentence), *_hard_words(bare, sentence)]
    for vague in _VAGUE.finditer(bare):
        remarks.append(Remark("vaag", sentence, vague[0], "noem een datum, of hoeveel dagen"))
    double = _DOUBLE.search(bare)
    if double:
        remarks.append(Remark("dubbel", sentence, double[0], "zeg het zonder dubbele ontkenning"))
    passive = _PASSIVE.search(bare)
    if passive:
        remarks.append(Remark("lijdend", sentence, passive[0], "zeg wie het doet"))
    return remarks
