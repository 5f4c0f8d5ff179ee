"""What changed in rulesets as it is written and meant, without proof: by meaning, so that layout and comments change nothing.

The changes of conditions and amounts are given apart (`conditions`): which way those go for people is proved, not read off.
A figure, term or text has the direction «gelijk» here: what it does to people is said of the conditions that read it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Final, Literal

from responsief.difference.clauses import clause_changes
from responsief.difference.fields import CRITERION, RULESET, Thing, apart, by_members, said
from responsief.difference.figures import name_changes
from responsief.difference.pairs import Pair, covered, pairs, same
from responsief.difference.report import Change, Richting
from responsief.frozen import dataclass
from responsief.ir.ruleset import Criterion, Ruleset, Transition
from responsief.register import Register
from responsief.render.changes import Compared, sentence_of
from responsief.render.criteria import consequence
from responsief.render.marks import bare, data
from responsief.render.names import in_force, place
from responsief.render.scope import Scope
from responsief.render.sentences import Speaker
from responsief.source import Span
from responsief.values import format_day

__all__ = ["Pair", "RulesetChanges", "compare", "conditions", "pairs", "written"]

#: how hard the consequence of a no is; what has the same rank can't be ordered
_HARD: Final = {"wacht_tot": 0, "deel": 0, "kan_weigeren": 1, "afwijzen": 2}
Stand = Literal["nieuw", "vervallen", "gewijzigd", "geraakt", "gelijk"]


@dataclass(frozen=True, slots=True)
class RulesetChanges:
    """One ruleset on both sides. `geraakt`: nobody changed it, but something that it reads did. `pairs` are the versions and days on
    which to ask what it does to people; `wijzigingen` is what is written otherwise, in every version."""

    id: str
    titel: str
    bestand: str
    stand: Stand
    pairs: tuple[Pair, ...]
    wijzigingen: tuple[Change, ...]


def compare(old: Register, new: Register, on: date, ids: Collection[str] | None = None) -> tuple[RulesetChanges, ...]:
    """Every ruleset of two registers (or those of `ids`), by id, compared for a decision on `on`."""
    found = []
    by_id: dict[str, list[Pair]] = {}
    for pair in pairs(old, new, on, ids):
        by_id.setdefault(pair.id, []).append(pair)
    for ident in sorted({*old.versions, *new.versions} if ids is None else {*ids} & {*old.versions, *new.versions}):
        was, wordt = old.versions.get(ident, ()), new.versions.get(ident, ())
        mine = by_id.get(ident, [])
        told = [*_validity(ident, was, wordt)]
        seen: list[tuple[Ruleset | None, Ruleset | None]] = []
        for pair in mine:
            if all(pair.old is not o or pair.new is not n for o, n in seen):
                seen.append((pair.old, pair.new))
                told += written(pair, old, new)
        stand: Stand = "nieuw" if not was else "vervallen" if not wordt else "gelijk"
        if was and wordt and mine:
            stand = "geraakt" if same(was, wordt) else "gewijzigd"
        elif was and wordt and not same(was, wordt):
            stand = "gewijzigd"
        shown = (wordt or was)[-1]
        found.append(RulesetChanges(ident, bare(data(shown.titel)), shown.source.name, stand, tuple(mine), tuple(told)))
    return tuple(found)


def written(pair: Pair, old: Register, new: Register) -> tuple[Change, ...]:
    """What is written otherwise in one version than in another, apart from conditions and amounts and from when it holds.
    Nothing where one of them is not there."""
    if pair.old is None or pair.new is None or same(pair.old, pair.new):
        return ()
    sides = _sides(pair, old, new)
    return tuple(_changes(*sides, old, new, pair.peildatum))


def conditions(pair: Pair, old: Register, new: Register) -> tuple[Change, ...]:
    """The conditions and the amount that are written otherwise, in words. Their direction is still to be proved."""
    if pair.old is None or pair.new is None:
        return ()
    return tuple(_conditions(*_sides(pair, old, new)))


def _sides(pair: Pair, old: Register, new: Register) -> tuple[Compared, Compared]:
    assert pair.old is not None  # asked by those who call
    assert pair.new is not None
    return tuple(  # type: ignore[return-value]  # two of them
        Compared(ruleset, Speaker(Scope(register, ruleset, pair.peildatum, nu="")))
        for register, ruleset in ((old, pair.old), (new, pair.new))
    )


def _changes(old: Compared, new: Compared, before: Register, after: Register, on: date) -> Iterator[Change]:
    one, other = old.ruleset, new.ruleset
    thing = Thing(other.id, bare(data(other.titel)), other.span, "", one, other, (old, new))
    yield from thing.parts(RULESET)
    yield from _where(thing, one, other)
    for then, now in _shared(one.criteria, other.criteria):
        yield from _criterion(then, now, old, new)
    yield from _order(thing, one, other)
    yield from _transitions(thing, one, other)
    yield from name_changes(old, new)

    def criteria_of(home: str) -> tuple[dict[str, str], dict[str, str]]:
        found = []
        for register, own in ((before, one), (after, other)):
            ruleset = own if home == own.id else next((v for v in register.versions.get(home, ()) if v.holds_on(on)), None)
            found.append({c.id: c.titel for c in ruleset.criteria} if ruleset is not None else {})
        return found[0], found[1]

    yield from clause_changes(old, new, criteria_of)


def _where(thing: Thing, old: Ruleset, new: Ruleset) -> Iterator[Change]:
    """The municipality or area in which it holds."""
    if old.gemeente == new.gemeente and same(old.gebied, new.gebied):
        return
    before, after = (_municipalities(r) for r in (old, new))
    way: Richting = "anders"
    if before is None or after is None:
        way = "anders" if before == after else "ruimer" if after is None else "strenger"
    elif before != after:
        way = by_members(before, after)
    words = [f"{place(r)}{': ' + said(r.gebied, None) if r.gebied is not None else ''}" for r in (old, new)]
    yield thing.change("bereik", words, "gelijk" if before == after else way, "waar het geldt")


def _municipalities(ruleset: Ruleset) -> set[str] | None:
    """Where it holds; None: everywhere."""
    if ruleset.gebied is not None:
        return {*ruleset.gebied.gemeenten, *ruleset.gebied.deels}
    return {ruleset.gemeente} if ruleset.gemeente is not None else None


# --- criteria ----------------------------------------------------------------------------------------------------------------


def _shared(old: Iterable[Criterion], new: Iterable[Criterion]) -> Iterator[tuple[Criterion, Criterion]]:
    then = {c.id: c for c in old}
    yield from ((then[c.id], c) for c in new if c.id in then and not same(then[c.id], c))


def _thing(then: Criterion | None, now: Criterion | None, sides: tuple[Compared, Compared]) -> Thing:
    known = now or then
    assert known is not None  # one of both
    return Thing(known.id, bare(data(known.titel)), known.span, known.grondslag, then, now, sides)


def _criterion(then: Criterion, now: Criterion, old: Compared, new: Compared) -> Iterator[Change]:
    thing = _thing(then, now, (old, new))
    yield from thing.parts(CRITERION)
    nodes = [(c.gevolg, c.wacht_tot, c.aftrek) for c in (then, now)]
    if nodes[0] != nodes[1]:
        words = [bare(consequence(side.speaker, c, side.ruleset)) for side, c in ((old, then), (new, now))]
        rank = [_HARD[c.gevolg] for c in (then, now)]
        way: Richting = "ruimer" if rank[1] < rank[0] else "strenger" if rank[1] > rank[0] else "anders"
        yield thing.change("gevolg", words, way, "bij een nee")
    if (then.vanaf, then.gedoogd) != (now.vanaf, now.gedoogd):
        starts = [_start(c) for c in (then, now)]  # a condition that counts later asks less
        way = "gelijk" if starts[0] == starts[1] else "ruimer" if starts[1] > starts[0] else "strenger"
        yield thing.change("geldigheid", (_since(then), _since(now)), way, "in werking")


def _start(criterion: Criterion) -> date:
    """From when it counts: what is only tolerated never does."""
    return criterion.vanaf or (date.max if criterion.gedoogd else date.min)


def _since(criterion: Criterion) -> str:
    since = (
        f"geldt vanaf {format_day(criterion.vanaf)}" if criterion.vanaf is not None else "geldt vanaf het begin van de regeling"
    )
    return (
        f"gedoogd, {since}" if criterion.gedoogd and criterion.vanaf is not None else "gedoogd" if criterion.gedoogd else since
    )


def _order(thing: Thing, old: Ruleset, new: Ruleset) -> Iterator[Change]:
    """Are the criteria that stayed told in another order?"""
    stayed = {c.id for c in old.criteria} & {c.id for c in new.criteria}
    told = [[bare(data(c.titel)) for c in r.criteria if c.id in stayed] for r in (old, new)]
    if [c.id for c in old.criteria if c.id in stayed] != [c.id for c in new.criteria if c.id in stayed]:
        yield thing.change("volgorde", ("; ".join(titles) for titles in told), label="volgorde van de voorwaarden")


def _conditions(old: Compared, new: Compared) -> Iterator[Change]:
    then, now = ({c.id: c for c in side.ruleset.criteria} for side in (old, new))
    for name in {**now, **then}:
        one, other = then.get(name), now.get(name)
        if one is not None and other is not None and same(one.eis, other.eis):
            continue
        words = ["" if c is None else bare(sentence_of(side, c)) for side, c in ((old, one), (new, other))]
        if words[0] == words[1] and one is not None and other is not None:
            words = [*apart(words[0], one.eis, other.eis)]
        yield _thing(one, other, (old, new)).change("voorwaarde", words, "niet_bewezen")
    was, wordt = old.ruleset, new.ruleset
    if not same(was.bedrag, wordt.bedrag) or was.per != wordt.per:
        thing = Thing("bedrag", f"Bedrag van {bare(data(wordt.titel))}", _amount_place(wordt, was), "", was, wordt, (old, new))
        words = list(thing.told(was.bedrag, wordt.bedrag))
        words = [f"per {side.per}: {text}" if text else "" for side, text in zip((was, wordt), words, strict=True)]
        yield thing.change("bedrag", words, "niet_bewezen")


def _amount_place(new: Ruleset, old: Ruleset) -> Span:
    node = new.bedrag or old.bedrag
    return node.place.span if node is not None else new.span


def _transitions(thing: Thing, old: Ruleset, new: Ruleset) -> Iterator[Change]:
    """Who keeps an older rule, until when: each rule of transitional law that came, went or changed. What it does to people is
    proved of the conditions."""
    then, now = ({(one.grondslag, one.geldt): one for one in r.overgang} for r in (old, new))
    for key in {**now, **then}:
        one, other = then.get(key), now.get(key)
        if not same(one, other):
            yield thing.change(
                "overgang", [_transition(t, new) if t is not None else "" for t in (one, other)], label="overgangsrecht"
            )


def _transition(one: Transition, new: Ruleset) -> str:
    until = f"tot en met {format_day(one.tot)}" if one.tot is not None else "zonder einde"
    titles = {c.id: c.titel for c in new.criteria}
    about = "" if one.criteria is None else f"; alleen voor: {', '.join(titles.get(i, i) for i in one.criteria)}"
    return f"{one.uitleg} ({until}{about}; {one.grondslag})"


# --- versions ----------------------------------------------------------------------------------------------------------------


def _validity(ident: str, old: tuple[Ruleset, ...], new: tuple[Ruleset, ...]) -> Iterator[Change]:
    """Which versions there are, and from when until when each holds. Fewer days on which it holds is `strenger`."""
    decides = any(r.decides for r in (*old, *new))
    way = covered(old, new) if decides else "gelijk"
    then, now = {r.van: r for r in old}, {r.van: r for r in new}
    gone, came = [r for r in old if r.van not in now], [r for r in new if r.van not in then]
    told: list[tuple[Ruleset | None, Ruleset | None]] = [
        (then[d], now[d]) for d in then if d in now and then[d].tot != now[d].tot
    ]
    if old and new and len(gone) == len(came) == 1:  # its first day was moved
        told.append((gone[0], came[0]))
    else:
        told += [(r, None) for r in gone] + [(None, r) for r in came]
    for one, other in told:
        known = other or one
        assert known is not None  # one of both
        label = (
            "geldigheid" if one is not None and other is not None else "nieuwe versie" if one is None else "vervallen versie"
        )
        if not old or not new:
            label = "nieuwe regeling" if not old else "vervallen regeling"
        thing = Thing(ident, bare(data(known.titel)), known.span, "", one, other, (None, None))
        yield thing.change("geldigheid", (f"geldt {in_force(r)}" if r is not None else "" for r in (one, other)), way, label)
