"""`responsief sources`: every text and figure with its source, and what is not verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from responsief.cli.common import REGISTER, open_desk
from responsief.register import Register


@click.command(name="sources")
@REGISTER
@click.option("--unverified", is_flag=True, help="Only what is not verified.")
def command(registers: tuple[Path, ...], unverified: bool) -> None:
    """List the sources of rulesets, figures, clauses, provisions and signals."""
    rows = [r for r in rows_of(open_desk(registers).register) if not (unverified and r[0] == "ja")]
    for verified, kind, name, source in rows:
        mark = (
            click.style("geverifieerd    ", fg="green") if verified == "ja" else click.style("niet geverifieerd", fg="yellow")
        )
        click.echo(f"{mark} {kind}: {name}: {source}")
    count = sum(r[0] == "nee" for r in rows)
    click.echo(f"{len(rows)} bronnen, waarvan {count} niet geverifieerd")


def rows_of(register: Register) -> Iterator[tuple[str, str, str, str]]:
    """(verified, kind, name, source) of everything in a register."""

    def word(verified: bool) -> str:
        return "ja" if verified else "nee"

    for versions in register.versions.values():
        for ruleset in versions:
            name = f"{ruleset.id} {ruleset.versie}"
            yield word(ruleset.geverifieerd), "regelset", name, f"{ruleset.naam} {ruleset.regeling}".strip()
            for figure in ruleset.bedragen.values():
                yield word(figure.geverifieerd), "bedrag", f"{name} {figure.naam}", figure.bron
            for criterion in ruleset.criteria:
                yield word(criterion.geverifieerd), "criterium", f"{name} {criterion.id}", criterion.grondslag
            for clause in ruleset.hardheid:
                yield word(clause.geverifieerd), "clausule", f"{name} {clause.id}", clause.grondslag
    for provision in register.catalogue.provisions.values():
        yield word(provision.geverifieerd), "voorziening", provision.id, provision.bron
    for signal in register.catalogue.signals.values():
        yield word(signal.geverifieerd), "signaal", signal.id, signal.bron or signal.grondslag
