"""The formats of findings and test results for other programs; what writes them is loaded only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from responsief.diagnostics import Diagnostic

if TYPE_CHECKING:
    from responsief.ci.github import Changed
    from responsief.trials import Trial

FINDINGS = ("sarif", "github", "gitlab", "junit")  # of `check`, beside text and json
TRIALS = ("junit", "github")  # of `test`


def findings_as(form: str, findings: Sequence[Diagnostic], changed: Changed | None = None) -> str:
    """Findings as one of `FINDINGS`. Paths are written from the top of the git repository; outside one, from this folder."""
    here, root = places()
    if form == "sarif":
        from responsief.ci.sarif import to_sarif

        return to_sarif(findings, root, here)
    if form == "github":
        from responsief.ci.github import to_github

        return to_github(findings, root, changed, here)
    if form == "gitlab":
        from responsief.ci.gitlab import to_gitlab

        return to_gitlab(findings, root, here)
    from responsief.ci.junit import to_junit

    return to_junit(findings, root, here)


def trials_as(form: str, trials: Sequence[Trial]) -> str:
    """Test cases that ran, as one of `TRIALS`."""
    from responsief.ci.junit import trial_findings, trials_to_junit

    here, root = places()
    return trials_to_junit(trials, root, here) if form == "junit" else findings_as(form, trial_findings(trials))


def places() -> tuple[Path, Path]:
    """This folder, and the top of the repository that it lies in (without one: this folder)."""
    from responsief.ci.changed import GitError, root_of

    here = Path.cwd()
    try:
        return here, root_of(here)
    except GitError:
        return here, here


def lines_since(ref: str) -> Changed:
    """The lines that changed since `ref`; ends with a finding (exit code 2) when git can't tell."""
    from responsief.ci.changed import GitError, changed_since

    try:
        return changed_since(ref, Path.cwd())
    except GitError as wrong:
        from responsief.cli.common import stop

        stop([Diagnostic("git-onbereikbaar", str(wrong), hulp=wrong.hulp or None)], 2)
