"""Taking values out of the source's YAML. Nothing here stops on a strange form: it is noted, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Final

from responsief.regelrecht.law import Constant
from responsief.regelrecht.notes import Notes
from responsief.source import Scalar, Span
from responsief.syntax.nodes import Mapping, Sequence, Yaml, span_of

DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER: Final = re.compile(r"[-+]?(\d{1,15}(\.\d{0,12})?|\.\d{1,12})")
_WORDS: Final = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False}


class Group:
    """A mapping being read: what nobody asked for comes out of `rest`."""

    def __init__(self, node: Yaml | None, notes: Notes, span: Span | None = None) -> None:
        self.notes = notes
        self.asked: set[str] = set()
        self.mapping = node if isinstance(node, Mapping) else None
        self.span = span_of(node) if node is not None else span
        if node is not None and self.mapping is None and not is_empty(node):
            notes.add("vorm", span_of(node), wat="hier horen sleutels met waarden")

    @property
    def start(self) -> Span:
        assert self.span is not None
        return self.span

    def get(self, key: str) -> Yaml | None:
        self.asked.add(key)
        return self.mapping.get(key) if self.mapping is not None else None

    def has(self, key: str) -> bool:
        return self.mapping is not None and key in self.mapping.entries

    def text(self, key: str) -> str:
        """A text on one line; empty when it is not there."""
        node = self.get(key)
        return " ".join(node.value.split()) if isinstance(node, Scalar) and not is_null(node) else ""

    def yes(self, key: str) -> bool:
        return self.text(key).lower() == "true"

    def number(self, key: str) -> int | Fraction | None:
        node = self.get(key)
        found = constant(node).value if isinstance(node, Scalar) else None
        return found if isinstance(found, int | Fraction) and not isinstance(found, bool) else None

    def items(self, key: str) -> tuple[Yaml, ...]:
        """A list; what is no list, with a note, is none."""
        node = self.get(key)
        if node is None or is_empty(node):
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.notes.add("vorm", span_of(node), wat=f"bij «{key}» hoort een lijst")
        return ()

    def groups(self, key: str) -> Iterator[Group]:
        for item in self.items(key):
            yield Group(item, self.notes)

    def group(self, key: str) -> Group:
        return Group(self.get(key), self.notes, self.span)

    def entries(self) -> Iterator[tuple[Scalar, Yaml]]:
        if self.mapping is not None:
            for key, (scalar, node) in self.mapping.entries.items():
                self.asked.add(key)
                yield scalar, node

    def rest(self, ignored: frozenset[str] = frozenset()) -> Iterator[Scalar]:
        """The keys that were not read, and are not known to carry no rule."""
        if self.mapping is not None:
            for key, (scalar, node) in self.mapping.entries.items():
                if key not in self.asked and key not in ignored and not is_empty(node):
                    yield scalar


def is_null(node: Scalar) -> bool:
    return plain(node) and node.value in ("", "~", "null", "Null", "NULL")


def is_empty(node: Yaml) -> bool:
    """Nothing was written: null, an empty list or no keys."""
    match node:
        case Scalar():
            return is_null(node)
        case Sequence(items=items):
            return not items
        case Mapping(entries=entries):
            return not entries


def plain(node: Scalar) -> bool:
    """Without quotes: YAML reads a number, a date or true in it."""
    return node.start == node.end or node.source.text[node.start] not in "\"'|>"


def constant(node: Scalar) -> Constant:
    """A scalar as YAML means it; numbers stay exact."""
    text, span = node.value, node.span()
    if not plain(node):
        return Constant(text, span)
    if is_null(node):
        return Constant(None, span)
    if text.lower() in _WORDS:
        return Constant(_WORDS[text.lower()], span)
    if _NUMBER.fullmatch(text.replace("_", "")):
        exact = Fraction(text.replace("_", ""))
        return Constant(exact.numerator if exact.denominator == 1 else exact, span)
    day = day_of(text)
    return Constant(day if day is not None else text, span)


def day_of(text: str) -> date | None:
    if not DATE.fullmatch(text.strip()[:10]) or len(text.strip()) != 10:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def plain_name(text: str) -> str:
    """A name of the source in our letters."""
    small = re.sub(r"[^a-z0-9_]+", "_", text.strip().lower())
    small = re.sub(r"_{2,}", "_", small).strip("_")
    return small if re.match(r"[a-z]", small) else f"x_{small}" if small else "naamloos"


def basis(node: Yaml | None, notes: Notes, otherwise: str = "") -> str:
    """«Wet art. 2 lid 1» of a legal_basis: one group, a list of them, or words."""
    if isinstance(node, Scalar):
        return " ".join(node.value.split()) or otherwise
    if isinstance(node, Sequence):
        found = [basis(item, notes) for item in node.items[:3]]
        return "; ".join(b for b in found if b) or otherwise
    if node is None:
        return otherwise
    group = Group(node, notes)
    law = group.text("law") or group.text("law_id")
    article, lid, sentence = group.text("article"), group.text("paragraph"), group.text("sentence")
    parts = [law.replace("_", " ") if law else "", f"art. {article}" if article else ""]
    parts += [f"lid {lid}" if lid else "", f"zin {sentence}" if sentence else ""]
    return " ".join(p for p in parts if p) or otherwise
