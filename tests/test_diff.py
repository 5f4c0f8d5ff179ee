"""`responsief diff`: what stops, in which format, who is counted; two days of one register."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from responsief.backends.compiled import Compiled
from responsief.cli import group
from responsief.difference.in_time import in_time
from responsief.difference.report import Report
from responsief.difference.versions import read_versions
from responsief.difference.whole import whole
from responsief.intake import validate
from responsief.register import Register
from small import TODAY, ruleset

pytestmark = pytest.mark.heavy  # every comparison asks Z3: one or two seconds

RENT = ("eis: 'wonen.huur <= € 600'",)
RENT_LESS = ("eis: 'wonen.huur < € 600'",)


def run(*args: str) -> Result:
    return CliRunner().invoke(group, ["diff", *args])


@pytest.fixture
def sides(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder, criteria in ((old, RENT), (new, RENT_LESS)):
        folder.mkdir()
        (folder / "klein.yaml").write_text(ruleset("", *criteria), encoding="utf-8")
    return old, new


def compared(old: Path, new: Path) -> Report:
    return whole(read_versions(str(old), str(new)), TODAY)


def test_one_cent_at_the_limit_is_found_and_decided_again(sides: tuple[Path, Path]) -> None:
    report = compared(*sides)
    (one,) = report.regelsets
    (condition,) = [c for c in one.wijzigingen if c.wat == "voorwaarde"]
    assert (one.richting, condition.richting) == ("strenger", "strenger")
    (example,) = condition.voorbeelden
    assert example.getuige.situatie["wonen"]["huur"] == "€ 600,00"
    person = validate(example.getuige.situatie)
    outcomes = [decide(folder, person) for folder in sides]
    assert outcomes == [example.was.uitkomst, example.wordt.uitkomst] == ["toegekend", "afgewezen"]


def decide(folder: Path, person: object) -> str:
    compiled: Compiled = Register.open(folder).compiled("klein", TODAY, None)
    return compiled.decide(person, TODAY).uitkomst  # type: ignore[arg-type]


def test_a_new_no_without_a_way_out_stops_and_a_stricter_rule_only_when_asked(sides: tuple[Path, Path]) -> None:
    old, new = map(str, sides)
    found = run(old, new, "--no-population", "--on", str(TODAY))
    codes = {f.code for f in compared(*sides).bevindingen}
    assert "wijziging-strenger" in codes
    assert found.exit_code == (1 if "wijziging-geen-uitweg" in codes else 0)
    assert run(old, new, "--no-population", "--on", str(TODAY), "--fail-on", "strenger").exit_code == 1
    assert run(old, new, "--no-population", "--on", str(TODAY), "--fail-on", "niets").exit_code == 0
    assert run(new, old, "--no-population", "--on", str(TODAY), "--fail-on", "strenger,geen-alternatief").exit_code == 0


def test_nothing_changed_is_nothing_to_tell(sides: tuple[Path, Path]) -> None:
    old, _ = sides
    found = run(str(old), str(old), "--on", str(TODAY), "--format", "json")
    assert found.exit_code == 0
    told = json.loads(found.output)
    assert told["regelsets"] == []
    assert told["gelijk"] == ["klein"]


def test_who_is_counted_can_be_ones_own_file_and_more_losers_than_allowed_is_exit_three(
    sides: tuple[Path, Path], tmp_path: Path
) -> None:
    people = tmp_path / "mensen.jsonl"
    rows = [{"wonen": {"huur": "€ 600"}}] * 30 + [{"wonen": {"huur": "€ 500"}}] * 70 + [{"wonen": {"huur": "zeshonderd"}}]
    people.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    old, new = map(str, sides)
    found = run(old, new, "--on", str(TODAY), "--population", str(people), "--max-loss", "25%", "--fail-on", "niets")
    assert found.exit_code == 3
    assert "ja → nee: 30" in found.output
    assert "mensen.jsonl" in found.output
    assert "101 rijen gelezen" in found.output  # one is no situation; a log names no values of anybody
    assert "zeshonderd" not in found.output
    allowed = run(old, new, "--on", str(TODAY), "--population", str(people), "--max-loss", "30%", "--fail-on", "niets")
    assert allowed.exit_code == 0


def test_a_population_of_nobody_is_told_first_and_one_that_is_not_there_before_anything_is_proved(
    sides: tuple[Path, Path], tmp_path: Path
) -> None:
    people = tmp_path / "mensen.json"
    people.write_text("[]", encoding="utf-8")
    common = (*map(str, sides), "--on", str(TODAY), "--fail-on", "niets", "--population")
    told = run(*common, str(people))
    assert told.exit_code == 0
    first = told.stdout.split("\n\n")[0].splitlines()
    assert "! Er is niemand geteld: in «mensen.json» staat geen enkele situatie die te lezen is." in first
    assert "ja → nee" not in told.stdout
    for form in ("markdown", "html"):
        assert "niemand geteld" in run(*common, str(people), "--format", form).stdout
    gone = run("oud", "nieuw", "--population", str(tmp_path / "weg.jsonl"))
    assert gone.exit_code == 2
    assert "weg.jsonl» bestaat niet" in gone.output
    assert "laat «--population» weg: dan tellen voorbeeldhuishoudens" in gone.output


def test_everybody_who_had_what_goes_away_loses_it(sides: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = sides
    people = tmp_path / "mensen.jsonl"
    people.write_text("\n".join([json.dumps({"wonen": {"huur": "€ 500"}})] * 50), encoding="utf-8")
    (new / "klein.yaml").write_text(ruleset("", *RENT, ident="ander"), encoding="utf-8")
    common = (str(old), str(new), "--on", str(TODAY), "--max-loss", "2%", "--fail-on", "niets")
    found = run(*common, "--population", str(people))
    assert found.exit_code == 3
    assert "50 van de 50 huishoudens die recht hadden, verliezen dat" in found.output
    assert "ja → nee: 50" in found.output
    assert run(*common).exit_code == 3  # the example households too


def test_few_people_of_a_file_are_nowhere_told_as_a_number(sides: tuple[Path, Path], tmp_path: Path) -> None:
    people = tmp_path / "mensen.jsonl"
    rows = [{"wonen": {"huur": "€ 600"}}] + [{"wonen": {"huur": "€ 500"}}] * 39
    people.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    found = run(*map(str, sides), "--on", str(TODAY), "--population", str(people), "--max-loss", "2%", "--fail-on", "niets")
    assert found.exit_code == 3
    assert "ja → nee: niet getoond" in found.output
    assert "1 van de 40" not in found.output


@pytest.mark.parametrize("form", ["json", "markdown", "html", "sarif", "github", "gitlab", "junit"])
def test_every_format_is_written_whole(form: str, sides: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = map(str, sides)
    out = tmp_path / "verslag"
    found = run(old, new, "--on", str(TODAY), "--no-population", "--format", form, "--out", str(out), "--fail-on", "niets")
    assert found.exit_code == 0, found.output
    text = out.read_text(encoding="utf-8")
    assert "600" in text
    assert "strenger" in text.lower()


def test_a_summary_is_added_to_what_stands_there(sides: tuple[Path, Path], tmp_path: Path) -> None:
    summary = tmp_path / "samenvatting.md"
    summary.write_text("# Eerst dit\n", encoding="utf-8")
    run(*map(str, sides), "--on", str(TODAY), "--no-population", "--summary", str(summary))
    text = summary.read_text(encoding="utf-8")
    assert text.startswith("# Eerst dit\n")
    assert "STRENGER" in text


def test_a_summary_that_can_not_be_written_is_told(sides: tuple[Path, Path], tmp_path: Path) -> None:
    for place, why in ((tmp_path / "er-niet" / "x.md", "de map is er niet"), (tmp_path, "het is een map")):
        found = run(*map(str, sides), "--on", str(TODAY), "--no-population", "--summary", str(place))
        assert found.exit_code == 2
        assert why in found.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("oud", "nieuw", "--fail-on", "alles"), "«alles» is geen reden om te stoppen"),
        (("oud", "nieuw", "--max-loss", "veel"), "«veel» is geen grens"),
        (("oud", "nieuw", "--population", "x", "--no-population"), "gaan niet samen"),
        (("oud", "nieuw", "--between", "2025-01-01", "2026-01-01"), "vergelijkt twee dagen van één register"),
        (("oud", "nieuw", "--no-population", "--max-loss", "2%"), "«--max-loss» telt mensen"),
        (("oud", "--between", "2025-01-01", "2026-01-01", "--max-loss", "2%"), "«--between» telt geen mensen"),
        (("oud", "--between", "2025-01-01", "2026-01-01", "--population", "x"), "«--between» telt geen mensen"),
        (("--between", "2026-01-01", "2025-01-01"), "de eerste dag voor de tweede"),
        (("bestaat-niet", "nieuw"), ""),
    ],
)
def test_wrong_use_is_told(args: tuple[str, ...], said: str, sides: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(sides[0].parent)
    found = run(*args)
    assert found.exit_code == 2
    assert said in " ".join(found.output.split())
    assert "Traceback" not in found.output


# --- in time -----------------------------------------------------------------------------------------------------------

FIGURE = """\
bedragen:
  grens: {label: de grens, bron: art. 2, waarden: {2025-01-01: "€ 600", 2026-01-01: "€ 650"}}
"""


def test_an_indexation_tells_who_gains_and_that_nobody_loses(tmp_path: Path) -> None:
    text = ruleset(FIGURE, "eis: wonen.huur <= grens")
    (tmp_path / "klein.yaml").write_text(text, encoding="utf-8")
    register = Register.open(tmp_path)
    report = in_time(register, date(2025, 12, 31), date(2026, 1, 1))
    (one,) = report.regelsets
    assert one.richting == "ruimer"
    told = {c.wat: c for c in one.wijzigingen}
    assert (told["cijfer"].was, told["cijfer"].wordt) == ("€ 600,00", "€ 650,00")
    (example,) = told["voorwaarde"].voorbeelden
    assert example.getuige.situatie["wonen"]["huur"] == "€ 600,01"
    assert (example.was.uitkomst, example.wordt.uitkomst) == ("afgewezen", "toegekend")
    assert in_time(register, date(2026, 1, 1), date(2026, 5, 1)).gelijk == ("klein",)


def test_nobody_is_told_apart_because_she_grew_older(tmp_path: Path) -> None:
    (tmp_path / "klein.yaml").write_text(ruleset("", "eis: leeftijd >= 21"), encoding="utf-8")
    assert in_time(Register.open(tmp_path), date(2025, 1, 1), date(2026, 1, 1)).gelijk == ("klein",)


def test_days_on_which_no_version_holds_any_more_are_a_gap(tmp_path: Path) -> None:
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder, until in ((old, "2026-06-30"), (new, "2026-05-31")):
        folder.mkdir()
        (folder / "a.yaml").write_text(ruleset("", *RENT, geldig=f"{{van: 2020-01-01, tot: {until}}}"), encoding="utf-8")
        (folder / "b.yaml").write_text(ruleset("", *RENT, geldig="{van: 2026-07-01}"), encoding="utf-8")
    found = [f for f in compared(old, new).bevindingen if f.code == "wijziging-gat"]
    assert len(found) == 1
    assert "van 1 juni 2026 tot en met 30 juni 2026 geldt geen enkele versie" in found[0].tekst


def test_a_day_on_which_nothing_can_be_decided_yet_is_not_said_to_change_nothing(tmp_path: Path) -> None:
    """Next year's local limit, while the national figure that it is held against has no value yet."""
    figures = (
        "bedragen:\n  grens: {bron: x, waarden: {2020-01-01: € 600, 2026-06-01: %s}}\n"
        "  landelijk: {bron: x, waarden: {2020-01-01: € 300}, tot: 2026-05-31}\n"
    )
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder, limit in ((old, "€ 600"), (new, "€ 700")):
        folder.mkdir()
        text = ruleset(figures % limit, "eis: wonen.huur <= grens", "eis: wonen.huur >= landelijk")
        (folder / "a.yaml").write_text(text, encoding="utf-8")
    report = compared(old, new)
    assert report.regelsets[0].richting == "niet_bewezen"
    (found,) = [f for f in report.bevindingen if f.code == "wijziging-nog-niet"]
    assert found.tekst.startswith("op 1 juni 2026 is hier nog niets te beslissen, ook zonder deze wijziging niet: ")
    assert not [f for f in report.bevindingen if f.code == "wijziging-gat"]


def test_what_is_gone_is_told_at_a_line_of_the_new_file_with_advice_that_fits(tmp_path: Path) -> None:
    """Its own line is another line now: on a pull request the finding would hang under something else."""
    clause = (
        "hardheid: [{id: hard, soort: verordening_clausule, titel: Bijzondere gevallen, grondslag: art. 9, tekst: Het college wijkt af., "
        "maatstaf: bijzondere hardheid, geldt_voor: alle, richting: ten_gunste, wie_beslist: college, mag: [toekennen]}]"
    )
    text = ruleset("", *RENT)
    none = next(line for line in text.splitlines() if line.startswith("hardheid:"))
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder, written in ((old, f"# een\n# twee\n{text.replace(none, clause)}"), (new, text)):
        folder.mkdir()
        (folder / "a.yaml").write_text(written, encoding="utf-8")
    (found,) = [f for f in compared(old, new).bevindingen if f.code == "wijziging-strenger"]
    assert found.span is not None
    assert found.span.source.name == (new / "a.yaml").as_posix()
    assert found.span.source.line(found.span.line).startswith("regelset: klein")
    assert found.hulp == "is dat de bedoeling, noteer dan waarom; anders: zet het terug"


def test_stricter_over_a_time_that_has_passed_is_told(tmp_path: Path) -> None:
    old, new = tmp_path / "oud", tmp_path / "nieuw"
    for folder in (old, new):
        folder.mkdir()
        (folder / "a.yaml").write_text(ruleset("", *RENT), encoding="utf-8")
    later = ruleset("bekendgemaakt: 2026-02-01\n", *RENT_LESS, geldig="{van: 2026-01-01}")
    (old / "a.yaml").write_text(ruleset("", *RENT, geldig="{van: 2020-01-01, tot: 2025-12-31}"), encoding="utf-8")
    (new / "a.yaml").write_text(ruleset("", *RENT, geldig="{van: 2020-01-01, tot: 2025-12-31}"), encoding="utf-8")
    (new / "b.yaml").write_text(later, encoding="utf-8")
    codes = [f.code for f in compared(old, new).bevindingen]
    assert "wijziging-werkt-terug" in codes
