"""One way of spacing an expression, a table cell and an amount. What would be read otherwise stays as it was written."""

from __future__ import annotations

import re
from typing import Final

from responsief.diagnostics import Findings
from responsief.source import Scalar, Source
from responsief.syntax.expressions import FUNCTIONS, parse_cell, parse_expression
from responsief.syntax.shapes import CELL, EFFECT, EXPRESSION, MONEY
from responsief.syntax.tokens import MAX_LENGTH, Stop, Token, Tokens
from responsief.values import parse_money

_NOWHERE: Final = Source("", "")
_TIGHT_AFTER: Final = frozenset("([.")
_TIGHT_BEFORE: Final = frozenset(")],.")
#: words after which a minus belongs to the value behind it
_BEFORE_VALUE: Final = frozenset(["en", "of", "niet", "tussen", "in", "van", "op", "waar", "naar", "boven", "beneden"])
_MONEY: Final = re.compile(r"(-?)\s*(?:€|EUR)\s*(-?)(\d[\d.]*)(,\d\d|,-)?", re.IGNORECASE)
_EFFECT: Final = re.compile(r"wacht_tot\s+(.*)", re.DOTALL)


def canonical(value: str, shape: str) -> str:
    """A written value of this shape, spaced as everybody expects it; the same text where it can't be read."""
    if shape in (EXPRESSION, CELL):
        return _expression(value, shape)
    if shape in (MONEY, "waarde"):
        return _money(value)
    if shape == EFFECT and (found := _EFFECT.fullmatch(value)):
        return "wacht_tot " + _expression(found[1], EXPRESSION)
    return value


def same(one: str, other: str, shape: str) -> bool:
    """Do two written values of this shape mean exactly the same?"""
    if one == other:
        return True
    if shape in (EXPRESSION, CELL):
        return (read := _read(one, shape)) is not None and read == _read(other, shape)
    if shape in (MONEY, "waarde"):
        return (cents := _cents(one)) is not None and cents == _cents(other)
    if shape == EFFECT:
        parts = _EFFECT.fullmatch(one), _EFFECT.fullmatch(other)
        return parts[0] is not None and parts[1] is not None and same(parts[0][1], parts[1][1], EXPRESSION)
    return False


def _read(value: str, shape: str) -> object:
    """What is written, as nodes without their places; None when it can't be read."""
    findings = Findings()
    scalar = Scalar(value, _NOWHERE, 0, len(value), 1, 1)
    found: object = parse_cell(scalar, findings) if shape == CELL else parse_expression(scalar, findings)
    return None if findings else found


def _cents(value: str) -> int | None:
    try:
        return parse_money(value)
    except ValueError:
        return None


def _expression(value: str, shape: str) -> str:
    if len(value) > MAX_LENGTH or not value.strip():
        return value
    try:
        tokens = Tokens(Scalar(value, _NOWHERE, 0, len(value), 1, 1), Findings()).tokens[:-1]
    except Stop:
        return value
    written = _spaced(tokens)
    return written if written == value or same(value, written, shape) else value


def _spaced(tokens: list[Token]) -> str:
    parts: list[str] = []
    before: Token | None = None
    sign = False  # was the token before the sign of a value?
    for token in tokens:
        parts.append("" if before is None or sign or _tight(before, token) else " ")
        parts.append(_money(token.text) if token.kind == "geld" else token.text)
        sign = token.text == "-" and (
            before is None
            or (before.kind == "teken" and before.text not in (")", "]", "%"))
            or (before.kind == "woord" and before.text in _BEFORE_VALUE)
        )
        before = token
    return "".join(parts)


def _tight(before: Token, token: Token) -> bool:
    if before.kind == "teken" and before.text in _TIGHT_AFTER:
        return True
    if token.kind != "teken":
        return False
    return token.text in _TIGHT_BEFORE or (token.text == "(" and before.kind == "woord" and before.text in FUNCTIONS)


def _money(value: str) -> str:
    """«€1400,-» as «€ 1.400»."""
    found = _MONEY.fullmatch(value.strip())
    if found is None or (cents := _cents(value)) is None:
        return value
    whole = f"{abs(cents) // 100:,}".replace(",", ".")
    tail = found[4] if found[4] not in (None, ",-") else ""
    written = f"€ {'-' if cents < 0 else ''}{whole}{tail}"
    return written if _cents(written) == cents else value
