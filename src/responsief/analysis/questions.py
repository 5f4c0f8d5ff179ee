"""Every question that is asked of one ruleset on one day, and what came of it.

A question is a function of a bench that yields findings. What is found dead is proved for everybody, within the bounds that the
finding names; what is shown by somebody was decided by the evaluator; what is neither says that it is not proved, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Final

from responsief.analysis.bench import Bench, Found
from responsief.analysis.catalogue import catalogue
from responsief.analysis.choices import choices
from responsief.analysis.clauses import clauses, clauses_in, said
from responsief.analysis.criteria import criteria
from responsief.analysis.parts import parts
from responsief.analysis.view import Side, Subject, places
from responsief.backends.compiled import Compiled
from responsief.diagnostics import Diagnostic, finding
from responsief.facts import Soort, SoortNaam
from responsief.ir import nodes as ir
from responsief.ir.program import Fill, LinkError, Lookup, link, ruleset_roots
from responsief.ir.ruleset import OpenSlot, OwnFactDef, Ruleset
from responsief.ir.types import Kind
from responsief.register import Register
from responsief.source import Place, Scalar

Analysis = Callable[[Bench], Iterator[Found]]

#: what is asked of every ruleset, in the order in which it is told
ANALYSES: Final[tuple[Analysis, ...]] = (criteria, choices, clauses, said, parts)


@dataclass(frozen=True, slots=True)
class Report:
    """What was asked of one ruleset (or of the catalogue), in which place, and everything that was found. `wegens` says why
    nothing could be asked."""

    regelset: str
    versie: str
    gemeente: str | None
    vragen: int
    gevonden: tuple[Found, ...]
    wegens: str = ""
    toegestaan: tuple[Found, ...] = ()

    @property
    def open(self) -> tuple[Found, ...]:
        """What is not proved, also where that was allowed."""
        return tuple([f for f in (*self.gevonden, *self.toegestaan) if f.melding.code == "niet-bewezen"])


def ask(register: Register, ident: str, on: date, analyses: Sequence[Analysis] = ANALYSES) -> Report | None:
    """Everything that is asked of a ruleset on a day; None when no version holds then."""
    version = next((r for r in register.versions[ident] if r.holds_on(on)), None)
    if version is None:
        return None
    wrong: LinkError | None = None
    for place in dict.fromkeys(places(register, ident, on)):
        try:
            bench = bench_of(register, version, on, place)
        except LinkError as error:
            wrong = wrong or error
            continue
        found = [one for analysis in analyses for one in analysis(bench)]
        asked = bench.asked
        if clauses in analyses:
            for home in version.clausules_bij:
                try:
                    other = bench_of(register, register.version(home, on), on, place)
                except LinkError as error:
                    found.append(_not_asked(version, error, f"wat deze clausules bij «{home}» doen"))
                    continue
                found += clauses_in(other, version.source)
                asked += other.asked
        return Report(ident, version.versie, place, asked, tuple(sorted(found, key=_place)))
    assert wrong is not None
    why = finding(wrong.code, version.span, **wrong.words).tekst  # type: ignore[arg-type]  # the words of that code
    return Report(ident, version.versie, None, 0, (_not_asked(version, wrong, "wat deze regelset op deze dag doet"),), why)


def _not_asked(version: Ruleset, wrong: LinkError, what: str) -> Found:
    """Something that it reads is not there on this day, so nothing could be asked."""
    why = finding(wrong.code, version.span, **wrong.words).tekst  # type: ignore[arg-type]  # the words of that code
    hint = "vul het aan, of kies met «--on» een dag waarop het er wel is"
    return Found(finding("niet-bewezen", version.span, wat=what, waarom=why, hulp=hint))


def ask_catalogue(register: Register, on: date) -> Report:
    """Everything that is asked of the provisions and signals on a day."""
    asked, found, unread = 0, [], 0
    for bench, one in catalogue(register, on):
        asked += 1 if bench is not None else 0
        unread += bench is None
        if one is not None:
            found.append(one)
    why = (
        f"{unread} niet bekeken: {'die leest' if unread == 1 else 'die lezen'} iets dat er op deze dag niet is"
        if unread
        else ""
    )
    return Report("catalogus", "", None, asked, tuple(sorted(found, key=_place)), why)


def bench_of(register: Register, version: Ruleset, on: date, place: str | None) -> Bench:
    """A bench with everything that a ruleset decides, and what it offers to others: its terms, what it fills in, when it comes up.

    Raises LinkError when something that it reads is not there on that day.
    """
    return Bench(Subject((_side(register, version, on, place),)), partial(_elsewhere, register, version, on, place))


def _side(register: Register, version: Ruleset, on: date, place: str | None, *, free: bool = False) -> Side:
    """A ruleset linked with its terms. `free`: what is left to a municipality is whatever it can be."""
    ruleset = register.compiled(version.id, on, place).program.ruleset  # with the clauses that the place has for it
    assert ruleset is not None
    slots = {(r.id, o.naam): o for r in register.rules(on, place) for o in r.open.values()} if free else {}

    def lookup(other: str) -> Ruleset:
        found = register.version(other, on)
        own = {o.naam: _as_fact(o) for (home, _), o in slots.items() if home == other}
        return replace(found, gegevens={**found.gegevens, **own}) if own else found

    def fill(home: str, name: str) -> tuple[Ruleset, ir.Node] | None:
        slot = slots.get((home, name))
        if slot is None:
            return register.fill(on, place, home, name)
        return lookup(home), ir.OwnFact(home, name, slot.type, Place(Scalar(name, ruleset.source, 0, 1, 1, 1), 0, 1))

    own = (
        replace(ruleset, gegevens={**ruleset.gegevens, **{n: _as_fact(o) for n, o in ruleset.open.items()}})
        if free
        else ruleset
    )
    more = [*(term.node for term in ruleset.begrippen.values()), *ruleset.vult_in.values()]
    more += [ruleset.ter_sprake.als] if ruleset.ter_sprake is not None else []
    roots = [*ruleset_roots(ruleset, on)]
    compiled = Compiled(link([*roots, *_linkable(more, lookup, fill)], own, lookup, fill))
    try:
        compiled.figures(on)
    except LinkError:  # of a figure that only other rulesets read
        compiled = Compiled(link(roots, own, lookup, fill))
        compiled.figures(on)
    return Side(register, compiled, on, place)


def _linkable(nodes: Sequence[ir.Node], lookup: Lookup, fill: Fill) -> Iterator[ir.Node]:
    for node in nodes:
        try:
            link([node], None, lookup, fill)
        except LinkError:
            continue
        yield node


# --- what is dead here may live elsewhere ------------------------------------------------------------------------------

MOST_DAYS: Final = 12


def _elsewhere(register: Register, version: Ruleset, on: date, place: str | None) -> Iterator[Bench]:
    """The same version around every day that its own rules name, and with anything that a municipality could fill in."""
    free = not version.local
    for day in [*([on] if free else []), *_days(version, on)]:
        try:
            yield Bench(Subject((_side(register, version, day, place, free=free),)))
        except LinkError:
            continue


def _days(version: Ruleset, on: date) -> list[date]:
    """The days on which a rule of this version can come out otherwise by the day alone."""
    roots = [*ruleset_roots(version, date.max), *(term.node for term in version.begrippen.values())]
    parts = [part for root in roots for part in ir.walk(root)]
    if not any(isinstance(part, ir.Today) for part in parts):
        return []
    named = {part.value for part in parts if isinstance(part, ir.Const) and isinstance(part.value, date)}
    near = {day + timedelta(days=n) for day in named for n in (-1, 0, 1)}
    return sorted((d for d in near if d != on and version.holds_on(d)), key=lambda d: abs((d - on).days))[:MOST_DAYS]


def _as_fact(slot: OpenSlot) -> OwnFactDef:
    """What is left open, as a fact that can be anything of its type."""
    names: dict[Kind, SoortNaam] = {
        Kind.GELD: "geld", Kind.DATUM: "datum", Kind.JA_NEE: "ja_nee", Kind.KEUZE: "keuze", Kind.PERIODE: "periode",
        Kind.GETAL: "decimaal" if slot.type.cijfers else "getal",
    }  # fmt: skip
    least = 0 if slot.type.kind in (Kind.GELD, Kind.GETAL) else None
    soort = Soort(names.get(slot.type.kind, "tekst"), *slot.type.options, cijfers=slot.type.cijfers, minst=least)
    return OwnFactDef(slot.naam, soort, slot.type, slot.label, "", ("gemeente",), None, None)


def _place(found: Found) -> tuple[str, int, int, str]:
    return Diagnostic.place(found.melding)
