"""What would come out otherwise: with other facts, and with the law of another day. Properties first, then how it is told."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import responsief
from random_expressions import Rolled
from responsief import Desk, InvalidError, Situation, read_situation
from responsief.cli import group
from responsief.objection import SideBySide, side_by_side, side_by_side_json
from responsief.situation import NO_FACTS
from responsief.what_if import as_set, smallest, what_if, what_if_json, with_values
from small import TODAY, ruleset
from stories import desk_of
from strategies import seeds, situation

ROOT = Path(__file__).parents[1]
EURO = ROOT / "examples" / "een-euro-te-veel.yaml"
INCOME = "eigen.iit-rotterdam.inkomen_referteperiode"
DAY = date(2025, 9, 1)


@pytest.fixture(scope="module")
def desk() -> Desk:
    found = responsief.open_desk()
    found.register.use_chainer("eigen")
    return found


@pytest.fixture(scope="module")
def euro() -> Situation:
    return read_situation(EURO)


def places(raw: Any, before: str = "") -> dict[str, Any]:
    """Every path of plain data, with what stands there."""
    found: dict[str, Any] = {}
    entries = enumerate(raw) if isinstance(raw, list) else raw.items()
    for key, value in entries:
        if before or key not in (*NO_FACTS, "formaat"):
            found[f"{before}{key}"] = value
            if isinstance(value, dict | list):
                found |= places(value, f"{before}{key}.")
    return found


# --- properties --------------------------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(seeds, st.data())
def test_setting_a_fact_to_the_value_that_it_has_changes_nothing(seed: int, data: st.DataObject) -> None:
    case = situation(Rolled(seed)).model_copy(update={"feiten": {}})
    paths = places(case.model_dump(mode="json"))
    paths |= {
        f"eigen.{home}.{name}": v for home, facts in case.model_dump(mode="json")["eigen"].items() for name, v in facts.items()
    }
    for path in data.draw(st.lists(st.sampled_from(sorted(paths)), max_size=5, unique=True)):
        assert with_values(case, {path: paths[path]}) == case


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(st.sampled_from(sorted(p.stem for p in (ROOT / "examples").glob("*.yaml") if p.stem != "afzender")), st.data())
def test_setting_what_is_so_gives_two_equal_sides(desk: Desk, name: str, data: st.DataObject) -> None:
    case = read_situation(ROOT / "examples" / f"{name}.yaml").model_copy(update={"feiten": {}})
    paths = places(case.model_dump(mode="json"))
    path = data.draw(st.sampled_from(sorted(p for p in paths if not p.startswith("eigen"))))
    for ident in ("participatiewet", "iit-rotterdam"):
        found = what_if(desk, case, ident, {path: paths[path]}, DAY)
        assert found.same
        assert any(line.startswith("De uitkomst blijft: ") for line in found.zinnen)


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(seeds)
def test_the_other_side_is_what_a_desk_decides_on_the_other_situation(desk: Desk, seed: int) -> None:
    dice = Rolled(seed)
    one, two = (situation(dice, 90).model_copy(update={"feiten": {}, "eigen": {}}) for _ in range(2))
    changes = {key: two.model_dump(mode="json")[key] for key in ("wonen", "werk", "inkomsten", "schulden")}
    try:
        found = what_if(desk, one, "participatiewet", changes, TODAY)
    except InvalidError as wrong:  # not born yet, on that day
        if {d.code for d in wrong.diagnostics} != {"geboortedatum"}:
            raise
        return
    other = desk.decide(one.model_copy(update={key: getattr(two, key) for key in changes}), "participatiewet", TODAY)
    assert (found.wordt.uitkomst, found.wordt.bedrag, found.wordt.afgewezen_op) == (
        other.uitkomst,
        other.bedrag,
        other.afgewezen_op,
    )
    verdicts = {c.id: c.oordeel for c in other.criteria}
    assert all(verdicts[c.id] == c.wordt for c in found.criteria)
    json.dumps(what_if_json(found))


OWN = (
    "gegevens:\n"
    "  loon: {type: geld, label: loon, vraag: v?, van: [inwoner]}\n"
    "  meedoet: {type: ja_nee, label: werkt mee, vraag: v?, van: [inwoner]}\n"
    "  afstand: {type: decimaal, cijfers: 1, label: afstand, vraag: v?, van: [inwoner], eenheid: km}\n"
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(("loon <= € 10", "loon < € 7,50", "meedoet", "niet meedoet", "afstand > 6", "afstand <= 5,5", "meedoet of loon <= € 3")), min_size=1, max_size=5))  # fmt: skip
def test_a_way_of_facts_applied_with_set_gives_the_outcome_that_it_names(tmp_path_factory: Any, eisen: list[str]) -> None:
    rows = [f'eis: "{eis}", wie_wijzigt: {{wie: inwoner, wat: iets}}' for eis in eisen]
    desk = desk_of(tmp_path_factory.mktemp("w"), ruleset(OWN, *rows))
    case = Situation.model_validate({"eigen": {"klein": {"loon": "€ 15", "meedoet": "nee", "afstand": "6,0"}}})
    decision = desk.decide(case, "klein", TODAY)
    for way in smallest(desk, decision).manieren:
        if as_set(way):
            found = what_if(desk, case, "klein", {c.gegeven: c.waarde for c in way.veranderingen if c.gegeven}, TODAY)
            assert found.was.uitkomst == "afgewezen"
            assert found.wordt.uitkomst == way.uitkomst == "toegekend"


# --- how it is told ----------------------------------------------------------------------------------------------------


def test_one_euro_less_gives_the_toeslag(desk: Desk, euro: Situation) -> None:
    found = what_if(desk, euro, "iit-rotterdam", {INCOME: "€ 1.437,51"}, DAY)
    assert found.zinnen == (
        "Stel: gemiddeld inkomen per maand over de afgelopen 36 maanden is € 1.437,51. Nu staat er: € 1.438,51.",
        "Nu is de uitkomst: afgewezen. Dan: toegekend, € 200,00 per jaar.",
        "«Uw inkomen was drie jaar lang laag» wordt ja (dat was nee): € 1.438,51 > € 1.437,51 wordt € 1.437,51 ≤ € 1.437,51.",
    )
    assert what_if_json(found)["wordt"]["bedrag"] == {"centen": 20000, "per": "jaar"}


def test_of_what_is_protected_it_is_said_that_nobody_should_change_it(desk: Desk, euro: Situation) -> None:
    found = what_if(desk, euro, "iit-rotterdam", {"vermogen.bezittingen.0.waarde": "€ 5", "wonen.huur": "€ 5"}, DAY)
    assert [line for line in found.zinnen if "niets om iemand te laten veranderen" in line] == [
        "Over waarde (1): dit laat zien hoe de regel rekent. Het is niets om iemand te laten veranderen."
    ]


def test_what_else_comes_out_otherwise_is_told(desk: Desk, euro: Situation) -> None:
    found = what_if(desk, euro, "iit-rotterdam", {"inkomsten.0.bedrag": "€ 1.000"}, DAY)
    (other,) = found.elders
    assert (other.regelset, other.was, other.wordt) == ("participatiewet", "afgewezen", "toegekend")
    assert found.zinnen[-1] == "Ook anders: Bijstand om van te leven. Nu: afgewezen. Dan: toegekend, € 369,06."


def test_a_reference_date_that_moves_along_is_said(desk: Desk, euro: Situation) -> None:
    found = what_if(desk, euro, "iit-rotterdam", {"aanvraag.ontvangen_op": "2026-03-01"}, today=DAY)
    assert "De peildatum verandert mee: van 1 september 2025 naar 1 maart 2026." in found.zinnen
    assert (found.was.uitkomst, found.wordt.uitkomst) == ("afgewezen", "toegekend")


def test_a_value_that_is_set_is_taken_as_established(desk: Desk, euro: Situation) -> None:
    disputed = Situation.model_validate({**euro.model_dump(mode="json"), "feiten": {INCOME: {"betwist": "ja"}}})
    found = what_if(desk, disputed, "iit-rotterdam", {INCOME: "€ 1.437,51"}, DAY)
    assert (found.was.uitkomst, found.wordt.uitkomst) == ("onbepaald", "toegekend")


def test_a_value_inside_what_is_in_doubt_does_not_count_and_that_is_said(desk: Desk, euro: Situation) -> None:
    disputed = Situation.model_validate({**euro.model_dump(mode="json"), "feiten": {"inkomsten": {"in_onderzoek": "ja"}}})
    found = what_if(desk, disputed, "participatiewet", {"inkomsten.0.bedrag": "€ 5"}, DAY)
    assert any("telt deze waarde niet mee" in line for line in found.zinnen)


@pytest.mark.parametrize(
    ("path", "value", "said", "advice"),
    [
        ("wonen.huurr", "€ 5", "«huurr» is geen veld van «wonen»", "bedoelde u «huur»?"),
        ("woonen.huur", "€ 5", "«woonen» is geen veld van de situatie", "bedoelde u «wonen»?"),
        ("huur", "€ 5", "«huur» is geen veld van de situatie", "bedoelde u «wonen.huur»?"),
        ("inkomsten.5.bedrag", "€ 5", "«inkomsten» heeft 2 regels; de eerste heeft nummer 0", "kijk het nummer na"),
        ("huishouden.partner.detentie", "ja", "bij «huishouden.partner» staat «geen»", "zet eerst «huishouden.partner»"),
        ("wonen.huur.x", "€ 5", "na «huur» komt niets meer", "docs/gegevens.md"),
        ("feiten.wonen.huur.bron", "uwv", "is geen gegeven van de situatie", ""),
        ("eigen.iit-rotterdam", "€ 5", "is geen gegeven van de situatie", "schrijf «eigen.regelset.gegeven»"),
        ("eigen.iit.inkomen", "€ 5", "regelset «iit» staat niet in dit register", "iit-rotterdam"),
        ("eigen.iit-rotterdam.inkomen_referteperiod", "€ 5", "is geen gegeven van iit-rotterdam", "bedoelde u «inkomen_referteperiode»?"),
        (INCOME, "veel", "«veel» is geen bedrag", "schrijf het als «€ 1.250,50»"),
        ("wonen.huur", "veel", "«veel» is geen bedrag", "schrijf het als «€ 1.250,50»"),
        ("wonen.soort", "hur", "«hur»", "«huur»"),
        ("huishouden.soort", "gehuwd", "«gehuwd», maar bij partner staat «geen»", "vul de partner in"),
        ("bsn", "111222333", "een burgerservicenummer hoort niet in een situatie", "haal het weg"),
    ],
)  # fmt: skip
def test_a_wrong_path_or_value_says_what_was_meant(
    desk: Desk, euro: Situation, path: str, value: str, said: str, advice: str
) -> None:
    with pytest.raises(InvalidError) as wrong:
        what_if(desk, euro, "iit-rotterdam", {path: value}, DAY)
    (found, *_) = wrong.value.diagnostics
    assert said in found.tekst + (found.hulp or "")
    assert advice in found.tekst + (found.hulp or "")


# --- the law of then and of now ----------------------------------------------------------------------------------------


@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(
    st.sampled_from(("een-euro-te-veel", "jongere-dakloos", "student", "kostendelers", "te-veel-vermogen")),
    st.dates(date(2025, 7, 1), date(2026, 12, 1)),
)
def test_the_same_day_twice_has_no_difference(desk: Desk, name: str, day: date) -> None:
    case = read_situation(ROOT / "examples" / f"{name}.yaml")
    for ident in ("participatiewet", "iit-rotterdam"):
        found = side_by_side(desk, case, ident, day, day)
        assert found.toen == found.nu
        assert (found.versies, found.cijfers, found.criteria, found.gunstiger) == ((), (), (), None)


@settings(max_examples=25, phases=[Phase.explicit, Phase.generate])
@given(st.sampled_from(("een-euro-te-veel", "jongere-dakloos", "student", "kostendelers", "te-veel-vermogen")), st.dates(date(2025, 1, 1), date(2026, 12, 1)), st.dates(date(2025, 7, 1), date(2026, 12, 1)))  # fmt: skip
def test_every_criterion_that_differs_between_two_days_has_a_reason(desk: Desk, name: str, then: date, now: date) -> None:
    case = read_situation(ROOT / "examples" / f"{name}.yaml")
    for ident in ("participatiewet", "iit-rotterdam"):
        found = side_by_side(desk, case, ident, then, now)
        assert all(one.waarom for one in found.criteria)
        for day, side in ((then, found.toen), (now, found.nu)):
            if side is not None:
                decision = desk.decide(case, ident, day)
                assert (side.uitkomst, side.bedrag, side.afgewezen_op) == (
                    decision.uitkomst,
                    decision.bedrag,
                    decision.afgewezen_op,
                )
        assert (found.toen is None or found.nu is None) == bool(found.niet_beslist)
        json.dumps(side_by_side_json(found))


def test_a_norm_that_went_up_is_the_reason(desk: Desk, euro: Situation) -> None:
    found = side_by_side(desk, euro, "iit-rotterdam", DAY, date(2026, 3, 1))
    assert found.gunstiger == "nu"
    (one,) = [c for c in found.criteria if c.was != c.wordt]
    assert one.waarom[0] == "norm voor een alleenstaande of alleenstaande ouder: € 1.369,06 werd € 1.401,50"
    assert {f.naam for f in found.cijfers if f.telt_mee} < {f.naam for f in found.cijfers}


OLD = ruleset(
    "bedragen: {top: {bron: b, label: de grens, waarden: {2020-01-01: € 500}}}\n",
    "eis: wonen.huur <= top",
    geldig="{van: 2020-01-01, tot: 2025-12-31}",
)
NEW = ruleset(
    "bedragen: {top: {bron: b, label: de grens, waarden: {2026-01-01: € 400}}}\n",
    "eis: wonen.huur < top",
    "eis: werk.zelfstandige",
    geldig="{van: 2026-01-01}",
)


def changed_law(folder: Path) -> SideBySide:
    case = Situation.model_validate({"wonen": {"huur": "€ 450"}, "werk": {"zelfstandige": "ja"}})
    return side_by_side(desk_of(folder, OLD, NEW), case, "klein", date(2025, 6, 1), date(2026, 6, 1))


def test_another_version_another_figure_and_another_criterion_are_each_named(tmp_path: Path) -> None:
    found = changed_law(tmp_path)
    assert [(v.regelset, v.toen, v.nu) for v in found.versies] == [("klein", "2020-01-01", "2026-01-01")]
    assert [(f.label, f.toen, f.nu, f.telt_mee) for f in found.cijfers] == [("de grens", "€ 500,00", "€ 400,00", True)]
    limit, extra = found.criteria
    assert limit.waarom == ("de voorwaarde zelf is anders geschreven", "de grens: € 500,00 werd € 400,00")
    assert (extra.was, extra.wordt, extra.waarom) == (None, "ja", ("deze voorwaarde staat maar in één van de twee versies",))
    assert found.zinnen[:3] == (
        "Met het recht van 1 juni 2025 is de uitkomst: toegekend. Met dat van 1 juni 2026: afgewezen.",
        "Het recht van toen is voor de inwoner gunstiger.",
        "Een andere versie van «Een kleine regeling»: toen die van 1 januari 2020, nu die van 1 januari 2026.",
    )


def test_a_day_without_a_version_is_said_beside_the_other(desk: Desk, euro: Situation) -> None:
    found = side_by_side(desk, euro, "iit-rotterdam", date(2025, 5, 1), DAY)
    assert found.toen is None
    assert found.nu is not None
    assert "geldt geen versie op 1 mei 2025" in found.zinnen[0]
    with pytest.raises(LookupError, match="geldt geen versie"):
        side_by_side(desk, euro, "iit-rotterdam", date(2024, 5, 1), date(2024, 6, 1))


# --- the doors ---------------------------------------------------------------------------------------------------------


def run(*args: str) -> Any:
    result = CliRunner().invoke(group, args, catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


def test_decide_set_shows_both_outcomes_side_by_side() -> None:
    done = run("decide", str(EURO), "--ruleset", "iit-rotterdam", "--set", f"{INCOME}=€ 1.437,51")
    assert done.exit_code == 0
    (line,) = [one for one in done.output.splitlines() if one.startswith("Uitkomst")]
    assert line.split() == ["Uitkomst", "AFGEWEZEN", "TOEGEKEND"]
    assert "✗ → ✓  Uw inkomen was drie jaar lang laag (art. 3 lid 1)" in done.output
    assert "geen besluit en geen advies" in done.output


def test_decide_set_takes_lists_and_quoted_words_and_gives_json() -> None:
    income = "inkomsten=[{soort: loon, bedrag: '€ 900', per: maand, vakantietoeslag: inbegrepen}]"
    done = run(
        "decide", str(EURO), "--date", "2025-09-01", "--set", income, "--set", 'persoon.gemeente="0599"', "--format", "json"
    )
    found = json.loads(done.output)["wat_als"]
    named = {one["regelset"]: one for one in found}
    assert {"iit-rotterdam", "participatiewet"} <= {*named}
    then = named["participatiewet"]["wordt"]
    assert then | {"peildatum": ""} == then | {"peildatum": "", "uitkomst": "toegekend", "bedrag": {"centen": 46906, "per": "maand"}}  # fmt: skip


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--set", "wonen.huurr=5"], 1, "bedoelde u «huur»?"),
        (["--set", "wonen.huur=veel"], 1, "«veel» is geen bedrag"),
        (["--set", "wonen.huur"], 1, "schrijf PAD=WAARDE"),
        (["--set", "wonen.huur=€ 5", "--set", "wonen.huur=€ 6"], 1, "staat er twee keer"),
        (["--set", "inkomsten=[{soort: loon"], 1, "fout["),
        (["--set", "wonen.huur=€ 5", "--format", "letter"], 2, "«--set» probeert iets uit"),
    ],
)
def test_wrong_use_of_set_says_what_to_do(args: list[str], code: int, words: str) -> None:
    done = run("decide", str(EURO), "--ruleset", "iit-rotterdam", *args)
    assert (done.exit_code, words in done.output) == (code, True), done.output


def test_objection_shows_the_law_of_then_and_now() -> None:
    args = ("objection", str(EURO), "--ruleset", "iit-rotterdam", "--then", "2025-09-01", "--now", "2026-03-01")
    text = run(*args).output
    assert "toen (1 september 2025)" in text
    assert "Het recht van nu is voor de inwoner gunstiger." in text
    assert "Awb 7:11" in text
    document = json.loads(run(*args, "--format", "json").output)
    assert (document["toen"]["uitkomst"], document["nu"]["uitkomst"], document["gunstiger"]) == ("afgewezen", "toegekend", "nu")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["--ruleset", "iit-roterdam", "--then", "2025-09-01", "--now", "2026-03-01"], 2, "bedoelde u «iit-rotterdam»?"),
        (["--ruleset", "iit-rotterdam", "--then", "2026-09-01", "--now", "2026-03-01"], 1, "draai «--then» en «--now» om"),
        (["--ruleset", "iit-rotterdam", "--then", "2024-09-01", "--now", "2024-10-01"], 1, "geldt geen versie"),
    ],
)
def test_wrong_use_of_objection_says_what_to_do(args: list[str], code: int, words: str) -> None:
    done = run("objection", str(EURO), *args)
    assert (done.exit_code, words in done.output) == (code, True), done.output


@pytest.mark.parametrize("columns", [40, 60, 110])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for args in (["decide", str(EURO), "--set", "inkomsten.0.bedrag=€ 1.000", "--date", "2025-09-01"], ["objection", str(EURO), "--ruleset", "participatiewet", "--then", "2025-09-01", "--now", "2026-03-01"]):  # fmt: skip
        lines = run(*args).output.splitlines()
        assert max(map(len, lines)) <= columns, max(lines, key=len)
