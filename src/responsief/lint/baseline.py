"""What a register was accepted with: findings that are not told again, by code, file and the words of their line.

Not by line number: who writes above a line need not accept it again. Mistakes are never in it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final, NamedTuple

from responsief.diagnostics import Diagnostic

VERSION: Final = 1


class Accepted(NamedTuple):
    """One kind of finding on one line."""

    bestand: str
    code: str
    regel: str


Baseline = Counter[Accepted]


def read_baseline(text: str) -> Baseline:
    """The findings that were accepted. Raises ValueError (in Dutch) when the text is no baseline."""
    try:
        written: Any = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        raise ValueError("dit is geen JSON") from wrong
    rows = written.get("bevindingen") if isinstance(written, dict) else None
    if not isinstance(rows, list):
        raise ValueError("hier hoort «versie» en een lijst «bevindingen»")  # noqa: TRY004  # of the text, not of an argument
    if written.get("versie") != VERSION:
        raise ValueError(f"versie «{written.get('versie')}» kent dit programma niet")
    found: Baseline = Counter()
    for number, row in enumerate(rows, 1):
        words = [word for key in Accepted._fields if isinstance(word := row.get(key), str)] if isinstance(row, dict) else []
        count = row.get("aantal", 1) if isinstance(row, dict) else 0
        if len(words) != len(Accepted._fields) or type(count) is not int or count < 1:
            raise ValueError(f"bevinding {number} heeft niet de vorm bestand, code, regel, aantal")
        found[Accepted(*words)] += count
    return found


def written_baseline(findings: Iterable[Diagnostic], name: Callable[[str], str]) -> str:
    """The text of a baseline that accepts these findings (but no mistakes)."""
    counted = Counter(key for one in findings if (key := key_of(one, name)) is not None)
    rows = [{**key._asdict(), "aantal": counted[key]} for key in sorted(counted)]
    return json.dumps({"versie": VERSION, "bevindingen": rows}, ensure_ascii=False, indent=2) + "\n"


def without(
    findings: Iterable[Diagnostic], baseline: Baseline, name: Callable[[str], str]
) -> tuple[list[Diagnostic], Baseline]:
    """The findings that were not accepted, and what was accepted and no longer occurs."""
    left = Counter(baseline)
    kept = []
    for one in findings:
        key = key_of(one, name)
        if key is not None and left[key] > 0:
            left[key] -= 1
        else:
            kept.append(one)
    return kept, +left


def key_of(one: Diagnostic, name: Callable[[str], str]) -> Accepted | None:
    """What a finding is accepted by; None of a mistake, and of what has no place."""
    if one.ernst == "fout" or one.span is None:
        return None
    line = one.span.source.line(one.span.line)
    return Accepted(name(one.span.source.name), one.code, " ".join(line.split()))
