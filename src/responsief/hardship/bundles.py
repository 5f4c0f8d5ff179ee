"""Bundles: what came up in a review and strengthens each other, as the catalogue says."""

from __future__ import annotations

from responsief.decision import Alternative, Bundle
from responsief.hardship.case import HardCase


def bundles(case: HardCase, helps: tuple[Alternative, ...]) -> tuple[Bundle, ...]:
    """The bundles of which every part came up within the law; first the one that is complete soonest."""
    known = case.aids.bundles
    if not known:
        return ()
    places: dict[str, int] = {}
    for place, one in enumerate(helps):
        if one.soort == "andere_regeling":
            for ident in _stands_for(case, one.id):
                places.setdefault(ident, place)
        elif one.soort != "buiten_wet":
            places.setdefault(one.id, place)
    came_up = places.keys()
    found = []
    for bundle, members in known:
        if members <= came_up:
            # two provisions that are one ruleset are one alternative: nothing to combine
            spots = sorted({places[member] for member in members})
            if len(spots) > 1:
                found.append((spots[-1], spots, bundle))
    return tuple(
        [
            Bundle(b.id, b.titel, tuple([helps[spot].id for spot in spots]), b.waarom)
            for _, spots, b in sorted(found, key=_first)
        ]
    )


def _first(found: tuple[int, list[int], object]) -> tuple[int, list[int]]:
    return found[:2]


def _stands_for(case: HardCase, ruleset: str) -> tuple[str, ...]:
    """The provisions that another ruleset is."""
    own = case.others[ruleset][0].program.ruleset
    named = (own.voorziening,) if own is not None and own.voorziening is not None else ()
    return (*named, *case.aids.by_ruleset.get(ruleset, ()))
