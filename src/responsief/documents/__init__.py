"""A letter or note as a document: HTML, PDF, DOCX, ODT or text, all from the blocks of the one plain text.

`render(decision.motivering.brief, "pdf")` gives the bytes of a file. The words are those of `motivation`; here is only shape.
PDF needs the extra `pdf`, DOCX the extra `docx`; without it MissingExtraError says what to install.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, assert_never

from responsief.documents.blocks import Kind, Page, read_blocks, to_text
from responsief.documents.extras import MissingExtraError
from responsief.documents.style import PLAIN, Style, read_style

__all__ = [
    "FORMS",
    "PLAIN",
    "Form",
    "Kind",
    "MissingExtraError",
    "Page",
    "Style",
    "read_blocks",
    "read_style",
    "render",
    "to_text",
]

Form = Literal["html", "pdf", "docx", "odt", "txt"]
FORMS: Final[tuple[Form, ...]] = ("html", "pdf", "docx", "odt", "txt")


def render(text: str, form: Form, *, kind: Kind = "brief", style: Style = PLAIN, on: date | None = None) -> bytes:
    """The bytes of a document with these words: a letter (`kind="brief"`) or note (`kind="nota"`) of `motivation.texts`.

    `on` is the day that the file says it was made (nothing here reads a clock: the same input gives the same bytes). `style` is a
    municipality's own, from `read_style`. Raises MissingExtraError when a package is not installed, and InvalidError when a
    template of the style doesn't fit this page.
    """
    page = read_blocks(text, kind)
    match form:  # late: each of these loads a library
        case "html":
            from responsief.documents.to_html import to_html

            return to_html(page, style).encode()
        case "pdf":
            from responsief.documents.to_pdf import to_pdf

            return to_pdf(page, style, on)
        case "docx":
            from responsief.documents.to_docx import to_docx

            return to_docx(page, style, on)
        case "odt":
            from responsief.documents.to_odt import to_odt

            return to_odt(page, style, on)
        case "txt":
            return to_text(page).encode()
        case _:
            assert_never(form)
