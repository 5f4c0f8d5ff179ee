"""What every criterion of the shipped register says for itself: why it is there, what shows it, and the words it rests on."""

from __future__ import annotations

from datetime import date

import pytest

import responsief
from motivation_cases import CASES
from responsief.motivation import texts
from responsief.register import check_files, read_files, shipped
from test_shipped import ANYONE

RULESETS = check_files(read_files([shipped()]))[0].rulesets
CRITERIA = [(ruleset, one) for ruleset in RULESETS for one in ruleset.criteria]

RENDERED = "only a rendering in other words was read"
EXAMPLE = "a made-up regulation has no words"
LOCAL = "the words stand in the regulation of a municipality"
UNREAD = "the words were not read"
WITHOUT_WORDS = {
    ("iit-amsterdam", "laag_inkomen"): RENDERED,
    ("iit-rotterdam", "laag_inkomen"): RENDERED,
    ("iit-rotterdam", "inkomen_peildatum"): RENDERED,
    ("iit-rotterdam", "geen_studie"): RENDERED,
    ("iit-rotterdam", "niet_net_afgestudeerd"): RENDERED,
    ("iit-rotterdam", "geen_maatregel"): RENDERED,
    ("stadspas-voorbeeld", "woonplaats"): EXAMPLE,
    ("stadspas-voorbeeld", "verblijf"): UNREAD,
    ("stadspas-voorbeeld", "leeftijd"): EXAMPLE,
    ("stadspas-voorbeeld", "inkomen"): EXAMPLE,
    ("stadspas-voorbeeld", "bezit"): EXAMPLE,
    ("leerlingenvervoer-voorbeeldgemeente", "recht_op_vervoer"): EXAMPLE,
    ("leerlingenvervoer-voorbeeldgemeente", "brengt_zelf"): EXAMPLE,
    ("participatiewet", "gemeente_beslist"): UNREAD,
    ("wmo-maatwerkvoorziening", "goedkoopste"): LOCAL,
}


@pytest.mark.parametrize(("ruleset", "criterion"), CRITERIA, ids=[f"{r.id}.{c.id}" for r, c in CRITERIA])
def test_a_criterion_says_why_it_is_there_and_what_shows_it(ruleset, criterion):
    assert criterion.doel
    if criterion.gedoogd:  # decides nothing: nothing is to be shown
        return
    assert criterion.bewijs
    assert criterion.uitleg


def test_a_criterion_gives_the_words_it_rests_on_or_there_is_a_reason_why_not():
    assert {(ruleset.id, one.id) for ruleset, one in CRITERIA if not one.tekst} == set(WITHOUT_WORDS)


def test_what_was_only_read_in_other_words_is_never_a_verified_text():
    """The two verordeningen on the inkomenstoeslag were read in a transcription that looks like a rendering: no words of theirs count as quoted."""
    for ruleset in RULESETS:
        if ruleset.id in ("iit-rotterdam", "iit-amsterdam"):
            assert not ruleset.geverifieerd
            own = [one for one in (*ruleset.criteria, *ruleset.hardheid) if one.grondslag.startswith("art.")]
            assert own
            assert not any(one.geverifieerd for one in own)


def test_no_letter_or_note_quotes_words_of_a_law_that_were_not_compared_with_their_source():
    seen = 0
    for build, sender in CASES.values():
        draft = build()
        written = texts(draft, sender)
        doubtful = {c.wettekst for c in draft.criteria if c.wettekst and not c.geverifieerd}
        for clause in draft.hardheid.clausules if draft.hardheid else ():
            if not clause.geverifieerd:
                doubtful |= {words for words in (clause.tekst, clause.maatstaf) if words}
        seen += len(doubtful)
        for words in doubtful:
            assert f"«{words}»" not in written.brief + written.nota
    assert seen


def test_before_and_after_the_known_amounts_the_studietoeslag_is_not_decided_and_says_why():
    desk, situation = responsief.open_desk(), responsief.Situation.model_validate(ANYONE)
    reasons = {
        day: [one.reden for one in desk.decide_all(situation, ["studietoeslag"], on=day).niet_beslist]
        for day in (date(2025, 9, 1), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert "geldt geen versie op 1 september 2025" in reasons[date(2025, 9, 1)][0]
    assert reasons[date(2026, 6, 30)] == []
    assert "heeft geen waarde op 1 juli 2026" in reasons[date(2026, 7, 1)][0]
