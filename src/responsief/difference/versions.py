"""From what somebody types to two registers, and which lines changed. Reading is done here and in `trees` and `git`, nowhere else
in this room.

Around what was named stands what it reads: the other files of the folder or repository, and the shipped register for what neither
side has. Files of test cases are not read: they decide nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path
from typing import Final

from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.difference.trees import YAML, Tree, read_trees
from responsief.frozen import dataclass
from responsief.known import ENDINGS
from responsief.register import FORMS, Files, Register, layered, shipped
from responsief.remembered import Memory
from responsief.source import Source
from responsief.syntax.from_yaml import read_file, read_stream, read_yaml
from responsief.syntax.nodes import Document

_OURS: Final = re.compile(rf"^({'|'.join(FORMS)})\s*:\s*([\w-]*)", re.MULTILINE)
_SAME: Final = 0.5  # of two names, the share of lines that both texts have, from which it is the same file

Key = tuple[str, str]  # what a file is: «regelset», «voorzieningen» …, and its name


@dataclass(frozen=True, slots=True)
class Side:
    """One side. `texts` are the named files, by the name that places in them have; `below` says where each stands below what was
    named. `named` says what is in them: («regelset», id), («voorzieningen», name), («signalen», name)."""

    naam: str  # «main», «rulesets-2025/», «de werkmap»
    register: Register
    files: Files
    texts: Mapping[str, str]
    below: Mapping[str, str]
    named: frozenset[Key]


@dataclass(frozen=True, slots=True)
class Versions:
    """What is compared."""

    was: Side
    wordt: Side

    @property
    def ids(self) -> frozenset[str]:
        """The rulesets that were asked about, on either side."""
        return frozenset(name for form, name in self.was.named | self.wordt.named if form == "regelset")

    @property
    def catalogues(self) -> bool:
        """Was a file of provisions or signals among what was asked about?"""
        return any(form in ("voorzieningen", "signalen") for form, _ in self.was.named | self.wordt.named)

    def changed_lines(self) -> dict[str, frozenset[int]]:
        """Of each named file of the new side, by the name in its places, the lines that are not as they were."""
        was, wordt = ({side.below[name]: text for name, text in side.texts.items()} for side in (self.was, self.wordt))
        found = changed_lines(was, wordt)
        return {name: found[below] for name, below in self.wordt.below.items() if below in found}


def read_versions(old: str = "HEAD", new: str | None = None, *, path: str | None = None, at: Path = Path()) -> Versions:
    """Two registers, of what stands on the command line:

    - two paths, files or folders;
    - `main..HEAD`; `main...HEAD` (from where they went apart); one name of a commit (against the work tree); two names;
    - one path (HEAD against the work tree, of that path only), or a name and a path.

    `path` limits the comparison to a file or folder. Without it, through git, that is the folder `rulesets`, or all files of a
    register where there is no such folder. Raises InvalidError: there is no such path, what git can't give, or every finding of
    the sides that have mistakes, each with its side.
    """
    trees = read_trees(old, new, path, at)
    shared = _unchanged(*trees)
    if shared:
        try:
            return _read(trees, shared)
        except InvalidError:
            pass  # a mistake in what is the same on both sides is told of both
    return _read(trees, {})


def _unchanged(was: Tree, wordt: Tree) -> dict[str, str]:
    """Of two folders, the files that are the same on both sides: their name on the old side, and on the new."""
    if was.alone or wordt.alone:
        return {}
    there = {below: name for name, below in wordt.below.items()}
    return {
        name: there[below]
        for name, below in was.below.items()
        if below in there and name != there[below] and name in was.raw and was.raw[name] == wordt.raw.get(there[below])
    }


def _read(trees: tuple[Tree, Tree], shared: Mapping[str, str]) -> Versions:
    """`shared`: files of the old side that are read as that of the new side, and so only once."""
    reading = _Reading(shared)
    own = [reading.documents(tree) for tree in trees]
    both = list(zip(trees, own, strict=True))
    named = {_key(d) for tree, (documents, _) in both for d in documents if d.source.name in tree.below}
    every = {_key(d) for documents, _ in own for d in documents}
    first: list[Diagnostic] = []
    # what stands around it may be broken, or be a register of its own: then what was named is tried without
    for beside, on_shipped in (
        (True, True),
        *(((False, True), (False, False)) if any(tree.alone for tree in trees) else ((True, False),)),
    ):
        below = reading.shipped_without(every if beside else named) if on_shipped else ()
        memory = Memory()  # most of a register is the same on both sides, and is checked once
        around = [d for tree, (documents, _) in both if tree.alone for d in documents if d.source.name not in tree.below]
        sides = [_side(tree, *one, around, below, memory, named, beside=beside) for tree, one in both]
        found = [finding for _, findings in sides for finding in findings]
        if not found:
            return Versions(*(side for side, _ in sides))
        first = first or _of_named(found, trees)
    raise InvalidError(first)


class _Reading:
    """Reads texts to documents: what is the same on both sides once."""

    def __init__(self, shared: Mapping[str, str]) -> None:
        self.shared = shared
        self.read: dict[Source, tuple[Document | None, tuple[Diagnostic, ...]]] = {}

    def document(self, source: Source, findings: Findings) -> Document | None:
        if source not in self.read:
            found = Findings()
            self.read[source] = (read_yaml(source, found), tuple(found))
        document, problems = self.read[source]
        findings.items.extend(problems)
        return document

    def documents(self, tree: Tree) -> tuple[list[Document], Findings]:
        """What one side has, without test cases and without YAML that is about something else."""
        findings, found = Findings(list(tree.findings)), []
        for name, raw in sorted(tree.raw.items()):
            if name.endswith(ENDINGS):
                continue
            loose = name in tree.loose
            own = Findings()
            source = read_stream(BytesIO(raw), self.shared.get(name, name), own)
            if loose and (source is None or not _OURS.search(source.text)):
                continue
            document = self.document(source, own) if source is not None else None
            findings.items.extend(own)
            if document is not None:
                found.append(document)
        return found, findings

    def shipped_without(self, taken: set[Key]) -> tuple[Document, ...]:
        """The shipped register, without what either side has itself: what is gone there must not come back from here."""
        findings = Findings()
        paths = sorted(p for p in shipped().rglob("*") if p.suffix in YAML and not p.name.endswith(ENDINGS))
        sources = [source for path in paths if (source := read_file(path, findings)) is not None]
        missed = [source for source in sources if (said := _OURS.search(source.text)) and (said[1], said[2]) not in taken]
        documents = [document for source in missed if (document := self.document(source, findings)) is not None]
        findings.stop()
        return tuple(documents)


def _side(
    tree: Tree,
    own: list[Document],
    read: Findings,
    around: list[Document],
    below: tuple[Document, ...],
    memory: Memory,
    named: set[Key],
    *,
    beside: bool,
) -> tuple[Side, list[Diagnostic]]:
    """One side with the shipped documents under it, and its findings. `named` is what was named on both sides, `around` what
    stands beside files that were named alone: it lies around both, or one side would lack what nobody took away."""
    if tree.alone:  # what stands beside a file is most often the other side
        own = [d for d in own if d.source.name in tree.below or (beside and _key(d) not in named)]
        here = {_key(d) for d in own}
        own += [d for d in around if beside and _key(d) not in here | named]
    there = {d.source.name for d in own}
    findings = Findings([f for f in read if f.span is None or beside or f.span.source.name in {*tree.below, *there}])
    files = layered((below, own), findings)
    checker, catalogue, found = memory.check_files(files)
    side = Side(
        tree.naam,
        Register(checker.rulesets, catalogue, files.texts),
        files,
        {name: text for name in tree.below if name in tree.raw and (text := _text(tree.raw[name])) is not None},
        tree.below,
        frozenset(_key(d) for d in own if d.source.name in tree.below),
    )
    return side, [replace(one, tekst=tree.told + one.tekst) for one in found]


def _key(document: Document) -> Key:
    form = next((form for form in FORMS if form in document.root.entries), "")
    return form, str(getattr(document.root.get(form), "value", ""))


def _text(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def _of_named(findings: list[Diagnostic], trees: tuple[Tree, Tree]) -> list[Diagnostic]:
    """The findings in what was named; all of them when it has none itself."""
    named = {name for tree in trees for name in tree.below}
    return [f for f in findings if f.span is None or f.span.source.name in named] or findings


# --- which lines changed -----------------------------------------------------------------------------------------------------


def changed_lines(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, frozenset[int]]:
    """Of each file in `new` the lines (from 1) that are not as they were in `old`; files without such lines are left out.

    A file that `old` has not is held against the one that is gone and has most lines in common, if that is at least half of them.
    How a line ends makes no difference. Where lines only went away, nothing is marked.
    """
    gone = {name: _lines(text) for name, text in old.items() if name not in new}
    found = {}
    for name, text in new.items():
        now = _lines(text)
        before = _lines(old[name]) if name in old else _alike(now, gone)
        matcher = SequenceMatcher(None, before, now, autojunk=False)
        changed = (range(c, d) for what, _, _, c, d in matcher.get_opcodes() if what in ("replace", "insert"))
        lines = frozenset(line + 1 for stretch in changed for line in stretch)
        if lines:
            found[name] = lines
    return found


def _lines(text: str) -> tuple[str, ...]:
    lines = Source("", text).lines
    return lines if lines[-1] else lines[:-1]  # what ends the last line begins no other


def _alike(now: tuple[str, ...], gone: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The text that was probably here before under another name; nothing when none is alike."""

    def share(lines: tuple[str, ...]) -> float:
        return 2 * (Counter(lines) & Counter(now)).total() / max(1, len(lines) + len(now))

    best = max(gone.values(), key=share, default=())
    return best if best and share(best) >= _SAME else ()
