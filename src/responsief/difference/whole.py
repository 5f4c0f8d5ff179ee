"""Two registers side by side, whole: what is written otherwise, what it does to people, and what stops a change.

What somebody reads first comes from here: `wijziging-geen-uitweg`, `wijziging-gat`, `wijziging-strenger`,
`wijziging-niet-bewezen` and `wijziging-uitweg-niet-bewezen`, each at its place in the new files. Which of them stop is for who asks (`STOPS`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any, Final

from responsief.analysis.gate import way_out
from responsief.analysis.view import Subject, side_of
from responsief.desk import Desk, reason_of
from responsief.diagnostics import Diagnostic, finding
from responsief.difference.catalogues import catalogue_changes
from responsief.difference.exits import Lost, lost
from responsief.difference.outcomes import after, before, level
from responsief.difference.pairs import Pair, covered
from responsief.difference.proof import both, difference
from responsief.difference.read_through import catalogue_meanings, clause_meanings, meanings
from responsief.difference.report import Change, Example, Report, Richting, RulesetDifference, Stop, WayOut, repeats
from responsief.difference.spread import cores, spread
from responsief.difference.versions import Versions
from responsief.difference.written import RulesetChanges, compare, conditions
from responsief.ir.program import LinkError
from responsief.ir.ruleset import Ruleset
from responsief.register import Register
from responsief.source import Source, Span
from responsief.values import format_day

STOPS: Final[Mapping[Stop, tuple[str, ...]]] = {
    "strenger": ("wijziging-strenger",),
    "gat": ("wijziging-gat",),
    "geen-alternatief": ("wijziging-geen-uitweg",),
    "niet-bewezen": ("wijziging-niet-bewezen", "wijziging-uitweg-niet-bewezen", "wijziging-nog-niet"),
}


def whole(versions: Versions, on: date, *, told: Callable[[str], None] = lambda _: None, workers: int | None = None) -> Report:
    """Everything that changed between two versions, for decisions on `on`. `told` hears which ruleset is looked at. `workers`: at most
    so many processes (None: the cores); the report is the same."""
    return with_beside(versions, on, None, told=told, workers=workers)[0]


def with_beside(
    versions: Versions,
    on: date,
    beside: Callable[[str, date], Any] | None,
    *,
    told: Callable[[str], None] = lambda _: None,
    workers: int | None = None,
) -> tuple[Report, dict[tuple[str, date], Any]]:
    """The same, and what `beside` says of a changed ruleset on a day (its answer must be data that can be sent): worked out beside the
    proofs where cores would have nothing to do, else not at all. Whoever needs it of more rulesets asks it herself."""
    was, wordt = Desk(versions.was.register), Desk(versions.wordt.register)
    found: list[RulesetDifference] = []
    findings: list[Diagnostic] = []
    compared = compare(was.register, wordt.register, on)
    asked = [one for one in compared if one.id in versions.ids or one.stand == "geraakt"]
    same = [one.id for one in asked if one.stand == "gelijk"]
    changed = [one for one in asked if one.stand != "gelijk"]
    tasks: list[Callable[[], Any]] = [partial(_answers, one, was, wordt, on) for one in changed]
    losses = lost(was, wordt, on)
    both_there = [(one.id, pair.peildatum) for one in changed for pair in one.pairs if pair.decides and pair.old and pair.new]
    free = (cores() if workers is None else workers) - len(tasks)
    asides = list(dict.fromkeys(both_there)) if beside is not None and free > 0 else []
    tasks += [partial(beside, *one) for one in asides] if beside is not None else []
    answers = spread([*tasks, *losses], workers)
    for ruleset in changed:
        told(ruleset.titel)
        for one, problems in next(answers):
            found.append(one)
            findings += [_stands_now(f, ruleset.id, was.register, wordt.register) for f in (*problems, *findings_of(one))]
        findings += _uncovered(ruleset, was.register, wordt.register)
    said = {one: next(answers) for one in asides}
    others = catalogue_changes(was.register, wordt.register, on) if versions.catalogues else ()
    others += catalogue_meanings(was.register, wordt.register, on)
    findings += [_stricter(change, "") for change in others if change.richting == "strenger"]
    for loss in answers:
        findings += _lost(loss, found, same) if loss is not None else ()
    once = tuple(dict.fromkeys(sorted(findings, key=Diagnostic.place)))
    return Report(versions.was.naam, versions.wordt.naam, tuple(found), (), once, tuple(same), others), said


def _answers(ruleset: RulesetChanges, was: Desk, wordt: Desk, on: date) -> list[tuple[RulesetDifference, list[Diagnostic]]]:
    return [*_ruleset(ruleset, was, wordt, on)]


def _ruleset(ruleset: RulesetChanges, was: Desk, wordt: Desk, on: date) -> Iterator[tuple[RulesetDifference, list[Diagnostic]]]:
    """A ruleset on each day on which something else must be asked; what is written otherwise stands with the first."""
    written = ruleset.wijzigingen
    deciding = [pair for pair in ruleset.pairs if pair.decides]
    if not deciding:
        way: Richting = "strenger" if ruleset.stand == "vervallen" else "gelijk"
        way = next((c.richting for c in written if c.richting != "gelijk"), way)
        pair = next(iter(ruleset.pairs), None)
        yield _told(ruleset, pair, on, way, written, None), []
        return
    held = covered(was.register.versions.get(ruleset.id, ()), wordt.register.versions.get(ruleset.id, ()))
    for pair in deciding:
        found, problems = _pair(ruleset, pair, written, was, wordt)
        if pair.old is not None and pair.new is not None:
            found = replace(
                found, richting=together(found.richting, held)
            )  # on a day on which it holds no longer, nobody gets it
        yield found, problems
        written, held = (), "gelijk"


def _pair(
    ruleset: RulesetChanges, pair: Pair, written: tuple[Change, ...], was: Desk, wordt: Desk
) -> tuple[RulesetDifference, list[Diagnostic]]:
    on = pair.peildatum
    if pair.new is None:
        return _told(ruleset, pair, on, "strenger", written, None), []
    if pair.old is None:
        return _new(ruleset, pair, pair.new, written, wordt)
    try:
        side_of(wordt.register, pair.new, on, pair.gemeente)
    except LinkError as error:
        reason = reason_of(error)
        if _decidable(was, pair.old, pair):
            gap = finding("wijziging-gat", pair.new.span, waarom=reason)
        else:
            gap = finding("wijziging-nog-niet", pair.new.span, dag=format_day(on), waarom=reason)
        return _told(ruleset, pair, on, "niet_bewezen", written, None), [gap]
    try:
        two = both(pair, was, wordt)
    except LinkError as error:  # the old version could not be decided then: there is nothing to compare with
        told = Change(
            "uitkomst", "uitkomst", "Wat eruit komt", "was niet te beslissen", "is te beslissen", pair.new.span, "niet_bewezen",
            bewijs=f"de oude versie was op deze dag niet te beslissen: {reason_of(error)}",
        )  # fmt: skip
        return _told(ruleset, pair, on, "niet_bewezen", (told, *written), None), []
    written += (*clause_meanings(two, pair), *meanings(pair, was.register, wordt.register))
    way, changes, exits = difference(two, written, conditions(pair, was.register, wordt.register))
    return _told(ruleset, pair, on, way, changes, exits), [*_works_back(pair.old, pair.new, way)]


def _decidable(desk: Desk, ruleset: Ruleset, pair: Pair) -> bool:
    """Could this version be decided on the day and at the place of a pair?"""
    try:
        side_of(desk.register, ruleset, pair.peildatum, pair.gemeente)
    except LinkError:
        return False
    return True


def _works_back(old: Ruleset, new: Ruleset, way: Richting) -> Iterator[Diagnostic]:
    """Is a stricter version made known only after the first day on which it holds?"""
    known = new.bekendgemaakt
    if way in ("strenger", "anders") and old.van != new.van and known is not None and new.works_back_on(new.van):
        words = {"titel": new.titel, "bekend": format_day(known), "van": format_day(new.van)}
        yield finding("wijziging-werkt-terug", new.span, hulp=None, herstel=(), **words)


def _new(
    ruleset: RulesetChanges, pair: Pair, new: Ruleset, written: tuple[Change, ...], wordt: Desk
) -> tuple[RulesetDifference, list[Diagnostic]]:
    """A ruleset that was not there: everybody whom it refuses is newly refused."""
    try:
        answer = way_out(Subject((side_of(wordt.register, new, pair.peildatum, pair.gemeente),)), wordt)
    except LinkError as error:
        gap = finding("wijziging-gat", new.span, waarom=reason_of(error))
        return _told(ruleset, pair, pair.peildatum, "niet_bewezen", written, None), [gap]
    exits = WayOut(answer.bewijs, answer.getuige, answer.reden)
    return _told(ruleset, pair, pair.peildatum, "ruimer", written, exits), []


def together(one: Richting, other: Richting) -> Richting:
    """The direction of two changes that both count."""
    if "niet_bewezen" in (one, other):
        return "niet_bewezen"
    if "gelijk" in (one, other):
        return other if one == "gelijk" else one
    return one if one == other else "anders"


def _uncovered(ruleset: RulesetChanges, was: Register, wordt: Register) -> Iterator[Diagnostic]:
    """Days between two versions on which none holds, where one did: who asks then, falls between."""
    versions = wordt.versions.get(ruleset.id, ())
    for one, other in pairwise(sorted(versions, key=lambda v: v.van)):
        if one.tot is None or one.tot + timedelta(days=1) >= other.van:
            continue
        first, last = one.tot + timedelta(days=1), other.van - timedelta(days=1)
        if any(v.van <= last and (v.tot is None or v.tot >= first) for v in was.versions.get(ruleset.id, ())):
            days = f"van {format_day(first)} tot en met {format_day(last)}"
            yield finding("wijziging-gat", other.span, waarom=f"{days} geldt geen enkele versie van «{other.titel}»")


def _lost(loss: Lost, found: list[RulesetDifference], same: list[str]) -> Iterator[Diagnostic]:
    """Somebody loses her way out: told with the ruleset that refuses her, which may be one that nobody touched."""
    told, exits = loss.regelset, loss.uitweg
    at = next((n for n, one in enumerate(found) if one.id == told.id), None)
    if any(one.id == told.id and one.uitweg is not None and one.uitweg.bewijs == "weerlegd" for one in found):
        return  # somebody without a way out was found already
    if at is not None:
        found[at] = replace(found[at], uitweg=exits)
    else:
        found.append(told)
        same[:] = [ident for ident in same if ident != told.id]
    if exits.bewijs == "weerlegd":
        yield finding("wijziging-geen-uitweg", loss.plaats, wie=exits.getuige.zin if exits.getuige is not None else exits.reden)
    else:
        yield finding(
            "wijziging-niet-bewezen", loss.plaats, titel=f"{told.titel}: een uitweg bij elke afwijzing", waarom=exits.reden
        )


def _told(
    ruleset: RulesetChanges, pair: Pair | None, on: date, way: Richting, changes: tuple[Change, ...], exits: WayOut | None
) -> RulesetDifference:
    old, new = (pair.old, pair.new) if pair is not None else (None, None)
    return RulesetDifference(ruleset.id, ruleset.titel, ruleset.bestand, _version(old), _version(new), on, way, changes, exits)


def _version(ruleset: Ruleset | None) -> str | None:
    return ruleset.versie if ruleset is not None else None


def _stands_now(found: Diagnostic, ident: str, was: Register, wordt: Register) -> Diagnostic:
    """The finding at a place in the new files: of what is gone its old line would be another line there, so the new version's."""
    now = wordt.versions.get(ident, ())
    gone = found.span is not None and any(v.source == found.span.source for v in was.versions.get(ident, ()))
    if not now or not gone or any(found.span is not None and v.source == found.span.source for v in now):
        return found
    return replace(found, span=now[-1].span)


# --- what stops --------------------------------------------------------------------------------------------------------


def findings_of(one: RulesetDifference) -> Iterator[Diagnostic]:
    """What must be known of a ruleset, at its place."""
    outcome = next((c.richting for c in one.wijzigingen if c.wat == "uitkomst"), None)
    nobody_loses = outcome in ("gelijk", "ruimer")  # proved: then a stricter condition takes nothing from anybody
    for change in one.wijzigingen:
        if change.wat == "uitkomst" and any(repeats(change, other) for other in one.wijzigingen):
            continue  # the finding on the condition tells it, at a better place
        if change.richting == "niet_bewezen":
            why = change.bewijs.removeprefix("niet bewezen: ") or "dit is niet na te gaan"
            yield finding("wijziging-niet-bewezen", change.plaats, titel=change.titel, waarom=why)
        if nobody_loses and change.wat in ("voorwaarde", "bedrag"):
            continue
        if change.wat == "uitkomst" and any(_tells(other, change) for other in one.wijzigingen):
            continue
        if change.wat == "geldigheid" and change.richting == "strenger" and not change.wordt:
            what = "de regeling vervalt" if one.is_versie is None else "een versie vervalt"
            yield finding(
                "wijziging-strenger", change.plaats, titel=one.titel, wie=f"{what} ({change.was.replace('geldt', 'gold', 1)})"
            )
            continue
        if change.richting in ("strenger", "anders") or (change.richting == "niet_bewezen" and _loses(change)):
            yield _stricter(change, one.titel)
    if one.richting == "strenger" and not any(c.richting in ("strenger", "anders") for c in one.wijzigingen):
        start = Span(Source(one.bestand, ""), 1, 1)
        yield finding("wijziging-strenger", start, titel=one.titel, wie="deze regeling is er niet meer")
    exits = one.uitweg
    place = next((c.plaats for c in one.wijzigingen if c.plaats is not None and c.richting != "gelijk"), None)
    if exits is not None and exits.bewijs == "weerlegd":
        who = exits.getuige.zin if exits.getuige is not None else exits.reden
        yield finding("wijziging-geen-uitweg", place, wie=who)
    if exits is not None and exits.bewijs == "niet_bewezen":
        yield finding("wijziging-uitweg-niet-bewezen", place, titel=one.titel, waarom=exits.reden or "dit is niet na te gaan")


def _tells(part: Change, whole: Change) -> bool:
    """Is whoever loses by the whole newly refused on this very condition, whose own finding says that it became stricter?"""
    losers = [e for e in whole.voorbeelden if level(e.wordt) < level(e.was)]
    stricter = part.wat == "voorwaarde" and part.richting in ("strenger", "anders") and whole.richting in ("strenger", "anders")
    return (
        stricter and bool(losers) and all(part.id in e.wordt.afgewezen_op and part.id not in e.was.afgewezen_op for e in losers)
    )


def _loses(change: Change) -> bool:
    return any(level(e.wordt) < level(e.was) for e in change.voorbeelden)


def _stricter(change: Change, title: str) -> Diagnostic:
    example = next((e for e in change.voorbeelden if level(e.wordt) < level(e.was)), None) or next(
        iter(change.voorbeelden), None
    )
    name = title if change.wat == "uitkomst" and title else change.titel
    told = finding("wijziging-strenger", change.plaats, titel=name, wie=_who(example) or _otherwise(change))
    return told if change.wordt else replace(told, hulp="is dat de bedoeling, noteer dan waarom; anders: zet het terug")


def _who(example: Example | None) -> str:
    if example is None:
        return ""
    return f"{example.getuige.zin}; {before(example.was)}, {after(example.wordt)}"


def _otherwise(change: Change) -> str:
    if not change.wordt:
        return f"vervallen: {change.was}" if change.was else "dit is er niet meer"
    return f"{change.was} → {change.wordt}" if change.was else change.wordt
