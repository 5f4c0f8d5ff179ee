"""What the rules of lint look at: a ruleset beside the nodes it was read from, and the register that it stands in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import field
from datetime import date
from typing import Final, cast

from responsief.diagnostics import Diagnostic, Edit
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.ir.ruleset import Clause, Criterion, Figure, Ruleset
from responsief.source import Scalar, Span
from responsief.syntax.nodes import Mapping, Sequence, Yaml, span_of


@dataclasses.dataclass(slots=True)
class Whole:
    """The register: every ruleset with its catalogue, the rulesets that have test cases, and the day that counts as today."""

    checker: Checker
    catalogue: Catalogue
    tested: frozenset[str]
    today: date
    speaking: dict[tuple[str, str], int] = field(default_factory=dict)  # of own facts: does one say that somebody speaks Dutch?
    figure_spans: dict[tuple[str, str], tuple[date, date | None]] = field(
        default_factory=dict
    )  # first and last day with a value
    _under: dict[tuple[str, str], tuple[ir.Leaf, ...]] = field(default_factory=dict)
    _parts: dict[int, tuple[ir.Node, ...]] = field(default_factory=dict)
    _ends: dict[int, list[ir.Leaf]] = field(default_factory=dict)

    def terms(self, ruleset: str, name: str) -> Iterator[ir.Node]:
        """What a term stands for, in every version of its ruleset."""
        for draft in self.checker.by_id.get(ruleset, ()):
            term = draft.typed.get(name)
            if term is not None:
                yield term.node

    def figures(self, ruleset: str, name: str) -> Iterator[Figure]:
        """A figure, in every version of its ruleset."""
        for draft in self.checker.by_id.get(ruleset, ()):
            if name in draft.bedragen:
                yield draft.bedragen[name]

    def leaves(self, node: ir.Node) -> Iterator[ir.Leaf]:
        """Everything that an expression reads, through all of its terms."""
        for part in self._leaves_in(node):
            if isinstance(part, ir.TermRef):
                key = (part.ruleset, part.name)
                if key not in self._under:
                    self._under[key] = ()  # a circle is a mistake, and was told: here it only must end
                    found = {_called(leaf): leaf for term in self.terms(*key) for leaf in self.leaves(term)}
                    self._under[key] = tuple(found.values())
                yield from self._under[key]
            else:
                yield part

    def _leaves_in(self, root: ir.Node) -> list[ir.Leaf]:
        found = self._ends.get(id(root))
        if found is None:
            found = self._ends[id(root)] = [cast("ir.Leaf", part) for part in self.parts(root) if type(part) in LEAVES]
        return found

    def parts(self, root: ir.Node) -> tuple[ir.Node, ...]:
        """A whole expression and everything in it, parts before wholes. Every rule looks again: it is taken apart once."""
        found = self._parts.get(id(root))  # the rulesets that it belongs to live as long as this does
        if found is None:
            found = self._parts[id(root)] = tuple(_taken_apart(root))
        return found


#: asked of half of all nodes: a look in a set takes a third of the time of isinstance
LEAVES: Final = frozenset({ir.Const, ir.Fact, ir.OwnFact, ir.FigureRef, ir.TermRef, ir.OpenRef, ir.Today})


def _called(leaf: ir.Leaf) -> object:
    """What tells a leaf from others, cheaper than the whole of it."""
    if isinstance(leaf, ir.Fact):
        return leaf.origin, leaf.path
    if isinstance(leaf, ir.OwnFact | ir.FigureRef | ir.OpenRef):
        return type(leaf), leaf.ruleset, leaf.name
    return id(leaf)


def _taken_apart(root: ir.Node) -> list[ir.Node]:
    found: list[ir.Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        found.append(node)
        if type(node) in LEAVES:
            continue
        stack += ir.children(node)
        if isinstance(node, ir.Aggregate):
            stack += [side for side in (node.value, node.where) if side is not None]
    found.reverse()
    return found


@dataclass(frozen=True, slots=True)
class Subject:
    """One ruleset, its criteria and clauses each beside the mapping it was read from."""

    ruleset: Ruleset
    root: Mapping
    whole: Whole
    criteria: tuple[tuple[Criterion, Mapping], ...]
    clauses: tuple[tuple[Clause, Mapping], ...]  # of its own criteria
    elsewhere: tuple[tuple[Clause, Mapping, str], ...]  # what it has for other rulesets, and for which

    def sections(self, name: str) -> Iterator[tuple[Scalar, Mapping]]:
        """The names that are declared under a section, each with its mapping."""
        section = self.root.get(name)
        for key, value in section.entries.values() if isinstance(section, Mapping) else ():
            if isinstance(value, Mapping):
                yield key, value


Rule = Callable[[Subject], Iterator[Diagnostic]]


def subjects(whole: Whole) -> Iterator[Subject]:
    """Every ruleset that is valid."""
    drafts = {id(draft.document.source): draft.document.root for draft in whole.checker.drafts}
    for ruleset in whole.checker.rulesets:
        root = drafts[id(ruleset.source)]
        elsewhere = root.get("clausules_bij")
        yield Subject(
            ruleset,
            root,
            whole,
            tuple(zip(ruleset.criteria, mappings(root.get("criteria")), strict=True)),
            tuple(zip(ruleset.hardheid, mappings(root.get("hardheid")), strict=True)),
            tuple(
                (clause, mapping, home)
                for home, clauses in ruleset.clausules_bij.items()
                for clause, mapping in zip(
                    clauses, mappings(elsewhere.get(home) if isinstance(elsewhere, Mapping) else None), strict=True
                )
            ),
        )


def mappings(node: Yaml | None) -> list[Mapping]:
    """The mappings in a list."""
    return [item for item in node.items if isinstance(item, Mapping)] if isinstance(node, Sequence) else []


def place(mapping: Mapping, *keys: str) -> Span:
    """Where the value of the first of these keys stands that is there; else where the mapping starts."""
    for key in keys:
        value = mapping.get(key)
        if value is not None:
            return span_of(value)
    return mapping.span


def scalar(mapping: Mapping, key: str) -> Scalar | None:
    """The value of a key, if it is one text."""
    value = mapping.get(key)
    return value if isinstance(value, Scalar) else None


def rewritten(written: Scalar, text: str) -> tuple[Edit, ...]:
    """The change of a scalar that says `text` instead; none where it is written in a way that can't simply be replaced."""
    raw = written.source.text[written.start : written.end]
    quote = raw[:1] if raw[:1] in ("'", '"') else ""
    if written.before or raw != quote + written.value + quote or (quote and (quote in text or "\\" in text)):
        return ()
    return (Edit(written.source, written.start + len(quote), written.end - len(quote), text),)
