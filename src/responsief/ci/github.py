"""Findings as workflow commands: GitHub Actions shows each as an annotation at its line.

Limits: 10 errors and 10 warnings per step (https://docs.github.com/en/rest/checks/runs, «annotations»), and 50 per job together
(https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations); a notice counts as an annotation too. Above
that GitHub drops them without a word, so what matters most goes first, and the last notice says what was left out. A step summary
holds 1 MiB (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits).
Escaping: as https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from responsief.ci.places import Placed, one_line, placed, readable
from responsief.diagnostics import Diagnostic

COMMANDS: Final = {"fout": "error", "waarschuwing": "warning", "tip": "notice"}
PER_STEP: Final = {"error": 10, "warning": 10, "notice": 9}  # and one notice that says what was left out: 30 of the 50 of a job
SUMMARY: Final = 1024 * 1024  # bytes in a step summary

Changed = Mapping[str, AbstractSet[int]]  # of each path from the root the lines that a pull request changed


def to_github(findings: Iterable[Diagnostic], root: Path, changed: Changed | None = None, here: Path | None = None) -> str:
    """A command per finding, those on changed lines first; then one notice on what was left out, and that as plain lines in a
    folded group of the log. Without findings: an empty text."""
    first: list[Placed] = []
    rest: list[Placed] = []
    for one in placed(findings, root, here):
        (first if changed is not None and on_changed(one, changed) else rest).append(one)
    room = dict(PER_STEP)
    shown, left = [], []
    for one in (*first, *rest):
        command = COMMANDS[one.finding.ernst]
        if room[command]:
            room[command] -= 1
            shown.append(_command(one))
        else:
            left.append(one)
    if left:
        shown += _left_out(left)
    return "".join(f"{line}\n" for line in shown)


def on_changed(one: Placed, changed: Changed) -> bool:
    """Does the finding stand on a line that was changed?"""
    return one.path is not None and one.finding.span is not None and one.finding.span.line in changed.get(one.path, ())


def _command(one: Placed) -> str:
    finding, span = one.finding, one.finding.span
    told = finding.tekst + (f"\n{finding.hulp}" if finding.hulp else "")
    properties: list[tuple[str, str]] = []
    if one.path is not None and span is not None:
        properties = [("file", one.path), ("line", str(span.line)), ("endLine", str(span.line))]
        properties += [("col", str(span.column)), ("endColumn", str(span.column + span.width))]
    elif span is not None or finding.pad:
        told = f"{span or finding.pad}: {told}"
    return command(COMMANDS[finding.ernst], [*properties, ("title", f"{finding.ernst}: {finding.code}")], told)


def command(name: str, properties: Iterable[tuple[str, str]], text: str) -> str:
    """One workflow command. What is no character of a text is shown as «·»."""
    told = ",".join(f"{key}={_escape_property(value)}" for key, value in properties)
    return f"::{name} {told}::{_escape(text)}"


def _escape(text: str) -> str:
    return readable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")


def _left_out(left: list[Placed]) -> Iterator[str]:
    kinds = {"fout": "fouten", "waarschuwing": "waarschuwingen", "tip": "tips"}
    numbers = {kind: sum(one.finding.ernst == kind for one in left) for kind in kinds}
    told = ", ".join(f"{n} {kind if n == 1 else kinds[kind]}" for kind, n in numbers.items() if n)
    text = f"Niet als opmerking getoond: {told}, want GitHub toont er per stap maar een paar. Ze staan allemaal in het logboek van deze stap."
    yield command("notice", [("title", "responsief: er is meer")], text)
    yield "::group::" + _escape(f"Ook gevonden: {told}")
    yield from (plain_line(str(one.finding)) for one in left)
    yield "::endgroup::"


def plain_line(text: str) -> str:
    """A line of the log that is no command, whatever it holds: a command starts a line, or follows «##[» (the old form)."""
    return "- " + one_line(text).replace("##[", "## [")
