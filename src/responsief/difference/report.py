"""What a difference says: plain data that every output shares. Nothing here asks, proves or prints.

Directions are of the person who asks: `ruimer` gives somebody more and nobody less, `strenger` the other way round, `anders` both
(or it can't be ordered), `gelijk` nobody anything. An unknown counts between nee and ja. Each is proved, or `niet_bewezen` says why
not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from responsief.analysis.answers import Outcome, Witness
from responsief.diagnostics import Diagnostic
from responsief.frozen import dataclass
from responsief.source import Span

Richting = Literal["ruimer", "strenger", "anders", "gelijk", "niet_bewezen"]
#: what a change is about; what is not `voorwaarde`, `bedrag` or `uitkomst` is compared as it is written, not proved
Wat = Literal[
    "voorwaarde", "bedrag", "uitkomst", "cijfer", "artikel", "tekst", "clausule", "bereik", "gevolg", "geldigheid", "begrip",
    "overgang", "volgorde", "procedure", "voorziening", "signaal",
]  # fmt: skip
#: reasons to stop a pull request: `--fail-on`
Stop = Literal["strenger", "gat", "geen-alternatief", "niet-bewezen"]


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody for whom the change makes a difference, decided by both versions; and for a new no what does help (titles)."""

    getuige: Witness
    was: Outcome
    wordt: Outcome
    uitweg: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One change. `was` and `wordt` are words (empty: it was not there, it is no longer there); `plaats` is where it stands now
    (or stood); `regel` is its article. `bewijs` says in one sentence what was proved («niemand gaat er op achteruit»)."""

    wat: Wat
    id: str
    titel: str
    was: str
    wordt: str
    plaats: Span | None
    richting: Richting = "gelijk"
    voorbeelden: tuple[Example, ...] = ()
    bewijs: str = ""
    alleen_onbekend: bool = False  # only for whom something is not known
    grondslag: str = ""


def repeats(whole: Change, part: Change) -> bool:
    """Is this what the condition does, said again of the whole?"""
    same = (whole.richting, whole.bewijs, whole.alleen_onbekend) == (part.richting, part.bewijs, part.alleen_onbekend)
    people = [(e.getuige.zin, e.was, e.wordt) for e in part.voorbeelden]
    said = all((e.getuige.zin, e.was, e.wordt) in people for e in whole.voorbeelden)
    return part.wat == "voorwaarde" and same and said and bool(whole.voorbeelden)


@dataclass(frozen=True, slots=True)
class WayOut:
    """Does everybody whom the new version newly refuses have something that helps, and a motivation? `getuige` does not."""

    bewijs: Literal["bewezen", "weerlegd", "niet_bewezen"]
    getuige: Witness | None
    reden: str


@dataclass(frozen=True, slots=True)
class RulesetDifference:
    """One ruleset, then and now (None: it was not there, it is no longer there), compared on one reference date."""

    id: str
    titel: str
    bestand: str
    was_versie: str | None
    is_versie: str | None
    peildatum: date
    richting: Richting
    wijzigingen: tuple[Change, ...]
    uitweg: WayOut | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Some households of a population: how many go from which outcome to which, and the amounts together in cents, per month and per
    year (`jaar_…`: the exact sum, of which the month is a twelfth).

    `afgeschermd` says what is not shown of a group that is too small, and is empty when everything is: its words stand in the place of
    a count or amounts that are 0 here. Transitions that are too small to show stand together under (`SAMEN`, `SAMEN`).
    """

    naam: str
    aantal: int
    overgangen: Mapping[tuple[str, str], int]
    bedrag_was: int = 0
    bedrag_wordt: int = 0
    afgeschermd: str = ""
    jaar_was: int = 0
    jaar_wordt: int = 0


SAMEN = "samen"  # in the place of an outcome: transitions too small to show, together


#: of a step: what becomes of these households. `samen`: steps that are too small to show, together
Kant = Literal["minder", "gelijk", "meer", "samen"]


@dataclass(frozen=True, slots=True)
class Step:
    """Households whose amount per year changes by about as much («€ 25 tot € 100 minder»), or whose outcome alone does."""

    naam: str
    kant: Kant
    aantal: int


@dataclass(frozen=True, slots=True)
class Impact:
    """One ruleset on a population: everybody, and by household form, age and so on. Counts under `k` are not shown apart.

    `niet_beslist` counts why households could not be decided, before or after. `verdeling` has the steps from who loses most to who
    gains most; it is empty of households that were made to show a change, for of them a spread says nothing. `opmerkingen` are what must
    be known of how was counted (Dutch sentences).
    """

    regelset: str
    bevolking: str  # which population («500 voorbeeldhuishoudens, zaad 7»)
    allen: Group
    groepen: Mapping[str, tuple[Group, ...]]  # «huishouden» → its groups
    k: int
    niet_beslist: Mapping[str, int] = field(default_factory=dict)
    verdeling: tuple[Step, ...] = ()
    opmerkingen: tuple[str, ...] = ()
    peildatum: date | None = None  # of which comparison of its ruleset it is; None: of every one


@dataclass(frozen=True, slots=True)
class Report:
    """A whole difference. `bevindingen` are what stops (by `--fail-on`) and what must be known, with places as `check` has them."""

    was: str  # «main», «rulesets-2025/»
    wordt: str
    regelsets: tuple[RulesetDifference, ...]
    gevolgen: tuple[Impact, ...]
    bevindingen: tuple[Diagnostic, ...]
    gelijk: tuple[str, ...] = ()  # the rulesets in which nothing changed
    andere: tuple[Change, ...] = ()  # provisions, signals

    def impacts_of(self, one: RulesetDifference) -> tuple[Impact, ...]:
        """What a change of one ruleset does, on the day of that comparison."""
        return tuple(i for i in self.gevolgen if i.regelset == one.id and i.peildatum in (None, one.peildatum))
