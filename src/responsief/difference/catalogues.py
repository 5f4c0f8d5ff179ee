"""Provisions, bundles and signals as they were and are. What goes or closes helps fewer people: `strenger`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from responsief.difference.fields import BUNDLE, PROVISION, SIGNAL, SIGNAL_FACT, Part, Thing
from responsief.difference.pairs import same
from responsief.difference.report import Change, Richting, Wat
from responsief.ir.ruleset import Provision
from responsief.register import Register
from responsief.render.changes import Compared
from responsief.render.marks import bare, data
from responsief.render.scope import Scope
from responsief.render.sentences import Speaker
from responsief.values import format_day


def catalogue_changes(old: Register, new: Register, on: date) -> tuple[Change, ...]:
    """Every provision, bundle and signal that is new, gone or otherwise. `on` is the day for which conditions are put in words."""
    sides = (_side(old, on), _side(new, on))
    return (
        *_changes(old.catalogue.provisions, new.catalogue.provisions, "voorziening", PROVISION, sides),
        *_changes(old.catalogue.bundles, new.catalogue.bundles, "voorziening", BUNDLE, sides),
        *_changes(old.catalogue.signals, new.catalogue.signals, "signaal", SIGNAL, sides),
        *_changes(old.catalogue.facts, new.catalogue.facts, "signaal", SIGNAL_FACT, sides),
    )


def _side(register: Register, on: date) -> Compared | None:
    """Whoever puts expressions of a catalogue in words: they belong to no ruleset, so any will do; None where there is none."""
    ruleset = next((versions[-1] for versions in register.versions.values()), None)
    return Compared(ruleset, Speaker(Scope(register, ruleset, on, nu=""))) if ruleset is not None else None


def _changes(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    wat: Wat,
    parts: tuple[Part, ...],
    sides: tuple[Compared | None, Compared | None],
) -> Iterator[Change]:
    for name in {**new, **old}:
        was, wordt = old.get(name), new.get(name)
        if same(was, wordt):
            continue
        known: Any = wordt or was
        title = bare(data(str(getattr(known, "titel", "") or getattr(known, "label", "")))) or name.replace("_", " ")
        thing = Thing(name, title, known.span, getattr(known, "grondslag", ""), was, wordt, sides)
        if was is None or wordt is None:
            words = ["" if one is None else title for one in (was, wordt)]
            yield thing.change(wat, words, "strenger" if wordt is None else "ruimer")
            continue
        yield from thing.parts(parts)
        if isinstance(was, Provision):
            yield from _provision(thing, was, wordt)
        elif parts is SIGNAL_FACT and not same(was.node, wordt.node):
            yield thing.change(wat, thing.told(was.node, wordt.node), "anders", "wanneer")


def _provision(thing: Thing, was: Provision, wordt: Provision) -> Iterator[Change]:
    """For whom it is, from when until when, and where."""
    if not same(was.voorwaarden, wordt.voorwaarden):
        then, now = thing.told(was.voorwaarden, wordt.voorwaarden)
        words = (then or "voor iedereen", now or "voor iedereen")
        way: Richting = "strenger" if was.voorwaarden is None else "ruimer" if wordt.voorwaarden is None else "anders"
        yield thing.change("voorziening", words, way, "voor wie")
    if (was.van, was.tot) != (wordt.van, wordt.tot):
        earlier = (wordt.van or date.min) <= (was.van or date.min)
        longer = (wordt.tot or date.max) >= (was.tot or date.max)
        later, shorter = not earlier or was.van == wordt.van, not longer or was.tot == wordt.tot
        way = "ruimer" if earlier and longer else "strenger" if later and shorter else "anders"
        yield thing.change("voorziening", [_window(one) for one in (was, wordt)], way, "geldigheid")
    if was.gemeente != wordt.gemeente:
        way = "ruimer" if wordt.gemeente is None else "strenger" if was.gemeente is None else "anders"
        places = [f"alleen in gemeente {one.gemeente}" if one.gemeente else "overal" for one in (was, wordt)]
        yield thing.change("voorziening", places, way, "waar zij geldt")


def _window(provision: Provision) -> str:
    start = f"vanaf {format_day(provision.van)}" if provision.van is not None else ""
    end = f"tot en met {format_day(provision.tot)}" if provision.tot is not None else ""
    return " ".join(part for part in (start, end) if part) or "altijd"
