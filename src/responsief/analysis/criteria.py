"""Criteria that refuse nobody, that nobody passes, or that never decide; and a ruleset that nobody can get."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from responsief.analysis.asking import Question
from responsief.analysis.bench import Bench, Found, Holds, Met, no, truth, yes
from responsief.analysis.view import View
from responsief.backends import symbolic_dates as dated
from responsief.backends import symbols as sym
from responsief.backends.symbols import Bool
from responsief.backends.to_z3 import owed
from responsief.diagnostics import finding
from responsief.ir.ruleset import Criterion
from responsief.ir.types import Kind
from responsief.ir.verdict import first_day
from responsief.source import Span
from responsief.values import GEEN

MUST = ("afwijzen", "kan_weigeren", "wacht_tot")  # a grant asks a ja of these; the others take something off


def criteria(bench: Bench) -> Iterator[Found]:
    """Everything about the criteria of a ruleset, and about whether it can be granted at all."""
    never_no: set[str] = set()
    never_yes: set[str] = set()
    unsure: set[str] = set()
    for criterion in bench.criteria:
        span = criterion.eis.place.span
        reads = bool(bench.program.facts(criterion.eis))  # what reads nothing is the same for everybody: `check` says so
        refused = bench.ever(*no(criterion.eis))
        passed = bench.ever(*yes(criterion.eis))
        if refused.bewijs == "bewezen":
            never_no.add(criterion.id)
            if reads and passed.bewijs != "bewezen":
                yield bench.proved("criterium-nooit-nee", span, naam=criterion.id)
        elif refused.bewijs == "niet_bewezen":
            unsure.add(criterion.id)
            yield bench.not_proved(refused, span, f"of «{criterion.id}» ooit nee kan zijn")
        if passed.bewijs == "bewezen":
            never_yes.add(criterion.id)
            if reads:
                code = "criterium-nooit-ja" if criterion.gevolg in MUST else "aftrek-altijd"
                yield bench.proved(code, span, naam=criterion.id)
        elif passed.bewijs == "niet_bewezen":
            yield bench.not_proved(passed, span, f"of «{criterion.id}» ooit ja kan zijn")
    yield from _decisive(bench, never_no | never_yes | unsure)
    yield from _granted(bench, never_yes)
    for criterion in bench.criteria:
        if criterion.id not in never_no:
            yield from _effect(bench, criterion)


# --- does it ever decide? ----------------------------------------------------------------------------------------------


def _decisive(bench: Bench, told: set[str]) -> Iterator[Found]:
    """A criterion with which always another refuses. Of two that come to the same, the later one is told."""
    for effect in ("afwijzen", "kan_weigeren"):
        alike = [c for c in bench.criteria if c.gevolg == effect and c.id not in told]
        left = list(alike)
        for criterion in reversed(alike):
            others = [c for c in left if c is not criterion]
            if not others:
                break
            answer = bench.ever(*_alone(criterion, others))
            span = criterion.eis.place.span
            if answer.bewijs == "bewezen":
                left.remove(criterion)
                why = _who_with(bench, criterion, others)
                yield bench.proved("criterium-nooit-beslissend", span, naam=criterion.id, ook=why)
            elif answer.bewijs == "niet_bewezen":
                yield bench.not_proved(answer, span, f"of «{criterion.id}» ooit de doorslag geeft")


def _alone(criterion: Criterion, others: Sequence[Criterion]) -> tuple[Question, Holds]:
    def question(view: View) -> Bool:
        return sym.conj(truth(view, criterion.eis).no, *(sym.neg(truth(view, c.eis).no) for c in others))

    def holds(met: Met) -> bool:
        return met.value(criterion.eis) is False and all(met.value(c.eis) is not False for c in others)

    return question, holds


def _who_with(bench: Bench, criterion: Criterion, others: Sequence[Criterion]) -> str:
    """With which other criteria: one, if one will do; else as few as will do."""
    for other in others:
        if bench.certainly_not(_alone(criterion, [other])[0]):
            return f"«{other.id}»"
    few = list(others)
    for other in others:
        rest = [c for c in few if c is not other]
        if bench.certainly_not(_alone(criterion, rest)[0]):
            few = rest
    return " of ".join([", ".join(f"«{c.id}»" for c in few[:-1]), f"«{few[-1].id}»"])


# --- can anybody get it? -----------------------------------------------------------------------------------------------


def _granted(bench: Bench, never_yes: set[str]) -> Iterator[Found]:
    amount = bench.ruleset.bedrag

    def granted(view: View) -> Bool:
        outcome = view.conclusion()
        return sym.disj(outcome.toegekend, outcome.gedeeltelijk)

    def got(met: Met) -> bool:
        return met.verdict is not None and met.verdict.uitkomst in ("toegekend", "gedeeltelijk")

    must = [c for c in bench.criteria if c.gevolg in MUST]
    if not bench.criteria:
        return
    answer = bench.ever(granted, got)
    whole = must[0].span if must else bench.ruleset.span
    if answer.bewijs == "niet_bewezen":
        yield bench.not_proved(answer, whole, "of iemand dit kan krijgen")
    elif answer.bewijs == "bewezen" and not any(c.id in never_yes for c in must if bench.program.facts(c.eis)):
        yield _why_nobody(bench, must, whole)
    elif amount is not None and answer.bewijs == "weerlegd":
        yield from _below(bench, must)


def _why_nobody(bench: Bench, must: Sequence[Criterion], whole: Span) -> Found:
    """Which criteria can't hold together, as few as there can be; else it is the amount."""
    if bench.certainly_not(_all_yes(must)):
        few = list(must)
        for criterion in must:
            rest = [c for c in few if c is not criterion]
            if bench.certainly_not(_all_yes(rest)):
                few = rest
        *first, last = few
        names = " en ".join(f"«{c.id}»" for c in first)
        return bench.proved("kan-niet-samen", last.eis.place.span, naam=last.id, ander=names)
    amount = bench.ruleset.bedrag
    if amount is not None and bench.certainly_not(
        lambda view: sym.conj(_all_yes(must)(view), owed(view.formulas[0].look(amount))[0])
    ):
        return bench.proved("bedrag-nooit", amount.place.span)
    return bench.proved("nooit-toegekend", whole)


def _all_yes(those: Sequence[Criterion]) -> Question:
    return lambda view: sym.conj(*(truth(view, c.eis).yes for c in those))


def _below(bench: Bench, must: Sequence[Criterion]) -> Iterator[Found]:
    """An amount that comes out below nought, or that there is none of, for somebody who has a right: then nothing is decided.

    Nobody fills in an amount below nought herself.
    """
    amount = bench.ruleset.bedrag
    assert amount is not None

    def question(view: View) -> Bool:
        value = view.formulas[0].look(amount)
        told = [v.symbols.lo >= 0 for v in view.facts.variables.values() if v.type.kind in (Kind.GELD, Kind.GETAL)]
        return sym.conj(_all_yes(must)(view), value.known, sym.disj(value.none, value.hi < 0), *told)

    def holds(met: Met) -> bool:
        value = met.value(amount)
        below = value is GEEN or (isinstance(value, int) and value < 0)
        return below and all(met.value(c.eis) is True for c in must)

    answer = bench.shown(question, holds)
    if answer.getuige is not None:
        yield Found(finding("bedrag-onder-nul", amount.place.span, wie=answer.getuige.zin), answer.getuige)
    elif answer.bewijs == "niet_bewezen":
        yield bench.not_proved(answer, amount.place.span, "of het bedrag onder nul kan uitkomen")


# --- what a part takes off, and until when somebody waits --------------------------------------------------------------


def _effect(bench: Bench, criterion: Criterion) -> Iterator[Found]:
    eis, takes, until = criterion.eis, criterion.aftrek, criterion.wacht_tot
    if criterion.gevolg == "deel" and takes is not None:

        def question(view: View) -> Bool:
            counted, cents = owed(view.formulas[0].look(takes))
            return sym.conj(truth(view, eis).no, counted, cents > 0)

        def holds(met: Met) -> bool:
            value = met.value(takes)
            return met.value(eis) is False and isinstance(value, int) and value > 0

        answer, span = bench.ever(question, holds), takes.place.span
        if answer.bewijs == "bewezen":
            yield bench.proved("aftrek-nooit", span, naam=criterion.id)
        elif answer.bewijs == "niet_bewezen":
            yield bench.not_proved(answer, span, f"of «{criterion.id}» ooit iets van het bedrag afhaalt")
    if criterion.gevolg == "wacht_tot" and until is not None:
        today = dated.key_of(bench.on)

        def later(view: View) -> Bool:
            day = sym.settle(view.formulas[0].look(until))
            return sym.conj(truth(view, eis).no, day.known, sym.neg(day.none), day.lo > today)

        def waits(met: Met) -> bool:
            day = first_day(met.value(until))
            return met.value(eis) is False and day is not None and day > bench.on

        answer, span = bench.ever(later, waits), until.place.span
        if answer.bewijs == "bewezen":
            yield bench.proved("wachten-voorbij", span, naam=criterion.id)
        elif answer.bewijs == "niet_bewezen":
            yield bench.not_proved(answer, span, f"of «{criterion.id}» ooit tot een dag in de toekomst laat wachten")
