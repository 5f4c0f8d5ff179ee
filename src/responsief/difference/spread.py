"""Questions that have nothing to do with each other, over the cores there are. The answers are those of one process, in the same order.

A worker is a copy of this process as it is now (fork), so both registers are there already, and what Z3 makes it makes in a copy of its
own. Where that can't be done safely (another system than Linux, threads, one core) everything is asked here.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, TypeVar

Answer = TypeVar("Answer")

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG, of prctl(2)

_tasks: list[Callable[[], Any]] = []  # of a copy: what it was made with, and is told by number


def spread(tasks: Sequence[Callable[[], Answer]], workers: int | None = None) -> Iterator[Answer]:
    """What each task gives, in order; an answer must be data that can be sent. `workers`: at most so many (None: the cores)."""
    number = min(cores() if workers is None else workers, len(tasks))
    if number < 2 or sys.platform != "linux" or threading.active_count() > 1:
        yield from (task() for task in tasks)
        return
    done = 0
    try:
        for answer in _in_copies(tasks, number):
            done += 1
            yield answer
    except BrokenProcessPool:  # a copy was stopped from outside, for want of memory perhaps
        yield from (task() for task in tasks[done:])


def cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _in_copies(tasks: Sequence[Callable[[], Answer]], number: int) -> Iterator[Answer]:
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(number, multiprocessing.get_context("fork"), _begin, (tasks, os.getpid()))
    try:
        asked = [pool.submit(_do, number) for number in range(len(tasks))]
        yield from (one.result() for one in asked)
        pool.shutdown()
    except BaseException:  # also when nobody waits for the answers any more: Ctrl-C, a mistake in one of them
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        pool.shutdown()  # nothing is cancelled: the pool stumbles over a cancelled question when its copies end, with a traceback
        raise


def _begin(tasks: Sequence[Callable[[], Any]], asker: int) -> None:
    _tasks[:] = tasks  # nothing is sent: a copy has them
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked, which stops its copies
    # one that is ended without a chance to (SIGTERM, as a CI system does; SIGKILL) takes its copies with it
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != asker:
        os._exit(1)  # it was gone before that was said


def _do(number: int) -> Any:
    return _tasks[number]()
