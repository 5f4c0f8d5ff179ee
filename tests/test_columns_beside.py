"""What columns say beside an outcome is what one case says: facts still needed, clauses in reach, signals, ways out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Written
from random_versions import pair
from responsief.analysis.gate import real
from responsief.backends.chain import compile_chain
from responsief.backends.compiled import Compiled
from responsief.backends.evaluate import Case
from responsief.backends.explain import Explainer
from responsief.backends.to_columns import (
    BESIDE,
    BOUNDS,
    EXTRAS,
    OUTSIDE,
    WHY_NOT,
    Columns,
    Extra,
    GapError,
    compile_columns,
    decide_columns,
)
from responsief.backends.to_columns.algebra import Space
from responsief.backends.to_columns.beside import fires
from responsief.backends.unknown import without_numbers
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.hardship.beside import beside
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import reaches
from responsief.ir.nodes import Fact
from responsief.ir.program import LinkError
from responsief.ir.signals import SignalRule
from responsief.ir.types import Kind
from responsief.register import Register
from responsief.situation import Situation, replace
from responsief.tables.to_frames import to_frames
from small import TODAY, ruleset
from stories import desk_of, provision, provisions, signal, signals
from strategies import reference_days, registers, seeds
from test_columns import everybody, rolled, rulesets, shipped
from test_hardship import clause, with_clauses

pl = pytest.importorskip("polars", reason="needs the extra «population»")

LEAP = date(2024, 2, 29)
OF_THE_RULESET: tuple[Extra, ...] = ("nodig", "clausules")
#: why columns leave something to one case, for these people: a reason that is not here, or that nobody meets, fails
MET = {"onvolledige-datum", "antwoorden-proberen"}


@cache
def desk() -> Desk:
    return Desk(shipped())


@cache
def people(gemeente: str) -> tuple[Situation, ...]:
    """Households and random situations, all living there."""
    some = (*everybody(gemeente)[:30], *everybody(gemeente)[60:140])
    return tuple([replace(one, "persoon.gemeente", gemeente) for one in some])


@cache
def tables(gemeente: str) -> Mapping[str, Any]:
    return to_frames(people(gemeente), shipped())


def columns_of(compiled: Compiled, today: date, gemeente: str, extra: Sequence[Extra] = EXTRAS) -> Columns:
    return compile_columns(compiled, shipped(), extra, desk().catalogue_beside(compiled, today, gemeente))


def asked(ident: str, today: date, gemeente: str, extra: Sequence[Extra] = EXTRAS) -> Columns:
    return columns_of(shipped().compiled(ident, today, gemeente), today, gemeente, extra)


def compared(row: Mapping[str, Any], expected: Mapping[Any, str | None]) -> Iterator[str]:
    """What was met in a row, after comparing it with its case."""
    why = row[WHY_NOT]
    if why is not None:
        yield why
    for name, told in expected.items():
        if why is None or row[name] is not None:
            assert row[name] == told, name
            yield from (f"{name} {one}" for one in (told or "niets").split(","))


# --- row by row --------------------------------------------------------------------------------------------------------


def test_every_shipped_ruleset_says_of_a_table_what_it_says_of_each_case() -> None:
    counted: Counter[str] = Counter()
    for today, number in ((TODAY, 110), (LEAP, 30)):
        for one, gemeente in rulesets(today):
            rows = decide_columns(asked(one.id, today, gemeente), tables(gemeente), today).to_dicts()
            for situation, row in list(zip(people(gemeente), rows, strict=True))[:number]:
                if row["buiten"] is None:
                    counted.update(compared(row, desk().beside(situation, one.id, today, EXTRAS)))
                else:
                    assert {row[name] for name in (*EXTRAS, WHY_NOT)} == {None}
    assert counted.keys() & {*OUTSIDE, *BESIDE} == MET, counted
    for name, many in (("nodig", 80), ("clausules", 10), ("signalen", 60), ("alternatieven", 100)):
        assert len([one for one in counted if one.startswith(f"{name} ")]) >= many, name


def test_what_stands_in_the_columns_is_what_a_decision_says() -> None:
    gemeente, met = "0599", Counter[str]()
    for ident in ("participatiewet", "schuldhulp"):
        for situation in people(gemeente)[::2]:
            situation = situation.model_copy(update={"eigen": {}, "feiten": {}})  # a decision looks at disputes too
            decision = desk().decide(situation, ident, TODAY)
            told = {n: set((t or "").split(",")) - {""} for n, t in desk().beside(situation, ident, TODAY, EXTRAS).items()}
            review = decision.hardheid
            assert told["nodig"] == {without_numbers(one.gegeven) for one in decision.nog_nodig}
            if review is None:
                assert told["clausules"] == told["signalen"] == told["alternatieven"] == set()
                continue
            assert told["signalen"] == {one.id for one in review.signalen}
            assert told["clausules"] == {one.id for one in review.clausules if reaches(one)}
            ruleset = shipped().version(ident, TODAY)
            shown = {one.id for one in real(decision, ruleset) if one.soort in ("voorziening", "samen")}
            own = {p.id for p in shipped().catalogue.provisions.values() if p.regelset is not None}
            named = {r.voorziening for r in shipped().in_force(TODAY, gemeente)}
            assert shown - own - named <= told["alternatieven"]
            met.update(f"{name}" for name, ids in told.items() if ids)
    assert all(met[name] >= 10 for name in EXTRAS), met


def of_case(rules: Register, one: Compiled, situation: Situation, today: date) -> dict[Extra, str | None]:
    """What one case says that needs no catalogue."""
    verdict = one.decide(situation, today)
    ruleset, explainer = one.program.ruleset, Explainer(one, verdict, situation)
    assert ruleset is not None
    aids = rules.aids(today, None)
    run = aids.compiled.run(situation, today, Case(ruleset.id, verdict.uitkomst, False))
    case = HardCase(rules, aids, run, ruleset, verdict, situation, explainer, {})
    return beside(case, OF_THE_RULESET, None)


def same(rules: Register, one: Compiled, some: Sequence[Situation], today: date) -> Counter[str]:
    try:
        rows = decide_columns(compile_columns(one, rules, OF_THE_RULESET), to_frames(some, rules), today).to_dicts()
    except GapError as gap:
        return Counter({gap.code: 1})
    counted: Counter[str] = Counter()
    for situation, row in zip(some, rows, strict=True):
        if row["buiten"] is None:
            counted.update(one.split(" ")[0] for one in compared(row, of_case(rules, one, situation, today)))
    return counted


@pytest.mark.heavy
def test_random_rulesets_say_of_tables_what_they_say_of_each_case() -> None:
    counted: Counter[str] = Counter()

    @settings(max_examples=60, report_multiple_bugs=False)
    @given(registers(), seeds, reference_days)
    def agree(written: Written, seed: int, today: date) -> None:
        try:
            rules = written.checked()
        except InvalidError:
            return
        for ident in ("landelijk", "lokaal"):
            try:
                one = rules.compiled(ident, today, None)
                one.figures(today)
            except LinkError:
                continue
            counted.update(same(rules, one, [rolled((seed + at * 37) % 600) for at in range(40)], today))

    agree()
    assert counted["nodig"] >= 500, counted
    assert counted["antwoorden-proberen"], counted


@settings(max_examples=8, report_multiple_bugs=False)
@given(seeds, st.sampled_from(("aanvraag.ontvangen_op < 2000-01-01", "ja")), st.booleans())
def test_who_keeps_an_older_version_is_told_of_that_one(seed: int, voor: str, part: bool) -> None:
    try:
        rules = pair(Rolled(seed), voor, part=part).both.checked()
        one = rules.compiled("lokaal", TODAY, None)
        one.figures(TODAY)
    except (InvalidError, LinkError):
        return
    same(rules, one, [rolled((seed + at * 37) % 600) for at in range(30)], TODAY)


# --- small rulesets ----------------------------------------------------------------------------------------------------


EVERY_EFFECT = ("eis: wonen.huur > € 1", "eis: beslag.loopt = nee, gevolg: kan_weigeren", "eis: persoon.detentie = nee, gevolg: wacht_tot 2027-01-01",
                "eis: zorg.geeft_mantelzorg = nee, gevolg: wacht_tot 2027-02-01")  # fmt: skip


def small_case(folder: Path, raw: Any) -> dict[str, set[str] | None]:
    """What columns say of a case in a small register with a clause per criterion, after comparing it with the case itself."""
    clauses = [clause(f"voor_{at}", "verordening_clausule", f"[c{at}]") for at in range(4)]
    text = with_clauses(ruleset("", *EVERY_EFFECT), *clauses, clause("groep", "groepsniveau", "[c0, c1, c2, c3]"))
    desk = desk_of(
        folder,
        text,
        signals(
            {"mist": "zaak.ontbreekt", "open": "zaak.uitkomst = 'onbepaald'", "zwanger": "gezondheid.zwanger"},
            signal("een", "mist, open", "mist_iets"),
            signal("twee", "open", "nog_open"),
            signal("rond", "rondom", "heen"),
            signal("weer", "heen", "rondom"),
            signal("drie", "mist_iets, zwanger", "mist_zwanger"),
        ),
        provisions(
            provision("past", "financien", "gezondheid.zwanger"),
            provision("elders", "wonen", "gezondheid.zwanger"),
            provision("voor_allen", "financien"),
            provision("fonds", "financien", "gezondheid.zwanger", wet="buiten_wet"),
            provision("later", "financien", "gezondheid.zwanger", geldig="{van: 2027-01-01}"),
            provision("geweest", "financien", "gezondheid.zwanger", geldig="{van: 2020-01-01, tot: 2025-01-01}"),
        ),
    )
    situation = Situation.model_validate(raw)
    one = desk.compiled_in(None, "klein", TODAY)
    columns = compile_columns(one, desk.register, EXTRAS, desk.catalogue_beside(one, TODAY, None))
    (row,) = decide_columns(columns, to_frames([situation], desk.register), TODAY).to_dicts()
    expected = desk.beside(situation, "klein", TODAY, EXTRAS)
    assert all(row[name] == expected[name] for name in EXTRAS if row[WHY_NOT] is None or row[name] is not None)
    return {name: None if told is None else set(told.split(",")) - {""} for name, told in expected.items()} | {
        "uitkomst": row["uitkomst"]
    }


GRANTED = {
    "wonen": {"huur": "€ 2"},
    "beslag": {"loopt": "nee"},
    "persoon": {"detentie": "nee"},
    "zorg": {"geeft_mantelzorg": "nee"},
}
PREGNANT = {"gezondheid": {"zwanger": "ja"}}


def test_of_a_whole_grant_nothing_is_said(tmp_path: Path) -> None:
    found = small_case(tmp_path, GRANTED | PREGNANT)
    assert found == {"uitkomst": "toegekend", **dict.fromkeys(EXTRAS)}


def test_a_clause_reaches_what_stands_in_the_way_of_this_outcome_only(tmp_path: Path) -> None:
    refused = small_case(tmp_path, GRANTED | {"wonen": {"huur": "€ 1"}, "beslag": {"loopt": "ja"}})
    assert (refused["uitkomst"], refused["clausules"], refused["nodig"]) == ("afgewezen", {"voor_0", "voor_1"}, None)
    waits = small_case(tmp_path, GRANTED | {"wonen": {"huur": "€ 1"}, "beslag": {"loopt": "ja"}, "persoon": {"detentie": "ja"}})
    assert (waits["uitkomst"], waits["clausules"]) == ("wacht", {"voor_2"})
    unsure = small_case(tmp_path, {**GRANTED, "persoon": {"detentie": "ja"}, "zorg": {}, "beslag": {"loopt": "ja"}})
    assert (unsure["uitkomst"], unsure["clausules"], unsure["nodig"]) == ("onbepaald", {"voor_1"}, {"zorg.geeft_mantelzorg"})


def test_nothing_lacks_of_whom_only_a_weighing_is_left(tmp_path: Path) -> None:
    weighed = small_case(tmp_path, GRANTED | {"beslag": {"loopt": "ja"}})
    assert (weighed["uitkomst"], weighed["nodig"], weighed["signalen"]) == ("onbepaald", set(), {"nog_open"})
    lacking = small_case(tmp_path, GRANTED | PREGNANT | {"wonen": {}})
    assert (lacking["nodig"], lacking["signalen"]) == ({"wonen.huur"}, {"nog_open", "mist_iets", "mist_zwanger"})


def test_what_helps_holds_is_there_and_is_about_the_same(tmp_path: Path) -> None:
    assert small_case(tmp_path, GRANTED | PREGNANT | {"wonen": {"huur": "€ 1"}})["alternatieven"] == {"past"}
    assert small_case(tmp_path, GRANTED | {"wonen": {"huur": "€ 1"}})["alternatieven"] == set()


# --- what they leave alone ---------------------------------------------------------------------------------------------


def test_the_verdict_is_the_same_whatever_is_asked_beside_it() -> None:
    for ident in ("participatiewet", "studietoeslag"):
        gemeente = {one.id: place for one, place in rulesets(TODAY)}[ident]
        alone = decide_columns(compile_columns(shipped().compiled(ident, TODAY, gemeente), shipped()), tables(gemeente), TODAY)
        whole = decide_columns(asked(ident, TODAY, gemeente), tables(gemeente), TODAY)
        assert whole.columns == [*alone.columns, *EXTRAS, WHY_NOT]
        assert whole.select(alone.columns).equals(alone)
        for name in EXTRAS:
            one = decide_columns(asked(ident, TODAY, gemeente, (name,)), tables(gemeente), TODAY)
            assert one.columns == [*alone.columns, name, WHY_NOT]
            assert one[name].equals(whole[name])


def test_a_number_that_only_the_catalogue_reads_takes_away_nothing_but_what_hangs_on_it() -> None:
    one, catalogue = shipped().compiled("schuldhulp", TODAY, "0599"), shipped().aids(TODAY, "0599").compiled
    read = {leaf.path for leaf in one.program.every_fact() if isinstance(leaf, Fact)}
    only = {
        leaf.path for leaf in catalogue.program.every_fact() if isinstance(leaf, Fact) and leaf.type.kind is Kind.GELD
    } - read
    persons = pl.DataFrame({"sleutel": [1, 2], **{".".join(path): [100, BOUNDS[Kind.GELD] + 1] for path in sorted(only)}})
    first, second = decide_columns(columns_of(one, TODAY, "0599"), {"personen": persons}, TODAY).to_dicts()
    assert first["buiten"] is second["buiten"] is first[WHY_NOT] is None
    assert first["uitkomst"] == second["uitkomst"] == "onbepaald"
    assert (second[WHY_NOT], second["alternatieven"]) == ("buiten-grenzen", None)
    assert second["nodig"] == first["nodig"] != ""
    assert second["clausules"] == first["clausules"] == ""


def test_signals_come_from_a_catalogue() -> None:
    one = shipped().compiled("schuldhulp", TODAY, "0599")
    with pytest.raises(ValueError, match="catalogue"):
        compile_columns(one, shipped(), ("signalen",))
    compile_columns(one, shipped(), OF_THE_RULESET)


# --- signals that lead to signals --------------------------------------------------------------------------------------

names = st.sampled_from([f"n{number}" for number in range(9)])
chains = st.lists(st.tuples(st.lists(names, min_size=1, max_size=3), names), min_size=1, max_size=14)


@given(chains, st.frozensets(names))
def test_signals_unrolled_are_those_of_the_chain_also_where_rules_go_round(
    written: list[tuple[list[str], str]], facts: frozenset[str]
) -> None:
    rules = [SignalRule(f"r{at}", tuple(when), then) for at, (when, then) in enumerate(written)]
    space = Space()
    found = fires(space, rules, {name: space.column("bool", "t", "personen", name, maybe=False) for name in facts})
    held = {name for name, flag in found.items() if holds(flag)}
    assert held == {one.signal for one in compile_chain(rules).run(facts)}


def holds(flag: Any) -> bool:
    """An expression of which every column holds."""
    match flag.op:
        case "lit":
            return bool(flag.value)
        case "and":
            return all(map(holds, flag.args))
        case "or":
            return any(map(holds, flag.args))
        case other:
            assert other == "col"
            return True


# --- engine by engine --------------------------------------------------------------------------------------------------


def assert_same(native: Mapping[str, Any], back: Any, gemeente: str, ident: str, extra: Sequence[Extra]) -> None:
    found = back(decide_columns(asked(ident, TODAY, gemeente, extra), native, TODAY)).sort("sleutel")
    expected = decide_columns(asked(ident, TODAY, gemeente, extra), tables(gemeente), TODAY)
    for column in (*extra, WHY_NOT):
        assert found[column].to_list() == expected[column].to_list(), (ident, column)


#: DuckDB takes ten seconds and more to plan what stands beside these: the columns themselves are compared in test_sameness.py
SLOW_TO_PLAN = ("bijzondere-bijstand-rotterdam", "iit-rotterdam", "kwijtschelding-hhnk", "participatiewet")


@pytest.mark.heavy
def test_duckdb_says_the_same() -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs the extra «duckdb»")
    for place in ("0599", "9999", "0363"):
        connection, native = duckdb.connect(), {}
        for at, (name, frame) in enumerate(tables(place).items()):
            connection.register(f"t{at}", frame.to_arrow())
            native[name] = connection.sql(f"select * from t{at}")
        for one, gemeente in rulesets(TODAY):
            if gemeente == place and one.id not in SLOW_TO_PLAN:  # of the catalogue, which takes long to plan, in one
                extra = EXTRAS if one.id == "schuldhulp" else OF_THE_RULESET
                assert_same(native, lambda found: found.pl(), place, one.id, extra)


@pytest.mark.heavy
def test_spark_says_the_same(spark: Any, tmp_path: Any) -> None:
    native = {}
    for name, frame in tables("0599").items():
        frame.write_parquet(tmp_path / f"{name}.parquet")
        native[name] = spark.read.parquet(str(tmp_path / f"{name}.parquet"))
    for ident, extra in (("schuldhulp", EXTRAS), ("studietoeslag", OF_THE_RULESET)):
        assert_same(native, lambda found: pl.from_arrow(found.toArrow()), "0599", ident, extra)
