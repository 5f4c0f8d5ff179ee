"""The pytest plugin: cases as items with their names, differences instead of tracebacks, and nothing for who has no cases."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from small import ruleset

RULES = ruleset("", "eis: wonen.huur <= € 500")
CASES = """\
proef: klein
formaat: 1
gevallen:
  - naam: een gewone huur
    peildatum: 2026-03-02
    situatie: {wonen: {huur: "€ 400"}}
    verwacht: {uitkomst: toegekend}
  - naam: een hoge huur
    verhaal: Anna betaalt veel.
    peildatum: 2026-03-02
    situatie: {wonen: {huur: "€ 600"}}
    verwacht: {uitkomst: toegekend}
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "responsief.testing.plugin", "-p", "no:cacheprovider", *arguments]
    environment = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "NO_COLOR": "1", "PYTEST_ADDOPTS": ""}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "klein.yaml").write_text(RULES, encoding="utf-8")
    (tmp_path / "klein.test.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_each_case_is_an_item_and_a_failing_one_tells_what_differs_without_a_traceback(folder: Path) -> None:
    done = run(folder, "-v")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "klein.test.yaml::een gewone huur PASSED" in done.stdout
    assert "klein.test.yaml::een hoge huur FAILED" in done.stdout
    assert "klein: een hoge huur" in done.stdout
    assert "Anna betaalt veel." in done.stdout
    assert "uitkomst  verwacht toegekend  gekregen afgewezen" in done.stdout
    assert "klein.test.yaml:12:" in done.stdout
    for word in ("Traceback", "plugin.py", "RuleFindings", "def runtest"):
        assert word not in done.stdout.split("short test summary")[0]


def test_one_case_can_be_run_by_its_name(folder: Path) -> None:
    done = run(folder, "klein.test.yaml::een gewone huur")
    assert done.returncode == 0
    assert "1 passed" in done.stdout


def test_the_rules_can_stand_in_a_folder_of_their_own(tmp_path: Path) -> None:
    for name, text in (("regels/klein.yaml", RULES), ("gevallen/klein.test.yaml", CASES)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    ini = tmp_path / "pytest.ini"
    ini.write_text("[pytest]\n", encoding="utf-8")
    without = run(tmp_path)
    assert "klein" in without.stdout
    assert "regelset-onbekend" in without.stdout
    assert "Traceback" not in without.stdout
    ini.write_text("[pytest]\nresponsief_register = regels\n", encoding="utf-8")
    assert "1 failed, 1 passed" in run(tmp_path).stdout
    ini.write_text("[pytest]\n", encoding="utf-8")
    assert "1 failed, 1 passed" in run(tmp_path, "--responsief-register", "regels").stdout
    absent = run(tmp_path, "--responsief-register", "weg")
    assert absent.returncode != 0
    assert "bestaat niet" in absent.stdout + absent.stderr


def test_a_mistake_in_a_file_is_told_with_its_place(folder: Path) -> None:
    (folder / "klein.test.yaml").write_text(CASES.replace("verwacht:", "verwach:", 1), encoding="utf-8")
    done = run(folder)
    assert done.returncode != 0
    assert "klein.test.yaml:7:5" in done.stdout
    assert "verwach" in done.stdout
    assert "Traceback" not in done.stdout
    (folder / "klein.test.yaml").write_text(CASES, encoding="utf-8")
    (folder / "klein.yaml").write_text(RULES.replace("wonen.huur", "wonen.huurtje"), encoding="utf-8")
    broken = run(folder)
    assert "huurtje" in broken.stdout
    assert "Traceback" not in broken.stdout


def test_files_of_others_are_left_alone_and_nothing_of_responsief_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "other.test.yaml").write_text("suite: something\ntests: []\n", encoding="utf-8")
    (tmp_path / "broken.test.yml").write_bytes(b"\xff\xfe proef: nee")
    (tmp_path / "test_one.py").write_text(
        "import sys\n"
        "def test_nothing_heavy_is_loaded():\n"
        "    loaded = {m for m in sys.modules if m.startswith('responsief')}\n"
        "    assert loaded == {'responsief', 'responsief.testing', 'responsief.testing.plugin'}\n"
        "    assert not {'pydantic', 'yaml', 'jinja2', 'hypothesis'} & set(sys.modules)\n",
        encoding="utf-8",
    )
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout


def test_installed_it_is_found_by_pytest_without_asking(folder: Path) -> None:
    """As an installed package says it: the entry point of pyproject.toml, in a folder on the path."""
    info = folder / "site" / "responsief_plugin-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: responsief-plugin\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[pytest11]\nresponsief = responsief.testing.plugin\n", encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(folder / "site"), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q"],
        cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": path},
    )  # fmt: skip
    assert "klein.test.yaml::een gewone huur" in done.stdout, done.stdout + done.stderr
    assert done.stdout.count("een gewone huur") == 1


def test_the_plugin_is_named_for_pytest_and_leaves_our_own_suite_alone() -> None:
    import tomllib

    root = Path(__file__).parents[1]
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["entry-points"]["pytest11"] == {"responsief": "responsief.testing.plugin"}
    options = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]["addopts"]
    assert "-p no:responsief" in options, "tests/lint holds a file of cases that is a planted defect"


@pytest.mark.heavy
def test_the_shipped_cases_of_one_ruleset_run_in_pytest() -> None:
    root = Path(__file__).parents[1]
    done = run(root, "rulesets/landelijk/schuldhulpverlening.test.yaml", "-q")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(".") > 12
