"""Hypothesis strategies: random typed registers (as YAML text), and random situations with everything that can be unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from random_expressions import NUMBERS, PARTIAL_DAYS, PERIODS, SITUATION, WORDS, Dice, Drawn
from random_rulesets import GEGEVENS, RULESETS, Rulesets, Written
from responsief.facts import GemeenteSoort, Soort
from responsief.situation import Situation, model_of


def value(soort: Soort, dice: Dice) -> Any:
    """What a file could say of a known fact."""
    if soort.geen and dice.chance(25):
        return "geen"
    if isinstance(soort, GemeenteSoort):
        return dice.pick(("0599", "0363", "0344"))
    match soort.naam:
        case "geld":
            amounts = ("€ 0", "€ 0,01", "€ 1", "€ 99,99", "€ 100", "€ 100,01", "€ 1.250,50", "€ 25.000", {"centen": 333})
            return dice.pick(amounts if soort.minst is not None else (*amounts, "-€ 12,34"))
        case "getal":
            number = int(dice.pick(NUMBERS))
            return number if soort.minst is None else abs(number)
        case "decimaal":
            return dice.pick(("0", "1", "17") if soort.cijfers == 0 else ("0", "0,5", "1,25", "2,50", "17.5", "-3,01"))
        case "ja_nee":
            return dice.pick(("ja", "nee", True, False))
        case "datum":
            return dice.pick(PARTIAL_DAYS)
        case "periode":
            return dice.pick(PERIODS)
        case "keuze":
            return dice.pick(soort.opties)
        case "tekst":
            return dice.pick(WORDS)


class Situations:
    """Writes one situation as a vendor could send it. `known`: how many of a hundred facts are."""

    def __init__(self, dice: Dice, known: int) -> None:
        self.dice = dice
        self.known = known

    def raw(self) -> dict[str, Any]:
        raw = self.group(Situation)
        self.agree(raw.setdefault("huishouden", {}))
        raw["eigen"] = {ruleset: self.own() for ruleset in RULESETS if self.dice.chance(90)}
        raw["feiten"] = self.doubts(raw)
        return raw

    def group(self, model: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            if name in ("formaat", "feiten", "eigen"):
                continue
            soort = next((n for n in info.metadata if isinstance(n, Soort)), None)
            inner = model_of(info.annotation)
            if not (soort is None and inner is not None and "tuple" not in str(info.annotation)) and not self.dice.chance(
                self.known
            ):
                if self.dice.chance(10):
                    found[name] = self.dice.pick((None, "onbekend"))
                continue
            if soort is not None:
                found[name] = value(soort, self.dice)
            elif name == "partner":
                found[name] = self.dice.pick(("geen", None, self.group(inner), self.group(inner)))
            elif inner is not None and "tuple" not in str(info.annotation):
                found[name] = self.group(inner)
            elif inner is not None:
                found[name] = self.dice.pick(("geen", [], None)) if self.dice.chance(25) else self.entries(inner)
            else:
                found[name] = [self.dice.pick(("wonen", "zorg", "werk")) for _ in range(self.dice.below(3))]
        return found

    def entries(self, model: Any) -> list[dict[str, Any]]:
        found = [self.group(model) for _ in range(1 + self.dice.below(3))]
        for one in found:
            if model.__name__ == "Behoefte":
                one["leefgebied"], one["ernst"] = "wonen", 1 + self.dice.below(5)
            elif model.__name__ == "Omstandigheid":
                one["soort"] = self.dice.pick(("taal", "overig"))
        return found

    def agree(self, household: dict[str, Any]) -> None:
        """A household that does not contradict itself."""
        partner, soort = household.get("partner"), household.get("soort")
        if soort in ("alleenstaande", "alleenstaande_ouder") and isinstance(partner, dict):
            household["soort"] = self.dice.pick(("gehuwd", None))
        elif (soort == "gehuwd" and partner == "geen") or (
            soort == "alleenstaande_ouder" and household.get("kinderen") in ("geen", [])
        ):
            household["soort"] = self.dice.pick(("alleenstaande", None))

    def own(self) -> dict[str, Any]:
        found = {}
        for name, written in GEGEVENS.items():
            if self.dice.chance(self.known):
                soort = Soort(
                    written["type"],
                    *written.get("opties", ()),
                    geen="geen" in written,
                    cijfers=int(written.get("cijfers", "0")),
                )
                found[name] = value(soort, self.dice)
        return found

    def doubts(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Some facts, groups or lists that are disputed or under investigation."""
        if not self.dice.chance(20):
            return {}
        doubt: list[dict[str, Any]] = [
            {"betwist": "ja"},
            {"in_onderzoek": True, "bron": "brp"},
            {"bron": "uwv", "datum": "2026-02"},
        ]
        paths = [*DOUBTED, *(f"eigen.lokaal.{name}" for name in GEGEVENS)]
        return {self.dice.pick(paths): self.dice.pick(doubt) for _ in range(1 + self.dice.below(3))}


DOUBTED = (
    *(r.text for r in SITUATION),
    "inkomsten.0",
    "inkomsten.0.bedrag",
    "schulden.1",
    "huishouden.kinderen.1.geboortedatum",
    "huishouden.partner.inkomsten.0.soort",
)


def situation(dice: Dice, known: int | None = None) -> Situation:
    """A situation of which `known` of a hundred facts are known; without it anything from all to none."""
    share = dice.pick((100, 95, 85, 60, 30, 0)) if known is None else known
    return Situation.model_validate(Situations(dice, share).raw())


# --- strategies --------------------------------------------------------------------------------------------------------

REFERENCE_DAYS = tuple(date.fromisoformat(d) for d in ("2026-03-02", "2025-12-31", "2024-02-29", "2026-03-01", "2025-01-01"))


@st.composite
def registers(draw: st.DrawFn, *, kleene: bool = False) -> Written:
    """A register as text. `kleene`: without `is bekend` and `is onbekend`, which may change as more becomes known."""
    return Rulesets(Drawn(draw), kleene=kleene).written()


@st.composite
def situations(draw: st.DrawFn, *, known: int | None = None) -> Situation:
    """A situation, with everything that can be unknown in it."""
    return situation(Drawn(draw), known)


reference_days = st.sampled_from(REFERENCE_DAYS)
seeds = st.integers(0, 2**64 - 1)
