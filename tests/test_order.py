"""What runs where with pytest-xdist (order.py) is about files that exist, and splits what it should."""

from __future__ import annotations

from pathlib import Path

import order

HERE = Path(__file__).parent


def test_every_file_that_has_a_place_exists_and_has_one_place() -> None:
    named = [*order.APART, *order.NEXT]
    assert [name for name in named if not (HERE.parent / name).is_file()] == []
    assert len(named) == len(set(named))


def test_tests_of_a_file_stay_together_unless_they_are_long() -> None:
    assert order.unit("tests/test_values.py::test_a") == order.unit("tests/test_values.py::test_b[x::y]")
    assert order.unit("tests/test_mutation.py::test_a") != order.unit("tests/test_mutation.py::test_b")
    assert order.unit("tests/test_worked_cases.py::test_a") == order.unit("tests/test_shipped_cases.py::test_b")
    assert (
        order.rank("tests/test_mutation.py::test_a")
        < order.rank("tests/test_documents.py::test_b")
        < order.rank("tests/x.py::c")
    )
