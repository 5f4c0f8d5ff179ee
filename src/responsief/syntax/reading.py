"""Taking keys out of a YAML mapping, with a finding for everything that is missing, unknown or of the wrong form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import partial
from typing import Any, Final, TypeVar

from responsief.diagnostics import Findings, choose_from, nearest
from responsief.facts import UNKNOWN_WORDS, Soort
from responsief.source import Scalar, Span
from responsief.syntax.nodes import Mapping, Sequence, Yaml, span_of
from responsief.values import parse_day, parse_period

T = TypeVar("T")

NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
IDENT: Final = re.compile(r"[a-z0-9][a-z0-9_-]*")


#: what somebody who knows YAML from elsewhere writes -> our key
_ENGLISH: Final = {
    "all": "alle", "all_of": "alle", "en": "alle", "and": "alle", "any": "een_van", "any_of": "een_van", "of": "een_van",
    "or": "een_van", "none": "geen_van", "niet": "geen_van", "not": "geen_van", "unless": "tenzij", "if": "als", "when": "als",
    "then": "dan", "else": "anders", "switch": "kies", "table": "tabel", "rows": "rijen", "columns": "kolommen",
    "ruleset": "regelset", "format": "formaat", "version": "versie", "type": "soort", "kind": "soort", "source": "bron",
    "sources": "van", "name": "naam", "valid": "geldig", "from": "van", "vanaf": "van", "to": "tot", "until": "tot",
    "tm": "tot", "purpose": "doel", "ground": "grondslag", "artikel": "grondslag", "article": "grondslag", "wet": "grondslag",
    "facts": "gegevens", "feiten": "gegevens", "amounts": "bedragen", "values": "waarden", "waarde": "waarden",
    "terms": "begrippen", "definities": "begrippen", "requirement": "eis", "voorwaarde": "eis", "conditie": "eis",
    "outcome": "uitkomst", "resultaat": "uitkomst", "amount": "bedrag", "hardship": "hardheid", "clausules": "hardheid",
    "hardheidsclausule": "hardheid", "reason": "reden", "because": "waarom", "question": "vraag", "options": "opties",
    "keuzes": "opties", "use": "gebruik", "rules": "regels", "list": "lijst", "text": "tekst",
}  # fmt: skip


def meant_key(word: str, known: Collection[str]) -> str:
    """The key that was probably meant: misspelt, or another word for it; nothing when it is neither."""
    other = _ENGLISH.get(word.lower().replace(" ", "_"), "")
    return nearest(word, known) or (other if other in known else "")


class Reader:
    """One mapping being read. Every key that may stand in it is asked for once; `done` reports the others, and what is
    missing: a key that is only misspelt is one mistake, not an unknown and a missing one."""

    def __init__(self, mapping: Mapping, findings: Findings) -> None:
        self.mapping = mapping
        self.findings = findings
        self.asked: list[str] = []
        self.lacking: dict[str, Callable[[], None] | None] = {}
        self.instead: dict[str, list[str]] = {}

    # getting at a key

    def get(self, key: str) -> Yaml | None:
        if key not in self.asked:
            self.asked.append(key)
        entry = self.mapping.entries.get(key)
        return entry[1] if entry is not None else None

    def need(self, key: str, *, instead: Iterable[str] = ()) -> Yaml | None:
        """The value of a key that must be there; who misspelt a word of `instead` does not miss it."""
        for other in instead:
            self.get(other)
            self.instead.setdefault(other, []).append(key)
        value = self.get(key)
        if value is None:
            self.lacking.setdefault(key)
        return value

    def lacks(self, key: str, code: str, span: Span, **words: object) -> None:
        """A key that should have been there has a finding of its own; it stays away when the key turns out to be misspelt."""
        self.get(key)
        self.lacking[key] = partial(self.findings.add, code, span, hulp=None, **words)

    def has(self, key: str) -> bool:
        return self.mapping.get(key) is not None

    def span(self, key: str) -> Span:
        value = self.mapping.get(key)
        return span_of(value) if value is not None else self.start

    def key_span(self, key: str) -> Span:
        scalar = self.mapping.key(key)
        return scalar.span() if scalar is not None else self.start

    @property
    def start(self) -> Span:
        """Where the mapping starts: its first key, or its brace."""
        here = self.mapping.span
        first = next((key for key, _ in self.mapping.entries.values()), None)
        return first.span() if first is not None and (first.line, first.column) == (here.line, here.column) else here

    def done(self) -> None:
        """Report every key that nobody asked for, and every key that is missing."""
        if self.findings.full or not (self.lacking or any(key not in self.asked for key in self.mapping.entries)):
            return
        open_keys = [k for k in self.asked if k not in self.mapping.entries]
        for key, (scalar, _) in self.mapping.entries.items():
            if key in self.asked:
                continue
            if self.findings.full:
                break
            meant = meant_key(key, open_keys) or nearest(key, self.asked)
            first, _, rest = key.partition(" ")
            if first in open_keys and rest:
                meant = first
            for one in (meant, *self.instead.get(meant, ())):
                self.lacking.pop(one, None)
            if first in open_keys and rest:
                hint = f"schrijf «{first}: {rest}»"
            elif key.strip() != key or not key.isprintable():
                hint = "hier staat een onzichtbaar teken, zoals een harde spatie: typ de sleutel opnieuw"
            else:
                hint = f"bedoelde u «{meant}»?" if meant else choose_from("", self.asked)
            self.findings.add("onbekende-sleutel", scalar.span(), sleutel=key, hulp=hint)
        missing = [key for key, own in self.lacking.items() if own is None]
        if missing:
            names = [f"«{key}»" for key in missing]
            self.findings.add(
                "sleutel-ontbreekt",
                self.start,
                sleutels=" en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names),
                ontbreekt="ontbreekt" if len(names) == 1 else "ontbreken",
                regels=", ".join(f"«{key}: …»" for key in missing),
            )
        for own in self.lacking.values():
            if own is not None:
                own()
        self.lacking = {}

    # what stands there

    def scalar(self, key: str, *, required: bool = False) -> Scalar | None:
        value = self.need(key) if required else self.get(key)
        if value is None:
            return None
        if not isinstance(value, Scalar):
            self.findings.add("geen-tekst", span_of(value))
            return None
        if not value.value.strip():
            self.findings.add("lege-waarde", self.key_span(key), sleutel=key, hulp=f"vul «{key}» in" if required else None)
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
            word = {"yes": "ja", "true": "ja", "no": "nee", "false": "nee"}.get(found.value.lower(), found.value.lower())
            self.findings.add("geen-ja-nee", found.span(), hulp=f"schrijf «{word}»" if word in ("ja", "nee") else None)
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
            better = plain_name(found.value, "-")
            hint = f"schrijf bijvoorbeeld «{better}»" if IDENT.fullmatch(better) else None
            self.findings.add("ongeldig-id", found.span(), naam=found.value, hulp=hint)
        return found.value

    def name(self, key: str) -> str:
        """A name as rules use it: without dashes."""
        found = self.scalar(key, required=True)
        if found is None:
            return ""
        if not NAME.fullmatch(found.value):
            self.wrong_name(found, NAME)
        return found.value

    def wrong_name(self, found: Scalar, what: re.Pattern[str]) -> None:
        better = plain_name(found.value, "_")
        hint = f"schrijf bijvoorbeeld «{better}»" if what.fullmatch(better) else None
        self.findings.add("ongeldige-naam", found.span(), naam=found.value, hulp=hint)

    def format(self) -> None:
        found = self.scalar("formaat", required=True)
        if found is not None and found.value != "1":
            self.findings.add("formaat-onbekend", found.span(), formaat=found.value)

    # what is inside it

    def group(self, key: str, *, required: bool = False, zoals: str = "") -> Reader | None:
        """The mapping under a key; `zoals` is what it looks like, for who wrote something else there."""
        value = self.need(key) if required else self.get(key)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            hint = f"schrijf «{key}: {{{zoals}}}»" if zoals else None
            if self.empty(key):
                self.findings.add("lege-waarde", self.key_span(key), sleutel=key, hulp=hint)
            else:
                self.findings.add("geen-groep", span_of(value), hulp=hint)
            return None
        return Reader(value, self.findings)

    def sequence(self, key: str, *, required: bool = False) -> tuple[Yaml, ...]:
        value = self.need(key) if required else self.get(key)
        if value is None or (isinstance(value, Scalar) and not value.value.strip()):
            return ()
        if not isinstance(value, Sequence):
            hint = None
            if isinstance(value, Scalar) and len(value.value) <= 60 and "\n" not in value.source.text[value.start : value.end]:
                hint = f"schrijf «{key}: [{value.value.strip('()')}]»"
            self.findings.add("geen-lijst", span_of(value), hulp=hint)
            return ()
        return value.items

    def empty(self, key: str) -> bool:
        """Does the key stand there with nothing behind it?"""
        value = self.mapping.get(key)
        match value:
            case Scalar():
                return not value.value.strip()
            case Sequence():
                return not value.items
            case Mapping():
                return not value.entries
        return False

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
        """A list of single values; a required one has at least one."""
        found = []
        if required and self.empty(key):
            self.findings.add("lege-waarde", self.key_span(key), sleutel=key, hulp=f"vul «{key}» in")
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
            elif not self.findings.full:
                self.findings.add(code, item.span(), woord=item.value, naam=item.value, hulp=choose_from(item.value, options))
        return tuple(found)

    def written(self, key: str) -> list[str]:
        """Every name under a key, also where the names stand in a list by mistake."""
        value = self.mapping.get(key)
        items = value.items if isinstance(value, Sequence) else (value,)
        return [name for item in items if isinstance(item, Mapping) for name in item.entries]

    def named(self, key: str, *, what: re.Pattern[str] = NAME) -> Iterable[tuple[Scalar, Yaml]]:
        """The entries of a mapping of names; a wrong name is reported and left out."""
        value = self.get(key)
        if isinstance(value, Sequence):
            self.findings.add("geen-groep", value.span, hulp="haal de streepjes weg: schrijf «naam: …»")
        inner = self.group(key) if not isinstance(value, Sequence) else None
        if inner is None:
            return
        for name, (scalar, value) in inner.mapping.entries.items():
            if what.fullmatch(name):
                yield scalar, value
            else:
                self.wrong_name(scalar, what)


def plain_name(text: str, between: str) -> str:
    """A name or id as the language wants it, from what somebody wrote: «IIT Rotterdam» -> «iit-rotterdam»."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9_]+" if between == "_" else r"[^a-z0-9_-]+", between, bare).strip(between)


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


def read_soort(reader: Reader, kinds: Collection[str]) -> Soort | None:
    """The kind of fact or figure that `type`, `opties`, `cijfers` and `geen` describe; None when it can't be told."""
    name: Any = reader.choice("type", kinds, required=True)
    options = reader.texts("opties", required=name == "keuze")
    digits = reader.number("cijfers", 0, 6, required=name == "decimaal")
    geen = reader.yes("geen")
    for key, kind in (("opties", "keuze"), ("cijfers", "decimaal"), ("geen", "datum")):
        if name and name != kind and (geen if key == "geen" else reader.has(key)):
            hint = f"«{key}» hoort alleen bij «type: {kind}»: haal het weg"
            reader.findings.add("onbekende-sleutel", reader.key_span(key), sleutel=key, hulp=hint)
            return None
    for item in reader.scalars("opties") if name == "keuze" else ():
        if item.value.lower() in UNKNOWN_WORDS:
            hint = "haal het weg: wat niet bekend is, staat in geen keuze"
            reader.findings.add("keuze-onbekend", item.span(), woord=item.value, hulp=hint)
            return None
    if not name or (name == "keuze" and not options) or (name == "decimaal" and digits is None):
        return None
    return Soort(name, *options, geen=geen, cijfers=digits or 0)
