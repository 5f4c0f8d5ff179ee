"""What a valid register says that its writer may not have meant, or that would help a reader: warnings and tips.

`lint` runs only on what has no mistakes. Nothing here changes a decision.
"""

from __future__ import annotations

from datetime import date

from responsief.diagnostics import Diagnostic
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.lint.unused import unused


def lint(checker: Checker, catalogue: Catalogue, today: date) -> list[Diagnostic]:
    """Every warning and tip on the rulesets and catalogues, sorted by place. `today` tells which figures are out of date."""
    return sorted(unused(checker, catalogue), key=Diagnostic.place)
