"""What changed in a workbook -> the same change in the text of the ruleset, at its place; everything else stays as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.source import Scalar, Source, Span
from responsief.syntax.comments import Part, parts_of
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document
from responsief.syntax.write_scalar import in_quotes, on_one_line
from responsief.workbook.from_xlsx import Read, ReadFigure, ReadSheet, cell_name, wrong
from responsief.workbook.sheets import ELSEWHERE, FIGURES, cells_of, child, contents_of, figure_of, tables_in, text_of, value_of
from responsief.workbook.to_xlsx import FIGURE_HEAD, HEAD_ROWS

_IN_YAML: Final = "doe dit in de regelset zelf"


@dataclass(frozen=True, slots=True)
class Edited:
    """The new text; `changes` counts the places that changed, `figures` names every amount that is new or other, with its day."""

    source: Source
    changes: int
    figures: tuple[str, ...] = ()


def edit(document: Document, read: Read) -> Edited:
    """The text of the ruleset with what the workbook changed. Raises InvalidError with findings on sheet and cell.

    What was written is read again: it must say exactly what the workbook says.
    """
    editor = _Editor(document.source.text)
    root = parts_of(document)
    tables = dict(tables_in(root))
    for one in read.sheets:
        part = tables.get(one.sheet.name)
        if part is None:
            advice = "neem een export van deze regelset, of zet de naam in cel B1 terug"
            editor.wrong(cell_name(one.title, 1, 2), f"de regelset heeft geen tabel «{one.sheet.name}»", advice)
        else:
            _Table(editor, part, one).write()
    _write_figures(editor, root, read)
    if editor.findings:
        raise InvalidError(editor.findings)
    made = Source(document.source.name, editor.applied())
    _prove(made, read)
    return Edited(made, len(editor.edits), tuple(editor.figures))


def _prove(made: Source, read: Read) -> None:
    findings = Findings()
    document = read_yaml(made, findings)
    right = document is not None and not findings
    if right and document is not None:
        contents = contents_of(document)
        sheets = {s.name: s for s in contents.sheets}
        figures = {f.name: f for f in contents.figures}
        for one in read.sheets:
            found = sheets.get(one.sheet.name)
            right = right and found is not None and _said(found) == _said(one.sheet)
        for figure in read.figures:
            values = {day: text for day, text in figure.values.items() if text}
            kept = figures.get(figure.name)
            right = right and kept is not None and dict(kept.values) == values
    if not right:
        what = "het resultaat zou iets anders zeggen dan dit werkblad; er is niets gewijzigd"
        raise InvalidError([wrong(made.name, what, "dit is een fout in responsief: meld dit met beide bestanden erbij")])


def _said(sheet: object) -> tuple[object, ...]:
    return tuple(getattr(sheet, key) for key in ("hit", "collect", "otherwise", "columns", "rows"))


class _Editor:
    """Changes of a text, by index in the old one."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[tuple[int, int, str]] = []
        self.findings: list[Diagnostic] = []
        self.figures: list[str] = []  # amounts that become other ones, with their day
        self.end = "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"

    def wrong(self, where: str, what: str, advice: str) -> None:
        self.findings.append(wrong(where, what, advice))

    def applied(self, start: int = 0, end: int | None = None, edits: list[tuple[int, int, str]] | None = None) -> str:
        """A stretch of the text with its changes made."""
        stop = len(self.text) if end is None else end
        pieces: list[str] = []
        at = start
        for low, high, new in sorted(self.edits if edits is None else edits, key=lambda e: e[0]):
            pieces += [self.text[at:low], new]
            at = high
        return "".join([*pieces, self.text[at:stop]])

    def scalar(self, part: Part, new: str, where: str, *, flow: bool) -> tuple[int, int, str] | None:
        """The change that gives a part another text; None when it has that text, or can't have it."""
        node = part.node
        if text_of(node) == new:
            return None
        if not isinstance(node, Scalar):
            self.wrong(where, "hier staat in de regelset een groep, die niet in een cel past", _IN_YAML)
            return None
        if not new:
            self.wrong(where, "deze cel is leeg", "vul haar in, of haal de hele rij weg")
            return None
        if new == ELSEWHERE:
            self.wrong(where, "deze tekst staat voor een groep en kan hier niet", "schrijf een waarde")
            return None
        raw = self.text[node.start : node.end].rstrip()
        if raw[:1] in ("|", ">") and "#" in raw.split("\n", 1)[0]:
            self.wrong(where, "in de regelset staat hier een opmerking bij, die zou verdwijnen", _IN_YAML)
            return None
        quoted = raw[:1] in ("'", '"')
        written = in_quotes(new) if quoted else on_one_line(new, flow=flow)
        if not raw:
            assert part.key is not None
            at = self.text.index(":", part.key.end) + 1
            return (at, at, f" {written}")
        return (node.start, node.start + len(raw), written)

    def change(self, part: Part, new: str, where: str, *, flow: bool) -> None:
        found = self.scalar(part, new, where, flow=flow)
        if found is not None:
            self.edits.append(found)

    def line_end(self, index: int) -> int:
        """Past the end of the line that holds an index."""
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def after(self, part: Part) -> int:
        """Past the last line of a part."""
        return self.line_end(max(part.start, part.end - 1))

    def line_start(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def as_lines(self, at: int, line: str) -> str:
        """A new line at an index; the line before it may be the last, without an end."""
        missing = at > 0 and self.text[at - 1] != "\n"
        return f"{self.end}{line}" if missing else f"{line}{self.end}"

    def key(self, group: Part, key: str, new: str, where: str) -> None:
        """Set, add or take away one key of a group."""
        found = child(group, key)
        if found is not None and new:
            self.change(found, new, where, flow=group.flow)
        elif found is not None:
            self.remove(group, found, where)
        elif new:
            written = f"{key}: {on_one_line(new, flow=group.flow)}"
            last = group.parts[-1]
            if group.flow:
                self.edits.append((last.end, last.end, f", {written}"))
            else:
                at = self.after(last)
                self.edits.append((at, at, self.as_lines(at, " " * group.parts[0].column + written)))

    def remove(self, group: Part, part: Part, where: str) -> None:
        number = group.parts.index(part)
        start = self.line_start(part.start)
        if len(group.parts) < 2 or (group.flow and group.commented):
            self.wrong(where, "dit kan hier niet leeg", _IN_YAML)
        elif group.flow and number:
            self.edits.append((group.parts[number - 1].end, part.end, ""))
        elif group.flow:
            self.edits.append((part.start, group.parts[1].start, ""))
        elif self.text[start : part.start].strip():
            self.wrong(where, "dit kan hier niet leeg", _IN_YAML)
        else:
            self.edits.append((start, self.after(part), ""))


@dataclass(slots=True)
class _Table:
    """One table: what stands on its sheet, into its place."""

    editor: _Editor
    part: Part
    read: ReadSheet
    inside: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)  # of a row, its changed cells

    def at(self, row: int, column: int) -> str:
        return cell_name(self.read.title, row, column)

    def write(self) -> None:
        sheet = self.read.sheet
        for head, key, new in ((2, "treffer", sheet.hit), (3, "samen", sheet.collect), (4, "anders", sheet.otherwise)):
            self.editor.key(self.part, key, new, self.at(head, 2))
        columns, rows = child(self.part, "kolommen"), child(self.part, "rijen")
        assert columns is not None
        assert rows is not None
        if len(columns.parts) != len(sheet.columns):
            what = f"de regelset heeft {len(columns.parts)} kolommen, dit blad {len(sheet.columns)}"
            self.editor.wrong(self.at(HEAD_ROWS, 2), what, f"een kolom toevoegen of weghalen: {_IN_YAML}")
            return
        for number, (column, new) in enumerate(zip(columns.parts, sheet.columns, strict=True), 2):
            self.editor.change(column, new, self.at(HEAD_ROWS, number), flow=columns.flow)
        known = [n for n in sheet.numbers if n is not None and n <= len(rows.parts)]
        for old, row, line in zip(sheet.numbers, sheet.rows, self.read.lines, strict=True):
            if old is not None and old in known:
                self.cells(rows.parts[old - 1], old, (*row.cells, row.result), line)
        if known == list(range(1, len(rows.parts) + 1)) == list(sheet.numbers):
            self.editor.edits += [e for edits in self.inside.values() for e in edits]
        elif rows.flow:
            self.between_brackets(rows)
        else:
            self.on_lines(rows)

    def cells(self, row: Part, number: int, texts: tuple[str, ...], line: int) -> None:
        cells, result = child(row, "als"), child(row, "dan")
        assert cells is not None
        assert result is not None
        flows = [cells.flow or row.flow] * len(cells_of(row)) + [row.flow]
        found = [
            self.editor.scalar(part, text, self.at(line, column), flow=flow)
            for column, (part, text, flow) in enumerate(zip([*cells_of(row), result], texts, flows, strict=True), 2)
        ]
        self.inside[number] = [f for f in found if f is not None]

    def made(self, number: int) -> str:
        """A new row as text."""
        row = self.read.sheet.rows[number]
        cells = ", ".join(on_one_line(text, flow=True) for text in row.cells)
        return f"{{als: [{cells}], dan: {on_one_line(row.result, flow=True)}}}"

    def between_brackets(self, rows: Part) -> None:
        if rows.commented:
            self.editor.wrong(
                self.at(HEAD_ROWS + 1, 1), "tussen deze rijen staan opmerkingen", "zet ze eerst onder elkaar: responsief format"
            )
            return
        texts = []
        for at, number in enumerate(self.read.sheet.numbers):
            if number in self.inside and number is not None:
                row = rows.parts[number - 1]
                texts.append(self.editor.applied(row.start, row.end, self.inside[number]))
            else:
                texts.append(self.made(at))
        self.editor.edits.append((rows.parts[0].start, rows.parts[-1].end, ", ".join(texts)))

    def on_lines(self, rows: Part) -> None:
        """Each row takes its own lines along, with what stands above it; a removed row leaves its comments."""
        assert rows.key is not None
        editor = self.editor
        first = start = editor.line_end(rows.key.end)
        blocks: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows.parts, 1):
            blocks[number] = (start, editor.after(row))
            start = blocks[number][1]
        kept = {n for n in self.read.sheet.numbers if n is not None and n in self.inside}
        left: dict[int, str] = {}  # comments above removed rows, for the row behind them
        pending = ""
        for number, (low, _) in blocks.items():
            if number in kept:
                left[number], pending = pending, ""
            else:
                pending += editor.text[low : editor.line_start(self.dash(rows.parts[number - 1]))]
        pad = " " * rows.parts[0].column
        texts = []
        for at, old in enumerate(self.read.sheet.numbers):
            if old in kept and old is not None:
                low, high = blocks[old]
                text = left[old] + editor.applied(low, high, self.inside[old])
                texts.append(text if text.endswith("\n") else text + editor.end)
            else:
                texts.append(f"{pad}- {self.made(at)}{editor.end}")
        editor.edits.append((first, start, "".join(texts) + pending))

    def dash(self, row: Part) -> int:
        """Where a row begins: at its dash, which may stand on a line above its first key."""
        column = row.column
        start = self.editor.line_start(row.start)
        while self.editor.text[start + column : start + column + 1] != "-":
            start = self.editor.line_start(start - 1)
        return start + column


def _write_figures(editor: _Editor, root: Part, read: Read) -> None:
    if not read.figures:
        return
    figures = child(root, "bedragen")
    parts = {f.name: p for f, p in _dated(figures)} if figures is not None else {}
    days = {p.key.value for part in parts.values() for p in _values(part).parts if p.key is not None}
    for missing in sorted(days - {*read.days}):
        editor.wrong(f"blad «{FIGURES}»", f"de kolom «{missing}» is weg", "zet haar terug, en maak cellen leeg die weg mogen")
    for one in read.figures:
        part = parts.pop(one.name, None)
        if part is None:
            what = f"«{one.name}» is geen bedrag van deze regelset (of staat hier twee keer)"
            editor.wrong(cell_name(FIGURES, one.line, 1), what, f"een bedrag toevoegen: {_IN_YAML}")
        else:
            _write_figure(editor, part, one, read.days)
    for name in parts:
        editor.wrong(f"blad «{FIGURES}»", f"de rij van «{name}» is weg", f"zet haar terug; een bedrag weghalen: {_IN_YAML}")


def _dated(figures: Part) -> list[tuple[ReadFigure, Part]]:
    found = []
    for part in figures.parts:
        figure = figure_of(part)
        if figure is not None:
            found.append((ReadFigure(0, figure.name, figure.source, figure.until, dict(figure.values)), part))
    return found


def _values(figure: Part) -> Part:
    found = child(figure, "waarden")
    assert found is not None
    return found


def _write_figure(editor: _Editor, figure: Part, one: ReadFigure, days: tuple[str, ...]) -> None:
    editor.key(figure, "bron", one.source, cell_name(FIGURES, one.line, 3))
    editor.key(figure, "tot", one.until, cell_name(FIGURES, one.line, 4))
    values = _values(figure)
    present = {p.key.value: p for p in values.parts if p.key is not None}
    for column, day in sorted(enumerate(days, len(FIGURE_HEAD) + 1), key=lambda pair: pair[1]):
        new, where = one.values[day], cell_name(FIGURES, one.line, column)
        entry = present.get(day)
        if entry is not None and new:
            value = value_of(entry)
            if text_of(value.node) != new:
                editor.figures.append(f"{one.name} vanaf {day}")
            editor.change(value, new, where, flow=values.flow if value is entry else entry.flow)
        elif entry is not None:
            editor.remove(values, entry, where)
        elif new:
            editor.figures.append(f"{one.name} vanaf {day}")
            _add_value(editor, values, day, new)


def _add_value(editor: _Editor, values: Part, day: str, new: str) -> None:
    written = f"{day}: {on_one_line(new, flow=values.flow)}"
    before = [p for p in values.parts if p.key is not None and p.key.value < day]
    if values.flow:
        at = before[-1].end if before else values.parts[0].start
        editor.edits.append((at, at, f", {written}" if before else f"{written}, "))
    else:
        at = editor.after(before[-1]) if before else editor.line_start(values.parts[0].start)
        editor.edits.append((at, at, editor.as_lines(at, " " * values.parts[0].column + written)))


# --- a place in the result, on its sheet -------------------------------------------------------------------------------


def place_in(document: Document, read: Read, span: Span) -> str:
    """The sheet and cell of a finding on the result; empty when it is about something else."""
    root = parts_of(document)
    tables = dict(tables_in(root))
    for one in read.sheets:
        part = tables.get(one.sheet.name)
        rows = child(part, "rijen") if part is not None else None
        columns = child(part, "kolommen") if part is not None else None
        if part is None or rows is None or columns is None:
            continue
        for row, key in ((2, "treffer"), (3, "samen"), (4, "anders")):
            if (found := child(part, key)) is not None and _holds(found, span):
                return cell_name(one.title, row, 2)
        for number, expression in enumerate(columns.parts, 2):
            if _holds(expression, span):
                return cell_name(one.title, HEAD_ROWS, number)
        for line, row_part in zip(one.lines, rows.parts, strict=False):
            result = child(row_part, "dan")
            for number, cell in enumerate([*cells_of(row_part), *([result] if result is not None else [])], 2):
                if _holds(cell, span):
                    return cell_name(one.title, line, number)
            if _holds(row_part, span):
                return f"blad «{one.title}», rij {line}"
        if part.key is not None and (span.line == part.key.line or _holds(part, span)):
            return f"blad «{one.title}»"
    figures = child(root, "bedragen")
    for figure, part in _dated(figures) if figures is not None else []:
        on_sheet = next((f for f in read.figures if f.name == figure.name), None)
        if on_sheet is None or not _holds(part, span):
            continue
        for column, day in enumerate(read.days, len(FIGURE_HEAD) + 1):
            entry = child(_values(part), day)
            if entry is not None and _holds(entry, span):
                return cell_name(FIGURES, on_sheet.line, column)
        return f"blad «{FIGURES}», rij {on_sheet.line}"
    return ""


def _holds(part: Part, span: Span) -> bool:
    return part.start <= span.source.index(span.line, span.column) < max(part.end, part.start + 1)
