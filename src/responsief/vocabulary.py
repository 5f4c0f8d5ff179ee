"""The fixed words of a situation: areas of life, kinds of circumstances, sources of a fact, and how people write a word of a choice.

Apart from `situation`, because whoever only reads rules needs these words and not the model.
"""

from __future__ import annotations

from typing import Final, Literal

LEEFGEBIEDEN: Final = (
    "financien", "werk", "opleiding", "wonen", "gezin", "geestelijke_gezondheid", "lichamelijke_gezondheid",
    "middelengebruik", "dagelijks_leven", "zorg", "netwerk", "meedoen", "justitie", "opgroeien",
)  # fmt: skip

OMSTANDIGHEDEN: Final = (
    "acute_nood", "belang_van_kind", "brand_of_ramp", "buiten_eigen_schuld", "chronisch_ziek", "detentie_achter_de_rug",
    "dreigende_dakloosheid", "fout_van_overheid", "geen_steun_ouders", "geen_uitzicht_op_inkomen", "geen_vaste_woonplek",
    "geweld_thuis", "kleine_overschrijding", "mantelzorg", "onverwachte_kosten", "opleiding_opgelegd_door_gemeente",
    "overlijden_naaste", "problematische_schulden", "psychische_nood", "scheiding", "sterfbed_naaste", "studieuitval",
    "taal", "toezegging", "verslaving_in_behandeling", "verlies_van_werk", "vlucht", "zwanger", "overig",
)  # fmt: skip

Bron = Literal[
    "inwoner",
    "brp",
    "uwv",
    "duo",
    "svb",
    "belastingdienst",
    "ind",
    "rdw",
    "kadaster",
    "bank",
    "gemeente",
    "adviseur",
    "oordeel",
]
BRONNEN: Final[tuple[str, ...]] = (
    "inwoner", "brp", "uwv", "duo", "svb", "belastingdienst", "ind", "rdw", "kadaster", "bank", "gemeente", "adviseur", "oordeel",
)  # fmt: skip

# Words of a choice that are not plain Dutch with a space for «_».
CHOICE_WORDS: Final[dict[str, str]] = {
    "nederlander": "Nederlander",
    "eu": "burger van een land van de Europese Unie",
    "vreemdeling_11_2": "vreemdeling met een verblijfsrecht (Pw 11 lid 2)",
    "vreemdeling_11_3": "vreemdeling die gelijk is gesteld (Pw 11 lid 3)",
    "procedure": "nog in procedure",
    "zonder": "geen verblijfsrecht",
    "ww": "WW",
    "wia": "WIA",
    "wajong": "Wajong",
    "aow": "AOW",
    "anw": "Anw",
    "4_weken": "vier weken",
    "mbo_bol": "mbo (bol)",
    "mbo_bbl": "mbo (bbl)",
    "wo": "universiteit",
    "broer_zus": "broer of zus",
}


def choice_words(word: str) -> str:
    """A word of a choice («vreemdeling_11_2») as people write it."""
    return CHOICE_WORDS.get(word) or word.replace("_", " ")
