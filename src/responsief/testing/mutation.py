"""Do the cases notice a mistake? Every mutant of a ruleset against the cases that read it.

First only the verdict is worked out again (`reruns`), on every case; only what that can't tell, and did change something, is
decided whole: a clause, a signal, an alternative, what is still needed, the first day of a right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from fractions import Fraction
from typing import Any

from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.operators import exact
from responsief.ir.ruleset import Ruleset
from responsief.ir.transition import home_of
from responsief.ir.verdict import Verdict
from responsief.register import Register
from responsief.testing.advice import advice, distance
from responsief.testing.mutants import Mutant, applied, mutants, roots
from responsief.testing.reruns import Conclusion, FirstRun, Rerun, above, first_run
from responsief.trial_files import Case, TrialFile, Wanted
from responsief.trials import run_case

QUICK = frozenset({"uitkomst", "bedrag", "afgewezen_op", "te_wegen", "wacht_tot", "aandachtspunten"})
OF_REVIEW = frozenset({"hardheid", "alternatieven", "alternatieven_niet"})
OFFERED = frozenset({"alternatieven", "alternatieven_niet", "signalen", "signalen_niet", "ingang"})
NEAREST = 3
CHECKED = "responsief check: hier kan door nul worden gedeeld"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a mutant: the case that caught it, or (None) the cases that came nearest and what would catch it.

    `gelezen` is False of what no case can read: nothing that a ruleset decides depends on it.
    """

    id: str
    regelset: str
    waar: str
    was: str
    werd: str
    plaats: str
    gevangen_door: str | None
    dichtbij: tuple[str, ...] = ()
    raad: str = ""
    gelezen: bool = True


@dataclass(frozen=True)
class Ran:
    """A case that was decided as it is."""

    regelset: str
    case: Case
    first: FirstRun = field(repr=False)
    values: tuple[Any, ...] = field(repr=False)
    uitkomst: str
    keys: frozenset[str] = field(repr=False)
    reads: frozenset[str] = field(repr=False)
    decides: frozenset[int] = field(repr=False)  # what a case can expect something of: no other readings, no interactions

    @property
    def naam(self) -> str:
        return f"{self.regelset}: {self.case.naam}"


class Desks:
    """Two desks on one register: only what a case expects of its first day needs every day since."""

    def __init__(self, register: Register) -> None:
        self._follows, self._briefly = Desk(register), Desk(register, follow=False)

    def of(self, ran: Ran) -> Desk:
        return self._follows if "ingang" in ran.keys else self._briefly


class Bench:
    """The cases of a register, decided once, against which mutants are held."""

    def __init__(self, desk: Desk, files: Iterable[TrialFile]) -> None:
        self.desk = desk
        self._desks = Desks(desk.register)
        self.ran = [ran for file in files for case in file.gevallen if (ran := self._first(file.regelset, case)) is not None]
        self._conclusions: dict[tuple[int, int], Conclusion] = {}
        self._sound: dict[int, bool] = {}

    def _first(self, ident: str, case: Case) -> Ran | None:
        """A case as it is; None of one that can't be decided, which is for `responsief test` to say."""
        if case.situatie is None:
            return None
        register = self.desk.register
        try:
            day = self.desk.reference_date(case.situatie, ident, case.peildatum, case.peildatum)
            verdict = self.desk.verdict(case.situatie, ident, day)
            compiled = register.compiled(ident, day, self._place(ident, case))
            assert verdict.program is compiled.program
            first = first_run(compiled, case.situatie, day)
        except (LookupError, InvalidError):
            return None
        program = compiled.program
        values = tuple([first.value(root) for root in program.roots])
        keys = frozenset(w.key for w in case.verwacht)
        assert program.ruleset is not None
        decides = frozenset(id(node) for _, node in roots(program.ruleset))
        reads = frozenset(home_of(part.id) for part in program.parts)
        return Ran(ident, case, first, values, verdict.uitkomst, keys, reads, decides)

    def _place(self, ident: str, case: Case) -> str | None:
        assert case.situatie is not None
        here = case.situatie.effective.persoon.gemeente
        versions = self.desk.register.versions[ident]
        home = next((r.gemeente for r in versions if r.gemeente is not None), None)
        area = next((r.gebied for r in versions if r.gebied is not None), None)
        if home is None and area is not None and here not in area:
            return min(area.gemeenten, default=here)
        return home or here

    # mutants of a ruleset

    def mutants(self, ident: str) -> tuple[tuple[Ruleset, Mutant], ...]:
        """Every mutant of every version of a ruleset, in the order of the text."""
        days = {ran.first.day for ran in self.ran if ident in ran.reads}
        return tuple((r, m) for r in self.desk.register.versions[ident] for m in mutants(r, days))

    def judge(self, ruleset: Ruleset, mutant: Mutant) -> Fate:
        """Hold one mutant against the cases that read its ruleset, its own first."""
        cases = sorted((r for r in self.ran if ruleset.id in r.reads), key=lambda r: r.regelset != ruleset.id)
        touched: list[Ran] = []  # where something that is decided changed
        asking: list[Ran] = []  # where something else may have: what is still needed, a clause
        seen: list[Ran] = []  # where the node itself was read
        for ran in cases:
            try:
                changed = self._rerun(ran, ruleset, mutant)
            except ZeroDivisionError:  # `check` proves that no ruleset divides by nought, so it refuses this one
                return self._fate(mutant, CHECKED)
            if changed is None:
                continue
            caught, differs = changed
            if caught:
                return self._fate(mutant, ran.naam)
            seen.append(ran)
            if differs in ("differs", "verdict"):
                touched.append(ran)
            if differs in ("differs", "asks"):
                asking.append(ran)
        desks: Desks | None = None
        for ran in self._deep(asking):
            if not self._sound_one(ran):
                continue
            desks = desks or Desks(self.desk.register.with_ruleset(applied(mutant, ruleset)))
            if not self._whole(ran, desks):
                return self._fate(mutant, ran.naam)
        return self._survivor(mutant, seen, touched)

    def _rerun(self, ran: Ran, ruleset: Ruleset, mutant: Mutant) -> tuple[bool, str] | None:
        """Does the verdict tell (caught), and did anything that is decided change («differs»), or may something beside the
        verdict («asks»)? None where the case doesn't read it."""
        own = ran.first.program.ruleset
        mixed = own is not None and own.lopend is not None and own.id == ruleset.id
        if own is not None and mixed and (own.van != ruleset.van or mutant.changed is not None):
            return self._between_versions(ran, ruleset, mutant)
        if mutant.changed is not None:
            return self._with_changed(ran, ruleset, mutant.changed)
        swaps = mutant.swaps if mutant.figure is None else figure_swaps(ran.first, ruleset, mutant)
        dirty = above(ran.first.compiled, swaps)
        every = ran.first.program.roots
        if not any(key in dirty for key in ran.decides):
            return None
        again = Rerun(ran.first, swaps, dirty)
        if again.same():
            return False, self._asks(ran, mutant)
        values = tuple(
            [again.look(root) if id(root) in dirty else value for root, value in zip(every, ran.values, strict=True)]
        )
        if values == ran.values:
            return False, self._asks(ran, mutant)
        assert ran.first.program.ruleset is not None
        return self._caught(ran, ran.first.program.ruleset, values), self._differs(ran, values)

    def _between_versions(self, ran: Ran, ruleset: Ruleset, mutant: Mutant) -> tuple[bool, str] | None:
        """The same where criteria are choices between two versions: their parts are found back by deciding it all again."""
        if not self._sound_one(ran):
            return None
        desks = Desks(self.desk.register.with_ruleset(applied(mutant, ruleset)))
        return not self._whole(ran, desks), "differs"

    def _asks(self, ran: Ran, mutant: Mutant) -> str:
        """Nothing that is decided changed: what is still needed can, where an unknown fact stood in it."""
        if "onbekend" not in ran.keys or ran.uitkomst != "onbepaald" or mutant.reads is None:
            return ""
        parts = (mutant.reads, *ir.children(mutant.reads))
        known = [ran.first.value(p) for p in parts if isinstance(p, ir.Const) or ran.first.program.slot(p) is not None]
        return "asks" if len(known) < len(parts) or None in known else ""

    def _differs(self, ran: Ran, values: tuple[Any, ...]) -> str:
        """Can what a case expects beside the verdict tell? Clauses only when a criterion or a bar came out otherwise."""
        truths = any(
            a != b and (isinstance(a, bool | None) or isinstance(b, bool | None))
            for a, b in zip(values, ran.values, strict=True)
        )
        telling = ran.keys & OFFERED or (ran.keys & {"hardheid", "onbekend"} and truths) or contradicted(ran.case)
        return "differs" if telling or "onbekend" in ran.keys else "verdict"

    def _with_changed(self, ran: Ran, ruleset: Ruleset, changed: Ruleset) -> tuple[bool, str] | None:
        own = ran.first.program.ruleset
        assert own is not None
        if changed.clausules_bij is not ruleset.clausules_bij and ran.regelset in ruleset.clausules_bij:
            return False, "" if ran.keys.isdisjoint(OF_REVIEW) else "asks"
        if own.id != ruleset.id:
            return None
        if own.van != ruleset.van:
            return None
        if changed.hardheid is not ruleset.hardheid:
            return False, "" if ran.keys.isdisjoint(OF_REVIEW) else "asks"
        return self._caught(ran, replace(own, criteria=changed.criteria, aandacht=changed.aandacht), ran.values), "differs"

    def _caught(self, ran: Ran, ruleset: Ruleset, values: tuple[Any, ...]) -> bool:
        """Is the verdict on these values not what the case expects? Of who is said to be contradicted, the whole decision tells."""
        assert ran.case.situatie is not None
        if any(origin.eigen_opgave is not None for origin in ran.case.situatie.feiten.values()):
            return False
        key = (id(ran.first.program), id(ruleset))
        conclusion = self._conclusions.get(key) if ruleset is ran.first.program.ruleset else None
        if conclusion is None:
            conclusion = Conclusion(ran.first.program, ruleset)
            if ruleset is ran.first.program.ruleset:
                self._conclusions[key] = conclusion
        verdict = conclusion.verdict(values, ran.first.day)
        by_root = {id(root): value for root, value in zip(conclusion.roots, values, strict=True)}
        return any(not as_wanted(verdict, wanted, ruleset, by_root) for wanted in ran.case.verwacht)

    # decided whole

    def _deep(self, asking: Sequence[Ran]) -> Iterator[Ran]:
        """The cases in which something beside the verdict is expected, most of it first."""
        asking = [ran for ran in asking if not ran.keys <= QUICK or contradicted(ran.case)]
        return iter(sorted(asking, key=lambda r: -len(r.keys & OF_REVIEW)))

    def _sound_one(self, ran: Ran) -> bool:
        """Is the case as expected when nothing is changed?"""
        found = self._sound.get(id(ran))
        if found is None:
            found = self._sound[id(ran)] = run_case(ran.regelset, ran.case, self._desks.of(ran)).ok
        return found

    def _whole(self, ran: Ran, desks: Desks) -> bool:
        """Is a case still as expected with the mutant, everything decided?"""
        assert ran.case.situatie is not None
        return run_case(ran.regelset, replace(ran.case, situatie=ran.case.situatie.model_copy()), desks.of(ran)).ok

    # what became of it

    def _fate(self, mutant: Mutant, caught: str) -> Fate:
        return Fate(mutant.id, mutant.regelset, mutant.waar, mutant.was, mutant.werd, str(mutant.span), caught)

    def _survivor(self, mutant: Mutant, seen: Sequence[Ran], touched: Sequence[Ran]) -> Fate:
        near = sorted(seen, key=lambda ran: (ran not in touched, distance(ran.first, mutant)))[:NEAREST]
        return replace(
            self._fate(mutant, ""),
            gevangen_door=None,
            dichtbij=tuple(ran.naam for ran in near),
            raad=advice(mutant, near[0].first if near else None, bool(touched)),
            gelezen=bool(seen),
        )


def contradicted(case: Case) -> bool:
    """Does the client say otherwise than a register somewhere in it?"""
    return case.situatie is not None and any(o.eigen_opgave is not None for o in case.situatie.feiten.values())


def figure_swaps(first: FirstRun, ruleset: Ruleset, mutant: Mutant) -> Mapping[int, ir.Node]:
    """Of a figure with another value: every place where it is read, on a day on which that value holds."""
    assert mutant.figure is not None
    name, since, value = mutant.figure
    figure = ruleset.bedragen[name]
    newest = figure.newest(first.day)
    if newest is None or newest.van != since:
        return {}
    found: dict[int, ir.Node] = {}
    for node in first.program.kept:
        if isinstance(node, ir.FigureRef) and node.ruleset == ruleset.id and node.name == name:
            number = scaled(value, figure.type.cijfers)
            found[id(node)] = ir.Const(number, figure.type, node.place)
    return found


def scaled(value: int, digits: int) -> Any:
    """A stored figure as the number that it is."""
    return exact(Fraction(value, 10**digits)) if digits else value


def as_wanted(verdict: Verdict, wanted: Wanted, ruleset: Ruleset, values: Mapping[int, Any]) -> bool:
    """Is one expectation so, as far as a verdict tells? What it can't tell is taken to be."""
    match wanted.key:
        case "uitkomst":
            return bool(verdict.uitkomst == wanted.value)
        case "bedrag":
            return bool(verdict.bedrag == wanted.value)
        case "afgewezen_op":
            return bool(sorted(verdict.afgewezen_op) == wanted.value)
        case "te_wegen":
            return bool(sorted(verdict.te_wegen) == wanted.value)
        case "wacht_tot":
            return bool(verdict.wacht_tot == wanted.value)
        case "aandachtspunten":
            some = verdict.uitkomst in ("toegekend", "gedeeltelijk")
            points = [p.id for p in ruleset.aandacht if some and values.get(id(p.als), True) is not False]
            return bool(sorted(points) == wanted.value)
        case _:
            return True
