"""What the names of a law stand for: one symbol per fact, constant, term or open slot, with a name in our language.

Every section of the source has names of its own; a ruleset has one list of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from responsief.ir.declare import BUILT_IN
from responsief.ir.types import situation_schema
from responsief.regelrecht.law import Action, Definition, Field, Law, OpenTerm, Reference, Section, Soort, Strange
from responsief.regelrecht.notes import Notes
from responsief.regelrecht.reading import plain_name

What = Literal["gegeven", "bedrag", "begrip", "open", "peildatum"]

#: the day that everything is computed for, in both generations
_TODAY: Final = frozenset({"calculation_date", "referencedate", "referencedate.iso", "reference_date"})
_OTHER_DAYS: Final = frozenset({"january_first", "prev_january_first", "year"})


@dataclass(slots=True, eq=False)
class Symbol:
    """A name of the ruleset. `soort` is None until it is inferred; `guessed` when nothing says what it is."""

    name: str
    what: What
    soort: Soort | None
    label: str
    field: Field | None = None
    definition: Definition | None = None
    action: Action | None = None
    section: Section | None = None
    open: OpenTerm | None = None
    path: str = ""  # of a field of an object: how the source writes it
    guessed: bool = False
    loose: bool = False  # declared as a number without a unit: where it stands beside money it is money


@dataclass(slots=True)
class Names:
    """The symbols of a law."""

    law: Law
    notes: Notes
    today: Symbol = field(default_factory=lambda: Symbol("peildatum", "peildatum", "datum", "de peildatum"))
    taken: dict[str, int] = field(default_factory=dict)
    facts: dict[tuple[str, Soort | None], Symbol] = field(default_factory=dict)
    figures: dict[tuple[int, str], Symbol] = field(default_factory=dict)
    terms: dict[tuple[int, str], Symbol] = field(default_factory=dict)
    slots: dict[str, Symbol] = field(default_factory=dict)
    outputs: dict[str, Symbol] = field(default_factory=dict)  # the first term of each output
    by_name: dict[str, list[Symbol]] = field(default_factory=dict)  # the constants of each name

    def __post_init__(self) -> None:
        for section in self.law.sections:
            for term in section.open_terms:
                if term.name not in self.slots:
                    name = self.allot(term.name)
                    self.slots[term.name] = Symbol(name, "open", term.soort, term.label, open=term, section=section)
        for number, section in enumerate(self.law.sections):
            for action in section.actions:
                self._term(number, section, action)
        for number, section in enumerate(self.law.sections):
            for definition in section.definitions:
                self._figure(number, section, definition)

    def _term(self, number: int, section: Section, action: Action) -> None:
        alias = isinstance(action.tree, Reference) and action.tree.name == action.output
        declared = next((f for f in section.fields if f.role == "uitvoer" and f.name == action.output), None)
        if alias and action.output in self.slots:
            self.terms[number, action.output] = self.slots[action.output]
            self.outputs.setdefault(action.output, self.slots[action.output])
            return
        if (number, action.output) in self.terms:
            self.notes.add("dubbele-actie", action.span, naam=action.output)
            return
        if alias and not any(f.name == action.output and f.role != "uitvoer" for f in section.fields):
            self.notes.add("kringetje", action.span, naam=action.output)
            return
        if alias:
            return  # an input that is handed on under its own name
        label = declared.label if declared else action.output.replace("_", " ")
        name = self.allot(action.output, section)
        loose = declared is not None and is_loose(declared)
        soort = declared.soort if declared and not loose else None
        symbol = Symbol(name, "begrip", soort, label, declared, action=action, section=section, loose=loose)
        self.terms[number, action.output] = symbol
        self.outputs.setdefault(action.output, symbol)

    def _figure(self, number: int, section: Section, definition: Definition) -> None:
        for other in self.by_name.setdefault(definition.name, []):
            if other.definition is not None and _alike(other.definition, definition):
                self.figures[number, definition.name] = other
                return
        name = self.allot(definition.name, section)
        soort = definition.soort
        symbol = Symbol(name, "bedrag", soort, definition.label, definition=definition, section=section)
        self.figures[number, definition.name] = symbol
        self.by_name[definition.name].append(symbol)

    def allot(self, wanted: str, section: Section | None = None) -> str:
        """A name that is free: the wanted one, or one with the article behind it."""
        name = wanted[:60]
        if name in BUILT_IN or name in situation_schema().fields:
            name = f"eigen_{name}"
        if name in self.taken and section is not None and section.number:
            name = plain_name(f"{name}_art_{section.number}")
        return free(name, self.taken)

    def find(self, number: int, reference: Reference) -> Symbol | Strange:
        """What a reference in a section stands for."""
        name, span = reference.name, reference.span
        first = reference.steps[0]
        if name in _TODAY:
            return self.today
        if name in _OTHER_DAYS or first in ("referencedate", "calculation_date"):
            return Strange("peildatum", name, span)
        if (number, first) in self.figures and len(reference.steps) == 1:
            return self.figures[number, first]
        section = self.law.sections[number]
        declared = next((f for f in section.fields if f.name == first and f.role != "uitvoer"), None)
        if declared is not None:
            return self._declared(number, declared, reference)
        if len(reference.steps) > 1:
            return Strange("lijst", name, span)
        for found in (self.terms.get((number, first)), self.slots.get(first)):
            if found is not None:
                return found
        return self.elsewhere(first) or Strange("naam", name, span)

    def elsewhere(self, name: str) -> Symbol | None:
        """An output or open slot of this name in any section."""
        return self.outputs.get(name) or self.slots.get(name)

    def _declared(self, number: int, declared: Field, reference: Reference) -> Symbol | Strange:
        own = (not declared.law or plain_name(declared.law).replace("_", "-") == self.law.ident) and declared.output
        if own and declared.role == "invoer" and not declared.service and len(reference.steps) == 1:
            within = self.elsewhere(declared.output)
            if within is not None and within is not self.terms.get((number, declared.name)):
                return within
        if declared.soort == "lijst":
            if len(reference.steps) != 2:
                return Strange("lijst", reference.name, reference.span)
            return self._fact("_".join(reference.steps), None, declared, reference.name)
        if len(reference.steps) > 1:
            return Strange("bewerking", f"${reference.name}", reference.span)
        return self._fact(declared.name, declared.soort, declared, "")

    def _fact(self, name: str, soort: Soort | None, declared: Field, path: str) -> Symbol:
        found = self.facts.get((name, soort))
        if found is None:
            label = f"{declared.label}: {path.split('.')[-1].replace('_', ' ')}" if path else declared.label
            ours = self.allot(name)
            if ours != name and ours.startswith("eigen_"):
                self.notes.add("eigen-leeftijd", declared.span, naam=name, nieuw=ours)
            loose = not path and is_loose(declared)
            kind = None if loose else soort
            found = self.facts[name, soort] = Symbol(ours, "gegeven", kind, label, declared, path=path, loose=loose)
        return found

    def every(self) -> list[Symbol]:
        """Each symbol once, in reading order."""
        found = [*self.facts.values(), *self.figures.values(), *self.slots.values(), *self.terms.values()]
        return list(dict.fromkeys(found))


def free(wanted: str, taken: dict[str, int]) -> str:
    """The wanted name, or one with the first free number behind it; `taken` remembers how far it counted."""
    name = wanted
    while name in taken:
        taken[wanted] += 1
        name = f"{wanted}_{taken[wanted]}"
    taken[name] = 1
    return name


def is_loose(declared: Field) -> bool:
    """Does the source only say «number»?"""
    return declared.soort == "getal" and not declared.unit and declared.decimals is None


def _alike(one: Definition, other: Definition) -> bool:
    return one.values == other.values and one.soort == other.soort and one.many == other.many
