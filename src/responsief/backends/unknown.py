"""What is unknown in a run, because of which facts, whether those still matter, and who must supply each.

The compact run says what came out. Of a list the entries are read again with `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import product
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import Sources, inside
from responsief.decision import Leverancier, Needed, Reden
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.ruleset import OwnFactDef
from responsief.ir.types import CASE, Field, Kind, Type, situation_schema
from responsief.ir.verdict import Verdict
from responsief.situation import FeitBron, Situation, replace
from responsief.values import Between

MAX_TRIES = 256  # combinations of yes-or-no facts that are tried to see whether a fact still matters
MAX_OPTIONS = 12  # of a fact whose answers are tried


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list: where it stands («schulden.0») and its fields."""

    base: str
    fields: Any


class Unknown:
    """Looks into one run of one program on one situation."""

    def __init__(self, compiled: Compiled, run: tuple[Any, ...], situation: Situation, today: date) -> None:
        self.compiled = compiled
        self.program = compiled.program
        self.run = run
        self.situation = situation
        self.today = today
        self._sources: Sources | None = None

    @property
    def sources(self) -> Sources:
        if self._sources is None:
            compiled, effective = self.compiled, self.situation.effective
            self._sources = Sources(
                self.program, effective, compiled.own(effective), compiled.figures(self.today), self.today, None
            )
        return self._sources

    def value(self, node: ir.Node) -> Any:
        return self.program.value(node, self.run)

    def inside(self, node: ir.Node, fields: Any) -> Any:
        """The value of a node for one entry of a list."""
        return inside(node, fields, self.value, self.sources)

    # because of which facts

    def facts(self, node: ir.Node, entry: Entry | None = None) -> Iterator[tuple[str, ir.Node]]:
        """The unknown (or incomplete) facts because of which a node is unknown, each with its path, in reading order."""
        value = self.value(node) if entry is None else self.inside(node, entry.fields)
        if value is not None and not isinstance(value, Between):
            return
        match node:
            case ir.Fact(origin="regel") if entry is not None:
                yield f"{entry.base}.{'.'.join(node.path)}", node
            case ir.Fact() | ir.OwnFact():
                yield self.path(node), node
            case ir.TermRef() | ir.OpenRef():
                yield from self.facts(self.program.definitions[(node.ruleset, node.name)])
            case ir.Aggregate():
                yield from self.entries(node, entry)
            case ir.Choose() | ir.Collect():
                yield from self.branches(node, entry)
            case _:
                for child in ir.children(node):
                    yield from self.facts(child, entry)

    def branches(self, node: ir.Choose | ir.Collect, entry: Entry | None) -> Iterator[tuple[str, ir.Node]]:
        """Of a choice the branches that are still possible; of rows taken together also those after one that holds."""
        held_before = False
        for condition, result in node.branches:
            held = self.value(condition) if entry is None else self.inside(condition, entry.fields)
            if held is False:
                continue
            yield from self.facts(condition, entry)
            yield from self.facts(result, entry)
            if held is True:
                held_before = True
                if isinstance(node, ir.Choose):
                    return
        if not held_before:
            yield from self.facts(node.otherwise, entry)

    def entries(self, node: ir.Aggregate, around: Entry | None) -> Iterator[tuple[str, ir.Node]]:
        """Of each entry that may count why that is unknown, and the unknown value that it would add.

        The list itself may stand in an entry of another list (`around`): the papers of a circumstance.
        """
        entries = self.value(node.entries) if around is None else self.inside(node.entries, around.fields)
        if entries is None:
            yield from self.facts(node.entries, around)
            return
        base = path_of(node.entries)
        if around is not None and isinstance(node.entries, ir.Fact) and node.entries.origin == "regel":
            base = f"{around.base}.{base}"
        for at, fields in enumerate(entries):
            entry = Entry(f"{base}.{at}", fields)
            if node.where is not None:
                if self.inside(node.where, fields) is False:
                    continue
                yield from self.facts(node.where, entry)
            if node.value is not None:
                yield from self.facts(node.value, entry)

    def path(self, leaf: ir.Fact | ir.OwnFact) -> str:
        """Where an unknown fact stands: of a partner of whom it is not known whether there is one, the partner."""
        path = path_of(leaf)
        if isinstance(leaf, ir.Fact) and leaf.origin == "situatie":
            here: Any = self.situation.effective
            for at, step in enumerate(leaf.path[:-1], 1):
                here = getattr(here, step, None)
                if here is None:
                    return ".".join(leaf.path[:at])
        return path

    # what to ask

    def ask(self, path: str, leaf: ir.Node) -> tuple[str, str, str]:
        """The label of a fact, the question about it, and where it is asked first."""
        if isinstance(leaf, ir.OwnFact):
            own = own_fact(self.compiled, leaf)
            return own.label, own.vraag, own.van[0]
        field = field_of(path)
        if field is None:
            return path, "", "inwoner"
        return label_of(tuple(path.split("."))), field.vraag, field.van[0]

    def questions(self, node: ir.Node) -> tuple[str, ...]:
        """What to ask to know a node, as questions to a person; what only the case itself can tell is not asked."""
        found = [self.ask(path, leaf) for path, leaf in self.facts(node) if not path.startswith("zaak.")]
        return tuple(dict.fromkeys(question or label for label, question, _ in found))

    def asked(self, node: ir.Node) -> Iterator[tuple[str, Leverancier]]:
        """What to ask to know a node, each with who can answer it."""
        for path, leaf in self.facts(node):
            if not path.startswith("zaak."):
                need = self.need(path, leaf)
                yield need.vraag or need.label, need.van

    def need(self, path: str, leaf: ir.Node) -> Needed:
        """A needed fact with the reason that it is not known, and who must supply it."""
        label, question, source = self.ask(path, leaf)
        origin = origin_of(self.situation, path)
        reason: Reden = "oordeel" if source == "oordeel" else "ontbreekt"
        supplier: Leverancier = SUPPLIERS.get(source, "gemeente")
        if origin is not None and (origin.betwist or origin.in_onderzoek):
            reason = "betwist" if origin.betwist else "in_onderzoek"
            if supplier == "aanvrager":
                supplier = "gemeente"  # the client has spoken: it is for the municipality to find out (Awb 3:2)
        return Needed(path, label, reason, question, supplier, leaf.type.kind is Kind.JA_NEE)

    # what still matters

    def relevant(self, open_facts: Mapping[str, ir.Node]) -> set[str]:
        """Leave out facts that can't change the outcome, where trying all answers is cheap: only yes-or-no and choices."""
        everything = set(open_facts)
        domains = [_domain(path, leaf) for path, leaf in open_facts.items()]
        total = 1
        for options in domains:
            total *= len(options)
        if len(open_facts) < 2 or not 0 < total <= MAX_TRIES:
            return everything
        outcomes = {answers: self.outcome_with(open_facts, answers) for answers in product(*domains)}
        matters = set()
        for at, path in enumerate(open_facts):
            seen: dict[tuple[Any, ...], Any] = {}
            for answers, outcome in outcomes.items():
                if seen.setdefault(answers[:at] + answers[at + 1 :], outcome) != outcome:
                    matters.add(path)
                    break
        return matters or everything

    def outcome_with(self, open_facts: Mapping[str, ir.Node], answers: Sequence[Any]) -> tuple[Any, ...]:
        """What comes out when these facts are so."""
        situation = self.situation.effective
        own = list(self.compiled.own(situation))
        names = [(home, d.naam) for home, d in self.program.own]
        for (path, leaf), value in zip(open_facts.items(), answers, strict=True):
            if isinstance(leaf, ir.OwnFact):
                own[names.index((leaf.ruleset, leaf.name))] = value
            else:
                situation = replace(situation, path, value)
        run = self.compiled.run_with(situation, tuple(own), self.today)
        assert self.compiled.concluder is not None
        return outcome(self.compiled.concluder.conclude(run, self.today))


SUPPLIERS: dict[str, Leverancier] = {"inwoner": "aanvrager", "adviseur": "adviseur", "oordeel": "oordeel"}


def outcome(verdict: Verdict) -> tuple[Any, ...]:
    """What of a verdict makes a difference to a person."""
    return verdict.uitkomst, verdict.afgewezen_op, verdict.te_wegen, verdict.bedrag, verdict.wacht_tot


def _domain(path: str, leaf: ir.Node) -> tuple[Any, ...]:
    """Every answer that a fact can have; nothing when there are too many to try."""
    if isinstance(leaf, ir.Fact) and path.split(".")[-1] != leaf.path[-1]:
        return ()  # the group that it stands in is unknown
    return _answers(leaf.type)


def _answers(kind: Type) -> tuple[Any, ...]:
    if kind.kind is Kind.JA_NEE:
        return (True, False)
    return kind.options if kind.kind is Kind.KEUZE and len(kind.options) <= MAX_OPTIONS else ()


def answers_of(kind: Type) -> int | None:
    """How many answers a fact of this kind can have; None when there are too many to try."""
    return len(_answers(kind)) or None


def own_fact(compiled: Compiled, leaf: ir.OwnFact) -> OwnFactDef:
    """How a ruleset declared its own fact."""
    return next(d for home, d in compiled.program.own if home == leaf.ruleset and d.naam == leaf.name)


def path_of(leaf: ir.Node) -> str:
    """Where a fact stands in the situation: «persoon.geboortedatum», «eigen.iit-rotterdam.inkomen»."""
    match leaf:
        case ir.OwnFact(ruleset=home, name=name):
            return f"eigen.{home}.{name}"
        case ir.Fact(origin="zaak", path=path):
            return ".".join(("zaak", *path))
        case ir.Fact(path=path):
            return ".".join(path)
        case _:
            return ""


def without_numbers(path: str) -> str:
    """The path of a fact of an entry, as of every entry of its list: «schulden.0.soort» is «schulden.soort»."""
    return ".".join(step for step in path.split(".") if not step.isdigit())


def field_of(path: str) -> Field | None:
    """The field of the situation (or case) that a path points at; None when there is none."""
    record = situation_schema()
    found: Field | None = None
    steps = path.split(".")
    if steps[0] == "zaak":
        return CASE.fields.get(steps[-1])
    for step in steps:
        if step.isdigit():
            continue
        found = record.fields.get(step)
        if found is None:
            return None
        if found.type.record is not None:
            record = found.type.record
    return found


def label_of(path: Sequence[str]) -> str:
    """How to speak of a fact: its label, of the partner or of which entry of a list."""
    field = field_of(".".join(path))
    if field is None:
        return ".".join(path)
    label = field.label
    if "partner" in path[:-1] and "partner" not in label:
        label += " van de partner"
    number = next((int(step) + 1 for step in path if step.isdigit()), None)
    return f"{label} ({number})" if number is not None else label


def origin_of(situation: Situation, path: str) -> FeitBron | None:
    """What the situation says of where a fact comes from: of the fact itself, of every entry, or of the group that it is in."""
    origins = situation.feiten
    return origin_in(origins, told_at(path)) if origins else None


def origin_in(origins: Mapping[str, FeitBron], places: Sequence[str]) -> FeitBron | None:
    """The first origin that stands at one of these places."""
    for place in places:
        if place in origins:
            return origins[place]
    return None


@lru_cache(maxsize=4096)
def told_at(path: str) -> tuple[str, ...]:
    """Every place where the origin of a fact can stand, the nearest first."""
    steps = path.split(".")
    found: dict[str, None] = {}
    for length in range(len(steps), 0, -1):
        part = steps[:length]
        found[".".join(part)] = None
        found[".".join(s for s in part if not s.isdigit())] = None
    return tuple(place for place in found if place)
