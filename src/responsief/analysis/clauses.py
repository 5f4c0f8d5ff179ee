"""Clauses that can never be used, and what is said of a case that never comes: points of attention, other rights, when it comes up."""

from __future__ import annotations

from collections.abc import Iterator

from responsief.analysis.asking import Question
from responsief.analysis.bench import Bench, Found, Holds, Met, no, truth, yes
from responsief.analysis.view import View
from responsief.backends import symbols as sym
from responsief.backends.symbols import Bool
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Clause, Criterion
from responsief.source import Source, Span


def clauses(bench: Bench) -> Iterator[Found]:
    """Every clause in force that never sets anything aside."""
    yield from clauses_in(bench, bench.ruleset.source)


def clauses_in(bench: Bench, source: Source) -> Iterator[Found]:
    """Those that stand in one file: local regulation has clauses for a ruleset of another."""
    by_id = {c.id: c for c in bench.criteria}
    for clause in bench.ruleset.hardheid:
        if clause.span.source is not source or clause.soort == "geen" or (clause.vanaf is not None and clause.vanaf > bench.on):
            continue
        reaches = [by_id[i] for i in clause.geldt_voor if i in by_id]
        failing = [c for c in reaches if bench.ever(*no(c.eis)).bewijs != "bewezen"]
        if reaches and not failing:
            yield bench.proved("clausule-zonder-zaak", clause.span, naam=clause.id)
            continue
        told = False
        for bar in clause.niet_als:
            answer, span = bench.ever(*no(bar.als)), bar.als.place.span
            if answer.bewijs == "bewezen":
                yield bench.proved("clausule-geblokkeerd", span, naam=clause.id)
                told = True
            elif answer.bewijs == "niet_bewezen":
                yield bench.not_proved(answer, span, f"of «{clause.id}» ooit niet is uitgesloten")
            yield from _never(bench, yes(bar.als), span, "deze uitsluiting")
        for bar in clause.voorwaarden:
            answer, span = bench.ever(*yes(bar.als)), bar.als.place.span
            if answer.bewijs == "bewezen":
                yield bench.proved("clausule-nooit", span, naam=clause.id)
                told = True
            elif answer.bewijs == "niet_bewezen":
                yield bench.not_proved(answer, span, f"of «{clause.id}» ooit kan worden gebruikt")
        if not told and (clause.niet_als or clause.voorwaarden):
            answer = bench.ever(*_usable(clause, failing))
            if answer.bewijs == "bewezen":
                yield bench.proved("clausule-nooit-samen", clause.span, naam=clause.id)
            elif answer.bewijs == "niet_bewezen":
                yield bench.not_proved(answer, clause.span, f"of «{clause.id}» ooit kan worden gebruikt")


def _usable(clause: Clause, failing: list[Criterion]) -> tuple[Question, Holds]:
    """Does somebody fail one of its criteria, while nothing bars it and everything that it asks first holds?"""

    def question(view: View) -> Bool:
        return sym.conj(
            sym.disj(*(truth(view, c.eis).no for c in failing)),
            *(truth(view, bar.als).no for bar in clause.niet_als),
            *(truth(view, bar.als).yes for bar in clause.voorwaarden),
        )

    def holds(met: Met) -> bool:
        return (
            any(met.value(c.eis) is False for c in failing)
            and all(met.value(bar.als) is False for bar in clause.niet_als)
            and all(met.value(bar.als) is True for bar in clause.voorwaarden)
        )

    return question, holds


def said(bench: Bench) -> Iterator[Found]:
    """What is told with an outcome, and holds for nobody with that outcome."""
    for one in bench.ruleset.aandacht:
        told = _with_outcome(one.als, ("toegekend", "gedeeltelijk"))
        yield from _never(bench, told, one.als.place.span, f"aandachtspunt «{one.id}»")
    for other in bench.ruleset.samenloop:
        if other.als is not None:
            told = _with_outcome(other.als, other.uitkomsten)
            yield from _never(bench, told, other.als.place.span, f"wat hier staat over «{other.met}»")
    if bench.ruleset.ter_sprake is not None:
        als = bench.ruleset.ter_sprake.als
        yield from _never(bench, yes(als), als.place.span, "«ter_sprake»")


def _with_outcome(als: ir.Node, outcomes: tuple[str, ...]) -> tuple[Question, Holds]:
    def question(view: View) -> Bool:
        found = view.conclusion().outcomes()
        return sym.conj(truth(view, als).yes, sym.disj(*(found[o] for o in outcomes)))

    def holds(met: Met) -> bool:
        return met.value(als) is True and met.verdict is not None and met.verdict.uitkomst in outcomes

    return question, holds


def _never(bench: Bench, asked: tuple[Question, Holds], span: Span, what: str) -> Iterator[Found]:
    answer = bench.ever(*asked)
    if answer.bewijs == "bewezen":
        yield bench.proved("nooit-van-toepassing", span, wat=what)
    elif answer.bewijs == "niet_bewezen":
        yield bench.not_proved(answer, span, f"of {what} ooit van toepassing is")
