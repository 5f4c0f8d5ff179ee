"""Random registers as YAML text, and random situations with everything that can be unknown in them.

A register is written by type, so that nearly every text is valid and still goes through parser and checker; every construct of
docs/taal.md can come up. The writers ask `Dice` only: drawn by Hypothesis they shrink, rolled from a seed they are fast.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, Protocol, TypeVar

from hypothesis import strategies as st

from responsief.backends.compiled import Compiled
from responsief.diagnostics import Findings, InvalidError
from responsief.facts import Soort
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.ir.types import Kind, Record, Type, situation_schema
from responsief.register import Register
from responsief.situation import Situation, model_of
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml

T = TypeVar("T")
Yaml = str | list[Any] | dict[str, Any]


class Dice(Protocol):
    """Where the choices come from."""

    def below(self, limit: int) -> int: ...
    def pick(self, options: Sequence[T]) -> T: ...
    def chance(self, percent: int) -> bool: ...


class Drawn:
    """Choices drawn by Hypothesis: a failing example shrinks towards the first of every option."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def below(self, limit: int) -> int:
        return self.draw(st.integers(0, limit - 1))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        return self.below(100) >= 100 - percent


class Rolled(Drawn):
    """Choices rolled from a seed, for thousands of situations."""

    def __init__(self, seed: int) -> None:
        self.below = random.Random(seed).randrange  # type: ignore[method-assign]


# --- expressions -------------------------------------------------------------------------------------------------------

OF, EN, NIET, COMPARED, GREEDY, SUM, PRODUCT, SIGNED, ATOM = range(9)  # how tightly a text holds together


@dataclass(frozen=True)
class Text:
    """An expression as text. `whole`: no part of a cent or number; `plain`: neither `geen` nor left open by a date."""

    text: str
    level: int = ATOM
    whole: bool = True
    plain: bool = True


@dataclass(frozen=True)
class Ref:
    """A name with the type that the checker will give it. `positive`: the checker can prove that it is."""

    text: str
    kind: str
    options: tuple[str, ...] = ()
    whole: bool = True
    plain: bool = True
    geen: bool = False
    positive: bool = False
    record: Record | None = None


MONEY = ("€ 0", "€ 0,01", "€ 1", "€ 99,99", "€ 100", "€ 1.250,50", "€ 25.000", "EUR 3,-", "€ -12,34")
AMOUNTS = ("€ 0,01", "€ 1", "€ 3", "€ 99,99", "€ 100", "€ 1.250,50", "€ 25.000")
NUMBERS = ("0", "1", "2", "3", "7", "18", "21", "27", "100")
DECIMALS = ("0,5", "1,25", "2,5", "0,333", "17,5")
PERCENTAGES = ("100 %", "105 %", "117,5 %", "33,3 %", "0,1 %", "70 %")
DAYS = (
    "2026-03-01", "2024-02-29", "1986-04-12", "2000-02-29", "2008-03-01", "2025-12-31", "2019-02-28", "1958-10-31", "2026-03-02",
)  # fmt: skip
PARTIAL_DAYS = (*DAYS, *DAYS, "1986-04", "2008-02", "2000-02", "2026-03", "1986", "2008", "2005-03")
PERIODS = ("1 dag", "28 dagen", "8 weken", "1 maand", "12 maanden", "1 jaar", "18 jaar", "67 jaar en 3 maanden", "2 maanden en 5 dagen")
WORDS = ("a", "huur", "0599", "lokaal", "d e")
CHOICES = ("fiets", "ov", "taxi")
EXTREMES = ("min", "max")
ROUNDINGS = ("", "naar boven op ", "naar beneden op ", "op ", "naar boven ")


def _refs(record: Record, before: str = "") -> Iterator[Ref]:
    for field in record.fields.values():
        name, of = before + field.name, field.type
        yield _ref(name, of)
        if of.kind is Kind.GROEP and of.record is not None:
            yield from _refs(of.record, name + ".")


def _ref(name: str, of: Type) -> Ref:
    return Ref(name, of.kind.value, of.options, of.whole, not of.geen, of.geen, record=of.record)


SITUATION = tuple(_refs(situation_schema()))


class Expressions:
    """Writes expressions of a wanted type with the names that are in scope. `kleene`: without `is bekend`/`is onbekend`."""

    def __init__(self, dice: Dice, names: list[Ref], *, kleene: bool = False) -> None:
        self.dice = dice
        self.names = names
        self.kleene = kleene
        self.entries: list[tuple[Ref, ...]] = []  # the records of the lists that we are inside of

    # names

    def refs(self, kind: str, *, plain: bool = False) -> list[Ref]:
        """Names of a kind: an entry's fields, the ruleset's own, or those of the situation."""
        pools = [self.entries[-1] if self.entries else (), self.names, SITUATION]
        fitting = [[r for r in pool if r.kind == kind and (r.plain or not plain)] for pool in pools]
        fitting = [pool for pool in fitting if pool]
        return self.dice.pick(fitting) if fitting else []

    def ref(self, kind: str, *, plain: bool = False) -> Text | None:
        found = self.refs(kind, plain=plain)
        if not found:
            return None
        one = self.dice.pick(found)
        return Text(one.text, ATOM, one.whole, one.plain)

    def at(self, inner: Text, level: int) -> str:
        """The text where `level` is asked for: brackets when it is looser, and sometimes for nothing."""
        return f"({inner.text})" if inner.level < level or self.dice.chance(4) else inner.text

    def joined(self, template: str, level: int, *parts: Text, whole: bool | None = None) -> Text:
        texts = [p.text for p in parts]
        return Text(
            template.format(*texts),
            level,
            all(p.whole for p in parts) if whole is None else whole,
            all(p.plain for p in parts),
        )

    # ja of nee

    def truth(self, depth: int) -> Text:
        forms = ["ref", "compare", "range", "in", "is", "fixed"]
        if depth > 0:
            forms += ["niet", "en", "of", "list", "en", "of", "list"]
        match self.dice.pick(forms):
            case "ref":
                return self.ref("ja_nee") or Text("ja")
            case "fixed":
                return Text(self.dice.pick(("ja", "nee")))
            case "compare":
                return self.compare(depth)
            case "range":
                make = self.dice.pick((self.money, self.number, self.day))
                value, low, high = (self.at(make(depth - 1), GREEDY) for _ in range(3))
                return Text(f"{value} tussen {low} en {high}", COMPARED)
            case "in":
                return self.one_of(depth)
            case "is":
                return self.is_known(depth)
            case "niet":
                return Text(f"niet {self.at(self.truth(depth - 1), NIET)}", NIET)
            case "en" | "of" as word:
                parts = [self.at(self.truth(depth - 1), NIET) for _ in range(2 + self.dice.below(2))]
                return Text(f" {word} ".join(parts), EN if word == "en" else OF)
            case _:
                op = self.dice.pick(("bestaat", "alle"))
                return self.over_list(op, depth) or Text("nee")

    def compare(self, depth: int) -> Text:
        kind = self.dice.pick(("geld", "getal", "datum", "geld", "getal", "datum", "keuze", "tekst", "periode", "ja_nee"))
        sign = self.dice.pick(("=", "!=", "<", "<=", ">", ">="))
        if kind in ("keuze", "tekst", "periode", "ja_nee"):
            sign = self.dice.pick(("=", "!="))
        match kind:
            case "geld":
                left, right = self.money(depth - 1), self.money(depth - 1)
            case "getal":
                left, right = self.number(depth - 1), self.number(depth - 1)
            case "datum":
                left, right = self.day(depth - 1), self.day(depth - 1)
            case "keuze":
                one = self.dice.pick(self.refs("keuze"))
                left, right = Text(one.text), Text(f"'{self.dice.pick(one.options)}'")
                if self.dice.chance(30):
                    left, right = right, left
            case "tekst":
                left, right = self.ref("tekst") or Text("'a'"), self.words()
            case "periode":
                left, right = self.ref("periode") or Text("(1 maand)"), self.period()
            case _:
                left, right = self.truth(0), self.truth(0)
        return Text(f"{self.at(left, GREEDY)} {sign} {self.at(right, GREEDY)}", COMPARED)

    def one_of(self, depth: int) -> Text:
        match self.dice.pick(("keuze", "tekst", "getal", "geld")):
            case "keuze":
                one = self.dice.pick(self.refs("keuze"))
                value, options = Text(one.text), [f"'{o}'" for o in one.options]
            case "tekst":
                value, options = self.ref("tekst") or Text("'a'"), [f"'{w}'" for w in WORDS]
            case "getal":
                value, options = self.number(depth - 1), list(NUMBERS)
            case _:
                value, options = self.money(depth - 1), list(MONEY)
        chosen = [self.dice.pick(options) for _ in range(1 + self.dice.below(3))]
        return Text(f"{self.at(value, GREEDY)} in [{', '.join(chosen)}]", COMPARED)

    def is_known(self, depth: int) -> Text:
        if self.kleene or self.dice.chance(40):
            absent = [r for r in (*(self.entries[-1] if self.entries else ()), *self.names, *SITUATION) if r.geen or r.kind == "lijst"]
            return Text(f"{self.dice.pick(absent).text} is geen", COMPARED)
        what = self.dice.pick(("bekend", "onbekend", "niet bekend", "niet onbekend"))
        kind = self.dice.pick(("geld", "getal", "datum", "ja_nee", "keuze", "tekst", "lijst", "periode", "expressie"))
        value = None if kind == "expressie" else self.ref(kind)
        if value is None:
            value = self.dice.pick((self.money, self.number, self.day))(depth - 1)
        return Text(f"{self.at(value, GREEDY)} is {what}", NIET if what.startswith("niet") else COMPARED)

    # lists

    def over_list(self, op: str, depth: int, kind: str = "") -> Text | None:
        """`aantal`, `bestaat`, `alle` over a list; `som` over a field of `kind`. None when no list fits."""
        if len(self.entries) >= 2:
            return None
        lists = self.refs("lijst")
        if not lists:
            return None
        found = self.dice.pick(lists)
        record = found.record or Record("", {})
        path, whole = found.text, True
        if op == "som":
            fields = [f for f in record.fields.values() if f.type.kind.value == kind]
            if not fields:
                return None
            path += "." + self.dice.pick(fields).name
        where = ""
        if op == "alle" or self.dice.chance(70):
            self.entries.append(tuple(_ref(f.name, f.type) for f in record.fields.values()))
            where = f" waar {self.truth(max(0, depth - 1)).text}"
            self.entries.pop()
        return Text(f"{op}({path}{where})", ATOM, whole)

    # numbers and money

    def number(self, depth: int, *, plain: bool = False) -> Text:
        forms = ["ref", "fixed", "count"] if plain else ["ref", "fixed", "age", "elapsed", "count"]
        if depth > 0:
            forms += ["+", "*", "/", "%", "extreme", "round", "ratio", "-", "sum"]
        match self.dice.pick(forms):
            case "ref":
                return self.ref("getal", plain=plain) or Text("1")
            case "age":
                return self.age(depth)
            case "elapsed":
                unit = self.dice.pick(("dagen", "maanden", "jaren"))
                first, last = self.at(self.day(depth - 1), GREEDY), self.at(self.day(depth - 1), GREEDY)
                return Text(f"{unit} tussen {first} en {last}", GREEDY, plain=False)
            case "count":
                return self.over_list("aantal", depth) or Text("2")
            case "sum":
                return self.over_list("som", depth, "getal") or Text("3")
            case "ratio":
                top, bottom = self.money(depth - 1, plain=plain), self.positive("geld", depth - 1, plain=plain)
                return Text(f"{self.at(top, PRODUCT)} / {bottom}", PRODUCT, whole=False, plain=top.plain)
            case "fixed":
                text = self.dice.pick((*NUMBERS, *DECIMALS, *PERCENTAGES))
                return Text(text, ATOM, "," not in text and "%" not in text)
            case form:
                return self.arithmetic(form, depth, money=False, plain=plain)

    def age(self, depth: int) -> Text:
        dated = any(r.text == "geboortedatum" for r in self.entries[-1]) if self.entries else False
        of = "" if dated or self.dice.chance(50) else f" van {self.dice.pick(('persoon', 'huishouden.partner'))}"
        if self.dice.chance(50):
            return Text(f"leeftijd{of}", ATOM, plain=False)
        return Text(f"leeftijd{of} op {self.at(self.day(depth - 1), GREEDY)}", GREEDY, plain=False)

    def money(self, depth: int, *, whole: bool = False, plain: bool = False) -> Text:
        forms = ["ref", "ref", "fixed", "sum"]
        if depth > 0:
            forms += ["+", "*", "/", "%", "extreme", "round", "-"]
        match self.dice.pick(forms):
            case "ref":
                made = self.ref("geld", plain=plain) or Text("€ 5")
            case "fixed":
                made = Text(self.dice.pick(MONEY))
            case "sum":
                made = self.over_list("som", depth, "geld") or Text("€ 7,50")
            case form:
                made = self.arithmetic(form, depth, money=True, plain=plain)
        return made if made.whole or not whole else self.rounded(made, money=True)

    def arithmetic(self, form: str, depth: int, *, money: bool, plain: bool) -> Text:
        def same() -> Text:
            return self.money(depth - 1, plain=plain) if money else self.number(depth - 1, plain=plain)

        match form:
            case "+":
                left, right, sign = same(), same(), self.dice.pick(("+", "-"))
                text = f"{self.at(left, SUM)} {sign} {self.at(right, PRODUCT)}"
                return Text(text, SUM, left.whole and right.whole, left.plain and right.plain)
            case "*":
                left, right = same(), self.number(depth - 1, plain=plain)
                if self.dice.chance(30):
                    left, right = right, left
                text = f"{self.at(left, PRODUCT)} * {self.at(right, SIGNED)}"
                return Text(text, PRODUCT, left.whole and right.whole, left.plain and right.plain)
            case "/":
                left = same()
                text = f"{self.at(left, PRODUCT)} / {self.positive('getal', depth - 1, plain=plain)}"
                return Text(text, PRODUCT, whole=False, plain=left.plain and plain)
            case "%":
                inner, percent = same(), self.dice.pick(PERCENTAGES)
                return Text(f"{percent} van {self.at(inner, SIGNED)}", SIGNED, inner.whole and percent == "100 %", inner.plain)
            case "extreme":
                parts = [same() for _ in range(2 + self.dice.below(2))]
                text = f"{self.dice.pick(EXTREMES)}({', '.join(self.at(p, GREEDY) for p in parts)})"
                return Text(text, ATOM, all(p.whole for p in parts), all(p.plain for p in parts))
            case "-":
                inner = same()
                return Text(f"-{self.at(inner, SIGNED)}", SIGNED, inner.whole, inner.plain)
            case _:
                return self.rounded(same(), money=money)

    def rounded(self, inner: Text, *, money: bool) -> Text:
        how, unit = self.dice.pick(ROUNDINGS), "geheel"
        if money:
            unit = self.dice.pick(("cent", "euro", "€ 50", "€ 0,05", "€ 2,50"))
        return Text(f"afronden({self.at(inner, GREEDY)}, {how}{unit})", ATOM, plain=inner.plain)

    def positive(self, kind: Literal["geld", "getal"], depth: int, *, plain: bool) -> str:
        """A divisor of which the checker can prove that it is greater than zero."""
        money = kind == "geld"
        figures = [r.text for r in self.names if r.kind == kind and r.positive]
        match self.dice.pick(("fixed", "figure", "max", "count")):
            case "figure" if figures:
                return self.dice.pick(figures)
            case "max":
                inner = self.money(depth, plain=plain) if money else self.number(depth, plain=plain)
                return f"max({self.at(inner, GREEDY)}, {'€ 1' if money else '1'})"
            case "count" if not money:
                found = self.over_list("aantal", depth)
                return f"({found.text} + 1)" if found else "3"
            case _:
                return self.dice.pick(AMOUNTS) if money else self.dice.pick((*NUMBERS[1:], *DECIMALS))

    # dates, periods, words

    def day(self, depth: int) -> Text:
        forms = ["ref", "fixed", "today"] + (["shift", "extreme"] if depth > 0 else [])
        match self.dice.pick(forms):
            case "ref":
                return self.ref("datum") or Text("peildatum")
            case "fixed":
                return Text(self.dice.pick(DAYS))
            case "shift":
                sign = self.dice.pick(("+", "-"))
                period = self.period()
                return Text(f"{self.at(self.day(depth - 1), SUM)} {sign} {self.at(period, PRODUCT)}", SUM, plain=False)
            case "extreme":
                parts = [self.at(self.day(depth - 1), GREEDY) for _ in range(2)]
                return Text(f"{self.dice.pick(EXTREMES)}({', '.join(parts)})", plain=False)
            case _:
                return Text("peildatum")

    def period(self) -> Text:
        if self.dice.chance(15):
            return Text(f"{self.dice.pick(PERIODS)} {self.dice.pick(('+', '-'))} {self.dice.pick(PERIODS[:3])}", SUM)
        found = self.ref("periode") if self.dice.chance(50) else None
        return found or Text(self.dice.pick(PERIODS))

    def words(self) -> Text:
        found = self.ref("tekst") if self.dice.chance(40) else None
        return found or Text(f"{self.dice.pick(WORDS)!r}")

    # groups, kies and tabel: YAML around expressions

    def made(self, kind: str, depth: int, *, whole: bool = True, plain: bool = False) -> Text:
        match kind:
            case "geld":
                return self.money(depth, whole=whole, plain=plain)
            case "getal":
                return self.number(depth, plain=plain)
            case "ja_nee":
                return self.truth(depth)
            case "datum":
                return self.day(depth)
            case "periode":
                return self.period()
            case _:
                return self.words()

    def node(self, kind: str, depth: int, *, whole: bool = True, plain: bool = False) -> tuple[Yaml, bool]:
        """An expression on a line, a group, `kies` or `tabel`; and whether what comes out is certainly plain."""
        forms = ["line", "line", "kies", "tabel"] + (["group", "group"] if kind == "ja_nee" else [])
        form = self.dice.pick(forms) if depth > 0 else "line"
        if form == "group":
            return self.group(depth), True
        if form == "kies":
            results = [self.node(kind, depth - 1, whole=whole, plain=plain) for _ in range(2 + self.dice.below(3))]
            branches: list[Yaml] = [{"als": self.node("ja_nee", depth - 1)[0], "dan": r} for r, _ in results[1:]]
            return {"kies": [*branches, {"anders": results[0][0]}]}, all(p for _, p in results)
        if form == "tabel":
            return self.table(kind, depth, whole=whole, plain=plain)
        line = self.made(kind, depth, whole=whole, plain=plain)
        return line.text, line.plain

    def group(self, depth: int) -> Yaml:
        op = self.dice.pick(("alle", "een_van", "geen_van"))
        group: dict[str, Any] = {op: [self.node("ja_nee", depth - 1)[0] for _ in range(1 + self.dice.below(3))]}
        if self.dice.chance(30):
            group["tenzij"] = self.node("ja_nee", depth - 1)[0]
        return group

    def table(self, kind: str, depth: int, *, whole: bool, plain: bool) -> tuple[Yaml, bool]:
        hit = self.dice.pick(("uniek", "eerste", "verzamel"))
        if hit == "verzamel" and kind not in ("geld", "getal"):
            hit = "eerste"
        parts = [self.column(depth - 1) for _ in range(1 + self.dice.below(2))]
        rows = [[]]
        for _, cells in parts:  # every combination once; then some columns stop mattering
            rows = [[*row, cell] for row in rows for cell in cells]
        otherwise = self.dice.chance(50)
        if otherwise and len(rows) > 1:
            rows = rows[1:]
        if hit != "uniek" and self.dice.chance(60):
            rows = [[cell if self.dice.chance(70) else "-" for cell in row] for row in rows]
        results = [self.made(kind, depth - 1, whole=whole, plain=plain or hit == "verzamel") for _ in range(len(rows) + otherwise)]
        table: dict[str, Any] = {
            "treffer": hit,
            "kolommen": [column for column, _ in parts],
            "rijen": [{"als": row, "dan": r.text} for row, r in zip(rows, results, strict=False)],
        }
        if otherwise:
            table["anders"] = results[-1].text
        if hit == "verzamel":
            table["samen"] = self.dice.pick(("som", "max", "min"))
        return {"tabel": table}, all(r.plain for r in results)

    def column(self, depth: int) -> tuple[str, list[str]]:
        """A column with cells of which exactly one fits every value."""
        match self.dice.pick(("ja_nee", "keuze", "getal", "geld", "datum")):
            case "ja_nee":
                return self.truth(depth).text, ["ja", "nee"]
            case "keuze":
                one = self.dice.pick(self.refs("keuze"))
                cut = 1 + self.dice.below(len(one.options) - 1)
                first = [f"'{o}'" for o in one.options[:cut]]
                last = ", ".join(f"'{o}'" for o in one.options[cut:])
                return one.text, [*(first if cut < 3 else [f"in [{', '.join(first)}]"]), f"in [{last}]"]
            case "datum":
                day = self.dice.pick(DAYS)
                return self.day(depth).text, [f"< {day}", f">= {day}"]
            case "getal":
                return self.number(depth).text, self.cells(sorted({self.dice.pick(NUMBERS) for _ in range(2)}, key=int))
            case _:
                return self.money(depth).text, self.cells(self.dice.pick((["€ 100"], ["€ 1", "€ 25.000"])))

    def cells(self, limits: list[str]) -> list[str]:
        if len(limits) == 1:
            return self.dice.pick(([f"<= {limits[0]}", f"> {limits[0]}"], [f"< {limits[0]}", limits[0], f"> {limits[0]}"]))
        return [f"< {limits[0]}", f"tussen {limits[0]} en {limits[1]}", f"> {limits[1]}"]


# --- registers ---------------------------------------------------------------------------------------------------------

GEGEVENS: dict[str, dict[str, Any]] = {
    "g_geld": {"type": "geld"},
    "g_inkomen": {"type": "geld", "bewaren": "12 maanden"},
    "g_getal": {"type": "getal"},
    "g_afstand": {"type": "decimaal", "cijfers": "2", "eenheid": "km"},
    "g_heel": {"type": "decimaal", "cijfers": "0"},
    "g_vraag": {"type": "ja_nee"},
    "g_oordeel": {"type": "ja_nee"},
    "g_dag": {"type": "datum"},
    "g_einde": {"type": "datum", "geen": "ja"},
    "g_duur": {"type": "periode"},
    "g_reis": {"type": "keuze", "opties": list(CHOICES)},
    "g_tekst": {"type": "tekst"},
}
RULESETS = ("gedeeld", "landelijk", "lokaal")
KINDS = ("geld", "getal", "ja_nee", "datum", "periode", "tekst")


@dataclass(frozen=True)
class Written:
    """A register as texts: shared terms, a national ruleset (sometimes in two versions), and a local one that reads both."""

    texts: tuple[str, ...]

    def __str__(self) -> str:
        return "\n---\n".join(self.texts)

    def checked(self) -> Register:
        """The register; InvalidError when the checker refuses it."""
        findings = Findings()
        sources = [Source(f"{number}.yaml", text) for number, text in enumerate(self.texts)]
        documents = [d for d in (read_yaml(s, findings) for s in sources) if d is not None]
        checker = Checker(documents)
        found = [*findings, *checker.findings]
        if found:
            raise InvalidError(found)
        return Register(checker.rulesets, Catalogue(), sources)

    def compiled(self, on: date) -> list[Compiled]:
        """The two rulesets that decide, linked for a day."""
        register = self.checked()
        return [register.compiled(ident, on, None) for ident in ("landelijk", "lokaal")]


class Rulesets:
    """Writes one register."""

    def __init__(self, dice: Dice, *, kleene: bool = False, depth: int = 3) -> None:
        self.dice = dice
        self.kleene = kleene
        self.depth = depth
        self.shared: list[Ref] = []  # terms and figures that have their name everywhere
        self.national: list[Ref] = []  # names to `gebruik`
        self.open: list[Ref] = []

    def written(self) -> Written:
        texts = [emit(self.shared_terms(), self.dice), *self.national_rules(), emit(self.local_rules(), self.dice)]
        return Written(tuple(texts))

    def head(self, ident: str, soort: str) -> dict[str, Any]:
        return {"regelset": ident, "formaat": "1", "titel": f"De regeling {ident}", "soort": soort, "geldig": {"van": "1990-01-01"}}

    def shared_terms(self) -> Yaml:
        self.names: list[Ref] = []
        return {**self.head("gedeeld", "begrippen"), **self.declared("s")}

    def national_rules(self) -> list[str]:
        self.names = list(self.shared)
        rules = {**self.head("landelijk", "wet"), **self.declared("n"), "open": self.slots(), **self.rules()}
        if not self.dice.chance(30):
            return [emit(rules, self.dice)]
        newer = {**rules, "geldig": {"van": "2026-01-01"}, "bedragen": {n: self.revalued(f) for n, f in rules["bedragen"].items()}}
        rules["geldig"] = {"van": "1990-01-01", "tot": "2025-12-31"}
        return [emit(rules, self.dice), emit(newer, self.dice)]

    def local_rules(self) -> Yaml:
        self.names = list(self.shared)
        return {**self.head("lokaal", "verordening"), **self.declared("l"), "vult_in": self.fills(), **self.rules()}

    # names

    def expressions(self, *, outside: bool = True) -> Expressions:
        return Expressions(self.dice, self.names, kleene=self.kleene)

    def declared(self, letter: str) -> dict[str, Any]:
        found = {"gegevens": self.facts(letter), "bedragen": self.figures(letter), "begrippen": self.terms(letter)}
        return {key: value for key, value in found.items() if value}

    def facts(self, letter: str) -> dict[str, Any]:
        facts = {}
        for name, written in GEGEVENS.items():
            if letter == "s" and not self.dice.chance(20):  # the others hide those of the shared ruleset
                continue
            if letter != "s" and not self.dice.chance(60):
                continue
            van = "oordeel" if name == "g_oordeel" else self.dice.pick(("inwoner", "uwv", "adviseur"))
            facts[name] = {**written, "label": f"het gegeven {name}", "vraag": f"Wat is {name}?", "van": [van]}
            kind = written["type"]
            digits = int(written.get("cijfers", "0"))
            one = Ref(
                name, "getal" if kind == "decimaal" else kind, tuple(written.get("opties", ())), digits == 0,
                plain="geen" not in written, geen="geen" in written,
            )  # fmt: skip
            self.names = [*(r for r in self.names if r.text != name), one]
            if letter == "s":
                self.shared = [*self.shared, one]
        return facts

    def figures(self, letter: str) -> dict[str, Any]:
        figures = {}
        for number in range(1 + self.dice.below(3)):
            name = f"{letter}_bedrag_{number}"
            kind = self.dice.pick(("geld", "getal", "decimaal", "datum", "periode"))
            figures[name] = self.revalued({"type": kind, "bron": "Stcrt. 2026"} | ({"cijfers": "2"} if kind == "decimaal" else {}))
            positive = kind in ("geld", "getal", "decimaal")
            one = Ref(name, "getal" if kind == "decimaal" else kind, whole=kind != "decimaal", positive=positive)
            self.add(letter, one)
        return figures

    def revalued(self, figure: dict[str, Any]) -> dict[str, Any]:
        """The same figure with other values: positive where it is a number or money."""
        pools = {"geld": AMOUNTS, "getal": NUMBERS[1:], "decimaal": ("0,25", "2,5", "17,5", "100"), "datum": DAYS, "periode": PERIODS}
        days = ("1990-01-01", "2025-01-01", "2026-01-01", "2026-03-01")[: 1 + self.dice.below(4)]
        return {**figure, "waarden": {day: self.dice.pick(pools[figure["type"]]) for day in days}}

    def add(self, letter: str, one: Ref) -> None:
        self.names = [*self.names, one]
        if letter == "s":
            self.shared = [*self.shared, one]
        elif letter == "n":
            self.national = [*self.national, one]

    def terms(self, letter: str) -> dict[str, Any]:
        terms: dict[str, Any] = {}
        for number in range(1 + self.dice.below(4)):
            name = f"{letter}_begrip_{number}"
            if letter == "l" and self.dice.chance(40):
                used = self.dice.pick(self.national)
                terms[name] = {"gebruik": f"landelijk.{used.text}", "grondslag": "Pw 21"}
                self.add(letter, replace(used, text=name))
                continue
            kind = self.dice.pick(KINDS)
            expressions = self.expressions()
            node, plain = expressions.node(kind, self.depth - 1, whole=True)
            whole = kind == "geld"  # the checker knows more, but this is what can be relied on
            inside = node if isinstance(node, dict) and self.dice.chance(50) else {"is": node}
            terms[name] = {**inside, "label": f"het begrip {number}"} if self.dice.chance(80) else node
            self.add(letter, Ref(name, kind, whole=whole, plain=plain and kind != "datum"))
        return terms

    def slots(self) -> dict[str, Any]:
        slots: dict[str, Any] = {}
        for number in range(self.dice.below(3)):
            name, kind = f"o_{number}", self.dice.pick(("geld", "getal", "ja_nee", "datum", "periode"))
            slots[name] = {"type": kind, "grondslag": "Pw 8", "label": f"wat de gemeente bepaalt ({number})"}
            if self.dice.chance(50):
                slots[name]["anders"] = self.filler(kind)
            self.open = [*self.open, Ref(name, kind)]
            self.names = [*self.names, Ref(name, kind)]
        return slots

    def filler(self, kind: str) -> str:
        if kind == "getal":  # a slot of whole numbers asks for one
            return self.expressions().rounded(self.expressions().number(1, plain=True), money=False).text
        return self.expressions().made(kind, 2, whole=True, plain=True).text

    def fills(self) -> dict[str, Any]:
        return {f"landelijk.{slot.text}": self.filler(slot.kind) for slot in self.open}

    # the rules

    def rules(self) -> dict[str, Any]:
        amount, _ = self.expressions().node("geld", self.depth, whole=True, plain=True)
        criteria = [self.criterion(number) for number in range(1 + self.dice.below(4))]
        rules: dict[str, Any] = {
            "bron": {"regeling": "CVDR1", "versie": "1", "naam": "De regeling"},
            "doel": "Iedereen doet mee.",
            "leefgebieden": ["financien"],
            "procedure": {
                "rechtsmiddel": {"soort": "bezwaar", "termijn": "6 weken", "vanaf": "bekendmaking", "bij": "het college", "grondslag": "Awb 6:7"},
                "aanvullen": "Awb 4:5",
                "horen": "Awb 4:7",
            },
            "criteria": criteria,
            "hardheid": [self.clause(criteria)],
        }
        if self.dice.chance(50):
            rules["peildatum"] = self.expressions().day(1).text
        if self.dice.chance(60) or any(c.get("gevolg") == "deel" for c in criteria):
            inside = amount if isinstance(amount, dict) and self.dice.chance(50) else {"is": amount}
            rules["uitkomst"] = {"bedrag": {"per": self.dice.pick(("maand", "jaar", "keer")), **inside}}
        return rules

    def criterion(self, number: int) -> dict[str, Any]:
        one: dict[str, Any] = {"id": f"c{number}", "titel": f"Voorwaarde {number}", "grondslag": f"art. {number}", "doel": "Omdat het zo is."}
        effect = self.dice.pick(("", "", "afwijzen", "kan_weigeren", "deel", "wacht_tot"))
        if effect == "deel":
            one["aftrek"] = self.expressions().node("geld", self.depth - 1, whole=True, plain=True)[0]
        if effect != "deel" or self.dice.chance(60):
            one["eis"] = self.expressions().node("ja_nee", self.depth)[0]
            if self.dice.chance(30):
                one["tenzij"] = self.expressions().node("ja_nee", self.depth - 1)[0]
        if effect == "wacht_tot":
            effect = f"wacht_tot {self.expressions().day(1).text}"
        if effect:
            one["gevolg"] = effect
        if self.dice.chance(20):
            one["in_werking"] = self.dice.pick(("gedoogd", {"vanaf": "2026-01-01"}, {"vanaf": "2020-01-01", "gedoogd": "nee"}))
        if self.dice.chance(30):
            one["rust_op"] = self.dice.pick(("wet", "verordening", "beleidsregel"))
        return one

    def clause(self, criteria: list[dict[str, Any]]) -> dict[str, Any]:
        if self.dice.chance(50):
            return {"id": "geen", "soort": "geen", "grondslag": "art. 9", "geldt_voor": "alle"}
        bars = [{"als": self.expressions().truth(1).text, "grondslag": "art. 9", "reden": "zo is het"} for _ in range(self.dice.below(3))]
        return {
            "id": "clausule", "soort": "verordening_clausule", "grondslag": "art. 9", "maatstaf": "bijzondere omstandigheden",
            "geldt_voor": [c["id"] for c in criteria[:2]], "wie_beslist": "college", "mag": ["toekennen"],
            "wegen": [{"soort": "taal", "waarom": "dat telt"}], self.dice.pick(("niet_als", "voorwaarden")): bars,
        }  # fmt: skip


# --- YAML --------------------------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[A-Za-z0-9(€](?:[^\n:#]|:(?! )|(?<! )#)*")


def emit(node: Yaml, dice: Dice, indent: int = 0) -> str:
    """A structure as YAML, its texts in any of YAML's ways of writing one."""
    pad, lines = "  " * indent, []
    if isinstance(node, str):
        return scalar(node, dice, indent)
    if isinstance(node, list) and (not node or (dice.chance(50) and all(isinstance(i, str) for i in node))):
        return "[" + ", ".join(quoted(i, dice) for i in node) + "]"
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        mark = f"{pad}{key}:" if isinstance(node, dict) else f"{pad}-"
        inner = emit(value, dice, indent + 1)
        block = not isinstance(value, str) and not inner.startswith("[")
        lines.append(f"{mark}\n{inner}" if block and value else f"{mark} {inner or '{}'}")
    return "\n".join(lines)


def quoted(text: str, dice: Dice) -> str:
    if dice.chance(50) and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def scalar(text: str, dice: Dice, indent: int) -> str:
    plain = bool(_PLAIN.fullmatch(text)) and not text.endswith(" ")
    folds = " " in text and "  " not in text
    way = dice.pick(("plain", "plain", "quoted", "folded", "literal", "wrapped"))
    pad = "\n" + "  " * (indent + 1)
    if way == "folded" and folds:
        return ">-" + pad + fold(text, dice, pad)
    if way == "literal" and " " in text:  # a word from a fixed set stands on its own line
        return "|" + dice.pick(("", "-")) + pad + text
    if way == "wrapped" and folds and plain:
        return fold(text, dice, pad)
    return text if plain and way != "quoted" else quoted(text, dice)


def fold(text: str, dice: Dice, pad: str) -> str:
    """The text over two lines: a space that is not inside quotes becomes an end of line."""
    spots = [m.start() for m in re.finditer(" ", text) if text[m.start() + 1] not in "-?#%" or text[m.start() + 2 : m.start() + 3].isalnum()]
    if not spots:
        return text
    at = dice.pick(spots)
    return text[:at] + pad + text[at + 1 :]


# --- situations --------------------------------------------------------------------------------------------------------


def value(soort: Soort, dice: Dice) -> Any:
    """What a file could say of a known fact."""
    if soort.geen and dice.chance(25):
        return "geen"
    match soort.naam:
        case "geld":
            return dice.pick(("€ 0", "€ 0,01", "€ 1", "€ 99,99", "€ 100", "€ 100,01", "€ 1.250,50", "€ 25.000", "-€ 12,34", {"centen": 333}))
        case "getal":
            return int(dice.pick(NUMBERS))
        case "decimaal":
            return dice.pick(("0", "1", "17") if soort.cijfers == 0 else ("0", "0,5", "1,25", "2,50", "17.5", "-3,01"))
        case "ja_nee":
            return dice.pick(("ja", "nee", True, False))
        case "datum":
            return dice.pick(PARTIAL_DAYS)
        case "periode":
            return dice.pick(PERIODS)
        case "keuze":
            return dice.pick(soort.opties)
        case "tekst":
            return dice.pick(WORDS)


class Situations:
    """Writes one situation as a vendor could send it. `known`: how many of a hundred facts are."""

    def __init__(self, dice: Dice, known: int) -> None:
        self.dice = dice
        self.known = known

    def raw(self) -> dict[str, Any]:
        raw = self.group(Situation)
        self.agree(raw.setdefault("huishouden", {}))
        raw["eigen"] = {ruleset: self.own() for ruleset in RULESETS if self.dice.chance(90)}
        raw["feiten"] = self.doubts(raw)
        return raw

    def group(self, model: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, info in model.model_fields.items():
            if name in ("formaat", "feiten", "eigen"):
                continue
            soort = next((n for n in info.metadata if isinstance(n, Soort)), None)
            inner = model_of(info.annotation)
            if not (soort is None and inner is not None and "tuple" not in str(info.annotation)) and not self.dice.chance(self.known):
                if self.dice.chance(10):
                    found[name] = self.dice.pick((None, "onbekend"))
                continue
            if soort is not None:
                found[name] = value(soort, self.dice)
            elif name == "partner":
                found[name] = self.dice.pick(("geen", None, self.group(inner), self.group(inner)))
            elif inner is not None and "tuple" not in str(info.annotation):
                found[name] = self.group(inner)
            elif inner is not None:
                found[name] = self.dice.pick(("geen", [], None, *[None] * 0)) if self.dice.chance(25) else self.entries(inner)
            else:
                found[name] = [self.dice.pick(("wonen", "zorg", "werk")) for _ in range(self.dice.below(3))]
        return found

    def entries(self, model: Any) -> list[dict[str, Any]]:
        found = [self.group(model) for _ in range(1 + self.dice.below(3))]
        for one in found:
            if model.__name__ == "Behoefte":
                one["leefgebied"], one["ernst"] = "wonen", 1 + self.dice.below(5)
            elif model.__name__ == "Omstandigheid":
                one["soort"] = self.dice.pick(("taal", "overig"))
        return found

    def agree(self, household: dict[str, Any]) -> None:
        """A household that does not contradict itself."""
        partner, soort = household.get("partner"), household.get("soort")
        if soort in ("alleenstaande", "alleenstaande_ouder") and isinstance(partner, dict):
            household["soort"] = self.dice.pick(("gehuwd", None))
        elif (soort == "gehuwd" and partner == "geen") or (soort == "alleenstaande_ouder" and household.get("kinderen") in ("geen", [])):
            household["soort"] = self.dice.pick(("alleenstaande", None))

    def own(self) -> dict[str, Any]:
        found = {}
        for name, written in GEGEVENS.items():
            if self.dice.chance(self.known):
                soort = Soort(
                    written["type"], *written.get("opties", ()), geen="geen" in written, cijfers=int(written.get("cijfers", "0"))
                )
                found[name] = value(soort, self.dice)
        return found

    def doubts(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Some facts, groups or lists that are disputed or under investigation."""
        if not self.dice.chance(20):
            return {}
        doubt: list[dict[str, Any]] = [{"betwist": "ja"}, {"in_onderzoek": True, "bron": "brp"}, {"bron": "uwv", "datum": "2026-02"}]
        paths = [*DOUBTED, *(f"eigen.lokaal.{name}" for name in GEGEVENS)]
        return {self.dice.pick(paths): self.dice.pick(doubt) for _ in range(1 + self.dice.below(3))}


DOUBTED = (
    *(r.text for r in SITUATION if r.kind != "groep"),
    "huishouden.partner",
    "inkomsten.0.bedrag",
    "huishouden.kinderen.1.geboortedatum",
)


def situation(dice: Dice, known: int | None = None) -> Situation:
    """A situation of which `known` of a hundred facts are known; without it anything from all to none."""
    share = dice.pick((100, 95, 85, 60, 30, 0)) if known is None else known
    return Situation.model_validate(Situations(dice, share).raw())


# --- strategies --------------------------------------------------------------------------------------------------------

REFERENCE_DAYS = tuple(date.fromisoformat(d) for d in ("2026-03-02", "2025-12-31", "2024-02-29", "2026-03-01", "2025-01-01"))


@st.composite
def registers(draw: st.DrawFn, *, kleene: bool = False) -> Written:
    """A register as text. `kleene`: without `is bekend` and `is onbekend`, which may change as more becomes known."""
    return Rulesets(Drawn(draw), kleene=kleene).written()


@st.composite
def situations(draw: st.DrawFn, *, known: int | None = None) -> Situation:
    """A situation, with everything that can be unknown in it."""
    return situation(Drawn(draw), known)


reference_days = st.sampled_from(REFERENCE_DAYS)
seeds = st.integers(0, 2**64 - 1)
