"""The B1 check: sentences as a reader counts them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from responsief.readability import check, sentences, word_count


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
        ("Ga eerst naar de arts. Bel ons daarna.", ("Ga eerst naar de arts.", "Bel ons daarna.")),
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
    ],
)
def test_a_hard_word_gets_an_easier_one(text, easier):
    remarks = [remark for remark in check(text) if remark.soort == "moeilijk"]
    assert [remark.hulp for remark in remarks] == [f"schrijf «{easier}»"]


@pytest.mark.parametrize(
    "text",
    [
        "Dit hoort u zo spoedig mogelijk.",
        "U krijgt binnenkort bericht.",
        "Wij bellen u te zijner tijd.",
        "U hoort op korte termijn meer.",
        "Wij beslissen binnen afzienbare tijd.",
    ],
)
def test_a_promise_without_a_day_is_vague(text):
    assert kinds(text) == ["vaag"]


@pytest.mark.parametrize(
    "text", ["Verwacht u binnenkort een kind?", "Dit hoort u voor 1 maart 2026.", "Wij bellen u binnen 3 dagen."]
)
def test_a_day_or_somebodys_life_is_not(text):
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dat is niet onmogelijk.",
        "Niemand krijgt geen hulp.",
        "U krijgt dit, tenzij u niet hier woont.",
        "Wij kunnen niet ontkennen hoe zwaar dit is.",
    ],
)
def test_two_noes_are_remarked(text):
    assert kinds(text) == ["dubbel"]


@pytest.mark.parametrize(
    "text",
    [
        "U hoeft niets te betalen als u geen inkomen heeft.",
        "Dit kan niet, want u heeft geen huis.",
        "U heeft geen partner en geen kinderen.",
        "Wij weten niet of u nooit eerder hulp kreeg.",
        "Dat is niet veel.",
        "Dat lukt niet zonder auto.",
        "U heeft geen inkomen (dat van uw partner telt niet).",
    ],
)
def test_one_no_in_each_part_is_plain(text):
    assert kinds(text) == []


def test_own_words_are_left_alone():
    assert kinds("U zei: «Derhalve dient men i.v.m. de Pw te wachten, aldus de beschikking van het college.»") == []


def test_abbreviations_are_remarked():
    assert kinds("Dit staat in de Pw.") == ["afkorting"]
    assert kinds("Wij bellen i.v.m. uw vraag.") == ["afkorting"]
    assert kinds("Dat kost € 1.401,50.") == []
    assert kinds("Ga eerst naar de arts.") == []


def test_passive_voice_is_remarked():
    assert kinds("Uw aanvraag wordt door ons bekeken.") == ["lijdend"]
    assert kinds("Er is door een medewerker gebeld.") == ["lijdend"]
    assert kinds("Wij bekijken uw aanvraag.") == []
    assert kinds("Het wordt beter, en u krijgt geen brief.") == []


@given(st.text(max_size=400))
def test_no_text_breaks_it(text):
    check(text)
    assert all(part.strip() == part for part in sentences(text))


# --- the words of the shipped rules ---------------------------------------------------------------------------------------

RULES = Path(__file__).parents[1] / "rulesets"
# What a client may read: titles and questions, purposes and explanations, first steps, reasons.
READ = ("titel", "doel", "uitleg", "label", "vraag", "eerste_stap", "waarom", "reikwijdte", "reden", "lezing")
LISTS = ("vragen", "na_te_gaan")


def told_texts(node, path=""):
    """Every text of a file that somebody may read, with its path in it."""
    if isinstance(node, dict):
        for key, value in node.items():
            if (key in READ or (key == "tekst" and "als" in node)) and isinstance(value, str):
                yield f"{path}.{key}", value
            elif key in LISTS and isinstance(value, list):
                yield from ((f"{path}.{key}", one) for one in value if isinstance(one, str))
            yield from told_texts(value, f"{path}.{key}")
    elif isinstance(node, list):
        for number, one in enumerate(node):
            yield from told_texts(one, f"{path}.{one.get('id', number) if isinstance(one, dict) else number}")


def shipped_texts():
    for file in sorted(RULES.rglob("*.yaml")):
        if not file.name.endswith(".test.yaml"):
            for path, text in told_texts(yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader)):
                yield f"{file.relative_to(RULES)}{path}", text


def test_no_sentence_of_the_rules_is_too_long():
    found = {remark.zin: place for place, text in shipped_texts() for remark in check(text) if remark.soort == "te_lang"}
    assert found == {}


def test_the_remarks_on_the_rules_are_few_and_listed():
    texts = list(shipped_texts())
    assert len(texts) > 800
    remarks = [(place, remark) for place, text in texts for remark in check(text)]
    listed = Counter(remark.soort for _, remark in remarks)
    for place, remark in remarks:
        print(f"{remark.soort:9} {place}: «{remark.tekst}» ({remark.hulp})")  # pytest -s lists them, with a place and an advice
    assert listed["afkorting"] == listed["vaag"] == 0
    assert listed["dubbel"] == 0
    assert listed["moeilijk"] <= 20
    assert listed["lijdend"] <= 8
    assert listed["lang"] <= 40


def test_what_a_client_is_asked_is_one_plain_question():
    for place, text in shipped_texts():
        if place.endswith((".vraag", ".vragen", ".na_te_gaan")):
            assert not [r for r in check(text) if r.soort in ("te_lang", "lang", "afkorting", "vaag", "dubbel")], (place, text)
