"""What of a ruleset goes into a workbook -> the workbook. Every cell is text: «1-2» stays that, and «= 5» is no formula."""

from __future__ import annotations

import io
import re
from typing import Any, Final

from responsief.documents.extras import need
from responsief.workbook.sheets import ABOUT, ELSEWHERE, FIGURES, Contents, Figure, Sheet

HEAD_ROWS: Final = 7  # above the rows of a table
MAX_TEXT: Final = 32_767  # signs in a cell
FIGURE_HEAD: Final = ("naam", "in gewone woorden", "bron", "tot en met")
_NOT_IN_A_NAME: Final = re.compile(r"[\[\]:*?/\\']")

_ABOUT: Final = (
    "Dit zijn de beslistabellen en bedragen van «{title}» ({ruleset}).",
    "",
    "Zo werkt het:",
    "1. Verander op de bladen wat anders moet. De witte cellen zijn van u; de grijze laat u staan.",
    "2. Sla het bestand op als .xlsx.",
    "3. Zet het terug: responsief tables import DIT-BESTAND.xlsx REGELSET.yaml",
    "",
    "Alleen wat u veranderde, verandert in de regelset. Opmerkingen en al het andere blijven staan.",
    "Klopt er iets niet, dan ziet u op welk blad en in welke cel, en verandert er niets.",
    "",
    "Een beslistabel:",
    "- Elke rij is een geval. Een cel is «-» (maakt niet uit), een waarde, een vergelijking (>= 21), «tussen 21 en 27» of «in ['a', 'b']».",
    "- Woorden staan tussen enkele aanhalingstekens: 'gehuwd'. Bedragen hebben een euroteken: € 1.250,50.",
    "- Een rij erbij: vul een rij in en laat de eerste kolom (rij) leeg. Een rij weg: verwijder de hele rij.",
    "- De rijen gelden in de volgorde op het blad.",
    "- Kolommen toevoegen of weghalen kan alleen in de regelset zelf.",
    "",
    "Het blad «Bedragen»:",
    "- Elke kolom met een datum is de waarde vanaf die dag. Een nieuwe datum: zet haar (2027-01-01) boven de eerste lege kolom.",
    "- Een lege cel: op die dag verandert er niets. Vergeet «tot en met» niet.",
    "- Een bedrag erbij of weg kan alleen in de regelset zelf.",
    "",
    f"«{ELSEWHERE}» past niet in een cel: dat verandert u in de regelset zelf.",
    "Formules worden niet overgenomen: alle cellen zijn tekst.",
)


def to_xlsx(contents: Contents) -> bytes:
    """The workbook. Raises MissingExtraError without openpyxl, ValueError (in Dutch) for a text that no workbook can hold."""
    openpyxl = need("openpyxl", "Excel", "openpyxl", "excel")
    book = openpyxl.Workbook()
    paper = _Paper(book.active)
    paper.sheet.title = ABOUT
    for number, line in enumerate(_ABOUT, 1):
        paper.put(number, 1, line.format(title=contents.title, ruleset=contents.ruleset), bold=number == 1)
    paper.widths([110])
    taken = {ABOUT.lower(), FIGURES.lower()}
    for sheet in contents.sheets:
        _table(_Paper(book.create_sheet(_name(sheet.name, taken))), sheet)
    if contents.figures:
        _figures(_Paper(book.create_sheet(FIGURES)), contents.figures)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _name(name: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet: at most 31 signs, and each one once."""
    short = _NOT_IN_A_NAME.sub(" ", name.split(" › ", 1)[-1] or name).replace("_", " ").strip().capitalize()[:31] or "Tabel"
    made, number = short, 2
    while made.lower() in taken or made.lower() == "history":
        tail = f" ({number})"
        made, number = short[: 31 - len(tail)] + tail, number + 1
    taken.add(made.lower())
    return made


def _table(paper: _Paper, sheet: Sheet) -> None:
    for at_row, (what, text) in enumerate(
        (("tabel", sheet.name), ("treffer", sheet.hit), ("samen", sheet.collect), ("anders", sheet.otherwise)), 1
    ):
        paper.put(at_row, 1, what, head=True)
        paper.put(at_row, 2, text, head=at_row == 1)
    paper.put(6, 1, "", head=True)
    paper.put(7, 1, "rij", head=True)
    for at, (expression, label) in enumerate(zip(sheet.columns, sheet.labels, strict=True), 2):
        paper.put(6, at, label, head=True)
        paper.put(7, at, expression, bold=True)
    last = len(sheet.columns) + 2
    paper.put(6, last, "dan is het", head=True)
    paper.put(7, last, "dan", head=True)
    for number, row in enumerate(sheet.rows, 1):
        paper.put(HEAD_ROWS + number, 1, str(number), head=True)
        for at, text in enumerate((*row.cells, row.result), 2):
            paper.put(HEAD_ROWS + number, at, text)
    texts = [
        [e, label, *(r.cells[n] for r in sheet.rows)]
        for n, (e, label) in enumerate(zip(sheet.columns, sheet.labels, strict=True))
    ]
    paper.widths([10, *(max(12, *map(len, column)) for column in texts), max(12, *(len(r.result) for r in sheet.rows))])
    paper.sheet.freeze_panes = paper.sheet.cell(HEAD_ROWS + 1, 2)


def _figures(paper: _Paper, figures: tuple[Figure, ...]) -> None:
    days = sorted({day for figure in figures for day, _ in figure.values})
    for at, text in enumerate((*FIGURE_HEAD, *days), 1):
        paper.put(1, at, text, head=True)
    for row, figure in enumerate(figures, 2):
        values = dict(figure.values)
        paper.put(row, 1, figure.name, head=True)
        paper.put(row, 2, figure.label, head=True)
        for at, text in enumerate((figure.source, figure.until, *(values.get(day, "") for day in days)), 3):
            paper.put(row, at, text)
    paper.widths([34, 50, 40, 12, *([14] * len(days))])
    paper.sheet.freeze_panes = paper.sheet.cell(2, 2)


class _Paper:
    """A sheet to write text on."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
        from openpyxl.worksheet.properties import PageSetupProperties

        sheet.page_setup.orientation = "landscape"  # printed, a table stands on one page wide
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self.grey = PatternFill("solid", fgColor="EDEDED")
        self.bold = Font(bold=True)
        self.top = Alignment(vertical="top", wrap_text=True)
        line = Side(style="thin", color="BFBFBF")
        self.lines = Border(left=line, right=line, top=line, bottom=line)

    def put(self, row: int, column: int, text: str, *, head: bool = False, bold: bool = False) -> None:
        from openpyxl.utils.exceptions import IllegalCharacterError

        cell = self.sheet.cell(row, column)
        if len(text) > MAX_TEXT:
            raise ValueError(f"«{text[:60]}…» is te lang voor een cel")
        if text:
            try:
                cell.value = text
            except IllegalCharacterError:
                raise ValueError(f"een teken in «{text[:60]}» kan niet in Excel staan") from None
            cell.data_type = "s"  # also «= 5», of which openpyxl makes a formula
        cell.number_format = "@"
        if text[:1] in ("=", "+", "-", "@"):
            cell.quotePrefix = True  # text, also when somebody edits the cell
        if self.sheet.title != ABOUT:
            cell.alignment = self.top
            cell.border = self.lines
        if head:
            cell.fill = self.grey
        if head or bold:
            cell.font = self.bold

    def widths(self, widths: list[int]) -> None:
        from openpyxl.utils import get_column_letter

        for number, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(number)].width = min(60, width + 2)
