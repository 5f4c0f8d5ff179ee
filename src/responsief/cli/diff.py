"""`responsief diff`: what a change of regulation does to people."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from responsief.cli.common import Day, must_exist, must_have, progress, stop, today
from responsief.cli.formats import FINDINGS, findings_as
from responsief.cli.output import findings_width, show_findings
from responsief.cli.saving import not_written, save_or_stop
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.register import Register, read_files, shipped

if TYPE_CHECKING:
    from responsief.difference.report import Impact, Report
    from responsief.difference.versions import Versions
    from responsief.population.impact import Counted, Threshold
    from responsief.population.reading import Population
    from responsief.scan.impact import TablesOf

FORMS = ("text", "json", "markdown", "html", *FINDINGS)
STOP_WORDS = ("strenger", "gat", "geen-alternatief", "niet-bewezen")
ALWAYS = "geen-alternatief,gat"


def _stops(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
    words = tuple(word.strip() for word in value.split(",") if word.strip())
    wrong = next((word for word in words if word not in STOP_WORDS), None)
    if wrong is not None and words != ("niets",):
        raise MisuseError(
            f"«{wrong}» is geen reden om te stoppen", f"kies uit: {', '.join(STOP_WORDS)} (met komma's), of «niets»"
        )
    return () if words == ("niets",) else words


def _files(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[tuple[str, Path], ...]:
    found = []
    for one in value:
        form, sign, name = one.partition("=")
        if form not in FORMS or not sign or not name:
            advice = f"schrijf bijvoorbeeld «--also html=verslag.html»; de vormen zijn: {', '.join(FORMS)}"
            raise MisuseError(f"«--also {one}» is geen vorm met een bestand", advice)
        found.append((form, Path(name)))
    return tuple(found)


def _threshold(ctx: click.Context, param: click.Parameter, value: str | None) -> Threshold | None:
    if value is None:
        return None
    from responsief.population.impact import read_threshold

    try:
        return read_threshold(value)
    except ValueError as wrong:
        raise MisuseError(str(wrong), "schrijf bijvoorbeeld «--max-loss 2%»") from None


@click.command(short_help="What a change of regulation does to people.")
@click.argument("old", default="HEAD")
@click.argument("new", required=False)
@click.option("--path", "where", metavar="PATH", help="Compare only this file or folder (through git: the folder rulesets).")
@click.option("--on", type=Day(), help="The reference date (default: today).")
@click.option("--between", nargs=2, type=Day(), metavar="DAY DAY",
              help="The rules and figures of two days of one register: what an indexation does.")  # fmt: skip
@click.option("--fail-on", "stops", default=ALWAYS, show_default=True, callback=_stops, metavar="WORDS",
              help=f"What gives exit code 1: {', '.join(STOP_WORDS)}; «niets» for nothing.")  # fmt: skip
@click.option("--population", type=click.Path(path_type=Path), metavar="FILE",
              help="Households to count: a folder of tables (responsief generate), JSON Lines, a JSON list or a folder of situations."
              " Without it example households.")  # fmt: skip
@click.option("--no-population", is_flag=True, help="Count nobody: only what changed, and its proof.")
@click.option("--seed", type=int, default=7, show_default=True, help="Of the example households.")
@click.option("--max-loss", "limit", callback=_threshold, metavar="LIMIT",
              help="Exit code 3 when more than this lose it: «2%» of those who had it, or a number.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMS), default="text", help="What is printed.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write there instead of to the screen.")
@click.option("--also", "files", multiple=True, callback=_files, metavar="FORMAT=FILE",
              help="Write this format to a file too, of the same comparison: «html=verslag.html». Can be repeated.")  # fmt: skip
@click.option("--summary", type=click.Path(path_type=Path), metavar="FILE",
              help="Add the report as Markdown to this file too (GITHUB_STEP_SUMMARY).")  # fmt: skip
def command(
    old: str,
    new: str | None,
    where: str | None,
    on: date | None,
    between: tuple[date, date] | None,
    stops: tuple[str, ...],
    population: Path | None,
    no_population: bool,
    seed: int,
    limit: Threshold | None,
    form: str,
    out: Path | None,
    files: tuple[tuple[str, Path], ...],
    summary: Path | None,
) -> None:
    """Compare two versions of rules: two files or folders, «main..HEAD», or a commit with the work tree.

    Of every condition, the amount and the outcome it says whether it became wider or stricter, with a proof or with somebody in
    whose case it makes a difference; and whether everybody who is newly refused has a way out. Exit code 1: see --fail-on; 2: wrong
    use, or a mistake in one of both; 3: more people lose it than --max-loss allows.
    """
    if population is not None and no_population:
        raise MisuseError("«--population» en «--no-population» gaan niet samen", "laat er één weg")
    if limit is not None and no_population:
        raise MisuseError("«--max-loss» telt mensen, en «--no-population» telt niemand", "laat er één weg")
    if between is not None:
        if limit is not None or population is not None:
            raise MisuseError("«--between» telt geen mensen", "laat «--max-loss» en «--population» weg")
        _must_be_one(new, where, on, between)
    people = _opened(population) if population is not None else None
    day = today() if on is None else on
    wanted = ((form, out), *files)
    examples = seed if people is None and not no_population else None
    versions, report, known = _compared(old, new, where, day, wanted, examples) if between is None else _in_time(old, between)
    over: list[str] = []
    if not no_population and versions is not None:
        impacts = tuple(_impacts(versions, report, people, seed, limit, over, known))
        report = _with(report, impacts)
    codes = _codes(stops)
    failing = [one for one in report.bevindingen if one.code in codes]
    for one, to in wanted:
        _write(report, one, to, versions)
    if summary is not None:
        from responsief.ci.markdown import STEP_SUMMARY, to_markdown

        _add(summary, to_markdown(report, STEP_SUMMARY) + "\n")
    for line in over:
        click.echo(line, err=True)
    sys.exit(3 if over else 1 if failing else 0)


def _must_be_one(new: str | None, where: str | None, on: date | None, between: tuple[date, date]) -> None:
    if new is not None or where is not None or on is not None:
        raise MisuseError("«--between» vergelijkt twee dagen van één register", "noem één map, zonder «--path» en «--on»")
    if between[0] >= between[1]:
        raise MisuseError("bij «--between» komt de eerste dag voor de tweede", "draai de dagen om")


def _in_time(folder: str, between: tuple[date, date]) -> tuple[None, Report, dict[tuple[str, date], Counted]]:
    """One register on two days: «HEAD» (nothing was named) is the shipped one."""
    must_have("om te bewijzen", "analysis", "z3")
    from responsief.difference.in_time import in_time

    named = () if folder == "HEAD" else (Path(folder),)
    must_exist(named, filled=True)
    try:
        register = Register.open(shipped(), *named)
    except InvalidError as wrong:
        stop(wrong.diagnostics, 2)
    files = {source.name for path in named for source in read_files([path]).texts}
    ids = frozenset(i for i, versions in register.versions.items() if any(v.source.name in files for v in versions))
    report = in_time(register, *between, ids if named else None, told=_told)
    progress()
    return None, report, {}


def _told(title: str) -> None:
    progress(f"{title} …")


def _compared(
    old: str, new: str | None, where: str | None, day: date, wanted: Sequence[tuple[str, Path | None]], seed: int | None
) -> tuple[Versions, Report, dict[tuple[str, date], Counted]]:
    """Both sides read, the report, and what was counted already of the built-in households (`seed` None: nothing)."""
    must_have("om te bewijzen", "analysis", "z3")
    from responsief.difference.versions import read_versions
    from responsief.difference.whole import with_beside

    try:
        versions = read_versions(old, new, path=where)
    except InvalidError as wrong:
        _unreadable(wrong.diagnostics, wanted)
    beside = None if seed is None else partial(_counted, versions, seed)
    report, counted = with_beside(versions, day, beside, told=_told)
    progress()
    return versions, report, counted


def _counted(versions: Versions, seed: int, ident: str, day: date) -> Counted:
    """What a change does to the built-in households."""
    from responsief.population.impact import on_examples

    return on_examples(versions.was.register, versions.wordt.register, ident, day, seed)


def _unreadable(findings: Sequence[Diagnostic], wanted: Sequence[tuple[str, Path | None]]) -> NoReturn:
    """A side can't be read: then the formats for findings hold why, for a pull request must show it too."""
    for form, file in wanted:
        if form in FINDINGS and file is not None:
            save_or_stop(file, findings_as(form, findings))
    form, file = wanted[0]
    stop(findings, 2, form if form in FINDINGS and file is None else "text")


def _codes(stops: Sequence[str]) -> frozenset[str]:
    from responsief.difference.whole import STOPS

    return frozenset(code for word, codes in STOPS.items() if word in stops for code in codes)


def _with(report: Report, impacts: tuple[Impact, ...]) -> Report:
    return replace(report, gevolgen=impacts)


def _impacts(
    versions: Versions,
    report: Report,
    own: Population | TablesOf | None,
    seed: int,
    limit: Threshold | None,
    over: list[str],
    known: Mapping[tuple[str, date], Counted],
) -> Iterator[Impact]:
    """The counts of every ruleset that does something else to somebody; `over` gets why more lose it than may. `known`: what was
    counted already."""
    from responsief.difference.spread import spread
    from responsief.population.impact import over_threshold
    from responsief.population.shield import K

    # what is new takes nothing from anybody
    changed = [one for one in report.regelsets if one.richting != "gelijk" and one.was_versie is not None]
    if own is None:
        lacking = [(one.id, one.peildatum) for one in changed if (one.id, one.peildatum) not in known]
        found = dict(zip(lacking, spread([partial(_counted, versions, seed, *one) for one in lacking]), strict=True))
        each: Iterator[Counted] = ({**known, **found}[one.id, one.peildatum] for one in changed)
    else:
        each = _of_their_own(versions, [(one.id, one.peildatum) for one in changed], own)
    for one, counted in zip(changed, each, strict=True):
        shown = replace(counted.shown(0 if own is None else K), peildatum=one.peildatum)
        why = over_threshold(counted, limit, shown) if limit is not None else None
        if why is not None:
            over.append(why)
        yield shown


def _of_their_own(versions: Versions, asked: Sequence[tuple[str, date]], own: Population | TablesOf) -> Iterator[Counted]:
    """The counts of somebody's own population: tables in columns, all rulesets at once; situations one by one."""
    from responsief.desk import Desk
    from responsief.population.impact import count
    from responsief.population.reading import Population

    was, wordt = Desk(versions.was.register), Desk(versions.wordt.register)
    if not isinstance(own, Population):
        from responsief.scan.impact import count_tables

        found = count_tables(was, wordt, asked, own, lambda at, of: progress(f"tellen: {at} van {of} delen"))
        progress()
        yield from found
        return
    for number, (ident, day) in enumerate(asked):
        yield count(was, wordt, ident, (day, day), own, population=own.naam)
        if not number:
            _tell_bad_rows(own)


def _opened(file: Path) -> Population | TablesOf:
    """The households of a file or folder, before anything is proved; ends with a finding when they can't be read."""
    if not file.exists():
        advice = "noem een bestand of map met situaties, of laat «--population» weg: dan tellen voorbeeldhuishoudens"
        raise MisuseError(f"«{file.as_posix()}» bestaat niet", advice)
    from responsief.population.reading import FILES, Population
    from responsief.tables.folder import holds_tables

    tables = file.is_dir() and holds_tables(file)
    if file.is_dir() and not tables:
        names = [one.name for one in file.iterdir()]
        if not any(name.lower().endswith(FILES) and not name.startswith(".") for name in names):
            _no_population(file, "in deze map staan geen tabellen en geen situaties" if names else "deze map is leeg")
    try:
        if tables:
            must_have("om in tabellen te tellen", "population", "polars", "narwhals", "pyarrow")
            from responsief.scan.impact import open_tables

            return open_tables(file)
        return Population(file)
    except InvalidError as wrong:
        stop(wrong.diagnostics, 2)


def _no_population(folder: Path, what: str) -> NoReturn:
    from responsief.source import Source, Span

    advice = (
        "maak een bevolking met «responsief generate», of noem een map met «personen.parquet» of met situaties (.json, .yaml)"
    )
    stop([Diagnostic("bevolking", what, Span(Source(folder.as_posix(), ""), 1, 1), advice)], 2)


def _tell_bad_rows(found: Population) -> None:
    if found.aantal_slecht and sys.stderr.isatty():
        click.echo("\n".join(found.verslag()), err=True)
    elif found.aantal_slecht:  # a log is kept and read by others: it names no values of anybody
        told = found.verslag()[0].removesuffix(":")
        click.echo(f"{told}. Waarom niet, ziet u als u dit in een venster draait: het noemt gegevens van mensen.", err=True)


def _write(report: Report, form: str, out: Path | None, versions: Versions | None) -> None:
    if form == "text" and out is None:
        from responsief.ci.terminal import to_terminal

        show_findings(report.bevindingen)
        click.echo(to_terminal(report, min(findings_width(), 120)))
        return
    text = _text(report, form, versions)
    if out is None:
        click.echo(text, nl=not text.endswith("\n"))
    else:
        save_or_stop(out, text)
        click.echo(f"{out.as_posix()} geschreven.", err=True)


def _add(file: Path, text: str) -> None:
    """Behind what stands in the file already; ends with a finding when that can't be done."""
    try:
        before = file.read_bytes()
    except FileNotFoundError:
        before = b""
    except OSError as failed:
        why = "het is een map" if file.is_dir() else failed.strerror
        not_written(file, f"hier is niets aan toe te voegen: {why}", "controleer de rechten, of kies een andere plek")
    save_or_stop(file, before + text.encode())


def _text(report: Report, form: str, versions: Versions | None) -> str:
    match form:
        case "json":
            from responsief.ci.json import to_json

            return to_json(report)
        case "markdown":
            from responsief.ci.markdown import to_markdown

            return to_markdown(report)
        case "html":
            from responsief.ci.page import to_html

            return to_html(report)
        case "text":
            from responsief.ci.terminal import to_terminal

            return click.unstyle(to_terminal(report, 110))
        case _:
            changed = {name: set(lines) for name, lines in versions.changed_lines().items()} if versions is not None else None
            return findings_as(form, report.bevindingen, changed)
