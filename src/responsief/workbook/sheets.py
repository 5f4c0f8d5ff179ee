"""What of a ruleset goes into a workbook: plain rows of text, each with its place in the YAML.

A table has a sheet of its own; the dated figures share one. Texts only: Excel gets nothing that it could calculate with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from responsief.ir.types import situation_schema
from responsief.source import Scalar
from responsief.syntax.comments import Part, parts_of
from responsief.syntax.nodes import Document, Mapping, Sequence, Yaml

FIGURES: Final = "Bedragen"
ABOUT: Final = "Lees mij"
ELSEWHERE: Final = "(een groep: zie de YAML)"  # what one cell cannot hold
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a text per column, and what it gives."""

    cells: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A decision table. `name` says where it stands in the ruleset; `part` is its place, None when it came out of a workbook.

    `numbers`: of each row the number that it had in the YAML, None for a new one.
    """

    name: str
    hit: str
    collect: str
    otherwise: str
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A dated figure: `values` holds (day, text) in the order of the file."""

    name: str
    label: str
    source: str
    until: str
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything of a ruleset that a workbook shows."""

    ruleset: str
    title: str
    sheets: tuple[Sheet, ...]
    figures: tuple[Figure, ...]


def child(part: Part, key: str) -> Part | None:
    """The entry of a group with this key."""
    return next((p for p in part.parts if p.key is not None and p.key.value == key), None)


def text_of(node: Yaml | None) -> str:
    """What one cell shows of a node: spaces and line ends around a text say nothing."""
    return "" if node is None else node.value.strip() if isinstance(node, Scalar) else ELSEWHERE


def tables_in(root: Part) -> list[tuple[str, Part]]:
    """Every decision table with the name of its place, from top to bottom."""
    found: list[tuple[str, Part]] = []
    for path, part in _tables(root, ()):
        name = base = " › ".join(path)
        number = 2
        while any(name == other for other, _ in found):
            name, number = f"{base} ({number})", number + 1
        found.append((name, part))
    return found


def _tables(part: Part, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Part]]:
    for number, inner in enumerate(part.parts, 1):
        if inner.key is not None and inner.key.value == "tabel" and _is_table(inner):
            yield path, inner
        step = inner.key.value if inner.key is not None else _title(inner, number)
        yield from _tables(inner, path if step in ("tabel", "is") else (*path, step))


def _title(part: Part, number: int) -> str:
    ident = child(part, "id")
    return text_of(ident.node) if ident is not None else str(number)


def _is_table(part: Part) -> bool:
    """Has it columns, and rows with a cell for each?"""
    columns, rows = child(part, "kolommen"), child(part, "rijen")
    if columns is None or rows is None or not isinstance(columns.node, Sequence) or not isinstance(rows.node, Sequence):
        return False
    whole = all(isinstance(c, Scalar) for c in columns.node.items) and bool(rows.parts)
    return whole and all(
        len(cells_of(row)) == len(columns.parts) and child(row, "dan") is not None and isinstance(row.node, Mapping)
        for row in rows.parts
    )


def cells_of(row: Part) -> list[Part]:
    """The cells of a row; a row of one cell may stand without brackets."""
    cells = child(row, "als")
    if cells is None:
        return []
    return [cells] if isinstance(cells.node, Scalar) else [c for c in cells.parts if isinstance(c.node, Scalar)]


def contents_of(document: Document) -> Contents:
    """What a workbook shows of a ruleset that reads as YAML."""
    root = parts_of(document)
    labels = _labels(document.root)
    sheets = tuple(_sheet(name, part, labels) for name, part in tables_in(root))
    figures = child(root, "bedragen")
    made = [figure_of(p) for p in figures.parts] if figures is not None else []
    return Contents(
        text_of(document.root.get("regelset")),
        text_of(document.root.get("titel")),
        sheets,
        tuple(f for f in made if f is not None),
    )


def _sheet(name: str, part: Part, labels: dict[str, str]) -> Sheet:
    def one(key: str) -> str:
        found = child(part, key)
        return text_of(found.node) if found is not None else ""

    columns, rows = child(part, "kolommen"), child(part, "rijen")
    assert columns is not None
    assert rows is not None
    expressions = tuple(text_of(c.node) for c in columns.parts)
    made = []
    for row in rows.parts:
        result = child(row, "dan")
        made.append(Row(tuple(text_of(c.node) for c in cells_of(row)), text_of(result.node if result is not None else None)))
    return Sheet(
        name,
        one("treffer"),
        one("samen"),
        one("anders"),
        expressions,
        tuple(labels.get(e) or _label_in_situation(e) for e in expressions),
        tuple(made),
        tuple(range(1, len(made) + 1)),
    )


def figure_of(part: Part) -> Figure | None:
    """A dated figure as its row; None where «waarden» is not what it should be."""
    values = child(part, "waarden")
    if part.key is None or values is None or not isinstance(values.node, Mapping):
        return None
    dated = tuple((p.key.value, text_of(value_of(p).node)) for p in values.parts if p.key is not None)
    if not all(_DAY.fullmatch(day) for day, _ in dated):
        return None

    def one(key: str) -> str:
        found = child(part, key)
        return text_of(found.node) if found is not None else ""

    return Figure(part.key.value, one("label"), one("bron"), one("tot"), dated)


def value_of(part: Part) -> Part:
    """Where the value of a day stands: itself, or under «is» beside its own source."""
    return child(part, "is") or part


def _labels(root: Mapping) -> dict[str, str]:
    """In plain words, what a name of this ruleset is."""
    found = {}
    for group in ("gegevens", "bedragen", "begrippen", "open"):
        named = root.get(group)
        for name, (_, node) in named.entries.items() if isinstance(named, Mapping) else ():
            label = node.get("label") if isinstance(node, Mapping) else None
            if isinstance(label, Scalar):
                found[name] = label.value
    return found


def _label_in_situation(expression: str) -> str:
    record = situation_schema()
    label = ""
    for step in expression.split("."):
        field = record.fields.get(step) if record is not None else None
        if field is None:
            return ""
        label, inner = field.label, field.type.record
        if inner is None:
            record = type(record)("", {})
        else:
            record = inner
    return label
