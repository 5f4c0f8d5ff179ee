"""Ways out that go: somebody whom a ruleset refused already, and refuses still, but for whom nothing that counts is left.

A ruleset that nobody touched is asked too: what helps stands in the catalogue, and what another ruleset speaks for counts no more.
Asked on the day itself and on the days on which a changed provision begins or ends, in the first place where a ruleset is decided and
in those that a changed provision names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from responsief.analysis.asking import never
from responsief.analysis.gate import counted, left_alone, without_way_out
from responsief.analysis.view import Budget, Side, Subject, places, readable, side
from responsief.backends import symbols as sym
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.difference.pairs import read_by, same
from responsief.difference.proof import TOGETHER
from responsief.difference.report import RulesetDifference, WayOut
from responsief.frozen import dataclass
from responsief.ir.program import LinkError, counts_on
from responsief.ir.ruleset import Provision, Ruleset
from responsief.register import Register
from responsief.render.marks import bare, data
from responsief.situation import Situation
from responsief.source import Span


@dataclass(frozen=True, slots=True)
class Lost:
    """A ruleset of which somebody loses her way out (or it is not proved that nobody does), and where the provision that changed
    stands."""

    regelset: RulesetDifference
    plaats: Span

    @property
    def uitweg(self) -> WayOut:
        assert self.regelset.uitweg is not None
        return self.regelset.uitweg


def lost(was: Desk, wordt: Desk, on: date) -> list[Callable[[], Lost | None]]:
    """The question about each ruleset of both registers: does somebody lose her way out, on which day and place first?"""
    changed = [*_changed(was.register, wordt.register)]
    if (
        not changed
        and _claims(was.register) == _claims(wordt.register)
        and not _read_otherwise(was.register, wordt.register, on)
    ):
        return []
    ends = (day for p in changed for day in (p.van, p.tot + timedelta(days=1) if p.tot and p.tot < date.max else None))
    days = [on, *sorted({day for day in ends if day is not None and day > on})]
    named = sorted({p.gemeente for p in changed if p.gemeente is not None})
    return [partial(_first, was, wordt, ident, days, named) for ident in wordt.register.ids()]


def _first(was: Desk, wordt: Desk, ident: str, days: Sequence[date], named: Sequence[str]) -> Lost | None:
    found = (one for day in days for two in _sides(was, wordt, ident, day, named) for one in _asked(was, wordt, two))
    return next(found, None)


def _asked(was: Desk, wordt: Desk, two: tuple[Side, Side]) -> Iterator[Lost]:
    """The question about one ruleset on one day, where something that counted there is gone or is for others."""
    gone = _gone(*two)
    if gone is None:
        return
    then, now = (_ruleset(one) for one in two)

    def alone(desk: Desk, at: int, person: Situation) -> bool:
        try:
            return left_alone(desk, readable(person, two[at].compiled), _ruleset(two[at]), two[at].on)
        except InvalidError:
            return False

    answer = never(
        Subject(two, Budget(TOGETHER)),
        lambda view: sym.conj(without_way_out(view, 1), sym.neg(without_way_out(view, 0))),
        lambda person: alone(wordt, 1, person) and not alone(was, 0, person),
    )
    if answer.bewijs != "bewezen":
        exits = WayOut(answer.bewijs, answer.getuige, answer.reden)
        title, file = bare(data(now.titel)), now.source.name
        yield Lost(RulesetDifference(now.id, title, file, then.versie, now.versie, two[1].on, "gelijk", (), exits), gone.span)


def _gone(old: Side, new: Side) -> Provision | None:
    """A provision that counted, and counts no more or not for the same people; as it stands now, or stood."""
    after = {one.id: one for one in counted(new)}
    for one in counted(old):
        now = after.get(one.id)
        if now is None:
            return new.register.catalogue.provisions.get(one.id, one)
        if not _alike(one, now, (old.register, new.register), new.on, new.place):
            return now
    return None


def _alike(one: Provision, other: Provision, registers: tuple[Register, Register], day: date, place: str | None) -> bool:
    """Are two provisions for the same people, with what their conditions read?"""
    if not same(one.voorwaarden, other.voorwaarden):
        return False
    read = [
        read_by(register, [p.voorwaarden], None, day, place) if p.voorwaarden is not None else {}
        for register, p in zip(registers, (one, other), strict=True)
    ]
    return same(*read)


def _sides(was: Desk, wordt: Desk, ident: str, day: date, named: Sequence[str]) -> Iterator[tuple[Side, Side]]:
    """Where a ruleset is decided by both on a day: the first place, and the places that are named."""
    found = False
    for place in dict.fromkeys([*places(wordt.register, ident, day), *named]):
        if found and place not in named:
            continue
        try:
            two = side(was.register, ident, day, place), side(wordt.register, ident, day, place)
        except LinkError:
            continue  # not decided there by both: told as a gap, where it is one
        if all(_ruleset(one).holds_in(place) and any(counts_on(c, day) for c in _ruleset(one).criteria) for one in two):
            found = True
            yield two


def _ruleset(one: Side) -> Ruleset:
    found = one.compiled.program.ruleset
    assert found is not None
    return found


# --- what can take a way out away ------------------------------------------------------------------------------------------------


def _changed(old: Register, new: Register) -> Iterator[Provision]:
    """Every provision that is not the same on both sides, as it was and as it is."""
    then, now = old.catalogue.provisions, new.catalogue.provisions
    for name in {**then, **now}:
        if not same(then.get(name), now.get(name)):
            yield from (one for one in (then.get(name), now.get(name)) if one is not None)


def _claims(register: Register) -> set[tuple[object, ...]]:
    """Which rulesets speak for which provision, where and when."""
    return {
        (r.id, r.voorziening, r.van, r.tot, r.gemeente)
        for versions in register.versions.values()
        for r in versions
        if r.decides and r.voorziening is not None
    }


def _read_otherwise(old: Register, new: Register, day: date) -> bool:
    """Does a provision that is written as it was read something that changed?"""
    then, now = old.catalogue.provisions, new.catalogue.provisions
    return any(name in now and not _alike(one, now[name], (old, new), day, None) for name, one in then.items())
