"""The gate holds where it says so: what crowds out, what is claimed elsewhere, and a catalogue that changes under rulesets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from responsief import Situation
from responsief.analysis.gate import counted, left_alone, way_out
from responsief.analysis.view import subject
from small import ruleset
from stories import desk_of, provision, provisions

pytestmark = pytest.mark.heavy

ON = date(2026, 11, 22)
EVERYBODY = "leeftijd is onbekend of leeftijd >= 0"  # a condition, and it holds in every case
REFUSED = ruleset("", "eis: nee")
LOCAL = ruleset("bevoegd: {orgaan: college, gemeente: '0600'}\nvoorziening: echt\n", "eis: leeftijd >= 90", ident="lokaal", soort="verordening")


def outside(number: int, conditions: str | None = EVERYBODY) -> list[str]:
    return [provision(f"buiten{n}", "financien", conditions, wet="buiten_wet", soort="gemeentelijk") for n in range(number)]


def real_one(**other: str) -> str:
    return provision("echt", "financien", EVERYBODY, soort="fonds", drempel="4", **other)


# --- what is offered ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 6])
def test_what_lies_outside_the_law_takes_no_place_of_what_lies_within_it(number: int, tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, provisions(*outside(number), real_one()))
    found = desk.decide(Situation(), "klein", ON).hardheid
    assert found is not None
    assert [a.id for a in found.alternatieven] == ["echt", *[f"buiten{n}" for n in range(min(number, 2))]]


def test_with_five_within_the_law_some_outside_it_come_on_top(tmp_path: Path) -> None:
    within = [provision(f"v{n}", "financien", EVERYBODY, drempel="3") for n in range(7)]
    desk = desk_of(tmp_path, REFUSED, provisions(*outside(6), *within))
    found = desk.decide(Situation(), "klein", ON).hardheid
    assert found is not None
    assert [a.id for a in found.alternatieven][:5] == [f"v{n}" for n in range(5)]
    assert len(found.alternatieven) <= 7


def test_what_the_gate_proves_the_desk_offers(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, provisions(*outside(6), real_one()))
    assert way_out(subject(desk.register, "klein", ON, None), desk).bewijs == "bewezen"
    assert not left_alone(desk, Situation(), desk.register.version("klein", ON), ON)


# --- claimed elsewhere -------------------------------------------------------------------------------------------------


def test_what_a_local_ruleset_speaks_for_is_no_way_out_everywhere(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, LOCAL, provisions(real_one()))
    answer = way_out(subject(desk.register, "klein", ON, None), desk)
    assert answer.bewijs != "bewezen"
    there = Situation.model_validate({"persoon": {"gemeente": "0600", "geboortedatum": "1986-01-01"}})
    assert left_alone(desk, there, desk.register.version("klein", ON), ON)


def test_in_a_municipality_only_what_is_decided_there_counts(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, LOCAL, provisions(real_one()))
    ways = {place: [one.id for one in counted(subject(desk.register, "klein", ON, place).sides[0])] for place in ("0600", "0599", None)}
    assert ways == {"0600": [], "0599": ["echt"], None: []}
