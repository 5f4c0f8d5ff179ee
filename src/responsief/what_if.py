"""What would come out otherwise with other facts: two decisions side by side, and what differs, in sentences and plain data.

Nothing here decides: a desk decides twice. Exploring reads the other
rulesets in force too; that is a purpose of its own, to be stated to the person (AVG 5 lid 1 onder b).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic_core import PydanticCustomError

from responsief.backends.explain import Explainer, in_words, with_unit
from responsief.backends.unknown import field_of, label_of
from responsief.decision import Amount, Criterion, Decision, Oordeel, Uitkomst, Way
from responsief.desk import Desk
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.frozen import dataclass
from responsief.hardship.boundary import OUTCOMES
from responsief.hardship.case import HardCase
from responsief.hardship.ways import FIXED, Ways, ways
from responsief.intake import validate
from responsief.ir.ruleset import OwnFactDef, Ruleset
from responsief.situation import Situation, unknown_step
from responsief.values import format_day, format_money
from responsief.wording import quote, readable


@dataclass(frozen=True, slots=True)
class Setting:
    """A fact that was set: its path and label, what it was and what it becomes, in words; None when unknown."""

    gegeven: str
    label: str
    was: str | None
    wordt: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out on one side. `nog_nodig` are the labels of the facts that the outcome waits for."""

    peildatum: date
    uitkomst: Uitkomst
    bedrag: Amount | None
    wacht_tot: date | None
    afgewezen_op: tuple[str, ...]
    te_wegen: tuple[str, ...]
    nog_nodig: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A criterion that came out otherwise, or on another value or limit; None on the side where it is not in force."""

    id: str
    titel: str
    grondslag: str
    was: Oordeel | None
    wordt: Oordeel | None
    was_tekst: str  # «€ 1.438,51 > € 1.437,51»
    wordt_tekst: str
    waarom: tuple[str, ...] = ()  # of the law: what in it differs


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another ruleset that comes out otherwise too; amounts in cents."""

    regelset: str
    titel: str
    was: Uitkomst
    wordt: Uitkomst
    was_bedrag: int | None
    wordt_bedrag: int | None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Two decisions on one ruleset, as the facts are and as they would be. `manieren`: the smallest sets of changes there are.

    `erbij` and `weg` are signals and alternatives that come or go, where both sides have a hardship review.
    """

    regelset: str
    titel: str
    gezet: tuple[Setting, ...]
    was: Outcome
    wordt: Outcome
    criteria: tuple[Otherwise, ...]
    elders: tuple[Elsewhere, ...]
    erbij: tuple[str, ...]
    weg: tuple[str, ...]
    manieren: Ways
    zinnen: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Does nothing at all differ?"""
        return self.was == self.wordt and not (self.criteria or self.elders or self.erbij or self.weg)


def what_if(
    desk: Desk,
    situation: Situation,
    ruleset: str,
    changes: Mapping[str, Any],
    on: date | None = None,
    *,
    today: date | None = None,
) -> WhatIf:
    """The decision as it is beside the one with other facts: {path: value}, values as in a situation file.

    `on` and `today` as in `Desk.decide`. Raises InvalidError for a wrong path or value, LookupError when the ruleset can't be
    decided then and there.
    """
    other = with_values(situation, changes)
    before, after = (desk.decide(one, ruleset, on, today=today) for one in (situation, other))
    one, two = outcome_of(before), outcome_of(after)
    gone, come = _lost(before, after), _lost(after, before)
    criteria = tuple(otherwise(before.criteria, after.criteria))
    elders = tuple(_elsewhere(desk, ruleset, (situation, before.peildatum), (other, after.peildatum)))
    places = tuple(_setting(desk, path, situation, other) for path in changes)
    hidden = [s.label for s, path in zip(places, changes, strict=True) if _hidden(other, path)]
    return WhatIf(
        regelset=ruleset,
        titel=before.draft.regeling.titel,
        gezet=places,
        was=one,
        wordt=two,
        criteria=criteria,
        elders=elders,
        erbij=come,
        weg=gone,
        manieren=smallest(desk, before),
        zinnen=tuple(_told(places, one, two, criteria, elders, hidden)),
    )


def smallest(desk: Desk, decision: Decision) -> Ways:
    """The smallest sets of changes that would have given a better outcome than this decision; none of a full grant."""
    if decision.uitkomst == "toegekend":
        return Ways((), False)
    explainer = explainer_of(desk, decision)
    situation, verdict, ruleset = explainer.situation, explainer.verdict, explainer.compiled.program.ruleset
    assert ruleset is not None
    aids = desk.register.aids(verdict.peildatum, ruleset.gemeente or situation.effective.persoon.gemeente)
    return ways(HardCase(desk.register, aids, (), ruleset, verdict, situation, explainer, {}))


def explainer_of(desk: Desk, decision: Decision) -> Explainer:
    """What explains a decision's verdict: the same program on the same situation and day."""
    situation, day, ruleset = decision.draft.situatie, decision.peildatum, decision.regelset
    home = desk.register.version(ruleset, day).gemeente
    compiled = desk.register.compiled(ruleset, day, home or situation.effective.persoon.gemeente)
    return Explainer(compiled, compiled.decide(situation, day), situation)


# --- setting facts -----------------------------------------------------------------------------------------------------


def with_values(situation: Situation, changes: Mapping[str, Any]) -> Situation:
    """The situation with these values at these paths, each taken as established: a doubt about it is lifted.

    Values as in a situation file; «inkomsten.bedrag» is that of every entry, «eigen.regelset.gegeven» a ruleset's own fact.
    Raises InvalidError with what is wrong with a path or value.
    """
    raw: dict[str, Any] = situation.model_dump(mode="json")
    wrong = [found for path, value in changes.items() if (found := _put(raw, path, value)) is not None]
    if wrong:
        raise InvalidError(wrong)
    for path, origin in raw["feiten"].items():
        if any(path == one or path.startswith(one + ".") for one in changes):
            origin.update(betwist=None, in_onderzoek=None, eigen_opgave=None)
    return validate(raw)


def _put(raw: dict[str, Any], path: str, value: Any) -> Diagnostic | None:
    """Put a value in plain data; what is wrong with the path, if anything."""
    steps = path.split(".")
    problem = unknown_step(path)
    if problem is not None or steps[0] in ("formaat", "feiten"):
        return _wrong_path(path, problem or "")
    here: list[Any] = [raw]
    for at, step in enumerate(steps):
        last, before = at == len(steps) - 1, ".".join(steps[:at])
        following: list[Any] = []
        for node in here:
            for group in node if isinstance(node, list) and not step.isdigit() else [node]:
                if group in ("geen", []):
                    return Diagnostic("onbekend-pad", f"bij «{before}» staat «geen»", None, f"zet eerst «{before}»", pad=path)
                if isinstance(group, list) and int(step) >= len(group):
                    text = f"«{before}» heeft {len(group)} {'regel' if len(group) == 1 else 'regels'}; de eerste heeft nummer 0"
                    return Diagnostic("onbekend-pad", text, None, "kijk het nummer na", pad=path)
                key: Any = int(step) if isinstance(group, list) else step
                if last:
                    group[key] = value
                    continue
                inside = group[key] if isinstance(group, list) else group.get(key)
                if inside is None or inside == []:
                    if _is_list(steps[: at + 1]):
                        name = ".".join(steps[: at + 1])
                        hint = f"zet de hele lijst, zoals «{name}=[{{…}}]»"
                        return Diagnostic("onbekend-pad", f"«{name}» heeft nog geen regels", None, hint, pad=path)
                    inside = group[key] = {}
                following.append(inside)
        here = following
    return None


def _is_list(steps: list[str]) -> bool:
    field = field_of(".".join(steps))
    return field is not None and field.type.kind.value == "lijst" and not steps[-1].isdigit()


def _wrong_path(path: str, problem: str) -> Diagnostic:
    """What is wrong with a path, as a mistake in a situation file would be told: that knows what was meant."""
    steps = path.split(".")
    raw: Any = "onbekend"
    for step in reversed(steps):
        raw = [raw] if step.isdigit() else {step: raw}
    if steps[0] not in ("eigen", "feiten", "formaat") and all(steps):
        try:
            validate(raw)
        except InvalidError as wrong:
            found = wrong.diagnostics[0]
            if found.hulp and found.code in ("onbekend-veld", "bsn"):
                return Diagnostic(found.code, found.tekst, None, found.hulp, pad=readable(path, 200))
    text, _, hint = problem.partition(". ")
    hint = hint.rstrip() or (text if text.startswith("schrijf ") else "kijk in docs/gegevens.md welke gegevens er zijn")
    said = f"{quote(path)} is geen gegeven van de situatie" + (f": {text.rstrip('.')}" if text and text != hint else "")
    return Diagnostic("onbekend-pad", said, None, hint[:1].lower() + hint[1:], pad=readable(path, 200))


def _setting(desk: Desk, path: str, before: Situation, after: Situation) -> Setting:
    own = _own(desk, path)
    label = own.label if own is not None else label_of(path.split("."))
    was, now = (_in_words(own, path, one) for one in (before, after))
    return Setting(path, label, was, now)


def _own(desk: Desk, path: str) -> OwnFactDef | None:
    """How a ruleset declared its own fact, in its latest version that has it."""
    steps = path.split(".")
    if steps[0] != "eigen":
        return None
    known = [r.gegevens[steps[2]] for r in desk.register.versions.get(steps[1], ()) if steps[2] in r.gegevens]
    return known[-1] if known else None


def _in_words(own: OwnFactDef | None, path: str, situation: Situation) -> str | None:
    """What stands at a path, in words; None when it is not known."""
    steps = path.split(".")
    if own is not None:
        raw = situation.eigen.get(steps[1], {}).get(steps[2])
        try:
            value = None if raw is None else own.soort.read(raw)
        except PydanticCustomError:  # what stands there now is wrong too: the decision itself says so
            return None
        if own.type.cijfers and isinstance(value, int):
            value = Fraction(value, 10**own.type.cijfers)
        return with_unit(in_words(value, own.type), own.eenheid)
    field = field_of(path)
    if field is None:
        return None
    found = [with_unit(in_words(value, field.type), field.eenheid) for value in _values(situation, steps)]
    return "; ".join(one or "onbekend" for one in found) if found and found != [None] else None


def _values(node: Any, steps: list[str]) -> Iterator[Any]:
    """What stands at a path: of every entry where it goes through a list."""
    if not steps:
        yield node
    elif isinstance(node, tuple):
        entries = [node[int(steps[0])]] if steps[0].isdigit() else node
        for entry in entries:
            yield from _values(entry, steps[1:] if steps[0].isdigit() else steps)
    else:
        yield from _values(getattr(node, steps[0], None), steps[1:])


def _hidden(situation: Situation, path: str) -> bool:
    """Is a value that was set out of sight, because something around it is in doubt?"""
    steps = path.split(".")
    if steps[0] == "eigen":
        return False
    return [*_values(situation, steps)] != [*_values_or_none(situation.effective, steps)]


def _values_or_none(situation: Situation, steps: list[str]) -> list[Any]:
    try:
        return [*_values(situation, steps)]
    except (IndexError, TypeError):
        return []


# --- what differs ------------------------------------------------------------------------------------------------------


def outcome_of(decision: Decision) -> Outcome:
    """What of a decision stands in a comparison."""
    return Outcome(
        decision.peildatum,
        decision.uitkomst,
        decision.bedrag,
        decision.wacht_tot,
        decision.afgewezen_op,
        decision.te_wegen,
        tuple(need.label for need in decision.nog_nodig),
    )


def otherwise(before: Iterable[Criterion], after: Iterable[Criterion]) -> Iterator[Otherwise]:
    was, now = ({c.id: c for c in side} for side in (before, after))
    for ident in dict.fromkeys([*was, *now]):
        one, two = was.get(ident), now.get(ident)
        sides = [(c.oordeel, compared(c)) if c is not None else (None, "") for c in (one, two)]
        if sides[0] != sides[1]:
            shown = two or one
            assert shown is not None
            yield Otherwise(ident, shown.titel, shown.grondslag, sides[0][0], sides[1][0], sides[0][1], sides[1][1])


def compared(criterion: Criterion) -> str:
    """The value against the limit: «€ 1.438,51 > € 1.437,51»."""
    if criterion.oordeel == "onbekend":
        return "niet bekend"
    if criterion.waarde is None or criterion.grens is None:
        return criterion.waarde or ""
    return f"{criterion.waarde} {criterion.teken or 'tegenover'} {criterion.grens}"


def _lost(before: Decision, after: Decision) -> tuple[str, ...]:
    """The signals and alternatives of the one that the other does not have."""
    if before.hardheid is None or after.hardheid is None:
        return ()
    rest = {*_offered(after)}
    return tuple(one for one in dict.fromkeys(_offered(before)) if one not in rest)


def _offered(decision: Decision) -> list[str]:
    assert decision.hardheid is not None
    return [s.label for s in decision.hardheid.signalen] + [a.titel for a in decision.hardheid.alternatieven]


def _elsewhere(desk: Desk, ruleset: str, *sides: tuple[Situation, date]) -> Iterator[Elsewhere]:
    """The other rulesets in force on both days that come out otherwise."""
    found: list[dict[str, tuple[Ruleset, Uitkomst, int | None]]] = []
    for situation, day in sides:
        verdicts = {}
        for one in desk.register.in_force(day, situation.effective.persoon.gemeente):
            if one.id == ruleset:
                continue
            try:
                verdict = desk.verdict(situation, one.id, day)
            except LookupError:  # a figure without a value that day, no local filler: not decided, so nothing to compare
                continue
            verdicts[one.id] = (one, verdict.uitkomst, verdict.bedrag)
        found.append(verdicts)
    before, after = found
    for ident, (one, outcome, amount) in before.items():
        if ident in after and (outcome, amount) != after[ident][1:]:
            yield Elsewhere(ident, one.titel, outcome, after[ident][1], amount, after[ident][2])


def _told(
    settings: tuple[Setting, ...],
    before: Outcome,
    after: Outcome,
    criteria: tuple[Otherwise, ...],
    elders: tuple[Elsewhere, ...],
    hidden: list[str],
) -> Iterator[str]:
    for one in settings:
        yield f"Stel: {one.label} is {one.wordt or 'onbekend'}. Nu staat er: {one.was or 'onbekend'}."
    for one in settings:
        if one.gegeven.startswith(FIXED):
            yield f"Over {one.label}: dit laat zien hoe de regel rekent. Het is niets om iemand te laten veranderen."
    for label in hidden:
        yield f"«{label}» staat in een groep die betwist is of wordt onderzocht. Daarom telt deze waarde niet mee."
    yield from outcomes_told(before, after, "Nu", "Dan")
    for criterion in criteria:
        yield criterion_told(criterion, "wordt")
    for place in elders:
        yield (
            f"Ook anders: {place.titel}. Nu: {_short(place.was, place.was_bedrag)}. Dan: {_short(place.wordt, place.wordt_bedrag)}."
        )


def _short(outcome: Uitkomst, cents: int | None) -> str:
    return OUTCOMES[outcome] + (f", {format_money(cents)}" if cents is not None else "")


def outcomes_told(before: Outcome, after: Outcome, first: str, second: str) -> Iterator[str]:
    if result_words(before) == result_words(after):
        yield f"De uitkomst blijft: {result_words(before)}."
    else:
        yield f"{first} is de uitkomst: {result_words(before)}. {second}: {result_words(after)}."
    if before.peildatum != after.peildatum and first == "Nu":
        yield f"De peildatum verandert mee: van {format_day(before.peildatum)} naar {format_day(after.peildatum)}."
    if new := [label for label in after.nog_nodig if label not in before.nog_nodig]:
        yield f"{second} moet ook bekend zijn: {', '.join(new)}."


def result_words(outcome: Outcome) -> str:
    """«toegekend, € 200,00 per jaar», «wachten tot 30 maart 2026»."""
    words = OUTCOMES[outcome.uitkomst]
    if outcome.bedrag is not None:
        words += f", {format_money(outcome.bedrag.centen)} per {outcome.bedrag.per}"
    return words + (f" tot {format_day(outcome.wacht_tot)}" if outcome.wacht_tot is not None else "")


def criterion_told(one: Otherwise, verb: str) -> str:
    """«Uw inkomen was laag» wordt ja (dat was nee): € 1.438,51 > € 1.437,51 wordt € 1.437,51 ≤ € 1.437,51."""
    if one.was is None or one.wordt is None:
        return f"«{one.titel}» ({one.grondslag}) geldt {'alleen nu' if one.was is None else 'alleen toen'}."
    text = (
        f"«{one.titel}» blijft {one.was}" if one.was == one.wordt else f"«{one.titel}» {verb} {one.wordt} (dat was {one.was})"
    )
    if one.was_tekst and one.wordt_tekst and one.was_tekst != one.wordt_tekst:
        text += f": {one.was_tekst} {verb} {one.wordt_tekst}"
    return text + "."


# --- JSON --------------------------------------------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """Frozen data as JSON: Dutch names, dates as ISO text, amounts in cents."""
    match value:
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain(one) for one in value]
        case _ if hasattr(value, "__dataclass_fields__"):
            return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value


def what_if_json(found: WhatIf) -> dict[str, Any]:
    """A comparison as JSON."""
    return {**plain(found)}


def as_set(way: Way) -> tuple[str, ...]:
    """A way as somebody would type it after `--set`; nothing when not all of it are facts."""
    if any(change.gegeven is None for change in way.veranderingen):
        return ()
    return tuple(f"{change.gegeven}={change.waarde}" for change in way.veranderingen)
