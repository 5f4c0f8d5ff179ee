"""`responsief objection`: one situation decided with the law of then and with that of now, side by side."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from responsief.cli.common import REGISTER, Day, must_exist, open_desk, stop, today
from responsief.cli.decide import must_be_rulesets, situation_in
from responsief.cli.output import in_words, show_objection
from responsief.diagnostics import Diagnostic, InvalidError


@click.command(name="objection")
@click.argument("situation", metavar="SITUATIE")
@click.option("--ruleset", required=True, metavar="ID", help="The ruleset that was decided.")
@click.option("--then", type=Day(), required=True, metavar="D", help="The reference date (peildatum) of the decision.")
@click.option("--now", type=Day(), metavar="D", help="The reference date of the new decision. Default: today.")
@REGISTER
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
def command(situation: str, ruleset: str, then: date, now: date | None, registers: tuple[Path, ...], form: str) -> None:
    """Decide the situation in file SITUATIE again (heroverweging): with the law of THEN and of NOW, and say what differs.

    A difference of any kind exits 0; a situation with a mistake, or nothing that could be decided, exits 1.
    """
    must_exist([Path(situation)] if situation != "-" else [], file=True)
    desk = open_desk(registers)
    must_be_rulesets(desk, [ruleset])
    from responsief.objection import side_by_side, side_by_side_json

    day = today() if now is None else now
    if day < then:
        hint = "draai «--then» en «--now» om"
        stop([Diagnostic("datums-omgekeerd", f"«--now» ({day}) ligt vóór «--then» ({then})", hulp=hint)])
    try:
        found = side_by_side(desk, situation_in(situation), ruleset, then, day)
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    except LookupError as wrong:
        stop([Diagnostic("niet-beslist", in_words(str(wrong)), hulp="kies een andere dag, of vul de regelset aan")])
    click.echo(json.dumps(side_by_side_json(found), ensure_ascii=False, indent=2) if form == "json" else show_objection(found))
