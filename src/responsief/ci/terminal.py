"""A difference as text for a terminal: the same words as elsewhere, in columns and colour. `click.echo` strips colour in a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

import click

from responsief.ci import counts, told
from responsief.ci.places import one_line, shortened
from responsief.ci.told import signed
from responsief.difference.report import Change, Impact, Report, Richting, RulesetDifference

COLOURS: Final[dict[Richting, str]] = {
    "ruimer": "green", "strenger": "red", "anders": "yellow", "gelijk": "bright_black", "niet_bewezen": "magenta",
}  # fmt: skip
MESSAGES: Final = {"stop": ("✘", "red"), "let_op": ("!", "yellow"), "goed": ("✔", "green")}
MARGIN: Final = 13  # the heads in the margin stand as those of a decision do
MOST: Final = 3  # examples of one change; `--format json` has all


def to_terminal(report: Report, width: int = 110) -> str:
    """The difference in lines of at most `width` columns (a longer word stays whole), without a line end behind it. The findings
    themselves are counted, not told: a command shows them with their lines, as `check` does."""
    width = max(40, width)
    blocks = ["\n".join(_head(report, width))]
    blocks += ["\n".join(_ruleset(one, report.impacts_of(one), width)) for one in told.sorted_rulesets(report)]
    known = {one.id for one in report.regelsets}
    loose = [line for one in report.gevolgen if one.regelset not in known for line in _impact(one, width, of=one.regelset)]
    if loose:
        blocks.append("\n".join(loose))
    if report.andere:
        lines = [click.style("Voorzieningen en signalen", bold=True)]
        blocks.append("\n".join([*lines, *(line for c in told.ordered(report.andere) for line in _change(c, width))]))
    if report.gelijk:
        blocks.append("\n".join(_block("Gelijk", [", ".join(map(one_line, report.gelijk))], width)))
    blocks.append(click.style(told.tally(report), bold=True))
    return "\n\n".join(blocks)


def _head(report: Report, width: int) -> Iterator[str]:
    title = f"Regelwijziging  {told.title(report)}"
    yield from (click.style(line, bold=True) for line in _wrapped(title, width))
    for one in told.messages(report):
        sign, colour = MESSAGES[one.ernst]
        first, *rest = _wrapped(one.tekst, width - 2)
        yield f"{click.style(sign, fg=colour, bold=True)} {first}"
        yield from (f"  {line}" for line in rest)


def _ruleset(one: RulesetDifference, impacts: Sequence[Impact], width: int) -> Iterator[str]:
    sign, word = told.DIRECTIONS[one.richting]
    *above, last = _wrapped(one_line(one.titel), width - len(word) - 4)
    yield from (click.style(line, bold=True) for line in above)
    yield click.style(last, bold=True) + "  " + click.style(f"{sign} {word}", fg=COLOURS[one.richting], bold=True)
    yield from (click.style(line, dim=True) for line in _wrapped(f"{told.versions(one)} · {one_line(one.bestand)}", width))
    for change in told.ordered(one.wijzigingen):
        yield from _change(change, width, one.bestand)
    if line := told.exit_line(one):
        bad = one.uitweg is not None and one.uitweg.bewijs != "bewezen"
        yield from _block("Uitweg", [line], width, "red" if bad else "green")
    for impact in impacts:
        yield from _impact(impact, width)


def _change(change: Change, width: int, file: str = "") -> Iterator[str]:
    label = told.label(change)
    place = ""
    if change.plaats is not None:
        name = change.plaats.source.name
        place = f":{change.plaats.line}" if name == file else f"{name}:{change.plaats.line}"
    about = "   ".join(
        part
        for part in (f"{told.kind(change)}: {one_line(change.titel or change.id)}", one_line(change.grondslag), place)
        if part
    )
    first, *rest = _wrapped(about, width - 15)
    colour = COLOURS[change.richting] if label == told.DIRECTIONS[change.richting][1] else None
    yield f"{click.style(f'{told.mark(change)} {label}'.ljust(14), fg=colour, bold=True)} {first}"
    yield from (" " * 15 + line for line in rest)
    texts = (("-", change.was, "red"), ("+", change.wordt, "green"))
    for sign, text, hue in (("=", told.stayed(change), None),) if told.stayed(change) else texts:
        if text:
            lines = _wrapped(shortened(one_line(text), 600), width - 4)
            yield from (click.style(f"  {sign if n == 0 else ' '} {line}", fg=hue) for n, line in enumerate(lines))
    for one in change.voorbeelden[:MOST]:
        yield from _block("  voorbeeld", [told.example(one)], width)
        if one.uitweg:
            yield from _block("", [told.way_out(one)], width)
    if len(change.voorbeelden) > MOST:
        yield from _block("", [f"en {len(change.voorbeelden) - MOST} andere (--format json toont alles)"], width)
    for note in told.notes(change):
        proof = note.startswith("bewijs: ")
        yield from _block("  bewijs" if proof else "  let op", [note.removeprefix("bewijs: ") if proof else note], width)


def _impact(impact: Impact, width: int, of: str = "") -> Iterator[str]:
    about = f"{one_line(of)}: " if of else ""
    if counts.nobody(impact):
        yield from _block("Gevolgen", [f"{about}{one_line(impact.bevolking)}: niemand geteld"], width)
        return
    whole = counts.everybody(impact)
    moves = [f"nee → ja: {counts.told(whole.naar_ja)}", f"ja → nee: {counts.told(whole.naar_nee)}"]
    if whole.anders:
        moves.append(f"overig: {counts.told(whole.anders)}")
    difference = whole.bedrag_verschil
    if isinstance(difference, int) and (whole.bedrag_was or whole.bedrag_wordt):
        moves.append(f"samen {signed(difference)} per maand")
    more = [one_line(line) for line in told.impact(impact)]
    yield from _block("Gevolgen", [about + one_line(impact.bevolking), " · ".join(moves), *more], width)
    if steps := told.steps(impact):
        widest = max(len(name) for name, _ in steps)
        lines = [f"{name.ljust(widest)}   {number.rjust(max(len(n) for _, n in steps))}" for name, number in steps]
        yield from _block(
            "",
            [f"{told.SPREAD}:", *lines]
            if widest + MARGIN + 14 < width
            else [f"{told.SPREAD}:", *(f"{a}: {b}" for a, b in steps)],
            width,
        )
    for name, groups in impact.groepen.items():
        rows = [
            (one_line(row.naam), *(counts.told(n) for n in (row.aantal, row.naar_ja, row.naar_nee)))
            for row in counts.lines(groups)
        ]
        cells = [(one_line(name), "aantal", "nee → ja", "ja → nee"), *rows]
        widths = [max(len(row[n]) for row in cells) for n in range(4)]
        room = width - MARGIN - sum(widths[1:]) - 9
        if room < 12:  # no room for columns: a line each
            lines = [f"{row[0]}: {row[1]}; nee → ja {row[2]}; ja → nee {row[3]}" for row in rows]
            yield from _block("", [f"per {one_line(name)}:", *lines], width)
            continue
        first = min(widths[0], room)
        for number, row in enumerate(cells):
            line = shortened(row[0], first).ljust(first) + "".join(
                f"   {cell.rjust(w)}" for cell, w in zip(row[1:], widths[1:], strict=True)
            )
            yield " " * MARGIN + (click.style(line, dim=True) if number == 0 else line)
    if counts.shielded(impact):
        yield from _block("", [counts.why_not_shown(impact.k)], width)


def _block(head: str, lines: Sequence[str], width: int, colour: str | None = None) -> Iterator[str]:
    """Lines beside a head in the margin, folded to the terminal."""
    for number, line in enumerate(lines):
        margin = head.ljust(MARGIN) if number == 0 else " " * MARGIN
        first, *rest = _wrapped(line, width - MARGIN - 2)
        yield (click.style(margin, bold=not head.startswith(" "), fg=colour) if number == 0 and head else margin) + first
        yield from (" " * (MARGIN + 2) + more for more in rest)


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of at most this width; a longer word, a path and an amount stay whole."""
    lines = textwrap.wrap(
        text.replace("€ ", "€\N{NO-BREAK SPACE}"), max(20, width), break_long_words=False, break_on_hyphens=False
    )
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines] or [""]
