"""Why a case came out otherwise than expected: the rules that it turned on, with the value under each part.

Only what bears on the difference: a criterion that nobody asked about is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from responsief.backends.compiled import Compiled
from responsief.backends.explain import in_words, word
from responsief.backends.unknown import Unknown, label_of, path_of
from responsief.decision import Decision
from responsief.desk import Desk, Judged
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion
from responsief.ir.verdict import owed, whole
from responsief.trial_files import Wanted
from responsief.values import GEEN, format_money

DEEP = 2  # terms within terms that are written out
MANY = 4  # parts of one condition that are told
MOST = 8  # rules that are told of one thing; what is nought needs no telling


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch of a rule, and values that belong under it: at which column of the text, and what."""

    tekst: str
    waarden: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that it turned on: what came out of it, and the rules that made it so."""

    kop: str
    regels: tuple[Shown, ...] = ()


class Look:
    """Reads the values of one run of a program off its text."""

    def __init__(self, compiled: Compiled, run: tuple[Any, ...]) -> None:
        self.program = compiled.program
        self.run = run

    def value(self, node: ir.Node) -> Any:
        return self.program.value(node, self.run)

    def definition(self, node: ir.Node) -> ir.Node:
        while isinstance(node, ir.TermRef | ir.OpenRef):
            node = self.program.definitions[(node.ruleset, node.name)]
        return node

    def turning(self, node: ir.Node) -> Iterator[ir.Node]:
        """The conditions that made a truth what it is: of a no what failed, of a yes what held, else what is unknown."""
        node = self.definition(node)
        match node:
            case ir.Not(operand=operand):
                yield from self.turning(operand)
            case ir.And(operands=operands) | ir.Or(operands=operands):
                verdict = self.value(node)
                same = [o for o in operands if self.value(o) is verdict]
                one_is_enough = verdict is isinstance(node, ir.Or)
                for operand in same[:1] if one_is_enough else same[:MANY]:
                    yield from self.turning(operand)
            case _:
                yield node

    def rules(self, node: ir.Node) -> tuple[Shown, ...]:
        """What a condition turned on, with values; the terms in it written out below."""
        told: set[tuple[str, str]] = set()
        return tuple(islice((shown for part in self.turning(node) for shown in self.steps(part, "", told, 0)), MOST))

    def steps(self, node: ir.Node, head: str, told: set[tuple[str, str]], depth: int) -> Iterator[Shown]:
        if isinstance(node, ir.Choose):
            for condition, result in node.branches:
                if self.value(condition) is not False:
                    yield from self.steps(result, f"{head}{_short(condition)}: ", told, depth)
                    return
            last = "anders" if node.last is None or isinstance(node.last, ir.Const) else _short(node.last)
            yield from self.steps(node.otherwise, f"{head}{last}: ", told, depth)
            return
        parts = list(self.parts(node))
        yield self.shown(node, parts, head)
        for part in parts:
            if isinstance(part, ir.TermRef | ir.OpenRef) and (part.ruleset, part.name) not in told and depth < DEEP:
                told.add((part.ruleset, part.name))
                inner = self.definition(part)
                if not isinstance(inner, ir.Const | ir.Collect) and inner.type.numeric and self.value(part) != 0:
                    yield from self.steps(inner, f"{part.name} = ", told, depth + 1)

    def parts(self, node: ir.Node) -> Iterator[ir.Node]:
        """What stands in a stretch of text and has a value of its own."""
        match node:
            case ir.Const():
                return
            case ir.And() | ir.Or() | ir.Not() | ir.Compare() | ir.Within() | ir.OneOf() | ir.Known() | ir.Absent():
                for child in ir.children(node):
                    yield from self.parts(child)
            case ir.Arith() | ir.Extreme() | ir.Round():
                for child in ir.children(node):
                    yield from self.parts(child)
            case _:
                yield node

    def shown(self, node: ir.Node, parts: Sequence[ir.Node], head: str) -> Shown:
        place = node.place
        raw = place.scalar.value[place.at : place.at + place.width]
        under = []
        for part in parts:
            inside = part.place.scalar is place.scalar and place.at <= part.place.at < place.at + place.width
            at = len(" ".join((raw[: part.place.at - place.at] + "x").split())) - 1 if inside else 0
            under.append((len(head) + at, in_words(self.value(part), part.type) or "onbekend"))
        return Shown(head + place.text, tuple(under))


def _short(node: ir.Node) -> str:
    text = node.place.text
    return text if len(text) <= 50 else f"{text[:49].rstrip()}…"


class Why:
    """Tells of one case why each expectation is not so."""

    def __init__(self, desk: Desk, judged: Judged, decision: Decision) -> None:
        self.desk = desk
        self.judged = judged
        self.verdict = judged.verdict
        self.decision = decision
        self.draft = decision.draft
        self.look = Look(judged.compiled, judged.verdict.run)
        ruleset = judged.compiled.program.ruleset
        assert ruleset is not None
        self.ruleset = ruleset

    def reasons(self, wanted: Wanted) -> tuple[Reason, ...]:
        """What one expectation turned on."""
        told: dict[str, Callable[[Wanted], Iterable[Reason]]] = {
            "uitkomst": self.of_outcome,
            "afgewezen_op": lambda w: self.of_criteria(set(w.value) ^ set(self.draft.afgewezen_op)),
            "te_wegen": lambda w: self.of_criteria(set(w.value) ^ set(self.draft.te_wegen)),
            "wacht_tot": self.of_outcome,
            "bedrag": self.of_amount,
            "onbekend": self.of_unknown,
            "hardheid": self.of_clause,
            "signalen": self.of_signals,
            "alternatieven": self.of_alternatives,
            "signalen_niet": self.of_fired,
            "aandachtspunten": self.of_attention,
            "ingang": self.of_start,
        }
        return tuple(told[wanted.key](wanted)) if wanted.key in told else ()

    # criteria and amounts

    def of_outcome(self, wanted: Wanted) -> Iterator[Reason]:
        got = self.draft.uitkomst
        if got == "afgewezen":
            yield from self.of_criteria(set(self.draft.afgewezen_op))
        elif got == "onbepaald":
            unknown = {c.id for c in self.draft.criteria if c.oordeel == "onbekend"}
            yield from self.of_criteria(unknown | set(self.draft.te_wegen))
        elif got in ("wacht", "gedeeltelijk"):
            yield from self.of_criteria({c.id for c in self.draft.failed})
        elif wanted.key == "uitkomst":
            yield Reason("aan alle voorwaarden is voldaan")

    def of_criteria(self, ids: set[str]) -> Iterator[Reason]:
        rows = zip(self.verdict.criteria, self.verdict.oordelen, strict=True)
        for criterion, verdict in rows:
            if criterion.id in ids:
                yield self.of_one(criterion, verdict)

    def of_one(self, criterion: Criterion, verdict: bool | None) -> Reason:
        if verdict is None:
            return Reason(f"{criterion.id}: onbekend", tuple(Shown(line) for line in self.unknown_facts(criterion.eis)))
        return Reason(f"{criterion.id}: {word(verdict)}", self.look.rules(criterion.eis))

    def unknown_facts(self, node: ir.Node) -> Iterator[str]:
        found = self.unknowns.facts(node)
        paths = list(dict.fromkeys(path for path, _ in found))
        for path in paths[:MANY]:
            yield f"nog niet bekend: {path} ({self.label(path)})"
        if len(paths) > MANY:
            yield f"en nog {len(paths) - MANY} andere gegevens"

    @property
    def unknowns(self) -> Unknown:
        return Unknown(self.judged.compiled, self.verdict.run, self.judged.heard, self.verdict.peildatum)

    def label(self, path: str) -> str:
        own = {f"eigen.{home}.{d.naam}": d.label for home, d in self.judged.compiled.program.own}
        return own.get(path) or label_of(path.split("."))

    def of_amount(self, wanted: Wanted) -> Iterator[Reason]:
        if self.ruleset.bedrag is not None and self.draft.bedrag is not None:
            yield Reason("zo is het bedrag berekend", self.look.rules(self.ruleset.bedrag))
            yield from self.of_deductions()
        elif wanted.value is not None:
            yield Reason(f"er is geen bedrag, want de uitkomst is {self.draft.uitkomst}")

    def of_deductions(self) -> Iterator[Reason]:
        """Of each part that was not met why, and how much it took off; then the sum."""
        took = []
        for criterion, verdict in zip(self.verdict.criteria, self.verdict.oordelen, strict=True):
            if criterion.aftrek is None or verdict is not False:
                continue
            yield self.of_one(criterion, verdict)
            found = self.look.value(criterion.aftrek)
            taken = 0 if found is GEEN else owed(whole(found))
            if taken:
                took.append(taken)
                yield Reason(f"{criterion.id}: er gaat {format_money(taken)} af", self.look.rules(criterion.aftrek))
        if took and self.verdict.bedrag_vol is not None and self.verdict.bedrag is not None:
            parts = " - ".join(map(format_money, (self.verdict.bedrag_vol, *took)))
            yield Reason(f"samen: {parts} = {format_money(self.verdict.bedrag)}")

    def of_unknown(self, wanted: Wanted) -> Iterator[Reason]:
        got = [need.gegeven for need in self.draft.nog_nodig]
        read = {path_of(leaf): leaf for leaf in self.judged.compiled.program.every_fact()}
        for path in [p for p in wanted.value if p not in got]:
            leaf = read.get(path)
            if leaf is None:
                yield Reason(f"{path}: deze regelset leest dit gegeven niet")
            elif (found := in_words(self.look.value(leaf), leaf.type)) is not None:
                yield Reason(f"{path}: is bekend ({found})")
            elif self.draft.uitkomst != "onbepaald":
                yield Reason(f"{path}: is onbekend, maar voor de uitkomst {self.draft.uitkomst} niet nodig")
            else:
                yield Reason(f"{path}: is onbekend, maar verandert de uitkomst niet meer")
        for path in [p for p in got if p not in wanted.value]:
            asking = [
                c.id
                for c, verdict in zip(self.verdict.criteria, self.verdict.oordelen, strict=True)
                if verdict is None and path in {p for p, _ in self.unknowns.facts(c.eis)}
            ]
            whom = f"nodig voor {', '.join(asking)}" if asking else "nodig voor het bedrag"
            yield Reason(f"{path}: is onbekend ({self.label(path)}), en {whom}")

    def of_attention(self, wanted: Wanted) -> Iterator[Reason]:
        got = {one.id for one in self.draft.aandacht}
        for point in self.ruleset.aandacht:
            if point.id in got ^ set(wanted.value):
                yield Reason(f"{point.id}: {word(self.look.value(point.als))}", self.look.rules(point.als))

    def of_start(self, wanted: Wanted) -> Iterator[Reason]:
        if self.ruleset.ingang is not None:
            yield Reason("de eerste dag", self.look.rules(self.ruleset.ingang.vanaf))

    # the hardship pass

    def of_clause(self, wanted: Wanted) -> Iterator[Reason]:
        assert wanted.of is not None
        ident, criterion = wanted.of
        review = self.draft.hardheid
        entries = [
            c for c in (review.clausules if review is not None else ()) if c.id == ident and criterion in (None, c.criterium)
        ]
        if not entries:
            against = f"«{criterion}»" if criterion is not None else "een voorwaarde"
            if review is None:
                yield Reason("er is niets afgewezen, dus er is geen clausule nodig")
            else:
                failed = ", ".join(c.id for c in self.draft.failed) or "geen"
                yield Reason(f"deze clausule ligt hier naast geen enkel nee over {against} (niet gehaald: {failed})")
            return
        entry = entries[0]
        bars = next((c.niet_als for c in self.ruleset.hardheid if c.id == ident), ())
        shown = [
            s
            for bar in bars
            if self.look.value(bar.als) is not False or wanted.value == "geblokkeerd"
            for s in self.look.rules(bar.als)
        ]
        yield Reason(f"bij {entry.criterium}: {entry.reden}", tuple(shown))

    @property
    def _catalogue(self) -> Look:
        """The catalogue as this case saw it."""
        from responsief.backends.evaluate import Case

        day, situation = self.verdict.peildatum, self.judged.heard
        aids = self.desk.register.aids(day, self.ruleset.gemeente or situation.effective.persoon.gemeente)
        case = Case(self.ruleset.id, self.verdict.uitkomst, bool(self.draft.nog_nodig))
        return Look(aids.compiled, aids.compiled.run(situation, day, case))

    def of_signals(self, wanted: Wanted) -> Iterator[Reason]:
        """Of each rule that leads to a signal that did not come up: which of its facts did not hold."""
        catalogue, look = self.desk.register.catalogue, self._catalogue
        for name in wanted.value:
            if any(s.id == name for s in (self.draft.hardheid.signalen if self.draft.hardheid else self.draft.haast)):
                continue
            rules = [rule for rule in catalogue.signals.values() if rule.dan == name]
            if not rules:
                yield Reason(f"{name}: geen enkele signaalregel geeft dit")
            elif self.draft.hardheid is None:
                yield Reason(f"{name}: bij een volledige toekenning staan alleen signalen met haast")
            for rule in rules[:MANY]:
                missing = [fact for fact in rule.als if fact in catalogue.facts and self._held(look, fact) is not True]
                if missing:
                    shown = look.rules(catalogue.facts[missing[0]].node)
                    yield Reason(f"{name}, regel {rule.id}: «{missing[0]}» is {word(self._held(look, missing[0]))}", shown)

    def _held(self, look: Look, fact: str) -> bool | None:
        node = self.desk.register.catalogue.facts[fact].node
        known = isinstance(node, ir.Const) or look.program.slot(node) is not None
        held: bool | None = look.value(node) if known else None
        return held

    def of_alternatives(self, wanted: Wanted) -> Iterator[Reason]:
        """Of each alternative that did not come up: the condition that did not hold."""
        review, catalogue = self.draft.hardheid, self.desk.register.catalogue
        if review is None:
            yield Reason("bij een volledige toekenning worden geen alternatieven gezocht")
            return
        got = {one.id for one in review.alternatieven}
        for name in [n for n in wanted.value if n not in got]:
            kind, _, ident = name.partition(":")
            provision = catalogue.provisions.get(name)
            if kind == "hardheid" and ident:
                statuses = [f"{c.status} bij {c.criterium}: {c.reden}" for c in review.clausules if c.id == ident]
                yield Reason(f"{name}: {statuses[0] if statuses else 'deze clausule is hier niet genoemd'}")
            elif provision is None:
                yield Reason(f"{name}: dit is hier geen voorziening die er is, of de regeling past niet")
            elif provision.voorwaarden is None:
                yield Reason(f"{name}: past altijd, maar andere gingen voor of de behoefte speelt niet")
            else:
                look = self._catalogue
                slot = look.program.slot(provision.voorwaarden)
                if slot is not None:
                    held = look.value(provision.voorwaarden)
                    told = "past, maar een besluit hierover gaat voor" if held else f"de voorwaarden zijn {word(held)}"
                    yield Reason(f"{name}: {told}", look.rules(provision.voorwaarden) if held is not True else ())

    def of_fired(self, wanted: Wanted) -> Iterator[Reason]:
        """Because of what a signal came up that was not expected."""
        review, catalogue, look = self.draft.hardheid, self.desk.register.catalogue, self._catalogue
        for signal in review.signalen if review is not None else self.draft.haast:
            if signal.id != wanted.value:
                continue
            for rule in [r for r in catalogue.signals.values() if r.dan == signal.id]:
                if all(fact not in catalogue.facts or self._held(look, fact) is True for fact in rule.als):
                    nodes = [catalogue.facts[fact].node for fact in rule.als if fact in catalogue.facts]
                    yield Reason(f"regel {rule.id}", tuple(s for node in nodes for s in look.rules(node)))
