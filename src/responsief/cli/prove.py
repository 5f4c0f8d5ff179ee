"""`responsief prove`: what holds of a ruleset for everybody, proved; or somebody for whom it doesn't."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from responsief.checked import check
from responsief.cli.check import accepted_in, relative_to
from responsief.cli.common import Day, findings_data, json_of, must_exist, must_have, progress, stop, tally, today
from responsief.cli.output import show_findings, terminal, wrapped
from responsief.cli.saving import save_or_stop
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, did_you_mean, finding_data
from responsief.lint.baseline import without, written_baseline
from responsief.register import Register, is_shipped
from responsief.values import format_day

if TYPE_CHECKING:
    from responsief.analysis.bench import Found
    from responsief.analysis.questions import Report


@click.command(name="prove")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@click.option(
    "--ruleset", "only", multiple=True, metavar="ID", help="Only this ruleset («catalogus»: the catalogue); may be repeated."
)
@click.option("--on", type=Day(), metavar="D", help="The day whose rules are looked at. Default: today.")
@click.option("--tips", is_flag=True, help="Show the tips too: parts of a condition that could be left out.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Do not tell again what this file accepted.")
@click.option("--write-baseline", is_flag=True, help="Accept what is found now: write it to the file of --baseline.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
def command(
    paths: tuple[Path, ...],
    only: tuple[str, ...],
    on: date | None,
    tips: bool,
    baseline: Path | None,
    write_baseline: bool,
    form: str,
) -> None:
    """Prove what holds of the rulesets in files or folders (default: the shipped register) for everybody.

    Looked for are: criteria that refuse nobody, that nobody passes, or that never decide; rulesets that nobody can get; rows and
    choices that are never used; clauses, provisions and signals that never apply. What is said to be never so is proved; what could
    be neither proved nor shown is told as «niet bewezen», with the reason. Exit code 1 on a mistake or a warning. A comment
    «# toegestaan[code]: reden» at the end of a line, or on the line above it, allows a warning there.
    """
    if write_baseline and baseline is None:
        raise MisuseError("er staat niet bij welk bestand geschreven moet worden", "noem het met «--baseline BESTAND»")
    must_exist(paths, filled=True)
    must_have("om te bewijzen", "analysis", "z3")
    from responsief.analysis.exits import exits  # late: Z3 takes long to load
    from responsief.analysis.prove import CATALOGUE, idents_of, prove
    from responsief.analysis.questions import ANALYSES

    day = today() if on is None else on
    accepted = Counter() if baseline is None or write_baseline else accepted_in(baseline)
    done = check(paths, day)
    if done.wrong:
        stop(done.wrong, form=form)
    register = Register(done.checker.rulesets, done.catalogue, done.files.texts)
    for ident in only:
        if ident != CATALOGUE and ident not in register.versions:
            hint = did_you_mean(ident, register.versions) or None
            stop([Diagnostic("regelset-onbekend", f"regelset «{ident}» staat niet in dit register", hulp=hint)], 2, form)
    own = any(not is_shipped(p) for p in paths)
    idents = tuple(dict.fromkeys(only)) or idents_of(register, done.files, own=own)
    reports = prove(register, done.files, idents, day, telling=partial(_telling, len(idents)), analyses=(*ANALYSES, exits))
    _telling(len(idents), len(idents), "")
    found = [one for report in reports for one in report.gevonden]
    if write_baseline and baseline is not None:
        _write(baseline, [one.melding for one in found])
        return
    told, gone = [one.melding for one in found], Counter[Any]()
    if baseline is not None:
        told, gone = without(told, accepted, partial(relative_to, baseline))
    code = 1 if any(one.ernst != "tip" for one in told) else 0
    if form == "json":
        click.echo(json_of(_data(reports, told, found, day)))
        sys.exit(code)
    show_findings(sorted((one for one in told if tips or one.ernst != "tip"), key=Diagnostic.place))
    click.echo("\n".join(_closing(reports, told, len(found) - len(told), sum(gone.values()), day, tips=tips)))
    sys.exit(code)


def _telling(most: int, number: int, name: str) -> None:
    """How far it is, on a terminal."""
    progress(f"{number + 1} van {most}: {name}" if name else "")


def _write(baseline: Path, told: Sequence[Diagnostic]) -> None:
    save_or_stop(baseline, written_baseline(told, partial(relative_to, baseline)))
    number = sum(one.ernst != "fout" for one in told)
    click.echo(f"{baseline.as_posix()} geschreven: {number} {'bevinding' if number == 1 else 'bevindingen'} geaccepteerd.")


def _data(reports: Sequence[Report], told: Sequence[Diagnostic], found: Sequence[Found], day: date) -> dict[str, Any]:
    """The same for another program: each finding with its witness, as a situation file holds it."""
    shown = {one.melding: one for one in found}
    rows = []
    for one in told:
        more = shown.get(one)
        witness = more.getuige if more is not None else None
        rows.append(
            {
                **finding_data(one),
                "grenzen": more.grenzen or None if more is not None else None,
                "getuige": {"zin": witness.zin, "situatie": witness.situatie} if witness is not None else None,
            }
        )
    return {
        "peildatum": day.isoformat(),
        "regelsets": [
            {
                "regelset": r.regelset,
                "versie": r.versie or None,
                "gemeente": r.gemeente,
                "vragen": r.vragen,
                "bevindingen": sum(one.melding in told for one in r.gevonden),
                "toegestaan": len(r.toegestaan),
                "niet_bewezen": [one.melding.tekst for one in r.open],
                "niet_bekeken": r.wegens or None,
            }
            for r in reports
        ],
        **{**findings_data(told), "bevindingen": rows},
    }


def _closing(
    reports: Sequence[Report], told: Sequence[Diagnostic], accepted: int, gone: int, day: date, *, tips: bool
) -> Iterator[str]:
    width = max((len(r.regelset) for r in reports), default=0)
    for report in reports:
        yield f"{report.regelset.ljust(width)}  {_outcome(report, told, tips=tips)}"
    asked = sum(r.vragen for r in reports)
    yield ""
    counted = tally(told) if told else "niets gevonden"
    yield f"Op {format_day(day)}: {asked} vragen aan {_named(reports)}; {counted}."
    allowed = sum(len(r.toegestaan) for r in reports)
    if allowed:
        yield f"Toegestaan met een reden: {allowed}."
    open_ones = [(r, one) for r in reports for one in r.open]
    yield f"Niet bewezen: {len(open_ones) or 'niets'}."
    for report, one in open_ones:
        lines = wrapped(f"{report.regelset}: {one.melding.tekst.removeprefix('niet bewezen is ')}", terminal() - 4)
        yield from (f"  {'' if n == 0 else '  '}{line}" for n, line in enumerate(lines))
    if not tips and any(one.ernst == "tip" for one in told):
        yield "Met --tips ziet u ook de tips."
    if accepted:
        yield f"Niet getoond: {accepted} die al geaccepteerd {'is' if accepted == 1 else 'zijn'}."
    if gone:
        yield f"Opgelost en nog geaccepteerd: {gone}. Werk de basislijn bij met «--write-baseline»."


def _named(reports: Sequence[Report]) -> str:
    number = sum(r.regelset != "catalogus" for r in reports)
    parts = [f"{number} {'regelset' if number == 1 else 'regelsets'}"] if number else []
    if len(reports) > number:
        parts.append("de catalogus")
    return " en ".join(parts) or "niets"


def _outcome(report: Report, told: Sequence[Diagnostic], *, tips: bool) -> str:
    if report.wegens and not report.vragen:
        return f"niet bekeken: {report.wegens}"
    mine = [one.melding for one in report.gevonden if one.melding in told and (tips or one.melding.ernst != "tip")]
    if not report.vragen:
        return "er is niets te bewijzen"
    parts = [f"{report.vragen} {'vraag' if report.vragen == 1 else 'vragen'}", tally(mine) if mine else "niets gevonden"]
    if report.toegestaan:
        parts.append(f"{len(report.toegestaan)} toegestaan")
    if report.open:
        parts.append(f"{len(report.open)} niet bewezen")
    return ", ".join(parts) + (f" ({report.wegens})" if report.wegens else "")
