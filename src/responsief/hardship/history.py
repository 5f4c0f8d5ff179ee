"""What the client had or asked before: shown with what it was, never a reason to hide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from responsief.decision import Tried
from responsief.hardship.case import HardCase
from responsief.situation import EerdereAfwijzing, EerdereVoorziening
from responsief.values import GEEN, Between, format_day

DEBT_HELP = "schuldhulpverlening"  # whose history is a fact of its own: `eerder.schuldhulp`
_STOPPED = {"afgerond": "afgerond", "afgebroken": "afgebroken"}
_DIFFERENT = "Wat was er toen anders dan nu?"
_NO_HELP = "Waarom hielp het toen niet, en wat kan nu anders?"
_SINCE = "Wat is er sinds die afwijzing veranderd?"


def history(case: HardCase) -> Mapping[str, Tried]:
    """By the id of an alternative: what the client had of it, or else that it was refused; the last one counts."""
    before = case.situation.eerder
    found: dict[str, Tried] = {}
    if before.afwijzingen:
        found |= _last((one.regelset, _refused(one)) for one in before.afwijzingen)
    if before.schuldhulp in _STOPPED:
        found[DEBT_HELP] = Tried(None, _STOPPED[before.schuldhulp], None, None, _DIFFERENT)
    if before.voorzieningen:
        found |= _last((one.regelset, _had(one)) for one in before.voorzieningen)
    return _by_any_name(case, found) if found else found


def _by_any_name(case: HardCase, found: dict[str, Tried]) -> dict[str, Tried]:
    """The same, also under the id of the ruleset or the provision that it is."""
    every = dict(found)
    for ident, (compiled, _) in case.others.items():
        own = compiled.program.ruleset
        if own is not None and own.voorziening in found:
            every.setdefault(ident, found[own.voorziening])
    for ident, tried in found.items():
        for provision in case.aids.by_ruleset.get(ident, ()):
            every.setdefault(provision, tried)
        known = case.register.catalogue.provisions.get(ident)
        if known is not None and known.regelset is not None:
            every.setdefault(known.regelset, tried)
    return every


def _last(every: Iterable[tuple[str | None, Tried]]) -> dict[str, Tried]:
    found: dict[str, Tried] = {}
    for ident, tried in every:
        known = found.get(ident or "")
        if ident and (known is None or (tried.op or date.min) >= (known.op or date.min)):
            found[ident] = tried
    return found


def _had(one: EerdereVoorziening) -> Tried:
    text = "gekregen"
    if one.toegekend_op is not None:
        text += f" op {format_day(one.toegekend_op)}"
    if one.gestopt_op is not None and one.gestopt_op is not GEEN:
        text += f", gestopt op {format_day(one.gestopt_op)}"
    text += {True: ", het hielp", False: ", het hielp niet", None: ""}[one.hielp]
    return Tried(_day(one.toegekend_op), text, one.woorden, one.hielp, _NO_HELP if one.hielp is False else _DIFFERENT)


def _refused(one: EerdereAfwijzing) -> Tried:
    text = "afgewezen"
    if one.op is not None:
        text += f" op {format_day(one.op)}"
    if one.criterium:
        text += f" ({one.criterium.replace('_', ' ')})"
    return Tried(_day(one.op), text, None, None, _SINCE)


def _day(day: date | Between[date] | None) -> date | None:
    return day.lo if isinstance(day, Between) else day
