"""Reading versions of files with the `git` program: no checkout, no temporary work tree, nothing is changed.

Works in a bare repository and in a shallow clone. What git can't give is told in Dutch, with what to do.
"""

from __future__ import annotations

import os
import posixpath
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NoReturn

from responsief.diagnostics import InvalidError, choose_from, finding
from responsief.frozen import dataclass

_FILE = b"100"  # the mode of an ordinary file begins so; a link or another repository in it is no file of a register


def stop(code: str, *, hulp: str | None = None, **words: object) -> NoReturn:
    """Raise InvalidError with this one finding."""
    raise InvalidError([finding(code, None, hulp=hulp, herstel=(), **words)])


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository. `root` is where its work tree stands (None: it has none), `inside` the folder in it where git was asked."""

    at: Path
    root: Path | None
    inside: str

    @classmethod
    def find(cls, at: Path, asked: str) -> Repository:
        """The repository around a folder. `asked` is what somebody typed. Raises InvalidError."""
        code, out, why = _run(at, "rev-parse", "--is-bare-repository", "--is-inside-work-tree")
        if code and "not a git repository" in why:
            stop("geen-repository", map=at.resolve().as_posix(), naam=asked)
        if code and "dubious ownership" in why:
            advice = f"vertrouwt u de map, typ dan «git config --global --add safe.directory {at.resolve().as_posix()}»"
            stop("git-mislukt", waarom="deze map is van een andere gebruiker", hulp=advice)
        if code:
            stop("git-mislukt", waarom=_first(why))
        if out.split()[1:] != [b"true"]:
            return cls(at, None, "")
        top, inside = (
            _text(_ask(at, "rev-parse", question)).removesuffix("\n") for question in ("--show-toplevel", "--show-prefix")
        )
        return cls(at, Path(top), inside.removesuffix("/"))

    def commit(self, ref: str) -> str:
        """The commit that a name stands for. Raises InvalidError."""
        if not ref.startswith("-"):
            code, out, _ = _run(self.at, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
            if not code:
                return _text(out).strip()
        stop("git-versie-onbekend", naam=ref, hulp=self._advice(ref))

    def _advice(self, ref: str) -> str | None:
        """What to do about a name that git does not know here."""
        known = _text(_ask(self.at, "for-each-ref", "--format=%(refname:short)")).split()
        if not known and _run(self.at, "rev-parse", "--verify", "--quiet", "HEAD")[0]:
            return "in deze repository is nog niets vastgelegd: typ eerst «git add» en «git commit»"
        elsewhere = next((name for name in known if name.endswith(f"/{ref}")), None)
        if elsewhere is not None:
            return f"bedoelde u «{elsewhere}»?"
        if self.shallow:
            return f"{_DEEPER}; ontbreekt de tak, typ dan eerst «git fetch origin {ref}»"
        return choose_from(ref, known) or None

    @property
    def shallow(self) -> bool:
        """Was only a part of the history fetched?"""
        return _text(_ask(self.at, "rev-parse", "--is-shallow-repository")).strip() == "true"

    def merge_base(self, one: str, other: str) -> str:
        """The commit from which two went apart. Raises InvalidError when there is none here."""
        code, out, _ = _run(self.at, "merge-base", self.commit(one), self.commit(other))
        if code:
            stop("git-geen-begin", een=one, ander=other, hulp=_DEEPER if self.shallow else None)
        return _text(out).strip()

    def tree(self, commit: str) -> dict[str, str]:
        """Every ordinary file of a commit: its path in the repository, and the name of its content."""
        found = {}
        for line in _ask(self.at, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0"):
            what, _, path = line.partition(b"\t")
            if what.startswith(_FILE):
                found[_text(path)] = _text(what.split()[2])
        return found

    def contents(self, blobs: Mapping[str, str]) -> dict[str, bytes]:
        """The content of each file, by path. Raises InvalidError when git lacks one."""
        out = _ask(self.at, "cat-file", "--batch", given="".join(f"{blob}\n" for blob in blobs.values()).encode())
        return dict(zip(blobs, _batch(out), strict=True))

    def work_tree(self) -> dict[str, Path]:
        """The files as they stand now: tracked, or new and not ignored. By path in the repository."""
        if self.root is None:
            stop("git-geen-werkmap")
        listed = _ask(self.root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--full-name")
        paths = {_text(raw): self.root / os.fsdecode(raw) for raw in sorted(set(listed.split(b"\0")) - {b""})}
        return {name: path for name, path in paths.items() if path.is_file() and not path.is_symlink()}

    def ways(self, path: str) -> Iterator[str]:
        """What a path that somebody typed can mean in the repository: from its top, or from the folder where she stands."""
        for start in ("", self.inside):
            way = posixpath.normpath(posixpath.join(start, path.replace(os.sep, "/")))
            if not way.startswith(("../", "/")) and way != "..":
                yield "" if way == "." else way


_DEEPER = (
    "hier is maar een deel van de geschiedenis opgehaald: typ «git fetch --unshallow», of zet «fetch-depth: 0» in de workflow"
)


def _batch(out: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        head = out[at:end].split()
        if head[1:2] != [b"blob"]:
            stop("git-mislukt", waarom=f"{_text(out[at:end])}")
        size = int(head[2])
        yield out[end + 1 : end + 1 + size]
        at = end + size + 2


def _ask(at: Path, *args: str, given: bytes = b"") -> bytes:
    """What git answers. Raises InvalidError when it refuses."""
    code, out, why = _run(at, *args, given=given)
    if code:
        stop("git-mislukt", waarom=_first(why))
    return out


def _run(at: Path, *args: str, given: bytes = b"") -> tuple[int, bytes, str]:
    # LC_ALL: its messages are recognised above; no question for a password; and nothing of the repository is refreshed on disk
    quiet = {**os.environ, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        done = subprocess.run(["git", "-C", str(at), *args], input=given, capture_output=True, env=quiet, check=False)
    except FileNotFoundError:
        stop("git-ontbreekt")
    except OSError as wrong:
        stop("git-mislukt", waarom=wrong.strerror or "git start niet")
    return done.returncode, done.stdout, _text(done.stderr)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _first(why: str) -> str:
    """What git said of it, without its own preface."""
    lines: Iterable[str] = (line.removeprefix("fatal: ").removeprefix("error: ").strip() for line in why.splitlines())
    return next((line for line in lines if line), "git zei niet waarom")
