"""The values that rules compute with: money in cents, exact numbers, periods, dates that may be incomplete.

Unknown is `None` everywhere. `GEEN` is known absence ("there is no partner", "never finished a study").
An incomplete date, and an age that follows from one, is a `Between`: every value from `lo` to `hi` is possible.
Nothing here rounds unless asked: rounding is written in the rule.
"""

from __future__ import annotations

import calendar
import enum
import re
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, Generic, Literal, TypeVar

from responsief.frozen import dataclass

T = TypeVar("T", date, int)

Number = int | Fraction


class Geen(enum.Enum):
    """The type of `GEEN`: known that there is none. Not the same as unknown (`None`)."""

    GEEN = "geen"

    def __repr__(self) -> str:
        return "GEEN"


GEEN: Final = Geen.GEEN


@dataclass(frozen=True, slots=True)
class Between(Generic[T]):
    """A value that is only known to lie from `lo` to `hi`, both included."""

    lo: T
    hi: T


Day = date | Between[date]


# --- money ---------------------------------------------------------------------------------------------------------

MAX_CENTS: Final = 10**14  # a thousand billion euro: beyond any case, below every back end's integers

_MONEY = re.compile(r"(-?)\s*(?:€|EUR)\s*(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d\d|-))?", re.IGNORECASE)


def parse_money(text: str) -> int:
    """Read Dutch money («€ 1.250,50», «€ 480», «€ 480,-») as euro cents.

    Raises ValueError with a Dutch reason when the text is something else.
    """
    found = _MONEY.fullmatch(text.replace("\u00a0", " ").replace("\u202f", " ").strip())
    if found is None:
        raise ValueError(_why_not_money(text))
    minus, inner_minus, whole, cents = found.groups()
    if len(whole) > 20:
        raise ValueError(f"«{text.strip()[:20]}…» is groter dan € 1.000.000.000.000")
    amount = int(whole.replace(".", "")) * 100 + (int(cents) if cents and cents != "-" else 0)
    if amount > MAX_CENTS:
        raise ValueError(f"«{text}» is groter dan € 1.000.000.000.000")
    return -amount if bool(minus) != bool(inner_minus) else amount


def _why_not_money(text: str) -> str:
    bare = text.strip()
    if re.fullmatch(r"-?\d+", bare):
        return f"«{bare}» is een getal zonder eenheid; schrijf een bedrag: «€ {bare}»"
    if re.fullmatch(r"-?[\d.,]+", bare):
        return f"«{bare}» is een getal zonder eenheid; schrijf een bedrag met een komma voor de centen: «€ 1.250,50»"
    if re.search(r"\d[.]\d{1,2}$", bare) or re.search(r"\d,\d{3}", bare):
        return f"«{bare}»: schrijf de centen na een komma en de duizendtallen met een punt: «€ 1.250,50»"
    return f"«{bare}» is geen bedrag; schrijf het als «€ 1.250,50»"


def format_money(cents: Number) -> str:
    """Write euro cents as Dutch money; a part of a cent is written out as far as it goes, at most six decimals."""
    if isinstance(cents, Fraction) and cents.denominator != 1:
        return "€ " + format_number(cents / 100, 6, least=2) if cents >= 0 else "-€ " + format_number(-cents / 100, 6, least=2)
    whole, rest = divmod(abs(int(cents)), 100)
    sign = "-" if cents < 0 else ""
    return f"{sign}€ {whole:,}".replace(",", ".") + f",{rest:02d}"


def format_number(value: Number, decimals: int = 6, *, least: int = 0) -> str:
    """Write a number the Dutch way (1.234,5), with no more decimals than needed, at most `decimals`."""
    scaled = round_half_up(Fraction(value) * 10**decimals)
    whole, rest = divmod(abs(scaled), 10**decimals)
    digits = f"{rest:0{decimals}d}".rstrip("0").ljust(least, "0") if decimals else ""
    sign = "-" if scaled < 0 else ""
    return f"{sign}{whole:,}".replace(",", ".") + (f",{digits}" if digits else "")


# --- rounding ------------------------------------------------------------------------------------------------------

Mode = Literal["half", "boven", "beneden"]


def round_half_up(value: Number) -> int:
    """Round to a whole number, a half away from zero."""
    return round_ratio(*_ratio(value))


def round_ratio(num: int, den: int) -> int:
    """Round num/den (den > 0) to a whole number, a half away from zero."""
    return (2 * num + den) // (2 * den) if num >= 0 else -((-2 * num + den) // (2 * den))


def round_to(value: Number, unit: int, mode: Mode = "half") -> int:
    """Round to a multiple of `unit`: half away from zero, or up or down (towards plus or minus infinity)."""
    num, den = _ratio(value)
    return round_ratio_to(num, den, unit, mode)


def round_ratio_to(num: int, den: int, unit: int, mode: Mode) -> int:
    """`round_to` for num/den with den > 0, in whole numbers only."""
    den *= unit
    match mode:
        case "half":
            return round_ratio(num, den) * unit
        case "boven":
            return -(-num // den) * unit
        case "beneden":
            return num // den * unit


def _ratio(value: Number) -> tuple[int, int]:
    return (value, 1) if isinstance(value, int) else (value.numerator, value.denominator)


# --- periods and dates ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time on the calendar: whole months, then days («12 maanden», «8 weken» = 56 days)."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = []
        if years:
            parts.append(f"{years} jaar")
        if months:
            parts.append(f"{months} maand" + ("en" if months != 1 else ""))
        if self.days and self.days % 7 == 0:
            weeks = self.days // 7
            parts.append(f"{weeks} " + ("weken" if weeks != 1 else "week"))
        elif self.days or not parts:
            parts.append(f"{self.days} " + ("dagen" if self.days != 1 else "dag"))
        return " en ".join(parts)


_PERIOD_UNITS: Final = {
    "jaar": (12, 0),
    "jaren": (12, 0),
    "maand": (1, 0),
    "maanden": (1, 0),
    "week": (0, 7),
    "weken": (0, 7),
    "dag": (0, 1),
    "dagen": (0, 1),
}
PERIOD_UNITS: Final = frozenset(_PERIOD_UNITS)


def period_of(number: int, unit: str) -> Period:
    """The period of `number` times a Dutch unit («maanden», «weken»); KeyError for a word that is no unit."""
    months, days = _PERIOD_UNITS[unit]
    return Period(number * months, number * days)


def parse_period(text: str) -> Period:
    """Read «12 maanden», «8 weken», «67 jaar en 3 maanden». Raises ValueError with a Dutch reason."""
    months = days = 0
    for part in re.split(r"\s+en\s+", text.strip()):
        found = re.fullmatch(r"(\d{1,5})\s+([a-z]+)", part)
        if found is None or found[2] not in _PERIOD_UNITS:
            raise ValueError(f"«{text.strip()}» is geen periode; schrijf bijvoorbeeld «12 maanden», «8 weken» of «28 dagen»")
        piece = period_of(int(found[1]), found[2])
        months += piece.months
        days += piece.days
    if months > 12 * 1000 or days > 366 * 1000:
        raise ValueError(f"«{text.strip()}» is langer dan duizend jaar")
    return Period(months, days)


def parse_day(text: str) -> date:
    """Read a full date, 2026-03-02. Raises ValueError with a Dutch reason."""
    found = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text.strip())
    if found is None:
        turned = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})", text.strip())
        if turned:
            raise ValueError(
                f"«{text.strip()}»: schrijf een datum als jaar-maand-dag: «{turned[3]}-{int(turned[2]):02d}-{int(turned[1]):02d}»"
            )
        raise ValueError(f"«{text.strip()}» is geen datum; schrijf jaar-maand-dag, zoals «2026-03-02»")
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise ValueError(f"«{text.strip()}» bestaat niet op de kalender") from None


def parse_partial_day(text: str) -> Day:
    """Read a date that may be incomplete: 1986-04-12, 1986-04 or 1986. Raises ValueError with a Dutch reason."""
    bare = text.strip()
    if re.fullmatch(r"\d{4}", bare) and bare != "0000":
        year = int(bare)
        return Between(date(year, 1, 1), date(year, 12, 31))
    month = re.fullmatch(r"(\d{4})-(\d\d)", bare)
    if month and month[1] != "0000" and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return Between(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))
    return parse_day(bare)


def write_day(value: Day) -> str:
    """The text that `parse_partial_day` reads back: 1986-04-12, 1986-04 or 1986."""
    if isinstance(value, date):
        return value.isoformat()
    if value.lo.month == value.hi.month:
        return value.lo.isoformat()[:7]
    return value.lo.isoformat()[:4]


MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def format_day(value: Day) -> str:
    """A date in words: 2 maart 2026; of an incomplete date what is known («april 1986», «1986»)."""
    if isinstance(value, date):
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    if value.lo.month == value.hi.month:
        return f"{MONTHS[value.lo.month - 1]} {value.lo.year}"
    return str(value.lo.year)


def add_period(day: date, period: Period, sign: int = 1) -> date:
    """`day` plus (or minus) a period: months first, then days.

    A day that the month lacks becomes the month's last day; only 29 February becomes 1 March, as for birthdays.
    Beyond the calendar (year 1 to 9999) the result is the calendar's end.
    """
    months = day.year * 12 + day.month - 1 + sign * period.months
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return date.max if year > 9999 else date.min
    month += 1
    if day.day <= 28 or day.day <= (last := calendar.monthrange(year, month)[1]):
        moved = day.replace(year=year, month=month)
    elif day.day == 29 and day.month == 2:
        moved = date(year, 3, 1)
    else:
        moved = date(year, month, last)
    if not period.days:
        return moved
    try:
        return moved + timedelta(days=sign * period.days)
    except OverflowError:
        return date.max if sign * period.days > 0 else date.min


def full_years(born: date, on: date) -> int:
    """Age in whole years on a day; whoever was born on 29 February has a birthday on 1 March in other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def full_months(start: date, end: date) -> int:
    """Whole months from `start` to `end`; negative when `end` lies before `start`."""
    if end < start:
        return -full_months(end, start)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
