"""One canonical form: meaning and comments stay, whoever wrote the file."""

import dataclasses
import os
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Rulesets, Written
from responsief.cli import group
from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.facts import Soort
from responsief.schemas.ruleset import ruleset_schema
from responsief.source import Source
from responsief.syntax import format as formatting
from responsief.syntax.comments import parts_of, relations
from responsief.syntax.format import format_source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.remarks import remarks
from responsief.syntax.shapes import SHAPES
from restyled import Restyler, astray, shuffled

ROOT = Path(__file__).parents[1]
FILES = sorted(p for folder in ("rulesets", "tests", "examples") for p in (ROOT / folder).rglob("*.yaml"))


def formatted(text):
    return format_source(Source("x.yaml", text))


def root_of(text):
    findings = Findings()
    document = read_yaml(Source("x.yaml", text), findings)
    assert not findings, (list(findings), text)
    return document.root


def meaning(found):
    """What a checked ruleset means: everything but its places, its text and the number of that text."""
    if dataclasses.is_dataclass(found):
        fields = [f.name for f in dataclasses.fields(found) if f.compare and f.name != "sha256"]
        return (type(found).__name__, *((name, meaning(getattr(found, name))) for name in fields))
    if isinstance(found, dict):
        return [(key, meaning(value)) for key, value in found.items()]
    if isinstance(found, list | tuple):
        return [meaning(inner) for inner in found]
    return (repr(found), meaning(vars(found))) if isinstance(found, Soort) else found


def rulesets(texts):
    return [meaning(r) for versions in Written(tuple(texts)).checked().versions.values() for r in versions]


# --- whoever wrote it --------------------------------------------------------------------------------------------------


def holds_for(seed, comments):
    dice = Rolled(seed)
    written = Rulesets(dice, depth=2).written()
    results = []
    for text in written.texts:
        root = shuffled(root_of(text), dice)
        restyler = Restyler(dice, comments=comments)
        restyled = restyler.whole(root)
        assert root_of(restyled) == root, "the test wrote something else than it meant"
        result = formatted(restyled)
        assert formatted(result) == result
        assert result.endswith("\n")
        assert "\r" not in result or "\r\n" in restyled
        plain = result.replace("\r\n", "\n")
        after = root_of(plain)
        assert [w for w in (astray(plain, after, placed) for placed in restyler.placed) if w] == [], f"{restyled}\n\n{plain}"
        results.append(result)
    assert rulesets(results) == rulesets(written.texts)


@pytest.mark.heavy
@settings(max_examples=130)  # of three or four files each: 500 files
@given(st.integers(0, 2**32), st.sampled_from([0, 4, 12, 30]))
def test_a_random_register_in_any_style_keeps_its_meaning_and_every_comment_at_its_part(seed, comments):
    holds_for(seed, comments)


@pytest.mark.parametrize("seed", range(6))
def test_a_few_random_registers_keep_their_meaning_and_comments(seed):
    holds_for(seed, 12)


@pytest.mark.parametrize("kind", ["regelset", "signalen", "voorzieningen", "proef"])
def test_every_key_of_the_schemas_has_its_place_and_no_other(kind):
    definitions = ruleset_schema()["$defs"]
    seen = set()

    def resolved(schema):
        while "$ref" in schema:
            schema = definitions[schema["$ref"].split("/")[-1]]
        return schema

    def keys_of(schema):
        keys = dict(schema.get("properties", {}))
        for branch in ("then", "else"):
            keys |= resolved(schema.get(branch, {})).get("properties", {}) if not keys else {}
        return {key: inner for key, inner in keys.items() if inner is not False}

    def hold(schema, shape):
        schema = resolved(schema)
        if (id(schema), shape) in seen:
            return
        seen.add((id(schema), shape))
        if shape.startswith("["):
            hold(schema.get("items", {}), shape[1:])
        elif shape.startswith("{"):
            hold(schema["additionalProperties"], shape[1:])
        elif shape in SHAPES:
            keys = keys_of(schema)
            assert keys.keys() == SHAPES[shape].keys(), shape
            for key, inner in keys.items():
                hold(inner, SHAPES[shape][key])
        elif shape == "" and schema.get("title") != "situatie":  # which keeps the order of its writer
            assert not keys_of(schema) or schema.get("additionalProperties") is not False, schema

    hold(definitions[kind], kind)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b # één\n# twee\n", ["# één", "# twee"]),
        ("a: 'b # c'  # d\n", ["# d"]),
        ('a: "b \\" # c" # d\n', ["# d"]),
        ("a: het 'huis # van\nb: c # 'd'\n", ["# van", "# 'd'"]),
        ("a: hij komt\n  's ochtends # vroeg\nb: c # d\n", ["# vroeg", "# d"]),
        ("a: >-  # kop\n  tekst # geen\n\n  # ook geen\n# wel\n", ["# kop", "# wel"]),
        ("- a: |\n    # geen\n  b: c # wel\n", ["# wel"]),
        ("a:\n- |\n  # geen\n- b#c # wel\n", ["# wel"]),
        ("a: [b, 'c # d', # wel\n  e] # ook\n", ["# wel", "# ook"]),
        ("a: inkomen >\n  # wel\nb: c\n", ["# wel"]),
    ],
)
def test_comments_are_also_found_by_a_look_along_the_lines(text, found):
    assert remarks(text) == found


@pytest.mark.parametrize("seed", range(20))
def test_both_ways_of_finding_comments_agree_on_any_style(seed):
    dice = Rolled(seed)
    for text in Rulesets(dice, depth=2).written().texts:
        restyled = Restyler(dice, comments=30).whole(root_of(text))
        document = read_yaml(Source("x.yaml", restyled), Findings())
        assert document is not None
        assert sorted(remarks(restyled)) == sorted(text for _, _, text in relations(parts_of(document)))


def test_a_comment_that_was_never_seen_as_part_of_anything_is_still_missed(monkeypatch):
    def blind(self, start, end):
        pass

    monkeypatch.setattr("responsief.syntax.comments._Builder.gap", blind)
    with pytest.raises(InvalidError, match="een opmerking zou verdwijnen"):
        formatted("regelset: x\n# blijf\ntitel: y\n")


# --- every file that there is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_file_here_is_formatted_or_refused_with_findings(path):
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    findings = Findings()
    read_yaml(Source("x.yaml", text), findings)
    if findings:
        with pytest.raises(InvalidError) as refused:
            formatted(text)
        assert [d.code for d in refused.value.diagnostics] == [d.code for d in sorted(findings, key=Diagnostic.place)]
        return
    result = formatted(text)
    assert formatted(result) == result
    assert not Counter(comments(text)) - Counter(comments(result))


def comments(text):
    """The comments on lines of their own: the others need a reader of YAML to be told from text."""
    return [line.strip() for line in text.split("\n") if line.lstrip().startswith("#")]


# --- what it looks like ------------------------------------------------------------------------------------------------


def check(before, after):
    assert formatted(before) == after
    assert formatted(after) == after


def test_keys_stand_in_their_order_and_an_unknown_one_stays_behind_its_neighbour():
    check(
        "titel: T\ngek: 1\nformaat: 1\nregelset: x\ncriteria:\n- eis: a\n  id: b\n  raar: c\n",
        "regelset: x\nformaat: 1\ntitel: T\ngek: 1\n\ncriteria:\n  - id: b\n    raar: c\n    eis: a\n",
    )


def test_expressions_get_one_spacing_and_quoted_words_keep_theirs():
    check(
        "regelset: x\nbegrippen:\n  a: leeftijd>=21 en(soort='a  b' of  niet( x ))\n"
        "  b: \"afronden( 105% van norm,cent )-€1400,-\"\n  c: x in['a','b']\n  d: \"- 5+ -x\"\n  e: '  = ='\n",
        "regelset: x\n\nbegrippen:\n  a: leeftijd >= 21 en (soort = 'a  b' of niet (x))\n"
        "  b: afronden(105 % van norm, cent) - € 1.400\n  c: x in ['a', 'b']\n  d: -5 + -x\n  e: \"  = =\"\n",
    )


def test_quotes_stand_only_where_they_are_needed():
    check(
        "regelset: 'x'\nbevoegd: {gemeente: 0599, orgaan: \"college\"}\nbron: {versie: '1', naam: \"a, b\", regeling: 'Awb 6:7'}\n"
        'doel: "zo: dan"\ntitel: "Let [op], ja"\nbedragen:\n  a: {bron: z, waarden: {2026-01-01: €1250,50}}\n'.replace(
            "€1250,50", "'€1250,50'"
        ),
        'regelset: x\ntitel: Let [op], ja\nbron: {regeling: Awb 6:7, versie: "1", naam: "a, b"}\n'
        'bevoegd: {orgaan: college, gemeente: "0599"}\ndoel: "zo: dan"\n\n'
        'bedragen:\n  a: {bron: z, waarden: {2026-01-01: "€ 1.250,50"}}\n',
    )


def test_comments_stay_at_what_they_are_about():
    check(
        "# yaml-language-server: $schema=x\n# $schema: x\n\n\n# kop\nregelset: x   # naam\ncriteria:   # de eisen\n\n      # eerst\n"
        "      -  titel: T #t\n         # over id\n         id: a\n         # einde van a\n      # einde van de lijst\n"
        "hardheid: [ # geen\n  {soort: geen, id: g} # g\n ]\n# einde\n",
        "# yaml-language-server: $schema=x\n# $schema: x\n\n# kop\nregelset: x  # naam\n\ncriteria:  # de eisen\n  # eerst\n  # over id\n"
        "  - id: a\n    titel: T  #t\n    # einde van a\n  # einde van de lijst\n\n"
        "hardheid:  # geen\n  - {id: g, soort: geen}  # g\n# einde\n",
    )


def test_a_suppression_stays_on_its_line_however_wide():
    long = "regelset: x\nwegen: {soort: a, waarom: " + "lang " * 40 + "einde}  # toegestaan[iets]: reden\n"
    check(long, long)
    above = "regelset: x\n# toegestaan[iets]: reden\nwegen: {soort: a, waarom: " + "lang " * 40 + "einde}\n"
    check(above, above)


def test_what_is_too_wide_between_brackets_goes_on_lines_of_its_own_and_so_do_its_neighbours():
    check(
        "regelset: x\nwegen: [{soort: a, waarom: kort}, {soort: b, waarom: " + "lang " * 22 + "b}]\n",
        "regelset: x\nwegen:\n  - soort: a\n    waarom: kort\n  - soort: b\n    waarom: " + "lang " * 22 + "b\n",
    )


def test_line_ends_of_windows_stay():
    assert formatted("regelset:  x\r\ntitel: T\r\n# é\r\n") == "regelset: x\r\ntitel: T\r\n# é\r\n"


def test_what_does_not_read_is_refused_with_its_findings():
    for text, code in (
        ("a: [", "yaml"),
        ("a: 1\na: 2\n", "dubbele-sleutel"),
        ("", "leeg-bestand"),
        ("a: &x 1\n", "yaml-anker"),
    ):
        with pytest.raises(InvalidError) as refused:
            formatted(text)
        assert [d.code for d in refused.value.diagnostics] == [code]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda t: t.replace("T", "U"),
        lambda t: t.replace("# c", ""),
        lambda t: "# c\n" + t.replace("  # c", ""),
        lambda t: t + "[",
    ],
)
def test_a_result_that_is_not_the_same_is_never_given(monkeypatch, spoil):
    whole = formatting.written
    monkeypatch.setattr(formatting, "written", lambda part: spoil(whole(part)))
    with pytest.raises(InvalidError) as refused:
        formatted("regelset: x\ntitel: T  # c\n")
    assert [d.code for d in refused.value.diagnostics] == ["opmaak"]


# --- the command -------------------------------------------------------------------------------------------------------

UGLY = "regelset:  x\ntitel: 'T'\n"
NEAT = "regelset: x\ntitel: T\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*args, stdin=None):
        return CliRunner().invoke(group, ["format", *args], input=stdin, catch_exceptions=False)

    return invoke


def test_check_and_diff_write_nothing_and_exit_1(run):
    Path("a.yaml").write_text(UGLY, encoding="utf-8")
    Path("b.yaml").write_text(NEAT, encoding="utf-8")
    done = run("--check", ".")
    assert (done.exit_code, done.stdout) == (1, "a.yaml\n")
    assert "1 bestand van 2 zou veranderen" in done.stderr
    done = run("--diff", ".")
    assert done.exit_code == 1
    assert "-regelset:  x\n-titel: 'T'\n+regelset: x\n+titel: T\n" in done.stdout
    assert Path("a.yaml").read_text(encoding="utf-8") == UGLY
    assert run("--check", "b.yaml").exit_code == 0


def test_writing_keeps_rights_links_and_the_mark_of_some_editors(run):
    Path("real.yaml").write_bytes(b"\xef\xbb\xbf" + UGLY.replace("\n", "\r\n").encode())
    os.chmod("real.yaml", 0o640)
    Path("a.yaml").symlink_to("real.yaml")
    done = run("a.yaml")
    assert (done.exit_code, done.stdout) == (0, "a.yaml\n")
    assert Path("real.yaml").read_bytes() == b"\xef\xbb\xbf" + NEAT.replace("\n", "\r\n").encode()
    assert Path("real.yaml").stat().st_mode & 0o777 == 0o640
    assert Path("a.yaml").is_symlink()
    assert "Niets te doen" in run("a.yaml").stderr


def test_a_broken_file_is_left_alone_and_the_others_are_written(run):
    Path("a.yaml").write_text("regelset: [\n", encoding="utf-8")
    Path("b.yaml").write_text(UGLY, encoding="utf-8")
    Path("c.yaml").write_text("services: {db: {}}\n", encoding="utf-8")
    done = run(".")
    assert done.exit_code == 1
    assert "fout[yaml] a.yaml" in done.stderr
    assert "1 bestand van iets anders overgeslagen" in done.stderr
    assert Path("a.yaml").read_text(encoding="utf-8") == "regelset: [\n"
    assert Path("b.yaml").read_text(encoding="utf-8") == NEAT


def test_an_editor_pipes_a_text_through(run):
    assert run("-", stdin=UGLY).stdout == NEAT
    assert run("-", "--check", stdin=UGLY).exit_code == 1
    done = run("-", stdin="a: [")
    assert (done.exit_code, done.stdout) == (1, "")
    assert run().exit_code == 2
    assert run("weg.yaml").exit_code == 2
    for other in ("services: {web: {image:   nginx}}\n", "# niets\na: b\n"):
        done = run("-", stdin=other)
        assert (done.exit_code, done.stdout) == (1, "")
        assert "soort-bestand" in done.output
    assert run("-", "x.yaml", stdin="").exit_code == 2
