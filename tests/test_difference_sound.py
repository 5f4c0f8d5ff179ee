"""What once was called the same and is not, and the other way round: each a change that somebody could make on a Monday."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from responsief.difference.report import Report
from responsief.difference.versions import read_versions
from responsief.difference.whole import whole
from small import ruleset

pytestmark = pytest.mark.heavy  # every comparison asks Z3

ON = date(2026, 11, 22)
LID = "gegevens: {lid: {type: ja_nee, label: lid, vraag: Lid?, van: [inwoner]}}\n"
DAG = "gegevens: {dag: {type: datum, label: de dag, vraag: Welke dag?, van: [inwoner]}}\n"
DUUR = "gegevens: {duur: {type: periode, label: de duur, vraag: Hoe lang?, van: [inwoner]}}\n"
WAIT = "begrippen: {{einde: {{label: het einde, is: dag + {years} jaar}}}}\n"


def amount(per: str) -> str:
    return f"{LID}uitkomst: {{bedrag: {{is: € 100, per: {per}}}}}\n"


def soort(options: str) -> str:
    return f"gegevens: {{soort: {{type: keuze, opties: [{options}], label: soort, vraag: Welke?, van: [inwoner]}}}}\n"


CHANGES = {
    "an amount a year is less than the same a month": (amount("maand"), amount("jaar"), "eis: lid", "eis: lid", "strenger"),
    "an amount that goes is less": (amount("jaar"), LID, "eis: lid", "eis: lid", "strenger"),
    "an amount that comes is more": (LID, amount("jaar"), "eis: lid", "eis: lid", "ruimer"),
    "once and every year can't be ordered": (amount("keer"), amount("jaar"), "eis: lid", "eis: lid", "anders"),
    "a longer wait is worse": (
        DAG + WAIT.format(years=1), DAG + WAIT.format(years=5), "eis: peildatum >= einde, gevolg: wacht_tot einde",
        "eis: peildatum >= einde, gevolg: wacht_tot einde", "strenger",
    ),
    "no day lies between the last of February and the first of March": (
        DAG, DAG, "eis: dag <= 2026-02-28", "eis: dag < 2026-03-01", "gelijk",
    ),
    "a period of more than a year counts too": (DUUR, DUUR, "eis: duur = 400 dagen", "eis: duur = 401 dagen", "anders"),
    "a new word to choose from was unknown before": (
        soort("goud, zilver"), soort("goud, zilver, brons"), "eis: soort = 'goud' of leeftijd >= 18",
        "eis: soort = 'goud' of leeftijd >= 18", "strenger",
    ),
    "a fact of another kind is another fact": (
        "gegevens: {x: {type: geld, label: x, vraag: X?, van: [inwoner]}}\n",
        "gegevens: {x: {type: getal, label: x, vraag: X?, van: [inwoner]}}\n", "eis: x <= € 100", "eis: x <= 100", "anders",
    ),
    "nobody is older than the desk decides about": (LID, LID, "eis: leeftijd <= 138", "eis: leeftijd <= 130", "gelijk"),
}  # fmt: skip


def compared(folder: Path, old: tuple[str, str], new: tuple[str, str]) -> Report:
    for name, (body, criterion) in (("oud", old), ("nieuw", new)):
        (folder / name).mkdir()
        (folder / name / "klein.yaml").write_text(ruleset(body, criterion), encoding="utf-8")
    return whole(read_versions(str(folder / "oud"), str(folder / "nieuw")), ON)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_what_it_does_to_people(name: str, tmp_path: Path) -> None:
    old, new, was, wordt, way = CHANGES[name]
    report = compared(tmp_path, (old, was), (new, wordt))
    assert [one.richting for one in report.regelsets] == [way]


def test_a_word_that_is_new_was_unknown_to_the_old_version(tmp_path: Path) -> None:
    old, new, was, wordt, _ = CHANGES["a new word to choose from was unknown before"]
    (one,) = compared(tmp_path, (old, was), (new, wordt)).regelsets
    (condition,) = [c for c in one.wijzigingen if c.wat == "voorwaarde"]
    assert condition.alleen_onbekend
    assert condition.voorbeelden[0].getuige.situatie["eigen"] == {"klein": {"soort": "brons"}}


def test_a_date_in_a_condition_is_asked_on_that_date_too(tmp_path: Path) -> None:
    report = compared(tmp_path, (LID, "eis: peildatum < 2027-06-01 of lid"), (LID, "eis: peildatum < 2027-02-01 of lid"))
    ways = {one.peildatum: one.richting for one in report.regelsets}
    assert ways[ON] == "gelijk"
    assert ways[date(2027, 2, 1)] == "strenger"


def test_an_example_speaks_of_a_fact_as_the_ruleset_does(tmp_path: Path) -> None:
    own = "gegevens:\n  dagen_hier: {type: getal, label: zo lang woont u hier, vraag: Hoe lang?, van: [inwoner], eenheid: dagen}\n"
    (one,) = compared(tmp_path, (own, "eis: dagen_hier <= 9"), (own, "eis: dagen_hier < 9")).regelsets
    (condition,) = [c for c in one.wijzigingen if c.wat == "voorwaarde"]
    assert "zo lang woont u hier: 9 dagen" in condition.voorbeelden[0].getuige.zin
