"""What a ruleset asks or names and nothing reads: no mistake, but somebody may have meant to use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from responsief.diagnostics import Diagnostic, Findings
from responsief.ir import nodes as ir
from responsief.ir.catalogue import Catalogue
from responsief.ir.declare import SHARED
from responsief.ir.ruleset import Ruleset
from responsief.lint.subject import Whole
from responsief.source import Scalar
from responsief.syntax.nodes import Mapping

SECTIONS = {"gegevens": "het gegeven", "begrippen": "het begrip"}


def unused(whole: Whole) -> list[Diagnostic]:
    """A warning for every own fact and term that no rule reads, by place. Shared terms are there for whoever comes."""
    read = {
        (node.ruleset, node.name)
        for root in (*(n for r in whole.checker.rulesets for n in roots(r)), *catalogue_roots(whole.catalogue))
        for node in whole.parts(root)
        if isinstance(node, (ir.OwnFact, ir.TermRef))
    }
    found = Findings()
    for draft in whole.checker.drafts:
        for section, what in SECTIONS.items() if draft.soort != SHARED else ():
            for key in _keys(draft.document.root.get(section)):
                if (draft.id, key.value) not in read:
                    found.add("ongebruikt", key.span(), wat=what, naam=key.value)
    return sorted(found, key=Diagnostic.place)


def roots(ruleset: Ruleset) -> Iterator[ir.Node]:
    """Every expression of a ruleset."""
    yield from (node for node in (ruleset.peildatum, ruleset.bedrag) if node is not None)
    yield from ruleset.vult_in.values()
    yield from (term.node for term in ruleset.begrippen.values())
    yield from (slot.anders for slot in ruleset.open.values() if slot.anders is not None)
    yield from (one.als for one in ruleset.aandacht)
    yield from (one.als for one in ruleset.samenloop if one.als is not None)
    if ruleset.ingang is not None:
        yield ruleset.ingang.vanaf
    if ruleset.ter_sprake is not None:
        yield ruleset.ter_sprake.als
    yield from (one.voor for one in ruleset.overgang)
    for criterion in ruleset.criteria:
        yield from (reading.eis for reading in criterion.lezingen)
        yield from (n for n in (criterion.eis, criterion.aftrek, criterion.wacht_tot) if n is not None)
    for clause in (*ruleset.hardheid, *(c for clauses in ruleset.clausules_bij.values() for c in clauses)):
        yield from (bar.als for bar in (*clause.niet_als, *clause.voorwaarden))


def catalogue_roots(catalogue: Catalogue) -> Iterator[ir.Node]:
    """Every expression of the two catalogues."""
    yield from (fact.node for fact in catalogue.facts.values())
    yield from (p.voorwaarden for p in catalogue.provisions.values() if p.voorwaarden is not None)


def _keys(section: object) -> Iterable[Scalar]:
    return [key for key, _ in section.entries.values()] if isinstance(section, Mapping) else []
