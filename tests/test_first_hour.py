"""docs/beleidsmedewerker.md, step by step: every command is run, every change made, every screen compared."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.cli import group

PAGE = Path(__file__).parents[1] / "docs" / "beleidsmedewerker.md"
BLOCK = re.compile(
    r"^(?:<!-- antwoorden:(?P<answers>.*?)-->\n\n?)?```(?P<kind>console|diff)\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE
)


def steps():
    return [(m["kind"], m["text"], m["answers"]) for m in BLOCK.finditer(PAGE.read_text(encoding="utf-8"))]


def as_shown(shown, real):
    """Does a screen look as the page shows it? «…» stands for anything on a line, and alone on a line for any lines."""
    pattern = ""
    for line in shown.splitlines():
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += "[^\n]*".join(re.escape(part) for part in line.rstrip().split("…")) + "[ ]*\n"
    return re.fullmatch(pattern, real if real.endswith("\n") else real + "\n") is not None


def run(command, answers):
    words = [word.strip("'\"") for word in re.findall(r"'[^']*'|\"[^\"]*\"|\S+", command)]
    assert words[0] == "responsief"
    lines = [line.strip() for line in (answers or "").split("|")]
    result = CliRunner().invoke(group, words[1:], input="\n".join(lines) + "\n" if answers else None)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


def change(text):
    first, *lines = text.splitlines()
    assert first.startswith("--- "), first
    path = Path(first[4:].strip())
    old = "".join(line[1:] + "\n" for line in lines if line[:1] in ("-", " "))
    new = "".join(line[1:] + "\n" for line in lines if line[:1] in ("+", " "))
    there = path.read_text(encoding="utf-8")
    assert there.count(old) == 1, f"{path}: these lines stand there {there.count(old)} times:\n{old}"
    path.write_text(there.replace(old, new), encoding="utf-8")


def test_the_first_hour_goes_as_the_page_tells(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    taken = steps()
    verbs = set()
    for kind, text, answers in taken:
        if kind == "diff":
            change(text)
            continue
        first, _, shown = text.partition("\n")
        assert first.startswith("$ "), first
        output = run(first[2:], answers)
        assert as_shown(shown, output), f"{first}\n--- the page\n{shown}\n--- the screen\n{output}"
        verbs.add(first.split()[2])
    assert {"new", "check", "explain", "test", "coverage", "suggest", "render", "format"} <= verbs


@pytest.mark.parametrize(
    ("shown", "real", "same"),
    [
        ("a\n", "a", True),
        ("a … c\n", "a b c\n", True),
        ("a … c\n", "a b\n c\n", False),
        ("a\n…\nd\n", "a\nb\nc\nd\n", True),
        ("a\n…\nd\n", "a\nd\n", True),
        ("a\n", "a\nb\n", False),
    ],
)
def test_a_screen_is_compared_line_by_line(shown, real, same):
    assert as_shown(shown, real) is same
