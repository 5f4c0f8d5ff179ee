"""Coverage in words and as data: how much was seen, and what was not, in the writer's own words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from responsief.desk import Desk
from responsief.frozen import dataclass
from responsief.ir import nodes as ir
from responsief.ir.ruleset import Ruleset
from responsief.register import Files
from responsief.testing.coverage import Count, Coverage, Gap, Report, totals
from responsief.testing.points import Soort

COUNTED: Final[dict[Soort, str]] = {
    "oordeel": "criteria gezien als ja, nee en onbekend",
    "voorwaarde": "voorwaarden gezien als ja, nee en onbekend",
    "op_zichzelf": "voorwaarden die in een geval zelf de doorslag gaven (MC/DC)",
    "rij": "rijen en keuzes waar een geval op uitkomt",
    "grens": "grenzen gezien op de grens en één stap ernaast",
    "clausule": "clausules gezien zoals zij kunnen uitpakken",
    "alternatief": "clausules aangeboden als uitweg",
    "aandachtspunt": "aandachtspunten gemeld",
}
SINGLE: Final[dict[Soort, str]] = {
    "oordeel": "criterium gezien als ja, nee en onbekend",
    "voorwaarde": "voorwaarde gezien als ja, nee en onbekend",
    "op_zichzelf": "voorwaarde die in een geval zelf de doorslag gaf (MC/DC)",
    "rij": "rij of keuze waar een geval op uitkomt",
    "grens": "grens gezien op de grens en één stap ernaast",
    "clausule": "clausule gezien zoals zij kan uitpakken",
    "alternatief": "clausule aangeboden als uitweg",
    "aandachtspunt": "aandachtspunt gemeld",
}


@dataclass(frozen=True, slots=True)
class Unseen:
    """One place of which something was not seen, and what, in words."""

    bestand: str
    regel: int
    kolom: int
    bij: str | None
    tekst: str
    wat: tuple[str, ...]


def wanted_reports(coverage: Coverage, desk: Desk, files: Files, *, everything: bool) -> tuple[Report, ...]:
    """The reports that somebody asked for: of the rulesets that these files hold or test (`everything`: of all there are)."""
    tested = {str(getattr(d.root.get("proef"), "value", "")) for d in files.documents["proef"]}
    written = {Path(d.source.name).resolve() for d in files.documents["regelset"]}

    def asked(ruleset: Ruleset) -> bool:
        return everything or ruleset.id in tested or Path(ruleset.source.name).resolve() in written

    reports = [coverage.report(r) for versions in desk.register.versions.values() for r in versions if asked(r)]
    return tuple(r for r in reports if any(c.van for c in r.tellingen.values()))


def percentage(count: Count) -> float:
    """How much was seen, of a hundred: never rounded up to a hundred. Nothing to see is all seen."""
    return 100.0 if not count.van else int(1000 * count.gezien / count.van) / 10


def count_words(soort: Soort, count: Count) -> str:
    """«61 van 61 voorwaarden gezien als ja, nee en onbekend»."""
    return f"{count.gezien} van {count.van} {(SINGLE if count.van == 1 else COUNTED)[soort]}"


def unseen(gaps: Iterable[Gap]) -> tuple[Unseen, ...]:
    """The gaps by place: what is missing of one condition stands together."""
    by_place: dict[tuple[str, int, int, str], list[Gap]] = {}
    for gap in gaps:
        span = gap.punt.span
        by_place.setdefault((span.source.name, span.line, span.column, gap.punt.tekst), []).append(gap)
    return tuple(
        Unseen(
            *place[:3], next((g.punt.criterium for g in some if g.punt.criterium), None), place[3], tuple(map(gap_words, some))
        )
        for place, some in sorted(by_place.items())
    )


def gap_words(gap: Gap) -> str:
    """What no case shows, in words."""
    point, missing = gap.punt, gap.mist
    match point.soort:
        case "oordeel":
            return f"dit criterium was nooit {_or(missing)}"
        case "voorwaarde":
            return f"nooit {_or(missing)}"
        case "op_zichzelf":
            where = f" bij «{point.criterium}»" if point.criterium else ""
            if missing == ("samen",):
                return f"gaf nog nooit zelf de doorslag{where}: het oordeel kwam als ja en als nee hetzelfde uit"
            return f"gaf als {_or(missing)} nooit zelf de doorslag{where}"
        case "rij":
            return "geen geval komt hier uit"
        case "grens":
            return " en ".join(_side(point.node, way) for way in missing)
        case "clausule":
            return f"deze clausule was nooit {_or([way.replace('_', ' ') for way in missing])}"
        case "alternatief":
            return "deze clausule is nooit als uitweg aangeboden"
        case "aandachtspunt":
            return "dit aandachtspunt is nooit gemeld"


def _side(node: ir.Node | None, way: str) -> str:
    """On the limit itself, or one step beside it."""
    return (
        f"geen geval precies op de grens (dan {way})"
        if on_the_limit(node, way)
        else f"geen geval één stap naast de grens (dan {way})"
    )


def on_the_limit(node: ir.Node | None, way: str) -> bool:
    """Does the limit itself give this answer?"""
    sign = node.op if isinstance(node, ir.Compare) else ">="
    return (way == "ja") is (sign in ("<=", ">="))


def _or(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} of {words[-1]}"


def as_data(reports: Sequence[Report]) -> dict[str, Any]:
    """Coverage as JSON data, for another program."""
    whole = totals(reports)
    return {
        "formaat": 1,
        "totaal": {"gezien": whole.gezien, "van": whole.van, "procent": percentage(whole)},
        "regelsets": [_report(one) for one in reports],
    }


def _report(report: Report) -> dict[str, Any]:
    whole = totals([report])
    return {
        "regelset": report.regelset,
        "versie": report.versie,
        "bestand": report.bestand,
        "gevallen": report.gevallen,
        "procent": percentage(whole),
        "tellingen": {soort: {"gezien": c.gezien, "van": c.van} for soort, c in report.tellingen.items() if c.van},
        "gaten": [
            {
                "soort": gap.punt.soort,
                "bij": gap.punt.criterium,
                "bestand": gap.punt.span.source.name,
                "regel": gap.punt.span.line,
                "kolom": gap.punt.span.column,
                "tekst": gap.punt.tekst,
                "mist": list(gap.mist),
                "wat": gap_words(gap),
            }
            for gap in report.gaten
        ],
    }
