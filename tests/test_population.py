"""The built-in households: the same for a seed, valid, as their sources say, and on both sides of every limit."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from statistics import median
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responsief.backends.nearness import near
from responsief.desk import Desk
from responsief.intake import validate
from responsief.ir import nodes as ir
from responsief.ir.verdict import Verdict
from responsief.population import marginals
from responsief.population.asked import asked_of, place_of
from responsief.population.at_limits import granted
from responsief.population.draw import Draw
from responsief.population.edges import EDGES
from responsief.population.examples import Examples, examples, known_facts
from responsief.population.households import households, written_households
from responsief.register import Register
from responsief.situation import Situation
from responsief.testing.coverage import linked
from responsief.testing.points import Point, points_of
from small import TODAY, register, ruleset

ON = date(2026, 5, 1)
MANY = 8_000


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk(Register.open())


@pytest.fixture(scope="module")
def many() -> list[dict[str, Any]]:
    return list(written_households(ON, count=MANY))[:MANY]


def written(situation: Situation) -> Any:
    return situation.model_dump(mode="json", exclude_unset=True)


# --- the same for a seed -----------------------------------------------------------------------------------------------


def test_the_first_draws_are_those_of_splitmix64() -> None:
    draw = Draw()  # state 0: the published sequence
    assert [draw.word() for _ in range(3)] == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


def test_a_seed_gives_the_same_bytes_everywhere() -> None:
    told = json.dumps(list(written_households(ON, count=200)), ensure_ascii=False)
    assert hashlib.sha256(told.encode()).hexdigest() == BYTES


#: changes only when the households are drawn otherwise on purpose
BYTES = "628a17f0ce29e460f3a795f959a4b107f84706815c2802a3290650ce94add4d7"


def test_another_process_with_other_hashes_gives_the_same_examples(desk: Desk) -> None:
    asks = (
        "import hashlib, sys; from datetime import date; from responsief.desk import open_desk;"
        "from responsief.population.examples import examples;"
        "e = examples('iit-amsterdam', [(open_desk(), date(2026, 5, 1))], count=20);"
        "print(hashlib.sha256(''.join(s.model_dump_json() for s in e.situaties).encode()).hexdigest())"
    )
    found = subprocess.run(
        [sys.executable, "-c", asks], capture_output=True, text=True, check=True, env={**_env(), "PYTHONHASHSEED": "77"}
    )
    here = "".join(s.model_dump_json() for s in examples("iit-amsterdam", [(desk, ON)], count=20).situaties)
    assert found.stdout.strip() == hashlib.sha256(here.encode()).hexdigest()


def _env() -> dict[str, str]:
    import os

    return dict(os.environ)


def test_a_larger_set_begins_with_the_smaller() -> None:
    assert list(written_households(ON, count=40))[:30] == list(written_households(ON, count=30))[:30]


def test_another_seed_gives_other_households() -> None:
    assert list(written_households(ON, seed=1, count=30))[:30] != list(written_households(ON, seed=2, count=30))[:30]


def test_fewer_than_none_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 0"):
        list(households(ON, count=-1))


@given(st.lists(st.integers(1, 50), min_size=1, max_size=6), st.integers(0, 2**64 - 1))
def test_a_weighted_draw_takes_only_what_has_a_weight(weights: list[int], seed: int) -> None:
    options = [*((str(at), weight) for at, weight in enumerate(weights)), ("never", 0)]
    assert Draw(seed).weighted(options) in {name for name, weight in options if weight}


# --- valid, and as is stated -------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), on=st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_every_household_is_a_valid_situation_on_any_day(seed: int, on: date) -> None:
    for one in written_households(on, seed=seed, count=5):
        situation = validate(one)
        assert validate(written(situation)) == situation


def test_children_are_children_and_housemates_grown(many: list[dict[str, Any]]) -> None:
    for one in many:
        home = one["huishouden"]
        for child in home["kinderen"] if home["kinderen"] != "geen" else ():
            assert child["geboortedatum"] > "2008-05-01"
        for mate in home["medebewoners"] if home["medebewoners"] != "geen" else ():
            assert mate["geboortedatum"] <= "2008-05-01"


def test_parents_are_older_than_their_children(many: list[dict[str, Any]]) -> None:
    for one in many:
        born = one["persoon"]["geboortedatum"]
        children = one["huishouden"]["kinderen"]
        assert children == "geen" or all(int(child["geboortedatum"][:4]) - int(born[:4]) >= 16 for child in children)


def shares(found: Counter[str]) -> dict[str, float]:
    return {name: n / found.total() for name, n in found.items()}


def near_to(found: Counter[str], stated: Sequence[tuple[str, int]], *, by: float) -> None:
    whole = sum(weight for _, weight in stated)
    told = shares(found)
    for name, weight in stated:
        assert told.get(name, 0) == pytest.approx(weight / whole, abs=by), name


def form(one: dict[str, Any]) -> str:
    home = one["huishouden"]
    if home["soort"] != "gehuwd":
        return str(home["soort"])
    return "paar_zonder_kinderen" if home["kinderen"] == "geen" else "paar_met_kinderen"


def test_forms_are_as_stated(many: list[dict[str, Any]]) -> None:
    near_to(Counter(map(form, many)), marginals.VORMEN.kansen, by=0.025)


def test_ages_are_near_those_of_inhabitants(many: list[dict[str, Any]]) -> None:
    def age(one: dict[str, Any]) -> str:
        born = date.fromisoformat(one["persoon"]["geboortedatum"])
        years = ON.year - born.year - ((ON.month, ON.day) < (born.month, born.day))
        return "tot 40" if years < 40 else "40 tot 67" if years < 67 else "67 en ouder"

    near_to(Counter(map(age, many)), marginals.LEEFTIJD.kansen, by=0.04)


@pytest.mark.parametrize("kind", marginals.KINDERTAL)
def test_numbers_of_children_are_as_stated(many: list[dict[str, Any]], kind: str) -> None:
    """With the grown-up ones, as CBS counts them."""

    def children(one: dict[str, Any]) -> str:
        grown = one["huishouden"]["medebewoners"]
        own = 0 if grown == "geen" else sum(mate["relatie"] == "kind" for mate in grown)
        return str(min(3, len(one["huishouden"]["kinderen"]) + own))

    found = Counter(children(one) for one in many if form(one) == kind)
    near_to(found, marginals.KINDERTAL[kind].kansen, by=0.06)


def test_bijstand_is_as_stated_for_each_form(many: list[dict[str, Any]]) -> None:
    for name, per_thousand in marginals.BIJSTAND.kansen:
        own = [one for one in many if form(one) == name]
        found = sum(one["inkomsten"] != "geen" and one["inkomsten"][0]["soort"] == "bijstand" for one in own)
        assert found / len(own) == pytest.approx(per_thousand / 1000, abs=0.025), name


def cents(text: str) -> int:
    return round(float(text.removeprefix("€ ").replace(".", "").replace(",", ".")) * 100)


def test_incomes_are_near_the_stated_deciles(many: list[dict[str, Any]]) -> None:
    """Above the lowest tenths, where bijstand and student grants are what they are."""

    def per_year(one: dict[str, Any]) -> float:
        partner = one["huishouden"]["partner"]
        lists = (one["inkomsten"], partner["inkomsten"] if partner != "geen" else "geen")
        entries = [entry for some in lists if some != "geen" for entry in some]
        months = {"maand": 12.0, "4_weken": 13.0, "week": 52.0}
        total = sum(cents(entry["bedrag"]) * months[entry["per"]] for entry in entries)
        children = 0 if one["huishouden"]["kinderen"] == "geen" else len(one["huishouden"]["kinderen"])
        return float(total / (1 + 0.37 * (partner != "geen") + 0.27 * children))

    found = sorted(map(per_year, many))
    limits = [limit * marginals.GROEI_PROCENT / 100 for _, limit in marginals.INKOMEN.kansen]
    for tenth in range(3, 10):
        assert found[MANY * tenth // 10] == pytest.approx(limits[tenth], rel=0.06), tenth


def test_what_tenants_and_owners_have_is_near_the_stated_median(many: list[dict[str, Any]]) -> None:
    for kind, stated in marginals.VERMOGEN.kansen:
        found = [cents(one["vermogen"]["bezittingen"][0]["waarde"]) for one in many if one["wonen"]["soort"] == kind]
        assert median(found) == pytest.approx(stated, rel=0.15), kind


def test_debts_in_arrears_are_as_stated(many: list[dict[str, Any]]) -> None:
    found = Counter(
        "ja" if one["schulden"] != "geen" and any(d["achterstand_maanden"] for d in one["schulden"]) else "nee" for one in many
    )
    near_to(found, marginals.SCHULDEN.kansen, by=0.015)


def test_every_figure_says_where_it_comes_from() -> None:
    for one in marginals.ALLE:
        assert one.aanname or (("CBS" in one.bron) and one.jaar is not None), one.naam
        assert all(isinstance(weight, int) for _, weight in one.kansen)


def test_nothing_without_a_figure_is_drawn_for_anybody(many: list[dict[str, Any]]) -> None:
    for one in many:
        assert one["veiligheid"]["geweld_thuis"] == "nee"
        assert one["communicatie"]["taal_beperkt"] == "nee"
        assert one["persoon"]["detentie"] == "nee"


def test_the_people_made_by_hand_are_there_and_differ() -> None:
    found = list(written_households(ON, count=0))
    assert len(found) == len(EDGES)
    assert len({json.dumps(one) for one in found}) == len(EDGES)
    kinds = {one["persoon"]["verblijf"]["soort"] for one in found}
    assert "zonder" in kinds
    assert any(one["persoon"]["detentie"] == "ja" for one in found)
    assert any(one["veiligheid"]["geweld_thuis"] == "ja" for one in found)


# --- for a ruleset -----------------------------------------------------------------------------------------------------

#: limits that nobody can stand right at, and why
BEYOND = {
    ("kwijtschelding-hhnk", "betalingscapaciteit_per_jaar > € 0"): "a year's capacity moves by more than a cent",
    ("leerlingenvervoer-voorbeeldgemeente", "inkomen_van_ouders > inkomen_bijdrage"): "fills in another ruleset, decided there",
    ("wmo-maatwerkvoorziening", "eigen_bijdrage >= € 0"): "the same for everybody where no ordinance is filled in",
    ("wmo-maatwerkvoorziening", "eigen_bijdrage > € 0"): "the same",
}
DAYS = {"leerlingenvervoer": date(2026, 9, 1), "leerlingenvervoer-voorbeeldgemeente": date(2026, 9, 1)}  # a school year
SHIPPED = sorted(ident for ident, versions in Register.open().versions.items() if any(one.decides for one in versions))


@pytest.fixture(scope="module")
def drawn() -> list[Situation]:
    return list(households(ON, count=60))


@pytest.fixture(scope="module")
def made(desk: Desk, drawn: list[Situation]) -> dict[str, Examples]:
    return {ident: examples(ident, [(desk, DAYS.get(ident, ON))], drawn=drawn) for ident in SHIPPED}


def side(verdict: Verdict, point: Point) -> bool | None:
    """On which side of a limit somebody stands right at it; None when not right at it."""
    program = verdict.program

    def define(node: ir.Node) -> ir.Node:
        while isinstance(node, ir.TermRef | ir.OpenRef):
            node = program.definitions[(node.ruleset, node.name)]
        return node

    assert point.node is not None
    return near(point.node, point.at, lambda node: program.value(node, verdict.run), define)


@pytest.mark.heavy
def test_somebody_stands_on_both_sides_of_every_limit(desk: Desk, made: dict[str, Examples]) -> None:
    missing = set()
    for ident in SHIPPED:
        known = desk.register.version(ident, DAYS.get(ident, ON))
        points = [point for point in points_of(known, desk.register).points if point.soort == "grens"]
        seen: dict[int, set[bool | None]] = {at: {None} for at in range(len(points))}
        for situation in made[ident].situaties:
            verdict = desk.verdict(situation, ident, DAYS.get(ident, ON))
            program = verdict.program

            for at, point in enumerate(points):
                if point.node is not None and linked(program, point.node):
                    seen[at].add(side(verdict, point))
        missing |= {(ident, point.tekst) for at, point in enumerate(points) if len(seen[at]) < 3}
    assert missing == set(BEYOND)


@pytest.mark.heavy
def test_everybody_can_be_decided_and_is_valid(desk: Desk, made: dict[str, Examples]) -> None:
    for ident, found in made.items():
        outcomes = Counter(desk.verdict(one, ident, DAYS.get(ident, ON)).uitkomst for one in found.situaties)
        assert outcomes["toegekend"] or ident == "leerlingenvervoer-voorbeeldgemeente", (ident, outcomes)
        assert outcomes["afgewezen"], (ident, outcomes)
        for one in found.situaties:
            assert validate(written(one)) == one
        told = f"{found.getrokken} voorbeeldhuishoudens (zaad 7) en {found.met_de_hand} met de hand gemaakte mensen"
        assert found.naam.startswith(told)
        assert len(found.situaties) == found.getrokken + found.met_de_hand + found.aan_een_grens


def test_both_the_old_and_the_new_limit_have_people_on_either_side() -> None:
    def with_limit(amount: str) -> Desk:
        return Desk(register(ruleset("", f"eis: 'wonen.huur <= € {amount}'")))

    old, new = with_limit("600"), with_limit("650,50")
    found = examples("klein", [(old, TODAY), (new, TODAY)], count=10)
    rents = {one.wonen.huur for one in found.situaties}
    assert {60_000, 60_001, 65_050, 65_051} <= rents


def test_what_a_ruleset_asks_itself_is_answered() -> None:
    own = "gegevens: {punten: {type: getal, label: punten, vraag: Hoeveel?, van: [inwoner]}, past: {type: ja_nee, label: past, vraag: Past het?, van: [inwoner]}}\n"
    desk = Desk(register(ruleset(own, "eis: punten >= 17", "eis: past")))
    found = examples("klein", [(desk, TODAY)], count=40)
    assert all(one.eigen["klein"].keys() == {"punten", "past"} for one in found.situaties)
    assert {16, 17} <= {one.eigen["klein"]["punten"] for one in found.situaties}
    assert {True, False} <= {one.eigen["klein"]["past"] for one in found.situaties}
    outcomes = Counter(desk.verdict(one, "klein", TODAY).uitkomst for one in found.situaties)
    assert outcomes["toegekend"]
    assert outcomes["afgewezen"]


def test_everything_is_known_unless_asked_otherwise(desk: Desk) -> None:
    asked = asked_of("participatiewet", [(desk, ON)], None)
    assert asked is not None
    found = examples("participatiewet", [(desk, ON)], count=15)
    drawn_ones = found.situaties[:15]
    assert all(asked.missing(one) == [] for one in drawn_ones)


def test_the_stated_share_of_facts_is_unknown(desk: Desk) -> None:
    known = examples("iit-amsterdam", [(desk, ON)], count=30)
    less = examples("iit-amsterdam", [(desk, ON)], count=30, unknown=200)
    before = sum(len(list(known_facts(one))) for one in known.situaties)
    after = sum(len(list(known_facts(one))) for one in less.situaties)
    assert after / before == pytest.approx(0.8, abs=0.03)
    assert all(one.persoon.gemeente == "0363" for one in less.situaties)
    for one in less.situaties:
        assert validate(written(one)) == one


def test_a_local_ruleset_has_its_own_people(desk: Desk) -> None:
    assert place_of("iit-rotterdam", [(desk, ON)]) == "0599"
    assert place_of("participatiewet", [(desk, ON)]) is None
    assert place_of("leerlingenvervoer", [(desk, date(2026, 9, 1))]) == "9999"  # what fills in what it leaves open


def test_a_ruleset_that_is_nowhere_has_the_households_as_they_are(desk: Desk) -> None:
    found = examples("bestaat-niet", [(desk, ON)], count=5)
    assert found.situaties == tuple(households(ON, count=5))
    assert found.aan_een_grens == 0


def test_a_grant_is_found_for_who_needs_two_answers_at_once() -> None:
    own = "gegevens: {a: {type: ja_nee, label: a, vraag: A?, van: [inwoner]}, b: {type: ja_nee, label: b, vraag: B?, van: [inwoner]}}\n"
    desk = Desk(register(ruleset(own, "eis: (a en b)")))
    asked = asked_of("klein", [(desk, TODAY)], None)
    assert asked is not None
    start = next(iter(households(TODAY, count=1)))
    assert asked.penalty(granted(asked, start)) == 0
