"""Files of cases that were found without mistakes are not read again, and nobody notices but the clock."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief import checked
from responsief.checked import check, folders_of
from responsief.cli import group
from responsief.known import Known
from small import ruleset

RULES = ruleset("", "eis: wonen.huur <= € 500")

CASES = """proef: klein
formaat: 1
gevallen:
  - naam: een gewone huur
    peildatum: 2026-03-02
    situatie: {wonen: {huur: "€ 500"}}
    verwacht: {uitkomst: toegekend, afgewezen_op: []}
"""


@pytest.fixture(autouse=True)
def only_these(monkeypatch, tmp_path):
    """An empty register in place of the shipped one: opening that takes a second."""
    monkeypatch.setattr(checked, "shipped", lambda: tmp_path / "geleverd")
    (tmp_path / "geleverd").mkdir()
    (tmp_path / "geleverd" / "klein.yaml").write_text(RULES, encoding="utf-8")


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "eigen"
    folder.mkdir()
    (folder / "klein.yaml").write_text(RULES, encoding="utf-8")
    (folder / "klein.test.yaml").write_text(CASES, encoding="utf-8")
    return folder


def run(folder: Path, digests: set[str]) -> tuple[list[tuple[str, str]], set[str], set[str]]:
    known = Known(digests, folders_of([folder]))
    done = check([folder], date(2026, 3, 2), known=known)
    return [(f.code, f.tekst) for f in done.findings if f.ernst == "fout"], known.digests, {Path(n).name for n in done.unread}


def test_what_had_no_mistakes_is_not_read_again_until_it_or_a_rule_changes(own):
    wrong, digests, unread = run(own, set())
    assert (wrong, len(digests), unread) == ([], 1, set())
    assert run(own, digests) == ([], digests, {"klein.test.yaml"})
    cases = own / "klein.test.yaml"
    cases.write_text(CASES.replace("naam: een gewone huur", "naam: een andere huur"), encoding="utf-8")
    wrong, more, unread = run(own, digests)
    assert (wrong, len(more), unread) == ([], 2, set())
    cases.write_text(CASES, encoding="utf-8")
    rules = own / "klein.yaml"
    cases.write_text(CASES.replace("afgewezen_op: []", "afgewezen_op: [c0]"), encoding="utf-8")
    wrong, digests, _ = run(own, digests)
    assert wrong == []
    rules.write_text(RULES.replace("c0", "anders_genoemd"), encoding="utf-8")
    wrong, _, unread = run(own, digests)
    assert [code for code, _ in wrong] == ["criterium-onbekend"]
    assert unread == set()


def test_a_file_with_a_mistake_is_told_every_time(own):
    (own / "klein.test.yaml").write_text(CASES.replace("toegekend", "toegekent"), encoding="utf-8")
    first = run(own, set())
    assert [code for code, _ in first[0]] == ["keuze-onbekend"]
    assert run(own, first[1]) == first


def test_another_version_of_the_package_reads_everything_again(own, monkeypatch, tmp_path):
    _, digests, _ = run(own, set())
    package = tmp_path / "pakket"
    package.mkdir()
    (package / "known.py").write_text("")
    monkeypatch.setattr("responsief.known.__file__", str(package / "known.py"))
    assert run(own, digests)[2] == set()


@pytest.mark.parametrize("state", ["nothing", "rubbish", "a folder", "off"])
def test_the_command_says_the_same_whatever_was_kept(own, monkeypatch, tmp_path, state):
    place = tmp_path / "bewaard"
    if state == "rubbish":
        place.mkdir()
        (place / "nagekeken.txt").write_bytes(b"\xff\x00 niets")
    if state == "a folder":
        (place / "nagekeken.txt").mkdir(parents=True)
    monkeypatch.setenv("RESPONSIEF_CACHE", "" if state == "off" else str(place))
    said = [CliRunner().invoke(group, ["check", str(own)]) for _ in range(2)]
    assert said[0].output == said[1].output
    assert [one.exit_code for one in said] == [said[0].exit_code] * 2
    if state == "nothing":
        assert len((place / "nagekeken.txt").read_text().split()) == 1
