"""YAML text -> nodes with places. The only module that imports YAML; every scalar stays text.

libyaml's events are composed here and not by the library, so that anchors, tags and duplicate keys are refused where they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from responsief.diagnostics import Findings
from responsief.source import Scalar, Source, Span
from responsief.syntax.nodes import Document, Mapping, Sequence, Yaml

MAX_BYTES: Final = 1 << 20
MAX_DEPTH: Final = 40

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_file(path: Path, findings: Findings, name: str | None = None) -> Source | None:
    """The text of a file under `name` (its path as given); a finding and None when it can't be read."""
    label = name or path.as_posix()
    start = Span(Source(label, ""), 1, 1)
    try:
        raw = path.read_bytes()
    except OSError as wrong:
        findings.add("bestand-onleesbaar", start, waarom=_why(wrong))
        return None
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
    tab = text.find("\t")
    if tab >= 0:
        line = text.count("\n", 0, tab) + 1
        findings.add("yaml-tab", Span(source, line, tab - text.rfind("\n", 0, tab)))
        return None
    composer = _Composer(source, findings)
    try:
        root = composer.document(iter(yaml.parse(text, Loader=_LOADER)))
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        place = Span(source, mark.line + 1, mark.column + 1) if mark else Span(source, 1, 1)
        findings.add("yaml", place, waarom=_explain(wrong.problem or ""))
        return None
    except (yaml.YAMLError, UnicodeEncodeError):
        findings.add("yaml", Span(source, 1, 1), waarom="er staat een teken in dat hier niet kan")
        return None
    except _TooDeepError as deep:
        findings.add("yaml-diep", deep.span)
        return None
    if root is None:
        findings.add("leeg-bestand", Span(source, 1, 1))
        return None
    if not isinstance(root, Mapping):
        findings.add("geen-groep", root.span() if isinstance(root, Scalar) else root.span)
        return None
    return Document(source, root)


class _TooDeepError(Exception):
    def __init__(self, span: Span) -> None:
        self.span = span


class _Composer:
    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        self.findings = findings

    def document(self, events: Iterator[Any]) -> Yaml | None:
        root: Yaml | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and root is not None:
                self.findings.add("yaml-meer-documenten", self.at(event))
                return root
            if isinstance(event, yaml.NodeEvent):
                found = self.node(event, events, 0)
                root = found if root is None else root
        return root

    def at(self, event: Any) -> Span:
        mark = event.start_mark
        return Span(self.source, mark.line + 1, mark.column + 1)

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Yaml:
        if depth > MAX_DEPTH:
            raise _TooDeepError(self.at(event))
        if event.anchor is not None:
            self.findings.add("yaml-anker", self.at(event))
        if getattr(event, "tag", None) is not None:
            self.findings.add("yaml-tag", self.at(event))
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            for inner in events:
                if isinstance(inner, yaml.SequenceEndEvent):
                    break
                items.append(self.node(inner, events, depth + 1))
            return Sequence(tuple(items), self.at(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, events, depth)
        return self.scalar(event)  # an alias: refused above

    def mapping(self, event: Any, events: Iterator[Any], depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Yaml]] = {}
        for inner in events:
            if isinstance(inner, yaml.MappingEndEvent):
                break
            key = self.node(inner, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.findings.add("geen-tekst", key.span)
            elif key.value in entries:
                first = entries[key.value][0].line
                self.findings.add("dubbele-sleutel", key.span(), sleutel=key.value, regel=first)
            else:
                entries[key.value] = (key, value)
        return Mapping(entries, self.at(event))

    def scalar(self, event: Any) -> Scalar:
        start, end = event.start_mark, event.end_mark
        return Scalar(getattr(event, "value", ""), self.source, start.index, end.index, start.line + 1, start.column + 1)


_PROBLEMS: Final = {
    "mapping values are not allowed": "een dubbele punt op deze plek kan niet; zet de waarde tussen aanhalingstekens",
    "did not find expected key": "hier hoort een sleutel; kijk of het inspringen gelijk is aan de regel erboven",
    "could not find expected ':'": "achter deze sleutel hoort een dubbele punt",
    "did not find expected '-' indicator": "hier hoort een streepje van de lijst; kijk naar het inspringen",
    "found unexpected end of stream": "een aanhalingsteken of haakje wordt niet gesloten",
    "did not find expected ',' or ']'": "in deze lijst ontbreekt een komma of «]»",
    "did not find expected ',' or '}'": "in deze groep ontbreekt een komma of «}»",
    "found character that cannot start any token": "dit teken kan geen waarde beginnen; zet de waarde tussen aanhalingstekens",
    "found undefined alias": "«*» kan hier niet; zet de waarde tussen aanhalingstekens",
    "did not find expected node content": "hier hoort een waarde",
    "did not find expected <document start>": "na het einde staat nog iets",
    "did not find expected alphabetic or numeric character": "«*» en «&» kunnen hier niet; zet de waarde tussen aanhalingstekens",
    "found unknown escape character": "«\\» met dit teken kan niet tussen dubbele aanhalingstekens; gebruik enkele",
}


def _explain(problem: str) -> str:
    for key, text in _PROBLEMS.items():
        if key in problem:
            return text
    return "de YAML is hier niet te lezen"
