"""What does help: for each need, in the client's own order, and never nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from responsief import Situation, open_desk
from responsief.decision import Alternative, Review, Term, Tried
from responsief.intake import read_situation
from responsief.register import shipped
from small import TODAY, ruleset
from stories import CASES, bundle, bundles, desk_of, json_of, provision, provisions, signal, signals

REFUSED = ruleset("", "eis: nee")


def review(folder: Path, case: dict[str, Any], *texts: str, on: date = TODAY) -> Review:
    found = desk_of(folder, REFUSED, *texts).decide(Situation.model_validate(case), "klein", on).hardheid
    assert found is not None
    return found


def offered(folder: Path, case: dict[str, Any], *texts: str, on: date = TODAY) -> list[str]:
    return [a.id for a in review(folder, case, *texts, on=on).alternatieven]


def one(folder: Path, case: dict[str, Any], *texts: str, ident: str) -> Alternative:
    (found,) = [a for a in review(folder, case, *texts).alternatieven if a.id == ident]
    return found


def wants(*areas: str) -> dict[str, Any]:
    return {"hulpvraag": list(areas)}


ALWAYS = "wonen.huur is onbekend of wonen.huur >= € 0"  # a condition, and it holds in every case


# --- order -------------------------------------------------------------------------------------------------------------

AREAS = provisions(
    provision("w", "wonen", ALWAYS),
    provision("f", "financien", ALWAYS),
    provision("z", "zorg", ALWAYS),
    provision("x", "werk", ALWAYS),
)


def test_the_clients_own_order_goes_first_then_severity_then_the_name(tmp_path: Path) -> None:
    needs = [
        {"leefgebied": "wonen", "ernst": 5},
        {"leefgebied": "financien", "ernst": 1},
        {"leefgebied": "werk"},  # a severity that is not told counts as 3
        {"leefgebied": "zorg", "ernst": 4},
    ]
    assert offered(tmp_path, {"hulpvraag": ["financien"], "behoeften": needs}, AREAS) == ["f", "w", "z", "x"]


def test_of_an_area_told_twice_the_worst_counts(tmp_path: Path) -> None:
    needs = [{"leefgebied": "wonen", "ernst": 2}, {"leefgebied": "zorg", "ernst": 3}, {"leefgebied": "wonen", "ernst": 4}]
    assert offered(tmp_path, {"behoeften": needs}, AREAS)[:2] == ["w", "z"]


def test_without_stated_needs_the_areas_of_the_ruleset_serve(tmp_path: Path) -> None:
    found = review(tmp_path, {}, AREAS)
    assert [a.id for a in found.alternatieven] == ["f"]
    assert found.alternatieven[0].waarom == "de regeling gaat over geld"


def test_why_it_came_up_names_the_need(tmp_path: Path) -> None:
    found = one(tmp_path, wants("wonen"), AREAS, ident="w")
    assert (found.behoefte, found.waarom) == ("wonen", "uw vraag over wonen")


def test_a_right_by_law_goes_before_what_a_fund_or_neighbours_give(tmp_path: Path) -> None:
    rows = [provision(s, "wonen", ALWAYS, soort=s) for s in ("samen", "informeel", "fonds", "gemeentelijk", "wettelijk")]
    assert offered(tmp_path, wants("wonen"), provisions(*rows)) == ["wettelijk", "gemeentelijk", "fonds", "informeel", "samen"]


def test_what_is_mainly_about_the_need_and_easy_to_get_goes_first(tmp_path: Path) -> None:
    rows = [
        provision("a_zwaar", "wonen", ALWAYS, drempel="5"),
        provision("b_bijzaak", "zorg, wonen", ALWAYS, drempel="1"),
        provision("c_licht", "wonen", ALWAYS, drempel="1"),
    ]
    assert offered(tmp_path, wants("wonen"), provisions(*rows)) == ["c_licht", "a_zwaar", "b_bijzaak"]


def test_the_needs_take_turns_so_that_the_first_five_serve_more_than_one(tmp_path: Path) -> None:
    rows = [provision(f"{area[0]}{n}", area, ALWAYS) for area in ("wonen", "financien") for n in range(5)]
    found = offered(tmp_path, wants("wonen", "financien"), provisions(*rows))
    assert found == ["w0", "w1", "w2", "f0", "f1", "f2", "w3", "w4", "f3", "f4"]


def test_at_most_five_provisions_stand_under_one_need(tmp_path: Path) -> None:
    rows = [provision(f"v{n}", "wonen", ALWAYS) for n in range(9)]
    assert offered(tmp_path, wants("wonen"), provisions(*rows)) == ["v0", "v1", "v2", "v3", "v4"]


def test_one_thing_that_people_do_together_comes_on_top_and_is_never_crowded_out(tmp_path: Path) -> None:
    rows = [provision(f"v{n}", "wonen", ALWAYS) for n in range(9)]
    rows += [provision(f"s{n}", "wonen", ALWAYS, soort="samen") for n in range(3)]
    assert offered(tmp_path, wants("wonen"), provisions(*rows)) == ["v0", "v1", "v2", "v3", "v4", "s0"]
    rows = [provision(f"v{n}", "wonen", ALWAYS) for n in range(9)]
    rows += [provision("misschien", "wonen", "wonen.huur > € 500", soort="samen"), provision("altijd", "wonen", soort="samen")]
    (tmp_path / "b").mkdir()
    # nothing that is only perhaps so, or there for everybody
    assert offered(tmp_path / "b", wants("wonen"), provisions(*rows)) == ["v0", "v1", "v2", "v3", "v4"]


def test_the_order_in_the_file_makes_no_difference(tmp_path: Path) -> None:
    rows = [provision(f"v{n}", "wonen, zorg", ALWAYS, drempel=str(1 + n % 3)) for n in range(7)]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    straight = offered(tmp_path / "a", wants("zorg"), provisions(*rows))
    assert straight == offered(tmp_path / "b", wants("zorg"), provisions(*reversed(rows)))


def test_what_lies_outside_the_law_comes_last_and_names_who_decides(tmp_path: Path) -> None:
    rows = [
        provision("buiten", "wonen", ALWAYS, wet="buiten_wet", wie_beslist="wethouder", drempel="1"),
        provision("binnen", "zorg", ALWAYS, drempel="5"),
    ]
    found = review(tmp_path, wants("wonen", "zorg"), provisions(*rows)).alternatieven
    assert [(a.id, a.soort) for a in found] == [("binnen", "voorziening"), ("buiten", "buiten_wet")]
    assert found[1].wie_beslist == "wethouder"


# --- conditions --------------------------------------------------------------------------------------------------------

HUUR = provisions(
    provision("past", "wonen", "wonen.soort = 'huur'"),
    provision("past_niet", "wonen", "wonen.soort = 'koop'"),
    provision("onbekend", "wonen", "wonen.huur > € 500 en wonen.ernstig_gebrek"),
)


def test_what_holds_is_offered_what_is_unknown_is_to_be_found_out_and_a_no_is_hidden(tmp_path: Path) -> None:
    found = {a.id: a for a in review(tmp_path, {**wants("wonen"), "wonen": {"soort": "huur"}}, HUUR).alternatieven}
    assert {i: (a.past, a.voorwaardelijk) for i, a in found.items()} == {
        "past": ("ja", True),
        "onbekend": ("na_te_gaan", False),
    }
    assert found["onbekend"].vragen == ("Hoeveel huur betaalt u per maand?", "Is er schimmel, kou of lekkage in uw woning?")


def test_only_what_is_unknown_is_asked(tmp_path: Path) -> None:
    found = one(tmp_path, {**wants("wonen"), "wonen": {"soort": "huur", "huur": "€ 700"}}, HUUR, ident="onbekend")
    assert found.vragen == ("Is er schimmel, kou of lekkage in uw woning?",)


def test_what_a_person_must_still_ask_makes_it_to_be_found_out(tmp_path: Path) -> None:
    rows = [
        provision("a", "wonen", ALWAYS, na_te_gaan="[Wilt u dit?]"),
        provision("b", "wonen", ALWAYS, bereik="deel"),
        provision("c", "wonen", ALWAYS, zelf_uitzoeken="[Hoeveel geld is er nog?]"),
    ]
    found = review(tmp_path, wants("wonen"), provisions(*rows)).alternatieven
    assert [(a.past, a.vragen, a.zelf_uitzoeken) for a in found] == [
        ("na_te_gaan", ("Wilt u dit?",), ()),
        ("na_te_gaan", (), ("Bestaat dit in deze gemeente?",)),  # the client is not asked what the municipality knows
        ("na_te_gaan", (), ("Hoeveel geld is er nog?",)),
    ]


def test_of_what_is_unknown_only_a_few_are_asked_and_fewer_where_the_client_named_no_need(tmp_path: Path) -> None:
    rows = provisions(*(provision(f"p{n}", "wonen, financien", "wonen.soort = 'koop'") for n in range(4)))
    assert offered(tmp_path, wants("wonen"), rows) == ["p0", "p1", "gesprek_met_mens"]
    assert offered(tmp_path, {}, rows) == ["p0", "gesprek_met_mens"]


def test_what_nobody_asked_for_is_no_gap(tmp_path: Path) -> None:
    found = review(tmp_path, {})
    assert (found.zonder_antwoord, found.binnen_regels) == ((), None)


def test_the_share_of_needs_that_existing_rules_serve_is_counted(tmp_path: Path) -> None:
    rows = [provision("past", "wonen", ALWAYS), provision("buiten", "justitie", ALWAYS, wet="buiten_wet")]
    found = review(tmp_path, wants("wonen", "justitie", "zorg"), provisions(*rows))
    assert (found.zonder_antwoord, found.binnen_regels) == (("justitie", "zorg"), (1, 3))


def test_a_condition_that_can_be_worked_out_without_the_case_decides_too(tmp_path: Path) -> None:
    rows = [provision("altijd", "wonen", "ja"), provision("nooit", "wonen", "nee")]
    assert offered(tmp_path, wants("wonen"), provisions(*rows)) == ["altijd"]


def test_a_condition_without_its_figure_on_this_day_is_to_be_found_out(tmp_path: Path) -> None:
    shared = (
        "regelset: gedeeld\nformaat: 1\ntitel: Gedeeld\nsoort: begrippen\ngeldig: {van: 2020-01-01}\n"
        'bedragen: {grens: {bron: b, waarden: {2027-01-01: "€ 5"}}}\n'
    )
    case = {**wants("wonen"), "wonen": {"huur": "€ 1"}}
    found = one(tmp_path, case, shared, provisions(provision("p", "wonen", "wonen.huur < grens")), ident="p")
    assert (found.past, found.vragen) == ("na_te_gaan", ("Passen de voorwaarden? Niet alle gegevens daarvoor zijn bekend.",))


def test_a_provision_is_offered_only_on_the_days_that_it_exists(tmp_path: Path) -> None:
    rows = [
        provision("gestopt", "wonen", ALWAYS, geldig="{tot: 2026-03-01}"),
        provision("vandaag_nog", "wonen", ALWAYS, geldig="{tot: 2026-03-02}"),
        provision("vanaf_vandaag", "wonen", ALWAYS, geldig="{van: 2026-03-02}"),
        provision("morgen", "wonen", ALWAYS, geldig="{van: 2026-03-03}"),
    ]
    assert offered(tmp_path, wants("wonen"), provisions(*rows)) == ["vanaf_vandaag", "vandaag_nog"]


def test_a_provision_of_another_municipality_is_not_offered(tmp_path: Path) -> None:
    rows = [provision("hier", "wonen", ALWAYS, gemeente='"0599"'), provision("daar", "wonen", ALWAYS, gemeente='"0363"')]
    case = {**wants("wonen"), "persoon": {"gemeente": "0599"}}
    assert offered(tmp_path, case, provisions(*rows)) == ["hier"]


@pytest.mark.parametrize("written", ["geweld", "verslaving", "justitie", "opvang", "anders"])
def test_what_makes_a_provision_sensitive_goes_with_it(written: str, tmp_path: Path) -> None:
    rows = provisions(provision("p", "wonen", ALWAYS, gevoelig=written))
    assert one(tmp_path, wants("wonen"), rows, ident="p").gevoelig == written


@pytest.mark.parametrize(("written", "kind"), [("ja", "niet_gezegd"), ("nee", None)])
def test_sensitive_without_a_kind_says_that_it_was_not_said(written: str, kind: str | None, tmp_path: Path) -> None:
    rows = provisions(provision("p", "wonen", ALWAYS, gevoelig=written))
    assert one(tmp_path, wants("wonen"), rows, ident="p").gevoelig == kind


def test_another_ruleset_is_as_sensitive_as_the_provision_that_it_is(tmp_path: Path) -> None:
    rows = provisions(provision("toeslag", "financien", ALWAYS, gevoelig="opvang"))
    assert one(tmp_path, {}, OTHERS[0], rows, ident="wel").gevoelig == "opvang"


# --- never none, and the gap is reported ----------------------------------------------------------------------------------


def test_where_nothing_fits_a_conversation_remains_and_the_gap_is_reported(tmp_path: Path) -> None:
    found = review(
        tmp_path,
        wants("justitie", "wonen"),
        HUUR,
        provisions(provision("koop", "wonen", "wonen.soort = 'koop'")).replace("proef", "meer"),
    )
    assert [a.id for a in found.alternatieven][-1] == "gesprek_met_mens"
    assert found.alternatieven[-1].past == "ja"
    assert not found.alternatieven[-1].voorwaardelijk
    assert found.zonder_antwoord == ("justitie", "wonen")


def test_what_is_there_for_everyone_does_not_count_as_an_alternative(tmp_path: Path) -> None:
    found = review(tmp_path, wants("wonen"), provisions(provision("altijd", "wonen")))
    assert [(a.id, a.past, a.voorwaardelijk) for a in found.alternatieven] == [
        ("altijd", "ja", False),
        ("gesprek_met_mens", "ja", False),
    ]
    assert found.zonder_antwoord == ("wonen",)


def test_the_conversation_stands_in_the_words_of_the_catalogue_and_only_where_nothing_else_does(tmp_path: Path) -> None:
    rows = [provision("gesprek_met_mens", "wonen", titel="Even bellen", grondslag="Awb 4:7")]
    (found,) = review(tmp_path, wants("wonen"), provisions(*rows)).alternatieven
    assert (found.titel, found.grondslag, found.waarom) == ("Even bellen", "Awb 4:7", "niets anders past op wat nu bekend is")
    assert offered(tmp_path, wants("wonen"), provisions(*rows, provision("past", "wonen", ALWAYS))) == ["past"]


def test_a_need_that_only_something_outside_the_law_answers_is_a_gap_in_policy(tmp_path: Path) -> None:
    found = review(tmp_path, wants("wonen"), provisions(provision("buiten", "wonen", ALWAYS, wet="buiten_wet")))
    assert found.zonder_antwoord == ("wonen",)


def test_a_need_is_answered_by_whatever_is_about_it_also_where_it_stands_under_another(tmp_path: Path) -> None:
    found = review(tmp_path, wants("wonen", "zorg"), provisions(provision("beide", "wonen, zorg", ALWAYS)))
    assert found.zonder_antwoord == ()


# --- signals -----------------------------------------------------------------------------------------------------------

OFFERS = provisions(
    provision("vanzelf", "wonen", ALWAYS, drempel="1"),
    provision("ergens_anders", "zorg", ALWAYS),
    provision("spoed", "wonen", ALWAYS, drempel="5"),
    provision("gevaar", "gezin", ALWAYS, drempel="5"),
    provision("gevaar_buiten_wet", "wonen", ALWAYS, wet="buiten_wet"),
    provision("past_niet", "wonen", "wonen.soort = 'koop'"),
)
FACTS = {"achterstand": "bestaat(schulden)", "geweld": "veiligheid.geweld_thuis", "kou": "wonen.ernstig_gebrek"}
RULES = signals(
    FACTS,
    signal("r_achterstand", "achterstand", "s_achterstand", "ergens_anders, past_niet"),
    signal("r_kou", "kou", "s_kou", "spoed", urgentie="{werkdagen: 3, uit: wet}"),
    signal("r_geweld", "geweld", "s_geweld", "gevaar, gevaar_buiten_wet", voorrang="ja", urgentie="{werkdagen: 0, uit: wet}"),
)
CASE: dict[str, Any] = {**wants("wonen"), "wonen": {"soort": "huur"}}


def test_what_a_signal_offers_comes_also_when_nobody_asked_for_it_and_says_why(tmp_path: Path) -> None:
    case = {**CASE, "schulden": [{"soort": "huur"}]}
    assert offered(tmp_path, case, OFFERS, RULES) == ["vanzelf", "spoed", "ergens_anders", "gevaar_buiten_wet"]
    found = one(tmp_path, case, OFFERS, RULES, ident="ergens_anders")
    assert found.waarom == "signaal «het geval r_achterstand» (r_achterstand: achterstand)"
    assert found.behoefte is None


def test_what_a_crisis_asks_for_does_not_wait_for_its_turn(tmp_path: Path) -> None:
    case = {**CASE, "hulpvraag": ["zorg", "wonen"], "wonen": {"soort": "huur", "ernstig_gebrek": "ja"}}
    assert offered(tmp_path, case, OFFERS, RULES)[0] == "spoed"


def test_danger_goes_before_every_other_order_but_what_lies_outside_the_law_stays_last(tmp_path: Path) -> None:
    case = {**CASE, "wonen": {"soort": "huur", "ernstig_gebrek": "ja"}, "veiligheid": {"geweld_thuis": "ja"}}
    found = offered(tmp_path, case, OFFERS, RULES)
    assert (found[0], found[1], found[-1]) == ("gevaar", "spoed", "gevaar_buiten_wet")


def test_a_signal_offers_nothing_whose_conditions_do_not_hold(tmp_path: Path) -> None:
    assert "past_niet" not in offered(tmp_path, {**CASE, "schulden": [{"soort": "huur"}]}, OFFERS, RULES)


def test_what_more_rules_offer_goes_first_then_what_a_rule_names_first(tmp_path: Path) -> None:
    rows = [provision(i, "wonen", ALWAYS) for i in ("a", "b", "c")]
    rules = signals({"kou": "wonen.ernstig_gebrek"}, signal("r1", "kou", "s1", "c, a, b"), signal("r2", "kou", "s2", "b"))
    assert offered(tmp_path, {**wants("wonen"), "wonen": {"ernstig_gebrek": "ja"}}, provisions(*rows), rules) == ["b", "c", "a"]


def test_what_a_rule_offers_serves_the_need_that_most_of_its_offers_are_about(tmp_path: Path) -> None:
    rows = [provision("schuldhulp", "financien", ALWAYS), *(provision(i, "wonen", ALWAYS) for i in ("huurregeling", "opvang"))]
    rules = signals({"kou": "wonen.ernstig_gebrek"}, signal("r1", "kou", "s1", "schuldhulp, huurregeling, opvang"))
    case = {**wants("wonen"), "wonen": {"ernstig_gebrek": "ja"}}
    found = one(tmp_path, case, provisions(*rows), rules, ident="schuldhulp")
    assert (found.behoefte, found.waarom) == ("wonen", "signaal «het geval r1» (r1: kou) en uw vraag over wonen")


def test_a_conversation_that_a_signal_asks_for_is_offered_but_proves_nothing(tmp_path: Path) -> None:
    rows = [provision("gesprek_met_mens", "dagelijks_leven")]
    rules = signals({"kou": "wonen.ernstig_gebrek"}, signal("r1", "kou", "s1", "gesprek_met_mens"))
    found = review(tmp_path, {**wants("wonen"), "wonen": {"ernstig_gebrek": "ja"}}, provisions(*rows), rules)
    assert [(a.id, a.voorwaardelijk) for a in found.alternatieven] == [("gesprek_met_mens", False)]
    assert found.alternatieven[0].waarom.startswith("signaal «het geval r1»")
    assert found.zonder_antwoord == ("wonen",)


# --- bundles -----------------------------------------------------------------------------------------------------------

ROWS = provisions(
    provision("taal", "wonen", ALWAYS),
    provision("doen", "wonen", ALWAYS),
    provision("misschien", "wonen", "wonen.huur > € 500"),
    provision("nooit", "wonen", "nee"),
)


def bundled(folder: Path, rows: str, *texts: str, case: dict[str, Any] | None = None) -> list[tuple[str, tuple[str, ...]]]:
    return [(b.id, b.alternatieven) for b in review(folder, case or wants("wonen"), rows, *texts).bundels]


def test_what_strengthens_each_other_is_said_when_all_of_it_came_up(tmp_path: Path) -> None:
    found = review(tmp_path, wants("wonen"), ROWS + bundles(bundle("b", "taal, doen", "U oefent de taal."))).bundels
    assert [(b.id, b.titel, b.alternatieven, b.waarom) for b in found] == [
        ("b", "Bundel b", ("doen", "taal"), "U oefent de taal.")
    ]


def test_a_bundle_with_a_part_that_is_to_be_found_out_counts_and_one_with_a_hidden_part_does_not(tmp_path: Path) -> None:
    rows = ROWS + bundles(bundle("open", "taal, misschien"), bundle("dicht", "doen, nooit"))
    assert bundled(tmp_path, rows) == [("open", ("taal", "misschien"))]


def test_the_bundle_that_is_complete_soonest_goes_first(tmp_path: Path) -> None:
    rows = ROWS + bundles(bundle("later", "doen, misschien"), bundle("eerst", "taal, doen"))
    assert [ident for ident, _ in bundled(tmp_path, rows)] == ["eerst", "later"]


def test_a_provision_that_is_another_ruleset_takes_its_place_in_a_bundle(tmp_path: Path) -> None:
    rows = provisions(
        provision("toeslag", "financien", ALWAYS, regelset="wel"),
        provision("zelfde", "financien", ALWAYS, regelset="wel"),
        provision("maatje", "financien", ALWAYS),
    )
    rows += bundles(bundle("samen", "toeslag, maatje"), bundle("een", "toeslag, zelfde"))
    # two provisions that are one ruleset are one alternative
    assert bundled(tmp_path, rows, OTHERS[0], case={"hulpvraag": ["financien"]}) == [("samen", ("wel", "maatje"))]


def test_a_bundle_with_a_part_of_another_municipality_is_none(tmp_path: Path) -> None:
    rows = provisions(provision("hier", "wonen", ALWAYS), provision("daar", "wonen", ALWAYS, gemeente='"0363"'))
    assert bundled(tmp_path, rows + bundles(bundle("b", "hier, daar"))) == []


def test_a_bundle_stands_in_the_json_and_the_note_and_the_letter_names_it_by_number(tmp_path: Path) -> None:
    rows = ROWS + bundles(bundle("later", "taal, misschien"), bundle("b", "taal, doen", "U oefent de taal."))
    decision = desk_of(tmp_path, REFUSED, rows).decide(Situation.model_validate(wants("wonen")), "klein", TODAY)
    told = json_of(decision)
    assert told["hardheid"]["bundels"][0] == {
        "id": "b",
        "titel": "Bundel b",
        "alternatieven": ["doen", "taal"],
        "waarom": "U oefent de taal.",
    }
    note = "Past goed samen – Bundel b: «Voorziening doen» en «Voorziening taal». U oefent de taal."
    assert note in told["motivering"]["nota"]
    assert "Dit past goed samen: nummer 1 en 2. U oefent de taal." in told["motivering"]["brief"]
    assert told["motivering"]["brief"].count("past goed samen") == 1


def test_the_letter_keeps_silent_about_a_bundle_of_which_it_does_not_name_every_part(tmp_path: Path) -> None:
    rows = provisions(provision("taal", "wonen", ALWAYS), provision("hulp", "wonen", ALWAYS, gevoelig="verslaving"))
    rows += bundles(bundle("b", "taal, hulp"))
    decision = desk_of(tmp_path, REFUSED, rows).decide(Situation.model_validate(wants("wonen")), "klein", TODAY)
    assert decision.hardheid is not None
    assert decision.hardheid.bundels
    assert "past goed samen" not in decision.motivering.brief
    assert "Past goed samen" in decision.motivering.nota


# --- the way to it: by when, with whom, and tried before ------------------------------------------------------------------


def test_by_when_something_must_be_done_goes_with_it_with_the_day_where_it_can_be_worked_out(tmp_path: Path) -> None:
    day = "{tekst: Doe dit op tijd., grondslag: art. 5, uiterlijk: aanvraag.gemeld_op + 7 dagen}"
    rows = provisions(
        provision("dag", "wonen", ALWAYS, termijn=day),
        provision("misschien", "wonen", "wonen.huur > € 500", termijn=day),
        provision("woorden", "wonen", ALWAYS, termijn="{tekst: Doe dit eerst., grondslag: art. 6}"),
        provision("geen", "wonen", ALWAYS),
    )

    def terms(case: dict[str, Any]) -> dict[str, Term | None]:
        return {a.id: a.termijn for a in review(tmp_path, {**wants("wonen"), **case}, rows).alternatieven}

    known = Term("Doe dit op tijd.", "art. 5", date(2026, 3, 5))
    found = terms({"aanvraag": {"gemeld_op": "2026-02-26"}})
    assert found == {"dag": known, "misschien": known, "woorden": Term("Doe dit eerst.", "art. 6", None), "geen": None}
    assert terms({})["dag"] == replace(known, uiterlijk=None), "a day that is not known is not made up"
    assert terms({"aanvraag": {"gemeld_op": "2026-02"}})["dag"] == replace(known, uiterlijk=date(2026, 2, 8)), "the safe day"


def test_the_same_provision_has_its_own_day_in_every_case(tmp_path: Path) -> None:
    day = "{tekst: Doe dit op tijd., grondslag: art. 5, uiterlijk: aanvraag.gemeld_op + 7 dagen}"
    desk = desk_of(tmp_path, REFUSED, provisions(provision("p", "wonen", ALWAYS, termijn=day)))
    days = []
    for reported in ("2026-02-26", "2026-02-27", "2026-02-26"):
        case = {**wants("wonen"), "aanvraag": {"gemeld_op": reported}}
        (found,) = desk.decide(Situation.model_validate(case), "klein", TODAY).hardheid.alternatieven
        days.append(found.termijn.uiterlijk.day)
    assert days == [5, 6, 5]


def test_a_ruleset_has_the_term_of_the_provision_that_it_is(tmp_path: Path) -> None:
    rows = provisions(
        provision("toeslag", "financien", ALWAYS, termijn="{tekst: Op tijd., grondslag: a, uiterlijk: peildatum + 1 dag}")
    )
    assert one(tmp_path, {}, OTHERS[0], rows, ident="wel").termijn == Term("Op tijd.", "a", date(2026, 3, 3))


def test_the_letter_names_a_day_only_while_it_can_still_be_met(tmp_path: Path) -> None:
    rows = [
        provision(
            "a", "wonen", ALWAYS, termijn="{tekst: Vraag dit snel aan., grondslag: Awb 2:1, uiterlijk: peildatum + 1 dag}"
        ),
        provision("b", "wonen", ALWAYS, termijn="{tekst: Dit was eerder., grondslag: Awb 2:1, uiterlijk: peildatum - 1 dag}"),
        provision("c", "wonen", ALWAYS, termijn="{tekst: Zonder dag., grondslag: Awb 2:1}"),
    ]
    texts = (
        desk_of(tmp_path, REFUSED, provisions(*rows))
        .decide(Situation.model_validate(wants("wonen")), "klein", TODAY)
        .motivering
    )
    assert "Let op: Vraag dit snel aan. Dat is uiterlijk op 3 maart 2026." in texts.brief
    assert texts.brief.count("Let op: ") == 1
    law = "artikel 2:1 van de Algemene wet bestuursrecht"
    assert f"Termijn: Vraag dit snel aan ({law}); uiterlijk op 3 maart 2026." in texts.nota
    assert f"Termijn: Dit was eerder ({law}); uiterlijk op 1 maart 2026; die dag is voorbij." in texts.nota
    assert f"Termijn: Zonder dag ({law})." in texts.nota


def test_the_municipality_offers_the_first_contact_where_the_path_is_hard(tmp_path: Path) -> None:
    rows = provisions(
        provision("licht", "wonen", ALWAYS, drempel="2"),
        provision("zwaar", "wonen", ALWAYS, drempel="3", wie_beslist="rechtbank"),
        provision("zwaar_hier", "wonen", ALWAYS, drempel="5"),
        provision("samen", "wonen", ALWAYS, drempel="5", soort="samen", wie_beslist="buren"),
        provision("eigen", "wonen", ALWAYS, drempel="1", overdracht="De school belt het fonds."),
    )
    found = {a.id: a.overdracht for a in review(tmp_path, wants("wonen"), rows).alternatieven}
    assert found == {
        "licht": None,
        "zwaar": "De contactpersoon legt het eerste contact met wie beslist: rechtbank. Alleen als de inwoner dat wil.",
        "zwaar_hier": "De contactpersoon legt binnen de gemeente het eerste contact. Alleen als de inwoner dat wil.",
        "samen": None,
        "eigen": "De school belt het fonds. Alleen als de inwoner dat wil.",
    }


def test_the_municipality_offers_the_first_contact_where_a_signal_cannot_wait(tmp_path: Path) -> None:
    rows = provisions(provision("spoed", "wonen", ALWAYS), provision("traag", "wonen", ALWAYS))
    rules = signals(
        {"kou": "wonen.ernstig_gebrek"},
        signal("r1", "kou", "s1", "spoed", urgentie="{werkdagen: 3, uit: wet}"),
        signal("r2", "kou", "s2", "traag", urgentie="{werkdagen: 10, uit: eigen_norm}"),
    )
    case = {**wants("wonen"), "wonen": {"ernstig_gebrek": "ja"}}
    found = {a.id: a.overdracht is not None for a in review(tmp_path, case, rows, rules).alternatieven}
    assert found == {"spoed": True, "traag": False}


def test_with_violence_it_is_first_agreed_when_calling_is_safe(tmp_path: Path) -> None:
    rows = provisions(provision("p", "wonen", ALWAYS, drempel="4", gevoelig="geweld"))
    assert (one(tmp_path, wants("wonen"), rows, ident="p").overdracht or "").endswith(
        "Spreek eerst af wanneer bellen veilig is."
    )


def test_the_letter_offers_the_first_contact_by_number(tmp_path: Path) -> None:
    def offers(folder: str, *weights: str) -> list[str]:
        rows = provisions(*(provision(f"p{n}", "wonen", ALWAYS, drempel=w, soort="wettelijk") for n, w in enumerate(weights)))
        (tmp_path / folder).mkdir()
        desk = desk_of(tmp_path / folder, REFUSED, rows)
        brief = desk.decide(Situation.model_validate(wants("wonen")), "klein", TODAY).motivering.brief
        return [line for line in brief.splitlines() if "nemen wij graag" in line]

    offer = "nemen wij graag voor u contact op. Zeg het ons als u dat wilt."
    assert offers("een", "1", "4") == [f"Voor nummer 2 {offer}"]
    assert offers("alle", "3", "4") == [f"Voor al deze hulp {offer}"]
    assert offers("enige", "3") == [f"Hiervoor {offer}"]
    assert offers("geen", "1", "2") == []


BEFORE = provisions(
    provision("a", "wonen", ALWAYS),
    provision("b", "wonen", ALWAYS),
    provision("c", "wonen", ALWAYS),
    provision("altijd", "wonen"),
    provision("z", "zorg", ALWAYS),
)


def had(**entry: Any) -> dict[str, Any]:
    return {**wants("wonen", "zorg"), "eerder": {"voorzieningen": [entry]}}


def test_what_was_had_before_stays_in_its_place_and_asks_what_was_different(tmp_path: Path) -> None:
    entry = {"regelset": "a", "toegekend_op": "2025-03-01", "gestopt_op": "2025-06-01", "woorden": "Te veel papieren."}
    for helped, ending in (("onbekend", ""), ("ja", ", het hielp")):
        case = had(**entry, hielp=helped)
        assert offered(tmp_path, case, BEFORE) == offered(tmp_path, wants("wonen", "zorg"), BEFORE)
        assert one(tmp_path, case, BEFORE, ident="a").eerder_geprobeerd == Tried(
            op=date(2025, 3, 1),
            tekst=f"gekregen op 1 maart 2025, gestopt op 1 juni 2025{ending}",
            woorden="Te veel papieren.",
            hielp=None if helped == "onbekend" else True,
            vraag="Wat was er toen anders dan nu?",
        )
    assert one(tmp_path, case, BEFORE, ident="b").eerder_geprobeerd is None


def test_what_the_client_says_did_not_help_comes_after_the_rest_of_its_need_and_is_never_hidden(tmp_path: Path) -> None:
    assert offered(tmp_path, wants("wonen", "zorg"), BEFORE) == ["a", "b", "c", "z", "altijd"]
    case = had(regelset="a", hielp="nee")
    found = offered(tmp_path, case, BEFORE)
    assert sorted(found) == ["a", "altijd", "b", "c", "z"]
    assert [i for i in found if i != "z"] == ["b", "c", "altijd", "a"]
    tried = one(tmp_path, case, BEFORE, ident="a").eerder_geprobeerd
    assert tried is not None
    assert (tried.tekst, tried.vraag) == ("gekregen, het hielp niet", "Waarom hielp het toen niet, en wat kan nu anders?")


def test_what_did_not_help_is_not_crowded_out_either(tmp_path: Path) -> None:
    rows = [provision(f"v{n}", "wonen", ALWAYS) for n in range(9)]
    assert offered(tmp_path, had(regelset="v0", hielp="nee"), provisions(*rows)) == ["v1", "v2", "v3", "v4", "v0"]


def test_safety_before_everything_keeps_its_place_also_when_it_did_not_help_before(tmp_path: Path) -> None:
    case = {**CASE, "veiligheid": {"geweld_thuis": "ja"}, "eerder": {"voorzieningen": [{"regelset": "gevaar", "hielp": "nee"}]}}
    assert offered(tmp_path, case, OFFERS, RULES)[0] == "gevaar"


def test_an_earlier_refusal_and_an_earlier_debt_help_are_told_too(tmp_path: Path) -> None:
    rows = provisions(provision("a", "wonen", ALWAYS), provision("schuldhulpverlening", "wonen", ALWAYS))
    refusal = {"regelset": "a", "op": "2025-01-02", "criterium": "te_veel_geld"}
    case = {**wants("wonen"), "eerder": {"afwijzingen": [refusal], "schuldhulp": "afgebroken"}}
    found = {a.id: a.eerder_geprobeerd for a in review(tmp_path, case, rows).alternatieven}
    assert found["a"] is not None
    assert (found["a"].tekst, found["a"].vraag) == (
        "afgewezen op 2 januari 2025 (te veel geld)", "Wat is er sinds die afwijzing veranderd?",
    )  # fmt: skip
    assert found["schuldhulpverlening"] is not None
    assert found["schuldhulpverlening"].tekst == "afgebroken"
    running = {**wants("wonen"), "eerder": {"schuldhulp": "loopt"}}
    assert all(a.eerder_geprobeerd is None for a in review(tmp_path, running, rows).alternatieven)


@pytest.mark.parametrize("name", ["wel", "toeslag"])
def test_a_ruleset_was_had_before_under_its_own_name_or_that_of_the_provision_that_it_is(name: str, tmp_path: Path) -> None:
    rows = provisions(provision("toeslag", "financien", ALWAYS))
    case = {"eerder": {"voorzieningen": [{"regelset": name, "toegekend_op": "2024-01-01"}]}}
    assert one(tmp_path, case, OTHERS[0], rows, ident="wel").eerder_geprobeerd is not None


def test_of_several_times_the_last_one_counts(tmp_path: Path) -> None:
    times = [{"regelset": "a", "toegekend_op": day} for day in ("2024-05-01", "2025-05-01", "2023-05-01")]
    found = one(tmp_path, {**wants("wonen"), "eerder": {"voorzieningen": times}}, BEFORE, ident="a").eerder_geprobeerd
    assert found is not None
    assert found.op == date(2025, 5, 1)


def test_the_way_to_it_stands_in_the_json_and_the_note_and_the_clients_history_not_in_the_letter(tmp_path: Path) -> None:
    rows = provisions(
        provision(
            "a", "wonen", ALWAYS, drempel="3", termijn="{tekst: Doe dit., grondslag: Awb 2:1, uiterlijk: peildatum + 1 dag}"
        ),
        provision("b", "wonen", ALWAYS),
    )
    case = had(regelset="a", toegekend_op="2025-03-01", woorden="Te veel papieren")
    told = json_of(desk_of(tmp_path, REFUSED, rows).decide(Situation.model_validate(case), "klein", TODAY))
    second, first = sorted(told["hardheid"]["alternatieven"], key=lambda a: a["id"], reverse=True)
    assert first["termijn"] == {"tekst": "Doe dit.", "grondslag": "Awb 2:1", "uiterlijk": "2026-03-03"}
    assert first["overdracht"].startswith("De contactpersoon")
    assert first["eerder_geprobeerd"] == {
        "op": "2025-03-01",
        "tekst": "gekregen op 1 maart 2025",
        "woorden": "Te veel papieren",
        "hielp": None,
        "vraag": "Wat was er toen anders dan nu?",
    }
    assert (second["termijn"], second["overdracht"], second["eerder_geprobeerd"]) == (None, None, None)
    told_before = "Eerder geprobeerd: gekregen op 1 maart 2025: «Te veel papieren». Te vragen: Wat was er toen anders dan nu?"
    assert told_before in told["motivering"]["nota"]
    assert "Eerste contact: De contactpersoon legt binnen de gemeente het eerste contact." in told["motivering"]["nota"]
    assert "papieren»" not in told["motivering"]["brief"]


# --- other rulesets ----------------------------------------------------------------------------------------------------

OTHERS = (
    ruleset("uitkomst: {bedrag: {per: jaar, is: € 200}}\nvoorziening: toeslag\naanvragen: {eerste_stap: Bel., drempel: 1}\n", "eis: ja", ident="wel"),
    ruleset("", "eis: nee", ident="niet"),
    ruleset("", "eis: opleiding.volgt", "eis: wonen.huur > € 5", ident="misschien"),
    ruleset("", "eis: nee, gevolg: wacht_tot 2026-09-01", ident="later"),
)  # fmt: skip


def test_other_rulesets_are_offered_by_their_own_verdict_on_the_same_facts(tmp_path: Path) -> None:
    found = {a.id: a for a in review(tmp_path, {}, *OTHERS).alternatieven}
    assert {i: (a.soort, a.past, a.voorwaardelijk) for i, a in found.items()} == {
        "wel": ("andere_regeling", "ja", True),
        "misschien": ("andere_regeling", "na_te_gaan", False),
        "later": ("andere_regeling", "na_te_gaan", False),
    }
    assert found["wel"].waarom == "op dezelfde gegevens past deze regeling: € 200,00 per jaar"
    assert found["wel"].eerste_stap == "Bel."
    assert found["misschien"].vragen == ("Hoeveel huur betaalt u per maand?",)
    assert found["misschien"].zelf_uitzoeken == ("Volgt u een opleiding?",)  # of DUO: not asked of the client
    assert found["later"].waarom == "deze regeling kan later worden beslist"


def test_a_granted_ruleset_goes_before_any_provision_of_the_same_need(tmp_path: Path) -> None:
    granted = OTHERS[0].replace("voorziening: toeslag\n", "")
    assert offered(tmp_path, {}, granted, AREAS)[:2] == ["wel", "f"]


def test_the_refused_ruleset_and_the_provision_that_it_is_are_never_offered(tmp_path: Path) -> None:
    refused = ruleset("voorziening: eigen_naam\n", "eis: nee")
    rows = [provision("eigen_naam", "financien", ALWAYS), provision("zelfde", "financien", ALWAYS, regelset="klein")]
    found = desk_of(tmp_path, refused, provisions(*rows)).decide(Situation(), "klein", TODAY).hardheid
    assert found is not None
    assert [a.id for a in found.alternatieven] == ["gesprek_met_mens"]


def test_a_provision_that_is_a_ruleset_takes_that_verdict(tmp_path: Path) -> None:
    rows = [
        provision("toeslag", "financien", ALWAYS),
        provision("bijstand", "financien", ALWAYS, regelset="niet"),
    ]
    assert offered(tmp_path, {}, *OTHERS[:2], provisions(*rows)) == ["wel"]


def test_a_ruleset_that_cannot_be_decided_leaves_its_provision_to_the_catalogue(tmp_path: Path) -> None:
    unfilled = ruleset(
        "open: {grens: {type: geld, grondslag: art. 8, label: grens}}\n", "eis: wonen.huur < grens", ident="open"
    )
    rows = [provision("toeslag", "financien", ALWAYS, regelset="open")]
    assert offered(tmp_path, {}, unfilled, provisions(*rows)) == ["toeslag"]


def test_what_the_rule_gives_in_part_goes_first(tmp_path: Path) -> None:
    text = ruleset("uitkomst: {bedrag: {per: maand, is: € 100}}\n", "gevolg: deel, aftrek: € 40")
    found = desk_of(tmp_path, text, AREAS).decide(Situation.model_validate(wants("wonen")), "klein", TODAY).hardheid
    assert found is not None
    assert [(a.id, a.soort) for a in found.alternatieven] == [("deel", "deel"), ("w", "voorziening")]
    assert found.alternatieven[0].titel == "Een deel krijgt u wel: € 60,00 per maand"


# --- clauses, and people whom the client named -------------------------------------------------------------------------


def test_a_clause_in_reach_is_an_alternative_that_is_possible_and_never_promised(tmp_path: Path) -> None:
    clause = "  - {id: v, soort: verordening_clausule, titel: Afwijken, grondslag: art. 9, maatstaf: onbillijk, geldt_voor: [c0], wie_beslist: college}\n"
    text = REFUSED[: REFUSED.index("hardheid:")] + "hardheid:\n" + clause + REFUSED[REFUSED.index("criteria:") :]
    found = desk_of(tmp_path, text).decide(Situation(), "klein", TODAY).hardheid
    assert found is not None
    first, last = found.alternatieven
    assert (first.id, first.soort, first.past, first.voorwaardelijk) == ("hardheid:v", "hardheid", "na_te_gaan", False)
    assert "onbillijk" in first.waarom
    assert last.id == "gesprek_met_mens"


def test_people_whom_the_client_named_come_after_what_the_law_gives_and_prove_nothing(tmp_path: Path) -> None:
    case = {
        **wants("zorg"),
        "netwerk": [
            {"wie": "buurvrouw", "leefgebied": "zorg", "kan": "past op"},
            {"wie": "broer", "leefgebied": "werk", "kan": "klust"},
            {"wie": "zus", "leefgebied": "zorg"},
        ],
    }
    found = review(tmp_path, case, AREAS).alternatieven
    assert [(a.id, a.soort, a.past, a.voorwaardelijk) for a in found] == [
        ("z", "voorziening", "ja", True),
        ("netwerk-1", "eigen_kracht", "na_te_gaan", False),
    ]
    assert found[1].wie_beslist == "u en buurvrouw"


# --- the shipped register, as somebody who works with people would read it ----------------------------------------------


@pytest.fixture(scope="module")
def shipped_desk() -> Any:
    desk = open_desk(shipped())
    desk.register.use_chainer("eigen")
    return desk


LIVES = {
    "wasmachine_stuk": ("iit-rotterdam", date(2025, 9, 1), ["bijzondere_bijstand", "leenbijstand"]),
    "ontruiming": ("participatiewet", date(2026, 2, 23), ["schuldhulpverlening", "moratorium_287b", "gezinsopvang"]),
    "zonder_papieren": ("participatiewet", date(2026, 2, 23), ["straatdokter", "zorg_onverzekerbaren"]),
    "dakloos_en_23": ("participatiewet", date(2026, 3, 2), ["briefadres", "maatschappelijke_opvang", "voedselbank"]),
    "geweld_thuis": ("participatiewet", date(2026, 3, 2), ["vrouwenopvang", "veilig_thuis", "wmo_spoed"]),
}


def life(name: str) -> Situation:
    return read_situation(CASES.parent / "lives" / f"{name}.yaml")


@pytest.mark.parametrize("name", sorted(LIVES))
def test_the_first_five_are_what_helps_this_person(name: str, shipped_desk: Any) -> None:
    ident, on, wanted = LIVES[name]
    decision = shipped_desk.decide(life(name), ident, on)
    assert decision.uitkomst in ("afgewezen", "wacht", "onbepaald")
    first = [a.id for a in decision.hardheid.alternatieven][:5]
    assert set(wanted) <= set(first), first
    assert decision.hardheid.alternatieven[0].id == wanted[0]


def quoted(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"«[^»]*»", "«»", text))


def reworded(data: Any, words: str) -> Any:
    """The same facts, told in other words."""
    if isinstance(data, dict):
        return {k: words if k in ("woorden", "gewenst_effect") and v else reworded(v, words) for k, v in data.items()}
    return [reworded(one, words) for one in data] if isinstance(data, list) else data


@pytest.mark.parametrize("name", sorted(LIVES))
def test_the_same_facts_in_more_moving_words_give_the_same_decision(name: str, shipped_desk: Any) -> None:
    ident, on, _ = LIVES[name]
    data = life(name).model_dump(mode="json")
    decisions = []
    for words in ("Het is zo.", "Wij zijn wanhopig, ziek van verdriet en volkomen onschuldig!"):
        found = json_of(shipped_desk.decide(Situation.model_validate(reworded(data, words)), ident, on))
        found["verantwoording"].pop("situatie_sha256")
        # which words are read first is about words, and changes nothing else
        found.pop("lees_eerst")
        note = found["motivering"]["nota"]
        found["motivering"]["nota"] = "\n".join(line for line in note.splitlines() if not line.startswith("Lees eerst: "))
        found["motivering"] = {key: quoted(text) for key, text in found["motivering"].items()}
        decisions.append(found)
    assert decisions[0] == decisions[1]
