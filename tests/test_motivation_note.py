"""The note for the file: everything, in the order of a court, with a marked place where only a person can reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motivation_cases import (
    CASES,
    SENDER,
    bijstand_artikel_16,
    inkomen_onbekend,
    inkomenstoeslag,
    toegekend_met_haast,
    twee_gronden,
    zonder_verblijf,
)
from responsief.motivation import write_note

ORDER = (
    "1. Clausule, bevoegdheid en maatstaf",
    "2. Doel van de regel",
    "3. Gronden en feiten",
    "4. Wat betrokkene naar voren bracht",
    "5. Gevolgen als de regel onverkort geldt",
    "6. Past dit bij het doel?",
    "7. De grens",
    "8. Andere regelingen en voorzieningen",
    "9. Geschikt, noodzakelijk, evenwichtig",
    "10. Advies",
    "11. Voorstel",
    "12. Gelijke gevallen",
    "13. Wie beslist",
)


@pytest.mark.parametrize("name", [name for name in CASES if not name.startswith("toegekend")])
def test_the_order_is_that_of_a_court_for_a_yes_and_for_a_no(name):
    build, sender = CASES[name]
    note = write_note(build(), sender)
    places = [note.index(f"\n{heading}\n") for heading in ORDER]
    assert places == sorted(places)


def test_a_fact_has_its_source_its_date_and_whether_it_is_disputed():
    note = write_note(zonder_verblijf(), SENDER)
    assert "verblijfsstatus: geen geldig verblijf (bron: IND; datum: 25 februari 2026; betwist)" in note
    assert "Hoor betrokkene hierover voordat het besluit hierop rust." in note
    assert "herbruikbaar tot en met 28 augustus 2026" in write_note(inkomenstoeslag(), SENDER)


def test_every_ground_and_every_clause_stands_with_status_and_reason():
    note = write_note(twee_gronden(), SENDER)
    assert "Voorwaarde 1: Uw inkomen was drie jaar lang laag" in note
    assert "Voorwaarde 2: U volgt geen opleiding" in note
    assert "buiten bereik voor voorwaarde 1" in note
    assert "in bereik voor voorwaarde 2" in note


def test_no_clause_is_said_and_not_hidden():
    note = write_note(zonder_verblijf(), SENDER)
    assert "geblokkeerd" in note
    assert "Geen clausule reikt tot een voorwaarde die in de weg staat." in note


def test_a_suggestion_is_marked_and_the_weighing_is_left_to_a_person():
    note = write_note(inkomenstoeslag(), SENDER)
    assert "Zij zijn niet de weging: die doet een mens." in note
    assert "[nog in te vullen door de medewerker: weging van omstandigheid 2]" in note
    assert "[nog in te vullen door de medewerker: evenwichtig]" in note


def test_children_are_named_in_the_consequences():
    assert "Voor kinderen: 2 onder de 18, van wie 2 thuis." in write_note(bijstand_artikel_16(), SENDER)


def test_signals_stand_with_their_chain_and_the_day_that_follows():
    note = write_note(bijstand_artikel_16(), SENDER)
    assert "Keten: dreigende_dakloosheid_1: aanzegging_ontruiming + huurachterstand" in note
    assert "Urgentie: binnen 3 werkdagen (termijn uit de wet)." in note
    assert "uiterlijk op 5 maart 2026" in note


def test_unverified_texts_are_listed():
    note = write_note(inkomenstoeslag(), SENDER)
    listed = note[note.index("Niet geverifieerde teksten") :]
    assert "clausule «Afwijken in bijzondere omstandigheden» (art. 5 lid 2)" in listed
    assert "voorzieningen: Noodhulp van een fonds" in listed
    assert "Niet geverifieerde teksten" not in write_note(inkomen_onbekend(), SENDER)


def test_what_is_needed_says_who_supplies_it():
    note = write_note(inkomen_onbekend(), SENDER)
    assert "- de waarde van uw auto (vermogen.bezittingen): ontbreekt; te leveren door de gemeente zelf" in note
    assert "[nog in te vullen door de medewerker: weging" not in note


def test_both_readings_of_a_disputed_fact_stand_with_source_and_date():
    note = write_note(inkomen_onbekend(), SENDER)
    told = "bedrag netto, loon per maand (inkomsten.0.bedrag): € 1.610,00 (UWV, 31 december 2025); betrokkene zegt € 720,00."
    assert f"Betwist: {told}" in note
    assert "zoek uit wat klopt (artikel 3:2 van de Algemene wet bestuursrecht)" in note


def test_which_text_was_used_is_not_taken_for_the_day_that_the_ruleset_starts():
    head = write_note(bijstand_artikel_16(), SENDER)
    assert "Regeling: Participatiewet (wet, BWBR0015703; tekst van 1 januari 2026; peildatum 2 maart 2026)" in head
    assert "tekstversie 1; peildatum" in write_note(inkomenstoeslag(), SENDER)
    nothing = replace(bijstand_artikel_16(), regeling=replace(bijstand_artikel_16().regeling, tekst_van=None))
    assert "datum van de tekst niet vastgelegd" in write_note(nothing, SENDER)


def test_a_quotation_from_a_younger_text_than_the_reference_date_says_so():
    draft = bijstand_artikel_16()
    mark = "(tekst van 1 juli 2026, vergelijk met de tekst op de peildatum)"
    assert mark not in write_note(draft, SENDER)
    younger = replace(draft, regeling=replace(draft.regeling, tekst_van="2026-07-01"))
    note = write_note(younger, SENDER)
    assert f"langer dan vier weken verblijf houdt buiten Nederland.» {mark}" in note
    assert f"indien zeer dringende redenen daartoe noodzaken.» {mark}" in note
    other = replace(draft.hardheid.clausules[0], grondslag="Awb 3:4 lid 2")
    elsewhere = replace(younger, hardheid=replace(draft.hardheid, clausules=(other,)))
    assert f"daartoe noodzaken.» {mark}" not in write_note(elsewhere, SENDER), "another law has a date of its own"


def test_a_clause_on_proportion_is_motivated_within_its_reach():
    assert "   Bereik: De grens staat in een verordening: exceptieve toetsing." in write_note(inkomenstoeslag(), SENDER)


def test_a_full_grant_keeps_its_pressing_signals_in_the_file():
    note = write_note(toegekend_met_haast(), SENDER)
    assert "- u kunt uw woning kwijtraken" in note
    assert "Spoed: binnen 3 werkdagen, gerekend vanaf de peildatum uiterlijk op 5 maart 2026." in note
