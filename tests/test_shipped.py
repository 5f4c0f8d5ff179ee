"""The shipped rulesets, signals and catalogue, read as somebody who works with people reads them: what must and must not come up."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import responsief
from responsief.backends.evaluate import Case
from responsief.readability import check
from responsief.situation import Situation
from responsief.values import format_day

ROOT = Path(__file__).parents[1]
DAY = date(2026, 3, 2)

ANYONE: dict[str, Any] = {
    "persoon": {
        "geboortedatum": "1986-04-12", "verblijf": {"soort": "nederlander"}, "gemeente": "0599", "detentie": "nee",
        "in_inrichting": "nee", "buitenland": {"dagen_dit_jaar": 0, "langste_periode_dagen": 0},
    },
    "huishouden": {"soort": "alleenstaande", "partner": "geen", "kinderen": "geen", "medebewoners": "geen"},
    "inkomsten": "geen",
    "vermogen": {"bezittingen": "geen"},
    "schulden": "geen",
    "wonen": {"soort": "huur", "woonsituatie": "zelfstandig", "woonplaats_hier": "ja"},
    "werk": {"soort": "geen", "zelfstandige": "nee"},
    "opleiding": {"volgt": "nee", "soort": "geen", "afgerond_op": "geen"},
    "eerder": {"voorzieningen": "geen"},
    "aanvraag": {"gemeld_op": "2026-02-16", "ontvangen_op": "2026-02-16"},
    "eigen": {
        "participatiewet": {
            "uitsluitingsgrond": "geen", "vraagt_bijstand_voor_schulden": "nee", "andere_regeling_toereikend": "nee",
        },
        "iit-rotterdam": {
            "inkomen_referteperiode": "€ 900", "uitzicht_op_inkomensverbetering": "nee", "toeslag_elders_op": "geen",
            "maatregel_100_procent_op": "geen",
        },
    },
}  # fmt: skip
EARNS_TOO_MUCH = {"soort": "loon", "bedrag": "€ 1.500", "per": "maand", "vakantietoeslag": "inbegrepen"}
ENDED_WW = {"soort": "ww", "bedrag": "€ 1.700", "per": "maand", "vakantietoeslag": "inbegrepen", "tot": "2026-01-31"}


def merged(base: Any, change: Any) -> Any:
    if not (isinstance(base, dict) and isinstance(change, dict)):
        return change
    return {**base, **{key: merged(base.get(key), value) for key, value in change.items()}}


@pytest.fixture(scope="module")
def desk() -> Any:
    return responsief.open_desk()


def decide(desk: Any, change: dict[str, Any] | None = None, ruleset: str = "participatiewet", on: date = DAY) -> Any:
    return desk.decide(Situation.model_validate(merged(ANYONE, change or {})), ruleset, on)


def example(desk: Any, name: str, ruleset: str = "participatiewet") -> Any:
    return desk.decide(responsief.read_situation(ROOT / "examples" / f"{name}.yaml"), ruleset, None, today=DAY)


def offered(decision: Any) -> dict[str, Any]:
    return {a.id: a for a in decision.hardheid.alternatieven}


# --- a decision speaks for the provision that it is ---------------------------------------------------------------------


def test_the_refused_inkomenstoeslag_is_not_offered_as_a_provision_either(desk: Any) -> None:
    change = {"inkomsten": [EARNS_TOO_MUCH], "eigen": {"iit-rotterdam": {"inkomen_referteperiode": "€ 1.600"}}}
    for ruleset in ("iit-rotterdam", "participatiewet"):
        decision = decide(desk, change, ruleset)
        assert decision.uitkomst == "afgewezen"
        assert not {"individuele_inkomenstoeslag", "iit-rotterdam", "algemene_bijstand"} & set(offered(decision))


def test_a_provision_never_asks_the_client_what_the_municipality_knows() -> None:
    known = (
        "uw gemeente",
        "in de buurt?",
        "in uw buurt",
        "in uw stad",
        "in uw regio",
        "inkomensgrens",
        "al een besluit",
        "nog geen besluit",
    )
    for path in sorted((ROOT / "rulesets" / "voorzieningen").glob("*.yaml")):
        for provision in yaml.load(path.read_text(), yaml.BaseLoader)["lijst"]:
            for question in provision.get("na_te_gaan", ()):
                assert not any(word in question.lower() for word in known), (provision["id"], question)


@pytest.mark.parametrize("ident", ["noodfonds_gemeente", "sun_noodhulp", "fonds_bijzondere_noden"])
def test_what_somebody_else_must_ask_for_starts_with_calling_the_contact(ident: str, desk: Any) -> None:
    assert desk.register.catalogue.provisions[ident].eerste_stap.startswith("Bel uw contactpersoon.")


# --- the advance (Pw 52 lid 1) ------------------------------------------------------------------------------------------

NOT_YET_KNOWN = {"inkomsten": "onbekend"}


def test_an_advance_is_offered_while_an_application_for_algemene_bijstand_is_open(desk: Any) -> None:
    decision = decide(desk, {**NOT_YET_KNOWN, "behoeften": [{"leefgebied": "financien", "ernst": 5}]})
    assert decision.uitkomst == "onbepaald"
    assert "voorschot_bijstand" in offered(decision)


@pytest.mark.parametrize(
    ("change", "ruleset", "outcome"),
    [
        ({"inkomsten": [EARNS_TOO_MUCH]}, "participatiewet", "afgewezen"),
        ({**NOT_YET_KNOWN, "aanvraag": {"ontvangen_op": "onbekend"}}, "participatiewet", "onbepaald"),
        ({"eigen": {"iit-rotterdam": {"inkomen_referteperiode": "onbekend"}}}, "iit-rotterdam", "onbepaald"),
        (
            {
                "persoon": {
                    "geboortedatum": "2001-09-14", "medisch_urenbeperkt": "nee", "doelgroep_loonkostensubsidie": "nee",
                    "praktijkonderwijs_of_vso_tot": "geen",
                },
                "aanvraag": {"gemeld_op": "2026-03-02", "ontvangen_op": "2026-03-02"},
            },
            "participatiewet",
            "wacht",
        ),
    ],
)  # fmt: skip
def test_an_advance_is_not_offered_after_a_refusal_without_an_application_or_while_waiting(
    change: dict[str, Any], ruleset: str, outcome: str, desk: Any
) -> None:
    decision = decide(desk, {**change, "behoeften": [{"leefgebied": "financien", "ernst": 5}]}, ruleset)
    assert decision.uitkomst == outcome
    assert "voorschot_bijstand" not in offered(decision)


# --- the AOW age (Pw 47a) -----------------------------------------------------------------------------------------------


def test_above_the_aow_age_the_svb_decides_and_is_the_first_thing_to_do(desk: Any) -> None:
    small = {"soort": "aow", "bedrag": "€ 910", "per": "maand", "vakantietoeslag": "inbegrepen"}
    decision = decide(desk, {"persoon": {"geboortedatum": "1956-01-20"}, "inkomsten": [small]})
    assert decision.draft.afgewezen_op == ("gemeente_beslist",)
    first = decision.hardheid.alternatieven[0]
    assert (first.id, first.wie_beslist) == ("aio", "SVB")
    assert "SVB" in first.eerste_stap


# --- costs, arrears, garnishment ----------------------------------------------------------------------------------------

COSTS = {"aanvraag": {"gevraagd": {"soort": "een bril", "kosten": "€ 300"}}}
SPECIAL = {"bijzondere_bijstand", "bijzondere-bijstand-rotterdam"}  # in Rotterdam the provision is also a ruleset: one of both


def test_costs_that_are_asked_for_bring_up_bijzondere_bijstand_by_themselves(desk: Any) -> None:
    decision = decide(desk, {**COSTS, "inkomsten": [EARNS_TOO_MUCH], "behoeften": [{"leefgebied": "netwerk", "ernst": 2}]})
    assert "leenbijstand" in offered(decision)
    assert len(SPECIAL & set(offered(decision))) == 1


def test_costs_that_are_debts_do_not(desk: Any) -> None:
    debts = {"vraagt_bijstand_voor_schulden": "ja", "genoeg_om_van_te_leven_bij_schuld": "ja"}
    decision = decide(desk, {**COSTS, "eigen": {"participatiewet": debts}})
    assert decision.draft.afgewezen_op == ("schulden",)
    assert not {*SPECIAL, "leenbijstand"} & set(offered(decision))


@pytest.mark.parametrize(
    ("kind", "own"), [("huur", "huurregeling_verhuurder"), ("zorgpremie", "zorgpremie_regeling")]
)  # fmt: skip
def test_arrears_always_reach_debt_help_and_their_own_provision(kind: str, own: str, desk: Any) -> None:
    debts = [{"soort": kind, "bedrag": "€ 120", "aflossing_verplicht": "ja"}]
    decision = decide(desk, {"inkomsten": [EARNS_TOO_MUCH], "schulden": debts, "behoeften": [{"leefgebied": "netwerk"}]})
    assert {"schuldhulpverlening", own} <= set(offered(decision))


def test_a_garnishment_is_worked_out_first(desk: Any) -> None:
    change = {
        "inkomsten": [EARNS_TOO_MUCH],
        "beslag": {"loopt": "ja"},
        "schulden": [{"soort": "krediet", "bedrag": "€ 4.000", "incasso": "ja"}],
        "behoeften": [{"leefgebied": "financien", "ernst": 3}],
    }
    decision = decide(desk, change)
    assert decision.hardheid.alternatieven[0].id == "beslagvrije_voet_herstel"
    assert decision.hardheid.urgentie_werkdagen == 2


def test_nothing_promises_what_a_judge_will_do(desk: Any) -> None:
    title = desk.register.catalogue.provisions["moratorium_287b"].titel
    assert title.startswith("De rechter vragen")


def test_ww_is_offered_after_work_was_lost_and_not_after_the_ww_is_used_up(desk: Any) -> None:
    lost = {"omstandigheden": [{"soort": "verlies_van_werk", "woorden": "Mijn contract stopte"}]}
    rich = {"vermogen": {"bezittingen": [{"soort": "bankrekening", "waarde": "€ 9.000", "bestemd_voor": "vrij"}]}}
    need = {"behoeften": [{"leefgebied": "werk", "ernst": 4}]}
    work = {"soort": "loon", "bedrag": "€ 1.700", "per": "maand", "vakantietoeslag": "inbegrepen", "tot": "2026-02-15"}
    assert "ww" in offered(decide(desk, {**lost, **rich, **need}))
    assert "ww" not in offered(decide(desk, {**lost, **rich, **need, "inkomsten": [ENDED_WW]}))
    assert "ww" in offered(decide(desk, {**lost, **rich, **need, "inkomsten": [ENDED_WW, work]}))


# --- who it is about ----------------------------------------------------------------------------------------------------


def test_dagbesteding_of_a_carer_is_for_the_person_cared_for(desk: Any) -> None:
    found = offered(example(desk, "mantelzorger"))
    assert "wmo_dagbesteding" not in found
    assert "voor wie u zorgt" in found["dagbesteding_naaste"].titel


def test_a_broken_washing_machine_gives_no_wmo_begeleiding(desk: Any) -> None:
    found = offered(example(desk, "een-euro-te-veel", "iit-rotterdam"))
    assert not {"wmo_begeleiding", "wmo_huishoudelijke_hulp", "wmo_hulpmiddel"} & set(found)
    assert "leenbijstand" in found
    assert len(SPECIAL & set(found)) == 1


def test_a_student_with_an_illness_is_not_sent_to_work_or_to_a_quarrel_with_her_mother(desk: Any) -> None:
    found = offered(example(desk, "student"))
    assert not {"mbo_praktijkleren", "aanvullende_beurs_zonder_ouders"} & set(found)
    assert "studietoeslag" in found
    assert "aanvullende_beurs" in list(found)[:5]


@pytest.mark.parametrize(
    ("name", "ruleset", "wanted"),
    [("student", "participatiewet", {"studietoeslag"}), ("een-euro-te-veel", "iit-rotterdam", SPECIAL)],
)
def test_a_ruleset_that_is_a_provision_keeps_its_place_while_facts_are_missing(
    name: str, ruleset: str, wanted: set[str], desk: Any
) -> None:
    assert wanted & set(list(offered(example(desk, name, ruleset)))[:5])


def test_who_stopped_studying_gets_no_studietoeslag(desk: Any) -> None:
    change = {
        "opleiding": {"volgt": "nee", "soort": "mbo_bol", "recht_op_studiefinanciering": "nee"},
        "gezondheid": {"chronisch_ziek": "ja"},
        "inkomsten": [EARNS_TOO_MUCH],
        "behoeften": [{"leefgebied": "opleiding", "ernst": 5}],
    }
    assert "studietoeslag" not in offered(decide(desk, change))


def test_a_pregnant_woman_without_papers_whose_bed_ends_reaches_shelter_and_a_lawyer_and_nothing_that_does_not_fit(
    desk: Any,
) -> None:
    found = offered(example(desk, "ongedocumenteerd"))
    assert found["ongedocumenteerden_opvang"].past == "na_te_gaan"
    assert {"toevoeging_advocaat", "zorg_onverzekerbaren"} <= set(found)
    assert not {"gpk", "gehandicaptenparkeerplaats", "respijtzorg", "wlz", "wlz_logeeropvang"} & set(found)


@pytest.mark.parametrize("ruleset", ["participatiewet", "iit-rotterdam"])
def test_no_text_says_that_somebody_does_not_belong_here(ruleset: str, desk: Any) -> None:
    decision = example(desk, "ongedocumenteerd", ruleset)
    assert "thuishoort" not in decision.motivering.brief + decision.motivering.nota


# --- the limit on what somebody owns ------------------------------------------------------------------------------------


def test_a_limit_on_assets_is_not_only_for_the_legislator_to_change_and_nobody_is_told_to_spend(desk: Any) -> None:
    decision = example(desk, "te-veel-vermogen")
    assert decision.draft.afgewezen_op == ("vermogen",)
    (line,) = (b for b in decision.hardheid.grens if b.criterium == "vermogen")
    assert line.wie == "gemeente"
    assert "schuld vergeten" in line.tekst
    assert not any(word in line.tekst for word in ("uitgeven", "opmaken", "verkopen"))


def test_the_bar_of_proportionality_is_told_in_words_that_are_not_upside_down(desk: Any) -> None:
    for name, ruleset in (("te-veel-vermogen", "participatiewet"), ("een-euro-te-veel", "iit-rotterdam")):
        bars = [c.maatstaf for c in example(desk, name, ruleset).hardheid.clausules if c.soort == "evenredigheid_3_4_2"]
        assert bars
        assert set(bars) == {"onevenredig zijn in verhouding tot de met het besluit te dienen doelen"}


def test_a_refusal_on_a_long_low_income_says_that_the_average_is_one_reading(desk: Any) -> None:
    decision = example(desk, "een-euro-te-veel", "iit-rotterdam")
    assert "van die maand" in decision.motivering.nota


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda p: p.stem)
def test_no_example_changes_from_day_to_day(path: Path, desk: Any) -> None:
    if path.stem == "afzender":
        return
    situation = responsief.read_situation(path)
    for ruleset in ("participatiewet", "iit-rotterdam"):
        days = {desk.reference_date(situation, ruleset, None, today) for today in (date(2026, 5, 1), date(2026, 11, 1))}
        assert len(days) == 1
        assert f"Peildatum {format_day(days.pop())}" in path.read_text()


def test_who_decides_is_somebody_and_not_what_they_do() -> None:
    for path in sorted((ROOT / "rulesets" / "voorzieningen").glob("*.yaml")):
        for provision in yaml.load(path.read_text(), yaml.BaseLoader)["lijst"]:
            words = provision["wie_beslist"].split()
            assert not {"declareert", "verwijst", "via", "uitvoering", "verzoek"} & set(words), provision["id"]


def test_no_origin_of_an_example_is_stretched_over_facts_that_its_source_does_not_hold() -> None:
    """The BRP knows who lives where, not what a partner earns or which days somebody was abroad."""
    held = {"persoon", "huishouden", "wonen.woonplaats_hier"}
    wide = {"persoon", "huishouden", "huishouden.partner", "huishouden.kinderen", "opleiding", "vermogen.bezittingen"}
    for path in sorted((ROOT / "examples").glob("*.yaml")):
        for fact, origin in (yaml.load(path.read_text(), yaml.BaseLoader).get("feiten") or {}).items():
            assert fact not in wide, (path.stem, fact)
            if origin["bron"] == "brp":
                assert fact in held or fact.split(".")[0] in held, (path.stem, fact)
                assert not {"inkomsten", "detentie", "buitenland", "in_inrichting"} & set(fact.split(".")), (path.stem, fact)


# --- what others who read the post must not learn -----------------------------------------------------------------------

TELLING = {
    "geweld": r"geweld|onveilig|mishandel|huisverbod|misdrijf",
    "verslaving": r"verslav|drugs|drank|gokken",
    "justitie": r"detentie|gevangenis|reclassering",
    "opvang": r"^bed |^opvang |als u geen huis heeft",
}


@pytest.mark.parametrize("kind", TELLING)
def test_a_provision_whose_title_tells_it_names_what_makes_it_sensitive(kind: str, desk: Any) -> None:
    found = {p.id: p.gevoelig for p in desk.register.catalogue.provisions.values() if re.search(TELLING[kind], p.titel.lower())}
    assert found
    assert set(found.values()) == {kind}, found


# --- bundles ------------------------------------------------------------------------------------------------------------


def test_every_bundle_says_in_plain_dutch_why(desk: Any) -> None:
    bundles = desk.register.catalogue.bundles
    assert len(bundles) >= 6
    for bundle in bundles.values():
        assert not check(bundle.waarom), bundle.id
        assert not check(f"{bundle.titel}."), bundle.id


def test_who_gives_care_is_told_that_support_and_rest_go_together(desk: Any) -> None:
    change = {
        "behoeften": [{"leefgebied": "zorg", "ernst": 4}],
        "zorg": {"geeft_mantelzorg": "ja"},
        "inkomsten": [EARNS_TOO_MUCH],
    }
    decision = decide(desk, change)
    assert "mantelzorg_en_rust" in [b.id for b in decision.hardheid.bundels]
    assert "mantelzorg_en_rust" not in [b.id for b in decide(desk, {"inkomsten": [EARNS_TOO_MUCH]}).hardheid.bundels]


def test_who_learns_the_language_is_told_that_doing_something_for_others_helps(desk: Any) -> None:
    change = {
        "behoeften": [{"leefgebied": "meedoen"}], "communicatie": {"taal_beperkt": "ja"}, "inkomsten": [EARNS_TOO_MUCH],
    }  # fmt: skip
    assert "taal_en_meedoen" in [b.id for b in decide(desk, change).hardheid.bundels]


# --- together: only where there are people, and never instead of anything ------------------------------------------------

PEOPLE = [{"wie": "mijn zus", "leefgebied": "zorg", "kan": "koken"}]
NEEDS_PEOPLE = {
    "netwerkgesprek": "zorg",
    "eigen_kracht_conferentie": "gezin",
    "jim": "opgroeien",
}


def refused(desk: Any, area: str, **change: Any) -> Any:
    child = {"kinderen": [{"geboortedatum": "2012-01-01", "thuiswonend": "ja"}], "soort": "alleenstaande_ouder"}
    behoeften = [{"leefgebied": area, "ernst": 4}]
    case = {"inkomsten": [EARNS_TOO_MUCH, EARNS_TOO_MUCH], "huishouden": child, "behoeften": behoeften}
    decision = decide(desk, {**case, **change})
    assert decision.uitkomst == "afgewezen"
    return decision


@pytest.mark.parametrize("ident", NEEDS_PEOPLE)
def test_what_takes_people_of_ones_own_comes_up_when_there_are_some_and_not_otherwise(ident: str, desk: Any) -> None:
    area = NEEDS_PEOPLE[ident]
    assert offered(refused(desk, area, netwerk=PEOPLE))[ident].soort == "samen"
    for nobody in ({}, {"netwerk": "geen"}, {"netwerk": "onbekend"}):
        assert ident not in offered(refused(desk, area, **nobody))


def holds(desk: Any, ident: str, situation: Situation) -> Any:
    """What the condition of a provision comes to: also where others of its kind stand before it."""
    aids = desk.register.aids(DAY, "0599")
    return aids.compiled.run(situation, DAY, Case("participatiewet", "afgewezen", False))[aids.conditions[ident][0]]


def test_starting_something_with_neighbours_takes_people_or_a_problem_that_others_have_too(desk: Any) -> None:
    def comes(shared: str, people: Any) -> Any:
        needs = [{"leefgebied": "meedoen", "gedeeld": shared}]
        return holds(desk, "buurtinitiatief", Situation.model_validate({"behoeften": needs, "netwerk": people}))

    assert [comes("nee", PEOPLE), comes("ja", "geen"), comes("onbekend", "onbekend"), comes("nee", "geen")] == [
        True, True, False, False,
    ]  # fmt: skip
    refusal = {"behoeften": [{"leefgebied": "wonen"}], "eerder": {"afwijzingen": [{"regelset": "iit-rotterdam"}]}}
    assert holds(desk, "buurtinitiatief", Situation.model_validate(refusal)) is False, (
        "a refusal is no reason to start a project"
    )


def test_a_problem_that_others_have_too_can_be_taken_to_the_municipality_together(desk: Any) -> None:
    for shared, comes in (("ja", True), ("nee", False), ("onbekend", False)):
        decision = refused(desk, "wonen", behoeften=[{"leefgebied": "wonen", "ernst": 4, "gedeeld": shared}])
        assert ("samen_naar_gemeente" in offered(decision)) is comes, shared


def test_mould_in_a_building_is_taken_up_with_the_neighbours_unless_they_do_not_have_it(desk: Any) -> None:
    for shared, comes in (("ja", True), ("onbekend", True), ("nee", False)):
        needs = [{"leefgebied": "wonen", "ernst": 4, "gedeeld": shared}]
        decision = refused(desk, "wonen", behoeften=needs, wonen={"ernstig_gebrek": "ja"})
        assert ("bewonersgroep_gebrek" in offered(decision)) is comes, shared


@pytest.mark.parametrize("area", ["zorg", "gezin", "opgroeien", "meedoen", "netwerk", "wonen", "financien"])
def test_people_around_somebody_take_nothing_away(area: str, desk: Any) -> None:
    alone = refused(desk, area)
    with_people = refused(desk, area, netwerk=PEOPLE, behoeften=[{"leefgebied": area, "ernst": 4, "gedeeld": "ja"}])
    assert with_people.afgewezen_op == alone.afgewezen_op
    assert [(c.id, c.criterium, c.status) for c in with_people.hardheid.clausules] == [
        (c.id, c.criterium, c.status) for c in alone.hardheid.clausules
    ]
    first, second = (
        [a.id for a in d.hardheid.alternatieven if a.soort not in ("samen", "eigen_kracht")] for d in (alone, with_people)
    )
    assert first == second, "what the law, the municipality and funds give stays, in the same order"


def test_people_around_somebody_are_a_condition_for_nothing_else() -> None:
    reads = re.compile(r"\bgedeeld\b|(?<!niet )bestaat\(netwerk")
    for path in sorted((ROOT / "rulesets" / "voorzieningen").glob("*.yaml")):
        for row in yaml.load(path.read_text(), yaml.BaseLoader)["lijst"]:
            assert row["soort"] == "samen" or not reads.search(str(row.get("voorwaarden", ""))), row["id"]
    for folder in ("landelijk", "gemeenten"):
        for path in (ROOT / "rulesets" / folder).rglob("*.yaml"):
            text = re.sub(r"^ter_sprake:\n(  .*\n)+", "", path.read_text(), flags=re.M)  # a need brings a ruleset up, no more
            assert not re.search(r"(bestaat|aantal)\((netwerk|behoeften)|netwerk is", text), path.name
