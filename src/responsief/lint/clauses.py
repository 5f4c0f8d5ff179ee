"""Clauses and the way out of a refusal: what a clause says, what it reaches, and where nobody can do anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind
from responsief.lint.subject import Subject, place, rewritten, scalar

_ORDER: Final = ("<", "<=", ">", ">=")
_QUOTES: Final = str.maketrans("‘’“”„«»`´", '\'\'"""""\'\'')


def threshold(one: Subject) -> Iterator[Diagnostic]:
    """`maatstaf` holds the very words of the clause."""
    for clause, mapping in [*one.clauses, *((c, m) for c, m, _ in one.elsewhere)]:
        written = scalar(mapping, "maatstaf")
        if clause.tekst is None or written is None:
            continue
        words, text = " ".join(written.value.split()), " ".join(clause.tekst.split())
        parts = [part.strip() for part in re.split(r"\s*(?:…|\.\.\.|\[…\]|; )\s*", words) if part.strip()]
        if not parts or all(part in text for part in parts):
            continue
        at = _loose(text).find(_loose(words))
        literal = text[at : at + len(words)] if at >= 0 else ""
        if literal[1:] == words[1:] and literal:
            continue  # the clause begins with it: in the middle of our sentence a capital would be wrong
        if literal:
            fix = rewritten(written, literal)
            yield finding("maatstaf-anders", written.span(), hulp=f"schrijf «{literal}»", herstel=fix)
        else:
            yield finding("maatstaf-anders", written.span())


def _loose(text: str) -> str:
    """A text without capitals and kinds of quotation mark; as long as it was."""
    loose = text.translate(_QUOTES).lower()
    return loose if len(loose) == len(text) else text


def twice(one: Subject) -> Iterator[Diagnostic]:
    """Two clauses of one ruleset with the same words and another article: one of them was copied."""
    seen: dict[str, str] = {}
    for clause, mapping in one.clauses:
        if clause.maatstaf is None or clause.tekst is None:
            continue
        first = seen.setdefault(clause.tekst, clause.grondslag)
        if first != clause.grondslag:
            yield finding("clausule-dubbel", place(mapping, "tekst"), ander=first)


def no_reason(one: Subject) -> Iterator[Diagnostic]:
    """That there is no clause needs a reason: who reads the letter gets no other answer."""
    for clause, _ in one.clauses:
        if clause.soort == "geen" and not clause.reikwijdte:
            yield finding("geen-zonder-reden", clause.span)


def powerless(one: Subject) -> Iterator[Diagnostic]:
    """A clause that may change nothing."""
    for clause, _mapping in [*one.clauses, *((c, m) for c, m, _ in one.elsewhere)]:
        if clause.soort not in ("geen", "groepsniveau") and not clause.mag:
            yield finding("clausule-mag-niets", clause.span, naam=clause.id)


def silent(one: Subject) -> Iterator[Diagnostic]:
    """A criterion of which no clause says anything: not what helps, and not that nothing does."""
    said = {ident for clause, _ in one.clauses for ident in clause.geldt_voor} | _local(one)
    for criterion, _ in one.criteria:
        if criterion.id not in said and criterion.gevolg != "wacht_tot" and not criterion.gedoogd:
            yield finding("geen-clausule-genoemd", criterion.span, naam=criterion.id)


def forgotten(one: Subject) -> Iterator[Diagnostic]:
    """A criterion that rests on a beleidsregel, without the clause that every beleidsregel has: Awb 4:84."""
    reached = {ident for clause, _ in one.clauses if clause.soort == "awb_4_84" for ident in clause.geldt_voor}
    for criterion, mapping in one.criteria:
        if criterion.rust_op == "beleidsregel" and criterion.id not in reached and not criterion.gedoogd:
            yield finding("awb-484-vergeten", place(mapping, "rust_op", "id"), naam=criterion.id)


def cliff(one: Subject) -> Iterator[Diagnostic]:
    """A limit in money that refuses from one euro to the next, without a slope and without a clause that can soften it."""
    if any(criterion.gevolg == "deel" for criterion in one.ruleset.criteria):
        return
    own = {i for clause, _ in one.clauses if clause.soort not in ("geen", "groepsniveau") for i in clause.geldt_voor}
    reached = own | _local(one)
    for criterion, _ in one.criteria:
        if criterion.gevolg == "afwijzen" and not criterion.gedoogd and criterion.id not in reached and _money(one, criterion):
            yield finding("klif", criterion.span, naam=criterion.id)


def _local(one: Subject) -> set[str]:
    """The criteria that a clause from another regulation reaches somewhere."""
    return {
        ident
        for other in one.whole.checker.rulesets
        for clause in other.clausules_bij.get(one.ruleset.id, ())
        if clause.soort not in ("geen", "groepsniveau")
        for ident in clause.geldt_voor
    }


def _money(one: Subject, criterion: Criterion) -> bool:
    return any(
        isinstance(node, ir.Compare) and node.op in _ORDER and node.left.type.kind is Kind.GELD
        for node in one.whole.parts(criterion.eis)
    )


def needs(one: Subject) -> Iterator[Diagnostic]:
    """An area of life that a ruleset is about, for which the catalogue offers nothing on a condition."""
    catalogue = one.whole.catalogue.provisions
    if not catalogue or not one.ruleset.decides:
        return
    served = {
        area
        for provision in catalogue.values()
        if provision.voorwaarden is not None
        and (provision.tot is None or provision.tot >= one.whole.today)
        and (provision.gemeente is None or one.ruleset.gemeente in (None, provision.gemeente))
        for area in provision.leefgebieden
    }
    for item in getattr(one.root.get("leefgebieden"), "items", ()):
        if item.value not in served:
            yield finding("behoefte-zonder-aanbod", item.span(), leefgebied=item.value.replace("_", " "))
