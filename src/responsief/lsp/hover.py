"""What an editor shows over the word under the mouse."""

from __future__ import annotations

from typing import NamedTuple

from responsief.laws import links
from responsief.lsp.about import WORDS, about, about_named, option_detail
from responsief.lsp.inside import entry_record, field_at, paths, tokens
from responsief.lsp.mentions import raw_expression, target_at
from responsief.lsp.shape import key_text, shape_at
from responsief.lsp.tree import Spot
from responsief.lsp.world import Page, World


class Shown(NamedTuple):
    """Markdown, and the characters that it is about."""

    text: str
    start: int
    end: int


def hover(page: Page, at: int, world: World) -> Shown | None:
    """What there is to say of what stands at a character; None when that is nothing."""
    spot = page.tree.spot(at)
    if spot is None or spot.entry is None:
        return None
    found = target_at(page, at, world)
    if found is not None:
        target, start, end = found
        own = next((n for n in page.names if n.start == start and n.target == target), None)
        text = about_named(own, world) if own is not None else about(target, world)
        if spot.node is None and own is None:
            text = "\n\n".join(filter(None, (text, _key(page, spot))))
        if text:
            return Shown(text, start, end)
    if spot.node is None:
        text = _key(page, spot)
        return Shown(text, spot.entry.start, spot.entry.end) if text else None
    return _value(page, spot, at, world)


def _key(page: Page, spot: Spot) -> str:
    assert spot.entry is not None
    text = key_text(page.kind, spot.path, spot.entry.key) if page.kind else ""
    return f"**{spot.entry.key}**\n\n{text}" if text else ""


def _value(page: Page, spot: Spot, at: int, world: World) -> Shown | None:
    node = spot.node
    assert node is not None
    shape = shape_at(page.kind, spot.path)
    if shape.expression:
        return _word(page, spot, at)
    if shape.names == "artikel":
        return _article(page, spot, world)
    word = node.text.strip()
    if word in shape.words:
        said = shape.words[word] or option_detail(word)
        text = "\n\n".join(filter(None, (f"**{word}**" + (f" — {said}" if said else ""), shape.text)))
        return Shown(text, node.start, node.end)
    return Shown(shape.text, node.start, node.end) if shape.text and node.text else None


def _word(page: Page, spot: Spot, at: int) -> Shown | None:
    """A word of the language, or a field of one entry of a list."""
    node = spot.node
    assert node is not None
    text = raw_expression(node)
    for path in paths(text):
        for count, step in enumerate(path.steps, 1):
            start = node.inner + step.at
            if not start <= at <= start + len(step.text):
                continue
            within = entry_record(path.entry)
            field = field_at(path.words[:count], within)
            if field is not None:
                options = " · ".join(f"`{word}`" for word in field.type.options)
                lines = [
                    f"**{step.text}** — {field.label}",
                    f"«{field.vraag}»" if field.vraag else "",
                    options or str(field.type),
                ]
                return Shown("\n\n".join(filter(None, lines)), start, start + len(step.text))
    read = tokens(text)
    for number, token in enumerate(read):
        start = node.inner + token.at
        if start <= at <= start + len(token.text):
            pair = f"{token.text} {read[number + 1].text}" if number + 1 < len(read) else ""
            word = pair if pair in WORDS else token.text
            if word in WORDS:
                what, example = WORDS[word]
                return Shown(f"**{word}** — {what}\n\n`{example}`", start, start + len(word))
    return None


def _article(page: Page, spot: Spot, world: World) -> Shown | None:
    """Links to the articles of a `grondslag`, as they hold today."""
    node = spot.node
    assert node is not None
    source = page.tree.root.get("bron")
    own = source.value("regeling") if source is not None and source.kind == "groep" else ""
    version = source.value("versie") if source is not None and source.kind == "groep" else ""
    text = " ".join(node.text.split())
    found = links(text, own, version or None, world.today)
    if not found:
        return None
    return Shown("\n\n".join(f"[{link.tekst}]({link.link})" for link in found), node.start, node.end)
