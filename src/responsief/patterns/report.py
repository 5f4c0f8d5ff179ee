"""What was found, as every output shares it: counts that may be shown, and what the rules say beside them."""

from __future__ import annotations

from responsief.frozen import dataclass
from responsief.patterns.cases import Soort
from responsief.patterns.shown import Count


@dataclass(frozen=True, slots=True)
class Cluster:
    """A building or district where it happens more than elsewhere. `een_op`: chance explains it in at most one of so many cases, all
    places together; None: there were too few decisions elsewhere to compare with. Of a district `zonder` names the buildings in it
    that stand apart: they are not counted in it."""

    soort: Soort
    naam: str
    wijk: str | None  # of a building
    afgewezen: Count
    besluiten: Count
    een_op: int | None
    zonder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause at a criterion: to how many of those refused it was proposed, and for how many others a person departed with it from
    just this rule. `gebruikt` is None while nobody decided anything."""

    id: str
    titel: str
    grondslag: str
    voorgesteld: Count
    gebruikt: Count | None


@dataclass(frozen=True, slots=True)
class Helped:
    """Something that was named to them as help: to how many it fits, and with how many that must be looked into."""

    id: str
    titel: str
    past: Count
    na_te_gaan: Count


@dataclass(frozen=True, slots=True)
class Other:
    """Another ruleset that refused the same people."""

    regelset: str
    titel: str
    afgewezen: Count


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that the criterion is worked out with, and its value on the day, in words."""

    naam: str
    label: str
    waarde: str | None
    grondslag: str | None


@dataclass(frozen=True, slots=True)
class Purpose:
    """What the rules say of a criterion. Of one that is not in the register everything but its id is empty, and `bekend` false. The
    figures of the ruleset itself come first, and what lies nearer to the criterion before what it is worked out with."""

    regelset: str
    regeling: str  # the title of the ruleset
    criterium: str
    titel: str
    grondslag: str
    doel: str
    tekst: str | None  # what the law says
    uitleg: str | None
    bewijs: str | None
    cijfers: tuple[Figure, ...]
    vragen: tuple[tuple[str, str], ...]  # (label, who knows it) of each fact that the ruleset itself asks for it
    wie_wijzigt: str | None
    wat_wijzigt: str | None
    clausules: tuple[str, ...]  # ids of the clauses that are written for it
    bekend: bool = True


@dataclass(frozen=True, slots=True)
class Signal:
    """Many rejections on one criterion, or a cluster of them in a place: a signal about the system, not about the people."""

    doel: Purpose
    afgewezen: Count
    besluiten: Count
    vaak: bool  # is it a large share of all decisions?
    plekken: tuple[Cluster, ...]
    elders: tuple[Count, Count] | None  # refused, of how many, outside those places; None: not shown, or no place stands out
    clausules: tuple[ClauseUse, ...] | None  # None: that was not kept
    zonder_clausule: Count | None
    ook: tuple[Other, ...] | None
    hulp: tuple[Helped, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with rejections that do not stand out."""

    doel: Purpose
    afgewezen: Count
    besluiten: Count


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, measured: numerator and denominator. `reden` says why it can't be said; then both are None."""

    id: str
    naam: str
    teller: Count | None = None
    noemer: Count | None = None
    reden: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was found. `besluiten` counts decisions about different people per ruleset, `onleesbaar` what was set aside. `weggelaten`:
    is there a ruleset with fewer than `k` decisions? It counts nowhere. `zonder_plek`: of how many no place is known; None
    where no places were given."""

    k: int
    besluiten: Count
    afgerond: Count
    met_plek: Count
    zonder_plek: Count | None
    onleesbaar: int
    weggelaten: bool
    signalen: tuple[Signal, ...]
    andere: tuple[Line, ...]
    verhoudingen: tuple[Rate, ...]
    clausules: tuple[Rate, ...]
