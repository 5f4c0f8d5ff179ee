"""`responsief scan`: decide a whole population, part by part, and tell what people miss."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from datetime import date
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NoReturn

import click

from responsief.cli.common import REGISTER, Day, must_exist, must_have, open_desk, stop, today
from responsief.cli.saving import not_written, save_or_stop, why
from responsief.cli.scan_told import Bar, persons_told, tell, tell_aside, tell_day
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.source import Source as Text
from responsief.source import Span

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from responsief.backends.to_columns import Extra
    from responsief.desk import Desk
    from responsief.scan.engines import Engine
    from responsief.scan.near import Margin
    from responsief.scan.progress import Progress
    from responsief.scan.scanning import Done, Options, Source

MODES = ("recht", "niet-gebruik", "bijna", "zonder-hulp")
ENGINES = ("polars", "duckdb", "spark", "rij")
SPARK_MODES = ("recht", "niet-gebruik")
PART = 200_000


def _lists(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for one in value:
        name, sign, file = one.partition("=")
        if not sign or not name or not file:
            raise MisuseError(
                f"«--list {one}» is geen lijst met een bestand", "schrijf bijvoorbeeld «--list inkomsten=inkomsten.csv»"
            )
        if name in found:
            raise MisuseError(f"de lijst «{name}» staat er twee keer", "geef elke lijst één bestand")
        found[name] = Path(file)
    return found


def _extra(ctx: click.Context, param: click.Parameter, value: str) -> tuple[Extra, ...]:
    words = [one.strip() for one in value.split(",") if one.strip()]
    if not words:
        return ()
    from responsief.backends.to_columns import EXTRAS

    for one in words:
        if one not in EXTRAS:
            raise MisuseError(f"«--with {one}» kan niet", choose_from(one, EXTRAS))
    return tuple([one for one in EXTRAS if one in words])


def _margin(ctx: click.Context, param: click.Parameter, value: str) -> Margin:
    from responsief.scan.near import read_margin

    try:
        return read_margin(value)
    except ValueError as wrong:
        raise MisuseError(str(wrong), "schrijf bijvoorbeeld «--margin 5%» of «--margin '€ 50'»") from None


@click.command(short_help="Decide a whole population: rights, rights not used, near misses, no help.")
@click.argument("population", metavar="POPULATIE", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="MAP", help="Where everything comes; a scan that stopped goes on there."
)
@click.option("--mode", type=click.Choice(MODES), default="recht", show_default=True,
              help="What is looked for: rights, rights not used, near misses, refusals without help.")  # fmt: skip
@click.option("--on", type=Day(), help="The reference date (default: today).")
@click.option(
    "--ruleset",
    "rulesets",
    multiple=True,
    metavar="ID",
    help="Only this ruleset; can be repeated. Default: all in force there.",
)
@click.option("--municipality", "gemeente", metavar="CODE", help="Where people live of whom that is not known (CBS code).")
@click.option(
    "--map", "mapping", type=click.Path(path_type=Path), metavar="KOLOMMEN.yaml", help="What the columns of your files mean."
)
@click.option("--list", "lists", multiple=True, callback=_lists, metavar="LIJST=BESTAND",
              help="A file with the rows of a list, such as inkomsten=inkomsten.csv. Can be repeated.")  # fmt: skip
@click.option("--make-map", type=click.Path(path_type=Path), metavar="KOLOMMEN.yaml",
              help="Only write a first mapping from the headings, with every guess marked.")  # fmt: skip
@click.option("--make-tables", type=click.Path(path_type=Path), metavar="MAP",
              help="Only write the tables of your files there: for responsief diff --population, or to scan more often.")  # fmt: skip
@click.option(
    "--margin",
    default="5%",
    show_default=True,
    callback=_margin,
    metavar="MARGE",
    help="Of --mode bijna: «5%» of the limit, or «€ 50».",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="polars",
    show_default=True,
    help="What decides; rij is one by one, spark is for a cluster.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("parquet", "csv")),
    default="parquet",
    show_default=True,
    help="Of the files per person.",
)
@click.option(
    "--with",
    "extra",
    default="",
    callback=_extra,
    metavar="WAT,WAT",
    help="Beside each outcome: nodig, clausules, signalen, alternatieven.",
)
@click.option("--part-size", type=click.IntRange(1), default=PART, show_default=True, help="Persons in memory at once.")
@click.option("--restart", is_flag=True, help="Start anew in a folder that holds another scan; what that made goes.")
@REGISTER
def command(
    population: Path,
    out: Path | None,
    mode: Any,
    on: date | None,
    rulesets: tuple[str, ...],
    gemeente: str | None,
    mapping: Path | None,
    lists: dict[str, Path],
    make_map: Path | None,
    make_tables: Path | None,
    margin: Margin,
    engine: str,
    form: Any,
    extra: tuple[Extra, ...],
    part_size: int,
    restart: bool,
    registers: tuple[Path, ...],
) -> None:
    """Decide everybody in POPULATIE: a folder of tables, or a CSV, Excel or Parquet file of your own with --map.

    Rows that can't be used are set aside in uitgevallen.csv with the reason. The report counts no group smaller than ten. Interrupted? The
    same command goes on where it was. Exit code 1: nobody could be decided; 2: wrong use.
    """
    must_exist([population, *lists.values()])
    must_have("om te scannen", "population", "polars", "narwhals", "pyarrow")
    others = [name for name, given in (("--out", out), ("--make-map", make_map)) if given is not None]
    if make_tables is not None and others:
        raise MisuseError(
            f"«--make-tables» en «{others[0]}» gaan niet samen", "maak eerst de tabellen; scan daarna de map die er dan staat"
        )
    if make_map is not None:
        _make_map(population, lists, make_map, registers)
        return
    if make_tables is not None:
        _make_tables(population, mapping, lists, make_tables, today() if on is None else on, part_size, registers)
        return
    if out is None:
        raise MisuseError("«--out» ontbreekt", "zet «--out MAP» erbij: daar komt alles te staan")
    if engine == "spark":
        _can_spark(population, mode, form)
    desk = open_desk(registers)
    from responsief.scan.scanning import Options

    options = Options(today() if on is None else on, mode, rulesets, _place(gemeente), form, part_size, margin, extra)
    if on is None and (out / "voortgang.json").exists():  # it goes on on the day on which it began
        options = _on_its_day(out, options)
    try:
        source = _source(population, mapping, lists, desk, options)
        found, progress = _scan(source, desk, engine, options, out, restart=restart)
    except InvalidError as wrong:
        stop(wrong.diagnostics, 1 if any(d.code == "bevolking" and d.span is None for d in wrong.diagnostics) else 2)
    if on is None and population.is_dir():
        tell_day(population, options.on)
    tell(found, progress, options)


def _can_spark(population: Path, mode: str, form: str) -> None:
    """Stop with what to do where Spark is not there, or can't do what is asked."""
    must_have("om met Spark te scannen", "spark", "pyspark")
    if not ({"SPARK_REMOTE", "JAVA_HOME"} & os.environ.keys() or shutil.which("java")):
        raise MisuseError(
            "om met Spark te scannen is Java nodig, en dat staat hier niet", "installeer Java 17 of nieuwer, of zet JAVA_HOME"
        )
    if mode not in SPARK_MODES:
        raise MisuseError(
            f"«--mode {mode}» kijkt naar elke afgewezen persoon apart, en dat kan niet met «--engine spark»",
            "kies «--engine polars», of met spark «--mode recht» of «--mode niet-gebruik»",
        )
    if form != "parquet":
        raise MisuseError("«--engine spark» schrijft alleen Parquet", "laat «--format» weg, of kies «--engine polars»")
    if not population.is_dir():
        raise MisuseError(
            "«--engine spark» leest alleen een map met tabellen",
            "maak er eerst tabellen van (docs/populaties.md), of kies «--engine polars»",
        )


def _place(code: str | None) -> str | None:
    from responsief.facts import GEMEENTECODE, gemeente_hint

    if code is not None and GEMEENTECODE.fullmatch(code) is None:
        raise MisuseError(f"«{code}» is geen gemeentecode", gemeente_hint(code))
    return code


def _on_its_day(out: Path, options: Options) -> Options:
    """The day of the scan that began here: tomorrow the same command is still the same scan."""
    import json
    from dataclasses import replace

    try:
        day = json.loads((out / "voortgang.json").read_text(encoding="utf-8"))["vingerafdruk"]["--on"]
        return replace(options, on=date.fromisoformat(day))
    except (OSError, ValueError, KeyError, TypeError):
        return options


def _source(population: Path, mapping: Path | None, lists: dict[str, Path], desk: Desk, options: Options) -> Source:
    from responsief.scan.mapping import read_map
    from responsief.scan.opening import open_files
    from responsief.scan.scanning import Source, contents_of
    from responsief.tables.layout import layout

    if population.is_dir():
        if not contents_of(population):
            _wrong_population(
                population,
                "in deze map staan geen tabellen",
                "noem het bestand met personen zelf, of een map met «personen.parquet»",
            )
        if mapping is not None or lists:
            raise MisuseError("«--map» en «--list» horen bij een bestand, niet bij een map met tabellen", "laat ze weg")
        return Source(population.name or str(population), folder=population)
    if mapping is None:
        raise MisuseError(
            "er staat niet bij wat de kolommen betekenen",
            f"maak een eerste versie: responsief scan {population} --make-map kolommen.yaml",
        )
    must_exist([mapping], file=True)
    columns = read_map(mapping, layout(desk.register), desk.register.ids(), options.on)
    return Source(population.name, opened=open_files(population, lists, columns), columns=columns)


def _wrong_population(path: Path, text: str, hulp: str) -> NoReturn:
    stop([Diagnostic("bevolking", text, Span(Text(path.as_posix(), ""), 1, 1), hulp)], 2)


def _make_map(population: Path, lists: dict[str, Path], target: Path, registers: Sequence[Path]) -> None:
    from responsief.scan.guessing import first_map
    from responsief.scan.raw import RawFile
    from responsief.scan.targets import list_names
    from responsief.tables.layout import layout

    desk = open_desk(registers)
    known = layout(desk.register)
    if population.is_dir():
        _wrong_population(population, "een map heeft geen kolommen", "noem het bestand met personen")
    for name in lists:
        if name not in list_names(known):
            raise MisuseError(f"«{name}» is geen lijst", choose_from(name, list_names(known), 30))
    if target.exists():
        not_written(target, "dit bestand is er al", "kies een andere naam, of haal het eerst weg")
    try:
        text = first_map(RawFile(population), {name: RawFile(file) for name, file in lists.items()}, known, desk.register.ids())
    except InvalidError as wrong:
        stop(wrong.diagnostics, 2)
    save_or_stop(target, text)
    guesses, left = text.count("# gok"), text.count("# geen gok")
    click.echo(f"{target.as_posix()} geschreven: {guesses} keer geraden, {left} keer niet. Kijk elke regel na.")


def _make_tables(
    population: Path, mapping: Path | None, lists: dict[str, Path], target: Path, on: date, part: int, registers: Sequence[Path]
) -> None:
    """The tables of somebody's own files as a folder, which comes as a whole or not at all."""
    from responsief.scan.bring_in import bring_in
    from responsief.scan.scanning import Options
    from responsief.scan.set_aside import FILE
    from responsief.tables.layout import layout

    if population.is_dir():
        raise MisuseError("dit is al een map met tabellen", "laat «--make-tables» weg")
    if target.exists():
        not_written(target, "deze map is er al", "kies een andere naam, of haal haar eerst weg")
    desk = open_desk(registers)
    try:
        source = _source(population, mapping, lists, desk, Options(on))
    except InvalidError as wrong:
        stop(wrong.diagnostics, 2)
    assert source.opened is not None
    assert source.columns is not None
    bar, beside = Bar(), target.with_name(f"{target.name}-{FILE}")
    try:
        with TemporaryDirectory(dir=target.absolute().parent, prefix=f".{target.name}.") as work:
            draft, aside = Path(work) / "tabellen", Path(work) / FILE
            found = bring_in(
                source.opened, source.columns, layout(desk.register), on, draft, aside, part, lambda n: bar.tell("rijen", n, 0)
            )
            if found.goed:
                aside.rename(draft / FILE)
                draft.rename(target)
            elif found.uitgevallen:
                beside = _free(beside)
                aside.replace(beside)
    except KeyboardInterrupt:
        bar.clear()
        click.echo("Onderbroken: er is niets geschreven.", err=True)
        sys.exit(1)
    except OSError as failed:
        bar.clear()
        not_written(target, f"hier is niet te schrijven: {why(failed)}", "controleer de rechten, of kies een andere plek")
    bar.clear()
    if not found.goed:
        rows = f"van de {found.rijen} {'rij' if found.rijen == 1 else 'rijen'} is er geen bruikbaar"
        told = f"er zijn geen tabellen gemaakt: {rows if found.rijen else 'er staat niemand in'}"
        advice = f"«{beside.as_posix()}» zegt waarom" if found.uitgevallen else "kijk of dit het goede bestand is"
        stop([Diagnostic("bevolking", told, Span(Text(population.as_posix(), ""), 1, 1), advice)], 1)
    click.echo(f"{target.as_posix()} geschreven: {persons_told(found.goed)}. Bewaar dit zoals een dossier.")
    tell_aside(found, target / FILE)


def _free(path: Path) -> Path:
    """A name that nothing has yet: this one, or with a number."""
    numbered = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(one for one in chain([path], numbered) if not os.path.lexists(one))


def _engine(name: str, desk: Desk, extra: Sequence[Extra]) -> Engine:
    if name == "rij":
        from responsief.scan.engines import RowEngine

        return RowEngine(desk, extra)
    from responsief.scan.in_columns import ColumnsEngine, duckdb_engine

    if name == "polars":
        return ColumnsEngine(desk, extra=extra)
    must_have("om met DuckDB te scannen", "duckdb", "duckdb")
    return duckdb_engine(desk, extra)


def _spark() -> SparkSession:
    """The session that there is (of spark-submit), or one on this machine: Spark's own settings (spark-defaults.conf) hold."""
    from pyspark.sql import SparkSession

    return SparkSession.builder.appName("responsief scan").getOrCreate()


def _scan(source: Source, desk: Desk, engine: str, options: Options, out: Path, *, restart: bool) -> tuple[Done, Progress]:
    from responsief.desk import engine_version
    from responsief.scan.progress import BusyError, NotAScanError, OtherScanError, Progress
    from responsief.scan.scanning import fingerprint, must_decide_something, scan

    if source.folder is not None and out.resolve() == source.folder.resolve():
        raise MisuseError("«--out» is de map van de bevolking zelf", "kies een andere map")
    if source.folder is not None and source.folder.resolve() in out.resolve().parents:
        raise MisuseError(
            "«--out» ligt in de map van de bevolking: dan hoort de uitkomst bij de tabellen", "kies een map ernaast"
        )
    must_decide_something(desk, options)
    made = None if engine == "spark" else _engine(engine, desk, options.extra)
    try:
        progress = Progress(
            out, dict(fingerprint(source, options, desk.register.sha256, engine, engine_version())), restart=restart
        )
    except OtherScanError as other:
        raise MisuseError(
            f"in «{out.as_posix()}» staat een andere scan: {'; '.join(other.verschillen)}",
            "kies een andere map, of begin opnieuw met «--restart»",
        ) from None
    except NotAScanError:
        raise MisuseError(f"«{out.as_posix()}» is niet leeg, en er staat geen scan in", "kies een lege of nieuwe map") from None
    except BusyError:
        raise MisuseError(
            f"in «{out.as_posix()}» is al een scan bezig", "wacht tot die klaar is, of kies een andere map"
        ) from None
    except OSError as failed:
        not_written(out, f"in deze map is niet te schrijven: {why(failed)}", "controleer de rechten, of kies een andere plek")
    bar = Bar()
    try:
        if made is not None:
            return scan(source, desk, made, options, progress, bar.tell), progress
        from responsief.scan.spark_folder import scan_in_spark

        return scan_in_spark(source, desk, _spark(), options, progress, bar.tell), progress
    except InvalidError:
        progress.take_back()
        raise
    except KeyboardInterrupt:
        bar.clear()
        done = f"{len(progress.parts)} {'deel is' if len(progress.parts) == 1 else 'delen zijn'} klaar en bewaard"
        click.echo(f"Onderbroken: {done}. Geef dezelfde opdracht nog eens: dan gaat de scan daar verder.", err=True)
        sys.exit(1)
    except OSError as failed:
        bar.clear()
        not_written(
            out,
            f"het schrijven ging niet verder: {why(failed)}",
            "maak ruimte vrij, en geef dezelfde opdracht nog eens: dan gaat de scan verder",
        )
    finally:
        bar.clear()
        progress.release()
