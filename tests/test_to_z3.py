"""Formulas mean what `evaluate` means: on a situation that fixes every fact, every slot and the outcome have the same value.

And they forbid no situation that can be: what they define (a date some days later, how many rows answer in which way) always fits.
"""

from __future__ import annotations

import gc
import re
import weakref
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from random import Random
from typing import Any, get_args

import pytest
import z3

import responsief
from formulas import Sworn, holds, longest
from random_expressions import Rolled
from random_rulesets import GEGEVENS, Rulesets, Written
from responsief.analysis.view import subject
from responsief.backends import symbolic_choices as chosen
from responsief.backends import symbolic_dates as dated
from responsief.backends import symbols as sym
from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import Case
from responsief.backends.symbolic_situation import written
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.facts import Soort
from responsief.intake import validate
from responsief.ir import nodes as ir
from responsief.ir.program import LinkError, link
from responsief.ir.types import Kind, Record, situation_schema
from responsief.ir.verdict import UITKOMSTEN
from responsief.register import read_files, shipped
from responsief.situation import Situation
from responsief.trial_files import read_trials
from responsief.values import GEEN, Between
from strategies import REFERENCE_DAYS, Situations

REGISTERS = 60  # random ones, each with two rulesets that decide
SITUATIONS = 26  # for each of those, out of
POOL = 700

#: days at the ends of what is stated, and over them; 29 February, and what comes near a year 2100 that has none
DAYS = (
    "1901-01-01", "1900-12-31", "2099-12-31", "2100-03-01", "2096-02-29", "2096-03-31", "2024-02-29", "1904-02-29", "2098-10",
    "2099", "1901", "2026", "2026-03", "2100", "2035-12-31", "1999-01-31", "2023-03-31", "2033-02-28", "2092-02-29", "2008-02",
)  # fmt: skip


@cache
def random_programs() -> tuple[tuple[int, Compiled, date], ...]:
    found = []
    for seed in range(REGISTERS):
        on = REFERENCE_DAYS[seed % len(REFERENCE_DAYS)]
        try:
            found += [(seed, one, on) for one in Rulesets(Rolled(seed)).written().compiled(on)]
        except InvalidError:
            continue
    return tuple(found)


@cache
def random_situation(number: int) -> Situation:
    """One of the pool: in most some dates are at the ends of what is stated."""
    dice = Rolled(number)
    raw = Situations(dice, dice.pick((100, 95, 85, 60, 30, 0))).raw()

    def spiced(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: inner if key == "feiten" else spiced(inner) for key, inner in part.items()}
        if isinstance(part, list):
            return [spiced(inner) for inner in part]
        dated = isinstance(part, str) and re.fullmatch(r"[12]\d{3}(-\d\d)*", part)
        return dice.pick(DAYS) if dated and dice.chance(40) else part

    return Situation.model_validate(spiced(raw) if dice.chance(60) else raw)


def situation_for(seed: int, number: int) -> Situation:
    return random_situation((SITUATIONS * seed + number) % POOL)


def verdict(sworn: Sworn, run: Any) -> Any:
    concluder = sworn.compiled.concluder
    return concluder.conclude(run, sworn.on) if concluder is not None and sworn.conclusion is not None else None


def held_against(sworn: Sworn, situation: Situation, dice: Random, seen: Counter[str], *, every_slot: bool = True) -> list[str]:
    """Where formulas and meaning part on a situation, or where one forbids what the other allows."""
    here = situation.effective
    own = sworn.own(here)
    model, run = sworn.model(here, own, dice), sworn.run(here, own)
    forbidden, outside = sworn.forbidden(model), sworn.outside(here, own)
    if bool(forbidden) != bool(outside):
        return [f"verboden om {len(forbidden)} redenen ({str(forbidden[:1])[:200]}); buiten de grenzen: {outside}"]
    if outside:
        seen["buiten de grenzen"] += 1
        return []
    decided = verdict(sworn, run)
    for node, value in zip(sworn.compiled.program.slots, run, strict=True):
        seen[f"{type(node).__name__} {state(value)}"] += 1
    if decided is not None:
        seen[f"uitkomst {decided.uitkomst}"] += 1
        seen["uitkomst met een bedrag"] += decided.bedrag is not None
        seen["uitkomst op meer gronden"] += len(decided.afgewezen_op) > 1
    seen["gevallen"] += 1
    if every_slot or decided is None:
        return sworn.differences(model, run, decided)
    sworn.expect_outcome(model, decided)
    return sworn.other_outcome(model)


def state(value: Any) -> str:
    return "onbekend" if value is None else "geen" if value is GEEN else "open" if isinstance(value, Between) else "bekend"


# --- random rulesets and situations -------------------------------------------------------------------------------------


def words(node: ir.Node) -> Iterator[str]:
    """What is asked in a node: its kind, and which of the kinds that there are of that."""
    for part in ir.walk(node):
        name = type(part).__name__
        yield name
        match part:
            case ir.Compare(op=op) | ir.Arith(op=op) | ir.Extreme(op=op) | ir.Aggregate(op=op) | ir.Collect(op=op):
                yield f"{name} {op}"
            case ir.Round(mode=word) | ir.Elapsed(unit=word) | ir.Known(wanted=word) | ir.Fact(origin=word):
                yield f"{name} {word}"
            case ir.Shift(sign=sign, period=ir.Const(value=length)):
                yield f"{name} {sign} {'maanden' if length.months else ''}{'dagen' if length.days else ''}"  # type: ignore[union-attr]
            case ir.Shift(sign=sign):
                yield f"{name} {sign} een feit of cijfer"


EVERY_WORD = {
    *(node.__name__ for node in get_args(ir.Node)),
    *(f"Compare {op}" for op in get_args(ir.Op)),
    *(f"Arith {op}" for op in "+-*/"),
    *(f"{name} {op}" for name in ("Extreme", "Collect") for op in ("min", "max")),
    "Collect som",
    *(f"Aggregate {op}" for op in ("aantal", "som", "bestaat", "alle")),
    *(f"Round {mode}" for mode in ("half", "boven", "beneden")),
    *(f"Elapsed {unit}" for unit in ("dagen", "maanden", "jaren")),
    "Known True",
    "Known False",
    "Fact situatie",
    "Fact regel",
    *(f"Shift {sign} {what}" for sign in (1, -1) for what in ("maanden", "dagen", "maandendagen", "een feit of cijfer")),
}


@pytest.mark.heavy
def test_formulas_equal_the_meaning_on_random_rulesets_and_situations() -> None:
    seen: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    wrong: list[str] = []
    for seed, compiled, on in random_programs():
        sworn = Sworn(compiled, on)
        asked.update({word for root in compiled.program.roots for word in words(root)})
        asked.update({word for node in compiled.program.definitions.values() for word in words(node)})
        assert compiled.program.ruleset is not None
        for criterion in compiled.program.ruleset.criteria:
            asked[f"gevolg {criterion.gevolg}"] += 1
        asked["vult_in"] += any(isinstance(node, ir.OpenRef) for node in compiled.program.kept)
        for number in range(SITUATIONS):
            found = held_against(sworn, situation_for(seed, number), Random(number), seen)
            wrong += [f"zaad {seed}.{number} {compiled.program.ruleset.id}: {w}" for w in found]
    assert not wrong, "\n".join(wrong[:20])
    assert seen["gevallen"] >= 2500
    assert seen["buiten de grenzen"] >= 100
    assert len(random_programs()) >= 100
    assert EVERY_WORD - asked.keys() == set()
    assert {f"gevolg {g}" for g in ("afwijzen", "kan_weigeren", "deel", "wacht_tot")} | {"vult_in"} <= asked.keys()
    assert {f"uitkomst {u}" for u in (*UITKOMSTEN, "met een bedrag", "op meer gronden")} <= (+seen).keys()
    plain = [
        name for name in EVERY_WORD if " " not in name and name not in ("Const", "Today", "FigureRef", "TermRef", "OpenRef")
    ]
    assert [f"{name} {how}" for name in plain for how in states_of(name) if not seen[f"{name} {how}"]] == []


def states_of(name: str) -> tuple[str, ...]:
    """In which states what is asked has to be seen."""
    if name == "Known":
        return ("bekend",)
    open_too = {"Arith", "Extreme", "Elapsed", "Shift", "OwnFact", "Fact"}
    return (
        "bekend",
        "onbekend",
        *(("open",) if name in open_too else ()),
        *(("geen",) if name in ("Fact", "OwnFact", "Shift") else ()),
    )


# --- what is rare in random ones: the ends of the calendar, and of what is stated ---------------------------------------

LENGTHS = (
    "1 dag", "28 dagen", "12 weken", "85 dagen", "400 dagen", "1 maand", "11 maanden", "4 jaar", "100 jaar", "1000 jaar",
    "2 maanden en 5 dagen", "1 jaar en 1 maand",
)  # fmt: skip
FAR = " + 1000 jaar" * 9
QUESTIONS = (
    *(f"g_dag {sign} ({length})" for sign in "+-" for length in LENGTHS),
    *(f"g_dag {sign} g_duur" for sign in "+-"),
    *(
        f"g_dag {sign} ({length}) {limit}"
        for sign in "+-"
        for length in LENGTHS
        for limit in ("<= 2100-02-28", "= 2100-02-28", ">= 2100-03-01", "> 9999-12-31", "= 9999-12-31", "< 0001-01-02")
    ),
    *(f"dagen tussen 2000-01-01 en g_dag {sign} ({length})" for sign in "+-" for length in LENGTHS),
    *(f"maanden tussen g_einde en g_dag {sign} ({length})" for sign in "+-" for length in LENGTHS),
    f"g_dag{FAR} + 28 dagen", f"g_dag{FAR} + 28 dagen > 9999-12-31", f"g_dag{FAR} + 2 maanden en 5 dagen",
    "g_dag - 1000 jaar - 1000 jaar - 28 dagen", "g_dag - 1000 jaar - 1000 jaar - 300 dagen",
    "(g_dag - 1000 jaar - 1000 jaar - 28 dagen) <= 0001-01-01", "dagen tussen g_dag en g_einde",
    "g_dag + 30 dagen - 3 weken = g_einde - 3 weken", "max(g_dag + 28 dagen, g_einde + 3 maanden)",
    "jaren tussen g_dag en g_einde >= 21", "jaren tussen g_einde en g_dag in [0, 1, 2]", "g_duur = 1 maand",
)  # fmt: skip


def asking(questions: tuple[str, ...]) -> Compiled:
    """A program that asks only these, of a ruleset's own facts."""
    facts = [
        f"  {name}: {{{', '.join(f'{k}: {v}'.replace(chr(39), '') for k, v in about.items())}, label: het gegeven {name}, "
        f"vraag: Wat is {name}?, van: [{'oordeel' if name == 'g_oordeel' else 'inwoner'}]}}"
        for name, about in GEGEVENS.items()
    ]
    terms = [f'  b_{number}: {{is: "{text}", label: b}}' for number, text in enumerate(questions)]
    head = ["regelset: lokaal", "formaat: 1", "titel: Vragen", "soort: begrippen", "geldig: {van: 1990-01-01}"]
    register = Written(("\n".join([*head, "gegevens:", *facts, "begrippen:", *terms]),)).checked()
    (ruleset,) = register.versions["lokaal"]
    roots = [term.node for term in ruleset.begrippen.values()]
    return Compiled(link(roots, ruleset, lambda _: ruleset, lambda *_: None))


def test_dates_are_exact_over_every_end_of_the_calendar() -> None:
    sworn = Sworn(asking(QUESTIONS), date(2026, 3, 2))
    lengths = (
        "0 dagen",
        "1 maand",
        "1200 maanden en 365 dagen",
        "4 jaar",
        "85 dagen",
        "2 maanden en 5 dagen",
        None,
        "1201 maanden",
    )
    seen: Counter[str] = Counter()
    wrong = []
    for number in range(110):
        dice = Random(number)
        facts = {
            "g_dag": dice.choice((*DAYS, *DAYS, None)),
            "g_einde": dice.choice(("geen", None, "2024-02-29", "2050", "2096-02", *DAYS)),
            "g_duur": dice.choice(lengths),
        }
        situation = validate({"eigen": {"lokaal": {name: value for name, value in facts.items() if value is not None}}})
        wrong += [f"{facts}: {w}" for w in held_against(sworn, situation, dice, seen)]
    assert not wrong, "\n".join(wrong[:20])
    assert min(seen["gevallen"], seen["buiten de grenzen"], seen["Shift open"], seen["Shift geen"] + 1) >= 1
    assert seen["gevallen"] >= 60


# --- a wrong meaning is seen --------------------------------------------------------------------------------------------

BROKEN = {
    "rounded": lambda real: lambda value, mode, unit: real(value, "boven" if mode == "half" else mode, unit),
    "elapsed": lambda real: lambda unit, start, end: real("maanden" if unit == "dagen" else unit, start, end),
    "either": lambda real: lambda parts: sym.Truth(real(parts).yes, sym.disj(*(p.no for p in parts))),
    "both": lambda real: lambda parts: real(parts[:-1]) if len(parts) > 2 else real(parts),
    "total": lambda real: lambda parts: real(list(parts)[:2]),
    "extreme": lambda real: lambda op, values: real("min", values),
    "compare": lambda real: lambda op, left, right: real("<=" if op == "<" else op, left, right),
    "one_of": lambda real: lambda value, options: real(value, options[:1]),
    "choose": lambda real: lambda branches, otherwise: real([(c, v) for c, v in branches][:1], otherwise),
    "collect": lambda real: lambda op, branches, otherwise: real("max", branches, otherwise),
    "_leap": lambda real: lambda year, years=None: real(year, (1901, 2099)),
    "_on_calendar": lambda real: lambda parts, years: parts,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_meaning_that_is_broken_is_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    home = next(module for module in (sym, dated, chosen) if name in vars(module))
    monkeypatch.setattr(home, name, BROKEN[name](getattr(home, name)))
    if name in ("_leap", "_on_calendar"):
        programs = iter([(0, asking(QUESTIONS), date(2026, 3, 2))])
    else:
        programs = iter(random_programs())
    seen: Counter[str] = Counter()
    for seed, compiled, on in programs:
        sworn = Sworn(compiled, on)
        for number in range(12):
            if held_against(sworn, situation_for(seed, number), Random(number), seen):
                return
    pytest.fail("no situation showed it")


# --- lists of which the rows are only counted ---------------------------------------------------------------------------


@pytest.mark.heavy
def test_counted_lists_allow_whatever_can_be() -> None:
    """Every situation has a model in the wide net, with the value that everything really has: what holds there holds for it."""
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for seed, compiled, on in random_programs():
        sworn = Sworn(compiled, on, counted=True)
        for number in range(8 if sworn.formulas.asked else 1):
            found = held_against(sworn, situation_for(seed, number), Random(number), seen)
            wrong += [f"zaad {seed}.{number}: {w}" for w in found]
            seen["met lijsten"] += bool(sworn.formulas.asked)
    assert not wrong, "\n".join(wrong[:20])
    assert seen["met lijsten"] >= 800
    assert min(seen["Aggregate bekend"], seen["Aggregate onbekend"]) >= 100


def test_no_amount_in_a_list_is_below_nought() -> None:
    """On this the wide net relies: a sum over a list is not below nought."""

    def numbers(record: Record, before: tuple[str, ...], listed: bool) -> Iterator[tuple[str, ...]]:
        for field in record.fields.values():
            path = (*before, field.name)
            if field.type.record is not None:
                yield from numbers(field.type.record, path, listed or field.type.kind is Kind.LIJST)
            elif listed and field.type.kind in (Kind.GELD, Kind.GETAL):
                yield path

    found = list(numbers(situation_schema(), (), False))
    assert len(found) >= 5
    from responsief.backends.symbolic_facts import soort_at

    assert [path for path in found if not isinstance(soort_at(path), Soort) or soort_at(path).minst != 0] == []  # type: ignore[union-attr]


# --- from an answer back to a situation ---------------------------------------------------------------------------------


def brought_back(sworn: Sworn, formula: Any, solver: Any, seen: Counter[str]) -> list[str]:
    """Where the situation of an answer is no situation, or comes out otherwise."""
    solver.push()
    try:
        if formula is not True:
            solver.add(formula)
        solver.set("rlimit", 3_000_000)
        answer = str(solver.check())
        seen[answer] += 1
        if answer != "sat":
            return []
        model = solver.model()
    finally:
        solver.pop()
    data = written(sworn.facts, model)
    try:
        here = validate(data).effective
        own = sworn.own(here)
    except InvalidError as refused:
        return [f"{d.pad}: {d.tekst}" for d in refused.diagnostics]
    if outside := sworn.outside(here, own):
        return outside
    run = sworn.run(here, own)
    decided = verdict(sworn, run)
    if wrong := sworn.differences(model, run, decided):
        return wrong
    assert holds(model, formula)
    return []


def wanted(sworn: Sworn) -> Iterator[tuple[str, Any]]:
    """Questions that somebody can be found for: outcomes, and criteria that hold, fail, or are unknown."""
    assert sworn.conclusion is not None
    yield from sworn.conclusion.outcomes().items()
    for criterion, truth in sworn.conclusion.criteria:
        yield from ((f"{criterion.id} ja", truth.yes), (f"{criterion.id} nee", truth.no))
        yield f"{criterion.id} onbekend", sym.neg(truth.known)


def solver_of(sworn: Sworn) -> Any:
    solver = z3.SimpleSolver(ctx=sworn.facts.ctx)
    solver.set("random_seed", 0)
    solver.add(*[one for one in sworn.domain if not isinstance(one, bool)])
    return solver


@pytest.mark.heavy
def test_whoever_is_found_in_random_rulesets_is_a_person_for_whom_it_is_so() -> None:
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for seed, compiled, on in random_programs()[:60]:
        sworn = Sworn(compiled, on, entries=2)
        solver = solver_of(sworn)
        for name, formula in wanted(sworn):
            if formula is not False:
                wrong += [f"zaad {seed} {name}: {w}" for w in brought_back(sworn, formula, solver, seen)]
    assert not wrong, "\n".join(wrong[:20])
    assert seen["sat"] >= 400, seen


# --- the shipped rulesets -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def desk() -> Desk:
    return responsief.open_desk()


@pytest.mark.heavy
def test_whoever_is_found_in_shipped_rulesets_is_a_person_for_whom_it_is_so(desk: Desk) -> None:
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for ident, on in newest(desk):
        sworn = Sworn(desk.register.compiled(ident, on, place_of(desk, ident, on)), on, entries=2)
        if sworn.conclusion is None:
            continue
        solver = solver_of(sworn)
        for name, formula in wanted(sworn):
            if formula is not False:
                wrong += [f"{ident} {name}: {w}" for w in brought_back(sworn, formula, solver, seen)]
    assert not wrong, "\n".join(wrong[:20])
    assert seen["sat"] >= 100, seen


def newest(desk: Desk) -> Iterator[tuple[str, date]]:
    """Every shipped ruleset, on a day on which its newest version holds."""
    for ident, versions in desk.register.versions.items():
        on = date(2026, 3, 2)
        yield ident, on if any(v.holds_on(on) for v in versions) else max(v.van for v in versions)


def place_of(desk: Desk, ident: str, on: date) -> str | None:
    """Where a ruleset is tried: its own municipality, or one that fills in what it leaves open."""
    own = next((v.gemeente for v in desk.register.versions[ident] if v.holds_on(on)), None)
    places = {v.gemeente for versions in desk.register.versions.values() for v in versions}
    for place in (own, *sorted(p for p in places if p is not None)):
        try:
            desk.register.compiled(ident, on, place)
        except LinkError:
            continue
        return place
    raise LookupError(ident)


@pytest.mark.heavy
def test_every_shipped_case_comes_out_as_the_evaluator_says(desk: Desk) -> None:
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    cases: dict[tuple[str, date, str | None, int], list[tuple[str, Situation]]] = {}
    for document in read_files([shipped()]).documents["proef"]:
        file = read_trials(document, desk.register.versions)
        for case in file.gevallen:
            assert case.situatie is not None
            assert case.peildatum is not None
            rows = next(n for n in (2, 4, 7, 500) if longest(case.situatie) <= n)
            place = case.situatie.effective.persoon.gemeente
            cases.setdefault((file.regelset, case.peildatum, place, rows), []).append((case.naam, case.situatie))
    for (ident, on, place, rows), every in cases.items():
        entries = rows if rows < 500 else max(longest(situation) for _, situation in every)
        try:
            compiled = desk.register.compiled(ident, on, place)
        except LinkError:
            continue
        sworn = Sworn(compiled, on, entries=entries)
        for number, (name, situation) in enumerate(every):  # of the first few everything, of all of them what is decided
            found = held_against(sworn, situation, Random(0), seen, every_slot=number < 3 < len(every))
            wrong += [f"{ident}, {name}: {w}" for w in found]
    assert not wrong, "\n".join(wrong[:20])
    assert seen["gevallen"] + seen["buiten de grenzen"] == sum(map(len, cases.values()))
    assert seen["buiten de grenzen"] <= 5
    assert {f"uitkomst {u}" for u in UITKOMSTEN} <= seen.keys()


@pytest.mark.heavy
def test_the_catalogue_asks_the_same_of_a_case_under_review(desk: Desk) -> None:
    """Signals and provisions read the case itself: its ruleset, its outcome, whether something lacks."""
    on = date(2026, 3, 2)
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for case in (Case("participatiewet", "afgewezen", False), Case("schuldhulp", "onbepaald", True), Case(None, None, None)):
        sworn = Sworn(desk.register.aids(on, None).compiled, on, case=case)
        for number in range(15):
            wrong += held_against(sworn, random_situation(number), Random(number), seen)
        seen.update(f"{word} gevraagd" for root in sworn.compiled.program.roots for word in set(words(root)))
    assert not wrong, "\n".join(wrong[:20])
    assert seen["Fact zaak gevraagd"]


@pytest.mark.parametrize("ident", ["participatiewet", "iit-rotterdam"])
def test_what_z3_made_goes_as_soon_as_nobody_asks_any_more(desk: Desk, ident: str) -> None:
    """Not when Python looks for circles: a proof over a register would hold gigabytes until then."""
    gc.collect()
    gc.disable()
    try:
        asked = subject(desk.register, ident, date(2026, 3, 2), "0599" if ident == "iit-rotterdam" else None)
        for way in ("counted", "plain"):
            view = asked.view(way)
            assert view.check(view.conclusion().toegekend) == "sat"
        contexts = [weakref.ref(asked.view(way).facts.ctx) for way in ("counted", "plain")]
        assert all(kept() is not None for kept in contexts)
        del view, asked
        assert [kept() for kept in contexts] == [None, None]
    finally:
        gc.enable()
