"""Situations from text: every mistake at its place and in Dutch, all at once, and never a traceback."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.finalise import read_act
from responsief.intake import Key, make_sender, parse_situation, place, plain, read_data, read_sender, read_situation, validate
from responsief.situation import Situation
from responsief.source import Source

HERE = Path(__file__).parent / "situations"
BROKEN = sorted(f for f in HERE.iterdir() if f.suffix in (".yaml", ".json") and not f.name.startswith("goed"))

Finding = tuple[int, int, str, str]  # line, column, code, text with its help


def findings(wrong: InvalidError) -> list[Finding]:
    return [(d.span.line, d.span.column, d.code, _words(d)) for d in wrong.diagnostics if d.span is not None]


def _words(found: Diagnostic) -> str:
    return found.tekst + (f" ({found.hulp})" if found.hulp else "")


def expected(file: Path) -> list[Finding]:
    """What a broken situation says of itself: `# fout[code] kolom: text (hulp)` on the line that earns it; for JSON beside it."""
    if file.suffix == ".json":
        lines = file.with_name(file.name + ".expected").read_text("utf-8").splitlines()
        matches = [re.fullmatch(r"(\d+):(\d+) fout\[(.+?)\] (.*)", line) for line in lines]
        return [(int(m[1]), int(m[2]), m[3], m[4]) for m in matches if m]
    found = []
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        for note in line.split("# fout[")[1:]:
            match = re.fullmatch(r"(.+?)\] (\d+): (.*)", note.strip())
            assert match is not None, f"{file.name}:{number}: schrijf «# fout[code] kolom: tekst (hulp)»"
            found.append((number, int(match[2]), match[1], match[3]))
    return found


# --- every mistake at its place ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", BROKEN, ids=lambda f: f.name)
def test_a_broken_situation_says_what_is_wrong_where(file: Path) -> None:
    with pytest.raises(InvalidError) as caught:
        read_situation(file)
    assert sorted(findings(caught.value)) == sorted(expected(file))
    assert len(findings(caught.value)) == len(caught.value.diagnostics), "each has a place"


def test_there_are_broken_situations_of_many_kinds() -> None:
    assert len(BROKEN) >= 25
    codes = {code for file in BROKEN for _, _, code, _ in expected(file)}
    assert len(codes) >= 25, sorted(codes)
    assert all(expected(file) for file in BROKEN)


@pytest.mark.parametrize("file", BROKEN, ids=lambda f: f.name)
def test_a_mistake_is_worded_for_people(file: Path) -> None:
    for _, _, _, text in expected(file):
        assert text[0].islower() or text[0] in "«", text
        assert not re.search(
            r"\b(str|int|dict|list|None|True|False|null|Error|Input|should|valid)\b", text.replace("schrijf null", "")
        ), text
        assert not text.rstrip(")").endswith("."), text
        assert "bsn" not in text.lower()


def test_all_mistakes_come_at_once_in_the_order_of_the_file() -> None:
    text = "wonen: {huur: 712}\npersoon: {detentie: soms, leeftijd: 40}\nschulden: veel\nkleur: rood\n"
    with pytest.raises(InvalidError) as caught:
        parse_situation(text)
    assert [(f[0], f[2]) for f in findings(caught.value)] == [
        (1, "eenheid-ontbreekt"),
        (2, "geen-ja-nee"),
        (2, "onbekend-veld"),
        (3, "geen-lijst"),
        (4, "onbekend-veld"),
    ]


def test_without_a_text_the_path_is_the_place() -> None:
    with pytest.raises(InvalidError) as caught:
        validate(
            {"inkomsten": [{"bedrag": 3}], "feiten": {"inkomen": {}}, "huishouden": {"soort": "gehuwd", "partner": "geen"}}
        )
    assert {d.pad for d in caught.value.diagnostics} == {"inkomsten.0.bedrag", "feiten.inkomen", "huishouden.soort"}
    assert "inkomsten.0.bedrag: fout[eenheid-ontbreekt] «3» is een getal zonder eenheid (schrijf «€ 3,00»)" in str(caught.value)


# --- what can be read --------------------------------------------------------------------------------------------------


def test_yaml_and_json_read_the_same(tmp_path: Path) -> None:
    good = HERE / "goed.json"
    data = json.loads(good.read_text("utf-8"))
    written = tmp_path / "goed.yaml"
    written.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    flow = tmp_path / "flow.yaml"
    flow.write_text(yaml.safe_dump(data, allow_unicode=True, default_flow_style=True), "utf-8")
    assert read_situation(written) == read_situation(flow) == read_situation(str(good)) == validate(data)
    assert parse_situation(good.read_text("utf-8")) == validate(data)


def test_values_stay_text_until_the_field_says_what_they_are() -> None:
    situation = parse_situation("persoon: {gemeente: 0599, detentie: nee, geboortedatum: 1986}\nwonen: {huur: € 0}\n")
    assert situation.persoon.gemeente == "0599"
    assert situation.persoon.detentie is False
    assert situation.wonen.huur == 0


def test_an_empty_group_is_a_situation_of_which_nothing_is_known() -> None:
    assert parse_situation("{}") == parse_situation("persoon:\n") == Situation()


def test_a_mark_of_byte_order_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "bom.json"
    file.write_bytes(b"\xef\xbb\xbf" + b'{"persoon": {"detentie": true}}')
    assert read_situation(file).persoon.detentie is True
    assert parse_situation("\ufeffpersoon: {detentie: ja}").persoon.detentie is True


def test_the_suffix_says_what_a_file_is(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text("persoon: {}", "utf-8")
    with pytest.raises(InvalidError, match="json"):
        read_situation(file)


# --- limits ------------------------------------------------------------------------------------------------------------


def codes(text: str, name: str = "situatie") -> list[str]:
    with pytest.raises(InvalidError) as caught:
        parse_situation(text, name)
    return [d.code for d in caught.value.diagnostics]


@pytest.mark.parametrize("name", ["s.json", "s.yaml"])
def test_a_text_over_one_mebibyte_is_refused(name: str) -> None:
    assert codes('{"gewenst_effect": "' + "é" * (1 << 19) + '"}', name) == ["bestand-te-groot"]
    assert codes('{"gewenst_effect": "' + "a" * 5000 + '"}', name) == ["tekst-te-lang"]


@pytest.mark.parametrize("name", ["s.json", "s.yaml"])
@pytest.mark.parametrize("depth", [41, 500, 100_000])
def test_what_is_too_deep_is_refused(name: str, depth: int) -> None:
    found = codes('{"eigen": ' + "[" * depth + "]" * depth + "}", name)
    assert found in (["yaml-diep"], ["geen-groep"]), "at most forty levels; a list says nothing here anyway"
    assert codes('{"persoon": ' + '{"a": ' * depth + "1" + "}" * depth + "}", name)[0] in ("yaml-diep", "onbekend-veld")


@pytest.mark.parametrize("number", ["9" * 30, "-" + "9" * 5000, "1e400", "1" + "0" * 400_000, "1." + "3" * 5000])
def test_a_number_of_any_length_is_refused_in_time(number: str) -> None:
    text = f'{{"schulden": [{{"achterstand_maanden": {number}}}], "eigen": {{"iit": {{"a": {number}}}}}}}'
    assert set(codes(text, "s.json")) <= {"getal-te-groot", "geen-getal", "geen-waarde"}


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_json_has_no_word_for_what_is_no_number(word: str) -> None:
    assert codes(f'{{"eigen": {{"iit": {{"a": {word}}}}}}}') == ["json"]
    assert codes(f"eigen: {{iit: {{a: [{word}]}}}}") == ["geen-waarde"]


def test_half_a_character_is_refused() -> None:
    for text in ('{"gewenst_effect": "\\ud83d"}', '{"\\udc00": 1}', '{"gewenst_effect": "\ud83d"}'):
        assert codes(text) == ["teken-onbekend"]
    with pytest.raises(InvalidError) as caught:
        validate({"\ud83d": 1, "gewenst_effect": "\ud83d", "werk": {"soort": "\ud83d"}, "feiten": {"\ud83d": {}}})
    str(caught.value).encode()
    with pytest.raises(InvalidError):
        parse_situation("gewenst_effect: \ud83d")


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    latin = tmp_path / "s.yaml"
    latin.write_bytes("gewenst_effect: één kamer".encode("latin-1"))
    for file, code in ((tmp_path / "weg.yaml", "bestand-onleesbaar"), (tmp_path, "bestand-onleesbaar"), (latin, "geen-utf8")):
        with pytest.raises(InvalidError) as caught:
            read_situation(file)
        assert [d.code for d in caught.value.diagnostics] == [code]


# --- places ------------------------------------------------------------------------------------------------------------


def test_a_place_is_the_value_or_the_nearest_thing_around_it() -> None:
    data, where = read_data(Source("s.yaml", "persoon:\n  detentie: nee\ninkomsten:\n  - bedrag: '€ 3'\n    per:\n"))
    assert data["inkomsten"][0] == {"bedrag": "€ 3", "per": ""}
    spots: list[tuple[list[str | int], tuple[int, int]]] = [
        (["persoon"], (1, 1)),
        (["persoon", "detentie"], (2, 13)),
        (["persoon", Key("detentie")], (2, 3)),
        (["persoon", "geboortedatum"], (2, 3)),
        (["inkomsten", 0, "bedrag"], (4, 14)),
        (["inkomsten", "0", "bedrag"], (4, 14)),
        (["inkomsten", 0, "per"], (5, 5)),
        (["inkomsten", 7], (4, 3)),
    ]
    for path, spot in spots:
        span = where(path)
        assert (span.line, span.column) == spot, path


def test_json_has_the_same_places_as_yaml() -> None:
    text = '{"a": [1, {"b": "twee\\u0021"}],\n "c": {"d": null}}'
    _, in_json = read_data(Source("s.json", text))
    data, in_yaml = read_data(Source("s.yaml", text))
    paths: list[list[str | int]] = [["a"], ["a", 0], ["a", 1], ["a", 1, "b"], ["c"], ["c", "d"], ["c", Key("d")], ["e"]]
    for path in paths:
        one, other = in_json(path), in_yaml(path)
        assert (one.line, one.column, one.width) == (other.line, other.column, other.width), path
    assert data == {"a": ["1", {"b": "twee!"}], "c": {"d": "null"}}


@settings(max_examples=200)
@given(st.recursive(st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8),
    st.sampled_from([None, 0, 2]), st.booleans())  # fmt: skip
def test_every_value_of_any_json_has_its_place(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps({"x": value}, indent=indent, ensure_ascii=ascii_only)
    data, where = read_data(Source("s.json", text))
    assert data == {"x": value}
    lines = text.split("\n")

    def look(here: Any, path: list[str | int]) -> None:
        span = where(path)
        assert lines[span.line - 1][span.column - 1 :] or isinstance(here, str)
        if isinstance(here, int | float) or here is None:
            assert lines[span.line - 1][span.column - 1 :].startswith(json.dumps(here))
        for key, inner in here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ():
            look(inner, [*path, key])

    look(value, ["x"])


# --- fuzz --------------------------------------------------------------------------------------------------------------

WORDS = [
    "persoon", "huishouden", "partner", "inkomsten", "soort", "bedrag", "feiten", "eigen", "kinderen", "wonen", "woorden", "leefgebied",
    "geboortedatum", "formaat", "bsn", "centen", "behoeften", "eigen_opgave", "\ud83d", "\x00", "«", "123456782", "",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.sampled_from([30, 4400, 5000]).map(lambda n: 10**n), st.floats(), st.decimals(),
    st.text(max_size=12), st.sampled_from(WORDS), st.dates(), st.datetimes(), st.binary(max_size=4),
    st.sampled_from(["€ 1", "1986-04", "geen", "onbekend", "ja", "huur", {"centen": 10**20}, ("a",), {1}, object()]),
)  # fmt: skip
KEYS = st.sampled_from(WORDS) | st.text(max_size=6) | st.integers(0, 3)
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5), max_leaves=12
)


def mistakes(make: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """What is wrong with it; nothing when it can be read. Any other error is a failure of the test."""
    try:
        make()
    except InvalidError as wrong:
        return wrong.diagnostics or (Diagnostic("niets", "an error without a diagnostic"),)
    return ()


def refused_in_dutch(data: Any) -> None:
    """Read, or refused with diagnostics that can be shown: nothing else."""
    for found in mistakes(lambda: validate(data)):
        assert found.code not in ("situatie", "niets"), "a mistake that nobody worded"
        assert found.tekst.isprintable(), found
        assert (found.hulp or "").isprintable(), found
        assert not re.search(r"class|object at|Input should|Traceback", _words(found)), found
        str(found).encode("utf-8")


@settings(max_examples=500)
@given(ANYTHING)
def test_anything_at_all_is_read_or_refused(data: Any) -> None:
    refused_in_dutch(data)
    refused_in_dutch({"persoon": data, "inkomsten": [data], "eigen": {"iit": {"a": data}}, "feiten": {"inkomsten": data}})
    refused_in_dutch({"gewenst_effect": data, "wonen": {"huur": data, "ontruiming_op": data}, "huishouden": {"partner": data}})


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """A valid situation in which some values or names are anything else."""
    raw = json.loads(draw(strategies.situations()).model_dump_json(exclude_none=True))
    for _ in range(draw(st.integers(1, 4))):
        here = raw
        while here:
            key = draw(st.sampled_from(sorted(here, key=str) if isinstance(here, dict) else list(range(len(here)))))
            if isinstance(here[key], dict | list) and here[key] and draw(st.integers(0, 3)):
                here = here[key]
                continue
            if isinstance(here, dict) and draw(st.booleans()):
                here[draw(KEYS)] = here.pop(key)
            else:
                here[key] = draw(ANYTHING)
            break
    return raw


@settings(max_examples=300)
@given(mutated())
def test_a_valid_situation_with_anything_in_it_is_read_or_refused(raw: Any) -> None:
    refused_in_dutch(raw)


@settings(max_examples=400)
@given(st.data())
def test_a_text_with_characters_changed_is_read_or_refused(data: st.DataObject) -> None:
    files = [HERE / "goed.json", *BROKEN]
    file = data.draw(st.sampled_from(files))
    text = file.read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 3))
        put = data.draw(
            st.sampled_from(
                [
                    "",
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    '"',
                    "'",
                    "\n",
                    "  ",
                    "\t",
                    "#",
                    "&",
                    "*",
                    "!",
                    "\\",
                    "\\u",
                    "-",
                    "0",
                    "\x00",
                    "é",
                    "\ud83d",
                    "\u2028",
                    "\x85",
                ]
            )
        )
        text = text[:at] + put + text[at + gone :]
    last = len(text.splitlines()) + text.count("\n") + 2
    for name in ("s.json", "s.yaml", "situatie"):
        for found in mistakes(partial(parse_situation, text, name)):
            assert found.span is not None
            assert 1 <= found.span.line <= last
            assert found.span.column >= 1


@settings(max_examples=300)
@given(st.text(max_size=60) | st.text('{}[]",:0123nulltrue \n\\u', max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    for name in ("s.json", "s.yaml", "situatie"):
        assert all(d.span is not None for d in mistakes(partial(parse_situation, text, name)))


@settings(max_examples=200)
@given(st.binary(max_size=60))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    file = tmp_path_factory.mktemp("s") / "s.json"
    file.write_bytes(raw)
    assert all(d.code != "niets" for d in mistakes(lambda: read_situation(file)))


# --- the sender --------------------------------------------------------------------------------------------------------


def test_a_sender_reads_from_yaml_and_json(tmp_path: Path) -> None:
    in_yaml, in_json = tmp_path / "a.yaml", tmp_path / "a.json"
    in_yaml.write_text(
        "organisatie: Gemeente Rotterdam\nverzonden_op: 2026-03-02\ngedeeld_adres: ja\ntelefoon: 14 010\n", "utf-8"
    )
    in_json.write_text(
        json.dumps(
            {"organisatie": "Gemeente Rotterdam", "verzonden_op": "2026-03-02", "gedeeld_adres": True, "telefoon": "14 010"}
        ),
        "utf-8",
    )
    assert read_sender(in_yaml) == read_sender(in_json)
    assert read_sender(in_yaml).gedeeld_adres is True
    assert make_sender({}).organisatie is None


def test_a_sender_with_mistakes_says_where(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("organisatie: [x]\ncontact: Jansen\nverzonden_op: 2-3-2026\n", "utf-8")
    with pytest.raises(InvalidError) as caught:
        read_sender(file)
    assert findings(caught.value) == [
        (1, 1, "geen-tekst", "hier hoort tekst, geen lijst (schrijf één waarde, zonder streepje of haken)"),
        (2, 1, "onbekend-veld", "«contact» is geen veld van de afzender (bedoelde u «contactpersoon»?)"),
        (3, 15, "geen-datum", "«2-3-2026» is geen datum (schrijf een datum als jaar-maand-dag: «2026-03-02»)"),
    ]
    file.write_text("verzonden_op: 2026-03\n", "utf-8")
    with pytest.raises(InvalidError) as caught:
        read_sender(file)
    assert [f[:3] for f in findings(caught.value)] == [(1, 15, "geen-datum")]
    nothing: list[Any] = [None, [], "x", 3, {1: 2}]
    for data in nothing:
        with pytest.raises(InvalidError):
            make_sender(data)


def test_plain_and_place_speak_of_the_same_tree() -> None:
    from responsief.diagnostics import Findings
    from responsief.syntax.from_yaml import read_yaml

    document = read_yaml(Source("s", "a: [1, {b: 2}]"), Findings())
    assert document is not None
    assert plain(document.root) == {"a": ["1", {"b": "2"}]}
    assert place(document.root, ["a", 1, "b"]).column == 12


def test_an_empty_file_is_told_how_such_a_file_begins(tmp_path: Path) -> None:
    empty = tmp_path / "leeg.yaml"
    empty.write_text("", encoding="utf-8")
    for read, begin in ((read_situation, "persoon"), (read_sender, "organisatie"), (read_act, "besluit_van")):
        with pytest.raises(InvalidError) as wrong:
            read(empty)
        assert [d.hulp for d in wrong.value.diagnostics] == [f"begin met «{begin}:»"]
