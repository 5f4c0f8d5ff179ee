"""`responsief generate`: a synthetic population as tables."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import click

from responsief.cli.common import Day, must_have, progress, today
from responsief.cli.saving import not_written, why
from responsief.cli.usage import MisuseError
from responsief.facts import GEMEENTECODE, gemeente_hint
from responsief.values import format_day

EVERY = 0.2  # seconds between two lines of progress


def _place(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not GEMEENTECODE.fullmatch(value):
        raise MisuseError(f"«{value}» is geen gemeentecode", gemeente_hint(value).replace(", met aanhalingstekens", ""))
    return value


@click.command(name="generate")
@click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")
@click.option(
    "--count", type=click.IntRange(min=1), required=True, metavar="N", help="How many clients, with a household each."
)
@click.option("--seed", type=int, default=7, show_default=True, help="Another seed gives other people.")
@click.option("--on", type=Day(), metavar="DAY", help="The day on which ages and applications are as drawn. Default: today.")
@click.option(
    "--municipality",
    "gemeente",
    callback=_place,
    metavar="CODE",
    help="Where all live (CBS code). Default: over the whole country.",
)
@click.option("--unknown", type=int, default=0, show_default=True, metavar="P", help="Make P percent of the facts unknown.")
def command(folder: Path, count: int, seed: int, on: date | None, gemeente: str | None, unknown: int) -> None:
    """Write a synthetic population of N clients to the folder FOLDER, as Parquet tables that other commands read.

    The same seed gives the same people, on every machine, and a larger population begins with the smaller. Nobody in it exists: the
    shares come from open figures (`tabellen.json` names each with its year) or are an assumption that says so.
    """
    must_have("om een bevolking te maken", "population", "polars", "numpy")
    from importlib.metadata import version

    from responsief.generate.population import Order, generate
    from responsief.register import Register

    try:
        order = Order(count, seed, today() if on is None else on, gemeente, unknown)
    except ValueError as wrong:
        raise MisuseError(str(wrong), "kies een andere dag" if "peildatum" in str(wrong) else "kies een ander getal") from None
    if not -(2**63) <= seed < 2**63:
        raise MisuseError(f"«{seed}» is te groot voor een zaad", "kies een kleiner getal")
    try:
        generate(order, Register.open(), folder, made_by=f"responsief {version('responsief')} generate", told=_Progress(count))
    except FileExistsError:
        what = "deze map bestaat al en is niet leeg" if folder.is_dir() else "dit bestaat al en is geen map"
        not_written(folder, what, "noem een nieuwe map, of haal deze eerst weg; er is niets veranderd")
    except OSError as failed:
        not_written(
            folder,
            f"deze map is niet te schrijven: {why(failed)}",
            "kijk naar de rechten en de ruimte op de schijf",
        )
    finally:
        progress()
    where = f"{folder.as_posix()}/: {_number(count)} {'persoon' if count == 1 else 'personen'} op {format_day(order.on)}, zaad {seed}"
    click.echo(f"{where}{f', {unknown} % onbekend' if unknown else ''}.")
    click.echo("Deze mensen bestaan niet. In tabellen.json staat waar de cijfers vandaan komen, en wat een aanname is.")


class _Progress:
    """Tells on a terminal how far it is, now and then."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.begun = self.told = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or now - self.told < EVERY:
            return
        self.told = now
        left = round((now - self.begun) * (self.count - done) / max(1, done))
        wait = f"nog {left} seconden" if left < 90 else f"nog {round(left / 60)} minuten"
        told = f"{_number(done)} van {_number(self.count)} personen ({100 * done // max(1, self.count)} %), {wait}"
        progress(told)


def _number(number: int) -> str:
    return f"{number:,}".replace(",", ".")
