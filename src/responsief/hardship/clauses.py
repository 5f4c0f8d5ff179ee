"""Clauses: for each failed criterion which clause reaches it, which does not and why, and which is barred and by what.

Reach is per ground. Awb 4:84 reaches only grounds that rest on a beleidsregel (Awb 4:84); 3:4 lid 2 reaches a discretionary
power directly, a verordening by exceptieve toetsing, and a bound statute only for circumstances that the legislator did not
account for (ABRvS 2-2-2022, ECLI:NL:RVS:2022:285; CBb 26-3-2024, ECLI:NL:CBB:2024:190).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from responsief.decision import Clause, ClausuleStatus
from responsief.hardship.case import HardCase
from responsief.ir.ruleset import Bar, Criterion
from responsief.ir.ruleset import Clause as ClauseDef

INSTRUMENT = {
    "wet": "de wet",
    "amvb": "een besluit van het Rijk",
    "ministeriele_regeling": "een regeling van de minister",
    "verordening": "de verordening",
    "beleidsregel": "een beleidsregel",
}


def clauses(case: HardCase) -> tuple[Clause, ...]:
    """One entry per clause and failed criterion, in the order of the ruleset."""
    if not case.failed:
        return ()
    in_force = [c for c in case.ruleset.hardheid if c.vanaf is None or c.vanaf <= case.verdict.peildatum]
    entries = [
        _entry(case, clause, criterion) for criterion in case.failed for clause in in_force if _concerns(clause, criterion)
    ]
    carrying = _carrying(case, entries)
    return tuple([replace(one, draagt_alleen=True) if one.id in carrying and reaches(one) else one for one in entries])


def _carrying(case: HardCase, entries: Sequence[Clause]) -> set[str]:
    """The clauses that can carry a grant alone: they reach every ground of the refusal, and may grant."""
    grounds = {criterion.id for criterion in case.refused} or {criterion.id for criterion in case.failed}
    reached: dict[str, set[str | None]] = {}
    for one in entries:
        if reaches(one) and "toekennen" in one.mag:
            reached.setdefault(one.id, set()).add(one.criterium)
    return {ident for ident, criteria in reached.items() if grounds <= criteria}


def _concerns(clause: ClauseDef, criterion: Criterion) -> bool:
    """«geen» says something of its own criteria only; every other clause is held against every failed criterion."""
    return clause.soort != "geen" or criterion.id in clause.geldt_voor


def reaches(entry: Clause) -> bool:
    """Can this clause set this criterion aside in this case, as far as is known? One for groups can't: it only gives a signal."""
    return entry.status in ("in_bereik", "onbekend") and entry.soort != "groepsniveau"


def remarks(case: HardCase, entries: tuple[Clause, ...]) -> tuple[str, ...]:
    """What a reader must know of the clauses together."""
    found = []
    reached = {e.criterium for e in entries if reaches(e)}
    unreached = [c for c in case.refused if c.id not in reached]
    if unreached and any(c.id in reached for c in case.refused):
        names = ", ".join(f"«{c.titel}»" for c in unreached)
        found.append(
            f"Een clausule op één grond kan geen toekenning dragen: {names} blijft staan, omdat daar geen clausule voor is."
        )
    if case.failed and not reached:
        found.append("Geen enkele clausule reikt tot een van deze gronden. Dat staat hier omdat het gezegd moet worden.")
    return tuple(found)


def to_fetch(case: HardCase, entries: tuple[Clause, ...]) -> tuple[str, ...]:
    """What a clause in reach asks for first and is not known yet (an advice): something to fetch, never a refusal."""
    ids = {e.id for e in entries if reaches(e)}
    return tuple(
        f"{bar.reden} ({bar.grondslag})"
        for clause in case.ruleset.hardheid
        if clause.id in ids
        for bar in clause.voorwaarden
        if case.explainer.value(bar.als) is None
    )


def _entry(case: HardCase, clause: ClauseDef, criterion: Criterion) -> Clause:
    """A clause against a criterion; that it is out of scope is the same in every case, so kept with the program."""
    kept: dict[Any, Clause] = case.explainer.compiled.labels
    key = (clause.id, criterion.id)
    found = kept.get(key)
    if found is None:
        found = _written(case, clause, criterion)
        if clause.soort == "geen" or criterion.id not in clause.geldt_voor:
            kept[key] = found
    return found


def _written(case: HardCase, clause: ClauseDef, criterion: Criterion) -> Clause:
    status, reason = _reach(case, clause, criterion)
    return Clause(
        id=clause.id,
        soort=clause.soort,
        titel=clause.titel,
        grondslag=clause.grondslag,
        criterium=criterion.id,
        status=status,
        reden=reason,
        tekst=clause.tekst,
        maatstaf=clause.maatstaf,
        richting=clause.richting,
        wie_beslist=clause.wie_beslist,
        mag=clause.mag,
        open_vragen=_questions(case, clause) if status in ("in_bereik", "onbekend") else (),
        geverifieerd=clause.geverifieerd and case.ruleset.geverifieerd,
        reikwijdte=clause.reikwijdte,
        eerst_nodig=_first(case, clause) if status in ("in_bereik", "onbekend") else (),
    )


def _reach(case: HardCase, clause: ClauseDef, criterion: Criterion) -> tuple[ClausuleStatus, str]:
    if clause.soort == "geen":
        return "buiten_bereik", clause.reikwijdte or "de regeling heeft voor deze voorwaarde geen clausule"
    if criterion.id not in clause.geldt_voor:
        return "buiten_bereik", f"reikt hier niet: {clause.reikwijdte or _scope(case, clause)}"
    if clause.soort == "awb_4_84" and criterion.rust_op != "beleidsregel":
        return (
            "buiten_bereik",
            f"Awb 4:84 reikt alleen tot beleidsregels; deze voorwaarde rust op {INSTRUMENT[criterion.rust_op]}",
        )
    barred = [bar for bar in clause.niet_als if case.explainer.value(bar.als) is True]
    if barred:
        return "geblokkeerd", "; ".join(f"{bar.grondslag}: {bar.reden}" for bar in barred)
    unsure = [bar for bar in clause.niet_als if case.explainer.value(bar.als) is None]
    if unsure:
        return "onbekend", "; ".join(f"nog niet bekend is of {bar.grondslag} in de weg staat: {bar.reden}" for bar in unsure)
    return "in_bereik", _why_in_reach(case, clause, criterion)


def _scope(case: HardCase, clause: ClauseDef) -> str:
    titles = {c.id: c.grondslag for c in case.ruleset.criteria}
    articles = list(dict.fromkeys(titles[i] for i in clause.geldt_voor if i in titles))
    return "alleen tot " + ", ".join(articles) if articles else "tot geen enkele voorwaarde"


def _why_in_reach(case: HardCase, clause: ClauseDef, criterion: Criterion) -> str:
    match clause.soort:
        case "evenredigheid_3_4_2":
            why = _proportion(criterion)
        case "groepsniveau":
            why = "deze clausule werkt voor groepen: alleen een signaal aan wie daarover beslist"
        case "open_norm":
            why = "de norm is open: een mens vult haar in met alle omstandigheden"
        case _:
            why = f"reikt tot deze voorwaarde ({criterion.grondslag})"
    asked = _first(case, clause)
    return why + ("; eerst nodig: " + "; ".join(asked) if asked else "")


def _first(case: HardCase, clause: ClauseDef) -> tuple[str, ...]:
    """The conditions of a clause that are not met (or not known to be)."""
    asked = [bar for bar in clause.voorwaarden if case.explainer.value(bar.als) is not True]
    return tuple([f"{_missing(case, bar)} ({bar.grondslag})" for bar in asked])


def _proportion(criterion: Criterion) -> str:
    """How Awb 3:4 lid 2 reaches a criterion: by the kind of power, then by what the criterion rests on."""
    if criterion.bevoegdheid == "discretionair":
        return "het gaat om een bevoegdheid, dus de gevolgen mogen niet onevenredig zijn"
    match criterion.rust_op:
        case "wet":
            return "de wet bindt; alleen omstandigheden die de wetgever niet heeft meegewogen kunnen tellen"
        case "beleidsregel":
            return "de voorwaarde rust op een beleidsregel; de gevolgen van die regel mogen niet onevenredig zijn"
        case other:
            return f"de voorwaarde rust op {INSTRUMENT[other]}; zij kan exceptief worden getoetst"


def _missing(case: HardCase, bar: Bar) -> str:
    """A condition that is not met yet is something to fetch, not a refusal."""
    return bar.reden if case.explainer.value(bar.als) is None else f"{bar.reden} (nu niet vervuld)"


def _questions(case: HardCase, clause: ClauseDef) -> tuple[str, ...]:
    questions = list(clause.vragen)
    for bar in (*clause.niet_als, *clause.voorwaarden):
        questions.extend(case.explainer.unknowns.questions(bar.als))
    raised = {o.soort for o in case.situation.omstandigheden or ()}
    questions.extend(f"Speelt dit: {kind.replace('_', ' ')}?" for kind, _ in clause.wegen if kind not in raised)
    return tuple(dict.fromkeys(questions))
