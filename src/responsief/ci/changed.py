"""Which lines a branch changed, by `git diff`."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Final

_HUNK: Final = re.compile(r"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPED: Final = re.compile(r"\\(?:([0-7]{3})|(.))", re.DOTALL)
_SIGNS: Final = {"a": 7, "b": 8, "t": 9, "n": 10, "v": 11, "f": 12, "r": 13}


class GitError(Exception):
    """Git is not there, or has no answer: the message is Dutch, `hulp` says what to do."""

    def __init__(self, text: str, hulp: str) -> None:
        super().__init__(text)
        self.hulp = hulp


def root_of(here: Path) -> Path:
    """The top folder of the repository that `here` lies in. Raises GitError."""
    return Path(_git(here, "rev-parse", "--show-toplevel").removesuffix("\n"))


def changed_since(ref: str, here: Path) -> dict[str, set[int]]:
    """Of each file (as a path from the top folder) the lines that differ from where this branch left `ref`, as they are numbered
    now. A file that git does not know yet is not in it. Raises GitError."""
    try:
        commit = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").strip()
    except GitError as wrong:
        if str(wrong):
            raise
        hint = "haal die eerst op met «git fetch»; in een GitHub Action: «fetch-depth: 0» bij actions/checkout"
        raise GitError(f"git kent hier geen «{ref}»", hint) from wrong
    with suppress(GitError):  # nothing in common (a shallow clone): compare with the commit itself
        commit = _git(here, "merge-base", commit, "HEAD").strip()
    options = (
        "-U0",
        "--no-color",
        "--no-ext-diff",
        "--no-textconv",
        "--no-relative",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        "-M",
    )
    return changed_lines(_git(here, "-c", "core.quotePath=true", "diff", *options, commit, "--"))


def changed_lines(diff: str) -> dict[str, set[int]]:
    """The new numbers of the lines that a unified diff adds or changes, by path."""
    found: dict[str, set[int]] = {}
    path: str | None = None
    skip = 0  # lines of a hunk still to come: they may look like a heading
    for line in diff.split("\n"):
        if skip and line[:1] in ("+", "-", " "):
            skip -= 1
            continue
        if line.startswith("+++ "):
            path = _path(line[4:])
        elif path is not None and (hunk := _HUNK.match(line)) is not None:
            gone, start, come = int(hunk[1] or 1), int(hunk[2]), int(hunk[3] or 1)
            skip = gone + come
            if come:
                found.setdefault(path, set()).update(range(start, start + come))
    return found


def _path(written: str) -> str | None:
    """The path in a heading of a diff: between quotes when it has odd signs; None for a file that is gone."""
    written = written.removesuffix("\t")  # git ends a name with a space in it so
    if written.startswith('"') and written.endswith('"'):
        written = (
            _ESCAPED.sub(_sign, written[1:-1]).encode("latin-1", "replace").decode("utf-8", "surrogateescape")
        )  # one sign per byte
    return written.removeprefix("b/") if written.startswith("b/") else None


def _sign(found: re.Match[str]) -> str:
    if found[1]:
        return chr(int(found[1], 8))
    return chr(_SIGNS[found[2]]) if found[2] in _SIGNS else found[2]


def _git(here: Path, *words: str) -> str:
    """What git says. Raises GitError; with no text when git refused without a word."""
    try:
        done = subprocess.run(["git", *words], cwd=here, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C"})
    except OSError as wrong:
        raise GitError("git staat niet op deze computer", "installeer git, of laat --changed-since weg") from wrong
    told = done.stderr.decode("utf-8", "replace")
    if done.returncode and "not a git repository" in told:
        raise GitError("deze map hoort niet bij een git-repository", "laat --changed-since weg, of ga eerst naar de repository")
    if done.returncode and "dubious ownership" in told:
        hint = "als u deze map vertrouwt: git config --global --add safe.directory met de map erachter"
        raise GitError("deze map is van een andere gebruiker, en dan leest git haar niet", hint)
    if done.returncode:
        raise GitError(f"git gaf geen antwoord: {' '.join(told.split())[:300]}" if told.strip() else "", "")
    return done.stdout.decode("utf-8", "surrogateescape")
