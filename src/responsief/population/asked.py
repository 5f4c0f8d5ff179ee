"""What a ruleset asks of a situation, on each side of a change: its facts, other values for each, and what comes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import PydanticCustomError

from responsief.backends.compiled import Compiled
from responsief.backends.limits import FactRead, facts_read
from responsief.desk import Desk
from responsief.facts import Soort
from responsief.frozen import dataclass
from responsief.ir.program import LinkError
from responsief.ir.types import Kind
from responsief.ir.verdict import Verdict
from responsief.situation import Partner, Situation, model_of, replace
from responsief.values import GEEN

PARTNER: Final = "huishouden.partner."
#: how a household is made up is drawn, never changed afterwards: a changed one could contradict itself
FIXED: Final = ("huishouden.soort", "huishouden.partner", "huishouden.kinderen", "huishouden.medebewoners", "persoon.gemeente")
MOST_ENTRIES: Final = 20  # entries for a list that are tried


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a ruleset, ready to run on its reference date."""

    compiled: Compiled
    on: date

    def verdict(self, situation: Situation) -> Verdict:
        """The outcome there, from compiled code."""
        assert self.compiled.concluder is not None
        return self.compiled.concluder.conclude(self.compiled.fast(situation, self.on), self.on)


@dataclass(frozen=True, slots=True)
class Asked:
    """The sides of a change that can be decided, and every fact that one of them reads, by its dotted path."""

    sides: tuple[Side, ...]
    facts: dict[str, FactRead]
    soorten: dict[str, Soort]  # of the rulesets' own facts

    @property
    def on(self) -> date:
        """The newest reference date."""
        return self.sides[-1].on

    def told(self, situation: Situation, path: str, value: Any) -> Situation:
        """The same situation with a typed value at a path."""
        if not path.startswith("eigen."):
            return replace(situation, path, value)
        _, home, name = path.split(".")
        soort = self.soorten[path]
        kept = situation.eigen.get(home, {})
        raw = value if isinstance(value, str) else soort.write(value)
        return situation.model_copy(update={"eigen": {**situation.eigen, home: {**kept, name: raw}}})

    def value(self, situation: Situation, path: str) -> Any:
        """What stands at a path, typed; None when nothing is known there."""
        if path.startswith("eigen."):
            _, home, name = path.split(".")
            try:
                return self.soorten[path].read(situation.eigen.get(home, {}).get(name))
            except PydanticCustomError:
                return None
        return at(situation, path)

    def applies(self, situation: Situation, path: str) -> bool:
        """Can the fact be there at all? Of a partner only where there is one."""
        return not path.startswith(PARTNER) or isinstance(situation.huishouden.partner, Partner)

    def missing(self, situation: Situation) -> list[str]:
        """The facts that are read and not known."""
        return [p for p in self.facts if p not in FIXED and self.applies(situation, p) and self.value(situation, p) is None]

    def penalty(self, situation: Situation) -> int:
        """How far a situation is from a grant with an amount, on all sides together; 0 is there."""
        return sum(_penalty(side.verdict(situation)) for side in self.sides)

    def choices(self, path: str, situation: Situation) -> Iterator[Any]:
        """Values for a fact, the plainest first."""
        fact = self.facts[path]
        kind = fact.type
        if kind.geen and kind.kind is not Kind.LIJST:
            yield GEEN
        scale = 10**kind.cijfers
        near = [n for n in fact.near if isinstance(n, int | Fraction) and not isinstance(n, bool) and n >= 0]
        match kind.kind:
            case Kind.JA_NEE:
                yield from (False, True)
            case Kind.KEUZE:
                yield from sorted(kind.options, key=lambda word: word != "geen")
            case Kind.GELD:
                yield from dict.fromkeys((50_000, 5_000, *(int(n) for n in near), 0, 500_000))
            case Kind.GETAL:
                yield from dict.fromkeys((scale, *(int(n * scale) for n in near), 0, 10 * scale, 100 * scale))
            case Kind.DATUM:
                days = [self.on - timedelta(days=n) for n in (30, 400, 3)]
                yield from dict.fromkeys((*days, *(d for d in fact.near if isinstance(d, date)), self.on + timedelta(days=100)))
            case Kind.PERIODE:
                yield from ("12 maanden", "36 maanden", "1 maand", "1 dag")
            case Kind.LIJST:
                yield ()
                now = self.value(situation, path)
                for entry in self._entries(path, fact):
                    yield (entry,)
                    if isinstance(now, tuple) and now:
                        yield (*now, entry)
            case _:
                yield from (word for word in fact.near if isinstance(word, str))
                yield "iets anders"

    def _entries(self, path: str, fact: FactRead) -> Iterator[Any]:
        """Entries for a list: one for each word that is asked for, with the rest as usual."""
        model: Any = Situation
        for step in path.split("."):
            model = model_of(model.model_fields[step].annotation) if step in getattr(model, "model_fields", {}) else None
        if model is None:
            return
        usual = {field.path[0]: _usual(field.type.kind, self.on) for field in fact.fields}
        data = {name: value for name, value in usual.items() if value is not None}
        worded = [f for f in fact.fields if f.type.kind in (Kind.KEUZE, Kind.TEKST)]
        words = [{field.path[0]: word} for field in worded for word in field.near] or [{}]
        told = 0
        for word in words:
            try:
                yield model.model_validate(data | word)
            except ValidationError:
                continue
            told += 1
            if told == MOST_ENTRIES:
                return


def _usual(kind: Kind, on: date) -> Any:
    match kind:
        case Kind.GELD:
            return "€ 500"
        case Kind.GETAL:
            return 1
        case Kind.JA_NEE:
            return True
        case Kind.DATUM:
            return (on - timedelta(days=400)).isoformat()
        case _:
            return None


def _penalty(verdict: Verdict) -> int:
    falsely, unknown = verdict.oordelen.count(False), verdict.oordelen.count(None)
    granted = verdict.uitkomst == "toegekend"
    amount = verdict.program.ruleset is not None and verdict.program.ruleset.bedrag is not None
    return 6 * falsely + 4 * unknown + 2 * (not granted) + (amount and not verdict.bedrag_vol)


def asked_of(ruleset: str, sides: Sequence[tuple[Desk, date]], place: str | None) -> Asked | None:
    """What a ruleset asks on the sides on which it can be decided there; None when it can't be on any."""
    ready: list[Side] = []
    facts: dict[str, FactRead] = {}
    soorten: dict[str, Soort] = {}
    for desk, on in sides:
        try:
            compiled = desk.register.compiled(ruleset, on, place)
            compiled.figures(on)
        except LinkError:
            continue
        if compiled.concluder is None or not compiled.concluder.criteria:
            continue
        ready.append(Side(compiled, on))
        for fact in facts_read(compiled.program, on):
            path = ".".join(fact.path)
            before = facts.get(path)
            both = dict.fromkeys((*(before.near if before is not None else ()), *fact.near))
            facts[path] = FactRead(fact.path, fact.type, tuple(both), fact.fields)
        soorten.update({f"eigen.{home}.{one.naam}": one.soort for home, one in compiled.program.own})
    return Asked(tuple(ready), facts, soorten) if ready else None


def place_of(ruleset: str, sides: Sequence[tuple[Desk, date]]) -> str | None:
    """A municipality in which a ruleset can be decided: its own, one of its area, one that fills in what it leaves open; None when
    it needs none."""
    for desk, on in reversed(sides):
        version = next((r for r in desk.register.versions.get(ruleset, ()) if r.holds_on(on)), None)
        if version is None:
            continue
        if version.local:
            return version.gemeente or (min(version.gebied.gemeenten, default=None) if version.gebied is not None else None)
        try:
            desk.register.compiled(ruleset, on, None)
        except LinkError:
            fillers = (r for versions in desk.register.versions.values() for r in versions if r.holds_on(on))
            homes = [r.gemeente for r in fillers if any(home == ruleset for home, _ in r.vult_in) and r.gemeente is not None]
            if homes:
                return min(homes)
    return None


def at(situation: Any, path: str) -> Any:
    """What stands at a path of a situation («inkomsten.0.bedrag»); None when nothing does."""
    node = situation
    for step in path.split("."):
        if isinstance(node, tuple):
            node = node[int(step)] if step.isdigit() and int(step) < len(node) else None
        else:
            node = getattr(node, step, None)
        if node is None:
            return None
    return node
