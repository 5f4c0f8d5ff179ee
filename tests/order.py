"""What runs where and when with pytest-xdist: the tests of a file in one process, so that what they share is made once; the long
tests of a few files each by itself; and what takes longest first, so that no core waits at the end."""

from __future__ import annotations

from typing import Any

#: files of long tests that share little, longest first: each test by itself
APART = (
    "tests/test_mutation.py",
    "tests/test_difference_random.py",
    "tests/test_random_rejections.py",
    "tests/test_lsp_answers.py",
    "tests/test_signals.py",
    "tests/test_examples.py",
    "tests/test_to_z3.py",
    "tests/test_prove.py",
    "tests/test_lint.py",
    "tests/test_difference_proof.py",
    "tests/test_schemas.py",
)
#: files that decide the same cases
TOGETHER = ("tests/test_worked_cases.py", "tests/test_shipped_cases.py")
#: what takes long after those, longest first
NEXT = (
    *TOGETHER,
    "tests/test_documents.py",
    "tests/test_diff.py",
    "tests/test_sources.py",
    "tests/test_gate.py",
    "tests/test_regelrecht.py",
    "tests/test_render.py",
    "tests/test_where_it_runs.py",
    "tests/test_new.py",
    "tests/test_what_if.py",
    "tests/test_suggest.py",
    "tests/test_cli.py",
    "tests/test_situation.py",
    "tests/test_remembered.py",
    "tests/test_agreement.py",
    "tests/test_finalise.py",
)
RANKS = {name: rank for rank, name in enumerate((*APART, *NEXT))}


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def rank(nodeid: str) -> int:
    """Smaller begins earlier."""
    return RANKS.get(file_of(nodeid), len(RANKS))


def unit(nodeid: str) -> str:
    """Tests of one unit run in one process, after each other."""
    file = file_of(nodeid)
    return nodeid if file in APART else TOGETHER[0] if file in TOGETHER else file


def scheduler(config: Any, log: Any) -> Any:
    """The scheduler of pytest-xdist for these units, in the order in which they were collected."""
    from xdist.scheduler import LoadScopeScheduling  # late: without -n it may not be there

    class ByUnit(LoadScopeScheduling):  # type: ignore[misc]
        def schedule(self) -> None:
            config.option.loadscopereorder = False  # the order is ours
            super().schedule()

        def _split_scope(self, nodeid: str) -> str:
            return unit(nodeid)

    return ByUnit(config, log)
