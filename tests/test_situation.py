"""The client's situation: what every field says of itself, what is unknown, what is none, what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

import situation_table
import strategies
from responsief.facts import MAX_LIST, MAX_TEXT, Soort, holds_bsn
from responsief.ir import nodes as ir
from responsief.ir.types import Record, situation_schema
from responsief.parts import Deel
from responsief.register import Register
from responsief.situation import (
    BRONNEN,
    LEEFGEBIEDEN,
    OMSTANDIGHEDEN,
    EerdereVoorziening,
    FeitBron,
    Inkomen,
    Kind,
    Partner,
    Persoon,
    Schuld,
    Situation,
    model_of,
    replace,
    unknown_step,
    without,
)
from responsief.values import GEEN, Between, Period

HUGE = pytest.param(10**5000, id="huge")  # more digits than Python writes


def read(**fields: Any) -> Situation:
    return Situation.model_validate(fields)


def wrong(data: Any) -> dict[str, str]:
    """What is refused, by path: the code of each mistake."""
    with pytest.raises(ValidationError) as caught:
        Situation.model_validate(data)
    found = {}
    for error in caught.value.errors():
        context: dict[str, Any] = error.get("ctx", {})
        path = [*error["loc"], *context.get("pad", ())]
        found[".".join(str(s) for s in path if s != "[key]")] = str(context.get("code", error["type"]))
    return found


def models(model: type[Deel] = Situation) -> Iterator[type[Deel]]:
    yield model
    for info in model.model_fields.values():
        inner: Any = model_of(info.annotation)
        if inner is not None:
            yield from models(inner)


def facts() -> Iterator[tuple[str, FieldInfo]]:
    """Every field that holds facts or lists of them; groups hold fields of their own, `FeitBron` speaks about facts."""
    for model in dict.fromkeys(models()):
        for name, info in model.model_fields.items():
            section = model_of(info.annotation) is info.annotation
            if not section and model is not FeitBron and name not in ("formaat", "feiten", "eigen"):
                yield f"{model.__name__}.{name}", info


# --- what a field says of itself ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "info"), [pytest.param(n, i, id=n) for n, i in facts()])
def test_every_field_has_a_label_a_question_and_a_source(name: str, info: FieldInfo) -> None:
    extra: Any = info.json_schema_extra
    assert info.title, name
    assert info.title[0].islower(), "a label stands inside a sentence"
    assert info.description is not None
    assert "?" in info.description, "a question asks"
    assert extra["van"], name
    assert set(extra["van"]) <= set(BRONNEN)


def test_the_words_of_lists_are_their_own() -> None:
    for words in (LEEFGEBIEDEN, OMSTANDIGHEDEN, BRONNEN):
        assert len(set(words)) == len(words)
    assert not set(OMSTANDIGHEDEN) & {"onbekend", "geen"}


def test_what_rules_can_read_is_what_the_models_hold() -> None:
    """Rules are read without the models: from a table that was made of them."""
    assert situation_table.TABLE.read_text(encoding="utf-8") == situation_table.table(), "run: python tests/situation_table.py"

    def written_out(record: Record) -> Any:  # two types are equal whatever is in their records
        return record.name, [(f, f.type.record and written_out(f.type.record)) for f in record.fields.values()]

    assert written_out(situation_schema()) == written_out(situation_table.record())


def test_there_is_no_field_for_what_never_belongs_here() -> None:
    names = {name.lower() for model in models() for name in model.model_fields}
    assert not names & {"bsn", "naam", "nationaliteit", "etniciteit", "religie", "geloof", "adres", "telefoon", "oordeel"}


# --- unknown, none, known ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", [None, "onbekend", "Onbekend", " onbekend ", "null", "~", ""])
def test_absent_null_and_the_words_for_it_are_unknown(unknown: Any) -> None:
    situation = read(
        persoon=unknown,
        huishouden={"soort": unknown, "partner": unknown, "kinderen": unknown},
        inkomsten=[{"bedrag": unknown, "van": unknown, "soort": unknown}, unknown],
        wonen={"ontruiming_op": unknown, "briefadres": unknown},
        schulden=[{"achterstand_maanden": unknown}],
        gewenst_effect=unknown,
        hulpvraag=[unknown],
        eigen=unknown,
        feiten=unknown,
        formaat=unknown,
    )
    expected = read(inkomsten=[{}, {}], schulden=[{}], hulpvraag=[None])
    assert situation == expected
    assert situation.huishouden.partner is None
    assert situation.persoon == Persoon()


def test_none_is_known_and_not_the_same_as_unknown() -> None:
    situation = read(
        huishouden={"partner": "geen", "kinderen": "geen", "medebewoners": [], "partner_overleden_op": "geen"},
        schulden="Geen",
        wonen={"soort": "geen"},
    )
    assert situation.huishouden.partner is GEEN
    assert situation.huishouden.kinderen == ()
    assert situation.huishouden.medebewoners == ()
    assert situation.huishouden.partner_overleden_op is GEEN
    assert situation.schulden == ()
    assert situation.wonen.soort == "geen", "here it is a word of the choice"
    assert situation.inkomsten is None


def test_no_debt_of_an_amount_is_nought() -> None:
    assert read(schulden=[{"bedrag": "geen"}]).schulden == (Schuld(bedrag=Decimal(0)),)


def test_only_a_date_that_can_be_none_takes_geen() -> None:
    assert wrong({"persoon": {"geboortedatum": "geen"}}) == {"persoon.geboortedatum": "geen-datum"}


def test_an_entry_that_means_nothing_without_its_key_is_never_just_unknown() -> None:
    assert wrong({"behoeften": ["onbekend"]}) == {"behoeften.0": "geen-groep"}
    assert wrong({"eerder": {"voorzieningen": ["onbekend"]}}) == {"eerder.voorzieningen.0": "geen-groep"}
    assert EerdereVoorziening.sleutels == {"regelset"}


@pytest.mark.parametrize(("written", "value"), [("ja", True), ("NEE", False), (True, True), (False, False), ("true", True)])
def test_yes_and_no_read_in_dutch_and_in_json(written: Any, value: bool) -> None:
    assert read(persoon={"detentie": written}).persoon.detentie is value


@pytest.mark.parametrize("written", ["yes", "1", 1, 0, "misschien", [True], 1.0])
def test_nothing_else_is_yes_or_no(written: Any) -> None:
    assert wrong({"persoon": {"detentie": written}}) == {"persoon.detentie": "geen-ja-nee"}


# --- money -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "cents"),
    [
        ("€ 1.402,50", 140250),
        ("€1402,50", 140250),
        ("EUR 480,-", 48000),
        ("€ 0", 0),
        ("€ 1.000.000.000.000", 10**14),
        ({"centen": 71200}, 71200),
        ({"centen": "71200"}, 71200),
        (Decimal("12.34"), 1234),
        (Decimal("1E+3"), 100000),
    ],
)
def test_money_is_text_with_a_unit_or_cents(written: Any, cents: int) -> None:
    assert read(wonen={"huur": written}).wonen.huur == cents


@pytest.mark.parametrize(
    "written",
    [
        712, 712.5, "712", "712,50", "€ 1,402.50", "€ 7.12", "€ 10.00", "£ 7", "€", True, [712], {"centen": 1.5}, {"centen": True},
        "-€ 3", {"centen": -300}, {"euro": 7}, {"centen": 1, "per": "maand"}, Decimal("0.001"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"),
        Decimal("1E+999999"), HUGE, "€ 1.000.000.000.001", "€ " + "9" * 100, float("nan"), {"centen": 10**15}, "€ ١٢",
    ],
)  # fmt: skip
def test_a_bare_number_is_no_money(written: Any) -> None:
    assert set(wrong({"wonen": {"huur": written}})) == {"wonen.huur"}


# --- dates and numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1986-04-12", date(1986, 4, 12)),
        (date(1986, 4, 12), date(1986, 4, 12)),
        ("1986-04", Between(date(1986, 4, 1), date(1986, 4, 30))),
        ("1986", Between(date(1986, 1, 1), date(1986, 12, 31))),
        (1986, Between(date(1986, 1, 1), date(1986, 12, 31))),
        (" 1986-04-12 ", date(1986, 4, 12)),
    ],
)
def test_a_date_may_be_incomplete(written: Any, day: Any) -> None:
    assert read(persoon={"geboortedatum": written}).persoon.geboortedatum == day


@pytest.mark.parametrize(
    "written",
    [
        "12-04-1986", "1986-4-12", "1986-02-30", "19860412", 19860412, "86400", "1986-W15-6", "0000-01-01", "1986-04-12T00:00",
        datetime(1986, 4, 12, tzinfo=UTC), 0, True, 1986.0, "gisteren", "١٩٨٦", ["1986"],
    ],
)  # fmt: skip
def test_a_date_is_nothing_else(written: Any) -> None:
    assert wrong({"persoon": {"geboortedatum": written}}) == {"persoon.geboortedatum": "geen-datum"}


@pytest.mark.parametrize("written", [2, "2", " 2 "])
def test_a_number_is_whole(written: Any) -> None:
    assert read(schulden=[{"achterstand_maanden": written}]).schulden == (Schuld(achterstand_maanden=2),)


@pytest.mark.parametrize("written", [2.0, "2,0", "twee", True, "--2", "2 maanden", 10**9 + 1, "9" * 5000, HUGE, "٢"])
def test_nothing_else_is_a_whole_number(written: Any) -> None:
    assert set(wrong({"schulden": [{"achterstand_maanden": written}]})) == {"schulden.0.achterstand_maanden"}


@pytest.mark.parametrize(
    ("written", "digits", "value"),
    [("2,5", 1, 25), ("2.5", 1, 25), (2.5, 1, 25), (Decimal("2.50"), 1, 25), (3, 2, 300), ("-0,25", 2, -25), (",5", 1, 5)],
)
def test_a_decimal_of_a_ruleset_is_exact(written: Any, digits: int, value: int) -> None:
    assert Soort("decimaal", cijfers=digits).read(written) == value


@pytest.mark.parametrize(
    "written",
    ["1e3", "0,333", 0.333, "1.000,5", "nan", float("inf"), Decimal("sNaN"), Decimal("1E-99999"), "1" * 60, True, "1" + "," + "0" * 99],
)  # fmt: skip
def test_a_decimal_has_no_more_digits_than_are_kept(written: Any) -> None:
    with pytest.raises(ValueError, match=r"geen getal|achter de komma"):
        Soort("decimaal", cijfers=1).read(written)


# --- texts and words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("123456782", True),
        ("mijn nummer is 123456782.", True),
        ("1234 56 782", True),
        ("111.222.333", True),
        ("BSN:123456782!", True),
        ("123456789", False),
        ("0612345678", False),
        ("1234567820", False),
        ("000000000", False),
        ("op 2026-03-02 om 10:15", False),
        ("", False),
    ],
)
def test_nine_digits_that_pass_the_eleven_test_are_a_bsn(text: str, held: bool) -> None:
    assert holds_bsn(text) is held


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"gewenst_effect": "bel over 123456782"}, "gewenst_effect"),
        ({"netwerk": [{"wie": "buurvrouw 111.222.333"}]}, "netwerk.0.wie"),
        ({"omstandigheden": [{"soort": "taal", "bewijs": ["brief 123456782"]}]}, "omstandigheden.0.bewijs.0"),
        ({"eigen": {"iit": {"opmerking": "123456782"}}}, "eigen.iit.opmerking"),
        ({"eigen": {"iit": {"bsn": "1"}}}, "eigen.iit.bsn"),
        ({"eigen": {"123456782": {}}}, "eigen.123456782"),
        ({"feiten": {"inkomsten": {"eigen_opgave": [{"soort": "loon van 123456782"}]}}}, "feiten.inkomsten.eigen_opgave"),
    ],
)
def test_a_bsn_is_refused_wherever_it_stands(data: Any, path: str) -> None:
    assert wrong(data) == {path: "bsn"}


def test_a_field_for_a_bsn_does_not_exist() -> None:
    assert wrong({"persoon": {"bsn": "1"}}) == {"persoon.bsn": "extra_forbidden"}


def test_a_message_does_not_repeat_a_bsn() -> None:
    with pytest.raises(ValidationError) as caught:
        Situation.model_validate({"werk": {"soort": "123456782"}, "persoon": {"detentie": 123456782}, "wonen": "123456782"})
    assert "123456782" not in str(caught.value)


def test_a_text_is_kept_as_it_was_said_but_for_the_white_space_around_it() -> None:
    assert read(gewenst_effect="  Ik wil\nblijven wonen. ").gewenst_effect == "Ik wil\nblijven wonen."


@pytest.mark.parametrize(
    ("text", "code"),
    [("a" * (MAX_TEXT + 1), "tekst-te-lang"), ("rood \x1b[31m", "teken-onbekend"), ("half \ud83d", "teken-onbekend"), (3, "geen-tekst")],
)  # fmt: skip
def test_a_text_that_cannot_be_shown_is_refused(text: Any, code: str) -> None:
    assert wrong({"gewenst_effect": text}) == {"gewenst_effect": code}


def test_a_list_has_an_end() -> None:
    assert len(read(schulden=[{}] * MAX_LIST).schulden or ()) == MAX_LIST
    assert wrong({"schulden": [{}] * (MAX_LIST + 1)}) == {"schulden": "lijst-te-lang"}
    names = {f"feit_{n}": "ja" for n in range(MAX_LIST + 1)}
    assert wrong({"eigen": {"iit": names}}) == {"eigen.iit": "lijst-te-lang"}


def test_what_only_a_ruleset_knows_is_kept_as_it_came() -> None:
    own = {
        "a": "€ 1.437,51",
        "b": True,
        "c": None,
        "d": 3,
        "e": 2.5,
        "f": {"centen": 3},
        "g": "onbekend",
        "h": date(2026, 3, 2),
    }
    assert read(eigen={"iit-rotterdam": own}).eigen == {"iit-rotterdam": {**own, "g": None}}


@pytest.mark.parametrize(
    "value", [[1], {"a": 1}, float("nan"), float("inf"), 10**18, datetime(2026, 3, 2, tzinfo=UTC), {"centen": "twee"}, {1}, b"ja", Decimal("sNaN")]
)  # fmt: skip
def test_what_a_ruleset_asks_is_one_value(value: Any) -> None:
    assert set(wrong({"eigen": {"iit": {"a": value}}}).items()) <= {
        ("eigen.iit.a", "geen-waarde"),
        ("eigen.iit.a", "geen-bedrag"),
    }


# --- typed construction ------------------------------------------------------------------------------------------------


def test_a_vendor_builds_a_situation_from_typed_values() -> None:
    situation = Situation(
        persoon=Persoon(geboortedatum=date(1986, 4, 12), detentie=False),
        inkomsten=(Inkomen(soort="loon", bedrag=Decimal("1402.50"), per="maand"),),
        schulden=[{"soort": "huur", "bedrag": {"centen": 190000}}],
        eigen={"iit": {"periode": Period(12), "sinds": Between(date(2026, 3, 1), date(2026, 3, 31)), "tot": GEEN}},
    )
    assert situation.inkomsten is not None
    assert situation.inkomsten[0].bedrag == 140250
    assert situation.schulden is not None
    assert situation.schulden[0].bedrag == 190000
    written = json.loads(situation.model_dump_json(exclude_defaults=True))
    assert written["inkomsten"] == [{"soort": "loon", "bedrag": "€ 1.402,50", "per": "maand"}]
    assert written["eigen"] == {"iit": {"periode": "1 jaar", "sinds": "2026-03", "tot": "geen"}}


def test_a_situation_does_not_change() -> None:
    situation = read(persoon={"detentie": True})
    with pytest.raises(ValidationError):
        situation.persoon.detentie = False  # type: ignore[misc]


def test_an_unknown_field_is_refused_everywhere() -> None:
    for model in dict.fromkeys(models()):
        with pytest.raises(ValidationError, match="extra_forbidden"):
            model.model_validate({"leefgebied": "wonen", "woorden": "x", "bestaat_niet": 1})


@pytest.mark.parametrize("data", [None, "onbekend", [], 3, "{}"])
def test_a_situation_is_a_group_of_fields(data: Any) -> None:
    with pytest.raises(ValidationError):
        Situation.model_validate(data)


def test_other_formats_are_for_other_versions() -> None:
    assert read(formaat="1").formaat == read(formaat=1).formaat == 1
    for other in (2, 0, "2", True, 1.0, [1]):
        assert wrong({"formaat": other}) == {"formaat": "formaat"}


# --- what contradicts itself -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("household", "agrees"),
    [
        ({"soort": "gehuwd", "partner": {}}, True),
        ({"soort": "gehuwd"}, True),
        ({"soort": "alleenstaande", "partner": "geen"}, True),
        ({"soort": "alleenstaande_ouder", "kinderen": [{}]}, True),
        ({"partner": {}}, True),
        ({"soort": "gehuwd", "partner": "geen"}, False),
        ({"soort": "alleenstaande", "partner": {}}, False),
        ({"soort": "alleenstaande_ouder", "partner": {}}, False),
        ({"soort": "alleenstaande_ouder", "kinderen": []}, False),
        ({"soort": "alleenstaande_ouder", "kinderen": "geen"}, False),
    ],
)
def test_a_household_agrees_with_itself(household: dict[str, Any], agrees: bool) -> None:
    if agrees:
        read(huishouden=household)
    else:
        assert wrong({"huishouden": household}) == {"huishouden.soort": "spreekt-zich-tegen"}


def test_a_need_has_a_place_and_a_severity_that_exists() -> None:
    data = {"behoeften": [{"woorden": "koud"}, {"leefgebied": "wonen", "ernst": 0}, {"leefgebied": "wonen", "ernst": 6}]}
    assert wrong(data) == {"behoeften.0": "veld-ontbreekt", "behoeften.1.ernst": "ernst", "behoeften.2.ernst": "ernst"}


def test_a_circumstance_says_something() -> None:
    assert wrong({"omstandigheden": [{"bewijs": ["brief"]}]}) == {"omstandigheden.0": "veld-ontbreekt"}
    read(omstandigheden=[{"soort": "overig"}, {"woorden": "mijn dochter is ziek"}])


def test_a_child_of_eighteen_is_not_refused_because_that_depends_on_the_date() -> None:
    read(huishouden={"kinderen": [{"geboortedatum": "1990-01-01"}], "medebewoners": [{"geboortedatum": "2020-01-01"}]})


# --- where a fact comes from, and doubt --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "inkomsten", "inkomsten.0", "inkomsten.0.bedrag", "inkomsten.bedrag", "persoon", "persoon.verblijf.soort", "hulpvraag",
        "huishouden.partner", "huishouden.partner.inkomsten.1.per", "huishouden.kinderen.geboortedatum", "eigen.iit.inkomen",
        "omstandigheden.0.bewijs.0",
    ],
)  # fmt: skip
def test_a_path_points_at_a_fact(path: str) -> None:
    assert unknown_step(path) is None
    read(feiten={path: {"bron": "uwv"}})


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("inkomen", "inkomsten"), ("inkomsten.0.bedragen", "bedrag"), ("persoon.geboortedatm", "geboortedatum"), ("person", "persoon"),
        ("feiten", ""), ("formaat", ""), ("eigen.iit", ""), ("eigen", ""), ("persoon.0.detentie", ""), ("inkomsten.0.0", ""),
        ("persoon.geboortedatum.jaar", ""), ("", ""), (".", ""), ("inkomsten.-1", ""), ("inkomsten.²", ""), ("x" * 300, ""),
    ],
)  # fmt: skip
def test_a_path_that_leads_nowhere_is_refused_with_the_nearest_name(path: str, meant: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read(feiten={path: {"bron": "uwv"}})
    (error,) = caught.value.errors()
    assert error["ctx"]["code"] == "onbekend-pad"
    assert (f"bedoelde u «{meant}»?" if meant else "") in error["ctx"]["hulp"]


def test_every_wrong_path_is_reported() -> None:
    assert wrong({"feiten": {"inkomen": {}, "schuld": {"bron": "UWV"}}}) == {
        "feiten.inkomen": "onbekend-pad",
        "feiten.schuld": "onbekend-pad",
        "feiten.schuld.bron": "keuze-onbekend",
    }


DOUBTFUL: dict[str, Any] = {
    "persoon": {"geboortedatum": "1986-04-12", "verblijf": {"soort": "nederlander"}},
    "huishouden": {"partner": {"inkomsten": [{"soort": "loon"}]}},
    "inkomsten": [{"soort": "loon", "bedrag": "€ 100"}, {"soort": "ww", "bedrag": "€ 200"}],
    "eigen": {"iit": {"inkomen": "€ 3", "ander": "ja"}},
}


@pytest.mark.parametrize("doubt", [{"betwist": "ja"}, {"in_onderzoek": True}])
def test_a_fact_in_doubt_is_unknown_to_a_verdict(doubt: dict[str, Any]) -> None:
    paths = ["persoon.verblijf", "inkomsten.1.bedrag", "huishouden.partner.inkomsten.0.soort", "eigen.iit.inkomen"]
    situation = read(**DOUBTFUL, feiten={**dict.fromkeys(paths, doubt), "persoon.geboortedatum": {"betwist": "nee"}})
    effective = situation.effective
    assert effective.persoon.verblijf.soort is None
    assert effective.persoon.geboortedatum == date(1986, 4, 12)
    assert effective.inkomsten == (Inkomen(soort="loon", bedrag=Decimal(100)), Inkomen(soort="ww"))
    assert isinstance(effective.huishouden.partner, Partner)
    assert effective.huishouden.partner.inkomsten == (Inkomen(),)
    assert effective.eigen == {"iit": {"inkomen": None, "ander": "ja"}}
    assert situation.persoon.verblijf.soort == "nederlander", "the situation itself is as it was"
    assert effective.feiten == situation.feiten


def test_without_doubt_nothing_is_copied() -> None:
    situation = read(**DOUBTFUL, feiten={"inkomsten": {"bron": "uwv"}})
    assert situation.effective is situation


def test_a_path_without_a_number_reaches_every_entry() -> None:
    situation = without(read(**DOUBTFUL), ["inkomsten.bedrag"])
    assert situation.inkomsten == (Inkomen(soort="loon"), Inkomen(soort="ww"))


def test_a_group_in_doubt_is_a_group_without_facts() -> None:
    assert without(read(**DOUBTFUL), ["persoon"]).persoon == Persoon()
    assert without(read(**DOUBTFUL), ["inkomsten"]).inkomsten is None
    assert without(read(**DOUBTFUL), ["huishouden.partner"]).huishouden.partner is None


def test_replace_puts_a_typed_value_at_a_path() -> None:
    situation = read(**DOUBTFUL)
    assert situation.effective is situation
    changed = replace(situation, "inkomsten.0.bedrag", 5)
    assert changed.inkomsten is not None
    assert changed.inkomsten[0].bedrag == 5
    assert changed.effective is changed, "what was computed from the original stays there"
    assert replace(situation, "schulden.0.bedrag", 5) == situation, "through what is unknown nothing changes"
    assert replace(situation, "inkomsten.7.bedrag", 5) == situation
    single = read(huishouden={"partner": "geen"})
    assert replace(single, "huishouden.partner.detentie", True) == single


# --- JSON --------------------------------------------------------------------------------------------------------------


@settings(max_examples=200)
@given(strategies.situations())
def test_a_situation_is_the_same_after_a_journey_through_json(situation: Situation) -> None:
    for text in (
        situation.model_dump_json(),
        situation.model_dump_json(exclude_none=True),
        situation.model_dump_json(indent=1),
    ):
        assert Situation.model_validate_json(text) == situation
    assert Situation.model_validate(situation.model_dump(mode="json")) == situation
    assert Situation.model_validate(situation.model_dump()) == situation


LEAVES: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, True, False, 0, 2, -1, 10**10, 1986, 2.5, "", "ja", "onbekend", "geen", "huur", "€ 712", "€ 1.402,50", "712", "1986-04",
        "1986-04-12", "86400", "2026-02-30", "2", "alleenstaande", "wonen", "twaalf tekens", "123456782", {"centen": 3}, [], {}, " ja ",
        "é" * 4001, "lang genoeg \x1b[31m", "0000-01-01", "€ 1.402,50 ", "loon",
    ]
)  # fmt: skip


@st.composite
def loose_situations(draw: st.DrawFn) -> Any:
    """A valid situation in which some values are others."""
    raw = json.loads(draw(strategies.situations()).model_dump_json(exclude_none=True))
    for _ in range(draw(st.integers(0, 3))):
        here, keys = raw, []
        while isinstance(here, dict | list) and here:
            keys = sorted(here) if isinstance(here, dict) else list(range(len(here)))
            key = draw(st.sampled_from(keys))
            if isinstance(here[key], dict | list) and here[key] and draw(st.integers(0, 4)):
                here = here[key]
                continue
            here[key] = deepcopy(draw(LEAVES))  # what is changed next time is this one, not the leaf for every example
            break
    return raw


@settings(max_examples=400)
@given(loose_situations())
def test_both_roads_through_json_lead_to_the_same(raw: Any) -> None:
    text = json.dumps(raw)
    plain = TypeAdapter(Situation)
    fast = Situation.__pydantic_validator__
    expected, refused = outcome(lambda: plain.validate_json(text, strict=False))
    assert outcome(lambda: Situation.model_validate_json(text)) == (expected, refused)
    assert outcome(lambda: fast.validate_json(text, strict=True))[0] == expected, (
        "the fast road takes all that the plain one takes"
    )
    assert outcome(lambda: Situation.model_validate(raw))[0] == expected


def outcome(make: Callable[[], Situation]) -> tuple[Situation | None, list[Any]]:
    """A situation, or what is wrong with it."""
    try:
        return make(), []
    except ValidationError as wrong:
        return None, list(wrong.errors(include_url=False))


def test_the_fast_road_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    data = Path(__file__).with_name("situations").joinpath("goed.json").read_bytes()
    expected = Situation.model_validate_json(data)
    real = Situation.__pydantic_validator__

    class Once:
        def validate_json(self, *_: Any, strict: bool, **__: Any) -> Any:
            assert strict, "a mistake sent this situation on the plain road"
            return real.validate_json(data, strict=True)

    monkeypatch.setattr(Situation, "__pydantic_validator__", Once())
    assert Situation.model_validate_json(data) == expected


def test_broken_json_is_refused() -> None:
    for text in ("", "{", "[]", '{"formaat": 1,}', '{"gewenst_effect": "\\ud83d"}', b"\xff"):
        with pytest.raises(ValidationError):
            Situation.model_validate_json(text)


# --- every field is read -----------------------------------------------------------------------------------------------

# What no rule, signal or provision reads, but a letter, a note or the hardship pass does.
READ_BY_PEOPLE = {
    "Behoefte.woorden": "quoted in the note; the lint of the motivation knows them for the client's own words",
    "Contact.kan": "an alternative: help of somebody the client knows",
    "Contact.wie": "an alternative: help of somebody the client knows",
    "FeitBron.betwist": "masks the fact; the letter says so",
    "FeitBron.bron": "the note says where a fact comes from",
    "FeitBron.datum": "the note says how old a fact is",
    "FeitBron.eigen_opgave": "the desk asks whether it would change the outcome: then hear first (Awb 4:7)",
    "FeitBron.herbruikbaar_tot": "the note says how long proof can be used again",
    "EerdereAfwijzing.criterium": "told with an alternative that was refused before",
    "EerdereVoorziening.gestopt_op": "told with an alternative that was tried before",
    "EerdereVoorziening.hielp": "orders an alternative that did not help after the others of its need",
    "EerdereVoorziening.woorden": "quoted with an alternative that was tried before",
    "FeitBron.in_onderzoek": "masks the fact",
    "Gevraagd.soort": "the letter repeats what was asked",
    "Omstandigheid.bewijs": "the letter names the papers",
    "Omstandigheid.woorden": "quoted in the letter, and weighed by a person",
    "Persoon.gemeente": "the desk chooses the local rulesets",
    "Situation.eigen": "what a ruleset declares itself",
    "Situation.feiten": "where facts come from",
    "Situation.formaat": "the version of these names",
    "Situation.gewenst_effect": "quoted in letter and note",
    "Situation.hulpvraag": "orders the alternatives",
    "Situation.plan": "its goals, below",
    "Plan.doelen": "whether the client has a plan of their own is said in the note",
    "Toezegging.wat": "a promise is named in the letter",
    "Toezegging.wie": "a promise is named in the letter",
}
# What nobody reads yet. The rule of the house: such a field is removed, or something starts to read it.
NOT_READ = {
    "Aanvraag.voor",
    "Doel.leefgebied",
    "Doel.woorden",
    "Kracht.leefgebied",
    "Kracht.woorden",
    "Plan.auteur",
}


def test_every_field_is_read_by_a_rule_or_by_people() -> None:
    unread = {name for name in _every_field() - _read_fields(Register.open()) if not name.startswith("Partner.")}
    assert unread - set(READ_BY_PEOPLE) - NOT_READ == set(), "a field that nothing reads is removed"
    assert NOT_READ - unread == set(), "a rule reads it now: take it off the list"


def _every_field() -> set[str]:
    return {f"{model.__name__}.{name}" for model in models() for name in model.model_fields}


def _read_fields(register: Register) -> set[str]:
    found: set[str] = set()

    def note(path: tuple[str, ...]) -> None:
        model: Any = Situation
        for step in path:
            if model is None or step not in model.model_fields:
                return
            found.add(f"{model.__name__}.{step}")
            model = model_of(model.model_fields[step].annotation)

    def walk(node: ir.Node, entry: tuple[str, ...]) -> None:
        if isinstance(node, ir.Fact) and node.origin != "zaak":
            note(entry + node.path if node.origin == "regel" else node.path)
        if isinstance(node, ir.Aggregate):
            inner = getattr(node.entries, "path", ())
            note(inner)
            for side in (node.value, node.where):
                if side is not None:
                    walk(side, inner)
        for child in ir.children(node):
            walk(child, entry)

    for root in _expressions(register):
        walk(root, ())
    return found


def _expressions(register: Register) -> Iterator[ir.Node]:
    for versions in register.versions.values():
        for ruleset in versions:
            yield from (term.node for term in ruleset.begrippen.values())
            yield from ruleset.vult_in.values()
            yield from (slot.anders for slot in ruleset.open.values() if slot.anders is not None)
            yield from (node for node in (ruleset.bedrag, ruleset.peildatum) if node is not None)
            for criterion in ruleset.criteria:
                yield from (node for node in (criterion.eis, criterion.wacht_tot, criterion.aftrek) if node is not None)
            for clause in ruleset.hardheid:
                yield from (bar.als for bar in (*clause.niet_als, *clause.voorwaarden))
    yield from (fact.node for fact in register.catalogue.facts.values())
    yield from (p.voorwaarden for p in register.catalogue.provisions.values() if p.voorwaarden is not None)


def test_the_model_and_the_partner_ask_the_same_of_a_person() -> None:
    assert set(Partner.model_fields) - set(Persoon.model_fields) == {"inkomsten"}
    assert set(Kind.model_fields) & {"naam", "bsn"} == set()
