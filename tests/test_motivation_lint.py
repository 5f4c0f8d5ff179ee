"""The lint: what a broken text trips on, and that a generated text trips on nothing (that stands in the golden tests)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motivation_cases import (
    CASES,
    bijstand_artikel_16,
    geweld_thuis,
    inkomen_onbekend,
    inkomenstoeslag,
    kwijtschelding_deel,
    toegekend,
    toegekend_met_haast,
    twee_gronden,
    wachten,
)
from responsief.decision import Texts, Weighing
from responsief.motivation import texts
from responsief.motivation.lint import TEXTS, Finding, lint

SENDER = CASES["afgewezen_inkomenstoeslag"][1]
ENDING = "\nVragen of hulp nodig?"


def codes(draft, written, **options):
    return {(finding.code, finding.waar) for finding in lint(draft, written, **options)}


def with_letter(draft, change):
    written = texts(draft, SENDER)
    changed = change(written.brief)
    assert changed != written.brief, "the text to break was not found"
    return Texts(changed, written.nota)


def with_note(draft, change):
    written = texts(draft, SENDER)
    changed = change(written.nota)
    assert changed != written.nota, "the text to break was not found"
    return Texts(written.brief, changed)


def saying(sentence):
    """The letter with one more sentence in it."""
    return lambda letter: letter.replace(ENDING, f"\n{sentence}\n{ENDING}", 1)


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("U voldoet niet aan de voorwaarden.", "alleen-voorwaarden"),
        ("Dat kan niet wegens precedentwerking.", "precedent"),
        ("Uw situatie is niet bijzonder genoeg.", "niet-bijzonder-genoeg"),
        ("Uw situatie is onvoldoende schrijnend.", "niet-bijzonder-genoeg"),
        ("Dat is nu eenmaal ons beleid.", "alleen-beleid"),
        ("Wij wijken niet af, omdat dit beleid is.", "alleen-beleid"),
        ("Volgens het beleid kan dit niet.", "alleen-beleid"),
        ("Dit leidt tot onbillijkheden van overwegende aard.", "maatstaf-andere-clausule"),
        ("Er zijn zeer dringende redenen.", "maatstaf-andere-clausule"),
        ("Er is geen acute noodsituatie.", "maatstaf-andere-clausule"),
        ("Dit is geen onredelijke uitkomst.", "maatstaf-andere-clausule"),
        ("U zei: «er zijn zeer dringende redenen».", "maatstaf-andere-clausule"),  # not the client's words
        ("Het systeem geeft aan dat dit niet kan.", "systeem"),
        ("De computer rekende dit uit.", "systeem"),
        ("Dit komt zo uit de computer.", "systeem"),
        ("Dat is u te verwijten.", "verwijt"),
        ("Dit is uw eigen schuld.", "verwijt"),
        ("U heeft fraude gepleegd.", "verwijt"),
        ("U weigert informatie te geven.", "verwijt"),
        ("U heeft dit nagelaten.", "verwijt"),
        ("Uw nummer is 111222333.", "bsn"),
        ("Dit verandert niets, omdat .", "lege-reden"),
        ("Uw verhaal weegt niet mee.", "weegt-niet-mee"),
        ("Dit is een zin " + "met veel woorden " * 6 + "en een eind.", "lange-zin"),
        (
            "De tekst is «Het college kan in bijzondere individuele omstandigheden afwijken van het eerste lid.».",
            "citaat-ongeverifieerd",
        ),
        ("Dat kan binnen zes maanden.", "termijn-verkeerd"),
        ("U woont bij_anderen.", "interne-code"),
        ("U bent vreemdeling 11 2.", "interne-code"),
    ],
)
def test_a_sentence_that_does_not_belong_is_refused(sentence, code):
    draft = inkomenstoeslag()
    assert (code, "brief") in codes(draft, with_letter(draft, saying(sentence)))


@pytest.mark.parametrize(
    "sentence",
    [
        "Volgens de beleidsregel telt dit niet.",
        "De gemeente heeft beleid voor minima.",
        "Wij kijken naar gelijke gevallen.",
        "Het zorgsysteem is ingewikkeld.",
        "Wilt u beter lezen of met de computer werken?",
        "Bel 14 010 of kom op 1 maart 2026.",
        "Ons nummer is 123456789.",  # fails the eleven test
        "Mail naar werk_en_inkomen@stad.nl of kijk op stad.nl/werk_en_inkomen.",
        "Uw loon komt elke 4 weken.",
    ],
)
def test_an_ordinary_sentence_is_not(sentence):
    draft = inkomenstoeslag()
    assert codes(draft, with_letter(draft, saying(sentence))) == set()


def test_the_clients_own_words_are_exempt():
    draft = inkomenstoeslag()
    woorden = "Het systeem zegt dat het mijn eigen schuld is, maar er zijn zeer dringende redenen. " * 2
    raised = draft.situatie.omstandigheden[0].model_copy(update={"woorden": woorden})
    situation = draft.situatie.model_copy(update={"omstandigheden": (raised, draft.situatie.omstandigheden[1])})
    weging = (replace(draft.hardheid.weging[0], woorden=woorden), *draft.hardheid.weging[1:])
    told = replace(draft, situatie=situation, hardheid=replace(draft.hardheid, weging=weging))
    assert codes(told, texts(told, SENDER)) == set()


def test_the_words_of_a_clause_in_the_case_are_its_own():
    draft = bijstand_artikel_16()
    assert codes(draft, with_letter(draft, saying("Zijn er zeer dringende redenen, of een acute noodsituatie?"))) == set()


# --- what is missing --------------------------------------------------------------------------------------------------------


def without(part, instead=""):
    return lambda text: text.replace(part, instead)


def test_a_circumstance_that_is_left_out_is_refused():
    draft = inkomenstoeslag()
    reuma = "Door mijn reuma kan ik niet met de hand wassen."
    assert ("omstandigheid-ontbreekt", "brief") in codes(draft, with_letter(draft, without(reuma)))
    assert ("omstandigheid-ontbreekt", "nota") in codes(draft, with_note(draft, without(reuma)))


def test_a_childs_interest_that_is_left_out_is_refused():
    draft = inkomenstoeslag()
    assert ("omstandigheid-ontbreekt", "brief") in codes(draft, with_letter(draft, without("Het belang van een kind")))


def test_a_circumstance_without_weighing_is_refused():
    draft = inkomenstoeslag()
    bare = replace(draft, hardheid=replace(draft.hardheid, weging=draft.hardheid.weging[1:]))
    assert ("weging-ontbreekt", "nota") in codes(bare, texts(bare, SENDER))


def test_a_promise_that_is_left_out_is_refused():
    draft = inkomenstoeslag()
    assert ("toezegging-ontbreekt", "brief") in codes(draft, with_letter(draft, without("belt over een noodfonds")))


def test_a_ground_that_is_left_out_is_refused():
    draft = twee_gronden()
    assert ("grond-ontbreekt", "brief") in codes(draft, with_letter(draft, without("U volgt geen opleiding")))
    assert ("grond-ontbreekt", "nota") in codes(draft, with_note(draft, without("U volgt geen opleiding")))


def test_a_clause_that_is_left_out_is_refused():
    draft = inkomenstoeslag()
    name = "Afwijken in bijzondere omstandigheden"
    assert ("clausule-ontbreekt", "brief") in codes(draft, with_letter(draft, without(name)))
    assert ("clausule-ontbreekt", "nota") in codes(draft, with_note(draft, without(name)))


def test_a_letter_without_any_help_is_refused():
    draft = inkomenstoeslag()

    def bare(letter):
        for one in draft.hardheid.alternatieven:
            letter = letter.replace(one.titel, "").replace(one.titel.lower(), "")
        return letter

    assert ("geen-alternatief", "brief") in codes(draft, with_letter(draft, bare))


def test_a_conversation_is_help_where_the_rest_must_not_be_named():
    draft = geweld_thuis()
    secret = replace(draft, hardheid=replace(draft.hardheid, alternatieven=draft.hardheid.alternatieven[:1]))
    assert codes(secret, texts(secret)) == set()


@pytest.mark.parametrize("empty", ["", "  "])
def test_an_empty_reason_is_refused(empty):
    draft = inkomenstoeslag()
    review = draft.hardheid
    for broken in (
        replace(review, weging=(replace(review.weging[0], reden=empty), *review.weging[1:])),
        replace(review, clausules=(replace(review.clausules[0], reden=empty), *review.clausules[1:])),
    ):
        case = replace(draft, hardheid=broken)
        assert ("lege-reden", "nota") in codes(case, texts(case, SENDER))


# --- the remedy -------------------------------------------------------------------------------------------------------------


def test_a_missing_remedy_is_refused():
    draft = inkomenstoeslag()

    def no_remedy(letter):
        start, end = letter.index("\nBent u het niet eens"), letter.index(ENDING)
        return (letter[:start] + letter[end:]).replace("bezwaar", "iets").replace("Bezwaar", "Iets")

    assert ("rechtsmiddel-ontbreekt", "brief") in codes(draft, with_letter(draft, no_remedy))
    nothing = replace(draft, regeling=replace(draft.regeling, rechtsmiddel=None))
    assert ("rechtsmiddel-ontbreekt", "brief") in codes(nothing, texts(nothing, SENDER))


def test_the_wrong_remedy_is_refused():
    draft = kwijtschelding_deel()
    assert ("rechtsmiddel-verkeerd", "brief") in codes(draft, with_letter(draft, saying("U kunt ook bezwaar maken.")))


def test_the_wrong_term_or_day_is_refused():
    draft = inkomenstoeslag()
    assert ("termijn-verkeerd", "brief") in codes(draft, with_letter(draft, without("6 weken", "8 weken")))
    assert ("termijn-verkeerd", "brief") in codes(draft, with_letter(draft, without("14 oktober 2025", "15 oktober 2025")))
    draft = kwijtschelding_deel()
    assert ("termijn-verkeerd", "brief") in codes(draft, with_letter(draft, without("10 dagen", "6 weken")))


def test_while_nothing_is_decided_there_is_nothing_to_object_to():
    for draft in (inkomen_onbekend(), wachten()):
        written = with_letter(draft, saying("U kunt bezwaar maken."))
        assert ("rechtsmiddel-te-vroeg", "brief") in codes(draft, written)
        refused = with_letter(draft, saying("Uw aanvraag is afgewezen."))
        assert ("afwijzing-zonder-besluit", "brief") in codes(draft, refused)


# --- concept and final ----------------------------------------------------------------------------------------------------------


def test_a_marked_place_is_refused_only_when_final():
    draft = inkomenstoeslag()
    written = texts(draft, SENDER)
    assert codes(draft, written) == set()
    assert ("nog-in-te-vullen", "brief") in codes(draft, written, final=True)
    assert ("nog-in-te-vullen", "nota") in codes(draft, written, final=True)


def test_a_text_that_hides_being_a_concept_is_refused():
    draft = inkomenstoeslag()
    assert ("concept-ontbreekt", "brief") in codes(draft, with_letter(draft, without("CONCEPT", "BRIEF")))


def test_every_finding_says_what_is_wrong_and_what_to_do():
    draft = inkomenstoeslag()
    found = lint(draft, with_letter(draft, saying("Het systeem zegt nee.")))
    assert found == (
        Finding(
            "systeem",
            "«Het systeem»: een mens beslist",
            "brief",
            "zeg wie iets doet: wij, de gemeente, een medewerker",
        ),
    )
    for text, advice in TEXTS.values():
        assert text
        assert advice


def test_a_promise_is_weighed_by_name():
    draft = inkomenstoeslag()
    promise = Weighing(
        "toezegging", "het wijkteam: belt over een noodfonds", "evenredigheid", "nog_te_wegen", "Een belofte kan binden."
    )
    told = replace(draft, hardheid=replace(draft.hardheid, weging=(*draft.hardheid.weging, promise)))
    written = texts(told, SENDER)
    assert codes(told, written) == set()
    assert "Een belofte die is gedaan" in written.brief
    assert "het wijkteam: belt over een noodfonds" in written.nota


def test_doing_nothing_is_no_advice_beside_a_pressing_signal():
    draft = toegekend_met_haast()
    assert codes(draft, texts(draft, SENDER)) == set()
    assert ("haast-verzwegen", "brief") in codes(draft, with_letter(draft, saying("U hoeft nu niets te doen.")))
    assert codes(toegekend(), with_letter(toegekend(), saying("U hoeft nu niets te doen."))) == set()


def test_each_child_is_weighed_in_the_letter_by_its_own_name():
    draft = bijstand_artikel_16()
    assert ("omstandigheid-ontbreekt", "brief") in codes(draft, with_letter(draft, without("uw kind van 7 jaar")))


def test_a_clause_that_only_the_note_tells_is_not_missed_in_the_letter():
    draft = inkomenstoeslag()
    away = replace(draft.hardheid.clausules[0], id="pw-16", titel="Bijstand bij nood", soort="wettelijke_uitzondering")
    draft = replace(draft, hardheid=replace(draft.hardheid, clausules=(*draft.hardheid.clausules, away)))
    assert codes(draft, texts(draft, SENDER)) == set()
    assert ("clausule-ontbreekt", "nota") in codes(draft, with_note(draft, without("Bijstand bij nood")))
