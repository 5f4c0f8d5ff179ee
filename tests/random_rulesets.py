"""Random registers as YAML text: shared terms, a national ruleset and a local one, with every construct of docs/taal.md."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from random_expressions import AMOUNTS, CHOICES, DAYS, NUMBERS, PERIODS, Dice, Expressions, Ref, Yaml
from responsief.backends.compiled import Compiled
from responsief.diagnostics import Findings, InvalidError
from responsief.ir.catalogue import Catalogue
from responsief.ir.from_syntax import Checker
from responsief.register import Register
from responsief.source import Source
from responsief.syntax.from_yaml import read_yaml

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
        self.before: dict[str, tuple[list[Ref], Ref]] = {}  # of every term the names that it can use, and itself

    def written(self) -> Written:
        texts = [emit(self.shared_terms(), self.dice), *self.national_rules(), emit(self.local_rules(), self.dice)]
        return Written(tuple(texts))

    def head(self, ident: str, soort: str) -> dict[str, Any]:
        return {
            "regelset": ident,
            "formaat": "1",
            "titel": f"De regeling {ident}",
            "soort": soort,
            "geldig": {"van": "1990-01-01"},
        }

    def shared_terms(self) -> Yaml:
        self.names: list[Ref] = []
        return {**self.head("gedeeld", "begrippen"), **self.declared("s")}

    def national_rules(self) -> list[str]:
        self.names = list(self.shared)
        rules = {**self.head("landelijk", "wet"), **self.declared("n"), "open": self.slots(), **self.rules()}
        if not self.dice.chance(30):
            return [emit(rules, self.dice)]
        newer = {
            **rules,
            "geldig": {"van": "2026-01-01"},
            "bedragen": {name: self.revalued(figure) for name, figure in rules["bedragen"].items()},
            "begrippen": {name: self.rewritten(name, written) for name, written in rules["begrippen"].items()},
        }
        rules["geldig"] = {"van": "1990-01-01", "tot": "2025-12-31"}
        return [emit(rules, self.dice), emit(newer, self.dice)]

    def local_rules(self) -> Yaml:
        self.names = list(self.shared)
        return {**self.head("lokaal", "verordening"), **self.declared("l"), "vult_in": self.fills(), **self.rules()}

    # names

    def expressions(self) -> Expressions:
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
            figures[name] = self.revalued(
                {"type": kind, "bron": "Stcrt. 2026"} | ({"cijfers": "2"} if kind == "decimaal" else {})
            )
            positive = kind in ("geld", "getal", "decimaal")
            one = Ref(name, "getal" if kind == "decimaal" else kind, whole=kind != "decimaal", positive=positive)
            self.add(letter, one)
        return figures

    def revalued(self, figure: dict[str, Any]) -> dict[str, Any]:
        """The same figure with other values: positive where it is a number or money."""
        pools = {
            "geld": AMOUNTS,
            "getal": NUMBERS[1:],
            "decimaal": ("0,25", "2,5", "17,5", "100"),
            "datum": DAYS,
            "periode": PERIODS,
        }
        days = ("1990-01-01", "2025-01-01", "2026-01-01", "2026-03-01")[: 1 + self.dice.below(4)]
        if figure["type"] == "decimaal":
            figure = {**figure, "cijfers": self.dice.pick(("2", "3", "4"))}
        return {**figure, "waarden": {day: self.dice.pick(pools[figure["type"]]) for day in days}}

    def rewritten(self, name: str, written: Yaml) -> Yaml:
        """The same term with another meaning, of the same kind and as firm."""
        before, one = self.before[name]
        if self.dice.chance(40):
            return written
        expressions = Expressions(self.dice, before, kleene=self.kleene)
        return {"is": expressions.node(one.kind, self.depth - 1, plain=one.plain)[0]}

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
            before = self.names
            whole = kind == "geld"  # the checker knows more, but this is what can be relied on
            inside = node if isinstance(node, dict) and self.dice.chance(50) else {"is": node}
            terms[name] = {**inside, "label": f"het begrip {number}"} if self.dice.chance(80) else node
            self.add(letter, Ref(name, kind, whole=whole, plain=plain and kind != "datum"))
            self.before[name] = (before, self.names[-1])
        return terms

    def slots(self) -> dict[str, Any]:
        slots: dict[str, Any] = {}
        for number in range(self.dice.below(3)):
            name, kind = f"o_{number}", self.dice.pick(("geld", "getal", "ja_nee", "datum", "periode"))
            slots[name] = {"type": kind, "grondslag": "Pw 8", "label": f"wat de gemeente bepaalt ({number})"}
            if self.dice.chance(50):
                slots[name]["anders"] = self.filler(kind)
            slot = Ref(name, kind, plain=kind in ("ja_nee", "periode"))  # whoever fills it in may know that there is none
            self.open = [*self.open, slot]
            self.names = [*self.names, slot]
        return slots

    def filler(self, kind: str) -> str:
        if kind == "getal":  # a slot of whole numbers asks for one
            return self.expressions().rounded(self.expressions().number(1), money=False).text
        return self.expressions().made(kind, 2, whole=True).text

    def fills(self) -> dict[str, Any]:
        return {f"landelijk.{slot.text}": self.filler(slot.kind) for slot in self.open}

    # the rules

    def rules(self) -> dict[str, Any]:
        amount, _ = self.expressions().node("geld", self.depth, whole=True, plain=True)
        effects = ("deel",) if self.dice.chance(20) else ("", "", "afwijzen", "kan_weigeren", "deel", "wacht_tot")
        criteria = [self.criterion(number, self.dice.pick(effects)) for number in range(1 + self.dice.below(4))]
        rules: dict[str, Any] = {
            "bron": {"regeling": "CVDR1", "versie": "1", "naam": "De regeling"},
            "doel": "Iedereen doet mee.",
            "leefgebieden": ["financien"],
            "procedure": {
                "rechtsmiddel": {
                    "soort": "bezwaar",
                    "termijn": "6 weken",
                    "vanaf": "bekendmaking",
                    "bij": "het college",
                    "grondslag": "Awb 6:7",
                },
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

    def criterion(self, number: int, effect: str) -> dict[str, Any]:
        one: dict[str, Any] = {
            "id": f"c{number}",
            "titel": f"Voorwaarde {number}",
            "grondslag": f"art. {number}",
            "doel": "Omdat het zo is.",
        }
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
        bars = [
            {"als": self.expressions().truth(1).text, "grondslag": "art. 9", "reden": "zo is het"}
            for _ in range(self.dice.below(3))
        ]
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
    spots = [
        m.start()
        for m in re.finditer(" ", text)
        if text[m.start() + 1] not in "-?#%" or text[m.start() + 2 : m.start() + 3].isalnum()
    ]
    if not spots:
        return text
    at = dice.pick(spots)
    return text[:at] + pad + text[at + 1 :]
