"""A criterion that refuses somebody for a language that he does not speak.

Only where not speaking Dutch leads to «nee» is it told: who asks for a language course, for lessons in another language, or for somebody
who does not speak Dutch, helps. What can be read both ways stays silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.lint.subject import Subject, Whole, place

#: somebody who can speak it, or passed the exam on it
_SPEAKS: Final = re.compile(
    r"taal ?(?:eis|toets|niveau|examen|beheersing|vaardig\w*)|inburger(?!\w*(?:plicht|cursus|traject))\w*"
    r"|\b(?:spree?kt?|spreken|beheerst?|beheersen|verstaa[nt]?|lezen en schrijven|machtig)\b[^.?]*\b(?:nederlands|de taal)\b"
    r"|\b(?:nederlandse?|de) taal\b[^.?]*\b(?:spree?kt?|spreken|beheerst?|beheersen|verstaa[nt]?|machtig)\b"
    r"|\bnederlands\b[^.?]*\b(?:spree?kt?|spreken|beheerst?|beheersen|verstaa[nt]?|machtig)\b|moedertaal[^.?]*\bnederlands\b",
    re.IGNORECASE,
)
#: somebody who cannot, or finds it hard
_BARRED: Final = re.compile(
    r"taal ?(?:beperkt|achterstand|barri)|anderstalig|\b(?:nederlands\w*|taal)\b[^.?]*\b(?:moeite|moeilijk|slecht|onvoldoende)\b"
    r"|\b(?:geen|niet|moeite|moeilijk|slecht|onvoldoende|nauwelijks|weinig)\b[^.?]*\b(?:nederlands\w*|taal)\b",
    re.IGNORECASE,
)
_DENIED: Final = re.compile(r"\b(?:geen|niet|moeite|moeilijk|slecht|onvoldoende|nauwelijks|weinig|zonder)\b", re.IGNORECASE)
#: help with the language, another language, or an exemption: nobody is refused for what he speaks
_HELP: Final = re.compile(
    r"\b(?:andere|eigen|vreemde) taal|cursus|\bles(?:sen)?\b|traject|tolk|vertal|vrijgesteld|vrijstelling|ontheffing|ontheven|hulp|taalmaatje",
    re.IGNORECASE,
)
_LEVEL: Final = re.compile(r"[ABC][12]", re.IGNORECASE)


def language(one: Subject) -> Iterator[Diagnostic]:
    """A criterion that says «nee» to somebody because he does not speak Dutch."""
    for criterion, mapping in one.criteria:
        if criterion.gedoogd or criterion.gevolg == "wacht_tot":
            continue
        leaves = one.whole.leaves(criterion.eis)
        if any(_speaking(one.whole, leaf) for leaf in leaves) and _refuses(one.whole, criterion.eis, 1, frozenset()):
            yield finding("taaleis", place(mapping, "eis", "id"), naam=criterion.id)


def _refuses(whole: Whole, node: ir.Node, sign: int, seen: frozenset[tuple[str, str]]) -> bool:
    """Does somebody who does not speak Dutch fail this? `sign`: 1 where the node must be so, -1 where it must not."""

    def inside(part: ir.Node, turned: int = 1) -> bool:
        return _refuses(whole, part, sign * turned, seen)

    match node:
        case ir.Fact() | ir.OwnFact():
            return _speaking(whole, node) == sign
        case ir.TermRef(ruleset=home, name=name) if (home, name) not in seen:
            return any(_refuses(whole, term, sign, seen | {(home, name)}) for term in whole.terms(home, name))
        case ir.Not(operand=operand):
            return inside(operand, -1)
        case ir.And(operands=operands) | ir.Or(operands=operands):
            return any(map(inside, operands))
        case ir.Choose(branches=branches, otherwise=otherwise):  # which branch counts can be read both ways
            return any(inside(result) for _, result in branches) or inside(otherwise)
        case ir.Compare(op=op, left=left, right=ir.Const(value=bool() as wanted)) if op in ("=", "!="):
            return inside(left, 1 if wanted is (op == "=") else -1)
        case ir.Compare(op=op, left=left, right=ir.Const()) if op in (">", ">=", "<", "<="):
            return inside(left, 1 if op in (">", ">=") else -1)
        case ir.OneOf(value=ir.OwnFact() as fact, options=options):
            return sign == 1 and _speaking(whole, fact) == 1 and _asks_level(fact, [str(o) for o in options])
        case ir.Compare(op="=", left=ir.OwnFact() as fact, right=ir.Const(value=str() as level)):
            return sign == 1 and _speaking(whole, fact) == 1 and _asks_level(fact, [level])
        case _:
            return False


def _asks_level(fact: ir.OwnFact, wanted: list[str]) -> bool:
    """Is a level of language asked for, while there is a lower one?"""
    levels = sorted(option.upper() for option in fact.type.options if _LEVEL.fullmatch(option))
    return bool(levels) and all(_LEVEL.fullmatch(word) for word in wanted) and levels[0] < min(wanted).upper()


def _speaking(whole: Whole, leaf: ir.Node) -> int:
    """1 for a fact that says that somebody speaks Dutch, -1 for one that says that he does not, else (or when unsure) 0."""
    if isinstance(leaf, ir.Fact):
        return -1 if leaf.path[-1] == "taal_beperkt" else 0
    if not isinstance(leaf, ir.OwnFact):
        return 0
    key = (leaf.ruleset, leaf.name)
    known = whole.speaking
    if key not in known:
        facts = [d.gegevens[leaf.name] for d in whole.checker.by_id.get(leaf.ruleset, ()) if leaf.name in d.gegevens]
        known[key] = _said([text for fact in facts for text in (leaf.name.replace("_", " "), fact.label, fact.vraag)])
    return known[key]


def _said(texts: list[str]) -> int:
    if any(_HELP.search(text) for text in texts):
        return 0
    directions = set()
    for text in texts:
        if _BARRED.search(text):
            directions.add(-1)
        elif _SPEAKS.search(text):
            directions.add(0 if _DENIED.search(text) else 1)
    return directions.pop() if len(directions) == 1 else 0
