"""A text as a YAML scalar: bare where every reader of YAML takes it for that text, else between quotes, or folded over lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

#: what no line of a YAML file may hold as it is
_ODD: Final = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_NOT_FIRST: Final = re.compile(r"[,\[\]{}#&*!|>'\"%@`]|[-?:](?=\s|$|[,\[\]{}])|---|\.\.\.")
_NOT_INSIDE: Final = re.compile(r":(?=\s|$)|\s#")
_FLOW_MARKS: Final = re.compile(r"[,\[\]{}]|^[?:]|:\?|\?\s")  # libyaml takes more for a mark there than the standard does
#: what some readers of YAML take for a number, a yes or nothing at all
_TYPED: Final = re.compile(
    r"[-+]?[0-9][0-9_,]*(\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\.[0-9]+([eE][-+]?[0-9]+)?|0[xob][0-9a-fA-F_]+|[-+]?\.inf|\.nan"
    r"|[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?|true|false|yes|no|on|off|y|n|null|~|=|<<",
    re.IGNORECASE,
)
_LEADING_ZERO: Final = re.compile(r"0[0-9]+")
_MONEY: Final = re.compile(r"-?\s*(€|EUR)", re.IGNORECASE)
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


@lru_cache(maxsize=4096)  # the same keys and words come back on every line
def on_one_line(value: str, *, flow: bool, quoted: bool = False) -> str:
    """The scalar on one line. `flow`: between [ ] or { }; `quoted`: its writer put quotes around it."""
    return value if is_bare(value, flow=flow, quoted=quoted) else in_quotes(value)


def is_bare(value: str, *, flow: bool, quoted: bool = False) -> bool:
    """Can it stand without quotes? A municipality's code cannot, and between { } an amount never does: it may have cents."""
    if not value or value != value.strip() or _ODD.search(value) or _NOT_FIRST.match(value) or _NOT_INSIDE.search(value):
        return False
    if flow and (_FLOW_MARKS.search(value) or _MONEY.match(value)):
        return False
    return not (_LEADING_ZERO.fullmatch(value) or (quoted and _TYPED.fullmatch(value)))


def in_quotes(value: str) -> str:
    """Between double quotes; between single ones where that saves signs that are hard to read."""
    if ('"' in value or "\\" in value) and not _ODD.search(value):
        return "'" + value.replace("'", "''") + "'"
    return '"' + re.sub(rf'["\\]|{_ODD.pattern}', _escaped, value) + '"'


def _escaped(found: re.Match[str]) -> str:
    sign = found.group()
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def over_lines(value: str, width: int, written: Sequence[str] = (), most: int = 0) -> list[str] | None:
    """The head («>-») and the lines of a text over several lines, without their indentation; None where it can't be so.

    A text of several lines stays that. One long line is folded: where its writer did (`written`), if each of those lines is at most `most` wide.
    """
    body = value.rstrip("\n")
    if not body or len(value) - len(body) > 1 or _ODD.search(value.replace("\n", "")):
        return None
    lines = body.split("\n")
    if any(line != line.strip() and line.strip() != "" for line in (lines[0], lines[-1])) or any(
        line != line.rstrip() for line in lines
    ):
        return None
    mark = "" if value.endswith("\n") else "-"
    if len(lines) > 1:
        return [f"|{mark}", *lines] if lines[0] else None
    kept = list(written)
    if len(kept) < 2 or " ".join(kept) != body or any(not k or k != k.strip() or len(k) > most for k in kept):
        kept = filled(body, width)
    return [f">{mark}", *kept]


def filled(text: str, width: int) -> list[str]:
    """A text over lines of at most `width` characters, broken only at single spaces, so that folding gives it back."""
    lines: list[str] = []
    for word in re.split(r"(?<=\S) (?=\S)", text):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines
