"""What every letter has, whatever it decides: who writes to whom, who helps, what help there is, the remedy with its last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from responsief.decision import Alternative, Draft, Remedy, Sender
from responsief.motivation import reasons
from responsief.motivation.law import cite
from responsief.motivation.terms import last_day, last_post_day
from responsief.motivation.words import (
    MORE_HELP,
    MORE_TOLD,
    body,
    day_or_place,
    decider,
    fill,
    lower,
    named,
    numbered,
    on_day,
    plain,
    quote,
    quoted,
    told,
    told_name,
    told_sentence,
    upper,
)
from responsief.values import format_day, format_money

NOBODY: Final = Sender()
LAST_DAY: Final = "laatste dag, te rekenen vanaf de dag van verzenden"
MOST_QUESTIONS: Final = 2  # per alternative; a conversation asks the rest
_REMEDY_NAMES: Final = {"bezwaar": "Bezwaar", "administratief_beroep": "Administratief beroep"}


def frame(draft: Draft, sender: Sender, remedy: Remedy | None, *, refused: bool) -> dict[str, object]:
    """The words of the parts that letters share. `remedy` is what can be done against this letter, None where it decides nothing."""
    discreet = reasons.discreet(draft, sender)
    options, more_help = reasons.for_letter(draft, sender)
    last = last_of(remedy, sender)
    wish = draft.situatie.gewenst_effect
    return {
        "uitkomst": draft.uitkomst,
        "regeling": name_of(draft),
        "afzender": _sender_lines(sender),
        "naam": fill(sender.naam_client, "naam"),
        "datum": day_or_place(sender.verzonden_op, "datum van verzenden"),
        "kenmerk": fill(sender.kenmerk, "kenmerk"),
        "aanvraag": _application(draft),
        "contactpersoon": fill(sender.contactpersoon, "naam contactpersoon"),
        "telefoon": fill(sender.telefoon, "telefoonnummer"),
        "bereikbaar": fill(sender.bereikbaar, "wanneer bereikbaar"),
        "bezwaar": remedy is not None and remedy.soort == "bezwaar",
        "laatste_dag": None if remedy is None else day_or_place(last, LAST_DAY),
        "wens": quoted(wish) if wish and not discreet else None,
        "gevraagd": _asked(draft, discreet),
        "meer_verteld": MORE_TOLD,
        "meer_hulp": MORE_HELP if more_help else None,
        "hulp": [
            (
                number,
                told(one.titel),
                told_sentence(one.eerste_stap),
                decider(one.wie_beslist),
                one.past == "ja",
                [told_name(question) for question in reasons.own_questions(one.vragen)][:MOST_QUESTIONS],
                _term(one, draft, sender),
            )
            for number, one in enumerate(options, 2 if more_help else 1)
        ],
        "eerste_contact": _first_contact(options, 2 if more_help else 1, ours=reasons.municipal(draft)),
        "samen": _together(draft, options, 2 if more_help else 1),
        "middel": None if remedy is None else _remedy(remedy, last, refused=refused),
        "besluit": _decision_name(draft, sender),
        "helper": upper(fill(sender.hulp_bij_brief, "wie gratis helpt met deze brief")),
        "namens": body(draft.regeling.orgaan),
    }


def _together(draft: Draft, options: tuple[Alternative, ...], first: int) -> str | None:
    """The bundle of which the letter names every part: one, by their numbers."""
    if draft.hardheid is None or not draft.hardheid.bundels:
        return None
    numbers = {one.id: number for number, one in enumerate(options, first)}
    for bundle in draft.hardheid.bundels:
        if all(ident in numbers for ident in bundle.alternatieven):
            places = numbered(sorted([numbers[ident] for ident in bundle.alternatieven]))
            return f"Dit past goed samen: nummer {places}. {told_sentence(bundle.waarom)}"
    return None


def _first_contact(options: tuple[Alternative, ...], first: int, *, ours: bool) -> str | None:
    """That the municipality offers to make the first contact, and for which help."""
    numbers = [number for number, one in enumerate(options, first) if one.overdracht is not None]
    if not numbers or not ours:
        return None
    if len(numbers) == len(options):
        which = "Hiervoor" if len(numbers) == 1 else "Voor al deze hulp"
    else:
        which = f"Voor nummer {numbered(numbers)}"
    return f"{which} nemen wij graag voor u contact op. Zeg het ons als u dat wilt."


def _term(one: Alternative, draft: Draft, sender: Sender) -> str | None:
    """By when this must be done, where there is a day, and it is not over when the letter is sent."""
    day = one.termijn.uiterlijk if one.termijn is not None else None
    if one.termijn is None or day is None or day < (sender.verzonden_op or draft.peildatum):
        return None
    return f"{told_sentence(one.termijn.tekst)} Dat is uiterlijk {on_day(day)}."


def name_of(draft: Draft) -> str:
    """The regulation as the letter calls it, within a sentence."""
    return lower(told(draft.regeling.titel))


def last_of(remedy: Remedy | None, sender: Sender) -> date | None:
    """The last day of the remedy; None while nobody knows when the letter goes out."""
    return last_day(remedy, sender.verzonden_op) if remedy is not None and sender.verzonden_op is not None else None


def laws_of_help(options: tuple[Alternative, ...], own: str) -> Iterator[str]:
    """The articles of the help that a letter names."""
    for one in options:
        if one.geverifieerd and _has_law(one):
            yield f"{told_name(one.titel)}: {cite(named(one.grondslag), own)}"


def laws_of_remedy(remedy: Remedy | None, own: str, *, refused: bool) -> Iterator[str]:
    """The articles of the remedy."""
    if remedy is None:
        return
    yield f"{_REMEDY_NAMES.get(remedy.soort, 'Beroep')}: {cite(named(remedy.grondslag), own)}"
    if remedy.soort == "bezwaar":
        yield f"Wat in uw bezwaar staat en wanneer het op tijd is: {cite('Awb 6:5, 6:8, 6:9 en 6:11', own)}"
        if refused:
            yield f"Voorlopige voorziening: {cite('Awb 8:81', own)}"


def _sender_lines(sender: Sender) -> list[str]:
    lines = [fill(sender.organisatie, "naam van de organisatie")]
    address = [plain(line) for line in (sender.adres or "").splitlines()]
    return lines + ([line for line in address if line] or ["[vul in: adres van de organisatie]"])


def _application(draft: Draft) -> str | None:
    received = draft.situatie.aanvraag.ontvangen_op
    if received is not None:
        return f"{upper(on_day(received))} kregen wij uw aanvraag."
    reported = draft.situatie.aanvraag.gemeld_op
    return f"{upper(on_day(reported))} meldde u zich bij ons." if reported is not None else None


def _asked(draft: Draft, discreet: bool) -> str | None:
    asked = draft.situatie.aanvraag.gevraagd
    if not asked.soort or discreet:
        return None
    return f"{quote(asked.soort)}, voor {format_money(asked.kosten)}." if asked.kosten is not None else quoted(asked.soort)


def _remedy(remedy: Remedy, last: date | None, *, refused: bool) -> tuple[object, ...]:
    by_post = last_post_day(remedy, last) if last is not None else None
    posted = format_day(by_post) if by_post else None
    if last is None and remedy.grondslag.startswith("Awb"):
        posted = "[vul in: een week na de laatste dag]"
    return (
        remedy.soort,
        plain(remedy.termijn),
        day_or_place(last, LAST_DAY),
        posted,
        body(remedy.bij),
        remedy.soort == "bezwaar" and refused,
    )


def _decision_name(draft: Draft, sender: Sender) -> str:
    return f"{name_of(draft)}, kenmerk {fill(sender.kenmerk, 'kenmerk')}"


def _has_law(one: Alternative) -> bool:
    return not one.grondslag.strip().lower().startswith(("geen", "lokaal", "lokale", "eigen"))
