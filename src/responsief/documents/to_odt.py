"""A page as an OpenDocument text: two XML files in a zip, with real headings and lists, in Dutch. Nothing to install."""

from __future__ import annotations

from datetime import date
from typing import Final

from responsief.documents.archive import EPOCH, packed
from responsief.documents.blocks import Page
from responsief.documents.shape import to_data
from responsief.documents.style import LOGO_TEXT, PLAIN, Style
from responsief.documents.templating import fill, shipped_file

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"
_PICTURE: Final = "Pictures/logo.png"
_HEIGHT: Final = 18  # mm


def to_odt(page: Page, style: Style = PLAIN, on: date | None = None) -> bytes:
    """The document. Its first part is `mimetype`, not compressed, as OpenDocument 1.3 part 2, 3.3 has it."""
    values: dict[str, object] = {
        **to_data(page),
        "logo": _PICTURE if style.logo else None,
        "logo_tekst": LOGO_TEXT,
        "hoogte": _HEIGHT,
        "breedte": round(_HEIGHT * style.logo.verhouding, 1) if style.logo else None,
        "gemaakt": f"{(on or EPOCH).isoformat()}T00:00:00",
        "mediatype": MEDIA_TYPE,
    }
    parts = [("mimetype", MEDIA_TYPE.encode()), ("styles.xml", shipped_file("odt/styles.xml").encode())]
    for name in ("content.xml", "meta.xml", "META-INF/manifest.xml"):
        parts.append((name, fill(f"odt/{name}.j2", values).encode()))
    if style.logo:
        parts.append((_PICTURE, style.logo.inhoud))
    return packed(parts, on, stored=frozenset({"mimetype"}))
