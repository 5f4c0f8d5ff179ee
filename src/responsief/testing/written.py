"""Cases as they are written: as data to change, and as YAML to put into a test file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from responsief.diagnostics import Findings
from responsief.frozen import dataclass
from responsief.intake import plain
from responsief.source import Scalar, Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document
from responsief.syntax.nodes import Mapping as YamlMapping
from responsief.syntax.nodes import Sequence as YamlSequence
from responsief.syntax.write_scalar import on_one_line
from responsief.trial_files import merged
from responsief.values import parse_day

UNKNOWN: Final = "onbekend"
Steps = tuple[str, ...]  # the keys down to a fact; a number is an entry of a list


@dataclass(frozen=True, slots=True)
class Written:
    """A case as data: the base that it starts from, and its whole situation. `peildatum` is None where none is written."""

    naam: str
    peildatum: date | None
    basis: str | None
    van_basis: Any
    situatie: Any


def written_cases(document: Document) -> Iterator[Written]:
    """The cases of a test file, and each of its bases as it is (on the day of the first case)."""
    root = document.root
    bases = {name: plain(node) for name, (_, node) in _entries(root.get("basis")).items()}
    cases = [case for case in _items(root.get("gevallen")) if isinstance(case, YamlMapping)]
    for case in cases:
        base = _text(case.get("basis"))
        told = case.get("situatie")
        start = bases.get(base, {}) if base is not None else {}
        data = merged(start, plain(told)) if isinstance(told, YamlMapping) else start
        day = _text(case.get("peildatum"))
        yield Written(_text(case.get("naam")) or "", parse_day(day) if day else None, base, start, data)
    days = [day for case in cases if (day := _text(case.get("peildatum")))]
    for name, data in bases.items():
        yield Written(f"basis {name}", parse_day(days[0]) if days else None, name, data, data)


def _entries(node: Any) -> Mapping[str, tuple[Scalar, Any]]:
    return node.entries if isinstance(node, YamlMapping) else {}


def _items(node: Any) -> Sequence[Any]:
    return node.items if isinstance(node, YamlSequence) else ()


def _text(node: Any) -> str | None:
    return node.value if isinstance(node, Scalar) else None


# --- as data -----------------------------------------------------------------------------------------------------------


def get(data: Any, path: Steps) -> Any:
    """What stands at a path; None where nothing does."""
    for step in path:
        if isinstance(data, list):
            data = data[int(step)] if step.isdigit() and int(step) < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def put(data: Any, path: Steps, value: Any) -> Any:
    """The same data with a value at a path; what stands in the way (a «geen») becomes a group."""
    if not path:
        return value
    head, rest = path[0], path[1:]
    if isinstance(data, list) and head.isdigit():
        return [put(one, rest, value) if at == int(head) else one for at, one in enumerate(data)]
    kept = data if isinstance(data, dict) else {}
    return {**kept, head: put(kept.get(head), rest, value)}


def without(data: Any, path: Steps) -> Any:
    """The same data with nothing written at a path, and no empty groups left around it."""
    if not isinstance(data, dict) or path[0] not in data:
        return data
    rest = {key: value for key, value in data.items() if key != path[0]}
    if len(path) == 1:
        return rest
    inner = without(data[path[0]], path[1:])
    return {**data, path[0]: inner} if inner else rest


def difference(base: Any, data: Any, *, own: bool = False) -> dict[str, Any]:
    """What must be written over a base to get this data: `merged(base, difference(base, data))` means the same.

    What a base says can't be taken out of it, only be called unknown: that means the same as not being there. `own`: inside `eigen`,
    where only a fact can be unknown and not a group.
    """
    found: dict[str, Any] = {}
    for key, before in base.items() if isinstance(base, dict) else ():
        if key not in data:
            open_it = isinstance(before, dict) and (own or key == "eigen")
            found[key] = difference(before, {}, own=True) if open_it else UNKNOWN
    for key, value in data.items():
        before = base.get(key) if isinstance(base, dict) else None
        if isinstance(value, dict) and isinstance(before, dict):
            if inner := difference(before, value, own=own or key == "eigen"):
                found[key] = inner
        elif key not in base or before != value:
            found[key] = value
    return found


def leaves(data: Any, path: Steps = ()) -> Iterator[Steps]:
    """The path of everything that is written in a group, groups inside it opened, lists as one."""
    for key, value in data.items():
        if isinstance(value, dict) and value:
            yield from leaves(value, (*path, key))
        else:
            yield (*path, key)


# --- as YAML -----------------------------------------------------------------------------------------------------------


def flow(value: Any) -> str:
    """Data on one line of YAML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{flow(str(key))}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value is None:
        return "onbekend"
    return on_one_line(str(value), flow=True)


def case_lines(fields: Mapping[str, Any], remark: str, indent: str) -> list[str]:
    """One case as lines of YAML, with a remark above it."""
    lines = [f"{indent}# {remark}"]
    for at, (key, value) in enumerate(fields.items()):
        lines.append(f"{indent}{'- ' if at == 0 else '  '}{key}: {flow(value)}")
    return lines


def appended(source: Source, cases: Sequence[tuple[Mapping[str, Any], str]]) -> str | None:
    """The text of a test file with cases after its last one; everything else stays as it was. None where the list of cases is
    not written as a list with dashes."""
    document = read_yaml(source, Findings())
    listed = document.root.get("gevallen") if document is not None else None
    if document is None or not isinstance(listed, YamlSequence) or not listed.items:
        return None
    first = source.line(listed.span.line)
    found = re.match(r"(\s*)- ", first)
    if found is None:
        return None
    lines = source.text.split("\n")
    keys = [key.line for key, _ in document.root.entries.values()]
    start = document.root.key("gevallen")
    assert start is not None
    end = min((line for line in keys if line > start.line), default=len(lines) + 1) - 1  # the lines up to the next key
    while end > listed.span.line and not _belongs(lines[end - 1]):
        end -= 1
    ending = "\r" if first.endswith("\r") or "\r\n" in source.text else ""
    new = [line + ending for fields, remark in cases for line in case_lines(fields, remark, found[1])]
    if end == len(lines) and lines[end - 1].strip():  # the file ends without a new line
        new[-1] = new[-1].removesuffix("\r")
        lines[end - 1] += ending
    return "\n".join([*lines[:end], *new, *lines[end:]])


def _belongs(line: str) -> bool:
    """Is this a line of the cases, not white space or a remark about what follows?"""
    return bool(line.strip()) and not line.startswith("#")
