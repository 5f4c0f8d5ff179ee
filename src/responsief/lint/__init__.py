"""What a valid register says that its writer may not have meant, or that would help a reader: warnings and tips.

`lint` runs only on what has no mistakes. Nothing here changes a decision. A rule is a function of one ruleset (`Subject`) in a file
of its own theme; it stays silent where it is not sure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from responsief.diagnostics import Diagnostic
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.lint import catalogues, clauses, doubles, figures, language, law, limits, logic, purpose
from responsief.lint.subject import Rule, Whole, subjects
from responsief.lint.unused import unused
from responsief.lint.words import unfinished, words
from responsief.register import Files
from responsief.syntax.nodes import Document

RULES: Final[tuple[Rule, ...]] = (
    purpose.purpose,
    purpose.evidence,
    purpose.names,
    purpose.tested,
    law.articles,
    law.unverified,
    language.language,
    law.categorical,
    law.objection,
    limits.limits,
    clauses.threshold,
    clauses.twice,
    clauses.no_reason,
    clauses.powerless,
    clauses.silent,
    clauses.forgotten,
    clauses.cliff,
    clauses.needs,
    figures.outdated,
    figures.never,
    figures.gaps,
    figures.ended,
    logic.constant,
    logic.same,
    logic.conditions,
    doubles.terms,
    doubles.facts,
    doubles.fillers,
)


def of_file(document: Document) -> tuple[Diagnostic, ...]:
    """What there is to say of one file, whatever the others say: of its words, and of what is still to be filled in."""
    return (*words(document.root), *unfinished(document))


def lint(
    files: Files,
    checker: Checker,
    catalogue: Catalogue,
    today: date,
    said: Callable[[Document], Iterable[Diagnostic]] = of_file,
) -> list[Diagnostic]:
    """Every warning and tip on the rulesets and catalogues, sorted by place. `today` tells which figures are out of date; `said`
    is `of_file`, for who remembers what that said."""
    tested = frozenset(getattr(document.root.get("proef"), "value", "") for document in files.documents["proef"])
    whole = Whole(checker, catalogue, tested, today)
    found = unused(whole)
    for one in subjects(whole):
        for rule in RULES:
            found += rule(one)
    for form in ("regelset", "voorzieningen", "signalen"):
        for document in files.documents[form]:
            found += said(document)
    found += catalogues.catalogues(whole)
    return sorted(dict.fromkeys(found), key=Diagnostic.place)
