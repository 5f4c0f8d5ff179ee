"""Fields and definitions, which both generations write nearly alike."""

from __future__ import annotations

from fractions import Fraction
from typing import Final, Literal

from responsief.regelrecht.from_operations import read_tree
from responsief.regelrecht.law import Constant, Definition, Field, Soort
from responsief.regelrecht.notes import Notes
from responsief.regelrecht.reading import Group, basis, constant, plain_name
from responsief.source import Scalar
from responsief.syntax.nodes import Mapping, Sequence, Yaml, span_of

Role = Literal["parameter", "invoer", "bron", "uitvoer"]

_KINDS: Final[dict[str, Soort]] = {
    "string": "tekst",
    "enum": "tekst",
    "number": "getal",
    "integer": "getal",
    "boolean": "ja_nee",
    "amount": "geld",
    "date": "datum",
    "array": "lijst",
    "object": "lijst",
}
_PER: Final = {"month": "maand", "year": "jaar"}
#: says nothing about a value
QUIET: Final = frozenset({"citizen_relevance", "description", "label"})


def read_field(group: Group, role: Role, home: str, notes: Notes) -> Field | None:
    """One declared field; None (with a note) without a name."""
    name = group.text("name")
    if not name:
        notes.add("vorm", group.start, wat="een veld zonder «name»")
        return None
    spec, temporal = group.group("type_spec"), group.group("temporal")
    unit = spec.text("unit")
    kind = read_kind(group.text("type"), unit)
    if kind is None:
        notes.add("sleutel", group.start, wat=f"type {group.text('type') or '…'} van {name}", hulp="kies zelf een type")
    if kind == "geld" and not unit:
        notes.add("eenheid", group.start, naam=plain_name(name))
    decimals = spec.number("precision")
    service, law, output = _origin(group, notes)
    key = group.mapping.key("name") if group.mapping is not None else None
    node = group.get("name")
    reference = temporal.text("reference").removeprefix("$")
    found = Field(
        plain_name(name),
        role,
        kind,
        group.text("description") or name.replace("_", " ").lower(),
        basis(group.get("legal_basis"), notes, home),
        node.span() if isinstance(node, Scalar) else key.span() if key else group.start,
        tuple(item.value for item in spec.items("enum") if isinstance(item, Scalar)),
        decimals if isinstance(decimals, int) else None,
        spec.number("min"),
        spec.number("max"),
        unit,
        service,
        law,
        plain_name(output) if output else "",
        "" if reference in ("", "calculation_date", "referencedate") else reference,
        _PER.get(temporal.text("period_type"), ""),
        group.text("citizen_relevance") == "primary",
        group.yes("required"),
    )
    for strange in group.rest(QUIET | {"temporal", "type_spec", "source", "service_reference", "source_reference"}):
        notes.add("sleutel", strange.span(), wat=f"{strange.value} van {name}", hulp="kijk wat de bron ermee zegt")
    return found


def _origin(group: Group, notes: Notes) -> tuple[str, str, str]:
    """Service, law and output (or table and field) that a value comes from."""
    source = group.group("source")
    if source.mapping is not None:
        law, output = source.text("regulation") or source.text("endpoint"), source.text("output")
        for odd in source.rest(frozenset({"parameters", "description"})):
            notes.add("sleutel", odd.span(), wat=f"source.{odd.value}", hulp="kijk welke regeling de bron bedoelt")
        return "", law, output
    service = group.group("service_reference")
    if service.mapping is not None:
        return service.text("service"), service.text("law"), service.text("field")
    table = group.group("source_reference")
    return table.text("source_type") or table.text("table"), "", table.text("field")


def read_kind(text: str, unit: str) -> Soort | None:
    """What a value is, from the source's type and unit."""
    if unit == "eurocent":
        return "geld"
    if unit == "euro":
        return "euro"
    return _KINDS.get(text.lower())


def read_definitions(group: Group, home: str, notes: Notes) -> tuple[Definition, ...]:
    """The constants under `definitions`: bare values, lists, or `{value: …}`."""
    found = []
    for key, node in group.entries():
        one = _definition(key, node, home, notes)
        if one is not None:
            found.append(one)
    return tuple(found)


def _definition(key: Scalar, node: Yaml, home: str, notes: Notes) -> Definition | None:
    kind: Soort | None = None
    label, grondslag, value = key.value.replace("_", " ").lower(), home, node
    if isinstance(node, Mapping):
        inner = Group(node, notes)
        held = inner.get("value") if inner.has("value") else inner.get("values")
        if held is None:
            notes.add(
                "sleutel", key.span(), wat=f"de definitie {key.value}", hulp="een groep waarden kan hier niet: schrijf ze los"
            )
            return None
        spec = inner.group("type_spec")
        kind = read_kind(inner.text("type"), inner.text("unit") or spec.text("unit"))
        label = inner.text("description") or label
        grondslag = basis(inner.get("legal_basis"), notes, home)
        value = held
    many = isinstance(value, Sequence)
    items = value.items if isinstance(value, Sequence) else (value,)
    values: list[Constant] = []
    for item in items:
        found = constant(item) if isinstance(item, Scalar) else read_tree(item, notes)
        if not isinstance(found, Constant) or (isinstance(found.value, str) and found.value.startswith("$")):
            notes.add(
                "sleutel",
                span_of(item),
                wat=f"de definitie {key.value}",
                hulp="hier staat geen vaste waarde: maak er een begrip van",
            )
            return None
        values.append(found)
    if kind in ("geld", "euro", None) and any(isinstance(v.value, bool | str) for v in values):
        kind = None
    if kind == "geld" and any(isinstance(v.value, Fraction) for v in values):
        kind = "getal"  # a part of a cent is no amount: the use decides, or the check says so
    return Definition(plain_name(key.value), tuple(values), many, kind, label, grondslag, key.span())
