"""Links to the law: the form of Juriconnect 1.3, what is left plain, and every article of the shipped register."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import responsief
from responsief.decision_json import to_json
from responsief.laws import LAWS, Link, jci, links
from responsief.register import check_files, read_files, shipped
from test_shipped import ANYONE

W = "https://wetten.overheid.nl/jci1.3:c:"
ON = date(2026, 7, 1)
DAY = "&z=2026-07-01&g=2026-07-01"


def texts(grondslag, own="", version=None):
    return [(one.tekst, one.link.removeprefix(W)) for one in links(grondslag, own, version)]


def test_an_article_of_a_day_has_the_form_that_the_site_gives_out():
    (link,) = links("Pw 34 lid 3 onder a", on=ON)
    assert link == Link("Pw 34 lid 3 onder a", f"{W}BWBR0015703&artikel=34&lid=3&o=a{DAY}")
    assert jci("BWBR0005537", "4:84") == f"{W}BWBR0005537&artikel=4:84"


@pytest.mark.parametrize(
    ("grondslag", "expected"),
    [
        ("Awb 4:84", [("Awb 4:84", "BWBR0005537&artikel=4:84")]),
        ("Pw 36 lid 1 en 34", [("Pw 36 lid 1", "BWBR0015703&artikel=36&lid=1"), ("34", "BWBR0015703&artikel=34")]),
        ("Pw 36 lid 1 en lid 3", [("Pw 36 lid 1", "BWBR0015703&artikel=36&lid=1"), ("lid 3", "BWBR0015703&artikel=36&lid=3")]),
        ("Rv 475d-475fa", [("Rv 475d", "BWBR0001827&artikel=475d"), ("475fa", "BWBR0001827&artikel=475fa")]),
        ("Wgs 4 lid 2; Fw 287b", [("Wgs 4 lid 2", "BWBR0031331&artikel=4&lid=2"), ("Fw 287b", "BWBR0001860&artikel=287b")]),
        ("Pw 31 lid 2 onder n, r, y, z", [("Pw 31 lid 2 onder n, r, y, z", "BWBR0015703&artikel=31&lid=2")]),
        ("Uitvoeringsbesluit Wmo 2.1", [("Uitvoeringsbesluit Wmo 2.1", "BWBR0035733&artikel=2.1")]),
        ("BWBR0044894 7b", [("BWBR0044894 7b", "BWBR0044894&artikel=7b")]),
        ("BW 7:246-265; Uhw", [("BW 7:246", "BWBR0005290&boek=7&artikel=246"), ("Uhw", "BWBR0014315")]),
        ("verordening van de gemeente (Wmo 2.1.3)", [("Wmo 2.1.3", "BWBR0035362&artikel=2.1.3")]),
        ("Wet studiefinanciering 2000 paragraaf 3.3", [("Wet studiefinanciering 2000", "BWBR0011453")]),
        # never a wrong link
        ("Wmo-verordening of lokaal beleid", []),
        ("Regeling Pw 3", []),
        ("lokaal bijvoorbeeld Rotterdam 8.6 lid 4", []),
        ("WTOS 4", []),
        ("IVRK 27", []),
        ("wet in voorbereiding", []),
        ("Awb 3:4 lid 2 en 5", [("Awb 3:4 lid 2", "BWBR0005537&artikel=3:4&lid=2")]),
        ("Pw 2026-07-01", [("Pw", "BWBR0015703")]),
    ],
)
def test_what_is_sure_has_a_link_and_nothing_else(grondslag, expected):
    assert texts(grondslag) == expected


def test_an_article_without_a_law_is_of_the_own_regulation():
    assert texts("art. 1 lid 1 onder d", "BWBR0012625") == [("art. 1 lid 1 onder d", "BWBR0012625&artikel=1&lid=1&o=d")]
    assert links("art. 2.2 en 10.1 lid 6", "CVDR719087", "3") == (
        Link("art. 2.2 en 10.1 lid 6", "https://lokaleregelgeving.overheid.nl/CVDR719087/3"),
    )
    assert links("art. 4", "CVDR719087", "2026-01-01")[0].link == "https://lokaleregelgeving.overheid.nl/CVDR719087"
    assert links("art. 4", "voorbeeld", "1") == ()
    assert links("art. 8.6 lid 4 van de Beleidsregels van een ander", "CVDR719087", "3") == ()
    assert links("art. 4 (de oude tekst)", "CVDR719087", "3")[0].tekst == "art. 4"
    assert (
        links("art. 12.3 (een nummer), Verordening van de stad", "BWBR0035362") == ()
    )  # a local clause is not of the national law


PIECES = st.sampled_from(
    [
        *LAWS,
        "art. 3",
        "3 lid 2",
        " lid 1",
        " onder a",
        " en ",
        "; ",
        ", ",
        "–",
        "10.1",
        "4:84",
        " (",
        ")",
        " tot en met ",
        "geen",
        " van de ",
    ]
)
OWN = st.sampled_from(["", "BWBR0015703", "CVDR719087", "voorbeeld", "BWBR1, BWBR2"])
ADDRESS = re.compile(
    r"https://(?:lokaleregelgeving\.overheid\.nl/CVDR\d+(?:/\d+)?|"
    r"wetten\.overheid\.nl/jci1\.3:c:BWBR\d{7}(?:&boek=\d)?(?:&artikel=[0-9a-z.:]+(?:&lid=\d+[a-z]?)?(?:&o=(?:[a-z]{1,2}|\d+%C2%B0))?)?"
    r"&z=2026-07-01&g=2026-07-01)"
)


@given(st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=60), OWN)
def test_whatever_it_says_the_links_stand_in_it_in_order_and_are_addresses(grondslag, own):
    at = 0
    for link in links(grondslag, own, "3", ON):
        found = grondslag.find(link.tekst, at)
        assert found >= 0
        at = found + len(link.tekst)
        assert ADDRESS.fullmatch(link.link)


@given(st.sampled_from(sorted(name for name, law in LAWS.items() if law.id)), st.integers(1, 500), st.integers(1, 20))
def test_an_article_of_a_known_law_is_linked_to_that_law(name, article, lid):
    (link,) = links(f"{name} {article} lid {lid}")
    assert link.link == f"{W}{LAWS[name].id}&artikel={article}&lid={lid}"


@pytest.mark.parametrize(
    "name", sorted(name for name, law in LAWS.items() if law.id is None and name not in ("BW", "Burgerlijk Wetboek"))
)
def test_a_law_whose_number_nobody_saw_has_no_link(name):
    assert links(f"{name} 7 lid 1", on=ON) == ()


# --- the shipped register ----------------------------------------------------------------------------------------------

EXAMPLE = "a made-up regulation"
UNKNOWN = "nobody saw its number or address in a source"
TREATY = "an article of a treaty has another address"
BOOK = "no article of the book is named"
PLAIN = {
    ("stadspas-voorbeeld", "art. 1"): EXAMPLE,
    ("stadspas-voorbeeld", "art. 2"): EXAMPLE,
    ("stadspas-voorbeeld", "art. 3"): EXAMPLE,
    ("leerlingenvervoer-voorbeeldgemeente", "art. 12 lid 1"): EXAMPLE,
    ("leerlingenvervoer-voorbeeldgemeente", "art. 29"): EXAMPLE,
    ("kwijtschelding-hhnk", "Leidraad invordering waterschapsbelastingen HHNK 2026 artikel 1.1.5a"): UNKNOWN,
}
PLAIN_IN_CATALOGUE = {
    "BW 7 huur; Besluit gemeentelijke schuldhulpverlening": BOOK,
    "BW 7; Overlegwet": BOOK,
    "IOAW; IOAZ": UNKNOWN,
    "IVRK 24, 27": TREATY,
    "IVRK 27; lokaal minimabeleid": TREATY,
    "IVRK 31": TREATY,
    "Paspoortwet; bijzondere bijstand voor leges": UNKNOWN,
    "Regeling afsluitbeleid elektriciteit en gas (Stcrt. 2023, 10020); Regeling afsluitbeleid drinkwater": UNKNOWN,
    "RVV 1990 87": UNKNOWN,
    "Rva/COA-opvang gezinnen; EVRM 8": TREATY,
    "Subsidieregeling medisch noodzakelijke zorg aan onverzekerden": UNKNOWN,
    "Toeslagenwet": UNKNOWN,
    "WTOS hoofdstuk 4": UNKNOWN,
    "Wahv; beleid CJIB": UNKNOWN,
    "Wet schadefonds geweldsmisdrijven": UNKNOWN,
    "Wet stelsel openbare bibliotheekvoorzieningen 5": UNKNOWN,
    "Wet tijdelijk huisverbod 2": UNKNOWN,
    "Wmo algemene voorziening": "no article is named",
    "Wmo of forensische zorg": "no article is named",
}
NO_LAW = re.compile(r"geen\b|lokaa?l|lokale |huisvestingsverordening |wet in voorbereiding|[–]")


def cited():
    """Every `grondslag` of a criterion or clause: the ruleset, the words, and its links."""
    for ruleset in check_files(read_files([shipped()]))[0].rulesets:
        for one in (*ruleset.criteria, *ruleset.hardheid):
            yield ruleset, one.grondslag, links(one.grondslag, ruleset.regeling, ruleset.tekst_van, ruleset.van)


def test_every_criterion_and_clause_has_a_link_or_a_reason_why_not():
    without = {(ruleset.id, words) for ruleset, words, found in cited() if not found}
    assert without == set(PLAIN)


def test_every_provision_and_signal_that_names_a_law_has_a_link_or_a_reason_why_not():
    catalogue = check_files(read_files([shipped()]))[1]
    words = {one.grondslag for one in (*catalogue.provisions.values(), *catalogue.signals.values())}
    without = {one for one in words if not links(one) and not NO_LAW.match(one)}
    assert without == set(PLAIN_IN_CATALOGUE)


def test_the_json_of_a_decision_gives_the_links_beside_the_articles():
    situation = {
        **ANYONE,
        "eigen": {"iit-rotterdam": {**ANYONE["eigen"]["iit-rotterdam"], "inkomen_referteperiode": "€ 2.000"}},
    }
    decision = responsief.open_desk().decide(
        responsief.Situation.model_validate(situation), "iit-rotterdam", on=date(2025, 9, 1)
    )
    made = to_json(decision)["besluiten"][0]
    criterion = next(c for c in made["criteria"] if c["id"] == "laag_inkomen")
    assert criterion["links"] == [{"tekst": "art. 3 lid 1", "link": "https://lokaleregelgeving.overheid.nl/CVDR741634/1"}]
    clause = next(c for c in made["hardheid"]["clausules"] if c["id"] == "awb-3-4-inkomen")
    assert clause["links"] == [
        {"tekst": "Awb 3:4 lid 2", "link": f"{W}BWBR0005537&artikel=3:4&lid=2&z=2025-09-01&g=2025-09-01"}
    ]
