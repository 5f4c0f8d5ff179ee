"""`responsief document`: the letter or note of a decision as a file: HTML, PDF, Word, OpenDocument or text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from responsief.cli.common import REGISTER, Day, must_exist, stop
from responsief.cli.decide import one_decision
from responsief.cli.output import show_findings
from responsief.cli.saving import save
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.documents import FORMS, PLAIN, Form, Kind, MissingExtraError, read_style, render
from responsief.documents.style import FONTS
from responsief.intake import read_sender
from responsief.source import Source, Span


@click.command(name="document")
@click.argument("situation", metavar="SITUATIE")
@click.option("--ruleset", required=True, metavar="ID", help="Decide this ruleset.")
@click.option(
    "--date", "on", type=Day(), metavar="D", help="Reference date (peildatum). Default: what the ruleset says, else today."
)
@REGISTER
@click.option(
    "--sender", type=click.Path(path_type=Path), metavar="FILE", help="Who sends the letter (afzender): a YAML or JSON file."
)
@click.option("--text", "kind", type=click.Choice(["brief", "nota"]), default="brief", show_default=True, help="Which text.")
@click.option(
    "--style", "folder", type=click.Path(path_type=Path), metavar="MAP", help="A municipality's own style (docs/documenten.md)."
)
@click.option(
    "--to",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write: its suffix says the format (.html .pdf .docx .odt .txt). An older one is replaced.",
)
def command(
    situation: str,
    ruleset: str,
    on: date | None,
    registers: tuple[Path, ...],
    sender: Path | None,
    kind: Kind,
    folder: Path | None,
    target: Path,
) -> None:
    """Decide the situation in file SITUATIE (- reads standard input) and write its letter or note to a file.

    The file is written whole or not at all. A situation, ruleset or style with a mistake exits 1; a package that is not
    installed, or a place where no file can be written, exits 2.
    """
    form = _form(target)
    must_exist([Path(situation)] if situation != "-" else [], file=True)
    must_exist([sender] if sender is not None else [], file=True)
    if not target.parent.is_dir():
        text = f"de map «{target.parent.as_posix()}» bestaat niet"
        stop([Diagnostic("niet-geschreven", text, hulp="maak de map, of kies een andere plek")], 2)
    try:
        style = read_style(folder) if folder is not None else PLAIN
    except InvalidError as wrong:
        stop(wrong.diagnostics, 1 if folder is not None and folder.is_dir() else 2)
    decision = one_decision(situation, ruleset, on, registers, sender)
    text = decision.motivering.brief if kind == "brief" else decision.motivering.nota
    try:
        post = read_sender(sender) if sender is not None else None
        day = (post.verzonden_op if post is not None else None) or decision.peildatum
        content = render(text, form, kind=kind, style=style, on=day)
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    except MissingExtraError as missing:
        stop([Diagnostic("pakket-ontbreekt", str(missing))], 2)
    place = Span(Source(target.as_posix(), ""), 1, 1)
    try:
        save(target, content)
    except OSError as failed:
        stop(
            [Diagnostic("niet-geschreven", f"hier kan geen bestand komen: {failed.strerror}", place, "kies een andere plek")], 2
        )
    if form == "pdf" and not _readable(content):
        hint = f"zet een lettertype dat het heeft in de map {FONTS} van de huisstijl (--style)"
        text = "een teken staat in geen lettertype van deze machine: de PDF toont een leeg vakje, en is daarom geen PDF/UA"
        show_findings([Diagnostic("teken-zonder-lettertype", text, place, hint, "waarschuwing")])
    click.echo(f"{target}: {decision.draft.regeling.titel}, {decision.uitkomst} (concept: een medewerker beslist)", err=True)


def _readable(pdf: bytes) -> bool:
    from responsief.documents.to_pdf import claims_access  # late: of all formats only this one has it

    return claims_access(pdf)


def _form(target: Path) -> Form:
    suffix = target.suffix.lower().removeprefix(".")
    for form in FORMS:
        if form == suffix:
            return form
    allowed = ", ".join(f".{form}" for form in FORMS)
    stop([Diagnostic("formaat", f"«{target.name}» zegt niet welk formaat het wordt", hulp=f"eindig op: {allowed}")], 2)
