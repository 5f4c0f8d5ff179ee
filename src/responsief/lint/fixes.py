"""Safe changes: which findings carry one, a text with them made, and whether two registers mean the same.

A change is safe when every decision stays the same: only words that people read may differ, and those only in how they are written.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from responsief.diagnostics import Diagnostic, Edit
from responsief.facts import Soort
from responsief.ir import nodes as ir
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.source import Source

_UNREAD: Final = frozenset({"sha256"})  # of the text, not of what it means
_WRITING: Final = re.compile(r"[\W_]+")


def edits_of(findings: Iterable[Diagnostic]) -> dict[Source, list[Edit]]:
    """The changes that findings offer, by file. Of two in one place the first is made; the other gets its turn later."""
    found: dict[Source, list[Edit]] = {}
    for one in findings:
        mine = [*one.herstel]
        taken = [e for edit in mine for e in found.get(edit.source, ()) if e.start < edit.end and edit.start < e.end]
        if not any(edit not in mine for edit in taken):
            for edit in mine:
                found.setdefault(edit.source, [])
                if edit not in found[edit.source]:
                    found[edit.source].append(edit)
    return found


def changed(source: Source, edits: Iterable[Edit]) -> str:
    """The text of a file after changes that don't overlap."""
    text = source.text
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def same_meaning(one: tuple[Checker, Catalogue], other: tuple[Checker, Catalogue]) -> bool:
    """Do two registers decide alike? Expressions must be the same; of words only capitals, spaces and marks may differ."""
    return bool(sense(one[0].rulesets) == sense(other[0].rulesets) and sense(one[1]) == sense(other[1]))


def _kept(marks: re.Match[str]) -> str:
    """What is left of signs that are no letters: between digits they count, as «art. 5.2» is not «art. 52»."""
    text, start, end = marks.string, marks.start(), marks.end()
    between = text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()
    return " ".join(marks.group().split()) or " " if between else ""


def sense(value: Any) -> Any:
    """What something means, without its places and without how its words are written."""
    if isinstance(value, str):
        return _WRITING.sub(_kept, value).casefold()
    if isinstance(value, ir.Node) or value is None:
        return value  # a condition: compared as it is
    if isinstance(value, Soort):
        return vars(value)
    if dataclasses.is_dataclass(value):
        kept = (f.name for f in dataclasses.fields(value) if f.compare and f.name not in _UNREAD)
        return {name: sense(getattr(value, name)) for name in kept}
    if isinstance(value, Mapping):
        return {key: sense(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [sense(one) for one in value]
    return value
