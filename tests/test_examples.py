"""The examples tell their stories: what the law says, what stands in reach, and what helps."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import responsief
from responsief.backends import to_durable
from responsief.motivation.lint import lint
from responsief.register import shipped

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = sorted(p.stem for p in EXAMPLES.glob("*.yaml") if p.stem != "afzender")


@pytest.fixture(scope="module")
def desk():
    return responsief.open_desk()


def decide(desk, name, ruleset, on=None):
    return desk.decide(responsief.read_situation(EXAMPLES / f"{name}.yaml"), ruleset, on, today=date(2026, 3, 2))


def status(decision, clause):
    return {c.status for c in decision.hardheid.clausules if c.grondslag.startswith(clause)}


def test_a_euro_too_much_is_refused_on_income_only_with_the_clause_out_of_reach_and_help(desk):
    decision = decide(desk, "een-euro-te-veel", "iit-rotterdam")
    assert decision.uitkomst == "afgewezen"
    assert decision.draft.afgewezen_op == ("laag_inkomen",)
    assert status(decision, "art. 5 lid 2") == {"buiten_bereik"}
    assert len(decision.hardheid.alternatieven) >= 3
    assert decision.draft.failed[0].waarde == "€ 1.438,51"


def test_a_student_is_refused_on_article_13_lid_2_with_article_16_in_reach(desk):
    decision = decide(desk, "student", "participatiewet")
    assert decision.uitkomst == "afgewezen"
    assert any("Pw 13 lid 2" in decision.draft.criterion(i).grondslag for i in decision.draft.afgewezen_op)
    assert "in_bereik" in status(decision, "Pw 16")


def test_a_foreigner_outside_article_11_has_article_16_barred_by_its_lid_2(desk):
    decision = decide(desk, "ongedocumenteerd", "participatiewet")
    assert decision.uitkomst == "afgewezen"
    barred = [c for c in decision.hardheid.clausules if c.status == "geblokkeerd"]
    assert barred
    assert all("Pw 16 lid 2" in c.reden for c in barred)


def test_unknown_income_is_never_a_no(desk):
    decision = decide(desk, "inkomen-onbekend", "participatiewet")
    assert decision.uitkomst == "onbepaald"
    assert not decision.draft.afgewezen_op
    assert any(n.gegeven.startswith("inkomsten") for n in decision.draft.nog_nodig)


def test_a_person_of_24_waits_until_a_date_and_the_pass_names_41_lid_11(desk):
    decision = decide(desk, "jongere-dakloos", "participatiewet")
    assert decision.uitkomst == "wacht"
    assert decision.draft.wacht_tot == date(2026, 3, 30)
    assert status(decision, "Pw 41 lid 11") == {"in_bereik"}
    assert not decision.draft.afgewezen_op


def test_an_eviction_date_makes_the_conversation_urgent(desk):
    decision = decide(desk, "schulden-en-ontruiming", "participatiewet")
    assert decision.hardheid.urgentie_werkdagen is not None
    assert decision.hardheid.urgentie_werkdagen <= 3
    assert any(s.id == "dreigende_dakloosheid" for s in decision.hardheid.signalen)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ruleset", ["iit-rotterdam", "participatiewet"])
def test_every_example_is_put_in_words_that_pass_the_lint(desk, name, ruleset):
    decision = decide(desk, name, ruleset)
    findings = lint(decision.draft, decision.motivering)
    assert not findings, [f"{f.code}: {f.tekst}" for f in findings]
    for raised in decision.draft.situatie.omstandigheden or ():
        if raised.woorden and decision.hardheid is not None:
            assert raised.woorden in decision.motivering.nota


def rejected_cases(desk):
    cases = []
    for name in NAMES:
        situation = responsief.read_situation(EXAMPLES / f"{name}.yaml")
        for ruleset in ("iit-rotterdam", "participatiewet"):
            day = desk.reference_date(situation, ruleset, None, date(2026, 3, 2))
            if desk.verdict(situation, ruleset, day).uitkomst != "toegekend":
                cases.append((situation, ruleset, day))
    return cases


@pytest.mark.heavy
@pytest.mark.parametrize("chainer", ["eigen", "durable-rules"])
def test_eight_threads_on_one_desk_give_what_one_thread_gives(chainer):
    if chainer == "durable-rules" and not to_durable.available():
        pytest.skip(f"durable-rules does not import here; install it with: {to_durable.INSTALL}")
    desk = responsief.open_desk(shipped())  # nothing was compiled in it yet
    desk.register.use_chainer(chainer)
    cases = rejected_cases(desk)
    assert len(cases) >= 8

    def outcome(n, *, words):
        situation, ruleset, day = cases[n % len(cases)]
        decision = desk.decide(situation, ruleset, on=day)
        seen = decision.draft.uitkomst, decision.draft.afgewezen_op, decision.hardheid, decision.beslisrijp
        return (*seen, decision.motivering) if words else seen

    alone = [outcome(n, words=False) for n in range(len(cases))]
    spoken = [outcome(n, words=True) for n in range(len(cases))]

    def thread(number):
        same = 0
        for n in range(1000):
            case = (n + number) % len(cases)
            words = n % 25 == 0
            same += outcome(case, words=words) == (spoken if words else alone)[case]
        return same

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(thread, range(8))) == [1000] * 8


def test_the_same_input_gives_the_same_bytes(desk):
    first, second = (decide(desk, "een-euro-te-veel", "iit-rotterdam") for _ in range(2))
    documents = [json.dumps(responsief.to_json(responsief.Decisions((d,))), ensure_ascii=False) for d in (first, second)]
    assert documents[0] == documents[1]
