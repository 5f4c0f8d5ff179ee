"""The person to whom every witness is as near as can be, and what a witness says of herself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from responsief.analysis.answers import Told
from responsief.backends.explain import in_words, with_unit
from responsief.backends.symbolic_facts import Facts, Path, Variable
from responsief.backends.unknown import field_of, label_of
from responsief.ir.types import Kind
from responsief.values import GEEN, add_period, full_years
from responsief.values import Period as Length

AGE: Final = 40

#: a woman of forty who lives alone in a rented house, with no work and no debts
FACTS: Final[Mapping[Path, Any]] = {
    ("huishouden", "soort"): "alleenstaande",
    ("persoon", "verblijf", "soort"): "nederlander",
    ("wonen", "soort"): "huur",
    ("wonen", "woonsituatie"): "zelfstandig",
    ("wonen", "woonplaats_hier"): True,
    ("wonen", "huur"): 60000,
    ("werk", "soort"): "geen",
    ("inkomsten", "soort"): "loon",
    ("inkomsten", "per"): "maand",
    ("inkomsten", "vakantietoeslag"): "exclusief",
    ("inkomsten", "bedrag"): 150000,
    ("huishouden", "kinderen", "thuiswonend"): True,
    ("huishouden", "kinderen", "ten_laste"): True,
    ("communicatie", "digid"): True,
    ("opleiding", "startkwalificatie"): True,
    ("veiligheid", "veilige_slaapplek"): True,
}
CHILD: Final = 8
PARTNER: Final = ("huishouden", "partner")


def usual(variable: Variable, on: date) -> Any:
    """What a fact is for the reference person; None where nothing is more usual than anything else."""
    path = tuple(step for step in variable.path if not step.isdigit())
    if path[:2] == PARTNER:
        path = ("persoon", *path[2:]) if len(path) > 2 else path
    if path in FACTS:
        return FACTS[path]
    if path[-1] == "geboortedatum":
        years = CHILD if "kinderen" in path else AGE
        return add_period(on, Length(months=12 * years), -1)
    match variable.type.kind:
        case Kind.JA_NEE:
            return False
        case Kind.GELD | Kind.GETAL:
            return 0
        case Kind.DATUM if path[-1] == "beslissen_uiterlijk":
            return add_period(on, Length(months=1), 1)
        case Kind.DATUM if path[0] == "aanvraag":
            return add_period(on, Length(months=1), -1)
        case Kind.DATUM if variable.soort is not None and variable.soort.geen:
            return GEEN
        case Kind.DATUM:
            return add_period(on, Length(months=12), -1)
        case Kind.KEUZE if "geen" in variable.type.options:
            return "geen"
        case _:
            return None


def told(facts: Facts, found: Mapping[Path, Any]) -> Iterator[Told]:
    """The facts of a witness that are not as usual, in the order of the facts."""
    for path, value in found.items():
        variable = facts.variables[path]
        if value is not None and value != usual(variable, facts.on):
            yield _told(facts, variable, value)


def _told(facts: Facts, variable: Variable, value: Any) -> Told:
    label, unit = _label(facts, variable)
    words = with_unit(in_words(value, variable.type), unit)
    return Told(".".join(variable.path), label, words if words is not None else str(value))


def _label(facts: Facts, variable: Variable) -> tuple[str, str | None]:
    path = ".".join(variable.path)
    if variable.path[0] == "eigen":
        return facts.told[variable.path[:3]]
    field = field_of(path)
    return label_of(variable.path), field.eenheid if field is not None else None


FORMS: Final = {
    "alleenstaande": "alleenstaande",
    "alleenstaande_ouder": "alleenstaande ouder",
    "gehuwd": "gehuwd of samenwonend",
}


def sentence(
    facts: Facts, found: Mapping[Path, Any], differs: tuple[Told, ...], unknown: Sequence[Path] = (), most: int = 4
) -> str:
    """Who she is, on one line: how she lives, her age, what else matters, and what is not known of her."""
    parts = []
    form = found.get(("huishouden", "soort"))
    if form in FORMS:
        parts.append(FORMS[form])
    born = found.get(("persoon", "geboortedatum"))
    if isinstance(born, date):
        parts.append(f"{full_years(born, facts.on)} jaar")
    shown = [t for t in differs if t.pad not in ("huishouden.soort", "persoon.geboortedatum")]
    if not shown:  # nothing about her is unusual: then the amounts are what it turns on
        amounts = [path for path, value in found.items() if type(value) is int and value]
        shown = [_told(facts, facts.variables[path], found[path]) for path in amounts[:2]]
    parts += [f"{t.label}: {t.waarde}" for t in shown[:most]]
    if len(shown) > most:
        parts.append(f"en nog {len(shown) - most} {'gegeven' if len(shown) == most + 1 else 'gegevens'}")
    if unknown:
        names = [_label(facts, facts.variables[path])[0] for path in unknown[:2]]
        more = f" en nog {len(unknown) - 2}" if len(unknown) > 2 else ""
        parts.append(f"niet bekend: {', '.join(names)}{more}")
    return ", ".join(parts) or "iemand van wie verder niets bijzonders is"
