"""Writing files: whole or not at all, so that nothing is lost and nothing half-written stays behind."""

from __future__ import annotations

import contextlib
import os
import shutil
from codecs import BOM_UTF8
from pathlib import Path
from typing import NoReturn

from responsief.cli.common import stop
from responsief.diagnostics import Diagnostic
from responsief.source import Source, Span


def save(target: Path, content: bytes) -> None:
    """Write a file whole: beside its place first, and then under its name. Raises OSError, and leaves nothing half behind."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, draft)  # who may read it stays the same
        draft.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def save_or_stop(target: Path, text: str | bytes, advice: str = "controleer de rechten, of kies een andere plek") -> None:
    """Write a file whole; ends with a finding (exit code 2) when that can't be done. A link stays a link."""
    try:
        save(target.resolve(), text.encode() if isinstance(text, str) else text)
    except OSError as failed:
        why = "het is een map" if target.is_dir() else "de map is er niet" if not target.parent.is_dir() else failed.strerror
        not_written(target, f"dit bestand is niet te schrijven: {why}", advice)


def rewrite(target: Path, text: str) -> None:
    """Write the new text of a file that is there: what some editors put before a text stays. Ends as `save_or_stop` does."""
    mark = BOM_UTF8 if target.is_file() and target.read_bytes().startswith(BOM_UTF8) else b""
    save_or_stop(target, mark + text.encode())


def not_written(target: Path, text: str, advice: str) -> NoReturn:
    """End with why a file was not written (exit code 2)."""
    stop([Diagnostic("niet-geschreven", text, Span(Source(target.as_posix(), ""), 1, 1), advice)], 2)
