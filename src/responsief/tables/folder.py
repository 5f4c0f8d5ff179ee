"""A folder of Parquet files: the tables of a population on disk, written part by part, and there as a whole or not at all.

    tabellen.json                what is in it: who made it, the reference date, how many, and per part the keys
    personen.parquet             a row per client
    inkomsten.parquet            a row per entry of a list, and so on
A table of more than one part is a folder (`personen/00000.parquet`, …); part `n` of every table holds the same clients.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from dataclasses import field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from responsief.frozen import dataclass
from responsief.tables.layout import KEY, PERSONS, VERSION

if TYPE_CHECKING:
    import polars as pl

CONTENTS: Final = "tabellen.json"
KIND: Final = "responsief-tabellen"
OWN: Final = "eigen_sleutel"  # whom somebody's own files call so
OWN_KEYS: Final = "eigen_sleutels.parquet"  # of tables made of somebody's own files: our key, theirs, and the row


@dataclass(frozen=True, slots=True)
class About:
    """What a folder says of itself: what made it, the reference date of its ages and applications, and anything more."""

    made_by: str
    on: date | None = None
    more: dict[str, Any] = field(default_factory=dict)


class TableWriter:
    """Writes parts into a folder beside the wanted one, which takes its name at the end; after a mistake nothing is left.

    Raises FileExistsError when the wanted folder is there and not empty.
    """

    def __init__(self, folder: Path, about: About) -> None:
        self.folder = folder.resolve()
        self.about = about
        self.parts: list[dict[str, Any]] = []
        self.tables: dict[str, dict[str, Any]] = {}
        self.draft = self.folder.parent / f".{self.folder.name}.{os.getpid()}"

    def __enter__(self) -> Self:
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise FileExistsError(self.folder)
        self.draft.mkdir(parents=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            try:
                shutil.rmtree(self.draft, ignore_errors=True)
            except KeyboardInterrupt:  # Ctrl-C can come twice: what reads or writes tables also listens to it
                shutil.rmtree(self.draft, ignore_errors=True)
                raise

    def write(self, frames: dict[str, pl.DataFrame]) -> None:
        """Write one part: the tables of some clients, whose keys come after those of every part before."""
        persons = frames[PERSONS]
        keys = persons[KEY]
        first, last = (int(keys[0]), int(keys[-1])) if len(keys) else (None, None)
        number = len(self.parts)
        for name, frame in frames.items():
            place = self.draft / name / f"{number:05d}.parquet"
            place.parent.mkdir(exist_ok=True)
            _write(frame, place)
            told = self.tables.setdefault(name, {"rijen": 0, "kolommen": {n: str(t) for n, t in frame.schema.items()}})
            told["rijen"] += len(frame)
        self.parts.append({"deel": number, "eerste": first, "laatste": last, "personen": len(persons)})

    def _finish(self) -> None:
        if len(self.parts) == 1:
            for name in self.tables:
                (self.draft / name / "00000.parquet").rename(self.draft / f"{name}.parquet")
                (self.draft / name).rmdir()
        (self.draft / CONTENTS).write_text(json.dumps(self._contents(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        if self.folder.exists():
            self.folder.rmdir()  # it was empty
        self.draft.rename(self.folder)

    def _contents(self) -> dict[str, Any]:
        return {
            "soort": KIND,
            "formaat": VERSION,
            "gemaakt_door": self.about.made_by,
            "peildatum": self.about.on.isoformat() if self.about.on is not None else None,
            "aantal": sum(part["personen"] for part in self.parts),
            **self.about.more,
            "tabellen": self.tables,
            "delen": self.parts,
        }


def _write(frame: pl.DataFrame, place: Path) -> None:
    import polars as pl  # late: an extra

    try:
        frame.write_parquet(place, compression="zstd", statistics=True)
    except pl.exceptions.ComputeError as failed:  # what Polars makes of a disk that is full
        full = "os error 28" in str(failed) or "No space left" in str(failed)
        raise OSError(errno.ENOSPC if full else errno.EIO, str(failed)) from failed


def holds_tables(folder: Path) -> bool:
    """Does a folder look like one of tables, whole or not?"""
    return (folder / CONTENTS).is_file() or (folder / PERSONS).is_dir() or any(folder.glob("*.parquet"))


def table_files(folder: Path, name: str) -> tuple[Path, ...]:
    """The files of one table, in order."""
    one = folder / f"{name}.parquet"
    return (one,) if one.is_file() else tuple(sorted((folder / name).glob("*.parquet")))


def read_contents(folder: Path) -> dict[str, Any]:
    """What `tabellen.json` says. Raises OSError when it is not there, ValueError when it is something else."""
    found = json.loads((folder / CONTENTS).read_text(encoding="utf-8"))
    if not isinstance(found, dict) or found.get("soort") != KIND or found.get("formaat") != VERSION:
        raise ValueError(f"«{folder / CONTENTS}» is geen inhoudsopgave van een bevolking in tabellen")
    return found


def read_tables(folder: Path) -> dict[str, pl.LazyFrame]:
    """The tables in a folder, none of them read yet: by name, over all parts. Raises FileNotFoundError without `personen`."""
    import polars as pl  # late: an extra

    names = {place.name.removesuffix(".parquet") for place in folder.iterdir()} if folder.is_dir() else set()
    found = {name: pl.scan_parquet(list(files)) for name in sorted(names) if (files := table_files(folder, name))}
    if PERSONS not in found:
        raise FileNotFoundError(f"in «{folder}» staat geen {PERSONS}.parquet")
    return found
