"""To which group a household belongs: by form, by age, by income. What is not known is a group of its own, never a guess."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from responsief.situation import Inkomen, Partner, Situation
from responsief.values import GEEN, Between, Day, full_years

ONBEKEND: Final = "onbekend"
DIMENSIES: Final = ("huishouden", "leeftijd", "inkomen")  # in this order

VORMEN: Final = (
    "alleenstaande",
    "alleenstaande ouder",
    "paar zonder kinderen onder de 18",
    "paar met kinderen onder de 18",
    ONBEKEND,
)
LEEFTIJDEN: Final = (
    (18, "jonger dan 18"),
    (21, "18 tot 21"),
    (27, "21 tot 27"),
    (45, "27 tot 45"),
    (67, "45 tot 67"),
    (1_000, "67 en ouder"),
)
#: net per month in cents, of applicant and partner together
INKOMENS: Final = (
    (1, "geen inkomen"),
    (100_000, "tot € 1.000 per maand"),
    (150_000, "€ 1.000 tot € 1.500 per maand"),
    (200_000, "€ 1.500 tot € 2.000 per maand"),
    (300_000, "€ 2.000 tot € 3.000 per maand"),
    (10**16, "€ 3.000 of meer per maand"),
)
GROEPEN: Final[dict[str, tuple[str, ...]]] = {
    "huishouden": VORMEN,
    "leeftijd": (*(name for _, name in LEEFTIJDEN), ONBEKEND),
    "inkomen": (*(name for _, name in INKOMENS), ONBEKEND),
}
NOT_COUNTED: Final = ("kinderbijslag", "toeslagen")  # no income of the household in any ruleset that is shipped
PER_MONTH: Final = {"maand": Fraction(1), "4_weken": Fraction(13, 12), "week": Fraction(52, 12), "jaar": Fraction(1, 12)}


def groups_of(situation: Situation, on: date) -> tuple[str, str, str]:
    """The group of a household in each of `DIMENSIES`, on a reference date."""
    known = situation.effective
    return form_of(known), age_class(known.persoon.geboortedatum, on), income_class(known, on)


def form_of(situation: Situation) -> str:
    """How people live together. A couple whose children are not known is not known."""
    household = situation.huishouden
    soort, partner, children = household.soort, household.partner, household.kinderen
    if soort == "gehuwd" or (soort is None and isinstance(partner, Partner)):
        if children is None:
            return ONBEKEND
        return VORMEN[3] if children else VORMEN[2]
    if soort == "alleenstaande_ouder":
        return VORMEN[1]
    if soort == "alleenstaande":
        return VORMEN[0]
    if partner is GEEN and children is not None:
        return VORMEN[1] if children else VORMEN[0]
    return ONBEKEND


def age_class(born: Day | None, on: date) -> str:
    """The age class on a day; of an incomplete birthday the class that all its days are in."""
    if born is None:
        return ONBEKEND
    first, last = (born.lo, born.hi) if isinstance(born, Between) else (born, born)
    if last > on:
        return ONBEKEND
    names = {next(name for limit, name in LEEFTIJDEN if full_years(day, on) < limit) for day in (first, last)}
    return names.pop() if len(names) == 1 else ONBEKEND


def income_class(situation: Situation, on: date) -> str:
    """The class of what applicant and partner have coming in on a day, net per month, without child benefit and allowances.

    Four weeks count for 13/12 of a month, a week for 52/12, a year for 1/12.
    """
    partner = situation.huishouden.partner
    lists = [situation.inkomsten, partner.inkomsten if isinstance(partner, Partner) else ()]
    if partner is None and situation.huishouden.soort not in ("alleenstaande", "alleenstaande_ouder"):
        return ONBEKEND
    total = Fraction(0)
    for entries in lists:
        if entries is None:
            return ONBEKEND
        for entry in entries:
            amount = _per_month(entry, on)
            if amount is None:
                return ONBEKEND
            total += amount
    return next(name for limit, name in INKOMENS if total < limit)


def _per_month(entry: Inkomen, on: date) -> Fraction | None:
    """Cents per month of one income on a day; None when that is not known."""
    if entry.soort in NOT_COUNTED or _after(entry.van, on) or _before(entry.tot, on):
        return Fraction(0)
    if entry.soort is None or entry.bedrag is None or entry.per is None:
        return None
    return entry.bedrag * PER_MONTH[entry.per]


def _after(day: object, on: date) -> bool:
    """Does something certainly begin only after a day?"""
    return (isinstance(day, Between) and day.lo > on) or (isinstance(day, date) and day > on)


def _before(day: object, on: date) -> bool:
    return (isinstance(day, Between) and day.hi < on) or (isinstance(day, date) and day < on)
