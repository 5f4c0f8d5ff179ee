"""What one click can put right about a finding: its own safe change, or the word that was probably meant."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from responsief.diagnostics import Diagnostic

#: findings whose advice «schrijf «…»» replaces exactly what is underlined
_WRITTEN: Final = frozenset(
    [
        "geen-ja-nee", "keuze-onbekend", "ongeldige-naam", "ongeldig-id", "een-is-geen-vergelijking", "onbekende-naam", "formaat-onbekend",
        "geen-gemeente", "onbekende-sleutel", "keuze-bestaat-niet", "verwacht",
    ]
)  # fmt: skip


class Fix(NamedTuple):
    """A title, and the changes: characters `start` up to `end` of a file become a text. `sure`: nothing else can be meant."""

    title: str
    file: str
    changes: tuple[tuple[int, int, str], ...]
    sure: bool


def fixes(finding: Diagnostic) -> list[Fix]:
    """What can be done about a finding with one click."""
    found: list[Fix] = []
    if finding.herstel:
        first = finding.herstel[0]
        if all(edit.source is first.source for edit in finding.herstel):
            changes = tuple((edit.start, edit.end, edit.text) for edit in finding.herstel)
            found.append(Fix(_title(finding), first.source.name, changes, sure=True))
    span = finding.span
    word = _meant(finding)
    if span is None or word is None or found:
        return found
    start = _start(finding)
    here = span.source.text[start : start + span.width]
    wrong = re.search(r"«([^»]*)»", finding.tekst)
    if finding.code == "formaat-onbekend":
        word = word.removeprefix("formaat: ")
    if wrong is not None and wrong[1] != here and wrong[1] in here and finding.code != "formaat-onbekend":
        start += here.index(wrong[1])
        here = wrong[1]
    if wrong is not None and wrong[1] not in (here, here.strip("'\"")):
        return found
    if not here or here == word or "\n" in here:
        return found
    return [Fix(f"Verander «{here}» in «{word}»", span.source.name, ((start, start + len(here), word),), sure=True)]


def _meant(finding: Diagnostic) -> str | None:
    hint = finding.hulp or ""
    meant = re.match(r"bedoelde u «([^»]+)»(?: \([^«»]*\))?\?", hint)
    if meant is not None:
        return meant[1]
    written = re.match(r"schrijf (?:bijvoorbeeld )?«([^»]+)»(?:$|[;,.])", hint)
    if written is None or finding.code not in _WRITTEN or "…" in written[1]:
        return None
    return written[1]


def _title(finding: Diagnostic) -> str:
    return f"Herstel: {finding.hulp or finding.tekst}"[:120]


def _start(finding: Diagnostic) -> int:
    """The character at which a finding begins."""
    span = finding.span
    assert span is not None
    at = 0
    for _ in range(span.line - 1):
        at = span.source.text.find("\n", at) + 1
    return at + span.column - 1
