"""A first mapping from the headings and the first rows of files: every line of it is a guess, and says so."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from responsief.ir.types import Kind
from responsief.other_words import same
from responsief.scan.raw import RawFile
from responsief.scan.sensitive import SAMPLE, looks_like
from responsief.scan.targets import Target, list_target, person_target
from responsief.tables.layout import Layout

_KEYS: Final = (
    "sleutel",
    "klantnummer",
    "klantnr",
    "clientnummer",
    "clientnr",
    "persoonsnummer",
    "nummer",
    "nr",
    "id",
    "key",
    "pseudoniem",
)
#: what a heading often means that does not have our word for it; by its words, first come first served
_KNOWN: Final[dict[str, str]] = {
    "geboortedatum": "persoon.geboortedatum", "geb_datum": "persoon.geboortedatum", "gebdat": "persoon.geboortedatum",
    "geboren": "persoon.geboortedatum", "gemeente": "persoon.gemeente", "gemeentecode": "persoon.gemeente", "gem_code": "persoon.gemeente",
    "leefvorm": "huishouden.soort", "huishoudtype": "huishouden.soort", "huishouden": "huishouden.soort", "partner": "huishouden.partner",
    "heeft_partner": "huishouden.partner", "geb_datum_partner": "huishouden.partner.geboortedatum",
    "geboortedatum_partner": "huishouden.partner.geboortedatum", "verblijfstitel": "persoon.verblijf.soort", "netto_inkomen": "inkomsten.1.bedrag",
    "inkomen": "inkomsten.1.bedrag", "inkomen_netto": "inkomsten.1.bedrag", "soort_inkomen": "inkomsten.1.soort", "inkomen_soort": "inkomsten.1.soort",
    "inkomen_per": "inkomsten.1.per", "vermogen": "vermogen.bezittingen.1.waarde", "spaargeld": "vermogen.bezittingen.1.waarde",
    "saldo": "vermogen.bezittingen.1.waarde", "huur": "wonen.huur", "huurprijs": "wonen.huur", "kale_huur": "wonen.huur", "woning": "wonen.soort",
    "opleiding": "opleiding.soort", "studeert": "opleiding.volgt", "volgt_opleiding": "opleiding.volgt", "bijstand": "ontvangt.participatiewet",
    "uitkering": "ontvangt.participatiewet", "heeft_bijstand": "ontvangt.participatiewet", "iit": "ontvangt.iit-rotterdam",
    "wijk": "wijk", "wijknaam": "wijk", "buurt": "wijk",
}  # fmt: skip
_WIDE: Final = re.compile(r": ([a-z_.]+)\.1\.[a-z_]+  # gok$")
_NO_ROWS: Final = "onbekend  # schrijf «geen» als iemand zonder rij, of met lege cellen, hier zeker niets van heeft"
_DATES: Final = (
    ("jaar-maand-dag", re.compile(r"\d{4}-\d\d-\d\d")),
    ("dag-maand-jaar", re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")),
    ("jjjjmmdd", re.compile(r"(19|20)\d{6}")),
)


def first_map(persons: RawFile, lists: Mapping[str, RawFile], layout: Layout, rulesets: Iterable[str]) -> str:
    """The text of a mapping file. What is uncertain is said at its line; what must stay out is left out, with why."""
    known = tuple(rulesets)
    rows = _sample(persons)
    lines = [
        f"# Wat elke kolom van {persons.path.name} betekent. Dit is een eerste gok uit de koppen: kijk elke regel na.",
        "# Welke gegevens er zijn, staat in docs/gegevens.md; «weg» laat een kolom weg.",
        f"sleutel: {_yaml(_key(persons.koppen, rows))}  # gok: alleen hiermee vindt u een rij terug; gebruik nooit het BSN",
        *_style(persons, rows),
        "kolommen:",
        *_columns(persons.koppen, rows, layout, known, ""),
    ]
    wide = sorted({found[1] for line in lines if (found := _WIDE.search(line)) is not None})
    lines += ["# vast:  # wat voor iedereen hetzelfde is", '#   persoon.gemeente: "0599"']
    lines += [f"#   {name}.1.per: maand" for name in wide if name == "inkomsten"]
    if lists or wide:
        lines.append("lijsten:")
    for name in wide:
        lines += [f"  {name}:", f"    zonder_rijen: {_NO_ROWS}"]
    for name, file in lists.items():
        inner = _sample(file)
        lines += [
            f"  {name}:  # {file.path.name}",
            f"    sleutel: {_yaml(_key(file.koppen, inner))}  # gok: de kolom met de sleutel van de persoon",
            f"    zonder_rijen: {_NO_ROWS}",
            "    kolommen:",
            *_columns(file.koppen, inner, layout, known, name),
        ]
    return "\n".join(lines) + "\n"


def _sample(file: RawFile) -> list[list[Any]]:
    return [raw.cellen for raw in islice(file, SAMPLE) if not raw.soort]


def _key(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The heading that names the key: by its word, and every value another one."""
    for at, head in enumerate(heads):
        words = _words(head)
        if words in _KEYS and looks_like(head, (row[at] for row in rows)) is None:
            return head
    return "rijnummer"


def _style(file: RawFile, rows: Sequence[Sequence[Any]]) -> Iterator[str]:
    texts = [cell.strip() for row in rows for cell in row if isinstance(cell, str) and cell.strip()]
    if not texts:
        return
    counts = {name: sum(form.fullmatch(text) is not None for text in texts) for name, form in _DATES}
    komma = sum(re.fullmatch(r"-?[\d.]*\d,\d{1,2}", text) is not None for text in texts)
    punt = sum(re.fullmatch(r"-?[\d,]*\d\.\d{1,2}", text) is not None for text in texts)
    yield "schrijfwijze:"
    yield f"  datum: {max(counts, key=lambda name: counts[name]) if any(counts.values()) else 'jaar-maand-dag'}  # gok"
    yield "  bedragen: euro  # gok; schrijf «centen» als er hele centen staan"
    yield f"  decimaal: {'punt' if punt > komma else 'komma'}  # gok"


def _columns(
    heads: Sequence[str], rows: Sequence[Sequence[Any]], layout: Layout, rulesets: tuple[str, ...], of_list: str
) -> Iterator[str]:
    before = "    " if of_list else ""
    taken: set[str] = set()
    key = _key(heads, rows)
    for at, head in enumerate(heads):
        if not head or head == key:
            continue
        values = [row[at] for row in rows if at < len(row)]
        what = looks_like(head, values)
        if what is not None:
            yield f"{before}  {_yaml(head)}: weg  # dit lijkt op {what}: dat hoort niet in een scan"
            continue
        path = _field(head, of_list, layout) if of_list else _path(head, layout, rulesets)
        if path is None or path in taken:
            yield f"{before}  {_yaml(head)}: weg  # geen gok: schrijf hier zelf een gegeven, of laat het weg"
            continue
        taken.add(path)
        target = list_target(of_list, path, layout) if of_list else person_target(path, layout, rulesets)
        yield from _column(head, path, target, values, before)


def _column(head: str, path: str, target: Target, values: Sequence[Any], before: str) -> Iterator[str]:
    words = list(dict.fromkeys(str(v).strip() for v in values if v is not None and str(v).strip()))
    if target.type.kind is not Kind.KEUZE or len(words) > 30 or all(word.lower() in target.type.options for word in words):
        yield f"{before}  {_yaml(head)}: {path}  # gok"
        return
    yield f"{before}  {_yaml(head)}:"
    yield f"{before}    pad: {path}  # gok"
    yield f"{before}    woorden:  # kies uit: {', '.join(target.type.options)}, onbekend"
    for word in words:
        near = same(word, target.type.options) or next(
            iter(difflib.get_close_matches(word.lower(), target.type.options, 1, 0.6)), None
        )
        yield (
            f"{before}      {_yaml(word)}: {near}  # gok"
            if near
            else f"{before}      {_yaml(word)}: onbekend  # geen gok: kies zelf"
        )


def _path(head: str, layout: Layout, rulesets: tuple[str, ...]) -> str | None:
    words = _words(head)
    if words in _KNOWN:
        path = _KNOWN[words]
        return path if not path.startswith("ontvangt.") or path.removeprefix("ontvangt.") in rulesets else None
    facts = [c.name for c in layout.persons.facts if c.role in ("feit", "partner")]
    if head.strip() in facts:
        return head.strip()
    for prefix in ("ontvangt_", "heeft_", "krijgt_"):
        near = [one for one in rulesets if words.removeprefix(prefix).replace("_", "-") == one]
        if words.startswith(prefix) and near:
            return f"ontvangt.{near[0]}"
    ends = [one for one in facts if one.rpartition(".")[2] == words and not one.startswith(("huishouden.partner.", "eigen."))]
    return ends[0] if len(ends) == 1 else None


def _field(head: str, name: str, layout: Layout) -> str | None:
    fields = [c.name for c in layout.tables[name].facts if c.role == "feit"]
    words = _KNOWN.get(_words(head), _words(head)).rpartition(".")[2]
    return (
        words if words in fields else same(words, fields) or next(iter(difflib.get_close_matches(words, fields, 1, 0.8)), None)
    )


def _words(head: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", head.strip()).lower()).strip("_")


def _yaml(text: str) -> str:
    """A word as a YAML scalar, between quotes where it would mean something else."""
    if re.fullmatch(r"[A-Za-z_À-ÿ][\wÀ-ÿ /().-]*", text) and not text.endswith((" ", ".")):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
