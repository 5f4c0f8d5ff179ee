"""Accepting what came out: `verwacht` in a test file rewritten at its place, and nothing else of the file touched.

What a test file has no word for (a clause that was not named) stays for a person to change; so does a list with comments in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from responsief.frozen import dataclass
from responsief.source import Scalar, Source, Span
from responsief.syntax.nodes import Document, Mapping, Yaml, span_of
from responsief.syntax.nodes import Sequence as YamlSequence
from responsief.syntax.write_scalar import in_quotes, on_one_line
from responsief.trials import Difference, Trial


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changes: of which case and key, both sides in words, and where. `waarom_niet` says why it can't."""

    geval: str
    wat: str
    oud: str
    nieuw: str
    span: Span
    waarom_niet: str | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """What accepting does to one file: every change, and the text that the file becomes."""

    bestand: Source
    wijzigingen: tuple[Change, ...]
    tekst: str

    @property
    def does(self) -> tuple[Change, ...]:
        return tuple(c for c in self.wijzigingen if c.waarom_niet is None)


def update(document: Document, trials: Sequence[Trial]) -> Update:
    """What a file becomes when what came out of its cases is accepted. A case that could not run stays as it is.

    `trials` are of this file; cases that did not run stay as they are.
    """
    nodes = document.root.get("gevallen")
    cases = [one for one in nodes.items if isinstance(one, Mapping)] if isinstance(nodes, YamlSequence) else []
    edits: list[tuple[int, int, str]] = []
    changes: list[Change] = []
    ran = {(trial.span.line, trial.span.column): trial for trial in trials if not trial.fout}
    for node in cases:
        expected = node.get("verwacht")
        named = span_of(node.get("naam") or node)
        trial = ran.get((named.line, named.column))
        if trial is None or not isinstance(expected, Mapping):
            continue
        for wat, differences in _by_key(trial.verschillen).items():
            edit, change = _edit(document.source, expected, wat, differences, trial.naam)
            changes.append(change)
            if edit is not None:
                edits.append(edit)
    text = document.source.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return Update(document.source, tuple(changes), text)


def _by_key(differences: Iterable[Difference]) -> dict[str, list[Difference]]:
    found: dict[str, list[Difference]] = {}
    for one in differences:
        found.setdefault(one.wat, []).append(one)
    return found


def _edit(
    source: Source, expected: Mapping, wat: str, differences: list[Difference], case: str
) -> tuple[tuple[int, int, str] | None, Change]:
    one = differences[0]
    key, *which = wat.split(" ")
    node = expected.get(key)
    if key == "hardheid" and isinstance(node, Mapping):
        ident, criterion = which[0], which[2] if len(which) > 2 else None
        node = node.get(ident)
        node = node.get(criterion) if criterion is not None and isinstance(node, Mapping) else node

    def change(old: str, new: str, why_not: str | None = None) -> Change:
        return Change(case, wat, old, new, one.span, why_not)

    if one.nieuw is None:
        told = f"«{one.gekregen}» kan hier niet staan: haal «{key}» weg, of kijk de regels na"
        return None, change(one.verwacht, one.gekregen, told)
    if isinstance(node, Scalar) and isinstance(one.nieuw, str):
        raw = source.text[node.start : node.end].rstrip()  # behind a text of several lines stand the empty lines under it
        if raw[:1] in ("|", ">") and "#" in raw.split("\n", 1)[0]:
            return None, change(node.value, one.nieuw, "er staat commentaar tussen: pas deze waarde zelf aan")
        flow = source.text[source.index(expected.span.line, expected.span.column)] == "{"
        return (node.start, node.start + len(raw), _scalar(one.nieuw, raw, flow=flow)), change(node.value, one.nieuw)
    if isinstance(node, YamlSequence):
        before = [item.value for item in node.items if isinstance(item, Scalar)]
        words = list(one.nieuw)
        if key.endswith("_niet"):
            gone = {d.verwacht.removeprefix("geen ") for d in differences}
            words = [word for word in before if word not in gone]
        old, new = ", ".join(before) or "niets", ", ".join(words) or "niets"
        edit = _list(source, node, words)
        return edit, change(old, new, None if edit is not None else "er staat commentaar tussen: pas deze lijst zelf aan")
    return None, change(one.verwacht, one.gekregen, "dit staat er niet als één waarde: pas het zelf aan")


def _scalar(value: str, raw: str, *, flow: bool) -> str:
    """A value as it can stand where another stood: with quotes if that had some, or where it needs them."""
    if value.startswith(("€", "-€")) and "," not in raw:
        value = value.removesuffix(",00")
    quote = raw[:1] if raw[:1] in ("'", '"') else ""
    if quote:
        return f"{quote}{value}{quote}" if quote not in value and "\\" not in value else in_quotes(value)
    bare_money = raw.startswith(("€", "-€")) and "," not in value  # as its writer put it, also between { }
    return on_one_line(value, flow=flow and not bare_money)


def _list(source: Source, node: YamlSequence, words: Sequence[str]) -> tuple[int, int, str] | None:
    """The edit that puts other words in a list; None where something stands in it that must not be lost."""
    text, start = source.text, source.index(node.span.line, node.span.column)
    raws = {item.value: text[item.start : item.end].rstrip() for item in node.items if isinstance(item, Scalar)}
    written = [raws.get(word) or on_one_line(word, flow=True) for word in words]
    if text[start] == "[":
        last = node.items[-1] if node.items else None
        end = text.index("]", last.end if isinstance(last, Scalar) else start) + 1
        return None if _comment(text[start:end], node.items) else (start, end, f"[{', '.join(written)}]")
    items = [item for item in node.items if isinstance(item, Scalar)]
    end = items[-1].start + len(text[items[-1].start : items[-1].end].rstrip())
    if _comment(text[start:end], node.items):
        return None
    indent = " " * (node.span.column - 1)
    if not written:  # «sleutel:\n  - a» becomes «sleutel: []», on the line of the key
        before = text.rindex(":", 0, start) + 1
        return None if "#" in text[before:start] else (before, end, " []")
    return start, end, f"\n{indent}".join(f"- {word}" for word in written)


def _comment(raw: str, items: Iterable[Yaml]) -> bool:
    """Does a comment stand in this stretch? A # within a word is none."""
    for item in items:
        if isinstance(item, Scalar):
            raw = raw.replace(item.value, "")
    return "#" in raw
