"""What time does to people: the rules and figures of one day against those of a later day, for who asks on the later one.

An indexation, a new version, a condition that comes into force: whatever changes by itself in one register. Ages and dates count
from the later day on both sides, so that nobody is told apart only because she grew older.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from responsief.analysis.view import Budget, Side, Subject, places, side
from responsief.backends.explain import figure_in_words
from responsief.desk import Desk, reason_of
from responsief.diagnostics import Diagnostic, finding
from responsief.difference.pairs import Pair
from responsief.difference.proof import TOGETHER, Both, difference
from responsief.difference.report import Change, Report, Richting, RulesetDifference
from responsief.difference.whole import findings_of
from responsief.difference.written import conditions, written
from responsief.ir.program import LinkError, counts_on
from responsief.register import Register
from responsief.source import Source, Span
from responsief.values import format_day


def in_time(
    register: Register,
    first: date,
    second: date,
    ids: frozenset[str] | None = None,
    *,
    told: Callable[[str], None] = lambda _: None,
) -> Report:
    """Every ruleset (or those of `ids`) as it decides on `second`, against the rules and figures of `first`."""
    desk = Desk(register)
    found: list[RulesetDifference] = []
    findings: list[Diagnostic] = []
    same: list[str] = []
    for ident in register.ids():
        if ids is not None and ident not in ids:
            continue
        versions = [next((v for v in register.versions[ident] if v.holds_on(day)), None) for day in (first, second)]
        if not any(v is not None and any(counts_on(c, second) for c in v.criteria) for v in versions):
            continue
        old, new = versions
        title = (new or old).titel  # type: ignore[union-attr]  # one of both is there
        told(title)
        if old is None or new is None:
            way: Richting = "ruimer" if old is None else "strenger"
            known = new or old
            assert known is not None
            one = RulesetDifference(
                ident, title, known.source.name, old.versie if old else None, new.versie if new else None, second, way, ()
            )
            found.append(one)
            findings += findings_of(one)
            continue
        try:
            sides = _sides(register, ident, first, second)
        except LinkError as error:
            place = Span(Source(new.source.name, new.source.text), new.span.line, new.span.column)
            findings.append(finding("wijziging-gat", place, waarom=reason_of(error)))
            continue
        pair = Pair(ident, old, new, second, sides[1].place)
        text = written(pair, register, register) if old is not new else ()
        worded = conditions(pair, register, register) if old is not new else ()
        way, changes, exits = difference(Both(Subject(sides, Budget(TOGETHER)), desk, desk), (*_figures(sides), *text), worded)
        if all(c.richting == "gelijk" and c.wat == "cijfer" for c in changes):
            same.append(ident)
            continue
        one = RulesetDifference(ident, title, new.source.name, old.versie, new.versie, second, way, changes, exits)
        found.append(one)
        findings += findings_of(one)
    once = tuple(dict.fromkeys(sorted(findings, key=Diagnostic.place)))
    return Report(f"de regels van {format_day(first)}", f"die van {format_day(second)}", tuple(found), (), once, tuple(same))


def _sides(register: Register, ident: str, first: date, second: date) -> tuple[Side, Side]:
    """Both in the first place where both can be decided. Raises LinkError where there is none."""
    wrong: LinkError | None = None
    for place in places(register, ident, second):
        try:
            old, new = (side(register, ident, day, place) for day in (first, second))
        except LinkError as error:
            wrong = wrong or error
        else:
            return replace(old, today=second), new
    assert wrong is not None
    raise wrong


def _figures(sides: tuple[Side, Side]) -> Iterator[Change]:
    """The figures that both read and that are another one by then."""
    old, new = (
        {
            (home, f.naam): (f, value)
            for (home, f), value in zip(s.compiled.program.figures, s.compiled.figures(s.on), strict=True)
        }
        for s in sides
    )
    for key, (figure, value) in new.items():
        before = old.get(key)
        if before is not None and before[1] != value:
            was, now = figure_in_words(before[0], before[1]) or "", figure_in_words(figure, value) or ""
            yield Change("cijfer", figure.naam, figure.label, was, now, figure.span, grondslag=figure.grondslag or "")
