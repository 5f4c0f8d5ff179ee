"""The rules of bevolking.yaml as variables of OpenFisca-Core, vectorised over arrays. What comes from lists is given as totals: OpenFisca has no lists
but through an entity per list, and it gets them for nothing. It knows no unknown: everything is given.

Runs in an interpreter of its own, with openfisca-core and nothing of ours: `python population_openfisca.py IN.npz OUT.npz 2026-03-02`.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import MONTH, period
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

NORM_ALONE, NORM_MARRIED = 140_150, 200_213
LIMIT_ALONE, LIMIT_FAMILY, HOUSE_FREE = 800_000, 1_600_000, 6_750_000
GRANT_ALONE, GRANT_FAMILY, GRANT_CHILD = 20_000, 30_000, 40_000
REFUSING = ("verblijf", "leeftijd", "inkomen_laag", "vermogen_laag", "geen_studie", "niet_net_klaar", "woont_hier", "vrij", "huur")
WEIGHED = "zelfstandig"
RESULTS = (*(f"oordeel_{name}" for name in (*REFUSING, WEIGHED)), "gronden", "te_wegen", "bedrag_vol", "uitkomst", "bedrag")
KINDS = {"b": bool, "i": int, "M": "date"}

persoon = Entity("persoon", "personen", "", "")


class Huishouden(Enum):
    alleenstaande = "alleenstaande"
    alleenstaande_ouder = "alleenstaande_ouder"
    gehuwd = "gehuwd"


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


ENUMS: dict[str, Any] = {"huishouden_soort": Huishouden, "verblijf_soort": Verblijf}


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


def variable(name: str, kind: Any, formula: Any = None) -> type[Variable]:
    """A variable as OpenFisca wants it: a class."""
    from datetime import date

    found: dict[str, Any] = {"entity": persoon, "definition_period": MONTH, "label": name}
    if name in ENUMS:
        found |= {"value_type": Enum, "possible_values": ENUMS[name], "default_value": next(iter(ENUMS[name]))}
    else:
        found["value_type"] = date if kind == "date" else kind
    if formula is not None:
        found["formula"] = lambda people, month: formula(people, month)
    return type(name, (Variable,), found)


def main(given: str, out: str, day: str) -> None:
    arrays = dict(np.load(given))
    system = TaxBenefitSystem([persoon])
    for name, array in arrays.items():
        system.add_variable(variable(name, KINDS[array.dtype.kind]))
    for name, (kind, formula) in formulas(np.datetime64(day)).items():
        system.add_variable(variable(name, kind, formula))
    count = len(next(iter(arrays.values())))
    month = period(day[:7])
    walls, cpus = [], []
    for _ in range(3):
        simulation = SimulationBuilder().build_default_simulation(system, count=count)
        wall, cpu = time.perf_counter(), time.process_time()
        for name, array in arrays.items():
            simulation.set_input(name, month, array)
        found = {name: simulation.calculate(name, month) for name in RESULTS}
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    np.savez(out, **{name: np.asarray(array) for name, array in found.items()})
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) // 1024
    print(json.dumps({"walls": walls, "cpus": cpus, "peak_mb": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
