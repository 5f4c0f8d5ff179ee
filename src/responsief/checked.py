"""All files of a register checked together: mistakes first, and where there are none, warnings and tips.

The one road that `responsief check`, an editor and a watcher share.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from responsief.diagnostics import Diagnostic, Findings
from responsief.frozen import dataclass
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.known import ENDINGS, Known, by_name
from responsief.lint.allowed import allow
from responsief.lint.fixes import changed, edits_of, same_meaning
from responsief.register import Files, by_ident, is_shipped, read_files, shipped
from responsief.remembered import Memory
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document

ROUNDS = 10  # changes of changes: each round needs a check of everything


@dataclass(frozen=True, slots=True)
class Checked:
    """What was read, what it means, and every finding, sorted by place. Of shipped files only mistakes are told to whoever
    checks files of her own."""

    files: Files
    checker: Checker
    catalogue: Catalogue
    findings: tuple[Diagnostic, ...]
    unread: frozenset[str] = frozenset()  # names of files of cases of which only the name was read

    @property
    def wrong(self) -> tuple[Diagnostic, ...]:
        """The mistakes."""
        return tuple(f for f in self.findings if f.ernst == "fout")

    @property
    def fixable(self) -> tuple[Diagnostic, ...]:
        """The findings that carry a safe change."""
        return tuple(f for f in self.findings if f.herstel)


def folders_of(paths: Sequence[Path]) -> list[Path]:
    """What is checked together: the shipped register, and over it what somebody named of her own."""
    return [shipped(), *(p for p in paths if not is_shipped(p))]


def check(paths: Sequence[Path], today: date, memory: Memory | None = None, known: Known | None = None) -> Checked:
    """Check files and folders together with the shipped register (no path: that register alone).

    With a `memory` only what changed since its last use is read and checked again, to the same findings. Files of cases that are
    `known` to be without mistakes are not read, nor are the shipped ones when somebody checks files of her own.
    """
    folders = folders_of(paths)
    reading = memory or Memory()
    unread: set[str] = set()

    def read(path: Path, findings: Findings) -> Document | None:
        named = by_name(path) if memory is None and path.name.endswith(ENDINGS) else None
        shipped_too = len(folders) > 1 and is_shipped(path)
        if named is not None and (shipped_too or (known is not None and known.holds(named.source))):
            unread.add(named.source.name)
            return named
        return reading.read(path, findings)

    done = check_read(read_files(folders, read), today, reading, own=len(folders) > 1, unread=unread)
    if known is not None and not done.wrong:
        for document in done.files.documents["proef"]:
            if document.source.name not in unread and not any(
                f.span and f.span.source == document.source for f in done.findings
            ):
                known.add(document.source)
    return done


def check_read(files: Files, today: date, memory: Memory | None = None, *, own: bool, unread: Collection[str] = ()) -> Checked:
    """Check files that were read; `own`: are there others than the shipped ones? Of the files `unread` only the name is there."""
    memory = memory or Memory()
    checker, catalogue, found = memory.check_files(files)
    findings = list(found)
    versions = by_ident(checker.rulesets)
    broken = {draft.id for draft in checker.drafts} - versions.keys()
    for document in files.documents["proef"]:
        if document.source.name in unread or (own and is_shipped(Path(document.source.name))):
            continue  # whose own ruleset takes the place of a shipped one need not mend the cases of that
        if getattr(document.root.get("proef"), "value", "") not in broken:  # what is wrong with the ruleset was said there
            findings += memory.read_trials(document, versions)
    complete = not findings
    if complete:
        findings = memory.lint(files, checker, catalogue, today)
    every = [one for documents in files.documents.values() for one in documents if one.source.name not in unread]
    findings = allow(findings, every, complete=complete)
    told = (f for f in findings if f.ernst == "fout" or not (own and f.span and is_shipped(Path(f.span.source.name))))
    return Checked(files, checker, catalogue, tuple(sorted(told, key=Diagnostic.place)), frozenset(unread))


@dataclass(frozen=True, slots=True)
class Mended:
    """What safe changes make of a register: the new text of each changed file, how it checks then, how many findings were mended,
    and the files of which a change was not made because it would have meant something else."""

    texts: Mapping[Source, str]
    checked: Checked
    count: int
    refused: tuple[str, ...]


def mend(done: Checked, today: date, *, own: bool) -> Mended:
    """Make every safe change, in rounds, as one change can make room for another. Nothing is written.

    After each round everything is checked again: a file in which something then means something else keeps its text.
    """
    before = {document.source.name: document.source for documents in done.files.documents.values() for document in documents}
    refused: list[str] = []
    now = done
    for _ in range(ROUNDS):
        edits = {source: todo for source, todo in edits_of(now.findings).items() if source.name not in refused}
        if not edits:
            break
        texts = {source.name: changed(source, todo) for source, todo in edits.items()}
        then = _checked_with(now, texts, today, own=own)
        if then is not None:
            now = then
            continue
        for name, text in texts.items():  # one at a time: which of them does it?
            then = _checked_with(now, {name: text}, today, own=own)
            if then is None:
                refused.append(name)
            else:
                now = then
    after = {document.source.name: document.source.text for documents in now.files.documents.values() for document in documents}
    new = {source: after[name] for name, source in before.items() if after[name] != source.text}
    return Mended(new, now, len(done.fixable) - len(now.fixable), tuple(refused))


def _checked_with(done: Checked, texts: Mapping[str, str], today: date, *, own: bool) -> Checked | None:
    """The register with other texts for some files; None when it would no longer be valid, or mean something else."""
    problems = Findings()
    documents = {}
    for form, those in done.files.documents.items():
        fresh = [
            read_yaml(Source(one.source.name, texts[one.source.name]), problems) if one.source.name in texts else one
            for one in those
        ]
        documents[form] = [one for one in fresh if one is not None]
    if problems:
        return None
    then = check_read(Files(documents, Findings()), today, own=own, unread=done.unread)
    same = not then.wrong and same_meaning((done.checker, done.catalogue), (then.checker, then.catalogue))
    return then if same else None
