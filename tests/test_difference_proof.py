"""What a change does to people, proved: prepared changes classified rightly, and random pairs held against thousands of situations."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from responsief.analysis.answers import Witness
from responsief.cli.diff import STOP_WORDS, command
from responsief.difference.report import RulesetDifference
from responsief.difference.versions import read_versions
from responsief.difference.whole import whole
from responsief.intake import validate

CHANGES = Path(__file__).parent / "changes"
TODAY = date(2026, 3, 2)
WORDS = frozenset(STOP_WORDS)


@pytest.fixture
def _nothing_shipped(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A story is whole in itself: reading all that is shipped for each of them would take a minute."""
    empty = tmp_path_factory.mktemp("meegeleverd")
    (empty / "leeg.yaml").write_text("regelset: leeg\nformaat: 1\ntitel: Leeg\nsoort: begrippen\ngeldig: {van: 1990-01-01}\n")
    monkeypatch.setattr("responsief.difference.versions.shipped", lambda: empty)


# --- prepared changes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Story:
    """One folder of tests/changes: a ruleset that was and is, and what must be said of it."""

    name: str

    @property
    def expected(self) -> dict[str, Any]:
        found: dict[str, Any] = yaml.safe_load((CHANGES / self.name / "verwacht.yaml").read_text(encoding="utf-8"))
        return found

    def laid_out(self, at: Path) -> tuple[Path, Path]:
        """Two folders, each a small register."""
        for side in ("oud", "nieuw"):
            (at / side).mkdir()
            for file in (CHANGES / self.name).glob(f"{side}*.yaml"):
                shutil.copy(file, at / side / file.name.replace(side, "pas"))
            own = CHANGES / self.name / "voorzieningen.yaml"
            shutil.copy(own if own.exists() else CHANGES / "voorzieningen.yaml", at / side)
        return at / "oud", at / "nieuw"


@cache
def stories() -> tuple[str, ...]:
    return tuple(sorted(p.name for p in CHANGES.iterdir() if p.is_dir()))


def what_is_said(one: RulesetDifference) -> dict[str, Any]:
    """A ruleset of a report in the terms of `verwacht.yaml`."""
    asked = {c.id: c for c in one.wijzigingen if c.wat == "voorwaarde"}
    said: dict[str, Any] = {
        "richting": one.richting,
        "voorwaarden": {name: c.richting for name, c in asked.items()},
        "soorten": sorted({c.wat for c in one.wijzigingen}),
        "uitweg": one.uitweg.bewijs if one.uitweg is not None else "niemand",
    }
    if amount := next((c for c in one.wijzigingen if c.wat == "bedrag"), None):
        said["bedrag"] = amount.richting
    if unknown := [name for name, c in asked.items() if c.alleen_onbekend]:
        said["alleen_onbekend"] = unknown
    if one.peildatum != TODAY:
        said["peildatum"] = one.peildatum.isoformat()
    return said


def told(witness: Witness, path: str) -> str | None:
    """A fact of a witness as a situation file has it; None when it is unknown."""
    here: Any = witness.situatie
    for step in path.split("."):
        here = here[int(step)] if isinstance(here, list) else here.get(step) if isinstance(here, dict) else None
    return {True: "ja", False: "nee", None: None}[here] if isinstance(here, bool | None) else str(here)


@pytest.mark.usefixtures("_nothing_shipped")
@pytest.mark.parametrize("name", stories())
def test_a_prepared_change_is_classified_rightly(name: str, tmp_path: Path) -> None:
    story = Story(name)
    expected = story.expected
    versions = read_versions(*map(str, story.laid_out(tmp_path)))
    report = whole(versions, TODAY)
    assert [f.code for f in report.bevindingen] == expected["bevindingen"]
    days = expected.get("dagen") or [expected]
    aside = ("verhaal", "getuigen", "bevindingen", "stopt")
    assert [what_is_said(one) for one in report.regelsets] == [
        {key: value for key, value in day.items() if key not in aside} for day in days
    ]
    for one, day in zip(report.regelsets, days, strict=True):
        for witness in day.get("getuigen", ()):
            change = next(c for c in one.wijzigingen if witness["bij"] in (c.id, c.wat))
            (example,) = change.voorbeelden
            assert told(example.getuige, witness["feit"]) == witness["is"]
            assert (example.was.uitkomst, example.wordt.uitkomst) == (witness["was"], witness["wordt"])
        for change in one.wijzigingen:
            for example in change.voorbeelden:
                person = validate(example.getuige.situatie)
                for side, outcome in ((versions.was, example.was), (versions.wordt, example.wordt)):
                    verdict = side.register.compiled(one.id, one.peildatum, None).decide(person, one.peildatum)
                    assert (verdict.uitkomst, verdict.bedrag) == (outcome.uitkomst, outcome.bedrag)


@pytest.mark.usefixtures("_nothing_shipped")
@pytest.mark.parametrize("name", stories())
def test_a_prepared_change_stops_what_it_should(name: str, tmp_path: Path) -> None:
    story = Story(name)
    stops = set(story.expected["stopt"])
    sides = [str(side) for side in story.laid_out(tmp_path)]
    for words, code in (*(({word}, 1) for word in stops), (WORDS - stops, 0)):
        arguments = [*sides, "--on", TODAY.isoformat(), "--no-population", "--format", "json", "--fail-on", ",".join(words)]
        done = CliRunner().invoke(command, arguments)
        assert done.exit_code == code, f"--fail-on {words}: {done.output[-2000:]}"


# --- over a shipped ruleset --------------------------------------------------------------------------------------------

RULESETS = Path(__file__).parents[1] / "rulesets"

#: name → the file, what stands there, what comes in its place; the whole direction, that of the condition, a fact of who is shown
SHIPPED: dict[str, tuple[str, str, str, str, dict[str, str], tuple[str, str]]] = {
    "a day older in Rotterdam": (
        "gemeenten/rotterdam/iit.yaml", "eis: leeftijd >= 21", "eis: leeftijd > 21", "strenger", {"leeftijd": "strenger"},
        ("persoon.geboortedatum", "2004-03-03"),
    ),
    "a limit with the cent in it": (
        "gemeenten/voorbeeld/stadspas.yaml", "eis: inkomen_per_maand <= inkomensgrens", "eis: inkomen_per_maand < inkomensgrens",
        "strenger", {"inkomen": "strenger"}, ("inkomsten.0.bedrag", "€ 1.686,99"),  # with 8 % on top € 1.821,95: 130 % of the norm
    ),
    "nothing but brackets": (
        "landelijk/schuldhulpverlening.yaml", "eis: heeft_schulden en kan_schulden_niet_betalen",
        "eis: (heeft_schulden) en (kan_schulden_niet_betalen)", "gelijk", {}, ("", ""),
    ),
}  # fmt: skip


def shipped_pair(at: Path, name: str) -> tuple[str, str]:
    """A shipped file as it is, and with the change."""
    file, was, wordt, *_ = SHIPPED[name]
    text = (RULESETS / file).read_text(encoding="utf-8")
    assert was in text, f"«{was}» no longer stands in {file}"
    sides = at / "oud", at / "nieuw"
    for side, content in zip(sides, (text, text.replace(was, wordt, 1)), strict=True):
        side.mkdir(parents=True)
        (side / Path(file).name).write_text(content, encoding="utf-8")
    return str(sides[0]), str(sides[1])


@pytest.mark.heavy
@pytest.mark.parametrize("name", SHIPPED)
def test_a_change_of_a_shipped_ruleset_is_classified_rightly(name: str, tmp_path: Path) -> None:
    _, _, _, way, conditions, (path, value) = SHIPPED[name]
    report = whole(read_versions(*shipped_pair(tmp_path, name)), TODAY)
    if way == "gelijk":
        assert not report.regelsets
        assert not report.bevindingen
        return
    (one,) = report.regelsets
    asked = {c.id: c for c in one.wijzigingen if c.wat == "voorwaarde"}
    assert one.richting == way
    assert {c: found.richting for c, found in asked.items()} == conditions
    assert one.uitweg is not None
    assert one.uitweg.bewijs == "bewezen"
    for change in asked.values():
        (example,) = change.voorbeelden
        assert told(example.getuige, path) == value
        assert (example.was.uitkomst, example.wordt.uitkomst) == ("toegekend", "afgewezen")
        assert example.uitweg  # she is told what does help


# --- the same from run to run ------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_a_difference_is_the_same_from_run_to_run(tmp_path: Path) -> None:
    """Twice in one process, and in processes of which Python orders its sets otherwise: the same bytes."""
    sides = shipped_pair(tmp_path, "a day older in Rotterdam")
    arguments = ["diff", *sides, "--on", TODAY.isoformat(), "--fail-on", "niets"]
    there = [
        subprocess.run(
            [sys.executable, "-m", "responsief", *arguments, "--format", "json"],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    ]
    assert there[0] == there[1]
    quick = [*arguments[1:], "--no-population", "--format", "text"]
    here = [CliRunner().invoke(command, quick).stdout for _ in range(2)]
    assert here[0] == here[1]
    assert here[0].strip()
