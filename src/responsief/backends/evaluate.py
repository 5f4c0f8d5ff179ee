"""The meaning of the language: one case, question by question. Short enough to read aloud; every other back end equals it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, assert_never

from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir import operators as op
from responsief.ir.program import Program
from responsief.ir.types import Kind
from responsief.values import GEEN

if TYPE_CHECKING:
    from responsief.situation import Situation


@dataclass(frozen=True, slots=True)
class Case:
    """The case that signals and provisions look at."""

    regelset: str | None
    uitkomst: str | None
    ontbreekt: bool | None


Look = Callable[[ir.Node], Any]


def evaluate(
    program: Program,
    situation: Situation,
    own: tuple[Any, ...],
    figures: tuple[Any, ...],
    today: date,
    case: Case | None = None,
) -> tuple[Any, ...]:
    """One value per slot. `own` and `figures` stand in the order of the program's; pass `situation.effective`."""
    run: list[Any] = []
    sources = Sources(program, situation, own, figures, today, case)

    def look(node: ir.Node) -> Any:
        return node.value if isinstance(node, ir.Const) else run[program.places[id(node)]]

    for node in program.slots:
        run.append(meaning(node, look, sources, None))
    return tuple(run)


class Sources:
    """Where the leaves of a program get their values."""

    def __init__(
        self,
        program: Program,
        situation: Situation,
        own: tuple[Any, ...],
        figures: tuple[Any, ...],
        today: date,
        case: Case | None,
    ) -> None:
        self.program = program
        self.situation = situation
        self.today = today
        self.case = case
        self.own = {(home, d.naam): _scaled(v, d.type.cijfers) for (home, d), v in zip(program.own, own, strict=True)}
        self.figures = {
            (home, f.naam): _scaled(v, f.type.cijfers) for (home, f), v in zip(program.figures, figures, strict=True)
        }


def _scaled(value: Any, digits: int) -> Any:
    return op.exact(Fraction(value, 10**digits)) if digits and isinstance(value, int) else value


def meaning(node: ir.Node, look: Look, sources: Sources, entry: Any) -> Any:
    """What one node means, given what its parts mean (`look`) and the entry of a list it reads, if any."""
    match node:
        case ir.Const(value=value):
            return value
        case ir.Today():
            return sources.today
        case ir.Fact():
            return fact(node, sources, entry)
        case ir.OwnFact(ruleset=home, name=name):
            return sources.own[(home, name)]
        case ir.FigureRef(ruleset=home, name=name):
            return sources.figures[(home, name)]
        case ir.TermRef(ruleset=home, name=name) | ir.OpenRef(ruleset=home, name=name):
            return look(sources.program.definitions[(home, name)])
        case ir.Not(operand=operand):
            return op.negate(look(operand))
        case ir.And(operands=operands):
            return op.both(map(look, operands))
        case ir.Or(operands=operands):
            return op.either(map(look, operands))
        case ir.Compare(op=sign, left=left, right=right):
            return op.compare(sign, look(left), look(right))
        case ir.Within(value=value, low=low, high=high):
            return op.within(look(value), look(low), look(high))
        case ir.OneOf(value=value, options=options):
            return op.one_of(look(value), options)
        case ir.Known(value=value, wanted=wanted):
            return (look(value) is not None) is wanted
        case ir.Absent(value=value):
            found = look(value)
            return None if found is None else found is GEEN or found == ()
        case ir.Arith(op=sign, left=left, right=right):
            return op.arith(sign, look(left), look(right))
        case ir.Extreme(op=pick, operands=operands):
            return op.extreme(pick, [look(o) for o in operands])
        case ir.Round(value=value, mode=mode, unit=unit):
            return op.rounded(look(value), mode, unit)
        case ir.Elapsed(unit=period, start=start, end=end):
            return op.elapsed(period, look(start), look(end))
        case ir.Shift(day=day, period=length, sign=direction):
            return op.shift(look(day), look(length), direction)
        case ir.Aggregate():
            return aggregate(node, look, sources)
        case ir.Choose(branches=branches, otherwise=otherwise):
            return op.choose([(look(c), look(r)) for c, r in branches], look(otherwise))
        case ir.Collect(op=together, branches=branches, otherwise=otherwise):
            return op.collect(together, [(look(c), look(r)) for c, r in branches], look(otherwise))
        case _:
            assert_never(node)


def fact(node: ir.Fact, sources: Sources, entry: Any) -> Any:
    """A fact's value. Of a partner who is not there: every question is no, every list empty, everything else GEEN."""
    value: Any = {"situatie": sources.situation, "zaak": sources.case, "regel": entry}[node.origin]
    for name in node.path:
        value = op.step(value, name)
    if value is GEEN:
        return False if node.type.kind is Kind.JA_NEE else () if node.type.kind is Kind.LIJST else GEEN
    return value


def aggregate(node: ir.Aggregate, look: Look, sources: Sources) -> Any:
    """Over a list: an unknown list, filter or summed value makes a sum or count unknown; bestaat and alle are Kleene."""
    entries = look(node.entries)
    if entries is None:
        return None
    verdicts = [counts(node, entry, look, sources) for entry in entries]
    match node.op:
        case "bestaat":
            return op.either(verdicts)
        case "alle":
            return op.both(verdicts)
        case "aantal":
            return None if None in verdicts else verdicts.count(True)
        case "som":
            assert node.value is not None
            if None in verdicts:
                return None
            total: Any = 0
            for entry, verdict in zip(entries, verdicts, strict=True):
                if verdict:
                    total = op.arith("+", total, inside(node.value, entry, look, sources))
            return total
        case _:
            assert_never(node.op)


def counts(node: ir.Aggregate, entry: Any, look: Look, sources: Sources) -> bool | None:
    """Does this entry count?"""
    return True if node.where is None else inside(node.where, entry, look, sources)


def inside(node: ir.Node, entry: Any, look: Look, sources: Sources) -> Any:
    """The meaning of a node that reads an entry: what does not read the entry keeps its own value."""
    if isinstance(node, ir.Const | ir.Today | ir.OwnFact | ir.FigureRef | ir.TermRef | ir.OpenRef):
        return look(node)
    if isinstance(node, ir.Fact) and node.origin != "regel":
        return look(node)
    return meaning(node, lambda part: inside(part, entry, look, sources), sources, entry)
