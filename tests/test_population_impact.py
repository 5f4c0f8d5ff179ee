"""What a change does to people: counted rightly, nothing lost, and of small groups nothing to be derived."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from responsief.ci.counts import everybody
from responsief.desk import Desk
from responsief.difference.report import SAMEN, Group, Impact
from responsief.intake import validate
from responsief.population.classes import DIMENSIES, GROEPEN, age_class, form_of, groups_of, income_class
from responsief.population.examples import examples
from responsief.population.impact import count, impact, over_threshold, read_threshold
from responsief.population.shield import Tally, added, shielded
from responsief.register import Register
from responsief.situation import Situation
from responsief.values import Between
from small import TODAY, register, ruleset

DAYS = (TODAY, TODAY)
Cell = tuple[str, str]


def desk_of(*criteria: str, body: str = "", tail: str = "", ident: str = "klein", **rest: str) -> Desk:
    return Desk(register(ruleset(body, *criteria, ident=ident, **rest) + tail))


def person(**fields: Any) -> Situation:
    return validate(fields)


def tenants(*rents: int) -> list[Situation]:
    return [person(wonen={"huur": f"€ {rent}"}) for rent in rents]


# --- counting ----------------------------------------------------------------------------------------------------------


def test_who_loses_and_who_gains_is_counted() -> None:
    old, new = desk_of("eis: 'wonen.huur >= € 100'"), desk_of("eis: 'wonen.huur <= € 300'")
    found = impact(old, new, "klein", DAYS, [*tenants(50, 100, 300, 301, 400), person()], population="zes", k=0)
    assert found.allen.aantal == 6
    assert found.allen.overgangen == {
        ("afgewezen", "toegekend"): 1,
        ("toegekend", "toegekend"): 2,
        ("toegekend", "afgewezen"): 2,
        ("onbepaald", "onbepaald"): 1,
    }
    assert (found.regelset, found.bevolking, found.k) == ("klein", "zes", 0)


@pytest.mark.parametrize(("per", "cents"), [("maand", 12_000), ("jaar", 1_000), ("keer", 1_000)])
def test_amounts_are_per_month(per: str, cents: int) -> None:
    old = desk_of("eis: ja", tail=f"uitkomst:\n  bedrag: {{per: {per}, is: '€ 60'}}\n")
    new = desk_of("eis: 'wonen.huur >= € 100'", tail=f"uitkomst:\n  bedrag: {{per: {per}, is: '€ 60'}}\n")
    found = impact(old, new, "klein", DAYS, tenants(50, 100), population="", k=0)
    assert found.allen.bedrag_was == cents
    assert found.allen.bedrag_wordt == cents // 2


def test_a_difference_per_month_is_that_per_year_rounded_once() -> None:
    found = Tally()
    found.add(("toegekend", 1_730_000), ("toegekend", 2_140_000))
    told = everybody(shielded("klein", "", found, {}, {}, 0))
    assert (told.bedrag_was, told.bedrag_wordt, told.bedrag_verschil) == (144_167, 178_333, 34_167)


def test_an_amount_is_rounded_once_for_a_whole_group() -> None:
    desk = desk_of("eis: ja", tail="uitkomst:\n  bedrag: {per: jaar, is: '€ 0,01'}\n")
    found = impact(desk, desk, "klein", DAYS, tenants(*range(18)), population="", k=0)
    assert found.allen.bedrag_was == 2  # 18 cents a year: 1,5 a month, half up


def test_who_cannot_be_decided_is_counted_with_the_reason() -> None:
    old, new = desk_of("eis: ja"), desk_of("eis: ja", geldig="{van: 2030-01-01}")
    found = impact(old, new, "klein", DAYS, tenants(1, 2, 3), population="", k=0)
    assert found.allen.overgangen == {("toegekend", "niet_beslist"): 3}
    [(reason, number)] = found.niet_beslist.items()
    assert number == 3
    assert "klein" in reason


def test_a_ruleset_that_is_gone_or_new_is_no_mistake() -> None:
    here, gone = desk_of("eis: ja"), desk_of("eis: ja", ident="ander")
    assert impact(here, gone, "klein", DAYS, tenants(1), population="", k=0).allen.overgangen == {
        ("toegekend", "niet_beslist"): 1
    }
    assert impact(gone, here, "klein", DAYS, tenants(1), population="", k=0).allen.overgangen == {
        ("niet_beslist", "toegekend"): 1
    }


def test_a_wrong_own_fact_or_age_is_counted_and_not_fatal() -> None:
    own = "gegevens: {punten: {type: getal, label: punten, vraag: Hoeveel?, van: [inwoner]}}\n"
    desk = desk_of("eis: 'punten >= 17'", body=own)
    people = [
        person(eigen={"klein": {"punten": "veel"}}),
        person(eigen={"klein": {"punten": 18}}),
        person(persoon={"geboortedatum": "2031-01-01"}, eigen={"klein": {"punten": 18}}),
        person(persoon={"geboortedatum": "1850-01-01"}, eigen={"klein": {"punten": 18}}),
    ]
    found = impact(desk, desk, "klein", DAYS, people, population="", k=0)
    assert found.allen.overgangen == {("niet_beslist", "niet_beslist"): 3, ("toegekend", "toegekend"): 1}
    assert sum(found.niet_beslist.values()) == 6  # on both sides


def test_each_side_has_its_own_reference_date() -> None:
    desk = desk_of("eis: 'leeftijd >= 18'")
    born = person(persoon={"geboortedatum": "2008-06-01"})
    found = impact(desk, desk, "klein", (date(2026, 5, 31), date(2026, 6, 1)), [born], population="", k=0)
    assert found.allen.overgangen == {("afgewezen", "toegekend"): 1}


def test_what_a_client_says_otherwise_than_a_register_counts_as_in_the_single_case() -> None:
    desk = desk_of("eis: 'wonen.huur >= € 100'")
    said = person(wonen={"huur": "€ 50"}, feiten={"wonen.huur": {"bron": "gemeente", "eigen_opgave": "€ 150"}})
    found = impact(desk, desk, "klein", DAYS, [said], population="", k=0)
    assert found.allen.overgangen == {(desk.decide(said, "klein", TODAY).uitkomst,) * 2: 1}
    assert found.allen.overgangen == {("onbepaald", "onbepaald"): 1}


def test_people_are_read_once_and_one_at_a_time() -> None:
    desk = desk_of("eis: 'wonen.huur >= € 100'")
    alive: list[int] = []

    def people() -> Iterator[Situation]:
        import weakref

        seen = 0
        for one in range(50):
            made = person(wonen={"huur": f"€ {one}"})
            weakref.finalize(made, alive.pop)
            alive.append(1)
            seen = max(seen, len(alive))
            yield made
            del made
        assert seen <= 3  # nobody is kept

    assert impact(desk, desk, "klein", DAYS, people(), population="", k=0).allen.aantal == 50


def test_nothing_at_all_gives_empty_counts() -> None:
    desk = desk_of("eis: ja")
    found = impact(desk, desk, "klein", DAYS, [], population="leeg")
    assert found.allen == Group("iedereen", 0, {})
    assert found.groepen == dict.fromkeys(DIMENSIES, ())


# --- groups ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("home", "form"),
    [
        ({"soort": "alleenstaande"}, "alleenstaande"),
        ({"partner": "geen", "kinderen": "geen"}, "alleenstaande"),
        ({"partner": "geen", "kinderen": [{"ten_laste": "ja"}]}, "alleenstaande ouder"),
        ({"soort": "alleenstaande_ouder"}, "alleenstaande ouder"),
        ({"soort": "gehuwd", "kinderen": "geen"}, "paar zonder kinderen onder de 18"),
        ({"partner": {"detentie": "nee"}, "kinderen": [{"ten_laste": "ja"}]}, "paar met kinderen onder de 18"),
        ({"soort": "gehuwd"}, "onbekend"),
        ({"partner": "geen"}, "onbekend"),
        ({}, "onbekend"),
    ],
)
def test_forms(home: dict[str, Any], form: str) -> None:
    assert form_of(person(huishouden=home)) == form


@pytest.mark.parametrize(
    ("born", "told"),
    [
        (None, "onbekend"),
        (date(2008, 3, 3), "jonger dan 18"),
        (date(2008, 3, 2), "18 tot 21"),
        (date(1999, 3, 2), "27 tot 45"),
        (date(1959, 3, 2), "67 en ouder"),
        (date(2027, 1, 1), "onbekend"),
        (Between(date(1990, 1, 1), date(1990, 12, 31)), "27 tot 45"),
        (Between(date(1999, 1, 1), date(1999, 12, 31)), "onbekend"),
    ],
)
def test_age_classes(born: Any, told: str) -> None:
    assert age_class(born, TODAY) == told


def income(*entries: dict[str, Any]) -> str:
    return income_class(
        person(huishouden={"soort": "alleenstaande", "partner": "geen"}, inkomsten=list(entries) or "geen"), TODAY
    )


def test_income_classes() -> None:
    assert income() == "geen inkomen"
    assert income({"soort": "loon", "bedrag": "€ 999,99", "per": "maand"}) == "tot € 1.000 per maand"
    assert income({"soort": "loon", "bedrag": "€ 923,08", "per": "4_weken"}) == "€ 1.000 tot € 1.500 per maand"
    assert income({"soort": "loon", "bedrag": "€ 12.000", "per": "jaar"}) == "€ 1.000 tot € 1.500 per maand"
    assert income({"soort": "loon", "bedrag": "€ 500", "per": "week"}) == "€ 2.000 tot € 3.000 per maand"
    assert income({"soort": "toeslagen", "bedrag": "€ 413", "per": "maand"}) == "geen inkomen"
    assert income({"soort": "loon", "bedrag": "€ 900", "per": "maand", "tot": "2026-01-31"}) == "geen inkomen"
    assert income({"soort": "loon", "bedrag": "€ 900"}) == "onbekend"
    assert income_class(person(), TODAY) == "onbekend"
    both = person(
        huishouden={"soort": "gehuwd", "partner": {"inkomsten": [{"soort": "loon", "bedrag": "€ 1.000", "per": "maand"}]}},
        inkomsten=[{"soort": "loon", "bedrag": "€ 1.500", "per": "maand"}],
    )
    assert income_class(both, TODAY) == "€ 2.000 tot € 3.000 per maand"


def test_every_group_is_one_of_those_that_are_named() -> None:
    for one in examples("klein", [(desk_of("eis: ja"), TODAY)], count=200, unknown=100).situaties:
        for dimension, group in zip(DIMENSIES, groups_of(one, TODAY), strict=True):
            assert group in GROEPEN[dimension]


def test_transitions_sum_to_the_total_in_every_division_of_every_shipped_ruleset() -> None:
    desk = Desk(Register.open())
    old, new = date(2026, 1, 1), date(2026, 6, 1)
    for ident in ("participatiewet", "iit-rotterdam", "studietoeslag"):
        people = examples(ident, [(desk, old), (desk, new)], count=80)
        found = count(desk, desk, ident, (old, new), people.situaties, population=people.naam).shown(0)
        assert found.allen.aantal == len(people.situaties) == sum(found.allen.overgangen.values())
        for groups in found.groepen.values():
            assert sum((Counter(one.overgangen) for one in groups), Counter()) == Counter(found.allen.overgangen)
            assert all(one.aantal == sum(one.overgangen.values()) for one in groups)
            assert sum(one.bedrag_was for one in groups) == pytest.approx(found.allen.bedrag_was, abs=len(groups))


# --- a limit to what may happen ----------------------------------------------------------------------------------------


def lost(number: int, *, kept: int) -> Any:
    old, new = desk_of("eis: ja"), desk_of("eis: 'wonen.huur >= € 100'")
    return count(old, new, "klein", DAYS, tenants(*[50] * number, *[100] * kept), population="")


@pytest.mark.parametrize(
    ("text", "over"), [("2%", False), ("1,9 %", True), ("1.9%", True), ("0%", True), ("100%", False), ("1", True), ("2", False), (" 25 ", False)]
)  # fmt: skip
def test_a_limit_in_per_cent_or_households(text: str, over: bool) -> None:
    told = over_threshold(lost(2, kept=98), read_threshold(text))
    assert (told is not None) is over
    if told:
        assert "2 van de 100 huishoudens die recht hadden, verliezen dat" in told


@pytest.mark.parametrize(
    "text", ["", "%", "veel", "-1", "-2%", "2 procent", "101%", "0,5", "1,2,3", "1e9", "²%", ".5%", "5.%", "9" * 20]
)
def test_another_limit_is_refused_in_dutch(text: str) -> None:
    with pytest.raises(ValueError, match="schrijf"):
        read_threshold(text)


def test_becoming_unknown_is_no_loss_and_a_ruleset_that_is_gone_is() -> None:
    old = desk_of("eis: ja")
    unsure = count(old, desk_of("eis: 'wonen.huur >= € 100'"), "klein", DAYS, [person()], population="")
    assert over_threshold(unsure, read_threshold("0")) is None
    gone = count(old, desk_of("eis: ja", ident="ander"), "klein", DAYS, [person()], population="")
    assert over_threshold(gone, read_threshold("0")) is not None


def test_of_hidden_counts_the_worst_is_taken() -> None:
    exact = lost(4, kept=96)
    shown = exact.shown(10)
    assert ("toegekend", "afgewezen") not in shown.allen.overgangen
    assert over_threshold(exact, read_threshold("5%")) is None
    assert "Kleine aantallen" in str(over_threshold(shown, read_threshold("5%")))
    assert over_threshold(shown, read_threshold("100%")) is None
    assert over_threshold(lost(1, kept=2).shown(10), read_threshold("100%")) is not None  # nothing is shown at all


def test_exact_counts_decide_and_the_sentence_tells_only_what_may_be_shown() -> None:
    exact = lost(1, kept=39)
    told = str(over_threshold(exact, read_threshold("2%"), exact.shown(10)))
    assert "meer huishoudens dan mag (2 %)" in told
    assert "40" not in told
    assert over_threshold(exact, read_threshold("3%"), exact.shown(10)) is None
    assert "1 van de 40" in str(over_threshold(exact, read_threshold("2%"), exact.shown(0)))
    many = lost(20, kept=80)
    assert "20 van de 100" in str(over_threshold(many, read_threshold("2%"), many.shown(10)))
    few = lost(2, kept=3)
    assert "2 van de 5" not in str(over_threshold(few, read_threshold("2%"), few.shown(10)))


# --- what may be shown -------------------------------------------------------------------------------------------------

K = 3
CELLS: tuple[Cell, ...] = (("ja", "ja"), ("ja", "nee"), ("nee", "nee"))


def tally(counts: Mapping[Cell, int], amount: int = 100) -> Tally:
    made = Tally()
    for (was, becomes), number in counts.items():
        for _ in range(number):
            made.add((was, amount * (was == "ja")), (becomes, amount * (becomes == "ja")))
    return made


def numbers(least: int, most: int) -> st.SearchStrategy[dict[Cell, int]]:
    return st.fixed_dictionaries({cell: st.integers(least, most) for cell in CELLS})


def shown_of(groups: Mapping[str, Mapping[str, Tally]], k: int = K) -> Impact:
    first = next(iter(groups.values()))
    return shielded("klein", "", added(first.values()), groups, {}, k)


atoms = st.fixed_dictionaries({f"{a}{b}": numbers(0, 7) for a in "AB" for b in "XYZ"}) | st.fixed_dictionaries(
    {f"{a}{b}": numbers(0, 60) for a in "AB" for b in "XYZ"}
)


def divided(told: Mapping[str, Mapping[Cell, int]]) -> dict[str, dict[str, Tally]]:
    """The same people divided in two ways: by the first letter and by the second."""
    every = {name: tally(counts) for name, counts in told.items()}
    ways: dict[str, dict[str, Tally]] = {}
    for way in (0, 1):
        names = sorted({name[way] for name in told})
        merged = {letter: added(t for name, t in every.items() if name[way] == letter) for letter in names}
        ways[str(way)] = {letter: one for letter, one in merged.items() if one.aantal}
    return ways


def released(found: Impact) -> Iterator[tuple[frozenset[tuple[str, Cell]], int]]:
    """Every count that is shown, as the set of (person kind, transition) that it counts."""
    kinds = [a + b for a in "AB" for b in "XYZ"]

    def told(one: Group, members: list[str]) -> Iterator[tuple[frozenset[tuple[str, Cell]], int]]:
        if one.aantal or not one.afgeschermd:
            yield frozenset(itertools.product(members, CELLS)), one.aantal
        if one.afgeschermd and not one.overgangen:
            return
        rest = [cell for cell in CELLS if cell not in one.overgangen]
        absent = one.overgangen.get((SAMEN, SAMEN), 0) == 0
        for cell in CELLS:
            if cell in one.overgangen:
                yield frozenset(itertools.product(members, [cell])), one.overgangen[cell]
            elif absent:
                yield frozenset(itertools.product(members, [cell])), 0
        if not absent:
            yield frozenset(itertools.product(members, rest)), one.overgangen[(SAMEN, SAMEN)]

    yield from told(found.allen, kinds)
    for way, groups in found.groepen.items():
        names = {one.naam for one in groups}
        if not names:
            continue  # not shown at all: nobody says that the others are empty
        for letter in {kind[int(way)] for kind in kinds} - names:
            yield frozenset(itertools.product([k for k in kinds if k[int(way)] == letter], CELLS)), 0
        for one in groups:
            yield from told(one, [kind for kind in kinds if kind[int(way)] == one.naam])


PRIME = (1 << 61) - 1


class Span:
    """What follows from counts by adding and subtracting: a basis, by elimination modulo a large prime."""

    def __init__(self) -> None:
        self.rows: dict[int, list[int]] = {}

    def reduce(self, vector: list[int]) -> list[int]:
        row = [n % PRIME for n in vector]
        for pivot, known in self.rows.items():
            if row[pivot]:
                factor = row[pivot]
                row = [(a - factor * b) % PRIME for a, b in zip(row, known, strict=True)]
        return row

    def add(self, vector: list[int]) -> None:
        row = self.reduce(vector)
        pivot = next((at for at, n in enumerate(row[:-1]) if n), None)
        if pivot is None:
            return
        inverse = pow(row[pivot], -1, PRIME)
        row = [n * inverse % PRIME for n in row]
        for other, known in self.rows.items():
            if known[pivot]:
                factor = known[pivot]
                self.rows[other] = [(a - factor * b) % PRIME for a, b in zip(known, row, strict=True)]
        self.rows[pivot] = row

    def value(self, vector: list[int]) -> int | None:
        """What a sum must be; None when it does not follow."""
        row = self.reduce([*vector, 0])
        return None if any(row[:-1]) else (-row[-1]) % PRIME


@settings(max_examples=100, deadline=None)
@given(told=atoms, seed=st.integers(0, 10**6))
def test_no_small_group_follows_by_adding_and_subtracting(told: Mapping[str, Mapping[Cell, int]], seed: int) -> None:
    """Of every group by one or both ways of dividing, every transition of it, and hundreds of other sets of people."""
    ways = divided(told)
    found = shown_of(ways)
    places = list(itertools.product([a + b for a in "AB" for b in "XYZ"], CELLS))
    span = Span()
    for members, number in released(found):
        span.add([*(int(place in members) for place in places), number])
    sets: list[set[tuple[str, Cell]]] = []
    for some in itertools.chain.from_iterable(itertools.combinations(CELLS, n) for n in (1, 2, 3)):
        for kinds in ("AX", "AY", "AZ", "BX", "BY", "BZ", "A", "B", "X", "Y", "Z", "XY", "YZ", "XZ"):
            sets.append(
                {
                    (k, c)
                    for k, c in places
                    if c in some
                    and (k == kinds or (len(kinds) == 1 and kinds in k) or (kinds in ("XY", "YZ", "XZ") and k[1] in kinds))
                }
            )
    pick = Random(seed)
    sets += [{place for place in places if pick.random() < 0.5} for _ in range(100)]
    for members in sets:
        follows = span.value([int(place in members) for place in places])
        if follows is not None:
            assert follows == 0 or follows >= K, members
            assert follows == sum(told[k][c] for k, c in members)


few = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=2) | st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 2)), min_size=3, max_size=3
)


@settings(max_examples=30, deadline=None)
@given(told=few)
def test_no_small_group_is_the_only_one_that_fits(told: list[tuple[int, int]]) -> None:
    """Also who knows that no count is below nought, and that a group that is named has somebody in it, finds more than one answer."""
    cells: tuple[Cell, ...] = (("ja", "ja"), ("nee", "nee"))
    groups = {str(at): tally(dict(zip(cells, counts, strict=True)), 0) for at, counts in enumerate(told)}
    groups = {name: one for name, one in groups.items() if one.aantal}
    if not groups:
        return
    found = shown_of({"0": groups})
    shown = {one.naam: one for one in found.groepen.get("0", ())}

    def agrees(one: Group, counts: tuple[int, ...]) -> bool:
        if one.afgeschermd and not one.aantal:
            return sum(counts) > 0
        if sum(counts) != one.aantal:
            return False
        if one.afgeschermd and not one.overgangen:
            return True
        if (SAMEN, SAMEN) in one.overgangen:
            return True
        return all(one.overgangen.get(cell, 0) == n for cell, n in zip(cells, counts, strict=True))

    whole = found.allen.aantal
    if not whole or not shown:  # nothing is shown at all, or nothing by group
        return
    names = list(shown)
    possible: set[tuple[int, ...]] = set()
    for flat in tables(len(names) * 2, whole):
        rows = [flat[2 * at : 2 * at + 2] for at in range(len(names))]
        columns = tuple(sum(row[at] for row in rows) for at in (0, 1))
        if agrees(found.allen, columns) and all(agrees(shown[name], row) for name, row in zip(names, rows, strict=True)):
            possible.add(flat)
    assert (
        tuple(n for name in names for n in (groups[name].overgangen[cells[0]], groups[name].overgangen[cells[1]])) in possible
    )
    for at, name in enumerate(names):
        for some in ((0,), (1,), (0, 1)):
            sums = {sum(flat[2 * at + c] for c in some) for flat in possible}
            assert len(sums) > 1 or sums == {0} or min(sums) >= K, (name, some)


def tables(places: int, whole: int) -> Iterator[tuple[int, ...]]:
    """Every way to divide a number over so many places."""
    for bars in itertools.combinations(range(whole + places - 1), places - 1):
        edges = (-1, *bars, whole + places - 1)
        yield tuple(b - a - 1 for a, b in itertools.pairwise(edges))


def test_amounts_of_a_few_are_not_shown() -> None:
    """Ten have it, one of them gets another amount: the difference would be hers."""
    everybody = tally({("ja", "ja"): 20, ("nee", "nee"): 20})
    everybody.add(("ja", 100), ("ja", 250))
    shown = shielded("klein", "", everybody, {"0": {"A": everybody}}, {}, 10)
    assert (shown.allen.bedrag_was, shown.allen.bedrag_wordt) == (0, 0)
    assert "zonder bedragen" in shown.allen.afgeschermd
    assert shown.allen.overgangen == {("ja", "ja"): 21, ("nee", "nee"): 20}


def test_amounts_are_not_shown_where_they_stay_the_same_for_a_few() -> None:
    """Of 85 who have it 82 get a known sum more: how much that is together, tells of three others."""
    everybody = tally({("nee", "nee"): 40})
    for was, becomes, number in ((200, 250, 82), (300, 300, 3)):
        for _ in range(number):
            everybody.add(("ja", was), ("ja", becomes))
    shown = shielded("klein", "", everybody, {"0": {"A": everybody}}, {}, 10)
    assert (shown.allen.jaar_was, shown.allen.jaar_wordt) == (0, 0)
    assert "zonder bedragen" in shown.allen.afgeschermd
    for _ in range(7):
        everybody.add(("ja", 300), ("ja", 300))
    assert shielded("klein", "", everybody, {"0": {"A": everybody}}, {}, 10).allen.jaar_wordt == 82 * 250 + 10 * 300


def test_what_is_large_enough_is_shown_in_full() -> None:
    groups = {"A": tally({("ja", "ja"): 40, ("ja", "nee"): 12, ("nee", "nee"): 30}), "B": tally({("nee", "nee"): 15})}
    shown = shielded("klein", "", added(groups.values()), {"huishouden": groups}, {}, 10)
    assert all(not one.afgeschermd for one in (shown.allen, *shown.groepen["huishouden"]))
    assert shown.groepen["huishouden"][0].overgangen == {("ja", "ja"): 40, ("ja", "nee"): 12, ("nee", "nee"): 30}


def test_a_small_group_takes_a_second_with_it() -> None:
    groups = {"A": tally({("ja", "ja"): 40}), "B": tally({("ja", "ja"): 4}), "C": tally({("ja", "ja"): 30})}
    shown = shielded("klein", "", added(groups.values()), {"huishouden": groups}, {}, 10)
    told = {one.naam: one for one in shown.groepen["huishouden"]}
    assert told["B"].afgeschermd.startswith("minder dan 10")
    assert told["C"].afgeschermd == told["B"].afgeschermd
    assert (told["B"].aantal, told["C"].aantal) == (0, 0)
    assert told["A"].aantal == 40


def test_fewer_than_ten_people_in_all_show_nothing() -> None:
    found = lost(3, kept=4).shown(10)
    assert found.allen == Group(
        "iedereen", 0, {}, afgeschermd="minder dan 10, of niet getoond om een kleine groep te beschermen"
    )
    assert found.groepen == {}
    assert found.niet_beslist == {}


def test_rare_reasons_are_told_together_or_not_at_all() -> None:
    everybody = tally({("ja", "ja"): 50})
    shown = shielded("klein", "", everybody, {}, {"a": 30, "b": 12, "c": 4, "d": 3}, 10)
    assert shown.niet_beslist == {"a": 30, "andere redenen": 19}
    assert shielded("klein", "", everybody, {}, {"c": 4}, 10).niet_beslist == {}
    assert shielded("klein", "", everybody, {}, {"c": 4}, 0).niet_beslist == {"c": 4}


@given(told=st.lists(numbers(0, 30), min_size=1, max_size=4), k=st.integers(0, 12))
def test_shown_counts_never_contradict_the_whole(told: list[dict[Cell, int]], k: int) -> None:
    groups = {str(at): one for at, one in enumerate(map(tally, told)) if one.aantal}
    everybody = added(groups.values())
    shown = shielded("klein", "", everybody, {"0": groups}, {}, k)
    for one in (shown.allen, *shown.groepen.get("0", ())):
        assert all(n >= max(k, 1) for n in one.overgangen.values())
        assert sum(one.overgangen.values()) in (0, one.aantal)
        assert one.afgeschermd or Fraction(one.bedrag_was).denominator == 1
        assert (one.bedrag_was, one.bedrag_wordt) == (0, 0) or not one.afgeschermd
    assert sum(one.aantal for one in shown.groepen.get("0", ())) <= everybody.aantal
    if k == 0:
        assert not any(one.afgeschermd for one in (shown.allen, *shown.groepen["0"]))
