"""A finding that is right to be there, allowed at its own place: «# toegestaan[code]: reden».

The comment stands at the end of the line of the finding, or alone on a line right above it (more of them may be stacked). Of a text
of several lines, all of them count as one. Only a warning or a tip can be allowed; without a reason nothing is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from responsief.diagnostics import Diagnostic, Edit, did_you_mean, finding
from responsief.frozen import dataclass
from responsief.messages import PROVED, SEVERITIES, TEXTS
from responsief.source import Scalar, Span
from responsief.syntax.nodes import Document, Mapping, Yaml
from responsief.syntax.nodes import Sequence as YamlSequence

#: whether something stays open depends on the day and on what else the register holds: to allow it once is no mistake later
UNSURE: Final = frozenset({"niet-bewezen"})
_WRITTEN: Final = re.compile(r"# ?toegestaan ?\[(?P<codes>[^\]\n]*)\](?P<colon> ?:)?(?P<reden>[^\n]*)")


@dataclass(frozen=True, slots=True)
class Allowed:
    """One code that a comment allows: on which line of a text, why, and where the comment stands in it."""

    code: str
    reden: str
    line: int  # of the findings that it is about
    span: Span
    start: int
    end: int
    alone: bool  # nothing else stands on its line
    shared: bool  # the comment names other codes too


def allow(
    findings: Iterable[Diagnostic], documents: Sequence[Document], *, complete: bool, proved: bool = False
) -> list[Diagnostic]:
    """The findings without those that were allowed, and with what is wrong with the comments themselves.

    `complete`: was everything looked at? Else a comment may be about what nobody looked for, and is not called unused.
    `proved`: are these the findings of `responsief prove`? It says which of its own codes are unused, and nothing of the others;
    whoever checks without proving knows nothing of those.
    """
    kept = list(findings)
    for document in documents:
        if "toegestaan" not in document.source.text:
            continue
        comments, lines = comments_of(document)
        used: set[Allowed] = set()
        for one in kept[:]:
            if one.span is None or one.span.source is not document.source:
                continue
            line = lines.get(one.span.line, one.span.line)
            for comment in comments:
                if comment.line == line and comment.code == one.code and comment.reden:
                    used.add(comment)
                    if one.ernst != "fout":
                        kept.remove(one)
                        break
        for comment in comments:
            looked_for = (comment.code in PROVED) is proved and comment.code not in UNSURE
            if looked_for or not proved:
                kept += wrong(comment, comment in used, complete=complete and looked_for)
    return sorted(kept, key=Diagnostic.place)


def wrong(comment: Allowed, used: bool, *, complete: bool) -> Iterator[Diagnostic]:
    """What is wrong with one comment."""
    gone = () if comment.shared else (removal(comment),)
    if comment.code not in TEXTS or comment.code.startswith("toegestaan-"):
        hint = did_you_mean(comment.code, SEVERITIES) or None
        # a code that was misspelt is for its writer to mend: its reason is worth keeping
        yield finding("toegestaan-onbekend", comment.span, naam=comment.code, hulp=hint, herstel=() if hint else gone)
    elif SEVERITIES.get(comment.code, "fout") == "fout":
        yield finding("toegestaan-fout", comment.span, naam=comment.code, herstel=gone)
    elif not comment.reden:
        yield finding("toegestaan-zonder-reden", comment.span, naam=comment.code)
    elif not used and complete:
        yield finding("toegestaan-ongebruikt", comment.span, naam=comment.code, herstel=gone)


def removal(comment: Allowed) -> Edit:
    """The text without the comment; without its line where it stands alone."""
    source, text = comment.span.source, comment.span.source.text
    start, end = comment.start, comment.end
    if comment.alone:
        start = text.rfind("\n", 0, start) + 1
        return Edit(source, start, min(len(text), end + 1), "")
    while start and text[start - 1] in " ":
        start -= 1
    return Edit(source, start, end, "")


def comments_of(document: Document) -> tuple[list[Allowed], dict[int, int]]:
    """The comments of a file that allow something, and of every line inside a longer text the line where that starts."""
    source = document.source
    scalars = sorted(_scalars(document.root))
    starts = [start for start, _, _ in scalars]
    first: dict[int, int] = {}
    for start, end, line in scalars:
        for more in range(1, source.text.count("\n", start, _last(source.text, start, end)) + 1):
            first[line + more] = line
    bare = {line for line, text in enumerate(source.lines, 1) if text.lstrip().startswith("#") and line not in first}
    found: list[Allowed] = []
    for match in _WRITTEN.finditer(source.text):
        at = bisect_right(starts, match.start()) - 1
        if at >= 0 and match.start() < scalars[at][1] and not _outside(source.text, *scalars[at][:2], match.start()):
            continue
        before = source.text[source.text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if before and not before[-1].isspace():
            continue
        line = source.text.count("\n", 0, match.start()) + 1
        alone = not before.strip()
        about = line
        while alone and about in bare:
            about += 1
        about = first.get(about, about)
        codes = [(code.strip(), code) for code in match["codes"].split(",")]
        column = len(before) + 1
        reason = match["reden"].strip() if match["colon"] else ""
        end = match.start() + len(match[0].rstrip())
        at = match.start("codes") - match.start()
        for code, raw in codes:
            shift = at + (len(raw) - len(raw.lstrip()))
            span = Span(source, line, column + shift, max(1, len(code)))
            found.append(Allowed(code, reason, about, span, match.start(), end, alone, len(codes) > 1))
            at += len(raw) + 1
    return found, first


def _last(text: str, start: int, end: int) -> int:
    """Where the last visible character of a scalar stands: a block ends with empty lines that are no part of what is read."""
    while end > start and text[end - 1].isspace():
        end -= 1
    return end


def _outside(text: str, start: int, end: int, at: int) -> bool:
    """Does a place within a block scalar stand behind its sign («>-  # …»), or behind its last line?"""
    if text[start] not in "|>":
        return False
    line_end = text.find("\n", start)
    return at < (line_end if line_end >= 0 else end)


def _scalars(root: Yaml) -> Iterator[tuple[int, int, int]]:
    stack: list[Yaml] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, Scalar):
            yield node.start, node.end, node.line
        elif isinstance(node, YamlSequence):
            stack += node.items
        elif isinstance(node, Mapping):
            for key, value in node.entries.values():
                stack += (key, value)
