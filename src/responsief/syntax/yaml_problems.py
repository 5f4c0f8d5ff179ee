"""What libyaml stumbles over, in the words of who typed it: where the mistake stands (not where it was noticed), and what to do."""

from __future__ import annotations

import re
from typing import Any, Final

from responsief.frozen import dataclass
from responsief.source import Scalar, Source, Span


@dataclass(frozen=True, slots=True)
class Problem:
    """Where, what, and what to do about it."""

    span: Span
    what: str
    advice: str | None = None


#: spaces that look like a space or like nothing, and are none to YAML
_INVISIBLE: Final = re.compile("[\u00a0\u00ad\u2007\u200b-\u200d\u202f\u2060\ufeff]")

_QUOTE_IT: Final = "zet de hele waarde tussen dubbele aanhalingstekens"
_LINE_UP: Final = "zet een sleutel recht onder de vorige sleutel van dezelfde groep; een punt van een lijst begint met «- »"

#: the other problems: a part of libyaml's text -> what, and what to do
_PLAIN: Final = {
    "found character that cannot start any token": ("dit teken kan niet aan het begin van een waarde staan", _QUOTE_IT),
    "did not find expected alphabetic or numeric character": ("«*» en «&» kunnen hier niet", _QUOTE_IT),
    "did not find expected node content": ("hier hoort een waarde", "vul een waarde in, of haal de komma weg"),
    "block sequence entries are not allowed": (
        "een lijst met streepjes kan hier niet beginnen",
        "zet elk punt met zijn streepje op een eigen regel, of schrijf «[een, twee]»",
    ),
    "found unknown escape character": ("«\\» kan niet tussen dubbele aanhalingstekens", "gebruik enkele aanhalingstekens"),
}


def explain(source: Source, wrong: Any, long_text: Scalar | None) -> Problem:
    """A YAML error as a problem. `long_text` is the last quoted text before it that runs over more lines."""
    return _Explained(source, wrong, long_text).problem()


class _Explained:
    def __init__(self, source: Source, wrong: Any, long_text: Scalar | None) -> None:
        self.source = source
        self.text: str = wrong.problem or ""
        self.context: str = wrong.context or ""
        mark: Any = wrong.problem_mark or wrong.context_mark
        start: Any = wrong.context_mark or mark
        self.line: int = mark.line + 1 if mark else 1
        self.column: int = mark.column + 1 if mark else 1
        self.start_line: int = start.line + 1 if start else 1
        self.start_column: int = start.column + 1 if start else 1
        self.long_text = long_text

    def here(self, width: int = 1) -> Span:
        return Span(self.source, self.line, self.column, width)

    def start(self, width: int = 1) -> Span:
        return Span(self.source, self.start_line, self.start_column, width)

    def problem(self) -> Problem:
        found = self.found()
        if _INVISIBLE.search(self.source.line(found.span.line)):
            advice = "op deze regel staat een onzichtbaar teken, zoals een harde spatie: typ gewone spaties"
            return Problem(found.span, found.what, advice)
        return found

    def found(self) -> Problem:
        head = self.source.line(self.line)[: self.column - 1]
        unclosed = self.unclosed(head)
        if unclosed is not None:
            return unclosed
        if "mapping values are not allowed" in self.text:
            return self.colon(head)
        if "could not find expected ':'" in self.text:
            return self.no_colon()
        if "did not find expected key" in self.text or "did not find expected '-' indicator" in self.text:
            return self.out_of_line(head)
        if "did not find expected ',' or" in self.text:
            bracket = "]" if "']'" in self.text else "}"
            return Problem(
                self.here(),
                f"hier ontbreekt een komma, of de «{bracket}» van het einde",
                f"voeg die toe; staat er een haakje, komma of aanhalingsteken in een waarde: {_QUOTE_IT}",
            )
        if "did not find expected comment or line break" in self.text:
            value = self.source.line(self.start_line)[self.start_column - 1 :].strip()
            return Problem(
                self.start(), f"«{value[:1]}» aan het begin van een waarde kondigt tekst van meer regels aan", quoted(value)
            )
        if "did not find expected <document start>" in self.text:
            rows = self.source.lines[: self.line - 1]
            first = next((row for row in rows if row.strip() and not row.lstrip().startswith("#")), "")
            indented = first.startswith(" ")
            return Problem(
                self.here(),
                "de regels erboven springen in, deze niet" if indented else "deze regel hoort niet meer bij het bestand",
                "laat alle sleutels van het hoogste niveau aan de kantlijn beginnen",
            )
        row = self.source.line(self.line)
        if row.lstrip().startswith("* "):
            star = Span(self.source, self.line, row.index("*") + 1)
            what = "een punt van een lijst begint met een streepje, niet met «*»"
            return Problem(star, what, f"schrijf «- {row.lstrip()[2:].strip()}»")
        for part, (what, advice) in _PLAIN.items():
            if part in self.text:
                return Problem(self.here(), what, advice)
        return Problem(self.here(), "de YAML is hier niet te lezen", None)

    def unclosed(self, head: str) -> Problem | None:
        """A quote or bracket that was opened before, and never closed."""
        if "quoted scalar" in self.context and "found unexpected end of stream" in self.text:
            quote = self.source.line(self.start_line)[self.start_column - 1 : self.start_column]
            advice = short_word(self.start()) or f"sluit de tekst af met «{quote}»"
            return Problem(self.start(), "dit aanhalingsteken wordt niet gesloten", advice)
        long = self.long_text
        if long is not None and self.source.text.count("\n", 0, long.end) + 1 == self.line:
            start = Span(self.source, long.line, long.column)
            advice = short_word(start) or f"sluit de tekst op zijn eigen regel af met «{self.source.text[long.start]}»"
            return Problem(start, f"dit aanhalingsteken sluit pas op regel {self.line}", advice)
        if "flow" in self.context and self.start_line < self.line:
            opened = self.source.line(self.start_line)[self.start_column - 1 : self.start_column]
            closing = {"[": "]", "{": "}"}.get(opened)
            missed_comma = self.source.line(self.line)[self.column - 1 : self.column] in ("'", '"', "[", "{")
            if closing is not None and not missed_comma:
                return Problem(self.start(), f"«{opened}» wordt niet gesloten", f"voeg «{closing}» toe")
        return None

    def colon(self, head: str) -> Problem:
        """A colon where no key can stand: in the middle of a value, or behind a key that is indented too far."""
        key = re.fullmatch(r"([\s-]*)([a-z_]+)", head)
        if key is not None:
            place = Span(self.source, self.line, key.start(2) + 1, len(key[2]))
            return Problem(place, f"«{key[2]}» springt verder in dan de regel erboven", _LINE_UP)
        found = re.match(r"[\s-]*(?:[\w-]+|\"[^\"]*\"|'[^']*'):\s+(.*)", self.source.line(self.line))
        what = "een dubbele punt met een spatie kan niet midden in een waarde staan"
        return Problem(self.here(), what, quoted(found[1]) if found is not None else _QUOTE_IT)

    def no_colon(self) -> Problem:
        line = self.source.line(self.start_line)[self.start_column - 1 :].rstrip()
        above = self.source.line(self.start_line - 1).strip(" -")
        if above in ("alle:", "een_van:", "geen_van:"):
            return Problem(
                self.start(len(line) or 1), f"elk deel van «{above[:-1]}» begint met een streepje", f"schrijf «- {line}»"
            )
        advice = "schrijf «sleutel: waarde»; een punt van een lijst begint met «- »"
        found = re.match(r"([\w-]+)(:|\s*[=;]\s*)(\S.*)", line)
        if found is not None:
            advice = f"schrijf «{found[1]}: {found[3]}»" if len(line) <= 80 else f"schrijf «{found[1]}: …»"
        else:
            found = re.match(r"([a-z_]+)\s+([^\s<>=!+*/%-].*)", line)
            if found is not None and not re.match(r"(en|of|is|in|tussen)\b", found[2]) and len(line) <= 80:
                advice = f"schrijf «{found[1]}: {found[2]}»; een punt van een lijst begint met «- »"
        what = "hier ontbreekt een dubbele punt met een spatie erachter"
        return Problem(self.start(len(line) or 1), what, advice)

    def out_of_line(self, head: str) -> Problem:
        line = self.source.line(self.line)
        rest = line[self.column - 1 :]
        if head.rstrip().endswith(("'", '"', "]", "}")):
            value = re.match(r"[\s-]*(?:[\w-]+):\s+(.*)", line)
            what = f"na «{head.rstrip()[-1]}» staat nog tekst"
            return Problem(self.here(len(rest.rstrip()) or 1), what, quoted(value[1]) if value is not None else _QUOTE_IT)
        if re.match(r"-[^\s-]", rest):
            return Problem(self.here(), "achter dit streepje ontbreekt een spatie", "schrijf «- » met een spatie")
        if rest.startswith("- "):
            advice = "zet de streepjes van één lijst recht onder elkaar"
            return Problem(self.here(), "dit streepje staat niet op zijn plaats", advice)
        return Problem(
            self.here(max(1, len(rest.partition(":")[0]))), "deze regel springt anders in dan de regels erboven", _LINE_UP
        )


def short_word(start: Span) -> str:
    """Advice where a value begins with a shortened word («'s Morgens», «'t Huis»): its «'» was not meant to open a text."""
    value = start.source.line(start.line)[start.column - 1 :]
    return quoted(value) if re.match(r"'[kmnrst]\s", value, re.IGNORECASE) else ""


def quoted(value: str) -> str:
    """The advice to put this value between quotes, written out when it is short."""
    bare = re.sub(r"\s#.*", "", value).strip()
    if bare[:1] == bare[-1:] == "'" and bare.count("'") % 2:  # 'foto's': the inner one was meant as it stands
        bare = bare[1:-1]
    if '"' in bare and "'" not in bare and len(bare) <= 80:
        return f"zet de hele waarde tussen enkele aanhalingstekens: «'{bare}'»"
    if not bare or len(bare) > 80 or '"' in bare:
        return _QUOTE_IT
    return f'{_QUOTE_IT}: «"{bare}"»'
