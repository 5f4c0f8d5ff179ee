"""The rules of bevolking.yaml as variables of OpenFisca-Core, vectorised over arrays. It knows no unknown: everything is given.

Either what comes from lists is given as totals; or every entry of a list is a member of a group, the client, who sums over her members.

Runs in an interpreter of its own, with openfisca-core and nothing of ours but the figures: `python population_openfisca.py IN.npz OUT.npz 2026-03-02`.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
from openfisca_core.entities import Entity, GroupEntity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import MONTH, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from population_figures import (
    GRANT_ALONE,
    GRANT_CHILD,
    GRANT_FAMILY,
    HOUSE_FREE,
    LIMIT_ALONE,
    LIMIT_FAMILY,
    NORM_ALONE,
    NORM_MARRIED,
    REFUSING,
    WEIGHED,
)

RESULTS = (*(f"oordeel_{name}" for name in (*REFUSING, WEIGHED)), "gronden", "te_wegen", "bedrag_vol", "uitkomst", "bedrag")
KINDS = {"b": bool, "i": int, "M": "date"}

INNER = 5  # so often in one process, of which the median counts
ENTRY = "regel__"  # of an array that has a value per entry
INCOME, OF_PARTNER, ASSET, DEBT, HOUSEMATE, CHILD = range(6)  # the lists
MONTH_LONG, FOUR_WEEKS, YEAR_LONG = range(3)  # how often an income comes

persoon = Entity("persoon", "personen", "", "")
regel = Entity("regel", "regels", "", "")
client = GroupEntity("client", "clienten", "", "", [{"key": "lid"}])


class Huishouden(Enum):
    alleenstaande = "alleenstaande"
    alleenstaande_ouder = "alleenstaande_ouder"
    gehuwd = "gehuwd"


class Soort(Enum):
    """Of income, assets and debts: what the rules ask about."""

    overig = "overig"
    kinderbijslag = "kinderbijslag"
    toeslagen = "toeslagen"
    eigen_woning = "eigen_woning"
    hypotheek = "hypotheek"
    huur = "huur"
    energie = "energie"
    zorgpremie = "zorgpremie"


class Verblijf(Enum):
    nederlander = "nederlander"
    eu = "eu"
    vreemdeling_11_2 = "vreemdeling_11_2"
    vreemdeling_11_3 = "vreemdeling_11_3"
    procedure = "procedure"
    zonder = "zonder"


class Uitkomst(Enum):
    afgewezen = "afgewezen"
    onbepaald = "onbepaald"
    toegekend = "toegekend"


ENUMS: dict[str, Any] = {"huishouden_soort": Huishouden, "verblijf_soort": Verblijf, f"{ENTRY}soort": Soort}


def gathering(on: np.datetime64) -> tuple[dict[str, tuple[Any, Any]], dict[str, tuple[Any, Any]]]:
    """What counts of every entry, and what a client has of it: per variable its type and its formula."""
    year, rest = str(on).split("-", 1)

    def before(years: int) -> np.datetime64:
        return np.datetime64(f"{int(year) - years}-{rest}")

    def of(name: str) -> str:
        return ENTRY + name

    def income(which: int, often: int) -> Any:
        def counted(r: Any, t: Any) -> Any:
            kind = r(of("soort"), t)
            counts = (kind != Soort.kinderbijslag) & (kind != Soort.toeslagen) & ~(r(of("van"), t) > on)
            return r(of("bedrag"), t) * ((r(of("lijst"), t) == which) & (r(of("per"), t) == often) & counts)

        return int, counted

    def amount(which: int, counts: Any) -> Any:
        return int, lambda r, t: r(of("bedrag"), t) * ((r(of("lijst"), t) == which) & counts(r, t, r(of("soort"), t)))

    def holds(which: int, counts: Any) -> Any:
        return bool, lambda r, t: (r(of("lijst"), t) == which) & counts(r, t, r(of("soort"), t))

    entries = {
        "eigen_maand": income(INCOME, MONTH_LONG),
        "eigen_4_weken": income(INCOME, FOUR_WEEKS),
        "eigen_jaar": income(INCOME, YEAR_LONG),
        "partner_maand": income(OF_PARTNER, MONTH_LONG),
        "partner_jaar": income(OF_PARTNER, YEAR_LONG),
        "bezit": amount(ASSET, lambda r, t, kind: (kind != Soort.eigen_woning) & ~r(of("onmisbaar"), t)),
        "woning": amount(ASSET, lambda r, t, kind: kind == Soort.eigen_woning),
        "schuld": amount(DEBT, lambda r, t, kind: (kind != Soort.hypotheek) & r(of("aflossing_verplicht"), t)),
        "hypotheek": amount(DEBT, lambda r, t, kind: kind == Soort.hypotheek),
        "kostendelers": holds(
            HOUSEMATE,
            lambda r, t, _: (r(of("geboren"), t) <= before(27)) & ~r(of("studeert"), t) & ~r(of("commerciele_huurder"), t),
        ),
        "kind_thuis": holds(CHILD, lambda r, t, _: (r(of("geboren"), t) > before(18)) & r(of("thuiswonend"), t)),
        "achterstand": holds(
            DEBT,
            lambda r, t, kind: (
                ((kind == Soort.huur) | (kind == Soort.energie) | (kind == Soort.zorgpremie))
                & (r(of("achterstand_maanden"), t) >= 2)
            ),
        ),
    }
    some = ("kind_thuis", "achterstand")
    clients = {
        name: (bool, lambda c, t, name=name: c.any(c.members(f"telt_{name}", t)))
        if name in some
        else (int, lambda c, t, name=name: c.sum(c.members(f"telt_{name}", t)))
        for name in entries
    }
    return {f"telt_{name}": one for name, one in entries.items()}, clients


def formulas(on: np.datetime64) -> dict[str, tuple[Any, Any]]:
    """Per variable its type and its formula."""
    year, rest = str(on).split("-", 1)

    def before(years: int) -> np.datetime64:
        return np.datetime64(f"{int(year) - years}-{rest}")

    def halves_up(above: Any, below: Any) -> Any:
        return (above * 2 + below) // (below * 2)

    def own(p: Any, t: Any) -> Any:
        return halves_up(p("eigen_maand", t) * 12 + p("eigen_4_weken", t) * 13 + p("eigen_jaar", t), 12)

    def partner(p: Any, t: Any) -> Any:
        married = p("huishouden_soort", t) == Huishouden.gehuwd
        return np.where(married, halves_up(p("partner_maand", t) * 12 + p("partner_jaar", t), 12), 0)

    def norm(p: Any, t: Any) -> Any:
        sharers, married = p("kostendelers", t), p("huishouden_soort", t) == Huishouden.gehuwd
        shared = halves_up(NORM_MARRIED * (70 + 30 * sharers), 100 * (sharers + 1))
        return np.where(sharers >= 1, shared, np.where(married, NORM_MARRIED, NORM_ALONE))

    def wealth(p: Any, t: Any) -> Any:
        house = np.maximum(p("woning", t) - p("hypotheek", t) - HOUSE_FREE, 0)
        return p("bezit", t) - p("schuld", t) + house

    def limit(p: Any, t: Any) -> Any:
        return np.where(p("huishouden_soort", t) == Huishouden.alleenstaande, LIMIT_ALONE, LIMIT_FAMILY)

    def lives_here_lawfully(p: Any, t: Any) -> Any:
        kind = p("verblijf_soort", t)
        return (kind == Verblijf.nederlander) | (kind == Verblijf.eu) | (kind == Verblijf.vreemdeling_11_2)

    def age(p: Any, t: Any) -> Any:
        born = p("geboren", t)
        return (born <= before(21)) & (born > before(67))

    def finished(p: Any, t: Any) -> Any:
        day = p("afgerond_op", t)
        return ~((day >= before(1)) & (day <= on))

    def grounds(p: Any, t: Any) -> Any:
        return sum(np.where(p(f"oordeel_{name}", t), 0, 1 << at) for at, name in enumerate(REFUSING))

    def full(p: Any, t: Any) -> Any:
        short = np.maximum(p("norm", t) - p("inkomen", t), 0)
        alone = p("huishouden_soort", t) == Huishouden.alleenstaande
        return np.where(
            p("kind_thuis", t), GRANT_CHILD + halves_up(short * 10, 100), np.where(alone, GRANT_ALONE, GRANT_FAMILY)
        )

    def outcome(p: Any, t: Any) -> Any:
        return np.where(
            p("gronden", t) > 0,
            Uitkomst.afgewezen.index,
            np.where(p("te_wegen", t) > 0, Uitkomst.onbepaald.index, Uitkomst.toegekend.index),
        )

    def amount(p: Any, t: Any) -> Any:
        return np.where((p("gronden", t) == 0) & (p("te_wegen", t) == 0), p("bedrag_vol", t), 0)

    return {
        "inkomen_aanvrager": (int, own),
        "inkomen_partner": (int, partner),
        "inkomen": (int, lambda p, t: p("inkomen_aanvrager", t) + p("inkomen_partner", t)),
        "norm": (int, norm),
        "eigen_vermogen": (int, wealth),
        "vermogensgrens": (int, limit),
        "oordeel_verblijf": (bool, lives_here_lawfully),
        "oordeel_leeftijd": (bool, age),
        "oordeel_inkomen_laag": (bool, lambda p, t: p("inkomen", t) <= halves_up(p("norm", t) * 120, 100)),
        "oordeel_vermogen_laag": (bool, lambda p, t: p("eigen_vermogen", t) <= p("vermogensgrens", t)),
        "oordeel_geen_studie": (bool, lambda p, t: ~p("volgt_opleiding", t) | p("mag_opleiding", t)),
        "oordeel_niet_net_klaar": (bool, finished),
        "oordeel_woont_hier": (bool, lambda p, t: p("woonplaats_hier", t) | p("dakloos", t)),
        "oordeel_vrij": (bool, lambda p, t: ~p("detentie", t) & (p("dagen_buitenland", t) <= 28)),
        "oordeel_huur": (bool, lambda p, t: p("koop", t) | (p("huurprijs", t) <= 93_293) | p("achterstand", t)),
        "oordeel_zelfstandig": (bool, lambda p, t: ~p("zelfstandige", t) | (p("inkomen", t) < p("norm", t))),
        "gronden": (int, grounds),
        "te_wegen": (int, lambda p, t: np.where(p("oordeel_zelfstandig", t), 0, 1 << len(REFUSING))),
        "bedrag_vol": (int, full),
        "uitkomst": (int, outcome),
        "bedrag": (int, amount),
    }


def variable(name: str, kind: Any, entity: Any, formula: Any = None) -> type[Variable]:
    """A variable as OpenFisca wants it: a class."""
    from datetime import date

    found: dict[str, Any] = {"entity": entity, "definition_period": MONTH, "label": name}
    if name in ENUMS:
        found |= {"value_type": Enum, "possible_values": ENUMS[name], "default_value": next(iter(ENUMS[name]))}
    else:
        found["value_type"] = date if kind == "date" else kind
    if formula is not None:
        found["formula"] = lambda people, month: formula(people, month)  # noqa: PLW0108  OpenFisca counts the arguments
    return type(name, (Variable,), found)


def simulation_of(system: TaxBenefitSystem, count: int, owners: Any) -> Any:
    """So many people; with `owners`: of each entry whose it is."""
    builder = SimulationBuilder()
    if owners is None:
        return builder.build_default_simulation(system, count=count)
    builder.create_entities(system)
    builder.declare_person_entity("regel", np.arange(len(owners)))
    builder.join_with_persons(builder.declare_entity("client", np.arange(count)), owners, ["lid"] * len(owners))
    return builder.build(system)


def main(given: str, out: str, day: str) -> None:
    arrays, on = dict(np.load(given)), np.datetime64(day)
    owners = arrays.pop(f"{ENTRY}eigenaar", None)
    count = len(arrays["geboren"])
    whole = persoon if owners is None else client
    system = TaxBenefitSystem([persoon] if owners is None else [regel, client])
    for name, array in arrays.items():
        system.add_variable(variable(name, KINDS[array.dtype.kind], regel if name.startswith(ENTRY) else whole))
    wanted = [(whole, formulas(on))]
    if owners is not None:
        entries, clients = gathering(on)
        wanted += [(regel, entries), (client, clients)]
    for entity, rules in wanted:
        for name, (kind, formula) in rules.items():
            system.add_variable(variable(name, kind, entity, formula))
    month = period(day[:7])
    took: dict[str, list[float]] = {name: [] for name in ("walls", "cpus", "build_walls", "build_cpus")}
    for _ in range(INNER):
        wall, cpu = time.perf_counter(), time.process_time()
        simulation = simulation_of(system, count, owners)
        took["build_walls"].append(time.perf_counter() - wall)
        took["build_cpus"].append(time.process_time() - cpu)
        wall, cpu = time.perf_counter(), time.process_time()
        for name, array in arrays.items():
            simulation.set_input(name, month, array)
        found = {name: simulation.calculate(name, month) for name in RESULTS}
        took["walls"].append(time.perf_counter() - wall)
        took["cpus"].append(time.process_time() - cpu)
    np.savez(out, **{name: np.asarray(array) for name, array in found.items()})
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) // 1024
    print(json.dumps({**took, "peak_mb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
