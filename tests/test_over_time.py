"""A right that runs over time: from which day, what came out on every day since, and what to know when you get it (Pw 44)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from responsief import open_desk
from responsief.decision import Decision
from responsief.decision_json import decision_json
from responsief.desk import Desk
from responsief.motivation.lint import lint
from responsief.situation import Situation, replace
from small import register, ruleset

BEGIN = "ingang: {vanaf: aanvraag.gemeld_op, grondslag: art. 2, uitleg: Het begint op de dag van uw melding.}\n"
MONEY = (
    "bedragen:\n  som: {bron: art. 3, waarden: {2026-01-01: € 100, 2026-03-01: € 120}}\n"
    "uitkomst: {bedrag: {per: maand, is: som}}\n"
)
REPORTED: dict[str, Any] = {
    "persoon": {"geboortedatum": "2005-02-20"},
    "aanvraag": {"gemeld_op": "2026-02-10", "ontvangen_op": "2026-02-12"},
}


SHIPPED = open_desk()
ALONE: dict[str, Any] = {
    "persoon": {
        "geboortedatum": "1986-04-12", "verblijf": {"soort": "nederlander"}, "detentie": "nee", "in_inrichting": "nee",
        "buitenland": {"dagen_dit_jaar": 0, "langste_periode_dagen": 0}, "medisch_urenbeperkt": "nee",
        "doelgroep_loonkostensubsidie": "nee", "praktijkonderwijs_of_vso_tot": "geen",
    },
    "huishouden": {"soort": "alleenstaande", "partner": "geen", "kinderen": "geen", "medebewoners": "geen"},
    "inkomsten": "geen", "vermogen": {"bezittingen": "geen"}, "schulden": "geen",
    "wonen": {"soort": "huur", "woonsituatie": "zelfstandig", "woonplaats_hier": "ja"},
    "werk": {"soort": "geen", "zelfstandige": "nee"},
    "opleiding": {"volgt": "nee", "soort": "geen", "kan_volgen": "nee", "recht_op_studiefinanciering": "nee"},
    "zorg": {"geeft_mantelzorg": "nee"},
    "eigen": {"participatiewet": {"uitsluitingsgrond": "geen", "vraagt_bijstand_voor_schulden": "nee",
        "andere_regeling_toereikend": "nee", "wil_verplichtingen_niet_nakomen": "nee", "ouders_kunnen_niet_bijdragen": "nee"}},
}  # fmt: skip


def decide(rules: str, situation: dict[str, Any], on: date) -> Decision:
    return Desk(register(rules)).decide(Situation.model_validate(situation), "klein", on)


def test_every_day_since_the_application_was_announced_is_decided_and_equal_days_stand_together() -> None:
    found = decide(ruleset(BEGIN + MONEY, "eis: leeftijd >= 21"), REPORTED, date(2026, 3, 9)).ingang
    assert found is not None
    assert found.eerste_dag == date(2026, 2, 10)
    assert found.vanaf == date(2026, 2, 20)  # 21 that day
    told = [(one.van.isoformat(), one.tot.isoformat(), one.uitkomst, one.bedrag and one.bedrag.centen) for one in found.verloop]
    assert told == [
        ("2026-02-10", "2026-02-19", "afgewezen", None),
        ("2026-02-20", "2026-02-28", "toegekend", 10_000),
        ("2026-03-01", "2026-03-09", "toegekend", 12_000),
    ]
    assert found.verloop[0].afgewezen_op == ("c0",)


def test_the_letter_of_a_grant_says_from_when_and_every_amount() -> None:
    found = decide(ruleset(BEGIN + MONEY, "eis: leeftijd >= 21"), REPORTED, date(2026, 3, 9))
    letter, note = found.motivering.brief, found.motivering.nota
    assert "Wanneer: u krijgt dit vanaf 20 februari 2026." in letter
    assert (
        "- van 20 februari 2026 tot en met 28 februari 2026: € 100,00 per maand\n- vanaf 1 maart 2026: € 120,00 per maand"
        in letter
    )
    assert "elke dag van 10 februari 2026 tot en met 9 maart 2026 is beslist; er is recht vanaf 20 februari 2026" in note


def test_days_with_a_right_before_a_refusal_are_not_lost() -> None:
    found = decide(ruleset(BEGIN, "eis: leeftijd < 21"), REPORTED, date(2026, 3, 9))
    assert found.uitkomst == "afgewezen"
    assert "Op deze dagen was het anders. Een medewerker kijkt daar nog naar:" in found.motivering.brief
    assert "- van 10 februari 2026 tot en met 19 februari 2026: wel recht\n" in found.motivering.brief
    assert not lint(found.draft, found.motivering)


def test_waiting_to_decide_takes_no_day_from_the_right() -> None:
    rules = ruleset(
        BEGIN,
        "eis: leeftijd >= 18",
        "eis: peildatum >= aanvraag.gemeld_op + 28 dagen, gevolg: wacht_tot aanvraag.gemeld_op + 28 dagen",
    )
    found = decide(rules, REPORTED, date(2026, 3, 20))
    assert found.uitkomst == "toegekend"
    assert found.ingang is not None
    assert [(one.van, one.uitkomst) for one in found.ingang.verloop] == [(date(2026, 2, 10), "toegekend")]


def test_a_first_day_that_is_not_known_is_asked_and_never_guessed() -> None:
    found = decide(ruleset(BEGIN), {}, date(2026, 3, 9))
    assert found.ingang is not None
    assert found.ingang.vanaf is None
    assert "[vul in: wanneer dit ingaat en wanneer het geld komt]" in found.motivering.brief or found.bedrag is None
    assert "op zijn vroegst kan beginnen]" in found.motivering.nota


def test_a_right_that_can_only_begin_later_has_no_days_yet() -> None:
    found = decide(ruleset(BEGIN), REPORTED, date(2026, 2, 1))
    assert found.ingang is not None
    assert found.ingang.verloop == ()
    assert "kan pas beginnen op 10 februari 2026, na de peildatum" in found.motivering.nota


def test_a_day_without_a_figure_is_undecided_and_the_other_days_go_on() -> None:
    early = replace(Situation.model_validate(REPORTED), "aanvraag.gemeld_op", date(2025, 12, 30))
    found = Desk(register(ruleset(BEGIN + MONEY))).decide(early, "klein", date(2026, 1, 3)).ingang
    assert found is not None
    assert [(one.van.isoformat(), one.uitkomst) for one in found.verloop] == [
        ("2025-12-30", "onbepaald"),
        ("2026-01-01", "toegekend"),
    ]


def test_a_first_day_long_ago_costs_no_more_than_three_years_of_days() -> None:
    early = replace(Situation.model_validate(REPORTED), "aanvraag.gemeld_op", date(1990, 1, 1))
    found = Desk(register(ruleset(BEGIN))).decide(early, "klein", date(2026, 3, 9)).ingang
    assert found is not None
    assert found.eerste_dag == found.verloop[0].van == date(1990, 1, 1)
    assert found.verloop[0].uitkomst == "onbepaald"  # said, and not decided
    assert date(2026, 3, 9) - found.verloop[1].van < timedelta(days=1100)


@settings(max_examples=60, deadline=None)
@given(
    born=st.dates(date(1958, 1, 1), date(2009, 1, 1)),
    reported=st.dates(date(2025, 6, 1), date(2026, 6, 1)),
    later=st.integers(0, 60),
)
def test_each_day_comes_out_as_when_it_is_decided_by_itself(born: date, reported: date, later: int) -> None:
    situation = Situation.model_validate(ALONE)
    situation = replace(replace(situation, "persoon.geboortedatum", born), "aanvraag.gemeld_op", reported)
    last = reported + timedelta(days=later)
    found = SHIPPED.decide(situation, "participatiewet", last).ingang
    assert found is not None
    days = {}
    for one in found.verloop:
        day = one.van
        while day <= one.tot:
            days[day] = one
            day += timedelta(days=1)
    assert list(days) == [reported + timedelta(days=n) for n in range(later + 1)]
    for day, one in days.items():
        alone = SHIPPED.verdict(situation, "participatiewet", day)
        if alone.uitkomst != "wacht":
            assert (one.uitkomst, one.afgewezen_op) == (alone.uitkomst, alone.afgewezen_op)
            assert (one.bedrag.centen if one.bedrag else None) == alone.bedrag


# points of attention

POINTS = """aandachtspunten:
  - {id: lening, soort: lening, als: wonen.soort = 'koop', tekst: Dit kan een lening zijn., grondslag: art. 4}
  - {id: plicht, soort: plicht, als: leeftijd < 27, tekst: U maakt met ons een plan., grondslag: art. 5, geverifieerd: nee}
"""


def test_a_grant_carries_its_points_of_attention() -> None:
    found = decide(ruleset(POINTS), {**REPORTED, "wonen": {"soort": "koop"}}, date(2026, 3, 9))
    assert [(one.id, one.past) for one in found.aandacht] == [("lening", "ja"), ("plicht", "ja")]
    assert "Let op\n------\n\n- Dit kan een lening zijn.\n- U maakt met ons een plan.\n" in found.motivering.brief
    assert (
        "Aandachtspunt: U maakt met ons een plan. (artikel 5 van de De kleine regeling) (tekst niet geverifieerd)"
        in found.motivering.nota
    )


def test_a_point_that_may_play_is_for_the_note_only() -> None:
    found = decide(ruleset(POINTS), {"persoon": {"geboortedatum": "1980-01-01"}}, date(2026, 3, 9))
    assert [(one.id, one.past) for one in found.aandacht] == [("lening", "na_te_gaan")]
    assert "Let op" not in found.motivering.brief
    assert "Of dit hier speelt, is nog na te gaan." in found.motivering.nota


def test_a_refusal_has_no_points_of_attention() -> None:
    assert decide(ruleset(POINTS, "eis: nee"), REPORTED, date(2026, 3, 9)).aandacht == ()


def test_the_json_tells_start_and_attention() -> None:
    found = decision_json(decide(ruleset(BEGIN + POINTS), {**REPORTED, "wonen": {"soort": "huur"}}, date(2026, 2, 11)))
    assert found["ingang"]["verloop"] == [
        {"van": "2026-02-10", "tot": "2026-02-11", "uitkomst": "toegekend", "bedrag": None, "afgewezen_op": []}
    ]
    assert found["aandacht"] == [
        {"id": "plicht", "soort": "plicht", "tekst": "U maakt met ons een plan.", "grondslag": "art. 5"}
        | {"links": [{"tekst": "art. 5", "link": "https://lokaleregelgeving.overheid.nl/CVDR1"}], "past": "ja"}
    ]


def test_days_without_a_right_before_a_grant_are_told_with_their_ground_and_left_to_a_person() -> None:
    found = decide(ruleset(BEGIN, "eis: leeftijd >= 21"), REPORTED, date(2026, 3, 9))
    letter = found.motivering.brief
    assert "Het is niet op elke dag hetzelfde. Een medewerker kijkt daar nog naar:" in letter
    assert (
        "- van 10 februari 2026 tot en met 19 februari 2026: geen recht. Het ging om deze voorwaarde: Een voorwaarde." in letter
    )
    assert "vanaf 20 februari 2026" in letter
    assert "Het begint op de dag van uw melding." not in letter  # that is not why it begins on the twentieth
    assert [one.soort for one in found.blokkades if one.soort == "verloop"] == ["verloop"]


def test_a_day_that_is_not_known_to_be_one_of_right_is_not_a_no() -> None:
    found = decide(
        ruleset(BEGIN, "eis: leeftijd >= 21"), {**REPORTED, "persoon": {"geboortedatum": "2005-02"}}, date(2026, 3, 9)
    )
    assert "- van 10 februari 2026 tot en met 27 februari 2026: nog niet beslist" in found.motivering.brief
    assert "verloop" in {one.soort for one in found.blokkades}
