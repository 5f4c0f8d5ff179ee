"""A case that came out otherwise as lines of text: both sides, and the rules that it turned on with the value under each part."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator

from responsief.trial_reasons import Reason, Shown
from responsief.trials import Difference, Trial

NAME = re.compile(r"[\w.]+")

Style = Callable[[str, str], str]  # a text and a colour -> the text in that colour, where somebody sees colours


def plain(text: str, _: str) -> str:
    """No colour."""
    return text


def difference_lines(trial: Trial, width: int, style: Style = plain) -> Iterator[str]:
    """What was expected beside what came out, then each rule that it turned on, once."""
    column = max((len(d.wat) for d in trial.verschillen), default=0)
    side = max((len(d.verwacht) for d in trial.verschillen), default=0)
    for difference in trial.verschillen:
        yield from sides_of(difference, column, side, width, style)
    told: set[str] = set()
    for reason in [reason for d in trial.verschillen for reason in d.redenen]:
        if reason.kop not in told:
            told.add(reason.kop)
            yield from reason_lines(reason, width, style)


def sides_of(difference: Difference, column: int, side: int, width: int, style: Style) -> list[str]:
    """Expected beside what came out, in columns; under each other where they are too long for that."""
    where = f"({difference.span.line}:{difference.span.column})"
    wanted, got = style(difference.verwacht, "green"), style(difference.gekregen, "red")
    whole = (
        f"{difference.wat.ljust(column)}  verwacht {difference.verwacht.ljust(side)}  gekregen {difference.gekregen}  {where}"
    )
    if len(whole) <= width:
        pad = " " * (side - len(difference.verwacht))
        return [f"{difference.wat.ljust(column)}  verwacht {wanted}{pad}  gekregen {got}  {where}"]
    rest = " " * (2 + column)
    return [
        f"{difference.wat.ljust(column)}  verwacht {wanted}  {where}",
        *(
            rest + ("gekregen " if n == 0 else " " * 9) + part
            for n, part in enumerate(wrapped(difference.gekregen, width - 11 - column))
        ),
    ]


def reason_lines(reason: Reason, width: int, style: Style) -> Iterator[str]:
    """What it turned on: a heading, then each rule with the values under its parts."""
    for number, line in enumerate(wrapped(reason.kop, width - 4)):
        yield ("  └ " if number == 0 else " " * 4) + line
    for shown in reason.regels:
        yield from (" " * 6 + line for line in shown_lines(shown, width - 6, style))


def shown_lines(shown: Shown, width: int, style: Style) -> list[str]:
    """A rule with each value under its own part, like a sum on paper; a rule that is too long has its values below."""
    if len(shown.tekst) > width:
        values = [f"{(NAME.match(shown.tekst, at) or ['dit'])[0]} is {value}" for at, value in shown.waarden]
        return [*wrapped(shown.tekst, width), *(style(f"  {value}", "cyan") for value in values)]
    rows: list[list[tuple[int, str]]] = []
    for at, value in sorted(
        shown.waarden, reverse=True
    ):  # from right to left: a value that would touch the next goes a line lower
        row = next((r for r in rows if at + len(value) + 1 <= min(start for start, _ in r)), None)
        if row is None:
            rows.append([(at, value)])
        else:
            row.append((at, value))
    lines = [shown.tekst]
    for row in rows:
        line = ""
        for at, value in sorted(row):
            line = line.ljust(at) + value
        lines.append(style(line, "cyan"))
    return lines


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most this width; a longer word stays whole."""
    return textwrap.wrap(text, max(20, width), break_long_words=False) or [""]
