"""Figures, terms, facts that a ruleset asks, and what it leaves open or fills in: as they were and are.

Which way a figure or a term goes for people depends on what reads it: that is proved there (conditions and amounts in `proof`, clauses
in `read_through`), and not said here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from responsief.backends.explain import figure_in_words
from responsief.difference.fields import FACT, FIGURE, OPEN, TERM, Thing, said
from responsief.difference.pairs import same
from responsief.difference.report import Change
from responsief.ir.ruleset import Figure, FigureValue
from responsief.render.changes import Compared, share
from responsief.render.marks import bare, data, upper
from responsief.values import format_day


def name_changes(old: Compared, new: Compared) -> Iterator[Change]:
    """Everything that has a name in a ruleset, apart from criteria and clauses."""
    sides = (old, new)
    one, other = old.ruleset, new.ruleset
    for name, was, now in _both(one.bedragen, other.bedragen):
        yield from _figure(_thing(name, was, now, sides, (now or was).span), was, now)
    for name, was, now in _both(one.begrippen, other.begrippen):
        thing = _thing(name, was, now, sides, (now or was).place.span)
        if was is None or now is None or not same(was.node, now.node):
            yield thing.change("begrip", thing.told(was and was.node, now and now.node))
        if was is not None and now is not None:
            yield from thing.parts(TERM)
    for name, was, now in _both(one.open, other.open):
        thing = _thing(name, was, now, sides, (now or was).span)
        if was is not None and now is not None:
            yield from thing.parts(OPEN)
        else:
            words = ("de gemeente vult dit in" if side is not None else "" for side in (was, now))
            yield thing.change("begrip", words)
    for name, was, now in _both(one.gegevens, other.gegevens):
        thing = _thing(name, was, now, sides, new.ruleset.span if now is not None else old.ruleset.span)
        if was is not None and now is not None:
            yield from _once(thing.parts(FACT))
        else:
            yield thing.change("begrip", (f"{s.vraag or s.label}" if s is not None else "" for s in (was, now)))
    for key, was, now in _both(one.vult_in, other.vult_in):
        place = (now or was).place.span
        thing = Thing(".".join(key), f"Invulling van {key[1].replace('_', ' ')} (bij {key[0]})", place, "", was, now, sides)
        yield thing.change("begrip", thing.told(was, now))


def _both(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Of each name that is not the same on both sides: the name, then and now."""
    for name in {**new, **old}:
        if not same(old.get(name), new.get(name)):
            yield name, old.get(name), new.get(name)


def _thing(name: str, was: Any, now: Any, sides: tuple[Compared, Compared], place: Any) -> Thing:
    known = now or was
    title = upper(bare(data(known.label))) or name.replace("_", " ")
    return Thing(name, title, place, getattr(known, "grondslag", None) or "", was, now, sides)


def _once(changes: Iterator[Change]) -> Iterator[Change]:
    """A kind of value is held in two ways: what both say is said once."""
    seen = set()
    for change in changes:
        if change.titel not in seen:
            seen.add(change.titel)
            yield change


def _figure(thing: Thing, was: Figure | None, now: Figure | None) -> Iterator[Change]:
    """Each day from which a figure is another one, and each value whose source changed."""
    if was is None or now is None:
        figure = now or was
        assert figure is not None  # one of both
        words = "; ".join(f"{_words(figure, v)} vanaf {format_day(v.van)}" for v in figure.waarden)
        yield thing.change("cijfer", (words if now is None else "", words if was is None else ""))
        return
    for day in sorted({v.van for v in (*was.waarden, *now.waarden)}):
        before, after = was.newest(day), now.newest(day)
        if before is None or after is None or before.waarde != after.waarde:
            told = [f"{_words(f, v)}" if v is not None else "" for f, v in ((was, before), (now, after))]
            if before is not None and after is not None and (much := share(before.waarde, after.waarde)) != "anders":
                told[1] += f" ({much})"
            yield thing.change("cijfer", told, label=f"vanaf {format_day(day)}")
        elif (before.van == day) != (after.van == day):
            again = f"{_words(now, after)}, opnieuw vastgesteld"
            plain = _words(was, before)
            yield thing.change(
                "cijfer", ((plain, again) if after.van == day else (again, plain)), label=f"vanaf {format_day(day)}"
            )
        if before is not None and after is not None and before.van == after.van == day:
            yield from _source(thing, before, after)
    yield from thing.parts(FIGURE)


def _words(figure: Figure, value: FigureValue) -> str:
    return figure_in_words(figure, value.waarde) or ""


def _source(thing: Thing, before: FigureValue, after: FigureValue) -> Iterator[Change]:
    for label, was, now in (
        ("bron", before.bron, after.bron),
        ("nagelezen", before.geverifieerd, after.geverifieerd),
    ):
        if was != now:
            yield thing.change("tekst", (said(was, None), said(now, None)), label=f"{label} vanaf {format_day(after.van)}")
