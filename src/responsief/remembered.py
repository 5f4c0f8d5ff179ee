"""What was read and checked before, so that an editor that asks again after every key stroke waits for what changed only.

The findings are those of a check from nothing (a property test holds this): a file that is the same is not read again, and a
ruleset is not read again when neither it nor anything that it may name has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from responsief.diagnostics import Diagnostic, Findings
from responsief.ir import nodes as ir
from responsief.ir.bounds import at_least, digits
from responsief.ir.catalogue import Catalogue, read_catalogue
from responsief.ir.declare import RulesetDraft
from responsief.ir.from_syntax import Checker
from responsief.ir.ruleset import Ruleset
from responsief.ir.transition_reader import criterion_ids
from responsief.ir.types import type_of_soort
from responsief.lint import lint, of_file
from responsief.register import FORMS, Files, checked_together
from responsief.source import Source, Span
from responsief.syntax.from_yaml import read_file, read_yaml
from responsief.syntax.nodes import Document

if TYPE_CHECKING:
    from responsief.situation import Situation
    from responsief.trial_files import Validate


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
        self._trials: dict[str, _Trials] = {}  # by the name of the file: of an older text nobody asks any more
        self._lint: tuple[tuple[object, ...], object, list[Diagnostic]] | None = None
        self._said: dict[int, tuple[Document, tuple[Diagnostic, ...]]] = {}  # of each file that lint looked at

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
        """A checker of these rulesets. Only what changed is read; where others can see that change, everything is read again."""
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
        if not self._seen_differently(checker, touched) and not term_circle(checker):
            return self._remember(checker, touched)
        if self.stopped():
            raise StoppedError
        return self._remember(Checker(documents), ())

    def _seen_differently(self, checker: Checker, touched: Iterable[str]) -> bool:
        """Do names of these rulesets mean something else to others than they last did?"""
        for ident in touched:
            now = _face(checker, ident)
            last = self._faces.get(ident, {})
            # a name that is wrong at the moment counts as what it last was: using it is not another mistake
            if now.keys() != last.keys() or any(value is not None and value != last[name] for name, value in now.items()):
                return True
        return False

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
        reads = _read_by_trials(ident, versions)
        before = self._trials.get(document.source.name)
        if before is None or before[0] is not document or before[1] != reads:
            from responsief.trial_files import read_trials  # late: it needs the models, and often no file of cases has changed

            situations: dict[str, Situation] = {}
            trials = read_trials(document, versions, _known(before[3] if before is not None else {}, situations))
            before = self._trials[document.source.name] = (document, reads, trials.findings, situations)
        return before[2]

    # warnings and tips

    def lint(self, files: Files, checker: Checker, catalogue: Catalogue, today: date) -> list[Diagnostic]:
        """`lint.lint`: not again when only test cases changed, and of the words of a file not again when that is the same."""
        if self.stopped():
            raise StoppedError
        documents = [d for form in FORMS if form != "proef" for d in files.documents[form]]
        same = (checker, catalogue, *documents)
        equal = (today, frozenset(_word(document, "proef") for document in files.documents["proef"]))
        if self._lint is None or self._lint[1] != equal or not _identical(self._lint[0], same):
            self._said = {id(d): self._said.get(id(d)) or (d, of_file(d)) for d in documents}
            self._lint = (same, equal, lint(files, checker, catalogue, today, lambda d: self._said[id(d)][1]))
        return self._lint[2]


FEW_STEPS = 150  # steps under a name that are far from too many: how many exactly is nobody's business


#: of a file of test cases: itself, what was read for it, its findings, and its situations by their data
_Trials = tuple[Document, object, tuple[Diagnostic, ...], "dict[str, Situation]"]


def _read_by_trials(ident: str, versions: Mapping[str, Sequence[Ruleset]]) -> object:
    """All that `read_trials` reads of rulesets: the names that a case can expect something of."""
    if ident not in versions:
        return tuple(versions)
    own = [([c.id for c in r.criteria], [a.id for a in r.aandacht], [c.id for c in r.hardheid]) for r in versions[ident]]
    return own, [c.id for others in versions.values() for r in others for c in r.clausules_bij.get(ident, ())]


def _known(before: Mapping[str, Situation], now: dict[str, Situation]) -> Validate:
    """`intake.validate` of what is not known from before: the same data is the same situation, in any case and for any ruleset."""
    from responsief.intake import validate  # late: see above

    def validated(data: Any, where: Callable[[Sequence[str | int]], Span]) -> Situation:
        key = repr(data)
        found = before.get(key)
        now[key] = found = validate(data, where) if found is None else found
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


def _identical(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))
