"""Cases for what no case shows yet: an existing case with as little changed as possible, decided as the rules are now.

The search changes one fact at a time and keeps what brings it nearest. What it finds is decided and looked at as any case, so a
proposal closes its gap. Whether its outcome is right is for a person to judge.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import product
from typing import Any, Final

from responsief.backends.unknown import label_of, path_of
from responsief.decision import Decision
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.frozen import dataclass
from responsief.intake import validate
from responsief.ir import nodes as ir
from responsief.ir.operators import Truth
from responsief.ir.ruleset import Ruleset
from responsief.ir.types import Kind
from responsief.ir.verdict import Verdict
from responsief.situation import Situation
from responsief.source import Source
from responsief.syntax.nodes import Document
from responsief.testing.coverage import Coverage, Gap, coverage_of, seen_of
from responsief.testing.names import name_of
from responsief.testing.points import Point, reads
from responsief.testing.report import gap_words
from responsief.testing.values_to_try import Elsewhere, changes
from responsief.testing.wants import WAYS, Distance, Want, wants_of
from responsief.testing.written import UNKNOWN, Steps, Written, difference, get, leaves, put, without, written_cases
from responsief.values import format_money

TRIES: Final = 1_500  # decisions that are spent on one gap
STARTS: Final = 24  # cases from which is searched
STEPS: Final = 8  # facts that are changed at most
OF_THE_REVIEW: Final = ("clausule", "alternatief", "aandachtspunt")  # what no verdict alone shows
MOST_COMBINATIONS: Final = 1_024  # answers that are all tried to prove that something can't be


@dataclass(frozen=True, slots=True)
class Proposal:
    """A case for a test file: its fields as they are written, the gap that it closes, and where it starts from."""

    regelset: str
    bestand: Source
    velden: dict[str, Any]
    gat: Gap
    van: str


@dataclass(frozen=True, slots=True)
class NotFound:
    """A gap without a proposal, and why. `bewezen`: every answer was tried, so it can't come up."""

    gat: Gap
    waarom: str
    bewezen: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    start: Written
    situatie: Any
    dag: date


def suggest(
    documents: Sequence[Document],
    desk: Desk,
    around: Sequence[Document] = (),
    *,
    shared: Collection[str] = (),
    tries: int = TRIES,
) -> Iterator[Proposal | NotFound]:
    """A proposal for each gap in what the cases of these files show, or why there is none.

    `around` are other test files, for values that their cases have; `shared` the rulesets that decide nothing themselves (shared terms)
    of which the gaps count too: a case of whoever reads them closes those. What a proposal shows besides its own gap is not proposed
    again.
    """
    coverage = coverage_of(documents, desk)
    elsewhere = Elsewhere(case for document in (*documents, *around) for case in written_cases(document))
    files = [_File(document) for document in documents]
    for file in files:
        for ruleset in desk.register.versions.get(file.regelset, ()):
            search = _Search(desk, coverage, ruleset, ruleset, file, elsewhere, tries)
            yield from _close_all([search])
    for ident in shared:
        for about in desk.register.versions.get(ident, ()):
            readers = [
                _Search(desk, coverage, ruleset, about, file, elsewhere, tries // 2)
                for file in files
                for ruleset in desk.register.versions.get(file.regelset, ())
            ]
            yield from _close_all([search for search in readers if search.reads_along()])


class _File:
    """A test file: its ruleset, its cases as data, and the names that are taken."""

    def __init__(self, document: Document) -> None:
        self.source = document.source
        self.regelset = str(getattr(document.root.get("proef"), "value", ""))
        self.starts = list(written_cases(document))
        self.names = {case.naam for case in self.starts}


def _close_all(searches: Sequence[_Search]) -> Iterator[Proposal | NotFound]:
    if searches:
        first = searches[0]
        for number in range(len(first.coverage.points(first.about).points)):
            yield from _close(searches, number)


def _close(searches: Sequence[_Search], number: int) -> Iterator[Proposal | NotFound]:
    """Proposals until this point is seen in every way, or the reason why it is not."""
    coverage, about = searches[0].coverage, searches[0].about
    tried: set[str] = set()
    while missing := [way for way in coverage.missing(about, number) if way not in tried]:
        tried.add(missing[0])
        gap = Gap(about.id, about.versie, coverage.points(about).points[number], (missing[0],))
        last: NotFound | None = None
        for search in searches:
            found = search.find(number, gap)
            if isinstance(found, NotFound):
                last = found if last is None else last
                continue
            decision = search.decide(found.situatie, found.dag)
            assert decision is not None
            coverage.add(*seen_of(search.ruleset.id, decision, search.desk), decision)
            name = name_of(gap, about, search.desk.register, found.dag, search.file.names)
            fields = _fields(found, decision, gap, name, search.ruleset)
            yield Proposal(search.ruleset.id, search.file.source, fields, gap, found.start.naam)
            break
        else:
            if last is not None:
                yield last


class _Search:
    """Looks for cases that show one thing more."""

    def __init__(
        self,
        desk: Desk,
        coverage: Coverage,
        ruleset: Ruleset,
        about: Ruleset,
        file: _File,
        elsewhere: Elsewhere,
        tries: int,
    ) -> None:
        self.desk = desk
        self.coverage = coverage
        self.ruleset = ruleset  # that decides
        self.about = about  # of which something is to be shown: itself, or one that it reads along
        self.file = file
        self.elsewhere = elsewhere
        self.tries = tries
        self.left = tries
        self.starts = [(s, v) for s in file.starts if (v := self.verdict(s.situatie, self.day(s))) is not None and self.of(v)]

    def reads_along(self) -> bool:
        """Does some case read what this is about?"""
        return any(part is self.about for _, verdict in self.starts for part in verdict.program.parts)

    def of(self, verdict: Verdict) -> bool:
        """Was it decided by this version?"""
        ruleset = verdict.program.ruleset
        return ruleset is not None and ruleset.versie == self.ruleset.versie

    def day(self, case: Written) -> date:
        """The day on which a case is decided: the one written, else what the ruleset's own rule gives, else its first day."""
        if case.peildatum is not None:
            return case.peildatum
        try:
            return self.desk.reference_date(validate(case.situatie), self.ruleset.id, None, None)
        except (InvalidError, LookupError):
            return self.ruleset.van

    # deciding

    def verdict(self, data: Any, day: date) -> Verdict | None:
        """The verdict on data; None when that is no situation, or can't be decided then and there."""
        try:
            return self.desk.verdict(validate(data), self.ruleset.id, day)
        except (InvalidError, LookupError):
            return None

    def decide(self, data: Any, day: date) -> Decision | None:
        try:
            situation: Situation = validate(data)
            return self.desk.decide(situation, self.ruleset.id, day, today=day)
        except (InvalidError, LookupError):
            return None

    def shows(self, number: int, way: str, data: Any, day: date, *, whole: bool) -> bool:
        """Does a case with this data show the point in a way that was missing? `whole`: decided as any case, with its review."""
        fresh = self.coverage.empty()
        if whole:
            decision = self.decide(data, day)
            if decision is None:
                return False
            ruleset, verdict = seen_of(self.ruleset.id, decision, self.desk)
            fresh.add(ruleset, verdict, decision)
        else:
            found = self.verdict(data, day)
            if found is None or not self.of(found):
                return False
            fresh.add(self.ruleset, found)
        return way not in self.coverage.still_missing(self.about, number, fresh)

    # searching

    def find(self, number: int, gap: Gap) -> _Found | NotFound:
        """A case that closes a gap, with as little changed as can be."""
        way, self.left = gap.mist[0], self.tries
        roads = list(wants_of(self.about, gap.punt, way))
        if not self.starts:
            return NotFound(gap, "geen geval van deze versie om mee te beginnen")
        node = gap.punt.node
        if node is not None and not reads(node, self.desk.register):
            return NotFound(
                gap, "dit leest geen gegeven: alleen de peildatum bepaalt het, en de gevallen hebben die niet", True
            )
        measured = [
            (Distance(v).total(road), self.strange(s, v, road), at, road)
            for at, (s, v) in enumerate(self.starts)
            for road in roads
        ]
        for score, _, at, road in sorted(measured, key=lambda one: one[:3])[:STARTS]:
            start, verdict = self.starts[at]
            data = start.situatie if not score else self.climb(start.situatie, verdict, road)
            if data is not None and self.shows(number, way, data, verdict.peildatum, whole=True):
                least = self.least(start, data, number, way, verdict.peildatum)
                sure = self.shows(number, way, least, verdict.peildatum, whole=True)
                return _Found(start, least if sure else data, verdict.peildatum)
            if self.left <= 0:
                break
        if node is not None and gap.punt.soort in ("voorwaarde", "oordeel") and self.impossible(node, WAYS[way]):
            return NotFound(gap, f"het kan niet: geen enkel antwoord op wat dit leest geeft {way}", True)
        spent = self.tries - max(0, self.left)
        tried = f"niet gevonden in {spent} pogingen vanaf de gevallen die er zijn"
        if not spent:
            tried = "er is geen gegeven dat hier iets aan verandert, in geen van de gevallen die er zijn"
        return NotFound(gap, tried + self.coupled(gap.punt))

    def strange(self, start: Written, verdict: Verdict, road: Sequence[Want]) -> int:
        """How many facts that a road needs stand in a group that this case does not have (a partner)."""
        here = Distance(verdict)
        facts = [leaf for want in road for node in here.unmet(want) for leaf in here.program.facts(node)]
        groups = {tuple(path_of(leaf).split("."))[:-1] for leaf in facts if not isinstance(leaf, ir.OwnFact)}
        return sum(len(group) > 1 and not isinstance(get(start.situatie, group), dict) for group in groups)

    def coupled(self, point: Point) -> str:
        """Which other condition of the criterion reads the same fact: then one may never turn without the other."""
        program = self.starts[0][1].program
        if point.soort != "op_zichzelf" or point.node is None or program.slot(point.node) is None:
            return ""
        own = set(map(path_of, program.facts(point.node)))
        for decider, _ in point.solo:
            for other in self.coverage.points(self.about).deciders[decider].conditions:
                shared = program.slot(other) is not None and own & set(map(path_of, program.facts(other)))
                if other != point.node and shared:
                    return f"; «{other.place.text}» leest ook {min(shared)}, dus misschien kan het niet los van elkaar"
        return ""

    def climb(self, data: Any, verdict: Verdict, road: Sequence[Want]) -> Any | None:
        """Change one fact at a time, each time the change that comes nearest; None when nothing comes nearer."""
        day = verdict.peildatum
        here = Distance(verdict)
        score = here.total(road)
        for _ in range(STEPS):
            best: tuple[float, Any, Distance] | None = None
            for other in self.neighbours(data, here, road, day):
                found = self.try_(other, day)
                if found is None:
                    continue
                there = found.total(road)
                if there < (best[0] if best is not None else score):
                    best = (there, other, found)
                    if not there:
                        return other
                if self.left <= 0:
                    break
            if best is None:
                return None
            score, data, here = best
        return None

    def try_(self, data: Any, day: date) -> Distance | None:
        self.left -= 1
        verdict = self.verdict(data, day)
        return Distance(verdict) if verdict is not None and self.of(verdict) else None

    def neighbours(self, data: Any, here: Distance, road: Sequence[Want], day: date) -> Iterator[Any]:
        """The same case with one fact changed that an unmet condition reads."""
        seen: set[str] = set()
        for want in road:
            for condition in here.unmet(want):

                def ask(other: Any, condition: ir.Node = condition, want: Want = want) -> Truth:
                    found = self.try_(other, day)
                    if found is None:
                        return None
                    answer: Truth = found.value(condition)
                    return answer

                for leaf in here.program.facts(condition):
                    for other in changes(leaf, condition, data, day, self.elsewhere, ask):
                        if (key := repr(other)) not in seen:
                            seen.add(key)
                            yield other
                        if self.left <= 0:
                            return

    def least(self, start: Written, data: Any, number: int, way: str, day: date) -> Any:
        """The same case without every change that is not needed."""
        needs_review = self.coverage.points(self.about).points[number].soort in OF_THE_REVIEW
        for path in list(leaves(difference(start.van_basis, data))):
            before = get(start.van_basis, path)
            fewer = without(data, path) if before is None else put(data, path, before)
            if start.basis is None and get(start.situatie, path) is not None:
                continue  # without a base everything that is written tells who it is about
            if self.shows(number, way, fewer, day, whole=needs_review):
                data = fewer
        return data

    def impossible(self, node: ir.Node, wanted: Truth) -> bool:
        """Was every answer tried to what a condition reads, and did none give this? Only where those are few."""
        start, verdict = self.starts[0]
        facts = verdict.program.facts(node) if verdict.program.slot(node) is not None else ()
        domains: list[tuple[Steps, tuple[Any, ...]]] = []
        size = 1
        for leaf in facts:
            if leaf.type.kind not in (Kind.JA_NEE, Kind.KEUZE) or leaf.type.geen:
                return False
            options = ("ja", "nee") if leaf.type.kind is Kind.JA_NEE else leaf.type.options
            domains.append((tuple(path_of(leaf).split(".")), (*options, UNKNOWN)))
            size *= len(options) + 1
            if size > MOST_COMBINATIONS or "partner" in path_of(leaf):
                return False
        if not facts:
            return False
        for answers in product(*(options for _, options in domains)):
            data = start.situatie
            for (path, _), answer in zip(domains, answers, strict=True):
                data = put(data, path, answer)
            found = self.verdict(data, verdict.peildatum)
            if found is None or Distance(found).value(node) is wanted:
                return False
        return True


# --- as it is written --------------------------------------------------------------------------------------------------


def _fields(found: _Found, decision: Decision, gap: Gap, name: str, ruleset: Ruleset) -> dict[str, Any]:
    """The fields of a case in a test file."""
    start = found.start
    changed = difference(start.van_basis, found.situatie)
    fields: dict[str, Any] = {"naam": name, "waarom": f"{gap.punt.tekst}: {gap_words(gap)}"}
    fields["verhaal"] = f"Schrijf hier wie dit is en wat er gebeurde. {_told(start, found.situatie, ruleset)}"
    fields["peildatum"] = found.dag.isoformat()
    if start.basis is not None:
        fields["basis"] = start.basis
    if changed:
        fields["situatie"] = changed
    return {**fields, "verwacht": expected(decision, gap)}


def _told(start: Written, data: Any, ruleset: Ruleset) -> str:
    """What is otherwise than in the base (or, without one, than in the case that it starts from), in the words of the facts."""
    before = start.van_basis if start.basis is not None else start.situatie
    whose = f"de basis «{start.basis}»" if start.basis is not None else f"het geval «{start.naam}»"
    changed = difference(before, data)
    if not changed:
        return f"Gelijk aan {whose}."
    words = [f"{_label(path, ruleset)}: {_short(get(changed, path))}" for path in leaves(changed)]
    return f"Anders dan {whose}: {'; '.join(words)}."


def _label(path: Steps, ruleset: Ruleset) -> str:
    own = ruleset.gegevens.get(path[2]) if path[0] == "eigen" and len(path) == 3 and path[1] == ruleset.id else None
    return own.label if own is not None else label_of(path)


def _short(value: Any) -> str:
    return f"{len(value)} opgegeven" if isinstance(value, list) else str(value).replace("_", " ")


def expected(decision: Decision, gap: Gap | None = None) -> dict[str, Any]:
    """What comes out now, as a case expects it; of a clause also where it reaches."""
    draft = decision.draft
    found: dict[str, Any] = {"uitkomst": draft.uitkomst}
    if draft.bedrag is not None:
        found["bedrag"] = format_money(draft.bedrag.centen)
    found["afgewezen_op"] = list(draft.afgewezen_op)
    if draft.te_wegen:
        found["te_wegen"] = list(draft.te_wegen)
    if draft.nog_nodig:
        found["onbekend"] = [need.gegeven for need in draft.nog_nodig]
    if draft.wacht_tot is not None:
        found["wacht_tot"] = draft.wacht_tot.isoformat()
    if gap is None:
        return found
    ident, review = str(gap.punt.criterium), draft.hardheid
    if gap.punt.soort in ("clausule", "alternatief") and review is not None:
        found["hardheid"] = {ident: {c.criterium: c.status for c in review.clausules if c.id == ident}}
    if gap.punt.soort == "alternatief":
        found["alternatieven"] = [f"hardheid:{ident}"]
    if gap.punt.soort == "aandachtspunt":
        found["aandachtspunten"] = [one.id for one in draft.aandacht]
    return found
