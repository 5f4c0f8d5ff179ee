"""A synthetic population, part by part: in tables, or straight into a folder of Parquet files.

Every client is a household with one applicant, drawn from `population.marginals`. It resembles the country as far as those figures go,
and stands for nobody in it: it shows what rules do, and counts no real municipality.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from responsief.frozen import dataclass
from responsief.generate.chance import Chance
from responsief.generate.lives import Lives
from responsief.generate.money import money
from responsief.generate.own import Asked, asked_of, own_facts
from responsief.generate.people import people
from responsief.generate.places import places
from responsief.population import marginals as known
from responsief.population.municipalities import GEMEENTEN, WIJKEN
from responsief.tables.folder import About, TableWriter
from responsief.tables.layout import DISTRICT, Rules

FIRST: Final = 1  # the key of the first client
PART: Final = 100_000  # clients that are drawn at once: it changes only how much memory that takes
MOST: Final = 1_000_000_000
EARLIEST, LATEST = date(1950, 1, 1), date(2200, 1, 1)


@dataclass(frozen=True, slots=True)
class Order:
    """Which population: how many clients, the seed, the day on which ages and applications are as drawn, the CBS code of where all
    live (None: over the whole country), and how many of every hundred facts are unknown. Raises ValueError when it can't be."""

    count: int
    seed: int
    on: date
    gemeente: str | None = None
    unknown: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.count <= MOST:
            raise ValueError(f"een bevolking heeft 0 tot {MOST:,} personen".replace(",", "."))
        if not 0 <= self.unknown <= 100:
            raise ValueError("onbekend is een percentage van 0 tot en met 100")
        if not EARLIEST <= self.on < LATEST:
            raise ValueError(f"de peildatum ligt van {EARLIEST.year} tot {LATEST.year}")


def part_of(order: Order, rules: Rules | Asked | None, first: int, count: int) -> dict[str, pl.DataFrame]:
    """The tables of `count` clients of this population from the one with number `first` (from 0) on."""
    chance = Chance.of(order.seed, first, count)
    of = people(chance, order.on)
    drawn = money(of)
    where = places(chance, order.gemeente, of.rank)
    lives = Lives(of, drawn, where.at, where.codes, FIRST + first, order.unknown)
    lives.make()
    own_facts(lives, asked_of(rules))
    lives.persons.sure(DISTRICT, where.districts, where.district)
    return {"personen": lives.persons.frame(), **lives.frames}


def parts_of(order: Order, rules: Rules | Asked | None, part: int = PART) -> Generator[dict[str, pl.DataFrame], None, None]:
    """All of it, `part` clients at a time (the last fewer): the next is drawn while the caller is busy with one."""
    asked = asked_of(rules)
    begins = range(0, order.count, part) or range(1)
    pool = ThreadPoolExecutor(1, "generate")
    try:
        waiting = None
        for first in begins:
            drawn = pool.submit(part_of, order, asked, first, min(part, order.count - first))
            if waiting is not None:
                yield waiting.result()
            waiting = drawn
        assert waiting is not None
        yield waiting.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def generate(
    order: Order,
    rules: Rules | Asked | None,
    folder: Path,
    *,
    made_by: str = "responsief generate",
    part: int = PART,
    told: Callable[[int], None] = lambda _: None,
) -> None:
    """Write this population to a new folder; `told` hears how many clients are done. The folder is there as a whole or not at all.

    Raises FileExistsError when it is there and not empty, OSError when it can't be written.
    """
    done = 0
    parts = closing(parts_of(order, rules, part))
    with TableWriter(folder, About(made_by, order.on, _more(order))) as writer, parts as each:
        for frames in each:
            writer.write(frames)
            done += frames["personen"].height
            told(done)


def sources() -> list[dict[str, Any]]:
    """Each distribution that is drawn from: of what, its source and year, and whether it is an assumption (or partly one)."""
    return [
        {"naam": one.naam, "bron": one.bron, "jaar": one.jaar, "aanname": "aanname" in one.bron}
        for one in (*known.ALLE, GEMEENTEN, WIJKEN, OWN)
    ]


OWN: Final = known.Marginal("wat regelsets zelf vragen («eigen»)", "aanname", None, ())


def _more(order: Order) -> dict[str, Any]:
    return {
        "kunstmatig": "Deze mensen bestaan niet. Noem uitkomsten geen schatting voor een echte gemeente.",
        "zaad": order.seed,
        "gemeente": order.gemeente,
        "onbekend_procent": order.unknown,
        "bronnen": sources(),
    }
