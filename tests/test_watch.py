"""`responsief watch`: what is shown after each save. The clock, the waiting and the checking are the test's own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

import pytest
from click import unstyle

from responsief.checked import Checked
from responsief.cli.watch import Outside, check_what_is_left, snapshot, watch
from responsief.diagnostics import Diagnostic
from responsief.register import by_ident, check_files, read_files
from responsief.trial_files import read_trials
from small import ruleset

GRENS = """\
begrippen:
  grens: € 700
"""
GOOD = ruleset(GRENS, "eis: wonen.huur <= grens", ident="huur")
CASES = """\
proef: huur
formaat: 1
gevallen:
  - naam: net wel
    peildatum: 2026-03-01
    situatie: {wonen: {huur: € 700}}
    verwacht: {uitkomst: toegekend}
  - naam: net niet
    peildatum: 2026-03-01
    situatie: {wonen: {huur: "€ 700,01"}}
    verwacht: {uitkomst: afgewezen}
"""
Step = Callable[[], object] | None


def quick(folder: Path) -> Checked:
    """As `responsief.checked.check`, without the shipped register: this runs many times."""
    files = read_files([folder])
    checker, catalogue, findings = check_files(files)
    found = list(findings)
    for document in files.documents["proef"] if not found else ():
        found += read_trials(document, by_ident(checker.rulesets)).findings
    return Checked(files, checker, catalogue, tuple(found))


class Told(list[str]):
    """What was shown, look by look."""

    @property
    def last_lines(self) -> list[str]:
        return [text.splitlines()[-1] for text in self]


def seen(folder: Path, *steps: Step, check: Callable[[Path], Checked] = quick) -> Told:
    """Watch a folder while these things happen, one at each wait; None: nothing happens. Then somebody types Ctrl-C."""
    told, queue = Told(), list(steps)

    def wait() -> None:
        if not queue:
            raise KeyboardInterrupt
        step = queue.pop(0)
        if step is not None:
            step()

    outside = Outside(
        snapshot=lambda: snapshot([folder]),
        check=lambda _: check(folder),
        now=lambda: datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        wait=wait,
        show=lambda text: told.append(unstyle(text)),
    )
    with pytest.raises(KeyboardInterrupt):
        watch(outside, "mijn/")
    return told


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "mijn"
    home.mkdir()
    save(home / "huur.yaml", GOOD)()
    save(home / "huur.test.yaml", CASES)()
    return home


def save(path: Path, text: str) -> Callable[[], object]:
    def step() -> None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        os.utime(path, ns=(time.time_ns(), time.time_ns()))

    return step


def test_when_all_is_well_there_is_one_line(folder: Path) -> None:
    assert seen(folder) == ["09:30:00 ✓ mijn/: geen fouten; 2 proefgevallen zoals verwacht"]


def test_nothing_is_said_while_nothing_changes(folder: Path) -> None:
    assert len(seen(folder, None, None, None, None)) == 1


def test_a_mistake_is_new_then_known_then_solved(folder: Path) -> None:
    wrong = GOOD.replace("wonen.huur", "wonen.hur")
    more = wrong.replace("titel: Een kleine regeling", "titel: Een regeling").replace("begrippen:\n", "begrippen:\n\n")
    told = seen(
        folder,
        save(folder / "huur.yaml", wrong),
        None,
        save(folder / "huur.yaml", more),
        None,
        save(folder / "huur.yaml", GOOD),
        None,
    )
    assert "nieuw fout[onbekend-veld]" in told[1]
    assert "= meer: responsief explain onbekend-veld" in told[1]
    assert told.last_lines[1] == (
        "09:30:00 ✗ mijn/: 1 fout (1 nieuw); proefgevallen draaien als de fouten weg zijn; gewijzigd: huur.yaml"
    )
    assert "nieuw" not in told[2], "it stands on another line, and is the same"
    assert "fout[onbekend-veld]" in told[2]
    assert told[3].splitlines()[0].startswith("✓ opgelost [onbekend-veld]")
    assert told.last_lines[3] == (
        "09:30:00 ✓ mijn/: geen fouten (1 opgelost); 2 proefgevallen zoals verwacht; gewijzigd: huur.yaml"
    )


def test_a_tip_is_not_solved_because_a_mistake_hides_it(folder: Path) -> None:
    tip = Diagnostic("niet-nagelezen", "nog niet vergeleken", ernst="tip")
    wrong = GOOD.replace("wonen.huur", "wonen.hur")

    def with_tip(path: Path) -> Checked:
        found = quick(path)
        return found if found.wrong else replace(found, findings=(*found.findings, tip))

    told = seen(folder, save(folder / "huur.yaml", wrong), None, save(folder / "huur.yaml", GOOD), None, check=with_tip)
    assert "opgelost" not in told[1]
    assert "nieuw" not in told[2], "the tip was there all the time"
    assert "opgelost [onbekend-veld]" in told[2]


def test_a_case_that_comes_out_otherwise_is_shown(folder: Path) -> None:
    told = seen(folder, save(folder / "huur.yaml", GOOD.replace("<= grens", "< grens")), None)
    assert "uitkomst  verwacht toegekend  gekregen afgewezen" in told[1]
    assert told.last_lines[1].startswith("09:30:00 ✗ mijn/: geen fouten; 2 proefgevallen, 1 anders dan verwacht")


def test_only_the_cases_that_belong_to_a_change_run(folder: Path) -> None:
    reader = ruleset("", "eis: wonen.huur < huur.grens".replace("huur.grens", "grens_elders"), ident="leest")
    reader = reader.replace("criteria:\n", "begrippen:\n  grens_elders: {gebruik: huur.grens}\ncriteria:\n")
    apart = ruleset("", "eis: leeftijd >= 18", ident="apart")
    one = "proef: {}\nformaat: 1\ngevallen:\n  - {{naam: leeg, peildatum: 2026-03-01, verwacht: {{uitkomst: onbepaald}}}}\n"
    for ident, text in (("leest", reader), ("apart", apart)):
        save(folder / f"{ident}.yaml", text)()
        save(folder / f"{ident}.test.yaml", one.format(ident))()
    told = seen(
        folder,
        save(folder / "apart.yaml", apart.replace("18", "21")), None,
        save(folder / "huur.yaml", GOOD + "# iets\n"), None,
        save(folder / "leest.test.yaml", one.format("leest") + "# iets\n"), None,
        (folder / "apart.test.yaml").unlink, None,
    )  # fmt: skip
    numbers = [int(line.split(" proefgeval")[0].rsplit(" ", 1)[1]) for line in told.last_lines]
    assert numbers == [4, 1, 3, 1, 3], "all; its own; its own and its reader's; the file itself; all that is left"


def test_a_failing_case_is_not_forgotten_when_something_else_changes(folder: Path) -> None:
    save(folder / "apart.yaml", ruleset("", "eis: leeftijd >= 18", ident="apart"))()
    told = seen(
        folder,
        save(folder / "huur.yaml", GOOD.replace("<= grens", "< grens")), None,
        save(folder / "apart.yaml", ruleset("", "eis: leeftijd >= 21", ident="apart")), None,
    )  # fmt: skip
    assert "verwacht toegekend  gekregen afgewezen" in told[2]
    assert told.last_lines[2] == "09:30:00 ✗ mijn/: geen fouten; van eerder nog 1 anders dan verwacht; gewijzigd: apart.yaml"


def test_what_changed_during_a_mistake_is_tried_when_it_is_gone(folder: Path) -> None:
    other = folder / "apart.yaml"
    told = seen(
        folder,
        save(other, "regelset: apart\n"), None,
        save(folder / "huur.yaml", GOOD.replace("<= grens", "< grens")), None,
        save(other, ruleset("", "eis: leeftijd >= 18", ident="apart")), None,
    )  # fmt: skip
    assert "2 proefgevallen, 1 anders dan verwacht" in told.last_lines[3]


def test_a_file_that_is_half_saved_is_left_until_it_is_whole(folder: Path) -> None:
    told = seen(folder, save(folder / "huur.yaml", GOOD[:200]), save(folder / "huur.yaml", GOOD + "# af\n"), None)
    assert len(told) == 2
    assert "fout" not in told[1].replace("geen fouten", "")


def test_a_folder_that_goes_away_and_comes_back(folder: Path) -> None:
    told = seen(folder, lambda: shutil.rmtree(folder), None, save(folder / "huur.yaml", GOOD), None)
    assert told.last_lines[1].startswith("09:30:00 ✗ mijn/: hier staat geen YAML (meer); ik wacht tot er een bestand komt")
    assert told.last_lines[2] == "09:30:00 ✓ mijn/: geen fouten; gewijzigd: huur.yaml"


@pytest.mark.parametrize(
    ("fault", "said"), [(FileNotFoundError(2, "weg"), "een bestand ging weg"), (KeyError("x"), "in responsief zelf (KeyError)")]
)
def test_a_look_that_fails_ends_nothing(folder: Path, fault: Exception, said: str) -> None:
    faults = [fault]

    def shaky(home: Path) -> Checked:
        if faults:
            raise faults.pop()
        return quick(home)

    told = seen(folder, save(folder / "huur.yaml", GOOD + "# x\n"), None, check=shaky)
    assert said in told[0]
    assert "2 proefgevallen zoals verwacht" in told[1]


def test_when_everything_is_gone_the_shipped_register_is_not_shown_instead(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        check_what_is_left([tmp_path / "weg"], datetime(2026, 3, 2, tzinfo=UTC))


def test_a_single_file_is_watched_with_what_stands_beside_it(folder: Path) -> None:
    assert set(snapshot([folder / "huur.yaml"])) == {folder / "huur.yaml", folder / "huur.test.yaml"}


def until(stream: IO[str], words: str) -> list[str]:
    """The lines up to the one that holds these words."""
    lines = [""]
    while words not in lines[-1]:
        lines.append(stream.readline())
        assert lines[-1], "it ended by itself"
    return lines[1:]


@pytest.mark.skipif(os.name == "nt", reason="no SIGINT to one process on Windows")
def test_in_a_real_process_it_sees_a_save_and_ends_quietly(folder: Path) -> None:
    command = [sys.executable, "-m", "responsief", "watch", "mijn"]
    # a shell starts what runs in the background with SIGINT ignored: here it must be heard
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=folder.parent, stdout=pipe, stderr=pipe, text=True, preexec_fn=heard) as process:  # noqa: PLW1509  # no threads here
        assert process.stdout is not None
        try:
            first = until(process.stdout, "2 proefgevallen zoals verwacht")
            assert first[-1].endswith("2 proefgevallen zoals verwacht\n")
            save(folder / "huur.yaml", GOOD.replace("wonen.huur", "wonen.hur"))()
            lines = until(process.stdout, "gewijzigd: huur.yaml")
            assert lines[0].startswith("nieuw fout[onbekend-veld] mijn/huur.yaml:")
            process.send_signal(signal.SIGINT)
            rest, wrong = process.communicate(timeout=30)
        finally:
            process.kill()  # else a failed test would wait for it forever
    assert (rest, wrong, process.returncode) == ("\nGestopt.\n", "", 0)
