"""Clauses as they were and are: whom they reach, what bars them, what they allow. A way out that closes is `strenger`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from responsief.difference.fields import CLAUSE, OPPOSITE, Thing, by_members
from responsief.difference.pairs import same
from responsief.difference.report import Change, Richting
from responsief.ir.ruleset import Bar, Clause
from responsief.render.changes import Compared, clause_words
from responsief.render.marks import bare, data
from responsief.render.names import CLAUSES, DIRECTIONS, MAY, enumeration, kind
from responsief.values import format_day

_HELPS: Final = {"geen": 0, "groepsniveau": 1}  # the others help a single person: 2
Clauses = tuple[Clause, ...]


def clause_changes(
    old: Compared, new: Compared, criteria_of: Callable[[str], tuple[Mapping[str, str], Mapping[str, str]]]
) -> Iterator[Change]:
    """The changes of the clauses of a ruleset, and of those that it has for others. `criteria_of` gives the criteria of a ruleset on
    both sides: id → title."""
    homes = {new.ruleset.id: (old.ruleset.hardheid, new.ruleset.hardheid)}
    for home in {**old.ruleset.clausules_bij, **new.ruleset.clausules_bij}:
        homes[home] = (old.ruleset.clausules_bij.get(home, ()), new.ruleset.clausules_bij.get(home, ()))
    for home, (before, after) in homes.items():
        criteria = criteria_of(home)
        then, now = {c.id: c for c in before}, {c.id: c for c in after}
        for name in {**now, **then}:
            one, other = then.get(name), now.get(name)
            clause = other or one
            if clause is None or same(one, other):
                continue
            where = "" if home == new.ruleset.id else f" (bij {home})"
            title = f"{bare(data(clause.titel))}{where}"
            thing = Thing(name, title, clause.span, clause.grondslag, one, other, (old, new))
            yield from _changed(thing, one, other, criteria)


def _changed(
    thing: Thing, one: Clause | None, other: Clause | None, criteria: tuple[Mapping[str, str], Mapping[str, str]]
) -> Iterator[Change]:
    titles = {**criteria[0], **criteria[1]}
    old, new = thing.sides
    if one is None or other is None:
        clause = other or one
        side = new if other is not None else old
        assert clause is not None  # one of both
        assert side is not None
        every = bare(data(clause_words(clause, side, titles)))
        way: Richting = "gelijk" if clause.soort == "geen" else "ruimer" if one is None else "strenger"
        yield thing.change("clausule", ("" if one is None else every, "" if other is None else every), way)
        return
    if one.soort != other.soort:
        rank = [_HELPS.get(c.soort, 2) for c in (one, other)]
        way = "anders" if rank[0] == rank[1] else "ruimer" if rank[1] > rank[0] else "strenger"
        yield thing.change("clausule", (CLAUSES.get(c.soort, kind(c.soort)) for c in (one, other)), way, "soort")
    yield from thing.parts(CLAUSE)
    yield from _reach(thing, one, other, criteria)
    yield from _bars(thing, one, other)
    if one.vanaf != other.vanaf:
        later = other.vanaf is not None and (one.vanaf is None or other.vanaf > one.vanaf)
        words = [
            f"vanaf {format_day(c.vanaf)}" if c.vanaf is not None else "vanaf het begin van de regeling" for c in (one, other)
        ]
        yield thing.change("geldigheid", words, "strenger" if later else "ruimer", "in werking")


def _reach(thing: Thing, one: Clause, other: Clause, criteria: tuple[Mapping[str, str], Mapping[str, str]]) -> Iterator[Change]:
    """Whom it reaches and what it allows. A criterion that is new or gone fell neither in nor out."""
    stay = criteria[0].keys() & criteria[1].keys() or {*one.geldt_voor, *other.geldt_voor}
    before, after = ([i for i in c.geldt_voor if i in stay] for c in (one, other))
    if set(before) != set(after):
        words = [enumeration([f"«{bare(data(criteria[1].get(i, i)))}»" for i in those]) or "niets" for those in (before, after)]
        way = "gelijk" if other.soort == one.soort == "geen" else by_members(set(before), set(after))
        yield thing.change("bereik", words, way, "geldt voor")
    if set(one.mag) != set(other.mag):
        words = [enumeration([MAY.get(m, kind(m)) for m in c.mag]) for c in (one, other)]
        yield thing.change("bereik", words, by_members(set(one.mag), set(other.mag)), "wat dan kan")
    if one.richting != other.richting:
        words = [DIRECTIONS.get(c.richting, kind(c.richting)) for c in (one, other)]
        yield thing.change("bereik", words, "ruimer" if other.richting == "ten_gunste" else "strenger", "richting")


def _bars(thing: Thing, one: Clause, other: Clause) -> Iterator[Change]:
    """What bars a clause, or must hold first: more of it closes the way out further."""
    for label, before, after in (
        ("wanneer zij niet helpt", one.niet_als, other.niet_als),
        ("wanneer zij alleen helpt", one.voorwaarden, other.voorwaarden),
    ):
        if [b.als for b in before] != [b.als for b in after]:
            gone, came = (_without(these, those) for these, those in ((before, after), (after, before)))
            way: Richting = "anders" if gone and came else "strenger" if came else OPPOSITE["strenger"] if gone else "gelijk"
            yield thing.change("clausule", thing.told(before, after), way, label)
            continue
        for then, now in zip(before, after, strict=True):
            if then.grondslag != now.grondslag:
                yield thing.change("artikel", (then.grondslag, now.grondslag), label=label)
            if then.reden != now.reden:
                yield thing.change("tekst", (then.reden, now.reden), label=f"{label}: reden")


def _without(these: tuple[Bar, ...], those: tuple[Bar, ...]) -> list[Bar]:
    return [bar for bar in these if all(bar.als != other.als for other in those)]
