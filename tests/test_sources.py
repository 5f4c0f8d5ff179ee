"""`responsief sources`: what is not verified, what is out of date, where no clause reaches; and a date that has no figure."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from responsief.cli import group
from responsief.register import Register
from small import register, ruleset

ROOT = Path(__file__).parents[1]
EURO = str(ROOT / "examples" / "een-euro-te-veel.yaml")

OWN = """\
regelset: eigen-toeslag
formaat: 1
titel: Een toeslag
soort: verordening
bron: {regeling: CVDR1, naam: Een verordening, gelezen_vanaf: 2026-01-01}
geldig: {van: 2025-01-01}
bevoegd: {orgaan: college, gemeente: "9999"}
doel: Laten zien wat er staat.
leefgebieden: [financien]
procedure: {rechtsmiddel: {soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: het college, grondslag: Awb 6:7}}
bedragen:
  toeslag:
    bron: CVDR1
    waarden:
      2025-01-01: {is: "€ 100", bron: een pagina van de gemeente, geverifieerd: nee}
      2025-07-01: "€ 110"
    indexering: halfjaar
  per_jaar: {bron: CVDR1, waarden: {2026-01-01: "€ 5"}, indexering: jaar}
  nooit: {bron: CVDR1, waarden: {2025-01-01: "€ 7"}, indexering: geen}
  niet_gezegd: {bron: CVDR1, waarden: {2025-01-01: "€ 8"}}
criteria:
  - {id: een, titel: Een voorwaarde, grondslag: art. 1, doel: Omdat het zo is., eis: leeftijd >= 18}
  - {id: twee, titel: Nog een, grondslag: art. 2, doel: Omdat het zo is., eis: toeslag + per_jaar + nooit + niet_gezegd > € 0}
hardheid:
  - {id: geen, soort: geen, grondslag: art. 9, geldt_voor: alle}
"""


@pytest.fixture
def run(monkeypatch):
    monkeypatch.chdir(ROOT)

    def invoke(*args):
        result = CliRunner().invoke(group, args, catch_exceptions=False)
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def own(tmp_path):
    (tmp_path / "toeslag.yaml").write_text(OWN, encoding="utf-8")
    return str(tmp_path)


def listed(run, *args):
    result = run("sources", *args, "--format", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def test_the_list_stands_in_groups_and_is_counted_at_the_end(run):
    lines = run("sources", "--on", "2026-09-01").output.splitlines()
    groups = [line.split(" (")[0] for line in lines if line[:1].isupper()]
    assert groups == [
        "Regelsets", "Bedragen", "Begrippen", "Criteria", "Clausules", "Gebieden", "Samenloop", "Aandachtspunten", "Voorzieningen", "Signalen",
        "Verouderd op 1 september 2026", "Criteria zonder clausule",
    ]  # fmt: skip
    assert lines[-1].endswith("0 regelsets zonder clausule, 2 met alleen open normen")
    assert f"{sum(line.startswith(('    ✓', '    ?')) for line in lines)} bronnen" in lines[-1]


def test_columns_stand_under_each_other(run):
    lines = run("sources").output.splitlines()
    start = lines.index("  cijfers 2024-01-01", next(n for n, line in enumerate(lines) if line.startswith("Bedragen")))
    figures = [line for line in lines[start + 1 :] if line.startswith("    ")][:20]
    assert len({line.index("vanaf") for line in figures}) == 1
    assert len({line.index("€") for line in figures}) == 1


def test_only_what_is_not_verified(run):
    result = run("sources", "--unverified")
    assert "  iit-rotterdam 2025-07-01\n    ?  tekst" in result.output
    assert not any(line.startswith("    ✓") for line in result.output.splitlines())
    assert "niet geverifieerd (?)" in result.output.splitlines()[-1]


def test_of_a_figure_each_value_is_verified_or_not(run, own):
    found = [r for r in listed(run, "--register", own)["bronnen"] if r["naam"] == "toeslag"]
    assert [(r["vanaf"], r["waarde"], r["bron"], r["geverifieerd"]) for r in found] == [
        ("2025-01-01", "€ 100,00", "een pagina van de gemeente", False),
        ("2025-07-01", "€ 110,00", "CVDR1", True),
    ]
    doubtful = listed(run, "--register", own, "--unverified")["bronnen"]
    assert [r["vanaf"] for r in doubtful if r["naam"] == "toeslag"] == ["2025-01-01"]


@pytest.mark.parametrize(
    ("on", "old"),
    [
        ("2025-06-30", {}),
        ("2025-07-01", {}),
        ("2026-01-01", {"toeslag": "2026-01-01"}),
        ("2026-06-30", {"toeslag": "2026-01-01"}),
        ("2026-07-01", {"toeslag": "2026-07-01"}),
        ("2027-02-01", {"toeslag": "2027-01-01", "per_jaar": "2027-01-01"}),
    ],
)
def test_a_figure_is_out_of_date_when_the_law_adjusted_it_since(run, own, on, old):
    """Never what is not adjusted, or of which nobody said when; and never before its first value."""
    found = listed(run, "--register", own, "--on", on)["verouderd"]
    assert {f["naam"]: f["aangepast"] for f in found if f["regelset"].startswith("eigen-toeslag")} == old


def test_after_new_year_every_norm_of_the_last_july_is_out_of_date(run):
    before = {f["naam"] for f in listed(run, "--on", "2026-12-31")["verouderd"]}
    after = {f["naam"]: f["laatste"] for f in listed(run, "--on", "2027-01-01")["verouderd"]}
    assert "norm_21_a" not in before
    assert after["norm_21_a"] == after["norm_23_1_b"] == "2026-07-01"
    assert after["vermogensgrens_gezin"] == "2026-01-01"
    assert "kgb_afbouw_procent" not in after  # the law itself sets its steps
    assert "beslagvrije_voet_hoogste_gehuwd" in before  # nobody looked up when that is adjusted; its last value has ended
    assert after["toeslag_gehuwd"] == "2025-07-01"  # of a municipality: the law adjusts nothing, the value has ended
    text = run("sources", "--on", "2027-01-01").output
    assert "norm_21_a " in text
    assert "van 1 juli 2026" in text
    assert "nieuwe waarde nodig vanaf 1 januari 2027" in text


def test_a_ruleset_without_a_clause_and_criteria_that_none_reaches(run, own):
    found = {u["regelset"].split()[0]: u for u in listed(run, "--register", own, "--on", "2026-09-01")["zonder_clausule"]}
    assert found["eigen-toeslag"]["alles"] is True
    assert found["eigen-toeslag"]["criteria"] == ["een", "twee"]
    assert found["gehandicaptenparkeerkaart"]["alles"] is False
    assert {name for name, one in found.items() if one["alleen_open_normen"]} == {"gehandicaptenparkeerkaart", "studietoeslag"}
    assert "geen hardheidsclausule, alleen open normen; buiten bereik: aandoening" in run("sources").output
    assert found["participatiewet"]["criteria"] == ["woonplaats", "gemeente_beslist"]
    assert "geen enkele clausule: een, twee" in run("sources", "--register", own).output


def test_a_clause_that_is_not_in_force_yet_reaches_nothing(run):
    then = {u["regelset"].split()[0]: u["criteria"] for u in listed(run, "--on", "2025-09-01")["zonder_clausule"]}
    assert "wachttijd" in then["participatiewet"]  # 41 lid 11 is of 2026


def test_a_text_that_was_compared_from_a_later_day_is_not_verified_before(run, own):
    rows = {r["naam"]: r for r in listed(run, "--register", own)["bronnen"] if r["regelset"] == "eigen-toeslag 2025-01-01"}
    assert rows["tekst van vóór 1 januari 2026"]["geverifieerd"] is False
    assert rows["tekst"]["vanaf"] == "2026-01-01"


def test_a_decision_about_a_day_before_the_text_was_compared_says_so(run):
    decided = {}
    for day in ("2024-06-01", "2025-06-30", "2025-07-01"):
        document = json.loads(run("decide", EURO, "--ruleset", "participatiewet", "--date", day, "--format", "json").output)
        decided[day] = "tekst_ongeverifieerd" in {b["soort"] for b in document["besluiten"][0]["blokkades"]}
    assert decided["2024-06-01"]
    assert decided["2025-06-30"]
    note = run("decide", EURO, "--ruleset", "participatiewet", "--date", "2024-06-01", "--format", "note").output
    assert "de regelset als geheel (participatiewet, versie 2024-01-01)" in note
    later = run("decide", EURO, "--ruleset", "participatiewet", "--date", "2025-07-01", "--format", "note").output
    assert "de regelset als geheel" not in later


# --- a date without a figure -------------------------------------------------------------------------------------------


def test_before_the_first_version_the_ruleset_is_named(run):
    result = run("decide", EURO, "--ruleset", "participatiewet", "--date", "2023-06-01")
    assert result.exit_code == 1
    assert "van «participatiewet» geldt geen versie op 1 juni 2023 (voeg een versie toe die dan geldt)" in result.output


def test_after_the_last_value_the_figure_is_named_and_where_to_write_it(run):
    result = run("decide", EURO, "--ruleset", "participatiewet", "--date", "2027-01-01")
    assert result.exit_code == 1
    assert (
        "«verhoging_20_3» (verhoging voor jongeren zonder hulp van ouders) heeft geen waarde op 1 januari 2027 "
        "(vul in regelset cijfers de «waarden» aan, met datum en bron)"
    ) in " ".join(result.output.split())


def test_a_version_that_lacks_a_shared_figure_is_an_answer_not_a_fault():
    """Whoever puts an older file of shared figures over the shipped one may lack a name that another ruleset reads."""
    old = "regelset: deel\nformaat: 1\ntitel: d\nsoort: begrippen\ngeldig: {van: 1990-01-01, tot: 2024-12-31}\n"
    new = old.replace("van: 1990-01-01, tot: 2024-12-31", "van: 2025-01-01")
    new += 'bedragen: {grens: {bron: b, waarden: {2025-01-01: "€ 5"}}}\n'
    found = register(old, new, ruleset("", "eis: wonen.huur > grens"))
    found.compiled("klein", date(2026, 1, 1), None)
    with pytest.raises(LookupError) as wrong:
        found.compiled("klein", date(2020, 1, 1), None)
    assert getattr(wrong.value, "code", "") == "begrip-onbekend"


# --- the shipped figures ------------------------------------------------------------------------------------------------


def test_no_national_figure_stands_twice():
    seen: dict[object, str] = {}
    for versions in Register.open().versions.values():
        for one in versions:
            for figure in one.bedragen.values():
                key = (figure.grondslag, figure.type.kind, tuple((v.van, v.waarde) for v in figure.waarden))
                home = f"{one.id}.{figure.naam}"
                if one.gemeente is None:
                    assert key not in seen, f"{home} staat ook in {seen[key]}"
                seen[key] = home


def test_every_shared_figure_says_when_it_is_adjusted_or_until_when_it_holds():
    for figure in Register.open().version("cijfers", date(2026, 1, 1)).bedragen.values():
        assert figure.grondslag, figure.naam
        assert figure.indexering or figure.tot, figure.naam
        if figure.indexering in ("halfjaar", "jaar"):
            assert figure.tot is not None, f"{figure.naam}: na de volgende aanpassing zou een oude waarde gelden"


def test_ones_own_comes_first_and_with_own_alone(run, own):
    every = listed(run, "--register", own)
    for soort in ("regelset", "bedrag", "criterium"):
        homes = [row["regelset"] for row in every["bronnen"] if row["soort"] == soort]
        mine = [home for home in homes if home.startswith("eigen-toeslag ")]
        assert mine
        assert homes[: len(mine)] == mine
        assert len(homes) > len(mine)
    alone = listed(run, "--register", own, "--own")
    assert alone["bronnen"] == [row for row in every["bronnen"] if (row["regelset"] or "").startswith("eigen-toeslag ")]
    assert {one["regelset"].split()[0] for key in ("verouderd", "zonder_clausule") for one in alone[key]} == {"eigen-toeslag"}
    refused = run("sources", "--own")
    assert (refused.exit_code, "«--own» hoort bij «--register»" in refused.output) == (2, True)
