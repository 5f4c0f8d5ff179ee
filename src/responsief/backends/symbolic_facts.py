"""The facts of a situation as variables of Z3: what each can be, and from an answer back to a situation that can be read.

Within stated bounds: a birthday lies from 1901 to the reference date and any other date from 1901 to 2099, and a list has at most
`entries` rows, unless lists are `counted`: then only how many rows answer a question in which way is a variable, for lists of any
length (more than there are, so what holds there holds for every list).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, Final

import z3
from pydantic import BaseModel
from pydantic_core import PydanticCustomError

from responsief.backends import symbolic_dates as dated
from responsief.backends import symbols as sym
from responsief.backends import terms
from responsief.backends.symbols import Bool, Group, Int, Parts, Truth, Value
from responsief.facts import MAX_NUMBER, GemeenteSoort, Soort
from responsief.ir import nodes as ir
from responsief.ir.ruleset import OwnFactDef
from responsief.ir.types import Kind, Type
from responsief.situation import Situation, model_of
from responsief.values import GEEN, MAX_CENTS, Geen

FIRST: Final = date(1901, 1, 1)
LAST: Final = date(2099, 12, 31)
MOST_ROWS: Final = 30  # of a list of which the rows are only counted
LITTLE: Final = 100_000  # what telling that a question is always answered may cost
MOST_MONTHS: Final = 12 * 1000  # of a period that is a fact: as many as are accepted
MOST_PERIOD_DAYS: Final = 99_999  # as many as can be written
OLDEST: Final = 125  # years: nobody is decided who is older
MOST_PLACES: Final = 5000  # municipalities that no rule names, to tell one from another
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variable:
    """A fact that can vary: its symbols, its type, and how it is written."""

    path: Path
    type: Type
    soort: Soort | None
    symbols: Any
    precision: tuple[Bool, Bool] = (False, False)  # of a date: only the month is known, only the year is
    given: Bool = True  # is there an entry, or a partner, that it stands in?


@dataclass(frozen=True)
class Rows:
    """A list: is it known, and its rows one by one (each with whether it is there)."""

    known: Bool
    rows: tuple[Path, ...]
    length: Int
    empty: Bool = field(repr=False, default=False)


Field = Truth | Value | Group | Rows


class Facts:
    """The variables of one question, in a context of their own. `place` is the municipality; `on` the reference date."""

    def __init__(self, on: date, place: str | None, *, entries: int = 2, counted: bool = False, vague: bool = True) -> None:
        self.ctx = z3.Context()
        self.on = on
        self.place = place
        self.entries = entries
        self.counted = counted
        self.vague = vague
        self.bounds: list[Any] = []
        self.variables: dict[Path, Variable] = {}
        self.groups: dict[Path, Group] = {}
        self.lists: dict[Path, Rows] = {}
        self.totals: dict[Any, Any] = {}
        self.told: dict[Path, tuple[str, str | None]] = {}  # of own facts: label and unit
        self.choices: dict[Path, dict[str, None]] = {}  # of own facts: the words of every version
        self.calendar: list[Any] = []  # that dates exist: left out where rows are counted, asked where it may matter
        self.words: dict[str, int] = {}
        self._fresh = 0

    # what a leaf is

    def fact(self, node: ir.Fact, entry: Path | None) -> Field:
        """A fact of the situation, or of the entry of a list that we are in."""
        if node.origin == "zaak":
            raise LookupError(node.path[-1])
        base = entry if node.origin == "regel" and entry is not None else ()
        return self.at((*base, *node.path), node.type)

    def own(self, definition: OwnFactDef, home: str) -> Field:
        """A fact that a ruleset declares itself. One that is declared otherwise in another version is another fact; of a choice that
        has other words there, a word that this version does not know is unknown to it."""
        path: Path = ("eigen", home, definition.naam)
        kind = definition.type
        self.told.setdefault(path, (definition.label, definition.eenheid))
        known = self.variables.get(path)
        if kind.kind is Kind.KEUZE and (known is None or known.type.kind is Kind.KEUZE):
            self.choices.setdefault(path, {}).update(dict.fromkeys(kind.options))
            found = self.at(path, kind, definition.soort)
            assert isinstance(found, Value)
            here = sym.disj(*(found.lo == self.word(option) for option in kind.options))
            return replace(found, known=sym.conj(found.known, sym.disj(found.none, here)))
        if known is not None and known.type != kind:
            path = (*path, str(kind.kind), str(kind.cijfers), *kind.options)
        return self.at(path, kind, definition.soort)

    def at(self, path: Path, of: Type, soort: Soort | None = None) -> Field:
        """The symbols of a fact. Of a partner who is not there every question is no, every list empty, everything else GEEN."""
        around = [self.groups.get(path[:n]) or self._group(path[:n]) for n in range(1, len(path)) if optional(path[:n])]
        if of.kind is Kind.GROEP:
            found: Any = self._group(path) if optional(path) else Group(True, False)
        elif of.kind is Kind.LIJST:
            found = self._rows(path)
        else:
            found = self._plain(path, of, soort, around)
        for group in around:
            found = _within(group, found, of)
        return found  # type: ignore[no-any-return]  # one of the kinds of Field

    def _group(self, path: Path) -> Group:
        if path not in self.groups:
            self.groups[path] = Group(self._bool(path, "bekend"), self._bool(path, "geen"))
        return self.groups[path]

    def _plain(self, path: Path, of: Type, soort: Soort | None, around: list[Group]) -> Truth | Value:
        known = self.variables.get(path)
        if known is not None:
            return known.symbols  # type: ignore[no-any-return]  # of these two kinds
        soort = soort or soort_at(path)
        given = sym.conj(*(sym.conj(g.known, sym.neg(g.none)) for g in around))
        symbols: Truth | Value
        precision: tuple[Bool, Bool] = (False, False)
        if path == ("persoon", "gemeente") and self.place is not None:
            number = self.word(self.place)
            symbols = Value("word", True, False, number, number)
        elif of.kind is Kind.JA_NEE:
            symbols = sym.truth(self._bool(path), self._bool(path, "bekend"))
        else:
            symbols, precision = self._value(path, of, soort)
        self.variables[path] = Variable(path, of, soort, symbols, precision, given)
        return symbols

    def _value(self, path: Path, of: Type, soort: Soort | None) -> tuple[Value, tuple[Bool, Bool]]:
        one, known = self._int(path), self._bool(path, "bekend")
        none: Bool = self._bool(path, "geen") if soort is not None and soort.geen else False
        least, most = 0, 0
        match of.kind:
            case Kind.GELD | Kind.GETAL:
                scale = 10**of.cijfers
                most = MAX_CENTS if of.kind is Kind.GELD else MAX_NUMBER * scale
                least = soort.minst if soort is not None and soort.minst is not None else -most
                if path[-1] == "ernst" and path[0] == "behoeften":
                    least, most = 1, 5
                self.bounds += [one >= least, one <= most]
                return Value("number", known, none, one, one, scale), (False, False)
            case Kind.DATUM:
                last = self.on if path[-1] == "geboortedatum" else LAST
                parts = one, self._int(path, "maandnummer"), self._int(path, "dag")
                key = dated.key_from(parts)
                first = first_day(path, self.on)
                self.bounds += [key >= dated.key_of(first), key <= dated.key_of(last), parts[1] >= 0, parts[1] <= 11]
                self.bounds += [parts[2] >= 0, parts[2] <= 30]
                exists = dated.on_the_calendar(parts, (FIRST.year, LAST.year))
                (self.calendar if self.counted else self.bounds).append(exists)
                reach = dated.key_of(first), dated.key_of(date(last.year, 12, 31))
                if not self.vague:
                    return Value("day", known, none, key, key, 1, reach, parts=(parts, parts)), (False, False)
                month, year = self._bool(path, "maand"), self._bool(path, "jaar")
                self.bounds.append(sym.neg(sym.conj(month, year)))
                start = one, sym.pick(year, 0, parts[1]), sym.pick(sym.disj(year, month), 0, parts[2])
                length = dated.month_length(one, parts[1], (FIRST.year, LAST.year))
                end = one, sym.pick(year, 11, parts[1]), sym.pick(year, 30, sym.pick(month, length - 1, parts[2]))
                lo, hi = dated.key_from(start), dated.key_from(end)
                return Value("day", known, none, lo, hi, 1, reach, parts=(start, end)), (month, year)
            case Kind.PERIODE:
                days = self._int(path, "dagen")
                self.bounds += [one >= 0, one <= MOST_MONTHS, days >= 0, days <= MOST_PERIOD_DAYS]
                return Value("period", known, none, one, days), (False, False)
            case Kind.KEUZE:
                if path not in self.choices:
                    self.bounds.append(sym.disj(*(one == self.word(option) for option in of.options)))
                return Value("word", known, none, one, one), (False, False)
            case _:
                self.bounds += [one >= 0, *([one < MOST_PLACES] if isinstance(soort, GemeenteSoort) else [])]
                return Value("word", known, none, one, one), (False, False)

    def _rows(self, path: Path) -> Rows:
        found = self.lists.get(path)
        if found is None:
            length = self._int(path, "regels")
            rows = () if self.counted else tuple((*path, str(n)) for n in range(self.entries))
            self.bounds += [length >= 0, length <= (MOST_ROWS if self.counted else self.entries)]
            found = self.lists[path] = Rows(self._bool(path, "bekend"), rows, length, length == 0)
        return found

    # variables

    def word(self, text: str) -> int:
        """The number that stands for a word."""
        return self.words.setdefault(text, len(self.words))

    def fresh(self, name: str) -> Int:
        """A whole number that is not a fact."""
        self._fresh += 1
        return terms.number(f"{name}#{self._fresh}", self.ctx)

    def fresh_bool(self, name: str) -> Bool:
        """Something that holds or not, and is not a fact."""
        self._fresh += 1
        return terms.proposition(f"{name}#{self._fresh}", self.ctx)

    def days_later(self, key: Int, parts: Parts, days: Int) -> tuple[Int, Parts]:
        """The date some days later: variables that can be only that. It stands here, for a date that is worked out when it is asked
        for keeps this: were it the formulas, which keep that date, both would stay until Python looks for circles."""
        if isinstance(key, int) and isinstance(days, int):
            moved = dated.a_day_later(dated.day_of(key), days)
            return dated.key_of(moved), (moved.year, moved.month - 1, moved.day - 1)
        year, month, day = (self.fresh(name) for name in ("jaar", "maand", "dag"))
        found = year, month, day
        wanted = dated.ordinal(key, parts) + days
        first, last = date.min.toordinal(), date.max.toordinal()
        wanted = sym.pick(wanted < first, first, sym.pick(wanted > last, last, wanted))
        later = dated.key_from(found)
        self.bounds += [dated.on_the_calendar(found), dated.ordinal(later, found) == wanted]
        return later, found

    def always(self, formula: Bool) -> bool:
        """Does something hold whatever the facts are? False too where that costs too much to tell."""
        if isinstance(formula, bool):
            return formula
        solver = z3.SimpleSolver(ctx=self.ctx)
        solver.set("rlimit", LITTLE)
        solver.add(z3.Not(formula))
        return bool(solver.check() == z3.unsat)

    def _bool(self, path: Path, what: str = "") -> Bool:
        return terms.proposition(".".join(path) + (f"?{what}" if what else ""), self.ctx)

    def _int(self, path: Path, what: str = "") -> Int:
        return terms.number(".".join(path) + (f"?{what}" if what else ""), self.ctx)

    def settings(self, path: Path, value: Any) -> Iterator[tuple[Any, bool | int]]:
        """What the symbols of a fact are when it is known and has this value (as `lo` has it: cents, the number of a word, a date).
        Of a list the value is how many rows it has, of a group GEEN."""
        yield self._bool(path, "bekend"), True
        if path in self.lists:
            yield self._int(path, "regels"), value
            return
        yield self._bool(path, "geen"), value is GEEN
        if isinstance(value, date):
            yield from zip(
                (self._int(path), self._int(path, "maandnummer"), self._int(path, "dag")),
                (value.year, value.month - 1, value.day - 1),
                strict=True,
            )
            yield from ((self._bool(path, what), False) for what in ("maand", "jaar"))
        elif value is not GEEN:
            yield self._bool(path) if isinstance(value, bool) else self._int(path), value

    # what can't be

    def domain(self) -> list[Any]:
        """What holds for every situation that is accepted: bounds, and a household that does not contradict itself."""
        found = [*self.bounds]
        for path, options in self.choices.items():
            one = self._int(path)
            found.append(sym.disj(*(one == self.word(option) for option in options)))
        for path in self.variables:
            if path[-2:] == ("huishouden", "soort"):
                found += self._household(path[:-1])
        for variable in self.variables.values():
            found += self._words_that_can_stand_there(variable)
        return found

    def _household(self, base: Path) -> Iterator[Any]:
        soort = self.variables[(*base, "soort")].symbols
        partner = self.groups.get((*base, "partner"))
        children = self.lists.get((*base, "kinderen"))

        def lives(word: str) -> Bool:
            return sym.conj(soort.known, soort.lo == self.word(word))

        if partner is not None:
            there = sym.conj(partner.known, sym.neg(partner.none))
            yield sym.neg(sym.conj(sym.disj(lives("alleenstaande"), lives("alleenstaande_ouder")), there))
            yield sym.neg(sym.conj(lives("gehuwd"), partner.known, partner.none))
        if children is not None:
            yield sym.neg(sym.conj(lives("alleenstaande_ouder"), children.known, children.length == 0))

    def _words_that_can_stand_there(self, variable: Variable) -> Iterator[Any]:
        """A word that rules ask for, and that a situation reads otherwise (a municipality is a code; «geen» is no text), is never it."""
        if variable.type.kind is Kind.TEKST and variable.soort is not None:
            for word, number in self.words.items():
                if not reads_as_itself(variable.soort, word) and not isinstance(variable.symbols.lo, int):
                    yield variable.symbols.lo != number


def first_day(path: Path, on: date) -> date:
    """The first day that a fact can be: nobody is decided who is older than 125."""
    born = path in (("persoon", "geboortedatum"), ("huishouden", "partner", "geboortedatum"))
    return max(FIRST, date(on.year - OLDEST, 1, 1)) if born and on.year > OLDEST else FIRST


# --- what the model of a situation says of a path ----------------------------------------------------------------------


@cache
def optional(path: Path) -> bool:
    """Can a group be unknown, or known not to be there (a partner)?"""
    annotation = _annotation(path)
    return annotation is not None and Geen in _arguments(annotation) and model_of(annotation) is not None


@cache
def soort_at(path: Path) -> Soort | None:
    """The kind of fact at a path; None of what is no plain fact of the model."""
    info = _field(path)
    return next((note for note in info.metadata if isinstance(note, Soort)), None) if info is not None else None


def reads_as_itself(soort: Soort, word: str) -> bool:
    """Does a situation in which this word stands, have this word?"""
    try:
        return soort.read(word) == word  # type: ignore[no-any-return]  # two words are equal or not
    except PydanticCustomError:
        return False


@cache
def is_words(path: Path) -> bool:
    """Is a list one of loose words?"""
    annotation = _annotation(path)
    return annotation is not None and model_of(annotation) is None


def word_for(path: Path) -> str:
    """A word that can stand in a list of words."""
    found = next((note for one in _arguments(_annotation(path)) for note in getattr(one, "__metadata__", ())), None)
    return found.opties[0] if isinstance(found, Soort) and found.opties else "iets"


def _annotation(path: Path) -> Any:
    info = _field(path)
    return info.annotation if info is not None else None


def _field(path: Path) -> Any:
    here: type[BaseModel] | None = Situation
    found = None
    for step in path:
        if step.isdigit():
            continue
        if here is None or step not in here.model_fields:
            return None
        found = here.model_fields[step]
        here = model_of(found.annotation)
    return found


def _arguments(annotation: Any) -> tuple[Any, ...]:
    found = getattr(annotation, "__args__", ())
    return (*found, *(inner for one in found for inner in _arguments(one)))


def _within(group: Group, found: Any, of: Type) -> Any:
    """A fact of a group that may be unknown or not there."""
    there = sym.conj(group.known, sym.neg(group.none))
    absent = sym.conj(group.known, group.none)
    if isinstance(found, Truth):
        return Truth(sym.conj(there, found.yes), sym.disj(absent, sym.conj(there, found.no)))
    if isinstance(found, Rows):
        return Rows(
            sym.disj(absent, sym.conj(there, found.known)),
            found.rows,
            sym.pick(absent, 0, found.length),
            sym.disj(absent, found.empty),
        )
    if isinstance(found, Group):
        return Group(sym.disj(absent, sym.conj(there, found.known)), sym.disj(absent, found.none))
    known, none = sym.disj(absent, sym.conj(there, found.known)), sym.disj(absent, found.none)
    return replace(found, known=known, none=none)
