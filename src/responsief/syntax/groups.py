"""Expressions as YAML groups: alle, een_van, geen_van, tenzij, kies, tabel. A single value is an expression on a line."""

from __future__ import annotations

from typing import Any, Final

from responsief.diagnostics import Findings
from responsief.source import Place, Scalar
from responsief.syntax.expressions import parse_cell, parse_expression
from responsief.syntax.nodes import Cell, Choose, Expression, Group, Mapping, Row, Sequence, Table, Yaml, span_of
from responsief.syntax.reading import Reader

GROUPS: Final = ("alle", "een_van", "geen_van")
FORMS: Final = (*GROUPS, "kies", "tabel")


def read_expression(node: Yaml, findings: Findings) -> Expression | None:
    """An expression or group; None (with findings) when it can't be read."""
    if isinstance(node, Scalar):
        return parse_expression(node, findings)
    if isinstance(node, Sequence):
        findings.add("geen-tekst", node.span, hulp="zet «alle:» (en) of «een_van:» (of) boven de lijst")
        return None
    reader = Reader(node, findings)
    found = read_form(reader)
    if found is None and not any(reader.has(form) for form in FORMS):
        reader.get("tenzij")
    reader.done()
    return found


def read_body(reader: Reader) -> Expression | None:
    """`is:` with an expression, or a group itself among a mapping's keys."""
    if any(reader.has(form) for form in FORMS):
        return read_form(reader)
    node = reader.need("is", instead=FORMS)
    return read_expression(node, reader.findings) if node is not None else None


def read_form(reader: Reader) -> Expression | None:
    """The one group, kies or tabel among a mapping's keys; the other keys are left to the caller."""
    forms = [f for f in FORMS if reader.has(f)]
    for form in FORMS:
        reader.asked.append(form)
    if not forms:
        if not reader.mapping.entries.keys() - {"tenzij"}:  # else the unknown key says it all
            reader.findings.add("groep-ontbreekt", reader.start)
        return None
    if len(forms) > 1:
        reader.findings.add(
            "onbekende-sleutel", reader.key_span(forms[1]), sleutel=forms[1], hulp=f"hier staat al «{forms[0]}»"
        )
        return None
    match forms[0]:
        case "kies":
            return _choose(reader)
        case "tabel":
            return _table(reader)
        case _:
            return _group(reader, forms[0])


def _place(reader: Reader, key: str) -> Place:
    scalar = reader.mapping.key(key)
    assert scalar is not None
    return Place(scalar, 0, len(scalar.value))


def _group(reader: Reader, op: Any) -> Expression | None:
    items = reader.sequence(op)
    if not items:
        if reader.empty(op):
            reader.findings.add("lege-waarde", reader.key_span(op), sleutel=op)
        reader.get("tenzij")
        return None
    operands = [read_expression(item, reader.findings) for item in items]
    unless_node = reader.get("tenzij")
    unless = read_expression(unless_node, reader.findings) if unless_node is not None else None
    if any(o is None for o in operands) or (unless_node is not None and unless is None):
        return None
    unless_place = _place(reader, "tenzij") if unless is not None else None
    return Group(op, tuple(o for o in operands if o is not None), unless, _place(reader, op), unless_place)


def _choose(reader: Reader) -> Expression | None:
    findings = reader.findings
    branches: list[tuple[Expression, Expression]] = []
    otherwise: Expression | None = None
    whole = True
    seen_otherwise = odd = False
    for branch in reader.groups("kies"):
        if seen_otherwise:
            if whole:
                findings.add("anders-niet-laatste", branch.start)
            whole = False
        if branch.has("anders"):
            seen_otherwise = True
            otherwise = _part(branch, "anders")
            whole = whole and otherwise is not None
        else:
            condition, result = _part(branch, "als", "anders"), _part(branch, "dan", "anders")
            odd = odd or not (branch.has("als") or branch.has("dan"))
            if condition is None or result is None:
                whole = False
            else:
                branches.append((condition, result))
        branch.done()
    if not seen_otherwise and reader.has("anders"):
        reader.get("anders")
        findings.add("anders-ontbreekt", reader.key_span("anders"), hulp="zet het als laatste punt in de lijst: «- anders: …»")
    elif not seen_otherwise and not odd and isinstance(reader.get("kies"), Sequence):
        findings.add("anders-ontbreekt", reader.key_span("kies"))
    if not whole or otherwise is None:
        return None
    return Choose(tuple(branches), otherwise, _place(reader, "kies"))


def _part(reader: Reader, key: str, *instead: str) -> Expression | None:
    node = reader.need(key, instead=instead)
    return read_expression(node, reader.findings) if node is not None else None


def _table(reader: Reader) -> Expression | None:
    findings = reader.findings
    inner = reader.group("tabel")
    if inner is None:
        return None
    hit: Any = inner.choice("treffer", ("uniek", "eerste", "verzamel"), "eerste", required=True)
    columns = [read_expression(c, findings) for c in inner.sequence("kolommen", required=True)]
    if inner.empty("kolommen"):
        findings.add("lege-waarde", inner.key_span("kolommen"), sleutel="kolommen")
    rows: list[Row] = []
    whole = bool(columns) and all(c is not None for c in columns)
    for row in inner.groups("rijen", required=True):
        cells = _cells(row)
        result = _part(row, "dan")
        if cells is not None and columns and len(cells) != len(columns):
            one, many = len(cells), len(columns)
            findings.add(
                "kolommen-aantal",
                row.span("als"),
                cellen=f"{one} cel" if one == 1 else f"{one} cellen",
                kolommen=f"is {many} kolom" if many == 1 else f"zijn {many} kolommen",
            )
        if cells is None or result is None or len(cells) != len(columns):
            whole = False
        else:
            rows.append(Row(cells, result))
        row.done()
    otherwise = None
    if inner.has("anders"):
        otherwise = _part(inner, "anders")
        whole = whole and otherwise is not None
    collect: Any = None
    if hit == "verzamel":
        if inner.has("samen"):
            collect = inner.choice("samen", ("som", "max", "min"), "som")
        else:
            inner.lacks("samen", "samen-ontbreekt", inner.span("treffer"))
            whole = False
    inner.done()
    if inner.empty("rijen"):
        findings.add("lege-waarde", inner.key_span("rijen"), sleutel="rijen")
    if not whole or not rows:
        return None
    return Table(hit, tuple(c for c in columns if c is not None), tuple(rows), otherwise, collect, _place(reader, "tabel"))


def _cells(row: Reader) -> tuple[Cell, ...] | None:
    node = row.need("als")
    if node is None:
        return None
    if isinstance(node, Mapping):
        row.findings.add("geen-lijst", span_of(node), hulp='schrijf de cellen in een rij: «als: ["> 3", "-"]»')
        return None
    items = (node,) if isinstance(node, Scalar) else node.items
    cells: list[Cell] = []
    for item in items:
        if not isinstance(item, Scalar):
            row.findings.add("geen-tekst", span_of(item))
            return None
        readable, test = parse_cell(item, row.findings)
        if not readable:
            return None
        cells.append(Cell(test, Place(item, 0, max(1, len(item.value)))))
    return tuple(cells)
