"""From an answer of Z3 to a situation, as a situation file holds it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any, Final

import z3

from responsief.backends import symbolic_dates as dated
from responsief.backends.symbolic_facts import Facts, Path, Variable, is_words, optional, word_for
from responsief.backends.symbols import Bool, Int, Truth
from responsief.facts import GemeenteSoort, Soort, write_value
from responsief.values import GEEN, Between, Period


def written(facts: Facts, model: Any) -> dict[str, Any]:
    """The situation of an answer, as a situation file holds it: what is unknown is left out."""

    def holds(formula: Bool) -> bool:
        return formula if isinstance(formula, bool) else z3.is_true(model.eval(formula, model_completion=True))

    def number(formula: Int) -> int:
        return formula if isinstance(formula, int) else model.eval(formula, model_completion=True).as_long()

    data: dict[str, Any] = {"persoon": {"gemeente": facts.place}} if facts.place is not None else {}
    lengths: dict[Path, int] = {}
    for path, group in facts.groups.items():
        if holds(group.known):
            _put(data, path, "geen" if holds(group.none) else {})
    for path, rows in sorted(facts.lists.items(), key=lambda item: len(item[0])):
        if holds(rows.known) and _reachable(data, path) and _row_is_there(lengths, path):
            lengths[path] = number(rows.length)
            _put(data, path, [{} for _ in range(lengths[path])] or "geen")
    for path, variable in facts.variables.items():
        if not _reachable(data, path) or not _row_is_there(lengths, path):
            continue
        value = value_of(facts, variable, holds, number)
        if value is not None:
            kind = variable.soort.naam if variable.soort is not None else "tekst"
            _put(data, path[:3] if path[0] == "eigen" else path, write_value(kind, value, variable.type.cijfers))
    for path in list(facts.groups):
        if _get(data, path) == {}:
            _put(data, path, {"in_inrichting": "onbekend"})  # somebody of whom nothing is known
    for path, length in lengths.items():
        if length and is_words(path):
            _put(data, path, [word_for(path)] * length)
    _complete_rows(facts, data)
    return data


#: what a row has to say before it is taken, one of these, and with what it can be filled in
NEEDED: Final = {"behoeften": (("leefgebied", "wonen"),), "omstandigheden": (("woorden", "iets"), ("soort", "overig"))}


def _complete_rows(facts: Facts, data: dict[str, Any]) -> None:
    """Rows that need a word, and in which it is unknown: it stands there in doubt, where a rule asks for it."""
    for name, fields in NEEDED.items():
        rows = data.get(name)
        for number, row in enumerate(rows if isinstance(rows, list) else ()):
            if any(field in row for field, _ in fields):
                continue
            path: Path = (name, str(number))
            free = [(field, word) for field, word in fields if (*path, field) not in facts.variables]
            field, word = (free or fields)[0]
            row[field] = word
            if not free:
                data.setdefault("feiten", {})[".".join((*path, field))] = {"in_onderzoek": True}


def value_of(facts: Facts, variable: Variable, holds: Any, number: Any) -> Any:
    """The typed value of a fact in an answer; None when it is unknown."""
    symbols = variable.symbols
    if isinstance(symbols, Truth):
        return True if holds(symbols.yes) else False if holds(symbols.no) else None
    if not holds(symbols.known):
        return None
    if holds(symbols.none):
        return GEEN
    match symbols.kind:
        case "day":
            lo, hi = dated.day_of(number(symbols.lo)), dated.day_of(number(symbols.hi))
            return lo if lo == hi else Between(lo, hi)
        case "period":
            return Period(number(symbols.lo), number(symbols.hi))
        case "word":
            at = number(symbols.lo)
            return next((word for word, code in facts.words.items() if code == at), None) or some_word(
                facts, variable.soort, at
            )
        case _:
            return number(symbols.lo)


def some_word(facts: Facts, soort: Soort | None, number: int) -> str:
    """A word that no rule names; another for another number. Where a municipality is left open, a text is written as one is: the two
    can be compared."""
    places = (v for v in facts.variables.values() if isinstance(v.soort, GemeenteSoort) and not isinstance(v.symbols.lo, int))
    if not isinstance(soort, GemeenteSoort) and next(places, None) is None:
        return f"woord {number}"
    codes = (f"{code}" for code in range(3000, 10_000))  # above those of CBS
    return next(islice((code for code in codes if code not in facts.words), number, None))


def _row_is_there(lengths: Mapping[Path, int], path: Path) -> bool:
    return all(
        int(step) < lengths.get(path[:at], 0) for at, step in enumerate(path) if step.isdigit() and at and path[0] != "eigen"
    )


def _reachable(data: Any, path: Path) -> bool:
    """Does nothing that is unknown or not there stand above it?"""
    return all(isinstance(_get(data, path[:n]), dict) for n in range(1, len(path)) if optional(path[:n]))


def _get(data: Any, path: Path) -> Any:
    for step in path:
        data = (
            data[int(step)]
            if isinstance(data, list) and int(step) < len(data)
            else data.get(step)
            if isinstance(data, dict)
            else None
        )
    return data


def _put(data: Any, path: Path, value: Any) -> None:
    for step in path[:-1]:
        if isinstance(data, list):
            data = data[int(step)]
        else:
            if not isinstance(data.get(step), dict | list):
                data[step] = {}
            data = data[step]
    if isinstance(data, list):
        data[int(path[-1])] = value
    else:
        data[path[-1]] = value
