"""All files of a register checked together: mistakes first, and where there are none, warnings and tips.

The one road that `responsief check`, an editor and a watcher share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from responsief.diagnostics import Diagnostic
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.lint import lint
from responsief.register import Files, is_shipped, read_files, shipped
from responsief.remembered import Memory
from responsief.trial_files import by_ident


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, what it means, and every finding, sorted by place. Of shipped files only mistakes are told to whoever
    checks files of her own."""

    files: Files
    checker: Checker
    catalogue: Catalogue
    findings: tuple[Diagnostic, ...]

    @property
    def wrong(self) -> tuple[Diagnostic, ...]:
        """The mistakes."""
        return tuple(f for f in self.findings if f.ernst == "fout")


def check(paths: Sequence[Path], today: date, memory: Memory | None = None) -> Checked:
    """Check files and folders together with the shipped register (no path: that register alone). With a `memory` only what
    changed since its last use is read and checked again, to the same findings."""
    memory = memory or Memory()
    own = [p for p in paths if not is_shipped(p)]
    files = read_files([shipped(), *own], memory.read)
    checker, catalogue, found = memory.check_files(files)
    findings = list(found)
    versions = by_ident(checker.rulesets)
    broken = {draft.id for draft in checker.drafts} - versions.keys()
    for document in files.documents["proef"]:
        if own and is_shipped(Path(document.source.name)):
            continue  # whose own ruleset takes the place of a shipped one need not mend the cases of that
        if getattr(document.root.get("proef"), "value", "") not in broken:  # what is wrong with the ruleset was said there
            findings += memory.read_trials(document, versions)
    if not findings:
        advice = lint(checker, catalogue, today)
        findings += [f for f in advice if not (own and f.span and is_shipped(Path(f.span.source.name)))]
    return Checked(files, checker, catalogue, tuple(sorted(findings, key=Diagnostic.place)))
