"""The two texts as they are signed: the drafts with their marked places filled in, and the record of the act under the note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal

from responsief.decision import Decision, Texts
from responsief.finalise.act import NIET_GEHOORD, Act, Weging, clause_id, whole
from responsief.finalise.grounds import for_completeness, grounds_of, settled
from responsief.finalise.letters import letter, note
from responsief.finalise.outcome import begins, decided, only_human
from responsief.frozen import dataclass
from responsief.motivation import reasons
from responsief.motivation.disputes import claims
from responsief.motivation.letter import write_letter
from responsief.motivation.note_facts import ALONE
from responsief.motivation.words import body, circumstance, plain
from responsief.values import format_day, format_money

_QUOTED: Final = re.compile(r"«[^«»]*»")
_PLACE: Final = re.compile(
    r"\[(?:vul in|nog in te vullen)[^\[\]]*\]|\bEen medewerker weegt[^.\n]*\bnog\b[^.\n]*\.|\bEr is nog geen besluit\.[^\n]*",
    re.IGNORECASE,
)
_CONCEPT: Final = re.compile(r"^CONCEPT\b.*\n+", re.MULTILINE)
# what a draft says of itself and is no longer so
_SAID: Final = ((re.compile(r"\bnog te wegen\b", re.IGNORECASE), "daarover was geen voorstel"),)
_SIGNED: Final = re.compile(r"handtekening|naam, functie", re.IGNORECASE)
# under «Niet geverifieerde teksten» of a draft, and what is true of it once somebody decided
_TO_COMPARE: Final = "Vergelijk deze met de bron voor het besluit uitgaat:"
_COMPARED: Final = "Zo stond het er bij het opstellen. Wat daarna met de bron is vergeleken, staat onder «Besluit»:"
_HEARD: Final = "is betrokkene gehoord"
_NUMBERED: Final = re.compile(r"weging van omstandigheid (\d+)")


Paper = Literal["brief", "nota"]
PAPERS: Final[tuple[Paper, ...]] = ("brief", "nota")
# How the places go by of a letter and a note on what she decided, beside the «brief-1» of the draft.
OWN_LETTER: Final = "besluitbrief"
OWN_NOTE: Final = "besluitnota"


@dataclass(frozen=True, slots=True)
class Place:
    """A place that only a person can fill: «brief-1», what stands there, and the line around it."""

    plek: str
    waar: Paper
    staat_er: str
    regel: str
    begin: int
    eind: int


def places(decision: Decision, act: Act) -> tuple[Place, ...]:
    """Every marked place of the two texts that this act starts from, in order. What somebody said, between «», is no place."""
    drafts = begun(decision, act)
    return tuple([one for where in PAPERS for one in _places(where, *drafts[where])])


def in_texts(texts: Texts) -> tuple[Place, ...]:
    """Every marked place of these two texts."""
    return (*_places("brief", texts.brief, "brief"), *_places("nota", texts.nota, "nota"))


def _places(where: Paper, text: str, name: str) -> Iterator[Place]:
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    number = 0
    for found in _PLACE.finditer(text):
        if any(begin <= found.start() < end for begin, end in quoted):
            continue
        number += 1
        start = text.rfind("\n", 0, found.start()) + 1
        line = text[start : text.find("\n", found.end())].strip()
        if line == found[0]:  # the line alone says nothing: the one before it does
            before = [one for one in text[:start].splitlines() if one.strip("- ")]
            line = " ".join([*before[-1:], line])
        yield Place(f"{name}-{number}", where, found[0], " ".join(line.split()), found.start(), found.end())


def to_fill(decision: Decision) -> tuple[Place, ...]:
    """The places that nothing else in an act fills, if she follows the rules."""
    drafts = Texts(_as_the_rules_say(decision), decision.motivering.nota)
    return tuple(one for one in in_texts(drafts) if not by_the_act(one.staat_er))


def by_the_act(words: str) -> bool:
    """Does another part of an act fill the place with these words: who decides, a weighing, the hearing?"""
    return bool(_SIGNED.search(words) or _NUMBERED.search(words)) or _HEARD in words


def final_texts(decision: Decision, act: Act) -> Texts:
    """Her own letter and note, and where she gave none the draft with her words in its places. An empty place stays marked."""
    brief = act.brief or _filled(decision, act, "brief")
    nota = act.nota or _filled(decision, act, "nota") + "\n" + record(decision, act)
    return Texts(brief, nota)


def begun(decision: Decision, act: Act) -> dict[Paper, tuple[str, str]]:
    """The letter and the note that this act starts from, each with the name that its places go by.

    Those of the draft where she follows the rules; else a letter on what she decided, and where no rules come to it a note too.
    """
    nota = decision.motivering.nota, "nota"
    if act.besluit.keuze in (None, "volgt_regels"):
        brief = _as_the_rules_say(decision), "brief"
    else:
        brief = letter(decision, act), OWN_LETTER
    if only_human(act):
        nota = note(decision, act), OWN_NOTE
    return {"brief": brief, "nota": nota}


def _as_the_rules_say(decision: Decision) -> str:
    """The letter of the draft once somebody decides so: nothing in it is a proposal any more."""
    return write_letter(decision.draft, decision.afzender, decided=True)


def _filled(decision: Decision, act: Act, where: Paper) -> str:
    text, name = begun(decision, act)[where]
    for place in reversed([*_places(where, text, name)]):
        words = filling(decision, act, place)
        if words:
            text = text[: place.begin] + words + text[place.eind :]
    text = text.replace(_TO_COMPARE, _COMPARED)
    for ground in reasons.grounds(decision.draft) if where == "nota" else ():
        if ground.criterion.id in for_completeness(decision, act):
            text = _said_extra(text, ground)
    text = _CONCEPT.sub("", text)
    for pattern, words in _SAID:
        text = _outside_quotes(pattern, words, text)
    return text.lstrip("\n")


def _said_extra(text: str, ground: reasons.Ground) -> str:
    """The draft said of every ground that it carries: not of one that she put there for completeness."""
    at = text.find(f"Voorwaarde {ground.number}: {plain(ground.criterion.titel)}\n")
    before, after = text[: max(at, 0)], text[max(at, 0) :]
    return before + after.replace(ALONE, "grond voor afwijzing, ten overvloede.", 1) if at >= 0 else text


def filling(decision: Decision, act: Act, place: Place) -> str | None:
    """What goes into a place: her words for it, else what another part of the act says. None leaves it open."""
    own = next((one.invulling for one in act.plekken or () if one.plek == place.plek), None)
    return own or _from_the_act(decision, act, place)


def _outside_quotes(pattern: re.Pattern[str], words: str, text: str) -> str:
    parts = re.split(r"(«[^«»]*»)", text)
    return "".join(part if part.startswith("«") else pattern.sub(words, part) for part in parts)


def _from_the_act(decision: Decision, act: Act, place: Place) -> str | None:
    if _SIGNED.search(place.staat_er):
        who = [act.besluit_van.naam, act.besluit_van.functie]
        if not all(who):
            return None
        signed = "\n".join(filter(None, who)) if place.waar == "brief" else ", ".join(filter(None, who))
        day = whole(act.datum)
        if place.waar == "nota":
            signed += f" ({act.mandaat.bevoegdheid})" + (f", {format_day(day)}" if day else "")
        return signed
    if numbered := _NUMBERED.search(place.staat_er):
        listed = {one.number: one for one in reasons.read(decision.draft).circumstances}
        about = listed.get(int(numbered[1]))
        keys = {(w.omstandigheid, w.woorden, w.clausule) for w in about.weighings} if about is not None else set()
        found = [w for w in act.wegingen or () if (w.omstandigheid, w.woorden, clause_id(w.clausule)) in keys]
        return " ".join(f"Weging ({_judged(w)}): {_stop(w.reden)}" for w in found if w.reden) or None
    if _HEARD in place.staat_er:
        return _heard(act)
    return None


def record(decision: Decision, act: Act) -> str:
    """What she states, as the last part of the note."""
    return "\n".join(_record(decision, act)) + "\n"


def _record(decision: Decision, act: Act) -> Iterator[str]:
    yield from ("Besluit", "-------", "")
    day, chosen = whole(act.datum), act.besluit
    yield f"Genomen door {act.besluit_van.naam}, {act.besluit_van.functie}, namens {body(act.mandaat.namens or '')}" + (
        f", op {format_day(day)}." if day else "."
    )
    yield f"Mandaat: {act.mandaat.bevoegdheid}. Afwijken van de regel valt {'daaronder' if act.mandaat.afwijken else 'daar niet onder'}."
    yield f"Uitkomst volgens de regels: {decision.uitkomst}. Besluit: {_words(decided(decision, act))}."
    titles = {c.id: c.titel for c in decision.hardheid.clausules} if decision.hardheid else {}
    if chosen.keuze == "wijkt_af":
        named = "; ".join(titles.get(one or "", one or "") for one in chosen.clausules or ())
        yield f"Afgeweken met: {named}. Wat: {_stop(chosen.wat)}"
    if chosen.bedrag is not None:
        yield f"Bedrag: {format_money(chosen.bedrag)}" + (f" per {chosen.per}." if chosen.per else ".")
    begin, end = begins(decision, act), whole(chosen.tot)
    if begin is not None:
        yield f"Vanaf {format_day(begin)}" + (f" tot en met {format_day(end)}." if end else ".")
    if chosen.reden:
        yield f"Waarom: {_stop(chosen.reden)}"
    if chosen.keuze == "buiten_behandeling" and act.buiten_behandeling.korte_termijn_omdat:
        yield f"Waarom een korte termijn om aan te vullen genoeg was: {_stop(act.buiten_behandeling.korte_termijn_omdat)}"
    for ground in act.gronden or ():
        if ground.weigert is not None:
            yield f"- Keuze bij {_title(decision, ground.criterium)}: {'geweigerd' if ground.weigert else 'niet geweigerd'}. {_stop(ground.reden)}"
    extra = for_completeness(decision, act)
    for ident in grounds_of(decision, act) if extra else ():
        yield f"- Grond {_title(decision, ident)}: {'ten overvloede' if ident in extra else 'draagt de afwijzing zelfstandig'}."
    yield from _believed(decision, act)
    for one in act.wegingen or ():
        about = circumstance(one.omstandigheid) + (f" «{one.woorden}»" if one.woorden else "")
        against = titles.get(clause_id(one.clausule) or "", "geen clausule")
        yield f"- {about} (bij: {against}): {_judged(one)}. {_stop(one.reden)}"
    if heard := _heard(act):
        yield f"Horen: {heard}"
    for advice in act.adviezen or ():
        followed = "gevolgd" if advice.gevolgd else "niet gevolgd"
        yield f"Advies van {advice.van}: {_stop(advice.inhoud)} Dit advies is {followed}. {_stop(advice.reden)}".rstrip()
    for dissent in act.tegenspraak or ():
        yield f"Anders dacht {dissent.wie}: {_stop(dissent.wat)} {_stop(dissent.antwoord)}".rstrip()
    if act.inwoner.standpunt:
        said = f" «{act.inwoner.woorden}»" if act.inwoner.woorden else ""
        yield f"Wat de inwoner van dit besluit vindt: {_words(act.inwoner.standpunt)}.{said}"
    for promise in act.toezeggingen or ():
        until = whole(promise.uiterlijk)
        who = f" Door {promise.wie}, uiterlijk {format_day(until)}." if promise.wie and until else ""
        yield f"Toezegging «{promise.wat}»: {promise.stand}.{who} {_stop(promise.reden)}".rstrip()
    for text in act.gecontroleerd or ():
        on = whole(text.op)
        yield f"Met de bron vergeleken: {text.tekst}, met {text.bron}" + (f", op {format_day(on)}." if on else ".")
    for answer in act.blokkades or ():
        yield f"Nog te doen was: {_stop(answer.blokkade)} {_stop(answer.antwoord)}".rstrip()


def _believed(decision: Decision, act: Act) -> Iterator[str]:
    """Of every fact that the client tells otherwise: both readings, the one that was believed, and why."""
    for dispute in claims(decision.draft):
        one = settled(dispute, act)
        if one is None or one.geloofd is None:
            continue
        source, recorded = plain(dispute.source or "het register"), dispute.recorded or "niets"
        believed = f"{recorded} ({source})" if one.geloofd == "register" else f"{dispute.claimed} (betrokkene)"
        yield f"- Betwist was {plain(dispute.label)}: {recorded} volgens {source}, {dispute.claimed} volgens betrokkene."
        yield f"  Het besluit rust op {believed}. {_stop(one.reden)} Betrokkene daarop: {_stop(one.antwoord_inwoner)}"


def _judged(one: Weging) -> str:
    return "telt mee" if one.oordeel == "weegt_mee" else "verandert het besluit niet"


def _heard(act: Act) -> str | None:
    heard, day = act.horen, whole(act.horen.op)
    if heard.gehouden and heard.wat_kwam_eruit:
        return (f"Gehoord op {format_day(day)}. " if day else "Gehoord. ") + _stop(heard.wat_kwam_eruit)
    if heard.gehouden is False and heard.niet_omdat:
        return f"Niet gehoord: {NIET_GEHOORD[heard.niet_omdat]}. {_stop(heard.toelichting)}".rstrip()
    return None


def _title(decision: Decision, ident: str | None) -> str:
    return next((f"«{c.titel}»" for c in decision.criteria if c.id == ident), f"{ident}")


def _words(word: str) -> str:
    return word.replace("_", " ")


def _stop(text: str | None) -> str:
    return "" if not text else text if text.endswith((".", "!", "?")) else text + "."
