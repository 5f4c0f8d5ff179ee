"""From a decided case to words: the letter to the person and the note for the file, from the same data.

`texts` writes both; `responsief.motivation.lint.lint` says what is wrong with them. Nothing is decided again here.
"""

from __future__ import annotations

from responsief.decision import Draft, Sender, Texts
from responsief.motivation import reasons
from responsief.motivation.deadlines import deadlines
from responsief.motivation.letter import write_letter
from responsief.motivation.note import write_note
from responsief.motivation.screen import screen

__all__ = ["deadlines", "screen", "texts", "write_letter", "write_note"]


def texts(draft: Draft, sender: Sender | None = None) -> Texts:
    """The letter and the note about a decided case: concepts, in which what only a person can add is a marked place."""
    case = reasons.read(draft)
    return Texts(brief=write_letter(draft, sender, case), nota=write_note(draft, sender, case))
