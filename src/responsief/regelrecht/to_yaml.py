"""A draft -> YAML in our language, with what a person must do beside it. Every line knows which item it belongs to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from responsief.regelrecht.draft import Body, Condition, Draft, First, Hole, Slot, Term, Together
from responsief.regelrecht.law import Soort
from responsief.regelrecht.names import Symbol
from responsief.regelrecht.written import constant_text, decimals

TODO: Final = "NOG IN TE VULLEN"
Item = tuple[str, str]  # the section and name that a line belongs to

_TYPES: Final[dict[Soort, str]] = {
    "geld": "geld",
    "euro": "geld",
    "getal": "getal",
    "ja_nee": "ja_nee",
    "datum": "datum",
    "tekst": "tekst",
}
#: services of the source -> where we say that a fact comes from
_FROM: Final = {
    "UWV": "uwv",
    "DUO": "duo",
    "SVB": "svb",
    "BELASTINGDIENST": "belastingdienst",
    "RVIG": "brp",
    "IND": "ind",
    "RDW": "rdw",
    "KADASTER": "kadaster",
}
_SAFE: Final = re.compile(r"[A-Za-z(][^\n\"\\]*")
_NO: Final = frozenset({"null", "true", "false", "~"})


@dataclass(slots=True)
class Page:
    """The text so far, and for each line what it is about."""

    lines: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    now: Item = ("", "")

    def add(self, text: str, indent: int = 0) -> None:
        self.lines.append(" " * indent + text if text else "")
        self.items.append(self.now)

    @property
    def text(self) -> str:
        return "\n".join(self.lines) + "\n"


def to_yaml(draft: Draft, name: str) -> Page:
    """The whole file; `name` is the source's."""
    page = Page()
    _head(page, draft, name)
    _top(page, draft)
    _facts(page, draft)
    _figures(page, draft)
    _slots(page, draft.slots)
    _terms(page, draft.terms)
    _criteria(page, draft)
    _outcome(page, draft)
    _hardship(page)
    return page


def scalar(text: str) -> str:
    """A text as a YAML value: in double quotes where it could be read as something else."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    plain = _SAFE.fullmatch(clean) and ": " not in clean and " #" not in clean and clean.lower() not in _NO
    if plain and not clean.endswith(":"):
        return clean
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def inline(text: str) -> str:
    """A text between { }: a comma or bracket would cut it."""
    found = scalar(text)
    return found if found.startswith('"') or not re.search(r"[,\[\]{}]", found) else f'"{found}"'


def _head(page: Page, draft: Draft, name: str) -> None:
    for line in (
        f"Concept, gemaakt door «responsief import regelrecht» uit {name}.",
        "Niets hiervan is geverifieerd: lees elk criterium, bedrag en begrip na naast de wettekst.",
        f"Zoek op «{TODO}»: dat moet een mens schrijven. «niet_vertaald_…» is een deel dat onze taal niet kon zeggen;",
        "zolang dat onbekend is, is de uitkomst onbepaald waar zij ervan afhangt.",
    ):
        page.add(f"# {comment(line)}")
    for kind, groups in draft.notes.grouped():
        page.add("#")
        page.add(f"# {kind.capitalize()}, met de regel in de bron:")
        for advice, notes in groups:
            page.add(f"#   → {comment(advice)}")
            for note in notes:
                page.add(f"#   {note.span.line:>6}: {comment(note.tekst)}")


def comment(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _top(page: Page, draft: Draft) -> None:
    law = draft.law
    title = law.titel or law.ident
    page.add(f"regelset: concept-{law.ident[:80]}  # geef het een eigen naam als het af is")
    page.add("formaat: 1")
    page.add(f"titel: {scalar(title)}")
    page.add(f"soort: {law.soort}")
    missing = "" if law.regeling else f"  # {TODO}: het nummer van de regeling (BWBR… of CVDR…)"
    regeling = inline(law.regeling or TODO)
    page.add(f"bron: {{regeling: {regeling}, versie: {law.van.isoformat()}, naam: {inline(title)}}}{missing}")
    end = f", tot: {law.tot.isoformat()}" if law.tot is not None else ""
    page.add(f"geldig: {{van: {law.van.isoformat()}{end}}}")
    place = f', gemeente: "{law.gemeente}"' if law.gemeente else ""
    todo = f"  # {TODO}: de gemeentecode" if law.gemeente == "0000" else "" if law.orgaan else f"  # {TODO}: wie beslist"
    page.add(f"bevoegd: {{orgaan: {inline(law.orgaan or TODO)}{place}}}{todo}")
    page.add(f'doel: "{TODO}: waar deze regeling voor is"  # {TODO}')
    page.add(f"leefgebieden: [financien]  # {TODO}: kies de leefgebieden")
    page.add("geverifieerd: nee")
    page.add(f"procedure:  # {TODO}: kijk of dit hier geldt")
    page.add(f'rechtsmiddel: {{soort: bezwaar, termijn: 6 weken, vanaf: bekendmaking, bij: "{TODO}", grondslag: "{TODO}"}}', 2)


def _facts(page: Page, draft: Draft) -> None:
    if not (draft.facts or draft.holes):
        return
    page.add("")
    page.add("gegevens:")
    for symbol in draft.facts:
        page.now = ("gegevens", symbol.name)
        _fact(page, symbol)
    for hole in draft.holes.values():
        page.now = ("gegevens", hole.name)
        _hole(page, hole)
    page.now = ("", "")


def _fact(page: Page, symbol: Symbol) -> None:
    declared = symbol.field
    assert declared is not None
    page.add(f"{symbol.name}:", 2)
    digits = decimals(symbol) if symbol.soort == "getal" else 0
    options = [o for o in declared.options if symbol.soort == "tekst"]
    if options:
        page.add("type: keuze", 4)
        page.add(f"opties: [{', '.join(inline(o) for o in options)}]", 4)
    elif digits:
        page.add("type: decimaal", 4)
        page.add(f"cijfers: {digits}", 4)
    else:
        page.add(f"type: {_TYPES[symbol.soort or 'tekst']}", 4)
    page.add(f"label: {scalar(symbol.label)}", 4)
    asked = f"{TODO}: de vraag aan de inwoner. {symbol.label}"
    page.add(f"vraag: {scalar(asked)}  # {TODO}", 4)
    source = _FROM.get(declared.service.upper(), "")
    if source or declared.service or declared.law or declared.role == "bron":
        origin = " ".join(p for p in (declared.service, declared.law, declared.output) if p)
        page.add(f"van: [{source or 'gemeente'}]  # in de bron: {comment(origin) or 'een register'}", 4)
    else:
        page.add(f"van: [inwoner]  # {TODO}: waar dit vandaan komt", 4)


def _hole(page: Page, hole: Hole) -> None:
    page.add(f"{hole.name}:  # {TODO}: schrijf deze regel uit", 2)
    page.add(f"type: {_TYPES[hole.soort]}", 4)
    page.add(f"label: {scalar(f'niet vertaald uit de bron (regel {hole.span.line}): {hole.what}')}", 4)
    page.add(f"vraag: {scalar(f'{TODO}: wat komt hier uit? Zie regel {hole.span.line} van de bron.')}", 4)
    page.add("van: [oordeel]", 4)


def _figures(page: Page, draft: Draft) -> None:
    if not draft.figures:
        return
    page.add("")
    page.add("bedragen:")
    start = draft.law.van.isoformat()
    for symbol in draft.figures:
        definition = symbol.definition
        assert definition is not None
        value = definition.values[0].value
        assert isinstance(value, int | Fraction)
        soort: Soort = symbol.soort or "getal"
        text = constant_text(value, soort) or ""
        digits = len(text.partition(",")[2]) if soort == "getal" else 0
        kind = f"type: decimaal, cijfers: {digits}" if digits else f"type: {_TYPES[soort]}"
        source = f"regel {definition.span.line} van de bron"
        page.now = ("bedragen", symbol.name)
        page.add(
            f"{symbol.name}: {{{kind}, label: {inline(symbol.label)}, grondslag: {inline(definition.grondslag or TODO)}, "
            f'bron: {inline(source)}, waarden: {{{start}: "{text}"}}, geverifieerd: nee}}',
            2,
        )
    page.now = ("", "")


def _slots(page: Page, slots: list[Slot]) -> None:
    if not slots:
        return
    page.add("")
    page.add("open:")
    for slot in slots:
        term = slot.symbol.open
        assert term is not None
        page.now = ("open", slot.symbol.name)
        page.add(f"{slot.symbol.name}:", 2)
        page.add(f"type: {_TYPES[slot.symbol.soort or 'getal']}", 4)
        page.add(f"grondslag: {scalar(term.grondslag or TODO)}", 4)
        page.add(f"label: {scalar(slot.symbol.label)}", 4)
        if slot.default is not None:
            _body(page, "anders", slot.default, 4)
    page.now = ("", "")


def _terms(page: Page, terms: list[Term]) -> None:
    if not terms:
        return
    page.add("")
    page.add("begrippen:")
    for term in terms:
        page.now = ("begrippen", term.name)
        page.add(f"{term.name}:", 2)
        if term.grondslag:
            page.add(f"grondslag: {scalar(term.grondslag)}", 4)
        page.add(f"label: {scalar(term.label)}", 4)
        page.add("geverifieerd: nee", 4)
        _body(page, "is", term.body, 4)
    page.now = ("", "")


def _criteria(page: Page, draft: Draft) -> None:
    page.add("")
    page.add("criteria:")
    for one in draft.criteria:
        page.now = ("criteria", one.id)
        _criterion(page, one)
    page.now = ("", "")


def _criterion(page: Page, one: Condition) -> None:
    page.add(f"- id: {one.id}", 2)
    page.add(f"titel: {scalar(f'{TODO}: {one.titel}')}  # {TODO}: zeg de voorwaarde in gewone taal", 4)
    page.add(f"grondslag: {scalar(one.grondslag or TODO)}", 4)
    page.add(f'doel: "{TODO}: waarom deze voorwaarde er is"  # {TODO}', 4)
    page.add(f'uitleg: "{TODO}: de regel in gewone taal, voor de brief"  # {TODO}', 4)
    _body(page, "eis", one.body, 4)
    page.add("geverifieerd: nee", 4)


def _outcome(page: Page, draft: Draft) -> None:
    found = draft.outcome
    if found is None:
        return
    page.add("")
    page.now = ("uitkomst", found.name)
    page.add("uitkomst:")
    page.add("bedrag:", 2)
    page.add(f"per: {found.per}" + ("" if found.known else f"  # {TODO}: maand, jaar of keer"), 4)
    _body(page, "is", found.body, 4)
    page.now = ("", "")


def _hardship(page: Page) -> None:
    page.add("")
    page.add(f"hardheid:  # {TODO}: noem de clausules; de bron heeft ze niet")
    page.add("- id: nog-in-te-vullen", 2)
    page.add("soort: geen", 4)
    page.add(f'titel: "{TODO}: welke uitzonderingen de wet kent"', 4)
    page.add(f'grondslag: "{TODO}"', 4)
    page.add("geldt_voor: alle", 4)
    page.add(f'reikwijdte: "{TODO}: de bron zegt niets over uitzonderingen; zoek ze in de wet op"', 4)
    page.add("geverifieerd: nee", 4)


def _body(page: Page, key: str, body: Body, indent: int) -> None:
    """`key: expression`, or the group below it."""
    if isinstance(body, str):
        page.add(f"{key}: {scalar(body)}", indent)
        return
    page.add(f"{key}:", indent)
    _group(page, body, indent + 2)


def _group(page: Page, body: Together | First, indent: int) -> None:
    if isinstance(body, Together):
        page.add(f"{body.op}:", indent)
        for item in body.items:
            if isinstance(item, str):
                page.add(f"- {scalar(item)}", indent + 2)
            else:
                _dashed(page, item, indent + 2)
        return
    page.add("kies:", indent)
    for when, then in body.cases:
        at = len(page.lines)
        _body(page, "als", when, indent + 4)
        page.lines[at] = " " * (indent + 2) + "- " + page.lines[at].lstrip()
        _body(page, "dan", then, indent + 4)
    at = len(page.lines)
    _body(page, "anders", body.otherwise, indent + 4)
    page.lines[at] = " " * (indent + 2) + "- " + page.lines[at].lstrip()


def _dashed(page: Page, body: Together | First, indent: int) -> None:
    at = len(page.lines)
    _group(page, body, indent + 2)
    page.lines[at] = " " * indent + "- " + page.lines[at].lstrip()
