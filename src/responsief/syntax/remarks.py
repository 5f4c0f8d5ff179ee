"""The comments of a YAML text by one look along its lines: a second opinion that shares nothing with how `comments` finds them."""

from __future__ import annotations

import re
from typing import Final

_HEAD: Final = re.compile(r"(?:^\s*|[:\-]\s+)(?P<sign>[|>])(?P<marks>[-+0-9]*)\s*$")
_QUOTED_KEY: Final = re.compile(r"\s*(?:\"[^\"]*\"|'[^']*')\s*:(?:\s|$)")
_DASHES: Final = re.compile(r"\s*(?:- +)*")


def remarks(text: str) -> list[str]:
    """Every comment, from its «#» to the end of the line, from top to bottom."""
    found: list[str] = []
    quote, depth, before = "", 0, ""
    block: int | None = None  # how far the lines of a text of several lines are indented; -1 until its first line
    least = 0  # how far they must be
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        if block is not None:
            if not line.strip():
                continue
            if block < 0:
                block = indent if indent >= least else None
            if block is not None and indent >= block:
                continue
            block = None
        fresh = before[-1:] in ("", *":-,[{") or line.lstrip().startswith("-") or _QUOTED_KEY.match(line) is not None
        at, quote, depth = _comment(line, quote, depth, opens=fresh)  # else it goes on with a text («'s ochtends»)
        if at >= 0:
            found.append(line[at:].rstrip())
        code = line[:at] if at >= 0 else line
        before = code.rstrip() or before
        head = None if quote or depth else _HEAD.search(code)
        if head is not None:
            start = _DASHES.match(code)
            column = start.end() if start is not None else 0
            alone = head.start("sign") == column  # no key before it: it belongs to a dash, or to the key on the line above
            parent = -1 if alone and column == indent else column - 2 if alone else column
            digits = re.sub(r"\D", "", head["marks"])
            least = parent + (int(digits) if digits else 1)
            block = least if digits else -1
    return found


def _comment(line: str, quote: str, depth: int, *, opens: bool) -> tuple[int, str, int]:
    """Where the comment of a line starts (-1: nowhere), the quote that is still open behind it, and how many brackets are.

    `opens`: may a text in quotes begin at its first sign?
    """
    at = 0
    while at < len(line):
        sign = line[at]
        if quote:
            if sign == "\\" and quote == '"':
                at += 1
            elif sign == quote:
                if quote == "'" and line[at + 1 : at + 2] == "'":
                    at += 1
                else:
                    quote, opens = "", False
        elif sign == "#" and (at == 0 or line[at - 1].isspace()):
            return at, "", depth
        elif opens and sign in "'\"":
            quote = sign
        elif sign in "[{" and (opens or depth):
            depth, opens = depth + 1, True
        elif depth and sign in "]}":
            depth -= 1
        elif (depth and sign == ",") or (sign == ":" and line[at + 1 : at + 2] in ("", " ", "\t")):
            opens = True
        elif not sign.isspace() and not (sign == "-" and opens and line[at + 1 : at + 2] in ("", " ")):
            opens = False
        at += 1
    return -1, quote, depth
