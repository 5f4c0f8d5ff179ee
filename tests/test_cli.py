"""The command line as people use it: right, and wrong on purpose."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.cli import group

ROOT = Path(__file__).parents[1]
EURO = str(ROOT / "examples" / "een-euro-te-veel.yaml")


@pytest.fixture
def run(monkeypatch):
    monkeypatch.chdir(ROOT)

    def invoke(*args, stdin=None):
        result = CliRunner().invoke(group, args, input=stdin, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return invoke


def test_decide_puts_the_outcome_first_then_every_criterion_then_the_pass(run):
    result = run("decide", EURO, "--ruleset", "iit-rotterdam")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0] == "Individuele inkomenstoeslag Rotterdam · peildatum 1 september 2025"
    assert lines[1].startswith("AFGEWEZEN (concept: een medewerker beslist)")
    assert "€ 1.438,51 > € 1.437,51   art. 3 lid 1" in result.output
    order = [result.output.index(word) for word in ("✗", "Verschil", "Clausules", "Wat helpt", "Te wegen", "Nog te doen")]
    assert order == sorted(order)


def test_decide_as_json_rejects_on_income_only_and_shows_the_clause_out_of_reach(run):
    document = json.loads(run("decide", EURO, "--ruleset", "iit-rotterdam", "--format", "json").output)
    decision = document["besluiten"][0]
    assert decision["uitkomst"] == "afgewezen"
    assert decision["afgewezen_op"] == ["laag_inkomen"]
    clause = next(c for c in decision["hardheid"]["clausules"] if c["grondslag"] == "art. 5 lid 2")
    assert clause["status"] == "buiten_bereik"
    assert clause["reden"]
    assert len(decision["hardheid"]["alternatieven"]) >= 3
    assert document["formaat"] == 1


def test_without_a_ruleset_everything_in_force_there_is_decided(run):
    document = json.loads(run("decide", EURO, "--date", "2025-09-01", "--format", "json").output)
    assert [d["regelset"] for d in document["besluiten"]] == ["iit-rotterdam", "participatiewet"]


def test_text_letter_and_note_can_be_combined_and_json_stands_alone(run):
    both = run("decide", EURO, "--ruleset", "iit-rotterdam", "--format", "letter", "--format", "note").output
    assert both.index("Onderwerp: u krijgt geen") < both.index("NOTA VOOR HET DOSSIER")
    refused = run("decide", EURO, "--format", "json", "--format", "text")
    assert refused.exit_code == 2
    assert "stands alone" in refused.output


def test_a_dash_reads_standard_input_in_yaml_and_json(run):
    text = Path(EURO).read_text(encoding="utf-8")
    assert "AFGEWEZEN" in run("decide", "-", "--ruleset", "iit-rotterdam", stdin=text).output
    empty = run("decide", "-", "--ruleset", "iit-rotterdam", "--date", "2025-09-01", stdin='{"persoon": {}}')
    assert empty.exit_code == 0
    assert "NOG NIET TE BESLISSEN" in empty.output


def test_a_figure_that_has_no_value_yet_is_named_and_the_rest_goes_on(run):
    document = json.loads(run("decide", EURO, "--date", "2031-01-01", "--format", "json").output)
    assert not document["besluiten"]
    assert all("2031-01-01" in n["reden"] for n in document["niet_beslist"])
    assert run("decide", EURO, "--date", "2031-01-01").exit_code == 0


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["decide", "bestaat-niet.yaml"], 1, ["bestand-onleesbaar", "het bestaat niet"]),
        (["decide", EURO, "--ruleset", "iit-roterdam"], 1, ["«iit-roterdam»", "bedoelde u «iit-rotterdam»?"]),
        (["decide", EURO, "--date", "1-9-2025"], 2, ["2025-09-01"]),
        (["decide", "examples"], 1, ["het is een map"]),
        (["decide", EURO, "--sender", "bestaat-niet.yaml"], 1, ["het bestaat niet"]),
        (["decide", EURO, "--register", "bestaat-niet"], 2, ["bestaat-niet"]),
        (["decide"], 2, ["SITUATIE"]),
        (["besluit"], 2, ["No such command"]),
        (["check", "bestaat-niet.yaml"], 1, ["het bestaat niet"]),
        (["test", "bestaat-niet.yaml"], 1, ["het bestaat niet"]),
        (["schema", "brief"], 2, ["regelset"]),
    ],
)
def test_wrong_use_says_what_is_wrong_and_how_it_goes_on(run, args, code, words):
    result = run(*args)
    assert result.exit_code == code, result.output
    for word in words:
        assert word in result.output


def test_a_mistake_in_a_situation_is_shown_with_its_line_and_a_caret(run, tmp_path):
    file = tmp_path / "aanvraag.yaml"
    file.write_text("persoon:\n  geboortedatm: 1986-04-12\n", encoding="utf-8")
    result = run("decide", str(file))
    assert result.exit_code == 1
    assert f"{file.as_posix()}:2:" in result.output
    assert "bedoelde u «geboortedatum»?" in result.output
    assert "  2 │   geboortedatm: 1986-04-12" in result.output


def test_a_bsn_is_refused(run):
    result = run("decide", "-", stdin='{"omstandigheden": [{"woorden": "mijn nummer is 123456782"}]}')
    assert result.exit_code == 1
    assert "burgerservicenummer" in result.output


def test_check_counts_what_is_fine_and_shows_every_mistake_at_once(run, tmp_path):
    fine = run("check", "rulesets")
    assert fine.exit_code == 0
    assert "Geen fouten" in fine.output
    broken = tmp_path / "nieuw.yaml"
    broken.write_text("regelset: nieuw\nformaat: 1\ntitel: Nieuw\nsoort: verordning\n", encoding="utf-8")
    result = run("check", str(broken))
    assert result.exit_code == 1
    assert "bedoelde u «verordening»?" in result.output
    assert "«geldig»" in result.output
    assert "2 fouten" in result.output


def test_test_runs_the_shipped_cases_and_shows_a_difference_with_both_sides(run, tmp_path):
    assert run("test").exit_code == 0
    case = tmp_path / "iit.test.yaml"
    case.write_text(
        "proef: iit-rotterdam\nformaat: 1\ngevallen:\n"
        "  - naam: niets bekend\n    peildatum: 2025-09-01\n    situatie: {}\n    verwacht: {uitkomst: toegekend}\n",
        encoding="utf-8",
    )
    result = run("test", str(case))
    assert result.exit_code == 1
    assert "uitkomst: verwacht toegekend; gekregen onbepaald" in result.output


def test_sources_lists_what_is_not_verified(run):
    result = run("sources", "--unverified")
    assert result.exit_code == 0
    assert "niet geverifieerd regelset: iit-rotterdam" in result.output
    assert all(line.startswith("niet geverifieerd") for line in result.output.splitlines()[:-1])


@pytest.mark.parametrize("what", ["situatie", "regelset", "besluit"])
def test_schema_prints_a_json_schema(run, what):
    document = json.loads(run("schema", what).output)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_pipe_that_closes_early_ends_quietly():
    command = f"{sys.executable} -m responsief decide {EURO} --ruleset iit-rotterdam --format json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Traceback" not in done.stderr
