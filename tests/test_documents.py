"""Letter and note as files: the same words in every format, no text that becomes markup, tagged PDF, a style of one's own.

Pictures to look at land in build/documents. Chromium and LibreOffice make more of them where they are installed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
import zipfile
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from programs import program
from responsief.cli import group
from responsief.cli.saving import save
from responsief.diagnostics import InvalidError
from responsief.documents import FORMS, MissingExtraError, read_blocks, read_style, render, to_text
from responsief.documents.blocks import Details, Heading, Inset, Listing, Page, Paragraph, Points, clean, words
from responsief.documents.sample import SAMPLE
from responsief.documents.to_html import to_html
from responsief.documents.to_pdf import claims_access, to_pictures

ROOT = Path(__file__).parents[1]
GOLDEN = sorted((ROOT / "tests" / "golden").glob("*.txt"))
LETTER = (ROOT / "tests" / "golden" / "afgewezen_artikel_16.brief.txt").read_text(encoding="utf-8")
NOTE = (ROOT / "tests" / "golden" / "afgewezen_artikel_16.nota.txt").read_text(encoding="utf-8")
PICTURES = ROOT / "build" / "documents"
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "</p></main></body>",
    "{{ 7919 * 7907 }}{% raw %}",
    '#eval("1") *vet* _schuin_ $x^2$ @bron <label> \\ //',
    "&lt;b&gt; &amp; ]]> <!-- -->",
    "\x00\x07\x1b[31m \ufffe",
    "\u202eomgekeerd\u202c",
    "[vul in: alles] [vul in: [binnen]]",
    "- punt",
    "1. nummer",
    "---",
    "CONCEPT",
    "Label: waarde",
    "漢字 🙂 e\u0301",
]


def kind_of(path):
    return path.name.split(".")[1]


def lines_of(page: Page) -> list[str]:
    """What a reader reads, line by line: without the signs of lists and the lines under headings."""
    found = [page.concept] if page.concept else []  # a document shows this above everything
    found += [words(line) for line in page.afzender] + ([page.titel] if page.titel else [])
    for block in ([page.gegevens] if page.gegevens else []) + list(page.blokken):
        match block:
            case Heading():
                found.append(block.tekst)
            case Paragraph() | Inset():
                found += [words(line) for line in block.regels]
            case Details():
                found += [f"{label} {words(line)}" for label, line in block.rijen]
            case Listing():
                for item in block.punten:
                    for part in item.inhoud:
                        found += [words(line) for line in part.regels] if isinstance(part, Points) else [words(part)]
    return found


def squeezed(text):
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))  # «ﬃ» is three letters


def in_order(lines, text):
    """Is every line in the text, one after the other? White space aside."""
    text, at = squeezed(text), 0
    for line in map(squeezed, lines):
        found = text.find(line, at)
        if found < 0:
            return line
        at = found + len(line)
    return None


class Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text, self.attributes, self.open = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *one) for one in attrs]
        if tag not in ("meta", "br", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open and "title" not in self.open:
            self.text.append(data)


def parsed(html):
    seen = Seen()
    seen.feed(html)
    seen.close()
    assert seen.open == []
    return seen


def docx_text(content):
    return "\n".join(p.text for p in Document(BytesIO(content)).paragraphs)


def odt_text(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return "".join(ElementTree.fromstring(archive.read("content.xml")).itertext())


# --- blocks ----------------------------------------------------------------------------------------------------------

LINE = st.one_of(
    st.sampled_from(
        ["- punt", "1. een", "2. twee", "  vervolg", "   * vraag", "  * vraag", "Kop", "---", "Label: a", "x", *HOSTILE]
    ),
    st.text(max_size=12),
)


@given(st.lists(st.one_of(LINE, st.just("")), max_size=14), st.sampled_from(["brief", "nota"]))
def test_reading_never_fails_and_the_text_comes_back_word_for_word(lines, kind):
    text = "\n".join(lines)
    assert to_text(read_blocks(text, kind)) == clean(text)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_every_letter_and_note_has_its_shape_and_gives_its_text_back(path):
    text = path.read_text(encoding="utf-8")
    page = read_blocks(text, kind_of(path))
    assert to_text(page) == text
    assert page.concept
    assert page.concept.startswith("CONCEPT")
    assert bool(page.afzender) is (page.soort == "brief")
    assert page.gegevens is not None
    assert sum(isinstance(block, Heading) for block in page.blokken) >= 2
    places = sum(run.tekst.count("[") for block in page.blokken if isinstance(block, Paragraph) for line in block.regels
                 for run in line if run.soort == "gewoon" and run.tekst.startswith(("[vul in", "[nog in")))  # fmt: skip
    assert places == 0, "a marked place was read as ordinary words"


def test_help_with_blank_lines_between_is_one_list_that_counts_on():
    page = read_blocks(LETTER, "brief")
    numbered = [b for b in page.blokken if isinstance(b, Listing) and b.genummerd]
    assert [[item.nummer for item in one.punten] for one in numbered] == [["1", "2"], ["1", "2"], ["3", "4"], ["1", "2"]]
    assert [item.los for item in numbered[-1].punten] == [True, True]
    kern = next(b for b in page.blokken if isinstance(b, Details))
    assert [label for label, _ in kern.rijen][:2] == ["Besluit:", "Geld:"]


# --- every format ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.stem)
def test_every_format_has_every_word_in_its_order(path):
    text, kind = path.read_text(encoding="utf-8"), kind_of(path)
    lines = lines_of(read_blocks(text, kind))
    assert in_order(lines, "".join(parsed(render(text, "html", kind=kind).decode()).text)) is None
    assert in_order(lines, docx_text(render(text, "docx", kind=kind))) is None
    assert in_order(lines, odt_text(render(text, "odt", kind=kind))) is None
    assert render(text, "txt", kind=kind).decode() == text
    pages = PdfReader(BytesIO(render(text, "pdf", kind=kind))).pages
    drawn = squeezed("".join(page.extract_text() for page in pages))
    for line in lines:
        for word in line.split():
            assert word in drawn, word


@pytest.mark.parametrize("form", FORMS)
def test_the_same_input_gives_the_same_bytes(form):
    first = render(LETTER, form, on=date(2026, 3, 2))
    assert first == render(LETTER, form, on=date(2026, 3, 2))


@settings(max_examples=25)
@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map(" ".join))
def test_no_word_of_a_client_becomes_markup(woorden):
    def said(what):
        return LETTER.replace("Op 13 maart moeten wij ons huis uit.", what)

    page = read_blocks(said("x " + woorden + " x"), "brief")
    shown, plain_one = parsed(to_html(page)), parsed(to_html(read_blocks(said("x"), "brief")))
    marks = shown.tags.count("mark") - plain_one.tags.count("mark")
    assert [tag for tag in shown.tags if tag != "mark"] == [tag for tag in plain_one.tags if tag != "mark"]
    assert marks == woorden.count("[vul in: alles]")
    assert squeezed(clean(woorden)) in squeezed("".join(shown.text))
    for form, read in (("docx", docx_text), ("odt", odt_text)):
        assert squeezed(clean(woorden)) in squeezed(read(render(to_text(page), form)))
    assert render(to_text(page), "pdf").startswith(b"%PDF")


def test_html_stands_alone_is_dutch_and_is_made_for_paper():
    html = render(LETTER, "html").decode()
    seen = parsed(html)
    assert ("html", "lang", "nl") in seen.attributes
    assert "<title>u krijgt geen algemene bijstand</title>" in html
    assert seen.tags.count("h1") == 1
    assert {"main", "header", "address", "dl", "ol", "ul", "mark"} <= set(seen.tags)
    assert not {"script", "link", "iframe", "object"} & set(seen.tags)
    assert "http" not in html
    assert "url(" not in html
    assert "@page" in html
    assert "size: A4" in html


# --- PDF ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "kind"), [(LETTER, "brief"), (NOTE, "nota")])
def test_a_pdf_is_tagged_for_screen_readers_and_says_that_it_is_dutch(text, kind):
    content = render(text, "pdf", kind=kind, on=date(2026, 3, 2))
    reader = PdfReader(BytesIO(content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # a PDF boolean
    assert root["/Lang"] in ("nl", "nl-NL")
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert reader.metadata.title == read_blocks(text, kind).onderwerp
    roles = set()

    def walk(node, depth=0):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child, depth)
        elif isinstance(node, dict) and depth < 40:
            roles.add(str(node.get("/S")))
            if "/K" in node:
                walk(node["/K"], depth + 1)

    walk(root["/StructTreeRoot"])
    assert {"/H1", "/P", "/L", "/LI"} <= roles
    assert all(abs(float(page.mediabox.width) - 595.28) < 1 for page in reader.pages)


def test_a_sign_that_no_font_has_costs_the_claim_and_not_the_letter(tmp_path):
    strange = LETTER.replace("mevrouw El Idrissi", "mevrouw \U0001e900")
    content = render(strange, "pdf")
    assert claims_access(render(LETTER, "pdf"))
    assert not claims_access(content)
    assert PdfReader(BytesIO(content)).trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712
    sender = tmp_path / "afzender.yaml"
    sender.write_text("naam_client: mevrouw \U0001e900\n", encoding="utf-8")
    result = run(*EURO, "--sender", str(sender), "--to", str(tmp_path / "brief.pdf"))
    assert result.exit_code == 0
    assert "lettertypen" in result.output


# --- Word and OpenDocument ---------------------------------------------------------------------------------------------------


def test_a_word_document_has_real_headings_and_lists_that_start_where_they_should():
    document = Document(BytesIO(render(LETTER, "docx", on=date(2026, 3, 2))))
    assert document.core_properties.title == "u krijgt geen algemene bijstand"
    assert document.core_properties.language == "nl-NL"
    assert document.core_properties.created.date() == date(2026, 3, 2)
    styles = [p.style.name for p in document.paragraphs]
    assert styles.count("Heading 1") == LETTER.count("\n---")
    assert {"List Bullet", "List Number", "List Bullet 2"} <= set(styles)
    starts = [
        one.get(one.nsmap["w"].join("{}") + "val") for one in document.part.numbering_part.element.xpath("//w:startOverride")
    ]
    assert starts == ["1", "1", "3", "1"]
    assert not document.tables


def test_an_open_document_has_its_mimetype_first_and_uncompressed_and_only_styles_that_are_there():
    content = render(NOTE, "odt", kind="nota")
    with zipfile.ZipFile(BytesIO(content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert content[38:].startswith(b"application/vnd.oasis.opendocument.text")
        body, styles = archive.read("content.xml").decode(), archive.read("styles.xml").decode()
        assert ElementTree.fromstring(archive.read("META-INF/manifest.xml")) is not None
    used = set(re.findall(r'text:style-name="([^"]+)"', body + odt_body(LETTER)))
    assert used <= set(re.findall(r'style:name="([^"]+)"', styles))
    assert 'fo:language="nl"' in styles


def odt_body(text):
    with zipfile.ZipFile(BytesIO(render(text, "odt"))) as archive:
        return archive.read("content.xml").decode()


# --- a municipality's own style ------------------------------------------------------------------------------------------------


def png(width=40, height=20):
    import struct
    import zlib

    def part(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + b"\x00\x81\x1f" * width for _ in range(height))
    head = part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


@pytest.fixture
def house(tmp_path):
    folder = tmp_path / "huisstijl"
    folder.mkdir()
    (folder / "stijl.css").write_text(":root { --kleur: #00811f; }\n", encoding="utf-8")
    (folder / "logo.png").write_bytes(png())
    (folder / "brief.typ").write_text(
        '#import "document.typ": zet, pagina\n#zet(pagina, kleur: rgb("#00811f"))\n', encoding="utf-8"
    )
    own = Document()
    own.sections[0].header.paragraphs[0].text = "Gemeente Voorbeeld"
    own.add_paragraph("Boven")
    own.add_paragraph("[inhoud]")
    own.add_paragraph("Onder")
    own.save(folder / "brief.docx")
    return folder


def test_a_style_of_ones_own_is_in_every_format(house):
    style = read_style(house)
    html = render(LETTER, "html", style=style).decode()
    assert "--kleur: #00811f" in html
    assert 'src="data:image/png;base64,' in html
    assert 'alt="Logo van de gemeente"' in html
    own, plain_one = (PdfReader(BytesIO(render(LETTER, "pdf", style=one))) for one in (style, read_style_of_nothing(house)))
    assert len(own.pages[0].images) == 1
    assert not plain_one.pages[0].images
    text = docx_text(render(LETTER, "docx", style=style))
    assert text.startswith("Boven")
    assert text.endswith("Onder")
    assert "[inhoud]" not in text
    assert in_order(["Boven", "Beste mevrouw El Idrissi,", "Wetten en regels", "Onder"], text) is None
    note = Document(BytesIO(render(NOTE, "docx", kind="nota", style=style)))
    assert len(note.inline_shapes) == 1
    with zipfile.ZipFile(BytesIO(render(LETTER, "odt", style=style))) as archive:
        assert archive.read("Pictures/logo.png") == png()
        assert 'svg:width="36.0mm"' in archive.read("content.xml").decode()


def read_style_of_nothing(house):
    empty = house.parent / "leeg"
    empty.mkdir(exist_ok=True)
    return read_style(empty)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("stijl.css", "p { color: red; }\n@import url(https://x.nl/a.css);", "van buiten"),
        ("stijl.css", "p { background: url( 'https://x.nl/a.png' ); }", "van buiten"),
        ("stijl.css", "p::after { content: '</style><script>'; }", "«<» kan niet"),
        ("stijl.css", "@\\69mport 'a.css';", "«\\» kan niet"),
        ("stijl.css", "p { color: red;", "niet evenveel"),
        ("stijl.css", b"\xff\xfe\x00", "geen tekst in UTF-8"),
        ("stijll.css", "", "hoort niet in een huisstijl"),
        ("logo.svg", "<svg/>", "hoort niet in een huisstijl"),
        ("logo.png", b"GIF89a", "geen PNG"),
        ("brief.docx", b"PK geen zip", "geen Word-document"),
        ("brief.typ", "#zet(pagina)\n", "typst kan dit sjabloon niet zetten"),
        ("nota.typ", '#import "@preview/brief:1.0.0": *\n#brief(pagina.concept)\n', "van buiten"),
        ("nota.typ", '#import "document.typ": pagina\n#pagina.onderwerp\n', "laat niet zien dat het een concept is"),
        ("nota.typ", "#let concept = (\n", "typst kan dit sjabloon niet zetten"),
        (
            "nota.typ",
            '#import "document.typ": pagina\n#pagina.concept #pagina.bestaat_niet\n',
            "typst kan dit sjabloon niet zetten",
        ),
    ],
)
def test_what_is_wrong_with_a_style_is_said_in_dutch_at_its_place(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InvalidError) as wrong:
        read_style(tmp_path)
    (found,) = wrong.value.diagnostics
    assert said in found.tekst
    assert found.span is not None
    assert found.span.source.name.endswith(name)
    assert found.hulp


def test_a_mistake_in_a_typst_template_stands_at_its_line(tmp_path):
    (tmp_path / "brief.typ").write_text(
        '#import "document.typ": pagina\n#pagina.concept\n#pagina.bestaat_niet\n', encoding="utf-8"
    )
    with pytest.raises(InvalidError) as wrong:
        read_style(tmp_path)
    assert wrong.value.diagnostics[0].span.line == 3


def test_a_broken_logo_is_a_finding(tmp_path):
    (tmp_path / "logo.png").write_bytes(png()[:40] + b"stuk")
    with pytest.raises(InvalidError, match="dit logo niet lezen"):
        read_style(tmp_path)


def test_a_word_file_without_the_styles_says_which(tmp_path):
    own = Document()
    for name in ("Heading 1", "List Number"):
        own.styles[name].delete()
    own.save(tmp_path / "brief.docx")
    with pytest.raises(InvalidError, match=r"Heading 1.*Kop 1.*List Number"):
        read_style(tmp_path)


# --- what is not installed, and the command -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "module", "extra"), [("pdf", "typst", "pdf"), ("docx", "docx", "docx")])
def test_a_missing_package_says_what_to_install(monkeypatch, form, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError) as missing:
        render(LETTER, form)
    assert f"pip install 'responsief[{extra}]'" in str(missing.value)
    assert "installeer" in str(missing.value)
    assert "needs the package" in str(missing.value)


EURO = ("document", str(ROOT / "examples" / "een-euro-te-veel.yaml"), "--ruleset", "iit-rotterdam")
SENDER = ("--sender", str(ROOT / "examples" / "afzender.yaml"))


def run(*args):
    result = CliRunner().invoke(group, args, catch_exceptions=False)
    assert "Traceback" not in result.output
    return result


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["brief", "nota"])
def test_the_command_writes_the_format_of_the_suffix(tmp_path, form, kind):
    target = tmp_path / f"uit.{form}"
    target.write_text("ouder", encoding="utf-8")
    result = run(*EURO, *SENDER, "--date", "2025-09-01", "--text", kind, "--to", str(target))
    assert result.exit_code == 0, result.output
    first = {
        "html": b"<!DOCTYPE html>",
        "pdf": b"%PDF",
        "docx": b"PK",
        "odt": b"PK",
        "txt": b"NOTA" if kind == "nota" else b"CONC",
    }
    assert target.read_bytes().startswith(first[form])
    assert [p.name for p in tmp_path.iterdir()] == [target.name]


def test_wrong_use_exits_two_and_writes_nothing(tmp_path, monkeypatch):
    for options, said in [
        (("--to", str(tmp_path / "brief.doc")), "eindig op: .html"),
        (("--to", str(tmp_path / "nergens" / "brief.html")), "bestaat niet"),
        (("--to", str(tmp_path / "brief.html"), "--style", str(tmp_path / "weg")), "geen map met een huisstijl"),
    ]:
        result = run(*EURO, *options)
        assert result.exit_code == 2, result.output
        assert said in result.output
    result = run("document", EURO[1], "--ruleset", "iit-roterdam", "--to", str(tmp_path / "brief.html"))
    assert (result.exit_code, "iit-rotterdam" in result.output) == (2, True)
    monkeypatch.setitem(sys.modules, "typst", None)
    result = run(*EURO, "--to", str(tmp_path / "brief.pdf"))
    assert (result.exit_code, "responsief[pdf]" in result.output) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_mistake_in_the_style_exits_one_with_its_place(tmp_path):
    (tmp_path / "stijl.css").write_text("@import 'x';", encoding="utf-8")
    result = run(*EURO, "--style", str(tmp_path), "--to", str(tmp_path / "brief.html"))
    assert result.exit_code == 1
    assert "stijl.css:1:1" in result.output
    assert not (tmp_path / "brief.html").exists()


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    target = tmp_path / "brief.html"
    target.write_bytes(b"ouder")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        save(target, b"nieuw")
    assert target.read_bytes() == b"ouder"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.html"]


def test_the_examples_of_the_page_run(monkeypatch):
    monkeypatch.chdir(ROOT)
    page = (ROOT / "docs" / "documenten.md").read_text(encoding="utf-8")
    for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(block, "docs/documenten.md", "exec"), {})
    for block in re.findall(r"```typst\n(.*?)```", page, re.DOTALL):
        assert block.startswith("#import")


# --- pictures -----------------------------------------------------------------------------------------------------------------


def artefact(name, content):
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / name).write_bytes(content)
    return PICTURES / name


def size(picture):
    assert picture.startswith(b"\x89PNG")
    return int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24])


@pytest.mark.parametrize(("text", "kind"), [(LETTER, "brief"), (NOTE, "nota")])
def test_pictures_of_the_pdf_to_look_at(text, kind):
    artefact(f"{kind}.pdf", render(text, "pdf", kind=kind))
    pictures = to_pictures(read_blocks(text, kind))
    assert len(pictures) >= 2
    for number, picture in enumerate(pictures, 1):
        artefact(f"{kind}.pdf.{number}.png", picture)
        width, height = size(picture)
        assert abs(height / width - 297 / 210) < 0.01
    assert len(pictures[0]) > 20_000, "a first page with this little on it is empty"


def test_the_sample_has_every_kind_of_block():
    for page in SAMPLE:
        assert {type(block) for block in page.blokken} == {Heading, Paragraph, Details, Inset, Listing}


@pytest.mark.heavy
def test_a_browser_shows_the_html_and_prints_it():
    file = artefact("brief.html", render(LETTER, "html"))
    chromium = program("chromium", "chromium")
    base = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--window-size=900,1300"]
    shot, printed = PICTURES / "brief.html.png", PICTURES / "brief.html.pdf"
    for option in (f"--screenshot={shot}", f"--print-to-pdf={printed}"):
        subprocess.run([*base, option, file.as_uri()], check=True, capture_output=True, timeout=120)
    assert size(shot.read_bytes())[0] == 900
    pages = PdfReader(printed).pages
    assert 2 <= len(pages) <= 6
    assert abs(float(pages[0].mediabox.width) - 595.28) < 2
    text = squeezed("".join(page.extract_text() for page in pages))
    assert all(word in text for line in lines_of(read_blocks(LETTER, "brief")) for word in line.split())


@pytest.mark.heavy
@pytest.mark.parametrize("form", ["docx", "odt"])
def test_libreoffice_opens_the_document(form, tmp_path):
    file = artefact(f"brief.{form}", render(LETTER, form))
    office = program("soffice", "libreoffice-writer-nogui")
    painter = program("pdftoppm", "poppler-utils")
    profile = f"-env:UserInstallation={(tmp_path / 'profiel').as_uri()}"
    done = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(done, check=True, capture_output=True, timeout=180)
    made = artefact(f"brief.{form}.pdf", (tmp_path / "brief.pdf").read_bytes())
    reader = PdfReader(made)
    assert 2 <= len(reader.pages) <= 6
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    assert all(word in text for line in lines_of(read_blocks(LETTER, "brief")) for word in line.split())
    subprocess.run([painter, "-r", "80", "-png", str(made), str(made)], check=True, capture_output=True, timeout=60)
