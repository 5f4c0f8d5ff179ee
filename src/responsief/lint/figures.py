"""Dated figures: out of date, or without a value on days on which the ruleset holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Figure
from responsief.lint.subject import LEAVES, Subject, place
from responsief.lint.unused import roots
from responsief.values import format_day

SHOWN = 3  # names of figures in one tip


def outdated(one: Subject) -> Iterator[Diagnostic]:
    """The figures of a ruleset that the law adjusted since, or whose last value ended: one tip for all of them."""
    today = one.whole.today
    if not one.ruleset.holds_on(today):
        return
    old = [figure for figure in one.ruleset.bedragen.values() if old_since(figure, today) is not None]
    if old:
        first = min(old, key=lambda figure: (figure.span.line, figure.span.column))
        named = ", ".join(f"«{figure.naam}»" for figure in old[:SHOWN])
        more = f" en nog {len(old) - SHOWN}" if len(old) > SHOWN else ""
        yield finding(
            "cijfer-verouderd",
            first.span,
            wat="1 bedrag is" if len(old) == 1 else f"{len(old)} bedragen zijn",
            namen=named + more,
            datum=format_day(today),
        )


def old_since(figure: Figure, today: date) -> date | None:
    """The day since which a new value is needed; None while the figure is good."""
    if figure.newest(today) is None:
        return None
    if figure.tot is not None and figure.tot < today:
        return figure.tot + timedelta(days=1)
    return figure.indexed(today) if figure.outdated(today) else None


def never(one: Subject) -> Iterator[Diagnostic]:
    """A figure that ends before it begins, and a value that starts when the figure has ended."""
    for figure in one.ruleset.bedragen.values():
        if figure.tot is None:
            continue
        late = [value.van for value in figure.waarden if value.van > figure.tot]
        if late:
            what = "dit bedrag" if len(late) == len(figure.waarden) else "de laatste waarde"
            yield finding("cijfer-nooit", figure.span, wat=what, tot=format_day(figure.tot), van=format_day(late[0]))


def gaps(one: Subject) -> Iterator[Diagnostic]:
    """Days on which the ruleset holds and a figure that it always reads has no value: then nothing is decided."""
    ruleset, spans = one.ruleset, one.whole.figure_spans
    if not spans:
        names = {(draft.id, name) for draft in one.whole.checker.drafts for name in draft.bedragen}
        spans.update((key, first_and_last(one.whole.figures(*key))) for key in names)
    late = {key for key, (first, _) in spans.items() if first > ruleset.van}
    early = {key for key, (_, last) in spans.items() if last is not None and ruleset.tot is not None and last < ruleset.tot}
    if not ruleset.decides or not (late or early):
        return
    told: set[tuple[str, str]] = set()
    for ref in always_read(one):
        key = (ref.ruleset, ref.name)
        if key in told or key not in late | early:
            continue
        told.add(key)
        first, last = spans[key]
        where = next(one.whole.figures(*key)).span if ref.ruleset == ruleset.id else ref.place.span
        if first > ruleset.van:
            yield finding(
                "cijfer-te-kort",
                where,
                naam=ref.name,
                wat=f"begint pas op {format_day(first)}",
                regeling=f"geldt vanaf {format_day(ruleset.van)}",
            )
        elif last is not None and ruleset.tot is not None and last < ruleset.tot:
            yield finding("cijfer-te-kort", where, naam=ref.name, wat=f"stopt op {format_day(last)}", regeling=f"geldt tot en met {format_day(ruleset.tot)}")  # fmt: skip


def first_and_last(versions: Iterable[Figure]) -> tuple[date, date | None]:
    """The first day of which a figure has a value in any version of its ruleset, and the last (None: it goes on)."""
    versions = [figure for figure in versions if figure.waarden]
    ends = [figure.tot for figure in versions]
    first = min((figure.waarden[0].van for figure in versions), default=date.min)
    return first, None if None in ends or not ends else max(end for end in ends if end is not None)


def always_read(one: Subject) -> Iterator[ir.FigureRef]:
    """The figures that a ruleset reads whatever the day: not those in a choice that looks at the date."""
    seen: set[tuple[str, str]] = set()
    stack = list(roots(one.ruleset))
    while stack:
        node = stack.pop()
        if isinstance(node, ir.FigureRef):
            yield node
        elif type(node) in LEAVES and not isinstance(node, ir.TermRef):
            continue
        elif isinstance(node, ir.TermRef):
            key = (node.ruleset, node.name)
            if key not in seen:
                seen.add(key)
                stack += one.whole.terms(*key)
        elif isinstance(node, ir.Choose | ir.Collect) and any(
            isinstance(leaf, ir.Today) for when, _ in node.branches for leaf in one.whole.leaves(when)
        ):
            continue
        elif isinstance(node, ir.Aggregate):
            stack += [part for part in (node.entries, node.value, node.where) if part is not None]
        else:
            stack += ir.children(node)


def ended(one: Subject) -> Iterator[Diagnostic]:
    """The last version of a ruleset holds no longer."""
    ruleset, today = one.ruleset, one.whole.today
    if ruleset.tot is None or ruleset.tot >= today:
        return
    if any(draft.van > ruleset.van for draft in one.whole.checker.by_id.get(ruleset.id, ())):
        return
    yield finding("versie-voorbij", place(one.root, "geldig"), tot=format_day(ruleset.tot))
