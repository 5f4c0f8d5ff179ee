"""Coverage: what cases show of a ruleset. «Decides by itself» is held against the definition, written out by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import RULESETS, Rulesets
from responsief.cli import group
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.intake import validate
from responsief.ir import nodes as ir
from responsief.ir.operators import Truth, both, choose, either, negate
from responsief.ir.verdict import Verdict
from responsief.register import Register
from responsief.testing.coverage import Coverage, coverage_of, totals
from responsief.testing.independence import Every, First, Formula, Some, Turn, decides, holds, shown
from responsief.testing.points import Point, own_definition
from responsief.testing.report import percentage
from small import TODAY, register, ruleset
from strategies import REFERENCE_DAYS, situation

# --- the definition, by hand ----------------------------------------------------------------------------------------------


def meaning(node: ir.Node, verdict: Verdict, turned: ir.Node | None, opaque: bool, top: bool = True) -> Truth:
    """What a criterion comes to when one of its conditions is turned, straight from its nodes."""
    rules = verdict.program.ruleset
    assert rules is not None
    if isinstance(node, ir.Const):
        return node.value is True
    if node == turned:
        return negate(verdict.program.value(node, verdict.run))
    inner = own_definition(rules, node) if top or not opaque else None

    def part(child: ir.Node) -> Truth:
        return meaning(child, verdict, turned, opaque, False)

    match node:
        case ir.And(operands=operands):
            return both(map(part, operands))
        case ir.Or(operands=operands):
            return either(map(part, operands))
        case ir.Not(operand=operand):
            return negate(part(operand))
        case ir.Choose(branches=branches, otherwise=otherwise):
            return choose([(part(c), part(r)) for c, r in branches], part(otherwise))
        case _ if inner is not None:
            return part(inner) if not opaque else meaning(inner, verdict, turned, opaque, False)
        case _:
            return verdict.program.value(node, verdict.run)


def decided(point: Point, criterion: ir.Node, opaque: bool, verdicts: Sequence[Verdict]) -> bool:
    """Are there two of these cases that show that the condition decides? Every pair is tried."""
    node = point.node
    assert node is not None
    guard = isinstance(node, ir.Known)
    told = []
    for verdict in verdicts:
        here = verdict.program.value(node, verdict.run)
        before, after = meaning(criterion, verdict, None, opaque), meaning(criterion, verdict, node, opaque)
        turns = before is not after if guard else before is not None and after is (not before)
        if here is not None and turns:
            told.append((here, before))
    return any(a is not b and came is not went for (a, came), (b, went) in product(told, told))


@pytest.mark.heavy
@settings(max_examples=40)
@given(st.integers(0, 2**64 - 1))
def test_on_random_rulesets_coverage_never_crashes_and_decides_by_itself_is_the_definition(seed: int) -> None:
    dice = Rolled(seed)
    try:
        known = Rulesets(dice).written().checked()
    except InvalidError:
        return
    on = dice.pick(REFERENCE_DAYS)
    desk, coverage = Desk(known), Coverage(known)
    seen: dict[str, list[Verdict]] = {}
    for _ in range(12):
        case = situation(dice)
        for ident in RULESETS[1:]:
            try:
                decision = desk.decide(case, ident, on, today=on)
            except (LookupError, InvalidError):
                continue
            verdict = desk.verdict(decision.draft.situatie, ident, on)
            coverage.add(known.version(ident, on), verdict, decision)
            seen.setdefault(ident, []).append(verdict)
    for ident, verdicts in seen.items():
        rules = known.version(ident, on)
        points = coverage.points(rules)
        for decider in points.deciders:  # the formula is the criterion
            for verdict in verdicts:
                if verdict.program.slot(decider.node) is not None:
                    values = [verdict.program.value(node, verdict.run) for node in decider.conditions]
                    assert holds(decider.formula, values) is verdict.program.value(decider.node, verdict.run)
        for number, point in enumerate(points.points):
            if point.soort != "op_zichzelf":
                continue
            told = any(
                decided(
                    point, points.deciders[at].node, at % 2 == 0, [v for v in verdicts if _linked(v, points.deciders[at].node)]
                )
                for at, _ in point.solo
            )
            assert told is (coverage.missing(rules, number) == ()), point.tekst
        report = coverage.report(rules)
        assert 0 <= percentage(totals([report])) <= 100
        json.dumps([gap.mist for gap in report.gaten])


def _linked(verdict: Verdict, node: ir.Node) -> bool:
    return isinstance(node, ir.Const) or verdict.program.slot(node) is not None


formulas: st.SearchStrategy[Formula] = st.recursive(
    st.integers(0, 3) | st.booleans(),
    lambda inner: (
        inner.map(Turn)
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Every(tuple(parts)))
        | st.lists(inner, min_size=1, max_size=3).map(lambda parts: Some(tuple(parts)))
        | st.tuples(st.tuples(inner, inner), inner).map(lambda one: First((one[0],), one[1]))
    ),
    max_leaves=8,
)
truths = st.sampled_from((True, False, None))


@given(formulas, st.lists(st.tuples(truths, truths, truths, truths), min_size=2, max_size=6), st.integers(0, 3))
def test_two_cases_that_differ_in_one_condition_and_in_the_outcome_always_show_it(
    formula: Formula, cases: list[tuple[Truth, ...]], at: int
) -> None:
    """Unique-cause MC/DC is always accepted; and whatever is accepted differs in that condition and in the outcome."""
    sides = {(bool(c[at]), holds(formula, c)) for c in cases if decides(formula, c, at, guard=False)}
    unique = any(
        a[at] is True
        and b[at] is False
        and a[:at] + a[at + 1 :] == b[:at] + b[at + 1 :]
        and None not in (holds(formula, a), holds(formula, b))
        and holds(formula, a) is not holds(formula, b)
        for a, b in product(cases, cases)
    )
    assert not unique or shown(sides)
    if shown(sides):
        assert any(
            a[at] is True and b[at] is False and {holds(formula, a), holds(formula, b)} == {True, False}
            for a, b in product(cases, cases)
        )


# --- what is seen -----------------------------------------------------------------------------------------------------------


def seen(text: str | Register, *cases: dict[str, Any], on: date = TODAY, ident: str = "klein") -> Coverage:
    known = text if isinstance(text, Register) else register(text)
    desk, coverage = Desk(known), Coverage(known)
    for case in cases:
        decision = desk.decide(validate(case), ident, on, today=on)
        coverage.add(known.version(ident, on), desk.verdict(decision.draft.situatie, ident, on), decision)
    return coverage


def missing(coverage: Coverage, soort: str, ident: str = "klein") -> dict[str, tuple[str, ...]]:
    rules = coverage.register.versions[ident][0]
    return {gap.punt.tekst: gap.mist for gap in coverage.gaps(rules) if gap.punt.soort == soort}


def rent(*amounts: str) -> list[dict[str, Any]]:
    return [{"wonen": {"huur": amount}} for amount in amounts]


@pytest.mark.parametrize(
    ("eis", "cases", "left"),
    [
        ("wonen.huur <= € 500", rent("€ 500", "€ 500,01"), ()),
        ("wonen.huur <= € 500", rent("€ 499,99", "€ 500,02"), ("ja", "nee")),
        ("wonen.huur < € 500", rent("€ 499,99", "€ 500"), ()),
        ("wonen.huur < € 500", rent("€ 499,98", "€ 500"), ("ja",)),
        ("wonen.huur >= 33,3 % van € 1", rent("€ 0,34", "€ 0,33"), ()),  # a limit of part of a cent: the cents beside it
        ("wonen.huur >= 33,3 % van € 1", rent("€ 0,35", "€ 0,32"), ("ja", "nee")),
        ("leeftijd >= 21", [{"persoon": {"geboortedatum": d}} for d in ("2005-03-02", "2005-03-03")], ()),
        ("leeftijd >= 21", [{"persoon": {"geboortedatum": d}} for d in ("2005-03-01", "2005-03-04")], ("ja", "nee")),
        ("aanvraag.ontvangen_op <= 2026-01-31", [{"aanvraag": {"ontvangen_op": d}} for d in ("2026-01-31", "2026-02-01")], ()),
        ("aanvraag.ontvangen_op <= 2026-01-31", [{"aanvraag": {"ontvangen_op": "2026-01"}}], ("ja", "nee")),
    ],
)  # fmt: skip
def test_a_limit_is_seen_on_it_and_one_unit_beside_it(eis: str, cases: list[dict[str, Any]], left: tuple[str, ...]) -> None:
    assert missing(seen(ruleset("", f"eis: '{eis}'"), *cases), "grens").get(eis, ()) == left


def test_both_ends_of_a_range_are_limits() -> None:
    text = ruleset("", "eis: wonen.huur tussen € 100 en € 200")
    left = missing(seen(text, *rent("€ 100", "€ 99,99", "€ 200")), "grens")
    assert left == {"wonen.huur tussen € 100 en € 200 (bovengrens)": ("nee",)}


def test_a_condition_is_to_be_seen_as_ja_nee_and_onbekend_unless_it_never_can_be() -> None:
    text = ruleset("", "eis: wonen.huur is bekend en wonen.huur <= € 500 en peildatum >= 2000-01-01")
    assert missing(seen(text), "voorwaarde") == {
        "wonen.huur is bekend": ("ja", "nee"),
        "wonen.huur <= € 500": ("ja", "nee", "onbekend"),
        "peildatum >= 2000-01-01": ("ja", "nee"),
    }


def test_a_row_is_seen_when_a_case_comes_out_there() -> None:
    text = ruleset(
        "uitkomst: {bedrag: {per: jaar, kies: [{als: wonen.huur <= € 100, dan: € 1}, {als: wonen.huur <= € 200, dan: € 2}, {anders: € 3}]}}\n",
        "eis: wonen.huur is bekend",
    )
    assert missing(seen(text, *rent("€ 50", "€ 300")), "rij") == {"wonen.huur <= € 200": ("gezien",)}
    assert len(missing(seen(text, {}), "rij")) == 3  # unknown: no row was taken


def test_a_term_of_the_file_is_one_condition_and_its_own_conditions_count_once() -> None:
    text = ruleset(
        "begrippen: {a: {is: persoon.detentie of werk.zelfstandige}}\n",
        "eis: a of wonen.huur <= € 1",
        "eis: a of wonen.huur <= € 2",
    )
    asked = [g.punt.tekst for g in seen(text).gaps(register(text).versions["klein"][0]) if g.punt.soort == "op_zichzelf"]
    assert asked == ["a", "wonen.huur <= € 1", "a", "wonen.huur <= € 2", "persoon.detentie", "werk.zelfstandige"]


def test_a_guard_against_the_unknown_is_seen_where_it_keeps_a_no_from_becoming_unknown() -> None:
    text = ruleset("", "eis: persoon.detentie is bekend en persoon.detentie")
    known, unknown = {"persoon": {"detentie": "ja"}}, {}
    assert "persoon.detentie is bekend" not in missing(seen(text, known, unknown), "op_zichzelf")
    assert "persoon.detentie is bekend" in missing(seen(text, known), "op_zichzelf")


def test_shared_terms_are_seen_by_the_cases_of_whoever_reads_them_but_not_those_of_a_ruleset_that_decides() -> None:
    shared = "regelset: gedeeld\nformaat: 1\ntitel: Gedeeld\nsoort: begrippen\ngeldig: {van: 1990-01-01}\nbegrippen: {duur: {is: wonen.huur > € 500}}\n"
    other = ruleset("begrippen: {oud: {is: leeftijd >= 67}}\n", "eis: oud", ident="ander")
    text = ruleset("begrippen: {te_oud: {gebruik: ander.oud}}\n", "eis: duur en te_oud")
    coverage = seen(register(shared, other, text), {"wonen": {"huur": "€ 600"}, "persoon": {"geboortedatum": "1950-01-01"}})
    assert missing(coverage, "voorwaarde", "gedeeld") == {"wonen.huur > € 500": ("nee", "onbekend")}
    assert missing(coverage, "voorwaarde", "ander") == {"leeftijd >= 67": ("ja", "nee", "onbekend")}
    assert missing(coverage, "voorwaarde") == {"duur": ("nee", "onbekend"), "ander.oud": ("nee", "onbekend")}


def test_a_clause_is_to_be_seen_in_reach_out_of_reach_and_barred_as_far_as_it_can_be() -> None:
    text = ruleset("", "eis: wonen.huur <= € 500", "eis: persoon.detentie").replace(
        "hardheid: [{id: geen, soort: geen, grondslag: art. 9, geldt_voor: alle}]",
        "hardheid:\n"
        "  - {id: v, soort: verordening_clausule, titel: Afwijken, grondslag: art. 8, maatstaf: m, geldt_voor: [c0], wie_beslist: college, niet_als: [{als: werk.zelfstandige, grondslag: art. 8, reden: een bedrijf}]}\n"
        "  - {id: geen, soort: geen, titel: Niets, grondslag: art. 9, geldt_voor: [c1]}",
    )
    dear = {"wonen": {"huur": "€ 600"}, "persoon": {"detentie": "ja"}}
    assert missing(seen(text), "clausule") == {
        "Afwijken": ("in_bereik", "buiten_bereik", "geblokkeerd"),
        "Niets": ("buiten_bereik",),
    }
    one = seen(text, {**dear, "werk": {"zelfstandige": "nee"}})
    assert missing(one, "clausule") == {"Afwijken": ("buiten_bereik", "geblokkeerd"), "Niets": ("buiten_bereik",)}
    assert missing(one, "alternatief") == {}
    two = seen(text, {**dear, "werk": {"zelfstandige": "ja"}}, {"persoon": {"detentie": "nee"}})
    assert missing(two, "clausule") == {"Afwijken": ("in_bereik",)}


# --- the command ------------------------------------------------------------------------------------------------------------

CASES = """\
proef: klein
formaat: 1
basis: {gewoon: {wonen: {huur: € 400}}}
gevallen:
  - {naam: hier mag het, peildatum: 2026-03-02, basis: gewoon, verwacht: {uitkomst: toegekend}}
"""


def run(*arguments: str | Path) -> Any:
    return CliRunner().invoke(group, ["coverage", *map(str, arguments)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "klein.yaml").write_text(ruleset("", "eis: wonen.huur <= € 500"), encoding="utf-8")
    (tmp_path / "klein.test.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_the_command_counts_and_shows_the_gap_in_the_writers_words(folder: Path) -> None:
    done = run(folder)
    assert done.exit_code == 0, done.output
    assert "0 van 1 voorwaarde gezien als ja, nee en onbekend" in done.output
    assert "wonen.huur <= € 500  (c0)" in done.output
    assert "nooit nee of onbekend" in done.output
    assert "geen geval precies op de grens (dan ja) en geen geval één stap naast de grens (dan nee)" in done.output


def test_as_json_every_gap_has_its_place(folder: Path) -> None:
    data = json.loads(run(folder, "--format", "json").stdout)
    assert (data["formaat"], data["bevindingen"]) == (1, [])
    (one,) = data["regelsets"]
    assert one["regelset"] == "klein"
    assert one["tellingen"]["voorwaarde"] == {"gezien": 0, "van": 1}
    gap = next(g for g in one["gaten"] if g["soort"] == "grens")
    assert (gap["tekst"], gap["mist"]) == ("wonen.huur <= € 500", ["ja", "nee"])
    line = (folder / "klein.yaml").read_text(encoding="utf-8").splitlines()[gap["regel"] - 1]
    assert line[gap["kolom"] - 1 :].startswith("wonen.huur <= € 500")


def test_less_than_asked_is_exit_code_1(folder: Path) -> None:
    done = run(folder, "--fail-under", "1")  # nothing is seen in every way
    assert done.exit_code == 1
    assert "0 % is gezien, en dat is minder dan 1 % (--fail-under)" in done.output


def test_without_cases_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "proef.test.yaml").write_text("proef: bestaat-niet\nformaat: 1\ngevallen: []\n", encoding="utf-8")
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "Traceback" not in done.output


def test_of_a_ruleset_without_cases_it_says_that_there_are_none(folder: Path) -> None:
    told = run(folder).output
    assert "geen proefgevallen" not in told
    (folder / "klein.test.yaml").unlink()
    done = run(folder)
    assert done.exit_code == 0
    assert "klein (1990-01-01) · geen proefgevallen · 0 %" in done.output
    assert f"Er zijn geen proefgevallen in {folder.as_posix()}/, dus is er niets gezien." in done.output
    assert run(folder, "--fail-under", "1").exit_code == 1


def test_a_path_that_is_not_there_is_wrong_use() -> None:
    assert run("bestaat-niet").exit_code == 2


@pytest.mark.heavy
def test_the_shipped_cases_see_every_criterion_and_most_of_the_rest() -> None:
    from responsief.register import read_files, shipped

    desk = Desk(Register.open())
    coverage = coverage_of(read_files([shipped()]).documents["proef"], desk)
    assert coverage.wrong == []
    reports = [coverage.report(r) for versions in desk.register.versions.values() for r in versions]
    assert all(r.tellingen["oordeel"].gezien == r.tellingen["oordeel"].van for r in reports)
    assert percentage(totals(reports)) >= 83


TABLE = (
    "uitkomst: {bedrag: {per: jaar, tabel: {treffer: uniek, kolommen: [wonen.huur, persoon.detentie], rijen: "
    "[{als: ['<= € 100', '-'], dan: € 1}, {als: ['> € 100', ja], dan: € 2}, {als: ['> € 100', nee], dan: € 3}]}}}\n"
)


def test_the_last_row_of_a_table_without_anders_is_named_by_its_row_and_a_cell_by_its_column() -> None:
    text = ruleset(TABLE, "eis: wonen.huur is bekend")
    rows = missing(seen(text), "rij")
    assert "rij 3 van de tabel (wonen.huur: > € 100, persoon.detentie: nee)" in rows
    assert not any("anders" in row for row in rows)
    assert "wonen.huur: > € 100" in missing(seen(text), "voorwaarde")
