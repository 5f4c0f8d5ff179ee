"""Writes docs/meldingen.md: every finding explained, from the table of `responsief explain`. `python tests/messages_page.py` renews it."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from responsief.cli.explain import visible
from responsief.explanations import Example, Explanation, explanations
from responsief.messages import SEVERITIES

PAGE = Path(__file__).parents[1] / "docs" / "meldingen.md"

HEAD = """\
# Alle meldingen, met uitleg

Wat `responsief check` en `responsief prove` kunnen zeggen, wat het betekent en waarom. Elk voorbeeld is getoetst: bij «zo niet» komt precies deze melding
op precies deze plek, bij «zo wel» komt er geen. In een terminal leest u hetzelfde met `responsief explain CODE`.

Een **fout** moet eerst weg. Een **waarschuwing** betekent dat er iets staat wat u waarschijnlijk niet zo bedoelt. Een **tip** maakt
de regeling beter.

Deze bladzijde is gemaakt uit de uitleg zelf (`python tests/messages_page.py`); een toets bewaakt dat zij klopt.
"""


def page() -> str:
    """The whole page."""
    blocks = [HEAD]
    for group, members in groupby(explanations().values(), lambda one: one.groep):
        blocks.append(f"## {group}\n")
        blocks += [section(one) for one in members]
    return "\n".join(blocks)


def section(one: Explanation) -> str:
    severity = SEVERITIES.get(one.code, "fout")
    parts = [f"### {one.code}\n", f"*{severity}*: {one.kort}.\n", f"{one.wat}\n", f"**Waarom.** {one.waarom}\n"]
    if one.niet_te_tonen:
        parts.append(f"Zonder voorbeeld. {one.niet_te_tonen}\n")
    parts += [f"{title}:\n\n{code(example)}" for title, example in (("Zo niet", one.fout), ("Zo wel", one.goed)) if example]
    return "\n".join(parts)


def code(example: Example) -> str:
    lines = []
    for line, marks in example.lines:
        lines.append(visible(line))
        lines += [f"{' ' * (mark.column - 1)}{'─' * mark.width} {mark.tekst}" for mark in marks]
    return "\n".join(["```text", *lines, "```", ""])


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
