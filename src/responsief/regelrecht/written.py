"""Fixed values and single parts in our language: what a part is once it is written, and when it is in brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from responsief.regelrecht.draft import Body, Together
from responsief.regelrecht.law import MONEY, Choice, Constant, Operation, Reference, Soort, Strange, Tree
from responsief.regelrecht.names import Symbol
from responsief.regelrecht.reading import day_of
from responsief.source import Span
from responsief.values import format_money

#: how tightly a line binds
EURO: Final = "€ 1,00"
ATOM, TIMES, PLUS, COMPARED, NOT, AND, OR = range(7)


class Gap(Exception):
    """This part has no counterpart: the code of the note, its words, and where it stands."""

    def __init__(self, code: str, span: Span, **words: str) -> None:
        self.code, self.span, self.words = code, span, words


@dataclass(frozen=True, slots=True)
class Written:
    """A translated part: how tightly its line binds, what kind of value it is, and whether it is always whole."""

    body: Body
    soort: Soort
    level: int = ATOM
    whole: bool = True

    def inside(self, level: int) -> str:
        """The line, in brackets where it binds looser than its place asks."""
        assert isinstance(self.body, str)
        return self.body if self.level <= level else f"({self.body})"


def negated(part: Written) -> Written:
    """`niet`, or the group that says so."""
    if not isinstance(part.body, str):
        return Written(Together("geen_van", (part.body,)), "ja_nee")
    if part.body in ("ja", "nee"):
        return Written("nee" if part.body == "ja" else "ja", "ja_nee")
    if part.level == NOT:
        return Written(part.body.removeprefix("niet "), "ja_nee")
    return Written(f"niet {part.inside(ATOM)}", "ja_nee", NOT)


def in_euros(line: str) -> str:
    """An amount as an exact number of euros: what cannot be stored as money can be stored as that."""
    amount = re.fullmatch(r"€ ([\d.]+),(\d\d)", line)
    if amount is not None:
        return amount[1].replace(".", "") + (f",{amount[2]}" if amount[2] != "00" else "")
    if line.endswith(f" * {EURO}") and re.fullmatch(r"[a-z0-9_]+", line.removesuffix(f" * {EURO}")):
        return line.removesuffix(f" * {EURO}")
    return f"{line} / {EURO}" if re.fullmatch(r"[a-z0-9_]+", line) else f"({line}) / {EURO}"


def in_cents(part: Written) -> Written:
    return Written(f"afronden({part.body}, cent)", part.soort)


def written_constant(constant: Constant, wanted: Soort | None) -> Written:
    """A fixed value in our words; a number is money where money is wanted."""
    value, span = constant.value, constant.span
    if value is None:
        raise Gap("null", span, wat="null")
    if isinstance(value, bool):
        return Written("ja" if value else "nee", "ja_nee")
    if isinstance(value, str):
        day = day_of(value) if wanted == "datum" else None
        if day is not None:
            return Written(day.isoformat(), "datum")
        mark = "'" if "'" not in value else '"'
        if mark in value or not value.strip() or not value.isprintable():
            raise Gap("bewerking", span, wat=f"de tekst {value}")
        return Written(f"{mark}{value}{mark}", "tekst")
    if isinstance(value, date):
        return Written(value.isoformat(), "datum")
    soort: Soort = wanted if wanted in ("geld", "euro") else "getal"
    text = constant_text(value, soort)
    if text is None:
        raise Gap("soorten", span, wat=str(value), soorten=f"een deel van een cent als {soort}")
    return Written(text, soort, PLUS if text.startswith("-") else ATOM, whole=soort != "getal" or isinstance(value, int))


def constant_text(value: int | Fraction, soort: Soort) -> str | None:
    if soort in MONEY:
        cents = Fraction(value) * (100 if soort == "euro" else 1)
        return format_money(int(cents)) if cents.denominator == 1 else None
    return decimal_text(value)


def decimal_text(value: int | Fraction) -> str | None:
    """A number with a decimal comma; None with more digits than the language takes."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    digits = next((n for n in range(1, 13) if (exact * 10**n).denominator == 1), None)
    if digits is None:
        return None
    whole = f"{abs(int(exact * 10**digits)):0{digits + 1}d}"
    return ("-" if exact < 0 else "") + f"{whole[:-digits]},{whole[-digits:]}"


def fits_figure(value: int | Fraction, soort: Soort) -> bool:
    """Can a dated figure hold this value? Six decimals at most, and no part of a cent."""
    if soort in MONEY:
        return constant_text(value, soort) is not None
    return soort == "getal" and (Fraction(value) * 10**6).denominator == 1


def decimals(symbol: Symbol) -> int:
    """How many decimals a number of the source can have: 0 where nothing says so and its unit is a count."""
    declared = symbol.field
    if declared is None or declared.decimals is not None:
        return min(declared.decimals or 0, 6) if declared else 0
    return {"ratio": 6, "percentage": 2}.get(declared.unit, 0)


def rounding_unit(soort: Soort, precision: int) -> str | None:
    if soort == "getal":
        return "geheel" if precision == 0 else None
    step = Fraction(10) ** -precision * (100 if soort == "euro" else 1)
    if soort not in MONEY or step.denominator != 1 or step > 10**8:
        return None
    return {1: "cent", 100: "euro"}.get(int(step)) or format_money(int(step))


def harmless(found: Written, op: str, bound: int | Fraction | None) -> bool:
    """A name or constant that is below zero by no road needs no bound of zero."""
    return op == "max" and bound == 0 and isinstance(found.body, str) and found.body.startswith(("€ ", "max(€ 0,"))


def called(tree: Tree) -> str:
    match tree:
        case Operation(source=source):
            return source
        case Reference(name=name):
            return f"${name}"
        case Constant(value=value):
            return str(value)
        case Choice():
            return "IF"
        case Strange(what=what):
            return what
