"""What each code of `messages` means, why the language or the law asks it, and an example of wrong and right.

The words stand in the YAML files beside this module, grouped by theme; only `responsief explain` and the page
`docs/meldingen.md` read them. In a wrong example a line of «^» stands under the place, followed by what `responsief check`
says there. Every example is tested: it is put in a small file (`tests/explained.py`, the frame that `bij` names) and checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from responsief.frozen import dataclass

HERE: Final = Path(__file__).parent
MARK: Final = re.compile(r"( *)(\^+)(?: (.*))?")


@dataclass(frozen=True, slots=True)
class Example:
    """A few lines of a file. `bij` says in which small file they are tried."""

    bij: str
    tekst: str  # as written, with its marks

    @property
    def lines(self) -> tuple[tuple[str, tuple[Mark, ...]], ...]:
        """Each line with what is marked in it."""
        found: list[tuple[str, tuple[Mark, ...]]] = []
        for line in self.tekst.removesuffix("\n").split("\n"):
            mark = MARK.fullmatch(line)
            if mark is not None and found:
                text, marks = found[-1]
                found[-1] = (text, (*marks, Mark(len(mark[1]) + 1, len(mark[2]), mark[3] or "")))
            else:
                found.append((line, ()))
        return tuple(found)

    @property
    def bare(self) -> str:
        """The lines as somebody would type them, without the marks."""
        return "\n".join(line for line, _ in self.lines)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where it goes wrong (the column counts from 1), and what is said there."""

    column: int
    width: int
    tekst: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """One code explained. Without examples `niet_te_tonen` says why no small file can show it."""

    code: str
    groep: str
    kort: str
    wat: str
    waarom: str
    fout: Example | None = None
    goed: Example | None = None
    niet_te_tonen: str | None = None


@cache
def explanations() -> dict[str, Explanation]:
    """Every explanation by code, in the order of the themes."""
    return {one.code: one for file in sorted(HERE.glob("*.yaml")) for one in _read(file)}


def _read(file: Path) -> Iterator[Explanation]:
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # every value stays text
    data: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), Loader=loader)
    for entry in data["meldingen"]:
        frame, other = entry.pop("bij", ""), entry.pop("bij_goed", "")  # where what is right stands elsewhere in a file
        wrong = Example(frame, entry.pop("fout")) if "fout" in entry else None
        right = Example(other or frame, entry.pop("goed")) if "goed" in entry else None
        yield Explanation(groep=data["groep"], fout=wrong, goed=right, **entry)
