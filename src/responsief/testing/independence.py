"""When did a case show that one condition decides a criterion by itself? (MC/DC, under the three values of the language)

The definition. Condition c is shown to decide criterion C when there are two cases a and b such that
  1. c is ja in a and nee in b;
  2. in each of them C would turn from ja to nee or from nee to ja if c alone turned, everything else as it is in that case;
  3. C is ja in one of them and nee in the other.
Where a and b differ in c only (unique-cause MC/DC), 2 follows from 1 and 3. Otherwise the other conditions that differ are masked
(masking MC/DC). «Onbekend» decides nothing: C must be known on both sides of a turn. Only of «is bekend» and «is onbekend», which
exist to keep an unknown from spreading, a turn from or to onbekend counts too, and in 3 the two may be any that differ. A question
that is asked twice in a criterion is one condition, and turns in both places.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from responsief.frozen import dataclass
from responsief.ir import operators as op
from responsief.ir.operators import Truth


@dataclass(frozen=True, slots=True)
class Turn:
    """«niet»: the other way round."""

    part: Formula


@dataclass(frozen=True, slots=True)
class Every:
    """All of these («alle», «en»)."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of these («een_van», «of»)."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class First:
    """The first branch that holds («kies»)."""

    branches: tuple[tuple[Formula, Formula], ...]
    otherwise: Formula


Formula = int | bool | Turn | Every | Some | First  # an int is the number of a condition, a bool a fixed answer


def holds(formula: Formula, conditions: Sequence[Truth]) -> Truth:
    """What a formula comes to when its conditions are so."""
    match formula:
        case bool():
            return formula
        case int():
            return conditions[formula]
        case Turn(part=part):
            return op.negate(holds(part, conditions))
        case Every(parts=parts):
            return op.both([holds(part, conditions) for part in parts])
        case Some(parts=parts):
            return op.either([holds(part, conditions) for part in parts])
        case First(branches=branches, otherwise=otherwise):
            told = [(holds(c, conditions), holds(r, conditions)) for c, r in branches]
            found: Truth = op.choose(told, holds(otherwise, conditions))
            return found
        case _:
            assert_never(formula)


def decides(formula: Formula, conditions: Sequence[Truth], at: int, *, guard: bool) -> bool:
    """Would the formula turn if this one condition turned? `guard`: the condition is «is bekend» or «is onbekend»."""
    here = conditions[at]
    if here is None:
        return False
    before = holds(formula, conditions)
    if before is None and not guard:
        return False
    after = holds(formula, [*conditions[:at], not here, *conditions[at + 1 :]])
    return after is not before if guard else after is (not before)


def shown(sides: set[tuple[bool, Truth]]) -> bool:
    """Is a condition shown to decide? `sides` holds (condition, criterion) of every case in which it did."""
    return any(one and not other and came != went for one, came in sides for other, went in sides)
