"""The twelve traps of this field, one test each. Every docstring says which line, changed how, makes it fail."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import responsief
from motivation_cases import kwijtschelding_deel
from responsief.decision import Decision, Sender, Texts
from responsief.motivation import texts
from responsief.motivation.lint import TEXTS, lint
from responsief.situation import Situation
from small import CRITERION, HEAD, findings, register
from test_shipped import ANYONE, EARNS_TOO_MUCH, merged

DAY = date(2026, 3, 2)
SENT = date(2026, 3, 2)
FROM = Sender("Gemeente Rotterdam", "Postbus 1\n3000 AA Rotterdam", "mevrouw De Wit", "14 010", verzonden_op=SENT, gedeeld_adres=False)  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> responsief.Desk:
    return responsief.open_desk()


def decide(
    desk: responsief.Desk, change: dict[str, Any] | None = None, ruleset: str = "participatiewet", on: date = DAY
) -> Decision:
    return desk.decide(Situation.model_validate(merged(ANYONE, change or {})), ruleset, on, sender=FROM)


def status(decision: Decision) -> dict[tuple[str, str | None], str]:
    assert decision.hardheid is not None
    return {(c.id, c.criterium): c.status for c in decision.hardheid.clausules}


def small(body: str, *criteria: str, remedy: str | None = None, clauses: str | None = None, soort: str = "wet") -> str:
    head = HEAD.format(ident="klein", soort=soort, geldig="{van: 1990-01-01}")
    if remedy is not None:
        head = re.sub(r"rechtsmiddel: \{[^}]*\}", f"rechtsmiddel: {remedy}", head)
    if clauses is not None:
        head = re.sub(r"hardheid: .*", f"hardheid: [{clauses}]", head)
    return head + body + "criteria:\n" + "".join(CRITERION.format(ident=f"c{n}", rest=one) for n, one in enumerate(criteria))


def decide_small(text: str, change: dict[str, Any] | None = None, on: date = DAY) -> Decision:
    small_desk = responsief.Desk(register(text))
    return small_desk.decide(Situation.model_validate(change or {}), "klein", on, sender=FROM)


KWIJTSCHELDING = "{soort: administratief_beroep, termijn: 10 dagen, vanaf: dagtekening, bij: de ontvanger, grondslag: UR Inv. 1990 art. 24}"  # fmt: skip


def test_trap_1_the_remedy_is_that_of_the_ruleset() -> None:
    """Fails when `motivation/terms.py` `_last_day` parses «6 weken» instead of `term`, or `motivation/letter.py` writes «bezwaar» always."""
    objection = decide_small(small("", "eis: nee")).motivering.brief
    assert "bezwaar maken" in objection
    assert "6 weken" in objection
    assert "13 april 2026" in objection
    appeal = decide_small(small("", "eis: nee", remedy=KWIJTSCHELDING)).motivering.brief
    assert "administratief beroep" in appeal
    assert "10 dagen" in appeal
    assert "12 maart 2026" in appeal
    assert "bezwaar" not in appeal.lower()
    assert "6 weken" not in appeal
    # and a person who puts the usual paragraph in is stopped
    draft = kwijtschelding_deel()
    written = texts(draft, FROM)
    usual = Texts(written.brief.replace("10 dagen", "6 weken"), written.nota)
    assert "termijn-verkeerd" in {f.code for f in lint(draft, usual)}


def test_trap_2_a_clause_reaches_what_it_is_written_for(desk: responsief.Desk) -> None:
    """Fails when `rulesets/gemeenten/rotterdam/iit.yaml` adds `laag_inkomen` to `geldt_voor` of `art-5-lid-2`,
    or `hardship/clauses.py` `_reach` skips `criterion.id not in clause.geldt_voor`."""
    change = {"eigen": {"iit-rotterdam": {"inkomen_referteperiode": "€ 1.600"}}, "opleiding": {"volgt": "ja", "soort": "wo"}}
    found = status(decide(desk, change, "iit-rotterdam"))
    assert found["art-5-lid-2", "laag_inkomen"] == "buiten_bereik"
    assert found["art-5-lid-2", "geen_studie"] == "in_bereik"


def test_trap_3_article_16_repairs_exclusion_only_and_not_for_everybody(desk: responsief.Desk) -> None:
    """Fails when `rulesets/landelijk/participatiewet.yaml` drops `niet_als` of `art-16`, or adds `inkomen` or `vermogen` to its `geldt_voor`."""
    wealthy = {
        "inkomsten": [EARNS_TOO_MUCH],
        "vermogen": {"bezittingen": [{"soort": "bankrekening", "waarde": "€ 20.000", "bestemd_voor": "vrij"}]},
    }
    found = status(decide(desk, wealthy))
    assert found["art-16", "inkomen"] == found["art-16", "vermogen"] == "buiten_bereik"
    for residence in ("zonder", "procedure"):
        barred = decide(desk, {"persoon": {"verblijf": {"soort": residence}}})
        assert status(barred)["art-16", "rechthebbende"] == "geblokkeerd"
    striking = {"eigen": {"participatiewet": {"uitsluitingsgrond": "staking"}}}
    assert status(decide(desk, striking))["art-16", "andere_uitsluiting"] == "in_bereik"
    toeslag = status(decide(desk, {"persoon": {"geboortedatum": "2006-01-01"}}, "iit-rotterdam"))
    assert toeslag["art-16", "leeftijd"] == "buiten_bereik"


INHERENT = "{id: k, soort: awb_4_84, titel: Afwijken, grondslag: Awb 4:84, maatstaf: onevenredig wegens bijzondere omstandigheden, wie_beslist: college, mag: [toekennen], geldt_voor: [c0]}"  # fmt: skip


def test_trap_4_awb_4_84_is_only_for_policy_rules(desk: responsief.Desk) -> None:
    """Fails when `ir/from_syntax.py` `clause` no longer adds `awb-484-geen-beleidsregel`."""
    for basis in ("wet", "verordening", "ministeriele_regeling"):
        codes = {f.code for f in findings(small("", f"eis: nee, rust_op: {basis}", clauses=INHERENT, soort="verordening"))}
        assert "awb-484-geen-beleidsregel" in codes, basis
    policy = small("", "eis: nee, rust_op: beleidsregel", clauses=INHERENT, soort="beleidsregel")
    assert findings(policy) == []
    assert status(decide_small(policy))["k", "c0"] == "in_bereik"
    for versions in desk.register.versions.values():
        for ruleset in versions:
            basis_of = {c.id: c.rust_op for c in ruleset.criteria}
            for clause in ruleset.hardheid:
                if clause.soort == "awb_4_84":
                    assert {basis_of[i] for i in clause.geldt_voor} <= {"beleidsregel"}


def test_trap_5_no_circumstance_is_left_out_of_the_weighing(desk: responsief.Desk) -> None:
    """Fails when `hardship/weighing.py` `_against` skips (`continue`) a kind that the clause does not name."""
    raised = [
        {"soort": "detentie_achter_de_rug", "woorden": "Ik zat een jaar vast en begin opnieuw"},
        {"soort": "overig", "woorden": "Mijn geleidehond is overleden"},
        {"soort": "taal"},
    ]
    for change in ({"inkomsten": [EARNS_TOO_MUCH]}, {"persoon": {"verblijf": {"soort": "zonder"}}}):
        decision = decide(desk, {**change, "omstandigheden": raised})
        review = decision.hardheid
        assert review is not None
        inside = {c.id for c in review.clausules if c.status in ("in_bereik", "onbekend")} or {None}
        weighed = {(w.omstandigheid, w.clausule) for w in review.weging}
        assert weighed >= {(one["soort"], clause) for one in raised for clause in inside}
        assert all(w.reden for w in review.weging)
        # what the law does not name is never turned down in advance
        assert not any(w.voorstel == "weegt_niet_mee" for w in review.weging)
        for text in (decision.motivering.brief, decision.motivering.nota):
            assert "Ik zat een jaar vast en begin opnieuw" in text
            assert "Mijn geleidehond is overleden" in text


def test_trap_6_the_pass_proposes_and_a_person_decides(desk: responsief.Desk) -> None:
    """Fails when `desk.py` `_not_ripe` drops «een medewerker met mandaat beslist en ondertekent», when `templates/brief.txt.j2`
    drops the line with CONCEPT, or when an urgent circumstance changes the verdict."""
    needy = [{"soort": kind, "woorden": "Het kan niet wachten"} for kind in ("acute_nood", "kleine_overschrijding")]
    plain, pressed = (decide(desk, {"inkomsten": [EARNS_TOO_MUCH], "omstandigheden": one}) for one in ([], needy))
    assert plain.uitkomst == pressed.uitkomst == "afgewezen"
    assert plain.afgewezen_op == pressed.afgewezen_op
    assert pressed.bedrag is None
    for decision in (plain, pressed, decide(desk)):
        assert "een medewerker met mandaat beslist en ondertekent" in decision.beslisrijp
        assert "CONCEPT" in decision.motivering.brief
        assert "CONCEPT" in decision.motivering.nota
    assert any("omstandigheid nog wegen" in line for line in pressed.beslisrijp)


def test_trap_7_figures_are_those_of_the_day(desk: responsief.Desk) -> None:
    """Fails when `rulesets/landelijk/participatiewet.yaml` loses a dated value of a norm, such as that of 2026-07-01 in article 21,
    or `ir/program.py` takes the newest value of a figure instead of the one of the day."""
    norms = {date(2025, 12, 31): 136906, date(2026, 1, 1): 140150, date(2026, 6, 30): 140150, date(2026, 7, 1): 141946}
    for day, cents in norms.items():
        amount = decide(desk, on=day).bedrag
        assert amount is not None
        assert amount.centen == cents, day
    # the income test over three years looks at the norm of the reference date: 105 % of 1.401,50 and of 1.419,46
    earned = {"eigen": {"iit-rotterdam": {"inkomen_referteperiode": "€ 1.480"}}}
    assert decide(desk, earned, "iit-rotterdam", date(2026, 6, 30)).uitkomst == "afgewezen"
    assert decide(desk, earned, "iit-rotterdam", date(2026, 7, 1)).uitkomst == "toegekend"
    # beyond the last year that is known nothing is decided with an old figure
    with pytest.raises(LookupError):
        decide(desk, on=date(2031, 1, 1))


def test_trap_8_norm_and_income_are_of_the_same_kind(desk: responsief.Desk) -> None:
    """Fails when `rulesets/landelijk/begrippen.yaml` no longer adds holiday pay to wages that are `exclusief`,
    or `toepasselijke_norm` leaves out article 22a, or counts a student as sharing the costs."""
    wage = {"soort": "loon", "bedrag": "€ 1.350", "per": "maand"}
    inside = decide(desk, {"inkomsten": [{**wage, "vakantietoeslag": "inbegrepen"}]})
    outside = decide(desk, {"inkomsten": [{**wage, "vakantietoeslag": "exclusief"}]})
    assert inside.uitkomst == "toegekend"
    assert outside.uitkomst == "afgewezen"  # 1.350 + 8 % is more than 1.401,50
    unsaid = decide(desk, {"inkomsten": [{**wage, "vakantietoeslag": "onbekend"}]})
    assert unsaid.uitkomst == "onbepaald"
    mate = {"geboortedatum": "1990-01-01", "relatie": "geen_familie", "studeert": "nee", "commerciele_huurder": "nee"}
    known = {"zorg": {"geeft_mantelzorg": "nee", "mantelzorg_elders": "nee"}}
    shared = decide(desk, {**known, "huishouden": {"medebewoners": [mate]}}).bedrag
    student = decide(desk, {**known, "huishouden": {"medebewoners": [{**mate, "studeert": "ja"}]}}).bedrag
    assert shared is not None
    assert student is not None
    assert (shared.centen, student.centen) == (100107, 140150)


def test_trap_9_what_is_not_in_force_yet_decides_nothing(desk: responsief.Desk) -> None:
    """Fails when `ir/program.py` `counts_on` returns True always."""
    later = small("", "eis: ja", "eis: nee, in_werking: {vanaf: 2027-01-01}", "eis: nee, in_werking: gedoogd")
    assert decide_small(later, on=date(2026, 12, 31)).uitkomst == "toegekend"
    assert decide_small(later, on=date(2027, 1, 1)).afgewezen_op == ("c1",)
    # Pw 31 lid 2 m in its text of 1 July 2026: the clause of that text is there from that day, the earlier one until then
    starts = {c.id: c.vanaf for r in desk.register.versions["participatiewet"] for c in r.hardheid if c.vanaf}
    assert starts
    for ident, start in starts.items():
        for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1)):
            found = {clause for clause, _ in status(decide(desk, {"inkomsten": [EARNS_TOO_MUCH]}, on=day))}
            assert (ident in found) is (start <= day), (ident, day)


def test_trap_10_unknown_is_asked_and_contradiction_is_heard_first(desk: responsief.Desk) -> None:
    """Fails when `ir/verdict.py` `conclude` or `conclude_all` treats None as False for `afwijzen`, or `desk.py` `_doubt_what_conflicts` returns nothing."""
    # a ruleset of refusals only is concluded along a shorter road
    for text in (small("", "eis: wonen.huur > € 100"), small("", "eis: wonen.huur > € 100", "eis: ja, gevolg: kan_weigeren")):
        assert decide_small(text).uitkomst == "onbepaald"
    unknown = decide(desk, {"inkomsten": "onbekend"})
    assert unknown.uitkomst == "onbepaald"
    assert unknown.afgewezen_op == ()
    assert any(need.gegeven.startswith("inkomsten") for need in unknown.nog_nodig)
    assert "bezwaar maken" not in unknown.motivering.brief
    assert not re.search(r"\bafgewezen\b|u krijgt geen", unknown.motivering.brief)
    asked = decide(desk, {"inkomsten": "onbekend", "feiten": {"inkomsten": {"bron": "inwoner"}}})
    assert any("Awb" in line for line in asked.beslisrijp)
    says = [{"soort": "loon", "bedrag": "€ 900", "per": "maand", "vakantietoeslag": "inbegrepen"}]
    heard = decide(
        desk, {"inkomsten": [EARNS_TOO_MUCH], "feiten": {"inkomsten": {"bron": "uwv", "betwist": "nee", "eigen_opgave": says}}}
    )
    assert heard.uitkomst == "onbepaald"
    assert any("eerst horen (Awb 4:7)" in line for line in heard.beslisrijp)
    assert decide(desk, {"inkomsten": [EARNS_TOO_MUCH]}).uitkomst == "afgewezen"


def test_trap_11_may_refuse_is_weighed_and_equal_cases_are_asked_for() -> None:
    """Fails when `ir/verdict.py` `conclude_all` appends a failed `kan_weigeren` to `refused`, or `templates/nota.txt.j2` drops the equal cases."""
    decision = decide_small(small("", "eis: nee, gevolg: kan_weigeren", "eis: ja"))
    assert decision.uitkomst == "onbepaald"
    assert decision.te_wegen == ("c0",)
    assert decision.afgewezen_op == ()
    assert any(line.startswith("wegen of er wordt geweigerd (Awb 3:4)") for line in decision.beslisrijp)
    assert "Gelijke gevallen" in decision.motivering.nota
    bound = decide_small(small("", "eis: nee, gevolg: afwijzen", "eis: ja"))
    assert bound.uitkomst == "afgewezen"
    assert "Gelijke gevallen" in bound.motivering.nota


OTHER_WORDS = {
    "zeer dringende redenen", "onbillijkheden van overwegende aard", "onredelijke uitkomst", "kennelijke hardheid",
    "bijzondere individuele omstandigheden", "onaanvaardbare gevolgen", "buitengewoon bezwaar",
}  # fmt: skip


def test_trap_12_a_text_uses_the_threshold_words_of_its_own_clause(desk: responsief.Desk) -> None:
    """Fails when `motivation/lint.py` `_words` no longer looks at `thresholds`, or a template names another clause's words."""
    case = small("", "eis: nee", clauses="{id: k, soort: verordening_clausule, titel: Afwijken, grondslag: art. 9, maatstaf: onredelijke uitkomst, wie_beslist: college, mag: [toekennen], geldt_voor: [c0]}", soort="verordening")  # fmt: skip
    decision = decide_small(case)
    written = decision.motivering
    for text in (written.brief, written.nota):
        assert "onredelijke uitkomst" in text
        for words in OTHER_WORDS - {"onredelijke uitkomst"}:
            assert words not in text.lower()
    assert lint(decision.draft, written) == ()
    for words in OTHER_WORDS - {"onredelijke uitkomst"}:
        for changed in (
            replace(written, brief=written.brief.replace("\nVragen of hulp nodig?", f"\nEr is sprake van {words}.\n\nVragen of hulp nodig?")),
            replace(written, nota=written.nota + f"Er is sprake van {words}.\n"),
        ):  # fmt: skip
            assert "maatstaf-andere-clausule" in {f.code for f in lint(decision.draft, changed)}, words
    pw = decide(desk, {"inkomsten": [EARNS_TOO_MUCH]})
    assert "zeer dringende redenen" not in pw.motivering.brief
    assert lint(pw.draft, pw.motivering) == ()


def test_every_trap_has_its_test_and_says_what_breaks_it() -> None:
    tests = {name: found for name, found in globals().items() if name.startswith("test_trap_")}
    assert {int(name.split("_")[2]) for name in tests} == set(range(1, 13))
    root = Path(__file__).parents[1]
    for name, test in tests.items():
        says = test.__doc__ or ""
        assert says.startswith("Fails when `"), name
        for file in re.findall(r"`([\w/]+\.(?:py|yaml|txt\.j2))`", says):
            assert any((root / where / file).exists() for where in ("", "src/responsief")), (name, file)
    assert "maatstaf-andere-clausule" in TEXTS
