"""Both sides of a weighing, as far as facts tell them: what strict application touches and whose life, what speaks against
departing from the rule, and what could be given that is less than everything.

What a consequence really means for somebody, only a person can say: here stands where to look. Strengths are no reason
against anybody, and what people say they can do themselves is not read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal

from responsief.decision import Against, Alternative, Clause, Consequence, Milder
from responsief.hardship.case import HardCase
from responsief.hardship.clauses import reaches
from responsief.ir.ruleset import SignalDef
from responsief.values import GEEN, format_money

# The area of life that a circumstance touches first.
AREA_OF: Final = {
    "acute_nood": "financien", "brand_of_ramp": "wonen", "chronisch_ziek": "lichamelijke_gezondheid",
    "detentie_achter_de_rug": "justitie", "dreigende_dakloosheid": "wonen", "geen_steun_ouders": "gezin",
    "geen_uitzicht_op_inkomen": "werk", "geen_vaste_woonplek": "wonen", "geweld_thuis": "gezin",
    "kleine_overschrijding": "financien", "onverwachte_kosten": "financien",
    "opleiding_opgelegd_door_gemeente": "opleiding", "overlijden_naaste": "netwerk", "problematische_schulden": "financien",
    "psychische_nood": "geestelijke_gezondheid", "scheiding": "gezin", "sterfbed_naaste": "netwerk", "studieuitval": "opleiding",
    "taal": "meedoen", "verslaving_in_behandeling": "middelengebruik", "verlies_van_werk": "werk",
    "zwanger": "lichamelijke_gezondheid",
}  # fmt: skip
CHILD_SIGNAL: Final = ("kind", "jeugd", "leerling")  # in the name of a signal that is about a child
LESS: Final[dict[str, str]] = {
    "bedrag": "een deel van het bedrag, of een ander bedrag",
    "periode": "voor een bepaalde tijd, en daarna opnieuw kijken",
    "ingangsdatum": "vanaf een andere dag",
    "lening": "als lening, met afspraken over terugbetalen die passen",
}
SOONER: Final = "eerder beginnen dan de wachttijd"
MOST_HELP: Final = 2  # other help that is sure and is named as a reason against

For = Literal["aanvrager", "kinderen", "anderen"]


def consequences(case: HardCase, fired: Mapping[str, Sequence[SignalDef]]) -> tuple[Consequence, ...]:
    """What the strict rule touches: the client first, then children, then others; of each in the order in which it was found."""
    order: dict[For, int] = {"aanvrager": 0, "kinderen": 1, "anderen": 2}
    found = dict.fromkeys(
        (*_of_rule(case), *_of_needs(case), *_of_circumstances(case), *_of_signals(case, fired), *_of_home(case))
    )
    return tuple(sorted(found, key=lambda one: order[one.voor]))


def _of_rule(case: HardCase) -> Iterator[Consequence]:
    full = case.verdict.bedrag_vol
    if case.verdict.uitkomst == "afgewezen" and full:
        text = f"{format_money(full)} per {case.ruleset.per} minder dan wanneer de aanvraag was goedgekeurd"
        yield Consequence("aanvrager", case.ruleset.leefgebieden[0], text, "regeling")


def _of_needs(case: HardCase) -> Iterator[Consequence]:
    for need in case.situation.behoeften or ():
        if need.leefgebied is not None:
            weight = f", ernst {need.ernst} van 5" if need.ernst is not None else ""
            yield Consequence("aanvrager", need.leefgebied, f"een behoefte die blijft staan{weight}", "behoefte")


def _of_circumstances(case: HardCase) -> Iterator[Consequence]:
    for raised in case.situation.omstandigheden or ():
        kind = raised.soort or "overig"
        if kind in AREA_OF:
            yield Consequence("aanvrager", AREA_OF[kind], kind.replace("_", " "), "omstandigheid")


def _of_signals(case: HardCase, fired: Mapping[str, Sequence[SignalDef]]) -> Iterator[Consequence]:
    for name, rules in sorted(fired.items()):
        about = {area for rule in rules for area in case.aids.about(rule)}
        area = min(about) if about else case.ruleset.leefgebieden[0]
        about_child = any(word in name for word in CHILD_SIGNAL)
        yield Consequence("kinderen" if about_child else "aanvrager", area, rules[0].label, "signaal")


def _of_home(case: HardCase) -> Iterator[Consequence]:
    """Whoever lives there, and whoever is cared for: what they notice is for a person to find out."""
    home, care = case.situation.huishouden, case.situation.zorg
    at_home = [child for child in home.kinderen or () if child.thuiswonend]
    if at_home:
        children = "1 kind" if len(at_home) == 1 else f"{len(at_home)} kinderen"
        yield Consequence("kinderen", "gezin", f"{children} thuis", "huishouden")
    if home.partner is not None and home.partner is not GEEN:
        yield Consequence("anderen", "gezin", "een partner die van hetzelfde inkomen leeft", "huishouden")
    if home.medebewoners:
        others = "1 medebewoner" if len(home.medebewoners) == 1 else f"{len(home.medebewoners)} medebewoners"
        yield Consequence("anderen", "wonen", others, "huishouden")
    carer = any(raised.soort == "mantelzorg" for raised in case.situation.omstandigheden or ())
    if care.geeft_mantelzorg or carer:
        yield Consequence("anderen", "netwerk", "iemand die van de zorg van betrokkene afhangt", "huishouden")


def against(case: HardCase, entries: Sequence[Clause], helps: Sequence[Alternative]) -> tuple[Against, ...]:
    """What speaks against departing from the rule: its purpose, a statute that binds, what must come first, other help."""
    return tuple(dict.fromkeys(_against(case, entries, helps)))


def _against(case: HardCase, entries: Sequence[Clause], helps: Sequence[Alternative]) -> Iterator[Against]:
    for criterion in case.failed:
        yield Against(criterion.id, f"het doel van «{criterion.titel}»: {criterion.doel}", criterion.grondslag)
        if criterion.rust_op == "wet" and criterion.bevoegdheid == "gebonden" and criterion.gevolg != "kan_weigeren":
            text = f"bij «{criterion.titel}» bindt de wet: alleen waar de wetgever geen rekening mee hield, kan tellen"
            yield Against(criterion.id, text, criterion.grondslag)
    for entry in entries:
        if reaches(entry):
            for first in entry.eerst_nodig:
                yield Against(entry.criterium, f"voor «{entry.titel}» is er nog niet: {first}", entry.grondslag)
    sure = [one for one in helps if one.past == "ja" and one.voorwaardelijk and one.soort in ("andere_regeling", "voorziening")]
    for one in sure[:MOST_HELP]:
        yield Against(None, f"er is ook andere hulp die past: {one.titel}", one.grondslag)


def milder(case: HardCase, entries: Sequence[Clause]) -> tuple[Milder, ...]:
    """What the clauses in reach can give that is less than everything."""
    found: dict[Milder, None] = {}
    for entry in entries:
        if reaches(entry):
            for what in entry.mag:
                if what in LESS:
                    sooner = what == "periode" and case.verdict.uitkomst == "wacht"
                    found[Milder(entry.id, what, SOONER if sooner else LESS[what])] = None  # type: ignore[arg-type]  # a key of LESS
    return tuple(found)
