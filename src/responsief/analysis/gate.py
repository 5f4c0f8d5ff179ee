"""The gate: everybody whom a ruleset refuses has something that helps, and a motivation. Proved, or somebody who has not.

What counts: a provision of the catalogue with conditions that hold in her case, in force on that day, that serves one of the
ruleset's leefgebieden and lies within the law. The conversation that always remains does not count, nor what is for everybody, nor a
clause that may set a criterion aside, nor another ruleset: less counts here than the hardship pass offers, so a proof is one.
Somebody who states needs of her own is helped with those; here she states none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from responsief.analysis.answers import Answer
from responsief.analysis.asking import never
from responsief.analysis.view import Side, Subject, View
from responsief.backends import symbols as sym
from responsief.backends.symbols import Bool, Truth
from responsief.decision import Alternative, Decision
from responsief.desk import Desk
from responsief.hardship.beside import ways_out
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Provision, Ruleset
from responsief.register import Register
from responsief.situation import Situation

STATED = ("behoeften", "hulpvraag")


def way_out(subject: Subject, desk: Desk, at: int = 0) -> Answer:
    """Has everybody whom a side refuses a way out? `at` is the side; `weerlegd` names somebody who has none, decided by the desk.

    What is proved of the motivation: a criterion has a title, a ground and a purpose (or the checker refuses the ruleset), and the
    texts of the witness are written and read; none is empty.
    """
    side = subject.sides[at]
    ruleset = side.compiled.program.ruleset
    assert ruleset is not None
    return never(subject, lambda view: without_way_out(view, at), lambda person: left_alone(desk, person, ruleset, side.on))


def without_way_out(view: View, at: int = 0) -> Bool:
    """Is somebody refused while nothing that counts holds?"""
    refused = view.conclusion(at).afgewezen
    if refused is False:
        return False
    offered = view.offered(at, "afgewezen")
    program = offered.program
    helps = []
    for conditions in sorted(_conditions(view.sides[at]), key=lambda node: len(program.facts(node))):
        truth = offered.look(conditions)
        assert isinstance(truth, Truth)
        if truth.yes is True:
            return False  # for everybody whom it refuses: nothing else has to be looked at
        helps.append(truth.yes)
    quiet = [rows.length == 0 for path, rows in view.facts.lists.items() if path[0] in STATED and len(path) == 1]
    return sym.conj(refused, *quiet, sym.neg(sym.disj(*helps)))


def _conditions(side: Side) -> Iterator[ir.Node]:
    for provision in counted(side):
        assert provision.voorwaarden is not None
        yield provision.voorwaarden


def counted(side: Side) -> Iterator[Provision]:
    """The provisions that can be a way out of this ruleset on that day and in that place."""
    ruleset = side.compiled.program.ruleset
    assert ruleset is not None
    return ways_out(side.register, side.aids, ruleset, side.on, side.place)


def left_alone(desk: Desk, person: Situation, ruleset: Ruleset, on: date) -> bool:
    """Is she refused with nothing that counts, or without a motivation, when the desk decides?"""
    decision = desk.decide(known_there(person, desk.register), ruleset.id, on, today=on)
    return decision.uitkomst == "afgewezen" and (not real(decision, ruleset) or not motivated(decision))


def known_there(person: Situation, register: Register) -> Situation:
    """A person without the facts that no ruleset of a register asks: another version asked those."""
    asked = {
        ident: {name for version in versions for name in version.gegevens} for ident, versions in register.versions.items()
    }
    own = {home: {n: v for n, v in facts.items() if n in asked.get(home, ())} for home, facts in person.eigen.items()}
    own = {home: facts for home, facts in own.items() if facts}
    return person if own == person.eigen else person.model_copy(update={"eigen": own})


def real(decision: Decision, ruleset: Ruleset) -> tuple[Alternative, ...]:
    """The alternatives of a decision that count: their conditions hold, and they serve an area of the ruleset."""
    areas = set(ruleset.leefgebieden)
    review = decision.hardheid
    return tuple(
        [a for a in review.alternatieven if a.voorwaardelijk and a.soort != "buiten_wet" and areas.intersection(a.leefgebieden)]
        if review is not None
        else []
    )


def motivated(decision: Decision) -> bool:
    """Are there a letter and a note, and is each ground in them?"""
    texts = decision.motivering
    return bool(texts.brief.strip() and texts.nota.strip())
