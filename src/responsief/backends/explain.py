"""From a verdict to what people read: every criterion with its trace, the facts behind it, and what is still needed.

The compact run says what came out; only here is it put in words. Entries of lists are read again with `evaluate`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import Sources, counts, inside
from responsief.decision import Criterion, Fact, Leverancier, Needed, Oordeel, Reden, Trace
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion as CriterionDef
from responsief.ir.ruleset import OwnFactDef
from responsief.ir.types import CASE, Field, Kind, Type, situation_schema
from responsief.ir.verdict import Verdict
from responsief.situation import FeitBron, Situation, replace
from responsief.values import GEEN, Between, Period, format_day, format_money, format_number

NO_ORIGIN = FeitBron()
MAX_TRIES = 256  # combinations of yes-or-no facts that are tried to see whether a fact still matters


def word(verdict: bool | None) -> Oordeel:
    """ja, nee or onbekend."""
    return "onbekend" if verdict is None else "ja" if verdict else "nee"


def in_words(value: Any, kind: Type) -> str | None:
    """A value as people write it; None when it is unknown."""
    if value is None:
        return None
    if value is GEEN:
        return "geen"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Between):
        if isinstance(value.lo, date):
            return (
                format_day(value)
                if value.lo.year == value.hi.year
                else f"tussen {format_day(value.lo)} en {format_day(value.hi)}"
            )
        return f"{value.lo} of {value.hi}" if value.hi - value.lo == 1 else f"{value.lo} tot en met {value.hi}"
    if isinstance(value, int | Fraction):
        return format_money(value) if kind.kind is Kind.GELD else format_number(value)
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, tuple):
        return "geen" if not value else f"{len(value)} opgegeven"
    if isinstance(value, str):
        return value.replace("_", " ")
    return "opgegeven"


@dataclass(slots=True)
class Explainer:
    """Explains one verdict on one situation."""

    compiled: Compiled
    verdict: Verdict
    situation: Situation

    @property
    def sources(self) -> Sources:
        compiled, effective = self.compiled, self.situation.effective
        return Sources(
            compiled.program,
            effective,
            compiled.own(effective),
            compiled.figures(self.verdict.peildatum),
            self.verdict.peildatum,
            None,
        )

    def value(self, node: ir.Node) -> Any:
        return self.compiled.program.value(node, self.verdict.run)

    def definition(self, node: ir.Node) -> ir.Node:
        """What a term stands for, through every term on the way."""
        while isinstance(node, ir.TermRef | ir.OpenRef):
            node = self.compiled.program.definitions[(node.ruleset, node.name)]
        return node

    # criteria

    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion in force with its verdict, trace and facts, in the order of the ruleset."""
        return tuple(self.criterion(c, v) for c, v in zip(self.verdict.criteria, self.verdict.oordelen, strict=True))

    def criterion(self, criterion: CriterionDef, verdict: bool | None) -> Criterion:
        value, limit, sign = self.decisive(criterion.eis)
        deduction = self.value(criterion.aftrek) if criterion.aftrek is not None else None
        ruleset = self.compiled.program.ruleset
        return Criterion(
            id=criterion.id,
            titel=criterion.titel,
            grondslag=criterion.grondslag,
            oordeel=word(verdict),
            gevolg=criterion.gevolg,
            doel=criterion.doel,
            uitleg=criterion.uitleg,
            wettekst=criterion.tekst,
            rust_op=criterion.rust_op,
            bevoegdheid=criterion.bevoegdheid,
            wie_wijzigt=criterion.wie_wijzigt,
            wat_wijzigt=criterion.wat_wijzigt,
            geverifieerd=criterion.geverifieerd and (ruleset is None or ruleset.geverifieerd),
            maak_spoor=lambda: self.trace(criterion.eis),
            feiten=self.facts(criterion.eis),
            waarde=value,
            grens=limit,
            teken=sign,
            aftrek=deduction if isinstance(deduction, int) else None,
        )

    def decisive(self, node: ir.Node) -> tuple[str | None, str | None, str | None]:
        """Value, limit and how they stand, of the comparison that decided: of a no the part that failed, of a yes one that held."""
        node = self.definition(node)
        verdict = self.value(node)
        match node:
            case ir.Not(operand=operand):
                return self.decisive(operand)
            case ir.And(operands=operands) | ir.Or(operands=operands):
                same = [o for o in operands if self.value(o) is verdict] or list(operands)
                return self.decisive(same[0])
            case ir.Compare(op=sign, left=left, right=right):
                shown = sign if verdict is not False else OPPOSITE[sign]
                return in_words(self.value(left), left.type), in_words(self.value(right), right.type), SIGNS[shown]
            case ir.Within(value=inner, low=low, high=high):
                span = f"{in_words(self.value(low), low.type)} tot en met {in_words(self.value(high), high.type)}"
                return in_words(self.value(inner), inner.type), span, "in" if verdict is not False else "buiten"
            case ir.OneOf(value=inner, options=options):
                words = " of ".join(str(in_words(o, inner.type)) for o in options)
                return in_words(self.value(inner), inner.type), words, "is" if verdict is not False else "is niet"
            case ir.Fact() | ir.OwnFact():
                return in_words(verdict, node.type), None, None
            case _:
                return None, None, None

    # traces

    def trace(self, node: ir.Node, told: set[tuple[str, str]] | None = None) -> Trace:
        """How an expression came out, with its parts. A term is written out once; after that (`told`) only its value."""
        told = set() if told is None else told
        value = self.value(node)
        shown, limit = in_words(value, node.type), None
        if isinstance(node, ir.Compare | ir.Within | ir.OneOf):
            shown, limit, _ = self.decisive(node)
        origin = self.origin(node)
        return Trace(
            tekst=self.text(node),
            oordeel=word(value) if node.type.kind is Kind.JA_NEE else None,
            waarde=shown,
            grens=limit,
            bron=(origin.bron or "inwoner") if origin else None,
            datum=_iso(origin.datum) if origin else None,
            delen=tuple(self.parts(node, told)),
        )

    def text(self, node: ir.Node) -> str:
        match node:
            case ir.Fact(origin="situatie", path=path):
                return label_of(path)
            case ir.OwnFact(ruleset=home, name=name):
                return self.own(home, name).label
            case ir.And() | ir.Or() | ir.Choose() | ir.Collect() if node.place.text in _GROUP_WORDS:
                return _GROUP_WORDS[node.place.text]
            case _:
                return node.place.text

    def parts(self, node: ir.Node, told: set[tuple[str, str]]) -> Iterator[Trace]:
        match node:
            case ir.TermRef(ruleset=home, name=name) | ir.OpenRef(ruleset=home, name=name):
                definition = self.compiled.program.definitions[(home, name)]
                if (home, name) not in told and not isinstance(definition, ir.Const):
                    told.add((home, name))
                    yield self.trace(definition, told)
            case ir.Aggregate():
                yield from self.entries(node)
            case ir.Choose(branches=branches, otherwise=otherwise):
                yield from self.chosen(branches, otherwise, told)
            case _:
                for child in ir.children(node):
                    if not isinstance(child, ir.Const | ir.Today):
                        yield self.trace(child, told)

    def chosen(
        self, branches: Sequence[tuple[ir.Node, ir.Node]], otherwise: ir.Node, told: set[tuple[str, str]]
    ) -> Iterator[Trace]:
        """Of a choice the branches that were still possible: their condition, and what they give."""
        for condition, result in branches:
            held = self.value(condition)
            if held is False:
                continue
            if not isinstance(condition, ir.Const):
                yield self.trace(condition, told)
            yield self.trace(result, told)
            if held is True:
                return
        yield self.trace(otherwise, told)

    def entries(self, node: ir.Aggregate) -> Iterator[Trace]:
        """One line for each entry of a list: does it count?"""
        entries = self.value(node.entries)
        if entries is None:
            yield self.trace(node.entries)
            return
        sources = self.sources
        name = node.entries.path[-1] if isinstance(node.entries, ir.Fact) else "regel"
        for at, entry in enumerate(entries, 1):
            verdict = counts(node, entry, self.value, sources)
            shown = inside(node.value, entry, self.value, sources) if node.value is not None else None
            kind = node.value.type if node.value is not None else node.type
            about = node.where.place.text if node.where is not None else "telt mee"
            yield Trace(f"{name.replace('_', ' ')} {at}: {about}", word(verdict), in_words(shown, kind), None, None, None)

    # facts

    def own(self, home: str, name: str) -> OwnFactDef:
        return next(d for h, d in self.compiled.program.own if h == home and d.naam == name)

    def facts(self, node: ir.Node) -> tuple[Fact, ...]:
        """The facts behind a node, with their origin."""
        found = []
        for leaf, path, label in self.labelled(node):
            origin = origin_of(self.situation, path) or NO_ORIGIN
            found.append(
                Fact(
                    path,
                    label,
                    in_words(self.value(leaf), leaf.type),
                    origin.bron or "inwoner",
                    _full(origin.datum),
                    bool(origin.betwist or origin.in_onderzoek),
                    _full(origin.herbruikbaar_tot),
                )
            )
        return tuple(found)

    def labelled(self, node: ir.Node) -> tuple[tuple[ir.Fact | ir.OwnFact, str, str], ...]:
        """The facts that a node reads, each with its path and label; the same for every case, so kept with the program."""
        kept = self.compiled.labels
        found = kept.get(id(node))
        if found is None:
            found = kept[id(node)] = tuple(
                (
                    leaf,
                    path_of(leaf),
                    self.own(leaf.ruleset, leaf.name).label if isinstance(leaf, ir.OwnFact) else label_of(leaf.path),
                )
                for leaf in self.compiled.program.facts(node)
            )
        return found

    def origin(self, node: ir.Node) -> FeitBron | None:
        if isinstance(node, ir.OwnFact) or (isinstance(node, ir.Fact) and node.origin == "situatie"):
            return origin_of(self.situation, path_of(node)) or NO_ORIGIN
        return None

    # what is unknown

    def unknown(self) -> tuple[str, ...]:
        """The paths of the unknown facts behind every criterion that is unknown."""
        return tuple(dict.fromkeys(path for path, _ in self.unknown_leaves()))

    def unknown_leaves(self) -> list[tuple[str, ir.Node]]:
        found: dict[str, ir.Node] = {}
        for root in self.unknown_roots():
            for path, leaf in self.open_facts(root):
                found.setdefault(path, leaf)
        return list(found.items())

    def unknown_roots(self) -> Iterator[ir.Node]:
        for criterion, verdict in zip(self.verdict.criteria, self.verdict.oordelen, strict=True):
            if verdict is None:
                yield criterion.eis
            elif verdict is False:
                for extra in (criterion.aftrek, criterion.wacht_tot):
                    if extra is not None and (self.value(extra) is None or isinstance(self.value(extra), Between)):
                        yield extra
        ruleset = self.compiled.program.ruleset
        if (
            ruleset is not None
            and ruleset.bedrag is not None
            and self.verdict.uitkomst == "onbepaald"
            and self.value(ruleset.bedrag) is None
        ):
            yield ruleset.bedrag

    def open_facts(self, node: ir.Node) -> Iterator[tuple[str, ir.Node]]:
        """The unknown (or incomplete) facts because of which a node is unknown."""
        value = self.value(node)
        if value is not None and not isinstance(value, Between):
            return
        match node:
            case ir.Fact() | ir.OwnFact():
                yield path_of(node), node
            case ir.TermRef() | ir.OpenRef():
                yield from self.open_facts(self.compiled.program.definitions[(node.ruleset, node.name)])
            case ir.Aggregate():
                yield from self.open_entries(node)
            case ir.Choose(branches=branches, otherwise=otherwise):
                yield from self.open_branches(branches, otherwise)
            case _:
                for child in ir.children(node):
                    yield from self.open_facts(child)

    def open_branches(self, branches: Sequence[tuple[ir.Node, ir.Node]], otherwise: ir.Node) -> Iterator[tuple[str, ir.Node]]:
        for condition, result in branches:
            held = self.value(condition)
            if held is False:
                continue
            yield from self.open_facts(condition)
            yield from self.open_facts(result)
            if held is True:
                return
        yield from self.open_facts(otherwise)

    def open_entries(self, node: ir.Aggregate) -> Iterator[tuple[str, ir.Node]]:
        entries = self.value(node.entries)
        if entries is None:
            yield from self.open_facts(node.entries)
            return
        sources = self.sources
        base = path_of(node.entries) if isinstance(node.entries, ir.Fact | ir.OwnFact) else ""
        for at, entry in enumerate(entries):
            verdict = counts(node, entry, self.value, sources)
            sides = [node.where] if verdict is None and node.where is not None else []
            if verdict is True and node.value is not None and inside(node.value, entry, self.value, sources) is None:
                sides.append(node.value)
            for side in sides:
                for part in ir.walk(side):
                    if isinstance(part, ir.Fact) and part.origin == "regel":
                        inner = inside(part, entry, self.value, sources)
                        if inner is None or isinstance(inner, Between):
                            yield f"{base}.{at}.{'.'.join(part.path)}", part
                    elif isinstance(part, ir.Fact | ir.OwnFact | ir.TermRef | ir.OpenRef):
                        yield from self.open_facts(part)

    def needed(self) -> tuple[Needed, ...]:
        """The unknown facts that the outcome still depends on, in reading order, and who must supply each."""
        if self.verdict.uitkomst != "onbepaald":
            return ()
        leaves = self.unknown_leaves()
        relevant = self.relevant(leaves)
        return tuple(self.need(path, leaf) for path, leaf in leaves if path in relevant)

    def need(self, path: str, leaf: ir.Node) -> Needed:
        label, question, source = self.ask(path, leaf)
        origin = origin_of(self.situation, path)
        reason: Reden = "ontbreekt"
        if source == "oordeel":
            reason = "oordeel"
        if origin is not None and (origin.betwist or origin.in_onderzoek):
            reason = "betwist" if origin.betwist else "in_onderzoek"
        suppliers: dict[str, Leverancier] = {"inwoner": "aanvrager", "adviseur": "adviseur", "oordeel": "oordeel"}
        supplier = suppliers.get(source, "gemeente")
        if reason in ("betwist", "in_onderzoek") and supplier == "aanvrager":
            supplier = "gemeente"  # the client has spoken: it is for the municipality to find out (Awb 3:2)
        return Needed(path, label, reason, question, supplier)

    def ask(self, path: str, leaf: ir.Node) -> tuple[str, str, str]:
        if isinstance(leaf, ir.OwnFact):
            own = self.own(leaf.ruleset, leaf.name)
            return own.label, own.vraag, own.van[0]
        field = field_of(path)
        if field is None:
            return path, "", "inwoner"
        return label_of(tuple(path.split("."))), field.vraag, field.van[0]

    def relevant(self, leaves: Sequence[tuple[str, ir.Node]]) -> set[str]:
        """Leave out facts that can't change the outcome, where trying all answers is cheap: only yes-or-no and choices."""
        everything = {path for path, _ in leaves}
        domains: list[tuple[Any, ...]] = []
        total = 1
        for path, leaf in leaves:
            options = _domain(leaf)
            if options is None or any(step.isdigit() for step in path.split(".")):
                return everything
            domains.append(options)
            total *= len(options)
            if total > MAX_TRIES:
                return everything
        if len(leaves) < 2:
            return everything
        outcomes = {case: self.outcome_with(leaves, case) for case in product(*domains)}
        matters = set()
        for at, (path, _) in enumerate(leaves):
            groups: dict[tuple[Any, ...], Any] = {}
            for case, outcome in outcomes.items():
                rest = case[:at] + case[at + 1 :]
                if groups.setdefault(rest, outcome) != outcome:
                    matters.add(path)
                    break
        return matters or everything

    def outcome_with(self, leaves: Sequence[tuple[str, ir.Node]], case: Sequence[Any]) -> tuple[Any, ...]:
        situation = self.situation.effective
        own = list(self.compiled.own(situation))
        names = [(home, d.naam) for home, d in self.compiled.program.own]
        for (path, leaf), value in zip(leaves, case, strict=True):
            if isinstance(leaf, ir.OwnFact):
                own[names.index((leaf.ruleset, leaf.name))] = value
            else:
                situation = replace(situation, path, value)
        today = self.verdict.peildatum
        run = self.compiled.function(situation, tuple(own), self.compiled.figures(today), today)
        assert self.compiled.concluder is not None
        verdict = self.compiled.concluder.conclude(run, today)
        return verdict.uitkomst, verdict.afgewezen_op, verdict.bedrag


SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}

_GROUP_WORDS = {
    "alle": "al deze voorwaarden",
    "een_van": "minstens een hiervan",
    "geen_van": "geen van deze",
    "tenzij": "de eis, of de uitzondering",
    "kies": "de eerste die past",
    "tabel": "de tabel",
}


def _domain(leaf: ir.Node) -> tuple[Any, ...] | None:
    kind = leaf.type
    if kind.kind is Kind.JA_NEE:
        return (True, False)
    return kind.options if kind.kind is Kind.KEUZE and len(kind.options) <= 12 else None


def _full(day: Any) -> date | None:
    return day if isinstance(day, date) else None


def _iso(day: Any) -> str | None:
    return day.isoformat() if isinstance(day, date) else None


def path_of(leaf: ir.Node) -> str:
    """Where a fact stands in the situation: «persoon.geboortedatum», «eigen.iit-rotterdam.inkomen»."""
    if isinstance(leaf, ir.OwnFact):
        return f"eigen.{leaf.ruleset}.{leaf.name}"
    return ".".join(leaf.path) if isinstance(leaf, ir.Fact) else ""


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
    """What the situation says of where a fact comes from: of the fact itself, or of the group that it stands in."""
    origins = situation.feiten
    if not origins:
        return None
    steps = path.split(".")
    for length in range(len(steps), 0, -1):
        found = origins.get(".".join(steps[:length]))
        if found is not None:
            return found
    return None
