"""Findings, and test cases of policy writers, as JUnit XML, as Jenkins, GitLab and Azure DevOps read it.

GitLab shows `classname`, `name`, `file` and the text of a failure, and drops a second case of the same name
(https://docs.gitlab.com/ci/testing/unit_test_reports/): names here are unique.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from responsief.ci.places import Placed, one_line, placed, readable, relative, shortened
from responsief.diagnostics import Diagnostic
from responsief.trial_lines import difference_lines
from responsief.trials import Trial

WIDTH = 120


def to_junit(findings: Iterable[Diagnostic], root: Path, here: Path | None = None) -> str:
    """A suite per file, a failed case per mistake or warning. A tip passes. Without findings: one case that passes."""
    suites: dict[str, list[Placed]] = {}
    for one in placed(findings, root, here):
        suites.setdefault(one.path or one.outside or one.finding.pad or "responsief", []).append(one)
    top = ET.Element("testsuites", name="responsief check")
    names: Counter[tuple[str, str]] = Counter()
    for name, members in suites.items():
        suite = ET.SubElement(top, "testsuite", name=readable(name))
        for one in members:
            finding = one.finding
            words = shortened(one_line(f"{finding.ernst}[{finding.code}] {finding.tekst}"), WIDTH)
            case = _case(suite, names, name, words, one.path, finding.span.line if finding.span else None)
            _told(case, "system-out" if finding.ernst == "tip" else "failure", finding.code, finding.tekst, str(finding))
    if not suites:
        _case(ET.SubElement(top, "testsuite", name="responsief"), names, "responsief", "geen bevindingen", None, None)
    return _written(top)


def trials_to_junit(trials: Sequence[Trial], root: Path, here: Path | None = None) -> str:
    """A suite per ruleset, a case per test case: a failure came out otherwise, an error could not run."""
    top = ET.Element("testsuites", name="responsief test")
    suites: dict[str, ET.Element] = {}
    names: Counter[tuple[str, str]] = Counter()
    for trial in trials:
        suite = suites.get(trial.regelset)
        if suite is None:
            suite = suites[trial.regelset] = ET.SubElement(top, "testsuite", name=readable(trial.regelset))
        path = relative(trial.span.source.name, root, here or root)
        case = _case(suite, names, trial.regelset, one_line(trial.naam), path, trial.span.line)
        story = f"{trial.verhaal}\n\n" if trial.verhaal else ""
        if trial.fout:
            _told(case, "error", trial.fout[0].code, trial.fout[0].tekst, "\n".join(map(str, trial.fout)))
        elif trial.verschillen:
            short = "; ".join(f"{d.wat}: verwacht {d.verwacht}, gekregen {d.gekregen}" for d in trial.verschillen)
            text = f"{trial.span}\n{story}" + "\n".join(difference_lines(trial, WIDTH))
            _told(case, "failure", "anders-dan-verwacht", short, text)
    return _written(top)


def trial_findings(trials: Iterable[Trial]) -> list[Diagnostic]:
    """What came out otherwise as findings at the place of the expectation, for the formats that show lines."""
    found: list[Diagnostic] = []
    for trial in trials:
        found += trial.fout
        for one in trial.verschillen:
            text = f"{trial.naam}: {one.wat} verwacht {one.verwacht}, gekregen {one.gekregen}"
            found.append(Diagnostic("anders-dan-verwacht", text, one.span))
    return found


def _case(
    suite: ET.Element, names: Counter[tuple[str, str]], group: str, name: str, path: str | None, line: int | None
) -> ET.Element:
    """A case with a name that no other of its group has."""
    wanted, number = name, 1
    while names[(group, name)]:
        number += 1
        name = f"{wanted} ({number})"
    names[(group, name)] += 1
    case = ET.SubElement(suite, "testcase", classname=readable(group), name=readable(name), time="0")
    if path is not None:
        case.set("file", readable(path))
    if path is not None and line is not None:
        case.set("line", str(line))
    return case


def _told(case: ET.Element, kind: str, code: str, short: str, text: str) -> None:
    part = ET.SubElement(case, kind)
    if kind != "system-out":
        part.set("message", one_line(short))
        part.set("type", readable(code))
    part.text = readable(text)


def _written(top: ET.Element) -> str:
    for suite in top:
        for word, kind in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
            suite.set(word, str(len(suite.findall(kind))))
        suite.set("skipped", "0")
        suite.set("time", "0")
    for word in ("tests", "failures", "errors"):
        top.set(word, str(sum(int(suite.get(word, "0")) for suite in top)))
    ET.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, encoding="unicode") + "\n"
