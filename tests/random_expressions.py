"""Random expressions as text: written by type, so that nearly every one is valid and still has to pass parser and checker.

The writers ask `Dice` only: drawn by Hypothesis they shrink, rolled from a seed they are fast.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Protocol, TypeVar

from hypothesis import strategies as st

from responsief.ir.types import Kind, Record, Type, situation_schema

T = TypeVar("T")
Yaml = str | list[Any] | dict[str, Any]


@cache
def _below(limit: int) -> st.SearchStrategy[int]:
    return st.integers(0, limit - 1)


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
        return self.draw(_below(limit))

    def pick(self, options: Sequence[T]) -> T:
        return options[self.below(len(options))]

    def chance(self, percent: int) -> bool:
        return self.below(100) >= 100 - percent


class Rolled(Drawn):
    """Choices rolled from a seed, for thousands of situations."""

    def __init__(self, seed: int) -> None:
        self.below = random.Random(seed).randrange  # type: ignore[method-assign]


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
PERIODS = (
    "1 dag",
    "28 dagen",
    "8 weken",
    "1 maand",
    "12 maanden",
    "1 jaar",
    "18 jaar",
    "67 jaar en 3 maanden",
    "2 maanden en 5 dagen",
)
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
                # fixed limits the wrong way round are refused: the upper one is never under the lower
                return Text(f"{value} tussen {low} en max({low}, {high})", COMPARED)
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
            absent = [
                r for r in (*(self.entries[-1] if self.entries else ()), *self.names, *SITUATION) if r.geen or r.kind == "lijst"
            ]
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
            results = [self.node(kind, depth - 1, whole=whole, plain=plain) for _ in range(1 + self.dice.below(4))]
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
        otherwise = self.dice.chance(50) or not all(column.plain for column, _ in parts)  # `geen` fits no comparison
        if otherwise and len(rows) > 1:
            rows = rows[1:]
        if hit != "uniek" and self.dice.chance(60):
            rows = [[cell if self.dice.chance(70) else "-" for cell in row] for row in rows]
        results = [self.made(kind, depth - 1, whole=whole, plain=plain) for _ in range(len(rows) + otherwise)]
        table: dict[str, Any] = {
            "treffer": hit,
            "kolommen": [column.text for column, _ in parts],
            "rijen": [{"als": row, "dan": r.text} for row, r in zip(rows, results, strict=False)],
        }
        if otherwise:
            table["anders"] = results[-1].text
        if hit == "verzamel":
            table["samen"] = self.dice.pick(("som", "max", "min"))
        return {"tabel": table}, all(r.plain for r in results)

    def column(self, depth: int) -> tuple[Text, list[str]]:
        """A column with cells of which exactly one fits every value."""
        match self.dice.pick(("ja_nee", "keuze", "getal", "geld", "datum")):
            case "ja_nee":
                return self.truth(depth), ["ja", "nee"]
            case "keuze":
                one = self.dice.pick(self.refs("keuze"))
                cut = 1 + self.dice.below(len(one.options) - 1)
                first = [f"'{o}'" for o in one.options[:cut]]
                last = ", ".join(f"'{o}'" for o in one.options[cut:])
                cells = [*(first if cut < 3 else [f"in [{', '.join(first)}]"]), f"in [{last}]"]
                return Text(one.text, plain=one.plain), cells
            case "datum":
                day = self.dice.pick(DAYS)
                return self.day(depth), [f"< {day}", f">= {day}"]
            case "getal":
                return self.number(depth), self.cells(sorted({self.dice.pick(NUMBERS) for _ in range(2)}, key=int))
            case _:
                return self.money(depth), self.cells(self.dice.pick((["€ 100"], ["€ 1", "€ 25.000"])))

    def cells(self, limits: list[str]) -> list[str]:
        if len(limits) == 1:
            return self.dice.pick(([f"<= {limits[0]}", f"> {limits[0]}"], [f"< {limits[0]}", limits[0], f"> {limits[0]}"]))
        return [f"< {limits[0]}", f"tussen {limits[0]} en {limits[1]}", f"> {limits[1]}"]
