"""`responsief test`: run the policy writers' cases and show what came out otherwise."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from responsief.cli.common import is_shipped, stop
from responsief.cli.output import finding_lines
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.register import Register, read_files, shipped
from responsief.trials import Trial, run_trials


@click.command(name="test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@click.option(
    "--register",
    "registers",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR",
    help="Rulesets of your own, over the shipped ones.",
)
def command(paths: tuple[Path, ...], registers: tuple[Path, ...]) -> None:
    """Run the test cases (*.test.yaml) in files or folders (default: those of the shipped register)."""
    given = list(paths) or [shipped()]
    files = read_files(given)
    unreadable = tuple(files.findings)
    if unreadable:
        stop(unreadable)
    own = [p for p in (*registers, *given) if p.is_dir() and not is_shipped(p)]
    try:
        desk = Desk(Register.open(shipped(), *own))
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    trials = run_trials(files.documents["proef"], desk)
    failed = [t for t in trials if not t.ok]
    for trial in failed:
        click.echo("\n".join(trial_lines(trial)) + "\n", err=True)
    word = "geval" if len(trials) == 1 else "gevallen"
    click.echo(f"{len(trials)} {word}, {len(failed)} anders dan verwacht" if trials else "geen proefgevallen gevonden")
    sys.exit(1 if failed or not trials else 0)


def trial_lines(trial: Trial) -> list[str]:
    """A failed case: what was expected beside what came out."""
    lines = [click.style("✗ ", fg="red", bold=True) + f"{trial.regelset}: {trial.naam}  {trial.span}"]
    for difference in trial.verschillen:
        lines.append(
            f"    {difference.wat}: verwacht {difference.verwacht}; gekregen {difference.gekregen}  ({difference.span.line}:{difference.span.column})"
        )
    for finding in trial.fout:
        lines.extend("    " + line for line in finding_lines(finding))
    return lines
