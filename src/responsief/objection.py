"""An objection: one situation decided with the law of then and with that of now, side by side, and why they differ.

A desk decides twice; nothing here chooses which law counts: that is a person's work (Awb 7:11, transitional law).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from responsief.backends.explain import Explainer, figure_in_words
from responsief.decision import Decision
from responsief.desk import Desk
from responsief.frozen import dataclass
from responsief.hardship.ways import RANK
from responsief.ir import nodes as ir
from responsief.ir.program import counts_on
from responsief.ir.transition import AT, home_of
from responsief.situation import Situation
from responsief.values import format_day
from responsief.what_if import Otherwise, Outcome, criterion_told, explainer_of, otherwise, outcome_of, outcomes_told, plain

FORMAAT: Final = 1


@dataclass(frozen=True, slots=True)
class VersionDiffers:
    """A ruleset that was read in another version; None on the side that does not read it. `versie` is its first day."""

    regelset: str
    titel: str
    toen: str | None
    nu: str | None


@dataclass(frozen=True, slots=True)
class FigureDiffers:
    """A figure that has another value, in words; None where it has none. `telt_mee`: a criterion that differs, or the amount, reads it."""

    regelset: str
    naam: str
    label: str
    grondslag: str | None
    toen: str | None
    nu: str | None
    telt_mee: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One situation decided with the law of two days. A side is None when it could not be decided; `niet_beslist` says why.

    `gunstiger` says with which law the client is better off, when there is a difference: «toen» or «nu».
    """

    regelset: str
    titel: str
    toen: Outcome | None
    nu: Outcome | None
    niet_beslist: tuple[str, ...]
    versies: tuple[VersionDiffers, ...]
    cijfers: tuple[FigureDiffers, ...]
    criteria: tuple[Otherwise, ...]
    gunstiger: str | None
    zinnen: tuple[str, ...]


LAW: Final = (
    "Wie op een bezwaar beslist, kijkt in beginsel naar de feiten en het recht van nu (Awb 7:11).",
    "Gaat het om een tijd die voorbij is, of is er overgangsrecht? Dan kan het recht van toen gelden. Dat kiest een medewerker.",
    "Beide kanten gebruiken dezelfde situatie. Is er sindsdien iets veranderd? Pas dan eerst de situatie aan.",
)


def side_by_side(desk: Desk, situation: Situation, ruleset: str, then: date, now: date) -> SideBySide:
    """One situation decided on the day of the decision (`then`) and again on the day of the objection (`now`), and what differs.

    Both take the day as reference date: ages and terms move along with the law. Raises InvalidError when the situation is wrong,
    LookupError when the ruleset can't be decided on either day.
    """
    decisions: list[Decision | None] = []
    reasons: list[str] = []
    for name, day in (("toen", then), ("nu", now)):
        found = desk.decide_all(situation, [ruleset], day)
        decisions.append(found.besluiten[0] if found.besluiten else None)
        reasons += [f"{name} ({format_day(day)}): {_dated(one.reden)}" for one in found.niet_beslist]
    before, after = decisions
    if before is None and after is None:
        raise LookupError("; ".join(reasons))
    shown = after or before
    assert shown is not None
    explained = [None if d is None else explainer_of(desk, d) for d in decisions]
    one, two = (None if d is None else outcome_of(d) for d in decisions)
    if before is None or after is None:
        told = (*(f"Niet te beslissen: {reason}." for reason in reasons), *LAW)
        return SideBySide(ruleset, shown.draft.regeling.titel, one, two, tuple(reasons), (), (), (), None, told)
    assert one is not None
    assert two is not None
    old, new = explained
    assert old is not None
    assert new is not None
    criteria = tuple(_with_reasons(c, old, new, then, now) for c in otherwise(before.criteria, after.criteria))
    versions = tuple(_versions(old, new))
    figures = tuple(_figures(old, new, then, now, {c.id for c in criteria}))
    better = _better(one, two)
    sentences = (*_law_told(one, two, versions, figures, criteria, better), *_transitions(after))
    return SideBySide(
        ruleset, shown.draft.regeling.titel, one, two, (), versions, figures, criteria, better, (*sentences, *LAW)
    )


def _transitions(now: Decision) -> Iterator[str]:
    words = {"ja": "De oude regel geldt hier nog", "onbekend": "Nog niet bekend is of de oude regel hier geldt"}
    for one in now.overgang:
        if one.oordeel in words:
            yield f"{words[one.oordeel]} ({one.grondslag}): {one.uitleg}"


def _dated(text: str) -> str:
    """A text with its dates as somebody says them."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda found: format_day(date.fromisoformat(found[0])), text)


def _better(then: Outcome, now: Outcome) -> str | None:
    keys = [(RANK[one.uitkomst], one.bedrag.centen if one.bedrag is not None else 0) for one in (then, now)]
    return None if keys[0] == keys[1] else "toen" if keys[0] > keys[1] else "nu"


def _versions(old: Explainer, new: Explainer) -> Iterator[VersionDiffers]:
    before, after = ({r.id: r for r in side.compiled.program.parts if AT not in r.id} for side in (old, new))
    for ident in dict.fromkeys([*before, *after]):
        one, two = before.get(ident), after.get(ident)
        if one is None or two is None or one.sha256 != two.sha256:
            shown = two or one
            assert shown is not None
            yield VersionDiffers(ident, shown.titel, one.versie if one else None, two.versie if two else None)


def _figures(old: Explainer, new: Explainer, then: date, now: date, differ: set[str]) -> Iterator[FigureDiffers]:
    before, after = (
        {
            (_home(side, home), f.naam): f
            for home, f in sorted(side.compiled.program.figures, key=lambda one: AT in one[0])
            if AT not in home or _kept(side, home) is not False
        }
        for side in (old, new)
    )
    counting = {
        (_home(side, home), name)
        for side in (old, new)
        for root in _roots(side, differ)
        for home, name in _reads(side, root).figures
    }
    for key in dict.fromkeys([*before, *after]):
        values = []
        for figures, day in ((before, then), (after, now)):
            figure = figures.get(key)
            values.append(figure_in_words(figure, figure.on(day)) if figure is not None else None)
        if values[0] != values[1]:
            shown = after.get(key) or before[key]
            yield FigureDiffers(*key, shown.label, shown.grondslag, values[0], values[1], key in counting)


def _home(side: Explainer, home: str) -> str:
    """The ruleset that a name is of: where an earlier version decides this case, its names are the ruleset's own."""
    return home_of(home) if _kept(side, home) is True else home


def _kept(side: Explainer, home: str) -> bool | None:
    """Of the home of an earlier version: does that decide this case? None while that is not known."""
    ruleset = side.compiled.program.ruleset
    ongoing = ruleset.lopend if ruleset is not None else None
    held = [side.value(one.overgang.voor) for one in (ongoing.eerder if ongoing else ()) if one.regelset.id == home]
    return True if True in held else None if None in held else False


def _roots(side: Explainer, differ: set[str]) -> Iterator[ir.Node]:
    ruleset = side.compiled.program.ruleset
    assert ruleset is not None
    for criterion in ruleset.criteria:
        if criterion.id in differ and side.compiled.program.slot(criterion.eis) is not None:
            yield criterion.eis
    if ruleset.bedrag is not None:
        yield ruleset.bedrag


@dataclass(frozen=True, slots=True)
class Reads:
    """What an expression reads in one case, through its terms: figures, terms with what they stand for, the reference date."""

    figures: dict[tuple[str, str], None]
    terms: dict[tuple[str, str], ir.Node]
    today: bool


def _reads(side: Explainer, root: ir.Node) -> Reads:
    """Of a choice only what was chosen: another norm than this person's is no reason."""
    found, today, todo = Reads({}, {}, False), False, [root]
    while todo:
        node = todo.pop()
        today = today or isinstance(node, ir.Today)
        match node:
            case ir.FigureRef(ruleset=home, name=name):
                found.figures[(home, name)] = None
            case ir.TermRef(ruleset=home, name=name) | ir.OpenRef(ruleset=home, name=name):
                if (home, name) not in found.terms:
                    found.terms[(home, name)] = side.compiled.program.definitions[(home, name)]
                    todo.append(found.terms[(home, name)])
            case ir.Choose(branches=branches, otherwise=last):
                todo += _chosen(side, branches, last)
            case ir.Aggregate(entries=entries, value=value, where=where):
                todo += [part for part in (entries, value, where) if part is not None]
            case _:
                todo += ir.children(node)
    return Reads(found.figures, found.terms, today)


def _chosen(side: Explainer, branches: Iterable[tuple[ir.Node, ir.Node]], last: ir.Node) -> list[ir.Node]:
    found: list[ir.Node] = []
    for condition, result in branches:
        held = _value(side, condition)
        found.append(condition)
        if held is not False:
            found.append(result)
        if held is True:
            return found
    return [*found, last]


def _value(side: Explainer, node: ir.Node) -> Any:
    """The value of a node in this case; of what is read per entry of a list, nothing."""
    return side.value(node) if isinstance(node, ir.Const) or id(node) in side.places else None


def _with_reasons(one: Otherwise, old: Explainer, new: Explainer, then: date, now: date) -> Otherwise:
    why = tuple(dict.fromkeys(_reasons(one.id, old, new, then, now)))
    return Otherwise(one.id, one.titel, one.grondslag, one.was, one.wordt, one.was_tekst, one.wordt_tekst, why)


def _reasons(ident: str, old: Explainer, new: Explainer, then: date, now: date) -> Iterator[str]:
    """Why a criterion differs between two versions of the law: its own text, a figure, a term, or the day."""
    sides = []
    for side in (old, new):
        ruleset = side.compiled.program.ruleset
        assert ruleset is not None
        asked = (*side.verdict.criteria, *ruleset.criteria)  # of two versions the one that this person is asked
        sides.append(next((c for c in asked if c.id == ident), None))
    before, after = sides
    if before is None or after is None:
        yield "deze voorwaarde staat maar in één van de twee versies"
        return
    if counts_on(before, then) != counts_on(after, now):
        start = after.vanaf or before.vanaf
        yield (
            f"deze voorwaarde geldt vanaf {format_day(start)}"
            if start
            else "deze voorwaarde geldt maar op één van de twee dagen"
        )
        return
    if before.eis != after.eis:
        yield "de voorwaarde zelf is anders geschreven"
    one, two = _reads(old, before.eis), _reads(new, after.eis)
    changed = {(f.regelset, f.naam): f for f in _figures(old, new, then, now, set())}
    for key in {**one.figures, **two.figures}:
        if (figure := changed.get(key)) is not None:
            yield f"{figure.label}: {figure.toen or 'geen'} werd {figure.nu or 'geen'}"
    for key in {**one.terms, **two.terms}:
        if one.terms.get(key) != two.terms.get(key):
            yield f"«{_term_label(new, key)}» wordt anders berekend"
    if one.today or two.today:
        yield f"de dag telt zelf mee ({format_day(then)} of {format_day(now)}): een leeftijd of termijn"


def _term_label(side: Explainer, key: tuple[str, str]) -> str:
    home = next((r for r in side.compiled.program.parts if r.id == key[0]), None)
    if home is not None and key[1] in home.begrippen:
        return home.begrippen[key[1]].label
    return home.open[key[1]].label if home is not None and key[1] in home.open else key[1].replace("_", " ")


def _law_told(
    then: Outcome,
    now: Outcome,
    versions: tuple[VersionDiffers, ...],
    figures: tuple[FigureDiffers, ...],
    criteria: tuple[Otherwise, ...],
    better: str | None,
) -> Iterator[str]:
    days = f"{format_day(then.peildatum)} en {format_day(now.peildatum)}"
    yield from outcomes_told(
        then, now, f"Met het recht van {format_day(then.peildatum)}", f"Met dat van {format_day(now.peildatum)}"
    )
    if better is not None:
        yield f"Het recht van {better} is voor de inwoner gunstiger."
    for one in versions:
        sides = [f"die van {format_day(date.fromisoformat(v))}" if v else "geen" for v in (one.toen, one.nu)]
        yield f"Een andere versie van «{one.titel}»: toen {sides[0]}, nu {sides[1]}."
    if not versions:
        yield f"Op {days} golden dezelfde versies van de regels."
    for figure in figures:
        if figure.telt_mee:
            yield f"Een ander cijfer: {figure.label}. Toen {figure.toen or 'geen'}, nu {figure.nu or 'geen'}."
    if rest := sum(not figure.telt_mee for figure in figures):
        yield f"Nog {rest} {'cijfer is' if rest == 1 else 'cijfers zijn'} anders, maar niet voor wat hier verschilt."
    if not figures:
        yield "Geen cijfer is anders."
    for criterion in (c for c in criteria if c.was != c.wordt or c.wordt != "ja"):
        yield criterion_told(criterion, "werd") + (f" Waarom: {'; '.join(criterion.waarom)}." if criterion.waarom else "")
    if all(c.was == c.wordt for c in criteria):
        yield "Geen voorwaarde valt anders uit."


def side_by_side_json(found: SideBySide) -> dict[str, Any]:
    """Both laws as JSON: Dutch names, dates as ISO text, amounts in cents."""
    return {**plain(found), "formaat": FORMAAT}
