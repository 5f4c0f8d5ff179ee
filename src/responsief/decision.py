"""What a decision is made of: plain data that every output shares. Nothing here decides, prints or writes sentences.

The attributes carry the Dutch names of the JSON (`to_json`); amounts are euro cents, dates are ISO text in the JSON.
A `Decision` that is not a full grant cannot be made without its `Review`: there is no switch that turns the hardship pass off.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from datetime import date
from functools import cached_property
from typing import Final, Literal

from responsief.frozen import dataclass
from responsief.ir.ruleset import Advance, Gevoelig
from responsief.ir.ruleset import Remedy as Remedy  # part of a decision's vocabulary, defined with the ruleset
from responsief.situation import Situation

FORMAAT: Final = 1

Uitkomst = Literal["toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht"]
Oordeel = Literal["ja", "nee", "onbekend"]
Gevolg = Literal["afwijzen", "kan_weigeren", "deel", "wacht_tot"]
Reden = Literal["ontbreekt", "betwist", "in_onderzoek", "oordeel"]
Leverancier = Literal["aanvrager", "gemeente", "adviseur", "oordeel"]
ClausuleStatus = Literal["in_bereik", "buiten_bereik", "geblokkeerd", "onbekend"]
AlternatiefSoort = Literal["deel", "andere_regeling", "voorziening", "hardheid", "eigen_kracht", "samen", "buiten_wet"]
Who = Literal["overheid", "gemeente", "inwoner", "niemand"]
Voorstel = Literal["weegt_mee", "weegt_niet_mee", "nog_te_wegen"]
TermijnSoort = Literal["gesprek", "beslissen", "voorschot", "opschorting", "rechtsmiddel"]
BlokkadeSoort = Literal[
    "horen",
    "geschil",
    "gegevens_vragen",
    "zelf_opzoeken",
    "advies",
    "oordeel",
    "clausule",
    "wegen",
    "geen_uitkomst",
    "wachten",
    "weging_open",
    "voorstel",
    "tekst_ongeverifieerd",
    "mandaat",
    "anders",
    "verloop",
]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euro cents, per month, per year or once («maand», «jaar», «keer»)."""

    centen: int
    per: str


@dataclass(frozen=True, slots=True)
class Trace:
    """How one expression came out: its text, its verdict if it has one, the value read and the limit, and its parts."""

    tekst: str
    oordeel: Oordeel | None
    waarde: str | None
    grens: str | None
    bron: str | None
    datum: str | None
    delen: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a criterion read: where it stands, its label, its value in words (None when unknown), its origin."""

    gegeven: str
    label: str
    waarde: str | None
    bron: str | None
    datum: date | None
    betwist: bool
    herbruikbaar_tot: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a criterion came out on: the facts behind it, and what was compared with which limit, in words («€ 1.438,51»)."""

    feiten: tuple[Fact, ...]
    waarde: str | None
    grens: str | None
    teken: str | None = None  # how they stand to each other: «>», «≤», «=» …


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion with its verdict. `uitleg` is the rule in plain Dutch, `wettekst` the quoted text if it is there."""

    id: str
    titel: str
    grondslag: str
    oordeel: Oordeel
    gevolg: Gevolg
    doel: str
    uitleg: str | None
    wettekst: str | None
    rust_op: str
    bevoegdheid: str
    wie_wijzigt: str | None  # overheid · gemeente · inwoner · niemand
    wat_wijzigt: str | None
    geverifieerd: bool
    # trace and finding are written out when they are read: of most criteria only the title is
    maak_spoor: Callable[[], Trace] = field(compare=False, repr=False)
    maak_bevinding: Callable[[], Finding] = field(compare=False, repr=False)
    aftrek: int | None = None  # cents that a `deel` criterion takes off
    kan_advies: bool = True  # can an adviser be the source of one of its facts? Where not, nobody need write them out to know

    @property
    def spoor(self) -> Trace:
        """How the criterion came out, with its parts."""
        return self.maak_spoor()

    @property
    def bevinding(self) -> Finding:
        """The facts behind it, the value and the limit."""
        return self.maak_bevinding()

    @property
    def feiten(self) -> tuple[Fact, ...]:
        return self.bevinding.feiten

    @property
    def waarde(self) -> str | None:
        return self.bevinding.waarde

    @property
    def grens(self) -> str | None:
        return self.bevinding.grens

    @property
    def teken(self) -> str | None:
        return self.bevinding.teken


@dataclass(frozen=True, slots=True)
class Needed:
    """A fact that the outcome still waits for, and who must supply it. `gegeven` is its path."""

    gegeven: str
    label: str
    reden: Reden
    vraag: str
    van: Leverancier
    ja_nee: bool = False  # whether it is so or not: its label alone reads as if it were


@dataclass(frozen=True, slots=True)
class Regulation:
    """What the words need to know of the ruleset that was decided."""

    regelset: str
    versie: str
    titel: str
    soort: str  # wet · verordening · beleidsregel …
    naam: str  # the official name
    regeling: str  # BWB or CVDR id
    doel: str
    leefgebieden: tuple[str, ...]
    orgaan: str
    gemeente: str | None
    rechtsmiddel: Remedy | None
    aanvullen: str | None  # the article that gives the client time to complete the application («Awb 4:5»)
    horen: str | None  # the article that asks for a hearing first («Awb 4:7»)
    beslistermijn: str | None
    geverifieerd: bool
    voorschot: Advance | None = None  # what must be paid while nothing is decided
    tekst_van: str | None = None  # which version of the text the ruleset was made from (`bron.versie`)
    bekendgemaakt: date | None = None  # when the text was published, where it works back


# --- the hardship pass -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal that fired: every rule that led to it, and what it offers. `urgentie_werkdagen`: 0 is at once."""

    id: str
    label: str
    waarom: tuple[str, ...]  # «regel: feit + feit», one per rule, sorted by rule
    grondslag: str
    urgentie_werkdagen: int | None
    urgentie_uit: str | None  # wet · eigen_norm
    biedt: tuple[str, ...]
    voorrang: bool
    geverifieerd: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause against one failed criterion: does it reach, and if not why not."""

    id: str
    soort: str
    titel: str
    grondslag: str
    criterium: str | None
    status: ClausuleStatus
    reden: str
    tekst: str | None
    maatstaf: str | None
    richting: str
    wie_beslist: str
    mag: tuple[str, ...]
    open_vragen: tuple[str, ...]
    geverifieerd: bool
    reikwijdte: str | None = None  # how far it goes, in the words of the ruleset
    eerst_nodig: tuple[str, ...] = ()  # conditions that are not met yet: to fetch, never a refusal
    draagt_alleen: bool = False  # it reaches everything that was refused on, and may grant: no other ground is left standing


@dataclass(frozen=True, slots=True)
class Term:
    """What must have happened by when, and by which article. `uiterlijk`: the last day, where it could be worked out."""

    tekst: str
    grondslag: str
    uiterlijk: date | None


@dataclass(frozen=True, slots=True)
class Tried:
    """That the client had or asked this before. Never a reason to hide it: a reason to ask what was different."""

    op: date | None
    tekst: str
    woorden: str | None  # the client's own words on why it stopped
    hielp: bool | None
    vraag: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Something that does help. `past` is `na_te_gaan` while something about it is unknown: what to ask the client stands in
    `vragen`, what the municipality must find out by itself in `zelf_uitzoeken`."""

    id: str
    titel: str
    soort: AlternatiefSoort
    leefgebieden: tuple[str, ...]
    behoefte: str | None  # the leefgebied of the need that it serves first
    grondslag: str
    wie_beslist: str
    eerste_stap: str
    drempel: int
    past: Literal["ja", "na_te_gaan"]
    waarom: str
    vragen: tuple[str, ...]
    voorwaardelijk: bool  # only a conditional alternative that holds counts in a gate or statistic
    gevoelig: Gevoelig | None  # what others who read the post must not learn from it
    geverifieerd: bool
    zelf_uitzoeken: tuple[str, ...] = ()
    termijn: Term | None = None
    overdracht: str | None = None  # who makes the first contact, if the client wants that
    eerder_geprobeerd: Tried | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Alternatives of this review that strengthen each other."""

    id: str
    titel: str
    alternatieven: tuple[str, ...]  # their ids, in the order of the review
    waarom: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """The smallest difference that would have changed a failed criterion, and who could change it."""

    criterium: str
    tekst: str
    verschil: str | None  # «€ 1,00», «3 maanden»; None when no number tells it
    eenheid: str | None
    wie: Who


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would be otherwise, and who could see to that.

    Either a fact of the client (`gegeven`, and `waarde` as in a situation file), or, without these, that a criterion does not
    stand in the way any more.
    """

    criterium: str
    tekst: str
    wie: Who
    gegeven: str | None = None
    waarde: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A set of changes that gives a better outcome, while no part of it does. `wie`: the one who can change least."""

    veranderingen: tuple[Change, ...]
    uitkomst: Uitkomst
    bedrag: int | None  # cents
    wie: Who


@dataclass(frozen=True, slots=True)
class Consequence:
    """What strict application of the rules touches: whose life, in which area, and what says so."""

    voor: Literal["aanvrager", "kinderen", "anderen"]
    leefgebied: str
    tekst: str
    uit: Literal["regeling", "behoefte", "omstandigheid", "signaal", "huishouden"]


@dataclass(frozen=True, slots=True)
class Against:
    """What speaks against departing from a rule: a motivation that names one side only is refused."""

    criterium: str | None
    tekst: str
    grondslag: str | None


@dataclass(frozen=True, slots=True)
class Milder:
    """What a clause in reach can give that is less than everything: an amount, a time, another day, a loan."""

    clausule: str
    wat: Literal["bedrag", "periode", "ingangsdatum", "lening"]
    tekst: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """One circumstance against one clause in reach: a suggestion for a person, never the weighing itself."""

    omstandigheid: str  # its kind, or «toezegging», «belang_van_kind»
    woorden: str | None  # the client's own words
    clausule: str | None
    voorstel: Voorstel
    reden: str


@dataclass(frozen=True, slots=True)
class Review:
    """The hardship pass on one decision: a proposal for a person who decides. It never grants and never refuses."""

    signalen: tuple[Signal, ...]
    clausules: tuple[Clause, ...]
    geen_clausule: bool  # no clause reaches any failed criterion: said, not hidden
    toelichting: tuple[str, ...]  # what a reader must know of the clauses together
    alternatieven: tuple[Alternative, ...]
    grens: tuple[Boundary, ...]
    weging: tuple[Weighing, ...]
    urgentie_werkdagen: int | None
    zonder_antwoord: tuple[str, ...]  # needs (leefgebieden) that only the fallback conversation serves: a gap in policy
    manieren: tuple[Way, ...] = ()  # every smallest set of changes that gives more, where several things must change together
    gevolgen: tuple[Consequence, ...] = ()
    tegen: tuple[Against, ...] = ()
    milder: tuple[Milder, ...] = ()
    bundels: tuple[Bundle, ...] = ()  # of the alternatives those that fit well together
    behoeften: tuple[str, ...] = ()  # the needs (leefgebieden) that the client stated, in the order of what matters to her

    @property
    def binnen_regels(self) -> tuple[int, int] | None:
        """How many of the stated needs something inside existing rules serves, of how many; None when none was stated."""
        every = len(self.behoeften)
        return (every - len(self.zonder_antwoord), every) if every else None


# --- the decision ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """A ruleset, catalogue or signal file that was read, by its SHA-256."""

    naam: str
    versie: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was decided with what: same input, same bytes. The hash of a situation is personal data: it stays in the file."""

    regelset: str
    versie: str
    sha256: str
    motor: str  # engine version
    keten: str  # durable-rules · eigen
    peildatum: date
    situatie_sha256: str
    gelezen: tuple[Source, ...]
    feiten: tuple[tuple[str, str], ...]  # path, and the criteria that read it


@dataclass(frozen=True, slots=True)
class Texts:
    """The letter to the client (B1) and the note for the file."""

    brief: str
    nota: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date that the case hangs on: what must have happened by then, and by which article. None: time stands still, or is not set."""

    soort: TermijnSoort
    uiterlijk: date | None
    grondslag: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive days of a right that runs over time, on which the outcome is the same; both days count."""

    van: date
    tot: date
    uitkomst: Uitkomst
    bedrag: Amount | None
    afgewezen_op: tuple[str, ...]

    @property
    def recht(self) -> bool:
        """Is there a right on these days, entirely or in part?"""
        return self.uitkomst in ("toegekend", "gedeeltelijk")


@dataclass(frozen=True, slots=True)
class Start:
    """Of a right that runs over time: from which day it can begin, and what came out on every day since.

    `eerste_dag`: where the law lets it begin at the earliest; None while that is not known. `verloop`: each day from then up
    to and including the reference date, decided with the facts as they are known now and the figures of that day.
    """

    eerste_dag: date | None
    grondslag: str
    uitleg: str
    verloop: tuple[Stretch, ...]

    def otherwise(self, now: Uitkomst) -> tuple[Stretch, ...]:
        """The days that are not told by what comes out now: of a grant those without a right, of a refusal those that are no refusal."""
        if now in ("toegekend", "gedeeltelijk"):
            return tuple(one for one in self.verloop if not one.recht)
        return tuple(one for one in self.verloop if one.uitkomst != "afgewezen") if now == "afgewezen" else ()

    @property
    def vanaf(self) -> date | None:
        """The first day on which there is a right; None when there is none on any day."""
        return next((one.van for one in self.verloop if one.recht), None)


@dataclass(frozen=True, slots=True)
class Attention:
    """What somebody who gets something must know of besides (a loan, less later, a duty), and whether that is sure."""

    id: str
    soort: str  # ingangsdatum · lening · verlaging · deel · plicht · anders
    tekst: str
    grondslag: str
    past: Literal["ja", "na_te_gaan"]
    geverifieerd: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Transitional law in this case: does an earlier version of the rules decide (`oordeel`), of which criteria, and why.

    While that is not known only what both versions say is said. The other fields tell of the earlier version: its first day
    (`versie`), the last day on which it held for everyone, its name and text.
    """

    oordeel: Oordeel
    grondslag: str
    uitleg: str
    tot: date | None  # the last reference date on which it is kept
    criteria: tuple[str, ...]  # ids that it decides, or that it may while it is unknown
    bedrag: bool
    versie: str
    gold_tot: date
    naam: str
    regeling: str
    tekst_van: str | None
    feiten: tuple[Fact, ...]  # on which that rests


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the letter. What is absent shows as a marked placeholder: a client never receives a concept."""

    organisatie: str | None = None
    adres: str | None = None
    contactpersoon: str | None = None
    telefoon: str | None = None
    bereikbaar: str | None = None
    kenmerk: str | None = None
    naam_client: str | None = None
    verzonden_op: date | None = None
    gedeeld_adres: bool | None = None  # others read the post here: sensitive alternatives stay out of the letter
    hulp_bij_brief: str | None = None  # who helps with this letter, free of charge


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that still blocks a person from deciding: which kind, for programs, and the sentence, for people.

    The kinds: hear first, say which source was believed, ask the applicant, look it up, ask an adviser, judge; fetch something for a clause, weigh a ground on
    which may be refused, the rules give no outcome, wait; weigh a circumstance, confirm a suggestion; compare a text with its
    source, decide with a mandate; and what another program put there («anders»).
    """

    soort: BlokkadeSoort
    tekst: str


@dataclass(frozen=True, slots=True)
class FactTold:
    """A fact as a screen shows it: what is recorded beside what the client says, why it was read, and by which article."""

    gegeven: str
    label: str
    waarde: str | None
    bron: str | None
    datum: date | None
    betwist: bool
    eigen_opgave: str | None  # what the client says where she says otherwise
    herbruikbaar_tot: date | None
    waarvoor: tuple[str, ...]  # ids of criteria
    doelen: tuple[str, ...]  # what those criteria are for (AVG 5 lid 1 onder b)
    grondslagen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadFirst:
    """The client's own words that a person must read before anything else: they may tell of danger or great distress."""

    waar: str  # the path in the situation
    woorden: str | None  # None where a kind of circumstance or a fact says it
    waarom: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What a screen shows beside the decision."""

    feiten: tuple[FactTold, ...]
    lees_eerst: tuple[ReadFirst, ...]


class MissingReviewError(ValueError):
    """A decision that is not a full grant was made without its hardship review."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A decided case before its words: the verdict with all its grounds, and the review."""

    regeling: Regulation
    situatie: Situation
    peildatum: date
    uitkomst: Uitkomst
    bedrag: Amount | None
    bedrag_vol: Amount | None  # before `deel` criteria took something off
    wacht_tot: date | None
    criteria: tuple[Criterion, ...]
    afgewezen_op: tuple[str, ...]
    te_wegen: tuple[str, ...]
    onbekend: tuple[str, ...]
    nog_nodig: tuple[Needed, ...]
    hardheid: Review | None
    haast: tuple[Signal, ...] = ()  # of a full grant, which has no review: the signals that can't wait all the same
    ingang: Start | None = None  # of a right that runs over time
    aandacht: tuple[Attention, ...] = ()  # of a grant, entire or in part
    overgang: tuple[Kept, ...] = ()

    def kept(self, criterion: str) -> Kept | None:
        """The earlier version that decided a criterion; None of one that this version decides."""
        return next((one for one in self.overgang if one.oordeel == "ja" and criterion in one.criteria), None)

    @property
    def works_back(self) -> bool:
        """Is the reference date one on which the text was not published yet?"""
        return self.regeling.bekendgemaakt is not None and self.peildatum < self.regeling.bekendgemaakt

    def __post_init__(self) -> None:
        if self.hardheid is None and self.uitkomst != "toegekend":
            raise MissingReviewError(f"{self.regeling.regelset}: «{self.uitkomst}» zonder hardheidstoets kan niet bestaan")

    def criterion(self, ident: str) -> Criterion:
        """The criterion with this id; KeyError when the ruleset has none."""
        for one in self.criteria:
            if one.id == ident:
                return one
        raise KeyError(ident)

    @property
    def failed(self) -> tuple[Criterion, ...]:
        """The criteria that stand in the way: refused on, still to weigh, taking something off, or waiting."""
        ids = {*self.afgewezen_op, *self.te_wegen}
        return tuple(
            c
            for c in self.criteria
            if c.id in ids
            or (c.oordeel == "nee" and (c.gevolg == "deel" or (self.uitkomst == "wacht" and c.gevolg == "wacht_tot")))
        )


@dataclass(frozen=True)
class Decision:
    """A concept decision with everything a person needs to decide: verdict, review, words, receipt.

    The words and the receipt are made when they are first read, from data that no longer changes.
    """

    draft: Draft
    blokkades: tuple[Blocker, ...]  # what still blocks it; empty when nothing does
    maak_motivering: Callable[[], Texts] = field(compare=False, repr=False)
    maak_verantwoording: Callable[[], Receipt] = field(compare=False, repr=False)
    maak_termijnen: Callable[[], tuple[Deadline, ...]] = field(compare=False, repr=False)
    maak_scherm: Callable[[], Screen] = field(compare=False, repr=False)
    # whose letter it is: who decides otherwise than the draft gets a letter from the same sender
    afzender: Sender | None = field(default=None, compare=False, repr=False)

    @property
    def beslisrijp(self) -> tuple[str, ...]:
        """What still blocks it, in sentences; empty when nothing does."""
        return tuple([one.tekst for one in self.blokkades])

    @cached_property
    def termijnen(self) -> tuple[Deadline, ...]:
        """Every date that the case hangs on, the first first."""
        return self.maak_termijnen()

    @cached_property
    def scherm(self) -> Screen:
        """Every fact that a criterion read, with why; and the words to read first."""
        return self.maak_scherm()

    @cached_property
    def motivering(self) -> Texts:
        """The letter and the note."""
        return self.maak_motivering()

    @cached_property
    def verantwoording(self) -> Receipt:
        """What was decided with what."""
        return self.maak_verantwoording()

    @property
    def regelset(self) -> str:
        return self.draft.regeling.regelset

    @property
    def uitkomst(self) -> Uitkomst:
        return self.draft.uitkomst

    @property
    def peildatum(self) -> date:
        return self.draft.peildatum

    @property
    def bedrag(self) -> Amount | None:
        return self.draft.bedrag

    @property
    def wacht_tot(self) -> date | None:
        return self.draft.wacht_tot

    @property
    def afgewezen_op(self) -> tuple[str, ...]:
        return self.draft.afgewezen_op

    @property
    def te_wegen(self) -> tuple[str, ...]:
        return self.draft.te_wegen

    @property
    def nog_nodig(self) -> tuple[Needed, ...]:
        return self.draft.nog_nodig

    @property
    def hardheid(self) -> Review | None:
        return self.draft.hardheid

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return self.draft.criteria

    @property
    def ingang(self) -> Start | None:
        return self.draft.ingang

    @property
    def aandacht(self) -> tuple[Attention, ...]:
        return self.draft.aandacht

    @property
    def overgang(self) -> tuple[Kept, ...]:
        return self.draft.overgang


@dataclass(frozen=True, slots=True)
class NotDecided:
    """A ruleset that could not be decided, and why (a figure without a value on that date, no local filler)."""

    regelset: str
    reden: str


@dataclass(frozen=True, slots=True)
class NotRaised:
    """A ruleset that nobody asked for: known not to be about this client (`oordeel` «nee»), or not known to be («onbekend»).
    `reden` says in plain words whom it is for."""

    regelset: str
    titel: str
    reden: str
    oordeel: Literal["nee", "onbekend"] = "nee"


@dataclass(frozen=True)
class Decisions:
    """What `decide` hands out for one situation: a decision per ruleset, what could not be decided, and (when everything was
    looked at) what is not about this client."""

    besluiten: tuple[Decision, ...]
    niet_beslist: tuple[NotDecided, ...] = ()
    niet_ter_sprake: tuple[NotRaised, ...] = ()
