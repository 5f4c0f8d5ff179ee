"""How a mistake in a situation is worded: what is wrong, what to do, and a stranger's text made fit to be shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from responsief.other_words import nearest

if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError

MAX_MESSAGE: Final = 1000  # characters
MAX_DIGITS: Final = 40  # of a written number: longer is no number that anybody meant


def refuse(code: str, text: str, hulp: str = "", *pad: str) -> PydanticCustomError:
    """An error that pydantic carries to the field's path: what is wrong, and what to do about it.

    `pad` leads further, to the field inside that is wrong. The template keeps pydantic's own formatting out of the text.
    """
    from pydantic_core import PydanticCustomError  # late: who only reads rules refuses nothing

    text, hulp = readable(text, MAX_MESSAGE), readable(hulp, MAX_MESSAGE)
    whole = text
    if found := re.search("; (?=schrijf )", text):
        text, hulp = text[: found.start()], hulp or text[found.end() :]
    elif hulp:
        whole = f"{text}. {hulp[0].upper()}{hulp[1:]}"
    return PydanticCustomError("responsief", "{tekst}", {"code": code, "tekst": whole, "fout": text, "hulp": hulp, "pad": pad})


def suggest(word: str, known: Iterable[str]) -> str:
    """« Bedoelde u «…»?» when one known word lies near, else an empty text."""
    near = nearest(word, known)
    return f" Bedoelde u «{near}»?" if near else ""


def readable(text: str, most: int = 60) -> str:
    """A stranger's text on one line of a message: cut off, and without what a terminal would obey or could not show."""
    cut = text if len(text) <= most else text[: most - 3] + "…"
    return cut if cut.isprintable() else "".join(c if c.isprintable() else " " if c.isspace() else "·" for c in cut)


def quote(value: Any) -> str:
    """A value as its writer would recognise it, for an error text; never a Python type name."""
    if isinstance(value, bool):
        return "«ja»" if value else "«nee»"
    if (isinstance(value, str) and holds_bsn(value)) or (isinstance(value, int) and holds_bsn(str(value % 10**MAX_DIGITS))):
        return "wat hier staat"  # a BSN is not repeated
    if isinstance(value, str):
        return f"«{readable(value)}»"
    if isinstance(value, int):
        return f"«{value}»" if abs(value) < 10**MAX_DIGITS else "dit getal"
    if isinstance(value, float | Decimal):
        return f"«{readable(str(value))}»"
    if isinstance(value, Mapping):
        return "een groep velden"
    if isinstance(value, list | tuple):
        return "een lijst"
    return "dit"


# --- the number that never belongs here ---------------------------------------------------------------------------------

DIGITS: Final = re.compile(r"\d(?:[ .]?\d){8}")  # found or not, five times sooner than _NINE
_NINE: Final = re.compile(r"(?<!\d)(?:\d[ .]?){8}\d(?!\d)")


def holds_bsn(text: str) -> bool:
    """Does the text hold nine digits in a row (dots and spaces between them allowed) that pass the eleven test of a BSN?"""
    if DIGITS.search(text) is None:
        return False
    for run in _NINE.findall(text):
        nine = [int(c) for c in run if c.isdigit()]
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if any(nine) and sum(d * w for d, w in zip(nine, weights, strict=True)) % 11 == 0:
            return True
    return False


# --- who is no human -----------------------------------------------------------------------------------------------------

_MACHINE: Final = re.compile(
    r"systeem|algoritm|software|computer|robot|chatbot|automa(?:at|tisch)|geautomatiseerd|responsief|taalmodel|applicatie|chatgpt|copilot"
)
_MACHINE_NAMES: Final = frozenset(
    {"ai", "api", "app", "bot", "gpt", "ict", "it", "kunstmatigeintelligentie", "llm", "machine", "model", "pc", "programma",
     "regelset", "script", "server", "system", "tool"}
)  # fmt: skip


def is_machine(name: str) -> bool:
    """Does this name a machine instead of a person? Spaces, signs and capitals hide nothing."""
    return bool(_MACHINE.search(letters(name))) or letters(name) in _MACHINE_NAMES


def folded(name: str) -> str:
    """A name as it is compared: without capitals, and wide letters as plain ones."""
    return unicodedata.normalize("NFKC", name).casefold()


def letters(name: str) -> str:
    """Only the letters of a name, as they are compared."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded(name)) if sign.isalpha())


def is_machine_word(role: str) -> bool:
    """Is this the word for a machine itself? «Applicatiebeheerder» is somebody's work."""
    return letters(role) in _MACHINE_NAMES or letters(role) in ("systeem", "hetsysteem", "algoritme", "software", "computer")
