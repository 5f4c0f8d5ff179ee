"""On what a decision rests: which grounds carry a refusal, and which of two sources was believed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from responsief.decision import Decision
from responsief.diagnostics import Diagnostic
from responsief.finalise.act import Act, Geschil
from responsief.finalise.outcome import decided, only_human, sends_on
from responsief.finalise.wording import refused, said
from responsief.motivation.disputes import Dispute, claims

EXTRA: Final = "ten_overvloede"


# --- the grounds of a refusal ------------------------------------------------------------------------------------------


def grounds_of(decision: Decision, act: Act) -> tuple[str, ...]:
    """The criteria on which this act refuses, as they are recorded: those of the rules, and who does not just follow these
    also refuses on what the law left to her."""
    if only_human(act) or decided(decision, act) != "afgewezen":
        return ()
    if act.besluit.keuze == "volgt_regels":
        return decision.afgewezen_op
    chosen = [one.criterium for one in act.gronden or () if one.weigert and one.criterium in decision.te_wegen]
    return tuple(dict.fromkeys([*decision.afgewezen_op, *(one for one in chosen if one is not None)]))


def for_completeness(decision: Decision, act: Act) -> tuple[str, ...]:
    """The grounds that stand there for completeness only (ten overvloede)."""
    marked = {one.criterium for one in act.gronden or () if one.draagt == EXTRA}
    return tuple(one for one in grounds_of(decision, act) if one in marked)


def grounds_refused(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    """Why what she says of the grounds can't be so."""
    own = grounds_of(decision, act)
    for number, one in enumerate(act.gronden or ()):
        if one.weigert is not None and one.criterium not in decision.te_wegen:
            yield refused("grond-geen-keuze", f"gronden.{number}.weigert", wat=one.criterium or "")
        if one.draagt is not None and one.criterium not in own:
            yield refused("grond-vreemd", f"gronden.{number}", wat=one.criterium or "")
    for ident, times in Counter(one.criterium for one in act.gronden or ()).items():
        if times > 1 and ident is not None:
            yield refused("grond-dubbel", "gronden", wat=ident)
    if own and own == for_completeness(decision, act):
        yield refused("grond-draagt-niet", "gronden")


# --- which source was believed -----------------------------------------------------------------------------------------


def settled(dispute: Dispute, act: Act) -> Geschil | None:
    """What she says of a dispute: by the path of the fact, or by its label."""
    return next((one for one in act.geschillen or () if one.gegeven in (dispute.path, dispute.label)), None)


def disputes_refused(decision: Decision, act: Act) -> Iterator[Diagnostic]:
    """Why it is not clear which source the decision rests on, or the draft rests on another."""
    if sends_on(act):
        return
    listed = claims(decision.draft)
    for dispute in listed:
        one = settled(dispute, act)
        lacking = {
            "welke bron u gelooft": one is None or one.geloofd is None,
            "waarom": one is None or not said(one.reden),
            "wat de inwoner antwoordde": one is None or not said(one.antwoord_inwoner),
        }
        if any(lacking.values()):
            missing = ", ".join(name for name, so in lacking.items() if so)
            yield refused("geschil-open", "geschillen", wat=dispute.label, mist=missing)
        if dispute.doubted:
            yield refused("geschil-onbeslist", "geschillen", wat=dispute.label)
        elif one is not None and one.geloofd == "inwoner":
            yield refused("geschil-anders", "geschillen", wat=dispute.label)
    known = {name for dispute in listed for name in (dispute.path, dispute.label)}
    for number, given in enumerate(act.geschillen or ()):
        if given.gegeven not in known:
            yield refused("geschil-vreemd", f"geschillen.{number}", wat=given.gegeven or "")
