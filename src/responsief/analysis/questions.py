"""Every question that is asked of one ruleset on one day, and what came of it.

A question is a function of a bench that yields findings. What is found dead is proved for everybody, within the bounds that the
finding names; what is shown by somebody was decided by the evaluator; what is neither says that it is not proved, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from responsief.analysis.bench import Bench, Found
from responsief.analysis.catalogue import catalogue
from responsief.analysis.choices import choices
from responsief.analysis.clauses import clauses, said
from responsief.analysis.criteria import criteria
from responsief.analysis.parts import parts
from responsief.analysis.view import Side, Subject, places
from responsief.backends.compiled import Compiled
from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.ir.program import LinkError, ruleset_roots
from responsief.ir.ruleset import Ruleset
from responsief.register import Register

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

    @property
    def open(self) -> tuple[Found, ...]:
        """What is not proved."""
        return tuple([f for f in self.gevonden if f.melding.code == "niet-bewezen"])


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
        return Report(ident, version.versie, place, bench.asked, tuple(sorted(found, key=_place)))
    assert wrong is not None
    told = finding(wrong.code, version.span, **wrong.words)  # type: ignore[arg-type]  # the words of that code
    return Report(ident, version.versie, None, 0, (), told.tekst)


def ask_catalogue(register: Register, on: date) -> Report:
    """Everything that is asked of the provisions and signals on a day."""
    asked, found, unread = 0, [], 0
    for bench, one in catalogue(register, on):
        asked += 1 if bench is not None else 0
        unread += bench is None
        if one is not None:
            found.append(one)
    why = f"{unread} niet bekeken: {'die leest' if unread == 1 else 'die lezen'} iets dat er op deze dag niet is" if unread else ""
    return Report("catalogus", "", None, asked, tuple(sorted(found, key=_place)), why)


def bench_of(register: Register, version: Ruleset, on: date, place: str | None) -> Bench:
    """A bench with everything that a ruleset decides, and what it offers to others: its terms, what it fills in, when it comes up.

    Raises LinkError when something that it reads is not there on that day.
    """
    compiled = register.compiled(version.id, on, place)
    ruleset = compiled.program.ruleset  # with the clauses that the place has for it
    assert ruleset is not None
    roots = [*ruleset_roots(ruleset, on)]
    more = [*(term.node for term in ruleset.begrippen.values()), *ruleset.vult_in.values()]
    more += [ruleset.ter_sprake.als] if ruleset.ter_sprake is not None else []
    program = register.link([*roots, *_linkable(register, more, on, place)], ruleset, on, place)
    linked = Compiled(program)
    try:
        linked.figures(on)
    except LinkError:  # of a figure that only other rulesets read
        linked = Compiled(register.link(roots, ruleset, on, place))
        linked.figures(on)
    return Bench(Subject((Side(register, linked, on, place),)))


def _linkable(register: Register, nodes: Sequence[ir.Node], on: date, place: str | None) -> Iterator[ir.Node]:
    for node in nodes:
        try:
            register.link([node], None, on, place)
        except LinkError:
            continue
        yield node


def _place(found: Found) -> tuple[str, int, int, str]:
    return Diagnostic.place(found.melding)
