"""`responsief coverage`: what the policy writers' cases show of the rules, and what they don't."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import click

from responsief.cli.common import REGISTER, findings_data, json_of, must_exist, named, stop
from responsief.cli.output import show_findings, terminal, wrapped
from responsief.cli.test import own_register
from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.register import Files, Register, read_files, shipped
from responsief.testing.coverage import Report, coverage_of, totals
from responsief.testing.report import Unseen, as_data, count_words, percentage, unseen, wanted_reports

NO_CASES = "Maak naast «regels.yaml» een bestand «regels.test.yaml»; «responsief suggest» stelt gevallen voor."
FEW = 6  # places that are told of each ruleset, unless somebody asks for all


@click.command(name="coverage")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@REGISTER
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
@click.option("--all", "everything", is_flag=True, help="Show every place that was not seen, not just the first few.")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit with 1 when less than this was seen."
)
def command(
    paths: tuple[Path, ...], registers: tuple[Path, ...], form: str, everything: bool, fail_under: float | None
) -> None:
    """Show what the test cases in files or folders (default: those of the shipped register) show of their rulesets.

    Counted are: each criterion and condition seen as ja, nee and onbekend; each condition that decided a criterion by itself
    (MC/DC); each row and choice; each limit from both sides; each clause, way out and point of attention.
    `responsief suggest` proposes cases for what was not seen.
    """
    must_exist(paths, filled=True)
    desk, files = opened(paths, registers, form)
    found = coverage_of(files.documents["proef"], desk)
    if found.wrong and form == "text":
        show_findings(found.wrong)
        click.echo("Deze gevallen tellen niet mee. Draai eerst «responsief check» en «responsief test».\n", err=True)
    reports = wanted_reports(found, desk, files, everything=not paths)
    whose = f"in {named(paths)}" if paths else "bij de geleverde regelsets"
    if not reports and form == "text":
        click.echo(f"geen proefgevallen gevonden {whose}. {NO_CASES}", err=True)
        sys.exit(1)
    if form == "json":
        click.echo(json_of({**as_data(reports), **findings_data(found.wrong)}))
    else:
        click.echo("\n".join(lines(reports, everything=everything)))
        if not any(report.gevallen for report in reports):
            click.echo(f"Er zijn geen proefgevallen {whose}, dus is er niets gezien. {NO_CASES}")
    whole = percentage(totals(reports))
    if fail_under is not None and whole < fail_under:
        click.echo(f"{_number(whole)} % is gezien, en dat is minder dan {_number(fail_under)} % (--fail-under)", err=True)
        sys.exit(1)
    sys.exit(1 if found.wrong or not reports else 0)


def opened(paths: tuple[Path, ...], registers: tuple[Path, ...], form: str = "text") -> tuple[Desk, Files]:
    """A desk on the shipped register with what somebody gave over it, and the files that were given. Ends with the findings when
    a file has a mistake."""
    given = list(paths) or [shipped()]
    files = read_files(given)
    if files.findings:
        stop(tuple(files.findings), form=form)
    try:
        return Desk(Register.open(shipped(), *registers, *own_register(given))), files
    except InvalidError as wrong:
        stop(wrong.diagnostics, form=form)


def lines(reports: tuple[Report, ...], *, everything: bool) -> Iterator[str]:
    """The reports as lines for a terminal."""
    for report in reports:
        yield from report_lines(report, everything=everything)
        yield ""
    whole = totals(reports)
    places = sum(len(unseen(report.gaten)) for report in reports)
    rest = f"; {places} {'plek' if places == 1 else 'plekken'} nog niet helemaal" if places else ": alles is gezien"
    yield click.style(f"{whole.gezien} van {whole.van} gezien ({_number(percentage(whole))} %)", bold=True) + rest
    if places:
        yield "Gevallen voor wat er nog niet is: responsief suggest"


def report_lines(report: Report, *, everything: bool) -> Iterator[str]:
    """One ruleset: how much was seen of what, then the places."""
    cases = f"{report.gevallen} {'geval' if report.gevallen == 1 else 'gevallen'}"
    seen = totals([report])
    told = cases if report.gevallen else "door gevallen van andere regelsets" if seen.gezien else "geen proefgevallen"
    yield click.style(report.regelset, bold=True) + f" ({report.versie}) · {told} · {_number(percentage(seen))} %"
    for soort, count in report.tellingen.items():
        if count.van:
            full = count.gezien == count.van
            yield f"  {click.style('✓' if full else '·', fg='green' if full else 'yellow')} {count_words(soort, count)}"
    places = unseen(report.gaten)
    shown = places if everything else places[:FEW]
    for file, some in groupby(shown, key=lambda one: one.bestand):
        yield f"  {file}"
        for one in some:
            yield from _place(one)
    if len(places) > len(shown):
        yield f"  en {len(places) - len(shown)} andere plekken (--all toont alles)"


def _place(one: Unseen) -> Iterator[str]:
    width = terminal() - 9
    head = f"{one.tekst}  ({one.bij})" if one.bij else one.tekst
    first, *rest = wrapped(head, width)
    yield f"  {one.regel:>5}  {first}"
    yield from (" " * 9 + line for line in rest)
    for what in one.wat:
        yield from (" " * 9 + click.style(line, fg="yellow") for line in wrapped(what, width))


def _number(value: float) -> str:
    return f"{value:.1f}".replace(".", ",").removesuffix(",0")
