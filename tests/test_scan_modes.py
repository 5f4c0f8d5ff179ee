"""What a scan makes of a part: engines that agree, groups, who receives what, near misses, refusals without help."""

from datetime import date

import pytest

from responsief.desk import open_desk
from responsief.population.classes import groups_of as groups_of_one
from responsief.population.households import households
from responsief.situation import Situation
from responsief.tables.layout import layout
from responsief.tables.to_frames import to_frames

pl = pytest.importorskip("polars", reason="needs the extra «population»")

from responsief.scan.engines import NOT_DECIDED, RowEngine, with_place  # noqa: E402  # needs Polars
from responsief.scan.groups import groups_of  # noqa: E402
from responsief.scan.in_columns import ColumnsEngine, duckdb_engine  # noqa: E402
from responsief.scan.modes import HAS, NEAR, NO_HELP, OTHER, PERHAPS_HAS, REFUSED, TO_CHECK, UNUSED, Look  # noqa: E402
from responsief.scan.near import Margin, read_margin  # noqa: E402
from responsief.scan.receives import receives  # noqa: E402

ON = date(2026, 3, 2)


@pytest.fixture(scope="module")
def desk():
    return open_desk()


@pytest.fixture(scope="module")
def people():
    return [
        *households(ON, seed=5, count=70, gemeente="0599"),
        *households(ON, seed=6, count=20, gemeente="9999"),
        *households(ON, seed=8, count=10),
    ]


def tables(desk, situations):
    return to_frames(situations, desk.register)


@pytest.mark.parametrize("make", [ColumnsEngine, pytest.param(duckdb_engine, marks=pytest.mark.heavy)])
def test_an_engine_in_columns_gives_what_one_by_one_gives(desk, people, make):
    if make is duckdb_engine:
        pytest.importorskip("duckdb", reason="needs the extra «duckdb»")
    rulesets = ("iit-rotterdam", "participatiewet", "stadspas-voorbeeld")
    part = tables(desk, people)
    wanted = dict(RowEngine(desk).decide(part, rulesets, ON))
    assert {outcome for frame in wanted.values() for outcome in frame["uitkomst"]} >= {"afgewezen", "onbepaald", NOT_DECIDED}
    for ruleset, frame in make(desk).decide(part, rulesets, ON):
        assert frame.equals(wanted[ruleset]), ruleset


def test_a_row_that_is_no_situation_is_told_and_the_others_are_decided(desk):
    part = tables(desk, [Situation(), Situation(), Situation()])
    persons = part["personen"].with_columns(
        pl.when(pl.col("sleutel") == 2).then(pl.lit("gehuwd")).alias("huishouden.soort"),
        pl.when(pl.col("sleutel") == 2).then(pl.lit(False)).alias("huishouden.partner"),
    )
    _, frame = next(RowEngine(desk).decide({**part, "personen": persons}, ("participatiewet",), ON))
    assert frame["uitkomst"].to_list() == ["onbepaald", NOT_DECIDED, "onbepaald"]
    assert "leefvorm" in frame["reden"][1]


def test_a_place_that_is_given_fills_only_what_is_unknown(desk):
    part = tables(desk, [Situation(), Situation.model_validate({"persoon": {"gemeente": "0363"}})])
    assert with_place(part, "0599")["personen"]["persoon.gemeente"].to_list() == ["0599", "0363"]
    assert with_place(part, None)["personen"]["persoon.gemeente"].to_list() == [None, "0363"]


def test_groups_in_columns_are_those_of_one_situation(desk, people):
    odd = [
        {"huishouden": {"soort": soort, "partner": partner, "kinderen": kinderen}, "persoon": {"geboortedatum": born}}
        for soort, partner in ((None, None), (None, {}), (None, "geen"), ("gehuwd", None), ("gehuwd", {}), ("alleenstaande", "geen"), ("alleenstaande", None), ("alleenstaande_ouder", None))
        for kinderen in (None, "geen", [{"geboortedatum": "2015-01-01"}])
        for born in (None, "1980", "1999-03", "2005-03-02", "2005-03-03", "2008-03-02", "2030-01-01", "1959-03-03", "1959-03-02")
        if not (soort == "alleenstaande_ouder" and kinderen == "geen")
    ]  # fmt: skip
    everybody = [*people, *map(Situation.model_validate, odd)]
    found = groups_of(tables(desk, everybody), ON)
    assert [tuple(row[1:]) for row in found.iter_rows()] == [groups_of_one(one, ON)[:2] for one in everybody]


@pytest.mark.parametrize(
    ("facts", "ruleset", "wanted"),
    [
        ({"inkomsten": [{"soort": "bijstand", "van": "2025-01-01"}]}, "participatiewet", True),
        ({"inkomsten": [{"soort": "bijstand", "van": "2025-01-01", "tot": "2026-02-28"}]}, "participatiewet", False),
        ({"inkomsten": [{"soort": "bijstand", "van": "2026-03-03"}]}, "participatiewet", False),
        ({"inkomsten": [{"soort": "loon"}]}, "participatiewet", False),
        ({"inkomsten": "geen"}, "participatiewet", False),
        ({"inkomsten": [{"bedrag": "€ 5"}]}, "participatiewet", None),
        ({}, "participatiewet", None),
        ({"inkomsten": [{"soort": "loon"}]}, "iit-rotterdam", None),
        ({"eerder": {"voorzieningen": [{"regelset": "iit-rotterdam", "toegekend_op": "2025-06-01"}]}}, "iit-rotterdam", True),
        ({"eerder": {"voorzieningen": [{"regelset": "iit-rotterdam", "toegekend_op": "2025-03-02"}]}}, "iit-rotterdam", False),
        ({"eerder": {"voorzieningen": [{"regelset": "iit-rotterdam"}]}}, "iit-rotterdam", None),
        ({"eerder": {"voorzieningen": [{"regelset": "iit-amsterdam", "toegekend_op": "2025-06-01"}]}}, "iit-rotterdam", False),
        ({"eerder": {"voorzieningen": "geen"}}, "iit-rotterdam", False),
    ],
)
def test_what_somebody_receives_is_yes_no_or_unknown(desk, facts, ruleset, wanted):
    per = "maand" if ruleset == "participatiewet" else "jaar"
    assert receives(tables(desk, [Situation.model_validate(facts)]), ruleset, per, ON)["ontvangt"].to_list() == [wanted]


@pytest.mark.parametrize(
    ("outcome", "has", "cell"),
    [
        ("toegekend", False, UNUSED), ("gedeeltelijk", False, UNUSED), ("toegekend", True, HAS), ("toegekend", None, PERHAPS_HAS),
        ("afgewezen", True, OTHER), ("onbepaald", True, OTHER), ("afgewezen", False, OTHER), ("niet_beslist", False, OTHER),
    ],
)  # fmt: skip
def test_not_used_is_a_right_that_is_known_not_to_be_received(desk, outcome, has, cell):
    part = tables(desk, [Situation()])
    persons = part["personen"].with_columns(pl.lit(has, dtype=pl.Boolean).alias("ontvangt.iit-rotterdam"))
    decided = pl.DataFrame({"sleutel": [1], "uitkomst": [outcome], "bedrag": [100], "gronden": [""]})
    look = Look("niet-gebruik", desk, layout(desk.register), Margin())
    looked = look.at({**part, "personen": persons}, desk.register.version("iit-rotterdam", ON), decided, ON)
    assert looked.cellen["cel"].to_list() == [cell]
    assert len(looked.rijen) == (cell == UNUSED), (
        "nobody else stands in the file per person: least of all who gets it without a right"
    )


@pytest.mark.parametrize(("margin", "near"), [("€ 1", True), ("€ 0,50", False), ("1%", True), ("0,01%", False)])
def test_a_euro_too_much_is_near(desk, margin, near):
    from responsief.intake import read_situation
    from scans import ROOT

    day, ruleset = date(2025, 9, 1), "iit-rotterdam"
    part = tables(desk, [read_situation(ROOT / "examples" / "een-euro-te-veel.yaml"), Situation()])
    decided = dict(RowEngine(desk).decide(part, (ruleset,), day))[ruleset]
    assert decided["gronden"].to_list() == ["laag_inkomen", ""]
    look = Look("bijna", desk, layout(desk.register), read_margin(margin))
    looked = look.at(part, desk.register.version(ruleset, day), decided, day)
    assert looked.cellen["cel"][0] == (NEAR if near else REFUSED)
    assert len(looked.rijen) == near
    if near:
        row = looked.rijen.row(0, named=True)
        assert (row["criterium"], row["waarde"], row["grens"], row["eenheid"]) == ("laag_inkomen", 1438.51, 1437.51, "euro")
        assert row["verschil"] == 1.0


@pytest.mark.parametrize("text", ["veel", "5", "-5%", "5 procent"])
def test_a_margin_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match="is geen marge"):
        read_margin(text)


def test_refused_without_help_is_what_the_review_says(desk, people):
    ruleset = "stadspas-voorbeeld"
    part = tables(desk, [one for one in people if one.persoon.gemeente == "9999"])
    decided = dict(RowEngine(desk).decide(part, (ruleset,), ON))[ruleset]
    look = Look("zonder-hulp", desk, layout(desk.register), Margin())
    looked = look.at(part, desk.register.version(ruleset, ON), decided, ON)
    some = [one for one in people if one.persoon.gemeente == "9999"]
    refused = 0
    for situation, outcome, cell in zip(some, decided["uitkomst"], looked.cellen["cel"], strict=True):
        if outcome != "afgewezen":
            continue
        refused += 1
        review = desk.decide(situation, ruleset, ON).hardheid
        helps = any(a.voorwaardelijk and a.past == "ja" for a in review.alternatieven)
        assert (cell in (NO_HELP, TO_CHECK)) is not helps
    assert refused
