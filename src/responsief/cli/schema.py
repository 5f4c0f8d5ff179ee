"""`responsief schema`: JSON Schema of a situation, a ruleset, a decision, an act, or a decision that a person took."""

from __future__ import annotations

import json
from pathlib import Path

import click

from responsief.cli.saving import save_or_stop

WHAT = ("situatie", "regelset", "besluit", "besluit-handeling", "besluit-afgerond", "overzicht", "verschil", "patronen")


@click.command(name="schema")
@click.argument("what", type=click.Choice(WHAT))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file, for editors that are not online."
)
def command(what: str, out: Path | None) -> None:
    """Print the JSON Schema of a situation (situatie), a ruleset (regelset) or a decision (besluit).

    regelset is for all files of a register: rulesets, signals, provisions and test cases, with suggestions of what the shipped
    register holds. besluit-handeling is the act of a person who decides, besluit-afgerond the decision that it makes (see
    finalise), overzicht what `rights` gives, verschil what `diff --format json` gives, patronen what
    `patterns --format json` gives.
    """
    from responsief import schemas
    from responsief.ci.patterns_json import patterns_schema
    from responsief.ci.schema import difference_schema

    make = {
        "situatie": schemas.situation_schema,
        "regelset": lambda: schemas.ruleset_schema(schemas.shipped_names()),
        "besluit": schemas.decision_schema,
        "besluit-handeling": schemas.act_schema,
        "besluit-afgerond": schemas.finalised_schema,
        "overzicht": schemas.rights_schema,
        "verschil": difference_schema,
        "patronen": patterns_schema,
    }[what]
    text = json.dumps(make(), ensure_ascii=False, indent=2)
    if out is None:
        click.echo(text)
        return
    save_or_stop(out, text + "\n")
    click.echo(f"Geschreven: {out.as_posix()}")
    if what == "regelset":
        click.echo("Zet dit boven uw regelsets en proefgevallen (de tweede regel is voor editors van JetBrains):")
        click.echo(f"# yaml-language-server: $schema={out.name}\n# $schema: {out.name}")
        click.echo("(met de map ervoor als het bestand ergens anders staat, zoals ../regelset.schema.json)")
