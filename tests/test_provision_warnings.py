"""The eleven warnings of the domain notes about provisions, each as what the shipped register must do."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import responsief
from test_shipped import ANYONE, DAY, EARNS_TOO_MUCH, merged


@pytest.fixture(scope="module")
def desk():
    return responsief.open_desk()


@pytest.fixture(scope="module")
def provisions(desk):
    return desk.register.catalogue.provisions


def offered(desk, change, on=DAY, ruleset="participatiewet"):
    situation = responsief.Situation.model_validate(merged(merged(ANYONE, {"inkomsten": [EARNS_TOO_MUCH]}), change))
    decision = desk.decide(situation, ruleset, on)
    assert decision.hardheid is not None
    return {one.id: one for one in decision.hardheid.alternatieven}


def test_what_is_closed_on_a_day_is_not_offered_on_it(desk, provisions):
    """1. The Tijdelijk Noodfonds Energie stopped; the public fund that comes after it is not open yet."""
    cold = {"behoeften": [{"leefgebied": "financien", "ernst": 4}, {"leefgebied": "wonen", "ernst": 4}]}
    assert not any("tijdelijk noodfonds" in one.titel.lower() for one in provisions.values())
    assert "energiefonds_publiek" not in offered(desk, cold)
    for ident, one in provisions.items():
        for day, side in ((one.van, -1), (one.tot, 1)):
            if day is not None:
                other = day + side * timedelta(days=1)
                ruleset = "schuldhulp" if other.year > 2026 else "participatiewet"  # a day on which it can be decided
                assert ident not in offered(desk, cold, other, ruleset), ident


def test_a_high_rent_or_being_twenty_two_takes_no_huurtoeslag_away_since_2026(desk):
    """2. Who was refused for the rent or the age in 2025 can have a right now, and is told to ask again."""
    home = {
        "persoon": {"geboortedatum": "2004-01-10"},
        "wonen": {"huur": "€ 1.150", "soort": "huur", "woonsituatie": "zelfstandig"},
        "behoeften": [{"leefgebied": "wonen", "ernst": 3}],
    }
    found = offered(desk, home)["huurtoeslag"]
    assert "ook als u eerder een nee kreeg" in found.eerste_stap
    assert "huurtoeslag" not in offered(desk, home, date(2025, 9, 1))


def test_only_the_moratorium_that_stops_an_eviction_is_offered_against_one(desk, provisions):
    """3. Fw 287b stops eviction, disconnection and the end of the insurance; the broad one (Wgs 5) does not."""
    evicted = {
        "wonen": {"ontruiming_op": "2026-03-09", "afsluiting_op": "geen"},
        "gezondheid": {"zorgverzekering_opgezegd": "nee"},
        "eerder": {"schuldhulp": "geen"},
        "beslag": {"loopt": "nee"},
        "schulden": [{"soort": "huur", "bedrag": "€ 2.000", "achterstand_maanden": 3, "incasso": "nee"}],
        "behoeften": [{"leefgebied": "financien", "ernst": 5}, {"leefgebied": "wonen", "ernst": 5}],
    }
    found = offered(desk, evicted)
    assert "moratorium_287b" in found
    assert "breed_moratorium" not in found
    collected = {"schulden": [{"soort": "overig", "bedrag": "€ 9.000", "incasso": "ja"}], "eerder": {"schuldhulp": "loopt"}}
    found = offered(desk, collected)
    assert "breed_moratorium" in found
    assert "moratorium_287b" not in found
    assert "ontruiming" not in (provisions["breed_moratorium"].titel + provisions["breed_moratorium"].eerste_stap).lower()
    for signal in desk.register.catalogue.signals.values():
        if "moratorium_287b" in signal.biedt:
            assert "breed_moratorium" not in signal.biedt, signal.id


def test_who_comes_from_another_town_reaches_the_shelter_all_the_same(desk):
    """4. Maatschappelijke opvang is open to the whole country."""
    roofless = {"wonen": {"woonsituatie": "dakloos", "soort": "geen"}, "behoeften": [{"leefgebied": "wonen", "ernst": 5}]}
    for here in ("ja", "nee", "onbekend"):
        found = offered(desk, merged(roofless, {"wonen": {"woonplaats_hier": here}}))
        assert "hoeft niet uit deze stad" in found["maatschappelijke_opvang"].eerste_stap


def test_who_is_pregnant_without_papers_is_told_that_a_midwife_costs_nothing(desk):
    """5. Zvw 122a: the midwife entirely, other care for 80 percent."""
    found = offered(desk, {"persoon": {"verblijf": {"soort": "zonder"}}, "gezondheid": {"zwanger": "ja"}})
    assert "verloskundige kost u niets" in found["zorg_onverzekerbaren"].eerste_stap
    assert "zorg_onverzekerbaren" not in offered(desk, {"gezondheid": {"zwanger": "ja"}})


def test_a_bed_without_papers_is_promised_nowhere(provisions):
    """6. The national money stopped on 1-1-2025: only where the municipality pays itself."""
    one = provisions["ongedocumenteerden_opvang"]
    assert (one.bereik, one.soort) == ("deel", "gemeentelijk")
    assert "geen sinds rijksgeld LVV stopte op 1-1-2025" in one.grondslag
    assert not any("LVV" in other.titel + other.eerste_stap for other in provisions.values())


def test_the_scheme_for_who_lost_the_insurance_ends_with_2026(desk):
    """7. From 2027 it is limited to emergencies: a new provision has to say so."""
    lost = {
        "gezondheid": {"zorgverzekering_opgezegd": "ja"},
        "behoeften": [{"leefgebied": "lichamelijke_gezondheid", "ernst": 4}],
    }
    assert "zorg_onverzekerden_sov" in offered(desk, lost, date(2026, 7, 1), "schuldhulp")
    assert "zorg_onverzekerden_sov" not in offered(desk, lost, date(2027, 1, 1), "schuldhulp")


def test_urgency_for_a_home_promises_no_national_group(provisions):
    """8. The national groups were not in force: only the local verordening counts."""
    one = provisions["urgentie"]
    assert one.bereik == "deel"
    assert "lokale huisvestingsverordening" in one.grondslag
    assert "regie" not in one.grondslag.lower()
    assert "welke groepen voorgaan" in one.eerste_stap


def test_a_single_parent_just_above_the_national_norm_still_sees_what_a_municipality_has(desk):
    """9. Some municipalities take 75 instead of 70 percent for a single parent; nothing is hidden on the lower one."""
    parent = {
        "huishouden": {
            "soort": "alleenstaande_ouder",
            "kinderen": [{"geboortedatum": "2018-05-01", "thuiswonend": "ja", "ten_laste": "ja"}],
        },
        "persoon": {"gemeente": "0034"},
        "inkomsten": [{**EARNS_TOO_MUCH, "bedrag": "€ 1.900"}],  # 136 percent of € 1.401,50
        "behoeften": [{"leefgebied": "meedoen", "ernst": 3}],
    }
    assert "stadspas" in offered(desk, parent)
    alone = {**parent, "huishouden": {}}
    assert "stadspas" not in offered(desk, alone)


def test_what_is_nobodys_right_stands_in_the_way_of_no_right_and_is_a_condition_for_nothing(desk, provisions):
    """10. Funds and informal help stand beside a right: no ruleset is one of them, and none takes a right's place."""
    no_right = {ident for ident, one in provisions.items() if one.soort in ("fonds", "informeel", "samen")}
    assert len(no_right) > 40
    for ident in desk.register.ids():
        assert desk.register.version(ident, date(2026, 9, 1)).voorziening not in no_right
    assert not any(provisions[ident].regelset for ident in no_right)
    change = {
        "behoeften": [{"leefgebied": "financien", "ernst": 4}],
        "aanvraag": {"gevraagd": {"soort": "wasmachine", "kosten": "€ 500"}},
    }
    found = [one for one in offered(desk, change).values() if one.soort != "samen"]
    rights = {i for i, one in enumerate(found) if one.id not in no_right and one.soort != "eigen_kracht"}
    assert min(rights) == 0
    assert {"sun_noodhulp", "fonds_bijzondere_noden"} <= {one.id for one in found}
    assert "bijzondere-bijstand-rotterdam" in {one.id for one in found} or "bijzondere_bijstand" in {one.id for one in found}


@pytest.mark.parametrize("ident", ["noodfonds_gemeente", "sun_noodhulp", "fonds_bijzondere_noden", "jeugdfonds_sport_cultuur"])
def test_what_takes_no_application_from_the_client_starts_with_somebody_else(ident, desk):
    """11. The first step is a task of the municipality, and the handover says that it makes the contact."""
    change = {
        "huishouden": {
            "soort": "alleenstaande_ouder",
            "kinderen": [{"geboortedatum": "2016-05-01", "thuiswonend": "ja", "ten_laste": "ja"}],
        },
        "omstandigheden": [{"soort": "acute_nood"}],
        "behoeften": [{"leefgebied": "meedoen" if ident.startswith("jeugdfonds") else "financien", "ernst": 5}],
        "aanvraag": {"gevraagd": {"soort": "bed", "kosten": "€ 300"}},
    }
    found = offered(desk, change)[ident]
    assert found.eerste_stap.startswith(("Bel uw contactpersoon.", "Vraag een leerkracht of buurtsportcoach"))
    assert "vraag dit zelf aan" not in found.eerste_stap.lower()
    if ident in ("sun_noodhulp", "fonds_bijzondere_noden"):
        assert found.overdracht
