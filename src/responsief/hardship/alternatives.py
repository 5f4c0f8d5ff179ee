"""Alternatives, from needs: for each need what does help, in the order of the client's own question, then severity.

Conditions decide: known to hold is `past`, unknown is `na_te_gaan` with what to ask, known not to hold is hidden. A provision
that is itself a ruleset takes that verdict; the refused ruleset is never offered. Violence, a child in danger or a crisis goes
before every other order, what lies outside the law comes after it. Never none: where nothing fits, a conversation with a
person remains, and the gap is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from typing import Any, Final

from responsief.backends.unknown import Unknown
from responsief.decision import Alternative, Clause
from responsief.frozen import dataclass
from responsief.hardship.candidates import (
    ACUTE,
    MOST_QUESTIONS,
    ORDINARY,
    OUTSIDE,
    PART,
    URGENT,
    Candidate,
    after_the_others,
    in_turns,
    rank,
    ready,
)
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import reaches
from responsief.hardship.history import history
from responsief.hardship.offers import (
    ALWAYS,
    ASK,
    CLAUSE,
    FALLBACK,
    HOLDS,
    OFFERED,
    OWN,
    SURE,
    TOGETHER,
    Item,
    Offer,
    Offered,
    offers,
    shelf,
)
from responsief.hardship.other_rulesets import from_rulesets
from responsief.hardship.paths import dated, handover, term
from responsief.hardship.signals import trace
from responsief.ir.ruleset import Provision, SignalDef
from responsief.values import format_money

PER_NEED: Final = 5  # provisions shown per need; what a signal offers and one thing to do together come on top
OUTSIDE_LAW: Final = 2  # of what lies outside the law, so many on top: it takes the place of nothing within it
ASKED: Final = 2  # of those, how many whose conditions are unknown: a list of questions is no help
ASKED_UNSTATED: Final = 1  # the same, for an area that the client did not name
MOST_WORDS: Final = 100  # of what a client says of a strength
ACUTE_DAYS: Final = 3  # a signal with such a term is a crisis (Wgs 4 lid 2): what it offers does not wait for its turn


@dataclass(frozen=True, slots=True)
class Need:
    """A leefgebied where something is needed, in the order of what matters to the client."""

    leefgebied: str
    ernst: int | None
    gesteld: bool  # stated by the client


def needs(case: HardCase) -> tuple[Need, ...]:
    """The client's needs, own order first, then severity; without stated needs the ruleset's leefgebieden serve."""
    situation = case.situation
    wanted = [w for w in situation.hulpvraag or () if w is not None]
    severity: dict[str, int | None] = dict.fromkeys(wanted)
    for need in situation.behoeften or ():
        if need.leefgebied is not None:
            known = severity.get(need.leefgebied)
            severity[need.leefgebied] = max(known or 0, need.ernst or 0) or None
    if not severity:
        return tuple(Need(area, None, False) for area in case.ruleset.leefgebieden)

    def order(area: str) -> tuple[int, int, str]:
        return (wanted.index(area) if area in wanted else len(wanted), -(severity[area] or 3), area)

    return tuple(Need(area, severity[area], True) for area in sorted(severity, key=order))


def alternatives(
    case: HardCase, fired: Mapping[str, Sequence[SignalDef]], entries: tuple[Clause, ...]
) -> tuple[tuple[Alternative, ...], tuple[str, ...], tuple[str, ...]]:
    """What helps, best first; the needs, as the client states them, that nothing conditional serves; and all that she states."""
    wants = needs(case)
    stated = bool(wants) and wants[0].gesteld
    areas = tuple([n.leefgebied for n in wants])
    offered = offers(case, fired, areas)
    provisions, answered = _provisions(case, areas, stated, offered)
    others = [
        *from_rulesets(case, areas),
        *_clauses(case, areas, entries),
        *_part(case),
        *_network(case, areas),
        *_strengths(case, areas),
    ]
    tried = history(case)
    candidates = [*provisions, *others]
    if any(one.hielp is False for one in tried.values()):
        candidates = [after_the_others(c, tried.get(c.id)) for c in candidates]
    chosen = [c.make() for c in in_turns(sorted(candidates, key=rank), len(areas))]
    if tried:
        chosen = [replace(a, eerder_geprobeerd=tried[a.id]) if a.id in tried else a for a in chosen]
    answered |= {area for one in chosen if one.voorwaardelijk and one.soort != "buiten_wet" for area in one.leefgebieden}
    if not any(one.voorwaardelijk for one in chosen) and all(one.id != FALLBACK for one in chosen):
        chosen.append(_fallback(case))
    unserved = tuple([area for area in areas if area not in answered])
    return (tuple(chosen), unserved, areas) if stated else (tuple(chosen), (), ())


# --- where they come from ----------------------------------------------------------------------------------------------


def _provisions(case: HardCase, areas: tuple[str, ...], stated: bool, offered: Offered) -> tuple[list[Candidate], set[str]]:
    """What a signal offers, and at most PER_NEED more within the law for each need; with the areas that some known condition answers."""
    run, today, taken = case.aids_run, case.verdict.peildatum, case.taken
    found: list[Candidate] = []
    answered: set[str] = set()
    everything = set(areas)
    asked = ASKED if stated else ASKED_UNSTATED
    here = shelf(case.aids, areas)
    for ident, offer in offered.items():
        item = here.items.get(ident)
        if item is None or ident in taken or (item.dated and not _valid(item.provision, today)):
            continue
        truth = run[item.slot] if item.slot is not None else item.fixed
        if truth is False:
            continue
        if truth and item.conditional:
            answered |= item.answers
        group = _group(item, offer, truth)
        need = offer.need if offer.need is not None else 0 if group == ACUTE else len(areas)
        if group == URGENT:
            need = 0
        step = ASK if truth is None else TOGETHER if item.kind == "samen" else OFFERED if item.conditional else HOLDS
        label = None if offer.need is None else areas[offer.need]
        make = partial(_provision, case, item, truth, label, stated, offer)
        found.append(Candidate(group, need, step, (*offer.order, *item.order), ident, make))
    for number, items in enumerate(here.by_need):
        steps: dict[int, list[tuple[Item, bool | None]]] = {HOLDS: [], ASK: [], TOGETHER: [], ALWAYS: []}
        outside: list[tuple[int, Item, bool | None]] = []
        for item in items:
            truth = run[item.slot] if item.slot is not None else item.fixed
            if truth is False or item.id in offered or item.id in taken or (item.dated and not _valid(item.provision, today)):
                continue
            if truth and item.conditional and not item.answers <= answered:
                answered |= item.answers
            step = ASK if truth is None else item.step
            if item.kind == "buiten_wet":
                if len(outside) < OUTSIDE_LAW and len(steps[HOLDS]) < PER_NEED:
                    outside.append((step, item, truth))
                continue
            if step == ASK and len(steps[ASK]) >= asked:
                continue
            steps[step].append((item, truth))
            if step == HOLDS and len(steps[HOLDS]) >= PER_NEED and answered >= everything:
                break  # what comes after can't be shown, and no need is left to answer
        together = steps.pop(TOGETHER)  # on top: it takes the place of nothing else, and is never crowded out
        room = PER_NEED - len(steps[HOLDS]) - len(steps[ASK])
        chosen = list(islice(((s, i, h) for s, some in steps.items() for i, h in some), PER_NEED))
        chosen += [(TOGETHER, i, h) for i, h in together[: max(room, 1)]] or _together(case, here.together[number], offered)
        chosen += outside
        for step, item, truth in chosen:
            make = partial(_provision, case, item, truth, areas[number], stated, None)
            group = OUTSIDE if item.kind == "buiten_wet" else ORDINARY
            found.append(Candidate(group, number, step, (*Offer.LAST, *item.order), item.id, make))
    return found, answered


def _together(case: HardCase, items: tuple[Item, ...], offered: Offered) -> list[tuple[int, Item, bool | None]]:
    """The first that holds of what people can do together."""
    run, today = case.aids_run, case.verdict.peildatum
    for item in items:
        truth = run[item.slot] if item.slot is not None else item.fixed
        if truth and item.id not in offered and item.id not in case.taken and (not item.dated or _valid(item.provision, today)):
            return [(TOGETHER, item, truth)]
    return []


def _group(item: Item, offer: Offer, truth: bool | None) -> int:
    if item.kind == "buiten_wet":
        return OUTSIDE
    if offer.urgent:
        return URGENT
    return ACUTE if truth and item.kind == "voorziening" and offer.order[0] <= ACUTE_DAYS else ORDINARY


def _valid(provision: Provision, today: date) -> bool:
    return (provision.van is None or provision.van <= today) and (provision.tot is None or today <= provision.tot)


def _provision(
    case: HardCase, item: Item, holds: bool | None, need: str | None, stated: bool, offer: Offer | None
) -> Alternative:
    """A provision written out; what depends only on why it came up is kept with the catalogue."""
    if holds is None:
        asked = _conditions_to_ask(case, item.provision)
        return dated(case, _written(item, need, stated, offer, asked, conditional=False), item.id)
    key = (item.id, need, stated, (offer.rule.id, offer.urgent) if offer is not None else None)
    kept: dict[Any, Alternative] = case.aids.written
    found = kept.get(key)
    if found is None:
        found = kept[key] = _written(item, need, stated, offer, (), conditional=item.conditional)
    return dated(case, found, item.id) if item.id in case.aids.last_days else found


def _written(
    item: Item, need: str | None, stated: bool, offer: Offer | None, asked: tuple[str, ...], *, conditional: bool
) -> Alternative:
    provision = item.provision
    questions = dict.fromkeys([*provision.na_te_gaan, *asked])
    own_work = dict.fromkeys(provision.zelf_uitzoeken)
    if provision.bereik == "deel" and provision.gemeente is None:
        own_work["Bestaat dit in deze gemeente?"] = None
    return Alternative(
        id=provision.id,
        titel=provision.titel,
        soort=item.kind,
        leefgebieden=provision.leefgebieden,
        behoefte=need,
        grondslag=provision.grondslag,
        wie_beslist=provision.wie_beslist,
        eerste_stap=provision.eerste_stap,
        drempel=provision.drempel,
        past="na_te_gaan" if questions or own_work else "ja",
        waarom=_why(need, stated, offer),
        vragen=tuple(questions),
        voorwaardelijk=conditional,
        gevoelig=provision.gevoelig,
        geverifieerd=provision.geverifieerd,
        zelf_uitzoeken=tuple(own_work),
        termijn=term(provision),
        overdracht=handover(
            provision.wie_beslist,
            item.kind,
            provision.drempel,
            provision,
            urgent=offer is not None and (offer.urgent or offer.order[0] <= ACUTE_DAYS),
        ),
    )


def _conditions_to_ask(case: HardCase, provision: Provision) -> tuple[str, ...]:
    """The facts that its conditions wait for, as questions."""
    compiled = case.aids.compiled
    if provision.voorwaarden is not None and compiled.program.slot(provision.voorwaarden) is not None:
        unknown = Unknown(compiled, case.aids_run, case.situation, case.verdict.peildatum)
        asked = unknown.questions(provision.voorwaarden)
        if asked:
            return asked[:MOST_QUESTIONS]
    return ("Passen de voorwaarden? Niet alle gegevens daarvoor zijn bekend.",)


def _why(need: str | None, stated: bool, offer: Offer | None) -> str:
    reasons = []
    if offer is not None:
        reasons.append(f"signaal «{offer.rule.label}» ({trace(offer.rule)})")
    if need is not None:
        reasons.append(f"uw vraag over {area_words(need)}" if stated else f"de regeling gaat over {area_words(need)}")
    return " en ".join(reasons) or "past bij deze situatie"


AREA_WORDS: Final = {
    "financien": "geld",
    "geestelijke_gezondheid": "hoe het met u gaat",
    "lichamelijke_gezondheid": "uw gezondheid",
    "middelengebruik": "gebruik van middelen",
    "dagelijks_leven": "het dagelijks leven",
    "meedoen": "meedoen",
    "netwerk": "mensen om u heen",
    "gezin": "uw gezin",
}


def area_words(area: str) -> str:
    """A leefgebied in plain words."""
    return AREA_WORDS.get(area, area.replace("_", " "))


def _clauses(case: HardCase, areas: tuple[str, ...], entries: tuple[Clause, ...]) -> Iterator[Candidate]:
    """Setting a criterion aside with a clause in reach: possible, never promised. While the law only asks to wait, first."""
    seen = set()
    for entry in entries:
        if entry.status != "in_bereik" or not reaches(entry) or entry.id in seen:
            continue
        seen.add(entry.id)
        yield ready(
            areas,
            SURE if case.verdict.uitkomst == "wacht" else CLAUSE,
            id=f"hardheid:{entry.id}",
            titel=f"Afwijken van de regel: {entry.titel}",
            soort="hardheid",
            leefgebieden=case.ruleset.leefgebieden,
            grondslag=entry.grondslag,
            wie_beslist=entry.wie_beslist,
            eerste_stap="Vertel ons wat er bij u anders is dan bij anderen.",
            drempel=4,
            past="na_te_gaan",
            waarom=f"de clausule reikt tot deze voorwaarde{_measure(entry)}",
            vragen=entry.open_vragen,
            voorwaardelijk=False,
            gevoelig=None,
            geverifieerd=entry.geverifieerd,
        )


def _measure(entry: Clause) -> str:
    """The words that a clause is weighed by; a quotation only when somebody compared them with the source."""
    if not entry.maatstaf:
        return ""
    return f"; de maatstaf is {f'«{entry.maatstaf}»' if entry.geverifieerd else entry.maatstaf}"


def _part(case: HardCase) -> Iterator[Candidate]:
    """What the same rule does give."""
    verdict = case.verdict
    if verdict.uitkomst == "gedeeltelijk" and verdict.bedrag is not None:
        yield ready(
            case.ruleset.leefgebieden,
            SURE,
            PART,
            id="deel",
            titel=f"Een deel krijgt u wel: {format_money(verdict.bedrag)} per {case.ruleset.per}",
            soort="deel",
            leefgebieden=case.ruleset.leefgebieden,
            grondslag=case.ruleset.naam,
            wie_beslist=case.ruleset.orgaan,
            eerste_stap="U hoeft hiervoor niets te doen.",
            drempel=1,
            past="ja",
            waarom="de regel geeft dit deel",
            vragen=(),
            voorwaardelijk=True,
            gevoelig=None,
            geverifieerd=case.ruleset.geverifieerd,
        )


def _network(case: HardCase, areas: tuple[str, ...]) -> Iterator[Candidate]:
    """People whom the client named herself: never a condition for anything else."""
    for number, contact in enumerate(case.situation.netwerk or (), 1):
        if contact.wie and contact.kan and contact.leefgebied in areas:
            yield ready(
                areas,
                OWN,
                id=f"netwerk-{number}",
                titel=f"Hulp van iemand die u kent: {contact.wie}, {contact.kan}",
                soort="eigen_kracht",
                leefgebieden=(contact.leefgebied,),
                grondslag="geen: dit spreekt u samen af",
                wie_beslist=f"u en {contact.wie}",
                eerste_stap=f"Bespreek met {contact.wie} wat lukt; u hoeft dit niet te vragen.",
                drempel=1,
                past="na_te_gaan",
                waarom="u noemde deze persoon zelf",
                vragen=(f"Wil en kan {contact.wie} dit?",),
                voorwaardelijk=False,
                gevoelig=None,
                geverifieerd=True,
            )


def _strengths(case: HardCase, areas: tuple[str, ...]) -> Iterator[Candidate]:
    """What the client says she is good at, in an area where something is needed: hers to use, never asked of her."""
    for number, strength in enumerate(case.situation.krachten or (), 1):
        if strength.woorden and strength.leefgebied in areas:
            words = strength.woorden.replace("«", "").replace("»", "")
            yield ready(
                areas,
                OWN,
                id=f"kracht-{number}",
                titel=f"Waar u goed in bent: «{words if len(words) <= MOST_WORDS else words[:MOST_WORDS] + '…'}»",
                soort="eigen_kracht",
                leefgebieden=(strength.leefgebied,),
                grondslag="geen: dit kiest u zelf",
                wie_beslist="uzelf",
                eerste_stap="Vertel in het gesprek wat u hiermee wilt; u hoeft niets.",
                drempel=1,
                past="na_te_gaan",
                waarom="u noemde dit zelf",
                vragen=("Wilt u hier iets mee doen?",),
                voorwaardelijk=False,
                gevoelig=None,
                geverifieerd=True,
            )


def _fallback(case: HardCase) -> Alternative:
    """A conversation with a person: always there, and never counted as an alternative."""
    found = case.register.catalogue.provisions.get(FALLBACK)
    base = Alternative(
        id=FALLBACK,
        titel="Een gesprek met iemand die met u meedenkt",
        soort="voorziening",
        leefgebieden=case.ruleset.leefgebieden,
        behoefte=None,
        grondslag="Awb 2:1",
        wie_beslist=case.ruleset.orgaan,
        eerste_stap="Vraag om een gesprek met uw contactpersoon.",
        drempel=1,
        past="ja",
        waarom="niets anders past op wat nu bekend is",
        vragen=(),
        voorwaardelijk=False,
        gevoelig=None,
        geverifieerd=True,
    )
    if found is None:
        return base
    return replace(
        base, titel=found.titel, grondslag=found.grondslag, eerste_stap=found.eerste_stap, wie_beslist=found.wie_beslist
    )
