"""The words of narwhals for frames of Spark, as SQL: a plan is text that Spark reads at once.

Through narwhals every operator is a call to Java and back, and a plan of a few thousand of them takes half a minute before anything is
decided. Only what `emit` and `run` say is here; each word means what it means to narwhals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

Int64: Final = "BIGINT"
Boolean: Final = "BOOLEAN"
String: Final = "STRING"
Date: Final = "DATE"

_KINDS: Final[Mapping[str, str]] = {"bigint": Int64, "boolean": Boolean, "string": String, "date": Date}
_PLAIN: Final = re.compile(r"[\w -]*", re.ASCII)
_ATOM: Final = ""  # of an expression that needs no brackets, whatever it is put in


class Sql:
    """An expression as text; `top`: the operator that it is made with, `name`: of the column that it becomes."""

    __slots__ = ("name", "text", "top")

    def __init__(self, text: str, top: str = _ATOM, name: str = "") -> None:
        self.text, self.top, self.name = text, top, name

    def alias(self, name: str) -> Sql:
        return Sql(self.text, self.top, name)

    def cast(self, kind: str) -> Sql:
        return Sql(f"cast({self.text} AS {kind})", name=self.name)

    def is_null(self) -> Sql:
        return Sql(f"isnull({self.text})")

    def is_in(self, values: Sequence[Any]) -> Sql:
        """Null of what is null, also in an empty list."""
        some = " OR ".join(f"{self._within('=')} = {_told(one)}" for one in values)
        return Sql(some, "OR") if some else Sql(f"CASE WHEN {self.text} IS NULL THEN NULL ELSE false END")

    def fill_null(self, value: Any) -> Sql:
        return Sql(f"coalesce({self.text}, {_told(value)})", name=self.name)

    def sum(self) -> Sql:
        return Sql(f"coalesce(sum({self.text}), 0L)", name=self.name)

    def max(self) -> Sql:
        return Sql(f"max({self.text})", name=self.name)

    @property
    def dt(self) -> Sql:
        """A date, of which a part is asked."""
        return self

    def year(self) -> Sql:
        return Sql(f"year({self.text})")

    def month(self) -> Sql:
        return Sql(f"month({self.text})")

    def day(self) -> Sql:
        return Sql(f"day({self.text})")

    def __and__(self, other: Sql) -> Sql:
        return self._chained("AND", other)

    def __or__(self, other: Sql) -> Sql:
        return self._chained("OR", other)

    def __invert__(self) -> Sql:
        return Sql(f"NOT {self._within('NOT')}", "NOT")

    def __add__(self, other: Sql | int) -> Sql:
        return self._with("+", other)

    def __sub__(self, other: Sql | int) -> Sql:
        return self._with("-", other)

    def __mul__(self, other: Sql | int) -> Sql:
        return self._with("*", other)

    def __floordiv__(self, other: Sql | int) -> Sql:
        """Of what is not below nought (see `Space.divide`): there `div` goes down too. Nothing is divided by nought."""
        return self._with("div", other if isinstance(other, int) else Sql(f"nullif({other.text}, 0L)"))

    def __lt__(self, other: Sql | int) -> Sql:
        return self._with("<", other)

    def __le__(self, other: Sql | int) -> Sql:
        return self._with("<=", other)

    def __gt__(self, other: Sql | int) -> Sql:
        return self._with(">", other)

    def __ge__(self, other: Sql | int) -> Sql:
        return self._with(">=", other)

    def __eq__(self, other: object) -> Sql:  # type: ignore[override]  # a question to every row, as in every library of frames
        return self._with("=", other)

    def __ne__(self, other: object) -> Sql:  # type: ignore[override]  # idem
        return self._with("!=", other)

    __hash__ = None  # type: ignore[assignment]  # what is equal to it is not known here

    def _with(self, operator: str, other: object) -> Sql:
        right = other if isinstance(other, Sql) else Sql(_told(other))
        return Sql(f"{self._within(operator)} {operator} {right._within(operator)}", operator)

    def _chained(self, operator: str, other: Sql) -> Sql:
        """`a AND b AND c` without brackets: Spark's reader goes slowly down many."""
        sides = (one.text if one.top == operator else one._within(operator) for one in (self, other))
        return Sql(f" {operator} ".join(sides), operator)

    def _within(self, operator: str) -> str:
        return self.text if self.top == _ATOM else f"({self.text})"


class Choice:
    """A choice that is being written."""

    def __init__(self, before: str, condition: Sql) -> None:
        self.before, self.condition = before, condition

    def then(self, value: Sql) -> Then:
        return Then(f"{self.before} WHEN {self.condition.text} THEN {value.text}")


class Then:
    """A choice of which the conditions so far have their values."""

    def __init__(self, before: str) -> None:
        self.before = before

    def when(self, condition: Sql) -> Choice:
        return Choice(self.before, condition)

    def otherwise(self, value: Sql) -> Sql:
        return Sql(f"{self.before} ELSE {value.text} END")


def col(name: str) -> Sql:
    """A column; a dot in its name is only a dot."""
    return Sql(quoted(name), name=name)


def lit(value: Any, dtype: str) -> Sql:
    """A fixed value; None: unknown of everybody."""
    return Sql(f"cast(NULL AS {dtype})" if value is None else _told(value))


def when(condition: Sql) -> Choice:
    """The beginning of a choice."""
    return Choice("CASE", condition)


def max_horizontal(*parts: Sql) -> Sql:
    """The largest of some columns that are known."""
    return Sql(f"greatest({', '.join(one.text for one in parts)})")


def min_horizontal(*parts: Sql) -> Sql:
    """The smallest of some columns that are known."""
    return Sql(f"least({', '.join(one.text for one in parts)})")


def concat_str(*parts: Sql, separator: str, ignore_nulls: bool) -> Sql:
    """Words after each other; what is null is left out."""
    assert ignore_nulls
    return Sql(f"concat_ws({', '.join((_told(separator), *(one.text for one in parts)))})")


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return f"`{name.replace('`', '``')}`"


def _told(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value}L" if value >= 0 else f"({value}L)"
        case date():
            return f"DATE'{value.isoformat()}'"
        case str() if _PLAIN.fullmatch(value):
            return f"'{value}'"
        case str():  # how a quote or backslash is written depends on settings of the session
            return f"decode(unhex('{value.encode().hex()}'), 'UTF-8')"
        case _:
            raise TypeError(type(value))


class Frame:
    """A frame of Spark that is spoken to in these words."""

    def __init__(self, native: Any) -> None:
        self.native = native

    def collect_schema(self) -> dict[str, str]:
        """The names of the columns, each with its kind; of a kind that we have no word for, Spark's own word."""
        return {field.name: _KINDS.get(kind := field.dataType.simpleString(), kind) for field in self.native.schema.fields}

    def select(self, *columns: Sql | str) -> Frame:
        made = (col(one) if isinstance(one, str) else one for one in columns)
        return Frame(self.native.selectExpr(*(f"{one.text} AS {quoted(one.name)}" for one in made)))

    def join(self, other: Frame, on: str, how: str) -> Frame:
        return Frame(self.native.join(other.native, on=on, how=how))

    def group_by(self, key: str) -> Groups:
        """The rows of each key together."""
        return Groups(self, key)

    def to_native(self) -> Any:
        """The frame of Spark."""
        return self.native


class Groups:
    """Rows per key, about to be taken together."""

    def __init__(self, frame: Frame, key: str) -> None:
        self.frame, self.key = frame, key

    def agg(self, *columns: Sql) -> Frame:
        from pyspark.sql import functions

        made = (functions.expr(one.text).alias(one.name) for one in columns)
        return Frame(self.frame.native.groupBy(self.key).agg(*made))
