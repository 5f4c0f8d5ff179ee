"""A page as PDF, set by typst: tagged for screen readers (PDF/UA-1), in Dutch. The extra `pdf`.

The words travel as JSON in `sys.inputs`, and typst shows strings as they are: no text can become markup.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any

from responsief.diagnostics import Diagnostic, InvalidError
from responsief.documents.archive import EPOCH
from responsief.documents.blocks import Page
from responsief.documents.extras import need
from responsief.documents.shape import to_data
from responsief.documents.style import LOGO_TEXT, PLAIN, Style
from responsief.documents.templating import FOLDER, shipped_file
from responsief.source import Source, Span

_NO_GLYPH = "could not be displayed"


def to_pdf(page: Page, style: Style = PLAIN, on: date | None = None) -> bytes:
    """The PDF. Raises MissingExtraError without typst, InvalidError when a municipality's own template doesn't work.

    PDF/UA forbids a character that no font on this machine can draw. Such a letter is made all the same, tagged, without the
    claim: `claims_access` says whether it is there, and fonts in the style's `lettertypen` bring it back.
    """
    made: bytes
    typst = need("typst", "PDF", "typst", "pdf")
    try:
        made = _compile(page, style, on, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError as wrong:
        if _NO_GLYPH not in wrong.message:
            raise _invalid(wrong, style, page.soort) from None
        try:
            made = _compile(page, style, on, format="pdf")
        except typst.TypstError as still:
            raise _invalid(still, style, page.soort) from None
    return made


def claims_access(pdf: bytes) -> bool:
    """Does a PDF of `to_pdf` say that it is PDF/UA-1?"""
    return b"<pdfuaid:part>1<" in pdf


def to_pictures(page: Page, style: Style = PLAIN, *, dots: int = 80) -> list[bytes]:
    """The same pages as PNG pictures, `dots` per inch: to look at."""
    made = _compile(page, style, None, format="png", ppi=float(dots))
    return made if isinstance(made, list) else [made]


def _compile(page: Page, style: Style, on: date | None, **options: Any) -> Any:
    typst = need("typst", "PDF", "typst", "pdf")
    own = style.typst.get(page.soort)
    files = {"main.typ": (own or shipped_file("document.typ")).encode(), "document.typ": shipped_file("document.typ").encode()}
    data = {**to_data(page), "logo": None, "logo_tekst": LOGO_TEXT}
    if style.logo is not None:
        data["logo"] = "/logo.png"  # from the root: typst takes only text from memory
    day = on or EPOCH
    return typst.compile(
        files,
        root=str(style.map or FOLDER),
        font_paths=[str(style.lettertypen)] if style.lettertypen else [],
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        timestamp=datetime(day.year, day.month, day.day, tzinfo=UTC),
        **options,
    )


def _invalid(wrong: Any, style: Style, kind: str) -> Exception:
    """What typst says about a municipality's own template, at its line and column. Our own template is never wrong."""
    text = style.typst.get(kind)
    if text is None and style.logo is None:
        return RuntimeError(str(wrong))
    if text is None:
        place = Span(Source(((style.map or FOLDER) / "logo.png").as_posix(), ""), 1, 1)
        return InvalidError(
            [Diagnostic("stijl", f"typst kan dit logo niet lezen: {wrong.message}", place, "sla het opnieuw op")]
        )
    name = f"{kind}.typ"
    source = Source((style.map / name).as_posix() if style.map else name, text)
    found = re.search(r"main\.typ:(\d+):(\d+)", wrong.diagnostic)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    finding = Diagnostic(
        "stijl-typst",
        f"typst kan dit sjabloon niet zetten: {wrong.message}",
        Span(source, line, column),
        "; ".join(wrong.hints) or "vergelijk met docs/documenten.md, of haal het bestand weg: dan geldt het gewone sjabloon",
    )
    return InvalidError([finding])
