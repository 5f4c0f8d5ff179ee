"""`responsief test`: run the policy writers' cases, show what came out otherwise and why, and accept it when it is right."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from responsief.cli.common import REGISTER, findings_data, json_of, must_exist, named, stop
from responsief.cli.formats import TRIALS, trials_as
from responsief.cli.output import finding_lines, findings_width, terminal, wrapped
from responsief.cli.saving import rewrite
from responsief.cli.usage import MisuseError
from responsief.desk import Desk
from responsief.diagnostics import Diagnostic, Findings, InvalidError, finding_data
from responsief.register import Register, is_shipped, read_files, shipped
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document
from responsief.trial_files import read_trials
from responsief.trial_lines import difference_lines
from responsief.trial_update import Update, update
from responsief.trials import Trial, run_file


@click.command(name="test")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@REGISTER
@click.option("-k", "word", metavar="TEXT", help="Only cases with this text in their name or ruleset (capitals don't count).")
@click.option("--fail-fast", is_flag=True, help="Stop at the first case that comes out otherwise.")
@click.option(
    "--update", "accept", is_flag=True, help="Accept what came out: rewrite «verwacht», and nothing else of the file."
)
@click.option("--yes", is_flag=True, help="With --update: do not ask first.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", *TRIALS]), default="text", show_default=True, help="What to print."
)
def command(
    paths: tuple[Path, ...],
    registers: tuple[Path, ...],
    word: str | None,
    fail_fast: bool,
    accept: bool,
    yes: bool,
    form: str,
) -> None:
    """Run the test cases (*.test.yaml) in files or folders (default: those of the shipped register).

    A file is run with the rulesets that stand beside it. Of a case that came out otherwise you see its story, both sides, and the
    rules that it turned on with the value under each part.
    """
    if accept and form != "text":
        raise MisuseError("«--update» toont zelf wat er verandert", f"laat «--format {form}» weg")
    if yes and not accept:
        raise MisuseError("«--yes» hoort bij «--update»", "zet «--update» erbij, of laat «--yes» weg")
    must_exist(paths, filled=True)
    given = list(paths) or [shipped()]
    files = read_files(given)
    if files.findings:
        stop(tuple(files.findings), form=form)
    try:
        desk = Desk(Register.open(shipped(), *registers, *own_register(given)))
    except InvalidError as wrong:
        stop(wrong.diagnostics, form=form)
    ran: list[tuple[Document, list[Trial]]] = []
    for document in files.documents["proef"]:
        trials: list[Trial] = []
        ran.append((document, trials))
        for trial in run_file(
            read_trials(document, desk.register.versions), desk, lambda n: word is None or word.lower() in n.lower()
        ):
            trials.append(trial)
            if not trial.ok and form == "text" and not accept:
                click.echo("\n".join(trial_lines(trial)) + "\n", err=True)
            if not trial.ok and fail_fast:
                break
        if fail_fast and any(not t.ok for t in trials):
            break
    if accept:
        sys.exit(0 if accepted(ran, yes=yes) else 1)
    every = [trial for _, trials in ran for trial in trials]
    failed = [t for t in every if not t.ok]
    if form == "json":
        click.echo(json_of({"gevallen": [as_json(t) for t in every], **findings_data(())}))
    elif form in TRIALS:
        click.echo(trials_as(form, every), nl=False)
        if not every:
            click.echo(f"geen proefgevallen gevonden {_whose(paths)}", err=True)
    else:
        told = "geval" if len(every) == 1 else "gevallen"
        whose = _whose(paths)
        about = f" met «{word}» in de naam" if word is not None else ""
        stopped = " (gestopt bij de eerste)" if fail_fast and failed else ""
        counted = f"{len(every)} {told}{about} {whose}, {len(failed)} anders dan verwacht{stopped}"
        click.echo(counted if every else f"geen proefgevallen gevonden{about} {whose}")
    sys.exit(1 if failed or not every else 0)


def _whose(paths: Sequence[Path]) -> str:
    return f"uit {named(paths)}" if paths else "van de geleverde regelsets"


def own_register(given: Sequence[Path]) -> Iterable[Path]:
    """The folders that somebody gave, and of a file the files beside it: a test file stands next to its ruleset."""
    own = [p for p in given if not is_shipped(p)]
    beside = [f for p in own if not p.is_dir() for f in (p, *sorted(p.parent.glob("*.y*ml")))]
    return [*(p for p in own if p.is_dir()), *{f.resolve(): f for f in reversed(beside) if f.is_file()}.values()]


# --- a case that came out otherwise ------------------------------------------------------------------------------------


def trial_lines(trial: Trial) -> list[str]:
    """A failed case: its story, what was expected beside what came out, and the rules that it turned on."""
    width = terminal()
    lines = [click.style("✗ ", fg="red", bold=True) + f"{trial.regelset}: {trial.naam}  {trial.span}"]
    if trial.verhaal:
        lines.extend(f"    {line}" for line in wrapped(trial.verhaal, width - 4))
    lines += ("    " + line for line in difference_lines(trial, width - 4, lambda text, colour: click.style(text, fg=colour)))
    for finding in trial.fout:
        lines.extend("    " + line for line in finding_lines(finding, findings_width() - 4))
    return lines


def as_json(trial: Trial) -> dict[str, object]:
    """A case for a machine: what came out otherwise, and why."""
    return {
        "regelset": trial.regelset,
        "naam": trial.naam,
        "plaats": str(trial.span),
        "ok": trial.ok,
        "verhaal": trial.verhaal,
        "verschillen": [
            {
                "wat": d.wat,
                "verwacht": d.verwacht,
                "gekregen": d.gekregen,
                "plaats": str(d.span),
                "redenen": [
                    {
                        "kop": r.kop,
                        "regels": [
                            {"tekst": s.tekst, "waarden": [{"kolom": at, "waarde": v} for at, v in s.waarden]} for s in r.regels
                        ],
                    }
                    for r in d.redenen
                ],
            }
            for d in trial.verschillen
        ],
        "fout": [{**finding_data(f), "plaats": str(f.span) if f.span else f.pad} for f in trial.fout],
    }


# --- accepting what came out -------------------------------------------------------------------------------------------


def accepted(ran: Sequence[tuple[Document, list[Trial]]], *, yes: bool) -> bool:
    """Show every change, ask, and write the files. True when everything that came out otherwise is accepted now."""
    updates = [update(document, trials) for document, trials in ran]
    changes = [change for one in updates for change in one.wijzigingen]
    broken = [trial for _, trials in ran for trial in trials if trial.fout]
    for one in updates:
        show_changes(one)
    for trial in broken:
        click.echo("\n".join(trial_lines(trial)) + "\n", err=True)
    to_write = [one for one in updates if one.does]
    fixed = [one.bestand.name for one in to_write if installed(Path(one.bestand.name))]
    if fixed:
        text = "dit bestand hoort bij het geïnstalleerde pakket, en wordt niet gewijzigd"
        stop(
            [Diagnostic("bestand-onleesbaar", f"{text}: {name}", hulp="kopieer het naar een map van uzelf") for name in fixed],
            2,
        )
    number = sum(len(one.does) for one in to_write)
    if not changes and not broken:
        click.echo("alle gevallen komen uit zoals verwacht: er is niets te wijzigen")
        return True
    if not number:
        click.echo("niets gewijzigd")
        return False
    if not yes and (not sys.stdin.isatty() or not click.confirm(f"{plural(number)} in {files_of(to_write)} overnemen?")):
        click.echo("niets gewijzigd" + ("" if sys.stdin.isatty() else ": bevestig met --yes"))
        return False
    for one in to_write:
        found = Findings()
        if read_yaml(Source(one.bestand.name, one.tekst), found) is None:  # never leave a file that can't be read
            stop(tuple(found))
    for one in to_write:
        rewrite(Path(one.bestand.name), one.tekst)
    click.echo(f"{plural(number)} overgenomen in {files_of(to_write)}; lees na of dit is wat de wet zegt")
    return number == len(changes) and not broken


def show_changes(one: Update) -> None:
    """Each change of a file, old beside new, under the case it is of."""
    case = ""
    for change in one.wijzigingen:
        if change.geval != case:
            case = change.geval
            click.echo(f"{click.style(case, bold=True)}  {change.span.source.name}:{change.span.line}")
        sides = f"{click.style(change.oud, fg='red')} → {click.style(change.nieuw, fg='green')}"
        click.echo(f"    {change.wat}: {sides}" + (f"  niet overgenomen: {change.waarom_niet}" if change.waarom_niet else ""))


def installed(path: Path) -> bool:
    """Is this a file of the rulesets that were installed with the package?"""
    return shipped().parent.name == "responsief" and is_shipped(path)


def plural(number: int) -> str:
    return "1 wijziging" if number == 1 else f"{number} wijzigingen"


def files_of(updates: Sequence[Update]) -> str:
    return updates[0].bestand.name if len(updates) == 1 else f"{len(updates)} bestanden"
