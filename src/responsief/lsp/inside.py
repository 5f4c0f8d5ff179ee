"""An expression up to the cursor: which word is being typed, which names stand before it, and of which list the entry is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from responsief.ir.types import Field, Kind, Record, situation_schema

LISTED: Final = ("aantal", "som", "bestaat", "alle")

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+)
      | (?P<tekst>'[^']*'?|"[^"]*"?)
      | (?P<datum>\d{4}-\d\d-\d\d(?!\d))
      | (?P<getal>(?:€\s*)?-?\d[\d.,]*)
      | (?P<woord>[^\W\d]\w*)
      | (?P<teken><=|>=|!=|.)
    """,
    re.VERBOSE | re.DOTALL,
)

#: words after which something must still come
_SAYS_MORE: Final = frozenset(
    ["en", "of", "niet", "tussen", "in", "is", "van", "op", "waar", "min", "max", "afronden", "naar", "boven", "beneden"]
)


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int

    @property
    def end(self) -> int:
        return self.at + len(self.text)


def tokens(text: str) -> list[Token]:
    """The words and signs of an expression, whatever is wrong with it."""
    found = []
    for one in _TOKEN.finditer(text):
        kind = one.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, one.group(), one.start()))
    return found


@dataclass(frozen=True, slots=True)
class Path:
    """A name with dots, as written: its steps with their places, and the list whose entry it may be about."""

    steps: tuple[Token, ...]
    entry: tuple[str, ...] | None

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(step.text for step in self.steps)


def paths(text: str) -> Iterator[Path]:
    """Every name with dots in an expression (words of the language among them), with the entry that it stands in."""
    read = tokens(text)
    frames: list[_Frame] = []
    at = 0
    while at < len(read):
        token = read[at]
        if token.kind == "woord":
            steps = [token]
            while at + 2 < len(read) and read[at + 1].text == "." and read[at + 2].kind == "woord":
                steps.append(read[at + 2])
                at += 2
            if frames and token.text == "waar" and len(steps) == 1 and frames[-1].listed:
                frames[-1].where = True
            elif frames and frames[-1].listed and not frames[-1].where and frames[-1].path is None:
                frames[-1].path = tuple(step.text for step in steps)
                yield Path(tuple(steps), _entry(frames[:-1]))
            else:
                yield Path(tuple(steps), _entry(frames))
        else:
            _bracket(frames, read, at)
        at += 1


@dataclass(slots=True)
class _Frame:
    listed: bool
    path: tuple[str, ...] | None = None
    where: bool = False


def _bracket(frames: list[_Frame], read: list[Token], at: int) -> None:
    if read[at].text == "(":
        frames.append(_Frame(at > 0 and read[at - 1].text in LISTED))
    elif read[at].text == ")" and frames:
        frames.pop()


def _entry(frames: list[_Frame]) -> tuple[str, ...] | None:
    """The list whose entry is meant: the paths of the lists around, the inner one after the outer."""
    found: tuple[str, ...] | None = None
    for frame in frames:
        if frame.where and frame.path:
            found = (*(found or ()), *frame.path, "*")
    return found


@dataclass(frozen=True, slots=True)
class Inside:
    """Where the cursor is. `word` is what was typed of a word, `before` the steps in front of its dot; `text`: what was typed
    of a text between quotes (None when it is not between quotes); `compared`: the name that is compared with it; `entry` the
    list whose entry is meant; `value_done`: a value was written already, so a sign or word comes next."""

    word: str
    before: tuple[str, ...]
    text: str | None
    compared: tuple[str, ...]
    entry: tuple[str, ...] | None
    value_done: bool
    after_is: bool


def inside(before: str) -> Inside:
    """What an expression says up to the cursor."""
    read = tokens(before)
    last = read[-1] if read else Token("begin", "", 0)
    text: str | None = None
    word = ""
    if last.kind == "tekst" and (len(last.text) == 1 or last.text[-1] != last.text[0]):
        text = last.text[1:]
        read = read[:-1]
    elif last.kind == "woord" and last.end == len(before):
        word = last.text
        read = read[:-1]
    steps: list[str] = []
    while read and read[-1].text == ".":
        read = read[:-1]
        if not read or read[-1].kind != "woord":
            break
        steps.insert(0, read[-1].text)
        read = read[:-1]
    previous = read[-1] if read else Token("begin", "", 0)
    ended = previous.kind in ("tekst", "datum", "getal") or previous.text in (")", "]", "%")
    ended = ended or (previous.kind == "woord" and previous.text not in _SAYS_MORE)
    return Inside(
        word,
        tuple(steps),
        text,
        _compared(read),
        _entry_at(read),
        ended and not steps and text is None and (not word or previous.end < last.at),
        previous.text == "is",
    )


def _compared(read: list[Token]) -> tuple[str, ...]:
    """The name before «=», «!=» or «in [»."""
    at = len(read) - 1
    while at >= 0 and (read[at].text in (",", "[") or read[at].kind in ("tekst",)):
        at -= 1
    if at < 0 or read[at].text not in ("=", "!=", "in"):
        return ()
    at -= 1
    steps: list[str] = []
    while at >= 0 and read[at].kind == "woord":
        steps.insert(0, read[at].text)
        if at < 1 or read[at - 1].text != ".":
            break
        at -= 2
    return tuple(steps)


def _entry_at(read: list[Token]) -> tuple[str, ...] | None:
    frames: list[_Frame] = []
    at = 0
    while at < len(read):
        token = read[at]
        if token.kind == "woord" and frames and frames[-1].listed and not frames[-1].where:
            if token.text == "waar" and frames[-1].path:
                frames[-1].where = True
            else:
                steps = [token.text]
                while at + 2 < len(read) and read[at + 1].text == "." and read[at + 2].kind == "woord":
                    steps.append(read[at + 2].text)
                    at += 2
                frames[-1].path = frames[-1].path or tuple(steps)
        else:
            _bracket(frames, read, at)
        at += 1
    return _entry(frames)


# --- the fields of a situation -----------------------------------------------------------------------------------------


def entry_record(entry: tuple[str, ...] | None) -> Record | None:
    """The fields of one entry of a list (`_entry`: every path ends with «*»); None when that is no list."""
    if entry is None:
        return None
    record: Record | None = None
    steps: list[str] = []
    for step in entry:
        if step != "*":
            steps.append(step)
            continue
        found = field_at(tuple(steps), record)
        if found is None or found.type.kind is not Kind.LIJST:  # som(lijst.veld waar …)
            found = field_at(tuple(steps[:-1]), record)
        record = found.type.record if found is not None and found.type.kind is Kind.LIJST else None
        if record is None:
            return None
        steps = []
    return record


def field_at(steps: tuple[str, ...], within: Record | None = None) -> Field | None:
    """The field at a path: of the entry that it is about, or else of the situation; None when there is none."""
    if not steps:
        return None
    for record in (within, situation_schema()):
        found: Field | None = None
        here = record
        for step in steps:
            found = here.fields.get(step) if here is not None else None
            if found is None:
                break
            here = found.type.record
        if found is not None:
            return found
    return None
