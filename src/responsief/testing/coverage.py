"""Coverage: what the cases of each ruleset show of it, and what they don't."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from responsief.backends.explain import word
from responsief.backends.nearness import near
from responsief.decision import Decision
from responsief.desk import Desk
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.operators import Truth
from responsief.ir.program import Program
from responsief.ir.ruleset import Ruleset
from responsief.ir.verdict import Verdict
from responsief.register import Register
from responsief.syntax.nodes import Document
from responsief.testing.independence import decides, holds, shown
from responsief.testing.points import SOORTEN, Decider, Point, Points, Soort, points_of
from responsief.trial_files import Case, read_trials

Way = str | tuple[str, bool, Truth]  # how something was seen; of a condition that decided: which criterion, what both were


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that no case shows: of which ruleset and version, what, and in which ways it is still to be seen (`mist`)."""

    regelset: str
    versie: str
    punt: Point
    mist: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many of how many."""

    gezien: int
    van: int


@dataclass(frozen=True, slots=True)
class Report:
    """What the cases show of one version of a ruleset."""

    regelset: str
    versie: str
    bestand: str
    gevallen: int
    tellingen: dict[Soort, Count]
    gaten: tuple[Gap, ...]


class Coverage:
    """What cases have shown so far. `add` takes a decided case; nothing here decides."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.cases: dict[str, int] = defaultdict(int)  # by version of a ruleset
        self.wrong: list[Diagnostic] = []  # cases that could not be decided
        self._points: dict[str, Points] = {}
        self._seen: dict[tuple[str, int], set[Way]] = defaultdict(set)  # by version, and the number of the point
        self._vectors: set[tuple[str, int, tuple[Any, ...]]] = set()
        self._shared: dict[int, tuple[Ruleset, ...]] = {}
        self._kept: list[Program] = []

    # what to look at

    def points(self, ruleset: Ruleset) -> Points:
        """What should be seen of a ruleset."""
        found = self._points.get(_key(ruleset))
        if found is None:
            found = self._points[_key(ruleset)] = points_of(ruleset, self.register)
        return found

    def add(self, ruleset: Ruleset, verdict: Verdict, decision: Decision | None = None) -> None:
        """Look at one case of this ruleset. Without the decision nothing is seen of clauses and points of attention."""
        self.cases[_key(ruleset)] += 1
        for one in (ruleset, *self._read_along(verdict.program)):
            self._look(one, verdict)
            if decision is not None:
                self._look_at_decision(one, decision)

    def _read_along(self, program: Program) -> tuple[Ruleset, ...]:
        """The rulesets that a program reads and that decide nothing themselves."""
        found = self._shared.get(id(program))
        if found is None:
            parts = program.parts
            found = self._shared[id(program)] = tuple([p for p in parts if not p.decides])
            self._kept.append(program)  # so that its identity stays its own
        return found

    def _look(self, ruleset: Ruleset, verdict: Verdict) -> None:
        program, run, key, known = verdict.program, verdict.run, _key(ruleset), self.points(ruleset)

        def look(node: ir.Node) -> Any:
            return program.value(node, run)

        def define(node: ir.Node) -> ir.Node:
            while isinstance(node, ir.TermRef | ir.OpenRef):
                node = program.definitions[(node.ruleset, node.name)]
            return node

        deciding = [self._deciding(key, at, d, look, program) for at, d in enumerate(known.deciders)]
        for number, point in enumerate(known.points):
            node = point.node
            if node is None or not linked(program, node):
                continue
            seen = self._seen[(key, number)]
            match point.soort:
                case "oordeel" | "voorwaarde":
                    seen.add(word(look(node)))
                case "op_zichzelf":
                    seen.update(deciding[one][at] for one, at in point.solo if at in deciding[one])
                case "rij":
                    if point.at in taken(node, look):
                        seen.add("gezien")
                case "grens":
                    side = near(node, point.at, look, define)
                    if side is not None:
                        seen.add(word(side))

    def _deciding(
        self, key: str, number: int, decider: Decider, look: Callable[[ir.Node], Any], program: Program
    ) -> dict[int, tuple[str, bool, Truth]]:
        """The conditions that decided a criterion in this case, each with what it was and what the criterion was."""
        if not linked(program, decider.node):
            return {}
        values = tuple([look(node) for node in decider.conditions])
        if (key, number, values) in self._vectors:
            return {}
        self._vectors.add((key, number, values))
        verdict = holds(decider.formula, values)
        found = {}
        for at, (node, value) in enumerate(zip(decider.conditions, values, strict=True)):
            if decides(decider.formula, values, at, guard=isinstance(node, ir.Known)):
                found[at] = (decider.id, value, verdict)
        return found

    def _look_at_decision(self, ruleset: Ruleset, decision: Decision) -> None:
        review = decision.draft.hardheid
        key = _key(ruleset)
        clauses: dict[str, set[str]] = defaultdict(set)
        for entry in review.clausules if review is not None else ():
            clauses[entry.id].add(entry.status)
        offered = {one.id for one in review.alternatieven} if review is not None else set()
        raised = {one.id for one in decision.draft.aandacht}
        for number, point in enumerate(self.points(ruleset).points):
            match point.soort:
                case "clausule":
                    self._seen[(key, number)] |= clauses.get(str(point.criterium), set())
                case "alternatief" if point.tekst in offered:
                    self._seen[(key, number)].add("gezien")
                case "aandachtspunt" if point.criterium in raised:
                    self._seen[(key, number)].add("gezien")
                case _:
                    pass

    # what was seen

    def missing(self, ruleset: Ruleset, number: int) -> tuple[str, ...]:
        """In which ways a point of a ruleset is still to be seen."""
        point = self.points(ruleset).points[number]
        seen = self._seen.get((_key(ruleset), number), set())
        if point.soort == "op_zichzelf":
            sides: dict[str, set[tuple[bool, Truth]]] = defaultdict(set)
            for way in seen:
                if isinstance(way, tuple):
                    sides[way[0]].add(way[1:])
            if any(map(shown, sides.values())):
                return ()
            told = {word(one) for each in sides.values() for one, _ in each}
            return tuple(way for way in point.wil if way not in told) or ("samen",)
        return tuple(way for way in point.wil if way not in seen)

    def still_missing(self, ruleset: Ruleset, number: int, other: Coverage) -> tuple[str, ...]:
        """The same when what `other` has seen counts too."""
        together = Coverage(self.register)
        together._points = self._points
        key = (_key(ruleset), number)
        together._seen[key] = self._seen.get(key, set()) | other._seen.get(key, set())
        return together.missing(ruleset, number)

    def empty(self) -> Coverage:
        """Nothing seen yet, of the same points."""
        fresh = Coverage(self.register)
        fresh._points = self._points
        return fresh

    def gaps(self, ruleset: Ruleset) -> Iterator[Gap]:
        """What no case shows of a ruleset, in the order of its points."""
        for number, point in enumerate(self.points(ruleset).points):
            if mist := self.missing(ruleset, number):
                yield Gap(ruleset.id, ruleset.versie, point, mist)

    def report(self, ruleset: Ruleset) -> Report:
        """What the cases show of one version of a ruleset."""
        points = self.points(ruleset).points
        complete = [not self.missing(ruleset, number) for number in range(len(points))]
        counts = {
            soort: Count(
                sum(done for done, p in zip(complete, points, strict=True) if p.soort == soort),
                sum(p.soort == soort for p in points),
            )
            for soort in SOORTEN
        }
        name = ruleset.source.name
        return Report(ruleset.id, ruleset.versie, name, self.cases[_key(ruleset)], counts, tuple(self.gaps(ruleset)))


def coverage_of(documents: Sequence[Document], desk: Desk) -> Coverage:
    """What the cases of these files show. What is wrong with a file or case stands in `wrong`."""
    found = Coverage(desk.register)
    for document in documents:
        file = read_trials(document, desk.register.versions)
        found.wrong += file.findings
        for case in file.gevallen if not file.fout else ():
            add_case(found, file.regelset, case, desk)
    return found


def add_case(coverage: Coverage, ident: str, case: Case, desk: Desk) -> None:
    """Decide one case and look at it; a case that can't be decided is told in `wrong`."""
    if case.situatie is None:
        return
    try:
        decision = desk.decide(case.situatie, ident, case.peildatum, today=case.peildatum)
    except InvalidError as wrong:
        coverage.wrong += wrong.diagnostics
        return
    except LookupError as wrong:
        coverage.wrong.append(Diagnostic("proef-mislukt", str(wrong.args[0]), case.span))
        return
    coverage.add(*seen_of(ident, decision, desk), decision)


def seen_of(ident: str, decision: Decision, desk: Desk) -> tuple[Ruleset, Verdict]:
    """The version of the ruleset that decided, and its verdict with the trace: the desk still has it."""
    draft = decision.draft
    verdict = desk.verdict(draft.situatie, ident, draft.peildatum)
    return desk.register.version(ident, draft.peildatum), verdict


def taken(node: ir.Node, look: Callable[[ir.Node], Any]) -> frozenset[int]:
    """Which branches (or rows) were taken; the last number is that of «anders»."""
    assert isinstance(node, ir.Choose | ir.Collect)
    held = [look(condition) for condition, _ in node.branches]
    if isinstance(node, ir.Collect):
        rows = frozenset(at for at, one in enumerate(held) if one is True)
        return rows if rows or None in held else frozenset({len(held)})
    for at, one in enumerate(held):
        if one is None:
            return frozenset()
        if one:
            return frozenset({at})
    return frozenset({len(held)})


def linked(program: Program, node: ir.Node) -> bool:
    """Is this asked at all on that day and in that municipality?"""
    return isinstance(node, ir.Const) or program.slot(node) is not None


def totals(reports: Iterable[Report]) -> Count:
    """All points together."""
    counts = [count for report in reports for count in report.tellingen.values()]
    return Count(sum(c.gezien for c in counts), sum(c.van for c in counts))


def _key(ruleset: Ruleset) -> str:
    return f"{ruleset.id}@{ruleset.versie}"
