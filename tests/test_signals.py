"""Signals on the shipped rules: every rule counts, in any order, on both chainers, from any thread."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from responsief import Decision, Desk, Situation, open_desk
from responsief.backends import chain, to_durable
from responsief.decision import Review
from responsief.ir.signals import Chainer, SignalRule
from responsief.register import Register, shipped
from small import TODAY, ruleset
from stories import desk_of, json_of, provision, provisions, signal, signals

HERE = Path(__file__).parent
needs_durable = pytest.mark.skipif(
    not to_durable.available(), reason=f"durable-rules can't be imported; this brings it back: {to_durable.INSTALL}"
)
CHAINERS = ("eigen", pytest.param("durable-rules", marks=needs_durable))
CHAINS = yaml.safe_load((HERE / "signal_chains.yaml").read_text(encoding="utf-8"))


@cache
def register() -> Register:
    return Register.open(shipped())


def rules() -> list[SignalRule]:
    return [SignalRule(s.id, s.als, s.dan) for s in register().catalogue.signals.values()]


@cache
def chainer(name: str) -> Chainer:
    return (chain if name == "eigen" else to_durable).compile_chain(rules())


NAMES = sorted({name for rule in rules() for name in rule.als})


# --- the rules themselves ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CHAINERS)
@pytest.mark.parametrize("written", CHAINS, ids=[c["naam"] for c in CHAINS])
def test_a_written_chain_fires_exactly_these_rules(written: dict[str, Any], name: str) -> None:
    fired = chainer(name).run(frozenset(written["feiten"]))
    assert [f.rule for f in fired] == sorted(written["vuurt"])
    assert sorted({f.signal for f in fired}) == sorted(written["signalen"])


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), st.frozensets(st.sampled_from(NAMES), max_size=14))
def test_the_order_of_rules_and_facts_makes_no_difference(dice: random.Random, facts: frozenset[str]) -> None:
    shuffled = rules()
    dice.shuffle(shuffled)
    assert chain.compile_chain(shuffled).run(facts) == chainer("eigen").run(facts)


@needs_durable
def test_durable_rules_and_the_own_chainer_agree_on_the_shipped_rules() -> None:
    draw = random.Random(20260302)
    fired = 0
    for _ in range(2500):
        facts = frozenset(draw.sample(NAMES, draw.randint(0, 24)))
        mine = chainer("eigen").run(facts)
        assert chainer("durable-rules").run(facts) == mine
        fired += len(mine)
    assert fired > 5_000


@needs_durable
def test_a_register_gives_the_same_signals_on_either_chainer() -> None:
    one = Register(register_rulesets(), register().catalogue)
    draw = random.Random(7)
    facts = [frozenset(draw.sample(NAMES, draw.randint(0, 24))) for _ in range(500)]
    outcomes = {}
    for name in ("eigen", "durable-rules"):
        one.use_chainer(name)
        assert one.chainer().name == name
        outcomes[name] = [one.chainer().run(f) for f in facts]
    assert outcomes["eigen"] == outcomes["durable-rules"]


def register_rulesets() -> Iterator[Any]:
    for versions in register().versions.values():
        yield from versions


def test_every_shipped_rule_can_fire() -> None:
    assert {f.rule for f in chainer("eigen").run(frozenset(NAMES))} == {r.id for r in rules()}


# --- what a review says of them ----------------------------------------------------------------------------------------

FACTS = {
    "kou": "wonen.ernstig_gebrek",
    "ziek": "gezondheid.chronisch_ziek",
    "geweld": "veiligheid.geweld_thuis",
    "nooit": "nee",
}
COLD = {"wonen": {"ernstig_gebrek": "ja"}, "gezondheid": {"chronisch_ziek": "ja"}, "veiligheid": {"geweld_thuis": "ja"}}


def review(folder: Path, case: dict[str, Any], facts: dict[str, str], *written: str) -> Review:
    desk = desk_of(
        folder, ruleset("", "eis: nee"), provisions(provision("p", "wonen"), provision("q", "zorg")), signals(facts, *written)
    )
    found = desk.decide(Situation.model_validate(case), "klein", TODAY).hardheid
    assert found is not None
    return found


def test_every_rule_that_leads_to_a_signal_is_recorded_and_the_most_urgent_speaks(tmp_path: Path) -> None:
    (found,) = review(
        tmp_path,
        COLD,
        {"kou": FACTS["kou"], "ziek": FACTS["ziek"], "nooit": "nee"},
        signal("b", "kou", "nood", "p", urgentie="{werkdagen: 5, uit: eigen_norm}", label="het is koud", grondslag="art. b"),
        signal("a", "ziek", "nood", "q", label="er is iemand ziek"),
        signal("c", "kou, ziek", "nood", "p, q", urgentie="{werkdagen: 3, uit: wet}", label="koud en ziek", grondslag="art. c", geverifieerd="nee"),
        signal("d", "nooit", "nood", "p"),
    ).signalen  # fmt: skip
    assert found.waarom == ("a: ziek", "b: kou", "c: kou + ziek")
    assert (found.label, found.grondslag, found.urgentie_werkdagen, found.urgentie_uit) == ("koud en ziek", "art. c", 3, "wet")
    assert (found.biedt, found.geverifieerd) == (("q", "p"), False)


def test_danger_comes_first_then_what_is_most_urgent_and_the_shortest_term_is_that_of_the_review(tmp_path: Path) -> None:
    found = review(
        tmp_path,
        COLD,
        {k: v for k, v in FACTS.items() if k != "nooit"},
        signal("r1", "kou", "a_zonder_termijn"),
        signal("r2", "kou", "b_traag", urgentie="{werkdagen: 20, uit: eigen_norm}"),
        signal("r3", "ziek", "c_snel", urgentie="{werkdagen: 1, uit: eigen_norm}"),
        signal("r4", "geweld", "d_gevaar", voorrang="ja", urgentie="{werkdagen: 2, uit: eigen_norm}"),
    )
    assert [s.id for s in found.signalen] == ["d_gevaar", "c_snel", "b_traag", "a_zonder_termijn"]
    assert found.urgentie_werkdagen == 1


def test_without_a_term_there_is_no_urgency(tmp_path: Path) -> None:
    assert review(tmp_path, COLD, {"kou": FACTS["kou"]}, signal("r1", "kou", "a")).urgentie_werkdagen is None


def test_an_unknown_fact_never_gives_a_signal_and_one_that_always_holds_does(tmp_path: Path) -> None:
    written = (signal("r1", "kou", "a"), signal("r2", "altijd", "b"))
    assert [s.id for s in review(tmp_path, {}, {"kou": FACTS["kou"], "altijd": "ja"}, *written).signalen] == ["b"]


def test_signals_read_the_case_under_review(tmp_path: Path) -> None:
    facts = {"dit": "zaak.regelset = 'klein' en zaak.uitkomst = 'onbepaald'", "mist": "zaak.ontbreekt"}
    rules = signals(facts, signal("r1", "dit", "onbepaald"), signal("r2", "mist", "er_ontbreekt_iets"))

    def found(folder: str, *criteria: str, body: str = "") -> list[str]:
        (tmp_path / folder).mkdir()
        desk = desk_of(tmp_path / folder, ruleset(body, *criteria), rules)
        review = desk.decide(Situation(), "klein", TODAY).hardheid
        return [s.id for s in review.signalen] if review else []

    assert found("a", "eis: opleiding.volgt") == ["er_ontbreekt_iets", "onbepaald"]
    assert found("b", "eis: nee") == []
    assert found("c", "eis: nee, gevolg: kan_weigeren") == ["onbepaald"]
    assert found("d", "eis: ja", body="uitkomst: {bedrag: {per: maand, is: wonen.huur}}\n") == [
        "er_ontbreekt_iets",
        "onbepaald",
    ]


# --- the time to do something against a decision: counted in days, and an unknown last day gives nothing ------------------

TIMES = {"termijn_dreigt", "termijn_tien_dagen", "te_laat_met_reden"}


@pytest.mark.parametrize(
    ("last", "more", "expected"),
    [
        ("2026-03-01", {"reden_te_laat": "ja"}, {"te_laat_met_reden"}),
        ("2026-03-01", {"reden_te_laat": "nee"}, set()),
        ("2026-03-01", {}, set()),
        ("2026-03-02", {"reden_te_laat": "ja"}, {"termijn_dreigt"}),
        ("2026-03-09", {}, {"termijn_dreigt"}),
        ("2026-03-10", {}, set()),
        ("2026-03-10", {"regelset": "kwijtschelding-hhnk"}, {"termijn_tien_dagen"}),
        ("2026-03-02", {"regelset": "kwijtschelding-hhnk"}, {"termijn_dreigt", "termijn_tien_dagen"}),
        ("2026-03-01", {"regelset": "kwijtschelding-hhnk"}, set()),
        ("onbekend", {"regelset": "kwijtschelding-hhnk", "reden_te_laat": "ja"}, set()),
    ],
)
def test_a_decision_that_can_still_be_fought_is_a_signal_until_its_last_day(
    last: str, more: dict[str, str], expected: set[str]
) -> None:
    refused = {"regelset": "iit-rotterdam", "laatste_dag": last, **more}
    case = {"persoon": {"geboortedatum": "2010-05-05"}, "eerder": {"afwijzingen": [refused]}}
    found = shipped_desk().decide(Situation.model_validate(case), "participatiewet", date(2026, 3, 2)).hardheid
    assert found is not None
    signals = {one.id: one for one in found.signalen if one.id in TIMES}
    assert signals.keys() == expected
    assert {one.urgentie_werkdagen for name, one in signals.items() if name != "te_laat_met_reden"} <= {1}
    helped = {a.id for a in found.alternatieven}
    if "termijn_dreigt" in expected:
        assert {"bezwaar_met_hulp", "juridisch_loket", "sociaal_raadslieden"} & helped


@cache
def shipped_desk() -> Desk:
    return open_desk()


# --- one desk, many threads --------------------------------------------------------------------------------------------

DAYS = {"iit-rotterdam": date(2025, 9, 1), "participatiewet": date(2026, 3, 2)}
CHANGES: tuple[dict[str, Any], ...] = (
    {},
    {"hulpvraag": ["werk", "netwerk"], "netwerk": [{"wie": "broer", "leefgebied": "werk", "kan": "kent een bedrijf"}]},
    {"veiligheid": {"geweld_thuis": "ja"}, "behoeften": [{"leefgebied": "gezin", "ernst": 5}]},
    {"communicatie": {"taal_beperkt": "ja", "digid": "nee"}, "schulden": [{"soort": "huur", "bedrag": "€ 900", "gemeld_als_signaal": "ja"}]},
    {"toezeggingen": [{"wie": "de gemeente", "wat": "belt", "uiterlijk": "2025-01-01", "gedaan": "nee"}], "omstandigheden": [{"soort": "overig", "woorden": "En dan nog dit"}]},
)  # fmt: skip


def refused(desk: Desk) -> list[tuple[Situation, str]]:
    """Twenty situations and more that one of the shipped rulesets refuses."""
    found = []
    for path in sorted((HERE / "lives").glob("*.yaml")):
        base = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # every scalar stays text
        for change in CHANGES:
            situation = Situation.model_validate({**base, **change})
            for ident, on in DAYS.items():
                if desk.decide(situation, ident, on).uitkomst == "afgewezen":
                    found.append((situation, ident))
    return found


@pytest.mark.heavy
@pytest.mark.parametrize("name", CHAINERS)
def test_eight_threads_on_one_desk_say_what_one_thread_says(name: str) -> None:
    desk = open_desk(shipped())
    desk.register.use_chainer(name)
    cases = refused(desk)
    assert len(cases) >= 20

    def decide(number: int) -> Decision:
        situation, ident = cases[number % len(cases)]
        return desk.decide(situation.model_copy(), ident, DAYS[ident])  # a copy: a verdict is kept with its situation

    alone = [decide(n) for n in range(len(cases))]
    written = [json_of(one) for one in alone]
    assert {one.verantwoording.keten for one in alone} == {name}

    def work(thread: int) -> int:
        for n in range(250):  # test_examples.py does it a thousand times
            number = (n * 7 + thread * 3) % len(cases)
            decision = decide(number)
            assert decision.draft == alone[number].draft
            assert decision.beslisrijp == alone[number].beslisrijp
            if n % 50 == thread:  # the words of a part: they cost more than the rest
                assert json_of(decision) == written[number]
        return 250

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(8))) == 2000
