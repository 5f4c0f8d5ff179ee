"""A difference as one HTML file that needs nothing from elsewhere, in the look of the pages that tell the rules (`render`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from responsief.analysis.answers import Witness
from responsief.ci import counts, told
from responsief.ci.drawings import amounts, bars, moves
from responsief.ci.told import signed
from responsief.difference.report import SAMEN, Change, Example, Impact, Report, RulesetDifference
from responsief.render import to_html as pages
from responsief.render.changes import marked
from responsief.render.marks import data, sentence, strong, upper
from responsief.render.page import Block, Card, Drawing, Heading, Item, Listing, Page, Paragraph, Rows, Table

MOST_DRAWN: Final = 30  # groups in one drawing: a city has more districts than a drawing shows


def to_html(report: Report) -> str:
    """The difference as an HTML text: on a phone, a desk and paper, without script."""
    return pages.to_html(page_of(report))


def page_of(report: Report) -> Page:
    """The blocks of the page: what matters first, then every ruleset."""
    blocks = [*_first(report), *_overview(report)]
    for number, one in enumerate(told.sorted_rulesets(report), 1):
        blocks += _ruleset(one, report.impacts_of(one), f"r{number}")
    known = {one.id for one in report.regelsets}
    for number, impact in enumerate((i for i in report.gevolgen if i.regelset not in known), 1):
        blocks += [Heading(2, data(impact.regelset), f"g{number}"), *_impact(impact, f"g{number}")]
    if report.andere:
        blocks.append(Heading(2, "Voorzieningen en signalen", "andere"))
        blocks += [_change(c, f"andere-{n}") for n, c in enumerate(told.ordered(report.andere), 1)]
    blocks += _findings(report)
    if report.gelijk:
        blocks += [Heading(2, "Niets gewijzigd", "gelijk"), Paragraph(sentence(", ".join(map(data, report.gelijk))))]
    return Page(f"Regelwijziging: {data(told.title(report))}", data(told.tally(report)), tuple(blocks))


def _first(report: Report) -> Iterator[Block]:
    yield Heading(2, "Wat eerst telt", "eerst")
    signs = {"stop": "✘", "let_op": "!", "goed": "✔"}
    for one in told.messages(report):
        yield Paragraph(f"{strong(signs[one.ernst])} {data(one.tekst)}", "gewoon" if one.ernst == "goed" else "let_op")


def _overview(report: Report) -> Iterator[Block]:
    rulesets = told.sorted_rulesets(report)
    if not rulesets:
        return
    exits = {"bewezen": "✔ bewezen", "weerlegd": "✘ niet voor iedereen", "niet_bewezen": "? niet bewezen"}
    yield Heading(2, "De regelingen naast elkaar", "overzicht")
    rows = []
    for one in rulesets:
        sign, word = told.DIRECTIONS[one.richting]
        way = exits[one.uitweg.bewijs] if one.uitweg else "niet gevraagd"
        rows.append((data(one.titel), f"{sign} {word.lower()}", way))
    yield Table(("Regeling", "Wordt", "Uitweg bij een nieuw nee"), tuple(rows), "Gewijzigde regelingen")
    titles = {one.id: one.titel for one in report.regelsets}
    wholes = [(titles.get(i.regelset, i.regelset), counts.everybody(i)) for i in report.gevolgen]
    if wholes and not any((w.naar_ja, w.naar_nee, w.anders) != (0, 0, 0) for _, w in wholes):
        yield Paragraph("Van de getelde huishoudens krijgt niemand een ander antwoord.")
    elif wholes:
        drawn = moves(
            [(data(name), w.naar_ja, w.naar_nee) for name, w in wholes], "overzicht-g", "Wie er een ander antwoord krijgt"
        )
        said = tuple(
            Item(f"{data(name)}: van nee naar ja {counts.told(w.naar_ja)}, van ja naar nee {counts.told(w.naar_nee)}")
            for name, w in wholes
        )
        yield Drawing(drawn, said)


def _ruleset(one: RulesetDifference, impacts: Sequence[Impact], ident: str) -> Iterator[Block]:
    sign, word = told.DIRECTIONS[one.richting]
    yield Heading(2, f"{sign} {data(one.titel)}: {word.lower()}", ident)
    yield Paragraph(f"{data(told.versions(one))}. {data(one.bestand)}", "klein")
    if line := told.exit_line(one):
        fine = one.uitweg is not None and one.uitweg.bewijs == "bewezen"
        yield Paragraph(data(line), "gewoon" if fine else "let_op")
        if one.uitweg is not None and one.uitweg.getuige is not None:
            yield _person(one.uitweg.getuige, f"{ident}-uitweg", "Wie heeft er geen uitweg?")
    for number, change in enumerate(told.ordered(one.wijzigingen), 1):
        yield _change(change, f"{ident}-{number}", one.bestand)
    for number, impact in enumerate(impacts, 1):
        yield from _impact(impact, f"{ident}-g{number}")


def _change(change: Change, ident: str, file: str = "") -> Card:
    inside: list[Block] = []
    was, now = data(change.was), data(change.wordt)
    if was and now:
        was, now = (line.partition(": ")[2] for line in marked(was, now))
    rows: list[tuple[str, tuple[str, ...]]] = []
    if same := told.stayed(change):
        rows.append(("Eis", (f"{data(change.was)} {data(same.removeprefix(change.was))}",)))
    elif change.was:
        rows.append(("Was", (was,)))
    if change.wordt and not same:
        rows.append(("Wordt", (now,)))
    if change.grondslag:
        rows.append(("Artikel", (data(change.grondslag),)))
    if change.plaats is not None:
        name, line = change.plaats.source.name, change.plaats.line
        rows.append(("Plaats", (f"regel {line}" if name == file else f"{data(name)}, regel {line}",)))
    rows += [(head, (upper(data(text)),)) for head, text in _notes(change)]
    inside.append(Rows(tuple(rows)))
    for number, one in enumerate(change.voorbeelden, 1):
        inside.append(Paragraph(f"{strong('Voorbeeld:')} {data(told.example(one))}."))
        if one.uitweg:
            inside.append(Paragraph(sentence(data(told.way_out(one)))))
        inside.append(_example(one, f"{ident}-v{number}"))
    title = f"{told.mark(change)} {told.label(change)} · {told.kind(change)}: {data(change.titel or change.id)}"
    return Card(Heading(3, title, ident), tuple(inside), "wijziging")


def _notes(change: Change) -> Iterator[tuple[str, str]]:
    for note in told.notes(change):
        if note.startswith("bewijs: "):
            yield "Bewijs", note.removeprefix("bewijs: ")
        else:
            yield "Let op", note


def _example(one: Example, ident: str) -> Card:
    refused = {"Afgewezen op (was)": one.was.afgewezen_op, "Afgewezen op (wordt)": one.wordt.afgewezen_op}
    extra = [(head, (data(", ".join(names)),)) for head, names in refused.items() if names]
    return _person(one.getuige, ident, "De feiten van dit voorbeeld", extra)


def _person(who: Witness, ident: str, title: str, extra: Sequence[tuple[str, tuple[str, ...]]] = ()) -> Card:
    """The facts in which somebody differs from the reference person; on paper only the title is shown, so who she is stands above."""
    rows = [(upper(data(fact.label)), (data(fact.waarde),)) for fact in who.verschil]
    inside: list[Block] = [Rows((*rows, *extra))] if rows or extra else [Paragraph("Dit is de referentiepersoon zelf.")]
    return Card(Heading(4, title, ident), tuple(inside), "feiten", dicht=True)


# --- counts ------------------------------------------------------------------------------------------------------------


def _impact(impact: Impact, ident: str) -> Iterator[Block]:
    whole = counts.everybody(impact)
    yield Heading(3, "Gevolgen", ident)
    if counts.nobody(impact):
        yield Paragraph(f"{upper(data(impact.bevolking))}: niemand geteld.")
        return
    money = isinstance(whole.bedrag_verschil, int) and (whole.bedrag_was or whole.bedrag_wordt)
    more = f" Samen {signed(whole.bedrag_verschil)} per maand." if money and isinstance(whole.bedrag_verschil, int) else ""
    moves_told = f"Van nee naar ja: {counts.told(whole.naar_ja)}. Van ja naar nee: {counts.told(whole.naar_nee)}."
    yield Paragraph(f"{upper(data(impact.bevolking))}. {moves_told}{more}")
    changes = [(_transition(was, wordt), counts.told(n)) for was, wordt, n in counts.transitions(impact)]
    if impact.verdeling:
        yield from _whole(impact, whole, ident)
    elif changes:
        yield Table(("Van → naar", "Huishoudens"), tuple((data(a), b) for a, b in changes), "Elke verandering van uitkomst")
    for number, (name, groups) in enumerate(impact.groepen.items(), 1):
        lines = counts.lines(groups)
        yield from _division(name, lines, f"{ident}-{number}", yearly=bool(impact.verdeling))
    if counts.shielded(impact):
        yield Paragraph(counts.why_not_shown(impact.k), "klein")


def _whole(impact: Impact, whole: counts.Line, ident: str) -> Iterator[Block]:
    """Of a population of its own: who gets more and less, the money in a year, the outcomes before and after, and how far amounts
    change."""
    yield Listing(tuple(Item(data(line)) for line in told.impact(impact)))
    if isinstance(whole.jaar_was, int) and isinstance(whole.jaar_wordt, int) and (whole.jaar_was or whole.jaar_wordt):
        rows = [("Alle huishoudens samen, per jaar", whole.jaar_was, whole.jaar_wordt)]
        yield Drawing(amounts(rows, f"{ident}-j", "Alle bedragen samen, per jaar"), ())
    outcomes, cells = counts.matrix(impact)
    if cells:
        heads = ("Was ↓ wordt →", *(upper(told.outcome(one)) for one in outcomes))
        lines = [(upper(told.outcome(was)), *("–" if n is None else counts.told(n) for n in row)) for was, row in cells]
        yield Table(heads, tuple(lines), "Van uitkomst naar uitkomst")
    if line := told.together(impact):
        yield Paragraph(line, "klein")
    steps = told.steps(impact)
    if not steps:
        yield Paragraph(f"{told.SPREAD}, is hier niet te tonen zonder iets te zeggen over minder dan {impact.k} huishoudens.")
        return
    yield Table((told.SPREAD, "Huishoudens"), tuple(steps), "Per jaar, in stappen")
    drawn = [step for step in impact.verdeling if step.kant in ("minder", "meer")]
    if drawn:
        less = {step.naam for step in drawn if step.kant == "minder"}
        rows_drawn = [(step.naam, step.aantal) for step in drawn]
        yield Drawing(bars(rows_drawn, f"{ident}-v", "Voor hoeveel huishoudens het zo verandert", less), ())
        yield Paragraph(
            "Gearceerd: erop achteruit. Vol: erop vooruit. Wie geen verschil merkt, staat alleen in de tabel.", "klein"
        )


def _transition(was: str, wordt: str) -> str:
    """«afgewezen → toegekend», or the transitions that are told together."""
    return (
        "kleine aantallen samen, ook met dezelfde uitkomst" if was == SAMEN else f"{told.outcome(was)} → {told.outcome(wordt)}"
    )


def _division(name: str, lines: Sequence[counts.Line], ident: str, *, yearly: bool) -> Iterator[Block]:
    money = counts.amounts(lines)
    amount_heads = ("Verschil per maand", *(("Verschil per jaar",) if yearly else ())) if money else ()
    rows = []
    for line in lines:
        cells = [data(line.naam), *(counts.told(n) for n in (line.aantal, line.naar_ja, line.naar_nee, line.anders))]
        if money:
            both = (line.bedrag_verschil, *((line.jaar_verschil,) if yearly else ()))
            cells += [signed(difference) if isinstance(difference, int) else "niet getoond" for difference in both]
        rows.append(tuple(cells))
    heads = (upper(data(name)), "Aantal", "Nee → ja", "Ja → nee", "Overig", *amount_heads)
    yield Table(heads, tuple(rows), f"Per {data(name)}")
    moved = [(data(line.naam), line.naar_ja, line.naar_nee) for line in lines]
    if len(moved) > MOST_DRAWN:
        yield Paragraph(f"De tekeningen tonen de {MOST_DRAWN} grootste groepen; de tabel heeft ze alle {len(moved)}.", "klein")
        lines = sorted(lines, key=lambda line: line.aantal if isinstance(line.aantal, int) else 0, reverse=True)[:MOST_DRAWN]
        moved = [(data(line.naam), line.naar_ja, line.naar_nee) for line in lines]
    if any(isinstance(n, int) and n for _, *two in moved for n in two):
        yield Drawing(moves(moved, f"{ident}-m", f"Wie er een ander antwoord krijgt, per {data(name)}"), ())
    means = [
        (data(line.naam), round(line.bedrag_was / line.aantal), round(line.bedrag_wordt / line.aantal))
        for line in lines
        if isinstance(line.aantal, int)
        and line.aantal
        and isinstance(line.bedrag_was, int)
        and isinstance(line.bedrag_wordt, int)
    ]
    if money and means:
        yield Paragraph(f"Gemiddeld bedrag per huishouden en per maand, per {data(name)}:")
        said = tuple(Item(f"{n}: was {signed(a).lstrip('+')}, wordt {signed(b).lstrip('+')}") for n, a, b in means)
        yield Drawing(amounts(means, f"{ident}-b", f"Gemiddeld bedrag per {data(name)}"), said)


def _findings(report: Report) -> Iterator[Block]:
    found = told.findings(report)
    if not found:
        return
    yield Heading(2, "Bevindingen", "bevindingen")
    items = []
    for one in found:
        where = (
            f" ({data(one.span.source.name)}, regel {one.span.line})" if one.span else f" ({data(one.pad)})" if one.pad else ""
        )
        under = (Item(sentence(data(one.hulp))),) if one.hulp else ()
        items.append(Item(f"{strong(one.ernst)} {upper(data(one.tekst))}{where}", under))
    yield Listing(tuple(items))
