"""The hooks for pre-commit, the action, and the templates for GitLab and Azure: each run on a repository with a real history."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from click.testing import CliRunner

import where
from responsief.cli import group
from responsief.cli.diff import _opened, _tell_bad_rows
from where import AZURE, DAY, GITLAB, HOOKS, ROOT, Runner, git

PULL = {"event": {"pull_request": {"number": 7}, "repository": {"default_branch": "main"}}, "token": "geheim"}
PULL_ENV = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_BASE_REF": "main", "GITHUB_REF_NAME": "7/merge"}
NULL = "0" * 40


def push(before: str) -> dict[str, Any]:
    return {"event": {"before": before, "repository": {"default_branch": "main"}}}


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    return where.sample(tmp_path / "origin")


# --- what is written ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", "action.yml"),
        ("gitlab-ci", "docs/ci/gitlab.yml"),
        ("azure-pipelines", "docs/ci/azure-pipelines.yml"),
        ("github-workflows", ".github/workflows/ci.yml"),
    ],
)
def test_each_file_is_what_its_system_reads(schema: str, file: str) -> None:
    """Against the schemas that the package check-jsonschema carries; it asks no network for them."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", ROOT / file],
        capture_output=True, text=True, check=False, env={**os.environ, "https_proxy": "http://127.0.0.1:9"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _scripts(data: Any) -> Iterator[str]:
    """Every text that a shell gets."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name in ("run", "bash", "script", "before_script"):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from _scripts(value)
    elif isinstance(data, list):
        for one in data:
            yield from _scripts(one)


@pytest.mark.parametrize(
    "file", ["action.yml", "docs/ci/azure-pipelines.yml", ".github/workflows/ci.yml", "docs/ci/gitlab.yml"]
)
def test_no_script_holds_what_came_from_outside(file: str) -> None:
    """An expression is pasted into a script before the shell reads it: who names the branch would write the script."""
    scripts = list(_scripts(yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))))
    assert scripts
    for script in scripts:
        assert "${{" not in script
        assert not re.search(r"\$\([\w.]+\)", script), "a macro of Azure"
        assert not re.search(r"\beval\b", script)


def test_every_input_is_used_and_told() -> None:
    text, page = where.ACTION.read_text(encoding="utf-8"), (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for name in where.action()["inputs"]:
        assert f"inputs.{name} " in text or f"inputs.{name}}}" in text, name
        assert f"`{name}`" in page, name
    for name in where.action()["outputs"]:
        assert f"`{name}`" in page, name


# --- what these need of the commands -----------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["html", "html=", "=verslag.html", "htm=verslag.html"])
def test_a_format_without_its_file_is_wrong_use(given: str) -> None:
    done = CliRunner().invoke(group, ["diff", "--also", given])
    assert done.exit_code == 2
    assert f"«--also {given}» is geen vorm met een bestand" in done.output
    assert "--also html=verslag.html" in done.output


def test_a_log_names_no_values_of_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mensen.jsonl"
    file.write_text('{"persoon": {"geboortedatum": "geheim-1980"}}\n{"persoon": {}}\n', encoding="utf-8")
    people = _opened(file)
    assert len(list(people)) == 1
    _tell_bad_rows(people)
    said = capsys.readouterr().err
    assert "2 rijen gelezen, waarvan 1 niet te gebruiken. Waarom niet" in said
    assert "geheim" not in said


def test_a_folder_without_test_cases_says_so_in_ci_too(tmp_path: Path) -> None:
    (tmp_path / "fietsfonds.yaml").write_text(where.RULES, encoding="utf-8")
    done = CliRunner().invoke(group, ["test", str(tmp_path), "--format", "github"])
    assert done.exit_code == 1
    assert "geen proefgevallen gevonden" in done.output


# --- GitHub ------------------------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_action_tells_in_a_pull_request_what_it_does_to_people(origin: Path, tmp_path: Path) -> None:
    at = where.checkout(origin, tmp_path / "work")
    runner = Runner(at, tmp_path / "temp", PULL, PULL_ENV)
    done = runner.run(fail_on="strenger,gat", on=DAY, sarif="true")
    assert done.code == 1, done.log
    assert git(at, "status", "--porcelain") == "", "nothing may be written into the repository"
    assert list((tmp_path / "temp" / "responsief").glob("lib/*/site-packages/responsief/ci/markdown.py")), "it installed itself"

    # annotations: also when it fails, at the line that was changed, and what it does in words
    stricter = [line for line in done.log.splitlines() if line.startswith("::warning") and "wijziging-strenger" in line]
    assert stricter
    assert all("file=rulesets/fietsfonds.yaml" in line for line in stricter)
    assert any("€ 1.450,01" in line for line in stricter)

    assert done.summary.startswith("## Regelwijziging: main → dit voorstel\n")
    assert "**STRENGER** voorwaarde: Uw inkomen per maand is niet te hoog" in done.summary
    assert "voorbeeldhuishoudens" in done.summary
    page = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    shown = page.partition("```markdown\n")[2].partition("\n```")[0].splitlines()
    changes = [line for line in shown if line.startswith(("## ", "### ", "- ▼", "- ·", "  - "))]
    assert len(changes) > 6
    assert not [line for line in changes if line not in done.summary.splitlines()], "docs/ci.md shows what comes out"

    report = json.loads((Path(done.outputs["sarif"]) / "regelwijziging.json").read_text(encoding="utf-8"))
    codes = [one["code"] for one in report["bevindingen"]]
    assert done.outputs["gewijzigd"] == "1"
    assert done.outputs["strenger"] == str(codes.count("wijziging-strenger")) != "0"
    assert done.outputs["geen-uitweg"] == str(codes.count("wijziging-geen-uitweg"))
    assert "<html" in Path(done.outputs["report"]).read_text(encoding="utf-8")
    (artifact,) = done.used["actions/upload-artifact@v6"]
    assert artifact["path"] == done.outputs["report"]
    sent = [one["sarif_file"] for one in done.used["github/codeql-action/upload-sarif@v4"]]
    assert [Path(one).name for one in sent] == ["check.sarif", "diff.sarif"]
    for one in sent:
        assert json.loads(Path(one).read_text(encoding="utf-8"))["version"] == "2.1.0"


def base(at: Path, temp: Path, event: dict[str, Any], env: dict[str, str], **inputs: str) -> where.Run:
    """Only the step that finds what to compare with."""
    return Runner(at, temp, event, {"GITHUB_REF_NAME": "voorstel", **env}).run(only=("base",), **inputs)


def test_what_is_compared_with_follows_from_the_event(origin: Path, tmp_path: Path) -> None:
    main, mine = git(origin, "rev-parse", "main"), git(origin, "rev-parse", "voorstel")
    at, temp = where.checkout(origin, tmp_path / "work"), tmp_path / "temp"
    short = git(at, "rev-parse", "--short", main)
    pushed = {"GITHUB_EVENT_NAME": "push"}
    expected = {
        "a pull request": (base(at, temp, PULL, PULL_ENV), "origin/main...HEAD"),
        "a push": (base(at, temp, push(main), pushed), f"{short}...HEAD"),
        "the first push of a branch": (base(at, temp, push(NULL), pushed), "origin/main...HEAD"),
        "a base of one's own": (base(at, temp, push(NULL), pushed, base="main"), "origin/main...HEAD"),
        "a range": (base(at, temp, push(NULL), pushed, base="origin/main..origin/voorstel"), "origin/main...origin/voorstel"),
        "a merge queue": (
            base(at, temp, {"event": {"merge_group": {"base_sha": main}}}, {"GITHUB_EVENT_NAME": "merge_group"}),
            f"{short}...HEAD",
        ),
    }
    for name, (done, ref) in expected.items():
        assert (done.steps["base"]["ref"], done.steps["base"]["since"], done.steps["base"]["code"]) == (ref, main, "0"), name
    nothing = {
        "a schedule": base(at, temp, {"event": {}}, {"GITHUB_EVENT_NAME": "schedule"}),
        "the first push of all": base(at, temp, push(NULL), {**pushed, "GITHUB_REF_NAME": "main"}),
        "a push that threw the old away": base(at, temp, push("1234" * 10), pushed),
    }
    for name, done in nothing.items():
        assert done.steps["base"] == {"code": "0"}, name
        assert "om mee te vergelijken" in done.log, name
    wrong = base(at, temp, PULL, PULL_ENV, base="bestaat-niet")
    assert wrong.steps["base"] == {"code": "2"}
    assert "Kijk of «base» klopt" in wrong.summary
    assert mine == git(at, "rev-parse", "HEAD")


def test_the_merge_commit_that_github_made_is_enough_with_a_depth_of_two(origin: Path, tmp_path: Path) -> None:
    git(origin, "switch", "--quiet", "--detach", "main")
    git(origin, "merge", "--quiet", "--no-ff", "--message=Merge", "voorstel")
    git(origin, "update-ref", "refs/pull/7/merge", "HEAD")
    at = where.checkout(origin, tmp_path / "work", "refs/pull/7/merge", depth=2)
    done = base(at, tmp_path / "temp", PULL, PULL_ENV)
    assert done.steps["base"] == {"ref": "HEAD^1...HEAD", "since": git(origin, "rev-parse", "main"), "code": "0"}


def test_without_history_everything_else_runs_and_the_message_says_what_to_set(origin: Path, tmp_path: Path) -> None:
    at = where.checkout(origin, tmp_path / "work", depth=1)
    done = Runner(at, tmp_path / "temp", PULL, PULL_ENV, where.program(tmp_path / "bin")).run(on=DAY)
    assert done.code == 2
    assert "::error title=responsief%3A niet vergeleken::" in done.log
    for text in (done.log, done.summary):
        assert "fetch-depth: 0" in text
    assert (done.steps["check"]["code"], done.steps["test"]["code"]) == ("0", "0")
    assert done.outputs["report"] == ""
    assert "actions/upload-artifact@v6" not in done.used


def test_what_was_accepted_before_does_not_stop_a_pull_request(tmp_path: Path) -> None:
    looks_wrong = ("titel: Uw inkomen per maand is niet te hoog", "titel: Uw inkomen per maand is minder dan € 1.500")
    at = where.checkout(where.sample(tmp_path / "origin", *looks_wrong), tmp_path / "work")
    bin = where.program(tmp_path / "bin")
    steps = {"install": {"bin": str(bin), "reports": str(tmp_path)}}
    runner = Runner(at, tmp_path / "temp", PULL, PULL_ENV)
    assert runner.run(only=("check",), steps=steps).steps["check"]["code"] == "1"
    accept = f"{bin}/responsief check rulesets --baseline bekend.json --write-baseline"
    assert where.bash(accept, at, where.environment()).returncode == 0
    assert runner.run(only=("check",), steps=steps, baseline="bekend.json").steps["check"]["code"] == "0"


@pytest.mark.heavy
def test_a_mistake_in_the_rules_is_shown_at_its_line_and_in_the_summary(tmp_path: Path) -> None:
    origin = where.sample(tmp_path / "origin", *where.BROKEN)
    at = where.checkout(origin, tmp_path / "work")
    done = Runner(at, tmp_path / "temp", PULL, PULL_ENV, where.program(tmp_path / "bin")).run(on=DAY)
    assert done.code == 2
    errors = [line for line in done.log.splitlines() if line.startswith("::error") and "eenheid-ontbreekt" in line]
    assert errors
    assert "file=rulesets/fietsfonds.yaml" in errors[0]
    assert "`responsief check` heeft opmerkingen" in done.summary
    assert "Niet vergeleken" in done.summary
    assert json.loads((Path(done.outputs["sarif"]) / "diff.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]


@pytest.mark.heavy
def test_names_of_branches_folders_and_files_are_never_run(origin: Path, tmp_path: Path) -> None:
    evil = "$(touch${IFS}erin)"
    git(origin, "branch", evil, "main")
    at, temp = where.checkout(origin, tmp_path / "work"), tmp_path / "temp"
    done = base(at, temp, PULL, {**PULL_ENV, "GITHUB_BASE_REF": evil})
    assert done.steps["base"]["ref"] == f"origin/{evil}...HEAD"
    runner = Runner(at, temp, PULL, PULL_ENV, where.program(tmp_path / "bin"))
    for value in ('"; touch ../erin; $(touch ../erin) `touch ../erin`', "--fix"):
        ran = runner.run(base=value, path=value, on=value, fail_on=value, population=value, max_loss=value, name=value)
        assert ran.code == 2, ran.log
    (at / "json.py").write_text("open('../erin', 'w')", encoding="utf-8")  # what the repository holds is not imported
    (at / "venv.py").write_text("open('../erin', 'w')", encoding="utf-8")
    steps = {
        "base": {"ref": "origin/main...HEAD"},
        "install": {"bin": str(tmp_path / "bin"), "reports": str(temp / "verslagen")},
    }
    runner.run(only=("diff",), steps=steps, path="rulesets/bestaat-niet")
    assert not [*tmp_path.rglob("erin")]


GH = """\
#!/usr/bin/env python3
import json, os, sys
with open(os.environ["HEARD"], "a", encoding="utf-8") as file:
    print(json.dumps(sys.argv[1:]), file=file)
if os.environ.get("REFUSED"):
    sys.exit("HTTP 403: Resource not accessible by integration")
if "--jq" in sys.argv:
    print(os.environ["THERE"])
"""


@pytest.mark.parametrize(
    ("there", "changed", "method"), [("", "1", "POST"), ("41\n42", "1", "PATCH"), ("41", "0", "PATCH"), ("", "0", None)]
)
def test_one_comment_is_written_anew_at_every_push(tmp_path: Path, there: str, changed: str, method: str | None) -> None:
    heard, done = _comment(tmp_path, there, changed)
    assert done.code == 0, done.log
    sent = [call for call in heard if "--method" in call]
    assert [call[call.index("--method") + 1] for call in sent] == ([method] if method else [])
    if method:
        assert ("41" in sent[0][4]) == (method == "PATCH")
        body = (tmp_path / "verslagen" / "comment.md").read_text(encoding="utf-8")
        assert sent[0][-1] == f"body=@{tmp_path / 'verslagen' / 'comment.md'}"
        assert body == "<!-- responsief: regelwijziging -->\n## Regelwijziging\n"
        assert "<!-- responsief: regelwijziging -->" in heard[0][-1], "it looks for its own mark"


def test_a_comment_that_is_not_allowed_is_a_warning(tmp_path: Path) -> None:
    heard, done = _comment(tmp_path, "", "1", REFUSED="1")
    assert done.code == 0
    assert len(heard) == 1, "who may not read must not write a second"
    assert "::warning" in done.log
    assert "pull-requests: write" in done.log


def _comment(at: Path, there: str, changed: str, **env: str) -> tuple[list[list[str]], where.Run]:
    (at / "verslagen").mkdir()
    (at / "verslagen" / "regelwijziging.md").write_text("## Regelwijziging\n", encoding="utf-8")
    (at / "bin").mkdir()
    (at / "bin" / "gh").write_text(GH, encoding="utf-8")
    (at / "bin" / "gh").chmod(0o755)
    (at / "gehoord").touch()
    path = f"{at / 'bin'}{os.pathsep}{os.environ['PATH']}"
    runner = Runner(at, at / "temp", PULL, {**PULL_ENV, "PATH": path, "HEARD": str(at / "gehoord"), "THERE": there, **env})
    steps = {"diff": {"report": "x", "gewijzigd": changed}, "install": {"reports": str(at / "verslagen")}}
    done = runner.run(only=("comment",), steps=steps, comment="true")
    return [json.loads(line) for line in (at / "gehoord").read_text(encoding="utf-8").splitlines()], done


# --- GitLab ------------------------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_jobs_of_gitlab_leave_their_reports(origin: Path, tmp_path: Path) -> None:
    at = where.checkout(origin, tmp_path / "work")
    found = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
    start = found[".responsief"]
    env = where.environment(
        **{name: str(value) for name, value in (found["variables"] | start["variables"]).items()},
        CI_PROJECT_DIR=str(at), CI_PIPELINE_SOURCE="merge_request_event", CI_MERGE_REQUEST_DIFF_BASE_SHA=git(at, "rev-parse", "origin/main"),
    )  # fmt: skip
    env |= {"RESPONSIEF_HOME": str(tmp_path / "omgeving"), "RESPONSIEF_DATE": DAY, "RESPONSIEF_FAIL_ON": "strenger"}
    env["PATH"] = f"{where.instead_of_python(tmp_path / 'python', 'python3')}{os.pathsep}{os.environ['PATH']}"

    def job(name: str, **more: str) -> subprocess.CompletedProcess[str]:
        assert found[name]["extends"] == ".responsief"
        script = "\n".join([*start["before_script"], *found[name]["script"]])
        return where.bash(script, at, env | more, "-e", "-o", "pipefail")

    checked = job("responsief-check")
    assert checked.returncode == 0, checked.stdout
    assert (tmp_path / "omgeving" / "bin" / "gevraagd").read_text(encoding="utf-8").split()[-1] == "responsief[analysis]"
    compared = job("responsief-diff")
    assert compared.returncode == 1, compared.stdout
    assert "STRENGER" in compared.stdout
    for name in ("responsief-check", "responsief-diff"):
        reports = found[name]["artifacts"]["reports"]
        quality = json.loads((at / reports["codequality"]).read_text(encoding="utf-8"))
        suites = ElementTree.parse(at / reports["junit"]).getroot()
        assert suites.tag == "testsuites"
        if name == "responsief-diff":
            assert {one["location"]["path"] for one in quality} == {"rulesets/fietsfonds.yaml"}
            assert "wijziging-strenger" in {one["check_name"] for one in quality}
    for name in found["responsief-diff"]["artifacts"]["paths"]:
        assert "Fietsfonds" in (at / name).read_text(encoding="utf-8")
    # a clone with too little history
    shallow = job("responsief-diff", CI_MERGE_REQUEST_DIFF_BASE_SHA="1234" * 10)
    assert shallow.returncode == 2
    assert "GIT_DEPTH" in shallow.stdout


# --- Azure -------------------------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_steps_of_azure_publish_what_they_found(origin: Path, tmp_path: Path) -> None:
    at, temp = where.checkout(origin, tmp_path / "work"), tmp_path / "temp"
    temp.mkdir()
    found = yaml.safe_load(AZURE.read_text(encoding="utf-8"))
    given = {one["name"]: one["default"] for one in found["parameters"]}
    given |= {"date": DAY, "failOn": "strenger"}
    where.instead_of_python(temp / "python" / "bin", "python")
    fixed = where.environment(
        AGENT_TEMPDIRECTORY=str(temp), SYSTEM_PULLREQUEST_TARGETBRANCH="refs/heads/main", BUILD_REASON="PullRequest"
    )

    def step(number: int, **more: str) -> subprocess.CompletedProcess[str]:
        one = [one for one in found["steps"] if "bash" in one][number]
        own = {name: re.sub(r"\$\{\{ parameters\.(\w+) \}\}", lambda m: given[m[1]], text) for name, text in one["env"].items()}
        own = {name: text.replace("$(responsiefPython.pythonLocation)", str(temp / "python")) for name, text in own.items()}
        return where.bash(one["bash"], at, fixed | own | more)  # Azure adds no -e

    assert (installed := step(0)).returncode == 0, installed.stdout
    assert (temp / "responsief" / "bin" / "gevraagd").read_text(encoding="utf-8").split()[-1] == "responsief[analysis]"
    assert (checked := step(1)).returncode == 0, checked.stdout
    assert (compared := step(2)).returncode == 1, compared.stdout
    reports = temp / "responsief-verslagen"
    assert f"##vso[task.uploadsummary]{reports}/regelwijziging.md" in compared.stdout
    assert "STRENGER" in (reports / "regelwijziging.md").read_text(encoding="utf-8")
    publish = next(one["inputs"] for one in found["steps"] if one.get("task", "").startswith("PublishTestResults"))
    assert publish["searchFolder"] == "$(Agent.TempDirectory)/responsief-verslagen"
    files = sorted(path.name for path in reports.glob(publish["testResultsFiles"]))
    assert files == ["TEST-check.xml", "TEST-diff.xml", "TEST-test.xml"]
    for name in files:
        assert ElementTree.parse(reports / name).getroot().tag == "testsuites"
    # what a file says is no command to the agent, and a broken file is told
    file = at / "rulesets" / "fietsfonds.yaml"
    file.write_text(
        where.RULES.replace("soort: beleidsregel", 'soort: "##vso[task.complete result=Succeeded]"'), encoding="utf-8"
    )
    checked = step(1)
    assert checked.returncode == 1
    assert "##vso[task.complete" not in checked.stdout
    assert "task.complete" in checked.stdout
    shallow = step(2, SYSTEM_PULLREQUEST_TARGETBRANCH="refs/heads/bestaat-niet")
    assert shallow.returncode == 2
    assert "fetchDepth: 0" in shallow.stdout


# --- pre-commit --------------------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_the_hooks_run_in_pre_commit(tmp_path: Path) -> None:
    """The real program, with the shipped hooks; only their installation is replaced by what is installed here."""
    checked = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", HOOKS], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    at = where.sample(tmp_path / "repo")
    (at / "overig.yaml").write_text("van: iets anders\n", encoding="utf-8")
    hooks = yaml.safe_load(HOOKS.read_text(encoding="utf-8"))
    for hook in hooks:
        hook["language"] = "system"
        hook.pop("additional_dependencies", None)
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (at / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    git(at, "add", "--all")
    path = f"{where.program(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}"
    env = where.environment(PATH=path, PRE_COMMIT_HOME=str(tmp_path / "pre-commit"))

    def commit(hook: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", hook, "--color=never"],
            cwd=at, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, encoding="utf-8",
        )  # fmt: skip
        return done.returncode, done.stdout

    assert all("Skipped" in commit(hook["id"])[1] for hook in hooks), "YAML of something else is not looked at"
    file = at / "rulesets" / "fietsfonds.yaml"
    was = file.read_text(encoding="utf-8")

    file.write_text(was.replace("titel: Fietsfonds", "titel:   Fietsfonds  "), encoding="utf-8")
    git(at, "add", "--all")
    assert commit("responsief-check")[0] == 0
    assert commit("responsief-test")[0] == 0
    code, said = commit("responsief-format")
    assert code == 1
    assert "files were modified by this hook" in said
    assert file.read_text(encoding="utf-8") == was

    file.write_text(was.replace("€ 1.450", "€ 1.350"), encoding="utf-8")
    git(at, "add", "--all")
    code, said = commit("responsief-test")
    assert code == 1
    assert "net wel" in said
    code, said = commit("responsief-diff")
    assert "Regelwijziging  HEAD → de werkmap" in said, said
    assert "STRENGER" in said, "also when it stops nothing"

    file.write_text(was.replace(*where.BROKEN), encoding="utf-8")
    git(at, "add", "--all")
    code, said = commit("responsief-check")
    assert code == 1
    assert "fout[eenheid-ontbreekt] rulesets/fietsfonds.yaml" in said
