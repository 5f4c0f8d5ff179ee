"""What stands in a letter, what must not, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from motivation_cases import (
    CASES,
    SENDER,
    bijstand_artikel_16,
    geweld_thuis,
    inkomen_onbekend,
    inkomenstoeslag,
    kwijtschelding_deel,
    schuldhulp_wegen,
    toegekend,
    twee_gronden,
    wachten,
    zonder_verblijf,
)
from responsief.decision import Needed, Sender
from responsief.motivation import write_letter, write_note
from responsief.situation import Situation

REFUSED = [inkomenstoeslag, bijstand_artikel_16, zonder_verblijf, twee_gronden, geweld_thuis]


def in_order(text, *parts):
    places = [text.index(part) for part in parts]
    return places == sorted(places)


@pytest.mark.parametrize("build", REFUSED)
def test_the_first_page_says_decision_money_step_person_and_date(build):
    letter = write_letter(build(), SENDER)
    assert letter.startswith("CONCEPT – een medewerker beslist. Dit is nog geen besluit.\n")
    assert in_order(
        letter,
        "Besluit: u krijgt geen",
        "Geld: ",
        "Uw eerste stap: ",
        "Uw contactpersoon: ",
        "Belangrijke datum: ",
        "\nWat u ons",
    )


def test_then_what_was_told_why_the_situation_what_helps_and_the_remedy():
    assert in_order(
        write_letter(inkomenstoeslag(), SENDER),
        "Wat u ons vertelde\n",
        "Waarom krijgt u dit niet?\n",
        "Wij keken ook naar uw situatie\n",
        "Wat kan wel?\n",
        "Bent u het niet eens met dit besluit?\n",
        "Vragen of hulp nodig?\n",
        "[vul in: handtekening",
        "Wetten en regels\n",
    )


def test_what_is_absent_is_a_marked_place():
    letter = write_letter(inkomenstoeslag())
    for what in ("naam contactpersoon", "telefoonnummer", "kenmerk", "datum van verzenden", "wie gratis helpt met deze brief"):
        assert f"[vul in: {what}]" in letter
    assert "Uw laatste dag is [vul in: laatste dag, te rekenen vanaf de dag van verzenden]." in letter


def test_the_boundary_and_who_could_move_it_stay_in_the_note():
    draft = inkomenstoeslag()
    assert "de grens van 105 procent, of een marge erboven" not in write_letter(draft, SENDER)
    assert "de grens van 105 procent, of een marge erboven" in write_note(draft, SENDER)


def test_at_most_five_alternatives_none_outside_the_law_none_sensitive_at_a_shared_address():
    draft = inkomenstoeslag()
    for shared in (None, True):
        letter = write_letter(draft, replace(SENDER, gedeeld_adres=shared))
        assert "Een marge boven de grens" not in letter
        assert "Hulp bij verslaving" not in letter
        assert "\n5. " in letter
        assert "\n6. " not in letter
    assert "Een marge boven de grens" in write_note(draft, SENDER)


def test_own_strength_only_when_the_client_raised_it():
    draft = inkomenstoeslag()
    assert "Uw eigen plan met de buurvrouw" in write_letter(draft, SENDER)
    alone = replace(draft, situatie=draft.situatie.model_copy(update={"netwerk": None}))
    assert "Uw eigen plan met de buurvrouw" not in write_letter(alone, SENDER)


def test_unverified_law_is_told_but_not_quoted():
    letter = write_letter(inkomenstoeslag(), SENDER)
    assert "bijzondere individuele omstandigheden" in letter
    assert "«bijzondere individuele omstandigheden»" not in letter
    assert "«zeer dringende redenen»" in write_letter(bijstand_artikel_16(), SENDER)


def test_an_article_of_an_unverified_provision_is_not_printed():
    draft = inkomenstoeslag()
    review = draft.hardheid
    doubt = replace(review.alternatieven[0], geverifieerd=False)
    letter = write_letter(replace(draft, hardheid=replace(review, alternatieven=(doubt,))), SENDER)
    assert "Geld voor bijzondere en nodige kosten" in letter
    assert "artikel 35 van de Participatiewet" not in letter


def test_out_of_reach_says_that_it_does_not_change_the_decision_and_why():
    letter = write_letter(zonder_verblijf(), SENDER)
    assert "Dit verandert ons besluit niet, omdat de wet bij u geen uitzondering toestaat." in letter
    assert "Dat zegt niets over hoe zwaar dit voor u is." in letter
    assert "weegt niet mee" not in letter


def test_a_suggestion_is_never_the_weighing():
    letter = write_letter(inkomenstoeslag(), SENDER)
    part = letter[letter.index("1. Onverwachte kosten.") : letter.index("Wat kan wel?")]
    assert "Dit kan een reden zijn om af te wijken." in part
    assert part.count("Een medewerker weegt dit nog.") == 3


def test_one_of_two_grounds_can_not_carry_a_grant():
    letter = write_letter(twee_gronden(), SENDER)
    assert "Let op: bij voorwaarde 1 past geen uitzondering." in letter
    assert "Voorwaarde 1 valt buiten het bereik van elke clausule." in write_note(twee_gronden(), SENDER)


# --- the remedy ---------------------------------------------------------------------------------------------------------------


def test_the_last_day_follows_from_the_day_of_sending():
    draft = bijstand_artikel_16()
    letter = write_letter(draft, replace(SENDER, verzonden_op=date(2026, 3, 2)))
    assert "Uw laatste dag is 13 april 2026." in letter
    assert "De brief moet dan uiterlijk 20 april 2026 binnen zijn." in letter
    assert "voorlopige voorziening" in letter


def test_kwijtschelding_has_another_remedy():
    letter = write_letter(kwijtschelding_deel(), SENDER)
    assert "Dat kan binnen 10 dagen. Uw laatste dag is 12 september 2025." in letter
    assert "administratief beroep" in letter
    assert "bezwaar" not in letter
    assert "voorlopige voorziening" not in letter
    assert "posten op de laatste dag" not in letter


# --- the other outcomes -----------------------------------------------------------------------------------------------------------


def test_an_unknown_income_asks_only_the_applicant_only_what_she_can_tell():
    letter = write_letter(inkomen_onbekend(), SENDER)
    asked = letter[letter.index("Wij vragen u alleen dit:") : letter.index("Dit regelen wij zelf:")]
    assert "1. Hoeveel kreeg u in februari op uw rekening van uw werk?" in asked
    assert "2. Tot welke datum kreeg u loon?" in asked
    assert "auto" not in asked
    assert "- Wij zoeken dit op: de waarde van uw auto." in letter
    assert "[vul in: datum]" in letter
    assert "artikel 4:5 van de Algemene wet bestuursrecht" in letter
    assert "bezwaar" not in letter


def test_a_kan_bepaling_refuses_nobody():
    letter = write_letter(schuldhulp_wegen(), SENDER)
    assert "Dit bekijkt een medewerker nog samen met uw situatie:" in letter
    assert "U hoeft ons nu niets te sturen." in letter


def test_waiting_is_no_refusal():
    letter = write_letter(wachten(), SENDER)
    assert "wij wachten met uw aanvraag tot 30 maart 2026. Wachten is geen nee." in letter
    assert "Vanaf die dag kunt u uw aanvraag doen." in letter
    assert "Eerder beginnen dan na vier weken" in letter
    assert "Bent u het niet eens" not in letter
    assert "krijgt geen" not in letter


def test_a_grant_is_short_and_still_has_a_remedy():
    letter = write_letter(toegekend(), SENDER)
    assert "Besluit: ja." in letter
    assert "Geld: € 200,00 per jaar." in letter
    assert "Uw laatste dag is 14 oktober 2025." in letter
    assert "hardheid" not in write_note(toegekend(), SENDER).replace("hardheidstoets", "")


def test_a_part_says_what_was_taken_off():
    letter = write_letter(kwijtschelding_deel(), SENDER)
    assert "Geld: € 370,40 (één keer). Het hele bedrag is € 380,00." in letter
    assert "Daarom krijgt u minder. Er gaat € 9,60 af." in letter


# --- who else reads the post ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shared", [None, True])
def test_a_violent_housemate_reads_nothing_of_it(shared):
    draft = geweld_thuis()
    letter = write_letter(draft, Sender(gedeeld_adres=shared))
    for secret in (
        "slaat",
        "mijn man",
        "baan kwijt",
        "Geweld",
        "dreiging",
        "Veilig Thuis",
        "veilige plek",
        "heeft haast",
        "vertrouwen",
    ):
        assert secret not in letter, secret
    assert "1. Verlies van werk." in letter
    assert "Mijn man slaat mij." in write_note(draft, Sender(gedeeld_adres=shared))
    assert "hoe betrokkene veilig te bereiken is" in write_note(draft, Sender(gedeeld_adres=shared))


def test_who_reads_her_post_alone_reads_all_of_it():
    letter = write_letter(geweld_thuis(), Sender(gedeeld_adres=False))
    assert "«Mijn man slaat mij. Ik durf niet meer naar huis.»" in letter
    assert "Een veilige plek" in letter


def test_the_sentence_about_the_rest_gives_nothing_away():
    rest = "Misschien staat hier niet alles wat u ons vertelde. Een medewerker leest en weegt ook de rest."
    for build, sender in CASES.values():
        draft = build()
        assert (rest in write_letter(draft, sender)) == (draft.uitkomst != "toegekend")


def test_a_letter_about_nobody_in_particular_invites_to_tell():
    draft = replace(inkomenstoeslag(), situatie=Situation(), hardheid=replace(inkomenstoeslag().hardheid, weging=()))
    assert "Wilt u ons iets vertellen? Dat mag nog steeds." in write_letter(draft, SENDER)


def test_the_suggested_questions_are_for_the_conversation_not_for_the_letter():
    draft = bijstand_artikel_16()
    asked = replace(draft.hardheid.clausules[0], open_vragen=("Hoe lang is hulp nodig?", "Speelt dit: buiten eigen schuld?"))
    draft = replace(draft, hardheid=replace(draft.hardheid, clausules=(asked,)))
    assert "Speelt dit" not in write_letter(draft, SENDER)
    assert "Speelt dit ook: Iets buiten de eigen macht?" in write_note(draft, SENDER)


def test_a_fact_about_safety_is_asked_in_person():
    draft = inkomen_onbekend()
    asked = Needed(
        "veiligheid.geweld_thuis", "geweld of dreiging thuis", "ontbreekt", "Is er thuis geweld of dreiging?", "aanvrager"
    )
    draft = replace(draft, nog_nodig=(*draft.nog_nodig, asked))
    assert "geweld" not in write_letter(draft, replace(SENDER, gedeeld_adres=None))
    assert "Is er thuis geweld of dreiging?" in write_letter(draft, SENDER)
    assert "geweld of dreiging thuis" in write_note(draft, SENDER)
