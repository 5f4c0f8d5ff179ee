"""Questions over the cores: the answers of one process, in their order; nothing is left behind when it stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from responsief.ci.json import as_data, clean
from responsief.difference.versions import read_versions
from responsief.difference.whole import whole
from small import TODAY, ruleset

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies of a process are made on Linux only")

# in a process of its own: under pytest-xdist there are threads, and then nothing is copied
HEAD = "import os, sys, time\nfrom functools import partial\nfrom responsief.difference.spread import spread\n"
ASLEEP = "print('begonnen', flush=True)\nlist(spread([partial(time.sleep, 60)] * 9, 2))\n"


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", HEAD + code], capture_output=True, text=True, check=False, timeout=60)


def test_answers_come_in_order_from_copies() -> None:
    done = run(
        "found = list(spread([lambda n=n: (n, os.getpid()) for n in range(9)], 3))\nprint([n for n, _ in found], os.getpid() in {p for _, p in found})"
    )
    assert done.stdout == "[0, 1, 2, 3, 4, 5, 6, 7, 8] False\n"


def test_one_worker_or_one_task_needs_no_copy() -> None:
    done = run("print({*spread([os.getpid] * 3, 1), *spread([os.getpid], 4)} == {os.getpid()}, list(spread([], 4)))")
    assert done.stdout == "True []\n"


def test_a_copy_that_is_killed_loses_no_answer() -> None:
    done = run(
        "me = os.getpid()\nprint(list(spread([lambda n=n: n if n != 2 or os.getpid() == me else os._exit(9) for n in range(5)], 2)))"
    )
    assert (done.stdout, done.returncode) == ("[0, 1, 2, 3, 4]\n", 0)


def test_a_mistake_in_a_task_is_told() -> None:
    assert "ZeroDivisionError" in run("list(spread([lambda: 1, lambda: 1 // 0], 2))").stderr


@pytest.mark.parametrize(
    ("group", "sign"), [(True, signal.SIGINT), (False, signal.SIGINT), (False, signal.SIGTERM), (False, signal.SIGKILL)]
)
def test_who_stops_it_stops_its_copies(group: bool, sign: signal.Signals) -> None:
    """Ctrl-C reaches the whole group; a signal from elsewhere (a CI system sends SIGTERM) only the process itself."""
    process = subprocess.Popen(
        [sys.executable, "-c", HEAD + ASLEEP], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"begonnen\n"
    time.sleep(1)
    (os.killpg if group else os.kill)(process.pid, sign)
    _, told = process.communicate(timeout=20)
    assert process.returncode != 0
    assert b"Exception in thread" not in told
    for _ in range(50):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a copy goes on")


@pytest.mark.heavy
def test_a_report_is_the_same_over_more_cores(tmp_path: Path) -> None:
    sides = tmp_path / "oud", tmp_path / "nieuw"
    for folder, sign in zip(sides, ("<=", "<"), strict=True):
        folder.mkdir()
        for ident in ("een", "twee", "drie"):
            (folder / f"{ident}.yaml").write_text(ruleset("", f"eis: 'wonen.huur {sign} € 600'", ident=ident), encoding="utf-8")
    report = clean(as_data(whole(read_versions(*map(str, sides)), TODAY, workers=1)))
    code = f"""
import json
from datetime import date
from responsief.ci.json import to_json
from responsief.difference.versions import read_versions
from responsief.difference.whole import whole
print(to_json(whole(read_versions({str(sides[0])!r}, {str(sides[1])!r}), date.fromisoformat('{TODAY}'), workers=2)))
"""
    done = run(code)
    assert len(report["regelsets"]) == 3
    assert json.loads(done.stdout) == report, done.stderr
