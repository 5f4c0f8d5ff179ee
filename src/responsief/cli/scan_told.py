"""What `responsief scan` tells on a terminal: how far it is, what was made, what was set aside, and when nobody could be decided."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responsief.values import format_day

if TYPE_CHECKING:
    from responsief.scan.bring_in import BroughtIn
    from responsief.scan.progress import Progress
    from responsief.scan.scanning import Done, Options


class Bar:
    """How far it is, on a terminal only."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty()
        self.began: float | None = None
        self.at_begin = 0

    def tell(self, what: str, at: int, of: int) -> None:
        """Show how far it is."""
        if not self.shown:
            return
        if what == "rijen":
            text = f"inlezen: {at:,} rijen".replace(",", ".")
        elif what == "verslag":
            text = "het verslag wordt gemaakt"
        else:
            if self.began is None:
                self.began, self.at_begin = time.monotonic(), at
            full = round(24 * at / of) if of else 0
            text = f"{'█' * full}{'░' * (24 - full)} {at} van {of} delen{self._left(at, of)}"
        click.echo(f"\r\x1b[K{text}", err=True, nl=False)

    def _left(self, at: int, of: int) -> str:
        done = at - self.at_begin
        if self.began is None or done < 1:
            return ""
        seconds = (time.monotonic() - self.began) / done * (of - at)
        return (
            f" · nog ongeveer {round(seconds / 60)} minuten" if seconds >= 90 else f" · nog ongeveer {round(seconds)} seconden"
        )

    def clear(self) -> None:
        """Leave an empty line."""
        if self.shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def tell(found: Done, progress: Progress, options: Options) -> None:
    """What was scanned and where it stands; ends with 1 when nobody could be decided."""
    out = progress.folder.as_posix()
    if not found.regelsets:
        click.echo(f"Deze scan was al klaar: {out}/verslag.md.")
        _tell_nobody(progress, options)
        return
    click.echo(
        f"{persons_told(found.personen)}, {len(found.regelsets)} {'regeling' if len(found.regelsets) == 1 else 'regelingen'}: klaar."
    )
    if found.over:
        click.echo("Niet iedereen is in kolommen te beslissen: in het verslag staat waarom. Beslis hen met «--engine polars».")
    if found.zwijgt:
        click.echo(
            "Niet van iedereen is in kolommen te zeggen wat u met «--with» vroeg: in «reden» staat waarom. Beslis hen met «--engine polars»."
        )
    if found.al_klaar:
        click.echo(f"{found.al_klaar} van de {found.delen} delen waren al klaar.")
    if found.ingelezen is not None:
        tell_aside(found.ingelezen, progress.folder / "uitgevallen.csv")
    click.echo(f"Verslag: {out}/verslag.html en verslag.md. Hier staat niemand in.")
    rows = f"{out}/{options.mode}.{options.form}" if options.mode != "recht" else f"{out}/besluiten/"
    click.echo(f"Per persoon: {rows}. Bewaar dit zoals een dossier.")
    _tell_nobody(progress, options)


def _tell_nobody(progress: Progress, options: Options) -> None:
    """That nobody could be decided, with the reason that is met most; then it ends with 1."""
    if progress.nobody is None:
        return
    why_not = progress.nobody or f"zie «reden» in {progress.folder.as_posix()}/besluiten/"
    click.echo(f"Op {format_day(options.on)} is niemand te beslissen. De reden die het vaakst voorkomt: {why_not}.", err=True)
    sys.exit(1)


def persons_told(number: int) -> str:
    """«1 persoon», «2.932 personen»."""
    return f"{number:,} {'persoon' if number == 1 else 'personen'}".replace(",", ".")


def tell_day(folder: Path, on: date) -> None:
    """That the tables were made for another day than that of the scan."""
    from responsief.tables.folder import read_contents

    try:
        made = date.fromisoformat(read_contents(folder)["peildatum"])
    except (OSError, ValueError, KeyError, TypeError):  # tables that say of no day
        return
    if made != on:
        told = f"deze tabellen zijn gemaakt voor {format_day(made)}, en er is beslist op {format_day(on)}"
        click.echo(f"Let op: {told}. Kies de dag met «--on», bijvoorbeeld «--on {made.isoformat()}».", err=True)


def tell_aside(found: BroughtIn, reasons: Path) -> None:
    """How many rows were set aside, and where the reasons stand."""
    if found.uitgevallen:
        rows = f"{found.uitgevallen:,} {'rij is' if found.uitgevallen == 1 else 'rijen zijn'}".replace(",", ".")
        click.echo(f"{rows} apart gezet: {reasons.as_posix()} zegt waarom.")
    if found.meest:
        files = " en van ".join(found.meest)
        told = "kijk in het kolommenbestand naar «decimaal», «datum» en «scheiding»"
        click.echo(f"Let op: meer dan de helft van {files} is apart gezet: {told}.", err=True)
