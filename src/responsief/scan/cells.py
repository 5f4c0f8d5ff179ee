"""One cell of somebody's own file into the value that rules compute with, or what is wrong with it and what to do.

Nothing is guessed: a cell that can be read in two ways is refused. A cell that says «onbekend» is unknown (None).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final, Literal

from responsief.diagnostics import choose_from
from responsief.facts import GEMEENTECODE, MAX_NUMBER, MAX_TEXT
from responsief.frozen import dataclass
from responsief.ir.types import Kind
from responsief.scan.targets import Target
from responsief.values import GEEN, MAX_CENTS, Day, format_day, full_years, parse_partial_day, parse_period
from responsief.wording import holds_bsn, quote

OLDEST: Final = 125  # years, as the desk has it
YES: Final = ("ja", "j", "1", "waar", "true")
NO: Final = ("nee", "n", "0", "onwaar", "false")
UNKNOWN: Final = ("", "onbekend", "null", "~")
_EXCEL_ERRORS: Final = frozenset(
    {"#n/a", "#n/b", "#ref!", "#verw!", "#value!", "#waarde!", "#div/0!", "#deel/0!", "#name?", "#naam?", "#num!", "#getal!", "#null!", "#leeg!"}
)  # fmt: skip

DateForm = Literal["jaar-maand-dag", "dag-maand-jaar", "maand-dag-jaar", "jjjjmmdd", "ddmmjjjj"]
DATE_FORMS: Final[tuple[DateForm, ...]] = ("jaar-maand-dag", "dag-maand-jaar", "maand-dag-jaar", "jjjjmmdd", "ddmmjjjj")
_ORDERS: Final[dict[str, tuple[re.Pattern[str], str]]] = {
    "dag-maand-jaar": (re.compile(r"(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4})", re.ASCII), "31-12-1980"),
    "maand-dag-jaar": (re.compile(r"(?P<m>\d{1,2})[-/. ](?P<d>\d{1,2})[-/. ](?P<y>\d{4})", re.ASCII), "12-31-1980"),
    "jjjjmmdd": (re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)", re.ASCII), "19801231"),
    "ddmmjjjj": (re.compile(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d{4})", re.ASCII), "31121980"),
}
_MIDNIGHT: Final = re.compile(r"(?P<day>.+?)[T ]00:00(?::00(?:\.0+)?)?Z?")
_KOMMA: Final = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<cents>\d{1,2}|-))?", re.ASCII)
_PUNT: Final = re.compile(r"(?P<sign>-?)(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<cents>\d{1,2}|-))?", re.ASCII)
_NUMBER: Final = {
    "komma": re.compile(r"(-?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?", re.ASCII),
    "punt": re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?", re.ASCII),
}
_SIGN: Final = re.compile(r"^(-?)\s*(?:€|EUR)\s*|\s*(?:€|EUR)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes its values. The words are lower case."""

    bedragen: Literal["euro", "centen"] = "euro"
    decimaal: Literal["komma", "punt"] = "komma"
    datum: DateForm = "jaar-maand-dag"
    ja: frozenset[str] = frozenset(YES)
    nee: frozenset[str] = frozenset(NO)
    onbekend: frozenset[str] = frozenset(UNKNOWN)


class BadCell(Exception):
    """A cell that can't be read: a short name of what is wrong, the same in words, and what to do."""

    def __init__(self, soort: str, wat: str, doen: str) -> None:
        super().__init__(wat)
        self.soort = soort
        self.wat = wat
        self.doen = doen


Read = Callable[[Any], Any]


def reader(target: Target, style: Style, words: Mapping[str, str], on: date) -> Read:
    """What reads the cells of one column: a value, GEEN, or None where it is unknown. It raises BadCell."""
    kind = target.type
    match kind.kind:
        case Kind.GELD:
            plain = _money_reader(style, target.minst)
        case Kind.GETAL:
            plain = _number_reader(style, kind.cijfers, target.minst)
        case Kind.JA_NEE:
            plain = _yes_no_reader(style)
        case Kind.DATUM:
            plain = _day_reader(style, on, birth=target.kolom.endswith("geboortedatum"))
        case Kind.PERIODE:
            plain = _period
        case Kind.KEUZE:
            plain = _choice_reader(kind.options)
        case _:
            plain = _code if target.kolom.endswith("gemeente") and kind.kind is Kind.TEKST else _text
    own = {key.lower(): word for key, word in words.items()}
    unknown, absent = style.onbekend, kind.geen or kind.kind is Kind.DATUM

    def read(value: Any) -> Any:
        if value is None:
            return None
        if type(value) is str:
            value = value.strip()
            small = value.lower()
            if small in own:
                value = own[small]
                small = value.lower()
                if small == "onbekend":
                    return None
            if small in unknown:
                return None
            if absent and small == "geen":
                return GEEN
            if value[0] == "=" or small in _EXCEL_ERRORS:
                raise _formula(value)
        elif own and (text := _as_text(value)) in own:
            value = own[text]
        return plain(value)

    return read


def _as_text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).lower()


def _formula(value: str) -> BadCell:
    if value[0] == "=":
        return BadCell("formule", f"hier staat een formule: {quote(value)}", "plak de uitkomst als waarde, en bewaar opnieuw")
    return BadCell(
        "formule", f"hier staat een fout van een formule: {quote(value)}", "verbeter de formule, of maak de cel leeg"
    )


# --- amounts and numbers -----------------------------------------------------------------------------------------------


def _money_reader(style: Style, least: int | None) -> Read:
    form, cents_only = (_KOMMA if style.decimaal == "komma" else _PUNT), style.bedragen == "centen"
    example = "1402,50" if style.decimaal == "komma" else "1402.50"

    def read(value: Any) -> int:
        cents = _cents(value) if cents_only else _euro(value)
        if abs(cents) > MAX_CENTS:
            raise BadCell("buiten-grenzen", f"{quote(value)} is groter dan kan", "kijk het bedrag en de eenheid na")
        if least is not None and cents < least:
            raise BadCell(
                "onder-nul",
                f"{quote(value)} ligt onder nul; dat kan hier niet",
                "een schuld hoort bij «schulden», een verlies is 0",
            )
        return cents

    def _cents(value: Any) -> int:
        whole = _whole(value)
        if whole is None:
            raise BadCell(
                "bedrag",
                f"{quote(value)} is geen aantal centen",
                "schrijf een heel getal, of zet «bedragen: euro» in de kolommen",
            )
        return whole

    def _euro(value: Any) -> int:
        if type(value) is str:
            found = form.fullmatch(_SIGN.sub(r"\1", value))
            if found is not None:
                part = found["cents"] or ""
                amount = int(found["whole"].replace(".", "").replace(",", "")) * 100 + (
                    int(part.ljust(2, "0")) if part.isdigit() else 0
                )
                return -amount if found["sign"] else amount
            raise _no_money(value, example, style.decimaal)
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise BadCell("bedrag", f"{quote(value)} is geen bedrag", f"schrijf het als «{example}»")
        exact = Decimal(str(value)) * 100
        if not exact.is_finite() or exact != exact.to_integral_value():
            raise BadCell("decimalen", f"{quote(value)} heeft meer dan twee cijfers achter de komma", "rond af op hele centen")
        return int(exact)

    return read


def _no_money(value: str, example: str, sign: str) -> BadCell:
    bare = _SIGN.sub(r"\1", value)
    if re.fullmatch(r"-?[\d.]*\d,\d{3,}" if sign == "komma" else r"-?[\d,]*\d\.\d{3,}", bare):
        return BadCell("decimalen", f"{quote(value)} heeft meer dan twee cijfers achter de {sign}", "rond af op hele centen")
    if re.fullmatch(r"-?[\d.,]+", bare):
        other = "punt" if sign == "komma" else "komma"
        return BadCell("decimalen", f"{quote(value)} is zo niet te lezen: hier is het decimaalteken een {sign}", f"schrijf «{example}», of zet «decimaal: {other}» in de kolommen")  # fmt: skip
    return BadCell("bedrag", f"{quote(value)} is geen bedrag", f"schrijf het als «{example}»")


def _number_reader(style: Style, digits: int, least: int | None) -> Read:
    form = _NUMBER[style.decimaal]

    def read(value: Any) -> int:
        if type(value) is str:
            found = form.fullmatch(value)
            if found is None:
                raise BadCell("getal", f"{quote(value)} is geen getal", "schrijf alleen cijfers")
            sign, whole, rest = found.groups()
            exact = Decimal(f"{sign}{whole.replace('.', '').replace(',', '')}.{rest or '0'}")
        elif isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise BadCell("getal", f"{quote(value)} is geen getal", "schrijf alleen cijfers")
        else:
            exact = Decimal(str(value))
        if not exact.is_finite() or abs(exact) > MAX_NUMBER:
            raise BadCell("buiten-grenzen", f"{quote(value)} is groter dan kan", "hoogstens een miljard kan hier")
        scaled = exact * 10**digits
        if scaled != scaled.to_integral_value():
            told = (
                f"meer dan {digits} cijfers achter de komma" if digits else "cijfers achter de komma; hier hoort een heel getal"
            )
            raise BadCell("decimalen", f"{quote(value)} heeft {told}", "rond het af")
        if least is not None and scaled < least:
            raise BadCell("onder-nul", f"{quote(value)} ligt onder nul; dat kan hier niet", "schrijf 0 of meer")
        return int(scaled)

    return read


def _whole(value: Any) -> int | None:
    if type(value) is str:
        return int(value) if re.fullmatch(r"-?\d{1,18}", value, re.ASCII) else None
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    exact = Decimal(str(value))
    return int(exact) if exact.is_finite() and exact == exact.to_integral_value() else None


# --- words -------------------------------------------------------------------------------------------------------------


def _yes_no_reader(style: Style) -> Read:
    def read(value: Any) -> bool:
        if isinstance(value, bool):
            return value
        small = value.lower() if isinstance(value, str) else _as_text(value)
        if small in style.ja:
            return True
        if small in style.nee:
            return False
        near = choose_from(small, (*style.ja, *style.nee), 0)
        raise BadCell(
            "woord",
            f"{quote(value)} is geen ja, nee of onbekend",
            near or "zet het woord in de kolommen bij «ja», «nee» of «onbekend»",
        )

    return read


def _choice_reader(options: tuple[str, ...]) -> Read:
    known = {word.lower(): word for word in options}

    def read(value: Any) -> str:
        text = value if isinstance(value, str) else _as_text(value)
        found = known.get(text.lower())
        if found is None:
            raise BadCell(
                "woord",
                f"{quote(value)} kan hier niet",
                f"{choose_from(text, options)}; of zet het in de kolommen bij «woorden»".removeprefix("; of "),
            )
        return found

    return read


def _text(value: Any) -> str:
    text = value if isinstance(value, str) else _as_text(value)
    if len(text) > MAX_TEXT:
        raise BadCell("tekst", f"deze tekst heeft {len(text)} tekens", f"hoogstens {MAX_TEXT}")
    if not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t" for c in text):
        raise BadCell("teken", "in deze tekst staat een teken dat niet te lezen is", "haal het weg")
    if holds_bsn(text):
        raise BadCell("bsn", "hier staat iets dat op een burgerservicenummer lijkt", "haal het weg: dat hoort niet in een scan")
    return text


def _code(value: Any) -> str:
    text = value if isinstance(value, str) else _as_text(value)
    if text.isdecimal() and text.isascii() and len(text) < 4 and not isinstance(value, str):
        text = text.zfill(4)  # a table keeps no noughts before a number
    if GEMEENTECODE.fullmatch(text) is None:
        raise BadCell("gemeente", f"{quote(value)} is geen gemeentecode", "schrijf de CBS-code van vier cijfers, zoals 0599")
    return text


def _period(value: Any) -> Any:
    try:
        return parse_period(str(value))
    except ValueError as wrong:
        raise BadCell("periode", str(wrong), "schrijf bijvoorbeeld «12 maanden»") from None


# --- days --------------------------------------------------------------------------------------------------------------


def _day_reader(style: Style, on: date, *, birth: bool) -> Read:
    def read(value: Any) -> Day:
        day = _day(value, style.datum)
        if birth:
            first, last = (day, day) if isinstance(day, date) else (day.lo, day.hi)
            if first > on:
                raise BadCell(
                    "toekomst", f"geboren op {format_day(day)}, na de peildatum ({format_day(on)})", "kijk de geboortedatum na"
                )
            if full_years(last, on) > OLDEST:
                raise BadCell(
                    "buiten-grenzen", f"geboren in {last.year}: ouder dan {OLDEST} jaar is niemand", "kijk de geboortedatum na"
                )
        return day

    return read


def _day(value: Any, form: DateForm) -> Day:
    if isinstance(value, datetime):
        if value.time() != time():
            raise BadCell("tijd", f"{quote(value.isoformat(' '))} is een datum met een tijd", "laat de tijd weg")
        return value.date()
    if isinstance(value, date):
        return value
    text = value if isinstance(value, str) else _as_text(value)
    if (found := _MIDNIGHT.fullmatch(text)) is not None:
        text = found["day"]
    if form == "jaar-maand-dag":
        return _partial(text)
    pattern, example = _ORDERS[form]
    if (parts := pattern.fullmatch(text)) is not None:
        try:
            return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
        except ValueError:
            raise _not_on_calendar(value) from None
    if re.fullmatch(r"\d{4}(-\d\d)?", text, re.ASCII):  # only the year, or the year and the month, is known
        return _partial(text)
    other = " of zet de goede schrijfwijze bij «datum» in de kolommen" if re.fullmatch(r"[\d/. -]+", text) else ""
    raise BadCell("datum", f"{quote(value)} is geen datum", f"schrijf {form}, zoals «{example}»{',' + other if other else ''}")


def _partial(text: str) -> Day:
    try:
        return parse_partial_day(text)
    except ValueError as wrong:
        if "kalender" in str(wrong):
            raise _not_on_calendar(text) from None
        turned = re.fullmatch(r"\d{1,2}[-/]\d{1,2}[-/]\d{4}", text)
        advice = ", of zet «datum: dag-maand-jaar» in de kolommen" if turned else ""
        raise BadCell("datum", f"{quote(text)} is geen datum", f"schrijf jaar-maand-dag, zoals «1980-12-31»{advice}") from None


def _not_on_calendar(value: Any) -> BadCell:
    return BadCell("kalender", f"{quote(value)} bestaat niet op de kalender", "kijk de datum na")
