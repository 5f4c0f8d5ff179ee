"""Planted defects in `tests/analysis`, found by proof; what only looks like one stays silent; and what is said is so.

As in `tests/lint` the expectation stands on the line that earns it. A story is a file, or a folder that is read together.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief.analysis.bench import Bench
from responsief.analysis.prove import CATALOGUE, idents_of, prove
from responsief.analysis.questions import Report, ask, bench_of
from responsief.checked import check
from responsief.cli import group
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.messages import PROVED, SEVERITIES
from responsief.register import Register, check_files, read_files, shipped
from strategies import REFERENCE_DAYS, situation
from test_lint import EXPECTED, told

HERE = Path(__file__).parent / "analysis"
STORIES = sorted(p.relative_to(HERE).as_posix() for p in HERE.iterdir() if p.is_dir() or p.suffix == ".yaml")
TODAY = date(2026, 3, 2)


def reports_of(path: Path) -> tuple[Report, ...]:
    files = read_files([path])
    checker, catalogue, wrong = check_files(files)
    assert not wrong, [str(one) for one in wrong]
    register = Register(checker.rulesets, catalogue, files.texts)
    return prove(register, files, idents_of(register, files, own=False), TODAY)


def found_in(path: Path) -> list[Diagnostic]:
    return [one.melding for report in reports_of(path) for one in report.gevonden]


@cache
def expected_in(story: str) -> list[tuple[str, int, int, str, str]]:
    path = HERE / story
    names = sorted(f"{story}/{p.name}" for p in path.glob("*.yaml")) if path.is_dir() else [story]
    return sorted(
        (name, int(line or number), int(column), code, words)
        for name in names
        for number, text in enumerate((HERE / name).read_text(encoding="utf-8").split("\n"), 1)
        for line, code, column, words in EXPECTED.findall(text)
    )


@pytest.mark.parametrize("story", STORIES)
def test_a_planted_defect_is_proved_at_its_place_and_what_only_looks_like_one_is_not(
    story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HERE)
    expected = expected_in(story)
    assert bool(expected) != story.startswith("goed-"), "a story without an expectation"
    assert sorted(map(told, found_in(Path(story)))) == expected


def test_every_finding_is_earned_and_there_are_many() -> None:
    expected = [one for story in STORIES for one in expected_in(story)]
    earned = {code for *_, code, _ in expected}
    assert earned - {"waarschuwing[toegestaan-ongebruikt]"} == {f"{SEVERITIES.get(code, 'fout')}[{code}]" for code in PROVED}
    assert len(expected) >= 60
    assert sum(story.startswith("goed-") for story in STORIES) >= 15


def test_a_story_is_about_the_code_that_it_is_named_after() -> None:
    for story in STORIES:
        codes = {told.partition("[")[2].rstrip("]") for *_, told, _ in expected_in(story)}
        if not story.startswith("goed-"):
            assert any(story.startswith(code) for code in codes), story


# --- what is said is so ------------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_what_is_dead_in_a_random_ruleset_happens_to_nobody() -> None:
    """Of random rulesets: whoever is drawn, a criterion that is never nee is not, one that is never ja is not, and so on."""
    dead = people = 0
    for seed in range(60):
        day = REFERENCE_DAYS[seed % len(REFERENCE_DAYS)]
        try:
            register = Rulesets(Rolled(seed)).written().checked()
            reports = [(ident, ask(register, ident, day)) for ident in ("landelijk", "lokaal")]
        except InvalidError:
            continue
        for ident, report in reports:
            if report is None or report.wegens:
                continue
            bench = bench_of(register, register.version(ident, day), day, report.gemeente)
            for number in range(40):
                case = situation(Rolled(seed * 1000 + number))
                met = bench.meet(case)
                people += met is not None
            for one in report.gevonden:
                dead += 1
                assert not happened(bench, one.melding), (seed, str(one.melding))
    assert dead >= 20
    assert people >= 2000


def happened(bench: Bench, told: Diagnostic) -> bool:
    """Did what is said never to happen happen to one of the people met?"""
    here = [c for c in bench.criteria if c.eis.place.span == told.span]
    match told.code:
        case "criterium-nooit-nee":
            return any(met.value(here[0].eis) is False for met in bench.people)
        case "criterium-nooit-ja" | "aftrek-altijd":
            return any(met.value(here[0].eis) is True for met in bench.people)
        case "criterium-nooit-beslissend":
            return any(met.verdict is not None and met.verdict.afgewezen_op == (here[0].id,) for met in bench.people)
        case "kan-niet-samen" | "nooit-toegekend" | "bedrag-nooit":
            outcomes = {met.verdict.uitkomst for met in bench.people if met.verdict is not None}
            return bool(outcomes & {"toegekend", "gedeeltelijk"})
        case _:
            return False
