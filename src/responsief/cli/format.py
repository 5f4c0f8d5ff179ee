"""`responsief format`: every file of a register in one canonical form, meaning and comments untouched."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from responsief.cli.common import must_exist, stop
from responsief.cli.saving import rewrite
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, Findings, InvalidError
from responsief.register import yaml_in
from responsief.source import Source, Span
from responsief.syntax.format import format_source, is_of_register
from responsief.syntax.from_yaml import read_file, read_stream


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file as it was and as it should be written."""

    path: Path
    source: Source
    text: str

    @property
    def changed(self) -> bool:
        return self.text != self.source.text


@click.command(name="format")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True), metavar="PATHS...")
@click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; list what would change, and exit 1 if anything would."
)
@click.option("--diff", "show_diff", is_flag=True, help="Write nothing; show what would change, and exit 1 if anything would.")
def command(paths: tuple[Path, ...], only_check: bool, show_diff: bool) -> None:
    """Write the files of a register (files or folders) in one form: order of keys, indentation, quotes, spaces, blank lines.

    Meaning and comments stay as they are: that is proved of every file before it is written. A file whose YAML can't be read is
    left alone and its findings are shown, as by `check`. «-» reads standard input and writes standard output, for editors.

    Exit code 1 when a file can't be read, or when --check or --diff finds something to change.
    """
    if Path("-") in paths:
        if len(paths) > 1:
            raise MisuseError("«-» staat alleen", "lees van standaardinvoer, of noem bestanden")
        _from_stdin(only_check, show_diff)
    must_exist(paths)
    done, findings, others = _format_all(paths)
    changed = [one for one in done if one.changed]
    if show_diff:
        for one in changed:
            click.echo(_diff(one), nl=False)
    elif only_check:
        for one in changed:
            click.echo(one.path.as_posix())
    else:
        for one in changed:
            rewrite(one.path, one.text)
            click.echo(one.path.as_posix())
    click.echo(_summary(len(changed), len(done), len(others), written=not (only_check or show_diff)), err=True)
    if findings:
        stop(findings)
    sys.exit(1 if changed and (only_check or show_diff) else 0)


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file once, and whether it was named itself."""
    seen: set[Path] = set()
    for path in paths:
        inside = yaml_in(path) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, file is path


def _format_all(paths: Sequence[Path]) -> tuple[list[Formatted], list[Diagnostic], list[Path]]:
    """The files in their new form, what is wrong with the others, and the files in a folder that belong to something else."""
    done: list[Formatted] = []
    findings = Findings()
    wrong: list[Diagnostic] = []
    others: list[Path] = []
    for path, named in _files(paths):
        source = read_file(path, findings)
        if source is None:
            continue
        try:
            text = format_source(source)
        except InvalidError as refused:
            wrong += refused.diagnostics
            continue
        if is_of_register(source):
            done.append(Formatted(path, source, text))
        elif named:
            findings.add("soort-bestand", Span(source, 1, 1))
        else:
            others.append(path)
    return done, [*findings, *wrong], others


def _from_stdin(only_check: bool, show_diff: bool) -> None:
    findings = Findings()
    source = read_stream(sys.stdin.buffer, "standaardinvoer", findings)
    if source is None:
        stop(tuple(findings))
    try:
        one = Formatted(Path("standaardinvoer"), source, format_source(source))
        if not is_of_register(source):
            findings.add("soort-bestand", Span(source, 1, 1))
            findings.stop()
    except InvalidError as refused:
        stop(refused.diagnostics)
    if show_diff:
        click.echo(_diff(one), nl=False)
    elif not only_check:
        sys.stdout.buffer.write(one.text.encode())
    sys.exit(1 if one.changed and (only_check or show_diff) else 0)


def _diff(one: Formatted) -> str:
    name = one.path.as_posix()
    old, new = (_with_ends(text) for text in (one.source.text, one.text))
    return "".join(difflib.unified_diff(old, new, name, f"{name} (opgemaakt)"))


def _with_ends(text: str) -> list[str]:
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]


def _summary(changed: int, total: int, others: int, *, written: bool) -> str:
    def files(number: int) -> str:
        return f"{number} {'bestand' if number == 1 else 'bestanden'}"

    if not total:
        said = "Geen bestanden van een register gevonden"
    elif not changed:
        said = f"Niets te doen: {files(total)} {'staat' if total == 1 else 'staan'} al in de vaste vorm"
    elif written:
        said = f"{files(changed)} opgemaakt, {total - changed} {'was' if total - changed == 1 else 'waren'} al goed"
    else:
        said = (
            f"{files(changed)} van {total} {'zou' if changed == 1 else 'zouden'} veranderen; schrijf ze met «responsief format»"
        )
    return said + (f" ({files(others)} van iets anders overgeslagen)." if others else ".")
