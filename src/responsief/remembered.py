"""What was read and checked before, so that an editor that asks again after every key stroke waits for what changed only.

The findings are those of a check from nothing (a property test holds this): a file that is the same is not read again, and a
ruleset is not read again when neither it nor anything that it may name has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.intake import validate
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least, digits
from responsief.ir.catalogue import Catalogue, read_catalogue
from responsief.ir.declare import SHARED, RulesetDraft
from responsief.ir.from_syntax import Checker
from responsief.ir.ruleset import Ruleset
from responsief.ir.ruleset_reader import criterion_ids
from responsief.ir.types import type_of_soort
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
        self._catalogue: tuple[tuple[object, ...], tuple[Document, ...], Catalogue, Findings] | None = None
        self._faces: dict[str, dict[str, object]] = {}  # of each ruleset, what others see of it
        self._shared_now = 0  # goes up when shared names may have changed
        self._trials: dict[int, _Trials] = {}

    # files

    def read(self, path: Path, findings: Findings) -> Document | None:
        """A file as it is now; one that can't be read (with findings) counts as what it last was."""
        if self.stopped():
            raise StoppedError
        document, found = self._read(path)[1:]
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
        checker = self._read_rulesets(files.documents["regelset"])
        catalogue, findings = self._read_catalogue(files, checker)
        if self.stopped():
            raise StoppedError
        together = Findings(list(findings))
        return checked_together(files, checker, catalogue, together)

    def _read_rulesets(self, documents: Sequence[Document]) -> Checker:
        """A checker of these rulesets. Only what changed is read; where others see that change, they are read again too."""
        before = self._checker
        if before is None:
            return self._remember(Checker(documents), ())
        now = {id(d) for d in documents}
        stay = [d for d in before.drafts if id(d.document) in now]
        if len(stay) == len(before.drafts) == len(documents):
            return before
        known = {id(d.document) for d in stay}
        touched = {d.id for d in before.drafts if id(d.document) not in now}
        touched |= {_word(d, "regelset") for d in documents if id(d) not in known}
        checker = Checker(documents, _with_results(before, [d for d in stay if d.id not in touched]))
        checker.steps |= {step: n for step, n in before.steps.items() if step not in checker.steps}
        seen = self._seen_differently(checker, touched)
        if not seen and not term_circle(checker):
            return self._remember(checker, touched)
        if self.stopped():
            raise StoppedError
        if seen & {d.id for d in (*before.shared, *checker.shared)} or not seen:
            return self._remember(Checker(documents), ())  # every ruleset may read shared names
        kept = [d for d in stay if d.id not in touched and not d.findings]
        while seen:
            hit = [d for d in kept if d.id in seen or not seen.isdisjoint(_named(d.document))]
            kept = [d for d in kept if d not in hit]
            seen = {d.id for d in hit}
        if any(d.soort == SHARED for d in stay if d not in kept):
            kept = []
        return self._remember(Checker(documents, _with_results(before, kept)), ())

    def _seen_differently(self, checker: Checker, touched: Iterable[str]) -> set[str]:
        """Of these rulesets, those whose names mean something else to others than they last did."""
        found = set()
        for ident in touched:
            now = _face(checker, ident)
            last = self._faces.get(ident, {})
            # a name that is wrong at the moment counts as what it last was: using it is not another mistake
            if now.keys() != last.keys() or any(value is not None and value != last[name] for name, value in now.items()):
                found.add(ident)
        return found

    def _remember(self, checker: Checker, touched: Iterable[str]) -> Checker:
        """Keep what others see of the rulesets that were read: of all of them, or of `touched` only."""
        for ident in touched or {*checker.by_id, *self._faces}:
            face = _face(checker, ident)
            last = self._faces.get(ident, {})
            self._faces[ident] = {name: last.get(name) if value is None else value for name, value in face.items()}
        if not touched:
            self._shared_now += 1
        self._checker = checker
        return checker

    def _read_catalogue(self, files: Files, checker: Checker) -> tuple[Catalogue, Findings]:
        """Both catalogues: they read the shared names and the ids of rulesets, and no other names."""
        documents = (*files.documents["voorzieningen"], *files.documents["signalen"])
        reads = (self._shared_now, *sorted(checker.by_id))
        if self._catalogue is not None and self._catalogue[0] == reads and _identical(self._catalogue[1], documents):
            return self._catalogue[2:]
        findings = Findings()
        catalogue = read_catalogue(files.documents["voorzieningen"], files.documents["signalen"], checker, findings)
        self._catalogue = (reads, documents, catalogue, findings)
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


FEW_STEPS = 150  # steps under a name that are far from too many: how many exactly is nobody's business
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


def _with_results(checker: Checker, drafts: Iterable[RulesetDraft]) -> list[tuple[RulesetDraft, Ruleset | None]]:
    return [(d, checker.read[id(d)]) for d in drafts]


def _face(checker: Checker, ident: str) -> dict[str, object]:
    """What others can see of a ruleset: of each name its type and bounds (None while it is wrong), and its criteria."""
    found: dict[str, object] = {}
    for draft in checker.by_id.get(ident, ()):
        at = draft.van.isoformat()
        found[at] = (draft.soort, draft.tot, *criterion_ids(draft))
        for name in draft.broken:
            found[f"{at}.{name}"] = None
        for name, fact in draft.gegevens.items():
            found[f"{at}.{name}"] = fact.type
        for name, figure in draft.bedragen.items():
            least = min((v.waarde for v in figure.waarden), default=None) if figure.type.numeric else None
            found[f"{at}.{name}"] = (figure.type, least)
        for name, slot in draft.open.items():
            found[f"{at}.{name}"] = ("open", type_of_soort(slot.soort), slot.otherwise is not None)
        for name in draft.terms:
            term = draft.typed.get(name)
            node = term.node if term is not None else None
            bounds = (at_least(node), digits(node) if node.type.numeric else 0) if node is not None else None
            steps = checker.steps.get((ident, name), 0)
            found[f"{at}.{name}"] = (node.type, bounds, steps if steps > FEW_STEPS else 0) if node is not None else None
    return found


def term_circle(checker: Checker) -> bool:
    """Does some term use itself, through terms of any ruleset?"""
    uses: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for draft in checker.drafts:
        for name, term in draft.typed.items():
            if term is not None:
                inner = {(n.ruleset, n.name) for n in ir.walk(term.node) if isinstance(n, ir.TermRef)}
                uses.setdefault((draft.id, name), set()).update(inner)
    left = {step: len(inner & uses.keys()) for step, inner in uses.items()}
    users: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for step, inner in uses.items():
        for other in inner:
            users.setdefault(other, []).append(step)
    free = [step for step, n in left.items() if n == 0]
    seen = 0
    while free:
        seen += 1
        for user in users.get(free.pop(), ()):
            left[user] -= 1
            if left[user] == 0:
                free.append(user)
    return seen < len(uses)


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
