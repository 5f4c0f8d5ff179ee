"""How far a scan is, so that one that stopped (also by force, at any moment) goes on where it was and gives the same bytes.

Everything is first written under `.werk` and then takes its name. `voortgang.json` names the fingerprint of what is scanned and how,
and each finished part with the hash of its files. It holds no time and no process, so it is the same whichever way it came about.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

FILE: Final = "voortgang.json"
WORK: Final = ".werk"
LOCK: Final = "slot"  # in it: held by the process that scans
BEFORE: Final = "vorige"  # in it: what the scan before made, until this one has made something
FORMAT: Final = 1
_PIECE: Final = 1 << 20
_MODES: Final = ("niet-gebruik", "bijna", "zonder-hulp")
#: everything that a scan makes
OUTPUTS: Final = (
    "besluiten", "uitgevallen.csv", "verslag.md", "verslag.html", *(f"{mode}.{form}" for mode in _MODES for form in ("csv", "parquet"))
)  # fmt: skip


class OtherScanError(Exception):
    """The folder holds another scan than this one: `verschillen` are in Dutch, what was and what is."""

    def __init__(self, verschillen: tuple[str, ...]) -> None:
        super().__init__("; ".join(verschillen))
        self.verschillen = verschillen


class NotAScanError(Exception):
    """The folder is there, is not empty, and holds no scan."""


class BusyError(Exception):
    """Another scan is writing to this folder."""


class Progress:
    """The state of one scan in its folder. Opening it makes the folder, and clears what a broken-off run left half done.

    Raises OtherScanError, NotAScanError or BusyError; OSError when the folder can't be written.
    """

    def __init__(self, folder: Path, fingerprint: Mapping[str, str], *, restart: bool = False) -> None:
        self.folder = folder
        self.fingerprint = dict(fingerprint)
        self.parts: dict[str, dict[str, str]] = {}
        self.done = False
        self.nobody: str | None = None  # where nobody could be decided: why («»: that can't be shown)
        self._missing = [one for one in (folder, *folder.parents) if not one.exists()]
        restarts = restart and (folder / FILE).exists()
        if restarts:
            _put_aside(folder)
        self._fresh = restarts or not ((folder / WORK).exists() or (folder / FILE).exists())
        if folder.exists() and not folder.is_dir():
            raise NotAScanError
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / FILE).exists():
            self._read()
        elif any(path.name in OUTPUTS for path in folder.iterdir()) or (
            not restart and any(path.name != WORK for path in folder.iterdir())
        ):
            raise NotAScanError
        self._held = _lock(self.work)
        for path in self.work.iterdir():
            if path.name.startswith("tijdelijk"):
                path.unlink()
        self._save()

    @property
    def work(self) -> Path:
        """Where things are made before they take their name; gone at the end."""
        return self.folder / WORK

    def _read(self) -> None:
        try:
            told = json.loads((self.folder / FILE).read_text(encoding="utf-8"))
            before, parts, done = told["vingerafdruk"], told["delen"], told["klaar"]
        except (ValueError, KeyError, TypeError):
            raise NotAScanError from None
        other = [
            _told(name, before.get(name), self.fingerprint.get(name))
            for name in dict.fromkeys([*before, *self.fingerprint])
            if before.get(name) != self.fingerprint.get(name)
        ]
        if other:
            raise OtherScanError(tuple(other))
        self.parts, self.done, self.nobody = parts, bool(done), told.get("niemand_beslist")

    def write(self, target: Path, make: Callable[[Path], object]) -> str:
        """Let `make` write a file, which then takes its name; the hash of it."""
        draft = self.work / f"tijdelijk-{target.name}"
        make(draft)
        found = file_hash(draft)
        target.parent.mkdir(parents=True, exist_ok=True)
        _sync(draft)
        draft.replace(target)
        return found

    def finished(self, part: str) -> bool:
        """Is this part done, and are its files as they were?"""
        files = self.parts.get(part)
        if files is None:
            return False
        return all((self.folder / name).is_file() and file_hash(self.folder / name) == sha for name, sha in files.items())

    def finish(self, part: str, files: Mapping[str, str]) -> None:
        """A part is done: its files (paths in the folder) and their hashes. What a scan before it made goes."""
        shutil.rmtree(self.work / BEFORE, ignore_errors=True)
        self.parts[part] = dict(files)
        self._save()

    def close(self) -> None:
        """All is done: what was only needed on the way goes."""
        self.done = True
        self._save()
        self.sweep()

    def release(self) -> None:
        """Let the folder go: another scan may go on in it."""
        if self._held is not None:
            os.close(self._held)
            self._held = None

    def take_back(self) -> None:
        """Leave the folder as it was before this scan began in it, where nothing was made yet; what was not made here stays."""
        try:
            if not self._fresh or self.parts or any((self.folder / name).exists() for name in OUTPUTS):
                return
            (self.folder / FILE).unlink(missing_ok=True)
            before = self.work / BEFORE
            if before.exists():
                _put_back(self.folder)
                return
            shutil.rmtree(self.work, ignore_errors=True)
            for made in self._missing:
                with suppress(OSError):  # somebody put something there
                    made.rmdir()
        finally:
            self.release()

    def sweep(self) -> None:
        """Take away what was only needed on the way."""
        self.release()
        shutil.rmtree(self.work, ignore_errors=True)

    def _save(self) -> None:
        told = {
            "formaat": FORMAT,
            "klaar": self.done,
            "vingerafdruk": self.fingerprint,
            "delen": dict(sorted(self.parts.items())),
        }
        if self.nobody is not None:
            told["niemand_beslist"] = self.nobody
        draft = self.work / "tijdelijk-voortgang"
        draft.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _sync(draft)
        draft.replace(self.folder / FILE)


def _put_aside(folder: Path) -> None:
    """Put what a scan made aside until another has made something, and nothing else that somebody put there; not under the feet of a scan
    that runs. What was put aside before stays that: the scan since made nothing."""
    held = _lock(folder / WORK)
    work, before = folder / WORK, folder / WORK / BEFORE
    if before.exists():
        for path in (folder / FILE, *(folder / name for name in OUTPUTS), *(one for one in work.iterdir() if one != before)):
            _remove(path)
    else:
        (before / WORK).mkdir(parents=True)
        for path in work.iterdir():
            if path not in (before, work / LOCK):
                path.rename(before / WORK / path.name)
        for name in OUTPUTS:
            if (folder / name).exists():
                (folder / name).rename(before / name)
        (folder / FILE).rename(before / FILE)  # last: a scan that is stopped here is put aside again
    if held is not None:
        os.close(held)


def _put_back(folder: Path) -> None:
    """What was put aside takes its place again."""
    work, before = folder / WORK, folder / WORK / BEFORE
    for path in work.iterdir():
        if path not in (before, work / LOCK):
            _remove(path)
    for path in (before / WORK).iterdir():
        path.rename(work / path.name)
    (before / WORK).rmdir()
    for path in before.iterdir():
        path.rename(folder / path.name)
    before.rmdir()
    if not any(path != work / LOCK for path in work.iterdir()):  # of a scan that was done
        shutil.rmtree(work, ignore_errors=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _told(name: str, was: str | None, now: str | None) -> str:
    if len(was or "") == 64 or len(now or "") == 64:  # a hash tells a reader nothing
        return f"{name} is gewijzigd" if was and now else f"{name} is erbij gekomen" if now else f"{name} is weg"
    before = f"was «{was}»" if was else "was er niet"
    return f"{name} {before} en is {f'nu «{now}»' if now else 'er nu niet'}"


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _lock(work: Path) -> int | None:
    """Hold the folder while this process lives; where the system has no such locks, nothing is held."""
    work.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ModuleNotFoundError:
        return None
    held = os.open(work / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(held)
        raise BusyError from None
    return held


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, in pieces."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            found.update(piece)
    return found.hexdigest()


def hash_of(files: Iterable[Path], root: Path) -> str:
    """One hash of several files, with their names."""
    found = hashlib.sha256()
    for path in files:
        found.update(f"{path.relative_to(root).as_posix()}\0{file_hash(path)}\0".encode())
    return found.hexdigest()


def as_text(value: Any) -> str:
    """An option as it stands in a fingerprint."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
