"""The report of a scan: what it looked at, what came out by need, household form and age. No keys, and no count that tells of fewer
than ten people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from responsief.ci import counts
from responsief.ci.drawings import bars
from responsief.difference.report import SAMEN, Group
from responsief.frozen import dataclass
from responsief.motivation.words import AREAS
from responsief.render import to_html as pages
from responsief.render import to_markdown as texts
from responsief.render.marks import data, sentence, upper
from responsief.render.page import Block, Drawing, Heading, Item, Listing, Page, Paragraph, Table
from responsief.scan.counting import Counted, cell
from responsief.scan.modes import ABOUT, CELLS, Mode
from responsief.scan.near import Margin
from responsief.scan.set_aside import KINDS
from responsief.values import format_day, format_money

TITLES: Final[dict[str, str]] = {
    "recht": "Waar is recht op?",
    "niet-gebruik": "Niet-gebruik: wie heeft recht en krijgt het niet?",
    "bijna": "Bijna recht: wie valt er net buiten?",
    "zonder-hulp": "Afgewezen zonder hulp",
}
_OUTCOMES: Final = {
    "toegekend": "recht", "gedeeltelijk": "recht, voor een deel", "afgewezen": "geen recht", "onbepaald": "nog niet te zeggen",
    "wacht": "eerst wachten", "niet_beslist": "niet beslist",
}  # fmt: skip
_ABOUT: Final = {
    "recht": "recht, ook voor een deel",
    "niet-gebruik": "recht, en krijgt het niet",
    "bijna": "bijna recht",
    "zonder-hulp": "afgewezen, zonder iets dat zeker helpt",
}
_UNDECIDED: Final = "niet te beslissen"  # in the place of a 0 that would read as «nobody»
_STEPS: Final = tuple(first * 10**zeros for zeros in range(2, 16) for first in (1, 2, 5))  # in cents, from a euro up
#: what can be asked beside the outcome, and how its counts are told
_BESIDE: Final = {
    "nodig": "Bij wie nog niet te beslissen is, ontbreken deze gegevens het vaakst",
    "clausules": "Bij wie niet alles krijgt, zijn deze clausules het vaakst in bereik",
    "signalen": "Bij wie niet alles krijgt, gaan deze signalen het vaakst af",
    "alternatieven": "Bij wie niet alles krijgt, zijn van deze voorzieningen de voorwaarden het vaakst zeker vervuld",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a report says."""

    mode: Mode
    bevolking: str
    peildatum: date
    gemeente: str | None
    personen: int
    tellingen: tuple[Counted, ...]
    k: int
    marge: Margin
    uitgevallen: int | None = None  # None: the tables were there already, nothing was read in
    soorten: Mapping[str, int] | None = None
    weggelaten: Mapping[str, Mapping[str, str]] | None = None


def to_markdown(told: Told) -> str:
    """The report as Markdown."""
    return texts.to_markdown(page_of(told))


def to_html(told: Told) -> str:
    """The report as one HTML file that needs nothing from elsewhere."""
    return pages.to_html(page_of(told))


def page_of(told: Told) -> Page:
    """The blocks of the report."""
    place = f" · gemeente {told.gemeente}" if told.gemeente else ""
    under = f"{data(told.bevolking)} · peildatum {format_day(told.peildatum)}{place}"
    return Page(
        TITLES[told.mode],
        under,
        (*_first(told), *_overview(told), *_by_need(told), *_rulesets(told), *_read_in(told), *_how(told)),
    )


def _first(told: Told) -> Iterator[Block]:
    yield Paragraph(
        f"{_people(told.personen, told.k)} bekeken, voor {len(told.tellingen)} {_plural(len(told.tellingen), 'regeling', 'regelingen')}.",
        "inleiding",
    )
    match told.mode:
        case "niet-gebruik":
            yield Paragraph(
                "Dit zijn mensen die volgens de gegevens recht hebben en het niet krijgen. Een medewerker kijkt mee en nodigt uit: dit is geen besluit."
            )
            without = [one.regelset.titel for one in told.tellingen if not one.kan_weten]
            if without:
                yield Paragraph(
                    sentence(
                        f"Van deze regelingen staat nergens wie ze krijgt, dus daar is niet-gebruik niet te tellen: {data('; '.join(without))}"
                    ),
                    "let_op",
                )
        case "bijna":
            yield Paragraph(f"Bijna recht: afgewezen op één voorwaarde, en hoogstens {data(str(told.marge))} van de grens.")
        case "zonder-hulp":
            yield Paragraph(
                "Afgewezen, en er is geen andere regeling of voorziening waarvan de voorwaarden zeker vervuld zijn. Wat voor iedereen openstaat, telt hier niet mee."
            )
        case _:
            yield Paragraph("Dit zijn uitkomsten volgens de gegevens: geen besluiten.")


def _overview(told: Told) -> Iterator[Block]:
    """Every ruleset in a line, and a drawing of what the mode is about."""
    cells = _cells_in_use(told)
    if not cells:
        return
    yield Heading(2, "Alle regelingen naast elkaar", "overzicht")
    rows = []
    for one in told.tellingen:
        whole = one.beeld.allen
        numbers = [_UNDECIDED if one.niemand_beslist and not cell(whole, name) else _number(whole, name) for name in cells]
        rows.append((data(one.regelset.titel), *numbers, *([_together(whole)] if _any_together(told) else [])))
    heads = ("Regeling", *(upper(_word(name)) for name in cells), *(("Kleine aantallen samen",) if _any_together(told) else ()))
    yield Table(heads, tuple(rows), "Aantal personen per regeling")
    about = ABOUT.get(told.mode, ("toegekend", "gedeeltelijk"))
    decided = [one for one in told.tellingen if not one.niemand_beslist]
    drawn = [(data(one.regelset.titel), _sum(one.beeld.allen, about)) for one in decided]
    if any(isinstance(number, int) and number for _, number in drawn):
        title = upper(_ABOUT[told.mode])
        yield Paragraph(f"{title}, personen per regeling:")
        yield Drawing(
            bars(drawn, "overzicht-b", title), tuple(Item(f"{name}: {counts.told(number)}") for name, number in drawn)
        )
    nobody = [Item(f"{data(one.regelset.titel)}: {_undecided(one)}") for one in told.tellingen if one.niemand_beslist]
    if nobody:
        yield Paragraph("Bij deze regelingen is niemand beslist. Dat zegt niet dat niemand er recht op heeft:", "let_op")
        yield Listing(tuple(nobody))


def _by_need(told: Told) -> Iterator[Block]:
    """Per need the rulesets that are for it. Nobody is added up over rulesets: that would count people twice, and tell more."""
    about = ABOUT.get(told.mode, ("toegekend", "gedeeltelijk"))
    needs = sorted({need for one in told.tellingen for need in one.regelset.leefgebieden})
    if not needs:
        return
    yield Heading(2, "Per behoefte", "behoefte")
    yield Paragraph(f"{upper(_ABOUT[told.mode])}, personen per regeling die voor de behoefte is:")
    items = []
    for need in needs:
        inner = tuple(
            Item(f"{data(one.regelset.titel)}: {_how_many(one, about)}{_money(one, told.mode)}")
            for one in told.tellingen
            if need in one.regelset.leefgebieden
        )
        items.append(Item(upper(data(AREAS[need])), inner))
    yield Listing(tuple(items))
    yield Paragraph(
        "Een regeling kan voor meer dan één behoefte zijn. Tel de aantallen dus niet op: wie op twee regelingen recht heeft, telt bij allebei.",
        "klein",
    )


def _rulesets(told: Told) -> Iterator[Block]:
    for number, one in enumerate(told.tellingen, 1):
        ident = f"r{number}"
        yield Heading(2, data(one.regelset.titel), ident)
        yield Paragraph(data(f"{one.regelset.regeling} · {one.regelset.id}"), "klein")
        if one.beeld.allen.afgeschermd and not one.beeld.allen.overgangen:
            yield Paragraph(f"Aantallen: {one.beeld.allen.afgeschermd}.")
            continue
        vanished = []
        for name, groups in one.beeld.groepen.items():
            blocks = tuple(_division(told, name, groups, f"{ident}-{name}"))
            yield from blocks
            if not blocks:
                vanished.append(f"per {name}")
        if vanished:
            yield Paragraph(f"{upper(' en '.join(vanished))}: niets getoond om kleine groepen te beschermen.")
        if one.nog_open:
            yield Paragraph("Bij wie nog niet te zeggen is of er recht is, zijn deze voorwaarden het vaakst onbekend:")
            yield Listing(
                tuple(
                    Item(f"{data(_title(one, name))}: {'van bijna iedereen' if n is None else counts.told(n)}")
                    for name, n in one.nog_open
                )
            )
        yield from _beside(one)
        if one.beeld.niet_beslist:
            items = [Item(f"{data(why)}: {counts.told(n)}") for why, n in one.beeld.niet_beslist.items()]
            yield Paragraph("Niet beslist, omdat:")
            yield Listing(tuple(items))


def _beside(one: Counted) -> Iterator[Block]:
    """What was found beside the outcome, by id."""
    for name, words in _BESIDE.items():
        told = one.extra.get(name)
        if told is None:
            continue
        yield Paragraph(f"{words}:" if told else f"{words}: geen die hier te tellen is.")
        if told:
            yield Listing(tuple(Item(f"{data(ident)}: {_about(number)}") for ident, number in told))
    if one.extra:
        yield Paragraph(
            "Deze aantallen zijn naar beneden afgerond op tientallen. Zij gaan over dezelfde mensen: tel ze niet op.", "klein"
        )
    if one.niet_te_zeggen:
        yield Paragraph("Van deze mensen is niet alles hiervan te zeggen. Wat niet te zeggen is, telt hierboven niet mee:")
        items = [Item(f"{data(why)}: {_about(number)}") for why, number in one.niet_te_zeggen.items()]
        yield Listing(tuple(items))


def _about(number: int | None) -> str:
    return "bij bijna iedereen" if number is None else counts.told(counts.AtLeast(number))


def _title(one: Counted, ident: str) -> str:
    return next((c.titel for c in one.regelset.criteria if c.id == ident), ident)


def _division(told: Told, name: str, groups: Sequence[Group], ident: str) -> Iterator[Block]:
    cells = [one for one in CELLS[told.mode] if any(group.overgangen.get((one, one)) for group in groups)]
    together = any(group.overgangen.get((SAMEN, SAMEN)) for group in groups)
    if not cells:
        return
    rows = []
    for group in groups:
        hidden = bool(group.afgeschermd) and not group.aantal
        total = "niet getoond" if hidden else counts.told(group.aantal)
        rows.append(
            (data(group.naam), total, *(_number(group, one) for one in cells), *([_together(group)] if together else []))
        )
    heads = (upper(name), "Samen", *(upper(_word(one)) for one in cells), *(("Kleine aantallen samen",) if together else ()))
    yield Table(heads, tuple(rows), f"Aantal personen per {name}")
    about = ABOUT.get(told.mode, ("toegekend", "gedeeltelijk"))
    drawn = [(data(group.naam), _sum(group, about)) for group in groups]
    if any(isinstance(number, int) and number for _, number in drawn):
        yield Drawing(bars(drawn, f"{ident}-b", f"{upper(_ABOUT[told.mode])}, per {name}"), ())


def _read_in(told: Told) -> Iterator[Block]:
    if told.uitgevallen is None:
        return
    yield Heading(2, "Wat er is ingelezen", "ingelezen")
    if not told.uitgevallen:
        yield Paragraph("Alle rijen waren te gebruiken.")
    elif told.uitgevallen < told.k:
        yield Paragraph(f"Minder dan {told.k} rijen zijn apart gezet. Welke en waarom, staat in uitgevallen.csv.")
    else:
        yield Paragraph(f"{counts.told(told.uitgevallen)} rijen zijn apart gezet. Welke en waarom, staat in uitgevallen.csv.")
        kinds = sorted((told.soorten or {}).items(), key=lambda one: (-one[1], one[0]))
        items = [
            Item(f"{KINDS.get(kind, kind)}: {counts.told(n) if n >= told.k else f'minder dan {told.k}'}") for kind, n in kinds
        ]
        yield Listing(tuple(items))
    for file, columns in (told.weggelaten or {}).items():
        if columns:
            items = [Item(f"{data(name)}: {data(why)}") for name, why in columns.items()]
            yield Paragraph(f"Niet gelezen kolommen van {data(file)}:")
            yield Listing(tuple(items))


def _how(told: Told) -> Iterator[Block]:
    yield Heading(2, "Hoe er is geteld", "hoe")
    yield Paragraph(
        f"Geteld zijn personen (aanvragers), elk één keer per regeling. k = {told.k}: geen aantal zegt iets over minder dan {told.k} personen."
    )
    yield Paragraph(
        "Deel niet twee verslagen over dezelfde mensen met elk een andere vraag: uit het verschil kan een klein aantal blijken.",
        "let_op",
    )
    yield Paragraph(counts.why_not_shown(told.k), "klein")
    yield Paragraph(
        "Onbekend telt nooit als nee. Wie welke uitkomst heeft, staat alleen in het bestand per persoon: bewaar dat zoals een dossier.",
        "klein",
    )


# --- counts in words ---------------------------------------------------------------------------------------------------


def _cells_in_use(told: Told) -> list[str]:
    return [name for name in CELLS[told.mode] if any(one.beeld.allen.overgangen.get((name, name)) for one in told.tellingen)]


def _any_together(told: Told) -> bool:
    return any(one.beeld.allen.overgangen.get((SAMEN, SAMEN)) for one in told.tellingen)


def _number(group: Group, name: str) -> str:
    found = cell(group, name)
    return "niet getoond" if found is None else counts.told(found)


def _how_many(one: Counted, names: Sequence[str]) -> str:
    return _undecided(one) if one.niemand_beslist else counts.told(_sum(one.beeld.allen, names))


def _undecided(one: Counted) -> str:
    return f"{_UNDECIDED}, want {data(one.waarom_niemand)}" if one.waarom_niemand else _UNDECIDED


def _together(group: Group) -> str:
    number = group.overgangen.get((SAMEN, SAMEN), 0)
    return counts.told(number) if number else "niet getoond" if group.afgeschermd else "0"


def _sum(group: Group, names: Sequence[str]) -> counts.Shown:
    """How many are in some cells together: at least so many where others stand among small numbers."""
    found = [cell(group, name) for name in names]
    sure = sum(number for number in found if number is not None)
    if None not in found:
        return sure
    return counts.AtLeast(sure) if sure else "verborgen"


def _money(one: Counted, mode: Mode) -> str:
    """How much that is together, to within what ten of them have: with fixed amounts an exact sum would tell how many have which."""
    group, number = one.beeld.allen, _sum(one.beeld.allen, ABOUT.get(mode, ("toegekend", "gedeeltelijk")))
    if mode not in ("recht", "niet-gebruik") or group.afgeschermd or not group.bedrag_was or not isinstance(number, int):
        return ""
    of_ten = 10 * group.bedrag_was // max(number, 1)
    step = next(one for one in _STEPS if one >= of_ten)
    if 2 * step > group.bedrag_was:  # of so few people that would say nothing
        return ""
    about = (2 * group.bedrag_was + step) // (2 * step) * step
    return f", samen ongeveer {format_money(about)} per maand"


def _people(number: int, k: int) -> str:
    return (
        f"{counts.told(number)} {_plural(number, 'persoon', 'personen')}"
        if number >= k or not number
        else f"Minder dan {k} personen"
    )


def _plural(number: int, one: str, more: str) -> str:
    return one if number == 1 else more


def _word(name: str) -> str:
    return _OUTCOMES.get(name, name)
