"""`responsief rights`: everything that one person may be entitled to, on one page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from responsief.cli.common import REGISTER, Day, must_exist, open_desk, stop, today
from responsief.cli.decide import situation_in
from responsief.cli.output import compared, few, in_words, terminal, wrapped
from responsief.decision import Decision, Signal
from responsief.diagnostics import InvalidError
from responsief.rights import Overview, Right, rights_json
from responsief.values import format_day, format_money

HEADS = (
    ("toegekend", "Recht", "✓", "green"),
    ("gedeeltelijk", "Voor een deel", "✓", "yellow"),
    ("wacht", "Eerst wachten", "!", "yellow"),
    ("onbepaald", "Nog niet te zeggen", "?", "yellow"),
    ("afgewezen", "Nee", "✗", "red"),
)
MOST = 8  # provisions besides the rulesets that fit on the page
MAYBE, ASKED = 4, 2  # provisions that wait for a fact, and questions of each
PRESSING = 4  # signals: the most urgent come first
HELPS = 3  # per no


@click.command(name="rights")
@click.argument("situation", metavar="SITUATIE")
@click.option("--date", "on", type=Day(), metavar="D", help="Reference date (peildatum). Default: per ruleset, else today.")
@REGISTER
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
@click.option("--all", "everything", is_flag=True, help="Everything that fits, also what makes more than a page.")
def command(situation: str, on: date | None, registers: tuple[Path, ...], form: str, everything: bool) -> None:
    """What may the person in file SITUATIE be entitled to (YAML or JSON; - reads standard input)?

    Every ruleset in force there, with its outcome; a no with its way out; what the rights mean for each other; and what of the
    catalogue fits besides. Reading everything is a purpose of its own: tell the person first (AVG 5 lid 1 onder b).
    """
    must_exist([Path(situation)] if situation != "-" else [], file=True)
    desk = open_desk(registers)
    try:
        found = desk.rights(situation_in(situation), on, today=today() if on is None else None)
    except InvalidError as wrong:
        stop(wrong.diagnostics)
    if form == "json":
        click.echo(json.dumps(rights_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(page(found, terminal(), everything=everything)))


def page(found: Overview, width: int, *, everything: bool = False) -> Iterator[str]:
    """The overview as lines for a terminal; with `everything` also what does not fit on a page."""
    place = f" · gemeente {found.gemeente}" if found.gemeente else ""
    yield click.style(f"Waar is misschien recht op? · {format_day(found.peildatum)}{place}", bold=True)
    yield from wrapped(
        "Dit is een concept: een medewerker beslist. Alle regelingen zijn bekeken; vertel dat de inwoner vooraf.", width
    )
    if found.spoed:
        yield ""
        yield click.style("Dit kan niet wachten", fg="red", bold=True)
        for line in few([f"{s.label}{_within(s)} ({s.grondslag})" for s in found.spoed], PRESSING):
            yield from _item(line, width)
    for outcome, head, mark, colour in HEADS:
        here = [one for one in found.rechten if one.uitkomst == outcome]
        if here:
            yield ""
            yield click.style(head, bold=True)
        for one in here:
            yield from right_lines(one, click.style(mark, fg=colour, bold=True), found.peildatum, width)
    if found.ook:
        yield ""
        yield click.style("Misschien ook nog", bold=True)
        for also in found.ook if everything else found.ook[:MOST]:
            check = f" · na te gaan: {also.na_te_gaan[0]}" if also.na_te_gaan else ""
            yield from _item(f"{also.titel} · {also.grondslag} · {also.wie_beslist} · {also.eerste_stap}{check}", width)
        yield from _rest(len(found.ook), everything, width)
    if found.misschien:
        yield ""
        yield click.style(f"Als wij meer weten, misschien ook ({len(found.misschien)})", bold=True)
        for maybe in found.misschien if everything else found.misschien[:MAYBE]:
            asked = f" · eerst vragen: {' '.join(maybe.vragen[:ASKED])}" if maybe.vragen else ""
            yield from _item(f"{maybe.titel} · {maybe.grondslag}{asked}", width)
        if not everything and len(found.misschien) > MAYBE:
            yield from _item(f"en {len(found.misschien) - MAYBE} andere (--all)", width)
    lines = [f"{one.titel} en {one.met_titel}: {one.tekst} ({one.grondslag})" for one in found.samenloop]
    yield from _under("Rekening gehouden met", lines, width)
    only_if = [f"{one.titel}: {one.reden}" for one in found.niet_ter_sprake if one.oordeel == "onbekend"]
    yield from _under("Alleen als dit over haar of hem gaat", only_if, width)
    others = [f"{one.titel}: {one.reden}" for one in found.niet_ter_sprake if one.oordeel == "nee"]
    yield from _under("Gaat niet over deze inwoner", others, width)
    reasons: dict[str, list[str]] = {}
    for skipped in found.niet_beslist:
        reasons.setdefault(in_words(skipped.reden), []).append(skipped.regelset)
    yield from _under("Niet beslist", [f"{', '.join(names)}: {reason}" for reason, names in reasons.items()], width)
    if any(one.uitkomst != "toegekend" for one in found.rechten):
        yield ""
        yield "Alles over één regeling, met brief en notitie: responsief decide SITUATIE --ruleset NAAM --format letter"


def _rest(count: int, everything: bool, width: int) -> Iterator[str]:
    if not everything and count > MOST:
        yield from _item(f"en {count - MOST} andere (--all)", width)


def right_lines(one: Right, mark: str, page_day: date, width: int) -> Iterator[str]:
    """One right: its outcome in a line, then what to do, what is missing, or why not and what then."""
    own_day = f" · peildatum {format_day(one.peildatum)}" if one.peildatum != page_day else ""
    first, *more = wrapped(f"{one.titel}{_result(one)}{own_day} · {one.regelset}", width - 4)
    yield f"  {mark} {first}"
    yield from (f"    {line}" for line in more)
    if one.nog_nodig:
        yield from _indented(_missing(one), width)
    if one.uitkomst not in ("afgewezen", "wacht") and one.eerste_stap:
        yield from _indented(f"Eerste stap: {one.eerste_stap}", width)
    if one.uitkomst in ("afgewezen", "wacht", "gedeeltelijk"):
        yield from _way_out(one.besluit, width)


def _way_out(decision: Decision, width: int) -> Iterator[str]:
    """Why not (or not whole, or not yet), which exceptions may apply, and what does help."""
    for criterion in decision.draft.failed:
        value = compared(criterion, False)
        yield from _indented(f"Niet: {criterion.titel}{f': {value}' if value else ''} ({criterion.grondslag})", width)
    review = decision.hardheid
    assert review is not None  # no decision that is not a full grant is without it
    reach = list(dict.fromkeys(c.grondslag for c in review.clausules if c.status == "in_bereik"))
    yield from _indented(f"Uitzondering in beeld: {'; '.join(reach)}" if reach else "Geen uitzondering in beeld.", width)
    yield from _indented(f"Wat helpt: {'; '.join(a.titel for a in review.alternatieven[:HELPS])}", width)


def _missing(one: Right) -> str:
    asked = [n for n in one.nog_nodig if n.van == "aanvrager"]
    rest = len(one.nog_nodig) - len(asked[:1])
    thing = "gegeven" if rest == 1 else "gegevens"
    if not asked:
        return f"nog {rest} {thing}, niet van de inwoner"
    more = f"; nog {rest} {'ander' if rest == 1 else 'andere'} {thing}" if rest else ""
    return f"eerst vragen: {asked[0].vraag}{more}"


def _within(signal: Signal) -> str:
    days = signal.urgentie_werkdagen
    if days is None:
        return ""
    return ": gesprek vandaag nog" if days == 0 else f": gesprek binnen {days} {'werkdag' if days == 1 else 'werkdagen'}"


def _result(one: Right) -> str:
    if one.bedrag is not None and one.uitkomst in ("toegekend", "gedeeltelijk"):
        return f" · {format_money(one.bedrag.centen)} per {one.bedrag.per}"
    return f" · tot {format_day(one.wacht_tot)}" if one.wacht_tot is not None else ""


def _indented(text: str, width: int) -> Iterator[str]:
    yield from (f"      {line}" for line in wrapped(text, width - 6))


def _under(head: str, lines: list[str], width: int) -> Iterator[str]:
    if lines:
        yield ""
        yield click.style(head, bold=True)
        for line in lines:
            yield from _item(line, width)


def _item(line: str, width: int) -> Iterator[str]:
    first, *more = wrapped(line, width - 4)
    yield f"  · {first}"
    yield from (f"    {rest}" for rest in more)
