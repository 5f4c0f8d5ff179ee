"""The structure of a YAML text that need not be right: who types is always in the middle of something.

`syntax.from_yaml` says what a file means, or why it means nothing. This says what was probably meant, line by line, and never
fails: a key without its colon, a quote that is not closed yet, a line that springs in too far.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

MAX_DEPTH: Final = 60

_KEY: Final = re.compile(r"""("[^"\n]*"|'[^'\n]*'|[^\s#'"\[\]{}&*!|>%@,-][^:#\n]*?|-?[\w][^:#\n]*?)\s*:(?=\s|$)""")
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#")
_SPACE: Final = re.compile("[ \t\ufeff]*")
_NOTHING: Final = ("", "\n", "\r", "#")
_ENDS: Final = ("", "\n", "\r")
_BLOCK: Final = re.compile(r"[|>][+-]?\d?[+-]?\s*(?:#.*)?$")


@dataclass(slots=True)
class Node:
    """A group, a list or one value: characters `start` up to `end`. Of a value `text` is what stands between its quotes, from
    `inner` on; `style` is how it is written: plain, ', ", or | for a text of several lines."""

    kind: Literal["groep", "lijst", "waarde"]
    start: int
    end: int
    entries: list[Entry] = field(default_factory=list)
    flow: bool = False
    text: str = ""
    inner: int = 0
    style: str = ""
    below: bool = False  # a value on a line of its own, under its key or behind a dash: a key may still come of it

    @property
    def first(self) -> int:
        """Where the first word of a value stands: a text of several lines begins with white space."""
        return self.inner + len(self.text) - len(self.text.lstrip())

    def get(self, key: str) -> Node | None:
        """The value of a key."""
        for entry in self.entries:  # asked hundreds of times for one list of words: a generator takes twice as long
            if entry.key == key and entry.colon:
                return entry.node
        return None

    def value(self, key: str) -> str:
        """The text of a key; empty where there is none."""
        node = self.get(key)
        return node.text.strip() if node is not None else ""


@dataclass(slots=True)
class Entry:
    """One key with its value, or one item of a list (`key` empty). `colon`: was it written yet?"""

    key: str
    start: int
    end: int
    node: Node
    colon: bool = True


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at a place of a text. `path` leads to the value (of a key: to the group that it stands in); `groups` are the
    groups and lists around it, from the root; `entry` is the key or item; `node` the value, or None when it is a key."""

    path: tuple[str | int, ...]
    groups: tuple[Node, ...]
    entry: Entry | None
    node: Node | None


class Tree:
    """A text with its structure and its lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self.root = _Reader(text, self.starts).document()

    def line_of(self, at: int) -> int:
        """The line (from 0) of a character."""
        return bisect_right(self.starts, at) - 1

    def line(self, number: int) -> str:
        """The text of a line (from 0), without its end."""
        if not 0 <= number < len(self.starts):
            return ""
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)
        return self.text[self.starts[number] : end].rstrip("\r\n")

    def spot(self, at: int) -> Spot | None:
        """What stands at a character: a key or a value that touches it."""
        path: list[str | int] = []
        groups: list[Node] = []
        here = self.root
        while True:
            if here.kind == "waarde":
                return None
            groups.append(here)
            found = _touching(here, at)
            if found is None:
                return None
            index, entry = found
            if entry.key and entry.start <= at <= entry.end:
                return Spot(tuple(path), tuple(groups), entry, None)
            path.append(entry.key or index)
            here = entry.node
            if here.kind == "waarde":
                return Spot(tuple(path), tuple(groups), entry, here) if here.start <= at <= here.end else None

    def walk(self) -> Iterator[Spot]:
        """Every key and every value, in the order written."""
        yield from _walk(self.root, (), ())


def _walk(node: Node, path: tuple[str | int, ...], groups: tuple[Node, ...]) -> Iterator[Spot]:
    around = (*groups, node)
    for index, entry in enumerate(node.entries):
        if entry.key:
            yield Spot(path, around, entry, None)
        inner = (*path, entry.key or index)
        if entry.node.kind == "waarde":
            if entry.colon:
                yield Spot(inner, around, entry, entry.node)
        else:
            yield from _walk(entry.node, inner, around)


def _touching(node: Node, at: int) -> tuple[int, Entry] | None:
    """The last entry that starts at or before a character and reaches it."""
    found = None
    for index, entry in enumerate(node.entries):
        start = entry.start if entry.key else min(entry.start, entry.node.start)
        if start <= at <= max(entry.end, entry.node.end):
            found = (index, entry)
        elif start > at:
            break
    return found


class _Reader:
    """Lines -> nodes. `at` is the next line; `column` is where its content starts (behind dashes that were read)."""

    def __init__(self, text: str, starts: list[int]) -> None:
        self.text = text
        self.starts = starts
        self.at = 0
        self.column = 0  # of the line `at`: what stands before was read already
        self.depth = 0

    # lines

    def end_of(self, line: int) -> int:
        end = self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)
        return end - 1 if end > self.starts[line] and self.text[end - 1] == "\r" else end

    def next(self) -> int:
        """The column of the next line with content; -1 at the end. White space and comments are passed over."""
        while self.at < len(self.starts):
            start = self.starts[self.at]
            here = self.past_space(start + self.column)
            if self.text[here : here + 1] not in _NOTHING and not self.text.startswith("---", start):
                return here - start
            self.at, self.column = self.at + 1, 0
        return -1

    def indent_of(self, line: int) -> int:
        """Where the text of a line starts; a large number for an empty one."""
        start = self.starts[line]
        here = self.past_space(start)
        return here - start if self.text[here : here + 1] not in _ENDS else 1 << 20

    def past_space(self, here: int) -> int:
        found = _SPACE.match(self.text, here)
        return found.end() if found is not None else here

    def done(self, at: int) -> None:
        """Everything up to a character was read: go on behind its line."""
        self.at, self.column = bisect_right(self.starts, at, lo=self.at), 0

    # blocks

    def document(self) -> Node:
        root = Node("groep", 0, len(self.text))
        while (column := self.next()) >= 0:
            before = (self.at, self.column)
            found = self.block(min(column, 0))
            root.entries += found.entries if found.kind == "groep" else [Entry("", found.start, found.start, found)]
            if (self.at, self.column) == before:  # never stand still
                self.at, self.column = self.at + 1, 0
        return root

    def block(self, least: int, parent: int = -1) -> Node:
        """What stands from the next line on, indented at least so far; an empty value when that is nothing."""
        column = self.next()
        if column < least or self.depth > MAX_DEPTH:
            here = min(self.starts[self.at] if self.at < len(self.starts) else len(self.text), len(self.text))
            return Node("waarde", here, here, inner=here)
        self.depth += 1
        try:
            return self.of_kind(column, parent)
        finally:
            self.depth -= 1

    def of_kind(self, column: int, parent: int) -> Node:
        here = self.starts[self.at] + column
        end = self.end_of(self.at)
        if self.dash(here, end):
            return self.items(column)
        if _KEY.match(self.text, here, end):
            return self.group(column)
        if self.text[here] in "{[\"'|>":
            return self.inline(here, end, max(parent, -1))
        if self.keys_follow(column):
            return self.group(column)
        found = self.plain(here, end, column - 1)
        found.below = True
        return found

    def keys_follow(self, column: int) -> bool:
        """Does a key follow at the same indentation: is this line a key that is still being typed?"""
        for line in range(self.at + 1, min(self.at + 40, len(self.starts))):
            indent = self.indent_of(line)
            if indent == 1 << 20:
                continue
            if indent < column:
                return False
            if indent == column:
                here = self.starts[line] + indent
                if self.text[here] != "#":
                    return _KEY.match(self.text, here, self.end_of(line)) is not None
        return False

    def dash(self, here: int, end: int) -> bool:
        return self.text[here] == "-" and (here + 1 >= end or self.text[here + 1] in " \t")

    def items(self, column: int) -> Node:
        start = self.starts[self.at] + column
        found = Node("lijst", start, start)
        while self.next() == column and self.dash(self.starts[self.at] + column, self.end_of(self.at)):
            here, end, line = self.starts[self.at] + column, self.end_of(self.at), self.at
            self.column = column + 1
            inner = self.next()
            if self.at == line:
                node = self.block(0, column)
            elif inner > column:
                node = self.block(column + 1, column)
            else:
                node = Node("waarde", min(here + 2, end), end, inner=min(here + 2, end), below=True)
            found.entries.append(Entry("", here, here + 1, node))
            found.end = max(found.end, node.end, here + 1)
        return found

    def group(self, column: int) -> Node:
        start = self.starts[self.at] + column
        found = Node("groep", start, start)
        while (now := self.next()) >= column:
            here, end = self.starts[self.at] + now, self.end_of(self.at)
            if self.dash(here, end) and now == column:
                break
            key = _KEY.match(self.text, here, end)
            if key is None:
                found.entries.append(self.loose(here, end))
            else:
                found.entries.append(self.entry(key, column, end))
            last = found.entries[-1]
            found.end = max(found.end, last.end, last.node.end)
        return found

    def loose(self, here: int, end: int) -> Entry:
        """A line without a colon: a key that is still being typed, or something that does not belong here."""
        comment = _COMMENT.search(self.text, here, end)
        stop = here + len(self.text[here : comment.start() if comment else end].rstrip())
        self.at, self.column = self.at + 1, 0
        return Entry(self.text[here:stop], here, stop, Node("waarde", stop, stop, inner=stop), colon=False)

    def entry(self, key: re.Match[str], column: int, end: int) -> Entry:
        quoted = key[1][:1] in "'\"" and len(key[1]) > 1
        name = key[1][1:-1] if quoted else key[1]
        start = key.start(1) + quoted
        here = key.end()
        while here < end and self.text[here] in " \t":
            here += 1
        line = self.at
        if here < end and self.text[here] != "#":
            node = self.inline(here, end, column)
        else:
            self.at, self.column = line + 1, 0
            following = self.next()
            listed = following == column and self.dash(self.starts[self.at] + column, self.end_of(self.at))
            if following > column or listed:
                node = self.block(following, column)
            else:
                here = min(key.end() + 1, end)
                node = Node("waarde", here, max(here, min(end, len(self.text))), inner=here)
                node.end = here if self.text[here:end].strip() else max(here, end)
        return Entry(name, start, start + len(name), node)

    # values

    def inline(self, here: int, end: int, column: int) -> Node:
        """A value that starts on the line of its key."""
        first = self.text[here]
        if first in "{[":
            reach = self.reach(column)
            found, _ = self.flow(here, reach, 0)
            self.done(max(here, found.end - 1))
            return found
        if first in "'\"":
            found = self.quoted(here, self.reach(column))
            self.done(max(here, found.end - 1))
            return found
        if _BLOCK.match(self.text, here, end):
            return self.text_block(here, end, column)
        return self.plain(here, end, column)

    def reach(self, column: int) -> int:
        """How far a value can go on: up to the next line that is indented no further than its key."""
        line = self.at + 1
        while line < len(self.starts) and self.indent_of(line) > column:
            line += 1
        return self.end_of(line - 1)

    def text_block(self, here: int, end: int, column: int) -> Node:
        stop = self.reach(column)
        self.done(max(here, stop - 1) if stop > end else here)
        inner = min(end + 1, stop)
        return Node("waarde", here, max(stop, end), text=self.text[inner:stop], inner=inner, style="|")

    def plain(self, here: int, end: int, column: int) -> Node:
        comment = _COMMENT.search(self.text, here, end)
        stop = here + len(self.text[here : comment.start() if comment else end].rstrip())
        self.at, self.column = self.at + 1, 0
        while comment is None and self.at < len(self.starts) and column < self.indent_of(self.at) < 1 << 20:
            start, end = self.starts[self.at] + self.indent_of(self.at), self.end_of(self.at)
            if self.text[start] == "#" or self.dash(start, end) or _KEY.match(self.text, start, end):
                break
            comment = _COMMENT.search(self.text, start, end)
            stop = start + len(self.text[start : comment.start() if comment else end].rstrip())
            self.at += 1
        return Node("waarde", here, stop, text=self.text[here:stop], inner=here)

    def quoted(self, here: int, limit: int) -> Node:
        quote = self.text[here]
        close = here + 1
        while close < limit:
            if quote == '"' and self.text[close] == "\\":
                close += 2
                continue
            if self.text[close] == quote:
                if quote == "'" and self.text.startswith("''", close) and close + 1 < limit:
                    close += 2
                    continue
                return Node("waarde", here, close + 1, text=self.text[here + 1 : close], inner=here + 1, style=quote)
            close += 1
        end = self.text.find("\n", here, limit)  # not closed: it stops with its line
        stop = min(end if end >= 0 else limit, limit)
        return Node("waarde", here, max(stop, here + 1), text=self.text[here + 1 : stop], inner=here + 1, style=quote)

    # { } and [ ]

    def blank(self, here: int, limit: int) -> int:
        matched = _FLOW_BLANK.match(self.text, here, limit)
        return matched.end() if matched is not None else here

    def flow(self, here: int, limit: int, depth: int) -> tuple[Node, int]:
        """A value between { } or [ ], and the character behind it."""
        if here < limit and self.text[here] in "{[" and depth < MAX_DEPTH:
            return self.flow_group(here, limit, depth)
        if here < limit and self.text[here] in "'\"":
            found = self.quoted(here, limit)
            return found, found.end
        matched = _FLOW_PLAIN.match(self.text, here, limit)
        end = matched.end() if matched is not None else here
        stop = here + len(self.text[here:end].rstrip())
        return Node("waarde", here, stop, text=self.text[here:stop], inner=here), max(end, stop)

    def flow_group(self, here: int, limit: int, depth: int) -> tuple[Node, int]:
        listed = self.text[here] == "["
        found = Node("lijst" if listed else "groep", here, here + 1, flow=True)
        at = here + 1
        while at < limit:
            at = self.blank(at, limit)
            if at >= limit:
                break
            if self.text[at] in "]}":
                found.end = at + 1
                return found, at + 1
            if self.text[at] == ",":
                at += 1
                continue
            before = at
            key = _FLOW_KEY.match(self.text, at, limit) if not listed else None
            if key is not None:
                at = self.flow_entry(found, key, limit, depth)
            else:
                node, at = self.flow(at, limit, depth + 1)
                if listed:
                    found.entries.append(Entry("", node.start, node.start, node))
                else:
                    stop = Node("waarde", node.end, node.end, inner=node.end)
                    found.entries.append(Entry(node.text, node.inner, node.inner + len(node.text), stop, colon=False))
            at = max(at, before + 1)
        found.end = min(at, limit)
        return found, found.end

    def flow_entry(self, found: Node, key: re.Match[str], limit: int, depth: int) -> int:
        quoted = key[1][:1] in "'\"" and len(key[1]) > 1
        name = key[1][1:-1] if quoted else key[1]
        start = key.start(1) + quoted
        node, at = self.flow(self.blank(key.end(), limit), limit, depth + 1)
        if node.kind == "waarde" and not node.text and not node.style:  # nothing yet: it stands right behind the colon
            node.start = node.inner = min(key.end() + 1, max(node.start, key.end()))
            node.end = max(node.start, node.end)
        found.entries.append(Entry(name, start, start + len(name), node))
        return at


_FLOW_PLAIN: Final = re.compile(r"(?:[^,\]}\n#]|(?<![ \t])#)*")
_FLOW_BLANK: Final = re.compile(r"(?:[ \t\r\n]|(?<=[ \t\n])#[^\n]*)*")
_FLOW_KEY: Final = re.compile(r"""("[^"\n]*"|'[^'\n]*'|[^\s,\[\]{}:'"][^,\[\]{}:\n]*?)\s*:(?=[\s,}\]]|$)""")
