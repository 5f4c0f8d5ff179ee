"""What is remembered changes nothing: after any change the findings are those of a check from nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import strategies
from responsief.checked import check
from responsief.register import read_files, shipped
from responsief.remembered import Memory, StoppedError

TODAY = date(2026, 3, 2)
LANDELIJK = shipped() / "landelijk"


def told(paths: list[Path], memory: Memory) -> list[str]:
    return [str(finding) for finding in check(paths, TODAY, memory).findings]


def alone(texts: dict[Path, str], memory: Memory) -> list[str]:
    """Without the shipped register, which takes most of the time."""
    return [str(finding) for finding in memory.check_files(read_files(list(texts), memory.read))[2]]


CHANGES = [
    ("landelijk/participatiewet.yaml", "leeftijd", "leeftjd"),  # an unknown name
    ("landelijk/participatiewet.yaml", "titel:", "tietel:"),  # an unknown key
    ("landelijk/participatiewet.yaml", "toepasselijke_norm:", "andere_norm:"),  # a name that others read
    ("landelijk/participatiewet.yaml", "regelset: participatiewet", "regelset: bijstandswet"),  # another id
    ("landelijk/cijfers.yaml", "norm_21_a:", "norm_21_aa:"),  # a shared name
    ("landelijk/begrippen.yaml", "aow_bereikt:", "aow_bereikt_ja:"),
    ("landelijk/participatiewet.test.yaml", "uitkomst: toegekend", "uitkomst: toegekent"),
    ("landelijk/participatiewet.test.yaml", "gemeld_op: 2026-01-15", "gemeld_op: 2026-13-15"),
    ("voorzieningen/inkomen.yaml", "- id: algemene_bijstand", "- id: bijstand_algemeen"),  # what rulesets and signals name
    ("signalen/proces.yaml", "dan: taaldrempel", "dan: drempel_taal"),
    ("gemeenten/rotterdam/iit.yaml", "geldig: {van: 2025-07-01", "geldig: {van: 2025-06-01"),
]


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_after_a_change_and_back_again_the_findings_are_those_of_a_whole_check(name: str, old: str, new: str) -> None:
    path = shipped() / name
    good = path.read_text("utf-8")
    assert old in good
    texts: dict[Path, str] = {}
    memory = _warm()
    memory.texts = texts
    texts[path] = good.replace(old, new, 1)
    assert told([], memory) == told([], Memory(texts))
    texts[path] = good
    assert told([], memory) == []


_MEMORY: list[Memory] = []


def _warm() -> Memory:
    """One memory for all: the longer it lives, the more it could have wrong."""
    if not _MEMORY:
        _MEMORY.append(Memory())
        assert told([], _MEMORY[0]) == []
    return _MEMORY[0]


def test_a_circle_through_what_did_not_change_is_found() -> None:
    """The term of a ruleset that is not read again uses the one that changed into using it."""
    one = "regelset: een\nformaat: 1\ntitel: t\nsoort: begrippen\ngeldig: {van: 2024-01-01}\nbegrippen:\n  a: 3\n"
    two = (
        "regelset: twee\nformaat: 1\ntitel: t\nsoort: begrippen\ngeldig: {van: 2024-01-01}\nbegrippen:\n  b: {gebruik: een.a}\n"
    )
    texts = {Path("/t/een.yaml"): one, Path("/t/twee.yaml"): two}
    memory = Memory(texts)
    alone(texts, memory)
    texts[Path("/t/een.yaml")] = one.replace("a: 3", "a: {gebruik: twee.b}")
    again = alone(texts, memory)
    assert again == alone(texts, Memory(texts))
    assert any("[kring" in line for line in again)


@settings(max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(strategies.registers(), st.data())
def test_random_changes_of_random_registers(written: strategies.Written, data: st.DataObject) -> None:
    texts = {Path(f"/t/{n}.yaml"): text for n, text in enumerate(written.texts)}
    memory = Memory(texts)
    alone(texts, memory)
    for _ in range(3):
        path = data.draw(st.sampled_from(list(texts)))
        lines = texts[path].split("\n")
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(["weg", "dubbel", "geld", "ja"]))
        if how == "weg":
            del lines[at]
        elif how == "dubbel":
            lines.insert(at, lines[at])
        else:
            lines[at] = lines[at].rsplit(":", 1)[0] + (": € 3" if how == "geld" else ": ja")
        before, texts[path] = texts[path], "\n".join(lines)
        fresh = Memory(texts)
        now = alone(texts, memory)
        if memory.broken:
            texts[path] = before  # an unreadable file counts as what it last was: that is another promise
            continue
        assert _codes(now) >= _codes(alone(texts, fresh)), "nothing is missed"
        texts[path] = before
        assert alone(texts, memory) == alone(texts, Memory(texts))


def _codes(lines: list[str]) -> set[str]:
    return set(lines)


def test_a_file_that_is_broken_for_a_moment_counts_as_what_it_was() -> None:
    path = LANDELIJK / "participatiewet.yaml"
    memory = _warm()
    good = path.read_text("utf-8")
    memory.texts = {path: good}
    assert told([], memory) == []
    memory.texts = {path: good.replace("titel: Bijstand", 'titel: "Bijstand', 1)}
    found = check([], TODAY, memory).findings
    assert {f.code for f in found} == {"yaml"}
    assert memory.broken == {path.as_posix()}
    memory.texts = {path: good}
    assert told([], memory) == []
    assert memory.broken == set()


def test_a_file_on_disk_that_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("regelset: x\n", "utf-8")
    memory = Memory()
    first = told([file], memory)
    file.write_text("regelset: xx\nsoort: wet\n", "utf-8")
    assert told([file], memory) != first
    assert told([file], memory) == told([file], Memory())


def test_who_is_told_to_stop_stops_and_can_go_on() -> None:
    memory = _warm()
    memory.texts = {LANDELIJK / "cijfers.yaml": (LANDELIJK / "cijfers.yaml").read_text("utf-8") + "\n# x"}
    memory.stopped = lambda: True
    with pytest.raises(StoppedError):
        check([], TODAY, memory)
    memory.stopped = lambda: False
    assert told([], memory) == []
