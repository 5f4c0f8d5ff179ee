"""`responsief render`: rulesets as pages that people read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

import click

from responsief.checked import check
from responsief.cli.common import Day, must_exist, stop, today
from responsief.cli.saving import save_or_stop
from responsief.ir.ruleset import Ruleset
from responsief.register import Register, is_shipped
from responsief.values import format_day

Form = Literal["md", "html"]


@click.command(name="render")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@click.option("--ruleset", "ident", metavar="ID", help="Only this ruleset.")
@click.option(
    "--format", "form", type=click.Choice(["md", "html"]), help="Markdown or HTML. Default: what --out ends with, else md."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Where to write: a file, or a folder for a page each with an index.",
)
@click.option("--on", type=Day(), metavar="D", help="The day for which figures and versions count. Default: today.")
@click.option(
    "--since", type=click.Path(path_type=Path), metavar="FILE|DIR", help="An older register or ruleset to compare with."
)
def command(
    paths: tuple[Path, ...], ident: str | None, form: Form | None, out: Path | None, on: date | None, since: Path | None
) -> None:
    """Write rulesets as pages to read, in Dutch: a sentence per criterion, amounts, clauses, and what changed.

    PATHS are files or folders of your own, read together with the shipped register (default: the shipped register alone). One
    ruleset goes to the screen or to a file; more go to a folder, with an index.
    """
    must_exist([*paths, *([since] if since else [])], filled=True)
    now = today()
    day = now if on is None else on
    register = _register(paths, now)
    chosen = _chosen(register, paths, ident, day)
    older = _register((since,), now) if since else None
    nu = "nu" if day == now else f"op {format_day(day)}"
    folder = out is not None and (out.is_dir() or out.suffix.lower() not in (".md", ".html", ".htm"))
    if folder and out is not None:
        _write_folder(register, chosen, day, nu, form or "html", out, older)
        return
    if len(chosen) > 1:
        known = ", ".join(r.id for r in chosen)
        click.echo(
            f"Dit zijn {len(chosen)} regelsets: {known}.\nKies er één met --ruleset, of schrijf ze allemaal met --out MAP.",
            err=True,
        )
        sys.exit(2)
    form = form or ("html" if out is not None and out.suffix.lower() != ".md" else "md")
    text = _page(register, chosen[0], day, nu, form, older, None)
    if out is None:
        click.echo(text, nl=False)
        return
    save_or_stop(out, text)
    click.echo(f"{out.as_posix()} is geschreven.", err=True)


def _register(paths: Sequence[Path], now: date) -> Register:
    """The shipped register with these over it; ends with the findings when a file has a mistake."""
    done = check([p for p in paths if not is_shipped(p)], now)
    if done.wrong:
        stop(done.wrong)
    return Register(done.checker.rulesets, done.catalogue, done.files.texts)


def _chosen(register: Register, paths: Sequence[Path], ident: str | None, day: date) -> list[Ruleset]:
    """One version of each ruleset that was asked for: the one of the day, else the newest."""
    names = [i for i, versions in register.versions.items() if not paths or any(_inside(r, paths) for r in versions)]
    if ident is not None:
        if ident not in register.versions:
            from responsief.diagnostics import did_you_mean

            hint = did_you_mean(ident, register.versions)
            click.echo(f"Er is geen regelset «{ident}».{' ' + hint[:1].upper() + hint[1:] if hint else ''}", err=True)
            sys.exit(2)
        names = [ident]
    if not names:
        click.echo("Hier staat geen regelset in.", err=True)
        sys.exit(2)
    found = []
    for name in names:
        versions = register.versions[name]
        held = [r for r in versions if r.holds_on(day)]
        if not held:
            click.echo(f"Let op: «{name}» geldt niet op {format_day(day)}; dit is de nieuwste versie.", err=True)
        found.append(held[0] if held else versions[-1])
    return found


def _inside(ruleset: Ruleset, paths: Sequence[Path]) -> bool:
    at = Path(ruleset.source.name).resolve()
    return any(at == p.resolve() or p.resolve() in at.parents for p in paths)


def _page(
    register: Register, ruleset: Ruleset, day: date, nu: str, form: Form, older: Register | None, terug: tuple[str, str] | None
) -> str:
    from responsief.render.ruleset_page import page_of  # late: the words of a page take time to load

    before: tuple[Register, Ruleset] | Literal["nieuw"] | None = None
    if older is not None:
        versions = older.versions.get(ruleset.id)
        before = (older, next((r for r in versions if r.holds_on(day)), versions[-1])) if versions else "nieuw"
    page = page_of(register, ruleset, day, nu=nu, earlier=before, terug=terug)
    return _written(page, form)


def _written(page: object, form: Form) -> str:
    from responsief.render.page import Page
    from responsief.render.to_html import to_html
    from responsief.render.to_markdown import to_markdown

    assert isinstance(page, Page)
    return to_html(page) if form == "html" else to_markdown(page)


def _write_folder(
    register: Register, chosen: Sequence[Ruleset], day: date, nu: str, form: Form, out: Path, older: Register | None
) -> None:
    from responsief.render.index import TITLE, index_of

    if out.exists() and not out.is_dir():
        click.echo(f"{out.as_posix()} is een bestand; geef een map.", err=True)
        sys.exit(2)
    out.mkdir(parents=True, exist_ok=True)
    index = "index.html" if form == "html" else "index.md"
    for ruleset in chosen:
        save_or_stop(out / f"{ruleset.id}.{form}", _page(register, ruleset, day, nu, form, older, (TITLE, index)))
    save_or_stop(out / index, _written(index_of(chosen, day, form), form))
    pages = "1 pagina" if len(chosen) == 1 else f"{len(chosen)} pagina's"
    click.echo(f"{pages} en een index staan in {out.as_posix()}/.", err=True)
