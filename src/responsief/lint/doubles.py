"""What is said twice: one term or fact under two names, and one open term filled in by two regulations of one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Ruleset
from responsief.lint.subject import Subject, place


def terms(one: Subject) -> Iterator[Diagnostic]:
    """Two terms that mean the same: who changes one forgets the other."""
    seen: dict[Any, str] = {}
    for term in one.ruleset.begrippen.values():
        if isinstance(term.node, ir.Leaf):
            continue  # another name for one thing is what a term is for
        first = seen.setdefault(term.node, term.naam)
        if first != term.naam:
            yield finding("begrip-dubbel", term.place.span, naam=term.naam, ander=first)


def facts(one: Subject) -> Iterator[Diagnostic]:
    """Two facts that ask the same question: the client would be asked twice."""
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for key, mapping in one.sections("gegevens"):
        fact = one.ruleset.gegevens.get(key.value)
        if fact is None:
            continue
        asked = " ".join(fact.vraag.lower().split()).rstrip("?. ")
        first = seen.setdefault((asked, fact.van[:1]), fact.naam)
        if first != fact.naam:
            yield finding("gegeven-dubbel", place(mapping, "vraag"), naam=fact.naam, ander=first)


def fillers(one: Subject) -> Iterator[Diagnostic]:
    """Two regulations that fill in one open term where and when both hold: then it is not decided."""
    section = one.root.get("vult_in")
    for home, name in one.ruleset.vult_in:
        for other in one.whole.checker.rulesets:
            if other is one.ruleset:
                break  # told at the later of the two
            if (home, name) in other.vult_in and _meet(one.ruleset, other):
                key = getattr(section, "key", lambda _: None)(f"{home}.{name}")
                yield finding(
                    "invulling-twee", key.span() if key is not None else one.ruleset.span, naam=f"{home}.{name}", ander=other.id
                )
                break


def _meet(one: Ruleset, other: Ruleset) -> bool:
    """Do two rulesets hold in one place on one day?"""
    if (one.tot is not None and one.tot < other.van) or (other.tot is not None and other.tot < one.van):
        return False
    both = [{r.gemeente} if r.gemeente else r.gebied.gemeenten | r.gebied.deels if r.gebied else None for r in (one, other)]
    return None in both or not frozenset(both[0] or ()).isdisjoint(both[1] or ())
