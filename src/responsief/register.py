"""A folder of rulesets, provisions and signals, by date and place. Everything in a register that exists is valid."""

from __future__ import annotations

import hashlib
import os
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from responsief.backends import chain
from responsief.backends.compiled import Compiled
from responsief.diagnostics import Diagnostic, Findings, InvalidError, choose_from
from responsief.ir import nodes as ir
from responsief.ir.catalogue import Catalogue, read_catalogue
from responsief.ir.from_syntax import Checker
from responsief.ir.program import LinkError, Program, link, ruleset_roots
from responsief.ir.ruleset import Clause, Criterion, Provision, Ruleset, SignalDef
from responsief.ir.signals import Chainer, SignalRule
from responsief.ir.transition import home_of, with_transitions
from responsief.source import Scalar, Source, Span
from responsief.syntax.from_yaml import read_file, read_yaml
from responsief.syntax.nodes import Document

FORMS = ("regelset", "signalen", "voorzieningen", "proef")

Moment = tuple[int, str | None]


@cache
def shipped() -> Path:
    """The folder of rulesets that comes with the package."""
    here = Path(__file__).resolve().parent
    packaged = here / "rulesets"
    return packaged if packaged.is_dir() else here.parents[1] / "rulesets"


def is_shipped(path: Path) -> bool:
    """Does a path lie in the register that comes with the package (or is it that register)?"""
    own, there = _shipped(), os.path.realpath(path)
    return there == own or there.startswith(own + os.sep)


@cache
def _shipped() -> str:
    return os.path.realpath(shipped())


@dataclass(slots=True)
class Files:
    """The files of some folders, sorted by what they are; `findings` holds what could not be read."""

    documents: dict[str, list[Document]]
    findings: Findings

    @property
    def texts(self) -> list[Source]:
        """What is read to decide: test cases are not."""
        return [d.source for kind in FORMS if kind != "proef" for d in self.documents[kind]]


#: a file -> its text as nodes; None (with findings) when it can't be read
Read = Callable[[Path, Findings], Document | None]


def read_document(path: Path, findings: Findings) -> Document | None:
    """A file from disk."""
    source = read_file(path, findings)
    return read_yaml(source, findings) if source is not None else None


def yaml_in(folder: Path) -> list[Path]:
    """The YAML in a folder and in the folders below it."""
    return sorted(path for pattern in ("*.yaml", "*.yml") for path in folder.rglob(pattern))


def read_files(paths: Sequence[Path], read: Read = read_document) -> Files:
    """Read every YAML file in folders (or single files). Of two rulesets with one start date, or two catalogue files with one
    name, that of the later folder counts; single files after each other count as one folder. `read` is how a file is read:
    an editor reads what is not saved yet."""
    findings = Findings()
    documents: dict[str, list[Document]] = {form: [] for form in FORMS}
    seen: dict[tuple[str, str, str], tuple[int, int]] = {}
    rank, loose = 0, True
    for path in paths:
        if path.is_dir() or not loose:
            rank += 1
        loose = not path.is_dir()
        files = yaml_in(path) if path.is_dir() else [path]
        if not files:
            findings.add("lege-map", Span(Source(path.as_posix(), ""), 1, 1))
        for file in files:
            _read_one(read(file, findings), rank, documents, seen, findings)
    return Files(documents, findings)


def layered(layers: Iterable[Iterable[Document]], findings: Findings) -> Files:
    """What was read already, as the files of a register: a document of a later layer counts over the same one before it."""
    documents: dict[str, list[Document]] = {form: [] for form in FORMS}
    seen: dict[tuple[str, str, str], tuple[int, int]] = {}
    for rank, layer in enumerate(layers):
        for document in layer:
            _read_one(document, rank, documents, seen, findings)
    return Files(documents, findings)


def _read_one(
    document: Document | None,
    rank: int,
    documents: dict[str, list[Document]],
    seen: dict[tuple[str, str, str], tuple[int, int]],
    findings: Findings,
) -> None:
    if document is None:
        return
    form = next((f for f in FORMS if f in document.root.entries), None)
    if form is None:
        findings.add("soort-bestand", document.root.span)
        return
    if form != "proef":
        key = _key(form, document)
        if key in seen and seen[key][0] < rank:
            documents[form][seen[key][1]] = document
            seen[key] = (rank, seen[key][1])
            return
        seen.setdefault(key, (rank, len(documents[form])))
    documents[form].append(document)


def _key(form: str, document: Document) -> tuple[str, str, str]:
    """What a file is: its form, its name, and of a ruleset the day from which it holds."""
    root = document.root
    valid = root.get("geldig") if form == "regelset" else None
    start = valid.get("van") if hasattr(valid, "get") else None  # type: ignore[union-attr]  # only a mapping has get
    return form, str(getattr(root.get(form), "value", "")), str(getattr(start, "value", ""))


def check_files(files: Files) -> tuple[Checker, Catalogue, tuple[Diagnostic, ...]]:
    """Names, types and what belongs together, over all files at once; findings sorted by place."""
    checker = Checker(files.documents["regelset"])
    findings = Findings()
    catalogue = read_catalogue(files.documents["voorzieningen"], files.documents["signalen"], checker, findings)
    return checked_together(files, checker, catalogue, findings)


def checked_together(
    files: Files, checker: Checker, catalogue: Catalogue, findings: Findings
) -> tuple[Checker, Catalogue, tuple[Diagnostic, ...]]:
    """What files say of each other, added to what was found in each; findings sorted by place."""
    check_links(checker, catalogue, findings)
    found = [*files.findings, *checker.findings, *findings]
    return checker, catalogue, tuple(sorted(found, key=Diagnostic.place))


def check_links(checker: Checker, catalogue: Catalogue, findings: Findings) -> None:
    """What rulesets say of each other: the right that an interaction names is there, a local clause on Awb 4:84 reaches policy
    rules only."""
    for draft in checker.drafts if catalogue.provisions else ():
        named = draft.document.root.get("voorziening")
        if isinstance(named, Scalar) and named.value not in catalogue.provisions:
            hint = choose_from(named.value, catalogue.provisions)
            findings.add("voorziening-onbekend", named.span(), naam=named.value, hulp=hint)
    criteria: dict[tuple[str, str], list[Criterion]] = {}
    for ruleset in checker.rulesets:
        for criterion in ruleset.criteria:
            criteria.setdefault((ruleset.id, criterion.id), []).append(criterion)
    for ruleset in checker.rulesets:
        _one_id_each(ruleset, checker.rulesets, findings)
        for one in ruleset.samenloop:
            if one.met not in checker.by_id and one.met not in catalogue.provisions:
                near = choose_from(one.met, [*checker.by_id, *catalogue.provisions])
                findings.add("samenloop-onbekend", one.span, naam=one.met, hulp=near)
        for home, clauses in ruleset.clausules_bij.items():
            for clause in clauses:
                reached = [c for i in clause.geldt_voor for c in criteria.get((home, i), ())]
                wrong = next((c for c in reached if clause.soort == "awb_4_84" and c.rust_op != "beleidsregel"), None)
                if wrong is not None:
                    findings.add("awb-484-geen-beleidsregel", clause.span, naam=wrong.id, rust_op=wrong.rust_op)


def by_ident(rulesets: Iterable[Ruleset]) -> dict[str, tuple[Ruleset, ...]]:
    """The versions of each ruleset."""
    found: dict[str, tuple[Ruleset, ...]] = {}
    for ruleset in rulesets:
        found[ruleset.id] = (*found.get(ruleset.id, ()), ruleset)
    return found


def _one_id_each(ruleset: Ruleset, rulesets: Sequence[Ruleset], findings: Findings) -> None:
    """A local clause has an id of its own among the clauses of the ruleset that it is for, wherever both hold."""
    for home, clauses in ruleset.clausules_bij.items():
        taken = {c.id: c.span.line for r in rulesets if r.id == home for c in r.hardheid}
        for other in rulesets:
            if other is not ruleset and _meet(ruleset, other):
                taken |= {c.id: c.span.line for c in other.clausules_bij.get(home, ())}
        for clause in clauses:
            if clause.id in taken:
                findings.add("dubbel-id", clause.span, naam=clause.id, regel=taken[clause.id])
            taken[clause.id] = clause.span.line


def _meet(one: Ruleset, other: Ruleset) -> bool:
    """Can two regulations hold in one place on one day? Two versions of one are valid on different days."""
    if one.id == other.id:
        return False
    both = [{r.gemeente} if r.gemeente else r.gebied.gemeenten | r.gebied.deels if r.gebied else None for r in (one, other)]
    return None in both or not frozenset(both[0] or ()).isdisjoint(both[1] or ())


def _left(clauses: Iterable[Clause], reached: set[str]) -> Iterator[tuple[Clause, tuple[str, ...]]]:
    """Each clause with the criteria that it is still said of: «geen» no longer of those that another clause reaches."""
    for clause in clauses:
        yield clause, tuple([i for i in clause.geldt_voor if clause.soort != "geen" or i not in reached])


class Register:
    """Rulesets with their versions, and the two catalogues. Programs are linked and compiled when first needed.

    Safe to share between threads: what is cached never changes, and whoever comes second finds the same.
    """

    def __init__(self, rulesets: Iterable[Ruleset], catalogue: Catalogue, texts: Iterable[Source] = ()) -> None:
        self.versions: dict[str, tuple[Ruleset, ...]] = {}
        for ruleset in sorted(rulesets, key=lambda r: (r.id, r.van)):
            self.versions[ruleset.id] = (*self.versions.get(ruleset.id, ()), ruleset)
        self.catalogue = catalogue
        self._homes = self._alike()
        self._days = self._days_of_change()
        self.sha256 = hashlib.sha256("\0".join(sorted(t.text for t in texts)).encode()).hexdigest()
        self._compiled: dict[tuple[str, Moment], Compiled | LinkError] = {}
        self._aids: dict[Moment, Aids] = {}
        self._rules: dict[Moment, tuple[Ruleset, ...]] = {}
        self._in_force: dict[Moment, tuple[Ruleset, ...]] = {}
        self._chainer: Chainer | None = None
        self._lock = threading.Lock()

    @classmethod
    def open(cls, *folders: Path | str) -> Register:
        """The register in these folders (none: the shipped one). Raises InvalidError with every finding."""
        files = read_files([Path(f) for f in folders] or [shipped()])
        checker, catalogue, findings = check_files(files)
        if findings:
            raise InvalidError(findings)
        return cls(checker.rulesets, catalogue, files.texts)

    def with_ruleset(self, changed: Ruleset) -> Register:
        """The same register with another text of one version of a ruleset. What was compiled and does not read it is kept."""
        other = copy(self)
        versions = tuple([changed if r.van == changed.van else r for r in self.versions[changed.id]])
        other.versions = {**self.versions, changed.id: versions}
        other._compiled = {
            key: found
            for key, found in self._compiled.items()
            if isinstance(found, Compiled) and all(home_of(part.id) != changed.id for part in found.program.parts)
        }
        other._aids = {
            moment: aids
            for moment, aids in self._aids.items()
            if all(home_of(part.id) != changed.id for part in aids.compiled.program.parts)
        }
        other._rules, other._in_force = {}, {}
        return other

    def _every(self) -> Iterator[Ruleset]:
        for versions in self.versions.values():
            yield from versions

    # rulesets by date and place

    def ids(self) -> tuple[str, ...]:
        """Every ruleset that can be decided, by id."""
        return tuple(i for i, versions in self.versions.items() if any(r.decides for r in versions))

    def version(self, ident: str, on: date) -> Ruleset:
        """The version of a ruleset that is valid on a day. Raises LinkError when there is none."""
        for ruleset in self.versions.get(ident, ()):
            if ruleset.holds_on(on):
                return ruleset
        raise LinkError("versie-ontbreekt" if ident in self.versions else "regelset-onbekend", naam=ident, datum=on)

    def rules(self, on: date, gemeente: str | None) -> tuple[Ruleset, ...]:
        """What holds on a day in a municipality: national, its own, and of the bodies in whose area it lies."""
        moment = self.moment(on, gemeente)
        found = self._rules.get(moment)
        if found is None:
            found = self._rules[moment] = tuple([r for r in self._every() if r.holds_on(on) and r.holds_in(moment[1])])
        return found

    def in_force(self, on: date, gemeente: str | None) -> tuple[Ruleset, ...]:
        """Of what holds there, what is decided: not what only fills in another ruleset, and no file of shared terms."""
        moment = self.moment(on, gemeente)
        found = self._in_force.get(moment)
        if found is None:
            found = self._in_force[moment] = tuple([r for r in self.rules(on, gemeente) if r.decides])
        return found

    def moment(self, on: date, gemeente: str | None) -> Moment:
        """What decides which rules hold: the stretch between two days of change, and the municipality, or one where the same
        rules hold; None where only the national ones do."""
        return bisect_right(self._days, on), self._homes.get(gemeente) if gemeente is not None else None

    def _alike(self) -> dict[str, str]:
        """Of each municipality that some rule names: one where the same rules hold."""
        local = [r for r in self._every() if r.local]
        named = {p.gemeente for p in self.catalogue.provisions.values() if p.gemeente is not None}
        named.update(r.gemeente for r in local if r.gemeente is not None)
        places = named.union(*(r.gebied.gemeenten | r.gebied.deels for r in local if r.gebied is not None))
        first: dict[Any, str] = {}
        alike = {}
        for place in sorted(places):
            own = place if place in named else None
            held = (own, tuple([(r.id, r.van) for r in local if r.holds_in(place)]))
            alike[place] = first.setdefault(held, place)
        return alike

    def _days_of_change(self) -> list[date]:
        days: set[date] = set()
        for r in self._every():
            elsewhere = (c for clauses in r.clausules_bij.values() for c in clauses)
            starts = [r.van, *(c.vanaf for c in r.criteria), *(c.vanaf for c in r.hardheid), *(c.vanaf for c in elsewhere)]
            days.update(day for day in starts if day is not None)
            ends = [r.tot, *(one.tot for one in r.overgang)]
            days.update(day + timedelta(days=1) for day in ends if day is not None and day < date.max)
        return sorted(days)

    def fill(self, on: date, gemeente: str | None, home: str, name: str) -> tuple[Ruleset, ir.Node] | None:
        """What a local ruleset fills in for an open slot. Raises LinkError when two do."""
        found: tuple[Ruleset, ir.Node] | None = None
        for ruleset in self.rules(on, gemeente):
            node = ruleset.vult_in.get((home, name))
            if node is None:
                continue
            if found is not None:
                raise LinkError("invulling-dubbel", naam=name, een=found[0].id, ander=ruleset.id)
            found = (ruleset, node)
        return found

    def compiled(self, ident: str, on: date, gemeente: str | None) -> Compiled:
        """A ruleset linked with the versions of a day and compiled. Raises LinkError when something it reads is missing."""
        key = (ident, self.moment(on, gemeente))
        found = self._compiled.get(key)
        if found is None:
            try:
                ruleset = self.version(ident, on)
                if ruleset.overgang:
                    ruleset = with_transitions(ruleset, self.versions[ident], on)
                ruleset, local = self._with_local_clauses(ruleset, on, gemeente)
                program = self.link(ruleset_roots(ruleset, on), ruleset, on, gemeente)
                read = {part.id for part in program.parts}
                also = [*local, *(one.regelset for one in (ruleset.lopend.eerder if ruleset.lopend is not None else ()))]
                program = replace(program, parts=(*program.parts, *(r for r in also if r.id not in read)))
                found = Compiled(program)
            except LinkError as error:
                found = error
            found = self._compiled.setdefault(key, found)
        if isinstance(found, LinkError):
            raise LinkError(found.code, **{k: on if isinstance(v, date) else v for k, v in found.words.items()})
        return found

    def _with_local_clauses(self, ruleset: Ruleset, on: date, gemeente: str | None) -> tuple[Ruleset, tuple[Ruleset, ...]]:
        """A ruleset with the clauses that local regulation has for it, and those regulations. Where one of them reaches, it is
        no longer said that there is none."""
        local = tuple([r for r in self.rules(on, gemeente) if ruleset.id in r.clausules_bij])
        if not local:
            return ruleset, ()
        added = [clause for r in local for clause in r.clausules_bij[ruleset.id]]
        counts = [c for c in added if c.soort != "geen" and (c.vanaf is None or c.vanaf <= on)]
        reached = {ident for clause in counts for ident in clause.geldt_voor}
        every = [*ruleset.hardheid, *added]
        told = [replace(c, geldt_voor=left) if c.soort == "geen" else c for c, left in _left(every, reached) if left]
        return replace(ruleset, hardheid=tuple(told)), local

    def link(self, roots: Sequence[ir.Node], ruleset: Ruleset | None, on: date, gemeente: str | None) -> Program:
        """Link with the versions of a day and what a municipality fills in. Raises LinkError when something is missing."""
        ongoing = ruleset.lopend if ruleset is not None else None
        earlier = {one.regelset.id: one.regelset for one in ongoing.eerder} if ongoing is not None else {}
        return link(
            roots,
            ruleset,
            lambda other: earlier.get(other) or self.version(other, on),
            lambda home, name: self.fill(on, gemeente, home, name),
        )

    # what the hardship pass reads

    def aids(self, on: date, gemeente: str | None) -> Aids:
        """The signal facts and provisions as one program; a condition that can't be linked on a day stays unknown."""
        key = self.moment(on, gemeente)
        found = self._aids.get(key)
        if found is None:
            found = self._aids.setdefault(key, Aids(self, on, gemeente))
        return found

    def chainer(self) -> Chainer:
        """The signal rules on durable-rules where it imports, on our own chainer elsewhere."""
        if self._chainer is None:
            with self._lock:
                if self._chainer is None:
                    self._chainer = make_chainer([SignalRule(s.id, s.als, s.dan) for s in self.catalogue.signals.values()])
        return self._chainer

    def use_chainer(self, name: str) -> None:
        """Choose «eigen» or «durable-rules» for this register. Raises ImportError when the latter can't be imported."""
        rules = [SignalRule(s.id, s.als, s.dan) for s in self.catalogue.signals.values()]
        self._chainer = make_chainer(rules, name)


def make_chainer(rules: Sequence[SignalRule], name: str | None = None) -> Chainer:
    """A chainer by name; without a name durable-rules where it imports and can hold these rules, else our own."""
    if name != "eigen":
        from responsief.backends import to_durable  # late: durable-rules is native code that many runs never need

        if name == "durable-rules" or to_durable.available():
            try:
                return to_durable.compile_chain(rules)
            except ValueError:
                if name is not None:
                    raise
    return chain.compile_chain(rules)


class Aids:
    """Signal facts, provisions, and when rulesets come up, linked for a day and a municipality."""

    def __init__(self, register: Register, on: date, gemeente: str | None) -> None:
        facts = list(register.catalogue.facts.values())
        self.provisions: tuple[Provision, ...] = tuple(
            p for p in register.catalogue.provisions.values() if p.gemeente is None or p.gemeente == gemeente
        )

        def linkable(node: ir.Node) -> bool:
            try:
                register.link([node], None, on, gemeente)
            except LinkError:
                return False
            return True

        conditions = {p.id: p.voorwaarden for p in self.provisions if p.voorwaarden is not None}
        days = {p.id: p.termijn.uiterlijk for p in self.provisions if p.termijn and p.termijn.uiterlijk is not None}

        comes_up = {r.id: r.ter_sprake.als for r in register.in_force(on, gemeente) if r.ter_sprake is not None}
        self._conditional = frozenset(comes_up)

        def linked() -> Program:
            roots = [*(f.node for f in facts), *conditions.values(), *days.values(), *comes_up.values()]
            return register.link(roots, None, on, gemeente)

        try:
            program = linked()
        except LinkError:  # something that some of them read is not there on this day: go on with the others
            facts = [f for f in facts if linkable(f.node)]
            conditions = {i: n for i, n in conditions.items() if linkable(n)}
            days = {i: n for i, n in days.items() if linkable(n)}
            comes_up = {i: n for i, n in comes_up.items() if linkable(n)}
            program = linked()
        self.last_days: dict[str, ir.Node] = days  # of a provision with a term: the day, where it can be worked out
        self.compiled = Compiled(program, figures_known=False)
        self.facts = [(f.naam, program.slot(f.node), truth_of(f.node)) for f in facts]  # what signal rules read
        self.conditions: dict[str, tuple[int | None, bool | None]] = {
            p.id: (None, True) if p.voorwaarden is None else (program.slot(p.voorwaarden), truth_of(p.voorwaarden))
            for p in self.provisions
        }
        self._raised = {i: (program.slot(n), truth_of(n)) for i, n in comes_up.items()}
        here = {p.id for p in self.provisions}
        self.bundles = [(b, frozenset(b.met)) for b in register.catalogue.bundles.values() if here.issuperset(b.met)]
        self.by_ruleset: dict[str, list[str]] = {}
        for provision in self.provisions:
            if provision.regelset is not None:
                self.by_ruleset.setdefault(provision.regelset, []).append(provision.id)
        # what the hardship pass keeps because it is the same for every case: the catalogue in an order of needs, and what was
        # written out of it
        self.shelves: dict[Any, Any] = {}
        self.written: dict[Any, Any] = {}
        offered = register.catalogue.provisions
        self._about = {s.id: _shared([offered[i].leefgebieden for i in s.biedt]) for s in register.catalogue.signals.values()}

    def about(self, rule: SignalDef) -> frozenset[str]:
        """The leefgebieden that most of what a signal rule offers is about."""
        return self._about[rule.id]

    def raised(self, ident: str, run: Sequence[Any]) -> bool | None:
        """Does a ruleset in force here come up for somebody who did not ask for it? None where that is not known."""
        if ident not in self._conditional:
            return True
        return _in_run(*self._raised.get(ident, (None, None)), run)  # what could not be linked is not known

    def holds(self, provision: str, run: Sequence[Any]) -> bool | None:
        """Do the conditions of a provision hold? None where that is not known."""
        return _in_run(*self.conditions[provision], run)

    def holding(self, run: Sequence[Any]) -> frozenset[str]:
        """The names of the signal facts that are known to hold."""
        return frozenset([name for name, slot, fixed in self.facts if _in_run(slot, fixed, run) is True])


def _in_run(slot: int | None, fixed: bool | None, run: Sequence[Any]) -> bool | None:
    """A condition in a run of its program; what it always is where it has no slot."""
    found: bool | None = run[slot] if slot is not None else fixed
    return found


def truth_of(node: ir.Node) -> bool | None:
    """A condition that is the same in every case; None of one that depends on it, or that could not be linked."""
    return node.value is True if isinstance(node, ir.Const) else None


def _shared(areas: Sequence[tuple[str, ...]]) -> frozenset[str]:
    count = Counter(area for each in areas for area in each)
    return frozenset(area for area, n in count.items() if 2 * n > len(areas))
