"""Findings as a GitLab code quality report (`artifacts:reports:codequality`).

The keys that GitLab reads (description, check_name, fingerprint, severity, location): https://docs.gitlab.com/ci/testing/code_quality/.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from responsief.ci.places import one_line, placed, readable
from responsief.diagnostics import Diagnostic

SEVERITY: Final = {"fout": "major", "waarschuwing": "minor", "tip": "info"}


def to_gitlab(findings: Iterable[Diagnostic], root: Path, here: Path | None = None) -> str:
    """A JSON list, one entry per finding; of a file outside the repository the path as it was given. What has no place at all
    stands at the first line of a file «responsief»: GitLab drops an entry without one."""
    rows = [
        {
            "description": one_line(one.finding.tekst + (f" ({one.finding.hulp})" if one.finding.hulp else "")),
            "check_name": readable(one.finding.code),
            "fingerprint": one.mark,
            "severity": SEVERITY[one.finding.ernst],
            "location": {
                "path": readable(one.path or one.outside or one.finding.pad or "responsief"),
                "lines": {"begin": one.finding.span.line if one.finding.span else 1},
            },
        }
        for one in placed(findings, root, here)
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
