"""Who could change a failed criterion, and every smallest set of changes that gives a better outcome, found by trying.

Household, nationality, health, age, spending savings and leaving school are never laid on the client.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import ceil, floor
from typing import Any, Final

from responsief.backends.explain import in_words, with_unit
from responsief.backends.unknown import field_of, label_of, own_fact, path_of
from responsief.decision import Change, Uitkomst, Way, Who
from responsief.facts import write_value
from responsief.frozen import dataclass
from responsief.hardship.case import HardCase
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind, Type
from responsief.ir.verdict import Verdict
from responsief.situation import replace

FIXED: Final = (
    "persoon.", "huishouden.", "gezondheid.", "zorg.", "vermogen.", "opleiding.", "veiligheid.", "communicatie.", "aanvraag.voor",
)  # fmt: skip
# What is never proposed to the client, whatever a ruleset writes under `wat`.
NEVER: Final = re.compile(
    r"trouw|scheid|samenwo|partner|nationaliteit|verblijf|zwanger|ziek|gezond|leeftijd|ouder worden|sparen|spaargeld|uitgeven"
    r"|opmaken|(stop|weg)\w* (met|van) (de |uw |een )?(studie|opleiding|school)"
)
# Of which facts another value is ever named as a way: the rest is who somebody is, what was, or what somebody needs.
NAMED: Final = ("wonen.huur", "werk.", "eigen.")
# What a ruleset asks for itself is protected when its name or label speaks of one of these.
FIXED_WORDS: Final = re.compile(
    r"partner|gehuwd|huwelijk|samenwo|alleenstaand|huishoud|gezin|kind|ouder(?!schapsverlof)|medebewoner|nationalit|nederlander"
    r"|verblijfs|vreemdeling|zwanger|ziek|gezond|medisch|beperking|mantelzorg|leeftijd|geboorte|jaar oud|spaar|vermogen|bezit"
    r"|opleiding|school|studie|studeert|onderwijs"
)

HARDEST: Final[tuple[Who, ...]] = ("niemand", "overheid", "gemeente", "inwoner")  # together it takes the hardest of them
NEGATED: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "!=", "!=": "="}
RANK: Final[dict[Uitkomst, int]] = {"afgewezen": 0, "wacht": 1, "onbepaald": 2, "gedeeltelijk": 3, "toegekend": 4}
MOST_FACTS: Final = 5  # changes of facts that are tried, with all their combinations
MOST_OPTIONAL: Final = 6  # criteria of which not all need to change: of these all combinations are tried
MOST_WAYS: Final = 20
MIRRORED: Final = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "=", "!=": "!="}


# --- who ---------------------------------------------------------------------------------------------------------------


def what_moves(criterion: Criterion, who: Who) -> str:
    """« (de grens)»: what the ruleset says that this person or body could change; nothing where it speaks of another."""
    what = criterion.wat_wijzigt
    if not what or who != criterion.wie_wijzigt or (who == "inwoner" and NEVER.search(what.lower())):
        return ""
    return f" ({what})"


def who_moves(case: HardCase, criterion: Criterion) -> Who:
    """Who could change it: as the ruleset says, but what is protected is never laid on the client."""
    stated = criterion.wie_wijzigt
    if stated in ("overheid", "gemeente", "niemand"):
        return stated  # type: ignore[return-value]  # mypy does not narrow a str by `in` to a Literal
    if stated == "inwoner" and _free(case, criterion.eis, wanted=True):
        return "inwoner"
    return instead(criterion)


def instead(criterion: Criterion) -> Who:
    """Who could change it where the client can't."""
    return "gemeente" if criterion.rust_op in ("verordening", "beleidsregel") else "overheid"


def _free(case: HardCase, node: ir.Node, *, wanted: bool) -> bool:
    """Can a node become `wanted` without anything protected becoming otherwise?"""
    node = case.explainer.definition(node)
    match node:
        case ir.Not(operand=operand):
            return _free(case, operand, wanted=not wanted)
        case ir.And(operands=operands) | ir.Or(operands=operands):
            failing = [o for o in operands if case.explainer.value(o) is not wanted]
            every = isinstance(node, ir.And) is wanted
            return (all if every else any)(_free(case, o, wanted=wanted) for o in failing)
        case _:
            return not protected(case, node)


def protected(case: HardCase, *nodes: ir.Node) -> bool:
    """Does any of these read something that is never laid on the client?"""
    return any(_is_protected(case, leaf) for node in nodes for leaf in case.verdict.program.facts(node))


def _is_protected(case: HardCase, leaf: ir.Node) -> bool:
    if isinstance(leaf, ir.OwnFact):
        words = (leaf.name, own_fact(case.explainer.compiled, leaf).label, *leaf.type.options)
        return FIXED_WORDS.search(" ".join(words).lower()) is not None
    return path_of(leaf).startswith(FIXED)


# --- the smallest sets -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ways:
    """Every smallest set of changes among what was tried, those with the fewest changes first; `meer`: there may be more."""

    manieren: tuple[Way, ...]
    meer: bool


@dataclass(frozen=True, slots=True)
class Move:
    """A change as it can be tried: with the fact and its value as a program reads it."""

    change: Change
    leaf: ir.Fact | ir.OwnFact
    value: Any


def ways(case: HardCase) -> Ways:
    """All smallest sets of changes that give a better outcome than there is, each tried on the verdict itself.

    What can change are the failed criteria (whoever could change them), and of what the ruleset lays on the client the facts
    that are not protected. Exact within what is tried; where there was too much to try, `meer` says so.
    """
    every = _moves(case)
    moves, more = every[:MOST_FACTS], len(every) > MOST_FACTS
    failed = [criterion.id for criterion in case.failed]
    found: dict[frozenset[Any], Verdict] = {}
    for size in range(len(moves) + 1):
        for chosen in combinations(range(len(moves)), size):
            facts = [moves[at] for at in chosen]
            if len({move.change.gegeven for move in facts}) < size or any(key <= {*chosen} for key in found):
                continue
            run = _run(case, facts)
            sets, cut = _supplements(case, run, failed)
            more = more or cut
            for met in sets:
                key = frozenset((*chosen, *met))
                if not any(other <= key for other in found):
                    found[key] = _concluded(case, run, met)
    shown = sorted(found.items(), key=lambda item: (len(item[0]), sorted(map(str, item[0]))))
    return Ways(tuple(_way(case, moves, key, verdict) for key, verdict in shown[:MOST_WAYS]), more or len(shown) > MOST_WAYS)


def _way(case: HardCase, moves: Sequence[Move], key: Collection[Any], verdict: Verdict) -> Way:
    facts = [move.change for at, move in enumerate(moves) if at in key]
    rules = [_of_rule(case, criterion) for criterion in case.failed if criterion.id in key]
    changes = (*facts, *rules)
    hardest = next(w for w in HARDEST if w in {change.wie for change in changes})
    return Way(changes, verdict.uitkomst, verdict.bedrag, hardest)


def _of_rule(case: HardCase, criterion: Criterion) -> Change:
    who = who_moves(case, criterion)
    return Change(criterion.id, f"«{criterion.titel}» staat niet meer in de weg{what_moves(criterion, who)}", who)


def _run(case: HardCase, moves: Iterable[Move]) -> tuple[Any, ...]:
    """The run with these facts."""
    moves = list(moves)
    if not moves:
        return case.verdict.run
    compiled = case.explainer.compiled
    situation = case.situation.effective
    own = list(compiled.own(situation))
    names = [(home, d.naam) for home, d in compiled.program.own]
    for move in moves:
        if isinstance(move.leaf, ir.OwnFact):
            own[names.index((move.leaf.ruleset, move.leaf.name))] = move.value
        else:
            situation = replace(situation, path_of(move.leaf), move.value)
    return compiled.run_with(situation, tuple(own), case.verdict.peildatum)


def _concluded(case: HardCase, run: tuple[Any, ...], met: Collection[str]) -> Verdict:
    """The verdict on a run where these criteria do not stand in the way: their answer is a slot of its own that says yes."""
    assert case.explainer.compiled.concluder is not None
    concluder = copy.copy(case.explainer.compiled.concluder)
    concluder.rows = [(c, len(run) if c.id in met else slot, until, taken) for c, slot, until, taken in concluder.rows]
    return concluder.conclude_all((*run, True), case.verdict.peildatum)


def outcome_without(case: HardCase, criterion: str) -> Uitkomst:
    """What comes out when this one criterion does not stand in the way."""
    return _concluded(case, case.verdict.run, (criterion,)).uitkomst


def _better(case: HardCase, run: tuple[Any, ...], met: Collection[str]) -> bool:
    return RANK[_concluded(case, run, met).uitkomst] > RANK[case.verdict.uitkomst]


def _supplements(case: HardCase, run: tuple[Any, ...], failed: Sequence[str]) -> tuple[list[tuple[str, ...]], bool]:
    """Given a run, every smallest set of criteria that must be met besides for a better outcome; and whether there may be more.

    Of a few every set is tried, the smaller first: meeting one more is not always better (a wait that is unknown hides a
    refusal). Of many, what can't be left out of all of them is taken to be in every such set.
    """
    if len(failed) <= MOST_OPTIONAL:
        tried: list[tuple[str, ...]] = []
        for size in range(len(failed) + 1):
            for some in combinations(failed, size):
                if not any({*other} <= {*some} for other in tried) and _better(case, run, some):
                    tried.append(some)
        return tried, False
    if not _better(case, run, failed):
        return [], False
    if _better(case, run, ()):
        return [()], True
    needed = [one for one in failed if not _better(case, run, [other for other in failed if other != one])]
    if _better(case, run, needed):
        return [tuple(needed)], False
    optional = [one for one in failed if one not in needed]
    found: list[tuple[str, ...]] = []
    for size in range(1, min(len(optional), MOST_OPTIONAL) + 1):
        for chosen in combinations(optional[:MOST_OPTIONAL], size):
            if not any({*other} <= {*chosen} for other in found) and _better(case, run, [*needed, *chosen]):
                found.append(chosen)
    return [(*needed, *chosen) for chosen in found], len(optional) > MOST_OPTIONAL


# which facts could be otherwise


def _moves(case: HardCase) -> list[Move]:
    """The changes of facts that could help: of facts that some failed criterion lays on the client, to every limit they miss."""
    atoms = [
        (criterion, node, wanted) for criterion in case.failed for node, wanted in _atoms(case, criterion.eis, wanted=True)
    ]
    laid = {path_of(leaf) for c, node, _ in atoms if who_moves(case, c) == "inwoner" for leaf in _asked(case, node)}
    found: dict[tuple[str, Any], Move] = {}
    for criterion, node, wanted in atoms:
        if laid:
            for leaf, value in _values(case, node, wanted):
                path = path_of(leaf)
                if path in laid and value != case.explainer.value(leaf):
                    found.setdefault((path, value), Move(_of_fact(case, criterion, leaf, value), leaf, value))
    return list(found.values())


def _asked(case: HardCase, node: ir.Node) -> Iterator[ir.Fact | ir.OwnFact]:
    """The facts of a node that are the client's own to tell, when nothing about it is protected."""
    if not protected(case, node):
        for leaf in case.verdict.program.facts(node):
            field = own_fact(case.explainer.compiled, leaf) if isinstance(leaf, ir.OwnFact) else field_of(path_of(leaf))
            if field is not None and "inwoner" in field.van and path_of(leaf).startswith(NAMED):
                yield leaf


def _atoms(case: HardCase, node: ir.Node, *, wanted: bool) -> Iterator[tuple[ir.Node, bool]]:
    """The questions that keep a node from being `wanted`, and what each should be."""
    node = case.explainer.definition(node)
    if case.explainer.value(node) is not (not wanted):
        return
    match node:
        case ir.Not(operand=operand):
            yield from _atoms(case, operand, wanted=not wanted)
        case ir.And(operands=operands) | ir.Or(operands=operands):
            for operand in operands:
                yield from _atoms(case, operand, wanted=wanted)
        case _:
            yield node, wanted


def _values(case: HardCase, node: ir.Node, wanted: bool) -> Iterator[tuple[ir.Fact | ir.OwnFact, Any]]:
    """With which value of its fact a question comes out as `wanted`. Days are history: no other day is ever proposed."""
    definition, value = case.explainer.definition, case.explainer.value
    match node:
        case ir.Fact(origin="situatie") | ir.OwnFact():
            yield node, wanted
        case ir.Compare(op=sign, left=left, right=right):
            needed = sign if wanted else NEGATED[sign]
            for one, other, how in ((left, right, needed), (right, left, MIRRORED[needed])):
                leaf = definition(one)
                if isinstance(leaf, ir.Fact | ir.OwnFact):
                    yield from ((leaf, found) for found in _beside(leaf.type, value(other), how))
        case ir.OneOf(value=inner, options=options):
            leaf = definition(inner)
            if isinstance(leaf, ir.Fact | ir.OwnFact) and leaf.type.kind is Kind.KEUZE:
                yield from ((leaf, o) for o in leaf.type.options if (o in options) is wanted)
        case ir.Within(value=inner, low=low, high=high):
            leaf = definition(inner)
            edges = ((low, ">="), (high, "<=")) if wanted else ((low, "<"), (high, ">"))
            if isinstance(leaf, ir.Fact | ir.OwnFact):
                yield from ((leaf, found) for edge, sign in edges for found in _beside(leaf.type, value(edge), sign))


def _beside(kind: Type, limit: Any, sign: str) -> Iterator[Any]:
    """The nearest value of a fact that stands to a limit as `sign` says, as a program reads it: cents, decimals as a whole."""
    if kind.kind is Kind.KEUZE and isinstance(limit, str):
        yield from ([limit] if sign == "=" else [o for o in kind.options if o != limit])
    elif kind.numeric and isinstance(limit, int | Fraction) and not isinstance(limit, bool):
        exact = Fraction(limit) * 10**kind.cijfers
        match sign:
            case "<=" | "=":
                found = floor(exact)
            case "<":
                found = ceil(exact) - 1
            case ">=":
                found = ceil(exact)
            case _:
                found = floor(exact) + 1
        if found >= 0 and (sign != "=" or found == exact):
            yield found


def _of_fact(case: HardCase, criterion: Criterion, leaf: ir.Fact | ir.OwnFact, value: Any) -> Change:
    path = path_of(leaf)
    own = own_fact(case.explainer.compiled, leaf) if isinstance(leaf, ir.OwnFact) else None
    label, unit = (own.label if own else label_of(path.split("."))), case.explainer.unit(leaf)
    exact = Fraction(value, 10**leaf.type.cijfers) if leaf.type.numeric else value
    then, now = (with_unit(in_words(v, leaf.type), unit) for v in (exact, case.explainer.value(leaf)))
    kind = {Kind.GELD: "geld", Kind.GETAL: "decimaal" if leaf.type.cijfers else "getal"}.get(leaf.type.kind)
    written = ("ja" if value else "nee") if isinstance(value, bool) else value
    if kind is not None:
        written = write_value(kind, value, leaf.type.cijfers)
    return Change(criterion.id, f"{label}: {then} in plaats van {now}", "inwoner", path, str(written))
