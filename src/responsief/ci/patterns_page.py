"""A report on patterns as a page: one HTML file that needs nothing from elsewhere, and the same as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from responsief.ci import patterns_told as told
from responsief.patterns.report import Rate, Report, Signal
from responsief.render import to_html as html
from responsief.render import to_markdown as markdown
from responsief.render.marks import data, sentence, upper
from responsief.render.page import Block, Heading, Item, Listing, Page, Paragraph, Rows, Table


def to_html(report: Report) -> str:
    """The report as an HTML text."""
    return html.to_html(page_of(report))


def to_markdown(report: Report) -> str:
    """The report as Markdown."""
    return markdown.to_markdown(page_of(report))


def page_of(report: Report) -> Page:
    """The blocks of the page: the signals first."""
    blocks: list[Block] = [Paragraph(told.NOT_THEM, "inleiding"), Paragraph(told.limits(report), "klein")]
    for number, one in enumerate(report.signalen, 1):
        blocks += _signal(one, number)
    blocks += _others(report)
    blocks += [Heading(2, "Verhoudingen", "verhoudingen"), Paragraph("Geteld, nooit aangenomen.")]
    blocks.append(
        Table(("Wat", "Aantal", "Van", "Aandeel"), tuple(map(_rate, report.verhoudingen)), "Hoe vaak de regels het oplossen")
    )
    if report.clausules:
        blocks.append(
            Table(
                ("Clausule", "Afgeweken", "Voorgesteld", "Aandeel"),
                tuple(map(_rate, report.clausules)),
                "Hoe vaak iemand met een clausule afwijkt",
            )
        )
    return Page(data(told.title(report)), data(told.tally(report)), tuple(blocks))


def _signal(one: Signal, number: int) -> Iterator[Block]:
    yield Heading(2, f"{number}. {data(told.heading(one.doel))}", f"signaal-{number}")
    rows, last = [], None
    for point in told.points(one):
        if point.kop == "Kijk naar":
            last = point
        else:
            rows.append((point.kop, tuple(sentence(data(text)) for text in point.regels)))
    yield Rows(tuple(rows))
    if last is not None and last.regels:
        yield Paragraph("Kijk naar:")
        yield Listing(tuple(Item(upper(data(text))) for text in last.regels))


def _others(report: Report) -> Iterator[Block]:
    if report.andere:
        yield Heading(2, "Andere afwijzingen", "andere")
        rows = tuple((data(told.heading(one.doel)), told.of(one.afgewezen, one.besluiten)) for one in report.andere)
        yield Table(("Voorwaarde", "Afgewezen"), rows, f"Vanaf {report.k} mensen, en geen signaal")


def _rate(one: Rate) -> tuple[str, str, str, str]:
    if one.teller is None or one.noemer is None:
        return (upper(data(one.naam)), "niet te zeggen", "", one.reden or "")
    share = (
        told.percent(one.teller, one.noemer)
        if isinstance(one.teller, int) and isinstance(one.noemer, int)
        else "niet te zeggen"
    )
    return (upper(data(one.naam)), told.few(one.teller), told.count(one.noemer), share)
