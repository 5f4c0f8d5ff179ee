"""How a place in a file is shown in a terminal: it fits, and the mark stands under what it marks."""

from __future__ import annotations

import unicodedata

import pytest
from click import unstyle
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from responsief.cli import group
from responsief.cli.excerpt import excerpt
from responsief.source import Source, Span

SIGNS = st.text(st.sampled_from("abc 'é€│日本語\U0001f408\t–"), max_size=300)


def cells(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def drawn(line: str, column: int, width: int, terminal: int, message: str = "dit klopt niet") -> list[str]:
    return [unstyle(part) for part in excerpt(Span(Source("x", line), 1, column, width), message, "red", terminal)]


@given(SIGNS, st.integers(1, 320), st.integers(1, 80), st.integers(31, 130))
@example("a" * 200, 190, 4, 60)
@example("日" * 100, 50, 4, 40)
def test_it_fits_and_the_mark_is_under_its_place(line: str, column: int, width: int, terminal: int) -> None:
    column = min(column, len(line) + 1)
    shown, mark, *rest = drawn(line, column, width, terminal)
    assert all(cells(part) <= terminal for part in (shown, mark, *rest))
    text, under = shown[7:], mark[7:].rstrip("dit klope")
    start, length = under.index("─"), under.count("─")
    marked = line[column - 1 : column - 1 + width].replace("\t", " ")
    if not marked:
        return
    # what stands above the mark is the start of what was marked
    at, above = 0, ""
    for sign in text:
        if start <= at < start + length:
            above += sign
        at += cells(sign)
    assert marked.startswith(above.rstrip("…")) or above.startswith(marked)


def test_a_short_line_stands_as_it_is_written() -> None:
    assert drawn("eis: inkomen <= 1400", 17, 4, 80) == [
        "   1 │ eis: inkomen <= 1400",
        "     │                 ──── dit klopt niet",
    ]


def test_of_a_long_line_the_part_around_the_mark_is_shown() -> None:
    line = "  - {id: een, titel: U bent 18 jaar, doel: De toeslag is voor wie weinig geld heeft, eis: wonen.huur <= 700, bewijs: het contract}"
    shown, mark = drawn(line, line.index("700") + 1, 3, 70)
    assert shown == "   1 │ …inig geld heeft, eis: wonen.huur <= 700, bewijs: het contract}"
    assert mark == "     │                                      ─── dit klopt niet"


def test_a_message_that_does_not_fit_stands_under_its_mark_in_lines() -> None:
    lines = drawn("eis: inkomen <= 1400", 17, 4, 50, "dit is een getal, en links staat een bedrag in hele euro's")
    assert lines[2:] == [
        "     │ dit is een getal, en links staat een bedrag",
        "     │ in hele euro's",
    ]


def test_wide_signs_take_two_columns() -> None:
    assert drawn("naam: 日本 fout", 10, 4, 80)[1] == "     │            ──── dit klopt niet"


def test_of_a_line_of_a_million_signs_only_what_is_in_sight_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0

    def counting(sign: str) -> int:
        nonlocal measured
        measured += 1
        return 1

    monkeypatch.setattr("responsief.cli.excerpt._columns", counting)
    for terminal in (80, 10_000):
        measured = 0
        drawn("x" * 1_000_000, 500_000, 3, terminal)
        assert measured <= 2 * terminal + 3
        measured = 0
        drawn("x" * 1_000_000, 500_000, 1_000_000, terminal)  # each sign under the mark once
        assert measured <= 500_000 + terminal + 1


BROKEN = """\
regelset: proef
formaat: 1
titel: Proef
soort: begrippen
geldig: {van: 2026-01-01}
leefgebieden: [financiën, geld]
begrippen:
  grens:
    is: >-
      leeftijd >= 18
      en inkomn <= € 100
"""


@pytest.fixture
def broken(tmp_path, monkeypatch):
    (tmp_path / "proef.yaml").write_text(BROKEN)
    monkeypatch.chdir(tmp_path)

    def check(columns: str | None = None) -> list[str]:
        result = CliRunner().invoke(group, ["check", "proef.yaml"], env={"COLUMNS": columns}, catch_exceptions=False)
        assert result.exit_code == 1
        return result.stderr.splitlines()

    return check


def test_all_findings_are_shown_at_once_sorted_by_place_also_two_on_one_line(broken):
    heads = [line for line in broken() if line.startswith("fout[")]
    assert heads == [
        "fout[keuze-onbekend] proef.yaml:6:16",
        "fout[keuze-onbekend] proef.yaml:6:27",
        "fout[onbekende-naam] proef.yaml:11:10",
    ]


def test_a_place_inside_folded_text_is_shown_on_its_own_line(broken):
    lines = broken()
    at = lines.index("fout[onbekende-naam] proef.yaml:11:10")
    assert lines[at + 1 : at + 3] == ["  11 │       en inkomn <= € 100", "     │          ────── «inkomn» bestaat niet"]


def test_each_code_says_once_where_there_is_more_to_read(broken):
    assert [line for line in broken() if "meer:" in line] == [
        "     = meer: responsief explain keuze-onbekend",
        "     = meer: responsief explain onbekende-naam",
    ]


def test_in_a_narrow_terminal_everything_fits_and_for_a_program_nothing_is_folded(broken):
    assert all(cells(line) <= 45 for line in broken("45") if "meer:" not in line)
    (advice,) = [line for line in broken() if "kies uit" in line]
    assert advice.endswith("opgroeien")
