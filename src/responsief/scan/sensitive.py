"""Columns that do not belong in a scan: a burgerservicenummer, a name, an address. Seen by their heading and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

SAMPLE: Final = 2_000  # rows that are looked at
_LEAST: Final = 5  # values below which numbers prove nothing
_NAMES: Final = re.compile(
    r"(^|_)(naam|namen|voornaam|voornamen|achternaam|geslachtsnaam|tussenvoegsel|voorletters|roepnaam|initialen|name|first_?name|last_?name|surname"
    r"|adres|straat|straatnaam|huisnummer|huisnr|postcode|email|e_?mail|mail|telefoon|telefoonnummer|mobiel|tel|iban|rekeningnummer"
    r"|bsn|burgerservicenummer|sofinummer|a_?nummer|anr|vnummer|v_nummer)(_|$)"
)
_BSN_HEAD: Final = re.compile(r"(^|_)(bsn|burgerservicenummer|sofinummer|sofi)(_|$)")
_FULL_NAME: Final = re.compile(
    r"(?:[A-Z]\.|[A-ZÀ-Ý][a-zà-ÿ'-]+)(?:[ ,.]+(?:van|de|der|den|el|ter|ten|te|'t|in|[A-ZÀ-Ý]\.?|[A-ZÀ-Ý][a-zà-ÿ'-]+)){1,6}"
)


def is_bsn(value: Any) -> bool:
    """Is this a number of eight or nine digits that passes the eleven test? (A table drops a nought in front.)"""
    text = (
        str(int(value))
        if isinstance(value, float) and value.is_integer()
        else str(value).strip().replace(".", "").replace(" ", "")
    )
    if not (text.isdecimal() and text.isascii() and 8 <= len(text) <= 9) or not text.strip("0"):
        return False
    digits = [int(c) for c in text.zfill(9)]
    return sum(d * w for d, w in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True)) % 11 == 0


def looks_like(head: str, values: Iterable[Any]) -> str | None:
    """Why a column is left out («een burgerservicenummer», «een naam»); None of any other. By chance one number in eleven passes
    the test of a BSN; in a column of them nearly all do."""
    filled = [value for value in values if value is not None and str(value).strip()]
    words = _snake(head)
    if _BSN_HEAD.search(words) or (len(filled) >= _LEAST and 2 * sum(map(is_bsn, filled)) > len(filled)):
        return "een burgerservicenummer"
    if _NAMES.search(words):
        return "een naam, adres of contactgegeven"
    texts = [value for value in filled if isinstance(value, str)]
    if len(texts) >= _LEAST and 2 * sum(_FULL_NAME.fullmatch(one.strip()) is not None for one in texts) > len(texts):
        return "een naam"
    return None


def columns_that_look_like(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, str]:
    """Of every heading that should be left out: what it looks like."""
    found = {}
    for at, head in enumerate(heads):
        what = looks_like(head, (row[at] for row in rows if at < len(row)))
        if what is not None:
            found[head] = what
    return found


def _snake(head: str) -> str:
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", head.strip())
    return re.sub(r"[^a-z0-9]+", "_", apart.lower())
