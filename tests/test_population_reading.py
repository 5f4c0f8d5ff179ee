"""A population file of somebody's own: every row is read or told with its number and reason, one at a time, and nothing stops it."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responsief.diagnostics import InvalidError
from responsief.population import reading
from responsief.population.households import written_households
from responsief.population.reading import Population
from responsief.syntax.from_yaml import MAX_BYTES
from small import TODAY, register, ruleset

GOOD: list[dict[str, Any]] = list(written_households(TODAY, count=3))[:3]


def line(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def with_(**fields: Any) -> bytes:
    return line(GOOD[0] | fields)


def deep() -> bytes:
    return b'{"persoon": ' + b'{"a": ' * 200 + b"1" + b"}" * 201


#: a row that is no situation, and words that say why
BAD: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"hallo", "geen situatie"),
    "a list": (b"[1, 2]", "geen situatie"),
    "a number": (b"42", "geen situatie"),
    "nothing": (b"null", "geen situatie"),
    "cut off": (line(GOOD[0])[:200], "teken"),
    "a comma too many": (b'{"persoon": {"detentie": "nee",}}', "teken"),
    "single quotes": (b"{'persoon': {}}", "teken"),
    "two in one line": (line(GOOD[0]) + b" " + line(GOOD[1]), "teken"),
    "a key twice": (b'{"schulden": "geen", "schulden": "geen"}', "tweede keer"),
    "no UTF-8": (b'{"gewenst_effect": "caf\xe9"}', "UTF-8"),
    "half a character": (b'{"gewenst_effect": "\\ud800"}', "teken"),
    "too deep": (deep(), "diep"),
    "too large": (b'{"gewenst_effect": "' + b"a" * MAX_BYTES + b'"}', "1 MiB"),
    "unknown field": (with_(inkomen="€ 1.000"), "inkomen"),
    "a BSN": (line({**GOOD[0], "bsn": "123456782"}), "burgerservicenummer"),
    "a name": (with_(achternaam="Jansen"), "namen"),
    "no amount": (with_(wonen={"huur": "veel"}), "wonen.huur"),
    "below nought": (with_(wonen={"huur": "-€ 5"}), "onder nul"),
    "no date": (with_(aanvraag={"ontvangen_op": "31-02-2026"}), "aanvraag.ontvangen_op"),
    "no choice": (with_(werk={"soort": "freelance"}), "werk.soort"),
    "contradicts itself": (with_(huishouden={"soort": "gehuwd", "partner": "geen"}), "leefvorm"),
    "a group for a value": (with_(schulden={"soort": "huur"}), "schulden"),
    "another format": (with_(formaat=9), "formaat"),
    "a path that isn't there": (with_(feiten={"persoon.naam": {"bron": "brp"}}), "naam"),
    "a sender": (b'{"organisatie": "Gemeente"}', "afzender"),
    "an unknown ruleset": (with_(eigen={"groot": {"punten": 3}}), "groot"),
    "an unknown own fact": (with_(eigen={"klein": {"puntn": 3}}), "puntn"),
}
OWN = "gegevens: {punten: {type: getal, label: punten, vraag: Hoeveel?, van: [inwoner]}}\n"


@pytest.fixture(scope="module")
def known() -> Any:
    return register(ruleset(OWN, "eis: punten >= 17"))


def test_there_are_a_dozen_kinds_of_bad_rows() -> None:
    assert len(BAD) >= 12


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_row_is_told_with_its_number_and_reason_and_the_rest_is_read(kind: str, known: Any, tmp_path: Path) -> None:
    row, reason = BAD[kind]
    file = tmp_path / "inwoners.jsonl"
    file.write_bytes(b"\n".join([line(GOOD[0]), row, line(GOOD[1])]) + b"\n")
    population = Population(file, known)
    assert len(list(population)) == 2
    assert (population.goed, population.aantal_slecht) == (2, 1)
    [bad] = population.slecht
    assert bad.nummer == 2
    assert reason in str(bad)
    assert str(bad).startswith("inwoners.jsonl, rij 2: ")
    assert "Traceback" not in str(bad)


@pytest.mark.parametrize("kind", [kind for kind, (row, _) in BAD.items() if kind not in ("cut off", "two in one line")])
def test_the_same_rows_in_a_list(kind: str, known: Any, tmp_path: Path) -> None:
    row, reason = BAD[kind]
    file = tmp_path / "inwoners.json"
    file.write_bytes(b"[\n" + b",\n".join([line(GOOD[0]), row, line(GOOD[1])]) + b"\n]\n")
    population = Population(file, known)
    assert len(list(population)) == 2
    [bad] = population.slecht
    assert bad.nummer == 2
    assert reason in str(bad)


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (b'{"persoon": {"detentie": "nee"', "open"),
        (b'{"persoon": {"detentie": "nee}}, {}]', "open"),
        (b"}]", "niet openging"),
        (b"{}] en nog iets", "na het einde"),
        (b"", "open"),
    ],
)
def test_where_a_list_itself_breaks_off_that_is_told(rest: bytes, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "inwoners.json"
    file.write_bytes(b"[" + line(GOOD[0]) + b"," + rest)
    population = Population(file)
    assert next(iter(population)).persoon.detentie is False
    list(population)
    assert reason in str(population.slecht[-1])


def test_a_folder_of_situations_is_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(line(GOOD[0]))
    (tmp_path / "a.yaml").write_text("wonen: {huur: € 700}\n", encoding="utf-8")
    (tmp_path / "c.yml").write_text("wonen:\n  huur: veel\n", encoding="utf-8")
    (tmp_path / "lees-mij.txt").write_text("geen situatie", encoding="utf-8")
    population = Population(tmp_path)
    first, second = population
    assert first.wonen.huur == 70_000
    assert second.persoon == next(iter(population_of(tmp_path / "b.json"))).persoon
    [bad] = population.slecht
    assert (bad.nummer, bad.bestand) == (3, "c.yml")
    assert "wonen.huur" in str(bad)


def population_of(path: Path) -> Population:
    return Population(path)


def test_one_situation_is_a_population_of_one(tmp_path: Path) -> None:
    pretty = tmp_path / "een.json"
    pretty.write_text(json.dumps(GOOD[0], indent=2), encoding="utf-8")
    assert len(list(Population(pretty))) == 1
    example = tmp_path / "een.yaml"
    example.write_text("wonen: {huur: € 700}\n", encoding="utf-8")
    assert [one.wonen.huur for one in Population(example)] == [70_000]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("inwoners.csv", b"a;b\n1;2\n", "een tabel"),
        ("inwoners.xlsx", b"PK\x03\x04", "een werkmap"),
        ("inwoners.parquet", b"PAR1", "in kolommen"),
        ("inwoners.jsonl.gz", b"\x1f\x8b", "ingepakt"),
        ("inwoners", b"PAR1\0\0", "geen tekst"),
        ("inwoners.dat", b"hallo", "niet te lezen"),
    ],
)
def test_another_kind_of_file_is_refused_with_what_to_make_of_it(name: str, text: bytes, told: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(text)
    with pytest.raises(InvalidError) as refused:
        Population(file)
    assert told in str(refused.value)
    assert "JSON Lines" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidError, match="bestaat niet"):
        Population(tmp_path / "weg.jsonl")


def test_an_empty_file_and_an_empty_list_say_that_there_is_nobody(tmp_path: Path) -> None:
    for name, text in (("leeg.jsonl", b""), ("leeg.json", b"[ ]"), ("leeg.ndjson", b"\n\n")):
        (tmp_path / name).write_bytes(text)
        population = Population(tmp_path / name)
        assert list(population) == []
        assert population.verslag() == (f"{name} bevat geen enkele situatie.",)


def test_the_account_counts_every_row(tmp_path: Path) -> None:
    file = tmp_path / "inwoners.jsonl"
    file.write_bytes(b"\n".join([line(GOOD[0]), b"hallo", b"", line(GOOD[1]), with_(wonen={"huur": "veel"})]))
    population = Population(file)
    assert len(list(population)) == 2
    first, second, third = population.verslag()
    assert first == "inwoners.jsonl: 4 rijen gelezen, waarvan 2 niet te gebruiken:"
    assert second.startswith("  inwoners.jsonl, rij 2: dit is geen situatie")
    assert third.startswith("  inwoners.jsonl, rij 5: «wonen.huur»: ")  # the line of the file, empty ones counted


def test_of_very_many_bad_rows_the_rest_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "KEPT", 3)
    file = tmp_path / "inwoners.jsonl"
    file.write_bytes(b"hallo\n" * 10)
    population = Population(file)
    assert list(population) == []
    assert population.aantal_slecht == 10
    assert population.verslag()[-1] == "  en nog 7 rijen."


def test_going_through_it_again_reads_and_tells_it_again(tmp_path: Path) -> None:
    file = tmp_path / "inwoners.jsonl"
    file.write_bytes(line(GOOD[0]) + b"\nhallo\n")
    population = Population(file)
    assert list(population) == list(population)
    assert (population.goed, population.aantal_slecht, len(population.slecht)) == (1, 1, 1)


@pytest.mark.parametrize("kind", ["lines", "list"])
def test_only_a_piece_is_in_memory_at_a_time(kind: str, tmp_path: Path) -> None:
    file = tmp_path / ("inwoners.jsonl" if kind == "lines" else "inwoners.json")
    row = line({"wonen": {"huur": "€ 700"}})
    padded = row + b" " * (1_000 - len(row))
    begin, between, end = (b"", b"\n", b"\n") if kind == "lines" else (b"[", b",", b"]")
    with file.open("wb") as stream:
        stream.write(begin + between.join([padded] * 6_000) + end)
    tracemalloc.start()
    found = sum(1 for _ in Population(file))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == 6_000
    assert peak < 1_500_000 < file.stat().st_size


def test_a_giant_row_is_not_read_into_memory(tmp_path: Path) -> None:
    file = tmp_path / "inwoners.json"
    with file.open("wb") as stream:
        stream.write(b"[" + line(GOOD[0]) + b', {"gewenst_effect": "')
        for _ in range(200):
            stream.write(b"a" * 100_000)
        stream.write(b'"}, ' + line(GOOD[1]) + b"]")
    tracemalloc.start()
    population = Population(file)
    found = list(population)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 2
    assert "1 MiB" in str(population.slecht[0])
    assert peak < 6_000_000


def test_rows_come_as_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "inwoners.jsonl"
    file.write_bytes(b"".join(line({"wonen": {"huur": f"€ {n}"}}) + b"\n" for n in range(5)))
    read: list[int] = []
    whole: Callable[[Path], Iterator[reading.Row]] = reading._lines

    def watched(path: Path) -> Iterator[reading.Row]:
        for row in whole(path):
            read.append(row.nummer)
            yield row

    monkeypatch.setattr(reading, "_lines", watched)
    people = iter(Population(file))
    assert read == []
    assert next(people).wonen.huur == 0
    assert read == [1]


# --- whatever the bytes ------------------------------------------------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text('ab"\\{}[],', max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('a"\\', max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(values, min_size=1, max_size=6), piece=st.integers(1, 40), indent=st.sampled_from([None, 1]))
def test_the_entries_of_a_list_are_those_that_json_reads(
    rows: list[Any], piece: int, indent: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the file is cut into pieces."""
    file = tmp_path / "lijst.json"
    file.write_text(json.dumps(rows, indent=indent), encoding="utf-8")
    monkeypatch.setattr(reading, "PIECE", piece)
    found = [json.loads(row.tekst or "") for row in reading._list(file)]
    assert found == rows


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=80) | st.text('{}[],"\\:\n 1a', max_size=80).map(str.encode),
    ending=st.sampled_from([".json", ".jsonl"]),
)
def test_no_bytes_at_all_stop_it(raw: bytes, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"wat{ending}"
    file.write_bytes(raw)
    try:
        population = Population(file)
    except InvalidError:
        return
    found = list(population)
    assert population.goed == len(found)
    assert all(str(bad) for bad in population.slecht)
