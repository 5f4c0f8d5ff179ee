"""Service definitions of poc-machine-law (schema v0.1) -> a law of one section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from responsief.regelrecht.fields import Role, read_definitions, read_field
from responsief.regelrecht.from_operations import SILENT, read_choice, read_operation, read_tree, whole
from responsief.regelrecht.law import Action, Field, Law, Operation, Requirement, Section, Strange, Tree
from responsief.regelrecht.notes import Notes
from responsief.regelrecht.reading import Group, basis, day_of, plain_name
from responsief.syntax.nodes import Document

#: read elsewhere, or without a rule in it
_QUIET: Final = frozenset({"$schema", "$id", "uuid", "schema_version", "references", "discoverable", "description"})
_LISTS: Final[tuple[tuple[str, Role], ...]] = (
    ("parameters", "parameter"),
    ("sources", "bron"),
    ("input", "invoer"),
    ("output", "uitvoer"),
)
_INSTRUMENTS: Final = {"FORMELE_WET": "wet", "GEMEENTELIJKE_VERORDENING": "verordening"}


def read_service(document: Document, notes: Notes) -> Law:
    """The law of a service definition; everything that is not read is noted."""
    top = Group(document.root, notes)
    home = basis(top.get("legal_basis"), notes, top.text("law").replace("_", " "))
    properties = top.group("properties")
    fields: list[Field] = []
    for key, role in _LISTS:
        for group in properties.groups(key):
            field = read_field(group, role, home, notes)
            if field is not None:
                fields.append(field)
    definitions = read_definitions(properties.group("definitions"), home, notes)
    requirements = tuple(_requirements(top.groups("requirements"), home, notes))
    actions = tuple(_actions(top, home, notes))
    legal = top.group("legal_basis")
    instrument = _INSTRUMENTS.get(top.text("law_type"), "")
    if not instrument:
        notes.add("soort-regeling", top.start, wat=top.text("law_type") or "geen law_type", nieuw="wet")
    service = top.text("service")
    if service.upper().startswith("GEMEENTE_"):
        notes.add("gemeente", top.start, naam=service)
    law = top.text("law")
    decision = top.text("legal_character") in ("", "BESCHIKKING")
    section = Section("", home, decision, "", tuple(fields), definitions, actions, (), requirements)
    if top.yes("requires_manual_approval"):
        node = top.mapping.key("requires_manual_approval") if top.mapping else None
        notes.add(
            "sleutel",
            node.span() if node else top.start,
            wat="requires_manual_approval",
            hulp="bij ons beslist altijd een mens",
        )
    top.text("decision_type")
    start = day_of(top.text("valid_from"))
    if start is None:
        notes.add("tekst", top.start, wat="«geldig.van»: de bron noemt geen dag die te lezen is; hier staat 1900-01-01")
    found = Law(
        "dienst",
        "-".join(plain_name(part).replace("_", "-") for part in law.split("/") if part.strip()) or "naamloos",
        top.text("name") or law,
        instrument or "wet",
        legal.text("bwb_id"),
        start or date(1900, 1, 1),
        None,
        "college" if service.upper().startswith("GEMEENTE_") else service,
        "0000" if service.upper().startswith("GEMEENTE_") else None,
        (section,),
        top.start,
    )
    for group in (top, properties):
        for odd in group.rest(_QUIET):
            notes.add("sleutel", odd.span(), wat=odd.value, hulp="kijk wat de bron ermee regelt")
    return found


def _requirements(groups: Iterable[Group], home: str, notes: Notes) -> Iterator[Requirement]:
    """What stands under `requirements`, one requirement for each part of an `all`."""
    for group in groups:
        grondslag = basis(group.get("legal_basis"), notes, home)
        if group.has("all") and not any(group.rest(SILENT | {"all"})):
            yield from _requirements(group.groups("all"), grondslag, notes)
        else:
            yield Requirement(_requirement(group, notes), grondslag)


def _requirement(group: Group, notes: Notes) -> Tree:
    for key, op in (("or", "of"), ("any", "of"), ("all", "en")):
        if group.has(key):
            parts = tuple(_requirement(inner, notes) for inner in group.groups(key))
            if not parts:
                return Strange("vorm", f"een lege «{key}»", group.start)
            return whole(Operation(op, parts, key, group.start), group, f"«{key}»")
    if group.mapping is None or not group.has("operation"):
        return Strange("vorm", "een voorwaarde zonder «operation»", group.start)
    return read_operation(group, notes)


def _actions(top: Group, home: str, notes: Notes) -> Iterator[Action]:
    for group in top.groups("actions"):
        found = read_action(group, home, notes)
        if found is not None:
            yield found


def read_action(group: Group, home: str, notes: Notes) -> Action | None:
    """One action: an operation, a value, or a value taken from a `subject`."""
    name = group.text("output")
    if not name:
        notes.add("vorm", group.start, wat="een actie zonder «output»")
        return None
    grondslag = basis(group.get("legal_basis"), notes, home)
    tree: Tree
    if group.has("condition") or group.text("operation").upper() == "STATIC":
        tree = Strange("actie-voorwaarde", name, group.start)
    elif group.has("resolve"):
        inner = group.group("resolve")
        tree = Strange("andere-regeling", f"{inner.text('type')} {inner.text('output')}".strip(), group.start)
    elif group.has("operation"):
        tree = read_operation(group, notes)
    elif group.has("value") or group.has("subject"):
        tree = read_tree(group.get("value") if group.has("value") else group.get("subject"), notes)
    elif group.has("conditions"):
        tree = read_choice(group, notes)
    else:
        tree = Strange("vorm", f"{name} zonder waarde", group.start)
    return Action(plain_name(name), whole(tree, group, name), grondslag, group.start)
