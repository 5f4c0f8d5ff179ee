"""The command line as people use it: right, and wrong on purpose."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from responsief.cli import group
from responsief.cli.common import progress
from responsief.syntax.from_yaml import MAX_BYTES
from small import ruleset

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
    decided = [d["regelset"] for d in document["besluiten"]]
    assert {"bijzondere-bijstand-rotterdam", "iit-rotterdam", "participatiewet"} <= {*decided}
    assert "iit-amsterdam" not in decided  # of another municipality
    assert decided == sorted(decided)


def test_text_letter_and_note_can_be_combined_and_json_stands_alone(run):
    both = run("decide", EURO, "--ruleset", "iit-rotterdam", "--format", "letter", "--format", "note").output
    assert both.index("Onderwerp: u krijgt geen") < both.index("NOTA VOOR HET DOSSIER")
    refused = run("decide", EURO, "--format", "json", "--format", "text")
    assert refused.exit_code == 2
    assert "«--format json» staat alleen" in refused.output


def test_a_dash_reads_standard_input_in_yaml_and_json(run):
    text = Path(EURO).read_text(encoding="utf-8")
    assert "AFGEWEZEN" in run("decide", "-", "--ruleset", "iit-rotterdam", stdin=text).output
    empty = run("decide", "-", "--ruleset", "iit-rotterdam", "--date", "2025-09-01", stdin='{"persoon": {}}')
    assert empty.exit_code == 0
    assert "NOG NIET TE BESLISSEN" in empty.output


def test_a_figure_that_has_no_value_yet_is_named_and_the_rest_goes_on(run):
    document = json.loads(run("decide", EURO, "--date", "2031-01-01", "--format", "json").output)
    assert "participatiewet" not in {one["regelset"] for one in document["besluiten"]}
    reasons = {n["regelset"]: n["reden"] for n in document["niet_beslist"]}
    assert "1 januari 2031" in reasons["participatiewet"]
    nothing = run("decide", EURO, "--ruleset", "participatiewet", "--date", "2031-01-01")
    assert nothing.exit_code == 1, "nothing at all was decided"
    assert "1 januari 2031" in nothing.output


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["decide", "bestaat-niet.yaml"], 2, ["bestand-onleesbaar", "het bestaat niet"]),
        (["decide", EURO, "--ruleset", "iit-roterdam"], 2, ["«iit-roterdam»", "bedoelde u «iit-rotterdam»?"]),
        (["decide", EURO, "--date", "1-9-2025"], 2, ["2025-09-01"]),
        (["decide", "examples"], 2, ["het is een map"]),
        (["decide", EURO, "--sender", "bestaat-niet.yaml"], 2, ["het bestaat niet"]),
        (["decide", EURO, "--register", "bestaat-niet"], 2, ["bestaat-niet"]),
        (["decide"], 2, ["SITUATIE"]),
        (["besluit"], 2, ["«besluit» is hier geen opdracht", "kies uit: check, "]),
        (["check", "bestaat-niet.yaml"], 2, ["het bestaat niet"]),
        (["test", "bestaat-niet.yaml"], 2, ["het bestaat niet"]),
        (["schema", "brief"], 2, ["regelset"]),
    ],
)
def test_wrong_use_says_what_is_wrong_and_how_it_goes_on(run, args, code, words):
    result = run(*args)
    assert result.exit_code == code, result.output
    for word in words:
        assert word in result.output


@pytest.mark.parametrize(
    "args",
    [["check"], ["prove"], ["test"], ["diff", "rulesets"], ["render"], ["coverage"], ["mutate"], ["suggest"]],
    ids=" ".join,
)
def test_a_folder_without_yaml_is_wrong_use_and_says_so_in_one_way(run, args, tmp_path):
    result = run(*args, str(tmp_path))
    assert result.exit_code == 2, result.output
    assert "fout[lege-map]" in result.output
    assert "noem een andere map, of begin een regelset met «responsief new»" in result.output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["chek"], ["«chek» is hier geen opdracht", "bedoelde u «check»?"]),
        (["motivation", "chek"], ["«chek» is hier geen opdracht", "bedoelde u «check»?", "motivation --help"]),
        (["--foo"], ["«--foo» is hier geen optie"]),
        (["check", "--fx"], ["«--fx» is hier geen optie", "bedoelde u «--fix»?", "gebruik: ", "check [OPTIONS] [PATHS]..."]),
        (["check", "--on"], ["achter «--on» ontbreekt de waarde"]),
        (["check", "--fix=ja"], ["«--fix» krijgt geen waarde"]),
        (["check", "--fix"], ["er staat niet bij wat hersteld moet worden", "noem de map of het bestand"]),
        (["check", "--write-baseline"], ["welk bestand geschreven moet worden", "«--baseline BESTAND»"]),
        (["decide", "a", "b"], ["«b» is hier te veel"]),
        (["decide", "a", "--register", "nergens"], ["«nergens» bestaat niet"]),
        (["decide", "a", "--set", "a=b", "--format", "letter"], ["«--set» probeert iets uit", "«--format text»"]),
        (["finalise", "a"], ["«--ruleset» ontbreekt", "«--ruleset ID»"]),
        (["finalise", "a", "--ruleset", "b"], ["wat er moet gebeuren", "«--act BESTAND»", "«--start»"]),
        (["finalise", "a", "--ruleset", "b", "--start", "--act", "c"], ["«--start» en «--act» gaan niet samen"]),
        (["format", "-", "-"], ["«-» staat alleen"]),
        (["motivation", "check", EURO, "--situation", EURO], ["over welk besluit dit gaat", "«--decision BESLUIT.json»"]),
        (["schema"], ["achter de opdracht ontbreekt een woord", "kies uit: situatie, regelset"]),
        (["sources", "--format", "xml"], ["«--format» kent «xml» niet", "kies uit: text, json"]),
        (["sources", "--own"], ["«--own» hoort bij «--register»", "«--register MAP»"]),
        (["suggest", "--tries", "0"], ["bij «--tries» past «0» niet", "minstens 1"]),
        (["suggest", "--tries", "x"], ["bij «--tries» past «x» niet"]),
        (["test", "--update", "--format", "json"], ["«--update» toont zelf wat er verandert", "laat «--format json» weg"]),
        (["test", "--yes"], ["«--yes» hoort bij «--update»", "laat «--yes» weg"]),
    ],
)
def test_wrong_use_is_told_in_dutch_with_what_to_do(run, args, words):
    result = run(*args)
    assert result.exit_code == 2
    assert result.output.startswith("fout[gebruik] ")
    for word in words:
        assert word in result.output
    assert not re.search(r"Error|Usage|Try |No such|Missing|Invalid|unexpected|requires", result.output)


def commands(group, path=()):
    """Every command with its path, also those of a group in the group."""
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [path for path, _ in commands(group)], ids=" ".join)
def test_no_command_tells_of_wrong_use_in_english(run, path):
    told = run(*path, "--bestaat-niet").output
    assert told.splitlines()[0] == "fout[gebruik] «--bestaat-niet» is hier geen optie"


def test_who_stops_a_command_is_told_so_and_sees_no_traceback(run, monkeypatch):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("responsief.cli.check.check", stopped)
    result = run("check", EURO)
    assert (result.exit_code, result.output) == (1, "\nAfgebroken.\n")


def test_a_mistake_in_a_situation_is_shown_with_its_line_and_a_caret(run, tmp_path):
    file = tmp_path / "aanvraag.yaml"
    file.write_text("persoon:\n  geboortedatm: 1986-04-12\n", encoding="utf-8")
    result = run("decide", str(file))
    assert result.exit_code == 1
    assert f"{file.as_posix()}:2:" in result.output
    assert "bedoelde u «geboortedatum»?" in result.output
    assert "  2 │   geboortedatm: 1986-04-12" in result.output


def test_where_no_ruleset_is_in_force_that_is_said_and_the_exit_code_is_not_zero(run):
    result = run("decide", EURO, "--date", "1900-01-01")
    assert result.exit_code == 1
    assert "1 januari 1900" in result.output
    assert "NIET BESLIST" in result.output


def test_with_a_date_nobody_looks_at_the_clock(run, monkeypatch):
    monkeypatch.setattr("responsief.cli.decide.today", lambda: pytest.fail("the clock was read"))
    assert run("decide", EURO, "--ruleset", "iit-rotterdam", "--date", "2025-09-01").exit_code == 0


@pytest.mark.parametrize("size", [0, 1])
def test_standard_input_is_not_read_past_what_a_file_may_hold(run, size):
    result = run("decide", "-", stdin=b"#" * (MAX_BYTES + size))
    assert result.exit_code == 1
    assert ("fout[bestand-te-groot]" in result.output) == bool(size)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="Windows has no file without an end (/dev/zero)")
def test_a_file_without_an_end_is_refused(run):
    for args in (["decide", "/dev/zero"], ["decide", EURO, "--sender", "/dev/zero"], ["check", "/dev/zero"]):
        result = run(*args)
        assert result.exit_code == 1
        assert "fout[bestand-te-groot]" in result.output


def test_standard_input_that_is_not_utf8_says_how_to_save_it(run):
    result = run("decide", "-", stdin="persoon: {geboortedatum: 1986-04-12} # één".encode("latin-1"))
    assert result.exit_code == 1
    assert "sla het op als UTF-8" in result.output


def test_standard_input_may_begin_with_a_byte_order_mark(run):
    text = Path(EURO).read_text(encoding="utf-8")
    assert run("decide", "-", "--ruleset", "iit-rotterdam", stdin=text.encode("utf-8-sig")).exit_code == 0


def test_a_sender_given_as_a_situation_is_one_finding(run):
    result = run("decide", str(ROOT / "examples" / "afzender.yaml"))
    assert result.exit_code == 1
    assert "dit is een afzender, geen situatie" in result.output
    assert "--sender" in result.output
    assert result.output.count("fout[") == 1


@pytest.mark.parametrize("columns", [40, 60, 80, 110])
def test_no_line_of_a_decision_is_wider_than_the_terminal(run, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = run("decide", str(ROOT / "examples" / "student.yaml"), "--ruleset", "iit-rotterdam").output.splitlines()
    table = lines[3 : lines.index("", 3)]
    assert len(table) >= 10
    assert max(map(len, table)) <= columns


def test_a_yes_or_no_stands_behind_what_it_is_about(run):
    lines = run("decide", str(ROOT / "examples" / "student.yaml"), "--ruleset", "iit-rotterdam").output.splitlines()
    assert any("✗ U volgt geen opleiding" in line and "volgt een opleiding: ja" in line for line in lines)
    assert not any(line.startswith("  ✓") and line.split("   ")[1].strip() in ("ja", "nee") for line in lines if "   " in line)


def test_that_a_ruleset_is_not_verified_is_said_once(run):
    output = run("decide", EURO, "--ruleset", "iit-rotterdam").output
    assert output.count("deze hele regeling is niet geverifieerd") == 1
    assert "(niet geverifieerd)" not in output


def test_dates_in_what_is_still_to_do_are_written_in_words(run):
    output = run("decide", str(ROOT / "examples" / "jongere-dakloos.yaml"), "--ruleset", "participatiewet").output
    assert "Nog te doen" in output
    assert not re.search(r"\d{4}-\d\d-\d\d", output)


@pytest.mark.parametrize(("setting", "coloured"), [("", True), ("1", False)])
def test_no_color_is_honoured_everywhere(monkeypatch, setting, coloured):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("NO_COLOR", setting)
    for args in (["decide", EURO, "--ruleset", "iit-rotterdam"], ["sources"], ["check", "bestaat-niet.yaml"]):
        result = CliRunner().invoke(group, args, color=True, catch_exceptions=False)  # as on a terminal
        assert ("\x1b[" in result.output) == coloured


@pytest.mark.parametrize("setting", ["", "1"])
def test_how_far_it_is_leaves_nothing_on_the_screen(monkeypatch, setting):
    monkeypatch.setenv("NO_COLOR", setting)
    monkeypatch.setattr("sys.stderr", terminal := Terminal())
    with click.Context(group, color=False if setting else None):
        progress("een lange regel …")
        progress()
    assert terminal.getvalue().endswith("\r\x1b[2K")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_tab_is_shown_as_one_space_so_that_the_caret_fits(run):
    result = run("decide", "-", stdin='{"persoon":\t{"geboortedatm":\t"1986-04-12"}}')
    shown, under = result.output.splitlines()[1:3]
    assert shown == '   1 │ {"persoon": {"geboortedatm": "1986-04-12"}}'
    assert under.index("─") == shown.index("geboortedatm")


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
    assert "uitkomst  verwacht toegekend  gekregen onbepaald" in result.output


OWN = """\
regelset: eigen-toeslag
formaat: 1
titel: Eigen toeslag
soort: verordening
bron: {regeling: CVDR1, naam: Verordening}
geldig: {van: 2025-01-01}
doel: Om uit te proberen hoe het werkt.
leefgebieden: [financien]
procedure: {rechtsmiddel: {soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}}
gegevens:
  werkt: {type: ja_nee, label: werkt, vraag: Werkt u?, van: [inwoner]}
criteria: [{id: werkt, titel: U werkt, grondslag: art. 1, doel: Wie aan de slag is krijgt iets extra., uitleg: Dit is er voor wie werkt., eis: werkt, bewijs: een loonstrook}]
hardheid: [{id: geen, soort: geen, grondslag: art. 9, geldt_voor: alle, reikwijdte: de verordening kent geen uitzondering}]
"""
OWN_CASE = (
    "proef: eigen-toeslag\nformaat: 1\ngevallen:\n"
    "  - naam: werkt\n    peildatum: 2025-09-01\n    situatie: {eigen: {eigen-toeslag: {werkt: ja}}}\n"
    "    verwacht: {uitkomst: toegekend}\n"
)


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "eigen"
    folder.mkdir()
    (folder / "toeslag.yaml").write_text(OWN, encoding="utf-8")
    (folder / "toeslag.test.yaml").write_text(OWN_CASE, encoding="utf-8")
    return folder


def test_check_says_whose_files_it_read(run, own):
    shipped = "3 regelsets, 11 bestanden met voorzieningen, 4 bestanden met signalen, 2 bestanden met proefgevallen"
    said = re.sub(r"\d+", "#", run("check", str(own)).output)
    assert f"uit {re.sub(r'[0-9]+', '#', own.as_posix())}/: # regelset, # bestand met proefgevallen" in said
    assert f"(daarnaast geleverd: {re.sub('[0-9]+', '#', shipped)})" in said
    assert "geleverd:" in run("check").output
    assert "daarnaast" not in run("check").output


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("uitkomst: toegekend", "uitkomts: toegekend", "onbekende-sleutel"),
        ("{uitkomst: toegekend}", "{}", "lege-waarde"),
        ("{uitkomst: toegekend}", "{afgewezen_op: [werk]}", "criterium-onbekend"),
        ("proef: eigen-toeslag", "proef: eigen-toeslg", "regelset-onbekend"),
        ("situatie: {eigen", "situatie: {persoon: {geboortedatm: 1986-04-12}, eigen", "onbekend-veld"),
    ],
)
def test_check_reads_the_test_cases_too(run, own, old, new, code):
    (own / "toeslag.test.yaml").write_text(OWN_CASE.replace(old, new), encoding="utf-8")
    result = run("check", str(own))
    assert result.exit_code == 1
    assert f"fout[{code}] {own.as_posix()}/toeslag.test.yaml:" in result.output
    assert "1 fout" in result.output


def test_a_ruleset_of_ones_own_over_a_shipped_one_need_not_fit_the_shipped_cases(run, own):
    text = OWN.replace("eigen-toeslag", "iit-rotterdam").replace("2025-01-01", "2025-07-01")
    (own / "toeslag.yaml").write_text(text, encoding="utf-8")
    (own / "toeslag.test.yaml").write_text(OWN_CASE.replace("eigen-toeslag", "iit-rotterdam"), encoding="utf-8")
    result = run("check", str(own))
    assert result.exit_code == 0, result.output
    assert "waarschuwing" not in result.output


def test_check_does_not_blame_the_cases_of_a_ruleset_that_is_wrong(run, own):
    (own / "toeslag.yaml").write_text(OWN.replace("eis: werkt", "eis: wrkt"), encoding="utf-8")
    result = run("check", str(own))
    assert "fout[onbekende-naam]" in result.output
    assert result.output.count("fout[") == 1


def test_what_nothing_reads_is_a_warning(run, own):
    more = (
        "  slaapt: {type: ja_nee, label: slaapt, vraag: Slaapt u?, van: [inwoner]}\nbegrippen:\n  wakker: niet werkt\ncriteria:"
    )
    (own / "toeslag.yaml").write_text(OWN.replace("criteria:", more), encoding="utf-8")
    result = run("check", str(own))
    assert result.exit_code == 1
    assert "waarschuwing[ongebruikt]" in result.output
    assert "niets leest het gegeven «slaapt»" in result.output
    assert "niets leest het begrip «wakker»" in result.output
    assert "Geen fouten, 2 waarschuwingen" in result.output


def test_the_shipped_register_has_no_warnings(run):
    assert "waarschuwing" not in run("check").output


def test_test_finds_the_ruleset_beside_a_test_file(run, own, tmp_path):
    for given in (own, own / "toeslag.test.yaml"):
        result = run("test", str(given))
        assert result.exit_code == 0, result.output
        assert f"1 geval uit {given.as_posix()}{'/' if given.is_dir() else ''}, 0 anders dan verwacht" in result.output
    alone = tmp_path / "los.test.yaml"
    alone.write_text(OWN_CASE, encoding="utf-8")
    assert run("test", str(alone)).exit_code == 1
    assert run("test", str(alone), str(own / "toeslag.yaml")).exit_code == 0
    assert run("test", str(alone), "--register", str(own)).exit_code == 0


@pytest.mark.parametrize("what", ["situatie", "regelset", "besluit"])
def test_schema_prints_a_json_schema(run, what):
    document = json.loads(run("schema", what).output)
    assert document["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_pipe_that_closes_early_ends_quietly():
    command = f"{sys.executable} -m responsief decide {EURO} --ruleset iit-rotterdam --format json | head -c 10"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check", "test", "coverage", "mutate"])
def test_a_mistake_is_json_too_for_who_asked_for_json(command: str, tmp_path: Path) -> None:
    (tmp_path / "kapot.yaml").write_text("regelset: kapot\nformaat: 1\n", encoding="utf-8")
    (tmp_path / "kapot.test.yaml").write_text("proef: kapot\nformaat: 1\ngevallen: []\n", encoding="utf-8")
    done = CliRunner().invoke(group, [command, str(tmp_path), "--format", "json"], catch_exceptions=False)
    told = json.loads(done.stdout)
    assert (done.exit_code, told["formaat"], done.stderr) == (1, 1, "")
    assert told["telling"]["fout"] == len([row for row in told["bevindingen"] if row["ernst"] == "fout"]) > 0
    assert {row["bestand"] for row in told["bevindingen"]} <= {str(path) for path in tmp_path.iterdir()}
    wrong = CliRunner().invoke(group, [command, str(tmp_path / "nergens"), "--format", "json"], catch_exceptions=False)
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "fout[bestand-onleesbaar]" in wrong.stderr


@pytest.mark.parametrize(("command", "key"), [("test", "gevallen"), ("mutate", "regelsets")])
def test_without_cases_the_json_is_empty_and_the_exit_code_1(command: str, key: str, tmp_path: Path) -> None:
    (tmp_path / "klein.yaml").write_text(ruleset("", "eis: wonen.huur <= € 500"), encoding="utf-8")
    done = CliRunner().invoke(group, [command, str(tmp_path), "--format", "json"], catch_exceptions=False)
    told = json.loads(done.stdout)
    assert (done.exit_code, told["formaat"], told[key], told["bevindingen"]) == (1, 1, [], [])


def test_why_a_case_could_not_be_decided_has_the_shape_of_every_finding(tmp_path: Path) -> None:
    (tmp_path / "klein.yaml").write_text(ruleset("", "eis: wonen.huur <= € 500"), encoding="utf-8")
    text = "proef: klein\nformaat: 1\ngevallen:\n  - naam: x\n    situatie: {wonen: {huurr: € 5}}\n    verwacht: {uitkomst: toegekend}\n"
    (tmp_path / "klein.test.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(group, ["test", str(tmp_path), "--format", "json"], catch_exceptions=False)
    (found,) = json.loads(done.stdout)["gevallen"][0]["fout"]
    (tmp_path / "kapot.yaml").write_text("regelset: kapot\nformaat: 1\n", encoding="utf-8")
    checked = CliRunner().invoke(group, ["check", str(tmp_path), "--format", "json"], catch_exceptions=False)
    other = json.loads(checked.stdout)["bevindingen"][0]
    assert found.keys() - other.keys() == {"plaats"}
    assert other.keys() <= found.keys()
    assert (found["ernst"], found["regel"], found["bestand"]) == ("fout", 5, (tmp_path / "klein.test.yaml").as_posix())
    assert found["plaats"] == f"{found['bestand']}:{found['regel']}:{found['kolom']}"
