"""The words that people read: can somebody who reads at B1 level follow them, and are they written with care?

Looked at is what a letter, a question or a screen shows. The names of terms and figures stand in the note, where the law's own
word is right; the words of a law are a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.diagnostics import Diagnostic, finding
from responsief.lint.subject import rewritten
from responsief.readability import hard_to_read
from responsief.source import Scalar
from responsief.syntax.nodes import Document, Mapping, Sequence, Yaml

#: what stands where something must still be written
OPEN: Final = re.compile(r"\b(?:NOG INVULLEN|NOG IN TE VULLEN|TODO|TBD|FIXME|XXX+)\b")
QUESTIONS: Final = frozenset({"vraag", "vragen", "na_te_gaan"})
READ: Final = QUESTIONS | {"titel", "label", "uitleg", "doel", "eerste_stap"}
#: sections whose labels stand in the note only, and mappings in which «titel» is the name of something in law
_NOTE_ONLY: Final = frozenset({"begrippen", "bedragen", "open"})
_CODES: Final = {"te_lang": "zin-te-lang", "moeilijk": "moeilijk-woord", "afkorting": "afkorting"}
_SPACES: Final = re.compile(r"(?<=\S)  +(?=\S)")
_BEFORE_MARK: Final = re.compile(r"(?<=\w) +(?=[,;!?](?:\s|$)|\.(?:\s|$))")
_UNTIDY: Final = ("  ", " ,", " .", " ;", " !", " ?", "..", ",,", ";;")  # a sign that one of these three finds something
_DOUBLED: Final = re.compile(r"(?<![.])\.\.(?!\.)|,,|;;")


def words(root: Mapping) -> Iterator[Diagnostic]:
    """Every remark on the words of one file."""
    for key, text in texts(root):
        if OPEN.search(text.value) is None:
            yield from readable(text)
            yield from written(key, text)


def unfinished(document: Document) -> Iterator[Diagnostic]:
    """Every place that somebody left to be filled in, in what people read or what a rule rests on."""
    if not any(sign in document.source.text for sign in ("VULLEN", "TODO", "TBD", "FIXME", "XXX")):
        return
    stack: list[Yaml] = [document.root]
    while stack:
        here = stack.pop()
        if isinstance(here, Scalar):
            found = OPEN.search(here.value)
            if found is not None:
                yield finding("nog-invullen", here.span(found.start(), len(found[0])))
        elif isinstance(here, Sequence):
            stack += here.items
        else:
            stack += (value for _, value in here.entries.values())


def texts(node: Mapping) -> Iterator[tuple[str, Scalar]]:
    """Every text of a file that people read, with its key."""
    stack: list[Yaml] = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, Sequence):
            stack += here.items
        elif isinstance(here, Mapping):
            clause = "maatstaf" in here.entries  # its title is for the note
            for key, (_, value) in here.entries.items():
                if key in READ and not (clause and key == "titel"):
                    if isinstance(value, Scalar):
                        yield key, value
                    elif isinstance(value, Sequence):
                        yield from ((key, item) for item in value.items if isinstance(item, Scalar))
                elif key not in _NOTE_ONLY and not isinstance(value, Scalar):
                    stack.append(value)


def readable(text: Scalar) -> Iterator[Diagnostic]:
    """Sentences that are too long, hard words, abbreviations: each at its place."""
    start = 0
    for remark in hard_to_read(text.value):
        if remark.soort == "te_lang":
            at = max(0, text.value.find(remark.zin[:20]))
            yield finding("zin-te-lang", text.span(at, len(remark.zin)), aantal=remark.tekst)
            continue
        at = text.value.find(remark.tekst, start)
        at = at if at >= 0 else max(0, text.value.find(remark.tekst))
        start = at + len(remark.tekst)
        yield finding(_CODES[remark.soort], text.span(at, len(remark.tekst)), woord=remark.tekst, hulp=remark.hulp)


def written(key: str, text: Scalar) -> Iterator[Diagnostic]:
    """A question without a question mark, a stop behind a title or label, spaces too many."""
    value = text.value
    if any(sign in value for sign in _UNTIDY):
        yield from _marks(text)
    if key in QUESTIONS and "?" not in value and value.strip():
        asked = value.rstrip().rstrip(".") + "?"
        yield finding("vraag-zonder-vraagteken", text.span(len(value) - 1, 1), herstel=rewritten(text, asked))
    if key in ("titel", "label") and value.endswith(".") and not value.endswith(("..", "e.d.", "enz.", "etc.")):
        yield finding("punt-achteraan", text.span(len(value) - 1, 1), wat=key, herstel=rewritten(text, value[:-1]))


def _marks(text: Scalar) -> Iterator[Diagnostic]:
    value = text.value
    better = _BEFORE_MARK.sub("", _SPACES.sub(" ", value)) if "\n" not in value else value
    if better != value:
        wrong = _SPACES.search(value) or _BEFORE_MARK.search(value)
        assert wrong is not None
        fix = rewritten(text, better)
        yield finding("typografie", text.span(wrong.start(), len(wrong[0])), wat="een spatie te veel", herstel=fix)
    elif (double := _DOUBLED.search(value)) is not None:
        fix = rewritten(text, value[: double.start()] + double[0][0] + value[double.end() :])
        yield finding("typografie", text.span(double.start(), 2), wat="een leesteken te veel", herstel=fix)
