"""The letters and notes as they are read. Run with RESPONSIEF_GOLDEN=1 to write them anew, then read them before you commit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from motivation_cases import CASES
from responsief.motivation import texts
from responsief.motivation.lint import lint
from responsief.readability import check

GOLDEN = Path(__file__).parent / "golden"


def written(name):
    build, sender = CASES[name]
    return texts(build(), sender)


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("kind", ["brief", "nota"])
def test_the_text_is_the_one_that_was_read(name, kind):
    text = getattr(written(name), kind)
    path = GOLDEN / f"{name}.{kind}.txt"
    if os.environ.get("RESPONSIEF_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_text_is_left_over():
    assert {path.name for path in GOLDEN.glob("*.txt")} == {
        f"{name}.{kind}.txt" for name in CASES for kind in ("brief", "nota")
    }


@pytest.mark.parametrize("name", CASES)
def test_the_lint_accepts_what_was_generated(name):
    build, _ = CASES[name]
    assert lint(build(), written(name)) == ()


@pytest.mark.parametrize("name", CASES)
def test_a_concept_is_never_final(name):
    build, _ = CASES[name]
    found = lint(build(), written(name), final=True)
    assert {finding.code for finding in found} == {"nog-in-te-vullen"}
    assert {finding.waar for finding in found} == {"brief", "nota"}


@pytest.mark.parametrize("name", CASES)
def test_the_letter_reads_at_b1(name):
    letter = written(name).brief.split("\nWetten en regels\n")[0]
    assert [remark for remark in check(letter) if remark.soort != "lang"] == []


@pytest.mark.parametrize("name", CASES)
def test_the_same_case_gives_the_same_text(name):
    assert written(name) == written(name)
