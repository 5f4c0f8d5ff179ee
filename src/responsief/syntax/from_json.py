"""JSON text -> the same nodes with places as YAML gives, and the plain values beside them.

Python's own reader makes the values. Where it stops, or something in them is wrong, this one walks the text again to say where.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json.decoder import scanstring  # type: ignore[attr-defined]  # typeshed leaves it out
from typing import Any, Final

from responsief.diagnostics import Diagnostic, Findings
from responsief.source import Scalar, Source, Span
from responsief.syntax.from_yaml import MAX_BYTES, MAX_DEPTH
from responsief.syntax.nodes import Document, Mapping, Sequence, Yaml

MAX_DIGITS: Final = 18  # of a whole number: what is longer is read as a number that no fact can be

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_BARE: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])|true\b|false\b|null\b")
_WORD: Final = re.compile(r"[^\s,:{}\[\]\"]+")


def values(text: str) -> Any:
    """The plain values of a JSON text. Raises ValueError (or RecursionError) when `read_json` has something to say about it."""
    found = json.loads(text, object_pairs_hook=_once, parse_int=_whole, parse_float=_broken, parse_constant=_constant)
    if "\\u" in text and _half(found):
        raise ValueError("half a character")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key twice")
    return found


def _whole(digits: str) -> int:
    return int(digits) if len(digits) <= MAX_DIGITS else 10**MAX_DIGITS


def _broken(digits: str) -> float:
    return float(digits[:400]) if len(digits) <= 400 else float("inf")


def _constant(word: str) -> Any:
    raise ValueError(word)


def _half(value: Any) -> bool:
    """Is there a text with half a character in it (a surrogate without the other)?"""
    if isinstance(value, str):
        return not value.isascii() and any("\ud800" <= c <= "\udfff" for c in value)
    if isinstance(value, dict):
        return any(_half(k) or _half(v) for k, v in value.items())
    return isinstance(value, list) and any(map(_half, value))


def read_json(source: Source, findings: Findings) -> Document | None:
    """The one group of a JSON text, with places; findings and None when there is none that can be used."""
    if len(source.text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        findings.add("bestand-te-groot", Span(source, 1, 1))
        return None
    walk = _Walk(source, findings)
    try:
        root = walk.whole()
    except _Stop as stop:
        findings.items.append(stop.finding)
        return None
    if not isinstance(root, Mapping):
        findings.add("geen-groep", root.span() if isinstance(root, Scalar) else root.span)
        return None
    return Document(source, root)


class _Stop(Exception):
    def __init__(self, finding: Diagnostic) -> None:
        self.finding = finding


class _Walk:
    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        self.text = source.text
        self.findings = findings
        self.lines = [0, *(m.end() for m in re.finditer("\n", source.text))]

    def place(self, at: int) -> tuple[int, int]:
        line = bisect_right(self.lines, at)
        return line, at - self.lines[line - 1] + 1

    def span(self, at: int, width: int = 1) -> Span:
        return Span(self.source, *self.place(at), max(1, width))

    def wrong(self, at: int, text: str, hint: str, code: str = "json", width: int = 1) -> _Stop:
        return _Stop(Diagnostic(code, text, self.span(min(at, max(0, len(self.text) - 1)), width), hint))

    def skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def next(self, at: int) -> str:
        return self.text[at : at + 1]

    def whole(self) -> Yaml:
        root, at = self.value(self.skip(0), 0)
        at = self.skip(at)
        if at < len(self.text):
            raise self.wrong(at, "na het einde staat nog iets", "één bestand is één groep: «{…}»")
        return root

    def value(self, at: int, depth: int) -> tuple[Yaml, int]:
        if depth > MAX_DEPTH:
            raise self.wrong(at, "dit is meer dan 40 niveaus diep", "maak het vlakker", "yaml-diep")
        match self.next(at):
            case "{":
                return self.group(at, depth)
            case "[":
                return self.row(at, depth)
            case '"':
                return self.string(at)
        found = _BARE.match(self.text, at)
        if found is None:
            raise self.no_value(at)
        return self.scalar(found[0], at, found.end()), found.end()

    def no_value(self, at: int) -> _Stop:
        found = _WORD.match(self.text, at)
        if self.next(at) == "":
            return self.wrong(
                at, "hier stopt het bestand, maar er hoort nog iets", "kijk of elke «{» en «[» ook gesloten wordt"
            )
        if found is None:
            return self.wrong(
                at,
                f"hier hoort een waarde, niet «{self.next(at)}»",
                "kijk of er een komma of waarde te veel of te weinig staat",
            )
        word = found[0] if len(found[0]) <= 40 else found[0][:39] + "…"
        if word[0] == "'":
            hint = "gebruik dubbele aanhalingstekens"
        elif word.lower() in ("ja", "nee", "onbekend", "geen"):
            hint = f'zet het tussen dubbele aanhalingstekens: «"{word}"»'
        elif re.fullmatch(r"-?(nan|inf(inity)?)", word.lower()):
            hint = "schrijf null als het onbekend is"
        elif re.fullmatch(r"-?0[0-9]+", word):
            hint = f'een getal begint niet met een nul; is het een code, schrijf dan «"{word}"»'
        else:
            hint = "zet tekst, bedragen en datums tussen dubbele aanhalingstekens"
        return self.wrong(at, f"«{word}» kan zo niet in JSON", hint, width=len(word))

    def group(self, at: int, depth: int) -> tuple[Mapping, int]:
        start, entries = self.span(at), dict[str, tuple[Scalar, Yaml]]()
        at = self.skip(at + 1)
        while self.next(at) != "}":
            if self.next(at) != '"':
                raise self.no_key(at, first=not entries)
            key, at = self.string(at)
            at = self.skip(at)
            if self.next(at) != ":":
                raise self.wrong(at, f"na «{key.value[:40]}» hoort een dubbele punt", 'schrijf «"veld": waarde»')
            value, at = self.value(self.skip(at + 1), depth + 1)
            if key.value in entries:
                first = entries[key.value][0].line
                self.findings.add("dubbele-sleutel", key.span(), sleutel=key.value, regel=first)
            else:
                entries[key.value] = (key, value)
            at = self.after(at, "}")
        return Mapping(entries, start), at + 1

    def no_key(self, at: int, *, first: bool) -> _Stop:
        if self.next(at) in ("", "'") or _WORD.match(self.text, at) is None:
            return self.no_value(at)
        found = _WORD.match(self.text, at)
        name = found[0][:40] if found else ""
        hint = f'schrijf «"{name}": …»' if name else "haal de komma weg"
        return self.wrong(at, "hier hoort de naam van een veld, tussen dubbele aanhalingstekens", hint, width=len(name))

    def row(self, at: int, depth: int) -> tuple[Sequence, int]:
        start, items = self.span(at), []
        at = self.skip(at + 1)
        while self.next(at) != "]":
            item, at = self.value(at, depth + 1)
            items.append(item)
            at = self.after(at, "]")
        return Sequence(tuple(items), start), at + 1

    def after(self, at: int, close: str) -> int:
        """Past the comma after an entry, or at the closing bracket."""
        at = self.skip(at)
        if self.next(at) == ",":
            comma, at = at, self.skip(at + 1)
            if self.next(at) == close:
                raise self.wrong(comma, f"na de laatste komt geen komma, maar «{close}»", "haal de komma weg")
        elif self.next(at) == "":
            raise self.wrong(
                at, f"hier stopt het bestand, maar er hoort nog «{close}»", "kijk of elke «{» en «[» ook gesloten wordt"
            )
        elif self.next(at) != close:
            raise self.wrong(at, f"hier hoort een komma of «{close}»", "zet een komma tussen twee velden of regels")
        return at

    def string(self, at: int) -> tuple[Scalar, int]:
        try:
            value, end = scanstring(self.text, at + 1, True)
        except json.JSONDecodeError as wrong:
            if wrong.msg.startswith("Unterminated"):
                raise self.wrong(at, "deze tekst heeft geen sluitend aanhalingsteken", 'sluit af met «"»') from None
            if wrong.msg.startswith("Invalid control"):
                raise self.wrong(
                    wrong.pos, "een tekst kan hier geen nieuwe regel of tab hebben", "schrijf «\\n» of «\\t»"
                ) from None
            raise self.wrong(
                wrong.pos, "«\\» met dit teken kan niet in JSON", "schrijf «\\\\» voor een schuine streep"
            ) from None
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise self.wrong(
                at, "in deze tekst staat een half teken («\\ud…» zonder het andere)", "schrijf het teken zelf", "teken-onbekend"
            )
        return self.scalar(value, at, end), end

    def scalar(self, value: str, start: int, end: int) -> Scalar:
        return Scalar(value, self.source, start, end, *self.place(start))
