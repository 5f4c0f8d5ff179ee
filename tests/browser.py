"""A page in headless Chromium."""

from __future__ import annotations

import html
import re
import subprocess
from pathlib import Path

from programs import program

MEASURE = (
    "<script>addEventListener('load',()=>{const d=document.querySelector('iframe').contentDocument.documentElement;"
    "document.title=d.scrollWidth+'/'+d.clientWidth})</script>"
)


def fits(page: str, width: int, tmp_path: Path) -> None:
    """On a phone so many pixels wide, the page itself never scrolls sideways."""
    chromium = program("chromium", "chromium")
    file = tmp_path / "telefoon.html"
    frame = f'<iframe width="{width}" height="800" srcdoc="{html.escape(page)}"></iframe>{MEASURE}'
    file.write_text(f"<!DOCTYPE html><title>-</title>{frame}", encoding="utf-8")
    command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", file.as_uri()]
    dom = subprocess.run(command, check=True, capture_output=True, timeout=60, text=True).stdout
    found = re.search(r"<title>(\d+)/(\d+)</title>", dom)
    assert found is not None
    assert 300 < int(found[2]) <= width
    assert int(found[1]) <= int(found[2])
