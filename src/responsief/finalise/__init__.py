"""From a draft to a decision: the act of a named person. It refuses while anything is open; the machine never decides (AVG 22).

`finalise` gives a `Finalised`: what was decided, what was set aside for it, both texts, everything that she stated, and a
SHA-256 over all of it. Same decision and act, same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from responsief.decision import Amount, Decision, Texts
from responsief.decision_json import decision_json
from responsief.diagnostics import InvalidError
from responsief.finalise.act import Act, Belofte, make_act, parse_act, read_act, whole
from responsief.finalise.grounds import for_completeness, grounds_of
from responsief.finalise.outcome import begins, decided, only_human
from responsief.finalise.papers import final_texts
from responsief.finalise.refusals import refusals
from responsief.finalise.start import start
from responsief.frozen import dataclass

__all__ = [
    "Act",
    "Finalised",
    "Outcome",
    "RefusedError",
    "finalise",
    "finalised_json",
    "make_act",
    "overdue",
    "parse_act",
    "read_act",
    "refusals",
    "seal",
    "start",
]

FORMAAT: Final = 1


class RefusedError(InvalidError):
    """An act that does not make a decision: `diagnostics` holds every reason, `pad` the field of the act it is about."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome, with the amount (cents), from when until when, and by which clauses it departs from the rules."""

    uitkomst: str
    bedrag: Amount | None
    vanaf: date | None = None
    tot: date | None = None
    clausules: tuple[str, ...] = ()
    gronden: tuple[str, ...] = ()  # the criteria that it rests on
    ten_overvloede: tuple[str, ...] = ()  # those of them that stand there for completeness only


@dataclass(frozen=True, slots=True)
class Finalised:
    """A decision that a person took. `opzij` is the outcome of the rules where hers took its place, else None."""

    concept: Decision
    handeling: Act
    besluit: Outcome
    opzij: Outcome | None
    teksten: Texts
    sha256: str


def finalise(decision: Decision, act: Act) -> Finalised:
    """The decision that this act makes of a draft. Raises RefusedError with every reason why it does not."""
    found = refusals(decision, act)
    if found:
        raise RefusedError(found)
    by_rules = Outcome(decision.uitkomst, decision.bedrag, gronden=(*decision.afgewezen_op, *decision.te_wegen))
    decided = _decided(decision, act)
    texts = final_texts(decision, act)
    follows = act.besluit.keuze == "volgt_regels"
    unsealed = Finalised(decision, act, decided, None if follows else by_rules, texts, "")
    document = finalised_json(unsealed)
    return Finalised(decision, act, decided, unsealed.opzij, texts, seal(document))


def _decided(decision: Decision, act: Act) -> Outcome:
    chosen = act.besluit
    begin, end = begins(decision, act), whole(chosen.tot)
    if chosen.keuze == "volgt_regels":
        extra = for_completeness(decision, act)
        return Outcome(decision.uitkomst, decision.bedrag, begin, end, gronden=decision.afgewezen_op, ten_overvloede=extra)
    if only_human(act):
        return Outcome(decided(decision, act), None)
    assert chosen.uitkomst is not None
    amount = Amount(chosen.bedrag, chosen.per) if chosen.bedrag is not None and chosen.per is not None else None
    clauses = tuple(one for one in chosen.clausules or () if one) if chosen.keuze == "wijkt_af" else ()
    return Outcome(chosen.uitkomst, amount, begin, end, clauses, grounds_of(decision, act), for_completeness(decision, act))


def finalised_json(finalised: Finalised) -> dict[str, Any]:
    """Everything in plain data: the decision, the one set aside, the act, the texts, the draft, and the seal over it."""
    return {
        "formaat": FORMAAT,
        "besluit": _outcome(finalised.besluit),
        "opzij": _outcome(finalised.opzij) if finalised.opzij is not None else None,
        "handeling": finalised.handeling.model_dump(mode="json"),
        "teksten": {"brief": finalised.teksten.brief, "nota": finalised.teksten.nota},
        "concept": decision_json(finalised.concept),
        "sha256": finalised.sha256,
    }


def _outcome(one: Outcome) -> dict[str, Any]:
    return {
        "uitkomst": one.uitkomst,
        "bedrag": {"centen": one.bedrag.centen, "per": one.bedrag.per} if one.bedrag is not None else None,
        "vanaf": one.vanaf.isoformat() if one.vanaf is not None else None,
        "tot": one.tot.isoformat() if one.tot is not None else None,
        "clausules": list(one.clausules),
        "gronden": list(one.gronden),
        "ten_overvloede": list(one.ten_overvloede),
    }


def seal(document: Mapping[str, Any]) -> str:
    """The SHA-256 over the JSON of a finalised decision without its own `sha256`: who has the file can check it."""
    rest = {name: value for name, value in document.items() if name != "sha256"}
    written = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def overdue(finalised: Finalised, today: date) -> tuple[Belofte, ...]:
    """The promises that are still open and should have been kept before `today`, the oldest first."""
    late = [
        (day, one) for one in finalised.handeling.toezeggingen or () if one.stand == "open" and (day := whole(one.uiterlijk))
    ]
    return tuple(one for day, one in sorted(late, key=lambda pair: pair[0]) if day < today)
