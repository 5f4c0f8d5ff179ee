"""Everything that can be named in the files an editor has before it: where it was written, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from responsief.checked import Checked
from responsief.ir.declare import SHARED, RulesetDraft
from responsief.ir.ruleset import Figure, OwnFactDef
from responsief.ir.types import Kind, Type, type_of_soort
from responsief.lsp.shape import kind_of
from responsief.lsp.tree import Entry, Node, Tree
from responsief.register import is_shipped

#: what a ruleset declares -> what it is called
SECTIONS: Final = {"gegevens": "gegeven", "bedragen": "bedrag", "begrippen": "begrip", "open": "open"}
#: lists of things with an id -> what they are called
LISTS: Final = {
    "regelset": {"criteria": "criterium", "hardheid": "clausule", "aandachtspunten": "aandachtspunt"},
    "voorzieningen": {"lijst": "voorziening", "bundels": "bundel"},
}


@dataclass(frozen=True, slots=True)
class Target:
    """Something with a name. `kind` is «naam» for whatever an expression can name, else criterium, regelset, voorziening, …;
    `home` is the ruleset (or file of cases) that it belongs to."""

    kind: str
    home: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """Where something is written for the first time: characters `start` up to `end` of a page; `node` is what was said of it."""

    target: Target
    what: str  # gegeven, bedrag, begrip, open, criterium, …
    page: Page
    start: int
    end: int
    node: Node

    @property
    def label(self) -> str:
        """How people call it; empty where nobody said."""
        return self.node.value("label") or self.node.value("titel") if self.node.kind == "groep" else ""


class Page:
    """One file: its text, its structure, and the names that it gives."""

    def __init__(self, path: Path, text: str, tree: Tree | None = None) -> None:
        self.path = path
        self.text = text
        self.tree = tree or Tree(text)
        root = self.tree.root
        self.kind = kind_of([entry.key for entry in root.entries if entry.colon])
        self.ident = root.value(self.kind) if self.kind else ""
        self.shared = self.kind == "regelset" and root.value("soort") == SHARED

    @cached_property
    def names(self) -> list[Named]:
        """Everything that gets its name here."""
        return [*self._names()]

    def _names(self) -> Iterator[Named]:
        root = self.tree.root
        own = next((entry for entry in root.entries if entry.key == self.kind), None)
        if own is not None and self.kind == "regelset":
            yield self._named("regelset", "", own.node.text.strip(), own.node.first, root, "regelset")
        for section, what in SECTIONS.items() if self.kind == "regelset" else ():
            for entry in _entries(root.get(section)):
                yield self._named("naam", self.ident, entry.key, entry.start, entry.node, what)
        for key, what in LISTS.get(self.kind, {}).items():
            yield from self._with_ids(root.get(key), what, self.ident if self.kind == "regelset" else "")
        if self.kind == "regelset":
            for entry in _entries(root.get("clausules_bij")):
                yield from self._with_ids(entry.node, "clausule", entry.key)
        if self.kind == "signalen":
            for entry in _entries(root.get("feiten")):
                yield self._named("feit", "", entry.key, entry.start, entry.node, "feit")
            for entry in _entries(root.get("regels")):
                given = entry.node.get("dan")
                if given is not None and given.text:
                    yield self._named("feit", "", given.text.strip(), given.first, entry.node, "signaal")
        if self.kind == "proef":
            for entry in _entries(root.get("basis")):
                yield self._named("basis", self.path.as_posix(), entry.key, entry.start, entry.node, "basis")

    def _with_ids(self, items: Node | None, what: str, home: str) -> Iterator[Named]:
        for entry in _entries(items):
            ident = entry.node.get("id")
            if ident is not None and ident.text.strip():
                yield self._named(what, home, ident.text.strip(), ident.first, entry.node, what)

    def _named(self, kind: str, home: str, name: str, start: int, node: Node, what: str) -> Named:
        return Named(Target(kind, home, name), what, self, start, start + len(name), node)


def _entries(node: Node | None) -> list[Entry]:
    return [entry for entry in node.entries if entry.colon] if node is not None else []


@dataclass
class World:
    """All pages that count together, and what the last check made of them. `today` is for figures."""

    pages: Mapping[Path, Page]
    today: date
    checked: Checked | None = None
    _index: dict[Target, list[Named]] | None = field(default=None, repr=False)

    def with_page(self, page: Page) -> World:
        """The same with one page as it is now."""
        return World({**self.pages, page.path: page}, self.today, self.checked)

    @property
    def index(self) -> dict[Target, list[Named]]:
        """Everything by what it is; of two with one name both."""
        if self._index is None:
            self._index = {}
            for page in self.pages.values():
                for named in page.names:
                    self._index.setdefault(named.target, []).append(named)
        return self._index

    def find(self, target: Target) -> list[Named]:
        """Where something is written."""
        return self.index.get(target, [])

    def of_kind(self, kind: str, home: str | None = None) -> list[Named]:
        """Everything of a kind, the first of each name."""
        return [found[0] for target, found in self.index.items() if target.kind == kind and home in (None, target.home)]

    def shared(self) -> list[Named]:
        """The names that count in every ruleset."""
        homes = {page.ident for page in self.pages.values() if page.shared}
        return [named for named in self.of_kind("naam") if named.target.home in homes]

    def name(self, page: Page, name: str) -> Target | None:
        """What a name in an expression of a page stands for; None when it is no name of a ruleset."""
        own = Target("naam", page.ident, name)
        if page.kind == "regelset" and own in self.index:
            return own
        for other in self.pages.values():
            shared = Target("naam", other.ident, name)
            if other.shared and shared in self.index:
                return shared
        return None

    # what the last check knows

    def drafts(self, home: str) -> list[RulesetDraft]:
        """The versions of a ruleset as they were last checked."""
        return self.checked.checker.by_id.get(home, []) if self.checked is not None else []

    def type_of(self, target: Target) -> Type | None:
        """The type of a name; None while it has none."""
        for draft in reversed(self.drafts(target.home)):
            if target.name in draft.gegevens:
                return draft.gegevens[target.name].type
            if target.name in draft.bedragen:
                return draft.bedragen[target.name].type
            if target.name in draft.open:
                return type_of_soort(draft.open[target.name].soort)
            term = draft.typed.get(target.name)
            if term is not None:
                return term.node.type
        return next((found for named in self.find(target) if (found := _type_written(named.node)) is not None), None)

    def fact(self, target: Target) -> OwnFactDef | None:
        """The fact that a ruleset asks itself, by name."""
        return next((d.gegevens[target.name] for d in self.drafts(target.home) if target.name in d.gegevens), None)

    def figure(self, target: Target) -> Figure | None:
        """The dated figure of this name."""
        return next((d.bedragen[target.name] for d in self.drafts(target.home) if target.name in d.bedragen), None)

    def used_values(self, key: str) -> list[str]:
        """What stands under a key in any page, most used first: articles, municipalities."""
        counts: dict[str, int] = {}
        for page in self.pages.values():
            for value in _values(page, key):
                counts[value] = counts.get(value, 0) + (1 if is_shipped_page(page) else 1000)
        return sorted(counts, key=lambda value: (-counts[value], value))


def _type_written(node: Node) -> Type | None:
    """The type of a fact by what was written of it, before any check read it."""
    kind = node.value("type") if node.kind == "groep" else ""
    options = node.get("opties")
    words = tuple(entry.node.text.strip() for entry in options.entries) if options is not None else ()
    return Type(Kind(kind), options=words) if kind in tuple(Kind) else None


_VALUES: dict[tuple[int, str], tuple[Page, list[str]]] = {}


def _values(page: Page, key: str) -> Iterable[str]:
    """Every value of a key in a page, found once."""
    found = _VALUES.get((id(page), key))
    if found is None or found[0] is not page:
        if len(_VALUES) > 500:
            _VALUES.clear()
        values = [
            spot.node.text.strip()
            for spot in page.tree.walk()
            if spot.node is not None and spot.entry is not None and spot.entry.key == key
        ]
        found = _VALUES[id(page), key] = (page, [value for value in values if value and "\n" not in value])
    return found[1]


_SHIPPED: dict[Path, bool] = {}


def is_shipped_page(page: Page) -> bool:
    """Did this file come with the package? Asked of the disk once."""
    if page.path not in _SHIPPED:
        _SHIPPED[page.path] = is_shipped(page.path)
    return _SHIPPED[page.path]
