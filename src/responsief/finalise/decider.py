"""Who decides is a human, by name and function: no machine, no organisation, nobody (AVG 22, Awb 10:3)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from responsief.diagnostics import Diagnostic
from responsief.finalise.act import Act
from responsief.finalise.wording import refused

_MACHINE: Final = re.compile(
    r"systeem|algoritm|software|computer|robot|chatbot|automa(?:at|tisch)|geautomatiseerd|responsief|taalmodel|applicatie|chatgpt|copilot"
)
_MACHINE_NAMES: Final = frozenset(
    {"ai", "api", "app", "bot", "gpt", "ict", "it", "kunstmatigeintelligentie", "llm", "machine", "model", "pc", "programma",
     "regelset", "script", "server", "system", "tool"}
)  # fmt: skip
_NOBODY: Final = re.compile(
    r"(?:het |de |een )?(?:college|gemeente|afdeling|team|medewerker|behandelaar|ambtenaar|consulent|wijkteam|beslisser|backoffice|loket|dienst"
    r"|organisatie|iemand|niemand|onbekend|anoniem|nvt|naam|xxx?)(?: .*)?"
)


def decider_refused(act: Act) -> Iterator[Diagnostic]:
    """Why the one who decides is not a human with a name and a function."""
    name, role = act.besluit_van.naam, act.besluit_van.functie
    if name is None:
        yield refused("naam-ontbreekt", "besluit_van.naam")
    elif is_machine(name):
        yield refused("beslist-systeem", "besluit_van.naam", naam=name)
    elif len(_letters(name)) < 2 or _NOBODY.fullmatch(" ".join(folded(name).split()).replace(".", "")):
        yield refused("beslist-niemand", "besluit_van.naam", naam=name)
    if role is None or len(_letters(role)) < 2:
        yield refused("functie-ontbreekt", "besluit_van.functie")
    elif _letters(role) in _MACHINE_NAMES or _letters(role) in ("systeem", "hetsysteem", "algoritme", "software"):
        yield refused("beslist-systeem", "besluit_van.functie", naam=role)


def is_machine(name: str) -> bool:
    """Does this name a machine instead of a person? Spaces, signs and capitals hide nothing."""
    return bool(_MACHINE.search(_letters(name))) or _letters(name) in _MACHINE_NAMES


def folded(name: str) -> str:
    """A name as it is compared: without capitals, and wide letters as plain ones."""
    return unicodedata.normalize("NFKC", name).casefold()


def _letters(name: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded(name)) if sign.isalpha())
