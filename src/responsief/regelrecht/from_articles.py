"""Laws of regelrecht (schema v0.2 and later) -> a law with a section for every machine-readable article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from responsief.regelrecht.fields import Role, read_definitions, read_field, read_kind
from responsief.regelrecht.from_services import read_action
from responsief.regelrecht.law import Action, Constant, Field, Law, OpenTerm, Section, Tree
from responsief.regelrecht.notes import Notes
from responsief.regelrecht.reading import Group, basis, day_of, plain_name
from responsief.source import Scalar
from responsief.syntax.nodes import Document, Mapping

_INSTRUMENTS: Final = {
    "WET": "wet",
    "AMVB": "amvb",
    "MINISTERIELE_REGELING": "ministeriele_regeling",
    "GEMEENTELIJKE_VERORDENING": "verordening",
    "BELEIDSREGEL": "beleidsregel",
}
#: kinds that ours has no word for -> the nearest
_NEAREST: Final = {
    "KONINKLIJK_BESLUIT": "amvb",
    "UITVOERINGSBELEID": "beleidsregel",
    "PROVINCIALE_VERORDENING": "verordening",
    "WATERSCHAPS_VERORDENING": "verordening",
}
_QUIET: Final = frozenset(
    {"$schema", "$id", "uuid", "url", "publication_date", "legal_basis", "stcrt_id", "eli", "references", "officiele_titel"}
)
_LISTS: Final[tuple[tuple[str, Role], ...]] = (("parameters", "parameter"), ("input", "invoer"), ("output", "uitvoer"))
#: of a machine-readable section: what it is, and what a person has to do
_ODD: Final = {
    "hooks": "dit artikel werkt in op andere besluiten: neem het op waar het geldt (procedure, aandachtspunten)",
    "overrides": "dit gaat vóór een ander artikel: schrijf het in de regel die het vervangt",
    "enables": "een lagere regeling mag dit invullen: schrijf het onder «open» als een regel het leest",
    "requires": "dit rust op andere artikelen: kijk of die in het register staan",
    "legal_basis_for": "een lagere regeling mag dit invullen: schrijf het onder «open» als een regel het leest",
    "procedure": "schrijf de procedure onder «procedure»",
    "preamble": "de aanhef staat niet in een regelset",
}


def read_articles(document: Document, notes: Notes) -> Law:
    """The law with its machine-readable articles; everything that is not read is noted."""
    top = Group(document.root, notes)
    sections = tuple(_sections(top, notes))
    told: set[str] = set()  # outputs that only name the law or who decides
    fixed = {a.output: a.tree.value for s in sections for a in s.actions if isinstance(a.tree, Constant)}

    def resolved(text: str) -> str:
        if not text.startswith("#"):
            return text
        told.add(plain_name(text[1:]))
        return str(fixed.get(plain_name(text[1:]), ""))

    layer = top.text("regulatory_layer")
    instrument = _INSTRUMENTS.get(layer, "")
    if not instrument:
        instrument = _NEAREST.get(layer, "wet")
        notes.add("soort-regeling", top.start, wat=layer or "geen regulatory_layer", nieuw=instrument)
    start = day_of(resolved(top.text("valid_from")))
    if start is None:
        start = day_of(top.text("publication_date"))
        if start is not None:
            notes.add("geldig-van", top.start)
    if start is None:
        notes.add("tekst", top.start, wat="«geldig.van»: de bron noemt geen dag die te lezen is; hier staat 1900-01-01")
    named = [s.orgaan for s in sections if s.orgaan and (s.decides or not any(one.decides for one in sections))]
    who = _authority(top, notes) or (named[0] if len(set(named)) == 1 else "")
    ident = top.text("$id") or top.text("name")
    gemeente = top.text("gemeente_code").removeprefix("GM")
    for key in ("provincie_code", "waterschap_code", "organisation"):
        if top.text(key):
            notes.add("sleutel", top.start, wat=f"{key} {top.text(key)}", hulp="zeg onder «bevoegd» wie beslist")
    found = Law(
        "artikelen",
        plain_name(ident).replace("_", "-"),
        resolved(top.text("name")) or top.text("officiele_titel") or ident.replace("_", " "),
        instrument,
        next((t for key in ("bwb_id", "celex_nummer", "tractatenblad_id", "stcrt_id") if (t := top.text(key))), ""),
        start or date(1900, 1, 1),
        day_of(top.text("valid_to")),
        resolved(who) or ("college" if gemeente else ""),
        gemeente if len(gemeente) == 4 and gemeente.isdigit() else None,
        sections,
        top.start,
    )
    found = replace(found, sections=tuple(_but(section, told) for section in sections))
    for odd in top.rest(_QUIET):
        notes.add("sleutel", odd.span(), wat=odd.value, hulp=_ODD.get(odd.value, "kijk wat de bron ermee regelt"))
    return found


def _but(section: Section, told: set[str]) -> Section:
    """A section without the outputs that only say how the law is called or who decides."""
    kept = tuple(a for a in section.actions if not (a.output in told and isinstance(a.tree, Constant)))
    fields = tuple(f for f in section.fields if not (f.role == "uitvoer" and f.name in told))
    return replace(section, actions=kept, fields=fields)


def _sections(top: Group, notes: Notes) -> Iterator[Section]:
    parts = [("", top.group("preamble"))] if top.has("preamble") else []
    parts += [(article.text("number"), article) for article in top.groups("articles")]
    for number, article in parts:
        node = article.get("machine_readable")
        if isinstance(node, Mapping):
            yield _section(number, Group(node, notes), notes)


def _section(number: str, group: Group, notes: Notes) -> Section:
    home = f"art. {number}" if number else "aanhef"
    execution = group.group("execution")
    fields: list[Field] = []
    for key, role in _LISTS:
        for one in execution.groups(key):
            field = read_field(one, role, home, notes)
            if field is not None:
                fields.append(field)
    actions = tuple(a for one in execution.groups("actions") if (a := read_action(one, home, notes)) is not None)
    produces = execution.group("produces")
    character = produces.text("legal_character")
    if produces.text("decision_type") == "AFWIJZING":
        notes.add(
            "sleutel",
            produces.start,
            wat="decision_type AFWIJZING",
            hulp="deze voorwaarde weigert: draai haar om in een criterium",
        )
    for inner in group.groups("implements"):
        notes.add("vult-in", inner.start, naam=plain_name(inner.text("open_term")), wet=inner.text("law"))
    for inner in group.groups("untranslatables"):
        why = inner.text("reason")
        notes.add("bron-zegt", inner.start, wat=(inner.text("construct") or "…") + (f" ({why})" if why else ""))
    terms = tuple(_open_terms(group, home, notes))
    who = _authority(group, notes)
    definitions = read_definitions(group.group("definitions"), home, notes)
    for held in (group, execution):
        for odd in held.rest(frozenset({"endpoint"})):
            what = f"{odd.value} van {home}"
            notes.add("sleutel", odd.span(), wat=what, hulp=_ODD.get(odd.value, "kijk wat de bron ermee regelt"))
    return Section(number, home, character == "BESCHIKKING", who, tuple(fields), definitions, actions, terms)


def _authority(group: Group, notes: Notes) -> str:
    node = group.get("competent_authority")
    return " ".join(node.value.split()) if isinstance(node, Scalar) else Group(node, notes, group.start).text("name")


def _open_terms(group: Group, home: str, notes: Notes) -> Iterator[OpenTerm]:
    for one in group.groups("open_terms"):
        name = one.text("id")
        if not name:
            notes.add("vorm", one.start, wat="een open term zonder «id»")
            continue
        kind = read_kind(one.text("type"), one.group("type_spec").text("unit"))
        if kind == "geld" and not one.group("type_spec").text("unit"):
            notes.add("eenheid", one.start, naam=plain_name(name))
        actions: list[Action] = []
        for inner in one.group("default").groups("actions"):
            found = read_action(inner, home, notes)
            if found is not None:
                actions.append(found)
        wanted = [a for a in actions if a.output == plain_name(name)]
        default: Tree | None = wanted[0].tree if len(actions) == 1 and wanted else None
        if actions and default is None:
            notes.add(
                "sleutel", one.start, wat=f"default van {name}", hulp="schrijf zelf wat zonder invulling geldt («anders»)"
            )
        label = one.text("description") or name.replace("_", " ").lower()
        yield OpenTerm(plain_name(name), kind, label, basis(one.get("legal_basis"), notes, home), default, one.start)
