"""The parts of a file, for the outline of an editor and for folding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from responsief.lsp.tree import Entry, Node
from responsief.lsp.world import Page

DEEP = 3  # levels that an outline shows


@dataclass(slots=True)
class Part:
    """One part: its name with what is said of it, the characters of the whole and those of its name."""

    name: str
    detail: str
    kind: str  # groep · lijst · waarde · criterium …
    start: int
    end: int
    name_start: int
    name_end: int
    parts: list[Part] = field(default_factory=list)


def outline(page: Page) -> list[Part]:
    """The parts of a page, the inner ones inside the outer ones."""
    return [*_parts(page.tree.root, 1)]


def _parts(node: Node, level: int) -> Iterator[Part]:
    for number, entry in enumerate(node.entries, 1):
        if not entry.colon:
            continue
        part = _part(entry, number)
        if entry.node.kind != "waarde" and level < DEEP and not (level > 1 and entry.node.flow):
            part.parts = [
                inner for inner in _parts(entry.node, level + 1) if level == 1 or inner.parts or inner.kind != "waarde"
            ]
        if entry.key or part.name:
            yield part


def _part(entry: Entry, number: int) -> Part:
    node = entry.node
    start, end = entry.start, max(entry.end, node.end)
    if entry.key:
        said = " ".join(node.text.split())[:80] if node.kind == "waarde" else node.value("label") or node.value("titel")
        return Part(entry.key, said, node.kind, start, end, entry.start, entry.end)
    named = next((inner for key in ("id", "naam") if node.kind == "groep" and (inner := node.get(key)) is not None), None)
    if named is not None and named.text.strip():
        text = " ".join(named.text.split())
        return Part(
            text, node.value("titel") or node.value("label"), node.kind, start, end, named.start, max(named.start, named.end)
        )
    said = " ".join(node.text.split())[:80]
    return Part(said or str(number), "", node.kind, start, end, min(node.start, end), min(max(node.start, node.end), end))


def folds(page: Page) -> list[tuple[int, int]]:
    """Stretches of lines (from 0) that can be folded to their first."""
    found: set[tuple[int, int]] = set()
    _folds(page, page.tree.root, found)
    return sorted(found)


def _folds(page: Page, node: Node, found: set[tuple[int, int]]) -> None:
    for entry in node.entries:
        first = page.tree.line_of(min(entry.start, entry.node.start))
        last = page.tree.line_of(max(entry.end, entry.node.end - 1, 0))
        if last > first:
            found.add((first, last))
        _folds(page, entry.node, found)
