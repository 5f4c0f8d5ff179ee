"""Declared rulesets -> rulesets that mean something, or diagnostics: names, types, and what belongs together.

Terms may use those of other rulesets, so all rulesets of a register are checked together; each term gets its type once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from responsief.diagnostics import Findings, choose_from
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least, digits
from responsief.ir.circles import circle_code, circle_words, open_circle
from responsief.ir.declare import SHARED, RulesetDraft, declare, kept_versions
from responsief.ir.expressions import Scope, choose_term, type_expression
from responsief.ir.ruleset import Figure, Ruleset, Term
from responsief.ir.ruleset_reader import RulesetReader, exact_enough
from responsief.ir.types import Kind, Record, Type, type_of_soort
from responsief.source import Place, Scalar
from responsief.syntax.nodes import Document, Expression


class Checker:
    """Checks rulesets together. `rulesets` holds the valid ones afterwards; `findings` everything that is wrong.

    `kept` are drafts that an earlier checker read to their end, with their ruleset, and that nothing has changed for since
    (`remembered` knows which).
    """

    def __init__(self, documents: Iterable[Document], kept: Iterable[tuple[RulesetDraft, Ruleset | None]] = ()) -> None:
        done = {id(draft.document): (draft, ruleset) for draft, ruleset in kept}
        self.read = {id(draft): ruleset for draft, ruleset in done.values()}
        self.drafts = [done[id(d)][0] if id(d) in done else declare(d) for d in documents]
        self.findings = Findings()
        self.by_id: dict[str, list[RulesetDraft]] = {}
        self.steps: dict[tuple[str, str], int] = {}
        self.ranges: dict[int, tuple[Fraction | None, int]] = {}  # by the identity of a term: its draft keeps it
        self.busy: list[tuple[RulesetDraft, str]] = []  # the terms whose type is being found, each used by the one before
        for draft in self.drafts:
            self.by_id.setdefault(draft.id, []).append(draft)
        self.names = {
            home: list(dict.fromkeys([*(n for d in drafts for n in d.terms), *(n for d in drafts for n in d.bedragen)]))
            for home, drafts in self.by_id.items()
        }
        self.shared = [d for d in self.drafts if d.soort == SHARED]
        self.versions_apart()
        self.rulesets = [r for r in map(self.ruleset, self.drafts) if r is not None]
        self.circles_through_open()
        for draft in self.drafts:
            self.findings.items.extend(draft.findings.items)

    # names across rulesets

    def versions_apart(self) -> None:
        for versions in self.by_id.values():
            versions.sort(key=lambda d: d.van)
            for one, other in pairwise(versions):
                if one.overlaps(other.van, other.tot):
                    other.findings.add(
                        "twee-versies",
                        other.reader.span("geldig"),
                        een=one.document.source.name,
                        ander=other.document.source.name,
                        datum=max(one.van, other.van),
                    )
            for newer in versions[1:]:
                for which, last in kept_versions(newer.document):
                    older = [d for d in versions if d.van < newer.van and which in (None, d.van)]
                    if older and older[-1].last is not None:
                        older[-1].last = None if last is None else max(older[-1].last, last)

    def resolve(self, draft: RulesetDraft | None, name: str, place: Place) -> ir.Node | None:
        """What a name of a ruleset (or of the shared terms) stands for; None when it stands for nothing."""
        found: ir.Node | None = None
        for home in (*((draft,) if draft is not None else ()), *(d for d in self.shared if d is not draft)):
            node = self.named(home, name, place)
            if node is not None and home is draft:
                return node
            if node is not None:  # of a shared name every version counts
                found = node if found is None or found.type.kind is not node.type.kind else in_any_version(found, node)
        return found

    def named(self, home: RulesetDraft, name: str, place: Place) -> ir.Node | None:
        """What a name of one ruleset stands for; None when it has no such name. Raises Unresolved when it is wrong there."""
        if name in home.gegevens:
            return ir.OwnFact(home.id, name, home.gegevens[name].type, place)
        if name in home.bedragen:
            return figure_ref(home, name, place)
        if name in home.terms:
            term = self.term(home, name)
            if term is None:
                raise Unresolved
            least, size = self.range_of(term)
            return ir.TermRef(home.id, name, term.node.type, place, least, size)
        if name in home.open:
            soort = home.open[name].soort
            return ir.OpenRef(home.id, name, open_type(type_of_soort(soort)), place)
        if name in home.broken:
            raise Unresolved
        return None

    def range_of(self, term: Term) -> tuple[Fraction | None, int]:
        """How small a term can get, and how many digits it can take; worked out once, however often it is named."""
        found = self.ranges.get(id(term))
        if found is None:
            size = digits(term.node) if term.node.type.numeric else 0
            found = self.ranges[id(term)] = (at_least(term.node), size)
        return found

    def known(self, draft: RulesetDraft | None) -> list[str]:
        return [*own_names(draft), *(name for home in self.shared for name in own_names(home))]

    def scope(self, draft: RulesetDraft | None, case: Record | None = None) -> Scope:
        """What names mean in a ruleset, or (without one) in a catalogue: there only the shared terms, and `zaak`."""
        return Scope(
            lambda name, place: self.resolve(draft, name, place),
            lambda: self.known(draft),
            case,
            rulesets=self.names,
            own=lambda: own_names(draft),
            labels=lambda: {name: label for home in (*self.shared, draft) for name, label in labels(home).items()},
        )

    def typed(
        self, draft: RulesetDraft, written: Expression | None, wanted: Type | None, scope: Scope | None = None
    ) -> ir.Node | None:
        """A written expression with its type; None (with findings) when it has none."""
        if written is None:
            return None
        try:
            return type_expression(written, scope or self.scope(draft), draft.findings, wanted)
        except Unresolved:
            return None  # a term in it is wrong, and was reported there

    def term(self, draft: RulesetDraft, name: str) -> Term | None:
        """A term with its type, computed once; a circle is reported at the term that closes it."""
        if name in draft.typed:
            return draft.typed[name]
        written = draft.terms[name]
        before = next((at for at, (home, other) in enumerate(self.busy) if home is draft and other == name), None)
        if before is not None:
            circle = [(home.id, other) for home, other in (*self.busy[before:], (draft, name))]
            draft.findings.add(circle_code(circle), written.name.span(), naam=name, kring=circle_words(circle))
            draft.typed[name] = None
            return None
        if len(self.busy) >= MAX_CHAIN:
            top, long = self.busy[0]
            top.findings.add("keten-te-lang", top.terms[long].name.span(), naam=long)
            draft.typed[name] = None
            return None
        self.busy.append((draft, name))
        try:
            node = self.used(draft, written.uses) if written.uses is not None else self.typed(draft, written.expression, None)
        finally:
            self.busy.pop()
        if name in draft.typed:  # closed a circle meanwhile
            return draft.typed[name]
        term = None
        if node is not None and exact_enough(node, draft.findings):
            steps = max(self.steps.get((draft.id, name), 0), self.steps_of(node))
            self.steps[(draft.id, name)] = steps
            if steps > MAX_STEPS:
                draft.findings.add("keten-te-lang", written.name.span(), naam=name)
            else:
                term = Term(name, node, written.label, written.grondslag, written.geverifieerd, written.place)
        draft.typed[name] = term
        return term

    def steps_of(self, node: ir.Node) -> int:
        """How many steps lie under each other in a node and the terms it uses: whoever reads rules goes down all of them."""
        if isinstance(node, ir.TermRef):
            return 4 + self.steps.get((node.ruleset, node.name), 0)
        parts = [*ir.children(node)]
        if isinstance(node, ir.Aggregate):
            parts += [side for side in (node.value, node.where) if side is not None]
        return 1 + max(map(self.steps_of, parts), default=0)

    def used(self, draft: RulesetDraft, uses: Scalar) -> ir.Node | None:
        """`gebruik: regelset.begrip`: the term in every version that this ruleset can meet, of one type."""
        place = Place(uses, 0, len(uses.value))
        home, _, name = uses.value.partition(".")
        versions = self.by_id.get(home, [])
        if not versions or not name:
            hint = (choose_from(home, self.by_id) or None) if name else "schrijf «regelset.begrip»"
            draft.findings.add("regelset-onbekend", uses.span(width=len(home)), naam=home, hulp=hint)
            return None
        met = [v for v in versions if v.overlaps(draft.van, draft.last)] or versions[-1:]
        found: ir.Node | None = None
        for version in met:
            try:
                node = self.resolve(version, name, place)
            except Unresolved:
                return None
            if node is None or not isinstance(node, ir.TermRef | ir.FigureRef):
                draft.findings.add(
                    "begrip-onbekend",
                    Place(uses, len(home) + 1, len(name)).span,
                    regelset=home,
                    naam=name,
                    hulp=choose_term(name, self.names[home]),
                )
                return None
            if found is not None and node.type.kind is not found.type.kind:
                draft.findings.add("takken-verschillen", uses.span(), gevonden=node.type, verwacht=found.type)
                return None
            found = node if found is None else in_any_version(found, node)
        return found

    # the ruleset

    def ruleset(self, draft: RulesetDraft) -> Ruleset | None:
        if id(draft) not in self.read:
            try:
                self.read[id(draft)] = RulesetReader(self, draft).read()
            except RecursionError:  # only a text that was made to be deep gets past the limits below
                draft.findings.add("keten-te-lang", draft.reader.start, naam=draft.id)
                self.read[id(draft)] = None
        return self.read[id(draft)]

    def circles_through_open(self) -> None:
        """What a ruleset leaves open may not be filled in with something that reads it again."""
        if open_circle(self.rulesets) is None:
            return
        local = [r for r in self.rulesets if r.local]
        places = {r.gemeente for r in local if r.gemeente is not None}
        places = places.union(*(r.gebied.gemeenten | r.gebied.deels for r in local if r.gebied is not None))
        alike = {
            tuple(r.id for r in local if r.holds_in(place)): place for place in sorted(places)
        }  # one of each kind of place
        for gemeente in (None, *alike.values()):
            here = [r for r in self.rulesets if r.holds_in(gemeente)]
            for day in sorted({r.van for r in here}):
                valid = [r for r in here if r.holds_on(day)]
                circle = open_circle(valid)
                if circle is not None:
                    home, name = circle[0]
                    span = next(r.open[name].span for r in valid if r.id == home)
                    self.findings.add(circle_code(circle), span, naam=name, kring=circle_words(circle))
                    return


class Unresolved(Exception):
    """A name stands for a term that is itself wrong."""


MAX_CHAIN = 40  # terms whose types wait for each other
MAX_STEPS = 300  # steps under each other: six times what the rulesets here need, too few to exhaust any reader of rules


def own_names(draft: RulesetDraft | None) -> list[str]:
    """Every name that a ruleset gives something, also where that something is wrong."""
    return [] if draft is None else [*draft.gegevens, *draft.bedragen, *draft.terms, *draft.open, *draft.broken]


def labels(draft: RulesetDraft | None) -> dict[str, str]:
    """What each name of a ruleset is called in words."""
    if draft is None:
        return {}
    return {
        name: one.label
        for section in (draft.gegevens, draft.bedragen, draft.terms, draft.open)
        for name, one in section.items()
    }


def open_type(kind: Type) -> Type:
    """The type of what is left open: whoever fills it in may know that there is none, or know a number only roughly."""
    return replace(kind, geen=kind.kind is not Kind.JA_NEE, spread=kind.kind is Kind.GETAL)


def in_any_version(one: ir.Node, other: ir.Node) -> ir.Node:
    """A reference that may meet two versions: what is true of its type is what is true of both."""
    if not isinstance(one, ir.TermRef | ir.FigureRef):
        return one
    a, b = one.type, other.type
    merged = replace(
        a,
        options=tuple(dict.fromkeys((*a.options, *b.options))),
        whole=a.whole and b.whole,
        geen=a.geen or b.geen,
        spread=a.spread or b.spread,
    )
    bounds = (one.least, getattr(other, "least", None))
    return replace(one, type=merged, least=None if None in bounds else min(x for x in bounds if x is not None))


def figure_ref(home: RulesetDraft, name: str, place: Place) -> ir.FigureRef:
    """A reference to a figure, with the smallest value that it ever has."""
    figure: Figure = home.bedragen[name]
    values = [value.waarde for value in figure.waarden]
    least = None
    if figure.type.numeric and values:
        least = Fraction(min(values), 10**figure.type.cijfers)
    return ir.FigureRef(home.id, name, figure.type, place, least)
