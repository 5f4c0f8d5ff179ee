"""Households as tables: every fact that can be told of a household without a ruleset."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from responsief.generate.chance import Chance, Numbers, Truths
from responsief.generate.columns import EPOCH, Columns, numbered
from responsief.generate.money import ARREARS, ASSETS, DEBTS, KINDS, PERS, REPORTED, WITH_HOLIDAY_PAY, Entries, Money
from responsief.generate.people import AOW_AGE, LIVINGS, RELATIONS, Members, People, birthdays
from responsief.population import marginals as known
from responsief.tables.layout import KEY, PERSONS, layout

LOON, WINST = LIVINGS.index("loon"), LIVINGS.index("winst")
STUDIES: Final = ("geen", "mbo_bol", "hbo", "wo")
LIMITS: Final = ("lopen", "bewegen", "psychisch", "zien")
ABROAD: Final = ((0, 500), (7, 200), (14, 150), (21, 100), (35, 50))
LIMITED: Final = {"tot 67 jaar": 40, "vanaf 67 jaar": 160}  # per thousand: together near BEPERKING


class Lives:
    """The tables of some households while they are made. `first`: the key of the first one; `unknown`: of every hundred facts, how
    many are unknown; `places`: where each lives, a position in `codes`."""

    def __init__(self, of: People, money: Money, places: Numbers, codes: tuple[str, ...], first: int, unknown: int) -> None:
        self.of, self.money, self.chance, self.on = of, money, of.chance, of.on
        self.places, self.codes = places, codes
        self.first, self.unknown = first, unknown
        self.persons = Columns(of.chance, PERSONS, unknown)
        self.persons.key(KEY, np.arange(first, first + len(of), dtype=np.int64))
        self.frames: dict[str, pl.DataFrame] = {}
        share = np.where(of.age >= AOW_AGE, LIMITED["vanaf 67 jaar"], LIMITED["tot 67 jaar"])
        self.limited = of.chance.chance("beperking", share)
        self.limit = of.chance.below("soort beperking", len(LIMITS))
        self.walks = 50 * of.chance.between("loopafstand", 1, 12)
        self.told = (self.on - EPOCH).days - of.chance.between("gemeld", 3, 50)

    def make(self) -> None:
        """Every table and fact."""
        self.person("persoon", self.of.age, None)
        self.persons.sure("persoon.gemeente", self.codes, self.places)
        self.household()
        self.incomes("inkomsten", self.money.mine, None)
        self.wealth()
        self.debts()
        self.home()
        self.work()
        self.study()
        self.health()
        self.rest()

    def list(self, name: str, who: Numbers, known: Truths | None = None) -> tuple[Columns, Chance, Numbers]:
        """A list of which the entries of these households (positions) come in order: its table, the draws of the entries that are
        told, and which these are."""
        told = self.persons.kept(name, known)
        kept = np.arange(len(who)) if told is None else np.flatnonzero(told[who])
        self.persons.truth(name, True, told, sure=True)
        own = self.chance.entries(who, numbered(who)).take(kept)
        columns = Columns(own, name, self.unknown)
        columns.key(KEY, self.first + who[kept])
        columns.key("nr", numbered(who[kept]))
        return columns, own, kept

    def done(self, name: str, columns: Columns) -> None:
        """The table of a list is complete."""
        self.frames[name] = columns.frame()

    # who they are

    def person(self, path: str, age: Numbers, there: Truths | None) -> None:
        """Somebody: the applicant, or the partner where there is one."""
        columns, chance = self.persons, self.chance
        columns.day(f"{path}.geboortedatum", birthdays(chance, f"{path} dag", age, self.on), there)
        kinds = tuple(name for name, _ in known.VERBLIJF.kansen)
        stay = chance.weighted(f"{path} verblijf", [weight for _, weight in known.VERBLIJF.kansen])
        columns.word(f"{path}.verblijf.soort", kinds, stay, there)
        columns.truth(f"{path}.verblijf.hangt_af_van_partner", False, there)
        columns.truth(f"{path}.detentie", False, there)
        columns.day_or_none(f"{path}.detentie_eindigt_op", None, False, there)
        columns.truth(f"{path}.in_inrichting", False, there)
        days = np.asarray([days for days, _ in ABROAD])[chance.weighted(f"{path} buitenland", [w for _, w in ABROAD])]
        columns.number(f"{path}.buitenland.dagen_dit_jaar", days, there)
        columns.number(f"{path}.buitenland.langste_periode_dagen", days, there)
        columns.truth(f"{path}.medisch_urenbeperkt", False, there)
        columns.truth(f"{path}.doelgroep_loonkostensubsidie", False, there)
        columns.day_or_none(f"{path}.praktijkonderwijs_of_vso_tot", None, False, there)

    def household(self) -> None:
        columns, of = self.persons, self.of
        forms = np.asarray([0, 1, 2, 2])[of.form]
        columns.word("huishouden.soort", ("alleenstaande", "alleenstaande_ouder", "gehuwd"), forms)
        told = columns.kept("huishouden.partner")
        columns.truth("huishouden.partner", of.paired, told, sure=True)
        there = of.paired if told is None else of.paired & told
        self.person("huishouden.partner", of.partner_age, there)
        columns.sure("huishouden.partner.gemeente", self.codes, self.places, there)
        self.incomes("huishouden.partner.inkomsten", self.money.theirs, there)
        self.children(of.children)
        self.housemates(of.housemates)
        columns.day_or_none("huishouden.partner_overleden_op", None, False)
        columns.truth("huishouden.inkomen_gedaald", self.chance.chance("inkomen gedaald", 60))

    def children(self, members: Members) -> None:
        rows, own, kept = self.list("huishouden.kinderen", members.who)
        rows.day("geboortedatum", birthdays(own, "dag kind", members.age[kept], self.on))
        rows.truth("thuiswonend", True)
        rows.truth("ten_laste", True)
        rows.truth("mist_activiteiten", (self.of.tenth[members.who[kept]] < 2) & own.chance("mist activiteiten", 250))
        self.done("huishouden.kinderen", rows)

    def housemates(self, members: Members) -> None:
        rows, own, kept = self.list("huishouden.medebewoners", members.who)
        age, relation = members.age[kept], members.relation[kept]
        rows.day("geboortedatum", birthdays(own, "dag medebewoner", age, self.on))
        rows.word("relatie", RELATIONS, relation)
        rows.truth("commerciele_huurder", (relation == RELATIONS.index("geen_familie")) & own.chance("huurder", 500))
        rows.truth("studeert", (age < 27) & own.chance("studeert", 500))
        self.done("huishouden.medebewoners", rows)

    # money

    def incomes(self, name: str, entries: Entries, there: Truths | None) -> None:
        rows, _, kept = self.list(name, entries.who, there)
        kind, amount, own = entries.kind[kept], entries.amount[kept], entries.chance.take(kept)
        per = np.where(kind == LOON, own.weighted("per", (85, 12, 3)), 0)
        amount = np.select([per == 0, per == 1], [amount, amount * 12 // 13], amount * 12 // 52)
        beside = np.isin(kind, WITH_HOLIDAY_PAY) & own.chance("vakantietoeslag", 400)
        rows.word("soort", KINDS, kind)
        rows.number("bedrag", amount)
        rows.word("per", PERS, per)
        rows.word("vakantietoeslag", ("inbegrepen", "exclusief"), beside.astype(np.int64))
        rows.day("van", (self.on - EPOCH).days - own.between("sinds", 40, 2_500))
        rows.day_or_none("tot", None, False)
        self.done(name, rows)

    def wealth(self) -> None:
        entries = self.money.assets
        rows, _, kept = self.list("vermogen.bezittingen", entries.who)
        kind = entries.kind[kept]
        rows.word("soort", ASSETS, kind)
        rows.number("waarde", entries.amount[kept])
        rows.truth("onmisbaar", False)
        rows.truth("algemeen_gebruikelijk", (kind == 1) | ((kind == 2) & (self.of.tenth[entries.who[kept]] < 3)))
        rows.word("bestemd_voor", ("vrij",), 0)
        self.done("vermogen.bezittingen", rows)

    def debts(self) -> None:
        entries = self.money.debts
        rows, _, kept = self.list("schulden", entries.who)
        kind, months = entries.kind[kept], self.money.months[kept]
        rows.word("soort", DEBTS, kind)
        rows.number("bedrag", entries.amount[kept])
        rows.number("achterstand_maanden", months)
        rows.truth("aflossing_verplicht", True)
        rows.truth("incasso", months > 5)
        rows.truth("gemeld_als_signaal", (months > 3) & np.isin(kind, REPORTED) & (kind >= ARREARS))
        self.done("schulden", rows)
        self.persons.truth("beslag.loopt", False)
        self.persons.truth("beslag.onder_beslagvrije_voet", False)

    # the rest of a life

    def home(self) -> None:
        columns, chance, of = self.persons, self.chance, self.of
        room = of.student & chance.chance("kamer", 600)
        rent = np.where(room, chance.between("huur kamer", 380, 620), chance.between("huur woning", 520, 750 + 60 * of.tenth))
        columns.word("wonen.soort", ("huur", "koop"), (~of.rents).astype(np.int64))
        columns.number("wonen.huur", 100 * rent, of.rents)
        columns.word("wonen.woonsituatie", ("zelfstandig", "kamer"), room.astype(np.int64))
        columns.truth("wonen.woonplaats_hier", True)
        columns.truth("wonen.briefadres", False)
        for day in ("ontruiming_op", "contract_eindigt_op", "afsluiting_op"):
            columns.day_or_none(f"wonen.{day}", None, False)
        columns.truth("wonen.ernstig_gebrek", chance.chance("ernstig gebrek", 40))

    def work(self) -> None:
        living = self.of.living
        at = np.select([living == LOON, living == WINST], [0, 1], 2)
        self.persons.word("werk.soort", ("loondienst", "zelfstandige", "geen"), at)
        self.persons.truth("werk.zelfstandige", living == WINST)
        self.persons.truth("werk.omzet_weggevallen", False)

    def study(self) -> None:
        columns, chance, of = self.persons, self.chance, self.of
        kind = np.where(of.student, 1 + chance.below("opleiding", 3), 0)
        ended = (self.on - EPOCH).days - 365 * chance.between("jaren sinds opleiding", 1, np.maximum(1, of.age - 17))
        qualified = np.where(of.student, kind > 1, chance.chance("startkwalificatie", 850))
        for name in ("volgt", "kan_volgen", "recht_op_studiefinanciering"):
            columns.truth(f"opleiding.{name}", of.student)
        columns.word("opleiding.soort", STUDIES, kind)
        columns.day_or_none("opleiding.afgerond_op", ended, ~of.student)
        columns.day_or_none("opleiding.gestopt_op", None, False)
        columns.truth("opleiding.startkwalificatie", qualified)
        columns.truth("opleiding.opgelegd_door_gemeente", False)

    def health(self) -> None:
        columns, chance, of = self.persons, self.chance, self.of
        who = np.flatnonzero(self.limited)
        rows, _, kept = self.list("gezondheid.beperkingen", who)
        rows.word("soort", LIMITS, self.limit[who[kept]])
        rows.truth("langdurig", True)
        rows.number("loopafstand_m", self.walks[who[kept]])
        self.done("gezondheid.beperkingen", rows)
        columns.truth("gezondheid.chronisch_ziek", self.limited | chance.chance("chronisch ziek", 200))
        for name in ("zwanger", "mijdt_zorg_om_geld", "zorgverzekering_opgezegd"):
            columns.truth(f"gezondheid.{name}", False)
        ages = [int(low) for low, _ in known.MANTELZORG.kansen]
        shares = np.asarray([share for _, share in known.MANTELZORG.kansen])
        share = shares[np.searchsorted(ages, of.age, side="right") - 1]
        columns.truth("zorg.geeft_mantelzorg", chance.chance("mantelzorg", share, 100))
        columns.truth("zorg.ontvangt_mantelzorg", self.limited & chance.chance("krijgt mantelzorg", 400))
        for name in ("mantelzorger_overbelast", "mantelzorg_elders", "dagelijkse_zorg", "toezicht_24_uur", "indicatie_wlz"):
            columns.truth(f"zorg.{name}", False)

    def rest(self) -> None:
        columns = self.persons
        for name, told in (
            ("geweld_thuis", False),
            ("kind_onveilig", False),
            ("veilige_slaapplek", True),
            ("gevaar_zelf_of_ander", False),
        ):
            columns.truth(f"veiligheid.{name}", told)
        columns.truth("communicatie.taal_beperkt", False)
        columns.truth("communicatie.digid", True)
        nobody = np.zeros(0, dtype=np.int64)
        for name in ("eerder.voorzieningen", "eerder.afwijzingen"):
            self.list(name, nobody)  # known, and empty
            self.frames[name] = pl.DataFrame(schema={c.name: getattr(pl, c.storage) for c in layout().tables[name].columns})
        columns.word("eerder.schuldhulp", ("geen",), 0)
        columns.day("aanvraag.gemeld_op", self.told)
        columns.day("aanvraag.ontvangen_op", self.told)
        columns.word("aanvraag.voor", ("zelf",), 0)
        columns.truth("aanvraag.bewijs_al_gegeven", False)
