"""`check --fix`, what is allowed in place, and the baseline: what they change, what they keep, and what they refuse."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from responsief.checked import Checked, _checked_with, check_read, mend
from responsief.cli import group
from responsief.diagnostics import Diagnostic, Edit, Findings
from responsief.lint.allowed import comments_of
from responsief.lint.baseline import read_baseline, without, written_baseline
from responsief.lint.fixes import changed, edits_of, sense
from responsief.register import FORMS, Files, read_files
from responsief.source import Source, Span
from responsief.syntax.from_yaml import read_yaml

LINT = Path(__file__).parent / "lint"
GOOD = (LINT / "goed-regelset.yaml").read_text(encoding="utf-8")
TODAY = date(2026, 3, 2)
ALLOWED_IN_PLACE = "grondslag: Participatiewet  # toegestaan[geen-artikel]: de hele wet"


def checked(*paths: Path) -> Checked:
    """Files on their own, without the shipped register: that takes a second each time."""
    return check_read(read_files(list(paths)), TODAY, own=False)


def codes(done: Checked) -> list[str]:
    return [one.code for one in done.findings if one.code != "geen-proef"]


# --- safe changes ------------------------------------------------------------------------------------------------------

UNTIDY = {
    "titel: Uw inkomen is laag": 'titel: "Uw  inkomen is laag."  # opmerking',
    "vraag: Wat is uw inkomen per maand?": "vraag: Wat is uw inkomen per maand",
    "maatstaf: in bijzondere gevallen": "maatstaf: in Bijzondere gevallen",
    "grondslag: art. 2\n": "grondslag: AWB 4:84\n",
    "eis: leeftijd >= 21": "eis: leeftijd >= 21  # toegestaan[klif]: was ooit nodig",
    "doel: Voor jongeren": "doel: Voor  jongeren",
}


def untidy() -> str:
    text = GOOD
    for old, new in UNTIDY.items():
        assert old in text
        text = text.replace(old, new)
    return text


def test_every_safe_change_is_made_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "toeslag.yaml"
    path.write_text(untidy(), encoding="utf-8")
    done = checked(path)
    assert len(done.fixable) == 7
    mended = mend(done, TODAY, own=False)
    ((source, text),) = mended.texts.items()
    assert source.name == path.as_posix()
    assert text == GOOD.replace("titel: Uw inkomen is laag", 'titel: "Uw inkomen is laag"  # opmerking').replace(
        "grondslag: art. 2\n", "grondslag: Awb 4:84\n"
    )
    assert codes(mended.checked) == []
    assert (mended.count, mended.refused) == (7, ())
    assert path.read_text(encoding="utf-8") == untidy(), "mending writes nothing"


def test_what_is_fixed_needs_no_second_fix(tmp_path: Path) -> None:
    for story in sorted(LINT.glob("*.yaml")):
        done = checked(story)
        if done.wrong:
            continue
        mended = mend(done, TODAY, own=False)
        assert mended.refused == (), story
        assert not mended.checked.fixable, story
        assert mended.count == len(done.fixable), story


def test_a_change_that_would_mean_something_else_is_refused() -> None:
    source = Source("toeslag.yaml", GOOD)
    done = check_read(files_of(source), TODAY, own=False)
    for old, new in (
        ("leeftijd >= 21", "leeftijd > 21"),
        ("leeftijd >= 21", "leeftijd >= 2.1"),
        ("mag: [toekennen]", "mag: [bedrag]"),
        ("geldt_voor: alle", "geldt_voor: [leeftijd]"),
        ("€ 1.400", "€ 14,00"),
        ("2026-01-01}", "2026-01-02}"),
        ("in bijzondere gevallen", "in heel bijzondere gevallen"),
        ("formaat: 1", "formaat: 2"),
        ("titel: U bent", "titel: {"),
    ):
        assert old in GOOD
        assert _checked_with(done, {source.name: GOOD.replace(old, new)}, TODAY, own=False) is None, new
    better = GOOD.replace("titel: U bent 21 jaar of ouder", 'titel: "U  bent 21 jaar of ouder."')
    assert _checked_with(done, {source.name: better}, TODAY, own=False) is not None


def test_a_refused_file_keeps_its_text_and_the_others_are_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [
        Source("een.yaml", untidy()),
        Source("twee.yaml", untidy().replace("regelset: inkomenstoeslag", "regelset: twee")),
    ]
    done = check_read(files_of(*sources), TODAY, own=False)
    at = sources[1].text.index(">= 21")
    bad = Diagnostic("klif", "x", Span(sources[1], 1, 1), None, "waarschuwing", herstel=(Edit(sources[1], at, at + 2, "<"),))
    mended = mend(replace(done, findings=(*done.findings, bad)), TODAY, own=False)
    assert mended.refused == ("twee.yaml",)
    assert [source.name for source in mended.texts] == ["een.yaml"]


def files_of(*sources: Source) -> Files:
    problems = Findings()
    documents = [document for source in sources if (document := read_yaml(source, problems)) is not None]
    assert not problems
    return Files({form: documents if form == "regelset" else [] for form in FORMS}, problems)


def test_of_changes_in_one_place_only_the_first_is_made_at_once() -> None:
    source = Source("x", "abcdef")
    found = [
        Diagnostic("a", "", Span(source, 1, 1), herstel=(Edit(source, 0, 3, "X"),)),
        Diagnostic("b", "", Span(source, 1, 2), herstel=(Edit(source, 1, 4, "Y"),)),
        Diagnostic("c", "", Span(source, 1, 5), herstel=(Edit(source, 4, 6, "Z"),)),
        Diagnostic("d", "", Span(source, 1, 1), herstel=(Edit(source, 0, 3, "X"),)),
    ]
    assert changed(source, edits_of(found)[source]) == "XdZ"


# --- allowed in place --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "written",
    [
        "grondslag: Participatiewet  # toegestaan[geen-artikel]: de hele wet",
        "# toegestaan[geen-artikel]: de hele wet\n    grondslag: Participatiewet",
        "# toegestaan[geen-artikel]: de hele wet\n    # en nog iets\n    grondslag: Participatiewet",
        "grondslag: 'Participatiewet' #toegestaan [ geen-artikel ] : de hele wet",
        "grondslag: >-  # toegestaan[geen-artikel]: de hele wet\n      Participatiewet",
        "grondslag: |-\n      Participatiewet\n    # x",
        'grondslag: "Participatie\\\n      wet"  # toegestaan[geen-artikel]: de hele wet',
        "# toegestaan[klif, geen-artikel]: de hele wet\n    grondslag: Participatiewet",
    ],
)
def test_a_warning_is_allowed_at_its_own_place(written: str, ending: str, tmp_path: Path) -> None:
    path = tmp_path / "toeslag.yaml"
    path.write_bytes(GOOD.replace("grondslag: art. 2\n", written + "\n").replace("\n", ending).encode())
    expected = ["geen-artikel"] if "toegestaan" not in written else ["toegestaan-ongebruikt"] if "klif" in written else []
    assert codes(checked(path)) == expected


@pytest.mark.parametrize(
    "written",
    [
        'titel: "U bent # toegestaan[geen-artikel]: 21"\n    grondslag: Participatiewet',
        'titel: "U bent#toegestaan[geen-artikel]: 21"\n    grondslag: Participatiewet',
        "# toegestaan[geen-artikel]: de hele wet\n\n    grondslag: Participatiewet",
        "titel: >-\n      U bent\n      # toegestaan[geen-artikel]: 21\n    grondslag: Participatiewet",
        "# toegestaan: geen-artikel, de hele wet\n    grondslag: Participatiewet",
    ],
)
def test_what_is_no_comment_or_stands_elsewhere_allows_nothing(written: str, tmp_path: Path) -> None:
    path = tmp_path / "toeslag.yaml"
    old = "titel: U bent 21 jaar of ouder\n    grondslag: art. 2"
    assert old in GOOD
    new = written if written.startswith("titel") else "titel: U bent 21 jaar of ouder\n    " + written
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    assert "geen-artikel" in codes(checked(path))


def test_a_comment_that_allows_nothing_is_taken_away_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "toeslag.yaml"
    text = GOOD.replace("criteria:\n", "criteria:\n  # toegestaan[klif]: was ooit nodig\n")
    path.write_text(text, encoding="utf-8")
    mended = mend(checked(path), TODAY, own=False)
    assert list(mended.texts.values()) == [GOOD]


@pytest.mark.parametrize(("code", "stays"), [("geen-artikle", True), ("wat-is-dit-nou-weer", False)])
def test_a_misspelt_code_is_not_taken_away_with_its_reason(code: str, stays: bool, tmp_path: Path) -> None:
    path = tmp_path / "toeslag.yaml"
    path.write_text(
        GOOD.replace("grondslag: art. 2\n", f"grondslag: art. 2  # toegestaan[{code}]: mijn reden\n", 1), encoding="utf-8"
    )
    done = checked(path)
    assert codes(done) == ["toegestaan-onbekend"]
    assert bool(mend(done, TODAY, own=False).texts) is not stays


def test_while_there_are_mistakes_no_comment_is_called_unused(tmp_path: Path) -> None:
    path = tmp_path / "toeslag.yaml"
    path.write_text(
        GOOD.replace("grondslag: art. 2", ALLOWED_IN_PLACE).replace("eis: leeftijd", "eis: leftijd"), encoding="utf-8"
    )
    assert codes(checked(path)) == ["onbekende-naam"]


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(list("# toegestaan[klif]:x'\"|>-\n {},")), max_size=60))
def test_looking_for_comments_survives_any_text(text: str) -> None:
    source = Source("x.yaml", "a: b\nc: # toegestaan[klif]: x\n  " + text)
    document = read_yaml(source, Findings())
    for one in comments_of(document)[0] if document is not None else ():
        assert source.text[one.start] == "#"
        assert "toegestaan" in source.text[one.start : one.end]


# --- the baseline ------------------------------------------------------------------------------------------------------


def found(*lines: tuple[str, int]) -> list[Diagnostic]:
    source = Source("map/een.yaml", "titel: A\ntitel: B\n  titel:   A\n")
    return [Diagnostic(code, "t", Span(source, line, 1), None, "waarschuwing") for code, line in lines]


def same(name: str) -> str:
    return name


def test_a_baseline_goes_by_the_words_of_a_line_and_counts() -> None:
    before = found(("x", 1), ("x", 3), ("y", 2))
    text = written_baseline(before, same)
    assert json.loads(text) == {
        "versie": 1,
        "bevindingen": [
            {"bestand": "map/een.yaml", "code": "x", "regel": "titel: A", "aantal": 2},
            {"bestand": "map/een.yaml", "code": "y", "regel": "titel: B", "aantal": 1},
        ],
    }
    baseline = read_baseline(text)
    assert without(before, baseline, same) == ([], {})
    kept, gone = without(found(("x", 1), ("x", 3), ("x", 1), ("z", 2)), baseline, same)
    assert [one.code for one in kept] == ["x", "z"]
    assert [(key.code, number) for key, number in gone.items()] == [("y", 1)]


def test_a_mistake_is_never_accepted() -> None:
    wrong = [replace(one, ernst="fout") for one in found(("x", 1))]
    assert json.loads(written_baseline(wrong, same))["bevindingen"] == []
    accepted = read_baseline(written_baseline(found(("x", 1)), same))
    assert without(wrong, accepted, same)[0] == wrong


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "geen JSON"),
        ("[]", "«bevindingen»"),
        ("{}", "«bevindingen»"),
        ("[" * 100_000, "geen JSON"),
        ('{"versie": 2, "bevindingen": []}', "versie «2»"),
        ('{"versie": 1, "bevindingen": [{"code": "x"}]}', "bevinding 1"),
        ('{"versie": 1, "bevindingen": [5]}', "bevinding 1"),
        ('{"versie": 1, "bevindingen": [{"bestand": "a", "code": "x", "regel": "", "aantal": true}]}', "bevinding 1"),
        ('{"versie": 1, "bevindingen": [{"bestand": "a", "code": "x", "regel": "", "aantal": 0}]}', "bevinding 1"),
    ],
)
def test_a_broken_baseline_says_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=re.escape(why)):
        read_baseline(text)


# --- the command -------------------------------------------------------------------------------------------------------


def run(*args: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(group, ["check", "--on", "2026-03-02", *map(str, args)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, done.output


CASES = """\
proef: inkomenstoeslag
formaat: 1
gevallen:
  - naam: oud genoeg
    peildatum: 2026-03-02
    situatie: {persoon: {geboortedatum: 1990-01-01}}
    verwacht: {uitkomst: onbepaald}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "eigen"
    folder.mkdir()
    (folder / "toeslag.yaml").write_bytes(b"\xef\xbb\xbf" + untidy().encode())
    (folder / "toeslag.test.yaml").write_text(CASES, encoding="utf-8")
    return folder


def test_fix_shows_first_writes_then_and_keeps_what_marks_the_file(own: Path) -> None:
    path = own / "toeslag.yaml"
    path.chmod(0o640)
    before = path.read_bytes()
    code, said = run(own)
    assert code == 1
    assert "Geen fouten, 7 waarschuwingen" in said
    assert "Met --fix worden er 7 hersteld" in said
    code, said = run(own, "--diff")
    assert "-    eis: leeftijd >= 21  # toegestaan[klif]: was ooit nodig\n+    eis: leeftijd >= 21\n" in said
    assert path.read_bytes() == before
    code, said = run(own, "--fix")
    assert (code, "Hersteld: 7." in said, "waarschuwing" in said) == (0, True, False)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfregelset")
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in own.iterdir()) == ["toeslag.test.yaml", "toeslag.yaml"]


def test_fix_asks_what_to_fix_and_says_when_there_is_nothing() -> None:
    assert run("--fix")[0] == 2
    assert "Er is niets dat veilig te herstellen is." in run(LINT / "goed-regelset.yaml", "--fix")[1]


def test_nothing_is_fixed_while_there_are_mistakes(own: Path) -> None:
    path = own / "toeslag.yaml"
    path.write_text(untidy().replace("eis: leeftijd", "eis: leftijd"), encoding="utf-8")
    before = path.read_bytes()
    code, said = run(own, "--fix")
    assert code == 1
    assert "fout[onbekende-naam]" in said
    assert path.read_bytes() == before


def test_a_baseline_keeps_old_findings_quiet_and_tells_new_ones(own: Path) -> None:
    path, baseline = own / "toeslag.yaml", own.parent / "basislijn.json"
    code, said = run(own, "--baseline", baseline)
    assert (code, "maak haar met «--write-baseline»" in said) == (2, True)
    code, said = run(own, "--baseline", baseline, "--write-baseline")
    assert (code, "7 bevindingen geaccepteerd" in said) == (0, True)
    assert {row["bestand"] for row in json.loads(baseline.read_text(encoding="utf-8"))["bevindingen"]} == {"eigen/toeslag.yaml"}
    code, said = run(own, "--baseline", baseline)
    assert (code, "Niet getoond: 7" in said, "waarschuwing[" in said) == (0, True, False)

    text = "# een regel erboven\n" + untidy().replace("Wat is uw inkomen per maand", "Wat is uw inkomen per maand?")
    path.write_text(text.replace("doel: Wie genoeg", "doel: Wie gedurende genoeg"), encoding="utf-8")
    code, said = run(own, "--baseline", baseline)
    assert code == 1
    assert said.count("waarschuwing[") == 1
    assert "«gedurende» is voor veel lezers moeilijk" in said
    assert "Opgelost en nog in" in said
    assert "vraag-zonder-vraagteken" in said


def test_a_broken_baseline_or_none_to_write_is_said_in_dutch(own: Path, tmp_path: Path) -> None:
    (tmp_path / "kapot.json").write_text("{", encoding="utf-8")
    for wrong in (tmp_path / "kapot.json", tmp_path):
        code, said = run(own, "--baseline", wrong)
        assert code == 2
        assert "fout[basislijn-onleesbaar]" in said
        assert "Traceback" not in said
    code, said = run(own, "--write-baseline")
    assert code == 2
    assert "noem het met «--baseline BESTAND»" in said


def test_findings_as_json_have_stable_keys(own: Path) -> None:
    code, said = run(own, "--format", "json")
    assert code == 1
    told = json.loads(said)
    assert told["telling"] == {"fout": 0, "waarschuwing": 7, "tip": 0}
    for row in told["bevindingen"]:
        assert list(row) == ["code", "ernst", "tekst", "hulp", "bestand", "regel", "kolom", "breedte", "herstelbaar"]
    lines = [row["regel"] for row in told["bevindingen"]]
    assert lines == sorted(lines)
    (own / "toeslag.yaml").write_text("regelset: x", encoding="utf-8")
    code, said = run(own, "--format", "json")
    assert (code, json.loads(said)["bevindingen"][0]["ernst"]) == (1, "fout")


@pytest.mark.parametrize(
    ("one", "other"), [("art. 5.2", "art. 52"), ("art. 5.2", "art. 5 2"), ("€ 1,50", "€ 150"), ("1-2", "12")]
)
def test_a_sign_between_digits_is_part_of_what_a_text_means(one: str, other: str) -> None:
    assert sense(one) != sense(other)


@pytest.mark.parametrize(
    ("one", "other"), [("op 1  mei", "Op 1 mei."), ("2025  10", "2025 10"), ("art.5.2 lid 1", "art. 5.2, lid 1")]
)
def test_how_words_are_written_is_not(one: str, other: str) -> None:
    assert sense(one) == sense(other)
