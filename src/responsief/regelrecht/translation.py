"""From a file to the draft of a ruleset, and then through our own checks.

An expression that they refuse is taken out again and listed, so that a draft always reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.regelrecht.draft import Draft
from responsief.regelrecht.from_articles import read_articles
from responsief.regelrecht.from_services import read_service
from responsief.regelrecht.law import MONEY, Law, Soort
from responsief.regelrecht.notes import Notes
from responsief.regelrecht.reading import Group
from responsief.regelrecht.to_ruleset import prune, read_names, to_ruleset
from responsief.regelrecht.to_yaml import Item, Page, to_yaml
from responsief.register import Files, check_files
from responsief.source import Source, Span
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document, Mapping, Sequence

KNOWN: Final = frozenset(
    [f"0.1.{n}" for n in range(8)] + ["0.2.0", "0.3.0", "0.3.1", "0.3.2", "0.4.0"] + [f"0.5.{n}" for n in range(7)]
)
ROUNDS: Final = 12


@dataclass(frozen=True, slots=True)
class Translation:
    """The file that came out, what a person must know about it, and how much was translated."""

    text: str
    notes: Notes
    criteria: int
    terms: int
    figures: int
    holes: int
    left: tuple[Diagnostic, ...]  # what our checks still find in it: nothing, or the translator is wrong


def translate(document: Document, files: Files) -> Translation:
    """The draft of a ruleset. `files` is the register that it will stand beside. Raises InvalidError when the file is no law
    of either schema."""
    notes = Notes()
    draft = to_ruleset(_read(document, notes), notes)
    prune(draft)
    page = to_yaml(draft, document.source.name)
    left = _findings(page, files)
    for _ in range(ROUNDS):
        if not left or not _take_out(draft, page, left):
            break
        prune(draft)
        page = to_yaml(draft, document.source.name)
        left = _findings(page, files)
    for finding in left:
        notes.add("controle-rest", draft.law.span, waarom=finding.tekst)
    _say_what_stays_out(draft)
    page = to_yaml(draft, document.source.name)
    counts = len(draft.criteria), len(draft.terms), len(draft.figures), len(draft.holes)
    return Translation(page.text, notes, *counts, tuple(left))


def _read(document: Document, notes: Notes) -> Law:
    root, source = document.root, document.source
    _version(root, source, notes)
    if isinstance(root.get("articles"), Sequence):
        return read_articles(document, notes)
    if isinstance(root.get("properties"), Mapping) and ("law" in root.entries or "actions" in root.entries):
        return read_service(document, notes)
    text = "dit is geen wet van regelrecht of poc-machine-law"
    help_text = "er hoort «articles» in te staan (regelrecht), of «law» met «properties» en «actions» (poc-machine-law)"
    raise InvalidError([Diagnostic("geen-regelrecht", text, root.span, help_text)])


def _version(root: Mapping, source: Source, notes: Notes) -> None:
    top = Group(root, notes)
    written = next((t for key in ("$schema", "schema_version", "$id") if (t := top.text(key))), "")
    found = re.search(r"\d+\.\d+\.\d+", written)
    start = Span(source, 1, 1)
    if found is None:
        notes.add("versie", start, wat="de bron zegt niet welke versie van het schema dit is")
    elif found[0] not in KNOWN:
        notes.add("versie", start, wat=f"versie {found[0]} van het schema is hier niet bekend")


def _say_what_stays_out(draft: Draft) -> None:
    """Facts and outputs that nothing reads, and what still has to be written."""
    law, notes = draft.law, draft.notes
    read = read_names(draft)
    for term in draft.terms:
        if not term.helper and term.name not in read:
            notes.add("ongebruikt", term.span, naam=term.name)
    taken = {s.field.name for s in draft.facts if s.field is not None}
    outputs = {a.output for s in law.sections for a in s.actions}
    for section in law.sections:
        for one in section.fields:
            if one.role != "uitvoer" and one.name not in taken and one.name not in outputs and one.output not in outputs:
                notes.add("niet-gelezen", one.span, naam=one.name)
            if one.role == "uitvoer" and one.name not in outputs:
                notes.add("sleutel", one.span, wat=f"uitvoer {one.name}", hulp="geen actie rekent dit uit")
        figures = {s.definition.name for s in draft.figures if s.definition is not None}
        for definition in section.definitions:
            fixed = definition.many or isinstance(definition.values[0].value, bool | str)
            if definition.name not in figures and not fixed:
                notes.add("niet-gelezen", definition.span, naam=definition.name)
    for symbol in draft.facts:
        declared = symbol.field
        if declared is None:
            continue
        if declared.law:
            where = " ".join(p for p in (declared.service, declared.law, declared.output) if p)
            notes.add("andere-regeling", declared.span, naam=symbol.name, waar=where)
        if declared.reference:
            notes.add("peildag", declared.span, naam=symbol.name, dag=declared.reference)
        if symbol.soort == "getal" and declared.decimals is None and declared.unit not in ("years", "months", "weeks", "days"):
            how = "decimaal" if declared.unit in ("ratio", "percentage") else "geheel getal"
            notes.add("decimalen", declared.span, naam=symbol.name, hoe=how)
    for symbol in [*draft.facts, *draft.outputs]:
        if symbol.loose and symbol.soort in MONEY and symbol.field is not None:
            notes.add("getal-als-geld", symbol.field.span, naam=symbol.name)
    for symbol in [*draft.facts, *draft.figures]:
        if symbol.guessed and not symbol.loose:
            where_span = symbol.definition.span if symbol.definition else symbol.field.span if symbol.field else law.span
            notes.add("soort-onbekend", where_span, naam=symbol.name, soort=symbol.soort)
    if not law.regeling:
        notes.add("tekst", law.span, wat="«bron.regeling»: de bron noemt geen nummer")
    if not law.orgaan:
        notes.add("tekst", law.span, wat="«bevoegd.orgaan»: de bron zegt niet wie beslist")
    for what in (
        "«doel» en «leefgebieden» van de regeling",
        "«procedure»: rechtsmiddel, aanvullen, horen",
        "«titel», «doel» en «uitleg» van elk criterium, in gewone taal",
        "«vraag» en «van» van elk gegeven",
        "«hardheid»: de clausules en uitzonderingen van de wet",
    ):
        notes.add("tekst", law.span, wat=what)


def _findings(page: Page, files: Files) -> list[Diagnostic]:
    """What our checks find in the draft, standing beside the register."""
    findings = Findings()
    document = read_yaml(Source("concept", page.text), findings)
    if document is None:
        return list(findings)
    documents = {form: list(found) for form, found in files.documents.items()}
    documents["regelset"] = [*documents["regelset"], document]
    _, _, found = check_files(Files(documents, findings))
    return [f for f in found if f.span is None or f.span.source.name == "concept"]


def _take_out(draft: Draft, page: Page, findings: list[Diagnostic]) -> bool:
    """Replace every expression that has a finding by a hole; False when there was none to replace."""
    done: set[Item] = set()
    for finding in findings:
        if finding.span is None:
            continue
        item = page.items[min(finding.span.line, len(page.items)) - 1]
        if item in done:
            continue
        if _hollow(draft, item, finding):
            done.add(item)
    return bool(done)


def _hollow(draft: Draft, item: Item, finding: Diagnostic) -> bool:
    section, name = item

    def hole(soort: Soort, span: Span) -> str:
        draft.notes.add("controle", span, naam=name, waarom=finding.tekst)
        return draft.hole(soort, name, span)

    if section == "begrippen":
        for term in draft.terms:
            if term.name == name and term.body not in draft.holes:
                term.body = hole(term.soort, term.span)
                return True
    if section == "criteria":
        for one in draft.criteria:
            if one.id == name and one.body not in draft.holes:
                one.body = hole("ja_nee", one.span)
                return True
    if section == "open":
        for slot in draft.slots:
            if slot.symbol.name == name and slot.default is not None:
                draft.notes.add("controle", slot.span, naam=name, waarom=finding.tekst)
                slot.default = None
                return True
    if section == "uitkomst" and draft.outcome is not None and draft.outcome.body not in draft.holes:
        draft.outcome.body = hole("geld", draft.outcome.span)
        return True
    if section == "bedragen":
        for symbol in draft.figures:
            if symbol.name == name and symbol.definition is not None:
                draft.notes.add("controle", symbol.definition.span, naam=name, waarom=finding.tekst)
                draft.figures.remove(symbol)
                return True
    return False
