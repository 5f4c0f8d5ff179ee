"""Outcomes that only a person can give (Awb 4:5, 4:6, 2:3, a right that can't be established), with their letters and notes."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import date

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

import responsief
from responsief.cli import group
from responsief.documents import render
from responsief.finalise import finalise, finalised_json, make_act, parse_act, refusals, seal, start
from responsief.finalise.act import ALLEEN_MENS
from responsief.finalise.human import can_apply
from responsief.finalise.papers import final_texts
from responsief.readability import LONGEST, check, sentences, word_count
from responsief.schemas import act_schema, finalised_schema
from test_finalise import EXAMPLES, ROOT, at, deviating, filled

DAY = date(2026, 3, 2)
MISSING = "zorg.geeft_mantelzorg"
PARTS = {
    "buiten_behandeling": {
        "gegevens": ["geeft mantelzorg", "zorg.mantelzorg_elders"],
        "gevraagd_op": "2026-02-24",
        "uiterlijk": "2026-03-06",
        "aangevuld": "nee",
        "kon_leveren": "U weet zelf of u voor iemand zorgt.",
        "om_uitstel_gevraagd": "nee",
    },
    "herhaalde_aanvraag": {
        "eerder_op": "2025-11-03",
        "eerder_kenmerk": "WI-2025-0099",
        "eerder_uitkomst": "afgewezen",
        "zelfde_aanvraag": "ja",
        "aangevoerd": "Het is nog steeds moeilijk om rond te komen.",
        "nieuw": "nee",
        "waarom": "Dat vertelde u in november ook.",
        "evident_onredelijk": "nee",
        "afweging": "Er is toen goed gekeken naar uw inkomen.",
    },
    "doorzenden": {
        "naar": "de gemeente Schiedam",
        "bereikbaar": "telefoon 14 010, op werkdagen",
        "op": "2026-03-09",
        "meegedeeld_op": "2026-03-09",
    },
    "niet_vast_te_stellen": {
        "gegevens": [
            {
                "gegeven": label,
                "hoe": "Wij belden u en stuurden een brief.",
                "op": "2026-02-25",
                "wat_kwam": "Wij kregen niets.",
            }
            for label in ("geeft mantelzorg", "zorg.mantelzorg_elders")
        ],
        "schatting": "Of u voor iemand zorgt, is niet te schatten.",
        "deel": "Het gaat om één dag.",
    },
}
OUTCOMES = {
    "buiten_behandeling": "buiten_behandeling",
    "herhaalde_aanvraag": "afgewezen",
    "doorzenden": "doorgezonden",
    "niet_vast_te_stellen": "afgewezen",
}


@pytest.fixture(scope="module")
def desk():
    return responsief.open_desk()


@pytest.fixture(scope="module")
def sender():
    return responsief.read_sender(EXAMPLES / "afzender.yaml")


def without(*unknown):
    """The example of two housemates, with facts that nobody knows."""
    raw = yaml.safe_load((EXAMPLES / "kostendelers.yaml").read_text(encoding="utf-8"))
    for path in unknown:
        inner = raw
        for step in path.split(".")[:-1]:
            inner = inner[step]
        inner[path.split(".")[-1]] = "onbekend"
    return responsief.parse_situation(yaml.safe_dump(raw, allow_unicode=True))


@pytest.fixture(scope="module")
def asked(desk, sender):
    """What is missing only the client can tell."""
    return desk.decide(without(MISSING), "iit-rotterdam", DAY, sender=sender)


@pytest.fixture(scope="module")
def own_work(desk, sender):
    """What is missing the municipality can look up."""
    return desk.decide(without("vermogen"), "iit-rotterdam", DAY, sender=sender)


def human(decision, choice, **other):
    raw = filled(decision)
    raw["besluit"] = {"keuze": choice, "reden": "Zonder dit kunnen wij niet anders beslissen."}
    raw["toezeggingen"] = [{"wat": "belt u op", "stand": "open", "wie": "Jan Smit", "uiterlijk": "2026-03-20"}]
    return raw | {choice: PARTS[choice]} | other


def codes(decision, raw):
    return {d.code for d in refusals(decision, make_act(raw))}


# --- each makes a decision, and the machine proposes none ----------------------------------------------------------------


@pytest.mark.parametrize("choice", ALLEEN_MENS)
def test_a_complete_act_makes_the_outcome_that_no_rules_come_to(asked, choice):
    assert asked.uitkomst == "onbepaald"
    found = finalise(asked, make_act(human(asked, choice)))
    assert (found.besluit.uitkomst, found.besluit.bedrag, found.opzij.uitkomst) == (OUTCOMES[choice], None, "onbepaald")
    document = json.loads(json.dumps(finalised_json(found)))
    assert document["handeling"]["besluit"]["keuze"] == choice
    assert seal(document) == document["sha256"]
    changed = at(document, ("handeling", choice), {})
    assert seal(changed) != document["sha256"], "what the law asks is under the seal"


@pytest.mark.parametrize("choice", ALLEEN_MENS)
def test_the_letter_is_whole_and_short_and_offers_help(asked, choice):
    brief = finalise(asked, make_act(human(asked, choice))).teksten.brief
    assert not re.search(r"\[vul in|CONCEPT|nog te wegen", brief)
    body = brief.split("\nWetten en regels\n")[0]
    assert max(map(word_count, sentences(body))) <= LONGEST
    first = next(one.titel for one in asked.hardheid.alternatieven if one.soort == "voorziening")
    for words in (first, "mevrouw De Wit", "Fatima de Vries\nklantmanager inkomen", "«belt u op». Dit doet Jan Smit"):
        assert words in brief


@pytest.mark.parametrize("choice", ["buiten_behandeling", "herhaalde_aanvraag", "niet_vast_te_stellen"])
def test_against_a_decision_there_is_a_remedy_with_its_last_day(asked, choice):
    brief = finalise(asked, make_act(human(asked, choice))).teksten.brief
    assert "Uw laatste dag is 20 april 2026." in brief  # six weeks after sending on 9 March (Awb 6:7, 6:8)
    assert "artikel 6:7 van de Algemene wet bestuursrecht" in brief


def test_each_letter_tells_what_the_law_asks(asked):
    said = {choice: finalise(asked, make_act(human(asked, choice))).teksten for choice in ALLEEN_MENS}
    told = {
        "buiten_behandeling": [
            "- Geeft mantelzorg\n",
            "Op 24 februari 2026 vroegen wij u om deze gegevens. U had daarvoor de tijd tot en met 6 maart 2026.",
            "U vroeg ons niet om meer tijd.",
            "U kunt altijd een nieuwe aanvraag doen. Dat kan bij mevrouw De Wit, telefoon 010 000 00 00.",
            "artikel 4:5 van de Algemene wet bestuursrecht",
        ],
        "herhaalde_aanvraag": ["besluit van 3 november 2025", "kenmerk WI-2025-0099", "Dat vertelde u in november ook.", "artikel 4:6"],
        "doorzenden": [
            "door naar de gemeente Schiedam",
            "telefoon 14 010, op werkdagen",
            "Wij kregen uw aanvraag op 23 februari 2026. Die dag blijft bij ons staan.",
            "artikel 2:3",
        ],
        "niet_vast_te_stellen": [
            "Op 25 februari 2026 vroegen wij hiernaar.",
            "Wat wij kregen: Wij kregen niets.",
            "is niet te schatten",
            "Wij spraken u hierover op 4 maart 2026.",
        ],
    }  # fmt: skip
    for choice, words in told.items():
        for one in words:
            assert one in said[choice].brief, (choice, one)
    for choice in ALLEEN_MENS:
        nota = said[choice].nota
        for title in ("Wat is besloten, en waarom", "Gronden en feiten", "Besluit\n-------"):
            assert title in nota
        assert "Nog niet beslissen" not in nota
        assert asked.hardheid.alternatieven[0].titel in nota


def test_sending_on_is_no_decision_so_there_is_nothing_to_object_to(asked):
    texts = finalise(asked, make_act(human(asked, "doorzenden"))).teksten
    assert "bezwaar" not in texts.brief.lower()
    assert "Rechtsmiddel" not in texts.nota
    assert "Dit is geen nee." in texts.brief
    bare = human(asked, "doorzenden") | dict.fromkeys(("wegingen", "horen", "adviezen", "inwoner", "gecontroleerd"))
    assert not codes(asked, bare), "nothing is weighed where nothing is decided"


def test_sending_on_works_where_the_rules_grant(desk, sender):
    granted = desk.decide(responsief.read_situation(EXAMPLES / "kostendelers.yaml"), "iit-rotterdam", DAY, sender=sender)
    assert granted.hardheid is None
    found = finalise(granted, make_act(human(granted, "doorzenden")))
    assert (found.besluit.uitkomst, found.opzij.uitkomst) == ("doorgezonden", "toegekend")


@pytest.mark.parametrize("choice", ["buiten_behandeling", "herhaalde_aanvraag", "niet_vast_te_stellen"])
def test_circumstances_are_weighed_also_where_the_rules_come_to_nothing(asked, choice):
    assert codes(asked, human(asked, choice, wegingen=None)) == {"weging-open"}
    brief = finalise(asked, make_act(human(asked, choice))).teksten.brief
    assert "   Dit telt mee. In ons gesprek vertelde zij hierover, punt 0." in brief


def test_a_violent_housemate_reads_no_reasons_of_hers(asked):
    situation = asked.draft.situatie.model_copy(
        update={"veiligheid": asked.draft.situatie.veiligheid.model_copy(update={"geweld_thuis": True})}
    )
    shared = dataclasses.replace(asked.afzender, gedeeld_adres=None)
    decision = dataclasses.replace(asked, draft=dataclasses.replace(asked.draft, situatie=situation), afzender=shared)
    hers = (
        "punt 0",
        "Zonder dit kunnen wij niet",
        "deurwaarder",
        "Zij vertelde hoe het gaat",
        "stuurden een brief",
        "moeilijk om rond",
    )
    for choice in ALLEEN_MENS:
        texts = final_texts(decision, make_act(human(decision, choice)))
        assert not [words for words in hers if words in texts.brief]
        assert "plek-open" in codes(decision, human(decision, choice))
        assert "Zonder dit kunnen wij niet" in texts.nota, "the file holds her reasons"


EXAMPLE = sorted(p.stem for p in EXAMPLES.glob("*.yaml") if p.stem != "afzender")


@pytest.mark.parametrize("ruleset", ["iit-rotterdam", "participatiewet"])
@pytest.mark.parametrize("name", EXAMPLE)
def test_on_every_example_both_texts_stand_and_can_be_read(desk, sender, name, ruleset):
    """Whatever the rules came to, and however many circumstances and clauses there are."""
    decision = desk.decide(responsief.read_situation(EXAMPLES / f"{name}.yaml"), ruleset, DAY, sender=sender)
    disputed = any(b.soort == "horen" for b in decision.blokkades)
    for choice in set(can_apply(decision)) & {"herhaalde_aanvraag", "doorzenden"}:
        promised = filled(decision)["toezeggingen"]
        raw = human(decision, choice, toezeggingen=promised, geschillen=filled(decision).get("geschillen"))
        if choice == AGAIN:
            raw[AGAIN] = raw[AGAIN] | {"eerder_op": "2024-11-04"}
        found = codes(decision, raw)
        assert found == ({"geschil-onbeslist"} if disputed and choice == AGAIN else set())
        brief = final_texts(decision, make_act(raw)).brief.split("\nWetten en regels\n")[0]
        assert not [one for one in check(brief) if one.soort in ("te_lang", "moeilijk", "vaag", "dubbel", "afkorting")]


# --- what refuses each ---------------------------------------------------------------------------------------------------

LAW = "buiten_behandeling"
AGAIN = "herhaalde_aanvraag"
ON = "doorzenden"
UNCLEAR = "niet_vast_te_stellen"
REFUSED = {
    "asked for nothing": (LAW, (LAW, "gegevens"), None, "behandelen-onvolledig"),
    "asked what is not missing": (LAW, (LAW, "gegevens"), ["huur"], "behandelen-gegeven"),
    "asked on no day": (LAW, (LAW, "gevraagd_op"), None, "behandelen-onvolledig"),
    "asked before there was an application": (LAW, (LAW, "gevraagd_op"), "2026-02-01", "datum-andersom"),
    "asked after the term": (LAW, (LAW, "gevraagd_op"), "2026-03-06", "datum-andersom"),
    "no term": (LAW, (LAW, "uiterlijk"), None, "behandelen-onvolledig"),
    "the term still runs": (LAW, (LAW, "uiterlijk"), "2026-03-09", "behandelen-termijn-loopt"),
    "two days to complete it": (LAW, (LAW, "gevraagd_op"), "2026-03-04", "behandelen-termijn-te-kort"),
    "less than a week": (LAW, (LAW, "gevraagd_op"), "2026-02-28", "behandelen-termijn-kort"),
    "not said what came": (LAW, (LAW, "aangevuld"), None, "behandelen-onvolledig"),
    "it was completed": (LAW, (LAW, "aangevuld"), "ja", "behandelen-aangevuld"),
    "not said that she could": (LAW, (LAW, "kon_leveren"), "ja", "behandelen-onvolledig"),
    "more time not said": (LAW, (LAW, "om_uitstel_gevraagd"), None, "behandelen-onvolledig"),
    "more time asked and not answered": (LAW, (LAW, "om_uitstel_gevraagd"), "ja", "behandelen-uitstel"),
    "no reason": (LAW, ("besluit", "reden"), None, "besluit-zonder-reden"),
    "an amount": (LAW, ("besluit", "bedrag"), "€ 10", "keuze-zonder-uitkomst"),
    "an outcome": (LAW, ("besluit", "uitkomst"), "afgewezen", "keuze-zonder-uitkomst"),
    "a clause": (LAW, ("besluit", "clausules"), ["awb-3-4-inkomen"], "keuze-zonder-uitkomst"),
    "which refusal": (AGAIN, (AGAIN, "eerder_op"), None, "herhaald-onvolledig"),
    "its reference": (AGAIN, (AGAIN, "eerder_kenmerk"), None, "herhaald-onvolledig"),
    "what is put forward": (AGAIN, (AGAIN, "aangevoerd"), None, "herhaald-onvolledig"),
    "something new": (AGAIN, (AGAIN, "nieuw"), "ja", "herhaald-iets-nieuws"),
    "new or not": (AGAIN, (AGAIN, "nieuw"), None, "herhaald-onvolledig"),
    "why not new": (AGAIN, (AGAIN, "waarom"), "-", "herhaald-onvolledig"),
    "no refusal then": (AGAIN, (AGAIN, "eerder_uitkomst"), "toegekend", "herhaald-geen-afwijzing"),
    "another decision then": (AGAIN, (AGAIN, "eerder_uitkomst"), "anders", "herhaald-geen-afwijzing"),
    "another period": (AGAIN, (AGAIN, "zelfde_aanvraag"), "nee", "herhaald-ander-verzoek"),
    "evidently unreasonable": (AGAIN, (AGAIN, "evident_onredelijk"), "ja", "herhaald-onredelijk"),
    "not looked whether it is": (AGAIN, (AGAIN, "evident_onredelijk"), None, "herhaald-onvolledig"),
    "no reason for that": (AGAIN, (AGAIN, "afweging"), None, "herhaald-onvolledig"),
    "earlier than it was asked": (AGAIN, (AGAIN, "eerder_op"), "2026-02-23", "datum-andersom"),
    "earlier than today": (AGAIN, (AGAIN, "eerder_op"), "2026-03-09", "datum-volgorde"),
    "a refusal still to come": (AGAIN, (AGAIN, "eerder_op"), "2026-04-01", "datum-volgorde"),
    "not heard of a refusal": (AGAIN, ("horen",), {}, "horen-open"),
    "to whom": (ON, (ON, "naar"), None, "doorzenden-onvolledig"),
    "how to reach them": (ON, (ON, "bereikbaar"), None, "doorzenden-onvolledig"),
    "told later": (ON, (ON, "meegedeeld_op"), "2026-03-10", "doorzenden-niet-tegelijk"),
    "not told": (ON, (ON, "meegedeeld_op"), None, "doorzenden-onvolledig"),
    "to itself": (ON, (ON, "naar"), "het college van burgemeester en wethouders", "doorzenden-aan-zichzelf"),
    "competent itself": (ON, ("besluit", "reden"), None, "doorzenden-zelf-bevoegd"),
    "sent on after she decided": (ON, (ON, "op"), "2026-03-10", "datum-volgorde"),
    "told after she decided": (ON, (ON, "meegedeeld_op"), "2026-03-10", "datum-volgorde"),
    "came on another day than is recorded": (ON, (ON, "ontvangen_op"), "2026-02-20", "doorzenden-andere-dag"),
    "came in another month than is recorded": (ON, (ON, "ontvangen_op"), "2026-01", "doorzenden-andere-dag"),
    "before it came": (ON, (ON, "op"), "2026-02-20", "datum-andersom"),
    "nobody sends it": (ON, ("besluit_van", "naam"), "systeem", "beslist-systeem"),
    "what was asked": (UNCLEAR, (UNCLEAR, "gegevens"), None, "vaststellen-onvolledig"),
    "one fact left out": (UNCLEAR, (UNCLEAR, "gegevens"), PARTS[UNCLEAR]["gegevens"][:1], "vaststellen-onvolledig"),
    "how it was asked": (UNCLEAR, (UNCLEAR, "gegevens", 0, "hoe"), None, "vaststellen-onvolledig"),
    "when it was asked": (UNCLEAR, (UNCLEAR, "gegevens", 0, "op"), None, "vaststellen-onvolledig"),
    "what came": (UNCLEAR, (UNCLEAR, "gegevens", 1, "wat_kwam"), None, "vaststellen-onvolledig"),
    "asked on the day itself": (UNCLEAR, (UNCLEAR, "gegevens", 1, "op"), "2026-03-09", "datum-andersom"),
    "why no estimate": (UNCLEAR, (UNCLEAR, "schatting"), None, "vaststellen-onvolledig"),
    "why no part": (UNCLEAR, (UNCLEAR, "deel"), None, "vaststellen-onvolledig"),
    "not heard": (UNCLEAR, ("horen",), {}, "horen-open"),
    "followed data that there are not": (
        UNCLEAR,
        ("horen",),
        {"gehouden": "nee", "niet_omdat": "gegevens_gevolgd", "toelichting": "Wij volgden u."},
        "horen-open",
    ),
}


@pytest.mark.parametrize("state", REFUSED)
def test_each_demand_of_the_law_refuses_when_it_is_not_met(asked, state):
    choice, path, value, code = REFUSED[state]
    raw = human(asked, choice)
    assert not codes(asked, raw)
    found = [d for d in refusals(asked, make_act(at(raw, path, value))) if d.code == code]
    assert found
    assert all(d.tekst and d.hulp and d.pad for d in found)


@pytest.mark.parametrize("told", ["2026-02-23", "2026-02", None])
def test_the_day_that_is_recorded_may_be_said_again(asked, told):
    assert not codes(asked, at(human(asked, ON), (ON, "ontvangen_op"), told))


def test_an_earlier_refusal_lies_before_the_decision_also_where_no_day_of_receipt_is_known(asked):
    unknown = asked.draft.situatie.aanvraag.model_copy(update={"ontvangen_op": None})
    situation = asked.draft.situatie.model_copy(update={"aanvraag": unknown})
    decision = dataclasses.replace(asked, draft=dataclasses.replace(asked.draft, situatie=situation))
    raw = human(decision, AGAIN)
    assert "datum-volgorde" not in codes(decision, raw)
    assert "datum-volgorde" in codes(decision, at(raw, (AGAIN, "eerder_op"), "2026-03-09"))


@pytest.mark.parametrize(
    ("on", "code"),
    [
        ("2026-03-05", "behandelen-termijn-te-kort"),
        ("2026-03-04", "behandelen-termijn-te-kort"),
        ("2026-03-03", "behandelen-termijn-kort"),
        ("2026-02-28", "behandelen-termijn-kort"),
        ("2026-02-27", None),
    ],
)
def test_a_short_time_to_complete_an_application_asks_for_a_reason_and_two_days_are_none(asked, on, code):
    raw = at(human(asked, LAW), (LAW, "gevraagd_op"), on)
    assert codes(asked, raw) == ({code} if code else set())
    why = at(raw, (LAW, "korte_termijn_omdat"), "De inwoner zei zelf dat drie dagen genoeg waren.")
    assert codes(asked, why) == ({code} if code == "behandelen-termijn-te-kort" else set())
    if code == "behandelen-termijn-kort":
        assert codes(asked, at(raw, (LAW, "korte_termijn_omdat"), "ok")) == {code}
        assert "De inwoner zei zelf dat drie dagen genoeg waren." in finalise(asked, make_act(why)).teksten.nota


def test_more_time_that_was_asked_and_answered_is_told(asked):
    raw = at(human(asked, LAW), (LAW, "om_uitstel_gevraagd"), "ja")
    raw = at(raw, (LAW, "uitstel"), "U kreeg een week extra.")
    assert "U vroeg ons om meer tijd. U kreeg een week extra." in finalise(asked, make_act(raw)).teksten.brief


def test_four_weeks_after_the_term_it_is_too_late_for_the_act_and_for_the_letter(asked):
    """A term until 6 February ends four weeks later on 6 March (Awb 4:5 lid 4)."""
    received = asked.draft.situatie.aanvraag.model_copy(update={"ontvangen_op": date(2026, 1, 5)})
    situation = asked.draft.situatie.model_copy(update={"aanvraag": received})
    decision = dataclasses.replace(asked, draft=dataclasses.replace(asked.draft, situatie=situation))
    raw = human(decision, LAW, buiten_behandeling=PARTS[LAW] | {"gevraagd_op": "2026-01-20", "uiterlijk": "2026-02-06"})
    late = [d for d in refusals(decision, make_act(raw)) if d.code == "behandelen-te-laat"]
    assert {d.pad for d in late} == {"datum", "brief"}
    assert "6 maart 2026" in late[0].tekst
    one_later = at(raw, (LAW, "uiterlijk"), "2026-02-09")
    assert "behandelen-te-laat" not in codes(decision, one_later), "9 March is in time"


@pytest.mark.parametrize("choice", [LAW, UNCLEAR])
def test_what_the_municipality_must_find_out_is_never_laid_on_the_client(own_work, choice):
    assert [n.van for n in own_work.nog_nodig] == ["gemeente"]
    raw = human(own_work, choice)
    own = ["bezittingen"] if choice == LAW else [PARTS[UNCLEAR]["gegevens"][0] | {"gegeven": "bezittingen"}]
    raw[choice] = raw[choice] | {"gegevens": own}
    expected = {LAW: {"behandelen-gegeven", "behandelen-niets-gevraagd"}, UNCLEAR: {"vaststellen-zelf-doen"}}
    assert expected[choice] <= codes(own_work, raw)
    assert choice not in can_apply(own_work)


def test_a_law_without_4_5_knows_no_application_that_is_not_dealt_with(asked):
    law = dataclasses.replace(asked.draft.regeling, aanvullen=None)
    decision = dataclasses.replace(asked, draft=dataclasses.replace(asked.draft, regeling=law))
    assert codes(decision, human(decision, LAW)) == {"behandelen-moet"}
    assert LAW not in can_apply(decision)


def test_where_the_rules_now_grant_nobody_points_back_at_a_refusal(desk, sender):
    granted = desk.decide(responsief.read_situation(EXAMPLES / "kostendelers.yaml"), "iit-rotterdam", DAY, sender=sender)
    assert "herhaald-nu-recht" in codes(granted, human(granted, AGAIN))
    assert AGAIN not in can_apply(granted)
    assert "vaststellen-niets-mist" in codes(granted, human(granted, UNCLEAR))


def test_a_part_that_belongs_to_another_choice_is_not_passed_over(asked):
    raw = human(asked, LAW) | {AGAIN: PARTS[AGAIN]}
    assert codes(asked, raw) == {"onderdeel-vreemd"}


@pytest.mark.parametrize("choice", ALLEEN_MENS)
def test_an_own_letter_is_held_to_the_same_measure(asked, choice):
    assert codes(asked, human(asked, choice, brief="Beste mevrouw,\n\nHet kan niet.\n"))
    mine = final_texts(asked, make_act(human(asked, choice))).brief
    assert not codes(asked, human(asked, choice, brief=mine))


def test_a_letter_on_a_refusal_does_not_fit_what_is_not_dealt_with(asked):
    refusing = final_texts(asked, make_act(human(asked, UNCLEAR))).brief
    assert "brief-spreekt-tegen" in codes(asked, human(asked, LAW, brief=refusing))


# --- the file and the command --------------------------------------------------------------------------------------------


def test_the_file_to_fill_in_explains_what_can_apply_and_only_that(asked, own_work):
    skeleton = start(asked)
    assert can_apply(asked) == ALLEEN_MENS
    for name in ALLEEN_MENS:
        assert f"\n# {name}:\n" in skeleton
    for name in (LAW, UNCLEAR):
        assert f"# {name}:" not in start(own_work)
    lines = [line[2:] if re.match(r"# (?:\w+:$| )", line) else line for line in skeleton.splitlines()]
    act = parse_act("\n".join(lines))
    assert act.buiten_behandeling.gegevens == ("geeft mantelzorg", "woont tijdelijk elders om mantelzorg te geven")
    assert len(act.niet_vast_te_stellen.gegevens) == 2


@pytest.mark.parametrize("choice", ALLEEN_MENS)
def test_the_command_and_the_documents_take_them(asked, choice, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    situation, act = tmp_path / "situatie.json", tmp_path / "besluit.json"
    situation.write_text(json.dumps(without(MISSING).model_dump(mode="json")), encoding="utf-8")
    act.write_text(json.dumps(human(asked, choice)), encoding="utf-8")
    case = [str(situation), "--ruleset", "iit-rotterdam", "--date", "2026-03-02", "--sender", "examples/afzender.yaml"]
    shown = CliRunner().invoke(group, ["finalise", *case, "--act", str(act)], catch_exceptions=False)
    assert shown.exit_code == 0, shown.output
    assert f"BESLUIT: {OUTCOMES[choice].replace('_', ' ')}" in shown.stdout
    letter = CliRunner().invoke(group, ["finalise", *case, "--act", str(act), "--format", "letter"], catch_exceptions=False)
    page = render(letter.stdout, "html", on=DAY).decode()
    assert "Wat kan wel?" in page or "Wat kunt u nu al doen?" in page
    assert "CONCEPT" not in page


# --- the schemas ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def valid():
    for make in (act_schema, finalised_schema):
        Draft202012Validator.check_schema(make())
    return Draft202012Validator(act_schema()), Draft202012Validator(finalised_schema())


@pytest.mark.parametrize("choice", ALLEEN_MENS)
def test_real_acts_and_decisions_fit_their_schemas(asked, choice, valid):
    of_act, of_decision = valid
    raw = human(asked, choice)
    of_act.validate(raw)
    found = finalise(asked, make_act(raw))
    of_act.validate(found.handeling.model_dump(mode="json"))
    of_decision.validate(json.loads(json.dumps(finalised_json(found))))


def test_a_decision_that_follows_and_one_that_deviates_fit_the_schema(desk, sender, valid):
    euro = desk.decide(
        responsief.read_situation(EXAMPLES / "een-euro-te-veel.yaml"), "iit-rotterdam", date(2025, 9, 1), sender=sender
    )
    for raw in (filled(euro), deviating(euro)):
        valid[0].validate(raw)
        valid[1].validate(json.loads(json.dumps(finalised_json(finalise(euro, make_act(raw))))))


def test_an_empty_act_fits_and_what_is_no_act_does_not(asked, valid):
    of_act, of_decision = valid
    of_act.validate(yaml.load(start(asked), yaml.BaseLoader))
    for wrong in (
        {"besluit_vn": {}},
        {"besluit": {"keuze": "weigeren"}},
        {"geschillen": [{"geloofd": "niemand"}]},
        {"brief": 3},
    ):
        assert not of_act.is_valid(wrong)
    document = json.loads(json.dumps(finalised_json(finalise(asked, make_act(human(asked, LAW))))))
    for path, value in ((("sha256",), "x"), (("besluit", "uitkomst"), "misschien"), (("handeling", "x"), 1), (("opzij",), {})):
        assert not of_decision.is_valid(at(document, path, value))


@pytest.mark.parametrize("what", ["besluit-handeling", "besluit-afgerond"])
def test_the_command_prints_the_schema(what):
    shown = CliRunner().invoke(group, ["schema", what], catch_exceptions=False)
    assert json.loads(shown.stdout)["$id"] == f"urn:responsief:schema:{what}:1"
