"""Where columns come from: the facts of a situation as the tables hold them (a row per client, a row per entry of a list)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from responsief.backends.to_columns.algebra import Expr, Kind, Space
from responsief.backends.to_columns.calendar import number
from responsief.backends.to_columns.gaps import BOUNDS, MAX_DAYS, MAX_MONTHS
from responsief.backends.to_columns.operators import Operand, Operators
from responsief.ir import types
from responsief.ir.types import Type
from responsief.values import GEEN, Period

PARTNER: Final = ("huishouden", "partner")

KINDS: Final[dict[types.Kind, Kind]] = {
    types.Kind.GELD: "int",
    types.Kind.GETAL: "int",
    types.Kind.JA_NEE: "bool",
    types.Kind.DATUM: "int",
    types.Kind.PERIODE: "int",
    types.Kind.KEUZE: "text",
    types.Kind.TEKST: "text",
    types.Kind.LIJST: "bool",
    types.Kind.GROEP: "bool",
}


class Tables:
    """The columns of tables that are there, as expressions. `schema`: the names of the columns of each table."""

    def __init__(self, space: Space, operators: Operators, schema: Mapping[str, frozenset[str]]) -> None:
        self.space = space
        self.operators = operators
        self.schema = schema
        self.incomplete: dict[str, dict[int, Expr]] = {}  # of each table what says that a date is incomplete

    def column(self, table: str, name: str, kind: Kind, lo: int = 0, hi: int = 0) -> Expr:
        """A column; one that is not there is unknown of everybody."""
        if name not in self.schema.get(table, frozenset()):
            return self.space.null(kind)
        return self.space.column(kind, "t", table, name, lo=lo, hi=hi)

    def value(self, table: str, name: str, of: Type, *, scale: int = 0) -> Operand:
        """What a table holds of a fact; beyond its bounds unknown, and the row is set apart."""
        s, plain = self.space, self.operators.plain
        geen = s.sure(self.column(table, f"{name}.geen", "bool")) if of.geen else None
        match of.kind:
            case types.Kind.GELD | types.Kind.GETAL:
                most = BOUNDS[of.kind] * 10**scale
                value = s.clip(s.raw(self.column(table, name, "int")), -most, most)
                return Operand((value,), s.lit(10**scale), None if geen is s.false else geen)
            case types.Kind.DATUM:
                return plain(self.day(table, name), geen=geen)
            case types.Kind.PERIODE:
                months = s.clip(s.raw(self.column(table, name, "int")), 0, MAX_MONTHS)
                days = s.clip(s.raw(self.column(table, f"{name}.dagen", "int")), 0, MAX_DAYS)
                days = s.choose(s.is_null(days), s.lit(0), days)
                days = s.choose(s.is_null(months), s.null("int"), days)
                return plain(months, days, geen=geen)
            case _:
                return plain(self.column(table, name, KINDS[of.kind]), geen=geen)

    def day(self, table: str, name: str) -> Expr:
        """A day as yyyymmdd; an incomplete one sets the row apart."""
        until = self.column(table, f"{name}.tot", "date")
        if not until.unknown:
            apart = self.space.known(until)
            self.incomplete.setdefault(table, {})[apart.at] = apart
        return self.space.ymd(self.column(table, name, "date"))

    def literal(self, value: Any, of: Type) -> Operand:
        """A value that is the same for everybody."""
        s, plain = self.space, self.operators.plain
        match value:
            case None:
                parts = (s.null(KINDS[of.kind]),) * (2 if of.kind is types.Kind.PERIODE else 1)
                return plain(*parts)
            case bool() | int() | str():
                return plain(s.lit(value))
            case Fraction():
                return Operand((s.lit(value.numerator),), s.lit(value.denominator))
            case date():
                return plain(s.lit(number(value)))
            case Period():
                return plain(s.lit(value.months), s.lit(value.days))
            case _:
                assert value is GEEN, value
                return plain(s.null(KINDS[of.kind]), geen=s.true)
