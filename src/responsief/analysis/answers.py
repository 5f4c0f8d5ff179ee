"""What an analysis says: plain data. A proof, a person in whose case it goes otherwise, or that it was not proved and why."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from responsief.frozen import dataclass

Bewijs = Literal["bewezen", "weerlegd", "niet_bewezen"]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact of a witness: where it stands, its label, and its value in words («€ 1.541,66», «onbekend»)."""

    pad: str
    label: str
    waarde: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `evaluate` gives for a witness: the outcome, the criteria refused on, the amount in cents."""

    uitkomst: str
    afgewezen_op: tuple[str, ...] = ()
    bedrag: int | None = None
    wacht_tot: date | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """A person as near to the reference person as can be. `situatie` is what a situation file holds: `responsief decide` reads it.

    `verschil` are the facts in which she differs from the reference person; `zin` says who she is on one line.
    """

    situatie: dict[str, Any]
    verschil: tuple[Told, ...]
    zin: str
    peildatum: date


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to one question. `reden` says why something is not proved, or within which bounds a proof holds."""

    bewijs: Bewijs
    getuige: Witness | None = None
    reden: str = ""
