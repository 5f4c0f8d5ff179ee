"""Rates, measured and never assumed: each with its numerator and denominator, or with the reason why it can't be said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Final

from responsief.patterns.cases import Tally
from responsief.patterns.purpose import Rules
from responsief.patterns.report import Rate
from responsief.patterns.shown import part

NOBODY: Final = "er zijn geen afgeronde besluiten: dan heeft niemand nog iets besloten"
NOT_PROPOSED: Final = "bij geen enkel afgerond besluit was zij voorgesteld"
HIDDEN: Final = "het zou iets zeggen over een kleine groep"
NO_NEEDS: Final = "bij geen enkel besluit staat welke behoeften er waren"
WITHIN: Final = "behoeften waar iets binnen de regels voor is"


def too_few(k: int) -> str:
    """Why a rate over fewer than `k` is not told."""
    return f"het zijn er minder dan {k}"


def rates(tally: Tally, k: int, hidden: int = 0) -> tuple[Rate, ...]:
    """Solved by the standard rule, decided otherwise than the rules, and needs met within the rules; `hidden` as in `shown.part`."""
    done = [(case, number) for case, number in tally.cases.items() if case.keuze is not None]
    everybody = sum(number for _, number in done)
    standard = sum(number for case, number in done if case.keuze == "volgt_regels" and case.uitkomst == "toegekend")
    tailored = sum(number for case, number in done if case.keuze in ("wijkt_af", "eigen_oordeel"))
    told = [(case.behoeften, number) for case, number in tally.cases.items() if case.behoeften is not None]
    needs = sum(of * number for (_, of), number in told)
    met = sum(served * number for (served, _), number in told)
    people = sum(number for _, number in told)
    short = NO_NEEDS if not needs else too_few(k) if people < k else HIDDEN if hidden else None
    return (
        _rate(
            "standaardregel",
            "opgelost met de standaardregel (toegekend volgens de regels)",
            standard,
            everybody,
            NOBODY,
            k,
            hidden,
        ),
        _rate(
            "maatwerk",
            "anders besloten dan de regels gaven (afgeweken, of een eigen oordeel)",
            tailored,
            everybody,
            NOBODY,
            k,
            hidden,
        ),
        Rate("binnen_de_regels", WITHIN, reden=short)
        if short
        else Rate("binnen_de_regels", WITHIN, part(met, needs, k), needs),
    )


def by_clause(tally: Tally, rules: Rules, k: int, hidden: Mapping[str, int]) -> tuple[Rate, ...]:
    """Of each clause: how often a person departed from the rules with it, of the decisions taken in which it was proposed.
    A clause that was proposed to fewer than `k` is not named."""
    proposed: Counter[tuple[str, str]] = Counter()
    taken: Counter[tuple[str, str]] = Counter()
    used: Counter[tuple[str, str]] = Counter()
    versions: dict[str, str] = {}
    for case, number in tally.cases.items():
        versions[case.regelset] = max(versions.get(case.regelset, ""), case.versie)
        for clause in {clause for _, clause in case.bereik or ()}:
            key = (case.regelset, clause)
            proposed[key] += number
            taken[key] += number if case.keuze is not None else 0
            used[key] += number if case.keuze == "wijkt_af" and clause in case.gebruikt else 0
    nobody = NOBODY if all(case.keuze is None for case in tally.cases) else NOT_PROPOSED
    enough = [key for key in proposed if proposed[key] >= k]
    found = []
    for ident, clause in sorted(enough, key=lambda key: (-proposed[key], key)):
        words = rules.clause(ident, versions[ident], clause)
        name = f"{words.titel} ({words.grondslag})" if words is not None else clause
        found.append(
            _rate(
                f"{ident}/{clause}",
                f"{rules.title(ident)}: {name}",
                used[ident, clause],
                taken[ident, clause],
                nobody,
                k,
                hidden.get(ident, 0),
            )
        )
    return tuple(found)


def _rate(ident: str, name: str, number: int, whole: int, nobody: str, k: int, hidden: int) -> Rate:
    if whole < k:
        return Rate(ident, name, reden=nobody if whole == 0 else too_few(k))
    return Rate(ident, name, part(number, whole, k, hidden), part(whole, whole, k, hidden))
