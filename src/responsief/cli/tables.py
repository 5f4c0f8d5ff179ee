"""`responsief tables`: the decision tables and amounts of a ruleset to Excel, and back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from responsief.cli.common import must_exist, stop, today
from responsief.cli.saving import rewrite, save_or_stop
from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.documents.extras import MissingExtraError
from responsief.source import Source, Span
from responsief.syntax.from_yaml import read_file, read_yaml

if TYPE_CHECKING:
    from responsief.syntax.nodes import Document
    from responsief.workbook.from_xlsx import Read

MAX_WORKBOOK = 16 << 20


@click.group(name="tables")
def command() -> None:
    """Decision tables and dated amounts of a ruleset as an Excel workbook, and back without loss."""


@command.command(name="export")
@click.argument("ruleset", type=click.Path(path_type=Path), metavar="RULESET.yaml")
@click.option(
    "--out", "target", required=True, type=click.Path(path_type=Path), metavar="FILE.xlsx", help="The workbook to write."
)
def export(ruleset: Path, target: Path) -> None:
    """Write the tables (a sheet each) and amounts (one sheet) of RULESET to a workbook. Every cell is text."""
    document = _read(ruleset)
    if target.suffix.lower() != ".xlsx":
        _refuse(target, "dit is geen naam voor een Excel-bestand", "eindig op .xlsx")
    if not target.parent.is_dir():
        _refuse(target, f"de map «{target.parent.as_posix()}» bestaat niet", "maak de map, of kies een andere plek")
    from responsief.workbook.from_xlsx import from_xlsx  # late: `export` needs an extra, and says so itself
    from responsief.workbook.sheets import contents_of
    from responsief.workbook.to_xlsx import to_xlsx
    from responsief.workbook.to_yaml import edit

    contents = contents_of(document)
    if not contents.sheets and not contents.figures:
        advice = "kijk met «responsief render», of voeg een tabel toe"
        stop(
            [
                Diagnostic(
                    "werkblad", "deze regelset heeft geen beslistabellen en geen bedragen", Span(document.source, 1, 1), advice
                )
            ]
        )
    try:
        made = to_xlsx(contents)
        again = edit(document, from_xlsx(made, target.name))  # what would not come back as it was is no export
    except MissingExtraError as missing:
        stop([Diagnostic("pakket-ontbreekt", str(missing))], 2)
    except ValueError as wrong:
        _refuse(target, str(wrong), "verander die tekst in de regelset", 1)
    if again.source.text != document.source.text:
        _refuse(target, "dit werkblad zou iets anders zeggen dan de regelset", "dit is een fout in responsief: meld dit", 1)
    save_or_stop(target, made)
    tables, figures = len(contents.sheets), len(contents.figures)
    click.echo(f"{target.as_posix()}: {_count(tables, 'tabel', 'tabellen')}, {_count(figures, 'bedrag', 'bedragen')}.")


@command.command(name="import")
@click.argument("workbook", type=click.Path(path_type=Path), metavar="FILE.xlsx")
@click.argument("ruleset", type=click.Path(path_type=Path), metavar="RULESET.yaml")
@click.option(
    "--register", "registers", multiple=True, type=click.Path(path_type=Path, exists=True), metavar="DIR",
    help="Files that RULESET needs besides the shipped register.",
)  # fmt: skip
def import_(workbook: Path, ruleset: Path, registers: tuple[Path, ...]) -> None:
    """Write what changed in the workbook into RULESET: those cells and rows, nothing else.

    The result is checked first, with the shipped register: a mistake is shown with its sheet and cell, and then nothing is written.
    Exit code 1 on a mistake.
    """
    document = _read(ruleset)
    must_exist([workbook], file=True)
    if workbook.stat().st_size > MAX_WORKBOOK:
        _refuse(workbook, "dit bestand is groter dan 16 MiB", "haal weg wat er niet in hoort", 1)
    from responsief.workbook.from_xlsx import from_xlsx
    from responsief.workbook.to_yaml import edit

    try:
        read = from_xlsx(workbook.read_bytes(), workbook.as_posix())
        edited = edit(document, read)
    except MissingExtraError as missing:
        stop([Diagnostic("pakket-ontbreekt", str(missing))], 2)
    except InvalidError as wrong:
        click.echo(f"{workbook.as_posix()}: er is niets gewijzigd.\n", err=True)
        stop(wrong.diagnostics)
    if edited.source.text == document.source.text:
        click.echo(f"{ruleset.as_posix()}: niets veranderd.")
        return
    found = _new_mistakes(ruleset, document.source, edited.source, registers, read)
    if found:
        click.echo(f"{ruleset.as_posix()}: er is niets gewijzigd, want dan zou dit fout zijn.\n", err=True)
        stop(found)
    rewrite(ruleset, edited.source.text)
    click.echo(
        f"{ruleset.as_posix()}: {_count(edited.changes, 'plaats', 'plaatsen')} gewijzigd. Kijk het na met «responsief check» en «responsief test»."
    )
    if edited.figures:
        click.echo(
            f"Nog niet met de bron vergeleken: {', '.join(edited.figures)}. Doe dat, of zet er in de regelset «geverifieerd: nee» bij."
        )


def _read(path: Path) -> Document:
    must_exist([path], file=True)
    findings = Findings()
    source = read_file(path, findings)
    document = read_yaml(source, findings) if source is not None else None
    if document is None or findings:
        stop(tuple(findings))
    if document.root.get("regelset") is None:
        what = "hier staat geen regelset in"
        stop([Diagnostic("soort-bestand", what, Span(document.source, 1, 1), "noem een bestand dat begint met «regelset: …»")])
    return document


def _new_mistakes(path: Path, old: Source, new: Source, registers: tuple[Path, ...], read: Read) -> list[Diagnostic]:
    """What would be wrong with the ruleset that was not before, told by sheet and cell."""
    from responsief.workbook.to_yaml import place_in

    before = {(f.code, f.tekst) for f in _mistakes(path.name, old, registers)}
    findings = Findings()
    found = []
    for one in _mistakes(path.name, new, registers):
        if (one.code, one.tekst) in before:
            continue
        made = Source(path.as_posix(), new.text)
        document = read_yaml(made, findings)
        where = place_in(document, read, one.span) if document is not None and one.span is not None else ""
        place = Span(made, one.span.line, one.span.column, one.span.width) if one.span is not None else None
        found.append(Diagnostic(one.code, one.tekst, None if where else place, one.hulp, pad=where or None))
    return found


def _mistakes(name: str, source: Source, registers: tuple[Path, ...]) -> list[Diagnostic]:
    """The mistakes in a text, checked as a file of its own over the shipped register and these folders."""
    from responsief.checked import check

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(source.text.encode())
        done = check([*registers, path], today())
        return [f for f in done.wrong if f.span is not None and f.span.source.name == path.as_posix()]


def _refuse(target: Path, text: str, advice: str, code: int = 2) -> NoReturn:
    stop([Diagnostic("niet-geschreven", text, Span(Source(target.as_posix(), ""), 1, 1), advice)], code)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
