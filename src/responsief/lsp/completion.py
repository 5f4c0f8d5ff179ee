"""Words to choose from while somebody types: keys, fixed words, ids, names and fields, signs and functions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from responsief.ir.types import CASE, Field, Kind, Record, Type, situation_schema
from responsief.laws import LAWS
from responsief.lsp.about import WORDS, detail, option_detail
from responsief.lsp.inside import Inside, entry_record, field_at, inside
from responsief.lsp.mentions import raw_expression
from responsief.lsp.shape import Shape, key_text, kind_of, shape_at
from responsief.lsp.tree import Node, Spot
from responsief.lsp.world import Page, Target, World

MARK: Final = "\ue000"  # stands for the cursor: no text of anybody has it
MOST: Final = 250  # words at once; who types on gets others


class Item(NamedTuple):
    """One word to choose. Characters `start` up to `end` become `text`; `order` sorts; a `snippet` has places to fill in."""

    label: str
    kind: str  # sleutel · woord · naam · veld · functie · teken · stuk
    text: str
    start: int
    end: int
    detail: str = ""
    order: str = "5"
    snippet: bool = False
    about: Target | None = None  # what can be told of it when somebody looks at it
    said: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """The words, and whether there are more than these."""

    items: tuple[Item, ...]
    more: bool


def complete(text: str, at: int, path: Path, world: World) -> Choices:
    """What may be typed at a character of a text. Only the part around it is read: who types waits for this. Names come from
    `world`, where the page itself may be a moment older."""
    part = part_around(text, at)
    if not part.kind:
        return Choices(tuple(_first_key(text, at)), more=False)
    here = at - part.shift
    marked = Page(path, part.text[:here] + MARK + part.text[here:])
    marked.kind, marked.ident = part.kind, part.ident
    spot = marked.tree.spot(here)
    if spot is None or spot.entry is None:
        return Choices((), more=False)
    found = [*_Completion(marked, here, world, spot, part.top).items()]
    typed = _typed(part.text, here)
    near = [(order, item) for item in found if (order := _order(typed, item))]
    near.sort(key=lambda one: (one[0], one[1].order, one[1].label))
    kept: dict[str, Item] = {}
    for order, item in near[: MOST * 2]:
        start, end = item.start + part.shift, item.end + part.shift
        if item.label not in kept:
            kept[item.label] = item._replace(start=start, end=end, order=f"{order}{item.order}")
    return Choices(tuple(kept.values())[:MOST], more=len(near) < len(found) or len(kept) > MOST)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a text that matters at a place: the top-level key it stands under, and of a list only the item. Its characters
    are `shift` further on in the whole text. `top` are all top-level keys."""

    text: str
    shift: int
    kind: str
    ident: str
    top: frozenset[str]


_TOP: Final = re.compile(r"^([A-Za-z_][\w-]*):[ \t]*([^\n]*)", re.MULTILINE)


def part_around(text: str, at: int) -> Part:
    """The part of a text around a character."""
    tops = [*_TOP.finditer(text)]
    keys = [found[1] for found in tops]
    kind = kind_of(keys)
    ident = next((found[2].partition(" #")[0].strip(" \r\"'") for found in tops if found[1] == kind), "")
    line = text.rfind("\n", 0, at) + 1
    start = max((found.start() for found in tops if found.start() <= line), default=0)
    end = min((found.start() for found in tops if found.start() > line), default=len(text))
    body = text.find("\n", start, end) + 1
    if body and at >= body:
        first = _DASH.match(text, body, end)
        dashes = [d.start() for d in re.finditer(f"^{first[1]}- ?", text[body:end], re.MULTILINE)] if first is not None else []
        before = [body + d for d in dashes if body + d <= line]
        if before:
            stop = min((body + d for d in dashes if body + d > line), default=end)
            return Part(text[start:body] + text[before[-1] : stop], before[-1] - body + start, kind, ident, frozenset(keys))
    return Part(text[start:end], start, kind, ident, frozenset(keys))


#: the first item of a list right under its key
_DASH: Final = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*( *)-(?=\s)")


def _typed(text: str, at: int) -> str:
    found = re.search(r"[\w-]*\Z", text[max(0, at - 80) : at])
    return found.group().lower() if found else ""


def _order(typed: str, item: Item) -> str:
    """How well a word fits what was typed: it begins with it, holds it, is about it, has its letters in that order; else ""."""
    label = item.label.lower()
    if not typed or label.startswith(typed):
        return "1"
    if typed in label:
        return "2"
    if typed in item.detail.lower():
        return "3"
    here = iter(label)
    return "4" if all(char in here for char in typed) else ""


def _first_key(text: str, at: int) -> Iterator[Item]:
    """An empty file, or one of nothing that we know: it begins with one of four keys."""
    line = text.rfind("\n", 0, at) + 1
    if text[line:at].strip(" abcdefghijklmnopqrstuvwxyz"):
        return
    start = at - len(text[line:at].lstrip())
    for key, what in (
        ("regelset", "een regelset"),
        ("proef", "proefgevallen bij een regelset"),
        ("voorzieningen", "voorzieningen die kunnen helpen"),
        ("signalen", "signalen: wat er dreigt"),
    ):
        yield Item(key, "sleutel", f"{key}: ${{1:naam}}\nformaat: 1\n$0", start, at, what, snippet=True)


class _Completion:
    """One question: the page as it stands with a mark where the cursor is."""

    def __init__(self, page: Page, at: int, world: World, spot: Spot, top: frozenset[str]) -> None:
        self.page = page
        self.at = at
        self.world = world
        self.spot = spot
        self.group: Node = spot.groups[-1]
        self.top = top

    def items(self) -> Iterator[Item]:
        entry, node = self.spot.entry, self.spot.node
        assert entry is not None
        if node is None:
            if MARK in entry.key:
                yield from self.keys(self.spot.path, self.group, entry.start, entry.end, colon=entry.colon)
            return
        if MARK not in node.text:
            return
        if node.style == "|":
            shape = shape_at(self.page.kind, self.spot.path)
            yield from self.expression(node) if shape.expression else ()
            return
        if node.below and not node.style:
            column = self.page.text.rfind("\n", 0, node.start)
            dashed = "-" in self.page.text[column + 1 : node.start]
            yield from self.keys(self.spot.path, None, node.start, node.end, colon=False, dashed=dashed)
        yield from self.values(node)

    # keys

    def keys(
        self, path: tuple[str | int, ...], group: Node | None, start: int, end: int, *, colon: bool, dashed: bool = False
    ) -> Iterator[Item]:
        shape = shape_at(self.page.kind, path)
        lead = ""
        if group is not None and not group.flow:
            deeper = self.deeper_list(path, group, start)
            if deeper is not None:
                path, lead, group, dashed = deeper, "- ", None, True
                shape = shape_at(self.page.kind, path)
        there = {entry.key for entry in group.entries} if group is not None else set()
        there |= self.top if not path else set()
        stop = self.at + len(MARK) if not colon else end
        column = start - (self.page.text.rfind("\n", 0, start) + 1) + len(lead)
        flow = group is not None and group.flow
        if dashed and not flow:
            yield from self.snippets(shape, start, lead, column)
        required = {key: number for number, key in enumerate(shape.required)}
        for key in shape.keys:
            if key in there:
                continue
            inner = shape_at(self.page.kind, (*path, key))
            after = "" if colon else ":" if (inner.group or inner.listed) and not inner.expression and not flow else ": "
            order = f"1{required[key]:02d}" if key in required else f"3{len(key):02d}"
            said = key_text(self.page.kind, path, key)
            first = shape.keys[key].get("description", "") or said.partition("\n")[0]
            yield self.item(
                key,
                "sleutel",
                lead + key + after,
                start,
                stop,
                ("verplicht · " if key in required else "") + first,
                order,
                said=said,
            )
        for item in self.named_keys(shape, path, there):
            text = lead + item.label + ("" if colon else ": ")
            yield item._replace(text=text, start=start, end=stop - len(MARK))

    def deeper_list(self, path: tuple[str | int, ...], group: Node, start: int) -> tuple[str | int, ...] | None:
        """Behind a list, indented as its dashes: another item of that list."""
        line = self.page.text.rfind("\n", 0, start) + 1
        before = [entry for entry in group.entries if entry.start < start and entry.colon]
        if not before or self.page.text[line:start].strip():
            return None
        last = before[-1]
        first = self.page.text.rfind("\n", 0, group.start) + 1
        if last.node.kind == "lijst" and not last.node.flow and start - line > group.start - first:
            return (*path, last.key, len(last.node.entries))
        return None

    def snippets(self, shape: Shape, start: int, lead: str, column: int) -> Iterator[Item]:
        for one in shape.snippets:
            text = lead + snippet_text(one["body"], column)
            stop = self.at + len(MARK)
            yield self.item(one["label"], "stuk", text, start, stop, one.get("description", ""), "0", snippet=True)

    def named_keys(self, shape: Shape, path: tuple[str | int, ...], there: set[str]) -> Iterator[Item]:
        """Keys that name something: a clause, a ruleset, what another leaves open, an own fact in a situation."""
        names: Iterable[Item] = ()
        if shape.key_names:
            names = self.naming(shape.key_names)
        elif self.page.kind == "proef" and path[-1:] == ("eigen",):
            names = self.naming("regelset")
        elif self.page.kind == "proef" and path[-2:-1] == ("eigen",):
            names = self.own(str(path[-1]), "gegeven")
        yield from (item for item in names if item.label not in there)

    # values

    def values(self, node: Node) -> Iterator[Item]:
        path = self.spot.path
        shape = shape_at(self.page.kind, path)
        start = node.inner
        yield from self.words(shape, node)
        if shape.names == "artikel":
            yield from self.articles(start)
        elif shape.names:
            yield from (item._replace(start=start, end=self.at) for item in self.naming(shape.names))
        elif self.page.kind == "proef" and path[-3:-2] == ("eigen",):
            kind = self.world.type_of(Target("naam", str(path[-2]), str(path[-1])))
            if kind is not None:
                yield from (self.item(w, "woord", w, start, self.at, option_detail(w), "2") for w in _options(kind))
        if shape.expression and node.style != "'":
            yield from self.expression(node)
        elif shape.expression:
            yield from (i._replace(text=i.text.replace("'", "''")) for i in self.expression(node))

    def words(self, shape: Shape, node: Node) -> Iterator[Item]:
        for number, (word, said) in enumerate(shape.words.items()):
            text = f'"{word}"' if word.isdecimal() and len(word) > 1 and not node.style else word
            yield self.item(word, "woord", text, node.inner, self.at, said or option_detail(word), f"2{number:03d}")

    def articles(self, start: int) -> Iterator[Item]:
        for number, value in enumerate(self.world.used_values("grondslag")[:400]):
            if MARK not in value:
                yield self.item(value, "woord", value, start, self.at, "al eerder genoemd", f"2{number:03d}")
        for short, law in LAWS.items():
            yield self.item(short, "woord", f"{short} ", start, self.at, law.naam, "4")

    def naming(self, what: str) -> Iterator[Item]:
        """What a value can name."""
        world, home = self.world, self.page.ident.replace(MARK, "")
        if self.spot.path[:1] == ("clausules_bij",) and len(self.spot.path) > 1:
            home = str(self.spot.path[1])
        match what:
            case "criterium" | "clausule" | "aandachtspunt":
                yield from self.of(what, home)
            case "regelset" | "voorziening" | "feit":
                yield from self.of(what)
            case "signaal":
                yield from self.of("feit", what="signaal")
            case "recht":
                yield from (*self.of("regelset"), *self.of("voorziening"))
            case "alternatief":
                yield from self.of("voorziening")
                for item in self.of("clausule", home):
                    yield item._replace(label=f"hardheid:{item.label}", text=f"hardheid:{item.label}")
            case "basis":
                yield from self.of("basis", self.page.path.as_posix())
            case "regelset.begrip":
                for named in world.of_kind("naam"):
                    if named.what in ("begrip", "bedrag") and named.target.home != home:
                        yield self.of_named(named, f"{named.target.home}.{named.target.name}")
            case "regelset.open":
                for named in world.of_kind("naam"):
                    if named.what == "open":
                        yield self.of_named(named, f"{named.target.home}.{named.target.name}")
            case "gemeente":
                quoted = self.spot.node is not None and self.spot.node.style in ("'", '"')
                for code in world.used_values("gemeente"):
                    if re.fullmatch(r"\d{4}", code):
                        yield self.item(code, "woord", code if quoted else f'"{code}"', self.at, self.at, "", "2")
            case "pad":
                yield from self.paths_with_own(home)

    def paths_with_own(self, home: str) -> Iterator[Item]:
        for item in self.own(home, "gegeven"):
            yield item._replace(label=f"eigen.{home}.{item.label}", text=f"eigen.{home}.{item.label}")
        for path, field in _leaves():
            yield self.item(path, "veld", path, self.at, self.at, field.label, "3", about=Target("veld", "", path))

    def of(self, kind: str, home: str | None = None, what: str | None = None) -> Iterator[Item]:
        for named in self.world.of_kind(kind, home):
            if what in (None, named.what) and MARK not in named.target.name:
                yield self.of_named(named, named.target.name)

    def own(self, home: str, what: str | None = None) -> Iterator[Item]:
        for named in self.world.of_kind("naam", home):
            if what in (None, named.what) and MARK not in named.target.name:
                yield self.of_named(named, named.target.name)

    def of_named(self, named: Any, text: str, order: str = "2") -> Item:
        return self.item(text, "naam", text, self.at, self.at, detail(named, self.world), order, about=named.target)

    def item(
        self, label: str, kind: str, text: str, start: int, end: int, detail: str, order: str,
        *, snippet: bool = False, about: Target | None = None, said: str = "",
    ) -> Item:  # fmt: skip
        """An item in the text without the mark."""
        stop = end - len(MARK) if end > self.at else end
        return Item(label, kind, text, start, max(start, stop), detail, order, snippet, about, said)

    # expressions

    def expression(self, node: Node) -> Iterator[Item]:
        raw = raw_expression(node)
        here = inside(raw[: raw.index(MARK)] if MARK in raw else raw)
        start = self.at - len(here.word)
        if here.text is not None or (here.compared and not here.word and not here.before):
            yield from self.options(here)
            if here.text is not None:
                return
        for item in self.names(here):
            yield item._replace(start=start, end=self.at)

    def options(self, here: Inside) -> Iterator[Item]:
        """The words of the choice that is compared here."""
        kind = self.type_of(here.compared, here.entry) if here.compared else self.column_type()
        start = self.at - len(here.text or "")
        close = "'" if not self.page.text[self.at + len(MARK) :].startswith(("'", '"')) else ""
        for number, word in enumerate(_options(kind)):
            text = word + close if here.text is not None else f"'{word}'"
            yield self.item(word, "woord", text, start, self.at, option_detail(word), f"0{number:03d}")

    def type_of(self, steps: tuple[str, ...], entry: tuple[str, ...] | None) -> Type | None:
        within = entry_record(entry)
        if within is not None and steps[0] in within.fields:
            field = field_at(steps, within)
            return field.type if field is not None else None
        if len(steps) == 1:
            target = self.world.name(self.page, steps[0])
            if target is not None:
                return self.world.type_of(target)
        if steps[0] == "zaak" and len(steps) == 2:
            return CASE.fields[steps[1]].type if steps[1] in CASE.fields else None
        field = field_at(steps)
        return field.type if field is not None else None

    def column_type(self) -> Type | None:
        """In a cell of a table: the type of what its column compares."""
        path = self.spot.path
        if len(path) < 4 or "rijen" not in path or not isinstance(path[-1], int):
            return None
        table = next((g for g in reversed(self.spot.groups) if g.kind == "groep" and g.get("kolommen") is not None), None)
        columns = table.get("kolommen") if table is not None else None
        if columns is None or path[-1] >= len(columns.entries):
            return None
        return self.type_of(tuple(columns.entries[path[-1]].node.text.strip().split(".")), None)

    def names(self, here: Inside) -> Iterator[Item]:
        within = entry_record(here.entry)
        if here.before:
            yield from self.after_dot(here.before, within)
            return
        if here.after_is:
            for word in ("bekend", "onbekend", "geen"):
                yield self.item(word, "teken", word, self.at, self.at, WORDS[f"is {word}"][0], "0")
        if here.value_done:
            yield from self.signs(here)
            if not here.word:
                return
        if within is not None:
            yield from self.fields(within, (), "0", [s for s in here.entry or () if s != "*"])
        own = self.page.ident if self.page.kind == "regelset" else ""
        for named in (*(self.world.of_kind("naam", own) if own else ()), *self.world.shared()):
            if MARK not in named.target.name:
                yield self.of_named(named, named.target.name, "1" if named.target.home == own else "2")
        yield from self.fields(situation_schema(), (), "3")
        if self.page.kind in ("signalen", "voorzieningen"):
            yield self.item("zaak", "veld", "zaak", self.at, self.at, "de zaak: regelset, uitkomst, ontbreekt", "3")
        for word, (what, _) in WORDS.items():
            if word in ("en", "of", "tussen", "in", "waar") or word.startswith("is "):
                continue
            text = f"{word}($0)" if word in _FUNCTIONS else word
            yield self.item(word, "functie", text, self.at, self.at, what, "4", snippet=word in _FUNCTIONS)
        if here.word:
            for path, field in _leaves():
                yield self.item(path, "veld", path, self.at, self.at, field.label, "6", about=Target("veld", "", path))
        column = self.column_type()
        if column is not None:
            yield from self.options(here)

    def signs(self, here: Inside) -> Iterator[Item]:
        for word in (
            "en",
            "of",
            "tussen",
            "in",
            "is bekend",
            "is onbekend",
            "is geen",
            *(("waar",) if "(" in self.page.text else ()),
        ):
            yield self.item(word, "teken", word + " ", self.at, self.at, WORDS[word][0], "0")
        for sign, what in _SIGNS.items():
            yield self.item(sign, "teken", sign + " ", self.at, self.at, what, "1")

    def after_dot(self, steps: tuple[str, ...], within: Record | None) -> Iterator[Item]:
        if steps == ("zaak",):
            yield from self.fields(CASE, (), "0")
            return
        field = field_at(steps, within)
        if field is not None and field.type.record is not None:
            yield from self.fields(field.type.record, steps if within is None else (), "0", [*steps])
            return
        if len(steps) == 1:  # regelset.begrip cannot stand here; say what there is all the same
            for item in self.own(steps[0]):
                yield item._replace(order="5")

    def fields(self, record: Record, before: tuple[str, ...], order: str, path: list[str] | None = None) -> Iterator[Item]:
        lead = path if path is not None else [*before]
        for name, field in record.fields.items():
            target = Target("veld", "", ".".join([*lead, name])) if record is not CASE else None
            yield self.item(name, "veld", name, self.at, self.at, field.label, order, about=target)


_FUNCTIONS: Final = ("aantal", "som", "bestaat", "alle", "min", "max", "afronden")
_SIGNS: Final = {
    "=": "gelijk aan",
    "!=": "niet gelijk aan",
    ">=": "groter, of gelijk: de grens telt mee",
    "<=": "kleiner, of gelijk: de grens telt mee",
    ">": "groter: de grens zelf telt niet mee",
    "<": "kleiner: de grens zelf telt niet mee",
    "+": "erbij",
    "-": "eraf",
    "*": "keer",
    "/": "gedeeld door",
    "% van": "procent van",
}


def _options(kind: Type | None) -> tuple[str, ...]:
    if kind is None:
        return ()
    return ("ja", "nee") if kind.kind is Kind.JA_NEE else kind.options


@cache
def _leaves() -> tuple[tuple[str, Field], ...]:
    """Every field of the situation outside lists, by its whole path."""
    return tuple(_under(situation_schema(), ""))


def _under(record: Record, before: str) -> Iterator[tuple[str, Field]]:
    for name, field in record.fields.items():
        path = f"{before}{name}"
        if field.type.kind is Kind.GROEP and field.type.record is not None:
            yield from _under(field.type.record, f"{path}.")
        elif before:
            yield path, field


def snippet_text(body: Any, column: int) -> str:
    """A piece to start from as YAML, with places to fill in, for a line that starts at a column."""
    return ("\n" + " " * column).join(_yaml(body))


def _yaml(body: Any) -> list[str]:
    lines: list[str] = []
    for key, value in body.items():
        if isinstance(value, dict):
            lines += [f"{key}:", *(f"  {line}" for line in _yaml(value))]
        elif isinstance(value, list):
            lines.append(f"{key}: [{', '.join(value)}]")
        else:
            lines.append(f"{key}: {value}")
    return lines
