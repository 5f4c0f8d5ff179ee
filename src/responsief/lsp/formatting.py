"""The canonical form of a file as one change, as small as whole lines allow: the cursor stays where it was."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from responsief.source import Source
from responsief.syntax.format import format_source


class Change(NamedTuple):
    """Characters `start` up to `end` become `text`."""

    start: int
    end: int
    text: str


def formatted(path: Path, text: str) -> Change | None:
    """The change that brings a text in its canonical form; None when it is. Raises InvalidError when it can't be read."""
    return smallest(text, format_source(Source(path.as_posix(), text)))


def smallest(text: str, made: str) -> Change | None:
    """The change from one text to another, without the lines that begin and end both."""
    if text == made:
        return None
    old, new = text.splitlines(keepends=True), made.splitlines(keepends=True)
    most = min(len(old), len(new))
    head = next((n for n in range(most) if old[n] != new[n]), most)
    tail = next((n for n in range(most - head) if old[-1 - n] != new[-1 - n]), most - head)
    start = sum(map(len, old[:head]))
    end = len(text) - sum(map(len, old[len(old) - tail :]))
    return Change(start, end, "".join(new[head : len(new) - tail]))
