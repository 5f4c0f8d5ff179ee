"""Every verified national figure, reproduced from the rulesets: a household is decided on a day and its norm is read.

The numbers are typed from the tables of the notes (domain B, figures A), once; those marked † from the law text itself: the notes lack
them. Each row has one number for each of DAYS, or of YEARS. A dash is a figure that nobody read: a day without it is an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from responsief.desk import Desk
from responsief.ir.program import LinkError
from responsief.register import Register
from responsief.situation import Situation
from small import ruleset

DAYS = tuple(
    date.fromisoformat(d) for d in ("2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01", "2026-01-01", "2026-07-01")
)
YEARS = (2024, 2025, 2026)
LAST = {
    day: date(day.year, 6 if day.month == 1 else 12, 30) for day in DAYS
}  # a day before the year ends: nobody has a birthday

#: what the notes ask of the rulesets; each is read as a term of one small local ruleset over the shipped ones
ASKED = {
    "norm": "sociale_norm",
    "norm_zonder_kostendelers": "norm_zonder_kostendelers",
    "norm_zonder_vakantietoeslag": "norm_zonder_vakantietoeslag",
    "vermogensgrens": "vermogensgrens",
    "aow_leeftijd": "aow_leeftijd",
    "aow_datum": "aow_datum",
    "grens_105": "afronden(105 % van sociale_norm, cent)",
    "grens_110": "afronden(110 % van sociale_norm, cent)",
    "grens_115": "afronden(115 % van sociale_norm, cent)",
    "grens_120": "afronden(120 % van sociale_norm, cent)",
    "grens_125": "afronden(125 % van sociale_norm, cent)",
    "grens_130": "afronden(130 % van sociale_norm, cent)",
    "grens_150": "afronden(150 % van sociale_norm, cent)",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    folder: Path = tmp_path_factory.mktemp("vraag")
    terms = "begrippen:\n" + "".join(f"  vraag_{name}: {{is: '{text}'}}\n" for name, text in ASKED.items())
    text = ruleset(terms, *(f"eis: vraag_{name} is bekend" for name in ASKED), ident="vraag")
    (folder / "vraag.yaml").write_text(text, encoding="utf-8")
    return Desk(Register.open(Path(__file__).parents[1] / "rulesets", folder))


@pytest.fixture(scope="module")
def read(desk: Desk) -> Callable[[str, dict[str, Any], date], Any]:
    """What a term is in a case on a day, in the meaning and in compiled code alike."""

    def value(name: str, case: dict[str, Any], day: date) -> Any:
        one = desk.register.compiled("vraag", day, None)
        situation = Situation.model_validate(case)
        run = one.values(one.reference(situation, day))
        assert one.values(one.fast(situation, day)) == run
        assert one.program.ruleset is not None
        return one.program.value(one.program.ruleset.begrippen[f"vraag_{name}"].node, run)

    return value


def cents(text: str) -> int:
    return int(text.replace(".", "").replace(",", "")) * (1 if "," in text else 100)


# --- households --------------------------------------------------------------------------------------------------------


def born(age: int, day: date) -> str:
    """Who is `age` on every day of that year but the last."""
    return date(day.year - age - 1, 12, 31).isoformat()


def household(
    day: date,
    age: int = 40,
    partner: int | None = None,
    *,
    child: bool = False,
    shares: int = 0,
    inside: bool = False,
    partner_inside: bool = False,
    partner_without_right: bool = False,
) -> dict[str, Any]:
    """Somebody without income or property who applies on a day, with everything known that the Participatiewet asks."""
    same = {
        "verblijf": {"soort": "nederlander"},
        "detentie": "nee",
        "buitenland": {"dagen_dit_jaar": 0, "langste_periode_dagen": 0},
    }
    young = {"medisch_urenbeperkt": "nee", "doelgroep_loonkostensubsidie": "nee", "praktijkonderwijs_of_vso_tot": "geen"}
    mate: Any = "geen"
    if partner is not None:
        mate = {
            **same,
            **young,
            "geboortedatum": born(partner, day),
            "inkomsten": "geen",
            "in_inrichting": _yes(partner_inside),
        }
        if partner_without_right:
            mate["verblijf"] = {"soort": "zonder"}
    return {
        "persoon": {**same, **young, "geboortedatum": born(age, day), "in_inrichting": _yes(inside), "gemeente": "0599"},
        "huishouden": {
            "soort": "gehuwd" if partner is not None else "alleenstaande_ouder" if child else "alleenstaande",
            "partner": mate,
            "kinderen": [{"geboortedatum": born(3, day), "thuiswonend": "ja", "ten_laste": "ja"}] if child else "geen",
            "medebewoners": [
                {"geboortedatum": born(30 + n, day), "relatie": "geen_familie", "commerciele_huurder": "nee", "studeert": "nee"}
                for n in range(shares)
            ]
            or "geen",
        },
        "inkomsten": "geen",
        "vermogen": {"bezittingen": "geen"},
        "schulden": "geen",
        "wonen": {"soort": "huur", "woonsituatie": "zelfstandig", "woonplaats_hier": "ja"},
        "werk": {"soort": "geen", "zelfstandige": "nee"},
        "opleiding": {"volgt": "nee", "soort": "geen", "kan_volgen": "nee", "recht_op_studiefinanciering": "nee"},
        "zorg": {"geeft_mantelzorg": "nee"},
        "aanvraag": {"gemeld_op": (day - timedelta(days=28)).isoformat(), "ontvangen_op": day.isoformat()},
        "eigen": {
            "participatiewet": {
                "uitsluitingsgrond": "geen",
                "vraagt_bijstand_voor_schulden": "nee",
                "andere_regeling_toereikend": "nee",
                "wil_verplichtingen_niet_nakomen": "nee",
                "onbetaald_verlof": "nee",
                "toeslagpartner": "nee",
                "ouders_kunnen_niet_bijdragen": "nee",
                "ouders_van_partner_kunnen_niet_bijdragen": "nee",
            }
        },
    }


def _yes(it_is: bool) -> str:
    return "ja" if it_is else "nee"


# --- the norms ---------------------------------------------------------------------------------------------------------

#: article, household, and the norm on each of DAYS (domain B.1, figures A.1)
NORMS: dict[str, tuple[dict[str, Any], str]] = {
    "20 lid 1 a": ({"age": 20}, "316,94 323,03 332,17 337,98 345,99 350,42"),
    "20 lid 1 a, 18 jaar": ({"age": 18}, "316,94 323,03 332,17 337,98 345,99 350,42"),
    "20 lid 1 a met medebewoners": ({"age": 20, "shares": 3}, "316,94 323,03 332,17 337,98 345,99 350,42"),
    "20 lid 2 a": ({"age": 20, "child": True}, "316,94 323,03 332,17 337,98 345,99 350,42"),
    "20 lid 1 b": ({"age": 20, "partner": 19}, "633,88 646,06 664,34 675,96 691,98 700,84"),
    "20 lid 1 c": ({"age": 20, "partner": 30}, "1.233,96 1.257,64 1.293,21 1.315,88 1.347,06 1.364,32"),
    "20 lid 1 c andersom": ({"age": 30, "partner": 20}, "1.233,96 1.257,64 1.293,21 1.315,88 1.347,06 1.364,32"),
    "20 lid 2 b": ({"age": 20, "partner": 19, "child": True}, "1.000,69 1.019,90 1.048,75 1.067,12 1.092,41 1.106,40"),
    "20 lid 2 c": ({"age": 20, "partner": 30, "child": True}, "1.600,77 1.631,48 1.677,62 1.707,04 1.747,49 1.769,88"),
    "21 a": ({"age": 21}, "1.283,83 1.308,45 1.345,45 1.369,06 1.401,50 1.419,46"),
    "21 a ouder": ({"age": 40, "child": True}, "1.283,83 1.308,45 1.345,45 1.369,06 1.401,50 1.419,46"),
    "21 b": ({"age": 40, "partner": 21}, "1.834,04 1.869,21 1.922,07 1.955,80 2.002,13 2.027,79"),
    "21 b met kind": ({"age": 40, "partner": 38, "child": True}, "1.834,04 1.869,21 1.922,07 1.955,80 2.002,13 2.027,79"),
    "22 a": ({"age": 70}, "1.425,76 1.456,85 1.501,07 1.530,21 1.564,69 1.587,34"),
    "22 b": ({"age": 70, "partner": 69}, "1.932,32 1.976,64 2.053,48 2.094,98 2.144,16 2.176,10"),
    "22 c": ({"age": 50, "partner": 70}, "1.932,32 1.976,64 2.053,48 2.094,98 2.144,16 2.176,10"),
    "22 c andersom": ({"age": 70, "partner": 50}, "1.932,32 1.976,64 2.053,48 2.094,98 2.144,16 2.176,10"),
    # 23 lid 1 with the raise of lid 2: 42/95, 45/101, 47/106
    "23 alleen": ({"age": 40, "inside": True}, "448,51 456,31 471,03 478,49 490,76 496,44"),
    "23 samen": (
        {"age": 40, "partner": 40, "inside": True, "partner_inside": True},
        "727,31 739,45 763,69 775,29 796,27 805,11",
    ),
    # 23 lid 3: 23 alone and 21 a
    "23 lid 3": ({"age": 40, "partner": 40, "inside": True}, "1.732,34 1.764,76 1.816,48 1.847,55 1.892,26 1.915,90"),
    # 24: half of 21 b, half a cent upwards
    "24": ({"age": 40, "partner": 40, "partner_without_right": True}, "917,02 934,61 961,04 977,90 1.001,07 1.013,90"),
}
#: 22a: what one person has among A who share (figures A.1, domain B.1; † of 1-7-2026 and 1-1-2026 as there)
SHARED = {
    2: "917,02 934,61 961,04 977,90 1.001,07 1.013,90",
    3: "794,75 809,99 832,90 847,51 867,59 878,71",
    4: "733,62 747,68 768,83 782,32 800,85 811,12",
    5: "696,94 710,30 730,39 743,20 760,81 770,56",
}
#: 22a lid 3: the part of the spouse of 18 to 20 († 1-7-2025), beside what A = 2 gives the other
PART_WITH_CHILD = "683,75 696,87 716,58 729,14 746,42 755,98"
PART_WITHOUT = "316,94 323,03 332,17 337,98 345,99 350,42"


def rows(texts: dict[Any, str]) -> Iterator[tuple[Any, date, int]]:
    for key, text in texts.items():
        numbers = text.split()
        assert len(numbers) == len(DAYS)
        yield from ((key, day, cents(number)) for day, number in zip(DAYS, numbers, strict=True))


@pytest.mark.parametrize(("article", "day", "norm"), [*rows({name: text for name, (_, text) in NORMS.items()})])
def test_the_norm_of_a_household(desk, read, article: str, day: date, norm: int) -> None:
    people = NORMS[article][0]
    for on in (day, LAST[day]):  # at the start and at the end of the half year
        case = household(on, **people)
        assert read("norm", case, on) == norm
        old = max(people.get("age", 0), people.get("partner") or 0) >= 67
        verdict = desk.verdict(Situation.model_validate(case), "participatiewet", on)
        if old:  # the SVB decides: 47a
            assert verdict.afgewezen_op == ("gemeente_beslist",)
        else:
            assert (verdict.uitkomst, verdict.bedrag) == ("toegekend", norm)


@pytest.mark.parametrize(("sharers", "day", "norm"), [*rows(SHARED)])
def test_the_norm_of_who_shares_the_costs(desk, read, sharers: int, day: date, norm: int) -> None:
    alone = household(day, shares=sharers - 1)
    assert read("norm", alone, day) == norm
    assert desk.verdict(Situation.model_validate(alone), "participatiewet", day).bedrag == norm
    if sharers > 2:  # two of them are married: each their own part (22a lid 2)
        assert read("norm", household(day, 40, 38, shares=sharers - 2), day) == 2 * norm
        # and of a partner without a right, who still counts among those who share (24, 22a lid 1)
        assert read("norm", household(day, 40, 38, shares=sharers - 2, partner_without_right=True), day) == norm
    young = household(day, 26, shares=0)
    young["huishouden"]["medebewoners"] = [
        {"geboortedatum": born(26, day), "relatie": "geen_familie", "commerciele_huurder": "nee", "studeert": "nee"}
    ]
    assert read("norm", young, day) == read("norm", household(day), day)  # 19a: from 27 on


@pytest.mark.parametrize(
    ("day", "with_child", "without"), [*zip(DAYS, PART_WITH_CHILD.split(), PART_WITHOUT.split(), strict=True)]
)
def test_a_spouse_under_21_among_people_who_share(read, day: date, with_child: str, without: str) -> None:
    half = cents(SHARED[2].split()[DAYS.index(day)])  # the other spouse and one housemate: A = 2
    assert read("norm", household(day, 30, 20, shares=1, child=True), day) == cents(with_child) + half
    assert read("norm", household(day, 20, 30, shares=1), day) == cents(without) + half


@pytest.mark.parametrize("day", DAYS)
def test_the_raise_for_who_has_no_parents_to_turn_to(read, day: date) -> None:
    """20 lid 3, of 2026; lid 4 keeps it under what somebody of 21 has."""
    case = household(day, 20)
    plain = read("norm", case, day)
    case["eigen"]["participatiewet"]["ouders_kunnen_niet_bijdragen"] = "ja"
    raised = {date(2026, 1, 1): "746,45", date(2026, 7, 1): "762,24"}.get(day, "0,00")
    assert read("norm", case, day) == plain + cents(raised)


# --- percentages of a norm ---------------------------------------------------------------------------------------------

#: per percentage: of 21 a and of 21 b, per day (figures A.1, domain B.1); half a cent upwards, before comparing
ALONE = {
    date(2024, 1, 1): {105: "1.348,02", 110: "1.412,21", 120: "1.540,60", 130: "1.668,98"},
    date(2024, 7, 1): {105: "1.373,87", 110: "1.439,30", 120: "1.570,14", 130: "1.700,99"},
    date(2025, 1, 1): {105: "1.412,72", 110: "1.480,00", 120: "1.614,54", 130: "1.749,09"},
    date(2025, 7, 1): {105: "1.437,51", 110: "1.505,97", 120: "1.642,87", 130: "1.779,78"},
    date(2026, 1, 1): {
        105: "1.471,58", 110: "1.541,65", 115: "1.611,73", 120: "1.681,80", 125: "1.751,88", 130: "1.821,95", 150: "2.102,25",
    },
}  # fmt: skip
TOGETHER = {
    date(2026, 1, 1): {105: "2.102,24", 110: "2.202,34", 120: "2.402,56", 130: "2.602,77", 150: "3.003,20"},
}


def percentages() -> Iterator[tuple[int | None, date, int, int]]:
    for partner, table in ((None, ALONE), (40, TOGETHER)):
        for day, limits in table.items():
            yield from ((partner, day, percent, cents(limit)) for percent, limit in limits.items())


@pytest.mark.parametrize(("partner", "day", "percent", "limit"), [*percentages()])
def test_a_percentage_of_the_norm_is_rounded_before_it_is_compared(
    read, partner: int | None, day: date, percent: int, limit: int
) -> None:
    assert read(f"grens_{percent}", household(day, partner=partner), day) == limit


def test_the_limit_of_the_inkomenstoeslag_is_the_rounded_one(desk) -> None:
    """105 percent of € 1.401,50 is € 1.471,575: who has € 1.471,58 is not over it, one cent more is."""
    case = household(date(2026, 1, 1))
    outcomes = []
    for income in ("€ 1.471,58", "€ 1.471,59"):
        case["eigen"]["iit-rotterdam"] = {"inkomen_referteperiode": income}
        verdict = desk.verdict(Situation.model_validate(case), "iit-rotterdam", date(2026, 1, 1))
        outcomes.append("laag_inkomen" in verdict.afgewezen_op)
    assert outcomes == [False, True]


def test_seventy_percent_of_21b_is_not_always_21a() -> None:
    """Trap 1 of the notes: from 2026 on the law is a cent higher, so each amount is kept."""
    figures = shipped().version("cijfers", date(2026, 1, 1)).bedragen
    differ = [d for d in DAYS if round(Fraction(7, 10) * figures["norm_21_b"].on(d)) != figures["norm_21_a"].on(d)]
    assert differ == [date(2026, 1, 1), date(2026, 7, 1)]


# --- without those who share, without holiday money --------------------------------------------------------------------


@pytest.mark.parametrize("day", DAYS)
def test_a_local_rule_may_leave_out_who_shares_the_costs(read, day: date) -> None:
    for partner, article in ((None, "21 a"), (38, "21 b")):
        norm = cents(NORMS[article][1].split()[DAYS.index(day)])
        assert read("norm_zonder_kostendelers", household(day, partner=partner, shares=2), day) == norm
        assert read("norm", household(day, partner=partner, shares=2), day) < norm


def test_a_norm_without_holiday_money_is_less_by_what_the_law_says(read) -> None:
    """19 lid 3: 4,8 percent. 95,2 % of € 1.283,83 is € 1.222,206; of € 1.419,46 € 1.351,326."""
    assert read("norm_zonder_vakantietoeslag", household(DAYS[0]), DAYS[0]) == cents("1.222,21")
    assert read("norm_zonder_vakantietoeslag", household(DAYS[-1]), DAYS[-1]) == cents("1.351,33")


# --- property ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "alone", "family", "home"),
    [(2024, "7.575", "15.150", "63.900"), (2025, "7.770", "15.540", "65.500"), (2026, "8.000", "16.000", "67.500")],
)
def test_how_much_somebody_may_own(desk, read, year: int, alone: str, family: str, home: str) -> None:
    for day in (date(year, 1, 1), date(year, 12, 30)):
        assert read("vermogensgrens", household(day), day) == cents(alone)
        for kind in ({"child": True}, {"partner": 40}, {"partner": 40, "child": True}):
            assert read("vermogensgrens", household(day, **kind), day) == cents(family)
        case = household(day)
        for more, refused in ((0, False), (1, True)):
            saved = cents(alone) + more
            case["vermogen"] = {"bezittingen": [{"soort": "bankrekening", "waarde": _euro(saved), "bestemd_voor": "vrij"}]}
            verdict = desk.verdict(Situation.model_validate(case), "participatiewet", day)
            assert ("vermogen" in verdict.afgewezen_op) is refused
        assert figure("vrijstelling_eigen_woning", day) == cents(home)


def _euro(amount: int) -> str:
    return f"€ {amount // 100},{amount % 100:02}"


# --- AOW age -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "reached"),
    [
        ("1957-01-15", "2023-11-15"),  # 66 and ten months
        ("1957-02-28", "2023-12-28"),
        ("1957-03-01", "2024-03-01"),  # 67
        ("1958-06-30", "2025-06-30"),
        ("1959-12-31", "2026-12-31"),
        ("1960-12-31", "2027-12-31"),
        ("1961-01-01", "2028-04-01"),  # 67 and three months
        ("1961-09-30", "2028-12-30"),
    ],
)
@pytest.mark.parametrize("day", [DAYS[0], DAYS[-1]])
def test_the_day_on_which_somebody_reaches_the_aow_age(read, birth: str, reached: str, day: date) -> None:
    case = household(day)
    case["persoon"]["geboortedatum"] = birth
    assert read("aow_datum", case, day) == date.fromisoformat(reached)


# --- figures that no ruleset decides with yet --------------------------------------------------------------------------

#: name and the value of each half year, a dash where there is none (figures A.1 to A.7, domain B.2 and B.3)
HALF_YEARS = {
    "minimumloon_per_uur": "- 13,68 14,06 14,40 14,71 14,99",
    "minimumloon_per_uur_20": "- - 11,25 11,52 - -",
    "minimumloon_per_uur_19": "- - 8,44 8,64 - -",
    "minimumloon_per_uur_18": "- - 7,03 7,20 - -",
    "referentiemaandloon": "- - 2.191,80 2.245,80 2.294,40 2.337,00",
    "premie_per_jaar": "3.151 3.209 3.263 3.326 3.398 3.398",  # † 2025
    "vrijlating_hoogste": "- - - - 285 285",
    "vrijlating_hoogste_alleenstaande_ouder": "- - - - 177,66 177,66",
    "vrijlating_hoogste_urenbeperkt": "- - - - 180,19 180,19",
    "vrijlating_hoogste_loonkostensubsidie": "- - - - 180,19 180,19",
    "beslagvrije_voet_hoogste_alleenstaande": "- - - - 2.191,42 -",
    "beslagvrije_voet_hoogste_alleenstaande_ouder": "- - - - 2.526,69 -",
    "beslagvrije_voet_hoogste_gehuwd": "- - - - 2.881,41 -",
    "beslagvrije_voet_hoogste_gehuwd_met_kind": "- - - - 3.155,31 -",
}
#: name and the value of 2024 († of the law text for kindgebonden budget and the limits of the toeslagen), 2025 and 2026
WHOLE_YEARS = {
    "verhoging_23_2_a": "42 45 47",
    "verhoging_23_2_b": "95 101 106",
    "drempel_bijzondere_bijstand": "166 170 176",  # † 2024, 2025
    "giften_vrij": "- - 1.200",
    "hoogste_bijdrage_wmo": "20,60 21,00 21,80",
    "kgb_per_kind": "2.436 2.511 2.580",
    "kgb_extra_12_tot_16": "694 703 724",
    "kgb_extra_16_en_17": "924 936 964",
    "alo_kop": "3.480 3.389 3.416",
    "kgb_drempel_extra_partners": "9.030 9.139 9.405",
    "vermogensgrens_toeslagen_alleen": "140.213 141.896 146.011",
    "vermogensgrens_toeslagen_partners": "177.301 179.429 184.633",
    "standaardpremie": "- 2.112 2.119",
    "bestuursrechtelijke_premie": "- - 172,70",
    "huurtoeslag_hoogste_rekenhuur": "- 900,07 932,93",
    "huurtoeslag_kwaliteitskorting": "- 477,20 498,20",
    "huurtoeslag_aftopping_klein": "- 682,96 713,02",
    "huurtoeslag_aftopping_groot": "- 731,93 764,14",
    "huurtoeslag_normhuur": "- 238,01 252,49",
    "huurtoeslag_normhuur_min_een": "- 1,82 1,82",
    "huurtoeslag_normhuur_min_meer": "- 3,63 3,63",
    "huurtoeslag_normhuur_bij": "- 12 12",
    "huurtoeslag_norminkomen_een": "- 28.375 29.400",
    "huurtoeslag_norminkomen_meer": "- 38.500 39.925",
    "huurtoeslag_inkomen_oudere_een": "- 27.100,60 28.089,78",
    "huurtoeslag_inkomen_oudere_meer": "- 35.784,56 37.183,99",
    "huurtoeslag_inkomen_oudere_een_bij": "- 665 665",
    "huurtoeslag_inkomen_oudere_meer_bij": "- 1.462 1.462",
}
#: numbers that are no money, per year
NUMBERS = {
    "kgb_afbouw_procent": "6,75 7,10 7,60",
    "zorgtoeslag_drempel_procent_alleen": "- 1,896 1,912",
    "zorgtoeslag_drempel_procent_partners": "- 4,273 4,289",
    "zorgtoeslag_boven_drempel_procent": "- 13,700 13,730",
    "huurtoeslag_leeftijd": "- 23 21",
    "huurtoeslag_afbouw_procent_een": "- - 27",
    "huurtoeslag_afbouw_procent_meer": "- - 22",
    "beslagvrije_voet_laagste_procent": "- - 95",
    "beslagvrije_voet_laag_inkomen_procent": "- - 95",
    "vakantietoeslag_bijstand_procent": "4,8 4,8 4,8",
    "vakantiebijslag_procent": "8 8 8",
}


@cache
def shipped() -> Register:
    return Register.open()


def figure(name: str, day: date) -> Any:
    found = shipped().version("cijfers", day).bedragen[name]
    value = found.on(day)
    return Fraction(value, 10**found.type.cijfers) if found.type.cijfers and value is not None else value


def figures() -> Iterator[tuple[str, date, Any]]:
    for name, text in HALF_YEARS.items():
        yield from ((name, day, None if n == "-" else cents(n)) for day, n in zip(DAYS, text.split(), strict=True))
    for name, text in WHOLE_YEARS.items():
        for year, n in zip(YEARS, text.split(), strict=True):
            yield from ((name, day, None if n == "-" else cents(n)) for day in (date(year, 1, 1), date(year, 12, 31)))
    for name, text in NUMBERS.items():
        for year, n in zip(YEARS, text.split(), strict=True):
            yield name, date(year, 1, 1), None if n == "-" else Fraction(n.replace(",", "."))


@pytest.mark.parametrize(("name", "day", "value"), [*figures()])
def test_a_figure_on_a_day(name: str, day: date, value: Any) -> None:
    assert figure(name, day) == value


def test_the_coming_steps_of_the_kindgebonden_budget_are_in_the_law() -> None:
    assert [figure("kgb_afbouw_procent", date(year, 1, 1)) for year in (2027, 2028)] == [Fraction("8.05"), Fraction("8.5")]


@pytest.mark.parametrize(
    ("year", "threshold", "alone", "together"),
    [(2025, "28.405,73", "131,12", "250,85"), (2026, "29.735,42", "129,20", "246,89")],
)
def test_what_follows_from_figures_is_computed(year: int, threshold: str, alone: str, together: str, tmp_path: Path) -> None:
    """The limit holds all year, from the wage of January (also in July)."""
    names = ("drempelinkomen_toeslagen", "zorgtoeslag_hoogste_alleen", "zorgtoeslag_hoogste_partners")
    for day in (date(year, 1, 1), date(year, 12, 31)):
        assert computed(tmp_path, day, *names) == [cents(threshold), cents(alone), cents(together)]
    with pytest.raises(LinkError):
        computed(tmp_path, date(2024, 1, 1), *names)


def test_the_income_at_which_there_is_no_zorgtoeslag_left_is_computed(tmp_path: Path) -> None:
    """Figures A.5, there in whole euros: € 41.028 and € 51.313. One euro a year less and there is some."""
    names = ("zorgtoeslag_inkomen_nul_alleen", "zorgtoeslag_inkomen_nul_partners")
    found = computed(tmp_path, date(2026, 3, 1), *names)
    assert [round(Fraction(one, 100)) for one in found] == [41_028, 51_313]
    premium, threshold, above = 211_900, cents("29.735,42"), Fraction("0.1373")
    for income, people, share in zip(found, (1, 2), (Fraction("0.01912"), Fraction("0.04289")), strict=True):
        left = [people * premium - threshold * share - (one - threshold) * above for one in (income, income - 100)]
        assert abs(left[0]) < 1 < left[1]  # within a cent a year


def computed(folder: Path, day: date, *names: str) -> list[Any]:
    """What shared terms of the national figures come to on a day."""
    (folder / "klein.yaml").write_text(ruleset("", f"eis: {' + '.join(names)} > € 0"), encoding="utf-8")
    shelf = Register.open(Path(__file__).parents[1] / "rulesets", folder)
    one = shelf.compiled("klein", day, None)
    run = one.values(one.reference(Situation(), day))
    return [one.program.value(one.program.definitions[("cijfers", name)], run) for name in names]


def test_every_shared_figure_is_in_a_table_here() -> None:
    """A figure that is neither decided with above nor typed below is one that nobody checked."""
    known = {*HALF_YEARS, *WHOLE_YEARS, *NUMBERS, "vrijstelling_eigen_woning"}
    decided = ("norm_", "verhoging_20_3", "vermogensgrens_alleenstaande", "vermogensgrens_gezin", "aow_leeftijd_")
    derived = {"referentiemaandloon_in_januari"}  # through the threshold of the toeslagen
    names = chain.from_iterable(v.bedragen for v in shipped().versions["cijfers"])
    assert [n for n in names if n not in known | derived and not n.startswith(decided)] == []
