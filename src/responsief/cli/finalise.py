"""`responsief finalise`: the act of a person who decides. What is refused is printed as findings, and nothing else."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responsief.cli.common import REGISTER, Day, must_exist, stop
from responsief.cli.decide import one_decision
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.values import format_day, format_money

if TYPE_CHECKING:
    from responsief.finalise import Finalised, Outcome


@click.command(name="finalise")
@click.argument("situation", metavar="SITUATIE")
@click.option("--ruleset", required=True, metavar="ID", help="The ruleset that was decided.")
@click.option("--date", "on", type=Day(), metavar="D", help="Reference date (peildatum), as with decide.")
@click.option("--act", "act_file", type=click.Path(path_type=Path), metavar="BESTAND", help="The act: a YAML or JSON file.")
@click.option("--start", "begin", is_flag=True, help="Print an act to fill in (YAML).")
@REGISTER
@click.option("--sender", type=click.Path(path_type=Path), metavar="FILE", help="Who sends the letter (afzender).")
@click.option("--format", "form", type=click.Choice(["text", "json", "letter", "note"]), default="text", show_default=True)
def command(
    situation: str,
    ruleset: str,
    on: date | None,
    act_file: Path | None,
    begin: bool,
    registers: tuple[Path, ...],
    sender: Path | None,
    form: str,
) -> None:
    """Make a decision of the draft on file SITUATIE (- reads standard input), by the act of a named person.

    An act that is refused exits 1 with every reason; nothing else is written then.
    """
    if begin == (act_file is not None):
        both = "«--start» en «--act» gaan niet samen" if begin else "er staat niet bij wat er moet gebeuren"
        raise MisuseError(both, "noem «--act BESTAND» om te besluiten, of «--start» voor een bestand om in te vullen")
    must_exist([Path(situation)] if situation != "-" else [], file=True)
    must_exist([p for p in (sender, act_file) if p is not None], file=True)
    decision = one_decision(situation, ruleset, on, registers, sender)
    from responsief.finalise import RefusedError, finalise, read_act, start

    if act_file is None:
        click.echo(start(decision), nl=False)
        return
    try:
        act, where = read_act(act_file)
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    try:
        found = finalise(decision, act)
    except RefusedError as refused:
        placed = [dataclasses.replace(d, span=where(_steps(d.pad))) for d in refused.diagnostics]
        stop(sorted(placed, key=Diagnostic.place))
    click.echo(render(found, form), nl=form in ("text", "json"))


def _steps(pad: str | None) -> list[str | int]:
    return [int(step) if step.isdecimal() else step for step in (pad or "").split(".")]


def render(found: Finalised, form: str) -> str:
    """A finalised decision in one of the forms of the command."""
    from responsief.finalise import finalised_json

    match form:
        case "json":
            return json.dumps(finalised_json(found), ensure_ascii=False, indent=2)
        case "letter":
            return found.teksten.brief
        case "note":
            return found.teksten.nota
    who, day = found.handeling.besluit_van, found.handeling.datum
    lines = [
        click.style(f"BESLUIT: {_outcome(found.besluit)}", bold=True),
        f"Genomen door {who.naam}, {who.functie}" + (f", op {format_day(day)}" if day else ""),
    ]
    if found.opzij is not None:
        lines.append(f"Opzij gezet: {_outcome(found.opzij)} (uitkomst volgens de regels)")
    if found.besluit.clausules:
        lines.append(f"Afgeweken met: {', '.join(found.besluit.clausules)}")
    for one in found.handeling.toezeggingen or ():
        if one.stand == "open" and one.uiterlijk:
            lines.append(f"Toegezegd: {one.wat}, door {one.wie}, uiterlijk {format_day(one.uiterlijk)}")
    return "\n".join([*lines, f"Zegel (sha256): {found.sha256}"])


def _outcome(one: Outcome) -> str:
    amount = f", {format_money(one.bedrag.centen)} per {one.bedrag.per}" if one.bedrag is not None else ""
    begin = f", vanaf {format_day(one.vanaf)}" if one.vanaf else ""
    return one.uitkomst.replace("_", " ") + amount + begin + (f" tot en met {format_day(one.tot)}" if one.tot else "")
