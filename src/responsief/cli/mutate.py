"""`responsief mutate`: do the test cases notice a mistake in the rules? One small change at a time, and what nobody noticed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from responsief.cli.common import REGISTER, findings_data, json_of, must_exist, named, stop
from responsief.cli.output import terminal, wrapped
from responsief.cli.test import own_register
from responsief.diagnostics import Diagnostic, InvalidError, did_you_mean
from responsief.register import shipped
from responsief.testing.campaign import Score, campaign
from responsief.testing.mutation import Fate

MOST = 30  # survivors that are told one by one, unless somebody asks for all


@click.command(name="mutate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@REGISTER
@click.option("--ruleset", "only", multiple=True, metavar="ID", help="Only this ruleset; may be repeated.")
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit code 1 when fewer are caught.")
@click.option("--all", "every", is_flag=True, help=f"Show every survivor, not the first {MOST}.")
@click.option("--jobs", type=click.IntRange(min=1), help="How many processes. Default: one for each core.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="What to print.")
def command(
    paths: tuple[Path, ...],
    registers: tuple[Path, ...],
    only: tuple[str, ...],
    fail_under: float | None,
    every: bool,
    jobs: int | None,
    form: str,
) -> None:
    """Change the rules one small thing at a time, and see whether the test cases notice (default: the shipped register).

    A change that no case notices is a mistake that you could make unseen. Each is shown with the place, the change, the cases that
    came nearest, and what case would notice. What no case can or need notice you explain under «overlevers:» in the test file.
    """
    must_exist(paths, filled=True)
    given = list(paths) or [shipped()]
    folders = [shipped(), *registers, *own_register(given)]
    try:
        scores = campaign(folders, given, only, jobs)
    except InvalidError as wrong:
        stop(wrong.diagnostics, form=form)
    except LookupError as wrong:
        stop((Diagnostic("regelset-onbekend", str(wrong.args[0]), hulp=did_you_mean(wrong.args[1], wrong.args[2]) or None),), 2)
    if form == "json":
        click.echo(json_of({"regelsets": [as_json(score) for score in scores], **findings_data(())}))
    else:
        show(scores, f"uit {named(paths)}" if paths else "van de geleverde regelsets", every)
    caught, counted = sum(len(s.gevangen) for s in scores), sum(s.geteld for s in scores)
    share = 100 * caught / counted if counted else 0.0
    stale = any(score.verouderd for score in scores)
    sys.exit(1 if stale or not counted or (fail_under is not None and share < fail_under) else 0)


def as_json(score: Score) -> dict[str, object]:
    """One ruleset: its figures, its survivors with the explanation of each, and explanations that are no longer needed."""
    return {
        "regelset": score.regelset,
        "mutanten": score.geteld,
        "gevangen": len(score.gevangen),
        "percentage": round(score.percentage, 1),
        "niet_gelezen": len(score.ongelezen),
        "overlevers": [{**asdict(f), "waarom": score.uitleg.get(f.id)} for f in score.overlevers],
        "verouderde_uitleg": [{"mutant": ident, "plaats": where} for ident, where in score.verouderd],
    }


def show(scores: Sequence[Score], whose: str, every: bool) -> None:
    """The figures per ruleset, then the survivors that nobody explained, then explanations that are no longer needed."""
    width = terminal()
    column = max((len(s.regelset) for s in scores), default=0)
    for score in scores:
        unread = f", {len(score.ongelezen)} niet gelezen" if score.ongelezen else ""
        if not score.geteld:
            if score.ongelezen:
                click.echo(f"{score.regelset.ljust(column)}  {'–'.rjust(7)}  {0:>5} mutanten{unread}")
            continue
        open_ones = len(score.onverklaard)
        told = f", {len(score.overlevers) - open_ones} met uitleg" if len(score.overlevers) > open_ones else ""
        over = f"{len(score.overlevers)} over{told}" if score.overlevers else "alle gevangen"
        click.echo(
            f"{score.regelset.ljust(column)}  {percent(score.percentage).rjust(7)}  {score.geteld:>5} mutanten, {over}{unread}"
        )
    left = [fate for score in scores for fate in score.onverklaard]
    for fate in left if every else left[:MOST]:
        click.echo("\n" + "\n".join(survivor_lines(fate, width)))
    if len(left) > MOST and not every:
        click.echo(f"\nen nog {len(left) - MOST} andere: zie ze met --all")
    for score in scores:
        for ident, where in score.verouderd:
            click.echo(f"\n{click.style('uitleg niet meer nodig', fg='yellow')} {where}")
            click.echo(f"    «{ident}» wordt nu gevangen, of bestaat niet meer: haal de regel weg onder «overlevers»")
    caught, counted = sum(len(s.gevangen) for s in scores), sum(s.geteld for s in scores)
    unread_all = sum(len(s.ongelezen) for s in scores)
    if not counted and unread_all:
        click.echo(f"\n{unread_all} kleine wijzigingen {whose}; geen geval leest wat er verandert")
        return
    if not counted:
        click.echo(f"geen proefgevallen gevonden {whose}, dus niets om te proberen")
        return
    click.echo(
        f"\n{counted} kleine wijzigingen {whose}; {caught} gevangen door de gevallen ({percent(100 * caught / counted)})"
    )
    if unread_all:
        told = "1 andere wijziging telt" if unread_all == 1 else f"{unread_all} andere wijzigingen tellen"
        click.echo(f"{told} niet mee: geen geval leest wat daar verandert (niet gelezen)")


def percent(share: float) -> str:
    """«97,5 %»: never rounded up to a hundred."""
    return f"{int(share * 10) / 10:.1f} %".replace(".", ",")


def survivor_lines(fate: Fate, width: int) -> list[str]:
    """One survivor: where, what was and what it became, which cases came nearest, and what would catch it."""
    lines = [click.style("over ", fg="yellow", bold=True) + f"{fate.waar}  {fate.plaats}"]
    lines += [
        click.style(f"    - {line}", fg="red") if n == 0 else f"      {line}"
        for n, line in enumerate(wrapped(fate.was, width - 6))
    ]
    lines += [
        click.style(f"    + {line}", fg="green") if n == 0 else f"      {line}"
        for n, line in enumerate(wrapped(fate.werd, width - 6))
    ]
    if fate.dichtbij:
        lines += [f"    {line}" for line in wrapped(f"het dichtst in de buurt: «{fate.dichtbij[0]}»", width - 4)]
    lines += [f"    {line}" for line in wrapped(f"= {fate.raad}", width - 4)]
    lines += [f"    {line}" for line in wrapped(f"naam: {fate.id}", width - 4)]
    return lines
