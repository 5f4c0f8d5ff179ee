"""What the rules say of a criterion: what it is for, its article, which figure and which proof it asks, and who can change it.

Every word in a report comes from here. Of a stored decision only ids are used, so that nothing of anybody gets in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from responsief.backends.explain import figure_in_words
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Clause, Criterion, Ruleset
from responsief.ir.ruleset import Figure as FigureDef
from responsief.patterns.report import Figure, Purpose
from responsief.register import Register


class Rules:
    """A register, and the day on which a version and figures are looked up where a decision does not say which."""

    def __init__(self, register: Register, day: date) -> None:
        self.register = register
        self.day = day

    def title(self, ident: str) -> str:
        """The title of a ruleset, or its id when it is not in the register."""
        found = self.ruleset(ident)
        return found.titel if found is not None else ident

    def ruleset(self, ident: str, version: str = "") -> Ruleset | None:
        """The version with this first day; without one, that of the day, or else the last."""
        versions = self.register.versions.get(ident, ())
        named = next((one for one in versions if version and one.versie == version), None)
        return named or next((one for one in versions if one.holds_on(self.day)), None) or (versions[-1] if versions else None)

    def purpose(self, ident: str, version: str, criterion: str) -> Purpose:
        """What the rules say of a criterion of a ruleset."""
        home = self.ruleset(ident, version)
        found = next((one for one in home.criteria if one.id == criterion), None) if home is not None else None
        if home is None or found is None:
            return Purpose(
                ident, self.title(ident), criterion, criterion, "", "", *(None,) * 3, (), (), None, None, (), bekend=False
            )
        nodes = tuple(self._read(found.eis))
        figures = {(node.ruleset, node.name): node for node in nodes if isinstance(node, ir.FigureRef)}
        own = {node.name: node for node in nodes if isinstance(node, ir.OwnFact)}
        return Purpose(
            ident,
            home.titel,
            criterion,
            found.titel,
            found.grondslag,
            found.doel,
            found.tekst,
            found.uitleg,
            found.bewijs,
            tuple(
                f
                for home_id, name in sorted(figures, key=lambda key: key[0] != ident)
                if (f := self._figure(home_id, name)) is not None
            ),
            tuple(self._questions(own.values())),
            found.wie_wijzigt,
            found.wat_wijzigt,
            tuple(one.id for one in self._clauses(home, found)),
        )

    def clause(self, ident: str, version: str, clause: str) -> Clause | None:
        """A clause of a ruleset, or that another regulation has for it."""
        home = self.ruleset(ident, version)
        return next((one for one in self._every_clause(home) if one.id == clause), None) if home is not None else None

    def provision(self, ident: str) -> str | None:
        """The title of something that helps: a provision of the catalogue, or a ruleset; None of what is neither."""
        found = self.register.catalogue.provisions.get(ident)
        if found is not None:
            return found.titel
        return self.title(ident) if ident in self.register.versions else None

    def _every_clause(self, home: Ruleset) -> Iterator[Clause]:
        yield from home.hardheid
        for versions in self.register.versions.values():
            for other in versions:
                yield from other.clausules_bij.get(home.id, ())

    def _clauses(self, home: Ruleset, criterion: Criterion) -> Iterator[Clause]:
        seen = set()
        for one in self._every_clause(home):
            if criterion.id in one.geldt_voor and one.soort != "geen" and one.id not in seen:
                seen.add(one.id)
                yield one

    def _read(self, root: ir.Node) -> Iterator[ir.Node]:
        """Every node that a criterion is worked out with, also through terms."""
        waiting, done = [root], set()
        while waiting:
            for node in ir.walk(waiting.pop(0)):
                yield node
                if isinstance(node, ir.TermRef) and (node.ruleset, node.name) not in done:
                    done.add((node.ruleset, node.name))
                    home = self.ruleset(node.ruleset)
                    if home is not None and node.name in home.begrippen:
                        waiting.append(home.begrippen[node.name].node)

    def _figure(self, ident: str, name: str) -> Figure | None:
        home = self.ruleset(ident)
        found: FigureDef | None = home.bedragen.get(name) if home is not None else None
        if found is None:
            return None
        value = found.on(self.day)
        words = figure_in_words(found, value) if value is not None else None
        return Figure(name, found.label or name.replace("_", " "), words, found.grondslag)

    def _questions(self, facts: Iterable[ir.OwnFact]) -> Iterator[tuple[str, str]]:
        for fact in facts:
            home = self.ruleset(fact.ruleset)
            found = home.gegevens.get(fact.name) if home is not None else None
            if found is not None:
                yield found.label, ", ".join(found.van)
