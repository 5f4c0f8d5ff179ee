"""A difference as JSON for another program: keys are stable, and Dutch as all data is. Its schema: `ci.schema`.

`formaat` goes up when a key goes away or means something else. Amounts are in eurocents, days are «2026-07-01». A count of people is a
number, `{"ten_minste": …}` (perhaps also some of those whose transitions stand together, as «samen») or «verborgen» (it is fewer than `k`, or
such a count could be worked out from it).
"""

from __future__ import annotations

import json
from typing import Any, Final

from responsief.analysis.answers import Outcome, Witness
from responsief.ci import counts, told
from responsief.ci.places import readable
from responsief.diagnostics import finding_data
from responsief.difference.report import Change, Example, Impact, Report, RulesetDifference

FORMAAT: Final = 1


def to_json(report: Report) -> str:
    """The whole difference, every example with its situation."""
    return json.dumps(clean(as_data(report)), ensure_ascii=False, indent=2) + "\n"


def clean(value: Any) -> Any:
    """The same data without halves of characters: those can't be written as UTF-8."""
    if isinstance(value, str):
        return value if value.isprintable() else value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {readable(str(key)): clean(one) for key, one in value.items()}
    return [clean(one) for one in value] if isinstance(value, list | tuple) else value


def as_data(report: Report) -> dict[str, Any]:
    """The difference as JSON data."""
    return {
        "formaat": FORMAAT,
        "was": report.was,
        "wordt": report.wordt,
        "eerst": [{"ernst": one.ernst, "tekst": one.tekst} for one in told.messages(report)],
        "regelsets": [_ruleset(one) for one in report.regelsets],
        "gevolgen": [_impact(one) for one in report.gevolgen],
        "andere": [_change(one) for one in report.andere],
        "gelijk": list(report.gelijk),
        "bevindingen": [finding_data(one) for one in report.bevindingen],
        "telling": {kind: sum(one.ernst == kind for one in report.bevindingen) for kind in told.KINDS},
    }


def _ruleset(one: RulesetDifference) -> dict[str, Any]:
    way = one.uitweg
    return {
        "id": one.id,
        "titel": one.titel,
        "bestand": one.bestand,
        "was_versie": one.was_versie,
        "is_versie": one.is_versie,
        "peildatum": one.peildatum.isoformat(),
        "richting": one.richting,
        "wijzigingen": [_change(change) for change in one.wijzigingen],
        "uitweg": way and {"bewijs": way.bewijs, "getuige": way.getuige and _witness(way.getuige), "reden": way.reden},
    }


def _change(one: Change) -> dict[str, Any]:
    place = one.plaats
    return {
        "wat": one.wat,
        "id": one.id,
        "titel": one.titel,
        "was": one.was,
        "wordt": one.wordt,
        "plaats": place and {"bestand": place.source.name, "regel": place.line, "kolom": place.column, "breedte": place.width},
        "richting": one.richting,
        "voorbeelden": [_example(example) for example in one.voorbeelden],
        "bewijs": one.bewijs,
        "alleen_onbekend": one.alleen_onbekend,
        "grondslag": one.grondslag,
    }


def _example(one: Example) -> dict[str, Any]:
    return {
        "getuige": _witness(one.getuige),
        "was": _outcome(one.was),
        "wordt": _outcome(one.wordt),
        "zin": told.example(one),
        "uitweg": list(one.uitweg),
    }


def _witness(one: Witness) -> dict[str, Any]:
    return {
        "zin": one.zin,
        "peildatum": one.peildatum.isoformat(),
        "verschil": [{"pad": fact.pad, "label": fact.label, "waarde": fact.waarde} for fact in one.verschil],
        "situatie": json.loads(json.dumps(one.situatie, default=str)),
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "uitkomst": one.uitkomst,
        "afgewezen_op": list(one.afgewezen_op),
        "bedrag": one.bedrag,
        "wacht_tot": one.wacht_tot and one.wacht_tot.isoformat(),
    }


def _impact(one: Impact) -> dict[str, Any]:
    moves = counts.transitions(one)
    return {
        "regelset": one.regelset,
        "bevolking": one.bevolking,
        "peildatum": one.peildatum and one.peildatum.isoformat(),
        "k": one.k,
        "allen": _line(counts.everybody(one)),
        "verdeling": _spread(one),
        "uitkomsten": [{"was": was, "wordt": wordt, "aantal": n} for (was, wordt), n in sorted(one.allen.overgangen.items())],
        "opmerkingen": list(one.opmerkingen),
        "overgangen": [{"was": was, "wordt": wordt, "aantal": number} for was, wordt, number in moves],
        "groepen": [
            {"naar": name, "regels": [_line(line) for line in counts.lines(groups)]} for name, groups in one.groepen.items()
        ],
    }


def _spread(one: Impact) -> dict[str, Any] | None:
    """How far amounts change; None of households that were made to show a change."""
    if not one.verdeling:
        return None
    (more, less), new = counts.sides(one), counts.newly(one.allen)
    return {
        "vooruit": _count(more),
        "achteruit": _count(less),
        "nieuw_toegekend": _count(new.toegekend),
        "nieuw_afgewezen": _count(new.afgewezen),
        "nieuw_onbepaald": _count(new.onbepaald),
        "stappen": [{"naam": step.naam, "kant": step.kant, "aantal": step.aantal} for step in one.verdeling],
    }


def _line(one: counts.Line) -> dict[str, Any]:
    return {
        "naam": one.naam,
        "aantal": _count(one.aantal),
        "naar_ja": _count(one.naar_ja),
        "naar_nee": _count(one.naar_nee),
        "anders": _count(one.anders),
        "bedrag_was": one.bedrag_was,
        "bedrag_wordt": one.bedrag_wordt,
        "jaar_was": one.jaar_was,
        "jaar_wordt": one.jaar_wordt,
    }


def _count(one: counts.Shown) -> int | str | dict[str, int]:
    return {"ten_minste": one.aantal} if isinstance(one, counts.AtLeast) else one
