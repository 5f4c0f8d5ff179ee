"""Where a finding stands, as a program elsewhere names it: a path from the root of the repository, and a mark that stays the same."""

from __future__ import annotations

import hashlib
import os.path
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from responsief.diagnostics import Diagnostic
from responsief.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding and its place. `path` is relative to the root, with «/»; None where it stands in no file of the repository.
    `mark` is a hexadecimal fingerprint: unique, and the same when the lines around it move."""

    finding: Diagnostic
    path: str | None
    outside: str | None  # the name of a file that lies elsewhere (the shipped register, for instance)
    mark: str
    number: int  # of those that look alike on alike lines: 1, 2, …


def placed(findings: Iterable[Diagnostic], root: Path, here: Path | None = None) -> Iterator[Placed]:
    """Each finding with its place, in the order given. `here` is the folder that relative names are meant from (default: `root`)."""
    seen: Counter[str] = Counter()
    for one in findings:
        name = one.span.source.name if one.span else None
        path = relative(name, root, here or root) if name is not None else None
        words = one.span.source.line(one.span.line) if one.span else f"{one.pad or ''} {one.tekst}"
        key = _hashed(path or name or "", one.code, " ".join(words.split()))
        seen[key] += 1
        yield Placed(one, path, name if path is None else None, _hashed(key, str(seen[key])), seen[key])


def relative(name: str, root: Path, here: Path) -> str | None:
    """The path of a file from the root, with «/»; None when it lies outside."""
    whole, top = (os.path.normpath(os.path.join(here, part)) for part in (name, root))
    try:
        path = Path(whole).relative_to(top)
    except ValueError:
        return None
    return path.as_posix() if path.parts else None


def _hashed(*words: str) -> str:
    return hashlib.sha256("\0".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def readable(text: str) -> str:
    """The text without what is no character of a text: control signs and halves of characters become «·»; line ends become \\n."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join("·" if _no_text(c) else c for c in text)


def _no_text(sign: str) -> bool:
    return sign not in "\n\t" and (unicodedata.category(sign) in ("Cc", "Cs") or sign in "\ufffe\uffff")


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(readable(text).split())


def shortened(text: str, most: int) -> str:
    """At most so many characters, «…» where it was cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
