"""A machine-readable law of MinBZK/regelrecht or MinBZK/poc-machine-law, in one form for both generations of the schema.

The service definitions of v0.1 become one section; of v0.2 and later every article is a section, with its own names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

from responsief.source import Span

#: what a value is. «geld» is written in eurocents in the source, «euro» is money written in whole euros
Soort = Literal["geld", "euro", "getal", "ja_nee", "datum", "tekst", "lijst"]
MONEY: tuple[Soort, Soort] = ("geld", "euro")


@dataclass(frozen=True, slots=True)
class Constant:
    """A fixed value; None is the source's null."""

    value: int | Fraction | bool | str | date | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """`$NAME` or `$object.field`, in small letters."""

    steps: tuple[str, ...]
    span: Span = field(compare=False, repr=False)

    @property
    def name(self) -> str:
        return ".".join(self.steps)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation that both sides know. `op` is our sign or word for it; `source` is how the source calls it."""

    op: str
    operands: tuple[Tree, ...]
    source: str
    span: Span = field(compare=False, repr=False)
    unit: str = ""  # of dates: dagen, weken, maanden, jaar
    precision: int = 0  # of rounding: decimals, in the value's own unit


@dataclass(frozen=True, slots=True)
class Choice:
    """IF and SWITCH: the first case that holds; `otherwise` is None where the source gives no value."""

    cases: tuple[tuple[Tree, Tree], ...]
    otherwise: Tree | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Strange:
    """Something that this translator has no meaning for: the code of the note, and how the source calls it."""

    code: str
    what: str
    span: Span = field(compare=False, repr=False)


Tree = Constant | Reference | Operation | Choice | Strange


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, input, source or output as the source declares it."""

    name: str
    role: Literal["parameter", "invoer", "bron", "uitvoer"]
    soort: Soort | None
    label: str
    grondslag: str
    span: Span = field(compare=False, repr=False)
    options: tuple[str, ...] = ()
    decimals: int | None = None
    least: int | Fraction | None = None
    most: int | Fraction | None = None
    unit: str = ""
    service: str = ""  # whose register or law it comes from
    law: str = ""
    output: str = ""  # of that law
    reference: str = ""  # the day that its value is of
    per: str = ""  # maand or jaar, where the source says so
    primary: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """A constant of the source: one value, or a list of them."""

    name: str
    values: tuple[Constant, ...]
    many: bool
    soort: Soort | None
    label: str
    grondslag: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Action:
    output: str
    tree: Tree
    grondslag: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """What a law leaves to a lower regulation."""

    name: str
    soort: Soort | None
    label: str
    grondslag: str
    default: Tree | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Requirement:
    tree: Tree
    grondslag: str


@dataclass(frozen=True, slots=True)
class Section:
    """Rules that share their names: a whole service definition, or one article."""

    number: str
    grondslag: str
    decides: bool  # its outcome is a decision about somebody (beschikking)
    orgaan: str = ""
    fields: tuple[Field, ...] = ()
    definitions: tuple[Definition, ...] = ()
    actions: tuple[Action, ...] = ()
    open_terms: tuple[OpenTerm, ...] = ()
    requirements: tuple[Requirement, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """Everything that was read. What is empty or None was not in the source."""

    generation: Literal["dienst", "artikelen"]
    ident: str
    titel: str
    soort: str
    regeling: str
    van: date
    tot: date | None
    orgaan: str
    gemeente: str | None
    sections: tuple[Section, ...]
    span: Span = field(compare=False, repr=False)
