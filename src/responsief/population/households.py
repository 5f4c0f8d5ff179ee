"""A small built-in set of households, the same for the same seed on every machine.

It is drawn to show what a change does, not to count the Netherlands: the shares come from open figures where there are any
(`marginals` states each source and year, and what is an assumption), how they hang together is mostly an assumption. What has no
figure at all (language, violence, addiction, detention) is drawn for nobody; a few people made by hand have it.

Everything here is whole numbers; a household depends on the seed and its own number only, so a larger set begins with the smaller.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from responsief.intake import validate
from responsief.population import marginals as known
from responsief.population.draw import Draw
from responsief.population.edges import edge_people
from responsief.situation import Situation
from responsief.values import format_money, write_day

SEED: Final = 7
COUNT: Final = 500
#: net per month in cents, around the amounts of 2026 (aanname: no rule reads them here, the rules have their own figures)
BIJSTAND: Final = {"partner": 200_214, "alleen": 140_150}
AOW: Final = {"partner": 108_000, "alleen": 158_000}
STUDIEFINANCIERING: Final = 50_000
KINDERBIJSLAG: Final = 10_500
ADULT: Final = 18


def households(on: date, *, seed: int = SEED, count: int = COUNT, gemeente: str | None = None) -> Iterator[Situation]:
    """`count` households drawn on a reference date, and then the people made by hand.

    Args:
        on: The day on which their ages and applications are as drawn.
        seed: Another seed gives other households.
        count: How many are drawn; the people of `EDGES` come on top. Raises ValueError when it is below 0.
        gemeente: The CBS code of where they all live; None leaves it unknown.
    """
    for data in written_households(on, seed=seed, count=count, gemeente=gemeente):
        yield validate(data)


def written_households(
    on: date, *, seed: int = SEED, count: int = COUNT, gemeente: str | None = None
) -> Iterator[dict[str, Any]]:
    """The same as situation files hold them."""
    if count < 0:
        raise ValueError("there can be no fewer than 0 households")
    for number in range(count):
        yield _Household(Draw(seed, number), on, gemeente).written()
    yield from edge_people(on, gemeente)


class _Household:
    """One household, drawn from its form down: age, then children, housing, income, wealth, debts, health."""

    def __init__(self, draw: Draw, on: date, gemeente: str | None) -> None:
        self.draw = draw
        self.on = on
        self.gemeente = gemeente
        self.form = draw.weighted(known.VORMEN.kansen)
        low, high = draw.weighted([((low, high), weight) for low, high, weight in known.LEEFTIJDEN[self.form]])
        self.age = draw.between(low, high)
        self.paired = self.form.startswith("paar")
        self.partner_age = max(ADULT, min(100, self.age + draw.between(-5, 5))) if self.paired else None
        self.rank = self.income_rank()
        self.tenth = self.rank // 1000
        self.children, self.housemates = self.others()
        self.student = self.is_student()
        self.rents = self.student or draw.chance(known.HUUR[self.tenth])
        self.living = self.lives_on()

    def born(self, age: int) -> str:
        """A birthday on which somebody has this age on the reference date."""
        try:
            birthday = self.on.replace(year=self.on.year - age)
        except ValueError:  # 29 February
            birthday = self.on.replace(year=self.on.year - age, day=28)
        return write_day(birthday - timedelta(days=self.draw.below(364)))

    def income_rank(self) -> int:
        """Where this household stands among all by income (0 to 9,999): one adult alone more often low, a couple more often high."""
        rank, other = self.draw.below(10_000), self.draw.below(10_000)
        if not self.draw.chance(300):
            return rank
        return max(rank, other) if self.paired else min(rank, other)

    def others(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The children under 18 (the first always is), and who else lives there, grown-up children among them."""
        young: list[dict[str, Any]] = []
        grown: list[dict[str, Any]] = []
        if self.form in known.KINDERTAL:
            number = int(self.draw.weighted(known.KINDERTAL[self.form].kansen))
            number += number == 3 and self.draw.chance(250)
            for at in range(number):
                most = min(17 if at == 0 else 24, max(0, self.age - ADULT))
                age = self.draw.between(max(0, self.age - 45) if self.age - 45 < most else 0, most)
                if age < ADULT:
                    alone = "ja" if self.tenth < 2 and self.draw.chance(250) else "nee"
                    young.append(
                        {"geboortedatum": self.born(age), "thuiswonend": "ja", "ten_laste": "ja", "mist_activiteiten": alone}
                    )
                else:
                    grown.append(self.housemate(age, "kind"))
        if self.draw.weighted(known.MEDEBEWONER.kansen) == "ja":
            grown.append(
                self.housemate(self.draw.between(19, 75), self.draw.one(("ouder", "broer_zus", "familie", "geen_familie")))
            )
        return young, grown

    def housemate(self, age: int, relation: str) -> dict[str, Any]:
        pays = relation == "geen_familie" and self.draw.chance(500)
        studies = age < 27 and self.draw.chance(500)
        return {
            "geboortedatum": self.born(age),
            "relatie": relation,
            "commerciele_huurder": "ja" if pays else "nee",
            "studeert": "ja" if studies else "nee",
        }

    def is_student(self) -> bool:
        young = self.form == "alleenstaande" and self.age <= 26
        return young and self.draw.weighted(known.STUDENT.kansen) == "ja"

    def lives_on(self) -> str:
        """What the main income is. Bijstand is found among the lowest two tenths, as often as the figures say."""
        if self.student:
            return "studiefinanciering"
        if self.age >= 67:
            return "aow"
        if self.tenth < 2 and self.draw.chance(known.bijstand_among_lowest(self.form)):
            return "bijstand"
        return self.draw.weighted(known.WERK.kansen)

    # money

    def income(self) -> tuple[Any, Any]:
        """The incomes of the applicant and of the partner («geen» where there are none)."""
        if self.living == "geen":
            return "geen", "geen"
        extra = KINDERBIJSLAG * len(self.children)
        allowances = (4 - self.tenth) * 5_000 if self.tenth < 4 and self.rents else 0
        if self.living == "bijstand":
            total = BIJSTAND["partner" if self.paired else "alleen"]
        elif self.living == "studiefinanciering":
            total = STUDIEFINANCIERING + self.draw.between(0, 9) * 8_000
        else:
            total = max(5_000, self.to_spend() - extra - allowances)
        mine, theirs = total, 0
        if self.paired and self.living != "bijstand":
            share = self.draw.between(45, 100)
            mine = total * share // 100
            theirs = total - mine
        own = self.entries(self.living, mine, self.age)
        if extra:
            own.append(self.entry("kinderbijslag", extra))
        if allowances:
            own.append(self.entry("toeslagen", allowances))
        if not self.paired or theirs < 10_000:
            return own or "geen", "geen"
        kind = "aow" if self.partner_age is not None and self.partner_age >= 67 else "loon"
        return own, self.entries(kind, theirs, self.partner_age or self.age)

    def to_spend(self) -> int:
        """What this household can spend a month, in cents."""
        points = [limit for _, limit in known.INKOMEN.kansen]
        adults = known.OPSLAG_PROCENT["partner"] * self.paired
        factor = 100 + adults + known.OPSLAG_PROCENT["kind"] * len(self.children)
        return self.draw.quantile(points, self.rank) * known.GROEI_PROCENT * factor // 120_000

    def entries(self, kind: str, amount: int, age: int) -> list[dict[str, Any]]:
        """An income as it is paid: a student's job beside the grant, a pension beside the AOW."""
        base = {"studiefinanciering": STUDIEFINANCIERING, "aow": AOW["partner" if self.paired else "alleen"]}.get(kind)
        if base is None or amount <= base:
            return [self.entry(kind, amount)]
        return [self.entry(kind, base), self.entry("pensioen" if kind == "aow" else "loon", amount - base)]

    def entry(self, kind: str, amount: int) -> dict[str, Any]:
        per = self.draw.weighted((("maand", 85), ("4_weken", 12), ("week", 3))) if kind == "loon" else "maand"
        amount = {"maand": amount, "4_weken": amount * 12 // 13, "week": amount * 12 // 52}[per]
        holiday = "inbegrepen"
        if kind in ("loon", "ww", "wia", "ziektewet", "wajong"):
            holiday = self.draw.weighted((("inbegrepen", 60), ("exclusief", 40)))
        since = self.on - timedelta(days=self.draw.between(40, 2_500))
        return {
            "soort": kind,
            "bedrag": format_money(amount),
            "per": per,
            "vakantietoeslag": holiday,
            "van": write_day(since),
            "tot": "geen",
        }

    def wealth(self) -> list[dict[str, Any]]:
        median = dict(known.VERMOGEN.kansen)["huur" if self.rents else "koop"]
        bank = median * self.draw.quantile(known.SPREIDING, self.draw.below(10_000)) // 1000
        owned: list[dict[str, Any]] = [
            {"soort": "bankrekening", "waarde": format_money(bank), "onmisbaar": "nee", "algemeen_gebruikelijk": "nee", "bestemd_voor": "vrij"},
            {"soort": "inboedel", "waarde": "€ 1.500", "onmisbaar": "nee", "algemeen_gebruikelijk": "ja", "bestemd_voor": "vrij"},
        ]  # fmt: skip
        if self.draw.chance(200 + 60 * self.tenth):
            worth = format_money(100_000 + 40_000 * self.draw.below(10 + 5 * self.tenth))
            common = "ja" if self.tenth < 3 else "nee"
            owned.append(
                {"soort": "auto", "waarde": worth, "onmisbaar": "nee", "algemeen_gebruikelijk": common, "bestemd_voor": "vrij"}
            )
        if not self.rents:
            worth = format_money(100_000 * self.draw.between(1_800, 7_000))
            owned.append(
                {
                    "soort": "eigen_woning",
                    "waarde": worth,
                    "onmisbaar": "nee",
                    "algemeen_gebruikelijk": "nee",
                    "bestemd_voor": "vrij",
                }
            )
        return owned

    def debts(self) -> Any:
        found = []
        if not self.rents:
            found.append(self.debt("hypotheek", 100_000 * self.draw.between(600, 3_500), 0))
        if self.student and self.draw.chance(500):
            found.append(self.debt("studie", 100_000 * self.draw.between(20, 350), 0))
        if self.draw.chance(known.SCHULDEN_LAAG if self.tenth < 3 else known.SCHULDEN_ANDERS):
            for _ in range(self.draw.between(2, 4)):
                kind = self.draw.one(("huur", "energie", "zorgpremie", "belasting", "krediet", "boete", "gemeente"))
                found.append(self.debt(kind, 10_000 * self.draw.between(3, 90), self.draw.between(2, 14)))
        return found or "geen"

    def debt(self, kind: str, amount: int, months: int) -> dict[str, Any]:
        return {
            "soort": kind,
            "bedrag": format_money(amount),
            "achterstand_maanden": months,
            "aflossing_verplicht": "ja",
            "incasso": "ja" if months > 5 else "nee",
            "gemeld_als_signaal": "ja" if months > 3 and kind in ("huur", "energie", "zorgpremie") else "nee",
        }

    # together

    def person(self, age: int) -> dict[str, Any]:
        abroad = self.draw.weighted(((0, 500), (7, 200), (14, 150), (21, 100), (35, 50)))
        return {
            "geboortedatum": self.born(age),
            "verblijf": {"soort": self.draw.weighted(known.VERBLIJF.kansen), "hangt_af_van_partner": "nee"},
            "detentie": "nee",
            "detentie_eindigt_op": "geen",
            "in_inrichting": "nee",
            "buitenland": {"dagen_dit_jaar": abroad, "langste_periode_dagen": abroad},
            "medisch_urenbeperkt": "nee",
            "doelgroep_loonkostensubsidie": "nee",
            "praktijkonderwijs_of_vso_tot": "geen",
        }

    def written(self) -> dict[str, Any]:
        """The household as a situation file holds it: every fact known that a household can tell without a ruleset."""
        draw, on = self.draw, self.on
        own, of_partner = self.income()
        person = self.person(self.age)
        if self.gemeente is not None:
            person["gemeente"] = self.gemeente
        partner: Any = "geen"
        if self.partner_age is not None:
            partner = {**self.person(self.partner_age), "inkomsten": of_partner}
        soort = "gehuwd" if self.paired else self.form
        works = {"loon": "loondienst", "winst": "zelfstandige"}.get(self.living, "geen")
        care = max((int(low), share) for low, share in known.MANTELZORG.kansen if int(low) <= self.age)[1]
        limited = draw.chance(160 if self.age >= 67 else 40)
        told = on - timedelta(days=draw.between(3, 50))
        return {
            "formaat": 1,
            "persoon": person,
            "huishouden": {
                "soort": soort,
                "partner": partner,
                "kinderen": self.children or "geen",
                "medebewoners": self.housemates or "geen",
                "partner_overleden_op": "geen",
                "inkomen_gedaald": "ja" if draw.chance(60) else "nee",
            },
            "inkomsten": own,
            "vermogen": {"bezittingen": self.wealth()},
            "schulden": self.debts(),
            "beslag": {"loopt": "nee", "onder_beslagvrije_voet": "nee"},
            "wonen": self.home(),
            "werk": {"soort": works, "zelfstandige": "ja" if works == "zelfstandige" else "nee", "omzet_weggevallen": "nee"},
            "opleiding": self.study(),
            "gezondheid": {
                "beperkingen": [{"soort": draw.one(("lopen", "bewegen", "psychisch", "zien")), "langdurig": "ja", "loopafstand_m": 50 * draw.between(1, 12)}]
                if limited
                else "geen",
                "chronisch_ziek": "ja" if limited or draw.chance(200) else "nee",
                "zwanger": "nee",
                "mijdt_zorg_om_geld": "nee",
                "zorgverzekering_opgezegd": "nee",
            },
            "zorg": {
                "geeft_mantelzorg": "ja" if draw.chance(care, 100) else "nee",
                "ontvangt_mantelzorg": "ja" if limited and draw.chance(400) else "nee",
                "mantelzorger_overbelast": "nee",
                "mantelzorg_elders": "nee",
                "dagelijkse_zorg": "nee",
                "toezicht_24_uur": "nee",
                "indicatie_wlz": "nee",
            },
            "veiligheid": {"geweld_thuis": "nee", "kind_onveilig": "nee", "veilige_slaapplek": "ja", "gevaar_zelf_of_ander": "nee"},
            "communicatie": {"taal_beperkt": "nee", "digid": "ja"},
            "eerder": {"voorzieningen": "geen", "afwijzingen": "geen", "schuldhulp": "geen"},
            "aanvraag": {"gemeld_op": write_day(told), "ontvangen_op": write_day(told), "voor": "zelf", "bewijs_al_gegeven": "nee"},
        }  # fmt: skip

    def home(self) -> dict[str, Any]:
        draw = self.draw
        room = self.student and draw.chance(600)
        rent = draw.between(380, 620) if room else draw.between(520, 750 + 60 * self.tenth)
        return {
            "soort": "huur" if self.rents else "koop",
            **({"huur": format_money(100 * rent)} if self.rents else {}),
            "woonsituatie": "kamer" if room else "zelfstandig",
            "woonplaats_hier": "ja",
            "briefadres": "nee",
            "ontruiming_op": "geen",
            "contract_eindigt_op": "geen",
            "afsluiting_op": "geen",
            "ernstig_gebrek": "ja" if draw.chance(40) else "nee",
        }

    def study(self) -> dict[str, Any]:
        if self.student:
            kind = self.draw.one(("mbo_bol", "hbo", "wo"))
            ended, qualified = "geen", "nee" if kind == "mbo_bol" else "ja"
        else:
            kind, qualified = "geen", "ja" if self.draw.chance(850) else "nee"
            years = self.draw.between(1, max(1, self.age - 17))
            ended = write_day(self.on - timedelta(days=365 * years))
        studies = "ja" if self.student else "nee"
        return {
            "volgt": studies,
            "soort": kind,
            "kan_volgen": studies,
            "recht_op_studiefinanciering": studies,
            "afgerond_op": ended,
            "gestopt_op": "geen",
            "startkwalificatie": qualified,
            "opgelegd_door_gemeente": "nee",
        }
