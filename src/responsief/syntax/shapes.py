"""The shape of the four kinds of register files, as far as writing them asks: the order of keys, and where an expression stands.

What a key means is `ir`'s work; a test holds these keys against the JSON Schemas.
"""

from __future__ import annotations

from typing import Final

#: What stands under a key: a text, an expression (which may be a group), a table cell, an amount of money, what a «nee» does;
#: «[x» is a list of x, «{x» is x under names that the writer chose, and any other word is a shape of its own.
TEXT, EXPRESSION, CELL, MONEY, EFFECT = "", "=", "#", "€", "gevolg"


def _texts(keys: str, **special: str) -> dict[str, str]:
    return {key: special.get(key, TEXT) for key in keys.split()}


#: the keys of a group of expressions
FORMS: Final = _texts(
    "alle een_van geen_van kies tabel tenzij",
    alle="[=", een_van="[=", geen_van="[=", kies="[tak", tabel="tabel", tenzij=EXPRESSION,
)  # fmt: skip

#: per shape its keys, in the order in which a reader expects them
SHAPES: Final[dict[str, dict[str, str]]] = {
    EXPRESSION: FORMS,
    "tak": _texts("als dan anders", als=EXPRESSION, dan=EXPRESSION, anders=EXPRESSION),
    "tabel": _texts("treffer samen kolommen rijen anders", kolommen="[=", rijen="[rij", anders=EXPRESSION),
    "rij": _texts("als dan", als="[#", dan=EXPRESSION),
    # a ruleset
    "regelset": _texts(
        "regelset formaat titel soort bron geldig bekendgemaakt overgang bevoegd doel leefgebieden voorziening beslistermijn peildatum ingang geverifieerd "
        "procedure ter_sprake aanvragen aandachtspunten samenloop gegevens bedragen open begrippen vult_in criteria uitkomst hardheid "
        "clausules_bij",
        bron="bron", geldig="geldig", overgang="[overgang", bevoegd="bevoegd", peildatum=EXPRESSION, ingang="ingang", procedure="procedure",
        ter_sprake="ter_sprake", aanvragen="aanvragen", aandachtspunten="[aandachtspunt", samenloop="[samenloop",
        gegevens="{gegeven", bedragen="{bedrag", open="{open", begrippen="{begrip", vult_in="{=", criteria="[criterium",
        uitkomst="uitkomst", hardheid="[clausule", clausules_bij="{[clausule",
    ),
    "bron": _texts("regeling versie naam gelezen_vanaf"),
    "geldig": _texts("van tot"),
    "overgang": _texts("voor tot geldt grondslag uitleg criteria", voor=EXPRESSION),
    "bevoegd": _texts("orgaan gemeente gebied", gebied="gebied"),
    "gebied": _texts("naam gemeenten deels bron geverifieerd"),
    "ingang": _texts("vanaf grondslag uitleg", vanaf=EXPRESSION),
    "procedure": _texts("rechtsmiddel aanvullen horen voorschot", rechtsmiddel="rechtsmiddel", voorschot="voorschot"),
    "rechtsmiddel": _texts("soort termijn vanaf bij grondslag"),
    "voorschot": _texts("termijn grondslag"),
    "ter_sprake": _texts("als uitleg", als=EXPRESSION),
    "aanvragen": _texts("eerste_stap drempel"),
    "aandachtspunt": _texts("id soort als tekst grondslag geverifieerd", als=EXPRESSION),
    "samenloop": _texts("met tekst grondslag uitkomsten als geverifieerd", als=EXPRESSION),
    "gegeven": _texts("type opties cijfers geen label vraag van eenheid bewaren"),
    "bedrag": _texts("type cijfers label grondslag bron waarden tot indexering geverifieerd", waarden="{waarde"),
    "waarde": _texts("is bron geverifieerd", **{"is": MONEY}),
    "open": _texts("type opties cijfers geen label grondslag anders", anders=EXPRESSION),
    "begrip": _texts("gebruik grondslag bron label uitleg geverifieerd is", **{"is": EXPRESSION}) | FORMS,
    "criterium": _texts(
        "id titel grondslag tekst doel uitleg eis tenzij gevolg aftrek rust_op bevoegdheid wie_wijzigt bewijs andere_lezingen "
        "in_werking geverifieerd",
        eis=EXPRESSION, tenzij=EXPRESSION, aftrek=EXPRESSION, gevolg=EFFECT, wie_wijzigt="wie_wijzigt", andere_lezingen="[lezing",
        in_werking="in_werking",
    ),
    "wie_wijzigt": _texts("wie wat"),
    "lezing": _texts("lezing eis wie grondslag", eis=EXPRESSION),
    "in_werking": _texts("vanaf gedoogd"),
    "uitkomst": _texts("bedrag", bedrag="uitkomst_bedrag"),
    "uitkomst_bedrag": _texts("per is", **{"is": EXPRESSION}) | FORMS,
    "clausule": _texts(
        "id soort titel grondslag tekst maatstaf geldt_voor reikwijdte richting wie_beslist niet_als voorwaarden mag in_werking wegen "
        "vragen geverifieerd",
        niet_als="[bezwaar", voorwaarden="[bezwaar", in_werking="in_werking", wegen="[weging",
    ),
    "bezwaar": _texts("als grondslag reden", als=EXPRESSION),
    "weging": _texts("soort waarom"),
    # signals
    "signalen": _texts("signalen formaat feiten regels", feiten="{feit", regels="[signaal"),
    "feit": _texts("label is", **{"is": EXPRESSION}),
    "signaal": _texts(
        "id als dan label grondslag urgentie biedt voorrang geverifieerd bron",
        urgentie="urgentie",
    ),
    "urgentie": _texts("werkdagen uit"),
    # provisions
    "voorzieningen": _texts("voorzieningen formaat gemeente lijst bundels", lijst="[voorziening", bundels="[bundel"),
    "voorziening": _texts(
        "id titel grondslag leefgebieden wie_beslist eerste_stap drempel drempel_reden soort bereik wet gevoelig regelset voorwaarden "
        "na_te_gaan zelf_uitzoeken geldig termijn overdracht gemeente geverifieerd bron",
        voorwaarden=EXPRESSION, geldig="geldig", termijn="termijn",
    ),
    "termijn": _texts("tekst grondslag uiterlijk", uiterlijk=EXPRESSION),
    "bundel": _texts("id titel met waarom"),
    # test cases; a situation keeps the order of its writer
    "proef": _texts("proef formaat basis gevallen overlevers", gevallen="[geval", overlevers="[overlever"),
    "geval": _texts("naam verhaal peildatum basis situatie bron waarom verwacht", verwacht="verwacht"),
    "verwacht": _texts(
        "uitkomst bedrag wacht_tot afgewezen_op te_wegen onbekend hardheid signalen signalen_niet alternatieven alternatieven_niet "
        "ingang aandachtspunten"
    ),
    "overlever": _texts("mutanten waarom"),
}  # fmt: skip

KINDS: Final = ("regelset", "signalen", "voorzieningen", "proef")

#: shapes whose items, written over several lines, have a blank line between them
APART: Final = frozenset({"criterium", "clausule", "geval", "voorziening", "signaal"})

#: keys of a ruleset with a blank line before them, when what follows takes several lines
SECTIONS: Final = frozenset(
    {"gegevens", "bedragen", "open", "begrippen", "vult_in", "criteria", "uitkomst", "hardheid", "clausules_bij"}
)


def under(shape: str, key: str) -> str:
    """What stands under a key of a group: the text after «{» for names of the writer's own."""
    if shape.startswith("{"):
        return shape[1:]
    return SHAPES[shape].get(key, TEXT) if shape in SHAPES else TEXT


def item(shape: str) -> str:
    """What an item of a list is."""
    return shape[1:] if shape.startswith("[") else TEXT


def in_order(shape: str, keys: list[str]) -> list[str]:
    """Keys in the order of their shape; a key that it does not know stays behind the one that it stood behind."""
    if shape not in SHAPES:
        return keys
    ranks = {key: number for number, key in enumerate(SHAPES[shape])}
    ranked: list[tuple[int, str]] = []
    rank = -1
    for key in keys:
        rank = ranks.get(key, rank)
        ranked.append((rank, key))
    return [key for _, key in sorted(ranked, key=lambda pair: pair[0])]
