"""What an editor shows beside a schema's rules: what there is to name, pieces to start from, and longer explanations.

Keywords of VS Code's YAML extension (`defaultSnippets`, `markdownDescription`, `enumDescriptions`), and our own `x-verwijst`. A
validator passes over all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from responsief.laws import LAWS
from responsief.schemas.shapes import POINTS, Schema
from responsief.schemas.situation import situation_schema
from responsief.situation import choice_words

SITUATION: Final = "situatie"


def situations() -> dict[str, Schema]:
    """The definitions of a situation, for test cases: `situatie`, and `situatie.…` for each part of it."""
    whole = situation_schema()
    parts = whole.pop("$defs")
    made = {SITUATION: {k: v for k, v in whole.items() if k not in ("$schema", "$id", "required")}}
    return {name: _moved(schema) for name, schema in (made | {f"{SITUATION}.{k}": v for k, v in parts.items()}).items()}


def _moved(schema: Any) -> Any:
    """The same with every reference to where the definitions are now."""
    if isinstance(schema, dict):
        return {k: _place(v) if k == "$ref" else _moved(v) for k, v in schema.items()}
    return [_moved(inner) for inner in schema] if isinstance(schema, list) else schema


def _place(there: str) -> str:
    return there.replace("#/$defs/", f"#/$defs/{SITUATION}.")


def for_editors(schema: Schema, known: Mapping[str, Iterable[str]]) -> Schema:
    """The schema with suggestions of what there is to name, snippets, and explanations. Its rules stay what they are."""
    names = {"artikel": [law for law in LAWS if " " not in law or law.endswith(("2000", "2015"))], **known}
    for node in _nodes(schema):
        if node.get(POINTS) in names and "properties" not in node:
            found = [str(name) for name in names[node[POINTS]]]
            inner = node.setdefault("propertyNames", {}) if node.get("type") == "object" else node
            inner["examples"] = found[:MOST]
        words = node.get("enum")
        if words == list(dict.fromkeys(words or ())) and any("_" in str(word) for word in words or ()):
            node["enumDescriptions"] = [CLAUSES.get(str(word)) or choice_words(str(word)) for word in words or ()]
    definitions = schema["$defs"]
    for name, snippets in SNIPPETS.items():
        definitions[name]["defaultSnippets"] = snippets
    for (name, key), text in EXPLAINED.items():
        definitions[name]["properties"][key]["markdownDescription"] = text
    definitions["expressie"]["markdownDescription"] = EXPRESSION
    return schema


MOST: Final = 400  # suggestions in one place


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for inner in list(schema.values()):
            yield from _nodes(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _nodes(inner)


def shipped_names() -> dict[str, list[str]]:
    """What the shipped register holds, by kind: rulesets, their terms, what they leave open, provisions, signals, facts of
    signals, criteria, municipalities. Reads the register: about a second."""
    from responsief.register import check_files, read_files, shipped

    checker, catalogue, _ = check_files(read_files([shipped()]))
    decided = [r for r in checker.rulesets if r.decides]
    signals = list(dict.fromkeys(s.dan for s in catalogue.signals.values()))
    places = {r.gemeente for r in checker.rulesets if r.gemeente is not None}
    return {
        "regelset": sorted({r.id for r in decided}),
        "recht": sorted({*(r.id for r in decided), *catalogue.provisions}),
        "regelset.begrip": sorted({f"{r.id}.{name}" for r in decided for name in (*r.begrippen, *r.bedragen)}),
        "regelset.open": sorted({f"{r.id}.{name}" for r in checker.rulesets for name in r.open}),
        "voorziening": sorted(catalogue.provisions),
        "alternatief": sorted(catalogue.provisions),
        "signaal": sorted(signals),
        "feit": sorted({*catalogue.facts, *signals}),
        "gemeente": sorted(places),
    }


#: what a kind of clause is, shown beside it
CLAUSES: Final = {
    "verordening_clausule": "een hardheidsclausule in de verordening of de wet",
    "awb_4_84": "afwijken van een beleidsregel (Awb 4:84): alleen bij beleidsregels",
    "wettelijke_uitzondering": "de wet laat zelf een uitzondering toe, zoals zeer dringende redenen",
    "open_norm": "woorden die een mens moet invullen, zoals «bijzondere omstandigheden»",
    "evenredigheid_3_4_2": "de gevolgen mogen niet onevenredig zijn (Awb 3:4 lid 2)",
    "groepsniveau": "de gemeente laat een hele groep toe, niet één inwoner",
    "geen": "er is geen clausule, en dat staat er dan",
    "ministeriele_regeling": "een regeling van een minister",
    "kan_weigeren": "een mens weegt eerst of het een nee wordt",
}

_FIGURE: Final = {"bron": "${1:Stcrt. …}", "waarden": {"${2:2026-01-01}": "${3:€ 100,00}"}}

#: pieces to start from, where VS Code's YAML extension offers them
SNIPPETS: Final[dict[str, list[dict[str, Any]]]] = {
    "criterium": [
        {
            "label": "criterium",
            "description": "Een voorwaarde met een titel, een grondslag, een doel en een eis.",
            "body": {
                "id": "${1:laag_inkomen}",
                "titel": "${2:Uw inkomen is laag}",
                "grondslag": "${3:art. 3 lid 1}",
                "doel": "${4:Waar deze voorwaarde voor is.}",
                "uitleg": "${5:De regel in gewone taal.}",
                "eis": "${6:leeftijd >= 21}",
            },
        }
    ],
    "clausule": [
        {
            "label": "clausule",
            "description": "Een hardheidsclausule.",
            "body": {
                "id": "${1:art-8}",
                "soort": "${2|" + "verordening_clausule,awb_4_84,wettelijke_uitzondering,open_norm,evenredigheid_3_4_2,groepsniveau" + "|}",
                "grondslag": "${3:art. 8}",
                "tekst": "${4:De woorden van de clausule.}",
                "maatstaf": "${5:de drempelwoorden uit de clausule}",
                "geldt_voor": "${6:alle}",
                "wie_beslist": "${7:het college}",
                "mag": ["${8:toekennen}"],
            },
        },
        {
            "label": "geen clausule",
            "description": "Zeg dat er geen clausule is.",
            "body": {"id": "geen", "soort": "geen", "grondslag": "${1:de regeling}", "geldt_voor": "alle"},
        },
    ],
    "gegeven": [
        {
            "label": "gegeven",
            "description": "Een feit dat het situatiemodel niet kent.",
            "body": {
                "type": "${1|ja_nee,geld,getal,datum,periode,keuze,tekst,decimaal|}",
                "label": "${2:hoe de brief dit noemt}",
                "vraag": "${3:De vraag aan de inwoner?}",
                "van": ["${4:inwoner}"],
            },
        }
    ],
    "bedrag": [{"label": "bedrag", "description": "Een cijfer met een datum en een bron.", "body": _FIGURE}],
    "proefgeval": [
        {
            "label": "proefgeval",
            "description": "Een geval met wat eruit moet komen.",
            "body": {
                "naam": "${1:Wat dit geval laat zien}",
                "peildatum": "${2:2026-03-02}",
                "situatie": {"persoon": {"geboortedatum": "${3:1986-04-12}"}},
                "verwacht": {"uitkomst": "${4|toegekend,gedeeltelijk,afgewezen,onbepaald,wacht|}"},
            },
        }
    ],
}  # fmt: skip

EXPRESSION: Final = """Een expressie op één regel, of een groep.

- vergelijken: `leeftijd >= 21`, `inkomen tussen € 0 en € 500`, `soort in ['huur', 'koop']`
- samen: `a en b`, `a of b`, `niet a`
- lijsten: `aantal(huishouden.kinderen)`, `bestaat(schulden waar soort = 'huur')`, `som(inkomsten.bedrag)`
- rekenen: `afronden(105 % van norm, cent)`, `max(a, b)`, `peildatum - 36 maanden`
- onbekend: `x is bekend`, `x is onbekend`, `x is geen`
- een groep: `alle:`, `een_van:`, `geen_van:`, `kies:`, `tabel:`
"""

#: keys that need more than one line: definition, key -> Markdown
EXPLAINED: Final[dict[tuple[str, str], str]] = {
    ("criterium", "gevolg"): "Wat een nee doet.\n\n- `afwijzen`: gewoon, ook als u niets schrijft\n- `kan_weigeren`: een mens weegt eerst\n- `deel`: er gaat iets van het bedrag af; noem het onder `aftrek`\n- `wacht_tot <datum>`: er wordt pas op die dag beslist",
    ("criterium", "bevoegdheid"): "- `gebonden`: er valt niets te kiezen (zonder deze sleutel)\n- `discretionair`: de wet zegt «kan»: een mens kiest",
    ("clausule", "maatstaf"): "Precies de drempelwoorden van deze clausule, zoals «onbillijkheid van overwegende aard». Neem ze letterlijk over: andere woorden zijn een andere grens.",
    ("clausule", "geldt_voor"): "De ids van de criteria waar de clausule toe reikt: `[laag_inkomen, leeftijd]`, of `alle`.",
    ("regelset", "geldig"): "Wanneer de regelset geldt. `tot` telt mee; zonder `tot` geldt zij nog.\n\n`geldig: {van: 2026-01-01, tot: 2026-12-31}`",
    ("regelset", "bekendgemaakt"): "De dag waarop de tekst is bekendgemaakt. Ligt die na `van` van `geldig`, dan werkt de regeling terug: de nota zegt dat bij een peildatum daarvoor.",
    ("regelset", "overgang"): "Wie de oude regel nog houdt, en tot wanneer. De oude versie staat in een eigen bestand met een `tot`.\n\n- `voor`: wie, als expressie: `aanvraag.ontvangen_op < 2026-07-01`\n- `tot`: de laatste peildatum (mag weg)\n- `geldt`: de eerste dag van de oude versie (mag weg)\n- `criteria`: alleen deze, en `bedrag` (mag weg: dan alles)",
    ("gegeven", "van"): "Waar het gegeven vandaan komt; de eerste wordt het eerst gevraagd. `oordeel`: een mens van het college beslist.",
    ("bedrag", "indexering"): "Wanneer de wet het aanpast: `halfjaar` (1 januari en 1 juli), `jaar` (1 januari) of `geen`. Dan ziet u met `responsief sources` welk cijfer verouderd is.",
}  # fmt: skip
