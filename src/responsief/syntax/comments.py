"""A YAML file as parts with the comments that belong to them.

A part is an entry of a group, an item of a list, or the whole file. A comment on its own line belongs to the part that it stands
above, or to the end of a block; a comment behind something belongs to that.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final

from responsief.source import Scalar, Source
from responsief.syntax.nodes import Document, Mapping, Sequence, Yaml
from responsief.syntax.shapes import KINDS, TEXT, item, under

_BLOCK_HEAD: Final = re.compile(r"[|>][-+0-9]*[^\S\n]+(#[^\n]*)")


@dataclass(slots=True)
class Comment:
    """`blank`: an empty line stands above it."""

    text: str
    blank: bool = False


@dataclass(slots=True)
class Part:
    """`key` is None for an item and for the file. `start` and `end` are indexes in the text, `column` counts from 0."""

    key: Scalar | None
    node: Yaml
    shape: str
    start: int
    end: int = 0
    column: int = 0
    flow: bool = False
    blank: bool = False
    parts: list[Part] = field(default_factory=list)
    above: list[Comment] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    below: list[Comment] = field(default_factory=list)

    @property
    def block(self) -> bool:
        """Does its value stand on lines of its own, as keys or with dashes?"""
        return bool(self.parts) and not self.flow

    @property
    def commented(self) -> bool:
        """Is there any comment inside?"""
        return bool(self.below) or any(p.above or p.beside or p.commented for p in self.parts)


Relation = tuple[tuple[str | int, ...], str, str]


def parts_of(document: Document) -> Part:
    """The file as parts, its comments in their places, its keys still in the writer's order."""
    return _Builder(document.source).whole(document.root)


def settle(part: Part) -> None:
    """Put the comments of a part where they can be written, once it is known which parts stand on lines of their own."""
    for inner in part.parts:
        settle(inner)
    if not part.parts and part.below:  # an empty list or group has no inside
        part.above += part.below
        part.below = []
    if (
        part.block and part.key is None and part.column >= 0
    ):  # what stands between a dash and its first key stands above the dash
        part.above += [Comment(text) for text in part.beside] + part.parts[0].above
        part.beside, part.parts[0].above = [], []
    if len(part.beside) > 1:
        part.above += [Comment(text) for text in part.beside[:-1]]
        part.beside = part.beside[-1:]


def relations(part: Part) -> list[Relation]:
    """Every comment with the part that it belongs to and where it stands, from top to bottom."""
    found: list[Relation] = []
    _relate(part, (), found)
    return found


def _relate(part: Part, path: tuple[str | int, ...], found: list[Relation]) -> None:
    if part.above or part.beside:
        found += [(path, "boven", c.text) for c in part.above]
        found += [(path, "naast", text) for text in part.beside]
    for number, inner in enumerate(part.parts):
        if inner.parts or inner.above or inner.beside or inner.below:
            _relate(inner, (*path, inner.key.value if inner.key is not None else number), found)
    found += [(path, "onder", c.text) for c in part.below]


class _Builder:
    def __init__(self, source: Source) -> None:
        self.source = source
        self.text = source.text
        self.order: list[Part] = []  # from top to bottom
        self.found: list[int] = []  # where the comments between the scalars start
        self.heads: list[tuple[Part, str]] = []  # comments behind «>-» and «|»
        self.lines = source.starts

    def whole(self, root: Mapping) -> Part:
        kind = next((key for key in KINDS if key in root.entries), TEXT)
        part = Part(None, root, kind, self.start_of(root), column=-1)
        part.flow = self.text[part.start : part.start + 1] == "{"
        self.gap(0, part.start)
        self.fill(part, part.start)
        self.gap(part.end, len(self.text))
        self.place_all(part)
        return part

    # the parts

    def start_of(self, node: Yaml) -> int:
        if isinstance(node, Scalar):
            return node.start
        return self.source.index(node.span.line, node.span.column)

    def fill(self, part: Part, cursor: int) -> int:
        """Make what is inside a part; gives the index where it ends. `cursor`: how far the text was read."""
        node = part.node
        if isinstance(node, Scalar):
            if node.start >= cursor:
                self.gap(cursor, node.start)
            part.end = max(cursor, node.end) if node.end > node.start else cursor
            self.read_head(part, node)
            return part.end
        start = self.start_of(node)
        if start >= cursor:
            self.gap(cursor, start)
            cursor = start
        part.flow = part.flow or self.text[start : start + 1] in ("[", "{")
        mark = part.flow and self.text[start : start + 1] in ("[", "{")
        if mark:
            cursor += 1
        for key, value in node.entries.values() if isinstance(node, Mapping) else ((None, v) for v in node.items):
            cursor = self.inner(part, key, value, cursor)
        part.end = self.closing(cursor) if mark else cursor
        return part.end

    def inner(self, part: Part, key: Scalar | None, value: Yaml, cursor: int) -> int:
        start = key.start if key is not None else self.start_of(value)
        if start > cursor:
            self.gap(cursor, start)
        made = Part(key, value, under(part.shape, key.value) if key is not None else item(part.shape), start, flow=part.flow)
        if not part.flow:
            dash = start
            if key is None:
                dash = self.dash(cursor, start)
            line = self.text.rfind("\n", 0, dash) + 1
            made.column = dash - line
            made.blank = not self.text[line:dash].strip() and self.blank_above(dash)
        part.parts.append(made)
        self.order.append(made)
        end = self.fill(made, key.end if key is not None else start)
        made.flow = made.flow and not isinstance(value, Scalar)
        return end

    def dash(self, cursor: int, start: int) -> int:
        """Where the dash of an item stands: before its value, and not in a comment."""
        found = self.text.find("-", cursor, start)
        comment = self.text.find("#", cursor, start)
        while 0 <= comment < found:
            cursor = self.text.find("\n", comment)
            found, comment = self.text.find("-", cursor, start), self.text.find("#", cursor, start)
        return found if found >= 0 else start

    def closing(self, cursor: int) -> int:
        """Past the bracket that closes what stands between [ ] or { }, from behind its last part."""
        text = self.text
        while text[cursor] not in "]}":
            if text[cursor] == "#":
                self.found.append(cursor)
                cursor = text.find("\n", cursor)
            cursor += 1
        return cursor + 1

    def read_head(self, part: Part, scalar: Scalar) -> None:
        if self.text[scalar.start : scalar.start + 1] in ("|", ">") and (
            head := _BLOCK_HEAD.match(self.text, scalar.start, scalar.end)
        ):
            self.heads.append((part, head[1].rstrip()))

    # the comments

    def gap(self, start: int, end: int) -> None:
        """Between two scalars a «#» can only begin a comment."""
        at = self.text.find("#", start, end)
        while at >= 0:
            self.found.append(at)
            line_end = self.text.find("\n", at)
            at = self.text.find("#", line_end, end) if 0 <= line_end < end else -1

    def blank_above(self, index: int) -> bool:
        line = self.text.rfind("\n", 0, index)
        above = self.text.rfind("\n", 0, line)
        return line > 0 and not self.text[above + 1 : line].strip()

    def place_all(self, root: Part) -> None:
        ended: dict[int, list[Part]] = {}
        began: dict[int, list[Part]] = {}
        behind = {line for at in self.found if self.text[self.lines[line := self.line(at)] : at].strip()}
        for part in self.order if behind else ():
            if (line := self.line(part.start)) in behind:
                began.setdefault(line, []).append(part)
            if not part.block and (line := self.line(max(part.start, part.end - 1))) in behind:
                ended.setdefault(line, []).append(part)
        lasts: tuple[int, int] = (-1, -1)  # the gap, and how deep the last comment in it went
        index = 0
        for part, text in self.heads:
            part.beside.append(text)
        for at in self.found:
            while index < len(self.order) and self.order[index].start <= at:
                index += 1
            following = self.order[index] if index < len(self.order) else None
            line_end = self.text.find("\n", at)
            text = self.text[at : line_end if line_end >= 0 else len(self.text)].rstrip()
            line = self.line(at)
            column = at - self.lines[line]
            if line in behind and self.text[self.lines[line] : at].strip():
                owner = self.beside(at, ended.get(line, []), began.get(line, []))
                if owner is not None:
                    owner.beside.append(text)
                    continue
                column = -1  # behind a dash: above what follows it
            comment = Comment(text, self.blank_above(at))
            depth = lasts[1] if lasts[0] == index else 1 << 30
            lasts = (index, self.own_line(root, at, column, following, comment, depth))

    def line(self, index: int) -> int:
        return bisect_right(self.lines, index) - 1

    def beside(self, at: int, ended: list[Part], began: list[Part]) -> Part | None:
        """What a comment behind something stands behind: the largest that ended before it, or what was just opened."""
        best, where = None, -1
        for part in began:
            if where <= part.start < at and (part.end > at or part.block):
                best, where = part, part.start
        for part in ended:
            if part.end <= at and part.end > where:
                best, where = part, part.end
        return best

    def own_line(self, root: Part, at: int, column: int, following: Part | None, comment: Comment, depth: int) -> int:
        """Give a comment on its own line to a part; gives how deep that was: the next one in this gap goes no deeper."""
        chain = self.chain(root, at)  # the blocks that end here, or go on, from the outside in
        within = max((n for n, part in enumerate(chain) if part.start < at < part.end), default=0)
        inner = chain[within]
        if not isinstance(inner.node, Mapping | Sequence):  # between a key and its one value
            inner.above.append(comment)
            return within
        goes_on = following is not None and any(part is following for part in inner.parts)
        closed = [n for n in range(within + (1 if goes_on else 0), min(len(chain), depth + 1)) if chain[n].block or n == within]
        low = following.column if following is not None and goes_on and not inner.flow else -1
        for n in reversed(closed):
            if n == within or low < chain[n].parts[0].column <= column:
                while n - 1 in closed and n - 1 > within and chain[n - 1].parts[0].column == chain[n].parts[0].column:
                    n -= 1  # dashes straight under their key: it may well be about the group that the key is in
                if n > within or not goes_on:
                    chain[n].below.append(comment)
                    return n
        assert following is not None
        following.above.append(comment)
        return -1

    def chain(self, root: Part, at: int) -> list[Part]:
        """The part that holds an index, or the one before it, at each depth."""
        chain = [root]
        while True:
            before = [p for p in chain[-1].parts if p.start < at]
            if not before:
                return chain
            last = before[-1]
            if not (last.block or last.start < at < last.end):
                return chain
            chain.append(last)
