"""The lint on what people wrote: silent on good motivations, and each planted defect found under its own code.

Every file of `motiveringen/` says on top which case it is about and which codes are expected («-» is none).
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from motivation_cases import CASES, toegekend
from responsief import Desk, open_desk, read_situation
from responsief.cli import group
from responsief.decision import Decision
from responsief.motivation.lint import TEXTS
from responsief.motivation.written import check_written

HERE = Path(__file__).parent
GOOD = sorted((HERE / "motiveringen" / "goed").glob("*.txt"))
BROKEN = sorted((HERE / "motiveringen" / "fout").glob("*.txt"))


class Written(NamedTuple):
    """A motivation with the case it is about."""

    situatie: str
    regelset: str
    peildatum: date
    codes: frozenset[str]
    text: str


def read(path: Path) -> Written:
    top, text = path.read_text(encoding="utf-8").split("---\n", 1)
    keys = dict(line.split(": ", 1) for line in top.splitlines())
    codes = frozenset(code for code in keys["codes"].split(", ") if code != "-")
    return Written(keys["situatie"], keys["regelset"], date.fromisoformat(keys["peildatum"]), codes, text)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk()


def decided(desk: Desk, one: Written) -> Decision:
    situation = read_situation(HERE.parent / "examples" / f"{one.situatie}.yaml")
    return desk.decide(situation, one.regelset, one.peildatum)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_motivation_is_left_alone(desk: Desk, path: Path) -> None:
    one = read(path)
    assert check_written(decided(desk, one).draft, one.text, final=True) == ()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_planted_defect_is_found_and_nothing_else(desk: Desk, path: Path) -> None:
    one = read(path)
    assert {found.code for found in check_written(decided(desk, one).draft, one.text)} == one.codes


def test_there_are_enough_of_both() -> None:
    assert len(GOOD) >= 15
    assert len(BROKEN) >= 25
    planted = frozenset().union(*(read(path).codes for path in BROKEN))
    assert len(planted) >= 25
    assert planted <= TEXTS.keys()


# --- whatever somebody writes ---------------------------------------------------------------------------------------------

DRAFTS = [build() for build, _ in CASES.values()]
WORDS = st.lists(
    st.sampled_from(
        ["afwijken", "niet", "omdat", "advies", "van het", "artikel 3:4 lid 2", "«", "»", "\n\n", "1. ", "kind", "€ 1.438,51", "nooit", "clausule", ".", "weegt", "beleid", "\x00", "binnen 3 weken", "bezwaar"]
    )
    | st.text(max_size=20),
    max_size=30,
).map(" ".join)  # fmt: skip


@settings(max_examples=60)
@given(st.sampled_from(DRAFTS), WORDS)
def test_no_text_breaks_it_and_every_finding_says_what_to_do(draft, text):
    for found in check_written(draft, text, final=True):
        assert found.code in TEXTS
        assert found.waar == "motivering"
        assert found.tekst
        assert found.hulp


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_every_paragraph_of_a_good_motivation_can_be_wrapped_in_lines(desk: Desk, path: Path) -> None:
    one = read(path)
    draft = decided(desk, one).draft
    wrapped = "\n".join(line if line[:1] in "-123" else line.replace(". ", ".\n") for line in one.text.splitlines())
    assert check_written(draft, wrapped) == ()


def test_loud_words_of_the_client_change_no_finding(desk: Desk) -> None:
    one = read(GOOD[0])
    draft = decided(desk, one).draft
    raised = [c.model_copy(update={"woorden": f"{c.woorden}!"}) for c in draft.situatie.omstandigheden or ()]
    louder = replace(draft, situatie=draft.situatie.model_copy(update={"omstandigheden": tuple(raised)}))
    assert {f.code for f in check_written(louder, one.text)} == {f.code for f in check_written(draft, one.text)}


def test_under_a_grant_only_words_are_looked_at() -> None:
    assert check_written(toegekend(), "U krijgt de toeslag.") == ()
    assert {f.code for f in check_written(toegekend(), "Het systeem gaf ja.")} == {"systeem"}


# --- the command ----------------------------------------------------------------------------------------------------------


def run(*args: object) -> Result:
    return CliRunner().invoke(group, ["motivation", "check", *map(str, args)])


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    for path in (*GOOD, *BROKEN):
        (tmp_path / path.name).write_text(read(path).text, encoding="utf-8")
    return tmp_path


EURO = HERE.parent / "examples" / "een-euro-te-veel.yaml"
CASE = ("--situation", EURO, "--ruleset", "iit-rotterdam", "--date", "2025-09-01")


def test_the_command_is_silent_on_a_good_motivation_and_places_a_defect(letters: Path) -> None:
    good = run(letters / "euro_wel.txt", *CASE, "--final")
    assert good.exit_code == 0
    assert "Geen bevindingen over iit-rotterdam, peildatum 2025-09-01. Een mens leest en beslist." in good.output
    bad = run(letters / "verkeerde_termijn.txt", *CASE)
    assert bad.exit_code == 1
    assert "fout[termijn-verkeerd]" in bad.output
    assert "binnen zes maanden" in bad.output
    assert "1 bevinding: termijn-verkeerd" in bad.output


def test_a_decision_names_the_case_and_must_still_be_it(letters: Path) -> None:
    made = CliRunner().invoke(group, ["decide", str(EURO), "--ruleset", "iit-rotterdam", "--date", "2025-09-01", "--format", "json"])  # fmt: skip
    (letters / "b.json").write_text(made.output, encoding="utf-8")
    told = run(letters / "euro_wel.txt", "--situation", EURO, "--decision", letters / "b.json")
    assert told.exit_code == 0
    changed = EURO.read_text(encoding="utf-8").replace("verklaring van de monteur", "een foto")
    (letters / "anders.yaml").write_text(changed, encoding="utf-8")
    other = run(letters / "euro_wel.txt", "--situation", letters / "anders.yaml", "--decision", letters / "b.json")
    assert other.exit_code == 1
    assert "sinds dit besluit is de situatie veranderd" in other.output
    both = json.loads(made.output)
    both["besluiten"] *= 2
    (letters / "twee.json").write_text(json.dumps(both), encoding="utf-8")
    assert "kies er één" in run(letters / "euro_wel.txt", "--situation", EURO, "--decision", letters / "twee.json").output


def test_a_changed_letter_and_note_are_checked_as_such(letters: Path, desk: Desk) -> None:
    written = desk.decide(read_situation(EURO), "iit-rotterdam", date(2025, 9, 1)).motivering
    for kind, text in (("letter", written.brief), ("note", written.nota)):
        (letters / "t.txt").write_text(text, encoding="utf-8")
        assert run(letters / "t.txt", *CASE, "--as", kind).exit_code == 0
        (letters / "t.txt").write_text(text.replace("wasmachine", "fiets"), encoding="utf-8")
        assert "omstandigheid-ontbreekt" in run(letters / "t.txt", *CASE, "--as", kind).output
        (letters / "t.txt").write_text(text, encoding="utf-8")
        assert "nog-in-te-vullen" in run(letters / "t.txt", *CASE, "--as", kind, "--final").output


@pytest.mark.parametrize(("raw", "code"), [(b"\xff\xfe\x00", "geen-utf8"), (b"x" * 1_048_577, "bestand-te-groot")])
def test_what_is_no_text_is_refused_in_words(letters: Path, raw: bytes, code: str) -> None:
    (letters / "t.txt").write_bytes(raw)
    refused = run(letters / "t.txt", *CASE)
    assert refused.exit_code == 1
    assert f"fout[{code}]" in refused.output


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"besluiten": [1]}', "[" * 5000, '{"besluiten": [{"verantwoording": {}}]}'])
def test_what_is_no_decision_is_refused_in_words(letters: Path, text: str) -> None:
    (letters / "b.json").write_text(text, encoding="utf-8")
    refused = run(letters / "euro_wel.txt", "--situation", EURO, "--decision", letters / "b.json")
    assert refused.exit_code == 1
    assert "dit is geen JSON van een besluit" in refused.output


def test_hard_words_are_remarks_that_change_no_exit_code(letters: Path) -> None:
    told = run(letters / "euro_wel.txt", *CASE, "--b1")
    assert told.exit_code == 0
    assert "waarschuwing[b1]" in told.output
