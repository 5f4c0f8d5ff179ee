"""A population as tables, both ways: a verdict on what comes back reads what it read before, in every slot."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import GEGEVENS
from responsief.backends.compiled import Compiled
from responsief.diagnostics import InvalidError
from responsief.intake import validate
from responsief.ir.program import LinkError
from responsief.ir.types import Kind, situation_schema
from responsief.register import Register
from responsief.situation import Situation
from responsief.tables.folder import read_contents, read_tables
from responsief.tables.from_frames import situation_of, situations_of
from responsief.tables.layout import PERSONS, Layout, layout
from responsief.tables.to_frames import to_frames, write_tables
from responsief.values import GEEN, Between
from strategies import REFERENCE_DAYS, registers, seeds, situation

pl = pytest.importorskip("polars", reason="needs the extra «population»")

ON = date(2026, 5, 1)


@cache
def shipped() -> Register:
    return Register.open()


@cache
def programs() -> list[Compiled]:
    """Every shipped ruleset that can decide on the day, where it is in force."""
    found = []
    register = shipped()
    for ident in register.ids():
        for place in (None, "0363", "0599", "0344"):
            try:
                compiled = register.compiled(ident, ON, place)
            except (LinkError, KeyError):
                continue
            if compiled.concluder is not None:
                found.append(compiled)
                break
    return found


def back(situation: Situation, rules: Register | Layout) -> Situation:
    return situation_of(to_frames([situation], rules), 1, rules)


def answers(compiled: Compiled, situation: Situation, on: date) -> tuple[Any, ...]:
    """The value of every slot: all that a verdict is made of."""
    return compiled.values(compiled.reference(situation, on))


# --- the way there and back --------------------------------------------------------------------------------------------


@given(seeds, st.sampled_from((100, 90, 60, 30, 0)))
@settings(max_examples=100, deadline=None)
def test_every_shipped_ruleset_reads_the_same_of_what_comes_back(seed: int, known: int) -> None:
    there = situation(Rolled(seed), known)
    again = back(there, shipped())
    for compiled in programs():
        assert answers(compiled, again, ON) == answers(compiled, there, ON), compiled.program.ruleset


@given(registers(), st.lists(seeds, min_size=1, max_size=5), st.sampled_from(REFERENCE_DAYS))
@settings(max_examples=35, deadline=None)
def test_random_rulesets_read_the_same_of_what_comes_back(written: Any, each: list[int], on: date) -> None:
    try:
        register, compiled = written.checked(), written.compiled(on)
    except InvalidError:
        return
    there = [situation(Rolled(seed)) for seed in each]
    again = [found for _, found in situations_of(to_frames(there, register), register)]
    for one in compiled:
        for before, after in zip(there, again, strict=True):
            assert answers(one, after, on) == answers(one, before, on)


def made(**groups: Any) -> Situation:
    return validate({"formaat": 1, **groups})


def cells(situation: Situation, table: str = PERSONS, rules: Any = None) -> dict[str, Any]:
    return dict(to_frames([situation], rules)[table].row(0, named=True))


def test_a_partner_is_there_or_not_or_unknown() -> None:
    for partner, told in (({"geboortedatum": "1980-02-03"}, True), ("geen", False), (None, None)):
        there = made(huishouden={"partner": partner})
        assert cells(there)["huishouden.partner"] is told
        assert back(there, layout()).huishouden.partner == there.huishouden.partner


def test_an_empty_list_is_not_an_unknown_one() -> None:
    for written, told in (("geen", True), (None, None), ([{}, {"bedrag": "€ 3"}], True)):
        there = made(inkomsten=written)
        assert cells(there)["inkomsten"] is told
        assert back(there, layout()).inkomsten == there.inkomsten


def test_an_incomplete_date_keeps_its_first_and_last_day() -> None:
    there = made(persoon={"geboortedatum": "1980-05"})
    row = cells(there)
    assert (row["persoon.geboortedatum"], row["persoon.geboortedatum.tot"]) == (date(1980, 5, 1), date(1980, 5, 31))
    assert back(there, layout()).persoon.geboortedatum == Between(date(1980, 5, 1), date(1980, 5, 31))


def test_known_absence_is_not_unknown() -> None:
    there = made(wonen={"ontruiming_op": "geen"})
    row = cells(there)
    assert (row["wonen.ontruiming_op"], row["wonen.ontruiming_op.geen"]) == (None, True)
    assert (row["wonen.afsluiting_op"], row["wonen.afsluiting_op.geen"]) == (None, None)
    assert back(there, layout()).wonen.ontruiming_op is GEEN
    assert back(there, layout()).wonen.afsluiting_op is None


def test_what_is_disputed_is_unknown_in_the_table() -> None:
    there = made(
        inkomsten=[{"soort": "loon", "bedrag": "€ 900"}],
        behoeften=[{"leefgebied": "wonen", "ernst": 4}],
        feiten={"inkomsten.0.bedrag": {"betwist": "ja"}, "behoeften.0.leefgebied": {"in_onderzoek": "ja"}},
    )
    assert cells(there, "inkomsten")["bedrag"] is None
    again = back(there, layout())
    assert again.inkomsten is not None
    assert (again.inkomsten[0].soort, again.inkomsten[0].bedrag) == ("loon", None)
    assert again.behoeften is not None
    assert (again.behoeften[0].leefgebied, again.behoeften[0].ernst) == (None, 4)


def test_a_list_in_a_list_keeps_whose_it_is() -> None:
    there = made(
        omstandigheden=[
            {"soort": "taal", "bewijs": ["brief", "verslag"]},
            {"soort": "overig", "bewijs": "geen"},
            {"soort": "overig"},
        ],
        hulpvraag=["wonen", "werk"],
    )
    frames = to_frames([made(), there])
    assert frames["omstandigheden.bewijs"].rows() == [(2, 0, 0, "brief"), (2, 0, 1, "verslag")]
    again = situation_of(frames, 2)
    assert again.omstandigheden == there.omstandigheden
    assert again.hulpvraag == there.hulpvraag
    assert situation_of(frames, 1) == made()


def test_own_facts_come_back_as_their_ruleset_reads_them() -> None:
    there = made(eigen={"leerlingenvervoer": {"afstand_kortste_weg": "6,5", "inkomen_ouders": "€ 28.000", "schoolsoort": None}})
    row = cells(there, rules=shipped())
    assert row["eigen.leerlingenvervoer.afstand_kortste_weg"] == 65
    assert row["eigen.leerlingenvervoer.inkomen_ouders"] == 2_800_000
    known = layout(shipped()).own
    again = back(there, shipped()).eigen["leerlingenvervoer"]
    assert {name: known["leerlingenvervoer", name].read(raw) for name, raw in again.items()} == {
        "afstand_kortste_weg": 65,
        "inkomen_ouders": 2_800_000,
    }
    with pytest.raises(InvalidError, match=r"eigen\.leerlingenvervoer\.inkomen_ouders"):
        to_frames([made(eigen={"leerlingenvervoer": {"inkomen_ouders": "veel"}})], shipped())


def test_there_is_a_column_for_every_fact_that_a_rule_can_read() -> None:
    known = layout()
    columns = {c.name for c in known.persons.columns}

    def all_there(record: Any, path: str) -> None:
        for field in record.fields.values():
            name = path + field.name
            if field.type.kind is Kind.GROEP:
                all_there(field.type.record, f"{name}.")
                continue
            assert name in columns
            if field.type.kind is Kind.LIJST:
                inside = {c.name for c in known.tables[name].columns}
                assert set(field.type.record.fields) <= inside

    all_there(situation_schema(), "")
    assert len(columns) == len(known.persons.columns)
    own = layout(shipped())
    assert {c.path[1:] for c in own.persons.columns if c.path[:1] == ("eigen",)} == set(own.own)
    assert set(GEGEVENS)  # the random registers have one of every kind (test_random_rulesets…)


# --- a folder ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", [3, 1000])
def test_a_folder_holds_the_same_in_any_number_of_parts(tmp_path: Path, part: int) -> None:
    each = [situation(Rolled(seed)) for seed in range(10)]
    assert write_tables(iter(each), layout(), tmp_path / "uit", made_by="proef", on=ON, part=part) == 10
    expected = to_frames(each)
    found = {name: frame.collect() for name, frame in read_tables(tmp_path / "uit").items()}
    assert found.keys() == expected.keys()
    for name, frame in expected.items():
        assert found[name].equals(frame), name
    contents = read_contents(tmp_path / "uit")
    assert (contents["aantal"], contents["peildatum"], len(contents["delen"])) == (10, "2026-05-01", -(-10 // part))
    assert [p.name for p in tmp_path.iterdir()] == ["uit"]


def test_nothing_is_left_of_a_folder_that_failed(tmp_path: Path) -> None:
    def breaks() -> Any:
        yield made()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_tables(breaks(), layout(), tmp_path / "uit", made_by="proef", part=1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mijn.txt").write_text("van mij")
    with pytest.raises(FileExistsError):
        write_tables([made()], layout(), tmp_path, made_by="proef")
    assert [p.name for p in tmp_path.iterdir()] == ["mijn.txt"]


def test_no_clients_still_make_tables(tmp_path: Path) -> None:
    assert write_tables([], layout(), tmp_path / "uit", made_by="proef") == 0
    assert json.loads((tmp_path / "uit" / "tabellen.json").read_text())["aantal"] == 0
    assert read_tables(tmp_path / "uit")[PERSONS].collect().height == 0
