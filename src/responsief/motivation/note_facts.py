"""What the note for the file says of grounds and facts, each with source and date, and of what runs over time."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from responsief.decision import Attention, Criterion, Draft, Fact, Kept, Needed, Stretch
from responsief.motivation import reasons
from responsief.motivation.disputes import Dispute
from responsief.motivation.law import cite
from responsief.motivation.words import cited, joined, money, named, once, plain, sentence, stated
from responsief.values import format_day, format_money, parse_day

_CONSEQUENCE: Final = {
    "afwijzen": "grond voor afwijzing.",
    "wegen": "mag leiden tot weigeren, maar pas nadat een mens heeft gewogen (kan-bepaling).",
    "deel": "vermindert het bedrag.",
    "wacht": "wachten; dit is geen weigering.",
}
ALONE: Final = "grond voor afwijzing, die de afwijzing ook zonder de andere gronden draagt (zelfstandig dragend)."
VERDICT: Final = {"ja": "voldaan", "nee": "niet voldaan", "onbekend": "nog onbekend"}
_SUPPLIER: Final = {
    "aanvrager": "de aanvrager",
    "gemeente": "de gemeente zelf",
    "adviseur": "een adviseur",
    "oordeel": "een medewerker die oordeelt",
}
_MISSING: Final = {
    "ontbreekt": "ontbreekt",
    "betwist": "betwist",
    "in_onderzoek": "in onderzoek bij de bron",
    "oordeel": "vraagt een oordeel",
}
_SOURCES: Final = {
    "brp": "BRP",
    "uwv": "UWV",
    "duo": "DUO",
    "svb": "SVB",
    "ind": "IND",
    "rdw": "RDW",
    "belastingdienst": "Belastingdienst",
}
UNVERIFIED: Final = " (tekst niet geverifieerd)"


def of_law(text: str, verified: bool) -> str:
    """Words of a law. Only what was compared with its source is a quotation: the rest may be somebody's rendering of it."""
    return cited(text) if verified else plain(text) + UNVERIFIED


def ground_words(ground: reasons.Ground, own: str, dated: str, *, several: bool) -> tuple[object, ...]:
    """A ground: its article, its facts, what was compared, what it does to the outcome and what it is for."""
    one = ground.criterion
    article = cite(named(one.grondslag), own)
    marks = f"Grondslag: {article}; rust op: {named(one.rust_op).replace('_', ' ')}; bevoegdheid: {named(one.bevoegdheid)}."
    text = of_law(one.wettekst, one.geverifieerd) if one.wettekst else None
    if text and dated and own in article:
        text += dated
    taken = f" Aftrek: {format_money(one.aftrek)}." if one.aftrek is not None else ""
    return (
        ground.number,
        named(one.titel),
        _facts(one.feiten),
        marks,
        stated(one.uitleg) if one.uitleg else None,
        text,
        _compared(one),
        (ALONE if several and ground.consequence == "afwijzen" else _CONSEQUENCE[ground.consequence]) + taken,
        stated(one.doel),
    )


def law_words(draft: Draft, own: str) -> list[tuple[str, list[str]]]:
    """Which law counts where that is not plain: what an earlier version still decides and why, with the facts that it hangs on; and
    that the text was published after the reference date."""
    found = [(_kept(one, draft, own), list(_facts(one.feiten))) for one in draft.overgang]
    published = draft.regeling.bekendgemaakt
    if draft.works_back and published is not None:
        since = format_day(parse_day(draft.regeling.versie))
        told = f"de regeling is bekendgemaakt op {format_day(published)} en geldt vanaf {since}; de peildatum ligt daarvoor."
        harm = (
            "[nog in te vullen door de medewerker: pakt dat voor betrokkene slechter uit dan de regel van daarvoor, en mag dat]"
        )
        found.append((f"Terugwerkende kracht: {told} {harm}", []))
    return found


def _kept(one: Kept, draft: Draft, own: str) -> str:
    article, why = cite(plain(one.grondslag), own), sentence(one.uitleg)
    if one.oordeel == "nee":
        return f"Overgangsrecht ({article}): geldt niet voor betrokkene; de regel van nu is toegepast. {why}"
    titles = {c.id: c.titel for c in draft.criteria}
    about = joined([*(f"«{named(titles[ident])}»" for ident in one.criteria), *(["het bedrag"] if one.bedrag else [])])
    until = f", op een peildatum tot en met {format_day(one.tot)}" if one.tot else ""
    old = f"versie {one.versie}, die voor iedereen gold tot en met {format_day(one.gold_tot)}"
    if one.oordeel == "onbekend":
        doubt = "nog niet bekend is of de oude regel voor betrokkene geldt. Alleen wat beide regels zeggen, staat vast."
        return f"Overgangsrecht ({article}): {doubt} Het gaat om {about} ({old}{until}). {why}"
    return (
        f"Overgangsrecht ({article}): de oude regel is toegepast op {about or 'geen enkele voorwaarde'} ({old}{until}). {why}"
    )


def start_words(draft: Draft, own: str) -> tuple[str, str] | None:
    """By which article and from which day a right can begin, and from when there is one."""
    start = draft.ingang
    if start is None:
        return None
    article = cite(plain(start.grondslag), own)
    if start.eerste_dag is None:
        return article, "[nog in te vullen door de medewerker: de dag waarop het recht op zijn vroegst kan beginnen]"
    since = f"elke dag van {format_day(start.eerste_dag)} tot en met {format_day(draft.peildatum)} is beslist"
    if start.eerste_dag > draft.peildatum:
        return article, f"het recht kan pas beginnen op {format_day(start.eerste_dag)}, na de peildatum"
    begin = f"er is recht vanaf {format_day(start.vanaf)}" if start.vanaf else "op geen van die dagen is er recht"
    return article, f"{since}; {begin}. {sentence(start.uitleg)}"


def stretch_words(one: Stretch, draft: Draft) -> str:
    """The days of a stretch, what came out, and on which conditions."""
    titles = {c.id: c.titel for c in draft.criteria}
    amount = f", {money(one.bedrag)}" if one.bedrag is not None else ""
    grounds = "; ".join(f"«{named(titles.get(ident, ident))}»" for ident in one.afgewezen_op)
    on = f" op {grounds}" if grounds else ""
    return f"{format_day(one.van)} tot en met {format_day(one.tot)}: {one.uitkomst}{amount}{on}"


def attention_words(one: Attention, own: str) -> str:
    """What to mind, with its article, and whether it is sure."""
    doubt = "" if one.geverifieerd else UNVERIFIED
    sure = "" if one.past == "ja" else " Of dit hier speelt, is nog na te gaan."
    return f"{sentence(one.tekst)} ({cite(plain(one.grondslag), own)}){doubt}{sure}"


def _compared(one: Criterion) -> str | None:
    if one.waarde and one.grens:
        between = one.teken or "met de grens"
        return f"Vergeleken: {plain(one.waarde)} {between} {plain(one.grens)}."
    return f"Waarde: {plain(one.waarde)}." if one.waarde else None


def _facts(facts: tuple[Fact, ...]) -> list[str]:
    """Every known or disputed fact, and in one line what is not known."""
    known = [fact_words(fact) for fact in facts if fact.waarde or fact.betwist]
    unknown = [named(fact.label) for fact in facts if not fact.waarde and not fact.betwist]
    return [*known, f"Nog onbekend: {'; '.join(unknown)}."] if unknown else known


@lru_cache(maxsize=256)
def version(text_of: str) -> str:
    """Which text it is: of a day («2026-07-01»), or of a numbered version («1»)."""
    try:
        return f"tekst van {format_day(parse_day(text_of))}"
    except ValueError:
        return f"tekstversie {plain(text_of)}"


def dated(draft: Draft, criterion: str = "") -> str:
    """What stands behind a quotation from a text that is younger than the reference date; nothing where it isn't. The text of a
    criterion that an earlier version decides is of that version."""
    kept = draft.kept(criterion)
    return _behind((kept or draft.regeling).tekst_van or "", draft.peildatum)


@lru_cache(maxsize=256)
def _behind(text_of: str, day: date) -> str:
    try:
        later = parse_day(text_of) > day
    except ValueError:
        return ""  # a version without a date says nothing about the day
    return f" ({version(text_of)}, vergelijk met de tekst op de peildatum)" if later else ""


def difference_words(one: Dispute) -> str:
    """What the register has and what the client says, with source and date."""
    origin = _SOURCES.get(one.source or "", plain(one.source or "bron niet vastgelegd"))
    day = format_day(one.day) if one.day is not None else "datum niet vastgelegd"
    per = f" per {one.per}" if one.per else ""
    what = f"{plain(one.label)}{f', {one.income}' if one.income else ''}{per} ({plain(one.path)})"
    return f"{what}: {one.recorded or 'niets'} ({origin}, {day}); betrokkene zegt {one.claimed}."


def fact_words(fact: Fact) -> str:
    """A fact with its source and date."""
    origin = _SOURCES.get(fact.bron, plain(fact.bron)) if fact.bron else "niet vastgelegd"
    parts = [f"bron: {origin}", f"datum: {format_day(fact.datum) if fact.datum else 'niet vastgelegd'}"]
    if fact.betwist:
        parts.append("betwist")
    if fact.herbruikbaar_tot is not None:
        parts.append(f"herbruikbaar tot en met {format_day(fact.herbruikbaar_tot)}")
    return f"Feit: {named(fact.label)}: {plain(fact.waarde) if fact.waarde else 'onbekend'} ({'; '.join(parts)})."


def advice(draft: Draft) -> tuple[str, ...]:
    """The facts that an adviser established: those of which the note names an adviser as the source."""
    asked = [criterion for criterion in draft.criteria if criterion.kan_advies]
    facts = [fact for criterion in asked for fact in criterion.feiten if fact.bron == "adviseur"]
    return once(fact_words(fact) for fact in facts if fact.waarde or fact.betwist)


def passed_words(one: Criterion, own: str, told: bool) -> tuple[str, str, list[str]]:
    """A condition that is met; its facts where they are told."""
    return named(one.titel), cite(named(one.grondslag), own), _facts(one.feiten) if told else []


def needed_words(needed: Needed) -> tuple[str, str, str, str]:
    """What is still needed, why, and from whom."""
    return named(needed.label), _MISSING[needed.reden], _SUPPLIER[needed.van], named(needed.gegeven)
