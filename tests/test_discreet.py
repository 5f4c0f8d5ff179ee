"""What a letter must not tell: violence, danger, addiction or shelter, where somebody else reads the post."""

from __future__ import annotations

import re
from typing import Any

import pytest

from responsief.decision import Sender
from responsief.desk import Desk
from responsief.motivation.danger import DISTRESS, SHAME, VIOLENCE
from responsief.situation import Situation
from small import TODAY, register, ruleset

DESK = Desk(register(ruleset("", "eis: wonen.huur < € 600", "eis: wonen.woonsituatie != 'opvang' en wonen.huur < € 700")))
BASE: dict[str, Any] = {"wonen": {"huur": "€ 900", "woonsituatie": "zelfstandig"}}


def letter(shared: bool | None, **told: Any) -> str:
    situation = Situation.model_validate({**BASE, **told})
    return DESK.decide(situation, "klein", TODAY, sender=Sender(gedeeld_adres=shared)).motivering.brief


@pytest.mark.parametrize(
    "words",
    [
        "hij slaat mij",
        "Mijn man bedreigt mij",
        "Ik ben geslagen",
        "Ik durf niet naar huis",
        "Hij dreigt steeds",
        "Mijn ex dreigt mij",
        "Ik ben bang voor mijn man",
        "Mijn ex heeft gedreigd mij te vermoorden",
        "Mijn zoon dreigt met een mes",
        "Mijn partner dreigde de kinderen mee te nemen",
        "Ik krijg elke dag dreigementen",
    ],
)
@pytest.mark.parametrize("shared", [True, None])
def test_violence_in_her_own_words_is_not_quoted_where_somebody_may_read_along(words: str, shared: bool | None) -> None:
    told = {
        "gewenst_effect": words,
        "omstandigheden": [{"soort": "overig", "woorden": words}],
        "aanvraag": {"gevraagd": {"soort": words}},
    }
    assert words not in letter(shared, **told)
    assert words in letter(False, **told)


@pytest.mark.parametrize("words", ["ik zit in een afkickkliniek", "ik ben verslaafd aan drank", "ik wil niet meer leven"])
def test_shame_and_distress_are_not_quoted_at_an_address_that_is_known_to_be_shared(words: str) -> None:
    assert words not in letter(True, omstandigheden=[{"soort": "overig", "woorden": words}])


@pytest.mark.parametrize(
    "words",
    [
        "Er dreigt een ontruiming",
        "Ik dreig mijn huis te verliezen",
        "Mijn buurvrouw is geweldig",
        "Ik moest gedwongen verhuizen door de sloop",
        "Ik ben bang dat ze de stroom afsluiten",
        "Ik ben bang voor mijn gezondheid",
        "De kinderopvang is te duur",
        "Mijn papieren liggen in het archief",
        "De naschoolse opvang stopt",
    ],
)
@pytest.mark.parametrize("shared", [True, None])
def test_words_that_only_look_like_it_are_quoted(words: str, shared: bool | None) -> None:
    assert f"«{words}»" in letter(shared, omstandigheden=[{"soort": "overig", "woorden": words}])


def test_ordinary_words_are_quoted_also_at_a_shared_address() -> None:
    assert "«De wasmachine is stuk»" in letter(
        True, omstandigheden=[{"soort": "onverwachte_kosten", "woorden": "De wasmachine is stuk"}]
    )


@pytest.mark.parametrize("shared", [True, None])
def test_that_she_lives_in_a_shelter_is_no_fact_for_a_letter_that_others_may_read(shared: bool | None) -> None:
    home = {"huur": "€ 900", "woonsituatie": "opvang"}
    assert "opvang" not in letter(shared, wonen=home)
    assert "opvang" in letter(False, wonen=home)


@pytest.mark.parametrize("telling", [VIOLENCE, DISTRESS, SHAME])
def test_no_word_of_a_pattern_is_lost_by_looking_for_its_letters_first(telling: Any) -> None:
    """Each alternative of the pattern, as plainly as it can stand, has one of the letters that are looked for."""
    for alternative in re.findall(r"[a-z]{4,}(?: [a-z]{2,})*", telling.pattern.pattern):
        if telling.pattern.search(alternative):
            assert telling.search(alternative), alternative
