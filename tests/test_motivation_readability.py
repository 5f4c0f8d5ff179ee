"""The B1 check: sentences as a reader counts them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responsief.motivation.readability import check, sentences, word_count


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Uw inkomen is € 1.401,50. Dat is te veel.", ("Uw inkomen is € 1.401,50.", "Dat is te veel.")),
        ("Dit staat in art. 3 lid 1. Het mag.", ("Dit staat in art. 3 lid 1.", "Het mag.")),
        ("Volgens artikel 5, lid 1. van de wet mag het.", ("Volgens artikel 5, lid 1. van de wet mag het.",)),
        ("Dat was op 2 maart 2026. Wij belden u.", ("Dat was op 2 maart 2026.", "Wij belden u.")),
        ("Kom op 2-3-2026. Bel dhr. J. de Wit.", ("Kom op 2-3-2026.", "Bel dhr. J. de Wit.")),
        ("Neem iets mee, bijv. Een pas.", ("Neem iets mee, bijv. Een pas.",)),
        ("U zei: «Ik ben moe. Heel moe.» Wij wegen dit.", ("U zei:", "«».", "Wij wegen dit.")),
        ("U noemde «een lekke band» en meer.", ("U noemde «» en meer.",)),
        ("1. Eerste punt\n- tweede punt\n-----\n\nDerde.", ("Eerste punt", "tweede punt", "Derde.")),
        ("Wat nu? Bel ons! Dat mag.", ("Wat nu?", "Bel ons!", "Dat mag.")),
        ("Waarom die regel er is: De toeslag is klein.", ("Waarom die regel er is:", "De toeslag is klein.")),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, parts):
    assert sentences(text) == parts


def test_an_amount_a_quotation_and_a_marked_place_are_one_word():
    assert word_count("U krijgt € 1.401,50 per maand.") == 5
    assert word_count("U zei «een heel lang verhaal over alles».") == 3
    assert word_count("Bel [vul in: naam contactpersoon] vandaag.") == 3


def kinds(text):
    return [remark.soort for remark in check(text)]


def test_long_sentences_are_remarked_and_longer_ones_refused():
    assert kinds("woord " * 15 + "einde") == ["lang"]
    assert kinds("woord " * 20 + "einde") == ["te_lang"]
    assert kinds("woord " * 14 + "einde") == []


@pytest.mark.parametrize(
    ("text", "easier"),
    [
        ("U kunt derhalve niets doen.", "daarom"),
        ("U dient dit te sturen.", "moeten"),
        ("Indien u belt, helpen wij.", "als"),
        ("De peildatum is 1 maart.", "de datum waarop wij kijken"),
        ("Dit hoort u zo spoedig mogelijk.", "een datum"),
    ],
)
def test_a_hard_word_gets_an_easier_one(text, easier):
    remarks = [remark for remark in check(text) if remark.soort == "moeilijk"]
    assert [remark.hulp for remark in remarks] == [f"schrijf «{easier}»"]


def test_own_words_are_left_alone():
    assert kinds("U zei: «Derhalve dient men i.v.m. de Pw te wachten, aldus de beschikking van het college.»") == []


def test_abbreviations_are_remarked():
    assert kinds("Dit staat in de Pw.") == ["afkorting"]
    assert kinds("Wij bellen i.v.m. uw vraag.") == ["afkorting"]
    assert kinds("Dat kost € 1.401,50.") == []


def test_passive_voice_is_remarked():
    assert kinds("Uw aanvraag wordt door ons bekeken.") == ["lijdend"]
    assert kinds("Er is door een medewerker gebeld.") == ["lijdend"]
    assert kinds("Wij bekijken uw aanvraag.") == []
    assert kinds("Het wordt beter, en u krijgt geen brief.") == []


@given(st.text(max_size=400))
def test_no_text_breaks_it(text):
    check(text)
    assert all(part.strip() == part for part in sentences(text))
