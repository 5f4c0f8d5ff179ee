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
from responsief.syntax.nodes import Document, Mapping, Sequence
from responsief.syntax.write_expression import same


def format_source(source: Source) -> str:
    """The canonical text of a file, with its own line ends.

    Raises InvalidError with the findings of `check` when its YAML can't be read; what an expression or key means is not looked at.
    """
    findings = Findings()
    document = read_yaml(source, findings)
    findings.stop()
    assert document is not None  # nothing was found
    before, again = parts_of(document), parts_of(document)
    text = written(again)
    _prove(document, before, again, text)
    return text.replace("\n", "\r\n") if source.text.count("\r\n") * 2 > source.text.count("\n") else text


def _prove(document: Document, before: Part, arranged: Part, text: str) -> None:
    findings = Findings()
    source = Source(document.source.name, text)
    result = read_yaml(source, findings)
    if result is None or findings:
        _refuse(document, "het resultaat was niet meer te lezen")
    after = parts_of(result)
    difference = _difference(before, after)
    if difference is not None:
        _refuse(document, "er zou iets anders staan", difference)
    kept = sorted(text for _, _, text in relations(before)) == sorted(text for _, _, text in relations(after))
    if not kept or _related(arranged) != _related(after):
        _refuse(document, "een opmerking zou verdwijnen of verhuizen")


def _related(part: Part) -> list[Relation]:
    return sorted(relations(part), key=repr)


def _difference(one: Part, other: Part) -> Part | None:
    """The first part that does not mean the same in both."""
    a, b = one.node, other.node
    if isinstance(a, Scalar) or isinstance(b, Scalar):
        alike = isinstance(a, Scalar) and isinstance(b, Scalar) and same(a.value, b.value, shape_of_scalar(one.shape))
        return None if alike else one
    if isinstance(a, Sequence) != isinstance(b, Sequence) or len(one.parts) != len(other.parts):
        return one
    if isinstance(a, Mapping):
        others = {p.key.value: p for p in other.parts if p.key is not None}
        pairs = [(p, others.get(p.key.value)) for p in one.parts if p.key is not None]
    else:
        pairs = list(zip(one.parts, other.parts, strict=True))
    for inner, counterpart in pairs:
        found = inner if counterpart is None else _difference(inner, counterpart)
        if found is not None:
            return found
    return None


def _refuse(document: Document, why: str, part: Part | None = None) -> NoReturn:
    """Stop with a finding that says that nothing was changed."""
    span = document.root.span
    if part is not None:
        key = part.key
        node = part.node
        span = key.span() if key is not None else node.span() if isinstance(node, Scalar) else node.span
    what, advice = TEXTS["opmaak"]
    raise InvalidError([Diagnostic("opmaak", what.format(waarom=why), span, advice)])

