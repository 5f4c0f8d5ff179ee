"""The amount, the terms that it and the criteria rest on, decision tables, and figures over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from responsief.backends.explain import figure_in_words
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Figure, Ruleset, Term
from responsief.motivation.words import PER
from responsief.render.drawings import plot
from responsief.render.marks import data, link, sentence, upper
from responsief.render.names import UNVERIFIED
from responsief.render.page import Block, Card, Drawing, Heading, Listing, Paragraph, Rows, Table
from responsief.render.scope import Key, Scope, slug
from responsief.render.sentences import Speaker
from responsief.values import format_day


def amount(speaker: Speaker, ruleset: Ruleset) -> Iterator[Block]:
    """How the amount is worked out."""
    if ruleset.bedrag is None:
        yield Paragraph("Er wordt geen bedrag berekend: het besluit gaat over het recht zelf.")
        return
    per = {"maand": "Het bedrag per maand is:", "jaar": "Het bedrag per jaar is:", "keer": "Het bedrag (één keer) is:"}
    yield Paragraph(per.get(ruleset.per, f"Het bedrag ({PER.get(ruleset.per, data(ruleset.per))}) is:"))
    yield from worked_out(speaker, ruleset.bedrag, "Tabel voor het bedrag")


def worked_out(speaker: Speaker, node: ir.Node, caption: str) -> Iterator[Block]:
    """How something is worked out: a decision table as a table, everything else as sentences."""
    table = decision_table(speaker, node, caption)
    if table is not None:
        yield table
        return
    item = speaker.item(node)
    if item.onder:
        yield Paragraph(upper(item.tekst))
        yield Listing(item.onder)
    else:
        yield Paragraph(sentence(item.tekst))


def decision_table(speaker: Speaker, node: ir.Node, caption: str) -> Table | None:
    """A table of the ruleset as one of the page: a column for each question, a row for each case."""
    if not (isinstance(node, ir.Choose | ir.Collect) and node.place.text == "tabel" and node.branches):
        return None
    written = node.branches
    covers = isinstance(node, ir.Choose) and node.last is not None  # the rows cover everything: no «anders»
    if isinstance(node, ir.Choose) and node.last is not None:
        written = (*written, (node.last, node.otherwise))
    rows = [(tuple(_cells(test)), result) for test, result in written]
    columns: list[ir.Node] = []
    for cells, _ in rows:
        for column, _ in cells:
            if column not in columns:
                columns.append(column)
    if not columns or any(column is None for column in columns):
        return None
    heads = tuple(upper(_head(speaker, column)) for column in columns)
    lines = []
    for cells, result in rows:
        by = {
            id(next(c for c in columns if c == column)): told
            for column, test in cells
            for told in (_cell(speaker, column, test),)
        }
        lines.append((*(by.get(id(column), "alles") for column in columns), speaker.value(result)))
    if not covers:
        last = "anders" if isinstance(node, ir.Choose) else "niets past"
        lines.append((last, *("" for _ in columns[1:]), speaker.value(node.otherwise)))
    return Table((*heads, "Uitkomst"), tuple(lines), f"{caption} ({_hit(node)})")


def _hit(node: ir.Choose | ir.Collect) -> str:
    """Which rows of a table count."""
    if isinstance(node, ir.Collect):
        how = {
            "som": "wat past, wordt opgeteld",
            "max": "van wat past, telt het hoogste",
            "min": "van wat past, telt het laagste",
        }
        return how[node.op]
    if node.single:
        return "precies één rij past" if node.last is not None else "hoogstens één rij past"
    return "de eerste rij die past, telt"


def _cells(test: ir.Node) -> Iterator[tuple[ir.Node, ir.Node]]:
    """The tests of a row, each with the column that it is about."""
    if isinstance(test, ir.Const):
        return
    for part in test.operands if isinstance(test, ir.And) else (test,):
        match part:
            case ir.Compare(left=column):
                yield column, part
            case ir.Within(value=column) | ir.OneOf(value=column) | ir.Known(value=column) | ir.Absent(value=column):
                yield column, part
            case ir.Not(operand=column):
                yield column, part
            case _:
                yield part, part


def _head(speaker: Speaker, column: ir.Node) -> str:
    if column.type == ir.Not(column, column.place).type:
        return f"{upper(speaker.clause(column).main())}?"
    return speaker.noun(column).tekst


def _cell(speaker: Speaker, column: ir.Node, test: ir.Node) -> str:
    if test is column:
        return "ja"
    if isinstance(test, ir.Not) and test.operand is column:
        return "nee"
    clause = speaker.clause(test)
    words = " ".join(part for part in (clause.rest, clause.staart) if part)
    return words or clause.main()


# --- terms ---------------------------------------------------------------------------------------------------------------


def terms(speaker: Speaker, keys: Sequence[Key], done: set[Key]) -> Iterator[tuple[Key, Card]]:
    """A card for each term that the page came past, and for those that these read themselves."""
    waiting = list(keys)
    while waiting:
        key = waiting.pop(0)
        if key in done:
            continue
        done.add(key)
        before = set(speaker.scope.terms)
        term, home = speaker.scope.term(*key), speaker.scope.home(key[0])
        if term is None or home is None:
            continue
        yield key, term_card(speaker, home, term)
        waiting += [k for k in speaker.scope.terms if k not in before]


def term_card(speaker: Speaker, home: Ruleset, term: Term) -> Card:
    """What a term means, and by which article."""
    scope = speaker.scope
    inside: list[Block] = []
    other = term.node
    if isinstance(other, ir.TermRef) and other.ruleset != home.id:
        scope.terms.setdefault((other.ruleset, other.name))
        there = scope.home(other.ruleset)
        named = scope.term(other.ruleset, other.name)
        words = link(scope.label(named.label if named else "", other.name), scope.anchor("begrip", other.ruleset, other.name))
        inside.append(Paragraph(f"Dit is «{words}» uit {data(there.titel) if there else other.ruleset}."))
    elif other.type == ir.Not(other, other.place).type:
        item = speaker.condition(other)
        inside.append(Paragraph(f"Dit is zo als {item.als}" if item.onder else sentence(f"Dit is zo als {item.als}")))
        if item.onder:
            inside.append(Listing(item.onder))
    else:
        inside += worked_out(speaker, other, f"Tabel voor {scope.label(term.label, term.naam)}")
    if term.grondslag:
        inside.append(Rows((("Artikel", (scope.cite(term.grondslag, home),)),)))
    if not term.geverifieerd:
        inside.append(Paragraph(UNVERIFIED, "let_op"))
    return Card(
        Heading(
            3 if home.id == scope.ruleset.id else 4,
            upper(scope.label(term.label, term.naam)),
            scope.anchor("begrip", home.id, term.naam)[1:],
        ),
        tuple(inside),
        "begrip",
    )


# --- figures ---------------------------------------------------------------------------------------------------------------


def figure_card(scope: Scope, home: Ruleset, figure: Figure) -> Card:
    """A figure over time: the plot, the same values in a table, and where each was read."""
    ident = scope.anchor("cijfer", home.id, figure.naam)[1:]
    now = figure.newest(scope.day) if figure.on(scope.day) is not None else None
    inside: list[Block] = []
    if now is None:
        inside.append(Paragraph(f"Op {format_day(scope.day)} is er geen waarde. Dan wordt er niets mee uitgerekend.", "let_op"))
    elif figure.outdated(scope.day):
        inside.append(Paragraph("Dit cijfer is sindsdien aangepast, en de nieuwe waarde staat hier nog niet.", "let_op"))
    drawn = plot(figure, slug("grafiek", ident), scope.day)
    if drawn is not None:
        inside.append(Drawing(drawn, ()))
    rows = []
    sources = [scope.cite(value.bron, home) + ("" if value.geverifieerd else "; niet geverifieerd") for value in figure.waarden]
    same = len(set(sources)) == 1
    for value, source in zip(figure.waarden, sources, strict=True):
        mark = f" ({scope.nu})" if value is now else ""
        shown = figure_in_words(figure, value.waarde) or ""
        rows.append((format_day(value.van) + mark, shown, *(() if same else (source,))))
    inside.append(Table(("Vanaf", "Waarde") if same else ("Vanaf", "Waarde", "Bron"), tuple(rows), "Waarden in de tijd"))
    extra = [f"Bron: {sources[0]}."] if same else []
    extra += [f"Geldt tot en met {format_day(figure.tot)}."] if figure.tot else []
    if figure.indexering:
        extra.append(
            {
                "halfjaar": "Wordt elk half jaar aangepast.",
                "jaar": "Wordt elk jaar aangepast.",
                "geen": "Wordt niet aangepast.",
            }[figure.indexering]
        )
    if figure.grondslag:
        extra.append(f"Artikel: {scope.cite(figure.grondslag, home)}.")
    if extra:
        inside.append(Paragraph(" ".join(extra), "klein"))
    return Card(Heading(3, upper(scope.label(figure.label, figure.naam)), ident), tuple(inside), "cijfer")


def short_figure_card(scope: Scope, home: Ruleset, figure: Figure) -> Card:
    """A figure of another file: its value of the day and where that was read. All its values stand on the page of that file."""
    ident = scope.anchor("cijfer", home.id, figure.naam)[1:]
    head = Heading(4, upper(scope.label(figure.label, figure.naam)), ident)
    now = figure.newest(scope.day)
    if now is None or figure.on(scope.day) is None:
        none = f"Op {format_day(scope.day)} is er geen waarde. Dan wordt er niets mee uitgerekend."
        return Card(head, (Paragraph(none, "let_op"),), "cijfer")
    doubt = "" if now.geverifieerd else "; niet geverifieerd"
    until = f" tot en met {format_day(figure.tot)}" if figure.tot else ""
    text = f"{figure_in_words(figure, now.waarde)}, vanaf {format_day(now.van)}{until} ({scope.cite(now.bron, home)}{doubt})."
    late = " Dit cijfer is sindsdien aangepast, en de nieuwe waarde staat hier nog niet." if figure.outdated(scope.day) else ""
    return Card(head, (Paragraph(text + late),), "cijfer")
