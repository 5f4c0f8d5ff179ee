"""A zip file that is the same every time: the parts in their order, without the time of day."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Final

EPOCH: Final = date(2000, 1, 1)  # the day in a file when nobody says which; a zip knows none before 1980


def packed(parts: Iterable[tuple[str, bytes]], on: date | None = None, *, stored: frozenset[str] = frozenset()) -> bytes:
    """The bytes of a zip file with these parts, each dated `on`; those in `stored` are not compressed."""
    day = max(on or EPOCH, date(1980, 1, 1))
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return whole.getvalue()


def repacked(content: bytes, on: date | None = None) -> bytes:
    """A zip file again, without the time of day."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return packed([(name, archive.read(name)) for name in archive.namelist()], on)
