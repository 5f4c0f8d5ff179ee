"""What scans say beside an outcome, by id only: of one case from its review, and what columns need of the register to say the same.

A way out is less than an alternative of a review: a provision of the catalogue with conditions, in force on the day, that serves a leefgebied of
the ruleset, lies within the law, and is no ruleset itself (there the verdict of that ruleset speaks). It counts where its conditions
are known to hold. No order, no limit per need, no needs of the client's own, and no signals that bring it up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from responsief.backends.unknown import without_numbers
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import clauses, reaches
from responsief.hardship.signals import fired
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Provision, Ruleset
from responsief.ir.signals import SignalRule
from responsief.register import Aids, Register

if TYPE_CHECKING:
    from responsief.backends.to_columns import Catalogue, Extra


def ways_out(register: Register, aids: Aids, ruleset: Ruleset, on: date, place: str | None) -> Iterator[Provision]:
    """The provisions that can be a way out of a ruleset on a day and in a place, where their conditions hold."""
    areas = set(ruleset.leefgebieden)
    own = {ruleset.voorziening, *aids.by_ruleset.get(ruleset.id, ())}
    others = {r.voorziening for r in _others(register, ruleset, on, place) if r.voorziening is not None}
    for provision in aids.provisions:
        if provision.voorwaarden is None or provision.wet == "buiten_wet" or not areas.intersection(provision.leefgebieden):
            continue
        if provision.id in own or provision.id in others or provision.regelset is not None:
            continue  # there the verdict of that ruleset speaks
        if (provision.van is not None and on < provision.van) or (provision.tot is not None and provision.tot < on):
            continue
        if not isinstance(provision.voorwaarden, ir.Const) and aids.compiled.program.slot(provision.voorwaarden) is None:
            continue  # something that it reads is not there on this day
        yield provision


def _others(register: Register, ruleset: Ruleset, on: date, place: str | None) -> Iterator[Ruleset]:
    """The rulesets that may be decided beside it. Where the place is not known, or more than one, those of all places: what
    one ruleset speaks for in one place is not offered there."""
    if place is not None and ruleset.gebied is None:
        yield from register.in_force(on, place)
        return
    for versions in register.versions.values():
        yield from (r for r in versions if r.decides and r.holds_on(on))


def beside(case: HardCase, wanted: Sequence[Extra], place: str | None) -> dict[Extra, str | None]:
    """The same columns of one case: ids with commas between them, in alphabetical order; None where it is not about her."""
    return {name: _told(_ids(case, name, place)) for name in wanted}


def _told(ids: set[str] | None) -> str | None:
    return None if ids is None else ",".join(sorted(ids))


def _ids(case: HardCase, name: Extra, place: str | None) -> set[str] | None:
    outcome = case.verdict.uitkomst
    if name == "nodig":
        return {without_numbers(one.gegeven) for one in case.explainer.needed()} if outcome == "onbepaald" else None
    if outcome == "toegekend":
        return None
    match name:
        case "clausules":
            return {one.id for one in clauses(case) if reaches(one)}
        case "signalen":
            return set(fired(case))
        case "alternatieven":
            found = ways_out(case.register, case.aids, case.ruleset, case.verdict.peildatum, place)
            return {one.id for one in found if case.aids.holds(one.id, case.aids_run) is True}


def catalogue_of(register: Register, aids: Aids, ruleset: Ruleset, on: date, place: str | None) -> Catalogue:
    """What columns need of the register to tell signals and alternatives beside a ruleset, on a day and in a place."""
    from responsief.backends.to_columns import Catalogue  # late: only who decides tables needs it

    return Catalogue(
        aids.compiled,
        tuple(aids.facts),
        tuple([SignalRule(one.id, one.als, one.dan) for one in register.catalogue.signals.values()]),
        tuple([(one.id, *aids.conditions[one.id]) for one in ways_out(register, aids, ruleset, on, place)]),
    )
