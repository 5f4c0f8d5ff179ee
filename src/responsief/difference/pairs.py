"""Which versions of a ruleset are compared, and on which days. Pure: two registers and a day give a list.

What a ruleset says on a day depends on more than its own file: on figures and terms of others, on what a municipality fills in, on
clauses of local regulation. So a ruleset that nobody touched is compared too where something that it reads has changed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from responsief.difference.report import Richting
from responsief.facts import Soort
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.program import LinkError, ruleset_roots
from responsief.ir.ruleset import Clause, Criterion, Ruleset
from responsief.register import Register

_NO_MEANING = frozenset({"sha256"})
_Name = ir.TermRef | ir.FigureRef | ir.OpenRef | ir.OwnFact
Reading = dict[tuple[str, str, str], Any]  # kind, ruleset, name → what is there


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions of a ruleset to compare on a day (None: it is not there), as they hold in a municipality (None: wherever no
    municipality says otherwise). `old` need not hold on the day: where a new version comes after one that ended, that one."""

    id: str
    old: Ruleset | None
    new: Ruleset | None
    peildatum: date
    gemeente: str | None = None

    @property
    def decides(self) -> bool:
        """Is there something to decide in it, and so to prove? Not in shared terms, nor in what only fills in another."""
        return any(side is not None and side.decides for side in (self.old, self.new))


def pairs(old: Register, new: Register, on: date, ids: Collection[str] | None = None) -> list[Pair]:
    """What to compare between two registers, by id; nothing for a ruleset that says and reads the same on every day.

    `ids` limits it to these rulesets. Of each:

    - it is on one side only: one pair with the version of `on`, or the nearest to it;
    - a version differs: on `on`, or the nearest day on which it holds in both registers;
    - a version is new: on its first day, with the version that held there before;
    - a figure, a condition or something that it reads differs otherwise on another day: on the first such day too. So a
      correction of a limit and an indexation next year give two pairs;
    - where a municipality fills in something that it reads, or has a clause for it: for that municipality too.
    """
    sides = (known_of(old), known_of(new))
    found: list[Pair] = []
    for ident in sorted({*old.versions, *new.versions} if ids is None else ids):
        was, wordt = old.versions.get(ident, ()), new.versions.get(ident, ())
        if not was or not wordt:
            versions = was or wordt
            if versions:
                version, day = min(((v, _nearest(v, on)) for v in versions), key=lambda one: abs((one[1] - on).days))
                place = _place(version)
                found.append(Pair(ident, version if was else None, version if wordt else None, day, place))
            continue
        homes = sides[0].homes(ident) | sides[1].homes(ident)
        touched = {home for home in homes if not same(old.versions.get(home, ()), new.versions.get(home, ()))}
        if touched:
            found += _compared(ident, sides, on, homes, touched)
    return found


def _compared(
    ident: str, sides: tuple[_Known, _Known], on: date, homes: frozenset[str], touched: Collection[str]
) -> Iterator[Pair]:
    was, wordt = (side.register.versions[ident] for side in sides)
    for place in _places(ident, sides, homes):
        told: list[Reading] = []
        said: set[tuple[date, date]] = set()
        found: list[tuple[bool, Reading, Pair]] = []
        for start in _days(on, sides, homes, touched):
            new = _holding(wordt, start)
            if new is None:
                continue
            old, day = _before(was, wordt, new, start)
            open_then, difference = _difference(sides, old, new, day, place)
            found.append((open_then, difference, Pair(ident, old, new, day, place)))
        for _, difference, pair in sorted(found, key=lambda one: one[0]):  # rather a day on which something can be decided
            if difference and difference not in told and pair.old is not None and pair.new is not None:
                told.append(difference)
                said.add((pair.old.van, pair.new.van))
                yield pair
        # what differs on no day: another source of a figure, a value that was there already, an end (told as validity)
        for new in wordt:
            then = next((v for v in was if v.van == new.van), None)
            if then is None or (then.van, new.van) in said or place != _place(new) or same(then, new):
                continue
            if not told or not same(dataclasses.replace(then, tot=None), dataclasses.replace(new, tot=None)):
                yield Pair(ident, then, new, _common(then, new, on), place)


def _before(was: tuple[Ruleset, ...], wordt: tuple[Ruleset, ...], new: Ruleset, day: date) -> tuple[Ruleset, date]:
    """The old version that a new one is compared with, and the day: of a version that is added, its first."""
    same_start = next((v for v in was if v.van == new.van), None)
    held = _holding(was, day)
    if same_start is not None:
        return held or same_start, day
    first = _holding(was, new.van) or max((v for v in was if v.van < new.van), key=lambda v: v.van, default=was[0])
    moved = all(v.van != first.van for v in wordt)  # it did not get a successor, it got another first day
    if moved and held is not None:
        return held, day
    over = any(
        one.tot is not None and new.van <= one.tot < day for one in new.overgang
    )  # who kept the old rule keeps it no longer
    return first, day if over else new.van


# --- days --------------------------------------------------------------------------------------------------------------------


def _days(on: date, sides: tuple[_Known, _Known], homes: Iterable[str], touched: Collection[str]) -> list[date]:
    """A day of each stretch in which nothing begins or ends: `on` first, then the nearest day of those after it and before it."""
    days = {on}
    for home in homes:
        versions = [side.register.versions.get(home, ()) for side in sides]
        for version in (*versions[0], *versions[1]):
            days.add(version.van)
            days.update(_after(version.tot))
            if home in touched:
                days.update(_starts(version))
        named = [{day for version in side for day in _named_days(version)} for side in versions]
        for day in named[0] ^ named[1]:  # a date in a condition that moved: before it and from it on the rules differ otherwise
            days.update((day, *_after(day)))
    later = sorted(day for day in days if day > on)
    earlier = sorted(
        (day - timedelta(days=1) for day in days if date.min < day <= on), reverse=True
    )  # the last of each stretch
    return [on, *later, *earlier]


def _starts(version: Ruleset) -> Iterator[date]:
    """The days inside a version on which it begins to say something else."""
    clauses = (*version.hardheid, *(c for those in version.clausules_bij.values() for c in those))
    starts = (*(c.vanaf for c in version.criteria), *(c.vanaf for c in clauses))
    yield from (day for day in starts if day is not None)
    for transition in version.overgang:
        yield from _after(transition.tot)
    for figure in version.bedragen.values():
        yield from (value.van for value in figure.waarden)
        yield from _after(figure.tot)


def _named_days(version: Ruleset) -> Iterator[date]:
    """The dates against which a version holds the reference date."""
    for node in _nodes(version):
        parts = list(ir.walk(node))
        if any(isinstance(part, ir.Today) for part in parts):
            yield from (p.value for p in parts if isinstance(p, ir.Const) and isinstance(p.value, date))


def _after(day: date | None) -> tuple[date, ...]:
    return (day + timedelta(days=1),) if day is not None and day < date.max else ()


def _holding(versions: Iterable[Ruleset], day: date) -> Ruleset | None:
    return next((version for version in versions if version.holds_on(day)), None)


def _nearest(version: Ruleset, on: date) -> date:
    return max(version.van, min(on, version.tot or date.max))


def _common(old: Ruleset, new: Ruleset, on: date) -> date:
    """The nearest day on which two versions with one first day both hold."""
    return max(new.van, min(on, old.tot or date.max, new.tot or date.max))


def covered(old: Iterable[Ruleset], new: Iterable[Ruleset]) -> Richting:
    """Does it hold on more days (ruimer), on fewer (strenger), on others (anders), or on the same?"""
    versions = [tuple(old), tuple(new)]
    days = {day for v in (*versions[0], *versions[1]) for day in (v.van, *_after(v.tot))}  # between two nothing begins or ends
    held = [{day for day in days if _holding(those, day) is not None} for those in versions]
    if held[0] == held[1]:
        return "gelijk"
    return "ruimer" if held[0] < held[1] else "strenger" if held[1] < held[0] else "anders"


# --- what is said and read on a day ------------------------------------------------------------------------------------------


class _Known:
    """A register, with what was found out of it."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self._mentioned: dict[str, frozenset[str]] = {}
        self._names: dict[int, tuple[ir.Node, list[_Name]]] = {}  # by identity: a node that is kept here keeps its own
        self._same: dict[tuple[int, int], bool] = {}
        self.local = [v for versions in register.versions.values() for v in versions if v.vult_in or v.clausules_bij]

    def homes(self, ident: str) -> frozenset[str]:
        """The rulesets that one reads, through others too, and those that fill something in for it; itself among them."""
        found, todo = set(), [ident]
        while todo:
            home = todo.pop()
            if home not in found:
                found.add(home)
                todo += self.mentioned(home)
                todo += [v.id for v in self.local if home in v.clausules_bij or any(of == home for of, _ in v.vult_in)]
        return frozenset(found)

    def mentioned(self, home: str) -> frozenset[str]:
        if home not in self._mentioned:
            versions = self.register.versions.get(home, ())
            self._mentioned[home] = frozenset([n.ruleset for v in versions for node in _nodes(v) for n in self.names(node)])
        return self._mentioned[home]

    def names(self, node: ir.Node) -> list[_Name]:
        """Every name that stands in an expression."""
        found = self._names.get(id(node))
        if found is None:
            found = self._names[id(node)] = (node, [part for part in ir.walk(node) if isinstance(part, _Name)])
        return found[1]

    def version(self, home: str, ruleset: Ruleset | None, day: date) -> Ruleset | None:
        if ruleset is not None and home == ruleset.id:
            return ruleset
        return _holding(self.register.versions.get(home, ()), day)

    def reading(self, ruleset: Ruleset, day: date, place: str | None) -> Reading:
        """Everything that a version reads on a day, by name: terms, values of figures, facts, what is filled in, local clauses."""
        todo: list[ir.Node] = [*ruleset_roots(ruleset, day), *_others(ruleset)]
        found: Reading = {}
        for local, clause in self._local_clauses(ruleset.id, day, place):
            found["Clause", local.id, clause.id] = clause
            todo += [bar.als for bar in (*clause.niet_als, *clause.voorwaarden)]
        self.collect(found, todo, ruleset, day, place)
        for figure in ruleset.bedragen.values():  # also what nothing reads here
            found.setdefault(("FigureRef", ruleset.id, figure.naam), figure.on(day))
        return found

    def collect(self, found: Reading, todo: list[ir.Node], ruleset: Ruleset | None, day: date, place: str | None) -> None:
        """Adds what expressions read, through other names too, to `found`; of what has no value on the day None."""
        while todo:
            for part in self.names(todo.pop()):
                key = (type(part).__name__, part.ruleset, part.name)
                if key in found:
                    continue
                home = self.version(part.ruleset, ruleset, day)
                found[key] = value = self._value(part, home, day, place) if home is not None else None
                if isinstance(part, ir.TermRef | ir.OpenRef) and value is not None:
                    todo.append(value)

    def _value(self, part: _Name, home: Ruleset, day: date, place: str | None) -> Any:
        match part:
            case ir.TermRef(name=name):
                term = home.begrippen.get(name)
                return term.node if term is not None else None
            case ir.FigureRef(name=name):
                figure = home.bedragen.get(name)
                return figure.on(day) if figure is not None else None
            case ir.OpenRef(ruleset=of, name=name):
                slot = home.open.get(name)
                try:
                    filled = self.register.fill(day, place, of, name)
                except LinkError:  # by two: then nothing is decided
                    return None
                return filled[1] if filled is not None else slot.anders if slot is not None else None
            case ir.OwnFact(name=name):
                fact = home.gegevens.get(name)
                return (fact.type, fact.bewaren) if fact is not None else None

    def same_but_values(self, old: Ruleset, new: Ruleset) -> bool:
        """Are two versions the same, apart from when they end and what values their figures have? Those differ by day."""
        key = (id(old), id(new))
        if key not in self._same:
            self._same[key] = same(_but_values(old), _but_values(new))
        return self._same[key]

    def _local_clauses(self, ident: str, day: date, place: str | None) -> Iterator[tuple[Ruleset, Clause]]:
        for local in self.local:
            if local.holds_on(day) and local.holds_in(place):
                yield from ((local, c) for c in local.clausules_bij.get(ident, ()) if c.vanaf is None or c.vanaf <= day)


def read_by(register: Register, nodes: Iterable[ir.Node], ruleset: Ruleset | None, day: date, place: str | None) -> Reading:
    """Everything that expressions read on a day, by name. `ruleset` is the version that they stand in (None: in a catalogue)."""
    found: Reading = {}
    known_of(register).collect(found, [*nodes], ruleset, day, place)
    return found


@lru_cache(maxsize=4)  # the two sides of what is compared now, and of what was compared just before
def known_of(register: Register) -> _Known:
    """What is known of a register: found out once."""
    return _Known(register)


def _difference(sides: tuple[_Known, _Known], old: Ruleset, new: Ruleset, day: date, place: str | None) -> tuple[bool, Reading]:
    """What is not the same on a day: by name, what it was and what it is. And has a figure no value then, in neither version?"""
    was, wordt = sides[0].reading(old, day, place), sides[1].reading(new, day, place)
    open_then = any(key[0] == "FigureRef" and value is None and wordt.get(key, 0) is None for key, value in was.items())
    found = {key: (was.get(key), wordt.get(key)) for key in {*was, *wordt} if not same(was.get(key), wordt.get(key))}
    for kind, home, name in [key for key in found if key not in wordt]:  # a figure or fact that was moved to another ruleset
        there = next((key for key in found if key not in was and key[0] == kind and key[2] == name), None)
        if kind in ("FigureRef", "OwnFact") and there is not None and same(was[kind, home, name], wordt[there]):
            del found[kind, home, name], found[there]
    if not sides[1].same_but_values(old, new):
        found["Ruleset", new.id, ""] = (old.van, new.van)
        found |= _in_force(new.id, old.criteria, new.criteria, day) | _in_force(new.id, old.hardheid, new.hardheid, day)
        named = sorted({*_named_days(old)} ^ {*_named_days(new)})
        if named:
            found["Today", new.id, ""] = (tuple([day <= one for one in named]), tuple([day < one for one in named]))
        kept = tuple([tuple([one.tot is None or day <= one.tot for one in version.overgang]) for version in (old, new)])
        if any(kept):
            found["Overgang", new.id, ""] = (kept[0], kept[1])
    return open_then, found


def _in_force(ident: str, old: Iterable[Criterion | Clause], new: Iterable[Criterion | Clause], day: date) -> Reading:
    """Of each criterion or clause that differs: does it count on the day, then and now?"""
    sides = [{one.id: one for one in those} for those in (old, new)]
    differ = [name for name in {**sides[0], **sides[1]} if not same(sides[0].get(name), sides[1].get(name))]
    return {
        (type(one).__name__, ident, name): tuple(
            [(x.vanaf is None or x.vanaf <= day) if (x := side.get(name)) else None for side in sides]
        )
        for name in differ
        if (one := sides[1].get(name) or sides[0].get(name))
    }


def _but_values(ruleset: Ruleset) -> Ruleset:
    bare = {name: dataclasses.replace(figure, waarden=(), tot=None) for name, figure in ruleset.bedragen.items()}
    return dataclasses.replace(ruleset, bedragen=bare, tot=None)


def _others(ruleset: Ruleset) -> list[ir.Node]:
    """What is asked of a ruleset beside the decision itself, and what it fills in for others."""
    asked = ruleset.ter_sprake.als if ruleset.ter_sprake is not None else None
    return [node for node in (ruleset.peildatum, asked, *ruleset.vult_in.values()) if node is not None]


def _nodes(ruleset: Ruleset) -> Iterator[ir.Node]:
    """Every expression of a version, also those that hold on no day."""
    for criterion in ruleset.criteria:
        yield criterion.eis
        yield from (n for n in (criterion.wacht_tot, criterion.aftrek) if n is not None)
    yield from ruleset_roots(ruleset, date.max)
    yield from _others(ruleset)
    yield from (term.node for term in ruleset.begrippen.values())
    yield from (slot.anders for slot in ruleset.open.values() if slot.anders is not None)
    elsewhere = (clause for clauses in ruleset.clausules_bij.values() for clause in clauses)
    yield from (bar.als for clause in elsewhere for bar in (*clause.niet_als, *clause.voorwaarden))


# --- places ------------------------------------------------------------------------------------------------------------------


def _place(ruleset: Ruleset) -> str | None:
    """A municipality where a version holds; None of one that holds everywhere."""
    if ruleset.gebied is not None:
        return min(ruleset.gebied.gemeenten | ruleset.gebied.deels, default=None)
    return ruleset.gemeente


def _places(ident: str, sides: tuple[_Known, _Known], homes: Collection[str]) -> list[str | None]:
    """Where a ruleset must be compared: in its own municipality; a national one in general (unless it can't do without what a
    municipality fills in), and where one has a say in it."""
    versions = [v for side in sides for v in side.register.versions[ident]]
    own = {_place(v) for v in versions if v.local}
    if own:
        return sorted(own, key=str)
    fillers = [v for side in sides for v in side.local if v.id in homes and v.id != ident]
    places = sorted({place for v in fillers if (place := _place(v)) is not None})
    slots = [slot for side in sides for home in homes for v in side.register.versions.get(home, ()) for slot in v.open.values()]
    stuck = bool(places) and any(slot.anders is None for slot in slots)
    return [*places] if stuck else [None, *places]


# --- the same meaning --------------------------------------------------------------------------------------------------------


def same(one: Any, other: Any) -> bool:
    """Do two parts of rulesets mean the same? Where they stand and how their file is laid out makes no difference."""
    if one is other:
        return True
    if isinstance(one, Soort) and isinstance(other, Soort):
        return vars(one) == vars(other)
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    if dataclasses.is_dataclass(one) and not isinstance(one, ir.Node):
        names = [f.name for f in dataclasses.fields(one) if f.compare and f.name not in _NO_MEANING]
        return all(same(getattr(one, name), getattr(other, name)) for name in names)
    return bool(one == other)
