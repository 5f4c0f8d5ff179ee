"""`responsief explain`: what a code means, why it is asked, and an example of wrong and right."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import click

from responsief.cli.common import stop
from responsief.cli.output import terminal, wrapped
from responsief.diagnostics import Diagnostic, did_you_mean
from responsief.explanations import Example, Explanation, explanations
from responsief.messages import SEVERITIES

COLOURS = {"fout": "red", "waarschuwing": "yellow", "tip": "blue"}
INDENT = " " * 4


@click.command(name="explain")
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
def command(code: str | None, form: str) -> None:
    """Explain the CODE of a finding (in Dutch): what it means, why, and an example. Without CODE: list every code.

    Exit code 2 for a code that does not exist.
    """
    known = explanations()
    if code is None:
        lines = list_lines(known, terminal())
        click.echo(as_text([as_data(one) for one in known.values()]) if form == "json" else "\n".join(lines))
        return
    wanted = re.sub(r"^\w+\[|\]$", "", code.strip()).lower()  # «fout[kring]», as it stands in a finding
    if wanted not in known:
        hint = did_you_mean(wanted, known) or "typ `responsief explain` om alle codes te zien"
        stop([Diagnostic("code-onbekend", f"«{code}» is geen code van een melding", hulp=hint)], 2)
    one = known[wanted]
    click.echo(as_text(as_data(one)) if form == "json" else "\n".join(lines_of(one, terminal())))


def lines_of(one: Explanation, width: int) -> Iterator[str]:
    """One code for a terminal."""
    severity = SEVERITIES.get(one.code, "fout")
    colour = COLOURS[severity]
    head = f"{severity}[{one.code}]"
    if len(head) > width:  # a code stays whole: somebody copies it
        yield click.style(severity, fg=colour, bold=True)
        head = one.code
    first, *rest = wrapped(f"{head} {one.kort}", width)
    yield click.style(head, fg=colour, bold=True) + first.removeprefix(head)
    yield from rest
    yield ""
    for title, text in (("Wat", one.wat), ("Waarom", one.waarom), ("Voorbeeld", one.niet_te_tonen)):
        for at, line in enumerate(wrapped(text, width - 11) if text else ()):
            yield (" " * 11 if at else click.style(title.ljust(11), bold=True)) + line
    for title, example in (("Zo niet", one.fout), ("Zo wel", one.goed)):
        if example is not None:
            yield ""
            yield click.style(title, bold=True)
            yield from example_lines(example, colour)


def example_lines(example: Example, colour: str) -> Iterator[str]:
    """The lines of an example, marks drawn as in a finding."""
    for line, marks in example.lines:
        yield INDENT + visible(line)
        for mark in marks:
            yield f"{INDENT}{' ' * (mark.column - 1)}{click.style('─' * mark.width, fg=colour)} {mark.tekst}"


def visible(line: str) -> str:
    """A line in which what nobody can see has a sign: «→» for a tab, «·» for the rest."""
    return "".join(c if c.isprintable() else "→" if c == "\t" else "·" for c in line)


def list_lines(known: Mapping[str, Explanation], width: int) -> Iterator[str]:
    """Every code with its line, in groups."""
    column = max(map(len, known)) + 2
    for group, members in groupby(known.values(), lambda one: one.groep):
        yield click.style(group, bold=True)
        for one in members:
            if width - column < 2 * 20:  # no room beside: under each other
                yield f"  {one.code}"
                yield from (f"      {line}" for line in wrapped(one.kort, width - 6))
            else:
                first, *rest = wrapped(one.kort, width - column - 2)
                yield f"  {one.code.ljust(column)}{first}"
                yield from (" " * (column + 2) + line for line in rest)
        yield ""
    yield "Meer over één code: responsief explain CODE"


def as_data(one: Explanation) -> dict[str, Any]:
    """One code as JSON."""
    return {
        "code": one.code,
        "ernst": SEVERITIES.get(one.code, "fout"),
        "groep": one.groep,
        "kort": one.kort,
        "wat": one.wat,
        "waarom": one.waarom,
        "niet_te_tonen": one.niet_te_tonen,
        "fout": _example(one.fout),
        "goed": _example(one.goed),
    }


def _example(example: Example | None) -> dict[str, Any] | None:
    if example is None:
        return None
    places = [
        {"regel": number, "kolom": mark.column, "breedte": mark.width, "tekst": mark.tekst}
        for number, (_, marks) in enumerate(example.lines, 1)
        for mark in marks
    ]
    return {"tekst": example.bare, "plaatsen": places}


def as_text(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2)
