"""JSON Schema of what goes in and out: it takes what the readers take, and refuses what JSON Schema can see is wrong."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import strategies
from responsief.cli.schema import command
from responsief.decision_json import to_json
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.intake import parse_situation, read_data, read_situation, validate
from responsief.register import Register, check_files, read_files, shipped
from responsief.schemas import decision_schema, ruleset_schema, shipped_names, situation_schema
from responsief.schemas.names import GROUPS
from responsief.situation import Situation, model_of
from responsief.source import Source

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(
    f for f in (ROOT / "examples").glob("*.*") if f.suffix in (".yaml", ".json") and not f.name.startswith("afzender")
)
RULESETS = sorted(shipped().rglob("*.yaml"))
SCHEMAS = {"situatie": situation_schema, "regelset": ruleset_schema, "besluit": decision_schema}


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(SCHEMAS[name]())


def wrong(name: str, data: Any) -> list[str]:
    """What the schema has against it, by path."""
    return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator(name).iter_errors(data)]


def load(text: str) -> Any:
    """YAML as the language reads it: every scalar is text."""
    return yaml.load(text, Loader=yaml.CBaseLoader)


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from nodes(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from nodes(inner)


# --- of all three ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    schema = SCHEMAS[name]()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].startswith("urn:responsief:schema:")
    assert json.loads(json.dumps(schema)) == schema
    assert SCHEMAS[name]() == schema, "the same every time"


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_reference_leads_somewhere_and_everything_is_used(name: str) -> None:
    schema = SCHEMAS[name]()
    used = {node["$ref"] for node in nodes(schema) if isinstance(node.get("$ref"), str)}
    assert used == {f"#/$defs/{key}" for key in schema["$defs"]}


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_command_line_prints_it(name: str) -> None:
    result = CliRunner().invoke(command, [name])
    assert result.exit_code == 0
    made = ruleset_schema(shipped_names()) if name == "regelset" else SCHEMAS[name]()
    assert json.loads(result.output) == made


# --- the situation -----------------------------------------------------------------------------------------------------


def test_a_group_of_the_model_is_a_group_of_the_schema_with_the_same_fields() -> None:
    schema = situation_schema()
    seen: set[str] = set()

    def look(model: Any, found: dict[str, Any]) -> None:
        if model.__name__ in seen:
            return
        seen.add(model.__name__)
        assert list(found["properties"]) == list(model.model_fields)
        assert found["additionalProperties"] is False
        for info in model.model_fields.values():
            inner = model_of(info.annotation)
            if inner is not None:
                look(inner, schema["$defs"][GROUPS[inner.__name__][0].replace(" ", "_")])

    look(Situation, schema)
    assert seen == set(GROUPS)


def test_a_field_says_how_to_ask_for_it() -> None:
    schema = situation_schema()
    rent = schema["$defs"]["wonen"]["properties"]["huur"]
    assert rent["label"] == rent["title"] == "huur per maand"
    assert rent["vraag"] == rent["description"] == "Hoeveel huur betaalt u per maand?"
    assert rent["van"] == ["inwoner"]
    assert rent["eenheid"] == "euro per maand"
    for name, group in schema["$defs"].items():
        for key, field in group.get("properties", {}).items():
            if "label" in field:
                assert field["van"], f"{name}.{key}"
                assert name == "herkomst" or field["vraag"], f"{name}.{key}"


@settings(max_examples=100)
@given(strategies.situations())
def test_every_situation_fits_the_schema(situation: Situation) -> None:
    for text in (situation.model_dump_json(), situation.model_dump_json(exclude_none=True)):
        assert wrong("situatie", json.loads(text)) == []


UNKNOWN: list[Any] = [None, "onbekend", "Onbekend", " onbekend ", "null", "~", ""]


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_every_way_to_say_unknown_fits_the_schema(unknown: Any) -> None:
    for name in Situation.model_fields:
        data = {name: unknown}
        assert wrong("situatie", data) == []
        validate(data)
    deeper = {
        "persoon": {"geboortedatum": unknown, "verblijf": unknown, "detentie": unknown, "gemeente": unknown},
        "huishouden": {"soort": unknown, "partner": {"inkomsten": unknown}, "kinderen": [unknown]},
        "hulpvraag": [unknown],
        "inkomsten": [unknown, {"bedrag": unknown}],
        "eigen": {"iit": unknown, "ander": {"a": unknown}},
        "feiten": {"inkomsten": unknown, "persoon": {"bron": unknown}},
    }
    assert wrong("situatie", deeper) == []
    validate(deeper)


LEAVES: st.SearchStrategy[Any] = st.sampled_from(
    [
        None, True, 0, 2, -1, 10**10, 1986, 2.5, "", "ja", "Nee ", "TRUE", "onbekend", "geen", " Geen", "huur", " huur", "Huur", "€ 712",
        "EUR 3,-", "-€ 3", "€ -3", "€ 1402,50", "€1.40", "712", "12345678901", "1986-04", "1986-04-12", " 1986", "19860412", "12-04-1986",
        "2 maanden", "alleenstaande", "wonen", "uwv", {"centen": 3}, {"centen": "3"}, {"centen": 2.5}, {"centen": True}, {"centen": 10**15},
        [], ["wonen"], [None], {}, {"soort": "huur"}, "é" * 4001, "inkomsten", "1", 1, ["geen"], {"leefgebied": "wonen"},
    ]
)  # fmt: skip
NAMES = st.sampled_from(
    ["soort", "bedrag", "woorden", "leefgebied", "bestaat_niet", "inkomsten", "persoon", "inkomsten.0.bedrag", "eigen"]
)

# What only the reader can see: the calendar, sums of it, what belongs together, where a path leads, what a text says (below zero, too).
BEYOND = {"onder-nul", "geen-datum", "eenheid-ontbreekt", "getal-te-groot", "spreekt-zich-tegen", "onbekend-pad", "ernst", "veld-ontbreekt", "bsn", "geen-waarde"}  # fmt: skip


@st.composite
def changed(draw: st.DrawFn) -> Any:
    raw = json.loads(draw(strategies.situations()).model_dump_json(exclude_none=True))
    for _ in range(draw(st.integers(1, 2))):
        here = raw
        while here:
            key = draw(st.sampled_from(sorted(here) if isinstance(here, dict) else list(range(len(here)))))
            if isinstance(here[key], dict | list) and here[key] and draw(st.integers(0, 4)):
                here = here[key]
                continue
            if isinstance(here, dict) and draw(st.integers(0, 3)) == 0:
                here[draw(NAMES)] = here.pop(key)
            else:
                here[key] = deepcopy(draw(LEAVES))  # the next round may change what is put here
            break
    return raw


@settings(max_examples=300)
@given(changed())
def test_schema_and_reader_agree_as_far_as_a_schema_can(raw: Any) -> None:
    refused = wrong("situatie", raw)
    try:
        validate(raw)
    except InvalidError as error:
        codes = {d.code for d in error.diagnostics}
        assert refused or codes <= BEYOND, "the reader refuses its form, the schema does not"
    else:
        assert refused == [], "the reader takes it, the schema does not"


@pytest.mark.parametrize(
    "data",
    [
        {"bestaat_niet": 1},
        {"persoon": {"bsn": "1"}},
        {"persoon": []},
        {"inkomsten": {}},
        {"inkomsten": [{"bedrag": 1402}]},
        {"inkomsten": [{"bedrag": "1402"}]},
        {"wonen": {"soort": "villa"}},
        {"persoon": {"detentie": "yes"}},
        {"persoon": {"geboortedatum": "12-04-1986"}},
        {"persoon": {"geboortedatum": "geen"}},
        {"schulden": [{"achterstand_maanden": "twee"}]},
        {"gewenst_effect": 3},
        {"formaat": 2},
        {"feiten": {"inkomen": {}}},
        {"eigen": {"iit": {"a": [1]}}},
        {"behoeften": [{"ernst": 3}]},
        {"behoeften": [{"leefgebied": "onbekend"}]},
        {"behoeften": [None]},
        {"omstandigheden": [{"bewijs": []}]},
        {"huishouden": {"partner": "ja"}},
    ],
)
def test_the_schema_of_a_situation_refuses(data: Any) -> None:
    assert wrong("situatie", data)
    with pytest.raises(InvalidError):
        validate(data)


def test_the_model_gives_openapi_a_schema_too() -> None:
    schema = Situation.model_json_schema()
    Draft202012Validator.check_schema(schema)
    assert set(schema["properties"]) == set(Situation.model_fields)


# --- the files of a register -------------------------------------------------------------------------------------------


def test_rulesets_are_shipped_of_every_kind() -> None:
    kinds = {next(iter(load(file.read_text("utf-8")))) for file in RULESETS}
    assert kinds == {"regelset", "signalen", "voorzieningen", "proef"}


@pytest.mark.parametrize("file", RULESETS, ids=lambda f: f.relative_to(shipped()).as_posix())
def test_every_shipped_file_fits_the_schema(file: Path) -> None:
    assert wrong("regelset", load(file.read_text("utf-8"))) == []


@settings(max_examples=40)
@given(strategies.registers())
def test_every_valid_ruleset_fits_the_schema(written: Any) -> None:
    for text in written.texts:
        assert wrong("regelset", load(text)) == [], text


# Mistakes of form: a schema sees them too, so an editor underlines them while somebody types.
FORM = {
    "onbekende-sleutel", "sleutel-ontbreekt", "keuze-onbekend", "formaat-onbekend", "geen-lijst", "geen-groep", "ongeldig-id",
    "ongeldige-naam", "eis-ontbreekt", "aftrek-ontbreekt", "aftrek-zonder-deel", "clausule-ontbreekt",
    "clausule-zonder-maatstaf", "geen-criteria", "geen-met-tekst", "geen-ja-nee", "samen-ontbreekt", "bedrag-zonder-bron",
    "bedrag-zonder-waarde", "omstandigheid-onbekend",
}  # fmt: skip
ERRORS = sorted((ROOT / "tests" / "errors").glob("*.yaml"))


def _codes(file: Path) -> set[str]:
    return {d.code for d in check_files(read_files([file]))[2]}


def test_the_schema_sees_the_mistakes_of_form_that_the_checker_sees() -> None:
    seen: dict[str, list[str]] = {}
    for file in ERRORS:
        codes = _codes(file)
        if not codes or not codes <= FORM:
            continue
        if not wrong("regelset", load(file.read_text("utf-8"))):
            seen[file.name] = sorted(codes)
    assert seen == {}


def test_the_schema_refuses_nothing_for_its_form_that_is_only_wrong_in_meaning() -> None:
    meaning = {"onbekende-naam", "kring", "types-verschillen", "deler-nul", "tabel-gat", "tabel-overlap", "nergens-gebruikt", "afronden-ontbreekt"}  # fmt: skip
    checked = 0
    for file in ERRORS:
        codes = _codes(file)
        if codes and codes <= meaning:
            checked += 1
            assert wrong("regelset", load(file.read_text("utf-8"))) == [], file.name
    assert checked >= 5


def test_every_key_says_in_dutch_what_it_is() -> None:
    schema = ruleset_schema()

    def said(inner: dict[str, Any]) -> bool:
        if inner.get("description") or inner.get("title"):
            return True
        there = [schema["$defs"][inner["$ref"].removeprefix("#/$defs/")]] if "$ref" in inner else inner.get("anyOf", [])[:1]
        return any(map(said, there))

    def silent(inner: Any) -> Iterator[str]:
        if isinstance(inner, dict):
            if inner.get("type") == "object":  # not the conditions of «if»
                yield from (key for key, one in inner.get("properties", {}).items() if key != "centen" and not said(one))
            yield from (key for one in inner.values() for key in silent(one))
        elif isinstance(inner, list):
            yield from (key for one in inner for key in silent(one))

    assert list(silent(schema)) == []


def test_suggestions_close_nothing() -> None:
    """What the shipped register holds is suggested; a name of one's own is as good."""
    known = shipped_names()
    assert "individuele_inkomenstoeslag" in known["voorziening"]
    assert "0599" in known["gemeente"]
    full = Draft202012Validator(ruleset_schema(known))
    own = _ruleset()
    own["voorziening"] = "iets_van_hier"
    own["bevoegd"]["gemeente"] = "1234"
    own["criteria"][0]["grondslag"] = "onze verordening 12"
    assert list(full.iter_errors(own)) == []
    suggested = ruleset_schema(known)["$defs"]["regelset"]["properties"]["voorziening"]["examples"]
    assert "individuele_inkomenstoeslag" in suggested


def test_every_snippet_fits_the_schema_where_it_is_offered() -> None:
    schema = ruleset_schema()
    offered = 0
    for name, inner in schema["$defs"].items():
        for snippet in inner.get("defaultSnippets", []):
            filled = json.loads(re.sub(r"\$\{\d+\|([^,|]*)[^}]*\|\}|\$\{\d+:([^}]*)\}", r"\1\2", json.dumps(snippet["body"])))
            part = Draft202012Validator({"$schema": schema["$schema"], "$defs": schema["$defs"], "$ref": f"#/$defs/{name}"})
            assert [e.message for e in part.iter_errors(filled)] == [], (name, snippet["label"])
            offered += 1
    assert offered >= 6


def test_a_folder_can_hold_its_own_copy(tmp_path: Path) -> None:
    out = tmp_path / "regelset.schema.json"
    done = CliRunner().invoke(command, ["regelset", "--out", str(out)])
    assert done.exit_code == 0
    assert "# yaml-language-server: $schema=regelset.schema.json\n# $schema: regelset.schema.json\n" in done.output
    Draft202012Validator.check_schema(json.loads(out.read_text("utf-8")))
    assert [p.name for p in tmp_path.iterdir()] == [out.name], "nothing is left beside it"
    wrong = CliRunner().invoke(command, ["regelset", "--out", str(tmp_path / "weg" / "x.json")])
    assert wrong.exit_code == 2
    assert "de map is er niet" in wrong.output


def _ruleset() -> Any:
    file = next(f for f in RULESETS if f.name == "iit.yaml")
    return load(file.read_text("utf-8"))


@pytest.mark.parametrize(
    "path",
    ["soort", "criteria/0/gevolg", "criteria/0/bevoegdheid", "criteria/0/rust_op", "hardheid/0/soort", "hardheid/0/richting", "formaat", "geldig/van", "beslistermijn", "leefgebieden/0"],
)  # fmt: skip
def test_a_word_that_cannot_stand_there_is_refused(path: str) -> None:
    ruleset = _ruleset()
    here, *rest = ruleset, *path.split("/")
    for step in rest[:-1]:
        here = here[int(step) if step.isdigit() else step]
    here[int(rest[-1]) if rest[-1].isdigit() else rest[-1]] = "xx yy"
    assert wrong("regelset", ruleset)


def test_every_key_that_is_not_known_is_refused_and_every_key_that_must_be_there_is_missed() -> None:
    good = _ruleset()
    assert wrong("regelset", good) == []
    for path in _groups(good):
        if "waarden" in path or (path[:1] in (["begrippen"], ["gegevens"], ["bedragen"], ["vult_in"]) and len(path) == 1):
            continue
        broken = copy.deepcopy(good)
        here = broken
        for step in path:
            here = here[step]
        here["bestaat_niet"] = "x"
        assert wrong("regelset", broken), path
    for key in (
        "regelset",
        "formaat",
        "titel",
        "soort",
        "bron",
        "geldig",
        "doel",
        "leefgebieden",
        "procedure",
        "criteria",
        "hardheid",
    ):
        broken = {k: v for k, v in good.items() if k != key}
        assert wrong("regelset", broken), key
    for key in ("id", "titel", "grondslag", "doel", "eis"):
        broken = copy.deepcopy(good)
        del broken["criteria"][0][key]
        assert wrong("regelset", broken), key


def _groups(value: Any, path: tuple[Any, ...] = ()) -> Iterator[list[Any]]:
    if isinstance(value, dict):
        yield list(path)
        for key, inner in value.items():
            yield from _groups(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            yield from _groups(inner, (*path, at))


@pytest.mark.parametrize(
    "written",
    [
        "leeftijd >= 21",
        "27",
        {"alle": ["a", {"een_van": ["b", {"geen_van": ["c"], "tenzij": "d"}]}]},
        {"kies": [{"als": "a", "dan": "€ 1"}, {"anders": {"tabel": {"treffer": "eerste", "kolommen": ["a"], "rijen": [{"als": ["-"], "dan": "1"}], "anders": "2"}}}]},
        {"tabel": {"treffer": "verzamel", "kolommen": ["a", "b"], "rijen": [{"als": [">= 1", "-"], "dan": "€ 1"}], "anders": "€ 0", "samen": "som"}},
    ],
)  # fmt: skip
def test_an_expression_is_a_line_or_a_group(written: Any) -> None:
    assert not any("criteria" in one for one in wrong("regelset", _with_demand(written)))


@pytest.mark.parametrize(
    "written",
    [
        "",
        [],
        ["a", "b"],
        {},
        {"alle": []},
        {"alle": "a"},
        {"alle": ["a"], "een_van": ["b"]},
        {"kies": [{"als": "a"}]},
        {"kies": [{"als": "a", "dan": "b"}]},
        {"kies": [{"anders": "a"}, {"anders": "b"}]},
        {"kies": [{"anders": "a"}], "tenzij": "b"},
        {"tabel": {"treffer": "uniek", "kolommen": ["a"]}},
        {"tabel": {"treffer": "verzamel", "kolommen": ["a"], "rijen": [{"als": ["1"], "dan": "1"}]}},
        {"of": ["a", "b"]},
    ],
)
def test_an_expression_is_nothing_else(written: Any) -> None:
    assert any("criteria" in one for one in wrong("regelset", _with_demand(written)))


def _with_demand(written: Any) -> Any:
    ruleset = _ruleset()
    ruleset["criteria"][0]["eis"] = written
    return ruleset


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        None,
        {"titel": "x"},
        {"signalen": "x"},
        {"voorzieningen": "x", "formaat": "1"},
        {"proef": "x", "formaat": 2, "gevallen": []},
    ],
)
def test_a_file_is_one_of_the_four(data: Any) -> None:  # fmt: skip
    assert wrong("regelset", data)


# --- decisions ---------------------------------------------------------------------------------------------------------


def test_there_are_examples() -> None:
    assert EXAMPLES, "examples/ is empty: there is nothing to show and nothing to check the schemas with"


@cache
def desk() -> Desk:
    return Desk(Register.open())


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda f: f.name)
def test_an_example_fits_the_schema_of_a_situation(file: Path) -> None:
    data, _ = read_data(Source(file.name, file.read_text("utf-8")))
    assert wrong("situatie", data) == []


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda f: f.name)
def test_the_decisions_of_an_example_fit_the_schema(file: Path) -> None:
    situation = read_situation(file)
    decided = 0
    for on in (None, date(2025, 9, 1), date(2026, 3, 2), date(2028, 1, 1)):
        decisions = to_json(desk().decide_all(situation, None, on, today=date(2026, 3, 2)))
        assert wrong("besluit", json.loads(json.dumps(decisions))) == []
        decided += len(decisions["besluiten"])
    assert decided


@settings(max_examples=25)
@given(strategies.situations())
def test_the_decisions_of_any_situation_fit_the_schema(situation: Situation) -> None:
    plain = situation.model_copy(update={"eigen": {}, "feiten": {}})
    decisions = to_json(desk().decide_all(plain, None, date(2026, 3, 2), today=date(2026, 3, 2)))
    assert decisions["besluiten"]
    assert wrong("besluit", json.loads(json.dumps(decisions))) == []


def _one(outcome: str) -> Any:
    """Decisions of an example, one of which has this outcome."""
    for file in EXAMPLES:
        for on in (date(2025, 9, 1), date(2026, 3, 2)):
            found = json.loads(json.dumps(to_json(desk().decide_all(read_situation(file), None, on, today=on))))
            chosen = [one for one in found["besluiten"] if one["uitkomst"] == outcome]
            if chosen:
                return {**found, "besluiten": chosen[:1]}
    raise AssertionError(f"no example is {outcome}")


def test_a_grant_has_no_hardship_review_and_everything_else_has() -> None:
    granted, refused = _one("toegekend"), _one("afgewezen")
    assert granted["besluiten"][0]["hardheid"] is None
    assert refused["besluiten"][0]["hardheid"] is not None
    granted["besluiten"][0]["hardheid"], refused["besluiten"][0]["hardheid"] = refused["besluiten"][0]["hardheid"], None
    assert wrong("besluit", granted)
    assert wrong("besluit", refused)


def _short(value: Any) -> Any:
    """The same with one entry of every list."""
    if isinstance(value, dict):
        return {key: _short(inner) for key, inner in value.items()}
    return [_short(inner) for inner in value[:1]] if isinstance(value, list) else value


def test_every_key_of_a_decision_is_there_and_there_are_no_others() -> None:
    good = _short(_one("afgewezen"))
    fits = validator("besluit").is_valid
    assert fits(good)
    for path in _groups(good):
        here = good
        for step in path:
            here = here[step]
        here["bestaat_niet"] = 1
        assert not fits(good), path
        del here["bestaat_niet"]
        for key in list(here):
            value = here.pop(key)
            assert not fits(good), [*path, key]
            here[key] = value


def test_a_situation_in_json_reads_as_the_schema_says() -> None:
    text = json.dumps({"wonen": {"huur": {"centen": 71200}, "briefadres": "onbekend"}, "huishouden": {"partner": "geen"}})
    assert wrong("situatie", json.loads(text)) == []
    assert parse_situation(text) == Situation.model_validate_json(text)


@pytest.mark.parametrize(
    ("field", "value", "fine"),
    [
        *(({"behoeften": [{"leefgebied": "wonen", "ernst": ernst}]}, ernst, 1 <= int(ernst) <= 5) for ernst in (0, 1, 5, 6, "0", "3", "7")),
        *(
            ({"persoon": {"geboortedatum": day}}, day, fine)
            for day, fine in {"1986-00-00": False, "1986-13": False, "1986-12-32": False, "1986-04-12": True, "1986-04": True}.items()
        ),
    ],
)  # fmt: skip
def test_the_schema_of_a_situation_knows_limits_and_days(field: dict[str, Any], value: object, fine: bool) -> None:
    assert (wrong("situatie", field) == []) == fine, value


@pytest.mark.parametrize("expected", [{}, {"uitkomst": "toegekend"}])
def test_the_schema_of_a_case_wants_an_expectation(expected: dict[str, str]) -> None:
    case = {"proef": "x", "formaat": 1, "gevallen": [{"naam": "a", "verwacht": expected}]}
    assert (wrong("regelset", case) == []) == bool(expected)
