"""Who decides is a human, by name and function: no machine, no organisation, nobody (AVG 22, Awb 10:3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from responsief.diagnostics import Diagnostic
from responsief.finalise.act import Act
from responsief.finalise.wording import refused
from responsief.wording import folded, is_machine, is_machine_word, letters

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
    elif len(letters(name)) < 2 or _NOBODY.fullmatch(" ".join(folded(name).split()).replace(".", "")):
        yield refused("beslist-niemand", "besluit_van.naam", naam=name)
    if role is None or len(letters(role)) < 2:
        yield refused("functie-ontbreekt", "besluit_van.functie")
    elif is_machine_word(role):
        yield refused("beslist-systeem", "besluit_van.functie", naam=role)
