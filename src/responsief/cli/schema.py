"""`responsief schema`: JSON Schema of a situation, a ruleset, or a decision."""

from __future__ import annotations

import json

import click


@click.command(name="schema")
@click.argument("what", type=click.Choice(["situatie", "regelset", "besluit"]))
def command(what: str) -> None:
    """Print the JSON Schema of a situation (situatie), a ruleset (regelset) or a decision (besluit)."""
    from responsief.schemas import decision_schema, ruleset_schema, situation_schema

    make = {"situatie": situation_schema, "regelset": ruleset_schema, "besluit": decision_schema}[what]
    click.echo(json.dumps(make(), ensure_ascii=False, indent=2))
