"""`responsief schema`: JSON Schema of a situation, a ruleset, a decision, an act, or a decision that a person took."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

WHAT = ("situatie", "regelset", "besluit", "besluit-handeling", "besluit-afgerond", "overzicht")


@click.command(name="schema")
@click.argument("what", type=click.Choice(WHAT))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file, for editors that are not online."
)
def command(what: str, out: Path | None) -> None:
    """Print the JSON Schema of a situation (situatie), a ruleset (regelset) or a decision (besluit).

    regelset is for all files of a register: rulesets, signals, provisions and test cases, with suggestions of what the shipped
    register holds. besluit-handeling is the act of a person who decides, besluit-afgerond the decision that it makes (see
    finalise), overzicht what `rights` gives.
    """
    from responsief import schemas

    make = {
        "situatie": schemas.situation_schema,
        "regelset": lambda: schemas.ruleset_schema(schemas.shipped_names()),
        "besluit": schemas.decision_schema,
        "besluit-handeling": schemas.act_schema,
        "besluit-afgerond": schemas.finalised_schema,
        "overzicht": schemas.rights_schema,
    }[what]
    text = json.dumps(make(), ensure_ascii=False, indent=2)
    if out is None:
        click.echo(text)
        return
    _write(out, text + "\n")
    click.echo(f"Geschreven: {out.as_posix()}")
    if what == "regelset":
        click.echo(f"Zet dit als eerste regel in uw regelsets en proefgevallen: # yaml-language-server: $schema={out.name}")
        click.echo("(met de map ervoor als het bestand ergens anders staat, zoals $schema=../regelset.schema.json)")


def _write(out: Path, text: str) -> None:
    """All of it or nothing: first beside it, then in its place."""
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        beside.write_text(text, "utf-8", newline="\n")
        beside.replace(out)
    except OSError as wrong:
        beside.unlink(missing_ok=True)
        why = "de map bestaat niet" if isinstance(wrong, FileNotFoundError) else "u mag daar niet schrijven, of het is een map"
        click.echo(f"{out.as_posix()} is niet te schrijven: {why}; kies een andere plek", err=True)
        sys.exit(2)
