"""From the values of a run to an outcome: every ground, and unknown never a no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from responsief.situation import Situation
from small import ANNA, NOTHING, TODAY, compiled, findings, ruleset


def outcome(case: dict[str, Any], *criteria: str, amount: str = "€ 100") -> Any:
    return compiled(ruleset(f"uitkomst: {{bedrag: {{per: maand, is: {amount}}}}}\n", *criteria)).decide(
        Situation.model_validate(case), TODAY
    )


def test_a_refusal_states_every_ground_and_an_unknown_is_none() -> None:
    verdict = outcome(NOTHING, "eis: nee", "eis: wonen.huur > € 5", "eis: nee", "eis: ja")
    assert (verdict.uitkomst, verdict.afgewezen_op, verdict.bedrag) == ("afgewezen", ("c0", "c2"), None)
    assert verdict.oordelen == (False, None, False, True)


def test_what_may_be_refused_waits_for_a_person() -> None:
    verdict = outcome(NOTHING, "eis: nee, gevolg: kan_weigeren", "eis: ja")
    assert (verdict.uitkomst, verdict.te_wegen, verdict.afgewezen_op) == ("onbepaald", ("c0",), ())
    verdict = outcome(NOTHING, "eis: nee, gevolg: kan_weigeren", "eis: nee")
    assert (verdict.uitkomst, verdict.te_wegen, verdict.afgewezen_op) == ("afgewezen", ("c0",), ("c1",))


@pytest.mark.parametrize(
    ("aftrek", "uitkomst", "bedrag"),
    [
        ("€ 30", "gedeeltelijk", 7000),
        ("€ 0", "toegekend", 10000),
        ("-€ 30", "toegekend", 10000),
        ("€ 100", "afgewezen", None),
        ("€ 200", "afgewezen", None),
        ("wonen.huur", "onbepaald", None),
    ],
)
def test_a_part_takes_something_off(aftrek: str, uitkomst: str, bedrag: int | None) -> None:
    verdict = outcome(NOTHING, f"gevolg: deel, aftrek: {aftrek}")
    assert (verdict.uitkomst, verdict.bedrag, verdict.bedrag_vol) == (uitkomst, bedrag, 10000)
    assert verdict.afgewezen_op == (("c0",) if uitkomst == "afgewezen" else ())


def test_a_part_with_a_demand_takes_off_only_when_it_is_not_met() -> None:
    assert outcome(NOTHING, "eis: ja, gevolg: deel, aftrek: € 30").bedrag == 10000
    assert outcome(NOTHING, "eis: nee, gevolg: deel, aftrek: € 30").bedrag == 7000
    assert outcome(NOTHING, "eis: opleiding.volgt, gevolg: deel, aftrek: € 30").uitkomst == "onbepaald"


def test_waiting_goes_before_refusing_and_an_open_wait_before_both() -> None:
    verdict = outcome(NOTHING, "eis: nee, gevolg: wacht_tot peildatum + 4 weken", "eis: nee")
    assert (verdict.uitkomst, verdict.wacht_tot, verdict.afgewezen_op) == ("wacht", TODAY + timedelta(weeks=4), ())
    verdict = outcome(NOTHING, "eis: opleiding.volgt, gevolg: wacht_tot peildatum + 4 weken", "eis: nee")
    assert (verdict.uitkomst, verdict.afgewezen_op) == ("onbepaald", ())
    verdict = outcome(NOTHING, "eis: nee, gevolg: wacht_tot aanvraag.ontvangen_op")
    assert (verdict.uitkomst, verdict.wacht_tot) == ("onbepaald", None)


def test_the_first_day_of_deciding_is_not_told_while_another_wait_is_open() -> None:
    verdict = outcome(NOTHING, "eis: nee, gevolg: wacht_tot 2026-04-01", "eis: opleiding.volgt, gevolg: wacht_tot 2027-01-01")
    assert verdict.wacht_tot is None


def test_a_refusal_also_states_that_nothing_is_left() -> None:
    verdict = outcome(NOTHING, "eis: nee", "gevolg: deel, aftrek: € 200")
    assert (verdict.uitkomst, verdict.afgewezen_op) == ("afgewezen", ("c0", "c1"))


def test_what_is_not_in_force_does_not_count() -> None:
    assert outcome(NOTHING, "eis: nee, in_werking: gedoogd", "eis: ja").uitkomst == "toegekend"
    assert outcome(NOTHING, "eis: nee, in_werking: {vanaf: 2026-03-03}").uitkomst == "toegekend"
    assert outcome(NOTHING, "eis: nee, in_werking: {vanaf: 2026-03-02}").uitkomst == "afgewezen"


@pytest.mark.parametrize("where", ["amount", "aftrek"])
def test_an_amount_about_a_partner_who_is_not_there_is_no_amount(where: str) -> None:
    of = "€ 10 * leeftijd van huishouden.partner"
    text = ruleset(
        f"uitkomst: {{bedrag: {{per: maand, is: {of if where == 'amount' else '€ 10'}}}}}\n", f"gevolg: deel, aftrek: {of}"
    )
    if not findings(text):
        verdict = compiled(text).decide(Situation.model_validate(ANNA), TODAY)
        assert verdict.bedrag is None or isinstance(verdict.bedrag, int)


def test_a_term_not_in_force_yet_does_not_count() -> None:
    text = ruleset("begrippen:\n  uit: {is: ja, in_werking: {vanaf: 2030-01-01}}\n", "eis: uit")
    assert findings(text) != [] or compiled(text).decide(Situation(), TODAY).uitkomst != "toegekend"
