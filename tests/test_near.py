"""Who is found differs from the reference person in what the question takes, and in little else."""

from __future__ import annotations

from typing import Any

import pytest
import z3

from responsief.analysis.asking import ever
from responsief.analysis.near import nearest
from responsief.analysis.view import Subject, subject
from responsief.backends import symbols as sym
from responsief.situation import Situation
from small import TODAY, register, ruleset


def about(*criteria: str, body: str = "") -> Subject:
    return subject(register(ruleset(body, *criteria)), "klein", TODAY, None)


def differs(*criteria: str, body: str = "") -> dict[str, str]:
    """In what somebody who is granted this differs from the reference person."""
    asked = about(*criteria, body=body)

    def granted(person: Situation) -> bool:
        return asked.sides[0].verdict(person).uitkomst == "toegekend"

    found = ever(asked, lambda view: view.conclusion().toegekend, granted)
    assert found.getuige is not None
    return {one.pad: one.waarde for one in found.getuige.verschil}


@pytest.mark.parametrize(
    ("eis", "pad", "waarde"),
    [
        ("wonen.huur > € 700", "wonen.huur", "€ 700,01"),
        ("wonen.huur < € 500", "wonen.huur", "€ 499,99"),
        ("wonen.huur >= € 10.000", "wonen.huur", "€ 10.000,00"),
        ("leeftijd >= 67", "persoon.geboortedatum", "2 maart 1959"),
        ("leeftijd < 30", "persoon.geboortedatum", "3 maart 1996"),
        ("beslag.loopt", "beslag.loopt", "ja"),
        ("persoon.buitenland.langste_periode_dagen > 28", "persoon.buitenland.langste_periode_dagen", "29 dagen"),
    ],
)
def test_one_fact_comes_as_near_to_usual_as_the_question_lets_it(eis: str, pad: str, waarde: str) -> None:
    assert differs(f"eis: {eis}") == {pad: waarde}


def test_two_facts_that_only_change_together_both_become_usual(monkeypatch: pytest.MonkeyPatch) -> None:
    """One by one neither can: here as many debts are wanted as there are assets."""
    asked = about("eis: som(vermogen.bezittingen.waarde) - som(schulden.bedrag) < € 100 of leeftijd < 18")
    view = asked.view("plain")
    debts, goods = view.facts.lists[("schulden",)], view.facts.lists[("vermogen", "bezittingen")]
    view.solver.add(sym.conj(view.conclusion().toegekend, sym.same(debts.length, goods.length)))
    many, asked_z3, first = z3.Bool("begint met twee", view.facts.ctx), view.solver.check, []
    view.solver.add(z3.Implies(many, debts.length == 2))

    def check(*wishes: Any) -> Any:
        first.append(len(wishes))
        if len(first) == 1:
            return z3.unknown  # with everything as usual it cost too much: who is found then is anybody
        return asked_z3(*wishes, many) if len(first) == 2 else asked_z3(*wishes)

    monkeypatch.setattr(view.solver, "check", check)
    model, answer = nearest(view)
    assert answer == "sat"
    assert first[1] == 0
    assert [model.eval(rows.length).as_long() for rows in (debts, goods)] == [0, 0]


@pytest.mark.parametrize("way", ["plain", "wide", "long"])
@pytest.mark.parametrize(
    "eis",
    [
        "som(inkomsten.bedrag) > € 3.000 en aantal(inkomsten) = 2",
        "huishouden.soort = 'gehuwd' en huishouden.partner.geboortedatum > 2006-03-02",
        "aanvraag.ontvangen_op + 56 dagen < peildatum en aanvraag.ontvangen_op > 2025-01-31",
        "som(schulden.bedrag) * 3 / 7 > wonen.huur en niet bestaat(inkomsten)",
    ],
)
def test_who_was_brought_nearer_is_still_somebody_for_whom_it_is_so(eis: str, way: Any) -> None:
    asked = about(f'eis: "{eis}"')
    view = asked.view(way)
    wanted = view.conclusion().toegekend
    view.solver.add(wanted)
    model, answer = nearest(view)
    assert answer == "sat"
    assert all(z3.is_true(model.eval(one, model_completion=True)) for one in view.solver.assertions())


def test_the_same_person_is_found_every_time() -> None:
    eis = "eis: som(inkomsten.bedrag) - wonen.huur > € 1.000 en leeftijd > 50"
    assert len({str(differs(eis)) for _ in range(3)}) == 1
