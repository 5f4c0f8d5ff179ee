"""A ruleset as it means: immutable, and valid if it exists. The Dutch attribute names are those of the YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date
from typing import Any, Literal

from responsief.facts import Soort
from responsief.frozen import dataclass
from responsief.ir.nodes import Node
from responsief.ir.types import Type
from responsief.source import Place, Source, Span

MAY = ("toekennen", "bedrag", "periode", "ingangsdatum", "lening")  # what a clause may change
ATTENTION_KINDS = ("ingangsdatum", "lening", "verlaging", "deel", "plicht", "anders")
Instrument = Literal["wet", "amvb", "ministeriele_regeling", "verordening", "beleidsregel", "begrippen"]
INSTRUMENTS = ("wet", "amvb", "ministeriele_regeling", "verordening", "beleidsregel", "begrippen")
CLAUSE_KINDS = (
    "verordening_clausule", "awb_4_84", "wettelijke_uitzondering", "open_norm", "evenredigheid_3_4_2", "groepsniveau", "geen",
)  # fmt: skip

Gevoelig = Literal["geweld", "verslaving", "justitie", "opvang", "anders", "niet_gezegd"]
GEVOELIG: tuple[Gevoelig, ...] = ("geweld", "verslaving", "justitie", "opvang", "anders")


@dataclass(frozen=True, slots=True)
class Remedy:
    """What somebody can do against the decision: what, within how long, counted from which day, filed with whom."""

    soort: str  # bezwaar · administratief_beroep · beroep
    termijn: str  # «6 weken», «10 dagen»
    vanaf: str  # bekendmaking · dagtekening
    bij: str
    grondslag: str


@dataclass(frozen=True, slots=True)
class Advance:
    """An advance that must be paid while nothing is decided: within how long after the application, by which article."""

    termijn: str
    grondslag: str


@dataclass(frozen=True, slots=True)
class OwnFactDef:
    """A fact that a ruleset asks beyond the situation model."""

    naam: str
    soort: Soort
    type: Type
    label: str
    vraag: str
    van: tuple[str, ...]
    eenheid: str | None
    bewaren: str | None


Indexering = Literal["halfjaar", "jaar", "geen"]
INDEXERING: tuple[Indexering, ...] = ("halfjaar", "jaar", "geen")


@dataclass(frozen=True, slots=True)
class FigureValue:
    """One value of a figure: the day from which it holds, where it was read, and whether somebody read it there."""

    van: date
    waarde: Any
    bron: str
    geverifieerd: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A dated figure: each value holds from its date to the next, the last one to `tot` if that is given."""

    naam: str
    type: Type
    waarden: tuple[FigureValue, ...]  # by day
    tot: date | None
    grondslag: str | None
    label: str
    indexering: Indexering | None  # when the law adjusts it: 1 January and 1 July, 1 January, never; None: nobody said
    span: Span = field(compare=False, repr=False)

    def on(self, day: date) -> Any | None:
        """The value on a day; None when there is none (that is an error, never a guess)."""
        if self.tot is not None and day > self.tot:
            return None
        newest = self.newest(day)
        return newest.waarde if newest is not None else None

    def newest(self, day: date) -> FigureValue | None:
        """The last value that was set by a day, also where it holds no longer then."""
        found = None
        for value in self.waarden:
            if value.van > day:
                break
            found = value
        return found

    def indexed(self, day: date) -> date | None:
        """The last day, by this day, on which the law adjusts it; None of what is never adjusted."""
        if self.indexering is None or self.indexering == "geen":
            return None
        return date(day.year, 7 if self.indexering == "halfjaar" and day.month >= 7 else 1, 1)

    def outdated(self, day: date) -> bool:
        """Was it adjusted by this day, and is the adjusted value not here?"""
        newest, due = self.newest(day), self.indexed(day)
        return newest is not None and due is not None and newest.van < due


@dataclass(frozen=True, slots=True)
class Term:
    """A named expression; `uses` is set when it stands for a term of another ruleset."""

    naam: str
    node: Node
    label: str
    grondslag: str | None
    geverifieerd: bool
    place: Place = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class OpenSlot:
    """What a national ruleset leaves to the municipality; `anders` holds where none fills it in."""

    naam: str
    type: Type
    label: str
    grondslag: str
    anders: Node | None
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of a criterion that its words allow: how it is read then («… in plaats van elke maand»), and by whom."""

    lezing: str
    eis: Node
    wie: str
    grondslag: str | None


@dataclass(frozen=True, slots=True)
class Begin:
    """Of a right that runs over time: the first day on which it can begin, with the article and the rule in plain words."""

    vanaf: Node
    grondslag: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Attention:
    """What somebody who gets it must know of besides: that (a part of) it is a loan, that it can be lower, a duty."""

    id: str
    soort: str
    als: Node
    tekst: str
    grondslag: str
    geverifieerd: bool


@dataclass(frozen=True, slots=True)
class Area:
    """Where a body that is no municipality decides: whole municipalities (CBS codes), and those of which it has a part."""

    naam: str
    gemeenten: frozenset[str]
    deels: frozenset[str]
    bron: str
    geverifieerd: bool
    span: Span = field(compare=False, repr=False)

    def __contains__(self, gemeente: object) -> bool:
        return gemeente in self.gemeenten or gemeente in self.deels


@dataclass(frozen=True, slots=True)
class Raised:
    """When a ruleset comes up for somebody who did not ask for it; `uitleg` says in plain words whom it is for."""

    als: Node
    uitleg: str


@dataclass(frozen=True, slots=True)
class Interaction:
    """What this ruleset means for another right, or that right for it. `met` names a ruleset or a provision; `uitkomsten` are
    the outcomes of this ruleset at which it is said, `als` (if any) what must be known to hold."""

    met: str
    tekst: str
    grondslag: str
    uitkomsten: tuple[str, ...]
    als: Node | None
    geverifieerd: bool
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Criterion:
    """The atom of verdict, explanation, citation and hardship. `eis` includes «tenzij»."""

    id: str
    titel: str
    grondslag: str
    doel: str
    uitleg: str | None
    tekst: str | None
    eis: Node
    gevolg: Literal["afwijzen", "kan_weigeren", "deel", "wacht_tot"]
    wacht_tot: Node | None
    aftrek: Node | None
    rust_op: str
    bevoegdheid: Literal["gebonden", "discretionair"]
    wie_wijzigt: str | None
    wat_wijzigt: str | None
    bewijs: str | None
    vanaf: date | None  # not in force before this day
    gedoogd: bool
    geverifieerd: bool
    lezingen: tuple[Reading, ...]
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that bars a clause, or (in `voorwaarden`) something it asks for first."""

    als: Node
    grondslag: str
    reden: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that could set a criterion aside. `geen` says that the regulation has none for these criteria."""

    id: str
    soort: str
    titel: str
    grondslag: str
    tekst: str | None
    maatstaf: str | None
    geldt_voor: tuple[str, ...]
    reikwijdte: str | None
    richting: str
    wie_beslist: str
    niet_als: tuple[Bar, ...]
    voorwaarden: tuple[Bar, ...]
    mag: tuple[str, ...]
    wegen: tuple[tuple[str, str], ...]
    vragen: tuple[str, ...]
    vanaf: date | None
    geverifieerd: bool
    span: Span = field(compare=False, repr=False)

    def can_reach(self, criterion: Criterion) -> bool:
        """Can it reach this criterion at all? Awb 4:84 reaches only what rests on a beleidsregel; «geen» says that nothing does."""
        if self.soort == "geen" or criterion.id not in self.geldt_voor:
            return False
        return self.soort != "awb_4_84" or criterion.rust_op == "beleidsregel"


@dataclass(frozen=True, slots=True)
class Transition:
    """Transitional law: for whom (`voor`) an earlier version still counts, and until when.

    `geldt` is the first day of that version. `criteria` are the ids that it is about, `bedrag` whether the amount is too; without
    either written down it is the whole ruleset (`criteria` None).
    """

    voor: Node
    tot: date | None  # the last reference date; None: no end
    geldt: date
    grondslag: str
    uitleg: str
    criteria: tuple[str, ...] | None
    bedrag: bool
    place: Place = field(compare=False, repr=False)  # the key «voor»: what is read there is a choice between two versions

    def covers(self, criterion: str) -> bool:
        """Is this criterion one of those that the earlier version still decides?"""
        return self.criteria is None or criterion in self.criteria


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier version that still counts on a day. Its names have a home of their own («iit@2025-01-01»), its criteria are those
    that it decides: for whom `overgang.voor` holds, in the place of those of the version of that day."""

    overgang: Transition
    regelset: Ruleset
    criteria: Mapping[str, Criterion]


@dataclass(frozen=True, slots=True)
class Ongoing:
    """What a version looks like on a day on which earlier ones still count for some: its own criteria as they were written, and
    the earlier versions. The criteria of the ruleset that holds this are choices between them."""

    criteria: Mapping[str, Criterion]
    eerder: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """A regulation in one version. `versie` is the day from which it holds."""

    id: str
    versie: str
    titel: str
    soort: str
    naam: str
    regeling: str
    tekst_van: str | None
    gelezen_vanaf: date | None  # the first day of which the text was compared; None: of every day
    van: date
    tot: date | None
    orgaan: str
    gemeente: str | None
    gebied: Area | None  # of a body that is no municipality: where it decides
    doel: str
    leefgebieden: tuple[str, ...]
    beslistermijn: str | None
    peildatum: Node | None
    ingang: Begin | None
    aandacht: tuple[Attention, ...]
    geverifieerd: bool
    rechtsmiddel: Remedy | None
    aanvullen: str | None
    horen: str | None
    voorschot: Advance | None
    ter_sprake: Raised | None
    samenloop: tuple[Interaction, ...]
    voorziening: str | None  # the provision of the catalogue that this ruleset is
    eerste_stap: str | None
    drempel: int
    gegevens: dict[str, OwnFactDef]
    bedragen: dict[str, Figure]
    begrippen: dict[str, Term]
    open: dict[str, OpenSlot]
    vult_in: dict[tuple[str, str], Node]
    criteria: tuple[Criterion, ...]
    bedrag: Node | None
    per: str
    hardheid: tuple[Clause, ...]
    clausules_bij: dict[str, tuple[Clause, ...]]  # of another ruleset: the clauses that this regulation has for it
    sha256: str
    source: Source = field(compare=False, repr=False)
    span: Span = field(compare=False, repr=False)
    bekendgemaakt: date | None = None  # when the text was published: after `van` it works back
    overgang: tuple[Transition, ...] = ()
    lopend: Ongoing | None = None  # only of a version as it is decided on a day: see `ir.transition`

    def works_back_on(self, day: date) -> bool:
        """Does this version count on a day on which its text was not published yet?"""
        return self.bekendgemaakt is not None and self.van <= day < self.bekendgemaakt

    def holds_on(self, day: date) -> bool:
        """Is this version valid on a day?"""
        return self.van <= day and (self.tot is None or day <= self.tot)

    def verified_on(self, day: date) -> bool:
        """Was the text of a day compared with its source?"""
        return self.geverifieerd and (self.gelezen_vanaf is None or day >= self.gelezen_vanaf)

    @property
    def local(self) -> bool:
        """Does it hold in some municipalities only?"""
        return self.gemeente is not None or self.gebied is not None

    def holds_in(self, gemeente: str | None) -> bool:
        """Does it hold in a municipality? Where that is not known (None): only if it holds everywhere."""
        if self.gebied is not None:
            return gemeente in self.gebied
        return self.gemeente is None or self.gemeente == gemeente

    @property
    def decides(self) -> bool:
        """Is there something to decide? Shared terms, and a regulation that only fills in another, decide nothing."""
        return bool(self.criteria)


# --- catalogues --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TermDef:
    """What must have happened by when, in plain words; `uiterlijk` is the last day where it can be worked out."""

    tekst: str
    grondslag: str
    uiterlijk: Node | None


@dataclass(frozen=True, slots=True)
class Provision:
    """Something that helps, from the catalogue. Without `voorwaarden` it is always on offer (and proves nothing)."""

    id: str
    titel: str
    grondslag: str
    leefgebieden: tuple[str, ...]
    wie_beslist: str
    eerste_stap: str
    drempel: int
    drempel_reden: str
    soort: str
    bereik: str
    wet: str
    voorwaarden: Node | None
    na_te_gaan: tuple[str, ...]
    zelf_uitzoeken: tuple[str, ...]
    regelset: str | None
    van: date | None
    tot: date | None
    gevoelig: Gevoelig | None  # what it is about, where others may read the post
    gemeente: str | None
    geverifieerd: bool
    bron: str
    span: Span = field(compare=False, repr=False)
    termijn: TermDef | None = None
    overdracht: str | None = None  # who calls whom, where that is not simply who decides


@dataclass(frozen=True, slots=True)
class BundleDef:
    """Provisions that strengthen each other, and why; from `bundels` of a catalogue file."""

    id: str
    titel: str
    met: tuple[str, ...]
    waarom: str
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SignalFact:
    """A fact for the signal rules: an expression that must be known to hold."""

    naam: str
    label: str
    node: Node
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SignalDef:
    """A signal rule with everything that is said of it; `als` and `dan` also go to the chainer."""

    id: str
    als: tuple[str, ...]
    dan: str
    label: str
    grondslag: str
    urgentie_werkdagen: int | None
    urgentie_uit: str | None
    biedt: tuple[str, ...]
    voorrang: bool
    geverifieerd: bool
    bron: str
    span: Span = field(compare=False, repr=False)
