"""`responsief schema`: JSON Schema of a situation, a ruleset, a decision, an act, or a decision that a person took."""

from __future__ import annotations

import json

import click

WHAT = ("situatie", "regelset", "besluit", "besluit-handeling", "besluit-afgerond", "overzicht")


@click.command(name="schema")
@click.argument("what", type=click.Choice(WHAT))
def command(what: str) -> None:
    """Print the JSON Schema of a situation (situatie), a ruleset (regelset) or a decision (besluit).

    besluit-handeling is the act of a person who decides, besluit-afgerond the decision that it makes (see
    finalise), overzicht what `rights` gives.
    """
    from responsief import schemas

    make = {
        "situatie": schemas.situation_schema,
        "regelset": schemas.ruleset_schema,
        "besluit": schemas.decision_schema,
        "besluit-handeling": schemas.act_schema,
        "besluit-afgerond": schemas.finalised_schema,
        "overzicht": schemas.rights_schema,
    }[what]
    click.echo(json.dumps(make(), ensure_ascii=False, indent=2))
