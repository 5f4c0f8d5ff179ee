"""`responsief check`: everything that is wrong with rulesets, provisions, signals and test files, at once, and what could be better."""

from __future__ import annotations

import difflib
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from responsief.checked import Checked, Mended, check, folders_of, mend
from responsief.cli import cache
from responsief.cli.common import Day, counted, findings_data, json_of, must_exist, named, stop, tally, today
from responsief.cli.formats import FINDINGS, findings_as, lines_since
from responsief.cli.output import show_findings
from responsief.cli.saving import save_or_stop
from responsief.cli.usage import MisuseError
from responsief.diagnostics import Diagnostic, finding
from responsief.known import Known
from responsief.lint.baseline import Baseline, read_baseline, without, written_baseline
from responsief.register import is_shipped
from responsief.source import Source, Span


@click.command(name="check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
@click.option("--tips", is_flag=True, help="Show the tips too: what is not wrong, and could be better one day.")
@click.option("--fix", is_flag=True, help="Make the safe changes: those that change no decision.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Do not tell again what this file accepted.")
@click.option("--write-baseline", is_flag=True, help="Accept what is found now: write it to the file of --baseline.")
@click.option("--on", type=Day(), metavar="D", help="The day for which figures must be up to date. Default: today.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", *FINDINGS]), default="text", show_default=True, help="What to print."
)
@click.option(
    "--changed-since",
    metavar="REF",
    help="With --format github: findings on lines changed since this branch or commit come first.",
)
def command(
    paths: tuple[Path, ...],
    tips: bool,
    fix: bool,
    diff: bool,
    baseline: Path | None,
    write_baseline: bool,
    on: date | None,
    form: str,
    changed_since: str | None,
) -> None:
    """Check the rulesets and test cases in files or folders (default: the shipped register).

    Everything in PATHS is checked together with the shipped register, so that a local ruleset can use national terms.
    Exit code 1 on a mistake or a warning; a tip leaves it 0. A comment «# toegestaan[code]: reden» at the end of a line, or on
    the line above it, allows a warning there.
    """
    if write_baseline and baseline is None:
        raise MisuseError("er staat niet bij welk bestand geschreven moet worden", "noem het met «--baseline BESTAND»")
    if fix and not paths:
        raise MisuseError("er staat niet bij wat hersteld moet worden", "noem de map of het bestand")
    if changed_since is not None and form != "github":
        raise MisuseError(
            "«--changed-since» hoort bij «--format github»", "zet «--format github» erbij, of laat «--changed-since» weg"
        )
    must_exist(paths, filled=True)
    changed = lines_since(changed_since) if changed_since is not None else None
    own = [p for p in paths if not is_shipped(p)]
    day = today() if on is None else on
    accepted = Counter() if baseline is None or write_baseline else accepted_in(baseline)
    before = cache.digests()
    known = Known(before, folders_of(paths))
    done = check(paths, day, known=known)
    cache.keep(before, known.digests)
    said: list[str] = []
    if (fix or diff) and not done.wrong:
        mended = mend(done, day, own=bool(own))
        said = list(_differences(mended)) if diff else _write_all(mended)
        if not mended.texts and not mended.refused:
            said = ["Er is niets dat veilig te herstellen is."]
        done = done if diff else mended.checked
    if write_baseline and baseline is not None and not done.wrong:
        save_or_stop(baseline, written_baseline(done.findings, partial(relative_to, baseline)))
        number = sum(f.ernst != "fout" for f in done.findings)
        click.echo(f"{baseline.as_posix()} geschreven: {number} {'bevinding' if number == 1 else 'bevindingen'} geaccepteerd.")
        return
    found, gone = done.findings, Counter[Any]()
    if baseline is not None:
        kept, gone = without(done.findings, accepted, partial(relative_to, baseline))
        found = tuple(kept)
        read = {relative_to(baseline, d.source.name) for documents in done.files.documents.values() for d in documents}
        gone = Counter({key: number for key, number in gone.items() if key.bestand in read})
    code = 1 if any(f.ernst != "tip" for f in found) else 0
    if form == "json":
        click.echo(json_of(findings_data(found)))
        sys.exit(code)
    if form in FINDINGS:
        click.echo(findings_as(form, found if tips else [one for one in found if one.ernst != "tip"], changed), nl=False)
        sys.exit(code)
    for line in said:
        click.echo(line)
    if done.wrong:
        stop(found)
    show_findings(found if tips else [one for one in found if one.ernst != "tip"])
    click.echo("\n".join(_closing(done, found, gone, own, baseline, fix=fix, tips=tips)))
    sys.exit(code)


def _closing(
    done: Checked,
    found: Sequence[Diagnostic],
    gone: Baseline,
    own: Sequence[Path],
    baseline: Path | None,
    *,
    fix: bool,
    tips: bool,
) -> Iterator[str]:
    beside = f"uit {named(own)}: {counted(done.files, own=True)} (daarnaast geleverd: {counted(done.files, own=False)})"
    said = beside if own else f"geleverd: {counted(done.files, own=False)}"
    yield f"Geen fouten{f', {tally(found)}' if found else ''}; {said}."
    if not tips and any(one.ernst == "tip" for one in found):
        yield "Met --tips ziet u ook de tips."
    fixable = sum(bool(one.herstel) for one in found)
    if fixable and not fix:
        yield f"Met --fix {'wordt' if fixable == 1 else 'worden'} er {fixable} hersteld; met --diff ziet u eerst wat er dan verandert."
    accepted = len(done.findings) - len(found)
    if accepted:
        yield f"Niet getoond: {accepted} die al geaccepteerd {'is' if accepted == 1 else 'zijn'}."
    if gone and baseline is not None:
        number = sum(gone.values())
        yield f"Opgelost en nog in {baseline.as_posix()}: {number}. Werk het bij met «--baseline {baseline.as_posix()} --write-baseline»."
        yield from (f"  {key.bestand}: {key.code}: {key.regel[:80]}" for key in sorted(gone)[:10])


# --- files -------------------------------------------------------------------------------------------------------------


def accepted_in(path: Path) -> Baseline:
    """The baseline in a file; ends with a finding when it is none."""
    span = Span(Source(path.as_posix(), ""), 1, 1)
    try:
        return read_baseline(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        hint = "maak haar met «--write-baseline»"
        stop([finding("basislijn-onleesbaar", span, waarom="het bestand bestaat niet", hulp=hint)], 2)
    except UnicodeDecodeError:
        stop([finding("basislijn-onleesbaar", span, waarom="dit is geen tekst in UTF-8")], 2)
    except OSError as wrong:
        stop([finding("basislijn-onleesbaar", span, waarom="het is een map" if path.is_dir() else wrong.strerror)], 2)
    except ValueError as wrong:
        stop([finding("basislijn-onleesbaar", span, waarom=str(wrong))], 2)


def relative_to(baseline: Path, name: str) -> str:
    """A file as seen from the baseline: the same on every machine."""
    return Path(os.path.relpath(Path(name).resolve(), baseline.resolve().parent)).as_posix()


def _differences(mended: Mended) -> Iterator[str]:
    for source, text in mended.texts.items():
        old, new = (one.splitlines() for one in (source.text, text))
        yield from difflib.unified_diff(old, new, source.name, f"{source.name} (hersteld)", lineterm="")
        yield ""
    yield from _refused(mended)


def _write_all(mended: Mended) -> list[str]:
    """Write every changed file; says what was done. A file that changed on disk meanwhile is left alone."""
    said = []
    for source, text in mended.texts.items():
        path = Path(source.name)
        raw = path.read_bytes() if path.is_file() else b""
        mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
        if raw != mark + source.text.encode():
            said.append(f"{source.name} is intussen veranderd en is met rust gelaten.")
            continue
        save_or_stop(path, mark + text.encode())
        said.append(f"{source.name} hersteld.")
    if mended.count:
        said.append(f"Hersteld: {mended.count}.")
    return [*said, *_refused(mended)]


def _refused(mended: Mended) -> Iterator[str]:
    for name in mended.refused:
        yield f"{name}: niet hersteld, want dan zou de regel iets anders betekenen. Doe dit met de hand."
