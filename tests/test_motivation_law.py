"""References to law, as a reader without a law degree sees them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responsief.motivation.law import cite, rests_on_statute, the, write_out

OWN = "Verordening individuele inkomenstoeslag Rotterdam 2025"


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("Pw 36 lid 1", "artikel 36 lid 1 van de Participatiewet"),
        ("Awb 4:7", "artikel 4:7 van de Algemene wet bestuursrecht"),
        ("art. 3 lid 1", f"artikel 3 lid 1 van de {OWN}"),
        ("8.6 lid 4 onder a", f"artikel 8.6 lid 4 onder a van de {OWN}"),
        ("Pw 13 lid 1 g", "artikel 13 lid 1 onder g van de Participatiewet"),
        ("Pw 36 jo. 34", "artikel 36 samen met artikel 34 van de Participatiewet"),
        ("UR Inv. 1990 art. 24", "artikel 24 van de Uitvoeringsregeling Invorderingswet 1990"),
        (
            "Wmo 2.3.2 lid 4 onder d, 2.3.5",
            "artikelen 2.3.2 lid 4 onder d, 2.3.5 van de Wet maatschappelijke ondersteuning 2015",
        ),
        ("Uitvoeringsbesluit Wmo 2.1", "artikel 2.1 van het Uitvoeringsbesluit Wet maatschappelijke ondersteuning 2015"),
        ("Rv 475d-475fa", "artikelen 475d tot en met 475fa van het Wetboek van Burgerlijke Rechtsvordering"),
        ("Wet tijdelijk huisverbod 2", "artikel 2 van de Wet tijdelijk huisverbod"),
        (
            "Wgs 4 lid 2; Fw 287b",
            "artikel 4 lid 2 van de Wet gemeentelijke schuldhulpverlening; artikel 287b van de Faillissementswet",
        ),
        ("Wmo", "de Wet maatschappelijke ondersteuning 2015"),
        ("geen", "geen"),
    ],
)
def test_an_article_is_written_out(reference, words):
    assert cite(reference, OWN) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Dit rust op Pw 16 lid 2.", "Dit rust op artikel 16 lid 2 van de Participatiewet."),
        ("Pw 16 lid 2: andere mensen", "artikel 16 lid 2 van de Participatiewet: andere mensen"),
        ("alleen tot art. 5 lid 1", "alleen tot artikel 5 lid 1"),
        ("Volgens de Pw kan dat o.a. bij ziekte.", "Volgens de Participatiewet kan dat onder andere bij ziekte."),
        ("U heeft WW of een Wajong-uitkering.", "U heeft WW of een Wajong-uitkering."),
        ("Er wonen 2 kinderen.", "Er wonen 2 kinderen."),
    ],
)
def test_a_text_is_written_out(text, words):
    assert write_out(text) == words


def test_only_a_statute_makes_a_term_longer():
    assert rests_on_statute("Awb 6:7")
    assert rests_on_statute("Wet tijdelijk huisverbod 2")
    assert not rests_on_statute("UR Inv. 1990 art. 24")
    assert not rests_on_statute("art. 12")


def test_a_name_gets_its_article():
    assert the("Besluit zorgverzekering") == "het Besluit zorgverzekering"
    assert the("Verordening leerlingenvervoer") == "de Verordening leerlingenvervoer"


@given(st.text(max_size=300))
def test_any_text_can_be_written_out(text):
    assert isinstance(write_out(text), str)
    assert isinstance(cite(text, text), str)
