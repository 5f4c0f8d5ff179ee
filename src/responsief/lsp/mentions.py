"""Where names are mentioned: in expressions, under keys that name something, in the facts of test cases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from responsief.ir.types import situation_schema
from responsief.lsp.inside import entry_record, field_at, paths
from responsief.lsp.shape import shape_at
from responsief.lsp.tree import Node, Spot
from responsief.lsp.world import Named, Page, Target, World, is_shipped_page
from responsief.syntax.tokens import KEYWORDS, SOFT


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where something is named. `targets` is what it may be, most likely first; a field of the situation has the kind
    «veld» and its path with dots as its name."""

    page: Page
    start: int
    end: int
    targets: tuple[Target, ...]


def mentions(page: Page) -> tuple[Mention, ...]:
    """Every mention in a page. Names in expressions are not looked up yet: `of_world` does."""
    return _mentions(page)


@lru_cache(maxsize=400)
def _mentions(page: Page) -> tuple[Mention, ...]:
    found = [mention for spot in page.tree.walk() for mention in _of_spot(page, spot)]
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def _of_spot(page: Page, spot: Spot) -> Iterator[Mention]:
    if spot.entry is None:
        return
    if spot.node is None:
        yield from _of_key(page, spot)
        return
    node = spot.node
    if not node.text:
        return
    shape = shape_at(page.kind, spot.path)
    if shape.names:
        yield from _of_value(page, node.text.strip(), node.first, shape.names, spot)
    elif shape.expression or _gevolg(spot):
        yield from _of_expression(page, node)


def _gevolg(spot: Spot) -> bool:
    """`gevolg: wacht_tot <datum>` has an expression behind its first word."""
    return spot.path[-1:] == ("gevolg",) and spot.node is not None and spot.node.text.lstrip().startswith("wacht_tot")


def raw_expression(node: Node) -> str:
    """The text of an expression with every character at its own place: two quotes for one stay two characters."""
    text = node.text
    if node.style == "'":
        text = text.replace("''", "' ")
    if node.style == '"':
        text = text.replace('\\"', " '")
    return text


def _of_expression(page: Page, node: Node) -> Iterator[Mention]:
    for path in paths(raw_expression(node)):
        words = path.words
        within = entry_record(path.entry)
        of_entry = within is not None and words[0] in within.fields
        if len(words) == 1 and words[0] in KEYWORDS - SOFT:
            continue
        first = path.steps[0]
        if not of_entry:
            start = node.inner + first.at
            yield Mention(page, start, start + len(first.text), (Target("expressie", page.ident, words[0]),))
        for count, step in enumerate(path.steps[1 if not of_entry else 0 :], 2 if not of_entry else 1):
            found = field_at(words[:count], within if of_entry else None)
            if found is not None:
                lead = [s for s in path.entry or () if s != "*"] if of_entry else []
                start = node.inner + step.at
                name = ".".join([*lead, *words[:count]])
                yield Mention(page, start, start + len(step.text), (Target("veld", "", name),))


def _of_value(page: Page, text: str, start: int, names: str, spot: Spot) -> Iterator[Mention]:
    if names in ("artikel", "gemeente"):
        return
    targets = _targets(page, text, names, spot)
    if names in ("regelset.begrip", "regelset.open") or "." in text:
        home, _, name = text.partition(".")
        if names == "pad":
            yield from _of_path(page, text, start)
            return
        yield Mention(page, start, start + len(home), (Target("regelset", "", home),))
        if name:
            at = start + len(home) + 1
            yield Mention(page, at, at + len(name), (Target("naam", home, name),))
        return
    if names == "alternatief" and text.startswith("hardheid:"):
        start += len("hardheid:")
        text = text.removeprefix("hardheid:")
    if targets:
        yield Mention(page, start, start + len(text), targets)


def _of_path(page: Page, text: str, start: int) -> Iterator[Mention]:
    """«eigen.iit.naam», «persoon.geboortedatum»."""
    steps = text.split(".")
    if steps[0] == "eigen" and len(steps) == 3:
        at = start + len("eigen.")
        yield Mention(page, at, at + len(steps[1]), (Target("regelset", "", steps[1]),))
        at += len(steps[1]) + 1
        yield Mention(page, at, at + len(steps[2]), (Target("naam", steps[1], steps[2]),))
        return
    plain = [step for step in steps if not step.isdecimal()]
    if field_of(tuple(plain)) is not None:
        yield Mention(page, start, start + len(text), (Target("veld", "", ".".join(plain)),))


def field_of(steps: tuple[str, ...]) -> object | None:
    """The field at a path through groups and lists alike."""
    record = situation_schema()
    found = None
    for step in steps:
        found = record.fields.get(step) if record is not None else None
        if found is None:
            return None
        record = found.type.record  # type: ignore[assignment]  # None ends the path
    return found


def _targets(page: Page, text: str, names: str, spot: Spot) -> tuple[Target, ...]:
    home = page.ident
    if spot.path[:1] == ("clausules_bij",) and len(spot.path) > 1:
        home = str(spot.path[1])
    match names:
        case "criterium" | "clausule" | "aandachtspunt":
            return (Target(names, home, text),)
        case "regelset" | "voorziening" | "feit":
            return (Target(names, "", text),)
        case "signaal":
            return (Target("feit", "", text),)
        case "recht":
            return (Target("regelset", "", text), Target("voorziening", "", text))
        case "alternatief":
            if text.startswith("hardheid:"):
                return (Target("clausule", home, text.removeprefix("hardheid:")),)
            return (Target("voorziening", "", text), Target("regelset", "", text))
        case "basis":
            return (Target("basis", page.path.as_posix(), text),)
    return ()


def _of_key(page: Page, spot: Spot) -> Iterator[Mention]:
    entry = spot.entry
    assert entry is not None
    path = spot.path
    named = shape_at(page.kind, path).key_names
    if named:
        yield from _of_value(page, entry.key, entry.start, named, Spot((*path, entry.key), spot.groups, entry, None))
    elif "eigen" in path[-2:] and page.kind == "proef":
        if path[-1] == "eigen":
            yield Mention(page, entry.start, entry.end, (Target("regelset", "", entry.key),))
        else:
            yield Mention(page, entry.start, entry.end, (Target("naam", str(path[-1]), entry.key),))
    elif "feiten" in path[-1:] and page.kind == "proef":
        yield from _of_path(page, entry.key, entry.start)
    elif page.kind == "proef":
        steps = _situation_steps(path)
        if steps is not None and field_of((*steps, entry.key)) is not None:
            yield Mention(page, entry.start, entry.end, (Target("veld", "", ".".join((*steps, entry.key))),))


def _situation_steps(path: tuple[str | int, ...]) -> tuple[str, ...] | None:
    """Where in the situation of a test case a path is; None when it is not in one."""
    if path[:1] == ("basis",) and len(path) >= 2:
        rest = path[2:]
    elif path[:1] == ("gevallen",) and len(path) >= 3 and path[2] == "situatie":
        rest = path[3:]
    else:
        return None
    return tuple(str(step) for step in rest if not isinstance(step, int))


# --- in the world ------------------------------------------------------------------------------------------------------


def resolved(mention: Mention, world: World) -> Target | None:
    """What a mention is about, of what there is."""
    for target in mention.targets:
        if target.kind == "expressie":
            found = world.name(mention.page, target.name)
            if found is not None:
                return found
            return Target("veld", "", target.name) if target.name in situation_schema().fields else None
        if target.kind == "veld" or world.find(target):
            return target
    return None


def target_at(page: Page, at: int, world: World) -> tuple[Target, int, int] | None:
    """What stands at a character, and where it begins and ends: something mentioned, or something that gets its name there."""
    for named in page.names:
        if named.start <= at <= named.end:
            return named.target, named.start, named.end
    inner: tuple[Target, int, int] | None = None
    spot = page.tree.spot(at)
    for mention in _of_spot(page, spot) if spot is not None else ():
        if mention.start <= at <= mention.end:
            found = resolved(mention, world)
            if found is not None and (inner is None or mention.end - mention.start <= inner[2] - inner[1]):
                inner = (found, mention.start, mention.end)
    return inner


def definitions(page: Page, at: int, world: World) -> list[Named]:
    """Where what stands at a character was written."""
    found = target_at(page, at, world)
    return world.find(found[0]) if found is not None else []


def references(target: Target, world: World, *, declared: bool = True) -> list[tuple[Page, int, int]]:
    """Every place that names something; with `declared` also where it gets its name. A field of the situation has no place of
    its own."""
    last = target.name.rpartition(".")[2]
    found = {(n.page.path, n.start, n.end): n.page for n in world.find(target)} if declared else {}
    for page in world.pages.values():
        if last not in page.text:
            continue
        for mention in mentions(page):
            if any(t.name in (target.name, last) for t in mention.targets) and resolved(mention, world) == target:
                found[page.path, mention.start, mention.end] = page
    if not declared:
        for named in world.find(target):
            found.pop((named.page.path, named.start, named.end), None)
    return [(page, start, end) for (_, start, end), page in sorted(found.items(), key=lambda one: (str(one[0][0]), one[0][1]))]


def of_shipped(target: Target, world: World) -> bool:
    """Does something come with the package?"""
    return any(is_shipped_page(named.page) for named in world.find(target))
