"""Transitional law: a version of a ruleset in which, on a day, an earlier one still counts for some.

It becomes a choice in the rules themselves («who keeps the old rule: the old condition, else the new one»), made when a ruleset is
linked for a day. So whatever runs or reads rules knows of it without being told, and what is unknown about who keeps the old rule
is unknown in the outcome only where the two rules differ.

The names of the earlier version get a home of their own («iit@2025-01-01»): its terms and figures are its own, also where the newer
version has the same names. What means the same in both keeps its home. What a person states stays in `eigen.iit`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from responsief.facts import Soort
from responsief.ir import nodes as ir
from responsief.ir.program import counts_on
from responsief.ir.ruleset import Criterion, Earlier, Ongoing, OwnFactDef, Ruleset, Transition
from responsief.ir.types import JA_NEE, Type

AT = "@"  # between the id of a ruleset and the first day of an earlier version: no id has it


def home_of(ident: str) -> str:
    """The id of a ruleset, of the home of one of its versions."""
    return ident.partition(AT)[0]


def with_transitions(ruleset: Ruleset, versions: Sequence[Ruleset], on: date) -> Ruleset:
    """A version as it is decided on a day: where an earlier one still counts for some, its criteria and amount are choices.

    `versions` are all versions of this ruleset. The clauses, and everything beside criteria and amount, are those of the version
    itself. Transitional law of the earlier version is not looked at: whoever keeps the old rule, keeps it as it was written.
    """
    earlier = []
    for rule in ruleset.overgang:
        old = next((r for r in versions if r.van == rule.geldt), None)
        if old is not None and (rule.tot is None or on <= rule.tot):
            earlier.append(_earlier(rule, old, ruleset, on))
    if not earlier:
        return ruleset
    own = {c.id: c for c in ruleset.criteria if counts_on(c, on)}
    every = dict.fromkeys([*(c.id for c in ruleset.criteria), *(ident for one in earlier for ident in one.criteria)])
    not_yet = {c.id: c for c in ruleset.criteria if c.id not in own}
    either = [_either(ident, own.get(ident), earlier) or not_yet.get(ident) for ident in every]
    amount = ruleset.bedrag
    kept = [(one.overgang, one.regelset.bedrag) for one in earlier if one.overgang.bedrag]
    if amount is not None:
        amount = choice([(who, old) for who, old in kept if old is not None], amount)
    only_old = tuple([ident for ident in every if ident not in own and ident not in not_yet])
    whole = {c.id for c in ruleset.criteria}
    return replace(
        ruleset,
        criteria=tuple([one for one in either if one is not None]),
        bedrag=amount,
        hardheid=tuple(
            # a clause for every criterion is one for those that only the earlier version has
            [replace(c, geldt_voor=(*c.geldt_voor, *only_old)) if whole <= {*c.geldt_voor} else c for c in ruleset.hardheid]
        ),
        gegevens=_facts(ruleset, earlier),
        lopend=Ongoing(own, tuple(earlier)),
    )


def choice(branches: Sequence[tuple[Transition, ir.Node]], otherwise: ir.Node) -> ir.Node:
    """What the first of these that holds for a person gives, else `otherwise`; just that where all of them give it."""
    if all(result == otherwise for _, result in branches):
        return otherwise
    types = [*(result.type for _, result in branches), otherwise.type]
    merged = Type(
        otherwise.type.kind,
        options=tuple(dict.fromkeys(option for one in types for option in one.options)),
        whole=all(one.whole for one in types),
        geen=any(one.geen for one in types),
        spread=any(one.spread for one in types),
    )
    return ir.Choose(tuple([(who.voor, old) for who, old in branches]), otherwise, merged, branches[0][0].place)


def _either(ident: str, own: Criterion | None, earlier: Sequence[Earlier]) -> Criterion | None:
    """One criterion for everyone: what the versions ask of each person. What a version does not ask is «ja» there."""
    branches = [(one.overgang, one.criteria.get(ident)) for one in earlier if one.overgang.covers(ident)]
    asked = [own, *(old for _, old in branches)]
    first = next((c for c in asked if c is not None), None)
    if first is None or all(c is own for c in asked):
        return own
    place = branches[0][0].place
    yes = ir.Const(True, JA_NEE, place)
    of_old = [(who, old) for who, old in branches if old is not None]

    def part(name: str) -> ir.Node | None:
        """The day or deduction that goes with a «nee»: only who is asked can get one."""
        there = [(who, getattr(old, name)) for who, old in of_old if getattr(old, name) is not None]
        last: ir.Node | None = getattr(own, name) if own is not None else None
        if last is None and there:
            last = there.pop()[1]
        return choice(there, last) if last is not None else None

    return replace(
        first,
        eis=choice([(who, old.eis if old is not None else yes) for who, old in branches], own.eis if own is not None else yes),
        wacht_tot=part("wacht_tot"),
        aftrek=part("aftrek"),
        vanaf=None,
        gedoogd=False,
        lezingen=tuple(reading for c in asked if c is not None for reading in c.lezingen),
    )


def _facts(ruleset: Ruleset, earlier: Sequence[Earlier]) -> dict[str, OwnFactDef]:
    """What is asked for any of the versions; of a fact with other words to choose from in each, all of these."""
    found = dict(ruleset.gegevens)
    for one in earlier:
        for name, old in one.regelset.gegevens.items():
            new = found.setdefault(name, old)
            options = tuple(dict.fromkeys((*new.soort.opties, *old.soort.opties)))
            if options != new.soort.opties:
                found[name] = replace(new, soort=Soort("keuze", *options), type=replace(new.type, options=options))
    return found


# --- the earlier version in a home of its own ----------------------------------------------------------------------------


def _earlier(transition: Transition, old: Ruleset, new: Ruleset, on: date) -> Earlier:
    moved = rehomed(old, new)
    renamed = old.naam != new.naam
    said = f"overgangsrecht: {_of(transition.grondslag, new.naam) if renamed else transition.grondslag}"
    criteria = {
        c.id: replace(
            c,
            grondslag=f"{_of(c.grondslag, old.naam) if renamed else c.grondslag} ({said})",
            geverifieerd=c.geverifieerd and old.geverifieerd,
            vanaf=None,
            gedoogd=False,
        )
        for c in moved.criteria
        if transition.covers(c.id) and counts_on(c, on)
    }
    return Earlier(transition, moved, criteria)


def _of(article: str, regulation: str) -> str:
    """An article of the regulation itself with the name of that: the two versions have names of their own."""
    return f"{article}, {regulation}" if _OWN.match(article) else article


_OWN = re.compile(r"(?:[Aa]rt|\d)")


def rehomed(old: Ruleset, new: Ruleset) -> Ruleset:
    """An earlier version whose names are its own beside those of a newer one; a name that means the same in both stays."""
    move = _Move(old, new)
    node = move.node
    return replace(
        old,
        id=move.home,
        begrippen={name: replace(term, node=node(term.node)) for name, term in old.begrippen.items()},
        open={
            name: replace(slot, anders=node(slot.anders) if slot.anders is not None else None)
            for name, slot in old.open.items()
        },
        criteria=tuple(
            [
                replace(
                    c,
                    eis=node(c.eis),
                    wacht_tot=node(c.wacht_tot) if c.wacht_tot is not None else None,
                    aftrek=node(c.aftrek) if c.aftrek is not None else None,
                    lezingen=tuple([replace(reading, eis=node(reading.eis)) for reading in c.lezingen]),
                )
                for c in old.criteria
            ]
        ),
        bedrag=node(old.bedrag) if old.bedrag is not None else None,
    )


class _Move:
    """Gives the names of an earlier version their own home, except those that mean the same in the newer one."""

    def __init__(self, old: Ruleset, new: Ruleset) -> None:
        self.old = old
        self.new = new
        self.home = f"{old.id}{AT}{old.versie}"
        self._same: dict[str, bool] = {}

    def node(self, node: ir.Node) -> ir.Node:
        return ir.with_leaves(node, self.leaf)

    def leaf(self, leaf: ir.Leaf) -> ir.Leaf:
        match leaf:
            case ir.TermRef() | ir.FigureRef() | ir.OpenRef() if leaf.ruleset == self.old.id and not self.same(leaf.name):
                return replace(leaf, ruleset=self.home)
            case _:
                return leaf

    def same(self, name: str) -> bool:
        """Does a name mean the same in both versions, through everything that it uses?"""
        found = self._same.get(name)
        if found is None:
            found = self._same[name] = self._compare(name)
        return found

    def _compare(self, name: str) -> bool:
        old, new = self.old, self.new
        if name in old.begrippen:
            return name in new.begrippen and self.node(old.begrippen[name].node) == new.begrippen[name].node
        if name in old.bedragen:
            return old.bedragen[name] == new.bedragen.get(name)
        one, other = old.open[name], new.open.get(name)
        if other is None or one.type != other.type or (one.anders is None) is not (other.anders is None):
            return False
        return one.anders is None or self.node(one.anders) == other.anders
