"""`responsief suggest`: cases for what no case shows yet, to print or to put into the test files."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from responsief.cli.common import REGISTER, must_exist, named
from responsief.cli.coverage import opened
from responsief.cli.output import show_findings, terminal, wrapped
from responsief.cli.saving import rewrite
from responsief.desk import Desk
from responsief.diagnostics import Findings
from responsief.register import read_files, shipped
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document
from responsief.testing.report import gap_words
from responsief.testing.suggest import TRIES, NotFound, Proposal, suggest
from responsief.testing.written import appended, case_lines
from responsief.trial_files import read_trials
from responsief.trials import run_trials

REMARK = "Voorstel van responsief suggest. De uitkomst is die van nu: controleer of dit klopt, en maak er een verhaal van."


@click.command(name="suggest")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@REGISTER
@click.option("--write", is_flag=True, help="Append the cases to their test files instead of printing them.")
@click.option("--tries", type=click.IntRange(min=1), default=TRIES, show_default=True, help="Decisions to spend on each gap.")
def command(paths: tuple[Path, ...], registers: tuple[Path, ...], write: bool, tries: int) -> None:
    """Propose cases for what the test cases in files or folders (default: those of the shipped register) do not show yet.

    Each proposal changes as little as possible of an existing case, and expects what comes out now: a person must judge whether
    that is right. What could not be found is told, with the reason.
    """
    must_exist(paths, filled=True)
    desk, files = opened(paths, registers)
    documents = files.documents["proef"]
    if not documents:
        whose = f"in {named(paths)}" if paths else "bij de geleverde regelsets"
        click.echo(f"geen proefgevallen gevonden {whose}: zonder een eerste geval is er niets om mee te beginnen", err=True)
        sys.exit(1)
    around = read_files([shipped()]).documents["proef"] if paths else []
    proposals: list[Proposal] = []
    unfound: list[NotFound] = []
    written = {Path(d.source.name).resolve() for d in files.documents["regelset"]}
    every = [r for versions in desk.register.versions.values() for r in versions if not r.decides]
    shared = [r.id for r in every if Path(r.source.name).resolve() in written]  # by default those of the shipped register
    for one in suggest(documents, desk, around, shared=dict.fromkeys(shared), tries=tries):
        if isinstance(one, Proposal):
            proposals.append(one)
            if not write:
                _print(one, new_file=len(proposals) == 1 or proposals[-2].bestand.name != one.bestand.name)
        else:
            unfound.append(one)
        _progress(len(proposals), len(unfound))
    _progress(None, None)
    wrong = _write_all(proposals, documents, desk) if write else False
    _tell_unfound(unfound)
    found = f"{len(proposals)} {'geval' if len(proposals) == 1 else 'gevallen'}"
    if not write:
        click.echo(
            f"{found} voorgesteld{': controleer de uitkomst; --write zet ze in het bestand' if proposals else ''}", err=True
        )
    sys.exit(1 if wrong else 0)


def _print(one: Proposal, *, new_file: bool) -> None:
    if new_file:
        click.echo(click.style(f"# {one.bestand.name}", bold=True))
    click.echo("\n".join(case_lines(one.velden, REMARK, "  ")) + "\n")


def _progress(found: int | None, unfound: int | None) -> None:
    """How far it is, on a terminal only."""
    if sys.stderr.isatty():
        text = "" if found is None else f"{found} gevonden, {unfound} niet"
        click.echo(f"\r\033[K{text}", nl=False, err=True)


def _tell_unfound(unfound: Sequence[NotFound]) -> None:
    """What has no proposal, and why, on standard error."""
    if not unfound:
        return
    click.echo("Hiervoor is geen geval gevonden:", err=True)
    for one in unfound:
        point = one.gat.punt
        click.echo(f"  {point.span}  {one.gat.regelset}", err=True)
        for text in (point.tekst, gap_words(one.gat), one.waarom):
            click.echo("\n".join(f"      {line}" for line in wrapped(text, terminal() - 6)), err=True)


# --- writing -----------------------------------------------------------------------------------------------------------


def _write_all(proposals: Sequence[Proposal], documents: Sequence[Document], desk: Desk) -> bool:
    """Put the cases into their files. True when some file could not be written; then it is as it was."""
    by_file: dict[str, list[Proposal]] = defaultdict(list)
    for one in proposals:
        by_file[one.bestand.name].append(one)
    wrong = False
    for document in documents:
        mine = by_file.get(document.source.name, [])
        if not mine:
            continue
        text = appended(document.source, [(one.velden, REMARK) for one in mine])
        if text is None:
            click.echo(
                f"{document.source.name}: niet gewijzigd. De gevallen staan hier niet onder elkaar met streepjes; plak de voorstellen er zelf bij.",
                err=True,
            )
            wrong = True
        elif not _passes(document.source.name, text, desk):
            click.echo(f"{document.source.name}: niet gewijzigd, want zo zou het bestand niet meer slagen.", err=True)
            wrong = True
        else:
            rewrite(Path(document.source.name), text)
            click.echo(f"{document.source.name}: {len(mine)} {'geval' if len(mine) == 1 else 'gevallen'} erbij; controleer ze")
    if not proposals:
        click.echo("niets om bij te zetten")
    return wrong


def _passes(name: str, text: str, desk: Desk) -> bool:
    """Is the file without mistakes, and does no case come out otherwise than it did?"""
    findings = Findings()
    document = read_yaml(Source(name, text), findings)
    if document is None or findings:
        show_findings(findings)
        return False
    file = read_trials(document, desk.register.versions)
    if file.findings:
        show_findings(file.findings)
        return False
    before = {(t.naam, t.ok) for t in run_trials([read_document(name)], desk)}
    return all(trial.ok or (trial.naam, False) in before for trial in run_trials([document], desk))


def read_document(name: str) -> Document:
    """A test file as it stands on disk."""
    return read_files([Path(name)]).documents["proef"][0]
