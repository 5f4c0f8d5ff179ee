"""Both sides of a weighing: what strict application touches and whose life, what speaks against departing, what is less than all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from responsief import Desk, Situation, open_desk, read_situation
from responsief.decision import Review

EXAMPLES = Path(__file__).parents[1] / "examples"
DAY = date(2025, 9, 1)
BASE: dict[str, Any] = {
    "persoon": {
        "geboortedatum": "1986-04-12",
        "verblijf": {"soort": "nederlander"},
        "gemeente": "0599",
        "in_inrichting": "nee",
    },
    "huishouden": {"soort": "alleenstaande", "partner": "geen", "kinderen": "geen", "medebewoners": "geen"},
    "zorg": {"geeft_mantelzorg": "nee"},
    "eigen": {"iit-rotterdam": {"inkomen_referteperiode": "€ 1.500"}},
}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk()


def review(desk: Desk, **changed: Any) -> Review:
    found = desk.decide(Situation.model_validate({**BASE, **changed}), "iit-rotterdam", DAY).hardheid
    assert found is not None
    return found


def test_what_is_lost_and_what_stays_needed_stand_per_area_of_life(desk: Desk) -> None:
    found = review(desk, behoeften=[{"leefgebied": "wonen", "ernst": "4"}], omstandigheden=[{"soort": "psychische_nood"}])
    told = {(one.voor, one.leefgebied, one.uit) for one in found.gevolgen}
    assert ("aanvrager", "financien", "regeling") in told
    assert ("aanvrager", "wonen", "behoefte") in told
    assert ("aanvrager", "geestelijke_gezondheid", "omstandigheid") in told
    assert any("€ 200,00 per jaar" in one.tekst for one in found.gevolgen)


def test_children_at_home_and_who_is_cared_for_are_touched_too(desk: Desk) -> None:
    home = {
        **BASE["huishouden"],
        "soort": "alleenstaande_ouder",
        "kinderen": [{"geboortedatum": "2015-05-05", "thuiswonend": "ja"}],
    }
    found = review(desk, huishouden=home, zorg={"geeft_mantelzorg": "ja"})
    assert ("kinderen", "1 kind thuis") in {(one.voor, one.tekst) for one in found.gevolgen}
    assert any(one.voor == "anderen" and "zorg van betrokkene" in one.tekst for one in found.gevolgen)
    order = [one.voor for one in found.gevolgen]
    assert order == sorted(order, key=["aanvrager", "kinderen", "anderen"].index)


def test_against_departing_stands_the_purpose_of_each_rule_in_the_way(desk: Desk) -> None:
    found = review(desk, eigen={"iit-rotterdam": {"inkomen_referteperiode": "€ 1.500", "toeslag_elders_op": "2025-03-01"}})
    assert {one.criterium for one in found.tegen} >= {"laag_inkomen", "niet_eerder"}
    assert any("bindt de wet" in one.tekst and one.criterium == "niet_eerder" for one in found.tegen)
    assert not any("bindt de wet" in one.tekst and one.criterium == "laag_inkomen" for one in found.tegen)


def test_what_somebody_can_do_herself_never_speaks_against_her(desk: Desk) -> None:
    strong = {"krachten": [{"leefgebied": "financien", "woorden": "Ik kan goed met geld omgaan"}],
              "netwerk": [{"wie": "mijn broer", "kan": "geld lenen", "leefgebied": "financien"}]}  # fmt: skip
    assert review(desk, **strong).tegen == review(desk).tegen


def test_how_moving_the_words_are_makes_no_difference(desk: Desk) -> None:
    def told(words: str) -> tuple[object, ...]:
        found = review(desk, omstandigheden=[{"soort": "onverwachte_kosten", "woorden": words}])
        return found.gevolgen, found.tegen, found.milder

    assert told("De wasmachine is stuk") == told("Ten einde raad smeek ik u: mijn laatste wasmachine is vreselijk kapot")


def test_what_a_clause_can_give_that_is_less_than_everything_is_named(desk: Desk) -> None:
    found = desk.decide(read_situation(EXAMPLES / "te-veel-vermogen.yaml"), "participatiewet", date(2026, 3, 2)).hardheid
    assert found is not None
    reach = {c.id: c.mag for c in found.clausules if c.status in ("in_bereik", "onbekend") and c.soort != "groepsniveau"}
    less = {(ident, what) for ident, may in reach.items() for what in may if what != "toekennen"}
    assert less
    assert {(one.clausule, one.wat) for one in found.milder} == less


def test_the_note_names_both_sides(desk: Desk) -> None:
    note = desk.decide(read_situation(EXAMPLES / "een-euro-te-veel.yaml"), "iit-rotterdam", DAY).motivering.nota
    assert "Tegen afwijken pleit:\n- Het doel van «Uw inkomen was drie jaar lang laag»" in note
    assert "Voor afwijken pleit, volgens de voorstellen hierboven: 1. Onverwachte kosten" in note
