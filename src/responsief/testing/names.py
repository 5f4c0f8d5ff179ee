"""The name of a proposed case: what it shows, in a sentence and never in YAML."""

from __future__ import annotations

from datetime import date
from typing import Final

from responsief.ir import nodes as ir
from responsief.ir.ruleset import Ruleset
from responsief.register import Register
from responsief.render.marks import bare, lower
from responsief.render.scope import Scope
from responsief.render.sentences import Speaker
from responsief.testing.coverage import Gap
from responsief.testing.points import Point
from responsief.testing.report import on_the_limit

LONG: Final = 80  # characters of what it is about; a longer sentence is cut off
_WAYS: Final = {"ja": "klopt", "nee": "klopt niet"}


def name_of(gap: Gap, ruleset: Ruleset, register: Register, day: date, taken: set[str]) -> str:
    """The name of a case that closes a gap, different from those taken; it is one of those from now on."""
    told = lower(_about(gap.punt, Speaker(Scope(register, ruleset, day)), ruleset)).rstrip(".")
    about = told if len(told) <= LONG else told[: LONG - 2].rsplit(" ", 1)[0].rstrip(",:") + " …"
    name = wanted = f"{_way(gap)}: {about}"
    number = 2
    while name in taken:
        name, number = f"{wanted} ({number})", number + 1
    taken.add(name)
    return name


def _way(gap: Gap) -> str:
    """In which way the case shows it."""
    point, way = gap.punt, gap.mist[0]
    match point.soort:
        case "oordeel" | "voorwaarde":
            return _WAYS.get(way, way)
        case "op_zichzelf":
            return "geeft de doorslag" + ("" if way == "samen" else f", {_WAYS.get(way, way)}")
        case "grens":
            limit = "op de grens" if on_the_limit(point.node, way) else "net naast de grens"
            return f"{limit}, {_WAYS.get(way, way)}"
        case "rij":
            assert isinstance(point.node, ir.Choose | ir.Collect)
            if point.at == len(point.node.branches) and (isinstance(point.node, ir.Collect) or point.node.last is None):
                return "anders"
            return f"{'rij' if point.node.place.text == 'tabel' else 'keuze'} {point.at + 1}"
        case "clausule":
            return way.replace("_", " ")
        case "alternatief":
            return "uitweg"
        case "aandachtspunt":
            return "let op"


def _about(point: Point, speaker: Speaker, ruleset: Ruleset) -> str:
    """What it is about, in words."""
    node = point.node
    match point.soort:
        case "oordeel" | "clausule" | "aandachtspunt":
            return point.tekst
        case "alternatief":
            clauses = (*ruleset.hardheid, *(c for some in ruleset.clausules_bij.values() for c in some))
            return next((c.titel for c in clauses if c.id == point.criterium), point.tekst)
        case "rij" if isinstance(node, ir.Choose | ir.Collect):
            last = node.last if isinstance(node, ir.Choose) else None
            tests = [condition for condition, _ in node.branches] + ([last] if last is not None else [])
            if point.at < len(tests):
                test = tests[point.at]
                cells = test.operands if node.place.text == "tabel" and isinstance(test, ir.And) else (test,)
                told = [lower(speaker.condition(cell).words()).rstrip(".") for cell in cells]
                return "alles" if isinstance(test, ir.Const) else " en ".join(told)
            return bare(speaker.value(node.otherwise))
        case _:
            assert node is not None
            return speaker.condition(node).words()
