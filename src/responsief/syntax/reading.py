"""Taking keys out of a YAML mapping, with a finding for everything that is missing, unknown or of the wrong form."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, Final, TypeVar

from responsief.diagnostics import Findings, choose_from
from responsief.facts import Soort
from responsief.source import Scalar, Span
from responsief.syntax.nodes import Mapping, Sequence, Yaml, span_of
from responsief.values import parse_day, parse_period

T = TypeVar("T")

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
IDENT: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


class Reader:
    """One mapping being read. Every key that may stand in it is asked for once; `done` reports the others."""

    def __init__(self, mapping: Mapping, findings: Findings) -> None:
        self.mapping = mapping
        self.findings = findings
        self.asked: list[str] = []

    # getting at a key

    def get(self, key: str) -> Yaml | None:
        if key not in self.asked:
            self.asked.append(key)
        return self.mapping.get(key)

    def need(self, key: str) -> Yaml | None:
        value = self.get(key)
        if value is None:
            self.findings.add("sleutel-ontbreekt", self.mapping.span, sleutel=key)
        return value

    def has(self, key: str) -> bool:
        return self.mapping.get(key) is not None

    def span(self, key: str) -> Span:
        value = self.mapping.get(key)
        return span_of(value) if value is not None else self.mapping.span

    def key_span(self, key: str) -> Span:
        scalar = self.mapping.key(key)
        return scalar.span() if scalar is not None else self.mapping.span

    def done(self) -> None:
        """Report every key that nobody asked for."""
        for key, (scalar, _) in self.mapping.entries.items():
            if key not in self.asked:
                self.findings.add("onbekende-sleutel", scalar.span(), sleutel=key, hulp=choose_from(key, self.asked))

    # what stands there

    def scalar(self, key: str, *, required: bool = False) -> Scalar | None:
        value = self.need(key) if required else self.get(key)
        if value is None:
            return None
        if not isinstance(value, Scalar):
            self.findings.add("geen-tekst", span_of(value))
            return None
        if not value.value.strip():
            self.findings.add("lege-waarde", self.key_span(key), sleutel=key)
            return None
        return value

    def text(self, key: str, *, required: bool = False) -> str | None:
        found = self.scalar(key, required=required)
        return " ".join(found.value.split()) if found is not None else None

    def must(self, key: str) -> str:
        """A required text; an empty one (with a finding) when it is missing."""
        return self.text(key, required=True) or ""

    def choice(self, key: str, options: Collection[str], default: str = "", *, required: bool = False) -> str:
        found = self.scalar(key, required=required)
        if found is None:
            return default
        if found.value not in options:
            self.findings.add("keuze-onbekend", found.span(), woord=found.value, hulp=choose_from(found.value, options))
            return default
        return found.value

    def yes(self, key: str, *, default: bool = False) -> bool:
        found = self.scalar(key)
        if found is None:
            return default
        if found.value not in ("ja", "nee"):
            self.findings.add("geen-ja-nee", found.span())
            return default
        return found.value == "ja"

    def typed(self, key: str, read: Callable[[str], T], code: str, *, required: bool = False) -> T | None:
        """A value read by a function that raises ValueError with a Dutch reason."""
        found = self.scalar(key, required=required)
        if found is None:
            return None
        try:
            return read(found.value)
        except ValueError as wrong:
            self.findings.add(code, found.span(), waarom=str(wrong))
            return None

    def day(self, key: str, *, required: bool = False) -> date | None:
        return self.typed(key, parse_day, "geen-datum", required=required)

    def period(self, key: str, *, required: bool = False) -> str | None:
        found = self.typed(key, parse_period, "geen-periode", required=required)
        return str(found) if found is not None else None

    def number(self, key: str, low: int, high: int, *, required: bool = False) -> int | None:
        found = self.scalar(key, required=required)
        if found is None:
            return None
        if not re.fullmatch(r"-?\d{1,9}", found.value):
            self.findings.add("geen-getal", found.span(), tekst=found.value)
            return None
        if not low <= int(found.value) <= high:
            self.findings.add("getal-buiten-bereik", found.span(), tekst=found.value, van=low, tot=high)
            return None
        return int(found.value)

    def ident(self, key: str) -> str:
        found = self.scalar(key, required=True)
        if found is None:
            return ""
        if not IDENT.fullmatch(found.value):
            self.findings.add("ongeldig-id", found.span(), naam=found.value)
        return found.value

    def format(self) -> None:
        found = self.scalar("formaat", required=True)
        if found is not None and found.value != "1":
            self.findings.add("formaat-onbekend", found.span(), formaat=found.value)

    # what is inside it

    def group(self, key: str, *, required: bool = False) -> Reader | None:
        value = self.need(key) if required else self.get(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self.findings.add("geen-groep", span_of(value))
            return None
        return Reader(value, self.findings)

    def sequence(self, key: str, *, required: bool = False) -> tuple[Yaml, ...]:
        value = self.need(key) if required else self.get(key)
        if value is None or (isinstance(value, Scalar) and not value.value.strip()):
            return ()
        if not isinstance(value, Sequence):
            self.findings.add("geen-lijst", span_of(value))
            return ()
        return value.items

    def groups(self, key: str, *, required: bool = False) -> list[Reader]:
        """A list of mappings."""
        found = []
        for item in self.sequence(key, required=required):
            if isinstance(item, Mapping):
                found.append(Reader(item, self.findings))
            else:
                self.findings.add("geen-groep", span_of(item))
        return found

    def scalars(self, key: str, *, required: bool = False) -> list[Scalar]:
        """A list of single values."""
        found = []
        for item in self.sequence(key, required=required):
            if isinstance(item, Scalar) and item.value.strip():
                found.append(item)
            else:
                self.findings.add("geen-tekst", span_of(item))
        return found

    def texts(self, key: str, *, required: bool = False) -> tuple[str, ...]:
        return tuple(" ".join(s.value.split()) for s in self.scalars(key, required=required))

    def words(
        self, key: str, options: Collection[str], code: str = "keuze-onbekend", *, required: bool = False
    ) -> tuple[str, ...]:
        """A list of words from a fixed set."""
        found = []
        for item in self.scalars(key, required=required):
            if item.value in options:
                found.append(item.value)
            else:
                self.findings.add(code, item.span(), woord=item.value, naam=item.value, hulp=choose_from(item.value, options))
        return tuple(found)

    def named(self, key: str, *, what: re.Pattern[str] = NAME) -> Iterable[tuple[Scalar, Yaml]]:
        """The entries of a mapping of names; a wrong name is reported and left out."""
        inner = self.group(key)
        if inner is None:
            return
        for name, (scalar, value) in inner.mapping.entries.items():
            if what.fullmatch(name):
                yield scalar, value
            else:
                self.findings.add("ongeldige-naam", scalar.span(), naam=name)


def in_force(reader: Reader) -> tuple[date | None, bool]:
    """`in_werking: {vanaf: …}` or `in_werking: gedoogd`: the first day, and whether it is tolerated before."""
    value = reader.get("in_werking")
    if value is None:
        return None, False
    if isinstance(value, Scalar):
        if value.value != "gedoogd":
            reader.findings.add(
                "keuze-onbekend", value.span(), woord=value.value, hulp="schrijf «gedoogd» of «{vanaf: 2027-01-01}»"
            )
        return None, True
    inner = reader.group("in_werking")
    if inner is None:
        return None, False
    start = inner.day("vanaf", required=True)
    tolerated = inner.yes("gedoogd")
    inner.done()
    return start, tolerated


def read_soort(reader: Reader, kinds: Collection[str]) -> Soort:
    """The kind of fact or figure that `type`, `opties`, `cijfers` and `geen` describe."""
    name: Any = reader.choice("type", kinds, "tekst", required=True)
    options = reader.texts("opties", required=name == "keuze")
    digits = reader.number("cijfers", 0, 6, required=name == "decimaal") or 0
    geen = reader.yes("geen") and name == "datum"
    return Soort(name, *options, geen=geen, cijfers=digits)
