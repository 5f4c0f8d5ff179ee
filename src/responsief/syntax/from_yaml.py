"""YAML text -> nodes with places. The only module that imports YAML; every scalar stays text.

libyaml's events are composed here and not by the library, so that anchors, tags and duplicate keys are refused where they stand.
What libyaml itself refuses is explained in `yaml_problems`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, Final

import yaml

from responsief.diagnostics import Findings
from responsief.source import Scalar, Source, Span
from responsief.syntax.nodes import Document, Mapping, Sequence, Yaml
from responsief.syntax.yaml_problems import explain

MAX_BYTES: Final = 1 << 20
MAX_DEPTH: Final = 40
STARTS: Final = ("id", "naam")  # the key that a point of a list begins with
MAX_PARTS: Final = 20  # that a value may fall apart in by its own commas

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_file(path: Path, findings: Findings, name: str | None = None) -> Source | None:
    """The text of a file under `name` (its path as given); a finding and None when it can't be read."""
    label = name or path.as_posix()
    start = Span(Source(label, ""), 1, 1)
    try:
        with path.open("rb") as stream:
            return read_stream(stream, label, findings)
    except OSError as wrong:
        findings.add("bestand-onleesbaar", start, waarom=_why(wrong))
        return None


def read_stream(stream: BinaryIO, label: str, findings: Findings) -> Source | None:
    """The text that comes out of a stream, never more than a file may hold; a finding and None when it can't be read."""
    start = Span(Source(label, ""), 1, 1)
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        findings.add("bestand-te-groot", start)
        return None
    try:
        return Source(label, raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        findings.add("geen-utf8", start)
        return None


def _why(wrong: OSError) -> str:
    if isinstance(wrong, FileNotFoundError):
        return "het bestaat niet"
    if isinstance(wrong, IsADirectoryError):
        return "het is een map"
    if isinstance(wrong, PermissionError):
        return "u mag het niet lezen"
    return wrong.strerror or "onbekende reden"


def read_yaml(source: Source, findings: Findings) -> Document | None:
    """The one document of a YAML text; findings and None when there is no usable mapping in it."""
    text = source.text
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        findings.add("bestand-te-groot", Span(source, 1, 1))
        return None
    odd = None if text.replace("\n", "").isprintable() else _unprintable().search(text)
    if odd is not None:
        findings.add("yaml-teken", _span_at(source, odd.start()), teken=f"U+{ord(odd.group()):04X}")
        return None
    tab = text.find("\t")
    if tab >= 0:
        line = text.count("\n", 0, tab) + 1
        findings.add("yaml-tab", Span(source, line, tab - text.rfind("\n", 0, tab)))
        return None
    composer = _Composer(source, findings)
    try:
        root = composer.document(_events(text))
    except yaml.MarkedYAMLError as wrong:
        problem = explain(source, wrong, composer.long_text)
        findings.add("yaml", problem.span, waarom=problem.what, hulp=problem.advice)
        return None
    except yaml.YAMLError:
        findings.add("yaml", Span(source, 1, 1), waarom="de YAML is niet te lezen")
        return None
    except _TooDeepError as deep:
        findings.add("yaml-diep", deep.span)
        return None
    if composer.refused:
        return None
    if root is None:
        findings.add("leeg-bestand", Span(source, 1, 1))
        return None
    if not isinstance(root, Mapping):
        findings.add("geen-groep", root.span() if isinstance(root, Scalar) else root.span)
        return None
    return Document(source, root)


@cache
def _unprintable() -> re.Pattern[str]:
    """What YAML itself refuses, and the line ends that no editor shows as one. Compiled when some text may hold one."""
    return re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\r(?!\n)")


def _events(text: str) -> Iterator[Any]:
    """The events of libyaml. `yaml.parse` asks of each one twice whether it is there."""
    loader = _LOADER(text)
    return iter(loader.get_event, None)


def _span_at(source: Source, index: int) -> Span:
    before = source.text[:index]
    return Span(source, before.count("\n") + 1, index - before.rfind("\n"))


class _TooDeepError(Exception):
    def __init__(self, span: Span) -> None:
        self.span = span


class _Composer:
    """Events -> nodes. `refused`: something stood there that this language has no meaning for; reading on would only mislead."""

    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        self.findings = findings
        self.refused = False
        self.long_text: Scalar | None = None  # the last quoted text of more than one line: was its quote ever closed?

    def document(self, events: Iterator[Any]) -> Yaml | None:
        root: Yaml | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self.refuse("yaml-meer-documenten", event)
                return root
            if isinstance(event, yaml.NodeEvent):
                found = self.node(event, events, 0)
                root = found if root is None else root
        return root

    def at(self, event: Any) -> Span:
        mark = event.start_mark
        return Span(self.source, mark.line + 1, mark.column + 1)

    def refuse(self, code: str, event: Any) -> None:
        self.findings.add(code, self.at(event))
        self.refused = True

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Yaml:
        kind = type(event)
        if depth > MAX_DEPTH:
            raise _TooDeepError(self.at(event))
        if kind is yaml.ScalarEvent and event.anchor is None and event.tag is None:  # nine of ten
            return self.scalar(event, event.value)
        if event.anchor is not None:
            self.refuse("yaml-anker", event)
        if kind is yaml.AliasEvent:
            return self.scalar(event, "")  # refused above
        if event.tag is not None:
            self.refuse("yaml-tag", event)
        if kind is yaml.ScalarEvent:
            return self.scalar(event, event.value)
        if kind is yaml.MappingStartEvent:
            return self.mapping(event, events, depth)
        items = []
        for inner in events:
            if type(inner) is yaml.SequenceEndEvent:
                break
            items.append(self.node(inner, events, depth + 1))
        return Sequence(tuple(self.mended(items) if event.flow_style else items), self.at(event))

    def mapping(self, event: Any, events: Iterator[Any], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Yaml]] = {}
        no_dash, flow = False, event.flow_style
        for inner in events:
            if type(inner) is yaml.MappingEndEvent:
                break
            key = self.node(inner, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.findings.add("geen-tekst", key.span)
                self.refused = True
                continue
            if flow and isinstance(value, Scalar) and self.bare(key, value):
                last = next(reversed(entries.values()), None)
                if last is not None and isinstance(last[1], Scalar) and self.follows(last[1], key):
                    entries[last[0].value] = (last[0], self.glued(last[1], key))
                    continue
                key, value = self.split(key, value)
            if key.value in entries:
                first = entries[key.value][0].line
                if key.value == next(iter(entries)) and key.value in STARTS and not flow:
                    no_dash = True  # then every key below is there twice: that is one mistake
                    hulp = f"begint hier een nieuw punt van de lijst? Zet er dan «- » voor; het vorige begint op regel {first}"
                    self.findings.add("dubbele-sleutel", key.span(), sleutel=key.value, hulp=hulp)
                elif not no_dash:
                    self.findings.add("dubbele-sleutel", key.span(), sleutel=key.value, regel=first)
            else:
                entries[key.value] = (key, value)
        return Mapping(entries, self.at(event))

    def scalar(self, event: Any, value: str) -> Scalar:
        start, end = event.start_mark, event.end_mark
        line = start.line + 1
        found = Scalar(value, self.source, start.index, end.index, line, start.column + 1)
        if end.line >= line and self.source.text[start.index] in "\"'":
            self.long_text = found
        return found

    # a value between { } or [ ] that its own comma cuts in two is put together again, so that one mistake stays one

    def bare(self, key: Scalar, value: Scalar) -> bool:
        """Is this an entry of { } without a colon?"""
        return value.start == value.end and ":" not in self.source.text[key.end : value.start]

    def plain(self, scalar: Scalar) -> bool:
        return scalar.end > scalar.start and self.source.text[scalar.start] not in "\"'"

    def follows(self, one: Scalar, other: Scalar) -> bool:
        return self.plain(one) and self.plain(other) and self.source.text[one.end : other.start].strip() == ","

    def glued(self, one: Scalar, other: Scalar) -> Scalar:
        whole = " ".join(self.source.text[one.start : other.end].split())
        self.findings.add("yaml-komma", Span(self.source, one.line, one.column, max(1, one.end - one.start)), waarde=whole)
        return Scalar(whole, self.source, one.start, other.end, one.line, one.column)

    def mended(self, items: list[Yaml]) -> list[Yaml]:
        """The items of [ ], with those put together again that belong together by a bracket or by their cents."""
        found: list[Yaml] = []
        at = 0
        while at < len(items):
            item, last = items[at], at
            if isinstance(item, Scalar):
                last = self.belongs(items, at)
                other = items[last]
                if last > at and isinstance(other, Scalar):
                    item = self.glued(item, other)
            found.append(item)
            at = last + 1
        return found

    def belongs(self, items: list[Yaml], at: int) -> int:
        """The last item that is still a part of item `at`."""
        first = items[at]
        if not isinstance(first, Scalar) or not self.plain(first):
            return at
        following = items[at + 1] if at + 1 < len(items) else None
        if re.fullmatch(r"€ ?[\d.]+", first.value) and isinstance(following, Scalar) and self.follows(first, following):
            return at + 1 if re.fullmatch(r"\d\d|-", following.value) else at
        unclosed = first.value.count("(") - first.value.count(")")
        before = first
        for last in range(at + 1, min(len(items), at + MAX_PARTS) if unclosed > 0 else 0):
            item = items[last]
            if not isinstance(item, Scalar) or not self.follows(before, item):
                break
            unclosed += item.value.count("(") - item.value.count(")")
            if unclosed <= 0:
                return last
            before = item
        return at

    def split(self, key: Scalar, value: Scalar) -> tuple[Scalar, Scalar]:
        """`{van 2026-01-01}`, `{van:2026-01-01}`: a key without its colon, or without the space behind it."""
        found = re.fullmatch(r"([a-z_]+)(?:\s*[:=]\s*|\s+)(\S.*)", key.value) if self.plain(key) else None
        if found is None:
            return key, value
        self.findings.add("yaml-dubbele-punt", key.span(), hulp=f"schrijf «{found[1]}: {found[2]}»")
        at = found.start(2)
        rest = Scalar(found[2], self.source, key.start + at, key.end, key.line, key.column + at)
        return Scalar(found[1], self.source, key.start, key.start + found.end(1), key.line, key.column), rest
