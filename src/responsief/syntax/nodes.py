"""What was written, before names and types mean anything: YAML nodes, and the nodes of an expression."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from fractions import Fraction
from typing import Literal

from responsief.frozen import dataclass
from responsief.source import Place, Scalar, Source, Span
from responsief.values import Mode, Period

# --- YAML --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order written."""

    entries: dict[str, tuple[Scalar, Yaml]]
    span: Span = field(compare=False, repr=False)

    def get(self, key: str) -> Yaml | None:
        entry = self.entries.get(key)
        return entry[1] if entry else None

    def key(self, key: str) -> Scalar | None:
        """Where the key itself stands."""
        entry = self.entries.get(key)
        return entry[0] if entry else None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Values in a row."""

    items: tuple[Yaml, ...]
    span: Span = field(compare=False, repr=False)


Yaml = Mapping | Sequence | Scalar


def span_of(node: Yaml) -> Span:
    """Where a YAML node starts."""
    return node.span() if isinstance(node, Scalar) else node.span


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read: its text and its one top-level mapping."""

    source: Source
    root: Mapping


# --- expressions -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Literal_:
    """A fixed value: money (cents), a number, a percentage, a date, a period, a word, ja or nee."""

    kind: Literal["geld", "getal", "procent", "datum", "periode", "tekst", "ja_nee"]
    value: int | Fraction | date | Period | str | bool
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A name with dots: `huishouden.partner`; `places` has one place per step."""

    steps: tuple[str, ...]
    place: Place = field(compare=False, repr=False)
    places: tuple[Place, ...] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Unary:
    op: Literal["niet", "-"]
    operand: Expression
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Binary:
    """`op`: en, of (with `operands` in a row) or a comparison, + - * /, `% van` (with two)."""

    op: str
    operands: tuple[Expression, ...]
    place: Place = field(compare=False, repr=False)
    op_place: Place = field(compare=False, repr=False)
    bracketed: bool = field(default=False, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Within:
    """`x tussen a en b`, both included."""

    value: Expression
    low: Expression
    high: Expression
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OneOf:
    """`x in [a, b]`."""

    value: Expression
    options: tuple[Expression, ...]
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Is:
    """`x is bekend`, `x is onbekend`, `x is geen`."""

    value: Expression
    what: Literal["bekend", "onbekend", "geen"]
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rounded:
    """`afronden(x, …)`; `unit` is a word (cent, euro, geheel) or an amount of money."""

    value: Expression
    mode: Mode
    unit: str | int
    place: Place = field(compare=False, repr=False)
    unit_place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Extreme:
    op: Literal["min", "max"]
    operands: tuple[Expression, ...]
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Age:
    """`leeftijd`, `leeftijd van X`, `leeftijd op D`."""

    of: Name | None
    on: Expression | None
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """`dagen tussen a en b`: whole days, months or years from a to b."""

    unit: Literal["dagen", "maanden", "jaren"]
    start: Expression
    end: Expression
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OverList:
    """`aantal(lijst waar …)`, `som(lijst.veld waar …)`, `bestaat(…)`, `alle(…)`."""

    op: Literal["aantal", "som", "bestaat", "alle"]
    path: Name
    where: Expression | None
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Group:
    """A YAML group: `alle`, `een_van`, `geen_van`; with `tenzij` beside it."""

    op: Literal["alle", "een_van", "geen_van"]
    operands: tuple[Expression, ...]
    unless: Expression | None
    place: Place = field(compare=False, repr=False)
    unless_place: Place | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Choose:
    """`kies`: the first branch that holds, else `otherwise`."""

    branches: tuple[tuple[Expression, Expression], ...]
    otherwise: Expression | None
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: None for «-», else the test as an expression on the column's value (`Name(("·",))`)."""

    test: Expression | None
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    result: Expression


@dataclass(frozen=True, slots=True)
class Table:
    hit: Literal["uniek", "eerste", "verzamel"]
    columns: tuple[Expression, ...]
    rows: tuple[Row, ...]
    otherwise: Expression | None
    collect: Literal["som", "max", "min"] | None
    place: Place = field(compare=False, repr=False)


Expression = (
    Literal_
    | Name
    | Unary
    | Binary
    | Within
    | OneOf
    | Is
    | Rounded
    | Extreme
    | Age
    | Elapsed
    | OverList
    | Group
    | Choose
    | Table
)

COLUMN = "·"  # the name that stands for the column's value inside a cell
