"""The gate holds where it says so: what crowds out, what is claimed elsewhere, and a catalogue that changes under rulesets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from responsief import Situation
from responsief.analysis.gate import counted, left_alone, way_out
from responsief.analysis.view import subject
from responsief.ci.told import messages
from responsief.difference.report import Report
from responsief.difference.versions import Side, Versions
from responsief.difference.whole import whole
from responsief.register import Register, read_files
from small import ruleset
from stories import desk_of, provision, provisions

pytestmark = pytest.mark.heavy

ON = date(2026, 11, 22)
EVERYBODY = "leeftijd is onbekend of leeftijd >= 0"  # a condition, and it holds in every case
REFUSED = ruleset("", "eis: nee")
LOCAL = ruleset(
    "bevoegd: {orgaan: college, gemeente: '0600'}\nvoorziening: echt\n",
    "eis: leeftijd >= 90",
    ident="lokaal",
    soort="verordening",
)


def outside(number: int, conditions: str | None = EVERYBODY) -> list[str]:
    return [provision(f"buiten{n}", "financien", conditions, wet="buiten_wet", soort="gemeentelijk") for n in range(number)]


def real_one(**other: str) -> str:
    return provision("echt", "financien", EVERYBODY, soort="fonds", drempel="4", **other)


# --- what is offered ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2, 6])
def test_what_lies_outside_the_law_takes_no_place_of_what_lies_within_it(number: int, tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, provisions(*outside(number), real_one()))
    found = desk.decide(Situation(), "klein", ON).hardheid
    assert found is not None
    assert [a.id for a in found.alternatieven] == ["echt", *[f"buiten{n}" for n in range(min(number, 2))]]


def test_with_five_within_the_law_some_outside_it_come_on_top(tmp_path: Path) -> None:
    within = [provision(f"v{n}", "financien", EVERYBODY, drempel="3") for n in range(7)]
    desk = desk_of(tmp_path, REFUSED, provisions(*outside(6), *within))
    found = desk.decide(Situation(), "klein", ON).hardheid
    assert found is not None
    assert [a.id for a in found.alternatieven][:5] == [f"v{n}" for n in range(5)]
    assert len(found.alternatieven) <= 7


def test_what_the_gate_proves_the_desk_offers(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, provisions(*outside(6), real_one()))
    assert way_out(subject(desk.register, "klein", ON, None), desk).bewijs == "bewezen"
    assert not left_alone(desk, Situation(), desk.register.version("klein", ON), ON)


# --- claimed elsewhere -------------------------------------------------------------------------------------------------


def test_what_a_local_ruleset_speaks_for_is_no_way_out_everywhere(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, LOCAL, provisions(real_one()))
    answer = way_out(subject(desk.register, "klein", ON, None), desk)
    assert answer.bewijs != "bewezen"
    there = Situation.model_validate({"persoon": {"gemeente": "0600", "geboortedatum": "1986-01-01"}})
    assert left_alone(desk, there, desk.register.version("klein", ON), ON)


def test_in_a_municipality_only_what_is_decided_there_counts(tmp_path: Path) -> None:
    desk = desk_of(tmp_path, REFUSED, LOCAL, provisions(real_one()))
    ways = {
        place: [one.id for one in counted(subject(desk.register, "klein", ON, place).sides[0])]
        for place in ("0600", "0599", None)
    }
    assert ways == {"0600": [], "0599": ["echt"], None: []}


# --- a catalogue that changes under a ruleset --------------------------------------------------------------------------


def versions(folder: Path, old: list[str], new: list[str]) -> Report:
    """What `whole` says of two registers, without the shipped one under them: that is read for seconds."""
    sides = []
    for name, texts in (("oud", old), ("nieuw", new)):
        (folder / name).mkdir(parents=True)
        for number, text in enumerate(texts):
            (folder / name / f"{number}.yaml").write_text(text, encoding="utf-8")
        files = read_files([folder / name])
        register = Register.open(folder / name)
        named = {("regelset", ident) for ident in register.versions} | {("voorzieningen", "proef")}
        sides.append(Side(name, register, files, {}, {}, frozenset(named)))
    return whole(Versions(*sides), ON)


def codes(report: Report) -> list[str]:
    return [one.code for one in report.bevindingen]


OTHER = provision("ander", "financien", "leeftijd >= 80")


@pytest.mark.parametrize(
    "after",
    [
        [REFUSED, provisions(OTHER)],
        [REFUSED, provisions(provision("echt", "financien", "leeftijd >= 80", soort="fonds", drempel="4"))],
        [REFUSED, provisions(real_one(geldig="{van: 2020-01-01, tot: 2026-12-31}"))],
        [REFUSED, provisions(real_one()), LOCAL],
    ],
    ids=["gone", "for fewer people", "ends later", "claimed by a ruleset"],
)
def test_a_way_out_that_goes_is_told_of_a_ruleset_that_nobody_touched(after: list[str], tmp_path: Path) -> None:
    report = versions(tmp_path, [REFUSED, provisions(real_one())], after)
    claimed = len(after) == 3  # in general it is only not proved: she must live there
    assert ("wijziging-niet-bewezen" if claimed else "wijziging-geen-uitweg") in codes(report)
    (one,) = [d for d in report.regelsets if d.id == "klein"]
    assert one.uitweg is not None
    assert one.uitweg.bewijs == ("niet_bewezen" if claimed else "weerlegd")
    assert "klein" not in report.gelijk
    assert messages(report)[0].ernst != "goed"


@pytest.mark.parametrize(
    "after",
    [
        [REFUSED, provisions(real_one(), OTHER)],
        [REFUSED, provisions(provision("nieuw", "financien", EVERYBODY))],
        [REFUSED, provisions(real_one(titel="Zo heet het nu"))],
    ],
    ids=["one more", "another in its place", "another title"],
)
def test_a_catalogue_that_leaves_nobody_alone_gives_no_such_finding(after: list[str], tmp_path: Path) -> None:
    report = versions(tmp_path, [REFUSED, provisions(real_one())], after)
    assert not {"wijziging-geen-uitweg", "wijziging-niet-bewezen"} & {*codes(report)}
    assert "klein" in report.gelijk


def test_who_had_nothing_before_is_not_told_again(tmp_path: Path) -> None:
    weak = provisions(provision("zwak", "financien", "leeftijd >= 80"))
    report = versions(tmp_path, [REFUSED, weak], [REFUSED, provisions(provision("zwak", "financien", "leeftijd >= 79"))])
    assert "wijziging-geen-uitweg" not in codes(report)


def test_help_that_becomes_less_is_never_told_as_nothing_changed(tmp_path: Path) -> None:
    report = versions(tmp_path, [REFUSED, provisions(real_one(), OTHER)], [REFUSED, provisions(real_one())])
    assert [message.ernst for message in messages(report)] == ["let_op"]


# --- read through a term ----------------------------------------------------------------------------------------------------

CLAUSE = """\
begrippen:
  jong: {label: u bent jong, grondslag: art. 4, is: BEGRIP}
bedragen:
  grens: {label: de grens, bron: art. 2, waarden: {2025-01-01: "BEDRAG"}}
hardheid:
  - id: hard
    soort: verordening_clausule
    titel: Bijzondere gevallen
    grondslag: art. 9
    tekst: Het college kan afwijken bij bijzondere hardheid.
    maatstaf: bijzondere hardheid
    geldt_voor: [c0]
    richting: ten_gunste
    wie_beslist: college
    mag: [toekennen]
    REGEL: [{als: CONDITIE, grondslag: art. 9, reden: Zo staat het in de clausule}]
"""


def with_clause(term: str, rule: str, condition: str = "jong", amount: str = "€ 600") -> str:
    own = CLAUSE.replace("BEGRIP", term).replace("REGEL", rule).replace("CONDITIE", condition).replace("BEDRAG", amount)
    text = ruleset(own, "eis: nee", soort="verordening")
    return text.replace("hardheid: [{id: geen, soort: geen, grondslag: art. 9, geldt_voor: alle}]\n", "")


@pytest.mark.parametrize(
    ("rule", "old", "new", "way"),
    [
        ("niet_als", "leeftijd < 21", "leeftijd < 67", "strenger"),
        ("niet_als", "leeftijd < 67", "leeftijd < 21", "ruimer"),
        ("niet_als", "leeftijd < 21", "leeftijd > 67", "anders"),
        ("niet_als", "leeftijd < 21", "niet (leeftijd >= 21)", "gelijk"),
        ("voorwaarden", "leeftijd < 21", "leeftijd < 67", "ruimer"),
        ("voorwaarden", "leeftijd < 67", "leeftijd < 21", "strenger"),
    ],
)
def test_a_clause_that_reads_another_term_is_proved(rule: str, old: str, new: str, way: str, tmp_path: Path) -> None:
    report = versions(tmp_path, [with_clause(old, rule)], [with_clause(new, rule)])
    (one,) = report.regelsets
    (change,) = [c for c in one.wijzigingen if c.wat == "clausule"]
    assert change.richting == way
    assert "u bent jong" in change.was
    assert change.was != change.wordt or way == "gelijk"
    assert ("wijziging-strenger" in codes(report)) == (way in ("strenger", "anders"))


def test_a_clause_that_reads_another_figure_is_proved(tmp_path: Path) -> None:
    sides = [[with_clause("ja", "niet_als", "wonen.huur > grens", amount)] for amount in ("€ 700", "€ 600")]
    (one,) = versions(tmp_path, *sides).regelsets
    (change,) = [c for c in one.wijzigingen if c.wat == "clausule"]
    assert change.richting == "strenger"
    assert ("€ 700" in change.was, "€ 600" in change.wordt) == (True, True)


def test_a_term_that_no_clause_reads_changes_no_clause(tmp_path: Path) -> None:
    sides = [[with_clause(term, "niet_als", "wonen.huur > grens")] for term in ("leeftijd < 21", "leeftijd < 67")]
    (one,) = versions(tmp_path, *sides).regelsets
    assert [c.wat for c in one.wijzigingen] == ["begrip"]


def test_a_point_of_attention_that_reads_another_term_says_so(tmp_path: Path) -> None:
    attention = "aandachtspunten: [{id: let, soort: plicht, als: jong, tekst: Let hierop., grondslag: art. 5}]\n"
    sides = [[with_clause(term, "niet_als", "wonen.huur > grens") + attention] for term in ("leeftijd < 21", "leeftijd < 67")]
    (one,) = versions(tmp_path, *sides).regelsets
    assert any("aandachtspunt" in c.titel and "jonger dan 67" in c.wordt for c in one.wijzigingen)
