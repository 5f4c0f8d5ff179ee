"""From a verdict to what people read: value against limit, facts with their origin, and what is still needed."""

from __future__ import annotations

from datetime import date
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from responsief.backends.compiled import Compiled
from responsief.backends.explain import Explainer
from responsief.decision import Needed, Trace
from responsief.situation import Situation
from small import TODAY, compiled, ruleset
from stories import names, story


def explain(text: str, case: dict[str, Any]) -> Explainer:
    one = compiled(text)
    situation = Situation.model_validate(case)
    return Explainer(one, one.decide(situation, TODAY), situation)


def needed(text: str, case: dict[str, Any]) -> list[str]:
    return [n.gegeven for n in explain(text, case).needed()]


def own(*facts: str) -> str:
    return "gegevens:\n" + "".join(
        f"  {name}: {{type: {kind}, label: {name}, vraag: v?, van: [inwoner]}}\n"
        for name, kind in (f.split(":") for f in facts)
    )


# --- value, limit and how they stand -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eis", "case", "shown"),
    [
        ("wonen.huur <= € 500", {"wonen": {"huur": "€ 500,01"}}, ("€ 500,01", "€ 500,00", ">")),
        ("wonen.huur <= € 500", {"wonen": {"huur": "€ 500"}}, ("€ 500,00", "€ 500,00", "≤")),
        ("niet (wonen.huur > € 500)", {"wonen": {"huur": "€ 600"}}, ("€ 600,00", "€ 500,00", ">")),
        ("leeftijd >= 21", {"persoon": {"geboortedatum": "2006-01-01"}}, ("20 jaar", "21 jaar", "<")),
        ("leeftijd >= 21", {"persoon": {"geboortedatum": "2005-03"}}, ("20 of 21 jaar", "21 jaar", "≥")),
        ("persoon.geboortedatum < 2000-01-01", {"persoon": {"geboortedatum": "2000-01-01"}}, ("1 januari 2000", "1 januari 2000", "≥")),
        ("leeftijd tussen 18 en 20", {"persoon": {"geboortedatum": "2000-01-01"}}, ("26 jaar", "18 tot en met 20 jaar", "buiten")),
        ("wonen.soort in ['huur', 'koop']", {"wonen": {"soort": "inwonend"}}, ("inwonend", "huur of koop", "is niet")),
        ("opleiding.volgt", {"opleiding": {"volgt": "nee"}}, ("nee", None, None)),
        ("wonen.huur <= € 500", {}, (None, "€ 500,00", "≤")),
        ("wonen.huur <= € 500 en leeftijd >= 21", {"wonen": {"huur": "€ 1"}, "persoon": {"geboortedatum": "2010-01-01"}}, ("16 jaar", "21 jaar", "<")),
        ("wonen.huur <= € 500 of leeftijd >= 21", {"wonen": {"huur": "€ 600"}, "persoon": {"geboortedatum": "2010-01-01"}}, (None, None, None)),
        ("huishouden.partner.verblijf.soort = 'eu'", {"huishouden": {"partner": "geen"}}, ("geen", None, None)),
        ("leeftijd van huishouden.partner < 18", {"huishouden": {"partner": "geen"}}, ("geen", None, None)),
        ("persoon.buitenland.dagen_dit_jaar <= 28", {"persoon": {"buitenland": {"dagen_dit_jaar": 35}}}, ("35 dagen", "28 dagen", ">")),
        ("persoon.verblijf.soort = 'eu'", {"persoon": {"verblijf": {"soort": "zonder"}}}, ("geen verblijfsrecht", "burger van een land van de Europese Unie", "≠")),
    ],
)  # fmt: skip
def test_the_comparison_that_decided_is_shown(eis: str, case: dict[str, Any], shown: tuple[str | None, ...]) -> None:
    (criterion,) = explain(ruleset("", f'eis: "{eis}"'), case).criteria()
    assert (criterion.waarde, criterion.grens, criterion.teken) == shown


def test_a_limit_with_a_part_of_a_cent_is_written_out() -> None:
    (criterion,) = explain(ruleset("", 'eis: "wonen.huur <= 105 % van € 500,10"'), {"wonen": {"huur": "€ 600"}}).criteria()
    assert criterion.grens == "€ 525,105"


def test_the_facts_of_the_comparison_that_decided_come_first() -> None:
    case = {"wonen": {"huur": "€ 1", "soort": "huur"}, "inkomsten": [{"soort": "loon", "bedrag": "€ 900", "per": "maand"}]}
    text = ruleset("", "eis: \"wonen.soort = 'huur' en wonen.huur < € 5 en som(inkomsten.bedrag) < € 800\"")
    (criterion,) = explain(text, case).criteria()
    assert [f.gegeven for f in criterion.feiten] == ["inkomsten", "wonen.soort", "wonen.huur"]


def test_a_list_of_amounts_is_told_entry_by_entry() -> None:
    case = {"inkomsten": [{"soort": "loon", "bedrag": "€ 900", "per": "4_weken"}, {"soort": "aow"}, {"bedrag": "€ 5"}]}
    (criterion,) = explain(ruleset("", "eis: som(inkomsten.bedrag) < € 800"), case).criteria()
    assert criterion.feiten[0].waarde == "loon € 900,00 per vier weken; AOW bedrag onbekend; soort onbekend € 5,00"


@pytest.mark.parametrize(
    ("eis", "told"),
    [
        ("{geen_van: [opleiding.volgt, gezondheid.zwanger]}", ("geen van deze", "minstens een hiervan")),
        (
            "{een_van: [opleiding.volgt, gezondheid.zwanger], tenzij: gezondheid.chronisch_ziek}",
            ("de eis, en de uitzondering geldt niet", "minstens een hiervan"),
        ),
    ],
)
def test_a_group_is_headed_by_what_it_asks(eis: str, told: tuple[str, ...]) -> None:
    (criterion,) = explain(
        ruleset("", f"eis: {eis}"), {"opleiding": {"volgt": "ja"}, "gezondheid": {"zwanger": "nee"}}
    ).criteria()
    assert (criterion.spoor.tekst, criterion.spoor.delen[0].tekst) == told


def test_what_is_unknown_in_a_list_inside_an_entry_is_named() -> None:
    text = ruleset("", "eis: \"bestaat(omstandigheden waar soort = 'overig' en aantal(bewijs) > 0)\"")
    assert needed(text, {"omstandigheden": [{"soort": "overig", "woorden": "hallo"}]}) == ["omstandigheden.0.bewijs"]


def leaves(trace: Trace) -> list[Trace]:
    return [trace] if not trace.delen else [leaf for part in trace.delen for leaf in leaves(part)]


@pytest.mark.parametrize("name", names())
def test_a_trace_says_what_its_criterion_says(name: str) -> None:
    for criterion in story(name).decide().criteria:
        assert criterion.spoor.oordeel == criterion.oordeel


def test_a_trace_writes_a_term_out_once_and_each_entry_of_a_list() -> None:
    body = "begrippen:\n  totaal: {label: het totaal, is: \"som(inkomsten.bedrag waar soort = 'loon')\"}\n"
    case = {"inkomsten": [{"soort": "loon", "bedrag": "€ 5"}, {"soort": "ww", "bedrag": "€ 7"}, {"bedrag": "€ 1"}]}
    (criterion,) = explain(ruleset(body, 'eis: "totaal <= € 4 of totaal >= € 9"'), case).criteria()
    texts = [(leaf.tekst, leaf.oordeel, leaf.waarde) for leaf in leaves(criterion.spoor)]
    assert texts == [
        ("inkomsten 1: soort = 'loon'", "ja", "€ 5,00"),
        ("inkomsten 2: soort = 'loon'", "nee", "€ 7,00"),
        ("inkomsten 3: soort = 'loon'", "onbekend", "€ 1,00"),
        ("totaal", None, None),
    ]


def test_a_trace_names_the_article_of_a_figure_and_the_day_from_which_its_value_holds() -> None:
    body = (
        "bedragen: {grens: {grondslag: art. 7, bron: Stcrt. 1, waarden: {2025-01-01: € 5, 2026-01-01: € 6, 2027-01-01: € 7}}}\n"
    )
    found = explain(ruleset(body, "eis: wonen.huur <= grens"), {"wonen": {"huur": "€ 5"}})
    one = found.compiled.program.ruleset
    assert one is not None
    trace = found.trace(one.criteria[0].eis).delen[1]
    assert (trace.tekst, trace.waarde, trace.bron, trace.datum) == ("grens", "€ 6,00", "art. 7", "2026-01-01")


def test_a_trace_of_a_choice_shows_the_branches_that_were_still_possible() -> None:
    body = "begrippen:\n  uit: {kies: [{als: opleiding.volgt, dan: 1}, {als: werk.zelfstandige, dan: 2}, {anders: 3}]}\n"
    (criterion,) = explain(
        ruleset(body, "eis: uit = 2"), {"opleiding": {"volgt": "nee"}, "werk": {"zelfstandige": "ja"}}
    ).criteria()
    assert [leaf.tekst for leaf in leaves(criterion.spoor)] == ["is zelfstandige", "2"]


def test_a_fact_carries_its_source_and_date_and_whether_it_is_in_doubt() -> None:
    case = {
        "wonen": {"huur": "€ 5"},
        "inkomsten": [{"bedrag": "€ 7"}],
        "feiten": {
            "wonen.huur": {"bron": "gemeente", "datum": "2026-02-01", "herbruikbaar_tot": "2027-02-01"},
            "inkomsten": {"bron": "uwv", "in_onderzoek": "ja"},
        },
    }
    (criterion,) = explain(ruleset("", "eis: wonen.huur > som(inkomsten.bedrag) en niet opleiding.volgt"), case).criteria()
    huur, inkomsten, opleiding = criterion.feiten
    assert (huur.waarde, huur.bron, huur.datum, huur.betwist) == ("€ 5,00", "gemeente", date(2026, 2, 1), False)
    assert huur.herbruikbaar_tot == date(2027, 2, 1)
    assert (inkomsten.waarde, inkomsten.bron, inkomsten.betwist) == (None, "uwv", True)
    assert (opleiding.waarde, opleiding.bron, opleiding.datum) == (None, "inwoner", None)
    first = leaves(criterion.spoor)[0]
    assert (first.bron, first.datum) == ("gemeente", "2026-02-01")


def test_the_facts_of_one_case_are_not_those_of_the_next() -> None:
    one = compiled(ruleset("", "eis: opleiding.volgt", "eis: niet opleiding.volgt"))
    for volgt, shown in (("ja", "ja"), ("nee", "nee"), (None, None), ("ja", "ja")):
        situation = Situation.model_validate({"opleiding": {"volgt": volgt}})
        first, second = Explainer(one, one.decide(situation, TODAY), situation).criteria()
        assert first.feiten == second.feiten
        assert first.feiten[0].waarde == shown


# --- what is still needed ----------------------------------------------------------------------------------------------


def test_nothing_is_needed_once_it_is_decided_and_what_is_unknown_still_shows() -> None:
    found = explain(ruleset("", "eis: nee", "eis: opleiding.volgt"), {})
    assert found.verdict.uitkomst == "afgewezen"
    assert found.needed() == ()
    assert found.unknown() == ("opleiding.volgt",)


def test_a_fact_asked_twice_is_needed_once_and_in_reading_order() -> None:
    text = ruleset("", "eis: wonen.huur > € 5", "eis: opleiding.volgt", "eis: wonen.huur < € 900")
    assert needed(text, {}) == ["wonen.huur", "opleiding.volgt"]


def test_an_incomplete_date_is_needed_only_while_its_days_disagree() -> None:
    text = ruleset("", "eis: leeftijd >= 21", "eis: opleiding.volgt")
    assert needed(text, {"persoon": {"geboortedatum": "2005-03"}}) == ["persoon.geboortedatum", "opleiding.volgt"]
    assert needed(text, {"persoon": {"geboortedatum": "2004"}}) == ["opleiding.volgt"]


def test_of_a_choice_only_what_is_still_possible_is_needed() -> None:
    body = own("a:ja_nee", "b:ja_nee", "x:geld", "y:geld", "z:geld") + (
        "begrippen:\n  uit: {kies: [{als: a, dan: x}, {als: b, dan: y}, {anders: z}]}\n"
    )
    text = ruleset(body, "eis: uit > € 5")
    assert needed(text, {"eigen": {"klein": {"a": "nee"}}}) == ["eigen.klein.b", "eigen.klein.y", "eigen.klein.z"]
    assert needed(text, {"eigen": {"klein": {"a": "ja"}}}) == ["eigen.klein.x"]
    assert needed(text, {"eigen": {"klein": {"a": "nee", "b": "ja"}}}) == ["eigen.klein.y"]


def test_of_rows_taken_together_a_row_that_does_not_hold_is_not_needed() -> None:
    body = own("a:ja_nee", "b:ja_nee", "x:geld", "y:geld") + (
        "begrippen:\n  uit:\n    tabel:\n      treffer: verzamel\n      samen: som\n      kolommen: [a, b]\n      rijen:\n"
        '        - {als: ["ja", "-"], dan: x}\n        - {als: ["-", "ja"], dan: y}\n      anders: € 0\n'
    )
    text = ruleset(body, "eis: uit > € 5")
    assert needed(text, {"eigen": {"klein": {"a": "nee", "b": "ja"}}}) == ["eigen.klein.y"]


def test_of_an_entry_only_what_keeps_it_open_is_needed() -> None:
    where = "(aflossing_verplicht of incasso) en achterstand_maanden >= 2"
    text = ruleset("", f'eis: "niet bestaat(schulden waar {where})"')
    case = {"schulden": [{"soort": "huur", "incasso": "ja"}, {"soort": "boete", "achterstand_maanden": 1}, {"soort": "water"}]}
    assert needed(text, case) == [
        "schulden.0.achterstand_maanden",
        "schulden.2.aflossing_verplicht",
        "schulden.2.incasso",
        "schulden.2.achterstand_maanden",
    ]


def test_an_entry_that_may_count_is_asked_for_its_value_too() -> None:
    text = ruleset("", "eis: \"som(inkomsten.bedrag waar soort = 'loon') <= € 5\"")
    case = {"inkomsten": [{}, {"soort": "ww"}, {"soort": "loon"}, {"soort": "loon", "bedrag": "€ 1"}]}
    assert needed(text, case) == ["inkomsten.0.soort", "inkomsten.0.bedrag", "inkomsten.2.bedrag"]


def test_an_unknown_list_is_asked_as_a_list_and_an_unknown_partner_as_a_partner() -> None:
    text = ruleset("", 'eis: "som(inkomsten.bedrag) + som(huishouden.partner.inkomsten.bedrag) <= € 5"')
    assert needed(text, {}) == ["inkomsten", "huishouden.partner"]
    assert needed(text, {"huishouden": {"partner": {}}, "inkomsten": "geen"}) == ["huishouden.partner.inkomsten"]


def test_whether_there_is_a_partner_is_never_left_out_for_a_fact_about_the_partner() -> None:
    text = ruleset("", "eis: niet huishouden.partner.detentie", "eis: opleiding.volgt")
    assert needed(text, {}) == ["huishouden.partner", "opleiding.volgt"]


@pytest.mark.parametrize(
    ("van", "feit", "reden", "wie"),
    [
        ("inwoner", {}, "ontbreekt", "aanvrager"),
        ("uwv", {}, "ontbreekt", "gemeente"),
        ("adviseur", {}, "ontbreekt", "adviseur"),
        ("oordeel", {}, "oordeel", "oordeel"),
        ("inwoner", {"betwist": "ja"}, "betwist", "gemeente"),
        ("uwv", {"in_onderzoek": "ja", "bron": "uwv"}, "in_onderzoek", "gemeente"),
        ("adviseur", {"betwist": "ja"}, "betwist", "adviseur"),
    ],
)
def test_why_a_fact_is_needed_and_who_supplies_it(van: str, feit: dict[str, str], reden: str, wie: str) -> None:
    body = f"gegevens:\n  x: {{type: ja_nee, label: het feit, vraag: Is het zo?, van: [{van}, inwoner]}}\n"
    case = {"eigen": {"klein": {"x": "ja"}} if feit else {}, "feiten": {"eigen.klein.x": feit} if feit else {}}
    (found,) = explain(ruleset(body, "eis: x"), case).needed()
    assert found == Needed("eigen.klein.x", "het feit", reden, "Is het zo?", wie, ja_nee=True)  # type: ignore[arg-type]


def test_an_unknown_amount_is_needed_when_every_criterion_holds() -> None:
    text = ruleset("uitkomst: {bedrag: {per: maand, is: wonen.huur}}\n", "eis: ja")
    found = explain(text, {})
    assert found.verdict.uitkomst == "onbepaald"
    assert [n.gegeven for n in found.needed()] == ["wonen.huur"]


def test_until_when_somebody_waits_is_needed_when_that_is_unknown() -> None:
    text = ruleset("", "eis: nee, gevolg: wacht_tot aanvraag.gemeld_op + 4 weken")
    assert needed(text, {}) == ["aanvraag.gemeld_op"]
    assert needed(text, {"aanvraag": {"gemeld_op": "2026-02"}}) == ["aanvraag.gemeld_op"]


# --- leaving out what can't change the outcome --------------------------------------------------------------------------

FACTS = ("a", "b", "c", "d", "e")
formulas = st.recursive(
    st.sampled_from((*FACTS, "reis = 'ov'", "reis in ['fiets', 'taxi']")),
    lambda inner: st.one_of(
        inner.map(lambda f: f"niet ({f})"),
        st.tuples(inner, st.sampled_from(("en", "of")), inner).map(lambda t: f"(({t[0]}) {t[1]} ({t[2]}))"),
    ),
    max_leaves=5,
)
REIS = ("fiets", "ov", "taxi")


@cache
def logic(texts: tuple[str, ...], effect: str) -> Compiled:
    body = own(*(f"{f}:ja_nee" for f in FACTS))
    body += "  reis: {type: keuze, opties: [fiets, ov, taxi], label: reis, vraag: v?, van: [inwoner]}\n"
    first, *rest = texts
    return compiled(ruleset(body, f'eis: "{first}", gevolg: {effect}', *(f'eis: "{t}"' for t in rest)))


@settings(max_examples=150)
@given(
    st.lists(formulas, min_size=1, max_size=3).map(tuple),
    st.sampled_from(("afwijzen", "kan_weigeren")),
    st.fixed_dictionaries({f: st.sampled_from((True, False, None, None)) for f in FACTS}),
    st.sampled_from((*REIS, None)),
)
def test_no_answer_to_a_fact_that_was_left_out_changes_the_outcome(
    texts: tuple[str, ...], effect: str, facts: dict[str, bool | None], reis: str | None
) -> None:
    one = logic(texts, effect)

    def decide(values: dict[str, Any]) -> tuple[Any, ...]:
        verdict = one.decide(Situation.model_validate({"eigen": {"klein": values}}), TODAY)
        return verdict.uitkomst, verdict.afgewezen_op, verdict.te_wegen

    values: dict[str, Any] = {**facts, "reis": reis}
    situation = Situation.model_validate({"eigen": {"klein": values}})
    found = Explainer(one, one.decide(situation, TODAY), situation)
    assume(found.verdict.uitkomst == "onbepaald")
    names_of = [path.rpartition(".")[2] for path in found.unknown()]
    asked = [n.gegeven.rpartition(".")[2] for n in found.needed()]
    answers = [REIS if name == "reis" else (True, False) for name in names_of]
    outcomes: dict[tuple[Any, ...], set[tuple[Any, ...]]] = {}
    for choice in product(*answers):
        filled = dict(zip(names_of, choice, strict=True))
        outcomes.setdefault(tuple(filled[a] for a in asked), set()).add(decide({**values, **filled}))
    if asked != names_of:
        assert all(len(different) == 1 for different in outcomes.values())
    # and each that is asked does matter, unless none of them does
    if len({o for different in outcomes.values() for o in different}) > 1:
        for at in range(len(asked)):
            groups: dict[tuple[Any, ...], set[tuple[Any, ...]]] = {}
            for choice, different in outcomes.items():
                groups.setdefault(choice[:at] + choice[at + 1 :], set()).update(different)
            assert any(len(different) > 1 for different in groups.values())


def test_a_fact_that_is_decided_by_another_is_left_out() -> None:
    text = ruleset(own("a:ja_nee", "b:ja_nee"), 'eis: "(a of niet a) en b"')
    assert explain(text, {}).unknown() == ("eigen.klein.a", "eigen.klein.b")
    assert needed(text, {}) == ["eigen.klein.b"]


def test_of_entries_of_a_list_too_what_does_not_matter_is_left_out() -> None:
    text = ruleset(own("a:ja_nee"), 'eis: "(bestaat(schulden waar incasso) of niet bestaat(schulden waar incasso)) en a"')
    assert needed(text, {"schulden": [{"soort": "huur"}]}) == ["eigen.klein.a"]
