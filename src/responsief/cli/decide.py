"""`responsief decide`: a situation in, an explained decision out."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from responsief.cli.common import must_exist, open_desk, stop
from responsief.cli.output import in_words, show
from responsief.decision import Decisions, Sender, to_json
from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.intake import read_sender, read_situation, read_situation_from


def today() -> date:
    """Today in the Netherlands: the clock is read here, at the door, and nowhere else."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


class Day(click.ParamType[date]):
    """A date on the command line, as jaar-maand-dag."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from responsief.values import parse_day

        try:
            return parse_day(value)
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


@click.command(name="decide")
@click.argument("situation", metavar="SITUATIE")
@click.option(
    "--ruleset",
    "rulesets",
    multiple=True,
    metavar="ID",
    help="Decide this ruleset; may be repeated. Default: every ruleset in force there.",
)
@click.option(
    "--date", "on", type=Day(), metavar="D", help="Reference date (peildatum). Default: what the ruleset says, else today."
)
@click.option(
    "--register",
    "registers",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR",
    help="Rulesets of your own, over the shipped ones.",
)
@click.option(
    "--sender", type=click.Path(path_type=Path), metavar="FILE", help="Who sends the letter (afzender): a YAML or JSON file."
)
@click.option(
    "--format",
    "forms",
    type=click.Choice(["text", "json", "letter", "note"]),
    multiple=True,
    default=["text"],
    show_default=True,
    help="What to print; text, letter and note may be combined.",
)
def command(
    situation: str,
    rulesets: tuple[str, ...],
    on: date | None,
    registers: tuple[Path, ...],
    sender: Path | None,
    forms: tuple[str, ...],
) -> None:
    """Decide the situation in file SITUATIE (YAML or JSON; - reads standard input).

    An outcome of any kind exits 0; a situation or ruleset with a mistake, or nothing that could be decided, exits 1.
    """
    if "json" in forms and len(set(forms)) > 1:
        raise click.UsageError("--format json stands alone: its output is one JSON document")
    must_exist([Path(situation)] if situation != "-" else [], file=True)
    must_exist([sender] if sender is not None else [], file=True)
    desk = open_desk(registers)
    unknown = [r for r in rulesets if r not in desk.register.ids()]
    if unknown:
        stop(
            [
                Diagnostic(
                    "regelset-onbekend", f"regelset «{r}» staat niet in dit register", hulp=choose_from(r, desk.register.ids())
                )
                for r in unknown
            ],
            2,
        )
    try:
        if situation == "-":
            found = read_situation_from(sys.stdin.buffer, "standaardinvoer")
        else:
            found = read_situation(Path(situation))
        post: Sender | None = read_sender(sender) if sender is not None else None
        decisions = desk.decide_all(found, rulesets or None, on, today=today() if on is None else None, sender=post)
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    click.echo("\n\n".join(render(decisions, form) for form in dict.fromkeys(forms)))
    if not decisions.besluiten:
        sys.exit(1)


def render(decisions: Decisions, form: str) -> str:
    """Decisions in one of the forms of the command."""
    match form:
        case "json":
            return json.dumps(to_json(decisions), ensure_ascii=False, indent=2)
        case "letter":
            return "\n\n".join(d.motivering.brief for d in decisions.besluiten) + _undecided(decisions)
        case "note":
            return "\n\n".join(d.motivering.nota for d in decisions.besluiten) + _undecided(decisions)
        case _:
            return show(decisions)


def _undecided(decisions: Decisions) -> str:
    return "".join(f"\nNiet beslist: {n.regelset}: {in_words(n.reden)}" for n in decisions.niet_beslist)
