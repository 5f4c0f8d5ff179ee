"""What the commands share: opening a register, ending with findings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from zoneinfo import ZoneInfo

import click

from responsief.cli.formats import FINDINGS, findings_as
from responsief.cli.output import show_findings
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, Findings, InvalidError, finding_data
from responsief.register import FORMS, Files, Register, is_shipped, shipped, yaml_in
from responsief.source import Source, Span

if TYPE_CHECKING:
    from responsief.desk import Desk


REGISTER = click.option(
    "--register",
    "registers",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    metavar="DIR",
    help="Rulesets of your own, over the shipped ones.",
)


def progress(line: str = "") -> None:
    """How far it is: a line on a terminal that takes the place of the one before. Without a line it leaves nothing."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[2K{line}", err=True, nl=False, color=True)  # no colour, so kept with NO_COLOR: it wipes


def open_desk(registers: Sequence[Path]) -> Desk:
    """A desk on the shipped register with these folders over it; ends with the findings when a file has a mistake."""
    from responsief.desk import Desk  # late: `check` decides nothing and needs no words

    try:
        return Desk(Register.open(shipped(), *registers))
    except InvalidError as wrong:
        stop(wrong.diagnostics)


def today() -> date:
    """Today in the Netherlands: the clock is read here, at the door, and nowhere else."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")).date()


class Day(click.ParamType[date]):
    """A date on the command line, as jaar-maand-dag."""

    name = "date"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        from responsief.values import parse_day

        try:
            return parse_day(value)
        except ValueError as wrong:
            self.fail(str(wrong), param, ctx)


def must_exist(paths: Iterable[Path], *, file: bool = False, filled: bool = False) -> None:
    """Naming a path that is not there is wrong use of the command; so is a folder where a file is meant, and where it must be
    `filled`, a folder without any YAML."""
    findings = Findings()
    for path in paths:
        if not path.exists() or (file and path.is_dir()):
            why = "het is een map" if path.exists() else "het bestaat niet"
            findings.add("bestand-onleesbaar", Span(Source(path.as_posix(), ""), 1, 1), waarom=why)
        elif filled and path.is_dir() and not yaml_in(path):
            findings.add("lege-map", Span(Source(path.as_posix(), ""), 1, 1))
    if findings:
        stop(tuple(findings), 2)


def must_have(work: str, extra: str, *packages: str) -> None:
    """What an extra brings must be there for this work («om te bewijzen»): else MisuseError says what to install. `packages` are
    the names that are imported; importing is left to whoever needs them, for it takes long."""
    lacking = [PACKAGES.get(name, name) for name in packages if find_spec(name) is None]
    if lacking:
        named = " en ".join(f"«{one}»" for one in lacking)
        is_needed = (
            f"zijn de pakketten {named} nodig, en die staan"
            if len(lacking) > 1
            else f"is het pakket {named} nodig, en dat staat"
        )
        raise MisuseError(f"{work} {is_needed} hier niet", f"installeer het met: pip install 'responsief[{extra}]'")


PACKAGES = {"z3": "z3-solver"}  # where what is installed has another name than what is imported


def named(paths: Sequence[Path]) -> str:
    """The paths as somebody gave them: a folder ends with a slash."""
    return ", ".join(p.as_posix() + ("/" if p.is_dir() and p.name else "") for p in paths)


_COUNTED = {
    "regelset": ("regelset", "regelsets"),
    "voorzieningen": ("bestand met voorzieningen", "bestanden met voorzieningen"),
    "signalen": ("bestand met signalen", "bestanden met signalen"),
    "proef": ("bestand met proefgevallen", "bestanden met proefgevallen"),
}


def counted(files: Files, *, own: bool) -> str:
    """How many files of each kind were read: those that came with the package, or those that somebody gave."""
    numbers = {form: sum(is_shipped(Path(d.source.name)) is not own for d in files.documents[form]) for form in FORMS}
    parts = [f"{n} {_COUNTED[form][n != 1]}" for form in _COUNTED if (n := numbers[form])]
    return ", ".join(parts) or "niets"


def findings_data(findings: Sequence[Diagnostic]) -> dict[str, Any]:
    """Findings for another program; the keys are stable."""
    rows = [finding_data(one) for one in findings]
    kinds = ("fout", "waarschuwing", "tip")
    return {"bevindingen": rows, "telling": {kind: sum(one.ernst == kind for one in findings) for kind in kinds}}


def json_of(data: dict[str, Any]) -> str:
    """What a command prints for another program. `formaat` goes up when a key goes away or means something else."""
    return json.dumps({"formaat": 1, **data}, ensure_ascii=False, indent=2)


def stop(findings: Sequence[Diagnostic], code: int = 1, form: str = "text") -> NoReturn:
    """Show findings and exit; on standard output in the format that another program asked for."""
    if form == "json":
        click.echo(json_of(findings_data(findings)))
        sys.exit(code)
    if form in FINDINGS:
        click.echo(findings_as(form, findings), nl=False)
        sys.exit(code)
    show_findings(findings)
    click.echo(tally(findings), err=True)
    sys.exit(code)


def tally(findings: Sequence[Diagnostic]) -> str:
    """«2 fouten, 1 waarschuwing»."""
    words = {"fout": "fouten", "waarschuwing": "waarschuwingen", "tip": "tips"}
    numbers = {kind: sum(f.ernst == kind for f in findings) for kind in words}
    parts = [f"{n} {kind if n == 1 else words[kind]}" for kind, n in numbers.items() if n]
    return ", ".join(parts) or "0 fouten"
