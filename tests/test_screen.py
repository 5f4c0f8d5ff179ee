"""What a screen shows: each fact with both statements, why it was read and by which article; and what to read first."""

from __future__ import annotations

from typing import Any

import pytest

from responsief.decision import Decision
from responsief.decision_json import decision_json
from responsief.desk import Desk
from responsief.situation import Situation
from small import TODAY, register, ruleset

RULES = ruleset("", "eis: wonen.huur < € 600", "eis: wonen.huur >= € 0 en leeftijd >= 18")
ANN: dict[str, Any] = {"persoon": {"geboortedatum": "1990-01-01"}, "wonen": {"huur": "€ 700"}}


def decide(situation: dict[str, Any]) -> Decision:
    return Desk(register(RULES)).decide(Situation.model_validate(situation), "klein", TODAY)


def test_a_fact_stands_once_with_every_criterion_that_read_it_and_their_articles() -> None:
    rent, born = decide(ANN).scherm.feiten
    assert (rent.gegeven, rent.waarde, rent.bron, rent.eigen_opgave) == ("wonen.huur", "€ 700,00", "inwoner", None)
    assert rent.waarvoor == ("c0", "c1")
    assert rent.grondslagen == ("art. 1",)
    assert rent.doelen == ("Omdat het zo is.",)
    assert (born.gegeven, born.waarvoor) == ("persoon.geboortedatum", ("c1",))


def test_what_the_client_says_stands_beside_what_the_register_has() -> None:
    origin = {"wonen.huur": {"bron": "gemeente", "datum": "2026-01-05", "eigen_opgave": "€ 590"}}
    found = decision_json(decide({**ANN, "feiten": origin}))["feiten"][0]
    assert (found["bron"], found["datum"], found["eigen_opgave"]) == ("gemeente", "2026-01-05", "€ 590,00")
    assert found["betwist"] is True  # the outcome would be another one with it


@pytest.mark.parametrize(
    "words",
    [
        "Ik kan niet meer",
        "Ik wil niet meer leven",
        "Mijn ex bedreigt mij en ik durf niet naar huis",
        "Wij hebben vandaag niets te eten",
        "Ik ben radeloos van de brieven",
        "Volgende week staan wij op straat",
        "Ik maak er een einde aan",
        "Ik zie het niet meer zitten",
        "Ik wou dat ik dood was",
        "Ik doe mezelf iets aan",
        "Hij sloeg me gisteren weer",
        "Ik kan\n niet meer",
    ],
)
def test_words_that_tell_of_danger_or_distress_are_read_first(words: str) -> None:
    found = decide({**ANN, "omstandigheden": [{"soort": "overig", "woorden": words}]})
    plain = " ".join(words.split())
    assert [one.woorden for one in found.scherm.lees_eerst] == [plain]
    assert f"Lees eerst: «{plain}»" in found.motivering.nota
    assert "Lees eerst" not in found.motivering.brief


@pytest.mark.parametrize("words", ["De wasmachine is stuk", "Ik zoek werk in de zorg", "Mijn straat is rustig en ik eet goed"])
def test_ordinary_words_are_not(words: str) -> None:
    assert decide({**ANN, "gewenst_effect": words}).scherm.lees_eerst == ()


def test_a_kind_that_says_so_itself_is_read_first_without_words() -> None:
    found = decide({**ANN, "omstandigheden": [{"soort": "geweld_thuis"}], "veiligheid": {"geweld_thuis": "ja"}})
    assert [one.waar for one in found.scherm.lees_eerst] == ["omstandigheden.0", "veiligheid"]


def test_the_mark_changes_nothing_in_the_decision() -> None:
    calm = decide({**ANN, "omstandigheden": [{"soort": "onverwachte_kosten", "woorden": "De wasmachine is stuk"}]})
    upset = decide(
        {**ANN, "omstandigheden": [{"soort": "onverwachte_kosten", "woorden": "Ik ben wanhopig, de wasmachine is stuk"}]}
    )
    assert upset.scherm.lees_eerst
    assert not calm.scherm.lees_eerst
    assert (calm.uitkomst, calm.afgewezen_op) == (upset.uitkomst, upset.afgewezen_op)
    assert calm.hardheid is not None
    assert upset.hardheid is not None
    assert calm.hardheid.alternatieven == upset.hardheid.alternatieven
    assert [w.voorstel for w in calm.hardheid.weging] == [w.voorstel for w in upset.hardheid.weging]


def test_facts_that_tell_of_danger_are_read_first_and_so_is_a_night_without_a_safe_bed() -> None:
    found = decide({**ANN, "veiligheid": {"gevaar_zelf_of_ander": "ja", "veilige_slaapplek": "nee"}})
    assert [one.waar for one in found.scherm.lees_eerst] == ["veiligheid", "veiligheid.veilige_slaapplek"]


def test_words_of_earlier_help_are_read_too() -> None:
    earlier = {"voorzieningen": [{"regelset": "bijzondere_bijstand", "woorden": "toen wilde ik zelfmoord plegen"}]}
    assert [one.waar for one in decide({**ANN, "eerder": earlier}).scherm.lees_eerst] == ["eerder.voorzieningen.0"]
