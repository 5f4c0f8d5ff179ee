"""What stands in a letter, what must not, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import responsief
from motivation_cases import (
    CASES,
    SENDER,
    alternative,
    bijstand_artikel_16,
    geweld_thuis,
    inkomen_onbekend,
    inkomenstoeslag,
    kwijtschelding_deel,
    schuldhulp_wegen,
    toegekend,
    toegekend_met_haast,
    twee_gronden,
    wachten,
    zonder_verblijf,
)
from responsief.decision import Amount, Fact, Finding, Needed, Sender, Weighing
from responsief.motivation import write_letter, write_note
from responsief.motivation.words import MORE_HELP
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
        assert MORE_HELP not in letter  # it was the sixth: nothing is left out for it
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
    assert "1. Hoeveel kreeg u in februari op uw rekening van de toeslagen?" in asked
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


# --- sensitive help -----------------------------------------------------------------------------------------------------------


def helped(*options):
    draft = zonder_verblijf()
    return replace(draft, hardheid=replace(draft.hardheid, alternatieven=options))


CARE = alternative(
    "zorg", "Medische zorg zonder papieren", "Zvw 122a", "Ga naar een huisarts.", leefgebieden=("zorg",), gevoelig="anders"
)
BED = alternative("bed", "Bed en begeleiding als u geen huis heeft", "Wmo 1.2.1", "Meld u.", gevoelig="opvang")
SECRET = [
    alternative("exodus", "Wonen na detentie", "geen", "Bel.", leefgebieden=("wonen",), gevoelig="justitie"),
    alternative("groep", "Groep van mensen", "geen", "Bel.", leefgebieden=("netwerk",), gevoelig="verslaving"),
    alternative("adres", "Een geheim postadres", "geen", "Bel.", leefgebieden=("wonen",), gevoelig="geweld"),
    alternative("iets", "Iets anders", "geen", "Bel.", leefgebieden=("wonen",), gevoelig="niet_gezegd"),
]


def test_care_and_a_bed_are_named_where_nobody_said_who_reads_the_post():
    letter = write_letter(helped(CARE, BED), replace(SENDER, gedeeld_adres=None))
    assert "1. Medische zorg zonder papieren" in letter
    assert "2. Bed en begeleiding" in letter
    assert MORE_HELP not in letter


@pytest.mark.parametrize("secret", SECRET)
@pytest.mark.parametrize("shared", [None, True])
def test_help_on_violence_addiction_or_justice_is_told_in_person(secret, shared):
    letter = write_letter(helped(secret, CARE), replace(SENDER, gedeeld_adres=shared))
    assert secret.titel not in letter
    assert f"\n1. {MORE_HELP}\n" in letter
    assert ("2. Medische zorg" in letter) is (shared is None)


def test_at_a_shared_address_nothing_sensitive_is_named_and_the_letter_says_that_there_is_more():
    letter = write_letter(helped(CARE, BED), replace(SENDER, gedeeld_adres=True))
    assert "Medische zorg" not in letter
    assert "Bed en begeleiding" not in letter
    assert f"\n1. {MORE_HELP}\n" in letter


def test_with_violence_at_home_all_sensitive_help_is_told_in_person():
    draft = geweld_thuis()
    draft = replace(draft, hardheid=replace(draft.hardheid, alternatieven=(BED,)))
    assert "Bed en begeleiding" not in write_letter(draft, Sender())
    assert f"\n1. {MORE_HELP}\n" in write_letter(draft, Sender())
    assert "1. Bed en begeleiding" in write_letter(draft, Sender(gedeeld_adres=False))


def test_what_is_told_in_person_counts_as_one_of_five():
    many = [alternative(f"a{n}", f"Hulp nummer {n}", "geen", "Bel.") for n in range(6)]
    letter = write_letter(helped(SECRET[0], *many), replace(SENDER, gedeeld_adres=None))
    assert "5. Hulp nummer 3" in letter
    assert "\n6. " not in letter


# --- a full grant that is not the whole story ------------------------------------------------------------------------------------


def test_a_grant_with_a_pressing_signal_never_says_that_there_is_nothing_to_do():
    letter = write_letter(toegekend_met_haast(), SENDER)
    assert "u hoeft nu niets te doen" not in letter
    assert "voor dit besluit hoeft u niets te doen. Maar u kunt uw woning kwijtraken. Bel ons vandaag nog." in letter
    assert "Wij hopen dat dit besluit daarbij helpt." not in letter
    assert "u hoeft nu niets te doen." in write_letter(toegekend(), SENDER)


def test_a_grant_hopes_to_help_with_a_wish_that_it_is_about():
    assert "Wij hopen dat dit besluit daarbij helpt." in write_letter(toegekend(), SENDER)
    silent = toegekend().situatie.model_copy(update={"behoeften": None})
    assert "Wij hopen" not in write_letter(replace(toegekend(), situatie=silent), SENDER)


def test_what_presses_is_not_written_to_a_violent_housemate():
    draft = toegekend_met_haast()
    violent = draft.situatie.model_copy(update={"veiligheid": geweld_thuis().situatie.veiligheid})
    letter = write_letter(replace(draft, situatie=violent), Sender())
    assert "kwijtraken" not in letter
    assert f"voor dit besluit hoeft u niets te doen. {MORE_HELP}" in letter
    assert "schulden" not in letter


def test_what_can_wait_for_weeks_does_not_ask_to_call_today():
    draft = toegekend_met_haast()
    slow = replace(draft.haast[0], urgentie_werkdagen=20, urgentie_uit="eigen_norm")
    letter = write_letter(replace(draft, haast=(slow,)), SENDER)
    assert "vandaag" not in letter
    assert "Maar u kunt uw woning kwijtraken. Bel ons daarover." in letter


# --- what the client says otherwise ---------------------------------------------------------------------------------------------------


def test_what_the_register_says_and_what_the_client_says_stand_side_by_side():
    letter = write_letter(inkomen_onbekend(), SENDER)
    assert "- UWV noemt een loon van € 1.610,00 per maand (31 december 2025). U zegt: € 720,00." in letter
    assert "Wij zoeken uit wat klopt. U mag ons uw loonstroken of berichten sturen. Het hoeft niet." in letter
    assert "bedrag netto (1)" not in letter, "who already answered is not asked again"
    assert "1990" not in letter, "a difference that changes nothing is no dispute"


def test_a_dispute_about_something_else_than_income_is_told_too():
    draft = inkomenstoeslag()
    origins = {
        "persoon.geboortedatum": {"bron": "brp", "datum": "2025-09-01", "betwist": "ja", "eigen_opgave": "1987-04-12"},
        "eigen.iit-rotterdam.inkomen_referteperiode": {"bron": "uwv", "betwist": "ja", "eigen_opgave": "€ 1.400"},
        "persoon.verblijf.soort": {"bron": "ind", "betwist": "ja", "eigen_opgave": "vreemdeling_11_2"},
        "huishouden.kinderen.0.thuiswonend": {"betwist": "ja", "eigen_opgave": "nee"},
        "veiligheid.geweld_thuis": {"bron": "gemeente", "betwist": "ja", "eigen_opgave": "ja"},
    }
    situation = Situation.model_validate(
        {"persoon": {"geboortedatum": "1986-04-12"}, "huishouden": {"kinderen": [{"thuiswonend": "ja"}]}, "feiten": origins}
    )
    letter = write_letter(replace(draft, situatie=situation), replace(SENDER, gedeeld_adres=None))
    assert "- Geboortedatum: de bevolkingsregistratie noemt 12 april 1986 (1 september 2025). U zegt: 12 april 1987." in letter
    assert "Gemiddeld inkomen per maand over de afgelopen 36 maanden: UWV noemt niets. U zegt: € 1.400." in letter
    assert "- Verblijfsstatus: de Immigratie- en Naturalisatiedienst noemt niets. U zegt: vreemdeling" in letter
    assert "- Kind woont thuis: onze administratie noemt ja. U zegt: nee." in letter
    assert "geweld" not in letter
    assert "papieren of berichten sturen" in letter


# --- money and limits ---------------------------------------------------------------------------------------------------------------------


def test_nothing_to_lose_is_not_put_as_an_amount_of_nought():
    letter = write_letter(replace(bijstand_artikel_16(), bedrag_vol=Amount(0, "maand")), SENDER)
    assert "€ 0,00" not in letter
    assert "Geld: u krijgt van deze regeling geen geld." in letter
    assert "€ 0,00" not in write_note(replace(bijstand_artikel_16(), bedrag_vol=Amount(0, "maand")), SENDER)


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [
        ("€ 1.438,51", "€ 1.437,51", True),
        ("35 dagen", "28 dagen", True),
        ("17", "18 tot en met 22", True),
        ("2 maart 2026", "30 maart 2026", True),
        ("-€ 3,00", "€ 0,00", True),
        ("zonder", "nederlander of eu", False),
        ("ja", "nee", False),
        ("geen", "28 dagen", False),
    ],
)
def test_only_what_can_be_measured_has_a_limit(value, limit, shown):
    draft = inkomenstoeslag()
    found = Finding(draft.criteria[1].feiten, value, limit)
    failed = replace(draft.criteria[1], maak_bevinding=lambda: found)
    letter = write_letter(replace(draft, criteria=(draft.criteria[0], failed)), SENDER)
    assert (f"De grens is {limit}. Bij u gaat het om {value}." in letter) is shown
    assert ("De grens is" in letter) is shown


def test_of_an_income_that_is_too_high_the_amounts_come_first():
    draft = inkomenstoeslag()
    facts = tuple(Fact(name, name, value, "brp", None, False) for name, value in (("a", "gehuwd"), ("b", "loon € 10,00")))
    found = Finding(facts, "€ 10,00", "€ 9,00")
    failed = replace(draft.criteria[1], maak_bevinding=lambda: found)
    letter = write_letter(replace(draft, criteria=(draft.criteria[0], failed)), SENDER)
    assert in_order(letter, "- B: loon € 10,00", "- A: gehuwd")


# --- exceptions ------------------------------------------------------------------------------------------------------------------------------


def test_a_clause_that_reaches_elsewhere_stays_in_the_note_except_the_regulations_own():
    draft = inkomenstoeslag()
    away = replace(
        draft.hardheid.clausules[1],
        id="pw-16",
        titel="Bijstand bij nood",
        soort="wettelijke_uitzondering",
        status="buiten_bereik",
        reden="reikt hier niet: alleen de vraag of u recht heeft op bijstand",
    )
    own = replace(
        draft.hardheid.clausules[0], reden="reikt hier niet: alleen de weigeringsgronden van art. 5 lid 1; niet de grens"
    )
    review = replace(draft.hardheid, clausules=(own, draft.hardheid.clausules[1], away))
    draft = replace(draft, hardheid=review)
    letter = write_letter(draft, SENDER)
    assert "Bijstand bij nood" not in letter
    assert "Andere uitzonderingen passen niet bij deze reden." in letter
    assert (
        "  Deze uitzondering geldt alleen voor de weigeringsgronden van artikel 5 lid 1. Zij geldt niet voor de grens."
        in letter
    )
    assert "Bijstand bij nood" in write_note(draft, SENDER)


def test_the_only_clause_there_is_is_told_also_when_it_does_not_reach():
    draft = inkomenstoeslag()
    away = replace(draft.hardheid.clausules[0], soort="open_norm")
    letter = write_letter(replace(draft, hardheid=replace(draft.hardheid, clausules=(away,), geen_clausule=True)), SENDER)
    assert "- Afwijken in bijzondere omstandigheden." in letter
    assert "Andere uitzonderingen" not in letter


def test_a_clause_never_both_may_hold_and_does_not_hold():
    letter = write_letter(twee_gronden(), SENDER)
    assert letter.count("- Afwijken in bijzondere omstandigheden bij voorwaarde") == 1
    assert "geldt hier niet" not in letter


def test_a_bound_rule_of_the_law_says_what_proportion_is_about():
    draft = bijstand_artikel_16()
    fair = replace(draft.hardheid.clausules[0], id="awb", titel="Gevolgen", soort="evenredigheid_3_4_2")
    letter = write_letter(replace(draft, hardheid=replace(draft.hardheid, clausules=(fair,))), SENDER)
    assert "Daarom telt alleen iets waar de wetgever geen rekening mee hield." in letter
    assert "wetgever" not in write_letter(inkomenstoeslag(), SENDER), "a power of the council is not bound"


def test_children_are_weighed_one_by_one_each_by_a_name_of_its_own():
    letter = write_letter(bijstand_artikel_16(), SENDER)
    assert "3. Het belang van uw kind van 11 jaar." in letter
    assert "4. Het belang van uw kind van 7 jaar." in letter
    draft = bijstand_artikel_16()
    others = draft.hardheid.weging[:2]
    told = ("kind 1 (7 jaar)", "kind 2 (7 jaar)", "kind 3 (leeftijd onbekend)", "kind 4 (3 of 4 jaar)")
    weighed = [Weighing("belang_van_kind", words, "pw-16", "nog_te_wegen", "Zijn belang.") for words in told]
    letter = write_letter(replace(draft, hardheid=replace(draft.hardheid, weging=(*others, *weighed))), SENDER)
    for name in ("uw kind van 7 jaar (kind 1)", "uw kind van 7 jaar (kind 2)", "uw kind", "uw kind van 3 of 4 jaar"):
        assert f". Het belang van {name}. Een medewerker weegt dit nog." in letter


# --- waiting, and what can't wait ---------------------------------------------------------------------------------------------------------------


def test_waiting_does_not_deny_that_it_can_be_sooner():
    letter = write_letter(wachten(), SENDER)
    assert "Wij beginnen op 30 maart 2026, of eerder als uw situatie dat vraagt." in letter
    assert "mogen wij pas" not in letter
    assert "Vanaf die dag kunt u uw aanvraag doen. Doe dat dan meteen." in letter
    draft = wachten()
    nothing = replace(draft, hardheid=replace(draft.hardheid, clausules=(), geen_clausule=True, weging=()))
    assert "Wij beginnen op 30 maart 2026. Naar de andere" in write_letter(nothing, SENDER)


def with_signal(**changes):
    draft = bijstand_artikel_16()
    signal = replace(draft.hardheid.signalen[0], **changes)
    return replace(draft, hardheid=replace(draft.hardheid, signalen=(signal,)))


TALK = "Uiterlijk die dag hebben wij een gesprek met u over uw schulden."


def test_the_day_of_the_law_comes_first_and_the_last_day_of_the_remedy_stays():
    letter = write_letter(bijstand_artikel_16(), replace(SENDER, verzonden_op=date(2026, 3, 3)))
    assert in_order(letter, f"Belangrijke datum: 5 maart 2026. {TALK}", "Ook belangrijk: 14 april 2026. Tot en met die dag")
    assert "Gesprek over uw schulden: artikel 4 lid 2 van de Wet gemeentelijke schuldhulpverlening" in letter


@pytest.mark.parametrize(
    "changes",
    [
        {"urgentie_uit": "eigen_norm"},
        {"urgentie_werkdagen": None, "urgentie_uit": None},
        {"urgentie_werkdagen": 0},
    ],
)
def test_a_norm_of_our_own_promises_no_day(changes):
    letter = write_letter(with_signal(**changes), SENDER)
    assert TALK not in letter
    assert "Ook belangrijk" not in letter


@pytest.mark.parametrize("changes", [{"biedt": ("wmo_spoed",)}, {"grondslag": "Wmo 2.3.3"}, {"geverifieerd": False}])
def test_a_conversation_about_debts_is_promised_only_where_the_law_does(changes):
    letter = write_letter(with_signal(**changes), replace(SENDER, verzonden_op=date(2026, 3, 3)))
    assert TALK not in letter
    assert (
        "Belangrijke datum: 5 maart 2026. Uw situatie heeft haast. Hoorde u op die dag nog niets van ons? Bel ons dan."
        in letter
    )


def test_a_day_that_is_over_is_not_promised_again():
    late = replace(SENDER, verzonden_op=date(2026, 3, 10))
    letter = write_letter(bijstand_artikel_16(), late)
    assert TALK not in letter
    assert "Was dat er niet? Bel ons vandaag nog." in letter
    assert "Belangrijke datum: 21 april 2026." in write_letter(with_signal(biedt=()), late)


# --- what the municipality finds out by itself --------------------------------------------------------------------------------------------------------


def test_the_client_is_not_asked_what_the_municipality_must_find_out():
    letter = write_letter(inkomenstoeslag(), SENDER)
    assert "Kreeg u dit jaar al hulp van een fonds?" in letter
    assert "Bestaat dit in deze gemeente?" not in letter
    own = alternative("fonds", "Hulp", "geen", "Bel.", past="na_te_gaan", zelf_uitzoeken=("Bestaat dit?",))
    letter = write_letter(helped(own), SENDER)
    assert "Wij weten nog niet zeker of dit bij u past. Wij zoeken dat uit." in letter
    assert "zelf uit te zoeken: Bestaat dit?" in write_note(helped(own), SENDER)


def test_a_euro_too_much_reads_that_article_5_does_not_reach_the_income_and_why():
    situation = responsief.read_situation(Path(__file__).parents[1] / "examples" / "een-euro-te-veel.yaml")
    letter = responsief.open_desk().decide(situation, "iit-rotterdam").motivering.brief
    told = letter[letter.index("Deze uitzondering geldt hier niet:") : letter.index("Dit betekent dat voor wat u vertelde:")]
    assert "- Afwijken in bijzondere omstandigheden." in told
    assert "Deze uitzondering geldt alleen voor de weigeringsgronden van artikel 5 lid 1" in told
    assert "Zij geldt niet voor de grens van het inkomen." in told
    assert "Andere uitzonderingen passen niet bij deze reden." in told
    assert letter.count("artikel 5 lid 2 van de Verordening individuele inkomenstoeslag Rotterdam 2025") == 1
