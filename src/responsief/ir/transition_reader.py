"""Reads `overgang:` of a ruleset: who keeps an earlier version, and whether the two versions can be held side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from responsief.diagnostics import choose_from
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion, Figure, OwnFactDef, Ruleset, Transition
from responsief.ir.types import JA_NEE
from responsief.source import Place, Scalar, Span
from responsief.syntax.nodes import Mapping
from responsief.syntax.reading import Reader
from responsief.values import format_day

if TYPE_CHECKING:
    from responsief.ir.declare import RulesetDraft
    from responsief.ir.ruleset_reader import RulesetReader

AMOUNT = "bedrag"  # under `criteria`: the amount goes along


def criterion_ids(draft: RulesetDraft) -> list[str]:
    """The ids of a ruleset's criteria as written, before it is read."""
    node = draft.document.root.get("criteria")
    entries = [one.get("id") for one in getattr(node, "items", ()) if isinstance(one, Mapping)]
    return [one.value for one in entries if isinstance(one, Scalar)]


def read_transitions(
    ruleset: RulesetReader, criteria: Sequence[Criterion], amount: ir.Node | None, per: str
) -> tuple[Transition, ...]:
    """Every entry of `overgang`, in the order in which they are tried; findings where one can't be."""
    reader = ruleset.reader
    if reader.empty("overgang"):
        ruleset.findings.add("lege-waarde", reader.key_span("overgang"), sleutel="overgang", hulp=None)
    found = [_Entry(ruleset, inner, criteria, amount, per).read() for inner in reader.groups("overgang")]
    return tuple([one for one in found if one is not None])


class _Entry:
    """One entry: `voor` keeps the version `geldt` up to and including `tot`."""

    def __init__(
        self, ruleset: RulesetReader, reader: Reader, criteria: Sequence[Criterion], amount: ir.Node | None, per: str
    ) -> None:
        self.ruleset = ruleset
        self.draft = ruleset.draft
        self.findings = ruleset.findings
        self.reader = reader
        self.criteria = criteria
        self.amount = amount
        self.per = per

    def read(self) -> Transition | None:
        reader = self.reader
        reader.need("voor")
        who = self.ruleset.expression(reader, "voor", JA_NEE)
        until, which = reader.day("tot"), reader.day("geldt")
        grondslag, why = reader.must("grondslag"), reader.must("uitleg")
        if until is not None and until < self.draft.van:
            self.findings.add("overgang-voorbij", reader.span("tot"), van=format_day(self.draft.van))
            until = self.draft.van
        old = self.earlier(which)
        named = self.named(old) if reader.has("criteria") else None
        reader.done()
        key = reader.mapping.key("voor")
        if old is None or who is None or key is None:
            return None
        criteria = None if named is None else tuple([one for one in named if one != AMOUNT])
        found = Transition(
            who, until, old.van, grondslag, why, criteria, named is None or AMOUNT in named, Place(key, 0, len(key.value))
        )
        before = self.ruleset.checker.ruleset(old)
        if before is not None:
            self.compare(before, found)
        return found

    def earlier(self, which: date | None) -> RulesetDraft | None:
        """The version that is kept: the one that begins on that day, or the one just before this."""
        older = [d for d in self.ruleset.checker.by_id[self.draft.id] if d.van < self.draft.van]
        if not older:
            self.findings.add("overgang-geen-versie", self.start, naam=self.draft.id)
            return None
        found = older[-1] if which is None else next((d for d in older if d.van == which), None)
        if found is None:
            days = ", ".join(d.van.isoformat() for d in older)
            hint = f"schrijf de eerste dag van die versie: {days}"
            self.findings.add("overgang-versie-onbekend", self.reader.span("geldt"), naam=self.draft.id, datum=which, hulp=hint)
        return found

    def named(self, old: RulesetDraft | None) -> tuple[str, ...]:
        """What it is about: criteria of either version, and `bedrag`."""
        known = [*self.ruleset.declared_ids, *(criterion_ids(old) if old is not None else ())]
        options = list(dict.fromkeys([*known, AMOUNT]))
        found = self.reader.scalars("criteria", required=True)
        for one in found:
            if old is not None and one.value not in options:
                self.findings.add("criterium-onbekend", one.span(), naam=one.value, hulp=choose_from(one.value, options))
        return tuple([one.value for one in found])

    @property
    def start(self) -> Span:
        return self.reader.key_span("voor")

    # can the two versions be held side by side?

    def compare(self, old: Ruleset, found: Transition) -> None:
        mine = {c.id: c for c in self.criteria}
        kept = [c for c in old.criteria if found.covers(c.id)]
        for one in kept:
            new = mine.get(one.id)
            if new is not None and new.gevolg != one.gevolg:
                self.findings.add("overgang-gevolg", new.span, naam=one.id, oud=one.gevolg, nu=new.gevolg)
        self.compare_amounts(old, found, kept)
        roots = [n for c in kept for n in (c.eis, c.aftrek, c.wacht_tot, *(r.eis for r in c.lezingen)) if n is not None]
        if found.bedrag and old.bedrag is not None:
            roots.append(old.bedrag)
        for leaf in _own_leaves(roots, old):
            if isinstance(leaf, ir.OwnFact):
                self.check_fact(old.gegevens[leaf.name])
            else:
                self.check_figure(old.bedragen[leaf.name], found.tot)

    def compare_amounts(self, old: Ruleset, found: Transition, kept: Sequence[Criterion]) -> None:
        there, here = (
            f"een bedrag per {per}" if node is not None else "geen bedrag"
            for node, per in ((old.bedrag, old.per), (self.amount, self.per))
        )
        takes_off = self.amount is None and any(c.gevolg == "deel" for c in kept)
        if (found.bedrag and there != here) or takes_off:
            self.findings.add("overgang-bedrag", self.start, oud=there, nu=here)

    def check_fact(self, fact: OwnFactDef) -> None:
        """Is a fact that the old version asks the same kind of fact here? Of a choice the words may differ."""
        now = self.draft.gegevens.get(fact.naam)
        if now is None:
            return
        one, other = fact.soort, now.soort
        if (one.naam, one.cijfers, one.geen) != (other.naam, other.cijfers, other.geen):
            self.findings.add("overgang-gegeven", self.start, naam=fact.naam, oud=fact.type, nu=now.type)

    def check_figure(self, figure: Figure, last: date | None) -> None:
        """Has a figure of the old version a value on the days on which its rules still count?"""
        first = self.draft.van
        without = next((day for day in (first, last) if day is not None and figure.on(day) is None), None)
        if without is not None and figure.tot is not None and first <= figure.tot < without:
            without = figure.tot + timedelta(days=1)
        if without is not None:
            self.findings.add("overgang-cijfer", self.start, naam=figure.naam, datum=format_day(without))


def _own_leaves(roots: Sequence[ir.Node], old: Ruleset) -> Iterator[ir.OwnFact | ir.FigureRef]:
    """Every fact and figure of a version that these read, through the terms of that version; each once."""
    todo, seen = list(roots), set[str]()
    while todo:
        for node in ir.walk(todo.pop()):
            if not isinstance(node, ir.OwnFact | ir.TermRef | ir.FigureRef | ir.OpenRef) or node.ruleset != old.id:
                continue
            if node.name in seen:
                continue
            seen.add(node.name)
            match node:
                case ir.OwnFact() | ir.FigureRef():
                    yield node
                case ir.TermRef():
                    todo.append(old.begrippen[node.name].node)
                case ir.OpenRef() if (default := old.open[node.name].anders) is not None:
                    todo.append(default)
