"""A synthetic population: the same for a seed whatever its size, as its sources say, and everybody in it can be decided."""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from responsief.desk import Desk
from responsief.ir.program import LinkError
from responsief.population import marginals as known
from responsief.population.municipalities import ELSEWHERE, GEMEENTEN, WIJKEN, districts
from responsief.register import Register
from responsief.tables.folder import read_contents, read_tables
from responsief.tables.from_frames import situations_of
from responsief.tables.layout import DISTRICT, KEY, PERSONS, Layout, layout

pl = pytest.importorskip("polars", reason="needs the extra «population»")
np = pytest.importorskip("numpy", reason="needs the extra «population»")

from responsief.cli import group  # noqa: E402  # what follows needs the extra
from responsief.generate import population as made  # noqa: E402
from responsief.generate.chance import Chance  # noqa: E402
from responsief.generate.own import Asked, asked_of  # noqa: E402
from responsief.generate.population import Order, part_of, parts_of  # noqa: E402

ON = date(2026, 5, 1)
MANY = 200_000
DAYS = (ON, date(2026, 9, 1))


@cache
def register() -> Register:
    return Register.open()


@cache
def known_layout() -> Layout:
    return layout(register())


@cache
def asked() -> Asked:
    return asked_of(register())


@cache
def many() -> dict[str, Any]:
    return part_of(Order(MANY, 7, ON), asked(), 0, MANY)


def order(count: int, **more: Any) -> Order:
    return Order(count, more.pop("seed", 7), more.pop("on", ON), **more)


def share(series: Any, value: Any) -> float:
    return float((series == value).mean())


# --- the same for a seed -----------------------------------------------------------------------------------------------


@given(st.integers(0, 2**64 - 1), st.integers(0, 10**12), st.integers(1, 2**31))
@settings(max_examples=60)
def test_a_draw_is_the_high_word_of_an_exact_product(seed: int, number: int, end: int) -> None:
    drawn = Chance.of(seed, number, 2)
    words = [int(word) for word in drawn.words("x")]
    assert [int(one) for one in drawn.below("x", end)] == [(word * end) >> 64 for word in words]


def test_the_words_of_a_draw_are_those_of_splitmix64() -> None:
    word = (1 << 64) - 1

    def mixed(x: int) -> int:
        x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & word
        x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & word
        return x ^ (x >> 31)

    step, salt = 0x9E3779B97F4A7C15, int.from_bytes(hashlib.blake2b(b"naam", digest_size=8).digest(), "little")
    begin = mixed((7 + step) & word)
    expected = [mixed((mixed((((number + 1) * step) & word) ^ begin) + salt) & word) for number in (40, 41)]
    assert [int(one) for one in Chance.of(7, 40, 2).words("naam")] == expected


def test_a_seed_gives_the_same_bytes_everywhere() -> None:
    told = hashlib.sha256()
    tables = part_of(order(300, unknown=10), None, 0, 300)  # no own facts: a ruleset may get one more
    districts = tables[PERSONS].select(KEY, DISTRICT)
    for name, frame in tables.items():
        told.update(name.encode() + frame.drop(DISTRICT, strict=False).write_csv().encode())
    assert told.hexdigest() == BYTES
    assert hashlib.sha256(districts.write_csv().encode()).hexdigest() == DISTRICTS


#: changes only when the population is drawn otherwise on purpose
BYTES = "6e789c950e14bb1a016867a4e78bec9913190c3e34f595a38f1fd4099d3c0b0f"
DISTRICTS = "67fe7586e19bfa2b671c7560e1d942d0e21060c2ff56c761a06fcb9889c7f666"


@pytest.mark.parametrize(("part", "seed"), [(1, 0), (7, 1), (19, 2), (20, 3), (21, 4)])
def test_the_size_of_a_part_changes_nothing(part: int, seed: int) -> None:
    whole = part_of(order(20, seed=seed, unknown=15), asked(), 0, 20)
    parts = list(parts_of(order(20, seed=seed, unknown=15), asked(), part))
    assert [frames[PERSONS].height for frames in parts] == [min(part, 20 - at) for at in range(0, 20, part)]
    for name, frame in whole.items():
        assert pl.concat([frames[name] for frames in parts]).equals(frame), name


def test_a_larger_population_begins_with_the_smaller() -> None:
    small = part_of(order(50), asked(), 0, 50)
    for name, frame in part_of(order(500), asked(), 0, 500).items():
        assert frame.filter(pl.col(KEY) <= 50).equals(small[name]), name


def test_nobody_is_a_population_too() -> None:
    (frames,) = parts_of(order(0), asked())
    assert {name: frame.height for name, frame in frames.items()} == dict.fromkeys(frames, 0)
    assert frames[PERSONS].columns == many()[PERSONS].columns


def test_another_seed_gives_other_people() -> None:
    one, other = (part_of(order(200, seed=seed), asked(), 0, 200)[PERSONS] for seed in (1, 2))
    assert share(one["persoon.geboortedatum"], other["persoon.geboortedatum"]) < 0.05


# --- everybody can be decided ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", [0, 20, 100])
def test_every_row_is_a_situation_that_every_shipped_ruleset_can_decide(unknown: int) -> None:
    desk, decided = Desk(register()), Counter[str]()
    for place in (None, "0363", "0599", "0361", "9999"):
        for day in DAYS:
            ids = [ident for ident in register().ids() if decidable(ident, day, place)]
            frames = part_of(order(40, on=day, gemeente=place, unknown=unknown), asked(), 0, 40)
            found = dict(situations_of(frames, known_layout()))
            assert list(found) == list(range(1, 41))
            for ident in ids:
                for situation in found.values():
                    decided[ident] += desk.verdict(situation, ident, day).uitkomst is not None
    assert set(decided) == set(register().ids())


def decidable(ident: str, day: date, place: str | None) -> bool:
    """Is this ruleset in force there, with its amounts known?"""
    if place is None and any(r.gemeente is not None for r in register().versions[ident]):
        return False
    if ident not in {one.id for one in register().in_force(day, place)}:
        return False
    try:
        register().compiled(ident, day, place).figures(day)
    except LinkError:
        return False
    return True


def test_columns_are_stored_as_the_layout_says() -> None:
    for name, frame in part_of(order(20, unknown=30), asked(), 0, 20).items():
        stored = {column.name: column.storage for column in known_layout().tables[name].columns}
        if name == PERSONS:
            stored[DISTRICT] = "String"  # no fact, so the layout does not name it
        assert {column: str(kind) for column, kind in frame.schema.items()} == {c: stored[c] for c in frame.columns}


def test_outcomes_differ_so_that_there_is_something_to_see() -> None:
    desk = Desk(register())
    people = [s for _, s in situations_of(part_of(order(600), asked(), 0, 600), known_layout())]
    for ident in ("participatiewet", "schuldhulp"):
        found = Counter(desk.verdict(one, ident, ON).uitkomst for one in people)
        assert min(found["toegekend"], found["afgewezen"]) >= 10, (ident, found)


# --- as the sources say ------------------------------------------------------------------------------------------------


def test_forms_and_ages_are_near_the_figures() -> None:
    persons = many()[PERSONS]
    total = sum(weight for _, weight in known.VORMEN.kansen)
    weights = dict(known.VORMEN.kansen)
    for form in ("alleenstaande", "alleenstaande_ouder"):
        assert share(persons["huishouden.soort"], form) == pytest.approx(weights[form] / total, abs=0.005)
    age = ages(persons["persoon.geboortedatum"])
    assert int(age.min()) >= 18
    everybody = sum(weight for _, weight in known.LEEFTIJD.kansen)
    for low, high, weight in ((18, 39, 4_309_987), (40, 66, 6_286_334), (67, 110, 2_894_004)):
        assert float(age.is_between(low, high).mean()) == pytest.approx(weight / everybody, abs=0.05)


def ages(days: Any) -> Any:
    passed = days.dt.month().cast(pl.Int32) * 100 + days.dt.day() > ON.month * 100 + ON.day
    return ON.year - days.dt.year() - passed.cast(pl.Int32)


def test_families_have_as_many_children_as_the_figures_say() -> None:
    persons, children = many()[PERSONS], many()["huishouden.kinderen"]
    assert (
        children.join(persons.select(KEY, "persoon.geboortedatum"), on=KEY)
        .select((pl.col("geboortedatum").dt.year() - pl.col("persoon.geboortedatum").dt.year()).min())
        .item()
        >= 17
    )
    assert int(ages(children["geboortedatum"]).max()) < 18
    grown = many()["huishouden.medebewoners"].filter(pl.col("relatie") == "kind")
    number = pl.concat([children.select(KEY), grown.select(KEY)]).group_by(KEY).len()
    parents = persons.filter(pl.col("huishouden.soort") == "alleenstaande_ouder").join(number, on=KEY, how="left")
    weights = dict(known.KINDERTAL["alleenstaande_ouder"].kansen)
    for many_children in (1, 2):
        expected = weights[str(many_children)] / sum(weights.values())
        assert share(parents["len"], many_children) == pytest.approx(expected, abs=0.01)
    assert parents["len"].null_count() == 0


def test_bijstand_rent_debts_and_care_are_near_the_figures() -> None:
    persons, incomes = many()[PERSONS], many()["inkomsten"]
    on = incomes.filter(pl.col("soort") == "bijstand").select(KEY).with_columns(bijstand=True)
    told = persons.join(on, on=KEY, how="left")
    for form, per_thousand in (("alleenstaande", 69), ("alleenstaande_ouder", 118), ("gehuwd", 12)):
        of_form = told.filter(pl.col("huishouden.soort") == form)
        assert 1000 * float(of_form["bijstand"].is_not_null().mean()) == pytest.approx(per_thousand, rel=0.15), form
    behind = many()["schulden"].filter(pl.col("achterstand_maanden") > 0).select(KEY).n_unique()
    assert 1000 * behind / MANY == pytest.approx(dict(known.SCHULDEN.kansen)["ja"], rel=0.1)
    assert 1000 * many()["gezondheid.beperkingen"].height / MANY == pytest.approx(72, rel=0.15)
    rents = share(persons["wonen.soort"], "huur")
    assert rents == pytest.approx(sum(known.HUUR) / len(known.HUUR) / 1000, abs=0.04)
    middle = persons.filter(ages(persons["persoon.geboortedatum"]).is_between(55, 66))
    assert float(middle["zorg.geeft_mantelzorg"].mean()) == pytest.approx(0.22, abs=0.01)


def test_income_follows_the_tenths_of_the_figures() -> None:
    """Of who lives alone without children on wages; the figures are standardised to such a person."""
    persons, incomes = many()[PERSONS], many()["inkomsten"]
    alone = persons.filter((pl.col("huishouden.soort") == "alleenstaande") & (pl.col("werk.soort") == "loondienst"))
    a_month = pl.when(pl.col("per") == "4_weken").then(13).when(pl.col("per") == "week").then(52).otherwise(12)
    yearly = incomes.filter(pl.col("soort") != "kinderbijslag").select(KEY, year=pl.col("bedrag") * a_month)
    found = alone.join(yearly.group_by(KEY).sum(), on=KEY)["year"]
    median = dict(known.INKOMEN.kansen)["deciel 5"] * known.GROEI_PROCENT // 100
    assert 0.7 * median < float(found.median()) < 1.05 * median  # more often low than all households together
    assert float(found.quantile(0.9)) > 1.4 * median


def test_what_goes_together_goes_together() -> None:
    persons = many()[PERSONS].select(KEY, "wonen.soort", "huishouden.soort", "persoon.geboortedatum", "opleiding.volgt")
    bank = many()["vermogen.bezittingen"].filter(pl.col("soort") == "bankrekening").join(persons, on=KEY)
    of = {kind: float(bank.filter(pl.col("wonen.soort") == kind)["waarde"].median()) for kind in ("huur", "koop")}
    medians = dict(known.VERMOGEN.kansen)
    for kind, median in of.items():
        assert median == pytest.approx(medians[kind], rel=0.05)
    mine = many()["inkomsten"].join(persons, on=KEY)
    on_bijstand = mine.filter(pl.col("soort") == "bijstand")
    assert share(on_bijstand["wonen.soort"], "huur") > 0.75
    assert set(mine.filter(pl.col("soort") == "studiefinanciering")["opleiding.volgt"]) == {True}
    assert int(ages(mine.filter(pl.col("soort") == "aow")["persoon.geboortedatum"]).min()) == 67
    assert set(many()["huishouden.partner.inkomsten"].join(persons, on=KEY)["huishouden.soort"]) == {"gehuwd"}
    mortgage = many()["schulden"].filter(pl.col("soort") == "hypotheek").join(persons, on=KEY)
    assert set(mortgage["wonen.soort"]) == {"koop"}


def test_people_live_all_over_the_country() -> None:
    place = many()[PERSONS]["persoon.gemeente"]
    total = sum(weight for _, weight in GEMEENTEN.kansen)
    assert place.n_unique() == len(GEMEENTEN.kansen) == 342
    for code in ("0363", "0599", "0014"):
        assert share(place, code) == pytest.approx(dict(GEMEENTEN.kansen)[code] / total, rel=0.1)
    assert set(part_of(order(30, gemeente="0599"), asked(), 0, 30)[PERSONS]["persoon.gemeente"]) == {"0599"}


def test_everybody_lives_in_a_district_of_her_own_municipality() -> None:
    persons = many()[PERSONS]
    assert persons[DISTRICT].null_count() == 0
    assert persons.select(pl.col(DISTRICT).str.contains(r"^WK\d{6}$").all()).item()
    assert persons.select((pl.col(DISTRICT).str.slice(2, 4) == pl.col("persoon.gemeente")).all()).item()
    assert persons[DISTRICT].n_unique() == sum(number for _, number in WIJKEN.kansen)
    hidden = part_of(order(50, unknown=100), asked(), 0, 50)[PERSONS]
    assert hidden[DISTRICT].equals(part_of(order(50), asked(), 0, 50)[PERSONS][DISTRICT])  # no fact, so never unknown


def test_a_municipality_has_more_districts_the_more_live_there_and_they_differ_in_size() -> None:
    for code, thousands in GEMEENTEN.kansen:
        assert len(districts(code)) ** 2 <= thousands < (len(districts(code)) + 1) ** 2
    assert len(districts("9999")) == ELSEWHERE
    assert {name for name, _ in districts("0599")} == {f"WK0599{at:02d}" for at in range(25)}
    there = part_of(order(MANY, gemeente="0599"), asked(), 0, 50_000)[PERSONS][DISTRICT]
    total = sum(weight for _, weight in districts("0599"))
    for name, weight in (districts("0599")[at] for at in (0, 1, 12, 24)):
        assert share(there, name) == pytest.approx(weight / total, rel=0.12), name
    assert share(there, "WK059900") > 7 * share(there, "WK059924")


def test_a_low_income_is_more_frequent_in_the_first_district_and_does_not_decide_where_somebody_lives() -> None:
    tables = part_of(order(MANY, gemeente="0599"), asked(), 0, 50_000)
    on = tables["inkomsten"].filter(pl.col("soort") == "bijstand")[KEY].implode()
    told = tables[PERSONS].select(pl.col(DISTRICT), bijstand=pl.col(KEY).is_in(on))
    everywhere = float(told["bijstand"].mean())
    first, last = (float(told.filter(pl.col(DISTRICT) == name)["bijstand"].mean()) for name in ("WK059900", "WK059920"))
    assert 1.3 * everywhere < first < 3 * everywhere
    assert 0 < last < everywhere


def test_who_draws_a_district_draws_nothing_else_otherwise() -> None:
    """The same person in another municipality lives elsewhere, and is the same in everything that does not follow from the place."""
    one, other = (part_of(order(200, gemeente=place), None, 0, 200) for place in ("0599", "0014"))
    assert {name for name in one[PERSONS].columns if not one[PERSONS][name].equals(other[PERSONS][name])} == {
        "persoon.gemeente", "huishouden.partner.gemeente", DISTRICT,
    }  # fmt: skip
    assert all(frame.equals(other[name]) for name, frame in one.items() if name != PERSONS)


def test_only_who_lives_where_a_local_ruleset_holds_tells_it_something() -> None:
    persons = many()[PERSONS]
    rotterdam = pl.col("persoon.gemeente") == "0599"
    told = pl.col("eigen.iit-rotterdam.inkomen_referteperiode").is_not_null()
    assert persons.select((told == rotterdam).all()).item()
    there = set(persons.filter(pl.col("eigen.kwijtschelding-hhnk.bedrag_aanslag").is_not_null())["persoon.gemeente"])
    assert "0361" in there
    assert not there & {"0599", "0014"}
    assert persons["eigen.schuldhulp.ingeschreven_hier"].null_count() == 0


def test_as_many_facts_are_unknown_as_was_asked() -> None:
    whole = part_of(order(MANY, unknown=10), asked(), 0, 20_000)
    persons = whole[PERSONS]
    names = ["persoon.geboortedatum", "wonen.soort", "inkomsten", "huishouden.partner", "eigen.schuldhulp.ingeschreven_hier"]
    for name in names:
        assert persons[name].null_count() / 20_000 == pytest.approx(0.1, abs=0.01), name
    for one, other in pairwise(names):  # one does not bring the other along
        both = persons.select((pl.col(one).is_null() & pl.col(other).is_null()).mean()).item()
        assert both == pytest.approx(0.01, abs=0.004), (one, other)
    assert whole["inkomsten"]["bedrag"].null_count() / whole["inkomsten"].height == pytest.approx(0.1, abs=0.01)
    told = persons.filter(pl.col("inkomsten"))[KEY]
    assert whole["inkomsten"][KEY].is_in(told.implode()).all()
    assert persons["persoon.gemeente"].null_count() == 0  # where somebody lives decides which rules there are


# --- the command -------------------------------------------------------------------------------------------------------


def run(*args: Any) -> Any:
    return CliRunner().invoke(group, ["generate", *map(str, args)])


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    result = run(tmp_path / "uit", "--count", 3)
    assert result.exit_code == 2
    assert result.output.startswith(
        "fout[gebruik] om een bevolking te maken is het pakket «polars» nodig, en dat staat hier niet"
    )
    assert "= hulp: installeer het met: pip install 'responsief[population]'" in result.output
    assert not (tmp_path / "uit").exists()


def test_the_command_writes_tables_with_their_sources(tmp_path: Path) -> None:
    done = run(tmp_path / "uit", "--count", 250, "--on", "2026-05-01", "--unknown", 5)
    assert done.exit_code == 0, done.output
    assert "250 personen op 1 mei 2026, zaad 7, 5 % onbekend." in done.output
    assert "Deze mensen bestaan niet." in done.output
    contents = read_contents(tmp_path / "uit")
    assert (contents["aantal"], contents["zaad"], contents["peildatum"]) == (250, 7, "2026-05-01")
    for one in contents["bronnen"]:
        assert one["aanname"] or one["jaar"] is not None
        assert one["aanname"] == ("aanname" in one["bron"])
    expected = part_of(order(250, unknown=5), asked(), 0, 250)
    for name, frame in read_tables(tmp_path / "uit").items():
        assert frame.collect().equals(expected[name]), name


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--count", "0"], "schrijf een heel getal, minstens 1"),
        (["--count", "x"], "schrijf een heel getal, minstens 1"),
        (["--count", "5", "--seed", "x"], "schrijf een heel getal"),
        (["--count", "99999999999"], "0 tot 1.000.000.000 personen"),
        (["--count", "5", "--unknown", "101"], "een percentage van 0 tot en met 100"),
        (["--count", "5", "--municipality", "14"], 'schrijf vier cijfers: "0014"'),
        (["--count", "5", "--municipality", "Rotterdam"], '"0599" voor Rotterdam'),
        (["--count", "5", "--on", "1800-01-01"], "de peildatum ligt van 1950 tot 2200"),
        (["--count", "5", "--on", "morgen"], "geen datum"),
        ([], "«--count» ontbreekt"),
    ],
)
def test_wrong_use_is_told_in_dutch_and_writes_nothing(tmp_path: Path, args: list[str], told: str) -> None:
    done = run(tmp_path / "uit", *args)
    assert done.exit_code == 2
    assert told in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mijn.txt").write_text("van mij")
    done = run(tmp_path, "--count", 5)
    assert done.exit_code == 2
    assert "deze map bestaat al en is niet leeg" in done.output
    assert [p.name for p in tmp_path.iterdir()] == ["mijn.txt"]


def test_where_nothing_can_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("van mij")
    for folder, told in (("bestand/uit", "een deel van het pad is geen map"), ("bestand", "bestaat al en is geen map")):
        done = run(tmp_path / folder, "--count", 5)
        assert (done.exit_code, told in done.output) == (2, True), done.output
    assert [p.name for p in tmp_path.iterdir()] == ["bestand"]


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn, begun = made.part_of, []

    def breaks(order: Order, rules: Any, first: int, count: int) -> Any:
        begun.append(first)
        if first:
            raise KeyboardInterrupt
        return drawn(order, rules, first, count)

    monkeypatch.setattr(made, "part_of", breaks)
    monkeypatch.setattr(made, "PART", 10)
    done = run(tmp_path / "uit", "--count", 2 * 100_000)
    assert begun
    assert done.exit_code == 1
    assert "Afgebroken." in done.output
    assert list(tmp_path.iterdir()) == []


def page() -> str:
    return (Path(__file__).parents[1] / "docs" / "populaties.md").read_text(encoding="utf-8")


def test_the_page_names_every_source_with_its_year() -> None:
    for one in made.sources():
        assert f"| {one['naam']} | {one['jaar'] or '–'} | {one['bron']} |" in page()


def test_the_commands_and_the_example_of_the_page_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shipped = register()
    monkeypatch.setattr(Register, "open", staticmethod(lambda: shipped))  # opened once is enough here
    commands = re.findall(r"\| `responsief (generate proef [^`]*)`", page())
    assert len(commands) == 5
    for at, command in enumerate(commands):
        args = command.replace("proef", f"proef{at}").replace("10000", "20").split()
        assert CliRunner().invoke(group, args).exit_code == 0, command
    examples = re.findall(r"```python\n(.*?)```", page(), re.DOTALL)
    assert len(examples) == 2  # the second goes on with the names of the first
    exec(compile("\n".join(examples), "populaties.md", "exec"), {})


def test_the_page_names_what_is_in_the_folder(tmp_path: Path) -> None:
    assert run(tmp_path / "uit", "--count", 5).exit_code == 0
    for file in (tmp_path / "uit").iterdir():
        assert f"`{file.name}`" in page() or file.name.startswith("eerder.afwijzingen"), file.name
