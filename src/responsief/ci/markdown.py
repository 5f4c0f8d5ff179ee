"""A difference as Markdown for a comment under a pull request or a step summary: it reads as plain text too.

GitHub refuses a comment of more than 65,536 characters (the field holds no more; its API answers 422), and a step summary of more than
1 MiB (see `ci.github`). Too long a report is made shorter part by part, and says what went.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final

from responsief.ci import counts, told
from responsief.ci.github import SUMMARY
from responsief.ci.places import one_line, readable, shortened
from responsief.ci.told import signed
from responsief.difference.report import Change, Impact, Report, RulesetDifference
from responsief.frozen import dataclass

COMMENT: Final = 65_300  # and room for the mark by which a script finds its own comment again
STEP_SUMMARY: Final = SUMMARY // 4  # a character takes four bytes at most
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~&])")
_MENTION: Final = re.compile(r"[@#](?=\w)")
_ADDRESS: Final = re.compile(r"(?i)\b(https?|ftp)://|\bwww\.")
ICONS: Final = {"stop": "⛔", "let_op": "⚠️", "goed": "✅"}
LONG: Final = 600  # characters of a text that was or will be: the whole of it stands in the file


@dataclass(frozen=True, slots=True)
class Size:
    """How much is told. None: everything."""

    situaties: bool = True
    voorbeelden: int | None = None
    wijzigingen: int | None = None
    groepen: bool = True
    bevindingen: int | None = None
    regelsets: int | None = None

    def said(self) -> str:
        """What is not told, in words; empty when everything is."""
        parts = [
            "de situaties van de voorbeelden" if not self.situaties else "",
            "de gevolgen per groep" if not self.groepen else "",
            "voorbeelden" if self.voorbeelden is not None else "",
            "wijzigingen" if self.wijzigingen is not None else "",
            "bevindingen" if self.bevindingen is not None else "",
            "regelsets" if self.regelsets is not None else "",
        ]
        found = [part for part in parts if part]
        return ", ".join(found[:-1]) + (" en " if len(found) > 1 else "") + found[-1] if found else ""


SIZES: Final = (
    Size(),
    Size(situaties=False),
    Size(situaties=False, voorbeelden=1),
    Size(situaties=False, voorbeelden=1, groepen=False, bevindingen=50),
    Size(situaties=False, voorbeelden=1, groepen=False, bevindingen=20, wijzigingen=8),
    Size(situaties=False, voorbeelden=1, groepen=False, bevindingen=10, wijzigingen=3, regelsets=40),
    Size(situaties=False, voorbeelden=0, groepen=False, bevindingen=5, wijzigingen=1, regelsets=15),
)


def to_markdown(report: Report, limit: int = COMMENT) -> str:
    """The difference as Markdown (GFM) of at most `limit` characters (from 1,000), by default a comment; for a step summary
    `STEP_SUMMARY`. What was left out for that is said."""
    text = ""
    for size in SIZES:
        text = "\n\n".join(part for part in _parts(report, size) if part) + "\n"
        if len(text) <= limit:
            return text
    end = "\n\n_Afgebroken: dit verslag is te lang voor deze plek. Het hele verslag maakt `responsief diff --format html`._\n"
    shut = "\n\n</details>"
    kept = text[: max(0, limit - len(end) - len(shut))]
    kept = kept[: kept.rfind("\n")]  # the shortest has no fenced lines: every line stands by itself
    return kept + (shut if kept.count("\n<details>") > kept.count("\n</details>") else "") + end


def _parts(report: Report, size: Size) -> Iterator[str]:
    yield f"## Regelwijziging: {words(told.title(report))}"
    yield "\n".join(f"- {ICONS[one.ernst]} {words(one.tekst)}" for one in told.messages(report))
    rulesets = told.sorted_rulesets(report)
    shown = rulesets[: size.regelsets]
    for one in shown:
        yield from _ruleset(one, report.impacts_of(one), size)
    if len(shown) < len(rulesets):
        yield "Ook gewijzigd: " + ", ".join(f"{words(d.titel)} ({_direction(d)})" for d in rulesets[len(shown) :][:40]) + "."
    loose = [i for i in report.gevolgen if i.regelset not in {d.id for d in report.regelsets}]
    for impact in loose:
        yield f"### {words(impact.regelset)}"
        yield from _impact(impact, size)
    if report.andere:
        yield "### Voorzieningen en signalen"
        yield from _changes(report.andere, size)
    yield from _findings(report, size)
    if report.gelijk:
        yield f"Niets gewijzigd in: {', '.join(map(words, report.gelijk))}."
    yield f"**{words(told.tally(report))}**"
    if size.said():
        yield f"_Ingekort: {size.said()} staan hier niet allemaal. Het hele verslag maakt `responsief diff --format html`._"


def _direction(one: RulesetDifference) -> str:
    return told.DIRECTIONS[one.richting][1].lower()


def _ruleset(one: RulesetDifference, impacts: Sequence[Impact], size: Size) -> Iterator[str]:
    sign, word = told.DIRECTIONS[one.richting]
    yield f"### {sign} {words(one.titel)}: {word}"
    yield f"{words(told.versions(one))} · {code(one.bestand)}"
    if line := told.exit_line(one):
        yield words(line)
    yield from _changes(one.wijzigingen, size, one.bestand)
    for impact in impacts:
        yield from _impact(impact, size)
    if size.situaties:
        yield from _details(one)


def _changes(changes: Sequence[Change], size: Size, file: str = "") -> Iterator[str]:
    ordered = told.ordered(changes)
    shown = ordered[: size.wijzigingen]
    yield "\n".join(line for change in shown for line in _change(change, size, file))
    if len(shown) < len(ordered):
        rest = len(ordered) - len(shown)
        yield "En 1 andere wijziging." if rest == 1 else f"En {rest} andere wijzigingen."


def _change(change: Change, size: Size, file: str) -> Iterator[str]:
    law = f" · {words(change.grondslag)}" if change.grondslag else ""
    place = ""
    if change.plaats is not None:
        name, number = change.plaats.source.name, change.plaats.line
        place = f" · regel {number}" if name == file else f" · {code(f'{name}:{number}')}"
    yield f"- {told.mark(change)} **{told.label(change)}** {told.kind(change)}: {words(change.titel or change.id)}{law}{place}"
    if same := told.stayed(change):
        yield f"  - de eis zelf bleef: {code(shortened(change.was, LONG))} {words(same.removeprefix(change.was))}"
    elif change.was:
        yield f"  - was: {code(shortened(change.was, LONG))}"
    if change.wordt and not same:
        yield f"  - wordt: {code(shortened(change.wordt, LONG))}"
    for one in change.voorbeelden[: size.voorbeelden]:
        yield f"  - voorbeeld: {words(told.example(one))}"
        if one.uitweg:
            yield f"    - {words(told.way_out(one))}"
    for line in told.notes(change):
        yield f"  - {words(line)}"


# --- counts ------------------------------------------------------------------------------------------------------------


def _impact(impact: Impact, size: Size) -> Iterator[str]:
    whole = counts.everybody(impact)
    parts = [f"van nee naar ja {counts.told(whole.naar_ja)}", f"van ja naar nee {counts.told(whole.naar_nee)}"]
    if whole.anders:
        parts.append(f"overig {counts.told(whole.anders)}")
    if counts.nobody(impact):
        yield f"**Gevolgen**: niemand geteld bij {words(impact.bevolking)}."
        return
    if isinstance(whole.bedrag_verschil, int) and (whole.bedrag_was or whole.bedrag_wordt):
        parts.append(f"samen per maand {signed(whole.bedrag_verschil)}")
    yield f"**Gevolgen**: {'; '.join(parts)}. Geteld bij {words(impact.bevolking)}."
    if lines := [words(line) for line in told.impact(impact)]:
        yield "\n".join(f"- {line}" for line in lines)
    if size.groepen and impact.verdeling:
        yield from _folded("Van uitkomst naar uitkomst, en hoeveel het verandert", _spread(impact))
    if size.groepen and impact.groepen:
        tables = [
            part
            for name, groups in impact.groepen.items()
            for part in _table(name, counts.lines(groups), yearly=bool(impact.verdeling))
        ]
        yield from _folded("Gevolgen per groep", tables)
    if counts.shielded(impact):
        yield counts.why_not_shown(impact.k)


def _spread(impact: Impact) -> list[str]:
    """The outcomes before and after, and how far amounts change."""
    outcomes, rows = counts.matrix(impact)
    cells = [["was ↓ wordt →", *map(told.outcome, outcomes)]]
    cells += [[told.outcome(was), *("–" if n is None else counts.told(n) for n in numbers)] for was, numbers in rows]
    found = [table([[words(cell) for cell in row] for row in cells])] if rows else []
    if line := told.together(impact):
        found.append(words(line))
    if steps := told.steps(impact):
        found.append(table([[told.SPREAD, "huishoudens"], *([words(name), number] for name, number in steps)]))
    return found


def _table(name: str, rows: Sequence[counts.Line], *, yearly: bool) -> Iterator[str]:
    money = counts.amounts(rows)
    amounts = ["verschil per maand", *(["per jaar"] if yearly else [])] if money else []
    cells = [[words(name), "aantal", "nee → ja", "ja → nee", "overig", *amounts]]
    for row in rows:
        line = [words(row.naam), *(counts.told(n) for n in (row.aantal, row.naar_ja, row.naar_nee, row.anders))]
        if money:
            both = (row.bedrag_verschil, *((row.jaar_verschil,) if yearly else ()))
            line += [signed(difference) if isinstance(difference, int) else "niet getoond" for difference in both]
        cells.append(line)
    yield table(cells)


def table(cells: Sequence[Sequence[str]]) -> str:
    """A table whose columns stand under each other as plain text too; the first row is the heading. Numbers to the right."""
    widths = [max(3, *(len(row[n]) for row in cells)) for n in range(len(cells[0]))]
    lines = []
    for number, row in enumerate(cells):
        told_cells = [c.ljust(w) if n == 0 else c.rjust(w) for n, (c, w) in enumerate(zip(row, widths, strict=True))]
        lines.append("| " + " | ".join(told_cells) + " |")
        if number == 0:
            lines.append("|" + "|".join("-" * (w + 2) if n == 0 else "-" * (w + 1) + ":" for n, w in enumerate(widths)) + "|")
    return "\n".join(lines)


# --- folded ------------------------------------------------------------------------------------------------------------


def _details(one: RulesetDifference) -> Iterator[str]:
    """The situations of the examples, as `responsief decide` reads them."""
    found = [(f"{c.titel or c.id}: {told.example(e)}", e.getuige) for c in told.ordered(one.wijzigingen) for e in c.voorbeelden]
    if one.uitweg is not None and one.uitweg.getuige is not None:
        found.insert(0, (f"Geen uitweg: {told.person(one.uitweg.getuige)}", one.uitweg.getuige))
    parts = []
    for title, witness in found:
        facts = "; ".join(f"{t.label}: {t.waarde}" for t in witness.verschil)
        parts.append(f"**{words(title)}**" + (f"\n\nAnders dan de referentiepersoon: {words(facts)}." if facts else ""))
        parts.append(block(json.dumps(witness.situatie, ensure_ascii=False, indent=2, default=str), "json"))
    if parts:
        head = f"`responsief decide SITUATIE --ruleset {one.id} --date {one.peildatum}` beslist een situatie hieruit opnieuw."
        yield from _folded("Situaties van de voorbeelden", [head if _plain_id(one.id) else "", *parts])


def _plain_id(ident: str) -> bool:
    return re.fullmatch(r"[\w-]+", ident) is not None


def _findings(report: Report, size: Size) -> Iterator[str]:
    shown = told.findings(report)
    if not shown:
        return
    lines = []
    for one in shown[: size.bevindingen]:
        where = (
            f" · {code(f'{one.span.source.name}:{one.span.line}')}" if one.span else f" · {code(one.pad)}" if one.pad else ""
        )
        lines.append(f"- **{one.ernst}** {code(one.code)} {words(one.tekst)}{where}")
        if one.hulp:
            lines.append(f"  - {words(one.hulp)}")
    rest = len(shown) - len(lines[: size.bevindingen]) if size.bevindingen is not None else 0
    if rest > 0:
        lines.append(f"- en {rest} andere")
    if len(shown) <= 5:
        yield "### Bevindingen"
        yield "\n".join(lines)
    else:
        yield from _folded(f"Bevindingen ({len(shown)})", ["\n".join(lines)])


def _folded(title: str, parts: Sequence[str]) -> Iterator[str]:
    inside = [part for part in parts if part]
    if inside:
        yield f"<details>\n<summary>{words(title)}</summary>"
        yield from inside
        yield "</details>"


# --- text in Markdown --------------------------------------------------------------------------------------------------


def words(text: str) -> str:
    """A text of a file on one line, that means only itself: no markup, no link, nobody called by «@name», no issue by «#1».

    For the middle of a line: what starts a list or a heading is not looked for.
    """
    plain = _SPECIAL.sub(r"\\\1", one_line(text))
    plain = _MENTION.sub(lambda found: f"{found[0]}\N{WORD JOINER}", plain)
    return _ADDRESS.sub(lambda found: found[0].replace(":", "\\:", 1).replace(".", "\\.", 1), plain)


def code(text: str) -> str:
    """A text as it is written, between backticks; one with backticks in it gets more of them around it."""
    text = one_line(text)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    around = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{around}{pad}{text}{pad}{around}"


def block(text: str, language: str = "") -> str:
    """Lines as they are written, in a fence that they can't close."""
    text = readable(text)
    fence = "`" * max(3, max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    return f"{fence}{language}\n{text}\n{fence}"
