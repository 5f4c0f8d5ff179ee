"""`responsief new`: whatever is answered, what it writes is checked and tested without a finding, and nothing is overwritten."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from responsief.checked import check
from responsief.cli import group
from responsief.desk import Desk
from responsief.diagnostics import Findings
from responsief.intake import plain
from responsief.ir.types import Kind, situation_schema
from responsief.register import Register, check_files, read_files
from responsief.scaffold import (
    KINDS,
    Answers,
    Fact,
    HardshipClause,
    Limit,
    name_of,
    read_fact,
    read_limit,
    ruleset_text,
    sentence_of,
    trials_text,
)  # fmt: skip
from responsief.situation import LEEFGEBIEDEN
from responsief.source import Source
from responsief.syntax.format import format_source
from responsief.syntax.from_yaml import read_yaml
from responsief.trials import run_trials

TODAY = date(2026, 3, 2)


def paths() -> list[str]:
    """Every path of the situation that a first criterion can look at."""
    found: list[str] = ["leeftijd"]
    todo = [("", situation_schema())]
    while todo:
        before, record = todo.pop()
        for name, one in record.fields.items():
            if one.type.kind is Kind.GROEP and one.type.record is not None:
                todo.append((f"{before}{name}.", one.type.record))
            elif before and one.type.kind in (Kind.GELD, Kind.GETAL, Kind.JA_NEE):
                found.append(before + name)
    return found


WORDS = st.text(st.sampled_from("abcdefgh ijklm éë-'\":,#[]{}«»%&*!?0123456789"), min_size=1, max_size=60).map(
    lambda text: "a" + " ".join(text.split())
)
OWN = st.one_of(
    st.sampled_from(["inkomen per maand", "leeftijd", "wonen", "en", "peildatum"]).map(Fact),
    WORDS.map(Fact),
)
NUMBERS = st.builds(
    Limit,
    st.sampled_from(["geld", "getal"]), st.sampled_from(["<", "<=", ">", ">="]), st.integers(1, 90),
)  # fmt: skip


@st.composite
def answers(draw: st.DrawFn) -> Answers:
    fact = draw(st.one_of(OWN, st.sampled_from(paths()).map(read_fact)))
    limit = draw(st.one_of(NUMBERS, st.sampled_from([Limit("ja_nee", "=", 0), Limit("ja_nee", "=", 1)])))
    if fact.kind not in (None, limit.kind):
        limit = Limit("ja_nee", "=", 1) if fact.kind == "ja_nee" else Limit(fact.kind or "geld", "<=", draw(st.integers(1, 90)))
    clause = draw(st.none() | st.builds(HardshipClause, WORDS, WORDS, WORDS))
    return Answers(
        id="een-" + name_of(draw(WORDS), "-"), titel=draw(WORDS), soort=draw(st.sampled_from(KINDS)),
        gemeente=draw(st.none() | st.sampled_from(["0599", "0014"])), artikel=draw(WORDS), van=draw(st.dates(date(2000, 1, 1), date(2030, 1, 1))),
        doel=draw(WORDS), leefgebieden=tuple(draw(st.lists(st.sampled_from(LEEFGEBIEDEN), min_size=1, max_size=3, unique=True))),
        feit=fact, grens=limit, criterium=sentence_of(fact, limit), clausule=clause,
    )  # fmt: skip


def assert_comes_out(made: Answers, folder: Path) -> None:
    """Without the shipped register: it takes a second to read, and this runs often."""
    (folder / "een.yaml").write_text(ruleset_text(made))
    (folder / "een.test.yaml").write_text(trials_text(made))
    files = read_files([folder])
    checker, catalogue, findings = check_files(files)
    assert [str(f) for f in findings] == []
    trials = run_trials(files.documents["proef"], Desk(Register(checker.rulesets, catalogue, files.texts)))
    assert len(trials) == 3
    assert [(t.naam, *t.verschillen, *t.fout) for t in trials if not t.ok] == []


def an_answer(fact: Fact, limit: Limit) -> Answers:
    return Answers(
        id="een", titel="Een regeling", soort="verordening", gemeente=None, artikel="art. 1", van=date(2026, 1, 1), doel="Omdat het helpt.",
        leefgebieden=("financien",), feit=fact, grens=limit, criterium=sentence_of(fact, limit), clausule=None,
    )  # fmt: skip


@settings(max_examples=60)
@given(made=answers())
def test_whatever_is_answered_it_reads_and_its_cases_come_out(made: Answers, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_comes_out(made, tmp_path_factory.mktemp("nieuw"))


@pytest.mark.parametrize("path", paths())
def test_every_path_of_the_situation_can_be_looked_at(path: str, tmp_path: Path) -> None:
    fact = read_fact(path)
    limit = Limit("ja_nee", "=", 1) if fact.kind == "ja_nee" else Limit(fact.kind or "geld", ">=", 21)
    assert_comes_out(an_answer(fact, limit), tmp_path)


# --- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "limit"),
    [
        ("hoogstens € 1.500", Limit("geld", "<=", 150_000)),
        ("Ten minste  21", Limit("getal", ">=", 21)),
        ("minstens 21 jaar", Limit("getal", ">=", 21)),
        ("meer dan € 12,50", Limit("geld", ">", 1_250)),
        ("< 18", Limit("getal", "<", 18)),
        ("niet meer dan 3", Limit("getal", "<=", 3)),
        ("ja", Limit("ja_nee", "=", 1)),
        ("nee", Limit("ja_nee", "=", 0)),
    ],
)
def test_a_limit_in_words(said: str, limit: Limit) -> None:
    assert read_limit(said, Fact("iets")) == limit


@pytest.mark.parametrize(
    "said",
    [
        "",
        "1500",
        "hoogstens",
        "hoogstens veel",
        "hoogstens 1.500",
        "minstens 0",
        "minstens -3",
        "hoogstens € 9.999.999.999.999",
    ],
)
def test_a_limit_that_is_none_says_so_in_dutch(said: str) -> None:
    with pytest.raises(ValueError) as wrong:
        read_limit(said, Fact("iets"))
    assert any(word in str(wrong.value) for word in ("schrijf", "grens", "groter"))


def test_a_fact_is_a_path_or_plain_words() -> None:
    assert read_fact("wonen.huur") == Fact(
        situation_schema().fields["wonen"].type.record.fields["huur"].label, "wonen.huur", "geld"
    )  # type: ignore[union-attr]
    assert read_fact("Inkomen per maand") == Fact("inkomen per maand")
    for said in ("wonen.hur", "wonen.soort.x", "persoon.geboortedatum", "huishouden.kinderen", "", "3 !"):
        with pytest.raises(ValueError):
            read_fact(said)


# --- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*args: str, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(group, ["new", *args], input=stdin, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return invoke


OPTIONS = (
    "--municipality", "0503", "--clause", "Het college kan afwijken bij onbillijkheid van overwegende aard.",
    "--clause-article", "9", "--threshold", "onbillijkheid van overwegende aard", "--purpose", "Wie weinig heeft, kan meedoen.",
    "--area", "meedoen, financien", "--limit", "hoogstens € 1.500", "--article", "3", "--source", "cvdr123456",
)  # fmt: skip


def test_the_files_pass_check_and_test_at_once(run) -> None:
    result = run("Stadspas Delft", "--yes", *OPTIONS)
    assert result.exit_code == 0
    folder = Path("stadspas-delft")
    assert {p.name for p in folder.iterdir()} == {"stadspas-delft.yaml", "stadspas-delft.test.yaml", "regelset.schema.json"}
    assert [str(f) for f in check([folder], TODAY).findings if f.ernst != "tip"] == []
    tested = CliRunner().invoke(group, ["test", "stadspas-delft"])
    assert (tested.exit_code, tested.output) == (0, "3 gevallen uit stadspas-delft/, 0 anders dan verwacht\n")
    for command in ("check", "test", "watch"):
        assert f"responsief {command} stadspas-delft " in result.output


def test_the_questions_make_the_same_as_the_options(run) -> None:
    run("Stadspas Delft", "--yes", "--out", "een", "--since", "2026-01-01", *OPTIONS)
    said = [
        "Stadspas Delft", "", "0503", "CVDR123456", "2026-01-01", "Wie weinig heeft, kan meedoen.", "meedoen, financien", "",
        "hoogstens € 1.500", "", "artikel 3", "Het college kan afwijken bij onbillijkheid van overwegende aard.", "9",
        "onbillijkheid van overwegende aard",
    ]  # fmt: skip
    result = run("--out", "twee", stdin="\n".join(said) + "\n")
    assert result.exit_code == 0
    for name in ("stadspas-delft.yaml", "stadspas-delft.test.yaml", "regelset.schema.json"):
        assert (Path("een") / name).read_text() == (Path("twee") / name).read_text()


def test_what_check_says_of_a_first_ruleset_without_answers_was_foretold_in_it(run) -> None:
    run("Pas", "--yes", "--since", "2026-01-01")
    told = [f for f in check([Path("pas")], TODAY).findings if f.ernst != "tip"]
    assert [f.code for f in told] == ["nog-invullen", "klif", "nog-invullen"]
    text = Path("pas/pas.yaml").read_text()
    assert text.count("NOG INVULLEN") == 2
    assert "«klif»" in text
    assert "responsief explain klif" in text


@pytest.mark.parametrize(
    "more",
    [
        ("--clause", "Het college kan afwijken.", "--clause-article", "9", "--threshold", "kan afwijken"),
        ("--limit", "minstens 21"),
    ],
)
def test_where_no_cliff_is_warned_of_none_is_spoken_of(run, more: tuple[str, ...]) -> None:
    run("Pas", "--yes", "--since", "2026-01-01", "--purpose", "Wie weinig heeft, kan meedoen.", *more)
    assert [str(f) for f in check([Path("pas")], TODAY).findings if f.ernst != "tip"] == []
    assert "klif" not in Path("pas/pas.yaml").read_text()


def test_an_answer_that_cannot_be_used_is_asked_again(run) -> None:
    said = [
        "Pas",
        "verordenning",
        "verordening",
        "Delft",
        "0503",
        "",
        "2026",
        "2026-01-01",
        "",
        "geld",
        "financien",
        "",
        "1500",
        "hoogstens € 1.500",
        "",
        "",
        "",
    ]
    result = run(stdin="\n".join(said) + "\n")
    assert result.exit_code == 0
    for text in ("bedoelde u «verordening»?", "schrijf vier cijfers", "«geld» kan hier niet", "schrijf «hoogstens € 1.500»"):
        assert text in " ".join(result.output.split())
    assert Path("pas/pas.yaml").exists()


def test_who_stops_halfway_has_written_nothing(run) -> None:
    result = run(stdin="Pas\n")
    assert result.exit_code == 1
    assert "er is niets geschreven" in result.output
    assert list(Path().iterdir()) == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--yes"], "NAAM: "),
        (["!!", "--yes"], "een naam heeft letters of cijfers"),
        (["iit-rotterdam", "--yes"], "al de naam van een geleverde regelset"),
        (["pas", "--yes", "--kind", "verordenning"], "bedoelde u «verordening»?"),
        (["pas", "--yes", "--since", "1-1-2026"], "2026-01-01"),
        (
            ["pas", "--yes", "--clause", "Het kan anders.", "--clause-article", "9", "--threshold", "bijzonder"],
            "neem ze letterlijk over",
        ),
        (["pas", "--yes", "--clause", "Het kan anders."], "--clause-article"),
        (["pas", "--yes", "--fact", "wonen.hur"], "staat niet in de situatie"),
    ],
)
def test_wrong_use_exits_2_and_writes_nothing(run, args: list[str], said: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert list(Path().iterdir()) == []


def test_nothing_is_ever_overwritten(run) -> None:
    for name in ("pas.yaml", "pas.test.yaml"):
        folder = Path(f"map-{name}")
        folder.mkdir()
        (folder / name).write_text("van mij\n")
        result = run("pas", "--yes", "--out", str(folder))
        assert result.exit_code == 2
        assert f"{folder}/{name}" in result.stderr
        assert "is er al" in result.stderr
        assert {p.name: p.read_text() for p in folder.iterdir()} == {name: "van mij\n"}


def test_a_second_ruleset_in_the_same_folder_shares_the_schema(run) -> None:
    assert run("een", "--yes", "--out", "wij").exit_code == 0
    Path("wij/regelset.schema.json").write_text("{}")
    assert run("twee", "--yes", "--out", "wij").exit_code == 0
    assert Path("wij/regelset.schema.json").read_text() == "{}"
    assert [str(f) for f in check([Path("wij")], TODAY).wrong] == []


def test_when_writing_fails_halfway_nothing_stays(run, monkeypatch: pytest.MonkeyPatch) -> None:
    from responsief.cli import new

    real, calls = new._publish, []

    def full(draft: Path, path: Path) -> None:
        calls.append(path)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(path))
        real(draft, path)

    monkeypatch.setattr(new, "_publish", full)
    result = run("pas", "--yes")
    assert result.exit_code == 2
    assert list(Path("pas").iterdir()) == []


def test_a_file_that_comes_meanwhile_stays(run, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.link

    def late(source: Path, target: Path) -> None:
        Path(target).write_text("van een ander\n")
        real(source, target)

    monkeypatch.setattr(os, "link", late)
    result = run("pas", "--yes")
    assert result.exit_code == 2
    assert "is er al" in result.stderr
    assert [(p.name, p.read_text()) for p in Path("pas").iterdir()] == [("pas.yaml", "van een ander\n")]


def test_a_place_where_nothing_can_be_written(run) -> None:
    Path("bestand").write_text("")
    result = run("pas", "--yes", "--out", "bestand/map")
    assert result.exit_code == 2
    assert "hier kan geen bestand komen" in result.stderr


def test_both_files_name_the_schema_beside_them_and_fit_it(run) -> None:
    run("pas", "--yes", *OPTIONS)
    schema = json.loads(Path("pas/regelset.schema.json").read_text())
    for name in ("pas/pas.yaml", "pas/pas.test.yaml"):
        text = Path(name).read_text()
        top = ["# yaml-language-server: $schema=regelset.schema.json", "# $schema: regelset.schema.json"]
        assert text.splitlines()[:2] == top
        assert format_source(Source(name, text)).splitlines()[:2] == top
        document = read_yaml(Source(name, text), Findings())
        assert document is not None
        assert list(Draft202012Validator(schema).iter_errors(plain(document.root))) == []
