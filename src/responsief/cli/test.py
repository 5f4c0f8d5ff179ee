"""`responsief test`: run the policy writers' cases and show what came out otherwise."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from responsief.cli.common import REGISTER, must_exist, named, stop
from responsief.cli.output import finding_lines, findings_width, terminal, wrapped
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.register import Register, is_shipped, read_files, shipped
from responsief.trials import Trial, run_trials


@click.command(name="test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@REGISTER
def command(paths: tuple[Path, ...], registers: tuple[Path, ...]) -> None:
    """Run the test cases (*.test.yaml) in files or folders (default: those of the shipped register).

    A file is run with the rulesets that stand beside it.
    """
    must_exist(paths)
    given = list(paths) or [shipped()]
    files = read_files(given)
    if files.findings:
        stop(tuple(files.findings))
    try:
        desk = Desk(Register.open(shipped(), *registers, *own_register(given)))
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    trials = run_trials(files.documents["proef"], desk)
    failed = [t for t in trials if not t.ok]
    for trial in failed:
        click.echo("\n".join(trial_lines(trial)) + "\n", err=True)
    word = "geval" if len(trials) == 1 else "gevallen"
    whose = f"uit {named(paths)}" if paths else "van de geleverde regelsets"
    click.echo(
        f"{len(trials)} {word} {whose}, {len(failed)} anders dan verwacht" if trials else f"geen proefgevallen gevonden {whose}"
    )
    sys.exit(1 if failed or not trials else 0)


def own_register(given: Sequence[Path]) -> Iterable[Path]:
    """The folders that somebody gave, and of a file the files beside it: a test file stands next to its ruleset."""
    own = [p for p in given if not is_shipped(p)]
    beside = [f for p in own if not p.is_dir() for f in (p, *sorted(p.parent.glob("*.y*ml")))]
    return [*(p for p in own if p.is_dir()), *{f.resolve(): f for f in reversed(beside) if f.is_file()}.values()]


def trial_lines(trial: Trial) -> list[str]:
    """A failed case: its story, and what was expected beside what came out."""
    lines = [click.style("✗ ", fg="red", bold=True) + f"{trial.regelset}: {trial.naam}  {trial.span}"]
    if trial.verhaal:
        lines.extend(f"    {line}" for line in wrapped(trial.verhaal, terminal() - 4))
    for difference in trial.verschillen:
        lines.append(
            f"    {difference.wat}: verwacht {difference.verwacht}; gekregen {difference.gekregen}  ({difference.span.line}:{difference.span.column})"
        )
    for finding in trial.fout:
        lines.extend("    " + line for line in finding_lines(finding, findings_width() - 4))
    return lines
