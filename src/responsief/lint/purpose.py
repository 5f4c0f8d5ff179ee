"""Why a rule is there, what shows that it is met, and what it is called: what a reader must have to understand a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.diagnostics import Diagnostic, finding
from responsief.ir import nodes as ir
from responsief.lint.subject import Subject, place
from responsief.lint.words import OPEN

#: words that fill a place and say nothing
_EMPTY: Final = re.compile(
    r"\W*(?:n\.? ?v\.? ?t\.?|niet van toepassing|geen|onbekend|nog (?:bepalen|uitzoeken)|volgt|zie (?:\w+ ){0,2}(?:toelichting|wet|artikel|verordening|boven|hierboven)(?: \d+)?|idem|doel|het doel)?\W*",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"(?:c|crit|criterium|criteria|eis|voorwaarde|regel|test|nieuw|nieuwe|naam|id|artikel|art|punt|onderdeel|x|y|z|aa+|foo|temp|tmp)(?:[_-]?(?:\d+[a-z]?|[a-z]))?"
)
_WORD: Final = re.compile(r"[a-zà-ÿ0-9]+")
_SMALL_WORDS: Final = frozenset(
    [
        "u",
        "uw",
        "je",
        "jouw",
        "de",
        "het",
        "een",
        "en",
        "of",
        "is",
        "bent",
        "heeft",
        "hebt",
        "zijn",
        "wordt",
        "moet",
        "mag",
        "kan",
        "van",
        "voor",
        "op",
        "in",
        "te",
        "om",
        "dit",
        "dat",
        "die",
        "er",
        "ook",
        "nog",
        "wie",
        "als",
    ]
)


def purpose(one: Subject) -> Iterator[Diagnostic]:
    """A purpose that says nothing, or says the title again."""
    places = [(one.ruleset.doel, one.ruleset.titel, one.root)]
    places += [(criterion.doel, criterion.titel, mapping) for criterion, mapping in one.criteria]
    for doel, titel, mapping in places:
        if not doel or OPEN.search(doel):
            continue
        if _EMPTY.fullmatch(doel) or len(_WORD.findall(doel.lower())) < 3:
            yield finding("doel-leeg", place(mapping, "doel"), doel=doel)
        elif (words := _weight(doel)) and words <= _weight(titel):
            yield finding("doel-herhaalt", place(mapping, "doel"))


def _weight(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) - _SMALL_WORDS


def evidence(one: Subject) -> Iterator[Diagnostic]:
    """A criterion that does not say with what somebody shows it, or what it means in plain words."""
    for criterion, _ in one.criteria:
        if criterion.gedoogd:
            continue
        reads = (isinstance(leaf, (ir.Fact, ir.OwnFact)) for leaf in one.whole.leaves(criterion.eis))
        if criterion.bewijs is None and any(reads):
            yield finding("bewijs-ontbreekt", criterion.span, naam=criterion.id)
        if criterion.uitleg is None:
            yield finding("uitleg-ontbreekt", criterion.span, naam=criterion.id)


def names(one: Subject) -> Iterator[Diagnostic]:
    """An id that says nothing: it comes back in test cases, in clauses and in the file of a decision."""
    for criterion, mapping in one.criteria:
        if _NO_NAME.fullmatch(criterion.id):
            yield finding("naam-zegt-niets", place(mapping, "id"), naam=criterion.id)


def tested(one: Subject) -> Iterator[Diagnostic]:
    """A ruleset that decides, without one test case."""
    if one.ruleset.decides and one.ruleset.id not in one.whole.tested:
        yield finding(
            "geen-proef", place(one.root, "regelset"), naam=one.ruleset.id, bestand=_test_file(one.ruleset.source.name)
        )


def _test_file(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml") + ".test.yaml"
