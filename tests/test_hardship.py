"""The hardship pass: clauses, boundary, weighing. What it says is a proposal for a person who decides."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from responsief import Decision, Situation
from responsief.decision import Clause, MissingReviewError, Review
from responsief.decision_json import review_json
from small import TODAY, ruleset
from stories import desk_of, names, story

TEN = "ten_gunste"


def clause(ident: str, soort: str, covers: str, **other: str) -> str:
    keys = {
        "id": ident,
        "soort": soort,
        "grondslag": f"art. {ident}",
        "maatstaf": f"de woorden van {ident}",
        "geldt_voor": covers,
        "wie_beslist": "college",
    }
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in {**keys, **other}.items()) + "}\n"


def with_clauses(text: str, *clauses: str) -> str:
    head, _, rest = text.partition("hardheid:")
    return head + "hardheid:\n" + "".join(clauses) + rest.partition("\n")[2]


def decide(folder: Path, text: str, case: dict[str, Any] | None = None) -> Decision:
    return desk_of(folder, text).decide(Situation.model_validate(case or {}), "klein", TODAY)


def review_of(decision: Decision) -> Review:
    assert decision.hardheid is not None
    return decision.hardheid


def entry(decision: Decision, ident: str, criterion: str = "c0") -> Clause:
    (found,) = [c for c in review_of(decision).clausules if (c.id, c.criterium) == (ident, criterion)]
    return found


# --- there is no switch ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_a_draft_that_is_not_a_full_grant_cannot_be_made_without_its_review(name: str) -> None:
    draft = story(name).decide().draft
    assert draft.uitkomst != "toegekend"
    with pytest.raises(MissingReviewError, match="zonder hardheidstoets kan niet bestaan"):
        dataclasses.replace(draft, hardheid=None)


def test_a_full_grant_has_no_review(tmp_path: Path) -> None:
    decision = decide(tmp_path, ruleset("", "eis: ja"))
    assert (decision.uitkomst, decision.hardheid) == ("toegekend", None)


# --- clauses -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_every_failed_criterion_has_one_entry_per_clause_in_force(name: str) -> None:
    told = story(name)
    decision = told.decide()
    ruleset = told.desk.register.version(told.expected["regelset"], told.on)
    in_force = [c for c in ruleset.hardheid if c.vanaf is None or c.vanaf <= told.on]
    wanted = [(c.id, f.id) for f in decision.draft.failed for c in in_force if c.soort != "geen" or f.id in c.geldt_voor]
    assert [(c.id, c.criterium) for c in review_of(decision).clausules] == wanted


@pytest.mark.parametrize(
    ("criterion", "reden"),
    [
        ("bevoegdheid: discretionair", "het gaat om een bevoegdheid, dus de gevolgen mogen niet onevenredig zijn"),
        (
            "rust_op: verordening, bevoegdheid: discretionair",
            "het gaat om een bevoegdheid, dus de gevolgen mogen niet onevenredig zijn",
        ),
        ("rust_op: wet", "de wet bindt; alleen omstandigheden die de wetgever niet heeft meegewogen kunnen tellen"),
        ("rust_op: verordening", "de voorwaarde rust op de verordening; zij kan exceptief worden getoetst"),
        ("rust_op: amvb", "de voorwaarde rust op een besluit van het Rijk; zij kan exceptief worden getoetst"),
        (
            "rust_op: ministeriele_regeling",
            "de voorwaarde rust op een regeling van de minister; zij kan exceptief worden getoetst",
        ),
        (
            "rust_op: beleidsregel",
            "de voorwaarde rust op een beleidsregel; de gevolgen van die regel mogen niet onevenredig zijn",
        ),
    ],
)
def test_proportionality_reaches_by_power_and_by_instrument(criterion: str, reden: str, tmp_path: Path) -> None:
    text = with_clauses(ruleset("", f"eis: nee, {criterion}"), clause("e", "evenredigheid_3_4_2", "alle"))
    found = entry(decide(tmp_path, text), "e")
    assert (found.status, found.reden) == ("in_bereik", reden)


def test_proportionality_only_stands_where_the_ruleset_declares_it(tmp_path: Path) -> None:
    text = with_clauses(ruleset("", "eis: nee", "eis: nee"), clause("e", "evenredigheid_3_4_2", "[c0]"))
    decision = decide(tmp_path, text)
    assert (entry(decision, "e").status, entry(decision, "e", "c1").status) == ("in_bereik", "buiten_bereik")
    assert {c.soort for c in review_of(decide(tmp_path, ruleset("", "eis: nee"))).clausules} == {"geen"}


def test_awb_4_84_reaches_only_grounds_that_rest_on_a_beleidsregel(tmp_path: Path) -> None:
    text = with_clauses(
        ruleset("", "eis: nee, rust_op: beleidsregel", "eis: nee, rust_op: verordening"), clause("b", "awb_4_84", "alle")
    )
    decision = decide(tmp_path, text)
    assert entry(decision, "b").status == "in_bereik"
    assert entry(decision, "b", "c1").status == "buiten_bereik"
    assert entry(decision, "b", "c1").reden == "Awb 4:84 reikt alleen tot beleidsregels; deze voorwaarde rust op de verordening"


@pytest.mark.parametrize(
    ("loopt", "status", "reden"),
    [
        ("ja", "geblokkeerd", "art. 7: er loopt beslag"),
        ("nee", "in_bereik", "reikt tot deze voorwaarde (art. 1)"),
        (None, "onbekend", "nog niet bekend is of art. 7 in de weg staat: er loopt beslag"),
    ],
)
def test_a_bar_blocks_and_names_its_article_and_an_unknown_bar_leaves_it_open(
    loopt: str | None, status: str, reden: str, tmp_path: Path
) -> None:
    bar = "[{als: beslag.loopt, grondslag: art. 7, reden: er loopt beslag}]"
    text = with_clauses(
        ruleset("", "eis: nee"), clause("w", "wettelijke_uitzondering", "[c0]", niet_als=bar, vragen="[Wat is er?]")
    )
    found = entry(decide(tmp_path, text, {"beslag": {"loopt": loopt}}), "w")
    assert (found.status, found.reden) == (status, reden)
    asked = {"geblokkeerd": (), "in_bereik": ("Wat is er?",), "onbekend": ("Wat is er?", "Is er beslag gelegd op uw inkomen?")}
    assert found.open_vragen == asked[status]


def test_of_two_bars_the_one_that_holds_blocks_although_the_other_is_unknown(tmp_path: Path) -> None:
    bars = (
        "[{als: beslag.loopt, grondslag: art. 7, reden: beslag}, {als: werk.zelfstandige, grondslag: art. 8, reden: bedrijf}]"
    )
    text = with_clauses(ruleset("", "eis: nee"), clause("w", "wettelijke_uitzondering", "[c0]", niet_als=bars))
    found = entry(decide(tmp_path, text, {"werk": {"zelfstandige": "ja"}}), "w")
    assert (found.status, found.reden) == ("geblokkeerd", "art. 8: bedrijf")


@pytest.mark.parametrize(
    ("advies", "reden", "ophalen"),
    [
        (None, "; eerst nodig: een advies (art. 6)", True),
        ("nee", "; eerst nodig: een advies (nu niet vervuld) (art. 6)", False),
        ("ja", "", False),
    ],
)
def test_an_advice_that_a_clause_asks_for_is_fetched_and_never_refuses(
    advies: str | None, reden: str, ophalen: bool, tmp_path: Path
) -> None:
    body = "gegevens:\n  advies: {type: ja_nee, label: het advies, vraag: Wat is het advies?, van: [adviseur]}\n"
    asks = "[{als: advies, grondslag: art. 6, reden: een advies}]"
    text = with_clauses(ruleset(body, "eis: nee"), clause("v", "verordening_clausule", "[c0]", voorwaarden=asks))
    decision = decide(tmp_path, text, {"eigen": {"klein": {"advies": advies}}})
    found = entry(decision, "v")
    assert (found.status, found.reden) == ("in_bereik", f"reikt tot deze voorwaarde (art. 1){reden}")
    assert ("Wat is het advies?" in found.open_vragen) is ophalen
    assert ("voor de clausule eerst ophalen: een advies (art. 6)" in decision.beslisrijp) is ophalen


def test_the_scope_is_told_in_the_words_of_the_ruleset_else_by_its_articles(tmp_path: Path) -> None:
    text = with_clauses(
        ruleset("", "eis: nee", "eis: ja"),
        clause("a", "verordening_clausule", "[c1]", reikwijdte="alleen de tweede voorwaarde"),
        clause("b", "verordening_clausule", "[c1]"),
    )
    decision = decide(tmp_path, text)
    assert [c.reden for c in review_of(decision).clausules] == [
        "reikt hier niet: alleen de tweede voorwaarde",
        "reikt hier niet: alleen tot art. 1",
    ]


def test_a_clause_carries_a_grant_alone_only_where_it_reaches_every_ground_and_may_grant(tmp_path: Path) -> None:
    text = with_clauses(
        ruleset("", "eis: nee", "eis: nee", "eis: ja"),
        clause("alles", "verordening_clausule", "[c0, c1]", mag="[toekennen]"),
        clause("half", "verordening_clausule", "[c0]", mag="[toekennen]"),
        clause("bedrag", "verordening_clausule", "[c0, c1]", mag="[bedrag]"),
    )
    found = review_of(decide(tmp_path, text)).clausules
    assert {(c.id, c.criterium): c.draagt_alleen for c in found} == {
        ("alles", "c0"): True,
        ("half", "c0"): False,
        ("bedrag", "c0"): False,
        ("alles", "c1"): True,
        ("half", "c1"): False,
        ("bedrag", "c1"): False,
    }


def test_what_a_clause_asks_for_first_is_named_by_itself(tmp_path: Path) -> None:
    body = "gegevens:\n  advies: {type: ja_nee, label: het advies, vraag: Wat is het advies?, van: [adviseur]}\n"
    asks = "[{als: advies, grondslag: art. 6, reden: een advies}]"
    text = with_clauses(ruleset(body, "eis: nee"), clause("v", "verordening_clausule", "[c0]", voorwaarden=asks))
    assert entry(decide(tmp_path, text), "v").eerst_nodig == ("een advies (art. 6)",)
    assert entry(decide(tmp_path, text, {"eigen": {"klein": {"advies": "ja"}}}), "v").eerst_nodig == ()


def test_that_there_is_no_clause_is_said(tmp_path: Path) -> None:
    found = review_of(decide(tmp_path, ruleset("", "eis: nee")))
    assert found.geen_clausule
    assert [(c.soort, c.status, c.reden, c.maatstaf) for c in found.clausules] == [
        ("geen", "buiten_bereik", "de regeling heeft voor deze voorwaarde geen clausule", None)
    ]
    assert found.toelichting == (
        "Geen enkele clausule reikt tot een van deze gronden. Dat staat hier omdat het gezegd moet worden.",
    )


def test_a_clause_for_groups_does_not_count_as_one_that_reaches(tmp_path: Path) -> None:
    text = with_clauses(ruleset("", "eis: nee"), clause("g", "groepsniveau", "[c0]"))
    found = review_of(decide(tmp_path, text, {"omstandigheden": [{"soort": "taal"}]}))
    assert [c.status for c in found.clausules] == ["in_bereik"]
    assert found.geen_clausule
    assert [w.clausule for w in found.weging] == [None]
    assert all(a.soort != "hardheid" for a in found.alternatieven)


def test_a_clause_on_one_of_two_grounds_cannot_carry_a_grant_and_that_is_said(tmp_path: Path) -> None:
    text = with_clauses(ruleset("", "eis: nee", "eis: nee"), clause("v", "verordening_clausule", "[c1]"))
    (told,) = review_of(decide(tmp_path, text)).toelichting
    assert told == (
        "Een clausule op één grond kan geen toekenning dragen: «Een voorwaarde» blijft staan, omdat daar geen clausule voor is."
    )


def test_what_a_person_may_still_weigh_needs_no_clause_to_be_granted(tmp_path: Path) -> None:
    text = with_clauses(ruleset("", "eis: nee", "eis: nee, gevolg: kan_weigeren"), clause("v", "verordening_clausule", "[c0]"))
    decision = decide(tmp_path, text)
    assert (decision.draft.afgewezen_op, decision.draft.te_wegen) == (("c0",), ("c1",))
    assert review_of(decision).toelichting == ()


def test_a_clause_counts_from_the_day_that_it_is_in_force(tmp_path: Path) -> None:
    clauses = [
        clause("nu", "verordening_clausule", "[c0]", in_werking="{vanaf: 2026-03-02}"),
        clause("later", "verordening_clausule", "[c0]", in_werking="{vanaf: 2026-03-03}"),
        clause("gedoogd", "verordening_clausule", "[c0]", in_werking="gedoogd"),
    ]
    text = with_clauses(ruleset("", "eis: nee"), *clauses)
    assert [c.id for c in review_of(decide(tmp_path, text)).clausules] == ["nu"]


def test_circumstances_that_the_clause_names_are_asked_about_until_they_were_raised(tmp_path: Path) -> None:
    weighs = "[{soort: taal, waarom: x}, {soort: scheiding, waarom: y}]"
    text = with_clauses(ruleset("", "eis: nee"), clause("v", "verordening_clausule", "[c0]", wegen=weighs))
    found = entry(decide(tmp_path, text, {"omstandigheden": [{"soort": "taal"}]}), "v")
    assert found.open_vragen == ("Speelt dit: scheiding?",)


# --- boundary ----------------------------------------------------------------------------------------------------------

OWN = (
    "gegevens:\n"
    "  afstand: {type: decimaal, cijfers: 1, label: afstand, vraag: v?, van: [inwoner], eenheid: km}\n"
    "  gemiddeld: {type: geld, label: gemiddeld, vraag: v?, van: [inwoner], eenheid: euro per maand}\n"
)


@pytest.mark.parametrize(
    ("eis", "case", "verschil", "eenheid", "tekst"),
    [
        ("gemiddeld <= € 1.437,51", {"gemiddeld": "€ 1.438,51"}, "€ 1,00", "euro per maand", "€ 1.438,51 tegenover € 1.437,51: het verschil is € 1,00 per maand."),
        ("gemiddeld < € 1.437,51", {"gemiddeld": "€ 1.437,51"}, "€ 0,00", "euro per maand", "het verschil is € 0,00 per maand. Nodig is: lager dan € 1.437,51."),
        ("gemiddeld < € 2.002,13", {"gemiddeld": "€ 2.140"}, "€ 137,87", "euro per maand", "€ 2.140,00 tegenover € 2.002,13: het verschil is € 137,87 per maand. Nodig is: lager dan € 2.002,13."),
        ("gemiddeld < 105 % van € 100,10", {"gemiddeld": "€ 105,11"}, "€ 0,005", "euro per maand", "€ 105,11 tegenover € 105,105"),
        ("gemiddeld <= 105 % van € 100,10", {"gemiddeld": "€ 105,12"}, "€ 0,015", "euro per maand", "€ 105,12 tegenover € 105,105: het verschil is € 0,015 per maand. "),
        ("gemiddeld >= € 500", {"gemiddeld": "€ 499,50"}, "€ 0,50", "euro per maand", "het verschil is € 0,50 per maand."),
        ("afstand > 6", {"afstand": "6,0"}, "0 km", "km", "6 km tegenover 6 km: het verschil is 0 km. Nodig is: hoger dan 6 km."),
        ("afstand >= 6", {"afstand": "4,5"}, "1,5 km", "km", "4,5 km tegenover 6 km: het verschil is 1,5 km. Alleen"),
        ("niet (afstand >= 6)", {"afstand": "6,5"}, "0,5 km", "km", "6,5 km tegenover 6 km: het verschil is 0,5 km. Nodig is: lager dan 6 km."),
        ("leeftijd >= 21", {"persoon": "2006-01-01"}, "1 jaar", "jaar", "20 jaar tegenover 21 jaar: het verschil is 1 jaar."),
        ("leeftijd > 25", {"persoon": "2006-01-01"}, "5 jaar", "jaar", "het verschil is 5 jaar. Nodig is: hoger dan 25 jaar."),
        ("leeftijd tussen 25 en 27", {"persoon": "2006-01-01"}, "5 jaar", "jaar", "20 jaar tegenover 25 jaar"),
        ("niet (leeftijd tussen 18 en 22)", {"persoon": "2006-01-01"}, "2 jaar", "jaar", "20 jaar tegenover"),
        ("persoon.geboortedatum <= 2005-12-31", {"persoon": "2006-01-01"}, "1 dag", "dagen", "1 januari 2006 tegenover 31 december 2005: het verschil is 1 dag."),
        ("persoon.geboortedatum < 2005-12-31", {"persoon": "2006-01-01"}, "1 dag", "dagen", "het verschil is 1 dag. Nodig is: vóór 31 december 2005."),
        ("wonen.soort = 'koop' en persoon.buitenland.dagen_dit_jaar != 3", {"dagen": 3}, "0 dagen", "dagen", "Nodig is: iets anders dan 3 dagen."),
        ("persoon.buitenland.dagen_dit_jaar <= 28", {"dagen": 35}, "7 dagen", "dagen", "35 dagen tegenover 28 dagen: het verschil is 7 dagen."),
        ("max(persoon.buitenland.dagen_dit_jaar, 3) <= 28", {"dagen": 29}, "1 dag", "dagen", "het verschil is 1 dag."),
        ("aantal(inkomsten) = 2", {}, "2", "aantal", "0 tegenover 2: het verschil is 2."),
        ("gemiddeld <= € 10 of gemiddeld <= € 12", {"gemiddeld": "€ 15"}, "€ 3,00", "euro per maand", "€ 15,00 tegenover € 12,00"),
        ("niet (gemiddeld > € 10 en gemiddeld > € 12)", {"gemiddeld": "€ 15"}, "€ 3,00", "euro per maand", "€ 15,00 tegenover € 12,00"),
        ("wonen.soort = 'huur'", {}, None, None, "«Een voorwaarde» is hier niet zo; daar is geen maat voor."),
    ],
)  # fmt: skip
def test_the_distance_is_what_a_reader_works_out_and_says_where_the_limit_itself_will_not_do(
    eis: str, case: dict[str, Any], verschil: str | None, eenheid: str | None, tekst: str, tmp_path: Path
) -> None:
    situation = {
        "persoon": {"geboortedatum": case.get("persoon"), "buitenland": {"dagen_dit_jaar": case.get("dagen")}},
        "wonen": {"soort": "koop"},
        "inkomsten": "geen",
        "eigen": {"klein": {k: v for k, v in case.items() if k in ("afstand", "gemiddeld")}},
    }
    (found,) = review_of(decide(tmp_path, ruleset(OWN, f'eis: "{eis}"'), situation)).grens
    assert (found.criterium, found.verschil, found.eenheid) == ("c0", verschil, eenheid)
    assert tekst in found.tekst


def test_what_must_all_change_is_told_one_by_one(tmp_path: Path) -> None:
    case = {"eigen": {"klein": {"gemiddeld": "€ 15", "afstand": "7,0"}}}
    found = review_of(decide(tmp_path, ruleset(OWN, 'eis: "gemiddeld <= € 10 en afstand <= 5"'), case)).grens
    assert [g.verschil for g in found] == ["€ 5,00", "2 km"]


def test_what_is_not_in_the_way_has_no_distance(tmp_path: Path) -> None:
    case = {"eigen": {"klein": {"gemiddeld": "€ 5", "afstand": "7,0"}}}
    found = review_of(
        decide(tmp_path, ruleset(OWN, 'eis: "gemiddeld <= € 10 en afstand <= 5"', "eis: opleiding.volgt"), case)
    ).grens
    assert [(g.criterium, g.verschil) for g in found] == [("c0", "2 km")]


PROTECTED = (
    "leeftijd >= 90", "huishouden.soort = 'gehuwd'", "persoon.verblijf.soort = 'eu'", "gezondheid.zwanger", "zorg.geeft_mantelzorg",
    "som(vermogen.bezittingen.waarde) <= € 5", "niet opleiding.volgt", "veiligheid.geweld_thuis", "wonen.huur > sociale",
)  # fmt: skip


@pytest.mark.parametrize("eis", PROTECTED)
@pytest.mark.parametrize(("rust_op", "wie"), [("wet", "overheid"), ("verordening", "gemeente")])
def test_what_is_protected_is_never_laid_on_the_client(eis: str, rust_op: str, wie: str, tmp_path: Path) -> None:
    body = "begrippen: {sociale: {kies: [{als: huishouden.soort = 'alleenstaande', dan: € 900}, {anders: € 800}]}}\n"
    text = ruleset(body, f'eis: "{eis}", rust_op: {rust_op}, wie_wijzigt: {{wie: inwoner, wat: iets}}')
    case = {
        "persoon": {"geboortedatum": "1990-01-01", "verblijf": {"soort": "zonder"}},
        "huishouden": {"soort": "alleenstaande"},
        "gezondheid": {"zwanger": "nee"},
        "zorg": {"geeft_mantelzorg": "nee"},
        "vermogen": {"bezittingen": [{"waarde": "€ 7"}]},
        "opleiding": {"volgt": "ja"},
        "veiligheid": {"geweld_thuis": "nee"},
        "wonen": {"huur": "€ 5"},
    }
    found = review_of(decide(tmp_path, text, case)).grens
    assert {g.wie for g in found} == {wie}
    assert all("U kunt" not in g.tekst for g in found)


@pytest.mark.parametrize(
    ("wie", "tekst"),
    [
        ("overheid", "Alleen de wetgever kan dit veranderen (de grens)."),
        ("gemeente", "De gemeente kan dit veranderen (de grens)."),
        ("inwoner", "U kunt dit zelf veranderen (de grens)."),
        ("niemand", "Niemand kan dit veranderen."),
    ],
)
def test_who_could_change_it_is_told(wie: str, tekst: str, tmp_path: Path) -> None:
    text = ruleset("", f"eis: wonen.huur <= € 500, wie_wijzigt: {{wie: {wie}, wat: de grens}}")
    (found,) = review_of(decide(tmp_path, text, {"wonen": {"huur": "€ 501"}})).grens
    assert (found.wie, found.tekst) == (
        wie, f"€ 501,00 tegenover € 500,00: het verschil is € 1,00 per maand. {tekst}"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("both", "hardest"),
    [(("gemeente", "inwoner"), "gemeente"), (("inwoner", "inwoner"), "inwoner"), (("overheid", "gemeente"), "overheid"), (("inwoner", "niemand"), "niemand")],
)  # fmt: skip
def test_several_grounds_together_take_the_hardest_of_them(both: tuple[str, str], hardest: str, tmp_path: Path) -> None:
    rows = [f"eis: wonen.huur <= € 500, wie_wijzigt: {{wie: {wie}, wat: x}}" for wie in both]
    found = review_of(decide(tmp_path, ruleset("", *rows), {"wonen": {"huur": "€ 501"}})).grens
    assert [g.criterium for g in found] == ["c0", "c1", "samen"]
    assert found[-1].wie == hardest
    assert found[-1].tekst.startswith("Pas als deze voorwaarden allemaal anders uitvallen, verandert de uitkomst")


# --- weighing ----------------------------------------------------------------------------------------------------------

WEIGHS = "[{soort: taal, waarom: De regel vraagt veel papier.}, {soort: toezegging, waarom: x}, {soort: belang_van_kind, waarom: Kinderen gaan voor.}]"
TWO = with_clauses(
    ruleset("", "eis: nee", "eis: ja"),
    clause("a", "verordening_clausule", "[c0]", wegen=WEIGHS),
    clause("b", "evenredigheid_3_4_2", "[c0]"),
    clause("c", "verordening_clausule", "[c1]", wegen=WEIGHS),
)
RAISED: dict[str, Any] = {
    "omstandigheden": [{"soort": "taal", "woorden": "Ik lees slecht"}, {"soort": "overig", "woorden": "Mijn hond is ziek"}],
    "toezeggingen": [{"wie": "het wijkteam", "wat": "belt terug", "uiterlijk": "2026-02-01", "gedaan": "nee"}],
    "huishouden": {"kinderen": [{"geboortedatum": "2019-02-03"}, {"geboortedatum": "2010"}, {}]},
}


def test_every_circumstance_promise_and_child_is_weighed_against_every_clause_in_reach(tmp_path: Path) -> None:
    found = review_of(decide(tmp_path, TWO, RAISED)).weging
    assert [(w.omstandigheid, w.woorden, w.clausule, w.voorstel) for w in found] == [
        ("taal", "Ik lees slecht", "a", "weegt_mee"),
        ("taal", "Ik lees slecht", "b", "nog_te_wegen"),
        ("overig", "Mijn hond is ziek", "a", "nog_te_wegen"),
        ("overig", "Mijn hond is ziek", "b", "nog_te_wegen"),
        ("toezegging", "het wijkteam: belt terug, uiterlijk 1 februari 2026", "a", "nog_te_wegen"),
        ("toezegging", "het wijkteam: belt terug, uiterlijk 1 februari 2026", "b", "nog_te_wegen"),
        ("belang_van_kind", "kind 1 (7 jaar)", "a", "nog_te_wegen"),
        ("belang_van_kind", "kind 1 (7 jaar)", "b", "nog_te_wegen"),
        ("belang_van_kind", "kind 2 (15 of 16 jaar)", "a", "nog_te_wegen"),
        ("belang_van_kind", "kind 2 (15 of 16 jaar)", "b", "nog_te_wegen"),
        ("belang_van_kind", "kind 3 (leeftijd onbekend)", "a", "nog_te_wegen"),
        ("belang_van_kind", "kind 3 (leeftijd onbekend)", "b", "nog_te_wegen"),
    ]
    assert found[0].reden == "De regel vraagt veel papier. Doel van de regel: Omdat het zo is."
    assert found[6].reden == "Het belang van dit kind wordt apart gewogen (IVRK 3). Kinderen gaan voor."
    assert all(w.reden for w in found)


def test_the_machine_never_suggests_that_something_does_not_count(tmp_path: Path) -> None:
    for name in names():
        assert all(w.voorstel != "weegt_niet_mee" for w in review_of(story(name).decide()).weging)


def test_without_a_clause_in_reach_each_circumstance_still_stands(tmp_path: Path) -> None:
    found = review_of(decide(tmp_path, ruleset("", "eis: nee"), RAISED)).weging
    assert [(w.omstandigheid, w.clausule, w.voorstel) for w in found] == [
        ("taal", None, "nog_te_wegen"),
        ("overig", None, "nog_te_wegen"),
        ("toezegging", None, "nog_te_wegen"),
        *[("belang_van_kind", None, "nog_te_wegen")] * 3,
    ]


def test_while_nothing_stands_in_the_way_yet_that_is_what_is_said(tmp_path: Path) -> None:
    found = review_of(decide(tmp_path, ruleset("", "eis: opleiding.volgt"), RAISED)).weging
    assert "Er is nog geen voorwaarde die in de weg staat" in found[0].reden


def test_open_weighings_and_suggestions_keep_a_decision_from_being_ripe(tmp_path: Path) -> None:
    ripe = decide(tmp_path, TWO, RAISED).beslisrijp
    assert "11 keer een omstandigheid nog wegen" in ripe
    assert "1 keer een voorstel bevestigen of vervangen: een voorstel is nog geen weging" in ripe


def plain(review: Review) -> str:
    return json.dumps(review_json(review), ensure_ascii=False)


@pytest.mark.parametrize("words", ["Een schrijnende, hartverscheurende ramp voor mijn arme gezin!!!", "Niets bijzonders.", ""])
def test_only_facts_count_and_never_how_moving_the_words_are(words: str, tmp_path: Path) -> None:
    cold: dict[str, Any] = {
        **RAISED,
        "gewenst_effect": "Hulp",
        "behoeften": [{"leefgebied": "financien", "ernst": 3, "woorden": "geld"}],
        "krachten": [{"leefgebied": "werk", "woorden": "timmeren"}],
    }
    warm = {
        **cold,
        "gewenst_effect": words or None,
        "omstandigheden": [{"soort": "taal", "woorden": words or None}, {"soort": "overig", "woorden": words or "x"}],
        "behoeften": [{"leefgebied": "financien", "ernst": 3, "woorden": words or None}],
        "krachten": [{"leefgebied": "werk", "woorden": words or "x"}],
    }
    one, other = (decide(tmp_path, TWO, case) for case in (cold, warm))
    assert plain(review_of(one)) == plain(review_of(other))
    assert one.beslisrijp == other.beslisrijp
    assert one.draft.criteria == other.draft.criteria


def test_strengths_never_change_an_outcome_or_what_else_is_offered(tmp_path: Path) -> None:
    strong = [{"leefgebied": "werk", "woorden": "Ik kan alles zelf"}, {"leefgebied": "financien", "woorden": "rekenen"}]
    one, other = (decide(tmp_path, TWO, case) for case in (RAISED, {**RAISED, "krachten": strong}))
    assert one.uitkomst == other.uitkomst
    before, after = review_of(one), review_of(other)
    assert [a.titel for a in after.alternatieven if a.soort == "eigen_kracht"] == ["Waar u goed in bent: «rekenen»"]
    rest = tuple(a for a in after.alternatieven if a.soort != "eigen_kracht")
    assert dataclasses.replace(after, alternatieven=rest) == before
