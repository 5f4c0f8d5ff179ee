"""What every construct of the language means, one case at a time; compiled code says the same each time."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from random_expressions import SITUATION
from responsief.ir.program import LinkError
from responsief.situation import Situation
from responsief.values import GEEN, Between, Period
from small import ANNA, NOTHING, TODAY, TWO, both, compiled, findings, ruleset, value_of


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        # fixed values
        ("€ 1.250,50", 125050),
        ("2,5", Fraction(5, 2)),
        ("105 %", Fraction(21, 20)),
        ("12 maanden", Period(12)),
        ("12 maanden - 28 dagen", Period(12, -28)),
        ("ja", True),
        ("'huur'", "huur"),
        ("peildatum", TODAY),
        # exact numbers, rounded only where it is written
        ("105 % van € 0,10", Fraction(21, 2)),
        ("€ 1 / 3", Fraction(100, 3)),
        ("€ 1 / 3 * 3", 100),
        ("€ 10 / € 4", Fraction(5, 2)),
        ("afronden(105 % van € 0,10, cent)", 11),
        ("afronden(-(105 % van € 0,10), cent)", -11),
        ("afronden(105 % van € 0,10, naar beneden op cent)", 10),
        ("afronden(-€ 0,01, naar beneden op euro)", -100),
        ("afronden(€ 712, naar boven op € 50)", 75000),
        ("afronden(5 / 2, geheel)", 3),
        ("min(€ 3, € 2, € 9) + max(€ 1, € 2)", 400),
        ("2 * € 3 - € 1", 500),
        # comparing an exact number with money is exact
        ("€ 1 / 3 < € 0,34 en € 1 / 3 > € 0,33", True),
        ("€ 1 / 3 * 3 = € 1", True),
        # dates
        ("peildatum + 1 maand", date(2026, 4, 2)),
        ("2024-02-29 + 12 maanden", date(2025, 3, 1)),
        ("2026-01-31 + 1 maand", date(2026, 2, 28)),
        ("2026-03-31 - 1 maand", date(2026, 2, 28)),
        ("dagen tussen 2026-02-20 en peildatum", 10),
        ("maanden tussen 2025-03-02 en peildatum", 12),
        ("maanden tussen 2025-03-03 en peildatum", 11),
        ("jaren tussen peildatum en 2025-03-02", -1),
        ("leeftijd", 39),
        ("leeftijd op 2026-04-12", 40),
        ("leeftijd op peildatum + 41 dagen", 40),
        ("leeftijd op peildatum + 40 dagen", 39),
        ("min(peildatum, 2026-01-01)", date(2026, 1, 1)),
        # choices and words
        ("wonen.soort in ['huur', 'koop']", True),
        ("wonen.soort != 'huur'", False),
        ("persoon.verblijf.soort = 'eu'", False),
        # lists
        ("aantal(huishouden.kinderen)", 3),
        ("aantal(huishouden.kinderen waar leeftijd >= 7)", 3),
        ("aantal(huishouden.kinderen waar leeftijd >= 16)", 2),
        ("aantal(huishouden.kinderen waar leeftijd >= 18)", None),
        ("bestaat(huishouden.kinderen waar thuiswonend)", True),
        ("alle(huishouden.kinderen waar thuiswonend)", False),
        ("aantal(huishouden.kinderen waar thuiswonend)", None),
        ("som(inkomsten.bedrag)", 150250),
        ("som(inkomsten.bedrag waar soort = 'loon')", 140250),
        ("som(schulden.bedrag)", 0),
        ("bestaat(schulden)", False),
        ("alle(schulden waar bedrag > € 0)", True),
        ("bestaat(inkomsten waar bedrag > wonen.huur)", True),
        ("bestaat(huishouden.kinderen waar aantal(inkomsten waar bedrag > € 500) = 1 en thuiswonend)", True),
        # known, and geen
        ("schulden is geen", True),
        ("inkomsten is geen", False),
        ("huishouden.partner is geen", True),
        ("huishouden.partner is bekend", True),
        ("wonen.ontruiming_op is onbekend", True),
        ("wonen.ontruiming_op is geen", None),
        ("wonen.huur is niet onbekend", True),
        # nobody there: every question is no, every list empty, every comparison untrue
        ("huishouden.partner.detentie", False),
        ("bestaat(huishouden.partner.inkomsten)", False),
        ("leeftijd van huishouden.partner", GEEN),
        ("leeftijd van huishouden.partner >= 18", False),
        ("leeftijd van huishouden.partner < 18", False),
        ("niet (leeftijd van huishouden.partner < 18)", True),
        ("huishouden.partner.verblijf.soort = 'eu'", False),
        ("huishouden.partner.geboortedatum is geen", True),
    ],
)
def test_an_expression_means(expression: str, value: Any) -> None:
    found = value_of(expression, ANNA)
    assert found == value
    assert (found is True) == (value is True)
    assert (found is False) == (value is False)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("wonen.huur > € 5", None),
        ("wonen.huur > € 5 en nee", False),
        ("wonen.huur > € 5 of ja", True),
        ("niet opleiding.volgt", None),
        ("wonen.huur tussen € 1 en € 2", None),
        ("wonen.soort in ['huur']", None),
        ("wonen.huur * 0", None),
        ("max(wonen.huur, € 5)", None),
        ("som(inkomsten.bedrag)", None),
        ("bestaat(inkomsten)", None),
        ("bestaat(inkomsten) of ja", True),
        ("inkomsten is geen", None),
        ("inkomsten is onbekend", True),
        ("wonen.huur is bekend", False),
        ("(wonen.huur > € 5) is onbekend", True),
        ("huishouden.partner is geen", None),
        ("huishouden.partner.detentie", None),
        ("leeftijd van huishouden.partner", None),
        ("peildatum + 1 dag > aanvraag.ontvangen_op", None),
        ("opleiding.volgt = opleiding.volgt", None),
    ],
)
def test_of_nothing_known_an_expression_means(expression: str, value: Any) -> None:
    assert value_of(expression, NOTHING) is value


def test_every_fact_of_a_situation_can_be_read_by_its_name() -> None:
    reads = [f"{r.text} is bekend" for r in SITUATION if r.kind != "groep" or r.geen]
    reads += [
        f"bestaat({r.text} waar {name} is bekend)"
        for r in SITUATION
        if r.record and r.kind == "lijst"
        for name in r.record.fields
    ]
    names = "".join(f"  b{number}: {text}\n" for number, text in enumerate(reads))
    assert len(reads) > 100
    assert findings(ruleset(f"begrippen:\n{names}", "eis: b0")) == []


def test_an_incomplete_date_decides_what_all_its_days_agree_on() -> None:
    month = {"persoon": {"geboortedatum": "2008-03"}}
    assert value_of("leeftijd", month) == Between(17, 18)
    assert value_of("leeftijd >= 17", month) is True
    assert value_of("leeftijd >= 18", month) is None
    assert value_of("leeftijd < 18", month) is None
    assert value_of("leeftijd > 18", month) is False
    assert value_of("leeftijd >= 18", month, on=date(2026, 3, 31)) is True
    assert value_of("leeftijd >= 18", month, on=date(2026, 2, 28)) is False
    assert value_of("persoon.geboortedatum < 2008-04-01", month) is True
    assert value_of("persoon.geboortedatum + 18 jaar <= peildatum", month) is None
    assert value_of("persoon.geboortedatum is bekend", month) is True
    assert value_of("afronden(leeftijd / 2, geheel)", month) is None
    assert value_of("leeftijd in [17, 18]", {"persoon": {"geboortedatum": "2000"}}) is False


def test_one_of_decides_what_all_days_agree_on() -> None:
    assert value_of("leeftijd in [17, 18]", {"persoon": {"geboortedatum": "2008-03"}}) is True


def test_a_partner_who_is_there_has_an_age_and_an_income() -> None:
    assert value_of("leeftijd van huishouden.partner", TWO) == Between(35, 36)
    assert value_of("leeftijd van huishouden.partner op 2020-12-31", TWO) == 30
    assert value_of("som(huishouden.partner.inkomsten.bedrag)", TWO) == 90000
    assert value_of("huishouden.partner is geen", TWO) is False


@pytest.mark.parametrize("doubt", ["betwist", "in_onderzoek"])
def test_what_is_in_doubt_is_unknown(doubt: str) -> None:
    for path in ("inkomsten", "inkomsten.0.bedrag"):
        case = {**ANNA, "feiten": {path: {doubt: "ja"}}}
        assert value_of("som(inkomsten.bedrag) > € 0", case) is None
    case = {**ANNA, "feiten": {"inkomsten": {"bron": "uwv", "datum": "2026-02-28", doubt: "nee"}}}
    assert value_of("som(inkomsten.bedrag) > € 0", case) is True


def test_an_entry_in_doubt_is_unknown_as_a_whole() -> None:
    assert value_of("som(inkomsten.bedrag) > € 0", {**ANNA, "feiten": {"inkomsten.0": {"betwist": "ja"}}}) is None


@pytest.mark.parametrize(
    "path", ["persoon", "huishouden", "huishouden.partner", "huishouden.partner.verblijf", "persoon.verblijf", "wonen"]
)
def test_a_group_in_doubt_is_unknown_as_a_whole(path: str) -> None:
    case = {**TWO, "feiten": {path: {"betwist": "ja"}}}
    for expression in (
        "leeftijd > 3",
        "wonen.huur > € 3",
        "persoon.verblijf.soort = 'eu'",
        "huishouden.partner.verblijf.soort = 'eu'",
    ):
        assert value_of(expression, case) is None
    assert value_of("bestaat(huishouden.kinderen)", case) is None


# own facts, figures, terms


OWN = """\
gegevens:
  afstand: {type: decimaal, cijfers: 1, label: a, vraag: A?, van: [inwoner], eenheid: km}
  eind: {type: datum, geen: ja, label: e, vraag: E?, van: [inwoner]}
  duur: {type: periode, label: d, vraag: D?, van: [inwoner]}
bedragen:
  tarief: {bron: Stcrt. 1, waarden: {2026-01-01: "€ 0,23", 2025-01-01: "€ 0,20"}, tot: 2026-12-31}
  factor: {type: decimaal, cijfers: 2, bron: Stcrt. 1, waarden: {1990-01-01: "1,25"}}
"""


def test_own_facts_and_figures_are_exact() -> None:
    case = {"eigen": {"klein": {"afstand": "12,5", "eind": "geen", "duur": "18 maanden"}}}
    assert value_of("afstand * tarief", case, OWN) == Fraction(125, 10) * 23
    assert value_of("afstand * factor", case, OWN) == Fraction(125, 8)
    assert value_of("eind is geen", case, OWN) is True
    assert value_of("peildatum - duur", case, OWN) == date(2024, 9, 2)
    assert value_of("duur = 1 jaar en 6 maanden", case, OWN) is True


def test_a_figure_is_the_one_of_the_day_and_never_a_guess() -> None:
    assert value_of("tarief", None, OWN, on=date(2025, 12, 31)) == 20
    assert value_of("tarief", None, OWN, on=date(2026, 1, 1)) == 23
    for day in (date(2024, 12, 31), date(2027, 1, 1)):
        with pytest.raises(LinkError) as wrong:
            value_of("tarief", None, OWN, on=day)
        assert wrong.value.code == "cijfer-ontbreekt"


def test_a_figure_that_only_a_later_criterion_reads_is_not_missed_before() -> None:
    body = 'bedragen:\n  later: {bron: b, waarden: {2027-01-01: "€ 5"}}\n'
    text = ruleset(body, "eis: ja", "eis: wonen.huur > later, in_werking: {vanaf: 2027-01-01}")
    assert compiled(text).decide(Situation(), TODAY).uitkomst == "toegekend"


def test_a_choice_stays_open_unless_every_branch_still_possible_agrees() -> None:
    body = "begrippen:\n  uit:\n    kies:\n      - {als: opleiding.volgt, dan: 1}\n      - {als: werk.zelfstandige, dan: 2}\n      - anders: 2\n"
    one = compiled(ruleset(body, "eis: uit = 1"))
    assert one.program.ruleset is not None
    node = one.program.ruleset.begrippen["uit"].node

    def chosen(studies: str, works: str) -> Any:
        return one.program.value(node, both(one, {"opleiding": {"volgt": studies}, "werk": {"zelfstandige": works}}))

    assert chosen("ja", "onbekend") == 1
    assert chosen("nee", "onbekend") == 2
    assert chosen("onbekend", "ja") is None


@pytest.mark.parametrize(
    "result",
    [
        "1",
        "1 / 3",
        "€ 1",
        "ja",
        "peildatum",
        "leeftijd",
    ],
)
def test_a_choice_without_conditions_is_what_is_left(result: str) -> None:
    text = ruleset(f"begrippen:\n  uit:\n    kies:\n      - anders: {result}\n", "eis: uit is bekend")
    assert both(compiled(text), ANNA)[-1] is True


def test_groups_read_as_they_say() -> None:
    def group(text: str) -> Any:
        one = compiled(ruleset(f"begrippen:\n  uit: {text}\n", "eis: uit"))
        assert one.program.ruleset is not None
        return one.program.value(one.program.ruleset.begrippen["uit"].node, both(one, ANNA))

    assert group("{alle: [ja, wonen.huur > € 5, {een_van: [nee, ja]}]}") is True
    assert group("{geen_van: [nee, opleiding.volgt]}") is None
    assert group("{geen_van: [ja, opleiding.volgt]}") is False
    assert group("{alle: [ja], tenzij: wonen.huur > € 5}") is False
    assert group("{alle: [ja], tenzij: opleiding.volgt}") is None
    assert group("{een_van: [nee], tenzij: opleiding.volgt}") is False


def test_a_criterion_with_tenzij_holds_by_either() -> None:
    one = compiled(ruleset("", "eis: nee, tenzij: wonen.huur > € 5"))
    assert one.decide(Situation.model_validate(ANNA), TODAY).uitkomst == "toegekend"
    assert one.decide(Situation(), TODAY).uitkomst == "onbepaald"


def test_fixed_values_may_be_asked_after() -> None:
    assert value_of("€ 5 is bekend") is True
    assert value_of("2026-01-01 is onbekend") is False
