"""Where a register and the client say something different: both values side by side (Awb 3:2, 3:47). Nothing is chosen here."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from pydantic_core import PydanticCustomError

from responsief.decision import Draft
from responsief.facts import Soort
from responsief.ir.types import Field, Kind, situation_schema
from responsief.motivation.words import plain
from responsief.situation import FeitBron, Inkomen, choice_words
from responsief.values import GEEN, Between, Day, format_day, format_money

WITHOUT_KIND: Final = (Kind.LIJST, Kind.GROEP)


class Dispute(NamedTuple):
    """A fact that the client disputes: what it is, what the register has, from where and when, and what the client says."""

    path: str
    label: str
    income: str | None  # of an amount of income what kind it is («loon»), and per what
    per: str | None
    source: str | None
    day: Day | None
    recorded: str | None
    claimed: str
    doubted: bool  # the outcome was reached with neither of the two


def disputes(draft: Draft) -> tuple[Dispute, ...]:
    """Every fact that matters here and about which the client says something else, in the order of the situation."""
    return tuple([one for one in _told(draft) if one.doubted])


def claims(draft: Draft) -> tuple[Dispute, ...]:
    """Every fact that this decision reads and about which the client says something else, also where the register was followed."""
    if all(origin.eigen_opgave is None for origin in draft.situatie.feiten.values()):
        return ()
    read = {fact.gegeven for c in draft.criteria for fact in c.feiten} | {n.gegeven for n in draft.nog_nodig}
    return tuple([one for one in _told(draft) if one.doubted or any(_within(one.path, path) for path in read)])


def _within(one: str, other: str) -> bool:
    """Is one path the other, or a part of it? The number of an entry says nothing here: a rule reads every entry."""
    mine, theirs = ([step for step in path.split(".") if not step.isdigit()] for path in (one, other))
    shortest = min(len(mine), len(theirs))
    return mine[:shortest] == theirs[:shortest]


def _told(draft: Draft) -> list[Dispute]:
    return [_dispute(draft, path, origin) for path, origin in draft.situatie.feiten.items() if origin.eigen_opgave is not None]


def _dispute(draft: Draft, path: str, origin: FeitBron) -> Dispute:
    source, day, claim = origin.bron, origin.datum, origin.eigen_opgave
    steps = path.split(".")
    field = _field(steps)
    holder, value = _at(draft, steps)
    entry = holder if isinstance(holder, Inkomen) and steps[-1] == "bedrag" else None
    return Dispute(
        path,
        _label(draft, path, field),
        choice_words(entry.soort) if entry is not None and entry.soort else None,
        choice_words(entry.per) if entry is not None and entry.per else None,
        source,
        day,
        _in_words(field, value, read=False),
        _in_words(field, claim, read=True) or "onbekend",
        bool(origin.betwist or origin.in_onderzoek),
    )


def _field(steps: list[str]) -> Field | None:
    """The field of the situation at a path; None for what only a ruleset knows."""
    record, found = situation_schema(), None
    for step in steps:
        if step.isdigit():
            continue
        found = record.fields.get(step)
        if found is None:
            return None
        record = found.type.record or record
    return found


def _at(draft: Draft, steps: list[str]) -> tuple[Any, Any]:
    """What holds the fact, and its value; of a fact in every entry of a list no single value."""
    holder: Any = None
    value: Any = draft.situatie
    for step in steps:
        holder = value
        if isinstance(holder, tuple):
            value = holder[int(step)] if step.isdigit() and int(step) < len(holder) else None
        else:
            value = holder.get(step) if isinstance(holder, dict) else getattr(holder, step, None)
    return holder, value


def _label(draft: Draft, path: str, field: Field | None) -> str:
    if field is not None:
        return field.label
    labels = [n.label for n in draft.nog_nodig if n.gegeven == path]
    labels += [fact.label for c in draft.criteria for fact in c.feiten if fact.gegeven == path]
    return labels[0] if labels else path.rpartition(".")[2].replace("_", " ")


def _in_words(field: Field | None, value: Any, *, read: bool) -> str | None:
    """A value as people write it; None when it is unknown. `read`: it is still as the client wrote it."""
    kind = field.type if field is not None else None
    if kind is not None and kind.kind not in WITHOUT_KIND:
        soort = Soort("decimaal" if kind.cijfers else kind.kind.value, *kind.options, geen=kind.geen, cijfers=kind.cijfers)  # type: ignore[arg-type]  # every other kind has the name of its Soort
        if read:
            try:
                value = soort.read(value)
            except PydanticCustomError:
                return plain(str(value))  # what the client said is told, also when it can't be counted with
        if kind.kind is Kind.GELD and isinstance(value, int):
            return format_money(value)
        if kind.kind is Kind.KEUZE and isinstance(value, str):
            return choice_words(value)
        if kind.cijfers and isinstance(value, int):
            return str(soort.write(value)).replace(".", ",")
    match value:
        case None:
            return None
        case bool():
            return "ja" if value else "nee"
        case tuple() | list() | dict():
            return f"{len(value)} opgegeven" if value else "geen"
        case _ if value is GEEN:
            return "geen"
        case Between():
            return format_day(value)
        case _:
            return format_day(value) if kind is not None and kind.kind is Kind.DATUM else plain(str(value))
