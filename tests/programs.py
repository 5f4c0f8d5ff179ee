"""Programs that open what was made: a test that needs one is skipped where it is not installed, and says what brings it back."""

from __future__ import annotations

import shutil

import pytest


def program(name: str, package: str) -> str:
    """A program of this machine; .ci/run installs what is missing, elsewhere the skip says what brings the test back."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on this machine: apt-get install {package}")
    return found
