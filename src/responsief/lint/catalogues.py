"""The two catalogues: conditions that can't be meant, and signals that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from responsief.diagnostics import Diagnostic, finding
from responsief.lint.logic import inside
from responsief.lint.subject import Whole
from responsief.lint.unused import catalogue_roots


def catalogues(whole: Whole) -> Iterator[Diagnostic]:
    """Everything about provisions and signals."""
    for root in catalogue_roots(whole.catalogue):
        yield from inside(root, whole)
    read = {name for signal in whole.catalogue.signals.values() for name in signal.als}
    for signal in whole.catalogue.signals.values():
        if not signal.biedt and signal.dan not in read and not signal.voorrang:
            yield finding("signaal-loos", signal.span, naam=signal.id)
