"""`responsief motivation check`: what is wrong with a motivation that a person wrote or changed."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responsief.cli.common import REGISTER, Day, must_exist, stop
from responsief.cli.decide import one_decision
from responsief.cli.output import show_findings
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, InvalidError
from responsief.intake import read_source
from responsief.source import Source, Span

if TYPE_CHECKING:
    from responsief.decision import Decision
    from responsief.motivation.lint import Finding


@click.group(name="motivation")
def command() -> None:
    """The reasons under a decision."""


@command.command(name="check")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--situation", required=True, type=click.Path(path_type=Path), metavar="FILE", help="The situation that was decided."
)
@click.option(
    "--decision",
    "decided",
    type=click.Path(path_type=Path),
    metavar="BESLUIT.json",
    help="What `decide --format json` gave: names ruleset and date, and must be what the rules still give.",
)
@click.option("--ruleset", metavar="ID", help="The ruleset, where there is no decision or it holds more than one.")
@click.option("--date", "on", type=Day(), metavar="D", help="Reference date, where there is no decision.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["motivation", "letter", "note"]),
    default="motivation",
    show_default=True,
    help="A motivation in somebody's own words, or a changed letter or note.",
)
@click.option("--final", is_flag=True, help="No place may be left open.")
@click.option("--b1", is_flag=True, help="Also remark on what is hard to read; a remark does not change the exit code.")
@REGISTER
@click.option("--sender", type=click.Path(path_type=Path), metavar="FILE", help="Who sends the letter (with --as letter).")
def check(
    file: Path,
    situation: Path,
    decided: Path | None,
    ruleset: str | None,
    on: date | None,
    kind: str,
    final: bool,
    b1: bool,
    registers: tuple[Path, ...],
    sender: Path | None,
) -> None:
    """Hold the text in FILE against the decided case: every defect with its code, place and what to do.

    The case is decided again from the situation: the JSON of a decision holds neither what the client said nor what was
    promised. A decision is compared by its receipt, so that nobody checks a text against another case.
    """
    must_exist([p for p in (file, situation, decided, sender) if p is not None], file=True)
    source = Source(file.as_posix(), _text(file))
    if decided is not None:
        receipt = _receipt(decided, ruleset)
        ruleset, on = receipt["regelset"], date.fromisoformat(receipt["peildatum"])
    else:
        receipt = None
    if ruleset is None:
        raise MisuseError(
            "er staat niet bij over welk besluit dit gaat",
            "noem het besluit met «--decision BESLUIT.json», of de regelset met «--ruleset ID»",
        )
    case = one_decision(str(situation), ruleset, on, registers, sender)
    if receipt is not None:
        _same(receipt, case, decided)
    findings = [_placed(found, source) for found in _found(case, source.text, kind, final=final)]
    remarks = list(_remarks(source)) if b1 else []
    show_findings(sorted([*findings, *remarks], key=Diagnostic.place))
    if findings:
        counted = Counter(found.code for found in findings)
        click.echo(
            f"{len(findings)} {'bevinding' if len(findings) == 1 else 'bevindingen'}: {', '.join(sorted(counted))}", err=True
        )
        sys.exit(1)
    click.echo(f"Geen bevindingen over {case.regelset}, peildatum {case.peildatum.isoformat()}. Een mens leest en beslist.")


def _text(file: Path) -> str:
    """The text of a motivation; ends with a finding when it can't be read as text."""
    try:
        return read_source(file).text
    except InvalidError as wrong:
        stop(wrong.diagnostics)


def _receipt(file: Path, ruleset: str | None) -> dict[str, str]:
    """The receipt of the one decision that is meant; ends with a finding when there is none, or more than one."""
    try:
        receipts = [
            {key: str(one["verantwoording"][key]) for key in ("regelset", "peildatum", "sha256", "situatie_sha256")}
            for one in json.loads(_text(file))["besluiten"]
        ]
        for one in receipts:
            date.fromisoformat(one["peildatum"])
    except (ValueError, KeyError, TypeError, RecursionError):
        stop([Diagnostic("besluit-onleesbaar", "dit is geen JSON van een besluit", hulp="gebruik wat `responsief decide --format json` geeft", pad=file.as_posix())])  # fmt: skip
    meant = [one for one in receipts if ruleset in (None, one["regelset"])]
    if len(meant) != 1:
        names = ", ".join(f"«{one['regelset']}»" for one in receipts) or "niets"
        stop([Diagnostic("besluit-onduidelijk", f"hierin staat: {names}", hulp="kies er één met --ruleset", pad=file.as_posix())], 2)  # fmt: skip
    return meant[0]


def _same(receipt: dict[str, str], case: Decision, file: Path | None) -> None:
    """Is this the case that was decided? Ends with a finding when the situation or the rules have changed since."""
    now = case.verantwoording
    other = [
        what
        for what, key in (("de situatie", "situatie_sha256"), ("de regelset", "sha256"))
        if receipt[key] != getattr(now, key)
    ]
    if other:
        stop([Diagnostic("ander-besluit", f"sinds dit besluit is {' en '.join(other)} veranderd", hulp="beslis opnieuw, en toets de motivering daaraan", pad=file.as_posix() if file else None)])  # fmt: skip


def _found(case: Decision, text: str, kind: str, *, final: bool) -> tuple[Finding, ...]:
    from responsief.decision import Texts
    from responsief.motivation.lint import lint
    from responsief.motivation.written import check_written

    written = case.motivering
    match kind:
        case "letter":
            found = lint(case.draft, Texts(text, written.nota), final=final)
            return tuple(one for one in found if one.waar == "brief")
        case "note":
            found = lint(case.draft, Texts(written.brief, text), final=final)
            return tuple(one for one in found if one.waar == "nota")
        case _:
            return check_written(case.draft, text, final=final)


def _placed(found: Finding, source: Source) -> Diagnostic:
    """A finding at the words it is about, where those stand in the text."""
    said = found.tekst.partition("«")[2].partition("»")[0]
    at = source.text.find(said) if said else -1
    if at < 0:
        return Diagnostic(found.code, found.tekst, hulp=found.hulp, pad=source.name)
    return Diagnostic(found.code, found.tekst, _span(source, at, said), found.hulp)


def _span(source: Source, at: int, words: str) -> Span:
    before = source.text[:at]
    end = words.find("\n")
    return Span(source, before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1, max(1, end if end >= 0 else len(words)))


def _remarks(source: Source) -> Iterator[Diagnostic]:
    from responsief.readability import check as read

    for remark in read(source.text):
        long = remark.soort in ("lang", "te_lang")
        words = " ".join(remark.zin.split()[:3]) if long else remark.tekst  # a long sentence is shown at its start
        at = source.text.find(words)
        span = _span(source, at, words) if at >= 0 else None
        told = f"{remark.tekst} in één zin" if long else f"«{remark.tekst}»: {remark.soort}"
        yield Diagnostic("b1", told, span, remark.hulp, "waarschuwing", None if span else source.name)
