"""All mutants of all rulesets against their cases, over the cores there are; what comes out is in the order of the text."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cached_property
from pathlib import Path

from responsief.desk import Desk
from responsief.diagnostics import InvalidError
from responsief.frozen import dataclass
from responsief.register import Register, is_shipped, read_files
from responsief.testing.mutation import Bench, Fate
from responsief.trial_files import TrialFile, read_trials

CHUNK = 30  # mutants that a process takes at a time
FEW = 200  # mutants for which a second process is not worth its start


@dataclass(frozen=True)
class Score:
    """What the cases of a ruleset are worth. `uitleg` says of survivors (by id) why no case has to catch them."""

    regelset: str
    lot: tuple[Fate, ...]
    uitleg: Mapping[str, str]
    verouderd: tuple[tuple[str, str], ...]  # explained, and caught or gone by now; with the place

    @cached_property
    def gevangen(self) -> tuple[Fate, ...]:
        return tuple(f for f in self.lot if f.gevangen_door is not None)

    @cached_property
    def overlevers(self) -> tuple[Fate, ...]:
        return tuple(f for f in self.lot if f.gevangen_door is None and f.gelezen)

    @cached_property
    def ongelezen(self) -> tuple[Fate, ...]:
        """What no ruleset that has cases decides anything with: only signals or provisions read it."""
        return tuple(f for f in self.lot if not f.gelezen)

    @property
    def onverklaard(self) -> tuple[Fate, ...]:
        return tuple(f for f in self.overlevers if f.id not in self.uitleg)

    @property
    def geteld(self) -> int:
        return len(self.gevangen) + len(self.overlevers)

    @property
    def percentage(self) -> float:
        return 100 * len(self.gevangen) / self.geteld if self.geteld else 100.0


def campaign(
    folders: Sequence[Path], given: Sequence[Path], only: Sequence[str] = (), jobs: int | None = None
) -> tuple[Score, ...]:
    """Try every mutant of the rulesets that the test files in `given` are about, or of `only` those.

    Shared terms that those rulesets read are tried too, except the shipped ones when `given` is not of the shipped register.

    Raises InvalidError with every finding when a file has a mistake, LookupError (text, id, known ids) for a ruleset that is
    not there.
    """
    bench, files = open_bench(folders, given)
    rulesets = bench.desk.register.versions
    for ident in only:
        if ident not in rulesets:
            raise LookupError(f"regelset «{ident}» staat niet in dit register", ident, tuple(rulesets))
    about = {ran.regelset for ran in bench.ran}
    shared = {ident for ran in bench.ran for ident in ran.reads if not any(r.decides for r in rulesets[ident])}
    named = {file.regelset for file in files}
    if not any(map(is_shipped, given)):  # the shipped terms have cases of their own: not the work of who gave only their own
        shared = {ident for ident in shared if not is_shipped(Path(rulesets[ident][0].source.name))}
    idents = list(only) or [ident for ident in rulesets if ident in about | named | shared]
    tasks = [(i, at) for i in idents for at in range(0, len(bench.mutants(i)), CHUNK)]
    number = min(jobs or os.cpu_count() or 1, len(tasks))
    if number > 1 and len(tasks) * CHUNK > FEW:
        kind = multiprocessing.get_context("spawn")  # a copy of a process that runs threads may hang
        with ProcessPoolExecutor(number, kind, _begin, (tuple(folders), tuple(given))) as pool:
            done = list(pool.map(_chunk, tasks))
    else:
        done = [judged(bench, *task) for task in tasks]
    found: dict[str, list[Fate]] = {ident: [] for ident in idents}
    for (ident, _), fates in zip(tasks, done, strict=True):
        found[ident] += fates
    return tuple(_score(ident, tuple(fates), files) for ident, fates in found.items())


def open_bench(folders: Sequence[Path], given: Sequence[Path]) -> tuple[Bench, list[TrialFile]]:
    """The register of some folders, and the cases in these files or folders, decided once. Raises InvalidError."""
    read = read_files(given)
    if read.findings:
        raise InvalidError(tuple(read.findings))
    register = Register.open(*folders)
    register.use_chainer("eigen")  # gives the same, and needs no native code in every process
    files = [read_trials(document, register.versions) for document in read.documents["proef"]]
    if wrong := [finding for file in files for finding in file.findings if file.fout]:
        raise InvalidError(wrong)
    return Bench(Desk(register), files), files


def judged(bench: Bench, ident: str, start: int) -> list[Fate]:
    return [bench.judge(ruleset, mutant) for ruleset, mutant in bench.mutants(ident)[start : start + CHUNK]]


def _score(ident: str, fates: tuple[Fate, ...], files: Iterable[TrialFile]) -> Score:
    own = [one for file in files if file.regelset == ident for one in file.overlevers]
    told = {name: one.waarom for one in own for name, _ in one.mutanten}
    alive = {fate.id for fate in fates if fate.gevangen_door is None and fate.gelezen}
    stale = tuple((name, str(span)) for one in own for name, span in one.mutanten if name not in alive)
    return Score(ident, fates, told, stale)


# --- in a process of its own -------------------------------------------------------------------------------------------

_bench: Bench | None = None


def _begin(folders: Sequence[Path], given: Sequence[Path]) -> None:
    global _bench  # what a process of the pool opens once and uses for every task
    _bench, _ = open_bench(folders, given)


def _chunk(task: tuple[str, int]) -> list[Fate]:
    assert _bench is not None
    return judged(_bench, *task)
