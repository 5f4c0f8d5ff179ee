"""Decision tables and amounts to Excel and back: nothing lost, and only what was changed changes."""

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from random_expressions import Rolled
from random_rulesets import Rulesets
from responsief.cli import group
from responsief.diagnostics import Findings, InvalidError
from responsief.source import Source
from responsief.syntax.format import format_source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.write_scalar import on_one_line
from responsief.workbook.from_xlsx import from_xlsx
from responsief.workbook.sheets import contents_of
from responsief.workbook.to_xlsx import HEAD_ROWS, to_xlsx
from responsief.workbook.to_yaml import edit
from restyled import Restyler

ROOT = Path(__file__).parents[1]
SHIPPED = sorted(p for p in (ROOT / "rulesets").rglob("*.yaml") if "\nbedragen:" in p.read_text(encoding="utf-8"))

RULESET = """\
regelset: hoogte-proef
formaat: 1
titel: Proef met een tabel
soort: begrippen
geldig: {van: 2025-01-01}
bedragen:
  laag: {bron: art. 4, waarden: {2025-01-01: "€ 200"}, tot: 2026-12-31}  # elk jaar
  hoog:
    bron: art. 5
    waarden:
      2025-01-01: € 1.250,50
      # geraamd
      2026-01-01: {is: "€ 1.300", geverifieerd: nee}
begrippen:
  hoogte:
    grondslag: art. 4
    is:
      tabel:   # deze tabel telt
        treffer: eerste
        kolommen: [huishouden.soort, "aantal(huishouden.kinderen)"]
        rijen:
          # met kinderen
          - {als: ["'gehuwd'", ">= 1"], dan: € 400}   # artikel 4
          - als:
              - "'gehuwd'"
              - '-'
            dan: hoog
          # alle anderen
          - {als: ["-", "-"], dan: laag}
        anders: € 0
"""


def document_of(text):
    findings = Findings()
    document = read_yaml(Source("x.yaml", text), findings)
    assert not findings, (list(findings), text)
    return document


def book_of(text):
    return openpyxl.load_workbook(io.BytesIO(to_xlsx(contents_of(document_of(text)))))


def imported(text, book):
    stream = io.BytesIO()
    book.save(stream)
    return edit(document_of(text), from_xlsx(stream.getvalue(), "x.xlsx")).source.text


def changed(change, text=RULESET):
    """The lines that a change of the workbook takes away and brings."""
    book = book_of(text)
    change(book.worksheets[1], book)
    old, new = text.split("\n"), imported(text, book).split("\n")
    return [line.strip() for line in old if line not in new], [line.strip() for line in new if line not in old]


def refused(change, text=RULESET):
    with pytest.raises(InvalidError) as wrong:
        changed(change, text)
    return [(d.pad, d.tekst) for d in wrong.value.diagnostics]


# --- and back ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.name)
def test_a_shipped_file_comes_back_byte_for_byte(path):
    text = path.read_text(encoding="utf-8")
    assert imported(text, book_of(text)) == text


@pytest.mark.parametrize("seed", range(25))
def test_random_rulesets_in_any_style_come_back_byte_for_byte(seed):
    dice = Rolled(seed)
    for text in Rulesets(dice, depth=3).written().texts:
        restyled = Restyler(dice).whole(document_of(text).root)
        assert imported(restyled, book_of(restyled)) == restyled


CELL = st.one_of(
    st.sampled_from(
        ["-", "= 5", ">= 21", "tussen 21 en 27", "in ['a', 'b']", "'gehuwd'", "1-2", "€ 1.250,50", "2026-01-01", "0599"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z"), include_characters=" "), min_size=1, max_size=12)
    .map(str.strip)
    .filter(bool),
)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    row = st.tuples(*[CELL] * width, CELL)
    return draw(st.tuples(st.tuples(*[CELL] * width), st.lists(row, min_size=1, max_size=6)))


def written(columns, rows, dice):
    """A ruleset with one table, its rows in one of three styles, its comments numbered."""

    def flow(texts):
        return "[" + ", ".join(on_one_line(t, flow=True) for t in texts) + "]"

    lines = [
        "regelset: t",
        "begrippen:",
        "  b:",
        "    is:",
        "      tabel:",
        "        treffer: eerste",
        f"        kolommen: {flow(columns)}",
    ]
    if dice.chance(25):
        inside = ", ".join(f"{{als: {flow(row[:-1])}, dan: {on_one_line(row[-1], flow=True)}}}" for row in rows)
        lines.append(f"        rijen: [{inside}]")
        return "\n".join(lines) + "\n"
    lines.append("        rijen:")
    for number, row in enumerate(rows):
        if dice.chance(30):
            lines.append(f"          # opmerking {number}")
        if dice.chance(50):
            lines.append(f"          - {{als: {flow(row[:-1])}, dan: {on_one_line(row[-1], flow=True)}}}  # naast {number}")
        else:
            lines += [f"          - als: {flow(row[:-1])}", f"            dan: {on_one_line(row[-1], flow=False)}"]
    return "\n".join(lines) + ("\n" if dice.chance(70) else "")


@settings(max_examples=40)
@given(tables(), tables(), st.integers(0, 2**32))
def test_any_table_goes_to_excel_and_back_and_takes_any_other_rows(table, other, seed):
    dice = Rolled(seed)
    columns, rows = table
    text = written(columns, rows, dice)
    sheet = contents_of(document_of(text)).sheets[0]
    assert (sheet.columns, [(*r.cells, r.result) for r in sheet.rows]) == (columns, rows)
    book = book_of(text)
    assert imported(text, book) == text
    # now somebody puts other rows there: some kept, some moved, some new
    page = book.worksheets[1]
    new = [(n, row) for n, row in enumerate(rows, 1) if dice.chance(60)]
    new += [(None, (*row[:-1], row[-1])) for row in other[1] if len(row) == len(columns) + 1]
    if dice.chance(40):
        new.reverse()
    new = new or [(None, rows[0])]
    page.delete_rows(HEAD_ROWS + 1, len(rows))
    for line, (number, row) in enumerate(new, HEAD_ROWS + 1):
        page.cell(line, 1, number)
        for column, value in enumerate(row, 2):
            cell = page.cell(line, column, value)
            cell.data_type = "s"
    result = imported(text, book)
    after = contents_of(document_of(result)).sheets[0]
    assert [(*r.cells, r.result) for r in after.rows] == [row for _, row in new]
    kept = {number for number, _ in new}
    for number in range(1, len(rows) + 1):
        assert (f"# opmerking {number - 1}\n" in result) == (f"# opmerking {number - 1}\n" in text)
        assert not (number in kept and f"# naast {number - 1}" in text) or f"# naast {number - 1}" in result
    format_source(Source("x.yaml", result))


# --- what a policy writer does -----------------------------------------------------------------------------------------


def test_one_cell_changes_one_value_and_nothing_else():
    assert changed(lambda page, _: page.cell(8, 3, ">= 2")) == (
        ['- {als: ["\'gehuwd\'", ">= 1"], dan: € 400}   # artikel 4'],
        ['- {als: ["\'gehuwd\'", ">= 2"], dan: € 400}   # artikel 4'],
    )


def test_a_changed_expression_of_a_column_and_the_last_resort():
    def change(page, _):
        page["B7"], page["B4"] = "wonen.soort", "laag"

    gone, new = changed(change)
    assert gone == ['kolommen: [huishouden.soort, "aantal(huishouden.kinderen)"]', "anders: € 0"]
    assert new == ['kolommen: [wonen.soort, "aantal(huishouden.kinderen)"]', "anders: laag"]


def test_a_removed_row_leaves_the_comment_above_it_and_a_new_row_stands_where_it_was_put():
    def change(page, _):
        page.delete_rows(8)
        page.insert_rows(9)
        for column, text in enumerate(("'alleenstaande'", "-", "€ 1.000,50"), 2):
            page.cell(9, column, text)

    text = imported(RULESET, (lambda book: (change(book.worksheets[1], book), book)[1])(book_of(RULESET)))
    rows = text[text.index("rijen:") : text.index("        anders:")]
    assert rows == (
        "rijen:\n          # met kinderen\n          - als:\n              - \"'gehuwd'\"\n              - '-'\n            dan: hoog\n"
        '          - {als: ["\'alleenstaande\'", "-"], dan: "€ 1.000,50"}\n'
        '          # alle anderen\n          - {als: ["-", "-"], dan: laag}\n'
    )


def test_a_row_with_the_number_nought_is_a_new_row():
    def change(page, _):
        page.insert_rows(HEAD_ROWS + 1)
        for column, text in enumerate(("0", "'alleenstaande'", "-", "€ 5"), 1):
            page.cell(HEAD_ROWS + 1, column).value = text

    assert changed(change) == ([], ['- {als: ["\'alleenstaande\'", "-"], dan: "€ 5"}'])


def test_the_last_resort_can_be_taken_away_and_put_back():
    def without(page, _):
        page["B4"] = None

    gone, new = changed(without)
    assert (gone, new) == (["anders: € 0"], [])
    bare = RULESET.replace("        anders: € 0\n", "")

    def put(page, _):
        page["B4"] = "€ 5"

    assert changed(put, bare) == ([], ["anders: € 5"])


def test_the_amounts_of_a_new_year_are_one_column():
    def change(_, book):
        page = book["Bedragen"]
        assert [c.value for c in page[1]] == ["naam", "in gewone woorden", "bron", "tot en met", "2025-01-01", "2026-01-01"]
        page["G1"], page["G2"], page["G3"], page["D2"] = "2027-01-01", "€ 210", "€ 1.350,25", "2027-12-31"
        page["F3"] = "€ 1.310"

    gone, new = changed(change)
    assert gone == [
        'laag: {bron: art. 4, waarden: {2025-01-01: "€ 200"}, tot: 2026-12-31}  # elk jaar',
        '2026-01-01: {is: "€ 1.300", geverifieerd: nee}',
    ]
    assert new == [
        'laag: {bron: art. 4, waarden: {2025-01-01: "€ 200", 2027-01-01: "€ 210"}, tot: 2027-12-31}  # elk jaar',
        '2026-01-01: {is: "€ 1.310", geverifieerd: nee}',
        "2027-01-01: € 1.350,25",
    ]


def test_what_excel_made_of_a_cell_is_read_as_was_meant():
    import datetime

    def change(page, book):
        page["C8"], page["C9"] = 27, 2.5
        page["B10"] = datetime.datetime(2026, 3, 1)  # noqa: DTZ001  # Excel knows no time zones
        book["Bedragen"]["G1"] = datetime.date(2027, 1, 1)

    _, new = changed(change)
    assert any('"\'gehuwd\'", "27"' in line for line in new)
    assert '- "2,5"' in new
    assert any('"2026-03-01"' in line for line in new)


# --- and does wrong ----------------------------------------------------------------------------------------------------


def test_a_formula_is_refused_with_its_cell():
    def change(page, _):
        page["C8"] = "=SUM(A1:A3)"

    assert refused(change) == [("blad «Hoogte», cel C8", "hier staat een formule")]


def test_a_cell_that_begins_with_an_equals_sign_is_text_and_comes_back():
    text = RULESET.replace('">= 1"', '"= 1"')
    book = book_of(text)
    cell = book.worksheets[1]["C8"]
    assert (cell.value, cell.data_type, cell.number_format) == ("= 1", "s", "@")
    assert cell.quotePrefix
    assert imported(text, book) == text


def test_everything_that_is_wrong_is_told_at_once_with_its_cell():
    def change(page, book):
        page["B9"] = None
        page["C10"] = "=1"
        book["Bedragen"]["G1"] = "volgend jaar"

    assert refused(change) == [
        ("blad «Hoogte», cel B9", "deze cel is leeg"),
        ("blad «Hoogte», cel C10", "hier staat een formule"),
        ("blad «Bedragen», cel G1", "«volgend jaar» is geen datum"),
    ]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda page, _: page.insert_cols(3), "blad «Hoogte», cel C7"),
        (lambda page, _: page.delete_cols(4), "blad «Hoogte», cel C7"),
        (lambda page, _: page.cell(1, 2, "begrippen › laagte"), "blad «Hoogte», cel B1"),
        (lambda page, _: page.delete_rows(8, 3), "blad «Hoogte», cel B8"),
        (lambda _, book: book["Bedragen"].delete_rows(2), "blad «Bedragen»"),
        (lambda _, book: book["Bedragen"].delete_cols(5), "blad «Bedragen»"),
        (lambda _, book: book["Bedragen"].cell(2, 1, "lager"), "blad «Bedragen», cel A2"),
        (lambda _, book: book["Bedragen"].cell(2, 5, ""), "blad «Bedragen», cel E2"),
    ],
)
def test_what_a_workbook_cannot_say_is_refused_at_its_place(change, where):
    assert where in [pad for pad, _ in refused(change)]


def test_what_is_no_workbook_is_told_so():
    for content in (b"", b"regelset: x", b"PK\x03\x04rest"):
        with pytest.raises(InvalidError, match="geen Excel-bestand"):
            from_xlsx(content, "x.xlsx")


@pytest.mark.parametrize("head", [">-  # sinds 2024", "|- # sinds 2024"])
def test_a_remark_behind_the_head_of_a_block_is_never_lost(head):
    text = RULESET.replace("            dan: hoog", f"            dan: {head}\n              hoog")
    assert refused(lambda page, _: page.cell(9, 4, "laag"), text) == [
        ("blad «Hoogte», cel D9", "in de regelset staat hier een opmerking bij, die zou verdwijnen")
    ]
    assert "# sinds 2024" in imported(text, book_of(text))


def test_amounts_that_became_other_ones_are_named_and_others_are_not():
    book = book_of(RULESET)
    book["Hoogte"]["D9"] = "laag"
    stream = io.BytesIO()
    book.save(stream)
    assert edit(document_of(RULESET), from_xlsx(stream.getvalue(), "x.xlsx")).figures == ()
    book["Bedragen"]["F3"], book["Bedragen"]["F2"] = "€ 1.310", "€ 210"
    stream = io.BytesIO()
    book.save(stream)
    done = edit(document_of(RULESET), from_xlsx(stream.getvalue(), "x.xlsx"))
    assert done.figures == ("laag vanaf 2026-01-01", "hoog vanaf 2026-01-01")


# --- the command -------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("hoogte.yaml").write_bytes(RULESET.replace("\n", "\r\n").encode())

    def invoke(*args):
        return CliRunner().invoke(group, ["tables", *args], catch_exceptions=False)

    return invoke


def test_export_and_import_on_the_command_line_change_nothing_by_themselves(run):
    assert run("export", "hoogte.yaml", "--out", "h.xlsx").output == "h.xlsx: 1 tabel, 2 bedragen.\n"
    before = Path("hoogte.yaml").read_bytes()
    assert run("import", "h.xlsx", "hoogte.yaml").output == "hoogte.yaml: niets veranderd.\n"
    assert Path("hoogte.yaml").read_bytes() == before


def test_a_change_is_checked_first_and_a_mistake_names_sheet_and_cell_and_writes_nothing(run):
    run("export", "hoogte.yaml", "--out", "h.xlsx")
    before = Path("hoogte.yaml").read_bytes()
    book = openpyxl.load_workbook("h.xlsx")
    book["Hoogte"]["D9"] = "hooog"
    book["Bedragen"]["E2"] = "2 euro"
    book.save("h.xlsx")
    done = run("import", "h.xlsx", "hoogte.yaml")
    assert done.exit_code == 1
    assert "fout[onbekende-naam] blad «Hoogte», cel D9" in done.output
    assert "bedoelde u «hoog»?" in done.output
    assert "fout[geen-bedrag] blad «Bedragen», cel E2" in done.output
    assert Path("hoogte.yaml").read_bytes() == before
    book["Hoogte"]["D9"], book["Bedragen"]["E2"] = "laag", "€ 2"
    book.save("h.xlsx")
    output = run("import", "h.xlsx", "hoogte.yaml").output
    assert "2 plaatsen gewijzigd" in output
    assert "Nog niet met de bron vergeleken: laag vanaf 2025-01-01." in output
    after = Path("hoogte.yaml").read_bytes()
    assert after == before.replace(b"dan: hoog", b"dan: laag").replace("€ 200".encode(), "€ 2".encode())


def test_wrong_use_is_told_in_dutch(run):
    Path("leeg.yaml").write_text("regelset: x\n", encoding="utf-8")
    assert "geen beslistabellen en geen bedragen" in run("export", "leeg.yaml", "--out", "x.xlsx").output
    assert run("export", "hoogte.yaml", "--out", "x.csv").exit_code == 2
    assert run("export", "weg.yaml", "--out", "x.xlsx").exit_code == 2
    assert "geen regelset" in run("export", str(ROOT / "rulesets/signalen/proces.yaml"), "--out", "x.xlsx").output


def test_without_the_extra_it_says_what_to_install(run, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = run("export", "hoogte.yaml", "--out", "h.xlsx")
    assert done.exit_code == 2
    assert "responsief[excel]" in done.output
    assert "Error:" not in done.output


@pytest.mark.heavy
@pytest.mark.skipif(
    not (Path(shutil.which("soffice") or "").resolve().parent / "libsclo.so").exists(),
    reason="LibreOffice Calc is not on this machine: apt-get install libreoffice-calc-nogui",
)
def test_libreoffice_opens_it_and_shows_the_texts_as_they_are(tmp_path):
    text = RULESET.replace('">= 1"', '"1-2"').replace("dan: € 400}", "dan: = 5}")
    (tmp_path / "h.xlsx").write_bytes(to_xlsx(contents_of(document_of(text))))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    convert = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,2"
    subprocess.run(["soffice", home, "--headless", "--convert-to", convert, "--outdir", tmp_path, tmp_path / "h.xlsx"],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    shown = next(tmp_path.glob("*.csv")).read_text(encoding="utf-8")
    assert "1;'gehuwd';1-2;= 5" in shown
