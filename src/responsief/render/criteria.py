"""The criteria: a sentence for each, with its article, its purpose, the text of the law, and what a no means."""

from __future__ import annotations

from collections.abc import Iterator

from responsief.ir import nodes as ir
from responsief.ir.ruleset import Criterion, Ruleset
from responsief.motivation.words import circumstance
from responsief.render.marks import bare, data, link, sentence, upper
from responsief.render.names import CLAUSES, DIRECTIONS, MAY, POWERS, RESTS, UNVERIFIED, WHO, kind, measure
from responsief.render.page import Block, Card, Heading, Item, Listing, Paragraph, Quote, Rows
from responsief.render.scope import slug
from responsief.render.sentences import Speaker
from responsief.values import format_day


def anchor(criterion: Criterion) -> str:
    return slug("criterium", criterion.id)


def criteria(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    """A card per criterion, in the order of the ruleset."""
    for number, criterion in enumerate(ruleset.criteria, 1):
        yield Card(
            Heading(3, f"{number}. {data(criterion.titel)}", anchor(criterion)),
            tuple(_card(speaker, ruleset, criterion)),
            "criterium",
        )


def told(speaker: Speaker, criterion: Criterion) -> Iterator[Item | str]:
    """What a criterion asks, in sentences and lists."""
    node, unless = parted(criterion.eis)
    item = speaker.condition(node)
    yield from demanded("U voldoet hieraan als", item)
    if unless is not None:
        yield from demanded("Uitzondering: u voldoet er ook aan als", speaker.condition(unless))


def demanded(start: str, item: Item) -> Iterator[Item | str]:
    """«U voldoet hieraan als u 21 jaar of ouder bent», or with the list under it."""
    yield Item(f"{start} {item.als}", item.onder) if item.onder else sentence(f"{start} {item.als}")


def parted(node: ir.Node) -> tuple[ir.Node, ir.Node | None]:
    """A demand and its «tenzij»."""
    if isinstance(node, ir.Or) and node.place.text == "tenzij" and len(node.operands) == 2:
        return node.operands
    return node, None


def blocks(lines: Iterator[Item | str]) -> Iterator[Block]:
    """Sentences as paragraphs, lists with the line above them."""
    for line in lines:
        if isinstance(line, str):
            yield Paragraph(line)
        else:
            yield Paragraph(line.tekst)
            yield Listing(line.onder)


def _card(speaker: Speaker, ruleset: Ruleset, criterion: Criterion) -> Iterator[Block]:
    if criterion.vanaf is not None or criterion.gedoogd:
        since = (
            f"Geldt vanaf {format_day(criterion.vanaf)}."
            if criterion.vanaf
            else "Staat in de regeling, maar wordt nu niet toegepast (gedoogd)."
        )
        yield Paragraph(since, "let_op")
    yield from blocks(told(speaker, criterion))
    if criterion.uitleg:
        yield Paragraph(f"Uitleg voor de inwoner: {sentence(data(criterion.uitleg))}", "klein")
    if criterion.tekst:
        yield Quote(
            data(criterion.tekst),
            speaker.scope.cite(criterion.grondslag, ruleset),
            criterion.geverifieerd and ruleset.geverifieerd,
        )
    yield Rows(tuple(_rows(speaker, ruleset, criterion)))
    if not criterion.geverifieerd and ruleset.geverifieerd:
        yield Paragraph(UNVERIFIED, "let_op")
    for reading in criterion.lezingen:
        said = f"Andere lezing: de woorden laten ook toe dat {WHO.get(reading.wie, kind(reading.wie))} {data(reading.lezing)}"
        source = f" Dat volgt uit {speaker.scope.cite(reading.grondslag, ruleset)}." if reading.grondslag else ""
        yield Paragraph(sentence(said) + source)
        yield from blocks(demanded("Dan voldoet u hieraan als", speaker.condition(reading.eis)))


def _rows(speaker: Speaker, ruleset: Ruleset, criterion: Criterion) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "Artikel", (speaker.scope.cite(criterion.grondslag, ruleset),)
    if criterion.doel:
        yield "Doel", (sentence(data(criterion.doel)),)
    yield "Bij een nee", (consequence(speaker, criterion, ruleset),)
    yield "Rust op", (RESTS.get(criterion.rust_op, kind(criterion.rust_op)),)
    lower = criterion.bevoegdheid == "gebonden" and criterion.gevolg == "deel"
    yield "Bevoegdheid", ("gebonden: wat eraf gaat, staat vast" if lower else POWERS[criterion.bevoegdheid],)
    if criterion.bewijs:
        yield "Bewijs", (data(criterion.bewijs),)
    kept = [f"{label}: {time}" for label, time in _kept(speaker, criterion)]
    if kept:
        yield "Opnieuw te gebruiken", tuple(kept)
    if criterion.wie_wijzigt:
        what = f" – {data(criterion.wat_wijzigt)}" if criterion.wat_wijzigt else ""
        yield "Wie dit kan veranderen", (f"{WHO.get(criterion.wie_wijzigt, kind(criterion.wie_wijzigt))}{what}",)
    reach = [c for c in ruleset.hardheid if criterion.id in c.geldt_voor and c.soort != "geen"]
    yield (
        "Uitweg bij een nee",
        tuple(link(data(c.titel), "#" + slug("clausule", c.id)) for c in reach) or ("geen clausule reikt tot deze voorwaarde",),
    )


def consequence(speaker: Speaker, criterion: Criterion, ruleset: Ruleset) -> str:
    """What a no on a criterion means."""
    match criterion.gevolg:
        case "afwijzen":
            helps = ", tenzij een clausule helpt" if reached(ruleset, criterion) else ""
            return f"de aanvraag wordt afgewezen{helps}"
        case "kan_weigeren":
            return "weigeren kan, maar hoeft niet: eerst weegt een medewerker alle belangen"
        case "deel":
            amount = f"; eraf gaat {speaker.value(criterion.aftrek)}" if criterion.aftrek is not None else ""
            return f"het bedrag wordt lager{amount}"
        case "wacht_tot":
            until = f" tot {speaker.value(criterion.wacht_tot)}" if criterion.wacht_tot is not None else ""
            return f"wachten{until}; dit is geen afwijzing"


def _kept(speaker: Speaker, criterion: Criterion) -> Iterator[tuple[str, str]]:
    seen = set()
    for leaf in ir.walk(criterion.eis):
        if isinstance(leaf, ir.OwnFact) and leaf not in seen:
            seen.add(leaf)
            own = speaker.scope.own(leaf.ruleset, leaf.name)
            if own is not None and own.bewaren:
                yield data(own.label), data(own.bewaren)


# --- clauses -------------------------------------------------------------------------------------------------------------


def clause_cards(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    """A card per clause."""
    titles, letters = {c.id: c.titel for c in ruleset.criteria}, lettered(ruleset)
    for clause in ruleset.hardheid:
        inside: list[Block] = []
        if clause.vanaf is not None:
            inside.append(Paragraph(f"Geldt vanaf {format_day(clause.vanaf)}.", "let_op"))
        if clause.tekst:
            inside.append(
                Quote(
                    data(clause.tekst),
                    speaker.scope.cite(clause.grondslag, ruleset),
                    clause.geverifieerd and ruleset.geverifieerd,
                )
            )
        reach = tuple(link(data(titles[i]), "#" + slug("criterium", i)) for i in clause.geldt_voor if i in titles)
        rows: list[tuple[str, tuple[str, ...]]] = [
            ("Soort", (CLAUSES.get(clause.soort, kind(clause.soort)),)),
            ("Artikel", (speaker.scope.cite(clause.grondslag, ruleset),)),
        ]
        if clause.maatstaf:
            rows.append(("Maatstaf", (measure(clause.maatstaf, clause.geverifieerd and ruleset.geverifieerd),)))
        rows.append(("Er is geen clausule voor" if clause.soort == "geen" else "Reikt tot", reach))
        if clause.reikwijdte:
            rows.append(("Reikwijdte", (data(clause.reikwijdte),)))
        if clause.soort != "geen":
            rows.append(("Richting", (DIRECTIONS.get(clause.richting, kind(clause.richting)),)))
            rows.append(("Wie beslist", (data(clause.wie_beslist),)))
            if clause.mag:
                rows.append(("Wat dan kan", tuple(MAY.get(m, kind(m)) for m in clause.mag)))
        inside.append(Rows(tuple(r for r in rows if r[1])))
        for start, bars in (
            ("Deze clausule helpt niet als", clause.niet_als),
            ("Deze clausule helpt alleen als", clause.voorwaarden),
        ):
            for bar in bars:
                inside += blocks(demanded(start, speaker.condition(bar.als)))
                inside.append(Paragraph(f"{sentence(data(bar.reden))} ({speaker.scope.cite(bar.grondslag, ruleset)})", "klein"))
        if clause.wegen:
            points = tuple(Item(f"{circumstance(word)}: {sentence(data(why))}") for word, why in clause.wegen)
            inside += [Paragraph("Dit weegt in ieder geval mee:"), Listing(points)]
        if clause.vragen:
            inside += [Paragraph("Vragen voor het gesprek:"), Listing(tuple(Item(data(q)) for q in clause.vragen))]
        if not clause.geverifieerd and ruleset.geverifieerd:
            inside.append(Paragraph(UNVERIFIED, "let_op"))
        yield Card(
            Heading(
                3,
                f"{letters[clause.id]}. {data(clause.titel)}" if clause.id in letters else data(clause.titel),
                slug("clausule", clause.id),
            ),
            tuple(inside),
            "clausule",
        )


def lettered(ruleset: Ruleset) -> dict[str, str]:
    """The letter of each clause that gives a way out (A, B, … Z, AA)."""
    real = [c.id for c in ruleset.hardheid if c.soort != "geen"]
    return {ident: ("A" * (n // 26)) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n % 26] for n, ident in enumerate(real)}


def reached(ruleset: Ruleset, criterion: Criterion) -> bool:
    """Does any clause for a single person reach this criterion?"""
    return any(criterion.id in c.geldt_voor and c.soort not in ("geen", "groepsniveau") for c in ruleset.hardheid)


def numbered(criterion: Criterion, number: int) -> str:
    return upper(link(f"{number}. {bare(data(criterion.titel))}", "#" + anchor(criterion)))
