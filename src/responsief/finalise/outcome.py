"""What an act comes to: the outcome in a word, and the draft as the texts and the lint must see it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Final, Literal

from responsief.decision import Decision, Draft, Review
from responsief.finalise.act import ALLEEN_MENS, Act, whole
from responsief.motivation.deadlines import DECIDED

Besloten = Literal["toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht", "buiten_behandeling", "doorgezonden"]

# Sticking to an earlier refusal is a refusal (Awb 4:6), and so is a right that can't be established.
_WORDS: Final[dict[str, Besloten]] = {
    "buiten_behandeling": "buiten_behandeling",
    "herhaalde_aanvraag": "afgewezen",
    "doorzenden": "doorgezonden",
    "niet_vast_te_stellen": "afgewezen",
}
GRANTED: Final = ("toegekend", "gedeeltelijk")
_NO_REVIEW: Final = Review((), (), False, (), (), (), (), None, ())


def only_human(act: Act) -> bool:
    """Is this an outcome that no rules come to?"""
    return act.besluit.keuze in ALLEEN_MENS


def sends_on(act: Act) -> bool:
    """Is the application only sent on? Then nothing is decided about it, and nothing is weighed."""
    return act.besluit.keuze == "doorzenden"


def decided(decision: Decision, act: Act) -> Besloten:
    """The outcome that this act gives, in a word."""
    chosen = act.besluit
    if chosen.keuze in _WORDS:
        return _WORDS[chosen.keuze]
    return chosen.uitkomst or decision.uitkomst  # type: ignore[return-value]  # the words of `Keuze.uitkomst` are among these


def begins(decision: Decision, act: Act) -> date | None:
    """From which day this act grants; of who follows the rules and left it open, the day that the rules give."""
    start = decision.draft.ingang
    if act.besluit.keuze == "volgt_regels" and decision.uitkomst in GRANTED and act.besluit.vanaf is None and start is not None:
        return start.vanaf
    return whole(act.besluit.vanaf)


def checked(act: Act) -> set[str]:
    """The texts that she compared with their source."""
    return {one.tekst for one in act.gecontroleerd or () if one.tekst and one.bron and whole(one.op) is not None}


def as_decided(decision: Decision, act: Act) -> Draft:
    """The draft as texts and lint must see it: what she checked is verified, and an outcome that she gave is one."""
    draft, seen = decision.draft, checked(act)
    criteria = tuple(dataclasses.replace(c, geverifieerd=c.geverifieerd or c.grondslag in seen) for c in draft.criteria)
    review = draft.hardheid
    if review is not None:
        clauses = tuple(dataclasses.replace(c, geverifieerd=c.geverifieerd or c.grondslag in seen) for c in review.clausules)
        review = dataclasses.replace(review, clausules=clauses)
    outcome = draft.uitkomst
    if sends_on(act):
        # no decision: so no remedy, no word of a refusal, and no clause to weigh
        outcome, review = "onbepaald", dataclasses.replace(review or _NO_REVIEW, clausules=(), geen_clausule=False)
    elif only_human(act):
        outcome, review = "afgewezen", review or _NO_REVIEW
    elif outcome not in DECIDED and act.besluit.uitkomst is not None:
        # a grant by her own judgement has grounds and circumstances to tell of, which the lint asks of a part only
        outcome = "afgewezen" if act.besluit.uitkomst == "afgewezen" else "gedeeltelijk"
    return dataclasses.replace(draft, criteria=criteria, hardheid=review, uitkomst=outcome)
