"""Planted defects in `tests/analysis`, found by proof; what only looks like one stays silent; and what is said is so.

As in `tests/lint` the expectation stands on the line that earns it. A story is a file, or a folder that is read together.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import planted
from planted import Told
from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief.analysis import asking, view
from responsief.analysis.bench import Bench
from responsief.analysis.prove import idents_of, prove
from responsief.analysis.questions import Report, ask, bench_of
from responsief.checked import check
from responsief.cli import group
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.intake import validate
from responsief.messages import PROVED, SEVERITIES
from responsief.register import Register, check_files, read_files
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
def expected_in(story: str) -> list[Told]:
    return planted.expected_in(HERE, story, EXPECTED)


@pytest.mark.parametrize("story", STORIES)
def test_a_planted_defect_is_proved_at_its_place_and_what_only_looks_like_one_is_not(
    story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HERE)
    expected = expected_in(story)
    assert bool(expected) != story.startswith("goed-"), "a story without an expectation"
    assert sorted(map(told, found_in(Path(story)))) == expected


GATE = {"geen-uitweg"}  # of a ruleset with a catalogue: earned in test_gate


def test_every_finding_is_earned_and_there_are_many() -> None:
    expected = [one for story in STORIES for one in expected_in(story)]
    earned = {code for *_, code, _ in expected}
    assert earned - {"waarschuwing[toegestaan-ongebruikt]"} == {
        f"{SEVERITIES.get(code, 'fout')}[{code}]" for code in PROVED - GATE
    }
    assert len(expected) >= 60
    assert sum(story.startswith("goed-") for story in STORIES) >= 15


def test_a_story_is_about_the_code_that_it_is_named_after() -> None:
    for story in STORIES:
        codes = {told.partition("[")[2].rstrip("]") for *_, told, _ in expected_in(story)}
        if not story.startswith("goed-"):
            assert any(story.startswith(code) for code in codes), story


# --- what is said is so ------------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_what_is_dead_in_a_random_ruleset_happens_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of random rulesets: whoever is drawn, a criterion that is never nee is not, one that is never ja is not, and so on."""
    for module in (view, asking):  # what takes long stays open, and is not what this test is about
        monkeypatch.setattr(module, "RLIMIT", 300_000)
    dead = people = 0
    for seed in range(9):
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
            for number in range(75):
                case = situation(Rolled(seed * 1000 + number))
                met = bench.meet(case)
                people += met is not None
            for one in report.gevonden:
                dead += one.melding.code in SEEN
                assert not happened(bench, one.melding), (seed, str(one.melding))
    assert dead >= 5
    assert people >= 1000


SEEN = {
    "criterium-nooit-nee", "criterium-nooit-ja", "aftrek-altijd", "criterium-nooit-beslissend", "kan-niet-samen", "nooit-toegekend",
    "bedrag-nooit",
}  # fmt: skip


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


# --- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small stories have no catalogue that helps whom they refuse: the gate has tests of its own (test_gate)."""
    monkeypatch.setattr("responsief.analysis.exits.exits", lambda bench: iter(()))


def run(*args: str) -> Result:
    return CliRunner().invoke(group, ["prove", "--on", "2026-03-02", *args], catch_exceptions=False)


def copied(tmp_path: Path, story: str, old: str = "", new: str = "") -> str:
    """A story in a folder of its own, with a change, and without what is expected of it."""
    text = (HERE / story).read_text(encoding="utf-8").replace(old, new)
    (tmp_path / "proef.yaml").write_text(re.sub(r"  # (fout|waarschuwing|tip)\[.*", "", text), encoding="utf-8")
    return str(tmp_path)


@pytest.mark.usefixtures("no_gate")
def test_a_finding_is_told_with_its_place_and_what_was_asked(tmp_path: Path) -> None:
    result = run(copied(tmp_path, "criterium-nooit-nee-leeftijd.yaml"))
    assert result.exit_code == 1
    assert "waarschuwing[criterium-nooit-nee]" in result.output
    assert "proef.yaml:20:10" in result.output
    assert "proef  7 vragen, 1 waarschuwing" in result.output
    assert "Niet bewezen: niets." in result.output


@pytest.mark.usefixtures("no_gate")
def test_nothing_found_is_exit_code_0_and_a_tip_too(tmp_path: Path) -> None:
    assert run(copied(tmp_path, "goed-grenzen.yaml")).exit_code == 0
    result = run(copied(tmp_path, "deel-overbodig-en.yaml"))
    assert result.exit_code == 0
    assert "deel-overbodig" not in result.output
    assert "Met --tips ziet u ook de tips." in result.output
    assert "tip[deel-overbodig]" in run("--tips", str(tmp_path)).output


@pytest.mark.usefixtures("no_gate")
def test_what_is_not_proved_is_listed_with_its_reason_also_where_it_is_allowed(tmp_path: Path) -> None:
    where = copied(tmp_path, "niet-bewezen-lange-lijst.yaml")
    result = run(where)
    assert result.exit_code == 1
    assert "Niet bewezen: 1." in result.output
    assert "of «groot_gezin» ooit nee kan zijn: niemand gevonden met lijsten tot 5 regels" in " ".join(result.output.split())
    text = (tmp_path / "proef.yaml").read_text(encoding="utf-8")
    allowed = text.replace("kinderen) < 9", "kinderen) < 9  # toegestaan[niet-bewezen]: gezinnen met negen kinderen bestaan")
    (tmp_path / "proef.yaml").write_text(allowed, encoding="utf-8")
    result = run(where)
    assert result.exit_code == 0
    assert "Niet bewezen: 1." in result.output
    assert "Toegestaan met een reden: 1." in result.output


@pytest.mark.usefixtures("no_gate")
def test_a_witness_is_a_situation_that_the_evaluator_decides_as_was_said(tmp_path: Path) -> None:
    """For whom the amount comes out below nought: her situation is in the JSON, and nothing can be decided for her."""
    where = copied(tmp_path, "bedrag-onder-nul.yaml")
    data = json.loads(run("--format", "json", where).output)
    (one,) = data["bevindingen"]
    assert one["code"] == "bedrag-onder-nul"
    assert one["getuige"]["zin"] in one["tekst"]
    person = validate(one["getuige"]["situatie"])
    compiled = Register.open(tmp_path).compiled("proef", TODAY, None)
    verdict = compiled.decide(person, TODAY)
    assert verdict.oordelen == (True,)
    assert verdict.uitkomst == "onbepaald"
    assert compiled.program.value(compiled.program.ruleset.bedrag, verdict.run) < 0  # type: ignore[union-attr, arg-type]


@pytest.mark.usefixtures("no_gate")
def test_the_same_twice_is_the_same(tmp_path: Path) -> None:
    where = copied(tmp_path, "kan-niet-samen-drie.yaml")
    assert run("--format", "json", where).output == run("--format", "json", where).output


@pytest.mark.usefixtures("no_gate")
def test_checking_does_not_call_a_comment_about_a_proof_unused_and_proving_does(tmp_path: Path) -> None:
    copied(tmp_path, "toegestaan-ongebruikt.yaml")
    assert [one.code for one in check([tmp_path], TODAY).findings if one.code.startswith("toegestaan")] == []
    assert "waarschuwing[toegestaan-ongebruikt]" in run(str(tmp_path)).output
    copied(tmp_path, "goed-toegestaan.yaml", ": de wet noemt deze voorwaarde met zoveel woorden", "")
    assert "toegestaan-zonder-reden" in {one.code for one in check([tmp_path], TODAY).findings}
    assert "waarschuwing[criterium-nooit-nee]" in run(str(tmp_path)).output


@pytest.mark.usefixtures("no_gate")
def test_a_comment_about_lint_is_no_concern_of_prove(tmp_path: Path) -> None:
    where = copied(
        tmp_path, "goed-grenzen.yaml", "eis: leeftijd < 67", "eis: leeftijd < 67  # toegestaan[grens-teken]: zo staat het er"
    )
    assert "toegestaan" not in run(where).output


@pytest.mark.usefixtures("no_gate")
def test_a_baseline_accepts_what_was_found(tmp_path: Path) -> None:
    where = copied(tmp_path, "criterium-nooit-nee-leeftijd.yaml")
    baseline = str(tmp_path / "basis.json")
    assert run("--baseline", baseline, "--write-baseline", where).exit_code == 0
    result = run("--baseline", baseline, where)
    assert result.exit_code == 0
    assert "Niet getoond: 1 die al geaccepteerd is." in result.output
    assert run("--write-baseline", where).exit_code == 2


@pytest.mark.usefixtures("no_gate")
def test_wrong_use_is_exit_code_2(tmp_path: Path) -> None:
    assert run("--ruleset", "participatiewt").exit_code == 2
    assert "bedoelde u «participatiewet»?" in run("--ruleset", "participatiewt").output
    assert run(str(tmp_path / "weg")).exit_code == 2


def test_without_z3_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in sys.modules if n.startswith("responsief.analysis")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    result = run()
    assert result.exit_code == 2
    told = CliRunner().invoke(group, ["diff", "oud", "nieuw"])
    assert result.output.startswith("fout[gebruik] om te bewijzen is het pakket «z3-solver» nodig")
    assert "= hulp: installeer het met: pip install 'responsief[analysis]'" in result.output
    assert told.exit_code == 2
    assert told.output.splitlines()[:2] == result.output.splitlines()[:2]


@pytest.mark.heavy
def test_the_shipped_register_is_proved_or_says_what_is_not() -> None:
    data = json.loads(run("--format", "json").output)
    assert data["bevindingen"] == []
    assert sum(one["vragen"] for one in data["regelsets"]) > 1000
    assert [one["regelset"] for one in data["regelsets"] if one["niet_bewezen"]] == []
    page = (Path(__file__).parents[1] / "docs" / "bewijzen.md").read_text(encoding="utf-8")
    later = json.loads(run("--on", "2026-09-01", "--format", "json", "--ruleset", "studietoeslag").output)
    assert later["bevindingen"] == []
    assert [one["niet_bewezen"] != [] for one in later["regelsets"]] == [True]
    assert "studietoeslag" in page
