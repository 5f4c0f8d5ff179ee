"""docs/wijzigingen.md: the change on the page is made, its commands are run, every screen and file compared."""

import re
import shutil
from pathlib import Path

import pytest

from responsief.register import shipped
from scans import ROOT
from test_first_hour import as_shown, change, run
from test_scan_docs import BLOCK

pytest.importorskip("polars", reason="needs the extra «population»")
pytestmark = pytest.mark.heavy  # it proves a change, and decides 20,000 people twice


def test_who_wins_and_who_loses_goes_as_the_page_tells(tmp_path, monkeypatch):
    for side in ("oud", "nieuw"):
        (tmp_path / side).mkdir()
        shutil.copy(shipped() / "gemeenten" / "rotterdam" / "iit.yaml", tmp_path / side)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    done = []
    for found in BLOCK.finditer((ROOT / "docs" / "wijzigingen.md").read_text(encoding="utf-8")):
        kind, text, file = found["kind"], found["text"], found["file"]
        done.append(kind)
        if kind == "diff":
            change(text)
        elif kind == "console":
            for step in re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]:
                first, _, shown = step.partition("\n")
                output = run(first[2:], None)
                assert as_shown(shown, output), f"{first}\n--- the page\n{shown}\n--- the screen\n{output}"
        else:
            real = Path(file).read_text(encoding="utf-8")
            assert as_shown(text, real), f"{file}\n--- the page\n{text}\n--- the file\n{real[:3000]}"
    assert done == ["diff", "diff", "console", "console", "text"]
    page = Path("verslag.html").read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|link|img|iframe)\b", page)
    assert "Erop achteruit: 53." in page
