"""Who lives together: form and ages, children, a partner, housemates, and where the household stands by income. One value per household."""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np

from responsief.frozen import dataclass
from responsief.generate.chance import Chance, Numbers, Truths
from responsief.generate.columns import EPOCH, numbered
from responsief.population import marginals as known

FORMS: Final = tuple(name for name, _ in known.VORMEN.kansen)
ALONE, PARENT, COUPLE, FAMILY = range(4)
LIVINGS: Final = ("studiefinanciering", "aow", "bijstand", *(name for name, _ in known.WERK.kansen))
GRANT, AOW, BIJSTAND = range(3)
RELATIONS: Final = ("kind", "ouder", "broer_zus", "familie", "geen_familie")
ADULT: Final = 18
AOW_AGE: Final = 67
OLDEST: Final = 101


@dataclass(frozen=True, slots=True)
class Members:
    """Entries in the order of their households: whose each is (a position), its own draws, and how old."""

    who: Numbers
    chance: Chance
    age: Numbers
    relation: Numbers  # a position in RELATIONS


@dataclass(frozen=True, slots=True)
class People:
    """Households, a value for each: `form` and `living` are positions in FORMS and LIVINGS, `rank` goes from 0 to 9,999."""

    chance: Chance
    on: date
    form: Numbers
    paired: Truths
    age: Numbers
    partner_age: Numbers
    rank: Numbers
    tenth: Numbers
    student: Truths
    rents: Truths
    living: Numbers
    children: Members
    housemates: Members

    def __len__(self) -> int:
        return len(self.form)

    @property
    def many(self) -> Numbers:
        """How many children under 18."""
        return np.bincount(self.children.who, minlength=len(self)).astype(np.int64)


def people(chance: Chance, on: date) -> People:
    """The households of these draws, with ages on a reference date."""
    form = chance.weighted("vorm", [weight for _, weight in known.VORMEN.kansen])
    age = _ages(chance, form)
    paired = form >= COUPLE
    partner_age = np.clip(age + chance.between("leeftijd partner", -5, 5), ADULT, 100)
    rank, other = chance.below("inkomen", 10_000), chance.below("inkomen anders", 10_000)
    shifted = np.where(paired, np.maximum(rank, other), np.minimum(rank, other))
    rank = np.where(chance.chance("inkomen verschoven", 300), shifted, rank)
    tenth = rank // 1000
    student = (form == ALONE) & (age <= 26) & chance.chance("student", dict(known.STUDENT.kansen)["ja"])
    rents = student | chance.chance("huur", np.asarray(known.HUUR, dtype=np.int64)[tenth])
    below = _under_parents(chance, form, age)
    young = below.age < ADULT
    return People(
        chance, on, form, paired, age, partner_age, rank, tenth, student, rents,
        _livings(chance, form, age, tenth, student), _chosen(below, young), _housemates(chance, _chosen(below, ~young)),
    )  # fmt: skip


def _ages(chance: Chance, form: Numbers) -> Numbers:
    age = np.zeros(len(form), dtype=np.int64)
    for at, name in enumerate(FORMS):
        bands = np.asarray(known.LEEFTIJDEN[name], dtype=np.int64)
        band = bands[chance.weighted(f"leeftijd {name}", [int(weight) for weight in bands[:, 2]])]
        age = np.where(form == at, chance.between("leeftijd", band[:, 0], band[:, 1]), age)
    return age


def _livings(chance: Chance, form: Numbers, age: Numbers, tenth: Numbers, student: Truths) -> Numbers:
    """What the main income is."""
    share = np.asarray([known.bijstand_among_lowest(name) for name in FORMS], dtype=np.int64)[form]
    found = 3 + chance.weighted("waarvan men leeft", [weight for _, weight in known.WERK.kansen])
    found = np.where((tenth < 2) & chance.chance("bijstand", share), BIJSTAND, found)
    found = np.where(age >= AOW_AGE, AOW, found)
    return np.where(student, GRANT, found)


def _under_parents(chance: Chance, form: Numbers, age: Numbers) -> Members:
    """The children who live at home, of any age; the first of a family is under 18."""
    number = np.zeros(len(form), dtype=np.int64)
    for at, name in enumerate(FORMS):
        if name in known.KINDERTAL:
            many = 1 + chance.weighted(f"kinderen {name}", [weight for _, weight in known.KINDERTAL[name].kansen])
            many += (many == 3) & chance.chance("vierde kind", 250)
            number = np.where(form == at, many, number)
    who = np.repeat(np.arange(len(form)), number)
    nr = numbered(who)
    own = chance.entries(who, nr)
    parent = age[who]
    most = np.minimum(np.where(nr == 0, 17, 24), np.maximum(0, parent - ADULT))
    least = np.where(parent - 45 < most, np.maximum(0, parent - 45), 0)
    return Members(who, own, own.between("leeftijd kind", least, most), np.zeros_like(who))


def _chosen(members: Members, chosen: Truths) -> Members:
    at = np.flatnonzero(chosen)
    return Members(members.who[at], members.chance.take(at), members.age[at], members.relation[at])


def _housemates(chance: Chance, grown: Members) -> Members:
    """Grown-up children, and whoever else lives there."""
    share = dict(known.MEDEBEWONER.kansen)
    other = np.flatnonzero(chance.chance("medebewoner", share["ja"], share["ja"] + share["nee"]))
    own = chance.entries(other, np.full(len(other), 100))
    who = np.concatenate((grown.who, other))
    order = np.argsort(who, kind="stable")
    both = Chance.joined(grown.chance, own)
    age = np.concatenate((grown.age, own.between("leeftijd medebewoner", 19, 75)))
    relation = np.concatenate((grown.relation, 1 + own.below("relatie", len(RELATIONS) - 1)))
    return Members(who[order], both.take(order), age[order], relation[order])


def birthdays(chance: Chance, name: str, age: Numbers, on: date) -> Numbers:
    """A birthday (days since 1970) on which somebody has this age on the reference date."""
    latest = np.asarray([_years_before(on, years) for years in range(OLDEST + 25)], dtype=np.int64)
    return latest[age] - chance.below(name, 364)


def _years_before(on: date, years: int) -> int:
    day = min(on.day, 28) if on.month == 2 else on.day
    return (date(on.year - years, on.month, day) - EPOCH).days
