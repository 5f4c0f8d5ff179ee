"""`responsief patterns`: what many decisions together say of the system."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from responsief.cli.common import REGISTER, Day, must_exist, named, stop, tally, today
from responsief.cli.output import findings_width, show_findings
from responsief.cli.saving import save_or_stop
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.register import Register, shipped

if TYPE_CHECKING:
    from responsief.patterns.cases import Places, Tally
    from responsief.patterns.report import Report

ABSENT = "om een tabel in Parquet te lezen is het pakket «pyarrow» nodig, en dat staat hier niet"
MOST = 50  # findings that are told one by one


@click.command(name="patterns", short_help="What many decisions together say of the system.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BESLUITEN...")
@click.option("--places", "places_file", type=click.Path(path_type=Path), metavar="FILE",
              help="Where people live: a CSV with the columns sleutel, gebouw, wijk, or the folder of tables that was scanned.")  # fmt: skip
@click.option("--least", "k", type=click.IntRange(min=5), default=5, show_default=True, metavar="K",
              help="Tell nothing of fewer people than this (5 or more).")  # fmt: skip
@click.option("--on", type=Day(), metavar="D", help="The day whose figures are told. Default: today.")
@REGISTER
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown", "html"]), default="text", help="What is printed."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of to the screen.")
def command(
    paths: tuple[Path, ...],
    places_file: Path | None,
    k: int,
    on: date | None,
    registers: tuple[Path, ...],
    form: str,
    out: Path | None,
) -> None:
    """Look for patterns in decisions that were kept: files or folders with what `decide --format json` and `finalise --format json`
    write (.json, .jsonl), or what a scan wrote (a table per ruleset, .parquet or .csv).

    Many rejections on one criterion, or in one building or district, are a signal about the system and not about the people. Told are
    the criterion, its purpose, where, which clauses were proposed, and what to look at. Exit code 0: no signal; 1: a signal, or
    something that could not be read; 2: wrong use, or nothing to look at.
    """
    must_exist(paths)
    must_exist([places_file] if places_file is not None else [])
    from responsief.patterns.cases import Places  # late: other commands need nothing of this room
    from responsief.patterns.found import look
    from responsief.patterns.parquet_rows import AbsentError
    from responsief.patterns.places import read_places
    from responsief.patterns.purpose import Rules

    wrong: list[Diagnostic] = []
    places = Places()
    files = _files(paths, places_file)
    try:
        register = Register.open(shipped(), *registers)
        if places_file is not None:
            _must_be_scanned(files, places_file)
            places, wrong_rows = read_places(places_file)
            wrong += wrong_rows
    except InvalidError as invalid:
        stop(invalid.diagnostics, 2)
    except AbsentError:
        _absent(places_file or Path())
    found, set_aside = _read(paths, files, places, register, wrong)
    report = look(found, Rules(register, today() if on is None else on), k, set_aside, placed=places_file is not None)
    if places_file is not None and report.besluiten and not report.met_plek:
        text = "geen enkele sleutel in deze tabel hoort bij een besluit"
        advice = "een besluit heeft als sleutel de naam van zijn bestand, of «sleutel» op zijn regel"
        wrong.append(_at(places_file, text, advice))
    _tell(wrong)
    _write(report, form, out)
    sys.exit(1 if report.signalen or wrong else 0)


def _files(paths: Sequence[Path], places_file: Path | None) -> list[Path]:
    """The files of what was named, without the list of places, or the tables that say where people live."""
    from responsief.patterns.scanned import TABLES
    from responsief.patterns.stored import LINES, ONE, files_in

    own = places_file.resolve() if places_file is not None else None
    found = []
    for path in paths:
        inside = own is not None and own in path.resolve().parents
        every = files_in([_of_a_scan(path)], (*ONE, *LINES, *TABLES))
        found += [one for one in every if own is None or inside or not _says_where(one.resolve(), own)]
    if not found:
        _nothing(paths)
    return found


def _says_where(path: Path, own: Path) -> bool:
    """Is this file the list of places, or of a folder of tables one of those?"""
    from responsief.scan.bring_in import TOLD
    from responsief.scan.progress import FILE
    from responsief.scan.set_aside import FILE as ASIDE
    from responsief.tables.folder import CONTENTS, table_files

    if path == own or (path.parent == own and (path.suffix == ".parquet" or path.name in (CONTENTS, TOLD, ASIDE))):
        return True
    a_scan = (path.parent / FILE).is_file()  # beside its decisions lie lists of people
    return path.parent.parent == own and not a_scan and path in table_files(own, path.parent.name)


def _must_be_scanned(files: Sequence[Path], places: Path) -> None:
    """Raises InvalidError when the tables that say where people live are others than those that were scanned: every folder of tables has
    the same keys. Of a scan of somebody's own file nothing is known of tables."""
    if not places.is_dir():
        return
    named_so = (parent for one in files for place in (one.absolute(), one.resolve()) for parent in place.parents)
    parents = {parent for parent in named_so if parent.name == "besluiten"}
    for scan in sorted({one.parent for one in parents}):
        scanned = _scanned(scan)
        if scanned and not _is(places, scanned, scan):
            text = f"{named([scan])} is een scan van een andere bevolking, of deze map is sindsdien veranderd: de sleutels horen bij iemand anders"
            raise InvalidError([_at(places, text, "noem bij --places de map die is gescand, of scan deze map")])


def _scanned(scan: Path) -> str | None:
    """The fingerprint of the tables that a scan decided."""
    from responsief.scan.progress import FILE

    try:
        told = json.loads((scan / FILE).read_text(encoding="utf-8"))["vingerafdruk"]["de bevolking"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if isinstance(told, str) else None


def _is(places: Path, scanned: str, scan: Path) -> bool:
    """Are these the tables with this fingerprint? What lies beside them in their folder, as the scan itself, may have come later."""
    from responsief.scan.parts import all_files
    from responsief.scan.progress import hash_of

    every = all_files(places)
    before = tuple(one for one in every if not one.resolve().is_relative_to(scan.resolve()))
    tables = tuple(one for one in every if _says_where(one.resolve(), places.resolve()))
    return any(hash_of(files, places) == scanned for files in dict.fromkeys((every, before, tables)))


def _read(
    paths: Sequence[Path], files: Sequence[Path], places: Places, register: Register, wrong: list[Diagnostic]
) -> tuple[Tally, int]:
    """Everything in these files, counted, and how many could not be read; what those are goes to `wrong`."""
    from responsief.patterns.parquet_rows import AbsentError
    from responsief.patterns.scanned import TABLES, Scanned
    from responsief.patterns.stored import Stored

    stored, scanned = Stored(places), Scanned(places, register.versions)
    tables = [one for one in files if one.suffix.lower() in TABLES]
    documents = [one for one in files if one.suffix.lower() not in TABLES]
    for number, one in enumerate([*documents, *scanned.in_order(tables)], 1):
        _telling(number, len(files))
        try:
            (stored if number <= len(documents) else scanned).read(one)
        except AbsentError:
            _telling(0, 0)
            _absent(one)
    _telling(0, 0)
    found = stored.tally()
    found.add(scanned.tally())
    set_aside = len(wrong) + len(stored.wrong) + scanned.set_aside
    wrong += [*stored.wrong, *scanned.wrong]
    if wrong and not found.cases and not scanned.rows:
        _tell(wrong)
        sys.exit(2)
    return found, set_aside


def _absent(table: Path) -> NoReturn:
    stop([_at(table, ABSENT, "installeer: pip install pyarrow, of bewaar de tabel als CSV")], 2)


def _of_a_scan(path: Path) -> Path:
    """Of a folder that a scan wrote only its decisions: beside them lie lists of people."""
    decisions = path / "besluiten"
    return decisions if (path / "voortgang.json").is_file() and decisions.is_dir() else path


def _nothing(paths: Sequence[Path]) -> NoReturn:
    text = f"in {named(paths)} staat niets om naar te kijken"
    advice = "bewaar besluiten met «responsief decide … --format json > besluiten/ZAAK.json», of noem de map van een scan"
    stop([Diagnostic("geen-besluiten", text, hulp=advice)], 2)


def _telling(number: int, most: int) -> None:
    """How far it is, on a terminal."""
    if sys.stderr.isatty() and (number % 100 == 0 or number == most):
        click.echo(f"\r\x1b[2K{f'{number} van {most} bestanden' if number else ''}", nl=False, err=True)


def _at(path: Path, text: str, advice: str) -> Diagnostic:
    from responsief.patterns.stored import wrong

    return wrong(path, 1, text, advice)


def _tell(wrong: Sequence[Diagnostic]) -> None:
    """What could not be read, on standard error."""
    if not wrong:
        return
    show_findings(sorted(wrong, key=Diagnostic.place)[:MOST])
    if len(wrong) > MOST:
        click.echo(f"en nog {len(wrong) - MOST} andere", err=True)
    click.echo(tally(wrong), err=True)


def _write(report: Report, form: str, out: Path | None) -> None:
    text = _text(report, form, findings_width() if out is None else 110)
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    save_or_stop(out, click.unstyle(text) if form == "text" else text)
    click.echo(f"{out.as_posix()} geschreven.", err=True)


def _text(report: Report, form: str, width: int) -> str:
    match form:
        case "json":
            from responsief.ci.patterns_json import to_json

            return to_json(report)
        case "markdown":
            from responsief.ci.patterns_page import to_markdown

            return to_markdown(report)
        case "html":
            from responsief.ci.patterns_page import to_html

            return to_html(report)
    from responsief.ci.patterns_terminal import to_terminal

    return "\n".join(filter(None, (to_terminal(report, min(width, 110)), _without_place(report))))


def _without_place(report: Report) -> str:
    """That places were used, and of how many decisions none is known; empty where no places were given, or nothing was counted."""
    from responsief.ci import patterns_told as told

    if report.zonder_plek is None or not report.besluiten:
        return ""
    if report.zonder_plek == 0:
        return "Plekken: van elk besluit is een plek bekend."
    return f"Plekken: zonder bekende plek zijn {told.of(report.zonder_plek, report.besluiten)} besluiten."
