"""Somebody's own files into the tables that every engine reads: good rows in, bad rows set aside with their reason.

The persons are read once, in pieces of one part; then the lists; then the parts are written with what the lists say of them. A row of
a list that can't be used makes that list unknown of its person: what is left of it would be too little, and nothing missing counts as
nought. The folder with the tables is there as a whole or not at all.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from responsief.facts import MAX_LIST
from responsief.frozen import dataclass
from responsief.scan.cells import BadCell
from responsief.scan.mapping import ColumnMap, Sheet
from responsief.scan.opening import Opened
from responsief.scan.raw import Raw, RawFile
from responsief.scan.reading import FactColumns, RowReader, key_text
from responsief.scan.set_aside import Mistake, SetAside
from responsief.tables.folder import OWN, OWN_KEYS, About, TableWriter
from responsief.tables.layout import KEY, PARTNER, PERSONS, Layout

if TYPE_CHECKING:
    import polars as pl

TOLD: Final = "ingelezen.json"


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What was read: rows of persons, of which good, rows (of all files) set aside, how often each kind of mistake was made, and the
    files of which more than half of the rows was set aside."""

    rijen: int
    goed: int
    uitgevallen: int
    soorten: Mapping[str, int]
    meest: tuple[str, ...] = ()


def bring_in(
    opened: Opened, columns: ColumnMap, layout: Layout, on: date, folder: Path, aside: Path, part: int, told: Any = None
) -> BroughtIn:
    """Write the tables to `folder` and what is set aside to `aside`. `told` is called with how many rows of persons were read.

    Raises OSError when nothing can be written.
    """
    rough = folder.with_name(f"{folder.name}.ruw")
    shutil.rmtree(rough, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    rough.mkdir(parents=True)
    with SetAside(aside) as out:
        work = _BringIn(opened, columns, layout, on, rough, part, out)
        work.persons(told)
        work.lists()
        work.contradictions()
        work.write(folder)
        found = BroughtIn(work.rows, work.good, out.rijen, dict(sorted(out.soorten.items())), work.mostly_aside())
    shutil.rmtree(rough)
    return found


class _BringIn:
    """One reading of all files."""

    def __init__(
        self, opened: Opened, columns: ColumnMap, layout: Layout, on: date, rough: Path, part: int, out: SetAside
    ) -> None:
        self.opened, self.columns, self.layout, self.on = opened, columns, layout, on
        self.rough, self.part, self.out = rough, part, out
        self.rows = self.good = self.pieces = 0
        self.read_of: Counter[str] = Counter()  # rows of each file
        self.known: dict[str, tuple[int, int, int]] = {}  # their key: ours, the row, and a hash of what it says
        self.gone: set[int] = set()  # keys of ours that are set aside after all
        self.broken: dict[str, set[int]] = {}  # of a list: whose is not whole
        self.sheet = columns.personen
        # an answer «geen» to a fact that can't be absent is refused there
        self.read = RowReader(opened.personen, self.sheet, layout, PERSONS, on)
        self.places = {w.doel.kolom: at for at, w in enumerate(self.sheet.kolommen) if w.doel.tabel == PERSONS}
        self.fixed = {t.kolom: v for t, v in self.sheet.vast if t.tabel == PERSONS}
        self.partner_places = [at for name, at in self.places.items() if name.startswith(f"{PARTNER}.")]
        self.partner_told = any(v is not None and name.startswith(f"{PARTNER}.") for name, v in self.fixed.items())
        self.wide = sorted({(w.doel.tabel, w.doel.nr) for w in self.sheet.kolommen if w.doel.tabel != PERSONS})
        self.wide_lists = {name for name, _ in self.wide}

    # --- persons

    def persons(self, told: Any) -> None:
        """Every row of the file of persons, into rough pieces of one part."""
        facts = [w.doel for w in self.sheet.kolommen if w.doel.tabel == PERSONS]
        fixed = [(t, v) for t, v in self.sheet.vast if t.tabel == PERSONS]
        table = FactColumns([*facts, *(t for t, _ in fixed)], self.layout, PERSONS)
        entries = {name: self._entry_columns(name) for name in sorted(self.wide_lists)}
        self.plans = {(name, nr): self._plan(name, nr, entries[name][2]) for name, nr in self.wide}
        keys: list[int] = []
        theirs: list[str] = []
        numbers: list[int] = []
        at_person = [i for i, w in enumerate(self.sheet.kolommen) if w.doel.tabel == PERSONS]
        constant = [value for _, value in fixed]
        file = self.opened.personen.path.name
        for raw in self.opened.personen:
            self.rows += 1
            self.read_of[file] += 1
            if told is not None and self.rows % 1000 == 0:
                told(self.rows)
            found = self._person(raw, file)
            if found is None:
                continue
            key, values = found
            number = len(self.known)
            self.known[key] = (number, raw.nummer, hash(tuple(raw.cellen)))
            keys.append(number)
            theirs.append(key)
            numbers.append(raw.nummer)
            for into, i in zip(table.values, at_person, strict=False):
                into.append(values[i])
            for into, value in zip(table.values[len(at_person) :], constant, strict=True):
                into.append(value)
            for name, nr in self.wide:
                self._entry(entries[name], name, nr, number, values)
            if len(keys) == self.part:
                self._flush(table, entries, keys, theirs, numbers)
        self._flush(table, entries, keys, theirs, numbers)

    def _person(self, raw: Raw, file: str) -> tuple[str, list[Any]] | None:
        """Their key and the values of a row; None when it is set aside."""
        if raw.soort:
            self._mistake(file, raw.nummer, "", "", raw.soort, raw.wat, raw.doen)
            return None
        key = str(raw.nummer) if self.read.key is None else key_text(raw.cellen[self.read.key])
        if not key:
            self._mistake(
                file,
                raw.nummer,
                "",
                self.sheet.sleutel or "",
                "geen-sleutel",
                "deze rij heeft geen sleutel",
                "vul de sleutel in",
            )
            return None
        if key in self.known:
            self._double(raw, key, file)
            return None
        values, bad = self.read.row(raw.cellen)
        if not bad:
            bad = [("", wrong) for wrong in self._against(values)]
        for column, wrong in bad:
            self._mistake(file, raw.nummer, key, column, wrong.soort, wrong.wat, wrong.doen)
        return None if bad else (key, values)

    def _double(self, raw: Raw, key: str, file: str) -> None:
        """A key that was met before: the same row again is left out, another row with it leaves open which of both is right."""
        number, first, seen = self.known[key]
        if hash(tuple(raw.cellen)) == seen:
            self._mistake(
                file,
                raw.nummer,
                key,
                self.sheet.sleutel or "",
                "dubbel",
                f"deze rij staat er al, in rij {first}",
                "haal haar weg; de eerste telt",
            )
            return
        other = f"deze sleutel staat ook in rij {first}, met andere gegevens"
        self._mistake(
            file, raw.nummer, key, self.sheet.sleutel or "", "dubbel", other, "zoek uit welke klopt; geen van beide telt nu mee"
        )
        if number not in self.gone:
            self.gone.add(number)
            back = f"deze sleutel staat ook in rij {raw.nummer}, met andere gegevens"
            self._mistake(
                file, first, key, self.sheet.sleutel or "", "dubbel", back, "zoek uit welke klopt; geen van beide telt nu mee"
            )

    def _against(self, values: Sequence[Any]) -> Iterator[BadCell]:
        """What a row says against itself, as a situation would be refused for; a partner of whom something is told is there."""
        partner, soort = self._of(PARTNER, values), self._of("huishouden.soort", values)
        of_partner = self.partner_told or any(values[at] is not None for at in self.partner_places)
        alone = soort in ("alleenstaande", "alleenstaande_ouder")
        if partner is False and of_partner:
            yield BadCell(
                "spreekt-zich-tegen",
                "er is geen partner, maar er staan wel gegevens van een partner",
                "kijk na of er een partner is",
            )
        if alone and (partner or (of_partner and partner is None)):
            yield BadCell(
                "spreekt-zich-tegen",
                f"de leefvorm is «{soort}», maar er staat ook een partner",
                "kijk de leefvorm na",
            )
        if soort == "gehuwd" and partner is False:
            yield BadCell("spreekt-zich-tegen", "de leefvorm is «gehuwd», maar er is geen partner", "kijk de leefvorm na")

    def _of(self, path: str, values: Sequence[Any]) -> Any:
        """What a row says of one fact of a person, or what is so of everybody."""
        at = self.places.get(path)
        return self.fixed.get(path) if at is None else values[at]

    def _entry_columns(self, name: str) -> tuple[list[int], list[int], FactColumns]:
        fields = {w.doel.kolom: w.doel for w in self.sheet.kolommen if w.doel.tabel == name}
        fields |= {t.kolom: t for t, _ in self.sheet.vast if t.tabel == name}
        return [], [], FactColumns([fields[one] for one in sorted(fields)], self.layout, name)

    def _entry(
        self, into: tuple[list[int], list[int], FactColumns], name: str, nr: int, number: int, values: Sequence[Any]
    ) -> None:
        """What a wide row tells of one entry of a list; nothing filled in: there is no such entry."""
        places, cells = self.plans[name, nr]
        if all(values[at] is None for at in places):
            return
        keys, numbers, table = into
        keys.append(number)
        numbers.append(nr - 1)
        for (at, fixed), column in zip(cells, table.values, strict=True):
            column.append(fixed if at is None else values[at])

    def _plan(self, name: str, nr: int, table: FactColumns) -> tuple[list[int], list[tuple[int | None, Any]]]:
        """Which values of a row tell of an entry, and where each of its columns comes from: a value, or what is always so."""
        places = {w.doel.kolom: at for at, w in enumerate(self.sheet.kolommen) if (w.doel.tabel, w.doel.nr) == (name, nr)}
        fixed = {t.kolom: v for t, v in self.sheet.vast if (t.tabel, t.nr) == (name, nr)}
        cells = [(None, fixed[t.kolom]) if t.kolom in fixed else (places.get(t.kolom), None) for t in table.targets]
        return list(places.values()), cells

    def _flush(
        self, table: FactColumns, entries: Mapping[str, Any], keys: list[int], theirs: list[str], numbers: list[int]
    ) -> None:
        import polars as pl

        if not keys and self.pieces:
            return
        frame = pl.DataFrame([pl.Series(KEY, keys, dtype=pl.Int64), *table.series()])
        frame.write_parquet(self.rough / f"{PERSONS}-{self.pieces:05d}.parquet")
        own = [
            pl.Series(KEY, keys, dtype=pl.Int64),
            pl.Series(OWN, theirs, dtype=pl.String),
            pl.Series("rij", numbers, dtype=pl.Int64),
        ]
        pl.DataFrame(own).write_parquet(self.rough / f"sleutels-{self.pieces:05d}.parquet")
        for name, (of, at, fields) in entries.items():
            self._rough_list(name, of, at, fields, self.pieces)
        table.clear()
        for one in (keys, theirs, numbers):
            one.clear()
        self.pieces += 1

    def _rough_list(self, name: str, of: list[int], at: list[int], fields: FactColumns, piece: int) -> None:
        import polars as pl

        head = [pl.Series(KEY, of, dtype=pl.Int64), pl.Series("nr", at, dtype=pl.Int32)]
        pl.DataFrame([*head, *fields.series()]).write_parquet(self.rough / f"{name}-{piece:05d}.parquet")
        of.clear()
        at.clear()
        fields.clear()

    # --- lists

    def mostly_aside(self) -> tuple[str, ...]:
        """The files of which more than half of the rows was set aside."""
        return tuple([name for name, rows in self.read_of.items() if 2 * self.out.bestanden[name] > rows])

    def lists(self) -> None:
        """Every row of the files of lists, each with the person it is of."""
        for name, file in self.opened.lijsten.items():
            self._list(name, file, self.columns.lijsten[name])

    def _list(self, name: str, file: RawFile, sheet: Sheet) -> None:
        read = RowReader(file, sheet, self.layout, name, self.on)
        table = FactColumns([*(w.doel for w in sheet.kolommen), *(t for t, _ in sheet.vast)], self.layout, name)
        keys: list[int] = []
        numbers: list[int] = []
        counts: dict[int, int] = {}
        broken = self.broken.setdefault(name, set())
        piece = 0
        needed = {"behoeften": ("leefgebied",), "omstandigheden": ("soort", "woorden")}.get(name, ())
        for raw in file:
            self.read_of[file.path.name] += 1
            number, theirs = self._owner(raw, read, file.path.name, name)
            if number is None:
                continue
            values, bad = read.row(raw.cellen) if not raw.soort else ([], [("", BadCell(raw.soort, raw.wat, raw.doen))])
            values += [value for _, value in sheet.vast]
            if not bad:
                told = {t.kolom for t, v in zip(table.targets, values, strict=True) if v is not None}
                if needed and not told.intersection(needed):
                    bad = [
                        (
                            " of ".join(needed),
                            BadCell("veld-ontbreekt", f"«{' of '.join(needed)}» is niet ingevuld", "vul het in"),
                        )
                    ]
                elif counts.get(number, 0) >= MAX_LIST:
                    bad = [
                        ("", BadCell("lijst-te-lang", f"deze persoon heeft meer dan {MAX_LIST} rijen", "kijk na of dit klopt"))
                    ]
            if bad:
                broken.add(number)
                for column, wrong in bad:
                    self._mistake(
                        file.path.name,
                        raw.nummer,
                        theirs,
                        column,
                        wrong.soort,
                        wrong.wat,
                        f"{wrong.doen}; tot dan is «{name}» van deze persoon onbekend",
                    )
                continue
            keys.append(number)
            numbers.append(counts.get(number, 0))
            counts[number] = counts.get(number, 0) + 1
            for into, value in zip(table.values, values, strict=True):
                into.append(value)
            if len(keys) >= self.part:
                self._rough_list(name, keys, numbers, table, piece)
                piece += 1
        self._rough_list(name, keys, numbers, table, piece)

    def _owner(self, raw: Raw, read: RowReader, file: str, name: str) -> tuple[int | None, str]:
        """Whose row this is; None (and it is set aside) when that is nobody."""
        at = read.key
        key = key_text(raw.cellen[at]) if at is not None and at < len(raw.cellen) else ""
        if raw.soort and key not in self.known:
            self._mistake(file, raw.nummer, key, "", raw.soort, raw.wat, raw.doen)
            return None, key
        if not key:
            self._mistake(file, raw.nummer, "", "", "geen-sleutel", "deze rij zegt niet van wie zij is", "vul de sleutel in")
            return None, key
        if key not in self.known:
            advice = f"kijk of deze persoon in {self.opened.personen.path.name} staat, of daar is uitgevallen"
            self._mistake(file, raw.nummer, key, "", "geen-ouder", f"van deze sleutel is er geen persoon («{name}»)", advice)
            return None, key
        return self.known[key][0], key

    # --- together

    def contradictions(self) -> None:
        """What a person and a list say against each other: that person is set aside."""
        import polars as pl

        kinds = [w.doel.kolom for w in self.sheet.kolommen] + [t.kolom for t, _ in self.sheet.vast]
        children, partners = "huishouden.kinderen", f"{PARTNER}.inkomsten"
        file = self.opened.personen.path.name
        for piece in range(self.pieces):
            persons = pl.read_parquet(self.rough / f"{PERSONS}-{piece:05d}.parquet")
            own = pl.read_parquet(self.rough / f"sleutels-{piece:05d}.parquet")
            found: list[tuple[pl.DataFrame, str]] = []
            if "huishouden.soort" in kinds and children in self.columns.zonder_rijen_geen:
                some = self._with_rows(children).union(self.broken.get(children, ()))
                parents = persons.filter(pl.col("huishouden.soort") == "alleenstaande_ouder")
                found.append(
                    (
                        parents.filter(~pl.col(KEY).is_in(list(some))),
                        "de leefvorm is «alleenstaande_ouder», maar er zijn geen kinderen",
                    )
                )
            if "huishouden.soort" in kinds and (rows := self._with_rows(partners)):
                alone = persons.filter(pl.col("huishouden.soort").is_in(["alleenstaande", "alleenstaande_ouder"]))
                found.append(
                    (
                        alone.filter(pl.col(KEY).is_in(list(rows))),
                        "deze persoon is alleenstaand, maar er zijn inkomsten van een partner",
                    )
                )
            for frame, text in found:
                for row in frame.select(KEY).join(own, on=KEY, maintain_order="left").iter_rows(named=True):
                    if row[KEY] not in self.gone:
                        self.gone.add(row[KEY])
                        self._mistake(
                            file,
                            row["rij"],
                            row[OWN],
                            "",
                            "spreekt-zich-tegen",
                            text,
                            "kijk de leefvorm en de bestanden na",
                        )

    def _with_rows(self, name: str) -> set[int]:
        import polars as pl

        found: set[int] = set()
        for path in self._rough(name):
            found.update(pl.read_parquet(path, columns=[KEY])[KEY].to_list())
        return found

    def _rough(self, name: str) -> list[Path]:
        return sorted(path for path in self.rough.glob("*.parquet") if path.name.rpartition("-")[0] == name)

    def write(self, folder: Path) -> None:
        """The tables, part by part; the folder takes its name at the end."""
        import polars as pl

        names = sorted({*self.opened.lijsten, *self.wide_lists})
        entries = {}
        for name in names:
            frame = pl.concat([pl.read_parquet(path) for path in self._rough(name)])
            lost = list(self.broken.get(name, set()) | self.gone)
            entries[name] = frame.filter(~pl.col(KEY).is_in(lost)).sort(KEY, "nr")
        stated = [*names, *(one for one in sorted(self.columns.zonder_rijen_geen) if one not in names)]
        with TableWriter(folder, About("responsief scan", self.on)) as writer:
            for piece in range(self.pieces):
                persons = pl.read_parquet(self.rough / f"{PERSONS}-{piece:05d}.parquet").filter(
                    ~pl.col(KEY).is_in(list(self.gone))
                )
                mine = {name: frame.filter(pl.col(KEY).is_in(persons[KEY].implode())) for name, frame in entries.items()}
                persons = persons.with_columns(self._known(name, persons, mine.get(name)) for name in stated)
                partner = self._partner(persons, mine)
                persons = persons.with_columns(partner) if partner is not None else persons
                writer.write({PERSONS: persons, **mine})
                self.good += len(persons)
            own = pl.concat([pl.read_parquet(path) for path in self._rough("sleutels")])
            own.filter(~pl.col(KEY).is_in(list(self.gone))).write_parquet(writer.draft / OWN_KEYS)
            told = {
                "rijen": self.rows,
                "goed": self.good,
                "uitgevallen": self.out.rijen,
                "soorten": dict(sorted(self.out.soorten.items())),
                "meest": self.mostly_aside(),
            }
            (writer.draft / TOLD).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")

    def _known(self, name: str, persons: pl.DataFrame, rows: pl.DataFrame | None) -> pl.Series:
        """Of whom a list is known: who has whole rows in it, and everybody else where no row means none."""
        import polars as pl

        filled = (
            persons[KEY].is_in(rows[KEY].implode())
            if rows is not None
            else pl.Series(KEY, [False] * len(persons), dtype=pl.Boolean)
        )
        if name in self.columns.zonder_rijen_geen:
            filled = ~persons[KEY].is_in(list(self.broken.get(name, set())))
        return filled.alias(name)

    def _partner(self, persons: pl.DataFrame, mine: Mapping[str, pl.DataFrame]) -> pl.Series | None:
        """Is there a partner: as it is said, and where it is not, whoever has something of a partner has one."""
        import polars as pl

        rows = mine.get(f"{PARTNER}.inkomsten")
        facts = [
            name
            for name in persons.columns
            if name.startswith(f"{PARTNER}.") and name != f"{PARTNER}.inkomsten" and not name.endswith(".geen")
        ]
        if PARTNER not in persons.columns and not facts and rows is None:
            return None
        said = persons[PARTNER] if PARTNER in persons.columns else pl.Series(PARTNER, [None] * len(persons), dtype=pl.Boolean)
        some = (
            persons.select(pl.any_horizontal([pl.col(name).is_not_null() for name in facts] or [pl.lit(False)]).alias("x"))["x"]
            if facts
            else None
        )
        shown = persons[KEY].is_in(rows[KEY].implode()) if rows is not None else None
        there = some | shown if some is not None and shown is not None else some if some is not None else shown
        if there is None:
            return said
        frame = pl.DataFrame({"said": said, "there": there})
        return frame.select(
            pl.when(pl.col("said").is_null() & pl.col("there")).then(True).otherwise(pl.col("said")).alias(PARTNER)
        )[PARTNER]

    def _mistake(self, file: str, row: int, key: str, column: str, kind: str, what: str, advice: str) -> None:
        self.out.add(Mistake(file, row, key, column, kind, what, advice))


def read_back(folder: Path) -> BroughtIn | None:
    """What was brought in before; None when it was not, or not whole."""
    try:
        told = json.loads((folder / TOLD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return BroughtIn(told["rijen"], told["goed"], told["uitgevallen"], told["soorten"], tuple(told.get("meest", ())))
