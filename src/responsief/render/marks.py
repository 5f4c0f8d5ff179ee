"""Text with marks in it: a link, words that are new or gone. One string, so that sentences are simply put together.

The marks are characters for private use. What comes from a file never holds one: `data` takes them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from responsief.motivation.words import lower as lower_word
from responsief.motivation.words import plain

_OPEN, _MID, _SHUT, _NEW, _OLD, _STRONG, _END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005", "\ue006"
_MARKS: Final = re.compile("[\ue000-\ue006]")
_RUN: Final = re.compile(
    "\ue000(?P<naar>[^\ue001]*)\ue001(?P<link>[^\ue002]*)\ue002|(?P<soort>[\ue003-\ue005])(?P<woorden>[^\ue006]*)\ue006"
)
_LINK: Final = re.compile("\ue000[^\ue001]*\ue001([^\ue002]*)\ue002")


class Run(NamedTuple):
    """Some words: ordinary, new or gone in a comparison, strong; `naar` where they lead («#begrip-norm», or an address)."""

    tekst: str
    soort: Literal["gewoon", "nieuw", "oud", "sterk"] = "gewoon"
    naar: str | None = None


def data(text: str) -> str:
    """A text of a file: one line, without marks."""
    return _MARKS.sub("", plain(text))


def link(text: str, naar: str) -> str:
    """Words that lead somewhere."""
    return f"{_OPEN}{naar}{_MID}{bare(text)}{_SHUT}"


def new(text: str) -> str:
    """Words that a newer version added."""
    return f"{_NEW}{bare(text)}{_END}"


def old(text: str) -> str:
    """Words that a newer version took out."""
    return f"{_OLD}{bare(text)}{_END}"


def strong(text: str) -> str:
    """Words that stand out."""
    return f"{_STRONG}{bare(text)}{_END}"


def bare(text: str) -> str:
    """The words without their marks."""
    return _MARKS.sub("", _LINK.sub(r"\1", text))


def inside(text: str, at: int) -> bool:
    """Does a place lie inside a mark, where nothing can be cut?"""
    before = text[:at]
    return before.count(_OPEN) > before.count(_SHUT)


def upper(text: str) -> str:
    """A capital in front, also of a link."""
    at = text.index(_MID) + 1 if text.startswith(_OPEN) else 1 if text[:1] in (_NEW, _OLD, _STRONG) else 0
    if text.startswith("één", at):
        return text[:at] + "Eén" + text[at + 3 :]  # Dutch has no accent on a capital
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def lower(text: str) -> str:
    """A small letter in front, where that is no name or abbreviation; also of a link."""
    at = text.index(_MID) + 1 if text.startswith(_OPEN) else 1 if text[:1] in (_NEW, _OLD, _STRONG) else 0
    return text[:at] + lower_word(text[at:])


def sentence(text: str) -> str:
    """A capital in front and a stop behind."""
    text = upper(text.strip())
    return text if not text or bare(text).endswith((".", "!", "?", ":", "…")) else text + "."


def runs(text: str) -> Iterator[Run]:
    """The words with their marks, in order."""
    at = 0
    for found in _RUN.finditer(text):
        if found.start() > at:
            yield Run(_MARKS.sub("", text[at : found.start()]))
        if found["naar"] is not None:
            yield Run(_MARKS.sub("", found["link"]), naar=found["naar"])
        else:
            kinds: dict[str, Literal["nieuw", "oud", "sterk"]] = {_NEW: "nieuw", _OLD: "oud", _STRONG: "sterk"}
            yield Run(bare(found["woorden"]), kinds[found["soort"]])
        at = found.end()
    if at < len(text):
        yield Run(_MARKS.sub("", text[at:]))
