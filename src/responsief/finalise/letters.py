"""A letter and a note on what a person decided where the drafts speak of another outcome, from what stands in her act.

They have what every letter and note have, from the same parts: the circumstances with her weighing, what does help, the remedy with
its last day. What is not in the act is a marked place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from responsief.decision import Amount, Decision, Draft, Sender
from responsief.finalise.act import Act, Belofte, Weging, clause_id, whole
from responsief.finalise.human import needed_of
from responsief.finalise.outcome import as_decided, decided, only_human, sends_on
from responsief.motivation import reasons
from responsief.motivation.frame import NOBODY, frame, laws_of_help, laws_of_remedy
from responsief.motivation.law import cite
from responsief.motivation.letter import compared, telling
from responsief.motivation.note import note_words
from responsief.motivation.render import render
from responsief.motivation.words import (
    body,
    money,
    named,
    once,
    plain,
    quote,
    sentence,
    told,
    told_name,
    told_sentence,
    upper,
)
from responsief.values import format_day

REASON = "[vul in: uw woorden, zonder wat een ander die meeleest niet mag weten]"
IN_PERSON = "Een gegeven waarover wij u zelf spraken"


def letter(decision: Decision, act: Act) -> str:
    """The letter on what she decided."""
    name = act.besluit.keuze if only_human(act) else "eigen_besluit"
    return render(f"brief_{name}.txt.j2", _letter_words(decision, act))


def note(decision: Decision, act: Act) -> str:
    """The note on an outcome that no rules come to; of every other outcome the draft's own note stands."""
    draft, sender = as_decided(decision, act), decision.afzender or NOBODY
    words = note_words(draft, sender, reasons.read(draft))
    words |= _of_the_act(decision, act, None) | {"volgens_regels": decision.uitkomst, "toets": decision.hardheid is not None}
    return render(f"nota_{act.besluit.keuze}.txt.j2", words)


def _letter_words(decision: Decision, act: Act) -> dict[str, Any]:
    draft, sender = as_decided(decision, act), decision.afzender or NOBODY
    outcome = decided(decision, act)
    remedy = None if sends_on(act) else draft.regeling.rechtsmiddel
    discreet = reasons.discreet(draft, sender)
    case = reasons.read(draft)
    words: dict[str, Any] = frame(draft, sender, remedy, refused=outcome != "toegekend")
    if act.mandaat.namens:
        words["namens"] = body(act.mandaat.namens)
    clauses = reasons.clauses_told(draft, case)
    shown = [item for item in case.circumstances if not reasons.confidential(item, sender)]
    review = decision.hardheid
    titles: dict[str | None, str] = {c.id: told(c.titel) for c in review.clausules} if review is not None else {}
    words |= _of_the_act(decision, act, sender) | {
        "besluit_is": outcome,
        "punten": [
            (number, item.told, quote(item.words) if item.words and item.raised and not discreet else None, _weighed(item, act, titles, discreet))
            for number, item in enumerate(shown, 1)
        ],
        "gronden": [_ground(ground, sender) for ground in case.grounds],
        "uitzonderingen": [told(reach.clause.titel) for reach in (*clauses.possible, *clauses.impossible)],
        "beloften": [] if discreet else [_promise(one) for one in act.toezeggingen or ()],
        "discreet": discreet,
        "wetten": once([*_laws(decision, draft, act, sender)]),
    }  # fmt: skip
    return words


def _of_the_act(decision: Decision, act: Act, reader: Sender | None) -> dict[str, Any]:
    """What she stated on her choice, in words. In a letter that a violent housemate may read, her reasons are places to fill."""
    chosen, draft = act.besluit, decision.draft
    undealt, again, sent_on, unclear = act.buiten_behandeling, act.herhaalde_aanvraag, act.doorzenden, act.niet_vast_te_stellen
    amount = Amount(chosen.bedrag, chosen.per) if chosen.bedrag is not None and chosen.per is not None else None
    received = whole(sent_on.ontvangen_op) or whole(draft.situatie.aanvraag.ontvangen_op)
    titles = {c.id: c for c in draft.hardheid.clausules} if draft.hardheid else {}
    hidden = reader is not None and reasons.discreet(draft, reader)

    def own(text: str | None) -> str:
        return REASON if hidden and text else sentence(text or "")

    used = [titles[one] for one in chosen.clausules or () if one in titles]
    return {
        "keuze": chosen.keuze,
        "reden": own(chosen.reden),
        "bedrag": money(amount) if amount else None,
        "wat": own(chosen.wat),
        "vanaf": _day(chosen.vanaf),
        "tot": _day(chosen.tot),
        "weegt": [
            (told(c.titel), bool(one.weigert), own(one.reden))
            for one in act.gronden or ()
            for c in draft.criteria
            if c.id == one.criterium and one.criterium in draft.te_wegen
        ],
        "afwijking": [(told(c.titel), told(c.maatstaf) if c.maatstaf else None) for c in used],
        "gegevens": [_label(decision, one, reader) for one in undealt.gegevens or ()],
        "gevraagd_op": _day(undealt.gevraagd_op),
        "uiterlijk": _day(undealt.uiterlijk),
        "kon_leveren": own(undealt.kon_leveren),
        "vroeg_uitstel": bool(undealt.om_uitstel_gevraagd),
        "uitstel": own(undealt.uitstel),
        "eerder_op": _day(again.eerder_op),
        "eerder_kenmerk": plain(again.eerder_kenmerk or ""),
        "eerder_deel": again.eerder_uitkomst == "gedeeltelijk",
        "aangevoerd": own(again.aangevoerd),
        "waarom": own(again.waarom),
        "afweging": own(again.afweging),
        "naar": plain(sent_on.naar or ""),
        "bereik_naar": plain(sent_on.bereikbaar or "").rstrip(".") + ".",
        "doorgezonden_op": _day(sent_on.op),
        "ontvangen_op": format_day(received) if received else "",
        "opgevraagd": [
            (_label(decision, one.gegeven, reader), _day(one.op), own(one.hoe), own(one.wat_kwam))
            for one in unclear.gegevens or ()
        ],
        "schatting": own(unclear.schatting),
        "deel": own(unclear.deel),
        "gehoord": _day(act.horen.op) if act.horen.gehouden else "",
        "wat_kwam_eruit": sentence(act.horen.wat_kwam_eruit or "") if act.horen.gehouden else "",
        "niet_gehoord": sentence(act.horen.toelichting or "") if act.horen.gehouden is False else "",
    }


def _day(day: object) -> str:
    known = whole(day)
    return format_day(known) if known is not None else ""


def _label(decision: Decision, words: str | None, reader: Sender | None) -> str:
    need = needed_of(decision, words)
    if need is not None and reader is not None and reasons.unsafe(need.gegeven, reader):
        return IN_PERSON
    return told_name(need.label) if need is not None else upper(plain(words or ""))


def _ground(ground: reasons.Ground, sender: Sender) -> tuple[str, str | None, list[str]]:
    one = ground.criterion
    facts = [f"{told_name(fact.label)}: {plain(fact.waarde)}." for fact in telling(one, sender) if fact.waarde]
    rule = told_sentence(one.uitleg) if one.uitleg else ""
    value, limit = compared(one)
    if value and limit and ground.consequence != "deel":
        rule += f" De grens is {limit}. Bij u gaat het om {value}."
    return told(one.titel), rule.strip() or None, facts


def _weighed(item: reasons.Circumstance, act: Act, titles: Mapping[str | None, str], discreet: bool) -> list[str]:
    """Her weighing of a circumstance: of several clauses each reason once, with the clause where it differs; in a discreet
    letter only what it came to."""
    keys = {(one.omstandigheid, one.woorden, one.clausule) for one in item.weighings}
    found = [w for w in act.wegingen or () if (w.omstandigheid, w.woorden, clause_id(w.clausule)) in keys]
    differ = len({w.oordeel for w in found}) > 1

    def told_of(w: Weging) -> str:
        title = titles.get(clause_id(w.clausule)) if differ else None
        counts = w.oordeel == "weegt_mee"
        if title:
            verdict = f"Bij de uitzondering «{title}» {'telt dit mee' if counts else 'verandert dit het besluit niet'}."
        else:
            verdict = "Dit telt mee." if counts else "Dit verandert het besluit niet."
        return verdict if discreet else f"{verdict} {sentence(w.reden or '')}".rstrip()

    return list(dict.fromkeys(map(told_of, found)))


def _promise(one: Belofte) -> str:
    until = whole(one.uiterlijk)
    match one.stand:
        case "nagekomen":
            then = "Dat is gebeurd."
        case "vervalt":
            then = f"Dat gaat niet door. {sentence(one.reden or '')}"
        case _:
            then = f"Dit doet {plain(one.wie or '')}, uiterlijk {format_day(until) if until else ''}."
    return f"{quote(one.wat or '')}. {then}".rstrip()


_LAWS = {
    "herhaalde_aanvraag": ("Dezelfde aanvraag nog een keer", "Awb 4:6"),
    "doorzenden": ("Een aanvraag doorsturen", "Awb 2:3"),
}


def _laws(decision: Decision, draft: Draft, act: Act, sender: Sender) -> Iterator[str]:
    own, choice = named(draft.regeling.naam), act.besluit.keuze
    if choice == "buiten_behandeling":
        yield f"Een aanvraag niet behandelen: {cite(named(draft.regeling.aanvullen or 'Awb 4:5'), own)}"
    if choice in _LAWS:
        name, article = _LAWS[choice]
        yield f"{name}: {cite(article, own)}"
    unknown = [c for c in draft.criteria if c.oordeel == "onbekend"] if choice == "niet_vast_te_stellen" else []
    for criterion in (*draft.failed, *unknown):
        if not sends_on(act):
            yield f"{told_name(criterion.titel)}: {cite(named(criterion.grondslag), own)}"
    for clause in draft.hardheid.clausules if draft.hardheid else ():
        if clause.id in (act.besluit.clausules or ()):
            yield f"{told_name(clause.titel)}: {cite(named(clause.grondslag), own)}"
    yield from laws_of_help(reasons.for_letter(draft, sender).named, own)
    if not sends_on(act):
        yield from laws_of_remedy(draft.regeling.rechtsmiddel, own, refused=decided(decision, act) != "toegekend")
