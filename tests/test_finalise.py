"""A person decides: what an act must hold, what refuses it, that nothing is passed over, and the seal over everything."""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import motivation_cases
import responsief
from responsief.cli import group
from responsief.decision import Amount, Blocker, Needed, Start, Stretch
from responsief.facts import holds_bsn, is_unknown
from responsief.finalise import (
    RefusedError,
    finalise,
    finalised_json,
    make_act,
    overdue,
    parse_act,
    read_act,
    refusals,
    seal,
    start,
)
from responsief.finalise.decider import is_machine
from responsief.finalise.papers import final_texts, in_texts, places
from responsief.finalise.refusals import to_answer, to_verify
from responsief.finalise.wording import TEXTS
from responsief.motivation import texts

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
DAY = date(2026, 3, 2)
NAMES = sorted(p.stem for p in EXAMPLES.glob("*.yaml") if p.stem != "afzender")
RULESETS = ("iit-rotterdam", "participatiewet")


@pytest.fixture(scope="module")
def desk():
    return responsief.open_desk()


@pytest.fixture(scope="module")
def decisions(desk):
    sender = responsief.read_sender(EXAMPLES / "afzender.yaml")

    def decide(name, ruleset, on):
        return desk.decide(responsief.read_situation(EXAMPLES / f"{name}.yaml"), ruleset, on, sender=sender)

    found = {(name, ruleset): decide(name, ruleset, DAY) for name in NAMES for ruleset in RULESETS}
    return found | {"euro": decide("een-euro-te-veel", "iit-rotterdam", date(2025, 9, 1))}


@pytest.fixture(scope="module")
def euro(decisions):
    return decisions["euro"]


def around(draft, decision):
    """A decision around a draft that was made by hand, with the rest of another."""
    ripe = (Blocker("mandaat", "een medewerker met mandaat beslist en ondertekent"),)
    words = texts(draft, motivation_cases.SENDER)
    return dataclasses.replace(decision, draft=draft, blokkades=ripe, maak_motivering=lambda: words)


class Held:
    """A decision for a property test: Hypothesis would write it out whole."""

    def __init__(self, decision):
        self.decision = decision


@pytest.fixture(scope="module")
def held(euro):
    return Held(euro)


def filled(decision, **other):
    """The skeleton of a decision, filled in as a case worker might: the plain data of a complete act."""
    raw = yaml.load(start(decision), yaml.BaseLoader)
    raw["besluit_van"] = {"naam": "Fatima de Vries", "functie": "klantmanager inkomen"}
    raw["mandaat"] = {"namens": "college", "bevoegdheid": "Mandaatbesluit Inkomen 2025, artikel 4", "afwijken": "ja"}
    raw["datum"] = "2026-03-09"
    raw["besluit"] = {"keuze": "volgt_regels", "reden": "Het doel van de regel past bij deze uitkomst."}
    for number, one in enumerate(raw.get("wegingen") or []):
        one.update(oordeel="weegt_mee", reden=f"In ons gesprek vertelde zij hierover, punt {number}.")
    for one in raw.get("gronden") or []:
        one.update(weigert="nee", reden="Wij willen dat de hulp doorgaat.")
    raw["horen"] = {"gehouden": "ja", "op": "2026-03-04", "wat_kwam_eruit": "Zij vertelde hoe het gaat."}
    raw["adviezen"] = "geen"
    raw["tegenspraak"] = [{"wie": "J. Bos, kwaliteit", "wat": "Zou het anders doen.", "antwoord": "Dat is besproken."}]
    raw["inwoner"] = {"standpunt": "oneens", "woorden": "Ik vind het een raar verschil", "op": "2026-03-04"}
    new = {"wat": "belt over het noodfonds", "stand": "open", "wie": "Jan Smit, wijkteam", "uiterlijk": "2026-03-20"}
    before = [
        {"wat": one["wat"], "stand": "open", "wie": "Jan Smit, wijkteam", "uiterlijk": "2026-03-18"}
        for one in raw["toezeggingen"] or []
    ]
    raw["toezeggingen"] = [*before, new]
    for one in raw.get("geschillen") or []:
        one.update(geloofd="register", reden="Het register is van deze maand.", antwoord_inwoner="Zij ziet het anders.")
    for one in raw.get("gecontroleerd") or []:
        one.update(bron="wetten.overheid.nl", op="2026-03-05")
    for one in raw.get("blokkades") or []:
        one.update(antwoord="Dit is nagevraagd en staat in het dossier.")
    for one in raw.get("plekken") or []:
        one.update(invulling="Wij keken hier samen naar.")
    return raw | other


def codes(decision, raw):
    return {d.code for d in refusals(decision, make_act(raw))}


def at(raw, path, value):
    """A copy of plain data with another value at a path."""
    made = copy.deepcopy(raw)
    inner = made
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return made


# --- a complete act ------------------------------------------------------------------------------------------------------


def test_a_complete_act_that_follows_the_rules_makes_a_decision(euro):
    found = finalise(euro, make_act(filled(euro)))
    assert found.besluit.uitkomst == "afgewezen"
    assert found.opzij is None
    assert found.handeling.besluit_van.naam == "Fatima de Vries"
    for text in (found.teksten.brief, found.teksten.nota):
        assert "CONCEPT" not in text
        assert "vul" not in re.findall(r"\[(\w+)", text)
    assert "Fatima de Vries\nklantmanager inkomen" in found.teksten.brief
    for words in ("J. Bos, kwaliteit", "Jan Smit, wijkteam", "raar verschil", "punt 2", "Gehoord op 4 maart 2026"):
        assert words in found.teksten.nota


# what a draft proposes or still wants to know; somebody who signs it has decided
OF_A_DRAFT = (
    "Dit kan een reden zijn om",
    "Ons voorstel is",
    "Dit willen wij daarvoor nog weten",
    "Een medewerker leest en weegt ook de rest",
    "kan bij u gelden",
    "kunnen bij u gelden",
)


def weighed_otherwise(decision):
    """The same case, with the suggestion at every circumstance that it changes nothing."""
    review = decision.hardheid
    weighings = tuple(dataclasses.replace(one, voorstel="weegt_niet_mee") for one in review.weging)
    draft = dataclasses.replace(decision.draft, hardheid=dataclasses.replace(review, weging=weighings))
    return around(draft, decision)


def outside_quotes(text):
    return re.sub(r"«[^«»]*»", "«»", text)


def test_a_decision_proposes_nothing_and_asks_nothing_any_more(desk, euro):
    """Every example against every ruleset that refuses it: what the draft says as a draft stands nowhere in the letter."""
    sender = responsief.read_sender(EXAMPLES / "afzender.yaml")
    in_drafts, told = dict.fromkeys(OF_A_DRAFT, 0), {"single": 0, "plural": 0}
    decided = [euro, weighed_otherwise(euro)]
    for name in NAMES:
        situation = responsief.read_situation(EXAMPLES / f"{name}.yaml")
        decided += desk.decide_all(situation, desk.register.ids(), DAY, sender=sender).besluiten
    refused = [one for one in decided if one.uitkomst in ("afgewezen", "gedeeltelijk")]
    for decision in refused:
        draft = outside_quotes(decision.motivering.brief)
        letter = outside_quotes(final_texts(decision, make_act(filled(decision))).brief)
        for words in OF_A_DRAFT:
            in_drafts[words] += words in draft
            assert words not in letter, f"{decision.draft.regeling.regelset}: «{words}»"
        told["single"] += "Wij keken of deze uitzondering bij u geldt:" in letter
        told["plural"] += "Wij keken of deze uitzonderingen bij u gelden:" in letter
    assert len({one.draft.regeling.regelset for one in refused}) >= 5
    assert all(in_drafts.values()), "a sentence that no draft holds is tested on nothing"
    assert all(told.values()), "the exceptions that she looked at are still told"


def test_what_she_wrote_herself_stays_in_the_letter(euro):
    """Her own words may be those of a draft: only what the draft itself said goes."""
    raw = filled(euro)
    own = "Dit kan een reden zijn om af te wijken. Ons voorstel is dat dit het besluit niet verandert."
    place = next(n for n, one in enumerate(raw["plekken"]) if one["plek"].startswith("brief"))
    assert own in final_texts(euro, make_act(at(raw, ("plekken", place, "invulling"), own))).brief


def test_a_draft_and_the_decision_on_it_have_the_same_open_places(decisions):
    for decision in decisions.values():
        act = make_act(filled(decision))
        drafted = [(one.plek, one.staat_er) for one in in_texts(decision.motivering)]
        assert [(one.plek, one.staat_er) for one in places(decision, act)] == drafted


DECIDED = [(name, ruleset) for name in NAMES for ruleset in RULESETS]


@pytest.mark.parametrize(("name", "ruleset"), DECIDED)
def test_a_filled_in_skeleton_makes_a_decision_wherever_the_rules_give_one(decisions, name, ruleset):
    decision = decisions[name, ruleset]
    found = codes(decision, filled(decision))
    if decision.uitkomst in ("toegekend", "gedeeltelijk", "afgewezen"):
        assert not found
    else:
        assert found & {"geen-uitkomst", "nog-wachten"}


@pytest.mark.parametrize(("name", "ruleset"), DECIDED)
def test_an_empty_skeleton_can_be_read_and_decides_nothing(decisions, name, ruleset):
    decision = decisions[name, ruleset]
    with pytest.raises(RefusedError) as refused:
        finalise(decision, parse_act(start(decision), "besluit.yaml"))
    found = {d.code for d in refused.value.diagnostics}
    assert {"naam-ontbreekt", "mandaat-ontbreekt", "datum-onvolledig", "keuze-ontbreekt"} <= found
    assert all(d.tekst and d.hulp and d.pad for d in refused.value.diagnostics)


# --- every forbidden state -----------------------------------------------------------------------------------------------

HER_REASON = ("wegingen", 0, "reden")
FORBIDDEN = {
    "open weighing": (("wegingen", 0, "oordeel"), "nog_te_wegen", "weging-open"),
    "suggestion not confirmed": (("wegingen", 0, "oordeel"), None, "weging-open"),
    "no weighings": (("wegingen",), None, "weging-open"),
    "weighing without a reason": (HER_REASON, None, "weging-zonder-reden"),
    "a word is no reason": (HER_REASON, "akkoord", "weging-zonder-reden"),
    "the suggestion's own reason": (
        HER_REASON,
        "De toeslag is bedoeld voor grotere uitgaven, en juist die komen nu",
        "weging-overgenomen",
    ),
    "weighing of something else": (("wegingen", 0, "omstandigheid"), "scheiding", "weging-vreemd"),
    "nobody": (("besluit_van", "naam"), None, "naam-ontbreekt"),
    "systeem": (("besluit_van", "naam"), "systeem", "beslist-systeem"),
    "Het Systeem": (("besluit_van", "naam"), "Het  S-y-s-t-e-e-m", "beslist-systeem"),
    "an organisation": (("besluit_van", "naam"), "Gemeente Rotterdam", "beslist-niemand"),
    "a role without a name": (("besluit_van", "naam"), "de medewerker", "beslist-niemand"),
    "a machine as function": (("besluit_van", "functie"), "algoritme", "beslist-systeem"),
    "no function": (("besluit_van", "functie"), None, "functie-ontbreekt"),
    "no power": (("mandaat", "bevoegdheid"), None, "mandaat-ontbreekt"),
    "another body": (("mandaat", "namens"), "UWV", "mandaat-ander-orgaan"),
    "no longer the college": (("mandaat", "namens"), "de burgemeester", "mandaat-ander-orgaan"),
    "no choice": (("besluit", "keuze"), None, "keuze-ontbreekt"),
    "no reason": (("besluit", "reden"), None, "besluit-zonder-reden"),
    "a choice that the law does not leave": (("besluit", "keuze"), "eigen_oordeel", "keuze-past-niet"),
    "another outcome in silence": (("besluit", "uitkomst"), "toegekend", "uitkomst-past-niet"),
    "another amount in silence": (("besluit", "bedrag"), "€ 100", "uitkomst-past-niet"),
    "a beginning of a refusal": (("besluit", "vanaf"), "2026-03-01", "uitkomst-past-niet"),
    "half a beginning of a refusal": (("besluit", "vanaf"), "2026-03", "uitkomst-past-niet"),
    "an end of a refusal": (("besluit", "tot"), "2026-12-31", "uitkomst-past-niet"),
    "no end of a refusal": (("besluit", "tot"), "geen", "uitkomst-past-niet"),
    "something given with a refusal": (("besluit", "wat"), "toch een beetje", "uitkomst-past-niet"),
    "a clause in silence": (("besluit", "clausules"), ["awb-3-4-inkomen"], "uitkomst-past-niet"),
    "hearing not said": (("horen",), {}, "horen-open"),
    "heard, but when": (("horen", "op"), None, "horen-open"),
    "not heard, and not why": (("horen",), {"gehouden": "nee"}, "horen-open"),
    "advice not said": (("adviezen",), None, "adviezen-open"),
    "half an advice": (("adviezen",), [{"van": "arts"}], "advies-onvolledig"),
    "advice departed from": (
        ("adviezen",),
        [{"van": "arts", "op": "2026-03-01", "inhoud": "Geef het wel.", "gevolgd": "nee"}],
        "advies-zonder-reden",
    ),
    "dissent not said": (("tegenspraak",), None, "tegenspraak-open"),
    "half a dissent": (("tegenspraak",), [{"wie": "J. Bos"}], "tegenspraak-onvolledig"),
    "client not asked": (("inwoner", "standpunt"), None, "standpunt-ontbreekt"),
    "client not reached": (("inwoner",), {"standpunt": "niet_bereikt"}, "standpunt-ontbreekt"),
    "promises not said": (("toezeggingen",), None, "toezeggingen-open"),
    "an earlier promise left out": (("toezeggingen",), "geen", "toezegging-open"),
    "promise without an owner": (("toezeggingen", 0, "wie"), None, "toezegging-onvolledig"),
    "promise without a date": (("toezeggingen", 0, "uiterlijk"), "2026-04", "toezegging-onvolledig"),
    "promise past due at once": (("toezeggingen", 0, "uiterlijk"), "2026-03-08", "datum-volgorde"),
    "unverified text": (("gecontroleerd",), None, "tekst-ongeverifieerd"),
    "verified against nothing": (("gecontroleerd", 1, "bron"), None, "tekst-ongeverifieerd"),
    "verified later": (("gecontroleerd", 0, "op"), "2026-03-11", "datum-volgorde"),
    "no date": (("datum",), None, "datum-onvolledig"),
    "decided after the letter was sent": (("datum",), "2026-03-10", "brief-te-vroeg"),
    "half a date": (("datum",), "2026-03", "datum-onvolledig"),
    "open place": (("plekken", 0, "invulling"), None, "plek-open"),
    "place of another draft": (("plekken", 0, "staat_er"), "iets anders", "plek-veranderd"),
    "unknown place": (("plekken", 0, "plek"), "brief-99", "plek-vreemd"),
    "answer to nothing": (("blokkades",), [{"blokkade": "regen", "antwoord": "Het is droog"}], "blokkade-vreemd"),
    "blame in a reason": (HER_REASON, "Dit is haar eigen schuld en zij liegt erover.", "verwijt"),
    "fear of a precedent": (HER_REASON, "Dit zou een precedent zijn voor anderen.", "precedent"),
    "a long sentence in the letter": (("plekken", 0, "invulling"), "Wij zien dat " + "het heel erg " * 8 + "is.", "lange-zin"),
    "an own letter that says nothing": (("brief",), "Beste mevrouw,\n\nHet kan niet.\n", "rechtsmiddel-ontbreekt"),
    "a concept as own note": (("nota",), "CONCEPT\n\nDit is nog geen besluit.\n", "nog-in-te-vullen"),
}


@pytest.mark.parametrize("state", FORBIDDEN)
def test_each_forbidden_state_is_refused_with_its_own_reason(euro, state):
    path, value, code = FORBIDDEN[state]
    raw = at(filled(euro), path, value)
    with pytest.raises(RefusedError) as refused:
        finalise(euro, make_act(raw))
    mine = [d for d in refused.value.diagnostics if d.code == code]
    assert mine, [str(d) for d in refused.value.diagnostics]
    assert all(d.tekst and d.hulp and d.pad for d in mine)


@pytest.mark.parametrize("name", ["college", "het college", "Het college van burgemeester en wethouders"])
def test_one_body_has_more_than_one_name(euro, name):
    assert not codes(euro, at(filled(euro), ("mandaat", "namens"), name))


SEPARATE = {
    ("besluit_van", "naam"): "naam-ontbreekt",
    ("besluit_van", "functie"): "functie-ontbreekt",
    ("mandaat", "bevoegdheid"): "mandaat-ontbreekt",
    ("datum",): "datum-onvolledig",
    ("besluit", "reden"): "besluit-zonder-reden",
    ("wegingen", 0, "oordeel"): "weging-open",
    ("wegingen", 1, "reden"): "weging-zonder-reden",
    ("horen", "gehouden"): "horen-open",
    ("adviezen",): "adviezen-open",
    ("tegenspraak",): "tegenspraak-open",
    ("inwoner", "standpunt"): "standpunt-ontbreekt",
    ("toezeggingen", 0, "wat"): "toezegging-open",
    ("toezeggingen", 1, "stand"): "toezegging-onvolledig",
    ("gecontroleerd", 2, "tekst"): "tekst-ongeverifieerd",
    ("plekken", 3, "invulling"): "plek-open",
}


@given(st.sets(st.sampled_from(sorted(SEPARATE, key=str)), min_size=1))
@settings(max_examples=40)
def test_all_refusals_come_at_once(held, left_out):
    euro = held.decision
    raw = filled(euro)
    for path in left_out:
        raw = at(raw, path, None)
    assert {SEPARATE[path] for path in left_out} <= codes(euro, raw)


@pytest.mark.parametrize(
    "name",
    ["systeem", "SYSTEEM", "zaaksysteem", "Het beslissysteem", "algoritme", "de computer", "Software BV", "AI", "A.I.", "ChatGPT",
     "robot 3", "responsief", "geautomatiseerd besluit", "automatisch", "ｓｙｓｔｅｅｍ", "chat-bot", "bot", "API", "taalmodel"],
)  # fmt: skip
def test_no_machine_decides(euro, name):
    assert codes(euro, at(filled(euro), ("besluit_van", "naam"), name)) & {"beslist-systeem"}


@pytest.mark.parametrize(
    "name",
    ["Ai Nguyen", "F. de Vries", "Bo Li", "Noor el Idrissi", "Claude Martin", "Itske de Boer", "Dienke Team", "Appie Modelski"],
)
def test_people_decide_whatever_their_name(euro, name):
    assert not is_machine(name)
    assert not codes(euro, at(filled(euro), ("besluit_van", "naam"), name))


# --- hearing, advice, facts that are missing -----------------------------------------------------------------------------


def test_while_a_hearing_is_pending_nothing_is_decided_whatever_the_act_says(decisions):
    decision = decisions["inkomen-onbekend", "participatiewet"]
    assert decision.blokkades[0].soort == "horen"
    skipped = {"gehouden": "nee", "niet_omdat": "gegevens_gevolgd", "toelichting": "Wij volgen de gegevens."}
    for heard in ({}, skipped):
        assert {"horen-open", "gegeven-ontbreekt", "geen-uitkomst"} <= codes(decision, filled(decision, horen=heard))
    assert {"gegeven-ontbreekt", "geen-uitkomst"} <= codes(decision, filled(decision)), "heard: then decide again"


@pytest.mark.parametrize("why", ["spoed", "al_gehoord", "doel_in_gevaar", "financieel", "ziet_af", "gegevens_gevolgd"])
def test_not_hearing_is_allowed_for_a_reason_in_the_law_and_in_words(euro, why):
    bare = {"gehouden": "nee", "niet_omdat": why}
    assert codes(euro, filled(euro, horen=bare)) == {"horen-open"}
    assert not codes(euro, filled(euro, horen=bare | {"toelichting": "De huur moet vandaag worden betaald."}))


def test_an_obligatory_advice_that_is_missing_is_not_replaced_by_words(euro):
    need = Needed("gezondheid.chronisch_ziek", "advies van de arts", "ontbreekt", "Wat zegt de arts?", "adviseur")
    draft = dataclasses.replace(euro.draft, nog_nodig=(need,))
    missing = Blocker("advies", "advies vragen: advies van de arts")
    decision = dataclasses.replace(euro, draft=draft, blokkades=(*euro.blokkades, missing))
    assert codes(decision, filled(decision)) == {"advies-ontbreekt"}


def test_an_advice_among_the_facts_is_not_passed_over(euro):
    origins = euro.draft.situatie.feiten
    origins = {path: one.model_copy(update={"bron": "adviseur"}) for path, one in origins.items()}
    situation = euro.draft.situatie.model_copy(update={"feiten": origins})
    decision = dataclasses.replace(euro, draft=dataclasses.replace(euro.draft, situatie=situation))
    assert "advies-verzwegen" in codes(decision, filled(decision))
    followed = [{"van": "arts", "op": "2026-03-01", "inhoud": "Het kan niet wachten.", "gevolgd": "ja"}]
    assert not codes(decision, filled(decision, adviezen=followed))


def test_a_clause_that_asks_for_an_advice_first_carries_nothing_without_it(euro):
    review = euro.hardheid
    clauses = tuple(
        dataclasses.replace(c, eerst_nodig=("advies van de arts (Wmo 2.3.5)",)) if c.status == "in_bereik" else c
        for c in review.clausules
    )
    draft = dataclasses.replace(euro.draft, hardheid=dataclasses.replace(review, clausules=clauses))
    decision = dataclasses.replace(euro, draft=draft)
    assert "advies-ontbreekt" in codes(decision, deviating(decision))
    advice = {"van": "arts", "op": "2026-03-01", "voor": CLAUSE, "inhoud": "Het kan niet wachten.", "gevolgd": "ja"}
    assert not codes(decision, deviating(decision, adviezen=[advice]))


def test_before_the_day_that_the_law_names_only_a_clause_begins_earlier(decisions):
    decision = decisions["jongere-dakloos", "participatiewet"]
    assert "nog-wachten" in codes(decision, filled(decision))
    assert any(b.startswith("wachten tot") for b in to_answer(decision))


def test_where_the_law_leaves_a_choice_she_makes_it_and_says_why(euro):
    decision = around(motivation_cases.schuldhulp_wegen(), euro)
    ripe = (*decision.blokkades, Blocker("wegen", "wegen of er wordt geweigerd (Awb 3:4): niet_eerder"))
    decision = dataclasses.replace(decision, blokkades=ripe)
    raw = filled(decision)
    assert {"geen-uitkomst"} <= codes(decision, raw)
    chosen = {"keuze": "eigen_oordeel", "uitkomst": "toegekend", "reden": "Er is nu een nieuwe kans."}
    raw = raw | {"besluit": chosen}
    assert "grond-tegenspraak" in codes(decision, at(raw, ("besluit", "uitkomst"), "afgewezen"))
    assert "grond-open" in codes(decision, raw | {"gronden": None})
    assert not {"grond-open", "grond-tegenspraak", "keuze-past-niet"} & codes(decision, raw)


def test_her_own_judgement_is_accepted_when_it_is_complete_and_gets_a_letter(euro):
    decision = around(motivation_cases.schuldhulp_wegen(), euro)
    decision = dataclasses.replace(decision, afzender=euro.afzender)
    chosen = {"keuze": "eigen_oordeel", "uitkomst": "toegekend", "vanaf": "2026-03-16", "reden": "Er is nu een nieuwe kans."}
    raw = filled(decision, besluit=chosen)
    found = finalise(decision, make_act(raw))
    assert (found.besluit.uitkomst, found.opzij.uitkomst) == ("toegekend", "onbepaald")
    for words in ("Besluit: u krijgt", "vanaf 16 maart 2026", "Wij zeggen daarom geen nee.", "Er is nu een nieuwe kans."):
        assert words in found.teksten.brief
    assert "CONCEPT" not in found.teksten.brief
    no = chosen | {"uitkomst": "afgewezen", "vanaf": None}
    grounds = [one | {"weigert": "ja"} for one in raw["gronden"]]
    refusal = finalise(decision, make_act(raw | {"besluit": no, "gronden": grounds}))
    assert "Besluit: u krijgt geen" in refusal.teksten.brief
    assert refusal.besluit.gronden == tuple(decision.te_wegen)


@pytest.fixture(scope="module")
def over_time(decisions):
    """A grant of a right that runs over time, which began on 10 February 2026."""
    decision = decisions["kostendelers", "iit-rotterdam"]
    assert decision.uitkomst == "toegekend"
    first = date(2026, 2, 10)
    run = (Stretch(first, DAY, "toegekend", decision.bedrag, ()),)
    begun = Start(first, "art. 44", "Het begint op de dag van uw melding.", run)
    return dataclasses.replace(decision, draft=dataclasses.replace(decision.draft, ingang=begun))


def test_who_follows_the_rules_grants_from_the_day_that_they_give(over_time):
    raw = filled(over_time)
    found = finalise(over_time, make_act(raw))
    assert found.besluit.vanaf == date(2026, 2, 10)
    assert finalised_json(found)["besluit"]["vanaf"] == "2026-02-10"
    assert "Vanaf 10 februari 2026." in found.teksten.nota
    assert finalise(over_time, make_act(at(raw, ("besluit", "vanaf"), "2026-02-10"))).besluit == found.besluit
    for other_day in ("2026-02-11", "2026-02-09", "2026-02"):
        wrong = refusals(over_time, make_act(at(raw, ("besluit", "vanaf"), other_day)))
        assert [(d.code, d.pad) for d in wrong] == [("uitkomst-past-niet", "besluit.vanaf")]
        assert "10 februari 2026" in wrong[0].tekst


OWN = {"keuze": "eigen_oordeel", "uitkomst": "toegekend", "bedrag": "€ 200", "per": "jaar", "vanaf": "2026-03-16"}
OWN |= {"tot": "geen", "reden": "Er is nu een nieuwe kans."}
OWN_CODES = {"oordeel-onvolledig", "oordeel-andere-periode", "oordeel-te-veel"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({}, None),
        ({"bedrag": "€ 150", "uitkomst": "gedeeltelijk"}, None),
        ({"bedrag": None, "per": None, "vanaf": None, "tot": None, "uitkomst": "afgewezen"}, None),
        ({"bedrag": None, "per": None}, "oordeel-onvolledig"),
        ({"bedrag": None}, "oordeel-onvolledig"),
        ({"per": None}, "oordeel-onvolledig"),
        ({"vanaf": None}, "oordeel-onvolledig"),
        ({"vanaf": "2026-03"}, "oordeel-onvolledig"),
        ({"tot": None}, "oordeel-onvolledig"),
        ({"tot": "2026-12"}, "oordeel-onvolledig"),
        ({"per": "maand"}, "oordeel-andere-periode"),
        ({"bedrag": "€ 200,01"}, "oordeel-te-veel"),
        ({"bedrag": "€ 1000", "uitkomst": "gedeeltelijk"}, "oordeel-te-veel"),
    ],
)
def test_her_own_judgement_grants_what_the_rules_know_and_no_more(euro, changed, code):
    decision = around(dataclasses.replace(motivation_cases.schuldhulp_wegen(), bedrag_vol=Amount(20000, "jaar")), euro)
    assert codes(decision, filled(decision, besluit=OWN | changed)) & OWN_CODES == ({code} if code else set())


def test_an_amount_without_a_time_is_not_dropped_in_silence(euro):
    decision = around(motivation_cases.schuldhulp_wegen(), euro)
    assert decision.draft.bedrag_vol is None
    assert "oordeel-onvolledig" in codes(decision, filled(decision, besluit=OWN | {"per": None}))
    assert not OWN_CODES & codes(decision, filled(decision, besluit=OWN | {"bedrag": None, "per": None, "tot": None}))


def test_nothing_ends_before_it_begins(euro, over_time):
    decision = around(motivation_cases.schuldhulp_wegen(), euro)
    chosen = {"keuze": "eigen_oordeel", "uitkomst": "toegekend", "vanaf": "2026-03-16", "reden": "Er is nu een nieuwe kans."}
    for until, refuses in (("2026-03-15", True), ("2026-02", True), ("2026-03-16", False), ("2026-03", False), ("geen", False)):
        own = filled(decision, besluit=chosen | {"tot": until})
        assert ("tot-voor-vanaf" in codes(decision, own)) is refuses
    by_the_rules = at(filled(over_time), ("besluit", "tot"), "2026-02-09")
    assert codes(over_time, by_the_rules) == {"tot-voor-vanaf"}, "before the day that the rules give"
    assert not codes(over_time, at(by_the_rules, ("besluit", "tot"), "2026-12-31"))
    euro_by_clause = deviating(euro)
    assert not codes(euro, at(euro_by_clause, ("besluit", "tot"), "2025-09-01")), "one day"


# --- deviating -----------------------------------------------------------------------------------------------------------

CLAUSE = "awb-3-4-inkomen"


def deviating(decision, **other):
    """An act that departs from the rules with the clause in reach, with an own letter."""
    raw = filled(decision)
    raw["besluit"] = {
        "keuze": "wijkt_af",
        "uitkomst": "toegekend",
        "clausules": [CLAUSE],
        "wat": "de hele toeslag",
        "bedrag": "€ 200",
        "per": "jaar",
        "vanaf": "2025-09-01",
        "tot": "geen",
        "reden": "Eén euro verandert niets aan wat de toeslag wil bereiken.",
    }
    letter = final_texts(decision, make_act(filled(decision))).brief
    letter = letter.replace("Besluit: u krijgt geen", "Besluit: u krijgt toch").replace("u krijgt geen", "u krijgt toch")
    letter = letter.replace("Dat krijgt u nu niet.", "Dat krijgt u.").replace("Daarom krijgt u geen", "Toch krijgt u")
    return raw | {"brief": letter} | other


def test_a_departure_keeps_the_outcome_that_was_set_aside_beside_the_new_one(euro):
    found = finalise(euro, make_act(deviating(euro)))
    assert (found.besluit.uitkomst, found.besluit.bedrag.centen, found.besluit.clausules) == ("toegekend", 20000, (CLAUSE,))
    assert found.opzij.uitkomst == "afgewezen"
    assert found.opzij.gronden == ("laag_inkomen",)
    document = finalised_json(found)
    assert document["opzij"]["uitkomst"] == "afgewezen"
    assert document["concept"]["uitkomst"] == "afgewezen"
    assert "Uitkomst volgens de regels: afgewezen. Besluit: toegekend." in found.teksten.nota


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        (("mandaat", "afwijken"), "nee", "mandaat-niet-afwijken"),
        (("mandaat", "afwijken"), None, "mandaat-niet-afwijken"),
        (("mandaat", "namens"), "de raad", "mandaat-ander-orgaan"),
        (("besluit", "reden"), None, "afwijking-zonder-reden"),
        (("besluit", "reden"), "-", "afwijking-zonder-reden"),
        (("besluit", "clausules"), None, "afwijking-onvolledig"),
        (("besluit", "wat"), None, "afwijking-onvolledig"),
        (("besluit", "bedrag"), None, "afwijking-onvolledig"),
        (("besluit", "per"), None, "afwijking-onvolledig"),
        (("besluit", "vanaf"), None, "afwijking-onvolledig"),
        (("besluit", "tot"), None, "afwijking-onvolledig"),
        (("besluit", "tot"), "2026-03", "afwijking-onvolledig"),
        (("besluit", "tot"), "2025-08-31", "tot-voor-vanaf"),
        (("besluit", "tot"), "2025-08", "tot-voor-vanaf"),
        (("besluit", "uitkomst"), None, "afwijking-onvolledig"),
        (("besluit", "uitkomst"), "afgewezen", "afwijking-zonder-verschil"),
        (("besluit", "uitkomst"), "afgewezen", "clausule-alleen-gunstig"),
        (("besluit", "uitkomst"), "afgewezen", "afwijzing-met-bedrag"),
        (("besluit", "clausules"), ["art-5-lid-2"], "clausule-reikt-niet"),
        (("besluit", "clausules"), ["verzonnen"], "clausule-reikt-niet"),
    ],
)
def test_a_departure_is_refused_where_anything_about_it_is_missing(euro, path, value, code):
    assert code in codes(euro, at(deviating(euro), path, value))


def test_a_departure_rests_on_a_circumstance_that_counts(euro):
    raw = deviating(euro)
    for one in raw["wegingen"]:
        one["oordeel"] = "weegt_niet_mee"
    assert codes(euro, raw) == {"afwijking-zonder-grond"}


def test_who_deviates_gets_a_letter_on_what_she_decided(euro):
    raw = deviating(euro, brief=None)
    left = refusals(euro, make_act(raw))
    assert [(d.code, "[vul in: wanneer het geld komt]" in d.tekst) for d in left] == [("plek-open", True)]
    raw["plekken"] += [
        {"plek": "besluitbrief-1", "staat_er": "[vul in: wanneer het geld komt]", "invulling": "op 1 april 2026"}
    ]
    brief = finalise(euro, make_act(raw)).teksten.brief
    for words in (
        "Onderwerp: u krijgt toch individuele inkomenstoeslag",
        "Geld: € 200,00 per jaar.",
        "Wanneer: vanaf 1 september 2025. Het geld komt op 1 april 2026.",
        "Eén euro verandert niets aan wat de toeslag wil bereiken.",
        "Dit telt mee. In ons gesprek vertelde zij hierover, punt 0.",
        "Dit doet Jan Smit, wijkteam, uiterlijk 20 maart 2026.",
        "Fatima de Vries\nklantmanager inkomen",
    ):
        assert words in brief
    assert "CONCEPT" not in brief
    part = at(raw, ("besluit", "uitkomst"), "gedeeltelijk")
    assert "u krijgt voor een deel" in finalise(euro, make_act(part)).teksten.brief


def test_a_place_of_the_draft_is_no_stranger_in_another_letter(euro):
    assert not {"plek-vreemd", "plek-veranderd"} & codes(euro, deviating(euro, brief=None))
    stranger = deviating(euro, brief=None, plekken=[{"plek": "besluitbrief-9", "invulling": "iets"}])
    assert "plek-vreemd" in codes(euro, stranger)


def test_without_a_sender_the_letter_has_a_place_for_everything_of_the_office(euro):
    nobody = dataclasses.replace(euro, afzender=None)
    found = [d.tekst for d in refusals(nobody, make_act(deviating(nobody, brief=None))) if d.code == "plek-open"]
    assert any("naam contactpersoon" in words for words in found)


def test_a_letter_says_on_top_what_was_decided(euro):
    refusing = final_texts(euro, make_act(filled(euro))).brief
    assert "brief-spreekt-tegen" in codes(euro, deviating(euro, brief=refusing))
    assert codes(euro, filled(euro, brief=deviating(euro)["brief"])) == {"brief-spreekt-tegen"}


@pytest.mark.parametrize("status", ["buiten_bereik", "geblokkeerd", "onbekend"])
def test_only_a_clause_that_is_known_to_reach_carries(euro, status):
    review = euro.hardheid
    clauses = tuple(dataclasses.replace(c, status=status) for c in review.clausules)
    draft = dataclasses.replace(euro.draft, hardheid=dataclasses.replace(review, clausules=clauses))
    decision = dataclasses.replace(euro, draft=draft)
    assert "clausule-reikt-niet" in codes(decision, deviating(decision))


def test_a_clause_on_one_of_two_grounds_carries_no_grant(euro):
    criteria = tuple(dataclasses.replace(c, oordeel="nee") if c.id == "vermogen" else c for c in euro.criteria)
    other = next(c.id for c in criteria if c.id != "laag_inkomen")
    draft = dataclasses.replace(euro.draft, criteria=criteria, afgewezen_op=("laag_inkomen", other))
    decision = dataclasses.replace(euro, draft=draft)
    assert "clausule-draagt-niet" in codes(decision, deviating(decision))


def test_a_clause_changes_no_more_than_it_may(euro):
    review = euro.hardheid
    clauses = tuple(dataclasses.replace(c, mag=("ingangsdatum",)) for c in review.clausules)
    draft = dataclasses.replace(euro.draft, hardheid=dataclasses.replace(review, clausules=clauses))
    decision = dataclasses.replace(euro, draft=draft)
    assert "clausule-mag-niet" in codes(decision, deviating(decision))


# --- which grounds carry, and which source was believed -----------------------------------------------------------------

CARRY = ("laag_inkomen", "vermogen")


@pytest.fixture(scope="module")
def two_grounds(decisions):
    decision = decisions["te-veel-vermogen", "iit-rotterdam"]
    assert decision.afgewezen_op == CARRY
    return decision


def marked(decision, *extra):
    return filled(decision, gronden=[{"criterium": one, "draagt": "ten_overvloede"} for one in extra])


def test_every_ground_carries_the_refusal_until_she_says_otherwise(two_grounds):
    plain = finalise(two_grounds, make_act(filled(two_grounds)))
    assert (plain.besluit.gronden, plain.besluit.ten_overvloede) == (CARRY, ())
    assert plain.teksten.nota.count("zelfstandig dragend") == 2
    found = finalise(two_grounds, make_act(marked(two_grounds, "vermogen")))
    assert (found.besluit.gronden, found.besluit.ten_overvloede) == (CARRY, ("vermogen",))
    titles = {c.id: c.titel for c in two_grounds.criteria}
    nota = found.teksten.nota
    assert f"- Grond «{titles['vermogen']}»: ten overvloede." in nota
    assert f"- Grond «{titles['laag_inkomen']}»: draagt de afwijzing zelfstandig." in nota
    assert nota.count("zelfstandig dragend") == 1
    assert nota.count("grond voor afwijzing, ten overvloede.") == 1
    assert nota.index("zelfstandig dragend") < nota.index("grond voor afwijzing, ten overvloede.")
    assert finalised_json(found)["besluit"]["ten_overvloede"] == ["vermogen"]
    assert found.sha256 != plain.sha256


def test_at_least_one_ground_carries_and_only_a_ground_can(two_grounds, euro):
    assert codes(two_grounds, marked(two_grounds, *CARRY)) == {"grond-draagt-niet"}
    assert codes(euro, marked(euro, "laag_inkomen")) == {"grond-draagt-niet"}
    assert codes(two_grounds, marked(two_grounds, "geen_studie")) == {"grond-vreemd"}
    assert codes(two_grounds, marked(two_grounds, "vermogen", "vermogen")) == {"grond-dubbel"}


@pytest.mark.parametrize("ident", ["verzonnen", "geen_studie", "laag_inkomen", None])
def test_nobody_refuses_on_what_the_law_leaves_no_choice_about(two_grounds, ident):
    for refuses in ("ja", "nee"):
        chosen = [{"criterium": ident, "weigert": refuses, "reden": "Wij vinden dit een goede grond."}]
        assert codes(two_grounds, filled(two_grounds, gronden=chosen)) == {"grond-geen-keuze"}


def test_an_invented_ground_does_not_carry_a_refusal(two_grounds):
    grounds = [{"criterium": one, "draagt": "ten_overvloede"} for one in CARRY]
    invented = {"criterium": "verzonnen", "weigert": "ja", "reden": "Wij vinden dit een goede grond."}
    assert "grond-draagt-niet" in codes(two_grounds, filled(two_grounds, gronden=[*grounds, invented]))


def test_a_ground_that_is_not_recorded_does_not_carry_a_refusal_by_the_rules(two_grounds):
    draft = dataclasses.replace(two_grounds.draft, te_wegen=("geen_studie",))
    decision = dataclasses.replace(two_grounds, draft=draft)
    hers = {"criterium": "geen_studie", "weigert": "ja", "reden": "Wij vinden dit een goede grond."}
    extra = [{"criterium": one, "draagt": "ten_overvloede"} for one in CARRY]
    assert "grond-draagt-niet" in codes(decision, filled(decision, gronden=[hers, *extra]))
    assert "grond-draagt-niet" not in codes(decision, filled(decision, gronden=[hers, extra[1]]))


def test_the_file_to_fill_in_shows_how_a_ground_is_marked(two_grounds):
    lines = (
        start(two_grounds).replace("# gronden:", "gronden:").replace("#   - {criterium: vermogen", "  - {criterium: vermogen")
    )
    (one,) = parse_act(lines).gronden
    assert (one.criterium, one.draagt) == ("vermogen", "ten_overvloede")


INCOME = "inkomsten.0.bedrag"


@pytest.fixture(scope="module")
def disputed(desk):
    """The register says one amount, the client another, and the outcome is the same: the draft follows the register."""
    raw = yaml.safe_load((EXAMPLES / "te-veel-vermogen.yaml").read_text(encoding="utf-8"))
    sender = responsief.read_sender(EXAMPLES / "afzender.yaml")

    def decide(claim, **origin):
        told = {
            **raw,
            "feiten": {**raw.get("feiten", {}), INCOME: {"bron": "uwv", "datum": "2026-02-01", "eigen_opgave": claim} | origin},
        }
        situation = responsief.parse_situation(yaml.safe_dump(told, allow_unicode=True))
        return desk.decide(situation, "participatiewet", DAY, sender=sender)

    return decide


def believed(decision, **changed):
    one = {"gegeven": INCOME, "geloofd": "register", "reden": "De loonstroken van UWV zijn van deze maand."}
    one |= {"antwoord_inwoner": "Zij vindt dat het minder was."}
    return filled(decision, geschillen=[one | changed])


def test_why_one_source_was_believed_is_said_and_recorded(disputed):
    decision = disputed("€ 10")
    assert decision.uitkomst == "afgewezen"
    assert [b.soort for b in decision.blokkades if b.soort == "geschil"] == ["geschil"]
    nota = finalise(decision, make_act(believed(decision))).teksten.nota
    for words in (
        "volgens uwv, € 10,00 volgens betrokkene.",
        "van deze maand. Betrokkene daarop: Zij vindt dat het minder was.",
    ):
        assert words in nota


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"geloofd": None}, "geschil-open"),
        ({"reden": None}, "geschil-open"),
        ({"reden": "ok"}, "geschil-open"),
        ({"antwoord_inwoner": None}, "geschil-open"),
        ({"geloofd": "inwoner"}, "geschil-anders"),
        ({"gegeven": "wonen.huur"}, "geschil-vreemd"),
    ],
)
def test_a_dispute_that_is_left_open_or_decided_otherwise_refuses(disputed, changed, code):
    decision = disputed("€ 10")
    assert code in codes(decision, believed(decision, **changed))
    assert "geschil-open" in codes(decision, filled(decision, geschillen=None))


def test_who_does_not_believe_the_client_has_heard_her(disputed):
    decision = disputed("€ 10")
    skipped = {"gehouden": "nee", "niet_omdat": "gegevens_gevolgd", "toelichting": "Wij volgden haar gegevens."}
    assert codes(decision, believed(decision) | {"horen": skipped}) == {"horen-open"}


def test_while_a_fact_is_in_dispute_neither_reading_decides(decisions, disputed):
    decision = decisions["inkomen-onbekend", "participatiewet"]
    assert "geschil-onbeslist" in codes(decision, believed(decision))
    doubted = disputed("€ 10", betwist="ja")
    assert "geschil-onbeslist" in codes(doubted, believed(doubted))


def test_a_register_that_says_betwist_nee_settles_no_dispute(desk):
    raw = yaml.safe_load((EXAMPLES / "inkomen-onbekend.yaml").read_text(encoding="utf-8"))
    raw["feiten"][INCOME]["betwist"] = "nee"
    decision = desk.decide(responsief.parse_situation(yaml.safe_dump(raw, allow_unicode=True)), "participatiewet", DAY)
    assert decision.uitkomst == "onbepaald"
    assert "geschil-onbeslist" in codes(decision, believed(decision))


# --- no blocker is passed over -------------------------------------------------------------------------------------------

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80)
READABLE = WORDS.map(str.strip).filter(lambda words: words and not is_unknown(words) and not holds_bsn(words))


@given(READABLE)
@settings(max_examples=60)
def test_a_blocker_of_any_kind_is_answered_or_refuses(held, blocker):
    euro = held.decision
    decision = dataclasses.replace(euro, blokkades=(*euro.blokkades, Blocker("anders", blocker)))
    raw = filled(euro)
    assert codes(decision, raw) == {"blokkade-open"}
    for empty in (None, "-", "ok"):
        assert "blokkade-open" in codes(decision, raw | {"blokkades": [{"blokkade": blocker, "antwoord": empty}]})
    answered = raw | {"blokkades": [{"blokkade": blocker, "antwoord": "Dit is opgelost, zie het dossier."}]}
    assert "blokkade-open" not in codes(decision, answered)


@pytest.mark.parametrize(("name", "ruleset"), DECIDED)
def test_every_blocker_of_a_draft_is_asked_for_and_refuses_when_it_is_left_open(decisions, name, ruleset):
    decision = decisions[name, ruleset]
    whole = filled(decision)
    left_open = {
        "weging_open": (whole | {"wegingen": None}, "weging-open"),
        "voorstel": (whole | {"wegingen": None}, "weging-open"),
        "mandaat": (whole | {"besluit_van": None}, "naam-ontbreekt"),
        "tekst_ongeverifieerd": (whole | {"gecontroleerd": None}, "tekst-ongeverifieerd"),
        "horen": (whole | {"horen": None}, "horen-open"),
        "geschil": (whole | {"geschillen": None}, "geschil-open"),
        "gegevens_vragen": (whole, "gegeven-ontbreekt"),
        "zelf_opzoeken": (whole, "gegeven-ontbreekt"),
        "oordeel": (whole, "gegeven-ontbreekt"),
        "advies": (whole, "advies-ontbreekt"),
    }
    for blocker in decision.blokkades:
        raw, code = whole | {"blokkades": None}, "blokkade-open"
        if blocker.tekst not in to_answer(decision):
            raw, code = left_open[blocker.soort]
        assert code in codes(decision, raw), blocker


def test_a_blocker_that_speaks_of_what_is_not_there_is_not_taken_for_settled(decisions):
    decision = decisions["kostendelers", "iit-rotterdam"]
    for kind in ("gegevens_vragen", "zelf_opzoeken", "advies", "oordeel", "weging_open", "voorstel", "wegen"):
        other = dataclasses.replace(decision, blokkades=(Blocker(kind, "dit moet nog"),))
        assert to_answer(other) == ("dit moet nog",)


def test_what_a_blocker_is_does_not_hang_on_its_words(decisions):
    decision = decisions["inkomen-onbekend", "participatiewet"]
    renamed = tuple(dataclasses.replace(b, tekst=f"nog te doen: {b.soort}") for b in decision.blokkades)
    other = dataclasses.replace(decision, blokkades=renamed)
    assert to_answer(other) == to_answer(decision) == ()
    assert codes(other, filled(other, horen={})) == codes(decision, filled(decision, horen={}))


def test_a_blocker_names_a_day_as_people_write_it(decisions):
    decision = decisions["jongere-dakloos", "participatiewet"]
    assert [b.tekst for b in decision.blokkades if b.soort == "wachten"] == [
        "wachten tot 30 maart 2026, of eerder beginnen met een clausule"
    ]
    for one in decisions.values():
        assert not any(re.search(r"\d{4}-\d\d", words) for words in one.beslisrijp)


def test_every_unverified_text_that_carries_the_decision_is_named(euro):
    assert to_verify(euro) == ("iit-rotterdam 2025-07-01", "art. 3 lid 1", "Awb 3:4 lid 2")


# --- the seal ------------------------------------------------------------------------------------------------------------


def leaves(value, path=()):
    """Every place of a single value in plain data; of an empty list or group the list itself."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [leaf for key, one in inner for leaf in leaves(one, (*path, key))]
    return found or [path]


def other(value):
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str():
            return value + "x"
        case None:
            return "x"
        case _:
            return ["x"]


@pytest.fixture(scope="module")
def sealed(euro):
    document = json.loads(json.dumps(finalised_json(finalise(euro, make_act(deviating(euro))))))
    found = Held(euro)
    found.document, found.leaves = document, [path for path in leaves(document) if path != ("sha256",)]
    return found


@given(st.data())
@settings(max_examples=200)
def test_changing_any_single_field_changes_the_seal(sealed, data):
    path = data.draw(st.sampled_from(sealed.leaves))
    value = sealed.document
    for step in path:
        value = value[step]
    assert seal(at(sealed.document, path, other(value))) != sealed.document["sha256"]


def test_every_field_of_the_act_is_under_the_seal(euro, sealed):
    act = make_act(deviating(euro))
    assert set(sealed.document["handeling"]) == set(type(act).model_fields)
    plain = act.model_dump(mode="json")
    assert make_act(plain) == act, "what is written can be read again"


CHANGES = [
    (("besluit_van", "naam"), "Fatima de Vriess"),
    (("mandaat", "bevoegdheid"), "Mandaatbesluit Inkomen 2026"),
    (("datum",), "2026-03-08"),
    (("besluit", "reden"), "Het doel van de regel past hierbij."),
    (("besluit_van", "functie"), "kwaliteitsmedewerker inkomen"),
    (("wegingen", 0, "oordeel"), "weegt_niet_mee"),
    (("wegingen", 2, "reden"), "Het wijkteam belt deze week alsnog."),
    (("horen", "op"), "2026-03-03"),
    (("tegenspraak",), "geen"),
    (("inwoner", "standpunt"), "eens"),
    (("toezeggingen", 0, "wie"), "Piet Smit, wijkteam"),
    (("toezeggingen", 1, "uiterlijk"), "2026-03-21"),
    (("gecontroleerd", 0, "op"), "2026-03-06"),
    (("plekken", 5, "invulling"), "Wij keken hier nog eens naar."),
]


def test_acts_that_differ_in_one_field_have_different_seals(euro):
    raw = filled(euro)
    seals = [finalise(euro, make_act(one)).sha256 for one in (raw, *(at(raw, path, value) for path, value in CHANGES))]
    assert len(set(seals)) == len(seals)


def test_same_input_same_seal_and_the_order_of_keys_is_no_input(euro):
    raw = filled(euro)
    first, again = finalise(euro, make_act(raw)), finalise(euro, make_act(dict(reversed(raw.items()))))
    assert first.sha256 == again.sha256 == seal(finalised_json(first))


def test_another_process_gives_the_same_bytes(tmp_path, euro):
    file = tmp_path / "besluit.json"
    file.write_text(json.dumps(filled(euro)), encoding="utf-8")
    args = [
        sys.executable,
        "-m",
        "responsief",
        "finalise",
        str(EXAMPLES / "een-euro-te-veel.yaml"),
        "--ruleset",
        "iit-rotterdam",
    ]
    args += ["--date", "2025-09-01", "--sender", str(EXAMPLES / "afzender.yaml"), "--act", str(file), "--format", "json"]
    runs = [
        subprocess.run(args, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": hashseed}).stdout
        for hashseed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert json.loads(runs[0])["sha256"] == finalise(euro, make_act(filled(euro))).sha256


def test_promises_past_due_are_listed_oldest_first(euro):
    raw = filled(euro)
    raw["toezeggingen"] += [{"wat": "stuurt het formulier", "stand": "nagekomen", "uiterlijk": "2026-03-11"}]
    found = finalise(euro, make_act(raw))
    assert overdue(found, date(2026, 3, 18)) == ()
    assert [one.uiterlijk for one in overdue(found, date(2026, 3, 19))] == [date(2026, 3, 18)]
    late = overdue(found, date(2026, 4, 1))
    assert [one.uiterlijk for one in late] == [date(2026, 3, 18), date(2026, 3, 20)]


# --- the file and the command --------------------------------------------------------------------------------------------


@pytest.fixture
def run(monkeypatch):
    monkeypatch.chdir(ROOT)
    case = ["examples/een-euro-te-veel.yaml", "--ruleset", "iit-rotterdam", "--date", "2025-09-01"]

    def invoke(*args):
        result = CliRunner().invoke(
            group, ["finalise", *case, "--sender", "examples/afzender.yaml", *args], catch_exceptions=False
        )
        assert "Traceback" not in result.output
        return result

    return invoke


def test_the_command_gives_a_file_to_fill_in_and_makes_a_decision_of_it(run, tmp_path, euro):
    assert run("--start").stdout == start(euro)
    file = tmp_path / "besluit.json"
    file.write_text(json.dumps(deviating(euro)), encoding="utf-8")
    shown = run("--act", str(file))
    assert shown.exit_code == 0, shown.output
    for words in ("BESLUIT: toegekend, € 200,00 per jaar", "Fatima de Vries", "Opzij gezet: afgewezen", CLAUSE, "Jan Smit"):
        assert words in shown.stdout
    document = json.loads(run("--act", str(file), "--format", "json").stdout)
    assert seal(document) == document["sha256"]
    assert "u krijgt toch" in run("--act", str(file), "--format", "letter").stdout
    assert "Afgeweken met:" in run("--act", str(file), "--format", "note").stdout


@pytest.mark.parametrize("form", ["text", "json", "letter", "note"])
def test_of_a_refused_act_nothing_is_written_but_the_reasons_each_at_its_line(run, tmp_path, euro, form):
    file = tmp_path / "besluit.yaml"
    file.write_text(start(euro), encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    result = run("--act", str(file), "--format", form)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert f"fout[naam-ontbreekt] {file.as_posix()}:7:" in result.stderr
    assert "= hulp: schrijf de naam van de medewerker die beslist" in result.stderr
    assert sorted(tmp_path.iterdir()) == before
    lines = [int(n) for n in re.findall(r"besluit\.yaml:(\d+):", result.stderr)]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("besluit_vn: {naam: A}\n", ["«besluit_vn» is geen veld van een besluitbestand", "bedoelde u «besluit_van»?"]),
        ("besluit: {keuze: volgt_regel}\n", ["bedoelde u «volgt_regels»?"]),
        ("datum: morgen\n", ["geen-datum"]),
        ("wegingen: {a: b}\n", ["hier hoort een lijst"]),
        ("brief: [a]\n", ["hier hoort tekst"]),
        ("besluit_van: &a {naam: x}\n", ["yaml-anker"]),
        ("", ["leeg-bestand"]),
    ],
)
def test_a_mistake_in_the_file_is_said_in_dutch_with_its_place(run, tmp_path, text, words):
    file = tmp_path / "besluit.yaml"
    file.write_text(text, encoding="utf-8")
    result = run("--act", str(file))
    assert result.exit_code == 1
    for word in [*words, f"{file.as_posix()}:1:"]:
        assert word in result.stderr


def test_wrong_use_says_so(run, tmp_path):
    assert run().exit_code == 2
    assert run("--start", "--act", "x.yaml").exit_code == 2
    assert "het bestaat niet" in run("--act", str(tmp_path / "weg.yaml")).stderr
    assert "bedoelde u «iit-rotterdam»?" in run("--start", "--ruleset", "iit-roterdam").stderr


@given(READABLE, st.text(max_size=60))
@settings(max_examples=60)
def test_a_skeleton_can_be_read_whatever_the_client_wrote(held, words, reason):
    euro = held.decision
    raised = dataclasses.replace(euro.hardheid.weging[0], woorden=words, reden=reason)
    review = dataclasses.replace(euro.hardheid, weging=(raised,))
    decision = dataclasses.replace(
        euro, draft=dataclasses.replace(euro.draft, hardheid=review), blokkades=(Blocker("anders", words),)
    )
    act = parse_act(start(decision), "besluit.yaml")
    assert act.wegingen[0].woorden == act.blokkades[0].blokkade == words


def test_the_page_for_case_workers_runs(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "afronden.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(block, "docs/afronden.md", "exec"), {})
    first, second, third = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert parse_act(second).wegingen[0].oordeel == "weegt_mee"
    assert parse_act(third).buiten_behandeling.gegevens == ("geeft mantelzorg",)
    file = tmp_path / "besluit.yaml"
    file.write_text(first, encoding="utf-8")
    commands = [line.split()[1:] for line in page.splitlines() if line.strip().startswith("responsief finalise")]
    assert len(commands) == 2
    for command in commands:
        args = [str(file) if word == "besluit.yaml" else word for word in command]
        assert CliRunner().invoke(group, args, catch_exceptions=False).exit_code == 0
    read, _ = read_act(file)
    for field in type(read).model_fields:
        assert f"`{field}`" in page, field


def test_every_refusal_says_what_is_wrong_and_what_to_do():
    for code, (text, advice) in TEXTS.items():
        assert re.fullmatch(r"[a-z-]+", code)
        assert text
        assert advice
        assert not advice.endswith(".")
