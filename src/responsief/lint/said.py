"""What a sentence says of a limit: on which side of it the line lies, and at which number, in digits or in a word."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from responsief.values import Period, period_of

Side = Literal["boven", "onder"]  # where the line lies: just above the limit, or just below it

_WORDS: Final[dict[str, Fraction]] = {
    word: Fraction(number)
    for number, words in (
        (Fraction(1, 2), ("een half",)), (1, ("één", "een")), (Fraction(3, 2), ("anderhalf", "anderhalve")), (2, ("twee",)),
        (3, ("drie",)), (4, ("vier",)), (5, ("vijf",)), (6, ("zes",)), (7, ("zeven",)), (8, ("acht",)), (9, ("negen",)),
        (10, ("tien",)), (11, ("elf",)), (12, ("twaalf",)), (15, ("vijftien",)), (18, ("achttien",)), (20, ("twintig",)),
        (21, ("eenentwintig",)), (24, ("vierentwintig",)), (27, ("zevenentwintig",)), (36, ("zesendertig",)),
    )
    for word in words
}  # fmt: skip
_TIME: Final = (
    r"(?:(?:volle?|hele|aaneengesloten|opeenvolgende|achtereenvolgende) )?(?:jaar|jaren|maand|maanden|week|weken|dag|dagen)\b"
)
#: «een» is a number only of time, and neither «twee derde» nor «drie en een half» says the number that it begins with
_WORD: Final = (
    rf"\b(?:een(?=\s+{_TIME})|{'|'.join(sorted(_WORDS.keys() - {'een'}, key=len, reverse=True))})\b"
    r"(?!\s+(?:derde|kwart|vierde|vijfde|tiende|van|en een half|en een halve)\b)"
)
_AMOUNT: Final = (
    rf"(?:€\s?)?(?P<{{0}}>\d+(?:[. ]\d{{{{3}}}})*(?:,(?:\d+|-))?|{_WORD})(?P<{{0}}_deel>\s?(?:%|procent|percent))?"
    rf"(?:\s+(?P<{{0}}_maat>{_TIME}))?"
)
_ABOVE: Final = r"(?:meer|hoger|langer|ouder|groter|verder|zwaarder) (?:\w+ )?dan|te boven ga(?:at|an)|ten hoogste|hoogstens|maximaal|tot en met|boven(?= de | het | €| \d)"
_BELOW: Final = r"ten ?minste|minstens|minimaal|op zijn minst|vanaf|(?:minder|jonger|lager|korter|kleiner) (?:\w+ )?dan|onder(?= de (?:grens|norm)| €| \d)"
_UNIT: Final = r"(?:\s+(?:uur|uren|kilometer|km|meter|euro|punten|personen|kinderen|keer|procent|percent))?"
_PHRASE: Final = re.compile(
    rf"\b(?:(?P<boven>{_ABOVE})|(?P<onder>{_BELOW}))\b(?: (?:dan|van|de|het|laatste|afgelopen|een bedrag van))*\s*(?:{_AMOUNT.format('n')})?"
    rf"|{_AMOUNT.format('m')}{_UNIT} (?:of|en) (?:(?P<na_onder>meer|ouder|hoger|langer|verder)|(?P<na_boven>minder|jonger|lager|korter))\b",
    re.IGNORECASE,
)
#: in every phrase one of these: cheap to look for in the long texts of laws
_STEMS: Final = (
    "meer", "hoger", "langer", "ouder", "groter", "verder", "zwaarder", "te boven", "hoogst", "maximaal", "tot en met", "boven", "minste",
    "minstens", "minimaal", "minst", "vanaf", "minder", "jonger", "lager", "korter", "kleiner", "onder ",
)  # fmt: skip
PERCENT: Final = re.compile(r"(?<![\d,.])(\d+(?:,\d+)?)\s?(?:%|procent|percent)", re.IGNORECASE)
EURO: Final = re.compile(r"€\s?(\d+(?:[. ]\d{3})*(?:,\d\d)?)")


class Length(NamedTuple):
    """A length of time: years are months, weeks are days."""

    number: Fraction
    unit: Literal["maanden", "dagen"]

    def __str__(self) -> str:
        return f"{self.number} {self.unit}" if self.number.denominator > 1 else str(self.period)

    @property
    def period(self) -> Period:
        return Period(int(self.number), 0) if self.unit == "maanden" else Period(0, int(self.number))


def length(number: Fraction, unit: str) -> Length:
    """So many years, months, weeks or days."""
    one = period_of(1, unit)
    return Length(number * one.months, "maanden") if one.months else Length(number * one.days, "dagen")


class Said(NamedTuple):
    """What a text says of its one limit. `length`: the number with its unit, where that is a length of time."""

    side: Side
    number: Fraction | None
    length: Length | None
    percent: bool
    amount: str  # the number and its unit of time as they were written
    words: str
    at: int

    @property
    def in_word(self) -> bool:
        """Was the number written in letters?"""
        return bool(self.amount) and not self.amount[0].isdigit()


def said_in(text: str) -> Said | None:
    """What a text says of its limit; None when it names none, or more than one."""
    small = text.lower()
    if not any(stem in small for stem in _STEMS):
        return None
    found = [_said(match) for match in _PHRASE.finditer(text) if match.lastgroup]
    if not found or len({said.side for said in found}) > 1 or len({said.length or said.number for said in found}) > 1:
        return None
    return found[0]


def _said(match: re.Match[str]) -> Said:
    side: Side = "boven" if match["boven"] or match["na_boven"] else "onder"
    name = "n" if match["n"] else "m"
    written, unit = match[name], match[name + "_maat"]
    number = value(written) if written else None
    long = length(number, unit.lower().split()[-1]) if number is not None and unit else None
    amount = " ".join(f"{written or ''} {unit or ''}".split())
    return Said(side, number, long, bool(match[name + "_deel"]), amount, " ".join(match[0].split()), match.start())


def value(written: str) -> Fraction:
    """The number that somebody wrote: «1.400,50» or «drie»."""
    word = _WORDS.get(written.lower())
    return word if word is not None else Fraction(written.replace(" ", "").replace(".", "").replace(",-", "").replace(",", "."))
