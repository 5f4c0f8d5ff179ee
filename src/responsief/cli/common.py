"""What the commands share: opening a register, ending with findings."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from responsief.cli.output import show_findings
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.register import Register, shipped

if TYPE_CHECKING:
    from responsief.desk import Desk


def open_desk(registers: Sequence[Path]) -> Desk:
    """A desk on the shipped register with these folders over it; ends with the findings when a file has a mistake."""
    from responsief.desk import Desk  # late: `check` decides nothing and needs no words

    try:
        return Desk(Register.open(shipped(), *registers))
    except InvalidError as wrong:
        stop(wrong.diagnostics)


def is_shipped(path: Path) -> bool:
    """Does a path lie in the register that comes with the package (or is it that register)?"""
    own, there = shipped().resolve(), path.resolve()
    return own == there or own in there.parents


def stop(findings: Sequence[Diagnostic], code: int = 1) -> NoReturn:
    """Show findings and exit."""
    show_findings(findings)
    number = len(findings)
    click.echo(f"{number} {'fout' if number == 1 else 'fouten'}", err=True)
    sys.exit(code)
