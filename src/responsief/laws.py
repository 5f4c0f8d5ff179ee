"""The laws: their short names, their full names, where they stand, and a link to the very article.

A link has the form that wetten.overheid.nl gives out itself, Juriconnect BWB 1.3 («jci1.3:c:», the regulation, then
`artikel`, `lid` and `o` (onderdeel), then `z`, the day from which one looks, and `g`, the day on which it holds). Read in
the Juriconnect standard BWB 1.3.1 (1-10-2014) and in the references within the BWB's own texts. An article number that
occurs once in a regulation needs no chapter in front of it. Local law has no article in its address: its link is to the
version that the ruleset was made from.

What can't be linked for sure stays plain text. A regulation whose number nobody saw in a source has none here (`id` is
None), and treaties have none either: their articles have another address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote


class Law(NamedTuple):
    """A regulation: its official name, whether it is a «wet in formele zin», and its BWB number where that was seen."""

    naam: str
    wet: bool
    id: str | None


class Link(NamedTuple):
    """Some words of a `grondslag`, and the address of what they name."""

    tekst: str
    link: str


_BY_SHORT_NAME: Final[dict[str, Law]] = {
    "AKW": Law("Algemene Kinderbijslagwet", True, "BWBR0002368"),
    "Anw": Law("Algemene nabestaandenwet", True, "BWBR0007795"),
    "AOW": Law("Algemene Ouderdomswet", True, "BWBR0002221"),
    "AVG": Law("Algemene verordening gegevensbescherming", False, None),
    "Awb": Law("Algemene wet bestuursrecht", True, "BWBR0005537"),
    "Awir": Law("Algemene wet inkomensafhankelijke regelingen", True, "BWBR0018472"),
    "AWR": Law("Algemene wet inzake rijksbelastingen", True, "BWBR0002320"),
    "BABW": Law("Besluit administratieve bepalingen inzake het wegverkeer", False, "BWBR0004826"),
    "Bbz 2004": Law("Besluit bijstandverlening zelfstandigen 2004", False, "BWBR0015711"),
    "Bbz": Law("Besluit bijstandverlening zelfstandigen 2004", False, "BWBR0015711"),
    "BRP": Law("Wet basisregistratie personen", True, "BWBR0033715"),
    "BW": Law("Burgerlijk Wetboek", True, None),  # each book has its own number
    "BWBR0044894": Law(
        "Besluit loonkostensubsidie en minimumbedragen studietoeslag Participatiewet 2021", False, "BWBR0044894"
    ),
    "EVRM": Law("Europees Verdrag voor de rechten van de mens", False, None),
    "Fw": Law("Faillissementswet", True, "BWBR0001860"),
    "IVRK": Law("Verdrag inzake de rechten van het kind", False, None),
    "Leidraad Invordering 2008": Law("Leidraad Invordering 2008", False, "BWBR0024096"),
    "Leidraad Invordering": Law("Leidraad Invordering 2008", False, "BWBR0024096"),
    "Leidraad": Law("Leidraad Invordering 2008", False, "BWBR0024096"),
    "Pbw": Law("Penitentiaire beginselenwet", True, "BWBR0009709"),
    "Pw": Law("Participatiewet", True, "BWBR0015703"),
    "Rv": Law("Wetboek van Burgerlijke Rechtsvordering", True, "BWBR0001827"),
    "Sv": Law("Wetboek van Strafvordering", True, "BWBR0001903"),
    "Uhw": Law("Uitvoeringswet huurprijzen woonruimte", True, "BWBR0014315"),
    "UR Inv. 1990": Law("Uitvoeringsregeling Invorderingswet 1990", False, "BWBR0004766"),
    "UR Invorderingswet 1990": Law("Uitvoeringsregeling Invorderingswet 1990", False, "BWBR0004766"),
    "UR": Law("Uitvoeringsregeling Invorderingswet 1990", False, "BWBR0004766"),
    "Uitvoeringsbesluit Wmo 2015": Law("Uitvoeringsbesluit Wet maatschappelijke ondersteuning 2015", False, "BWBR0035733"),
    "Uitvoeringsbesluit Wmo": Law("Uitvoeringsbesluit Wet maatschappelijke ondersteuning 2015", False, "BWBR0035733"),
    "Vreemdelingenbesluit": Law("Vreemdelingenbesluit 2000", False, "BWBR0011825"),
    "Vw 2000": Law("Vreemdelingenwet 2000", True, "BWBR0011823"),
    "Vw": Law("Vreemdelingenwet 2000", True, "BWBR0011823"),
    "Wajong": Law("Wet arbeidsongeschiktheidsvoorziening jonggehandicapten", True, "BWBR0008657"),
    "WEB": Law("Wet educatie en beroepsonderwijs", True, "BWBR0007625"),
    "WEC": Law("Wet op de expertisecentra", True, "BWBR0003549"),
    "Wet BRP": Law("Wet basisregistratie personen", True, "BWBR0033715"),
    "Wgs": Law("Wet gemeentelijke schuldhulpverlening", True, "BWBR0031331"),
    "Wht": Law("Wet op de huurtoeslag", True, "BWBR0008659"),
    "WHW": Law("Wet op het hoger onderwijs en wetenschappelijk onderzoek", True, "BWBR0005682"),
    "WIA": Law("Wet werk en inkomen naar arbeidsvermogen", True, "BWBR0019057"),
    "Wkb": Law("Wet op het kindgebonden budget", True, "BWBR0022751"),
    "Wlz": Law("Wet langdurige zorg", True, "BWBR0035917"),
    "WML": Law("Wet minimumloon en minimumvakantiebijslag", True, "BWBR0002638"),
    "Wmo 2015": Law("Wet maatschappelijke ondersteuning 2015", True, "BWBR0035362"),
    "Wmo": Law("Wet maatschappelijke ondersteuning 2015", True, "BWBR0035362"),
    "Wpg": Law("Wet publieke gezondheid", True, "BWBR0024705"),
    "WPO": Law("Wet op het primair onderwijs", True, "BWBR0003420"),
    "WSF 2000": Law("Wet studiefinanciering 2000", True, "BWBR0011453"),
    "WTOS": Law("Wet tegemoetkoming onderwijsbijdrage en schoolkosten", True, None),
    "WVO 2020": Law("Wet voortgezet onderwijs 2020", True, "BWBR0044212"),
    "WVO": Law("Wet voortgezet onderwijs 2020", True, "BWBR0044212"),
    "Wvggz": Law("Wet verplichte geestelijke gezondheidszorg", True, "BWBR0040635"),
    "WW": Law("Werkloosheidswet", True, "BWBR0004045"),
    "Wzt": Law("Wet op de zorgtoeslag", True, "BWBR0018451"),
    "Zvw": Law("Zorgverzekeringswet", True, "BWBR0018450"),
}
_BY_NAME_ONLY: Final = (
    Law("Algemene termijnenwet", True, "BWBR0002448"),
    Law("Besluit zorgverzekering", False, "BWBR0018492"),
    Law("Gemeentewet", True, "BWBR0005416"),
    Law("Grondwet", True, "BWBR0001840"),
    Law("Huisvestingswet 2014", True, "BWBR0035303"),
    Law("Invorderingswet 1990", True, "BWBR0004770"),
    Law("Jeugdwet", True, "BWBR0034925"),
    Law("Regeling gehandicaptenparkeerkaart", False, "BWBR0012625"),
    Law("Uitvoeringsregeling Awir", False, "BWBR0019237"),
    Law("Waterschapswet", True, None),
    Law("Wet inburgering 2021", True, "BWBR0044770"),
    Law("Wet kinderopvang", True, "BWBR0017017"),
    Law("Wet op de rechtsbijstand", True, "BWBR0006368"),
    Law("Ziektewet", True, "BWBR0001888"),
)
LAWS: Final[dict[str, Law]] = {
    **{law.naam: law for law in (*_BY_SHORT_NAME.values(), *_BY_NAME_ONLY)},
    "Huisvestingswet": Law("Huisvestingswet 2014", True, "BWBR0035303"),
    "Invorderingswet": Law("Invorderingswet 1990", True, "BWBR0004770"),
    **_BY_SHORT_NAME,
}
"""Every regulation by every name that a `grondslag` may call it."""

_BOOKS: Final = {"1": "BWBR0002656", "6": "BWBR0005289", "7": "BWBR0005290"}  # of the Burgerlijk Wetboek

_NAMES: Final = "|".join(re.escape(name) for name in sorted(LAWS, key=len, reverse=True))
_STARTS: Final = r"(?:^|(?<=; )|(?<=, )|(?<=\()|(?<= en )|(?<= of )|(?<= jo )|(?<= jo\. ))"
_NAMED: Final = re.compile(
    rf"{_STARTS}({_NAMES}|BWBR\d{{7}})(?= (?:art\. |artikel )?\d|$|[;,)]| (?:\(|paragraaf |hoofdstuk |en verder))"
)
_NUMBER: Final = r"(?!\d{4}-\d\d)\d+[a-z]{0,3}(?:[.:]\d+[a-z]{0,3})*"
_ONE: Final = r"(?:[a-z]{1,2}|\d{1,2}°)(?![\w.:])"
_PART: Final = re.compile(
    rf"(?:art\. |artikel )?(?:(?P<artikel>{_NUMBER})|(?=lid ))(?:,? ?lid (?P<lid>\d+[a-z]?)(?: aanhef(?! en))?)?"
    rf"(?:,? (?:aanhef en )?(?:onder|onderdeel) (?P<onder>{_ONE})(?P<meer>(?:(?:, | en |, en | ){_ONE}(?! \w))*))?(?![\w°]|[.:]\d)"
)
_JOIN: Final = re.compile(r", | en | of | jo\.? | tot en met |-|–|/")
_OWN: Final = re.compile(r"(?:arts?\. ?|artikel(?:en)? )?(?=\d)")
_LOCAL: Final = re.compile(r"CVDR\d+")
_NATIONAL: Final = re.compile(r"BWBR\d{7}")


def links(grondslag: str, own: str = "", version: str | None = None, on: date | None = None) -> tuple[Link, ...]:
    """The links of a `grondslag`, in its own order; what can't be linked for sure has none.

    `own` and `version` are the regulation of the ruleset («BWBR0015703», or «CVDR719087» and «3»), `on` is the day whose law
    counts. The texts stand in the `grondslag` as they are given, from left to right.
    """
    return _links(grondslag, own, version, on)


@lru_cache(maxsize=8192)
def _links(grondslag: str, own: str, version: str | None, on: date | None) -> tuple[Link, ...]:
    found: list[Link] = []
    for piece in grondslag.split("; "):
        here = [link for named in _NAMED.finditer(piece) for link in _of_law(piece, named, on)]
        found += here or _of_own(piece, own, version, on)
    return tuple(found)


def _of_law(piece: str, named: re.Match[str], on: date | None) -> Iterator[Link]:
    name = named[1]
    law = LAWS[name].id if name in LAWS else name
    parts = list(_parts(piece, named.end() + 1)) if piece[named.end() : named.end() + 1] == " " else []
    first: int | None = named.start()
    if not parts and law is not None:
        yield Link(name, jci(law, on=on))
    for part, article in parts:
        book, _, number = article.partition(":")
        address = None
        if name in ("BW", "Burgerlijk Wetboek"):
            address = jci(_BOOKS[book], number, *_within(part), boek=book, on=on) if number and book in _BOOKS else None
        elif law is not None:
            address = jci(law, article, *_within(part), on=on)
        if address is not None:
            yield Link(piece[part.start() if first is None else first : part.end()], address)
        first = None


def _of_own(piece: str, own: str, version: str | None, on: date | None) -> Iterator[Link]:
    """The links of articles without a law: they are of the ruleset's own regulation."""
    start = _OWN.match(piece)
    parts = list(_parts(piece, start.end())) if start else []
    if not parts or not re.match(r"$| \([^)]*\)$", piece[parts[-1][0].end() :]):
        return
    if _LOCAL.fullmatch(own):
        at = f"/{version}" if version and version.isdecimal() else ""
        yield Link(piece[: parts[-1][0].end()], f"https://lokaleregelgeving.overheid.nl/{own}{at}")
    elif _NATIONAL.fullmatch(own):
        first: int | None = 0
        for part, article in parts:
            yield Link(piece[part.start() if first is None else first : part.end()], jci(own, article, *_within(part), on=on))
            first = None


def _parts(piece: str, at: int) -> Iterator[tuple[re.Match[str], str]]:
    """The parts of «36 lid 1, lid 2 en 34», each with its article.

    Where articles are numbered «4:84» or «8.6», a bare number after «en» is no article: it is left out, with all behind it.
    """
    article: str | None = None
    while part := _PART.match(piece, at):
        number: str | None = part["artikel"]
        if article is None and number is None:
            return
        if article is not None and number is not None and _numbering(number) != _numbering(article):
            return
        article = number or article
        assert article is not None
        yield part, article
        join = _JOIN.match(piece, part.end())
        if join is None:
            return
        at = join.end()


def _numbering(number: str) -> str:
    return ":" if ":" in number else "." if "." in number else ""


def _within(part: re.Match[str]) -> tuple[str | None, str | None]:
    """The lid, and the onderdeel unless there are more of them: then the lid is what they share."""
    return part["lid"], None if part["meer"] else part["onder"]


def jci(
    law: str, article: str | None = None, lid: str | None = None, onderdeel: str | None = None, *, boek: str | None = None, on: date | None = None
) -> str:  # fmt: skip
    """The address on wetten.overheid.nl of a regulation, or of a part of it, as it holds on a day (Juriconnect BWB 1.3)."""
    day = on.isoformat() if on is not None else None
    where = (("boek", boek), ("artikel", article), ("lid", lid), ("o", onderdeel), ("z", day), ("g", day))
    return f"https://wetten.overheid.nl/jci1.3:c:{law}" + "".join(
        f"&{key}={quote(value, safe=':')}" for key, value in where if value is not None
    )
