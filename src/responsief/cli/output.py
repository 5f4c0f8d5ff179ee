"""How findings and decisions look in a terminal. Colour only where somebody reads it: `click.echo` strips it in a pipe."""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from responsief.cli.excerpt import excerpt
from responsief.diagnostics import Diagnostic
from responsief.messages import TEXTS
from responsief.values import format_day, format_money

if TYPE_CHECKING:
    from responsief.decision import Alternative, Amount, Clause, Criterion, Decision, Decisions, Review
    from responsief.objection import SideBySide
    from responsief.what_if import Otherwise, Outcome, WhatIf

MARKS = {"ja": ("✓", "green"), "nee": ("✗", "red"), "onbekend": ("?", "yellow")}
OUTCOME = {
    "toegekend": ("TOEGEKEND", "green"),
    "gedeeltelijk": ("GEDEELTELIJK", "yellow"),
    "afgewezen": ("AFGEWEZEN", "red"),
    "onbepaald": ("NOG NIET TE BESLISSEN", "yellow"),
    "wacht": ("WACHT", "yellow"),
}
KEPT = {
    "ja": "de oude regel geldt hier nog",
    "nee": "de oude regel geldt hier niet",
    "onbekend": "nog niet bekend of de oude regel hier geldt",
}


def show_findings(findings: Iterable[Diagnostic]) -> None:
    """Each finding with its line, a mark under the place, and what to do; on standard error. The first of every code says where
    there is more to read about it."""
    told: set[str] = set()
    width = findings_width()
    for finding in findings:
        more = finding.code in TEXTS and finding.code not in told
        told.add(finding.code)
        click.echo("\n".join(finding_lines(finding, width, more=more)) + "\n", err=True)


def finding_lines(finding: Diagnostic, width: int = 10_000, *, more: bool = False) -> Iterator[str]:
    """One finding as lines of text of at most `width` columns; with `more` the command that explains its code."""
    span = finding.span
    where = f" {span}" if span is not None else f" {finding.pad}" if finding.pad else ""
    colour = {"fout": "red", "waarschuwing": "yellow", "tip": "blue"}[finding.ernst]
    yield click.style(f"{finding.ernst}[{finding.code}]", fg=colour, bold=True) + where
    if span is not None and span.source.text:
        yield from excerpt(span, finding.tekst, colour, width)
    else:
        yield from (f"     {line}" for line in wrapped(finding.tekst, width - 5))
    if finding.hulp:
        first, *rest = wrapped(finding.hulp, width - 13)
        yield f"     = hulp: {first}"
        yield from (" " * 13 + line for line in rest)
    if more:
        yield f"     = meer: responsief explain {finding.code}"


def findings_width() -> int:
    """How wide a finding may be: as the terminal that shows it. What goes into a file or to another program is not cut or folded."""
    if sys.stderr.isatty() or os.environ.get("COLUMNS"):
        return shutil.get_terminal_size((110, 24)).columns
    return 10_000


def show(decisions: Decisions) -> str:
    """Decisions as text for a terminal: outcome first, then every criterion, then the pass."""
    width = min(shutil.get_terminal_size((110, 24)).columns, 120)
    blocks = ["\n".join(decision_lines(d, width)) for d in decisions.besluiten]
    blocks.extend(
        f"{click.style('NIET BESLIST', fg='yellow', bold=True)} {n.regelset}: {in_words(n.reden)}"
        for n in decisions.niet_beslist
    )
    if decisions.niet_ter_sprake:
        lines = [f"{one.titel}: {one.reden}" for one in decisions.niet_ter_sprake]
        blocks.append("\n".join(block("Niet over u", lines, width)))
    if len(decisions.besluiten) > 1:
        blocks.append("Wat deze rechten voor elkaar betekenen, en wat er nog meer past: responsief rights SITUATIE")
    return "\n\n".join(blocks)


def decision_lines(decision: Decision, width: int) -> Iterator[str]:
    """One decision."""
    draft = decision.draft
    name, colour = OUTCOME[draft.uitkomst]
    yield f"{click.style(draft.regeling.titel, bold=True)} · peildatum {format_day(draft.peildatum)}"
    amount = f" · {format_money(draft.bedrag.centen)} per {draft.bedrag.per}" if draft.bedrag else ""
    until = f" tot {format_day(draft.wacht_tot)}" if draft.wacht_tot else ""
    yield click.style(f"{name}{until}{amount}", fg=colour, bold=True) + " (concept: een medewerker beslist)"
    yield ""
    if decision.scherm.lees_eerst:
        told = [f"«{one.woorden}»: {one.waarom}" if one.woorden else one.waarom for one in decision.scherm.lees_eerst]
        yield from block("Lees eerst", told, width, "red")
        yield ""
    column = min(max((len(c.titel) for c in draft.criteria), default=0), width * 9 // 20)
    for criterion in draft.criteria:
        yield from criterion_lines(criterion, column, draft.uitkomst == "onbepaald", width)
    for one in draft.overgang:
        yield ""
        yield from block("Overgang", [f"{KEPT[one.oordeel]} ({one.grondslag}): {one.uitleg}"], width)
    unverified = list(dict.fromkeys(c.grondslag for c in draft.criteria if not c.geverifieerd))
    if unverified:
        yield ""
        whole = all(not c.geverifieerd for c in draft.criteria)
        words = "deze hele regeling is niet geverifieerd" if whole else "niet geverifieerd: " + "; ".join(unverified)
        yield from block("Bronnen", [words], width)
    if draft.nog_nodig:
        yield ""
        yield from block("Nog nodig", [f"{n.label}: {n.vraag} (van: {n.van})" for n in draft.nog_nodig], width)
    if draft.hardheid is not None:
        yield ""
        yield from review_lines(draft.hardheid, decision, width)
    if decision.beslisrijp:
        yield from block("Nog te doen", [in_words(line) for line in decision.beslisrijp], width)


def criterion_lines(criterion: Criterion, column: int, deciding: bool, width: int) -> Iterator[str]:
    mark, colour = MARKS[criterion.oordeel]
    if criterion.oordeel == "nee" and criterion.gevolg in ("kan_weigeren", "deel", "wacht_tot"):
        mark, colour = "!", "yellow"
    value, law = compared(criterion, deciding), criterion.grondslag
    sign = f"  {click.style(mark, fg=colour, bold=True)} "
    beside = width - column - 7
    if beside < NARROW:  # everything under each other
        yield sign + f"\n{' ' * 4}".join(wrapped(criterion.titel, width - 4))
        for part in (value, law):
            yield from (" " * 6 + line for line in wrapped(part, width - 6) if line)
        return
    title = wrapped(criterion.titel, column)
    rest = [f"{value}   {law}" if value else law]
    if len(rest[0]) > beside:
        rest = [*wrapped(value, beside), *wrapped(law, beside)] if value else wrapped(law, beside)
    for at, (left, right) in enumerate(zip_longest(title, rest, fillvalue="")):
        yield (sign if at == 0 else " " * 4) + f"{left.ljust(column)}   {right}".rstrip()


NARROW = 30  # columns in which a value and its article can't stand beside a title any more


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most this width; a longer word stays whole."""
    return textwrap.wrap(text, max(20, width), break_long_words=False) or [""]


def in_words(text: str) -> str:
    """A text with its dates as somebody says them: «1 september 2025»."""
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", lambda found: format_day(date.fromisoformat(found[0])), text)


def compared(criterion: Criterion, deciding: bool) -> str:
    """The value read against the limit: «€ 1.438,51 > € 1.437,51»."""
    if criterion.oordeel == "onbekend":
        return "nog niet bekend" if deciding else "niet bekend, en niet nodig voor deze uitkomst"
    if criterion.waarde is None:
        return ""
    if criterion.grens is None and criterion.waarde in ("ja", "nee"):  # behind a ✓ a bare «nee» reads as a contradiction
        return ", ".join(f"{fact.label}: {fact.waarde}" for fact in criterion.feiten if fact.waarde == criterion.waarde)
    if criterion.grens is None:
        return criterion.waarde
    if criterion.teken in ("is", "is niet") or (criterion.teken == "=" and criterion.oordeel == "ja"):  # what it is says enough
        return criterion.waarde
    return f"{criterion.waarde} {criterion.teken or 'tegenover'} {criterion.grens}"


def review_lines(review: Review, decision: Decision, width: int) -> Iterator[str]:
    """The pass: boundary, clauses, signals, what helps, what is still to weigh."""
    if review.urgentie_werkdagen is not None:
        days = review.urgentie_werkdagen
        when = "vandaag nog" if days == 0 else "binnen 1 werkdag" if days == 1 else f"binnen {days} werkdagen"
        yield from block("Spoed", [f"gesprek {when}"], width, colour="red")
    yield from block("Verschil", [g.tekst for g in review.grens], width)
    yield from block(
        "Clausules",
        [clause_text(c) for c in sorted(review.clausules, key=lambda c: list(REACH).index(c.status))]
        + list(review.toelichting),
        width,
    )
    if not review.clausules and decision.draft.failed:
        yield from block("Clausules", ["deze regeling noemt er geen"], width)
    yield from block(
        "Signalen", [f"{s.label} ({s.waarom[0].partition(': ')[2]}; {s.grondslag})" for s in review.signalen], width
    )
    yield from block("Wat helpt", [f"{n} {alternative_text(a)}" for n, a in enumerate(review.alternatieven[:8], 1)], width)
    if len(review.alternatieven) > 8:
        yield from block("", [f"en {len(review.alternatieven) - 8} andere (--format json toont alles)"], width)
    if review.zonder_antwoord:
        areas = ", ".join(a.replace("_", " ") for a in review.zonder_antwoord)
        yield from block("Gat", [f"voor {areas} staat er niets in de regels dat hier zeker past: meld dit aan beleid"], width)
    weighings = [
        f"{w.omstandigheid.replace('_', ' ')}" + (f" «{w.woorden}»" if w.woorden else "") + f": {w.voorstel.replace('_', ' ')}"
        + (f" ({w.clausule})" if w.clausule else "")
        for w in review.weging
    ]  # fmt: skip
    yield from block("Te wegen", weighings, width)


REACH = {"in_bereik": "in bereik", "geblokkeerd": "geblokkeerd", "onbekend": "nog onbekend", "buiten_bereik": "buiten bereik"}


def clause_text(clause: Clause) -> str:
    """One clause against one criterion: does it reach, and why (not)."""
    why = clause.reden.removeprefix("reikt hier niet: ")
    who = f". Beslist: {clause.wie_beslist}" if clause.status == "in_bereik" else ""
    return f"{clause.grondslag} ({clause.criterium}) {REACH[clause.status]}: {why}{who}"


def alternative_text(one: Alternative) -> str:
    sure = "" if one.past == "ja" else " (na te gaan)"
    return f"{one.titel}{sure} · {one.grondslag} · {one.wie_beslist} · {one.eerste_stap}"


def block(head: str, lines: list[str], width: int, colour: str | None = None) -> Iterator[str]:
    """Lines under a heading in the margin, wrapped to the terminal."""
    indent = 13
    for number, line in enumerate(lines):
        margin = head.ljust(indent) if number == 0 else " " * indent
        wrapped = textwrap.wrap(line, max(20, width - indent - 2)) or [""]
        first = click.style(margin, bold=True, fg=colour) if number == 0 and head else margin
        yield first + wrapped[0]
        for more in wrapped[1:]:
            yield " " * (indent + 2) + more


# --- two outcomes side by side -----------------------------------------------------------------------------------------


def show_what_if(found: WhatIf) -> str:
    """A decision as it is beside the one with other facts."""
    from responsief.what_if import as_set

    width = terminal()
    lines = [click.style(line, bold=True) for line in wrapped(f"{found.titel} · wat als", width)]
    lines += block("Stel", [f"{s.label}: {s.wordt or 'onbekend'} (nu {s.was or 'onbekend'})" for s in found.gezet], width)
    lines += beside(("nu", "dan"), found.was, found.wordt, found.criteria, width)
    told = [line for line in found.zinnen if line.startswith(("«", "De peildatum", "Dan moet")) and "telt deze" not in line]
    rest = [line for line in found.zinnen if line not in told and not line.startswith(("Stel:", "Nu is", "De uitkomst", "Ook"))]
    lines += block("Let op", [*rest, *(line for line in told if not line.startswith("«"))], width)
    elders = [line.removeprefix("Ook anders: ") for line in found.zinnen if line.startswith("Ook anders")]
    lines += block("Ook anders", elders, width)
    lines += block("Komt erbij", few(found.erbij), width)
    lines += block("Valt weg", few(found.weg), width)
    ways = [" ".join(f"--set {part!r}" for part in parts) for way in found.manieren.manieren if (parts := as_set(way))]
    lines += block("Kleinste stap", ways, width)
    return "\n".join([*lines, *wrapped("Dit is een berekening om te begrijpen, geen besluit en geen advies.", width)])


def show_objection(found: SideBySide) -> str:
    """A decision with the law of then beside the one with the law of now, and why they differ."""
    width = terminal()
    lines = [click.style(line, bold=True) for line in wrapped(f"{found.titel} · recht van toen en van nu", width)]
    if found.toen is not None and found.nu is not None:
        differ = [c for c in found.criteria if c.was != c.wordt or c.wordt != "ja"]
        lines += beside(("toen", "nu"), found.toen, found.nu, differ, width)
    lines += [*(line for sentence in found.zinnen for line in wrapped(sentence, width))]
    return "\n".join(lines)


def few(lines: Sequence[str], most: int = 8) -> list[str]:
    """The first of many, and how many more there are."""
    rest = len(lines) - most
    return [*lines[:most], f"en {rest} andere (--format json toont alles)"] if rest > 0 else list(lines)


def terminal() -> int:
    """How wide lines may be."""
    return min(shutil.get_terminal_size((110, 24)).columns, 120)


def beside(heads: tuple[str, str], one: Outcome, two: Outcome, criteria: Iterable[Otherwise], width: int) -> Iterator[str]:
    """Two outcomes in two columns, then the criteria that differ."""
    column = (width - 13) // 2
    days = [format_day(o.peildatum) for o in (one, two)]
    names = [OUTCOME[o.uitkomst] for o in (one, two)]
    rows = [
        ("", [f"{head} ({day})" for head, day in zip(heads, days, strict=True)], None),
        ("Uitkomst", [name for name, _ in names], [colour for _, colour in names]),
        ("Bedrag", [_amount(o.bedrag) for o in (one, two)], None),
    ]
    if one.wacht_tot is not None or two.wacht_tot is not None:
        rows.append(("Wacht tot", [format_day(o.wacht_tot) if o.wacht_tot else "–" for o in (one, two)], None))
    yield ""
    for head, sides, colours in rows:
        left, right = (textwrap.wrap(side, max(8, column - 1), break_long_words=False) for side in sides)
        for at, (a, b) in enumerate(zip_longest(left, right, fillvalue="")):
            padding = " " * max(1, column - len(a))
            a, b = (click.style(t, fg=c, bold=True) for t, c in zip((a, b), colours, strict=True)) if colours else (a, b)
            yield f"{(head if at == 0 else '').ljust(13)}{a}{padding}{b}".rstrip()
    yield ""
    shown = list(criteria)
    for criterion in shown:
        marks = " → ".join(MARKS[o][0] if o else "·" for o in (criterion.was, criterion.wordt))
        first, *more = wrapped(f"{criterion.titel} ({criterion.grondslag})", width - 10)
        yield f"  {marks}  {first}"
        values = [v for v in (criterion.was_tekst, criterion.wordt_tekst) if v]
        more += wrapped(" → ".join(dict.fromkeys(values)), width - 10) if values else []
        yield from (" " * 9 + line for line in more)
    if shown:
        yield ""


def _amount(amount: Amount | None) -> str:
    return f"{format_money(amount.centen)} per {amount.per}" if amount is not None else "–"
