"""Situations for Hypothesis: valid ones, that vary exactly the facts that a ruleset reads.

Hypothesis is asked for only here (`pip install 'responsief[testing]'`).
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from responsief.backends.limits import FactRead, facts_read
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.facts import write_value
from responsief.intake import validate
from responsief.ir.program import LinkError, counts_on
from responsief.ir.ruleset import Ruleset
from responsief.ir.types import Kind
from responsief.register import Register
from responsief.situation import Situation
from responsief.testing.written import get, put
from responsief.values import format_money, write_day

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn, SearchStrategy

UNKNOWN: Final = "onbekend"
PARTNER: Final = ("huishouden", "partner")
OLDEST: Final = 100  # years of a birthday before the reference date
LATER: Final = 730  # days of another date after it
PERIODS: Final = ("1 dag", "4 weken", "1 maand", "12 maanden", "36 maanden")


def situations(
    ruleset: str | Ruleset,
    register: Register | Desk | None = None,
    *,
    on: date,
    gemeente: str | None = None,
    unknowns: bool = True,
    disputes: bool = False,
) -> SearchStrategy[Situation]:
    """A Hypothesis strategy of valid situations that vary the facts that a ruleset reads, and no others.

    Amounts, numbers and dates are often on a limit of that ruleset or one unit beside it. A failing example shrinks to few known
    facts.

    Args:
        ruleset: The id of a ruleset («participatiewet»), or a `Ruleset` of the register.
        register: A `Register` or `Desk`; the shipped register when left out.
        on: The reference date. The version and figures of that day give the facts and limits.
        gemeente: The CBS code of the municipality where the person lives; of a local ruleset its own when left out.
        unknowns: May facts be unknown? With False each fact that is read is known (a partner or list entry may be absent).
        disputes: May facts be disputed (`betwist`)? Then they are unknown to the verdict.

    Raises:
        ModuleNotFoundError: Hypothesis is not installed.
        LookupError: The ruleset has no version on that day, or no criterion in force then, or reads what is not there in that municipality (or a figure without a value then).
    """
    try:
        from hypothesis import reject
        from hypothesis import strategies as st
    except ModuleNotFoundError as absent:
        raise ModuleNotFoundError(
            "responsief.testing.situations needs Hypothesis: pip install 'responsief[testing]'", name=absent.name
        ) from None

    known = register.register if isinstance(register, Desk) else register if register is not None else Register.open()
    ident = ruleset if isinstance(ruleset, str) else ruleset.id
    version = next((r for r in known.versions.get(ident, ()) if r.holds_on(on)), None)
    if version is None:
        raise LookupError(f"there is no version of {ident} on {on}")
    if not any(counts_on(criterion, on) for criterion in version.criteria):
        raise LookupError(f"no criterion of {ident} is in force on {on}")
    place = gemeente or version.gemeente or (min(version.gebied.gemeenten, default=None) if version.gebied else None)
    try:
        compiled = known.compiled(ident, on, place)
        compiled.figures(on)  # what has no figure on that day can't be decided then
        facts = facts_read(compiled.program, on)
    except LinkError as wrong:
        told = ", ".join(f"{key} {value}" for key, value in wrong.words.items())
        raise LookupError(f"{ident} can't be decided on {on} in municipality {place}: {wrong.code} ({told})") from None

    def one(fact: FactRead) -> SearchStrategy[Any]:
        value = _values(fact, on, unknowns=unknowns)
        return st.one_of(st.just(UNKNOWN), value) if unknowns else value

    drawn = [(fact, one(fact)) for fact in facts]
    partner = st.sampled_from(("geen", "partner", UNKNOWN) if unknowns else ("geen", "partner"))

    @st.composite
    def made(draw: DrawFn) -> Situation:
        data: dict[str, Any] = {"persoon": {"gemeente": place}} if place is not None else {}
        shared = draw(partner) if any(fact.path[:2] == PARTNER for fact in facts) else None
        if shared is not None and shared != "partner":
            data = put(data, PARTNER, shared)
        for fact, strategy in drawn:
            if fact.path[:2] == PARTNER and shared != "partner":
                continue
            value = draw(strategy)
            if value != UNKNOWN:
                data = put(data, fact.path, value)
        if shared == "partner" and not isinstance(get(data, PARTNER), dict):
            data = put(data, PARTNER, {"in_inrichting": UNKNOWN})  # somebody of whom nothing is known
        data = _agreeing(data)
        if disputes and facts:
            paths = sorted({".".join(fact.path) for fact in facts if get(data, fact.path) not in (None, UNKNOWN)})
            doubted = draw(st.lists(st.sampled_from(paths), max_size=2, unique=True)) if paths else []
            data["feiten"] = {path: {"betwist": True} for path in doubted}
        try:
            return validate(data)
        except InvalidError:
            reject()

    return made()


def _values(fact: FactRead, on: date, *, unknowns: bool) -> SearchStrategy[Any]:
    """Values of a fact as a file could have them, the simplest first."""
    from hypothesis import strategies as st

    kind, near = fact.type, fact.near
    found: SearchStrategy[Any]
    match kind.kind:
        case Kind.JA_NEE:
            found = st.booleans()
        case Kind.KEUZE:
            found = st.sampled_from(kind.options)
        case Kind.GELD:
            found = _numbers(near, 2_500_000).map(format_money)
        case Kind.GETAL if kind.cijfers:
            scale: int = 10**kind.cijfers
            beside = [int(n * scale // 1) + step for n in near if isinstance(n, int | Fraction) for step in (-1, 0, 1)]
            found = _numbers(tuple(beside), 100 * scale).map(lambda n: str(write_value("decimaal", n, kind.cijfers)))
        case Kind.GETAL:
            found = _numbers(near, 120)
        case Kind.DATUM:
            found = _days(fact, on).map(write_day)
        case Kind.PERIODE:
            found = st.sampled_from(PERIODS)
        case Kind.LIJST:
            found = st.one_of(st.just("geen"), _entries(fact, on, unknowns=unknowns))
        case _:
            words = [word for word in near if isinstance(word, str)]
            found = st.sampled_from((*words, "iets anders"))
    named_geen = kind.geen and kind.kind is not Kind.LIJST and fact.path[:2] != PARTNER
    return st.one_of(st.just("geen"), found) if named_geen else found


def _numbers(near: tuple[Any, ...], most: int) -> SearchStrategy[int]:
    from hypothesis import strategies as st

    limits = [n for n in near if type(n) is int and n >= 0]
    anything = st.integers(0, most)
    return st.one_of(st.sampled_from(limits), anything) if limits else anything


def _days(fact: FactRead, on: date) -> SearchStrategy[date]:
    from hypothesis import strategies as st

    born = fact.path[-1] == "geboortedatum"
    first, last = on - timedelta(days=365 * OLDEST), on if born else on + timedelta(days=LATER)
    limits = [day for day in fact.near if type(day) is date and first <= day <= last]
    anything = st.dates(first, last)
    return st.one_of(st.sampled_from(limits), anything) if limits else anything


def _entries(fact: FactRead, on: date, *, unknowns: bool) -> SearchStrategy[list[dict[str, Any]]]:
    """A list of one to three entries, with the fields that are read of them."""
    from hypothesis import strategies as st

    names = {field.path[0]: _values(field, on, unknowns=unknowns) for field in fact.fields if len(field.path) == 1}
    entry = st.fixed_dictionaries({}, optional=names) if unknowns else st.fixed_dictionaries(names)
    return st.lists(entry, min_size=1, max_size=3)


def _agreeing(data: Any) -> Any:
    """A household that does not contradict itself: how somebody lives follows from the partner and the children there are."""
    household = data.get("huishouden")
    if not isinstance(household, dict):
        return data
    soort, partner, children = household.get("soort"), household.get("partner"), household.get("kinderen")
    if soort in ("alleenstaande", "alleenstaande_ouder") and isinstance(partner, dict):
        return put(data, ("huishouden", "soort"), "gehuwd")
    alone = (soort == "gehuwd" and partner == "geen") or (soort == "alleenstaande_ouder" and children in ("geen", []))
    return put(data, ("huishouden", "soort"), "alleenstaande") if alone else data
