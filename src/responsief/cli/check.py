"""`responsief check`: everything that is wrong with rulesets, provisions, signals and test files, at once."""

from __future__ import annotations

from pathlib import Path

import click

from responsief.cli.common import counted, is_shipped, must_exist, named, stop, tally
from responsief.cli.output import show_findings
from responsief.diagnostics import Diagnostic
from responsief.ir.unused import unused
from responsief.register import check_files, read_files, shipped
from responsief.trial_files import by_ident, read_trials


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
def command(paths: tuple[Path, ...]) -> None:
    """Check the rulesets and test cases in files or folders (default: the shipped register).

    Everything in PATHS is checked together with the shipped register, so that a local ruleset can use national terms.
    A warning does not change the exit code.
    """
    must_exist(paths)
    own = [p for p in paths if not is_shipped(p)]
    files = read_files([shipped(), *own])
    checker, catalogue, found = check_files(files)
    findings = list(found)
    versions = by_ident(checker.rulesets)
    broken = {draft.id for draft in checker.drafts} - versions.keys()
    for document in files.documents["proef"]:
        if own and is_shipped(Path(document.source.name)):
            continue  # whose own ruleset takes the place of a shipped one need not mend the cases of that
        if getattr(document.root.get("proef"), "value", "") not in broken:  # what is wrong with the ruleset was said there
            findings += read_trials(document, versions).findings
    if findings:
        stop(sorted(findings, key=Diagnostic.place))
    warnings = [w for w in unused(checker, catalogue) if not (own and w.span and is_shipped(Path(w.span.source.name)))]
    show_findings(warnings)
    beside = f"uit {named(own)}: {counted(files, own=True)} (daarnaast geleverd: {counted(files, own=False)})"
    said = beside if own else f"geleverd: {counted(files, own=False)}"
    click.echo(f"Geen fouten{f', {tally(warnings)}' if warnings else ''}; {said}.")
