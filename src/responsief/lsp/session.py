"""One editor at work: its folders, its open texts, what was last found in them. No protocol, no clock, no threads of its own."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from responsief.checked import Checked, check
from responsief.diagnostics import Diagnostic
from responsief.lsp.places import Lines, Units
from responsief.lsp.world import Page, World
from responsief.register import FORMS, is_shipped, shipped
from responsief.remembered import Memory

MAX_FILES: Final = 3000  # of a workspace: who opens a whole disk waits for no more
MAX_DEPTH: Final = 8
_PASSED_OVER: Final = frozenset(["node_modules", "venv", "__pycache__", "site-packages", "dist", "build"])
_OURS: Final = re.compile(rf"^\ufeff?(?:{'|'.join(FORMS)})[ \t]*:", re.MULTILINE)


@dataclass(frozen=True)
class Result:
    """What a check found, by file, with the text that each finding is about."""

    findings: dict[Path, tuple[Diagnostic, ...]]
    texts: dict[Path, str]


class Session:
    """What an editor has open. `today` is asked at every check. Checking may run beside everything else: it works on a copy of
    the open texts, and what it found is taken in as a whole (`take`)."""

    def __init__(self, today: Callable[[], date]) -> None:
        self.today = today
        self.folders: list[Path] = []
        self.chosen: list[str] = []  # folders in a workspace to look at, when not at all of it
        self.open: dict[Path, str] = {}
        self.units: Units = "utf-16"
        self.memory = Memory()
        self.world = World({}, today())
        self._pages: dict[Path, Page] = {}
        self._ours: dict[Path, tuple[tuple[int, int], bool]] = {}
        self._shipped: dict[Path, Path] = {}

    # files

    def key(self, path: Path) -> Path:
        """How a file is known here: one that came with the package by the name it has there."""
        found = self._shipped.get(path)
        if found is None:
            found = self._shipped[path] = path.resolve() if is_shipped(path) else path
        return found

    def ours(self) -> list[Path]:
        """Every file of a register in the workspace, and every open one; other YAML is nobody's business here."""
        found = dict.fromkeys(path for path, text in self.open.items() if _OURS.search(text))
        for folder in self.folders:
            for root in [folder / name for name in self.chosen] or [folder]:
                for path in _yaml_files(root):
                    if len(found) >= MAX_FILES:
                        return [*found]
                    if path not in self.open and self._is_ours(path):
                        found.setdefault(path)
        return sorted(path for path in found if not is_shipped(path))

    def _is_ours(self, path: Path) -> bool:
        try:
            stat = path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            known = self._ours.get(path)
            if known is None or known[0] != stamp:
                with path.open("rb") as stream:
                    head = stream.read(1 << 16).decode("utf-8", "replace")
                known = self._ours[path] = (stamp, _OURS.search(head) is not None)
        except OSError:
            return False
        return known[1]

    # checking

    def check(self, stopped: Callable[[], bool]) -> tuple[Result, World]:
        """Check everything as it is now. Raises StoppedError when `stopped` says so."""
        texts = dict(self.open)
        self.memory.texts = texts
        self.memory.stopped = stopped
        own = self.ours()
        checked = check(own, self.today(), self.memory)
        pages = {path: page for path in self._read(checked, own) if (page := self._page_read(path)) is not None}
        now = {path: page.text for path, page in pages.items()}
        findings: dict[Path, list[Diagnostic]] = {}
        for finding in checked.findings:
            if finding.span is None:
                continue
            path = Path(finding.span.source.name)
            if finding.span.source.text == now.get(path, finding.span.source.text):  # not of what a broken file last was
                findings.setdefault(path, []).append(finding)
        shown = {path: tuple(findings.get(path, ())) for path in {*own, *texts, *findings} if path in own or path in texts}
        return Result(shown, now), World(pages, self.today(), checked)

    def _read(self, checked: Checked, own: list[Path]) -> Iterator[Path]:
        names = dict.fromkeys(Path(d.source.name) for kind in FORMS for d in checked.files.documents[kind])
        cases = {Path(d.source.name) for d in checked.files.documents["proef"]} if own else set()
        for path in dict.fromkeys([*names, *own]):
            if path in own or path in self.open or path not in cases:  # of the shipped cases nothing is told to who has her own
                yield path

    def _page_read(self, path: Path) -> Page | None:
        source = self.memory.source(path)
        return self._as_page(path, source.text) if source is not None else None

    def take(self, world: World) -> None:
        """From now on names are those of the last check."""
        self.world = world

    # pages

    def page(self, path: Path) -> Page | None:
        """A file as it is now; None when there is none."""
        text = self.open.get(path)
        if text is None:
            known = self.world.pages.get(path)
            if known is not None:
                return known
            try:
                text = path.read_text("utf-8")
            except (OSError, ValueError):
                return None
        return self._as_page(path, text)

    def _as_page(self, path: Path, text: str) -> Page:
        found = self._pages.get(path)
        if found is None or found.text != text:
            found = self._pages[path] = Page(path, text)
        return found

    def around(self, page: Page) -> World:
        """All pages, open ones as they are now."""
        fresh = {
            path: self._as_page(path, text) for path, text in self.open.items() if path in self.world.pages or path == page.path
        }
        if all(self.world.pages.get(path) is other for path, other in fresh.items()):
            return self.world
        self.world = World({**self.world.pages, **fresh}, self.world.today, self.world.checked)
        return self.world

    def lines(self, text: str) -> Lines:
        """The lines of a text, in the units that the editor counts in."""
        return Lines(text, self.units)

    def is_own(self, path: Path) -> bool:
        """Is this a file that may be changed: not one that came with the package?"""
        return shipped() not in path.parents


def _yaml_files(folder: Path) -> Iterator[Path]:
    """The YAML files under a folder, not in hidden folders and those of tools."""
    if folder.is_file():
        yield folder
        return
    base = len(folder.parts)
    seen = 0
    for root, folders, files in os.walk(folder):
        deep = len(Path(root).parts) - base
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _PASSED_OVER) if deep < MAX_DEPTH else []
        seen += len(files)
        if seen > MAX_FILES * 20:
            return
        yield from (Path(root, name) for name in sorted(files) if name.endswith((".yaml", ".yml")))
