"""Files of test cases that need not be read again: they had no mistakes, with the same rules and the same version of this package.

Reading fifteen hundred cases takes as long as everything else in a check. What they are known by is a digest of their text, of every
text that rules are read from, and of our own code; keeping the digests is a door's work.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from responsief.source import Scalar, Source, Span
from responsief.syntax.nodes import Document, Mapping

ENDINGS = (".test.yaml", ".test.yml")
_NAMED = re.compile(r"^(proef): *([a-z0-9][a-z0-9_-]*) *(?:#.*)?$", re.MULTILINE)


class Known:
    """The digests of files that were found without mistakes; `folders` hold all that is checked together."""

    def __init__(self, digests: Iterable[str], folders: Sequence[Path]) -> None:
        self.digests = set(digests)
        self.folders = folders

    def holds(self, source: Source) -> bool:
        """Was this text found without mistakes before?"""
        return self._digest(source) in self.digests

    def add(self, source: Source) -> None:
        """This text has no mistakes."""
        self.digests.add(self._digest(source))

    def _digest(self, source: Source) -> str:
        return hashlib.sha256(self._beside + source.text.encode()).hexdigest()

    @cached_property
    def _beside(self) -> bytes:
        """All that decides what a case may say: our own code, and every file that is no file of cases."""
        found = hashlib.sha256()
        package = os.path.dirname(__file__)
        for folder, _, names in sorted(os.walk(package)):
            for name in sorted(name for name in names if name.endswith(".py")):
                about = os.stat(os.path.join(folder, name))
                found.update(f"{folder}/{name} {about.st_size} {about.st_mtime_ns}\n".encode())
        for own in self.folders:
            files = sorted(own.rglob("*.y*ml")) if own.is_dir() else [own]
            for path in files:
                if not path.name.endswith(ENDINGS):
                    found.update(f"{path.as_posix()}\n".encode() + path.read_bytes())
        return found.digest()


def by_name(path: Path) -> Document | None:
    """A file of test cases of which only the name of its ruleset is read; None when it is written in another way."""
    try:
        source = Source(path.as_posix(), path.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None
    found = _NAMED.search(source.text)
    if found is None:
        return None
    line = source.text.count("\n", 0, found.start()) + 1
    key, name = (Scalar(found[n], source, *found.span(n), line, found.start(n) - found.start() + 1) for n in (1, 2))
    return Document(source, Mapping({"proef": (key, name)}, Span(source, line, 1)))
