"""Tables: the check on gaps and overlaps against trying every value, and what a row means."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from responsief.values import format_money, format_number
from small import both, compiled, findings, ruleset, value_of

Fits = Callable[[Any], bool]
OPTIONS = ("fiets", "ov", "taxi")
FACTS = """\
gegevens:
  vraag: {type: ja_nee, label: v, vraag: V?, van: [inwoner]}
  reis: {type: keuze, opties: [fiets, ov, taxi], label: r, vraag: R?, van: [inwoner]}
  aantal_keer: {type: getal, label: a, vraag: A?, van: [inwoner]}
  afstand: {type: decimaal, cijfers: 2, label: a, vraag: A?, van: [inwoner]}
  kosten: {type: geld, label: k, vraag: K?, van: [inwoner]}
  dag: {type: datum, label: d, vraag: D?, van: [inwoner]}
"""
START = date(2024, 2, 27)


class Column:
    """A column with everything that can stand in its cells, and every value that can make a difference."""

    def __init__(
        self, name: str, limits: Sequence[Any], domain: Sequence[Any], write: Callable[[Any], str], *, ordered: bool
    ) -> None:
        self.name = name
        self.limits = limits
        self.domain = domain
        self.write = write
        self.ordered = ordered

    def cell(self) -> st.SearchStrategy[tuple[str, Fits]]:
        limit = st.sampled_from(self.limits)
        forms = [st.just(("-", lambda _: True)), limit.map(lambda x: (self.write(x), lambda v: v == x))]
        if self.name != "vraag":
            several = st.lists(limit, min_size=1, max_size=3)
            if self.name != "dag" and self.name != "afstand":
                forms.append(several.map(lambda xs: (f"in [{', '.join(map(self.write, xs))}]", lambda v: v in xs)))
            forms.append(limit.map(lambda x: (f"!= {self.write(x)}", lambda v: v != x)))
        if self.ordered:
            forms.append(
                st.tuples(limit, limit)
                .map(sorted)
                .map(lambda p: (f"tussen {self.write(p[0])} en {self.write(p[1])}", lambda v: p[0] <= v <= p[1]))
            )
            forms += [
                limit.map(lambda x: (f"< {self.write(x)}", lambda v: v < x)),
                limit.map(lambda x: (f"<= {self.write(x)}", lambda v: v <= x)),
                limit.map(lambda x: (f"> {self.write(x)}", lambda v: v > x)),
                limit.map(lambda x: (f">= {self.write(x)}", lambda v: v >= x)),
            ]
        return st.one_of(forms)


COLUMNS = (
    Column("vraag", [True, False], [True, False], lambda v: "ja" if v else "nee", ordered=False),
    Column("reis", OPTIONS, OPTIONS, lambda v: f"'{v}'", ordered=False),
    Column("aantal_keer", range(6), range(-2, 8), str, ordered=True),
    Column("kosten", range(6), range(-2, 8), format_money, ordered=True),
    Column("afstand", [Fraction(n, 2) for n in range(6)], [Fraction(n, 4) for n in range(-2, 13)], format_number, ordered=True),
    Column("dag", [START + timedelta(days=n) for n in range(5)], [START + timedelta(days=n) for n in range(-2, 8)], date.isoformat, ordered=True),
)  # fmt: skip


def table(
    hit: str, columns: Sequence[str], rows: Sequence[Sequence[str]], otherwise: str | None = None, samen: str = ""
) -> str:
    """A ruleset whose amount is a table that gives the number of the row."""
    lines = [f"    treffer: {hit}", f"    kolommen: [{', '.join(columns)}]", "    rijen:"]
    for number, cells in enumerate(rows, 1):
        written = ", ".join('"' + cell + '"' for cell in cells)
        lines.append(f"      - {{als: [{written}], dan: {number}}}")
    lines += [f"    anders: {otherwise}"] * (otherwise is not None) + [f"    samen: {samen}"] * bool(samen)
    return ruleset(FACTS + "begrippen:\n  rij:\n   tabel:\n" + "\n".join(lines) + "\n", "eis: rij > 0")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Column], list[list[tuple[str, Fits]]], bool]:
    columns = draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=2, unique_by=lambda c: c.name))
    rows = draw(st.lists(st.tuples(*[c.cell() for c in columns]).map(list), min_size=1, max_size=5))
    return columns, rows, draw(st.booleans())


@given(tables())
def test_gaps_and_overlaps_are_found_exactly_when_they_are_there(drawn: Any) -> None:
    columns, rows, otherwise = drawn
    held = [
        sum(all(fits(v) for (_, fits), v in zip(row, case, strict=True)) for row in rows)
        for case in product(*(c.domain for c in columns))
    ]
    expected: set[str] = set()
    if 0 in held and not otherwise:
        expected.add("tabel-gat")
    if max(held) > 1:
        expected.add("tabel-overlap")
    found = findings(
        table("uniek", [c.name for c in columns], [[text for text, _ in row] for row in rows], "0" if otherwise else None)
    )
    codes = {f.code for f in found}
    assert len(codes) == bool(expected)
    assert codes <= expected
    if otherwise:
        return
    first = findings(table("eerste", [c.name for c in columns], [[text for text, _ in row] for row in rows]))
    assert {f.code for f in first} == expected & {"tabel-gat"}


@given(tables(), st.data())
def test_a_table_gives_its_first_row_or_all_of_them_together(drawn: Any, data: st.DataObject) -> None:
    columns, rows, _ = drawn
    case = [data.draw(st.sampled_from(c.domain)) for c in columns]
    assume(all(c.name != "vraag" or isinstance(v, bool) for c, v in zip(columns, case, strict=True)))
    names, texts = [c.name for c in columns], [[text for text, _ in row] for row in rows]
    facts = {c.name: written(c, v) for c, v in zip(columns, case, strict=True)}
    situation = {"eigen": {"klein": facts}}
    fitting = [n for n, row in enumerate(rows, 1) if all(fits(v) for (_, fits), v in zip(row, case, strict=True))]
    assert row_of(table("eerste", names, texts, "0"), situation) == (fitting[0] if fitting else 0)
    for together, of in (("som", sum), ("max", max), ("min", min)):
        assert row_of(table("verzamel", names, texts, "0", together), situation) == (of(fitting) if fitting else 0)


def written(column: Column, value: Any) -> Any:
    if isinstance(value, bool | str):
        return value
    if column.name == "kosten":
        return {"centen": value}
    return str(float(value)) if column.name == "afstand" else str(value)


def row_of(text: str, situation: dict[str, Any]) -> Any:
    one = compiled(text)
    assert one.program.ruleset is not None
    return one.program.value(one.program.ruleset.begrippen["rij"].node, both(one, situation))


# what the check says


def only(text: str) -> Any:
    (found,) = findings(text)
    return found


def test_a_gap_is_named_with_the_case_that_falls_in_it() -> None:
    found = only(table("uniek", ["aantal_keer"], [["< 3"], ["> 3"]]))
    assert (found.code, found.tekst) == ("tabel-gat", "geen rij past bij aantal_keer = 3")


def test_an_overlap_is_named_with_both_rows_at_the_second() -> None:
    text = table("uniek", ["reis", "kosten"], [["'ov'", "-"], ["-", "> € 2"]], "0")
    found = only(text)
    assert found.code == "tabel-overlap"
    assert found.tekst.startswith("rij 1 en rij 2 passen allebei bij reis = «ov» en kosten = ")
    assert found.span is not None
    assert text.splitlines()[found.span.line - 1].endswith("dan: 2}")


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    assert only(table("eerste", ["reis", "kosten"], [["'ov'"]], "0")).code == "kolommen-aantal"


def test_a_limit_that_is_no_fixed_value_cannot_be_counted() -> None:
    assert only(table("uniek", ["kosten"], [["< kosten"], [">= kosten"]])).code == "tabel-niet-te-tellen"


def test_collecting_says_how() -> None:
    assert only(table("verzamel", ["vraag"], [["ja"]], "0")).code == "samen-ontbreekt"


def test_between_two_limits_with_decimals_lies_a_whole_number() -> None:
    assert [f.code for f in findings(table("uniek", ["aantal_keer"], [["<= 0,5"], [">= 1,5"]]))] == ["tabel-gat"]


def test_a_limit_below_zero_is_a_fixed_value() -> None:
    assert findings(table("uniek", ["aantal_keer"], [["< -1"], [">= -1"]])) == []


def test_the_last_day_of_the_calendar_is_a_limit_like_any_other() -> None:
    assert findings(table("uniek", ["dag"], [["<= 9999-12-31"]])) == []


def test_a_column_that_can_be_geen_is_not_covered_by_comparisons() -> None:
    assert [f.code for f in findings(table("uniek", ["leeftijd van huishouden.partner"], [["< 18"], [">= 18"]]))] == [
        "tabel-gat"
    ]


@pytest.mark.parametrize("result", ["ja", "'a'", "peildatum"])
def test_only_numbers_and_money_can_be_added_up(result: str) -> None:
    body = f'begrippen:\n  uit:\n    tabel:\n      treffer: verzamel\n      samen: som\n      kolommen: [opleiding.volgt]\n      rijen: [{{als: [\'-\'], dan: "{result}"}}]\n      anders: "{result}"\n'
    assert [f.code for f in findings(ruleset(body))] != []


def test_one_row_that_always_fits_is_a_table_too() -> None:
    body = "begrippen:\n  uit:\n    tabel: {treffer: eerste, kolommen: [opleiding.volgt], rijen: [{als: ['-'], dan: 1 / 3}]}\n"
    assert both(compiled(ruleset(body, "eis: uit > 0")))[-1] is True


# unknown


def test_an_unknown_column_leaves_the_row_open_unless_the_rows_agree() -> None:
    different = table("uniek", ["vraag"], [["ja"], ["nee"]])
    assert row_of(different, {}) is None
    same = different.replace("dan: 2", "dan: 1")
    assert row_of(same, {}) == 1


def test_an_incomplete_date_finds_its_row_when_all_days_do() -> None:
    body = "begrippen:\n  uit:\n    tabel: {treffer: uniek, kolommen: [leeftijd], rijen: [{als: ['< 21'], dan: 1}, {als: ['>= 21'], dan: 2}]}\n"
    one = compiled(ruleset(body, "eis: uit = 2"))
    assert both(one, {"persoon": {"geboortedatum": "1986"}})[-1] is True
    assert both(one, {"persoon": {"geboortedatum": "2005"}})[-1] is None
    assert value_of("1") == 1


def test_a_cell_is_tried_on_the_values_of_its_own_column_only(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[object] = []
    monkeypatch.setattr("responsief.ir.tables._holds", lambda test, value: tried.append(value) or value == test.right.value)
    rows = "".join(f'          - {{als: ["{n}", "{n}"], dan: € {n}}}\n' for n in range(0, 80, 2))
    body = f"begrippen:\n  uit:\n      tabel:\n        treffer: uniek\n        kolommen: [aantal_keer, leeftijd]\n        rijen:\n{rows}"
    assert findings(ruleset(FACTS + body + "        anders: € 0\n", "eis: uit is bekend")) == []
    values = 2 * 40 + 1  # every limit, what lies between, and both ends
    assert len(tried) == 2 * 40 * values, "not for every combination again"


def test_a_count_below_zero_needs_no_row() -> None:
    full = [["0"], [">= 1"]]
    written = table("uniek", ["kinderen"], full).replace(
        "begrippen:\n", "begrippen:\n  kinderen: aantal(huishouden.kinderen)\n"
    )
    assert findings(written) == []
    short = table("uniek", ["kinderen"], full[1:]).replace(
        "begrippen:\n", "begrippen:\n  kinderen: aantal(huishouden.kinderen)\n"
    )
    assert only(short).tekst == "geen rij past bij kinderen = 0"


def test_a_gap_is_told_by_a_value_that_can_be_when_there_is_one() -> None:
    assert only(table("uniek", ["aantal_keer"], [[">= 5"]])).tekst == "geen rij past bij aantal_keer = 4"
