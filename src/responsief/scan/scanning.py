"""A whole scan: what comes in, part after part, what comes out. Prints nothing: `tell` is called with how far it is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from responsief.backends.to_columns import Extra
from responsief.desk import Desk
from responsief.diagnostics import Diagnostic, InvalidError, did_you_mean
from responsief.frozen import dataclass
from responsief.ir.ruleset import Ruleset
from responsief.population.shield import K
from responsief.scan import report
from responsief.scan.bring_in import BroughtIn, bring_in, read_back
from responsief.scan.counting import add_up, count_part, extra_part, open_part, reasons_of, shown, why_nobody
from responsief.scan.engines import PLACE, Engine, with_place
from responsief.scan.groups import groups_of
from responsief.scan.mapping import ColumnMap
from responsief.scan.modes import Look, Mode
from responsief.scan.near import Margin
from responsief.scan.opening import Opened
from responsief.scan.parts import SIZE, Part, must_be_whole, plan_parts, read_part
from responsief.scan.progress import Progress
from responsief.scan.receives import can_tell
from responsief.scan.set_aside import FILE as ASIDE
from responsief.tables.folder import CONTENTS, OWN, OWN_KEYS, read_tables
from responsief.tables.layout import KEY, PERSONS, layout

if TYPE_CHECKING:
    import polars as pl

Form = Literal["parquet", "csv"]
RESULTS: Final = "besluiten"
DEFAULT_MARGIN: Final = "5%"


@dataclass(frozen=True, slots=True)
class Options:
    """What is asked of a scan. `rulesets` empty: everything in force where these people live."""

    on: date
    mode: Mode = "recht"
    rulesets: tuple[str, ...] = ()
    gemeente: str | None = None
    form: Form = "parquet"
    part: int = SIZE
    margin: Margin = field(default_factory=Margin)
    extra: tuple[Extra, ...] = ()  # what the engine says beside an outcome: the engine was made with the same


@dataclass(frozen=True, slots=True)
class Source:
    """What is scanned: a folder of tables, or files with their mapping."""

    naam: str
    folder: Path | None = None
    opened: Opened | None = None
    columns: ColumnMap | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a scan did: parts in all and of them done before, persons, rulesets, what was set aside, and (in Spark, where nobody is decided
    one by one) whether columns left somebody undecided, and whether of somebody they could not say what was asked beside the outcome."""

    delen: int
    al_klaar: int
    personen: int
    regelsets: tuple[str, ...]
    ingelezen: BroughtIn | None
    over: bool = False
    zwijgt: bool = False


#: «what», how far, of how many: for a progress bar
Tell = Callable[[str, int, int], None]


def scan(source: Source, desk: Desk, engine: Engine, options: Options, progress: Progress, tell: Tell) -> Done:
    """Do the scan, or what is left of it. Raises InvalidError when the tables or the options are wrong; OSError."""
    if progress.done:
        progress.sweep()
        return Done(len(progress.parts), len(progress.parts), 0, (), None)
    folder, brought = _tables(source, desk, options, progress, tell)
    parts = plan_parts(folder, options.part)
    if not parts:
        hulp = (
            f"kijk in {ASIDE} waarom geen enkele rij te gebruiken was"
            if brought is not None and brought.rijen
            else "er zijn geen personen in gevonden"
        )
        raise InvalidError([Diagnostic("bevolking", "er is niemand om te scannen", None, hulp)])
    rulesets = chosen(desk, options, lambda: _places(folder))
    work = _Work(desk, engine, options, progress, folder, rulesets)
    before = 0
    for part in parts:
        tell("delen", part.nummer - 1, len(parts))
        before += work.part(part)
    tell("verslag", len(parts), len(parts))
    work.finish(parts, source, brought)
    return Done(len(parts), before, sum(part.aantal for part in parts), tuple(r.id for r in rulesets), brought)


def _tables(source: Source, desk: Desk, options: Options, progress: Progress, tell: Tell) -> tuple[Path, BroughtIn | None]:
    """The folder of tables: as it was given, or made of files; once made it is kept until the scan is done."""
    if source.folder is not None:
        must_be_whole(source.folder)
        return source.folder, None
    assert source.opened is not None
    assert source.columns is not None
    folder = progress.work / "invoer"
    found = read_back(folder)
    if found is None or not (progress.folder / ASIDE).is_file():
        aside = progress.work / ASIDE
        found = bring_in(
            source.opened,
            source.columns,
            layout(desk.register),
            options.on,
            folder,
            aside,
            options.part,
            lambda n: tell("rijen", n, 0),
        )
        progress.write(progress.folder / ASIDE, lambda draft: draft.write_bytes(aside.read_bytes()))
    return folder, found


def must_decide_something(desk: Desk, options: Options) -> None:
    """Raises InvalidError when what is asked can't be decided, whoever is scanned: so nothing is begun for it."""
    if options.rulesets:
        chosen(desk, options, lambda: ())
    elif not any(one.decides and one.holds_on(options.on) for every in desk.register.versions.values() for one in every):
        raise _nothing_in_force(options.on)


def _nothing_in_force(day: date) -> InvalidError:
    text = f"op {day.isoformat()} valt hier niets te beslissen: geen enkele regelset is dan van kracht"
    return InvalidError([Diagnostic("versie-ontbreekt", text, None, "kies een andere dag met «--on»")])


def chosen(desk: Desk, options: Options, places_of: Callable[[], Sequence[str]]) -> tuple[Ruleset, ...]:
    """The rulesets that are decided, in the order of their ids; `places_of`: the municipalities in which people live, asked for only
    where no ruleset was named. Raises InvalidError for one that is not there or not in force."""
    register, day = desk.register, options.on
    if options.rulesets:
        found = []
        for ident in dict.fromkeys(options.rulesets):
            versions = register.versions.get(ident, ())
            now = [one for one in versions if one.holds_on(day)]
            if not versions:
                raise InvalidError(
                    [
                        Diagnostic(
                            "regelset-onbekend",
                            f"«{ident}» is geen regelset",
                            None,
                            _meant(ident, register.ids()) or None,
                        )
                    ]
                )
            if not now or not now[0].decides:
                raise InvalidError(
                    [
                        Diagnostic(
                            "versie-ontbreekt",
                            f"over «{ident}» valt op {day.isoformat()} niets te beslissen",
                            None,
                            "kies een andere dag met «--on»",
                        )
                    ]
                )
            found.append(now[0])
        return tuple(sorted(found, key=lambda one: one.id))
    places = {options.gemeente, *places_of()}
    every = {one.id: one for place in places for one in register.in_force(day, place)}
    if not every:
        raise _nothing_in_force(day)
    return tuple(every[ident] for ident in sorted(every))


def _meant(ident: str, known: Sequence[str]) -> str:
    """What to write in the place of a name that is no ruleset."""
    several = [one.strip() for one in ident.split(",") if one.strip()]
    if len(several) > 1:
        return f"herhaal «--ruleset» voor elke regelset: {' '.join(f'--ruleset {one}' for one in several)}"
    return did_you_mean(ident, known)


def _places(folder: Path) -> tuple[str, ...]:
    """The municipalities in which these people live, as far as that is known."""
    persons = read_tables(folder)[PERSONS]
    if PLACE not in persons.collect_schema().names():
        return ()
    return tuple(sorted(persons.select(PLACE).unique().collect()[PLACE].drop_nulls().to_list()))


class _Work:
    """The parts of one scan."""

    def __init__(
        self, desk: Desk, engine: Engine, options: Options, progress: Progress, folder: Path, rulesets: tuple[Ruleset, ...]
    ) -> None:
        self.engine, self.options, self.progress = engine, options, progress
        self.folder, self.rulesets = folder, rulesets
        self.look = Look(options.mode, desk, layout(desk.register), options.margin)
        own = folder / OWN_KEYS
        self.own_keys = own if own.is_file() else None

    def part(self, part: Part) -> int:
        """Decide one part and write what came out; 1 when it was done before."""
        name, counts, rows_file = f"{part.nummer:05d}", self._counts(part), self._rows(part)
        if self.progress.finished(name) and counts.is_file() and (rows_file is None or rows_file.is_file()):
            return 1
        tables = with_place(read_part(self.folder, part), self.options.gemeente)
        groups = groups_of(tables, self.options.on)
        files: dict[str, str] = {}
        told: dict[str, Any] = {}
        rows: list[pl.DataFrame] = []
        by_id = {one.id: one for one in self.rulesets}
        for ident, decided in self.engine.decide(tables, tuple(by_id), self.options.on):
            ruleset = by_id[ident]
            looked = self.look.at(tables, ruleset, decided, self.options.on)
            told[ident] = {
                "rijen": count_part(looked, decided, groups, ruleset, self.options.mode),
                "redenen": reasons_of(decided),
                "open": open_part(looked, decided, self.options.mode),
                "kan_weten": can_tell(tables, ident),
                "extra": extra_part(decided, self.options.extra),
            }
            if looked.rijen is not None:
                rows.append(looked.rijen.join(groups, on=KEY, maintain_order="left"))
            target = Path(RESULTS, ident, f"deel-{name}.{self.options.form}")
            files[target.as_posix()] = self._write(self.progress.folder / target, decided)
        if rows_file is not None:
            kept = _together(rows)
            self.progress.write(rows_file, kept.write_parquet)
        self.progress.write(counts, lambda draft: draft.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8"))
        self.progress.finish(name, files)
        return 0

    def finish(self, parts: Sequence[Part], source: Source, brought: BroughtIn | None) -> None:
        """The file per person of a mode, and the report."""
        import polars as pl

        mode, form = self.options.mode, self.options.form
        files = [path for part in parts if (path := self._rows(part)) is not None]
        if files:
            frame = pl.concat([pl.read_parquet(path) for path in files])
            self._write(self.progress.folder / f"{mode}.{form}", frame)
        counted = add_up(self._counts(part) for part in parts)
        write_report(self.progress, self.options, source, self.rulesets, counted, sum(part.aantal for part in parts), brought)
        self.progress.close()

    def _counts(self, part: Part) -> Path:
        return self.progress.work / "tellingen" / f"{part.nummer:05d}.json"

    def _rows(self, part: Part) -> Path | None:
        return None if self.options.mode == "recht" else self.progress.work / "rijen" / f"{part.nummer:05d}.parquet"

    def _write(self, target: Path, frame: pl.DataFrame) -> str:
        """Write a frame with a row per person, with somebody's own keys in front where there are."""
        shown = self._with_own_keys(frame)
        if self.options.form == "csv":
            return self.progress.write(target, lambda draft: _csv(shown).write_csv(draft, separator=";", include_bom=True))
        return self.progress.write(target, lambda draft: shown.write_parquet(draft, compression="zstd"))

    def _with_own_keys(self, frame: pl.DataFrame) -> pl.DataFrame:
        import polars as pl

        if self.own_keys is None or not len(frame):
            return frame if self.own_keys is None else frame.select(pl.lit("").alias(OWN), pl.all())
        span = pl.col(KEY).is_between(frame[KEY].min(), frame[KEY].max())
        keys = pl.scan_parquet(self.own_keys).filter(span).select(KEY, OWN).collect()
        return frame.join(keys, on=KEY, how="left", maintain_order="left").select(OWN, pl.all().exclude(OWN))


def write_report(
    progress: Progress,
    options: Options,
    source: Source,
    rulesets: Sequence[Ruleset],
    counted: Mapping[str, Mapping[str, Any]],
    persons: int,
    brought: BroughtIn | None = None,
) -> None:
    """The report of a scan, from the counts of all parts together, as Markdown and HTML; `progress` hears whether nobody was decided."""
    progress.nobody = why_nobody(counted)
    told = report.Told(
        options.mode,
        source.naam,
        options.on,
        options.gemeente,
        persons,
        tuple(shown(one, counted[one.id], source.naam, K) for one in rulesets),
        K,
        options.margin,
        brought.uitgevallen if brought is not None else None,
        brought.soorten if brought is not None else None,
        source.opened.weg if source.opened is not None else None,
    )
    for name, text in (("verslag.md", report.to_markdown(told)), ("verslag.html", report.to_html(told))):
        progress.write(progress.folder / name, _writer(text))


def _together(rows: Sequence[pl.DataFrame]) -> pl.DataFrame:
    import polars as pl

    return pl.concat(rows).sort(KEY, "regelset")


def _csv(frame: pl.DataFrame) -> pl.DataFrame:
    """As a spreadsheet in Dutch shows it: ja and nee in words."""
    import polars as pl

    asked = [name for name, kind in frame.schema.items() if kind == pl.Boolean]
    words = (pl.when(pl.col(n)).then(pl.lit("ja")).when(pl.col(n).not_()).then(pl.lit("nee")).alias(n) for n in asked)
    return frame.with_columns(words)


def _writer(text: str) -> Callable[[Path], object]:
    return lambda draft: draft.write_text(text, encoding="utf-8")


def contents_of(folder: Path) -> bool:
    """Is this a folder of tables?"""
    return (folder / CONTENTS).is_file() or (folder / "personen.parquet").is_file() or (folder / "personen").is_dir()


def fingerprint(source: Source, options: Options, register: str, engine: str, version: str) -> Iterator[tuple[str, str]]:
    """What makes this scan this scan, in the words in which a difference is told."""
    from responsief.scan.parts import all_files
    from responsief.scan.progress import as_text, file_hash, hash_of

    if source.folder is not None:
        yield "de bevolking", hash_of(all_files(source.folder), source.folder)
    else:
        assert source.opened is not None
        assert source.columns is not None
        for name, file in (("personen", source.opened.personen), *sorted(source.opened.lijsten.items())):
            yield f"het bestand van «{name}»", file_hash(file.path)
        yield "de kolommen", source.columns.sha256
    yield "de regels", register
    yield "responsief", version
    for name, value in (
        ("--on", options.on), ("--mode", options.mode), ("--ruleset", options.rulesets), ("--municipality", options.gemeente or ""),
        ("--engine", engine), ("--format", options.form), ("--part-size", options.part), ("--margin", options.margin),
        ("--with", options.extra),
    ):  # fmt: skip
        yield name, as_text(value)


def empty(_: str, __: int, ___: int) -> None:
    """Tells nobody."""
