"""`responsief watch`: checks again each time that a file is saved, and runs the test cases that belong to what changed."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import click

from responsief.checked import Checked, check
from responsief.cli.common import must_exist, named, tally
from responsief.cli.output import finding_lines, terminal, wrapped
from responsief.cli.test import own_register, trial_lines
from responsief.diagnostics import Diagnostic
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Ruleset
from responsief.lint.unused import roots
from responsief.register import Register, is_shipped, yaml_in
from responsief.syntax.nodes import Document
from responsief.trials import Trial, run_trials

PAUSE: Final = 0.3  # seconds between two looks; a file counts as saved when it is the same in two of them

#: what the files look like from outside: of each path its time of change and size
Snapshot = Mapping[Path, tuple[int, int]]


@click.command(name="watch")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATHS]...")
def command(paths: tuple[Path, ...]) -> None:
    """Check files or folders (default: this folder) again each time that something is saved, until Ctrl-C.

    Shows what is wrong, what is new and what is solved, and runs the test cases that belong to what changed.
    """
    must_exist(paths)
    given = paths or (Path(),)

    def show(text: str) -> None:
        if sys.stdout.isatty():
            click.clear()
        click.echo(text)
        sys.stdout.flush()

    outside = Outside(
        snapshot=lambda: snapshot(given),
        check=lambda now: check_what_is_left(given, now),
        now=lambda: datetime.now(ZoneInfo("Europe/Amsterdam")),
        wait=lambda: time.sleep(PAUSE),
        show=show,
    )
    try:
        watch(outside, "deze map" if given == (Path(),) else named(given))
    except KeyboardInterrupt:
        click.echo("\nGestopt.")


def check_what_is_left(given: Sequence[Path], now: datetime) -> Checked:
    """Check what is there now of these files and folders. Raises FileNotFoundError when all of it is gone."""
    left = [path for path in given if path.exists()]
    if not left:
        raise FileNotFoundError
    return check([path for path in left if is_shipped(path)] + list(own_register(left)), now.date())


@dataclass(frozen=True)
class Outside:
    """Everything that the loop wants of the world. `wait` lets some time pass, and may raise KeyboardInterrupt."""

    snapshot: Callable[[], Snapshot]
    check: Callable[[datetime], Checked]
    now: Callable[[], datetime]
    wait: Callable[[], None]
    show: Callable[[str], None]


@dataclass(frozen=True)
class Look:
    """What was seen at one time: the findings, and the test cases that ran."""

    findings: tuple[Diagnostic, ...] = ()
    ran: tuple[Trial, ...] = ()
    still: tuple[Trial, ...] = ()  # that came out otherwise in an earlier look, and that nothing since belongs to
    aside: tuple[Diagnostic, ...] = ()  # warnings and tips of before: while there are mistakes nobody looks for them
    waiting: frozenset[Path] = frozenset()  # what changed and could not be tried yet, because of mistakes
    fault: str = ""  # the look itself failed

    @property
    def failed(self) -> tuple[Trial, ...]:
        """Every case that is known to come out otherwise."""
        return (*(trial for trial in self.ran if not trial.ok), *self.still)


def watch(outside: Outside, name: str) -> None:
    """Look, and look again when the files have changed and are at rest. Ends when `wait` raises."""
    last = outside.snapshot()
    done: Snapshot | None = None
    before: Look | None = None
    while True:
        if last != done:
            changed = frozenset(last) if done is None else differing(done, last)
            here = look(outside, last, changed, before or Look())
            outside.show("\n".join(look_lines(here, before, outside.now(), name, () if done is None else changed)))
            done, before = last, here
        outside.wait()
        last = settled(outside, last)


def settled(outside: Outside, last: Snapshot) -> Snapshot:
    """The files as they are now; after a change, as soon as they are the same in two looks: an editor may be halfway."""
    now = outside.snapshot()
    while now != last:
        last = now
        outside.wait()
        now = outside.snapshot()
    return now


def snapshot(paths: Iterable[Path]) -> Snapshot:
    """The YAML files there now. What can't be looked at, or goes away meanwhile, is not there."""
    found: dict[Path, tuple[int, int]] = {}
    for path in paths:
        try:
            files = yaml_in(path) if path.is_dir() else [path, *path.parent.glob("*.y*ml")]
        except OSError:
            continue
        for file in files:
            try:
                state = file.stat()
            except OSError:
                continue
            found[file] = (state.st_mtime_ns, state.st_size)
    return found


def differing(one: Snapshot, other: Snapshot) -> frozenset[Path]:
    """The files that came, went or changed."""
    return frozenset(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


# --- one look ----------------------------------------------------------------------------------------------------------


def look(outside: Outside, files: Snapshot, changed: frozenset[Path], before: Look) -> Look:
    """Check everything, and where there are no mistakes run the test cases that belong to what changed since they last ran."""
    changed |= before.waiting
    again = Look(before.findings, still=before.failed, aside=before.aside, waiting=changed)
    if not files:
        return replace(again, fault="hier staat geen YAML (meer); ik wacht tot er een bestand komt")
    try:
        checked = outside.check(outside.now())
        if checked.wrong:
            aside = tuple(f for f in (*before.findings, *before.aside) if f.ernst != "fout" and f not in checked.findings)
            return replace(again, findings=checked.findings, aside=aside)
        documents = [d for d in checked.files.documents["proef"] if not is_shipped(Path(d.source.name))]
        belongs = cases_of(documents, checked, changed)
        others = {d.source.name for d in documents} - {d.source.name for d in belongs}
        still = tuple(trial for trial in before.failed if trial.span.source.name in others)
        return Look(checked.findings, run(belongs, checked), still)
    except OSError:
        return replace(again, fault="een bestand ging weg terwijl ik las; ik kijk zo opnieuw")
    except Exception as fault:  # told, and the next look may go well: what is watched is not lost
        return replace(
            again, fault=f"hier klopt iets niet in responsief zelf ({type(fault).__name__}); na het opslaan kijk ik opnieuw"
        )


def run(documents: Sequence[Document], checked: Checked) -> tuple[Trial, ...]:
    """Run these test files on what was just checked."""
    if not documents:
        return ()
    from responsief.desk import Desk  # late: most looks end with a mistake, and need no words

    return run_trials(documents, Desk(Register(checked.checker.rulesets, checked.catalogue, checked.files.texts)))


def cases_of(documents: Sequence[Document], checked: Checked, changed: Collection[Path]) -> list[Document]:
    """The test files that changed, and those of every ruleset that changed or that reads one that did.

    All of them when something else changed: signals and provisions can come up anywhere, and what is gone can't be asked.
    """
    touched = {
        str(getattr(d.root.get("regelset"), "value", "")) for d in checked.files.documents["regelset"] if _among(d, changed)
    }
    rulesets = {d.source.name for d in checked.files.documents["regelset"]}
    cases = {d.source.name for d in documents}
    if any(path.as_posix() not in rulesets | cases for path in changed):
        return list(documents)
    reads = readers(checked.checker.rulesets)
    todo = list(touched)
    while todo:
        new = reads.get(todo.pop(), set()) - touched
        touched |= new
        todo += new
    return [d for d in documents if _among(d, changed) or str(getattr(d.root.get("proef"), "value", "")) in touched]


def _among(document: Document, changed: Collection[Path]) -> bool:
    return Path(document.source.name) in changed


def readers(rulesets: Iterable[Ruleset]) -> dict[str, set[str]]:
    """Of each ruleset the ones that its change can be seen in: that read it, or that it fills in or has clauses for."""
    found: dict[str, set[str]] = {}
    for ruleset in rulesets:
        for node in (n for root in roots(ruleset) for n in ir.walk(root)):
            if isinstance(node, ir.TermRef | ir.FigureRef | ir.OwnFact | ir.OpenRef) and node.ruleset != ruleset.id:
                found.setdefault(node.ruleset, set()).add(ruleset.id)
        for home in (*(home for home, _ in ruleset.vult_in), *ruleset.clausules_bij):
            found.setdefault(ruleset.id, set()).add(home)
    return found


# --- what is shown -----------------------------------------------------------------------------------------------------

Same = tuple[str, str, str]


def same(finding: Diagnostic) -> Same:
    """By what a finding is known again after a change: not by its line, that moves."""
    return finding.code, finding.span.source.name if finding.span else "", finding.tekst


def look_lines(here: Look, before: Look | None, now: datetime, name: str, changed: Collection[Path]) -> Iterator[str]:
    """One look as text: what is wrong with what is new marked, what was solved, and in one line how it stands."""
    width = terminal()
    left = Counter(map(same, (*before.findings, *before.aside))) if before is not None else Counter[Same]()
    told: set[str] = set()
    new = 0
    for finding in () if here.fault else here.findings:
        known = before is None or left[same(finding)] > 0
        left[same(finding)] -= left[same(finding)] > 0
        new += not known
        first, *rest = finding_lines(finding, width, more=finding.code not in told)
        told.add(finding.code)
        yield from (first if known else click.style("nieuw ", bold=True) + first, *rest, "")
    for trial in () if here.fault else here.failed:
        yield from (*trial_lines(trial), "")
    left -= Counter(map(same, here.aside))
    solved = [] if here.fault else list(left.elements())
    for code, file, text in solved:
        yield from wrapped(f"✓ opgelost [{code}] {file}: {text}", width)
    bad = here.fault or here.failed or any(f.ernst == "fout" for f in here.findings)
    mark, colour = ("✗", "red") if bad else ("!", "yellow") if here.findings else ("✓", "green")
    parts = [*standing(here, new, len(solved)), *([f"gewijzigd: {few_names(changed)}"] if changed else [])]
    yield f"{now:%H:%M:%S} {click.style(mark, fg=colour, bold=True)} {name}: {'; '.join(parts)}"


def standing(here: Look, new: int, solved: int) -> Iterator[str]:
    """How it stands, in a few words each."""
    if here.fault:
        yield here.fault
        return
    moved = [f"{number} {word}" for number, word in ((new, "nieuw"), (solved, "opgelost")) if number]
    yield (tally(here.findings) if here.findings else "geen fouten") + (f" ({', '.join(moved)})" if moved else "")
    number, failed = len(here.ran), len(here.failed) - len(here.still)
    if number:
        cases = "1 proefgeval" if number == 1 else f"{number} proefgevallen"
        yield f"{cases}, {failed} anders dan verwacht" if failed else f"{cases} zoals verwacht"
    if here.still:
        yield f"van eerder nog {len(here.still)} anders dan verwacht"
    if any(f.ernst == "fout" for f in here.findings):
        yield "proefgevallen draaien als de fouten weg zijn"


def few_names(paths: Collection[Path]) -> str:
    """The names of some files, and how many more there are."""
    names = sorted(path.name for path in paths)
    return ", ".join(names[:3]) + (f" en {len(names) - 3} andere" if len(names) > 3 else "")
