"""What many decisions together say of the system: six tenants of one building do, four do not, and nothing tells of fewer than five."""

from __future__ import annotations

import csv
import html
import json
import random
import re
import subprocess
import sys
import tracemalloc
from collections import Counter
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from math import comb
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from responsief.ci import patterns_told as told
from responsief.ci.patterns_json import as_data, patterns_schema, to_json
from responsief.ci.patterns_page import to_html, to_markdown
from responsief.ci.patterns_terminal import to_terminal
from responsief.cli import group
from responsief.cli.decide import render
from responsief.desk import Desk
from responsief.finalise import finalise, finalised_json, parse_act
from responsief.intake import read_sender, read_situation
from responsief.patterns.cases import Case, Place, Places, Tally
from responsief.patterns.chance import at_most, one_in
from responsief.patterns.found import look
from responsief.patterns.places import read_places
from responsief.patterns.purpose import Rules
from responsief.patterns.report import Report
from responsief.patterns.scanned import Scanned, _Keys
from responsief.patterns.shown import AtLeast, AtMost, Count, safe
from responsief.patterns.stored import Stored
from responsief.register import Register, shipped
from responsief.scan.parts import all_files
from responsief.scan.progress import hash_of
from responsief.tables.folder import KIND
from responsief.tables.layout import VERSION
from test_first_hour import as_shown

ROOT = Path(__file__).parents[1]
FLAT = ROOT / "examples" / "flat"
BB = "bijzondere-bijstand-rotterdam"
DAY = date(2026, 3, 1)
FORMATS = {
    "text": to_terminal,
    "json": to_json,
    "markdown": to_markdown,
    "html": lambda report: html.unescape(re.sub(r"<[^>]+>", " ", to_html(report).partition("<body>")[2])),
}


@cache
def rules() -> Rules:
    return Rules(Register.open(shipped()), DAY)


@cache
def decided() -> dict[str, str]:
    """What `responsief decide --format json` prints for every life of the flat example, by key."""
    desk = Desk(rules().register)
    return {file.stem: render(desk.decide_all(read_situation(file), [BB], DAY), "json") for file in sorted(FLAT.glob("*.yaml"))}


@pytest.fixture(autouse=True)
def one_register(monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped register is read once, and not by every command."""
    monkeypatch.setattr("responsief.cli.patterns.Register", SimpleNamespace(open=lambda *folders: rules().register))


def kept(folder: Path, keys: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for key in keys:
        (folder / f"{key}.json").write_text(decided()[key], encoding="utf-8")
    return folder


def patterns(*words: object) -> Any:
    result = CliRunner().invoke(group, ["patterns", *map(str, words)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


TENANTS = [f"flat-{n}" for n in range(1, 7)]
OTHERS = [f"kade-{n}" for n in range(1, 5)]


def bare(key: str = "", **other: Any) -> dict[str, Any]:
    """As little of a decision as is read."""
    one = {"regelset": BB, "versie": "2025-05-16", "peildatum": "2026-03-01", "uitkomst": "afgewezen", "afgewezen_op": ["op_tijd"],
           "hardheid": {"clausules": [], "alternatieven": [], "binnen_regels": None}}  # fmt: skip
    return {"sleutel": key, "besluiten": [one | other]}


def read(folder: Path, documents: list[Any], places: dict[str, Place] | None = None) -> Stored:
    file = folder / "besluiten.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
    stored = Stored(Places(places))
    stored.read(file)
    return stored


# --- the flat ----------------------------------------------------------------------------------------------------------


def test_the_ten_lives_are_all_refused_on_the_same_criterion() -> None:
    assert len(decided()) == 10
    for text in decided().values():
        (one,) = json.loads(text)["besluiten"]
        assert (one["uitkomst"], one["afgewezen_op"]) == ("afgewezen", ["op_tijd"])


@pytest.mark.parametrize("keys", [TENANTS, TENANTS + OTHERS], ids=["alone", "among others"])
def test_six_tenants_of_one_building_are_a_signal_about_the_system(tmp_path: Path, keys: list[str]) -> None:
    result = patterns(kept(tmp_path / "besluiten", keys), "--places", FLAT / "plaatsen.csv", "--format", "json", "--on", DAY)
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    (signal,) = report["signalen"]
    assert (signal["regelset"], signal["criterium"], signal["grondslag"]) == (BB, "op_tijd", "art. 3.1 lid 2 en lid 3")
    assert signal["doel"].startswith("Vooraf kan de gemeente nog nagaan wat nodig is")
    (place,) = signal["plekken"]
    assert (place["soort"], place["naam"], place["wijk"], place["afgewezen"], place["besluiten"]) == (
        "gebouw",
        "Zuidflat",
        "Zuid",
        6,
        6,
    )
    assert [clause["grondslag"] for clause in signal["clausules"]] == ["Awb 4:84"]
    look_at = signal["kijk_naar"]
    assert look_at["bewijs"] == "rekening met de datum, en of die is betaald"
    assert "de gemeente kan nog nagaan dat de kosten er zijn" in [one["label"] for one in look_at["vragen"]]
    assert (look_at["wie_wijzigt"], look_at["wat_wijzigt"]) == ("gemeente", "de regel dat u vooraf aanvraagt")
    assert look_at["hulp"]


@pytest.mark.parametrize("keys", [TENANTS[:4], OTHERS, []])
@pytest.mark.parametrize("form", FORMATS)
def test_four_are_not_a_signal_and_nothing_is_told_of_them(tmp_path: Path, keys: list[str], form: str) -> None:
    folder = kept(tmp_path / "besluiten", keys)
    granted = [bare(f"elders-{n}", uitkomst="toegekend", afgewezen_op=[], hardheid=None) for n in range(40)]
    (folder / "elders.jsonl").write_text("".join(json.dumps(one) + "\n" for one in granted), encoding="utf-8")
    result = patterns(folder, "--places", FLAT / "plaatsen.csv", "--format", form)
    assert ("Geen signalen" in result.stdout) == (form != "json")
    assert not any(word in result.stdout for word in ("Zuidflat", "Havenkade", "op_tijd", "U vroeg het geld"))
    assert result.exit_code == (0 if keys else 1), result.stderr  # a table of places of which none fits is told


@pytest.mark.parametrize("form", FORMATS)
def test_the_four_others_stay_out_of_what_is_told_of_the_six(tmp_path: Path, form: str) -> None:
    result = patterns(kept(tmp_path / "besluiten", TENANTS + OTHERS), "--places", FLAT / "plaatsen.csv", "--format", form)
    assert "Zuidflat" in result.stdout
    assert "Havenkade" not in result.stdout
    assert "Noord" not in result.stdout
    report = look_at_flat(TENANTS + OTHERS)
    (signal,) = report.signalen
    assert (signal.afgewezen, signal.besluiten, signal.elders, report.besluiten) == (AtLeast(6), AtLeast(6), None, AtLeast(6))


def look_at_flat(keys: list[str]) -> Report:
    places, _ = read_places(FLAT / "plaatsen.csv")
    stored = Stored(places)
    for key in keys:
        for one, act in [(json.loads(decided()[key]), None)]:
            assert act is None
            stored._document(one, key, Path(key), 1)
    return look(stored.tally(), rules())


@pytest.mark.parametrize("form", FORMATS)
def test_it_is_said_that_it_says_nothing_of_the_people_and_no_key_is_shown(tmp_path: Path, form: str) -> None:
    result = patterns(kept(tmp_path / "zaken", TENANTS + OTHERS), "--places", FLAT / "plaatsen.csv", "--format", form)
    said = " ".join(result.stdout.split())
    assert "Dit zegt niets over deze mensen." in said
    assert "minder dan 5 mensen staan hier niet" in said
    for key in TENANTS + OTHERS:
        assert key not in result.stdout
    assert not re.search("[0-9a-f]{64}", result.stdout)  # nor the hash of a situation


def test_the_same_six_among_many_who_got_it_are_compared_with_elsewhere() -> None:
    tally = cases(Counter({Place("Zuid", "Zuidflat"): 6}), Counter({Place("Noord", f"gebouw {n}"): 20 for n in range(10)}))
    report = look(tally, rules())
    (signal,) = report.signalen
    (place,) = signal.plekken
    assert (place.naam, place.afgewezen, place.besluiten, signal.vaak) == ("Zuidflat", 6, 6, False)
    assert place.een_op is not None
    assert place.een_op >= 100
    assert signal.elders == (0, 200)
    assert "Toeval verklaart dit niet" in to_terminal(report)


# --- what can be expected ----------------------------------------------------------------------------------------------


def cases(refused: Counter[Place], granted: Counter[Place], ruleset: str = BB, criterion: str = "op_tijd") -> Tally:
    found = Tally()
    for place, number in refused.items():
        found.cases[Case(ruleset, "2025-05-16", "afgewezen", (criterion,), (), plek=place)] += number
    for place, number in granted.items():
        found.cases[Case(ruleset, "2025-05-16", "toegekend", plek=place)] += number
    return found


@given(st.integers(1, 40), st.integers(1, 40), st.lists(st.integers(1, 60), min_size=2, max_size=6))
def test_a_large_district_does_not_light_up_where_it_happens_as_often_as_elsewhere(no: int, yes: int, sizes: list[int]) -> None:
    districts = [Place(f"wijk {n}") for n in range(len(sizes))]
    refused = Counter({place: no * size for place, size in zip(districts, sizes, strict=True)})
    granted = Counter({place: yes * size for place, size in zip(districts, sizes, strict=True)})
    assert not any(signal.plekken for signal in look(cases(refused, granted), rules()).signalen)


def test_a_small_difference_between_large_districts_is_no_cluster() -> None:
    """It is no chance, and yet nothing that a district stands out by."""
    refused = Counter({Place("Zuid"): 1_500, Place("Noord"): 1_000})
    report = look(cases(refused, Counter({Place("Zuid"): 8_500, Place("Noord"): 9_000})), rules())
    assert one_in(at_most(1_500, 10_000, 2_500, 20_000), 2) == 1_000_000
    assert [signal.plekken for signal in report.signalen] == [()]


def test_chance_alone_hardly_ever_lights_up_a_place() -> None:
    drawn = random.Random(7)  # a test, no secret
    lit = 0
    for _ in range(200):
        refused, granted = Counter[Place](), Counter[Place]()
        for n in range(30):
            for _ in range(20):
                (refused if drawn.random() < 0.1 else granted)[Place("wijk", f"gebouw {n}")] += 1
        lit += any(signal.plekken for signal in look(cases(refused, granted), rules()).signalen)
    assert lit <= 4  # at most once in a hundred, and some room


@settings(max_examples=300)
@given(st.data())
def test_the_chance_is_never_told_too_small_and_close_to_the_exact_one(data: st.DataObject) -> None:
    everybody = data.draw(st.integers(2, 120))
    refused, here = data.draw(st.integers(1, everybody)), data.draw(st.integers(1, everybody))
    least, most = max(0, here - (everybody - refused)), min(here, refused)
    no = data.draw(st.integers(least, most))
    exact = sum(
        Fraction(comb(refused, n) * comb(everybody - refused, here - n), comb(everybody, here)) for n in range(no, most + 1)
    )
    bound = Fraction(at_most(no, here, refused, everybody))
    assert bound >= exact * (1 - Fraction(1, 10**20))
    if exact < Fraction(1, 100) and no > least:
        assert bound < 2 * exact


def test_the_chance_is_the_same_around_the_place_where_the_series_begins() -> None:
    for everybody in (250, 255, 256, 257, 300):
        exact = Fraction(
            comb(20, 18) * comb(everybody - 20, 2) + comb(20, 19) * comb(everybody - 20, 1) + comb(20, 20), comb(everybody, 20)
        )
        bound = Fraction(at_most(18, 20, 20, everybody))
        assert 1 <= bound / exact < Fraction(1001, 1000)


def test_the_chance_takes_no_longer_for_a_country() -> None:
    assert one_in(at_most(60_000, 500_000, 900_000, 17_900_000), 12_000) == 1_000_000
    assert one_in(at_most(25_200, 500_000, 900_000, 17_900_000), 12_000) == 1


def test_a_building_is_named_and_not_the_district_that_it_lies_in() -> None:
    refused = Counter({Place("Zuid", "Zuidflat"): 12, Place("Zuid", "overig"): 6, Place("Noord", "toren"): 6})
    granted = Counter({Place("Zuid", "overig"): 94, Place("Noord", "toren"): 94})
    (signal,) = look(cases(refused, granted), rules()).signalen
    assert [(one.soort, one.naam) for one in signal.plekken] == [("gebouw", "Zuidflat")]


def test_a_district_is_named_without_the_building_that_stands_out_in_it() -> None:
    refused = Counter({Place("Zuid", "Zuidflat"): 12, Place("Noord", "a"): 6}) + Counter(
        {Place("Zuid", f"huis {n}"): 1 for n in range(40)}
    )
    granted = Counter({Place("Zuid", f"huis {n}"): 1 for n in range(40)}) + Counter({Place("Noord", "a"): 194})
    (signal,) = look(cases(refused, granted), rules()).signalen
    building, district = signal.plekken
    assert (building.naam, district.soort, district.naam, district.zonder) == ("Zuidflat", "wijk", "Zuid", ("Zuidflat",))
    assert (district.afgewezen, district.besluiten) == (40, 80)


# --- nothing of fewer than k -------------------------------------------------------------------------------------------

PLACES = st.builds(Place, st.sampled_from([None, "Zuid", "Noord"]), st.sampled_from([None, "a", "b", "c"]))
CASES = st.builds(
    lambda regelset, refused, gronden, place, choice, reach, used: Case(
        regelset, "", "afgewezen" if refused else "toegekend", tuple(sorted(gronden)) if refused else (),
        tuple(sorted((c, clause) for c in gronden for clause in reach)), choice, tuple(sorted(used)) if choice == "wijkt_af" else (),
        (1, 2), place,
    ),
    st.sampled_from([BB, "iit-rotterdam"]), st.booleans(), st.sets(st.sampled_from(["op_tijd", "leeftijd"]), min_size=1), PLACES,
    st.sampled_from([None, "volgt_regels", "wijkt_af"]), st.sets(st.sampled_from(["awb-4-84", "art-16"])),
    st.sets(st.sampled_from(["awb-4-84", "art-16"])),
)  # fmt: skip
TALLIES = st.builds(Tally, st.dictionaries(CASES, st.integers(1, 12), max_size=14).map(Counter))


def exactly(count: Count | None) -> int | None:
    return count if isinstance(count, int) else None


def derived(report: Report) -> list[int]:
    """Every number of people that is told exactly, and what can be worked out by subtracting them."""
    found: list[int | None] = [exactly(report.besluiten), exactly(report.afgerond), exactly(report.met_plek)]
    for line in report.andere:
        pair = exactly(line.afgewezen), exactly(line.besluiten)
        found += [*pair, pair[1] - pair[0] if None not in pair else None]  # type: ignore[operator]
    per_place: dict[tuple[str, str, str | None, str], set[int]] = {}
    for signal in report.signalen:
        no, many = exactly(signal.afgewezen), exactly(signal.besluiten)
        found += [no, many, many - no if no is not None and many is not None else None]
        for count in (*(c for one in signal.clausules or () for c in (one.voorgesteld, one.gebruikt)), signal.zonder_clausule):
            part = exactly(count)
            found += [part]
        for one in signal.clausules or ():
            part = exactly(one.voorgesteld)
            found += [no - part] if no is not None and part is not None else []
        here = [exactly(place.afgewezen) for place in signal.plekken]
        here_of = [exactly(place.besluiten) for place in signal.plekken]
        assert None not in here
        found += [*here, *here_of, *(b - a for a, b in zip(here, here_of, strict=True) if b is not None)]  # type: ignore[operator]
        if no is not None:
            found.append(no - sum(here))  # type: ignore[arg-type]
        if many is not None and None not in here_of:
            found.append(many - sum(here_of))  # type: ignore[arg-type]
            if no is not None:
                found.append(many - sum(here_of) - (no - sum(here)))  # type: ignore[arg-type]
        if signal.elders is not None:
            found += [exactly(signal.elders[0]), exactly(signal.elders[1])]
            if None not in (exactly(signal.elders[0]), exactly(signal.elders[1])):
                found.append(exactly(signal.elders[1]) - exactly(signal.elders[0]))  # type: ignore[operator]
        for place in signal.plekken:
            if (whole := exactly(place.besluiten)) is not None:
                per_place.setdefault((signal.doel.regelset, place.soort, place.wijk, place.naam), set()).add(whole)
                found += [whole - place.afgewezen]  # type: ignore[operator]
    for rate in (*report.verhoudingen, *report.clausules):
        pair = exactly(rate.teller), exactly(rate.noemer)
        if rate.id != "binnen_de_regels":  # that counts needs
            found += [*pair, pair[1] - pair[0] if None not in pair else None]  # type: ignore[operator]
    for wholes in per_place.values():
        found += [abs(a - b) for a, b in pairwise(sorted(wholes))]
    return [one for one in found if one is not None]


@settings(max_examples=300, deadline=None)
@given(TALLIES, st.integers(5, 9))
def test_nothing_tells_of_fewer_than_k_people_also_not_by_subtracting(tally: Tally, k: int) -> None:
    report = look(tally, rules(), k)
    assert all(safe(number, k) for number in derived(report)), derived(report)
    assert all(one.afgewezen >= k for signal in report.signalen for one in signal.plekken)  # type: ignore[operator]


@settings(max_examples=300)
@given(TALLIES)
def test_what_is_told_is_true(tally: Tally) -> None:
    def holds(count: Count, real: int) -> bool:
        return {int: lambda: count == real, AtLeast: lambda: count.aantal <= real, AtMost: lambda: 0 < real <= count.aantal}[
            type(count)
        ]()  # type: ignore[union-attr]

    report = look(tally, rules())
    sizes = Counter[str]()
    for case, number in tally.cases.items():
        sizes[case.regelset] += number
    assert holds(report.besluiten, sum(size for size in sizes.values() if size >= report.k))
    for one in (*report.signalen, *report.andere):
        mine = {case: n for case, n in tally.cases.items() if case.regelset == one.doel.regelset}
        refused = {case: n for case, n in mine.items() if one.doel.criterium in case.gronden}
        assert holds(one.afgewezen, sum(refused.values()))
        assert holds(one.besluiten, sum(mine.values()))
        for place in getattr(one, "plekken", ()):
            where = Place(place.wijk, place.naam) if place.soort == "gebouw" else place.naam
            assert not place.zonder or place.soort == "wijk"

            def there(case: Case, where: Any = where, place: Any = place) -> bool:
                return (
                    case.plek == where
                    if place.soort == "gebouw"
                    else case.plek.wijk == where and case.plek.gebouw not in place.zonder
                )

            assert holds(place.afgewezen, sum(n for case, n in refused.items() if there(case)))
            assert holds(place.besluiten, sum(n for case, n in mine.items() if there(case)))


@given(TALLIES, st.integers(1, 30), PLACES)
def test_people_who_got_it_elsewhere_never_make_a_criterion_disappear(tally: Tally, number: int, place: Place) -> None:
    def named(report: Report) -> set[tuple[str, str]]:
        return {(one.doel.regelset, one.doel.criterium) for one in (*report.signalen, *report.andere)}

    more = Tally(tally.cases + Counter({Case(BB, "", "toegekend", plek=place): number}))
    assert named(look(tally, rules())) == named(look(more, rules()))


def test_two_buildings_for_two_criteria_do_not_tell_together_of_the_three_who_live_elsewhere() -> None:
    tally = cases(Counter({Place("Zuid", "a"): 6}), Counter({Place("Noord", "c"): 3}))
    tally.add(cases(Counter({Place("West", "b"): 6}), Counter(), criterion="leeftijd"))
    report = look(tally, rules())
    assert [[place.naam for place in signal.plekken] for signal in report.signalen] == [["b"], ["a"]]
    for signal in report.signalen:
        assert (signal.besluiten, signal.elders, signal.afgewezen) == (AtLeast(12), None, AtLeast(5))
    assert report.besluiten == AtLeast(12)


def test_the_two_in_the_building_who_got_it_can_not_be_counted_back_from_elsewhere() -> None:
    report = look(cases(Counter({Place("Zuid", "a"): 8}), Counter({Place("Zuid", "a"): 2, Place("Noord", "b"): 50})), rules())
    (signal,) = report.signalen
    (place,) = signal.plekken
    assert (place.afgewezen, place.besluiten, signal.besluiten, signal.elders) == (8, AtMost(12), 60, None)


def test_a_clause_does_not_tell_how_many_there_were_outside_the_building() -> None:
    found = Tally()
    for place, number in ((Place("Zuid", "a"), 6), (Place("Noord", "b"), 4)):
        found.cases[Case(BB, "", "afgewezen", ("op_tijd",), (("op_tijd", "awb-4-84"),), "volgt_regels", plek=place)] = number
    found.cases[Case(BB, "", "toegekend", keuze="volgt_regels", plek=Place("Noord", "c"))] = 90
    report = look(found, rules())
    (signal,) = report.signalen
    (rate,) = report.clausules
    assert (signal.afgewezen, signal.besluiten, signal.elders) == (AtLeast(6), 100, (AtMost(4), 94))
    assert (rate.teller, rate.noemer) == (0, AtLeast(6))
    assert [one.voorgesteld for one in signal.clausules or ()] == [AtLeast(6)]


def test_fewer_than_five_can_not_be_asked(tmp_path: Path) -> None:
    folder = kept(tmp_path / "besluiten", TENANTS[:1])
    result = patterns(folder, "--least", "4")
    assert result.exit_code == 2
    assert "past «4» niet" in result.stderr
    with pytest.raises(ValueError, match="5"):
        look(Tally(), rules(), 4)


# --- reading what was kept ---------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_decisions_changes_nothing(tmp_path_factory: pytest.TempPathFactory, drawn: random.Random) -> None:
    folder = tmp_path_factory.mktemp("orde")
    places = {f"z{n}": Place("Zuid", "flat" if n < 9 else None) for n in range(20)}
    documents: list[Any] = [
        bare(f"z{n % 23}", uitkomst=("afgewezen", "toegekend")[n % 3 == 0], peildatum=f"2026-03-{1 + n % 9:02}")
        for n in range(40)
    ]
    documents += [finalised(bare(f"z{n}")["besluiten"][0], f"z{n}", "wijkt_af") for n in range(3)]
    report = look(read(folder, documents, places).tally(), rules())
    drawn.shuffle(documents)
    assert look(read(folder, documents, places).tally(), rules()) == report


def finalised(concept: dict[str, Any], key: str, choice: str, clauses: tuple[str, ...] = ("awb-4-84",)) -> dict[str, Any]:
    granted = choice == "wijkt_af"
    taken = {"uitkomst": "toegekend" if granted else concept["uitkomst"], "gronden": [] if granted else concept["afgewezen_op"],
             "clausules": list(clauses) if granted else []}  # fmt: skip
    return {
        "sleutel": key,
        "besluit": taken,
        "concept": concept,
        "handeling": {"besluit": {"keuze": choice}, "datum": "2026-03-09"},
    }


REACH = {
    "clausules": [{"id": "awb-4-84", "criterium": "op_tijd", "status": "in_bereik"},
                  {"id": "art-16", "criterium": "op_tijd", "status": "buiten_bereik"}],
    "alternatieven": [], "binnen_regels": {"geholpen": 1, "van": 2},
}  # fmt: skip


def test_rates_are_measured_with_numerator_and_denominator(tmp_path: Path) -> None:
    concepts = [bare(hardheid=REACH)["besluiten"][0] for _ in range(30)]
    documents = [finalised(one, f"z{n}", "wijkt_af" if n < 10 else "volgt_regels") for n, one in enumerate(concepts)]
    granted = [bare(uitkomst="toegekend", afgewezen_op=[], hardheid=None)["besluiten"][0] for _ in range(20)]
    documents += [finalised(one, f"g{n}", "volgt_regels") for n, one in enumerate(granted)]
    documents += [bare(f"c{n}", hardheid=REACH) for n in range(7)]  # drafts: nobody decided on them
    report = look(read(tmp_path, documents).tally(), rules())
    rates = {one.id: (one.teller, one.noemer) for one in (*report.verhoudingen, *report.clausules)}
    assert rates == {"standaardregel": (20, 50), "maatwerk": (10, 50), "binnen_de_regels": (37, 74), f"{BB}/awb-4-84": (10, 30)}
    (signal,) = report.signalen
    (clause,) = signal.clausules or ()
    assert (signal.afgewezen, signal.besluiten, clause.voorgesteld, clause.gebruikt) == (27, 57, 27, 10)
    assert "opgelost met de standaardregel (toegekend volgens de regels): 20 van de 50 (40%)" in to_terminal(report, 200)


def test_where_data_lacks_a_rate_is_not_said(tmp_path: Path) -> None:
    report = look(read(tmp_path, [bare(f"z{n}") for n in range(9)]).tally(), rules())
    assert {one.id: (one.teller, one.noemer) for one in report.verhoudingen} == dict.fromkeys(
        ("standaardregel", "maatwerk", "binnen_de_regels"), (None, None)
    )
    assert "niet te zeggen (er zijn geen afgeronde besluiten" in " ".join(to_terminal(report).split())


def test_a_draft_and_the_decision_that_was_made_of_it_are_about_one_person(tmp_path: Path) -> None:
    act = "besluit_van:" + (ROOT / "docs/afronden.md").read_text(encoding="utf-8").split("besluit_van:")[1].split("```")[0]
    sender = read_sender(ROOT / "examples/afzender.yaml")
    concept = Desk(rules().register).decide(
        read_situation(ROOT / "examples/kostendelers.yaml"), "iit-rotterdam", date(2026, 3, 2), sender=sender
    )
    whole = finalised_json(finalise(concept, parse_act(act)))
    for documents in ([whole, whole["concept"]], [whole["concept"], whole], [whole]):
        (case,) = read(tmp_path, documents).tally().cases.elements()
        assert (case.regelset, case.uitkomst, case.keuze) == ("iit-rotterdam", "toegekend", "volgt_regels")


def test_one_person_who_was_refused_ten_times_is_one_person(tmp_path: Path) -> None:
    report = look(read(tmp_path, [bare("dezelfde", peildatum=f"2026-03-{n:02}") for n in range(1, 11)]).tally(), rules())
    assert not report.signalen
    assert not report.andere


def test_another_ruleset_that_refuses_the_same_people_is_named(tmp_path: Path) -> None:
    documents = []
    for n in range(12):
        one = bare(f"z{n}")
        one["besluiten"] += bare(
            regelset="iit-rotterdam",
            afgewezen_op=["laag_inkomen"] if n < 7 else [],
            uitkomst="afgewezen" if n < 7 else "toegekend",
        )["besluiten"]
        documents.append(one)
    report = look(read(tmp_path, documents).tally(), rules())
    signal = next(one for one in report.signalen if one.doel.regelset == BB)
    assert [(one.regelset, one.afgewezen) for one in signal.ook or ()] == [("iit-rotterdam", 7)]
    other = next(one for one in report.signalen if one.doel.regelset == "iit-rotterdam")
    assert other.doel.cijfers  # the figures behind the limit, with their value
    assert any(figure.waarde and "€" in figure.waarde for figure in other.doel.cijfers)


DAMAGED: list[tuple[bytes, str]] = [
    (b'{"besluiten": [', "dit is geen JSON, of het breekt af"),
    (b"\xff\xfe\x00", "dit is geen UTF-8"),
    (b"[" * 100_000, "dit is geen"),
    (b"7", "dit is geen besluit"),
    (b"{}", "dit is geen besluit van «responsief decide» of «responsief finalise»"),
    (b'{"wat_als": []}', "dit is een proef"),
    (b'{"besluiten": 1}', "«besluiten» ontbreekt, of is geen lijst"),
    (b'{"besluiten": [1]}', "«besluiten» ontbreekt, of is niet te lezen"),
    (
        b'{"regelset": "iit-rotterdam", "uitkomst": "misschien", "afgewezen_op": []}',
        "de uitkomst van dit besluit is niet te lezen",
    ),
    (
        b'{"regelset": "Jan Jansen, 111222333", "uitkomst": "afgewezen", "afgewezen_op": []}',
        "bij «regelset» staat geen naam uit de regels",
    ),
    (
        b'{"regelset": "iit-rotterdam", "uitkomst": "afgewezen", "afgewezen_op": ["111222333"]}',
        "bij «afgewezen_op» staat geen naam",
    ),
    (b'{"sleutel": [], "besluiten": []}', "«sleutel» is geen tekst of getal"),
    (b'{"concept": {}, "handeling": {}, "besluit": {}}', "bij «regelset» staat geen naam uit de regels"),
]


@pytest.mark.parametrize(("raw", "why"), DAMAGED, ids=range(len(DAMAGED)))
def test_what_is_damaged_is_told_with_its_place_and_takes_nothing_else_along(tmp_path: Path, raw: bytes, why: str) -> None:
    folder = kept(tmp_path / "besluiten", TENANTS)
    lines = [json.dumps(bare(f"z{n}")).encode() for n in range(4)]
    (folder / "meer.jsonl").write_bytes(b"\n".join([*lines[:2], raw, b"", *lines[2:]]))
    (folder / "kapot.json").write_bytes(raw)
    result = patterns(folder, "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    assert (report["besluiten"], report["onleesbaar"]) == (10, 2)
    said = " ".join(result.stderr.split())
    assert f"{folder.as_posix()}/meer.jsonl:3:1" in said
    assert f"{folder.as_posix()}/kapot.json:1:1" in said
    assert why in said
    assert "111222333" not in said + result.stdout


def test_one_damaged_decision_of_somebody_leaves_her_other_ones(tmp_path: Path) -> None:
    one = bare("z1")
    one["besluiten"] = [{"regelset": "iit-rotterdam"}, *one["besluiten"], None]
    stored = read(tmp_path, [one])
    assert stored.tally().cases.total() == 1
    assert len(stored.wrong) == 2


def test_only_damaged_files_is_no_answer(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("kapot", encoding="utf-8")
    result = patterns(tmp_path)
    assert result.exit_code == 2
    assert "dit is geen JSON, of het breekt af" in result.stderr
    assert not result.stdout
    kept(tmp_path, TENANTS)
    result = patterns(tmp_path)
    assert result.exit_code == 1
    assert "Niet te lezen, en dus niet meegeteld: 1." in result.stdout


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "lees.txt").write_text("niets", encoding="utf-8")
    result = patterns(tmp_path)
    assert result.exit_code == 2
    assert "staat niets om naar te kijken" in result.stderr
    assert patterns(tmp_path / "weg").exit_code == 2
    assert patterns().exit_code == 2


def test_a_criterion_that_the_register_does_not_know_is_told_by_its_id_only(tmp_path: Path) -> None:
    report = look(
        read(tmp_path, [bare(f"z{n}", regelset="onze-regels", afgewezen_op=["eigen"]) for n in range(6)]).tally(), rules()
    )
    (signal,) = report.signalen
    assert (signal.doel.bekend, signal.doel.titel) == (False, "eigen")
    assert "geef uw eigen regels mee met --register" in to_terminal(report, 200)


# --- places ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "deze tabel is leeg"),
        ("sleutel,gebouw,bsn\n", "de kolom «bsn» hoort hier niet"),
        ("sleutel,naam\n", "de kolom «naam» hoort hier niet"),
        ("gebouw,wijk\n", "de kolom «sleutel» ontbreekt"),
        ("sleutel\na\n", "er staat geen plek in deze tabel"),
        ("sleutel,wijk,wijk\n", "de kolom «wijk» staat er twee keer"),
        ('sleutel,wijk\na,"b\n', "vanaf hier is dit geen tabel"),
        ("sleutel,wijk\n" + "".join(f"{111222333 + 11 * n},Zuid\n" for n in range(3000)), "lijken burgerservicenummers"),
    ],
)
def test_a_table_of_places_that_is_not_one_is_refused(tmp_path: Path, text: str, why: str) -> None:
    if "burgerservice" in why:
        numbers = [
            n
            for n in range(111222333, 111232333)
            if sum(int(d) * w for d, w in zip(str(n), (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0
        ]
        text = "sleutel,wijk\n" + "".join(f"{n},Zuid\n" for n in numbers[:50])
    file = tmp_path / "plaatsen.csv"
    file.write_text(text, encoding="utf-8")
    result = patterns(kept(tmp_path / "besluiten", TENANTS[:1]), "--places", file)
    assert result.exit_code == 2
    assert why in " ".join(result.stderr.split())
    assert "111222" not in result.stderr


def test_a_row_of_a_table_of_places_that_is_wrong_is_told_and_the_others_count(tmp_path: Path) -> None:
    file = tmp_path / "plaatsen.csv"
    file.write_bytes(
        "\ufeffwijk;gebouw;sleutel\r\nZuid;De Vliet;a\r\n;;\r\nZuid;b\r\nNoord;;\r\nNoord;onbekend;c\r\nWest;;a\r\n".encode()
    )
    places, wrong = read_places(file)
    assert places == Places({"a": Place("Zuid", "De Vliet"), "c": Place("Noord", None)})
    assert [(one.span.line if one.span else 0, one.tekst) for one in wrong] == [
        (4, "deze rij heeft 2 waarden, en de tabel heeft 3 kolommen"),
        (5, "deze rij heeft geen sleutel"),
        (7, "deze sleutel staat er al, met een andere plek"),
    ]


def test_a_table_of_places_of_which_no_key_fits_is_told(tmp_path: Path) -> None:
    file = tmp_path / "plaatsen.csv"
    file.write_text("sleutel,wijk\nander,Zuid\n", encoding="utf-8")
    result = patterns(kept(tmp_path / "besluiten", TENANTS), "--places", file)
    assert "geen enkele sleutel in deze tabel hoort bij een besluit" in result.stderr


# --- what a scan wrote -------------------------------------------------------------------------------------------------

ROWS = [
    (n, "afgewezen" if n <= 6 or n % 40 == 0 else "toegekend", "op_tijd" if n <= 6 or n % 40 == 0 else "")
    for n in range(1, 201)
]


def scan(folder: Path, form: str) -> Path:
    folder.mkdir()
    halves = ROWS[:100], ROWS[100:]
    (folder / "voortgang.json").write_text("{}", encoding="utf-8")
    (folder / "niet-gebruik.csv").write_text("sleutel\n1\n", encoding="utf-8")
    (folder / "verslag.json").write_text("kapot", encoding="utf-8")
    inside = folder / "besluiten" / BB
    inside.mkdir(parents=True)
    for number, rows in enumerate(halves):
        file = inside / f"deel-{number}.{form}"
        if form == "csv":
            with file.open("w", newline="", encoding="utf-8") as stream:
                csv.writer(stream).writerows([("sleutel", "uitkomst", "gronden"), *rows])
        else:
            arrow = pytest.importorskip("pyarrow", reason="needs the extra «population»")
            from pyarrow import parquet

            columns = dict(zip(("sleutel", "uitkomst", "gronden"), map(list, zip(*rows, strict=True)), strict=True))
            parquet.write_table(arrow.table({**columns, "bedrag": [0] * len(rows)}), file)
    return folder


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_what_a_scan_wrote_says_the_same(tmp_path: Path, form: str) -> None:
    folder = scan(tmp_path / "uit", form)
    file = folder / "plaatsen.csv"
    file.write_text(
        "sleutel,gebouw,wijk\n" + "".join(f"{n},{'Zuidflat' if n <= 6 else f'gebouw {n % 9}'},Zuid\n" for n, *_ in ROWS),
        encoding="utf-8",
    )
    result = patterns(folder, "--places", file, "--format", "json")
    assert result.exit_code == 1
    assert not result.stderr
    report = json.loads(result.stdout)
    assert (report["besluiten"], report["onleesbaar"]) == (200, 0)
    (signal,) = report["signalen"]
    assert [(one["naam"], one["afgewezen"], one["een_op"] >= 100) for one in signal["plekken"]] == [("Zuidflat", 6, True)]
    assert (signal["afgewezen"], signal["besluiten"], signal["elders"]) == (11, 200, {"afgewezen": 5, "besluiten": 194})
    assert signal["kijk_naar"]["ook_afgewezen_door"] is None
    assert signal["clausules"] is None
    assert "niet te zeggen: welke clausules reiken" in patterns(folder, "--places", file).stdout


def test_somebodys_own_key_finds_the_place_and_who_was_not_decided_counts_nowhere(tmp_path: Path) -> None:
    file = tmp_path / f"{BB}.csv"
    file.write_bytes(
        "\ufeffeigen_sleutel;sleutel;uitkomst;bedrag;gronden\r\nK7;1;afgewezen;;op_tijd\r\nK8;2;niet_beslist;;\r\n".encode()
    )
    scanned = Scanned(Places({"K7": Place("Zuid"), "1": Place("Noord")}), [BB])
    scanned.read(file)
    assert not scanned.wrong
    assert dict(scanned.cases) == {Case(BB, "", "afgewezen", ("op_tijd",), plek=Place("Zuid")): 1}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """Tables of the 200 of `scan`: the first six and four others live in one district, the others in four."""
    arrow = pytest.importorskip("pyarrow", reason="needs the extra «population»")
    from pyarrow import parquet

    folder = tmp_path / "mensen" / "personen"
    folder.mkdir(parents=True)
    for number, keys in enumerate((range(1, 101), range(101, 201))):
        wijk = ["WK001405" if key <= 10 else f"WK00140{key % 4}" for key in keys]
        columns = {"sleutel": list(keys), "wonen.huur": [0] * 100, "wijk": wijk}
        parquet.write_table(arrow.table(columns), folder / f"{number:05d}.parquet")
    return folder.parent


def test_the_tables_that_were_scanned_say_in_which_district_people_live(tmp_path: Path, people: Path) -> None:
    result = patterns(scan(tmp_path / "uit", "parquet"), "--places", people, "--format", "json")
    assert not result.stderr
    (signal,) = json.loads(result.stdout)["signalen"]
    assert [(one["soort"], one["naam"], one["afgewezen"]) for one in signal["plekken"]] == [("wijk", "WK001405", 6)]
    beside = patterns(people.parent, "--places", people).stderr  # the tables themselves are no decisions
    assert "uit/niet-gebruik.csv" in beside
    assert people.name not in beside


def test_of_tables_of_somebodys_own_file_the_own_key_finds_the_district(people: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="needs the extra «population»")
    from pyarrow import parquet

    own = arrow.table({"sleutel": [1, 2, 150], "eigen_sleutel": ["K7", "K8", "K9"], "rij": [1, 2, 3]})
    parquet.write_table(own, people / "eigen_sleutels.parquet")
    places, wrong = read_places(people)
    assert not wrong
    assert places.theirs == {"K7": Place("WK001405"), "K8": Place("WK001405"), "K9": Place("WK001402")}


def with_own_keys(folder: Path, own: dict[int, str]) -> Path:
    """Tables as `scan --make-tables` leaves them: each key of theirs, and somebody's own."""
    arrow = pytest.importorskip("pyarrow", reason="needs the extra «population»")
    from pyarrow import parquet

    columns = {"sleutel": list(own), "eigen_sleutel": list(own.values()), "rij": list(own)}
    parquet.write_table(arrow.table(columns), folder / "eigen_sleutels.parquet")
    return folder


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_own_keys_that_are_numbers_are_never_taken_for_those_of_the_tables(people: Path, tmp_path: Path, form: str) -> None:
    """Own keys count down where those of the tables count up: each number is the key of two people."""
    pl = pytest.importorskip("polars", reason="needs the extra «population»")
    districts = {key: "WK001405" if key <= 10 else f"WK00140{key % 4}" for key in range(1, 201)}
    places, wrong = read_places(with_own_keys(people, {key: str(201 - key) for key in districts}))
    assert not wrong
    keys = [3, 150, 200]
    decided = {"sleutel": keys, "uitkomst": ["toegekend"] * 3, "gronden": [""] * 3}
    for more in ({}, {"eigen_sleutel": [str(201 - key) for key in keys]}):
        file = tmp_path / f"{BB}.{form}"
        frame = pl.DataFrame({**more, **decided})
        frame.write_csv(file, separator=";") if form == "csv" else frame.write_parquet(file)
        scanned = Scanned(places, [BB])
        scanned.read(file)
        assert Counter(case.plek.wijk for case in scanned.cases.elements()) == Counter(districts[key] for key in keys)


def test_an_own_key_finds_nobody_in_tables_that_hold_none(people: Path) -> None:
    places, _ = read_places(people)
    columns = {"sleutel": [1], "eigen_sleutel": ["1"], "uitkomst": ["toegekend"], "gronden": [""]}
    assert [place for *_, place in Scanned(places, [BB])._rows(1, columns, {})] == [Place()]
    assert places.of_decision("1") == Place("WK001405")
    assert places.of_decision("01") == places.of_decision("1²") == places.of_decision("K1") == Place()
    own, _ = read_places(with_own_keys(people, {1: "200", 2: ""}))
    assert (own.of_decision("200"), own.of_decision("1"), own.of_decision("")) == (Place("WK001405"), Place(), Place())


def of_population(folder: Path, population: Path) -> Path:
    """What a scan says that it decided."""
    told = {"vingerafdruk": {"de bevolking": hash_of(all_files(population), population)}}
    (folder / "voortgang.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


@pytest.mark.parametrize("part", ["", "besluiten", f"besluiten/{BB}/deel-0.parquet"])
def test_tables_of_another_population_say_nothing_of_where_people_live(tmp_path: Path, people: Path, part: str) -> None:
    out = of_population(scan(tmp_path / "uit", "parquet"), people)
    assert patterns(out / part, "--places", people).exit_code == 1
    (people / "personen" / "00000.parquet").rename(people / "personen" / "00002.parquet")
    result = patterns(out / part, "--places", people)
    assert result.exit_code == 2
    said = " ".join(result.stderr.split())
    assert "is een scan van een andere bevolking" in said
    assert "noem bij --places de map die is gescand, of scan deze map" in said
    (tmp_path / "anders").symlink_to(out / "besluiten")
    assert patterns(tmp_path / "anders", "--places", people).exit_code == 2
    listed = tmp_path / "plaatsen.csv"
    listed.write_text("sleutel,wijk\n1,Zuid\n", encoding="utf-8")
    assert patterns(out, "--places", listed).exit_code == 0  # a list of one's own is not what was scanned


def test_a_scan_may_lie_in_the_folder_of_tables_that_it_decided(tmp_path: Path, people: Path) -> None:
    fingerprint = hash_of(all_files(people), people)
    out = scan(people / "uit", "parquet")
    (out / "voortgang.json").write_text(json.dumps({"vingerafdruk": {"de bevolking": fingerprint}}), encoding="utf-8")
    later = scan(people / "later", "csv")
    (later / "niet-gebruik.csv").rename(later / "niet-gebruik.parquet")
    (people / "patronen.json").write_text("{}", encoding="utf-8")  # came later too
    result = patterns(out, "--places", people, "--format", "json")
    assert not result.stderr
    (signal,) = json.loads(result.stdout)["signalen"]
    assert [(one["soort"], one["naam"], one["afgewezen"]) for one in signal["plekken"]] == [("wijk", "WK001405", 6)]


def test_decisions_that_are_named_are_read_also_where_they_lie_as_a_table_would(tmp_path: Path, people: Path) -> None:
    inside = scan(tmp_path / "uit", "parquet") / "besluiten" / BB
    inside.rename(people / BB)
    result = patterns(people / BB, "--places", people, "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)["met_plek"], result.stderr) == (1, 200, "")


def test_half_a_folder_of_tables_is_no_answer_to_where_people_live(tmp_path: Path, people: Path) -> None:
    contents = people / "tabellen.json"
    contents.write_text(json.dumps({"soort": KIND, "formaat": VERSION, "aantal": 200}), encoding="utf-8")
    out = scan(tmp_path / "uit", "csv")
    assert patterns(out, "--places", people).exit_code == 1
    (people / "personen" / "00001.parquet").unlink()
    result = patterns(out, "--places", people)
    assert result.exit_code == 2
    assert "volgens «tabellen.json» horen in deze map 200 personen te staan, en het zijn er 100" in " ".join(
        result.stderr.split()
    )
    contents.write_text("kapot", encoding="utf-8")
    assert "is geen inhoudsopgave die deze versie leest" in patterns(out, "--places", people).stderr


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        (200, "Plekken: van elk besluit is een plek bekend."),
        (198, "Plekken: zonder bekende plek zijn minder dan 5 van de 200 besluiten."),
        (60, "Plekken: zonder bekende plek zijn 140 van de 200 (70%) besluiten."),
        (2, "Plekken: zonder bekende plek zijn ten minste 196 van de 200 besluiten."),
        (None, None),
    ],
)
def test_it_is_said_of_how_many_decisions_no_place_is_known(tmp_path: Path, listed: int | None, said: str | None) -> None:
    out = scan(tmp_path / "uit", "csv")
    file = tmp_path / "plaatsen.csv"
    file.write_text("sleutel,wijk\n" + "".join(f"{n},Zuid\n" for n in range(1, (listed or 0) + 1)), encoding="utf-8")
    text = patterns(out, *(["--places", file] if listed else [])).stdout
    assert [line for line in text.splitlines() if line.startswith("Plekken")] == ([said] if said else [])


def test_no_few_people_are_told_of_who_live_outside_the_places_that_are_named() -> None:
    """Of 100 a place is known, and 97 of them live in the building that is named."""
    granted = Counter({Place("Zuid", "flat"): 37, Place("Noord", "a"): 3, Place(): 300})
    report = look(cases(Counter({Place("Zuid", "flat"): 60}), granted), rules(), placed=True)
    (signal,) = report.signalen
    assert [one.besluiten for one in signal.plekken] == [97]
    assert (report.besluiten, report.met_plek, report.zonder_plek) == (400, AtLeast(97), AtLeast(297))
    granted[Place("Noord", "a")] = 5
    report = look(cases(Counter({Place("Zuid", "flat"): 60}), granted), rules(), placed=True)
    assert (report.besluiten, report.met_plek, report.zonder_plek) == (402, 102, 300)


def test_one_person_without_a_place_in_every_ruleset_is_not_told_of() -> None:
    tally = Tally()
    for ident in (BB, "iit-rotterdam", "schuldhulp", "studietoeslag", "participatiewet", "iit-amsterdam"):
        tally.cases[Case(ident, "", "toegekend", plek=Place("Zuid"))] = 200
        tally.cases[Case(ident, "", "toegekend")] = 1
    report = look(tally, rules(), placed=True)
    assert report.besluiten == 6 * 201
    assert not isinstance(report.zonder_plek, int)
    assert not isinstance(report.met_plek, int)


def test_where_nothing_was_counted_the_list_of_places_is_not_blamed(tmp_path: Path) -> None:
    file = tmp_path / f"{BB}.csv"
    file.write_text("sleutel,uitkomst,gronden\n" + "".join(f"{n},niet_beslist,\n" for n in range(20)), encoding="utf-8")
    places = tmp_path / "plaatsen.csv"
    places.write_text("sleutel,wijk\n" + "".join(f"{n},Zuid\n" for n in range(20)), encoding="utf-8")
    result = patterns(file, "--places", places)
    assert (result.exit_code, result.stderr) == (0, "")


def test_odd_keys_are_told_and_found_alike_in_csv_and_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="needs the extra «population»")
    from pyarrow import parquet

    file = tmp_path / f"{BB}.csv"
    file.write_text(f"sleutel,uitkomst,gronden\n-1,toegekend,\n{'9' * 5000},toegekend,\n", encoding="utf-8")
    scanned = Scanned(Places(ours={-1: Place("Zuid")}), [BB])
    scanned.read(file)
    assert (scanned.cases[Case(BB, "", "toegekend", plek=Place("Zuid"))], scanned.rows) == (1, 2)
    table = tmp_path / f"{BB}.parquet"
    columns = {"sleutel": [[1], [2]], "uitkomst": ["toegekend"] * 2, "gronden": ["", ""]}
    parquet.write_table(arrow.table(columns), table)
    scanned = Scanned(Places(), [BB])
    scanned.read(table)
    assert [one.tekst for one in scanned.wrong] == [
        "de sleutel is geen heel getal en geen tekst: dit is de eerste van 2 zulke rijen"
    ]


@pytest.mark.parametrize(
    ("columns", "why", "advice"),
    [
        (None, "in deze map ontbreekt de tabel «personen»", "responsief generate"),
        ({"sleutel": [1]}, "in deze tabel ontbreekt de kolom «wijk»", "zet bij elke persoon een wijk"),
        ({"wijk": ["Zuid"]}, "in deze tabel ontbreekt de kolom «sleutel»", "responsief generate"),
        ("kapot", "deze tabel is niet te lezen als Parquet", "maak haar opnieuw"),
    ],
)
def test_a_folder_in_which_no_district_stands_is_told(tmp_path: Path, columns: Any, why: str, advice: str) -> None:
    arrow = pytest.importorskip("pyarrow", reason="needs the extra «population»")
    from pyarrow import parquet

    folder = tmp_path / "mensen"
    folder.mkdir()
    if isinstance(columns, dict):
        parquet.write_table(arrow.table(columns), folder / "personen.parquet")
    elif columns:
        (folder / "personen.parquet").write_text(columns, encoding="utf-8")
    result = patterns(scan(tmp_path / "uit", "csv"), "--places", folder)
    assert result.exit_code == 2
    assert why in result.stderr
    assert advice in " ".join(result.stderr.split())


def test_what_generate_draws_can_be_scanned_and_looked_at_per_district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three commands of the page, for fewer people."""
    pytest.importorskip("polars", reason="needs the extra «population»")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/patronen.md").read_text(encoding="utf-8")
    commands = re.findall(r"^\$ (responsief .*bevolking.*)$", page, re.MULTILINE)
    assert [one.split()[1] for one in commands] == ["generate", "scan", "patterns"]
    for command in commands:
        words = command.replace("200000", "300").split()[1:]
        more = [] if words[0] == "generate" else ["--on", DAY.isoformat()]
        more += ["--ruleset", "participatiewet"] if words[0] == "scan" else []
        result = CliRunner().invoke(group, [*words, *more])
        assert result.exit_code == (1 if words[0] == "patterns" else 0), result.output
        assert not (words[0] == "patterns" and result.stderr)


def test_where_a_scan_could_not_say_which_clauses_reach_none_are_counted_as_absent(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars", reason="needs the extra «population»")
    rows = {"sleutel": [1, 2, 3], "uitkomst": ["afgewezen", "afgewezen", "toegekend"], "gronden": ["op_tijd", "op_tijd", ""]}
    file = tmp_path / f"{BB}.parquet"
    pl.DataFrame({**rows, "clausules": [None, "", None]}).write_parquet(file)
    scanned = Scanned(Places(), [BB])
    scanned.read(file)
    assert scanned.cases == {
        Case(BB, "", "afgewezen", ("op_tijd",), None): 1,
        Case(BB, "", "afgewezen", ("op_tijd",), ()): 1,
        Case(BB, "", "toegekend", (), ()): 1,
    }


def test_rows_of_a_scan_that_are_wrong_are_told_and_the_others_count(tmp_path: Path) -> None:
    file = tmp_path / f"{BB}.csv"
    file.write_text(
        "sleutel,uitkomst,gronden,clausules\n1,afgewezen,op_tijd,awb-4-84\n1,afgewezen,op_tijd,\n,toegekend,,\n3,misschien,,\n4,afgewezen,,\n"
        "5,toegekend\n10,afgewezen,op_tijd leeftijd,\n9,toegekend,,\n11,toegekend,,\n",  # in any order
        encoding="utf-8",
    )
    scanned = Scanned(Places(), [BB])
    scanned.read(file)
    assert scanned.cases.total() == 5
    assert [(one.span.line if one.span else 0, one.tekst) for one in sorted(scanned.wrong, key=lambda one: one.place())] == [
        (3, "deze sleutel kwam al voor"),
        (4, "deze rij heeft geen sleutel"),
        (5, "de uitkomst is niet te lezen"),
        (7, "deze rij heeft 2 waarden, en de tabel 4 kolommen"),
    ]
    assert (BB, ("leeftijd", "op_tijd")) in {(case.regelset, case.gronden) for case in scanned.cases}


@pytest.mark.parametrize("kind", [int, str])
@given(rows=st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 3000), max_size=60), data=st.data())
def test_each_key_counts_once_in_whatever_order_the_rows_come(kind: type, rows: list[int], data: st.DataObject) -> None:
    scanned = Scanned(Places(), [BB])
    for part in (rows, data.draw(st.permutations(rows))):
        keys = [kind(key) if kind is int else f"K{key}" for key in part]
        columns = {"sleutel": keys, "uitkomst": ["toegekend"] * len(keys), "gronden": [""] * len(keys)}
        scanned._count(Path("x.csv"), BB, [(2, columns)], scanned.wrong, {})
    assert scanned.cases.total() == scanned.rows == len(set(rows))
    assert scanned.set_aside + len(scanned.wrong) == 2 * len(rows) - len(set(rows))


def test_the_tables_of_a_ruleset_come_together_and_then_their_keys_are_forgotten(tmp_path: Path) -> None:
    files = []
    for name in (f"a/{BB}.csv", "a/iit-rotterdam.csv", f"b/{BB}.csv", "b/wat.csv"):
        files.append(tmp_path / name)
        files[-1].parent.mkdir(exist_ok=True)
        files[-1].write_text("sleutel,uitkomst,gronden\n1,toegekend,\n", encoding="utf-8")
    scanned = Scanned(Places(), [BB, "iit-rotterdam"])
    ordered = scanned.in_order(files)
    assert [one.relative_to(tmp_path).as_posix() for one in ordered] == [
        "b/wat.csv",
        f"a/{BB}.csv",
        f"b/{BB}.csv",
        "a/iit-rotterdam.csv",
    ]
    for one in ordered:
        scanned.read(one)
    assert (scanned.rows, len(scanned.wrong)) == (2, 2)
    with pytest.raises(ValueError, match="come together"):
        scanned.read(files[0])


@pytest.mark.parametrize(("step", "most"), [(1, 3), (1000, 140)], ids=["one after another", "far apart"])
def test_a_key_that_came_takes_little_memory(step: int, most: int) -> None:
    many = 100_000
    tracemalloc.start()
    try:
        keys = _Keys()
        for key in range(1, many * step, step):
            keys.fresh(key)
        assert tracemalloc.get_traced_memory()[0] < most * many
    finally:
        tracemalloc.stop()


def test_the_same_people_twice_are_told_on_one_line_per_table(tmp_path: Path) -> None:
    one, other = scan(tmp_path / "uit-a", "csv"), scan(tmp_path / "uit-b", "csv")
    result = patterns(one, other, "--format", "json")
    assert result.exit_code == 1
    lines = [line for line in result.stderr.splitlines() if "deze sleutel kwam al voor" in line]
    assert len(lines) == 2
    assert all("dit is de eerste van 100 zulke rijen" in line for line in lines)
    report = json.loads(result.stdout)
    assert (report["besluiten"], report["onleesbaar"]) == (200, 200)


def test_what_is_no_table_of_decisions_is_told_as_that(tmp_path: Path, people: Path) -> None:
    """Naming it after a ruleset would not help."""
    own = tmp_path / "eigen.csv"
    own.write_text("klant;huur\nK1;500\n", encoding="utf-8")
    out = scan(tmp_path / "uit", "csv")
    for named in (people, own, out / "niet-gebruik.csv"):
        result = patterns(named)
        assert result.exit_code == 2
        assert not result.stdout
        said = " ".join(result.stderr.split())
        assert "dit is geen tabel met besluiten" in said
        assert "noem de map die «responsief scan … --out» schreef" in said
        assert "naar de regelset" not in said
    beside = patterns(own, out)
    assert beside.exit_code == 1
    assert "dit is geen tabel met besluiten" in beside.stderr
    wat = tmp_path / "wat.csv"
    wat.write_text("sleutel,uitkomst,gronden\n1,toegekend,\n", encoding="utf-8")
    assert "naar de regelset" in patterns(wat).stderr


@pytest.mark.parametrize("name", [f"{BB}.csv", f"{BB}.parquet", "wat.csv"])
def test_a_table_that_can_not_be_read_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xff\x00niets")
    result = patterns(tmp_path)
    assert result.exit_code == 2
    assert f"{name}:1:1" in result.stderr


# --- docs/patronen.md ---------------------------------------------------------------------------------------------------


def test_the_page_goes_as_it_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the page, in its order; its loop is gone through with what `decide` prints."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    done = []
    for block in re.findall(r"```console\n(.*?)```", (ROOT / "docs/patronen.md").read_text(encoding="utf-8"), re.DOTALL):
        first, _, shown = block.partition("\n")
        command = first.removeprefix("$ ")
        done.append(command.split()[0])
        if loop := re.fullmatch(
            r"for zaak in (.*); do (responsief decide .* --format json) > besluiten/\$zaak.json; done", command
        ):
            keys = loop[1].split()
            assert keys == TENANTS + OTHERS
            kept(tmp_path / "besluiten", keys)
            monkeypatch.setattr("responsief.cli.decide.open_desk", lambda registers: Desk(rules().register))
            words = loop[2].replace("$zaak", keys[0]).split()
            real = CliRunner().invoke(group, [*words[1:], "--date", DAY.isoformat()])
            assert real.stdout == decided()[keys[0]] + "\n"
        elif command.startswith("cat "):
            assert as_shown(shown, Path(command.split()[1]).read_text(encoding="utf-8"))
        else:
            output = CliRunner().invoke(group, command.split()[1:]).output
            assert as_shown(shown, output), output
    assert done == ["for", "cat", "responsief", "responsief", "responsief"]
    assert (tmp_path / "patronen.html").read_text(encoding="utf-8").count("Zuidflat") >= 1


# --- every format ------------------------------------------------------------------------------------------------------


def test_the_schema_takes_what_is_written_and_is_closed() -> None:
    validator = Draft202012Validator(patterns_schema())
    Draft202012Validator.check_schema(patterns_schema())
    data = as_data(look_at_flat(TENANTS + OTHERS))
    validator.validate(data)
    assert list(validator.iter_errors({**data, "sleutel": "flat-1"}))
    result = CliRunner().invoke(group, ["schema", "patronen"])
    assert json.loads(result.stdout) == patterns_schema()


@settings(max_examples=15, deadline=None)
@given(TALLIES)
def test_every_report_fits_the_schema_and_every_format_says_each_signal(tally: Tally) -> None:
    report = look(tally, rules())
    Draft202012Validator(patterns_schema()).validate(as_data(report))
    for make in FORMATS.values():
        text = " ".join(make(report).replace("\N{NO-BREAK SPACE}", " ").replace("\\_", "_").split())
        for signal in report.signalen:
            assert signal.doel.titel in text
    assert json.loads(to_json(report)) == as_data(report)


def test_a_report_is_written_whole_to_a_file(tmp_path: Path) -> None:
    folder = kept(tmp_path / "besluiten", TENANTS)
    out = tmp_path / "patronen.html"
    assert patterns(folder, "--format", "html", "--out", out).exit_code == 1
    text = out.read_text(encoding="utf-8")
    assert text.rstrip().endswith("</html>")
    assert "http" not in re.sub(r'xmlns="[^"]*"', "", text)
    assert patterns(folder, "--out", tmp_path / "weg" / "x.txt").exit_code == 2


@pytest.mark.parametrize(
    ("some", "whole", "said"),
    [(1, 1000, "minder dan 1%"), (999, 1000, "meer dan 99%"), (0, 9, "0%"), (6, 10, "60%"), (9, 9, "100%")],
)
def test_a_share_is_never_rounded_to_nothing_or_everything(some: int, whole: int, said: str) -> None:
    assert told.percent(some, whole) == said


# --- many --------------------------------------------------------------------------------------------------------------


READS = """
import resource, sys
from pathlib import Path
from responsief.patterns.cases import Places
from responsief.patterns.stored import Stored
stored = Stored(Places())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
stored.read(Path(sys.argv[1]))
found = stored.tally()
print(found.cases.total(), len(stored.wrong), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


@pytest.mark.heavy
@pytest.mark.skipif(sys.platform != "linux", reason="memory is told in other units elsewhere")
def test_a_hundred_thousand_decisions_are_read_in_little_memory(tmp_path: Path) -> None:
    refused, granted = bare(motivering={"brief": "x" * 3_000}), bare(uitkomst="toegekend", afgewezen_op=[], hardheid=None)
    texts = [json.dumps(one).partition('""')[2] for one in (refused, granted)]
    with (tmp_path / "veel.jsonl").open("w", encoding="utf-8") as stream:
        stream.writelines(f'{{"sleutel": "z{n}"{texts[n % 9 != 0]}\n' for n in range(100_000))
    done = subprocess.run([sys.executable, "-c", READS, tmp_path / "veel.jsonl"], capture_output=True, text=True, check=True)
    read, wrong, more = map(int, done.stdout.split())
    assert (read, wrong) == (100_000, 0)
    assert more < 60_000, more  # kilobytes: some 300 bytes a person, whatever is in her letter
