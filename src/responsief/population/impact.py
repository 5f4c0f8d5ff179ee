"""What a change of regulation does to a population: who goes from which outcome to which, and what that does to the amounts.

Each household is decided by both versions as the single case is (`Desk.verdict`). The iterable is read once and nothing of it is
kept, so a file of a million people streams through.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Final

from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.difference.report import Impact
from responsief.frozen import dataclass
from responsief.ir.verdict import Verdict
from responsief.population.classes import DIMENSIES, groups_of
from responsief.population.shield import TOGETHER, K, Tally, shielded
from responsief.population.spread import step_of
from responsief.register import Register
from responsief.situation import Situation
from responsief.values import Between

NIET_BESLIST: Final = "niet_beslist"
GRANTED: Final = ("toegekend", "gedeeltelijk")
MOST_REASONS: Final = 200  # different reasons that are kept apart
OTHER_REASONS: Final = "andere redenen"
#: how often an amount is paid in a year. Something once counts as once a year: it can be asked again
PER_YEAR: Final = {"maand": 12, "jaar": 1, "keer": 1}
BEDRAGEN: Final = "Bedragen zijn per maand. Een bedrag per jaar telt voor een twaalfde, een bedrag in één keer ook."
MAX_AGE: Final = 125  # years, as the desk itself has it


@dataclass(frozen=True, slots=True)
class Counted:
    """The counts themselves, of everybody, per group and per step of the spread (`population.spread`): exact, so not to be shown of
    real people. `shown` is what may be. `opmerkingen`: what must be known of how was counted."""

    regelset: str
    bevolking: str
    allen: Tally
    groepen: dict[str, dict[str, Tally]]
    redenen: dict[str, int]
    verdeling: dict[int, Tally] = field(default_factory=dict)
    opmerkingen: tuple[str, ...] = ()

    def shown(self, k: int = K) -> Impact:
        """What may be shown: no group of fewer than `k` households, also not by subtracting. 0 shows everything."""
        found = shielded(self.regelset, self.bevolking, self.allen, self.groepen, self.redenen, k, self.verdeling)
        return replace(found, opmerkingen=self.opmerkingen)


def on_examples(old: Register, new: Register, ruleset: str, day: date, seed: int) -> Counted:
    """What a change does to the built-in households, made to fit the ruleset (`population.examples`). They stand where the rules make a
    difference, so how far their amounts change says nothing of anybody: there is no spread."""
    from responsief.population.examples import examples  # late: who counts a population of her own draws none

    was, wordt = Desk(old), Desk(new)
    chosen = examples(ruleset, [(was, day), (wordt, day)], seed=seed, drawn=_drawn(day, seed))
    return replace(count(was, wordt, ruleset, (day, day), chosen.situaties, population=chosen.naam), verdeling={})


@lru_cache(maxsize=1)  # for one ruleset after another
def _drawn(day: date, seed: int) -> tuple[Situation, ...]:
    from responsief.population.households import households

    return tuple(households(day, seed=seed))


def impact(
    old: Desk,
    new: Desk,
    ruleset: str,
    days: tuple[date, date],
    people: Iterable[Situation],
    *,
    population: str,
    k: int = K,
) -> Impact:
    """What the change from the old to the new version does to these people; see `count`. With `k` 0 everything is shown: only for
    households that do not exist."""
    return count(old, new, ruleset, days, people, population=population).shown(k)


def count(
    old: Desk, new: Desk, ruleset: str, days: tuple[date, date], people: Iterable[Situation], *, population: str
) -> Counted:
    """Decide everybody by both versions, and count.

    Args:
        old: The register as it was.
        new: The register as it becomes.
        ruleset: The id of the ruleset. Whoever can't be decided (it is not there, another municipality) counts as «niet_beslist».
        days: The reference date before and after.
        people: Situations; read once.
        population: How the population is called («500 voorbeeldhuishoudens (zaad 7)»).
    """
    everybody = Tally()
    groups: dict[str, dict[str, Tally]] = {name: {} for name in DIMENSIES}
    spread: dict[int, Tally] = {}
    reasons: Counter[str] = Counter()
    for one in people:
        was = outcome(old, ruleset, one, days[0], reasons)
        becomes = outcome(new, ruleset, one, days[1], reasons)
        everybody.add(was, becomes)
        spread.setdefault(step_of(was, becomes), Tally()).add(was, becomes)
        for dimension, group in zip(DIMENSIES, groups_of(one, days[1]), strict=True):
            groups[dimension].setdefault(group, Tally()).add(was, becomes)
    return Counted(ruleset, population, everybody, groups, dict(reasons), spread)


def outcome(desk: Desk, ruleset: str, situation: Situation, day: date, reasons: Counter[str]) -> tuple[str, int]:
    """The outcome and the amount in cents per year; why somebody can't be decided is counted in `reasons`."""
    try:
        verdict = _verdict(desk, ruleset, situation, day)
    except (LookupError, InvalidError) as wrong:
        reason = wrong.diagnostics[0].tekst if isinstance(wrong, InvalidError) else str(wrong.args[0])
        if reason not in reasons and len(reasons) >= MOST_REASONS:
            reason = OTHER_REASONS
        reasons[reason] += 1
        return NIET_BESLIST, 0
    made = verdict.program.ruleset
    if verdict.bedrag is None or made is None:
        return verdict.uitkomst, 0
    return verdict.uitkomst, verdict.bedrag * PER_YEAR[made.per]


def _verdict(desk: Desk, ruleset: str, situation: Situation, day: date) -> Verdict:
    """As the single case is decided. Only where the client says otherwise than a register, or an age can't be, it takes the long way
    (InvalidError for an age that can't be)."""
    born = situation.persoon.geboortedatum
    last = born.hi if isinstance(born, Between) else born
    odd = last is not None and (last > day or day.year - last.year > MAX_AGE)
    if odd or any(one.eigen_opgave is not None for one in situation.feiten.values()):
        desk.verdict(situation, ruleset, day)  # what can't be decided at all is said in the same words
        return desk.judge(situation, ruleset, day).verdict
    return desk.verdict(situation, ruleset, day)


# --- a limit to what may happen ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Threshold:
    """At most so many may lose it: a number of households, or a share of those who had it."""

    hoogstens: Fraction
    procent: bool

    def __str__(self) -> str:
        number = f"{float(self.hoogstens):g}".replace(".", ",")
        return f"{number} %" if self.procent else number


def read_threshold(text: str) -> Threshold:
    """The limit in «2%», «0,5 %» or «25». Raises ValueError with a Dutch reason."""
    bare = text.strip()
    percent = bare.endswith("%")
    number = bare.removesuffix("%").strip().replace(",", ".")
    digits = number.replace(".", "", 1)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12 or number[:1] == "." or number[-1:] == ".":
        raise ValueError(f"«{bare[:40]}» is geen grens; schrijf een deel, zoals «2%» of «0,5%», of een aantal, zoals «25»")
    found = Fraction(number)
    if percent and found > 100:
        raise ValueError(f"«{bare}» is meer dan 100 %; schrijf een deel van 0% tot 100%")
    if not percent and found.denominator != 1:
        raise ValueError(f"«{bare}» is geen heel aantal huishoudens; schrijf bijvoorbeeld «25», of een deel, zoals «2%»")
    return Threshold(found, percent)


def over_threshold(found: Counted | Impact, limit: Threshold, shown: Impact | None = None) -> str | None:
    """Why a change goes over the limit, in Dutch; None when it does not.

    Exact counts decide it. The sentence then tells only what is in `shown` (without it: the counts themselves, for households that do
    not exist). Who loses it had «toegekend» or «gedeeltelijk» and now has «afgewezen», or can't be decided at all any more (there is no
    ruleset). Unknown is no loss. Of shielded counts the worst that they can mean is taken.
    """
    cells = found.allen.overgangen
    if isinstance(found, Impact) and not cells and found.allen.afgeschermd:
        return f"{found.regelset}: {found.allen.afgeschermd}; of hoogstens {limit} het verliest, is zo niet te zeggen."
    hidden = cells.get(TOGETHER, 0)
    lost = sum(n for (was, becomes), n in cells.items() if was in GRANTED and becomes in ("afgewezen", NIET_BESLIST))
    had = sum(n for (was, _), n in cells.items() if was in GRANTED)
    if not lost + hidden:
        return None
    # of hidden ones all may be losses: then they had it too, and lost / had is at its highest
    most = Fraction(100 * (lost + hidden), had + hidden) if limit.procent else Fraction(lost + hidden)
    if most <= limit.hoogstens:
        return None
    sure = (Fraction(100 * lost, had) if had else Fraction(0)) if limit.procent else Fraction(lost)
    if shown is not None and (TOGETHER in shown.allen.overgangen or not shown.allen.aantal):
        less = f"meer huishoudens dan mag ({limit}) verliezen hun recht"
        return f"{found.regelset}: {less}; hoeveel, staat hier niet, om een kleine groep te beschermen."
    may = "" if not hidden or sure > limit.hoogstens else " Kleine aantallen zijn samengenomen; daarin kan het verlies zitten."
    told = (
        f"{lost} van de {had} huishoudens die recht hadden, verliezen dat"
        if lost != 1
        else f"1 van de {had} huishoudens die recht hadden, verliest dat"
    )
    return f"{found.regelset}: {told}; hoogstens {limit} mag.{may}"
