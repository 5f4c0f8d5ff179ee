"""The test cases beside the shipped rulesets: is every worked case of the domain research there, and is nothing left unseen?"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import pytest

import worked
from responsief.decision import Decision
from responsief.desk import Desk
from responsief.readability import check
from responsief.trial_files import Case

#: the worked cases of the domain research (section C), by ruleset; the name of a case carries its number: «C2.e: …»
WORKED = {
    "participatiewet": ["C1.a", "C1.c", "C1.c'", "C1.e", "C1.e''", "C1.f", "C1.f''", "C1.g", "C1.i", "C1.j", "C1.l", "C1.m"],
    "bijzondere-bijstand-rotterdam": ["C2.a", "C2.b", "C2.c", "C2.e", "C2.f", "C2.g", "C2.h"],
    "iit-rotterdam": ["C3.a", "C3.b", "C3.c", "C3.e", "C3.f", "C3.g", "C3.i", "C3.j"],
    "iit-amsterdam": [
        "C3.a",
        "C3.b",
        "C3.c",
        "C3.e",
        "C3.f",
        "C3.g",
        "C3.i",
        "C3.j",
    ],  # the same people, by the rules of Amsterdam
    "kwijtschelding-hhnk": ["C4.a", "C4.b", "C4.d", "C4.e", "C4.g", "C4.h", "C4.i"],
    "wmo-maatwerkvoorziening": ["C5.a", "C5.b", "C5.d", "C5.f", "C5.g", "C5.h"],
    "leerlingenvervoer": ["C6.a", "C6.b", "C6.d", "C6.f", "C6.g"],
    "schuldhulp": ["C7.a", "C7.b", "C7.c", "C7.e", "C7.f", "C7.h"],
    "gehandicaptenparkeerkaart": ["C8.a", "C8.b", "C8.e", "C8.f"],
    # the last two have no table there, only a list: these are its words. Of the third (a maatregel, Diemen) there is no ruleset
    "studietoeslag": ["C9.sf-gestopt", "C9.bbl", "C9.deeltijd", "C9.wajong"],
    "stadspas-voorbeeld": ["C10.a", "C10.b"],
}
NUMBER = re.compile(r"(C\d+\.[a-z-]+'*): ")

#: what decides nothing itself, and the ruleset whose cases show what it fills in
DECIDES_NOTHING = {
    "begrippen": "participatiewet",  # shared terms: no criteria at all
    "wmo-verordening-voorbeeld": "wmo-maatwerkvoorziening",  # fills in what the law leaves open; and brings a clause
    "cijfers": "participatiewet",  # national figures
}
ENOUGH = 12


@dataclass(frozen=True)
class Shipped:
    """One case with what came out of it."""

    ruleset: str
    case: Case
    decision: Decision

    @property
    def name(self) -> str:
        return f"{self.ruleset}: {self.case.naam}"

    @property
    def number(self) -> str | None:
        found = NUMBER.match(self.case.naam)
        return found[1] if found else None

    @property
    def expected(self) -> set[str]:
        return {wanted.key for wanted in self.case.verwacht}


@pytest.fixture(scope="module")
def desk() -> Desk:
    return worked.desk()


@pytest.fixture(scope="module")
def cases(desk: Desk) -> dict[str, list[Shipped]]:
    found: dict[str, list[Shipped]] = defaultdict(list)
    for one in worked.decided():
        found[one.ruleset].append(Shipped(one.ruleset, one.case, one.decision))
    return dict(found)


@pytest.fixture(scope="module")
def stories(cases: dict[str, list[Shipped]]) -> dict[str, str]:
    return {one.name: one.case.verhaal for every in cases.values() for one in every if one.case.verhaal}


# --- the worked cases of the domain research ----------------------------------------------------------------------------


def test_every_worked_case_of_the_domain_research_stands_beside_its_ruleset(cases: dict[str, list[Shipped]]) -> None:
    assert {ruleset: set(numbers) - {one.number for one in cases[ruleset]} for ruleset, numbers in WORKED.items()} == {
        ruleset: set() for ruleset in WORKED
    }


def test_a_worked_case_tells_a_story_and_says_what_comes_out_and_what_helps(cases: dict[str, list[Shipped]]) -> None:
    wanted = {
        "toegekend": {"uitkomst", "afgewezen_op"},
        "onbepaald": {"uitkomst", "afgewezen_op", "alternatieven"},
        "wacht": {"uitkomst", "afgewezen_op", "alternatieven", "hardheid", "wacht_tot"},
        "gedeeltelijk": {"uitkomst", "bedrag", "alternatieven", "hardheid"},
        "afgewezen": {"uitkomst", "afgewezen_op", "alternatieven", "hardheid"},
    }
    lacking: dict[str, Any] = {}
    for one in (one for every in cases.values() for one in every if one.number):
        needed = wanted[one.decision.uitkomst] | ({"te_wegen", "hardheid"} if one.decision.te_wegen else set())
        if needed - one.expected or not one.case.verhaal:
            lacking[one.name] = (sorted(needed - one.expected), bool(one.case.verhaal))
    assert lacking == {}


def test_whom_a_case_refuses_is_shown_something_that_holds_for_her_where_the_ruleset_is_about(
    desk: Desk, cases: dict[str, list[Shipped]]
) -> None:
    """The proof of the gate (tests/test_gate.py) is about conditions; this about what is shown, to who states no needs of her own."""
    refused = [
        one
        for every in cases.values()
        for one in every
        if one.decision.uitkomst == "afgewezen"
        and not (one.case.situatie and (one.case.situatie.behoeften or one.case.situatie.hulpvraag))
    ]
    lacking = []
    for one in refused:
        assert one.decision.hardheid is not None
        areas = set(desk.register.version(one.ruleset, one.decision.draft.peildatum).leefgebieden)
        holding = [a for a in one.decision.hardheid.alternatieven if a.voorwaardelijk and a.soort != "buiten_wet"]
        if not any(areas & set(a.leefgebieden) for a in holding):
            lacking.append(one.name)
    assert lacking == []
    assert len(refused) > 200


# --- nothing left unseen ------------------------------------------------------------------------------------------------


def test_every_ruleset_that_decides_has_enough_cases(desk: Desk, cases: dict[str, list[Shipped]]) -> None:
    counted = {ident: len(cases[ident]) for ident in desk.register.versions if ident not in DECIDES_NOTHING}
    assert {ident: number for ident, number in counted.items() if number < ENOUGH} == {}
    assert len(counted) >= 12


@pytest.mark.parametrize(("ident", "shown_by"), DECIDES_NOTHING.items())
def test_what_decides_nothing_itself_is_read_by_enough_cases_of_another_ruleset(
    ident: str, shown_by: str, desk: Desk, cases: dict[str, list[Shipped]]
) -> None:
    assert ident not in cases
    assert not [c for version in desk.register.versions[ident] for c in version.criteria if not c.gedoogd]
    reading = [one for one in cases[shown_by] if ident in {source.naam for source in one.decision.verantwoording.gelezen}]
    assert len(reading) >= ENOUGH


def test_every_criterion_is_seen_to_hold_to_fail_and_to_be_unknown(cases: dict[str, list[Shipped]]) -> None:
    unseen: dict[str, set[str]] = {}
    for ruleset, every in cases.items():
        verdicts: dict[str, set[str]] = defaultdict(set)
        for one in every:
            for criterion in one.decision.criteria:
                verdicts[criterion.id].add(criterion.oordeel)
        unseen |= {f"{ruleset}.{c}": {"ja", "nee", "onbekend"} - seen for c, seen in verdicts.items() if len(seen) < 3}
    assert unseen == {}


#: clauses that can't come into reach: their only criterion fails for nobody but who is barred from them (Pw 16 lid 2)
ALWAYS_BARRED = {("iit-rotterdam", "art-16"), ("iit-amsterdam", "art-16")}


def test_every_clause_is_expected_by_a_case_and_where_it_can_be_in_reach(desk: Desk, cases: dict[str, list[Shipped]]) -> None:
    """A clause of kind «geen» says that there is none: it never reaches."""
    for ruleset, every in cases.items():
        seen: dict[str, set[str]] = defaultdict(set)
        for wanted in (wanted for one in every for wanted in one.case.verwacht if wanted.of):
            seen[wanted.of[0]].add(wanted.value)
        for clause in (clause for version in desk.register.versions[ruleset] for clause in version.hardheid):
            reaches = clause.soort != "geen" and (ruleset, clause.id) not in ALWAYS_BARRED
            assert seen[clause.id], f"{ruleset}: no case says where {clause.id} reaches"
            assert ("in_bereik" in seen[clause.id]) == reaches, f"{ruleset}: {clause.id}"


@pytest.mark.parametrize("reason", ["ontbreekt", "betwist"])
def test_every_ruleset_meets_what_is_not_there_and_what_is_disputed(reason: str, cases: dict[str, list[Shipped]]) -> None:
    for ruleset, every in cases.items():
        waiting = [one.name for one in every if reason in {needed.reden for needed in one.decision.nog_nodig}]
        assert waiting, ruleset


def test_every_ruleset_tells_a_story(cases: dict[str, list[Shipped]]) -> None:
    for ruleset, every in cases.items():
        assert any(one.case.verhaal for one in every), ruleset


def test_every_case_has_a_name_of_its_own_and_a_day(cases: dict[str, list[Shipped]]) -> None:
    for ruleset, every in cases.items():
        names = [one.case.naam for one in every]
        assert sorted(set(names)) == sorted(names), ruleset
        assert all(one.case.peildatum for one in every), ruleset


# --- how a story is told ------------------------------------------------------------------------------------------------

ENGINE = re.compile(
    r"\b(criteri\w+|clausule\w*|regelset\w*|peildatum|uitkomst|onbepaald|systeem|computer|belanghebbende|cliënt\w*|verwijtbaar|"
    r"referteperiode|kostendeler\w*|voorliggend\w*|draagkracht|bestandsdeel|aanvrager|motor|dossier)\b",
    re.IGNORECASE,
)


def test_a_story_is_a_few_plain_sentences_about_somebody_with_a_first_name(stories: dict[str, str]) -> None:
    assert len(stories) >= 100
    for name, story in stories.items():
        sentences = re.findall(r"[^.?!]+(?:\.\d[^.?!]*)*[.?!]", story)
        assert (2 if re.match(r"C\d", name) else 1) <= len(sentences) <= 4, (name, len(sentences))
        assert not ENGINE.search(story), name
        assert not re.search(r"\d{6,}", story.replace(".", "")), f"{name}: looks like a number of a person"
        assert re.search(r"\b[A-Z][a-zëïöüçé]{2,}\b", story), name


def test_a_story_reads_as_plain_as_a_letter(stories: dict[str, str]) -> None:
    assert {name: found for name, story in stories.items() if (found := check(story))} == {}
