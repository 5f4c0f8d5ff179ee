"""A page as one HTML file that needs nothing from elsewhere: semantic, in Dutch, and good on paper (print CSS, A4)."""

from __future__ import annotations

from base64 import b64encode

from markupsafe import Markup

from responsief.documents.blocks import Page
from responsief.documents.shape import to_data
from responsief.documents.style import LOGO_TEXT, PLAIN, Style
from responsief.documents.templating import fill, shipped_file


def to_html(page: Page, style: Style = PLAIN) -> str:
    """The HTML text. Only the style sheets go in unescaped: ours, and a municipality's, which `read_style` checked."""
    logo = style.logo
    return fill(
        "document.html.j2",
        {
            **to_data(page),
            "css": Markup(shipped_file("document.css")),  # our own file
            "eigen_css": Markup(style.css) if style.css else None,  # checked: no «<», nothing from outside
            "logo": f"data:image/png;base64,{b64encode(logo.inhoud).decode()}" if logo else None,
            "logo_tekst": LOGO_TEXT,
        },
    )
