"""Where digests of files without mistakes are kept from one command to the next. What can't be kept is not missed."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection
from pathlib import Path

from responsief.cli.saving import save

MOST = 2000  # digests; older ones go first


def digests() -> list[str]:
    """What was kept before; nothing when there is no such file, or `RESPONSIEF_CACHE` is empty."""
    file = _file()
    try:
        return file.read_text("ascii").split() if file is not None else []
    except (OSError, ValueError):
        return []


def keep(before: Collection[str], now: Collection[str]) -> None:
    """Keep digests, the new ones last."""
    file, new = _file(), sorted(set(now) - set(before))
    if file is None or not new:
        return
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        save(file, "".join(f"{one}\n" for one in [*before, *new][-MOST:]).encode())


def _file() -> Path | None:
    """`RESPONSIEF_CACHE`, else the folder that the system has for such things."""
    named = os.environ.get("RESPONSIEF_CACHE")
    if named is not None:
        return Path(named) / "nagekeken.txt" if named else None
    home = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    try:
        return Path(home or Path.home() / ".cache") / "responsief" / "nagekeken.txt"
    except RuntimeError:  # nobody's home
        return None
