"""The words of this page for kinds, sources and effects, and how an article is cited with its links."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from responsief.ir.ruleset import Ruleset
from responsief.laws import LAWS, links
from responsief.motivation.words import AREAS, SPEAKERS, body
from responsief.render.marks import bare, data, link
from responsief.values import format_day

INSTRUMENTS: Final = {
    "wet": "wet",
    "amvb": "algemene maatregel van bestuur",
    "ministeriele_regeling": "ministeriële regeling",
    "verordening": "verordening",
    "beleidsregel": "beleidsregel",
    "begrippen": "gedeelde begrippen",
}
RESTS: Final = {
    "wet": "de wet zelf",
    "amvb": "een algemene maatregel van bestuur",
    "ministeriele_regeling": "een ministeriële regeling",
    "verordening": "de verordening",
    "beleidsregel": "een beleidsregel: de gemeente stelt die zelf vast en kan er gemotiveerd van afwijken",
}
POWERS: Final = {
    "gebonden": "gebonden: wie voldoet, krijgt het; wie niet voldoet, niet",
    "discretionair": "er is ruimte om zelf te oordelen of af te wegen",
}
CLAUSES: Final = {
    "verordening_clausule": "hardheidsclausule van de verordening",
    "awb_4_84": "afwijken van een beleidsregel",
    "wettelijke_uitzondering": "uitzondering in de wet",
    "open_norm": "open norm",
    "evenredigheid_3_4_2": "evenredigheid",
    "groepsniveau": "alleen voor een hele groep",
    "geen": "geen clausule",
}
MAY: Final = {
    "toekennen": "toch toekennen",
    "bedrag": "een ander bedrag geven",
    "periode": "een andere periode nemen",
    "ingangsdatum": "eerder of later laten ingaan",
    "lening": "een lening geven",
}
DIRECTIONS: Final = {
    "ten_gunste": "alleen in het voordeel van de inwoner",
    "beide": "in het voordeel en in het nadeel van de inwoner",
}
REMEDIES: Final = {"bezwaar": "bezwaar", "administratief_beroep": "administratief beroep", "beroep": "beroep bij de rechter"}
FROM: Final = {"bekendmaking": "de dag na de bekendmaking van het besluit", "dagtekening": "de datum op het besluit"}
ASKED: Final = SPEAKERS | {  # a page speaks of the client, not to her
    "inwoner": "de inwoner",
    "brp": "de basisregistratie personen",
    "bank": "de bank",
    "gemeente": "de eigen gegevens van wie beslist",
    "oordeel": "een oordeel van een medewerker",
}
ATTENTION: Final = {
    "ingangsdatum": "Ingangsdatum", "lening": "Lening", "verlaging": "Lager bedrag", "deel": "Een deel", "plicht": "Plicht", "anders": "Let op",
}  # fmt: skip
WHO: Final = {"gemeente": "de gemeente", "overheid": "de wetgever of het Rijk", "inwoner": "de inwoner", "niemand": "niemand"}
UNVERIFIED: Final = "Niet geverifieerd: niemand heeft dit met de tekst van de regeling vergeleken."


def measure(maatstaf: str, verified: bool) -> str:
    """The words that a clause is weighed by; a quotation only when somebody compared them with the source."""
    return f"«{data(maatstaf)}»" if verified else f"{data(maatstaf)} (tekst niet geverifieerd)"


_COUNTS: Final = (
    "nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf",
)  # fmt: skip
_NUMBER: Final = re.compile(r"BWBR\d{7}")
_BY_NUMBER: Final = {law.id: law.naam for law in LAWS.values() if law.id}


def cite(grondslag: str, ruleset: Ruleset, on: date | None) -> str:
    """A `grondslag` with its links to the law as it holds on a day (None: now); what can't be linked for sure stays plain."""
    text = data(grondslag)
    told, rest = "", text
    for found in links(text, own=ruleset.regeling, version=ruleset.tekst_van, on=on):
        before, hit, after = rest.partition(found.tekst)
        if not hit:
            continue
        told, rest = f"{told}{_named(before, ruleset)}{link(_named(hit, ruleset), found.link)}", after
    return told + _named(rest, ruleset)


def _named(text: str, ruleset: Ruleset) -> str:
    """A text with the names of regulations in place of their numbers."""
    if ruleset.regeling.startswith(("CVDR", "BWBR")) and ruleset.regeling in text and ruleset.naam:
        text = re.sub(
            rf"{re.escape(ruleset.regeling)}(?:/(\d+))?",
            lambda f: data(ruleset.naam) + (f" (versie {f[1]})" if f[1] else ""),
            text,
        )
    return _NUMBER.sub(lambda f: _BY_NUMBER.get(f[0], f[0]), text)


def regulation(ruleset: Ruleset) -> str:
    """The name of the regulation, with a link to where it stands."""
    name = data(ruleset.naam) or data(ruleset.titel)
    number = ruleset.regeling
    if number.startswith("CVDR"):
        at = f"/{ruleset.tekst_van}" if ruleset.tekst_van and ruleset.tekst_van.isdecimal() else ""
        return link(name, f"https://lokaleregelgeving.overheid.nl/{number}{at}")
    if number.startswith("BWBR"):
        return link(name, f"https://wetten.overheid.nl/{number}")
    return name


def place(ruleset: Ruleset) -> str:
    """Where it holds."""
    if ruleset.gebied is not None:
        return f"in het gebied van {data(ruleset.gebied.naam)}"
    return f"in de gemeente met CBS-code {ruleset.gemeente}" if ruleset.gemeente is not None else "in heel Nederland"


def in_force(ruleset: Ruleset) -> str:
    """Since when, and until when."""
    until = f" tot en met {format_day(ruleset.tot)}" if ruleset.tot is not None else ""
    return f"vanaf {format_day(ruleset.van)}{until}"


def areas(names: tuple[str, ...]) -> str:
    """The areas of life, as an enumeration."""
    return enumeration([AREAS.get(n, n.replace("_", " ")) for n in names])


def organ(ruleset: Ruleset) -> str:
    return body(data(ruleset.orgaan))


def count(number: int) -> str:
    """A number in a sentence: in words up to twelve."""
    return _COUNTS[number] if 0 <= number < len(_COUNTS) else str(number)


def enumeration(parts: list[str]) -> str:
    """«a», «a en b»; with semicolons where a part has a comma of its own."""
    parts = [p for p in parts if p]
    if any("," in bare(p) for p in parts):
        return "; ".join(parts)
    return " en ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def kind(word: str) -> str:
    """A word of the files without its underscores."""
    return data(word).replace("_", " ")
