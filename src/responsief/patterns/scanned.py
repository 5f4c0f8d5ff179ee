"""Decisions of a scan: a folder with a table per ruleset (Parquet or CSV), in parts or not, of which every row is one person.

Columns: `sleutel`, `uitkomst`, `gronden` (ids of criteria), and where they are there `eigen_sleutel` (the key by which a place is
found) and `clausules` (ids in reach). Whoever could not be decided («niet_beslist») counts nowhere. The ruleset is the
name of the file or of a folder that it lies in. Rows come in any order (Spark writes them in none); a key that comes again is set aside.
Only some thousands of rows are in memory at a time, and of each key of one ruleset that it came (`_Keys` says what that costs).
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

from responsief.diagnostics import Diagnostic
from responsief.patterns.cases import Case, Place, Places, Tally
from responsief.patterns.parquet_rows import BATCH, Batch, parquet_rows
from responsief.patterns.stored import OUTCOMES, wrong
from responsief.tables.folder import OWN

TABLES: Final = (".parquet", ".csv")
NEEDED: Final = ("sleutel", "uitkomst", "gronden")
CLAUSES: Final = "clausules"
EXTRA: Final = (CLAUSES, OWN)
NOT_DECIDED: Final = "niet_beslist"
SEPARATORS: Final = re.compile(r"[\s,;|+]+")  # between the ids of `gronden`
ADVICE: Final = "deze rij telt niet mee"


class _Keys:
    """Which keys came before, a bit for each. Measured per key: 1.6 bytes of numbers that follow each other, in any order; about 100 of
    numbers far apart (98 to 105), and of texts (91 of eight characters)."""

    PAGE: Final = 6  # two to this power of keys that follow each other lie together

    def __init__(self) -> None:
        self._pages: dict[int, int] = {}
        self._others: set[Any] = set()

    def fresh(self, key: Any) -> bool:
        """Does it come for the first time?"""
        if not isinstance(key, int):
            before = len(self._others)
            self._others.add(key)
            return len(self._others) > before
        at, bit = key >> self.PAGE, 1 << (key & (1 << self.PAGE) - 1)
        page = self._pages.get(at, 0)
        if page & bit:
            return False
        self._pages[at] = page | bit
        return True


class Scanned:
    """Counts the rows of tables; those of one ruleset come one after another (`in_order`). `wrong` tells what was set aside, and where: rows
    of one table that are wrong in the same way together, so that `set_aside` says how many there are. `rows` counts the others."""

    def __init__(self, places: Places, rulesets: Collection[str]) -> None:
        self.places, self.rulesets = places, rulesets
        self.wrong: list[Diagnostic] = []
        self.set_aside = self.rows = 0
        self.cases: Counter[Case] = Counter()
        self._done: set[str] = set()
        self._ruleset, self._keys = "", _Keys()

    def in_order(self, paths: Iterable[Path]) -> list[Path]:
        """The tables with those of one ruleset together, as they were otherwise."""
        return sorted(paths, key=lambda path: self._ruleset_of(path) or "")

    def read(self, path: Path) -> None:
        """Count one table. Raises AbsentError where the package for Parquet is absent, ValueError when the tables of its ruleset were done."""
        ruleset = self._ruleset_of(path)
        found: list[Diagnostic] = []
        odd: dict[str, list[int]] = {}  # why rows are set aside: the number of the first, and how many
        batches = _csv(path, found, odd) if path.suffix.lower() == ".csv" else _parquet(path, found)
        if ruleset is None:
            for _ in batches:
                text = "van welke regelset deze tabel is, blijkt niet uit haar naam of map"
                advice = "noem het bestand of de map naar de regelset, zoals «iit-rotterdam.parquet»"
                found.append(wrong(path, 1, text, advice))
                break
        else:
            self._next(ruleset)
            self._count(path, ruleset, batches, found, odd)
        self.wrong += found
        self.set_aside += len(found)

    def _next(self, ruleset: str) -> None:
        """Forget the keys of the ruleset before."""
        if ruleset == self._ruleset:
            return
        if ruleset in self._done:
            raise ValueError(f"the tables of {ruleset} don't come together")
        self._done.add(ruleset)
        self._ruleset, self._keys = ruleset, _Keys()

    def _count(
        self, path: Path, ruleset: str, batches: Iterable[Batch], found: list[Diagnostic], odd: dict[str, list[int]]
    ) -> None:
        counted: Counter[tuple[str, str, str | None, Place]] = Counter()
        for first, columns in batches:
            counted.update(self._rows(first, columns, odd))
        for why, (number, many) in odd.items():
            text = why if many == 1 else f"{why}: dit is de eerste van {many} zulke rijen"
            found.append(wrong(path, number, text, ADVICE if many == 1 else "deze rijen tellen niet mee"))
            self.set_aside += many - 1
        for (outcome, grounds, clauses, place), number in counted.items():
            ids = tuple(sorted(set(_ids(grounds))))
            reach = None if clauses is None else tuple((criterion, clause) for criterion in ids for clause in _ids(clauses))
            self.cases[Case(ruleset, "", outcome, ids, reach, plek=place)] += number

    def tally(self) -> Tally:
        """The cases, each with how many people it is about; who was refused elsewhere too is not known of a scan."""
        return Tally(self.cases, None)

    def _ruleset_of(self, path: Path) -> str | None:
        names = (path.stem, *(part.name for part in path.absolute().parents))
        return next((name for name in names if name in self.rulesets), None)

    def _rows(
        self, first: int, columns: Mapping[str, Sequence[Any]], odd: dict[str, list[int]]
    ) -> Iterator[tuple[str, str, str | None, Place]]:
        """What counts of each row; `odd` tells of the rows that are set aside."""
        clauses, own = columns.get(CLAUSES), columns.get(OWN)
        place_of = self.places.of_rows(own=own is not None)
        for at, (key, outcome, grounds) in enumerate(zip(*(columns[name] for name in NEEDED), strict=True)):
            why = _wrong_row(key, outcome, grounds)
            if not why and not self._keys.fresh(key):
                why = "deze sleutel kwam al voor"
            if why:
                odd.setdefault(why, [first + at, 0])[1] += 1
                continue
            self.rows += 1
            if outcome == NOT_DECIDED:
                continue
            # null of who is refused: it could not be said
            reached = None if clauses is None else clauses[at] if grounds else ""
            yield outcome, grounds or "", reached, place_of(key if own is None else own[at])


def _wrong_row(key: Any, outcome: Any, grounds: Any) -> str:
    if key is None or key == "":
        return "deze rij heeft geen sleutel"
    if not isinstance(key, int | str):
        return "de sleutel is geen heel getal en geen tekst"
    if outcome not in OUTCOMES and outcome != NOT_DECIDED:
        return "de uitkomst is niet te lezen"
    return "de gronden zijn niet te lezen" if grounds is not None and not isinstance(grounds, str) else ""


def _ids(text: str) -> Iterator[str]:
    return (one for one in SEPARATORS.split(text) if one)


def _must_have(path: Path, names: Collection[str], found: list[Diagnostic]) -> bool:
    absent = [name for name in NEEDED if name not in names]
    if "uitkomst" in absent or "gronden" in absent:
        found.append(wrong(path, 1, "dit is geen tabel met besluiten", "noem de map die «responsief scan … --out» schreef"))
    elif absent:
        what = ", ".join(f"«{name}»" for name in absent)
        found.append(wrong(path, 1, f"in deze tabel ontbreekt {what}", "is dit wat «responsief scan» schreef?"))
    return not absent


def _csv(path: Path, found: list[Diagnostic], odd: dict[str, list[int]]) -> Iterator[Batch]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            begin = stream.readline()
            stream.seek(0)
            rows = csv.reader(stream, delimiter=max(",;\t", key=begin.count), strict=True)
            head = [name.strip() for name in next(rows, [])]
            if not _must_have(path, head, found):
                return
            where: dict[str, int] = {name: head.index(name) for name in (*NEEDED, *EXTRA) if name in head}
            number = 2
            while batch := list(islice(rows, BATCH)):
                fitting = [(number + at, row) for at, row in enumerate(batch)]
                # a row of another width ends a batch, so that the numbers of the rows stay right
                yield from _in_columns(fitting, len(head), where, odd)
                number += len(batch)
    except (OSError, UnicodeDecodeError, csv.Error) as failed:
        found.append(
            wrong(path, 1, f"deze tabel is niet (verder) te lezen: {_words(failed)}", "bewaar haar opnieuw, als CSV in UTF-8")
        )


def _in_columns(
    rows: Sequence[tuple[int, list[str]]], width: int, where: Mapping[str, int], odd: dict[str, list[int]]
) -> Iterator[Batch]:
    good: list[tuple[int, list[str]]] = []
    for number, row in (*rows, (0, None)):
        if row is not None and len(row) == width:
            good.append((number, row))
            continue
        if good:
            columns = {name: [row[at] for _, row in good] for name, at in where.items()}
            keys = columns["sleutel"]
            numbers = [int(key) if _is_number(key) else key for key in keys]
            yield good[0][0], {**columns, "sleutel": numbers}
            good = []
        if row:
            odd.setdefault(f"deze rij heeft {len(row)} waarden, en de tabel {width} kolommen", [number, 0])[1] += 1


def _is_number(key: str) -> bool:
    digits = key.removeprefix("-")
    return digits.isascii() and digits.isdecimal() and len(digits) < 20


def _parquet(path: Path, found: list[Diagnostic]) -> Iterator[Batch]:
    def wanted(names: Sequence[str]) -> list[str]:
        return [name for name in (*NEEDED, *EXTRA) if name in names] if _must_have(path, names, found) else []

    try:
        yield from parquet_rows(path, wanted)
    except OSError as failed:
        found.append(
            wrong(path, 1, f"deze tabel is niet (verder) te lezen: {_words(failed)}", "maak haar opnieuw met «responsief scan»")
        )


def _words(failed: Exception) -> str:
    if isinstance(failed, UnicodeDecodeError):
        return "het is geen UTF-8"
    if isinstance(failed, csv.Error):
        return "de aanhalingstekens kloppen niet"
    return failed.strerror if isinstance(failed, OSError) and failed.strerror else "het bestand is stuk"
