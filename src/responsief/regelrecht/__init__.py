"""Machine-readable laws of MinBZK (regelrecht, poc-machine-law) -> the draft of a ruleset in our language."""

from responsief.regelrecht.notes import Note, Notes
from responsief.regelrecht.translation import Translation, translate

__all__ = ["Note", "Notes", "Translation", "translate"]
