"""The kinds of fact that a situation holds, and how each is read and written: once, for every field.

A `Soort` sits in a field's annotation. It reads what a file or a vendor sends («ja», «€ 480», 2026-03-02) into the value
that rules compute with, writes it back, describes itself in JSON Schema, and says in Dutch what is wrong otherwise.

Each kind has two roads to the same value. The plain one (`Soort.read`) takes everything and explains what is wrong. The fast
one, which pydantic takes in strict mode, first tries what pydantic-core reads by itself; what it says of a mistake is of no
use, so whoever takes it (`Deel.model_validate_json`) takes the plain one after a mistake.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from responsief.other_words import nearest
from responsief.values import (
    GEEN,
    MAX_CENTS,
    Between,
    Day,
    Geen,
    Period,
    format_money,
    parse_money,
    parse_partial_day,
    parse_period,
    write_day,
)
from responsief.wording import DIGITS, MAX_DIGITS, quote, refuse, suggest
from responsief.wording import holds_bsn as holds_bsn  # also asked for here

if TYPE_CHECKING:  # who only reads rules needs kinds of facts, and no pydantic: that would be a quarter of a check
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema, core_schema

SoortNaam = Literal["geld", "getal", "decimaal", "ja_nee", "datum", "periode", "keuze", "tekst"]

UNKNOWN_WORDS: Final = frozenset({"onbekend", "null", "~", ""})
MAX_TEXT: Final = 4000  # characters of the client's own words
MAX_LIST: Final = 500
MAX_NUMBER: Final = 10**9


GEMEENTECODE: Final = re.compile("[0-9]{4}", re.ASCII)


def gemeente_hint(text: str) -> str:
    """What to write for what is not a code of a municipality."""
    if text.isdecimal() and text.isascii() and len(text) < 4:
        return f'schrijf vier cijfers, met aanhalingstekens: "{text.zfill(4)}"'
    return 'schrijf de CBS-code van vier cijfers, zoals "0599" voor Rotterdam'


# --- a kind of fact ----------------------------------------------------------------------------------------------------


class Soort:
    """What kind of fact a field holds. `opties` are the words of a `keuze`; `geen` says that absence can be known; `minst` is
    the least that an amount or number can be."""

    def __init__(self, naam: SoortNaam, *opties: str, geen: bool = False, cijfers: int = 0, minst: int | None = None) -> None:
        self.naam: SoortNaam = naam
        self.opties = opties
        self.geen = geen
        self.cijfers = cijfers
        self.minst = minst

    def __repr__(self) -> str:
        return f"Soort({self.naam!r})"

    def read(self, value: Any) -> Any:
        """The typed value; None when unknown. Raises PydanticCustomError with a Dutch text."""
        if value is None or is_unknown(value):
            return None
        if self.geen and is_none(value):
            return GEEN
        if isinstance(value, list | tuple | Mapping) and not is_cents(value):
            text = f"hier hoort {_WANTED[self.naam]}, geen {quote(value).removeprefix('een ')}"
            raise refuse(_CODES[self.naam], text, "schrijf één waarde, zonder streepje of haken")
        found = _READERS[self.naam](self, value)
        if self.minst is not None and found < self.minst:
            raise refuse("onder-nul", f"{quote(value)} ligt onder nul; dat kan hier niet", _TURNED[self.naam])
        return found

    def write(self, value: Any) -> Any:
        """The text or JSON scalar that `read` takes back."""
        return write_value(self.naam, value, self.cijfers)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema  # late: see above

        write: core_schema.SerSchema = core_schema.simple_ser_schema("any")
        if self.naam in ("geld", "datum", "periode", "decimaal"):
            write = core_schema.plain_serializer_function_ser_schema(self.write, when_used="unless-none")
        quick = (
            None
            if type(self) is not Soort
            else {"tekst": quick_text, "datum": quick_day, "geld": quick_money, "keuze": quick_choice(self.opties)}.get(
                self.naam
            )
        )
        read = core_schema.no_info_plain_validator_function(quick(self.read) if quick is not None else self.read)
        own = self._native()
        fast = core_schema.union_schema([own, read], mode="left_to_right") if own is not None else read
        return core_schema.lax_or_strict_schema(read, fast, serialization=write)

    def _native(self) -> CoreSchema | None:
        """What pydantic-core reads by itself: exactly a part of what `read` takes, to the same values."""
        from pydantic_core import core_schema  # late: see above

        match self.naam:
            case "ja_nee":
                return core_schema.bool_schema(strict=True)
            case "getal":
                least = -MAX_NUMBER if self.minst is None else self.minst
                return core_schema.int_schema(strict=True, ge=least, le=MAX_NUMBER)
            case "keuze":
                return core_schema.literal_schema([word for word in self.opties if word not in UNKNOWN_WORDS])
            case _:
                return None

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return self.json_schema()

    def json_schema(self) -> dict[str, Any]:
        """This kind of fact in JSON Schema 2020-12: what an editor offers, and every other form that `read` takes."""
        words: list[Any] = ["onbekend", None]
        loose = [r"[Oo][Nn][Bb][Ee][Kk][Ee][Nn][Dd]", r"[Nn][Uu][Ll][Ll]", "~", ""]
        if self.geen:
            words.insert(0, "geen")
            loose.append("[Gg][Ee][Ee][Nn]")
        own: list[dict[str, Any]] = []
        match self.naam:
            case "geld":
                loose += ["geen", r"-?\s*(€|[Ee][Uu][Rr])\s*-?\s*([0-9]{1,3}(\.[0-9]{3})+|[0-9]+)(,([0-9]{2}|-))?"]
                cents = {
                    "anyOf": [
                        {"type": "integer", "minimum": -MAX_CENTS, "maximum": MAX_CENTS},
                        {"type": "string", "pattern": r"^\s*-?[0-9]{1,15}\s*$"},
                    ]
                }
                own = [
                    {"type": "object", "properties": {"centen": cents}, "required": ["centen"], "additionalProperties": False},
                ]
                examples: list[Any] = ["€ 1.402,50"]
            case "getal":
                loose.append(r"-?[0-9]{1,10}")
                own = [{"type": "integer", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER}]
                examples = [2]
            case "decimaal":
                loose.append(rf"[+-]?([0-9]+([.,][0-9]{{0,{MAX_DIGITS}}})?|[.,][0-9]{{1,{MAX_DIGITS}}})")
                own = [{"type": "number", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER}]
                examples = ["2,5"]
            case "ja_nee":
                words = ["ja", "nee", *words]
                loose += ["[Jj][Aa]", "[Nn][Ee][Ee]", "[Tt][Rr][Uu][Ee]", "[Ff][Aa][Ll][Ss][Ee]"]
                own = [{"type": "boolean"}]
                examples = []
            case "datum":
                loose.append(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
                own = [{"type": "integer", "minimum": 1000, "maximum": 9999}]
                examples = ["1986-04-12", "1986-04", "1986"]
            case "periode":
                loose.append(r"[0-9]{1,5}\s+[a-z]+(\s+en\s+[0-9]{1,5}\s+[a-z]+)*")
                examples = ["12 maanden"]
            case "keuze":
                words = [*self.opties, *(w for w in words if w not in self.opties)]
                loose += self.opties
                examples = []
            case "tekst":
                return {"type": ["string", "null"], "maxLength": MAX_TEXT}
        pattern = {"type": "string", "pattern": rf"^\s*({'|'.join(loose)})\s*$"}
        return {"anyOf": [{"enum": words}, *own, pattern], **({"examples": examples} if examples else {})}


def is_unknown(value: Any) -> bool:
    """Is this a word for unknown? (`None` is unknown too.)"""
    return isinstance(value, str) and value.strip().lower() in UNKNOWN_WORDS


def is_none(value: Any) -> bool:
    """Does this say that it is known that there is none?"""
    return value is GEEN or (isinstance(value, str) and value.strip().lower() == "geen")


def write_value(naam: str, value: Any, cijfers: int = 0) -> Any:
    """A fact's value as it stands in a file: money and dates as text, ja_nee as a JSON boolean."""
    if value is None:
        return None
    if value is GEEN:
        return "geen"
    match naam:
        case "datum":
            return write_day(value)
        case "geld":
            return format_money(value)
        case "periode":
            return str(value)
        case "decimaal":
            whole, rest = divmod(abs(value), 10**cijfers)
            return ("-" if value < 0 else "") + (f"{whole}.{rest:0{cijfers}d}" if cijfers else str(whole))
        case _:
            return value


# --- reading -----------------------------------------------------------------------------------------------------------


def _plain_digits(text: str) -> str:
    """The text itself. Raises ValueError when it has digits of another script."""
    if not text.isascii() and any(c.isdigit() and not c.isascii() for c in text):
        raise ValueError(f"{quote(text)} heeft cijfers in een ander schrift; schrijf 0 tot en met 9")
    return text


_TURNED: Final = {
    "geld": "schrijf een schuld of roodstand bij «schulden», en een verlies als «€ 0»",
    "getal": "schrijf 0 of meer",
}
_WANTED: Final = {
    "geld": "een bedrag, zoals «€ 1.402,50»",
    "getal": "een heel getal",
    "decimaal": "een getal",
    "ja_nee": "«ja», «nee» of «onbekend»",
    "datum": "een datum, zoals «2026-03-02»",
    "periode": "een periode, zoals «12 maanden»",
    "keuze": "één woord",
    "tekst": "tekst",
}
_CODES: Final = {
    "geld": "geen-bedrag",
    "getal": "geen-getal",
    "decimaal": "geen-getal",
    "ja_nee": "geen-ja-nee",
    "datum": "geen-datum",
    "periode": "geen-periode",
    "keuze": "keuze-onbekend",
    "tekst": "geen-tekst",
}


def is_cents(value: Any) -> bool:
    """Is this an amount as {centen: …}?"""
    return isinstance(value, Mapping) and list(value) == ["centen"] and not isinstance(value["centen"], bool)


def read_cents(value: Mapping[str, Any]) -> int:
    """The cents of {centen: 71200}; YAML gives the number as text. Raises PydanticCustomError."""
    cents = value["centen"]
    if isinstance(cents, str) and re.fullmatch(r"-?[0-9]{1,15}", cents.strip()):
        cents = int(cents)
    if not isinstance(cents, int) or abs(cents) > MAX_CENTS:
        raise refuse(
            "geen-bedrag", f"{quote(cents)} is geen aantal centen", "schrijf een heel getal, of een bedrag zoals «€ 1.402,50»"
        )
    return cents


def _read_money(_: Soort, value: Any) -> int:
    if isinstance(value, str):
        if value.strip() == "geen":
            return 0
        try:
            return parse_money(_plain_digits(value)) if len(value) <= MAX_DIGITS else _no_money(value)
        except ValueError as wrong:
            text = str(wrong).replace("»: schrijf ", "» is geen bedrag; schrijf ")
            raise refuse("eenheid-ontbreekt", text, _as_money(value)) from None
    if isinstance(value, Decimal) and value.is_finite() and abs(value) <= MAX_CENTS // 100 and len(str(value)) <= MAX_DIGITS:
        cents = value * 100
        if cents == int(cents):
            return int(cents)
    if isinstance(value, Mapping):
        return read_cents(value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        text = f"{quote(value)} is een getal zonder eenheid"
        raise refuse("eenheid-ontbreekt", text, _as_money(quote(value).strip("«»")) or "schrijf een bedrag, zoals «€ 1.402,50»")
    raise refuse("geen-bedrag", "hier hoort een bedrag, zoals «€ 1.402,50»")


def _no_money(text: str) -> int:
    raise ValueError(f"{quote(text)} is geen bedrag; schrijf het als «€ 1.250,50»")


def _as_money(text: str) -> str:
    """How to write a bare number as an amount, when there is only one way to read it."""
    bare = text.strip()
    if found := re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?", bare):
        return f"schrijf «{format_money(int(found[1]) * 100 + int((found[2] or '0').ljust(2, '0')))}»"
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{2})?", bare):
        return f"schrijf «€ {bare}»"
    if found := re.fullmatch(r"(?:€|EUR)?\s*([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)\.([0-9]{2})", bare):
        return f"schrijf «{format_money(int(found[1].replace(',', '')) * 100 + int(found[2]))}»"
    return ""


def _read_number(_: Soort, value: Any) -> int:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value.strip()):
        value = int(value) if len(value.strip()) <= 11 else MAX_NUMBER + 1
    if type(value) is int:
        if abs(value) > MAX_NUMBER:
            raise refuse("getal-te-groot", "dit getal is te groot", "hoogstens een miljard kan hier")
        return value
    found = re.match(r"\s*([0-9]{1,9})\s*[a-z]+\s*$", value) if isinstance(value, str) else None
    hint = f"schrijf alleen het getal: «{found[1]}»" if found else "schrijf een getal zonder komma, zoals «2»"
    raise refuse("geen-getal", f"{quote(value)} is geen heel getal", hint)


def _read_decimal(soort: Soort, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise refuse("geen-getal", f"{quote(value)} is geen getal")
    if isinstance(value, int) and abs(value) > MAX_NUMBER:
        raise refuse("geen-getal", f"{quote(value)} is geen getal")
    text = value.strip().replace(",", ".") if isinstance(value, str) else str(value)
    if isinstance(value, str) and not re.fullmatch(
        rf"[+-]?([0-9]+(\.[0-9]{{0,{MAX_DIGITS}}})?|\.[0-9]{{1,{MAX_DIGITS}}})", text
    ):
        raise refuse("geen-getal", f"{quote(value)} is geen getal")
    number = Decimal(text)
    if not number.is_finite() or abs(number) > MAX_NUMBER:
        raise refuse("geen-getal", f"{quote(value)} is geen getal")
    exponent = number.as_tuple().exponent
    scaled = Fraction(number) * 10**soort.cijfers if isinstance(exponent, int) and exponent > -400 else Fraction(1, 2)
    if scaled.denominator != 1:
        raise refuse("te-veel-decimalen", f"{quote(value)} heeft meer dan {soort.cijfers} cijfers achter de komma")
    return scaled.numerator


def _read_yes_no(_: Soort, value: Any) -> bool:
    if value is True or value is False:
        return value
    if isinstance(value, str):
        word = value.strip().lower()
        if word in ("ja", "true"):
            return True
        if word in ("nee", "false"):
            return False
        near = {
            "y": "ja",
            "j": "ja",
            "1": "ja",
            "on": "ja",
            "waar": "ja",
            "n": "nee",
            "0": "nee",
            "off": "nee",
            "onwaar": "nee",
        }
        meant = near.get(word) or nearest(word, ("ja", "nee", "onbekend"))
        hint = f"bedoelde u «{meant}»?" if meant else ""
        raise refuse("geen-ja-nee", f"{quote(value)} is niet «ja», «nee» of «onbekend»", hint)
    hint = {0: "bedoelde u «nee»?", 1: "bedoelde u «ja»?"}.get(value, "") if isinstance(value, int) else ""
    raise refuse("geen-ja-nee", f"{quote(value)} is niet «ja», «nee» of «onbekend»", hint)


def _read_day(_: Soort, value: Any) -> Day:
    if isinstance(value, datetime):
        raise refuse("geen-datum", "hier hoort een datum zonder tijd, zoals «2026-03-02»")
    if isinstance(value, date | Between):
        return value
    if isinstance(value, str) or (type(value) is int and 0 <= value <= 10**8):
        text = str(value)
        if re.fullmatch(r"\s*\d{4}-\d\d-\d\d(T|\s+\d).{0,40}", text):
            raise refuse(
                "geen-datum", f"{quote(text)} is een datum met een tijd; schrijf alleen de datum: «{text.strip()[:10]}»"
            )
        if found := re.fullmatch(r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\s*", text):
            raise refuse("geen-datum", f"{quote(text)} is geen datum", f"schrijf «{found[1]}-{found[2]}-{found[3]}»")
        try:
            return parse_partial_day(_plain_digits(text)) if len(text) <= MAX_DIGITS else _no_day(text)
        except ValueError as wrong:
            text = str(wrong).replace("»: schrijf ", "» is geen datum; schrijf ")
            raise refuse("geen-datum", text, "kijk de datum na" if "kalender" in text else "") from None
    raise refuse("geen-datum", f"{quote(value)} is geen datum; schrijf jaar-maand-dag, zoals «2026-03-02»")


def _no_day(text: str) -> Day:
    raise ValueError(f"{quote(text)} is geen datum; schrijf jaar-maand-dag, zoals «2026-03-02»")


def _read_period(_: Soort, value: Any) -> Period:
    if isinstance(value, Period):
        return value
    example = "schrijf bijvoorbeeld «12 maanden», «8 weken» of «28 dagen»"
    if not isinstance(value, str) or len(value) > 100:
        raise refuse("geen-periode", f"{quote(value)} is geen periode; {example}")
    try:
        return parse_period(_plain_digits(value))
    except ValueError as wrong:
        raise refuse("geen-periode", str(wrong)) from None


def _read_choice(soort: Soort, value: Any) -> str:
    options = ", ".join(soort.opties)
    if isinstance(value, str):
        word = value.strip()
        if word in soort.opties:
            return word
        near = suggest(word, soort.opties).strip()
        few = "Kies uit: " + options if len(soort.opties) <= 20 or not near else ""
        if len(soort.opties) > 20 and few and "overig" in soort.opties:
            few = "Past geen ervan, kies dan «overig». " + few
        hint = " ".join(part for part in (near, few) if part)
        raise refuse("keuze-onbekend", f"{quote(word)} kan hier niet", hint[0].lower() + hint[1:])
    raise refuse("keuze-onbekend", f"hier hoort een van deze woorden: {options}")


def _read_text(_: Soort, value: Any) -> str:
    if not isinstance(value, str):
        raise refuse("geen-tekst", "hier hoort tekst")
    if len(value) > MAX_TEXT:
        raise refuse("tekst-te-lang", f"deze tekst heeft {len(value)} tekens; hoogstens {MAX_TEXT}")
    if not value.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\r\t" for c in value):
        raise refuse("teken-onbekend", "in deze tekst staat een teken dat niet te lezen is", "haal het weg")
    if holds_bsn(value):
        text = "hier staat iets dat op een burgerservicenummer lijkt; dat hoort niet in een situatie"
        raise refuse("bsn", text, "haal het weg")
    return value.strip()


_READERS: Final[dict[str, Callable[[Soort, Any], Any]]] = {
    "geld": _read_money,
    "getal": _read_number,
    "decimaal": _read_decimal,
    "ja_nee": _read_yes_no,
    "datum": _read_day,
    "periode": _read_period,
    "keuze": _read_choice,
    "tekst": _read_text,
}


# --- the fast road -----------------------------------------------------------------------------------------------------

Read = Callable[[Any], Any]

_EURO: Final = re.compile(r"€ ?([0-9]{1,3})(?:\.([0-9]{3}))?(?:,([0-9]{2}))?")


def quick_text(plain: Read) -> Read:
    """Reads a plain text that is longer than any word for unknown; `plain` reads everything else."""

    def text(value: Any) -> Any:
        if type(value) is str and 8 < len(value) <= MAX_TEXT and value.isprintable() and DIGITS.search(value) is None:
            bare = value.strip()
            if len(bare) > 8:
                return bare
        return plain(value)

    return text


def quick_day(plain: Read) -> Read:
    """Reads a full date; `plain` reads everything else."""

    def day(value: Any) -> Any:
        if type(value) is str and len(value) == 10 and value[4] == value[7] == "-":
            try:
                return date.fromisoformat(value)
            except ValueError:
                return plain(value)
        return plain(value)

    return day


def quick_money(plain: Read) -> Read:
    """Reads «€ 712», «€ 1.402,50»; `plain` reads everything else."""

    def money(value: Any) -> Any:
        found = _EURO.fullmatch(value) if type(value) is str else None
        if found is None:
            return plain(value)
        first, second, cents = found.groups()
        return int(first if second is None else first + second) * 100 + int(cents or 0)

    return money


def quick_choice(options: tuple[str, ...]) -> Callable[[Read], Read]:
    """Reads a word of a choice as it is written; `plain` reads everything else."""
    words = {word: word for word in options if word not in UNKNOWN_WORDS}

    def make(plain: Read) -> Read:
        return lambda value: (words.get(value) if type(value) is str else None) or plain(value)

    return make


# --- the annotations -------------------------------------------------------------------------------------------------

Geld = Annotated[int | None, Soort("geld", minst=0)]
Getal = Annotated[int | None, Soort("getal", minst=0)]
JaNee = Annotated[bool | None, Soort("ja_nee")]
Dag = Annotated[Day | None, Soort("datum")]
DagOfGeen = Annotated[Day | Geen | None, Soort("datum", geen=True)]
Tekst = Annotated[str | None, Soort("tekst")]


class GemeenteSoort(Soort):
    """The code of a municipality: four digits (CBS), as rulesets and catalogues name it too."""

    def __init__(self) -> None:
        super().__init__("tekst")

    def read(self, value: Any) -> str | None:
        """The code; None when unknown. Raises PydanticCustomError when it is no code."""
        if value is None or is_unknown(value):
            return None
        text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if isinstance(value, str) and GEMEENTECODE.fullmatch(text):
            return text
        raise refuse("geen-gemeente", f"{quote(value)} is geen gemeentecode", gemeente_hint(text))

    def json_schema(self) -> dict[str, Any]:
        """Four digits, or a word for unknown."""
        unknown = r"[Oo][Nn][Bb][Ee][Kk][Ee][Nn][Dd]|[Nn][Uu][Ll][Ll]|~|"
        return {
            "anyOf": [{"enum": ["onbekend", None]}, {"type": "string", "pattern": rf"^\s*([0-9]{{4}}|{unknown})\s*$"}],
            "examples": ["0599"],
        }


Gemeente = Annotated[str | None, GemeenteSoort()]
