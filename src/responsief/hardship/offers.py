"""What signals offer and for which need, and the catalogue in the order of a client's needs: what alternatives are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Final

from responsief.decision import AlternatiefSoort
from responsief.frozen import dataclass
from responsief.hardship.case import HardCase
from responsief.hardship.signals import NO_TERM, term
from responsief.ir.ruleset import Provision, SignalDef
from responsief.register import Aids

LAW: Final = {"wettelijk": 0, "gemeentelijk": 1, "fonds": 2, "informeel": 3, "samen": 4}
MOST_SHELVES: Final = 100  # orders of needs that are kept with a register
FALLBACK: Final = "gesprek_met_mens"


@dataclass(frozen=True, slots=True)
class Offer:
    """Why signals bring a provision up: the rule that says so first, and for which need (its number)."""

    rule: SignalDef
    need: int | None
    urgent: bool
    order: tuple[int, int, int]  # the shortest term, how many rules offer it, where the rule names it

    LAST: ClassVar[tuple[int, int, int]] = (NO_TERM, 0, NO_TERM)


Offered = Mapping[str, Offer]


def offers(case: HardCase, fired: Mapping[str, Sequence[SignalDef]], areas: tuple[str, ...]) -> Offered:
    """What the signals offer. A rule is about the areas that most of its offers are about: debt help saves a home too."""
    provisions = case.register.catalogue.provisions
    found: dict[str, list[tuple[int, int, str, SignalDef]]] = {}
    for rule in (rule for rules in fired.values() for rule in rules):
        for place, ident in enumerate(rule.biedt):
            found.setdefault(ident, []).append((term(rule), place, rule.id, rule))
    wanted = {area: number for number, area in enumerate(areas)}
    result = {}
    for ident, rules in found.items():
        rules.sort(key=lambda r: r[:3])
        days, place, _, first = rules[0]
        about = {*provisions[ident].leefgebieden}
        for _, _, _, rule in rules:
            about |= case.aids.about(rule)
        need = min((wanted[area] for area in about if area in wanted), default=None)
        result[ident] = Offer(first, need, any(r[3].voorrang for r in rules), (days, -len(rules), place))
    return result


# Where something stands within one need: other rulesets first; own people and neighbours later; what is for everyone almost last,
# and after it only what the client says did not help before.
SURE, OFFERED, HOLDS, CLAUSE, ASK, OWN, TOGETHER, ALWAYS, TRIED = range(9)


@dataclass(frozen=True, slots=True)
class Item:
    """A provision of the catalogue as one order of needs sees it. `fixed` is its condition where no case can change it."""

    id: str
    provision: Provision
    kind: AlternatiefSoort
    slot: int | None
    fixed: bool | None
    conditional: bool
    need: int | None  # the first need that it is about
    step: int
    answers: frozenset[str]  # the needs that it answers when its condition holds: what lies outside the law leaves a gap
    dated: bool  # it does not exist on every day
    order: tuple[int, int, int]  # a right before the rest, then how much it is about the need, then how hard the path is


@dataclass(frozen=True, slots=True)
class Shelf:
    """The catalogue in one order of needs: each provision by its id, and for each need its own, the best first."""

    items: Mapping[str, Item]
    by_need: tuple[tuple[Item, ...], ...]
    together: tuple[tuple[Item, ...], ...]  # of those, what people do with each other on a condition


def shelf(aids: Aids, areas: tuple[str, ...]) -> Shelf:
    """The catalogue as these needs see it: the same for every case, so kept."""
    kept: dict[tuple[str, ...], Shelf] = aids.shelves
    found = kept.get(areas)
    if found is None:
        if len(kept) >= MOST_SHELVES:
            kept.clear()
        items = [_item(aids, provision, areas) for provision in aids.provisions]
        ordered = sorted(items, key=lambda i: (i.order, i.id))
        # the conversation that always remains is not one of the alternatives, unless a signal brings it up
        own = [tuple(i for i in ordered if i.need == n and i.id != FALLBACK) for n in range(len(areas))]
        together = [tuple(i for i in some if i.step == TOGETHER) for some in own]
        found = kept[areas] = Shelf({i.id: i for i in items}, tuple(own), tuple(together))
    return found


def _item(aids: Aids, provision: Provision, areas: tuple[str, ...]) -> Item:
    need = next((n for n, area in enumerate(areas) if area in provision.leefgebieden), None)
    central = provision.leefgebieden.index(areas[need]) if need is not None else 9
    slot, fixed = aids.conditions[provision.id]
    kind: AlternatiefSoort = "voorziening"
    if provision.wet == "buiten_wet":
        kind = "buiten_wet"
    elif provision.soort == "samen":
        kind = "samen"
    conditional = provision.voorwaarden is not None
    step = ALWAYS if not conditional else TOGETHER if kind == "samen" else HOLDS
    answers = frozenset(areas).intersection(provision.leefgebieden) if kind != "buiten_wet" else frozenset()
    dated = provision.van is not None or provision.tot is not None
    order = (LAW[provision.soort], central, provision.drempel)
    return Item(provision.id, provision, kind, slot, fixed, conditional, need, step, answers, dated, order)
