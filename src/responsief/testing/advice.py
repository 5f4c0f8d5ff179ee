"""What case would catch a survivor: with the value to use, where the text tells it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from responsief.backends.explain import in_words
from responsief.ir import nodes as ir
from responsief.testing.mutants import Mutant
from responsief.testing.reruns import FirstRun

FAR = float("inf")


def distance(first: FirstRun, mutant: Mutant) -> float:
    """How far a case is from the limit that the mutant moves; endless where that can't be said."""
    if mutant.bound is None:
        return FAR
    found = sides(first, mutant.bound)
    if found is None:
        return FAR
    left, right = (v.toordinal() if isinstance(v, date) else v for v in found)
    return float(abs(left - right))


def sides(first: FirstRun, bound: ir.Compare) -> tuple[Any, Any] | None:
    """Both sides of a comparison in a case, when they are numbers or days; None of one that reads the entry of a list."""
    values = []
    for side in (bound.left, bound.right):
        if not isinstance(side, ir.Const) and first.program.slot(side) is None:
            return None
        value = first.value(side)
        if isinstance(value, bool) or not isinstance(value, int | Fraction | date):
            return None
        values.append(value)
    if isinstance(values[0], date) is not isinstance(values[1], date):
        return None
    return values[0], values[1]


def advice(mutant: Mutant, nearest: FirstRun | None, touched: bool) -> str:
    """What to write. `nearest` is the case that came nearest; `touched` says that something changed there unseen."""
    if nearest is None:
        return "geen enkel geval leest dit; schrijf een geval waarin het ertoe doet"
    if mutant.changed is not None and mutant.waar.startswith("clausule"):
        return f"schrijf bij een afwijzing wat van deze clausule moet komen: «hardheid: {{{mutant.waar.split()[1].rstrip(',')}: …}}»"
    if mutant.figure is not None:
        return f"schrijf een geval waarin dit bedrag tot op de cent telt: verwacht het bedrag, of leg de waarde precies op {mutant.was}"
    if touched:
        return (
            "in dit geval verandert er iets, maar het geval zegt daar niets over: schrijf onder «verwacht» wat eruit moet komen"
        )
    bound = mutant.bound
    if bound is not None:
        found = sides(nearest, bound)
        left, right = bound.left.place.text, bound.right.place.text
        if found is not None:
            limit = in_words(found[1], bound.right.type)
            return f"neem in zo'n geval voor «{left}» precies {limit}, en in een tweede het kleinste beetje meer of minder"
        return f"schrijf een geval waarin «{left}» precies gelijk is aan «{right}»"
    if mutant.werd == "vervalt":
        return f"schrijf een geval waarin alles klopt behalve dit: «{mutant.was}»"
    return f"schrijf een geval waarin «{mutant.was}» en «{mutant.werd}» niet hetzelfde geven"
