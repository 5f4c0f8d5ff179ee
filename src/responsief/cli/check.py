"""`responsief check`: everything that is wrong with rulesets, provisions, signals and test files, at once."""

from __future__ import annotations

from pathlib import Path

import click

from responsief.cli.common import is_shipped, stop
from responsief.register import check_files, read_files, shipped


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
def command(paths: tuple[Path, ...]) -> None:
    """Check the rulesets in files or folders (default: the shipped register).

    Everything in PATHS is checked together with the shipped register, so that a local ruleset can use national terms.
    """
    files = read_files([shipped(), *(p for p in paths if not is_shipped(p))])
    checker, catalogue, findings = check_files(files)
    if findings:
        stop(findings)
    trials = len(files.documents["proef"])
    click.echo(
        f"Geen fouten: {len(checker.rulesets)} regelsets, {len(catalogue.provisions)} voorzieningen, "
        f"{len(catalogue.signals)} signaalregels, {trials} bestanden met proefgevallen."
    )
