"""What one person may be entitled to, on one page; and where a ruleset holds, when it comes up, what it means for others."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from jsonschema import Draft202012Validator

import strategies
from responsief import Desk, Situation
from responsief.cli import group
from responsief.intake import read_situation
from responsief.register import Register, check_files, read_files, shipped
from responsief.rights import Overview, rights_json
from responsief.schemas import rights_schema
from small import TODAY, ruleset
from stories import desk_of, provision, provisions

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(f for f in (ROOT / "examples").glob("*.yaml") if not f.name.startswith("afzender"))
NOW = date(2026, 3, 2)


@cache
def desk() -> Desk:
    return Desk(Register.open(shipped()))


def told(**facts: Any) -> Situation:
    return Situation.model_validate(facts)


def outcomes(found: Overview) -> dict[str, str]:
    return {one.regelset: one.uitkomst for one in found.rechten}


# --- when a ruleset comes up ---------------------------------------------------------------------------------------------

STUDY = "ter_sprake: {als: opleiding.volgt, uitleg: Dit is voor wie studeert.}\n"


def test_a_ruleset_that_is_known_to_be_about_others_is_no_refusal_but_a_line(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, ruleset(STUDY, "eis: nee", ident="studie"), ruleset("", "eis: ja"))
    found = desk.decide_all(told(opleiding={"volgt": "nee"}), on=TODAY)
    assert [d.regelset for d in found.besluiten] == ["klein"]
    assert [(n.regelset, n.reden, n.oordeel) for n in found.niet_ter_sprake] == [("studie", "Dit is voor wie studeert.", "nee")]


def test_a_ruleset_that_may_be_about_her_is_decided_and_on_the_page_it_is_said_whom_it_is_for(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, ruleset(STUDY, "eis: opleiding.volgt", ident="studie"), ruleset("", "eis: ja"))
    assert [d.regelset for d in desk.decide_all(Situation(), on=TODAY).besluiten] == ["klein", "studie"]
    page = desk.rights(Situation(), TODAY)
    assert outcomes(page) == {"klein": "toegekend"}
    assert [(n.regelset, n.oordeel) for n in page.niet_ter_sprake] == [("studie", "onbekend")]


def test_what_somebody_asks_for_by_name_is_decided_whether_or_not_it_comes_up(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, ruleset(STUDY, "eis: nee", ident="studie"))
    assert desk.decide(told(opleiding={"volgt": "nee"}), "studie", TODAY).uitkomst == "afgewezen"


def test_facts_told_for_a_ruleset_bring_it_up(tmp_path: Path) -> None:
    own = STUDY + "gegevens: {stage: {type: ja_nee, label: stage, vraag: Loopt u stage?, van: [inwoner]}}\n"
    desk = desk_of(tmp_path, ruleset(own, "eis: stage", ident="studie"))
    found = desk.rights(told(opleiding={"volgt": "nee"}, eigen={"studie": {"stage": "ja"}}), TODAY)
    assert outcomes(found) == {"studie": "toegekend"}


def test_a_ruleset_about_others_is_no_alternative(tmp_path: Path) -> None:
    offers = "aanvragen: {eerste_stap: Vraag het aan., drempel: 2}\n"
    desk = desk_of(tmp_path, ruleset("", "eis: nee"), ruleset(STUDY + offers, "eis: opleiding.volgt is bekend", ident="studie"))
    for volgt, offered in (("nee", False), ("ja", True)):
        review = desk.decide(told(opleiding={"volgt": volgt}), "klein", TODAY).hardheid
        assert review is not None
        assert any(a.id == "studie" for a in review.alternatieven) == offered


# --- the page ------------------------------------------------------------------------------------------------------------


def test_the_page_tells_what_there_is_a_right_to_first_and_a_no_last_with_its_review(tmp_path: Path) -> None:
    texts = [
        ruleset("", f"eis: {what}", ident=name)
        for name, what in (("nee", "nee"), ("wel", "ja"), ("kan", "opleiding.volgt"), ("wacht", "eis"))
        if name != "wacht"
    ]
    waits = ruleset("", "eis: nee, gevolg: wacht_tot peildatum + 2 weken", ident="wacht")
    page = desk_of(tmp_path, *texts, waits).rights(Situation(), TODAY)
    assert list(outcomes(page)) == ["wel", "wacht", "kan", "nee"]
    assert all(one.besluit.hardheid is not None for one in page.rechten if one.besluit.uitkomst != "toegekend")


def test_each_ruleset_in_force_stands_on_the_page_exactly_once() -> None:
    for file in EXAMPLES:
        situation = read_situation(file)
        page = desk().rights(situation, NOW)
        there = [*outcomes(page), *(n.regelset for n in (*page.niet_beslist, *page.niet_ter_sprake))]
        in_force = {r.id for r in desk().register.in_force(NOW, situation.effective.persoon.gemeente)}
        assert len(there) == len(set(there))
        assert set(there) >= in_force, file.name


def test_an_outcome_on_the_page_is_that_of_the_ruleset_decided_alone() -> None:
    for file in EXAMPLES:
        situation = read_situation(file)
        for one in desk().rights(situation, NOW).rechten:
            alone = desk().decide(situation, one.besluit.regelset, NOW)
            assert (alone.uitkomst, alone.bedrag, alone.afgewezen_op) == (
                one.besluit.uitkomst,
                one.besluit.bedrag,
                one.besluit.afgewezen_op,
            )


def test_what_fits_besides_holds_is_lawful_and_is_not_what_a_ruleset_here_decided() -> None:
    provisions = desk().register.catalogue.provisions
    seen = 0
    for file in EXAMPLES:
        page = desk().rights(read_situation(file), NOW)
        taken = {desk().register.version(i, NOW).voorziening for i in outcomes(page)}
        for one in page.ook:
            provision = provisions[one.id]
            assert provision.wet == "binnen_wet"
            assert provision.voorwaarden is not None
            assert provision.gevoelig is None
            assert one.id not in taken
            seen += 1
    assert seen > 50


def test_what_she_has_already_is_not_offered_until_it_has_stopped() -> None:
    situation = read_situation(ROOT / "examples" / "een-euro-te-veel.yaml")
    offered = {one.id for one in desk().rights(situation, NOW).ook}
    assert "zorgtoeslag" in offered
    for stopped, there in (("geen", False), ("2026-01-01", True)):
        had = [{"regelset": "zorgtoeslag", "toegekend_op": "2025-01-01", "gestopt_op": stopped}]
        now = Situation.model_validate({**situation.model_dump(mode="json"), "eerder": {"voorzieningen": had}})
        assert ("zorgtoeslag" in {one.id for one in desk().rights(now, NOW).ook}) == there


@settings(max_examples=25)
@given(strategies.situations())
def test_the_page_of_any_situation_fits_its_schema(situation: Situation) -> None:
    plain = situation.model_copy(update={"eigen": {}, "feiten": {}})
    page = json.loads(json.dumps(rights_json(desk().rights(plain, NOW))))
    assert [e.message for e in Draft202012Validator(rights_schema()).iter_errors(page)] == []


def test_the_pages_of_the_examples_fit_the_schema() -> None:
    for file in EXAMPLES:
        page = json.loads(json.dumps(rights_json(desk().rights(read_situation(file), None, today=NOW))))
        assert [e.message for e in Draft202012Validator(rights_schema()).iter_errors(page)] == [], file.name
        assert page["rechten"]


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda f: f.stem)
def test_the_command_prints_one_page_in_plain_words(file: Path) -> None:
    result = CliRunner().invoke(group, ["rights", str(file), "--date", "2026-03-02"], catch_exceptions=False)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("Waar is misschien recht op? · 2 maart 2026 · gemeente ")
    assert "een medewerker beslist" in lines[1]
    assert len(lines) <= 90
    assert not any(word in result.output for word in ("None", "onbepaald", "toegekend", "Traceback", "[]"))


def test_the_command_gives_json_and_says_what_is_wrong_with_a_situation(tmp_path: Path) -> None:
    file = ROOT / "examples" / "kostendelers.yaml"
    result = CliRunner().invoke(group, ["rights", str(file), "--format", "json"], catch_exceptions=False)
    assert json.loads(result.output)["rechten"][0]["uitkomst"] == "toegekend"
    wrong = tmp_path / "mis.yaml"
    wrong.write_text("persoon: {geboortedatum: gisteren}\n", encoding="utf-8")
    result = CliRunner().invoke(group, ["rights", str(wrong)], catch_exceptions=False)
    assert result.exit_code == 1
    assert "gisteren" in result.output


# --- what one right means for another ------------------------------------------------------------------------------------

SAYS = "samenloop: [{{met: {other}, tekst: Dit telt daar niet mee., grondslag: art. 3{rest}}}]\n"


def said(tmp_path: Path, rest: str, mine: str, theirs: str, facts: dict[str, Any] | None = None) -> list[str]:
    one = ruleset(SAYS.format(other="ander", rest=rest), f"eis: {mine}", ident="een")
    desk = desk_of(tmp_path, one, ruleset("", f"eis: {theirs}", ident="ander"))
    return [f"{s.regelset}>{s.met}" for s in desk.rights(told(**facts or {}), TODAY).samenloop]


@pytest.mark.parametrize(
    ("mine", "theirs", "there"),
    [("ja", "ja", True), ("ja", "opleiding.volgt", True), ("nee", "ja", False), ("ja", "nee", False), ("nee", "nee", False)],
)
def test_an_interaction_is_told_where_both_rights_are_open(tmp_path: Path, mine: str, theirs: str, there: bool) -> None:
    assert bool(said(tmp_path, "", mine, theirs)) == there


def test_an_interaction_with_a_condition_is_told_when_that_is_known_to_hold(tmp_path: Path) -> None:
    for number, (volgt, there) in enumerate((("ja", True), ("nee", False), ("onbekend", False))):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert bool(said(folder, ", als: opleiding.volgt", "ja", "ja", {"opleiding": {"volgt": volgt}})) == there


def test_the_refusal_of_a_student_leaves_special_assistance_open_and_that_of_a_prisoner_does_not() -> None:
    student = read_situation(ROOT / "examples" / "student.yaml")
    assert "Pw 13 lid 2" in {s.grondslag for s in desk().rights(student, NOW).samenloop}
    facts = read_situation(ROOT / "examples" / "een-euro-te-veel.yaml").model_dump(mode="json")
    inside = Situation.model_validate({**facts, "persoon": {**facts["persoon"], "detentie": True}})
    page = desk().rights(inside, NOW)
    assert outcomes(page)["participatiewet"] == "afgewezen"
    assert "Pw 13 lid 2" not in {s.grondslag for s in page.samenloop}


def test_the_income_supplement_is_no_income_for_remission_by_the_water_board() -> None:
    """Amsterdam has rules of its own for the supplement, and lies for a part in the area of the water board."""
    situation = told(
        persoon={"geboortedatum": "1986-04-12", "verblijf": {"soort": "nederlander"}, "gemeente": "0363"},
        eigen={"kwijtschelding-hhnk": {"aanslag_van": "hhnk"}},
    )
    page = desk().rights(situation, NOW)
    assert outcomes(page)["kwijtschelding-hhnk"] == "onbepaald"
    assert "UR Inv. 1990 14 lid 1 onder c" in {s.grondslag for s in page.samenloop if s.met == "individuele_inkomenstoeslag"}


# --- where a ruleset holds -----------------------------------------------------------------------------------------------

AREA = 'bevoegd: {{orgaan: het dagelijks bestuur, gebied: {{naam: Waterschap Zuid, gemeenten: ["0100", "0200"], deels: ["0300"], bron: b}}}}\n{rest}'


@pytest.mark.parametrize(("gemeente", "there"), [("0100", True), ("0200", True), ("0300", True), ("0400", False)])
def test_a_municipality_selects_its_water_board(tmp_path: Path, gemeente: str, there: bool) -> None:
    desk = desk_of(tmp_path, ruleset(AREA.format(rest=""), "eis: ja", ident="schap"), ruleset("", "eis: ja"))
    found = desk.decide_all(told(persoon={"gemeente": gemeente}), on=TODAY)
    assert ("schap" in [d.regelset for d in found.besluiten]) == there
    assert not any(n.regelset == "schap" for n in found.niet_beslist)


def test_where_somebody_lives_not_being_known_a_water_board_is_not_left_out_without_a_word(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, ruleset(AREA.format(rest=""), "eis: ja", ident="schap"))
    found = desk.decide_all(Situation(), on=TODAY)
    assert [n.regelset for n in found.niet_beslist] == ["schap"]


def test_a_bill_of_a_water_board_elsewhere_brings_it_up_and_by_name_it_is_decided_anywhere(tmp_path: Path) -> None:
    own = AREA.format(rest="gegevens: {aanslag: {type: ja_nee, label: aanslag, vraag: Heeft u een aanslag?, van: [inwoner]}}\n")
    desk = desk_of(tmp_path, ruleset(own, "eis: aanslag", ident="schap"))
    away = told(persoon={"gemeente": "0400"}, eigen={"schap": {"aanslag": "ja"}})
    assert [d.uitkomst for d in desk.decide_all(away, on=TODAY).besluiten] == ["toegekend"]
    assert desk.decide(told(persoon={"gemeente": "0400"}), "schap", TODAY).uitkomst == "onbepaald"


def test_municipalities_where_the_same_rules_hold_share_their_compiled_rules(tmp_path: Path) -> None:
    register = desk_of(tmp_path, ruleset(AREA.format(rest=""), "eis: ja", ident="schap"), ruleset("", "eis: ja")).register
    assert register.compiled("klein", TODAY, "0100") is register.compiled("klein", TODAY, "0300")
    assert register.compiled("klein", TODAY, "0400") is register.compiled("klein", TODAY, None)
    assert [r.id for r in register.in_force(TODAY, "0200")] == ["klein", "schap"]
    assert [r.id for r in register.in_force(TODAY, "0400")] == ["klein"]


# --- a local regulation that only fills in, and brings its own clause ----------------------------------------------------

NATIONAL = ruleset(
    "open: {grens: {type: geld, grondslag: art. 8, label: de grens in de verordening}}\n",
    "eis: wonen.huur <= grens",
    "eis: opleiding.volgt",
    ident="land",
)
CLAUSE = """\
clausules_bij:
  land:
    - id: clausule
      soort: verordening_clausule
      titel: Afwijken
      grondslag: art. 29
      maatstaf: in bijzondere gevallen
      geldt_voor: [c0]
      wie_beslist: college
      mag: [toekennen]
"""
LOCAL = f"""\
regelset: stad
formaat: 1
titel: Verordening van de stad
soort: verordening
bron: {{regeling: CVDR2, naam: Verordening van de stad}}
geldig: {{van: 2020-01-01}}
bevoegd: {{orgaan: college, gemeente: "0599"}}
doel: De stad vult de wet in.
leefgebieden: [financien]
vult_in: {{land.grens: € 700}}
{CLAUSE}"""
DEAR = {"wonen": {"huur": "€ 900"}, "opleiding": {"volgt": "nee"}}


def test_a_regulation_that_only_fills_in_decides_nothing_itself(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, NATIONAL, LOCAL)
    assert desk.register.ids() == ("land",)
    found = desk.decide_all(told(persoon={"gemeente": "0599"}, wonen={"huur": "€ 650"}, opleiding={"volgt": "ja"}), on=TODAY)
    assert [(d.regelset, d.uitkomst) for d in found.besluiten] == [("land", "toegekend")]


def test_a_local_clause_reaches_there_under_its_own_article_and_nowhere_else(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, NATIONAL.replace("label: de grens in de verordening", "label: de grens, anders: € 600"), LOCAL)
    here = desk.decide(told(persoon={"gemeente": "0599"}, **DEAR), "land", TODAY)
    assert here.hardheid is not None
    reach = {(c.id, c.criterium): (c.status, c.grondslag) for c in here.hardheid.clausules}
    assert reach[("clausule", "c0")] == ("in_bereik", "art. 29, Verordening van de stad")
    assert reach[("clausule", "c1")][0] == "buiten_bereik"
    assert ("geen", "c0") not in reach
    assert reach[("geen", "c1")][0] == "buiten_bereik"
    assert "stad" in {s.naam for s in here.verantwoording.gelezen}
    there = desk.decide(told(persoon={"gemeente": "0363"}, **DEAR), "land", TODAY)
    assert there.hardheid is not None
    assert "clausule" not in {c.id for c in there.hardheid.clausules}
    assert "stad" not in {s.naam for s in there.verantwoording.gelezen}


def test_without_a_filler_the_others_go_on_and_the_reason_is_said_in_plain_words(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, NATIONAL, LOCAL, ruleset("", "eis: ja"))
    found = desk.rights(told(persoon={"gemeente": "0363"}), TODAY)
    assert outcomes(found) == {"klein": "toegekend"}
    assert [(n.regelset, n.reden) for n in found.niet_beslist] == [
        (
            "land",
            "voor deze gemeente is niet ingevuld: de grens in de verordening "
            "(vul het in een eigen regelset in, met «vult_in: {land.grens: …}»)",
        )
    ]


def test_a_municipality_lays_its_own_folder_over_the_shipped_register(tmp_path: Path) -> None:
    """A Rotterdam that fills in the Wmo: the national ruleset decides there, with the clause of its own ordinance."""
    text = (shipped() / "gemeenten" / "voorbeeld" / "wmo.yaml").read_text(encoding="utf-8")
    (tmp_path / "wmo.yaml").write_text(
        text.replace('"9999"', '"0599"').replace("wmo-verordening-voorbeeld", "wmo-rotterdam"), "utf-8"
    )
    own = Desk(Register.open(shipped(), tmp_path))
    here = told(persoon={"gemeente": "0599"}, gezondheid={"beperkingen": [{"soort": "lopen"}]})
    assert "wmo-maatwerkvoorziening" in [d.regelset for d in own.decide_all(here, on=NOW).besluiten]
    without = desk().register.compiled("wmo-maatwerkvoorziening", NOW, "0599").program.ruleset
    assert without is not None
    assert "verordening-hardheidsclausule" not in {c.id for c in without.hardheid}
    compiled = own.register.compiled("wmo-maatwerkvoorziening", NOW, "0599").program.ruleset
    assert compiled is not None
    assert "verordening-hardheidsclausule" in {c.id for c in compiled.hardheid}


# --- found by a reviewer --------------------------------------------------------------------------------------------------


def test_a_water_board_is_linked_with_what_is_filled_in_within_its_own_area(tmp_path: Path) -> None:
    """Somebody of another board's area who asks this one by name is not decided on what that other board filled in."""
    board = 'bevoegd: {{orgaan: bestuur, gebied: {{naam: Schap, gemeenten: ["{place}"], bron: b}}}}\nvult_in: {{nat.grens: {limit}}}\n'
    national = ruleset(
        "open: {grens: {type: geld, grondslag: art. 8, label: de grens, anders: € 100}}\nbegrippen: {betaalbaar: wonen.huur <= grens}\n",
        "eis: betaalbaar",
        ident="nat",
    )
    uses = "begrippen: {laag: {gebruik: nat.betaalbaar}}\n"
    texts = [
        ruleset(board.format(place=place, limit=limit) + uses, "eis: laag", ident=ident)
        for ident, place, limit in (("schap1", "0100", "€ 500"), ("schap2", "0200", "€ 900"))
    ]
    desk = desk_of(tmp_path, national, *texts)
    for home in ("0100", "0200", "0300", None):
        situation = told(persoon={"gemeente": home}, wonen={"huur": "€ 700"})
        assert desk.decide(situation, "schap1", TODAY).uitkomst == "afgewezen", home
        assert desk.decide(situation, "schap2", TODAY).uitkomst == "toegekend", home


@pytest.mark.parametrize(
    ("own", "other", "there"),
    [
        ("clausule", "anders", False),
        ("clausule", "clausule", True),  # of two regulations that hold in one place
        ("geen", "anders", True),  # of the national ruleset itself
    ],
)
def test_a_local_clause_has_an_id_of_its_own(tmp_path: Path, own: str, other: str, there: bool) -> None:
    area = LOCAL.replace("regelset: stad", "regelset: schap").replace("vult_in: {land.grens: € 700}\n", "")
    area = area.replace('gemeente: "0599"', 'gebied: {naam: Schap, gemeenten: ["0599"], bron: b}')
    texts = [NATIONAL, LOCAL.replace("id: clausule", f"id: {own}"), area.replace("id: clausule", f"id: {other}")]
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    found = [d.code for d in check_files(read_files([tmp_path]))[2]]
    assert ("dubbel-id" in found) == there


def test_two_municipalities_may_give_their_clauses_the_same_id(tmp_path: Path) -> None:
    other = LOCAL.replace("regelset: stad", "regelset: dorp").replace('"0599"', '"0363"')
    desk = desk_of(tmp_path, NATIONAL, LOCAL, other.replace("Verordening van de stad", "Verordening van het dorp"))
    for place, name in (("0599", "stad"), ("0363", "dorp")):
        review = desk.decide(told(persoon={"gemeente": place}, **DEAR), "land", TODAY).hardheid
        assert review is not None
        assert {c.grondslag.split()[-1] for c in review.clausules if c.id == "clausule"} == {name}


def test_a_local_clause_that_is_not_in_force_yet_takes_nothing_away(tmp_path: Path) -> None:
    later = LOCAL.replace("      mag: [toekennen]\n", "      mag: [toekennen]\n      in_werking: {vanaf: 2030-01-01}\n")
    review = desk_of(tmp_path, NATIONAL, later).decide(told(persoon={"gemeente": "0599"}, **DEAR), "land", TODAY).hardheid
    assert review is not None
    assert {(c.id, c.criterium) for c in review.clausules} == {("geen", "c0"), ("geen", "c1")}


@pytest.mark.parametrize(
    ("since", "until", "has"),
    [
        ("2025-01-01", "geen", True),
        ("2025-01-01", "2025-06", False),  # some day in that month: certainly past
        ("2025-01-01", "2026-12-31", True),  # stops later this year
        ("2027-01-01", "geen", False),  # begins next year
        ("2025-01-01", "onbekend", True),
    ],
)
def test_what_she_has_is_what_runs_on_the_day(since: str, until: str, has: bool) -> None:
    facts = read_situation(ROOT / "examples" / "een-euro-te-veel.yaml").model_dump(mode="json")
    had = [{"regelset": "zorgtoeslag", "toegekend_op": since, "gestopt_op": until}]
    page = desk().rights(Situation.model_validate({**facts, "eerder": {"voorzieningen": had}}), NOW)
    assert ("zorgtoeslag" in {one.id for one in page.ook}) == (not has)


def test_a_provision_that_a_refusal_rules_out_does_not_stand_beside_that_refusal(tmp_path: Path) -> None:
    when = "niet (zaak.regelset = 'klein' en zaak.uitkomst = 'afgewezen')"
    offered = provisions(provision("krediet", "financien", voorwaarden=when))
    for number, (demand, there) in enumerate((("nee", False), ("ja", True))):
        folder = tmp_path / str(number)
        folder.mkdir()
        page = desk_of(folder, ruleset("", f"eis: {demand}"), offered).rights(Situation(), TODAY)
        assert ("krediet" in {one.id for one in page.ook}) == there


def test_what_is_not_known_yet_stands_on_the_page_with_what_to_ask(tmp_path: Path) -> None:
    offered = provisions(provision("toeslag", "wonen", voorwaarden="wonen.huur > € 500"))
    page = desk_of(tmp_path, ruleset("", "eis: ja"), offered).rights(Situation(), TODAY)
    assert [(one.id, one.vragen) for one in page.misschien] == [("toeslag", ("Hoeveel huur betaalt u per maand?",))]
    assert page.ook == ()


def test_a_version_that_decides_no_more_leaves_what_it_decided_before(tmp_path: Path) -> None:
    old = ruleset("", "eis: ja", ident="v", geldig="{van: 2020-01-01, tot: 2025-12-31}")
    new = LOCAL.replace("regelset: stad", "regelset: v").replace("van: 2020-01-01", "van: 2026-01-01")
    desk = desk_of(tmp_path, NATIONAL, old, new)
    here = told(persoon={"gemeente": "0599"}, wonen={"huur": "€ 650"}, opleiding={"volgt": "ja"})
    before, after = desk.decide_all(here, on=date(2025, 6, 1)), desk.decide_all(here, on=date(2026, 6, 1))
    assert "v" in [d.regelset for d in before.besluiten]
    assert ([d.regelset for d in after.besluiten], after.niet_beslist) == (["land"], ())


def test_an_area_counts_as_it_was_on_the_day(tmp_path: Path) -> None:
    area = "bevoegd: {{orgaan: bestuur, gebied: {{naam: Schap, gemeenten: {places}, bron: b}}}}\n"
    texts = [
        ruleset(area.format(places=places), "eis: ja", ident="schap", geldig=valid)
        for places, valid in (('["0100"]', "{van: 2020-01-01, tot: 2025-12-31}"), ('["0100", "0200"]', "{van: 2026-01-01}"))
    ]
    desk = desk_of(tmp_path, *texts)
    found = {day: desk.decide_all(told(persoon={"gemeente": "0200"}), on=day) for day in (date(2025, 6, 1), date(2026, 6, 1))}
    assert [[d.regelset for d in one.besluiten] for one in found.values()] == [[], ["schap"]]


def test_two_water_boards_apart_may_fill_in_crosswise(tmp_path: Path) -> None:
    open_two = (
        "open: {p: {type: geld, grondslag: a, label: p, anders: € 1}, q: {type: geld, grondslag: a, label: q, anders: € 1}}\n"
    )
    terms = "begrippen: {pp: p, qq: q}\n"
    board = 'bevoegd: {{orgaan: bestuur, gebied: {{naam: Schap, gemeenten: ["{place}"], bron: b}}}}\nvult_in: {{nat.{to}: {term}}}\n'
    texts = [
        ruleset(
            board.format(place=place, to=to, term=term) + f"begrippen: {{{term}: {{gebruik: nat.{term}}}}}\n",
            "eis: ja",
            ident=ident,
        )
        for ident, place, to, term in (("w1", "0100", "p", "qq"), ("w2", "0200", "q", "pp"))
    ]
    for number, text in enumerate([ruleset(open_two + terms, "eis: pp > € 0", "eis: qq > € 0", ident="nat"), *texts]):
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    assert check_files(read_files([tmp_path]))[2] == ()
    together = tmp_path / "1.yaml"
    together.write_text(together.read_text().replace('["0100"]', '["0100", "0200"]'), encoding="utf-8")
    assert {d.code for d in check_files(read_files([tmp_path]))[2]} == {"kring-regelsets"}


def test_without_any_day_nothing_is_told(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="peildatum"):
        desk_of(tmp_path, ruleset("", "eis: ja")).rights(Situation())


def test_a_ruleset_that_only_fills_in_says_whom_to_ask() -> None:
    result = CliRunner().invoke(
        group, ["decide", str(EXAMPLES[0]), "--ruleset", "wmo-verordening-voorbeeld"], catch_exceptions=False
    )
    assert result.exit_code == 2
    assert "beslist zelf niets" in result.output
    assert "«wmo-maatwerkvoorziening»" in result.output


def test_deciding_everything_says_what_is_not_about_her_and_where_the_rights_stand_together() -> None:
    file = ROOT / "examples" / "schulden-en-ontruiming.yaml"
    result = CliRunner().invoke(group, ["decide", str(file), "--date", "2026-03-02"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "Niet over u  Studietoeslag: De studietoeslag is voor wie studeert" in result.output
    assert "responsief rights" in result.output
    one = CliRunner().invoke(group, ["decide", str(file), "--ruleset", "participatiewet"], catch_exceptions=False)
    assert "responsief rights" not in one.output
