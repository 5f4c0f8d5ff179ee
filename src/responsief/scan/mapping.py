"""The file that says what each column of somebody's own tables means (`kolommen.yaml`), read and checked before a row is touched."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.frozen import dataclass
from responsief.intake import Key, Where, read_data, read_source
from responsief.ir.types import Kind
from responsief.scan.cells import DATE_FORMS, UNKNOWN, BadCell, Style, reader
from responsief.scan.targets import Target, UnknownPathError, list_names, list_target, person_target
from responsief.source import Span
from responsief.tables.layout import Layout

ROW_NUMBER: Final = "rijnummer"  # as `sleutel`: there is none, the number of the row is it
LEFT_OUT: Final = "weg"
_TOP: Final = ("sleutel", "bestand", "schrijfwijze", "kolommen", "vast", "lijsten")
_STYLE: Final = ("bedragen", "decimaal", "datum", "ja", "nee", "onbekend")
_FILE: Final = ("codering", "scheiding", "blad")
_LIST: Final = ("zonder_rijen", "sleutel", "bestand", "schrijfwijze", "kolommen", "vast")
_COLUMN: Final = ("pad", "woorden", *_STYLE)
_ENCODINGS: Final = ("utf-8", "windows-1252")
_DELIMITERS: Final = {"puntkomma": ";", ";": ";", "komma": ",", ",": ",", "tab": "\t", "\t": "\t", "streep": "|", "|": "|"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A column that is read: its heading, where it goes, how it is written, and its own words."""

    naam: str
    doel: Target
    stijl: Style
    woorden: Mapping[str, str]
    span: Span


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is read of one file. `sleutel` is a heading, or None: the number of the row is the key."""

    sleutel: str | None
    sleutel_span: Span | None
    codering: str | None
    scheiding: str | None
    blad: str | None
    kolommen: tuple[Wanted, ...]
    weg: frozenset[str]
    vast: tuple[tuple[Target, Any], ...]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """The whole mapping. `zonder_rijen_geen`: the lists that somebody without a row in them is known to have nothing in."""

    personen: Sheet
    lijsten: Mapping[str, Sheet]
    zonder_rijen_geen: frozenset[str]
    sha256: str
    naam: str = field(compare=False)


def read_map(path: Path, layout: Layout, rulesets: Iterable[str], on: date) -> ColumnMap:
    """The mapping in a YAML file. Raises InvalidError with every finding, at its place, with what was probably meant."""
    source = read_source(path)
    data, where = read_data(source, "sleutel")
    found = _Reader(layout, tuple(rulesets), on, where).whole(data)
    return replace(found, sha256=hashlib.sha256(source.text.encode()).hexdigest(), naam=path.name)


class _Reader:
    """Reads one mapping; what is wrong is gathered, then raised together."""

    def __init__(self, layout: Layout, rulesets: tuple[str, ...], on: date, where: Where) -> None:
        self.layout = layout
        self.rulesets = rulesets
        self.on = on
        self.where = where
        self.findings: list[Diagnostic] = []

    def wrong(self, path: Sequence[str], text: str, hulp: str, *, key: bool = False) -> None:
        place: list[Any] = [*path[:-1], Key(path[-1])] if key and path else list(path)
        self.findings.append(Diagnostic("kolommen", text, self.where(place), hulp or None))

    def group(self, data: Any, path: Sequence[str], names: tuple[str, ...]) -> dict[str, Any]:
        """A group of keys, of which unknown ones are told."""
        if data is None:
            return {}
        if not isinstance(data, dict):
            self.wrong(path, "hier horen regels «naam: waarde»", f"kies uit: {', '.join(names)}")
            return {}
        for name in data:
            if name not in names:
                self.wrong([*path, name], f"«{name}» kan hier niet", choose_from(name, names), key=True)
        return {name: value for name, value in data.items() if name in names}

    def whole(self, data: Any) -> ColumnMap:
        top = self.group(data, (), _TOP)
        style = self.style(top.get("schrijfwijze"), ("schrijfwijze",), Style())
        if "sleutel" not in top:
            self.wrong(
                (),
                "er staat niet in welke kolom de sleutel is",
                f"schrijf «sleutel: klantnummer», of «sleutel: {ROW_NUMBER}» als er geen is",
            )
        persons = self.sheet(top, (), style, self.person)
        lists: dict[str, Sheet] = {}
        known_empty: set[str] = set()
        named = list_names(self.layout)
        for name, one in self.group(top.get("lijsten"), ("lijsten",), named).items():
            path = ("lijsten", name)
            inner = self.group(one, path, _LIST)
            own = self.style(inner.get("schrijfwijze"), (*path, "schrijfwijze"), style)
            lists[name] = self.sheet(inner, path, own, self.of_list(name), persons)
            if self.word(inner.get("zonder_rijen", "onbekend"), (*path, "zonder_rijen"), ("geen", "onbekend")) == "geen":
                known_empty.add(name)
        if self.findings:
            raise InvalidError(self.findings)
        return ColumnMap(persons, lists, frozenset(known_empty), "", "")

    def person(self, path: str) -> Target:
        return person_target(path, self.layout, self.rulesets)

    def of_list(self, name: str) -> Callable[[str], Target]:
        return lambda path: list_target(name, path, self.layout)

    def sheet(
        self,
        data: dict[str, Any],
        path: tuple[str, ...],
        style: Style,
        target: Callable[[str], Target],
        above: Sheet | None = None,
    ) -> Sheet:
        file = self.group(data.get("bestand"), (*path, "bestand"), _FILE)
        encoding = self.word(file.get("codering"), (*path, "bestand", "codering"), _ENCODINGS)
        delimiter = self.word(file.get("scheiding"), (*path, "bestand", "scheiding"), tuple(_DELIMITERS))
        key = data.get("sleutel", above.sleutel or ROW_NUMBER if above is not None else None)
        if key is not None and not isinstance(key, str):
            self.wrong((*path, "sleutel"), "hier hoort de naam van één kolom", "schrijf «sleutel: klantnummer»")
            key = None
        columns, left_out = [], set()
        written = data.get("kolommen")
        if written is not None and not isinstance(written, dict):
            self.wrong(
                (*path, "kolommen"),
                "hier horen regels «kolom: gegeven»",
                "schrijf bijvoorbeeld «geb_datum: persoon.geboortedatum»",
            )
            written = {}
        for name, one in (written or {}).items():
            here = (*path, "kolommen", name)
            if one == LEFT_OUT:
                left_out.add(name)
                continue
            inner = {"pad": one} if isinstance(one, str) else self.group(one, here, _COLUMN)
            found = self.target(inner.get("pad"), here, target)
            if found is not None:
                own = self.style({k: v for k, v in inner.items() if k in _STYLE}, here, style)
                columns.append(
                    Wanted(
                        name,
                        found,
                        own,
                        self.words(inner.get("woorden"), here, found),
                        self.where([*path, "kolommen", Key(name)]),
                    )
                )
        self.once(columns)
        no_key = key in (None, ROW_NUMBER) and "sleutel" not in [c.naam for c in columns]
        return Sheet(
            None if no_key else key,
            self.where([*path, "sleutel"]) if "sleutel" in data else None,
            encoding,
            _DELIMITERS.get(delimiter or ""),
            file.get("blad"),
            tuple(columns),
            frozenset(left_out),
            tuple(self.fixed(data.get("vast"), (*path, "vast"), style, target, [one.doel for one in columns])),
        )

    def target(self, path: Any, here: Sequence[str], find: Callable[[str], Target]) -> Target | None:
        if not isinstance(path, str) or not path:
            self.wrong(
                here,
                "er staat niet bij welk gegeven dit is",
                f"schrijf een pad, zoals «persoon.geboortedatum», of «{LEFT_OUT}»",
            )
            return None
        try:
            return find(path)
        except UnknownPathError as wrong:
            self.wrong(here, str(wrong), wrong.hulp)
            return None

    def once(self, columns: Sequence[Wanted]) -> None:
        """Two columns for one fact would leave open which of them counts."""
        taken: dict[tuple[str, str, int], str] = {}
        for one in columns:
            spot = (one.doel.tabel, one.doel.kolom, one.doel.nr)
            if spot in taken:
                text = f"«{one.naam}» en «{taken[spot]}» vullen allebei «{one.doel.pad}»"
                self.findings.append(Diagnostic("kolommen", text, one.span, f"schrijf bij één van beide «{LEFT_OUT}»"))
            taken.setdefault(spot, one.naam)

    def fixed(
        self, data: Any, path: tuple[str, ...], style: Style, find: Callable[[str], Target], taken: Sequence[Target]
    ) -> Iterable[tuple[Target, Any]]:
        """What is the same for everybody («vast»)."""
        if data is None:
            return
        if not isinstance(data, dict):
            self.wrong(path, "hier horen regels «gegeven: waarde»", 'schrijf bijvoorbeeld «persoon.gemeente: "0599"»')
            return
        for name, value in data.items():
            here = (*path, name)
            found = self.target(name, here, find)
            if found is None:
                continue
            if found in taken:
                self.wrong(here, f"«{name}» staat ook bij een kolom", "laat één van beide weg", key=True)
                continue
            try:
                yield found, reader(found, style, {}, self.on)(value)
            except BadCell as bad:
                self.wrong(here, bad.wat, bad.doen)

    def style(self, data: Any, path: tuple[str, ...], above: Style) -> Style:
        """How values are written here; what is not said is as above it."""
        inner = self.group(data, path, _STYLE)
        changes: dict[str, Any] = {}
        for name, options in (("bedragen", ("euro", "centen")), ("decimaal", ("komma", "punt")), ("datum", DATE_FORMS)):
            if (word := self.word(inner.get(name), (*path, name), options)) is not None:
                changes[name] = word
        for name in ("ja", "nee", "onbekend"):
            if name in inner:
                words = inner[name] if isinstance(inner[name], list) else [inner[name]]
                small = frozenset("" if word is None else str(word).strip().lower() for word in words)
                changes[name] = small | UNKNOWN_ALWAYS if name == "onbekend" else small | {name}
        for name, other in (("ja", "nee"), ("nee", "ja")):  # the usual words give way to what is stated
            if name in changes and other not in changes:
                changes[other] = getattr(above, other) - changes[name]
        found = replace(above, **changes)
        for one, two in ((found.ja, found.nee), (found.ja, found.onbekend), (found.nee, found.onbekend)):
            if both := one & two:
                self.wrong(path, f"«{min(both)}» staat bij twee woordenlijsten", "laat het bij één staan")
        return found

    def words(self, data: Any, path: tuple[str, ...], target: Target) -> dict[str, str]:
        """Their words for ours, each checked against what can stand there."""
        if data is None:
            return {}
        here = (*path, "woorden")
        if not isinstance(data, dict):
            self.wrong(here, "hier horen regels «uw woord: ons woord»", "schrijf bijvoorbeeld «samenwonend: gehuwd»")
            return {}
        options = {Kind.KEUZE: (*target.type.options, "onbekend"), Kind.JA_NEE: ("ja", "nee", "onbekend")}.get(
            target.type.kind, ()
        )
        for name, word in data.items():
            if options and word not in options:
                self.wrong((*here, name), f"«{word}» kan niet bij «{target.pad}»", choose_from(str(word), options))
        return {str(name): str(word) for name, word in data.items()}

    def word(self, value: Any, path: Sequence[str], options: Sequence[str]) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str) or value not in options:
            told = value if isinstance(value, str) else "dit"
            self.wrong(path, f"«{told}» kan hier niet", choose_from(told, options))
            return None
        return value


UNKNOWN_ALWAYS: Final = frozenset(UNKNOWN)
