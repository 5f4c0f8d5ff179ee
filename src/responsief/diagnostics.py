"""What can be wrong with a file, in the words of its writer. A diagnostic is data; printing it is a door's work.

All wording stands in `messages`: the code, what is wrong, and what to do about it.
"""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import islice
from typing import Any, Final

from responsief.frozen import dataclass
from responsief.messages import SEVERITIES, TEXTS, Severity
from responsief.source import Source, Span


@dataclass(frozen=True, slots=True)
class Edit:
    """A safe change of a text: the characters from `start` up to `end` become `text`."""

    source: Source = field(repr=False)
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: a stable code, what is wrong, where, and what to do. Sorts by place."""

    code: str
    tekst: str
    span: Span | None = None
    hulp: str | None = None
    ernst: Severity = "fout"
    pad: str | None = None  # the path of a field, where a file has no lines (JSON over HTTP)
    herstel: tuple[Edit, ...] = ()  # what `check --fix` may do: it changes no decision

    def place(self) -> tuple[str, int, int, str]:
        """What diagnostics are sorted by."""
        span = self.span
        return (span.source.name, span.line, span.column, self.code) if span else ("", 0, 0, self.code)

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span else f"{self.pad}: " if self.pad else ""
        return f"{where}{self.ernst}[{self.code}] {self.tekst}" + (f" ({self.hulp})" if self.hulp else "")


def finding_data(one: Diagnostic) -> dict[str, Any]:
    """One finding for another program; the keys are stable."""
    return {
        "code": one.code,
        "ernst": one.ernst,
        "tekst": one.tekst,
        "hulp": one.hulp,
        "bestand": one.span.source.name if one.span else None,
        "regel": one.span.line if one.span else None,
        "kolom": one.span.column if one.span else None,
        "breedte": one.span.width if one.span else None,
        "herstelbaar": bool(one.herstel),
    }


def finding(
    code: str, span: Span | None, *, hulp: str | None = None, herstel: Iterable[Edit] = (), **words: object
) -> Diagnostic:
    """The finding `code`, its wording from `TEXTS` with `words` filled in; `hulp` replaces the usual advice."""
    text, advice = TEXTS[code]
    words = {name: _short(word) for name, word in words.items()}
    help_text = _short(hulp) if hulp is not None else advice.format(**words)
    severity = SEVERITIES.get(code, "fout")
    return Diagnostic(code, text.format(**words), span, str(help_text) or None, severity, herstel=tuple(herstel))


class InvalidError(ValueError):
    """A file or situation that cannot be used: `diagnostics` holds every finding, sorted by place."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=Diagnostic.place))
        super().__init__("\n".join(map(str, self.diagnostics)))


MAX_FINDINGS: Final = 200  # more help nobody, and looking for «bedoelde u …?» a hundred thousand times takes minutes


@dataclasses.dataclass(slots=True)
class Findings:
    """Collects diagnostics: a stage reports all of them, then stops."""

    items: list[Diagnostic] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Is there no room for more? Whoever would search long for a hint need not."""
        return len(self.items) > MAX_FINDINGS

    def add(self, code: str, span: Span | None, *, hulp: str | None = None, **words: object) -> None:
        """Add the finding `code`, its wording from `TEXTS` with `words` filled in; `hulp` replaces the usual advice."""
        if self.full:
            return
        if len(self.items) == MAX_FINDINGS:
            code, hulp = "te-veel-fouten", None
        one = finding(code, span, hulp=hulp, herstel=(), **words)
        if one not in self.items:
            self.items.append(one)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)

    def stop(self) -> None:
        """Raise `InvalidError` when anything was found."""
        if self.items:
            raise InvalidError(self.items)


def _short(word: object) -> object:
    """A writer's own words on one line, and not endlessly."""
    if not isinstance(word, str):
        return word
    word = " ".join(word.splitlines())
    return word if len(word) <= 600 else word[:599] + "…"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that was probably meant: nearly the same, or the only one that has the word in it; else nothing."""
    options = {k.lower(): k for k in known}
    small = word.strip().lower()[:80]
    if small in options:
        return options[small]
    if len(options) > 500:  # a register full of names: only those that look alike at a glance
        alike = (k for k in options if k[:1] == small[:1] and abs(len(k) - len(small)) <= 3)
        options = {k: options[k] for k in islice(alike, 500)}
    near = difflib.get_close_matches(small, options, 1, 0.67)
    if not near and len(small) >= 4:
        near = [k for k in options if small in k or (len(k) >= 4 and small.startswith(k))]
    return options[near[0]] if len(near) == 1 else ""


def nearest_own(word: str, own: Iterable[str], others: Iterable[str]) -> list[str]:
    """The writer's own names that lie as near as any other, also by how they begin: «inkomn» is «inkomen_per_maand».

    Most often one or none; more where they begin alike. One of `others` that looks more alike wins: then none.
    """
    small = word.strip().lower()[:80]
    if len(small) < 4:  # so short a word looks like the beginning of anything
        return []
    alike = {name: _alike(small, name) for name in islice((name for name in own if name[:1] == small[:1]), 500)}
    most = max(alike.values(), default=0.0)
    if most < 0.8 or most < max((_ratio(small, other) for other in others), default=0.0):
        return []
    return [name for name, likeness in alike.items() if likeness == most]


def _alike(word: str, name: str) -> float:
    """How much a word looks like a name, or like its first words."""
    ends = [at for at, sign in enumerate(name) if sign == "_" and at] + [len(name)]
    return max(_ratio(word, name[:end]) for end in ends)


def _ratio(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """«bedoelde u «…»?» for the nearest known word, or nothing."""
    near = nearest(word, known)
    return f"bedoelde u «{near}»?" if near else ""


def choose_from(word: str, known: Iterable[str], most: int = 20) -> str:
    """A suggestion when one lies near, and the words to choose from when they are few."""
    known = list(dict.fromkeys(known))  # a name that is written twice is one choice
    near = did_you_mean(word, known)
    if near:
        return near
    return "kies uit: " + ", ".join(known) if 0 < len(known) <= most else ""
