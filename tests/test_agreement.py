"""Compiled code says exactly what the meaning says, and the meaning never decides more than what is known allows.

Random registers (tests/random_rulesets.py) × random situations (tests/strategies.py), counted, so that the test can't hollow out.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from random_expressions import Dice, Rolled
from random_rulesets import RULESETS, Rulesets, Written
from responsief.backends.compiled import Compiled
from responsief.backends.to_python import compile_course
from responsief.diagnostics import InvalidError
from responsief.ir import nodes as ir
from responsief.ir.program import LinkError
from responsief.ir.types import Kind
from responsief.ir.verdict import Verdict
from responsief.register import Register
from responsief.situation import Situation, without
from responsief.situation import replace as put
from responsief.values import Between
from strategies import REFERENCE_DAYS, reference_days, registers, seeds, situation, value

REGISTERS, EACH, CASES = 140, 40, 1500


@cache
def rolled(number: int) -> Situation:
    """One of the situations that registers share: making one costs more than deciding it."""
    return situation(Rolled(number))


def compiled(written: Written, on: date) -> list[Compiled]:
    """The programs of a register; none when the checker refuses it."""
    try:
        return written.compiled(on)
    except InvalidError:
        return []


def told(verdict: Verdict) -> tuple[Any, ...]:
    """Everything that a verdict says, its program and its run left out."""
    return tuple(getattr(verdict, f.name) for f in fields(verdict) if f.name not in ("program", "run"))


# --- compiled code is the meaning --------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_compiled_code_equals_the_meaning_on_ten_thousand_cases() -> None:
    counted: Counter[str] = Counter()

    @settings(max_examples=REGISTERS, report_multiple_bugs=False)
    @given(registers(), seeds, reference_days)
    def agree(written: Written, seed: int, today: date) -> None:
        cases = [rolled((seed + number * 37) % CASES) for number in range(EACH)]
        for one in compiled(written, today):
            for case in cases:
                counted["pairs"] += 1
                counted[same(one, case, today)] += 1

    agree()
    assert counted["pairs"] >= 10_000
    for outcome in ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht"):
        assert counted[outcome] >= 10, counted


def same(one: Compiled, case: Situation, today: date) -> str:
    """The outcome, after making sure that both ways of running give every value and everything that a verdict says."""
    meaning, fast = one.reference(case, today), one.fast(case, today)
    expected, found = one.values(meaning), one.values(fast)
    assert len(expected) == len(found)
    for node, a, b in zip(one.program.slots, expected, found, strict=True):
        assert a == b, node
        assert type(a) is type(b), node
    assert one.concluder is not None
    verdict = one.concluder.conclude(fast, today)
    assert told(verdict) == told(one.concluder.conclude(meaning, today)) == told(one.concluder.conclude_all(fast, today))
    assert told(verdict) == told(one.decide(case, today))
    return verdict.uitkomst


@settings(max_examples=40)
@given(registers(), seeds, reference_days, reference_days)
def test_what_is_followed_from_day_to_day_is_what_a_run_of_that_day_says(
    written: Written, seed: int, known: date, today: date
) -> None:
    for one in compiled(written, today):
        everything = compile_course(one.program, range(len(one.program.slots)))
        for number in range(6):
            case = rolled((seed + number * 37) % CASES)
            try:
                run, own = list(one.fast(case, known)), one.own(case.effective)
            except LinkError:  # a figure has no value on the other day
                continue
            now = everything.run(case.effective, own, one.daily(today), today, tuple(run))
            for at, found in zip(everything.slots, now, strict=True):
                run[at] = found
            assert one.values(tuple(run)) == one.values(one.fast(case, today))


@settings(max_examples=25)
@given(seeds)
def test_without_figures_both_go_on_and_say_the_same(seed: int) -> None:
    """Signals and provisions go on when a figure has no value on a day: it is unknown."""
    for one in compiled(Rulesets(Rolled(seed), depth=2).written(), REFERENCE_DAYS[0]):
        going_on = Compiled(one.program, figures_known=False)
        for number in range(5):
            same(going_on, rolled((seed + number) % CASES), date(1980, 1, 1))


NO_FIGURE = ("studietoeslag", date(2026, 7, 1))  # its amounts are known until 30 June 2026


@pytest.mark.heavy
def test_shipped_rulesets_run_the_same_both_ways() -> None:
    register = Register.open()
    dice = Rolled(2026)
    pairs = 0
    for today in (date(2026, 3, 2), date(2026, 7, 1)):
        for ruleset in [
            *register.in_force(today, "0599"),
            *register.in_force(today, "9999"),
            *register.in_force(today, "0363"),
        ]:
            one = register.compiled(ruleset.id, today, ruleset.gemeente or "9999")  # the example fills in what is left open
            if (ruleset.id, today) == NO_FIGURE:
                with pytest.raises(LinkError):
                    one.figures(today)
                continue
            for known in (100, 100, 95, 85, 60, 0):
                case = situation(dice, known)
                own: dict[str, dict[str, Any]] = {}
                for home, fact in one.program.own:
                    if dice.chance(known):
                        own.setdefault(home, {})[fact.naam] = value(fact.soort, dice)
                same(one, case.model_copy(update={"eigen": own}), today)
                pairs += 1
    assert pairs >= 12


def test_nearly_every_register_that_is_written_is_valid() -> None:
    refused = []
    for seed in range(120):
        try:
            Rulesets(Rolled(seed), depth=2).written().checked()
        except InvalidError as wrong:
            refused.append(str(wrong))
    assert len(refused) <= 6, refused


@pytest.mark.heavy
def test_the_registers_hold_every_construct_of_the_language() -> None:
    kinds: set[type] = set()
    seen: set[tuple[str, Any]] = set()
    for seed in range(80):
        for one in compiled(Rulesets(Rolled(seed)).written(), REFERENCE_DAYS[0]):
            for node in one.program.slots:
                for part in ir.walk(node):
                    kinds.add(type(part))
                    for name in ("op", "mode", "unit", "sign", "origin", "wanted"):
                        if hasattr(part, name):
                            seen.add((type(part).__name__, getattr(part, name)))
            assert one.program.ruleset is not None
            seen.update(("gevolg", c.gevolg) for c in one.program.ruleset.criteria)
            seen.update(("type", d.soort.naam) for _, d in one.program.own)
    assert set(ir.Node.__args__) <= kinds  # type: ignore[attr-defined]
    wanted = {
        "Compare": ("=", "!=", "<", "<=", ">", ">="),
        "Arith": ("+", "-", "*", "/"),
        "Extreme": ("min", "max"),
        "Aggregate": ("aantal", "som", "bestaat", "alle"),
        "Collect": ("som", "max", "min"),
        "Round": ("half", "boven", "beneden", 1, 100, 5000),
        "Elapsed": ("dagen", "maanden", "jaren"),
        "Shift": (1, -1),
        "Fact": ("situatie", "regel"),
        "Known": (True, False),
        "gevolg": ("afwijzen", "kan_weigeren", "deel", "wacht_tot"),
        "type": ("geld", "getal", "decimaal", "ja_nee", "datum", "periode", "keuze", "tekst"),
    }
    assert {(node, value) for node, values in wanted.items() for value in values} <= seen


@settings(max_examples=15)
@given(seeds)
def test_the_same_text_gives_the_same_code(seed: int) -> None:
    written = Rulesets(Rolled(seed)).written()
    for one, other in zip(compiled(written, REFERENCE_DAYS[0]), compiled(written, REFERENCE_DAYS[0]), strict=True):
        assert code_of(one) == code_of(other)
        assert one.program.slots == other.program.slots


def code_of(one: Compiled) -> list[tuple[Any, ...]]:
    return [parts_of(function.__code__) for function in one.code]  # type: ignore[attr-defined]  # functions made by exec


def parts_of(code: CodeType) -> tuple[Any, ...]:
    inside = [parts_of(part) if isinstance(part, CodeType) else part for part in code.co_consts]
    return code.co_code, inside, code.co_names, code.co_varnames


FINGERPRINT = """
import sys, warnings
warnings.simplefilter("ignore")
from test_agreement import fingerprint
print(fingerprint())
"""


def fingerprint() -> str:
    """A hash over the code of some registers, for comparing processes."""
    found = hashlib.sha256()
    for seed in range(6):
        for one in compiled(Rulesets(Rolled(seed)).written(), REFERENCE_DAYS[0]):
            found.update(repr(code_of(one)).encode())
    return found.hexdigest()


def test_another_process_gives_the_same_code() -> None:
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), *sys.path])
    found = {
        subprocess.run(
            [sys.executable, "-c", FINGERPRINT],
            env={**os.environ, "PYTHONHASHSEED": number, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for number in ("1", "2")
    }
    assert len(found) == 1


# --- what is known less decides less -----------------------------------------------------------------------------------


def allows(less: Any, more: Any) -> bool:
    """May `less` turn out to be `more` once more is known?"""
    if less is None:
        return True
    if isinstance(less, Between):
        ends = (more.lo, more.hi) if isinstance(more, Between) else (more, more)
        return isinstance(ends[0], date | int | Fraction) and less.lo <= ends[0] and ends[1] <= less.hi
    return bool(less == more) and type(less) is type(more)


def never_takes_back(one: Compiled, less: Situation, more: Situation, today: date) -> None:
    """What was decided with less known stays so with more known: value by value, criterion by criterion."""
    before, after = one.reference(less, today), one.reference(more, today)
    for node, a, b in zip(one.program.slots, one.values(before), one.values(after), strict=True):
        if node.type.kind not in (Kind.LIJST, Kind.GROEP):
            assert allows(a, b), node
    assert one.concluder is not None
    first, last = one.concluder.conclude(before, today), one.concluder.conclude(after, today)
    for criterion, a, b in zip(first.criteria, first.oordelen, last.oordelen, strict=True):
        assert a is None or a is b, criterion.id
        if b is not False:  # what is not refused with everything known, is not refused for want of it
            assert criterion.id not in first.afgewezen_op
    assert set(first.te_wegen) <= set(last.te_wegen) or last.uitkomst == "wacht"
    if first.uitkomst in ("toegekend", "gedeeltelijk", "afgewezen"):
        assert first.uitkomst == last.uitkomst
    if first.uitkomst in ("toegekend", "gedeeltelijk"):
        assert (first.bedrag, first.bedrag_vol) == (last.bedrag, last.bedrag_vol)
    if first.uitkomst == "wacht":
        assert last.uitkomst in ("wacht", "onbepaald")
    assert allows(first.bedrag_vol, last.bedrag_vol)


def facts(part: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    """Every fact and list of a situation that is known, with its path."""
    if isinstance(part, BaseModel):
        for name in type(part).model_fields:
            if before or name not in ("formaat", "feiten", "eigen"):
                yield from facts(getattr(part, name), f"{before}{name}.")
        if before.endswith("partner."):
            yield before[:-1], part
    elif isinstance(part, tuple):
        yield before[:-1], part
        for number, entry in enumerate(part):
            yield from facts(entry, f"{before}{number}.")
    elif part is not None:
        yield before[:-1], part


def wider(day: date | Between[date], dice: Dice) -> Any:
    """The month or the year in which a day lies; of an incomplete date its year."""
    low = day.lo if isinstance(day, Between) else day
    year = Between(date(low.year, 1, 1), date(low.year, 12, 31))
    if isinstance(day, Between) or dice.chance(40):
        return year
    following = date(low.year + low.month // 12, low.month % 12 + 1, 1)
    return Between(low.replace(day=1), date.fromordinal(following.toordinal() - 1))


def forget(case: Situation, dice: Dice, percent: int) -> Situation:
    """The same situation with some of its facts unknown, some dates incomplete, some of it in doubt."""
    for path, known in reversed(list(facts(case))):
        if not dice.chance(percent):
            continue
        loose = isinstance(known, date | Between) and dice.chance(60)
        case = put(case, path, wider(known, dice) if loose else None)
    for ruleset in RULESETS:
        lost = [n for n, v in case.eigen.get(ruleset, {}).items() if dice.chance(percent)]
        case = without(case, [f"eigen.{ruleset}.{name}" for name in lost])
    return case


def rulesets(seed: int, today: date) -> list[Compiled]:
    return compiled(Rulesets(Rolled(seed), kleene=True, depth=2).written(), today)


@pytest.mark.heavy
@settings(max_examples=60)
@given(registers(kleene=True), seeds, reference_days, st.sampled_from([5, 20, 60]))
def test_what_is_decided_stays_decided_when_more_becomes_known(written: Written, seed: int, today: date, percent: int) -> None:
    dice = Rolled(seed)
    programs = compiled(written, today)
    for _ in range(8):
        more = situation(dice, dice.pick((100, 85, 60)))
        less = forget(more, dice, percent)
        for one in programs:
            never_takes_back(one, less, more, today)


@pytest.mark.heavy
@settings(max_examples=40)
@given(seeds, reference_days)
def test_unknown_is_never_a_ground_for_rejection(seed: int, today: date) -> None:
    """What is refused of a client about whom nothing is known, is refused of every client."""
    dice = Rolled(seed)
    for one in rulesets(seed, today):
        for _ in range(8):
            never_takes_back(one, Situation(), situation(dice), today)


@pytest.mark.heavy
@settings(max_examples=40)
@given(seeds, reference_days)
def test_an_incomplete_date_decides_only_what_every_day_of_it_decides(seed: int, today: date) -> None:
    dice = Rolled(seed)
    programs = rulesets(seed, today)
    for _ in range(4):
        less = vague(situation(dice, 100), dice)
        open_days = [(path, day) for path, day in facts(less) if isinstance(day, Between)]
        for number in range(4):
            more = less
            for path, day in open_days:
                at = (0, (day.hi - day.lo).days, (day.hi - day.lo).days // 2, dice.below((day.hi - day.lo).days + 1))[number]
                more = put(more, path, date.fromordinal(day.lo.toordinal() + at))
            for one in programs:
                never_takes_back(one, less, more, today)


def vague(case: Situation, dice: Dice) -> Situation:
    """The same situation with half of its dates incomplete, and none in doubt."""
    for path, known in facts(case):
        if isinstance(known, date) and dice.chance(50):
            case = put(case, path, wider(known, dice))
    return case.model_copy(update={"feiten": {}})
