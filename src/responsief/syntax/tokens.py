"""The text of an expression as tokens, and the place and advice where the next one is not what it should be."""

from __future__ import annotations

import re
from typing import Final, NamedTuple, NoReturn

from responsief.diagnostics import Findings
from responsief.source import Place, Scalar
from responsief.syntax import meant

MAX_LENGTH: Final = 2000

KEYWORDS: Final = frozenset(
    [
        "en",
        "of",
        "niet",
        "tussen",
        "in",
        "is",
        "bekend",
        "onbekend",
        "geen",
        "van",
        "op",
        "ja",
        "nee",
        "waar",
        "min",
        "max",
        "afronden",
        "naar",
        "boven",
        "beneden",
        "leeftijd",
        "aantal",
        "som",
        "bestaat",
        "alle",
        "dagen",
        "maanden",
        "jaren",
    ]
)
#: words that may still be the name of a field or term, because they only mean something in their own place
SOFT: Final = frozenset(
    [
        "van",
        "op",
        "geen",
        "boven",
        "beneden",
        "naar",
        "bekend",
        "onbekend",
        "dagen",
        "maanden",
        "jaren",
        "min",
        "max",
        "aantal",
        "som",
        "alle",
        "leeftijd",
    ]
)

HARD: Final = KEYWORDS - SOFT

_TOKEN: Final = re.compile(
    r"""\s*(?:
        (?P<geld>(?:€|EUR\b)\s*-?\d[\d.]*(?:,(?:\d+|-))?(?:[.,]\d+)*)
      | (?P<datum>\d{4}-\d\d-\d\d(?!\d)|\d{1,2}-\d{1,2}-\d{4}(?!\d)|\d{1,2}/\d{1,2}/\d{4}(?!\d))
      | (?P<getal>\d+(?:[.,]\d+)*)
      | (?P<woord>[^\W\d]\w*)
      | (?P<tekst>'[^']*'|"[^"]*")
      | (?P<teken><=|>=|!=|<>|==|&&|\|\||=>|=<|[-+*/%()\[\],.=<>!]|≤|≥|≠)
    )""",
    re.VERBOSE,
)

COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})


class Token(NamedTuple):
    kind: str
    text: str
    at: int


class Stop(Exception):
    """A finding was reported; this expression can't be read any further."""


class Tokens:
    """What is left to read of an expression. Whoever reads on past a mistake would only mislead: the first one stops."""

    def __init__(self, scalar: Scalar, findings: Findings, when_empty: str | None = None) -> None:
        self.scalar = scalar
        self.findings = findings
        self.depth = 0
        if not scalar.value.strip():
            self.fail("lege-expressie", Place(scalar, 0, 1), hulp=when_empty)
        if len(scalar.value) > MAX_LENGTH:
            self.fail("expressie-te-lang", Place(scalar, 0, 1))
        self.tokens = self.tokenize()
        self.index = 0
        self.now = self.tokens[0]

    # tokens

    def tokenize(self) -> list[Token]:
        text, at, tokens = self.scalar.value, 0, []
        end = len(text.rstrip())
        while at < end:
            found = _TOKEN.match(text, at)
            if found is None:
                at += len(text[at:]) - len(text[at:].lstrip())
                if text[at] in "'\"":
                    self.fail("tekst-niet-gesloten", Place(self.scalar, at, 1))
                self.fail("teken-onbekend", Place(self.scalar, at, 1), teken=text[at], hulp=meant.sign(text[at]) or None)
            kind = found.lastgroup or ""
            at = found.end()
            tokens.append(Token(kind, found[kind], found.start(kind)))
        tokens.append(Token("einde", "", end))
        return tokens

    @property
    def ahead(self) -> Token:
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    @property
    def before(self) -> Token:
        return self.tokens[self.index - 1] if self.index else Token("begin", "", 0)

    def take(self) -> Token:
        token = self.now
        if token.kind != "einde":
            self.index += 1
            self.now = self.tokens[self.index]
        return token

    def sees(self, *texts: str) -> bool:
        """Is the next token one of these words or signs? (A text in quotes has its quotes, so it is none.)"""
        return self.now.text in texts

    def accept(self, *texts: str) -> Token | None:
        return self.take() if self.now.text in texts else None

    def expect(self, text: str, what: str | None = None) -> Token:
        if self.now.text == text:
            return self.take()
        return self.surprised(what or f"«{text}»")

    def place(self, token: Token) -> Place:
        return Place(self.scalar, token.at, max(1, len(token.text)))

    def since(self, start: Token) -> Place:
        last = self.tokens[max(0, self.index - 1)]
        return Place(self.scalar, start.at, max(1, last.at + len(last.text) - start.at))

    def fail(self, code: str, place: Place, *, hulp: str | None = None, **words: object) -> NoReturn:
        if not self.findings.full:
            self.findings.add(code, place.span, hulp=hulp, **words)
        raise Stop

    def surprised(self, what: str, hulp: str = "") -> NoReturn:
        token, before = self.now, self.before
        if token.kind == "einde":
            self.cut_off(what)
        if token.text in meant.FOREIGN:
            self.fail("een-is-geen-vergelijking", self.place(token), gevonden=token.text, hulp=meant.FOREIGN[token.text])
        if before.text == "," and token.text in (")", "]"):
            hulp = "haal de komma ervoor weg"
        elif token.text == "," and what.startswith("«en»"):
            hulp = "schrijf «en» in plaats van de komma"
        elif token.text == "(" and what.startswith("«[»"):
            hulp = "gebruik rechte haken: «[ … ]»"
        elif token.kind in ("tekst", "getal", "geld") and what.startswith("«,»"):
            hulp = "zet er een komma tussen"
        elif token.text == "%" and before.kind == "woord":
            hulp = meant.per_cent(before.text)
        elif token.text == "+" or (token.text in COMPARISONS and before.text in COMPARISONS):
            hulp = f"haal «{token.text}» weg"
        elif token.text in COMPARISONS and before.kind == "begin":
            hulp = "schrijf ervoor wat u vergelijkt"
        elif before.text == "is" and token.kind in ("tekst", "getal", "geld", "datum"):
            hulp = "schrijf «=» om te vergelijken"
        elif token.text == "waar" and self.ahead.kind == "einde":
            hulp = "schrijf «ja»"
        elif token.kind == "woord":
            hulp = meant.lower(token.text, KEYWORDS) or hulp or meant.word(token.text)
        self.fail("verwacht", self.place(token), wat=what, gevonden=token.text, hulp=hulp)

    def cut_off(self, what: str) -> NoReturn:
        """The expression stops too soon: perhaps a comma of YAML cut it, perhaps it ends with a full stop."""
        end = self.now
        hulp = "haal de punt weg, of noem een veld" if self.before.text == "." else ""
        self.fail("verwacht-einde", Place(self.scalar, max(0, end.at - 1), 1), wat=what, hulp=hulp or None)
