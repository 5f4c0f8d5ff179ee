"""A page as a Word document, with real headings and lists, in Dutch: for an official who edits it. The extra `docx`.

A municipality's own `brief.docx` or `nota.docx` brings styles, header, footer and margins. The page comes where a paragraph says
«[inhoud]», else at the end. python-docx rather than docxtpl: the blocks need no template language, so one dependency fewer.
"""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.documents.archive import EPOCH, repacked
from responsief.documents.blocks import Details, Heading, Inset, Item, Line, Listing, Page, Paragraph, Points, Run
from responsief.documents.extras import need
from responsief.documents.style import LOGO_TEXT, PLAIN, Style
from responsief.source import Source, Span

CONTENT: Final = "[inhoud]"
_COLOUR: Final = "154273"
_NEEDED: Final = {"Heading 1": "Kop 1", "List Bullet": "Lijst opsom.teken", "List Number": "Lijstnummering"}
_MARK: Final = {"plek": "FFF3BF"}
_LABELS: Final = 30  # mm: the column of labels is at least as wide as this


def to_docx(page: Page, style: Style = PLAIN, on: date | None = None) -> bytes:
    """The document. Raises MissingExtraError without python-docx, InvalidError when a municipality's own file doesn't fit."""
    need("docx", "DOCX", "python-docx", "docx")
    own = style.docx.get(page.soort)
    writer = _Writer(_opened(own, style, page.soort) if own else _plain(), own is not None)
    writer.write(page, style)
    core = writer.document.core_properties
    core.title, core.language, core.author, core.comments = page.onderwerp, "nl-NL", "", ""
    day = on or EPOCH
    core.created = core.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)
    whole = BytesIO()
    writer.document.save(whole)
    return repacked(whole.getvalue(), on)


def _opened(own: bytes, style: Style, kind: str) -> Any:
    from docx import Document

    place = Span(Source(((style.map or Path()) / f"{kind}.docx").as_posix(), ""), 1, 1)
    try:
        document = Document(BytesIO(own))
    except (ValueError, KeyError, OSError, SyntaxError, zipfile.BadZipFile):  # lxml's errors are SyntaxErrors
        raise InvalidError(
            [Diagnostic("stijl-docx", "dit is geen Word-document (.docx)", place, "sla het in Word op als .docx")]
        ) from None
    names = {one.name for one in document.styles}
    missing = [f"«{name}» ({dutch})" for name, dutch in _NEEDED.items() if name not in names]
    if missing:
        hint = "gebruik dit opmaakprofiel één keer in Word, haal die tekst weer weg en sla op: dan blijft het erin staan"
        raise InvalidError([Diagnostic("stijl-docx", f"opmaakprofiel ontbreekt: {', '.join(missing)}", place, hint)])
    return document


def _plain() -> Any:
    """A4, a readable letter, margins of 25 mm and the page numbers below."""
    from docx import Document
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(24)
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, "Verdana")
    normal.font.size = Pt(9.5)
    normal.paragraph_format.space_after = Pt(2)
    normal.paragraph_format.line_spacing = 1.25
    for name, size, before in (("Title", 16, 0), ("Heading 1", 11.5, 16), ("Heading 2", 11.5, 16)):
        heading = styles[name]
        _font(heading, "Verdana")
        heading.font.size, heading.font.bold = Pt(size), True
        heading.font.color.rgb = RGBColor.from_string(_COLOUR)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(before), Pt(4)
        heading.paragraph_format.keep_with_next = True
    for name in ("List Bullet", "List Number", "List Bullet 2", "List Continue"):  # of a list with room between its items
        for close in styles[name].element.xpath("./w:pPr/w:contextualSpacing"):
            close.getparent().remove(close)
    for border in styles["Title"].element.xpath(".//w:pBdr"):
        border.getparent().remove(border)
    _numbered(section.footer.paragraphs[0])
    return document


def _font(style: Any, name: str) -> None:
    """A font for every script: a style of Word's own names a font of the theme, which would win."""
    from docx.oxml.ns import qn

    style.font.name = name
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), name)


def _numbered(paragraph: Any) -> None:
    """«Pagina 1 van 3», as fields."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in (("Pagina ", "PAGE"), (" van ", "NUMPAGES")):
        paragraph.add_run(text).font.size = Pt(8)
        shown = _element("w:fldSimple", instr=field)
        paragraph._p.append(shown)
        number = paragraph.add_run("1")
        number.font.size = Pt(8)
        shown.append(number._r)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


class _Writer:
    """Writes blocks at one place of a document."""

    def __init__(self, document: Any, own: bool) -> None:
        self.document, self.own = document, own
        self.names = {style.name for style in document.styles}
        self.before = next((p for p in document.paragraphs if p.text.strip() == CONTENT), None)
        language = _element("w:lang", val="nl-NL", eastAsia="nl-NL", bidi="nl-NL")
        properties = document.styles["Normal"].element.get_or_add_rPr()
        for old in properties.xpath("./w:lang"):
            properties.remove(old)
        properties.append(language)

    def write(self, page: Page, style: Style) -> None:
        if page.concept:
            self.framed([(Run(page.concept),)], "7A2000", None, centred=True)
        if style.logo is not None and not self.own:  # a file of their own has its own logo
            self.logo(style)
        if page.afzender:
            self.sender(page.afzender)
        if page.titel:
            self.add("Title" if "Title" in self.names else "Heading 1").add_run(page.titel)
        if page.gegevens:
            self.rows(page.gegevens, boxed=False)
        for block, following in zip_longest(page.blokken, page.blokken[1:]):
            match block:
                case Heading():
                    level = "Heading 1" if not page.titel or "Heading 2" not in self.names else "Heading 2"
                    self.add(level).add_run(block.tekst)
                case Paragraph():
                    made = self.paragraph(block.regels, before=8 if block.los else 0)
                    made.paragraph_format.keep_with_next = (following is not None and not following.los) or None
                case Details():
                    self.rows(block, boxed=True)
                case Inset():
                    self.paragraph(block.regels, before=8 if block.los else 0, indent=9)
                case Listing():
                    self.listing(block)
        if self.before is not None:
            self.before._p.getparent().remove(self.before._p)

    def add(self, style: str) -> Any:
        if self.before is not None:
            return self.before.insert_paragraph_before(style=style)
        return self.document.add_paragraph(style=style)

    def logo(self, style: Style) -> None:
        from docx.shared import Mm, Pt

        assert style.logo is not None
        made = self.add("Normal")
        made.paragraph_format.space_after = Pt(14)
        try:
            shape = made.add_run().add_picture(BytesIO(style.logo.inhoud), height=Mm(18))
        except Exception:  # a broken picture breaks python-docx in many ways
            place = Span(Source(((style.map or Path()) / "logo.png").as_posix(), ""), 1, 1)
            text = "python-docx kan dit logo niet lezen"
            raise InvalidError([Diagnostic("stijl", text, place, "sla het opnieuw op")]) from None
        shape._inline.docPr.set("descr", LOGO_TEXT)

    def sender(self, lines: tuple[Line, ...]) -> None:
        from docx.shared import Pt, RGBColor

        made = self.paragraph(lines, after=24)
        for run in made.runs[: len(lines[0])]:
            run.font.size, run.font.bold = Pt(12), True
            if not self.own:
                run.font.color.rgb = RGBColor.from_string(_COLOUR)

    def paragraph(self, lines: tuple[Line, ...], *, before: int = 0, after: int = 2, indent: int = 0) -> Any:
        from docx.shared import Mm, Pt

        made = self.add("Normal")
        self.lines(made, lines)
        made.paragraph_format.space_before, made.paragraph_format.space_after = Pt(before), Pt(after)
        if indent:
            made.paragraph_format.left_indent = Mm(indent)
        return made

    def lines(self, paragraph: Any, lines: tuple[Line, ...] | list[Line]) -> None:
        for number, line in enumerate(lines):
            if number:
                paragraph.add_run().add_break()
            for run in line:
                written = paragraph.add_run(run.tekst)
                written.bold = True if run.soort == "label" else None
                if run.soort in _MARK:
                    written._r.get_or_add_rPr().append(_element("w:shd", val="clear", color="auto", fill=_MARK[run.soort]))

    def framed(self, lines: list[Line], colour: str, fill: str | None, *, centred: bool = False) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt, RGBColor

        made = self.add("Normal")
        self.lines(made, lines)
        sides = _element("w:pBdr")
        for side in ("top", "left", "bottom", "right"):
            sides.append(_element(f"w:{side}", val="single", sz="8", space="4", color=colour))
        _properties(made, sides, fill)
        made.paragraph_format.space_after = Pt(18)
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else None
        for run in made.runs:
            run.font.bold, run.font.color.rgb = True, RGBColor.from_string(colour)

    def rows(self, details: Details, *, boxed: bool) -> None:
        """A paragraph a row, its words behind a tab: no table, so that a screen reader reads it in one go."""
        from docx.shared import Mm, Pt

        last = len(details.rijen) - 1
        width = max(_LABELS, *(round(2.2 * len(label)) for label, _ in details.rijen))
        for number, (label, line) in enumerate(details.rijen):
            made = self.add("Normal")
            made.add_run(label).bold = True
            made.add_run("\t")
            self.lines(made, (line,))
            shape = made.paragraph_format
            shape.left_indent, shape.first_line_indent = Mm(width + 3 * boxed), Mm(-width)
            shape.tab_stops.add_tab_stop(Mm(width + 3 * boxed))
            shape.space_before = Pt(10 if boxed and not number else 0)
            shape.space_after = Pt(10 if boxed else 18) if number == last else Pt(0 if boxed else 2)
            if boxed:
                sides = _element("w:pBdr")
                sides.append(_element("w:left", val="single", sz="24", space="6", color=_COLOUR))
                _properties(made, sides, "EEF3F8")

    def listing(self, listing: Listing) -> None:
        from docx.shared import Mm, Pt

        start = int(listing.punten[0].nummer or 1)
        numbering = self.numbering(start) if listing.genummerd else None
        for number, item in enumerate(listing.punten):
            first, rest = _split(item)
            made = self.add("List Number" if listing.genummerd else "List Bullet")
            self.lines(made, first)
            made.paragraph_format.space_before = Pt(8 if (item.los if number else listing.los) else 1)
            made.paragraph_format.space_after = Pt(1)
            if numbering is not None:
                properties = made._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = 0, numbering
            for part in rest:
                if isinstance(part, Points):
                    for line in part.regels:
                        self.question(line)
                else:
                    made = self.add("List Continue" if "List Continue" in self.names else "Normal")
                    self.lines(made, part)
                    made.paragraph_format.left_indent, made.paragraph_format.space_after = Mm(6.35), Pt(1)

    def question(self, line: Line) -> None:
        from docx.shared import Mm, Pt

        made = self.add("List Bullet 2" if "List Bullet 2" in self.names else "List Bullet")
        self.lines(made, (line,))
        made.paragraph_format.space_after = Pt(1)
        if "List Bullet 2" not in self.names:
            made.paragraph_format.left_indent = Mm(15)

    def numbering(self, start: int) -> int | None:
        """A numbering of its own, that begins at `start`: Word would count on from the list before."""
        from docx.oxml.ns import qn

        found = self.document.styles["List Number"].element.xpath("./w:pPr/w:numPr/w:numId")
        if not found:
            return None
        numbering = self.document.part.numbering_part.element
        kind = numbering.num_having_numId(int(found[0].get(qn("w:val")))).abstractNumId.val
        made = numbering.add_num(kind)
        made.add_lvlOverride(0).add_startOverride(start)
        return int(made.numId)


def _split(item: Item) -> tuple[tuple[Line, ...], list[tuple[Line, ...] | Points]]:
    """The lines that stand behind the sign, and what follows: questions, and lines after them."""
    groups: list[list[Line] | Points] = []
    for part in item.inhoud:
        if isinstance(part, Points):
            groups.append(part)
        elif groups and isinstance(groups[-1], list):
            groups[-1].append(part)
        else:
            groups.append([part])
    made = [tuple(group) if isinstance(group, list) else group for group in groups]
    first = made[0]
    return (first, made[1:]) if isinstance(first, tuple) else ((), made)


def _properties(paragraph: Any, sides: Any, fill: str | None) -> None:
    """Borders and shade, where the schema wants them among a paragraph's properties."""
    properties = paragraph._p.get_or_add_pPr()
    following = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    properties.insert_element_before(sides, *following)
    if fill:
        properties.insert_element_before(_element("w:shd", val="clear", color="auto", fill=fill), *following[1:])
