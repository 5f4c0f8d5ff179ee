"""`responsief sources`: every text and figure with its source, what is not verified, what is out of date, where no clause reaches."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from typing import TypeVar

import click

from responsief.backends.explain import figure_in_words
from responsief.cli.common import REGISTER, Day, open_desk, today
from responsief.cli.usage import MisuseError
from responsief.ir.ruleset import Ruleset
from responsief.register import Register, is_shipped
from responsief.values import format_day


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that rests on a source. The values of a figure are rows of their own: each was read, or not."""

    soort: str
    regelset: str | None
    naam: str
    vanaf: date | None
    waarde: str | None
    bron: str
    geverifieerd: bool


@dataclass(frozen=True, slots=True)
class Outdated:
    """A figure that the law adjusted while its newest value is older, or whose last value has ended."""

    regelset: str
    naam: str
    label: str
    laatste: date
    aangepast: date


@dataclass(frozen=True, slots=True)
class Unreached:
    """The criteria of a ruleset that no clause reaches; `alles` where the ruleset has no clause at all.

    `alleen_open_normen`: open words in its own conditions are all there is, nothing that sets a condition aside.
    """

    regelset: str
    criteria: tuple[str, ...]
    alles: bool
    alleen_open_normen: bool


Found = TypeVar("Found", Row, Outdated, Unreached)


@click.command(name="sources")
@REGISTER
@click.option("--unverified", is_flag=True, help="Only what is not verified; of a figure only those values.")
@click.option("--own", is_flag=True, help="With --register: only what stands in those folders. Without it that comes first.")
@click.option("--on", type=Day(), metavar="D", help="The day for which figures must be up to date. Default: today.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
def command(registers: tuple[Path, ...], unverified: bool, own: bool, on: date | None, form: str) -> None:
    """List the sources of rulesets, figures, terms, criteria, clauses, provisions and signals.

    Also which figures the law adjusted since their newest value, and which criteria no clause reaches.
    """
    if own and not registers:
        raise MisuseError("«--own» hoort bij «--register»", "zet «--register MAP» erbij, of laat «--own» weg")
    register = open_desk(registers).register
    whose = own_names(register) if registers else frozenset()
    day = today() if on is None else on
    rows = _own_first([row for row in rows_of(register) if not (unverified and row.geverifieerd)], whose, only=own)
    old = [] if unverified else _own_first(outdated(register, day), whose, only=own)
    unreached = [] if unverified else _own_first(without_clause(register, day), whose, only=own)
    if form == "json":
        found = {"op": day, "bronnen": rows, "verouderd": old, "zonder_clausule": unreached}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=_plain))
        return
    for line in lines(rows, old, unreached, day, unverified=unverified):
        click.echo(line)


# --- what there is -----------------------------------------------------------------------------------------------------


def rows_of(register: Register) -> Iterator[Row]:
    """Everything in a register that says where it comes from."""
    for ruleset in every(register):
        home = f"{ruleset.id} {ruleset.versie}"
        source = f"{ruleset.naam} {ruleset.regeling}".strip() or ruleset.titel
        read_since = ruleset.gelezen_vanaf
        if ruleset.geverifieerd and read_since is not None and read_since > ruleset.van:
            yield Row("regelset", home, f"tekst van vóór {format_day(read_since)}", ruleset.van, None, source, False)
            yield Row("regelset", home, "tekst", read_since, None, source, True)
        else:
            yield Row("regelset", home, "tekst", ruleset.van, None, source, ruleset.geverifieerd)
        for figure in ruleset.bedragen.values():
            for value in figure.waarden:
                shown = figure_in_words(figure, value.waarde)
                yield Row("bedrag", home, figure.naam, value.van, shown, value.bron, value.geverifieerd)
        for term in ruleset.begrippen.values():
            if term.grondslag is not None:
                yield Row("begrip", home, term.naam, None, None, term.grondslag, term.geverifieerd)
        for criterion in ruleset.criteria:
            yield Row("criterium", home, criterion.id, criterion.vanaf, None, criterion.grondslag, criterion.geverifieerd)
        for clause in ruleset.hardheid:
            yield Row("clausule", home, clause.id, clause.vanaf, None, clause.grondslag, clause.geverifieerd)
        for other, clauses in ruleset.clausules_bij.items():
            for clause in clauses:
                yield Row("clausule", home, f"{other}.{clause.id}", clause.vanaf, None, clause.grondslag, clause.geverifieerd)
        if (area := ruleset.gebied) is not None:
            yield Row("gebied", home, area.naam, None, None, area.bron, area.geverifieerd)
        for said in ruleset.samenloop:
            yield Row("samenloop", home, said.met, None, None, said.grondslag, said.geverifieerd)
        for point in ruleset.aandacht:
            yield Row("aandachtspunt", home, point.id, None, None, point.grondslag, point.geverifieerd)
    for provision in register.catalogue.provisions.values():
        yield Row("voorziening", None, provision.id, None, None, provision.bron, provision.geverifieerd)
    for signal in register.catalogue.signals.values():
        yield Row("signaal", None, signal.id, None, None, signal.bron or signal.grondslag, signal.geverifieerd)


def own_names(register: Register) -> frozenset[str]:
    """What is not shipped: each version of a ruleset as a row names it, each provision and signal by its id."""
    rulesets = [(f"{one.id} {one.versie}", one.source.name) for one in every(register)]
    catalogue = register.catalogue
    provisions = [(one.id, one.span.source.name) for one in catalogue.provisions.values()]
    signals = [(one.id, one.span.source.name) for one in catalogue.signals.values()]
    return frozenset(name for name, file in (*rulesets, *provisions, *signals) if not is_shipped(Path(file)))


def _own_first(found: Iterable[Found], own: Collection[str], *, only: bool) -> list[Found]:
    """Somebody's own first, in the order they had; or only those."""
    mine: list[Found] = []
    others: list[Found] = []
    for one in found:
        name = one.regelset if one.regelset is not None else getattr(one, "naam", "")
        (mine if name in own else others).append(one)
    return mine if only else mine + others


def outdated(register: Register, day: date) -> Iterator[Outdated]:
    """The figures that the law adjusted by a day, of which no value since is here."""
    for ruleset in every(register):
        for figure in ruleset.bedragen.values():
            newest, due = figure.newest(day), figure.indexed(day)
            ended = figure.tot + timedelta(days=1) if figure.tot is not None and figure.tot < day else None
            due = due if figure.outdated(day) else ended
            if ruleset.holds_on(day) and newest is not None and due is not None:
                yield Outdated(f"{ruleset.id} {ruleset.versie}", figure.naam, figure.label, newest.van, due)


def without_clause(register: Register, day: date) -> Iterator[Unreached]:
    """The criteria that no clause of their own ruleset reaches on a day.

    One for a whole group is no way out for a person, and one that a municipality brings (`clausules_bij`) reaches only there:
    neither counts.
    """
    for ruleset in every(register):
        clauses = [
            clause
            for clause in ruleset.hardheid
            if clause.soort not in ("geen", "groepsniveau") and (clause.vanaf is None or clause.vanaf <= day)
        ]
        reached = {criterion for clause in clauses for criterion in clause.geldt_voor}
        left = tuple(criterion.id for criterion in ruleset.criteria if criterion.id not in reached)
        only_open = bool(clauses) and all(clause.soort == "open_norm" for clause in clauses)
        if left or only_open:
            yield Unreached(f"{ruleset.id} {ruleset.versie}", left, not clauses, only_open)


def every(register: Register) -> Iterator[Ruleset]:
    """Every version of every ruleset."""
    for versions in register.versions.values():
        yield from versions


# --- how it looks ------------------------------------------------------------------------------------------------------

HEADS = {
    "regelset": "Regelsets",
    "bedrag": "Bedragen",
    "begrip": "Begrippen",
    "criterium": "Criteria",
    "clausule": "Clausules",
    "gebied": "Gebieden",
    "samenloop": "Samenloop",
    "aandachtspunt": "Aandachtspunten",
    "voorziening": "Voorzieningen",
    "signaal": "Signalen",
}


def lines(
    rows: Sequence[Row], old: Sequence[Outdated], unreached: Sequence[Unreached], day: date, *, unverified: bool
) -> Iterator[str]:
    """The list in groups, aligned, with what was counted at the end."""
    for soort, title in HEADS.items():
        group = [row for row in rows if row.soort == soort]
        if not group:
            continue
        doubtful = sum(not row.geverifieerd for row in group)
        yield head(title, f"{len(group)}, niet geverifieerd: {doubtful}" if not unverified else str(len(group)))
        for home, part in groupby(group, lambda row: row.regelset):
            if home is not None:
                yield f"  {click.style(home, bold=True)}"
            yield from aligned([_cells(row) for row in part])
        yield ""
    if not unverified:
        yield head(f"Verouderd op {format_day(day)}", str(len(old)))
        yield from aligned(
            [
                (click.style("!", fg="yellow"), one.naam, f"van {format_day(one.laatste)}", f"nieuwe waarde nodig vanaf {format_day(one.aangepast)}", one.regelset)
                for one in old
            ]
        )  # fmt: skip
        yield ""
        yield head("Criteria zonder clausule", str(sum(len(one.criteria) for one in unreached)))
        yield from aligned(
            [
                ("-", one.regelset, _how_far(one) + ", ".join(one.criteria))
                for one in sorted(unreached, key=lambda one: (not one.alles, not one.alleen_open_normen))
            ]
        )
        yield ""
    yield summary(rows, old, unreached, day, unverified=unverified)


def _how_far(one: Unreached) -> str:
    if one.alles:
        return "geen enkele clausule: "
    if one.alleen_open_normen:
        return "geen hardheidsclausule, alleen open normen" + ("; buiten bereik: " if one.criteria else "")
    return ""


def head(title: str, count: str) -> str:
    return f"{click.style(title, bold=True)} ({count})"


def _cells(row: Row) -> tuple[str, ...]:
    mark = click.style("✓", fg="green") if row.geverifieerd else click.style("?", fg="yellow")
    since = f"vanaf {format_day(row.vanaf)}" if row.vanaf is not None else ""
    return (mark, row.naam, since, row.waarde or "", row.bron)


def aligned(table: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Rows with their columns under each other; a column with nothing in it takes no room, the last is as long as it is."""
    widths = [max(len(click.unstyle(cell)) for cell in column) for column in zip(*table, strict=True)]
    for row in table:
        cells = [
            cell + " " * (width - len(click.unstyle(cell))) for cell, width in zip(row[:-1], widths, strict=False) if width
        ]
        yield "    " + "  ".join([*cells, row[-1]]).rstrip()


def summary(
    rows: Sequence[Row], old: Sequence[Outdated], unreached: Sequence[Unreached], day: date, *, unverified: bool
) -> str:
    """The counts, in one sentence."""
    doubtful = sum(not row.geverifieerd for row in rows)
    if unverified:
        return f"{doubtful} bronnen niet geverifieerd (?): niemand heeft ze met de tekst vergeleken"
    figures = "1 cijfer" if len(old) == 1 else f"{len(old)} cijfers"
    whole = sum(one.alles for one in unreached)
    rulesets = "1 regelset" if whole == 1 else f"{whole} regelsets"
    open_only = sum(one.alleen_open_normen for one in unreached)
    return (
        f"{len(rows)} bronnen, waarvan {doubtful} niet geverifieerd (?); {figures} verouderd op {format_day(day)}; "
        f"{rulesets} zonder clausule, {open_only} met alleen open normen"
    )


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    assert isinstance(value, Row | Outdated | Unreached)
    return asdict(value)
