"""A YAML file written again by somebody with other habits: indentation, quotes, brackets, folding, key order, blank lines, comments.

It says of every comment at which part it stands, in words that know nothing of how the formatter finds that out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import yaml

from random_expressions import Dice
from responsief.source import Scalar
from responsief.syntax.nodes import Mapping, Sequence, Yaml

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Placed:
    """A comment: `where` it was put («boven», «naast» or «onder» a part); `strict`: it must stay on the very line."""

    path: Path
    where: str
    text: str
    strict: bool = False
    opening: bool = False


@cache
def safe(text: str, *, flow: bool) -> bool:
    """Does YAML read this bare text as that text?"""
    if text != text.strip() or "\n" in text or not text:
        return False
    try:
        return yaml.load(f"[ {text} , {text}]" if flow else f"k: {text}", getattr(yaml, "CBaseLoader", yaml.BaseLoader)) == (
            [text, text] if flow else {"k": text}
        )
    except yaml.YAMLError:
        return False


class Restyler:
    def __init__(self, dice: Dice, *, comments: int = 12) -> None:
        self.dice = dice
        self.comments = comments  # percent of the places that get one
        self.placed: list[Placed] = []
        self.lines: list[str] = []
        self.step = dice.pick((2, 4, 3, 1, 7))

    def whole(self, root: Mapping) -> str:
        if self.dice.chance(10):
            self.lines.append("---")
        self.entries(root, 0, ())
        if self.dice.chance(20):
            self.own(0, (), "onder")
        if self.dice.chance(30):
            self.lines.append("")
        end = "\r\n" if self.dice.chance(10) else "\n"
        return end.join(self.lines) + (end if self.dice.chance(80) else "")

    # comments

    def comment(self, path: Path, where: str, strict: bool = False) -> str:
        number = len(self.placed)
        words = self.dice.pick(("opmerking", "let op: [a, {b: #c}]", "'", '" «x»', "- id: niets"))
        text = f"# {number} toegestaan[iets]: reden" if strict else f"#{self.dice.pick((' ', '', '#'))}{number} {words}"
        opening = not any(line.strip() and line.strip() != "---" and not line.lstrip().startswith("#") for line in self.lines)
        self.placed.append(Placed(path, where, text, strict, opening))
        return text

    def own(self, indent: int, path: Path, where: str) -> None:
        """Sometimes comments on lines of their own, with sometimes an empty line around them."""
        while self.dice.chance(self.comments):
            if self.dice.chance(30):
                self.lines += [""] * (1 + self.dice.below(3))
            self.lines.append(" " * indent + self.comment(path, where))
        if self.dice.chance(8):
            self.lines += [""] * (1 + self.dice.below(2))

    def behind(self, path: Path, *, strict: bool = False) -> str:
        """Sometimes a comment behind what stands on a line."""
        if not self.dice.chance(self.comments):
            return ""
        return " " * (1 + self.dice.below(4)) + self.comment(path, "naast", strict and self.dice.chance(50))

    # groups and lists

    def entries(self, node: Mapping, indent: int, path: Path, *, dash: bool = False) -> None:
        """What stands between a dash and the first key says something about the whole item."""
        entries = list(node.entries.values())
        for number, (key, value) in enumerate(entries):
            here = (*path, key.value)
            if number or self.lines[-1:] != [""]:
                self.own(indent, path if dash and not number else here, "boven")
            self.value(f"{' ' * indent}{self.key(key.value)}:", value, indent, here, dash=False)

    def items(self, node: Sequence, indent: int, path: Path) -> None:
        for number, value in enumerate(node.items):
            here = (*path, number)
            self.own(indent, here, "boven")
            self.value(f"{' ' * indent}-", value, indent, here, dash=True)

    def value(self, head: str, node: Yaml, indent: int, path: Path, *, dash: bool) -> None:
        if isinstance(node, Scalar):
            self.scalar(head, node.value, indent, path)
            return
        empty = not (node.entries if isinstance(node, Mapping) else node.items)
        if empty or self.dice.chance(35):
            self.flow(head, node, indent, path)
        elif dash and self.dice.chance(75) and isinstance(node, Mapping):
            gap = " " * (1 + self.dice.below(3))
            start = len(self.lines)
            inner = indent + 1 + len(gap)
            self.entries_behind_dash(node, inner, path, start, f"{head}{gap}")
        else:
            self.lines.append(head + self.behind(path))
            inner = indent + (self.step if isinstance(node, Mapping) or dash else self.dice.pick((0, self.step, 2)))
            if isinstance(node, Mapping):
                self.entries(node, inner, path, dash=dash)
            else:
                self.items(node, inner, path)
            if inner > indent:
                self.own(inner, path, "onder")

    def entries_behind_dash(self, node: Mapping, indent: int, path: Path, start: int, head: str) -> None:
        """The first key stands behind the dash, so no comment can stand above it."""
        (key, value), *rest = node.entries.values()
        self.value(f"{head}{self.key(key.value)}:", value, indent, (*path, key.value), dash=False)
        for key, value in rest:
            here = (*path, key.value)
            self.own(indent, here, "boven")
            self.value(f"{' ' * indent}{self.key(key.value)}:", value, indent, here, dash=False)
        self.own(indent, path, "onder")

    # between brackets

    def flow(self, head: str, node: Yaml, indent: int, path: Path) -> None:
        if self.dice.chance(60):
            one = f"{head} {self.inline(node)}"
            self.lines.append(one + self.behind(path, strict=True))
            return
        pad = " " * (indent + 1 + self.dice.below(4))
        opening, closing = ("{", "}") if isinstance(node, Mapping) else ("[", "]")
        self.lines.append(f"{head} {opening}{self.behind(path)}")
        parts = (
            [(k.value, f"{self.key(k.value, flow=True)}: {self.inline(v)}") for k, v in node.entries.values()]
            if isinstance(node, Mapping)
            else [(n, self.inline(v)) for n, v in enumerate(node.items)]
        )
        for number, (name, text) in enumerate(parts):
            here = (*path, name)
            self.own(len(pad), here, "boven")
            comma = "," if number < len(parts) - 1 or self.dice.chance(20) else ""
            self.lines.append(f"{pad}{text}{comma}{self.behind(here)}")
        self.own(len(pad), path, "onder")
        self.lines.append(f"{pad}{closing}{self.behind(path)}")

    def inline(self, node: Yaml) -> str:
        gap = self.dice.pick(("", " "))
        comma = self.dice.pick((", ", ",  ", " , "))
        if isinstance(node, Mapping):
            inside = [f"{self.key(k.value, flow=True)}: {self.inline(v)}" for k, v in node.entries.values()]
            return f"{{{gap}{comma.join(inside)}{gap}}}"
        if isinstance(node, Sequence):
            return f"[{gap}{comma.join(self.inline(i) for i in node.items)}{gap}]"
        return self.one_line(node.value, flow=True)

    # texts

    def key(self, text: str, *, flow: bool = False) -> str:
        return text if safe(text, flow=flow) and self.dice.chance(95) else self.quoted(text)

    def quoted(self, text: str) -> str:
        if "\n" in text or self.dice.chance(60):
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
        return "'" + text.replace("'", "''") + "'"

    def one_line(self, text: str, *, flow: bool) -> str:
        return text if safe(text, flow=flow) and self.dice.chance(70) else self.quoted(text)

    def scalar(self, head: str, text: str, indent: int, path: Path) -> None:
        pad = " " * (indent + 1 + self.dice.below(5))
        words = text.split(" ")
        can_fold = len(words) > 1 and "" not in words and "\n" not in text
        way = self.dice.below(10)
        if way == 0 and can_fold:
            self.lines.append(f"{head} >-{self.behind(path)}")
            self.lines += [pad + line for line in self.cut(words)]
        elif way == 1 and text and "\n" not in text and text == text.strip():
            self.lines.append(f"{head} |-{self.behind(path)}")
            self.lines.append(pad + text)
        elif way == 2 and can_fold and safe(text, flow=False) and not any(w.startswith("#") or w.endswith(":") for w in words):
            first, *rest = self.cut(words)
            self.lines += [f"{head} {first}", *(pad + line for line in rest)]
            self.lines[-1] += self.behind(path)
        elif way == 3 and can_fold:
            quote = self.dice.pick(("'", '"'))
            inside = text.replace("'", "''") if quote == "'" else text.replace("\\", "\\\\").replace('"', '\\"')
            first, *rest = self.cut(inside.split(" "))
            self.lines += [f"{head} {quote}{first}", *(pad + line for line in rest)]
            self.lines[-1] += quote + self.behind(path)
        elif way == 4:
            self.lines.append(f"{head}{self.behind(path)}")
            self.lines.append(f"{pad}{self.one_line(text, flow=False)}")
        else:
            self.lines.append(f"{head} {self.one_line(text, flow=False)}{self.behind(path, strict=chr(10) not in text)}")

    def cut(self, words: list[str]) -> list[str]:
        """Words over lines."""
        lines = [words[0]]
        for word in words[1:]:
            if self.dice.chance(30):
                lines.append(word)
            else:
                lines[-1] += f" {word}"
        return lines


# --- where a comment ended up ------------------------------------------------------------------------------------------


def shuffled(node: Yaml, dice: Dice, *, known: bool = True) -> Yaml:
    """The keys of groups whose order means nothing, in another order: those of a fixed shape."""
    if isinstance(node, Sequence):
        return Sequence(tuple(shuffled(i, dice) for i in node.items), node.span)
    if isinstance(node, Scalar):
        return node
    free = {"gegevens", "bedragen", "begrippen", "open", "vult_in", "waarden", "clausules_bij"}
    entries = {}
    for name, (key, value) in node.entries.items():
        entries[name] = (key, shuffled(value, dice, known=name not in free))
    if known and dice.chance(50):
        names = list(entries)
        for last in range(len(names) - 1, 0, -1):
            other = dice.below(last + 1)
            names[last], names[other] = names[other], names[last]
        entries = {name: entries[name] for name in names}
    return Mapping(entries, node.span)


def lines_of(root: Mapping, path: Path) -> tuple[int, int]:
    """The first and last line of a part."""
    node: Yaml = root
    start = 1
    for step in path:
        if isinstance(node, Mapping):
            key, node = node.entries[str(step)]
            start = key.line
        else:
            assert isinstance(node, Sequence)
            node = node.items[int(step)]
            start = node.line if isinstance(node, Scalar) else node.span.line
    return start, max(start, last_line(node))


def last_line(node: Yaml) -> int:
    if isinstance(node, Scalar):
        return node.line + node.source.text[node.start : node.end].rstrip("\n").count("\n")
    inner = [v for _, v in node.entries.values()] if isinstance(node, Mapping) else list(node.items)
    return max((last_line(i) for i in inner), default=node.span.line)


def astray(text: str, root: Mapping, placed: Placed) -> str:
    """What is wrong with the place of a comment in a formatted text; nothing when it is right."""
    lines = text.split("\n")
    at = [n for n, line in enumerate(lines, 1) if line.endswith(placed.text) and line[: -len(placed.text)].strip(" ") != line]
    at = [n for n in at if re.search(rf"(^|\s){re.escape(placed.text)}$", lines[n - 1])]
    if len(at) != 1:
        return f"{placed} stands {len(at)} times"
    own = lines[at[0] - 1].lstrip() == placed.text
    first, last = lines_of(root, placed.path)
    if placed.strict:
        return "" if at[0] == first == last or (own and at[0] + 1 == first) else f"{placed} left its line {first}: {at}"
    following = next((n for n in range(at[0] + 1, len(lines) + 1) if lines[n - 1].strip()[:1] not in ("", "#")), 0)
    if own and following == first and placed.where != "onder":
        return ""
    if own and placed.opening and following == root.span.line:
        return ""  # what opened the file stays on top of it, also when its first key moves
    if placed.where == "naast" and not own and first <= at[0] <= last:
        return ""
    before = next((n for n in range(at[0] - 1, 0, -1) if lines[n - 1].strip()[:1] not in ("", "#")), 0)
    if placed.where == "onder" and own and (before == last or following == first or not placed.path):
        return ""
    return f"{placed} stands on line {at[0]}, its part on {first} to {last}"
