"""Situations for Hypothesis: valid, only what a ruleset reads, at its limits, and small when something fails."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.register import Register
from responsief.situation import Situation
from responsief.testing import situations
from small import TODAY, register, ruleset

QUICK = settings(max_examples=2000, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
PLACES = {"leerlingenvervoer": "9999"}
DAYS = {"leerlingenvervoer": date(2026, 9, 1), "leerlingenvervoer-voorbeeldgemeente": date(2026, 9, 1)}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(Register.open())


def written(situation: Situation) -> dict[str, Any]:
    return situation.model_dump(exclude_unset=True)


def known_rules() -> Register:
    gegevens = "gegevens: {afstand: {type: decimaal, cijfers: 1, label: de afstand, vraag: Hoe ver?, van: [inwoner]}}\n"
    return register(
        ruleset(
            gegevens,
            "eis: 'wonen.huur <= € 512,34'",
            "eis: leeftijd >= 21",
            "eis: 'afstand >= 2,5'",
            "eis: bestaat(inkomsten waar soort = 'loon' en bedrag > € 77)",
        )
    )


def holds(known: Register, at: int, wanted: bool | None) -> Any:
    return lambda s: known.compiled("klein", TODAY, None).decide(s, TODAY).oordelen[at] is wanted


@pytest.mark.parametrize("at", range(4))
@pytest.mark.parametrize("wanted", [True, False, None])
def test_every_criterion_is_reached_in_every_way(at: int, wanted: bool | None) -> None:
    known = known_rules()
    find(situations("klein", known, on=TODAY), holds(known, at, wanted), settings=QUICK)


def test_what_fails_shrinks_to_the_facts_that_matter() -> None:
    known = known_rules()
    found = find(situations("klein", known, on=TODAY), holds(known, 0, False), settings=QUICK)
    assert set(written(found)) <= {"wonen"}
    young = find(situations("klein", known, on=TODAY), holds(known, 1, False), settings=QUICK)
    assert set(written(young)) <= {"persoon"}


@pytest.mark.parametrize(
    "at_the_limit",
    [
        lambda s: s.wonen.huur == 51234,
        lambda s: s.wonen.huur == 51235,
        lambda s: s.persoon.geboortedatum == date(2005, 3, 2),
        lambda s: s.persoon.geboortedatum == date(2005, 3, 3),
        lambda s: s.eigen.get("klein", {}).get("afstand") == "2.5",
        lambda s: any(i.bedrag == 7701 for i in s.inkomsten or ()),
    ],
)
def test_limits_of_the_ruleset_and_what_is_beside_them_come_up(at_the_limit: Any) -> None:
    find(situations("klein", known_rules(), on=TODAY), at_the_limit, settings=QUICK)


@settings(max_examples=60)
@given(st.data())
def test_only_what_the_ruleset_reads_is_there(data: st.DataObject) -> None:
    told = written(data.draw(situations("klein", known_rules(), on=TODAY)))
    assert set(told) <= {"wonen", "persoon", "inkomsten", "eigen"}
    assert set(told.get("wonen", {})) <= {"huur"}
    assert set(told.get("persoon", {})) <= {"geboortedatum"}


@settings(max_examples=60)
@given(st.data())
def test_without_unknowns_every_fact_is_known_and_the_outcome_is_too(data: st.DataObject) -> None:
    known = known_rules()
    case = data.draw(situations("klein", known, on=TODAY, unknowns=False))
    assert None not in known.compiled("klein", TODAY, None).decide(case, TODAY).oordelen


def test_disputes_come_up_only_when_asked_for() -> None:
    known = known_rules()
    found = find(situations("klein", known, on=TODAY, disputes=True), lambda s: bool(s.feiten), settings=QUICK)
    assert all(origin.betwist for origin in found.feiten.values())
    with pytest.raises(Exception, match=r".") as none:
        find(situations("klein", known, on=TODAY), lambda s: bool(s.feiten), settings=settings(QUICK, max_examples=50))
    assert type(none.value).__name__ == "NoSuchExample"


@pytest.mark.heavy
@pytest.mark.parametrize("unknowns", [True, False])
@pytest.mark.parametrize(
    "ident",
    ["bijzondere-bijstand-rotterdam", "gehandicaptenparkeerkaart", "iit-amsterdam", "iit-rotterdam", "kwijtschelding-hhnk",
     "leerlingenvervoer", "leerlingenvervoer-voorbeeldgemeente", "participatiewet", "schuldhulp", "stadspas-voorbeeld",
     "studietoeslag", "wmo-maatwerkvoorziening"],
)  # fmt: skip
def test_of_every_shipped_ruleset_every_situation_can_be_decided(ident: str, unknowns: bool, desk: Desk) -> None:
    on = DAYS.get(ident, TODAY)

    @settings(max_examples=12)
    @given(situations(ident, desk, on=on, gemeente=PLACES.get(ident), unknowns=unknowns, disputes=unknowns))
    def decide(case: Situation) -> None:
        assert desk.decide(case, ident, on, today=on).uitkomst

    decide()


@pytest.mark.heavy
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64 - 1), st.data())
def test_of_random_rulesets_every_situation_can_be_decided(seed: int, data: st.DataObject) -> None:
    try:
        known = Rulesets(Rolled(seed)).written().checked()
        case = data.draw(situations("lokaal", known, on=TODAY, disputes=True))
    except (InvalidError, LookupError):
        return
    assert Desk(known).verdict(case, "lokaal", TODAY).uitkomst


def test_what_can_not_be_decided_then_and_there_is_said_at_once() -> None:
    known = known_rules()
    with pytest.raises(LookupError, match="no version of klein on 1980-01-01"):
        situations("klein", known, on=date(1980, 1, 1))
    with pytest.raises(LookupError, match="no version of bestaat-niet"):
        situations("bestaat-niet", known, on=TODAY)
    later = register(ruleset("", "eis: leeftijd >= 21, in_werking: {vanaf: 2090-01-01}"))
    with pytest.raises(LookupError, match="no criterion of klein is in force on 2026-03-02"):
        situations("klein", later, on=TODAY)


def test_a_ruleset_itself_will_do_and_a_desk_too() -> None:
    known = known_rules()
    rules = known.versions["klein"][0]
    assert isinstance(find(situations(rules, Desk(known), on=TODAY), lambda s: True, settings=QUICK), Situation)


def test_without_hypothesis_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from datetime import date\n"
        "from responsief.testing import situations\n"
        "try: situations('iit-rotterdam', on=date(2026, 3, 2))\n"
        "except ModuleNotFoundError as absent: print(absent)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "pip install 'responsief[testing]'" in done.stdout, done.stderr


def test_importing_the_package_loads_no_hypothesis_and_no_pytest() -> None:
    code = (
        "import sys, responsief.testing; print([m for m in ('hypothesis', 'pytest', 'pydantic', 'yaml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[]"
