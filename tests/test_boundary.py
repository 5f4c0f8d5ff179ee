"""Boundary: who could change what, and every smallest set of changes. Found by trying, so tested by trying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st

import responsief
from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief import Desk, Situation
from responsief.backends.compiled import Compiled
from responsief.backends.explain import Explainer
from responsief.decision import Boundary, Change, Way
from responsief.diagnostics import InvalidError
from responsief.hardship import ways as module
from responsief.hardship.boundary import boundary
from responsief.hardship.case import HardCase
from responsief.hardship.ways import FIXED, NAMED, RANK, Ways, ways, who_moves
from responsief.register import Register
from small import TODAY, register, ruleset
from strategies import REFERENCE_DAYS, seeds, situation

ROOT = Path(__file__).parents[1]
OWN = (
    "gegevens:\n"
    "  afstand: {type: decimaal, cijfers: 1, label: afstand, vraag: v?, van: [inwoner], eenheid: km}\n"
    "  gemiddeld: {type: geld, label: gemiddeld, vraag: v?, van: [inwoner], eenheid: euro per maand}\n"
    "  meedoet: {type: ja_nee, label: werkt mee, vraag: v?, van: [inwoner]}\n"
    "  spaargeld: {type: geld, label: geld op de bank, vraag: v?, van: [inwoner]}\n"
    "uitkomst: {bedrag: {per: maand, is: € 100}}\n"
)
INWONER = "wie_wijzigt: {wie: inwoner, wat: iets}"
GEMEENTE = "rust_op: verordening, wie_wijzigt: {wie: gemeente, wat: de grens}"


def hard_case(found: Register, compiled: Compiled, case: Situation, day: date) -> HardCase:
    """A case as `boundary` looks at it."""
    verdict = compiled.decide(case, day)
    own = compiled.program.ruleset
    assert own is not None
    return HardCase(found, found.aids(day, None), (), own, verdict, case, Explainer(compiled, verdict, case), {})


def small(text: str, case: dict[str, Any]) -> HardCase:
    found = register(text)
    return hard_case(found, found.compiled("klein", TODAY, None), Situation.model_validate(case), TODAY)


def lines(case: HardCase) -> tuple[Boundary, ...]:
    """What the boundary says, without the ways that it found."""
    return boundary(case)[0]


def told(found: Ways) -> list[list[tuple[str, str | None]]]:
    """Every way as what changes: a fact with its value, or a criterion."""
    return [[(c.gegeven or c.criterium, c.waarde) for c in way.veranderingen] for way in found.manieren]


# --- what a smallest set is --------------------------------------------------------------------------------------------


def tried(case: HardCase, changes: tuple[Change, ...]) -> int:
    """How good the outcome is with these changes, worked out the long way: another situation, other criteria met."""
    raw = case.situation.effective.model_dump(mode="json")
    for change in changes:
        if change.gegeven is not None:
            steps = change.gegeven.split(".")
            here = raw
            for step in steps[:-1]:
                here = here.setdefault(step, {})
            here[steps[-1]] = change.waarde
    run = case.explainer.compiled.reference(Situation.model_validate(raw), case.verdict.peildatum)
    met = {change.criterium for change in changes if change.gegeven is None}
    return RANK[module._concluded(case, run, met).uitkomst]


def smallest(case: HardCase, found: Ways) -> None:
    """Every way gives a better outcome than there is, and no part of it does."""
    now = RANK[case.verdict.uitkomst]
    for way in found.manieren:
        assert tried(case, way.veranderingen) == RANK[way.uitkomst] > now
        parts = chain.from_iterable(combinations(way.veranderingen, n) for n in range(len(way.veranderingen)))
        assert all(tried(case, part) <= now for part in parts)
    keys = [frozenset(way.veranderingen) for way in found.manieren]
    assert len({*keys}) == len(keys)


EISEN = (
    "gemiddeld <= € 10", "gemiddeld < € 7,50", "gemiddeld >= € 500", "gemiddeld tussen € 3 en € 9", "afstand > 6", "afstand <= 5,5",
    "afstand = 4", "meedoet", "niet meedoet", "meedoet of afstand <= 2", "meedoet en gemiddeld <= € 12", "wonen.soort = 'huur'",
    "wonen.soort != 'koop'", "wonen.huur <= € 500", "wonen.huur <= gemiddeld", "leeftijd >= 27 of meedoet", "leeftijd >= 60",
    "werk.soort in ['geen', 'loondienst']", "nee", "105 % van gemiddeld < € 10,01", "spaargeld <= € 5",
)  # fmt: skip
EFFECTS = (
    "",
    ", gevolg: kan_weigeren",
    ", gevolg: deel, aftrek: € 60",
    ", gevolg: deel, aftrek: € 100",
    ", gevolg: wacht_tot 2027-01-01",
)


@st.composite
def cases(draw: st.DrawFn) -> HardCase:
    rows = draw(
        st.lists(
            st.tuples(st.sampled_from(EISEN), st.sampled_from((INWONER, GEMEENTE)), st.sampled_from(EFFECTS)),
            min_size=1,
            max_size=6,
        )
    )
    money = st.sampled_from(("€ 0", "€ 7,50", "€ 15", "€ 600", None))
    eigen = {
        "gemiddeld": draw(money),
        "afstand": draw(st.sampled_from(("1,5", "7", None))),
        "meedoet": draw(st.sampled_from(("ja", "nee", None))),
        "spaargeld": draw(money),
    }
    wonen = {"soort": draw(st.sampled_from(("koop", "huur", None))), "huur": draw(money)}
    facts = {
        "persoon": {"geboortedatum": draw(st.sampled_from(("2004-01-01", "1960-01-01", None)))},
        "wonen": wonen,
        "werk": {"soort": draw(st.sampled_from(("zelfstandige", "geen")))},
        "eigen": {"klein": eigen},
    }
    return small(ruleset(OWN, *[f'eis: "{eis}"{effect}, {who}' for eis, who, effect in rows]), facts)


@settings(max_examples=150)
@given(cases())
def test_every_way_changes_the_outcome_for_the_better_and_no_part_of_it_does(case: HardCase) -> None:
    found = ways(case)
    smallest(case, found)
    # meeting all that failed is always tried: so a case that it helps has a way
    if tried(case, tuple(Change(c.id, "", "niemand") for c in case.failed)) > RANK[case.verdict.uitkomst]:
        assert found.manieren


def test_a_wait_that_is_unknown_hides_no_smaller_way() -> None:
    rows = (
        ("gemiddeld <= € 10", ", gevolg: deel, aftrek: € 100"),
        ("meedoet en gemiddeld <= € 12", ", gevolg: wacht_tot 2027-01-01"),
    )
    text = ruleset(OWN, *[f'eis: "{eis}"{effect}, {INWONER}' for eis, effect in rows])
    case = small(text, {"eigen": {"klein": {"gemiddeld": "€ 15"}}})
    assert [("eigen.klein.gemiddeld", "€ 12,00")] in told(ways(case))
    smallest(case, ways(case))


@settings(max_examples=60)
@given(cases())
def test_no_set_of_criteria_is_forgotten(case: HardCase) -> None:
    """Against trying every set of failed criteria there is, the plain way."""
    names = [c.id for c in case.failed]
    assume(len(names) <= 6)
    now = RANK[case.verdict.uitkomst]
    every = [{*some} for n in range(len(names) + 1) for some in combinations(names, n)]
    helps = [some for some in every if RANK[module._concluded(case, case.verdict.run, some).uitkomst] > now]
    minimal = {frozenset(some) for some in helps if not any(other < some for other in helps)}
    found = ways(case)
    rules = {
        frozenset(c.criterium for c in way.veranderingen)
        for way in found.manieren
        if all(c.gegeven is None for c in way.veranderingen)
    }
    assert rules == minimal


@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(seeds)
@example(4200)  # an age inside a «max»
def test_the_ways_of_any_ruleset_are_smallest_and_lay_nothing_protected_on_the_client(seed: int) -> None:
    for case in random_cases(seed):
        found = ways(case)
        smallest(case, found)
        never_on_the_client(case, found)


def random_cases(seed: int) -> Iterator[HardCase]:
    dice = Rolled(seed)
    try:
        written = Rulesets(dice, depth=2).written()
        found = Register(
            [_laid_on_the_client(r) for r in written.checked().versions.values() for r in r], written.checked().catalogue
        )
    except InvalidError:  # a few are refused
        return
    for _ in range(5):
        case = situation(dice)
        case = case.model_copy(update={"feiten": {}})
        day = dice.pick(REFERENCE_DAYS)
        for ident in ("landelijk", "lokaal"):
            yield hard_case(found, found.compiled(ident, day, None), case, day)


def _laid_on_the_client(found: Any) -> Any:
    """The same ruleset as if it laid every criterion on the client."""
    import dataclasses

    return dataclasses.replace(found, criteria=tuple(dataclasses.replace(c, wie_wijzigt="inwoner") for c in found.criteria))


# --- what is never laid on the client ----------------------------------------------------------------------------------

SPEAKS_OF = re.compile(
    r"(?i)trouw|scheid|samenwon|partner|nationaliteit|verblijf|zwanger|ziek|gezond|leeftijd|\d jaar|ouder worden|sparen|spaargeld"
    r"|uitgeven|opmaken|stop\w* met (de |uw |een )?(studie|opleiding|school)|van school"
)


def never_on_the_client(case: HardCase, found: Ways) -> None:
    for change in (change for way in found.manieren for change in way.veranderingen):
        if change.gegeven is not None:
            assert change.wie == "inwoner"
            assert not change.gegeven.startswith(FIXED)
            assert change.gegeven.startswith(NAMED)
            assert not SPEAKS_OF.search(change.tekst)
    for line in lines(case):
        if line.criterium != "samen" and line.wie == "inwoner":
            assert "U kunt dit zelf veranderen" in line.tekst
            assert not re.search(r"\d jaar", line.tekst)
        else:
            assert "U kunt dit zelf" not in line.tekst


SHIPPED = ("een-euro-te-veel", "jongere-dakloos", "kostendelers", "mantelzorger", "ongedocumenteerd", "schulden-en-ontruiming", "student", "te-veel-vermogen")  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Desk:
    return responsief.open_desk()


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(seeds)
def test_no_shipped_ruleset_lays_what_is_protected_on_anybody(desk: Desk, seed: int) -> None:
    dice = Rolled(seed)
    case = situation(dice, 95).model_copy(update={"eigen": {}, "feiten": {}})
    for ident in desk.register.ids():
        # where it holds; the example municipality fills in what national law leaves open
        place = desk.register.versions[ident][-1].gemeente or "9999"
        day = max(date(2026, 3, 2), desk.register.versions[ident][-1].van)
        compiled = desk.register.compiled(ident, day, place)
        found = hard_case(desk.register, compiled, case, day)
        never_on_the_client(found, ways(found))


def test_what_shipped_rulesets_say_that_a_client_can_change_is_nothing_protected(desk: Desk) -> None:
    said = [
        c.wat_wijzigt or ""
        for versions in desk.register.versions.values()
        for r in versions
        for c in r.criteria
        if c.wie_wijzigt == "inwoner"
    ]
    assert said
    assert [one for one in said if SPEAKS_OF.search(one)] == []


@pytest.mark.parametrize(
    "name", ["spaargeld", "leeftijd_kind", "huishouden_soort", "is_ziek", "zwanger", "nationaliteit", "volgt_studie"]
)
def test_a_fact_that_a_ruleset_asks_itself_is_protected_by_what_it_speaks_of(name: str) -> None:
    own = f"gegevens:\n  {name}: {{type: ja_nee, label: iets, vraag: v?, van: [inwoner]}}\n"
    case = small(ruleset(own, f"eis: {name}, {INWONER}"), {"eigen": {"klein": {name: "nee"}}})
    assert who_moves(case, case.failed[0]) == "overheid"
    assert told(ways(case)) == [[("c0", None)]]


def test_what_is_said_of_the_client_is_not_said_of_the_legislator_instead() -> None:
    (line,) = lines(small(ruleset("", f"eis: niet opleiding.volgt, {INWONER}"), {"opleiding": {"volgt": "ja"}}))
    assert (line.wie, line.tekst) == ("overheid", "«Een voorwaarde» is hier niet zo; daar is geen maat voor. Alleen de wetgever kan dit veranderen.")  # fmt: skip


@pytest.mark.parametrize(
    "wat", ["Trouwen", "uw spaargeld uitgeven", "stoppen met de studie", "gaan samenwonen", "de Nederlandse nationaliteit"]
)
def test_what_a_ruleset_should_not_have_written_is_not_said_to_the_client(wat: str) -> None:
    (line,) = lines(
        small(ruleset("", f"eis: wonen.huur <= € 5, wie_wijzigt: {{wie: inwoner, wat: {wat}}}"), {"wonen": {"huur": "€ 6"}})
    )
    assert line.tekst.endswith("U kunt dit zelf veranderen.")
    (line,) = lines(
        small(ruleset("", f"eis: wonen.huur <= € 5, wie_wijzigt: {{wie: gemeente, wat: {wat}}}"), {"wonen": {"huur": "€ 6"}})
    )
    assert wat in line.tekst


def test_of_a_choice_the_client_changes_only_the_side_that_is_not_protected() -> None:
    case = small(ruleset(OWN, f'eis: "leeftijd >= 27 of meedoet", {INWONER}'), {"persoon": {"geboortedatum": "2004-01-01"}, "eigen": {"klein": {"meedoet": "nee"}}})  # fmt: skip
    age, other = lines(case)
    assert (age.wie, age.verschil) == ("overheid", "5 jaar")
    assert "U kunt" not in age.tekst
    assert (other.wie, other.tekst) == ("inwoner", "«Een voorwaarde» kan ook op een andere manier zo zijn. U kunt dit zelf veranderen (iets).")  # fmt: skip


# --- in words ----------------------------------------------------------------------------------------------------------


def test_one_fact_that_answers_two_criteria_is_one_change() -> None:
    rows = [
        f'eis: "gemiddeld <= € 10", titel: A, {INWONER}',
        f'eis: "gemiddeld <= € 8", titel: B, {GEMEENTE}',
        f"eis: meedoet, titel: C, {GEMEENTE}",
    ]
    text = ruleset(OWN, *rows).replace("titel: Een voorwaarde, ", "")
    case = small(text, {"eigen": {"klein": {"gemiddeld": "€ 15", "meedoet": "nee"}}})
    assert told(ways(case)) == [
        [("eigen.klein.gemiddeld", "€ 8,00"), ("c2", None)],
        [("eigen.klein.gemiddeld", "€ 10,00"), ("c1", None), ("c2", None)],
        [("c0", None), ("c1", None), ("c2", None)],
    ]
    assert lines(case)[-1].tekst == (
        "Pas als deze voorwaarden allemaal anders uitvallen, verandert de uitkomst: «A»; «B»; «C». Dan is de uitkomst: toegekend. "
        "U kunt zelf «A» veranderen. De gemeente kan «B» en «C» veranderen. "
        "Het kan ook zo: gemiddeld: € 8,00 in plaats van € 15,00, en «C» anders. Dan is de uitkomst: toegekend."
    )


def test_where_not_all_need_to_change_every_combination_is_told() -> None:
    rows = ["eis: nee, titel: A", *[f"eis: nee, gevolg: deel, aftrek: € 60, titel: {name}" for name in "BC"]]
    text = ruleset(OWN, *rows).replace("titel: Een voorwaarde, ", "")
    line = lines(small(text, {}))[-1]
    assert line.tekst == (
        "De uitkomst verandert pas als deze voorwaarden samen anders uitvallen: «A» en «B»; of: «A» en «C». "
        "Dan is de uitkomst: gedeeltelijk toegekend. Alleen de wetgever kan «A» en «B» en «C» veranderen."
    )


def test_more_than_can_be_tried_is_said() -> None:
    rows = [f"eis: werk.zelfstandige, {INWONER}", f"eis: meedoet, {INWONER}"]
    rows += [f'eis: "gemiddeld <= € {n}", {INWONER}' for n in range(1, 6)]
    case = small(
        ruleset(OWN, *rows),
        {"werk": {"soort": "zelfstandige", "zelfstandige": "nee"}, "eigen": {"klein": {"gemiddeld": "€ 9"}}},
    )
    assert ways(case).meer
    assert lines(case)[-1].tekst.endswith("Er zijn meer manieren dan hier staan.")


def test_who_can_change_least_is_who_a_way_is_for() -> None:
    rows = [f"eis: meedoet, {INWONER}", "eis: nee, wie_wijzigt: {wie: niemand}"]
    case = small(ruleset(OWN, *rows), {"eigen": {"klein": {"meedoet": "nee"}}})
    found: tuple[Way, ...] = ways(case).manieren
    assert {way.wie for way in found} == {"niemand"}


# --- other readings ------------------------------------------------------------------------------------------------------

READINGS = (
    "andere_lezingen: [{lezing: het gemiddelde leest in plaats van elke maand, eis: eigen_gemiddeld <= € 900, wie: gemeente, "
    "grondslag: de toelichting}]"
)
PER_MONTH = OWN.replace("uitkomst:", "begrippen: {eigen_gemiddeld: gemiddeld}\nuitkomst:")


def test_another_reading_of_the_words_is_told_where_the_rules_name_it_and_it_helps() -> None:
    text = ruleset(PER_MONTH, f"eis: wonen.huur < € 600, {GEMEENTE}, {READINGS}")
    found = lines(small(text, {"wonen": {"huur": "€ 700"}, "eigen": {"klein": {"gemiddeld": "€ 900"}}}))
    assert [(line.wie, line.tekst) for line in found if line.tekst.startswith("Als ")] == [
        (
            "gemeente",
            "Als de gemeente het gemiddelde leest in plaats van elke maand, dan staat «Een voorwaarde» niet meer in de weg. "
            "De uitkomst is dan: toegekend. Die lezing rust op: de toelichting.",
        )
    ]


@pytest.mark.parametrize("gemiddeld", ["€ 900,01", "onbekend"])
def test_a_reading_that_does_not_help_or_is_not_known_to_is_not_told(gemiddeld: str) -> None:
    text = ruleset(PER_MONTH, f"eis: wonen.huur < € 600, {GEMEENTE}, {READINGS}")
    found = lines(small(text, {"wonen": {"huur": "€ 700"}, "eigen": {"klein": {"gemiddeld": gemiddeld}}}))
    assert not any(line.tekst.startswith("Als ") for line in found)


def test_a_reading_promises_no_other_outcome_than_there_would_be() -> None:
    text = ruleset(PER_MONTH, f"eis: wonen.huur < € 600, {GEMEENTE}, {READINGS}", f"eis: wonen.huur < € 500, {GEMEENTE}")
    found = lines(small(text, {"wonen": {"huur": "€ 700"}, "eigen": {"klein": {"gemiddeld": "€ 900"}}}))
    told_reading = next(line.tekst for line in found if line.tekst.startswith("Als "))
    assert "De uitkomst is dan" not in told_reading


def test_a_reading_changes_no_outcome() -> None:
    case = Situation.model_validate({"wonen": {"huur": "€ 700"}, "eigen": {"klein": {"gemiddeld": "€ 900"}}})
    plain_text = ruleset(PER_MONTH, f"eis: wonen.huur < € 600, {GEMEENTE}")
    with_reading = ruleset(PER_MONTH, f"eis: wonen.huur < € 600, {GEMEENTE}, {READINGS}")
    outcomes = [
        register(text).compiled("klein", TODAY, None).decide(case, TODAY).uitkomst for text in (plain_text, with_reading)
    ]
    assert outcomes == ["afgewezen", "afgewezen"]


def test_rotterdam_can_read_its_norm_without_housemates() -> None:
    """Trap 8: many municipalities leave the kostendelersnorm out of this; nobody found out yet whether Rotterdam does."""
    desk = responsief.open_desk()
    case = Situation.model_validate(
        {
            "persoon": {"geboortedatum": "1986-04-12", "verblijf": {"soort": "nederlander"}, "gemeente": "0599", "in_inrichting": "nee"},
            "huishouden": {
                "soort": "alleenstaande", "partner": "geen", "kinderen": "geen",
                "medebewoners": [{"geboortedatum": "1990-01-01", "relatie": "broer_zus", "commerciele_huurder": "nee", "studeert": "nee"}],
            },
            "inkomsten": [{"soort": "loon", "bedrag": "€ 1.100", "per": "maand", "vakantietoeslag": "inbegrepen"}],
            "zorg": {"geeft_mantelzorg": "nee"},
            "eigen": {"iit-rotterdam": {"inkomen_referteperiode": "€ 1.100"}},
        }
    )  # fmt: skip
    review = desk.decide(case, "iit-rotterdam", date(2025, 9, 1)).hardheid
    assert review is not None
    assert any("zonder verlaging voor medebewoners" in line.tekst for line in review.grens if line.criterium == "laag_inkomen")
