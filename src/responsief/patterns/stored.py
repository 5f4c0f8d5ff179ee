"""Decisions that were kept: what `responsief decide --format json` and `responsief finalise --format json` write.

A file holds one document (`.json`), or one on each line (`.jsonl`, `.ndjson`). Only one document is in memory at a time, and of each
decision only ids stay behind (`cases.Case`). A person counts once per ruleset: of a draft and the decision that was made of it the
decision counts, of two decisions the last one. Whether two decisions are about the same person is told by `sleutel` beside
`besluiten`, or else by the hash of the situation.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple

from responsief.diagnostics import Diagnostic
from responsief.patterns.cases import Case, Place, Places, Tally
from responsief.source import Source, Span
from responsief.wording import holds_bsn

LINES: Final = (".jsonl", ".ndjson")
ONE: Final = (".json",)
MAX_BYTES: Final = 64 << 20  # of one document: all decisions of one person take about one
PIECE: Final = 1 << 20
OUTCOMES: Final = ("toegekend", "gedeeltelijk", "afgewezen", "onbepaald", "wacht", "buiten_behandeling", "doorgezonden")
KINDS_OF_HELP: Final = ("andere_regeling", "voorziening", "samen", "eigen_kracht")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,79}")


class Kept(NamedTuple):
    """What stays of a decision: whether a person took it, on which day, the case, and what was named as help."""

    afgerond: bool
    dag: str
    case: Case
    hulp: tuple[tuple[str, str], ...]


class UnusableError(Exception):
    """Why a document is no decision, in Dutch."""


class Stored:
    """Collects decisions of files, in any order. `wrong` tells what was set aside, and where."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.wrong: list[Diagnostic] = []
        self._kept: dict[tuple[str, bytes], Kept] = {}
        self._same: dict[Any, Any] = {}  # one object for what is equal: most decisions are

    def read(self, path: Path) -> None:
        """Read one file; what can't be read in it goes to `wrong`."""
        name = path.stem if path.suffix.lower() in ONE else ""
        for number, raw in _documents(path):
            if isinstance(raw, str):
                self.wrong.append(wrong(path, number, raw))
                continue
            try:
                self._document(_parsed(raw), name, path, number)
            except UnusableError as why:
                self.wrong.append(wrong(path, number, str(why)))

    def tally(self) -> Tally:
        """The cases, each with how many people it is about."""
        found = Tally()
        refused: dict[bytes, list[str]] = defaultdict(list)
        for (ruleset, who), kept in self._kept.items():
            found.cases[kept.case] += 1
            if kept.case.uitkomst == "afgewezen":
                refused[who].append(ruleset)
        assert found.ook is not None
        for (ruleset, who), kept in self._kept.items():
            if kept.case.uitkomst != "afgewezen":
                continue
            for criterion in kept.case.gronden:
                found.ook.update((ruleset, criterion, other) for other in refused[who] if other != ruleset)
                found.hulp.update(((ruleset, criterion, provision), how) for provision, how in kept.hulp)
        return found

    def _document(self, data: Any, name: str, path: Path, number: int) -> None:
        if isinstance(data, list):
            for one in data:
                try:
                    self._document(one, "", path, number)
                except UnusableError as why:
                    self.wrong.append(wrong(path, number, str(why)))
            return
        if not isinstance(data, dict):
            raise UnusableError("dit is geen besluit")
        key = data.get("sleutel", "")
        if not isinstance(key, str | int) or isinstance(key, bool):
            raise UnusableError("«sleutel» is geen tekst of getal")
        key = str(key).strip()
        for one, act in _decisions(data):
            try:
                decision = _a_group(one, "besluiten")
                kept = _kept(decision, act, self.places.of_decision(key or name))
                self._keep(kept, key or _hash(decision) or name or f"{path}:{number}")
            except UnusableError as why:
                self.wrong.append(wrong(path, number, str(why)))

    def _keep(self, kept: Kept, who: str) -> None:
        at = (
            self._same.setdefault(kept.case.regelset, kept.case.regelset),
            hashlib.blake2b(who.encode(), digest_size=16).digest(),
        )
        before = self._kept.get(at)
        if before is not None:
            # a draft may be kept under another name than the decision: the place is known of one of them
            place = max(before.case.plek, kept.case.plek, key=lambda one: (one.wijk or "", one.gebouw or ""))
            last = max(before, kept, key=lambda one: (*one[:2], repr(one.case._replace(plek=Place())), one.hulp))
            kept = last._replace(case=last.case._replace(plek=place))
        self._kept[at] = self._same.setdefault(kept, kept)


def wrong(path: Path, line: int, text: str, advice: str = "dit document telt niet mee; bewaar het opnieuw") -> Diagnostic:
    """What could not be read, and where."""
    return Diagnostic("besluit-onleesbaar", text, Span(Source(path.as_posix(), ""), line, 1), advice)


# --- the documents of a file -------------------------------------------------------------------------------------------


def _documents(path: Path) -> Iterator[tuple[int, bytes | str]]:
    """Each document with its line, or why it can't be read."""
    try:
        with path.open("rb") as stream:
            if path.suffix.lower() in LINES:
                yield from _lines(stream)
                return
            whole = stream.read(MAX_BYTES + 1)
            yield (
                1,
                whole
                if len(whole) <= MAX_BYTES
                else "dit bestand is groter dan 64 MiB: zet elk besluit op een eigen regel (.jsonl)",
            )
    except OSError as failed:
        yield 1, f"dit bestand is niet te lezen: {failed.strerror}"


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | str]]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(PIECE)
            yield number, "deze regel is groter dan 64 MiB"
        elif line.strip():
            yield number, line


def _parsed(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnusableError("dit is geen UTF-8") from None
    except json.JSONDecodeError as fault:
        raise UnusableError(f"dit is geen JSON, of het breekt af (teken {fault.pos + 1})") from None
    except (RecursionError, ValueError):  # nested too deep, or a number of thousands of digits
        raise UnusableError("dit is geen besluit") from None


# --- from a document to what stays of it -------------------------------------------------------------------------------


def _decisions(data: dict[str, Any]) -> list[tuple[Any, dict[str, Any] | None]]:
    """What should be the decisions of a document, each with what was decided in its place if a person did."""
    if "concept" in data and "handeling" in data:
        return [(data["concept"], data)]
    if "besluiten" in data:
        return [(one, None) for one in _list(data, "besluiten")]
    if "regelset" in data and "uitkomst" in data:
        return [(data, None)]
    if "wat_als" in data:
        raise UnusableError("dit is een proef («--set»), geen besluit")
    raise UnusableError("dit is geen besluit van «responsief decide» of «responsief finalise»")


def _kept(one: dict[str, Any], act: dict[str, Any] | None, place: Place) -> Kept:
    ruleset, outcome, grounds = _id(one, "regelset"), one.get("uitkomst"), _ids(one, "afgewezen_op")
    choice, day = None, _text(one, "peildatum")
    used: tuple[str, ...] = ()
    if act is not None:
        taken, done = _group(act, "besluit"), _group(act, "handeling")
        outcome, grounds, used = taken.get("uitkomst"), _ids(taken, "gronden"), _ids(taken, "clausules")
        choice, day = _id(_group(done, "besluit"), "keuze"), _text(done, "datum") or day
    if outcome not in OUTCOMES:
        raise UnusableError("de uitkomst van dit besluit is niet te lezen")
    review = one.get("hardheid")
    reach: tuple[tuple[str, str], ...] = ()
    needs: tuple[int, int] | None = None
    helped: tuple[tuple[str, str], ...] = ()
    if review is not None:
        review = _a_group(review, "hardheid")
        clauses = [_a_group(clause, "clausules") for clause in _list(review, "clausules")]
        reach = tuple(
            sorted(
                {(_id(c, "criterium"), _id(c, "id")) for c in clauses if c.get("status") == "in_bereik" and c.get("criterium")}
            )
        )
        within = review.get("binnen_regels")
        needs = None if within is None else _needs(_a_group(within, "binnen_regels"))
        named = [_a_group(a, "alternatieven") for a in _list(review, "alternatieven")]
        helped = tuple(sorted({(_id(a, "id"), _id(a, "past")) for a in named if a.get("soort") in KINDS_OF_HELP}))
    case = Case(
        ruleset,
        _text(one, "versie"),
        outcome,
        tuple(sorted(set(grounds))),
        reach,
        choice,
        tuple(sorted(set(used))),
        needs,
        place,
    )
    return Kept(act is not None, day, case, helped if outcome == "afgewezen" else ())


def _hash(one: dict[str, Any]) -> str:
    receipt = one.get("verantwoording")
    found = receipt.get("situatie_sha256") if isinstance(receipt, dict) else None
    return found if isinstance(found, str) else ""


def _needs(within: dict[str, Any]) -> tuple[int, int]:
    served, of = within.get("geholpen"), within.get("van")
    if not isinstance(served, int) or not isinstance(of, int) or not 0 <= served <= of:
        raise UnusableError("«binnen_regels» is niet te lezen")
    return served, of


def _group(data: dict[str, Any], name: str) -> dict[str, Any]:
    return _a_group(data.get(name), name)


def _a_group(value: Any, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnusableError(f"«{name}» ontbreekt, of is niet te lezen")
    return value


def _list(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    if not isinstance(value, list):
        raise UnusableError(f"«{name}» ontbreekt, of is geen lijst")
    return value


def _ids(data: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_an_id(one, name) for one in _list(data, name))


def _id(data: dict[str, Any], name: str) -> str:
    return _an_id(data.get(name), name)


def _an_id(value: Any, name: str) -> str:
    if not isinstance(value, str) or _ID.fullmatch(value) is None or holds_bsn(value):
        raise UnusableError(f"bij «{name}» staat geen naam uit de regels")
    return value


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value[:20] if isinstance(value, str) else ""


def files_in(paths: Iterable[Path], endings: tuple[str, ...]) -> Iterator[Path]:
    """The files themselves, and those with these endings in folders, also deeper (not what is hidden); in the order of their names."""
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.rglob("*") if one.suffix.lower() in endings and one.is_file())
            yield from (one for one in inside if not any(part.startswith(".") for part in one.relative_to(path).parts))
        else:
            yield path
