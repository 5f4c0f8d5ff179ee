"""Which rules hold: by date, by place, with what a municipality fills in, and with one folder over another."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from responsief import Situation, open_desk
from responsief.diagnostics import InvalidError
from responsief.ir.program import LinkError
from responsief.register import Register, check_files, read_files
from small import TODAY, findings, register, ruleset
from stories import desk_of, provision, provisions, signal, signals

THEN = date(2024, 6, 1)
OLD, NEW = "{van: 2020-01-01, tot: 2025-12-31}", "{van: 2026-01-01}"


def figure(value: str, name: str = "grens", ident: str = "bron", geldig: str = OLD) -> str:
    body = f'bedragen: {{{name}: {{bron: b, waarden: {{2000-01-01: "{value}"}}}}}}\nbegrippen: {{dubbel: 2 * {name}}}\n'
    return ruleset(body, "eis: ja", ident=ident, geldig=geldig)


def local(fills: str, ident: str = "lokaal", gemeente: str = "0599", geldig: str = "{van: 2020-01-01}") -> str:
    body = f'bevoegd: {{orgaan: college, gemeente: "{gemeente}"}}\nvult_in: {{landelijk.grens: {fills}}}\n'
    return ruleset(body, "eis: ja", ident=ident, soort="verordening", geldig=geldig)


def national(otherwise: str = "") -> str:
    body = f"open: {{grens: {{type: geld, grondslag: art. 8, label: de grens{otherwise}}}}}\n"
    return ruleset(body, "eis: wonen.huur <= grens", ident="landelijk")


HUUR = {"wonen": {"huur": "€ 700"}}


# --- by date -----------------------------------------------------------------------------------------------------------


def test_a_term_of_another_ruleset_is_that_of_the_version_of_the_day() -> None:
    reader = ruleset("begrippen: {norm: {gebruik: bron.dubbel}}\n", "eis: wonen.huur <= norm")
    both = register(figure("€ 100"), figure("€ 500", geldig=NEW), reader)
    outcomes = {}
    for day in (date(2025, 12, 31), date(2026, 1, 1)):
        verdict = both.compiled("klein", day, None).decide(Situation.model_validate(HUUR), day)
        outcomes[day] = (verdict.uitkomst, [p.versie for p in verdict.program.parts if p.id == "bron"])
    assert outcomes == {
        date(2025, 12, 31): ("afgewezen", ["2020-01-01"]),
        date(2026, 1, 1): ("toegekend", ["2026-01-01"]),
    }


def test_two_versions_that_hold_on_one_day_are_a_finding() -> None:
    (found,) = findings(figure("€ 1", geldig="{van: 2020-01-01}"), figure("€ 2", geldig=NEW))
    assert found.code == "twee-versies"
    assert "2026-01-01" in found.tekst


def test_a_day_without_a_version_says_so() -> None:
    with pytest.raises(LinkError) as wrong:
        register(figure("€ 1")).compiled("bron", date(2026, 1, 1), None)
    assert (wrong.value.code, wrong.value.words) == ("versie-ontbreekt", {"naam": "bron", "datum": date(2026, 1, 1)})


def test_what_could_not_be_linked_names_each_day_that_was_asked() -> None:
    one = register(figure("€ 1"))
    for day in (date(2026, 1, 1), date(2027, 5, 5), date(2026, 1, 1)):
        with pytest.raises(LinkError) as wrong:
            one.compiled("bron", day, None)
        assert wrong.value.words["datum"] == day


def test_a_program_is_linked_once_for_a_stretch_of_days_and_each_municipality_that_the_rules_name() -> None:
    one = register(figure("€ 1"), figure("€ 2", geldig=NEW), national(", anders: € 5"), local("€ 9"))
    first = one.compiled("landelijk", TODAY, None)
    assert one.compiled("landelijk", date(2030, 1, 1), "9999") is first
    assert one.compiled("landelijk", TODAY, "0363") is first
    assert one.compiled("landelijk", TODAY, "0599") is not first
    assert one.compiled("bron", date(2025, 12, 31), None) is not one.compiled("bron", date(2026, 1, 1), None)


def test_a_criterion_that_starts_later_is_linked_from_its_day() -> None:
    one = register(ruleset("", "eis: ja", "eis: wonen.huur < € 5, in_werking: {vanaf: 2027-01-01}"))
    expensive = Situation.model_validate(HUUR)
    days = (date(2026, 12, 31), date(2027, 1, 1))
    assert [one.compiled("klein", d, None).decide(expensive, d).uitkomst for d in days] == ["toegekend", "afgewezen"]


# --- by place ----------------------------------------------------------------------------------------------------------


def test_in_force_are_the_national_rulesets_and_those_of_the_municipality() -> None:
    one = register(national(), local("€ 9"), local("€ 8", ident="elders", gemeente="0363"))
    assert [r.id for r in one.in_force(TODAY, "0599")] == ["landelijk", "lokaal"]
    assert [r.id for r in one.in_force(TODAY, "0363")] == ["elders", "landelijk"]
    assert [r.id for r in one.in_force(TODAY, None)] == ["landelijk"]
    assert [r.id for r in one.in_force(date(2019, 12, 31), "0599")] == ["landelijk"]


def test_a_municipality_fills_in_what_the_law_leaves_open() -> None:
    one = register(national(", anders: € 600"), local("€ 700"))
    expensive = Situation.model_validate(HUUR)
    outcomes = {g: one.compiled("landelijk", TODAY, g).decide(expensive, TODAY).uitkomst for g in ("0599", "0363", None)}
    assert outcomes == {"0599": "toegekend", "0363": "afgewezen", None: "afgewezen"}


def test_two_fillers_of_one_open_slot_are_not_chosen_between() -> None:
    one = register(national(), local("€ 1"), local("€ 2", ident="ook"))
    with pytest.raises(LinkError) as wrong:
        one.compiled("landelijk", TODAY, "0599")
    assert (wrong.value.code, wrong.value.words) == ("invulling-dubbel", {"naam": "grens", "een": "lokaal", "ander": "ook"})


def test_a_filler_counts_on_the_days_that_it_holds() -> None:
    one = register(national(", anders: € 600"), local("€ 700", geldig="{van: 2026-01-01}"))
    expensive = Situation.model_validate(HUUR)
    found = {d: one.compiled("landelijk", d, "0599").decide(expensive, d).uitkomst for d in (THEN, TODAY)}
    assert found == {THEN: "afgewezen", TODAY: "toegekend"}


# --- one folder over another --------------------------------------------------------------------------------------------


def folder(path: Path, **texts: str) -> Path:
    path.mkdir()
    for name, text in texts.items():
        (path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return path


def test_a_later_folder_goes_over_an_earlier_one_by_ruleset_and_start_date(tmp_path: Path) -> None:
    under = folder(tmp_path / "a", eerste=ruleset("", "eis: nee"), blijft=ruleset("", "eis: ja", ident="blijft"))
    over = folder(tmp_path / "b", anders_genoemd=ruleset("", "eis: ja"))
    assert open_desk(under).decide(Situation(), "klein", TODAY).uitkomst == "afgewezen"
    both = open_desk(under, over)
    assert both.decide(Situation(), "klein", TODAY).uitkomst == "toegekend"
    assert both.register.ids() == ("blijft", "klein")
    assert open_desk(over, under).decide(Situation(), "klein", TODAY).uitkomst == "afgewezen"


def test_a_later_folder_goes_over_a_catalogue_file_of_the_same_name(tmp_path: Path) -> None:
    files = {"v": provisions(provision("p", "wonen")), "s": signals({"f": "wonen.ernstig_gebrek"}, signal("r", "f", "x", "p"))}
    under = folder(tmp_path / "a", k=ruleset("", "eis: nee"), **files)
    over = folder(tmp_path / "b", v=provisions(provision("p", "wonen", titel="Van onze gemeente"), provision("q", "zorg")))
    found = Register.open(under, over).catalogue.provisions
    assert {i: p.titel for i, p in found.items()} == {"p": "Van onze gemeente", "q": "Voorziening q"}


def test_two_files_in_one_folder_do_not_go_over_each_other(tmp_path: Path) -> None:
    one = folder(tmp_path / "a", x=ruleset("", "eis: nee"), y=ruleset("", "eis: ja"))
    with pytest.raises(InvalidError) as wrong:
        open_desk(one)
    assert [d.code for d in wrong.value.diagnostics] == ["twee-versies"]
    with pytest.raises(InvalidError):
        open_desk(one / "x.yaml", one / "y.yaml")


def test_a_file_goes_over_a_folder(tmp_path: Path) -> None:
    under = folder(tmp_path / "a", x=ruleset("", "eis: nee"))
    over = folder(tmp_path / "b", x=ruleset("", "eis: ja"))
    assert open_desk(under, over / "x.yaml").decide(Situation(), "klein", TODAY).uitkomst == "toegekend"


def test_an_empty_folder_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    with pytest.raises(InvalidError) as wrong:
        open_desk(tmp_path / "leeg")
    assert [d.code for d in wrong.value.diagnostics] == ["lege-map"]


def test_the_hash_of_a_register_is_that_of_what_decides_and_not_of_its_test_cases(tmp_path: Path) -> None:
    text = ruleset("", "eis: ja")
    trials = "proef: klein\nformaat: 1\ngevallen:\n  - {naam: a, peildatum: 2026-03-02, verwacht: {uitkomst: toegekend}}\n"
    plain = Register.open(folder(tmp_path / "a", k=text))
    tested = Register.open(folder(tmp_path / "b", k=text, k_test=trials))
    other = Register.open(folder(tmp_path / "c", k=text.replace("Laten zien", "Tonen")))
    assert plain.sha256 == tested.sha256 != other.sha256


def test_findings_are_told_by_place_and_all_at_once(tmp_path: Path) -> None:
    wrong = folder(tmp_path / "a", b=ruleset("", "eis: niets"), a=ruleset("", "eis: nergens", ident="ander"), c="x: 1\n")
    _, _, found = check_files(read_files([wrong]))
    assert [(d.span.source.name.rpartition("/")[2], d.code) for d in found if d.span] == [
        ("a.yaml", "onbekende-naam"),
        ("b.yaml", "onbekende-naam"),
        ("c.yaml", "soort-bestand"),
    ]


def test_a_register_without_signals_or_provisions_still_reviews(tmp_path: Path) -> None:
    found = desk_of(tmp_path, ruleset("", "eis: nee")).decide(Situation(), "klein", TODAY).hardheid
    assert found is not None
    assert found.signalen == ()
    assert [a.id for a in found.alternatieven] == ["gesprek_met_mens"]
