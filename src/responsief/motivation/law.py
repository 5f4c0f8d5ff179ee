"""References to law, written out: «Pw 36 lid 1» becomes «artikel 36 lid 1 van de Participatiewet».

The letter has no abbreviations; the note uses the same full names. What isn't known stays as it was written.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from responsief.laws import LAWS

_LAW: Final = "|".join(re.escape(name) for name in sorted(LAWS, key=len, reverse=True))
_NUMBER: Final = r"\d+[a-z]{0,3}(?:[:.]\d+[a-z]{0,3})*"
_PART: Final = rf"{_NUMBER}(?:,? lid \d+[a-z]?)?(?:,? (?:aanhef en )?(?:onder|onderdeel) [a-z0-9]{{1,3}}\b°?)?"
_JOIN: Final = r"(?:, | en | of | jo\.? | tot en met |-|–)"
_PARTS: Final = rf"{_PART}(?:{_JOIN}(?:artikel |art\. )?(?:lid \d+[a-z]?|{_PART}))*"
_ARTICLE: Final = r"(?:art\. ?|arts?\. ?|artikel(?:en)? )"
_REFERENCE: Final = re.compile(
    rf"\b(?=[A-Z])(?:({_LAW})|([A-Z][\w-]{{0,40}}(?:wet|besluit)|(?:Wet|Besluit|Regeling) [a-z][^;,0-9]{{0,80}}?)) (?:{_ARTICLE})?({_PARTS})(?!\w|:\d)"
)
_OWN: Final = re.compile(rf"(?:{_ARTICLE})?({_PARTS})(?: ([a-z]))?")
_BARE: Final = (
    "Awb",
    "Awir",
    "AWR",
    "BABW",
    "Fw",
    "IVRK",
    "Pw",
    "Rv",
    "UR",
    "Wgs",
    "Wht",
    "Wkb",
    "Wmo",
    "WPO",
    "WVO",
    "Wzt",
    "Zvw",
)
_SHORT_LAW: Final = re.compile(r"\b(?=[A-Z])(" + "|".join(_BARE) + r")(?![\w-])")
_SHORT_ARTICLE: Final = re.compile(r"\b[aA]rts?\. ?(?=\d)")
_BARE_LETTER: Final = re.compile(r"(lid \d+) ([a-z])\b(?! [a-z])")
_NEUTER: Final = re.compile(
    r"(?:\w+ )?\w*(?:besluit|wetboek|reglement|verdrag|statuut|protocol|handvest|beleid|kader|plan)\b", re.I
)

_ABBREVIATIONS: Final[dict[str, str]] = {
    "a.d.h.v.": "met", "bijv.": "bijvoorbeeld", "bv.": "bijvoorbeeld", "ca.": "ongeveer", "d.m.v.": "door",
    "d.w.z.": "dat wil zeggen", "e.d.": "en dergelijke", "e.v.": "en verder", "enz.": "enzovoort", "evt.": "misschien",
    "i.p.v.": "in plaats van", "i.v.m.": "vanwege", "incl.": "met", "excl.": "zonder", "m.b.t.": "over", "m.i.v.": "vanaf",
    "m.u.v.": "behalve", "max.": "hoogstens", "min.": "minstens", "n.a.v.": "na", "nr.": "nummer", "o.a.": "onder andere",
    "o.b.v.": "volgens", "o.g.v.": "volgens", "p.m.": "per maand", "p.p.": "per persoon", "t.a.v.": "voor", "t.b.v.": "voor",
    "t.o.v.": "vergeleken met", "t/m": "tot en met", "vgl.": "vergelijk", "z.s.m.": "snel", "jo.": "samen met",
    "mnd.": "maanden",
}  # fmt: skip
_ABBREVIATED: Final = re.compile(
    r"(?<![\w.])(?=[a-z][a-z.]{0,8}[./])("
    + "|".join(re.escape(a) for a in sorted(_ABBREVIATIONS, key=len, reverse=True))
    + r")(?!\w)"
)
_KEPT: Final = re.compile(r"(.+) \(overgangsrecht: (.+)\)")
_ENDINGS: Final = tuple(_ABBREVIATIONS)
_DIGIT: Final = re.compile(r"\d")


def the(name: str) -> str:
    """A regulation's name with its article: «de Participatiewet», «het Besluit …»."""
    return ("het " if _NEUTER.match(name) else "de ") + name


def _articles(parts: str) -> str:
    plural = re.search(r"(?: en | of |, |-|–| tot en met )(?!lid )(?:artikel )?\d", parts) is not None
    parts = re.sub(r"(?<=\d)[-–](?=\d)|(?<=[a-z])[-–](?=\d)", " tot en met ", re.sub(r" jo\.? ", " samen met artikel ", parts))
    return ("artikelen " if plural else "artikel ") + _SHORT_ARTICLE.sub("artikel ", parts)


def _referred(found: re.Match[str]) -> str:
    law = LAWS[found[1]].naam if found[1] else found[2]
    return f"{_articles(found[3])} van {the(law)}"


@lru_cache(maxsize=4096)
def cite(reference: str, own: str) -> str:
    """A `grondslag` in words; an article without a law belongs to the regulation called `own`."""
    kept = _KEPT.fullmatch(reference)
    if kept:  # an old rule, and what keeps it
        return f"{cite(kept[1], own)} (overgangsrecht: {cite(kept[2], own)})"
    pieces = [_cite_one(piece.strip(), own) for piece in reference.split(";")]
    return "; ".join(piece for piece in pieces if piece)


def _cite_one(piece: str, own: str) -> str:
    piece = _BARE_LETTER.sub(r"\1 onder \2", piece)
    found = _OWN.fullmatch(piece)
    if found:
        return f"{_articles(found[1])}{f' onder {found[2]}' if found[2] else ''} van {the(own)}"
    if piece in LAWS:
        return the(LAWS[piece].naam)
    return write_out(piece)


def write_out(text: str) -> str:
    """A text with its references and abbreviations written out."""
    if _DIGIT.search(text):
        text = _SHORT_ARTICLE.sub("artikel ", _REFERENCE.sub(_referred, text))
    if not text[1:].islower():
        text = _SHORT_LAW.sub(lambda found: LAWS[found[1]].naam, text)
    if "." in text[:-1] or "/" in text or text.endswith(_ENDINGS):
        text = _ABBREVIATED.sub(lambda found: _ABBREVIATIONS[found[1]], text)
    return text


@lru_cache(maxsize=1024)
def rests_on_statute(reference: str) -> bool:
    """Does this `grondslag` name a statute («wet in formele zin»)? When in doubt: no."""
    first = reference.split(";")[0].strip()
    found = re.match(rf"({_LAW})\b", first)
    if found:
        return LAWS[found[1]].wet
    return re.match(r"(?:Wet [a-z]|[A-Z][a-z]+wet\b)", first) is not None
