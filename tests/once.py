"""The shipped register is read and opened once in each process that runs tests.

A document never changes (`responsief.remembered` builds on that), nor does anything that a register keeps of what it compiled.
What a test reads from a folder of its own is read anew. Commands that run as a process know nothing of this.
"""

from __future__ import annotations

import gc
from copy import copy
from pathlib import Path
from typing import Any

from responsief import register, remembered
from responsief.diagnostics import Findings
from responsief.register import Register
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml
from responsief.syntax.nodes import Document

_read: dict[Source, Document] = {}
_open: list[Register] = []


def _shipped() -> str:
    return register.shipped().as_posix()


def read_once(source: Source, findings: Findings) -> Document | None:
    """`read_yaml`, for a text of the shipped register once."""
    if not source.name.startswith(_shipped()):
        return read_yaml(source, findings)
    found = _read.get(source)
    if found is None:
        own = Findings()
        found = read_yaml(source, own)
        findings.items.extend(own)
        if found is None or own:
            return found
        _read[source] = found
    return found


def _opened(cls: type[Register], *folders: Path | str) -> Register:
    """`Register.open`; without a folder it is the shipped register that was opened before, with a chainer of its own for everybody.

    A test that needs one in which nothing was compiled yet names the folder: `Register.open(shipped())`.
    """
    if folders:
        return OPEN(cls, *folders)
    if not _open:
        _open.append(OPEN(cls))
    return copy(_open[0])


OPEN: Any = Register.open.__func__  # type: ignore[attr-defined]  # what a classmethod holds


def start() -> None:
    """From here on in this process."""
    gc.set_threshold(100_000, 20, 100)  # nearly all that tests make is kept as long as they need it
    register.read_yaml = remembered.read_yaml = read_once  # type: ignore[attr-defined]
    Register.open = classmethod(_opened)  # type: ignore[method-assign, assignment]
