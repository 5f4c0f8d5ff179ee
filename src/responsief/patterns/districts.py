"""In which district people live, of a folder of tables: `wijk` of `personen`, with the key of the tables and somebody's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.patterns.parquet_rows import parquet_rows
from responsief.source import Source, Span
from responsief.tables.folder import CONTENTS, OWN, OWN_KEYS, read_contents, table_files
from responsief.tables.layout import DISTRICT, KEY, PERSONS
from responsief.wording import readable

Row = tuple[int, int, str]  # the number of the row; of somebody the key of the tables and the district («» is unknown)
MAKE: Final = "noem de map die «responsief generate» of «responsief scan --make-tables» schreef"


def districts_in(folder: Path) -> tuple[dict[int, str] | None, Iterator[Row]]:
    """Somebody's own key of each key of the tables (None: they hold none), and each person. Raises InvalidError, also while they are read, when the
    folder holds no such tables or less than it says; AbsentError when the package that reads them is absent."""
    files = table_files(folder, PERSONS)
    if not files:
        raise _wrong(folder, f"in deze map ontbreekt de tabel «{PERSONS}»", f"{MAKE}, of een CSV met sleutel,gebouw,wijk")
    own = folder / OWN_KEYS
    theirs = {key: str(name) for key, name in _read((own,), (KEY, OWN)) if name} if own.is_file() else None
    return theirs, _persons(folder, files)


def _persons(folder: Path, files: Sequence[Path]) -> Iterator[Row]:
    number = 0
    for number, (key, district) in enumerate(_read(files, (KEY, DISTRICT)), 1):
        if key is not None:
            yield number, key, "" if district is None else readable(str(district).strip(), 80)
    told = _told(folder)
    if told is not None and told != number:
        text = f"volgens «{CONTENTS}» horen in deze map {told} personen te staan, en het zijn er {number}"
        raise _wrong(folder, text, "zet alle bestanden erbij, of maak de map opnieuw")


def _told(folder: Path) -> int | None:
    """How many persons the folder says to hold, where it says so."""
    if not (folder / CONTENTS).is_file():
        return None
    try:
        told = read_contents(folder).get("aantal")
    except (OSError, ValueError) as failed:
        raise _wrong(folder, f"«{CONTENTS}» is geen inhoudsopgave die deze versie leest", "maak de map opnieuw") from failed
    return told if isinstance(told, int) else None


def _read(files: Sequence[Path], columns: tuple[str, str]) -> Iterator[tuple[Any, Any]]:
    """These two columns of each row."""

    def wanted(names: Sequence[str]) -> tuple[str, str]:
        _must_have(path, names, columns)
        return columns

    for path in files:
        try:
            for _, batch in parquet_rows(path, wanted):
                yield from zip(*(batch[name] for name in columns), strict=True)
        except OSError as failed:
            raise _wrong(path, "deze tabel is niet te lezen als Parquet", "maak haar opnieuw") from failed


def _must_have(path: Path, names: Sequence[str], columns: tuple[str, str]) -> None:
    for name in columns:
        if name not in names:
            advice = "zet bij elke persoon een wijk, of noem een CSV met sleutel,gebouw,wijk" if name == DISTRICT else MAKE
            raise _wrong(path, f"in deze tabel ontbreekt de kolom «{name}»", advice)


def _wrong(path: Path, text: str, advice: str) -> InvalidError:
    return InvalidError([Diagnostic("plaatsen", text, Span(Source(path.as_posix(), ""), 1, 1), advice)])
