"""Files with a mistake in them, and the expectation on the line that earns it: a comment that `pattern` knows."""

from __future__ import annotations

import re
from pathlib import Path

Told = tuple[str, int, int, str, str]  # file, line, column, what it is, text (advice)


def files_of(home: Path, story: str) -> list[str]:
    """The files of a story: a file, or a folder of files that are read together."""
    path = home / story
    return sorted(f"{story}/{p.name}" for p in path.glob("*.yaml")) if path.is_dir() else [story]


def expected_in(home: Path, story: str, pattern: re.Pattern[str]) -> list[Told]:
    """What must be found. Only \\n ends a line here: a file may hold, by mistake, what splitlines takes for a line's end too."""
    return sorted(
        (name, int(line or number), int(column), code, words)
        for name in files_of(home, story)
        for number, text in enumerate((home / name).read_bytes().decode(errors="replace").split("\n"), 1)
        for line, code, column, words in pattern.findall(text)
    )
