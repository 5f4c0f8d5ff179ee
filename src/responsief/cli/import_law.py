"""`responsief import`: laws that others made machine-readable, as the draft of a ruleset."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import click

from responsief.cli.common import must_exist, stop
from responsief.cli.saving import save
from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.regelrecht import Notes, Translation, translate
from responsief.register import read_files, shipped
from responsief.source import Source, Span
from responsief.syntax.from_yaml import read_file, read_yaml

COLOURS = {"niet vertaald": "red", "na te gaan": "yellow", "in te vullen": "blue"}


@click.group(name="import")
def command() -> None:
    """Translate a law that others made machine-readable into the draft of a ruleset."""


@command.command(name="regelrecht")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--out",
    "target",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; an older one is replaced. Without it the draft goes to standard output.",
)
def regelrecht(file: Path, target: Path | None) -> None:
    """Translate a law of MinBZK/regelrecht (or poc-machine-law) as far as it goes.

    What could not be translated, what to look at and what to fill in goes to standard error and stands on top of the draft;
    it does not change the exit code. A file that is no such law exits 1, a file that is not there (or can't be written) 2.
    """
    must_exist([file], file=True)
    if target is not None:
        _can_be_written(file, target)
    findings = Findings()
    source = read_file(file, findings)
    document = read_yaml(source, findings) if source is not None else None
    if document is None or findings:
        stop(tuple(findings))
    try:
        made = translate(document, read_files([shipped()]))
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    if target is None:
        click.echo(made.text, nl=False)
    else:
        try:
            save(target, made.text.encode())
        except OSError as failed:
            _refuse(target, f"hier kan geen bestand komen: {failed.strerror}", "kies een andere plek")
    show(made.notes, file)
    click.echo(summary(made, target), err=True)


def _can_be_written(file: Path, target: Path) -> None:
    if target.is_dir():
        _refuse(target, "dit is een map", "noem een bestand, zoals «concept.yaml»")
    if not target.parent.is_dir():
        _refuse(target, f"de map «{target.parent.as_posix()}» bestaat niet", "maak de map, of kies een andere plek")
    if target.exists() and target.samefile(file):
        _refuse(target, "dit is het bestand dat wordt gelezen", "kies een andere naam")


def _refuse(target: Path, text: str, advice: str) -> NoReturn:
    stop([Diagnostic("niet-geschreven", text, Span(Source(target.as_posix(), ""), 1, 1), advice)], 2)


def show(notes: Notes, file: Path) -> None:
    """Every remark with its place, under what a person has to do about it; on standard error."""
    for kind, groups in notes.grouped():
        click.echo(click.style(kind.capitalize(), fg=COLOURS[kind], bold=True), err=True)
        for advice, found in groups:
            click.echo(f"  → {advice}", err=True)
            for note in found:
                click.echo(f"    {file.as_posix()}:{note.span.line}:{note.span.column}: [{note.code}] {note.tekst}", err=True)
        click.echo("", err=True)


def summary(made: Translation, target: Path | None) -> str:
    """How far it went, in one line."""
    numbers = {kind: sum(len(found) for _, found in groups) for kind, groups in made.notes.grouped()}
    listed = ", ".join(f"{kind}: {number}" for kind, number in numbers.items())
    what = [
        _count(made.criteria, "criterium", "criteria"),
        _count(made.terms, "begrip", "begrippen"),
        _count(made.figures, "bedrag", "bedragen"),
    ]
    if made.holes:
        what.append(_count(made.holes, "deel dat onze taal niet kan zeggen", "delen die onze taal niet kan zeggen"))
    where = target.as_posix() if target is not None else "concept"
    return (
        f"{where}: {', '.join(what)}. {listed[:1].upper()}{listed[1:]}. Niets is geverifieerd: lees het na naast de wettekst."
    )


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
