"""What the sentences ask of the shape of a node, and the small words between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from responsief.ir import nodes as ir
from responsief.ir.types import Kind
from responsief.render.clauses import Clause, Noun, noun
from responsief.render.facts import option
from responsief.render.marks import bare
from responsief.render.page import Item
from responsief.values import Period, format_day, format_money, format_number

Entries = tuple[str, ...] | None  # the path of the list whose entry is spoken of


def spaced(text: str) -> str:
    """A text behind «Dan»: a space, or the colon that it brings itself."""
    return text if text.startswith(":") else f" {text}"


def turned(clause: Clause, negative: bool) -> Clause:
    """The clause, or the one that denies it."""
    return clause.denied() if negative else clause


def counted_noun(label: str, kind: Kind) -> Noun:
    """A label as a noun; what counts kilometres or days becomes «het aantal …»."""
    found = noun(label)
    counts = (
        kind is Kind.GETAL
        and " die " not in label
        and label.startswith(("kilometers ", "dagen ", "schooldagen ", "maanden ", "weken ", "uren "))
    )
    return Noun(f"het aantal {label}") if counts else found


def list_path(node: ir.Aggregate, entries: Entries) -> tuple[str, ...]:
    """Where the list of an aggregate stands."""
    path = node.entries.path if isinstance(node.entries, ir.Fact) else ()
    inner = isinstance(node.entries, ir.Fact) and node.entries.origin == "regel"
    return (*(entries or ()), *path) if inner else path


def of_whom(whose: str) -> str:
    """« van uw partner», or nothing when it is about «u»."""
    return "" if whose == "u" else f" van {whose}"


def plural_of(what: str) -> str:
    """What is added up, with its article."""
    return {"bedrag": "de bedragen", "waarde": "de waarde", "bedrag van de schuld": "het bedrag"}.get(what, f"«{what}»")


def flat(node: ir.And | ir.Or) -> tuple[ir.Node, ...]:
    """The operands, with those of a group of the same kind in their place."""
    found: list[ir.Node] = []
    for operand in node.operands:
        same = type(operand) is type(node) and known_of(operand) is None
        found += flat(operand) if same and isinstance(operand, ir.And | ir.Or) else (operand,)
    return tuple(found)


def known_of(node: ir.Node) -> ir.Node | None:
    """Of «x is bekend en …x…» what is asked of x."""
    if isinstance(node, ir.And) and len(node.operands) == 2:
        first, second = node.operands
        if isinstance(first, ir.Known) and first.wanted and first.value in tuple(ir.walk(second)):
            return second
    return None


def simplified(branches: Sequence[tuple[ir.Node, ir.Node]], otherwise: ir.Node, node: ir.Node) -> ir.Node | None:
    """A choice of ja and nee as «of» and «en niet»: the same in every case."""
    if len(branches) != 1 or not isinstance(branches[0][1], ir.Const):
        return None
    test, result = branches[0]
    if not isinstance(result, ir.Const):
        return None
    if isinstance(otherwise, ir.Const):
        if result.value is otherwise.value:
            return None
        return test if result.value else ir.Not(test, node.place)
    if result.value:
        return ir.Or((test, otherwise), node.place)
    return ir.And((ir.Not(test, node.place), otherwise), node.place)


def terms_of(node: ir.Node, sign: int = 1) -> list[tuple[int, ir.Node]]:
    """The terms of a sum with their signs."""
    if isinstance(node, ir.Arith) and node.op in "+-" and not (isinstance(node.left, ir.Const) and node.left.value == 0):
        return [*terms_of(node.left, sign), *terms_of(node.right, sign if node.op == "+" else -sign)]
    return [(sign, node)]


def needs_list(node: ir.Node) -> bool:
    """Does a term of a sum need a list itself?"""
    return any(
        isinstance(n, ir.Choose | ir.Collect) or (isinstance(n, ir.Aggregate) and n.where is not None) for n in ir.walk(node)
    )


def one_line(item: Item) -> str:
    """A line with everything under it in one sentence."""
    text = item.tekst.strip()
    if not item.onder:
        return text.rstrip(".")
    return f"{text} {'; '.join(one_line(o) for o in item.onder)}"


def constant(node: ir.Const) -> str:
    """A fixed value as people write it."""
    value = node.value
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Period):
        return str(value)
    if isinstance(value, str):
        return f"«{option(value)}»"
    if node.type.kind is Kind.GELD:
        return format_money(value)
    if node.place.text.rstrip().endswith("%"):
        return f"{format_number(Fraction(value) * 100)} %"
    return format_number(value)


def plain_number(node: ir.Const) -> str:
    """A fixed number without its unit."""
    return format_number(node.value) if isinstance(node.value, int | Fraction) else str(node.value)


def rounded_to(mode: str, unit: int, kind: Kind) -> str:
    """«afgerond op hele centen»."""
    how = {"half": "afgerond", "boven": "naar boven afgerond", "beneden": "naar beneden afgerond"}[mode]
    if kind is not Kind.GELD:
        return f"{how} op een heel getal"
    known = {1: "hele centen", 100: "hele euro's"}
    return f"{how} op {known[unit]}" if unit in known else f"{how} op een veelvoud van {format_money(unit)}"


def either(words: Sequence[str]) -> str:
    """«a», «a of b», «a, b of c»."""
    return " of ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def has_and(text: str) -> bool:
    """Would an «en» between two of these be unclear?"""
    return " en " in bare(text) or "," in bare(text)
