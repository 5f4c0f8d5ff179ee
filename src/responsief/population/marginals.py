"""Where the figures of the built-in households come from: each distribution with its source and year, or the assumption that it is.

CBS figures are free to use with their source (CC BY 4.0). What is marked «aanname» was not found in an open table: it makes the
households hang together, and says nothing of the Netherlands.
"""

from __future__ import annotations

from typing import Final

from responsief.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Marginal:
    """One distribution: of what, its source and year (or «aanname»), and its options with whole numbers (weights; where the name
    says so limits, rates or medians)."""

    naam: str
    bron: str
    jaar: int | None
    kansen: tuple[tuple[str, int], ...]

    @property
    def aanname(self) -> bool:
        """Is it an assumption of ours?"""
        return self.bron.startswith("aanname")


VORMEN: Final = Marginal(
    "huishoudvorm",
    "CBS 37975 (huishoudens) en 37620 (eenouders), 1 januari; aanname: meerpersoons zonder kinderen is een paar",
    2024,
    (
        ("alleenstaande", 3_340_560),
        ("alleenstaande_ouder", 618_056),
        ("paar_zonder_kinderen", 2_385_910),
        ("paar_met_kinderen", 2_029_878),
    ),
)

#: ages of the applicant; together they keep to the age of inhabitants in CBS 37296ned (18-39, 40-66, 67 and older)
LEEFTIJDEN: Final = {
    "alleenstaande": ((18, 26, 13), (27, 39, 21), (40, 54, 18), (55, 66, 20), (67, 79, 18), (80, 95, 10)),
    "alleenstaande_ouder": ((18, 26, 4), (27, 39, 36), (40, 54, 52), (55, 66, 8)),
    "paar_zonder_kinderen": ((18, 26, 6), (27, 39, 17), (40, 54, 13), (55, 66, 26), (67, 79, 29), (80, 95, 9)),
    "paar_met_kinderen": ((18, 26, 2), (27, 39, 38), (40, 54, 52), (55, 66, 8)),
}
LEEFTIJD: Final = Marginal(
    "leeftijd van de aanvrager",
    "CBS 37296ned, 1 januari 2019, inwoners vanaf 20 jaar; aanname: aanvragers zijn zo oud als inwoners, en de leeftijd per huishoudvorm",
    2019,
    # 65- and 66-year-olds moved to the middle group (aanname: 420 thousand)
    (("tot 40", 4_309_987), ("40 tot 67", 6_286_334), ("67 en ouder", 2_894_004)),
)

KINDERTAL: Final = {
    "alleenstaande_ouder": Marginal(
        "kinderen van een eenouder", "CBS 71487ned, 1 januari; aanname: drie of meer is drie of vier", 2023,
        (("1", 375_750), ("2", 176_748), ("3", 58_135)),
    ),
    "paar_met_kinderen": Marginal(
        "kinderen van een paar", "CBS 71487ned, 1 januari; aanname: drie of meer is drie of vier", 2023,
        (("1", 770_893), ("2", 905_095), ("3", 358_648)),
    ),
}  # fmt: skip

MEDEBEWONER: Final = Marginal(
    "heeft een medebewoner die geen kind of partner is",
    "CBS 37620, 1 januari: 286.775 overige leden op 8.374.404 huishoudens",
    2024,
    (("ja", 286_775), ("nee", 8_374_404 - 286_775)),
)

#: what a household can spend in a year in cents, standardised (as if one person lived alone): 0, each decile, the top
INKOMEN: Final = Marginal(
    "gestandaardiseerd besteedbaar inkomen per jaar, decielgrenzen",
    "CBS 83934NED (voorlopig, met studenten); aanname: onder het laagste deciel vanaf € 6.000, boven het hoogste tot € 90.000, "
    "en 20 % groei tot 2026",
    2022,
    tuple((f"deciel {at}", 10_000 * hundred) for at, hundred in enumerate((60, 175, 211, 243, 279, 316, 355, 398, 454, 547, 900))),
)  # fmt: skip
#: in cents: growth from 2022, and how many single persons' money a form needs for the same comfort (per cent)
GROEI_PROCENT: Final = 120
OPSLAG_PROCENT: Final = {"partner": 37, "kind": 27}  # aanname, near the equivalence factors of CBS

#: households with bijstand until the AOW age, per thousand households of that form
BIJSTAND: Final = Marginal(
    "algemene bijstand per 1.000 huishoudens",
    "CBS 82015NED (verdeling augustus 2017) geschaald op 410.000 personen eind 2025; aanname: dezelfde verdeling als toen",
    2025,
    (("alleenstaande", 69), ("alleenstaande_ouder", 118), ("paar_zonder_kinderen", 12), ("paar_met_kinderen", 12)),
)

#: of who is neither retired nor on bijstand or student grant; self-employed: 1,586,000 main jobs of 9.8 million workers
WERK: Final = Marginal(
    "waarvan men leeft (tot 67 jaar, zonder bijstand en studiefinanciering)",
    "CBS 85278NED (zelfstandigen); aanname: de aandelen van ww, ziektewet, wia, wajong, alimentatie en geen inkomen",
    2023,
    (
        ("loon", 760),
        ("winst", 145),
        ("ww", 25),
        ("ziektewet", 10),
        ("wia", 35),
        ("wajong", 12),
        ("alimentatie", 5),
        ("geen", 8),
    ),
)

STUDENT: Final = Marginal(
    "volgt een opleiding met studiefinanciering (18 tot en met 26 jaar)",
    "aanname, bij 788.790 studenten in het hoger onderwijs in 2024/25 (CBS 85421NED): veel wonen nog bij hun ouders",
    None,
    (("ja", 400), ("nee", 600)),
)

#: renting, per thousand, by the tenth of income (aanname)
HUUR: Final = (850, 780, 680, 560, 460, 380, 310, 250, 190, 130)

#: median of money in the bank and the like, in cents
VERMOGEN: Final = Marginal(
    "bezit zonder huis, mediaan in centen",
    "CBS (via Volkskrant, oktober 2021), 1 januari; de spreiding naar CBS 83834NED 2022 (lognormaal, aanname)",
    2020,
    (("huur", 260_000), ("koop", 3_630_000)),
)
SPREIDING: Final = (10, 136, 270, 442, 674, 1000, 1483, 2260, 3710, 7360, 20_000)  # of the median in thousandths, per tenth

SCHULDEN: Final = Marginal(
    "geregistreerde problematische schulden",
    "CBS, 1 oktober; aanname: zes keer zo vaak onder de laagste drie tienden van het inkomen",
    2020,
    (("ja", 76), ("nee", 924)),
)
SCHULDEN_LAAG: Final = 182  # per thousand of the lowest three tenths of income
SCHULDEN_ANDERS: Final = 30

MANTELZORG: Final = Marginal(
    "geeft mantelzorg, per 100 naar leeftijd", "CBS-longread mantelzorg (vijfjaarsgroepen samengenomen)", 2022,
    (("18", 4), ("27", 7), ("40", 15), ("55", 22), ("67", 15), ("80", 11)),
)  # fmt: skip

BEPERKING: Final = Marginal(
    "heeft een beperking waarvoor hulp nodig is",
    "CBS 86050NED (Wmo-cliënten met maatwerk per 1.000 inwoners, voorlopig); aanname: ouderen vier keer zo vaak",
    2024,
    (("ja", 72), ("nee", 928)),
)

VERBLIJF: Final = Marginal(
    "verblijf", "aanname", None, (("nederlander", 920), ("eu", 50), ("vreemdeling_11_2", 27), ("vreemdeling_11_3", 3))
)

ALLE: Final = (
    VORMEN, LEEFTIJD, *KINDERTAL.values(), MEDEBEWONER, INKOMEN, BIJSTAND, WERK, STUDENT, VERMOGEN, SCHULDEN, MANTELZORG,
    BEPERKING, VERBLIJF,
)  # fmt: skip


def bijstand_among_lowest(form: str) -> int:
    """Bijstand is found among the lowest two tenths of income, until the AOW age. So that a form as a whole has it as often as
    `BIJSTAND` says, this is how often there, per thousand: of those who live alone more stand in the lowest tenths (the rank by
    income is drawn twice for three in ten, and the lower counts; of a couple the higher)."""
    lowest = 70 * 20 // 100 + 30 * (4 if form.startswith("paar") else 36) // 100
    until_aow = sum(weight for low, _, weight in LEEFTIJDEN[form] if low < 67)
    return min(1000, dict(BIJSTAND.kansen)[form] * 10_000 // (lowest * until_aow))
