"""A pytest plugin: `pytest rulesets` runs the cases of `*.test.yaml`, each as an item with its own name.

Loaded at every start of pytest wherever responsief is installed, so it imports nothing of responsief until a file of cases is there.
Only a file with a top-level `proef:` is one; whoever has other files of that name notices nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from responsief.desk import Desk
    from responsief.trial_files import Case
    from responsief.trials import Trial

PROEF = re.compile(r"^proef\s*:", re.MULTILINE)
ENDINGS = (".test.yaml", ".test.yml")
DESKS: pytest.StashKey[dict[tuple[Path, ...], Any]] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("responsief")
    group.addoption(
        "--responsief-register",
        action="append",
        default=[],
        metavar="DIR",
        help="folder with rulesets of your own, over the shipped ones (also: responsief_register in the ini file)",
    )
    parser.addini("responsief_register", "folders with rulesets of your own, over the shipped ones", type="paths", default=[])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A collector for a file with cases; None for every other file."""
    if not file_path.name.endswith(ENDINGS):
        return None
    try:
        text = file_path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    if not PROEF.search(text):
        return None
    collector: pytest.Collector = TrialCollector.from_parent(parent, path=file_path)
    return collector


class RuleFindings(Exception):  # what is wrong with a file or what differs: told as text, never as a traceback
    """What a policy writer has to know, as lines of text."""


class TrialCollector(pytest.File):
    """A file with cases."""

    def collect(self) -> Iterator[pytest.Item]:
        from responsief.register import read_files
        from responsief.trial_files import read_trials

        desk = desk_for(self)
        read = read_files([self.path])
        if read.findings:
            raise RuleFindings(told(tuple(read.findings)))
        for document in read.documents["proef"]:
            file = read_trials(document, desk.register.versions)
            if file.fout:
                raise RuleFindings(told(file.fout))
            for case in file.gevallen:
                yield TrialItem.from_parent(self, name=case.naam, ident=file.regelset, case=case, desk=desk)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is wrong with the file, without a traceback."""
        if isinstance(excinfo.value, RuleFindings):
            return str(excinfo.value)
        return super().repr_failure(excinfo)


class TrialItem(pytest.Item):
    """One case."""

    def __init__(self, *, ident: str, case: Case, desk: Desk, **rest: Any) -> None:
        super().__init__(**rest)
        self.ident = ident
        self.case = case
        self.desk = desk

    def runtest(self) -> None:
        from responsief.trials import run_case

        trial = run_case(self.ident, self.case, self.desk)
        if not trial.ok:
            raise RuleFindings("\n".join(failure(trial)))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What came out otherwise than expected, without a traceback."""
        if isinstance(excinfo.value, RuleFindings):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands, and how it is called."""
        return self.path, self.case.span.line - 1, f"{self.ident}: {self.case.naam}"


def desk_for(collector: pytest.Collector) -> Desk:
    """The desk on which the cases of a file are decided: the shipped register, the folders that somebody named, and otherwise the
    rulesets beside the file. One for every set of folders."""
    from responsief.desk import Desk
    from responsief.diagnostics import InvalidError
    from responsief.register import Register, is_shipped, shipped

    config = collector.config
    named = [config.invocation_params.dir / one for one in config.getoption("--responsief-register")]
    named += config.getini("responsief_register")
    for folder in named:
        if not folder.exists():
            raise pytest.UsageError(f"responsief_register: de map {folder} bestaat niet")
    given = [] if is_shipped(collector.path) else [*named] or sorted(collector.path.parent.glob("*.y*ml"))
    key = tuple(p.resolve() for p in given)
    kept = config.stash.setdefault(DESKS, {})
    found: Desk | None = kept.get(key)
    if found is None:
        try:
            found = kept[key] = Desk(Register.open(shipped(), *given))
        except InvalidError as wrong:
            raise RuleFindings(told(wrong.diagnostics)) from None
    return found


def told(findings: Sequence[Any]) -> str:
    """Findings as lines of text."""
    return "\n".join(map(str, findings))


def failure(trial: Trial) -> Iterator[str]:
    """A case that came out otherwise: its story, both sides, and the rules that it turned on."""
    from responsief.trial_lines import difference_lines

    if trial.verhaal:
        yield trial.verhaal
        yield ""
    if trial.verschillen:
        yield str(trial.verschillen[0].span)  # a place that a terminal or editor can follow
    yield from difference_lines(trial, 100)
    yield from map(str, trial.fout)
