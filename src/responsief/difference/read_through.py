"""What is written as it was, while something that it reads changed: a term, a figure, what a municipality fills in.

Of conditions and amounts that is proved with the outcome (`proof`). Here it is done for what the outcome does not show: what bars a
clause or must hold first (proved too: whom does the clause help no longer?), the points of attention, other rights, when a right
begins and when a ruleset comes up, the conditions of provisions and signals.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from responsief.analysis.answers import Answer
from responsief.analysis.asking import Question, ever
from responsief.analysis.view import View
from responsief.backends import symbols as sym
from responsief.backends.explain import figure_in_words
from responsief.backends.symbols import Truth
from responsief.difference.fields import said
from responsief.difference.pairs import Pair, Reading, read_by, same
from responsief.difference.proof import Both, direction, lower, reason
from responsief.difference.report import Change, Richting, Wat
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Bar, Clause, Ruleset
from responsief.register import Register
from responsief.render.changes import Compared
from responsief.render.marks import bare, data
from responsief.render.scope import Scope
from responsief.render.sentences import Speaker
from responsief.situation import Situation

PROVED: Final[dict[Richting, str]] = {
    "strenger": "er is iemand voor wie deze clausule niet meer kan gelden, en niemand voor wie zij er nieuw bij komt",
    "ruimer": "er is iemand voor wie deze clausule nu kan gelden, en niemand voor wie zij vervalt",
    "anders": "voor de een kan deze clausule niet meer gelden, voor de ander juist wel",
    "gelijk": "voor iedereen kan deze clausule gelden zoals eerst",
}
Side = tuple[Register, Ruleset | None]


# --- clauses -----------------------------------------------------------------------------------------------------------------


def clause_meanings(two: Both, pair: Pair) -> Iterator[Change]:
    """Every bar and condition of a clause that reads something that changed, and whom the clause helps no longer, or now does."""
    sides = tuple([(side.register, side.compiled.program.ruleset) for side in two.sides])
    then, now = ({c.id: c for c in _in_force(ruleset, pair.peildatum)} for _, ruleset in sides)
    for name in then.keys() & now.keys():
        for label, closes, before, after in (
            ("wanneer zij niet helpt", True, then[name].niet_als, now[name].niet_als),
            ("wanneer zij alleen helpt", False, then[name].voorwaarden, now[name].voorwaarden),
        ):
            for one, other in _same_written(before, after):
                words = _words((one.als, other.als), (sides[0], sides[1]), pair)
                if words is not None:
                    yield _proved(two, now[name], label, (one.als, other.als), words, closes=closes)


def _in_force(ruleset: Ruleset | None, day: date) -> Iterator[Clause]:
    for clause in ruleset.hardheid if ruleset is not None else ():
        if clause.soort != "geen" and (clause.vanaf is None or clause.vanaf <= day):
            yield clause


def _same_written(before: Iterable[Bar], after: Iterable[Bar]) -> Iterator[tuple[Bar, Bar]]:
    """What stands on both sides; what came, went or is written otherwise is told as that."""
    old = list(before)
    for other in after:
        one = next((bar for bar in old if bar.als == other.als), None)
        if one is not None:
            yield one, other


def _proved(
    two: Both, clause: Clause, label: str, nodes: tuple[ir.Node, ir.Node], words: tuple[str, str], *, closes: bool
) -> Change:
    """Whom a clause helps no longer (`strenger`), and whom it now does. `closes`: the condition bars it, where it holds."""

    def open_to(view: View, at: int) -> Truth:
        found = view.formulas[at].look(nodes[at])
        if isinstance(found, bool):
            found = Truth(found, not found)
        assert isinstance(found, Truth)
        return Truth(found.no, found.yes) if closes else found

    def down(first: int) -> Question:
        return lambda view: lower(open_to(view, first), open_to(view, 1 - first))

    def refused(first: int) -> Question:
        return lambda view: sym.conj(down(first)(view), *(view.conclusion(at).afgewezen for at in (0, 1)))

    def rank(at: int, person: Situation) -> int:
        side = two.sides[at]
        value = side.compiled.program.value(nodes[at], side.verdict(person).run)
        return 1 if value is None else 0 if value is closes else 2

    def replayed(first: int) -> Callable[[Situation], bool]:
        return lambda person: rank(1 - first, person) < rank(first, person)

    strict, loose = (ever(two.subject, down(first), replayed(first), refused(first)) for first in (0, 1))
    way = direction(strict, loose)
    proof = reason(way, strict, loose) if way == "niet_bewezen" else _who(PROVED[way], strict if strict.getuige else loose)
    title = f"{bare(data(clause.titel))}: {label}"
    return Change("clausule", clause.id, title, *words, clause.span, way, bewijs=proof, grondslag=clause.grondslag)


def _who(text: str, answer: Answer) -> str:
    return f"{text}; bijvoorbeeld {answer.getuige.zin}" if answer.getuige is not None else text


# --- what is told with an outcome, and the catalogue -------------------------------------------------------------------------


def meanings(pair: Pair, old: Register, new: Register) -> Iterator[Change]:
    """The points of attention, other rights, first day of a right and when it comes up that read something that changed."""
    if pair.old is None or pair.new is None:
        return
    sides = (old, pair.old), (new, pair.new)
    then, now = _told(pair.old), _told(pair.new)
    for key in now.keys() & then.keys():
        (title, wat, way), nodes = key, (then[key], now[key])
        words = _words(nodes, sides, pair) if nodes[0] == nodes[1] else None
        if words is not None:
            yield Change(wat, pair.id, title, *words, nodes[1].place.span, way)


def _told(ruleset: Ruleset) -> dict[tuple[str, Wat, Richting], ir.Node]:
    """What a ruleset says beside its outcome, by title; what it does to people can't be ordered where it is a day."""
    name = bare(data(ruleset.titel))
    found: dict[tuple[str, Wat, Richting], ir.Node] = {}
    for one in ruleset.aandacht:
        found[f"{name}: aandachtspunt «{bare(data(one.tekst))}»", "tekst", "gelijk"] = one.als
    for other in ruleset.samenloop:
        if other.als is not None:
            found[f"{name}: samenloop met {other.met}", "tekst", "gelijk"] = other.als
    if ruleset.ter_sprake is not None:
        found[f"{name}: wanneer dit ter sprake komt", "tekst", "gelijk"] = ruleset.ter_sprake.als
    if ruleset.ingang is not None:
        found[f"{name}: vanaf wanneer er recht is", "geldigheid", "anders"] = ruleset.ingang.vanaf
    if ruleset.peildatum is not None:
        found[f"{name}: peildatum", "geldigheid", "anders"] = ruleset.peildatum
    return found


def catalogue_meanings(old: Register, new: Register, on: date) -> tuple[Change, ...]:
    """The provisions and signals that are written as they were, and read something that changed."""
    sides: tuple[Side, Side] = ((old, None), (new, None))
    found = []
    for name, one in new.catalogue.provisions.items():
        was = old.catalogue.provisions.get(name)
        if was is None or was.voorwaarden is None or one.voorwaarden is None or was.voorwaarden != one.voorwaarden:
            continue
        words = _words((was.voorwaarden, one.voorwaarden), sides, Pair(name, None, None, on, one.gemeente))
        if words is not None:
            title = f"{bare(data(one.titel))}: voor wie"
            found.append(Change("voorziening", name, title, *words, one.span, "anders", grondslag=one.grondslag))
    for name, fact in new.catalogue.facts.items():
        before = old.catalogue.facts.get(name)
        if before is not None and before.node == fact.node:
            words = _words((before.node, fact.node), sides, Pair(name, None, None, on))
            if words is not None:
                found.append(Change("signaal", name, f"{bare(data(fact.label))}: wanneer", *words, fact.span, "anders"))
    return tuple(found)


# --- what is read ------------------------------------------------------------------------------------------------------------


def _words(nodes: tuple[ir.Node, ir.Node], sides: tuple[Side, Side], pair: Pair) -> tuple[str, str] | None:
    """An expression in words on both sides, with what changed in it; None where it reads the same."""
    if not any(isinstance(part, ir.TermRef | ir.FigureRef | ir.OpenRef) for part in ir.walk(nodes[1])):
        return None
    then, now = (
        read_by(register, [node], ruleset, pair.peildatum, pair.gemeente)
        for (register, ruleset), node in zip(sides, nodes, strict=True)
    )
    changed = [key for key in {**then, **now} if key[0] != "OwnFact" and not same(then.get(key), now.get(key))]
    if not changed:
        return None
    return tuple(  # type: ignore[return-value]  # two of them
        _with(node, side, read, changed, pair.peildatum) for node, side, read in zip(nodes, sides, (then, now), strict=True)
    )


def _with(node: ir.Node, side: Side, read: Reading, changed: list[tuple[str, str, str]], day: date) -> str:
    register, ruleset = side
    known = ruleset or next((versions[-1] for versions in register.versions.values()), None)
    compared = Compared(known, Speaker(Scope(register, known, day, nu=""))) if known is not None else None
    parts = [f"{_label(register, key, day)}: {_value(register, key, read.get(key), compared, day)}" for key in changed]
    return f"{said(node, compared).rstrip('.')} ({'; '.join(parts)})"


def _home(register: Register, ident: str, day: date) -> Ruleset | None:
    versions = register.versions.get(ident, ())
    return next((v for v in versions if v.holds_on(day)), versions[-1] if versions else None)


def _label(register: Register, key: tuple[str, str, str], day: date) -> str:
    kind, ident, name = key
    home = _home(register, ident, day)
    where: Any = {} if home is None else {"TermRef": home.begrippen, "FigureRef": home.bedragen, "OpenRef": home.open}[kind]
    known = where.get(name)
    return f"«{bare(data(known.label)) if known is not None else name.replace('_', ' ')}»"


def _value(register: Register, key: tuple[str, str, str], value: Any, compared: Compared | None, day: date) -> str:
    if value is None:
        return "niets"
    home = _home(register, key[1], day)
    figure = home.bedragen.get(key[2]) if home is not None and key[0] == "FigureRef" else None
    if figure is not None:
        return figure_in_words(figure, value) or str(value)
    return said(value, compared).rstrip(".")
