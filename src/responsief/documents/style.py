"""A municipality's own style: a folder with a style sheet, typst and Word templates, a logo and fonts. Checked when read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from responsief.diagnostics import Diagnostic, InvalidError, choose_from
from responsief.frozen import dataclass
from responsief.source import Source, Span

LOGO_TEXT: Final = "Logo van de gemeente"
FONTS: Final = "lettertypen"
MAX_BYTES: Final = 8 * 1024 * 1024  # a file of a style; a logo of more makes every letter as big
_TEXTS: Final = ("stijl.css", "brief.typ", "nota.typ")
_WORD: Final = ("brief.docx", "nota.docx")
_LOGO: Final = "logo.png"
_PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_KNOWN: Final = (*_TEXTS, *_WORD, _LOGO, FONTS)
_OUTSIDE: Final = re.compile(r"@import|url\(\s*['\"]?(?!['\"]?(?:data:|#))|image-set\(|src\(|<|\\", re.IGNORECASE)

_PACKAGE: Final = re.compile(r"\"@[\w-]+/")


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG picture, and how many times as wide as high it is."""

    inhoud: bytes
    verhouding: float


@dataclass(frozen=True, slots=True)
class Style:
    """What a municipality brings itself; everything that is absent is ours. `typst` and `docx` go by «brief» or «nota»."""

    css: str | None = None
    typst: Mapping[str, str] = field(default_factory=dict)
    docx: Mapping[str, bytes] = field(default_factory=dict)
    logo: Logo | None = None
    lettertypen: Path | None = None
    map: Path | None = None


PLAIN: Final = Style()


def read_style(folder: Path | str) -> Style:
    """The style in a folder. Raises InvalidError with every finding: a file that cannot be read or has no business there,
    a style sheet that fetches from outside, a logo that is no picture, and a template that doesn't set a sample letter
    (a typst template where typst is installed, a Word template where python-docx is)."""
    folder = Path(folder)
    found: list[Diagnostic] = []
    if not folder.is_dir():
        raise InvalidError(
            [_wrong(folder, "dit is geen map met een huisstijl", "geef een map met bijvoorbeeld stijl.css erin")]
        )
    texts: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name in ("README.md", "LEESMIJ.md", FONTS):
            continue
        if path.name not in _KNOWN:
            if path.suffix in (".typ", ".png", ".jpg", ".svg") and path.stem != "logo":
                continue  # what a template of theirs brings along
            hint = "sla het logo op als logo.png" if path.stem == "logo" else choose_from(path.name, _KNOWN)
            found.append(_wrong(path, f"«{path.name}» hoort niet in een huisstijl", hint))
            continue
        content = _read(path, found)
        if content is None:
            continue
        files[path.name] = content
        if path.name in _TEXTS:
            try:
                texts[path.name] = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                found.append(_wrong(path, "dit bestand is geen tekst in UTF-8", "sla het op als UTF-8"))
    found += _checked_css(folder / "stijl.css", texts.get("stijl.css", ""))
    for name in ("brief.typ", "nota.typ"):
        found += _checked_typst(folder / name, texts.get(name))
    logo = _logo(folder, files, found)
    fonts = folder / FONTS if (folder / FONTS).is_dir() else None
    style = Style(
        css=texts.get("stijl.css"),
        typst={name[:-4]: texts[name] for name in ("brief.typ", "nota.typ") if name in texts},
        docx={name[:-5]: files[name] for name in _WORD if name in files},
        logo=logo,
        lettertypen=fonts,
        map=folder,
    )
    if not found:
        found = _tried(style, folder)
    if found:
        raise InvalidError(found)
    return style


def _wrong(path: Path, text: str, hint: str | None) -> Diagnostic:
    return Diagnostic("stijl", text, Span(Source(path.as_posix(), ""), 1, 1), hint)


def _read(path: Path, found: list[Diagnostic]) -> bytes | None:
    try:
        if path.stat().st_size > MAX_BYTES:
            found.append(_wrong(path, "dit bestand is groter dan 8 MiB", "maak het kleiner"))
            return None
        return path.read_bytes()
    except OSError as failed:
        found.append(_wrong(path, f"dit bestand is niet te lezen: {failed.strerror}", "controleer de rechten"))
        return None


def _checked_css(path: Path, text: str) -> list[Diagnostic]:
    """A letter stands alone: nothing from outside, and nothing that could end the style sheet."""
    source = Source(path.as_posix(), text)
    found = []
    for number, line in enumerate(source.lines, 1):
        if match := _OUTSIDE.search(line):  # one a line is enough to go on
            why = (
                f"«{match[0]}» kan niet in stijl.css"
                if match[0] in "<\\"
                else "stijl.css haalt iets van buiten de brief op, en dan leest een ander mee"
            )
            hint = "haal het weg; zet het logo in logo.png en gebruik een lettertype dat de lezer al heeft"
            found.append(Diagnostic("stijl-css", why, Span(source, number, match.start() + 1, len(match[0])), hint))
    if text.count("{") != text.count("}"):
        found.append(_wrong(path, "in stijl.css zijn niet evenveel «{» als «}»", "sluit elke regel af met «}»"))
    return found


def _checked_typst(path: Path, text: str | None) -> list[Diagnostic]:
    """A template fetches nothing from outside, and shows that a concept is one."""
    if text is None:
        return []
    source, found = Source(path.as_posix(), text), []
    for number, line in enumerate(source.lines, 1):
        if match := _PACKAGE.search(line):
            hint = "zet wat u nodig heeft in deze map, en importeer het met zijn naam"
            why = "dit sjabloon haalt een pakket van buiten op"
            found.append(Diagnostic("stijl-typst", why, Span(source, number, match.start() + 1, len(match[0])), hint))
    if "concept" not in text and "zet(" not in text:
        hint = "laat «pagina.concept» zien, of gebruik «zet» uit document.typ: een inwoner mag een concept niet voor een besluit aanzien"
        found.append(Diagnostic("stijl-typst", "dit sjabloon laat niet zien dat het een concept is", Span(source, 1, 1), hint))
    return found


def _logo(folder: Path, files: Mapping[str, bytes], found: list[Diagnostic]) -> Logo | None:
    picture = files.get(_LOGO)
    if picture is None:
        return None
    width, height = int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])
    if not picture.startswith(_PNG) or not width or not height:
        found.append(_wrong(folder / _LOGO, "dit is geen PNG-plaatje", "sla het logo opnieuw op als logo.png"))
        return None
    return Logo(picture, width / height)


def _tried(style: Style, folder: Path) -> list[Diagnostic]:
    """Set a sample with each template, and gather what goes wrong."""
    from responsief.documents.extras import MissingExtraError
    from responsief.documents.sample import SAMPLE  # late: only a style of one's own needs it
    from responsief.documents.to_docx import to_docx
    from responsief.documents.to_pdf import to_pdf

    found: list[Diagnostic] = []
    for page in SAMPLE:
        tries = [to_pdf] if page.soort in style.typst or style.logo else []
        tries += [to_docx] if page.soort in style.docx or style.logo else []
        for make in tries:
            try:
                make(page, style)
            except MissingExtraError:
                continue  # who needs that format hears what to install
            except InvalidError as wrong:
                found += wrong.diagnostics
    return found
