"""A Dutch sentence for every expression: what must hold, and how something is worked out.

One `match` per meaning: `Speaker.condition` for what is so or not, `Speaker.value` for everything else. Leaves become a clause;
groups become a list under a line that says how many of them must hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from responsief.backends.explain import in_words
from responsief.ir import nodes as ir
from responsief.ir.types import Kind
from responsief.render.clauses import Clause, Noun, is_question, label_clause, noun
from responsief.render.facts import choice_of, entry, noun_of, option, truth_of
from responsief.render.marks import bare, link, lower, sentence, upper
from responsief.render.page import Item
from responsief.render.scope import Scope
from responsief.render.shapes import (
    Entries,
    constant,
    counted_noun,
    either,
    flat,
    has_and,
    known_of,
    list_path,
    needs_list,
    of_whom,
    one_line,
    plain_number,
    plural_of,
    rounded_to,
    simplified,
    spaced,
    terms_of,
    turned,
)

OPPOSITE: Final[dict[ir.Op, ir.Op]] = {"=": "!=", "!=": "=", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_WORDS: Final = {"+": "plus", "-": "min", "*": "keer", "/": "gedeeld door"}
_SYMBOLS: Final = {"+": "+", "-": "−", "*": "×", "/": "/"}
_DAYS: Final = {"=": "op", "!=": "niet op", "<": "vóór", "<=": "op of vóór", ">": "na", ">=": "op of na"}
_SHIFTED: Final = {**_DAYS, "<": "eerder dan", "<=": "niet later dan", ">": "later dan", ">=": "niet eerder dan"}
_MONEY: Final = {"=": "", "!=": "niet", "<": "lager dan", "<=": "ten hoogste", ">": "hoger dan", ">=": "ten minste"}
_NUMBERS: Final = {"=": "", "!=": "niet", "<": "minder dan", "<=": "ten hoogste", ">": "meer dan", ">=": "ten minste"}
_AGES: Final = {
    "=": "{}",
    "!=": "niet {}",
    "<": "jonger dan {}",
    "<=": "{} of jonger",
    ">": "ouder dan {}",
    ">=": "{} of ouder",
}
_UNITS: Final = {
    "km": "kilometer",
    "meter": "meter",
    "dagen": "dagen",
    "maanden": "maanden",
    "weken": "weken",
    "jaren": "jaar",
    "uren": "uur",
}
_ONE: Final = {"dagen": "dag", "maanden": "maand", "weken": "week"}
LONG: Final = 75  # of two clauses in one sentence


@dataclass(frozen=True, slots=True)
class Lead:
    """How the line above a list reads: by itself, and behind «als»."""

    zelf: str
    als: str


_ALL: Final = Lead("al deze punten kloppen", "al deze punten kloppen")
_BOTH: Final = Lead("deze twee punten kloppen allebei", "deze twee punten allebei kloppen")
_ANY: Final = Lead("ten minste één van deze punten klopt", "ten minste één van deze punten klopt")
_NONE: Final = Lead("geen van deze punten klopt", "geen van deze punten klopt")
_NOT_ALL: Final = Lead("deze punten kloppen niet allemaal tegelijk", "deze punten niet allemaal tegelijk kloppen")
_NOT_BOTH: Final = Lead("deze twee punten kloppen niet allebei", "deze twee punten niet allebei kloppen")


class Speaker:
    """Puts the expressions of one ruleset in words."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    # what must hold

    def condition(self, node: ir.Node, negative: bool = False, entries: Entries = None) -> Item:
        """What is so or not, as a line or as a line with a list under it."""
        match node:
            case ir.Not(operand=operand):
                return self.condition(operand, not negative, entries)
            case ir.And() | ir.Or():
                return self.group(node, negative, entries)
            case ir.Choose(branches=branches, otherwise=otherwise):
                simpler = simplified(branches, otherwise, node)
                if simpler is not None:
                    return self.condition(simpler, negative, entries)
                return self.chosen_condition(branches, otherwise, negative, entries)
            case ir.Aggregate(op="bestaat" | "alle"):
                return self.over_list(node, negative, entries)
        clause = self.clause(node, negative, entries)
        under = clause.sub()
        return Item(sentence(clause.main()), als=under if under is not None else f"dit klopt: {clause.main()}")

    def group(self, node: ir.And | ir.Or, negative: bool, entries: Entries) -> Item:
        known = known_of(node)
        if known is not None:
            return self.known_and(known, negative, entries)
        operands = flat(node)
        if len(operands) == 1:
            return self.condition(operands[0], negative, entries)
        if not negative:
            inline = self.inline(node, operands, entries)
            if inline is not None:
                return inline
        two = len(operands) == 2
        if isinstance(node, ir.And):
            lead = (_NOT_BOTH if two else _NOT_ALL) if negative else _BOTH if two else _ALL
        else:
            lead = _NONE if negative else _ANY
        under = tuple(self.condition(o, False, entries) for o in operands)
        return Item(upper(lead.zelf) + ":", under, lead.als + ":")

    def inline(self, node: ir.And | ir.Or, operands: Sequence[ir.Node], entries: Entries) -> Item | None:
        """Two short clauses as one sentence; None when they need a list."""
        if len(operands) != 2:
            return None
        clauses = self.simple(operands, entries)
        if (
            clauses is None
            or sum(len(bare(c.main())) for c in clauses) > LONG
            or any("," in bare(c.main()) or c.vast for c in clauses)
        ):
            return None
        joint = " en " if isinstance(node, ir.And) else " of "
        under = [c.sub() for c in clauses]
        main = joint.join(c.main() for c in clauses)
        text = main if joint == " en " else f"{clauses[0].main()}, of {clauses[1].main()}"
        return Item(sentence(text), als=joint.join(u for u in under if u) if all(under) else f"dit klopt: {text}")

    def simple(self, operands: Sequence[ir.Node], entries: Entries) -> list[Clause] | None:
        """The clauses of operands that are all leaves."""
        found = []
        for operand in operands:
            negative = isinstance(operand, ir.Not)
            inner = operand.operand if isinstance(operand, ir.Not) else operand
            if isinstance(inner, ir.And | ir.Or | ir.Not | ir.Choose):
                return None
            if isinstance(inner, ir.Aggregate) and inner.op in ("bestaat", "alle"):
                one = self.list_clause(inner, negative, entries)
                if one is None:
                    return None
                found.append(one)
            else:
                found.append(self.clause(inner, negative, entries))
        return found

    def known_and(self, node: ir.Node, negative: bool, entries: Entries) -> Item:
        """«x is bekend en x < y»: it is known that x is less than y. Its denial says both: it is not so, or nobody knows."""
        item = self.condition(node, False, entries)
        if negative:
            denied = self.condition(node, True, entries)
            plain = not denied.onder and denied.als and not bare(denied.als).startswith(("dit klopt", "dit niet klopt"))
            if plain:
                return Item(
                    denied.tekst.removesuffix(".") + ", of dat is niet bekend.", als=f"{denied.als}, of dat niet bekend is"
                )
            return Item("Dit klopt niet, of is niet bekend:", (item,), "dit niet klopt of niet bekend is:")
        if item.onder:
            return Item("Bekend is dat " + (item.als or ""), item.onder, f"bekend is dat {item.als}")
        return Item(sentence(f"het is bekend dat {item.als}"), als=f"bekend is dat {item.als}")

    def chosen_condition(
        self, branches: Sequence[tuple[ir.Node, ir.Node]], otherwise: ir.Node, negative: bool, entries: Entries
    ) -> Item:
        """Which condition counts depends on another one."""
        lines = [self.when(test, self.counts(result, negative, entries), entries) for test, result in branches]
        last = self.counts(otherwise, negative, entries)
        lines.append(replace(last, tekst=upper(f"in alle andere gevallen {last.tekst}")))
        return Item("Het eerste geval dat past, beslist:", tuple(lines), "het eerste geval dat past, dat zegt:")

    def counts(self, result: ir.Node, negative: bool, entries: Entries) -> Item:
        if isinstance(result, ir.Const):
            return Item("klopt dit punt." if bool(result.value) is not negative else "klopt dit punt niet.")
        item = self.condition(result, negative, entries)
        return Item(f"klopt dit punt als {item.als}" + ("" if item.onder else "."), item.onder)

    def when(self, test: ir.Node, result: Item, entries: Entries) -> Item:
        """«Bent u jonger dan 21 jaar? Dan …», or the result with the list of what must hold for it under it."""
        asked = self.question(test, entries)
        if asked is not None:
            return Item(f"{upper(asked)}? Dan{spaced(result.tekst)}", result.onder)
        held = self.condition(test, False, entries)
        if result.onder:
            return Item(
                f"Geldt dat {held.als}" if held.onder else f"Geldt dat {held.als}?",
                (*held.onder, Item(f"Dan{spaced(result.tekst)}", result.onder)),
            )
        text = result.tekst.removeprefix(": ").rstrip(".").replace("klopt dit punt", "dit punt klopt")
        return Item(f"{upper(text)}, als {held.als}" + ("" if held.onder else "."), held.onder)

    def question(self, test: ir.Node, entries: Entries) -> str | None:
        """A condition as a question, when it is one of at most three short clauses."""
        if isinstance(test, ir.Choose):
            return None
        if known_of(test) is not None:
            return None
        operands = flat(test) if isinstance(test, ir.And | ir.Or) else (test,)
        clauses = self.simple(operands, entries) if len(operands) <= 3 else None
        if (
            clauses is None
            or sum(len(bare(c.main())) for c in clauses) > 150
            or (len(clauses) > 1 and any(c.vast for c in clauses))
        ):
            return None
        joint = " of " if isinstance(test, ir.Or) else " en "
        return joint.join(c.question() for c in clauses)

    # leaves

    def clause(self, node: ir.Node, negative: bool = False, entries: Entries = None) -> Clause:
        """A leaf as a clause."""
        match node:
            case ir.Const(value=value):
                return Clause("dit", "klopt", "altijd" if bool(value) is not negative else "nooit")
            case ir.Fact(path=path, origin=origin):
                self.scope.facts.setdefault(node)
                return truth_of(path, entries if origin == "regel" else None, negative)
            case ir.OwnFact(ruleset=home, name=name):
                self.scope.facts.setdefault(node)
                own = self.scope.own(home, name)
                return turned(label_clause(self.scope.label(own.label if own else "", name)), negative)
            case ir.TermRef(ruleset=home, name=name):
                self.scope.terms.setdefault((home, name))
                term = self.scope.term(home, name)
                label = self.scope.label(term.label if term else "", name)
                return turned(label_clause(label, self.scope.anchor("begrip", home, name)), negative)
            case ir.OpenRef(ruleset=home, name=name):
                self.scope.slots.setdefault((home, name))
                slot = self.scope.slot(home, name)
                label = self.scope.label(slot.label if slot else "", name)
                return turned(label_clause(label, self.scope.anchor("open", home, name)), negative)
            case ir.Compare():
                return self.compared(node, negative, entries)
            case ir.Within(value=value, low=low, high=high):
                return self.within(value, low, high, negative, entries)
            case ir.OneOf(value=value, options=options):
                return self.one_of(value, options, negative, entries)
            case ir.Known(value=value, wanted=wanted):
                return self.known(value, wanted is not negative, entries)
            case ir.Absent(value=value):
                return self.absent(value, negative, entries)
            case _:
                return Clause("dit", "klopt", "niet" if negative else "", ": " + self.value(node, entries), vast=True)

    def compared(self, node: ir.Compare, negative: bool, entries: Entries) -> Clause:
        op, left, right = node.op, node.left, node.right
        if isinstance(left, ir.Const) and not isinstance(right, ir.Const):
            turned: dict[ir.Op, ir.Op] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
            left, right, op = right, left, turned.get(op, op)
        kind = left.type.kind
        if kind is Kind.JA_NEE:
            return self.same_truth(left, right, (op == "=") is not negative, entries)
        if kind in (Kind.KEUZE, Kind.TEKST):
            same = (op == "=") is not negative
            if isinstance(right, ir.Const):
                return self.one_of(left, (str(right.value),), not same, entries)
            return Clause(
                self.noun(left, entries).subject, "is", f"{'' if same else 'niet '}gelijk aan {self.value(right, entries)}"
            )
        loose = left.type.geen or right.type.geen
        if negative and not loose:
            op = OPPOSITE[op]
        deny = "niet " if negative and loose else ""
        age = self.age(left, entries)
        if age is not None and isinstance(right, ir.Const):
            return Clause(age[0], age[1], deny + _AGES[op].format(f"{plain_number(right)} jaar") + age[2])
        subject = self.noun(left, entries)
        if kind is Kind.DATUM:
            days = _DAYS if deny or not isinstance(right, ir.Shift) else _SHIFTED
            word, to = f"{deny}{days[op]}", self.value(right, entries)
            if word.endswith(" dan"):
                return Clause(subject.subject, "ligt", word.removesuffix(" dan"), f"dan {to}")
            return Clause(subject.subject, "ligt", f"{word} {to}")
        words = (_MONEY if kind is Kind.GELD else _NUMBERS)[op]
        return Clause(
            subject.subject, subject.verb, f"{deny}{words} {self.sized(right, left, entries)}".strip().replace("  ", " ")
        )

    def same_truth(self, left: ir.Node, right: ir.Node, same: bool, entries: Entries) -> Clause:
        if isinstance(right, ir.Const):
            left_clause = self.simple((left,), entries)
            if left_clause is not None and (bool(right.value) is same):
                return left_clause[0]
            return left_clause[0].denied() if left_clause is not None else Clause("dit", "klopt", "", vast=True)
        return Clause(
            "deze twee",
            "zijn",
            "gelijk" if same else "niet gelijk",
            f": {self.value(left, entries)}, en {self.value(right, entries)}",
            vast=True,
        )

    def within(self, value: ir.Node, low: ir.Node, high: ir.Node, negative: bool, entries: Entries) -> Clause:
        deny = "niet " if negative else ""
        age = self.age(value, entries)
        if age is not None and isinstance(low, ir.Const) and isinstance(high, ir.Const):
            return Clause(age[0], age[1], f"{deny}{plain_number(low)} tot en met {plain_number(high)} jaar{age[2]}")
        subject = self.noun(value, entries)
        if value.type.kind is Kind.DATUM:
            return Clause(
                subject.subject,
                "valt",
                f"{deny}in de tijd",
                f"van {self.value(low, entries)} tot en met {self.value(high, entries)}",
            )
        return Clause(
            subject.subject, subject.verb, f"{deny}van {self.value(low, entries)} tot en met {self.sized(high, value, entries)}"
        )

    def one_of(self, value: ir.Node, options: Sequence[int | str], negative: bool, entries: Entries) -> Clause:
        deny = "niet " if negative else ""
        age = self.age(value, entries)
        if age is not None:
            return Clause(age[0], age[1], f"{deny}{either([str(o) for o in options])} jaar{age[2]}")
        if isinstance(value, ir.Fact):
            self.scope.facts.setdefault(value)
            if len(options) == 1:
                own = choice_of(value.path, entries if value.origin == "regel" else None, str(options[0]), negative)
                if own is not None:
                    return own
        words = [self.option(o, value) for o in options]
        label = self.label(value)
        if label is not None and options == ("geen",):
            about = noun(label)
            return Clause(
                "er", "zijn" if about.meer else "is", f"wel {label}" if negative else f"geen {label}", vast="," in label
            )
        if label is not None and is_question(label):
            return Clause(f"bij «{label}»", "staat", f"{deny}{either(words)}")
        subject = self.noun(value, entries)
        return Clause(subject.subject, subject.verb, f"{deny}{either(words)}")

    def option(self, word: int | str, value: ir.Node) -> str:
        if isinstance(word, int):
            return str(in_words(word, value.type))
        if value.type.kind is Kind.TEKST:
            named = self.scope.register.versions.get(word)
            return f"«{named[-1].titel}»" if named else f"«{word}»"
        return f"«{option(word)}»"

    def known(self, value: ir.Node, wanted: bool, entries: Entries) -> Clause:
        deny = "" if wanted else "niet "
        if value.type.kind is Kind.JA_NEE:
            inner = self.clause(value, False, entries)
            under = inner.sub()
            return Clause("het", "is", f"{deny}bekend", f"of {under}" if under else f": {inner.main()}", vast=under is None)
        subject = self.noun(value, entries)
        text = subject.subject.removeprefix("een ")
        return Clause(
            text if text.startswith(("de ", "het ", "uw ")) or subject.meer else subject.subject, subject.verb, f"{deny}bekend"
        )

    def absent(self, value: ir.Node, negative: bool, entries: Entries) -> Clause:
        subject = self.noun(value, entries)
        text = subject.tekst
        for article in ("de ", "het ", "een ", "uw "):
            text = text.removeprefix(article)
        if value.type.kind is Kind.DATUM:
            text = text if text.startswith("dag") else f"dag bij «{text}»"
        if isinstance(value, ir.Fact) and value.origin == "situatie" and value.type.kind is not Kind.DATUM:
            verb = "heeft"
            one = "" if subject.meer or not negative else "een "
            return Clause("u", verb, f"{one}{text}" if negative else f"geen {text}")
        return Clause("er", "is", f"wel een {text}" if negative else f"geen {text}")

    # lists

    def over_list(self, node: ir.Aggregate, negative: bool, entries: Entries) -> Item:
        clause = self.list_clause(node, negative, entries)
        if clause is not None:
            under = clause.sub()
            return Item(sentence(clause.main()), als=under if under is not None else f"dit klopt: {clause.main()}")
        path = list_path(node, entries)
        about = entry(path)
        assert node.where is not None
        inner = self.condition(node.where, False, path)
        points = inner.onder or (inner,)
        which = f" waarvoor {inner.als}" if inner.onder else " waarvoor geldt:"
        if node.op == "alle":
            zelf = f"{'niet ' if negative else ''}voor elke {about.los} geldt dat {inner.als if inner.onder else 'dit klopt:'}"
            return Item(upper(zelf), points, zelf)
        many = "geen" if negative else "ten minste één"
        zelf = f"er is {many} {about.los}{of_whom(about.wiens)}{which}"
        return Item(upper(zelf), points, f"er {many} {about.los}{of_whom(about.wiens)} is{which}")

    def list_clause(self, node: ir.Aggregate, negative: bool, entries: Entries) -> Clause | None:
        """«er is ten minste één schuld van de soort hypotheek»; None when what it asks of an entry needs a list."""
        if node.op == "alle":
            return None
        path = list_path(node, entries)
        if isinstance(node.entries, ir.Fact):
            self.scope.facts.setdefault(node.entries)
        about = entry(path)
        told = "" if node.where is None else self.modifiers(node.where, path)
        if told is None:
            return None
        if node.where is None:
            return Clause(about.wiens, "heeft", f"{'geen ' if negative else ''}{about.meer}")
        return Clause("er", "is", f"{'geen' if negative else 'ten minste één'} {about.los}{of_whom(about.wiens)}", told)

    def modifiers(self, where: ir.Node, path: tuple[str, ...], many: bool = False) -> str | None:
        """What an entry must be like, as words behind it; None when that needs a list."""
        operands = flat(where) if isinstance(where, ir.And) else (where,)
        if len(operands) > 2:
            return None
        plain, relative = [], []
        that = "die" if many or entry(path).een.startswith("de ") else "dat"
        for operand in operands:
            negative = isinstance(operand, ir.Not)
            inner = operand.operand if isinstance(operand, ir.Not) else operand
            words = self.modifier(inner, negative, path)
            if words is not None:
                plain.append(words)
                continue
            if isinstance(inner, ir.And | ir.Or | ir.Choose | ir.Aggregate):
                return None
            clause = self.clause(inner, negative, path)
            under = clause.sub()
            if clause.wie != entry(path).een or under is None:
                return None
            relative.append(f"{that} {under.removeprefix(clause.wie + ' ')}")
        return " ".join((*plain, " en ".join(relative))).strip()

    def modifier(self, node: ir.Node, negative: bool, path: tuple[str, ...]) -> str | None:
        """«van de soort auto», «van 27 jaar of ouder», «met een waarde hoger dan …»."""
        field = node.left if isinstance(node, ir.Compare) else node.value if isinstance(node, ir.OneOf | ir.Within) else None
        if isinstance(node, ir.Compare | ir.OneOf | ir.Within) and self.age(field, path) is not None:
            clause = self.clause(node, negative, path)
            return f"van {clause.rest}" if clause.rest[:1].isdigit() else None
        if not isinstance(field, ir.Fact) or field.origin != "regel":
            return None
        if field.path in (("soort",), ("relatie",)) and isinstance(node, ir.Compare | ir.OneOf):
            clause = self.clause(node, negative, path)
            if clause.rest.startswith("niet "):
                return None
            return f"van de soort {clause.rest}" if field.path == ("soort",) else f"met als relatie {clause.rest}"
        if field.path in (("bedrag",), ("waarde",)) and isinstance(node, ir.Compare):
            return f"met een {field.path[0]} {self.clause(node, negative, path).rest}"
        return None

    # values

    def value(self, node: ir.Node, entries: Entries = None, part: bool = False) -> str:
        """How something is worked out, in one line; `part` of a larger sum, which then needs brackets."""
        match node:
            case ir.Const():
                return constant(node)
            case ir.Today():
                return "de peildatum"
            case ir.Fact() | ir.OwnFact() | ir.TermRef() | ir.OpenRef() | ir.FigureRef():
                return self.noun(node, entries).tekst
            case ir.Arith():
                told = self.sum(node, entries)
                return f"({told})" if part else told
            case ir.Extreme(op=op, operands=operands):
                told = self.extreme(op, operands, entries)
                return f"({told})" if part else told
            case ir.Round(value=inner, mode=mode, unit=unit, type=kind):
                told = f"{self.value(inner, entries)}, {rounded_to(mode, unit, kind.kind)}"
                return f"({told})" if part else told
            case ir.Elapsed():
                return self.noun(node, entries).tekst
            case ir.Shift(day=day, period=period, sign=sign) if not isinstance(period, ir.Const):
                return f"{self.value(day, entries)} {'plus' if sign == 1 else 'min'} {self.value(period, entries)}"
            case ir.Shift(day=day, period=period, sign=sign):
                return f"{self.value(period, entries)} {'na' if sign == 1 else 'vóór'} {self.value(day, entries)}"
            case ir.Aggregate(op="aantal" | "som"):
                item = self.aggregate(node, entries)
                return item.tekst if not item.onder else f"{item.tekst} ({'; '.join(one_line(o) for o in item.onder)})"
            case ir.Choose() | ir.Collect():
                item = self.chosen(node, entries)
                return f"({'; '.join(one_line(o) for o in item.onder)})"
            case _:
                return one_line(self.condition(node, False, entries))

    def item(self, node: ir.Node, entries: Entries = None) -> Item:
        """How something is worked out, with a list where there are cases or parts."""
        match node:
            case _ if node.type.kind is Kind.JA_NEE:
                return self.condition(node, False, entries)
            case ir.Choose() | ir.Collect():
                return self.chosen(node, entries)
            case ir.Aggregate(op="aantal" | "som"):
                found = self.aggregate(node, entries)
                return Item(upper(found.tekst) + ("" if found.onder else "."), found.onder)
            case ir.Round(value=inner, mode=mode, unit=unit, type=kind):
                found = self.item(inner, entries)
                if not found.onder:
                    return Item(f"{found.tekst.rstrip('.')}, {rounded_to(mode, unit, kind.kind)}.")
                return Item(f"{found.tekst.rstrip(':')}, {rounded_to(mode, unit, kind.kind)}:", found.onder)
            case ir.Arith() if len(terms_of(node)) > 2 or (
                any(needs_list(term) for _, term in terms_of(node)) and len(terms_of(node)) > 1
            ):
                return Item(
                    "De uitkomst van deze som:",
                    tuple(self.added(n, sign, term, entries) for n, (sign, term) in enumerate(terms_of(node))),
                )
            case ir.Extreme(op="max", operands=(ir.Const() as least, ir.Arith() as inner)) if len(terms_of(inner)) > 2:
                found = self.item(inner, entries)
                return Item(f"{found.tekst.rstrip(':')}, maar nooit minder dan {constant(least)}:", found.onder)
            case _:
                return self.scaled(node, entries) or Item(sentence(self.value(node, entries)))

    def scaled(self, node: ir.Node, entries: Entries) -> Item | None:
        """A part of something that needs a list: «8 % van de uitkomst van deze som: …»."""
        before, inner = "", node
        match node:
            case ir.Arith(op="*", left=ir.Const() as share, right=inner) if share.place.text.rstrip().endswith("%"):
                before = f"{constant(share)} van "
            case ir.Arith(op="/", left=ir.Arith(op="*", left=inner, right=ir.Const() as up), right=ir.Const() as down):
                before = f"{constant(up)}/{constant(down)} deel van "
            case ir.Arith(op="/", left=ir.Arith(op="*", left=inner, right=ir.FigureRef() as share), right=ir.Const(value=100)):
                before = self.percentage(node, entries, "") or ""
            case ir.Arith(op="/", left=inner, right=ir.Const() as down):
                before = f"1/{constant(down)} deel van "
        if not before:
            return None
        found = self.item(inner, entries)
        return Item(upper(before + lower(found.tekst)), found.onder) if found.onder else None

    def added(self, number: int, sign: int, node: ir.Node, entries: Entries) -> Item:
        item = self.item(node, entries)
        before = "min " if sign < 0 else "plus " if number else ""
        return Item(f"{upper(before)}{lower(item.tekst) if before else item.tekst}", item.onder)

    def chosen(self, node: ir.Choose | ir.Collect, entries: Entries) -> Item:
        lines = [self.when(test, self.result(result, entries), entries) for test, result in node.branches]
        last = self.result(node.otherwise, entries)
        if isinstance(node, ir.Collect):
            how = {
                "som": "Alles wat past, wordt opgeteld:",
                "max": "Van wat past, telt het hoogste:",
                "min": "Van wat past, telt het laagste:",
            }[node.op]
            lines.append(Item(f"Past er niets? Dan{last.tekst}", last.onder))
            return Item(how, tuple(lines))
        if node.last is not None and not isinstance(node.last, ir.Const):
            lines.append(self.when(node.last, last, entries))
        else:
            lines.append(Item(f"In alle andere gevallen{last.tekst}", last.onder))
        return Item("Precies één van deze gevallen past:" if node.single else "Het eerste geval dat past, telt:", tuple(lines))

    def result(self, node: ir.Node, entries: Entries) -> Item:
        item = self.item(node, entries)
        if item.onder:
            return Item(f": {lower(item.tekst)}", item.onder)
        return Item(f": {self.value(node, entries)}." if node.type.kind is not Kind.JA_NEE else f": {item.tekst}")

    def aggregate(self, node: ir.Aggregate, entries: Entries) -> Item:
        path = list_path(node, entries)
        if isinstance(node.entries, ir.Fact):
            self.scope.facts.setdefault(node.entries)
        about = entry(path)
        if node.value is not None:
            what = self.noun(node.value, path).tekst.removeprefix("het ").removeprefix("de ")
            start = f"{'de optelsom van ' + plural_of(what)} van alle {about.meer}{of_whom(about.wiens)}"
        else:
            start = f"het aantal {about.meer}{of_whom(about.wiens)}"
        if node.where is None:
            return Item(start)
        told = self.modifiers(node.where, path, many=True)
        if told is not None and " die " not in f" {told} ":
            return Item(f"{start} {told}")
        inner = self.condition(node.where, False, path)
        return Item(f"{start} waarvoor {inner.als if inner.onder else 'dit klopt:'}", inner.onder or (inner,))

    def sum(self, node: ir.Arith, entries: Entries) -> str:
        percent = self.percentage(node, entries)
        if percent is not None:
            return percent
        if node.op == "-" and isinstance(node.left, ir.Const) and node.left.value == 0:
            return f"min {self.value(node.right, entries, True)}"
        deep = any(isinstance(side, ir.Arith) for side in (node.left, node.right))
        words = _SYMBOLS if deep else _WORDS
        return f"{self.side(node, node.left, entries)} {words[node.op]} {self.side(node, node.right, entries)}"

    def side(self, node: ir.Arith, side: ir.Node, entries: Entries) -> str:
        """One side of a sum, in brackets where the sum would read otherwise without them."""
        if not isinstance(side, ir.Arith):
            return self.value(side, entries, True)
        tight = {"+": 1, "-": 1, "*": 2, "/": 2}
        loose = tight[side.op] < tight[node.op] or (side is node.right and tight[side.op] == tight[node.op] and node.op in "-/")
        told = self.percentage(side, entries)
        if told is not None:
            return f"({told})" if node.op != "+" or side is node.right else told
        told = f"{self.side(side, side.left, entries)} {_SYMBOLS[side.op]} {self.side(side, side.right, entries)}"
        return f"({told})" if loose else told

    def percentage(self, node: ir.Arith, entries: Entries, whole_words: str | None = None) -> str | None:
        """«105 % van de norm»; also «norm * percentage / 100» with a figure in per cent."""
        match node:
            case ir.Arith(op="*", left=ir.Const() as share, right=whole) if share.place.text.rstrip().endswith("%"):
                return f"{constant(share)} van {self.value(whole, entries, True)}"
            case ir.Arith(op="/", left=ir.Arith(op="*", left=whole, right=ir.FigureRef() as share), right=ir.Const(value=100)):
                figure = self.scope.figure(share.ruleset, share.name)
                told = self.noun(share, entries).tekst
                if figure is not None and self.scope.nu and (value := self.scope.value(figure)) is not None:
                    self.scope.figures.setdefault((share.ruleset, share.name))
                    value = value if value.endswith("%") else f"{value} %"  # its label need not say «procent»
                    return f"{link(value, self.scope.anchor('cijfer', share.ruleset, share.name))} van {self.value(whole, entries, True) if whole_words is None else whole_words}"
                return f"{told} procent van {self.value(whole, entries, True)}"
            case _:
                return None

    def extreme(self, op: str, operands: Sequence[ir.Node], entries: Entries) -> str:
        first, *rest = operands
        if len(rest) == 1 and isinstance(first, ir.Const) and op == "max" and first.type.kind is not Kind.DATUM:
            return f"{self.value(rest[0], entries)}, maar nooit minder dan {constant(first)}"
        if len(rest) == 1 and isinstance(rest[0], ir.Const) and first.type.kind is not Kind.DATUM:
            return f"{self.value(first, entries)}, maar nooit {'minder' if op == 'max' else 'meer'} dan {constant(rest[0])}"
        kind = operands[0].type.kind
        words = {
            Kind.DATUM: ("de vroegste dag", "de laatste dag"), Kind.GELD: ("het laagste bedrag", "het hoogste bedrag"),
        }.get(kind, ("het kleinste getal", "het grootste getal"))[op == "max"]  # fmt: skip
        told = [self.value(o, entries, True) for o in operands]
        return (
            f"{words} van deze: {'; '.join(told)}"
            if any(has_and(t) for t in told)
            else f"{words} van {' en '.join((', '.join(told[:-1]), told[-1]))}"
        )

    # nouns

    def noun(self, node: ir.Node, entries: Entries = None) -> Noun:
        """A value as a noun with its article."""
        match node:
            case ir.Fact(path=path, origin=origin):
                self.scope.facts.setdefault(node)
                if node.type.kind is Kind.JA_NEE:
                    return Noun(f"het antwoord op «{self.clause(node, False, entries).main()}»")
                return noun_of(path, entries if origin == "regel" else None)
            case ir.OwnFact(ruleset=home, name=name):
                self.scope.facts.setdefault(node)
                own = self.scope.own(home, name)
                return counted_noun(self.scope.label(own.label if own else "", name), node.type.kind)
            case ir.TermRef(ruleset=home, name=name):
                self.scope.terms.setdefault((home, name))
                term = self.scope.term(home, name)
                found = counted_noun(self.scope.label(term.label if term else "", name), node.type.kind)
                return Noun(link(found.tekst, self.scope.anchor("begrip", home, name)), found.meer)
            case ir.OpenRef(ruleset=home, name=name):
                self.scope.slots.setdefault((home, name))
                slot = self.scope.slot(home, name)
                found = noun(self.scope.label(slot.label if slot else "", name))
                return Noun(link(found.tekst, self.scope.anchor("open", home, name)), found.meer)
            case ir.FigureRef(ruleset=home, name=name):
                self.scope.figures.setdefault((home, name))
                figure = self.scope.figure(home, name)
                found = counted_noun(self.scope.label(figure.label if figure else "", name), node.type.kind)
                value = self.scope.value(figure) if figure is not None else None
                now = f" ({self.scope.nu} {value or 'geen waarde'})" if self.scope.nu else ""
                return Noun(link(found.tekst, self.scope.anchor("cijfer", home, name)) + now, found.meer)
            case ir.Elapsed(unit=unit, start=start, end=end):
                age = self.age(node, entries)
                if age is not None:
                    return Noun(
                        {"u": "uw leeftijd", "uw partner": "de leeftijd van uw partner"}.get(
                            age[0], f"de leeftijd van {age[0]}"
                        )
                        + age[2]
                    )
                return Noun(f"het aantal {unit} van {self.value(start, entries)} tot {self.value(end, entries)}")
            case _:
                return Noun(self.value(node, entries))

    def label(self, node: ir.Node) -> str | None:
        match node:
            case ir.OwnFact(ruleset=home, name=name):
                self.scope.facts.setdefault(node)
                own = self.scope.own(home, name)
                return self.scope.label(own.label if own else "", name)
            case _:
                return None

    def age(self, node: ir.Node | None, entries: Entries) -> tuple[str, str, str] | None:
        """Of an age: whose, with which verb, and on which other day than the reference date."""
        if not (isinstance(node, ir.Elapsed) and node.unit == "jaren" and isinstance(node.start, ir.Fact)):
            return None
        born = node.start
        if born.path[-1] != "geboortedatum":
            return None
        self.scope.facts.setdefault(born)
        on = "" if isinstance(node.end, ir.Today) else f" op {self.value(node.end, entries)}"
        if born.origin == "regel" and entries is not None:
            return entry(entries).een, "is", on
        return ("uw partner", "is", on) if "partner" in born.path else ("u", "bent", on)

    def sized(self, node: ir.Node, beside: ir.Node, entries: Entries) -> str:
        """A number with the unit of what it is compared with."""
        words = self.value(node, entries)
        unit = self.unit(beside)
        if isinstance(node, ir.Const) and unit and words[-1:].isdigit():
            return f"{words} {_ONE.get(unit, _UNITS[unit]) if words == '1' else _UNITS[unit]}"
        return words

    def unit(self, node: ir.Node) -> str | None:
        match node:
            case ir.Elapsed(unit=unit):
                return None if self.age(node, None) is None else unit
            case ir.OwnFact(ruleset=home, name=name):
                own = self.scope.own(home, name)
                return own.eenheid if own and own.eenheid in _UNITS and not own.label.startswith("kilometers") else None
            case _:
                return None
