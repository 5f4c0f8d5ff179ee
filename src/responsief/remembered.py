"""What was read and checked before, so that an editor that asks again after every key stroke waits for what changed only.

The findings are those of a check from nothing (a property test holds this): a file that is the same is not read again, and a
ruleset is not read again when neither it nor anything that it may name has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.intake import validate
from responsief.ir.catalogue import Catalogue, read_catalogue
from responsief.ir.declare import SHARED, RulesetDraft
from responsief.ir.from_syntax import Checker
from responsief.ir.ruleset import Ruleset
from responsief.register import Files, checked_together
from responsief.situation import Situation
from responsief.source import Scalar, Source, Span
from responsief.syntax.from_yaml import read_file, read_yaml
from responsief.syntax.nodes import Document
from responsief.syntax.nodes import Mapping as YamlMapping
from responsief.trial_files import read_trials


class StoppedError(Exception):
    """Whoever asked wants no answer any more."""


class Memory:
    """Of each file the text and what it meant; of the rulesets, catalogues and test cases what was found in them.

    `texts` holds what is not saved yet, and counts over what is on disk. `stopped` is asked between the steps.
    """

    def __init__(self, texts: Mapping[Path, str] | None = None, stopped: Callable[[], bool] = lambda: False) -> None:
        self.texts = texts if texts is not None else {}
        self.stopped = stopped
        self.broken: set[str] = set()  # names of files that mean nothing as they are now: what they last meant counts on
        self._files: dict[Path, tuple[Source | None, Document | None, tuple[Diagnostic, ...]]] = {}
        self._stamps: dict[Path, tuple[int, int]] = {}
        self._last: dict[Path, Document] = {}
        self._checker: Checker | None = None
        self._catalogue: tuple[tuple[Document, ...], Catalogue, Findings] | None = None
        self._trials: dict[int, _Trials] = {}

    # files

    def read(self, path: Path, findings: Findings) -> Document | None:
        """A file as it is now; one that can't be read (with findings) counts as what it last was."""
        if self.stopped():
            raise StoppedError
        source, document, found = self._read(path)
        findings.items.extend(found)
        if document is not None:
            self._last[path] = document
            self.broken.discard(path.as_posix())
        elif path in self._last and path in self.texts:
            self.broken.add(path.as_posix())
            return self._last[path]
        return document

    def source(self, path: Path) -> Source | None:
        """The text of a file as it was last read."""
        return self._files[path][0] if path in self._files else None

    def _read(self, path: Path) -> tuple[Source | None, Document | None, tuple[Diagnostic, ...]]:
        before = self._files.get(path)
        text = self.texts.get(path)
        found = Findings()
        source: Source | None
        if text is not None:
            self._stamps.pop(path, None)
            if before is not None and before[0] is not None and before[0].text == text:
                return before
            source = Source(path.as_posix(), text)
        else:
            stamp = _stamp(path)
            if before is not None and stamp is not None and self._stamps.get(path) == stamp:
                return before
            source = read_file(path, found)
            if stamp is not None:
                self._stamps[path] = stamp
            if before is not None and before[0] is not None and source == before[0]:
                return before
        document = read_yaml(source, found) if source is not None else None
        self._files[path] = (source, document, tuple(found))
        return self._files[path]

    # rulesets and catalogues

    def check_files(self, files: Files) -> tuple[Checker, Catalogue, tuple[Diagnostic, ...]]:
        """`register.check_files`, of what changed only."""
        if self.stopped():
            raise StoppedError
        kept = self._kept(files.documents["regelset"])
        before = self._checker
        checker = Checker(files.documents["regelset"], kept)
        self._checker = checker
        catalogue, findings = self._read_catalogue(files, checker, same=before is not None and _alike(before, checker, kept))
        if self.stopped():
            raise StoppedError
        together = Findings(list(findings))
        return checked_together(files, checker, catalogue, together)

    def _kept(self, documents: Sequence[Document]) -> list[tuple[RulesetDraft, Ruleset | None]]:
        """The rulesets that need not be read again."""
        before = self._checker
        if before is None:
            return []
        now = {id(d) for d in documents}
        known = {id(d.document): d for d in before.drafts}
        gone = [d for d in before.drafts if id(d.document) not in now]
        new = [d for d in documents if id(d) not in known]
        if not gone and not new:
            return [(d, before.read[id(d)]) for d in before.drafts]
        touched = {d.id for d in gone} | {_word(d, "regelset") for d in new}
        shared = {d.id for d in before.drafts if d.soort == SHARED} | {_word(d, "regelset") for d in new if _shared(d)}
        kept = [d for d in before.drafts if id(d.document) in now]
        while touched:
            if touched & shared:
                return []  # every ruleset may read shared names
            hit = [d for d in kept if d.id in touched or d.findings or not touched.isdisjoint(_named(d.document))]
            kept = [d for d in kept if d not in hit]
            touched = {d.id for d in hit}
        return [(d, before.read[id(d)]) for d in kept]

    def _read_catalogue(self, files: Files, checker: Checker, *, same: bool) -> tuple[Catalogue, Findings]:
        """Both catalogues: they read the shared names and the ids of rulesets, and no other names."""
        documents = (*files.documents["voorzieningen"], *files.documents["signalen"])
        if same and self._catalogue is not None and _identical(self._catalogue[0], documents):
            return self._catalogue[1:]
        findings = Findings()
        catalogue = read_catalogue(files.documents["voorzieningen"], files.documents["signalen"], checker, findings)
        self._catalogue = (documents, catalogue, findings)
        return catalogue, findings

    # test cases

    def read_trials(self, document: Document, versions: Mapping[str, Sequence[Ruleset]]) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with a file of test cases."""
        if self.stopped():
            raise StoppedError
        ident = _word(document, "proef")
        local = [c for others in versions.values() for r in others for c in r.clausules_bij.get(ident, ())]
        reads = (*(versions.get(ident, ())), *local) if ident in versions else tuple(versions)
        before = self._trials.get(id(document))
        if before is None or not _identical(before[1], reads):
            if len(self._trials) > MAX_TRIALS:
                self._trials.clear()
            situations = before[3] if before is not None else []
            trials = read_trials(document, versions, _in_order(situations))
            before = (document, reads, trials.findings, situations)
            self._trials[id(document)] = before
        return before[2]


MAX_TRIALS = 500  # files of test cases remembered: more are only older versions of the same


#: of a file of test cases: itself, what was read for it, its findings, and its situations in the order of the cases
_Trials = tuple[Document, tuple[object, ...], tuple[Diagnostic, ...], list[Situation | InvalidError]]


def _in_order(situations: list[Situation | InvalidError]) -> Callable[[Any, Callable[[Sequence[str | int]], Span]], Situation]:
    """`intake.validate` for the cases of one text in their order: what a situation means no ruleset changes."""
    read = iter(range(1 << 60))

    def validated(data: Any, where: Callable[[Sequence[str | int]], Span]) -> Situation:
        at = next(read)
        if at == len(situations):
            try:
                situations.append(validate(data, where))
            except InvalidError as wrong:
                situations.append(wrong)
        found = situations[at]
        if isinstance(found, InvalidError):
            raise found
        return found

    return validated


def _stamp(path: Path) -> tuple[int, int] | None:
    """When a file was last written, and its size; None when that can't be told."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def _word(document: Document, key: str) -> str:
    return str(getattr(document.root.get(key), "value", ""))


def _shared(document: Document) -> bool:
    return _word(document, "soort") == SHARED


def _named(document: Document) -> set[str]:
    """The rulesets that a ruleset reads names of: what it uses, what it fills in, what it has clauses for."""
    found = set()
    for key in ("vult_in", "clausules_bij"):
        inner = document.root.get(key)
        if isinstance(inner, YamlMapping):
            found |= {name.partition(".")[0] for name in inner.entries}
    terms = document.root.get("begrippen")
    for _, term in terms.entries.values() if isinstance(terms, YamlMapping) else ():
        used = term.get("gebruik") if isinstance(term, YamlMapping) else None
        if isinstance(used, Scalar):
            found.add(used.value.partition(".")[0])
    return found


def _identical(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))


def _alike(before: Checker, now: Checker, kept: Sequence[tuple[RulesetDraft, Ruleset | None]]) -> bool:
    """Do the shared names and the ids of rulesets stay what they were?"""
    stay = {id(draft) for draft, _ in kept}
    return all(id(d) in stay for d in (*before.shared, *now.shared)) and before.by_id.keys() == now.by_id.keys()
