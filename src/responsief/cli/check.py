"""`responsief check`: everything that is wrong with rulesets, provisions, signals and test files, at once."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from responsief.checked import check
from responsief.cli.common import counted, must_exist, named, stop, tally, today
from responsief.cli.output import show_findings
from responsief.register import is_shipped


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
def command(paths: tuple[Path, ...]) -> None:
    """Check the rulesets and test cases in files or folders (default: the shipped register).

    Everything in PATHS is checked together with the shipped register, so that a local ruleset can use national terms.
    Exit code 1 on a mistake or a warning; a tip leaves it 0.
    """
    must_exist(paths)
    own = [p for p in paths if not is_shipped(p)]
    done = check(paths, today())
    if done.wrong:
        stop(done.wrong)
    show_findings(done.findings)
    beside = f"uit {named(own)}: {counted(done.files, own=True)} (daarnaast geleverd: {counted(done.files, own=False)})"
    said = beside if own else f"geleverd: {counted(done.files, own=False)}"
    click.echo(f"Geen fouten{f', {tally(done.findings)}' if done.findings else ''}; {said}.")
    sys.exit(1 if any(f.ernst == "waarschuwing" for f in done.findings) else 0)
