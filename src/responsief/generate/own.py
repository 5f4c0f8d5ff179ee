"""What the shipped rulesets ask besides: an assumption of ours where one can be made of a household, otherwise unknown.

Nothing of this is a figure. It makes it possible that a ruleset decides at all; whoever wants to know how often something is so in
a municipality brings facts of that municipality.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from responsief.facts import Soort, SoortNaam
from responsief.frozen import dataclass
from responsief.generate.chance import Numbers, Truths
from responsief.generate.lives import LIMITS, WINST, Lives
from responsief.generate.money import KINDS
from responsief.generate.people import ADULT, BIJSTAND
from responsief.ir.ruleset import Ruleset
from responsief.tables.layout import Rules, layout

#: facts of which we assume that they are so (True) or not so of everybody
OF_EVERYBODY: Final[dict[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "kwijtschelding-hhnk": (
        ("gegevens_compleet",),
        ("uitgaven_zonder_uitleg", "bezwaar_tegen_aanslag_loopt", "zekerheid_gesteld", "ander_kan_worden_aangesproken",
         "akkoord_of_nieuwe_schuld", "toe_te_rekenen", "beter_binnen_een_jaar", "sociale_dienst_vergoedt"),
    ),
    "participatiewet": (
        (),
        ("vrijheid_buiten_inrichting", "vraagt_bijstand_voor_schulden", "onbetaald_verlof", "wil_verplichtingen_niet_nakomen",
         "andere_regeling_toereikend", "gift_of_schadevergoeding"),
    ),
    "schuldhulp": (
        ("ingeschreven_hier", "verblijf_a_tot_e_of_l"),
        ("eerdere_schuldhulp", "fraude_met_schade", "straf_of_boete_onherroepelijk"),
    ),
    "stadspas-voorbeeld": (("verblijf_geeft_recht_op_pas",), ()),
    "studietoeslag": ((), ("zonder_advies_duidelijk",)),
    "wmo-maatwerkvoorziening": (("gelijkgesteld_voor_wmo", "werkt_mee_aan_wlz"), ("kan_niet_wachten", "wlz_ligt_voor_de_hand", "wlz_overgangsrecht")),
}  # fmt: skip
#: per thousand of those of whom it is asked
OF_SOME: Final[dict[str, dict[str, int]]] = {
    "iit": {"uitzicht_op_inkomensverbetering": 150},
    "parkeerkaart": {"advies_afhankelijk": 200, "advies_rolstoel": 50, "advies_andere_beperking": 50, "voldoet_nog_steeds": 100, "werkt_mee_aan_onderzoek": 980},
    "leerling": {"dichtstbijzijnde_school": 850, "dichtstbij_van_eigen_richting": 300, "verder_maar_goedkoper": 20, "in_samenwerkingsverband": 100,
                 "kortste_weg_is_veilig": 900, "handicap_en_openbaar_vervoer": 40, "ouders_kunnen_dit_zelf": 700},
    "wmo": {"zelf_genoeg": 200, "huisgenoten_genoeg": 150, "mantelzorg_genoeg": 150, "algemene_voorziening_genoeg": 150, "gewoon_product_genoeg": 100,
            "goedkoper_past_ook": 150, "wil_pgb": 150, "pgb_kan_regelen": 800, "pgb_uitgelegd": 800, "pgb_goede_hulp": 900},
}  # fmt: skip
SCHOOLS: Final = (("basisschool", 540), ("speciale_basisschool", 20), ("speciaal_onderwijs", 20), ("voortgezet_speciaal_onderwijs", 15), ("voortgezet_onderwijs", 405))  # fmt: skip
HELP: Final = ("hulp_in_huis", "begeleiding", "dagbesteding", "vervoer")
SICK: Final = ("ww", "ziektewet", "wia", "wajong")


@dataclass(frozen=True, slots=True)
class Asked:
    """What rulesets ask besides, by ruleset and name, and of a local ruleset the versions that say where it holds: who lives
    elsewhere tells it nothing."""

    own: Mapping[tuple[str, str], Soort]
    local: Mapping[str, tuple[Ruleset, ...]]


def asked_of(rules: Rules | Asked | None) -> Asked:
    """What the rulesets of a register ask; without one nothing is."""
    if rules is None or isinstance(rules, Asked):
        return rules or Asked({}, {})
    local = {home: tuple(versions) for home, versions in rules.versions.items() if any(r.local for r in versions)}
    return Asked(layout(rules).own, local)


def own_facts(lives: Lives, asked: Asked) -> None:
    """Tell the own facts of these rulesets; a ruleset of another name, or a fact that became of another kind, is left unknown."""
    _Own(lives, asked).make()


class _Own:
    def __init__(self, lives: Lives, asked: Asked) -> None:
        self.lives, self.known = lives, asked.own
        self.here = {
            home: np.asarray([any(r.holds_in(code) for r in versions) for code in lives.codes])[lives.places]
            for home, versions in asked.local.items()
        }
        self.of, self.money, self.chance, self.columns = lives.of, lives.money, lives.chance, lives.persons

    def told(self, home: str, told: Truths | None) -> Truths | None:
        """Of those of whom it is told: who lives where this ruleset holds."""
        here = self.here.get(home)
        if here is None or told is None:
            return told if here is None else here
        return here & told

    def asked(self, home: str, name: str, kind: SoortNaam, words: Sequence[str] = ()) -> bool:
        soort = self.known.get((home, name))
        return soort is not None and soort.naam == kind and set(words) <= set(soort.opties)

    def truth(self, home: str, name: str, values: Truths | bool, told: Truths | None = None) -> None:
        if self.asked(home, name, "ja_nee"):
            self.columns.truth(f"eigen.{home}.{name}", values, self.told(home, told))

    def some(self, home: str, shares: str, told: Truths | None = None) -> None:
        for name, share in OF_SOME[shares].items():
            self.truth(home, name, self.chance.chance(f"{home} {name}", share), told)

    def amount(self, home: str, name: str, values: Numbers | int, told: Truths | None = None) -> None:
        if self.asked(home, name, "geld"):
            self.columns.number(f"eigen.{home}.{name}", values, self.told(home, told))

    def word(self, home: str, name: str, words: Sequence[str], at: Numbers | int, told: Truths | None = None) -> None:
        if self.asked(home, name, "keuze", words):
            self.columns.word(f"eigen.{home}.{name}", words, at, self.told(home, told))

    def no_day(self, home: str, name: str) -> None:
        soort = self.known.get((home, name))
        if soort is not None and soort.naam == "datum" and soort.geen:
            self.columns.day_or_none(f"eigen.{home}.{name}", None, False, self.told(home, None))

    def make(self) -> None:
        for home, (so, not_so) in OF_EVERYBODY.items():
            for name in (*so, *not_so):
                self.truth(home, name, name in so)
        self.bijstand()
        self.supplement()
        self.debt()
        self.study()
        self.parking()
        self.pupil()
        self.support()
        self.taxes()

    def bijstand(self) -> None:
        of = self.of
        first = np.zeros(len(of), dtype=np.int64)
        mine = self.money.mine
        first[mine.who[::-1]] = mine.amount[::-1]  # of who has more, the first
        sick = np.isin(of.living, [KINDS.index(kind) for kind in SICK])
        self.amount("begrippen", "vakantiegeld_uitkering", first * 8 // 108, sick)
        self.amount("begrippen", "vakantiegeld_bijstand", first * 5 // 105, of.living == BIJSTAND)
        home = "participatiewet"
        self.word(home, "uitsluitingsgrond", ("geen",), 0)
        self.no_day(home, "gewenste_ingangsdatum")
        self.truth(home, "toeslagpartner", True, of.paired)
        self.truth(home, "woning_hoeft_niet_te_gelde", self.chance.chance("woning te gelde", 600), ~of.rents)
        self.truth(home, "ouders_kunnen_niet_bijdragen", self.chance.chance("ouders", 300), of.age < 21)
        partner = of.paired & (of.partner_age < 21)
        self.truth(home, "ouders_van_partner_kunnen_niet_bijdragen", self.chance.chance("ouders partner", 300), partner)

    def supplement(self) -> None:
        before = self.money.total * self.chance.between("eerder inkomen", 90, 102) // 100
        for home in ("iit-amsterdam", "iit-rotterdam"):
            self.amount(home, "inkomen_referteperiode", before)
            self.some(home, "iit")
            self.no_day(home, "toeslag_elders_op")
            self.no_day(home, "maatregel_100_procent_op")

    def debt(self) -> None:
        self.truth("schuldhulp", "kan_schulden_niet_betalen", self.money.in_debt)

    def study(self) -> None:
        home, of = "studietoeslag", self.of
        self.word(home, "soort_studiefinanciering", ("geen", "studiefinanciering"), of.student.astype(np.int64))
        self.truth(home, "recht_op_wajong", of.living == KINDS.index("wajong"))
        self.truth(home, "advies_kan_niet_bijverdienen", self.chance.chance("advies bijverdienen", 500), self.lives.limited)
        self.amount(home, "inkomsten_stage", 0)

    def parking(self) -> None:
        home, lives = "gehandicaptenparkeerkaart", self.lives
        told = lives.limited & np.isin(lives.limit, [LIMITS.index("lopen"), LIMITS.index("bewegen")])
        self.word(home, "kaart_voor", ("bestuurder", "passagier"), self.chance.below("kaart", 2), told)
        if self.asked(home, "advies_loopafstand", "getal"):
            self.columns.number(f"eigen.{home}.advies_loopafstand", lives.walks, self.told(home, told))
        self.truth(home, "advies_kan_verder", lives.walks > 100, told)
        self.truth(home, "advies_langdurig", True, told)
        self.some(home, "parkeerkaart", told)

    def pupil(self) -> None:
        home, chance, of = "leerlingenvervoer", self.chance, self.of
        oldest = np.zeros(len(of), dtype=np.int64)
        np.maximum.at(oldest, of.children.who, of.children.age)
        told = (oldest >= 4) & (oldest < ADULT)
        at = chance.weighted("school", [weight for _, weight in SCHOOLS])
        self.word(home, "schoolsoort", tuple(name for name, _ in SCHOOLS), at, told)
        self.truth(home, "leerling_verblijft_hier", True, told)
        self.some(home, "leerling", told)
        self.truth("leerlingenvervoer-voorbeeldgemeente", "brengt_zelf_met_auto", chance.chance("brengt zelf", 500), told)
        tenths = chance.between("afstand", 3, 150)  # of a kilometre
        for name, distance in (
            ("afstand_kortste_weg", tenths),
            ("afstand_veilige_weg", tenths + chance.between("omweg", 0, 30)),
        ):
            soort = self.known.get((home, name))
            if soort is not None and soort.naam == "decimaal" and soort.cijfers >= 1:
                self.columns.number(f"eigen.{home}.{name}", distance * 10 ** (soort.cijfers - 1), self.told(home, told))
        self.amount(home, "inkomen_ouders", self.money.total * 12, told)
        self.amount(home, "noodzakelijke_kosten", 100 * chance.between("kosten vervoer", 400, 6_000), told)

    def support(self) -> None:
        home, told = "wmo-maatwerkvoorziening", self.lives.limited
        self.word(home, "soort_hulp", HELP, self.chance.below("soort hulp", len(HELP)), told)
        self.truth(home, "heeft_beperkingen", told)
        if self.asked(home, "verslag_onderzoek_op", "datum"):
            self.columns.day(
                f"eigen.{home}.verslag_onderzoek_op", self.lives.told - self.chance.between("verslag", 1, 42), told
            )
        self.some(home, "wmo", told)

    def taxes(self) -> None:
        home, chance, of = "kwijtschelding-hhnk", self.chance, self.of
        kinds = ("zuivering_woonruimte", "watersysteem_ingezetenen", "wegen_ingezetenen")
        self.word(home, "aanslag_van", ("hhnk",), 0)
        self.word(home, "soort_aanslag", kinds, chance.below("soort aanslag", len(kinds)))
        self.word(home, "insolventie", ("geen",), 0)
        self.no_day(home, "aanslag_betaald_op")
        self.amount(home, "bedrag_aanslag", 100 * chance.between("aanslag", 60, 420))
        self.truth(home, "aanslag_voor_bedrijf", (of.living == WINST) & chance.chance("aanslag bedrijf", 200))
        self.amount(home, "verwacht_inkomen", self.money.total)
        self.amount(home, "bijzondere_kosten_van_bestaan", 0, of.age < 67)
        self.amount(home, "woonlasten_die_meetellen", 100 * chance.between("woonlasten", 0, 250))
        self.amount(home, "zorgpremie_die_meetelt", 100 * chance.between("zorgpremie", 0, 60))
        self.amount(home, "overige_uitgaven", 100 * chance.between("overige uitgaven", 0, 80))
        for name in ("nodige_uitgaven", "studielening_op_rekening", "bezit_dat_niet_meetelt"):
            self.amount(home, name, 0)
        self.amount(home, "lasten_voor_de_buffer", 100 * chance.between("lasten buffer", 500, 1_300))
        self.truth(home, "auto_absoluut_onmisbaar", chance.chance("auto onmisbaar", 150))
