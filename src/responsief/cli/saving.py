"""Writing files: whole or not at all, so that nothing is lost and nothing half-written stays behind."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from codecs import BOM_UTF8
from pathlib import Path
from typing import NoReturn

from responsief.cli.common import stop
from responsief.diagnostics import Diagnostic
from responsief.source import Source, Span

WHY = {
    errno.ENOSPC: "de schijf is vol",
    errno.EACCES: "u mag daar niet schrijven",
    errno.EPERM: "u mag daar niet schrijven",
    errno.EROFS: "u mag daar niet schrijven",
    errno.ENOENT: "die plek bestaat niet",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EISDIR: "het is een map",
}


def why(failed: OSError) -> str:
    """Why nothing could be written, in Dutch where that is known."""
    return WHY.get(failed.errno or 0, failed.strerror or str(failed))


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
        reason = "het is een map" if target.is_dir() else "de map is er niet" if not target.parent.is_dir() else why(failed)
        not_written(target, f"dit bestand is niet te schrijven: {reason}", advice)


def rewrite(target: Path, text: str) -> None:
    """Write the new text of a file that is there: what some editors put before a text stays. Ends as `save_or_stop` does."""
    mark = BOM_UTF8 if target.is_file() and target.read_bytes().startswith(BOM_UTF8) else b""
    save_or_stop(target, mark + text.encode())


def not_written(target: Path, text: str, advice: str) -> NoReturn:
    """End with why a file was not written (exit code 2)."""
    stop([Diagnostic("niet-geschreven", text, Span(Source(target.as_posix(), ""), 1, 1), advice)], 2)
