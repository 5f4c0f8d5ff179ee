"""What is wrong with a motivation that a person wrote, held against the decided case it is about.

Such a text has no fixed headings and tells the case in its own words. So what must be there is recognised by its content: a
circumstance by the words of the client, a ground by its title, article or amounts, a weighing by a word that weighs with a
reason beside it. What is looked for is the judicial checklist: clause and threshold words, purpose, facts with source and
date, each circumstance with its weight, consequences, both sides, milder ways, other help, equal cases, who decides.

A finding says what a court would miss; that nothing is found doesn't make a motivation sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import Final

from responsief.decision import Clause, Criterion, Draft
from responsief.facts import holds_bsn
from responsief.motivation import reasons
from responsief.motivation.lint import (
    DECIDED,
    Finding,
    about_remedy,
    client_words,
    empty_reasons,
    finding,
    law_words,
    marked,
    own_text,
    phrases,
    refusing,
    terms_said,
    thresholds,
)
from responsief.motivation.words import plain
from responsief.readability import sentences
from responsief.values import MONTHS

WHERE: Final = "motivering"
STEM: Final = 6  # letters of a word that must be the same: «koelkast» and «koelkasten»

_BULLET: Final = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)]|[a-z][.)])\s+")
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_COMMON: Final = frozenset(
    re.findall(r"\w+", """
    aan alle alles altijd anders daar daardoor daarom deze door doen dingen echt eigen elke gaan gaat geen goed heb hebben
    heeft heel hier hoeft iets  ieder iedere ikzelf komt kunnen kunt maar maken meer mijn moest moet moeten naar niet
    niets nooit omdat onder onze over samen sinds soms steeds terug  toen tegen thuis toch tussen uiterlijk vaak veel
    verder voor waar waren wanneer want werd weer weet welke wilde willen wordt worden zelf zich zijn  zodat zonder zoveel
    zullen zouden gemeente niemand waardoor twee drie jaar jaren maand maanden week weken uw haar hun
""")
)  # fmt: skip
# In the name of any help: by these nobody knows which is meant.
_ANY_HELP: Final = frozenset(
    ("bedrag", "bijdra", "geld", "gift", "gratis", "hulp", "kosten", "lening", "regeli", "steun", "vergoe")
)
_WEIGHS: Final = re.compile(
    r"\b(?:weegt|wegen|weeg|gewogen|gewicht|zwaar(?:der)?|telt|tellen|pleit(?:en)?|spreekt|reden om|(?:geen|een) reden|verandert|rechtvaardig\w*|onvoldoende)\b",
    re.IGNORECASE,
)
_BECAUSE: Final = re.compile(
    r"\b(?:omdat|want|daarom|daardoor|doordat|immers|namelijk|aangezien|nu (?:dit|dat|deze|die|zij|hij|u|het|de)|vanwege|gelet op|juist)\b",
    re.IGNORECASE,
)
_PURPOSE: Final = re.compile(r"\b(?:doel(?:en)?|bedoel\w*|bestemd|strekking|is er (?:voor|om))\b", re.IGNORECASE)
_SOURCED: Final = re.compile(
    r"\b(?:volgens|blijkt|bron|opgave|verklaring|opgevraagd|gegevens van|UWV|BRP|basisregistratie|register|afschrift\w*|loonstro\w*|rekening\w*|polis\w*|advies van)\b",
    re.IGNORECASE,
)
_DATE: Final = re.compile(rf"\b\d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b|\b\d{{1,2}}-\d{{1,2}}-\d{{4}}\b", re.IGNORECASE)
_EFFECT: Final = re.compile(
    r"\bgevolg\w*|\bnadeel|\b(?:mist|verliest|misloopt)\b|\bbetekent (?:dit|dat|het|voor)|\bzonder (?:de|deze|die|dit|dat|een|hulp|toeslag|bijstand)\b|\b(?:houdt|blijft|raakt|komt) (?:\w+ ){0,6}(?:over|zitten|kwijt|te staan)\b",
    re.IGNORECASE,
)
_OTHER_SIDE: Final = re.compile(
    r"\b(?:daartegenover|daarentegen|echter|keerzijde|tegenargument\w*|(?:daar|hier) staat (?:wel )?tegenover|aan de andere kant|anderzijds|hoewel|weliswaar|ondanks|ook al|tegen (?:het |een )?afwij\w+"
    r"|(?:pleit|pleiten|spreekt|spreken) (?:\w+ ){0,4}tegen|pleit (?:\w+ ){0,3}(?:er|ook|wel) voor|vóór (?:het |een )?afwij\w+)\b",
    re.IGNORECASE,
)
_SUITABLE: Final = re.compile(r"\b(?:geschikt|noodzakelijk(?:heid)?|minder ingrijpend\w*)\b", re.IGNORECASE)
_BALANCED: Final = re.compile(r"\b(?:evenwichtig|in verhouding|wanverhouding|(?:on)?evenredig\w*)\b", re.IGNORECASE)
_MILDER: Final = re.compile(
    r"\b(?:voor een deel|een deel|deels|gedeelte\w*|tijdelijk\w*|leenbijstand|(?:als|een|in de vorm van een) lening|lager bedrag|kortere|minder ver(?:gaand\w*)?|minder ingrijpend\w*)\b",
    re.IGNORECASE,
)
_EQUAL: Final = re.compile(
    r"\bgelijk(?:e|soortige)? geval|\bvergelijkba\w+|\bandere (?:dossier|zaak|zaken|geval)|\bgelijke behandeling|\beerdere? (?:dossiers?|zaak|zaken|geval|gevallen|besluit\w*)",
    re.IGNORECASE,
)
_DECIDER: Final = re.compile(
    r"\bmandaat|\bnamens het college\b|\b(?:medewerker|college|teamleider|consulent|klantmanager|burgemeester|ontvanger)\b[^.]{0,60}\b(?:beslist|besluit|besloot|tekent|neemt)\b",
    re.IGNORECASE,
)
_NOT_DEVIATING: Final = re.compile(r"\b(?:wijk\w*|wij) (?:\w+ ){0,5}niet af\b|\bniet af te wijken\b|\bwij wijzen\b|\bgeen (?:reden|aanleiding) om af te wijken\b", re.IGNORECASE)  # fmt: skip
_DEVIATING: Final = re.compile(r"\bwijk(?:en|t) (?:(?!niet)\w+ ){0,8}af\b|\baf te wijken\b|\bkennen (?:\w+ ){1,8}toe\b|\bverlenen wij\b|\bkrijgt (?:\w+ ){0,4}toch\b", re.IGNORECASE)  # fmt: skip
_EXTENT: Final = re.compile(
    r"€ ?\d|\b(?:eenmalig|één keer|tot en met \d|voor (?:de duur van )?\w+ (?:maand|maanden|jaar|weken))\b", re.IGNORECASE
)
_CHILD: Final = re.compile(r"\b(?:kind(?:eren)?|dochter\w*|zoon\w*|zonen|baby)\b", re.IGNORECASE)
_PROMISED: Final = re.compile(r"\b(?:toezegg\w+|toegezegd|belof\w+|beloo\w+|vertrouwensbeginsel)\b", re.IGNORECASE)
_CATEGORY: Final = re.compile(
    r"\b(?:clausule|uitzondering|afwij\w+|wijken|in aanmerking|groep|iedereen|toegepast)\b", re.IGNORECASE
)
_NEVER: Final = re.compile(
    r"\b(?:nooit|in geen enkel geval|(?<!niet )bij voorbaat|zonder uitzondering|standaard niet)\b", re.IGNORECASE
)
_DISPUTED: Final = re.compile(r"\b(?:betwist\w*|niet eens|(?:zegt|zei|verklaart|verklaarde|stelt) (?:zelf |u )?|eigen opgave|tegenspr\w+|spreekt (?:dit|dat) tegen)\b", re.IGNORECASE)  # fmt: skip
_AUTOMATIC: Final = re.compile(r"\bautomatisch\w* (?:\w+ ){0,3}(?:afge\w+|afwijz\w+|toege\w+|besl\w+|besluit)|\b(?:afgewezen|beslist|besloten) (?:\w+ ){0,3}automatisch", re.IGNORECASE)  # fmt: skip
_STRENGTH: Final = re.compile(
    r"\beigen (?:kracht|verantwoordelijkheid)\b|\bzelfredza\w+|\bzelf (?:kunt|kan) oplossen\b|\b(?:kunt|kan) (?:dit|dat|het) zelf oplossen\b"
    r"|\b(?:familie|buren|buurvrouw|vrienden|netwerk)\b(?: \w+){0,3} (?:kan|kunnen|moet|moeten)(?: \w+){0,4} (?:helpen|bijspringen|opvangen|betalen|lenen)\b",
    re.IGNORECASE,
)
_ADVICE: Final = re.compile(r"\badvies\b", re.IGNORECASE)
_NOT_FOLLOWED: Final = re.compile(r"\bniet\b[^.]{0,30}\b(?:over|gevolgd|volgen)\b|\bvolgen\b[^.]{0,30}\bniet\b|\bwijken\b[^.]{0,40}\baf\b|\bin afwijking\b|\bleggen\b[^.]{0,30}\bnaast", re.IGNORECASE)  # fmt: skip
_ORDINALS: Final = (
    "eerste",
    "tweede",
    "derde",
    "vierde",
    "vijfde",
    "zesde",
    "zevende",
    "achtste",
    "negende",
    "tiende",
    "elfde",
)
_LID: Final = re.compile(rf",? ({'|'.join(_ORDINALS)}) lid\b", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"\d+[a-z]?(?::\d+[a-z]?)?(?: lid \d+)?")


def check_written(draft: Draft, text: str, *, final: bool = False) -> tuple[Finding, ...]:
    """Everything for which a motivation in somebody's own words is refused. `final`: no marked place may be left."""
    clean = _numbered(plain(text))
    own = own_text(clean, {*client_words(draft), *law_words(draft)})
    found = [*_words(draft, text, own)]
    if draft.uitkomst != "toegekend" and draft.hardheid is not None:
        units = _units(text)
        found += [*_case(draft, clean, units), *_checklist(draft, own, units)]
    if final:
        found += [finding("nog-in-te-vullen", WHERE, woord=place) for place in marked(clean)]
    return tuple(dict.fromkeys(found))


def _units(text: str) -> list[str]:
    """A paragraph or an item of a list each, on one line."""
    units: list[str] = [""]
    for line in text.splitlines():
        if not line.strip() or _BULLET.match(line):
            units.append("")
        units[-1] = f"{units[-1]} {line.strip()}".strip()
    return [_numbered(plain(unit)) for unit in units if unit]


# --- the case: is everything of this person and this rule told -------------------------------------------------------------


def _case(draft: Draft, clean: str, units: list[str]) -> Iterator[Finding]:
    case = reasons.read(draft)
    low = clean.lower()
    for ground in case.grounds if draft.uitkomst in DECIDED else ():
        criterion = ground.criterion
        if not _names_ground(criterion, low):
            yield finding("grond-ontbreekt", WHERE, naam=plain(criterion.titel))
        missing = [v for v in (criterion.waarde, criterion.grens) if v and v.startswith("€") and plain(v)[2:] not in clean]
        for value in missing:
            yield finding("feit-ontbreekt", WHERE, naam=plain(criterion.titel), feit=plain(value))
    if any(fact.betwist for c in draft.failed for fact in c.feiten) and not _DISPUTED.search(clean):
        yield finding("betwist-verzwegen", WHERE)
    children = [item for item in case.circumstances if item.kind == "belang_van_kind" and not item.raised]
    for item in case.circumstances:
        if item.kind == "toezegging" and not item.raised:
            continue
        if item in children:
            if not _names_child(item, units, alone=len(children) == 1):
                yield finding("kind-ontbreekt", WHERE, naam=item.told)
            continue
        if not any(_tells(item, unit, 3) for unit in units):
            yield finding("omstandigheid-ontbreekt", WHERE, naam=item.words or item.name)
        elif not any(_weighs(item, unit) for unit in units):
            yield finding("weging-ontbreekt", WHERE, naam=item.words or item.name)
    for promise in draft.situatie.toezeggingen or ():
        wanted = _stems(promise.wat or "")
        if wanted and not any(_PROMISED.search(unit) and len(wanted & _stems(unit)) * 2 >= len(wanted) for unit in units):
            yield finding("toezegging-ontbreekt", WHERE, naam=plain(promise.wat or ""))
    reached = _reached(case)
    for clause in [c for c in reached if c.soort != "open_norm"] or reached[
        :1
    ]:  # an open norm may go by where a clause reaches
        if not _names_clause(clause, low):
            yield finding("clausule-ontbreekt", WHERE, naam=plain(clause.titel))
        if clause.maatstaf and not _uses(clause.maatstaf, clean, units):
            yield finding("maatstaf-ontbreekt", WHERE, naam=plain(clause.titel), woord=plain(clause.maatstaf))
    yield from _borrowed(draft, reached, units)
    if not _offers(draft, units):
        yield finding("geen-alternatief", WHERE)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _WORD.findall(text.lower()) if word not in _COMMON}


def _tells(item: reasons.Circumstance, unit: str, most: int) -> bool:
    """Does this part tell of the circumstance: by its number, its name, the client's own words, or enough of those words?"""
    if re.search(rf"\b(?:omstandigheid|punt) {item.number}\b", unit, re.IGNORECASE) or item.name.lower() in unit.lower():
        return True
    if not item.words:
        return bool(_stems(item.name)) and _stems(item.name) <= _stems(unit)
    wanted = _stems(item.words)
    if not wanted:
        return plain(item.words) in unit
    return len(wanted & _stems(unit)) >= min(most, ceil(len(wanted) / 3))


def _weighs(item: reasons.Circumstance, unit: str) -> bool:
    """Is the circumstance weighed in this part, or by one sentence that has a word of it, a word that weighs and a reason?"""
    if _tells(item, unit, 2) and _weighed(unit, item.words):
        return True
    wanted = _stems(item.words or item.name)
    return any(wanted & _stems(one) and _weighed(one, item.words) for one in sentences(unit))


def _weighed(unit: str, words: str | None) -> bool:
    """A weighing has a word that weighs and a reason; what the client said is neither."""
    bare = unit.replace(plain(words), "") if words else unit
    bare = re.sub(r"«[^«»]*»", "", bare)
    return bool(_WEIGHS.search(bare) and _BECAUSE.search(bare))


def _names_child(item: reasons.Circumstance, units: list[str], *, alone: bool) -> bool:
    age = re.search(r"\d+(?= (?:of \d+ )?jaar)", item.words or "")
    return any(_CHILD.search(u) and (alone or age is None or re.search(rf"\b{age[0]}\b", u)) for u in units)


def _names_ground(criterion: Criterion, low: str) -> bool:
    compared = [plain(v)[2:] for v in (criterion.waarde, criterion.grens) if v and v.startswith("€")]
    return (
        plain(criterion.titel).lower() in low
        or any(_cites(one[0], low) for one in _REFERENCE.finditer(criterion.grondslag))
        or (len(compared) == 2 and all(amount in low for amount in compared))
    )


def _cites(reference: str, low: str) -> bool:
    # a number alone could be an age or a day
    before = r"\bart(?:ikel(?:en)?|\.) ?(?:\d[\w:]*,? (?:en )?)?" if reference.isdigit() else r"(?<![\d:.,])"
    return re.search(rf"{before}{re.escape(reference)}(?![\da-z]|:\d)", low) is not None


def _numbered(text: str) -> str:
    """Articles as the rules write them: «artikel 3:4, tweede lid» is «artikel 3:4 lid 2»."""
    return re.sub(r",? lid (?=\d)", " lid ", _LID.sub(lambda found: f" lid {_ORDINALS.index(found[1].lower()) + 1}", text))


def _reached(case: reasons.Case) -> tuple[Clause, ...]:
    found = {r.clause.id: r.clause for r in case.reaches if r.clause.status in ("in_bereik", "onbekend")}
    return tuple(c for c in found.values() if c.soort not in ("geen", "groepsniveau"))


def _names_clause(clause: Clause, low: str) -> bool:
    reference = _REFERENCE.search(clause.grondslag)
    return plain(clause.titel).lower() in low or (reference is not None and _cites(reference[0], low))


def _uses(standard: str, clean: str, units: list[str]) -> bool:
    known = [pattern for pattern, _ in thresholds(standard)]
    if known:
        return all(pattern.search(clean) for pattern in known)
    wanted = _stems(standard)
    return plain(standard) in clean or any(len(wanted & _stems(unit)) * 2 >= len(wanted) for unit in units)


def _borrowed(draft: Draft, reached: tuple[Clause, ...], units: list[str]) -> Iterator[Finding]:
    """Threshold words of a clause that isn't at issue, unless the same part names the clause that they are of."""
    review = draft.hardheid
    assert review is not None
    exempt = client_words(draft)
    allowed = " ".join(f"{c.maatstaf or ''} {c.tekst or ''}" for c in reached)
    if "zeer dringende redenen" in allowed:
        allowed += " acute noodsituatie"
    for unit in units:
        named = " ".join(f"{c.maatstaf or ''} {c.tekst or ''}" for c in review.clausules if _names_clause(c, unit.lower()))
        for pattern, hit in thresholds(own_text(unit, exempt)):
            if not pattern.search(f"{allowed} {named}"):
                yield finding("maatstaf-andere-clausule", WHERE, woord=hit)


def _offers(draft: Draft, units: list[str]) -> bool:
    review = draft.hardheid
    assert review is not None
    titles = [(plain(one.titel).lower(), _stems(one.titel) - _ANY_HELP) for one in review.alternatieven if plain(one.titel)]
    for unit in units:
        low, stems = unit.lower(), _stems(unit)
        if any(title in low or len(wanted & stems) >= max(2, ceil(len(wanted) * 0.6)) for title, wanted in titles):
            return True
    return False


# --- the checklist: is it a justification ----------------------------------------------------------------------------------


def _checklist(draft: Draft, own: str, units: list[str]) -> Iterator[Finding]:
    reached = _reached(reasons.read(draft))
    if not _PURPOSE.search(own):
        yield finding("doel-ontbreekt", WHERE)
    if not (_SOURCED.search(own) and _DATE.search(own)):
        yield finding("bron-ontbreekt", WHERE)
    if not _EFFECT.search(own):
        yield finding("gevolg-ontbreekt", WHERE)
    if not _EQUAL.search(own):
        yield finding("gelijke-gevallen-ontbreken", WHERE)
    if not _DECIDER.search(own):
        yield finding("beslisser-ontbreekt", WHERE)
    if reached:
        if not _OTHER_SIDE.search(own):
            yield finding("eenzijdig", WHERE)
        if not _MILDER.search(own):
            yield finding("milder-ontbreekt", WHERE)
        fair = any(c.soort in ("evenredigheid_3_4_2", "awb_4_84") for c in reached)
        if fair and not (_SUITABLE.search(own) and _BALANCED.search(own)):
            yield finding("evenredigheid-ontbreekt", WHERE)
        refuses, deviates = _NOT_DEVIATING.search(own), _DEVIATING.search(_NOT_DEVIATING.sub(" ", own))
        if not refuses and not deviates:
            yield finding("conclusie-ontbreekt", WHERE)
        if deviates and not refuses and not any(_DEVIATING.search(unit) and _EXTENT.search(unit) for unit in units):
            yield finding("omvang-ontbreekt", WHERE)


# --- words that don't belong in it -----------------------------------------------------------------------------------------


def _words(draft: Draft, text: str, own: str) -> Iterator[Finding]:
    legal = " ".join(law_words(draft))
    if holds_bsn(text):
        yield finding("bsn", WHERE)
    yield from phrases(own, WHERE, legal)
    for empty in empty_reasons(text):
        yield finding("lege-reden", WHERE, naam=plain(empty))
    if draft.uitkomst not in DECIDED:
        for hit in refusing(own):
            yield finding("afwijzing-zonder-besluit", WHERE, woord=hit)
    elif draft.regeling.rechtsmiddel is not None:
        remedy = draft.regeling.rechtsmiddel
        if remedy.soort != "bezwaar" and "bezwaar maken" in own:
            yield finding("rechtsmiddel-verkeerd", WHERE, woord="bezwaar maken", middel=remedy.soort.replace("_", " "))
        for said, term in terms_said(about_remedy(text)):
            if term != plain(remedy.termijn):
                yield finding("termijn-verkeerd", WHERE, fout=said, goed=plain(remedy.termijn))
    for found in _AUTOMATIC.finditer(own):
        yield finding("automatisch", WHERE, woord=found[0])
    if "eigen kracht" not in legal.lower():
        for found in _STRENGTH.finditer(own):
            yield finding("kracht-als-reden", WHERE, woord=found[0])
    every = [s for unit in _units(own) for s in sentences(unit)]
    for sentence, after in pairwise([*every, ""]):
        if _NEVER.search(sentence) and _CATEGORY.search(sentence):
            yield finding("categorisch", WHERE, woord=sentence)
        if _ADVICE.search(sentence) and _NOT_FOLLOWED.search(sentence) and not _BECAUSE.search(f"{sentence} {after}"):
            yield finding("advies-zonder-reden", WHERE, woord=sentence)
