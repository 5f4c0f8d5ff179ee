"""Two versions of a register on a population of tables: every count is that of one by one, and nothing tells of a few."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from browser import fits
from responsief.ci import told
from responsief.cli import group
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.difference.report import SAMEN, Impact, Step
from responsief.population.impact import Counted, count
from responsief.population.shield import Tally, added, shielded
from responsief.population.spread import BETTER, REST, SAME, SIDES, WORSE, step_name, step_of
from responsief.register import Register, shipped
from small import TODAY, register, ruleset
from test_ci_report import Reader

pl = pytest.importorskip("polars", reason="needs the extra «population»")
pytest.importorskip("pyarrow", reason="needs the extra «population»")

from responsief.generate.population import Order, generate, part_of  # noqa: E402  # needs Polars
from responsief.scan.impact import MOST_DISTRICTS, count_tables, open_tables  # noqa: E402
from responsief.tables.folder import About, TableWriter, read_tables  # noqa: E402
from responsief.tables.from_frames import situations_of  # noqa: E402

IIT, PW = "gemeenten/rotterdam/iit.yaml", "landelijk/participatiewet.yaml"
FIGURES = "landelijk/cijfers.yaml"
DISTRICTS = ("Noord", "Zuid", " ", None)
Cell = tuple[str, str]


# --- the same counts as one by one -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """400 generated households of Rotterdam in parts of 150, some facts unknown, a few with an age that can't be, with districts."""
    folder = tmp_path_factory.mktemp("bevolking") / "tabellen"
    order = Order(400, 11, TODAY, "0599", unknown=4)
    rules = Register.open()
    with TableWriter(folder, About("test", TODAY)) as writer:
        for first in range(0, 400, 150):
            frames = part_of(order, rules, first, min(150, 400 - first))
            writer.write({**frames, "personen": _marked(frames["personen"])})
    return folder


def _marked(persons: Any) -> Any:
    born, number = pl.col("persoon.geboortedatum"), pl.col("sleutel")
    odd = pl.when(number % 97 == 5).then(pl.lit(TODAY + timedelta(days=9))).when(number % 97 == 6).then(date(1850, 1, 1))
    place = (number % 4).replace_strict(dict(enumerate(DISTRICTS)), return_dtype=pl.String)
    return persons.with_columns(odd.otherwise(born).alias("persoon.geboortedatum"), place.alias("wijk"))


def sides(tmp_path: Path, *changes: tuple[str, str, str]) -> tuple[Path, Path]:
    """The shipped register, and the same with some words changed."""
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder in (old, new):
        shutil.copytree(shipped(), folder)
    for name, was, becomes in changes:
        text = (new / name).read_text(encoding="utf-8")
        assert was in text
        (new / name).write_text(text.replace(was, becomes), encoding="utf-8")
    return old, new


def plain(tally: Tally) -> dict[str, Any]:
    return {name: getattr(tally, name) for name in Tally.__slots__}


def plainly(tallies: Mapping[Any, Tally]) -> dict[Any, dict[str, Any]]:
    return {name: plain(one) for name, one in tallies.items()}


def assert_equal(found: Counted, one_by_one: Counted) -> None:
    assert plain(found.allen) == plain(one_by_one.allen)
    for dimension in ("huishouden", "leeftijd"):
        assert plainly(found.groepen[dimension]) == plainly(one_by_one.groepen[dimension])
    assert plainly(found.verdeling) == plainly(one_by_one.verdeling)
    assert found.redenen == one_by_one.redenen


def singly(old: Desk, new: Desk, ruleset: str, folder: Path) -> Counted:
    frames = {name: frame.collect() for name, frame in read_tables(folder).items()}
    situations = (one for _, one in situations_of(frames, Register.open()))
    return count(old, new, ruleset, (TODAY, TODAY), situations, population=folder.name)


def test_two_shipped_rulesets_with_another_condition_and_figure_are_counted_as_one_by_one(people: Path, tmp_path: Path) -> None:
    changes = (
        (IIT, "is: afronden(130 % van norm", "is: afronden(101 % van norm"),
        (IIT, '2025-07-01: "€ 200"', '2025-07-01: "€ 250"'),
        (FIGURES, "2026-01-01: € 1.401,50", "2026-01-01: € 1.301,50"),
    )
    old, new = (Desk(Register.open(folder)) for folder in sides(tmp_path, *changes))
    asked = [("iit-rotterdam", TODAY), ("participatiewet", TODAY)]
    found = count_tables(old, new, asked, open_tables(people, 90))
    for one in found:
        assert_equal(one, singly(old, new, one.regelset, people))
        assert one.allen.aantal == 400
        assert one.allen.changed > 0
        for tallies in (*one.groepen.values(), one.verdeling):
            assert plain(added(tallies.values())) == plain(one.allen)
        assert sum(one.redenen.values()) > 0  # whose age can't be
    assert any(was != becomes for was, becomes in found[0].allen.overgangen)


def test_every_district_is_a_group_and_no_district_is_unknown(people: Path) -> None:
    desk = Desk(Register.open())
    [found] = count_tables(desk, desk, [("participatiewet", TODAY)], open_tables(people))
    assert {name: one.aantal for name, one in found.groepen["wijk"].items()} == {"Noord": 100, "Zuid": 100, "onbekend": 200}
    assert [one.naam for one in found.shown().groepen["wijk"]] == ["Noord", "Zuid", "onbekend"]


def test_who_lives_elsewhere_or_where_nothing_holds_is_counted_with_the_reason(people: Path) -> None:
    desk, gone = Desk(Register.open()), Desk(register(ruleset("")))
    [elsewhere, left] = count_tables(desk, gone, [("iit-amsterdam", TODAY), ("participatiewet", TODAY)], open_tables(people))
    for one in (elsewhere, left):
        assert_equal(one, singly(desk, gone, one.regelset, people))
    assert sum(elsewhere.redenen.values()) == 800
    assert {becomes for _, becomes in left.allen.overgangen} == {"niet_beslist"}


def test_the_size_of_a_part_changes_nothing(people: Path) -> None:
    old, new = (
        Desk(register(ruleset("", "eis: 'wonen.huur <= € 700'"))),
        Desk(register(ruleset("", "eis: 'wonen.huur <= € 600'"))),
    )
    found = [count_tables(old, new, [("klein", TODAY)], open_tables(people, size)) for size in (1, 399, 400)]
    for [one] in found:
        assert_equal(one, singly(old, new, "klein", people))


def test_a_ruleset_that_columns_can_not_decide_is_decided_one_by_one_and_says_why(people: Path) -> None:
    old = Desk(register(ruleset("", *["eis: 'wonen.huur <= € 700'"] * 53)))
    new = Desk(register(ruleset("", "eis: 'wonen.huur <= € 600'")))
    [found] = count_tables(old, new, [("klein", TODAY)], open_tables(people))
    assert_equal(found, singly(old, new, "klein", people))
    assert found.shown().opmerkingen == (
        "De oude versie van «klein» heeft meer voorwaarden dan in kolommen past. "
        "Daarom is daarmee iedereen een voor een beslist; dat duurt langer.",
    )


# --- the spread --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "becomes", "name"),
    [
        (("toegekend", 10_000), ("toegekend", 10_000), "geen verschil"),
        (("toegekend", 10_000), ("toegekend", 10_001), "tot € 25 per jaar meer"),
        (("toegekend", 10_000), ("toegekend", 7_501), "tot € 25 per jaar minder"),
        (("toegekend", 10_000), ("toegekend", 7_500), "€ 25 tot € 100 per jaar minder"),
        (("afgewezen", 0), ("toegekend", 500_000), "€ 5.000 per jaar of nog meer"),
        (("toegekend", 499_999), ("niet_beslist", 0), "€ 2.500 tot € 5.000 per jaar minder"),
        (("toegekend", 0), ("afgewezen", 0), "hetzelfde bedrag, minder recht"),
        (("afgewezen", 0), ("onbepaald", 0), "hetzelfde bedrag, meer recht"),
        (("onbepaald", 0), ("wacht", 0), "geen verschil"),
        (("niet_beslist", 0), ("afgewezen", 0), "geen verschil"),
    ],
)
def test_a_step_is_of_the_amount_and_else_of_the_outcome(was: tuple[str, int], becomes: tuple[str, int], name: str) -> None:
    assert step_name((step_of(was, becomes),)) == name


def test_steps_beside_each_other_have_one_name() -> None:
    assert step_name((-5, -4, -3)) == "€ 25 tot € 500 per jaar minder"
    assert step_name(tuple(SIDES[0])) == "minder geld"
    assert step_name((2, 3)) == "tot € 100 per jaar meer"


GRANTED, REFUSED = "toegekend", "afgewezen"
POSSIBLE = tuple(  # what everybody can know: who is newly refused gets less, and so on
    (cell, step)
    for cell, steps in {
        (GRANTED, GRANTED): (-4, -3, SAME, 3, 4),
        (GRANTED, REFUSED): (-4, -3),
        (REFUSED, GRANTED): (3, 4),
        (REFUSED, REFUSED): (SAME,),
    }.items()
    for step in steps
)
K = 3


def tallied(numbers: Mapping[tuple[Cell, int], int]) -> tuple[Tally, dict[int, Tally]]:
    spread: dict[int, Tally] = {}
    for (cell, step), number in numbers.items():
        if number:
            had, has = cell[0] == GRANTED, cell[1] == GRANTED
            amounts = (
                number * had,
                number * has,
                number * (step != SAME),
                number * (had and not has),
                number * (has and not had),
            )
            spread.setdefault(step, Tally()).add_many(cell, number, (number * had * 9_000, number * has * 9_000), amounts)
    return added(spread.values()), spread


def steps_of(name: str) -> tuple[int, ...]:
    """Which steps a name stands for."""
    sides = [[side[low:high] for low in range(len(side)) for high in range(low + 1, len(side) + 1)] for side in SIDES]
    return next(tuple(steps) for side in sides for steps in side if step_name(tuple(sorted(steps))) == name)


def released(found: Impact) -> Iterator[tuple[set[tuple[Cell, int]], int]]:
    """Every number that is shown, with which kinds of households it counts."""
    cells, rest = {cell for cell, _ in POSSIBLE}, set(POSSIBLE)
    shown = {cell: n for cell, n in found.allen.overgangen.items() if cell[0] != SAMEN}
    together = found.allen.overgangen.get((SAMEN, SAMEN), 0)
    for cell in cells:
        if cell in shown or not together:
            yield {one for one in POSSIBLE if one[0] == cell}, shown.get(cell, 0)
    if together:
        yield {one for one in POSSIBLE if one[0] not in shown}, together
    named = [step for step in found.verdeling if step.naam != REST]
    for step in named:
        of = {one for one in POSSIBLE if one[1] in steps_of(step.naam)}
        rest -= of
        yield of, step.aantal
    yield rest, sum(step.aantal for step in found.verdeling if step.naam == REST)


def determined(rows: list[tuple[list[Fraction], int]], wanted: list[int]) -> int | None:
    """The value of a sum of kinds, when what is shown leaves only one."""
    target, value = [Fraction(one) for one in wanted], Fraction(0)
    for row, number in rows:
        at = next(i for i, one in enumerate(row) if one)
        if target[at]:
            factor = target[at] / row[at]
            target = [a - factor * b for a, b in zip(target, row, strict=True)]
            value += factor * number
    return None if any(target) else int(value)


def reduced(found: Impact) -> list[tuple[list[Fraction], int]]:
    """What is shown as equations, each with a first unknown that no later one has; of a nought every kind is nought."""
    pending = []
    for kinds, number in released(found):
        pending += [({one}, 0) for one in kinds] if number == 0 else [(kinds, number)]
    rows: list[tuple[list[Fraction], Fraction]] = []
    for kinds, number in pending:
        row, value = [Fraction(one in kinds) for one in POSSIBLE], Fraction(number)
        for other, held in rows:
            at = next(i for i, one in enumerate(other) if one)
            if row[at]:
                factor = row[at] / other[at]
                row = [a - factor * b for a, b in zip(row, other, strict=True)]
                value -= factor * held
        if any(row):
            rows.append((row, value))
    return rows


@settings(max_examples=400, deadline=None)
@given(st.fixed_dictionaries({one: st.integers(0, 5) | st.integers(0, 40) for one in POSSIBLE}))
def test_no_few_can_be_worked_out_from_the_outcomes_and_the_steps_together(numbers: dict[tuple[Cell, int], int]) -> None:
    everybody, spread = tallied(numbers)
    found = shielded("klein", "", everybody, {}, {}, K, spread)
    if not found.allen.aantal:
        assert not found.verdeling
        return
    assert sum(step.aantal for step in found.verdeling) == everybody.aantal
    rows = reduced(found)
    for kinds in (
        *([one] for one in POSSIBLE),
        *([one for one in POSSIBLE if one[0] == cell and (one[1] > 0) - (one[1] < 0) == side] for cell, _ in POSSIBLE for side in (-1, 0, 1)),
    ):  # fmt: skip
        value = determined(rows, [one in kinds for one in POSSIBLE])
        assert value is None or value == sum(numbers[one] for one in kinds)
        assert value is None or value == 0 or value >= K, (kinds, found)


def test_who_gets_a_little_less_is_not_what_is_left_beside_the_newly_refused() -> None:
    """27 get less, of whom 20 are newly refused: who knows both knows of 7."""
    numbers = {
        ((GRANTED, GRANTED), -3): 7,
        ((GRANTED, REFUSED), -3): 20,
        ((GRANTED, GRANTED), SAME): 893,
        ((REFUSED, REFUSED), SAME): 80,
    }
    everybody, spread = tallied(numbers)
    assert shielded("klein", "", everybody, {}, {}, 10, spread).verdeling == (Step(REST, "samen", 1_000),)
    assert shielded("klein", "", everybody, {}, {}, 5, spread).verdeling == (
        Step("€ 25 tot € 100 per jaar minder", "minder", 27),
        Step("geen verschil", "gelijk", 973),
    )


def test_steps_that_are_too_small_are_taken_together_with_the_next() -> None:
    numbers = {
        ((GRANTED, GRANTED), -4): 6,
        ((GRANTED, GRANTED), -3): 8,
        ((GRANTED, GRANTED), SAME): 500,
        ((GRANTED, GRANTED), 4): 12,
    }
    everybody, spread = tallied(numbers)
    found = shielded("klein", "", everybody, {}, {}, 10, spread).verdeling
    assert [(step.naam, step.kant, step.aantal) for step in found] == [
        ("€ 25 tot € 250 per jaar minder", "minder", 14),
        ("geen verschil", "gelijk", 500),
        ("€ 100 tot € 250 per jaar meer", "meer", 12),
    ]


def test_amounts_of_one_fixed_sum_do_not_tell_how_few_stopped() -> None:
    """60 had € 200 and 53 have € 250: the sums of a year, divided, would tell of 7."""
    tally = Tally()
    for _ in range(53):
        tally.add((GRANTED, 20_000), (GRANTED, 25_000))
    for _ in range(7):
        tally.add((GRANTED, 20_000), (REFUSED, 0))
    for _ in range(100):
        tally.add((REFUSED, 0), (REFUSED, 0))
    shown = shielded("klein", "", tally, {"wijk": {"Noord": tally}}, {}, 10)
    for one in (shown.allen, *shown.groepen["wijk"]):
        assert (one.bedrag_was, one.bedrag_wordt, one.jaar_was, one.jaar_wordt) == (0, 0, 0, 0)
        assert one.afgeschermd


def test_a_step_worse_or_better_without_another_amount_stands_by_itself() -> None:
    spread = {}
    for step, cell in ((WORSE, (GRANTED, REFUSED)), (SAME, (REFUSED, REFUSED)), (BETTER, (REFUSED, GRANTED))):
        spread[step] = Tally()
        spread[step].add_many(cell, 30, (0, 0), (0, 0, 0, 0, 0))
    found = shielded("klein", "", added(spread.values()), {}, {}, 10, spread).verdeling
    assert [(step.kant, step.aantal) for step in found] == [("minder", 30), ("gelijk", 30), ("meer", 30)]


# --- a folder that is not whole ----------------------------------------------------------------------------------------


def refused(folder: Path) -> tuple[str, str]:
    with pytest.raises(InvalidError) as found:
        open_tables(folder)
    [one] = found.value.diagnostics
    assert one.span is not None
    assert one.span.source.name == folder.as_posix()
    return one.tekst, one.hulp or ""


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    folder = tmp_path / "mensen"
    generate(Order(60, 3, TODAY, "0599"), Register.open(), folder)
    return folder


def test_without_a_table_of_persons_nobody_is_counted(tables: Path) -> None:
    (tables / "personen.parquet").unlink()
    text, hulp = refused(tables)
    assert text == "in deze map ontbreekt de tabel «personen»"
    assert "responsief generate" in hulp


@pytest.mark.parametrize("contents", [True, False])
def test_a_list_of_which_the_table_is_gone_is_never_an_empty_list(tables: Path, *, contents: bool) -> None:
    (tables / "inkomsten.parquet").unlink()
    if not contents:
        (tables / "tabellen.json").unlink()
    text, hulp = refused(tables)
    assert text == "in deze map ontbreekt de tabel «inkomsten»"
    assert "zet inkomsten.parquet erbij" in hulp


def test_a_table_that_is_half_written_or_of_another_program_is_told(tables: Path) -> None:
    whole = (tables / "inkomsten.parquet").read_bytes()
    (tables / "inkomsten.parquet").write_bytes(whole[: len(whole) // 2])
    assert refused(tables)[0] == "een tabel in deze map is niet te lezen als Parquet"
    (tables / "inkomsten.parquet").write_bytes(whole)
    (tables / "tabellen.json").write_text("{}", encoding="utf-8")
    assert refused(tables)[0] == "«tabellen.json» is geen inhoudsopgave die deze versie leest"


def test_keys_that_are_double_are_told(tables: Path) -> None:
    persons = pl.read_parquet(tables / "personen.parquet")
    pl.concat([persons, persons]).write_parquet(tables / "personen.parquet")
    assert "niet oplopend" in refused(tables)[0]


# --- the command -------------------------------------------------------------------------------------------------------

RENT, LESS, NOBODY = (f"eis: 'wonen.huur <= € {rent}'" for rent in (700, 600, 690_000))
AMOUNT = "uitkomst:\n  bedrag: {per: maand, is: '€ 60'}\n"


def run(*args: object) -> Result:
    return CliRunner().invoke(group, ["diff", *map(str, args), "--on", str(TODAY), "--fail-on", "niets"])


def two(tmp_path: Path, new: str) -> tuple[Path, Path]:
    old_folder, new_folder = tmp_path / "oud", tmp_path / "nieuw"
    for folder, rent in ((old_folder, RENT), (new_folder, new)):
        folder.mkdir()
        (folder / "klein.yaml").write_text(ruleset("", rent) + AMOUNT, encoding="utf-8")
    return old_folder, new_folder


@pytest.mark.parametrize(("names", "said"), [((), "deze map is leeg"), (("a.csv",), "geen tabellen en geen situaties")])
def test_a_folder_with_nobody_in_it_is_told_before_anything_is_proved(
    tmp_path: Path, names: tuple[str, ...], said: str
) -> None:
    folder = tmp_path / "leeg"
    folder.mkdir()
    for name in names:
        (folder / name).write_text("", encoding="utf-8")
    found = run("oud", "nieuw", "--population", folder)
    assert found.exit_code == 2
    assert said in found.output
    assert f"{folder.as_posix()}:1:1" in found.output
    assert "hulp: maak een bevolking met «responsief generate»" in found.output


def test_a_missing_table_ends_the_command_with_its_place_and_help(tables: Path) -> None:
    (tables / "inkomsten.parquet").unlink()
    found = run("oud", "nieuw", "--population", tables)
    assert found.exit_code == 2
    assert "ontbreekt de tabel «inkomsten»" in found.output
    assert "hulp: zet inkomsten.parquet erbij" in found.output


def test_without_the_extra_it_says_what_to_install(tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    found = run("oud", "nieuw", "--population", tables)
    assert found.exit_code == 2
    assert "om in tabellen te tellen is het pakket «polars» nodig" in found.output
    assert "pip install 'responsief[population]'" in found.output


@pytest.mark.heavy
def test_every_format_tells_who_gains_and_loses_the_year_and_the_spread(people: Path, tmp_path: Path) -> None:
    old, new = two(tmp_path, LESS)
    also = [word for form, name in FILES.items() if form != "text" for word in ("--also", f"{form}={tmp_path / name}")]
    found = run(old, new, "--population", people, "--max-loss", "1", *also)
    assert found.exit_code == 3
    [impact] = json.loads((tmp_path / FILES["json"]).read_text(encoding="utf-8"))["gevolgen"]
    desks = [Desk(Register.open(shipped(), folder)) for folder in (old, new)]
    exact = singly(*desks, "klein", people)
    losers = exact.allen.overgangen[GRANTED, REFUSED]
    assert losers >= 10
    assert (impact["allen"]["jaar_was"], impact["allen"]["jaar_wordt"]) == (exact.allen.year_was, exact.allen.year_becomes)
    assert impact["verdeling"]["achteruit"] == impact["verdeling"]["nieuw_afgewezen"] == losers
    assert [g["naar"] for g in impact["groepen"]] == ["huishouden", "leeftijd", "wijk"]
    texts = {
        "text": found.stdout,
        **{form: (tmp_path / FILES[form]).read_text(encoding="utf-8") for form in ("markdown", "html")},
    }
    for form, text in texts.items():
        plain_text = text.replace("\N{NO-BREAK SPACE}", " ")
        assert f"Erop vooruit: 0. Erop achteruit: {losers}." in plain_text, form
        assert "per jaar: was" in plain_text
        assert "€ 500 tot € 1.000 per jaar minder" in plain_text
        assert "Zuid" in plain_text
    reader = Reader()
    reader.feed(texts["html"])
    assert reader.open == []
    assert len(set(reader.ids)) == len(reader.ids)
    assert not reader.tags & {"script", "link", "img", "iframe"}
    assert {link for link in reader.links if link != "#inhoud"} <= {f"#{ident}" for ident in reader.ids}
    assert texts["html"].count("<svg") >= 4
    fits(texts["html"], 390, tmp_path)


@pytest.mark.parametrize("persons", [600, 3_000])
def test_a_generated_population_is_told_per_district_and_of_no_few(tmp_path: Path, persons: int) -> None:
    folder, page = tmp_path / "groningen", tmp_path / "v.md"
    generate(Order(persons, 5, TODAY, "0014"), Register.open(), folder)
    old, new = two(tmp_path, LESS)
    found = run(old, new, "--population", folder, "--also", f"markdown={page}")
    assert found.exit_code == 0, found.output
    desks = [Desk(Register.open(shipped(), one)) for one in (old, new)]
    [exact] = count_tables(*desks, [("klein", TODAY)], open_tables(folder))
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in page.read_text(encoding="utf-8").splitlines()]
    told_of = {row[0]: row[1:] for row in rows if row[0].startswith("WK0014")}
    assert list(told_of) == sorted(exact.groepen["wijk"]) == [f"WK0014{at:02d}" for at in range(15)]
    hidden = shown = 0
    for name, (number, _, refused_now, *_) in told_of.items():
        tally = exact.groepen["wijk"][name]
        assert number == f"{tally.aantal:,}".replace(",", ".")
        losers = tally.overgangen[GRANTED, REFUSED]
        if refused_now == "niet getoond":
            hidden += losers
        else:
            assert refused_now == str(losers)
            assert losers == 0 or losers >= 10
            shown += losers
    assert hidden + shown == exact.allen.overgangen[GRANTED, REFUSED]
    assert hidden == 0 or hidden >= 10  # not by subtracting from everybody either
    assert shown > 0 if persons == 3_000 else hidden > 0


def test_more_districts_than_anybody_reads_are_not_told_one_by_one(tmp_path: Path) -> None:
    folder, desk = tmp_path / "land", Desk(register(ruleset("", RENT) + AMOUNT))
    generate(Order(1_500, 5, TODAY), Register.open(), folder)
    districts = pl.read_parquet(folder / "personen.parquet")["wijk"].n_unique()
    assert districts > MOST_DISTRICTS
    [found] = count_tables(desk, desk, [("klein", TODAY)], open_tables(folder))
    assert list(found.groepen) == ["huishouden", "leeftijd"]
    assert any(
        one.startswith(f"Niet per wijk: er zijn {districts:,} wijken".replace(",", ".")) for one in found.shown().opmerkingen
    )


FILES = {"text": "", "json": "v.json", "markdown": "v.md", "html": "v.html"}


@pytest.mark.heavy
def test_a_change_that_touches_nobody_says_so(tables: Path, tmp_path: Path) -> None:
    old, new = two(tmp_path, RENT)
    text = (new / "klein.yaml").read_text(encoding="utf-8")
    (new / "klein.yaml").write_text(
        text.replace(RENT, "eis: 'wonen.huur <= € 700 of wonen.huur > € 690.000'"), encoding="utf-8"
    )
    for form in ("text", "markdown", "html"):
        found = run(old, new, "--population", tables, "--format", form)
        assert found.exit_code == 0
        assert "Voor niemand in deze bevolking verandert de uitkomst of het bedrag." in found.stdout
        assert "Deze mensen bestaan niet." in found.stdout


def test_that_nobody_can_be_decided_is_not_that_nothing_changes(people: Path) -> None:
    desk, few = Desk(Register.open()), Tally()
    [found] = count_tables(desk, desk, [("iit-amsterdam", TODAY)], open_tables(people))
    first, why, *_ = told.impact(found.shown())
    assert first == "Over niemand in deze bevolking valt iets te beslissen, voor en na de wijziging."
    assert why == "Niet beslist, want: deze regeling is van een andere gemeente dan waar de inwoner woont."
    few.add_many(("niet_beslist", "niet_beslist"), 9, (0, 0), (0, 0, 0, 0, 0))
    few.add_many((REFUSED, REFUSED), 100, (0, 0), (0, 0, 0, 0, 0))
    shown = shielded("klein", "", few, {}, {"daarom": 18}, 10, {SAME: few})
    assert not any("daarom" in line for line in told.impact(shown))


@pytest.mark.heavy
def test_tables_of_nobody_are_told_first(tables: Path, tmp_path: Path) -> None:
    for file in tables.glob("*.parquet"):
        pl.read_parquet(file).head(0).write_parquet(file)
    found = run(*two(tmp_path, LESS), "--population", tables)
    assert found.exit_code == 0
    assert "! Er is niemand geteld: in «mensen»" in found.stdout


@pytest.mark.heavy
def test_built_in_households_have_no_spread(tmp_path: Path) -> None:
    found = run(*two(tmp_path, LESS), "--format", "json")
    [impact] = json.loads(found.stdout)["gevolgen"]
    assert impact["verdeling"] is None
    assert "Erop vooruit" not in run(tmp_path / "oud", tmp_path / "nieuw").stdout
