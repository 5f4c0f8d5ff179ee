"""What may stand at a place of a file, by the schema of the files of a register: its keys, its words, what it names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from responsief.register import FORMS
from responsief.schemas import ruleset_schema
from responsief.schemas.shapes import POINTS

Path = tuple[str | int, ...]


@dataclass(slots=True)
class Shape:
    """What may stand at one place. `names`: what a value names («criterium»); `key_names`: what the keys of a group name."""

    keys: dict[str, dict[str, Any]] = field(default_factory=dict)
    required: list[str] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)  # with an explanation, if there is one
    parts: list[str] = field(default_factory=list)  # the definitions that it is: criterium, expressie, datum
    names: str = ""
    key_names: str = ""
    text: str = ""
    group: bool = False
    listed: bool = False
    snippets: list[dict[str, Any]] = field(default_factory=list)

    @property
    def expression(self) -> bool:
        """Does an expression stand here?"""
        return "expressie" in self.parts or "cel" in self.parts


def kind_of(keys: list[str]) -> str:
    """Which of the four kinds of file this is, by its top-level keys; nothing when it is none."""
    return next((form for form in FORMS if form in keys), "")


def shape_at(kind: str, path: Path) -> Shape:
    """What may stand at a path in a file of a kind."""
    return _shape(kind, tuple(0 if isinstance(step, int) else step for step in path))


@cache
def _schema() -> dict[str, Any]:
    return ruleset_schema()


@cache
def _at(kind: str, path: Path) -> tuple[dict[str, Any], ...]:
    """The schemas of a place, references not yet followed."""
    if not path:
        return (_schema()["$defs"][kind],) if kind else ()
    found: list[dict[str, Any]] = []
    for schema, _ in _spread(_at(kind, path[:-1])):
        inner = schema.get("items") if isinstance(path[-1], int) else _under(schema, str(path[-1]))
        if isinstance(inner, dict) and inner not in found:
            found.append(inner)
    return tuple(found)


def _under(schema: dict[str, Any], key: str) -> Any:
    own = schema.get("properties", {}).get(key)
    return own if own is not None else schema.get("additionalProperties")


_BRANCHES: Final = ("anyOf", "oneOf", "allOf")


def _spread(schemas: tuple[dict[str, Any], ...]) -> Iterator[tuple[dict[str, Any], str]]:
    """Each schema with all that it may be: references followed, every branch; with the name of its definition."""
    for schema in schemas:
        yield from _branches(schema, "")


def _branches(schema: dict[str, Any], name: str) -> Iterator[tuple[dict[str, Any], str]]:
    yield schema, name
    if "$ref" in schema:
        there = schema["$ref"].removeprefix("#/$defs/")
        yield from _branches(_schema()["$defs"][there], there)
    for key in ("then", "else"):
        if isinstance(schema.get(key), dict):
            yield from _branches(schema[key], "")
    for key in _BRANCHES:
        for inner in schema.get(key, ()):
            if isinstance(inner, dict):
                yield from _branches(inner, "")


@cache
def _shape(kind: str, path: Path) -> Shape:
    found = Shape()
    for schema, name in _spread(_at(kind, path)):
        if name:
            found.parts.append(name)
        for key, inner in schema.get("properties", {}).items():
            if isinstance(inner, dict):
                found.keys.setdefault(key, inner)
        if "properties" in schema:
            for extra in (schema, schema.get("else", {})):
                found.required += [key for key in extra.get("required", ()) if key not in found.required]
        explained = schema.get("enumDescriptions", ())
        words = [*schema.get("enum", ()), *([schema["const"]] if "const" in schema else [])]
        for at, word in enumerate(words):
            if word is not None and "properties" not in schema:
                found.words.setdefault(str(word), explained[at] if at < len(explained) else "")
        if POINTS in schema:
            if schema.get("type") == "object":
                found.key_names = found.key_names or schema[POINTS]
            else:
                found.names = found.names or schema[POINTS]
        found.text = found.text or schema.get("markdownDescription", "") or schema.get("description", "")
        types = schema.get("type", ())
        found.group = found.group or "properties" in schema or types == "object"
        found.listed = found.listed or types == "array"
        found.snippets += schema.get("defaultSnippets", [])
    found.required = [key for key in found.required if key in found.keys]
    return found


def key_text(kind: str, path: Path, key: str) -> str:
    """What a key means, for who hovers over it."""
    inner = shape_at(kind, path).keys.get(key)
    if inner is None:
        return ""
    own: str = inner.get("markdownDescription", "") or inner.get("description", "")
    title: str = inner.get("label", "") or inner.get("title", "")
    said = f"{title}: {own}" if title and own and title not in own else own or title
    return said or shape_at(kind, (*path, key)).text
