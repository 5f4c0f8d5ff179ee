"""A Dutch clause from a label: subject, verb and the rest, so that it can be told, denied, asked and made subordinate.

A label is somebody's own words («werkt mee aan het medisch onderzoek», «er loopt bezwaar»). What has a shape that is known is
turned as Dutch turns it; everything else stays as it was written, behind words that say whether it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

from responsief.motivation.words import lower
from responsief.render.marks import bare, data, inside, link

_VERBS: Final = frozenset((
    "is", "bent", "zijn", "was", "waren", "heeft", "hebt", "hebben", "had", "hadden", "kan", "kunt", "kunnen", "kon",
    "konden", "wil", "wilt", "willen", "mag", "mogen", "moet", "moeten", "zal", "wordt", "worden", "werd", "krijgt",
    "krijgen", "kreeg", "geeft", "geven", "gaat", "houdt", "staat", "zit", "ligt", "loopt", "woont", "verblijft", "volgt",
    "vraagt", "vervoert", "brengt", "betaalt", "kost", "past", "helpt", "helpen", "werkt", "valt", "legt", "gebruikt",
    "voldoet", "voldoen", "hoort", "komt", "kwam", "adviseert", "vergoedt", "pleegde", "ontbreekt", "blijkt", "verdient",
    "mijdt", "doet", "hangt", "huurt", "slaapt", "zorgt", "studeert", "lukt", "ontvangt", "bestaat", "stopt", "begint",
    "staan", "lopen", "wonen", "zitten", "hoeft", "ontloopt", "gebeurt", "komen", "telt", "tellen", "scheelt", "duurt",
    "biedt", "neemt", "maakt", "weet", "ziet", "spreekt", "leest", "rijdt", "reist", "zoekt", "leeft", "deelt", "kent",
    "vindt", "wacht", "kiest", "klopt", "kloppen",
))  # fmt: skip
_NO_NOUN: Final = frozenset((
    "de", "het", "een", "uw", "deze", "dit", "die", "dat", "zijn", "haar", "hun", "mijn", "alle", "elke", "ieder", "iedere",
    "wat", "wie", "waar", "in", "op", "aan", "van", "voor", "met", "bij", "naar", "door", "uit", "om", "tot", "onder",
    "over", "na", "te", "tegen", "zonder", "binnen", "buiten", "langs", "vanaf", "vanuit", "volgens", "dag", "zelf", "mee",
    "af", "terug", "samen", "vast", "weg", "nog", "al", "altijd", "steeds", "ook", "wel", "even", "zo", "er", "hier", "daar",
    "genoeg", "meer", "minder", "weer", "tijdelijk", "elders", "echt", "absoluut", "voldoende", "toereikend", "mogelijk",
))  # fmt: skip
_DEFINITE: Final = ("de ", "het ", "uw ", "deze ", "dit ", "die ", "zijn ", "haar ", "hun ")
_BREAK: Final = re.compile(r" (?=(?:zelf|met|in|op|aan|voor|naar|door|bij|uit|al|nog|binnen|om) )")
_TAIL: Final = re.compile(
    r"(?<=\w) (?=(?:die|dat|waar(?:in|op|voor|van|mee|door|bij|over|uit)?|om|met wie|van wie|voor wie|zodat|omdat|dan|als) )"
)
_WHAT: Final = re.compile(r"(?P<maat>(?:niet )?(?:ten (?:hoogste|minste) )?)wat \w")
#: two things in one label: denied as a whole, as «niet A of B» reads as «niet A, of niet B»; «18 jaar of ouder» is one thing
_EITHER: Final = re.compile(r" of (?!(?:ouder|jonger|meer|minder|hoger|lager|langer|korter|later|eerder)\b)")
_CLUSTER: Final = re.compile(
    r"(?:\b(?:toe )?te \w+en\b|\bge(?!huwd|weld|zin|ld|woon|drag|brek|volg|zond|bied|noeg|val|meente|ven\b|en\b|lijk)\w{3,}(?:d|t|en)\b)"
)
_DENIES: Final = re.compile(r"\b(?:niet|geen|niemand|nooit|niets)\b")
_OWNING: Final = frozenset(
    {"heeft", "krijgt", "kreeg", "geeft", "had", "volgt", "vraagt", "pleegde", "hebben", "ontvangt", "wil", "wilt"}
)
_BEING: Final = frozenset({"is", "bent", "zijn", "was", "waren", "wordt", "werd", "worden"})
_MODAL: Final = frozenset(
    {
        "kan",
        "kunt",
        "kunnen",
        "kon",
        "wil",
        "wilt",
        "willen",
        "mag",
        "mogen",
        "moet",
        "moeten",
        "zal",
        "hoeft",
        "gaat",
        "wordt",
        "worden",
    }
)
_PARTICLES: Final = frozenset({"mee", "terug", "samen", "af", "weg", "uit", "op", "aan"})
_ADJECTIVES: Final = ("weer ", "zwanger", "chronisch ", "nog ", "al ", "ziek", "dakloos", "gehuwd")


@dataclass(frozen=True, slots=True)
class Clause:
    """«uw partner» «heeft» «geen recht op bijstand»; `staart` follows the verb in any order. `vast`: it has no subordinate form."""

    wie: str
    werkwoord: str
    rest: str = ""
    staart: str = ""
    vast: bool = False
    naar: str | None = None  # where its words lead

    def main(self) -> str:
        """«u zit niet vast»."""
        return self._linked(_put(self.wie, self.werkwoord, self.rest, self.staart))

    def question(self) -> str:
        """«zit u niet vast», without its mark: also a condition («Zit u niet vast? Dan …»)."""
        return self._linked(_put(self.werkwoord, self.wie, self.rest, self.staart))

    def sub(self) -> str | None:
        """«u niet vast zit», as it stands behind «als», «dat» and «tenzij»; None where that can't be made for sure."""
        made = self._sub()
        return self._linked(made) if made is not None else None

    def _sub(self) -> str | None:
        if self.wie == "dit" and self.werkwoord == "klopt":
            return _put("dit", self.rest, "klopt", self.staart)
        if self.vast or self.werkwoord in _MODAL:
            return None
        rest, tail = self.rest, self.staart
        if not tail:
            at = next((f.start() for f in _TAIL.finditer(rest) if not inside(rest, f.start())), len(rest))
            rest, tail = rest[:at], rest[at + 1 :]
        if (found := _WHAT.match(bare(rest))) is not None and rest.startswith(found["maat"]):
            size = len(found["maat"])  # «ten hoogste is wat u mag houden»: the verb comes before all of it
            return _put(self.wie, rest[:size].strip(), self.werkwoord, rest[size:], tail)
        first, _, more = rest.partition(" ")
        before, _, last = rest.rpartition(" ")
        if last in _PARTICLES and self.werkwoord not in _BEING:
            return _put(self.wie, before, last + self.werkwoord, tail)
        shown = bare(rest)
        if len(shown) > 80 or "," in shown:
            return None
        cluster = _CLUSTER.search(rest) if self.werkwoord in _BEING or self.werkwoord == "heeft" else None
        if cluster is not None and cluster.start() and not inside(rest, cluster.start()):
            before, after = rest[: cluster.start()].strip(), rest[cluster.start() :].strip()
            return _put(self.wie, before, self.werkwoord, after, tail)
        if first in _PARTICLES and self.werkwoord not in ("ligt", "liggen", "valt"):
            return _put(self.wie, first + self.werkwoord, more, tail)
        return _put(self.wie, rest, self.werkwoord, tail)

    def denied(self) -> Clause:
        """The clause that holds when this one does not."""
        rest = _denied(self.wie, self.werkwoord, self.rest) if not self.staart.startswith(":") and not self.vast else None
        if rest is not None:
            return replace(self, rest=rest)
        if self.wie == "dit" and self.rest == "niet":
            return label_clause(self.staart.removeprefix(": "), self.naar)
        return Clause("dit", "klopt", "niet", ": " + bare(self.main()), vast=True, naar=self.naar)

    def _linked(self, words: str) -> str:
        return link(words, self.naar) if self.naar and words else words


def _put(*parts: str) -> str:
    return " ".join(part for part in parts if part).replace(" :", ":")


def _denied(who: str, verb: str, rest: str) -> str | None:
    first, _, more = rest.partition(" ")
    if _EITHER.search(f"{who} {_TAIL.split(rest, maxsplit=1)[0]}"):
        return None
    if first == "niet" and not _DENIES.search(more):
        return more
    if first == "geen" and not _DENIES.search(more):
        return f"een {more}" if verb == "is" and " of " not in more else more
    if rest == "sprake":
        return "geen sprake"
    core = _TAIL.split(rest, maxsplit=1)[0]
    if _DENIES.search(rest) or "," in core or " en " in core or (" en " in who and who.startswith(_DEFINITE)):
        return None
    if " genoeg " in f" {rest}" and not rest.startswith("genoeg"):
        return rest.replace(" genoeg ", " niet genoeg ", 1) if " genoeg " in rest else f"niet {rest}"
    if first == "een" or (rest.startswith("nog een ")):
        return "geen " + (more if first == "een" else rest.removeprefix("nog een ")).replace(" of een ", " of ")
    if first == "al":
        return f"niet {more}"
    if first in ("zich", "hier"):
        return f"{first} niet {more}"
    if rest.startswith("in redelijkheid "):
        return "in redelijkheid niet " + rest.removeprefix("in redelijkheid ")
    if (who == "er" or verb in _OWNING) and first not in _NO_NOUN and first:
        return f"geen {rest}"
    if verb in _BEING:
        return f"geen {rest}" if verb in ("is", "bent") and " " not in rest and gender(rest) is not None else f"niet {rest}"
    if rest.endswith(" al"):
        return rest.removesuffix(" al") + " niet"
    if rest.startswith(_DEFINITE):
        found = _BREAK.search(rest)
        return f"{rest[: found.start()]} niet {rest[found.end() :]}" if found else f"{rest} niet"
    return f"niet {rest}".strip()


@lru_cache(maxsize=4096)
def label_clause(label: str, naar: str | None = None) -> Clause:
    """The clause that a label of something that is so or not stands for; «u» is who it is about when nobody is named."""
    label = data(label)
    label = label if label[:2].isupper() else lower(label)
    words = label.split(" ")
    if words[0] == "dat" and (found := re.fullmatch(r"dat (.+?), is (.+)", label)):
        return Clause("het", "is", found[2], f"dat {found[1]}", naar=naar)
    if words[0] in _VERBS and len(words) > 1:
        verb = {"is": "bent", "zijn": "bent", "kan": "kunt", "wil": "wilt"}.get(words[0], words[0])
        return Clause("u", verb, " ".join(words[1:]), vast=_compound(words[1:]), naar=naar)
    at = 1 if words[0] in ("u", "er") and len(words) > 2 else next((n for n, w in enumerate(words) if w in _VERBS), 0)
    before = words[:at]
    relative = any(
        w in ("die", "dat", "waar", "waarvoor", "waarvan") and before[n] not in ("voor", "van", "met", "bij", "op", "in", "om")
        for n, w in enumerate(before[1:])
    )
    if at and at < len(words) - 1 and (not relative or words[at] in _BEING):
        rest = words[at + 1 :]
        return Clause(" ".join(before), words[at], " ".join(rest), vast=_compound(rest), naar=naar)
    if at and at == len(words) - 1 and not relative:
        return Clause(" ".join(before), words[at], naar=naar)
    if label.startswith(_ADJECTIVES):
        return Clause("u", "bent", label, naar=naar)
    return Clause("er", "is", "sprake", f"van {label}" if "," not in label else f"van «{label}»", naar=naar)


def _compound(rest: list[str]) -> bool:
    """Does a second verb follow, as in «zit in een traject en houdt u aan de afspraken»?"""
    core = _TAIL.split(" ".join(rest), maxsplit=1)[0].split(" ")
    second = any((a == "en" and b not in _NO_NOUN) or (a == "of" and b in _VERBS) for a, b in pairwise(core))
    return second or "," in " ".join(rest)


# --- nouns -------------------------------------------------------------------------------------------------------------

_HET: Final = (
    "inkomen", "vermogen", "bedrag", "aantal", "geld", "percentage", "deel", "loon", "vakantiegeld", "bezit", "saldo", "tegoed",
    "budget", "verlof", "advies", "jaar", "kind", "huis", "contract", "minimum", "maximum", "verschil", "restant", "totaal",
    "uurloon", "maandloon", "recht", "verblijf", "kwartaal", "nummer", "werk", "punt", "gewicht", "krediet", "verlies",
)  # fmt: skip
_PLURAL: Final = (
    "kosten", "uitgaven", "lasten", "inkomsten", "schulden", "bezittingen", "dagen", "maanden", "weken", "jaren", "kilometers",
    "uren", "giften", "schooldagen", "kinderen", "medebewoners", "middelen", "meters", "euro's", "personen", "punten",
)  # fmt: skip
_DE: Final = (
    "norm", "grens", "datum", "dag", "leeftijd", "huur", "premie", "waarde", "afstand", "bijdrage", "toeslag", "verhoging",
    "ophoging", "buffer", "marge", "periode", "soort", "vergoeding", "uitkering", "bijstand", "termijn", "duur", "lijst", "kaart",
    "som", "hoogte", "prijs", "capaciteit", "schuld", "bijverdienste", "aftrek", "korting", "status", "vorm", "situatie",
    "woonsituatie", "drempel", "tijd", "maatregel", "inkomenstoeslag", "uitsluiting", "stand", "belasting", "alimentatie", "reden",
    "ruimte", "draagkracht", "opleiding", "school", "hulp", "aanvraag", "melding", "indicatie", "betaling", "budgetruimte",
)  # fmt: skip
_ARTICLED: Final = (
    "de ",
    "het ",
    "een ",
    "uw ",
    "wat ",
    "alle ",
    "deze ",
    "dit ",
    "zijn ",
    "haar ",
    "elke ",
    "ieder ",
    "iedere ",
)
_BENT: Final = {"gemiddeld": "gemiddelde", "vrij": "vrije", "totaal": "totale", "hoogst": "hoogste"}
_RELATIVE: Final = re.compile(r",| (?:die|dat|waar\w{0,4}|met wie|van wie|wat) |^wat ")


def gender(word: str) -> str | None:
    """«het», «de», or «de+» of a plural; None of a word that is not known."""
    word = word.rstrip(",:;").lower()
    for ending in _PLURAL:
        if word.endswith(ending):
            return "de+"
    for article, nouns in (("het", _HET), ("de", _DE)):
        if any(word.endswith(noun) for noun in nouns):
            return article
    return None


@dataclass(frozen=True, slots=True)
class Noun:
    """«het gemiddelde inkomen per maand»; `meer` of a plural."""

    tekst: str
    meer: bool = False

    @property
    def subject(self) -> str:
        """As it stands in front of a verb: a comma closes what was said in between."""
        return self.tekst + ("," if _RELATIVE.search(bare(self.tekst)) else "")

    @property
    def verb(self) -> str:
        return "zijn" if self.meer else "is"


@lru_cache(maxsize=4096)
def noun(label: str) -> Noun:
    """A label as a noun with its article, where that is known."""
    text = data(label)
    if not (len(text) > 1 and text[:2].isupper()):
        text = lower(text)
    words = text.split(" ")
    text = text.split(":")[0]
    if text.endswith(" op") and len(words) > 2:
        return Noun(f"de dag bij «{text}»")
    if text.startswith(("u ", "er ", "uw partner telt ", "uw partner heeft ", "uw partner is ")):
        return Noun(f"het antwoord op «{text}»")
    if words[0] in _BENT:
        text = f"{_BENT[words[0]]} {' '.join(words[1:])}"
    if text.startswith(_ARTICLED):
        heads = words[1:3]
        return Noun(text, words[0] in ("de", "uw", "alle", "deze") and any(gender(w) == "de+" for w in heads[:1]))
    for word in words[:3]:
        article = gender(word)
        if article is not None:
            return Noun(f"{article.rstrip('+')} {text}", article == "de+")
        if word in _NO_NOUN:
            break
    return Noun(text)


def is_question(label: str) -> bool:
    """Is a label a question in itself («van wie de aanslag is»)?"""
    return re.match(r"(?:van|voor|bij|met|op|aan) (?:wie|welke?)\b|(?:wie|waar\w*|welke?|hoe\w*|wanneer)\b", label) is not None
