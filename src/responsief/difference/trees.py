"""What somebody named, as files that are not read yet: of two paths, of two commits, or of a commit and the work tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from responsief.diagnostics import Diagnostic, Findings
from responsief.difference.git import Repository, stop
from responsief.frozen import dataclass
from responsief.source import Source, Span

YAML: Final = (".yaml", ".yml")
HOME: Final = "rulesets"  # where a repository keeps its register, when nobody says otherwise
_RANGE: Final = re.compile(r"(?P<old>.*?)(?P<dots>\.{2,3})(?P<new>.*)")


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of one side: their bytes, by the name that places in them get.

    `below` are the files that were named, with where each stands below what was named. `loose` are files that count only as far
    as they are of a register. `told` stands in front of a finding where the name of its file does not say which side it is. `alone`:
    a single file on disk, that the other side may stand beside.
    """

    naam: str
    raw: Mapping[str, bytes]
    below: Mapping[str, str]
    loose: frozenset[str]
    findings: tuple[Diagnostic, ...] = ()
    told: str = ""
    alone: bool = False


def read_trees(old: str, new: str | None, path: str | None, at: Path) -> tuple[Tree, Tree]:
    """Both sides of what was typed. What exists as a file or folder is one, also where git has a branch of that name.

    Raises InvalidError when there is no such file, or with what git can't give.
    """
    is_old, is_new = (at / old).exists(), new is not None and (at / new).exists()
    if new is not None and is_old and is_new:
        return _on_disk(at, old, path), _on_disk(at, new, path)
    for name, there in ((old, is_old), (new, is_new)):
        if name is not None and not there and (name.endswith((*YAML, "/")) or name.startswith(("./", "../", "/", "~"))):
            _missing(name)
    if new is None and is_old:
        return _in_git(at, "HEAD", None, path or (at / old).resolve().as_posix())
    if is_new:
        return _in_git(at, old, None, path or (at / str(new)).resolve().as_posix())
    return _in_git(at, old, new, path)


def _missing(name: str) -> None:
    found = Findings()
    found.add("bestand-onleesbaar", Span(Source(name, ""), 1, 1), waarom="het bestaat niet")
    found.stop()


# --- on disk -----------------------------------------------------------------------------------------------------------------


def _on_disk(at: Path, name: str, path: str | None) -> Tree:
    """A folder with all its files; of a file also what stands beside it."""
    name = (Path(name) / path if path else Path(name)).as_posix()
    there = at / name
    if not there.exists():
        _missing(name)
    if there.is_dir():
        below = {p: p.relative_to(there).as_posix() for p in sorted(there.rglob("*")) if p.suffix in YAML and p.is_file()}
        raw, findings = _bytes({p: f"{name}/{rest}" for p, rest in below.items()})
        if not below:
            findings.add("lege-map", Span(Source(name, ""), 1, 1))
        return Tree(f"{name}/", raw, {f"{name}/{rest}": rest for rest in below.values()}, frozenset(), tuple(findings))
    beside = {
        p: (Path(name).parent / p.name).as_posix() for p in sorted(there.parent.iterdir()) if p.suffix in YAML and p != there
    }
    around, _ = _bytes({p: told for p, told in beside.items() if p.is_file()})
    raw, findings = _bytes({there: name})
    return Tree(name, {**around, **raw}, dict.fromkeys(raw, ""), frozenset(around), tuple(findings), alone=True)


def _bytes(names: Mapping[Path, str]) -> tuple[dict[str, bytes], Findings]:
    raw, findings = {}, Findings()
    for path, name in names.items():
        try:
            raw[name] = path.read_bytes()
        except OSError as wrong:
            findings.add("bestand-onleesbaar", Span(Source(name, ""), 1, 1), waarom=wrong.strerror or "onbekende reden")
    return raw, findings


# --- in git ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Listed:
    """The YAML that one side has, by path in the repository, and how it is read."""

    naam: str
    files: Mapping[str, Any]
    read: Callable[[Mapping[str, Any]], tuple[dict[str, bytes], Findings]]


def _in_git(at: Path, old: str, new: str | None, path: str | None) -> tuple[Tree, Tree]:
    repository = Repository.find(at, old)
    dots = _RANGE.fullmatch(old) if new is None else None
    if dots is None:
        was = _commit(repository, old, repository.commit(old))
        wordt = _commit(repository, new, repository.commit(new)) if new is not None else _work_tree(repository)
    else:
        first, last = dots["old"] or "HEAD", dots["new"] or "HEAD"
        wordt = _commit(repository, last, repository.commit(last))
        if dots["dots"] == "...":
            was = _commit(repository, f"{first} (waar {last} begon)", repository.merge_base(first, last))
        else:
            was = _commit(repository, first, repository.commit(first))
    sides = (was, wordt)
    home = any(_under(name, HOME) for side in sides for name in side.files)
    base = _meant(repository, path, sides) if path else HOME if home else ""

    def tree(side: _Listed) -> Tree:
        wanted = {n: at for n, at in side.files.items() if _under(n, base) or not home or _under(n, HOME)}
        raw, findings = side.read(wanted)
        # without a folder of their own, files of a register stand between all other YAML of a repository
        loose = frozenset() if home else frozenset(n for n in raw if not path or not _under(n, base))
        below = {n: n.removeprefix(base).removeprefix("/") for n in raw if _under(n, base)}
        return Tree(side.naam, raw, below, loose, tuple(findings), f"in {side.naam}: ")

    return tree(was), tree(wordt)


def _commit(repository: Repository, naam: str, commit: str) -> _Listed:
    files = {name: blob for name, blob in repository.tree(commit).items() if name.endswith(YAML)}
    return _Listed(naam, files, lambda wanted: (repository.contents(wanted), Findings()))


def _work_tree(repository: Repository) -> _Listed:
    files = {name: place for name, place in repository.work_tree().items() if name.endswith(YAML)}
    return _Listed("de werkmap", files, lambda wanted: _bytes({place: name for name, place in wanted.items()}))


def _meant(repository: Repository, path: str, sides: Sequence[_Listed]) -> str:
    """The file or folder of the repository that somebody means: on one side at least. Raises InvalidError."""
    if repository.root is not None and Path(path).is_absolute():
        root, whole = repository.root.resolve(), Path(path).resolve()
        path = whole.relative_to(root).as_posix() if whole.is_relative_to(root) else path
    for way in repository.ways(path):
        if any(_under(name, way) for side in sides for name in side.files):
            return way
    stop("git-pad-ontbreekt", pad=path)


def _under(name: str, base: str) -> bool:
    return not base or name == base or name.startswith(f"{base}/")
