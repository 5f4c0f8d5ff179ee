"""One canonical form for the files of a register. Meaning and comments stay, and that is proved of every result.

The result is read again: it must hold the same values under the same keys, and every comment at the same part. If it does not, that
is our mistake: nothing is given back but a finding.
"""

from __future__ import annotations

from typing import NoReturn

from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.messages import TEXTS
from responsief.source import Scalar, Source
from responsief.syntax.comments import Part, Relation, parts_of, relations
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.layout import shape_of_scalar, written
from responsief.syntax.nodes import Document, Mapping, Sequence, Yaml, span_of
from responsief.syntax.remarks import remarks
from responsief.syntax.shapes import KINDS, item, under
from responsief.syntax.write_expression import same


def format_source(source: Source) -> str:
    """The canonical text of a file, with its own line ends.

    Raises InvalidError with the findings of `check` when its YAML can't be read; what an expression or key means is not looked at.
    """
    findings = Findings()
    document = read_yaml(source, findings)
    findings.stop()
    assert document is not None  # nothing was found
    parts = parts_of(document)
    comments = sorted(text for _, _, text in relations(parts))
    text = written(parts)
    _prove(document, parts, comments, text)
    return text.replace("\n", "\r\n") if source.text.count("\r\n") * 2 > source.text.count("\n") else text


def _prove(document: Document, arranged: Part, comments: list[str], text: str) -> None:
    """Read the result, and refuse it where it differs from what was read first."""
    findings = Findings()
    result = read_yaml(Source(document.source.name, text), findings)
    if result is None or findings:
        _refuse(document.root, "het resultaat was niet meer te lezen")
    difference = _difference(document.root, result.root, arranged.shape)
    if difference is not None:
        _refuse(difference, "er zou iets anders staan")
    after = relations(parts_of(result))
    lost = sorted(remarks(document.source.text)) != sorted(
        remarks(text)
    )  # found in another way: what one misses the other sees
    if lost or comments != sorted(text for _, _, text in after) or _sorted(relations(arranged)) != _sorted(after):
        _refuse(document.root, "een opmerking zou verdwijnen of verhuizen")


def _sorted(found: list[Relation]) -> list[Relation]:
    """By place; what belongs to one place keeps its order."""
    return sorted(found, key=lambda relation: repr(relation[:2]))


def _difference(one: Yaml, other: Yaml, shape: str) -> Yaml | None:
    """The first node that does not mean the same in both; keys may stand in another order, items may not."""
    if isinstance(one, Scalar):
        return None if isinstance(other, Scalar) and same(one.value, other.value, shape_of_scalar(shape)) else one
    pairs: list[tuple[Yaml, Yaml, str]]
    if isinstance(one, Mapping):
        if not isinstance(other, Mapping) or one.entries.keys() != other.entries.keys():
            return one
        pairs = [(value, other.entries[name][1], under(shape, name)) for name, (_, value) in one.entries.items()]
    else:
        if not isinstance(other, Sequence) or len(one.items) != len(other.items):
            return one
        pairs = [(a, b, item(shape)) for a, b in zip(one.items, other.items, strict=True)]
    for a, b, inner in pairs:
        found = _difference(a, b, inner)
        if found is not None:
            return found
    return None


def _refuse(node: Yaml, why: str) -> NoReturn:
    """Stop with a finding that says that nothing was changed."""
    what, advice = TEXTS["opmaak"]
    raise InvalidError([Diagnostic("opmaak", what.format(waarom=why), span_of(node), advice)])


def is_of_register(source: Source) -> bool:
    """Is this one of the four kinds of files of a register?"""
    document = read_yaml(source, Findings())
    return document is not None and any(kind in document.root.entries for kind in KINDS)
