"""Every date that a case hangs on: counted as the law counts, and said to stand still where it does."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import responsief
from responsief.decision import Decision, Sender
from responsief.motivation.terms import add_working_days, is_working_day

EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.fixture(scope="module")
def desk() -> responsief.Desk:
    return responsief.open_desk()


def decide(desk: responsief.Desk, name: str, ruleset: str, on: date, sent: date | None = None) -> Decision:
    situation = responsief.read_situation(EXAMPLES / f"{name}.yaml")
    return desk.decide(situation, ruleset, on, sender=Sender(verzonden_op=sent) if sent else None)


def told(decision: Decision) -> dict[str, date | None]:
    return {one.soort: one.uiterlijk for one in decision.termijnen}


def test_a_refusal_has_its_term_to_decide_and_its_last_day_to_object(desk: responsief.Desk) -> None:
    decision = decide(desk, "een-euro-te-veel", "iit-rotterdam", date(2025, 9, 1), sent=date(2025, 9, 8))
    assert told(decision) == {"beslissen": date(2025, 10, 27), "rechtsmiddel": date(2025, 10, 20)}
    assert [(t.soort, t.grondslag) for t in decision.termijnen] == [("rechtsmiddel", "Awb 6:7"), ("beslissen", "Awb 4:13")]


def test_without_a_day_of_sending_the_remedy_says_how_long(desk: responsief.Desk) -> None:
    (remedy,) = [
        t for t in decide(desk, "een-euro-te-veel", "iit-rotterdam", date(2025, 9, 1)).termijnen if t.soort == "rechtsmiddel"
    ]
    assert remedy.uiterlijk is None
    assert remedy.tekst == "laatste dag om bezwaar te maken: 6 weken, te rekenen vanaf de bekendmaking"


def test_an_urgent_talk_counts_working_days_and_says_whose_term_it_is(desk: responsief.Desk) -> None:
    on = date(2026, 3, 2)
    for ruleset in ("participatiewet", "iit-rotterdam"):  # refused, and granted: the talk is as urgent
        decision = decide(desk, "schulden-en-ontruiming", ruleset, on)
        talks = [t for t in decision.termijnen if t.soort == "gesprek"]
        assert talks
        assert talks[0] == decision.termijnen[0]
        assert ("Wgs 4 lid 2", add_working_days(on, 3)) in [(t.grondslag, t.uiterlijk) for t in talks]
        assert all(t.uiterlijk is not None and (t.uiterlijk == on or is_working_day(t.uiterlijk)) for t in talks)


def test_while_the_client_must_answer_time_stands_still_and_there_is_nothing_to_object_to(desk: responsief.Desk) -> None:
    situation = responsief.parse_situation(
        "persoon: {geboortedatum: 1986-04-12, gemeente: '0599'}\naanvraag: {ontvangen_op: 2026-02-19}\n"
    )
    decision = desk.decide(situation, "participatiewet", date(2026, 2, 19))
    assert decision.uitkomst == "onbepaald"
    assert [(t.soort, t.uiterlijk) for t in decision.termijnen if t.soort != "gesprek"] == [
        ("voorschot", date(2026, 3, 19)),
        ("beslissen", date(2026, 4, 16)),
        ("opschorting", None),
    ]


def test_while_bijstand_is_undecided_an_advance_is_due_within_four_weeks(desk: responsief.Desk) -> None:
    decision = decide(desk, "inkomen-onbekend", "participatiewet", date(2026, 3, 2))
    assert decision.uitkomst == "onbepaald"
    received = decision.draft.situatie.aanvraag.ontvangen_op
    assert isinstance(received, date)
    (advance,) = [t for t in decision.termijnen if t.soort == "voorschot"]
    assert advance.grondslag == "Pw 52 lid 1"
    assert advance.uiterlijk is not None
    assert 28 <= (advance.uiterlijk - received).days <= 31  # four weeks, or the first working day after


def test_a_decided_case_and_a_regulation_without_an_advance_have_none(desk: responsief.Desk) -> None:
    refused = decide(desk, "te-veel-vermogen", "participatiewet", date(2026, 3, 2))
    unknown = decide(desk, "inkomen-onbekend", "iit-rotterdam", date(2026, 3, 2))
    assert not [t for one in (refused, unknown) for t in one.termijnen if t.soort == "voorschot"]
