"""docs/scannen.md, step by step: every command is run, every change made, every screen and file compared."""

import re
import shutil
from pathlib import Path

import pytest

from scans import ROOT
from test_first_hour import as_shown, change, run

pytest.importorskip("polars", reason="needs the extra «population»")

BLOCK = re.compile(
    r"^(?:<!-- bestand: (?P<file>[^\n]*?) -->\n)?```(?P<kind>console|diff|text)\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE
)


def test_from_an_export_to_a_report_goes_as_the_page_tells(tmp_path, monkeypatch):
    for name in ("inwoners.csv", "kinderen.csv"):
        shutil.copy(ROOT / "examples" / "bevolking" / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")
    ran = compared = 0
    for found in BLOCK.finditer((ROOT / "docs" / "scannen.md").read_text(encoding="utf-8")):
        kind, text, file = found["kind"], found["text"], found["file"]
        if kind == "diff":
            change(text)
        elif kind == "console":
            for step in re.split(r"^(?=\$ )", text, flags=re.MULTILINE)[1:]:
                first, _, shown = step.partition("\n")
                output = run(first[2:], None)
                ran += 1
                assert as_shown(shown, output), f"{first}\n--- the page\n{shown}\n--- the screen\n{output}"
        else:
            encoding = "cp1252" if file == "inwoners.csv" else "utf-8-sig"
            real = Path(file).read_text(encoding=encoding)
            compared += 1
            assert as_shown(text, real), f"{file}\n--- the page\n{text}\n--- the file\n{real[:3000]}"
    assert (ran, compared) == (6, 5)
