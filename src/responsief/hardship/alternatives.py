"""Alternatives, from needs: for each need what does help, in the order of the client's own question, then severity.

Conditions decide: known to hold is `past`, unknown is `na_te_gaan` with what to ask, known not to hold is hidden. A provision
that is itself a ruleset takes that verdict; the refused ruleset is never offered. Violence, a child in danger or a crisis goes
before every other order. Never none: where nothing fits, a conversation with a person remains, and the gap is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from responsief.decision import AlternatiefSoort, Alternative, Clause, Signal
from responsief.hardship.case import HardCase
from responsief.ir.ruleset import Provision, Ruleset
from responsief.ir.verdict import Verdict
from responsief.values import format_money

PER_NEED = 5  # provisions shown per need; what a signal offers comes on top
FALLBACK = "gesprek_met_mens"


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
    case: HardCase, found: tuple[Signal, ...], entries: tuple[Clause, ...]
) -> tuple[tuple[Alternative, ...], tuple[str, ...]]:
    """What helps, best first; and the needs that nothing conditional serves."""
    wants = needs(case)
    areas = [n.leefgebied for n in wants]
    offered: dict[str, Signal] = {}
    for signal in found:
        for ident in signal.biedt:
            offered.setdefault(ident, signal)
    urgent = {ident for signal in found if signal.voorrang for ident in signal.biedt}
    candidates = [
        *_provisions(case, areas, offered),
        *_rulesets(case, areas),
        *_clauses(case, entries),
        *_part(case),
        *_network(case, areas),
    ]
    candidates.sort(key=lambda c: c.rank(areas, offered, urgent))
    chosen = [c.make() for c in _choose(candidates, offered)]
    served = {a for c in candidates if c.conditional and c.kind != "hardheid" for a in c.leefgebieden}
    unserved = tuple(a for a in areas if a not in served)
    if not any(one.voorwaardelijk for one in chosen):
        chosen = [*chosen, _fallback(case)]
    return tuple(chosen), unserved


@dataclass(frozen=True, slots=True)
class Candidate:
    """An alternative before it is written out: what its rank depends on, and how to make it."""

    id: str
    kind: AlternatiefSoort
    leefgebieden: tuple[str, ...]
    behoefte: str | None
    sure: bool  # known to fit
    conditional: bool  # a condition that is known to hold
    law: int  # 0 a right by law … 4 together: informal help stands beside a right, never in its place
    drempel: int
    make: Callable[[], Alternative]

    def rank(self, areas: list[str], offered: Mapping[str, Signal], urgent: set[str]) -> tuple[object, ...]:
        """Urgent first, outside the law last; then the client's own order, what a signal offers, rights before the rest."""
        return (
            self.id not in urgent,
            self.kind == "buiten_wet",
            self.kind != "deel",
            areas.index(self.behoefte) if self.behoefte in areas else len(areas),
            self.id not in offered,
            self.kind not in ("andere_regeling", "voorziening", "samen"),
            not self.conditional,
            self.law,
            self.leefgebieden.index(self.behoefte) if self.behoefte is not None else 9,
            self.drempel,
            self.id,
        )


LAW: Final = {"wettelijk": 0, "gemeentelijk": 1, "fonds": 2, "informeel": 3, "samen": 4}


def _choose(ranked: list[Candidate], offered: Mapping[str, Signal]) -> Iterator[Candidate]:
    """At most PER_NEED provisions per need; what a signal offers, other rulesets and clauses are always kept."""
    count: dict[str | None, int] = {}
    for one in ranked:
        if one.id in offered or one.kind in ("deel", "andere_regeling", "hardheid", "eigen_kracht"):
            yield one
        elif count.get(one.behoefte, 0) < PER_NEED:
            count[one.behoefte] = count.get(one.behoefte, 0) + 1
            yield one


# --- where they come from ----------------------------------------------------------------------------------------------


def _provisions(case: HardCase, areas: list[str], offered: Mapping[str, Signal]) -> Iterator[Candidate]:
    today = case.verdict.peildatum
    taken = {r.voorziening for r in case.register.in_force(today, case.situation.persoon.gemeente) if r.voorziening}
    wanted = set(areas)
    for provision in case.aids.provisions:
        if provision.id == FALLBACK or provision.id in taken or provision.regelset is not None:
            continue
        if provision.id not in offered and wanted.isdisjoint(provision.leefgebieden):
            continue
        if (provision.van is not None and today < provision.van) or (provision.tot is not None and today > provision.tot):
            continue
        holds: bool | None = True
        if provision.voorwaarden is not None:
            slot = case.aids.condition_slots.get(provision.id)
            holds = case.aids_run[slot] if slot is not None else True if provision.id in case.aids.always else None
            if holds is False:
                continue
        kind: AlternatiefSoort = "voorziening"
        if provision.wet == "buiten_wet":
            kind = "buiten_wet"
        elif provision.soort == "samen":
            kind = "samen"
        need = next((a for a in areas if a in provision.leefgebieden), None)
        yield Candidate(
            provision.id,
            kind,
            provision.leefgebieden,
            need,
            holds is True and not provision.na_te_gaan and provision.bereik == "landelijk",
            provision.voorwaarden is not None and holds is True,
            LAW[provision.soort],
            provision.drempel,
            partial(_provision, case, provision, holds, kind, need, offered.get(provision.id)),
        )


def _provision(
    case: HardCase, provision: Provision, holds: bool | None, kind: AlternatiefSoort, need: str | None, signal: Signal | None
) -> Alternative:
    questions = list(provision.na_te_gaan)
    if provision.bereik == "deel" and provision.gemeente is None:
        questions.append("Bestaat dit in deze gemeente?")
    if holds is None:
        questions.append("Passen de voorwaarden? Niet alle gegevens daarvoor zijn bekend.")
    return Alternative(
        id=provision.id,
        titel=provision.titel,
        soort=kind,
        leefgebieden=provision.leefgebieden,
        behoefte=need,
        grondslag=provision.grondslag,
        wie_beslist=provision.wie_beslist,
        eerste_stap=provision.eerste_stap,
        drempel=provision.drempel,
        past="na_te_gaan" if questions else "ja",
        waarom=_why(need, signal, case),
        vragen=tuple(questions),
        voorwaardelijk=provision.voorwaarden is not None and holds is True,
        gevoelig=provision.gevoelig,
        geverifieerd=provision.geverifieerd,
    )


def _why(need: str | None, signal: Signal | None, case: HardCase) -> str:
    reasons = []
    if signal is not None:
        reasons.append(f"signaal «{signal.label}» ({signal.waarom[0]})")
    if need is not None:
        stated = any(b.leefgebied == need for b in case.situation.behoeften or ()) or need in (case.situation.hulpvraag or ())
        reasons.append(f"uw vraag over {area_words(need)}" if stated else f"de regeling gaat over {area_words(need)}")
    return " en ".join(reasons) or "past bij deze situatie"


AREA_WORDS = {
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


def _ready(**fields: Any) -> Candidate:
    """A candidate of which there are few: made at once."""
    one = Alternative(**fields)
    return Candidate(
        one.id, one.soort, one.leefgebieden, one.behoefte, one.past == "ja", one.voorwaardelijk, 0, one.drempel, lambda: one
    )


def _rulesets(case: HardCase, areas: list[str]) -> Iterator[Candidate]:
    """Other rulesets in force, by their own verdict: never the refused one."""
    for ident, verdict in case.others().items():
        ruleset = verdict.program.ruleset
        if ruleset is None or ident == case.ruleset.id or verdict.uitkomst == "afgewezen":
            continue
        provision = case.register.catalogue.provisions.get(ruleset.voorziening or "")
        need = next((a for a in areas if a in ruleset.leefgebieden), None)
        yield _ready(
            id=ident,
            titel=ruleset.titel,
            soort="andere_regeling",
            leefgebieden=ruleset.leefgebieden,
            behoefte=need,
            grondslag=ruleset.naam,
            wie_beslist=ruleset.orgaan,
            eerste_stap=ruleset.eerste_stap or (provision.eerste_stap if provision else "Vraag dit aan bij de gemeente."),
            drempel=ruleset.drempel,
            past="ja" if verdict.uitkomst in ("toegekend", "gedeeltelijk") else "na_te_gaan",
            waarom=_ruleset_reason(ruleset, verdict),
            vragen=() if verdict.uitkomst != "onbepaald" else ("Niet alle gegevens voor deze regeling zijn bekend.",),
            voorwaardelijk=verdict.uitkomst in ("toegekend", "gedeeltelijk"),
            gevoelig=False,
            geverifieerd=ruleset.geverifieerd,
        )


def _ruleset_reason(ruleset: Ruleset, verdict: Verdict) -> str:
    match verdict.uitkomst:
        case "toegekend" | "gedeeltelijk":
            amount = f": {format_money(verdict.bedrag)} per {ruleset.per}" if verdict.bedrag is not None else ""
            return f"op dezelfde gegevens past deze regeling{amount}"
        case "wacht":
            return "deze regeling kan later worden beslist"
        case _:
            return "deze regeling kan passen; er ontbreken nog gegevens"


def _clauses(case: HardCase, entries: tuple[Clause, ...]) -> Iterator[Candidate]:
    """Setting a criterion aside with a clause in reach: possible, never promised."""
    seen = set()
    for entry in entries:
        if entry.status != "in_bereik" or entry.id in seen or entry.soort == "groepsniveau":
            continue
        seen.add(entry.id)
        yield _ready(
            id=f"hardheid:{entry.id}",
            titel=f"Afwijken van de regel: {entry.titel}",
            soort="hardheid",
            leefgebieden=case.ruleset.leefgebieden,
            behoefte=case.ruleset.leefgebieden[0] if case.ruleset.leefgebieden else None,
            grondslag=entry.grondslag,
            wie_beslist=entry.wie_beslist,
            eerste_stap="Vertel ons wat er bij u anders is dan bij anderen.",
            drempel=4,
            past="na_te_gaan",
            waarom=f"de clausule reikt tot deze voorwaarde; de maatstaf is «{entry.maatstaf}»",
            vragen=entry.open_vragen,
            voorwaardelijk=False,
            gevoelig=False,
            geverifieerd=entry.geverifieerd,
        )


def _part(case: HardCase) -> Iterator[Candidate]:
    """What the same rule does give."""
    verdict = case.verdict
    if verdict.uitkomst == "gedeeltelijk" and verdict.bedrag is not None:
        yield _ready(
            id="deel",
            titel=f"Een deel krijgt u wel: {format_money(verdict.bedrag)} per {case.ruleset.per}",
            soort="deel",
            leefgebieden=case.ruleset.leefgebieden,
            behoefte=case.ruleset.leefgebieden[0] if case.ruleset.leefgebieden else None,
            grondslag=case.ruleset.naam,
            wie_beslist=case.ruleset.orgaan,
            eerste_stap="U hoeft hiervoor niets te doen.",
            drempel=1,
            past="ja",
            waarom="de regel geeft dit deel",
            vragen=(),
            voorwaardelijk=True,
            gevoelig=False,
            geverifieerd=case.ruleset.geverifieerd,
        )


def _network(case: HardCase, areas: list[str]) -> Iterator[Candidate]:
    """People whom the client named herself: never a condition for anything else."""
    for number, contact in enumerate(case.situation.netwerk or (), 1):
        if contact.wie and contact.kan and contact.leefgebied in areas:
            yield _ready(
                id=f"netwerk-{number}",
                titel=f"Hulp van iemand die u kent: {contact.wie}, {contact.kan}",
                soort="eigen_kracht",
                leefgebieden=(contact.leefgebied,),
                behoefte=contact.leefgebied,
                grondslag="geen: dit spreekt u samen af",
                wie_beslist=f"u en {contact.wie}",
                eerste_stap=f"Bespreek met {contact.wie} wat lukt; u hoeft dit niet te vragen.",
                drempel=1,
                past="na_te_gaan",
                waarom="u noemde deze persoon zelf",
                vragen=(f"Wil en kan {contact.wie} dit?",),
                voorwaardelijk=False,
                gevoelig=False,
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
        gevoelig=False,
        geverifieerd=True,
    )
    if found is None:
        return base
    return replace(
        base, titel=found.titel, grondslag=found.grondslag, eerste_stap=found.eerste_stap, wie_beslist=found.wie_beslist
    )
