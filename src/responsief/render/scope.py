"""What a page needs beside its ruleset: the rulesets that hold on the same day, and where the words of a name stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from responsief.backends.explain import figure_in_words
from responsief.ir import nodes as ir
from responsief.ir.program import LinkError
from responsief.ir.ruleset import Figure, OpenSlot, OwnFactDef, Ruleset, Term
from responsief.register import Register
from responsief.render.marks import data
from responsief.render.names import cite

Key = tuple[str, str]


def slug(*parts: str) -> str:
    """Parts of a name as an anchor: «begrip-norm-gehuwd»."""
    text = "-".join(parts).lower().replace("_", "-").replace(".", "-")
    return "".join(c if c.isalnum() or c == "-" else "-" for c in text)


@dataclass
class Scope:
    """A ruleset on a day, and every term, figure and fact that the page came past, in the order of reading."""

    register: Register
    ruleset: Ruleset
    day: date
    nu: str = "nu"  # in front of the value of a figure; empty: without values
    terms: dict[Key, None] = field(default_factory=dict)
    figures: dict[Key, None] = field(default_factory=dict)
    slots: dict[Key, None] = field(default_factory=dict)
    facts: dict[ir.Node, None] = field(default_factory=dict)

    def home(self, ident: str) -> Ruleset | None:
        """The ruleset of a name: the one on the page, or the version of another on its day."""
        if ident == self.ruleset.id:
            return self.ruleset
        try:
            return self.register.version(ident, self.day)
        except LinkError:
            versions = self.register.versions.get(ident)
            return versions[-1] if versions else None

    def term(self, home: str, name: str) -> Term | None:
        found = self.home(home)
        return found.begrippen.get(name) if found else None

    def figure(self, home: str, name: str) -> Figure | None:
        found = self.home(home)
        return found.bedragen.get(name) if found else None

    def own(self, home: str, name: str) -> OwnFactDef | None:
        found = self.home(home)
        return found.gegevens.get(name) if found else None

    def slot(self, home: str, name: str) -> OpenSlot | None:
        found = self.home(home)
        return found.open.get(name) if found else None

    def anchor(self, kind: str, home: str, name: str) -> str:
        """Where a name stands on this page."""
        return "#" + (slug(kind, name) if home == self.ruleset.id else slug(kind, home, name))

    def value(self, figure: Figure) -> str | None:
        """The value of a figure on the day, in words; None when it has none."""
        value = figure.on(self.day)
        if value is None:
            return None
        words = figure_in_words(figure, value)
        return f"{words} %" if words and "procent" in figure.label and words[-1:].isdigit() else words

    def cite(self, grondslag: str, ruleset: Ruleset) -> str:
        """A `grondslag` with its links: to the law of now, or of the day of the page when that is another."""
        return cite(grondslag, ruleset, None if self.nu == "nu" else self.day)

    def label(self, given: str, name: str) -> str:
        """The label of a name, or the name itself as words."""
        return data(given) or name.replace("_", " ")
