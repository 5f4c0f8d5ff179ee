"""One ruleset as one page: what it gives, its criteria, amount, clauses, the road, the facts, and what changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from responsief.backends.unknown import field_of, path_of
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Ruleset
from responsief.motivation.words import PER
from responsief.register import Register
from responsief.render.amounts import amount, figure_card, short_figure_card, terms
from responsief.render.changes import changes
from responsief.render.criteria import blocks, clause_cards, criteria, demanded, lettered, numbered, reached
from responsief.render.drawings import Step, flow
from responsief.render.marks import data, link, lower, sentence, strong, upper
from responsief.render.names import (
    ASKED,
    ATTENTION,
    CLAUSES,
    FROM,
    INSTRUMENTS,
    REMEDIES,
    areas,
    count,
    enumeration,
    in_force,
    kind,
    measure,
    organ,
    place,
    regulation,
)  # fmt: skip
from responsief.render.page import Block, Card, Drawing, Heading, Item, Listing, Page, Paragraph, Rows, Table
from responsief.render.scope import Key, Scope, slug
from responsief.render.sentences import Speaker
from responsief.values import format_day

OUTCOMES = {
    "toegekend": "toekenning",
    "gedeeltelijk": "toekenning voor een deel",
    "afgewezen": "afwijzing",
    "onbepaald": "nog geen uitkomst",
    "wacht": "wachten",
}


def page_of(
    register: Register,
    ruleset: Ruleset,
    day: date,
    *,
    nu: str = "nu",
    earlier: tuple[Register, Ruleset] | Literal["nieuw"] | None = None,
    terug: tuple[str, str] | None = None,
) -> Page:
    """The page of a ruleset with the figures of a day. `earlier` is what it is compared with (default: the version before it
    in the same register; «nieuw» when an older register did not have it); `terug` a title and address of the index."""
    speaker = Speaker(Scope(register, ruleset, day, nu))
    parts: list[Block] = [*_head(speaker, ruleset)]
    if ruleset.criteria:
        parts.append(Heading(2, "De voorwaarden", "voorwaarden"))
        parts += criteria(speaker, ruleset)
    done: set[Key] = set()
    if ruleset.criteria or ruleset.bedrag is not None:
        parts.append(Heading(2, "Het bedrag", "bedrag"))
        parts += amount(speaker, ruleset)
    parts += _kept(speaker, ruleset)
    own, elsewhere = _terms(speaker, ruleset, done)
    parts += own
    parts += _figures(speaker, ruleset)
    if ruleset.criteria:
        parts.append(Heading(2, "Als de regel hard uitpakt", "clausules"))
        parts += _clauses(speaker, ruleset)
        parts.append(Heading(2, "Van aanvraag tot uitkomst", "verloop"))
        parts.append(_flow(ruleset))
    parts += _elsewhere(speaker, ruleset)
    around = [*_around(speaker, ruleset), *_fills(speaker, ruleset)]
    parts += [*_facts(speaker, ruleset), *around]
    parts += _changes(register, ruleset, day, earlier)
    # Terms that only these last parts came past.
    elsewhere += [(key[0], card) for key, card in terms(speaker, list(speaker.scope.terms), done)]
    shown = _anchors(parts)
    elsewhere += [("", c) for c in _fills(speaker, ruleset) if isinstance(c, Card) and c.kop.anker not in shown]
    parts += _appendix(speaker, ruleset, elsewhere)
    under = f"{upper(INSTRUMENTS.get(ruleset.soort, kind(ruleset.soort)))}, {in_force(ruleset)}, {place(ruleset)}"
    return Page(data(ruleset.titel), f"{under}. Met de cijfers van {format_day(day)}.", tuple(parts), terug)


def _anchors(parts: Sequence[Block]) -> set[str]:
    return {block.kop.anker for block in parts if isinstance(block, Card)}


# --- the head ------------------------------------------------------------------------------------------------------------


def _head(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    if not ruleset.geverifieerd:
        yield Paragraph(
            "Niet geverifieerd: niemand heeft deze regelset als geheel met de tekst van de regeling vergeleken.", "let_op"
        )
    elif ruleset.gelezen_vanaf is not None and ruleset.gelezen_vanaf > ruleset.van:
        yield Paragraph(f"De tekst van vóór {format_day(ruleset.gelezen_vanaf)} is niet vergeleken met de bron.", "let_op")
    unread = [*(c for c in ruleset.criteria if not c.geverifieerd), *(c for c in ruleset.hardheid if not c.geverifieerd)]
    if unread and ruleset.geverifieerd:
        many = (
            "Eén voorwaarde of clausule is"
            if len(unread) == 1
            else f"{upper(count(len(unread)))} voorwaarden of clausules zijn"
        )
        yield Paragraph(f"{many} niet geverifieerd. Dat staat er daar bij.", "let_op")
    yield Paragraph(_summary(ruleset), "inleiding")
    yield Rows(tuple(_facts_of(speaker, ruleset)))
    if ruleset.ter_sprake is not None:
        yield Paragraph(f"Ter sprake zonder aanvraag: {sentence(data(ruleset.ter_sprake.uitleg))}")
        yield from blocks(demanded("Deze regeling komt ter sprake als", speaker.condition(ruleset.ter_sprake.als)))


def _summary(ruleset: Ruleset) -> str:
    """Who gets what, in one paragraph."""
    said = [sentence(data(ruleset.doel))] if ruleset.doel else []
    if ruleset.criteria:
        kinds = [c.gevolg for c in ruleset.criteria]
        n = kinds.count("afwijzen")
        conditions = {1: "de voorwaarde", 2: "beide voorwaarden"}.get(n, f"alle {count(n)} voorwaarden")
        what = {"maand": "een bedrag per maand", "jaar": "een bedrag per jaar", "keer": "een bedrag ineens"}.get(
            ruleset.per, f"een bedrag {PER.get(ruleset.per, '')}".strip()
        )
        gets = f"krijgt {what}" if ruleset.bedrag is not None else "heeft er recht op"
        said.append(
            f"Wie aan {conditions} voldoet, {gets}." if n else "Geen enkele voorwaarde leidt vanzelf tot een afwijzing."
        )
        if "deel" in kinds:
            said.append(
                f"Bij {count(kinds.count('deel'))} andere {'voorwaarde' if kinds.count('deel') == 1 else 'voorwaarden'} wordt het bedrag lager."
            )
        if "wacht_tot" in kinds:
            said.append("Soms moet eerst een wachttijd voorbij zijn.")
        if "kan_weigeren" in kinds:
            said.append(
                f"Bij {count(kinds.count('kan_weigeren'))} {'voorwaarde' if kinds.count('kan_weigeren') == 1 else 'voorwaarden'} weegt een medewerker eerst of een nee tot weigeren moet leiden."
            )
        out = [c for c in ruleset.criteria if not reached(ruleset, c)]
        if len(out) == len(ruleset.criteria):
            said.append("Geen enkele clausule geeft een uitweg als de regel hard uitpakt.")
        elif out:
            said.append(
                f"Pakt de regel hard uit? Dan is er een clausule voor {count(len(ruleset.criteria) - len(out))} van de {count(len(ruleset.criteria))} voorwaarden."
            )
        else:
            said.append("Pakt de regel hard uit? Dan is er voor elke voorwaarde een clausule.")
    elif ruleset.vult_in or ruleset.clausules_bij:
        said.append("Deze regeling beslist zelf niets. Zij vult een andere regeling in.")
    else:
        said.append("Hier wordt niets beslist: andere regelingen gebruiken wat hier staat.")
    return " ".join(said)


def _facts_of(speaker: Speaker, ruleset: Ruleset) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = f" (gelezen is {_text_day(ruleset.tekst_van)})" if ruleset.tekst_van else ""
    yield "Regeling", (regulation(ruleset) + text,)
    if ruleset.criteria:
        yield "Wie beslist", (organ(ruleset),)
    yield "Geldt", (f"{place(ruleset)}, {in_force(ruleset)}",)
    if ruleset.bekendgemaakt is not None:
        back = f": de regeling werkt terug tot {format_day(ruleset.van)}" if ruleset.bekendgemaakt > ruleset.van else ""
        yield "Bekendgemaakt", (f"{format_day(ruleset.bekendgemaakt)}{back}",)
    yield "Geverifieerd", ("ja: de tekst is vergeleken met de bron" if ruleset.geverifieerd else "nee",)
    if ruleset.leefgebieden:
        yield "Gaat over", (areas(ruleset.leefgebieden),)
    if ruleset.gebied is not None:
        note = "" if ruleset.gebied.geverifieerd else " (niet geverifieerd)"
        yield "Gebied", (f"{len(ruleset.gebied.gemeenten)} hele gemeenten en een deel van {len(ruleset.gebied.deels)}{note}",)
    if ruleset.eerste_stap:
        yield "Aanvragen", (sentence(data(ruleset.eerste_stap)),)
    if ruleset.beslistermijn:
        yield "Beslistermijn", (data(ruleset.beslistermijn),)
    remedy = ruleset.rechtsmiddel
    if remedy is not None:
        start = FROM.get(remedy.vanaf, f"de {kind(remedy.vanaf)}")
        yield (
            "Niet eens met het besluit",
            (
                f"{REMEDIES.get(remedy.soort, kind(remedy.soort))} binnen {data(remedy.termijn)}, gerekend vanaf {start}, bij {data(remedy.bij)} ({speaker.scope.cite(remedy.grondslag, ruleset)})",
            ),
        )
    if ruleset.aanvullen:
        yield "Eerst laten aanvullen", (speaker.scope.cite(ruleset.aanvullen, ruleset),)
    if ruleset.horen:
        yield "Eerst horen", (speaker.scope.cite(ruleset.horen, ruleset),)
    if ruleset.voorschot is not None:
        yield (
            "Voorschot",
            (
                f"binnen {data(ruleset.voorschot.termijn)} na de aanvraag, zolang er niet is beslist ({speaker.scope.cite(ruleset.voorschot.grondslag, ruleset)})",
            ),
        )
    if ruleset.ingang is not None:
        yield "Ingang", (f"{sentence(data(ruleset.ingang.uitleg))} ({speaker.scope.cite(ruleset.ingang.grondslag, ruleset)})",)


def _text_day(text: str) -> str:
    try:
        return f"de tekst van {format_day(date.fromisoformat(text))}"
    except ValueError:
        return f"versie {data(text)}"


# --- who keeps the old rule ------------------------------------------------------------------------------------------------


def _kept(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    """Transitional law: for whom an earlier version still counts, of what, and until when."""
    if not ruleset.overgang:
        return
    yield Heading(2, "Overgangsrecht", "overgangsrecht")
    versions = speaker.scope.register.versions.get(ruleset.id, ())
    for one in ruleset.overgang:
        old = next((r for r in versions if r.van == one.geldt), None)
        yield Paragraph(f"{sentence(data(one.uitleg))} ({speaker.scope.cite(one.grondslag, ruleset)})")
        until = f", zolang de peildatum niet na {format_day(one.tot)} ligt" if one.tot else ""
        yield from blocks(demanded(f"De oude regel blijft gelden{until}, als", speaker.condition(one.voor)))
        titles = {c.id: data(c.titel) for r in (old, ruleset) if r is not None for c in r.criteria}
        about = "de hele regeling: alle voorwaarden en het bedrag"
        if one.criteria is not None:
            about = enumeration(
                [*(f"«{titles.get(i, kind(i))}»" for i in one.criteria), *(["het bedrag"] if one.bedrag else [])]
            )
        which = in_force(old) if old is not None else f"vanaf {format_day(one.geldt)}"
        yield Paragraph(f"Het gaat om {about}. De oude regel is de versie die geldt {which}.")
        yield Paragraph("Staat nog niet vast of iemand de oude regel houdt? Dan telt alleen wat beide regels zeggen.", "klein")


# --- terms and figures -----------------------------------------------------------------------------------------------------


def _terms(speaker: Speaker, ruleset: Ruleset, done: set[Key]) -> tuple[list[Block], list[tuple[str, Card]]]:
    """The terms of this file, as a part of the page; and those of other files that it reads, each with its home."""
    own = [(ruleset.id, name) for name in ruleset.begrippen]
    cards = [*terms(speaker, [*speaker.scope.terms, *own], done)]
    mine = [card for key, card in cards if key[0] == ruleset.id]
    head = [Heading(2, "Begrippen", "begrippen")] if mine else []
    return [*head, *mine], [(key[0], card) for key, card in cards if key[0] != ruleset.id]


def _figures(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    """The figures of this file, over time."""
    for name in ruleset.bedragen:
        speaker.scope.figures.setdefault((ruleset.id, name))
    if ruleset.bedragen:
        yield Heading(2, "Cijfers", "cijfers")
        yield from (figure_card(speaker.scope, ruleset, figure) for figure in ruleset.bedragen.values())


def _appendix(speaker: Speaker, ruleset: Ruleset, found: Sequence[tuple[str, Card]]) -> Iterator[Block]:
    """What other files say and this one reads: folded, at the end, so that its own part can be read by itself."""
    by_home: dict[str, list[Card]] = {}
    for home, card in found:
        by_home.setdefault(home, []).append(card)
    for home, name in speaker.scope.figures:
        there, figure = speaker.scope.home(home), speaker.scope.figure(home, name)
        if home != ruleset.id and there is not None and figure is not None:
            by_home.setdefault(home, []).append(short_figure_card(speaker.scope, there, figure))
    if not by_home:
        return
    yield Heading(2, "Bijlage: wat uit andere bestanden komt", "bijlage")
    yield Paragraph("Deze begrippen en cijfers staan in andere bestanden. De regels hierboven gebruiken ze.")
    for home, cards in by_home.items():
        there = speaker.scope.home(home) if home else None
        title = f"Uit {data(there.titel) if there else home}" if home else "Wat een gemeente invult"
        yield Heading(3, title, slug("uit", home or "open"))
        yield from (replace(card, kop=replace(card.kop, niveau=4), dicht=True) for card in cards)


# --- clauses, flow ---------------------------------------------------------------------------------------------------------


def _clauses(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    if not ruleset.hardheid:
        yield Paragraph(
            "Deze regelset noemt geen enkele clausule: wie op een voorwaarde vastloopt, heeft hier geen uitweg.", "let_op"
        )
        return
    real = [c for c in ruleset.hardheid if c.soort != "geen"]
    said = {i for c in ruleset.hardheid if c.soort == "geen" for i in c.geldt_voor}
    rows = []
    for number, criterion in enumerate(ruleset.criteria, 1):
        cells = ["reikt" if criterion.id in c.geldt_voor else "reikt niet" for c in real]
        some = any(criterion.id in c.geldt_voor and c.soort != "groepsniveau" for c in real)
        way = "ja" if some else strong("geen clausule" if criterion.id in said else "nee")
        rows.append((numbered(criterion, number), way, *cells))
    letters = lettered(ruleset)
    yield Paragraph("Reikt er een clausule tot een nee? De letters staan voor deze clausules:")
    yield Listing(tuple(Item(f"{letters[c.id]}: {link(data(c.titel), '#' + slug('clausule', c.id))}") for c in real))
    yield Table(("Voorwaarde", "Uitweg", *(letters[c.id] for c in real)), tuple(rows), "Voorwaarden en clausules")
    yield from clause_cards(speaker, ruleset)


def _flow(ruleset: Ruleset) -> Drawing:
    by: dict[str, list[tuple[int, str]]] = {}
    for number, criterion in enumerate(ruleset.criteria, 1):
        by.setdefault(criterion.gevolg, []).append((number, data(criterion.titel)))
    steps = [Step("Er is een aanvraag of een melding")]
    for number, title in by.get("wacht_tot", ()):
        steps.append(Step(f"{number}. {title}", (), ("Nee: eerst wachten. Dat is geen afwijzing.",)))
    asked = ("Een gegeven is onbekend en doet ertoe: nog geen besluit, eerst vragen of uitzoeken.",)
    hard = tuple(f"{n}. {t}" for n, t in by.get("afwijzen", ()))
    if hard:
        steps.append(Step("Klopt dit allemaal?", hard, (*asked, "Ergens een nee: verder bij de toets op hardheid.")))
    for number, title in by.get("kan_weigeren", ()):
        steps.append(Step(f"{number}. {title}", (), ("Nee: een medewerker weegt of dat een reden is om te weigeren.",)))
    for number, title in by.get("deel", ()):
        steps.append(Step(f"{number}. {title}", (), ("Nee: het bedrag wordt lager.",)))
    per = f", {PER.get(ruleset.per, data(ruleset.per)).strip('()')}" if ruleset.bedrag is not None else ""
    steps.append(Step(f"Overal ja: toekennen{per}", verder=False))
    reach = tuple(f"• {data(c.titel)}" for c in ruleset.hardheid if c.soort not in ("geen", "groepsniveau"))
    none = sum(not reached(ruleset, c) for c in ruleset.criteria)
    short: tuple[str, ...] = ()
    if none == len(ruleset.criteria):
        short = ("Voor geen enkele voorwaarde is er een clausule: dan helpt alleen andere hulp.",)
    elif none:
        of = f"{count(none)} van de {count(len(ruleset.criteria))} voorwaarden"
        short = (f"Voor {of} is er geen clausule: dan helpt alleen andere hulp.",)
    steps.append(
        Step(
            "Ergens nee: de toets op hardheid", reach or ("Er is geen clausule.",), (*short, "Altijd: welke andere hulp is er?")
        )
    )
    remedy = ruleset.rechtsmiddel
    after = (
        (f"Niet mee eens? {upper(REMEDIES.get(remedy.soort, kind(remedy.soort)))} binnen {data(remedy.termijn)}.",)
        if remedy
        else ()
    )
    steps.append(Step("Een medewerker beslist, bij ja en bij nee, en schrijft op waarom", (), after))
    lines = tuple(
        Item(sentence(s.kop), tuple(Item(sentence(t.removeprefix("• "))) for t in (*s.regels, *s.zijwegen))) for s in steps
    )
    return Drawing(flow(steps, "verloop-tekening", f"Van aanvraag tot uitkomst: {data(ruleset.titel)}"), lines)


# --- facts, interactions, open slots -----------------------------------------------------------------------------------------


def _facts(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    rows: dict[str, tuple[str, str, str, str]] = {}
    for leaf in speaker.scope.facts:
        if isinstance(leaf, ir.OwnFact):
            own = speaker.scope.own(leaf.ruleset, leaf.name)
            if own is not None:
                asked = enumeration([ASKED.get(v, kind(v)) for v in own.van])
                rows.setdefault(
                    path_of(leaf),
                    (upper(speaker.scope.label(own.label, own.naam)), data(own.vraag), asked, data(own.bewaren or "")),
                )
        elif isinstance(leaf, ir.Fact) and leaf.origin == "situatie":
            field = field_of(path_of(leaf))
            if field is not None:
                of_partner = "partner" in leaf.path[:-1] and "partner" not in field.label
                label = f"partner: {field.label}" if of_partner else field.label
                question = f"Over uw partner: {field.vraag}" if of_partner else field.vraag
                asked = enumeration([ASKED.get(v, kind(v)) for v in field.van])
                rows.setdefault(path_of(leaf), (upper(label), question, asked, ""))
    if not rows:
        return
    yield Heading(2, "Gegevens die worden gevraagd", "gegevens")
    yield Paragraph(
        "Wat een ander al weet, wordt niet aan de inwoner gevraagd. Niemand hoeft alles in te vullen: alleen wat voor de uitkomst nog uitmaakt, wordt gevraagd."
    )
    yield Table(("Gegeven", "Vraag", "Bij wie", "Bewijs te gebruiken"), tuple(rows.values()), "Gegevens")


def _around(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    if ruleset.samenloop:
        yield Heading(2, "Samenloop met andere regelingen", "samenloop")
        for one in ruleset.samenloop:
            there = speaker.scope.home(one.met)
            named = data(there.titel) if there else kind(one.met)
            always = not one.uitkomsten or len(one.uitkomsten) > 2
            when = "" if always else f" Dit geldt bij: {enumeration([OUTCOMES.get(u, kind(u)) for u in one.uitkomsten])}."
            doubt = "" if one.geverifieerd else " Niet geverifieerd."
            yield Paragraph(
                f"{upper(named)}: {sentence(data(one.tekst))} ({speaker.scope.cite(one.grondslag, ruleset)}){when}{doubt}"
            )
            if one.als is not None:
                yield from blocks(demanded("Dit speelt als", speaker.condition(one.als)))
    if ruleset.aandacht:
        yield Heading(2, "Waar u bij een toekenning op moet letten", "aandachtspunten")
        for point in ruleset.aandacht:
            doubt = "" if point.geverifieerd else " Niet geverifieerd."
            yield Paragraph(
                f"{ATTENTION.get(point.soort, 'Let op')}: {sentence(data(point.tekst))} ({speaker.scope.cite(point.grondslag, ruleset)}){doubt}"
            )
            yield from blocks(demanded("Dit speelt als", speaker.condition(point.als)))


def _fills(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    """What municipalities fill in: the open places of this ruleset and of those that it reads, and what it fills in itself."""
    keys = dict.fromkeys([*((ruleset.id, name) for name in ruleset.open), *speaker.scope.slots])
    if keys:
        yield Heading(2, "Wat de gemeente zelf invult", "open")
    for home, name in keys:
        slot, there = speaker.scope.slot(home, name), speaker.scope.home(home)
        if slot is None or there is None:
            continue
        without = (
            f"dan geldt: {speaker.value(slot.anders)}"
            if slot.anders is not None
            else "dan kan deze regeling daar niet worden toegepast"
        )
        rows = (("Artikel", (speaker.scope.cite(slot.grondslag, there),)), ("Vult een gemeente niets in", (without,)))
        yield Card(
            Heading(3, upper(speaker.scope.label(slot.label, name)), speaker.scope.anchor("open", home, name)[1:]),
            (Rows(rows),),
            "begrip",
        )
    if ruleset.vult_in:
        yield Heading(2, "Wat deze regeling voor een andere invult", "vult-in")
        for (home, name), node in ruleset.vult_in.items():
            there, slot = speaker.scope.home(home), speaker.scope.slot(home, name)
            label = speaker.scope.label(slot.label if slot else "", name)
            item = speaker.item(node)
            where = f"Voor {data(there.titel) if there else home}: {label}"
            if slot is not None and slot.type.kind.value == "ja_nee":
                yield Paragraph(
                    f"{where}: {'ja' if isinstance(node, ir.Const) and node.value else speaker.condition(node).tekst}".rstrip(
                        "."
                    )
                    + "."
                )
                continue
            yield Paragraph(f"{where}: {lower(item.tekst)}")
            if item.onder:
                yield Listing(item.onder)


def _elsewhere(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    if not ruleset.clausules_bij:
        return
    yield Heading(2, "Clausules voor andere regelingen", "clausules-bij")
    for home, found in ruleset.clausules_bij.items():
        there = speaker.scope.home(home)
        titles = {c.id: data(c.titel) for c in there.criteria} if there else {}
        for clause in found:
            reach = tuple(titles.get(i, kind(i)) for i in clause.geldt_voor)
            yield Card(
                Heading(3, data(clause.titel), slug("clausule-bij", home, clause.id)),
                (Rows((
                    ("Voor", (data(there.titel) if there else kind(home),)),
                    ("Soort", (CLAUSES.get(clause.soort, kind(clause.soort)),)),
                    ("Artikel", (speaker.scope.cite(clause.grondslag, ruleset),)),
                    ("Reikt tot", reach),
                    *((("Maatstaf", (measure(clause.maatstaf, clause.geverifieerd and ruleset.geverifieerd),)),) if clause.maatstaf else ()),
                    ("Wie beslist", (data(clause.wie_beslist),)),
                )), *((Paragraph(sentence(data(clause.tekst))),) if clause.tekst else ())),
                "clausule",
            )  # fmt: skip


# --- what changed ------------------------------------------------------------------------------------------------------------


def _changes(
    register: Register, ruleset: Ruleset, day: date, earlier: tuple[Register, Ruleset] | Literal["nieuw"] | None
) -> Iterator[Block]:
    yield Heading(2, "Wat er is veranderd", "veranderd")
    if earlier == "nieuw":
        yield Paragraph("Deze regelset is nieuw: in het oudere register staat zij niet.")
        return
    before = earlier or _previous(register, ruleset)
    if before is None:
        yield Paragraph("Er is geen eerdere versie van deze regelset om mee te vergelijken.")
        return
    past, old = before
    yield from changes((register, ruleset, day), (past, old, _day_of(old, ruleset, day)))


def _previous(register: Register, ruleset: Ruleset) -> tuple[Register, Ruleset] | None:
    found: Sequence[Ruleset] = [r for r in register.versions.get(ruleset.id, ()) if r.van < ruleset.van]
    return (register, found[-1]) if found else None


def _day_of(old: Ruleset, new: Ruleset, day: date) -> date:
    """The day on which the older version is read: its last one, or the same day where it still holds."""
    if old.holds_on(day):
        return day
    last = old.tot or new.van - timedelta(days=1)
    return max(old.van, last)
