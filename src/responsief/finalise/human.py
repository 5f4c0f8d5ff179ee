"""What the law asks of an outcome that only a person can give, and why an act does not have it yet.

Not dealing with an application (Awb 4:5), sticking to an earlier refusal (4:6), sending on (2:3), and a right that can't be
established. Each stands in its own part of the act. What the municipality must find out itself is never laid on the client
(Awb 3:2, Pw 53a lid 1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from responsief.decision import Decision, Needed
from responsief.diagnostics import Diagnostic
from responsief.finalise.act import ALLEEN_MENS, Act, BuitenBehandeling, OnlyHuman, whole
from responsief.finalise.wording import refused, said, same_body
from responsief.motivation.terms import end_of_term
from responsief.values import Day, format_day, parse_period
from responsief.wording import folded

SHORTEST, WEEK = 3, 7  # days to complete an application in: never fewer, and fewer only with a reason (Awb 4:5 lid 1)
FOUR_WEEKS: Final = parse_period("4 weken")  # Awb 4:5 lid 4


def human_refused(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    """Why this act does not make the outcome of which it speaks, or speaks of one that it does not choose."""
    choice = act.besluit.keuze
    for name in ALLEEN_MENS:
        part = getattr(act, name)
        if name != choice and part != type(part)():
            yield refused("onderdeel-vreemd", name, naam=name)
    if choice not in ALLEEN_MENS:
        return
    yield from _no_amount(act)
    match choice:
        case "buiten_behandeling":
            yield from _not_dealt_with(decision, act)
        case "herhaalde_aanvraag":
            yield from _again(decision, act)
        case "doorzenden":
            yield from _sent_on(decision, act)
        case "niet_vast_te_stellen":
            yield from _not_established(decision, act)


def can_apply(decision: Decision) -> tuple[OnlyHuman, ...]:
    """Which of these outcomes this draft leaves room for at all."""
    draft = decision.draft
    asked = [need for need in draft.nog_nodig if need.van == "aanvrager"]
    room: dict[OnlyHuman, bool] = {
        "buiten_behandeling": bool(asked) and draft.regeling.aanvullen is not None,
        "herhaalde_aanvraag": draft.uitkomst not in ("toegekend", "gedeeltelijk"),
        "doorzenden": True,
        "niet_vast_te_stellen": bool(asked) and len(asked) == len(draft.nog_nodig),
    }
    return tuple(name for name, so in room.items() if so)


def _no_amount(act: Act) -> Iterator[Diagnostic]:
    """Nothing is granted: no amount, no clause, and no other outcome than the choice itself."""
    chosen, refusal = act.besluit, act.besluit.keuze in ("herhaalde_aanvraag", "niet_vast_te_stellen")
    wrong = {
        "uitkomst": chosen.uitkomst not in ((None, "afgewezen") if refusal else (None,)),
        "clausules": bool(chosen.clausules),
        "bedrag": chosen.bedrag is not None,
        "per": chosen.per is not None,
        "vanaf": chosen.vanaf is not None,
        "tot": chosen.tot is not None,
    }
    for name, so in wrong.items():
        if so:
            yield refused("keuze-zonder-uitkomst", f"besluit.{name}", naam=chosen.keuze, wat=name)


def _lacking(lacking: Mapping[str, bool]) -> str:
    return ", ".join(name for name, so in lacking.items() if so)


def _out_of_order(pad: str, one: date, how: str, day: date) -> Diagnostic:
    return refused("datum-volgorde", pad, dag=format_day(one), hoe=how, besluit=format_day(day))


def _apart(one: Day, other: Day) -> bool:
    """Are these two, of which a part may be unknown, surely not the same day?"""
    (first, last), (begin, end) = _range(one), _range(other)
    return last < begin or end < first


def _range(one: Day) -> tuple[date, date]:
    return (one, one) if isinstance(one, date) else (one.lo, one.hi)


# --- Awb 4:5 -----------------------------------------------------------------------------------------------------------


def last_day_not_to_deal(part: BuitenBehandeling) -> date | None:
    """Until when an application can be left undealt with: four weeks after the term ended unused (Awb 4:5 lid 4)."""
    until = whole(part.uiterlijk)
    return end_of_term(until, FOUR_WEEKS, statute=True) if until is not None else None


def needed_of(decision: Decision, words: str | None) -> Needed | None:
    """The missing fact that an act names by its path or its label."""
    wanted = folded(words or "")
    return next((n for n in decision.draft.nog_nodig if wanted in (folded(n.gegeven), folded(n.label))), None)


def _not_dealt_with(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    part, name, day = act.buiten_behandeling, "buiten_behandeling", whole(act.datum)
    if decision.draft.regeling.aanvullen is None:
        yield refused("behandelen-moet", "besluit.keuze")
    if not any(need.van == "aanvrager" for need in decision.draft.nog_nodig):
        yield refused("behandelen-niets-gevraagd", "besluit.keuze")
    for number, words in enumerate(part.gegevens or ()):
        need = needed_of(decision, words)
        if need is None or need.van != "aanvrager":
            yield refused("behandelen-gegeven", f"{name}.gegevens.{number}", wat=words or "")
    asked, until = whole(part.gevraagd_op), whole(part.uiterlijk)
    lacking = {
        "wat is gevraagd («gegevens»)": not part.gegevens,
        "wanneer («gevraagd_op»)": asked is None,
        "tot wanneer («uiterlijk»)": until is None,
        "of er is aangevuld («aangevuld»)": part.aangevuld is None,
        "waarom de inwoner het kon geven («kon_leveren»)": not said(part.kon_leveren),
        "of om meer tijd is gevraagd («om_uitstel_gevraagd»)": part.om_uitstel_gevraagd is None,
    }
    if any(lacking.values()):
        yield refused("behandelen-onvolledig", name, wat=_lacking(lacking))
    if part.aangevuld:
        yield refused("behandelen-aangevuld", f"{name}.aangevuld")
    if part.om_uitstel_gevraagd and not said(part.uitstel):
        yield refused("behandelen-uitstel", f"{name}.uitstel")
    received = whole(decision.draft.situatie.aanvraag.ontvangen_op)
    if asked is not None and received is not None and asked < received:
        yield refused("datum-andersom", f"{name}.gevraagd_op", dag=format_day(received), wat="uw vraag om aan te vullen")
    if until is None:
        return
    if asked is not None and asked >= until:
        told = format_day(asked)
        yield refused("datum-andersom", f"{name}.gevraagd_op", dag=told, wat="de laatste dag om aan te vullen")
    elif asked is not None:
        yield from _short(part, (until - asked).days)
    if day is not None and day <= until:
        yield refused("behandelen-termijn-loopt", f"{name}.uiterlijk", dag=format_day(until))
    last = last_day_not_to_deal(part)
    if day is not None and last is not None and day > last:
        yield refused("behandelen-te-laat", "datum", dag=format_day(last))


def _short(part: BuitenBehandeling, days: int) -> Iterator[Diagnostic]:
    """The law wants a chance to complete an application: in a few days that is none."""
    told = f"{days} {'dag' if days == 1 else 'dagen'}"
    if days < SHORTEST:
        yield refused("behandelen-termijn-te-kort", "buiten_behandeling.uiterlijk", dagen=told)
    elif days < WEEK and not said(part.korte_termijn_omdat):
        yield refused("behandelen-termijn-kort", "buiten_behandeling.korte_termijn_omdat", dagen=told)


# --- Awb 4:6 -----------------------------------------------------------------------------------------------------------


def _again(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    part, name = act.herhaalde_aanvraag, "herhaalde_aanvraag"
    lacking = {
        "de datum van het eerdere besluit («eerder_op»)": whole(part.eerder_op) is None,
        "het kenmerk («eerder_kenmerk»)": not part.eerder_kenmerk,
        "wat het besluit was («eerder_uitkomst»)": part.eerder_uitkomst is None,
        "of het dezelfde aanvraag is («zelfde_aanvraag»)": part.zelfde_aanvraag is None,
        "wat de inwoner nu aanvoert («aangevoerd»)": not said(part.aangevoerd),
        "of dat nieuw is («nieuw»)": part.nieuw is None,
        "waarom («waarom»)": not said(part.waarom),
        "of blijven bij de afwijzing evident onredelijk is («evident_onredelijk»)": part.evident_onredelijk is None,
        "waarom dat zo is («afweging»)": not said(part.afweging),
    }
    if any(lacking.values()):
        yield refused("herhaald-onvolledig", name, wat=_lacking(lacking))
    if part.eerder_uitkomst not in (None, "afgewezen", "gedeeltelijk"):
        yield refused("herhaald-geen-afwijzing", f"{name}.eerder_uitkomst")
    if part.zelfde_aanvraag is False:
        yield refused("herhaald-ander-verzoek", f"{name}.zelfde_aanvraag")
    if part.nieuw:
        yield refused("herhaald-iets-nieuws", f"{name}.nieuw")
    if part.evident_onredelijk:
        yield refused("herhaald-onredelijk", f"{name}.evident_onredelijk")
    if decision.uitkomst in ("toegekend", "gedeeltelijk"):
        yield refused("herhaald-nu-recht", "besluit.keuze", wat=decision.uitkomst)
    earlier, received = whole(part.eerder_op), whole(decision.draft.situatie.aanvraag.ontvangen_op)
    if earlier is not None and received is not None and earlier >= received:
        yield refused("datum-andersom", f"{name}.eerder_op", dag=format_day(earlier), wat="de nieuwe aanvraag")
    day = whole(act.datum)
    if earlier is not None and day is not None and earlier >= day:
        yield _out_of_order(f"{name}.eerder_op", earlier, "niet vóór", day)


# --- Awb 2:3 -----------------------------------------------------------------------------------------------------------


def _sent_on(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    part, name = act.doorzenden, "doorzenden"
    own, mandated = decision.draft.regeling.orgaan, act.mandaat.namens or ""
    received = whole(part.ontvangen_op) or whole(decision.draft.situatie.aanvraag.ontvangen_op)
    lacking = {
        "naar wie («naar»)": not part.naar,
        "hoe zij te bereiken zijn («bereikbaar»)": not part.bereikbaar,
        "wanneer («op»)": whole(part.op) is None,
        "wanneer de inwoner het hoort («meegedeeld_op»)": whole(part.meegedeeld_op) is None,
        "wanneer de aanvraag hier binnenkwam («ontvangen_op»)": received is None,
    }
    if any(lacking.values()):
        yield refused("doorzenden-onvolledig", name, wat=_lacking(lacking))
    if part.naar and same_body(part.naar, mandated):
        yield refused("doorzenden-aan-zichzelf", f"{name}.naar", wat=part.naar)
    if same_body(own, mandated) and not said(act.besluit.reden):
        yield refused("doorzenden-zelf-bevoegd", "besluit.reden", wat=own)
    sent, told = whole(part.op), whole(part.meegedeeld_op)
    if sent is not None and told is not None and sent != told:
        yield refused("doorzenden-niet-tegelijk", f"{name}.meegedeeld_op")
    if sent is not None and received is not None and sent < received:
        yield refused("datum-andersom", f"{name}.ontvangen_op", dag=format_day(received), wat="het doorzenden")
    day = whole(act.datum)
    for field, one in (("op", sent), ("meegedeeld_op", told)):
        if one is not None and day is not None and one > day:
            yield _out_of_order(f"{name}.{field}", one, "na", day)
    recorded = decision.draft.situatie.aanvraag.ontvangen_op
    if recorded is not None and part.ontvangen_op is not None and _apart(part.ontvangen_op, recorded):
        yield refused("doorzenden-andere-dag", f"{name}.ontvangen_op", dag=format_day(recorded))


# --- a right that can't be established ---------------------------------------------------------------------------------


def _not_established(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    part, name, day = act.niet_vast_te_stellen, "niet_vast_te_stellen", whole(act.datum)
    needs = decision.draft.nog_nodig
    if not needs:
        yield refused("vaststellen-niets-mist", "besluit.keuze")
    for own in needs:
        if own.van != "aanvrager":
            yield refused("vaststellen-zelf-doen", "besluit.keuze", wat=own.label)
    named = [needed_of(decision, one.gegeven) for one in part.gegevens or ()]
    told = {need.gegeven for need in named if need is not None}
    left = [need.label for need in needs if need.van == "aanvrager" and need.gegeven not in told]
    lacking = {f"hoe naar «{label}» is gevraagd": True for label in left} | {
        "waarom een schatting niet kan («schatting»)": not said(part.schatting),
        "waarom het ook niet voor een deel van de periode kan («deel»)": not said(part.deel),
    }
    if any(lacking.values()):
        yield refused("vaststellen-onvolledig", name, wat=_lacking(lacking))
    for number, one in enumerate(part.gegevens or ()):
        at = f"{name}.gegevens.{number}"
        missing = {
            "een gegeven dat nog nodig is («gegeven»)": needed_of(decision, one.gegeven) is None,
            "hoe u het vroeg («hoe»)": not said(one.hoe),
            "wanneer («op»)": whole(one.op) is None,
            "wat er kwam («wat_kwam»)": not said(one.wat_kwam),
        }
        if any(missing.values()):
            yield refused("vaststellen-onvolledig", at, wat=_lacking(missing))
        on = whole(one.op)
        if on is not None and day is not None and on >= day:
            yield refused("datum-andersom", f"{at}.op", dag=format_day(on), wat="het besluit")
