"""Candidates of other rulesets in force, by their own verdict on the same facts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from responsief.backends.compiled import Compiled
from responsief.backends.unknown import Unknown
from responsief.hardship.candidates import MOST_QUESTIONS, Candidate, ready
from responsief.hardship.case import HardCase
from responsief.hardship.offers import ASK, SURE
from responsief.hardship.paths import dated, handover, term
from responsief.ir.ruleset import Ruleset
from responsief.ir.verdict import Verdict
from responsief.values import format_money


def from_rulesets(case: HardCase, areas: tuple[str, ...]) -> Iterator[Candidate]:
    """Other rulesets in force, by their own verdict: never the refused one."""
    for ident, (compiled, verdict) in case.others.items():
        ruleset = compiled.program.ruleset
        if ruleset is None or ident == case.ruleset.id or verdict.uitkomst == "afgewezen":
            continue
        if verdict.uitkomst == "onbepaald" and (ruleset.voorziening is not None or case.aids.by_ruleset.get(ident)):
            continue  # while nothing is decided, the provision that it is speaks, with its own place and questions
        provision = case.register.catalogue.provisions.get(ruleset.voorziening or "")
        granted = verdict.uitkomst in ("toegekend", "gedeeltelijk")
        questions, own_work = ((), ()) if granted else _questions(case, compiled, verdict)
        one = ready(
            areas,
            SURE if granted else ASK,
            id=ident,
            titel=ruleset.titel,
            soort="andere_regeling",
            leefgebieden=ruleset.leefgebieden,
            grondslag=ruleset.naam,
            wie_beslist=ruleset.orgaan,
            eerste_stap=ruleset.eerste_stap or (provision.eerste_stap if provision else "Vraag dit aan bij de gemeente."),
            drempel=ruleset.drempel,
            past="ja" if granted else "na_te_gaan",
            waarom=_reason(ruleset, verdict),
            vragen=questions,
            zelf_uitzoeken=own_work,
            voorwaardelijk=granted,
            gevoelig=provision.gevoelig if provision else None,
            geverifieerd=ruleset.geverifieerd,
            termijn=term(provision),
            overdracht=handover(ruleset.orgaan, "andere_regeling", ruleset.drempel, provision, urgent=False),
        )
        yield one._replace(make=partial(dated, case, one.make(), provision.id)) if provision and provision.termijn else one


def _reason(ruleset: Ruleset, verdict: Verdict) -> str:
    match verdict.uitkomst:
        case "toegekend" | "gedeeltelijk":
            amount = f": {format_money(verdict.bedrag)} per {ruleset.per}" if verdict.bedrag is not None else ""
            return f"op dezelfde gegevens past deze regeling{amount}"
        case "wacht":
            return "deze regeling kan later worden beslist"
        case _:
            return "deze regeling kan passen; er ontbreken nog gegevens"


def _questions(case: HardCase, compiled: Compiled, verdict: Verdict) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What another ruleset still needs to know: of the client, and what others must find out or judge."""
    if verdict.uitkomst != "onbepaald":
        return (), ()
    unknown = Unknown(compiled, verdict.run, case.situation, verdict.peildatum)
    roots = [c.eis for c, truth in zip(verdict.criteria, verdict.oordelen, strict=True) if truth is None]
    every = dict.fromkeys(asked for root in roots for asked in unknown.asked(root))
    client = [question for question, supplier in every if supplier == "aanvrager"]
    others = [question for question, supplier in every if supplier != "aanvrager"]
    if not client and not others:
        return ("Niet alle gegevens voor deze regeling zijn bekend.",), ()
    return tuple(client[:MOST_QUESTIONS]), tuple(others[:MOST_QUESTIONS])
