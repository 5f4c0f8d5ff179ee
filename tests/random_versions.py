"""Random pairs of versions of one ruleset: the old one, the new one, and both with transitional law between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from random_expressions import Dice
from random_rulesets import Rulesets, Written, emit
from responsief.backends.compiled import Compiled

SINCE = date(2026, 1, 1)  # from which the new version holds
UNTIL = date(2026, 12, 31)  # until which the old one is kept


@dataclass(frozen=True)
class Pair:
    """Three registers that differ in «lokaal» only: as it was, as it became, and with the old version kept by some."""

    old: Written
    new: Written
    both: Written

    def compiled(self, on: date) -> tuple[Compiled, Compiled, Compiled]:
        """«lokaal» in each, linked for a day. InvalidError when the checker refuses one, LinkError when a name is not there."""
        old, new, both = (one.checked().compiled("lokaal", on, None) for one in (self.old, self.new, self.both))
        return old, new, both


def pair(dice: Dice, voor: str, *, part: bool = False) -> Pair:
    """A pair in which `voor` says who keeps the old version: all of it, or (`part`) half of its criteria."""
    writer = Rulesets(dice, depth=2)
    around = [emit(writer.shared_terms(), dice), *writer.national_rules()]
    old, new = writer.local_rules(), writer.local_rules()
    assert isinstance(old, dict)
    assert isinstance(new, dict)
    alike(old, new)
    entry: dict[str, Any] = {"voor": voor, "tot": UNTIL.isoformat(), "grondslag": "art. 12", "uitleg": "Wie eerder kwam."}
    if part:
        ids = dict.fromkeys(c["id"] for c in (*old["criteria"], *new["criteria"]))
        entry["criteria"] = [ident for ident in ids if dice.chance(50)] or [next(iter(ids))]
    then = {**old, "geldig": {"van": "1990-01-01", "tot": "2025-12-31"}}
    since = {**new, "geldig": {"van": SINCE.isoformat()}, "overgang": [entry]}

    def register(*local: dict[str, Any]) -> Written:
        return Written((*around, *(emit(one, dice) for one in local)))

    return Pair(register(old), register(new), register(then, since))


def alike(old: dict[str, Any], new: dict[str, Any]) -> None:
    """What must be the same to hold two versions side by side: what a criterion does, and per what the amount is. How a fact is
    spoken of is what the newer version says, so that is made the same too."""
    if "gegevens" in old and "gegevens" in new:
        new["gegevens"] = {name: old["gegevens"].get(name, fact) for name, fact in new["gegevens"].items()}
    for one in new["criteria"]:
        other = next((c for c in old["criteria"] if c["id"] == one["id"]), None)
        if other is None or effect(other) == effect(one):
            continue
        fresh = f"n{one['id']}"
        for clause in new["hardheid"]:
            if isinstance(clause["geldt_voor"], list):
                clause["geldt_voor"] = [fresh if ident == one["id"] else ident for ident in clause["geldt_voor"]]
        one["id"] = fresh
    if "uitkomst" in old or "uitkomst" in new:
        for version in (old, new):
            version.setdefault("uitkomst", {"bedrag": {"per": "maand", "is": "€ 100"}})["bedrag"]["per"] = "maand"


def effect(criterion: dict[str, Any]) -> str:
    return str(criterion.get("gevolg", "afwijzen")).partition(" ")[0]
