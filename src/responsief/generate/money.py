"""What a household lives on, owns and owes: amounts in cents, entries of lists in the order of their households."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from responsief.frozen import dataclass
from responsief.generate.chance import Chance, Numbers, Truths, quantile
from responsief.generate.people import AOW, AOW_AGE, BIJSTAND, GRANT, LIVINGS, People
from responsief.population import households as amounts
from responsief.population import marginals as known

KINDS: Final = (*LIVINGS[:-1], "pensioen", "kinderbijslag", "toeslagen")  # without «geen», the last of LIVINGS
assert LIVINGS[-1] == "geen"
NOTHING: Final = len(LIVINGS) - 1
LOON: Final = KINDS.index("loon")
PENSION: Final = KINDS.index("pensioen")
PERS: Final = ("maand", "4_weken", "week")
WITH_HOLIDAY_PAY: Final = tuple(KINDS.index(kind) for kind in ("loon", "ww", "wia", "ziektewet", "wajong"))
ASSETS: Final = ("bankrekening", "inboedel", "auto", "eigen_woning")
DEBTS: Final = ("hypotheek", "studie", "huur", "energie", "zorgpremie", "belasting", "krediet", "boete", "gemeente")
ARREARS: Final = 2  # the debts from here on are in arrears
REPORTED: Final = (2, 3, 4)  # landlord, energy, care: they tell the municipality


@dataclass(frozen=True, slots=True)
class Entries:
    """Entries of a list in the order of their households: whose (a position), which kind, how much, and their own draws."""

    who: Numbers
    kind: Numbers
    amount: Numbers
    chance: Chance


@dataclass(frozen=True, slots=True)
class Money:
    """Incomes of the applicant and of the partner, what the household can spend a month of it all, what it owns and owes.
    `months`: of each debt how many months in arrears."""

    mine: Entries
    theirs: Entries
    total: Numbers
    assets: Entries
    debts: Entries
    months: Numbers
    in_debt: Truths


def money(of: People) -> Money:
    """Drawn for these households."""
    mine, theirs, total = _incomes(of)
    debts, months, in_debt = _debts(of)
    return Money(mine, theirs, total, _assets(of), debts, months, in_debt)


def _entries(chance: Chance, rows: Sequence[tuple[Truths, Numbers | int, Numbers | int]]) -> Entries:
    """Of every household the entries that it has, in this order: (who has it, which kind, how much)."""
    at = [np.flatnonzero(has) for has, _, _ in rows]
    who = np.concatenate(at)
    slot = np.repeat(np.arange(len(rows)), [len(one) for one in at])
    kind = np.concatenate([_of(kind, one) for (_, kind, _), one in zip(rows, at, strict=True)])
    amount = np.concatenate([_of(amount, one) for (_, _, amount), one in zip(rows, at, strict=True)])
    order = np.argsort(who * len(rows) + slot, kind="stable")
    who, slot = who[order], slot[order]
    return Entries(who, kind[order], amount[order], chance.entries(who, slot))


def _of(values: Numbers | int, at: Numbers) -> Numbers:
    return np.full(len(at), values, dtype=np.int64) if isinstance(values, int) else values[at]


def _incomes(of: People) -> tuple[Entries, Entries, Numbers]:
    chance, paired, living = of.chance, of.paired, of.living
    none = living == NOTHING
    child = np.where(none, 0, amounts.KINDERBIJSLAG * of.many)
    allowance = np.where((of.tenth < 4) & of.rents & ~none, (4 - of.tenth) * 5_000, 0)
    grant = amounts.STUDIEFINANCIERING + chance.between("bijbaan", 0, 9) * 8_000
    total = np.maximum(5_000, _to_spend(of) - child - allowance)
    total = np.where(living == GRANT, grant, total)
    total = np.where(living == BIJSTAND, np.where(paired, amounts.BIJSTAND["partner"], amounts.BIJSTAND["alleen"]), total)
    total = np.where(none, 0, total)
    share = np.where(paired & (living != BIJSTAND), chance.between("aandeel in het inkomen", 45, 100), 100)
    own = total * share // 100
    others = np.where(total - own >= 10_000, total - own, 0)
    pension = np.where(paired, amounts.AOW["partner"], amounts.AOW["alleen"])
    first, second = _parts(living, own, pension)
    mine = _entries(chance, (
        (first > 0, living, first),
        (second > 0, np.where(living == AOW, PENSION, LOON), second),
        (child > 0, KINDS.index("kinderbijslag"), child),
        (allowance > 0, KINDS.index("toeslagen"), allowance),
    ))  # fmt: skip
    kind = np.where(of.partner_age >= AOW_AGE, AOW, LOON)
    first, second = _parts(kind, others, pension)
    theirs = _entries(chance, ((first > 0, kind, first), (second > 0, PENSION, second)))
    return mine, Entries(theirs.who, theirs.kind, theirs.amount, chance.entries(theirs.who, theirs.kind + 50)), own + others


def _parts(kind: Numbers, amount: Numbers, pension: Numbers) -> tuple[Numbers, Numbers]:
    """An income as it is paid: a student's job beside the grant, a pension beside the AOW."""
    base = np.where(kind == AOW, pension, np.where(kind == GRANT, amounts.STUDIEFINANCIERING, amount))
    first = np.minimum(base, amount)
    return first, amount - first


def _to_spend(of: People) -> Numbers:
    """What a household can spend a month."""
    points = [limit for _, limit in known.INKOMEN.kansen]
    factor = 100 + known.OPSLAG_PROCENT["partner"] * of.paired + known.OPSLAG_PROCENT["kind"] * of.many
    return quantile(points, of.rank) * known.GROEI_PROCENT * factor // 120_000


def _assets(of: People) -> Entries:
    chance = of.chance
    medians = dict(known.VERMOGEN.kansen)
    median = np.where(of.rents, medians["huur"], medians["koop"])
    bank = median * quantile(known.SPREIDING, chance.below("spreiding", 10_000)) // 1000
    car = 100_000 + 40_000 * chance.below("waarde auto", 10 + 5 * of.tenth)
    always = np.ones(len(of), dtype=np.bool_)
    return _entries(chance, (
        (always, 0, bank),
        (always, 1, 150_000),
        (chance.chance("auto", 200 + 60 * of.tenth), 2, car),
        (~of.rents, 3, 100_000 * chance.between("waarde woning", 1_800, 7_000)),
    ))  # fmt: skip


def _debts(of: People) -> tuple[Entries, Numbers, Truths]:
    chance = of.chance
    in_debt = chance.chance("problematische schulden", np.where(of.tenth < 3, known.SCHULDEN_LAAG, known.SCHULDEN_ANDERS))
    number = np.where(in_debt, chance.between("aantal schulden", 2, 4), 0)
    rows: list[tuple[Truths, Numbers | int, Numbers | int]] = [
        (~of.rents, 0, 100_000 * chance.between("hypotheek", 600, 3_500)),
        (of.student & chance.chance("studieschuld", 500), 1, 100_000 * chance.between("hoogte studieschuld", 20, 350)),
    ]
    for at in range(4):
        kind = ARREARS + chance.below(f"soort schuld {at}", len(DEBTS) - ARREARS)
        rows.append((number > at, kind, 10_000 * chance.between(f"hoogte schuld {at}", 3, 90)))
    found = _entries(chance, rows)
    months = np.where(found.kind >= ARREARS, found.chance.between("maanden achterstand", 2, 14), 0)
    return found, months, in_debt
