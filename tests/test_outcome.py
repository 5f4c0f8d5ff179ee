"""The order in which criteria make an outcome, against a naive restatement of docs/taal.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from responsief.backends.compiled import Compiled
from responsief.ir.verdict import Verdict
from responsief.situation import Situation
from responsief.values import format_money
from small import TODAY, compiled, ruleset

EFFECTS = ("afwijzen", "kan_weigeren", "deel", "wacht_tot")


@dataclass(frozen=True)
class Row:
    """One criterion: what a no does, how it came out, and what it takes off or until when it waits (None: unknown)."""

    gevolg: str
    truth: bool | None
    taken: int | None = None
    until: date | None = None


rows = st.lists(
    st.builds(
        Row,
        st.sampled_from(EFFECTS),
        st.sampled_from((True, True, False, None)),
        st.none() | st.integers(-50, 150),
        st.none() | st.dates(date(2026, 3, 3), date(2026, 6, 1)),
    ),
    min_size=1,
    max_size=5,
).map(tuple)


@cache
def program(effects: tuple[str, ...], *, amount: bool) -> Compiled:
    facts, criteria = [], []
    for n, effect in enumerate(effects):
        facts.append(f"  g{n}: {{type: ja_nee, label: l, vraag: v?, van: [inwoner]}}\n")
        facts.append(f"  a{n}: {{type: geld, label: l, vraag: v?, van: [inwoner]}}\n")
        facts.append(f"  d{n}: {{type: datum, label: l, vraag: v?, van: [inwoner]}}\n")
        extra = {"deel": f", aftrek: a{n}", "wacht_tot": ""}.get(effect, "")
        word = f"wacht_tot d{n}" if effect == "wacht_tot" else effect
        criteria.append(f"eis: g{n}, gevolg: {word}{extra}")
    body = "gegevens:\n  vol: {type: geld, label: l, vraag: v?, van: [inwoner]}\n" + "".join(facts)
    if amount:
        body += "uitkomst: {bedrag: {per: maand, is: vol}}\n"
    return compiled(ruleset(body, *criteria))


def decide(given_rows: tuple[Row, ...], full: int | None, *, amount: bool) -> Verdict:
    own: dict[str, object] = {} if full is None else {"vol": format_money(full)}
    for n, row in enumerate(given_rows):
        own[f"g{n}"] = row.truth
        own[f"a{n}"] = None if row.taken is None else format_money(row.taken)
        own[f"d{n}"] = None if row.until is None else row.until.isoformat()
    one = program(tuple(r.gevolg for r in given_rows), amount=amount)
    return one.decide(Situation.model_validate({"eigen": {"klein": own}}), TODAY)


def naive(given_rows: tuple[Row, ...], full: int | None, *, amount: bool) -> tuple[object, ...]:
    """As docs/taal.md says it, one sentence at a time."""
    named = [(f"c{n}", row) for n, row in enumerate(given_rows)]
    weigh = tuple(name for name, r in named if r.gevolg == "kan_weigeren" and r.truth is False)
    waits = [r for _, r in named if r.gevolg == "wacht_tot" and r.truth is not True]
    if any(r.truth is None or r.until is None for r in waits):
        return "onbepaald", (), weigh, None, None
    if waits:
        return "wacht", (), (), None, max(r.until for r in waits if r.until is not None)
    parts = {name: r.taken for name, r in named if r.gevolg == "deel" and r.truth is False}
    parts = {name: None if off is not None and off < 0 else off for name, off in parts.items()}
    taken = {name: off for name, off in parts.items() if off is not None and off > 0}
    nothing_left = bool(taken) and full is not None and sum(taken.values()) >= full
    grounds = tuple(
        name for name, r in named if (r.gevolg == "afwijzen" and r.truth is False) or (nothing_left and name in taken)
    )
    if grounds:
        return "afgewezen", grounds, weigh, None, None
    open_part = None in parts.values() or any(r.gevolg == "deel" and r.truth is None for _, r in named)
    unknown = any(r.truth is None for _, r in named if r.gevolg != "deel")
    if weigh or unknown or open_part or (amount and full is None):
        return "onbepaald", (), weigh, None, None
    left = full - sum(taken.values()) if full is not None else None
    return "gedeeltelijk" if taken else "toegekend", (), (), left, None


@settings(max_examples=400)
@given(rows, st.none() | st.integers(1, 200))
def test_the_outcome_is_what_the_language_says(given_rows: tuple[Row, ...], full: int | None) -> None:
    amount = any(r.gevolg == "deel" for r in given_rows) or full is not None
    verdict = decide(given_rows, full, amount=amount)
    wanted = naive(given_rows, full, amount=amount)
    assert (verdict.uitkomst, verdict.afgewezen_op, verdict.te_wegen, verdict.bedrag, verdict.wacht_tot) == wanted
    assert verdict.oordelen == tuple(r.truth for r in given_rows)


@settings(max_examples=200)
@given(rows, st.none() | st.integers(1, 200))
def test_what_is_learnt_later_never_takes_back_a_refusal_a_grant_or_a_wait(rows: tuple[Row, ...], full: int | None) -> None:
    before = decide(rows, full, amount=True)
    known = tuple(Row(r.gevolg, r.truth is not False, r.taken or 0, r.until or TODAY) for r in rows)
    filled = tuple(old if old.truth is False else new for old, new in zip(rows, known, strict=True))
    filled = tuple(Row(r.gevolg, r.truth, r.taken or 0, r.until or date(2026, 4, 1)) for r in filled)
    after = decide(filled, full or 100, amount=True)
    if before.uitkomst != "onbepaald":
        assert after.uitkomst == before.uitkomst
        assert set(before.afgewezen_op) <= set(after.afgewezen_op)


def test_a_top_up_to_a_norm_is_a_full_grant() -> None:
    one = compiled(ruleset('uitkomst: {bedrag: {per: maand, is: "max(€ 0, € 1.000 - som(inkomsten.bedrag))"}}\n', "eis: ja"))
    verdict = one.decide(Situation.model_validate({"inkomsten": [{"bedrag": "€ 400"}]}), TODAY)
    assert (verdict.uitkomst, verdict.bedrag) == ("toegekend", 60000)


def test_what_is_known_to_leave_nothing_refuses_although_another_part_is_unknown() -> None:
    verdict = decide((Row("deel", False, 150), Row("deel", None)), 100, amount=True)
    assert (verdict.uitkomst, verdict.afgewezen_op) == ("afgewezen", ("c0",))


def test_a_criterion_that_is_tolerated_before_its_day_counts_from_that_day() -> None:
    text = ruleset("", "eis: nee, in_werking: {vanaf: 2027-01-01, gedoogd: ja}", "eis: ja")
    assert compiled(text).decide(Situation(), TODAY).uitkomst == "toegekend"
    later = date(2027, 1, 1)
    assert compiled(text, on=later).decide(Situation(), later).uitkomst == "afgewezen"
