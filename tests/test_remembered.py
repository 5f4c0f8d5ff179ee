"""What is remembered changes nothing: after any change the findings are those of a check from nothing."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import strategies
from responsief.checked import check, check_read
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
    pytest.param("landelijk/participatiewet.yaml", "leeftijd", "leeftjd", marks=pytest.mark.heavy),  # an unknown name
    pytest.param("landelijk/participatiewet.yaml", "titel:", "tietel:", marks=pytest.mark.heavy),  # an unknown key
    ("landelijk/participatiewet.yaml", "toepasselijke_norm:", "andere_norm:"),  # a name that others read
    pytest.param(
        "landelijk/participatiewet.yaml", "regelset: participatiewet", "regelset: bijstandswet", marks=pytest.mark.heavy
    ),  # another id
    pytest.param("landelijk/cijfers.yaml", "norm_21_a:", "norm_21_aa:", marks=pytest.mark.heavy),  # a shared name
    pytest.param("landelijk/begrippen.yaml", "aow_bereikt:", "aow_bereikt_ja:", marks=pytest.mark.heavy),
    pytest.param("landelijk/participatiewet.test.yaml", "uitkomst: toegekend", "uitkomst: toegekent", marks=pytest.mark.heavy),
    pytest.param(
        "landelijk/participatiewet.test.yaml", "gemeld_op: 2026-01-15", "gemeld_op: 2026-13-15", marks=pytest.mark.heavy
    ),
    ("voorzieningen/inkomen.yaml", "- id: algemene_bijstand", "- id: bijstand_algemeen"),  # what rulesets and signals name
    pytest.param("signalen/proces.yaml", "dan: taaldrempel", "dan: drempel_taal", marks=pytest.mark.heavy),
    pytest.param(
        "gemeenten/rotterdam/iit.yaml", "geldig: {van: 2025-07-01", "geldig: {van: 2025-06-01", marks=pytest.mark.heavy
    ),
]


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
def test_after_a_change_and_back_again_the_findings_are_those_of_a_whole_check(name: str, old: str, new: str) -> None:
    path = shipped() / name
    good = path.read_text("utf-8")
    assert old in good
    memory = _warm()
    memory.texts = {path: good.replace(old, new, 1)}
    assert told([], memory) == told([], _fresh(memory))
    memory.texts = {path: good}
    assert told([], memory) == _as_shipped()


_MEMORY: list[Memory] = []


def _warm() -> Memory:
    """One memory for all: the longer it lives, the more it could have wrong."""
    if not _MEMORY:
        _MEMORY.append(Memory())
        _as_shipped()
    return _MEMORY[0]


@cache
def _as_shipped() -> list[str]:
    """What a whole check says of the shipped register: no mistakes, maybe tips."""
    found = check([], TODAY, _MEMORY[0])
    assert not found.wrong
    return [str(finding) for finding in found.findings]


def _fresh(memory: Memory) -> Memory:
    """A memory that knows what the files say, and nothing of what that means: reading YAML takes most of the time."""
    fresh = Memory(memory.texts)
    fresh._files, fresh._stamps = {**memory._files}, {**memory._stamps}
    return fresh


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


LOCAL_CLAUSE = """
clausules_bij:
  landelijk:
    - id: plaatselijk
      soort: verordening_clausule
      grondslag: art. 12
      maatstaf: in bijzondere gevallen
      geldt_voor: [c0]
      wie_beslist: college
      mag: [toekennen]
      wegen: [{soort: taal, waarom: dat telt}]
"""
CATALOGUE = """voorzieningen: proef
formaat: 1
lijst:
  - id: hulp
    titel: Hulp die wordt gegeven
    grondslag: Pw 7
    leefgebieden: [financien]
    wie_beslist: college
    eerste_stap: Bel de gemeente.
    drempel: 1
    soort: wettelijk
    bereik: landelijk
    wet: binnen_wet
    bron: Pw 7 (tekst 2026)
    voorwaarden: s_bedrag_0 is bekend en leeftijd >= 18
"""
SIGNALS = """signalen: proef
formaat: 1
feiten:
  taal_beperkt: {label: u vindt lezen moeilijk, is: communicatie.taal_beperkt of s_bedrag_0 is bekend}
  al_eerder: {label: eerder afgewezen, is: zaak.regelset = 'landelijk' en zaak.uitkomst = 'afgewezen'}
regels:
  - {id: taal, als: [taal_beperkt, al_eerder], dan: taaldrempel, label: hulp bij taal, grondslag: Awb 2:1, biedt: [hulp]}
"""
CASES = """proef: {ident}
formaat: 1
basis:
  iemand: {{persoon: {{geboortedatum: 1986-04-12}}, huishouden: {{partner: geen}}, eigen: {{landelijk: {{g_geld: "€ 5"}}}}}}
gevallen:
  - naam: een
    peildatum: 2026-03-01
    basis: iemand
    verwacht: {{uitkomst: toegekend, afgewezen_op: [c0], hardheid: {{{clause}: in_bereik}}}}
  - naam: twee
    peildatum: 2026-03-01
    situatie: {{inkomsten: geen}}
    verwacht: {{onbekend: [persoon.geboortedatum], te_wegen: [c0]}}
"""


def everything(texts: dict[Path, str], memory: Memory) -> list[str]:
    """All that a check finds, lint too: of these files alone, without the shipped register, which takes most of the time."""
    memory.texts = texts
    return [str(f) for f in check_read(read_files(list(texts), memory.read), TODAY, memory, own=True).findings]


def changed(text: str, data: st.DataObject) -> str:
    """The text with one line or one word otherwise, as somebody who types leaves it for a moment."""
    lines = text.split("\n")
    at = data.draw(st.integers(0, len(lines) - 1))
    match data.draw(st.sampled_from(["weg", "dubbel", "geld", "ja", "woord", "woord", "woord", "nieuw"])):
        case "weg":
            del lines[at]
        case "dubbel":
            lines.insert(at, lines[at])
        case "geld":
            lines[at] = lines[at].rsplit(":", 1)[0] + ": € 3"
        case "ja":
            lines[at] = lines[at].rsplit(":", 1)[0] + ": ja"
        case word:
            places = [*re.finditer(r"[\w-]+", text)]
            here, other = (places[data.draw(st.integers(0, len(places) - 1))] for _ in range(2))
            new = other[0] if word == "woord" else here[0] + "x"
            return text[: here.start()] + new + text[here.end() :]
    return "\n".join(lines)


def any_change_is_forgotten_nowhere(written: strategies.Written, data: st.DataObject) -> None:
    """Random changes after each other, some taken back, of every kind of file at once."""
    texts = {Path(f"/t/{n}.yaml"): text for n, text in enumerate(written.texts)}
    texts[Path(f"/t/{len(written.texts) - 1}.yaml")] += LOCAL_CLAUSE
    texts[Path("/t/v.yaml")], texts[Path("/t/s.yaml")] = CATALOGUE, SIGNALS
    clauses = {"landelijk": "plaatselijk", "lokaal": "clausule" if "id: clausule" in written.texts[-1] else "geen"}
    for ident, clause in clauses.items():
        texts[Path(f"/t/{ident}.test.yaml")] = CASES.format(ident=ident, clause=clause)
    memory = Memory()
    assert everything(texts, memory) == everything(texts, Memory())
    for _ in range(4):
        path = data.draw(st.sampled_from(list(texts)))
        before, texts[path] = texts[path], changed(texts[path], data)
        now = everything(texts, memory)
        if memory.broken:
            texts[path] = before  # an unreadable file counts as what it last was: that is another promise
            continue
        assert now == everything(texts, Memory())
        if data.draw(st.booleans()):
            texts[path] = before
            assert everything(texts, memory) == everything(texts, Memory())


@settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(strategies.registers(), st.data())
def test_random_changes_of_random_registers(written: strategies.Written, data: st.DataObject) -> None:
    any_change_is_forgotten_nowhere(written, data)


@pytest.mark.heavy
@settings(max_examples=40, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(strategies.registers(), st.data())
def test_more_random_changes_of_random_registers(written: strategies.Written, data: st.DataObject) -> None:
    any_change_is_forgotten_nowhere(written, data)


def test_a_file_that_is_broken_for_a_moment_counts_as_what_it_was() -> None:
    path = LANDELIJK / "participatiewet.yaml"
    memory = _warm()
    good = path.read_text("utf-8")
    memory.texts = {path: good}
    assert told([], memory) == _as_shipped()
    memory.texts = {path: good.replace("titel: Bijstand", 'titel: "Bijstand', 1)}
    found = check([], TODAY, memory).findings
    assert {f.code for f in found} == {"yaml"}
    assert memory.broken == {path.as_posix()}
    memory.texts = {path: good}
    assert told([], memory) == _as_shipped()
    assert memory.broken == set()


def test_a_file_on_disk_that_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("regelset: x\n", "utf-8")
    memory = Memory()

    def found(reading: Memory) -> list[str]:
        return [str(finding) for finding in reading.check_files(read_files([file], reading.read))[2]]

    first = found(memory)
    file.write_text("regelset: xx\nsoort: wet\n", "utf-8")
    assert found(memory) != first
    assert found(memory) == found(Memory())


def test_who_is_told_to_stop_stops_and_can_go_on() -> None:
    memory = _warm()
    memory.texts = {LANDELIJK / "cijfers.yaml": (LANDELIJK / "cijfers.yaml").read_text("utf-8") + "\n# x"}
    memory.stopped = lambda: True
    with pytest.raises(StoppedError):
        check([], TODAY, memory)
    memory.stopped = lambda: False
    assert told([], memory) == _as_shipped()
